"""What is open at the edges of periods, case by case: received and reopened less ended, and what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from complaint_rules import Tally
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import InvalidTally
from complaint_rules.statistics import CaseCount
from tests.by_hand import complaint, ev
from tests.statistics.tallied import SMALL, cells, end_of, figure

AT = end_of("2026-10-08")
START, END = figure("start", stock="start"), figure("end", stock="end")


def stocks(*events: Event, received: str = "2026-08-05T09:00", **more: Any) -> Tally:
    tally = Tally(SMALL, at=AT, figures=[START, END], by=["month", ("channel", "month"), "channel", ("month", "year")])
    return tally.add(Case(complaint(received, channel="phone"), events, **more))


def months(tally: Tally, name: str) -> list[tuple[int, int]]:
    """Give what is surely, and what may be open besides, in August, September and October."""
    return [(one.n, one.undecided) for one in cells(tally.table(name, by="month")).values()]


OPEN: list[tuple[str, Sequence[Event], list[tuple[int, int]]]] = [
    ("never ended", (), [(1, 0), (1, 0), (1, 0)]),
    ("ended in September", (ev("closed", "2026-09-03T09:00"),), [(1, 0), (0, 0), (0, 0)]),
    ("ended in the month of its receipt", (ev("withdrawn", "2026-08-06T09:00"),), [(0, 0), (0, 0), (0, 0)]),
    ("ended, reopened in October", (ev("closed", "2026-08-06T09:00"), ev("reopened", "2026-10-02T09:00")),
        [(0, 0), (0, 0), (1, 0)]),
    ("ended twice, of which the second changes nothing",
        (ev("closed", "2026-08-06T09:00"), ev("closed", "2026-09-06T09:00")), [(0, 0), (0, 0), (0, 0)]),
    ("reopened while open, which changes nothing", (ev("reopened", "2026-09-06T09:00"),), [(1, 0), (1, 0), (1, 0)]),
    ("ended, nobody knows when: by now it has", (Event("closed"),), [(0, 1), (0, 1), (0, 0)]),
    ("withdrawn in September, and perhaps closed before: open no more in any case",
        (Event("closed"), ev("withdrawn", "2026-09-03T09:00")), [(0, 1), (0, 0), (0, 0)]),
    ("reopened, nobody knows when", (ev("closed", "2026-08-06T09:00"), Event("reopened")),
        [(0, 1), (0, 1), (0, 1)]),
    ("ended and reopened on one day, in an order that nobody knows",
        (ev("closed", "2026-09-03"), ev("reopened", "2026-09-03")), [(1, 0), (0, 1), (0, 1)]),
    ("reopened and ended again on one day, in an order that nobody knows",
        (ev("closed", "2026-08-06T09:00"), ev("reopened", "2026-09-03"), ev("closed", "2026-09-03")),
        [(0, 0), (0, 1), (0, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "events", "ends"), OPEN, ids=[why for why, *_ in OPEN])
def test_what_is_open_at_the_end_of_each_month(why: str, events: Sequence[Event], ends: list[tuple[int, int]]) -> None:
    tally = stocks(*events)
    assert months(tally, "end") == ends, why
    assert months(tally, "start") == [(0, 0), *ends[:-1]], "what one month leaves the next begins with"
    assert tally["end"] == CaseCount(n=ends[-1][0], undecided=ends[-1][1])


def test_what_is_open_at_the_end_of_each_day_has_a_row_for_every_day_up_to_now() -> None:
    tally = Tally(SMALL, at=AT, figures=[END], by=["day"])
    tally.add(Case(complaint("2026-10-04T09:00"), [ev("closed", "2026-10-07T09:00")]))
    assert {key: one.n for key, one in cells(tally.table("end", by="day")).items()} == {
        "2026-10-04": 1, "2026-10-05": 1, "2026-10-06": 1, "2026-10-07": 0, "2026-10-08": 0,
    }  # fmt: skip


def test_groups_may_stand_behind_the_period() -> None:
    tally = Tally(SMALL, at=AT, figures=[END], by=[("month", "channel")])
    tally.add(Case(complaint("2026-08-05T09:00", channel="phone"), [ev("closed", "2026-10-02T09:00")]))
    tally.add(complaint("2026-09-05T09:00", channel="visit"))
    assert {key: one.n for key, one in cells(tally.table("end", by=("month", "channel"))).items()} == {
        ("2026-08", "phone"): 1, ("2026-09", "phone"): 1, ("2026-10", "phone"): 0,
        ("2026-08", "visit"): 0, ("2026-09", "visit"): 1, ("2026-10", "visit"): 1,
    }  # fmt: skip


def test_a_source_that_shows_no_endings_leaves_all_open_to_doubt() -> None:
    assert months(stocks(unseen={"closed"}), "end") == [(0, 1), (0, 1), (0, 1)]


def test_what_is_surely_withdrawn_is_not_open_though_the_source_shows_no_closings() -> None:
    """A register whose column of closings is blank left even what was withdrawn open to doubt for ever."""
    withdrawn = ev("withdrawn", "2026-09-03T09:00")
    assert months(stocks(withdrawn, unseen={"closed"}), "end") == [(0, 1), (0, 0), (0, 0)]
    assert months(stocks(withdrawn, unseen={"closed", "reopened"}), "end") == [(0, 1), (0, 1), (0, 1)]


def test_a_row_without_a_day_of_receipt_may_have_been_open_all_along() -> None:
    tally = Tally(SMALL, at=AT, figures=[END], by=["month"])
    tally.add_row({}, received=AT.replace(month=9, day=2)).add_row({})
    assert {key: (one.n, one.undecided) for key, one in cells(tally.table("end", by="month")).items()} == {
        "2026-09": (1, 1), "2026-10": (1, 1),
    }  # fmt: skip


def test_without_a_period_it_is_what_is_open_now() -> None:
    assert cells(stocks().table("end", by="channel")) == {"phone": CaseCount(n=1)}


REFUSED = [
    ("a start of no period", "start", "channel", "a stock at the start is one of periods"),
    ("a start of everything", "start", (), "a stock at the start is one of periods"),
    ("two periods", "end", ("month", "year"), "one kind of period"),
]


@pytest.mark.parametrize(("why", "name", "by", "text"), REFUSED, ids=[why for why, *_ in REFUSED])
def test_what_no_stock_is_of(why: str, name: str, by: Any, text: str) -> None:
    with pytest.raises(InvalidTally) as caught:
        stocks().table(name, by=by)
    assert text in str(caught.value)


def test_no_period_is_left_out_in_which_nothing_happened() -> None:
    tally = Tally(SMALL, at=AT, figures=[END], by=["month"])
    tally.add(Case(complaint("2026-05-05T09:00")))
    assert list(tally.table("end", by="month").rows) == [f"2026-{month:02d}" for month in range(5, 11)]


def test_a_population_of_which_nobody_knows_is_undecided_and_another_is_not_counted() -> None:
    tally = Tally(SMALL, at=AT, figures=[figure("end", stock="end", of="satisfied")], by=["month"])
    tally.add(Case(complaint("2026-10-05T09:00")))
    tally.add(Case(complaint("2026-10-05T09:00", key="c-2", satisfied=False)))
    assert cells(tally.table("end", by="month")) == {"2026-10": CaseCount(undecided=1)}
