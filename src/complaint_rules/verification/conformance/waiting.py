"""Conditions that wait for a parameter which nobody supplied: what they come to is open, whatever else is proved."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.conditions.parsing import Condition
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Duty, Limit
from complaint_rules.policy.uses import uses_of
from complaint_rules.verification.conformance.answers import Aspect, Conforming, Point


def conditions_waiting(rule: Limit | Duty, *, of_base: bool) -> Iterator[Point]:
    """Give an open point for every parameter without a value that a condition of a rule waits for.

    A table or link that the condition reads may be what waits. Figures that wait are told where they are compared.
    """
    rows = rule.rows if isinstance(rule, Limit) else (rule,)
    figures = {row.parameter for row in rows}
    read = {name for use in uses_of(rule) for name in use.condition.parameters}
    for name in rule.missing:
        if name not in figures or name in read:
            yield waiting(name, of_base=of_base)


def parameters_waited_for(condition: Condition | None, policy: Policy) -> tuple[str, ...]:
    """Name the parameters without a value that a condition reads, itself or through tables, limits and links.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("boc-it-blueprint")
    >>> parameters_waited_for(policy.applies, policy)
    ('ends', 'starts')
    """
    if condition is None:
        return ()
    links = (policy.links[name].parameter for name in condition.links)
    own = {*condition.parameters, *(name for name in links if name is not None)}
    found = {name for name in own if policy.parameters[name].value is None}
    found |= {name for one in condition.tables for name in policy.tables[one].missing}
    found |= {name for one in condition.limits for name in policy.limits[one].missing}
    return tuple(sorted(found))


def waiting(name: str, *, of_base: bool) -> Point:
    """Give the open point of one parameter that a condition of the base, or of the house, waits for."""
    side = ("上位规定", "the base") if of_base else ("内部规定", "the house")
    words = f"{side[0]}的条件有待参数{name}", f"a condition of {side[1]} waits for the parameter {name}"
    return Point(aspect=Aspect.SCOPE, verdict=Conforming.OPEN, words=words)
