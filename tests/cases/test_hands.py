"""In whose hands a file is: what an event changes, and what may be so where the record leaves it open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.hands import Hands, handed, possible_hands
from complaint_rules.cases.responsibility import holder_at, holdings
from complaint_rules.cases.timeline import Timeline
from complaint_rules.moments import INSTANT, earliest_of
from tests.by_hand import complaint, ev, instant

RECEIVED: Final = "2026-03-02T09:00"
LATER: Final = "2026-12-01"
LEVELS: Final = frozenset({"outlet", "branch", "head_office"})


def hands(
    events: Sequence[Event],
    unseen: Sequence[str] = (),
    between: tuple[str, str] | None = None,
    at: str = LATER,
    received: str = RECEIVED,
) -> set[str]:
    """Give who may have the file; ``nobody`` where the case may be ended, ``unknown`` where nobody is named."""
    case = Case(complaint(received, received_by="head_office"), events, unseen=frozenset(unseen))
    times = None if between is None else (instant(between[0]), instant(between[1]))
    found = possible_hands(Timeline(case, instant(at)), "head_office", instant(at), times)
    return {"nobody" if one.closed else one.holder or "unknown" for one in found}


ROUTED: Final = ev("routed", "2026-03-04T10:00", to="outlet")
ON: Final = ev("transferred", "2026-03-06T10:00", to="branch")
CLOSED: Final = ev("closed", "2026-03-09T10:00")
AGAIN: Final = ev("reopened", "2026-03-11T10:00")


@pytest.mark.parametrize(
    ("events", "unseen", "expected", "why"),
    [
        ([], [], {"head_office"}, "whoever received it"),
        ([ROUTED], [], {"outlet"}, "passed on"),
        ([ROUTED, ON], [], {"branch"}, "passed on twice"),
        ([ON, ROUTED], [], {"branch"}, "in order of time, not of recording"),
        ([ROUTED, ev("registered", "2026-03-05", by="branch")], [], {"outlet"}, "an act hands nothing on"),
        ([ev("accepted", "2026-03-05T10:00", unit="u-7")], [], {"u-7"}, "any event that names a unit does"),
        ([ev("routed", "2026-03-05T10:00")], [], {"unknown"}, "passed on, and not said to whom"),
        ([ROUTED, CLOSED], [], {"nobody"}, "ended"),
        ([ROUTED, CLOSED, AGAIN], [], {"outlet"}, "the last holder goes on"),
        ([ROUTED, CLOSED, ev("reopened", "2026-03-11T10:00", to="branch")], [], {"branch"}, "reopened by another"),
        ([ROUTED, ev("transferred", "2027-01-01", to="branch")], [], {"outlet"}, "not yet known"),
        # known by the day only
        ([ev("routed", "2026-03-04", to="outlet")], [], {"outlet"}, "on that day, at whatever hour"),
        ([ev("routed", "2026-03-02", to="outlet")], [], {"outlet"}, "on the day of receipt: after it"),
        ([ROUTED, ev("transferred", "2026-03-04", to="branch")], [], {"outlet", "branch"}, "before or after, that day"),
        (
            [ev("routed", "2026-03-04", to="outlet"), ev("transferred", "2026-03-04", to="branch")],
            [],
            {"outlet", "branch"},
            "of one day, which was first is not on record",
        ),
        ([ev("routed", "2026-03-04", to="outlet"), ON], [], {"branch"}, "on an earlier day, at whatever hour"),
        (
            [ev("routed", "2026-03-04", to="outlet"), ev("transferred", "2026-03-05", to="branch")],
            [],
            {"branch"},
            "of two days the later is the last",
        ),
        (
            [ROUTED, ev("transferred", "2026-03-04", to="branch"), ON],
            [],
            {"branch"},
            "what came after both is the last",
        ),
        (
            [ROUTED, ev("returned", "2026-03-04T11:00", to="desk"), ev("transferred", "2026-03-04", to="branch")],
            [],
            {"desk", "branch"},
            "of two moments the earlier is not the last, whenever the third was",
        ),
        (
            [ev("closed", "2026-03-09"), ev("reopened", "2026-03-09")],
            [],
            {"nobody", "head_office"},
            "closed and reopened on one day",
        ),
        # without a moment
        ([Event("routed", to="outlet")], [], {"head_office", "outlet"}, "passed on, nobody knows when"),
        ([ROUTED, Event("routed", to="outlet")], [], {"outlet"}, "whenever it was, it is there"),
        ([ROUTED, Event("transferred", to="branch")], [], {"outlet", "branch"}, "before or after"),
        ([ROUTED, Event("closed")], [], {"outlet", "nobody"}, "ended, nobody knows when"),
        # what the source cannot show
        ([ROUTED], ["replied"], {"outlet"}, "what changes nothing"),
        ([ROUTED], ["returned"], {"outlet", "unknown"}, "passed on unseen"),
        ([ROUTED], ["closed"], {"outlet", "nobody"}, "ended unseen"),
        ([ROUTED], ["reopened"], {"outlet"}, "what never ended cannot be reopened"),
        ([ROUTED, CLOSED], ["reopened"], {"nobody", "unknown"}, "reopened unseen, perhaps by another"),
    ],
)  # fmt: skip
def test_who_has_it_now(events: list[Event], unseen: list[str], expected: set[str], why: str) -> None:
    assert hands(events, unseen) == expected, why


@pytest.mark.parametrize(
    ("between", "events", "expected", "why"),
    [
        (("2026-03-03T00:00", "2026-03-03T00:00"), [ROUTED], {"head_office"}, "not yet passed on"),
        (("2026-03-04T10:00", "2026-03-04T10:00"), [ROUTED], {"outlet"}, "passed on in that instant"),
        (("2026-03-03T00:00", "2026-03-05T00:00"), [ROUTED, ON], {"head_office", "outlet"}, "in between"),
        (("2026-03-03T00:00", "2026-03-04T10:00"), [ROUTED], {"head_office", "outlet"}, "in the last instant"),
        (("2026-03-03T00:00", "2026-03-04T09:59"), [ROUTED], {"head_office"}, "a minute before"),
        (("2026-03-03T00:00", "2026-03-04T00:00"), [ev("routed", "2026-03-04", to="outlet")],
            {"head_office", "outlet"}, "perhaps in the first instant of its day"),
        (("2026-03-03T00:00", "2026-03-08T00:00"), [ROUTED, ON], {"head_office", "outlet", "branch"}, "all three"),
        (("2026-03-04T12:00", "2026-03-04T12:00"), [ev("routed", "2026-03-04", to="outlet")],
            {"head_office", "outlet"}, "on that day, before or after noon"),
        (("2026-03-10T00:00", "2026-03-10T00:00"), [ROUTED, CLOSED, AGAIN], {"nobody"}, "ended at the time"),
        (("2026-03-05T00:00", "2026-03-05T00:00"), [ROUTED, Event("transferred", to="branch")],
            {"outlet", "branch"}, "nobody knows when"),
    ],
)  # fmt: skip
def test_who_had_it(between: tuple[str, str], events: list[Event], expected: set[str], why: str) -> None:
    assert hands(events, between=between) == expected, why


def test_of_one_day_whatever_came_before_the_last_is_carried_on() -> None:
    """Reopened and passed on, on one day: whichever was first, the outlet has it open."""
    on = [CLOSED, ev("routed", "2026-03-11", to="outlet"), ev("reopened", "2026-03-11")]
    assert "outlet" in hands(on)
    assert "outlet" in hands([*on[:2], ev("reopened", "2026-03-11T10:00")])


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-04T09:59", Hands("head_office", "head_office")),
        ("2026-03-04T10:00", Hands("outlet", "outlet")),
        ("2026-03-06T09:59", Hands("outlet", "outlet")),
        ("2026-03-06T10:00", Hands("branch", "branch")),
        ("2026-03-09T10:00", Hands("branch", "branch", closed=True)),
        ("2026-03-11T10:00", Hands("branch", "branch")),
    ],
)
def test_of_a_history_known_later_counts_what_happened_by_the_moment(at: str, expected: Hands) -> None:
    case = Case(complaint(RECEIVED, received_by="head_office"), [ROUTED, ON, CLOSED, AGAIN])
    known = Timeline(case, instant(LATER))
    assert possible_hands(known, "head_office", instant(at)) == {expected}
    assert possible_hands(known, "head_office", instant(LATER), (instant(at), instant(at))) == {expected}


def test_what_happened_in_the_first_instant_happened_once() -> None:
    """Closed as the time asked about begins, and reopened by the branch in it: the branch has not closed it."""
    case = Case(complaint(RECEIVED), [CLOSED, ev("reopened", "2026-03-11T10:00", to="branch")])
    times = instant("2026-03-09T10:00"), instant("2026-03-12T00:00")
    found = possible_hands(Timeline(case, instant(LATER)), "head_office", instant(LATER), times)
    assert found == {Hands("head_office", "head_office", closed=True), Hands("branch", "branch")}


@pytest.mark.parametrize(
    ("event", "expected", "why"),
    [
        (Event("reopened"), Hands("u-1", "outlet"), "whoever had it last goes on"),
        (Event("reopened", unit="u-2"), Hands("u-2", None), "another unit, whose level is not on record"),
        (Event("reopened", to="branch"), Hands("branch", "branch"), "another level"),
        (Event("reopened", to="branch", unit="u-3"), Hands("u-3", "branch"), "a unit of another level"),
        (Event("routed", to="branch"), Hands("branch", "branch", closed=True), "passed on, and still closed"),
        (Event("replied"), Hands("u-1", "outlet", closed=True), "nothing changes hands"),
    ],
)
def test_a_closed_file_is_handed_on_by_what_names_whom(event: Event, expected: Hands, why: str) -> None:
    assert handed(event, Hands("u-1", "outlet", closed=True)) == expected, why


def test_what_happened_by_the_day_has_happened_when_its_day_is_over() -> None:
    end = instant("2026-03-05T00:00") - INSTANT
    case = Case(complaint(RECEIVED), [ev("routed", "2026-03-04", to="outlet")])
    (found,) = possible_hands(Timeline(case, instant(LATER)), "head_office", instant(LATER), (end, end))
    assert found.holder == "outlet"


@pytest.mark.parametrize(
    ("found", "expected", "why"),
    [
        (Hands("outlet", "outlet"), True, "named"),
        (Hands("u-7", "outlet"), True, "a unit of that level"),
        (Hands("branch", "branch"), False, "another"),
        (Hands("u-7", "branch"), False, "a unit of another level"),
        (Hands("u-7", None), None, "a unit, its level is not on record"),
        (Hands("u-7", "u-7"), None, "passed to a unit, its level is not on record"),
        (Hands(None, None), None, "nobody is on record"),
        (Hands("outlet", "outlet", closed=True), False, "ended: nobody has it"),
        (Hands(None, None, closed=True), False, "ended: nobody has it"),
    ],
)
def test_hands_are_those_of_a_level(found: Hands, expected: bool | None, why: str) -> None:
    assert found.are("outlet", LEVELS) is expected, why


_KINDS: Final = st.sampled_from(["routed", "transferred", "closed", "reopened"])
_MOVES: Final = st.lists(
    st.tuples(_KINDS, st.sampled_from(sorted(LEVELS)), st.integers(0, 2), st.integers(1, 23), st.booleans()),
    max_size=4,
    unique_by=lambda one: one[2:4],
)
_BEGIN: Final = dt.datetime.fromisoformat("2026-03-02T00:00+08:00")


@given(moves=_MOVES, hour=st.integers(0, 71))
def test_what_may_be_so_holds_whatever_the_hours_were(moves: list[tuple[str, str, int, int, bool]], hour: int) -> None:
    """Law: whoever had the file in some history that the record allows is among those who may have had it."""
    moment = _BEGIN + dt.timedelta(days=1, hours=hour)
    recorded, meant = [], []
    for kind, to, day, at, known in moves:
        start = _BEGIN + dt.timedelta(days=1 + day)
        to_whom = to if kind in ("routed", "transferred") else None
        recorded.append(Event(kind, start + dt.timedelta(hours=at) if known else start.date(), to=to_whom))
        hours = [at] if known else [0, 8, 16]
        meant.append(
            [Event(kind, start + dt.timedelta(hours=one, minutes=0 if known else 30), to=to_whom) for one in hours]
        )
    first = complaint("2026-03-02T09:00", received_by="head_office")
    now = instant(LATER)
    calendar = WorkCalendar.china()
    then = possible_hands(Timeline(Case(first, recorded), now), "head_office", now, (moment, moment))
    finally_ = possible_hands(Timeline(Case(first, recorded), now), "head_office", now)
    for history in product(*meant):
        if len({event.at for event in history}) < len(history):
            continue  # of one moment the order is that of the lifecycle, not of any hour
        held = holdings(Case(first, history), calendar, at=now)
        one = holder_at(held, moment)
        who = None if one is None or one.closed else one.holder
        assert who in {None if each.closed else each.holder for each in then}
        last = None if held.items[-1].closed or held.items[-1].until is not None else held.items[-1].holder
        assert last in {None if each.closed else each.holder for each in finally_}


@given(moves=_MOVES)
def test_what_is_known_to_the_moment_leaves_nothing_open(moves: list[tuple[str, str, int, int, bool]]) -> None:
    """Law: where every moment is on record the answer is one, that of the holdings."""
    events = [
        Event(kind, _BEGIN + dt.timedelta(days=1 + day, hours=at), to=to if kind in ("routed", "transferred") else None)
        for kind, to, day, at, _ in moves
    ]
    case, now = Case(complaint("2026-03-02T09:00", received_by="head_office"), events), instant(LATER)
    (found,) = possible_hands(Timeline(case, now), "head_office", now)
    last = holdings(case, WorkCalendar.china(), at=now).items[-1]
    assert found.closed == (last.until is not None)
    assert found.closed or found.holder == last.holder
    assert earliest_of(case.complaint.received) < now
