"""`assess`: a case, a policy, a moment and a calendar in; an explained, cited `Assessment` out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast, final

import attrs

from complaint_rules.calendar import WorkCalendar, as_calendar
from complaint_rules.case import Case
from complaint_rules.clocks import CUSTOMERS, OPEN, Clock, read
from complaint_rules.complaint import Complaint
from complaint_rules.duties import DutyStatus, Obligation, breaches_of, doubtful, obligations
from complaint_rules.errors import InvalidComplaint, InvalidMoment, InvalidPolicy
from complaint_rules.findings import (
    Check,
    Finding,
    Missing,
    Note,
    Question,
    applicability,
    checks,
    fitness,
    incomplete,
    missing,
    questions,
)  # fmt: skip
from complaint_rules.grants import unheeded_stops, without_effect
from complaint_rules.history import Violation
from complaint_rules.lifecycle import State, check, state_of
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import INSTANT, as_moment, day_of, earliest_of, handed_back
from complaint_rules.outlines import Outliner, Sketch
from complaint_rules.policy import Policy
from complaint_rules.readings import Snapshot
from complaint_rules.rules import Modality
from complaint_rules.views import Plan

if TYPE_CHECKING:
    import pendulum

FORMAT: Final = "complaint-rules/assessment/1"
"""Version of the data an assessment turns into."""
_WAITING: Final = frozenset({DutyStatus.DUE, DutyStatus.OPEN})
"""Statuses of a duty that its due moment still changes."""


@final
class _Prepared:
    """What assessing needs of a policy, worked out once."""

    __slots__ = ("dated", "missing", "missing_links", "outliner", "places", "plan")

    def __init__(self, policy: Policy) -> None:
        self.plan = Plan(policy)
        self.outliner = Outliner(self.plan)
        self.dated = policy.effective_from is not None or policy.effective_until is not None
        self.places = frozenset(policy.levels) | frozenset(policy.bodies)
        self.missing = missing(policy, links=False)
        self.missing_links = missing(policy, links=True)


@lru_cache(maxsize=64)
def _prepared(policy: Policy) -> _Prepared:
    return _Prepared(policy)


class _Parts(NamedTuple):
    """What an assessment holds, worked out together."""

    snapshot: Snapshot
    findings: Mapping[str, Finding]
    clocks: Mapping[str, Clock]
    duties: tuple[Obligation, ...]
    checks: tuple[Check, ...]
    violations: tuple[Violation, ...]


@final
@attrs.frozen(eq=False, repr=False)
class Assessment:
    """What a policy says of a case at a moment (评估结果): recomputed from the history, never stored.

    Same case, policy, moment and calendar: same assessment, for ever. Made by `assess`.
    """

    case: Case
    """The case assessed."""
    policy: Policy
    """The rules applied."""
    at: dt.datetime
    """The moment, in Beijing time: what happened later is not known yet."""
    calendar: WorkCalendar
    """The calendar counted with."""
    links: Mapping[str, int] | None
    """Counts of linked complaints by link id, as supplied; None: nobody looked."""
    notes: tuple[Note, ...]
    """What a reader should know; refuses nothing."""
    _sketch: Sketch | None
    _worked_out: _Parts | None

    @cached_property
    def _parts(self) -> _Parts:
        # A case without history was decided in outline; its parts are made when somebody looks at them.
        if self._sketch is None:
            return cast(_Parts, self._worked_out)
        sketch = self._sketch
        plan = _prepared(self.policy).plan
        snapshot = read(self.case, plan, self.calendar, at=self.at, links=self.links)
        findings = {
            table.id: Finding(table, decision, snapshot)
            for table, decision in zip(plan.tables, sketch.template.decisions, strict=True)
        }
        found = tuple(checks(snapshot)) if self.policy.checklists else ()
        return _Parts(
            snapshot, FrozenMap(findings), FrozenMap(sketch.clocks(snapshot)), sketch.duties(snapshot), found, ()
        )

    @property
    def snapshot(self) -> Snapshot:
        """What was known, for explanations."""
        return self._parts.snapshot

    @property
    def findings(self) -> Mapping[str, Finding]:
        """Classes found, by table id."""
        return self._parts.findings

    @property
    def clocks(self) -> Mapping[str, Clock]:
        """Every time limit of the policy, by limit id."""
        return self._parts.clocks

    @property
    def duties(self) -> tuple[Obligation, ...]:
        """Duties, prohibitions and permissions the case has triggered, in the policy's order."""
        return self._parts.duties

    @property
    def checks(self) -> tuple[Check, ...]:
        """Documents held against their checklists."""
        return self._parts.checks

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What in the history broke a rule or contradicts itself; what was left out of account is among them."""
        return self._parts.violations

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Parameters and links not supplied, and what waits for them."""
        prepared = _prepared(self.policy)
        return prepared.missing if self.links is not None else prepared.missing_links

    def __repr__(self) -> str:
        return f"<Assessment of {self.case.complaint.id!r} under {self.policy.id!r} at {self.at.isoformat()}>"

    def __reduce__(self) -> tuple[Callable[..., Assessment], tuple[object, ...]]:
        return _again, (self.case, self.policy, self.at, self.calendar, self.links)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The unknown facts that could still change something, and who can answer them."""
        if self._sketch is not None:
            return self._sketch.template.questions
        unknown = [(finding.rule, finding.decision.unknown) for finding in self.findings.values()]
        unknown += [(clock.rule, clock.unknown) for clock in self.clocks.values()]
        unknown += [(duty.rule, duty.unknown) for duty in self.duties]
        unknown += doubtful(self.snapshot)
        return questions(self.policy, unknown)

    @property
    def binding(self) -> Clock | None:
        """The open clock that runs out first; None where none is open with a due moment."""
        waiting = [clock for clock in self.clocks.values() if clock.status in OPEN and clock.due is not None]
        return min(waiting, key=lambda clock: cast(dt.datetime, clock.due), default=None)

    @property
    def state(self) -> State:
        """Where the case stands."""
        return state_of(self.snapshot.timeline)

    @property
    def next_change_at(self) -> pendulum.DateTime | None:
        """The first moment after `at` at which the answer can change by time alone; None: never.

        A limit's or duty's due moment plus a microsecond, a warning, a period a condition waits for, or an event
        recorded for later: until then the answer stays, so one wake-up suffices and nobody need poll.
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
        points += [duty.due + INSTANT for duty in self.duties if duty.due is not None and duty.status in _WAITING]
        timeline, calendar = self.snapshot.timeline, self.snapshot.calendar
        # What is recorded for later is not known yet, but it will be.
        points += [
            earliest_of(one.at) for one in timeline.left_out if one.code == "not_yet_known" and one.at is not None
        ]
        for kind, period, _ in self.snapshot.plan.all_elapsed:
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
        starts = self.snapshot.all_matches(retention.starts)
        if not starts or starts[-1].lo is None:
            return None
        due = retention.within.due_at(starts[-1].lo, self.snapshot.calendar)
        return None if due is None else due.date()

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """What the answer rests on: ``policy``, and each calendar year touched, as hexadecimal digests."""
        years = {day_of(self.case.complaint.received).year, self.at.year}
        years |= {clock.due.year for clock in self.clocks.values() if clock.due is not None}
        years |= {duty.due.year for duty in self.duties if duty.due is not None}
        calendar = self.snapshot.calendar
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
    if not isinstance(policy, Policy):
        raise InvalidPolicy(what="policy", why="a Policy is expected", value=policy, hint="pass load_policy(id)")
    calendar = _china() if calendar is None else as_calendar(calendar)
    if links is not None:
        links = _counted(links)
    if calendar.hours is None and policy.hours is not None:
        calendar = calendar.with_hours(policy.hours)
    prepared = _prepared(policy)
    fits: tuple[Note, ...] = ()
    if prepared.dated or complaint.extra or case.events or links:
        fits = fitness(case, policy, links)
    sketch = parts = None
    if not case.events and links is None and not case.unseen:
        sketch = prepared.outliner.sketch(complaint, calendar, moment)
    if sketch is None:
        snapshot = read(case, prepared.plan, calendar, at=moment, links=links)
        notes = applicability(snapshot)
        parts = _worked_out(snapshot, prepared)
    else:
        notes = sketch.template.notes
    return Assessment(case, policy, moment, calendar, links, (*fits, *notes), sketch, parts)


def _counted(links: object) -> Mapping[str, int]:
    """Check the counts of linked complaints, and keep them as they are now: an assessment is worked out later."""
    hint = "pass links.counts(complaint.id) of what link(…) gave"
    if not isinstance(links, Mapping):
        raise InvalidComplaint(what="links", why="a mapping of link ids to counts is expected", value=links, hint=hint)
    for name, count in links.items():
        if not isinstance(name, str):
            raise InvalidComplaint(what="links", why="the id of a link is a text", value=name, hint=hint)
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            why = "a count of 0 or more is expected"
            raise InvalidComplaint(what=f"links[{name!r}]", why=why, value=count, hint=hint)
    return FrozenMap(links)


def _again(
    case: Case, policy: Policy, at: dt.datetime, calendar: WorkCalendar, links: Mapping[str, int] | None
) -> Assessment:
    return assess(case, policy, at=at, calendar=calendar, links=links)


def _worked_out(snapshot: Snapshot, prepared: _Prepared) -> _Parts:
    """Take the general path: every table, clock and duty, worked out from the history."""
    policy, view = snapshot.policy, snapshot.view
    findings = {
        table.id: Finding(table, view.table(index), snapshot) for index, table in enumerate(prepared.plan.tables)
    }
    clocks = {name: cast(Clock, snapshot.clock(limit)) for name, limit in policy.limits.items()}
    duties = obligations(snapshot)
    checked = checks(snapshot) if policy.checklists else []
    violations = _violations(snapshot, prepared, clocks, duties, checked)
    return _Parts(snapshot, FrozenMap(findings), FrozenMap(clocks), tuple(duties), tuple(checked), tuple(violations))


@lru_cache(maxsize=1)
def _china() -> WorkCalendar:
    return WorkCalendar.china()


def _violations(
    snapshot: Snapshot, prepared: _Prepared, clocks: Mapping[str, Clock], duties: list[Obligation], checked: list[Check]
) -> list[Violation]:
    policy, timeline = snapshot.policy, snapshot.timeline
    found: list[Violation] = []
    history = bool(timeline.by_kind) or bool(timeline.left_out)
    if history:
        found += check(timeline, policy.events, prepared.places)
    for clock in clocks.values():
        if clock.runs and clock.limit.who not in CUSTOMERS:
            found += _late_runs(clock)
        if history and clock.runs:
            if clock.limit.pauses:
                found += unheeded_stops(snapshot, clock.limit)
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
        if run.late
    ]  # fmt: skip
