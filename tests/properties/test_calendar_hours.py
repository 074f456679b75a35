"""Laws of calendar, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.calendar.hours import Hours, Quiet
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.calendar.working_time import add_working_time, subtract_working_time, working_time_between
from complaint_rules.moments import BEIJING
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Unit
from tests.calendar.test_hours import BANK, CHINA, HOUR, SEASONS, SHORT_SATURDAY

ROUND_THE_CLOCK = CHINA.with_hours(Hours.of("00:00-24:00"))


moments = st.datetimes(dt.datetime(2002, 1, 1), dt.datetime(2090, 1, 1)).map(lambda m: m.replace(tzinfo=BEIJING))  # noqa: DTZ001


@given(moments, st.sampled_from(["18:00-08:00", "12:00-14:00", "00:00-06:00", "21:30-24:00"]))
def test_no_later_permitted_moment_is_left_out(due: dt.datetime, window: str) -> None:
    quiet = Quiet.parse(window)
    by = quiet.contact_by(due)
    assert by is not None
    assert by <= due
    assert quiet.permits(by)
    assert by == due or not quiet.permits(by + dt.timedelta(microseconds=1))
    assert due - by < dt.timedelta(days=1)


UNEVEN = CHINA.with_hours(SEASONS)
calendars = st.sampled_from([BANK, SHORT_SATURDAY, ROUND_THE_CLOCK, UNEVEN])


stretches = st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(days=300))


@given(calendars, moments, stretches)
def test_working_time_is_always_found_and_counts_back_exactly(
    calendar: WorkCalendar, start: dt.datetime, time: dt.timedelta
) -> None:
    # seppemans/businesstimedelta#9, open-c3/open-c3#1084: these looped for ever.
    end = add_working_time(calendar, start, time)
    assert end > start
    assert working_time_between(calendar, start, end) == time
    assert working_time_between(calendar, start, end - dt.timedelta(microseconds=1)) < time, "it is the earliest moment"
    back = subtract_working_time(calendar, end, time)
    assert working_time_between(calendar, back, end) == time
    assert back >= start, "it is the latest moment"


@given(calendars, st.lists(moments, min_size=3, max_size=3))
def test_working_time_adds_up_exactly_over_any_moment_between(
    calendar: WorkCalendar, given_moments: list[dt.datetime]
) -> None:
    a, b, c = sorted(given_moments)
    whole = working_time_between(calendar, a, c)
    assert working_time_between(calendar, a, b) + working_time_between(calendar, b, c) == whole
    assert dt.timedelta(0) <= whole <= c - a


@given(moments, st.integers(1, 60), st.lists(st.tuples(moments, moments), max_size=4))
def test_pauses_never_move_an_end_forward_and_their_order_does_not_matter(
    start: dt.datetime, hours: int, ends: list[tuple[dt.datetime, dt.datetime]]
) -> None:
    limit = Period(hours, Unit.WORKING_HOURS)
    pauses = [Pause(min(pair), max(pair)) for pair in ends]
    pauses += [Pause(start + HOUR, start + 30 * HOUR), Pause(start + 20 * HOUR, start + 50 * HOUR)]
    orders = itertools.islice(itertools.permutations(pauses), 6)
    (end,) = {limit.due_at(start, BANK, pauses=order) for order in orders}
    assert end is not None
    assert end >= add_working_time(BANK, start, hours * HOUR)
