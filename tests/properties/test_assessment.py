"""Laws of assessment, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.moments import INSTANT
from tests import strategies as our
from tests.assessment.test_assessment import CLASSES, again, answer
from tests.golden import china


@given(our.complaints(CLASSES), our.spans(20), st.sampled_from(["routed", "closed", "informed"]), our.spans(20))
def test_until_the_next_change_the_answer_stays(one: Any, age: dt.timedelta, kind: str, after: dt.timedelta) -> None:
    """Design 8: a caller can schedule one wake-up instead of polling."""
    case = Case(one, [Event(kind, one.received + after)])
    found = assess(case, CLASSES, at=one.received + age, calendar=china())
    change = found.next_change_at
    until = found.at + dt.timedelta(days=500) if change is None else change - INSTANT
    assert until >= found.at
    assert answer(again(found, until)) == answer(found)
    if change is not None:
        assert answer(again(found, change)) != answer(found)
