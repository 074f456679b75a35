"""The tables of days that a calendar answers from: kinds and notes by ordinal, with prefix counts of working days."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Mapping
from typing import Final

import attrs

from complaint_rules.calendar.days import Override
from complaint_rules.calendar.notices import DayKind, Notice
from complaint_rules.calendar.published import published, statutory_known
from complaint_rules.frozen import Shown
from complaint_rules.moments import FIRST_DAY, LAST_DAY

KINDS: Final = tuple(DayKind)


CODE: Final = {kind: code for code, kind in enumerate(KINDS)}


_WORKS: Final = bytes(kind.works for kind in KINDS).ljust(256, b"\0")
"""Translation of codes into 1 for a day that works, 0 for one that rests."""


FIRST: Final = FIRST_DAY.toordinal()


@attrs.frozen(kw_only=True, repr=False)
class DayNote(Shown):
    """What a day of the base table carries beyond its kind."""

    notice: Notice | None = None
    names: tuple[str, ...] = ()
    occasion: tuple[str, str] = ("", "")
    compensates: dt.date | None = None
    swapped_with: dt.date | None = None


@attrs.frozen(kw_only=True, repr=False)
class DayTable(Shown):
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
