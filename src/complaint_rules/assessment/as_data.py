"""Findings, clocks, duties and violations as plain data for JSON."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from complaint_rules.assessment.clocks import Clock, Run
from complaint_rules.assessment.duties import Obligation
from complaint_rules.assessment.findings import Check, Finding
from complaint_rules.assessment.plans import Decision
from complaint_rules.assessment.questions import Note
from complaint_rules.assessment.views import View
from complaint_rules.assessment.worked import Worked
from complaint_rules.cases.violations import Violation
from complaint_rules.conditions.parsing import Condition
from complaint_rules.errors import CalendarUnpublished
from complaint_rules.policy.rules import Table

_PLAIN: Final = (bool, int, str)


def when_text(when: dt.datetime | dt.date | None) -> str | None:
    """Write a moment or a day as ISO 8601; None stays None.

    >>> when_text(dt.date(2026, 10, 1))
    '2026-10-01'
    """
    return None if when is None else when.isoformat()


def because(finding: Finding) -> dict[str, Any]:
    """Give the reasons of a finding as plain data: what became of each row, and the facts that those rows read.

    ``rows`` has value, article and ``result``: ``holds``, ``does_not_hold``, ``unknown`` (some unknown fact could make
    it hold), or ``not_reached``. ``facts`` has their values; None: unknown.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, repeat=True), load_policy("psbc-95580"), at=received
    ... )
    >>> reasons = because(found.findings["priority"])
    >>> [row["result"] for row in reasons["rows"]][:3], reasons["facts"]
    (['unknown', 'holds', 'not_reached'], {'funds_at_risk': None, 'repeat': True})
    """
    table, decision = finding.table, finding.decision
    last = last_reached(table, decision)
    rows: list[dict[str, Any]] = []
    facts: dict[str, Any] = {}
    for index, row in enumerate(table.rows):
        if index in decision.fired:
            result = "holds"
        elif index > last:
            result = "not_reached"
        else:
            result = "unknown" if decision.rows_possible >> index & 1 else "does_not_hold"
        rows.append({"value": row.value, "cite": row.cite, "result": result})
        if row.when is not None and index <= last:
            facts |= facts_read(row.when, finding.snapshot.view)
    return {"rows": rows, "facts": facts}


def facts_read(condition: Condition, view: View) -> dict[str, Any]:
    """Give the facts that a condition hangs on, through its tables, with their values as plain data.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> policy = load_policy("psbc-95580")
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received, caused_by="bank"), policy, at=received)
    >>> facts_read(policy.checklists["archive_corrections"].when, found.snapshot.view)
    {'caused_by': 'bank'}
    """
    fact = view.complaint.fact
    return {name: _plain(fact(name)) for name in _in_order(view.plan.reach(condition).facts)}


@lru_cache(maxsize=1024)
def _in_order(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def last_reached(table: Table, decision: Decision) -> int:
    """Give the place of the last row that was looked at.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, repeat=True), load_policy("psbc-95580"), at=received
    ... )
    >>> priority = found.findings["priority"]
    >>> last_reached(priority.table, priority.decision)
    1
    """
    return len(table.rows) - 1 if table.every or not decision.fired else decision.fired[0]


def _plain(value: object) -> object:
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, enum.Enum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def parts_of(worked: Worked, notes: Sequence[Note]) -> Mapping[str, Callable[[], Any]]:
    """Give what makes up an answer, each part as plain data when it is called for, in the order of the data."""
    return {
        "findings": lambda: {name: finding_to_dict(finding) for name, finding in worked.findings.items()},
        "clocks": lambda: {name: clock_to_dict(clock) for name, clock in worked.clocks.items()},
        "duties": lambda: [duty_to_dict(duty) for duty in worked.duties],
        "checks": lambda: [_check_to_dict(check) for check in worked.checks],
        "questions": lambda: [
            {"fact": question.fact, "ask": question.ask, "affects": list(question.affects)}
            for question in worked.questions
        ],
        "violations": lambda: [violation_to_dict(violation) for violation in worked.violations],
        "notices": lambda: [notice.to_dict() for notice in worked.notices],
        "missing": lambda: [{"name": gap.name, "what": gap.what, "waits": list(gap.waits)} for gap in worked.missing],
        "notes": lambda: [{"code": note.code, **note.detail} for note in notes],
        "keep_until": lambda: when_text(worked.keep_until),
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
    data: dict[str, Any] = {"id": clock.id, "status": clock.status.value, "rule": clock.rule, "cite": clock.cite}
    assumed = clock.snapshot.plan.names(clock.unknown)
    if assumed:
        data["assumed"] = list(assumed)
    run = clock.run
    if run is None:
        return data | {"started_at": None, "due_at": None, "certainty": None}
    try:
        certainty = clock.certainty
    except CalendarUnpublished:  # pragma: no cover - a refusing calendar refuses before a due moment exists
        certainty = None
    ids = clock.ids
    data |= _run_to_dict(run) | {
        "run": ids[-1],
        "certainty": None if certainty is None else certainty.value,
        "contact_by": when_text(clock.contact_by),
        "needs_deviation": clock.needs_deviation,
    }
    if run.row is not None and run.row.when is not None:
        view = clock.snapshot.view if run.end is None else clock.snapshot.view_at(run.end.hi)
        data["because"] = {"condition": run.row.when.text, "facts": facts_read(run.row.when, view)}
    if len(clock.runs) > 1:
        data["worst"] = clock.worst.value
        data["runs"] = [{"id": key} | _run_to_dict(one) for key, one in zip(ids, clock.runs, strict=True)]
    return data


def _run_to_dict(run: Run) -> dict[str, Any]:
    remaining = run.remaining
    data: dict[str, Any] = {
        "status": run.status.value,
        "started_at": when_text(run.start.when),
        "due_at": when_text(run.due_at),
        "ended_at": None if run.end is None else when_text(run.end.when),
        "period": None if run.period is None else str(run.period),
        "warn_at": when_text(run.warn_at),
    }
    if len(run.warnings) > 1:
        data["warnings"] = [when_text(warning) for warning in run.warnings]
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
                "why": grant.why or "",
                "cite": grant.extension.cite,
            }
            for grant in run.grants
        ]
    if run.doubtful:
        data["undetermined_by"] = list(run.doubtful)
    if run.superseded_at is not None:
        data["superseded_at"] = when_text(run.superseded_at)
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
        "due_at": when_text(duty.due_at),
        "cite": duty.cite,
    }
    assumed = duty.snapshot.plan.names(duty.unknown)
    if assumed:
        data["assumed"] = list(assumed)
    when = duty.duty.when
    if when is not None:
        data["because"] = {"condition": when.text, "facts": facts_read(when, duty.snapshot.view)}
    return data


def _check_to_dict(check: Check) -> dict[str, Any]:
    return {
        "rule": check.rule,
        "cite": check.checklist.cite,
        "event": check.entry.event.kind,
        "at": when_text(check.entry.when),
        "missing": None if check.missing is None else list(check.missing),
    }


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
