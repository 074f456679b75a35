"""Where a case is placed and how long it took: endings that stand, what nobody knows, what the source cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from complaint_rules import Tally
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.statistics import CaseCount, LimitRuns, Money, Times
from tests.by_hand import complaint, ev
from tests.small import limit, own
from tests.statistics.tallied import NAMED, SMALL, end_of, figure, took

AT = end_of("2026-10-08")
CLOSED = figure("closed", dated="closed")
ANSWERED = figure("answered", dated="replied")
EACH = figure("each", dated="replied", each=True)
EITHER = figure("either", dated=["closed", "withdrawn"])
LONG = figure("long", time=took("received", "closed", "days"))
ANSWER = figure("answer", time=took("received", "replied", "days"))
HANDED = figure("handed", time=took("accepted", "closed", "days"))
FIRST = figure("first", dated=["received", "replied"])
DONE = figure("done", time=took("received", "x", "days") | {"until": ["closed", "withdrawn"]})
RESUMED = figure("resumed", time=took("received", "closed", "days", less="pauses"))
FIGURES = [CLOSED, ANSWERED, EACH, EITHER, LONG, ANSWER, HANDED, RESUMED, FIRST, DONE]


def told(*events: Event, received: str = "2026-08-05T09:00", **more: Any) -> Tally:
    tally = Tally(SMALL, at=AT, figures=FIGURES, by=["month"])
    return tally.add(Case(complaint(received), events, **more))


def placed(tally: Tally, name: str) -> dict[str | None, tuple[int, int]]:
    return {str(key): (one.n, one.undecided) for key, one in tally.table(name, by="month").rows.items()}


REOPENED = ev("reopened", "2026-09-20T09:00")
PLACES: list[tuple[str, str, Sequence[Event], dict[str, tuple[int, int]]]] = [
    ("not closed", "closed", (), {}),
    ("closed twice: the last", "closed", (ev("closed", "2026-08-06T09:00"), ev("closed", "2026-09-06T09:00")),
        {"2026-09": (1, 0)}),
    ("reopened since", "closed", (ev("closed", "2026-08-06T09:00"), REOPENED), {}),
    ("closed again", "closed", (ev("closed", "2026-08-06T09:00"), REOPENED, ev("closed", "2026-10-06T09:00")),
        {"2026-10": (1, 0)}),
    ("closed, nobody knows when", "closed", (Event("closed"),), {"None": (1, 0)}),
    ("closed twice, once nobody knows when", "closed", (ev("closed", "2026-08-06T09:00"), Event("closed")),
        {"None": (1, 0)}),
    ("closed and reopened on one day", "closed", (ev("closed", "2026-09-20"), ev("reopened", "2026-09-20")),
        {"2026-09": (0, 1)}),
    ("reopened, nobody knows when", "closed", (ev("closed", "2026-08-06T09:00"), Event("reopened")),
        {"2026-08": (0, 1)}),
    ("closed nobody knows when, and reopened", "closed", (Event("closed"), REOPENED), {"None": (0, 1)}),
    ("closed and withdrawn on different days: of several kinds, the last", "either",
        (ev("closed", "2026-08-06T09:00"), ev("withdrawn", "2026-09-06T09:00")), {"2026-09": (1, 0)}),
    ("of anything else the first", "answered", (ev("replied", "2026-08-06T09:00"), ev("replied", "2026-09-06T09:00")),
        {"2026-08": (1, 0)}),
    ("of anything else any may be the first", "answered", (ev("replied", "2026-08-06T09:00"), Event("replied")),
        {"None": (1, 0)}),
    ("once, nobody knows when", "answered", (Event("replied"),), {"None": (1, 0)}),
    ("the receipt is the first of all", "first", (ev("replied", "2026-09-06T09:00"),), {"2026-08": (1, 0)}),
    ("each", "each", (ev("replied", "2026-08-06T09:00"), ev("replied", "2026-09-06T09:00"), Event("replied")),
        {"2026-08": (1, 0), "2026-09": (1, 0), "None": (1, 0)}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "name", "events", "expected"), PLACES, ids=[why for why, *_ in PLACES])
def test_what_places_a_case(why: str, name: str, events: Sequence[Event], expected: dict[str, tuple[int, int]]) -> None:
    assert placed(told(*events), name) == expected, why


UNSEEN: list[tuple[str, str, str, Sequence[Event], dict[str, tuple[int, int]]]] = [
    ("closings are not shown", "closed", "closed", (), {"None": (0, 1)}),
    ("closings are not shown, one is known", "closed", "closed", (ev("closed", "2026-08-06T09:00"),),
        {"None": (1, 0)}),
    ("reopenings are not shown: it may not stand", "reopened", "closed", (ev("closed", "2026-08-06T09:00"),),
        {"2026-08": (0, 1)}),
    ("reopenings are not shown, nothing was closed", "reopened", "closed", (), {}),
    ("answers are not shown", "replied", "answered", (), {"None": (0, 1)}),
    ("answers are not shown, one is known: an earlier one may be the first", "replied", "answered",
        (ev("replied", "2026-08-06T09:00"),), {"None": (1, 0)}),
    ("answers are not shown: one more may have been given", "replied", "each", (ev("replied", "2026-08-06T09:00"),),
        {"2026-08": (1, 0), "None": (0, 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "unseen", "name", "events", "expected"), UNSEEN, ids=[why for why, *_ in UNSEEN])
def test_what_the_source_cannot_show_is_no_definite_place(
    why: str, unseen: str, name: str, events: Sequence[Event], expected: dict[str, tuple[int, int]]
) -> None:
    assert placed(told(*events, unseen={unseen}), name) == expected, why


LENGTHS: list[tuple[str, str, Sequence[Event], dict[str, Any]]] = [
    ("to the closing that stands", "long", (ev("closed", "2026-08-06T09:00"), REOPENED, ev("closed", "2026-10-06")),
        {"ended": {62: 1}}),
    ("reopened: it is open", "long", (ev("closed", "2026-08-06T09:00"), REOPENED), {"open": {64: 1}}),
    ("withdrawn: neither", "long", (ev("withdrawn", "2026-08-06T09:00"),), {"left": 1}),
    ("withdrawn and reopened: open", "long", (ev("withdrawn", "2026-08-06T09:00"), REOPENED), {"open": {64: 1}}),
    ("withdrawn and reopened on one day: nobody knows", "long",
        (ev("withdrawn", "2026-09-20"), ev("reopened", "2026-09-20")), {"unknown": 1}),
    ("closed and reopened on one day: nobody knows", "long",
        (ev("closed", "2026-09-20"), ev("reopened", "2026-09-20")), {"unknown": 1}),
    ("closed, nobody knows when", "long", (Event("closed"),), {"unknown": 1}),
    ("closed before it was received", "long", (ev("closed", "2026-08-01T09:00"),), {"impossible": 1}),
    ("to the first answer", "answer", (ev("replied", "2026-08-09T09:00"), ev("replied", "2026-09-06T09:00")),
        {"ended": {4: 1}}),
    ("one answer at a moment nobody knows may be the first", "answer",
        (ev("replied", "2026-08-09T09:00"), Event("replied")), {"unknown": 1}),
    ("withdrawn, which is an end of it", "done", (ev("withdrawn", "2026-08-06T09:00"),), {"ended": {1: 1}}),
    ("of these ends none", "done", (), {"open": {64: 1}}),
    ("it never began", "handed", (ev("closed", "2026-08-09T09:00"),), {}),
    ("it began, nobody knows when", "handed", (Event("accepted"), ev("closed", "2026-08-09T09:00")), {"unknown": 1}),
    ("without the days for which it stood still, of which the first still counts", "resumed",
        (ev("suspended", "2026-08-06T09:00", reason="mediation"), ev("resumed", "2026-08-16T09:00", reason="mediation"),
            ev("closed", "2026-08-20T09:00")), {"ended": {5: 1}}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "name", "events", "expected"), LENGTHS, ids=[why for why, *_ in LENGTHS])
def test_how_long_it_took(why: str, name: str, events: Sequence[Event], expected: dict[str, Any]) -> None:
    found = told(*events)[name]
    assert found == Times(unit=found.unit, **expected), why


HIDDEN: list[tuple[str, str, str, dict[str, Any]]] = [
    ("the end may have come unseen", "closed", "long", {"unknown": 1}),
    ("an answer may have been given unseen", "replied", "answer", {"unknown": 1}),
    ("it may have begun unseen", "accepted", "handed", {"unknown": 1}),
    ("a withdrawal may have come unseen", "withdrawn", "long", {"unknown": 1}),
]


@pytest.mark.parametrize(("why", "unseen", "name", "expected"), HIDDEN, ids=[why for why, *_ in HIDDEN])
def test_how_long_nobody_knows_where_the_source_shows_no_end(
    why: str, unseen: str, name: str, expected: dict[str, Any]
) -> None:
    found = told(unseen={unseen})[name]
    assert found == Times(unit=found.unit, **expected), why


def test_days_that_the_calendar_refuses_are_of_unknown_length() -> None:
    strict = WorkCalendar.china(unpublished="refuse")
    tally = Tally(
        SMALL, at=end_of("2031-10-08"), calendar=strict,
        figures=[figure("long", time=took("received", "closed", "working days"))],
    )  # fmt: skip
    tally.add(Case(complaint("2031-08-05T09:00"), [ev("closed", "2031-08-15T09:00")]))
    assert tally["long"] == Times(unit=tally["long"].unit, unknown=1)


def test_a_limit_on_days_that_the_calendar_refuses_is_undetermined_and_noted() -> None:
    strict = WorkCalendar.china(unpublished="refuse")
    tally = Tally(SMALL, at=end_of("2031-10-08"), calendar=strict, figures=[figure("runs", limit="whole")])
    tally.add(Case(complaint("2031-08-05T09:00")))
    assert tally["runs"] == LimitRuns(undetermined=1)
    assert tally.problems["calendar_unpublished"].ids == ("c-1",)


def test_durations_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from complaint_rules.statistics import measuring

    monkeypatch.setattr(measuring, "_MOST_KEPT", 1)
    tally = Tally(SMALL, at=AT, figures=[LONG])
    for day in ("06", "07", "06"):
        tally.add(Case(complaint("2026-08-05T09:00"), [ev("closed", f"2026-08-{day}T09:00")]))
    assert dict(tally["long"].ended) == {1: 2, 2: 1}


def test_what_looks_alike_is_worked_in_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from complaint_rules.statistics import ledger

    monkeypatch.setattr(ledger, "_MOST_PLACES", 1)
    tally = Tally(SMALL, at=AT, figures=[figure("all"), LONG], by=["month"])
    for _ in range(3):
        tally.add(Case(complaint("2026-08-05T09:00"), [ev("closed", "2026-08-06T09:00")]))
    assert (tally["all"], dict(tally["long"].ended)) == (CaseCount(n=3), {1: 3})


def test_a_run_that_was_late_until_another_day_was_agreed_stays_late() -> None:
    """Both runs count: what was late on record, and what runs until the day agreed."""
    rules = own(limit('[{ within = "5 days" }]', "agreed = true"))
    events = [ev("agreed", "2026-08-20T09:00", due="2026-10-20")]
    tally = Tally(rules, at=AT, figures=[figure("runs", limit="whole")])
    tally.add(Case(complaint("2026-08-05T09:00"), events))
    assert tally["runs"] == LimitRuns(late=1, open_in_time=1)


def test_runs_of_a_population_of_which_nobody_knows_are_in_no_class() -> None:
    tally = Tally(SMALL, at=AT, figures=[figure("runs", limit="whole", of="satisfied")])
    for number, satisfied in enumerate((True, False, None)):
        tally.add(Case(complaint("2026-10-08T09:00", key=f"c-{number}", satisfied=satisfied)))
    assert tally["runs"] == LimitRuns(open_in_time=1, undecided=1)


def test_of_a_breach_at_some_hour_nobody_knows_who_had_it() -> None:
    """Received on a day: the 48 hours ran out some time on the second day after it. Unseen, nobody knows whether."""
    rules = own(limit('[{ within = "48 hours" }]'))
    tally = Tally(rules, at=AT, figures=[figure("all")], by=["holder_at_breach(whole)", "holder"])
    tally.add(Case(complaint("2026-09-01", received_by="outlet")))
    tally.add(Case(complaint("2026-09-01T09:00", received_by="outlet", key="c-2"), (), unseen={"closed"}))
    tally.add(Case(complaint("2026-09-01T09:00", received_by="outlet", key="c-3"), (), unseen={"routed"}))
    assert {key: one.n for key, one in tally.table("all", by="holder_at_breach(whole)").rows.items()} == {None: 3}
    assert {key: one.n for key, one in tally.table("all", by="holder").rows.items()} == {"outlet": 2, None: 1}


SUMS: list[tuple[str, dict[str, Any], Sequence[Event], dict[str, Any], Money]] = [
    ("a fact", {"sum": "amount"}, (), {"amount": "12.30"}, Money(fen=1_230, n=1)),
    ("a fact that nobody knows", {"sum": "amount"}, (), {}, Money(unknown=1)),
    ("all payments", {"sum": {"event": "compensated"}},
        (ev("compensated", "2026-08-06T09:00", amount=5), ev("compensated", "2026-08-07T09:00", amount="0.05"),
            ev("compensated", "2026-08-08T09:00")), {}, Money(fen=505, n=2, unknown=1)),
    ("payments are not shown", {"sum": {"event": "compensated"}}, (), {"unseen": {"compensated"}}, Money(unknown=1)),
    ("each payment, and those not shown once", {"sum": {"event": "compensated"}, "dated": "compensated", "each": True},
        (ev("compensated", "2026-08-06T09:00", amount=5), ev("compensated", "2026-08-07T09:00", amount=1)),
        {"unseen": {"compensated"}}, Money(fen=600, n=2, undecided=1)),
    ("each payment, and nothing else that places it",
        {"sum": {"event": "compensated"}, "dated": ["compensated", "replied"], "each": True},
        (ev("compensated", "2026-08-06T09:00", amount=5), ev("replied", "2026-08-07T09:00")), {}, Money(fen=500, n=1)),
    ("of no population that anybody knows", {"sum": "amount", "of": "satisfied"}, (), {"amount": 1},
        Money(undecided=1)),
    ("of another population", {"sum": "amount", "of": "satisfied"}, (), {"amount": 1, "satisfied": False}, Money()),
]  # fmt: skip


@pytest.mark.parametrize(("why", "keys", "events", "facts", "expected"), SUMS, ids=[why for why, *_ in SUMS])
def test_what_was_paid(
    why: str, keys: dict[str, Any], events: Sequence[Event], facts: dict[str, Any], expected: Money
) -> None:
    unseen = facts.pop("unseen", ())
    tally = Tally(SMALL, at=AT, figures=[figure("paid", **keys)])
    tally.add(Case(complaint("2026-08-05T09:00", **facts), events, unseen=unseen))
    assert tally["paid"] == expected, why


def test_a_counting_rule_that_sorts_by_several_values_names_them_all() -> None:
    rule = {"id": "cheap", "title": NAMED, "counts": "amount < 1", "as": "sort"}
    tally = Tally(SMALL, at=AT, figures=[figure("all")], bases=[rule])
    tally.add(Case(complaint("2026-08-05T09:00", amount=2_000, repeat=True)))
    assert dict(tally.counted("cheap").excluded) == {"dear, repeated": 1}


def test_weights_of_which_nobody_knows_leave_the_number_open() -> None:
    rule = {"id": "units", "title": NAMED, "weight": "units"}
    tally = Tally(SMALL, at=AT, figures=[figure("all", basis="units"), figure("happy", of="satisfied")], bases=[rule])
    tally.add(Case(complaint("2026-08-05T09:00", units=3))).add(Case(complaint("2026-08-05T09:00", key="c-2")))
    assert tally["all"] == CaseCount(n=3, unknown=1)
    assert tally["all"].bounds == (3, None)
    assert tally.table("happy", basis="units").total == CaseCount(undecided=4, unknown=1)


def test_rules_in_force_one_after_the_other_leave_a_case_of_unknown_day_open() -> None:
    """Until 31 August all count, from September on first ones only; nobody knows when the third was closed."""
    rules = [
        {"id": "all_of_them", "title": NAMED, "until": "2026-08-31"},
        {"id": "first_ones", "title": NAMED, "counts": "not repeat", "since": "2026-09-01", "replaces": "all_of_them"},
    ]
    wanted = figure("closed", dated="closed", basis=["all_of_them", "first_ones"])
    tally = Tally(SMALL, at=AT, figures=[wanted], bases=rules, by=["month"])
    for number, closing in enumerate(
        (ev("closed", "2026-08-31T09:00"), ev("closed", "2026-09-01T09:00"), Event("closed"))
    ):
        tally.add(Case(complaint("2026-08-05T09:00", key=f"r-{number}", repeat=True), [closing]))
        tally.add(Case(complaint("2026-08-05T09:00", key=f"f-{number}", repeat=False), [closing]))
    assert placed(tally, "closed") == {"2026-08": (2, 0), "2026-09": (1, 0), "None": (1, 1)}
