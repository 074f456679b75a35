"""From a checked document to the fields of a policy: sections read, dependencies ordered, parts put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeVar, final

import attrs

from complaint_rules.calendar.hours import Hours, Quiet
from complaint_rules.calendar.own_days import OwnDays
from complaint_rules.conditions.implications import implications_of, related
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Always
from complaint_rules.documents.nodes import Node, once, titles_of
from complaint_rules.documents.toml import Document
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.bases import base_of, bases_hang_together, basis_of
from complaint_rules.policy.files.calendars import hours_of, own_days_of
from complaint_rules.policy.files.canonical import canonical, fingerprint_of
from complaint_rules.policy.files.citations import Cited, cited_in
from complaint_rules.policy.files.declarations import Declared
from complaint_rules.policy.files.dependencies import missing_parameters, names_read, sorted_by_need
from complaint_rules.policy.files.figures import figure_of, figures_hang_together
from complaint_rules.policy.files.filings import filing_of
from complaint_rules.policy.files.head import citation_of, quiet_of, routes_of
from complaint_rules.policy.files.limits import limit_of
from complaint_rules.policy.files.provisions import (
    checklist_of,
    duty_of,
    link_of,
    retentions_of,
    table_of,
)
from complaint_rules.policy.files.references import References
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.files.standing import standing_of
from complaint_rules.policy.files.vocabulary import common
from complaint_rules.policy.rules import (
    Base,
    Checklist,
    CountingRule,
    Duty,
    Figure,
    Filing,
    Limit,
    Link,
    Retention,
    Standing,
    Table,
    Trade,
)
from complaint_rules.policy.uses import Rule, deciding, facts_of, uses_of

_LINK: Final = "link "
_Rule = TypeVar("_Rule", Table, Limit, Duty, Checklist, Link, CountingRule, Base, Figure, Filing, Standing)


@final
class Assembly:
    """One policy while it is made; `fields` may be asked only where no fault was noted."""

    def __init__(self, root: Node, says: Declared) -> None:
        """Read all sections; what is wrong is noted with the root's faults."""
        self.root: Node = root
        self.says: Declared = says
        self.refs: References = References.over(says.scope, says.parameters, root.faults)
        self.quiet: Quiet | None
        self.quiet_cite: str | None
        self.quiet, self.quiet_cite = quiet_of(root)
        self.head: dict[str, Any] = self._head()
        self.applies: Condition | None = self.refs.condition(root, "applies")
        self.routes: frozenset[tuple[str, str]] = routes_of(root, says.levels)
        self.links: Mapping[str, Link] = self._collected("link", link_of)
        self.tables: Mapping[str, Table] = self._collected("table", table_of)
        has_quiet = "quiet" in root
        self.limits: Mapping[str, Limit] = self._collected("limit", partial(limit_of, has_quiet=has_quiet))
        self.duties: Mapping[str, Duty] = self._collected("duty", partial(duty_of, has_quiet=has_quiet))
        self.checklists: Mapping[str, Checklist] = self._collected("checklist", checklist_of)
        self.bases: Mapping[str, CountingRule] = self._collected("basis", basis_of)
        bases_hang_together(root, self.bases)
        self.scales: Mapping[str, Base] = self._collected("base", base_of)
        self.figures: Mapping[str, Figure] = self._collected(
            "figure", partial(figure_of, bases=self.bases, scales=self.scales)
        )
        figures_hang_together(root, self.figures)
        self.filings: Mapping[str, Filing] = self._collected(
            "filing", partial(filing_of, figures=self.figures, bases=self.bases)
        )
        self.standing: Mapping[str, Standing] = self._collected("standing", standing_of)
        self.cited: Cited = cited_in(root)
        self.retentions: tuple[Retention, ...] = retentions_of(root, self.refs)
        self.own_days: OwnDays | None = own_days_of(root)
        self.hours: Hours | None = hours_of(root, self.own_days)
        self.order: tuple[str, ...] = self._order()
        self._no_limit_falls_silent()

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
            "url": root.text("url"), "trade": root.member("trade", Trade, "a trade"),
        }  # fmt: skip

    def _collected(self, section: str, read: Callable[[Node, References], _Rule | None]) -> dict[str, _Rule]:
        found: dict[str, _Rule] = {}
        for node in self.root.nodes(section, SHAPES[section]):
            value = read(node, self.refs)
            if value is not None and once(found, value.id, node.at("id"), node.faults, section):
                found[value.id] = value
        return found

    def _no_limit_falls_silent(self) -> None:
        """Note tables that a limit reads and that may give nothing at all: then no clock runs, and nobody is told."""
        readers: dict[str, str] = {}
        for limit in self.limits.values():
            for condition in deciding(limit):
                for name in condition.tables:
                    readers.setdefault(name, limit.id)
        for name, table in self.tables.items():
            last = table.rows[-1].when if table.rows else None
            if name in readers and not table.every and last is not None and last.tree != Always(holds=True):
                why = f"limit {readers[name]!r} reads it, so it may not fall silent: its last row has no when"
                self.root.faults.add(
                    f"{self.root.place_of('table', name)}.first", why, name, "say what holds where no other row does"
                )

    # -- what depends on what --

    def _named(self, name: str) -> Table | Limit | Link:
        """Give what stands in the order under a name; links have names of their own."""
        if name.startswith(_LINK):
            return self.links[name.removeprefix(_LINK)]
        return self.tables[name] if name in self.tables else self.limits[name]

    def _conditions(self, name: str) -> list[Condition]:
        return [use.condition for use in uses_of(self._named(name))]

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
            own: list[str | None] = []
            match self._named(name):
                case Link(parameter=parameter):
                    own = [parameter]
                case Limit(rows=rows):
                    own = [row.parameter for row in rows]
            found[name] = missing_parameters(self._conditions(name), own, found, self._is_missing)
        return found

    def _is_missing(self, parameter: str) -> bool:
        return self.says.parameters[parameter].value is None

    # -- the whole --

    def fields(self, name: str, document: Document, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the policy is made of, by the names of its fields; nothing is at fault any more."""
        says, missing = self.says, self._missing()
        order = tuple(item for item in self.order if not item.startswith(_LINK))
        # Tables get their index in the order in which they can be worked out.
        scope = attrs.evolve(
            says.scope, tables={item: says.scope.tables[item] for item in order if item in self.tables}
        )
        tables = {item: attrs.evolve(self.tables[item], missing=missing[item]) for item in scope.tables}
        limits = {item: attrs.evolve(limit, missing=missing[item]) for item, limit in self.limits.items()}
        duties = {}
        for item, duty in self.duties.items():
            waits = missing_parameters(deciding(duty), [duty.parameter], missing, self._is_missing)
            duties[item] = attrs.evolve(duty, missing=waits)
        whole = {"name": name, "policy": document, "parameters": dict(given)}
        return dict(
            **self.head,
            applies=self.applies,
            levels=says.levels,
            bodies=says.bodies,
            routes=self.routes,
            facts=says.facts,
            events=says.events,
            before_receipt=says.before_receipt,
            codes=says.codes,
            parameters=says.parameters,
            tables=FrozenMap[str, Table](tables),
            limits=FrozenMap[str, Limit](limits),
            duties=FrozenMap[str, Duty](duties),
            checklists=FrozenMap(self.checklists),
            links=FrozenMap(self.links),
            bases=FrozenMap(self.bases),
            scales=FrozenMap(self.scales),
            figures=FrozenMap(self.figures),
            filings=FrozenMap(self.filings),
            standing=FrozenMap(self.standing),
            articles=FrozenMap(self.cited.articles),
            texts=FrozenMap(self.cited.texts),
            displaced=self.cited.displaced,
            retentions=self.retentions,
            hours=self.hours,
            own_days=self.own_days,
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
        rules: list[Rule] = [
            *self.tables.values(), *self.limits.values(), *self.duties.values(), *self.links.values(),
            *self.bases.values(), *self.figures.values(), *self.filings.values(), *self.checklists.values(),
        ]  # fmt: skip
        found = set() if self.applies is None else set(self.applies.facts)
        found = found.union(*map(facts_of, rules))
        return found | related(found, implications_of(self.says.facts))
