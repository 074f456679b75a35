"""What a fact can be, as far as the rules tell values apart (取值): each constant, and its neighbours on both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from complaint_rules.cases.complaint import Channel, Source
from complaint_rules.conditions.scopes import MISSING, FactSpec, FactType
from complaint_rules.conditions.trees import Compare, Fact, Literal, ParameterValue, Term, atoms_of
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Checklist, Duty, Limit, Table
from complaint_rules.policy.uses import uses_of

ANOTHER: Final = "another"
"""A code that no rule names."""
Value: TypeAlias = Any
"""What a fact can be; a `timedelta` is a moment or day so long after the receipt."""
_AFTER: Final = (dt.timedelta(days=3), dt.timedelta(days=-1), dt.timedelta(0))
_CENT: Final = Decimal("0.01")
_CODED: Final[Mapping[str, type[Channel | Source]]] = {"channel": Channel, "source": Source}
_PERSONS: Final = frozenset({"complainants", "representatives"})
"""Counts of people, of whom there is at least one."""


_NEVER_EMPTY: Final = frozenset({"complainant_keys"})
"""Sets of which at least one member is known where anything is."""


def values_of(policy: Policy) -> Mapping[str, tuple[Value, ...]]:
    """Give the values worth trying of every fact, in the order in which they stand beside each other.

    >>> from complaint_rules import load_policy
    >>> values_of(load_policy("psbc-95580"))["complainants"]
    (1, 2, 3, 4)
    """
    named: dict[str, dict[Value, None]] = {name: {} for name in policy.scope.facts}
    rules: tuple[Table | Limit | Duty | Checklist, ...] = (
        *policy.tables.values(), *policy.limits.values(), *policy.duties.values(), *policy.checklists.values(),
    )  # fmt: skip
    for rule in rules:
        for use in uses_of(rule):
            for atom in atoms_of(use.condition.tree):
                if isinstance(atom, Compare):
                    _take(named, policy, atom)
    return FrozenMap({name: tuple(_values(policy, spec, named[name])) for name, spec in policy.scope.facts.items()})


def constants(policy: Policy, term: Term) -> tuple[Value, ...]:
    """Give the constants of one side of a comparison; none where it is no constant, or nobody supplied it.

    >>> from complaint_rules import load_policy
    >>> constants(load_policy("psbc-95580"), Literal(("a", "b")))
    ('a', 'b')
    """
    match term:
        case Literal(value):
            return value if isinstance(value, tuple) else (value,)
        case ParameterValue(name):
            supplied: Value = policy.scope.parameters[name]
            return () if supplied is MISSING else (supplied,)
    return ()


def _take(named: Mapping[str, dict[Value, None]], policy: Policy, atom: Compare) -> None:
    for side, other in ((atom.left, atom.right), (atom.right, atom.left)):
        if isinstance(side, Fact):
            named[side.name] |= dict.fromkeys(constants(policy, other))


def _values(policy: Policy, spec: FactSpec, named: Iterable[Value]) -> Iterator[Value]:
    match spec.type:
        case FactType.BOOL:
            yield from (True, False)
        case FactType.INT:
            least = 1 if spec.name in _PERSONS else 0
            yield from _numbers((*named, least + 1), 1, least)
        case FactType.DECIMAL:
            yield from _numbers((*map(Decimal, named), Decimal(1)), _CENT, Decimal(0))
        case FactType.TEXT:
            yield from _codes(spec, named)
        case FactType.LEVEL:
            yield from dict.fromkeys((*policy.levels, *named, *policy.bodies))
        case FactType.SET:
            yield from _sets(spec, named)
        case _:
            yield from _moments(named)


def _numbers(named: Iterable[Value], step: Value, least: Value) -> list[Value]:
    near = {value for one in named for value in (one - step, one, one + step)}
    return sorted(value for value in near if value >= least)


def _codes(spec: FactSpec, named: Iterable[Value]) -> Iterator[str]:
    if spec.name in _CODED:
        yield from (code.value for code in _CODED[spec.name])
    elif spec.values is not None:
        yield from spec.values
    else:
        yield from named
        yield ANOTHER


def _sets(spec: FactSpec, named: Iterable[Value]) -> Iterator[frozenset[str]]:
    codes = tuple(dict.fromkeys((*named, *(spec.values or ()))))
    yield from (frozenset({code}) for code in codes or (ANOTHER,))
    if len(codes) > 1:
        yield frozenset(codes)
    if spec.name not in _NEVER_EMPTY:
        yield frozenset()


def _moments(named: Iterable[Value]) -> Iterator[Value]:
    days = sorted({day for one in named for day in (one - dt.timedelta(days=1), one, one + dt.timedelta(days=1))})
    yield from days or _AFTER
