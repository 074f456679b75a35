"""What each day is: the values a calendar answers with, and the tables of days it answers from."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import itertools
from collections.abc import Mapping
from typing import Final, final

import attrs

from complaint_rules.calendar.notices import DayKind, Notice, published, statutory_known
from complaint_rules.moments import FIRST_DAY, LAST_DAY

KINDS: Final = tuple(DayKind)
CODE: Final = {kind: code for code, kind in enumerate(KINDS)}
_WORKS: Final = bytes(kind.works for kind in KINDS).ljust(256, b"\0")
"""Translation of codes into 1 for a day that works, 0 for one that rests."""
FIRST: Final = FIRST_DAY.toordinal()


@final
class Certainty(enum.Enum):
    """How far an answer can be relied on (确定性).

    >>> Certainty.PROVISIONAL.title("zh")
    '暂定'
    """

    FINAL = "final"
    """Every day it rests on is arranged by a published notice."""
    PROVISIONAL = "provisional"
    """It rests on days whose notice is not published: statutory days are known by law, exchanges are not."""

    def title(self, lang: str = "en") -> str:
        """Name the certainty in Chinese (``"zh"``) or, for any other `lang`, in English.

        >>> Certainty.FINAL.title()
        'final'
        """
        final_ = self is Certainty.FINAL
        if lang == "zh":
            return "确定" if final_ else "暂定"
        return "final" if final_ else "provisional"


@final
@attrs.frozen(kw_only=True)
class Override:
    """One institution's own opening or closure (本行特别安排): it decides whether a day works, not its kind."""

    date: dt.date
    """The day."""
    works: bool
    """Whether it works here."""
    reason: str
    """Why; shown wherever the day is explained."""


@final
@attrs.frozen(kw_only=True)
class CalendarDay:
    """All that the calendar knows of one day (日历日).

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> day = WorkCalendar.china().day(dt.date(2026, 10, 5))
    >>> day.kind.name, day.compensates, day.notice.number
    ('STATUTORY_HOLIDAY', datetime.date(2026, 10, 3), '国办发明电〔2025〕7号')
    >>> day.note("zh")
    '国庆节，补10月3日'
    """

    date: dt.date
    """The day."""
    kind: DayKind
    """Its kind by law and notice; an institution's override does not change it."""
    works: bool
    """Whether it works in this calendar, overrides included."""
    notice: Notice | None
    """The notice that arranges it; None where none is published."""
    name_zh: str = ""
    """Festival or occasion in Chinese; empty for an ordinary day."""
    name_en: str = ""
    """Festival or occasion in English; empty for an ordinary day."""
    compensates: dt.date | None = None
    """For a statutory day made up (补假): the day for which it stands."""
    swapped_with: dt.date | None = None
    """The other half of an exchange, where the source pairs them."""
    reason: str = ""
    """Why an institution's own override decides; empty where none does."""
    certainty: Certainty = Certainty.FINAL
    """Whether the notice that could still move it is published."""

    def note(self, lang: str = "en") -> str:
        """Say in Chinese (``"zh"``) or English what is particular about the day; empty for an ordinary one.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> WorkCalendar.china().day(dt.date(2026, 10, 10)).note()
        'make-up for 2026-10-07'
        """
        zh = lang == "zh"
        parts = [name] if (name := self.name_zh if zh else self.name_en) else []
        if self.compensates:
            parts.append(f"补{_short(self.compensates)}" if zh else f"in lieu of {self.compensates}")
        if self.swapped_with:
            other = self.swapped_with
            if self.kind.works:
                parts.append(f"补{_short(other)}的班" if zh else f"make-up for {other}")
            else:
                parts.append(f"与{_short(other)}对换" if zh else f"exchanged for {other}")
        if self.reason:
            parts.append(f"本行安排：{self.reason}" if zh else f"own arrangement: {self.reason}")
        return ("，" if zh else ", ").join(parts)


@attrs.frozen(kw_only=True)
class DayNote:
    """What a day of the base table carries beyond its kind."""

    notice: Notice | None = None
    names: tuple[str, ...] = ()
    occasion: tuple[str, str] = ("", "")
    compensates: dt.date | None = None
    swapped_with: dt.date | None = None


@attrs.frozen(kw_only=True)
class DayTable:
    """Prefix counts; shared between calendars and never written after they are built."""

    kinds: bytes
    """Code of the kind of each day; index 0 is `FIRST_DAY`."""
    rank: dict[dt.date, int]
    """Of each day: the index in `working` of the last working day up to that day, inclusive; -1 for none.

    By date, not by ordinal: one look-up then finds the count and refuses what is no date of the range.
    """
    working: list[dt.date]
    """The working days themselves, ready made: building a date costs as much as looking one up."""
    notes: Mapping[dt.date, DayNote]
    """What is particular about days that are."""


PLAIN: Final = DayNote()


@functools.lru_cache(maxsize=1)
def first_record() -> dt.date:
    """Give the first day of which it is on file what was public."""
    return min(notice.known_from for notice in published().notices.values() if notice.issued)


@functools.lru_cache(maxsize=64)
def known_on(on: dt.date | None) -> tuple[int, int, int]:
    """Say what was public on a day: the last year arranged, the number of revisions and of editions of the Measures."""
    source = published()
    if on is None:
        return max(source.notices), len(source.revisions), len(source.measures)
    return (
        max(year for year, notice in source.notices.items() if notice.known_from <= on),
        sum(revision.notice.known_from <= on for revision in source.revisions),
        sum(edition.published <= on for edition in source.measures),
    )


@functools.lru_cache(maxsize=1)
def plain_days() -> tuple[bytes, list[dt.date]]:
    """Give the days without any law or notice: the code of each, and each as a ready date."""
    days = [dt.date.fromordinal(ordinal) for ordinal in range(FIRST, LAST_DAY.toordinal() + 1)]
    weekend, workday = CODE[DayKind.WEEKEND], CODE[DayKind.WORKDAY]
    return bytes(weekend if day.weekday() >= 5 else workday for day in days), days


@functools.lru_cache(maxsize=4)
def _base(last: int, revisions: int, measures: int) -> DayTable:
    """Build the table of what was public: arranged up to the year `last`, after so many revisions and editions."""
    source = published()
    kinds, notes = bytearray(plain_days()[0]), dict[dt.date, DayNote]()
    for day, names in statutory_known(source.measures[measures - 1].published).items():
        kinds[day.toordinal() - FIRST] = CODE[DayKind.STATUTORY_HOLIDAY]
        notes[day] = DayNote(names=names)
    for year, notice in source.notices.items():
        if year <= last:
            write_notice(notice, kinds, notes)
    for number, revision in enumerate(source.revisions):
        stood = number >= revisions
        for day, before, after in revision.days:
            if revision.notice.year <= last:
                kinds[day.toordinal() - FIRST] = CODE[before if stood else after]
                note = notes.get(day, PLAIN)
                exchanged = (before if stood else after) in {DayKind.SWAPPED_DAY_OFF, DayKind.MAKE_UP_WORKDAY}
                notes[day] = DayNote(
                    notice=None if stood else revision.notice,
                    occasion=("", "") if stood else (revision.notice.subject_zh, revision.notice.subject_en),
                    swapped_with=note.swapped_with if exchanged else None,
                )
    return _counted(bytes(kinds), kinds.translate(_WORKS), notes)


def table_of(on: dt.date | None, notices: tuple[Notice, ...], overrides: tuple[Override, ...]) -> DayTable:
    """Build the table of one calendar: that of all who know the same, unless it has notices or overrides of its own."""
    table = _base(*known_on(on))
    if not notices and not overrides:
        return table
    kinds, notes = bytearray(table.kinds), dict(table.notes)
    for notice in notices:
        write_notice(notice, kinds, notes)
    works = bytearray(kinds.translate(_WORKS))
    for own in overrides:
        works[own.date.toordinal() - FIRST] = own.works
    return _counted(bytes(kinds), works, notes)


def write_notice(notice: Notice, kinds: bytearray, notes: dict[dt.date, DayNote]) -> None:
    """Write a notice's days over what stood."""
    for day in notice.swapped_days_off:
        kinds[day.toordinal() - FIRST] = CODE[DayKind.SWAPPED_DAY_OFF]
        notes[day] = DayNote(notice=notice)
    for day in notice.make_up_days:
        kinds[day.toordinal() - FIRST] = CODE[DayKind.MAKE_UP_WORKDAY]
        notes[day] = DayNote(notice=notice)
    for off, work in notice.pairs:
        notes[off] = DayNote(notice=notice, swapped_with=work)
        notes[work] = DayNote(notice=notice, swapped_with=off)
    for day, stands_for in notice.made_up:
        kinds[day.toordinal() - FIRST] = CODE[DayKind.STATUTORY_HOLIDAY]
        names = notes.get(stands_for, PLAIN).names
        notes[day] = DayNote(notice=notice, names=names, compensates=stands_for)


def _counted(kinds: bytes, works: bytes | bytearray, notes: Mapping[dt.date, DayNote]) -> DayTable:
    days = plain_days()[1]
    # One more than the index, so one less: before the first working day stands -1.
    rank = {day: counted - 1 for day, counted in zip(days, itertools.accumulate(works), strict=True)}
    return DayTable(kinds=kinds, rank=rank, working=list(itertools.compress(days, works)), notes=notes)


def _short(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
