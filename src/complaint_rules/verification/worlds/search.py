"""Whether a formula can hold, and where: splitting and propagation over finite cells, within a budget of nodes (求解)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from complaint_rules.verification.worlds.formulas import Formula

BUDGET: Final = 200_000
"""How many nodes a search may take where nobody says."""


def regions(formula: Formula, masks: Sequence[int], *, budget: int = BUDGET) -> Iterator[tuple[int, ...]]:
    """Give disjoint regions, a mask for each variable, that together are all worlds in which a formula holds.

    `masks` are the cells that each variable may be in. Raises `OutOfBudget` once more than `budget` nodes were taken:
    what was given until then is right, and the rest nobody knows.

    >>> list(regions(True, [0b11]))
    [(3,)]
    """
    raise NotImplementedError


def region(formula: Formula, masks: Sequence[int], *, budget: int = BUDGET) -> tuple[int, ...] | None:
    """Give one region in which a formula holds; None: it is proved that there is none. Raises `OutOfBudget`.

    >>> region(False, [0b11]) is None
    True
    """
    raise NotImplementedError
