"""Which ending of a case stands: what a reopening undoes, and what nobody can know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.conditions.scopes import STATES
from complaint_rules.moments import INSTANT
from complaint_rules.policy.policy import Policy
from tests.assessment.test_fast_path import agree, both, outlined
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import duty, limit, own, table

RECEIVED: Final = "2026-03-02T09:00"
LATER: Final = "2026-12-01"
STANDS: Final = "elapsed('received', '10 days', until='closed', standing=True)"
"""Over once 2026-03-12 has ended."""


def asked(condition: str) -> Policy:
    return own(limit('[{ within = "10 days" }]'), table("t", ("yes", condition), ("no", f"not ({condition})")))


def said(condition: str, events: Sequence[Event], at: str = LATER, unseen: Sequence[str] = ()) -> Any:
    """Give yes, no, or None where that is not known."""
    case = Case(complaint(RECEIVED), events, unseen=frozenset(unseen))
    return assess(case, asked(condition), at=instant(at), calendar=china()).findings["t"].value


NEXT_DAY: Final = ev("closed", "2026-03-03T10:00")
AGAIN: Final = ev("reopened", "2026-03-05T10:00")
MUCH_LATER: Final = ev("closed", "2026-07-15T10:00")
LAST_INSTANT: Final = Event("reopened", instant("2026-03-07T00:00") - INSTANT)
SOON: Final = ev("closed", "2026-03-06T10:00")


@pytest.mark.parametrize(
    ("events", "unseen", "expected", "why"),
    [
        ([], [], "yes", "nothing ended it"),
        ([NEXT_DAY], [], "no", "closed on the second day"),
        ([MUCH_LATER], [], "yes", "closed on day 135"),
        ([NEXT_DAY, AGAIN], [], "yes", "a reopened case is not ended"),
        ([NEXT_DAY, AGAIN, MUCH_LATER], [], "yes", "the last closing stands, that of day 135"),
        ([NEXT_DAY, AGAIN, SOON], [], "no", "the last closing is in time as well"),
        ([NEXT_DAY, MUCH_LATER], [], "yes", "the last one stands, reopened or not"),
        ([ev("withdrawn", "2026-03-03T10:00")], [], "yes", "another kind of ending stops no watch"),
        ([NEXT_DAY, ev("reopened", "2026-03-03T10:00")], [], "yes", "in one moment: first closed, then reopened"),
        ([], ["closed"], None, "it may have been closed unseen"),
        ([NEXT_DAY], ["reopened"], None, "it may have been reopened unseen"),
        ([NEXT_DAY], ["closed"], None, "it may have been closed once more, later"),
        ([MUCH_LATER], ["closed", "reopened"], "yes", "whatever nobody saw, the end lies not before day 135"),
        ([NEXT_DAY, ev("reopened", "2026-07-01")], ["closed"], "yes", "reopened after the end of the period"),
        ([NEXT_DAY, AGAIN], ["closed"], None, "it may have been closed again in time"),
        ([], ["reopened"], "yes", "what was never ended is open, reopened or not"),
        ([Event("closed")], [], None, "closed, nobody knows when"),
        ([NEXT_DAY, Event("reopened")], [], None, "reopened before or after the closing"),
        ([NEXT_DAY, AGAIN, Event("closed")], [], None, "closed again, nobody knows when"),
        ([NEXT_DAY, Event("closed")], [], None, "which of the two is the last"),
        ([MUCH_LATER, Event("closed")], [], "yes", "the last is not before day 135"),
        ([ev("closed", "2026-03-03"), ev("reopened", "2026-03-03"), SOON], [], "no", "what came after both stands"),
        ([ev("closed", "2026-03-06"), ev("reopened", "2026-03-06T10:00")], [], None, "before or after it, that day"),
        ([ev("closed", "2026-03-06"), LAST_INSTANT], [], None, "before it or in that instant"),
        ([ev("closed", "2026-03-04")], [], "no", "at whatever hour"),
        ([ev("closed", "2027-01-01")], [], "yes", "not yet known"),
    ],
)  # fmt: skip
def test_the_ending_that_stands_stops_the_watch(
    events: list[Event], unseen: list[str], expected: str | None, why: str
) -> None:
    assert said(STANDS, events, unseen=unseen) == expected, why


def test_closed_next_day_reopened_and_closed_on_day_135_is_not_closed_within_three_working_days() -> None:
    """The trap of zammad/zammad#3745 and #5158: a reopened ticket that is listed as closed."""
    history = [NEXT_DAY, AGAIN, MUCH_LATER]
    first = "elapsed('received', '3 working days', until='closed')"
    assert said(first, history) == "no", "by its first closing"
    assert said(first.replace(")", ", standing=True)"), history) == "yes"


WITHDRAWN: Final = ev("withdrawn", "2026-03-06T10:00")


@pytest.mark.parametrize(
    ("events", "unseen", "so", "open_", "why"),
    [
        ([], [], "open", (), "nothing ended it"),
        ([ev("replied", "2026-03-03")], [], "open", (), "an answer is no ending"),
        ([NEXT_DAY], [], "closed", (), "closed"),
        ([WITHDRAWN], [], "withdrawn", (), "withdrawn"),
        ([ev("not_accepted", "2026-03-06")], [], "not_accepted", (), "not accepted"),
        ([NEXT_DAY, AGAIN], [], "open", (), "reopened since"),
        ([NEXT_DAY, AGAIN, WITHDRAWN], [], "withdrawn", (), "the last ending, not the first"),
        ([NEXT_DAY, WITHDRAWN], [], "withdrawn", (), "the last ending"),
        ([NEXT_DAY, ev("reopened", "2027-01-01")], [], "closed", (), "the reopening is not yet known"),
        ([], ["closed"], None, ("open", "closed"), "it may have been closed unseen, but not withdrawn"),
        ([], ["reopened"], "open", (), "what never ended is open"),
        ([NEXT_DAY], ["reopened"], None, ("open", "closed"), "it may have been reopened unseen"),
        ([NEXT_DAY], ["closed"], "closed", (), "closed once more or not, it is closed"),
        ([NEXT_DAY], ["withdrawn"], None, ("closed", "withdrawn"), "it has ended, one way or the other"),
        ([NEXT_DAY, AGAIN], ["closed"], None, ("open", "closed"), "it may have been closed again"),
        ([Event("closed")], [], None, ("open", "closed"), "closed, nobody knows when, so not surely by any moment"),
        ([NEXT_DAY, Event("reopened")], [], None, ("open", "closed"), "reopened before or after"),
        ([Event("withdrawn"), NEXT_DAY], [], None, ("closed", "withdrawn"), "which of the two is the last"),
        ([ev("closed", "2026-03-06"), WITHDRAWN], [], None, ("closed", "withdrawn"), "before or after, that day"),
    ],
)  # fmt: skip
def test_a_case_stands_by_the_last_ending_that_no_reopening_followed(
    events: list[Event], unseen: list[str], so: str | None, open_: tuple[str, ...], why: str
) -> None:
    for state in STATES:
        expected = "yes" if state == so else None if state in open_ else "no"
        assert said(f"state({state!r})", events, unseen=unseen) == expected, (state, why)


def test_a_reopened_case_is_not_listed_as_closed() -> None:
    """The trap of zammad/zammad#3745 and #5158: what was closed once stays among the closed."""
    assert said("has('closed')", [NEXT_DAY, AGAIN]) == "yes", "it was closed, once"
    assert said("state('closed')", [NEXT_DAY, AGAIN]) == "no"


@pytest.mark.parametrize(
    ("at", "expected"), [("2026-03-03T09:59", "open"), ("2026-03-03T10:00", "closed"), ("2026-03-05T10:00", "open")]
)
def test_a_state_is_that_of_the_moment_asked_about(at: str, expected: str) -> None:
    assert said(f"state('{expected}')", [NEXT_DAY, AGAIN, MUCH_LATER], at) == "yes"


def test_a_duty_that_waits_for_a_state_is_due_from_the_event() -> None:
    policy = own(duty("must", '"informed"', "when = \"state('closed')\"", 'within = "2 days"', id="tell"))
    case = Case(complaint(RECEIVED), [NEXT_DAY])
    (found,) = assess(case, policy, at=instant("2026-03-04"), calendar=china()).duties
    assert found.due_at == instant("2026-03-06T00:00") - INSTANT, "two days from the day of the closing"


@pytest.mark.parametrize(
    ("at", "expected", "why"),
    [
        ("2026-03-04", "no", "closed"),
        ("2026-03-12T23:59", "no", "open, and the tenth day is not over"),
        ("2026-03-13T00:00", "yes", "open"),
        ("2026-07-16", "yes", "closed on day 135"),
    ],
)
def test_the_answer_is_that_of_the_moment_asked_about(at: str, expected: str, why: str) -> None:
    assert said(STANDS, [NEXT_DAY, AGAIN, MUCH_LATER], at) == expected, why


@pytest.mark.parametrize(
    ("at", "expected"), [("2026-03-12T23:59", 0), ("2026-03-13T00:00", 1)], ids=["runs", "has run out"]
)
def test_a_duty_that_waits_for_it_arises_when_the_reopened_case_has_run_out(at: str, expected: int) -> None:
    policy = own(duty("must", '"reported"', f'when = "{STANDS}"', id="report"))
    case = Case(complaint(RECEIVED), [NEXT_DAY, AGAIN])
    assert len(assess(case, policy, at=instant(at), calendar=china()).duties) == expected


@given(days=st.integers(0, 30), unseen=st.sets(st.sampled_from(["closed", "reopened"])))
def test_the_fast_path_says_the_same_of_a_case_without_history(days: int, unseen: set[str]) -> None:
    policy = own(
        table("t", ("yes", f"{STANDS} and state('open')"), ("no", "")),
        table("u", ("yes", "state('closed')"), ("no", "")),
        limit('[{ within = "20 days", when = "t == \'yes\'" }, { within = "15 days" }]'),
        duty("must", '"reported"', f'when = "{STANDS}"', 'within = "2 days"', id="report"),
    )
    case = Case(complaint(RECEIVED), (), unseen=frozenset(unseen))
    fast, general = both(case, policy, instant(RECEIVED) + dt.timedelta(days=days))
    assert outlined(fast) or unseen
    agree(fast, general)


_HISTORY: Final = st.lists(
    st.tuples(st.sampled_from(["closed", "reopened"]), st.integers(0, 40)), max_size=6, unique_by=lambda one: one[1]
)


@given(history=_HISTORY)
def test_it_is_what_a_reading_of_the_whole_history_gives(history: list[tuple[str, int]]) -> None:
    """Law: the watch stops with the last event where that is a closing; else it runs until now."""
    begin = dt.datetime.fromisoformat(f"{RECEIVED}:00+08:00") + dt.timedelta(hours=1)
    events = [Event(kind, begin + dt.timedelta(days=day)) for kind, day in history]
    last = max(history, key=lambda one: one[1], default=("reopened", 0))
    runs_on = last[0] == "reopened" or last[1] > 10
    assert said(STANDS, events) == ("yes" if runs_on else "no")
    now = "open" if last[0] == "reopened" else "closed"
    assert [state for state in STATES if said(f"state({state!r})", events) == "yes"] == [now]
