"""Laws of assessment, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess, permitted
from complaint_rules.cases.case import Case, Event, EventKind
from tests import strategies as our
from tests.assessment.test_permission import BANK, RECEIVED
from tests.by_hand import complaint, instant
from tests.golden import china
from tests.small import codes


@given(
    st.lists(
        st.tuples(st.sampled_from(EventKind), our.spans(20), st.sampled_from(["k-9", "outlet", "manager"])), max_size=5
    ),
    st.sampled_from(EventKind),
    our.spans(25),
)
def test_what_was_asked_agrees_with_what_is_found_afterwards(
    parts: list[tuple[EventKind, dt.timedelta, str]], kind: EventKind, age: dt.timedelta
) -> None:
    """Issue 3: checker agrees with `permitted`."""
    start = instant(RECEIVED)
    events = [Event(kind_, start + after, by=by, id=f"e{number}") for number, (kind_, after, by) in enumerate(parts)]
    case = Case(complaint(RECEIVED, interested={"k-9"}), events)
    event = Event(kind, start + age, by="k-9", id="asked")
    at = start + dt.timedelta(days=30)
    answer = permitted(case, event, BANK, at=at, calendar=china())
    found = assess(case.with_event(event), BANK, at=at, calendar=china())
    after = [one for one in found.violations if one.place == len(events) and one.speaks_against]
    time_apart = [one for one in after if one.code not in ("late", "done_late", "missed")]
    assert [one for one in answer.against if one.code != "open_duty"] == time_apart
    assert codes(found).count("open_duty") == 0
