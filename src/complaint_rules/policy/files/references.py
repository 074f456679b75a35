"""What rules point at: conditions, events, periods and parameters, each checked against what the policy declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, final

import attrs

from complaint_rules.cases.case import Fields
from complaint_rules.conditions.parsing import Condition, faults_of, parse
from complaint_rules.conditions.scopes import SELECTORS, Scope
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, as_text
from complaint_rules.errors import InvalidCondition
from complaint_rules.periods.periods import Period
from complaint_rules.policy.files.shapes import SHAPES
from complaint_rules.policy.rules import Parameter, ParameterType, ReportPeriod, Selector

_NOT_RECEIVED: Final = "the receipt begins every history: it never happens in the course of it"
_HOLDERS: Final = frozenset({"by", "to", "approved_by"})
_SINGLE: Final = frozenset(SELECTORS) - {"told", "items"}
"""Fields with one value each."""
_MOST_AT_ONCE: Final = 3
"""The most names by which cases are grouped at once."""


@final
@attrs.frozen
class References:
    """The names that the rules of one policy may point at, and the faults of those that point nowhere."""

    scope: Scope
    """Names for conditions about a case."""
    event_scope: Scope
    """The same, with ``event.…``: for what an event must carry."""
    parameters: Mapping[str, Parameter]
    """Parameters by name."""
    faults: Faults
    """Where faults are noted."""

    @classmethod
    def over(cls, scope: Scope, parameters: Mapping[str, Parameter], faults: Faults) -> References:
        """Make them for the names of a scope.

        >>> References.over(Scope(), {}, Faults("own.toml")).event_scope.event
        True
        """
        return cls(scope, attrs.evolve(scope, event=True), parameters, faults)

    def condition(self, node: Node, key: str, *, event: bool = False) -> Condition | None:
        """Read a condition; None where the key is not there, or the condition is at fault.

        >>> node = sample("limit", {"when": "has('closed')"})
        >>> refs.condition(node, "when").text
        "has('closed')"
        """
        if key not in node:
            return None
        text, path = node.data[key], node.at(key)
        scope = self.event_scope if event else self.scope
        try:
            return parse(text, scope, where=path)
        except InvalidCondition:
            for fault in faults_of(text, scope, where=path):
                self.faults.add(fault.where, fault.why, fault.value, fault.hint)
            return None

    def selectors(self, node: Node, key: str) -> tuple[Selector, ...]:
        """Read a selector of events or a list of them; empty where the key is not there.

        >>> node = sample("limit", {"until": ["replied", "closed"]})
        >>> [selector.kind for selector in refs.selectors(node, "until")]
        ['replied', 'closed']
        """
        if key not in node:
            return ()
        value = node.data[key]
        if not isinstance(value, list):
            found = [self.selector(value, node.at(key))]
        else:
            found = [self.selector(item, path) for path, item in node.items(key)]
            if not value:
                node.fault(key, "an empty list names no event", "leave the key out")
        return tuple(selector for selector in found if selector is not None)

    def acts(self, node: Node, key: str) -> tuple[Selector, ...]:
        """Read events that happen in the course of a case: like `selectors`, and the receipt is none of them.

        >>> node = sample("limit", {"until": "received"})
        >>> refs.acts(node, "until")
        ()
        >>> refs.faults.all()[-1].why
        'the receipt begins every history: it never happens in the course of it'
        """
        found = self.selectors(node, key)
        value = node.data.get(key)
        paths = [path for path, _ in node.items(key)] if isinstance(value, list) else [node.at(key)]
        if len(paths) == len(found):  # else something of it is at fault already
            for path, selector in zip(paths, found, strict=True):
                if selector.kind == "received":
                    self.faults.add(path, _NOT_RECEIVED, "received", "name what happens later, as 'replied'")
        return tuple(selector for selector in found if selector.kind != "received")

    def act(self, value: object, path: str, instead: str = "extended", shape: str = "selector") -> Selector | None:
        """Read one selector that may not be the receipt; None where it is at fault.

        `instead` is a kind of event that could be meant, `shape` names the keys that may stand in a table of it.

        >>> refs.act("extended", "on").kind
        'extended'
        """
        found = self.selector(value, path, shape)
        if found is not None and found.kind == "received":
            self.faults.add(path, _NOT_RECEIVED, "received", f"name what happens later, as {instead!r}")
            return None
        return found

    def selector(self, value: object, path: str, shape: str = "selector") -> Selector | None:
        """Read one selector: the text of a kind, or a table with the values its fields must have.

        >>> refs.selector({"event": "replied", "by": "outlet"}, "until").fields
        (('by', frozenset({'outlet'})),)
        """
        if isinstance(value, str):
            return Selector(kind=value) if self._is_kind(value, path) else None
        if not isinstance(value, dict):
            hint = 'write "replied" or { event = "replied", by = "outlet" }'
            self.faults.add(path, "an event is expected", value, hint)
            return None
        node = Node(value, path, self.faults, SHAPES[shape])
        fields = self._fields(node)
        without = self._without(node, dict(fields))
        nth = node.whole("nth", 1, 1_000)
        kind = node.data.get("event")
        if "event" not in node or not self._is_kind(kind, node.at("event")):
            return None
        if kind == "received":
            for name in node.data:
                if name in (*SELECTORS, "nth", "not"):
                    why = "it has no effect: the receipt happens once and has no such field"
                    node.fault(name, why, "leave it out; what is known of the receipt is asked in when")
        return Selector(kind=str(kind), fields=fields, nth=nth, without=without)

    def _fields(self, node: Node) -> Fields:
        """Read the values that the fields of an event must have."""
        fields = []
        for name in SELECTORS:
            if name in node:
                texts = node.texts(name)
                if name in _HOLDERS:
                    self.holders(texts, node.at(name))
                fields.append((name, frozenset(texts)))
        return tuple(fields)

    def _without(self, node: Node, wanted: Mapping[str, frozenset[str]]) -> Fields:
        """Read ``not``: which of the events are not meant after all."""
        if "not" not in node:
            return ()
        inner = Node(node.data["not"], node.at("not"), self.faults, SHAPES["selector_not"])
        if node.data["not"] == {}:
            node.fault("not", "an empty table leaves no event out", 'write not = { reason = "…" }')
        without = self._fields(inner)
        for name, values in without:
            if name in _SINGLE and name in wanted and not wanted[name] & values:
                why = f"it has no effect: no event with the {name} wanted has this one"
                inner.fault(name, why, "leave the key out")
        if without and all(name in wanted and self._covers(name, values, wanted[name]) for name, values in without):
            node.fault("not", "it leaves out every event that the selector means", "leave one of the two out")
        return without

    @staticmethod
    def _covers(name: str, values: frozenset[str], wanted: frozenset[str]) -> bool:
        """Say whether every event with the values wanted of a field has those left out."""
        return wanted <= values if name in _SINGLE else values <= wanted

    def _is_kind(self, kind: object, path: str) -> bool:
        if isinstance(kind, str) and kind in self.scope.kinds:
            return True
        self.faults.unknown(path, "the kind of event is unknown", kind, sorted(self.scope.kinds))
        return False

    def holders(self, codes: tuple[str, ...], path: str) -> None:
        """Note codes that are neither a level nor a body of the policy.

        >>> refs.holders(("outlets",), "until.by")
        >>> refs.faults.all()[-1].hint
        "did you mean 'outlet'?"
        """
        known = (*self.scope.levels, *sorted(self.scope.bodies))
        for code in codes:
            if code not in known:
                self.faults.unknown(path, "this is neither a level nor a body of the policy", code, known)

    def groupings(self, node: Node, key: str) -> tuple[str, ...]:
        """Read the names by which cases are grouped, at most three; empty where the key is not there.

        A name is a fact, a table, a period as ``month``, one of an event as ``closed.month``, ``unit``, ``holder``,
        ``standing(limit)`` or ``holder_at_breach(limit)``.

        >>> node = sample("filing_table", {"by": ["unit", "mnth"]})
        >>> refs.groupings(node, "by")
        ('unit', 'mnth')
        >>> refs.faults.all()[-1].hint
        "did you mean 'month'?"
        """
        names = node.texts(key)
        periods = [period.value for period in ReportPeriod]
        known = [*self.scope.tables, *self.scope.facts, "unit", "holder", *periods]
        for limit in sorted(self.scope.limits):
            known += [f"standing({limit})", f"holder_at_breach({limit})"]
        of_events = [f"{kind}.{period}" for kind in ("received", *sorted(self.scope.kinds)) for period in periods]
        for name in names:
            if name not in known and name not in of_events:
                near = of_events if "." in name else known
                self.faults.unknown(node.at(key), "cases cannot be grouped by this", name, near)
        if len(names) > _MOST_AT_ONCE:
            node.fault(key, f"at most {_MOST_AT_ONCE} names stand together", value=len(names))
        return names

    def figure(self, node: Node, key: str) -> tuple[Period | None, str | None]:
        """Read a period, or the parameter it is left to: the period (None while not supplied) and the parameter.

        >>> node = sample("limit_row", {"within": "5 working days"})
        >>> str(refs.figure(node, "within")[0])
        '5 working days'
        """
        if not isinstance(node.data.get(key), dict):
            return node.period(key), None
        parameter = self.parameter(node, key, ParameterType.PERIOD)
        if parameter is None:
            return None, None
        return parameter.value if isinstance(parameter.value, Period) else None, parameter.id

    def parameter(self, node: Node, key: str, type_: ParameterType) -> Parameter | None:
        """Read the parameter of a type that a figure is left to; None where it is at fault.

        >>> node = sample("limit_row", {"within": {"parameter": "time"}})
        >>> refs.parameter(node, "within", ParameterType.PERIOD)
        >>> refs.faults.all()[-1].why
        'there is no such parameter'
        """
        inner = Node(node.data[key], node.at(key), self.faults, SHAPES["parameter_use"])
        if "parameter" not in inner:
            return None
        path = inner.at("parameter")
        name = as_text(inner.data["parameter"], path, self.faults)
        if name is None:
            return None
        parameter = self.parameters.get(name)
        if parameter is None:
            self.faults.unknown(path, "there is no such parameter", name, list(self.parameters))
        elif parameter.type is not type_:
            why = f"a parameter of type {type_.value} is expected, this one has type {parameter.type.value}"
            self.faults.add(path, why, name)
        else:
            return parameter
        return None

    def moment_fact(self, node: Node, key: str) -> str | None:
        """Read the name of a fact that holds a moment or a day.

        >>> node = sample("limit_row", {"by": "amount"})
        >>> refs.moment_fact(node, "by")
        >>> refs.faults.all()[-1].why
        'there is no such fact'
        """
        if key not in node:
            return None
        name = node.data[key]
        spec = self.scope.facts.get(name) if isinstance(name, str) else None
        if spec is None:
            self.faults.unknown(node.at(key), "there is no such fact", name, list(self.scope.facts))
        elif spec.type not in ("moment", "day"):
            node.fault(key, f"a fact of type moment or day is expected, this one has type {spec.type.value}")
        else:
            return spec.name
        return None
