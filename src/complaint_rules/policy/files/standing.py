"""Standing duties: who has to do what, by when or how often, without any complaint."""

from __future__ import annotations

from complaint_rules.documents.nodes import Node
from complaint_rules.policy.files.filings import days_of_the_year
from complaint_rules.policy.files.limits import modality_of
from complaint_rules.policy.files.references import References
from complaint_rules.policy.rules import Modality, ReportPeriod, Standing


def standing_of(node: Node, refs: References) -> Standing | None:
    """Read a standing duty; None where it has no id.

    >>> node = sample("standing", {"id": "train", "title": {}, "who": "outlet", "per": "year"})
    >>> standing_of(node, refs).per.value
    'year'
    """
    code, who, to = node.code("id"), node.text("who"), node.texts("to")
    for key, holders in (("who", () if who is None else (who,)), ("to", to)):
        refs.holders(holders, node.at(key))
    within, parameter = refs.figure(node, "within")
    if ("within" in node) != ("after" in node):
        node.faults.add(node.path, "within and after stand together: how long, and after what", code)
    if "on" in node and "within" in node:
        node.fault("within", "either on or within says when it is due")
    found = Standing(
        id=code or "", title=node.titles("title"), who=who or "", to=to,
        modality=modality_of(node, tuple(Modality), "a modality"),
        per=node.member("per", ReportPeriod, "a reporting period"), dates=days_of_the_year(node, "on"),
        within=within, parameter=parameter, after=node.titles("after") if "after" in node else None,
        cite=node.text("cite"), reading=node.reading(),
    )  # fmt: skip
    return None if code is None else found
