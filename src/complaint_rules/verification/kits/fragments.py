"""Pieces that JSON Schemas are made of, and what a schema has at its head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Final, TypeAlias

from complaint_rules.language import Coded, Pair

JsonSchema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a piece of one, as plain data."""
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
"""The edition of JSON Schema that all of ours are written in."""
_MOMENT: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}.*(Z|[+-][0-9]{2}(:?[0-9]{2}(:?[0-9]{2})?)?)$"
_PRINTED: Final = r"^[^\u0000-\u001f]*[^\s\u0000-\u001f][^\u0000-\u001f]*$"
_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def bilingual(pair: Pair) -> str:
    """Put the two languages of a description together: an editor shows one text.

    >>> bilingual(("当日", "same day"))
    '当日 · same day'
    """
    return " · ".join(pair)


def headed(name: str, title: Pair, about: Pair, content: Mapping[str, Any]) -> JsonSchema:
    """Give a schema its head: the edition it is written in, its name, its title, what it is about.

    >>> headed("case", ("案件", "case"), ("一件投诉", "a complaint"), {"type": "object"})["$id"]
    'urn:complaint-rules:case'
    """
    told = {"title": bilingual(title), "description": bilingual(about)}
    return {"$schema": DRAFT, "$id": f"urn:complaint-rules:{name}", **told, **content}


def closed(properties: Mapping[str, Any], needed: Sequence[str] = ()) -> JsonSchema:
    """Describe an object that has no other keys than these.

    >>> closed({"id": {"type": "string"}}, ["id"])["required"]
    ['id']
    """
    found: JsonSchema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return found | ({"required": list(needed)} if needed else {})


def text(most: int = 200) -> JsonSchema:
    """Describe a text on one line that is not blank.

    >>> text(80)["maxLength"]
    80
    """
    return {"type": "string", "pattern": _PRINTED, "maxLength": most}


def enum_of(kind: type[Coded]) -> JsonSchema:
    """Describe a code of a closed list.

    >>> from complaint_rules.calendar.days import Certainty
    >>> enum_of(Certainty)["enum"]
    ['final', 'provisional']
    """
    return {"enum": [member.value for member in kind]}


def listed(items: Mapping[str, Any], *, least: int = 0) -> JsonSchema:
    """Describe a list.

    >>> listed({"type": "string"}, least=1)
    {'type': 'array', 'items': {'type': 'string'}, 'minItems': 1}
    """
    return {"type": "array", "items": dict(items)} | ({"minItems": least} if least else {})


def any_of(*kinds: Mapping[str, Any]) -> JsonSchema:
    """Describe what may be of several kinds.

    >>> any_of({"type": "string"}, {"type": "null"})
    {'anyOf': [{'type': 'string'}, {'type': 'null'}]}
    """
    return {"anyOf": [dict(kind) for kind in kinds]}


def nullable(kind: Mapping[str, Any]) -> JsonSchema:
    """Describe what may also be null, where a value may be none or not known.

    >>> nullable({"type": "string"}), nullable({"enum": ["a"]})
    ({'type': ['string', 'null']}, {'enum': ['a', None]})
    """
    if "enum" in kind:
        return dict(kind) | {"enum": [*kind["enum"], None]}
    return dict(kind) | {"type": [kind["type"], "null"]} if isinstance(kind.get("type"), str) else any_of(kind, NULL)


def named(values: Mapping[str, Any], *, pattern: str = "") -> JsonSchema:
    """Describe an object whose keys are names, all with values of one kind.

    >>> named({"type": "integer"})
    {'type': 'object', 'additionalProperties': {'type': 'integer'}}
    """
    found: JsonSchema = {"type": "object", "additionalProperties": dict(values)}
    return found | ({"propertyNames": {"pattern": pattern}} if pattern else {})


def whole(least: int, most: int) -> JsonSchema:
    """Describe a whole number within bounds, both inclusive.

    >>> whole(1, 31)
    {'type': 'integer', 'minimum': 1, 'maximum': 31}
    """
    return {"type": "integer", "minimum": least, "maximum": most}


def most_one_of(keys: Sequence[str]) -> JsonSchema:
    """Say that of some keys at most one is there.

    >>> most_one_of(["on", "day", "daily"])["not"]["anyOf"][0]
    {'required': ['on', 'day']}
    """
    return {"not": {"anyOf": [{"required": list(pair)} for pair in combinations(keys, 2)]}}


def one_of_keys(keys: Iterable[str]) -> JsonSchema:
    """Say that exactly one of some keys is there.

    >>> one_of_keys(["first", "every"])
    {'oneOf': [{'required': ['first']}, {'required': ['every']}]}
    """
    return {"oneOf": [{"required": [key]} for key in keys]}


NULL: Final[Mapping[str, Any]] = {"type": "null"}
"""Nothing."""
FLAG: Final[Mapping[str, Any]] = {"type": "boolean"}
"""True or false."""
STRING: Final[Mapping[str, Any]] = {"type": "string"}
"""Any text."""
COUNT: Final[Mapping[str, Any]] = {"type": "integer", "minimum": 0}
"""A whole number of 0 or more."""
DAY: Final[Mapping[str, Any]] = {"type": "string", "format": "date", "pattern": _DAY}
"""A day; a date of TOML is shown to a schema as its text."""
MOMENT: Final[Mapping[str, Any]] = {"type": "string", "pattern": _MOMENT}
"""A moment of ISO 8601 with its zone."""
WHEN: Final[Mapping[str, Any]] = {"type": "string", "anyOf": [{"pattern": _DAY}, {"pattern": _MOMENT}]}
"""A moment with its zone, or a day."""
IDENTIFIER: Final = "^[A-Za-z_][A-Za-z0-9_]{0,79}$"
"""How the name of a fact or of a kind of event is spelt."""
CODE: Final = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$"
"""How a code is spelt."""
