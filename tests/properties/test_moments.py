"""Laws of moments, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.moments import as_when, day_of, earliest_of, latest_of


@given(st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31)))
def test_a_day_lasts_from_its_first_to_its_last_instant(day: dt.date) -> None:
    """Design 8: a date is an interval."""
    assert as_when(day, what="a day") == day
    first, last = earliest_of(day), latest_of(day)
    assert (first.date(), last.date(), day_of(day), day_of(first)) == (day, day, day, day)
    assert last - first == dt.timedelta(days=1, microseconds=-1)
