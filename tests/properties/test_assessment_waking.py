"""The next change rings only for what then differs, and for all that does, over random histories."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import INSTANT, earliest_of
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.testing.asking import answer
from complaint_rules.testing.laws_of_answers import check_wakeup
from tests import strategies as our
from tests.assessment.test_fast_path import PARAMETERS
from tests.golden import china
from tests.properties.test_honesty import KINDS, TURNED, lives
from tests.properties.test_machine import MODES, SOMEHOW, policy, told


@given(
    st.sampled_from(MODES), our.whens, SOMEHOW, our.spans(25), st.floats(0, 1),
    st.sets(st.sampled_from(["closed", "replied", "extended", "suspended", "routed", "amended"]), max_size=2),
)  # fmt: skip
def test_an_alarm_rings_only_for_what_then_differs(
    mode: str, received: Any, parts: list[Any], age: dt.timedelta, part: float, unseen: set[str]
) -> None:
    """Issue 8: nothing differs before `next_change_at`, and at it something does."""
    complaint = Complaint(id="c-1", received=received)
    case = Case(complaint, told(complaint.received_from, parts), unseen=unseen)
    check_wakeup(policy(mode), case, complaint.received_from + age, calendar=china(), part=part)


@given(our.moments, st.data(), our.spans(40), st.floats(0, 1), st.sets(st.sampled_from(KINDS), max_size=2))
def test_it_does_so_whatever_turns_a_due_moment(
    received: dt.datetime, data: st.DataObject, age: dt.timedelta, part: float, unseen: set[str]
) -> None:
    events = data.draw(lives(received))
    complaint = Complaint(id="c-1", received=received, complex=data.draw(st.sampled_from([None, False, True])))
    for place, event in enumerate(events):
        if data.draw(st.integers(0, 9)) == 0:
            events[place] = attrs.evolve(event, at=None)
    check_wakeup(TURNED, Case(complaint, events, unseen=unseen), received + age, calendar=china(), part=part)


@pytest.mark.parametrize("supplied", [False, True], ids=["parameters open", "parameters supplied"])
@pytest.mark.parametrize("id", policies())
def test_it_does_so_under_every_shipped_policy(id: str, supplied: bool) -> None:
    rules = load_policy(id, parameters=PARAMETERS.get(id, {}) if supplied else {})

    @our.each_policy()
    @given(st.data(), our.complaints(rules, our.whens), our.spans(40), st.floats(0, 1), st.booleans())
    def holds(data: st.DataObject, complaint: Complaint, age: dt.timedelta, part: float, new: bool) -> None:
        events = [] if new else data.draw(our.histories(rules, complaint.received_from))
        kinds = sorted({event.kind for event in events} | {"closed"})
        unseen = frozenset[str]() if new else data.draw(st.frozensets(st.sampled_from(kinds), max_size=1))
        case = Case(complaint, [event for event in events if event.kind not in unseen], unseen=unseen)
        check_wakeup(rules, case, complaint.received_from + age, calendar=china(), part=part)

    holds()


@given(st.sampled_from(MODES), our.whens, SOMEHOW, our.spans(25), our.spans(9), st.sampled_from(["closed", "informed"]))
def test_what_is_recorded_for_later_is_told_and_disturbs_nothing_else(
    mode: str, received: Any, parts: list[Any], age: dt.timedelta, ahead: dt.timedelta, kind: str
) -> None:
    """Issue 8: an event recorded for after `at` is told, changes nothing of today, and rings when it is known."""
    complaint = Complaint(id="c-1", received=received)
    at = complaint.received_from + age
    events = [one for one in told(complaint.received_from, parts) if one.at is None or earliest_of(one.at) <= at]
    later = Event(kind, at + ahead + INSTANT, id="later")
    without = assess(Case(complaint, events), policy(mode), at=at, calendar=china())
    found = assess(Case(complaint, [*events, later]), policy(mode), at=at, calendar=china())
    known, same = answer(found), answer(without)
    tells = [one for one in known["violations"] if one["code"] == "not_yet_known"]
    assert [(one["place"], one["severity"]) for one in tells] == [(len(events), "note")]
    known["violations"].remove(tells[0])
    assert known == same
    first = [moment for moment in (without.next_change_at, later.at) if moment is not None]
    assert found.next_change_at == min(first)
