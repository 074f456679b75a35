"""What lawfully stops or lengthens a limit: suspensions and extensions, each held against its conditions."""

from __future__ import annotations

import datetime as dt
from typing import Final, final

import attrs

from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.cases.case import Event
from complaint_rules.cases.timeline import Entry
from complaint_rules.cases.violations import Violation
from complaint_rules.conditions.parsing import Condition
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.policy.rules import Extension, Limit, PauseRule

COMPLETING: Final = frozenset({"approved", "informed", "extended", "suspended", "reported"})
"""Kinds of event that can complete an earlier one they refer to."""


@final
@attrs.frozen(kw_only=True, eq=False)
class Grant:
    """An extension asked for (延期申请), and what became of it."""

    extension: Extension
    """The rule it rests on."""
    entry: Entry
    """The event that grants it."""
    valid: bool
    """Whether it has its effect."""
    why: str = ""
    """Code of the reason why not: not_approved, requirements, condition, too_late, too_often,
    other_unit; empty where valid."""
    completed: Entry | None = None
    """The event with which it had everything it needs; None: it never had."""


def completion(
    snapshot: Snapshot, entry: Entry, requires: Condition | None, approvers: frozenset[str]
) -> tuple[Entry | None, str]:
    """Find the event with which a grant or suspension had all it needs: itself, or a later one that refers to it.

    Gives the code of what is missing where it never had.
    """
    merged = entry.event
    followers = [entry]
    followers += [
        other
        for other in snapshot.timeline.answers_to(merged.id)
        if other.event.kind in COMPLETING and other.order > entry.order
    ]
    lacking = ""
    for follower in followers:
        event = follower.event
        if follower is not entry:
            merged = _merged(merged, event)
        if approvers and merged.approved_by not in approvers:
            lacking = "not_approved"
        elif (
            requires is not None
            and not snapshot.plan.test(requires)(snapshot.view_at(follower.hi).with_event(merged))[0]
        ):
            lacking = "requirements"
        else:
            return follower, ""
    return None, lacking


def _merged(event: Event, later: Event) -> Event:
    approver = later.approved_by or (later.by if later.kind == "approved" else None)
    return attrs.evolve(
        event,
        told=(event.told or frozenset()) | (later.told or frozenset()) or None,
        items=(event.items or frozenset()) | (later.items or frozenset()) or None,
        approved_by=approver or event.approved_by,
        reason=event.reason or later.reason,
    )


def suspensions(snapshot: Snapshot, limit: Limit, before: Entry | None) -> list[Pause]:
    """Give the suspensions that stop a limit, as far as they began before it ended."""
    found: list[Pause] = []
    for stop in snapshot.stops():
        if before is not None and stop.suspended.order > before.order:
            continue
        rule = _rule_for(limit, stop.suspended.event)
        if rule is not None and completion(snapshot, stop.suspended, rule.requires, frozenset())[0] is not None:
            found.append(stop.pause if rule.cite is None else attrs.evolve(stop.pause, cite=rule.cite))
    return found


def _rule_for(limit: Limit, event: Event) -> PauseRule | None:
    return next((rule for rule in limit.pauses if event.reason in rule.reasons), None)


def unheeded_stops(snapshot: Snapshot, limit: Limit) -> list[Violation]:
    """Give the suspensions for a reason the limit knows that lack what the rule requires: the limit ran on."""
    found: list[Violation] = []
    for stop in snapshot.stops():
        rule = _rule_for(limit, stop.suspended.event)
        if rule is None:
            continue
        done, lacking = completion(snapshot, stop.suspended, rule.requires, frozenset())
        if done is None:
            event = stop.suspended.event
            found.append(
                Violation(
                    code="suspension_without_effect", severity="breach", rule=f"limit/{limit.id}", cite=rule.cite,
                    place=stop.suspended.place, event=event.kind, at=event.at, detail=FrozenMap(lacking=lacking),
                )
            )  # fmt: skip
    return found


def asked_for(snapshot: Snapshot, limit: Limit, start: Entry, end: Entry | None) -> list[tuple[Extension, Entry]]:
    """Give the extensions asked for while a run lasted and not revoked, each with the rule it rests on, in order."""
    found: list[tuple[Extension, Entry]] = []
    by_kind = snapshot.timeline.by_kind
    revoked = {entry.event.ref for entry in by_kind.get("revoked", ()) if entry.event.ref is not None}
    taken: set[int] = set()
    for extension in limit.extensions:
        for entry in by_kind.get(extension.on.kind, ()):
            if entry.order <= start.order or (end is not None and entry.order > end.order) or entry.place in taken:
                continue
            if entry.event.id in revoked and entry.event.id is not None:
                continue
            if extension.on.matches(entry.event):
                taken.add(entry.place)
                found.append((extension, entry))
    found.sort(key=lambda pair: pair[1].order)
    return found


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
    done, lacking = completion(snapshot, entry, extension.requires, extension.approved_by)
    if done is None:
        why = lacking
    elif already >= extension.times:
        why = "too_often"
    elif not snapshot.holds(extension.when, entry):
        why = "condition"
    elif due is not None and (done.hi is None or done.hi > due):
        why = "too_late"
    elif extension.add is not None and period is not None and extension.add.unit is not period.unit:
        why = "other_unit"
    else:
        why = ""
    return Grant(extension=extension, entry=entry, valid=not why, why=why, completed=done)


def without_effect(limit: Limit, grants: tuple[Grant, ...]) -> list[Violation]:
    """Give the extensions that had no effect, as violations with the reason."""
    return [
        Violation(
            code="extension_without_effect", severity="breach", rule=f"limit/{limit.id}/{grant.extension.id}",
            cite=grant.extension.cite, place=grant.entry.place, event=grant.entry.event.kind, at=grant.entry.event.at,
            detail=FrozenMap(lacking=grant.why),
        )
        for grant in grants
        if not grant.valid
    ]  # fmt: skip
