"""Complaints for tests, drawn from what the rules of a policy tell apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
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
_NOTHING: Final[Mapping[str, FactValue | None]] = FrozenMap()


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


@st.composite
def facts_for(
    draw: st.DrawFn,
    policy: Policy,
    known: bool | None,
    awkward: bool,
    given: Mapping[str, FactValue | None],
) -> dict[str, FactValue | None]:
    """Draw the facts of a complaint; those given are kept. See `drawn_complaints`."""
    found: dict[str, FactValue | None] = {}
    there = pools(policy)
    if known is not False:
        read = [name for name, pool in there.items() if pool.read]
        # Rows that stand far down are reached where few facts hold at once.
        turned = draw(st.none() | st.sets(st.sampled_from(read), max_size=_MOST_AT_ONCE)) if read else None
        others = draw(st.booleans())
        for name, pool in there.items():
            if turned is not None and name not in turned:
                found[name] = _quiet(pool) if known else None
            elif pool.read or others:
                values = values_of(pool, awkward=awkward)
                found[name] = draw(values if known else st.one_of(values, values, st.none()))
            if known and found.get(name) is None:
                found[name] = draw(values_of(pool))
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


def _follow(policy: Policy, found: dict[str, FactValue | None], given: Mapping[str, FactValue | None]) -> None:
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
) -> Complaint:
    """Draw a complaint whose facts are those that a policy reads."""
    facts = draw(facts_for(policy, known, awkward, _NOTHING))
    return complaint_with(facts, draw((whens() if awkward else moments()) if received is None else received))
