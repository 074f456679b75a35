"""What a policy declares before its rules: levels, bodies, facts, kinds of event, parameters, names."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import Any, Final, final

import attrs

from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.implications import implications_of
from complaint_rules.conditions.scopes import MISSING, RESERVED, Answerer, FactSpec, FactType, Scope, TableShape
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, Titles, is_code, once, titles_of
from complaint_rules.documents.values import read_value
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.rules import Parameter, ParameterType

_CODED: Final = frozenset({FactType.TEXT, FactType.SET})
_CLOSED: Final = frozenset({"channel", "source"})


# --- names ---


@final
class Names:
    """The namespace that facts, parameters, tables and limits share.

    >>> names = Names(Faults("own.toml"))
    >>> names.take("whole", "limit[0].id", "limit"), names.take("whole", "table[0].id", "table")
    (True, False)
    """

    __slots__ = ("_faults", "_taken")

    def __init__(self, faults: Faults) -> None:
        """Start with no name taken."""
        self._faults = faults
        self._taken: dict[str, str] = {}

    def take(self, name: str, path: str, what: str) -> bool:
        """Take a name; one that is no identifier, reserved, or taken by something else is a fault.

        >>> faults = Faults("own.toml")
        >>> Names(faults).take("count", "facts.count", "fact")
        False
        >>> faults.all()[0].why
        'this name belongs to the language of conditions'
        """
        if keyword.iskeyword(name):
            why = "conditions cannot name this: the word is reserved in the language they are written in"
            self._faults.add(path, why, name, f"take another id, as '{name}_{what}'")
        elif not name.isidentifier() or not name.isascii() or len(name) > 80:
            hint = "use ASCII letters, digits and '_', as tier2_branch"
            self._faults.add(path, f"conditions name this {what}, so its name is an identifier", name, hint)
        elif name in RESERVED:
            self._faults.add(path, "this name belongs to the language of conditions", name)
        elif self._taken.get(name, what) != what:
            why = f"this name is already that of a {self._taken[name]}: conditions could not tell them apart"
            self._faults.add(path, why, name)
        else:
            self._taken[name] = what
            return True
        return False


@final
@attrs.frozen(kw_only=True)
class Declared:
    """Everything a policy declares, before its rules are read."""

    levels: FrozenMap[str, Titles]
    """Levels, bottom-up."""
    bodies: FrozenMap[str, Titles]
    """Bodies and posts."""
    facts: FrozenMap[str, FactSpec]
    """Core facts, then the policy's own."""
    events: FrozenMap[str, Titles]
    """Standard kinds of event, then the policy's own."""
    before_receipt: frozenset[str]
    """Own kinds of event that may lie before the receipt."""
    codes: FrozenMap[str, Titles]
    """Words for the codes of its events."""
    parameters: FrozenMap[str, Parameter]
    """Parameters with their values."""
    scope: Scope
    """The names that conditions may use."""


def declared(
    root: Node,
    given: Mapping[str, Any],
    core: Mapping[str, FactSpec],
    events: Mapping[str, Titles],
    lists: Mapping[str, FrozenMap[str, Titles]],
) -> Declared:
    """Read what a policy declares.

    `given` are values of parameters; `core`, `events` and `lists` are what every policy knows: core facts, standard
    kinds of event, coded vocabularies.
    """
    faults = root.faults
    names = Names(faults)
    levels = _titled(root, "level")
    bodies = _titled(root, "body")
    for code in bodies:
        if code in levels:
            faults.add("body", "this is a level already", code)
    facts = _facts(root, core, lists, names)
    kinds = dict(events)
    prior = set()
    for kind, path, raw in root.named("events"):
        if not kind.isidentifier() or not kind.isascii() or len(kind) > 80:
            faults.add(path, "a kind of event is an ASCII identifier", kind)
        node = Node(raw, path, faults, SHAPES["event"])
        kinds[kind] = node.titles("title")  # a text has terms of its own for what happens everywhere
        if node.flag("before_receipt"):
            if kind in events:
                node.fault("before_receipt", "a standard kind of event is the institution's own act, after the receipt")
            prior.add(kind)
    codes = {}
    for code, path, raw in root.named("codes"):
        if not is_code(code):
            faults.add(path, "a code has ASCII letters, digits, '_', '-' and '.' only", code)
        codes[code] = titles_of(raw, path, faults)
    parameters = _parameters(root, given, names)
    _levels_exist(facts, (*levels, *bodies), faults)
    check_implications(facts, faults)
    scope = Scope(
        facts=facts,
        parameters={
            name: MISSING if parameter.value is None else parameter.value for name, parameter in parameters.items()
        },
        tables=_tables(root, names),
        limits=_limits(root, names),
        kinds=frozenset(kinds),
        links=frozenset(code for code, _, _ in _ids(root, "link")),
        levels=tuple(levels),
        bodies=frozenset(bodies),
    )
    return Declared(
        levels=levels,
        bodies=bodies,
        facts=facts,
        events=FrozenMap(kinds),
        before_receipt=frozenset(prior),
        codes=FrozenMap(codes),
        parameters=parameters,
        scope=scope,
    )


def _titled(root: Node, key: str) -> FrozenMap[str, Titles]:
    found: dict[str, Titles] = {}
    for node in root.nodes(key, SHAPES[key]):
        code = node.code("id")
        titles = node.titles("title")
        if code is not None and once(found, code, node.at("id"), node.faults, key):
            found[code] = titles
    return FrozenMap(found)


def _ids(root: Node, key: str) -> list[tuple[str, dict[str, Any], str]]:
    """Give the entries of a section that have an id, without noting anything: the rules are read later."""
    entries = root.data.get(key, [])
    if not isinstance(entries, list):
        return []
    return [
        (entry["id"], entry, f"{key}[{place}].id")
        for place, entry in enumerate(entries)
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    ]


def _tables(root: Node, names: Names) -> dict[str, TableShape]:
    found = {}
    for code, entry, path in _ids(root, "table"):
        values = entry.get("values")
        known = tuple(values) if isinstance(values, dict) else ()
        if names.take(code, path, "table"):
            found[code] = TableShape(values=known, every="every" in entry)
    return found


def _limits(root: Node, names: Names) -> frozenset[str]:
    return frozenset(code for code, _, path in _ids(root, "limit") if names.take(code, path, "limit"))


# --- facts ---


def _facts(
    root: Node, core: Mapping[str, FactSpec], lists: Mapping[str, FrozenMap[str, Titles]], names: Names
) -> FrozenMap[str, FactSpec]:
    facts = dict(core)
    for name in core:
        names.take(name, name, "fact")
    for name, path, raw in root.named("facts"):
        spec = fact_of(name, raw, path, root.faults, core.get(name), lists=lists)
        if names.take(name, path, "fact") and spec is not None:
            facts[name] = spec
    return FrozenMap(facts)


def fact_of(
    name: str,
    raw: object,
    path: str,
    faults: Faults,
    core: FactSpec | None = None,
    *,
    is_core: bool = False,
    lists: Mapping[str, FrozenMap[str, Titles]] = FrozenMap(),
) -> FactSpec | None:
    """Read the declaration of a fact; what is said of a core fact replaces that part of its declaration.

    `lists` are the coded vocabularies that a declaration may name instead of listing codes itself.

    >>> fact_of(
    ...     "unionpay", {"type": "bool", "title": {"zh": "银联", "en": "UnionPay"}}, "", Faults("own.toml")
    ... ).ask.value
    'handler'
    """
    node = Node(raw, path, faults, SHAPES["fact"], partial=core is not None)
    type_ = node.member("type", FactType, "a type of fact")
    if core is not None:
        if type_ is not None and type_ is not core.type:
            node.fault("type", f"{name!r} is a fact of every policy and has type {core.type.value}")
        type_ = core.type
    title = node.titles("title")
    ask = node.member("ask", Answerer, "who can answer")
    key, values = _codes_of(node, lists)
    if type_ is None:
        return None
    if "negated" in node and type_ is not FactType.BOOL:
        node.fault("negated", f"only a fact of type bool has an opposite, this one has type {type_}", value=name)
    if values is not None and type_ not in _CODED:
        node.fault(key, f"only facts of type text and set have a list of codes, this one has type {type_}", value=name)
        values = None
    if values is not None and core is not None and core.values is not None and name in _CLOSED:
        for code in values:
            if code not in core.values:
                faults.unknown(node.at(key), f"{name} has a closed list of codes", code, list(core.values))
    assume: FactValue | None = None
    if "assume" in node:
        assume = read_value(node.data["assume"], type_, node.at("assume"), faults)
    elif core is not None:
        assume = core.assume
    spec = FactSpec(
        name=name,
        type=type_,
        ask=ask or (core.ask if core else Answerer.HANDLER),
        title=title or (core.title if core else title),
        values=values if values is not None else core.values if core else None,
        negated=node.titles("negated") if "negated" in node else core.negated if core and not title else None,
        implies=node.texts("implies") if "implies" in node else core.implies if core else (),
        core=is_core or core is not None,
    )
    try:
        return attrs.evolve(spec, assume=assume)
    except ComplaintRulesError as error:
        faults.refused(node.at("assume"), error)
        return spec


def _codes_of(node: Node, lists: Mapping[str, FrozenMap[str, Titles]]) -> tuple[str, FrozenMap[str, Titles] | None]:
    """Read the closed list of codes: the key it stands under, and the list; None where any code is possible."""
    name = node.choice("vocabulary", list(lists), "a vocabulary")
    if "values" in node:
        if "vocabulary" in node:
            node.fault("vocabulary", "either values or vocabulary lists the codes, not both")
        return "values", node.coded("values")
    return "vocabulary", None if name is None else lists[name]


def _levels_exist(facts: Mapping[str, FactSpec], known: tuple[str, ...], faults: Faults) -> None:
    for name, spec in facts.items():
        if spec.type is FactType.LEVEL and spec.assume is not None and spec.assume not in known:
            faults.unknown(
                f"facts.{name}.assume", "this is neither a level nor a body of the policy", spec.assume, known
            )


def check_implications(facts: Mapping[str, FactSpec], faults: Faults) -> None:
    """Note implications of or between facts that are not yes or no, unknown ones, and circles.

    >>> faults = Faults("own.toml")
    >>> check_implications({"a": FactSpec(name="a", type="bool", implies=("a",))}, faults)
    >>> faults.all()[0].why
    'these imply one another, so they are one fact'
    """
    for name, spec in facts.items():
        path = f"facts.{name}.implies"
        if spec.implies and spec.type is not FactType.BOOL:
            faults.add(path, f"only a fact of type bool implies others, this one has type {spec.type}", name)
        for other in spec.implies:
            implied = facts.get(other)
            if implied is None:
                faults.unknown(path, "there is no such fact", other, list(facts))
            elif implied.type is not FactType.BOOL:
                faults.add(
                    path, f"only a fact of type bool follows from another, this one has type {implied.type}", other
                )
            elif spec.assume is True and implied.assume is False:
                why = "the presumptions contradict each other: this one is presumed, what follows from it is denied"
                faults.add(path, why, other, "let both be presumed, or neither")
    for name, other in implications_of(facts):
        if name == other:
            faults.add(f"facts.{name}.implies", "these imply one another, so they are one fact", name)
            return


# --- parameters ---


def _parameters(root: Node, given: Mapping[str, Any], names: Names) -> FrozenMap[str, Parameter]:
    faults = root.faults
    found: dict[str, Parameter] = {}
    for name, path, raw in root.named("parameters"):
        node = Node(raw, path, faults, SHAPES["parameter"])
        type_ = node.member("type", ParameterType, "a type of parameter")
        title, cite, reading = node.titles("title"), node.text("cite"), node.reading()
        value = None
        if "default" in node and reading is None:
            why = "a default is our reading, because the text leaves the figure open: mark it"
            node.fault("default", why, 'add reading = { zh = "…", en = "…" }')
        if type_ is not None and "default" in node:
            value = read_value(node.data["default"], type_, node.at("default"), faults)
        if type_ is not None and given.get(name) is not None:
            value = read_value(given[name], type_, f"parameters.{name} as given", faults)
        if names.take(name, path, "parameter") and type_ is not None:
            found[name] = Parameter(id=name, type=type_, title=title, value=value, cite=cite, reading=reading)
    declared_names = root.data.get("parameters")
    known = list(declared_names) if isinstance(declared_names, dict) else []
    for name in given:
        if name not in known:
            faults.unknown("parameters as given", "the policy has no such parameter", name, known)
    return FrozenMap(found)
