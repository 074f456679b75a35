"""The figures of a policy (指标): what is counted over many cases, and the quota where the text sets one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from complaint_rules.documents.nodes import Node
from complaint_rules.periods.units import MEASURED
from complaint_rules.policy.files.references import References
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.rules import Figure, Measured, Rate, ReportPeriod, Selector

_SHARE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")
_SHAPING: Final = ("share", "limit", "time", "sum")
"""Keys of which a figure has at most one; with none of them it is a count."""


def figure_of(node: Node, refs: References) -> Figure | None:
    """Read a figure; None where it has no id.

    >>> node = sample("figure", {"id": "a", "share": "True", "at_least": "20 %"})
    >>> figure_of(node, refs).at_least
    Fraction(1, 5)
    """
    code, title, share, of = (
        node.code("id"), node.titles("title"), refs.condition(node, "share"), refs.condition(node, "of"),
    )  # fmt: skip
    shaping = [key for key in _SHAPING if key in node]
    for key in shaping[1:]:
        node.fault(key, "a figure has one shape, and this one has another already", "make two figures of it")
    amount, paid = _summed(node, refs)
    dated = refs.selectors(node, "dated")
    each = node.flag("each")
    if each and all(selector.kind == "received" for selector in dated):
        node.fault("each", "it has no effect: a case is received once", 'name the events, as dated = "reopened"')
    if "rate" in node and "limit" not in node:
        node.fault("rate", "a rate is one of a limit's runs", 'add limit = "…"')
    if "at_least" in node and not {"share", "limit"} & set(shaping):
        node.fault("at_least", "a quota is one of a share", 'add share = "…"')
    if "at_least_cases" in node and not {"share", "limit"} & set(shaping):
        node.fault("at_least_cases", "only a share is kept back where there are few cases", 'add share = "…"')
    found = Figure(
        id=code or "", title=title, share=share, of=of,
        limit=node.choice("limit", sorted(refs.scope.limits), "the id of a limit"),
        rate=(node.member("rate", Rate, "of which runs") or Rate.DUE) if "limit" in node else None,
        time=_measured(node, refs), amount=amount, paid=paid, by=_groups(node, refs), dated=dated, each=each,
        part_of=node.code("part_of"), per=node.member("per", ReportPeriod, "a reporting period"), who=node.text("who"),
        at_least=_quota(node), at_least_cases=node.whole("at_least_cases", 2, 1_000_000),
        decimals=node.whole("decimals", 0, 6),
        definition=node.titles("definition") if "definition" in node else None, cite=node.text("cite"),
        reading=node.reading(),
    )  # fmt: skip
    return None if code is None else found


def parts_hang_together(root: Node, figures: Mapping[str, Figure]) -> None:
    """Note figures that are part of one that is not there, or of themselves.

    >>> root = sample("file", {"figure": [{"id": "a", "part_of": "b"}]})
    >>> parts_hang_together(root, {"a": Figure(id="a", title={}, part_of="b")})
    >>> root.faults.all()[-1].why
    'there is no such figure'
    """
    for figure in figures.values():
        seen, whole = [figure.id], figure.part_of
        while whole is not None and whole in figures and whole not in seen:
            seen.append(whole)
            whole = figures[whole].part_of
        if whole is None:
            continue
        path = f"{root.place_of('figure', figure.id)}.part_of"
        if whole in figures:
            root.faults.add(path, "a figure is no part of itself", " → ".join([*seen, whole]))
        else:
            root.faults.unknown(path, "there is no such figure", whole, list(figures))


def _groups(node: Node, refs: References) -> tuple[str, ...]:
    known = [*refs.scope.tables, *refs.scope.facts]
    names = node.texts("by")
    for name in names:
        if name not in known:
            node.faults.unknown(node.at("by"), "the name of a table or fact is expected", name, known)
    return names


def _measured(node: Node, refs: References) -> Measured | None:
    if "time" not in node:
        return None
    inner = Node(node.data["time"], node.at("time"), node.faults, SHAPES["measured"])
    unit = inner.choice("unit", list(MEASURED), "a unit of time")
    less = inner.choice("less", ["pauses"], "what is left out")
    starts, until = refs.selectors(inner, "from"), refs.acts(inner, "until")
    return Measured(starts=starts, until=until, unit=MEASURED[unit or "days"], without_pauses=less is not None)


def _summed(node: Node, refs: References) -> tuple[str | None, Selector | None]:
    """Read what is summed: a fact in yuan, or the events with an amount."""
    value = node.data.get("sum")
    if isinstance(value, dict):
        return None, refs.act(value, node.at("sum"), "compensated")
    if "sum" not in node:
        return None, None
    exact = [name for name, spec in refs.scope.facts.items() if spec.type == "decimal"]
    return node.choice("sum", exact, "a fact of type decimal"), None


def _quota(node: Node) -> Fraction | None:
    if "at_least" not in node:
        return None
    text = node.data["at_least"]
    match = _SHARE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        node.fault("at_least", "a share is expected, as text with its sign", 'write "20 %"')
        return None
    share = Fraction(match[1]) / 100
    if not 0 < share <= 1:
        node.fault("at_least", "a share lies above 0 % and at most at 100 %")
        return None
    return share
