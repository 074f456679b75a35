"""The events that the rules of a policy ask for: kinds, the fields they look at, and the stories they are part of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, final

import attrs

from complaint_rules.cases.case import Fields
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import AFTER
from complaint_rules.conditions.trees import Compare, Count, Elapsed, EventField, Has, atoms_of, terms_of
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.codes import holders_of, selectors_of
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Limit, Selector
from complaint_rules.testing.pools import conditions, constants

SETS: Final = ("told", "items")
"""Fields of an event that hold several codes."""
_HELD: Final = ("by", "to", "approved_by")
_CODED: Final = ("reason", "outcome")


@final
@attrs.frozen(kw_only=True, repr=False)
class Archetypes(Shown):
    """What kinds of event a policy's rules ask for, and what they look at in each (规则所问的事件)."""

    kinds: tuple[str, ...]
    """Kinds that some rule asks for, in the order in which its rules name them; the receipt is none."""
    others: tuple[str, ...]
    """The other kinds that the policy knows."""
    forms: FrozenMap[str, tuple[Fields, ...]]
    """By kind: the fields that a rule wants such an event to have, each form once."""
    asked: FrozenMap[str, FrozenMap[str, tuple[str, ...]]]
    """By kind and field: the codes that some rule looks for there."""
    holders: tuple[str, ...]
    """Levels and bodies: who acts, and towards whom."""
    asked_with: tuple[Selector, ...]
    """What conditions over the history ask for."""


@lru_cache(maxsize=64)
def archetypes(policy: Policy) -> Archetypes:
    """Give the events that a policy's rules ask for.

    >>> from complaint_rules.policy.loading import load_policy
    >>> found = archetypes(load_policy("cbirc-2020-3"))
    >>> found.forms["appealed"], found.asked["suspended"]["told"]
    (((),), ('complainant',))
    """
    asked_with = tuple(dict.fromkeys(_of_conditions(policy)))
    named = [one for one in (*selectors_of(policy), *asked_with) if one.kind != "received"]
    forms: dict[str, dict[Fields, None]] = {}
    asked: dict[str, dict[str, dict[str, None]]] = {}
    for one in named:
        forms.setdefault(one.kind, {})[one.fields] = None
        for name, codes in (*one.fields, *one.without):
            _note(asked, one.kind, name, sorted(codes))
    for kind, name, looked_for in _looked_at(policy):
        forms.setdefault(kind, {}).setdefault((), None)
        _note(asked, kind, name, looked_for)
    return Archetypes(
        kinds=tuple(forms),
        others=tuple(kind for kind in policy.events if kind not in forms and kind != "received"),
        forms=FrozenMap({kind: tuple(found) for kind, found in forms.items()}),
        asked=FrozenMap({
            kind: FrozenMap({name: tuple(codes) for name, codes in fields.items()}) for kind, fields in asked.items()
        }),
        holders=tuple(sorted(holders_of(policy))),
        asked_with=tuple(one for one in asked_with if one.kind != "received"),
    )  # fmt: skip


def _note(asked: dict[str, dict[str, dict[str, None]]], kind: str, name: str, codes: Iterable[str]) -> None:
    asked.setdefault(kind, {}).setdefault(name, {}).update(dict.fromkeys(codes))


def _of_conditions(policy: Policy) -> Iterator[Selector]:
    """Give what ``has``, ``count`` and ``elapsed`` ask for."""
    for atom in conditions(policy):
        match atom:
            case Has(kind, selectors):
                yield _selector(kind, selectors)
            case Elapsed(kind, _, until):
                yield from (Selector(kind=one) for one in (kind, until) if one is not None)
        for term in terms_of(atom):
            if isinstance(term, Count):
                yield _selector(term.kind, term.selectors)


def _selector(kind: str, selectors: Fields) -> Selector:
    return Selector(kind=kind, fields=tuple(one for one in selectors if one[0] != AFTER))


def _looked_at(policy: Policy) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give kind, field and codes that a rule looks for in an event that it judges."""
    for limit in policy.limits.values():
        yield from _in_limit(policy, limit)
    for duty in policy.duties.values():
        yield from _in_event(policy, duty.acts, duty.unless)
    for checklist in policy.checklists.values():
        yield from _in_event(policy, checklist.of, checklist.when)
        for one in checklist.of:
            yield one.kind, "items", tuple(checklist.items)


def _in_limit(policy: Policy, limit: Limit) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for pause in limit.pauses:
        for kind in ("suspended", "resumed"):
            yield kind, "reason", tuple(sorted(pause.reasons))
        yield from _in_event(policy, (Selector(kind="suspended"),), pause.requires)
    for extension in limit.extensions:
        for condition in (extension.when, extension.requires):
            yield from _in_event(policy, (extension.on,), condition)
        yield extension.on.kind, "approved_by", tuple(sorted(extension.approved_by))
    if limit.restart is not None:
        yield from _in_event(policy, limit.restart.on, limit.restart.when)
    for void in limit.void_on:
        yield from _in_event(policy, (void.on,), void.when)


def _in_event(
    policy: Policy, events: Iterable[Selector], condition: Condition | None
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if condition is None:
        return
    for atom in atoms_of(condition.tree):
        if not isinstance(atom, Compare):
            continue
        for term, other in ((atom.left, atom.right), (atom.right, atom.left)):
            if isinstance(term, EventField) and term.name in (*SETS, *_HELD, *_CODED):
                codes = tuple(code for code in constants(policy, other) if isinstance(code, str))
                yield from ((one.kind, term.name, codes) for one in events if one.kind != "received")
