"""What a case without history comes to, remembered by the outcome of its conditions: the fast path of `assess`.

Before anything has happened, a policy's answer hangs on three things only: how the facts decide its conditions, which
moments follow from the receipt, and whether they have passed. The first is a key of few values, shared by thousands of
complaints, so what it leads to is remembered; the second is worked out each time; where a moment has passed, or
anything is out of the ordinary, the general path is taken. A test holds the two paths against each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast, final

import attrs

from complaint_rules.assessment.clocks import Clock, Run, Status, read, rows_of
from complaint_rules.assessment.duties import DutyStatus, Obligation, doubtful, obligations
from complaint_rules.assessment.plans import Decision, Plan
from complaint_rules.assessment.questions import Note, Question, applicability, questions
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.views import View
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.cases.timeline import Entry
from complaint_rules.conditions.compiling import compile_every
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Fact, Given, Literal, ParameterValue, atoms_of, terms_of
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy, uses
from complaint_rules.policy.rules import Duty, Limit, LimitRow
from complaint_rules.policy.uses import Role, deciding

if TYPE_CHECKING:
    from complaint_rules.calendar.working_days import WorkCalendar

_MOST_REMEMBERED: Final = 4096
Reckoned: TypeAlias = "tuple[dt.datetime, LimitRow, Period]"
"""The due moment of a limit that runs from the receipt, with the figure that binds."""


@final
class Outline:
    """What one outcome of the conditions leads to: which limits and duties run from the receipt, by which figures."""

    __slots__ = ("duties", "limits", "templates")

    def __init__(
        self, limits: Sequence[tuple[Limit, Sequence[LimitRow]]], duties: Sequence[tuple[Duty, Period]]
    ) -> None:
        self.limits = limits
        self.duties = duties
        self.templates: dict[tuple[bool, ...], Template] = {}


class Template(NamedTuple):
    """What is the same for every case of one outline while nothing is late."""

    decisions: tuple[Decision, ...]
    clocks: tuple[tuple[Limit, Status, int, int, bool], ...]
    """Limit, status, unknown facts, its place among the reckoned moments (-1: none), and whether it has a run."""
    duties: tuple[tuple[Duty, DutyStatus, int, int], ...]
    """Duty, status, unknown facts, and its place among the duties' moments; -1: no figure."""
    questions: tuple[Question, ...]
    """What could still change something."""
    notes: tuple[Note, ...]
    """Whether the policy applies."""


class Sketch(NamedTuple):
    """A template with the moments of one case."""

    template: Template
    dues: tuple[Reckoned, ...]
    duty_dues: tuple[dt.datetime, ...]

    def clocks(self, snapshot: Snapshot) -> dict[str, Clock]:
        """Make the clocks."""
        start = snapshot.timeline.receipt
        return {
            limit.id: Clock(
                limit, status, (self._run(snapshot, status, start, index, unknown),) if runs else (), snapshot, unknown
            )
            for limit, status, unknown, index, runs in self.template.clocks
        }

    def _run(self, snapshot: Snapshot, status: Status, start: Entry, index: int, unknown: int) -> Run:
        if index < 0:
            return Run(status, start, unknown=unknown)
        due, row, period = self.dues[index]
        warn = None if row.warn is None else row.warn.before(due, snapshot.calendar, start.lo)
        return Run(status, start, due, due, None, row, period, warn_at=warn, unknown=unknown)

    def duties(self, snapshot: Snapshot) -> tuple[Obligation, ...]:
        """Make the obligations."""
        receipt = snapshot.timeline.receipt
        return tuple(
            Obligation(duty, status, receipt, snapshot, None, None if index < 0 else self.duty_dues[index], (), unknown)
            for duty, status, unknown, index in self.template.duties
        )


@final
class _FactsOnly:
    """As much of a view as an atom over facts reads."""

    __slots__ = ("complaint",)

    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint


@final
class Outliner:
    """The memory of one policy's outlines; bounded, and no more than a memory: without it the answers are the same."""

    __slots__ = ("_atoms", "_awaited", "_core", "_elapsed", "_extra", "eligible", "outlines", "plan")

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.outlines: dict[tuple[object, ...], Outline] = {}
        conditions = _conditions(plan.policy)
        truths, atoms, self.eligible = _keys(plan, conditions)
        core = [name for name in truths if name in CORE_FACTS]
        self._core: Callable[[Complaint], object] = attrgetter(*core) if core else _nothing
        self._extra = tuple(name for name in truths if name not in CORE_FACTS)
        self._atoms = compile_every(atoms, plan.policy.scope) if atoms else None
        waits = [term for term in plan.all_elapsed if term[0] == "received"]
        self._elapsed = tuple(period for _, period, _ in waits)
        turns = {
            term for duty in plan.policy.duties.values() for part in deciding(duty) for term in plan.reach(part).elapsed
        }
        self._awaited = tuple(place for place, term in enumerate(waits) if term in turns)

    def sketch(self, complaint: Complaint, calendar: WorkCalendar, at: dt.datetime) -> Sketch | None:
        """Give what a complaint without history comes to; None where the general path must be taken."""
        received = complaint.received
        if not self.eligible or not isinstance(received, dt.datetime):
            return None
        elapsed = tuple([at > cast(dt.datetime, period.due_at(received, calendar)) for period in self._elapsed])
        if self._awaited and any(elapsed[place] for place in self._awaited):
            return None  # a duty that a period's end founds runs from that end
        extra = complaint.extra
        key = (
            self._core(complaint),
            tuple(map(extra.get, self._extra)) if extra else None,
            None if self._atoms is None else self._atoms(cast(View, _FactsOnly(complaint))),
        )
        outline = self.outlines.get(key)
        if outline is None:
            outline = self._remember(key, complaint, calendar, at)
        dues: list[Reckoned] = []
        for limit, rows in outline.limits:
            try:
                due = _earliest(limit.counting, rows, received, calendar)
            except ComplaintRulesError as error:
                raise error.placed(f"{self.plan.policy.id}: limit/{limit.id}") from None
            if due is None or due[0] < at:
                return None
            dues.append(due)
        duty_dues: list[dt.datetime] = []
        for duty, period in outline.duties:
            moment = period.due_at(received, calendar, duty.counting)
            if moment is None or moment < at:
                return None
            duty_dues.append(moment)
        template = outline.templates.get(elapsed)
        if template is None:
            template = outline.templates[elapsed] = _template(
                read(Case(complaint), self.plan, calendar, at=at), outline
            )
        return Sketch(template, tuple(dues), tuple(duty_dues))

    def _remember(
        self, key: tuple[object, ...], complaint: Complaint, calendar: WorkCalendar, at: dt.datetime
    ) -> Outline:
        snapshot = read(Case(complaint), self.plan, calendar, at=at)
        limits: list[tuple[Limit, Sequence[LimitRow]]] = []
        for limit in self.plan.policy.limits.values():
            if not any(selector.kind == "received" for selector in limit.starts):
                continue
            applies, decide = self.plan.limits[limit.id]
            if applies is not None and not applies(snapshot.view)[0]:
                continue
            rows = rows_of(snapshot, limit, snapshot.view, decide(snapshot.view)[0])
            if any(row.within is not None for row in rows):
                limits.append((limit, rows))
        duties = [
            (one.duty, one.duty.within)
            for one in obligations(snapshot)
            if one.due_at is not None and one.duty.within is not None
        ]
        if len(self.outlines) >= _MOST_REMEMBERED:
            self.outlines.clear()
        outline = self.outlines[key] = Outline(limits, duties)
        return outline


def _earliest(
    counting: Counting, rows: Sequence[LimitRow], received: dt.datetime, calendar: WorkCalendar
) -> Reckoned | None:
    best: Reckoned | None = None
    for row in rows:
        period = row.within
        if period is None:
            continue
        due = period.due_at(received, calendar, counting)
        if due is not None and (best is None or due < best[0]):
            best = (due, row, period)
    return best


def _template(snapshot: Snapshot, outline: Outline) -> Template:
    """Take from the general path what every case of the outline shares."""
    places = {limit.id: index for index, (limit, _) in enumerate(outline.limits)}
    duty_places = {duty.id: index for index, (duty, _) in enumerate(outline.duties)}
    tables = snapshot.plan.tables
    decisions = tuple(snapshot.view.table(index) for index in range(len(tables)))
    clocks = [cast(Clock, snapshot.clock(limit)) for limit in snapshot.policy.limits.values()]
    duties = obligations(snapshot)
    unknown = [(f"table/{table.id}", decision.unknown) for table, decision in zip(tables, decisions, strict=True)]
    unknown += [(clock.rule, clock.unknown) for clock in clocks]
    unknown += [(duty.rule, duty.unknown) for duty in duties]
    unknown += doubtful(snapshot)
    return Template(
        decisions=decisions,
        clocks=tuple(
            (clock.limit, clock.status, clock.unknown, places.get(clock.limit.id, -1), bool(clock.runs))
            for clock in clocks
        ),
        duties=tuple((one.duty, one.status, one.unknown, duty_places.get(one.duty.id, -1)) for one in duties),
        questions=questions(snapshot.policy, unknown),
        notes=applicability(snapshot),
    )


def _conditions(policy: Policy) -> list[Condition]:
    """Give every condition that is asked before anything has happened; prohibitions' excuses are not."""
    asked, sections = (Role.APPLIES, Role.WHEN, Role.ROW), ("", "table", "limit", "duty")
    return [use.condition for use in uses(policy) if use.role in asked and use.rule.partition("/")[0] in sections]


def _keys(plan: Plan, conditions: Sequence[Condition]) -> tuple[list[str], list[Condition], bool]:
    """Split what the conditions ask of the facts into truth values, taken as they are, and comparisons, by outcome.

    The last part says whether the policy is simple enough: its limits may not hang on time or on other limits.
    """
    truths: dict[str, None] = {}
    comparisons: dict[object, Condition] = {}
    simple = True
    for condition in conditions:
        for atom in atoms_of(condition.tree):
            terms = terms_of(atom)
            facts = [term for term in terms if isinstance(term, Fact)]
            if not facts:
                continue
            if isinstance(atom, Given):
                truths[facts[0].name] = None
            elif all(isinstance(term, Fact | Literal | ParameterValue) for term in terms):
                comparisons[atom] = attrs.evolve(condition, tree=atom)
            else:
                simple = False
    policy = plan.policy
    for limit in policy.limits.values():
        for part in deciding(limit):
            reach = plan.reach(part)
            simple = simple and not reach.elapsed and not reach.limits
        simple = simple and not any(row.by is not None for row in limit.rows)
    of_receipt = any(selector.kind == "received" for c in policy.checklists.values() for selector in c.of)
    return list(truths), list(comparisons.values()), simple and not of_receipt


def _nothing(_: Complaint) -> None:
    return None
