"""Laws of contact plans and skeletons, over random histories and under every shipped policy."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.assessment.contacts import contact_plan
from complaint_rules.assessment.drafts import skeletons
from complaint_rules.calendar.hours import Quiet
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.policy.loading import policies
from tests import strategies as our
from tests.golden import china, policy_of


@pytest.mark.parametrize("id", policies())
def test_what_is_planned_is_permitted_and_in_time_and_what_is_missing_is_wanted(id: str) -> None:
    rules = policy_of(id)

    @our.each_policy()
    @given(st.data(), our.complaints(rules), our.spans(40))
    def holds(data: st.DataObject, complaint: Complaint, age: dt.timedelta) -> None:
        case = Case(complaint, data.draw(our.histories(rules, complaint.received_from)))
        at = complaint.received_from + age
        found = assess(case, rules, at=at, calendar=china())
        plan = contact_plan(found)
        assert plan.window[0] >= at
        for target in plan.targets:
            assert target.overdue is (target.due_at < at)
            if target.contact_by is not None:
                assert at <= target.contact_by <= target.due_at
                assert plan.quiet is None or plan.quiet.permits(target.contact_by)
        assert list(plan.targets) == sorted(plan.targets, key=lambda one: (one.due_at, one.rule))
        for attempts in plan.attempts:
            assert 0 <= attempts.left <= attempts.needed
        for one in skeletons(found):
            for part in one.parts:
                assert sorted(part.there + part.missing) == sorted(part.items)
            assert one.explain("zh") != one.explain("en")
        assert plan.explain("zh") != plan.explain("en")

    holds()


@given(our.moments, st.times(), st.times())
def test_the_next_window_is_permitted_from_its_first_to_its_last_moment(
    moment: dt.datetime, start: dt.time, end: dt.time
) -> None:
    """Design 8: both edges permit contact."""
    start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    quiet = Quiet(start=start, end=end) if start != end else Quiet()
    first, last = quiet.window(moment)
    assert moment <= first <= last <= first + dt.timedelta(days=1)
    for part in (0, 0.3, 0.7, 1):
        assert quiet.permits(first + (last - first) * part)
    if first > moment:
        assert not quiet.permits(moment + (first - moment) * 0.5)
    assert not quiet.permits(last + dt.timedelta(microseconds=1)) or quiet.end == last.time()
