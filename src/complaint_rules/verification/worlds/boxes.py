"""`Box`: a region of worlds (区域), as a gap or an overlap is; said in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, language, said
from complaint_rules.periods.units import Unit
from complaint_rules.verification.worlds.formulas import Formula, both, either
from complaint_rules.verification.worlds.search import BUDGET, region, regions
from complaint_rules.verification.worlds.spans import Meantime, from_to
from complaint_rules.verification.worlds.variables import Thing, Variable
from complaint_rules.verification.worlds.worlds import Worlds


@final
@attrs.frozen(kw_only=True, repr=False)
class Box(Shown):
    """A region: each variable in some of its cells, whichever; what may be in all of them does not matter.

    >>> from complaint_rules.verification.worlds.variables import Cell
    >>> cells = (Cell(title=("是", "yes")), Cell(title=("否", "no")))
    >>> repeated = Variable(sources=(), cells=cells, title=("再次投诉", "repeated"))
    >>> Box(variables=(repeated,), masks=(0b01,)).text("en")
    'repeated: yes'
    """

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

    @property
    def tried(self) -> bool:
        """Whether some of it was tried cell by cell, so that a case can be made of it."""
        return all(mask & one.tried for one, mask in zip(self.variables, self.masks, strict=True))

    def clauses(self, lang: Lang = "zh") -> tuple[str, ...]:
        """Say what matters, a clause for each variable; a list of most of its cells is said by what is left out.

        Raises `UnknownLanguage`.
        """
        lang = language(lang)
        return tuple(self._clause(place, lang) for place in self.bound)

    def _clause(self, place: int, lang: Lang) -> str:
        one, mask = self.variables[place], self.masks[place]
        inside, outside = _said(one, mask, lang), _said(one, one.full & ~mask, lang)
        least = 2
        timed = any(cell.span is not None for cell in one.cells)
        if not timed and len(inside) > least and len(outside) < len(inside):
            among = "、".join(outside) if lang == "zh" else ", ".join(outside)
            which = f"除{among}外" if lang == "zh" else f"other than {among}"
        else:
            which = "或".join(inside) if lang == "zh" else " or ".join(inside)
        return f"{one.text(lang)}：{which}" if lang == "zh" else f"{one.text(lang)}: {which}"

    def text(self, lang: Lang = "zh") -> str:
        """Say the region: the variables that matter, each with its cells. Raises `UnknownLanguage`."""
        if language(lang) == "zh":
            return "；".join(self.clauses(lang)) or "任何情形"
        return "; ".join(self.clauses(lang)) or "anything"


def _said(variable: Variable, mask: int, lang: Lang) -> list[str]:
    """Say some cells of a variable, stretches of time that follow upon each other as one."""
    found: list[str] = []
    first: Meantime | None = None
    for number, cell in enumerate(variable.cells):
        if not mask >> number & 1:
            continue
        if cell.span is None:
            found.append(cell.text(lang))
            continue
        first = first or cell.span
        following = variable.cells[number + 1].span if number + 1 < len(variable.cells) else None
        if following is None or not mask >> (number + 1) & 1:
            found.append(said(from_to(first, cell.span), lang))
            first = None
    return list(dict.fromkeys(found))


def _masks(worlds: Worlds, box: Box | None) -> tuple[int, ...]:
    return tuple(one.full for one in worlds.variables) if box is None else box.masks


def boxes(worlds: Worlds, formula: Formula, *, box: Box | None = None, budget: int = BUDGET) -> Iterator[Box]:
    """Give disjoint boxes that together are all worlds in which a formula holds, within `box` if one is given.

    Raises `OutOfBudget` once more than `budget` nodes were taken; what was given until then is right.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds = Worlds(load_policy("psbc-95580"))
    >>> [found.text("en") for found in boxes(worlds, True)]
    ['anything']
    """
    for masks in regions(formula, _masks(worlds, box), budget=budget):
        yield Box(variables=worlds.variables, masks=masks)


def search(worlds: Worlds, formula: Formula, *, box: Box | None = None, budget: int = BUDGET) -> Box | None:
    """Give a box in which a formula holds; None: it is proved that there is none. Raises `OutOfBudget`.

    A box is preferred that a case can be made of: nothing that was not tried, and a limit that is met or late applies.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds = Worlds(load_policy("psbc-95580"))
    >>> search(worlds, worlds.no_row("table/priority")) is None
    True
    """
    masks = _masks(worlds, box)
    likely = tuple(mask & one.tried for one, mask in zip(worlds.variables, masks, strict=True))
    found = region(formula, likely, budget=budget) if all(likely) else None
    if found is None:
        rest = region(formula, masks, budget=budget)
        return None if rest is None else Box(variables=worlds.variables, masks=rest)
    for place in _outcomes_in(worlds, found):
        # One limit after the other: a wish that cannot be had beside those before it is dropped.
        for wish in _wishes(worlds, place):
            better = region(both(formula, wish), likely, budget=budget)
            if better is not None:
                formula, found = both(formula, wish), better
                break
    return Box(variables=worlds.variables, masks=found)


def _outcomes_in(worlds: Worlds, masks: Sequence[int]) -> list[int]:
    """Give the places of limits that are asked to be met or late."""
    return [
        place
        for place, (one, mask) in enumerate(zip(worlds.variables, masks, strict=True))
        if one.sources[0].thing is Thing.LIMIT and mask and not mask & _quiet(one)
    ]


def _quiet(variable: Variable) -> int:
    """Give the mask of the cells in which a limit has come to nothing yet."""
    name = variable.sources[0].name
    return sum(1 << place for place, cell in enumerate(variable.cells) if cell.piece.limits[name][:2] == (False, False))


def _wishes(worlds: Worlds, place: int) -> Iterator[Formula]:
    """Give what a limit needs to be met or late, the best first: that it applies, and has a figure that runs out."""
    policy, limit = worlds.limit_of(worlds.variables[place].sources[0])
    rule = f"limit/{limit.id}"
    applies = worlds.applies(rule, under=policy).held
    figures = [
        worlds.fired(rule, number, under=policy)
        for number, row in enumerate(limit.rows)
        if row.by is not None or (row.within is not None and row.within.unit is not Unit.AT_ONCE)
    ]
    yield both(applies, either(*figures))
    yield both(applies, worlds.some_row(rule, under=policy))
