"""One cell of a table while cases come in: plain lists that add up, and the value they come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, cast

from complaint_rules.conditions.compiling import (
    PRESUMED_FALSE,
    PRESUMED_TRUE,
    SURELY_FALSE,
    SURELY_TRUE,
    UNDECIDED,
)
from complaint_rules.policy.rules import Figure, FigureShape
from complaint_rules.statistics.adding import Adding
from complaint_rules.statistics.amounts import CaseCount, LimitRuns, Money, Share, Times
from complaint_rules.statistics.looks import CLASSES
from complaint_rules.statistics.measuring import ENDED, OPEN, Length, Paid

Value: TypeAlias = CaseCount | Share | LimitRuns | Times | Money
"""What a figure comes to."""
Cell: TypeAlias = list[Any]
"""The numbers of one value, in the order of its fields; lengths as mappings of length to number."""
Steps: TypeAlias = tuple[tuple[int, int, int | None, int], ...]
"""What is added to the cells of a group: which cell, its place in it, of lengths which one, and how many."""
_SIZES: Final = {
    FigureShape.COUNT: 4, FigureShape.SHARE: 4, FigureShape.LIMIT: len(CLASSES) + 1, FigureShape.SUM: 4,
    FigureShape.STOCK: 4,
}  # fmt: skip
OUT: Final = frozenset({SURELY_FALSE, PRESUMED_FALSE})
"""The answers of conditions that do not hold."""


def fresh(shape: FigureShape) -> Cell:
    """Give an empty cell for figures of a shape.

    >>> fresh(FigureShape.SHARE)
    [0, 0, 0, 0]
    """
    return [{}, {}, 0, 0, 0, 0] if shape is FigureShape.TIME else [0] * _SIZES[shape]


_WORST_FIRST: Final = (SURELY_FALSE, PRESUMED_FALSE, UNDECIDED, PRESUMED_TRUE, SURELY_TRUE)
_BOTH: Final = tuple(
    tuple(next(code for code in _WORST_FIRST if code in (one, other)) for other in range(len(_WORST_FIRST)))
    for one in range(len(_WORST_FIRST))
)


def both(one: int, other: int) -> int:
    """Give the answer to two conditions together, of their answers.

    >>> both(SURELY_TRUE, PRESUMED_TRUE) == PRESUMED_TRUE, both(UNDECIDED, SURELY_FALSE) == SURELY_FALSE
    (True, True)
    """
    return _BOTH[one][other]


def add_count(cell: Cell, among: int, n: int, weight: int | None) -> None:
    """Add cases that count, or may count; each as often as its weight, None where nobody knows it."""
    if among in OUT:
        return
    if among == UNDECIDED:
        cell[1] += n * (1 if weight is None else weight)
        cell[3] += n * (weight is None)
    elif weight is None:
        cell[3] += n
    else:
        cell[0] += n * weight
        if among == PRESUMED_TRUE:
            cell[2] += n * weight


def add_share(cell: Cell, among: int, answer: int, n: int) -> None:
    """Add cases to a share: by whether they are of the population, and whether the condition holds of them."""
    if among in OUT:
        return
    if UNDECIDED in (among, answer):
        cell[2] += n
        return
    cell[answer in OUT] += n
    if among == PRESUMED_TRUE or answer in (PRESUMED_TRUE, PRESUMED_FALSE):
        cell[3] += n


def add_classes(cell: Cell, among: int, classes: Sequence[int], n: int) -> None:
    """Add the runs of a limit, each in its class."""
    if among == UNDECIDED:
        cell[-1] += n
    elif among not in OUT:
        for one in classes:
            cell[one] += n


def add_length(cell: Cell, found: Length, n: int) -> None:
    """Add durations that came out alike."""
    how, length = found
    if how in (ENDED, OPEN):
        lengths = cell[how]
        lengths[length] = lengths.get(length, 0) + n
    else:
        cell[how] += n


def add_paid(cell: Cell, found: Paid | None, n: int) -> None:
    """Add sums of money; None where nobody knows whether the case belongs to the population."""
    if found is None:
        cell[3] += n
    else:
        for place, one in enumerate(found):
            cell[place] += one * n


def steps_of(cells: Sequence[Cell]) -> Steps:
    """Give what stands in some cells, so that it can be added to others many times.

    >>> steps_of([[1, 0], [{2: 1}, 3]])
    ((0, 0, None, 1), (1, 0, 2, 1), (1, 1, None, 3))
    """
    found: list[tuple[int, int, int | None, int]] = []
    for number, cell in enumerate(cells):
        for place, one in enumerate(cell):
            if isinstance(one, dict):
                found += [(number, place, length, n) for length, n in one.items()]
            elif one:
                found.append((number, place, None, one))
    return tuple(found)


def take_steps(cells: Sequence[Cell], steps: Steps, n: int) -> None:
    """Add to cells, n times over, what stood in others.

    >>> cells = [[1, 0], [{}, 0]]
    >>> take_steps(cells, ((0, 0, None, 1), (1, 0, 2, 1)), 5)
    >>> cells
    [[6, 0], [{2: 5}, 0]]
    """
    for number, place, length, one in steps:
        cell = cells[number]
        if length is None:
            cell[place] += one * n
        else:
            lengths = cell[place]
            lengths[length] = lengths.get(length, 0) + one * n


def plus(cell: Cell, other: Cell) -> None:
    """Add another cell to one.

    >>> cell = [1, {2: 1}]
    >>> plus(cell, [1, {2: 1, 3: 1}])
    >>> cell
    [2, {2: 2, 3: 1}]
    """
    for place, one in enumerate(other):
        if isinstance(one, dict):
            lengths = cell[place]
            for length, n in one.items():
                lengths[length] = lengths.get(length, 0) + n
        else:
            cell[place] += one


def copied(cell: Cell) -> Cell:
    """Give a copy of a cell that shares nothing with it.

    >>> copied([1, {2: 1}])
    [1, {2: 1}]
    """
    return [dict(one) if isinstance(one, dict) else one for one in cell]


def value_of(cell: Cell, figure: Figure) -> Value:
    """Give the value that a cell of a figure comes to.

    >>> value_of([4, 3, 5, 0], Figure(id="a", title={}, share=object())).value
    Fraction(4, 7)
    """
    match figure.shape:
        case FigureShape.SHARE:
            return Share(yes=cell[0], no=cell[1], undecided=cell[2], presumed=cell[3])
        case FigureShape.LIMIT:
            return LimitRuns(undecided=cell[-1], **dict(zip(CLASSES, cell, strict=False)))
        case FigureShape.TIME:
            return Times(
                unit=cast(Any, figure.time).unit, ended=cell[0], open=cell[1], unknown=cell[2], impossible=cell[3],
                left=cell[4], undecided=cell[5],
            )  # fmt: skip
        case FigureShape.SUM:
            return Money(fen=cell[0], n=cell[1], unknown=cell[2], undecided=cell[3])
    return CaseCount(n=cell[0], undecided=cell[1], presumed=cell[2], unknown=cell[3])


def cell_of(value: Adding) -> Cell:
    """Give the cell that a value of a figure was.

    >>> cell_of(Share(yes=1))
    [1, 0, 0, 0]
    """
    match value:
        case Share():
            return [value.yes, value.no, value.undecided, value.presumed]
        case LimitRuns():
            return [*(getattr(value, name) for name in CLASSES), value.undecided]
        case Times():
            return [
                dict(value.ended), dict(value.open), value.unknown, value.impossible, value.left, value.undecided
            ]  # fmt: skip
        case Money():
            return [value.fen, value.n, value.unknown, value.undecided]
    count = cast(CaseCount, value)
    return [count.n, count.undecided, count.presumed, count.unknown]


KINDS: Final[dict[FigureShape, type[Adding]]] = {
    FigureShape.COUNT: CaseCount, FigureShape.STOCK: CaseCount, FigureShape.SHARE: Share, FigureShape.LIMIT: LimitRuns,
    FigureShape.TIME: Times, FigureShape.SUM: Money,
}  # fmt: skip
"""The class of the value of a figure, by its shape."""
