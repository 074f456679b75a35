"""Laws of assessment, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.assessment.clocks import Clock, Status
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING, INSTANT
from tests import strategies as our
from tests.assessment.test_clocks import MEDIATION
from tests.golden import china
from tests.small import limit, own

FAR: Final = dt.datetime(2027, 12, 1, tzinfo=BEIJING)


def reckoned(figure: str, received: Any, events: Sequence[Event], asked: dt.datetime = FAR) -> Clock:
    hours = '[hours]\nspans = [["09:00", "12:00"], ["13:30", "17:00"]]'
    policy = own(hours, limit(f'[{{ within = "{figure}" }}]', MEDIATION))
    return assess(Case(Complaint(id="c-1", received=received), events), policy, at=asked, calendar=china()).clocks[
        "whole"
    ]


def pair(start: dt.datetime, length: dt.timedelta, ref: str | None = None) -> list[Event]:
    return [
        Event("suspended", start, reason="mediation", ref=ref),
        Event("resumed", start + length, reason="mediation", ref=ref),
    ]


@given(our.figures, our.moments, our.spans())
def test_an_empty_pause_changes_nothing(figure: str, received: dt.datetime, after: dt.timedelta) -> None:
    """Design 8, laws: an empty pause changes nothing."""
    start = received + after
    plain, paused = reckoned(figure, received, []), reckoned(figure, received, pair(start, dt.timedelta()))
    assert (paused.due_at, paused.status) == (plain.due_at, plain.status)


@given(our.figures, our.moments, st.lists(st.tuples(our.spans(), our.spans(20)), min_size=1, max_size=4))
def test_a_pause_never_moves_a_limit_earlier(
    figure: str, received: dt.datetime, parts: list[tuple[dt.timedelta, dt.timedelta]]
) -> None:
    """Design 8, laws: a pause never moves a limit earlier; nor does one more of them."""
    events: list[Event] = []
    before = reckoned(figure, received, events).due_at
    for number, (after, length) in enumerate(parts):
        events += pair(received + after, length, f"p{number}")
        now = reckoned(figure, received, events).due_at
        assert before is not None
        assert now is not None
        assert now >= before
        before = now


SPLITS: Final = st.tuples(our.spans(), our.spans(20), our.spans(20))
"""How long after the receipt a pause begins, and the lengths of two parts of it."""


@given(our.figures, our.moments, SPLITS, st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(
    figure: str, received: dt.datetime, split: tuple[dt.timedelta, dt.timedelta, dt.timedelta], random: Any
) -> None:
    """Design 8, laws: the order of recording does not matter."""
    after, length, more = split
    start = received + after
    line = [
        *pair(start, length, "a"), *pair(start + more, length, "b"),
        Event("routed", start, to="b"), Event("closed", start + length + more + more),
    ]  # fmt: skip
    shuffled = line.copy()
    random.shuffle(shuffled)
    one, other = reckoned(figure, received, line), reckoned(figure, received, shuffled)
    assert (one.due_at, one.status, one.ended_at) == (other.due_at, other.status, other.ended_at)


@given(our.figures, our.moments, SPLITS, st.booleans(), st.booleans())
def test_touching_parts_equal_their_union(
    figure: str, received: dt.datetime, split: tuple[dt.timedelta, dt.timedelta, dt.timedelta], named: bool, dated: bool
) -> None:
    """Design 8, laws: touching parts equal their union."""
    after, first, second = split
    start = received + after
    parts = [*pair(start, first, "a" if named else None), *pair(start + first, second, "b" if named else None)]
    whole = pair(start, first + second)
    if dated:
        # Days tell to the hour only of pauses that go through them: two that touch on a day may leave hours between.
        assume(first.days and second.days and "hours" not in figure and "minutes" not in figure)
        parts, whole = [to_the_day(event) for event in parts], [to_the_day(event) for event in whole]
    assume(len(set(parts)) == len(parts))
    one, other = reckoned(figure, received, parts), reckoned(figure, received, whole)
    assert (one.due_at, one.status) == (other.due_at, other.status)


def to_the_day(event: Event) -> Event:
    assert isinstance(event.at, dt.datetime)
    return attrs.evolve(event, at=event.at.date())


@given(st.integers(1, 60), our.moments, st.integers(0, 60), st.integers(0, 40))
def test_a_calendar_day_limit_moves_by_exactly_the_paused_days(
    n: int, received: dt.datetime, after: int, length: int
) -> None:
    """Design 8: in day limits the days in (pause, resume] are paused."""
    start = received + dt.timedelta(days=min(after, n))
    found = reckoned(f"{n} days", received, pair(start, dt.timedelta(days=length)))
    assert found.due_at is not None
    assert found.due_at.date() == received.date() + dt.timedelta(days=n + length)


@given(our.figures, our.moments, our.spans(), our.spans(20))
def test_a_limit_does_not_end_inside_a_pause(
    figure: str, received: dt.datetime, after: dt.timedelta, length: dt.timedelta
) -> None:
    """Design 8: a limit does not end inside a pause."""
    start = received + after
    plain = reckoned(figure, received, [])
    found = reckoned(figure, received, pair(start, length))
    assert found.due_at is not None
    assert plain.due_at is not None
    if start <= plain.due_at:
        assert not start < found.due_at < start + length or found.due_at.date() == (start + length).date()
    else:
        assert found.due_at == plain.due_at


@given(our.figures, our.moments, our.spans(), our.spans(60))
def test_a_status_changes_with_the_instant_after_the_due_moment(
    figure: str, received: dt.datetime, after: dt.timedelta, end: dt.timedelta
) -> None:
    """Design 7: in time means done_at <= due_at."""
    found = reckoned(figure, received, [])
    assert found.due_at is not None
    assert reckoned(figure, received, [], found.due_at).status == Status.RUNNING
    assert reckoned(figure, received, [], found.due_at + INSTANT).status == Status.OVERDUE
    done = reckoned(figure, received, [Event("closed", received + end)])
    assert done.status == (Status.MET if received + end <= found.due_at else Status.MET_LATE)
    assert done.due_at == found.due_at
    assert reckoned(figure, received, [Event("closed", found.due_at + after)]).status == (
        Status.MET_LATE if after else Status.MET
    )
