"""Whether one figure is ever later than another: for every receipt of the published calendar, with the closest margin.

"10 working days" is shorter than "15 days" in most weeks and longer around a long holiday. Which it is on every day can
be counted out: between the moments of a day at which a due moment changes its formula, it stands still or moves with
the receipt, so that the moments on both sides of each of them decide the whole day.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, TypeAlias, cast, final

import attrs

from complaint_rules.calendar.hours import Opening
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.errors import CalendarUnpublished, InvalidMoment, InvalidPeriod
from complaint_rules.frozen import Shown
from complaint_rules.language import LANGUAGES, Lang, Pair, language, length, point, said
from complaint_rules.moments import BEIJING, INSTANT, as_day
from complaint_rules.periods.counting import PLAIN, Counting
from complaint_rules.periods.periods import Period
from complaint_rules.periods.proof_text import counting_text
from complaint_rules.periods.units import CLOSE, DAY_UNITS, STEP, WORKING_TIME, Unit

_ONE_DAY: Final = dt.timedelta(days=1)
_ZERO: Final = dt.timedelta(0)
_MIDNIGHT: Final = dt.time(0)
_LAST_INSTANT: Final = dt.time(23, 59, 59, 999_999)
_DAYS: Final = frozenset({Unit.DAYS, Unit.WEEKS})
_HOURS: Final = frozenset({Unit.HOURS, Unit.MINUTES})
_BEYOND: Final = (CalendarUnpublished, InvalidMoment, InvalidPeriod)
_combine: Final = dt.datetime.combine


def _periods(value: Period | str | tuple[Period | str, ...]) -> tuple[Period, ...]:
    given = value if isinstance(value, tuple) else (value,)
    if not given:
        raise InvalidPeriod(what="Figures.periods", why="at least one period is expected", value=value)
    return tuple(one if isinstance(one, Period) else Period.parse(one) for one in given)


def _counting(value: object) -> Counting:
    if isinstance(value, Counting):
        return value
    raise InvalidPeriod(what="Figures.counting", why="a Counting is expected", value=value)


def _latest(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidPeriod(what="Figures.latest", why="True or False is expected", value=value)


@final
@attrs.frozen(repr=False)
class Figures(Shown):
    """The figures of one limit that hold together (同时适用的期限), and how they are counted: one of them binds.

    Raises `InvalidPeriod` for what is no period, no way of counting, or neither True nor False.

    >>> Figures(("48 hours", "4 working days")).text("en")
    '48 hours or 4 working days, whichever ends first'
    """

    periods: tuple[Period, ...] = attrs.field(converter=_periods)
    """The periods, at least one; texts are read."""
    counting: Counting = attrs.field(default=PLAIN, converter=_counting)
    """How they are counted."""
    latest: bool = attrs.field(default=False, converter=_latest)
    """Whether the latest end binds (孰晚); else the earliest does."""

    def text(self, lang: Lang = "zh") -> str:
        """Say the figures in Chinese (``zh``) or English (``en``); raises `UnknownLanguage`.

        >>> Figures("5 working days").text()
        '5个工作日'
        """
        said_each = [one.text(language(lang)) for one in self.periods]
        if len(said_each) == 1:
            return said_each[0]
        both = (
            f"{'、'.join(said_each)}（{'孰晚' if self.latest else '孰早'}）",
            f"{' or '.join(said_each)}, whichever ends {'last' if self.latest else 'first'}",
        )
        return said(both, lang)

    def due_at(self, start: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
        """Give the last instant in time of the figure that binds; `start` is a moment in Beijing time.

        Raises as `Period.due`.

        >>> start = dt.datetime(2026, 9, 30, 16, tzinfo=BEIJING)
        >>> Figures(("48 hours", "4 working days")).due_at(start, WorkCalendar.china()).isoformat()
        '2026-10-02T16:00:00+08:00'
        """
        # Without a pause every period has an end.
        ends = [cast(dt.datetime, one.due_at(start, calendar, self.counting)) for one in self.periods]
        return max(ends) if self.latest else min(ends)


@final
@attrs.frozen(kw_only=True, repr=False)
class Margin(Shown):
    """How far a house figure stays before a base figure (余量), over every receipt of a stretch of days."""

    house: Figures
    """The figures held against the base's."""
    base: Figures
    """The figures that must not be exceeded."""
    first: dt.date
    """The first day of receipt looked at, inclusive."""
    last: dt.date
    """The last day of receipt looked at, inclusive: where the published calendar ends, or what can be counted."""
    closest: dt.timedelta
    """The least time by which the house's due moment comes before the base's; negative: how much later it comes."""
    receipt: dt.datetime
    """The first receipt at which that is so."""
    house_due: dt.datetime
    """The house's due moment of that receipt."""
    base_due: dt.datetime
    """The base's due moment of that receipt."""
    laxer_days: int
    """On how many days there is a receipt for which the house's due moment is the later one."""

    @property
    def days(self) -> int:
        """How many days of receipt were looked at.

        >>> margin("15 days", "15 days", WorkCalendar.china(), last=dt.date(2001, 12, 31)).days
        365
        """
        return (self.last - self.first).days + 1

    @property
    def never_later(self) -> bool:
        """Whether the house's due moment is the later one for no receipt.

        >>> margin("48 hours", "15 days", WorkCalendar.china()).never_later
        True
        """
        return not self.laxer_days

    def text(self, lang: Lang = "zh") -> str:
        """Say in Chinese (``zh``) or English (``en``) how close they come; raises `UnknownLanguage`.

        >>> print(margin("5 working days", "15 days", WorkCalendar.china()).text("en"))
        never later, closest 0 s (received 2020-01-19 (Sun) 00:00)
        """
        time, received = length(abs(self.closest), language(lang)), point(self.receipt, lang)
        never = f"从不更晚，最近相距{time}（{received}收到）", f"never later, closest {time} (received {received})"
        later = (
            f"{self.days}个收到日中有{self.laxer_days}日更晚，最多晚{time}（{received}收到）",
            f"later on {self.laxer_days} of {self.days} days of receipt, at most by {time} (received {received})",
        )
        return said(never if self.never_later else later, lang)

    def to_dict(self) -> dict[str, object]:
        """Give it as plain data; `closest` in seconds.

        >>> margin("15 days", "15 days", WorkCalendar.china()).to_dict()["closest"]
        0.0
        """
        return {
            "house": [str(one) for one in self.house.periods], "base": [str(one) for one in self.base.periods],
            "first": self.first.isoformat(), "last": self.last.isoformat(), "days": self.days,
            "laxer_days": self.laxer_days, "closest": self.closest.total_seconds(),
            "receipt": self.receipt.isoformat(), "house_due": self.house_due.isoformat(),
            "base_due": self.base_due.isoformat(),
        }  # fmt: skip


def against(mine: Figures, wanted: Figures) -> Pair:
    """Name two figures held against one another, and how they are counted where that is not the same.

    >>> against(Figures("5 days", Counting(roll="next_working_day")), Figures("7 days"))[0]
    '5日（末日逢休息日移至下一工作日）对7日'
    """
    apart = mine.counting != wanted.counting
    zh, en = (
        [f"{one.text(lang)}{_manner(one.counting, lang) if apart else ''}" for one in (mine, wanted)]
        for lang in LANGUAGES
    )
    return "对".join(zh), " against ".join(en)


def _manner(counting: Counting, lang: Lang) -> str:
    first = (
        [said(("起算当日计入（含当日）", "the opening day counts as the first"), lang)] if counting.opening_day else []
    )
    told = said(("；", "; "), lang).join([*first, *counting_text(counting, lang)])
    return said((f"（{told}）", f" ({told})"), lang) if told else ""


Given: TypeAlias = Figures | Period | str
"""Figures, or one period counted the plain way, or its text."""


def margin(
    house: Given,
    base: Given,
    calendar: WorkCalendar,
    *,
    base_calendar: WorkCalendar | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Margin:
    """Give by how much a house figure ends before a base figure, at the least, over every receipt (逐日比对).

    Every moment of every day from `first` to `last` is decided, both inclusive; by default from 2001-01-01 to 28
    December of the last published year. `base_calendar` counts the base's figure; by default the house's does. A
    calendar that refuses days not published, or a period that leads out of the years known, ends the days looked at
    earlier: see `Margin.last`.

    Raises `InvalidPeriod` for what is no period, `InvalidHours` where working time is counted without opening hours,
    `InvalidMoment` for days that are none or run backwards, and what counting raises where not even the first day
    can be counted.

    >>> found = margin("10 working days", "15 days", WorkCalendar.china())
    >>> found.laxer_days, found.days, found.receipt.date(), found.house_due.date(), found.base_due.date()
    (1433, 9493, datetime.date(2020, 1, 19), datetime.date(2020, 2, 10), datetime.date(2020, 2, 3))
    """
    ours, theirs = _figures(house), _figures(base)
    by, under = as_calendar(calendar), as_calendar(calendar if base_calendar is None else base_calendar)
    start = as_day(by.covers_from if first is None else first, what="first")
    end = as_day(min(by.final_through, under.final_through) if last is None else last, what="last")
    if end < start and last is None:
        why = f"it lies after the last day that is published ({end})"
        raise InvalidMoment(what="first", why=why, value=start, hint="give an earlier day, or say which is the last")
    if end < start:
        why = f"it lies before the first day ({start})"
        raise InvalidMoment(what="last", why=why, value=end, hint="are the arguments the wrong way round?")
    return _held(ours, theirs, by, under, start, end)


@lru_cache(maxsize=128)
def _held(
    ours: Figures, theirs: Figures, by: WorkCalendar, under: WorkCalendar, first: dt.date, last: dt.date
) -> Margin:
    through = first if _as_far_every_day(ours, theirs, by, under, last) else last
    moments = _moments(((ours, by), (theirs, under)))
    our_end, their_end = _counter(ours, by), _counter(theirs, under)
    closest: tuple[dt.timedelta, dt.datetime, dt.datetime, dt.datetime] | None = None
    laxer, day = 0, first
    while day <= through:
        later = False
        try:
            for moment in moments(day):
                mine, wanted = our_end(moment), their_end(moment)
                lead = wanted - mine
                later = later or mine > wanted
                if closest is None or lead < closest[0]:
                    closest = lead, moment, mine, wanted
        except _BEYOND:
            if day == first:
                raise
            last = day - _ONE_DAY
            break
        laxer += later
        day += _ONE_DAY
    if through < last and laxer:
        laxer = (last - first).days + 1
    lead, receipt, mine, wanted = cast(tuple[dt.timedelta, dt.datetime, dt.datetime, dt.datetime], closest)
    return Margin(
        house=ours, base=theirs, first=first, last=last, closest=lead, receipt=receipt, house_due=mine,
        base_due=wanted, laxer_days=laxer,
    )  # fmt: skip


def _as_far_every_day(ours: Figures, theirs: Figures, by: WorkCalendar, under: WorkCalendar, last: dt.date) -> bool:
    """Say whether every day is as good as any: two figures that are the same, or lengths that no calendar changes."""
    if (ours, by) != (theirs, under):
        if not (ours.counting.plain and theirs.counting.plain and len(ours.periods) == len(theirs.periods) == 1):
            return False
        units = {one.periods[0].unit for one in (ours, theirs)}
        if not (units <= _DAYS or units <= _HOURS):
            return False
    try:
        moment = _combine(last, _LAST_INSTANT, BEIJING)
        return None not in (ours.due_at(moment, by), theirs.due_at(moment, under))
    except _BEYOND:
        return False


def _figures(given: Given) -> Figures:
    return given if isinstance(given, Figures) else Figures(given)


def _counter(figures: Figures, calendar: WorkCalendar) -> Callable[[dt.datetime], dt.datetime]:
    """Give `Figures.due_at` without its detours, for it is asked tens of thousands of times."""
    if len(figures.periods) > 1:
        return lambda start: figures.due_at(start, calendar)
    period, counting = figures.periods[0], figures.counting
    hours = calendar.hours
    if period.unit in WORKING_TIME and counting.plain and hours is not None and hours.uniform:
        return _by_hours(period, calendar)
    due_at = period.due_at
    return lambda start: cast(dt.datetime, due_at(start, calendar, counting))


def _by_hours(period: Period, calendar: WorkCalendar) -> Callable[[dt.datetime], dt.datetime]:
    """Count working time where all days have the same hours: what a time of day comes to is counted once.

    Whatever comes on a day of rest counts from the beginning of the next day of work.
    """
    known: dict[dt.time, tuple[int, dt.timedelta]] = {}

    def due_at(start: dt.datetime) -> dt.datetime:
        day = start.date()
        index = calendar.working_days_before(day)
        time = start.time() if calendar.is_working_day(day) else _MIDNIGHT
        found = known.get(time)
        if found is None:
            end = cast(dt.datetime, period.due_at(start, calendar))
            last = (end - INSTANT).date()  # hours up to 24:00 end with their day, not with the next
            ahead = calendar.working_days_before(last) - index
            found = known[time] = ahead, end - _combine(last, _MIDNIGHT, BEIJING)
        return _combine(calendar.working_day(index + found[0]), _MIDNIGHT, BEIJING) + found[1]

    return due_at


_Side: TypeAlias = tuple[Figures, WorkCalendar]
_Spans: TypeAlias = tuple[Opening, ...]


def _moments(sides: tuple[_Side, ...]) -> Callable[[dt.date], list[dt.datetime]]:
    """Say for each day which receipts decide it: its ends, and both sides of every moment at which a formula changes.

    Between two such moments each due moment stands still or moves as the receipt does. The earliest of several then
    rises no faster than the receipt, so that its lead over another is least at one of the ends.
    """
    if all(_stands_still(figures) for figures, _ in sides):
        return lambda day: [_combine(day, _MIDNIGHT, BEIJING)]
    fixed = {_MIDNIGHT, _LAST_INSTANT}
    for figures, _ in sides:
        counting = figures.counting
        for time in (counting.starts, counting.cut_off, counting.ends):
            if isinstance(time, dt.time):
                fixed |= _beside(time)
    times = sorted(fixed)
    by_hours = [side for side in sides if _looks_at_hours(side[0])]
    if not by_hours:
        return lambda day: [_combine(day, time, BEIJING) for time in times]
    turns = [_Turns(figures, calendar) for figures, calendar in by_hours]

    def moments(day: dt.date) -> list[dt.datetime]:
        midnight = _combine(day, _MIDNIGHT, BEIJING)
        found = {_combine(day, time, BEIJING) for time in times}
        found.update(midnight + turn for one in turns for turn in one.on(day) if turn < _ONE_DAY)
        return sorted(found)

    return moments


def _stands_still(figures: Figures) -> bool:
    """Say whether its due moment is the same for every receipt of a day."""
    counting = figures.counting
    return counting.cut_off is None and counting.ends == "24:00" and all(p.unit in DAY_UNITS for p in figures.periods)


def _looks_at_hours(figures: Figures) -> bool:
    return any(one.needs_hours(figures.counting) for one in figures.periods)


def _beside(time: dt.time) -> set[dt.time]:
    moment = _combine(dt.date(2001, 1, 2), time)
    return {time, *((moment + step).time() for step in (-INSTANT, INSTANT))}


class _Turns:
    """When on a day counting by opening hours changes its formula, as times since midnight; remembered."""

    __slots__ = ("_calendar", "_close", "_known", "_lengths", "_same")

    def __init__(self, figures: Figures, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._close = CLOSE in (figures.counting.cut_off, figures.counting.ends)
        self._lengths = tuple(p.n * STEP[p.unit] for p in figures.periods if p.unit in WORKING_TIME)
        self._known: dict[tuple[_Spans, ...], tuple[dt.timedelta, ...]] = {}
        self._same: tuple[dt.timedelta, ...] | None = None

    def on(self, day: dt.date) -> tuple[dt.timedelta, ...]:
        """Give the turns of a day; none on a day of rest: all that comes on it counts from the next opening."""
        calendar, hours = self._calendar, self._calendar.hours
        if hours is None or not calendar.is_working_day(day):
            return ()
        if hours.uniform and self._same is not None:
            return self._same
        spans = [hours.on(day)]
        left = max(self._lengths, default=_ZERO)
        index = calendar.working_days_before(day)
        while left > _ZERO:
            index += 1
            spans.append(hours.on(calendar.working_day(index)))
            left -= sum((span.length for span in spans[-1]), _ZERO)
        key = tuple(spans)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(sorted(set(self._found(key))))
        self._same = known
        return known

    def _found(self, days: tuple[_Spans, ...]) -> Iterator[dt.timedelta]:
        own = days[0]
        if self._close:
            yield from (own[-1].closes, own[-1].closes + INSTANT)
        if not self._lengths:
            return
        for span in own:
            yield from (span.opens, span.closes)
        # Where the end of one receipt falls on a closing, the end of the next falls behind the following opening.
        closings = list(itertools.accumulate(span.length for spans in days for span in spans))
        for closing, needed in itertools.product(closings, self._lengths):
            into = closing - needed
            for span in own:
                if _ZERO <= into < span.length:
                    yield from (span.opens + into, span.opens + into + INSTANT)
                into -= span.length
