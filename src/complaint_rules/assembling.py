"""From a checked document to a `Policy`: sections read, dependencies ordered, conditions made into functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, final

import attrs

from complaint_rules.compiling import compile_every, compile_first, compile_one
from complaint_rules.declarations import Declared
from complaint_rules.dependencies import missing_parameters, names_read, sorted_by_need
from complaint_rules.documents import Document, canonical, fingerprint_of
from complaint_rules.frame import citation_of, filing_of, hours_of, quiet_of, retention_of, routes_of
from complaint_rules.limit_rules import limit_parts
from complaint_rules.mappings import FrozenMap
from complaint_rules.nodes import Node, once, titles_of
from complaint_rules.policy import Duty, Limit, Policy, Table
from complaint_rules.provisions import checklist_of, duty_of, duty_parts, figure_of, link_of, table_parts
from complaint_rules.references import References
from complaint_rules.vocabulary import common

_LINK: Final = "link "


@final
class Assembly:
    """One policy while it is made; `policy` may be asked only where no fault was noted."""

    def __init__(self, root: Node, says: Declared) -> None:
        """Read all sections; what is wrong is noted with the root's faults."""
        self.root, self.says = root, says
        self.refs = References.over(says.scope, says.parameters, root.faults)
        self.quiet, self.quiet_cite = quiet_of(root)
        self.head = self._head()
        self.applies = self.refs.condition(root, "applies")
        self.routes = routes_of(root, says.levels)
        self.links = self._collected("link", link_of)
        self.tables = self._parts("table", lambda node: table_parts(node, self.refs))
        has_quiet = "quiet" in root
        self.limits = self._parts("limit", lambda node: limit_parts(node, self.refs, has_quiet=has_quiet))
        self.duties = self._parts("duty", lambda node: duty_parts(node, self.refs, has_quiet=has_quiet))
        self.checklists = self._collected("checklist", checklist_of)
        self.figures = self._collected("figure", figure_of)
        self.filings = self._collected("filing", lambda node, _: filing_of(node))
        self.retention = retention_of(root, self.refs)
        self.hours = hours_of(root)
        self.order = self._order()

    def _head(self) -> dict[str, Any]:
        root = self.root
        first, last = root.day("effective_from"), root.day("effective_until")
        if first is not None and last is not None and last < first:
            root.fault("effective_until", f"it lies before effective_from, {first}")
        notes = [titles_of(item, path, root.faults) for path, item in root.items("note")]
        return {
            "id": root.code("id"), "edition": root.text("edition"), "title": root.titles("title"),
            "issuer": root.titles("issuer"), "checked_on": root.day("checked_on"), "effective_from": first,
            "effective_until": last, "citation": citation_of(root),
            "source": root.titles("source") if "source" in root else None, "notes": tuple(notes),
        }  # fmt: skip

    def _parts(self, section: str, read: Any) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for node in self.root.nodes(section, section):
            parts = read(node)
            if parts is not None and once(found, parts["id"], node.at("id"), node.faults, section):
                found[parts["id"]] = parts
        return found

    def _collected(self, section: str, read: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for node in self.root.nodes(section, section):
            value = read(node, self.refs)
            if value is not None and once(found, value.id, node.at("id"), node.faults, section):
                found[value.id] = value
        return found

    # -- what depends on what --

    def _conditions(self, name: str) -> tuple[Any, ...]:
        """Give every condition that decides about a table, a limit or a link."""
        if name.startswith(_LINK):
            return (self.links[name.removeprefix(_LINK)].when,)
        if name in self.tables:
            return tuple(row.when for row in self.tables[name]["rows"])
        limit = self.limits[name]
        restart = limit["restart"]
        return (
            limit["when"],
            *(row.when for row in limit["rows"]),
            *(pause.requires for pause in limit["pauses"]),
            *(condition for extension in limit["extensions"] for condition in (extension.when, extension.requires)),
            restart.when if restart is not None else None,
        )

    def _order(self) -> tuple[str, ...]:
        names = [*(f"{_LINK}{name}" for name in self.links), *self.tables, *self.limits]
        order, cycle = sorted_by_need({name: names_read(self._conditions(name)) for name in names})
        if cycle:
            section = "link" if cycle[0].startswith(_LINK) else "table" if cycle[0] in self.tables else "limit"
            hint = "none of them could be worked out first: let one depend on facts only"
            self.root.faults.add(section, "these depend on one another", " → ".join(cycle), hint)
        return order

    def _missing(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in self.order:
            if name.startswith(_LINK):
                own = [self.links[name.removeprefix(_LINK)].parameter]
            else:
                own = [row.parameter for row in self.limits[name]["rows"]] if name in self.limits else []
            found[name] = missing_parameters(self._conditions(name), own, found, self._is_missing)
        return found

    def _is_missing(self, parameter: str) -> bool:
        return self.says.parameters[parameter].value is None

    # -- the whole --

    def policy(self, name: str, document: Document, given: Mapping[str, Any]) -> Policy:
        """Make the policy; nothing is at fault any more."""
        says, missing = self.says, self._missing()
        order = tuple(item for item in self.order if not item.startswith(_LINK))
        # Tables get their index in the order in which they can be worked out, so functions are made only now.
        shapes = {item: says.scope.tables[item] for item in order if item in self.tables}
        scope = attrs.evolve(says.scope, tables=shapes)
        refs = References.over(scope, says.parameters, self.root.faults)
        tables, limits, duties = {}, {}, {}
        for item in shapes:
            parts = self.tables[item]
            made = compile_every if parts["every"] else compile_first
            decide = made([row.when for row in parts["rows"]], scope)
            tables[item] = Table(**parts, missing=missing[item], decide=decide)
        for item, parts in self.limits.items():
            made = compile_every if parts["earliest"] else compile_first
            when = parts["when"]
            limits[item] = Limit(
                **parts,
                missing=missing[item],
                decide=made([row.when for row in parts["rows"]], scope),
                applies=None if when is None else compile_one(when, scope),
            )
        for item, parts in self.duties.items():
            conditions = (parts["when"], parts["unless"])
            waits = missing_parameters(conditions, [parts["parameter"]], missing, self._is_missing)
            duties[item] = duty_of(parts, refs, waits)
        whole = {"name": name, "policy": document, "parameters": dict(given)}
        return Policy(
            **self.head,
            applies=self.applies,
            levels=says.levels,
            bodies=says.bodies,
            routes=self.routes,
            facts=says.facts,
            events=says.events,
            parameters=says.parameters,
            tables=FrozenMap[str, Table](tables),
            limits=FrozenMap[str, Limit](limits),
            duties=FrozenMap[str, Duty](duties),
            checklists=FrozenMap(self.checklists),
            links=FrozenMap(self.links),
            figures=FrozenMap(self.figures),
            filings=FrozenMap(self.filings),
            retention=self.retention,
            hours=self.hours,
            quiet=self.quiet,
            quiet_cite=self.quiet_cite,
            scope=scope,
            document=canonical(whole, ordered=False),
            fingerprint=self._fingerprint(document, given),
            order=order,
        )

    def _fingerprint(self, document: Document, given: Mapping[str, Any]) -> str:
        """Take the fingerprint of the rules, the parameters, and what the rules use of the vocabulary."""
        known = common().document
        facts = document.get("facts", {})
        lists = {fact["vocabulary"] for fact in facts.values() if "vocabulary" in fact}
        used = {
            "facts": {name: known["facts"][name] for name in self._facts_read() & set(known["facts"])},
            "vocabularies": {name: known["vocabularies"][name] for name in lists},
        }
        return fingerprint_of(canonical({"policy": document, "parameters": dict(given), "used": used}))

    def _facts_read(self) -> set[str]:
        found: set[str] = set()
        conditions = [self.applies]
        for item in self.order:
            conditions.extend(self._conditions(item))
        for parts in self.duties.values():
            conditions.extend((parts["when"], parts["unless"]))
        for figure in self.figures.values():
            conditions.extend((figure.share, figure.of))
            found.add(str(figure.by))
        for condition in conditions:
            if condition is not None:
                found.update(condition.facts)
        for parts in self.limits.values():
            found.update(row.by for row in parts["rows"] if row.by is not None)
        for link in self.links.values():
            found.update(link.same)
        return found
