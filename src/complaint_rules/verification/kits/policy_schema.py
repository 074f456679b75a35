"""The JSON Schema of a policy file, made of the keys that the loader takes: an editor completes and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.documents.nodes import Shape
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.files.vocabulary import common, vocabularies
from complaint_rules.verification.kits.fragments import JsonSchema, bilingual, closed, headed
from complaint_rules.verification.kits.meanings import meanings
from complaint_rules.verification.kits.policy_keys import TOGETHER, value_of

_TOP: Final = "file"
_LEFT_OUT: Final = frozenset({_TOP, "vocabulary"})
_LISTED: Final = "vocabulary"


def policy_schema() -> JsonSchema:
    """Describe a policy file (规则文件): every key with what may stand under it and what it means, and no other key.

    In TOML dates and times are values of their own; a validator is shown their text.

    >>> policy_schema()["required"]
    ['id', 'edition', 'title', 'issuer', 'checked_on']
    """
    definitions = {name: _table(name, shape) for name, shape in SHAPES.items() if name not in _LEFT_OUT}
    definitions["fact"]["properties"]["vocabulary"] |= {"enum": list(vocabularies())}
    # Of a fact that every policy knows only what differs is written.
    definitions["core_fact"] = {key: part for key, part in definitions["fact"].items() if key != "required"}
    top = _table(_TOP, SHAPES[_TOP])
    core = {
        name: {"$ref": "#/$defs/core_fact", "description": bilingual((spec.title["zh"], spec.title["en"]))}
        for name, spec in common().facts.items()
    }
    top["properties"]["facts"] |= {"properties": core}
    title, about = ("规则文件", "policy file"), ("投诉处理规则集，TOML", "a set of complaint-handling rules, in TOML")
    return headed("policy", title, about, top | {"$defs": definitions})


def _table(name: str, shape: Shape) -> JsonSchema:
    told = meanings()[name]
    properties: dict[str, Mapping[str, Any]] = {}
    for key in shape.known:
        value = {} if key == _LISTED else value_of(name, key)
        properties[key] = {**value, "description": bilingual(told[key])}
    return closed(properties, shape.needed) | dict(TOGETHER.get(name, {}))
