"""Suspensions paired with the resumptions that ended them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, cast

from complaint_rules.cases.entries import (
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


def stops(timeline: Timeline) -> list[Stop]:
    """Pair suspensions (中止) with resumptions (恢复), by `ref`, else by reason; undated ones are left out."""
    opened: list[Entry] = []
    found: list[Stop] = []
    line = sorted((*timeline.of_kind("suspended"), *timeline.of_kind("resumed")), key=lambda entry: entry.order)
    for entry in line:
        if entry.event.kind == "suspended":
            if entry.lo is not None and same_stop(opened, entry.event) is None:
                opened.append(entry)
            continue
        partner = partner_of(opened, entry.event)
        if partner is None:
            continue
        opened.remove(partner)
        if entry.event.at is not None:
            found.append(Stop(_pause(partner, entry.event.at), partner, entry))
    found += [Stop(_pause(entry, None), entry, None) for entry in opened]
    return found


def _pause(suspended: Entry, end: dt.datetime | dt.date | None) -> Pause:
    start = cast(dt.datetime | dt.date, suspended.event.at)  # one without a moment was not opened
    return Pause(start, end, reason=suspended.event.reason)
