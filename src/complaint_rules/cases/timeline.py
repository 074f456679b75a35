"""A case's history as of a moment: what is known of it, in which order, and which stops it holds."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple, cast, final

from complaint_rules.cases.case import NEUTRAL_RANK, RANKS, Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.violations import NO_DETAIL, Severity, Violation, ViolationCode
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import earliest_of, latest_of
from complaint_rules.periods.pauses import Pause

_RECEIPT: Final = Event("received")
"""Stands for every receipt; its moment is that of the entry."""
ORDER: Final = attrgetter("order")
"""Key by which entries of a timeline are put in order."""
_STOPPING: Final = frozenset({"suspended", "resumed"})
_BEGINNING: Final = attrgetter("lo")
_SINCE: Final = itemgetter(0)
_BY_MOMENT: Final = attrgetter("lo", "rank", "place")


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


@final
class Timeline:
    """The known history of a case up to a moment, in order of time; built anew for every question, never stored."""

    __slots__ = (
        "_answers",
        "_grown",
        "at",
        "by_kind",
        "case",
        "changed",
        "entries",
        "left_out",
        "receipt",
        "sliceable",
        "undated",
        "versions",
    )

    def __init__(self, case: Case, at: dt.datetime, *, read: bool = True) -> None:
        self.case = case
        self.at = at
        received = case.complaint.received
        lo = earliest_of(received)
        hi = lo if isinstance(received, dt.datetime) else latest_of(received)
        self.receipt = Entry(_RECEIPT, -1, 0, lo, hi, 0.0)
        self.left_out: list[Violation] = []
        self.versions: list[tuple[dt.datetime | None, Complaint]] = []
        self.entries: Sequence[Entry] = ()
        self.by_kind: dict[str, list[Entry]] = {}
        self.changed: frozenset[str] = frozenset()
        self._answers: dict[str, list[Entry]] | None = None
        self.undated = False
        self._grown: list[frozenset[str]] = []
        self.sliceable = False
        if read and case.events:
            self._read()

    def _read(self) -> None:
        receipt = self.receipt
        kept = self._admitted(receipt)
        # A duplicate may be the earlier one in time, and a day moves among the moments of its day.
        exact = not self.undated and all(entry.hi is entry.lo for entry in kept)
        self.sliceable = exact and not any(one.code is ViolationCode.DUPLICATE for one in self.left_out)
        self.entries = _ordered(kept)
        by_kind = self.by_kind
        for entry in self.entries:
            kind = entry.event.kind
            known = by_kind.get(kind)
            if known is None:
                by_kind[kind] = [entry]
            else:
                known.append(entry)
        if "amended" in by_kind:
            self._amend(by_kind["amended"])

    def _admitted(self, receipt: Entry) -> list[Entry]:
        """Keep the events that count; what is left out is reported, save what is simply not known yet."""
        at, kept = self.at, [receipt]
        begin, exact = cast(dt.datetime, receipt.lo), receipt.hi is receipt.lo
        seen: dict[tuple[str, dt.datetime | dt.date | None], list[Event]] = {}
        ids: set[str] = set()
        rank = RANKS.get
        for place, event in enumerate(self.case.events):
            kind, when = event.kind, event.at
            if isinstance(when, dt.datetime) or when is None:
                lo = hi = when
            else:
                lo, hi = earliest_of(when), latest_of(when)
            if lo is not None and lo > at:
                self._leave(place, event, ViolationCode.NOT_YET_KNOWN, Severity.NOTE)
                continue
            twins, own = seen.get((kind, when)), event.id
            if (twins is not None and event in twins) or (own is not None and own in ids):
                self._leave(place, event, ViolationCode.DUPLICATE, Severity.WARNING)
                continue
            if twins is None:
                seen[kind, when] = [event]
            else:
                twins.append(event)
            if own is not None:
                ids.add(own)
            if kind == "received":
                if lo != receipt.lo:
                    self._leave(place, event, ViolationCode.SECOND_RECEIPT, Severity.WARNING)
                continue
            entry = Entry(event, place, place + 1, lo, hi, rank(kind, NEUTRAL_RANK))
            if lo is None:
                self.undated = True
            elif (lo < begin) if exact and hi is lo else not not_before(entry, receipt):
                self._leave(place, event, ViolationCode.BEFORE_RECEIPT, Severity.BREACH)
                continue
            kept.append(entry)
        return kept

    def _leave(
        self,
        place: int,
        event: Event,
        code: ViolationCode,
        severity: Severity,
        detail: FrozenMap[str, str] = NO_DETAIL,
    ) -> None:
        self.left_out.append(
            Violation(code=code, severity=severity, place=place, event=event.kind, at=event.at, detail=detail)
        )

    def _amend(self, amendments: Iterable[Entry]) -> None:
        complaint = self.case.complaint
        # One without a moment is taken as known all along, so it must not carry what was learnt at a known moment.
        for entry in sorted(amendments, key=_is_dated):
            try:
                complaint = complaint.amended(entry.event.set or {})
            except ComplaintRulesError as error:
                self._leave(
                    entry.place, entry.event, ViolationCode.BAD_AMENDMENT, Severity.BREACH, FrozenMap(why=str(error))
                )
                continue
            self.versions.append((entry.lo, complaint))
            self.changed |= (entry.event.set or {}).keys()
            self._grown.append(self.changed)

    def until(self, moment: dt.datetime) -> Timeline:
        """Give what was known of the case at an earlier moment; `left_out` is not told.

        Where every moment is known exactly it is the beginning of this one, and costs no reading.
        """
        if not self.sliceable:
            return Timeline(self.case, moment)
        earlier = Timeline(self.case, moment, read=False)
        earlier.sliceable = True
        earlier._grown = self._grown
        earlier.entries = self.entries[: bisect_right(self.entries, moment, lo=1, key=_BEGINNING)]
        for kind, entries in self.by_kind.items():
            known = bisect_right(entries, moment, key=_BEGINNING)
            if known:
                earlier.by_kind[kind] = entries[:known]
        known = bisect_right(self.versions, moment, key=_SINCE)
        earlier.versions = self.versions[:known]
        earlier.changed = self._grown[known - 1] if known else earlier.changed
        return earlier

    def complaint_at(self, moment: dt.datetime) -> Complaint:
        """Give the facts as they were known at a moment, inclusive."""
        if self.sliceable:
            known = bisect_right(self.versions, moment, key=_SINCE)
            return self.versions[known - 1][1] if known else self.case.complaint
        for since, complaint in reversed(self.versions):
            if since is None or since <= moment:
                return complaint
        return self.case.complaint

    def answers_to(self, key: str | None) -> Sequence[Entry]:
        """Give the known events that refer to another by its id, in order of time."""
        if self._answers is None:
            self._answers = {}
            for entry in self.entries:
                if entry.event.ref is not None:
                    self._answers.setdefault(entry.event.ref, []).append(entry)
        return () if key is None else self._answers.get(key, ())

    def since(self, kind: str, start: Entry) -> Iterable[Entry]:
        """Give the known events of a kind at or after a start, in order of time."""
        entries = self.by_kind.get(kind, ())
        return entries if start is self.receipt else _since(entries, start)

    def of_kind(self, kind: str) -> Sequence[Entry]:
        """Give the known events of a kind, in order of time; ``received`` is the receipt."""
        if kind == "received":
            return (self.receipt,)
        return self.by_kind.get(kind, ())


def _since(entries: Sequence[Entry], start: Entry) -> Iterator[Entry]:
    index = bisect_left(entries, start.order, key=ORDER)
    while index and not_before(entries[index - 1], start):
        index -= 1  # of the same moment or day, though sorted before
    for entry in islice(entries, index, None):
        if not_before(entry, start):
            yield entry


def _ordered(entries: list[Entry]) -> tuple[Entry, ...]:
    """Sort by time; a day stands among that day's moments, and the undated among all, by the lifecycle."""
    line = [entry for entry in entries if entry.lo is not None and entry.hi is entry.lo]
    if len(line) == len(entries):
        line.sort(key=_BY_MOMENT)
    else:
        line = _with_days(entries)
    if {entry.event.kind for entry in line} >= _STOPPING:
        _untangle(line)
    return tuple([e if e.order == n else Entry(e.event, e.place, n, e.lo, e.hi, e.rank) for n, e in enumerate(line)])


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
    keyed = [((index, 0, 0.0, 0), entry) for index, entry in enumerate(line)]
    for entry in others:
        after = -1
        for rank, (places, furthest) in reached.items():
            if rank < entry.rank:
                after = max(after, furthest[-1])
            elif rank == entry.rank and (known := bisect_left(places, entry.place)):
                after = max(after, furthest[known - 1])
        keyed.append(((after, 1, entry.rank, entry.place), entry))
    keyed.sort(key=itemgetter(0))
    return [entry for _, entry in keyed]


def _is_dated(entry: Entry) -> bool:
    return entry.lo is not None


def _untangle(line: list[Entry]) -> None:
    """Put the end of a pause before the beginning of the next one of its kind where the two touch."""
    opened: list[Entry] = []
    for index in range(len(line)):
        event = line[index].event
        if event.kind not in _STOPPING:
            continue
        if event.kind == "suspended" and _same_stop(opened, event) is not None:
            ending = next((place for place in _tied(line, index) if _partner(opened, line[place].event)), None)
            if ending is not None:
                line.insert(index, line.pop(ending))
                event = line[index].event
        if event.kind == "suspended":
            opened.append(line[index])
        elif event.kind == "resumed" and (partner := _partner(opened, event)) is not None:
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
            if entry.lo is not None and _same_stop(opened, entry.event) is None:
                opened.append(entry)
            continue
        partner = _partner(opened, entry.event)
        if partner is None:
            continue
        opened.remove(partner)
        if entry.event.at is not None:
            found.append(Stop(Pause(partner.event.at, entry.event.at, reason=partner.event.reason), partner, entry))
    found += [Stop(Pause(entry.event.at, None, reason=entry.event.reason), entry, None) for entry in opened]
    return found


def _same_stop(opened: Sequence[Entry], event: Event) -> Entry | None:
    for entry in opened:
        known = entry.event
        if known.reason == event.reason and (known.ref or known.id) == (event.ref or event.id):
            return entry
    return None


def _partner(opened: Sequence[Entry], event: Event) -> Entry | None:
    if event.ref is not None:
        return next((entry for entry in opened if event.ref in (entry.event.id, entry.event.ref)), None)
    if event.reason is not None:
        return next((entry for entry in opened if entry.event.reason == event.reason), None)
    return opened[0] if len(opened) == 1 else None
