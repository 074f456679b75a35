"""The order of what is known of a case: moments by time, days among them and what has no moment by the lifecycle."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Final, cast

from complaint_rules.cases.entries import (
    BEGINNING,
    STOPPING,
    Entry,
    partner_of,
    same_stop,
)

_BY_MOMENT: Final = attrgetter("lo", "rank", "place")


_BY_RANK: Final = attrgetter("rank", "place")


_OF_THE_LINE: Final = -1.0
"""Below every rank: what is put behind an entry comes after it."""


def ordered(entries: list[Entry]) -> tuple[Entry, ...]:
    """Sort by time; a day stands among that day's moments, and the undated among all, by the lifecycle."""
    if all(entry.lo is not None and entry.hi is entry.lo for entry in entries):
        line = sorted(entries, key=BEGINNING)
        tangled = _ties_settled(line)
    else:
        line = _with_days(entries)
        tangled = {entry.event.kind for entry in line} >= STOPPING
    if tangled:
        _untangle(line)
    return tuple([e if e[2] == n else e._replace(order=n) for n, e in enumerate(line)])


def _ties_settled(line: list[Entry]) -> bool:
    """Put entries of one moment in the order of the lifecycle; say whether a pause ends as one begins."""
    tangled, first, last = False, 0, line[0].lo
    for index, entry in enumerate([*line[1:], None], 1):
        if entry is not None and entry.lo == last:
            continue
        if index - first > 1:
            tied = sorted(line[first:index], key=_BY_RANK)
            line[first:index] = tied
            tangled = tangled or STOPPING.issubset(one.event.kind for one in tied)
        if entry is not None:
            first, last = index, entry.lo
    return tangled


def mixed_days(entries: Iterable[Entry]) -> dict[dt.date, dt.datetime]:
    """Give the days of which something is known by the day and something by its moment, each with the last moment."""
    moments: dict[dt.date, dt.datetime] = {}
    days: set[dt.date] = set()
    for entry in entries:
        lo = cast(dt.datetime, entry.lo)
        if entry.hi is lo:
            moments[lo.date()] = max(lo, moments.get(lo.date(), lo))
        else:
            days.add(lo.date())
    return {day: moments[day] for day in days & moments.keys()}


def _with_days(entries: list[Entry]) -> list[Entry]:
    days: dict[dt.date, tuple[list[Entry], list[Entry]]] = {}
    undated: list[Entry] = []
    for entry in entries:
        if entry.lo is None:
            undated.append(entry)
        else:
            days.setdefault(entry.lo.date(), ([], []))[entry.hi is not entry.lo].append(entry)
    line: list[Entry] = []
    for day in sorted(days):
        moments, dated = days[day]
        moments.sort(key=_BY_MOMENT)
        line += _merged(moments, dated) if dated else moments
    return _merged(line, undated) if undated else line


def _merged(line: list[Entry], others: list[Entry]) -> list[Entry]:
    """Put coarser entries into a line: behind the last of a lower rank, or of their own rank recorded earlier."""
    reached: dict[float, tuple[list[int], list[int]]] = {}
    for place, index, rank in sorted((entry.place, index, entry.rank) for index, entry in enumerate(line)):
        places, furthest = reached.setdefault(rank, ([], []))
        places.append(place)
        furthest.append(max(index, furthest[-1] if furthest else -1))
    keyed: list[tuple[tuple[float, ...], Entry]] = [((index, _OF_THE_LINE), entry) for index, entry in enumerate(line)]
    for entry in others:
        after = -1
        for rank, (places, furthest) in reached.items():
            if rank < entry.rank:
                after = max(after, furthest[-1])
            elif rank == entry.rank and (known := bisect_left(places, entry.place)):
                after = max(after, furthest[known - 1])
        keyed.append(((after, entry.rank, entry.place), entry))
    keyed.sort(key=itemgetter(0))
    return [entry for _, entry in keyed]


def _untangle(line: list[Entry]) -> None:
    """Put the end of a pause before the beginning of the next one of its kind where the two touch."""
    opened: list[Entry] = []
    for index in range(len(line)):
        event = line[index].event
        if event.kind not in STOPPING:
            continue
        if event.kind == "suspended" and same_stop(opened, event) is not None:
            ending = next((place for place in _tied(line, index) if partner_of(opened, line[place].event)), None)
            if ending is not None:
                line.insert(index, line.pop(ending))
                event = line[index].event
        if event.kind == "suspended":
            opened.append(line[index])
        elif event.kind == "resumed" and (partner := partner_of(opened, event)) is not None:
            opened.remove(partner)


def _tied(line: Sequence[Entry], index: int) -> Iterator[int]:
    """Give the places of the resumptions that stand after an entry and may have been no later than it."""
    hi = line[index].hi
    for place in range(index + 1, len(line)):
        lo = line[place].lo
        if hi is not None and lo is not None and lo > hi:
            return
        if line[place].event.kind == "resumed" and lo is not None and hi is not None:
            yield place
