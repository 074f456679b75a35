"""A case's history as of a moment: what is known, in which order, what contradicts itself, where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, final

import attrs

from complaint_rules.case import Case, Event, EventKind, lifecycle_rank
from complaint_rules.complaint import Complaint
from complaint_rules.errors import ComplaintRulesError, did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import earliest_of, latest_of
from complaint_rules.periods import Pause

STANDARD_KINDS: Final = frozenset(kind.value for kind in EventKind)
_ENDINGS: Final = frozenset({"closed", "withdrawn", "not_accepted"})
_REOPENABLE: Final = _ENDINGS | {"replied", "accepted_by_customer", "called_back", "archived"}
_HANDLING: Final = frozenset(
    {"registered", "accepted", "routed", "investigated", "resolved", "replied", "accepted_by_customer", "extended"}
    | {"suspended", "resumed", "supplemented", "transferred", "agreed"}
)
"""Steps that presuppose an open case."""
_NO_DETAIL: Final[FrozenMap[str, str]] = FrozenMap()
_RECEIPT: Final = Event("received")
"""Stands for every receipt; its moment is that of the entry."""


@final
@attrs.frozen(kw_only=True)
class Violation:
    """Something in a history that breaks a rule (违规), or that cannot have been as recorded."""

    code: str
    """What kind of violation: ``late``, ``forbidden``, ``resume_without_pause`` …"""
    severity: str
    """``breach``; ``warning`` for a missed SHOULD or a doubtful record; ``note`` for what only deserves a look."""
    rule: str | None = None
    """``section/id`` of the policy's rule; None: the history contradicts itself."""
    cite: str | None = None
    """The article."""
    place: int | None = None
    """Index of the event in `Case.events`; None where no single event is meant."""
    event: str | None = None
    """Kind of that event."""
    at: dt.datetime | dt.date | None = None
    """When it happened, or since when it is so."""
    detail: FrozenMap[str, str] = _NO_DETAIL
    """Further facts for the explanation: the offending value, the likely intent, what was missing."""


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

    An entry without a moment may have been at any time, so it is taken to follow.
    """
    if entry.lo is None or start.lo is None:
        return entry.place != start.place
    if entry.hi is not entry.lo or start.hi is not start.lo:
        first, second = start.lo.date(), entry.lo.date()
        return second > first or (second == first and entry.rank >= start.rank and entry.place != start.place)
    return entry.lo >= start.lo and entry.place != start.place


@final
class Timeline:
    """The known history of a case up to a moment, in order of time; built anew for every question, never stored."""

    __slots__ = ("at", "by_kind", "case", "entries", "left_out", "receipt", "versions")

    def __init__(self, case: Case, at: dt.datetime) -> None:
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
        if case.events:
            self._read()

    def _read(self) -> None:
        receipt = self.receipt
        self.entries = _ordered(self._admitted(receipt))
        by_kind = self.by_kind
        for entry in self.entries:
            by_kind.setdefault(entry.event.kind, []).append(entry)
        self._amend(by_kind.get("amended", ()))

    def _admitted(self, receipt: Entry) -> list[Entry]:
        """Keep the events that count; what is left out is reported, save what is simply not known yet."""
        at, kept = self.at, [receipt]
        seen: set[Event] = set()
        ids: set[str] = set()
        for place, event in enumerate(self.case.events):
            when = event.at
            if when is None:
                lo = hi = None
            elif isinstance(when, dt.datetime):
                lo = hi = when
            else:
                lo, hi = earliest_of(when), latest_of(when)
            if lo is not None and lo > at:
                self._leave(place, event, "not_yet_known", "note")
                continue
            if event in seen or (event.id is not None and event.id in ids):
                self._leave(place, event, "duplicate", "warning")
                continue
            seen.add(event)
            if event.id is not None:
                ids.add(event.id)
            if event.kind == "received":
                if lo != receipt.lo:
                    self._leave(place, event, "second_receipt", "warning")
                continue
            entry = Entry(event, place, 0, lo, hi, lifecycle_rank(event.kind))
            if lo is not None and not not_before(entry, receipt):
                self._leave(place, event, "before_receipt", "breach")
                continue
            kept.append(entry)
        return kept

    def _leave(
        self, place: int, event: Event, code: str, severity: str, detail: FrozenMap[str, str] = _NO_DETAIL
    ) -> None:
        self.left_out.append(
            Violation(code=code, severity=severity, place=place, event=event.kind, at=event.at, detail=detail)
        )

    def _amend(self, amendments: Iterable[Entry]) -> None:
        complaint = self.case.complaint
        for entry in amendments:
            try:
                complaint = complaint.amended(entry.event.set or {})
            except ComplaintRulesError as error:
                self._leave(entry.place, entry.event, "bad_amendment", "breach", FrozenMap(why=str(error)))
                continue
            self.versions.append((entry.lo, complaint))

    def complaint_at(self, moment: dt.datetime) -> Complaint:
        """Give the facts as they were known at a moment, inclusive."""
        known = self.case.complaint
        for since, complaint in self.versions:
            if since is None or since <= moment:
                known = complaint
        return known

    def of_kind(self, kind: str) -> Sequence[Entry]:
        """Give the known events of a kind, in order of time; ``received`` is the receipt."""
        if kind == "received":
            return (self.receipt,)
        return self.by_kind.get(kind, ())


def _ordered(entries: list[Entry]) -> tuple[Entry, ...]:
    """Sort by time; a day stands among that day's moments, and the undated among all, by the lifecycle."""
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
        moments.sort(key=lambda entry: (entry.lo, entry.rank, entry.place))
        line += _merged(moments, dated) if dated else moments
    if undated:
        line = _merged(line, undated)
    return tuple(entry._replace(order=order) for order, entry in enumerate(line))


def _merged(line: list[Entry], others: list[Entry]) -> list[Entry]:
    last_of_rank: dict[float, int] = {}
    for index, entry in enumerate(line):
        last_of_rank[entry.rank] = index
    others.sort(key=lambda entry: (entry.rank, entry.place))
    places: dict[float, int] = {}
    for rank in {entry.rank for entry in others}:
        places[rank] = max((index for known, index in last_of_rank.items() if known <= rank), default=-1)
    keyed = [((index, 0, 0.0, 0), entry) for index, entry in enumerate(line)]
    keyed += [((places[entry.rank], 1, entry.rank, entry.place), entry) for entry in others]
    keyed.sort(key=lambda pair: pair[0])
    return [entry for _, entry in keyed]


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
            if _same_stop(opened, entry.event) is None:
                opened.append(entry)
            continue
        partner = _partner(opened, entry.event)
        if partner is None:
            continue
        opened.remove(partner)
        begin, end = partner.event.at, entry.event.at
        if begin is not None and end is not None:
            found.append(Stop(Pause(begin, end, reason=partner.event.reason), partner, entry))
    found += [
        Stop(Pause(entry.event.at, None, reason=entry.event.reason), entry, None)
        for entry in opened
        if entry.event.at is not None
    ]
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


@final
@attrs.frozen
class State:
    """Where a case stands, folded from its history (案件状态)."""

    phase: str = "received"
    """The last step of the lifecycle: received, registered, accepted … reopened; or ``withdrawn``."""
    stopped: tuple[tuple[str | None, str | None], ...] = ()
    """Open suspensions as (ref, reason)."""
    seen: frozenset[str] = frozenset()
    """Kinds of event since the receipt or the last reopening."""

    @property
    def ended(self) -> bool:
        """Whether handling has ended: closed, archived, withdrawn or not accepted, and not reopened since.

        >>> State(phase="closed", seen=frozenset({"closed"})).ended
        True
        """
        return bool(self.seen & _ENDINGS)

    def after(self, event: Event) -> State:
        """Give the state once an event has happened, lawful or not.

        >>> State().after(Event("withdrawn")).phase
        'withdrawn'
        """
        kind, phase, seen = event.kind, self.phase, self.seen
        if kind == "reopened":
            return State("reopened", self.stopped, frozenset())
        if kind == "withdrawn" or (kind in STANDARD_KINDS and _is_step(kind)):
            phase = kind
        stopped = self.stopped
        if kind == "suspended":
            stopped = (*stopped, (event.ref or event.id, event.reason))
        elif kind == "resumed":
            stopped = _without(stopped, event)
        return State(phase, stopped, seen if kind in seen else seen | {kind})

    def objections(self, event: Event) -> list[tuple[str, str]]:
        """Say what speaks against an event happening now, as (code, severity); empty where nothing does.

        >>> State().objections(Event("resumed", reason="mediation"))
        [('resume_without_pause', 'breach')]
        """
        kind, seen = event.kind, self.seen
        against: list[tuple[str, str]] = []
        if kind == "resumed" and _without(self.stopped, event) == self.stopped:
            against.append(("resume_without_pause", "breach"))
        if kind == "suspended" and (event.ref or event.id, event.reason) in self.stopped:
            against.append(("already_suspended", "warning"))
        if kind == "reopened" and not seen & _REOPENABLE:
            against.append(("reopening_of_open_case", "breach"))
        if kind in _ENDINGS and kind in seen:
            against.append(("already_ended", "warning"))
        if kind in _HANDLING:
            if "withdrawn" in seen:
                against.append(("after_withdrawal", "breach"))
            elif "closed" in seen:
                against.append(("after_closing", "breach"))
            elif "not_accepted" in seen and kind != "registered":
                against.append(("after_refusal", "breach"))
        if kind == "not_accepted" and "accepted" in seen:
            against.append(("refused_after_acceptance", "breach"))
        if kind == "archived" and not self.ended:
            against.append(("archived_before_closing", "warning"))
        return against


def _is_step(kind: str) -> bool:
    return float(lifecycle_rank(kind)).is_integer()


def _without(
    stopped: tuple[tuple[str | None, str | None], ...], event: Event
) -> tuple[tuple[str | None, str | None], ...]:
    if event.ref is not None:
        match = next((stop for stop in stopped if stop[0] == event.ref), None)
    elif event.reason is not None:
        match = next((stop for stop in stopped if stop[1] == event.reason), None)
    else:
        match = stopped[0] if len(stopped) == 1 else None
    if match is None:
        return stopped
    index = stopped.index(match)
    return stopped[:index] + stopped[index + 1 :]


def state(case: Case, *, at: dt.datetime) -> State:
    """Give where a case stands at a moment.

    >>> from complaint_rules.moments import BEIJING
    >>> case = Case(
    ...     Complaint(id="c-1", received=dt.date(2026, 9, 30)), [Event("replied", dt.date(2026, 10, 9))]
    ... )
    >>> state(case, at=dt.datetime(2026, 10, 10, tzinfo=BEIJING)).phase
    'replied'
    """
    return state_of(Timeline(case, at))


def state_of(timeline: Timeline) -> State:
    """Give where a case stands at the end of a timeline."""
    now = State()
    for entry in timeline.entries[1:]:
        now = now.after(entry.event)
    return now


def check(
    timeline: Timeline,
    kinds: Mapping[str, object] | frozenset[str] = STANDARD_KINDS,
    places: frozenset[str] = frozenset(),
) -> list[Violation]:
    """Give everything in a history that cannot have been as recorded, in order of time: never only the first.

    `kinds` are the kinds of event known, `places` the levels and bodies: a `to` that resembles one but is none is
    doubted, because a slip there would silently change who holds the file.

    >>> from complaint_rules.moments import BEIJING
    >>> case = Case(
    ...     Complaint(id="c-1", received=dt.date(2026, 9, 30)), [Event("resumed", dt.date(2026, 10, 9))]
    ... )
    >>> [v.code for v in check(Timeline(case, dt.datetime(2026, 10, 10, tzinfo=BEIJING)))]
    ['resume_without_pause']
    """
    found = list(timeline.left_out)
    now = State()
    latest = -1
    for entry in timeline.entries[1:]:
        event = entry.event
        against = now.objections(event)
        if event.kind not in kinds and event.kind not in STANDARD_KINDS:
            found.append(_noted(entry, "unknown_kind", "warning", did_you_mean(event.kind, [*kinds, *STANDARD_KINDS])))
        if event.to is not None and places and event.to not in places and (hint := did_you_mean(event.to, places)):
            found.append(_noted(entry, "unknown_level", "warning", hint))
        if event.kind == "amended" and not event.set:
            found.append(_noted(entry, "empty_amendment", "warning"))
        if event.kind in ("suspended", "resumed") and event.at is None:
            found.append(_noted(entry, "pause_without_moment", "warning"))
        if entry.lo is not None and entry.place < latest:
            found.append(_noted(entry, "recorded_out_of_order", "note"))
        latest = max(latest, entry.place)
        found += [_noted(entry, code, severity) for code, severity in against]
        now = now.after(event)
    return found


def _noted(entry: Entry, code: str, severity: str, hint: str = "") -> Violation:
    detail = FrozenMap(hint=hint) if hint else _NO_DETAIL
    return Violation(
        code=code, severity=severity, place=entry.place, event=entry.event.kind, at=entry.event.at, detail=detail
    )
