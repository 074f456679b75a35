"""What frames a policy's rules: quiet hours, routes, the form of a citation."""

from __future__ import annotations

from collections.abc import Mapping

from complaint_rules.calendar.hours import Quiet
from complaint_rules.documents.nodes import Node, Titles
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.shapes import SHAPES


def quiet_of(root: Node) -> tuple[Quiet | None, str | None]:
    """Read quiet hours and their article; None where the policy has none.

    >>> quiet = {"start": "18:00", "end": "08:00", "cite": "14"}
    >>> quiet_of(sample("file", {"quiet": quiet}))[1]
    '14'
    """
    if "quiet" not in root:
        return None, None
    node = Node(root.data["quiet"], "quiet", root.faults, SHAPES["quiet"])
    start, end, cite = node.time("start"), node.time("end"), node.text("cite")
    if start is None or end is None:
        return None, cite
    try:
        return Quiet(start=start, end=end), cite
    except ComplaintRulesError as error:
        node.faults.refused("quiet", error)
        return None, cite


def routes_of(root: Node, levels: Mapping[str, Titles]) -> frozenset[tuple[str, str]]:
    """Read the steps that skip no level although the levels are not adjacent.

    >>> root = sample("file", {"routes": [["c", "a"]]})
    >>> routes_of(root, dict.fromkeys("abc", FrozenMap()))
    frozenset({('c', 'a')})
    """
    found = set()
    for path, item in root.items("routes"):
        if not isinstance(item, list) or len(item) != 2 or not all(isinstance(code, str) for code in item):
            root.faults.add(
                path, "a step from one level to another is expected", item, 'write ["tier2_branch", "outlet"]'
            )
            continue
        for code in item:
            if code not in levels:
                root.faults.unknown(path, "there is no such level", code, list(levels))
        if all(code in levels for code in item) and abs(list(levels).index(item[0]) - list(levels).index(item[1])) < 2:
            root.faults.add(path, "it has no effect: no level lies between the two, so none is skipped", item)
        found.add((item[0], item[1]))
    return frozenset(found)


def citation_of(root: Node) -> Titles:
    """Read how an article is written.

    >>> citation_of(sample("file", {}))["en"]
    '{}'
    """
    if "citation" not in root:
        return FrozenMap(zh="{}", en="{}")
    citation = root.titles("citation")
    for lang, text in citation.items():
        if text.count("{}") != 1 or "{" in text.replace("{}", "") or "}" in text.replace("{}", ""):
            root.faults.add(
                f"citation.{lang}", "exactly one {} stands for the number of the article", text, 'write "art. {}"'
            )
    return citation
