"""Working time counted on a calendar: exact, additive, without walking through days."""

from __future__ import annotations

import bisect
import datetime as dt
from typing import Final

from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.errors import InvalidHours, InvalidMoment, InvalidPeriod
from complaint_rules.moments import BEIJING, as_moment

_ZERO: Final = dt.timedelta(0)


def add_working_time(calendar: WorkCalendar, start: dt.datetime, time: dt.timedelta) -> dt.datetime:
    """Give the moment at which so much working time (工作时间) has run since `start`: the earliest such moment.

    A limit that is used up when a span closes ends then, not when the next one opens (osTicket/osTicket#6847).

    Raises `InvalidHours` for a calendar without hours, `InvalidPeriod` for time that is not positive, `InvalidMoment`
    for naive moments and where counting leads beyond 2099; `CalendarUnpublished` where the calendar refuses
    unpublished days.

    >>> calendar = WorkCalendar.china().with_hours(Hours.of("09:00-12:00", "13:30-17:00"))
    >>> start = dt.datetime(2026, 9, 30, 16, 0, tzinfo=BEIJING)
    >>> add_working_time(calendar, start, dt.timedelta(hours=4)).isoformat()
    '2026-10-08T12:00:00+08:00'
    """
    hours = _hours_of(calendar)
    begin, left = as_moment(start, what="the start"), _positive(time)
    return _moment(calendar, hours, _position(calendar, hours, begin) + left, after=False)


def subtract_working_time(calendar: WorkCalendar, end: dt.datetime, time: dt.timedelta) -> dt.datetime:
    """Give the moment from which so much working time runs up to `end`: the latest such moment.

    This is where "1 working hour before" stands: a warning due at 09:30 on a make-up Saturday falls on Friday
    afternoon, not on 00:00 or on the limit itself (glpi-project/glpi#22678). Errors as `add_working_time`.

    >>> calendar = WorkCalendar.china().with_hours(Hours.of("09:00-17:00"))
    >>> end = dt.datetime(2026, 10, 10, 9, 30, tzinfo=BEIJING)
    >>> subtract_working_time(calendar, end, dt.timedelta(hours=1)).isoformat()
    '2026-10-09T16:30:00+08:00'
    """
    hours = _hours_of(calendar)
    target = _position(calendar, hours, as_moment(end, what="the end")) - _positive(time)
    if target < _ZERO:
        raise InvalidMoment(what="working time", why="counting back leads before 2001-01-01", value=end)
    return _moment(calendar, hours, target, after=True)


def working_time_between(calendar: WorkCalendar, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Give the working time (工作时间) between two moments: exact, and additive over any moment between them.

    Raises `InvalidMoment` for reversed or naive moments, `InvalidHours` for a calendar without hours,
    `CalendarUnpublished` where the calendar refuses unpublished days.

    >>> calendar = WorkCalendar.china().with_hours(Hours.of("09:00-12:00", "13:30-17:00"))
    >>> friday, monday = (dt.datetime(2026, 11, day, 10, tzinfo=BEIJING) for day in (20, 23))
    >>> working_time_between(calendar, friday, monday)
    datetime.timedelta(seconds=23400)
    """
    hours = _hours_of(calendar)
    first, last = as_moment(start, what="the start"), as_moment(end, what="the end")
    if last < first:
        raise InvalidMoment(what="working_time_between", why=f"the end ({last}) lies before the start", value=first)
    return _position(calendar, hours, last) - _position(calendar, hours, first)


def _hours_of(calendar: WorkCalendar) -> Hours:
    as_calendar(calendar)
    if calendar.hours is None:
        raise InvalidHours(
            what="the calendar",
            why="it has no opening hours, so there is no working time to count",
            hint="give it some: calendar.with_hours(Hours.of('09:00-12:00', '13:30-17:00'))",
        )
    return calendar.hours


def _positive(time: object) -> dt.timedelta:
    if not isinstance(time, dt.timedelta) or time <= _ZERO:
        raise InvalidPeriod(what="the working time", why="a positive timedelta is expected", value=time)
    return time


# Working time is measured from 2001-01-01 (a position). Whole days are a multiplication where all have the same hours,
# else they come from the calendar's table, so that no count walks through days: what remains is a binary search.


def _position(calendar: WorkCalendar, hours: Hours, moment: dt.datetime) -> dt.timedelta:
    day = moment.date()
    position = _before(calendar, hours, calendar.working_days_before(day))
    if calendar.is_working_day(day):
        time = moment - _midnight(day)
        for span in hours.on(day):
            position += min(max(time - span.opens, _ZERO), span.length)
    return position


def _before(calendar: WorkCalendar, hours: Hours, index: int) -> dt.timedelta:
    """Working time on the first `index` working days."""
    return index * hours.daily if hours.uniform else calendar.working_times[index]


def _holding(calendar: WorkCalendar, hours: Hours, target: dt.timedelta, *, after: bool) -> int:
    """Index of the working day that holds a position; at the seam of two days the later one if `after`."""
    if hours.uniform:
        index, rest = divmod(target, hours.daily)
        return index if after or rest else index - 1
    find = bisect.bisect_right if after else bisect.bisect_left
    return find(calendar.working_times, target) - 1


def _moment(calendar: WorkCalendar, hours: Hours, target: dt.timedelta, *, after: bool) -> dt.datetime:
    """Give the moment of a position; where a closing and the next opening share it, the opening if `after`."""
    index = _holding(calendar, hours, target, after=after)
    day = calendar.working_day(index)
    into = target - _before(calendar, hours, index)
    *earlier, last = hours.on(day)
    for span in earlier:
        if into < span.length or (into == span.length and not after):
            return _midnight(day) + span.opens + into
        into -= span.length
    return _midnight(day) + last.opens + into


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=BEIJING)
