"""Pauses (中止): stretches that a limit does not count, and their union in days and in moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple, final

import attrs

from complaint_rules.errors import InvalidPeriod
from complaint_rules.frozen import Shown
from complaint_rules.moments import BEIJING, as_when, day_of, earliest_of

OPEN_DAY: Final = dt.date.max
"""Stands for the day of resumption of a pause that is still open."""
OPEN: Final = dt.datetime.max.replace(tzinfo=BEIJING)
"""Stands for the moment of resumption of a pause that is still open."""
_ONE_DAY: Final = dt.timedelta(days=1)


def _start(value: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return as_when(value, what="Pause.start", error=InvalidPeriod)


def _end(value: dt.datetime | dt.date | None) -> dt.datetime | dt.date | None:
    return None if value is None else as_when(value, what="Pause.end", error=InvalidPeriod)


@final
@attrs.frozen(repr=False)
class Pause(Shown):
    """A stretch of time that a limit does not count (中止), such as an appraisal or a mediation.

    Limits in days do not count the days after the day of `start`, up to and including the day of `end`, so that a pause
    within one day is empty; limits in hours and minutes do not count ``[start, end)``.

    >>> Pause(dt.date(2026, 10, 1), dt.date(2026, 10, 11), reason="mediation").end
    datetime.date(2026, 10, 11)
    >>> Pause(dt.date(2026, 10, 11), dt.date(2026, 10, 1))
    Traceback (most recent call last):
    complaint_rules.errors.InvalidPeriod: Pause.end: the pause ends before it starts; ...
    """

    start: dt.datetime | dt.date = attrs.field(converter=_start)
    """When it began: an aware moment (inclusive), or a day where no more is known. From the history."""
    end: dt.datetime | dt.date | None = attrs.field(default=None, converter=_end)
    """When the limit went on: an aware moment (exclusive) or a day; None while it is still stopped (open)."""
    reason: str | None = None
    """Why it was stopped, in the words of the limit's ``pauses``; None where nobody said."""
    cite: str | None = None
    """The article that lets it stop; None where the caller states no authority."""

    def __attrs_post_init__(self) -> None:
        for told in (self.reason, self.cite):
            if told is not None and not isinstance(told, str):
                raise InvalidPeriod(what="Pause", why="its reason and its article are texts, or None", value=told)
        start, end = self.start, self.end
        if end is None:
            return
        exact = isinstance(start, dt.datetime) and isinstance(end, dt.datetime)
        if (end < start) if exact else (day_of(end) < day_of(start)):
            raise InvalidPeriod(
                what="Pause.end",
                why="the pause ends before it starts",
                value=end,
                hint=f"it starts {start.isoformat()}; were the two exchanged?",
            )

    @property
    def longest(self) -> Pause:
        """The longest that it can have been: from the first instant of a day, to the last of the day of resumption.

        >>> Pause(dt.date(2026, 10, 1), dt.date(2026, 10, 2)).longest.end.isoformat()
        '2026-10-03T00:00:00+08:00'
        """
        end = self.end
        if end is not None and not isinstance(end, dt.datetime):
            end = earliest_of(end) + _ONE_DAY
        return attrs.evolve(self, start=earliest_of(self.start), end=end)


class DayBlock(NamedTuple):
    """Paused days: after `after`, through `through`."""

    after: dt.date
    """The day on which the pause began; it still counts."""
    through: dt.date
    """The day of resumption, itself not counted; `OPEN_DAY` while open."""
    began: dt.datetime
    """The earliest moment of `after` at which it began: a limit that had ended by then is not touched."""
    resumed: dt.datetime
    """The latest moment of `through` at which it ended, read as early as the record allows."""


def in_days(pauses: Iterable[Pause]) -> list[DayBlock]:
    """Give the union of pauses as blocks of days, in order; empty ones are left out.

    Blocks that share more than a boundary day are one block; touching ones stay apart, because a limit that ends on
    the boundary is only held up by the second if that began in time.

    >>> [
    ...     str(b.through)
    ...     for b in in_days(
    ...         [
    ...             Pause(dt.date(2026, 10, 3), dt.date(2026, 10, 9)),
    ...             Pause(dt.date(2026, 10, 1), dt.date(2026, 10, 5)),
    ...         ]
    ...     )
    ... ]
    ['2026-10-09']
    """
    blocks: list[DayBlock] = []
    found = []
    for pause in _without_seams(pauses):
        after = day_of(pause.start)
        through = OPEN_DAY if pause.end is None else day_of(pause.end)
        if after < through:
            resumed = OPEN if pause.end is None else earliest_of(pause.end)
            found.append(DayBlock(after, through, earliest_of(pause.start), resumed))
    for block in sorted(found):
        if blocks and block.after < blocks[-1].through:
            last = blocks[-1]
            blocks[-1] = DayBlock(
                last.after, max(last.through, block.through), last.began, max(last.resumed, block.resumed)
            )
        else:
            blocks.append(block)
    return blocks


def _without_seams(pauses: Iterable[Pause]) -> list[Pause]:
    """Join pauses that overlap or touch to the moment, also within one day: what they stop together, one would stop."""
    whole: list[Pause] = []
    exact: list[Pause] = []
    for pause in pauses:
        told = isinstance(pause.start, dt.datetime) and (pause.end is None or isinstance(pause.end, dt.datetime))
        (exact if told else whole).append(pause)
    if len(exact) < 2:
        return whole + exact
    return whole + [Pause(start, None if end == OPEN else end) for start, end in in_moments(exact)]


def in_moments(pauses: Iterable[Pause]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Give the union of pauses as ``[start, end)`` of moments, in order, touching ones joined; `OPEN` is no end yet.

    Of a pause known to the day only, the days of its start and its end count: the strictest reading.

    >>> [(a.day, b.day) for a, b in in_moments([Pause(dt.date(2026, 10, 1), dt.date(2026, 10, 3))])]
    [(2, 3)]
    """
    spans: list[tuple[dt.datetime, dt.datetime]] = []
    found = []
    for pause in pauses:
        exact = isinstance(pause.start, dt.datetime)
        start = earliest_of(pause.start) if exact else earliest_of(day_of(pause.start) + _ONE_DAY)
        end = OPEN if pause.end is None else earliest_of(pause.end)
        if start < end:
            found.append((start, end))
    for span in sorted(found):
        if spans and span[0] <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], span[1]))
        else:
            spans.append(span)
    return spans
