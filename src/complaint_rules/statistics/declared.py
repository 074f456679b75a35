"""Which figures and counting rules a tally counts by: those of the policy, and further ones given as mappings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, final

import attrs

from complaint_rules.errors import InvalidTally, did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import CountingRule, Figure


@final
@attrs.frozen
class AskedFor:
    """The figures and counting rules of a tally, as asked for and as read."""

    figures: Mapping[str, Figure]
    """The figures, by id."""
    rules: Mapping[str, CountingRule]
    """Every counting rule that the policy has or was given, by id."""
    besides: tuple[str, ...]
    """The counting rules by which counts and shares are counted besides."""
    asked: tuple[Any, ...] | None
    """The figures as asked for: ids and mappings; None: those of the policy."""
    asked_bases: tuple[Any, ...]
    """The counting rules as asked for."""

    def to_dict(self) -> dict[str, Any]:
        """Give what was asked for as data, ready for JSON."""
        from complaint_rules.policy.files.canonical import canonical  # policies are read only when needed

        asked = None if self.asked is None else list(self.asked)
        data: dict[str, Any] = json.loads(canonical({"figures": asked, "bases": list(self.asked_bases)}, ordered=False))
        return data


def declared(policy: Policy, figures: object, bases: object) -> AskedFor:
    """Read which figures and counting rules are asked for.

    Raises `InvalidTally` for an id the policy does not have, or has with another definition, `InvalidPolicy` for a
    mapping that is at fault.

    >>> from complaint_rules.policy.loading import load_policy
    >>> mine = {"id": "closed", "title": {"zh": "办结", "en": "Closed"}, "dated": "closed"}
    >>> list(declared(load_policy("psbc-95580"), ["received", mine], ()).figures)
    ['received', 'closed']
    """
    asked = None if figures is None else _asked("figures", figures, policy.figures)
    asked_bases = _asked("bases", bases, policy.bases)
    further = {
        "figure": [one for one in asked or () if isinstance(one, Mapping)],
        "basis": [one for one in asked_bases if isinstance(one, Mapping)],
    }
    whole = _with(policy, further) if any(further.values()) else policy
    wanted = list(policy.figures) if asked is None else [_id(one) for one in asked]
    found: dict[str, Figure] = {}
    for name in wanted:
        figure = _known(whole.figures, name, "figures")
        found[name] = figure
        if figure.scale is not None:  # it is divided from another
            found.setdefault(figure.scale.figure, whole.figures[figure.scale.figure])
    besides = tuple(dict.fromkeys(_id(one) for one in asked_bases))
    for name in besides:
        _known(whole.bases, name, "bases")
    return AskedFor(FrozenMap(found), whole.bases, besides, asked, asked_bases)


def _asked(what: str, given: object, own: Mapping[str, object]) -> tuple[Any, ...]:
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        raise InvalidTally(what=what, why="a list of ids or mappings is expected", value=given)
    found: list[Any] = []
    for one in given:
        if isinstance(one, Figure | CountingRule):
            if own.get(one.id, one) != one:  # it would be counted by the definition that the policy has
                why, hint = "the policy defines it otherwise", "pass it as a mapping, under an id of its own"
                raise InvalidTally(what=what, why=why, value=one.id, hint=hint)
            found.append(one.id)
        elif isinstance(one, str):
            found.append(one)
        elif isinstance(one, Mapping):
            found.append(dict(one))
        else:
            raise InvalidTally(what=what, why="an id or a mapping is expected", value=type(one).__name__)
    return tuple(found)


def _id(one: Any) -> str:
    return one if isinstance(one, str) else str(one.get("id"))


def _known(among: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in among:
        hint = did_you_mean(name, among) or (f"there are {', '.join(among)}" if among else "there are none")
        raise InvalidTally(what=what, why="the policy has none of this id", value=name, hint=hint)
    return among[name]


def _with(policy: Policy, further: Mapping[str, list[Mapping[str, Any]]]) -> Policy:
    """Read the policy with further figures and counting rules, so that they are checked as its own are."""
    from complaint_rules.policy.files.canonical import canonical  # policies are read only when needed

    return _read_with(policy, canonical({section: given for section, given in further.items() if given}))


@lru_cache(maxsize=64)
def _read_with(policy: Policy, further: str) -> Policy:
    document: dict[str, Any] = json.loads(policy.document)
    for section, given in json.loads(further, parse_float=Decimal).items():
        document["policy"][section] = [*document["policy"].get(section, []), *given]
    return Policy.from_document(document)
