"""Complaints for tests, drawn from what the rules of a policy tell apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.scopes import FactType
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.testing.edges import days, moments, whens
from complaint_rules.testing.needed import st
from complaint_rules.testing.pools import FactPool, pools

_MOST_AT_ONCE: Final = 4
_EITHER: Final = st.booleans()
_NOTHING: Final[Mapping[str, FactValue]] = FrozenMap()


def values_of(pool: FactPool, *, awkward: bool = False) -> st.SearchStrategy[Any]:
    """Draw values that a fact can have; `awkward` mixes in codes that the policy does not know.

    >>> from complaint_rules.policy.loading import load_policy
    >>> values_of(pools(load_policy("psbc-95580"))["complainants"])
    sampled_from((1, 2, 3, 4))
    """
    values = (*pool.values, *(pool.outside if awkward else ()))
    match pool.spec.type:
        case FactType.SET:
            return st.frozensets(st.sampled_from(values), max_size=len(values))
        case FactType.MOMENT:
            return st.sampled_from(values) | whens() if values else whens()
        case FactType.DAY:
            return st.sampled_from(values) | days() if values else days()
    return st.sampled_from(values)


class _Choices:
    """The strategies of one policy's facts, made once: making them anew for every example costs more than drawing."""

    def __init__(self, policy: Policy, *, awkward: bool) -> None:
        there = pools(policy)
        self.read = tuple(name for name, pool in there.items() if pool.read)
        self.quiet = {name: _quiet(pool) for name, pool in there.items()}
        self.known = {name: values_of(pool, awkward=awkward) for name, pool in there.items()}
        self.any = {name: st.one_of(values, values, st.none()) for name, values in self.known.items()}
        few = st.sets(st.sampled_from(self.read), max_size=_MOST_AT_ONCE) if self.read else st.none()
        one = st.sets(st.sampled_from(self.read), max_size=1) if self.read else st.none()
        # Rows that stand far down are reached where few facts hold at once.
        self.turned = {False: st.none() | few, True: st.one_of(st.none(), one, one, one)}


@lru_cache(maxsize=64)
def _choices(policy: Policy, awkward: bool) -> _Choices:
    return _Choices(policy, awkward=awkward)


@st.composite
def facts_for(
    draw: st.DrawFn,
    policy: Policy,
    known: bool | None,
    awkward: bool,
    given: Mapping[str, FactValue],
) -> dict[str, FactValue | None]:
    """Draw the facts of a complaint; those given are kept. See `drawn_complaints`."""
    found: dict[str, FactValue | None] = {}
    if known is not False:
        choices = _choices(policy, awkward)
        turned = draw(choices.turned[bool(given)])
        others = draw(_EITHER)
        for name, quiet in choices.quiet.items():
            if name in given:
                continue
            if turned is not None and name not in turned:
                found[name] = quiet if known else None
            elif others or name in choices.read:
                found[name] = draw((choices.known if known else choices.any)[name])
            if known and found.get(name) is None:
                found[name] = draw(choices.known[name])
    found.update(given)
    if not awkward:
        _follow(policy, found, given)
    return found


def _quiet(pool: FactPool) -> FactValue | None:
    """Give the value under which least is asked for; None where any may be."""
    if pool.spec.assume is not None:
        return pool.spec.assume
    match pool.spec.type:
        case FactType.BOOL:
            return False
        case FactType.SET:
            return frozenset()
    return None


def _follow(policy: Policy, found: dict[str, FactValue | None], given: Mapping[str, FactValue]) -> None:
    """Let hold what the policy says holds with another fact, where nobody gave it."""
    for name, spec in policy.scope.facts.items():
        if found.get(name) is True:
            for other in spec.implies:
                if other not in given:
                    found[other] = True


def complaint_with(facts: Mapping[str, FactValue | None], received: dt.datetime | dt.date) -> Complaint:
    """Make a complaint of facts, core and own; what is None is unknown.

    >>> complaint_with({"joint": True, "unionpay": None}, dt.date(2026, 9, 30))
    <Complaint id=c-1 received=2026-09-30 joint=True>
    """
    core: dict[str, Any] = {name: value for name, value in facts.items() if name in CORE_FACTS}
    extra = {name: value for name, value in facts.items() if name not in CORE_FACTS}
    return Complaint(id="c-1", received=received, **core, extra=extra)


@st.composite
def drawn_complaints(
    draw: st.DrawFn,
    policy: Policy,
    known: bool | None,
    received: st.SearchStrategy[Any] | None,
    awkward: bool,
    given: Mapping[str, FactValue] = _NOTHING,
) -> Complaint:
    """Draw a complaint whose facts are those that a policy reads; those given are kept."""
    facts = draw(facts_for(policy, known, awkward, given))
    return complaint_with(facts, draw((whens() if awkward else moments()) if received is None else received))
