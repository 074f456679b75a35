"""The parts of an assessment, each worked out when it is read, from its outline or from the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple, cast, final

import attrs

from complaint_rules.assessment.adjustments import unheeded_stops, without_effect
from complaint_rules.assessment.clocks import CUSTOMERS, Clock, Status
from complaint_rules.assessment.duties import Obligation, breaches_of, doubtful, obligations
from complaint_rules.assessment.fast_path import Outline
from complaint_rules.assessment.findings import Check, Finding, checks, incomplete
from complaint_rules.assessment.notifications import Notification, notices
from complaint_rules.assessment.questions import (
    Missing,
    Note,
    NoteCode,
    Question,
    applicability,
    in_force,
    missing,
    questions,
)
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.unlisted import unlisted
from complaint_rules.assessment.voids import unheeded_ends
from complaint_rules.cases.lifecycle import check
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.mappings import FrozenMap, LazyMap
from complaint_rules.moments import INSTANT, day_of
from complaint_rules.policy.codes import Slips, slips
from complaint_rules.policy.rules import Limit, Modality, Retention, Table

_OVERDUE, _UNDETERMINED = Status.OVERDUE, Status.UNDETERMINED


class SoFar(NamedTuple):
    """The parts of an assessment that somebody has read, or that were needed for them."""

    findings: tuple[Finding, ...]
    """The classes."""
    clocks: tuple[Clock, ...]
    """The time limits."""
    duties: tuple[Obligation, ...] | None
    """The duties; None: nobody has read them."""
    checks: tuple[Check, ...]
    """The documents held against their checklists."""


@final
class Worked:
    """What an assessment holds; nothing of it is worked out before somebody reads it, and nothing twice."""

    __slots__ = (
        "_checks",
        "_clocks",
        "_differs",
        "_duties",
        "_findings",
        "_held_against",
        "_notices",
        "_violations",
        "change",
        "outline",
        "snapshot",
    )

    def __init__(self, snapshot: Snapshot, outline: Outline | None) -> None:
        """Take the outline of a case without history; None: everything comes from the history."""
        self.snapshot: Snapshot = snapshot
        self.outline: Outline | None = outline
        self.change: tuple[dt.datetime | None] | None = None
        """When the answer changes by time alone, once somebody has asked; see `waking`."""
        self._findings: dict[str, Finding] = {}
        self._clocks: dict[str, Clock] = {}
        self._differs: dict[frozenset[str], bool] = {}
        self._duties: tuple[Obligation, ...] | None = None
        self._checks: tuple[Check, ...] | None = None
        self._held_against: tuple[Violation, ...] | None = None
        self._violations: tuple[Violation, ...] | None = None
        self._notices: tuple[Notification, ...] | None = None

    # The mappings are made anew for each reader: kept here they would tie every assessment into a circle, which only
    # the collector of circles frees.

    @property
    def findings(self) -> LazyMap[str, Table, Finding]:
        """Classes found, by table id."""
        return LazyMap(self.snapshot.policy.tables, self._finding, self._every_finding, self._findings)

    @property
    def clocks(self) -> LazyMap[str, Limit, Clock]:
        """Every time limit, by id."""
        return LazyMap(self.snapshot.policy.limits, self._clock, self._every_clock, self._clocks)

    @property
    def so_far(self) -> SoFar:
        """What somebody has read: what was worked out for that, and nothing more."""
        return SoFar(
            tuple(self._findings.values()), tuple(self._clocks.values()), self._duties, self._checks or ()
        )  # fmt: skip

    def _finding(self, table: Table) -> Finding:
        snapshot = self.snapshot
        try:
            return self._found_by(table, snapshot)
        except ComplaintRulesError as error:
            raise error.placed(f"{snapshot.policy.id}: table/{table.id}") from None

    def _found_by(self, table: Table, snapshot: Snapshot) -> Finding:
        if self.outline is not None:
            known = self.outline.tables[table.id]
            if not self._otherwise(known.hangs_on):
                return Finding(table, known.decision, snapshot)
        return Finding(table, snapshot.view.table(snapshot.plan.places[table.id]), snapshot)

    def _every_finding(self, made: dict[str, Finding]) -> bool:
        return self.outline is not None and self.outline.findings(self.snapshot, self._otherwise, made)

    def _every_clock(self, made: dict[str, Clock]) -> bool:
        return self.outline is not None and self.outline.clocks(self.snapshot, self._otherwise, made)

    def _clock(self, limit: Limit) -> Clock:
        known = self._clocks.get(limit.id)
        if known is None:
            if self.outline is not None:
                known = self.outline.clock(self.snapshot, limit, self._otherwise)
            if known is None:
                known = cast(Clock, self.snapshot.clock(limit))
            self._clocks[limit.id] = known
        return known

    def _otherwise(self, limits: frozenset[str]) -> bool:
        """Say whether any of some limits stands otherwise than the outline takes it to."""
        known = self._differs.get(limits) if limits else False
        if known is None:
            outlined = cast(Outline, self.outline).limits
            known = False
            for name in limits:
                one = outlined[name]
                status = self._clock(one.limit).status
                if status is _OVERDUE or (status is _UNDETERMINED) is not (one.found.status is _UNDETERMINED):
                    known = True
                    break
            self._differs[limits] = known
        return known

    @property
    def duties(self) -> tuple[Obligation, ...]:
        """Duties, prohibitions and permissions the case has triggered, in the policy's order."""
        known = self._duties
        if known is None:
            outline, snapshot = self.outline, self.snapshot
            found = obligations(snapshot) if outline is None else outline.obligations(snapshot, self._otherwise)
            known = self._duties = tuple(found)
        return known

    @property
    def checks(self) -> tuple[Check, ...]:
        """Documents held against their checklists."""
        known = self._checks
        if known is None:
            known = self._checks = tuple(checks(self.snapshot))
        return known

    @property
    def questions(self) -> tuple[Question, ...]:
        """The unknown facts that could still change something."""
        outline = self.outline
        if outline is not None and outline.questions is not None and not self._otherwise(outline.hangs_on):
            return outline.questions
        unknown = [(finding.rule, finding.decision.unknown) for finding in self.findings.values()]
        unknown += [(clock.rule, clock.unknown) for clock in self.clocks.values()]
        unknown += [(duty.rule, duty.unknown) for duty in self.duties]
        unknown += doubtful(self.snapshot)
        return questions(self.snapshot.policy, unknown)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Whether the policy applies at all, and which limits a code that no row lists keeps from applying."""
        outline = self.outline
        if outline is not None and not self._otherwise(outline.hangs_on):
            return outline.notes
        return (*applicability(self.snapshot), *unlisted(self.snapshot))

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Parameters, opening hours and links not supplied."""
        snapshot = self.snapshot
        if self.outline is not None:
            return self.outline.missing
        return missing(snapshot.policy, links=snapshot.links is None, hours=snapshot.shut)

    @property
    def held_against(self) -> tuple[Violation, ...]:
        """What in the history would break a rule if the rules applied, or contradicts itself."""
        known = self._held_against
        if known is None:
            found = self._found() if self.snapshot.case.events else self._overdue()
            known = self._held_against = tuple(found) if found else ()
        return known

    @property
    def claims(self) -> bool:
        """Whether the rules claim to apply: those that do not inform, and accuse nobody."""
        complaint = self.snapshot.case.complaint
        if not in_force(self.snapshot.policy, day_of(complaint.received)):
            return False
        return all(note.code is not NoteCode.NOT_APPLICABLE for note in self.notes)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What in the history broke a rule or contradicts itself."""
        known = self._violations
        if known is None:
            found = self.held_against
            if found and not self.claims:
                found = tuple(one if one.rule is None else attrs.evolve(one, severity=Severity.NOTE) for one in found)
            known = self._violations = found
        return known

    @property
    def kept(self) -> tuple[tuple[Retention, dt.date | None], ...]:
        """Each retention with the last day it asks for, inclusive; None: no figure, or its clock has not started."""
        return tuple((retention, self._kept_until(retention)) for retention in self.snapshot.policy.retentions)

    @property
    def keep_until(self) -> dt.date | None:
        """The last of those days that is known."""
        return max((day for _, day in self.kept if day is not None), default=None)

    def _kept_until(self, retention: Retention) -> dt.date | None:
        starts = self.snapshot.all_matches(retention.starts)
        if retention.within is None or not starts or starts[-1].lo is None:
            return None
        due = retention.within.due_at(starts[-1].lo, self.snapshot.calendar)
        return None if due is None else due.date()

    @property
    def notices(self) -> tuple[Notification, ...]:
        """What to tell whom, limits before duties, in the policy's order."""
        known = self._notices
        if known is None:
            found = notices(self.clocks.values(), self.duties)
            known = self._notices = tuple(found if self.claims else (one for one in found if not one.accuses))
        return known

    def _found(self) -> list[Violation]:
        snapshot = self.snapshot
        found: list[Violation] = [*check(snapshot.timeline, snapshot.policy.events, snapshot.plan.holders)]
        for clock in self.clocks.values():
            if not clock.runs:
                continue
            limit = clock.limit
            if limit.who not in CUSTOMERS:
                found += late_runs(clock)
                if any(void.when is not None for void in limit.void_on):
                    counted = [(run.start, run.end) for run in clock.runs if run.figured]
                    found += unheeded_ends(snapshot, limit, counted)
            if limit.pauses:
                found += unheeded_stops(snapshot, limit)
            if limit.extensions:
                found += [violation for run in clock.runs for violation in without_effect(limit, run.grants)]
        found += breaches_of(self.duties)
        found += incomplete(self.checks)
        found += self._corrected()
        found += self._slips()
        return found

    def _slips(self) -> Iterator[Violation]:
        """Tell the codes of events that look like slips of ones the rules know: nothing was matched by them."""
        meant_for = Slips()
        for entry in (*self.snapshot.timeline.before, *self.snapshot.timeline.entries[1:]):
            event = entry.event
            if event.reason is None and event.outcome is None and event.told is None and event.items is None:
                continue
            for misfit in slips(self.snapshot.policy, event, meant_for=meant_for):
                detail = FrozenMap({"field": misfit.name, "code": misfit.code, "meant": misfit.meant or ""})
                yield Violation(
                    code=ViolationCode.UNKNOWN_CODE, severity=Severity.RECORD, place=entry.place, event=event.kind,
                    at=event.at, detail=detail,
                )  # fmt: skip

    def _corrected(self) -> Iterator[Violation]:
        """Tell what was corrected in the record, and which limits were late by the mistaken one only."""
        snapshot = self.snapshot
        for entry in reversed(snapshot.timeline.corrections):
            facts = frozenset(entry.event.set or ())
            told = Violation(
                code=ViolationCode.CORRECTED, severity=Severity.RECORD, place=entry.place, event=entry.event.kind,
                at=entry.event.at, detail=FrozenMap(facts=", ".join(sorted(facts))),
            )  # fmt: skip
            yield told
            if entry.lo is None or entry.lo <= snapshot.case.complaint.received_from:
                continue
            before = snapshot.anew(entry.lo - INSTANT)
            for limit in snapshot.policy.limits.values():
                if limit.who in CUSTOMERS or facts.isdisjoint(snapshot.plan.reach_of(limit).facts):
                    continue
                since = cast(Clock, before.clock(limit)).late_since
                if since is not None and self._clock(limit).late_since is None:
                    rule = f"limit/{limit.id}"
                    yield attrs.evolve(told, code=ViolationCode.LATE_BY_MISTAKE, rule=rule, cite=limit.cite, at=since)

    def _overdue(self) -> list[Violation]:
        """Give all that a case without history can have against it: what is overdue, and what its receipt lacks."""
        found: list[Violation] = []
        outline, limits = self.outline, self.snapshot.policy.limits
        for limit in limits.values() if outline is None else outline.running:
            clock = self._clock(limit)
            if clock.status is _OVERDUE and limit.who not in CUSTOMERS:
                found += late_runs(clock)
        if outline is None or outline.simple is None or self._otherwise(outline.duties_hang_on):
            found += breaches_of(self.duties)
        if self.snapshot.case.complaint.recorded is not None:  # else nobody said what the record lacks
            found += incomplete(self.checks)
        return found


def late_runs(clock: Clock) -> list[Violation]:
    """Give the runs of a limit that were not kept, as violations."""
    limit = clock.limit
    severity = Severity.BREACH if limit.modality is Modality.MUST else Severity.WARNING
    return [
        Violation(
            code=ViolationCode.LATE, severity=severity, rule=clock.rule,
            cite=(run.row.cite if run.row else None) or limit.cite,
            place=None if run.end is None else run.end.place, event=None if run.end is None else run.end.event.kind,
            at=run.due_at,
        )
        for run in clock.runs
        if run.late
    ]  # fmt: skip
