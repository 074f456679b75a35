"""Never a definite answer where nobody can know, never a breach undone: of hiding, asking early, recording later."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.policy.loading import policies
from complaint_rules.testing.laws_of_records import check_hidden, verdicts
from tests import strategies as our
from tests.golden import china, policy_of
from tests.properties.test_machine import MODES, SOMEHOW, policy, told
from tests.small import duty, limit, own

TURNED: Final = own(
    limit(
        '[{ within = "20 days", when = "complex" }, { within = "10 days" }]',
        'agreed = "agreed"', 'void_on = "withdrawn"', 'pauses = [{ reason = "mediation" }]', 'reopen = "continue"',
    ),
    limit(
        '[{ within = "2 days" }]', "each = true", 'agreed = "promised"', id="told", start='"promised"',
        until='"informed"',
    ),
    limit('[{ within = "2 days" }]', 'reopen = "restart"', id="answer", start='"resolved"', until='"replied"'),
    duty("must", '"reported"', "when = \"has('replied') and has('appealed')\"", 'within = "1 day"', id="report"),
    duty("must", '"sanctioned"', "when = \"late('whole')\"", 'within = "5 days"', id="sanction"),
    duty("must", '"archived"', 'after = "closed"', 'within = "3 days"', id="file"),
    duty("must_not", '"disclosed"', "unless = \"has('approved')\"", id="secret"),
    duty("must_not", '"merged"', 'until = "closed"', id="merge"),
)  # fmt: skip
KINDS: Final = (
    "amended", "agreed", "withdrawn", "suspended", "resumed", "reopened", "promised", "informed", "resolved",
    "replied", "appealed", "reported", "closed", "archived", "disclosed", "approved", "merged", "extended",
)  # fmt: skip


@st.composite
def lives(draw: st.DrawFn, start: dt.datetime, most: int = 7) -> list[Event]:
    """Give a history of the kinds that the rules above ask about, each with a moment of its own, in order of time."""
    found = []
    for number, hours in enumerate(sorted(draw(st.lists(st.integers(1, 30 * 24), max_size=most, unique=True)))):
        at = start + dt.timedelta(hours=hours)
        kind = draw(st.sampled_from(KINDS))
        more: dict[str, Any] = {}
        if kind == "amended":
            more = {"set": {"complex": draw(st.booleans())}}
        if kind in ("agreed", "promised"):
            more = {"due": at + dt.timedelta(hours=draw(st.integers(1, 15 * 24)))}
        if kind in ("suspended", "resumed"):
            more = {"reason": "mediation"}
        found.append(Event(kind, at, id=f"e{number}", **more))
    return found


@given(our.moments, st.data())
def test_hiding_an_event_or_its_moment_never_turns_a_verdict_into_its_opposite(
    received: dt.datetime, data: st.DataObject
) -> None:
    """Issue 7: what an export cannot show, or has no moment, leaves every verdict it could change undetermined."""
    events = data.draw(lives(received))
    complaint = Complaint(id="c-1", received=received, complex=data.draw(st.sampled_from([None, False, True])))
    at = received + dt.timedelta(days=40)
    check_hidden(TURNED, Case(complaint, events), at, calendar=china())


def test_a_limit_with_several_runs_is_kept_only_where_each_run_is_known_to_be() -> None:
    """A false alarm of the law above: the latest run was kept, of the one before it nobody knows."""
    start = dt.datetime(2026, 9, 20, 9, tzinfo=BEIJING)
    hour = dt.timedelta(hours=1)
    events = [
        Event("informed", None, id="e0"),  # before the first promise, or in time for it
        Event("promised", start + 2 * hour, id="e1", due=start + 3 * hour),
        Event("promised", start + 3 * hour, id="e2", due=start + 4 * hour),
        Event("informed", start + 4 * hour, id="e3"),
    ]
    case = Case(Complaint(id="c-1", received=start), events)
    found = assess(case, TURNED, at=start + dt.timedelta(days=40), calendar=china())
    assert [run.status for run in found.clocks["told"].runs] == ["undetermined", "met"]
    assert verdicts(found)["limit/told"] == "undetermined"


@pytest.mark.parametrize("id", policies())
def test_hiding_turns_no_verdict_under_any_shipped_policy(id: str) -> None:
    rules = policy_of(id)

    @our.each_policy()
    @given(st.data(), our.complaints(rules), our.spans(40))
    def holds(data: st.DataObject, complaint: Complaint, age: dt.timedelta) -> None:
        events = data.draw(our.histories(rules, complaint.received_from))
        check_hidden(rules, Case(complaint, events), complaint.received_from + age, calendar=china())

    holds()


@given(our.moments, st.data())
def test_what_is_recorded_later_removes_no_breach(received: dt.datetime, data: st.DataObject) -> None:
    """Issue 7: adding an event recorded later never removes a breach that was on record before it."""
    events = data.draw(lives(received, most=9))
    complaint = Complaint(id="c-1", received=received, complex=data.draw(st.sampled_from([None, False, True])))
    moments = [event.at for event in events if isinstance(event.at, dt.datetime)]
    before: list[tuple[dt.datetime, set[str]]] = []
    for known in range(len(events) + 1):
        at = moments[known] - INSTANT if known < len(moments) else received + dt.timedelta(days=60)
        found = assess(Case(complaint, events[:known]), TURNED, at=at, calendar=china())
        now = {one.rule or "" for one in found.violations if one.severity == "breach" and one.rule}
        for then, breaches in before:
            assert breaches <= now, f"on record at {then}, gone at {at}"
        before.append((at, now))


STEPS: Final = st.sampled_from([-INSTANT, dt.timedelta(), INSTANT])


@given(st.sampled_from(MODES), our.moments, SOMEHOW, st.integers(0, 8), STEPS)
def test_what_is_asked_of_a_moment_is_what_is_later_said_of_it(
    mode: str, received: dt.datetime, parts: list[Any], which: int, step: dt.timedelta
) -> None:
    """Issue 7: at the events' own moments, and one microsecond on both sides."""
    rules, complaint = policy(mode), Complaint(id="c-1", received=received)
    line = told(received, parts)
    moments = [event.at for event in line if isinstance(event.at, dt.datetime)] or [received]
    at = max(moments[which % len(moments)] + step, received)
    case = Case(complaint, line)
    then = assess(case, rules, at=at, calendar=china())
    later = assess(case, rules, at=received + dt.timedelta(days=45), calendar=china()).snapshot
    for name, rule in rules.limits.items():
        assert later.outcome(at, name) == then.clocks[name].outcome
        again = later.as_of(at).clock(rule)
        assert (again.outcome, again.due_at) == (then.clocks[name].outcome, then.clocks[name].due_at)
    view, seen = later.view_at(at), then.snapshot.view
    assert view.complaint == seen.complaint
    for kind in {event.kind for event in line} | {"closed"}:
        assert (view.has(kind, ()), view.count(kind, ())) == (seen.has(kind, ()), seen.count(kind, ()))
    assert [view.table(index).value for index in range(len(rules.tables))] == [
        seen.table(index).value for index in range(len(rules.tables))
    ]
