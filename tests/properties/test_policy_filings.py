"""Laws of policy, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.policy.filings import returns_due
from complaint_rules.policy.policy import Policy
from tests.policy.test_filings import FILED, D, one

POLICIES = [
    FILED,
    one("per = 'quarter'", "within = '10 working days'"),
    one("per = 'week'", "within = '3 days'", "roll = 'next_working_day'"),
    one("on = ['10-05', '02-17']", "roll = 'previous_working_day'", "from = '2021-10-01'"),
]


@given(st.sampled_from(POLICIES), st.dates(D(2020, 1, 1), D(2028, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_what_falls_due_in_a_stretch_falls_due_in_its_parts(
    policy: Policy, day: dt.date, first: int, second: int
) -> None:
    middle, end = day + dt.timedelta(first), day + dt.timedelta(first + second)
    whole = returns_due(policy, after=day, through=end)
    parts = (*returns_due(policy, after=day, through=middle), *returns_due(policy, after=middle, through=end))
    assert sorted((each.filing.id, each.day) for each in parts) == sorted((each.filing.id, each.day) for each in whole)
