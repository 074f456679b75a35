"""Suspensions paired with the resumptions that ended them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple, cast

from complaint_rules.cases.entries import (
    ORDER,
    Entry,
    partner_of,
    same_stop,
)
from complaint_rules.cases.timeline import Timeline
from complaint_rules.periods.pauses import Pause


class Stop(NamedTuple):
    """A suspension paired with its resumption."""

    pause: Pause
    suspended: Entry
    resumed: Entry | None
    sure: bool = True
    """Whether it is known how long it lasted: not where the resumption may be unseen, or has no moment."""


class Stops(NamedTuple):
    """The suspensions of a history."""

    paired: Sequence[Stop] = ()
    """Those whose beginning is known, with what ended them."""
    unplaced: Sequence[Entry] = ()
    """Suspensions that began at a moment nobody knows, and resumptions of none that was recorded."""

    @property
    def sure(self) -> bool:
        """Whether it is known of all how long they lasted."""
        return all(stop.sure for stop in self.paired)


NO_STOPS: Final = Stops()


def stops(timeline: Timeline) -> Stops:
    """Pair suspensions (中止) with resumptions (恢复), by `ref`, else by reason.

    >>> import datetime as dt
    >>> from complaint_rules import BEIJING, Case, Complaint, Event
    >>> case = Case(
    ...     Complaint(id="c-1", received=dt.date(2026, 9, 30)), [Event("suspended", reason="mediation")]
    ... )
    >>> stops(Timeline(case, dt.datetime(2026, 10, 10, tzinfo=BEIJING))).unplaced[0].event.reason
    'mediation'
    """
    opened: list[Entry] = []
    paired: list[Stop] = []
    unplaced: list[Entry] = []
    line = sorted((*timeline.of_kind("suspended"), *timeline.of_kind("resumed")), key=ORDER)
    for entry in line:
        if entry.event.kind == "suspended":
            if entry.lo is None or same_stop([one for one in opened if one.lo is not None], entry.event) is None:
                opened.append(entry)
            continue
        dated = [one for one in opened if one.lo is not None]
        partner = partner_of(dated, entry.event) or partner_of(opened, entry.event)
        if partner is None:
            unplaced.append(entry)
            continue
        opened.remove(partner)
        if partner.when is None:
            unplaced.append(partner)
        elif entry.when is None:
            paired.append(Stop(_pause(partner, None), partner, entry, sure=False))
        else:
            paired.append(Stop(_pause(partner, entry.when), partner, entry))
    seen = "resumed" not in timeline.case.unseen
    paired += [Stop(_pause(entry, None), entry, None, seen) for entry in opened if entry.when is not None]
    unplaced += [entry for entry in opened if entry.when is None]
    return Stops(paired, unplaced)


def _pause(suspended: Entry, end: dt.datetime | dt.date | None) -> Pause:
    return Pause(cast(dt.datetime | dt.date, suspended.when), end, reason=suspended.event.reason)
