"""Typical events for a condition over ``event.…`` (事件原型): every way in which what it carries can matter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, product
from typing import Any, Final

from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Compare, EventField, Given, atoms_of, terms_of
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.generation.sketches import SETS, fields_of
from complaint_rules.verification.generation.values import ANOTHER, constants

_MOST: Final = 96
_CENT: Final = Decimal("0.01")
_SKIP: Final = "skips_level"


def carried(policy: Policy, condition: Condition | None, selector: Selector) -> Iterator[FrozenMap[str, Any]]:
    """Give the fields of events that a rule means, in every way a condition tells apart; without one, a single one.

    A field that does not matter is left out. At most 96 are given, for every field that is named multiplies them.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("cbirc-2020-3")
    >>> pause = policy.limits["decide"].pauses[1]
    >>> [sorted(one.get("told", ())) for one in carried(policy, pause.requires, Selector(kind="suspended"))]
    [['complainant'], []]
    """
    fixed = fields_of(selector)
    open_: dict[str, dict[Any, None]] = {}
    for atom in () if condition is None else atoms_of(condition.tree):
        _note(open_, policy, atom)
    skips = open_.pop(_SKIP, None) is not None
    names = [name for name in open_ if name not in fixed and name != "kind"]
    ways = [[*_options(name, tuple(open_[name]))] for name in names]
    routes = _routes(policy, fixed) if skips else [{}]
    for chosen in islice(product(*ways, routes), _MOST):
        *values, route = chosen
        given = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        yield FrozenMap({**fixed, **given, **{name: one for name, one in route.items() if name not in fixed}})


def _note(open_: dict[str, dict[Any, None]], policy: Policy, atom: Any) -> None:
    """Note the fields that an atom reads, with the constants it compares them with."""
    if isinstance(atom, Given) and isinstance(atom.term, EventField):
        open_.setdefault(atom.term.name, {})
    if not isinstance(atom, Compare):
        return
    named = [value for term in terms_of(atom) for value in constants(policy, term)]
    for term in terms_of(atom):
        if isinstance(term, EventField):
            open_.setdefault(term.name, {}).update(dict.fromkeys(named))


def _options(name: str, named: tuple[Any, ...]) -> Iterator[Any]:
    """Give what a field can be: what is named first, then what is not, then nothing."""
    if name in SETS:
        yield frozenset(named)
        if len(named) > 1:
            yield from (frozenset({one}) for one in named)
        yield None
    elif name == "amount":
        yield from (value for one in named for value in (Decimal(one), Decimal(one) + _CENT))
        yield None
    else:
        yield from named
        yield ANOTHER
        yield None


def _routes(policy: Policy, fixed: dict[str, Any]) -> list[dict[str, str]]:
    """Give a way that leaves out a level, and one that does not; a fixed end stays."""
    levels = tuple(policy.levels)
    ways = [(one, other) for one in levels for other in levels if one != other]
    fitting = [
        {"by": one, "to": other}
        for one, other in ways
        if fixed.get("by", one) == one and fixed.get("to", other) == other
    ]
    skipping = [way for way in fitting if policy.is_skip(way["by"], way["to"])]
    stepping = [way for way in fitting if not policy.is_skip(way["by"], way["to"])]
    return [*skipping[:1], *stepping[:1]] or [{}]
