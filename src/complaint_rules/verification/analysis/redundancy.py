"""Rows and parts of conditions that could be left out, and no complaint would get anything else (多余的行与条件)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Always, Atom, Elapsed, FirstOf, LinkedCount, atoms_of, terms_of
from complaint_rules.errors import OutOfBudget
from complaint_rules.language import Lang, Pair
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.rules import Duty, Limit, Table
from complaint_rules.verification.analysis.asking import Inquiry, Refuted, World, opposites
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.worlds.formulas import Formula, both, either, exactly_one, held_in, negated
from complaint_rules.verification.worlds.tables import FourWays
from complaint_rules.verification.worlds.unknowns import NOWHERE, undecided
from complaint_rules.words.conditions import render_atom
from complaint_rules.words.voices import voice

_C: Final = FindingCode


def of_table(inquiry: Inquiry, table: Table, spared: frozenset[int]) -> Iterator[RuleFinding]:
    """Give what is redundant in a table; rows of `spared` decide nothing anyway."""
    rule, gives = f"table/{table.id}", [row.value for row in table.rows]
    rows = list(of_rows(inquiry, rule, gives, every=table.every, spared=spared))
    yield from rows
    spared |= {one.row for one in rows if one.row is not None}
    conditions = [row.when for row in table.rows]
    yield from of_atoms(inquiry, rule, conditions, gives, every=table.every, spared=spared)


def of_rows(
    inquiry: Inquiry, rule: str, gives: Sequence[Hashable], *, every: bool, spared: frozenset[int]
) -> Iterator[RuleFinding]:
    """Give the redundant rows of a table; `gives` is what each row gives, `spared` are rows told of otherwise."""
    held = [ways.held for ways in inquiry.worlds.rows(rule)]
    for row, holds in enumerate(held):
        if row in spared:
            continue
        otherwise = _alike(gives, held, row) if every else _next_gives_it(gives, held, row)
        if _proved_never(inquiry, holds, otherwise):
            rows = tuple(one for one in range(len(held)) if one != row and gives[one] == gives[row])
            yield inquiry.found(_C.REDUNDANT_ROW, rule, row=row, rows=rows if every else ())


def of_atoms(
    inquiry: Inquiry,
    rule: str,
    conditions: Sequence[Condition | None],
    gives: Sequence[Hashable],
    *,
    every: bool,
    spared: frozenset[int],
) -> Iterator[RuleFinding]:
    """Give the parts of the conditions of a table's rows that may be read as always, or never, true: no other value."""
    held = [ways.held for ways in inquiry.worlds.rows(rule)]
    for row, condition in enumerate(conditions):
        if condition is None or row in spared:
            continue
        otherwise = _alike(gives, held, row) if every else _next_gives_it(gives, held, row)
        for atom, constant in _idle(inquiry, condition, held[row], otherwise):
            yield inquiry.found(_C.REDUNDANT_ATOM, rule, row=row, detail=_read_as(inquiry, atom, constant=constant))


def of_when(inquiry: Inquiry, rule: Limit | Duty, key: str) -> Iterator[RuleFinding]:
    """Give the parts of the condition of a limit or duty that decide nothing, whatever is asked of the answer."""
    if rule.when is not None:
        for atom, constant in _idle_altogether(inquiry, rule.when, True):
            yield inquiry.found(_C.REDUNDANT_ATOM, key, detail=_read_as(inquiry, atom, constant=constant))


def of_figures(inquiry: Inquiry, limit: Limit, where: Formula, spared: frozenset[int]) -> Iterator[RuleFinding]:
    """Give the parts of the conditions of figures that decide nothing where the limit applies, which is `where`.

    Rows of `spared` are told of otherwise; below a figure that surely holds nothing is read.
    """
    rule, reached = f"limit/{limit.id}", where
    for row, (figure, ways) in enumerate(zip(limit.rows, inquiry.worlds.rows(rule), strict=True)):
        if figure.when is not None and row not in spared:
            for atom, constant in _idle_altogether(inquiry, figure.when, reached):
                yield inquiry.found(_C.REDUNDANT_ATOM, rule, row=row, detail=_read_as(inquiry, atom, constant=constant))
        if not limit.counts_every:
            reached = both(reached, negated(ways.sure))


def _idle_altogether(inquiry: Inquiry, condition: Condition, where: Formula) -> Iterator[tuple[Atom, bool]]:
    """Give the atoms that can be read as a constant with no other answer at all.

    The condition holds, surely holds and could hold where it did, and where nobody can decide it it asks for the same.
    """
    unknowns, ways = inquiry.unknowns, inquiry.worlds.channels(condition)
    asked, open_ = unknowns.asked(condition), undecided(ways)
    for atom in _parts(condition):
        if _waited_for(inquiry, atom):
            continue
        rest = unknowns.asked(condition, without=atom)
        lost = [both(extent.most, negated(rest.get(name, NOWHERE).least)) for name, extent in asked.items()]
        for constant in (True, False):
            other = inquiry.worlds.channels(condition, replace={atom: FourWays(*[constant] * 4)})
            changes = (exactly_one(ways[way], other[way]) for way in range(3))  # sure, possible, held
            if _proved_never(inquiry, both(where, either(*changes, both(open_, either(*lost)))), lambda _: None):
                yield atom, constant
                break


def _waited_for(inquiry: Inquiry, atom: Atom) -> bool:
    """Say whether an assessment names a rule that reads an atom as waiting for a link or for opening hours."""
    if isinstance(atom, Elapsed):
        return inquiry.policy.hours is None and atom.period.needs_hours()
    return isinstance(atom, FirstOf) or any(isinstance(term, LinkedCount) for term in terms_of(atom))


def _parts(condition: Condition) -> Iterator[Atom]:
    yield from dict.fromkeys(atom for atom in atoms_of(condition.tree) if not isinstance(atom, Always))


def _idle(inquiry: Inquiry, condition: Condition, holds: Formula, otherwise: Refuted) -> Iterator[tuple[Atom, bool]]:
    """Give the atoms that can be read as a constant; `otherwise` refutes worlds where that makes no difference."""
    for atom in _parts(condition):
        for constant in (True, False):
            other = inquiry.worlds.channels(condition, replace={atom: FourWays(*[constant] * 4)}).held
            if _proved_never(inquiry, exactly_one(holds, other), otherwise):
                yield atom, constant
                break


def _proved_never(inquiry: Inquiry, core: Formula, otherwise: Refuted) -> bool:
    try:
        return inquiry.world_with(core, otherwise) is None
    except OutOfBudget:
        return False


def _next_gives_it(gives: Sequence[Hashable], held: Sequence[Formula], row: int) -> Refuted:
    """Refute worlds that a row above decides, and those where the next row that holds gives the same."""

    def refuted(world: World) -> Formula | None:
        above = next((one for one in held[:row] if held_in(one, world)), None)
        if above is not None:
            return negated(above)
        below = next((one for one in range(row + 1, len(held)) if held_in(held[one], world)), None)
        if below is None or gives[below] != gives[row]:
            return None
        between = (held[one] for one in range(row + 1, below) if gives[one] != gives[row])
        return either(negated(held[below]), *between)

    return refuted


def _alike(gives: Sequence[Hashable], held: Sequence[Formula], row: int) -> Refuted:
    """Refute worlds where another row gives the same."""
    others = opposites([held[one] for one in range(len(held)) if one != row and gives[one] == gives[row]])

    def refuted(world: World) -> Formula | None:
        return next((one for one in others if not held_in(one, world)), None)

    return refuted


def _read_as(inquiry: Inquiry, atom: Atom, *, constant: bool) -> Pair:
    def says(lang: Lang) -> str:
        return render_atom(atom, inquiry.policy.scope, lang, voice(inquiry.policy, lang).words)

    return (
        f"“{says('zh')}”视为恒{'成立' if constant else '不成立'}",
        f"“{says('en')}” read as {'always' if constant else 'never'} true",
    )
