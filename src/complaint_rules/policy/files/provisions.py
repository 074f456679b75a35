"""The rules of a policy beside its limits: tables, duties, checklists, links, retention."""

from __future__ import annotations

from typing import Any, Final

from complaint_rules.documents.nodes import Node, once
from complaint_rules.errors import NOTHING
from complaint_rules.policy.accepted import OF_DUTIES, OF_TABLE_ROWS, OF_TABLES
from complaint_rules.policy.files.acceptance import accepted_in
from complaint_rules.policy.files.effects import hollow_duty
from complaint_rules.policy.files.limits import counting_of, modality_of, quiet_in, rows_key, unreachable
from complaint_rules.policy.files.references import References
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.rules import (
    Checklist,
    CountedFrom,
    Duty,
    Link,
    Modality,
    Retention,
    Subject,
    Table,
    TableRow,
)

_ACTS: Final = tuple(modality.value for modality in Modality)


# --- tables ---


def table_of(node: Node, refs: References) -> Table | None:
    """Read a table, without what it waits for; None where it has no id.

    >>> node = sample("table", {"id": "a", "values": {"x": {}}, "first": [{"value": "x", "when": "True"}]})
    >>> table_of(node, refs).rows[0].when.text
    'True'
    """
    code = node.code("id")
    values = node.coded("values")
    key = rows_key(node, ("first", "every"))
    rows, seen = [], []
    for row in node.nodes(key, SHAPES["table_row"]) if key else ():
        value = row.choice("value", list(values), "one of the table's values")
        when = refs.condition(row, "when")
        seen.append((row.path, when, "when" in row))
        cite, reading, accept = row.text("cite"), row.reading(), accepted_in(row, OF_TABLE_ROWS)
        rows.append(TableRow(value=value or "", when=when, cite=cite, reading=reading, accept=accept))
    if key == "first":
        unreachable(node, key, seen)
    title, cite, reading = node.titles("title"), node.text("cite"), node.reading()
    about = node.choice("about", list(Subject), "what a table is about")
    accept = accepted_in(node, OF_TABLES)
    if code is None:
        return None
    return Table(
        id=code,
        title=title,
        every=key == "every",
        values=values,
        rows=tuple(rows),
        cite=cite,
        reading=reading,
        about=None if about is None else Subject(about),
        accept=accept,
    )


# --- duties and the rest ---


def duty_of(node: Node, refs: References, *, has_quiet: bool) -> Duty | None:
    """Read a duty, without what it waits for; None where it has no id or no act.

    >>> node = sample("duty", {"id": "a", "may": "replied"})
    >>> duty_of(node, refs, has_quiet=False).modality.value
    'may'
    """
    code = node.code("id")
    acts = [key for key in _ACTS if key in node]
    if len(acts) != 1:
        why = "a duty has exactly one act: " + ", ".join(_ACTS)
        node.faults.add(node.path, why, acts or "none", 'write must = "replied", or may, or must_not')
    modality = Modality(acts[0]) if acts else Modality.MUST
    if modality in (Modality.MUST, Modality.SHOULD):
        for key, kinds in (("unless", "a prohibition"), ("until", "a prohibition or a permission")):
            if key in node:
                why = f"{key} belongs to {kinds}, this duty says {modality.value}"
                node.fault(key, why, "write it in when, as \"not state('closed')\"")
    within, parameter = refs.figure(node, "within")
    duty = Duty(
        id=code or "", title=node.titles("title"), modality=modality,
        acts=tuple(act for key in acts for act in refs.acts(node, key)), who=node.text("who"),
        to=node.text("to"), after=refs.selectors(node, "after"), until=refs.acts(node, "until"),
        each=node.flag("each"), within=within, parameter=parameter,
        counted_from=node.member("since", CountedFrom, "from when a period counts") or CountedFrom.CONDITION,
        counting=counting_of(node), quiet=quiet_in(node, has_quiet=has_quiet), when=refs.condition(node, "when"),
        unless=refs.condition(node, "unless", event=True), cite=node.text("cite"), reading=node.reading(),
        accept=accepted_in(node, OF_DUTIES),
    )  # fmt: skip
    if len(acts) == 1:
        hollow_duty(node, duty)
    return None if code is None or not acts else duty


def checklist_of(node: Node, refs: References) -> Checklist | None:
    """Read a checklist; None where it has no id.

    >>> node = sample("checklist", {"id": "a", "of": "replied", "items": {"cause": {}}})
    >>> list(checklist_of(node, refs).items)
    ['cause']
    """
    code, of, items = node.code("id"), refs.selectors(node, "of"), node.coded("items")
    title, modality, cite, reading = node.titles("title"), modality_of(node), node.text("cite"), node.reading()
    when = refs.condition(node, "when", event=True)
    if code is None:
        return None
    return Checklist(id=code, title=title, of=of, items=items, modality=modality, when=when, cite=cite, reading=reading)


def link_of(node: Node, refs: References) -> Link | None:
    """Read a link; None where it has no id.

    >>> node = sample("link", {"id": "a", "same": [], "window": "1 month"})
    >>> link_of(node, refs).same
    ()
    """
    code, title, same = node.code("id"), node.titles("title"), node.texts("same")
    for name in same:
        if name not in refs.scope.facts:
            node.faults.unknown(node.at("same"), "there is no such fact", name, list(refs.scope.facts))
    window, parameter = refs.figure(node, "window")
    found: dict[str, Any] = {
        "distinct": node.flag("distinct"), "joint": node.flag("joint"), "when": refs.condition(node, "when"),
        "cite": node.text("cite"), "reading": node.reading(),
    }  # fmt: skip
    if code is None:
        return None
    return Link(id=code, title=title, same=same, window=window, parameter=parameter, **found)


def retentions_of(root: Node, refs: References) -> tuple[Retention, ...]:
    """Read how long files are kept: one table, or several with an id each; empty where the policy does not say.

    >>> node = sample("file", {"retention": {"within": "10 years", "from": "closed"}})
    >>> str(retentions_of(node, refs)[0].within)
    '10 years'
    """
    if "retention" not in root:
        return ()
    value = root.data["retention"]
    if not isinstance(value, list):
        return (_retention(Node(value, "retention", root.faults, SHAPES["retention"]), refs),)
    found: dict[str, Retention] = {}
    for node in root.nodes("retention", SHAPES["retention"]):
        one = _retention(node, refs)
        for key in ("id", "title"):
            if key not in node and len(value) > 1:
                node.fault(key, "of several retentions each needs this key, and it is missing", value=NOTHING)
        if once(found, one.id or node.path, node.at("id"), node.faults, "retention"):
            found[one.id or node.path] = one
    if not value:
        root.fault("retention", "an empty list says nothing", "leave the key out")
    return tuple(found.values())


def _retention(node: Node, refs: References) -> Retention:
    within, parameter = refs.figure(node, "within")
    return Retention(
        id=node.code("id"), title=node.titles("title"), within=within, starts=refs.selectors(node, "from"),
        parameter=parameter, contents=node.coded("contents"), cite=node.text("cite"), reading=node.reading(),
    )  # fmt: skip
