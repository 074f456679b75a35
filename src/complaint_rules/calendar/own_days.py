"""What an institution adds to the calendar (本行日历): days and notices of its own, laid over whichever it is given."""

from __future__ import annotations

import datetime as dt
from typing import Final, final

import attrs

from complaint_rules.calendar.days import Override
from complaint_rules.calendar.notices import DayKind, Notice
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.frozen import Shown
from complaint_rules.moments import FIRST_DAY

_NOT_MADE_UP: Final = ("补班日不营业", "it does not work on make-up days")


@final
@attrs.frozen(kw_only=True, repr=False)
class OwnDays(Shown):
    """Days and notices of one's own: what a policy file says under ``[calendar]``.

    >>> closed = Override(date=dt.date(2026, 7, 15), works=False, reason="行庆", reason_en="founding day")
    >>> calendar = OwnDays(days=(closed,)).onto(WorkCalendar.china())
    >>> calendar.is_working_day(dt.date(2026, 7, 15)), calendar.day(dt.date(2026, 7, 15)).note("en")
    (False, 'own arrangement: founding day')
    """

    days: tuple[Override, ...] = ()
    """Own openings and closures, by day."""
    notices: tuple[Notice, ...] = ()
    """State Council notices that the package may not hold yet, by year."""
    make_up_days: bool = True
    """Whether make-up days work here, as they do elsewhere; funds and exchanges rest on them."""

    def onto(self, calendar: WorkCalendar) -> WorkCalendar:
        """Lay them over a calendar, which may know more: what it knows of a year or an own day stays.

        A notice that was not public on the day whose knowledge the calendar shows is left out, and so are all after it.

        >>> no_funds = OwnDays(make_up_days=False).onto(WorkCalendar.china())
        >>> no_funds.is_working_day(dt.date(2026, 10, 10))
        False
        """
        on = calendar.as_known_on
        for notice in self.notices:
            following = calendar.final_through.year + 1
            if notice.year == following and (on is None or notice.known_from <= on):
                calendar = attrs.evolve(calendar, notices=(*calendar.notices, notice))
        own = {day.date: day for day in self.days}
        if not self.make_up_days:
            own = {day: _rests(day) for day in _make_up_days(calendar)} | own
        own |= {day.date: day for day in calendar.overrides}
        return attrs.evolve(calendar, overrides=tuple(own[day] for day in sorted(own)))


def _rests(day: dt.date) -> Override:
    zh, en = _NOT_MADE_UP
    return Override(date=day, works=False, reason=zh, reason_en=en)


def _make_up_days(calendar: WorkCalendar) -> list[dt.date]:
    # The last three days of a year may still be moved by the next notice, and one of this year's can be one already.
    last = min(dt.date(calendar.final_through.year, 12, 31), calendar.covers_through)
    days = map(dt.date.fromordinal, range(FIRST_DAY.toordinal(), last.toordinal() + 1))
    return [day for day in days if calendar.kind(day) is DayKind.MAKE_UP_WORKDAY]
