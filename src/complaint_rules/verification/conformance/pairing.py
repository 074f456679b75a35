"""Which limit of the house is to keep which limit of the base: as told, else those of one id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from complaint_rules.errors import UnknownCode, UnknownRule, did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.covering import Implied

Pairs: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]
"""Ids of house limits, each with the id of the base limit that it is to keep; as pairs where one keeps several."""


def paired(house: Policy, base: Policy, pairs: Pairs = ()) -> tuple[tuple[str | None, str], ...]:
    """Give for every limit of the base the limit of the house that is to keep it, or None; in the base's order.

    What is told prevails: a base limit that is named there is held against no other, also where the house has one of
    its id, as a house that extends the base does. Raises `UnknownRule` for a limit that a policy does not have.

    >>> from complaint_rules.policy.loading import load_policy
    >>> house, base = load_policy("psbc-95580"), load_policy("cbirc-2020-3")
    >>> paired(house, base, {"whole": "decide"})[:2]
    (('whole', 'decide'), (None, 'review_request'))
    """
    told: dict[str, list[str]] = {}
    for one in _each(pairs, "pairs"):
        if not isinstance(one, tuple) or len(one) != 2:
            why = "pairs of a house limit and a base limit are expected"
            raise UnknownRule(what="pairs", why=why, value=one, hint='write {"whole": "decide"}')
        ours, theirs = one
        for name, policy in ((ours, house), (theirs, base)):
            if name not in policy.limits:
                known = f"its limits are {', '.join(policy.limits)}" if policy.limits else "it has none"
                hint = did_you_mean(name, policy.limits) or known
                why = f"{policy.id} has no such limit"
                raise UnknownRule(what="pairs", why=why, value=name, hint=hint)
        told.setdefault(theirs, []).append(ours)
    found: list[tuple[str | None, str]] = []
    for name in base.limits:
        chosen: list[str | None] = [*told.get(name, ())] or [name if name in house.limits else None]
        found += [(one, name) for one in dict.fromkeys(chosen)]
    return tuple(found)


def implied(house: Policy, base: Policy, implies: Mapping[str, str]) -> Implied:
    """Check which events of the house are vouched to bring one of the base along.

    Raises `UnknownCode` for a kind of event that a policy does not know.

    >>> from complaint_rules.policy.loading import load_policy
    >>> house, base = load_policy("psbc-95580"), load_policy("cbirc-2020-3")
    >>> implied(house, base, {"accepted_by_customer": "repleid"})
    Traceback (most recent call last):
    complaint_rules.errors.UnknownCode: implies: cbirc-2020-3 has no such event; got 'repleid'; did you mean 'replied'?
    """
    found: dict[str, str] = {}
    for one in _each(implies, "implies"):
        if not isinstance(one, tuple) or len(one) != 2:
            why = "pairs of a house event and a base event are expected"
            raise UnknownCode(what="implies", why=why, value=one, hint='write {"accepted_by_customer": "replied"}')
        for name, policy in zip(one, (house, base), strict=True):
            if name not in policy.events:
                hint = did_you_mean(name, policy.events) or "see complaint-rules explain " + policy.id
                raise UnknownCode(what="implies", why=f"{policy.id} has no such event", value=name, hint=hint)
        found[one[0]] = one[1]
    return FrozenMap(found)


def _each(given: object, what: str) -> Iterable[object]:
    if isinstance(given, Mapping):
        return list(given.items())
    if isinstance(given, Iterable) and not isinstance(given, str):
        return [tuple(one) if isinstance(one, list) else one for one in given]
    why = "a mapping of the house's names to the base's is expected"
    raise UnknownRule(what=what, why=why, value=given, hint='write {"whole": "decide"}')
