"""The counting rules (统计口径) of a policy, and the bases (基数) that its counts are set in relation to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

from complaint_rules.conditions.scopes import FactType
from complaint_rules.documents.nodes import Node
from complaint_rules.policy.files.references import References
from complaint_rules.policy.rules import Base, CountingRule


def basis_of(node: Node, refs: References) -> CountingRule | None:
    """Read a counting rule; None where it has no id.

    >>> node = sample("basis", {"id": "raw", "until": "2021-12-31"})
    >>> basis_of(node, refs).until
    datetime.date(2021, 12, 31)
    """
    code = node.code("id")
    whole = [name for name, spec in refs.scope.facts.items() if spec.type is FactType.INT]
    since, until = node.day("since"), node.day("until")
    if since is not None and until is not None and until < since:
        node.fault("until", f"it lies before since, {since}", value=str(until))
    if "as" in node and "counts" not in node:
        node.fault("as", "it has no effect: every case counts", 'say which do, as counts = "…"')
    found = CountingRule(
        id=code or "", title=node.titles("title"), counts=refs.condition(node, "counts"),
        why=node.choice("as", list(refs.scope.tables), "the id of a table"),
        weight=node.choice("weight", whole, "a fact of type int"), since=since, until=until,
        replaces=node.code("replaces"),
        definition=node.titles("definition") if "definition" in node else None, cite=node.text("cite"),
        reading=node.reading(),
    )  # fmt: skip
    return None if code is None else found


def base_of(node: Node, _: References) -> Base | None:
    """Read a base; None where it has no id.

    >>> base_of(sample("base", {"id": "outlets"}), refs).id
    'outlets'
    """
    code, title, cite, reading = node.code("id"), node.titles("title"), node.text("cite"), node.reading()
    definition = node.titles("definition") if "definition" in node else None
    return None if code is None else Base(id=code, title=title, definition=definition, cite=cite, reading=reading)


def bases_hang_together(root: Node, bases: Mapping[str, CountingRule]) -> None:
    """Note counting rules that replace one that is not there, themselves, or one that is still in force.

    >>> root = sample("file", {"basis": [{"id": "a", "replaces": "b"}]})
    >>> bases_hang_together(root, {"a": CountingRule(id="a", title={}, replaces="b")})
    >>> root.faults.all()[-1].why
    'there is no such counting rule'
    """
    for basis in bases.values():
        seen, before = [basis.id], basis.replaces
        while before is not None and before in bases and before not in seen:
            seen.append(before)
            before = bases[before].replaces
        place, first = f"{root.place_of('basis', basis.id)}.replaces", basis.replaces
        if before is not None and before not in bases:
            root.faults.unknown(place, "there is no such counting rule", before, list(bases))
        elif before is not None:
            root.faults.add(place, "a counting rule does not replace itself", " → ".join([*seen, before]))
        elif first is not None and at_once([basis, bases[first]]):
            why = f"the one replaced, {first!r}, is in force at the same time"
            root.faults.add(place, why, first, "give that one until, and this one since")


def at_once(bases: Sequence[CountingRule]) -> tuple[str, str] | None:
    """Name two counting rules that are in force on one day; None: they follow one another.

    >>> at_once([CountingRule(id="a", title={}), CountingRule(id="b", title={})])
    ('a', 'b')
    """
    ordered = sorted(bases, key=lambda one: one.since or dt.date.min)
    for earlier, later in pairwise(ordered):
        if earlier.until is None or later.since is None or later.since <= earlier.until:
            return earlier.id, later.id
    return None
