"""Laws of limits as files state them, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from tests.by_hand import ev
from tests.small import HEAD, clock, limit

PERIODS = ["36 hours", "3 days", "1 week", "5 working days", "1 month", "10 days"]
received = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2026, 11, 1)).map(lambda m: m.replace(tzinfo=BEIJING))  # noqa: DTZ001


@given(st.lists(st.sampled_from(PERIODS), min_size=1, max_size=4), received, st.booleans())
def test_the_earliest_is_no_later_than_the_first_and_the_latest_no_earlier(
    periods: list[str], start: dt.datetime, history: bool
) -> None:
    """Of several figures that hold the earliest (孰早), the first written, or the latest (孰晚) binds."""
    rows = "[" + ", ".join(f"{{ within = '{period}' }}" for period in periods) + "]"
    text = start.replace(tzinfo=None).isoformat(timespec="minutes")
    events = [ev("routed", text)] if history else []
    dues = []
    for rows_are, written in (("earliest", rows), ("first", f"[{{ within = '{periods[0]}' }}]"), ("latest", rows)):
        policy = Policy.from_text(HEAD + limit(written, rows_are=rows_are))
        dues.append(clock(policy, text, events, text).due_at)
    assert None not in dues
    assert sorted(due for due in dues if due is not None) == dues
