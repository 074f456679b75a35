"""Days and moments for tests, with the edges of the published calendar mixed in: breaks, make-up days, year ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from complaint_rules.arguments import whole
from complaint_rules.assessing import mainland
from complaint_rules.calendar.notices import DayKind
from complaint_rules.errors import InvalidMoment, InvalidPeriod
from complaint_rules.moments import BEIJING, INSTANT, as_day
from complaint_rules.testing.needed import st

FIRST: Final = dt.date(2025, 1, 1)
"""The first day that is drawn where nobody asks for another."""
LAST: Final = dt.date(2026, 10, 31)
"""The last one: what runs for weeks from it still ends on days that are published."""
EDGE_TIMES: Final = (
    dt.time(0),
    dt.time(7, 59, 59, 999_999),  # before anybody may be called
    dt.time(8),
    dt.time(8, 30),  # where many a text lets its minutes begin
    dt.time(9),  # opening
    dt.time(12),  # lunch begins
    dt.time(13, 30),  # lunch ends
    dt.time(17),  # close of business
    dt.time(18),  # quiet hours begin
    dt.time(23, 30),
    dt.time(23, 59, 59, 999_999),
)
"""Times of day at which something begins or ends in the rules of some institution."""
_BREAK: Final = 3
_ONE: Final = dt.timedelta(days=1)


@lru_cache(maxsize=32)
def edge_days(first: dt.date = FIRST, last: dt.date = LAST) -> tuple[dt.date, ...]:
    """Give the days of a stretch on which counting goes wrong first: both ends are inclusive.

    Make-up days (补班日), the eve, the first and the last day of every break of three days or more, the ends of years,
    of January and of February. By the mainland calendar, as `assess` counts where no other is passed.

    >>> [f"{day:%m-%d}" for day in edge_days(dt.date(2026, 9, 18), dt.date(2026, 10, 12))]
    ['09-20', '09-24', '09-25', '09-27', '09-30', '10-01', '10-07', '10-10']
    """
    return tuple(dict.fromkeys(sorted(day for day in _edges(first, last) if first <= day <= last)))


def _edges(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    calendar, day, free = mainland(), first, 0
    while day <= last:
        kind = calendar.kind(day)
        if kind.works:
            if free >= _BREAK:
                yield from (day - _ONE * (free + 1), day - _ONE * free, day - _ONE)
            free = 0
        else:
            free += 1
        after = day + _ONE
        if kind is DayKind.MAKE_UP_WORKDAY or (after.day == 1 and after.month in (1, 2, 3)):
            yield day
        day = after


def _stretch(first: dt.date | None, last: dt.date | None) -> tuple[dt.date, dt.date]:
    """Check the first and the last day of what is drawn."""
    since = FIRST if first is None else as_day(first, what="first")
    until = max(LAST, since) if last is None else as_day(last, what="last")
    if until < since:
        why = "the last day lies before the first"
        raise InvalidMoment(what="last", why=why, value=until, hint="were the two exchanged?")
    return since, until


def days(first: dt.date | None = None, last: dt.date | None = None) -> st.SearchStrategy[dt.date]:
    """Draw days, those on which counting goes wrong first among them (see `edge_days`); both ends are inclusive.

    >>> days(dt.date(2026, 2, 14), dt.date(2026, 2, 14)).example()  # doctest: +SKIP
    datetime.date(2026, 2, 14)
    """
    return _days(*_stretch(first, last))


@st.composite
def _days(draw: st.DrawFn, first: dt.date, last: dt.date) -> dt.date:
    edges = edge_days(first, last)
    chosen = st.sampled_from(edges) | st.dates(first, last) if edges else st.dates(first, last)
    return draw(chosen)


def moments(first: dt.date | None = None, last: dt.date | None = None) -> st.SearchStrategy[dt.datetime]:
    """Draw moments in Beijing time (取时刻): at the edges of the calendar and of the day, or anywhere.

    `first` and `last` are days, both inclusive; without them 2025-01-01 to 2026-10-31. Raises `InvalidMoment` for what
    is no day, and for a last day before the first.

    >>> moments(dt.date(2026, 10, 1), dt.date(2026, 9, 1))
    Traceback (most recent call last):
    complaint_rules.errors.InvalidMoment: last: the last day lies before the first; got datetime.date(2026, 9, 1); ...
    """
    return _moments(*_stretch(first, last))


@st.composite
def _moments(draw: st.DrawFn, first: dt.date, last: dt.date) -> dt.datetime:
    day = draw(_days(first, last))
    if draw(st.booleans()):
        return dt.datetime.combine(day, draw(st.sampled_from(EDGE_TIMES)), BEIJING)
    return dt.datetime.combine(day, dt.time(), BEIJING) + draw(minutes)


minutes: Final[st.SearchStrategy[dt.timedelta]] = st.integers(0, 24 * 60 - 1).map(
    lambda minute: dt.timedelta(minutes=minute)
)
"""How far into a day a moment is."""


def whens(first: dt.date | None = None, last: dt.date | None = None) -> st.SearchStrategy[dt.datetime | dt.date]:
    """Draw a moment or a bare day, as registers hold them; see `moments`.

    >>> whens(first="2026-09-30")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidMoment: first: a date without a time of day is expected; got '2026-09-30'; ...
    """
    return moments(first, last) | days(first, last)


def spans(within: int = 40) -> st.SearchStrategy[dt.timedelta]:
    """Draw lengths of time up to so many days: none at all, whole days, minutes, an instant.

    Raises `InvalidPeriod` for what is no whole number from 1 on.

    >>> repr(spans(3)).partition("(")[0]
    'one_of'
    """
    whole(within, "within", InvalidPeriod, least=1)
    return st.one_of(
        st.sampled_from((dt.timedelta(), INSTANT)),
        st.integers(1, within).map(lambda count: dt.timedelta(days=count)),
        st.integers(1, within * 1_440).map(lambda count: dt.timedelta(minutes=count)),
    )
