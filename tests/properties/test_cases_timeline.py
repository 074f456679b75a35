"""Laws of cases, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.timeline import Timeline
from tests import strategies as our
from tests.cases.test_timeline import AT


@given(st.lists(st.tuples(st.sampled_from(["routed", "replied", "closed"]), our.whens | st.none()), max_size=6))
def test_what_is_a_day_earlier_stands_before(parts: list[tuple[str, Any]]) -> None:
    """Design 8: order is compared at the coarser precision."""
    received = dt.date(2025, 1, 1)
    events = [Event(kind, at, id=f"e{number}") for number, (kind, at) in enumerate(parts)]
    entries = Timeline(Case(Complaint(id="c-1", received=received), events), AT).entries
    days = [entry.lo.date() for entry in entries if entry.lo is not None]
    assert days == sorted(days)
    assert [entry.order for entry in entries] == list(range(len(entries)))
    exact = [entry.lo for entry in entries if not entry.dated and entry.lo is not None]
    assert exact == sorted(exact)
