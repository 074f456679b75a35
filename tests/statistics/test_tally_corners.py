"""What seldom happens to a tally: every answer worked out by hand, the reason beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pytest

from complaint_rules import Tally, WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import InvalidTally
from complaint_rules.policy.policy import Policy
from complaint_rules.statistics import CaseCount, LimitRuns, Money, Times, duration, ledger, measuring
from tests.by_hand import complaint, ev
from tests.small import TITLE, fact, limit, own
from tests.statistics.tallied import NAMED, SMALL, cells, end_of, figure, kept, numbers, took

AT: Final = end_of("2026-10-08")
ALL: Final = figure("all")
HANDLING: Final = figure("handling", time=took("received", "closed", "working days"))
DAYS: Final = figure("handling", time=took("received", "closed", "days"))
REPLY: Final = figure("reply", time=took("received", "replied", "days"))
TO_REPLY: Final = figure("to_reply", time=took("resolved", "replied", "days"))
CLOSED: Final = figure("closings", dated="closed")
REFUSING: Final = WorkCalendar.china(unpublished="refuse")
"""Knows the working days up to 28 December 2026: what comes after hangs on the notice for 2027."""


def one(received: str, *events: Event, key: str = "g-1", unseen: Sequence[str] = (), **facts: Any) -> Case:
    return Case(complaint(received, key=key, **facts), events, unseen=frozenset(unseen))


def counted(
    case: Case,
    *figures: Mapping[str, Any],
    policy: Policy = SMALL,
    at: dt.datetime = AT,
    calendar: WorkCalendar | None = None,
) -> Tally:
    return Tally(policy, at=at, figures=figures, calendar=calendar).add(case)


# --- times over, problems ------------------------------------------------------------------------------------------


def test_what_is_counted_no_times_leaves_no_trace() -> None:
    tally = Tally(SMALL, at=AT, figures=[ALL, HANDLING])
    tally.add(one("2026-09-22T09:00", ev("closed", "2026-09-21T09:00")), times=0)  # closed before it began
    tally.add(one("2026-10-09T09:00"), times=0)  # received after the moment asked about
    assert (tally.seen, dict(tally.problems), kept(tally["all"])) == (0, {}, {})
    assert tally == Tally(SMALL, at=AT, figures=[ALL, HANDLING])


def test_a_fact_that_the_rules_do_not_know_is_noted() -> None:
    tally = counted(one("2026-09-22T09:00", colour="red"), ALL)
    assert (tally["all"].n, dict(tally.problems)["ignored_fact"].ids) == (1, ("g-1",))


def test_a_limit_that_ends_on_days_that_the_calendar_refuses_is_undetermined_and_noted() -> None:
    # five working days after Friday 25 December 2026 end in January 2027
    tally = counted(
        one("2026-12-25T09:00"), figure("timeliness", limit="whole"), at=end_of("2026-12-28"), calendar=REFUSING
    )
    assert tally["timeliness"] == LimitRuns(undetermined=1)
    assert tally.problems["calendar_unpublished"].ids == ("g-1",)


def test_a_duration_over_days_that_the_calendar_refuses_is_unknown() -> None:
    tally = counted(
        one("2026-12-25T09:00", ev("closed", "2026-12-30T09:00")), HANDLING, at=end_of("2026-12-31"), calendar=REFUSING
    )
    assert kept(tally["handling"]) == {"unit": "working_days", "unknown": 1}


def test_up_to_a_day_off_the_next_working_day_need_not_be_known() -> None:
    # As known in June 2024 the days after Saturday 28 December are open; whatever they are, the second working day
    # after Thursday is over only after that Saturday.
    known = WorkCalendar.china(unpublished="refuse", as_known_on=dt.date(2024, 6, 1))
    assert known.final_through == dt.date(2024, 12, 28)
    assert duration(dt.date(2024, 12, 26), dt.date(2024, 12, 28), "working days", known) == 2


def test_many_days_are_counted_alike_with_a_short_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_MOST_KEPT", 1)
    monkeypatch.setattr(ledger, "_MOST_PLACES", 2)
    tally = Tally(SMALL, at=AT, figures=[HANDLING], by=["channel"])
    for end, channel in (("22", "phone"), ("23", "visit"), ("22", "phone"), ("21", "phone")):  # Monday the 21st and on
        tally.add(one("2026-09-21T09:00", ev("closed", f"2026-09-{end}T10:00"), channel=channel))
    assert dict(tally["handling"].ended) == {0: 1, 1: 2, 2: 1}
    assert dict(cells(tally.table("handling", by="channel"))["phone"].ended) == {0: 1, 1: 2}


# --- of whom nobody knows whether they belong ----------------------------------------------------------------------

UNSAID: Final = one("2026-09-22T09:00", ev("closed", "2026-09-23T09:00"), amount=Decimal("7.50"))
"""Nobody said whether the customer was satisfied, and nothing is presumed of that."""
DENIED: Final = one("2026-09-22T09:00", ev("closed", "2026-09-23T09:00"), amount=Decimal("7.50"), satisfied=False)
POPULATIONS: Final = [
    (figure("a", of="satisfied"), CaseCount(undecided=1), CaseCount()),
    (figure("a", of="satisfied", limit="whole"), LimitRuns(undecided=1), LimitRuns()),
    (figure("a", of="satisfied", sum="amount"), Money(undecided=1), Money()),
    (figure("a", of="satisfied", time=took("received", "closed", "days")), "undecided", ""),
]


@pytest.mark.parametrize(("asked", "unsaid", "denied"), POPULATIONS, ids=["count", "limit", "sum", "time"])
def test_who_may_belong_is_undecided_and_who_does_not_is_left_out(asked: Any, unsaid: Any, denied: Any) -> None:
    for case, expected in ((UNSAID, unsaid), (DENIED, denied)):
        found = counted(case, asked)["a"]
        if isinstance(found, Times):
            assert kept(found) == {"unit": "days", **({expected: 1} if expected else {})}
        else:
            assert found == expected


def test_a_weight_that_nobody_knows_is_counted_apart() -> None:
    units = {"id": "units_of", "title": NAMED, "weight": "units"}
    for case, expected in (
        (one("2026-09-22T09:00", units=3), CaseCount(n=3)),
        (one("2026-09-22T09:00"), CaseCount(unknown=1)),
    ):
        tally = Tally(SMALL, at=AT, figures=[ALL], bases=[units]).add(case)
        assert tally.table("all", basis="units_of").total == expected


def test_why_a_case_does_not_count_may_be_several_classes() -> None:
    plain = {"id": "plain", "title": NAMED, "counts": "not repeat", "as": "sort"}
    case = one("2026-09-22T09:00", repeat=True, amount=Decimal(5_000))
    tally = Tally(SMALL, at=AT, figures=[ALL], bases=[plain]).add(case)
    assert dict(tally.excluded["plain"]) == {"dear, repeated": 1}


# --- what the source of a history cannot show ----------------------------------------------------------------------

UNSEEN: Final[Sequence[tuple[str, Case, Mapping[str, Any], Mapping[str, Any]]]] = [
    ("another kind is hidden: it was surely not closed", one("2026-09-22T09:00", unseen=["routed"]), CLOSED, {}),
    ("whether it was closed is hidden", one("2026-09-22T09:00", unseen=["closed"]), CLOSED, {"undecided": 1}),
    ("whether there was a reply is hidden", one("2026-09-22T09:00", unseen=["replied"]),
        figure("closings", dated="replied"), {"undecided": 1}),
    ("every reply: one more may be hidden",
        one("2026-09-22T09:00", ev("replied", "2026-09-23T09:00"), unseen=["replied"]),
        figure("closings", dated="replied", each=True), {"n": 1, "undecided": 1}),
    ("the end is hidden", one("2026-09-22T09:00", unseen=["replied"]), {**REPLY, "id": "closings"},
        {"unit": "days", "unknown": 1}),
    ("the start is hidden", one("2026-09-22T09:00", unseen=["resolved"]), {**TO_REPLY, "id": "closings"},
        {"unit": "days", "unknown": 1}),
    ("it was never resolved, so nothing has begun", one("2026-09-22T09:00"), {**TO_REPLY, "id": "closings"},
        {"unit": "days"}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "case", "asked", "expected"), UNSEEN, ids=[row[0] for row in UNSEEN])
def test_what_is_hidden_is_not_taken_not_to_have_happened(
    why: str, case: Case, asked: Mapping[str, Any], expected: Mapping[str, Any]
) -> None:
    assert kept(counted(case, asked)["closings"]) == expected, why


# --- moments that nobody knows -------------------------------------------------------------------------------------

UNDATED: Final[Sequence[tuple[str, Sequence[Event], Mapping[str, Any], Mapping[str, Any]]]] = [
    ("it began at a moment that nobody knows", [Event("resolved"), ev("replied", "2026-09-25T09:00")], TO_REPLY,
        {"unknown": 1}),
    ("of two beginnings either may be the first",
        [Event("resolved"), ev("resolved", "2026-09-23T09:00"), ev("replied", "2026-09-25T09:00")], TO_REPLY,
        {"unknown": 1}),
    ("two replies, one undated: either may be the first", [ev("replied", "2026-09-25T09:00"), Event("replied")], REPLY,
        {"unknown": 1}),
    ("one reply, undated", [Event("replied")], REPLY, {"unknown": 1}),
    ("withdrawn at a moment that nobody knows: it has left all the same", [Event("withdrawn")], DAYS, {"left": 1}),
    ("withdrawn, and reopened, in an order that nobody knows", [Event("withdrawn"), Event("reopened")], DAYS,
        {"unknown": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "events", "asked", "expected"), UNDATED, ids=[row[0] for row in UNDATED])
def test_a_duration_without_a_moment(
    why: str, events: Sequence[Event], asked: Mapping[str, Any], expected: Mapping[str, Any]
) -> None:
    found = counted(one("2026-09-22T09:00", *events), asked)[asked["id"]]
    assert kept(found) == {"unit": "days", **expected}, why


def test_the_first_of_several_is_in_no_month_where_one_has_no_moment() -> None:
    tally = Tally(SMALL, at=AT, by=["month"], figures=[figure("replies", dated="replied")])
    tally.add(one("2026-09-22T09:00", ev("replied", "2026-09-25T09:00"), Event("replied")))
    assert numbers(tally.table("replies", by="month")) == {None: 1}


def test_the_receipt_may_be_one_of_several_events() -> None:
    tally = Tally(SMALL, at=AT, by=["month"], figures=[figure("again", dated=["received", "reopened"], each=True)])
    tally.add(one("2026-08-03T09:00", ev("closed", "2026-08-04T09:00"), ev("reopened", "2026-09-25T09:00")))
    assert numbers(tally.table("again", by="month")) == {"2026-08": 1, "2026-09": 1}


def test_a_row_without_a_day_of_receipt_has_no_duration_and_may_be_open() -> None:
    tally = Tally(SMALL, at=AT, figures=[HANDLING, figure("open_now", stock="end")])
    tally.add_row({}, events={"closed": dt.date(2026, 9, 23)})
    assert kept(tally["handling"]) == {"unit": "working_days", "unknown": 1}
    assert tally["open_now"] == CaseCount(undecided=1)


# --- what is open --------------------------------------------------------------------------------------------------

OPEN: Final[Sequence[tuple[str, Sequence[Event], CaseCount]]] = [
    ("closed twice, reopened never", [ev("closed", "2026-09-23T09:00"), ev("closed", "2026-09-24T09:00")], CaseCount()),
    ("closed and reopened on one day, known by the day", [ev("closed", "2026-09-23"), ev("reopened", "2026-09-23")],
        CaseCount(undecided=1)),
    ("the same, recorded the other way round", [ev("reopened", "2026-09-23"), ev("closed", "2026-09-23")],
        CaseCount(undecided=1)),
    ("closed on an unknown day: closed by now", [Event("closed")], CaseCount()),
    ("closed and reopened on unknown days", [Event("closed"), Event("reopened")], CaseCount(undecided=1)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "events", "expected"), OPEN, ids=[row[0] for row in OPEN])
def test_what_is_open_now(why: str, events: Sequence[Event], expected: CaseCount) -> None:
    case = one("2026-09-22T09:00", *events)
    assert counted(case, figure("open_now", stock="end"))["open_now"] == expected, why
    assert counted(case, figure("open_now", stock="end", of="repeat"))["open_now"] == CaseCount(), "it is no repeat"


# --- runs, names ---------------------------------------------------------------------------------------------------


def test_a_run_that_was_late_on_record_stays_late_beside_the_one_after_it() -> None:
    # Ten days end with 30 September; marked complex on 3 October it has twenty, which end with 10 October.
    policy = own(limit('[{ within = "20 days", when = "complex" }, { within = "10 days" }]'))
    marked = ev("amended", "2026-10-03T09:00", set={"complex": True})
    tally = Tally(policy, at=AT, by=["standing(whole)"], figures=[figure("timeliness", limit="whole")])
    tally.add(one("2026-09-20T09:00", marked, complex=False))
    assert tally["timeliness"] == LimitRuns(late=1, open_in_time=1)
    assert list(cells(tally.table("timeliness", by="standing(whole)"))) == ["open_in_time"]  # of the latest run


def test_a_limit_that_never_began_stands_as_not_started() -> None:
    policy = own(f"[events.sent]\n{TITLE}", fact("satisfied", assume=None), limit(start='"sent"'))
    assert counted(one("2026-09-22T09:00"), figure("t", limit="whole"), policy=policy)["t"] == LimitRuns(not_started=1)


def test_figures_per_so_many_need_no_counting_of_their_own() -> None:
    base = '[[base]]\nid = "outlets"\n' + TITLE
    per = figure("per_1000", scale={"figure": "all", "base": "outlets", "per": 1000})
    tally = Tally(own(base), at=AT, figures=[ALL, per]).add(one("2026-09-22T09:00"))
    assert tally["all"].n == 1
    assert tally.table("per_1000", base=500).total.n == 1  # divided only when a comparison is asked for


@pytest.mark.parametrize("by", [5, (5,), ("channel", None), ("channel", ["month"])], ids=str)
def test_what_is_no_name_is_refused(by: Any) -> None:
    why = "the name of a fact, table or period is expected"
    with pytest.raises(InvalidTally, match=why):
        Tally(SMALL, at=AT, figures=[ALL], by=[by])
    with pytest.raises(InvalidTally, match=why):
        Tally(SMALL, at=AT, figures=[ALL]).table("all", by=by)


def test_a_name_in_several_groupings_is_one_name() -> None:
    tally = Tally(SMALL, at=AT, figures=[ALL], by=["channel", ("channel", "month")])
    tally.add(one("2026-09-22T09:00", channel="phone"))
    assert numbers(tally.table("all", by="channel")) == {"phone": 1}
    assert numbers(tally.table("all", by=("channel", "month"))) == {("phone", "2026-09"): 1}
    assert len(tally._plan.static) == 1


# --- plain rows ----------------------------------------------------------------------------------------------------

STATED: Final = [
    ("in_time", LimitRuns(in_time=1), {"yes": 1}),
    ("late", LimitRuns(late=1), {"no": 1}),
    ("open_late", LimitRuns(open_late=1), {"no": 1}),
    ("undetermined", LimitRuns(undetermined=1), {"undecided": 1}),
    ("void_late", LimitRuns(void_late=1), {}),  # neither met nor late: a withdrawal ends that
]
RATE: Final = figure("rate", share="met('whole')", of="met('whole') or late('whole')")


@pytest.mark.parametrize(("said", "stands", "rate"), STATED, ids=[row[0] for row in STATED])
def test_what_a_row_says_of_a_limit_is_what_is_counted(said: str, stands: LimitRuns, rate: Mapping[str, int]) -> None:
    tally = Tally(SMALL, at=AT, by=["standing(whole)"], figures=[figure("timeliness", limit="whole"), RATE])
    tally.add_row(
        {}, received=dt.date(2026, 9, 22), standings={"whole": said}
    )  # by the clock it would be open and late
    assert tally["timeliness"] == stands
    assert list(cells(tally.table("timeliness", by="standing(whole)"))) == [said]
    assert kept(tally["rate"]) == rate


def test_where_a_row_says_nothing_of_a_limit_the_clock_tells() -> None:
    # Five working days after 22 September end with 30 September, the days off around Mid-Autumn left out.
    tally = Tally(SMALL, at=AT, figures=[figure("timeliness", limit="whole"), RATE])
    tally.add_row({}, received=dt.date(2026, 9, 22), events={"closed": dt.date(2026, 9, 23), "withdrawn": []})
    assert (tally["timeliness"], kept(tally["rate"])) == (LimitRuns(in_time=1), {"yes": 1})


def test_without_a_day_of_receipt_nobody_knows_what_has_run_out_since() -> None:
    ran = figure("ran", share="elapsed('received', '3 days')")
    for received, expected in ((None, {"undecided": 1}), (dt.date(2026, 9, 22), {"yes": 1})):
        tally = Tally(SMALL, at=AT, figures=[ran]).add_row({}, received=received, standings={"whole": "late"})
        assert kept(tally["ran"]) == expected
