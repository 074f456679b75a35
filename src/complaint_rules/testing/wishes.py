"""What would let a condition hold: facts, events and ends of limits, drawn along its tree as a wish, not as a proof."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final, final

from complaint_rules.cases.case import Fields
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.scopes import AFTER, FactType
from complaint_rules.conditions.trees import (
    And,
    Compare,
    Count,
    Elapsed,
    Fact,
    Given,
    Has,
    HeldAtBreach,
    HeldBy,
    Late,
    Literal,
    Met,
    Not,
    Or,
    Stands,
    TableValue,
    Term,
    Truth,
)
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.testing.needed import st
from complaint_rules.testing.pools import constants, pools

_DEEPEST: Final = 6
_OPPOSITE: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "in": "not in", "not in": "in"}
_TURNED: Final = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_LATE: Final = frozenset({"late", "open_late", "void_late"})


@final
class Wish:
    """What should be so, gathered along a condition."""

    def __init__(self) -> None:
        self.facts: dict[str, FactValue] = {}
        self.events: list[Selector] = []
        self.late: dict[str, bool] = {}

    def set(self, name: str, value: FactValue) -> None:
        """Wish for a fact; what was wished for first prevails, and codes of a set come together."""
        before = self.facts.setdefault(name, value)
        if isinstance(before, frozenset) and isinstance(value, frozenset):
            self.facts[name] = before | value


@st.composite
def wishes(draw: st.DrawFn, policy: Policy, trees: tuple[Truth, ...]) -> Wish:
    """Draw what would let all the trees hold."""
    found = Wish()
    for tree in trees:
        _want(draw, policy, tree, found, holds=True, deep=0)
    return found


def _want(draw: st.DrawFn, policy: Policy, tree: Truth, wish: Wish, *, holds: bool, deep: int) -> None:
    match tree:
        case Not(part):
            _want(draw, policy, part, wish, holds=not holds, deep=deep)
        case And(parts) | Or(parts):
            every = isinstance(tree, And) is holds
            for part in parts if every else (draw(st.sampled_from(parts)),):
                _want(draw, policy, part, wish, holds=holds, deep=deep)
        case Given(Fact(name)):
            wish.set(name, holds)
        case Compare(left, op, right):
            _compare(draw, policy, (left, op if holds else _OPPOSITE[op], right), wish, deep=deep)
        case Has(kind, fields) if holds:
            wish.events.append(_selector(kind, fields))
        case Elapsed(kind) if holds and kind != "received":
            wish.events.append(Selector(kind=kind))
        case Late(limit) | HeldAtBreach(limit):
            wish.late.setdefault(limit, holds)
        case Met(limit):
            wish.late.setdefault(limit, not holds)
        case Stands(limit, classes):
            wish.late.setdefault(limit, bool(_LATE & set(classes)) is holds)
        case _:
            pass
    if holds and isinstance(tree, HeldBy | HeldAtBreach):
        wish.events.append(Selector(kind="routed", fields=(("to", frozenset({tree.holder})),)))


def _selector(kind: str, fields: Fields) -> Selector:
    return Selector(kind=kind, fields=tuple(one for one in fields if one[0] != AFTER))


def _compare(draw: st.DrawFn, policy: Policy, parts: tuple[Term, str, Term], wish: Wish, *, deep: int) -> None:
    left, op, right = parts
    match left, right:
        case (TableValue(name), Literal()) if deep < _DEEPEST:
            _table(draw, policy, name, op, tuple(constants(policy, right)), wish, deep=deep)
        case (Literal(), TableValue(name)) if deep < _DEEPEST:
            _table(
                draw,
                policy,
                name,
                "==" if op in ("in", "==") else "!=",
                tuple(constants(policy, left)),
                wish,
                deep=deep,
            )
        case (Count(kind, fields), _):
            numbers = [value for value in constants(policy, right) if isinstance(value, int)]
            if numbers and op in (">", ">=", "=="):
                wish.events += [_selector(kind, fields)] * (max(numbers) + (op == ">"))
        case (Fact(name), _):
            _fact(draw, policy, name, op, tuple(constants(policy, right)), wish)
        case (_, Fact(name)) if op in ("in", "not in"):
            codes = frozenset(value for value in constants(policy, left) if isinstance(value, str))
            if codes and op == "in":
                wish.set(name, codes)
        case (_, Fact(name)):
            _fact(draw, policy, name, _TURNED[op], tuple(constants(policy, left)), wish)


def _fact(draw: st.DrawFn, policy: Policy, name: str, op: str, named: tuple[FactValue, ...], wish: Wish) -> None:
    pool = pools(policy).get(name)
    if pool is None or pool.spec.type is FactType.SET or not named:
        return
    order = tuple(policy.levels)
    fit = [value for value in pool.values if _fits(value, op, named, order)]
    if fit:
        wish.set(name, draw(st.sampled_from(fit)))


def _fits(value: FactValue, op: str, named: tuple[FactValue, ...], order: tuple[str, ...]) -> bool:
    match op:
        case "==" | "in":
            return value in named
        case "!=" | "not in":
            return value not in named
    one, other = _rank(value, order), _rank(named[0], order)
    if one is None or other is None or isinstance(one, dt.date) is not isinstance(other, dt.date):
        return False
    if isinstance(one, dt.date) and isinstance(other, dt.date):
        if isinstance(one, dt.datetime) is not isinstance(other, dt.datetime):
            return False
        before, after = one < other, one > other
    else:
        before, after = one < other, one > other  # type: ignore[operator]  # both are numbers
    return {"<": before, ">": after, "<=": not after, ">=": not before}[op]


def _rank(value: FactValue, order: tuple[str, ...]) -> Decimal | int | dt.date | None:
    if isinstance(value, str):
        return order.index(value) if value in order else None
    return value if isinstance(value, int | Decimal | dt.date) else None


def _table(
    draw: st.DrawFn, policy: Policy, name: str, op: str, named: tuple[FactValue, ...], wish: Wish, *, deep: int
) -> None:
    rows = policy.tables[name].rows
    chosen = [row for row in rows if (row.value in named) is (op in ("==", "in"))]
    if chosen:
        row = draw(st.sampled_from(chosen))
        if row.when is not None:
            _want(draw, policy, row.when.tree, wish, holds=True, deep=deep + 1)
