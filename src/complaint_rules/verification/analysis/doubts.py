"""What of a limit hangs on things that are not known: a longer figure binds than would once they are (未知时更宽)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from complaint_rules.errors import OutOfBudget
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.rules import Limit
from complaint_rules.verification.analysis.asking import Inquiry, opposites
from complaint_rules.verification.analysis.candidates import begins, doubtful
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.analysis.ordering import Order
from complaint_rules.verification.worlds.formulas import (
    Formula,
    both,
    negated,
    simplified,
    variables_of,
    within,
)

_MOST_CELLS: Final = 64
"""How many cells a variable may have for its values to be tried one by one."""


def laxer(
    inquiry: Inquiry, limit: Limit, where: Formula, held: Sequence[Formula], order: Order
) -> Iterator[RuleFinding]:
    """Give, in one finding, the things whose being unknown lets a longer figure bind than some value of theirs would.

    Everything else is alike on both sides. The case shown is one in which the first of them is unknown. While no
    presumption settles what is unknown the earliest figure that may hold binds, and nothing is laxer by that.
    """
    unknown, known = _where_bound(limit, where, held, order)
    settled = negated(doubtful(inquiry, limit).least)
    unknown = [both(one, settled) for one in unknown]
    sooner = [(long, short) for long in range(len(held)) for short in range(len(held)) if _sooner(order, short, long)]
    found: list[int] = []
    shown: tuple[Formula, int] | None = None
    try:
        for place in sorted(set().union(*map(variables_of, (*unknown, *known)))):
            case = _loosened(inquiry, unknown, known, sooner, place)
            if case is not None:
                found.append(place)
                shown = shown or case
    except OutOfBudget:
        return
    if shown is not None:
        formula, row = shown
        rule, shows = f"limit/{limit.id}", [Claimed(rule=f"limit/{limit.id}", row=row)]
        names = [inquiry.worlds.variables[place] for place in found]
        detail = ("、".join(one.text("zh") for one in names), ", ".join(one.text("en") for one in names))
        answer = inquiry.answer(formula, shows=shows, begun=begins(limit))
        yield inquiry.found(FindingCode.LAXER_WHILE_UNKNOWN, rule, answer, shows=shows, detail=detail)


def _sooner(order: Order, one: int, other: int) -> bool:
    """Say whether a figure, counted in one go, never ends after another, and does end before it at times."""
    return _no_later(order, one, other) and not _no_later(order, other, one)


def _no_later(order: Order, one: int, other: int) -> bool:
    """Say whether a figure, counted in one go, never ends after another."""
    first, second = order.period(one), order.period(other)
    return first is not None and second is not None and order.lengths.never_later(first, second)


def _where_bound(
    limit: Limit, where: Formula, held: Sequence[Formula], order: Order
) -> tuple[list[Formula], list[Formula]]:
    """Give for each figure where nothing ends before it that counts, and where nothing ends after it."""

    def alone(row: int, *, against: bool) -> Formula:
        others = []
        for other in range(len(limit.rows)):
            pair = (row, other) if against else (other, row)
            if other != row and not _no_later(order, *pair):
                others.append(held[other])
        return both(where, held[row], *opposites(others))

    rows = range(len(held))
    if not limit.counts_every:
        first = [both(where, held[row], *opposites(held[:row])) for row in rows]
        return first, first
    plain = [both(where, one) for one in held]
    if limit.earliest:
        return [alone(row, against=True) for row in rows], plain
    return plain, [alone(row, against=False) for row in rows]


def _loosened(
    inquiry: Inquiry,
    unknown: Sequence[Formula],
    known: Sequence[Formula],
    sooner: Sequence[tuple[int, int]],
    place: int,
) -> tuple[Formula, int] | None:
    """Give where a longer figure binds while a variable is unknown, and that figure; None: nowhere."""
    variable = inquiry.worlds.variables[place]
    full = [one.full for one in inquiry.worlds.variables]
    cells = range(len(variable.cells))
    if len(cells) > _MOST_CELLS:
        return None

    def at(formula: Formula, cell: int) -> Formula:
        return simplified(formula, [*full[:place], 1 << cell, *full[place + 1 :]])

    for dark in (cell for cell in cells if not variable.cells[cell].known):
        for light in (cell for cell in cells if variable.cells[cell].known):
            for long, short in sooner:
                other = at(known[short], light)
                if inquiry.can_be(at(unknown[long], dark), other):
                    mine = within(place, 1 << dark, variable.full)
                    return both(unknown[long], mine, other), long
    return None
