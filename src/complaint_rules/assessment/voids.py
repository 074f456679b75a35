"""What ends a limit without result (失效): events held against the condition under which they may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from complaint_rules.assessment.plans import Outcome
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.cases.entries import Entry
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.conditions.parsing import Condition
from complaint_rules.policy.rules import Limit, Modality, Void

Verdict: TypeAlias = tuple[Outcome, int]
"""Whether a condition holds, and the facts that could settle it; None: nobody knows."""
Candidates: TypeAlias = list[tuple[Entry, int, Void, Verdict]]
"""Events that would end a run, each with its place in time, its rule, and what was known of its condition then."""


class Voided(NamedTuple):
    """What became of the events that would end one run of a limit without result."""

    by: Entry | None = None
    """The first that did; None: none."""
    perhaps: Entry | None = None
    """The first, before that, of which nobody knows whether it did; None: there is none."""
    unknown: int = 0
    """Facts that could still settle that, as a mask of the policy's facts."""
    unheeded: tuple[tuple[Entry, Void], ...] = ()
    """Those that did not, because what the rule asks of them does not hold: the limit ran on."""


NOTHING_VOIDS: Final = Voided()
"""Of a run that no such event has touched."""


def voided(snapshot: Snapshot, limit: Limit, after: Entry, end: Entry | None) -> Voided:
    """Say what ended a run without result, of all that happened from a moment on and before its end.

    Whether an act was lawful is judged by what was known when it happened; what was unknown then and is known now is
    taken as it is known now.
    """
    if not any(one.on.kind in snapshot.timeline.kinds for one in limit.void_on):
        return NOTHING_VOIDS
    perhaps: Entry | None = None
    unknown = 0
    unheeded: dict[int, tuple[Entry, Void]] = {}
    at, last = snapshot.at, None if end is None else end.order
    for entry, order, one, then in _candidates(snapshot, limit, after):
        if (entry.lo is not None and entry.lo > at) or (last is not None and order >= last):
            break
        holds, doubts = then
        if entry.hi is not None and entry.hi > at:
            holds, doubts = _judged(snapshot, one.when, entry, then=True)
        if holds is None:
            holds, doubts = _judged(snapshot, one.when, entry)
        if holds:
            return Voided(entry, perhaps, unknown, tuple(unheeded.values()))
        if holds is None:
            perhaps = perhaps or entry
            unknown |= doubts
        else:
            unheeded[entry.place] = (entry, one)
    return Voided(None, perhaps, unknown, tuple(unheeded.values()))


def _candidates(snapshot: Snapshot, limit: Limit, after: Entry) -> Candidates:
    """Give the events that would end a run, in order of time, each with what was known of its condition then.

    A long history is asked how it stood at each of its events, so what was known then is worked out once for all.
    """
    root = snapshot.root
    if not snapshot.timeline.begins(root.timeline):
        return _worked_out(snapshot, limit, after)
    key = limit.id, after.place
    known: Candidates | None = root.voids.get(key)
    if known is None:
        known = root.voids[key] = _worked_out(root, limit, after)
    return known


def _worked_out(snapshot: Snapshot, limit: Limit, after: Entry) -> Candidates:
    return [
        (entry, entry.order, one, _judged(snapshot, one.when, entry, then=True))
        for entry, one in _in_order(snapshot, limit.void_on, after)
    ]


def _in_order(snapshot: Snapshot, rules: Sequence[Void], after: Entry) -> list[tuple[Entry, Void]]:
    """Give the events that some rules name, in order of time, each with its rule; `nth` counts from the start."""
    found: list[tuple[Entry, Void]] = []
    for one in rules:
        on = one.on
        entries = list(snapshot.timeline.since(on.kind, after, on.fields, on.without))
        found += [(entry, one) for entry in (entries if on.nth is None else entries[on.nth - 1 : on.nth])]
    found.sort(key=lambda pair: pair[0].order)
    return found


def _judged(snapshot: Snapshot, when: Condition | None, entry: Entry, *, then: bool = False) -> Verdict:
    """Say whether a rule's condition holds for an event, as known now or `then`; None: nobody knows."""
    if when is None:
        return True, 0
    view = (snapshot.view_at(entry.hi) if then else snapshot.view).with_event(entry.event)
    holds, surely, possibly, unknown = snapshot.plan.test(when)(view)
    if holds:
        return (None if not surely and snapshot.presumes(unknown) else True), unknown
    return (None if snapshot.plan.undecided(possibly=possibly, unknown=unknown) else False), unknown


def unheeded_ends(snapshot: Snapshot, limit: Limit, runs: Sequence[tuple[Entry, Entry | None]]) -> Iterator[Violation]:
    """Give the events that would have ended a limit and did not, as violations, once each.

    `runs` are the start and the end of each run that counts.
    """
    told: set[int] = set()
    for start, end in runs:
        for entry, one in voided(snapshot, limit, start, end).unheeded:
            if entry.place in told:
                continue
            told.add(entry.place)
            yield Violation(
                code=ViolationCode.ENDING_WITHOUT_EFFECT,
                severity=Severity.BREACH if limit.modality is Modality.MUST else Severity.WARNING,
                rule=f"limit/{limit.id}", cite=one.cite or limit.cite, place=entry.place, event=entry.event.kind,
                at=entry.event.at,
            )  # fmt: skip
