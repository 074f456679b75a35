"""What lawfully stops or lengthens a limit: suspensions and extensions, each held against its conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, final

import attrs

from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.cases.case import Event
from complaint_rules.cases.entries import Entry
from complaint_rules.cases.stops import Stop
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.conditions.parsing import Condition
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.policy.rules import Extension, Limit, PauseRule

COMPLETING: Final = frozenset({"approved", "informed", "extended", "suspended", "reported"})
"""Kinds of event that can complete an earlier one they refer to."""


class WhyNot(Coded):
    """Why an extension or a suspension has no effect (不生效的原因)."""

    NOT_APPROVED = "not_approved", "未经有权人批准", "nobody entitled to it approved it"
    REQUIREMENTS = "requirements", "所需手续不齐", "what it requires is not there"
    CONDITION = "condition", "不符合适用条件", "its condition does not hold"
    TOO_LATE = "too_late", "手续在期限届满后才齐备", "it was complete only after the limit had run out"
    OTHER_UNIT = "other_unit", "其单位与所适用期限不同，无从相加", "it is in another unit than the figure that applies"
    TOO_OFTEN = "too_often", "已超过允许次数", "it may not be granted that often"


@final
@attrs.frozen(kw_only=True, repr=False)
class Grant(Shown):
    """An extension asked for (延期申请), and what became of it."""

    extension: Extension
    """The rule it rests on."""
    entry: Entry
    """The event that grants it."""
    why: WhyNot | None = None
    """Why it has no effect; None: it has."""
    completed: Entry | None = None
    """The event with which it had everything it needs; None: it never had."""
    doubtful: bool = False
    """Whether it may have its effect all the same: nobody knows when, or whether something it needs is there."""

    @property
    def valid(self) -> bool:
        """Whether it has its effect."""
        return self.why is None


class Completion(NamedTuple):
    """With what a grant or suspension had all that it needs."""

    by: Entry | None
    """The event with which it had: itself, or a later one that refers to it; None: it never had."""
    lacking: WhyNot | None = None
    """What is missing where it never had."""
    perhaps: bool = False
    """Whether it may have had it all the same, by what is not known."""


def completion(snapshot: Snapshot, entry: Entry, requires: Condition | None, approvers: frozenset[str]) -> Completion:
    """Find the event with which a grant or suspension had all it needs."""
    merged = entry.event
    followers = [entry]
    followers += [
        other
        for other in snapshot.timeline.answers_to(merged.id)
        if other.event.kind in COMPLETING and other.order > entry.order
    ]
    lacking: WhyNot | None = None
    perhaps = False
    for follower in followers:
        event = follower.event
        if follower is not entry:
            merged = _merged(merged, event)
        if approvers and merged.approved_by not in approvers:
            lacking = WhyNot.NOT_APPROVED
            continue
        if requires is None:
            return Completion(follower)
        holds, _, possibly, unknown = snapshot.plan.test(requires)(snapshot.view_at(follower.hi).with_event(merged))
        if holds:
            return Completion(follower)
        lacking = WhyNot.REQUIREMENTS
        perhaps = perhaps or snapshot.plan.undecided(possibly=possibly, unknown=unknown)
    return Completion(None, lacking, perhaps)


def may_complete(snapshot: Snapshot, key: str | None) -> Iterator[str]:
    """Give the kinds of event that may have completed an act of which something is lacking, by its `id`."""
    yield from sorted(COMPLETING & snapshot.case.unseen)
    for entry in snapshot.timeline.answers_to(key):
        if entry.lo is None and entry.event.kind in COMPLETING:
            yield entry.event.kind


def _merged(event: Event, later: Event) -> Event:
    approver = later.approved_by or (later.by if later.kind == "approved" else None)
    return attrs.evolve(
        event,
        told=(event.told or frozenset()) | (later.told or frozenset()) or None,
        items=(event.items or frozenset()) | (later.items or frozenset()) or None,
        approved_by=approver or event.approved_by,
        reason=event.reason or later.reason,
    )


def suspensions(snapshot: Snapshot, limit: Limit, before: Entry | None, *, sure: bool = False) -> list[Pause]:
    """Give the suspensions that stop a limit, as far as they began before it ended.

    With `sure` only those of which it is known how long they lasted.
    """
    return [
        stop.pause if rule.cite is None else attrs.evolve(stop.pause, cite=rule.cite)
        for stop, rule, done in stops_of(snapshot, limit)
        if done.by is not None and (stop.sure or not sure) and (before is None or stop.suspended.order <= before.order)
    ]


def stops_of(snapshot: Snapshot, limit: Limit) -> Iterator[tuple[Stop, PauseRule, Completion]]:
    """Give the suspensions for a reason that a limit knows, each with its rule and whether it has what that needs."""
    for stop in snapshot.stops().paired:
        rule = rule_for(limit, stop.suspended.event)
        if rule is not None:
            yield stop, rule, completion(snapshot, stop.suspended, rule.requires, frozenset())


def rule_for(limit: Limit, event: Event) -> PauseRule | None:
    """Give the rule by whose reasons a suspension, or the resumption after it, stops a limit; None: it does not."""
    return next((rule for rule in limit.pauses if event.reason in rule.reasons), None)


def unheeded_stops(snapshot: Snapshot, limit: Limit) -> list[Violation]:
    """Give the suspensions for a reason the limit knows that lack what the rule requires: the limit ran on."""
    found: list[Violation] = []
    for stop, rule, done in stops_of(snapshot, limit):
        if done.by is None:
            event = stop.suspended.event
            doubtful = done.perhaps or any(may_complete(snapshot, event.id))
            found.append(
                Violation(
                    code=ViolationCode.SUSPENSION_WITHOUT_EFFECT,
                    severity=Severity.NOTE if doubtful else Severity.BREACH, rule=f"limit/{limit.id}",
                    cite=rule.cite,
                    place=stop.suspended.place, event=event.kind, at=event.at,
                    detail=FrozenMap(lacking=str(done.lacking)),
                )
            )  # fmt: skip
    return found


def asked_for(snapshot: Snapshot, limit: Limit, start: Entry, end: Entry | None) -> list[tuple[Entry, list[Extension]]]:
    """Give the extensions asked for while a run lasted, not revoked, in order, each with the rules it may rest on."""
    found: dict[int, tuple[Entry, list[Extension]]] = {}
    timeline = snapshot.timeline
    revoked = timeline.of_kind("revoked")
    for extension in limit.extensions:
        for entry in timeline.of_kind(extension.on.kind):
            if entry.order <= start.order or (end is not None and entry.order > end.order):
                continue
            if any(_revokes(one, entry, end) for one in revoked):
                continue
            if extension.on.matches(entry.event):
                found.setdefault(entry.place, (entry, []))[1].append(extension)
    return sorted(found.values(), key=lambda pair: pair[0].order)


def _revokes(revocation: Entry, granted: Entry, end: Entry | None) -> bool:
    """Say whether a revocation took back what was granted: after that, and before the run had ended."""
    if granted.event.id is None or revocation.event.ref != granted.event.id or revocation.lo is None:
        return False
    return revocation.order > granted.order and (end is None or revocation.order < end.order)


def may_be_revoked(snapshot: Snapshot, grants: Iterable[Grant]) -> Iterator[str]:
    """Give the kind by which what was granted may have been taken back, unseen or at a moment nobody knows."""
    valid = {grant.entry.event.id for grant in grants if grant.valid}
    undated = any(one.lo is None and one.event.ref in valid for one in snapshot.timeline.of_kind("revoked"))
    if valid and ("revoked" in snapshot.case.unseen or undated):
        yield "revoked"


def judged(
    snapshot: Snapshot,
    extension: Extension,
    entry: Entry,
    already: int,
    *,
    due: dt.datetime | None,
    period: Period | None,
) -> Grant:
    """Hold one extension against its conditions; `due` is when the limit runs out without it, by `period`."""
    done, lacking, perhaps = completion(snapshot, entry, extension.requires, extension.approved_by)
    why: WhyNot | None = None
    doubtful = False
    if done is None:
        why, doubtful = lacking, perhaps or any(may_complete(snapshot, entry.event.id))
    elif already >= extension.times:
        why = WhyNot.TOO_OFTEN
    elif not snapshot.holds(extension.when, entry):
        why, doubtful = WhyNot.CONDITION, snapshot.may_hold(extension.when, entry)
    elif due is not None and (done.hi is None or done.hi > due):
        why, doubtful = WhyNot.TOO_LATE, done.lo is None or done.lo <= due
    elif extension.add is not None and period is not None and extension.add.unit is not period.unit:
        why = WhyNot.OTHER_UNIT
    return Grant(extension=extension, entry=entry, why=why, completed=done, doubtful=doubtful)


def without_effect(limit: Limit, grants: tuple[Grant, ...]) -> list[Violation]:
    """Give the extensions that had no effect, as violations with the reason."""
    return [
        Violation(
            code=ViolationCode.EXTENSION_WITHOUT_EFFECT, severity=Severity.NOTE if grant.doubtful else Severity.BREACH,
            rule=f"limit/{limit.id}/{grant.extension.id}",
            cite=grant.extension.cite, place=grant.entry.place, event=grant.entry.event.kind, at=grant.entry.event.at,
            detail=FrozenMap(lacking=str(grant.why)),
        )
        for grant in grants
        if not grant.valid
    ]  # fmt: skip
