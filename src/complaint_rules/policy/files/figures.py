"""The figures of a policy (指标): what is counted over many cases, and the quota where the text sets one."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from complaint_rules.documents.nodes import Node
from complaint_rules.policy.files.references import References
from complaint_rules.policy.rules import Figure, ReportPeriod

_SHARE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")


def figure_of(node: Node, refs: References) -> Figure | None:
    """Read a figure; None where it has no id.

    >>> node = sample("figure", {"id": "a", "share": "True", "at_least": "20 %"})
    >>> figure_of(node, refs).at_least
    Fraction(1, 5)
    """
    code, title, share, of = (
        node.code("id"), node.titles("title"), refs.condition(node, "share"), refs.condition(node, "of"),
    )  # fmt: skip
    if "share" in node and "by" in node:
        node.fault("by", "a figure is either a share or a distribution by a table or fact")
    known = [*refs.scope.tables, *refs.scope.facts]
    by = node.choice("by", known, "the name of a table or fact")
    per = node.member("per", ReportPeriod, "a reporting period")
    quota = _quota(node)
    if "at_least" in node and "share" not in node:
        node.fault("at_least", "a quota is one of a share", 'add share = "…"')
    who, cite, reading = node.text("who"), node.text("cite"), node.reading()
    if code is None:
        return None
    return Figure(
        id=code, title=title, share=share, of=of, by=by, per=per, who=who, at_least=quota, cite=cite, reading=reading
    )


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
