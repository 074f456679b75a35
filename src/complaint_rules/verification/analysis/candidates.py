"""What of a limit counts only while something is unknown: figures that may bind, a limit that may apply (未知时可能).

While a fact without presumption is unknown, `assess` counts every figure that may hold, and the earliest of them binds:
a condition that never holds, or never has its turn, can still set a due moment.
"""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.rules import Limit, Selector
from complaint_rules.verification.analysis.asking import Inquiry, opposites
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.analysis.ordering import Order
from complaint_rules.verification.worlds.formulas import Formula, both, either, negated
from complaint_rules.verification.worlds.unknowns import Extent
from complaint_rules.verification.worlds.witnesses import Sureness


def begins(limit: Limit) -> tuple[Selector, ...]:
    """Give the events that start a limit, besides the receipt."""
    return tuple(one for one in limit.starts if one.kind != "received")


def may_apply(inquiry: Inquiry, limit: Limit) -> Formula:
    """Give where a limit does not apply and nobody knows that: there it is undetermined."""
    unknowns = inquiry.unknowns
    return unknowns.may_hold(inquiry.worlds.applies(f"limit/{limit.id}"), unknowns.asked(limit.when)).most


def only_in_doubt(inquiry: Inquiry, limit: Limit, may: Formula, *, row: int | None = None) -> Iterator[RuleFinding]:
    """Tell what counts in doubt alone, with a case in which it does; nothing where it never does.

    `may` is where it does; without `row` it is the limit itself that may apply.
    """
    rule = f"limit/{limit.id}"
    shows = [Claimed(rule=rule, row=row, perhaps=True)]
    answer = inquiry.answer(may, shows=shows, begun=begins(limit))
    if answer.verdict is not Sureness.PROVED:
        yield inquiry.found(FindingCode.ONLY_WHILE_UNKNOWN, rule, answer, shows=shows, row=row)


def doubtful(inquiry: Inquiry, limit: Limit) -> Extent:
    """Give where nobody knows which figures hold, and no presumption settles it."""
    rule, conditions = f"limit/{limit.id}", [row.when for row in limit.rows]
    return inquiry.unknowns.unpresumed(inquiry.unknowns.asked_by_rows(rule, conditions, every=limit.counts_every))


def candidates(inquiry: Inquiry, limit: Limit, where: Formula) -> list[Formula]:
    """Give for each figure where it is one of those that may bind, because nobody knows which do.

    `where` is where the limit applies.
    """
    unknowns, ways = inquiry.unknowns, inquiry.worlds.rows(f"limit/{limit.id}")
    doubts = doubtful(inquiry, limit).most
    found: list[Formula] = []
    reached: Formula = True
    for row, way in zip(limit.rows, ways, strict=True):
        known = True if row.by is None else negated(unknowns.unknown(row.by).least)
        found.append(both(where, reached, way.possible, known, doubts))
        if not limit.counts_every:
            reached = both(reached, negated(way.sure))
    return found


def counts_in_doubt(inquiry: Inquiry, limit: Limit, where: Formula, order: Order, row: int) -> Formula:
    """Give where a figure sets a due moment because it is one of those that may bind.

    By the strictest reading that is the first of them to fall due, of a limit that takes the latest the last of those
    that surely hold; by the most generous reading the last, of a limit that takes the earliest the first that surely
    holds.
    """
    rows = inquiry.worlds.rows(f"limit/{limit.id}")
    may = candidates(inquiry, limit, where)
    sure = [both(one, way.sure) for one, way in zip(may, rows, strict=True)]
    others = [other for other in range(len(rows)) if other != row]
    certain = either(*sure)
    first = both(may[row], *opposites([may[other] for other in others if order.comes_first(other, row)]))
    last = both(may[row], certain, *opposites([may[other] for other in others if order.never_later(row, other)]))
    if limit.latest:
        binding = [sure[other] for other in others if order.binds_instead(other, row)]
        return either(both(first, negated(certain)), both(sure[row], *opposites(binding)), last)
    if limit.earliest:
        sooner = [sure[other] for other in others if order.never_later(other, row)]
        return either(first, both(sure[row], *opposites(sooner)))
    return either(first, last)


def unsettled(inquiry: Inquiry, limit: Limit, where: Formula, row: int) -> Formula:
    """Give where no figure holds and nobody knows whether one does, this one among them: the limit is undetermined."""
    unknowns, ways = inquiry.unknowns, inquiry.worlds.rows(f"limit/{limit.id}")
    above = () if limit.counts_every else opposites([way.sure for way in ways[:row]])
    open_ = unknowns.may_hold(ways[row], unknowns.asked(limit.rows[row].when)).most
    return both(where, open_, *above, *opposites([way.held for way in ways]))
