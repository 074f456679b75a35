"""From checked conditions to functions: each comparison twice, as "surely true" and as "possibly true".

The source that is compiled here is written from the checked tree alone: its names are ours, its constants stand in a
table, and no character of a policy file is part of it.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import attrs

from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.conditions.implications import Implications, implications_of
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import MISSING, SOMETIME, CaseView, FactType, Scope
from complaint_rules.conditions.trees import (
    MEMBERSHIP,
    ORDERING,
    Always,
    And,
    Atom,
    Beyond,
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
    Literal,
    Met,
    Not,
    Or,
    ParameterValue,
    Stands,
    TableValue,
    Term,
    Truth,
    atoms_of,
    category,
    terms_of,
)
from complaint_rules.frozen import Shown
from complaint_rules.moments import day_of, earliest_of, latest_of

Rows: TypeAlias = Callable[[CaseView], tuple[int, int, int, int]]
"""Row or rows that hold, rows possible, unknown facts that matter, rows that surely hold."""
Single: TypeAlias = Callable[[CaseView], tuple[bool, bool, bool, int]]
"""Holds, surely holds, possibly holds, unknown facts that matter."""

RECEIVED_BY: Final = "received_by"
"""The fact with which begins who has a case."""
_TRUE: Final = "True"
_FALSE: Final = "False"
_EVALUATED: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda one, among: one in among,
    "not in": lambda one, among: one not in among,
}


class Comparison(NamedTuple):
    """How two moments compare (时间比较): a day that was recorded for want of the hour is an interval.

    A day that is one by nature (written in the policy, or a fact of type ``day``) means the whole of it, so that a
    moment of that day lies on it; a fact of type ``moment`` of which only the day is known lies somewhere on it.
    """

    op: str
    """``==``, ``!=``, ``<``, ``<=``, ``>`` or ``>=``."""
    whole: bool
    """Whether either side is a day by nature, so that days are compared."""

    def _ranges(
        self, left: dt.datetime | dt.date, right: dt.datetime | dt.date
    ) -> tuple[tuple[dt.date, dt.date], tuple[dt.date, dt.date]]:
        if self.whole:
            one, other = day_of(left), day_of(right)
            return (one, one), (other, other)
        return (earliest_of(left), latest_of(left)), (earliest_of(right), latest_of(right))

    def surely(self, left: dt.datetime | dt.date, right: dt.datetime | dt.date) -> bool:
        """Say whether it holds whatever the hour was.

        >>> from complaint_rules.moments import BEIJING
        >>> noon = dt.datetime(2026, 10, 1, 12, tzinfo=BEIJING)
        >>> Comparison("<=", False).surely(dt.date(2026, 10, 1), noon)
        False
        """
        (first, last), (earliest, latest) = self._ranges(left, right)
        match self.op:
            case "<":
                return last < earliest
            case "<=":
                return last <= earliest
            case ">":
                return first > latest
            case ">=":
                return first >= latest
            case "==":
                return first == last == earliest == latest
        return last < earliest or first > latest

    def possibly(self, left: dt.datetime | dt.date, right: dt.datetime | dt.date) -> bool:
        """Say whether it could hold.

        >>> from complaint_rules.moments import BEIJING
        >>> noon = dt.datetime(2026, 10, 1, 12, tzinfo=BEIJING)
        >>> Comparison("<=", False).possibly(dt.date(2026, 10, 1), noon)
        True
        """
        return not Comparison(_OPPOSITE[self.op], self.whole).surely(left, right)

    def open(self, left: dt.datetime | dt.date | None, right: dt.datetime | dt.date | None) -> bool:
        """Say whether two known moments leave the answer open."""
        if left is None or right is None:
            return False
        return self.possibly(left, right) and not self.surely(left, right)


_OPPOSITE: Final = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}


def _all(*parts: str) -> str:
    needed = [part for part in dict.fromkeys(parts) if part != _TRUE]
    if _FALSE in needed:
        return _FALSE
    return needed[0] if len(needed) == 1 else f"({' and '.join(needed)})" if needed else _TRUE


def _any(*parts: str) -> str:
    needed = [part for part in dict.fromkeys(parts) if part != _FALSE]
    if _TRUE in needed:
        return _TRUE
    return needed[0] if len(needed) == 1 else f"({' or '.join(needed)})" if needed else _FALSE


def _not(part: str) -> str:
    return {_TRUE: _FALSE, _FALSE: _TRUE}.get(part) or f"(not {part})"


@attrs.frozen(repr=False)
class Channels(Shown):
    """One condition as four expressions: without presumptions, and with them."""

    sure: str
    """True only where it holds whatever the unknown facts turn out to be."""
    possible: str
    """True wherever it could still hold."""
    held: str
    """True where it holds once every presumption is taken for granted."""
    tenable: str
    """True where it could still hold once every presumption is taken for granted."""


_UNDECIDED: Final = Channels(_FALSE, _TRUE, _FALSE, _TRUE)


@attrs.frozen(repr=False)
class _Operand(Shown):
    """One side of a comparison, as an expression."""

    expression: str
    unknown: bool = False
    """Whether None stands for unknown."""
    absent: bool = False
    """Whether None stands for absent, as in a field of an event."""
    assumed: object = None
    """The presumption, as a value; None: there is none."""
    constant: bool = False
    """Whether it is the same for every case."""
    value: object = None
    """The value, where it is constant."""
    missing: bool = False
    """Whether it is a parameter that nobody supplied."""
    whole_day: bool = False
    """Whether a day here means the whole of it, not some unknown hour of it."""


@attrs.frozen(repr=False)
class _Number(Shown):
    """A number in a comparison, as expressions for the least and the most it can be."""

    low: str
    high: str
    presumed: str
    """The least, where what happened at an unknown moment is taken to have happened."""
    unbounded: bool = False
    """Whether `high` can be None: without bound."""
    operand: _Operand | None = None
    """What it reads, where it is no count."""


def _at_least(one: _Number, op: str, other: _Number) -> tuple[str, str]:
    """Write ``>=`` or ``>`` between numbers, as surely and as possibly so."""
    bounded = f"{other.high} is not None" if other.unbounded else _TRUE
    open_above = f"{one.high} is None" if one.unbounded else _FALSE
    return _all(bounded, f"{one.low} {op} {other.high}"), _any(open_above, f"{one.high} {op} {other.low}")


def _numbers_compared(one: _Number, op: str, other: _Number) -> tuple[str, str]:
    if op in (">=", ">"):
        return _at_least(one, op, other)
    if op in ("<=", "<"):
        return _at_least(other, op.replace("<", ">"), one)
    (over, perhaps_over), (under, perhaps_under) = _at_least(one, ">=", other), _at_least(other, ">=", one)
    equal = _all(over, under), _all(perhaps_over, perhaps_under)
    return equal if op == "==" else (_not(equal[1]), _not(equal[0]))


@attrs.define
class _Writer:
    """Writes the body of one function; what a condition reads is fetched once, before the row that needs it."""

    scope: Scope
    lines: list[str] = attrs.field(factory=list)
    constants: dict[str, object] = attrs.field(factory=dict)
    names: dict[Any, str] = attrs.field(factory=dict)
    facts: dict[str, int] = attrs.field(init=False)
    implications: Implications = attrs.field(init=False)
    tables: dict[str, int] = attrs.field(init=False)
    ranks: dict[str, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.ranks = {level: rank for rank, level in enumerate(self.scope.levels)}
        self.implications = implications_of(self.scope.facts)
        self.facts = {name: bit for bit, name in enumerate(self.scope.facts)}
        self.tables = {name: index for index, name in enumerate(self.scope.tables)}

    def line(self, text: str, depth: int = 1) -> None:
        self.lines.append("    " * depth + text)

    def constant(self, value: object) -> str:
        """Name a constant; whole numbers and truth values stand in the source itself."""
        if type(value) is int or type(value) is bool or value is None:
            return repr(value) if value is None or value >= 0 else f"({value!r})"
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name

    def fetched(self, key: object, prefix: str, source: str) -> str:
        """Name a local variable that holds what `source` gives, and fetch it if that was not done yet."""
        name = self.names.get(key)
        if name is None:
            name = self.names[key] = f"{prefix}{len(self.names)}"
            self.line(f"{name} = {source}")
        return name

    # -- what conditions read --

    def fact(self, name: str) -> str:
        if ("fact", name) in self.names:
            return self.names["fact", name]
        found = self._fetched_fact(name)
        for other in self.settled_by(name):  # asked where this one is unknown
            self.fact(other)
        return found

    def settled_by(self, name: str) -> list[str]:
        """Name the other facts that can settle a fact which is unknown."""
        return [other for pair in self.implications if name in pair for other in pair if other != name]

    def _fetched_fact(self, name: str) -> str:
        complaint = self.fetched("complaint", "c", "view.complaint")
        if name in CORE_FACTS:
            return self.fetched(("fact", name), "f", f"{complaint}.{name}")
        extra = self.fetched("extra", "x", f"{complaint}.extra.get")
        return self.fetched(("fact", name), "f", f"{extra}({self.constant(name)})")

    def rank(self, name: str) -> str:
        fact = self.fact(name)
        known = self.names.get(("rank", name))
        return known or self.fetched(("rank", name), "r", f"{self.constant(self.ranks.get)}({fact})")

    def table(self, name: str) -> str:
        return self.fetched(("table", name), "t", f"view.table({self.tables[name]})")

    def asked(self, atom: Beyond | LinkedCount | Count) -> str:
        """Fetch what is said of an atom or number beyond the facts."""
        if atom in self.names:
            return self.names[atom]
        match atom:
            case Has(kind, selectors):
                source = f"view.has({self.constant(kind)}, {self.constant(selectors)})"
            case Count(kind, selectors):
                source = f"view.count({self.constant(kind)}, {self.constant(selectors)})"
            case Elapsed(kind, period, until, standing):
                stands = ", standing=True" if standing else ""
                source = f"view.elapsed({self.constant(kind)}, {self.constant(period)}, {self.constant(until)}{stands})"
            case Met(limit):
                source = f"view.met({self.constant(limit)})"
            case Late(limit):
                source = f"view.late({self.constant(limit)})"
            case Stands(limit, classes):
                source = f"view.standing({self.constant(limit)}, {self.constant(frozenset(classes))})"
            case InState(state):
                source = f"view.state({self.constant(state)})"
            case FirstOf(link):
                source = f"view.first_of({self.constant(link)})"
            case HeldBy(holder):
                source = f"view.holder({self.constant(holder)})"
            case HeldAtBreach(limit, holder):
                source = f"view.holder_at_breach({self.constant(limit)}, {self.constant(holder)})"
            case _:
                source = f"view.linked({self.constant(atom.link)})"
        return self.fetched(atom, "h", source)

    def event(self, field: str) -> str:
        if field == "skips_level":
            return self.fetched(("event", field), "e", "view.skips_level")
        event = self.fetched("event", "e", "view.event")
        return self.fetched(("event", field), "e", f"{event}.{field}")

    # -- the four expressions --

    def channels(self, tree: Truth) -> Channels:
        match tree:
            case And(parts):
                found = [self.channels(part) for part in parts]
                return Channels(*(_all(*each) for each in zip(*map(attrs.astuple, found), strict=True)))
            case Or(parts):
                found = [self.channels(part) for part in parts]
                return Channels(*(_any(*each) for each in zip(*map(attrs.astuple, found), strict=True)))
            case Not(part):
                one = self.channels(part)
                return Channels(_not(one.possible), _not(one.sure), _not(one.tenable), _not(one.held))
            case Always(holds):
                return Channels(*[str(holds)] * 4)
            case Given(term):
                return self.given(self.operand(term))
            case Compare(TableValue() as table, op, right):
                return self.table_is(table, op, right)
            case Compare(left, op, TableValue() as table):
                return self.in_table(left, op, table)
            case Compare(Count() | LinkedCount(), op, right) | Compare(_, op, (Count() | LinkedCount()) as right):
                return self.counted(tree.left, op, right)
            case Compare(left, "in", Literal(tuple() as days)) if isinstance(days[0], dt.date):
                return self.channels(Or(tuple(Compare(left, "==", Literal(day)) for day in days)))
            case Compare(left, "not in", Literal(tuple() as days)) if isinstance(days[0], dt.date):
                return self.channels(And(tuple(Compare(left, "!=", Literal(day)) for day in days)))
            case Compare(left, op, right):
                return self.compared(left, op, right)
            case Has():
                # What happened at an unknown moment is presumed to have happened at every moment, and sure at none.
                answer = self.asked(tree)
                sure, possible = f"{answer} is True", f"{answer} is not False"
                return Channels(sure, possible, f"({answer} or False)", possible)
            case _:
                answer = self.asked(tree)
                sure, possible = f"{answer} is True", f"{answer} is not False"
                return Channels(sure, possible, sure, possible)

    def given(self, one: _Operand) -> Channels:
        if one.missing:
            return _UNDECIDED
        if one.constant:
            return Channels(*[str(one.value)] * 4)
        sure, possible = f"{one.expression} is True", f"{one.expression} is not False"
        if not one.unknown:
            return Channels(*[sure] * 4)
        presumed = possible if one.assumed is True else sure
        return Channels(sure, possible, *([sure, possible] if one.assumed is None else [presumed] * 2))

    def operand(self, term: Term, *, ranked: bool = False) -> _Operand:
        match term:
            case Literal(value):
                return self.fixed(value, ranked=ranked)
            case ParameterValue(name):
                supplied = self.scope.parameters[name]
                return _Operand("None", missing=True) if supplied is MISSING else self.fixed(supplied, ranked=ranked)
            case Fact(name) if ranked:
                presumed = self.ranks.get(str(self.scope.facts[name].assume))
                return _Operand(self.rank(name), unknown=True, assumed=presumed)
            case Fact(name):
                spec = self.scope.facts[name]
                return _Operand(self.fact(name), unknown=True, assumed=spec.assume, whole_day=spec.type is FactType.DAY)
            case EventField(name):
                return _Operand(self.event(name), absent=name != "skips_level")
            case Count() | LinkedCount() | TableValue():  # pragma: no cover - these have comparisons of their own
                raise AssertionError(term)

    def fixed(self, value: object, *, ranked: bool) -> _Operand:
        if ranked:
            value = self.ranks[str(value)]
        elif isinstance(value, tuple):
            value = frozenset(value)
        is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
        return _Operand(self.constant(value), constant=True, value=value, whole_day=is_day)

    def compared(self, left: Term, op: str, right: Term) -> Channels:
        kinds = {category(left, self.scope), category(right, self.scope)}
        ranked = op in ORDERING and "level" in kinds
        sides = [self.operand(left, ranked=ranked), self.operand(right, ranked=ranked)]
        there = [f"{side.expression} is not None" for side in sides if side.absent]
        if any(side.missing for side in sides):
            return Channels(_FALSE, _all(*there), _FALSE, _all(*there))
        moments = "moment" in kinds
        sure, possible = self.pair(sides, op, there, moments)
        if all(side.assumed is None for side in sides):
            return Channels(sure, possible, sure, possible)
        if sum(side.constant for side in sides) == 1 and not there:
            # With one unknown side the presumption settles the comparison here and now.
            one, other = (side.value if side.constant else side.assumed for side in sides)
            if moments:
                presumed = Comparison(op, whole=any(side.whole_day for side in sides)).surely(one, other)  # type: ignore[arg-type]
            else:
                presumed = _EVALUATED[op](one, other)
            return Channels(sure, possible, *[possible if presumed else sure] * 2)
        filled = [
            attrs.evolve(
                side,
                expression=f"({self.constant(side.assumed)} if {side.expression} is None else {side.expression})",
                unknown=False,
            )
            if side.assumed is not None
            else side
            for side in sides
        ]
        return Channels(sure, possible, *self.pair(filled, op, there, moments))

    def pair(self, sides: Sequence[_Operand], op: str, there: Sequence[str], moments: bool) -> tuple[str, str]:
        """Write a comparison as surely and as possibly true; an absent side makes it plainly false."""
        left, right = (side.expression for side in sides)
        holds = could = f"{left} {op} {right}"
        if moments:
            comparison = Comparison(op, whole=any(side.whole_day for side in sides))
            holds = f"{self.constant(comparison.surely)}({left}, {right})"
            could = holds if comparison.whole else f"{self.constant(comparison.possibly)}({left}, {right})"
        unknown = [side.expression for side in sides if side.unknown]
        sure = _all(*there, *(f"{side} is not None" for side in unknown), holds)
        return sure, _all(*there, _any(*(f"{side} is None" for side in unknown), could))

    def table_is(self, table: TableValue, op: str, right: Term) -> Channels:
        side, name = self.operand(right), self.table(table.name)
        if side.missing:
            return _UNDECIDED
        values = side.value if op in MEMBERSHIP else frozenset({side.value})
        among = self.constant(values)
        sure = f"{among}.issuperset({name}.possible)"
        possible = f"(not {among}.isdisjoint({name}.possible))"
        held = f"{name}.value in {among}"
        # Undecided without a value: nothing is presumed, so no claim is supported, negated or not.
        tenable = f"({held} or ({name}.value is None and {possible}))"
        if op in ("==", "in"):
            return Channels(sure, possible, held, tenable)
        return Channels(_not(possible), _not(sure), _not(tenable), _not(held))

    def in_table(self, left: Term, op: str, table: TableValue) -> Channels:
        side, name = self.operand(left), self.table(table.name)
        if side.missing:
            return _UNDECIDED
        sure, possible, held = (f"{side.expression} in {name}.{each}" for each in ("surely", "possible", "value"))
        if op == "in":
            return Channels(sure, possible, held, held)
        return Channels(_not(possible), _not(sure), _not(held), _not(held))

    def counted(self, left: Term, op: str, right: Term) -> Channels:
        """Compare two numbers, each known from below and from above, or not at all."""
        one, other = self.number(left), self.number(right)
        operands = [number.operand for number in (one, other) if number.operand is not None]
        if any(side.missing for side in operands):
            return _UNDECIDED
        there = [f"{side.expression} is not None" for side in operands if side.absent]

        def guarded(one: _Number, other: _Number, unknown: Sequence[_Operand]) -> tuple[str, str]:
            sure, possible = _numbers_compared(one, op, other)
            known = [f"{side.expression} is not None" for side in unknown]
            return _all(*there, *known, sure), _all(*there, _any(*map(_not, known), possible))

        sure, possible = guarded(one, other, [side for side in operands if side.unknown])
        held, tenable = guarded(
            self.presumed(one), self.presumed(other),
            [side for side in operands if side.unknown and side.assumed is None],
        )  # fmt: skip
        return Channels(sure, possible, held, tenable)

    def number(self, term: Term) -> _Number:
        if isinstance(term, Count | LinkedCount):
            name = self.asked(term)
            return _Number(f"{name}[0]", f"{name}[1]", f"{name}[2]", unbounded=True)
        side = self.operand(term)
        return _Number(side.expression, side.expression, side.expression, operand=side)

    def presumed(self, number: _Number) -> _Number:
        side = number.operand
        if side is None:
            return attrs.evolve(number, low=number.presumed)
        if side.assumed is None:
            return number
        filled = f"({self.constant(side.assumed)} if {side.expression} is None else {side.expression})"
        return attrs.evolve(number, low=filled, high=filled)

    # -- unknown facts, and the function as a whole --

    def note_unknown(self, tree: Truth, depth: int) -> None:
        """Write which facts of an undecided row are unknown."""
        atoms = list(atoms_of(tree))
        terms = list(dict.fromkeys(term for atom in atoms for term in terms_of(atom)))
        facts = [term.name for term in terms if isinstance(term, Fact)]
        tables = [term.name for term in terms if isinstance(term, TableValue)]
        if len(facts) == 1 and all(_hangs_on_fact(atom, self.scope) for atom in atoms):
            self.line(f"unknown |= {1 << self.facts[facts[0]]}", depth)
            self.note_settling(facts[0], depth)
            return
        for name in facts:
            self.line(f"if {self.fact(name)} is None:", depth)
            self.line(f"unknown |= {1 << self.facts[name]}", depth + 1)
            self.note_settling(name, depth + 1)
        for name in tables:
            table = self.table(name)
            self.line(f"if not {table}.certain: unknown |= {table}.unknown", depth)
        if RECEIVED_BY in self.facts and any(isinstance(atom, HeldBy | HeldAtBreach) for atom in atoms):
            self.line(f"if view.complaint.{RECEIVED_BY} is None: unknown |= {1 << self.facts[RECEIVED_BY]}", depth)
        beyond = list(dict.fromkeys(open_ for atom in atoms if (open_ := self.left_open(atom))))
        if beyond:
            self.line(f"if {' or '.join(beyond)}: unknown |= {1 << len(self.facts)}", depth)

    def note_settling(self, name: str, depth: int) -> None:
        """Write which other unknown facts could settle one that is unknown."""
        for other in self.settled_by(name):
            self.line(f"if {self.fact(other)} is None: unknown |= {1 << self.facts[other]}", depth)

    def left_open(self, atom: Atom) -> str:
        """Write whether the history, a link or the hour of a day leaves an atom open; empty where none can."""
        match atom:
            case Has():
                answer = self.asked(atom)
                return f"{answer} is None or {answer} is {self.constant(SOMETIME)}"
            case Always() | Given() | Compare():
                pass
            case _:
                return f"{self.asked(atom)} is None"
        terms = terms_of(atom)
        counts = [self.asked(term) for term in terms if isinstance(term, Count | LinkedCount)]
        if counts:
            return " or ".join(f"{count}[0] != {count}[1]" for count in counts)
        if isinstance(atom, Compare) and _of_moments(atom, self.scope):
            left, right = self.operand(atom.left), self.operand(atom.right)
            if not (left.whole_day or right.whole_day or left.missing or right.missing):
                opened = self.constant(Comparison(atom.op, whole=False).open)
                return f"{opened}({left.expression}, {right.expression})"
        return ""

    def function(self) -> Callable[[CaseView], Any]:
        """Compile what was written; its only globals are the constants, it has no builtins."""
        source = "\n".join(["def decide(view):", *self.lines])
        space: dict[str, Any] = {"__builtins__": {}, **self.constants}
        exec(compile(source, "<conditions>", "exec"), space)  # noqa: S102 - our own text: see the module's docstring
        made: Callable[[CaseView], Any] = space["decide"]
        return made


def _of_moments(atom: Compare, scope: Scope) -> bool:
    return atom.op in _OPPOSITE and "moment" in {category(term, scope) for term in terms_of(atom)}


def _hangs_on_fact(atom: Atom, scope: Scope) -> bool:
    """Whether an atom can be undecided for no other reason than its facts being unknown."""
    if isinstance(atom, Beyond):
        return False
    if isinstance(atom, Compare):
        if _of_moments(atom, scope):
            return False  # of one that is known, only the day may be known
        if atom.op in ORDERING and "level" in {category(term, scope) for term in terms_of(atom)}:
            return False  # a body has no place in the order of levels
    return not any(
        isinstance(term, Count | LinkedCount | TableValue)
        or (isinstance(term, ParameterValue) and scope.parameters[term.name] is MISSING)
        for term in terms_of(atom)
    )


def _tree(row: Condition | None) -> Truth:
    return Always(True) if row is None else row.tree


def compile_first(rows: Sequence[Condition | None], scope: Scope) -> Rows:
    """Make the function of a table whose first row that holds decides; a row without condition always holds.

    It gives the index of the row that holds under the presumptions (-1: none), the mask of the rows that the unknown
    facts could still make the first, the mask of those unknown facts, and the mask of the row that surely stops the
    search: 0 there means that possibly no row holds.

    >>> from complaint_rules.conditions.scopes import FactSpec
    >>> from complaint_rules.conditions.parsing import parse
    >>> scope = Scope(facts={"repeat": FactSpec(name="repeat", type="bool", assume=False)})
    >>> decide = compile_first([parse("repeat", scope), None], scope)
    >>> import types
    >>> decide(types.SimpleNamespace(complaint=types.SimpleNamespace(repeat=None)))
    (1, 3, 1, 2)
    """
    writer = _Writer(scope)
    undecided = presumed = False  # whether an earlier row can be undecided, and whether one can fire by presumption

    def answer(index: int, depth: int) -> None:
        bit = 1 << index
        if undecided:
            fired = f"({index} if fired < 0 else fired)" if presumed else str(index)
            writer.line(f"if possible: return {fired}, possible | {bit}, unknown, {bit}", depth)
        writer.line(f"return {index}, {bit}, 0, {bit}", depth)

    for index, row in enumerate(rows):
        tree = _tree(row)
        found = writer.channels(tree)
        if found.possible == _FALSE:
            continue
        if found.sure == _TRUE:
            answer(index, 1)
            break
        if found.sure == found.possible:
            writer.line(f"if {found.sure}:")
            answer(index, 2)
            continue
        if not undecided:
            writer.line("possible = unknown = 0")
        writer.line(f"if {found.possible}:")
        if found.sure != _FALSE:
            writer.line(f"if {found.sure}:", 2)
            answer(index, 3)
        undecided = True
        writer.line(f"possible |= {1 << index}", 2)
        writer.note_unknown(tree, 2)
        if found.held in (found.sure, _FALSE):
            continue
        held = _TRUE if found.held == found.possible else found.held
        if presumed:
            writer.line(f"if {_all('fired < 0', held)}: fired = {index}", 2)
        else:
            chosen = str(index) if held == _TRUE else f"{index} if {held} else -1"
            writer.line(f"fired = {chosen}", 2)
            writer.line("else: fired = -1")
        presumed = True
    else:
        writer.line(
            f"return {'fired' if presumed else -1}, possible, unknown, 0" if undecided else "return -1, 0, 0, 0"
        )
    return writer.function()


def compile_every(rows: Sequence[Condition | None], scope: Scope) -> Rows:
    """Make the function of a table all of whose rows count.

    It gives masks: the rows that hold under the presumptions, the rows that could hold, the unknown facts that could
    change it, the rows that surely hold.

    >>> compile_every([None], Scope())(None)
    (1, 1, 0, 1)
    """
    writer = _Writer(scope)
    writer.line("held = possible = unknown = surely = 0")
    for index, row in enumerate(rows):
        _write_row(writer, row, 1 << index)
    writer.line("return held, possible, unknown, surely")
    return writer.function()


def _write_row(writer: _Writer, row: Condition | None, bit: int) -> None:
    found = writer.channels(_tree(row))
    if found.possible == _FALSE:
        return
    writer.line(f"if {found.possible}:")
    writer.line(f"possible |= {bit}", 2)
    if found.sure == found.possible:
        writer.line(f"held |= {bit}", 2)
        writer.line(f"surely |= {bit}", 2)
        return
    depth = 2
    if found.sure != _FALSE:
        writer.line(f"if {found.sure}:", 2)
        writer.line(f"held |= {bit}", 3)
        writer.line(f"surely |= {bit}", 3)
        writer.line("else:", 2)
        depth = 3
    writer.line("pass", depth)
    writer.note_unknown(_tree(row), depth)
    if found.held not in (found.sure, _FALSE):
        always = found.held in (found.possible, _TRUE)
        if not always:
            writer.line(f"if {found.held}:", depth)
        writer.line(f"held |= {bit}", depth + (not always))


def compile_one(condition: Condition, scope: Scope) -> Single:
    """Make the function of a single condition: holds (under the presumptions), surely, possibly, unknown facts.

    >>> from complaint_rules.conditions.parsing import parse
    >>> compile_one(parse("not True", Scope()), Scope())(None)
    (False, False, False, 0)
    """
    writer = _Writer(scope)
    writer.line("held = possible = unknown = surely = 0")
    _write_row(writer, condition, 1)
    writer.line("return held == 1, surely == 1, possible == 1, unknown")
    return writer.function()


SURELY_FALSE, SURELY_TRUE, PRESUMED_FALSE, PRESUMED_TRUE, UNDECIDED = range(5)
"""What `compile_atoms` says of one atom."""


def compile_answers(conditions: Sequence[Condition], scope: Scope) -> Callable[[CaseView], tuple[int, ...]]:
    """Make the function that answers several conditions at once, for counting: each in its place, by a code.

    What holds or fails by a presumption is told apart; what rests on a working value, the history, a link, or a
    parameter that nobody supplied is undecided: nobody may be counted by it.

    >>> from complaint_rules.conditions.parsing import parse
    >>> compile_answers([parse("True", Scope()), parse("False", Scope())], Scope())(None) == (
    ...     SURELY_TRUE,
    ...     SURELY_FALSE,
    ... )
    True
    """
    writer = _Writer(scope)
    unpresumed = (1 << len(scope.facts)) + sum(
        1 << bit for bit, spec in enumerate(scope.facts.values()) if spec.assume is None
    )
    for place, condition in enumerate(conditions):
        found = writer.channels(condition.tree)
        if found.sure == found.possible:
            writer.line(f"a{place} = {SURELY_TRUE} if {found.sure} else {SURELY_FALSE}")
            continue
        writer.line(f"if {found.sure}: a{place} = {SURELY_TRUE}")
        writer.line(f"elif not {found.possible}: a{place} = {SURELY_FALSE}")
        writer.line("else:")
        writer.line("unknown = 0", 2)
        writer.note_unknown(condition.tree, 2)
        presumed = f"{PRESUMED_TRUE} if {found.held} else {PRESUMED_FALSE} if not {found.tenable} else {UNDECIDED}"
        writer.line(f"a{place} = {UNDECIDED} if not unknown or unknown & {unpresumed} else {presumed}", 2)
    writer.line(f"return ({''.join(f'a{place}, ' for place in range(len(conditions)))})")
    return writer.function()


def compile_atoms(condition: Condition, scope: Scope) -> Callable[[CaseView], tuple[int, ...]]:
    """Make the function that says of every atom, left to right, whether it holds, and whether that is presumed.

    >>> from complaint_rules.conditions.parsing import parse
    >>> compile_atoms(parse("True or False", Scope()), Scope())(None) == (SURELY_TRUE, SURELY_FALSE)
    True
    """
    writer = _Writer(scope)
    found = [writer.channels(atom) for atom in atoms_of(condition.tree)]
    codes = [
        f"{SURELY_TRUE} if {one.sure} else {SURELY_FALSE} if not {one.possible} else "
        f"{PRESUMED_TRUE} if {one.held} else {PRESUMED_FALSE} if not {one.tenable} else {UNDECIDED}"
        for one in found
    ]
    writer.line(f"return ({', '.join(codes)},)")
    return writer.function()
