"""`Box`: a region of worlds (区域), as a gap or an overlap is; said in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Lang
from complaint_rules.verification.worlds.formulas import Formula
from complaint_rules.verification.worlds.search import BUDGET
from complaint_rules.verification.worlds.variables import Cell, Variable
from complaint_rules.verification.worlds.worlds import Worlds


@final
@attrs.frozen(kw_only=True, repr=False)
class Box(Shown):
    """A region: each variable in some of its cells, whichever; what is in all of them does not matter."""

    variables: tuple[Variable, ...] = attrs.field(repr=False)
    """The variables of the worlds."""
    masks: tuple[int, ...]
    """Mask of the cells, for each variable."""

    @property
    def bound(self) -> tuple[int, ...]:
        """The places of the variables that matter: those not free to be in any cell."""
        return tuple(
            place for place, (one, mask) in enumerate(zip(self.variables, self.masks, strict=True)) if mask != one.full
        )

    def cells(self, place: int) -> tuple[Cell, ...]:
        """Give the cells a variable may be in."""
        cells = self.variables[place].cells
        return tuple(cell for number, cell in enumerate(cells) if self.masks[place] >> number & 1)

    def text(self, lang: Lang = "zh") -> str:
        """Say the region: the variables that matter, each with its cells. Raises `UnknownLanguage`."""
        raise NotImplementedError


def boxes(worlds: Worlds, formula: Formula, *, box: Box | None = None, budget: int = BUDGET) -> Iterator[Box]:
    """Give disjoint boxes that together are all worlds in which a formula holds, within `box` if one is given.

    Raises `OutOfBudget` once more than `budget` nodes were taken.
    """
    raise NotImplementedError


def search(worlds: Worlds, formula: Formula, *, box: Box | None = None, budget: int = BUDGET) -> Box | None:
    """Give a box in which a formula holds; None: it is proved that there is none. Raises `OutOfBudget`.

    A box is preferred that a case can be made of: no cell that stands for what was not tried, a limit that is met or
    late applies, what is undetermined is so for a reason.
    """
    raise NotImplementedError
