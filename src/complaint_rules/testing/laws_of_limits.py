"""The laws of limits and duties: pauses, statuses, notices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import CUSTOMERS, Run, Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.entries import STOPPING
from complaint_rules.cases.violations import Severity, ViolationCode
from complaint_rules.conditions.trees import (
    Compare,
    Fact,
    Given,
    LinkedCount,
    Literal,
    ParameterValue,
    TableValue,
    Truth,
    atoms_of,
    terms_of,
)
from complaint_rules.moments import earliest_of
from complaint_rules.periods.periods import is_at_once
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Limit, Modality
from complaint_rules.policy.uses import Role, kinds_of, uses_of
from complaint_rules.testing.asking import LawQuestion

_LATER: Final = dt.timedelta(days=60)


def check_pauses(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that no pause moves a limit earlier, an empty one none, and touching ones equal their union (中止只延不缩).

    For each reason for which a limit stops, pauses of the first and of the second half of the time between receipt and
    `at` are added. Only of limits whose figures hang on facts alone, and which no suspension starts or ends: another
    condition may see the pause, and give another figure for it. That touching ones equal their union is held of runs
    that have not ended: a pause that begins after the end is none. Not of a history with a suspension or a resumption
    of which nobody knows when it was, or with a resumption that names no suspension: it may end an added one.
    """
    asked = LawQuestion("pauses", policy, case, at, calendar, links)
    plain = [limit for limit in asked.policy.limits.values() if _hangs_on_facts(asked.policy, limit)]
    since = asked.case.complaint.received_from
    middle = since + (asked.at - since) / 2
    before = asked.then()
    timeline = before.snapshot.timeline
    pausing = [entry for kind in sorted(STOPPING) for entry in timeline.of_kind(kind)]
    if any(one.lo is None or (one.event.kind == "resumed" and one.event.ref is None) for one in pausing):
        return
    for reason in sorted({reason for limit in plain for pause in limit.pauses for reason in pause.reasons}):
        empty = asked.then(case=asked.case.with_event(*_pause(reason, middle, middle, "a")))
        parted = [*_pause(reason, since, middle, "a"), *_pause(reason, middle, asked.at, "b")]
        parts = asked.then(case=asked.case.with_event(*parted))
        whole = asked.then(case=asked.case.with_event(*_pause(reason, since, asked.at, "a")))
        for limit in plain:
            old, new = before.clocks[limit.id], whole.clocks[limit.id]
            same = [(run.status, run.due_at) for run in old.runs]
            still = [(run.status, run.due_at) for run in empty.clocks[limit.id].runs]
            asked.hold(still == same, "an empty pause changes something", (reason, limit.id))
            asked.hold(not _earlier(old.runs, new.runs), "a pause moves a limit earlier", (reason, limit.id))
            dues = [[run.due_at for run in one.clocks[limit.id].runs if run.end is None] for one in (parts, whole)]
            asked.hold(dues[0] == dues[1], "touching pauses differ from their union", (reason, limit.id))


def _pause(reason: str, start: dt.datetime, end: dt.datetime, key: str) -> tuple[Event, Event]:
    told = frozenset({"complainant"})
    return (
        Event("suspended", start, reason=reason, id=f"law-{key}", told=told),
        Event("resumed", end, reason=reason, ref=f"law-{key}"),
    )


def _earlier(before: tuple[Run, ...], after: tuple[Run, ...]) -> bool:
    return any(
        old.agreed is None and new.agreed is None
        and old.due_at is not None and new.due_at is not None and new.due_at < old.due_at
        for old, new in zip(before, after, strict=False)
    )  # fmt: skip


def _hangs_on_facts(policy: Policy, limit: Limit) -> bool:
    """Say whether the figures of a limit hang on facts alone, and no suspension starts, ends or changes it."""
    own = (limit.starts, limit.until, limit.void_on, limit.agreed, limit.extensions, limit.restart or ())
    if STOPPING & set(kinds_of(own)):
        return False
    conditions = [use.condition.tree for use in uses_of(limit) if use.role in (Role.WHEN, Role.ROW)]
    return all(_of_facts(policy, tree) for tree in conditions)


def _of_facts(policy: Policy, tree: Truth) -> bool:
    for atom in atoms_of(tree):
        if not isinstance(atom, Given | Compare):
            return False
        for term in terms_of(atom):
            match term:
                case TableValue(name):
                    rows = policy.tables[name].rows
                    if not all(row.when is None or _of_facts(policy, row.when.tree) for row in rows):
                        return False
                case Literal() | Fact() | ParameterValue() | LinkedCount():
                    pass
                case _:
                    return False
    return True


def check_statuses(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that every limit has its clock, and every status fits its moments (状态合于时刻)."""
    asked = LawQuestion("statuses", policy, case, at, calendar, links)
    found = asked.then()
    asked.hold(list(found.clocks) == list(asked.policy.limits), "a limit has no clock, or two")
    for name, clock in found.clocks.items():
        if clock.runs and clock.status is not Status.UNDETERMINED:
            asked.hold(clock.status is clock.runs[-1].status, "a clock stands otherwise than its latest run", name)
        for run in clock.runs:
            asked.hold(_fits(run, found.at), "a status does not fit its moments", (name, run.status.value))
    keys = [one.id for one in found.duties]
    asked.hold(len(keys) == len(set(keys)), "two duties have one id", keys)
    for one in found.duties:
        late = one.status is DutyStatus.OVERDUE
        asked.hold(not late or (one.due_at is not None and one.due_at < found.at), "a duty is overdue too soon", one.id)
        if one.status is not DutyStatus.UNDETERMINED:
            forbids = one.status in (DutyStatus.BREACHED, DutyStatus.IN_FORCE, DutyStatus.OVER)
            allows = one.status in (DutyStatus.OPEN, DutyStatus.USED, DutyStatus.EXPIRED)
            fits = forbids is one.modality.forbids and allows is (one.modality is Modality.MAY)
            asked.hold(fits, "a status is none of its kind of duty", one.id)


def _fits(run: Run, now: dt.datetime) -> bool:
    due, end = run.due_at, run.end
    if is_at_once(run.period):
        due = None  # nothing is ever too late for it
    named = run.agreed is not None or (run.row is not None and run.row.by is not None)  # a day that others set
    if due is not None and not named and run.start.lo is not None and due < run.start.lo:
        return False
    match run.status:
        case Status.RUNNING:
            return end is None and (due is None or due >= now)
        case Status.OVERDUE:
            return end is None and due is not None and due < (run.superseded_at or now)
        case Status.SUSPENDED:
            return end is None
        case Status.MET:
            return end is not None and (due is None or end.hi is None or end.hi <= due)
        case Status.MET_LATE:
            return end is not None and due is not None and end.lo is not None and end.lo > due
        case Status.VOID:
            return end is not None
    return True


def check_notices(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that notices accuse of what the violations do, and that ids are of one thing and stay (通知编号不变)."""
    asked = LawQuestion("notices", policy, case, at, calendar, links)
    found, later = asked.then(), asked.then(asked.at + _LATER)
    told = found.notices
    asked.hold(len({one.id for one in told}) == len(told), "two notices have one id")
    asked.hold(all(one.since is None or one.since <= found.at for one in told), "a notice is sent before its moment")
    ours = sorted((one.rule, str(one.due_at)) for one in told if one.accuses and one.who not in CUSTOMERS)
    asked.hold(ours == _accused(found), "notices and violations accuse of different things", ours)
    ids = {key for clock in found.clocks.values() for key, _ in zip(clock.ids, clock.runs, strict=True)}
    lasting = {key for clock in later.clocks.values() for key in clock.ids}
    if all(event.at is None or earliest_of(event.at) <= found.at for event in asked.case.events):
        asked.hold(ids <= lasting, "the id of a run is lost by time alone", sorted(ids - lasting))


def _accused(found: Assessment) -> list[tuple[str, str]]:
    late = (ViolationCode.LATE, ViolationCode.MISSED, ViolationCode.DONE_LATE)
    blamed = [one for one in found.violations if one.code in late and one.severity is not Severity.NOTE]
    return sorted((str(one.rule), str(one.at)) for one in blamed)
