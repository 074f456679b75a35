"""The figures of a policy (指标): what is counted over many cases, and the quota where the text sets one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final

from complaint_rules.documents.nodes import Node
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import MEASURED
from complaint_rules.policy.figures import Rate, Scaled, Shows, Stock
from complaint_rules.policy.files.bases import at_once
from complaint_rules.policy.files.references import References
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.rules import (
    Base,
    CountingRule,
    Figure,
    FigureShape,
    Measured,
    ReportPeriod,
    Selector,
)

_SHARE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")
_PERCENTILE: Final = re.compile(r"percentile (100|[1-9][0-9]?)")
_SHAPING: Final = ("share", "limit", "time", "sum", "stock", "scale")
"""Keys of which a figure has at most one; with none of them it is a count."""
_OF_TIME: Final = ("bands", "show")
_IDLE: Final = {"stock": ("dated", "each"), "scale": ("of", "dated", "each", "basis")}
"""Of a shape: the keys that change nothing of it."""
_IDLE_WHY: Final = {
    "stock": "it has no effect: a stock is what is open at the edge of a period",
    "scale": "it has no effect: the figure that is scaled says it",
}
_MOST_PER: Final = 1_000_000_000_000


def figure_of(
    node: Node, refs: References, *, bases: Mapping[str, CountingRule], scales: Mapping[str, Base]
) -> Figure | None:
    """Read a figure, which may go by the counting rules and bases of the policy; None where it has no id.

    >>> node = sample("figure", {"id": "a", "share": "True", "at_least": "20 %"})
    >>> figure_of(node, refs, bases={}, scales={}).at_least
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
    for key, others in _IDLE.items():
        for other in others if key in node else ():
            if other in node:
                node.fault(other, _IDLE_WHY[key], "leave the key out")
    if each and not {"stock", "scale"} & set(shaping) and all(selector.kind == "received" for selector in dated):
        node.fault("each", "it has no effect: a case is received once", 'name the events, as dated = "reopened"')
    elif each and paid is not None and all(selector.kind != paid.kind for selector in dated):
        node.fault("dated", "each payment counts on its own day, and this names none", "name the event that is summed")
    if "rate" in node and "limit" not in node:
        node.fault("rate", "a rate is one of a limit's runs", 'add limit = "…"')
    for key in ("at_least", "at_most"):
        if key in node and not {"share", "limit"} & set(shaping):
            node.fault(key, "a quota is one of a share", 'add share = "…"')
    for key in _OF_TIME:
        if key in node and "time" not in node:
            node.fault(key, "only a duration has this", 'add time = { from = "…", until = "…", unit = "days" }')
    time, basis = _measured(node, refs), _bases(node, bases, counted=not shaping)
    at_least, at_most = _quota(node, "at_least"), _quota(node, "at_most")
    if at_least is not None and at_most is not None and at_most < at_least:
        node.fault("at_most", "it lies below at_least")
    if "at_least_cases" in node and not {"share", "limit"} & set(shaping):
        node.fault("at_least_cases", "only a share is kept back where there are few cases", 'add share = "…"')
    found = Figure(
        id=code or "", title=title, share=share, of=of,
        limit=node.choice("limit", sorted(refs.scope.limits), "the id of a limit"),
        rate=(node.member("rate", Rate, "of which runs") or Rate.DUE) if "limit" in node else None,
        time=time, bands=_bands(node, time), show=shown_of(node, (Shows.MEDIAN, Shows.MEAN), percentiles=True),
        stock=node.member("stock", Stock, "an edge of a period"), scale=_scaled(node, scales),
        amount=amount, paid=paid, by=_groups(node, refs), dated=dated, each=each, basis=basis,
        part_of=node.code("part_of"), per=node.member("per", ReportPeriod, "a reporting period"), who=node.text("who"),
        at_least=at_least, at_most=at_most, at_least_cases=node.whole("at_least_cases", 2, 1_000_000),
        unit=node.titles("unit") if "unit" in node else None, decimals=node.whole("decimals", 0, 6),
        definition=node.titles("definition") if "definition" in node else None, cite=node.text("cite"),
        reading=node.reading(),
    )  # fmt: skip
    return None if code is None else found


def figures_hang_together(root: Node, figures: Mapping[str, Figure]) -> None:
    """Note figures that are part of one that is not there, or of themselves, and those that scale what is no count.

    >>> root = sample("file", {"figure": [{"id": "a", "part_of": "b"}]})
    >>> figures_hang_together(root, {"a": Figure(id="a", title={}, part_of="b")})
    >>> root.faults.all()[-1].why
    'there is no such figure'
    """
    for figure in figures.values():
        if figure.scale is not None:
            _scales_a_count(root, figure.id, figure.scale.figure, figures)
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


def _scales_a_count(root: Node, code: str, scaled: str, figures: Mapping[str, Figure]) -> None:
    path = f"{root.place_of('figure', code)}.scale.figure"
    if scaled not in figures:
        root.faults.unknown(path, "there is no such figure", scaled, list(figures))
    elif figures[scaled].shape is not FigureShape.COUNT:
        root.faults.add(path, "only a count is set in relation to a base", scaled, "name a figure that counts cases")


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


def _bands(node: Node, time: Measured | None) -> tuple[int, ...]:
    """Read the edges of bands, each in the unit of the duration."""
    found: list[int] = []
    if time is None:
        return ()
    for place, text in enumerate(node.texts("bands")):
        path = f"{node.at('bands')}[{place}]"
        try:
            edge = Period.parse(text)
        except ComplaintRulesError as error:
            node.faults.refused(path, error)
            continue
        if edge.unit is not time.unit:
            unit = time.unit.title("en")
            node.faults.add(path, "a band is counted in the unit of its duration", text, f"write it in {unit}")
        elif found and edge.n <= found[-1]:
            node.faults.add(path, "the bands have to rise", text)
        else:
            found.append(edge.n)
    return tuple(found)


def _bases(node: Node, bases: Mapping[str, CountingRule], *, counted: bool) -> tuple[str, ...]:
    """Read the counting rules of a figure; `counted` says whether it is a count."""
    names = node.texts("basis")
    for name in names:
        if name not in bases:
            node.faults.unknown(node.at("basis"), "there is no such counting rule", name, list(bases))
    known = [bases[name] for name in names if name in bases]
    both = at_once(known)
    if both is not None:
        hint = "end the earlier one with until"
        node.fault("basis", "two counting rules are in force at once", hint, ", ".join(both))
    heavy = next((one.id for one in known if one.weight is not None), None)
    if heavy is not None and not counted:
        node.fault("basis", "only a count goes by a rule with a weight", "make a rule without it", heavy)
    return names


def _scaled(node: Node, scales: Mapping[str, Base]) -> Scaled | None:
    if "scale" not in node:
        return None
    inner = Node(node.data["scale"], node.at("scale"), node.faults, SHAPES["scaled"])
    base = inner.choice("base", list(scales), "the id of a base")
    figure, per = inner.code("figure"), inner.whole("per", 1, _MOST_PER)
    return None if base is None or figure is None or per is None else Scaled(figure=figure, base=base, per=per)


def shown_of(node: Node, words: Collection[Shows], *, percentiles: bool) -> tuple[str, ...]:
    """Read what is shown: words of a list, and percentiles where a duration is shown.

    >>> shown_of(sample("figure", {"show": ["median", "percentile 90"]}), [Shows.MEDIAN], percentiles=True)
    ('median', 'percentile 90')
    """
    names = node.texts("show")
    for name in names:
        if name not in words and not (percentiles and _PERCENTILE.fullmatch(name)):
            known = [*words, "percentile 90"] if percentiles else words
            node.faults.unknown(node.at("show"), "this cannot be shown", name, [str(word) for word in known])
    return names


def _summed(node: Node, refs: References) -> tuple[str | None, Selector | None]:
    """Read what is summed: a fact in yuan, or the events with an amount."""
    value = node.data.get("sum")
    if isinstance(value, dict):
        return None, refs.act(value, node.at("sum"), "compensated")
    if "sum" not in node:
        return None, None
    exact = [name for name, spec in refs.scope.facts.items() if spec.type == "decimal"]
    return node.choice("sum", exact, "a fact of type decimal"), None


def _quota(node: Node, key: str) -> Fraction | None:
    if key not in node:
        return None
    text = node.data[key]
    match = _SHARE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        node.fault(key, "a share is expected, as text with its sign", 'write "20 %"')
        return None
    share = Fraction(match[1]) / 100
    if share > 1 or (share == 0 and key == "at_least"):  # at most 0 % says that none may be, at least 0 % says nothing
        node.fault(key, "a share lies above 0 % and at most at 100 %")
        return None
    return share
