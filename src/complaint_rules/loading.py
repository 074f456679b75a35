"""From a policy file to a `Policy`: one door for the shipped files and a bank's own, with every fault found and located."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import attrs

from complaint_rules.compiling import compile_every, compile_first, compile_one
from complaint_rules.declarations import Declared, declared, plain_given
from complaint_rules.dependencies import missing_parameters, names_read, sorted_by_need
from complaint_rules.documents import Document, as_text, canonical, fingerprint_of, parse_toml, read_bytes, refused
from complaint_rules.errors import UnknownPolicy, did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.extending import merged
from complaint_rules.moments import as_day
from complaint_rules.nodes import Faults, Node, is_code, once
from complaint_rules.policy import Duty, Limit, Policy, Table
from complaint_rules.provisions import (
    checklist_of,
    citation_of,
    duty_of,
    duty_parts,
    figure_of,
    filing_of,
    hours_of,
    limit_parts,
    link_of,
    quiet_of,
    retention_of,
    routes_of,
    table_parts,
)
from complaint_rules.references import References
from complaint_rules.vocabulary import common

_VOCABULARY: Final = "vocabulary"
_WHAT: Final = "policy file"


# --- the shipped files ---


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, tuple[str, ...]]:
    """Names of the shipped files by policy id: ``id.toml``, or ``id@edition.toml`` where there are several editions."""
    names = sorted(
        entry.name for entry in (files("complaint_rules") / "rules").iterdir() if entry.name.endswith(".toml")
    )
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        code = name.removesuffix(".toml").split("@")[0]
        if code != _VOCABULARY:
            found[code] = (*found.get(code, ()), name)
    return FrozenMap(found)


@lru_cache(maxsize=64)
def _shipped_document(name: str) -> Document:
    return parse_toml((files("complaint_rules") / "rules" / name).read_text("utf-8"), name=name)


def policies() -> tuple[str, ...]:
    """Give the ids of the policies shipped, sorted.

    >>> "psbc-95580" in policies()
    True
    """
    return tuple(sorted(_shipped()))


def load_policy(
    id: str,
    *,
    on: dt.date | None = None,
    edition: str | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Policy:
    """Load a shipped policy (规则集).

    `on` picks the edition in force on that day (施行日期 to 失效日期, both inclusive; a date the text does not give
    bounds nothing), `edition` picks one by name. `parameters` supplies figures that the text leaves open, as values or
    as text (``{"short_time": "7 days"}``). The same question gives the same object.

    Raises `UnknownPolicy` for an id that is not shipped, an edition that is not, a day on which none was in force,
    and where several editions fit; `InvalidPolicy` for parameters that the policy does not have or that do not fit.

    >>> load_policy("psbc-95580").issuer["en"]
    'Postal Savings Bank of China'
    >>> load_policy("psbc-95850")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownPolicy: policy: no such policy is shipped; got 'psbc-95850'; did you mean 'psbc-95580'?
    """
    names = _shipped().get(id, ()) if isinstance(id, str) else ()
    if not names:
        hint = did_you_mean(id, policies()) or f"shipped: {', '.join(policies())}"
        raise UnknownPolicy(what="policy", why="no such policy is shipped", value=id, hint=hint)
    name = _edition(id, names, on, edition)
    return _loaded(name, canonical(plain_given(parameters)))


def _edition(id: str, names: tuple[str, ...], on: dt.date | None, edition: str | None) -> str:
    day = None if on is None else as_day(on, what="on")
    texts = {name: _shipped_document(name) for name in names}
    editions = {name: str(text.get("edition")) for name, text in texts.items()}
    fitting = [
        name
        for name, text in texts.items()
        if edition in (None, editions[name]) and (day is None or _in_force(text, day))
    ]
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(f"edition {editions[name]} ({_dates(text)})" for name, text in texts.items())
    if fitting:
        raise UnknownPolicy(
            what=f"policy {id!r}", why="several editions fit", hint=f"pass on= or edition=; there are: {listed}"
        )
    value = edition if day is None else day.isoformat() if edition is None else f"{edition}, {day.isoformat()}"
    why = "there is no such edition" if day is None else "no edition is in force on that day"
    raise UnknownPolicy(what=f"policy {id!r}", why=why, value=value, hint=f"there are: {listed}")


def _in_force(document: Document, day: dt.date) -> bool:
    first, last = document.get("effective_from"), document.get("effective_until")
    return not (isinstance(first, dt.date) and day < first) and not (isinstance(last, dt.date) and day > last)


def _dates(document: Document) -> str:
    first, last = document.get("effective_from"), document.get("effective_until")
    if first is None and last is None:
        return "dates not known"
    return f"from {first or '…'} until {last or '…'}"


@lru_cache(maxsize=64)
def _loaded(name: str, given: str) -> Policy:
    document = _shipped_document(name)
    policy = _policy(document, name, json.loads(given))
    code = name.removesuffix(".toml").split("@")[0]
    if policy.id != code:
        faults = Faults(name)
        faults.add("id", "the id of a shipped policy is the name of its file", policy.id, code)
        raise refused(name, faults.all())
    return policy


# --- a bank's own files ---


def policy_from_file(path: str | os.PathLike[str], *, parameters: Mapping[str, Any] | None = None) -> Policy:
    """Load a policy file of one's own; one that it extends is shipped, or stands beside it as ``id.toml``.

    Raises `UnreadableInput` for a path that cannot be read as text of at most 1 MiB, `InvalidPolicy` with every fault.

    >>> policy_from_file("docs")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: docs: policy file: ...
    """
    content = read_bytes(path, what=_WHAT)
    place = Path(path)
    document = parse_toml(as_text(content, name=os.fspath(path), what=_WHAT), name=place.name)
    return _policy(document, place.name, plain_given(parameters), folder=place.parent)


def policy_from_text(text: str, *, name: str = "policy", parameters: Mapping[str, Any] | None = None) -> Policy:
    """Load a policy from the text of a file; `name` stands for the file in messages.

    Raises `InvalidPolicy` with every fault.

    >>> policy_from_text("id = 5", name="own.toml")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidPolicy: own.toml: the policy is refused; 5 faults
      own.toml: edition: a policy file needs this key, and it is missing
      own.toml: title: a policy file needs this key, and it is missing
      own.toml: issuer: a policy file needs this key, and it is missing
      own.toml: checked_on: a policy file needs this key, and it is missing
      own.toml: id: a code of up to 80 ASCII letters, digits, '_', '-' and '.' is expected; got 5
    """
    return _policy(parse_toml(as_text(text.encode(), name=name, what=_WHAT), name=name), name, plain_given(parameters))


def policy_from_document(document: str) -> Policy:
    """Load a policy from `Policy.document`: how a policy crosses from one process to another.

    >>> policy = load_policy("psbc-95580")
    >>> policy_from_document(policy.document) == policy
    True
    """
    whole = json.loads(document)
    return _policy(whole["policy"], whole["name"], whole["parameters"])


# --- from a document to a policy ---


def _finder(folder: Path | None) -> Any:
    def find(id: str, edition: str) -> tuple[str, Document] | None:
        for name in _shipped().get(id, ()):
            if str(_shipped_document(name).get("edition")) == edition:
                return name, _shipped_document(name)
        for name in (f"{id}.toml", f"{id}@{edition}.toml") if folder is not None and is_code(edition) else ():
            beside = (folder or Path()) / name
            if beside.is_file():
                text = as_text(read_bytes(beside, what=_WHAT), name=name, what=_WHAT)
                document = parse_toml(text, name=name)
                if document.get("id") == id and document.get("edition") == edition:
                    return name, document
        return None

    return find


def _policy(document: Document, name: str, given: Mapping[str, Any], *, folder: Path | None = None) -> Policy:
    faults = Faults(name)
    one = merged(document, name, _finder(folder), policies, faults)
    faults.places = one.places
    sections = list(document)
    root = Node(one.document, "", faults, "file")
    says = declared(root, given, common().facts, common().events)
    built = _Built(root, says)
    if len(faults):
        raise refused(name, faults.all(sections))
    return built.policy(name, one.document, given)


class _Built:
    """One policy while it is made."""

    def __init__(self, root: Node, says: Declared) -> None:
        self.root, self.says = root, says
        self.refs = References(
            scope=says.scope,
            event_scope=attrs.evolve(says.scope, event=True),
            parameters=says.parameters,
            faults=root.faults,
        )
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
        notes = []
        for node in root.nodes("note", "titles"):
            notes.append(FrozenMap({lang: text for lang in ("zh", "en") if (text := node.text(lang)) is not None}))
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
        if name.startswith("link "):
            return (self.links[name.removeprefix("link ")].when,)
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
        names = [*(f"link {name}" for name in self.links), *self.tables, *self.limits]
        order, cycle = sorted_by_need({name: names_read(self._conditions(name)) for name in names})
        if cycle:
            section = "link" if cycle[0].startswith("link ") else "table" if cycle[0] in self.tables else "limit"
            hint = "none of them could be worked out first: let one depend on facts only"
            self.root.faults.add(section, "these depend on one another", " → ".join(cycle), hint)
        return order

    def _missing(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in self.order:
            if name.startswith("link "):
                own = [self.links[name.removeprefix("link ")].parameter]
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
        order = tuple(item for item in self.order if not item.startswith("link "))
        # Tables get their index in the order in which they can be worked out, so functions are made only now.
        shapes = {item: says.scope.tables[item] for item in order if item in self.tables}
        scope = attrs.evolve(says.scope, tables=shapes)
        refs = attrs.evolve(self.refs, scope=scope, event_scope=attrs.evolve(scope, event=True))
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
        """Take the fingerprint of the rules, the parameters, and what the rules read of the vocabulary."""
        read = self._facts_read()
        known = common().document["facts"]
        used = {name: known[name] for name in sorted(read) if name in known}
        return fingerprint_of(canonical({"policy": document, "parameters": dict(given), "facts": used}))

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
