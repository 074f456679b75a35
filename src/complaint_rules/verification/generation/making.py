"""From a condition to cases in which it holds, or does not (由条件构造案件): what must be known and what must happen.

Nothing here is believed: every draft is dated and assessed, and only what the library itself then says counts. Facts
are always known ones, so that a case shows what the rules say and not what they presume.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any, Final, NamedTuple, TypeAlias, final

from complaint_rules.cases.case import Event, Fields, fields_match
from complaint_rules.cases.lifecycle import ENDINGS
from complaint_rules.conditions.compiling import Comparison
from complaint_rules.conditions.scopes import AFTER, FactType, Selectors
from complaint_rules.conditions.trees import (
    Always,
    And,
    Atom,
    Compare,
    Count,
    Elapsed,
    EventField,
    Fact,
    FirstOf,
    Given,
    Has,
    HeldAtBreach,
    HeldBy,
    InState,
    Late,
    LinkedCount,
    Met,
    Not,
    Or,
    Stands,
    TableValue,
    Term,
    Truth,
    terms_of,
)
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Limit, LimitRow, Table, TableRow
from complaint_rules.verification.generation.lengths import ample
from complaint_rules.verification.generation.sketches import SETS, Sketch, Step, step_for
from complaint_rules.verification.generation.values import Value, constants, values_of

PLAIN: Final = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
"""An ordinary working Wednesday, on which what is not about the calendar is received."""
_DAY: Final = dt.timedelta(days=1)
ORDER: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "in": lambda one, among: one in among, "not in": lambda one, among: one not in among,
}  # fmt: skip
_OF_FACTS: Final = (FactType.MOMENT, FactType.DAY)


MOST_STEPS: Final = 3_000
"""How many parts of conditions are tried for one end before it is given up."""


class Goal(NamedTuple):
    """What is wanted of a condition."""

    tree: Truth
    """The condition, or a part of one."""
    holds: bool | None
    """Whether it has to hold, or must not; None: either, so that it is settled, and rather not."""


Goals: TypeAlias = Sequence[Goal]


def lone(tree: Truth, beside: tuple[Goal, ...] = ()) -> Iterator[tuple[Atom, tuple[Goal, ...]]]:
    """Give each atom of a condition with what the others must say for it alone to decide.

    >>> a, b = Given(Fact("joint")), Given(Fact("repeat"))
    >>> [goals for _, goals in lone(Or((a, b)))] == [(Goal(b, False),), (Goal(a, False),)]
    True
    """
    match tree:
        case And(parts) | Or(parts):
            neutral = isinstance(tree, And)
            for place, part in enumerate(parts):
                others = tuple(Goal(one, neutral) for number, one in enumerate(parts) if number != place)
                yield from lone(part, beside + others)
        case Not(part):
            yield from lone(part, beside)
        case _:
            yield tree, beside


@final
class SketchMaker:
    """Makes drafts for one policy."""

    __slots__ = ("_left", "policy", "values")

    def __init__(self, policy: Policy) -> None:
        self.policy: Policy = policy
        self.values: Mapping[str, tuple[Value, ...]] = values_of(policy)
        """The values worth trying of each fact."""
        self._left = 0

    def tried(self, draft: Sketch, goals: Goals, most: int) -> Iterator[Sketch]:
        """Give the first drafts that reach some goals: no more than so many, and none after so many steps in vain."""
        self._left = MOST_STEPS
        yield from islice(self.reaching(draft, goals), most)

    def reaching(self, draft: Sketch, goals: Goals) -> Iterator[Sketch]:
        """Give drafts in which all of some conditions are as wanted, the plainest first."""
        if not goals:
            yield draft
            return
        tree, wanted = goals[0]
        for holds in (False, True) if wanted is None else (wanted,):
            for one in self.making(draft, tree, holds=holds):
                yield from self.reaching(one, goals[1:])

    def making(self, draft: Sketch, tree: Truth, *, holds: bool) -> Iterator[Sketch]:
        """Give drafts in which a condition holds, or does not."""
        match tree:
            case Always():
                if tree.holds is holds:
                    yield draft
            case Not(part):
                yield from self.making(draft, part, holds=not holds)
            case And(parts) | Or(parts):
                if isinstance(tree, And) is holds:
                    yield from self.reaching(draft, [Goal(part, holds) for part in parts])
                else:
                    for part in parts:
                        yield from self.making(draft, part, holds=holds)
            case _:
                yield from self.atom(draft, tree, holds=holds)

    def ways(self, draft: Sketch, atom: Atom, *, holds: bool, most: int) -> Iterator[Sketch]:
        """Give the first ways in which an atom holds, or does not."""
        self._left = MOST_STEPS
        yield from islice(self.atom(draft, atom, holds=holds), most)

    def atom(self, draft: Sketch, atom: Atom, *, holds: bool) -> Iterator[Sketch]:
        """Give drafts in which an atom holds, or does not."""
        self._left -= 1
        if self._left < 0:
            return  # what takes so long to be brought about is given up, rather than tried for ever
        match atom:
            case Has(kind, selectors):
                yield from self._happening(draft, kind, selectors, 1 if holds else 0)
            case Elapsed():
                yield from _elapsed(draft, atom, holds=holds)
            case Met(limit):
                yield from self._standing(draft, limit, ("in_time",), holds=holds)
            case Late(limit):
                yield from self._standing(draft, limit, ("open_late", "late"), holds=holds)
            case Stands(limit, classes):
                yield from self._standing(draft, limit, classes, holds=holds)
            case InState(state):
                yield from _in_state(draft, state, holds=holds)
            case HeldBy(holder):
                yield from self._held(draft, holder, holds=holds)
            case HeldAtBreach(limit, holder):
                for one in self._held(draft, holder, holds=True) if holds else (draft,):
                    yield from self._standing(one, limit, ("open_late", "late"), holds=holds)
            case FirstOf():
                return  # nothing in a case says it
            case Compare() if any(isinstance(term, TableValue) for term in terms_of(atom)):
                yield from self._of_table(draft, atom, holds=holds)
            case Compare() if any(isinstance(term, Count | LinkedCount) for term in terms_of(atom)):
                yield from self._counted(draft, atom, holds=holds)
            case _ if any(isinstance(term, EventField) for term in terms_of(atom)):
                yield draft  # said by the event that is judged, which is made apart
            case _:
                yield from self._known(draft, atom, holds=holds)

    # --- facts ---

    def allowed(self, draft: Sketch, name: str) -> tuple[Value, ...]:
        """Give what a fact may be in a draft."""
        return draft.facts.get(name, self.values[name])

    def _known(self, draft: Sketch, atom: Atom, *, holds: bool) -> Iterator[Sketch]:
        names = tuple(dict.fromkeys(term.name for term in terms_of(atom) if isinstance(term, Fact)))
        if not names:
            if self.says(atom, {}) is holds:
                yield draft
        elif len(names) == 1:
            fitting = tuple(
                value for value in self.allowed(draft, names[0]) if self.says(atom, {names[0]: value}) is holds
            )
            if fitting:
                yield draft.constrained(names[0], fitting)
        else:
            free = [self.allowed(draft, name) if name != "received" else (dt.timedelta(0),) for name in names]
            for values in product(*free):
                if self.says(atom, dict(zip(names, values, strict=True))) is holds:
                    one = draft
                    for name, value in zip(names, values, strict=True):
                        one = one.constrained(name, (value,)) if name != "received" else one
                    yield one

    def says(self, atom: Atom, facts: Mapping[str, Value]) -> bool | None:
        """Say whether an atom over facts holds for some values; None where a figure of it was not supplied."""
        match atom:
            case Given(Fact(name)):
                return facts[name] is True
            case Given(term):
                value = constants(self.policy, term)
                return value[0] is True if value else None
            case Compare(left, op, right):
                one, other = self._side(left, facts), self._side(right, facts)
                if not one or not other:
                    return None
                return self._compared(left, one, op, right, other)
        return None

    def _side(self, term: Term, facts: Mapping[str, Value]) -> tuple[Value, ...]:
        if isinstance(term, Fact):  # the receipt is where a case begins, so that other moments are told from it
            return (facts.get(term.name, dt.timedelta(0)),)
        return constants(self.policy, term)

    def _compared(self, left: Term, one: tuple[Value, ...], op: str, right: Term, other: tuple[Value, ...]) -> bool:
        specs = self.policy.scope.facts
        types = [specs[term.name].type for term in (left, right) if isinstance(term, Fact)]
        if op in ("in", "not in"):
            among = other[0] if isinstance(right, Fact) else other
            return ORDER[op](one[0], among)
        if any(kind in _OF_FACTS for kind in types):
            days = any(not isinstance(side[0], dt.datetime | dt.timedelta) for side in (one, other))
            first, second = (_moment(side[0]) for side in (one, other))
            return Comparison(op, FactType.DAY in types or days).surely(first, second)
        if FactType.LEVEL in types and op not in ("==", "!="):
            levels = tuple(self.policy.levels)
            if one[0] not in levels or other[0] not in levels:
                return False
            return ORDER[op](levels.index(one[0]), levels.index(other[0]))
        return ORDER[op](one[0], other[0])

    # --- classes ---

    def _of_table(self, draft: Sketch, atom: Compare, *, holds: bool) -> Iterator[Sketch]:
        one, op, other = atom.left, atom.op, atom.right
        turned = isinstance(other, TableValue)
        name, codes = _named(other if turned else one), constants(self.policy, one if turned else other)
        table = self.policy.tables[name]
        if table.every:
            code = codes[0]
            if (op == "in") is holds:
                yield from self.of_class(draft, table, code)
            elif all(row.when is not None for row in table.rows if row.value == code):
                against = [Goal(row.when.tree, False) for row in table.rows if row.value == code and row.when]
                yield from self.reaching(draft, against)
            return
        for value in table.values:
            if (value in codes) is ((op in ("==", "in")) is holds):
                yield from self.of_class(draft, table, value)

    def of_class(self, draft: Sketch, table: Table, value: str) -> Iterator[Sketch]:
        """Give drafts to which a table gives a value."""
        for place, row in enumerate(table.rows):
            if row.value == value:
                yield from self.reaching(draft, self.row_goals(table, place))

    def row_goals(self, rule: Table | Limit, place: int) -> list[Goal]:
        """Give what must hold, and what must not, for a row to decide."""
        every = rule.every if isinstance(rule, Table) else rule.counts_every
        before: Sequence[TableRow | LimitRow] = () if every else rule.rows[:place]
        goals = [Goal(row.when.tree, False) for row in before if row.when is not None]
        when = rule.rows[place].when
        return goals if when is None else [Goal(when.tree, True), *goals]

    # --- what happened ---

    def _counted(self, draft: Sketch, atom: Compare, *, holds: bool) -> Iterator[Sketch]:
        turned = isinstance(atom.right, Count | LinkedCount)
        counted, other = (atom.right, atom.left) if turned else (atom.left, atom.right)
        for figure in constants(self.policy, other):
            for number in sorted({0, 1, figure - 1, figure, figure + 1}):
                sides = (figure, number) if turned else (number, figure)
                if number < 0 or ORDER[atom.op](*sides) is not holds:
                    continue
                if isinstance(counted, Count):
                    yield from self._happening(draft, counted.kind, counted.selectors, number)
                elif isinstance(counted, LinkedCount) and number:
                    one = draft.linking(counted.link, number)
                    yield from () if one is None else (one,)

    def _happening(self, draft: Sketch, kind: str, selectors: Selectors, number: int) -> Iterator[Sketch]:
        fields = tuple(one for one in selectors if one[0] != AFTER)
        if kind == "received":
            yield from (draft,) if number else ()
            return
        if not number:
            one = draft.sparing(kind, fields)
            yield from () if one is None else (one,)
            return
        afters = [kinds for name, kinds in selectors if name == AFTER]
        for first in map(Step, sorted(afters[0])) if afters else (None,):
            there = 0 if afters else sum(one.kind == kind and _fits(one, fields) for one in draft.steps)
            for given in _carrying(fields):
                steps = [] if first is None else [first]
                made = draft.happening(*steps, *[Step(kind, given)] * (number - there))
                if made is not None:
                    yield made

    def _held(self, draft: Sketch, holder: str, *, holds: bool) -> Iterator[Sketch]:
        """Give drafts in which the case was given to somebody, or to somebody else."""
        there = (*self.policy.levels, *self.policy.bodies)
        for one in (holder,) if holds else (other for other in there if other != holder):
            made = draft.happening(Step("routed", FrozenMap(to=one)))
            if made is not None:
                yield made

    # --- limits ---

    def set_up(self, limit: Limit, place: int, apart: Goals, most: int) -> Iterator[Sketch]:
        """Give the first drafts in which a figure of a limit would bind, and some goals are reached besides."""
        self._left = MOST_STEPS
        found = (one for base in self.started(Sketch(), limit, place) for one in self.reaching(base, apart))
        yield from islice(found, most)

    def started(self, draft: Sketch, limit: Limit, place: int | None = None) -> Iterator[Sketch]:
        """Give drafts in which a limit applies and has a figure, that of a certain row if one is named; not started."""
        applies = [] if limit.when is None else [Goal(limit.when.tree, True)]
        for number, row in enumerate(limit.rows):
            if place in (None, number):
                for one in self.reaching(draft, [*applies, *self.row_goals(limit, number)]):
                    yield one if row.by is None else one.constrained(row.by, self.allowed(one, row.by))

    def running(self, draft: Sketch, limit: Limit) -> Iterator[tuple[Sketch, dt.timedelta]]:
        """Give drafts in which a limit runs, with a time after which it has surely run out."""
        most = max((ample(row.within) for row in limit.rows), default=ample(None))
        for one in self.started(draft, limit):
            for start in limit.starts:
                begun = one if start.kind == "received" else _with(one, step_for(start))
                if begun is not None:
                    agreed = any(row.as_agreed for row in limit.rows)
                    promise = _with(begun, step_for(limit.agreed[0])._replace(due=_DAY)) if agreed else begun
                    if promise is not None:
                        yield promise, most

    def _standing(self, draft: Sketch, name: str, classes: Iterable[str], *, holds: bool) -> Iterator[Sketch]:
        limit = self.policy.limits[name]
        wanted = frozenset(classes)
        if not holds:
            yield draft  # as it stands, nothing has been done about it
        for one in STANDINGS_MADE:
            if (one in wanted) is holds:
                yield from self._in_class(draft, limit, one)

    def _in_class(self, draft: Sketch, limit: Limit, wanted: str) -> Iterator[Sketch]:
        if wanted == "not_applicable":
            if limit.when is not None:
                yield from self.making(draft, limit.when.tree, holds=False)
            return
        if wanted == "not_started":
            if all(start.kind != "received" for start in limit.starts):
                yield draft
            return
        for one, most in self.running(draft, limit):
            made: Sketch | None = one
            if wanted == "open_late":
                for end in limit.until:
                    made = None if made is None else made.sparing(end.kind, end.fields)
                made = None if made is None else made.waiting(most)
            elif wanted == "in_time":
                made = _with(one, step_for(limit.until[0]))
            elif wanted == "late":
                made = one.happening(step_for(limit.until[0], most))
            elif wanted == "void":
                made = one.happening(step_for(limit.void_on[0].on)) if limit.void_on else None
            if made is not None:
                yield made


STANDINGS_MADE: Final = ("open_late", "late", "in_time", "not_applicable", "void", "not_started", "open_in_time")
"""How a limit can be made to stand, in the order in which it is tried."""


def _named(term: Term) -> str:
    return term.name if isinstance(term, TableValue) else ""


def _moment(value: Value) -> Value:
    return PLAIN + value if isinstance(value, dt.timedelta) else value


def _fits(step: Step, fields: Fields) -> bool:
    return fields_match(Event(step.kind, **step.given), fields)


def _carrying(fields: Fields) -> Iterator[FrozenMap[str, Any]]:
    """Give what an event may carry to be one of those asked for: each accepted value of each field."""
    names = [name for name, _ in fields]
    ways = [[values] if name in SETS else sorted(values) for name, values in fields]
    for chosen in product(*ways):
        yield FrozenMap(zip(names, chosen, strict=True))


def _with(draft: Sketch, step: Step) -> Sketch | None:
    """Give a draft in which something happens; one in which it does already stays as it is."""
    return draft if step in draft.steps else draft.happening(step)


def _elapsed(draft: Sketch, atom: Elapsed, *, holds: bool) -> Iterator[Sketch]:
    begun = draft if atom.kind == "received" else _with(draft, Step(atom.kind))
    length = ample(atom.period)
    if not holds:
        yield draft
        if begun is not None and atom.until is not None and (ended := _with(begun, Step(atom.until))) is not None:
            yield ended
        return
    if begun is None:
        return
    spared = begun if atom.until is None else begun.sparing(atom.until)
    if spared is not None:
        yield spared.waiting(length)
    if atom.until is not None and (late := begun.happening(Step(atom.until, pause=length))) is not None:
        yield late


def _in_state(draft: Sketch, state: str, *, holds: bool) -> Iterator[Sketch]:
    if (state == "open") is holds:
        one: Sketch | None = draft
        for kind in sorted(ENDINGS):
            one = None if one is None else one.sparing(kind)
    else:
        one = _with(draft, Step("closed" if state == "open" else state)) if state == "open" or holds else draft
    if one is not None:
        yield one
