"""JSON Schemas of complaints, events and cases, made of the fields of the values themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.conditions.scopes import FactSpec, FactType
from complaint_rules.exchange.mapping_files import EVENT_TYPES, FACT_TYPES
from complaint_rules.language import FIELDS, Pair
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.codes import closed_lists
from complaint_rules.policy.files.vocabulary import common
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.kits import fragments
from complaint_rules.verification.kits.fragments import (
    DAY,
    FLAG,
    IDENTIFIER,
    WHEN,
    JsonSchema,
    any_of,
    bilingual,
    closed,
    headed,
    listed,
    named,
    nullable,
)

_TEXT: Final = fragments.text()
_TEXTS: Final = any_of(_TEXT, listed(_TEXT), fragments.NULL)
_FIGURE: Final[JsonSchema] = {
    "type": ["string", "number"],
    "pattern": r"^-?[0-9]+(\.[0-9]+)?([Ee][+-]?[0-9]+)?$",
}
"""An exact number: as text, or as a number that no reader may round."""
_OF_TYPE: Final[Mapping[str, Mapping[str, Any]]] = FrozenMap(
    {
        "bool": nullable(FLAG), "int": {"type": ["integer", "null"]}, "decimal": nullable(_FIGURE), "set": _TEXTS,
        "text": nullable(_TEXT), "level": nullable(_TEXT), "when": nullable(WHEN), "moment": nullable(WHEN),
        "day": nullable(DAY),
    }
)  # fmt: skip
_ANY_FACT: Final = any_of({"type": ["boolean", "number", "null"]}, _TEXT, listed(_TEXT))
_NEEDED: Final = ("id", "received")
_OF_COMPLAINT: Final[Mapping[str, Pair]] = FrozenMap(
    {
        "id": ("工单号", "key of the complaint, the institution's own"),
        "extra": ("自有事实", "facts of one's own, by the names that the policy declares"),
    }
)
_OF_EVENT: Final[Mapping[str, Pair]] = FrozenMap(
    {
        "at": ("发生时间", "when: a moment with its zone, a day, or null: it happened, nobody knows when"),
        "id": ("事件编号", "key of the event, for ref"),
        "due": ("约定时间", "moment or day agreed or set by the event, inclusive"),
        "set": ("更正后的事实", "facts as they are known from then on; null: unknown again"),
    }
)
_EVENTS: Final[Pair] = ("经过，按记录次序", "what happened, in order of recording")
_UNSEEN: Final[Pair] = ("来源无法显示的事件", "kinds of event that the source cannot show")


def complaint_schema(policy: Policy | None = None) -> JsonSchema:
    """Describe a complaint as data (投诉): the facts as they stood at receipt.

    Under a `policy` its own facts have their types, and coded facts its codes.

    >>> complaint_schema()["required"]
    ['id', 'received']
    """
    title, about = ("投诉", "complaint"), ("收到投诉时所知的事实", "the facts as they stood at receipt")
    return headed("complaint", title, about, closed(_complaint(policy), _NEEDED))


def event_schema(policy: Policy | None = None) -> JsonSchema:
    """Describe an event as data (事件).

    >>> event_schema()["required"]
    ['kind']
    """
    title, about = ("事件", "event"), ("投诉办理中发生的一件事", "one thing that happened to a complaint")
    return headed("event", title, about, _event(policy))


def case_schema(policy: Policy | None = None) -> JsonSchema:
    """Describe a case as data (案件), one line of JSON Lines: the complaint and what happened since.

    >>> sorted(set(case_schema()["properties"]) - set(complaint_schema()["properties"]))
    ['events', 'unseen']
    """
    kind = _kind(policy)
    own = {
        "events": listed({"$ref": "#/$defs/event"}) | {"description": bilingual(_EVENTS)},
        "unseen": any_of(kind, listed(kind), fragments.NULL) | {"description": bilingual(_UNSEEN)},
    }
    title, about = ("案件", "case"), ("一件投诉及其经过", "a complaint and what happened to it since")
    content = closed(_complaint(policy) | own, _NEEDED) | {"$defs": {"event": _event(policy)}}
    return headed("case", title, about, content)


def _complaint(policy: Policy | None) -> JsonSchema:
    """Give the properties of a complaint, in the order of its fields."""
    facts = common().facts if policy is None else policy.scope.facts
    own = [] if policy is None else [spec for spec in facts.values() if not spec.core]
    found: JsonSchema = {}
    for name, type_ in FACT_TYPES.items():
        told = _OF_COMPLAINT[name] if name in _OF_COMPLAINT else _titles(facts[name])
        if name == "id":
            value: Mapping[str, Any] = _TEXT
        elif name == "received":
            value = WHEN
        elif name == "extra":
            value = named(_ANY_FACT, pattern=IDENTIFIER)
            if own:
                value |= {"properties": {spec.name: _fact(spec, spec.type, policy) for spec in own}}
        else:
            value = _fact(facts[name], type_, policy)
        found[name] = {**value, "description": bilingual(told)}
    return found


def _fact(spec: FactSpec, type_: str, policy: Policy | None) -> JsonSchema:
    """Describe the value of a fact, and of one of its own what it means."""
    codes = _codes(spec, policy)
    if codes:
        one: JsonSchema = {"enum": codes}
        value = any_of(one, listed(one), fragments.NULL) if spec.type is FactType.SET else nullable(one)
    else:
        value = dict(_OF_TYPE[type_])
        if spec.name == "complainants":
            value |= {"minimum": 1}
        elif spec.name == "amount":
            value |= {"minimum": 0}
    return value if spec.core else value | {"description": bilingual(_titles(spec))}


def _titles(spec: FactSpec) -> Pair:
    return spec.title["zh"], spec.title["en"]


def _codes(spec: FactSpec, policy: Policy | None) -> list[str]:
    """Give the codes of a fact that has a closed list: its own in every policy, or that of the policy."""
    if spec.name in ("channel", "source") and spec.values is not None:
        return list(spec.values)
    known = None if policy is None else closed_lists(policy).get(spec.name)
    return [] if known is None else sorted(known)


def _kind(policy: Policy | None) -> JsonSchema:
    return {"type": "string", "pattern": IDENTIFIER} if policy is None else {"enum": list(policy.events)}


def _event(policy: Policy | None) -> JsonSchema:
    found: JsonSchema = {}
    for name, type_ in EVENT_TYPES.items():
        told = FIELDS[name] if name in FIELDS else _OF_EVENT[name]
        if name == "kind":
            value: Mapping[str, Any] = _kind(policy)
        elif name == "set":
            value = nullable(named(_ANY_FACT, pattern=IDENTIFIER))
        else:
            value = dict(_OF_TYPE[type_]) | ({"minimum": 0} if name == "amount" else {})
        found[name] = {**value, "description": bilingual(told)}
    return closed(found, ["kind"])
