"""A policy file cut into its entries, ``section/id``, and what of an entry decides something: all but its words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.shapes import NAMED, SHAPES, SINGLE
from complaint_rules.policy.policy import Policy

WORDS: Final = frozenset({"title", "reading", "cite", "definition", "negated", "accept"})
"""Keys that decide nothing, in whatever part of a file they stand: titles, readings, articles, accepted findings."""
FRAME: Final = frozenset(
    {
        "title", "issuer", "checked_on", "citation", "source", "trade", "url", "note", "article", "cited", "displaced",
    }
)  # fmt: skip
"""Parts of a file that say where its rules come from and decide nothing."""
IDENTITY: Final = frozenset({"id", "edition", "extends", "remove"})
"""Parts of a file by which two editions differ anyway, and what merging has used up."""
SUPPLIED: Final = "supplied"
"""The section under which the parameters stand that somebody supplied."""
_TITLES: Final = {"zh", "en"}
_SAID: Final = "said"
_PLACES: Final[Mapping[str, int]] = FrozenMap({name: place for place, name in enumerate(SHAPES["file"].known)})


def place_of(rule: str) -> int:
    """Give the place of the section of an entry among those of a file.

    >>> place_of("limit/whole") < place_of("duty/thank") < place_of("supplied/days")
    True
    """
    return _PLACES.get(section_of(rule), len(_PLACES))


def section_of(rule: str) -> str:
    """Give the section of an entry.

    >>> section_of("limit/whole"), section_of("quiet")
    ('limit', 'quiet')
    """
    return rule.partition("/")[0]


def is_titles(value: object) -> bool:
    """Say whether a value of a document is a text in both languages.

    >>> is_titles({"zh": "甲", "en": "A"}), is_titles({"zh": "甲", "value": "a"})
    (True, False)
    """
    return isinstance(value, Mapping) and bool(value) and value.keys() <= _TITLES


def content(value: Any) -> Any:
    """Give what of a value decides something: titles, readings and articles left out, codes without their titles.

    >>> content({"value": "a", "when": "joint", "cite": "14"})
    {'value': 'a', 'when': 'joint'}
    >>> content({"urgent": {"zh": "紧急", "en": "urgent"}})
    {'urgent': 'said'}
    """
    if is_titles(value):
        return _SAID
    if isinstance(value, Mapping):
        return {key: content(one) for key, one in value.items() if key not in WORDS}
    if isinstance(value, list):
        return [content(one) for one in value]
    return value


def entries_in(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give every entry of a parsed policy file under ``section/id``, in the order of the sections.

    What is no list of entries stands whole under its key, so that no section can be left out.

    >>> list(
    ...     entries_in(
    ...         {"limit": [{"id": "whole"}], "facts": {"vip": {}}, "applies": "joint", "edition": "1"}
    ...     )
    ... )
    ['applies', 'facts/vip', 'limit/whole']
    """
    found: dict[str, Any] = {}
    for section in sorted(document, key=lambda name: (place_of(name), name)):
        if section not in IDENTITY:
            found.update(_entries(section, document[section]))
    return found


def _entries(section: str, value: Any) -> Iterator[tuple[str, Any]]:
    if section in NAMED and isinstance(value, Mapping):
        yield from ((f"{section}/{name}", one) for name, one in value.items())
    elif isinstance(value, list) and section not in SINGLE[1:] and all(isinstance(one, Mapping) for one in value):
        for place, one in enumerate(value):
            yield f"{section}/{one.get('id', one.get('rule', place))}", one
    else:
        yield section, value


def entries_of(policy: Policy) -> dict[str, Any]:
    """Give every entry of a policy as its merged file has it, and the parameters supplied.

    >>> from complaint_rules.policy.loading import load_policy
    >>> entries_of(load_policy("psbc-95580"))["limit/whole"]["until"]
    'accepted_by_customer'
    """
    whole = json.loads(policy.document)
    found = entries_in(whole["policy"])
    found.update({f"{SUPPLIED}/{name}": value for name, value in whole["parameters"].items()})
    return found


def order_of_levels(policy: Policy) -> tuple[str, ...]:
    """Give the levels bottom-up: of all entries theirs alone are in an order that decides something.

    >>> from complaint_rules.policy.loading import load_policy
    >>> order_of_levels(load_policy("psbc-95580"))[0]
    'outlet'
    """
    return tuple(policy.levels)
