"""Findings of time limits: those that never apply or have no figure, figures that never bind, longer while in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.rules import Limit, LimitRow
from complaint_rules.verification.analysis.asking import Inquiry, opposites
from complaint_rules.verification.analysis.candidates import (
    begins,
    counts_in_doubt,
    may_apply,
    only_in_doubt,
    unsettled,
)
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.analysis.doubts import laxer
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.analysis.ordering import Order
from complaint_rules.verification.analysis.redundancy import of_figures, of_when
from complaint_rules.verification.analysis.tables import dead, reached
from complaint_rules.verification.worlds.formulas import Formula, both, either
from complaint_rules.verification.worlds.tables import FourWays
from complaint_rules.verification.worlds.witnesses import Sureness

_C: Final = FindingCode


def of_limit(inquiry: Inquiry, limit: Limit, calendar: WorkCalendar) -> Iterator[RuleFinding]:
    """Give what is to be said of a limit; of one that never applies nothing else."""
    rule = f"limit/{limit.id}"
    (where,) = _held([inquiry.worlds.applies(rule)])
    held = _held(inquiry.worlds.rows(rule))
    if inquiry.never(where):
        doubts = list(only_in_doubt(inquiry, limit, may_apply(inquiry, limit)))
        yield from doubts or [inquiry.found(_C.NEVER_APPLIES, rule)]
        return
    yield from _figureless(inquiry, limit, where, held)
    order = Order(limit, calendar)
    unused = list(_unused(inquiry, limit, where, held, order))
    yield from unused
    spared = frozenset(one.row for one in unused if one.row is not None)
    if limit.counts_every:
        yield from _dominated(inquiry, limit, where, held, order, spared)
    yield from of_when(inquiry, limit, rule)
    yield from of_figures(inquiry, limit, where, spared)
    yield from laxer(inquiry, limit, where, held, order)


def _uncounted(inquiry: Inquiry, limit: Limit, figure: LimitRow) -> bool:
    """Say whether a figure lacks its parameter, or the opening hours it is counted in: then it sets no time yet."""
    if figure.within is None:
        return figure.by is None
    return inquiry.policy.hours is None and figure.within.needs_hours(limit.counting)


def _held(rows: Iterable[FourWays]) -> list[Formula]:
    return [one.held for one in rows]


def _figureless(inquiry: Inquiry, limit: Limit, where: Formula, held: Sequence[Formula]) -> Iterator[RuleFinding]:
    rule, begun = f"limit/{limit.id}", begins(limit)
    none, shows = opposites(held), [Claimed(rule=rule)]
    clear = both(where, inquiry.known(where, *held))
    known = inquiry.answer(clear, *none, shows=shows, begun=begun, clear=True)
    if known.verdict is not Sureness.PROVED:
        yield inquiry.found(_C.NO_FIGURE, rule, known, shows=shows)
        return
    answer = inquiry.answer(where, *none, shows=shows, begun=begun)
    if answer.verdict is not Sureness.PROVED:
        yield inquiry.found(_C.NO_FIGURE_WHILE_UNKNOWN, rule, answer, shows=shows)


def _unused(
    inquiry: Inquiry, limit: Limit, where: Formula, held: Sequence[Formula], order: Order
) -> Iterator[RuleFinding]:
    """Give the figures that never hold or never have their turn, and of these those that may bind all the same."""
    for one in _never_used(inquiry, limit, where, held):
        if one.verdict is not Sureness.PROVED or one.row is None:
            yield one
            continue
        doubts = counts_in_doubt(inquiry, limit, where, order, one.row)
        may = either(doubts, unsettled(inquiry, limit, where, one.row))
        yield from list(only_in_doubt(inquiry, limit, may, row=one.row)) or [one]


def _never_used(inquiry: Inquiry, limit: Limit, where: Formula, held: Sequence[Formula]) -> Iterator[RuleFinding]:
    """Give the figures that never hold where the limit applies, or where those above have decided."""
    rule = f"limit/{limit.id}"
    if not limit.counts_every:
        unseen = [row for row, figure in enumerate(limit.rows) if _uncounted(inquiry, limit, figure)]
        yield from reached(inquiry, rule, where, held, begun=begins(limit), unseen=unseen)
        return
    for row, holds in enumerate(held):
        if inquiry.never(holds, where):
            yield dead(inquiry, rule, where, holds, (), row)


def _dominated(
    inquiry: Inquiry,
    limit: Limit,
    where: Formula,
    held: Sequence[Formula],
    order: Order,
    spared: frozenset[int],
) -> Iterator[RuleFinding]:
    """Give the figures beside which another one always holds that binds instead."""
    for row in range(len(limit.rows)):
        if row in spared:
            continue
        before = [other for other in range(len(limit.rows)) if other != row and order.binds_instead(other, row)]
        if not before or not inquiry.never(held[row], where, *opposites([held[other] for other in before])):
            continue
        if inquiry.never(counts_in_doubt(inquiry, limit, where, order, row)):
            rows = inquiry.needed(held[row], [where, *opposites([held[other] for other in before])])
            named = tuple(before[place - 1] for place in rows if place)
            yield inquiry.found(_C.DOMINATED_FIGURE, f"limit/{limit.id}", row=row, rows=named)
