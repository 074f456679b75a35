"""Laws of policy, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.policy.filings import returns_due
from tests.policy.test_filings import FILED, D


@given(st.dates(D(2020, 1, 1), D(2028, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_what_falls_due_in_a_stretch_falls_due_in_its_parts(day: dt.date, first: int, second: int) -> None:
    middle, end = day + dt.timedelta(first), day + dt.timedelta(first + second)
    whole = returns_due(FILED, after=day, through=end)
    parts = (*returns_due(FILED, after=day, through=middle), *returns_due(FILED, after=middle, through=end))
    assert sorted((one.filing.id, one.day) for one in parts) == sorted((one.filing.id, one.day) for one in whole)
