"""Whether parts of two policies say the same, whatever they cite: conditions, limits, extensions, restarts."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import FactType
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Extension, Limit, Restart
from complaint_rules.policy.uses import uses_of
from complaint_rules.verification.conformance.covering import same_events

_WORDS: Final = frozenset({"title", "cite", "reading"})
"""What of a rule decides nothing."""


def means_same(one: Condition | None, other: Condition | None, house: Policy, base: Policy) -> bool:
    """Say whether two conditions surely mean the same, each under its own policy; False where that is not plain.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> means_same(policy.limits["whole"].when, policy.limits["whole"].when, policy, policy)
    True
    >>> means_same(policy.limits["whole"].when, None, policy, policy)
    False
    """
    if one is None or other is None:
        return one is other
    if one.tree != other.tree:
        return False
    return (
        all(house.facts.get(name) == base.facts.get(name) for name in one.facts)
        and all(_worded_alike(house.links[name], base.links[name]) for name in one.links)
        and (_same_levels(house, base) or not _looks_at_levels(one, house))
        and all(same_limit(house.limits[name], base.limits[name], house, base) for name in one.limits)
        and all(_same_parameter(name, house, base) for name in one.parameters)
        and all(_same_table(name, house, base) for name in one.tables)
    )


def _same_levels(house: Policy, base: Policy) -> bool:
    return list(house.levels) == list(base.levels) and house.routes == base.routes


def _looks_at_levels(one: Condition, house: Policy) -> bool:
    return one.uses_event or any(house.facts[name].type is FactType.LEVEL for name in one.facts)


def _same_parameter(name: str, house: Policy, base: Policy) -> bool:
    return house.parameters[name].value == base.parameters[name].value


def _same_table(name: str, house: Policy, base: Policy) -> bool:
    ours, theirs = house.tables[name], base.tables[name]
    return (
        ours.every == theirs.every
        and [row.value for row in ours.rows] == [row.value for row in theirs.rows]
        and all(means_same(a.when, b.when, house, base) for a, b in zip(ours.rows, theirs.rows, strict=True))
    )


def same_limit(one: Limit, other: Limit, house: Policy, base: Policy) -> bool:
    """Say whether two limits surely come out the same in every case, each under its own policy.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> whole, reply = policy.limits["whole"], policy.limits["reply"]
    >>> same_limit(whole, whole, policy, policy), same_limit(whole, reply, policy, policy)
    (True, False)
    """
    ours, theirs = list(uses_of(one)), list(uses_of(other))
    return (
        _worded_alike(one, other)
        and all(means_same(a.condition, b.condition, house, base) for a, b in zip(ours, theirs, strict=True))
        and all(house.facts.get(row.by) == base.facts.get(row.by) for row in one.rows if row.by is not None)
        and house.own_days == base.own_days
        and (
            house.hours == base.hours
            or not any(row.within and row.within.needs_hours(one.counting) for row in one.rows)
        )
    )


def _worded_alike(one: object, other: object) -> bool:
    """Say whether two parts of rules are equal but for their words and articles."""
    if isinstance(one, Condition) and isinstance(other, Condition):
        return one.tree == other.tree
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_worded_alike, one, other))
    form = type(one)
    if form is type(other) and attrs.has(form):
        names = [field.name for field in attrs.fields(form) if field.name not in _WORDS]
        return all(_worded_alike(getattr(one, name), getattr(other, name)) for name in names)
    return one == other


def same_extension(one: Extension, other: Extension, house: Policy, base: Policy) -> bool:
    """Say whether two extensions are granted by the same events, under the same conditions, for the same time.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("cbirc-2020-3")
    >>> first, second = policy.limits["decide"].extensions
    >>> same_extension(first, first, policy, policy), same_extension(first, second, policy, policy)
    (True, False)
    """
    return (
        (one.on, one.add, one.to, one.since, one.approved_by, one.times)
        == (other.on, other.add, other.to, other.since, other.approved_by, other.times)
        and means_same(one.when, other.when, house, base)
        and means_same(one.requires, other.requires, house, base)
    )


def restarts_alike(one: Restart, other: Restart, house: Policy, base: Policy) -> bool:
    """Say whether two limits start anew with the same events under the same condition.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("cbirc-2020-3")
    >>> again = policy.limits["decide"].restart
    >>> again is not None and restarts_alike(again, again, policy, policy)
    True
    """
    return same_events(one.on, other.on) and means_same(one.when, other.when, house, base)
