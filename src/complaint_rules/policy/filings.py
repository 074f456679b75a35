"""Periodic reports: which returns of a policy fall due between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, cast, final

import attrs

from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.errors import InvalidMoment
from complaint_rules.frozen import Shown
from complaint_rules.moments import BEIJING, FIRST_DAY, INSTANT, LAST_DAY, as_day, earliest_of, latest_of
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.deadlines import rolled
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Filing, ReportPeriod

_ONE_DAY: Final = dt.timedelta(days=1)
_FARTHEST: Final = dt.timedelta(days=31)
"""Farther than any rest moves a day."""
_CLOSING_MONTHS: Final = {
    ReportPeriod.MONTH: range(1, 13), ReportPeriod.QUARTER: (3, 6, 9, 12), ReportPeriod.HALF_YEAR: (6, 12),
    ReportPeriod.YEAR: (12,),
}  # fmt: skip
"""The months with which the periods of a year end."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Return(Shown):
    """One return of a periodic report (定期报送) and its due moment."""

    filing: Filing
    """The rule."""
    day: dt.date
    """The day by which it is due: the one the rule names, moved where that rests and the rule says so."""
    ended: dt.date | None = None
    """The last day of the period it reports on; None: the rule names days, not periods."""

    @property
    def due_at(self) -> dt.datetime:
        """Last instant in time, inclusive, in Beijing time."""
        if not self.filing.inclusive:
            return earliest_of(self.day) - INSTANT
        if self.filing.time is None:
            return latest_of(self.day)
        return dt.datetime.combine(self.day, self.filing.time, BEIJING)


def returns_due(
    policy: Policy, *, after: dt.date, through: dt.date, calendar: WorkCalendar | None = None
) -> tuple[Return, ...]:
    """Give the returns whose due day d lies in after < d <= through, in order of time.

    A day that a month does not have (the 31st) gives none that month. `calendar`, by default that of mainland China,
    says where a due day on a rest day moves and which days work. A return that waits for a parameter gives none until
    it is supplied: `Filing.missing` names it.

    Raises `InvalidMoment` where `after` is later than `through`, `CalendarUnpublished` where the calendar refuses.

    >>> import datetime as dt
    >>> from complaint_rules import load_policy
    >>> year = returns_due(
    ...     load_policy("grcu-2008"), after=dt.date(2026, 1, 1), through=dt.date(2026, 12, 30)
    ... )
    >>> [one.due_at.isoformat()[:19] for one in year]
    ['2026-06-14T23:59:59', '2026-12-14T23:59:59']
    """
    as_policy(policy, hint="load_policy('grcu-2008')")
    calendar = policy.calendar_over(WorkCalendar.china() if calendar is None else as_calendar(calendar))
    first, last = as_day(after, what="after"), as_day(through, what="through")
    if first > last:
        raise InvalidMoment(
            what="after", why=f"it is later than through, {last}", value=after, hint="exchange the two?"
        )
    found: list[Return] = []
    for filing in policy.filings.values():
        if not filing.missing:
            found += (
                _after_periods(filing, first, last, calendar)
                if filing.within
                else _on_days(filing, first, last, calendar)
            )
    return tuple(sorted(found, key=lambda one: (one.due_at, one.filing.id)))


def _on_days(filing: Filing, first: dt.date, last: dt.date, calendar: WorkCalendar) -> Iterator[Return]:
    roll = filing.roll
    farther = dt.timedelta(0) if roll is None else _FARTHEST
    for day in _days(max(first - farther, FIRST_DAY - _ONE_DAY), min(last + farther, LAST_DAY)):
        if not (filing.daily or day.day == filing.day or (day.month, day.day) in filing.dates):
            continue
        if not _bounded(filing, day):
            continue
        moved = day if roll is None else rolled(day, dt.date.min, roll, calendar)
        if first < moved <= last:
            yield Return(filing=filing, day=moved)


def _after_periods(filing: Filing, first: dt.date, last: dt.date, calendar: WorkCalendar) -> Iterator[Return]:
    """Give the returns on periods, from the last that can be due back to the first."""
    counting = Counting(roll=filing.roll)
    day = last
    while day >= FIRST_DAY:
        if _ends(filing, day):
            due = cast(Period, filing.within).due_at(earliest_of(day), calendar, counting)
            on = cast(dt.datetime, due).date()  # without pauses every period has an end
            if on <= first:
                return
            if on <= last and _bounded(filing, day):
                yield Return(filing=filing, day=on, ended=day)
        day -= _ONE_DAY


def _ends(filing: Filing, day: dt.date) -> bool:
    """Say whether a period that the filing reports on ends with a day."""
    if filing.per is ReportPeriod.DAY:
        return True
    if filing.per is ReportPeriod.WEEK:
        return day.weekday() == 6
    return (day + _ONE_DAY).day == 1 and day.month in _CLOSING_MONTHS[cast(ReportPeriod, filing.per)]


def _bounded(filing: Filing, day: dt.date) -> bool:
    return (filing.first is None or filing.first <= day) and (filing.last is None or day <= filing.last)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    day = first
    while day < last:
        day += _ONE_DAY
        yield day
