"""Limits that vanish because a known code is listed nowhere (未列代码): noted, for nobody would miss them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.questions import Note, NoteCode
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.views import View
from complaint_rules.conditions.scopes import FactType
from complaint_rules.conditions.trees import Compare, Fact, Literal, atoms_of
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy, uses
from complaint_rules.policy.rules import Limit
from complaint_rules.policy.uses import Role, key_of

_CODED = frozenset({FactType.TEXT, FactType.LEVEL})
_ASKED = frozenset({Role.APPLIES, Role.WHEN, Role.ROW})


class _Asks(NamedTuple):
    """A limit all of whose rows ask one and the same coded fact."""

    limit: Limit
    fact: str
    listed: Collection[str]
    """The codes of that fact that some condition of the policy names."""


def unlisted(snapshot: Snapshot) -> tuple[Note, ...]:
    """Note the limits of which no row holds only because a known code is listed nowhere in the policy.

    All rows of such a limit ask that fact, and with a code that is listed one of them would hold. The note names limit
    and fact, never the code.
    """
    found: list[Note] = []
    for limit, fact, listed in _asked(snapshot.plan):
        code = snapshot.complaint.fact(fact)
        if code is None or code in listed or not snapshot.all_matches(limit.starts):
            continue
        view = snapshot.view
        if _perhaps(snapshot.plan, limit, view):
            continue
        if any(_perhaps(snapshot.plan, limit, _with(snapshot, fact, other)) for other in listed):
            detail = FrozenMap({"rule": key_of(limit), "fact": fact})
            found.append(Note(code=NoteCode.UNLISTED_CODE, detail=detail))
    return tuple(found)


@lru_cache(maxsize=64)
def _asked(plan: Plan) -> tuple[_Asks, ...]:
    policy = plan.policy
    coded = [name for name, spec in policy.facts.items() if spec.type in _CODED]
    found: list[_Asks] = []
    for limit in policy.limits.values():
        conditions = [row.when for row in limit.rows]
        reaches = [plan.reach(condition).facts for condition in conditions if condition is not None]
        if len(reaches) == len(conditions):
            shared = frozenset.intersection(*reaches)
            facts = ((name, _listed(policy, name)) for name in coded if name in shared)
            found += [_Asks(limit, name, codes) for name, codes in facts if codes]
    return tuple(found)


def _listed(policy: Policy, fact: str) -> tuple[str, ...]:
    """Give every code that some condition compares a fact with, in the order of the policy."""
    found: dict[str, None] = {}
    for use in uses(policy):
        if use.role not in _ASKED:
            continue
        for atom in atoms_of(use.condition.tree):
            match atom:
                case Compare(Fact(name), _, Literal(value)) | Compare(Literal(value), _, Fact(name)) if name == fact:
                    codes = value if isinstance(value, tuple) else (value,)
                    found |= dict.fromkeys(code for code in codes if isinstance(code, str))
    return tuple(found)


def _perhaps(plan: Plan, limit: Limit, view: View) -> bool:
    """Say whether a row may hold; where the limit as a whole does not apply none is missed, so that counts as well."""
    applies, decide = plan.limits[limit.id]
    if applies is not None and not applies(view)[0]:
        return True
    return decide(view)[1] != 0


def _with(snapshot: Snapshot, fact: str, code: str) -> View:
    """Give what would be seen of the case with another code."""
    complaint = snapshot.complaint.amended({fact: code})
    return View(
        snapshot.plan, snapshot.timeline, snapshot.calendar, at=snapshot.at, complaint=complaint, links=snapshot.links,
        limits=snapshot.outcome,
        stands=snapshot.standing,
    )  # fmt: skip
