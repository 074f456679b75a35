"""Whether a formula can hold, and where: splitting and propagation, within a budget of nodes (求解)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, cast

from complaint_rules.errors import InvalidFigure, OutOfBudget
from complaint_rules.verification.worlds.formulas import All, Formula, Some, Within, simplified

BUDGET: Final = 200_000
"""How many nodes a search may take where nobody says."""


def as_steps(budget: object) -> int:
    """Give how many steps a search may take; raises `InvalidFigure` for what is no positive whole number.

    >>> as_steps(200)
    200
    >>> as_steps(float("nan"))
    Traceback (most recent call last):
    complaint_rules.errors.InvalidFigure: budget: a whole number of steps from 1 is expected; got nan
    """
    if isinstance(budget, int) and not isinstance(budget, bool) and budget > 0:
        return budget
    raise InvalidFigure(what="budget", why="a whole number of steps from 1 is expected", value=budget)


def regions(formula: Formula, masks: Sequence[int], *, budget: int = BUDGET) -> Iterator[tuple[int, ...]]:
    """Give disjoint regions, a mask for each variable, that together are all worlds in which a formula holds.

    `masks` are the cells that each variable may be in. Raises `OutOfBudget` once more than `budget` nodes were taken:
    what was given until then is right, and the rest nobody knows.

    >>> list(regions(True, [0b11]))
    [(3,)]
    """
    left = budget
    waiting: list[tuple[Formula, list[int]]] = [(formula, list(masks))]
    while waiting:
        part, cells = waiting.pop()
        left -= 1
        if left < 0:
            raise OutOfBudget(what="search", why="the steps it was given are used up", value=budget)
        part = _propagated(simplified(part, cells), cells)
        if part is True:
            yield tuple(cells)
        elif part is not False:
            split = _first(part)
            apart = list(cells)
            cells[split.variable] &= split.cells
            apart[split.variable] &= ~split.cells
            waiting.append((part, apart))
            waiting.append((part, cells))


def _propagated(formula: Formula, cells: list[int]) -> Formula:
    """Take what a formula asks of a variable outright as given, in place, until nothing more follows."""
    while not isinstance(formula, bool):
        parts = formula.parts if isinstance(formula, All) else (formula,)
        asked = [part for part in parts if isinstance(part, Within)]
        if not asked:
            break
        for one in asked:
            cells[one.variable] &= one.cells
            if not cells[one.variable]:
                return False
        formula = simplified(formula, cells)
    return formula


def _first(formula: Formula) -> Within:
    """Give what to split on: of a first-match table that is the earliest row, which decides most."""
    while isinstance(formula, All | Some):
        formula = formula.parts[0]
    return cast(Within, formula)


def region(formula: Formula, masks: Sequence[int], *, budget: int = BUDGET) -> tuple[int, ...] | None:
    """Give one region in which a formula holds; None: it is proved that there is none. Raises `OutOfBudget`.

    >>> region(False, [0b11]) is None
    True
    """
    return next(regions(formula, masks, budget=budget), None)
