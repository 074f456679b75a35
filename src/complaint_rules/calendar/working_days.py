"""Which days work (工作日): what is published and what is not yet, counting in constant time."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Final, Literal, final

import attrs

from complaint_rules.calendar.day_data import DayDifference, package_differences, refused
from complaint_rules.calendar.days import CalendarDay, Certainty, Override
from complaint_rules.calendar.hours import Hours, Opening
from complaint_rules.calendar.notices import ENGLISH, DayKind, Notice, checked_notice
from complaint_rules.calendar.published import published, statutory_known
from complaint_rules.calendar.tables import (
    CODE,
    FIRST,
    KINDS,
    PLAIN,
    DayTable,
    first_record,
    known_on,
    plain_days,
    table_of,
    write_notice,
)
from complaint_rules.errors import (
    CalendarDiffers,
    CalendarUnpublished,
    ComplaintRulesError,
    InvalidHours,
    InvalidMoment,
    InvalidNotice,
    InvalidPeriod,
    did_you_mean,
)
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, language
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY, LAST_DAY, as_day

__all__ = ["CalendarDay", "Certainty", "DayKind", "Notice", "Override", "WorkCalendar"]

_POLICIES: Final = ("provisional", "refuse")
_DIFFERING: Final = ("refuse", "pinned")


def as_calendar(value: object) -> WorkCalendar:
    """Check that a calendar is given where one is counted with.

    >>> as_calendar("china")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidPeriod: calendar: a WorkCalendar is expected; got 'china'; pass WorkCalendar.china()
    """
    if not isinstance(value, WorkCalendar):
        raise InvalidPeriod(
            what="calendar", why="a WorkCalendar is expected", value=value, hint="pass WorkCalendar.china()"
        )
    return value


@final
@attrs.frozen(kw_only=True, repr=False)
class WorkCalendar(Shown):
    """The Chinese working calendar (工作日历): an immutable value that says which days work, and how surely.

    It covers 2001-01-01 to 2099-12-31. Statutory days and exchanges stand in a table of this library, `days.toml`,
    against which those of the installed package `holidays` are held at the first question: see `differing`. A new year
    arrives by upgrading this library, or before that by `with_notice`; another version of the package changes no
    answer. Up to 28 December of the last published year answers are final: notices have moved days from 29 December
    on. Later days are provisional: what is statutory by law rests, weekends rest, and nothing that only a notice could
    arrange is assumed, neither exchanges nor days made up for statutory days on weekends.

    The table of days is built on the first question and shared by all calendars that know the same notices.

    >>> calendar = WorkCalendar.china()
    >>> calendar.add_working_days(dt.date(2026, 9, 28), 7)
    datetime.date(2026, 10, 13)
    >>> calendar.kind(dt.date(2026, 10, 10)).name
    'MAKE_UP_WORKDAY'
    """

    unpublished: Literal["provisional", "refuse"] = "provisional"
    """What becomes of a question beyond `final_through`: a provisional answer, or `CalendarUnpublished`."""
    as_known_on: dt.date | None = None
    """The day whose knowledge the calendar shows: notices published later are not applied. None: all that is known."""
    notices: tuple[Notice, ...] = ()
    """Notices added with `with_notice`, by year."""
    overrides: tuple[Override, ...] = ()
    """Own openings and closures added with `with_override`, by day."""
    hours: Hours | None = None
    """Opening hours added with `with_hours`; None where only days are counted."""
    differing: Literal["refuse", "pinned"] = attrs.field(default="refuse", eq=False)
    """What becomes of a question where the installed package `holidays` differs (所装holidays包与所公布的不一致时).

    It says something else of a day than was published: ``refuse`` raises `CalendarDiffers`; ``pinned`` counts by the
    days of this library, and `day` says of which days the package differs. It changes no answer, and is not compared.
    """
    # Empty until the first question, which then misses and fills them: a property here would slow every count down.
    # One pair, written at once, so that no other thread finds the one table without the other.
    _counts: tuple[dict[dt.date, int], list[dt.date]] = attrs.field(
        init=False, factory=lambda: ({}, []), eq=False, repr=False
    )
    _made: list[DayTable] = attrs.field(init=False, factory=list, eq=False, repr=False)
    _prints: dict[int, str] = attrs.field(init=False, factory=dict, eq=False, repr=False)
    _times: list[dt.timedelta] = attrs.field(init=False, factory=list, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.unpublished not in _POLICIES:
            raise InvalidNotice(
                what="unpublished",
                why="what to do beyond the last published year is one of 'provisional', 'refuse'",
                value=self.unpublished,
                hint=did_you_mean(self.unpublished, _POLICIES),
            )
        if self.differing not in _DIFFERING:
            raise InvalidNotice(
                what="differing",
                why="what to do where the package holidays differs is one of 'refuse', 'pinned'",
                value=self.differing,
                hint=did_you_mean(self.differing, _DIFFERING),
            )
        if self.as_known_on is not None:
            on = as_day(self.as_known_on, what="as_known_on")
            if on < first_record():
                raise InvalidMoment(
                    what="as_known_on",
                    why=f"when the notices before that of {first_record()} were made public is not on file",
                    value=on,
                    hint=f"give a day from {first_record()} on, or leave it out",
                )

    @classmethod
    def china(
        cls,
        unpublished: Literal["provisional", "refuse"] = "provisional",
        as_known_on: dt.date | None = None,
        *,
        differing: Literal["refuse", "pinned"] = "refuse",
    ) -> WorkCalendar:
        """Give the calendar of mainland China.

        `differing` says what becomes of a question where the installed package `holidays` says something else than was
        published, `unpublished` what becomes of days after `final_through`. With `as_known_on` the calendar shows what
        was public on that day, so a year whose notice came later is provisional, and three arrangements changed during
        their year (2015, 2019, 2020) stand as they stood. Refuses days before the notice for 2007, because when earlier
        notices were made public is not on file; a notice counts from the day it was published, or dated where the day
        of publication is not established.

        Raises `InvalidNotice` for an unknown `unpublished` or `differing`, `InvalidMoment` for an impossible
        `as_known_on`. Any question raises `CalendarDiffers` where the package differs and that is refused.

        >>> WorkCalendar.china(as_known_on=dt.date(2019, 3, 10)).is_working_day(dt.date(2019, 5, 2))
        True
        >>> WorkCalendar.china(as_known_on=dt.date(2019, 3, 25)).is_working_day(dt.date(2019, 5, 2))
        False
        """
        return cls(unpublished=unpublished, as_known_on=as_known_on, differing=differing)

    # Coverage ---------------------------------------------------------------------------------------------------

    @property
    def covers_from(self) -> dt.date:
        """The first day answered for, inclusive.

        >>> WorkCalendar.china().covers_from
        datetime.date(2001, 1, 1)
        """
        return FIRST_DAY

    @property
    def covers_through(self) -> dt.date:
        """The last day answered for, inclusive: `final_through` where unpublished days are refused.

        >>> WorkCalendar.china().covers_through
        datetime.date(2099, 12, 31)
        """
        return LAST_DAY if self.unpublished == "provisional" else self.final_through

    @property
    def final_through(self) -> dt.date:
        """The last final day (确定截止日), inclusive: 28 December of the last year whose notice this calendar knows.

        >>> WorkCalendar.china(as_known_on=dt.date(2025, 11, 3)).final_through
        datetime.date(2025, 12, 28)
        """
        return dt.date(self._last_year, 12, 28)

    def certainty(self, date: dt.date) -> Certainty:
        """Say whether the notice that could still move a day is published; never refuses a day from 2001 to 2099.

        >>> WorkCalendar.china(as_known_on=dt.date(2026, 11, 20)).certainty(dt.date(2027, 1, 4)).name
        'PROVISIONAL'
        """
        return Certainty.FINAL if as_day(date, what="the day") <= self.final_through else Certainty.PROVISIONAL

    def certainty_reason(self, date: dt.date, lang: Lang = "zh") -> str:
        """Say in Chinese (``"zh"``) or English why a day is provisional; empty for a final one.

        >>> WorkCalendar.china(as_known_on=dt.date(2026, 11, 20)).certainty_reason(dt.date(2027, 1, 4), "en")
        'the notice for 2027 is not published; exchanged days are not known yet'
        """
        lang = language(lang)
        if self.certainty(date) is Certainty.FINAL:
            return ""
        year = max(date.year, self._last_year + 1)
        if lang == "zh":
            return f"{year}年放假安排尚未公布，换休与补班日未知"
        return f"the notice for {year} is not published; exchanged days are not known yet"

    # Days -------------------------------------------------------------------------------------------------------

    def kind(self, date: dt.date) -> DayKind:
        """Say which of the five kinds a day is (日期类型), by law and notice; overrides leave the kind alone.

        Raises `InvalidMoment` outside 2001–2099, `CalendarUnpublished` where unpublished days are refused.

        >>> WorkCalendar.china().kind(dt.date(2026, 10, 6)).name
        'SWAPPED_DAY_OFF'
        """
        self._indexed(date)
        return KINDS[self._table.kinds[date.toordinal() - FIRST]]

    def is_working_day(self, date: dt.date) -> bool:
        """Say whether a day works (是否工作日), overrides included; errors as `kind`.

        >>> WorkCalendar.china().is_working_day(dt.date(2026, 10, 10))
        True
        """
        index = self._indexed(date)
        return self._counts[1][index] == date

    def day(self, date: dt.date) -> CalendarDay:
        """Give all that is known of a day: kind, notice, festival, what it is exchanged with; errors as `kind`.

        >>> WorkCalendar.china().day(dt.date(2026, 2, 14)).swapped_with
        datetime.date(2026, 2, 20)
        """
        kind = self.kind(date)
        note = self._table.notes.get(date, PLAIN)
        place = bisect.bisect_left(self.overrides, date, key=lambda own: own.date)
        override = self.overrides[place] if place < len(self.overrides) else None
        override = override if override is not None and override.date == date else None
        return CalendarDay(
            date=date,
            kind=kind,
            works=self.is_working_day(date),
            notice=note.notice or self.notice(date.year),
            name_zh=note.occasion[0] or "、".join(note.names),
            name_en=note.occasion[1] or ", ".join(ENGLISH[name] for name in note.names),
            compensates=note.compensates,
            swapped_with=note.swapped_with,
            reason=override.reason if override else "",
            reason_en=override.reason_en if override else "",
            certainty=self.certainty(date),
            disputed=self.differing == "pinned" and date in self.disputed_days,
        )

    @property
    def disputed_days(self) -> Mapping[dt.date, DayDifference]:
        """The days of which the installed package `holidays` says something else than was published (有出入的日期).

        None of its days is used; where it cannot be read at all there is nothing to list.

        >>> dict(WorkCalendar.china(differing="pinned").disputed_days)
        {}
        """
        try:
            return FrozenMap({one.day: one for one in package_differences()})
        except CalendarDiffers:
            return FrozenMap()

    def notice(self, year: int) -> Notice | None:
        """Give the yearly notice (放假安排通知) for `year`; None where this calendar knows none.

        For 2001–2006 number, day and address are not on file: those fields are None, the days are there.

        >>> WorkCalendar.china().notice(2026).number
        '国办发明电〔2025〕7号'
        """
        if type(year) is not int:
            raise InvalidMoment(what="the year", why="a whole number is expected", value=year, hint="pass date.year")
        if year > self._last_year:
            return None
        return next((own for own in self.notices if own.year == year), published().notices.get(year))

    def revisions(self, year: int) -> tuple[Notice, ...]:
        """Give the notices that changed `year` while it ran, as far as this calendar knows them.

        >>> [notice.number for notice in WorkCalendar.china().revisions(2020)]
        ['国办发明电〔2020〕1号']
        """
        known = published().revisions[: known_on(self.as_known_on)[1]]
        return tuple(revision.notice for revision in known if revision.notice.year == year)

    def fingerprint(self, year: int) -> str:
        """Give a short digest of a year: its kinds of day, overrides and hours; the same however the calendar was made.

        Raises `InvalidMoment` for a year outside 2001–2099. It is no secret and no signature.

        >>> first = WorkCalendar.china().fingerprint(2026)
        >>> first == WorkCalendar.china(unpublished="refuse").fingerprint(2026)
        True
        """
        if type(year) is not int or not FIRST_DAY.year <= year <= LAST_DAY.year:
            raise InvalidMoment(
                what="the year", why=f"the years known run from {FIRST_DAY.year} to {LAST_DAY.year}", value=year
            )
        known = self._prints.get(year)
        if known is None:
            known = self._prints[year] = self._digest(year)
        return known

    def _digest(self, year: int) -> str:
        import hashlib

        start, end = dt.date(year, 1, 1).toordinal() - FIRST, dt.date(year, 12, 31).toordinal() - FIRST + 1
        digest = hashlib.sha256(f"{year}:".encode())
        digest.update(bytes(code + 48 for code in self._table.kinds[start:end]))
        for own in self.overrides:
            if own.date.year == year:
                digest.update(f"|{own.date}={own.works}:{own.reason}".encode())
        if self.hours is not None:
            digest.update(f"|{self.hours.signature(year)}".encode())
        return digest.hexdigest()[:16]

    # Counting ---------------------------------------------------------------------------------------------------

    def add_working_days(self, date: dt.date, n: int) -> dt.date:
        """Give the n-th working day after `date`, or before it for a negative n (加工作日).

        Day 1 is the first working day after (before) `date`, whether `date` itself works or not; n is never 0, because
        on a rest day that would have two answers: see `working_day_on_or_after`.

        Raises `InvalidMoment` for n = 0, for a day that is not a date, and beyond 2001–2099; `CalendarUnpublished`
        where unpublished days are refused.

        >>> WorkCalendar.china().add_working_days(dt.date(2026, 10, 13), -7)
        datetime.date(2026, 9, 28)
        """
        rank, working = self._counts
        try:
            if n > 0:
                if type(n) is int:
                    return working[rank[date] + n]
            elif type(n) is int and n < 0 and (index := self._on_or_after(date) + n) >= 0:
                return self._counts[1][index]
        except (KeyError, IndexError, TypeError, ArithmeticError):
            if not rank:
                self._fill()
                return self.add_working_days(date, n)
        if type(n) is not int or n == 0:
            raise InvalidMoment(
                what="the number of working days",
                why="a whole number other than 0 is expected",
                value=n,
                hint="for the day itself or the next working one, use working_day_on_or_after",
            )
        raise self._beyond(date, forward=n > 0)

    def count_working_days(self, after: dt.date, through: dt.date) -> int:
        """Count the working days d with after < d <= through (工作日数).

        Reversed arguments are refused, not swapped; equal ones give 0. Raises `InvalidMoment`, and
        `CalendarUnpublished` where unpublished days are refused.

        >>> WorkCalendar.china().count_working_days(dt.date(2026, 9, 28), dt.date(2026, 10, 13))
        7
        """
        rank = self._counts[0]
        try:
            count = rank[through] - rank[after]
        except (KeyError, TypeError):
            count = self._indexed(through) - self._indexed(after)
        if count > 0 or (count == 0 and after <= through):
            return count
        raise InvalidMoment(
            what="count_working_days",
            why=f"`through` ({through}) lies before `after` ({after})",
            hint="are the arguments the wrong way round?",
        )

    def working_day_on_or_after(self, date: dt.date) -> dt.date:
        """Give the day itself if it works, else the next working day (顺延); errors as `add_working_days`.

        >>> WorkCalendar.china().working_day_on_or_after(dt.date(2026, 10, 1))
        datetime.date(2026, 10, 8)
        """
        index = self._on_or_after(date)
        working = self._counts[1]
        if index < len(working):
            return working[index]
        raise self._beyond(date)

    def working_day_on_or_before(self, date: dt.date) -> dt.date:
        """Give the day itself if it works, else the last working day before it (提前); errors as `add_working_days`.

        >>> WorkCalendar.china().working_day_on_or_before(dt.date(2026, 10, 7))
        datetime.date(2026, 9, 30)
        """
        index = self._indexed(date)
        if index >= 0:
            return self._counts[1][index]
        raise self._beyond(date, forward=False)

    # Making others of it ----------------------------------------------------------------------------------------

    def with_notice(self, notice: Notice | Mapping[str, object] | None = None, /, **fields: object) -> WorkCalendar:
        """Give the calendar with a further State Council notice, checked against itself and the law.

        Two shapes are read, as a mapping or as keywords. Ours: ``year``, ``days_off`` (Monday to Friday, off; statutory
        days by law left out), ``make_up_days``, and where wanted ``number``, ``issued``, ``published``, ``address``,
        ``statutory`` (the days that make up for statutory days on weekends; without it the first days off after them in
        the break are taken) and ``exceptions``. That of holiday-cn: ``year``, ``papers``, ``days`` with ``date`` and
        ``isOffDay``. A `Notice` is taken as it is and checked likewise. Dates are dates or ISO text.

        As many days off must be exchanged as make-up days worked, save ``exceptions``; days off fall on Monday to
        Friday, make-up days on Saturday or Sunday; nothing before 29 December of the year before may be touched. The
        notice must be for the next unpublished year. One for a year already published changes nothing if it agrees, so
        that a program may keep it after an upgrade, and is refused if it differs.

        Raises `InvalidNotice` with all faults at once.

        >>> own = WorkCalendar.china(as_known_on=dt.date(2025, 11, 3)).with_notice(
        ...     year=2026,
        ...     days_off=[
        ...         "2026-01-02",
        ...         "2026-02-20",
        ...         "2026-02-23",
        ...         "2026-04-06",
        ...         "2026-05-04",
        ...         "2026-05-05",
        ...         "2026-10-05",
        ...         "2026-10-06",
        ...         "2026-10-07",
        ...     ],
        ...     make_up_days=[
        ...         "2026-01-04",
        ...         "2026-02-14",
        ...         "2026-02-28",
        ...         "2026-05-09",
        ...         "2026-09-20",
        ...         "2026-10-10",
        ...     ],
        ... )
        >>> own.final_through, own.kind(dt.date(2026, 10, 5)).name
        (datetime.date(2026, 12, 28), 'STATUTORY_HOLIDAY')
        """
        if isinstance(notice, Notice):
            given: Mapping[str, object] = {
                "year": notice.year,
                "days_off": [*notice.swapped_days_off, *(day for day, _ in notice.made_up)],
                "make_up_days": notice.make_up_days,
                "exceptions": notice.exceptions,
            } | {
                key: value
                for key in ("number", "issued", "published", "address")
                if (value := getattr(notice, key)) is not None
            }
        else:
            given = fields if notice is None else notice
            if notice is not None and fields:
                raise InvalidNotice(
                    what="with_notice", why="a notice and keywords were both given", value=sorted(fields)
                )
        added = checked_notice(given, statutory_known(self.as_known_on))
        if self.as_known_on is not None and added.published is not None and added.published > self.as_known_on:
            raise InvalidNotice(
                what=f"the notice for {added.year}",
                why=f"it was published after the day whose knowledge the calendar shows ({self.as_known_on})",
                value=added.published,
            )
        if added.year <= self._last_year:
            self._agree(added)
            return self
        if added.year != self._last_year + 1:
            raise InvalidNotice(
                what=f"the notice for {added.year}",
                why=f"the notice for {self._last_year + 1} is not known to this calendar",
                hint="add the years in order",
            )
        return attrs.evolve(self, notices=(*self.notices, added))

    def with_override(self, date: dt.date, *, works: bool, reason: str) -> WorkCalendar:
        """Give the calendar with one day opened or closed by the institution itself (本行特别安排).

        The kind of the day stays what law and notice make it. A second override of a day replaces the first. Raises
        `InvalidNotice` without a reason or with `works` that is no truth value, `InvalidMoment` outside 2001–2099.

        >>> day = dt.date(2026, 7, 15)
        >>> flooded = WorkCalendar.china().with_override(day, works=False, reason="flood warning")
        >>> flooded.is_working_day(day), flooded.day(day).reason
        (False, 'flood warning')
        """
        when = as_day(date, what="the overridden day")
        when = dt.date(when.year, when.month, when.day)
        if not isinstance(works, bool):
            raise InvalidNotice(what=f"the override of {when}", why="`works` is True or False", value=works)
        words: object = reason
        if not isinstance(words, str) or not words.strip():
            raise InvalidNotice(
                what=f"the override of {when}", why="a reason is expected: it is shown in every proof", value=reason
            )
        kept = [own for own in self.overrides if own.date != when]
        kept.append(Override(date=when, works=works, reason=reason.strip()))
        return attrs.evolve(self, overrides=tuple(sorted(kept, key=lambda own: own.date)))

    def with_hours(self, *opening: Hours | Opening | str) -> WorkCalendar:
        """Give the calendar with opening hours (营业时间), for counting working hours; raises `InvalidHours`.

        Either one `Hours`, which may have other spans for single days, or the spans of every working day. Hours for a
        day that does not work here are refused: open the day with `with_override` first.

        >>> WorkCalendar.china().with_hours("09:00-12:00", "13:30-17:00").hours.text("en")
        '09:00–12:00, 13:30–17:00'
        """
        from complaint_rules.calendar.hours import Hours, Opening

        spans = [part for part in opening if isinstance(part, Opening | str)]
        if len(opening) == 1 and isinstance(opening[0], Hours):
            hours = opening[0]
        elif len(spans) == len(opening):
            hours = Hours.of(*spans)
        else:
            raise InvalidHours(
                what="the hours",
                why="one Hours, or the spans of a day, are expected",
                value=opening[0] if len(opening) == 1 else opening,
                hint="write with_hours('09:00-12:00', '13:30-17:00')",
            )
        calendar = attrs.evolve(self, hours=hours)
        for day, _ in hours.exceptions:
            if not calendar.is_working_day(day):
                raise InvalidHours(
                    what=f"the hours of {day}",
                    why=f"the day does not work here: it is a {self.kind(day).en}",
                    hint="open it first: with_override(day, works=True, reason=…)",
                )
        return calendar

    # For `hours` ------------------------------------------------------------------------------------------------

    def working_days_before(self, date: dt.date) -> int:
        """Count the working days from 2001-01-01 to the day before `day`; errors as `kind`.

        >>> WorkCalendar.china().working_days_before(dt.date(2001, 1, 3))
        1
        """
        return self._on_or_after(date)

    def working_day(self, index: int) -> dt.date:
        """Give the working day that has `index` working days before it from 2001-01-01.

        Raises `InvalidMoment` where there is none up to 2099, `CalendarUnpublished` where unpublished days are refused.

        >>> WorkCalendar.china().working_day(0)
        datetime.date(2001, 1, 2)
        """
        if type(index) is not int:
            raise InvalidMoment(what="the index of a working day", why="a whole number is expected", value=index)
        working = self._filled()[1]
        if 0 <= index < len(working):
            return working[index]
        raise self._beyond(self.covers_through if index > 0 else FIRST_DAY, forward=index > 0)

    @property
    def working_times(self) -> Sequence[dt.timedelta]:
        """The working time before each working day, and at last before the end; of a calendar with hours.

        >>> calendar = WorkCalendar.china().with_hours("09:00-12:00")
        >>> calendar.working_times[2]
        datetime.timedelta(seconds=21600)
        """
        known = self._times
        if not known:
            days = [] if self.hours is None else [self.hours.on(day) for day in self._filled()[1]]
            lengths = (sum((span.length for span in spans), dt.timedelta(0)) for spans in days)
            known = list(itertools.accumulate(lengths, initial=dt.timedelta(0)))
            object.__setattr__(self, "_times", known)
        return known

    # Inside -----------------------------------------------------------------------------------------------------

    @property
    def _last_year(self) -> int:
        return known_on(self.as_known_on)[0] + len(self.notices)

    @property
    def _table(self) -> DayTable:
        self._filled()
        return self._made[0]

    def _filled(self) -> tuple[dict[dt.date, int], list[dt.date]]:
        """Give the look-up tables, filled with the first question."""
        if not self._counts[0]:
            self._fill()
        return self._counts

    def _fill(self) -> None:
        """Fill the look-up tables; threads that come at once fill them alike."""
        if self.differing == "refuse" and (differing := package_differences()):
            raise refused(differing)
        table = table_of(self.as_known_on, self.notices, self.overrides)
        rank, working = table.rank, table.working
        if self.unpublished == "refuse":
            through = self.final_through
            rank = {day: index for day, index in rank.items() if day <= through}
            working = working[: rank[through] + 1]
        if not working:
            raise InvalidNotice(
                what="the overrides",
                why="not a day is left that works, so nothing could ever be counted",
                value=f"{len(self.overrides)} overrides",
                hint="close single days, not the institution",
            )
        self._made.append(table)
        object.__setattr__(self, "_counts", (rank, working))

    def _indexed(self, date: dt.date) -> int:
        try:
            return self._filled()[0][date]
        except (KeyError, TypeError):
            raise self._beyond(date) from None

    def _on_or_after(self, date: dt.date) -> int:
        """Index of the first working day not before `date`, which may lie after the last one answered for."""
        index = self._indexed(date)
        return index if self._counts[1][index] == date else index + 1

    def __reduce__(self) -> tuple[object, ...]:
        # The tables stay behind: another process builds its own, or has them already.
        return _remade, (
            self.unpublished, self.as_known_on, self.notices, self.overrides, self.hours, self.differing,
        )  # fmt: skip

    def _beyond(self, date: dt.date, *, forward: bool = True) -> ComplaintRulesError:
        """Say why there is no answer: the day is unknown or unpublished, or counting from it leads there."""
        as_day(date, what="the day")
        if forward and self.unpublished == "refuse":
            year, through = self._last_year + 1, self.final_through
            return CalendarUnpublished(
                what="the working calendar",
                why=f"the notice for {year} is not published, so days after {through} are not final",
                value=date,
                hint="use unpublished='provisional' for a provisional answer, or add the notice with with_notice",
            )
        return InvalidMoment(
            what="the working calendar",
            why=f"counting from this day leads out of the years known, {FIRST_DAY} to {LAST_DAY}",
            value=date,
        )

    def _agree(self, added: Notice) -> None:
        """Refuse a notice for a published year that says something else."""
        own = bytearray(plain_days()[0])
        law = statutory_known(self.as_known_on)
        start, end = dt.date(added.year - 1, 12, 29), dt.date(added.year, 12, 28)
        for day in law:
            own[day.toordinal() - FIRST] = CODE[DayKind.STATUTORY_HOLIDAY]
        write_notice(added, own, {})
        differing = [
            str(day)
            for place, day in enumerate(plain_days()[1])
            if start <= day <= end and own[place] != self._table.kinds[place]
        ]
        if differing:
            raise InvalidNotice(
                what=f"the notice for {added.year}",
                why="that year is published and the notice given says something else",
                value=", ".join(differing),
                hint="for an institution's own days use with_override",
            )


def _remade(
    unpublished: Literal["provisional", "refuse"],
    as_known_on: dt.date | None,
    notices: tuple[Notice, ...],
    overrides: tuple[Override, ...],
    hours: Hours | None,
    differing: Literal["refuse", "pinned"],
) -> WorkCalendar:
    return WorkCalendar(
        unpublished=unpublished, as_known_on=as_known_on, notices=notices, overrides=overrides, hours=hours,
        differing=differing,
    )  # fmt: skip
