"""Moments at which counting goes wrong (日历边界): make-up days, breaks, ends of months and years, hours of the day."""

from __future__ import annotations

import datetime as dt
from typing import Final, final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, Pair, said
from complaint_rules.moments import BEIJING


@final
@attrs.frozen(repr=False)
class Edge(Shown):
    """A moment at which a count may begin, and what is peculiar about it.

    >>> EDGES[0].at.isoformat(), EDGES[0].title("en")
    ('2026-03-04T10:00:00+08:00', 'an ordinary Wednesday')
    """

    code: str
    """Its key, part of the id of a case."""
    at: dt.datetime
    """The moment, in Beijing time."""
    words: Pair
    """What it is, in Chinese and English."""

    def title(self, lang: Lang = "zh") -> str:
        """Say what it is, in Chinese (``zh``) or English (``en``). Raises `UnknownLanguage`."""
        return said(self.words, lang)


def _edge(code: str, at: str, zh: str, en: str) -> Edge:
    return Edge(code, dt.datetime.fromisoformat(at).replace(tzinfo=BEIJING), (zh, en))


# Breaks and make-up days by the State Council's arrangements for 2026.
EDGES: Final[tuple[Edge, ...]] = (
    _edge("plain", "2026-03-04T10:00", "普通的周三", "an ordinary Wednesday"),
    _edge("before_make_up", "2026-02-13T17:30", "补班周六与春节假期前的周五", "the Friday before a make-up Saturday"),
    _edge("make_up_saturday", "2026-02-14T09:00", "周六补班日", "a make-up Saturday"),
    _edge("break_begins", "2026-02-15T00:00", "春节假期第一刻", "the first instant of the Spring Festival break"),
    _edge("break_eve", "2026-09-30T23:59", "国庆假期前最后一分钟", "the last minute before the National Day break"),
    _edge("break_ends", "2026-10-07T23:59", "国庆假期最后一分钟", "the last minute of the National Day break"),
    _edge("make_up_sunday", "2026-09-20T08:00", "周日补班日8时30分之前", "a make-up Sunday before 08:30"),
    _edge("year_ends", "2025-12-31T16:05", "年末最后一日", "the last day of a year"),
    _edge("leap_day", "2024-02-29T12:00", "闰日", "a leap day"),
    _edge("month_ends", "2026-01-31T12:00", "次月所无的月末日", "the end of a month that the next one is shorter than"),
    _edge("quiet_evening", "2026-08-31T21:30", "月末夜间免打扰时段", "the end of a month, in quiet hours"),
)
"""Where a count begins: the first is an ordinary one, against which the others are seen."""
