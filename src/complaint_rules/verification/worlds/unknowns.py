"""What a condition that nobody can decide yet asks for: the unknown facts, and what no fact settles (待核实之处)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple, TypeAlias, final

from complaint_rules.conditions.compiling import RECEIVED_BY
from complaint_rules.conditions.implications import completed, implications_of
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import FactType
from complaint_rules.conditions.trees import (
    Atom,
    Beyond,
    Compare,
    Fact,
    HeldAtBreach,
    HeldBy,
    LinkedCount,
    TableValue,
    atoms_of,
    terms_of,
)
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Table
from complaint_rules.verification.worlds.formulas import Formula, both, either, negated, within
from complaint_rules.verification.worlds.reading import reads_event
from complaint_rules.verification.worlds.stands import complaint_of
from complaint_rules.verification.worlds.tables import FourWays
from complaint_rules.verification.worlds.variables import Cell, Matter, Thing
from complaint_rules.verification.worlds.worlds import Worlds

BEYOND: Final = ""
"""What no fact settles: the history, a link nobody looked up, the hour of a day."""


class Extent(NamedTuple):
    """Where something is so: two formulas where it is not known exactly, the same one twice where it is."""

    most: Formula
    """Nowhere else."""
    least: Formula
    """Here at least."""


NOWHERE: Final = Extent(False, False)
"""In no world."""
_ANYWHERE: Final = Extent(True, False)

Asked: TypeAlias = Mapping[str, Extent]
"""By the name of a fact, or `BEYOND`: where a condition asks for it that nobody can decide."""


@final
class Unknowns:
    """What conditions of a policy ask for in its worlds, as `assess` notes it with every answer.

    An undecided condition asks for every unknown fact that it reads, itself or through tables.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> unknowns = Unknowns(Worlds(policy))
    >>> sorted(unknowns.asked(policy.tables["priority"].rows[0].when))
    ['funds_at_risk']
    """

    __slots__ = ("_implications", "_tables", "worlds")

    def __init__(self, worlds: Worlds) -> None:
        self.worlds: Worlds = worlds
        self._implications = implications_of(worlds.policy.scope.facts)
        self._tables: dict[str, Asked] = {}

    def asked(self, condition: Condition | None, *, without: Atom | None = None) -> Asked:
        """Give what a condition asks for where nobody can decide it; `without` an atom, as if it were not there."""
        atoms = () if condition is None else atoms_of(condition.tree)
        return _merged(pair for atom in atoms if atom != without for pair in self._of_atom(atom))

    def asked_by_rows(self, rule: str, conditions: Sequence[Condition | None], *, every: bool) -> Asked:
        """Give what the rows of a rule ask for together: of first-match rows down to the one that surely holds."""
        found: list[tuple[str, Extent]] = []
        reached: Formula = True
        for condition, ways in zip(conditions, self.worlds.rows(rule), strict=True):
            where = both(reached, undecided(ways))
            for name, extent in self.asked(condition).items():
                found.append((name, Extent(both(where, extent.most), both(where, extent.least))))
            if not every:
                reached = both(reached, negated(ways.sure))
        return _merged(found)

    def unpresumed(self, asked: Asked) -> Extent:
        """Give where something is asked for that no presumption settles."""
        facts = self.worlds.policy.scope.facts
        return _any(extent for name, extent in asked.items() if name == BEYOND or facts[name].assume is None)

    def unknown(self, name: str) -> Extent:
        """Give where a fact is unknown, and nothing known settles it."""
        return self._cells(Matter(Thing.FACT, name), lambda cell: self._lacks(cell, name))

    def may_hold(self, ways: FourWays, asked: Asked) -> Extent:
        """Give where a condition does not hold and could still, by what no presumption settles: undetermined.

        What asks for nothing at all hangs on no fact, and no presumption settles it either.
        """
        open_ = both(undecided(ways), negated(ways.held))
        some, unsettled = _any(asked.values()), self.unpresumed(asked)
        return Extent(
            both(open_, either(negated(some.least), unsettled.most)),
            both(open_, either(negated(some.most), unsettled.least)),
        )

    # -- what an atom asks for --

    def _of_atom(self, atom: Atom) -> Iterator[tuple[str, Extent]]:
        terms = terms_of(atom)
        for term in terms:
            if isinstance(term, Fact):
                yield from self._of_fact(term.name)
            elif isinstance(term, TableValue):
                yield from self._of_table(term.name).items()
            elif isinstance(term, LinkedCount):
                yield BEYOND, self._unlinked(term.link)
        if isinstance(atom, HeldBy | HeldAtBreach):
            yield from self._of_fact(RECEIVED_BY)
        if isinstance(atom, Beyond):
            open_ = undecided(self.worlds.channels(atom))
            yield BEYOND, Extent(open_, open_)
        elif isinstance(atom, Compare) and any(self._is_moment(term.name) for term in terms if isinstance(term, Fact)):
            # Of a moment perhaps only the day is known.
            yield BEYOND, Extent(True if reads_event(atom) else undecided(self.worlds.channels(atom)), False)

    def _is_moment(self, name: str) -> bool:
        return self.worlds.policy.scope.facts[name].type is FactType.MOMENT

    def _of_fact(self, name: str) -> Iterator[tuple[str, Extent]]:
        mine = self.unknown(name)
        yield name, mine
        for pair in self._implications:
            if name in pair:  # the other one would settle it
                other = pair[1] if pair[0] == name else pair[0]
                theirs = self.unknown(other)
                yield other, Extent(both(mine.most, theirs.most), both(mine.least, theirs.least))

    def _unlinked(self, link: str) -> Extent:
        return self._cells(Matter(Thing.LINK, link), lambda cell: cell.piece.links[link] is None)

    def _lacks(self, cell: Cell, name: str) -> bool:
        facts = cell.piece.facts
        if facts[name] is not None or not self._implications:
            return facts[name] is None
        return completed(complaint_of(facts, cell.piece.received), self._implications).fact(name) is None

    def _cells(self, matter: Matter, test: Callable[[Cell], bool]) -> Extent:
        place = self.worlds.place_of(matter)
        if place is None:
            return _ANYWHERE  # no condition looks at it itself
        variable = self.worlds.variables[place]
        rest = variable.full & ~variable.tried
        mask = sum(1 << number for number, cell in enumerate(variable.cells) if not cell.free and test(cell))
        return Extent(within(place, mask | rest, variable.full), within(place, mask, variable.full))

    def _of_table(self, name: str) -> Asked:
        known = self._tables.get(name)
        if known is None:
            table = self.worlds.policy.tables[name]
            asked = self.asked_by_rows(f"table/{name}", [row.when for row in table.rows], every=table.every)
            open_ = uncertain(self.worlds, table)
            known = self._tables[name] = {
                one: Extent(both(open_, extent.most), both(open_, extent.least)) for one, extent in asked.items()
            }
        return known


def uncertain(worlds: Worlds, table: Table, *, under: Policy | None = None) -> Formula:
    """Give where a table may have more than one value, or value and none; it belongs to `under`, else the first policy.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> uncertain(Worlds(policy), policy.tables["priority"]) in (True, False)
    False
    """
    rule, rows = f"table/{table.id}", range(len(table.rows))
    could: dict[str, list[Formula]] = {}
    for row in rows:
        could.setdefault(table.rows[row].value, []).append(worlds.first_possible(rule, row, under=under))
    if table.every:
        sure: dict[str, list[Formula]] = {}
        for row, ways in enumerate(worlds.rows(rule, under=under)):
            sure.setdefault(table.rows[row].value, []).append(ways.sure)
        return either(*(both(either(*could[value]), negated(either(*sure[value]))) for value in could))
    possible = [either(*one) for one in could.values()]
    several = [both(one, other) for one, other in combinations(possible, 2)]
    return either(both(either(*possible), negated(worlds.surely_some_row(rule, under=under))), *several)


def undecided(ways: FourWays) -> Formula:
    """Give where nobody can decide a condition: it could hold, and does not surely.

    >>> undecided(FourWays(False, True, False, True)), undecided(FourWays(True, True, True, True))
    (True, False)
    """
    return both(ways.possible, negated(ways.sure))


def _any(extents: Iterable[Extent]) -> Extent:
    found = list(extents)
    return Extent(either(*(one.most for one in found)), either(*(one.least for one in found)))


def _merged(pairs: Iterable[tuple[str, Extent]]) -> Asked:
    found: dict[str, list[Extent]] = {}
    for name, extent in pairs:
        found.setdefault(name, []).append(extent)
    return {name: _any(extents) for name, extents in found.items()}
