"""One known event of a case at its place in time; which stands before which, which ends which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from complaint_rules.cases.case import NEUTRAL_RANK, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import earliest_of, latest_of

_RECEIPT: Final = Event("received")
"""Stands for every receipt; its moment is that of the entry."""


ORDER: Final = attrgetter("order")
"""Key by which entries of a timeline are put in order."""


PLACE: Final = attrgetter("place")
"""Key by which entries of a timeline are put in the order of recording."""


STOPPING: Final = frozenset({"suspended", "resumed"})
"""Kinds of event that begin and end a pause."""


BEGINNING: Final = attrgetter("lo")
"""Key by which entries are looked up by their first instant."""


class Entry(NamedTuple):
    """One known event at its place in time."""

    event: Event
    place: int
    """Index in `Case.events`; -1 for the receipt."""
    order: int
    """Index in time; 0 for the receipt."""
    lo: dt.datetime | None
    """First instant it can mean; None: the moment is unknown."""
    hi: dt.datetime | None
    """Last instant it can mean, inclusive."""
    rank: float
    """Its place in the lifecycle."""

    @property
    def dated(self) -> bool:
        """Whether only the day is known."""
        return self.lo is not self.hi

    @property
    def when(self) -> dt.datetime | dt.date | None:
        """When it happened, as recorded: a moment, a day, or None."""
        return self.lo if self.lo is None or self.hi is self.lo else self.lo.date()


def not_before(entry: Entry, start: Entry) -> bool:
    """Say whether an entry lies at or after a start, at the coarser precision of the two; ties follow the lifecycle.

    An entry without a moment stands where the lifecycle puts it. What ended a case in the very moment of its reopening
    came before it.
    """
    lo, since = entry.lo, start.lo
    if lo is None or since is None or (lo == since and start.event.kind == "reopened"):
        return entry.order > start.order
    if entry.hi is not lo or start.hi is not since:
        first, second = since.date(), lo.date()
        return second > first or (second == first and entry.place != start.place and _follows(entry.rank, start.rank))
    return lo >= since and entry.place != start.place


def _follows(rank: float, other: float) -> bool:
    return rank >= other or NEUTRAL_RANK in (rank, other)


def receipt_of(complaint: Complaint) -> Entry:
    """Give the receipt as the entry with which every history begins."""
    received = complaint.received
    lo = earliest_of(received)
    return Entry(_RECEIPT, -1, 0, lo, lo if isinstance(received, dt.datetime) else latest_of(received), 0.0)


def same_stop(opened: Sequence[Entry], event: Event) -> Entry | None:
    """Give the open suspension that a further one repeats: of the same reason and reference."""
    for entry in opened:
        known = entry.event
        if known.reason == event.reason and (known.ref or known.id) == (event.ref or event.id):
            return entry
    return None


def partner_of(opened: Sequence[Entry], event: Event) -> Entry | None:
    """Give the open suspension that a resumption ends: by reference, else by reason, else the only one."""
    if event.ref is not None:
        return next((entry for entry in opened if event.ref in (entry.event.id, entry.event.ref)), None)
    if event.reason is not None:
        return next((entry for entry in opened if entry.event.reason == event.reason), None)
    return opened[0] if len(opened) == 1 else None
