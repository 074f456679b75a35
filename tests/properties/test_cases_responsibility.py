"""Laws of cases, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.responsibility import holder_at, holdings, share_of
from complaint_rules.moments import BEIJING
from tests.cases.test_responsibility import CALENDAR, OPEN, at

MOMENTS = st.one_of(
    st.none(),
    st.dates(dt.date(2026, 9, 28), dt.date(2026, 10, 12)),
    st.integers(0, 15 * 86_400 * 10**6).map(lambda n: at("2026-09-28T00:00") + dt.timedelta(microseconds=n)),
)


EVENTS = st.lists(
    st.builds(
        Event,
        st.sampled_from(["routed", "transferred", "returned", "closed", "withdrawn", "reopened", "replied"]),
        MOMENTS,
        to=st.sampled_from([None, "a", "b"]),
        unit=st.sampled_from([None, None, "u-1", "u-2"]),
    ),
    max_size=8,
)


@given(
    MOMENTS.filter(bool),
    EVENTS,
    st.none()
    | st.dates(dt.date(2026, 9, 27), dt.date(2026, 10, 14)).map(
        lambda day: dt.datetime.combine(day, dt.time(15), BEIJING)
    ),
    st.sampled_from([CALENDAR, OPEN]),
)
def test_the_times_of_all_holders_add_up_exactly_to_the_whole(
    received: Any, events: list[Event], asked: dt.datetime | None, calendar: WorkCalendar
) -> None:
    """ "`holdings` whose natural and working time add up exactly to the whole (property)"."""
    held = holdings(Case(Complaint(id="c-1", received=received), events), calendar, at=asked)
    none = dt.timedelta()
    assert sum((one.natural for one in held), none) == held.natural
    assert sum((one.working for one in held), none) == held.working
    assert all(none <= one.working <= one.natural for one in held)
    assert all(one.least <= one.natural <= one.most for one in held)
    assert all(one.precise is (one.least == one.most) or one.precise for one in held)
    assert all(before.until == after.since for before, after in zip(held.items, held.items[1:], strict=False))
    if held.items and held.natural:
        clock = SimpleNamespace(started_at=held.items[0].since, due_at=None, ended_at=None)
        shares = share_of(held, clock)
        assert sum(shares.values()) == (1 if shares else 0)
        first = holder_at(held, held.items[0].since)
        assert first is not None
