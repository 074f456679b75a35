"""A case's history as of a moment: what is known of it, in which order, and which stops it holds."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple, cast, final

from complaint_rules.cases.case import NEUTRAL_RANK, RANKS, Case, Event, Fields, fields_match
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
_NO_KINDS: Final[frozenset[str]] = frozenset()
STOPPING: Final = frozenset({"suspended", "resumed"})
"""Kinds of event that begin and end a pause."""
BEGINNING: Final = attrgetter("lo")
"""Key by which entries are looked up by their first instant."""
_SINCE: Final = itemgetter(0)
_BY_MOMENT: Final = attrgetter("lo", "rank", "place")
_BY_RANK: Final = attrgetter("rank", "place")
_new: Final = tuple.__new__


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


@final
class Timeline:
    """The known history of a case up to a moment, in order of time; built anew for every question, never stored."""

    __slots__ = (
        "_answers",
        "_by_kind",
        "_entries",
        "_grown",
        "_matching",
        "_mixed",
        "_versions",
        "_whole",
        "as_recorded",
        "at",
        "case",
        "changed",
        "kinds",
        "left_out",
        "receipt",
        "sliceable",
        "undated",
    )

    def __init__(self, case: Case, at: dt.datetime, *, whole: Timeline | None = None) -> None:
        """Read a history; of a longer one already read, which is `sliceable`, this is the beginning."""
        self.case = case
        self.at = at
        self.receipt = receipt_of(case.complaint)
        self.left_out: list[Violation] = []
        self._whole = whole
        self._versions: list[tuple[dt.datetime | None, Complaint]] = []
        self._entries: Sequence[Entry] = ()
        self._by_kind: dict[str, Sequence[Entry]] = {}
        self._matching: dict[tuple[str, Fields], Sequence[Entry]] = {} if whole is None else whole._matching
        self.kinds: frozenset[str] = _NO_KINDS
        """Kinds of the events known, the receipt apart."""
        self.changed: frozenset[str] = frozenset()
        """Facts that became known otherwise."""
        self._answers: dict[str, list[Entry]] | None = None
        self.undated = False
        self._grown: list[frozenset[str]] = []
        self.sliceable = False
        """Whether the history as of an earlier moment is its beginning, as a rule; else it is read anew."""
        self._mixed: dict[dt.date, dt.datetime] = {}
        self.as_recorded = False
        """Whether each event has a moment of its own, and all were recorded in that order."""
        if whole is not None:
            self._begin(whole)
        elif case.events:
            self._read()

    def _begin(self, whole: Timeline) -> None:
        # Nothing is copied before it is asked for: a long history is asked how it stood at each of its events.
        at = self.at
        self.sliceable = True
        self._grown, self._versions, self._mixed = whole._grown, whole._versions, whole._mixed
        self.kinds = frozenset(kind for kind in whole.kinds if cast(dt.datetime, whole.of_kind(kind)[0].lo) <= at)
        known = bisect_right(self._versions, at, key=_SINCE)
        if known:
            self.changed = self._grown[known - 1]

    @property
    def entries(self) -> Sequence[Entry]:
        """Every known event in order of time, the receipt first; empty where nothing was recorded."""
        if self._whole is not None and self.kinds and not self._entries:
            whole = self._whole.entries
            self._entries = whole[: bisect_right(whole, self.at, lo=1, key=BEGINNING)]
        return self._entries

    @property
    def versions(self) -> Sequence[tuple[dt.datetime | None, Complaint]]:
        """The facts as amended, each with the moment from which they were known so."""
        if self._whole is None:
            return self._versions
        return self._versions[: bisect_right(self._versions, self.at, key=_SINCE)]

    def _read(self) -> None:
        kept = [self.receipt]
        regular, tied = self._regular(kept)
        if regular == len(self.case.events):
            self.sliceable = True
            self.as_recorded = not tied
        else:
            self._admit(kept, regular)
            # A duplicate may be the earlier one in time, and what has no moment stands anywhere.
            left_out = {one.code for one in self.left_out}
            self.sliceable = not self.undated and ViolationCode.DUPLICATE not in left_out
            self._mixed = mixed_days(kept) if self.sliceable else {}
        self._entries = tuple(kept) if self.as_recorded else ordered(kept)
        by_kind: dict[str, list[Entry]] = {}
        for entry in self._entries:
            kind = entry.event.kind
            known = by_kind.get(kind)
            if known is None:
                by_kind[kind] = [entry]
            else:
                known.append(entry)
        del by_kind["received"]
        self._by_kind.update(by_kind)
        self.kinds = frozenset(by_kind)
        if "amended" in by_kind:
            self._amend(by_kind["amended"])

    def _regular(self, kept: list[Entry]) -> tuple[int, bool]:
        """Keep the events for as long as each has a moment not before the last; say where that ends.

        Say also whether some share a moment.
        """
        receipt, at = self.receipt, self.at
        last = receipt.lo
        if last is None or receipt.hi is not last:
            return 0, False
        ids: set[str] = set()
        tied = False
        for place, event in enumerate(self.case.events):
            when, kind, own = event.at, event.kind, event.id
            if type(when) is not dt.datetime or when < last or kind == "received" or own in ids:
                return place, tied
            if when > at:
                self._leave(place, event, ViolationCode.NOT_YET_KNOWN, Severity.NOTE)
                continue
            if when == last:
                if any(entry.event == event for entry in _at_the_end(kept, when)):
                    return place, tied
                tied = True
            last = when
            if own is not None:
                ids.add(own)
            kept.append(_new(Entry, (event, place, len(kept), when, when, RANKS.get(kind, NEUTRAL_RANK))))
        return len(self.case.events), tied

    def _admit(self, kept: list[Entry], begin_at: int) -> None:
        """Keep the further events that count; what is left out is reported, save what is simply not known yet."""
        at, receipt = self.at, self.receipt
        begin, exact = cast(dt.datetime, receipt.lo), receipt.hi is receipt.lo
        seen: dict[tuple[str, dt.datetime | dt.date | None], list[Event]] = {}
        for entry in kept[1:]:
            seen.setdefault((entry.event.kind, entry.event.at), []).append(entry.event)
        ids = {entry.event.id for entry in kept[1:] if entry.event.id is not None}
        rank = RANKS.get
        for place, event in enumerate(self.case.events[begin_at:], begin_at):
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
            entry = Entry(event, place, len(kept), lo, hi, rank(kind, NEUTRAL_RANK))
            if lo is None:
                self.undated = True
            elif (lo < begin) if exact and hi is lo else not not_before(entry, receipt):
                self._leave(place, event, ViolationCode.BEFORE_RECEIPT, Severity.BREACH)
                continue
            kept.append(entry)

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
            self._versions.append((entry.lo, complaint))
            self.changed |= (entry.event.set or {}).keys()
            self._grown.append(self.changed)

    def until(self, moment: dt.datetime) -> Timeline:
        """Give what was known of the case at an earlier moment; `left_out` is not told.

        As a rule it is the beginning of this one, and costs no reading.
        """
        return Timeline(self.case, moment, whole=(self._whole or self) if self._cuts(moment) else None)

    def _cuts(self, moment: dt.datetime) -> bool:
        """Say whether what was known at a moment is the beginning of the history.

        A day moves among the moments of its day, and can come to stand before some that it stands behind in the end.
        """
        if not self.sliceable or not self._mixed:
            return self.sliceable
        last = self._mixed.get(moment.date())
        return last is None or moment >= last

    def complaint_at(self, moment: dt.datetime) -> Complaint:
        """Give the facts as they were known at a moment, inclusive, and not after the timeline's own."""
        versions = self._versions
        if not versions:
            return self.case.complaint
        if self._cuts(moment):
            known = bisect_right(versions, min(moment, self.at), key=_SINCE)
            return versions[known - 1][1] if known else self.case.complaint
        for since, complaint in reversed(versions):
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

    def since(self, kind: str, start: Entry, fields: Fields = ()) -> Iterable[Entry]:
        """Give the known events of a kind, and of certain fields, at or after a start, in order of time."""
        return self.of_kind(kind, fields) if start.place < 0 else _since(*self._line(kind, fields), start)

    def of_kind(self, kind: str, fields: Fields = ()) -> Sequence[Entry]:
        """Give the known events of a kind, and of certain fields, in order of time; ``received`` is the receipt."""
        if kind not in self.kinds:
            return (self.receipt,) if kind == "received" and not fields else ()
        if fields:
            line, end = self._line(kind, fields)
            return line if end == len(line) else line[:end]
        known = self._by_kind.get(kind)
        if known is None:
            line, end = self._line(kind)
            known = self._by_kind[kind] = line[:end]
        return known

    def known_at(self, moment: dt.datetime, kind: str, fields: Fields = ()) -> tuple[Sequence[Entry], int]:
        """Give the events of a kind that carry a moment, or are known at the end, and how many were known earlier."""
        if not self._cuts(moment):
            known = [entry for entry in self.of_kind(kind, fields) if entry.lo is not None and entry.lo <= moment]
            return known, len(known)
        if kind not in self.kinds:
            return self.of_kind(kind, fields), int(kind == "received" and not fields)
        line, end = self._line(kind, fields)
        return line, end if moment >= self.at else bisect_right(line, moment, hi=end, key=BEGINNING)

    def _line(self, kind: str, fields: Fields = ()) -> tuple[Sequence[Entry], int]:
        """Give the events of a kind in the whole history, and how many of them are known."""
        whole = self._whole or self
        line = whole._by_kind.get(kind, ())
        if fields:
            matching = self._matching.get((kind, fields))
            if matching is None:
                matching = tuple(entry for entry in line if fields_match(entry.event, fields))
                self._matching[kind, fields] = matching
            line = matching
        return line, len(line) if whole is self else bisect_right(line, self.at, key=BEGINNING)


def _since(entries: Sequence[Entry], end: int, start: Entry) -> Iterator[Entry]:
    index = bisect_left(entries, start.order, hi=end, key=ORDER)
    while index and not_before(entries[index - 1], start):
        index -= 1  # of the same moment or day, though sorted before
    for entry in islice(entries, index, end):
        if not_before(entry, start):
            yield entry


def _at_the_end(kept: Sequence[Entry], moment: dt.datetime) -> Iterator[Entry]:
    """Give the last entries that share a moment."""
    for entry in reversed(kept):
        if entry.lo != moment:
            return
        yield entry


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
