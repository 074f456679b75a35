"""A case's history as of a moment: what is known of it, in which order, and which stops it holds."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Final, cast, final

from complaint_rules.cases.case import NEUTRAL_RANK, RANKS, Case, Event, Fields, fields_match
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.entries import (
    BEGINNING,
    ORDER,
    Entry,
    not_before,
    receipt_of,
)
from complaint_rules.cases.facts import FactValue
from complaint_rules.cases.ordering import mixed_days, ordered
from complaint_rules.cases.violations import NO_DETAIL, Severity, Violation, ViolationCode
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import EVER, earliest_of, latest_of

_NO_KINDS: Final[frozenset[str]] = frozenset()


_SINCE: Final = itemgetter(0)
_KIND: Final = itemgetter(1)
_IN_TIME: Final = attrgetter("lo", "rank", "place")


_new: Final = tuple.__new__


@final
class Timeline:
    """The known history of a case up to a moment, in order of time; built anew for every question, never stored."""

    __slots__ = (
        "_answers",
        "_base",
        "_by_kind",
        "_corrected",
        "_doubted",
        "_entries",
        "_firsts",
        "_grown",
        "_last_kinds",
        "_matching",
        "_mixed",
        "_versions",
        "_whole",
        "as_recorded",
        "at",
        "before",
        "case",
        "changed",
        "corrections",
        "kinds",
        "left_out",
        "prior",
        "receipt",
        "sliceable",
        "undated",
        "unsettled",
    )

    def __init__(
        self,
        case: Case,
        at: dt.datetime,
        *,
        whole: Timeline | None = None,
        corrected: Mapping[str, FactValue | None] = FrozenMap(),
        prior: frozenset[str] = _NO_KINDS,
    ) -> None:
        """Read a history; of a longer one already read, which is `sliceable`, this is the beginning.

        `corrected` are facts that a later amendment says were mistaken in the record as it stood then; `prior` are
        kinds of event that may lie before the receipt.
        """
        self.prior: frozenset[str] = prior if whole is None else whole.prior
        self.before: Sequence[Entry] = () if whole is None else whole.before
        """Events before the receipt that may lie there, in order of time; their `order` is negative."""
        self.case: Case = case
        self.at: dt.datetime = at
        self.receipt: Entry = receipt_of(case.complaint)
        self.left_out: list[Violation] = []
        self._whole = whole
        self._base: Complaint = case.complaint
        self._corrected = corrected
        self.corrections: list[Entry] = []
        """The amendments that say the earlier record was mistaken, the latest first."""
        self._versions: list[tuple[dt.datetime | None, Complaint]] = []
        self._entries: Sequence[Entry] = ()
        self._by_kind: dict[str, Sequence[Entry]] = {}
        self._matching: dict[tuple[str, Fields, Fields], Sequence[Entry]] = {} if whole is None else whole._matching
        self.kinds: frozenset[str] = _NO_KINDS
        """Kinds of the events known, the receipt apart."""
        self._firsts: list[tuple[dt.datetime, str]] | None = None
        self._last_kinds = _NO_KINDS
        self.changed: frozenset[str] = frozenset()
        """Facts that became known otherwise."""
        self.unsettled: frozenset[str] = frozenset()
        """Facts that became known otherwise at a moment nobody knows, or by an amendment that cannot be used."""
        self._doubted: list[tuple[dt.datetime, frozenset[str]]] = []
        self._answers: dict[str, list[Entry]] | None = None
        self.undated: bool = False
        self._grown: list[frozenset[str]] = []
        self.sliceable: bool = False
        """Whether the history as of an earlier moment is its beginning, as a rule; else it is read anew."""
        self._mixed: dict[dt.date, dt.datetime] = {}
        self.as_recorded: bool = False
        """Whether each event has a moment of its own, and all were recorded in that order."""
        if whole is not None:
            self._begin(whole)
        elif case.events:
            self._read()
            if corrected and not self._versions:
                self._amend(())

    def _begin(self, whole: Timeline) -> None:
        # Nothing is copied before it is asked for: a long history is asked how it stood at each of its events.
        at = self.at
        self.sliceable = True
        self._grown, self._versions, self._mixed = whole._grown, whole._versions, whole._mixed
        self._base = whole._base
        self.kinds = whole._kinds_until(at)
        known = bisect_right(self._versions, at, key=_SINCE)
        if known:
            self.changed = self._grown[known - 1]
        if whole._doubted and (known := bisect_right(whole._doubted, at, key=_SINCE)):
            self.unsettled = whole._doubted[known - 1][1]

    def _kinds_until(self, moment: dt.datetime) -> frozenset[str]:
        """Give the kinds of event known at an earlier moment: the same set for as long as none is added."""
        firsts = self._firsts
        if firsts is None:
            firsts = self._firsts = sorted((cast(dt.datetime, self._by_kind[kind][0].lo), kind) for kind in self.kinds)
        number = bisect_right(firsts, moment, key=_SINCE)
        known = self._last_kinds
        if len(known) != number:
            known = self._last_kinds = frozenset(map(_KIND, firsts[:number]))
        return known

    @property
    def mixed(self) -> bool:
        """Whether of some day something is known by the day and something by its moment."""
        return bool(self._mixed)

    def muddled(self, moment: dt.datetime) -> bool:
        """Say whether what was known at a moment of such a day may stand in another order than in the end."""
        return self.mixed and not self._cuts(moment)

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
        before: list[Entry] = []
        regular, tied = self._regular(kept)
        if regular == len(self.case.events):
            self.sliceable = True
            self.as_recorded = not tied
        else:
            self._admit(kept, regular, before)
            # A duplicate may be the earlier one in time, and what has no moment stands anywhere.
            left_out = {one.code for one in self.left_out}
            self.sliceable = not self.undated and ViolationCode.DUPLICATE not in left_out
            self._mixed = mixed_days(kept) if self.sliceable else {}
        self._entries = tuple(kept) if self.as_recorded else ordered(kept)
        before.sort(key=_IN_TIME)
        self.before = tuple(entry._replace(order=place - len(before)) for place, entry in enumerate(before))
        by_kind: dict[str, list[Entry]] = {}
        for entry in (*self.before, *self._entries) if before else self._entries:
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
        together: set[Event] = set()  # those of the last moment, once it has several
        for place, event in enumerate(self.case.events):
            when, kind, own = event.at, event.kind, event.id
            if type(when) is not dt.datetime or when < last or kind == "received" or own in ids:
                return place, tied
            if when > at:
                self._leave(place, event, ViolationCode.NOT_YET_KNOWN, Severity.NOTE)
                continue
            if when == last:
                together = together or {entry.event for entry in _at_the_end(kept, when)}
                if event in together:
                    return place, tied
                tied = True
                together.add(event)
            elif together:
                together = set()
            last = when
            if own is not None:
                ids.add(own)
            kept.append(_new(Entry, (event, place, len(kept), when, when, RANKS.get(kind, NEUTRAL_RANK))))
        return len(self.case.events), tied

    def _admit(self, kept: list[Entry], begin_at: int, before: list[Entry]) -> None:
        """Keep the further events that count; what is left out is reported, save what is simply not known yet.

        What may lie before the receipt and does is kept apart.
        """
        at, receipt = self.at, self.receipt
        begin, exact = cast(dt.datetime, receipt.lo), receipt.hi is receipt.lo
        seen: dict[tuple[str, dt.datetime | dt.date | None], set[Event] | Event] = {}
        for entry in kept[1:]:
            _see(seen, entry.event)
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
            own = event.id
            if (own is not None and own in ids) or not _see(seen, event):
                self._leave(place, event, ViolationCode.DUPLICATE, Severity.RECORD)
                continue
            if own is not None:
                ids.add(own)
            if kind == "received":
                if lo != receipt.lo:
                    self._leave(place, event, ViolationCode.SECOND_RECEIPT, Severity.RECORD)
                continue
            entry = Entry(event, place, len(kept), lo, hi, rank(kind, NEUTRAL_RANK))
            if lo is None:
                self.undated = True
            elif (lo < begin) if exact and hi is lo else not not_before(entry, receipt):
                if kind in self.prior:
                    before.append(entry)
                    continue
                # It happened, but not then: nothing may be drawn from it but that nobody knows when.
                self._leave(place, event, ViolationCode.BEFORE_RECEIPT, Severity.RECORD)
                self.undated = True
                entry = entry._replace(lo=None, hi=None)
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
        # One without a moment is taken as known all along, so it must not carry what was learnt at a known moment.
        line = sorted(amendments, key=_is_dated)
        masks: list[frozenset[str]] = []
        corrected: dict[str, FactValue | None] = dict(self._corrected)
        for entry in reversed(line):  # what a later correction says held before it too
            masks.append(frozenset(corrected))
            if entry.event.corrects:
                self.corrections.append(entry)
                corrected = {**(entry.event.set or {}), **corrected}
        complaint = self.case.complaint
        if corrected:
            try:
                complaint = self._base = complaint.amended(corrected)
            except ComplaintRulesError:
                self._doubt(None, corrected)  # told of each below
        for entry, mask in zip(line, reversed(masks), strict=True):
            changes = {name: value for name, value in (entry.event.set or {}).items() if name not in mask}
            try:
                complaint = complaint.amended(changes)
            except ComplaintRulesError as error:
                self._leave(
                    entry.place, entry.event, ViolationCode.BAD_AMENDMENT, Severity.RECORD, FrozenMap(why=str(error))
                )
                self._doubt(entry.lo, changes)
                continue
            if entry.lo is None and not entry.event.corrects:
                self._doubt(None, changes)
            self._versions.append((entry.lo, complaint))
            if not entry.event.corrects:
                self.changed |= changes.keys()
            self._grown.append(self.changed)

    def _doubt(self, since: dt.datetime | None, facts: Mapping[str, object]) -> None:
        self.unsettled |= facts.keys()
        self._doubted.append((since or EVER, self.unsettled))

    def until(self, moment: dt.datetime) -> Timeline:
        """Give what was known of the case at an earlier moment; `left_out` is not told.

        As a rule it is the beginning of this one, and costs no reading.
        """
        whole = self._whole or self
        if self._cuts(moment):
            return Timeline(self.case, moment, whole=whole)
        corrected: dict[str, FactValue | None] = {}
        for entry in whole.corrections:  # the latest first
            corrected = {**(entry.event.set or {}), **corrected}
        return Timeline(self.case, moment, corrected=corrected, prior=self.prior)

    def begins(self, other: Timeline) -> bool:
        """Say whether this is another timeline, or its beginning, read from the same events."""
        return self is other or (self._whole is not None and self._whole is (other._whole or other))

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
            return self._base
        if self._cuts(moment):
            known = bisect_right(versions, min(moment, self.at), key=_SINCE)
            return versions[known - 1][1] if known else self._base
        for since, complaint in reversed(versions):
            if since is None or since <= moment:
                return complaint
        return self._base

    def answers_to(self, key: str | None) -> Sequence[Entry]:
        """Give the known events that refer to another by its id, in order of time."""
        if self._answers is None:
            self._answers = {}
            for entry in self.entries:
                if entry.event.ref is not None:
                    self._answers.setdefault(entry.event.ref, []).append(entry)
        return () if key is None else self._answers.get(key, ())

    def since(self, kind: str, start: Entry, fields: Fields = (), without: Fields = ()) -> Iterable[Entry]:
        """Give the known events of a kind, and of certain fields, at or after a start, in order of time."""
        first = start.place < 0 and start.lo is self.receipt.lo and not self.before
        return self.of_kind(kind, fields, without) if first else _since(*self._line(kind, fields, without), start)

    def of_kind(self, kind: str, fields: Fields = (), without: Fields = ()) -> Sequence[Entry]:
        """Give the known events of a kind, and of certain fields, in order of time; ``received`` is the receipt.

        Those that have all the fields of `without` are left out.
        """
        if kind not in self.kinds:
            return (self.receipt,) if kind == "received" and not fields else ()
        if fields or without:
            line, end = self._line(kind, fields, without)
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

    def _line(self, kind: str, fields: Fields = (), without: Fields = ()) -> tuple[Sequence[Entry], int]:
        """Give the events of a kind in the whole history, and how many of them are known."""
        whole = self._whole or self
        line = whole._by_kind.get(kind, ())
        if fields or without:
            matching = self._matching.get((kind, fields, without))
            if matching is None:
                matching = tuple(entry for entry in line if fields_match(entry.event, fields, without))
                self._matching[kind, fields, without] = matching
            line = matching
        return line, len(line) if whole is self else bisect_right(line, self.at, key=BEGINNING)


def _since(entries: Sequence[Entry], end: int, start: Entry) -> Iterator[Entry]:
    index = bisect_left(entries, start.order, hi=end, key=ORDER)
    while index and not_before(entries[index - 1], start):
        index -= 1  # of the same moment or day, though sorted before
    for entry in islice(entries, index, end):
        if not_before(entry, start):
            yield entry


def _see(seen: dict[tuple[str, dt.datetime | dt.date | None], set[Event] | Event], event: Event) -> bool:
    """Note an event under its kind and time; say whether it is new. Alone it is not hashed: most have no twin."""
    key = (event.kind, event.at)
    known = seen.get(key)
    if known is None:
        seen[key] = event
        return True
    if isinstance(known, Event):
        if known == event:
            return False
        seen[key] = {known, event}
        return True
    number = len(known)
    known.add(event)
    return len(known) > number


def _at_the_end(kept: Sequence[Entry], moment: dt.datetime) -> Iterator[Entry]:
    """Give the last entries that share a moment."""
    for entry in reversed(kept):
        if entry.lo != moment:
            return
        yield entry


def _is_dated(entry: Entry) -> bool:
    return entry.lo is not None
