"""Which of two periods ends first, decided for every receipt of the published calendar (期限长短)."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterator
from typing import Final, cast, final

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.moments import BEIJING, FIRST_DAY, INSTANT
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import CLOSE, WORKING_TIME, Unit

_DAY: Final = dt.timedelta(days=1)
_BOUNDS: Final = {
    Unit.AT_ONCE: (dt.timedelta(0), dt.timedelta(0)),
    Unit.MINUTES: (dt.timedelta(minutes=1), dt.timedelta(minutes=1)),
    Unit.HOURS: (dt.timedelta(hours=1), dt.timedelta(hours=1)),
    Unit.SAME_DAY: (dt.timedelta(0), _DAY),
    Unit.DAYS: (_DAY, _DAY),
    Unit.WEEKS: (7 * _DAY, 7 * _DAY),
    Unit.MONTHS: (28 * _DAY, 31 * _DAY),
    Unit.YEARS: (365 * _DAY, 366 * _DAY),
    Unit.WORKING_DAYS: (_DAY, None),
}
"""How long one of each unit lasts at least and at most; None: nobody can say."""
_OF_TIME: Final = (Unit.AT_ONCE, Unit.MINUTES, Unit.HOURS, Unit.SAME_DAY)


@final
class Lengths:
    """Periods counted in one way, compared with each other; what was compared is kept."""

    __slots__ = ("_calendar", "_counting", "_known")

    def __init__(self, counting: Counting, calendar: WorkCalendar) -> None:
        self._counting = counting
        self._calendar = calendar
        self._known: dict[tuple[Period, Period, bool], bool] = {}

    def never_later(self, one: Period, other: Period) -> bool:
        """Say whether a period never ends after another that starts with it, whenever that is.

        Every day from 2001 to the end of the published calendar is tried, at each time of day that makes a difference.
        Working hours and closing times hang on opening hours, so that nothing is said of them: the answer is False.

        >>> lengths = Lengths(Counting(), WorkCalendar.china())
        >>> five, fifteen, ten = (
        ...     Period.parse("5 working days"),
        ...     Period.parse("15 days"),
        ...     Period.parse("10 working days"),
        ... )
        >>> lengths.never_later(five, fifteen), lengths.never_later(ten, fifteen)
        (True, False)
        """
        if one.unit is other.unit:
            return one.n <= other.n
        return self._compared(one, other, strictly=False)

    def always_sooner(self, one: Period, other: Period) -> bool:
        """Say whether a period ends before another that starts with it, whenever that is: never at one moment either.

        Of one unit a shorter period ends sooner, unless a last day without work moves: then both may end on one day.

        >>> lengths = Lengths(Counting(), WorkCalendar.china())
        >>> four, five, fifteen = (
        ...     Period.parse(f"{one}") for one in ("4 working days", "5 working days", "15 days")
        ... )
        >>> lengths.always_sooner(four, five), lengths.always_sooner(five, fifteen)  # on 19 January 2020 not
        (True, False)
        """
        if one.unit is other.unit:
            return one.n < other.n and self._counting.roll is None
        return self._compared(one, other, strictly=True)

    def _compared(self, one: Period, other: Period, *, strictly: bool) -> bool:
        hours = self._counting.wants_close or self._counting.ends == CLOSE
        if hours or one.unit in WORKING_TIME or other.unit in WORKING_TIME:
            return False
        key = (one, other, strictly)
        if key not in self._known:
            by_bounds = not strictly and self._by_bounds(one, other)
            self._known[key] = by_bounds or self._on_every_day(one, other, strictly=strictly)
        return self._known[key]

    def _by_bounds(self, one: Period, other: Period) -> bool:
        """Say whether the longest the one can take is no more than the least the other takes."""
        longest = _BOUNDS[one.unit][1]
        if longest is None or not self._counting.plain:
            return False
        rest = dt.timedelta(0) if one.unit in _OF_TIME else _DAY
        return longest * max(one.n, 1) + rest <= _BOUNDS[other.unit][0] * other.n

    def _on_every_day(self, one: Period, other: Period, *, strictly: bool) -> bool:
        sooner = operator.lt if strictly else operator.le
        return all(sooner(self._due(one, start), self._due(other, start)) for start in self._receipts())

    def _due(self, period: Period, start: dt.datetime) -> dt.datetime:
        return cast(dt.datetime, period.due_at(start, self._calendar, self._counting))  # known: there is no pause

    def _receipts(self) -> Iterator[dt.datetime]:
        """Give every day at the times of day that differ: its first and last instant, the hours that counting knows."""
        counting = self._counting
        times = {dt.time(0), dt.time(23, 59, 59, 999_999)}
        for edge in (counting.starts, counting.cut_off, counting.ends):
            if isinstance(edge, dt.time):
                at = dt.datetime.combine(FIRST_DAY, edge)
                times |= {edge, (at + INSTANT).time(), (at - INSTANT).time()}
        day = FIRST_DAY
        while day <= self._calendar.final_through:
            yield from (dt.datetime.combine(day, time, BEIJING) for time in sorted(times))
            day += _DAY
