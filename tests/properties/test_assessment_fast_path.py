"""Laws of assessment, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.complaint import Complaint
from tests import strategies as our
from tests.assessment.test_fast_path import RECEIVED, WAITING, agree, both
from tests.by_hand import complaint, instant


@given(our.complaints(WAITING, our.whens), our.spans(120))
def test_both_paths_agree_where_answers_wait_for_time(complaint: Complaint, age: dt.timedelta) -> None:
    agree(*both(complaint, WAITING, complaint.received_from + age))


@given(st.sampled_from([1, 3, 4]), st.sampled_from([None, 4, 5]))
def test_comparisons_are_remembered_by_their_outcome(known: int, score: int | None) -> None:
    start = complaint(RECEIVED, complainants=known, score=score)
    agree(*both(start, WAITING, instant("2026-09-22")))
