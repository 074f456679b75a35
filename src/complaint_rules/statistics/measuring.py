"""What a case adds to figures of time and money: how long it took, how much was paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.entries import Entry, not_before
from complaint_rules.errors import CalendarUnpublished
from complaint_rules.moments import day_of
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.units import Unit
from complaint_rules.policy.rules import Figure, Measured, Selector
from complaint_rules.statistics.durations import IMPOSSIBLE, duration
from complaint_rules.statistics.looks import Look, Placing

ENDED, OPEN, UNKNOWN, BACKWARDS, LEFT, UNDECIDED = range(6)
"""How a duration came out: the first two with a length."""
NO_LENGTH: Final = 0
"""Stands where there is no length, and is never read."""
Length: TypeAlias = tuple[int, int]
"""How it came out, and the length; `NO_LENGTH` where there is none."""
Paid: TypeAlias = tuple[int, int, int]
"""Fen, the number of amounts, and how many of which nobody knows."""
_LEAVINGS: Final = (Selector(kind="withdrawn"), Selector(kind="not_accepted"))
_MOST_KEPT: Final = 65_536
_NO_PAUSES: Final[Sequence[Pause]] = ()


class Stopwatch:
    """Measures durations by one calendar; working days counted once from day to day are remembered."""

    __slots__ = ("_calendar", "_known")

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._known: dict[tuple[dt.date, dt.date], int | None] = {}

    def length(
        self, start: dt.datetime | dt.date, end: dt.datetime | dt.date, unit: Unit, pauses: Sequence[Pause]
    ) -> int | None:
        """Give what `duration` gives; None as well where the calendar refuses the days.

        >>> watch = Stopwatch(WorkCalendar.china())
        >>> watch.length(dt.date(2026, 2, 13), dt.date(2026, 2, 25), Unit.WORKING_DAYS, ())
        3
        """
        first, last = day_of(start), day_of(end)
        if pauses or unit is not Unit.WORKING_DAYS or first >= last:
            return self._counted(start, end, unit, pauses)
        key = first, last
        n = self._known.get(key, IMPOSSIBLE)
        if n == IMPOSSIBLE:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            n = self._known[key] = self._counted(first, last, unit, _NO_PAUSES)
        return n

    def _counted(
        self, start: dt.datetime | dt.date, end: dt.datetime | dt.date, unit: Unit, pauses: Sequence[Pause]
    ) -> int | None:
        try:
            return duration(start, end, unit, self._calendar, pauses)
        except CalendarUnpublished:
            return None

    def measured(self, look: Look, time: Measured) -> Length | None:
        """Say how long it took in a case, or how old it is; None where it has not begun.

        Of an ending the last that stands counts, of anything else the first after the start. Withdrawn, or not
        accepted, it has left.
        """
        starts = look.snapshot.all_matches(time.starts)
        if not starts:
            return (UNKNOWN, NO_LENGTH) if look.hides(time.starts) else None
        start = starts[0]
        begun = _begun(look, starts)
        if begun is None:
            return UNKNOWN, NO_LENGTH
        end, sure = _end(look, time, start)
        if end is None and sure:
            return self._still(look, time, begun)
        if end is not None and end.when is None and end.event.at is not None:  # recorded before the receipt
            return BACKWARDS, NO_LENGTH
        if end is None or end.when is None:
            return UNKNOWN, NO_LENGTH
        n = self.length(begun, end.when, time.unit, _pauses(look, time))
        if n is None:
            return UNKNOWN, NO_LENGTH
        return (BACKWARDS, NO_LENGTH) if n == IMPOSSIBLE else (ENDED, n)

    def _still(self, look: Look, time: Measured, begun: dt.datetime | dt.date) -> Length:
        for leaving in _LEAVINGS:
            left = look.ended_by(leaving)
            if left is not None and all(selector.kind != leaving.kind for selector in time.until):
                return (LEFT, NO_LENGTH) if left else (UNKNOWN, NO_LENGTH)
        n = self.length(begun, look.snapshot.at, time.unit, _pauses(look, time))
        return (UNKNOWN, NO_LENGTH) if n is None or n == IMPOSSIBLE else (OPEN, n)


def _begun(look: Look, starts: Sequence[Entry]) -> dt.datetime | dt.date | None:
    if starts[0].place < 0 and not look.received:
        return None
    for entry in starts:
        if entry.lo is None:  # it may be the first
            return None
    return starts[0].when


def _end(look: Look, time: Measured, start: Entry) -> tuple[Entry | None, bool]:
    """Give the event with which it ended, and whether that is known."""
    if look.ends(time.until):
        places = look.places(time.until, each=False)
        if not places:
            return None, True
        return (places[0].entry, True) if places[0].sure and places[0].entry is not None else (None, False)
    found = look.snapshot.all_matches(time.until)
    if any(entry.lo is None for entry in found):
        return (found[0], True) if len(found) == 1 else (None, False)
    after = next((entry for entry in found if not_before(entry, start)), None)
    if after is None and look.hides(time.until):
        return None, False
    return after or (found[0] if found else None), True


def _pauses(look: Look, time: Measured) -> Sequence[Pause]:
    if not time.without_pauses:
        return _NO_PAUSES
    return tuple(stop.pause for stop in look.snapshot.stops().paired)


def paid(look: Look, figure: Figure, place: Placing) -> tuple[Paid, bool]:
    """Give what a case adds to a sum of money, and whether an amount is no whole number of fen."""
    if figure.paid is None:
        amounts = [look.view.complaint.fact(str(figure.amount))]
    elif figure.each and place.entry is not None:
        amounts = [place.entry.event.amount] if figure.paid.matches(place.entry.event) else []
    else:
        amounts = [entry.event.amount for entry in look.snapshot.all_matches((figure.paid,))]
    fen = known = 0
    apart = figure.each and place.entry is not None  # what nobody saw stands at a place of its own then
    unknown = int(figure.paid is not None and not apart and look.hides((figure.paid,)))
    broken = False
    for amount in amounts:
        cents = amount * 100 if isinstance(amount, (Decimal, int)) else None
        if cents is None or cents != int(cents):
            unknown += 1
            broken = broken or cents is not None
        else:
            fen += int(cents)
            known += 1
    return (fen, known, unknown), broken
