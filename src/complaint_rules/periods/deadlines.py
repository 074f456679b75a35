"""The deadline engine: from a start, a number and a unit to the last instant in time, past rest days and pauses.

Nothing is checked here and nothing is proved: `periods` checks what comes in, `proofs` shows how the answer arose.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.calendar.working_time import add_working_time, working_time_between
from complaint_rules.errors import InvalidHours, InvalidPeriod
from complaint_rules.moments import BEIJING, INSTANT, LAST_DAY
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.pauses import OPEN, OPEN_DAY, Pause, in_days, in_moments
from complaint_rules.periods.units import DAY_UNITS, NATURAL_DAY_UNITS, STEP, WORKING_TIME, Ends, Roll, Unit

END_OF_DAY: Final = dt.time(23, 59, 59, 999_999, tzinfo=BEIJING)
"""The last instant of a day; time of day with zone, so that combining it with a date is all that is left to do."""
START_OF_DAY: Final = dt.time(0, tzinfo=BEIJING)
# Looked up once: a member reached through its class costs as much as the addition it guards.
_DAYS, _WEEKS, _MONTHS, _WORKING_DAYS = Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.WORKING_DAYS
_SAME_DAY, _AT_ONCE, _PREVIOUS = Unit.SAME_DAY, Unit.AT_ONCE, Roll.PREVIOUS_WORKING_DAY
_ZERO: Final = dt.timedelta(0)
_ONE_DAY: Final = dt.timedelta(days=1)
_combine: Final = dt.datetime.combine
_Point = TypeVar("_Point", bound=dt.date)


class Walk(NamedTuple):
    """Where counting days ended."""

    last: dt.date | None
    """The last day, before any roll; None where an open pause leaves it unknown."""
    counted: dt.date | None
    """The n-th counted day, before any move to the end of a pause; None where it was not reached."""
    floor: dt.datetime
    """The moment from which the limit last ran: it cannot end before."""
    left: int
    """Counted days still to come when an open pause began; 0 where the last day was reached."""


def counting_from(start: dt.datetime, calendar: WorkCalendar, counting: Counting, *, waits: bool) -> dt.datetime:
    """Give the moment from which is counted: after a deemed receipt, then, where it `waits`, after its hour.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> early = dt.datetime(2026, 9, 30, 7, 10, tzinfo=BEIJING)
    >>> counting_from(early, WorkCalendar.china(), Counting(starts="08:30"), waits=True).isoformat()
    '2026-09-30T08:30:00+08:00'
    >>> late = dt.datetime(2026, 9, 30, 15, 31, tzinfo=BEIJING)
    >>> counting = Counting(receipt="next_working_day", cut_off="15:30")
    >>> counting_from(late, WorkCalendar.china(), counting, waits=False).isoformat()
    '2026-10-08T00:00:00+08:00'
    """
    starts = counting.starts
    if counting.receipt is not None:
        day = start.date()
        deemed = calendar.working_day_on_or_after(day)
        if deemed == day and came_late(start, calendar, counting):
            deemed = calendar.add_working_days(day, 1)
        if deemed != day:
            start = _combine(deemed, START_OF_DAY)
    return start if starts is None or not waits else max(start, _combine(start.date(), starts, BEIJING))


def came_late(start: dt.datetime, calendar: WorkCalendar, counting: Counting) -> bool:
    """Say whether a start on a working day lies after the hour up to which it counts as one of its day, inclusive.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> counting = Counting(receipt="next_working_day", cut_off="15:30")
    >>> at = dt.datetime(2026, 9, 30, 15, 30, tzinfo=BEIJING)
    >>> (
    ...     came_late(at, WorkCalendar.china(), counting),
    ...     came_late(at + INSTANT, WorkCalendar.china(), counting),
    ... )
    (False, True)
    """
    cut_off = counting.cut_off
    if cut_off is None:
        return False
    if isinstance(cut_off, dt.time):
        return start > _combine(start.date(), cut_off, BEIJING)
    span = business(start.date(), calendar)
    return span is not None and start > span[1]


def shifted(day: dt.date, n: int, unit: Unit) -> dt.date:
    """Give the day `n` days, weeks, months or years on (对应日); negative n goes back.

    Civil Code art. 202: the corresponding day of the last month; where that month has none, its last day.

    >>> shifted(dt.date(2023, 1, 31), 1, Unit.MONTHS)
    datetime.date(2023, 2, 28)
    """
    if unit is _DAYS:
        return day + dt.timedelta(n)
    if unit is _WEEKS:
        return day + dt.timedelta(7 * n)
    count = day.year * 12 + day.month - 1 + (n if unit is _MONTHS else 12 * n)
    year, month = divmod(count, 12)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - dt.timedelta(1)).day
    return dt.date(year, month + 1, min(day.day, last))


def natural_days(day: dt.date, n: int, unit: Unit, *, opening_day: bool = False) -> int:
    """Give how many calendar days a number of day units is from `day`; "same day" is none.

    With `opening_day` the days counted include `day` itself, so that a month ends on the day before the corresponding
    one; at the month's end where there is none.

    >>> (
    ...     natural_days(dt.date(2026, 1, 31), 1, Unit.MONTHS),
    ...     natural_days(dt.date(2026, 1, 31), 2, Unit.MONTHS),
    ... )
    (28, 59)
    >>> natural_days(dt.date(2026, 3, 1), 1, Unit.MONTHS, opening_day=True)
    31
    """
    if unit is _SAME_DAY:
        return 0
    last = shifted(day, n, unit)
    days = (last - day).days
    return days + 1 if opening_day and unit in (_MONTHS, Unit.YEARS) and last.day != day.day else days


def rolled(last: dt.date, opening_day: dt.date, roll: Roll, calendar: WorkCalendar) -> dt.date:
    """Move a last day that does not work (Civil Code art. 203); never back to the opening day or before it.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> rolled(dt.date(2026, 10, 5), dt.date(2026, 9, 20), Roll.NEXT_WORKING_DAY, WorkCalendar.china())
    datetime.date(2026, 10, 8)
    """
    if roll == _PREVIOUS:
        earlier = calendar.working_day_on_or_before(last)
        return earlier if earlier > opening_day else last
    return calendar.working_day_on_or_after(last)


def business(day: dt.date, calendar: WorkCalendar) -> tuple[dt.datetime, dt.datetime] | None:
    """Give the opening and the close of business of a day (营业时间); None on a day that does not work.

    Raises `InvalidHours` for a calendar without hours.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> from complaint_rules.calendar.hours import Hours
    >>> cal = WorkCalendar.china().with_hours(Hours.of("09:00-12:00", "13:30-17:00"))
    >>> [str(moment.time()) for moment in business(dt.date(2026, 10, 10), cal)]
    ['09:00:00', '17:00:00']
    """
    hours = calendar.hours
    if hours is None:
        raise InvalidHours(
            what="the calendar",
            why="it has no opening hours, so no day has a close of business",
            hint="give it some: calendar.with_hours(Hours.of('09:00-17:00')), or let limits end at '24:00'",
        )
    return (hours.opening(day), hours.closing(day)) if calendar.is_working_day(day) else None


def end_of(day: dt.date, ends: Ends, calendar: WorkCalendar, floor: dt.datetime) -> dt.datetime:
    """Give the last instant of a last day: 24:00, or the close of business or a time where that is not before `floor`.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> day = dt.date(2026, 10, 13)
    >>> end_of(day, "24:00", WorkCalendar.china(), dt.datetime(2026, 10, 12, tzinfo=BEIJING)).isoformat()
    '2026-10-13T23:59:59.999999+08:00'
    """
    if ends == "close":
        span = business(day, calendar)
        if span is not None and span[1] >= floor:
            return min(span[1], _combine(day, END_OF_DAY))
    elif isinstance(ends, dt.time):
        moment = _combine(day, ends, BEIJING)
        if moment >= floor:
            return moment
    return _combine(day, END_OF_DAY)


def walk(
    start: dt.datetime, n: int, unit: Unit, calendar: WorkCalendar, counting: Counting, pauses: Sequence[Pause]
) -> Walk:
    """Count days past pauses: to the n-th day that is not paused, and from there out of any pause it falls into.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> mediation = [Pause(dt.date(2026, 10, 1), dt.date(2026, 10, 11))]
    >>> start = dt.datetime(2026, 9, 20, tzinfo=BEIJING)
    >>> walk(start, 15, Unit.DAYS, WorkCalendar.china(), Counting(), mediation).last
    datetime.date(2026, 10, 15)
    """
    current, floor, ends = start.date(), start, counting.ends
    working = calendar if unit is _WORKING_DAYS else None
    left = n if working else natural_days(current, n, unit, opening_day=counting.opening_day)
    if counting.opening_day and unit is not _SAME_DAY:
        current -= _ONE_DAY  # the day before is the one that does not count
    counted: dt.date | None = None
    last = current
    for after, through, began, resumed in in_days(pauses):
        if through <= last:
            if counted is None and through == last:
                floor = max(floor, resumed)  # it went on in the course of the opening day
            continue
        if counted is None:
            free = 0 if after <= current else _counted_days(current, after, working)
            if left > free:
                left -= free
                if through == OPEN_DAY:
                    return Walk(None, None, floor, left)
                last = current = through
                floor = resumed
                continue
            last = counted = _nth(current, left, working)
        if after > last or (after == last and began > end_of(last, ends, calendar, floor)):
            break
        if through == OPEN_DAY:
            return Walk(None, counted, floor, 0)
        last = through if working is None else working.working_day_on_or_after(through)
        floor = resumed
    if counted is None:
        last = counted = _nth(current, left, working)
    return Walk(last, counted, floor, 0)


def _counted_days(after: dt.date, through: dt.date, working: WorkCalendar | None) -> int:
    return (through - after).days if working is None else working.count_working_days(after, through)


def _nth(day: dt.date, n: int, working: WorkCalendar | None) -> dt.date:
    if working is None:
        return _within_years(day + dt.timedelta(n))
    return working.add_working_days(day, n)


def counted(
    start: dt.datetime, n: int, unit: Unit, calendar: WorkCalendar, counting: Counting, pauses: Sequence[Pause]
) -> tuple[dt.datetime | None, int | dt.timedelta]:
    """Give the last instant of n units from a start, or None and what is left where an open pause has stopped them.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> from complaint_rules.periods.counting import PLAIN
    >>> start = dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
    >>> counted(start, 48, Unit.HOURS, WorkCalendar.china(), PLAIN, ())[0].isoformat()
    '2026-10-02T16:05:00+08:00'
    """
    if unit in DAY_UNITS:
        begin = counting_from(start, calendar, counting, waits=False)
        return _end_of_days(begin, n, unit, calendar, counting, pauses)
    begin = counting_from(start, calendar, counting, waits=True)
    return _end_of_time(begin, n, unit, calendar, pauses)


def _end_of_days(
    start: dt.datetime, n: int, unit: Unit, calendar: WorkCalendar, counting: Counting, pauses: Sequence[Pause]
) -> tuple[dt.datetime | None, int]:
    day, roll, ends = start.date(), counting.roll, counting.ends
    floor = start
    if pauses or counting.opening_day:
        walked = walk(start, n, unit, calendar, counting, pauses)
        if walked.last is None:
            return None, walked.left
        last, floor = walked.last, walked.floor
    elif unit is _WORKING_DAYS:
        last = calendar.add_working_days(day, n)
    else:
        last = day if unit is _SAME_DAY else _within_years(shifted(day, n, unit))
    if roll is not None and unit in NATURAL_DAY_UNITS:
        last = rolled(last, day, roll, calendar)
    return end_of(last, ends, calendar, floor), 0


def _end_of_time(
    start: dt.datetime, n: int, unit: Unit, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> tuple[dt.datetime | None, dt.timedelta]:
    if unit is _AT_ONCE:
        return start, _ZERO
    left = n * STEP[unit]
    working = calendar if unit in WORKING_TIME else None
    if working is None and not pauses:
        return _within_years(start + left), _ZERO
    current = start
    for begin, end in in_moments(pauses):
        if end <= current:
            continue
        if current < begin:
            free = begin - current if working is None else working_time_between(working, current, begin)
            if left <= free:
                moment = _after(current, left, working)
                if moment < begin:
                    return moment, _ZERO
                free = left
            left -= free
        if end == OPEN:
            return None, left
        current = end
    return _within_years(_after(current, left, working)), _ZERO


def _after(moment: dt.datetime, left: dt.timedelta, working: WorkCalendar | None) -> dt.datetime:
    if working is None:
        return moment + left
    if left:
        return add_working_time(working, moment, left)
    # Its time was used up as it was stopped, and it does not end while stopped: the first working moment after that.
    return add_working_time(working, moment, INSTANT) - INSTANT


def _within_years(point: _Point) -> _Point:
    if (point.date() if isinstance(point, dt.datetime) else point) > LAST_DAY:
        raise InvalidPeriod(
            what="the end of a period",
            why=f"it lies after {LAST_DAY}, the last day known",
            value=point.isoformat(),
            hint="is the start right, or the number of units?",
        )
    return point
