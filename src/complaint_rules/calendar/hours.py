"""Which moments of a day work (营业时间): opening hours and quiet hours, as values."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, final

import attrs

from complaint_rules.errors import InvalidHours, InvalidMoment, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.language import WEEKDAYS, Lang, language, said
from complaint_rules.moments import BEIJING, FIRST_DAY, as_day, as_moment

WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of the week by their names in data."""
_LEAP_YEAR: Final = dt.date(2000, 1, 1).toordinal()
_ZERO: Final = dt.timedelta(0)
_WHOLE_DAY: Final = dt.timedelta(days=1)
_BETWEEN: Final = re.compile(r"\s*(?:-|–|—|~|～|至)\s*")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


@final
@attrs.frozen(kw_only=True, order=True, repr=False)
class Opening(Shown):
    """One stretch of opening (营业时段), as time since midnight.

    >>> Opening.parse("09:00-12:00").text()
    '09:00–12:00'
    """

    opens: dt.timedelta
    """When it opens, inclusive, since midnight of its day."""
    closes: dt.timedelta
    """When it closes, since midnight; at most 24 hours. A limit may end exactly then."""

    def __attrs_post_init__(self) -> None:
        if not _ZERO <= self.opens < self.closes <= _WHOLE_DAY:
            why = "it is empty" if self.opens == self.closes else "it runs backwards or leaves its day"
            raise InvalidHours(
                what="a span of opening hours",
                why=why,
                value=self.text(),
                hint="a span across midnight is two spans: up to 24:00, and from 00:00",
            )

    @classmethod
    def parse(cls, text: str) -> Opening:
        """Read a span written ``"09:00-12:00"``; an en dash, a tilde or 至 will do, and ``24:00`` is the day's end.

        Raises `InvalidHours`.

        >>> Opening.parse("13:30至17:00").closes
        datetime.timedelta(seconds=61200)
        """
        ends = _ends(text)
        if len(ends) != 2:
            raise InvalidHours(
                what="a span of opening hours", why="two times of day are expected", value=text, hint=_EXAMPLE
            )
        return cls(opens=_since_midnight(ends[0]), closes=_since_midnight(ends[1]))

    @property
    def length(self) -> dt.timedelta:
        """How long it is open.

        >>> Opening.parse("09:00-12:00").length
        datetime.timedelta(seconds=10800)
        """
        return self.closes - self.opens

    def text(self) -> str:
        """Write the span as people do.

        >>> Opening.parse("8:30 - 24:00").text()
        '08:30–24:00'
        """
        return f"{_clock(self.opens)}–{_clock(self.closes)}"


_EXAMPLE: Final = "write it as '09:00-12:00'"
Others: TypeAlias = Mapping[str, Iterable[str | Opening]]
"""Spans by day of the week, ``"monday"`` to ``"sunday"``."""
_Weekly: TypeAlias = tuple[tuple[int, tuple[Opening, ...]], ...]


@final
@attrs.frozen(kw_only=True, repr=False)
class Season(Shown):
    """A part of every year with hours of its own (冬夏作息), as winter hours from 1 October to 30 April.

    >>> winter = Season.of("10-01", "04-30", "08:30-12:00", "14:00-17:30")
    >>> winter.holds(dt.date(2026, 12, 31)), winter.holds(dt.date(2026, 5, 1))
    (True, False)
    """

    first: tuple[int, int]
    """Month and day with which it begins, inclusive."""
    last: tuple[int, int]
    """Month and day with which it ends, inclusive; earlier in the year than `first`: of the next year."""
    spans: tuple[Opening, ...]
    """Its spans, in order, apart from one another."""
    weekdays: _Weekly = ()
    """(day of the week, 0 for Monday, its spans) where those differ within the season."""

    def __attrs_post_init__(self) -> None:
        _apart(self.spans, f"the hours from {_month_day(self.first)} to {_month_day(self.last)}")

    @classmethod
    def of(cls, first: str, last: str, *spans: str | Opening, weekdays: Others | None = None) -> Season:
        """Build a season from month and day, as ``"05-01"``, and spans in any order; raises `InvalidHours`.

        >>> Season.of("05-01", "09-30", "08:30-12:00", "14:30-18:00").first
        (5, 1)
        """
        return cls(first=_read_month_day(first), last=_read_month_day(last), spans=_spans(spans),
                   weekdays=_weekly(weekdays))  # fmt: skip

    def holds(self, date: dt.date) -> bool:
        """Say whether a day lies in it.

        >>> Season.of("05-01", "09-30", "08:30-17:00").holds(dt.date(2026, 9, 30))
        True
        """
        day = (date.month, date.day)
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


@final
@attrs.frozen(kw_only=True, repr=False)
class Hours(Shown):
    """Opening hours (营业时间): one or more spans on each working day, others by day of the week, season or date.

    They say which moments of a working day work, not which days do: that is the calendar's matter, and a make-up
    working day has the normal hours unless it is named here. Where several are given for a day, the date prevails over
    the day of the week, and that over the season; within a season its own day of the week prevails.

    >>> Hours.of("13:30-17:00", "09:00-12:00", exceptions={"2026-10-10": ["09:00-12:00"]}).text("en")
    '09:00–12:00, 13:30–17:00; 2026-10-10: 09:00–12:00'
    >>> short = Hours.of("09:00-17:00", weekdays={"saturday": ["09:00-12:00"]})
    >>> short.closing(dt.date(2026, 10, 10)).isoformat()
    '2026-10-10T12:00:00+08:00'
    """

    spans: tuple[Opening, ...]
    """The normal spans, in order, apart from one another."""
    exceptions: tuple[tuple[dt.date, tuple[Opening, ...]], ...] = ()
    """(day, its spans) where they differ from the normal ones, by day."""
    weekdays: _Weekly = ()
    """(day of the week, 0 for Monday, its spans) where they differ from the normal ones."""
    seasons: tuple[Season, ...] = ()
    """Parts of the year with other hours; no day lies in two."""
    _daily: dt.timedelta = attrs.field(init=False, eq=False, repr=False)
    _by_day: dict[dt.date, tuple[Opening, ...]] = attrs.field(init=False, eq=False, repr=False)
    _by_weekday: dict[int, tuple[Opening, ...]] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        _apart(self.spans, "the opening hours")
        object.__setattr__(self, "_daily", sum((span.length for span in self.spans), _ZERO))
        object.__setattr__(self, "_by_day", dict(self.exceptions))
        object.__setattr__(self, "_by_weekday", dict(self.weekdays))
        for day, spans in self.exceptions:
            _apart(spans, f"the hours of {day}")
        for day in map(dt.date.fromordinal, range(_LEAP_YEAR, _LEAP_YEAR + 366)) if len(self.seasons) > 1 else ():
            if sum(season.holds(day) for season in self.seasons) > 1:
                why = "two seasons hold on it, and they could differ"
                raise InvalidHours(what=f"the hours of {day:%m-%d}", why=why, value=self.text("en"))

    @classmethod
    def of(
        cls,
        *spans: str | Opening,
        exceptions: Mapping[dt.date | str, Iterable[str | Opening]] | None = None,
        weekdays: Others | None = None,
        seasons: Iterable[Season] = (),
    ) -> Hours:
        """Build hours from spans in any order; others for single days (dates or ISO text), days of the week, seasons.

        Raises `InvalidHours` for spans that are empty, run backwards or overlap, and where a day has none: to close a
        day use `WorkCalendar.with_override`.

        >>> Hours.of("09:00-17:00").daily
        datetime.timedelta(seconds=28800)
        """
        others: dict[dt.date, tuple[Opening, ...]] = {}
        for key, value in (exceptions or {}).items():
            day = _day(key)
            if day in others:
                raise InvalidHours(what=f"the hours of {day}", why="they are given twice", value=key)
            others[day] = _spans(value)
        return cls(
            spans=_spans(spans), exceptions=tuple(sorted(others.items())), weekdays=_weekly(weekdays),
            seasons=tuple(sorted(seasons, key=lambda season: season.first)),
        )  # fmt: skip

    @property
    def uniform(self) -> bool:
        """Whether every working day has the normal hours.

        >>> Hours.of("09:00-17:00").uniform
        True
        """
        return not (self.exceptions or self.weekdays or self.seasons)

    @property
    def daily(self) -> dt.timedelta:
        """Working time of a normal day.

        >>> Hours.of("09:00-12:00", "13:30-17:00").daily
        datetime.timedelta(seconds=23400)
        """
        return self._daily

    def on(self, date: dt.date) -> tuple[Opening, ...]:
        """Give the spans a day has if it works.

        >>> [span.text() for span in Hours.of("09:00-17:00").on(dt.date(2026, 10, 10))]
        ['09:00–17:00']
        """
        known = self._by_day.get(date)
        if known is not None or not (self.weekdays or self.seasons):
            return self.spans if known is None else known
        season = next((season for season in self.seasons if season.holds(date)), None)
        weekday = date.weekday()
        known = self._by_weekday.get(weekday)
        if season is not None:
            known = dict(season.weekdays).get(weekday, season.spans if known is None else known)
        return self.spans if known is None else known

    def opening(self, date: dt.date) -> dt.datetime:
        """Give the moment at which a day opens (开始营业).

        >>> Hours.of("09:00-17:00").opening(dt.date(2026, 10, 10)).isoformat()
        '2026-10-10T09:00:00+08:00'
        """
        return _midnight(date) + self.on(date)[0].opens

    def closing(self, date: dt.date) -> dt.datetime:
        """Give the moment at which a day closes (停止营业), as Civil Code art. 203 ends a last day.

        >>> Hours.of("09:00-17:00").closing(dt.date(2026, 10, 10)).isoformat()
        '2026-10-10T17:00:00+08:00'
        """
        return _midnight(date) + self.on(date)[-1].closes

    def text(self, lang: Lang = "zh") -> str:
        """Write the hours in one line, in Chinese (``"zh"``) or English (``"en"``).

        >>> Hours.of("09:00-17:00").text()
        '09:00–17:00'
        >>> Hours.of("09:00-17:00", weekdays={"friday": ["09:00-16:00"]}).text("zh")
        '09:00–17:00；周五：09:00–16:00'
        """
        lang = language(lang)
        colon, comma, semicolon = ("：", "、", "；") if lang == "zh" else (": ", ", ", "; ")

        def told(about: str, spans: tuple[Opening, ...]) -> str:
            times = comma.join(span.text() for span in spans)
            return f"{about}{colon}{times}" if about else times

        parts = [told("", self.spans)]
        parts += [told(_named(weekday, lang), spans) for weekday, spans in self.weekdays]
        for season in self.seasons:
            first, last = _month_day(season.first), _month_day(season.last)
            about = said((f"{first}至{last}", f"{first} to {last}"), lang)
            parts.append(told(about, season.spans))
            parts += [told(f"{about} {_named(weekday, lang)}", spans) for weekday, spans in season.weekdays]
        parts += [told(f"{day}", spans) for day, spans in self.exceptions]
        return semicolon.join(parts)

    def signature(self, year: int) -> str:
        """Give what of the hours bears on a year, for `WorkCalendar.fingerprint`.

        >>> Hours.of("09:00-17:00", exceptions={"2027-01-04": ["09:00-12:00"]}).signature(2026)
        '09:00–17:00'
        """
        return attrs.evolve(self, exceptions=tuple(e for e in self.exceptions if e[0].year == year)).text("en")


@final
@attrs.frozen(kw_only=True, repr=False)
class Quiet(Shown):
    """Quiet hours (免打扰时段), in which customers are not contacted; they never move a limit.

    Both edges permit contact: of 18:00 to 08:00 the forbidden moments are those after 18:00 and before 08:00.

    >>> Quiet().text()
    '18:00–08:00'
    """

    start: dt.time = dt.time(18)
    """The last moment of the evening at which contact is permitted, Beijing time."""
    end: dt.time = dt.time(8)
    """The first moment at which it is permitted again; earlier than `start` means the next morning."""

    def __attrs_post_init__(self) -> None:
        for name, edge in (("start", self.start), ("end", self.end)):
            if not _is_plain_time(edge):
                raise InvalidHours(what=f"Quiet.{name}", why="a time of day without a zone is expected", value=edge)
        if self.start == self.end:
            raise InvalidHours(what="quiet hours", why="they are empty: both edges are the same", value=self.start)

    @classmethod
    def parse(cls, text: str) -> Quiet:
        """Read quiet hours written ``"18:00-08:00"``; raises `InvalidHours`.

        >>> Quiet.parse("21:00-07:30").end
        datetime.time(7, 30)
        """
        ends = _ends(text)
        if len(ends) != 2:
            raise InvalidHours(
                what="quiet hours", why="two times of day are expected", value=text, hint="write '18:00-08:00'"
            )
        start, end = ((_midnight(FIRST_DAY) + _since_midnight(part)).time() for part in ends)
        return cls(start=start, end=end)

    def permits(self, moment: dt.datetime) -> bool:
        """Say whether a customer may be contacted at a moment; raises `InvalidMoment` for a naive one.

        >>> [
        ...     Quiet().permits(dt.datetime(2026, 9, 30, *at, tzinfo=BEIJING))
        ...     for at in ((18, 0), (18, 1), (8, 0))
        ... ]
        [True, False, True]
        """
        return self.allows(as_moment(moment, what="the moment").time())

    def allows(self, now: dt.time) -> bool:
        """Say whether a customer may be contacted at a time of the Beijing day; both edges are permitted.

        >>> Quiet().allows(dt.time(18, 0)), Quiet().allows(dt.time(7, 59))
        (True, False)
        """
        if self.start < self.end:
            return not self.start < now < self.end
        return self.end <= now <= self.start

    def contact_by(self, due: dt.datetime, not_before: dt.datetime | None = None) -> dt.datetime | None:
        """Give the last permitted moment of contact not after `due`, and not before `not_before` (最晚联系时间).

        None means that no permitted moment is left: only a deviation from the quiet hours can meet the limit. Raises
        `InvalidMoment` for naive moments and for a `due` before `not_before`.

        >>> formed, due = (dt.datetime(2026, 9, 30, *at, tzinfo=BEIJING) for at in ((17, 30), (19, 30)))
        >>> Quiet().contact_by(due, formed).isoformat()
        '2026-09-30T18:00:00+08:00'
        >>> Quiet().contact_by(due + dt.timedelta(minutes=90), formed + dt.timedelta(minutes=90)) is None
        True
        """
        last = as_moment(due, what="the due moment")
        first = None if not_before is None else as_moment(not_before, what="not_before")
        if first is not None and first > last:
            raise InvalidMoment(what="contact_by", why=f"the due moment lies before not_before ({first})", value=due)
        if not self.permits(last):
            evening = dt.datetime.combine(last.date(), self.start, BEIJING)
            last = evening if evening <= last else evening - _WHOLE_DAY
        return None if first is not None and last < first else last

    def window(self, moment: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """Give the next time in which contact is permitted, from `moment` on: its first and last moment, inclusive.

        Raises `InvalidMoment` for a naive one.

        >>> [edge.isoformat() for edge in Quiet().window(dt.datetime(2026, 9, 30, 19, 30, tzinfo=BEIJING))]
        ['2026-10-01T08:00:00+08:00', '2026-10-01T18:00:00+08:00']
        """
        first = as_moment(moment, what="the moment")
        if not self.permits(first):
            first = _next(first, self.end)
        return first, _next(first, self.start)

    def text(self) -> str:
        """Write the quiet hours as people do.

        >>> Quiet(start=dt.time(21), end=dt.time(7, 30)).text()
        '21:00–07:30'
        """
        return f"{self.start:%H:%M}–{self.end:%H:%M}"


def _next(moment: dt.datetime, time: dt.time) -> dt.datetime:
    """Give the first moment not before another at which it is a time of day."""
    found = dt.datetime.combine(moment.date(), time, BEIJING)
    return found if found >= moment else found + _WHOLE_DAY


def _is_plain_time(value: object) -> bool:
    return isinstance(value, dt.time) and value.tzinfo is None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=BEIJING)


def _day(value: object) -> dt.date:
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise InvalidHours(
                what="a day with hours of its own", why="a date as 2026-10-10 is expected", value=value
            ) from None
    return as_day(value, what="a day with hours of its own", error=InvalidHours)


def _weekly(given: Others | None) -> _Weekly:
    found: dict[int, tuple[Opening, ...]] = {}
    for name, value in (given or {}).items():
        if name not in WEEK:
            raise InvalidHours(
                what="a day of the week", why="monday to sunday is expected", value=name, hint=did_you_mean(name, WEEK)
            )
        spans = _spans(value)
        _apart(spans, f"the hours of {name}")
        found[WEEK.index(name)] = spans
    return tuple(sorted(found.items()))


def _read_month_day(text: object) -> tuple[int, int]:
    try:
        day = dt.date.fromisoformat(f"2000-{text}")  # a leap year: 29 February is a day like any other
    except ValueError:
        raise InvalidHours(
            what="the edge of a season", why="month and day are expected", value=text, hint="write '05-01'"
        ) from None
    return day.month, day.day


def _month_day(day: tuple[int, int]) -> str:
    return f"{day[0]:02}-{day[1]:02}"


def _named(weekday: int, lang: Lang) -> str:
    return said((f"周{WEEKDAYS['zh'][weekday]}", WEEKDAYS["en"][weekday]), lang)


def _spans(values: str | Opening | Iterable[str | Opening]) -> tuple[Opening, ...]:
    if isinstance(values, (str, Opening)):
        values = [values]
    return tuple(sorted(value if isinstance(value, Opening) else Opening.parse(value) for value in values))


def _apart(spans: tuple[Opening, ...], what: str) -> None:
    if not spans:
        raise InvalidHours(
            what=what, why="no span is given, so the day has no working time", hint="to close a day use with_override"
        )
    for earlier, later in itertools.pairwise(spans):
        if later.opens < earlier.closes:
            raise InvalidHours(what=what, why=f"{earlier.text()} and {later.text()} overlap or are out of order")


def _ends(text: object) -> list[str]:
    return _BETWEEN.split(text.strip()) if isinstance(text, str) else []


def _since_midnight(text: str) -> dt.timedelta:
    found = _CLOCK.fullmatch(text.strip())
    time = dt.timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3] or 0)) if found else None
    if found is None or time is None or int(found[2]) > 59 or int(found[3] or 0) > 59 or time > _WHOLE_DAY:
        raise InvalidHours(what="a time of day", why="HH:MM from 00:00 to 24:00 is expected", value=text, hint=_EXAMPLE)
    return time


def _clock(time: dt.timedelta) -> str:
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
