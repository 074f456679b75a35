"""Who has a file at a moment (在手方), from the history alone: nothing is counted."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from complaint_rules.cases.entries import Entry
from complaint_rules.cases.hands import HANDOVERS
from complaint_rules.cases.timeline import Timeline


class InHand(NamedTuple):
    """Who has a file, or had it last."""

    level: str | None
    """The level or body it was passed to; None: unknown."""
    unit: str | None
    """The unit that an event named; None: none was named."""


def in_hand(timeline: Timeline, moment: dt.datetime) -> InHand | None:
    """Say who had the file at a moment, or had it last where it was closed by then; None where nobody knows.

    Nobody knows where the file may have changed hands unseen, at a moment nobody knows, or at some hour of the day of
    the moment.

    >>> from complaint_rules.cases.case import Case, Event
    >>> from complaint_rules.cases.complaint import Complaint
    >>> at = dt.datetime.fromisoformat
    >>> complaint = Complaint(id="c-1", received=at("2026-09-30T09:00+08:00"), received_by="head_office")
    >>> case = Case(complaint, [Event("routed", at("2026-09-30T11:00+08:00"), to="outlet", unit="net-1")])
    >>> timeline = Timeline(case, at("2026-09-30T17:00+08:00"))
    >>> in_hand(timeline, at("2026-09-30T10:00+08:00")), in_hand(timeline, at("2026-09-30T12:00+08:00"))
    (InHand(level='head_office', unit=None), InHand(level='outlet', unit='net-1'))
    """
    if not HANDOVERS.isdisjoint(timeline.case.unseen):
        return None
    found = InHand(timeline.complaint_at(moment).received_by, None)
    unsure = {found}
    for entry in timeline.entries[1:]:
        if not _hands_on(entry):
            continue
        after = InHand(entry.event.to, entry.event.unit)
        if entry.lo is None or entry.hi is None:
            return None
        if entry.lo > moment:
            break
        if entry.hi <= moment:
            found, unsure = after, {after}
        else:
            unsure.add(after)
            found = after
    return found if len(unsure) == 1 else None


def _hands_on(entry: Entry) -> bool:
    event = entry.event
    return event.unit is not None or event.kind in HANDOVERS or (event.kind == "reopened" and event.to is not None)
