"""Findings of time limits: those that never apply or have no figure, figures that never bind, longer while in doubt."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.rules import Limit, LimitRow, Selector
from complaint_rules.verification.analysis.asking import Inquiry, opposites
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.analysis.doubts import laxer
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.analysis.ordering import Order
from complaint_rules.verification.analysis.redundancy import of_atoms, of_when
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
        yield inquiry.found(_C.NEVER_APPLIES, rule)
        return
    yield from _figureless(inquiry, limit, where, held)
    unused = list(_never_used(inquiry, limit, where, held))
    yield from unused
    order = Order(limit, calendar)
    spared = frozenset(one.row for one in unused if one.row is not None)
    if limit.counts_every:
        yield from _dominated(inquiry, limit, where, held, order, spared)
    yield from of_when(inquiry, limit, rule, either(*held))
    gives = [_gives(row) for row in limit.rows]
    conditions = [row.when for row in limit.rows]
    yield from of_atoms(inquiry, rule, conditions, gives, every=limit.counts_every, spared=spared, where=where)
    yield from laxer(inquiry, limit, where, held, order)


def _gives(row: LimitRow) -> Hashable:
    return row.within, row.as_agreed, row.by, row.parameter, row.warnings


def _starts(limit: Limit) -> tuple[Selector, ...]:
    return tuple(one for one in limit.starts if one.kind != "received")


def _uncounted(inquiry: Inquiry, limit: Limit, figure: LimitRow) -> bool:
    """Say whether a figure lacks its parameter, or the opening hours it is counted in: then it sets no time yet."""
    if figure.within is None:
        return figure.by is None
    return inquiry.policy.hours is None and figure.within.needs_hours(limit.counting)


def _held(rows: Iterable[FourWays]) -> list[Formula]:
    return [one.held for one in rows]


def _figureless(inquiry: Inquiry, limit: Limit, where: Formula, held: Sequence[Formula]) -> Iterator[RuleFinding]:
    rule, begun = f"limit/{limit.id}", _starts(limit)
    none, shows = opposites(held), [Claimed(rule=rule)]
    known = inquiry.answer(both(where, inquiry.known(where, *held)), *none, shows=shows, begun=begun)
    if known.verdict is not Sureness.PROVED:
        yield inquiry.found(_C.NO_FIGURE, rule, known, shows=shows)
        return
    answer = inquiry.answer(where, *none, shows=shows, begun=begun)
    if answer.verdict is not Sureness.PROVED:
        yield inquiry.found(_C.NO_FIGURE_WHILE_UNKNOWN, rule, answer, shows=shows)


def _never_used(inquiry: Inquiry, limit: Limit, where: Formula, held: Sequence[Formula]) -> Iterator[RuleFinding]:
    """Give the figures that never hold where the limit applies, or where those above have decided."""
    rule = f"limit/{limit.id}"
    if not limit.counts_every:
        unseen = [row for row, figure in enumerate(limit.rows) if _uncounted(inquiry, limit, figure)]
        yield from reached(inquiry, rule, where, held, begun=_starts(limit), unseen=unseen)
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
        if before and inquiry.never(held[row], where, *opposites([held[other] for other in before])):
            rows = inquiry.needed(held[row], [where, *opposites([held[other] for other in before])])
            named = tuple(before[place - 1] for place in rows if place)
            yield inquiry.found(_C.DOMINATED_FIGURE, f"limit/{limit.id}", row=row, rows=named)
