"""Laws of notices, over random histories and under every shipped policy."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.policy.loading import policies
from complaint_rules.testing.laws_of_limits import check_notices
from tests import strategies as our
from tests.golden import china, policy_of


@pytest.mark.parametrize("id", policies())
def test_notices_accuse_of_what_the_violations_do_and_keep_their_ids(id: str) -> None:
    """Issue 7: a warning is a thing, with a stable id; no notice accuses where the verdict is undetermined."""
    rules = policy_of(id)

    @our.each_policy()
    @given(st.data(), our.complaints(rules), our.spans(60))
    def holds(data: st.DataObject, complaint: Complaint, age: dt.timedelta) -> None:
        case = Case(complaint, data.draw(our.histories(rules, complaint.received_from)))
        check_notices(rules, case, complaint.received_from + age, calendar=china())

    holds()
