"""Whether parts of two policies say the same, whatever they cite: conditions, limits, extensions, restarts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import FactType
from complaint_rules.conditions.trees import And, Truth
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Extension, Limit, Restart
from complaint_rules.policy.uses import uses_of
from complaint_rules.verification.conformance.covering import covers, same_events, uncovered

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
    return one.tree == other.tree and _reads_alike(one, house, base)


def asks_more(one: Condition | None, other: Condition | None, house: Policy, base: Policy) -> bool:
    """Say whether a condition of the house plainly holds only where one of the base does; False where it is not plain.

    That is so where it is the same, or asks for all that the other asks for and for more.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> asks_more(policy.limits["whole"].when, None, policy, policy)
    True
    """
    if other is None:
        return True
    if one is None or not _reads_alike(other, house, base):
        return False
    return set(_parts(other.tree)) <= set(_parts(one.tree))


def _parts(tree: Truth) -> tuple[Truth, ...]:
    return tree.parts if isinstance(tree, And) else (tree,)


def _reads_alike(one: Condition, house: Policy, base: Policy) -> bool:
    """Say whether what a condition of the base reads is the same under both policies."""
    return (
        all(house.facts.get(name) == base.facts.get(name) for name in one.facts)
        and all(name in house.links and _worded_alike(house.links[name], base.links[name]) for name in one.links)
        and (_same_levels(house, base) or not _looks_at_levels(one, base))
        and all(_same_limits(name, house, base) for name in one.limits)
        and all(_same_parameter(name, house, base) for name in one.parameters)
        and all(_same_table(name, house, base) for name in one.tables)
    )


def _same_levels(house: Policy, base: Policy) -> bool:
    return list(house.levels) == list(base.levels) and house.routes == base.routes


def _looks_at_levels(one: Condition, house: Policy) -> bool:
    return one.uses_event or any(house.facts[name].type is FactType.LEVEL for name in one.facts)


def _same_parameter(name: str, house: Policy, base: Policy) -> bool:
    return name in house.parameters and house.parameters[name].value == base.parameters[name].value


def _same_limits(name: str, house: Policy, base: Policy) -> bool:
    return name in house.limits and same_limit(house.limits[name], base.limits[name], house, base)


def _same_table(name: str, house: Policy, base: Policy) -> bool:
    if name not in house.tables:
        return False
    ours, theirs = house.tables[name], base.tables[name]
    return _worded_alike(ours, theirs) and all(
        means_same(mine.when, wanted.when, house, base) for mine, wanted in zip(ours.rows, theirs.rows, strict=True)
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


def lengthens_no_more(one: Extension, other: Extension, house: Policy, base: Policy) -> bool:
    """Say whether whatever grants an extension of the house grants one of the base, for as long, and as often.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("cbirc-2020-3")
    >>> first, second = policy.limits["decide"].extensions
    >>> lengthens_no_more(first, first, policy, policy), lengthens_no_more(first, second, policy, policy)
    (True, False)
    """
    approvers = one.approved_by <= other.approved_by if one.approved_by else False
    return (
        covers(other.on, one.on)
        and (approvers or not other.approved_by)
        and _no_longer(one.add, other.add)
        and _no_longer(one.to, other.to)
        and same_events(one.since, other.since)
        and one.times <= other.times
        and asks_more(one.when, other.when, house, base)
        and asks_more(one.requires, other.requires, house, base)
    )


def grants_no_more(ours: Sequence[Extension], theirs: Sequence[Extension], house: Policy, base: Policy) -> bool:
    """Say whether the extensions of a house limit, all together, plainly grant no more than those of a base limit.

    An event is taken by the first extension that it satisfies, may name an earlier day than the extension gives, and
    one can be granted so often only: what is granted by the base alone can use up what would cover the house's. So each
    of the house has to be granted upon the very events by which the first of the base for them is, or the two lists
    begin alike. Totals take the place of what was added before them: they are compared by themselves.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("cbirc-2020-3")
    >>> further, total = policy.limits["decide"].extensions
    >>> (
    ...     grants_no_more([further], [further, total], policy, policy),
    ...     grants_no_more([total], [further, total], policy, policy),
    ... )
    (True, False)
    """
    if any(one.to is not None for one in ours):
        if len(ours) != len(theirs) or any(one.to is None for one in ours):
            return False
        once = len(ours) == 1 and ours[0].times == 1
        return (once and _granted_alike(ours[0], theirs[0], house, base)) or _same_extensions(ours, theirs, house, base)
    totals = [one for one in theirs if one.to is not None]
    if any(one.since for one in totals) or sum(one.times for one in totals) > 1:
        return False
    for kind in {one.on.kind for one in ours}:
        mine, wanted = ([one for one in each if one.on.kind == kind] for each in (ours, theirs))
        if len(mine) > len(wanted):
            return False
        alone = len(mine) == 1 and _granted_alike(mine[0], wanted[0], house, base)
        if not (alone or _same_extensions(mine, wanted, house, base)):
            return False
    return True


def _granted_alike(one: Extension, other: Extension, house: Policy, base: Policy) -> bool:
    """Say whether one grants no more than another, and upon the very same events."""
    return (
        lengthens_no_more(one, other, house, base)
        and covers(one.on, other.on)
        and one.approved_by == other.approved_by
        and asks_more(other.when, one.when, base, house)
        and asks_more(other.requires, one.requires, base, house)
    )


def _same_extensions(ones: Sequence[Extension], others: Sequence[Extension], house: Policy, base: Policy) -> bool:
    return all(
        lengthens_no_more(one, other, house, base) and lengthens_no_more(other, one, base, house)
        for one, other in zip(ones, others, strict=False)
    )


def _no_longer(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.unit is other.unit and one.n <= other.n


def restarts_no_more(one: Restart, other: Restart, house: Policy, base: Policy) -> bool:
    """Say whether whatever starts a limit of the house anew does so with the base's.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("cbirc-2020-3")
    >>> again = policy.limits["decide"].restart
    >>> again is not None and restarts_no_more(again, again, policy, policy)
    True
    """
    return not uncovered(one.on, other.on) and asks_more(one.when, other.when, house, base)


def starts_anew_alike(one: Restart | None, other: Restart | None, house: Policy, base: Policy) -> bool:
    """Say whether two limits surely start anew upon the same events, or neither does.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("cbirc-2020-3")
    >>> again = policy.limits["decide"].restart
    >>> starts_anew_alike(again, again, policy, policy), starts_anew_alike(None, again, policy, policy)
    (True, False)
    """
    if one is None or other is None:
        return one is other
    return restarts_no_more(one, other, house, base) and restarts_no_more(other, one, base, house)


def ends_alike(one: Limit, other: Limit, house: Policy, base: Policy) -> bool:
    """Say whether two limits surely end with the same events, with a result or without one.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> whole, reply = policy.limits["whole"], policy.limits["reply"]
    >>> ends_alike(whole, whole, policy, policy), ends_alike(whole, reply, policy, policy)
    (True, False)
    """
    return (
        same_events(one.until, other.until)
        and len(one.void_on) == len(other.void_on)
        and all(
            same_events([mine.on], [wanted.on]) and means_same(mine.when, wanted.when, house, base)
            for mine, wanted in zip(one.void_on, other.void_on, strict=True)
        )
    )
