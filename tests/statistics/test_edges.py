"""Where a figure would be wrong at an edge: bases by unlike names, stocks over time, running periods, early events."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from complaint_rules import Policy, Tally, WorkCalendar, assess
from complaint_rules.calendar.hours import Hours
from complaint_rules.cases.case import Case
from complaint_rules.errors import InvalidFigure, InvalidTally
from complaint_rules.statistics import Change, FigureTable, NoChange
from tests.by_hand import complaint, ev
from tests.small import HEAD, limit
from tests.statistics.tallied import SMALL, cells, end_of, figure, kept, numbers

JULY, AUGUST, SEPTEMBER, OCTOBER = (
    (dt.date(2026, month, 1), dt.date(2026, month, last)) for month, last in ((7, 31), (8, 31), (9, 30), (10, 31))
)
ALL = figure("all")


def tally(
    *received: str, at: str = "2026-10-08", covers: Any = None, by: Any = ("channel",), figures: Any = (ALL,)
) -> Tally:
    """Count one case of each moment: by phone those received at nine, by letter the others."""
    found = Tally(SMALL, at=end_of(at), by=by, figures=figures, covers=covers)
    for number, when in enumerate(received):
        channel = "phone" if "T09" in when else "letter"
        found.add(Case(complaint(when, key=f"c-{number}", channel=channel)))
    return found


# --- a whole is divided by all of its bases, or by none ---

WHOLES: list[tuple[str, Any, Fraction | None]] = [
    ("each group has its number", {"phone": 4, "letter": 6}, Fraction(2, 10)),
    ("a group without complaints belongs to the whole", {"phone": 4, "letter": 6, "visit": 10}, Fraction(2, 20)),
    ("a group without a number: nobody knows the whole", {"phone": 4}, None),
    ("a number that is not known", {"phone": 4, "letter": None}, None),
    ("the whole has its own number", {"phone": 4, (): 50}, Fraction(2, 50)),
    ("one number for all", 5, Fraction(2, 5)),
    ("numbers by one name and by two: nobody says which make the whole",
        {"phone": 4, "letter": 6, ("2026-09", "letter"): 7}, None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "base", "whole"), WHOLES, ids=[why for why, *_ in WHOLES])
def test_a_whole_is_divided_by_all_bases_of_its_groups(why: str, base: Any, whole: Fraction | None) -> None:
    table = tally("2026-09-01T09:00", "2026-09-01T10:00").table("all", by="channel")
    assert table.scaled(base, 1).total == whole, why


def test_a_number_of_its_own_that_is_not_known_is_not_that_of_the_group_above() -> None:
    """Nobody knows how many customers wrote in September; that of all letters is another number."""
    table = tally("2026-09-01T10:00", by=[("month", "channel")]).table("all", by=("month", "channel"))
    assert cells(table.scaled({"letter": 6}, 1)) == {("2026-09", "letter"): Fraction(1, 6)}
    assert cells(table.scaled({("2026-09", "letter"): None, "letter": 6}, 1)) == {("2026-09", "letter"): None}


# --- what was open at one time is no part of what is open at another ---

STOCK = figure("end", stock="end")


def stock(by: str) -> FigureTable:
    """Count one case open since August and one since September: open 1, 2 and 2 at the ends of the months."""
    return tally("2026-08-05T09:00", "2026-09-05T10:00", by=["month", "channel"], figures=[STOCK]).table("end", by=by)


@pytest.mark.parametrize(
    ("what", "ask"),
    [("share", FigureTable.share), ("joint", lambda one: one.joint(["2026-08"])), ("top", lambda one: one.top(1))],
)
def test_a_stock_over_time_has_no_shares(what: str, ask: Any) -> None:
    assert numbers(stock("month")) == {"2026-08": 1, "2026-09": 2, "2026-10": 2}
    with pytest.raises(InvalidFigure, match="no part of what is open at another") as caught:
        ask(stock("month"))
    assert caught.value.what == what


def test_a_stock_by_anything_else_has_them() -> None:
    assert cells(stock("channel").share()) == {"letter": Fraction(1, 2), "phone": Fraction(1, 2)}


# --- a running period is not held against a whole one (spiculedata/saiku#1748) ---

AGAINST: list[tuple[str, Any, str, Any, str, Change]] = [
    ("two whole months", SEPTEMBER, "2026-10-08", AUGUST, "2026-10-08", Change(Fraction(1))),
    ("a month that is not over", OCTOBER, "2026-10-08", SEPTEMBER, "2026-10-08", Change(None, NoChange.INCOMPLETE)),
    ("the other is not over", SEPTEMBER, "2026-10-08", OCTOBER, "2026-10-08", Change(None, NoChange.INCOMPLETE)),
    ("the month of which the last day is not over at the moment", SEPTEMBER, "2026-09-29", AUGUST, "2026-10-08",
        Change(None, NoChange.INCOMPLETE)),
    ("eight days and a month", (dt.date(2026, 9, 1), dt.date(2026, 9, 8)), "2026-10-08", AUGUST, "2026-10-08",
        Change(None, NoChange.INCOMPLETE)),
    ("a month and two", (AUGUST[0], SEPTEMBER[1]), "2026-10-08", JULY, "2026-10-08", Change(None, NoChange.INCOMPLETE)),
    ("eight days and eight", (dt.date(2026, 9, 1), dt.date(2026, 9, 8)), "2026-10-08",
        (dt.date(2026, 8, 1), dt.date(2026, 8, 8)), "2026-10-08", Change(Fraction(1))),
    ("four months over the new year and four of 123 days", (dt.date(2025, 11, 1), dt.date(2026, 2, 28)), "2026-10-08",
        (dt.date(2026, 5, 1), dt.date(2026, 8, 31)), "2026-10-08", Change(Fraction(1))),
    ("what ends with a month and begins on its second day is none", (dt.date(2026, 9, 2), dt.date(2026, 9, 30)),
        "2026-10-08", AUGUST, "2026-10-08", Change(None, NoChange.INCOMPLETE)),
    ("a month and a week is not a month", (dt.date(2026, 8, 1), dt.date(2026, 9, 7)), "2026-10-08",
        AUGUST, "2026-10-08", Change(None, NoChange.INCOMPLETE)),
    ("nobody says what one holds", None, "2026-10-08", AUGUST, "2026-10-08", Change(None, NoChange.NOT_STATED)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "now", "at", "before", "then", "change"), AGAINST, ids=[why for why, *_ in AGAINST])
def test_two_tables_are_held_against_each_other_where_their_days_are_over_and_as_many(
    why: str, now: Any, at: str, before: Any, then: str, change: Change
) -> None:
    one = tally("2026-09-01T09:00", "2026-09-02T09:00", at=at, covers=now).table("all", by="channel")
    other = tally("2026-08-01T09:00", at=then, covers=before).table("all", by="channel")
    found = one.change(other)
    assert (found.rows["phone"], found.total) == (change, change), why


def test_of_tables_by_month_the_whole_is_not_compared_where_the_last_month_is_running() -> None:
    """The rows said so; the total was compared all the same."""
    covers = (dt.date(2026, 9, 1), dt.date(2026, 10, 31))
    one = tally("2026-09-01T09:00", "2026-10-02T09:00", covers=covers, by=["month"]).table("all", by="month")
    other = tally("2026-09-01T09:00", covers=covers, by=["month"]).table("all", by="month")
    found = one.change(other)
    assert found.rows["2026-09"] == Change(Fraction(0))
    assert found.rows["2026-10"] == Change(None, NoChange.INCOMPLETE)
    assert found.total == Change(None, NoChange.INCOMPLETE)


def test_what_lies_in_a_month_that_nobody_knows_has_no_change() -> None:
    found = Tally(SMALL, at=end_of("2026-10-08"), by=["month"], figures=[ALL], covers=SEPTEMBER).add_row({})
    table = found.table("all", by="month")
    assert table.change(table).rows[None] == Change(None, NoChange.NO_VALUE)


# --- what stands before the receipt is told ---


def test_an_event_before_the_receipt_is_told_and_counts_on_a_day_unknown() -> None:
    sent = figure("sent", dated="sent")
    found = Tally(SMALL, at=end_of("2026-10-08"), by=["month"], figures=[ALL, sent])
    found.add(Case(complaint("2026-09-05T09:00", key="c-early"), [ev("sent", "2026-09-05T08:59")]))
    found.add(Case(complaint("2026-09-05T09:00", key="c-fine"), [ev("sent", "2026-09-05T09:01")]))
    found.add_row({}, received=dt.date(2026, 9, 5), events={"sent": dt.date(2026, 9, 4)}, id="r-early")
    assert kept(found["all"]) == {"n": 3}
    assert numbers(found.table("sent", by="month")) == {"2026-09": 1, None: 2}
    assert {code: (one.n, one.ids) for code, one in found.problems.items()} == {
        "before_receipt": (2, ("c-early", "r-early"))
    }


def test_two_periods_of_a_stock_are_named_as_they_are_written() -> None:
    with pytest.raises(Exception, match="got 'month, year'"):
        tally("2026-09-01T09:00", by=[("month", "year")], figures=[STOCK]).table("end", by=("month", "year"))


def test_an_assessment_by_rules_and_a_calendar_that_are_alike_and_not_the_same_is_counted() -> None:
    rules, again = (Policy.from_text(f"{HEAD}\n{limit()}", name="own.toml") for _ in range(2))
    days, others = (WorkCalendar.china().with_hours(Hours.of("09:00-17:00")) for _ in range(2))
    assert rules is not again
    assert days is not others
    found = Tally(rules, at=end_of("2026-10-08"), figures=[ALL], calendar=days)
    case = Case(complaint("2026-09-01T09:00"))
    assert found.add(assess(case, again, at=end_of("2026-10-08"), calendar=others))["all"].n == 1
    with pytest.raises(InvalidTally, match="counts by another calendar"):
        found.add(assess(case, rules, at=end_of("2026-10-08"), calendar=WorkCalendar.china()))


@pytest.mark.parametrize(
    ("by", "hint"),
    [
        ("mont", "did you mean 'month'?"),
        ("kind", "it has () · month · channel, month"),
        (("mont", "channel"), "it has () · month · channel, month"),  # of two names nobody says which is meant
        ((), None),
    ],
)
def test_a_grouping_that_a_tally_does_not_have_is_named_with_those_it_has(by: Any, hint: str | None) -> None:
    found = Tally(SMALL, at=end_of("2026-10-08"), by=["month", ("channel", "month")], figures=[ALL])
    if hint is None:  # over everything is always there
        assert found.table("all", by=by).total.n == 0
        return
    with pytest.raises(InvalidTally, match="the tally is not grouped so") as caught:
        found.table("all", by=by)
    assert caught.value.hint == hint
