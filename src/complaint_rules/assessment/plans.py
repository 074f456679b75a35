"""`Plan`: what is worked out once per policy: its conditions as functions, what each can depend on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol, TypeAlias, final

import attrs

from complaint_rules.conditions.compiling import RECEIVED_BY, compile_every, compile_first, compile_one
from complaint_rules.conditions.implications import Implications, implications_of, related
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import CaseView, Scope
from complaint_rules.conditions.trees import HeldAtBreach, HeldBy, Met, Stands, atoms_of
from complaint_rules.language import Lang
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Unit
from complaint_rules.policy.codes import holders_of
from complaint_rules.policy.opening import waiting_for_hours
from complaint_rules.policy.policy import Policy, uses
from complaint_rules.policy.rules import Checklist, Duty, Limit, Table
from complaint_rules.policy.uses import Role, deciding

MOST_REMEMBERED: Final = 4096
_COUNTING: Final = frozenset({Role.SHARE, Role.OF, Role.COUNTS})
"""Roles of the conditions that count cases."""


Outcome: TypeAlias = bool | None


Test: TypeAlias = Callable[[CaseView], tuple[bool, bool, bool, int]]
"""A condition as a function: it holds, it surely holds, it possibly holds, and the unknown facts that matter."""


Decider: TypeAlias = Callable[[CaseView], tuple[int, int, int, int]]
"""Rows as a function: the row that fired, or the mask of those that hold; rows possible; unknown; rows certain."""


Explain: TypeAlias = Callable[[object, Lang], str]
"""Says an answer in a language: handed in by `assess`, so that what decides knows no words."""


Wait: TypeAlias = tuple[str, Period, str | None]
"""What a condition waits for: a period from an event of a kind, and the kind that stops the watch."""


LimitOutcome: TypeAlias = Callable[[dt.datetime, str], tuple[Outcome, Outcome]]
"""Works out whether a limit is met and whether it is late, as known at a moment."""


class Stood(Protocol):
    """What conditions ask of the latest run of a limit, besides met and late."""

    @property
    def standing(self) -> str:
        """The class in which it stands."""

    @property
    def due_at(self) -> dt.datetime | None:
        """Last instant in time, by the strictest reading."""

    @property
    def due_latest(self) -> dt.datetime | None:
        """Last instant in time, by the most generous reading."""


LimitStanding: TypeAlias = Callable[[dt.datetime, str], Stood | None]
"""Works out how the latest run of a limit stands, as known at a moment; None where no clock is read."""


@final
class Decision:
    """What a table says under one outcome of its rows; shared by every case with that outcome."""

    __slots__ = ("_outcome", "certain", "fired", "possible", "rows_possible", "surely", "told", "unknown", "value")

    def __init__(self, table: Table, fired: int, rows_possible: int, unknown: int, rows_sure: int) -> None:
        rows = table.rows
        self._outcome = (table, fired, rows_possible, unknown, rows_sure)
        self.told: dict[str, str] = {}
        """The reasons in words, by language, once somebody has asked for them."""
        self.rows_possible: int = rows_possible
        possible: tuple[str | None, ...] = tuple(
            dict.fromkeys(row.value for index, row in enumerate(rows) if rows_possible >> index & 1)
        )
        self.fired: tuple[int, ...]
        self.value: str | frozenset[str] | None
        self.possible: tuple[str | None, ...] = possible
        self.surely: frozenset[str]
        self.certain: bool
        if table.every:
            self.fired = tuple(index for index in range(len(rows)) if fired >> index & 1)
            self.value = frozenset(rows[index].value for index in self.fired)
            self.surely = frozenset(row.value for index, row in enumerate(rows) if rows_sure >> index & 1)
            self.certain = self.surely == frozenset(possible)
        else:
            self.fired = () if fired < 0 else (fired,)
            self.value = None if fired < 0 else rows[fired].value
            if not rows_sure:
                possible = (*possible, None)
            self.possible = possible
            self.certain = len(possible) == 1
            self.surely = frozenset(value for value in possible if value is not None) if self.certain else frozenset()
        self.unknown: int = 0 if self.certain else unknown

    def __eq__(self, other: object) -> bool:
        return self._outcome == other._outcome if isinstance(other, Decision) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._outcome[1:])

    def __repr__(self) -> str:
        return f"<Decision of {self._outcome[0].id}: {self.value!r}>"

    def __reduce__(self) -> tuple[type[Decision], tuple[Table, int, int, int, int]]:
        return Decision, self._outcome


class Reach(NamedTuple):
    """Everything an answer can depend on, through all the tables between: when it can change is read from it."""

    facts: frozenset[str]
    kinds: frozenset[str]
    elapsed: tuple[Wait, ...]
    limits: frozenset[str]
    met: frozenset[str]
    """Of the limits, those asked whether they are met."""
    timeless: bool
    """Whether only facts can change the answer."""
    stood: frozenset[str] = frozenset()
    """Of the limits, those asked how they stand, beyond met and late."""
    held: bool = False
    """Whether it is asked who has the case, or had it."""


class LimitTests(NamedTuple):
    """The conditions of a limit as functions."""

    applies: Test | None
    """Whether it applies at all; None: always."""
    decide: Decider
    """Its rows; ``earliest`` and ``latest`` like ``every``."""


class DutyPlan(NamedTuple):
    """A duty with its conditions as functions, and what is asked of it a million times over."""

    duty: Duty
    applies: Test | None
    """Whether it applies; None: always."""
    excuses: Test | None
    """What makes a candidate event innocent; None: nothing does."""
    after: frozenset[str] | None
    """Kinds of the events that trigger it; None: it needs none, the receipt triggers it."""
    acts: frozenset[str]
    """Kinds of the events that fulfil, use or breach it."""
    forbids: bool
    """Whether it is a prohibition."""
    counts: bool
    """Whether it has a figure to count."""
    stirred_by: frozenset[str]
    """Kinds of the events without which it stands as it arose: those that trigger, fulfil, use, breach or end it."""

    @classmethod
    def of(cls, duty: Duty, scope: Scope) -> DutyPlan:
        """Compile a duty; what excuses an act may ask of the candidate event."""
        acts = frozenset(selector.kind for selector in duty.acts)
        others = frozenset(selector.kind for selector in (*duty.after, *duty.until))
        return cls(
            duty, _compiled(duty.when, scope), _compiled(duty.unless, attrs.evolve(scope, event=True)),
            None if duty.at_receipt else frozenset(selector.kind for selector in duty.after),
            acts, duty.modality.forbids, duty.within is not None and duty.within.unit is not Unit.AT_ONCE,
            acts | others - {"received"},
        )  # fmt: skip


def no_words(answer: object, lang: Lang) -> str:
    """Stand in for the words where nobody handed any in: name the answer.

    >>> no_words("urgent", "en")
    "'urgent' (en)"
    """
    return f"{answer!r} ({lang})"


def _compiled(condition: Condition | None, scope: Scope) -> Test | None:
    return None if condition is None else compile_one(condition, scope)


@final
class Plan:
    """What is worked out once per policy: its conditions as functions, remembered outcomes of its tables, the reaches.

    The one place that compiles: the rules themselves are plain data.
    """

    __slots__ = (
        "_all_elapsed",
        "_named",
        "at_receipt",
        "beyond",
        "checked_at_receipt",
        "deciders",
        "deciding",
        "duties",
        "explain",
        "fact_names",
        "holders",
        "hours_wanted",
        "implications",
        "is_skip",
        "limits",
        "places",
        "policy",
        "reaches",
        "rules",
        "tables",
        "tests",
        "unpresumed",
        "wants_hours",
    )

    def __init__(self, policy: Policy, explain: Explain = no_words) -> None:
        self.policy: Policy = policy
        self.explain: Explain = explain
        """How an answer is said: a finding, clock, duty or assessment, in a language."""
        self.tables: Sequence[Table] = tuple(policy.tables[name] for name in policy.scope.tables)
        scope = policy.scope
        self.deciders: Sequence[tuple[Decider, dict[tuple[int, ...], Decision]]] = tuple(
            ((compile_every if table.every else compile_first)([row.when for row in table.rows], scope), {})
            for table in self.tables
        )
        """Each table as a function, with the outcomes it has had."""
        self.limits: Mapping[str, LimitTests] = {
            name: LimitTests(
                _compiled(limit.when, scope),
                (compile_every if limit.counts_every else compile_first)([row.when for row in limit.rows], scope),
            )
            for name, limit in policy.limits.items()
        }
        """The conditions of each limit as functions, by id."""
        self.duties: Mapping[str, DutyPlan] = {name: DutyPlan.of(duty, scope) for name, duty in policy.duties.items()}
        """Every duty, by id."""
        self.at_receipt: Sequence[DutyPlan] = tuple(one for one in self.duties.values() if one.after is None)
        """The duties that the receipt itself can trigger."""
        self.checked_at_receipt: Sequence[Checklist] = tuple(
            one for one in policy.checklists.values() if any(selector.kind == "received" for selector in one.of)
        )
        """The checklists that what was received is held against."""
        self.implications: Implications = implications_of(policy.scope.facts)
        """Facts that follow from others, in pairs."""
        self.fact_names: Sequence[str] = tuple(policy.scope.facts)
        self.places: Mapping[str, int] = {name: place for place, name in enumerate(policy.scope.tables)}
        """The place of each table among `tables`, by its id."""
        self.holders: frozenset[str] = holders_of(policy)
        """Every level and body."""
        self.hours_wanted: frozenset[str] = frozenset(waiting_for_hours(policy))
        """The rules that cannot be counted without opening hours, as ``section/id``; mostly none."""
        self.wants_hours: bool = bool(self.hours_wanted)
        """Whether there are any."""
        self.beyond: int = 1 << len(self.fact_names)
        """The bit, in a mask of unknown facts, for what no fact settles: the history, a link, the hour of a day."""
        self.unpresumed: int = self.beyond + sum(
            1 << bit for bit, spec in enumerate(policy.scope.facts.values()) if spec.assume is None
        )
        """The bits of what no presumption settles."""
        self._named: dict[int, tuple[str, ...]] = {}
        self.reaches: dict[str, Reach] = {}
        self.rules: dict[tuple[type[Limit | Duty], str], Reach] = {}
        self.deciding: dict[str, Sequence[Condition]] = {}
        self.tests: dict[str, Test] = {}
        self.is_skip: Callable[[str | None, str | None], bool] = lru_cache(maxsize=MOST_REMEMBERED)(policy.is_skip)
        self._all_elapsed: tuple[Wait, ...] | None = None

    @property
    def all_elapsed(self) -> tuple[Wait, ...]:
        """Every period some condition waits for that bears on a case; figures count cases and bear on none."""
        if self._all_elapsed is None:
            self._all_elapsed = tuple(
                dict.fromkeys(
                    term for use in uses(self.policy) if use.role not in _COUNTING for term in use.condition.elapsed
                )
            )
        return self._all_elapsed

    def undecided(self, *, possibly: bool, unknown: int) -> bool:
        """Say whether what does not hold could still: not where presumptions settle every fact it hangs on.

        A fact without presumption supports no claim; nor does what hangs on no fact, such as a missing parameter.
        """
        return possibly and (not unknown or bool(unknown & self.unpresumed))

    def works_with(self, unknown: int, *, surely: bool) -> bool:
        """Say whether what holds does not `surely` hold, but rests on what is unknown and no presumption settles.

        A table has a working value then; a limit that applies by it runs, and nobody is held to be late by it. What no
        fact settles (a link nobody looked up, what may have happened unseen) is as unknown as a fact; what hangs on no
        fact at all hangs on a parameter that is not supplied.
        """
        return not surely and (not unknown or bool(unknown & self.unpresumed))

    def names(self, unknown: int) -> tuple[str, ...]:
        """Give the facts behind a mask, in the policy's order."""
        known = self._named.get(unknown)
        if known is None:
            if len(self._named) >= MOST_REMEMBERED:
                self._named.clear()
            known = tuple(name for bit, name in enumerate(self.fact_names) if unknown >> bit & 1)
            self._named[unknown] = known
        return known

    def test(self, condition: Condition) -> Test:
        """Give a condition as a function, compiled when first asked for."""
        known = self.tests.get(condition.text)
        if known is None:
            scope = attrs.evolve(self.policy.scope, event=condition.uses_event)
            known = self.tests[condition.text] = compile_one(condition, scope)
        return known

    def waits(self, reach: Reach) -> bool:
        """Say whether an answer can change with the end of a period from the receipt, through whatever limits."""
        if any(kind == "received" for kind, _, _ in reach.elapsed):
            return True
        return any(self.waits(self.reach_of(self.policy.limits[name])) for name in reach.limits)

    def looks_for_links(self, condition: Condition) -> bool:
        """Say whether a condition asks, itself or through tables, how many complaints belong together."""
        if condition.links:
            return True
        rows = (row.when for name in condition.tables for row in self.policy.tables[name].rows)
        return any(self.looks_for_links(when) for when in rows if when is not None)

    def deciding_of(self, rule: Limit) -> Sequence[Condition]:
        """Give the conditions that decide a limit, looked up once."""
        known = self.deciding.get(rule.id)
        if known is None:
            known = self.deciding[rule.id] = tuple(deciding(rule))
        return known

    def reach_of(self, rule: Limit | Duty) -> Reach:
        """Give what all the conditions of a limit or duty depend on together."""
        # By its name, not its address: an equal policy, read anew, has rules of its own under the same plan, and an
        # address is given again when such a policy is gone.
        key = rule.__class__, rule.id
        known = self.rules.get(key)
        if known is None:
            parts = [self.reach(condition) for condition in deciding(rule)]
            known = self.rules[key] = Reach(
                frozenset().union(*(part.facts for part in parts), _deadline_facts(rule)),
                frozenset().union(*(part.kinds for part in parts)),
                tuple(dict.fromkeys(term for part in parts for term in part.elapsed)),
                frozenset().union(*(part.limits for part in parts)),
                frozenset().union(*(part.met for part in parts)),
                all(part.timeless for part in parts),
                frozenset().union(*(part.stood for part in parts)),
                any(part.held for part in parts),
            )
        return known

    def reach(self, condition: Condition) -> Reach:
        """Give what a condition depends on in the end."""
        known = self.reaches.get(condition.text)
        if known is None:
            known = self.reaches[condition.text] = self._reach(condition)
        return known

    def _reach(self, condition: Condition) -> Reach:
        facts, kinds, limits = set(condition.facts), set(condition.kinds), set(condition.limits)
        met = {atom.limit for atom in atoms_of(condition.tree) if isinstance(atom, Met)}
        stood = {atom.limit for atom in atoms_of(condition.tree) if isinstance(atom, Stands | HeldAtBreach)}
        held = any(isinstance(atom, HeldBy | HeldAtBreach) for atom in atoms_of(condition.tree))
        if held:
            facts.add(RECEIVED_BY)
        elapsed = list(condition.elapsed)
        for name in condition.tables:
            for row in self.policy.tables[name].rows:
                if row.when is not None:
                    inner = self.reach(row.when)
                    facts |= inner.facts
                    kinds |= inner.kinds
                    limits |= inner.limits
                    met |= inner.met
                    stood |= inner.stood
                    held = held or inner.held
                    elapsed += inner.elapsed
        return Reach(
            related(facts, self.implications), frozenset(kinds), tuple(dict.fromkeys(elapsed)), frozenset(limits),
            frozenset(met),
            timeless=not (kinds or elapsed or limits), stood=frozenset(stood), held=held,
        )  # fmt: skip


def _deadline_facts(rule: Limit | Duty) -> frozenset[str]:
    return frozenset(row.by for row in rule.rows if row.by) if isinstance(rule, Limit) else frozenset()
