"""`Meantime`: what time a sample stands for, between the moments and days that conditions name (时间段)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from complaint_rules.language import LANGUAGES, Pair, point
from complaint_rules.moments import day_of, earliest_of, latest_of

_ANY: Final[Pair] = ("任何时间", "any time")


class Meantime(NamedTuple):
    """A stretch of time, from one moment or day to another."""

    low: dt.datetime | dt.date | None
    """Where it begins; None: nowhere."""
    high: dt.datetime | dt.date | None
    """Where it ends; None: nowhere."""
    at: bool = False
    """Whether it is `low` itself, which then is `high` too; else neither belongs to it."""

    def text(self) -> Pair:
        """Say it in both languages.

        >>> Meantime(dt.date(2026, 3, 2), None).text()
        ('2026-03-02（周一）之后', 'after 2026-03-02 (Mon)')
        """
        return from_to(self, self)


def from_to(first: Meantime, last: Meantime) -> Pair:
    """Say all from one stretch of time to another, or the same, that follows upon it.

    >>> day = dt.date(2026, 3, 2)
    >>> from_to(Meantime(day, day, at=True), Meantime(day, None))
    ('2026-03-02（周一）及以后', 'from 2026-03-02 (Mon) on')
    >>> from_to(Meantime(None, day), Meantime(day, None))
    ('任何时间', 'any time')
    """
    low, high = _point(first.low), _point(last.high)
    if low is None and high is None:
        return _ANY
    if low is None or high is None:
        return _open(low, high, at=first.at if high is None else last.at)
    if first.at and last.at:
        return low if low == high else (f"{low[0]}至{high[0]}", f"from {low[1]} to {high[1]}")
    if first.at:
        return f"{low[0]}及以后、{high[0]}之前", f"from {low[1]} on, before {high[1]}"
    if last.at:
        return f"{low[0]}之后至{high[0]}", f"after {low[1]}, up to {high[1]}"
    return f"{low[0]}与{high[0]}之间", f"between {low[1]} and {high[1]}"


def _open(low: Pair | None, high: Pair | None, *, at: bool) -> Pair:
    if low is not None:
        return (f"{low[0]}及以后", f"from {low[1]} on") if at else (f"{low[0]}之后", f"after {low[1]}")
    zh, en = high or _ANY
    return (f"{zh}及以前", f"up to {en}") if at else (f"{zh}之前", f"before {en}")


def _point(when: dt.datetime | dt.date | None) -> Pair | None:
    if when is None:
        return None
    zh, en = (point(when, lang) for lang in LANGUAGES)
    return zh, en


def span_of(when: dt.datetime | dt.date, marks: Sequence[dt.datetime | dt.date]) -> Meantime | None:
    """Give the stretch in which a moment or day lies among some marks; None where a mark parts the day it is about.

    >>> march = [dt.date(2026, 3, 1), dt.date(2026, 3, 10)]
    >>> span_of(dt.date(2026, 3, 9), march)
    Meantime(low=datetime.date(2026, 3, 1), high=datetime.date(2026, 3, 10), at=False)
    """
    if when in marks:
        return Meantime(when, when, at=True)
    day, same_day = day_of(when), [mark for mark in marks if day_of(mark) == day_of(when)]
    if day in same_day:
        return Meantime(day, day, at=True) if len(same_day) == 1 else None
    if same_day and not isinstance(when, dt.datetime):
        return None
    before = [mark for mark in marks if latest_of(mark) < earliest_of(when)]
    after = [mark for mark in marks if earliest_of(mark) > latest_of(when)]
    return Meantime(max(before, key=latest_of, default=None), min(after, key=earliest_of, default=None))
