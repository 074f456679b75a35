"""In whose hands a file is (经办): what an event changes, and what may be so where the record leaves it open.

The holder of a file is folded from its history: see `responsibility`, which measures it. Here it is asked for one
moment, as conditions ask. What is known by its day only may lie before or after whatever else happened that day, and
what nobody saw, or dated, anywhere. So the answer is everything that could be so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from complaint_rules.cases.case import Event
from complaint_rules.cases.entries import Entry
from complaint_rules.cases.lifecycle import ENDINGS
from complaint_rules.cases.timeline import Timeline

HANDOVERS: Final = frozenset({"routed", "transferred", "returned"})
"""Kinds of event that hand the file to whom they went (`to`), even where they name no `unit`."""
REOPENED: Final = "reopened"
"""The kind of event that undoes an ending (重新受理); the last holder goes on."""
MOVING: Final = HANDOVERS | ENDINGS | {REOPENED}
"""Kinds of event that change hands whatever they say; others do where they name a `unit`."""


class Hands(NamedTuple):
    """In whose hands a file is."""

    holder: str | None
    """Who has it: a unit's key, level or body; None: unknown."""
    level: str | None
    """The level or body it was passed to; None where the record names none."""
    closed: bool = False
    """Whether the case is ended, so that nobody has it; the others say who had it last."""

    def are(self, code: str, known: frozenset[str]) -> bool | None:
        """Say whether they are those of a level or body; None where only a unit's key is on record, or nothing.

        `known` are all levels and bodies.

        >>> levels = {"outlet", "branch"}
        >>> Hands("u-7", "outlet").are("outlet", levels), Hands("u-7", None).are("outlet", levels)
        (True, None)
        """
        if self.closed:
            return False
        named = {self.holder, self.level}
        return code in named or (None if named.isdisjoint(known) else False)


Step: TypeAlias = Callable[[Hands], Hands]


def handed(event: Event, now: Hands, handovers: Collection[str] = HANDOVERS) -> Hands:
    """Give in whose hands a file is after an event.

    >>> first = Hands("head_office", "head_office")
    >>> passed = handed(Event("routed", to="outlet"), first)
    >>> (
    ...     passed.holder,
    ...     handed(Event("closed"), passed).closed,
    ...     handed(Event("registered", by="branch"), first) == first,
    ... )
    ('outlet', True, True)
    """
    holder, level, closed = now
    if event.unit is not None or event.kind in handovers:
        holder, level = event.unit or event.to, event.to
    if event.kind in ENDINGS:
        closed = True
    elif event.kind == REOPENED:
        closed = False
        holder, level = event.unit or event.to or holder, event.to or level
    return Hands(holder, level, closed)


def possible_hands(
    timeline: Timeline,
    received_by: str | None,
    at: dt.datetime,
    between: tuple[dt.datetime, dt.datetime] | None = None,
) -> frozenset[Hands]:
    """Give everything in whose hands a file may have been, as known at a moment: then, or at some time `between` two.

    Both are inclusive; what happened in an instant has happened at it.

    >>> from complaint_rules.cases.case import Case
    >>> from complaint_rules.cases.complaint import Complaint
    >>> at = dt.datetime.fromisoformat("2026-09-30T12:00+08:00")
    >>> case = Case(Complaint(id="c-1", received=dt.date(2026, 9, 29)), [Event("routed", to="outlet")])
    >>> sorted(
    ...     str(one.holder) for one in possible_hands(Timeline(case, at), "head_office", at)
    ... )  # routed, but when?
    ['head_office', 'outlet']
    """
    moves = [
        one
        for one in timeline.entries[1:]
        if (one.lo is None or one.lo <= at) and (one.event.unit is not None or one.event.kind in MOVING)
    ]
    anytime: list[Step] = [partial(handed, one.event) for one in moves if one.lo is None]
    anytime += [partial(_unseen, kind) for kind in sorted(MOVING & timeline.case.unseen)]
    before, perhaps = [one for one in moves if one.lo is not None], []
    if between is not None:
        begin, end = between
        perhaps = [
            one for one in before if one.hi is not None and one.hi > begin and one.lo is not None and one.lo <= end
        ]
        before = [one for one in before if one.hi is not None and one.hi <= begin]
    found = _reached({Hands(received_by, received_by)}, anytime)
    for together in _in_turn(before):
        after = {
            handed(last.event, hands)
            for last in together
            if not any(_surely_after(other, last) for other in together)
            for hands in _reached(found, [_step(one) for one in together if one is not last])
        }
        found = _reached(after, anytime)
    return frozenset(_reached(found, [*anytime, *map(_step, perhaps)]))


def _step(entry: Entry) -> Step:
    return partial(handed, entry.event)


def _unseen(kind: str, now: Hands) -> Hands:
    """Give in whose hands a file is after an event that nobody saw, and that may say anything."""
    if kind in ENDINGS:
        return now._replace(closed=True)
    if kind == REOPENED:
        return Hands(None, None) if now.closed else now
    return Hands(None, None, now.closed)


def _reached(found: set[Hands], steps: Sequence[Step]) -> set[Hands]:
    """Give what may have come of something by any of some steps, in whatever order and number."""
    known, new = set(found), set(found) if steps else set()
    while new:
        new = {step(hands) for step in steps for hands in new} - known
        known |= new
    return known


def _in_turn(entries: Iterable[Entry]) -> Iterator[Sequence[Entry]]:
    """Give what happened, in order of time; what happened on one day together, where of some only the day is known."""
    for _, group in groupby(entries, key=_day_of):
        together = list(group)
        if any(one.dated for one in together):
            yield together
        else:
            yield from ([one] for one in together)


def _day_of(entry: Entry) -> dt.date | None:
    return None if entry.lo is None else entry.lo.date()


def _surely_after(one: Entry, other: Entry) -> bool:
    """Say whether of two events of one day one is known to be the later."""
    return not one.dated and not other.dated and one.order > other.order
