"""`assess`: a case, a policy, a moment and a calendar in; an explained, cited `Assessment` out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast, final

import attrs

from complaint_rules.case import Case
from complaint_rules.clocks import CUSTOMERS, OPEN, Clock, Status, read
from complaint_rules.complaint import Complaint
from complaint_rules.conditions import check_fact
from complaint_rules.duties import Obligation, breaches_of, obligations
from complaint_rules.errors import InvalidComplaint, InvalidMoment, did_you_mean
from complaint_rules.findings import (
    Check,
    Finding,
    Missing,
    Note,
    Question,
    checks,
    in_force,
    incomplete,
    missing,
    questions,
)  # fmt: skip
from complaint_rules.grants import unheeded_stops, without_effect
from complaint_rules.history import State, Violation, check, state_of
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import INSTANT, as_moment, day_of, handed_back
from complaint_rules.policy import Modality, Policy
from complaint_rules.readings import Reading
from complaint_rules.views import Plan

if TYPE_CHECKING:
    import pendulum

    from complaint_rules.calendar import WorkCalendar

FORMAT: Final = "complaint-rules/assessment/1"
"""Version of the data an assessment turns into."""
_LATE: Final = frozenset({Status.OVERDUE, Status.MET_LATE})
_MOST_MASKS: Final = 4096


@final
class _Prepared:
    """What assessing needs of a policy, worked out once."""

    __slots__ = ("asked", "missing", "missing_links", "places", "plan")

    def __init__(self, policy: Policy) -> None:
        self.plan = Plan(policy)
        self.places = frozenset(policy.levels) | frozenset(policy.bodies)
        self.missing = missing(policy, links=False)
        self.missing_links = missing(policy, links=True)
        self.asked: dict[tuple[int, ...], tuple[Question, ...]] = {}


@lru_cache(maxsize=64)
def _prepared(policy: Policy) -> _Prepared:
    return _Prepared(policy)


@final
@attrs.frozen(eq=False)
class Assessment:
    """What a policy says of a case at a moment (评估结果): recomputed from the history, never stored.

    Same case, policy, moment and calendar: same assessment, for ever.
    """

    case: Case
    """The case assessed."""
    policy: Policy
    """The rules applied."""
    at: dt.datetime
    """The moment, in Beijing time: what happened later is not known yet."""
    findings: Mapping[str, Finding]
    """Classes found, by table id."""
    clocks: Mapping[str, Clock]
    """Every time limit of the policy, by limit id."""
    duties: tuple[Obligation, ...]
    """Duties, prohibitions and permissions the case has triggered, in the policy's order."""
    checks: tuple[Check, ...]
    """Documents held against their checklists."""
    violations: tuple[Violation, ...]
    """What in the history broke a rule or contradicts itself; what was left out of account is among them."""
    missing: tuple[Missing, ...]
    """Parameters and links not supplied, and what waits for them."""
    notes: tuple[Note, ...]
    """What a reader should know; refuses nothing."""
    reading: Reading = attrs.field(repr=False)
    """What was known, for explanations."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The unknown facts that could still change something, and who can answer them."""
        prepared = _prepared(self.policy)
        masks = [finding.decision.unknown for finding in self.findings.values()]
        masks += [clock.unknown for clock in self.clocks.values()]
        masks += [duty.unknown for duty in self.duties]
        rules = tuple(masks)
        if not any(rules):
            return ()
        key = (*rules, *map(id, (duty.duty for duty in self.duties)))
        known = prepared.asked.get(key)
        if known is None:
            if len(prepared.asked) >= _MOST_MASKS:
                prepared.asked.clear()
            known = prepared.asked[key] = questions(self.policy, self._masks())
        return known

    def _masks(self) -> dict[str, int]:
        masks = {finding.rule: finding.decision.unknown for finding in self.findings.values()}
        masks |= {clock.rule: clock.unknown for clock in self.clocks.values()}
        for duty in self.duties:
            masks[duty.rule] = masks.get(duty.rule, 0) | duty.unknown
        return masks

    @property
    def binding(self) -> Clock | None:
        """The open clock that runs out first; None where none is open with a due moment."""
        waiting = [clock for clock in self.clocks.values() if clock.status in OPEN and clock.due is not None]
        return min(waiting, key=lambda clock: cast(dt.datetime, clock.due), default=None)

    @property
    def state(self) -> State:
        """Where the case stands."""
        return state_of(self.reading.timeline)

    @property
    def next_change_at(self) -> pendulum.DateTime | None:
        """The first moment after `at` at which the answer changes by time alone; None: never.

        A limit's or duty's due moment plus a microsecond, a warning, or a period a condition waits for: one wake-up
        then suffices, nobody need poll.
        """
        moment = self._next_change()
        return None if moment is None else handed_back(moment)

    def _next_change(self) -> dt.datetime | None:
        points: list[dt.datetime] = []
        for clock in self.clocks.values():
            for run in clock.runs:
                if run.open and run.due is not None:
                    points.append(run.due + INSTANT)
                    if run.warn_at is not None:
                        points.append(run.warn_at)
        points += [duty.due + INSTANT for duty in self.duties if duty.due is not None and not duty.acts]
        timeline, calendar = self.reading.timeline, self.reading.calendar
        for kind, period, _ in self.reading.plan.all_elapsed:
            for entry in timeline.of_kind(kind)[:1]:
                for start in (entry.lo, entry.hi):
                    due = None if start is None else period.due_at(start, calendar)
                    if due is not None:
                        points.append(due + INSTANT)
        return min((point for point in points if point > self.at), default=None)

    @property
    def keep_until(self) -> dt.date | None:
        """Last day the file must be kept (保管期限届满日), inclusive; None: no figure, or its clock has not started."""
        retention = self.policy.retention
        if retention is None or retention.within is None:
            return None
        starts = self.reading.all_matches(retention.starts)
        if not starts or starts[-1].lo is None:
            return None
        due = retention.within.due_at(starts[-1].lo, self.reading.calendar)
        return None if due is None else due.date()

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """What the answer rests on: ``policy``, and each calendar year touched, as hexadecimal digests."""
        years = {day_of(self.case.complaint.received).year, self.at.year}
        years |= {clock.due.year for clock in self.clocks.values() if clock.due is not None}
        years |= {duty.due.year for duty in self.duties if duty.due is not None}
        calendar = self.reading.calendar
        prints = {"policy": self.policy.fingerprint}
        prints |= {f"calendar/{year}": calendar.fingerprint(year) for year in range(min(years), max(years) + 1)}
        return FrozenMap(prints)

    def explain(self, lang: str = "zh") -> str:
        """Explain everything, in Chinese (``zh``) or English (``en``): rules, articles, the facts that decided."""
        from complaint_rules.rendering import explain_assessment

        return explain_assessment(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain data for JSON; ``format`` names the version of its shape."""
        from complaint_rules.plain import assessment_to_dict

        return assessment_to_dict(self)


def assess(
    case: Case | Complaint,
    policy: Policy,
    *,
    at: dt.datetime,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> Assessment:
    """Apply a policy to a case as of a moment: classes, time limits, duties, questions, violations.

    `at` is an aware moment; events after it are not known yet. `calendar` is the mainland calendar where none is
    given. `links` are the counts that `link` found for this complaint, by link id; without them conditions on
    ``linked(…)`` stay unknown.

    Raises `InvalidMoment` for a naive `at` or one before the receipt, `InvalidComplaint` for a fact of the wrong type,
    `CalendarUnpublished` where the calendar refuses to guess.

    >>> from complaint_rules import Complaint, load_policy
    >>> from complaint_rules.moments import BEIJING
    >>> received = dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, complainants=3), load_policy("psbc-95580"), at=received
    ... )
    >>> found.findings["priority"].value, found.clocks["whole"].due_at.isoformat()
    ('urgent', '2026-10-02T16:05:00+08:00')
    """
    moment = as_moment(at, what="at")
    if isinstance(case, Complaint):
        case = Case(case)
    elif not isinstance(case, Case):
        raise InvalidComplaint(what="case", why="a Complaint or a Case is expected", value=case)
    complaint = case.complaint
    if moment < complaint.received_from:
        raise InvalidMoment(
            what="at", why=f"it lies before the receipt, {complaint.received.isoformat()}", value=at.isoformat(),
            hint="were the two exchanged?",
        )  # fmt: skip
    if calendar is None:
        calendar = _china()
    if calendar.hours is None and policy.hours is not None:
        calendar = calendar.with_hours(policy.hours)
    prepared = _prepared(policy)
    reading = read(case, prepared.plan, calendar, at=moment, links=links)
    notes = _notes(reading, policy, complaint)
    view = reading.view
    findings = {
        table.id: Finding(table, view.table(index), reading) for index, table in enumerate(prepared.plan.tables)
    }
    clocks = {name: cast(Clock, reading.clock(limit)) for name, limit in policy.limits.items()}
    duties = obligations(reading)
    checked = checks(reading) if policy.checklists else []
    violations = _violations(reading, prepared, clocks, duties, checked)
    return Assessment(
        case, policy, moment, findings, clocks, tuple(duties), tuple(checked), tuple(violations),
        prepared.missing if links is not None else prepared.missing_links, notes, reading,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _china() -> WorkCalendar:
    from complaint_rules.calendar import WorkCalendar

    return WorkCalendar.china()


def _notes(reading: Reading, policy: Policy, complaint: Complaint) -> tuple[Note, ...]:
    """Check the facts against the policy's declarations, and say what does not fit without refusing."""
    notes: list[Note] = []
    facts = policy.scope.facts
    versions = [complaint, *(version for _, version in reading.timeline.versions)]
    for name in dict.fromkeys(name for version in versions for name in version.extra):
        spec = facts.get(name)
        if spec is None:
            notes.append(Note(code="ignored_fact", detail=FrozenMap(fact=name, hint=did_you_mean(name, facts))))
            continue
        for version in versions:
            check_fact(spec, version.extra.get(name))
    if not in_force(policy, day_of(complaint.received)):
        notes.append(Note(code="not_in_force"))
    if policy.applies is not None:
        holds, _, possibly, _ = reading.plan.test(policy.applies)(reading.view)
        if not holds:
            notes.append(Note(code="possibly_not_applicable" if possibly else "not_applicable"))
    return tuple(notes)


def _violations(
    reading: Reading, prepared: _Prepared, clocks: Mapping[str, Clock], duties: list[Obligation], checked: list[Check]
) -> list[Violation]:
    policy, timeline = reading.policy, reading.timeline
    found: list[Violation] = []
    history = bool(timeline.by_kind) or bool(timeline.left_out)
    if history:
        found += check(timeline, policy.events, prepared.places)
    for clock in clocks.values():
        if clock.runs and clock.limit.who not in CUSTOMERS:
            found += _late_runs(clock)
        if history and clock.runs:
            if clock.limit.pauses:
                found += unheeded_stops(reading, clock.limit)
            if clock.limit.extensions:
                found += [v for run in clock.runs for v in without_effect(clock.limit, run.grants)]
    found += breaches_of(duties)
    found += incomplete(checked)
    return found


def _late_runs(clock: Clock) -> list[Violation]:
    limit = clock.limit
    severity = "breach" if limit.modality is Modality.MUST else "warning"
    return [
        Violation(
            code="late", severity=severity, rule=clock.rule, cite=(run.row.cite if run.row else None) or limit.cite,
            place=None if run.end is None else run.end.place, event=None if run.end is None else run.end.event.kind,
            at=run.due,
        )
        for run in clock.runs
        if run.status in _LATE
    ]  # fmt: skip
