"""Where a condition rests on what no presumption settles, as formulas: what an assessment answers there (未定之处)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, final

from complaint_rules.cases.case import Event
from complaint_rules.conditions.compiling import RECEIVED_BY
from complaint_rules.conditions.implications import implications_of
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import MISSING
from complaint_rules.conditions.trees import (
    Atom,
    Fact,
    HeldAtBreach,
    HeldBy,
    LinkedCount,
    ParameterValue,
    TableValue,
    atoms_of,
    terms_of,
)
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import LimitRow
from complaint_rules.verification.worlds.formulas import Formula, both, either, negated
from complaint_rules.verification.worlds.tables import FourWays
from complaint_rules.verification.worlds.unknowns import uncertain, undecided
from complaint_rules.verification.worlds.worlds import Worlds


class Openness(NamedTuple):
    """What is unknown of what a condition reads, wherever it is undecided."""

    any: Formula
    """Where anything is unknown that it reads."""
    unpresumed: Formula
    """Where something is that no presumption settles."""
    exact: bool
    """Whether both formulas are right in every world; else nothing may be proved by them."""

    def where(self, formula: Formula) -> Openness:
        """Give what is unknown of it in some worlds only."""
        return Openness(both(formula, self.any), both(formula, self.unpresumed), self.exact)


_NOTHING = Openness(False, False, exact=True)


class LeftOpen(NamedTuple):
    """What an assessment makes of a condition: whether it holds, and whether that is left open."""

    held: Formula
    """Where it holds, presumptions taken for granted."""
    open: Formula
    """Where it rests on what nobody knows or presumes: what holds there accuses nobody, what does not is undetermined.
    """
    exact: bool
    """Whether both are right in every world."""


def _joined(parts: Iterable[Openness]) -> Openness:
    found = tuple(parts)
    return Openness(
        either(*(one.any for one in found)), either(*(one.unpresumed for one in found)),
        all(one.exact for one in found),
    )  # fmt: skip


def _left_open(ways: FourWays, read: Openness) -> Formula:
    """Give where a condition is undecided and no presumption settles it: see `Plan.undecided`, `Plan.works_with`."""
    return both(undecided(ways), either(negated(read.any), read.unpresumed))


class RowsLeftOpen(NamedTuple):
    """What an assessment makes of the rows of a limit, each named by its figure."""

    binds: Mapping[str, Formula]
    """Where a figure counts."""
    could: Mapping[str, Formula]
    """Where nobody knows which figure counts: where this one may."""
    surely: Mapping[str, Formula]
    """The same: where it surely may, its own condition being met."""
    undetermined: Formula
    """Where no row holds, and one still could."""
    exact: bool
    """Whether all that is right in every world."""


@final
class Unsettled:
    """Asks of the worlds of some policies what their conditions leave open.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> Unsettled(Worlds(policy)).of_condition(None, policy)
    LeftOpen(held=True, open=False, exact=True)
    """

    def __init__(self, worlds: Worlds) -> None:
        """Take the worlds."""
        self.worlds: Worlds = worlds
        self._tables: dict[tuple[int, str], Openness] = {}

    def of_condition(self, condition: Condition | None, under: Policy, *, event: Event | None = None) -> LeftOpen:
        """Give what an assessment makes of a condition; None always holds.

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> Unsettled(Worlds(policy)).of_condition(policy.limits["whole"].when, policy).exact
        True
        """
        ways = self.worlds.channels(condition, under=under, event=event)
        read = self._read(condition, under, event)
        return LeftOpen(ways.held, _left_open(ways, read), read.exact)

    def rows(self, key: str, under: Policy, figures: Sequence[str]) -> RowsLeftOpen:
        """Give what an assessment makes of the rows of a limit; `figures` names each.

        >>> from complaint_rules import load_policy
        >>> from complaint_rules.verification.worlds.boxes import search
        >>> policy = load_policy("psbc-95580")
        >>> worlds = Worlds(policy)
        >>> found = Unsettled(worlds).rows("limit/whole", policy, ["48 h", "4 days", "5 days"])
        >>> search(worlds, found.undetermined) is None, found.exact
        (True, True)
        """
        limit = under.limits[key.partition("/")[2]]
        placed = [self._placed(row, under) for row in limit.rows]
        counts = [_RowTurn(True, one.ways.held) for one in placed] if limit.counts_every else list(_first_of(placed))
        asked = _joined(
            one.read.where(both(here.looked_at, undecided(one.ways))) for one, here in zip(placed, counts, strict=True)
        )
        found: tuple[dict[str, list[Formula]], ...] = ({}, {}, {})
        for figure, one, here in zip(figures, placed, counts, strict=True):
            there = both(here.looked_at, one.known, asked.unpresumed)
            parts = (here.binds, both(there, one.ways.possible), both(there, one.ways.possible, one.ways.sure))
            for mapping, formula in zip(found, parts, strict=True):
                mapping.setdefault(figure, []).append(formula)
        binds, could, surely = ({name: either(*parts) for name, parts in each.items()} for each in found)
        none = both(*(negated(one.binds) for one in counts))
        some = either(*(both(here.looked_at, one.ways.possible) for one, here in zip(placed, counts, strict=True)))
        undetermined = both(none, some, either(negated(asked.any), asked.unpresumed))
        return RowsLeftOpen(binds, could, surely, undetermined, asked.exact)

    def _placed(self, row: LimitRow, under: Policy) -> _RowRead:
        known = True if row.by is None else self.worlds.known_fact(row.by)
        return _RowRead(self.worlds.channels(row.when, under=under), known, self._read(row.when, under, None))

    # -- what is unknown --

    def _read(self, condition: Condition | None, under: Policy, event: Event | None) -> Openness:
        """Give what is unknown of what a condition reads; see `compiling`, which notes it where one is undecided."""
        if condition is None:
            return _NOTHING
        return _joined(self._of_atom(atom, under, event) for atom in dict.fromkeys(atoms_of(condition.tree)))

    def _of_atom(self, atom: Atom, under: Policy, event: Event | None) -> Openness:
        terms, scope = terms_of(atom), under.scope
        tables = [term.name for term in terms if isinstance(term, TableValue)]
        if tables:
            return _joined(self._of_table(name, under) for name in tables)
        facts = [term.name for term in terms if isinstance(term, Fact)]
        if any(isinstance(term, ParameterValue) and scope.parameters[term.name] is MISSING for term in terms):
            return Openness(False, False, exact=not facts)
        exact = not any(isinstance(term, LinkedCount) for term in terms)
        if isinstance(atom, HeldBy | HeldAtBreach):
            exact = RECEIVED_BY not in scope.facts  # who has a case is free of it
        for name in facts:
            # What could settle an unknown fact is noted with it, and stands in no formula of the atom.
            others = {other for pair in implications_of(scope.facts) if name in pair for other in pair}
            if scope.facts[name].assume is not None and any(scope.facts[other].assume is None for other in others):
                exact = False
        ways = self.worlds.channels(atom, under=under, event=event)
        return Openness(undecided(ways), both(ways.tenable, negated(ways.held)), exact)

    def _of_table(self, name: str, under: Policy) -> Openness:
        """Give what is unknown of what a table reads, where its value is not certain."""
        where = (self.worlds.policies.index(under), name)
        known = self._tables.get(where)
        if known is None:
            key, rows = f"table/{name}", under.tables[name].rows
            ways = self.worlds.rows(key, under=under)
            could = [self.worlds.first_possible(key, place, under=under) for place in range(len(rows))]
            open_ = uncertain(self.worlds, under.tables[name], under=under)
            known = self._tables[where] = _joined(
                self._read(row.when, under, None).where(both(open_, first, negated(way.sure)))
                for row, first, way in zip(rows, could, ways, strict=True)
            )
        return known


class _RowRead(NamedTuple):
    """A row of a limit."""

    ways: FourWays
    known: Formula
    """Where its deadline is known, if a fact sets it."""
    read: Openness


class _RowTurn(NamedTuple):
    """What becomes of a row among the others."""

    looked_at: Formula
    """Where the rows before it leave it to be looked at."""
    binds: Formula
    """Where it is the one that counts."""


def _first_of(rows: Sequence[_RowRead]) -> Iterator[_RowTurn]:
    """Give what becomes of rows of which the first decides; where its deadline is unknown, the next has its turn."""
    unsure: Formula = True
    unheld: Formula = True
    unbound: Formula = True
    for row in rows:
        held = row.ways.held
        again = both(negated(unheld), unbound)  # an earlier one holds, and none of those has its deadline
        yield _RowTurn(either(unsure, again), both(held, row.known, unbound))
        unsure = both(unsure, negated(row.ways.sure))
        unheld = both(unheld, negated(held))
        unbound = both(unbound, negated(both(held, row.known)))
