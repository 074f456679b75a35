"""Which outcomes of a policy's rules some cases have reached, and which none has: both sides of every threshold.

An outcome is named by its rule, its part counted from 1 where it has several, and which way it went:

* ``table/level row 3 decides``: the row holds, of a table of ``first`` it is the one that decides; ``… does not
  decide``, asked of rows that can fail to.
* ``limit/whole kept``: a run was met in time; ``late``: one is overdue, was met late, or ended without result after its
  due moment; ``not applicable``, asked where it has a ``when``.
* ``limit/whole row 2 binds``: a run takes its due moment from the row.
* ``limit/whole pause 1 takes effect``: a suspension for its reason counts; ``… has no effect``: one lacks what it
  ``requires``.
* ``limit/whole restart takes effect``: a run starts anew; ``… has no effect``: the event came while it ran, and the
  restart's ``when`` did not hold.
* ``limit/whole extension complex takes effect``: it was granted; ``… has no effect``: it was asked for in vain; asked
  where it has a ``when``, ``requires`` or ``approved_by``.
* ``limit/whole void_on 1 takes effect``: it ended a run; ``… has no effect``: its event came, and its ``when`` did not
  hold; both asked where it has a ``when``.
* ``duty/inform kept``: it was done in time; ``not kept``: it is overdue or was done late, or where it can be neither,
  it is still to be done; ``not triggered``, asked where it has a ``when`` or waits for something after the receipt.
* ``duty/disclose breached``, ``not breached``, of a prohibition; ``duty/appeal used``, ``not used``, of a permission.
* ``checklist/form complete``, ``incomplete``: a document has all its items, one lacks some.

What is undetermined reaches nothing. Everything is read from what an `Assessment` shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from complaint_rules.assessment.adjustments import unheeded_stops
from complaint_rules.assessment.assessment import Assessment, as_assessment, worked_of
from complaint_rules.assessment.clocks import CUSTOMERS, Clock, Run, Status
from complaint_rules.assessment.duties import DutyStatus, Obligation
from complaint_rules.assessment.findings import Check, Finding
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.voids import unheeded_ends
from complaint_rules.cases.entries import Entry
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.periods.units import Unit
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Duty, Limit, Modality, Restart, Selector, Table

_NOT_BREACHED = frozenset({DutyStatus.IN_FORCE, DutyStatus.OVER})
_NOT_USED = frozenset({DutyStatus.OPEN, DutyStatus.EXPIRED})
_NOT_KEPT = frozenset({DutyStatus.OVERDUE, DutyStatus.DONE_LATE})


def rule_of(outcome: str) -> str:
    """Give the rule of an outcome, as ``section/id``.

    >>> rule_of("limit/whole row 2 binds")
    'limit/whole'
    """
    return outcome.partition(" ")[0]


# --- what there is to reach ---


def outcomes(policy: Policy) -> tuple[str, ...]:
    """Give every outcome that a policy's rules can have, section by section; raises `InvalidPolicy` for no policy."""
    policy = as_policy(policy)
    found: list[str] = []
    for table in policy.tables.values():
        found += _of_table(table)
    for limit in policy.limits.values():
        found += _of_limit(limit)
    for duty in policy.duties.values():
        found += _of_duty(duty)
    for name in policy.checklists:
        found += [f"checklist/{name} complete", f"checklist/{name} incomplete"]
    return tuple(found)


def _of_table(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows, start=1):
        yield f"table/{table.id} row {number} decides"
        if row.when is not None or (number > 1 and not table.every):
            yield f"table/{table.id} row {number} does not decide"


def _of_limit(limit: Limit) -> Iterator[str]:
    at = f"limit/{limit.id}"
    yield f"{at} kept"
    if limit.agreed or any(row.within is None or row.within.unit is not Unit.AT_ONCE for row in limit.rows):
        yield f"{at} late"  # what is due at once is never late by itself
    if limit.when is not None:
        yield f"{at} not applicable"
    for number, row in enumerate(limit.rows, start=1):
        yield f"{at} row {number} binds"
        if row.warnings:
            yield f"{at} row {number} warns"
    if limit.agreed:
        yield f"{at} agreement binds"
    for number, pause in enumerate(limit.pauses, start=1):
        yield from _both_ways(f"{at} pause {number}", conditional=pause.requires is not None)
    if limit.restart is not None:
        yield from _both_ways(f"{at} restart", conditional=limit.restart.when is not None)
    for extension in limit.extensions:
        yield from _both_ways(f"{at} extension {extension.id}", conditional=True)
    for number, void in enumerate(limit.void_on, start=1):
        # A customer's act is never held against anybody.
        yield from _both_ways(
            f"{at} void_on {number}", conditional=void.when is not None and limit.who not in CUSTOMERS
        )


def _both_ways(at: str, *, conditional: bool) -> Iterator[str]:
    yield f"{at} takes effect"
    if conditional:
        yield f"{at} has no effect"


def _of_duty(duty: Duty) -> Iterator[str]:
    at = f"duty/{duty.id}"
    if duty.modality.forbids:
        yield from (f"{at} breached", f"{at} not breached")
    elif duty.modality is Modality.MAY:
        yield from (f"{at} used", f"{at} not used")
    else:
        yield from (f"{at} kept", f"{at} not kept")
        if can_be_late(duty):
            yield f"{at} due"
        if duty.when is not None or not duty.at_receipt:
            yield f"{at} not triggered"


# --- what a case has reached ---


def reached(found: Assessment) -> frozenset[str]:
    """Give every outcome that an assessment shows; raises `InvalidComplaint` for what is no assessment.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, repeat=True), load_policy("psbc-95580"), at=received
    ... )
    >>> "table/priority row 2 decides" in reached(found)
    True
    """
    found = as_assessment(found)
    return frozenset(_shown(found, found.findings.values(), found.clocks.values(), found.duties, found.checks))


def reached_so_far(found: Assessment) -> frozenset[str]:
    """Give the outcomes in what somebody has read of an assessment: nothing more is worked out.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, repeat=True), load_policy("psbc-95580"), at=received
    ... )
    >>> reached_so_far(found), found.findings["priority"].value
    (frozenset(), 'urgent')
    >>> "table/priority row 2 decides" in reached_so_far(found)
    True
    """
    read = worked_of(found).so_far
    return frozenset(_shown(found, *read))


def _shown(
    found: Assessment,
    findings: Iterable[Finding],
    clocks: Iterable[Clock],
    duties: Iterable[Obligation] | None,
    checks: Iterable[Check],
) -> Iterator[str]:
    for finding in findings:
        yield from _by_finding(finding)
    for clock in clocks:
        yield from _by_clock(clock, found)
    if duties is not None:
        yield from _by_duties(found.policy, duties)
    for check in checks:
        if check.missing is not None:
            yield f"{check.rule} {'incomplete' if check.missing else 'complete'}"


def is_open(finding: Finding) -> bool:
    """Say whether nobody knows what a table says: something unknown, which no presumption settles, could change it."""
    if finding.table.missing:
        return True
    decision = finding.decision
    return not decision.certain and finding.snapshot.plan.undecided(possibly=True, unknown=decision.unknown)


def _by_finding(finding: Finding) -> Iterator[str]:
    if is_open(finding):
        return
    for place, _ in enumerate(finding.table.rows):
        way = "decides" if place in finding.decision.fired else "does not decide"
        yield f"{finding.rule} row {place + 1} {way}"


def _by_clock(clock: Clock, found: Assessment) -> Iterator[str]:
    limit, at = clock.limit, clock.rule
    if clock.status is Status.NOT_APPLICABLE:
        yield f"{at} not applicable"
    for run in clock.runs:
        if run.status is Status.MET:
            yield f"{at} kept"
        if run.late:
            yield f"{at} late"
        if run.status is Status.NOT_APPLICABLE:
            yield f"{at} not applicable"
        if run.status is Status.UNDETERMINED:
            continue
        for number, row in enumerate(limit.rows, start=1):
            if run.row == row:
                yield f"{at} row {number} binds"
                if run.open and any(one <= found.at for one in run.warnings):
                    yield f"{at} row {number} warns"
        if run.agreed is not None:
            yield f"{at} agreement binds"
        yield from _by_adjustments(limit, at, run)
        if limit.restart is not None:
            yield from (f"{at} restart {way}" for way in _by_restart(limit, run, found))
    for violation in _unheeded(clock, found.snapshot):
        event = found.case.events[cast(int, violation.place)]
        if violation.severity is Severity.NOTE:
            continue  # what is still lacking may yet be added
        if violation.code is ViolationCode.SUSPENSION_WITHOUT_EFFECT:
            yield f"{at} pause {_pause(limit, event.reason)} has no effect"
        else:
            for number, void in enumerate(limit.void_on, start=1):
                if void.when is not None and void.on.matches(event):
                    yield f"{at} void_on {number} has no effect"


def _unheeded(clock: Clock, snapshot: Snapshot) -> Iterator[Violation]:
    """Give the stops and ends of a limit that have no effect: what an assessment holds against somebody of these."""
    limit = clock.limit
    if not clock.runs:
        return
    if limit.who not in CUSTOMERS and any(void.when is not None for void in limit.void_on):
        yield from unheeded_ends(snapshot, limit, [(run.start, run.end) for run in clock.runs if run.figured])
    if limit.pauses:
        yield from unheeded_stops(snapshot, limit)


def _by_adjustments(limit: Limit, at: str, run: Run) -> Iterator[str]:
    for pause in run.pauses:
        number = _pause(limit, pause.reason)
        if number:  # the time between a closing and a reopening is a pause for no reason
            yield f"{at} pause {number} takes effect"
    for grant in run.grants:
        for extension in limit.extensions:
            if grant.valid and grant.extension == extension:
                yield f"{at} extension {extension.id} takes effect"
            elif not grant.doubtful and extension.on.matches(grant.entry.event):
                yield f"{at} extension {extension.id} has no effect"
    if run.status is Status.VOID and run.end is not None:
        for number, void in enumerate(limit.void_on, start=1):
            if void.on.matches(run.end.event):
                yield f"{at} void_on {number} takes effect"


def _pause(limit: Limit, reason: str | None) -> int:
    """Give the number of the first pause that covers a reason; 0: none does."""
    return next((number for number, one in enumerate(limit.pauses, start=1) if reason in one.reasons), 0)


def _by_restart(limit: Limit, run: Run, found: Assessment) -> Iterator[str]:
    restart = cast(Restart, limit.restart)  # asked of limits that have one
    snapshot, origin = found.snapshot, run.first or run.start
    for entry in snapshot.timeline.entries:
        if entry.order <= origin.order or (run.end is not None and entry.order >= run.end.order):
            continue
        if not _named(restart.on, entry):
            continue
        if entry.place == run.start.place:
            yield "takes effect"
        elif not snapshot.holds(restart.when, entry) and not snapshot.may_hold(restart.when, entry):
            yield "has no effect"


def _named(selectors: Iterable[Selector], entry: Entry) -> bool:
    return any(selector.matches(entry.event) for selector in selectors)


def _by_duties(policy: Policy, duties: Iterable[Obligation]) -> Iterator[str]:
    statuses: dict[str, list[DutyStatus]] = {}
    for one in duties:
        statuses.setdefault(one.duty.id, []).append(one.status)
    for name, duty in policy.duties.items():
        standing = frozenset(statuses.get(name, ()))
        yield from (f"duty/{name} {way}" for way in _ways(duty, standing))


def _ways(duty: Duty, standing: frozenset[DutyStatus]) -> Iterator[str]:
    """Say which ways a duty went, by the statuses of its triggers; without any, nothing called for it."""
    if duty.modality.forbids:
        if DutyStatus.BREACHED in standing:
            yield "breached"
        if standing <= _NOT_BREACHED:
            yield "not breached"
    elif duty.modality is Modality.MAY:
        if DutyStatus.USED in standing:
            yield "used"
        if standing <= _NOT_USED:
            yield "not used"
    else:
        if DutyStatus.DONE in standing:
            yield "kept"
        if can_be_late(duty) and DutyStatus.DUE in standing:
            yield "due"
        if standing & _NOT_KEPT or (not can_be_late(duty) and DutyStatus.DUE in standing):
            yield "not kept"
        if not standing:
            yield "not triggered"


def can_be_late(duty: Duty) -> bool:
    """Say whether a duty has a figure after which it is overdue; its parameter may not be supplied yet."""
    if duty.within is None:
        return False
    return duty.within.unit is not Unit.AT_ONCE


# --- the two held against each other ---


def gaps(wanted: Iterable[str], done: Iterable[str], excused: Mapping[str, object]) -> Iterator[str]:
    """Tell what is reached by no case, and what is excused from it without need."""
    names, found = tuple(wanted), frozenset(done)
    for name in names:
        if name not in found and name not in excused:
            yield f"reached by no case: {name}"
    for name in excused:
        if name in found:
            yield f"listed as unreached, and a case reaches it: {name}"
        elif name not in names:
            yield f"listed as unreached, and there is no such outcome: {name}"
