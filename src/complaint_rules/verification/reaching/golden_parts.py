"""The parts of a golden case read from plain data: its rule set, moment, texts, links, hours, who checked it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, final

import attrs

from complaint_rules.calendar.hours import Hours
from complaint_rules.cases.plain import when_from_text
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, Shape, Titles
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment

_POLICY: Final = Shape("the rule set of a golden case", ("id",), ("edition", "parameters"))
_CHECKED: Final = Shape("who checked a golden case", ("by", "on"))
_DEEPEST: Final = 8
NO_MOMENT: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Stands in for a moment that was refused."""


@final
@attrs.frozen(kw_only=True, repr=False)
class GoldenPolicy(Shown):
    """Which rule set a golden case is of (对照案件所属规则集)."""

    id: str
    """Its key."""
    edition: str | None = None
    """Its edition; None: whichever is tried."""
    parameters: FrozenMap[str, Any] = FrozenMap()
    """Figures that the text leaves open, as text, number or truth value, laid over those supplied already."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Checked(Shown):
    """Who held a golden case against the article, and when (核对记录)."""

    by: str
    """A name or a mark of the person."""
    on: dt.date
    """The day."""


def plain(value: object, deep: int = 0) -> Any:
    """Give data as JSON has it: exact numbers and dates as text, no tuples; whatever else stays and is refused."""
    match value:
        case Mapping() if deep < _DEEPEST:
            return {name: plain(item, deep + 1) for name, item in value.items()}
        case list() | tuple() if deep < _DEEPEST:
            return [plain(item, deep + 1) for item in value]
        case frozenset() | set():
            return sorted(value)
        case enum.Enum():
            return value.value
        case Decimal():
            return str(value)
        case dt.date():
            return value.isoformat()
        case _:
            return value


def frozen(value: object) -> Any:
    """Give plain data as what cannot change: mappings and tuples."""
    match value:
        case Mapping():
            return FrozenMap({name: frozen(item) for name, item in value.items()})
        case list():
            return tuple(frozen(item) for item in value)
        case _:
            return value


def policy_of(data: object, faults: Faults) -> GoldenPolicy:
    """Read which rule set a golden case is of."""
    node = Node(data, "policy", faults, _POLICY)
    edition = None if node.data.get("edition") is None else node.text("edition")
    return GoldenPolicy(id=node.code("id") or "", edition=edition, parameters=parameters_given(node))


def parameters_given(node: Node) -> FrozenMap[str, Any]:
    """Read the figures supplied under ``parameters``; empty where the key is not there."""
    found: dict[str, Any] = {}
    for name, path, value in node.named("parameters"):
        found[name] = plain(value)
        if not isinstance(value, str | int | Decimal):
            node.faults.add(path, "a text, a number or a truth value is expected", value)
    return FrozenMap(found)


def case_given(node: Node) -> FrozenMap[str, Any]:
    """Read what is given, as it stands; the policy reads it when the case is run."""
    case = node.data.get("case", {})
    if isinstance(case, dict):
        return FrozenMap(frozen(case))
    node.fault("case", "a case is an object with facts and events", 'write {"received": …}')
    return FrozenMap()


def moment_of(node: Node) -> dt.datetime:
    """Read the moment of the assessment; what is none is noted, and another moment stands in."""
    value = node.data.get("at")
    try:
        if isinstance(value, str):
            return as_moment(when_from_text(value, what="at"), what="at")
        if "at" in node:
            node.fault("at", "a moment is expected", "write 2026-10-09T08:30:00+08:00")
    except ComplaintRulesError as error:
        node.faults.refused(node.at("at"), error)
    return NO_MOMENT


def titles_given(node: Node, key: str) -> Titles:
    """Read a text in both languages, or one text for both; empty where the key is not there."""
    value = node.data.get(key)
    if isinstance(value, str):
        text = node.text(key) or ""
        return FrozenMap(zh=text, en=text)
    return FrozenMap() if value is None else node.titles(key)


def links_given(node: Node) -> FrozenMap[str, int] | None:
    """Read counts of linked complaints; None where the key is not there."""
    if node.data.get("links") is None:
        return None
    found: dict[str, int] = {}
    for name, path, value in node.named("links"):
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            found[name] = value
        else:
            node.faults.add(path, "a count of 0 or more is expected", value)
    return FrozenMap(found)


def hours_given(node: Node) -> tuple[str, ...]:
    """Read opening hours, each span as ``09:00-12:00`` or as a list of its two ends; empty where there are none."""
    value = node.data.get("hours", [])
    hours = tuple(_span(one) for one in (value if isinstance(value, list) else [value]))
    if hours:
        try:
            Hours.of(*hours)
        except ComplaintRulesError as error:
            node.faults.refused(node.at("hours"), error)
    return hours


def _span(value: object) -> str:
    return "-".join(map(str, value)) if isinstance(value, list) else str(value)


def checked_by(node: Node) -> Checked | None:
    """Read who held a case against the article, and when; None: nobody."""
    value = node.data.get("checked")
    if value is None:
        return None
    who = Node(value, "checked", node.faults, _CHECKED)
    by, on = who.text("by"), who.day("on")
    return None if by is None or on is None else Checked(by=by, on=on)
