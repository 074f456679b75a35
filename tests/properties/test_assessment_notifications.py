"""Laws of notices, over random histories and under every shipped policy."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import CUSTOMERS
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.policy.loading import policies
from tests import strategies as our
from tests.golden import china, policy_of


def accused(found: Assessment) -> list[tuple[str, str]]:
    """Give the rules, with their due moments, that the violations say were not kept in time."""
    late = [one for one in found.violations if one.code in ("late", "missed", "done_late") and one.severity != "note"]
    return sorted((str(one.rule), str(one.at)) for one in late)


@pytest.mark.parametrize("id", policies())
def test_notices_accuse_of_what_the_violations_do_and_keep_their_ids(id: str) -> None:
    """Issue 7: a warning is a thing, with a stable id; no notice accuses where the verdict is undetermined."""
    rules = policy_of(id)

    @settings(max_examples=max(10, settings().max_examples // 6))
    @given(st.data(), our.complaints(rules), our.spans(60), our.spans(60))
    def holds(data: st.DataObject, complaint: Complaint, age: dt.timedelta, more: dt.timedelta) -> None:
        case = Case(complaint, data.draw(our.histories(rules, complaint.received_from)))
        at = complaint.received_from + age
        found = assess(case, rules, at=at, calendar=china())
        told = found.notices
        assert found.notices == assess(case, rules, at=at, calendar=china()).notices
        assert len({one.id for one in told}) == len(told)
        assert all(one.since is None or one.since <= at for one in told)
        ours = [one for one in told if one.accuses and one.who not in CUSTOMERS]
        assert sorted((one.rule, str(one.due_at)) for one in ours) == accused(found)
        later = assess(case, rules, at=at + more, calendar=china())
        ids = {key for clock in found.clocks.values() for key, run in zip(clock.ids, clock.runs, strict=True)}
        assert ids <= {key for clock in later.clocks.values() for key in clock.ids}, "time alone ends no run"

    holds()
