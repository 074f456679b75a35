"""Suspensions paired with the resumptions that ended them."""

from __future__ import annotations

from typing import NamedTuple

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
            found.append(Stop(Pause(partner.event.at, entry.event.at, reason=partner.event.reason), partner, entry))
    found += [Stop(Pause(entry.event.at, None, reason=entry.event.reason), entry, None) for entry in opened]
    return found
