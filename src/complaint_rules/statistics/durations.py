"""How long something took (时长): the smallest period, in a unit of time limits, that would have been kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.errors import CalendarUnpublished, InvalidMoment, InvalidPeriod, did_you_mean
from complaint_rules.moments import as_when, day_of, earliest_of, latest_of
from complaint_rules.periods.counting import PLAIN
from complaint_rules.periods.deadlines import counted
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.units import MEASURED, STEP, WORKING_TIME, Unit

IMPOSSIBLE: Final = -1
"""The duration of what ended before it began: a fault of the record, never a number to reckon with."""
_BY_DAY: Final = (Unit.DAYS, Unit.WORKING_DAYS)
_WORKING: Final = WORKING_TIME | {Unit.WORKING_DAYS}


def duration(
    start: dt.datetime | dt.date,
    end: dt.datetime | dt.date,
    unit: Unit | str,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
) -> int | None:
    """Give the smallest n for which a period of n units from `start` would have been kept by `end`, inclusive.

    0 where it ended in the moment it began, of days and working days on the same day in Beijing. So what a figure calls
    "within 3 working days" is what a limit of 3 working days calls in time. `unit` is one of minutes, hours, days,
    working days, working hours, working minutes; `pauses` are left out, as a limit leaves them out: in a pause time
    stands still, the unit that had begun counts.

    `IMPOSSIBLE` where it ended before it began, in every unit, also within one day. None where nobody knows: hours and
    minutes of what is known by its day only, and working hours where the calendar has no opening hours.

    Raises `InvalidPeriod` for another unit and for pauses that are none, `InvalidMoment` for what is neither a day nor
    an aware moment, `CalendarUnpublished` where the calendar refuses the days that would have to be counted.

    >>> friday, wednesday = dt.date(2026, 2, 13), dt.date(2026, 2, 25)  # the Spring Festival lies between
    >>> duration(friday, wednesday, "working days", WorkCalendar.china())
    3
    """
    kind, calendar = _unit(unit), as_calendar(calendar)
    first, last = as_when(start, what="start"), as_when(end, what="end")
    stops = _stops(pauses)
    if kind in _BY_DAY:
        natural = (day_of(last) - day_of(first)).days
    elif isinstance(first, dt.datetime) and isinstance(last, dt.datetime):
        natural = -((first - last) // STEP[kind])
    else:
        return IMPOSSIBLE if latest_of(last) < earliest_of(first) else None
    if natural <= 0:  # less than a day or an hour back comes to 0 as well
        return IMPOSSIBLE if latest_of(last) < earliest_of(first) else 0
    if kind in _WORKING:
        if kind in WORKING_TIME and calendar.hours is None:
            return None
        calendar.is_working_day(day_of(last))  # a calendar that refuses the day it ended on cannot count up to it
    elif not stops:
        return natural
    if kind is Unit.WORKING_DAYS and not stops:
        return _working_days(day_of(first), day_of(last), calendar)
    # A pause that begins later is nothing to it, and may lie on days that the calendar refuses.
    ended = latest_of(last)
    stops = tuple(pause for pause in stops if _stands_from(pause) < ended)
    return _smallest(earliest_of(first), ended, kind, calendar, stops, natural)


def _working_days(first: dt.date, last: dt.date, calendar: WorkCalendar) -> int:
    """Count the working days after one day up to the first on or after another, which is when so many are over."""
    try:
        return calendar.count_working_days(first, calendar.working_day_on_or_after(last))
    except CalendarUnpublished:  # the working day on which they are over lies after the days that can be counted
        return calendar.count_working_days(first, last) + 1


def _smallest(
    start: dt.datetime, end: dt.datetime, unit: Unit, calendar: WorkCalendar, pauses: tuple[Pause, ...], most: int
) -> int:
    """Look for the smallest number that is kept, first in leaps and then between the last two.

    `most` is what it comes to if all time counts: as some of it does not, a period of so many is always kept.
    """
    over = 1
    while over < most and not _kept(start, end, over, unit, calendar, pauses):
        over *= 2
    under, over = over // 2, min(over, most)
    while over - under > 1:
        middle = (under + over) // 2
        if _kept(start, end, middle, unit, calendar, pauses):
            over = middle
        else:
            under = middle
    return over


def _kept(
    start: dt.datetime, end: dt.datetime, n: int, unit: Unit, calendar: WorkCalendar, pauses: tuple[Pause, ...]
) -> bool:
    try:
        due = counted(start, n, unit, calendar, PLAIN, pauses)[0]
    except (CalendarUnpublished, InvalidMoment, InvalidPeriod):
        return True  # it ends after the days that can be counted, and `end` lies among them
    return due is None or end <= due  # None: it stands still for as long as the pause lasts


def _stops(pauses: object) -> tuple[Pause, ...]:
    if not isinstance(pauses, Iterable):
        raise InvalidPeriod(what="pauses", why="several are expected", value=pauses, hint="pass [Pause(start, end)]")
    stops = tuple(pauses)
    for pause in stops:
        if not isinstance(pause, Pause):
            raise InvalidPeriod(what="pauses", why="each is a Pause", value=pause, hint="Pause(start, end)")
    return stops


def _stands_from(pause: Pause) -> dt.datetime:
    """Give when a pause begins to count: of one known by its day that day still counts."""
    return pause.start if isinstance(pause.start, dt.datetime) else latest_of(pause.start)


def _unit(unit: object) -> Unit:
    if isinstance(unit, Unit) and unit in MEASURED.values():
        return unit
    found = MEASURED.get(unit.replace("_", " ")) if isinstance(unit, str) else None
    if found is None:
        hint = did_you_mean(unit, MEASURED) or f"the units are {', '.join(MEASURED)}"
        raise InvalidPeriod(what="a duration", why="it cannot be given in this unit", value=unit, hint=hint)
    return found
