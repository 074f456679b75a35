"""Findings of tables: gaps, rows that never decide or always hold, values never given, overlaps (分类表分析)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from complaint_rules.errors import OutOfBudget
from complaint_rules.language import Pair
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.rules import Selector, Table
from complaint_rules.verification.analysis.asking import Inquiry, opposites
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.worlds.formulas import Formula, both, negated
from complaint_rules.verification.worlds.witnesses import Answer, Sureness, WhyOpen

_C: Final = FindingCode
_MOST_PAIRS: Final = 2_000
"""How many pairs of rows of a table are looked at for an overlap."""


def of_table(inquiry: Inquiry, table: Table) -> Iterator[RuleFinding]:
    """Give what is to be said of a table, redundancy apart."""
    rule = f"table/{table.id}"
    held = [ways.held for ways in inquiry.worlds.rows(rule)]
    if table.every:
        yield from _every(inquiry, table, held)
    else:
        yield from _gap(inquiry, rule, held)
        yield from reached(inquiry, rule, True, held)
        yield from _overlaps(inquiry, table, held)
    given = {row.value for row in table.rows}
    for value, titles in table.values.items():
        if value not in given:
            detail = (f"“{titles['zh']}”（{value}）", f"“{titles['en']}” ({value})")
            yield inquiry.found(_C.VALUE_NEVER_GIVEN, rule, detail=detail)


def _gap(inquiry: Inquiry, rule: str, held: Sequence[Formula]) -> Iterator[RuleFinding]:
    shows, none = [Claimed(rule=rule)], opposites(held)
    answer = inquiry.answer(inquiry.known(*held), *none, shows=shows, clear=True)
    if answer.verdict is not Sureness.PROVED:
        yield inquiry.found(_C.GAP, rule, answer, shows=shows)
        return
    answer = inquiry.answer(True, *none, shows=shows)
    if answer.verdict is not Sureness.PROVED:
        yield inquiry.found(_C.OPEN_WHILE_UNKNOWN, rule, answer, shows=shows)


def reached(
    inquiry: Inquiry,
    rule: str,
    where: Formula,
    held: Sequence[Formula],
    *,
    begun: Sequence[Selector] = (),
    unseen: Collection[int] = (),
) -> Iterator[RuleFinding]:
    """Give the first-match rows that never decide, or only while something is unknown.

    `where` is where the rule applies at all, `held` where each row holds, `begun` what starts it. Of the rows of
    `unseen` no assessment can say that they count: of them is told only what is proved.
    """
    denied, clear = opposites(held), inquiry.known(where, *held)
    for row, holds in enumerate(held):
        above, shows = denied[:row], [Claimed(rule=rule, row=row)]
        if row in unseen:
            if inquiry.never(holds, where, *above):
                yield dead(inquiry, rule, where, holds, above, row)
            continue
        known = inquiry.answer(both(holds, clear), where, *above, shows=shows, begun=begun, told=False)
        if known.verdict is Sureness.WITNESSED:
            continue
        answer = (
            known if known.why is WhyOpen.BUDGET else inquiry.answer(holds, where, *above, shows=shows, begun=begun)
        )
        if answer.verdict is Sureness.PROVED:
            yield dead(inquiry, rule, where, holds, above, row)
        elif answer.verdict is Sureness.OPEN:
            yield inquiry.found(_C.UNREACHABLE, rule, answer, row=row)
        elif known.verdict is Sureness.PROVED:
            yield inquiry.found(_C.ONLY_WHILE_UNKNOWN, rule, answer, shows=shows, row=row)
        else:
            yield inquiry.found(_C.ONLY_WHILE_UNKNOWN, rule, known, row=row)


def dead(
    inquiry: Inquiry, rule: str, where: Formula, holds: Formula, above: Sequence[Formula], row: int
) -> RuleFinding:
    """Say why a row never decides: its condition never holds, or what stands above it has always decided.

    `above` is where each of the rows above does not hold.
    """
    if inquiry.never(holds):
        return inquiry.found(_C.NEVER_HOLDS, rule, row=row)
    rows = () if inquiry.never(holds, where) else inquiry.needed(holds, [*above, where])
    return inquiry.found(_C.UNREACHABLE, rule, row=row, rows=tuple(one for one in rows if one < row))


def _every(inquiry: Inquiry, table: Table, held: Sequence[Formula]) -> Iterator[RuleFinding]:
    rule = f"table/{table.id}"
    for row, holds in enumerate(held):
        if table.rows[row].when is None:
            continue  # written without a condition it is meant to hold always
        answer = inquiry.answer(holds, shows=[Claimed(rule=rule, row=row)], told=False)
        if answer.verdict is Sureness.PROVED:
            yield inquiry.found(_C.NEVER_HOLDS, rule, row=row)
        elif answer.verdict is Sureness.OPEN:
            yield inquiry.found(_C.UNREACHABLE, rule, answer, row=row)
        elif inquiry.never(negated(holds)):
            yield inquiry.found(_C.ALWAYS_HOLDS, rule, row=row)


def _overlaps(inquiry: Inquiry, table: Table, held: Sequence[Formula]) -> Iterator[RuleFinding]:
    """Give, in one finding, the pairs of rows that hold at once with different values; a closing row is left out."""
    rule, rows = f"table/{table.id}", table.rows
    pairs = [
        (upper, lower)
        for upper in range(len(rows))
        for lower in range(upper + 1, len(rows))
        if rows[lower].when is not None and rows[upper].value != rows[lower].value
    ]
    if len(pairs) > _MOST_PAIRS:
        yield inquiry.found(_C.ORDER_DECIDES, rule, Answer(verdict=Sureness.OPEN, why=WhyOpen.BUDGET))
        return
    found: list[tuple[int, int]] = []
    denied, clear = opposites(held), inquiry.known(*held)
    try:
        for upper, lower in pairs:
            if inquiry.can_be(both(held[upper], held[lower], clear), *denied[:upper]):
                found.append((upper, lower))
    except OutOfBudget:
        yield inquiry.found(_C.ORDER_DECIDES, rule, Answer(verdict=Sureness.OPEN, why=WhyOpen.BUDGET))
        return
    if found:
        upper, lower = found[0]
        shows = [Claimed(rule=rule, row=upper)]
        answer = inquiry.answer(both(held[upper], held[lower], clear), *denied[:upper], shows=shows)
        yield inquiry.found(_C.ORDER_DECIDES, rule, answer, shows=shows, pairs=tuple(found), detail=_matrix(found))


def _matrix(pairs: Sequence[tuple[int, int]]) -> Pair:
    """Write which rows come before which: a line of the matrix for each upper row.

    >>> _matrix([(0, 1), (0, 2), (1, 2)])
    ('第1行先于第2、3行；第2行先于第3行', 'row 1 before 2, 3; row 2 before 3')
    """
    below: dict[int, list[str]] = {}
    for upper, lower in pairs:
        below.setdefault(upper, []).append(str(lower + 1))
    zh = "；".join(f"第{upper + 1}行先于第{'、'.join(lower)}行" for upper, lower in below.items())
    return zh, "; ".join(f"row {upper + 1} before {', '.join(lower)}" for upper, lower in below.items())
