"""What a case without history comes to, remembered by the outcome of its conditions, rule by rule.

Before anything has happened, an answer hangs on three things only: how the facts decide the conditions, which moments
follow from the receipt, and whether they have passed. The first is a key of few values, shared by thousands of
complaints, so what it leads to is remembered as an outline; the rest is worked out when a rule is read. A rule whose
conditions ask how another limit stands is taken from the outline as long as that limit is neither late nor, where
the outline has it undetermined or not, otherwise in that. Whatever the
outline cannot say (None) the general path says; a test holds the two against each other for every shipped policy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias, cast, final

import attrs

from complaint_rules.assessment.clocks import Clock, Run, Status
from complaint_rules.assessment.duties import AT_FIRST, DutyStatus, Obligation, doubtful, obligations_of
from complaint_rules.assessment.findings import Finding
from complaint_rules.assessment.plans import Decision, DutyPlan, Outcome, Plan
from complaint_rules.assessment.questions import Missing, Note, Question, applicability, missing, questions
from complaint_rules.assessment.running import ByFacts, before_start, due_by_rows, standing_by_facts
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.unlisted import unlisted
from complaint_rules.assessment.views import View, own_number
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.conditions.compiling import compile_every
from complaint_rules.conditions.implications import implications_of, related
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Fact, Given, Literal, ParameterValue, atoms_of, terms_of
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.periods.counting import PLAIN
from complaint_rules.periods.periods import Period, is_at_once
from complaint_rules.policy.policy import Policy, uses
from complaint_rules.policy.rules import Duty, Limit, Table
from complaint_rules.policy.uses import Role, deciding

_MOST_REMEMBERED: Final = 4096
# Looked up once: a member reached through its class costs as much as a comparison of moments.
_RUNNING, _OVERDUE, _UNDETERMINED = Status.RUNNING, Status.OVERDUE, Status.UNDETERMINED
Otherwise: TypeAlias = Callable[[frozenset[str]], bool]
"""Says whether any of some limits stands otherwise than the outline takes it to."""
_BEFORE_ANYTHING: Final = (Role.APPLIES, Role.WHEN, Role.ROW)
"""Roles of the conditions that are asked before anything has happened; what excuses an act is not."""
_AWAITING: Final = {DutyStatus.DUE: DutyStatus.OVERDUE, DutyStatus.OPEN: DutyStatus.EXPIRED}
"""What a duty that waits becomes with its due moment."""
_OPENED: Final = {DutyStatus.DUE: DutyStatus.UNDETERMINED, DutyStatus.OPEN: DutyStatus.UNDETERMINED}
"""The same where nobody knows whether that moment has passed, the receipt being known by its day."""


class LimitOutline(NamedTuple):
    """What a limit comes to under one outcome of the conditions."""

    limit: Limit
    found: ByFacts
    """Where it stands by the facts alone."""
    started: bool
    """Whether the receipt starts it."""
    hangs_on: frozenset[str]
    """Limits that must stand as the outline takes them to for this to be so."""
    timeless: bool
    """Whether only facts can change what it comes to."""

    def clock(self, snapshot: Snapshot) -> Clock:
        """Make the clock of a case."""
        limit, found, started, _, timeless = self
        status, unknown = found[0], found[1]
        if status is not None:
            if not started:
                return Clock(limit, status, (), snapshot)
            return Clock(limit, status, (Run(status, snapshot.receipt, unknown=unknown),), snapshot, unknown)
        try:
            figure = due_by_rows(snapshot, limit, found)
        except ComplaintRulesError as error:
            raise error.placed(f"{snapshot.policy.id}: limit/{limit.id}") from None
        due, latest, row, period = figure
        # A period that ran out, or another limit, may have brought the figure later on; what is to be agreed is none.
        if not timeless or (row is not None and row.as_agreed):
            return cast(Clock, snapshot.clock(limit))
        if snapshot.at <= due or is_at_once(period):
            status = _RUNNING
        else:
            status = _OVERDUE if latest is not None and snapshot.at > latest else _UNDETERMINED
        return Clock(limit, status, None, snapshot, unknown, figure)


class DutyOutline(NamedTuple):
    """What a duty comes to under one outcome of the conditions."""

    planned: DutyPlan
    status: DutyStatus | None
    """Where it stands until its due moment; None: it does not arise."""
    general: bool
    """Whether only the general path can say."""
    unknown: int
    """Facts that could still change it."""
    hangs_on: frozenset[str]
    """Limits that must stand as the outline takes them to for this to be so."""


class TableOutline(NamedTuple):
    """What a table decides under one outcome of the conditions."""

    table: Table
    decision: Decision
    hangs_on: frozenset[str]
    """Limits that must stand as the outline takes them to for this to be so."""


class Outline(NamedTuple):
    """What one outcome of the conditions leads to, while no limit is late that a condition asks about."""

    tables: Mapping[str, TableOutline]
    """Every table, by id."""
    limits: Mapping[str, LimitOutline]
    """Every limit, by id."""
    duties: Sequence[DutyOutline]
    """The duties that the receipt can trigger, in the policy's order."""
    simple: Sequence[tuple[Duty, DutyStatus, int]] | None
    """What those duties come to, and the facts that could change it; None where one has a figure to count."""
    questions: tuple[Question, ...] | None
    """What could still change something; None where a duty is not known in outline."""
    notes: tuple[Note, ...]
    """Whether the policy applies, and which limits a code that no row lists keeps from applying."""
    missing: tuple[Missing, ...]
    """What was not supplied: parameters, opening hours, and links, for which nobody looked."""
    tables_hang_on: frozenset[str]
    """Limits that must stand as the outline takes them to for any table to be so."""
    duties_hang_on: frozenset[str]
    """Limits that must stand as the outline takes them to for any duty to be so."""
    hangs_on: frozenset[str]
    """Limits that must stand as the outline takes them to for anything of this to be so."""
    running: Sequence[Limit]
    """The limits that can be late, in the policy's order."""

    def findings(self, snapshot: Snapshot, otherwise: Otherwise, made: dict[str, Finding]) -> bool:
        """Make every finding; False where some were made before, or only the general path can tell."""
        if made or otherwise(self.tables_hang_on):
            return False
        for name, (table, decision, _) in self.tables.items():
            made[name] = Finding(table, decision, snapshot)
        return True

    def clock(self, snapshot: Snapshot, limit: Limit, otherwise: Otherwise) -> Clock | None:
        """Make the clock of a limit; None where only the general path can say."""
        one = self.limits[limit.id]
        return None if one.hangs_on and otherwise(one.hangs_on) else one.clock(snapshot)

    def clocks(self, snapshot: Snapshot, otherwise: Otherwise, made: dict[str, Clock]) -> bool:
        """Make every clock; False where some were made before, or only the general path can tell."""
        in_order = not made
        for name, one in self.limits.items():
            limit, found, started, hangs_on, _ = one
            status = found[0]
            if hangs_on:
                in_order = False
            if name not in made and not (hangs_on and otherwise(hangs_on)):
                made[name] = one.clock(snapshot) if started or status is None else Clock(limit, status, (), snapshot)
        return in_order

    def obligations(self, snapshot: Snapshot, otherwise: Otherwise) -> list[Obligation]:
        """Make the obligations; a duty of which the outline cannot speak takes the general path."""
        receipt = snapshot.receipt
        if self.simple is not None and not otherwise(self.duties_hang_on):
            return [
                Obligation(duty, status, receipt, snapshot, None, None, (), unknown)
                for duty, status, unknown in self.simple
            ]
        found: list[Obligation] = []
        at = snapshot.at
        for planned, status, general, unknown, hangs_on in self.duties:
            if general or (hangs_on and otherwise(hangs_on)):
                found += obligations_of(snapshot, planned)
            elif status is not None:
                duty, due, latest = planned.duty, None, None
                if planned.counts and status in _AWAITING:
                    due, latest = snapshot.counted(cast(Period, duty.within), duty.counting, receipt, ())
                    if due is not None and at > due:
                        over = latest is not None and at > latest
                        status = _AWAITING[status] if over else _OPENED[status]  # noqa: PLW2901 - the outline keeps its own
                found.append(Obligation(duty, status, receipt, snapshot, None, due, (), unknown, 0, latest))
        return found


@final
class _FactsOnly:
    """As much of a view as an atom over facts reads, before anything has happened."""

    __slots__ = ("complaint",)

    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint


@final
class Outliner:
    """The memory of one policy's outlines; bounded, and no more than a memory: without it the answers are the same."""

    __slots__ = (
        "_atoms", "_by", "_core", "_elapsed", "_extra", "_links", "_standings", "hangs_on", "outlines", "plan",
        "tables_hang_on",
    )  # fmt: skip

    def __init__(self, plan: Plan) -> None:
        self.plan: Plan = plan
        self.outlines: dict[tuple[object, ...], Outline] = {}
        policy = plan.policy
        whole, compared = _keys(policy)
        core = [name for name in whole if name in CORE_FACTS]
        self._core: Callable[[Complaint], object] = attrgetter(*core) if core else _nothing
        self._extra = tuple(name for name in whole if name not in CORE_FACTS)
        self._atoms = compile_every(compared, policy.scope) if compared else None
        self._by = tuple({row.by for limit in policy.limits.values() for row in limit.rows if row.by is not None})
        asked_links = {link for use in uses(policy) if use.role in _BEFORE_ANYTHING for link in use.condition.links}
        self._links = tuple(policy.links[name] for name in sorted(asked_links))
        waits = [term for term in plan.all_elapsed if term[0] == "received"]
        self._elapsed = tuple(period for _, period, _ in waits)
        self.tables_hang_on: Mapping[str, frozenset[str]] = {
            name: frozenset().union(*(plan.reach(condition).limits for condition in deciding(table)))
            for name, table in policy.tables.items()
        }
        """The limits that each table asks about, by its id."""
        asked = [plan.reach(use.condition) for use in uses(policy) if use.role in _BEFORE_ANYTHING]
        self._standings = any(reach.stood or reach.held for reach in asked)
        self.hangs_on: frozenset[str] = frozenset().union(*(reach.limits for reach in asked))
        """Every limit that some condition asks about."""

    def outline(self, snapshot: Snapshot) -> Outline | None:
        """Give the outline of a case without history; None where a period it waits for cannot be counted.

        None as well where a condition asks in which class a limit stands, for an outline knows only late and not late,
        or who has the case.
        What cannot be counted is told by whatever needs it, when it is read.
        """
        if self._standings:
            return None
        try:
            return self._outlined(snapshot)
        except ComplaintRulesError:
            return None

    def _outlined(self, snapshot: Snapshot) -> Outline:
        complaint = snapshot.complaint
        extra = complaint.extra
        ran_out = self._ran_out(snapshot) if self._elapsed else ()
        key = (
            self._core(complaint),
            tuple(map(extra.get, self._extra)) if extra else None,
            None if self._atoms is None else self._atoms(cast(View, _FactsOnly(complaint))),
            tuple([complaint.fact(name) is None for name in self._by]) if self._by else None,
            ran_out,
            tuple([own_number(link, complaint, snapshot) for link in self._links]) if self._links else None,
            snapshot.shut,
        )
        known = self.outlines.get(key)
        if known is None:
            if len(self.outlines) >= _MOST_REMEMBERED:
                self.outlines.clear()
            waited = any(each is not False for each in ran_out)
            known = self.outlines[key] = _outline(read_calmly(snapshot), self, waited=waited)
        return known

    def _ran_out(self, snapshot: Snapshot) -> tuple[bool | None, ...]:
        """Say which periods from the receipt have run out; None: perhaps, the receipt being known by its day."""
        receipt, at = snapshot.receipt, snapshot.at
        found: list[bool | None] = []
        for period in self._elapsed:
            due, latest = snapshot.counted(period, PLAIN, receipt, ())
            if due is None or at <= due:
                found.append(False)
            else:
                found.append(True if latest is not None and at > latest else None)
        return tuple(found)


def read_calmly(snapshot: Snapshot) -> Snapshot:
    """Give the same case as though no limit were late: what an outline is worked out from."""
    return Snapshot(
        snapshot.case, snapshot.plan, snapshot.calendar, at=snapshot.at, links=snapshot.links, work_out=_Calm
    )  # fmt: skip


def _outline(snapshot: Snapshot, outliner: Outliner, *, waited: bool) -> Outline:
    """Work out what every case with the same outcome of the conditions shares, as though no limit were late."""
    plan, view = snapshot.plan, snapshot.view
    policy = plan.policy
    limits = {name: _limit(snapshot, limit) for name, limit in policy.limits.items()}
    # Only what runs, or may yet run once another limit is late, can be late.
    running = frozenset(
        name for name, one in limits.items() if one.hangs_on or (one.started and one.found.status is None)
    )
    limits = {name: one._replace(hangs_on=one.hangs_on & running) for name, one in limits.items()}
    tables = {
        table.id: TableOutline(table, view.table(index), outliner.tables_hang_on[table.id] & running)
        for index, table in enumerate(plan.tables)
    }
    duties = tuple(_duty(snapshot, planned, running, waited=waited) for planned in plan.at_receipt)
    unknown = [(f"table/{name}", one.decision.unknown) for name, one in tables.items()]
    unknown += [(f"limit/{name}", one.found.unknown) for name, one in limits.items()]
    unknown += [(f"duty/{one.planned.duty.id}", one.unknown) for one in duties]
    unknown += doubtful(snapshot)
    counts = any(one.general or (one.status is not None and one.planned.counts) for one in duties)
    return Outline(
        tables, limits, duties,
        None if counts else [(one.planned.duty, one.status, one.unknown) for one in duties if one.status is not None],
        None if any(one.general for one in duties) else questions(policy, unknown),
        (*applicability(snapshot), *unlisted(snapshot)),
        missing(policy, links=True, hours=snapshot.shut),
        frozenset[str]().union(*(one.hangs_on for one in tables.values())),
        frozenset[str]().union(*(one.hangs_on for one in duties)),
        outliner.hangs_on & running,
        tuple(limit for name, limit in policy.limits.items() if name in running),
    )  # fmt: skip


def _starts_at_receipt(limit: Limit) -> bool:
    return any(selector.kind == "received" for selector in limit.starts)


def _limit(snapshot: Snapshot, limit: Limit) -> LimitOutline:
    reach = snapshot.plan.reach_of(limit)
    hangs_on = reach.limits
    starts = _starts_at_receipt(limit)
    found = standing_by_facts(snapshot, limit) if starts else ByFacts(before_start(snapshot, limit))
    return LimitOutline(limit, found, starts, hangs_on, reach.timeless and not found.working)


def _duty(snapshot: Snapshot, planned: DutyPlan, running: frozenset[str], *, waited: bool) -> DutyOutline:
    duty, applies, *_ = planned
    reach = snapshot.plan.reach_of(duty)
    hangs_on = reach.limits & running
    if waited and snapshot.plan.waits(reach):
        return DutyOutline(planned, None, True, 0, hangs_on)  # one that a period's end founds runs from that end
    holds, surely, _, unknown = (True, True, True, 0) if applies is None else applies(snapshot.view)
    if planned.counts and holds and snapshot.plan.works_with(unknown, surely=surely):
        return DutyOutline(planned, None, True, 0, hangs_on)  # due by a working value, and overdue by none
    return DutyOutline(planned, AT_FIRST[duty.modality] if holds else None, False, unknown if holds else 0, hangs_on)


@final
class _Calm:
    """Stands for a clock before anything has happened, and before anything is late."""

    __slots__ = ("outcome",)
    standing = "undetermined"
    due_at = None
    due_latest = None
    late_from = None
    foreseen = True

    def __init__(self, snapshot: Snapshot, limit: Limit) -> None:
        known = (
            standing_by_facts(snapshot, limit).status if _starts_at_receipt(limit) else before_start(snapshot, limit)
        )
        self.outcome: tuple[Outcome, Outcome] = (None, None) if known is Status.UNDETERMINED else (False, False)

    # Of the protocol the rest is about earlier moments; before anything has happened nobody asks for any.

    def outcome_at(self, _: dt.datetime) -> tuple[Outcome, Outcome]:
        return self.outcome  # pragma: no cover - see above

    def all_turns(self) -> Iterable[dt.datetime]:
        return ()  # pragma: no cover - see above

    def turns(self, *, met: bool) -> Iterable[dt.datetime]:  # noqa: ARG002 - the protocol's own signature
        return ()  # pragma: no cover - see above


def _keys(policy: Policy) -> tuple[list[str], list[Condition]]:
    """Split what is asked of the facts: facts whose value counts, and comparisons of which the outcome is enough."""
    whole: dict[str, None] = {}
    compared: dict[object, Condition] = {}
    asked: set[str] = set()
    for use in uses(policy):
        if use.role not in _BEFORE_ANYTHING:
            continue
        for atom in atoms_of(use.condition.tree):
            terms = terms_of(atom)
            facts = [term.name for term in terms if isinstance(term, Fact)]
            asked |= set(facts)
            alone = all(isinstance(term, Fact | Literal | ParameterValue) for term in terms)
            if isinstance(atom, Given) or not alone:
                whole |= dict.fromkeys(facts)
            elif facts:
                compared[atom] = attrs.evolve(use.condition, tree=atom)
    # What implies a fact that is asked, or follows from it, can settle it and is named among what is unknown.
    whole |= dict.fromkeys(sorted(related(asked, implications_of(policy.scope.facts)) - asked))
    return list(whole), list(compared.values())


def _nothing(_: Complaint) -> None:
    return None
