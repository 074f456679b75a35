"""An assessment as plain data for JSON, under a versioned shape."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from complaint_rules.errors import CalendarUnpublished
from complaint_rules.reasons import because, facts_read

if TYPE_CHECKING:
    from complaint_rules.assessment import Assessment
    from complaint_rules.clocks import Clock, Run
    from complaint_rules.duties import Obligation
    from complaint_rules.findings import Finding
    from complaint_rules.history import Violation


def when_text(when: dt.datetime | dt.date | None) -> str | None:
    """Write a moment or a day as ISO 8601; None stays None.

    >>> when_text(dt.date(2026, 10, 1))
    '2026-10-01'
    """
    return None if when is None else when.isoformat()


def assessment_to_dict(assessment: Assessment) -> dict[str, Any]:
    """Give an assessment as plain data: text, numbers, lists and mappings only."""
    from complaint_rules.assessment import FORMAT

    return {
        "format": FORMAT,
        "case": assessment.case.complaint.id,
        "policy": {"id": assessment.policy.id, "edition": assessment.policy.edition},
        "at": assessment.at.isoformat(),
        "fingerprints": dict(assessment.fingerprints),
        "findings": {name: finding_to_dict(finding) for name, finding in assessment.findings.items()},
        "clocks": {name: clock_to_dict(clock) for name, clock in assessment.clocks.items()},
        "duties": [duty_to_dict(duty) for duty in assessment.duties],
        "checks": [
            {
                "rule": check.rule,
                "cite": check.checklist.cite,
                "event": check.entry.event.kind,
                "at": when_text(check.entry.when),
                "missing": None if check.missing is None else list(check.missing),
            }
            for check in assessment.checks
        ],
        "questions": [
            {"fact": question.fact, "ask": question.ask, "affects": list(question.affects)}
            for question in assessment.questions
        ],
        "violations": [violation_to_dict(violation) for violation in assessment.violations],
        "missing": [{"name": gap.name, "what": gap.what, "waits": list(gap.waits)} for gap in assessment.missing],
        "notes": [{"code": note.code, **note.detail} for note in assessment.notes],
        "keep_until": when_text(assessment.keep_until),
        "next_change_at": when_text(assessment._next_change()),
    }


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """Give a finding as plain data, with its reasons.

    `value` is None and `missing` names the parameters where a figure is open.
    """
    value = None if finding.table.missing else finding.value
    data: dict[str, Any] = {
        "value": sorted(value) if isinstance(value, frozenset) else value,
        "possible": list(finding.possible),
        "certain": finding.certain,
        "assumed": list(finding.assumed),
        "rule": finding.rule,
        "cite": finding.cite,
        "because": because(finding),
    }
    if finding.table.missing:
        data["missing"] = list(finding.table.missing)
    return data


def clock_to_dict(clock: Clock) -> dict[str, Any]:
    """Give a clock as plain data, each run under ``runs`` where there are several."""
    data: dict[str, Any] = {"status": clock.status.value, "rule": clock.rule, "cite": clock.cite}
    if clock.unknown:
        data["assumed"] = list(clock.snapshot.plan.names(clock.unknown))
    run = clock.run
    if run is None:
        return data | {"started_at": None, "due_at": None, "certainty": None}
    try:
        certainty = clock.certainty
    except CalendarUnpublished:  # pragma: no cover - a refusing calendar refuses before a due moment exists
        certainty = None
    data |= _run_to_dict(run) | {
        "certainty": None if certainty is None else certainty.value,
        "contact_by": when_text(clock.contact_by),
        "needs_deviation": clock.needs_deviation,
    }
    if run.row is not None and run.row.when is not None:
        view = clock.snapshot.view if run.end is None else clock.snapshot.view_at(run.end.hi)
        data["because"] = {"condition": run.row.when.text, "facts": facts_read(run.row.when, view)}
    if len(clock.runs) > 1:
        data["runs"] = [_run_to_dict(one) for one in clock.runs]
    return data


def _run_to_dict(run: Run) -> dict[str, Any]:
    remaining = run.remaining
    data: dict[str, Any] = {
        "status": run.status.value,
        "started_at": when_text(run.start.when),
        "due_at": when_text(run.due),
        "ended_at": None if run.end is None else when_text(run.end.when),
        "period": None if run.period is None else str(run.period),
        "warn_at": when_text(run.warn_at),
    }
    if run.agreed is not None:
        data["agreed"] = True
    if remaining is not None:
        data["remaining"] = remaining.total_seconds() if isinstance(remaining, dt.timedelta) else remaining
    if run.pauses:
        data["pauses"] = [
            {"start": when_text(pause.start), "end": when_text(pause.end), "reason": pause.reason, "cite": pause.cite}
            for pause in run.pauses
        ]
    if run.grants:
        data["extensions"] = [
            {
                "rule": grant.extension.id,
                "at": when_text(grant.entry.when),
                "valid": grant.valid,
                "why": grant.why,
                "cite": grant.extension.cite,
            }
            for grant in run.grants
        ]
    if run.reclassified:
        data["overdue_by_reclassification"] = True
    return data


def duty_to_dict(duty: Obligation) -> dict[str, Any]:
    """Give an obligation as plain data."""
    data: dict[str, Any] = {
        "id": duty.id,
        "rule": duty.rule,
        "modality": duty.modality.value,
        "status": duty.status.value,
        "who": duty.who,
        "to": duty.to,
        "due_at": when_text(duty.due),
        "cite": duty.cite,
    }
    if duty.unknown:
        data["assumed"] = list(duty.snapshot.plan.names(duty.unknown))
    when = duty.duty.when
    if when is not None:
        data["because"] = {"condition": when.text, "facts": facts_read(when, duty.snapshot.view)}
    return data


def violation_to_dict(violation: Violation) -> dict[str, Any]:
    """Give a violation as plain data."""
    return {
        "code": violation.code,
        "severity": violation.severity,
        "rule": violation.rule,
        "cite": violation.cite,
        "place": violation.place,
        "event": violation.event,
        "at": when_text(violation.at),
        "detail": dict(violation.detail),
    }
