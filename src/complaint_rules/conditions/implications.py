"""Facts that follow from others (事实之间的推得): declared once with the fact, applied in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.scopes import FactSpec

Implications: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of facts: where the first holds, so does the second; and where the second does not, neither does the first."""


def implications_of(facts: Mapping[str, FactSpec]) -> Implications:
    """Give every pair of facts of which the first implies the second, through others too.

    >>> facts = {
    ...     "in_press": FactSpec(name="in_press", type="bool", implies=("press_risk",)),
    ...     "press_risk": FactSpec(name="press_risk", type="bool"),
    ... }
    >>> implications_of(facts)
    (('in_press', 'press_risk'),)
    """
    found: dict[tuple[str, str], None] = {}
    for name in facts:
        waiting = list(facts[name].implies)
        while waiting:
            follows = waiting.pop(0)
            if (name, follows) not in found and follows in facts:
                found[name, follows] = None
                waiting += facts[follows].implies
    return tuple(found)


def related(names: Iterable[str], implications: Implications) -> frozenset[str]:
    """Give some facts with all those that can settle them.

    >>> sorted(related(["press_risk"], (("in_press", "press_risk"),)))
    ['in_press', 'press_risk']
    """
    found = frozenset(names)
    return found.union(*(pair for pair in implications if not found.isdisjoint(pair))) if implications else found


def completed(complaint: Complaint, implications: Implications) -> Complaint:
    """Give a complaint with the facts that follow from those it has.

    What follows prevails over what was recorded of the implied fact, which as a rule is older.

    >>> import datetime as dt
    >>> told = Complaint(id="c-1", received=dt.date(2026, 9, 30), in_press=True)
    >>> completed(told, (("in_press", "press_risk"),)).press_risk
    True
    """
    follows: dict[str, bool] = {}
    for name, implied in implications:
        if complaint.fact(name) is True:
            if complaint.fact(implied) is not True:
                follows[implied] = True
        elif complaint.fact(implied) is False and implied not in follows and complaint.fact(name) is None:
            follows[name] = False
    return complaint.amended(follows) if follows else complaint
