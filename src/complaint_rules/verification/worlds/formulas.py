"""Formulas: a variable is in some of its cells, and all, some, not of that (公式)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias, final

import attrs

from complaint_rules.frozen import Shown


@final
@attrs.frozen(repr=False, cache_hash=True)
class Within(Shown):
    """A variable is in one of certain cells; neither in none of them nor in all, for that is False and True.

    >>> Within(2, 0b011, 0b111)
    Within(variable=2, cells=3, among=7)
    """

    variable: int
    """The place of the variable among the variables."""
    cells: int
    """Mask of the cells it may be in."""
    among: int
    """Mask of all its cells, so that the opposite can be said."""


@final
@attrs.frozen(repr=False, cache_hash=True)
class All(Shown):
    """All parts hold; made by `both`."""

    parts: tuple[Formula, ...]
    """At least two, none of them True, False or `All`."""
    deep: bool = attrs.field(init=False, repr=False, eq=False)
    """Whether a part has parts of its own."""

    @deep.default
    def _(self) -> bool:
        return any(not isinstance(part, Within) for part in self.parts)


@final
@attrs.frozen(repr=False, cache_hash=True)
class Some(Shown):
    """At least one part holds; made by `either`."""

    parts: tuple[Formula, ...]
    """At least two, none of them True, False or `Some`."""
    deep: bool = attrs.field(init=False, repr=False, eq=False)
    """Whether a part has parts of its own."""

    @deep.default
    def _(self) -> bool:
        return any(not isinstance(part, Within) for part in self.parts)


Formula: TypeAlias = bool | Within | All | Some
"""What can hold in a world: True, False, or something that hangs on variables."""
for _parted in (All, Some):
    # They hold what is only named after them; whoever reads their types finds it.
    _parted.__init__.__annotations__["parts"] = tuple[Formula, ...]


def within(variable: int, cells: int, among: int) -> Formula:
    """Say that a variable is in certain cells.

    >>> within(0, 0b11, 0b11), within(0, 0b00, 0b11), within(0, 0b01, 0b11)
    (True, False, Within(variable=0, cells=1, among=3))
    """
    cells &= among
    return cells == among or (cells != 0 and Within(variable, cells, among))


def both(*parts: Formula) -> Formula:
    """Say that all parts hold; none at all: True.

    >>> both(True, within(0, 1, 3)), both(), both(within(0, 1, 3), False)
    (Within(variable=0, cells=1, among=3), True, False)
    """
    found: dict[Formula, None] = {}
    for part in parts:
        if part is False:
            return False
        if part is not True:
            found.update(dict.fromkeys(part.parts if isinstance(part, All) else (part,)))
    return True if not found else next(iter(found)) if len(found) == 1 else All(tuple(found))


def either(*parts: Formula) -> Formula:
    """Say that at least one part holds; none at all: False.

    >>> either(False, within(0, 1, 3)), either(), either(within(0, 1, 3), True)
    (Within(variable=0, cells=1, among=3), False, True)
    """
    found: dict[Formula, None] = {}
    for part in parts:
        if part is True:
            return True
        if part is not False:
            found.update(dict.fromkeys(part.parts if isinstance(part, Some) else (part,)))
    return False if not found else next(iter(found)) if len(found) == 1 else Some(tuple(found))


def negated(formula: Formula) -> Formula:
    """Say the opposite of a formula.

    >>> negated(within(0, 0b01, 0b11)), negated(True)
    (Within(variable=0, cells=2, among=3), False)
    """
    return _negated(formula, {})


def _negated(formula: Formula, known: dict[Formula, Formula]) -> Formula:
    if isinstance(formula, bool):
        return not formula
    if isinstance(formula, Within):
        return Within(formula.variable, formula.among & ~formula.cells, formula.among)
    found = known.get(formula)
    if found is None:
        opposites = [_negated(part, known) for part in formula.parts]
        found = known[formula] = either(*opposites) if isinstance(formula, All) else both(*opposites)
    return found


def exactly_one(one: Formula, other: Formula) -> Formula:
    """Say that one of two formulas holds and the other does not.

    >>> exactly_one(True, within(0, 0b01, 0b11)), exactly_one(True, True)
    (Within(variable=0, cells=2, among=3), False)
    """
    return either(both(one, negated(other)), both(other, negated(one)))


def parts_in(formula: Formula) -> int:
    """Give how many parts a formula has, each that stands in it more than once counted once: what a step looks at.

    >>> parts_in(both(within(0, 1, 3), either(within(1, 1, 3), within(2, 1, 3)))), parts_in(True)
    (5, 1)
    """
    seen: set[Formula] = set()
    waiting = [formula]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            if isinstance(one, All | Some):
                waiting += one.parts
    return len(seen)


def variables_of(formula: Formula) -> frozenset[int]:
    """Name the variables a formula hangs on.

    >>> sorted(variables_of(both(within(0, 1, 3), within(4, 1, 3))))
    [0, 4]
    """
    return frozenset(_variables(formula))


def _variables(formula: Formula) -> Iterator[int]:
    match formula:
        case Within(variable):
            yield variable
        case All(parts) | Some(parts):
            for part in parts:
                yield from _variables(part)
        case _:
            pass


def simplified(formula: Formula, masks: Sequence[int]) -> Formula:
    """Give what is left of a formula once each variable is known to be in the cells of its mask.

    >>> simplified(within(0, 0b01, 0b11), [0b01]), simplified(within(0, 0b01, 0b11), [0b11])
    (True, Within(variable=0, cells=1, among=3))
    """
    return _simplified(formula, masks, {})


def _simplified(formula: Formula, masks: Sequence[int], known: dict[Formula, Formula]) -> Formula:
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Within):
        mask = masks[formula.variable]
        left = mask & formula.cells
        return left == mask or (left != 0 and formula)
    if not formula.deep:  # looked at as fast as remembered
        return _parts_left(formula, masks, known)
    found = known.get(formula)
    if found is None:
        found = known[formula] = _parts_left(formula, masks, known)
    return found


def _parts_left(formula: All | Some, masks: Sequence[int], known: dict[Formula, Formula]) -> Formula:
    # What a conjunction ends with at once (False), a disjunction leaves out, and the other way round.
    ends = isinstance(formula, Some)
    kept: list[Formula] = []
    same = True
    for part in formula.parts:
        if isinstance(part, Within):
            mask = masks[part.variable]
            inside = mask & part.cells
            if inside == mask or not inside:
                if (inside != 0) is ends:
                    return ends
                same = False
            else:
                kept.append(part)
            continue
        left = _simplified(part, masks, known)
        if left is ends:
            return ends
        same = same and left is part
        if not isinstance(left, bool):
            kept.append(left)
    if same:
        return formula
    if not kept:
        return not ends
    return kept[0] if len(kept) == 1 else type(formula)(tuple(kept))


def held_in(formula: Formula, cells: Sequence[int]) -> bool:
    """Say whether a formula holds in one world: a cell, by its number, for each variable.

    >>> held_in(within(1, 0b10, 0b11), [0, 1])
    True
    """
    return simplified(formula, [1 << cell for cell in cells]) is True
