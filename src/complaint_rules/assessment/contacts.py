"""When the customer may and has to be reached, and how often: a contact plan made of the policy's own rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final, final

import attrs

from complaint_rules.assessment.as_data import when_text
from complaint_rules.assessment.assessment import Assessment, as_assessment
from complaint_rules.assessment.clocks import CUSTOMERS
from complaint_rules.assessment.duties import AWAITED, DutyStatus, Obligation
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.calendar.hours import Quiet
from complaint_rules.cases.case import EventKind
from complaint_rules.cases.entries import not_before
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang
from complaint_rules.policy.rules import Duty, Selector

_REACHING: Final = frozenset({EventKind.CONTACT_ATTEMPTED, EventKind.REPLIED, EventKind.CALLED_BACK})
"""Kinds of event by which the customer is reached; any other is one where it names the customer."""
_WAITING: Final = AWAITED | {DutyStatus.UNDETERMINED}


@final
@attrs.frozen(kw_only=True, repr=False)
class ContactTarget(Shown):
    """One due moment that is met by reaching the customer."""

    rule: str
    """The rule, as ``limit/reply``."""
    cite: str | None
    """Its article."""
    due_at: dt.datetime
    """Last instant in time, inclusive, in Beijing time."""
    contact_by: dt.datetime | None
    """Last permitted moment of contact that is in time, from now on; None: none is left."""
    overdue: bool
    """Whether the due moment has passed."""

    @property
    def needs_deviation(self) -> bool:
        """Whether only a deviation from quiet hours (免打扰时段) can still meet it."""
        return self.contact_by is None and not self.overdue


@final
@attrs.frozen(kw_only=True, repr=False)
class Attempts(Shown):
    """A rule on how often a customer who is not reached is tried, and how far it has got (联系次数)."""

    duty: Duty
    """The rule."""
    needed: int
    """How many attempts it asks for."""
    made: int
    """How many of them were made that count for it."""
    status: DutyStatus | None
    """Where the duty stands; None: nothing has called for it yet."""
    due_at: dt.datetime | None
    """By when all of them are to be made, inclusive; None: no figure, or nothing has called for it yet."""

    @property
    def rule(self) -> str:
        """``duty/id``, the key of the rule within its policy."""
        return f"duty/{self.duty.id}"

    @property
    def left(self) -> int:
        """How many attempts are still to be made; none where the duty is done, has lapsed or is not called for."""
        return max(self.needed - self.made, 0) if self.status in _WAITING else 0


@final
@attrs.frozen(kw_only=True, repr=False)
class ContactPlan:
    """When the customer may and has to be reached (联系计划), by a policy's quiet hours, due moments and attempts."""

    snapshot: Snapshot = attrs.field(repr=False)
    """What was known."""
    quiet: Quiet | None
    """The policy's quiet hours; None: it has none, and every moment is permitted."""
    rules: tuple[Duty, ...]
    """The policy's rules that forbid or discourage contact in the quiet hours, with what excuses it."""
    window: tuple[dt.datetime, dt.datetime | None]
    """First and last moment, both permitted, of the next time in which contact is; no last one without quiet hours."""
    targets: tuple[ContactTarget, ...]
    """What is met by reaching the customer and waits for it, the earliest due moment first."""
    attempts: tuple[Attempts, ...]
    """The policy's rules of attempts; empty: it says nothing of how often."""
    made: int
    """How many attempts the history shows in all."""

    def __repr__(self) -> str:
        until = "" if self.contact_by is None else f" until {self.contact_by.isoformat()}"
        return f"<ContactPlan from {self.window[0].isoformat()}{until}>"

    @property
    def permitted_now(self) -> bool:
        """Whether the moment of the assessment lies outside the quiet hours."""
        return self.window[0] == self.snapshot.at

    @property
    def contact_by(self) -> dt.datetime | None:
        """Last permitted moment in time for everything not yet overdue; None: there is none, or nothing waits."""
        left = [one.contact_by for one in self.targets if one.contact_by is not None]
        return None if self.needs_deviation else min(left, default=None)

    @property
    def needs_deviation(self) -> bool:
        """Whether something can be met only by a deviation from the quiet hours."""
        return any(one.needs_deviation for one in self.targets)

    def explain(self, lang: Lang = "zh") -> str:
        """Say the plan in words, in Chinese (``zh``) or English (``en``); see `words.preparing`."""
        return self.snapshot.plan.explain(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """Give the plan as plain data for JSON."""
        return {
            "at": when_text(self.snapshot.at),
            "quiet": None if self.quiet is None else self.quiet.text(),
            "permitted_now": self.permitted_now,
            "window": [when_text(edge) for edge in self.window],
            "contact_by": when_text(self.contact_by),
            "needs_deviation": self.needs_deviation,
            "targets": [
                {
                    "rule": one.rule, "cite": one.cite, "due_at": when_text(one.due_at),
                    "contact_by": when_text(one.contact_by), "overdue": one.overdue,
                }
                for one in self.targets
            ],
            "attempts": [
                {
                    "rule": one.rule, "cite": one.duty.cite, "needed": one.needed, "made": one.made, "left": one.left,
                    "status": None if one.status is None else one.status.value, "due_at": when_text(one.due_at),
                }
                for one in self.attempts
            ],
            "made": self.made,
        }  # fmt: skip


def contact_plan(assessment: Assessment) -> ContactPlan:
    """Plan the contact with the customer: when it is permitted next, until when it is in time, how often it is tried.

    All of it comes out of the rules: `[quiet]`, limits and duties that are met by reaching the customer, and duties
    that count attempts to contact (an act with ``nth``).

    >>> from complaint_rules import Case, Complaint, Event, assess, load_policy
    >>> def at(text):
    ...     return dt.datetime.fromisoformat(f"2026-09-30T{text}+08:00")
    >>> case = Case(Complaint(id="c-1", received=at("09:00")), [Event("resolved", at("17:00"))])
    >>> plan = contact_plan(assess(case, load_policy("psbc-95580"), at=at("19:30")))
    >>> plan.permitted_now, plan.window[0].isoformat(), plan.contact_by.isoformat()
    (False, '2026-10-01T08:00:00+08:00', '2026-10-01T17:00:00+08:00')
    """
    snapshot = as_assessment(assessment).snapshot
    policy, at = snapshot.policy, snapshot.at
    quiet = policy.quiet
    targets = sorted(_targets(assessment, quiet), key=lambda one: (one.due_at, one.rule))
    return ContactPlan(
        snapshot=snapshot,
        quiet=quiet,
        rules=tuple(duty for duty in policy.duties.values() if duty.quiet and duty.modality.forbids),
        window=(at, None) if quiet is None else quiet.window(at),
        targets=tuple(targets),
        attempts=tuple(_attempts(assessment)),
        made=len(snapshot.timeline.of_kind(EventKind.CONTACT_ATTEMPTED)),
    )


def _targets(assessment: Assessment, quiet: Quiet | None) -> Iterator[ContactTarget]:
    at = assessment.at
    waiting = [
        (clock.rule, clock.cite, run.due_at)
        for clock in assessment.clocks.values()
        if clock.limit.who not in CUSTOMERS and _reaches(clock.limit.until)
        for run in clock.runs
        if run.waiting
    ]
    waiting += [
        (duty.rule, duty.cite, duty.due_at)
        for duty in assessment.duties
        if duty.waiting and duty.who not in CUSTOMERS and (duty.to in CUSTOMERS or _reaches(duty.duty.acts))
    ]
    for rule, cite, due in waiting:
        if due is None:
            continue
        overdue = due < at
        by = None if overdue else due if quiet is None else quiet.contact_by(due, at)
        yield ContactTarget(rule=rule, cite=cite, due_at=due, contact_by=by, overdue=overdue)


def _reaches(selectors: Sequence[Selector]) -> bool:
    """Say whether an event that is meant reaches the customer: by its kind, or because the customer is told."""
    named = (codes for one in selectors for name, codes in one.fields if name in ("told", "to"))
    return any(one.kind in _REACHING for one in selectors) or any(not codes.isdisjoint(CUSTOMERS) for codes in named)


def _attempts(assessment: Assessment) -> Iterator[Attempts]:
    for duty in assessment.policy.duties.values():
        acts = [one for one in duty.acts if one.kind == EventKind.CONTACT_ATTEMPTED and one.nth is not None]
        if duty.modality.forbids:
            continue
        called_for = [one for one in assessment.duties if one.duty.id == duty.id]
        for act in acts:
            needed = act.nth or 1
            if called_for:
                last = called_for[-1]
                made = _made(last, act)
                yield Attempts(duty=duty, needed=needed, made=made, status=last.status, due_at=last.due_at)
            else:
                yield Attempts(duty=duty, needed=needed, made=0, status=None, due_at=None)


def _made(obligation: Obligation, act: Selector) -> int:
    """Count the attempts that count for a duty: from what triggered it on, which counts where it is one itself."""
    trigger = obligation.trigger
    entries = obligation.snapshot.timeline.of_kind(act.kind, act.fields, act.without)
    return sum(entry.place == trigger.place or not_before(entry, trigger) for entry in entries)
