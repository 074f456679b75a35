"""Laws of cases, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Event, EventKind
from complaint_rules.cases.lifecycle import check, state_of
from complaint_rules.cases.timeline import Timeline
from tests import strategies as our
from tests.cases.test_lifecycle import AT, case_of


@given(st.lists(st.tuples(st.sampled_from(EventKind), our.whens | st.none()), max_size=8))
def test_any_history_has_a_state_and_a_check_and_both_are_functions_of_it(
    parts: list[tuple[EventKind, dt.datetime | dt.date | None]],
) -> None:
    events = [Event(kind, at, reason="m") for kind, at in parts]
    one, other = Timeline(case_of(*events), AT), Timeline(case_of(*events), AT)
    assert state_of(one) == state_of(other)
    assert check(one) == check(other)
    assert all(violation.severity in ("record", "note") for violation in check(one))
