"""What would let a condition hold: facts, events and ends of limits, drawn along its tree as a wish, not as a proof."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, final

from complaint_rules.cases.case import Fields
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.scopes import AFTER
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
        case (TableValue(name), _) if deep < _DEEPEST:
            _table(draw, policy, name, op, tuple(constants(policy, right)), wish, deep=deep)
        case (_, TableValue(name)) if deep < _DEEPEST:
            _table(draw, policy, name, op, tuple(constants(policy, left)), wish, deep=deep)
        case (Count(kind, fields), _):
            numbers = [value for value in constants(policy, right) if isinstance(value, int)]
            if numbers and op in (">", ">=", "=="):
                wish.events += [_selector(kind, fields)] * (max(numbers) + (op == ">"))
        case (Fact(name), _):
            _fact(draw, policy, name, op, tuple(constants(policy, right)), wish)
        case (_, Fact(name)):  # what is compared with stands on the right, what is looked for in a set on the left
            codes = frozenset(value for value in constants(policy, left) if isinstance(value, str))
            wish.set(name, codes if op == "in" else frozenset())
        case _:
            return


def _fact(draw: st.DrawFn, policy: Policy, name: str, op: str, named: tuple[FactValue, ...], wish: Wish) -> None:
    pool = pools(policy).get(name)
    values = () if pool is None or not named else pool.values
    if fit := [value for value in values if _fits(value, op, named, tuple(policy.levels))]:
        wish.set(name, draw(st.sampled_from(fit)))


def _fits(value: FactValue, op: str, named: tuple[FactValue, ...], order: tuple[str, ...]) -> bool:
    """Say whether a comparison holds; never where one of the two has no place in the order of the other."""
    if op in ("==", "in", "!=", "not in"):
        return (value in named) is (op in ("==", "in"))
    one, other = _rank(value, order), _rank(named[0], order)
    if one is None or type(one) is not type(other):
        return False
    return bool({"<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[op])


def _rank(value: FactValue, order: tuple[str, ...]) -> Any:
    """Give what a value is ordered by: a level by its place, a number exactly, a day or moment by itself."""
    if isinstance(value, str):
        return Decimal(order.index(value)) if value in order else None
    return Decimal(value) if isinstance(value, int) else value


def _table(
    draw: st.DrawFn, policy: Policy, name: str, op: str, named: tuple[FactValue, ...], wish: Wish, *, deep: int
) -> None:
    chosen = [row for row in policy.tables[name].rows if (row.value in named) is (op in ("==", "in"))]
    row = draw(st.sampled_from(chosen)) if chosen else None
    if row is not None and row.when is not None:
        _want(draw, policy, row.when.tree, wish, holds=True, deep=deep + 1)
