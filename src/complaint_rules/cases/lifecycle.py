"""Where a case stands by its history, and everything in that history which cannot have been as recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import inf
from typing import Final, TypeAlias, final

import attrs

from complaint_rules.cases.case import LIFECYCLE, Case, Event, EventKind
from complaint_rules.cases.entries import STOPPING, Entry
from complaint_rules.cases.timeline import Timeline
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.errors import MOST_SEARCHES as _MOST_SEARCHES
from complaint_rules.errors import InvalidComplaint, closest
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment

STANDARD_KINDS: Final = frozenset(kind.value for kind in EventKind)
ENDINGS: Final = frozenset({"closed", "withdrawn", "not_accepted"})
"""Kinds of event that end the handling."""
_REOPENABLE: Final = ENDINGS | {"replied", "accepted_by_customer", "called_back", "archived"}
_HANDLING: Final = frozenset(
    {"registered", "accepted", "routed", "investigated", "resolved", "replied", "accepted_by_customer", "extended"}
    | {"suspended", "resumed", "supplemented", "transferred", "agreed"}
)
"""Steps that presuppose an open case."""
_DELICATE: Final = ENDINGS | {"suspended", "resumed", "reopened", "archived"}
"""Steps that something can speak against whatever came before."""
Stopped: TypeAlias = tuple[tuple[str | None, str | None], ...]
"""Open suspensions as (ref, reason)."""
_PLAIN: Final = STANDARD_KINDS - _DELICATE - {"amended"}
"""Steps that nothing speaks against while the case is open, whatever came before."""
_PHASES: Final = frozenset(LIFECYCLE) | {"withdrawn"}


@final
@attrs.frozen(repr=False)
class State(Shown):
    """Where a case stands, folded from its history (案件状态)."""

    phase: str = "received"
    """The last step of the lifecycle: received, registered, accepted … reopened; or ``withdrawn``."""
    stopped: Stopped = ()
    """Open suspensions as (ref, reason)."""
    seen: frozenset[str] = frozenset()
    """Kinds of event since the receipt or the last reopening."""

    @property
    def ended(self) -> bool:
        """Whether handling has ended: closed, archived, withdrawn or not accepted, and not reopened since.

        >>> State(phase="closed", seen=frozenset({"closed"})).ended
        True
        """
        return bool(self.seen & ENDINGS)

    def after(self, event: Event) -> State:
        """Give the state once an event has happened, lawful or not.

        >>> State().after(Event("withdrawn")).phase
        'withdrawn'
        """
        kind, seen = event.kind, self.seen
        if kind == "reopened":
            return State("reopened", self.stopped, frozenset())
        phase = kind if kind in _PHASES else self.phase
        return State(phase, _stopped_after(self.stopped, event), seen if kind in seen else seen | {kind})


_REOPENING: Final = frozenset({"reopened"})
_UNSEEN_SETTLES: Final[Mapping[ViolationCode, AbstractSet[str]]] = {
    ViolationCode.RESUME_WITHOUT_PAUSE: {"suspended"},
    ViolationCode.ALREADY_SUSPENDED: {"resumed"},
    ViolationCode.REOPENING_OF_OPEN_CASE: _REOPENABLE,
    ViolationCode.ARCHIVED_BEFORE_CLOSING: ENDINGS,
    ViolationCode.ALREADY_ENDED: _REOPENING,
    ViolationCode.AFTER_WITHDRAWAL: _REOPENING,
    ViolationCode.AFTER_CLOSING: _REOPENING,
    ViolationCode.AFTER_REFUSAL: _REOPENING,
}
"""What the record contradicts, with the kinds of event that, happened unseen, make it whole."""


def _objections(
    event: Event, stopped: Stopped, seen: AbstractSet[str], unseen: AbstractSet[str]
) -> list[tuple[ViolationCode, Severity]]:
    """Say what speaks against an event happening now; empty where nothing does.

    What a kind of event that the record does not hold would explain is no fault of the record.
    """
    found = _contradictions(event, stopped, seen)
    if not found or not unseen:
        return found
    return [(code, severity) for code, severity in found if unseen.isdisjoint(_UNSEEN_SETTLES.get(code, ()))]


def objections(state: State, event: Event) -> tuple[ViolationCode, ...]:
    """Say what in the history contradicts an event that happens where a case stands so; empty where nothing does.

    >>> [code.value for code in objections(State(), Event("resumed", reason="mediation"))]
    ['resume_without_pause']
    """
    return tuple(code for code, _ in _contradictions(event, state.stopped, state.seen))


def _contradictions(event: Event, stopped: Stopped, seen: AbstractSet[str]) -> list[tuple[ViolationCode, Severity]]:
    kind = event.kind
    against: list[tuple[ViolationCode, Severity]] = []
    if kind == "resumed" and _without(stopped, event) == stopped:
        against.append((ViolationCode.RESUME_WITHOUT_PAUSE, Severity.RECORD))
    if kind == "suspended" and (event.ref or event.id, event.reason) in stopped:
        against.append((ViolationCode.ALREADY_SUSPENDED, Severity.RECORD))
    if kind == "reopened" and seen.isdisjoint(_REOPENABLE):
        against.append((ViolationCode.REOPENING_OF_OPEN_CASE, Severity.RECORD))
    if kind in ENDINGS and kind in seen:
        against.append((ViolationCode.ALREADY_ENDED, Severity.RECORD))
    if kind in _HANDLING:
        if "withdrawn" in seen:
            against.append((ViolationCode.AFTER_WITHDRAWAL, Severity.RECORD))
        elif "closed" in seen:
            against.append((ViolationCode.AFTER_CLOSING, Severity.RECORD))
        elif "not_accepted" in seen and kind != "registered":
            against.append((ViolationCode.AFTER_REFUSAL, Severity.RECORD))
    if kind == "not_accepted" and "accepted" in seen:
        against.append((ViolationCode.REFUSED_AFTER_ACCEPTANCE, Severity.RECORD))
    if kind == "archived" and seen.isdisjoint(ENDINGS):
        against.append((ViolationCode.ARCHIVED_BEFORE_CLOSING, Severity.RECORD))
    return against


def _stopped_after(stopped: Stopped, event: Event) -> Stopped:
    if event.kind == "suspended":
        return (*stopped, (event.ref or event.id, event.reason))
    return _without(stopped, event) if event.kind == "resumed" else stopped


def _without(stopped: Stopped, event: Event) -> Stopped:
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

    >>> import datetime as dt
    >>> from complaint_rules import BEIJING, Case, Complaint, Event
    >>> case = Case(
    ...     Complaint(id="c-1", received=dt.date(2026, 9, 30)), [Event("replied", dt.date(2026, 10, 9))]
    ... )
    >>> state(case, at=dt.datetime(2026, 10, 10, tzinfo=BEIJING)).phase
    'replied'
    """
    if not isinstance(case, Case):
        raise InvalidComplaint(what="case", why="a Case is expected", value=case, hint="Case(complaint) of a complaint")
    return state_of(Timeline(case, as_moment(at, what="at")))


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

    >>> import datetime as dt
    >>> from complaint_rules import BEIJING, Case, Complaint, Event
    >>> case = Case(
    ...     Complaint(id="c-1", received=dt.date(2026, 9, 30)), [Event("resumed", dt.date(2026, 10, 9))]
    ... )
    >>> [v.code.value for v in check(Timeline(case, dt.datetime(2026, 10, 10, tzinfo=BEIJING)))]
    ['resume_without_pause']
    """
    found = list(timeline.left_out)
    stopped: Stopped = ()
    seen: set[str] = set()
    meant: dict[str, str | None] = {}
    ended = False
    unseen = timeline.case.unseen
    belated = frozenset[int]() if timeline.as_recorded else _recorded_late(timeline.entries[1:])
    for entry in timeline.entries[1:]:
        event, place = entry[0], entry[1]
        kind, by, to = event.kind, event.by, event.to
        if kind in _PLAIN and not ended and place not in belated:
            known = (to is None or to in places) and (by is None or by in places)
            if known or not places:
                seen.add(kind)
                continue
        if kind not in STANDARD_KINDS and kind not in kinds:
            if kind not in meant:
                meant[kind] = closest(kind, [*kinds, *STANDARD_KINDS]) if len(meant) < _MOST_SEARCHES else None
            found.append(_noted(entry, ViolationCode.UNKNOWN_KIND, Severity.RECORD, meant[kind]))
        if places:
            if to is not None and to not in places and (hint := closest(to, places)):
                found.append(_noted(entry, ViolationCode.UNKNOWN_LEVEL, Severity.RECORD, hint))
            # Who acted is often a key of a post, so that only a near miss is taken for a slip.
            if by is not None and by not in places and (hint := closest(by, places, likeness=0.85)):
                found.append(_noted(entry, ViolationCode.UNKNOWN_LEVEL, Severity.RECORD, hint))
        if kind == "amended" and not event.set:
            found.append(_noted(entry, ViolationCode.EMPTY_AMENDMENT, Severity.RECORD))
        if place in belated:
            found.append(_noted(entry, ViolationCode.RECORDED_OUT_OF_ORDER, Severity.NOTE))
        if kind in STOPPING:
            if event.at is None:
                found.append(_noted(entry, ViolationCode.PAUSE_WITHOUT_MOMENT, Severity.RECORD))
            after = _stopped_after(stopped, event)
            if ended or kind == "suspended" or after == stopped:
                found += [_noted(entry, code, severity) for code, severity in _objections(event, stopped, seen, unseen)]
            stopped = after
        elif kind in _DELICATE or (ended and kind in _HANDLING):
            found += [_noted(entry, code, severity) for code, severity in _objections(event, stopped, seen, unseen)]
        if kind == "reopened":
            seen, ended = set(), False
        else:
            seen.add(kind)
            ended = ended or kind in ENDINGS
    return found


def _recorded_late(entries: Sequence[Entry]) -> AbstractSet[int]:
    """Give the places of the events recorded after something that happened later; one without a moment is none."""
    found: set[int] = set()
    first = inf
    for entry in reversed(entries):
        place = entry.place
        if entry.lo is not None:
            if place > first:
                found.add(place)
            else:
                first = place
    return found


def _noted(entry: Entry, code: ViolationCode, severity: Severity, meant: str | None = None) -> Violation:
    detail: FrozenMap[str, str] = FrozenMap() if meant is None else FrozenMap(meant=meant)
    return Violation(
        code=code, severity=severity, place=entry.place, event=entry.event.kind, at=entry.event.at, detail=detail
    )
