"""What the rules of a policy tell apart: of each fact the values on, below and above every threshold; its codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final, final

import attrs

from complaint_rules.cases.complaint import Channel, Source
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.scopes import MISSING, FactSpec, FactType
from complaint_rules.conditions.trees import (
    Atom,
    Compare,
    Fact,
    LinkedCount,
    Literal,
    ParameterValue,
    Term,
    atoms_of,
)
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY, INSTANT, LAST_DAY
from complaint_rules.policy.codes import closed_lists
from complaint_rules.policy.policy import Policy, rules_of, uses
from complaint_rules.policy.uses import facts_of

OUTSIDE: Final = "outside"
"""A code that no policy knows: what an institution writes that is on none of the lists."""
_CENT: Final = Decimal("0.01")
_DAY: Final = dt.timedelta(days=1)
_FEW: Final = (1, 2, 3, 10)
_APART: Final = frozenset({"received", "complainant_keys"})
"""Facts that are no coded facts of the matter: the receipt, and who complains."""


@final
@attrs.frozen(kw_only=True, repr=False)
class FactPool(Shown):
    """The values of one fact that the rules of a policy tell apart (取值点)."""

    spec: FactSpec
    """The fact, as the policy declares it."""
    values: tuple[FactValue, ...]
    """On, just below and just above every threshold; every code. Of a set each of its codes by itself."""
    outside: tuple[FactValue, ...] = ()
    """A code that no rule of the policy knows, of a fact that has no closed list: off one it would be refused."""
    read: bool = True
    """Whether a rule of the policy reads it."""
    missing: tuple[str, ...] = ()
    """Parameters not supplied with which it is compared: their thresholds are not among the values."""


@lru_cache(maxsize=64)
def pools(policy: Policy) -> Mapping[str, FactPool]:
    """Give the values that a policy's rules tell apart, by fact, in the order in which it declares them.

    The receipt and the keys of the complainants are left out.

    >>> from complaint_rules.policy.loading import load_policy
    >>> pools(load_policy("psbc-95580"))["complainants"].values
    (1, 2, 3, 4)
    """
    named, missing = _thresholds(policy)
    read = {name for use in uses(policy) for name in use.condition.facts}
    read |= {name for rule in rules_of(policy) for name in facts_of(rule)}
    holders = (*policy.levels, *policy.bodies)
    lists = {*closed_lists(policy), "channel", "source"}
    found: dict[str, FactPool] = {}
    for name, spec in policy.scope.facts.items():
        if name in _APART:
            continue
        near = dict.fromkeys(named.get(name, ()))
        values = tuple(dict.fromkeys(one for one in _values(spec, list(near), holders) if _possible(name, one)))
        # A code off a closed list is refused, so that no answer can be asked of it.
        coded = spec.type in (FactType.TEXT, FactType.LEVEL, FactType.SET) and name not in lists
        found[name] = FactPool(
            spec=spec, values=values, outside=(OUTSIDE,) if coded else (), read=name in read,
            missing=tuple(missing.get(name, ())),
        )  # fmt: skip
    return FrozenMap(found)


def _thresholds(policy: Policy) -> tuple[dict[str, list[FactValue]], dict[str, list[str]]]:
    """Give the constants that each fact is compared with, and the parameters that are not supplied."""
    named: dict[str, list[FactValue]] = {}
    missing: dict[str, list[str]] = {}
    together: list[tuple[str, str]] = []
    for atom in _compared(policy):
        for term, other in ((atom.left, atom.right), (atom.right, atom.left)):
            if not isinstance(term, Fact):
                continue
            match other:
                case Fact(second):
                    together.append((term.name, second))
                case ParameterValue(parameter) if policy.scope.parameters[parameter] is MISSING:
                    missing.setdefault(term.name, []).append(parameter)
                case _:
                    named.setdefault(term.name, []).extend(constants(policy, other))
    for _ in together:  # what is compared with what is compared with it: each needs the thresholds of the other
        for one, with_it in together:
            spec = policy.scope.facts[with_it]
            near = [value for value in named.get(with_it, []) if value not in named.get(one, [])]
            named.setdefault(one, []).extend(near)
            named[one] += () if spec.assume is None else (spec.assume,)
    return named, missing


def _compared(policy: Policy) -> Iterator[Compare]:
    for atom in conditions(policy):
        if isinstance(atom, Compare):
            yield atom


@lru_cache(maxsize=64)
def conditions(policy: Policy) -> tuple[Atom, ...]:
    """Give the atoms of every condition of a policy, each once.

    >>> from complaint_rules.policy.loading import load_policy
    >>> len(conditions(load_policy("psbc-95580"))) > 20
    True
    """
    return tuple(dict.fromkeys(atom for use in uses(policy) for atom in atoms_of(use.condition.tree)))


def constants(policy: Policy, term: Term) -> Iterator[FactValue]:
    """Give the constants that a term stands for: none for a parameter that is not supplied, or for what varies.

    >>> from complaint_rules.policy.loading import load_policy
    >>> list(constants(load_policy("psbc-95580"), Literal(("loan", "card"))))
    ['loan', 'card']
    """
    match term:
        case Literal(tuple() as several):
            yield from several
        case Literal(value):
            yield value  # type: ignore[misc]  # a tuple went to the case above
        case ParameterValue(name):
            supplied = policy.scope.parameters[name]
            if isinstance(supplied, bool | int | Decimal | str | dt.date):
                yield supplied
        case _:
            return


def linked_values(policy: Policy) -> Mapping[str, tuple[int, ...]]:
    """Give the numbers of linked complaints that a policy's rules tell apart, by link: from 1, the complaint itself.

    >>> from complaint_rules.policy.loading import load_policy
    >>> dict(linked_values(load_policy("cbirc-2020-3")))
    {}
    """
    found: dict[str, dict[int, None]] = {name: {1: None} for name in policy.links}
    for atom in _compared(policy):
        for term, other in ((atom.left, atom.right), (atom.right, atom.left)):
            if isinstance(term, LinkedCount):
                near = [one for value in constants(policy, other) for one in _around(value, 1)]
                found[term.link] |= dict.fromkeys(int(one) for one in near if one >= 1)
    return FrozenMap({name: tuple(sorted(values)) for name, values in found.items()})


def _values(spec: FactSpec, named: list[FactValue], holders: Iterable[str]) -> Iterator[FactValue]:
    presumed = () if spec.assume is None else (spec.assume,)
    match spec.type:
        case FactType.BOOL:
            yield from (False, True)
        case FactType.INT:
            near = sorted({int(one) for value in (*named, *presumed) for one in _around(value, 1)})
            yield from near or _FEW
        case FactType.DECIMAL:
            yield from sorted({one for value in (*named, *presumed) for one in _around(value, _CENT)} or {Decimal(1)})
        case FactType.SET:
            # What is compared with a set is a code in it, or another set.
            codes = [code for value in (*named, *presumed) for code in _codes(value)]
            yield from dict.fromkeys((*(spec.values or ()), *codes, *(() if spec.values or codes else ("own",))))
        case FactType.LEVEL:
            yield from dict.fromkeys((*holders, *named, *presumed) or ("elsewhere",))
        case FactType.MOMENT | FactType.DAY:
            yield from _days_around((*named, *presumed))
        case FactType.TEXT if spec.name == "channel":
            yield from Channel
        case FactType.TEXT if spec.name == "source":
            yield from Source
        case _:
            yield from dict.fromkeys((*(spec.values or ()), *named, *presumed) or ("own",))


def _around(value: object, step: Decimal | int) -> Iterator[Decimal]:
    """Give a number with its neighbours, so far apart that a comparison can tell them."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        exact = Decimal(value)
        if step == 1:
            whole = exact.to_integral_value()
            yield from (whole - 1, whole, whole + 1)
        else:
            yield from (exact - step, exact, exact + step)


def _codes(value: FactValue) -> Iterator[str]:
    yield from (value,) if isinstance(value, str) else sorted(value) if isinstance(value, frozenset) else ()


def _days_around(named: Iterable[FactValue]) -> Iterator[dt.datetime | dt.date]:
    for value in (one for one in named if isinstance(one, dt.date)):
        step = INSTANT if isinstance(value, dt.datetime) else _DAY
        yield from (value - step, value, value + step)


def _possible(name: str, value: FactValue) -> bool:
    """Say whether a complaint can carry the value at all."""
    match value:
        case bool():
            return True
        case int():
            return name != "complainants" or value >= 1
        case Decimal():
            return name != "amount" or value >= 0
        case dt.datetime():
            return FIRST_DAY <= value.date() <= LAST_DAY
        case dt.date():
            return FIRST_DAY <= value <= LAST_DAY
    return True
