"""From a parsed expression to the checked tree: every node is on the list, or it is a fault with its place."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

import attrs

from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.faults import ConditionFaults
from complaint_rules.conditions.scopes import (
    AFTER,
    FUNCTIONS,
    MISSING,
    SELECTORS,
    STANDINGS,
    STATES,
    FactType,
    Scope,
    Selectors,
)
from complaint_rules.conditions.trees import (
    ANY,
    MEMBERSHIP,
    ORDERING,
    Always,
    And,
    Compare,
    Count,
    Elapsed,
    EventField,
    Fact,
    FirstOf,
    Given,
    Has,
    HeldAtBreach,
    HeldBy,
    InState,
    Late,
    LinkedCount,
    Literal,
    Met,
    Not,
    Or,
    ParameterValue,
    Stands,
    TableValue,
    Term,
    Truth,
    category,
    category_of_value,
)
from complaint_rules.errors import NOTHING, InvalidPeriod, did_you_mean
from complaint_rules.moments import as_when
from complaint_rules.periods.periods import Period

_EVENT_TEXTS: Final = ("kind", "by", "to", "unit", "outcome", "reason", "ref", "approved_by")
_EVENT_FIELDS: Final = (*_EVENT_TEXTS, "told", "items", "amount", "skips_level")
_KEYWORDS: Final = (*SELECTORS, AFTER)
_OF_ELAPSED: Final = ("until", "standing")
_HOLDERS: Final = frozenset({"by", "to", "approved_by"})
_OPERATORS: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_FLIPPED: Final = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@attrs.define
class Checker:
    """Turns a parsed expression into the checked tree; what does not fit becomes a fault and None."""

    source: bytes
    """The expression as it was parsed: one line, in parentheses, UTF-8 because ast counts bytes."""
    scope: Scope
    faults: ConditionFaults

    def _at(self, node: ast.expr) -> int:
        return len(self.source[: node.col_offset].decode()) - 1

    def _refuse(self, node: ast.expr, why: str, value: object = NOTHING, hint: str = "") -> None:
        if not self.faults.full:
            self.faults.add(self._at(node), why, value, hint)

    def _text(self, node: ast.expr) -> str:
        return self.source[node.col_offset : node.end_col_offset].decode()

    # -- truth values --

    def truth(self, node: ast.expr) -> Truth | None:
        """Check an expression that has to be true or false; None where a fault was noted."""
        match node:
            case ast.BoolOp(op, values):
                checked = [self.truth(value) for value in values]
                parts = tuple(part for part in checked if part is not None)
                if len(parts) < len(checked):
                    return None
                return And(parts) if isinstance(op, ast.And) else Or(parts)
            case ast.UnaryOp(ast.Not(), operand):
                part = self.truth(operand)
                return None if part is None else Not(part)
            case ast.Compare():
                return self._comparison(node)
            case ast.Constant(bool(value)):
                return Always(value)
            case ast.Call():
                return self._truth_call(node)
            case ast.Name() | ast.Attribute():
                return self._given(node)
        self._refuse(node, "this is no condition", self._text(node), "compare it with something")
        return None

    def _given(self, node: ast.Name | ast.Attribute) -> Given | None:
        term = self._term(node)
        if isinstance(term, Fact | ParameterValue | EventField):
            found = category(term, self.scope)
            if found in ("truth value", ANY):
                return Given(term)
            self._refuse(node, f"this is a {found}, not a truth value", self._text(node), "compare it with something")
        elif isinstance(term, TableValue):
            hint = f"write {self._example(term)}"
            self._refuse(node, "a table by itself is no condition", self._text(node), hint)
        return None

    def _example(self, table: TableValue) -> str:
        shape = self.scope.tables[table.name]
        value = shape.values[0] if shape.values else "…"
        return f"{value!r} in {table.name}" if shape.every else f"{table.name} == {value!r}"

    def _truth_call(self, node: ast.Call) -> Truth | None:
        name = self._function(node)
        match name:
            case None:
                return None
            case "has":
                found = self._kind_and_selectors(node)
                return None if found is None else Has(*found)
            case "elapsed":
                return self._elapsed(node)
            case "met" | "late":
                limit = self._one_name(node, self.scope.limits, "limit")
                if limit is None:
                    return None
                return Met(limit) if name == "met" else Late(limit)
            case "standing":
                return self._stands_in(node)
            case "state":
                state = self._one_name(node, STATES, "state")
                return None if state is None else InState(state)
            case "first_of":
                link = self._one_name(node, self.scope.links, "link")
                return None if link is None else FirstOf(link)
            case "holder":
                holder = self._one_name(node, self._holders, "level or body")
                return None if holder is None else HeldBy(holder)
            case "holder_at_breach":
                return self._held_at_breach(node)
        self._refuse(node, f"{name}(…) is a number", self._text(node), "compare it, as … >= 3")
        return None

    # -- functions --

    def _function(self, node: ast.Call) -> str | None:
        match node.func:
            case ast.Name(name) if name in FUNCTIONS:
                return name
            case ast.Name(name):
                hint = did_you_mean(name, FUNCTIONS) or f"the functions are {', '.join(FUNCTIONS)}"
                self._refuse(node, "the function is unknown", name, hint)
            case _:
                self._refuse(node, "only the functions of the language can be called", self._text(node.func))
        return None

    def _constant_text(self, node: ast.expr, meaning: str) -> str | None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            return node.value
        self._refuse(node, f"{meaning} is written as a text in quotes", self._text(node))
        return None

    def _known(self, node: ast.expr, known: Collection[str], meaning: str) -> str | None:
        name = self._constant_text(node, f"the {meaning}")
        if name is None or name in known:
            return name
        hint = did_you_mean(name, known) or (f"known: {', '.join(sorted(known)[:12])}" if known else "none is declared")
        self._refuse(node, f"the {meaning} is unknown", name, hint)
        return None

    def _one_name(self, node: ast.Call, known: Collection[str], meaning: str) -> str | None:
        for word in node.keywords:
            self._refuse(word.value, "the function takes no keyword", word.arg)
        if len(node.args) != 1:
            self._refuse(node, f"exactly one {meaning} is expected", self._text(node))
            return None
        return self._known(node.args[0], known, meaning)

    def _keywords(self, node: ast.Call) -> list[ast.keyword]:
        """Give the keywords of a call; one that is given twice is a fault."""
        seen: set[str | None] = set()
        for word in node.keywords:
            if word.arg in seen:
                self._refuse(word.value, "the keyword is given twice", word.arg, "write several values as a list")
            seen.add(word.arg)
        return node.keywords

    def _kind_and_selectors(self, node: ast.Call) -> tuple[str, Selectors] | None:
        if len(node.args) != 1:
            self._refuse(
                node,
                "exactly one kind of event is expected",
                self._text(node),
                "further wishes are keywords, as by='…'",
            )
            kind = None
        else:
            kind = self._known(node.args[0], self.scope.kinds, "kind of event")
        chosen: dict[str, frozenset[str]] = {}
        complete = True
        for word in self._keywords(node):
            if word.arg not in _KEYWORDS:
                hint = did_you_mean(word.arg, _KEYWORDS) or f"the keywords are {', '.join(_KEYWORDS)}"
                self._refuse(word.value, "the keyword is unknown", word.arg, hint)
                complete = False
                continue
            values = self._selector_values(word.arg, word.value)
            complete = complete and values is not None
            chosen[word.arg] = values or frozenset()
        if kind is None or not complete:
            return None
        return kind, tuple((name, chosen[name]) for name in _KEYWORDS if name in chosen)

    def _selector_values(self, field: str, node: ast.expr) -> frozenset[str] | None:
        items = node.elts if isinstance(node, ast.Tuple) else [node]
        if not items:
            self._refuse(node, "an empty list matches nothing", field)
            return None
        if field == AFTER:
            kinds = [self._known(item, self.scope.kinds, "kind of event") for item in items]
            return None if None in kinds else frozenset(kind for kind in kinds if kind is not None)
        values = [self._constant_text(item, f"the value of {field}") for item in items]
        for item, value in zip(items, values, strict=True):
            if value is not None and not self._holder_known(field, item, value):
                return None
        known = frozenset(value for value in values if value is not None)
        return known if None not in values else None

    def _holder_known(self, field: str, node: ast.expr, code: str) -> bool:
        """Check that who acts is a level or body; a misspelt one would silently never match."""
        known = self._holders
        if field not in _HOLDERS or not known or code in known:
            return True
        hint = did_you_mean(code, known) or "declare it under [[body]]"
        self._refuse(node, f"{field!r} names neither a level nor a body", code, hint)
        return False

    def _elapsed(self, node: ast.Call) -> Elapsed | None:
        until: str | None = None
        stands: ast.expr | None = None
        sound = True
        for word in self._keywords(node):
            if word.arg == "until":
                until = self._known(word.value, self.scope.kinds, "kind of event")
                sound = sound and until is not None
            elif word.arg == "standing":
                stands = word.value
            else:
                hint = did_you_mean(word.arg, _OF_ELAPSED) or "elapsed takes until='…' and standing=True"
                self._refuse(word.value, "the keyword is unknown", word.arg, hint)
                sound = False
        if stands is not None and sound:
            sound = self._stands(stands, until)
        if len(node.args) != 2:
            self._refuse(
                node, "a kind of event and a period are expected", self._text(node), "as elapsed('received', '1 month')"
            )
            return None
        kind = self._known(node.args[0], self.scope.kinds, "kind of event")
        written = self._constant_text(node.args[1], "the period")
        if written is None:
            return None
        try:
            period = Period.parse(written)
        except InvalidPeriod as error:
            self._refuse(node.args[1], error.why, written, error.hint)
            return None
        return Elapsed(kind, period, until, stands is not None) if kind is not None and sound else None

    def _stands_in(self, node: ast.Call) -> Stands | None:
        for word in node.keywords:
            self._refuse(word.value, "the function takes no keyword", word.arg)
        if len(node.args) < 2:
            hint = "as standing('whole', 'open_late')"
            self._refuse(node, "a limit and at least one standing are expected", self._text(node), hint)
            return None
        limit = self._known(node.args[0], self.scope.limits, "limit")
        named = [self._known(one, STANDINGS, "standing") for one in node.args[1:]]
        if limit is None or None in named:
            return None
        return Stands(limit, tuple(one for one in STANDINGS if one in named))

    @property
    def _holders(self) -> Collection[str]:
        return (*self.scope.levels, *sorted(self.scope.bodies))

    def _held_at_breach(self, node: ast.Call) -> HeldAtBreach | None:
        for word in node.keywords:
            self._refuse(word.value, "the function takes no keyword", word.arg)
        if len(node.args) != 2:
            hint = "as holder_at_breach('whole', 'outlet')"
            self._refuse(node, "a limit and a level or body are expected", self._text(node), hint)
            return None
        limit = self._known(node.args[0], self.scope.limits, "limit")
        holder = self._known(node.args[1], self._holders, "level or body")
        return None if limit is None or holder is None else HeldAtBreach(limit, holder)

    def _stands(self, node: ast.expr, until: str | None) -> bool:
        """Check what is said of the ending that stands: it needs one, and one that a reopening can undo."""
        if not isinstance(node, ast.Constant) or node.value is not True:
            self._refuse(node, "standing is True or not written", self._text(node), "write standing=True")
        elif until is None:
            self._refuse(
                node, "nothing is named that could stand", self._text(node), "name the ending, as until='closed'"
            )
        elif until in ("received", "reopened"):
            self._refuse(node, "this is no ending that could stand", until, "name the ending, as until='closed'")
        else:
            return True
        return False

    # -- terms --

    def _term(self, node: ast.expr) -> Term | None:
        match node:
            case ast.Name(name):
                return self._name(node, name)
            case ast.Attribute():
                return self._event_field(node)
            case ast.Constant() | ast.UnaryOp(ast.USub()):
                value = self._literal(node)
                return None if value is None else Literal(value)
            case ast.Call():
                return self._number_call(node)
            case ast.Tuple():
                self._refuse(node, "a list stands only on the right of in", self._text(node))
            case _:
                hint = "join conditions with and, or, not"
                self._refuse(node, "a condition cannot be compared", self._text(node), hint)
        return None

    def _name(self, node: ast.expr, name: str) -> Term | None:
        if name in self.scope.facts:
            return Fact(name)
        if name in self.scope.tables:
            return TableValue(name)
        if name in self.scope.parameters:
            return ParameterValue(name)
        if name in self.scope.limits:
            self._refuse(node, "a limit by itself says nothing", name, f"write met({name!r}) or late({name!r})")
        elif name in FUNCTIONS:
            self._refuse(node, "a function needs its arguments", name, f"write {name}('…')")
        elif name == "event":
            self._refuse(node, "the event by itself says nothing", name, "write event.<field>")
        else:
            known = [*self.scope.facts, *self.scope.tables, *self.scope.parameters]
            self._refuse(node, "the name is unknown", name, did_you_mean(name, known))
        return None

    def _event_field(self, node: ast.Attribute) -> EventField | None:
        if not self.scope.event or not isinstance(node.value, ast.Name) or node.value.id != "event":
            self._refuse(node, "there is no event here to judge", self._text(node), "use has(…) for what happened")
            return None
        if node.attr in _EVENT_FIELDS:
            return EventField(node.attr)
        hint = did_you_mean(node.attr, _EVENT_FIELDS) or f"the fields are {', '.join(_EVENT_FIELDS)}"
        self._refuse(node, "the field is unknown", node.attr, hint)
        return None

    def _number_call(self, node: ast.Call) -> Count | LinkedCount | None:
        name = self._function(node)
        if name == "count":
            found = self._kind_and_selectors(node)
            return None if found is None else Count(*found)
        if name == "linked":
            link = self._one_name(node, self.scope.links, "link")
            return None if link is None else LinkedCount(link)
        if name is not None:
            self._refuse(
                node,
                f"{name}(…) is a truth value and is not compared",
                self._text(node),
                f"write {name}(…) or not {name}(…)",
            )
        return None

    def _literal(self, node: ast.expr) -> FactValue | None:
        match node:
            case ast.UnaryOp(ast.USub(), operand):
                number = self._literal(operand) if isinstance(operand, ast.Constant) else None
                if isinstance(number, int | Decimal) and not isinstance(number, bool):
                    return -number
                self._refuse(node, "only a number can be negative", self._text(node))
                return None
            case ast.Constant(bool(value) | str(value)):
                return value
            case ast.Constant(int() | float()):
                # Decimal numbers are read from the text itself: the parser has already rounded them to floats.
                written = self.source[node.col_offset : node.end_col_offset].decode()
                return Decimal(written) if "." in written else int(written)
        self._refuse(node, "this is not part of the language", self._text(node))
        return None

    # -- comparisons --

    def _comparison(self, node: ast.Compare) -> Truth | None:
        nodes = [node.left, *node.comparators]
        parts: list[Truth | None] = []
        for place, (left, op, right) in enumerate(zip(nodes, node.ops, nodes[1:], strict=False)):
            word = _OPERATORS[type(op)]  # `is` was refused with the words
            if word in MEMBERSHIP and len(node.ops) > 1:
                self._refuse(right, "in cannot be chained", self._text(node), "join two conditions with and")
                return None
            first = self._term(left) if place == 0 else self._again(left)
            second = self._among(right) if word in MEMBERSHIP else self._term(right)
            if first is None or second is None:
                parts.append(None)
            elif word in MEMBERSHIP:
                parts.append(self._member(left, right, first, word, second))
            else:
                parts.append(self._compared(left, right, first, word, second))
        checked = tuple(part for part in parts if part is not None)
        if len(checked) < len(parts):
            return None
        return checked[0] if len(checked) == 1 else And(checked)

    def _again(self, node: ast.expr) -> Term | None:
        """Check the middle of a chain a second time without reporting its faults twice."""
        kept = list(self.faults.found)
        term = self._term(node)
        self.faults.found[:] = kept
        return term

    def _among(self, node: ast.expr) -> Term | None:
        if not isinstance(node, ast.Tuple):
            if isinstance(node, ast.Constant):
                self._refuse(
                    node, "the right of in is a list or a set", self._text(node), f"write ({self._text(node)},)"
                )
                return None
            return self._term(node)
        if not node.elts:
            self._refuse(node, "an empty list holds nothing", self._text(node))
            return None
        values: list[FactValue] = []
        for item in node.elts:
            if isinstance(item, ast.Constant | ast.UnaryOp):
                value = self._literal(item)
                if value is not None:
                    values.append(value)
            else:
                self._refuse(item, "the list on the right of in holds constants only", self._text(item))
        if len(values) < len(node.elts):
            return None
        if len({category_of_value(value) for value in values}) > 1:
            self._refuse(node, "the values of a list are of one kind", self._text(node))
            return None
        return Literal(tuple(values))

    def _constant(self, term: Term) -> object:
        """Give the value of a literal or a supplied parameter; NOTHING for everything else."""
        if isinstance(term, Literal):
            return term.value
        if isinstance(term, ParameterValue):
            value = self.scope.parameters[term.name]
            return NOTHING if value is MISSING else value
        return NOTHING

    def _compared(self, left_node: ast.expr, right_node: ast.expr, left: Term, op: str, right: Term) -> Compare | None:
        fixed = Literal | ParameterValue
        if (
            isinstance(left, fixed)
            and isinstance(right, fixed)
            and isinstance(left, Literal)
            and isinstance(right, Literal)
        ):
            self._refuse(
                left_node, "two constants are compared", f"{self._text(left_node)} {op} {self._text(right_node)}"
            )
            return None
        turn = (isinstance(left, fixed) and not isinstance(right, fixed)) or isinstance(left, Literal)
        turn = turn or (isinstance(right, TableValue | Count) and not isinstance(left, TableValue | Count))
        if turn:
            left_node, right_node, left, op, right = right_node, left_node, right, _FLIPPED[op], left
        if isinstance(left, TableValue):
            return self._table_compared(right_node, left, op, right)
        if isinstance(left, Count) and isinstance(right, Count):
            self._refuse(right_node, "a count is compared with a number", self._text(right_node))
            return None
        coerced = self._coerced(right_node, left, op, right)
        if coerced is None:
            return None
        kinds = {category(left, self.scope), category(coerced, self.scope)} - {ANY}
        if op in ORDERING:
            sound = len(kinds) == 0 or kinds in ({"number"}, {"moment"}, {"level"})
            sound = sound or (kinds == {"level", "text"} and self._constant(coerced) is not NOTHING)
        else:
            sound = (len(kinds) <= 1 and kinds not in ({"set"}, {"period"})) or kinds == {"level", "text"}
        if sound:
            return Compare(left, op, coerced)
        self._refuse_pair(right_node, op, kinds)
        return None

    def _refuse_pair(self, node: ast.expr, op: str, kinds: set[str]) -> None:
        if kinds == {"truth value", "number"}:
            self._refuse(node, "a truth value is no number", self._text(node))
        elif kinds == {"set"} or (op in ("==", "!=") and "set" in kinds):
            self._refuse(node, "a set is asked with in", self._text(node), "write 'x' in …")
        elif "period" in kinds:
            self._refuse(node, "a period is not compared", self._text(node), "use elapsed(…)")
        elif op in ORDERING and len(kinds) == 1:
            self._refuse(
                node, f"{op} is for numbers, moments and levels, not for a {next(iter(kinds))}", self._text(node)
            )
        else:
            self._refuse(node, f"a {' cannot be compared with a '.join(sorted(kinds))}", self._text(node))

    def _coerced(self, node: ast.expr, left: Term, op: str, right: Term) -> Term | None:
        """Check a constant against what the left side can be; read a date where a moment is expected."""
        value = self._constant(right)
        if value is NOTHING:
            return right
        if isinstance(value, str) and category(left, self.scope) == "moment":
            if isinstance(right, ParameterValue):
                return right
            moment = self._moment(node, value)
            return None if moment is None else Literal(moment)
        values = value if isinstance(value, tuple) else (value,)
        if all(self._code_fits(node, left, op, code) for code in values if isinstance(code, str)):
            return right
        return None

    def _moment(self, node: ast.expr, written: str) -> dt.date | None:
        try:
            value = dt.date.fromisoformat(written) if len(written) == 10 else dt.datetime.fromisoformat(written)
            return as_when(value, what="moment")
        except ValueError as error:
            hint = getattr(error, "hint", "") or "write it as '2026-10-01' or '2026-10-01T16:05:00+08:00'"
            self._refuse(node, getattr(error, "why", "the text is no date"), written, hint)
            return None

    def _code_fits(self, node: ast.expr, left: Term, op: str, code: str) -> bool:
        match left:
            case Fact(name) if self.scope.facts[name].type is FactType.LEVEL:
                known: Collection[str] = (
                    self.scope.levels if op in ORDERING else (*self.scope.levels, *sorted(self.scope.bodies))
                )
                meaning = "level" if op in ORDERING else "level or body"
            case Fact(name) if self.scope.facts[name].values is not None:
                known, meaning = self.scope.facts[name].values or (), f"code of {name}"
            case EventField("kind"):
                known, meaning = self.scope.kinds, "kind of event"
            case EventField(name) if name in _HOLDERS:
                return self._holder_known(name, node, code)
            case _:
                return True
        if code in known:
            return True
        hint = did_you_mean(code, known) or (f"known: {', '.join(list(known)[:12])}" if known else "none is declared")
        self._refuse(node, f"the {meaning} is unknown", code, hint)
        return False

    def _table_value(self, node: ast.expr, table: TableValue, value: object) -> bool:
        shape = self.scope.tables[table.name]
        if isinstance(value, str) and value in shape.values:
            return True
        hint = did_you_mean(value, shape.values) or f"its values are {', '.join(shape.values)}"
        self._refuse(node, f"the table {table.name!r} has no such value", value, hint)
        return False

    def _table_compared(self, node: ast.expr, table: TableValue, op: str, right: Term) -> Compare | None:
        if op in ORDERING:
            self._refuse(node, f"the values of a table have no order, so {op} says nothing", table.name)
        elif self.scope.tables[table.name].every:
            self._refuse(node, "this table gives all values that hold", table.name, f"write {self._example(table)}")
        elif not isinstance(right, Literal | ParameterValue):
            self._refuse(
                node, "a table is compared with one of its values", self._text(node), f"write {self._example(table)}"
            )
        elif self._constant(right) is NOTHING or self._table_value(node, table, self._constant(right)):
            return Compare(table, op, right)
        return None

    def _member(self, left_node: ast.expr, right_node: ast.expr, left: Term, op: str, right: Term) -> Compare | None:
        if isinstance(right, TableValue):
            return self._in_table(left_node, left, op, right)
        if isinstance(left, TableValue):
            value = self._constant(right)
            if self.scope.tables[left.name].every:
                self._refuse(
                    left_node, "this table gives all values that hold", left.name, f"write {self._example(left)}"
                )
                return None
            codes = value if isinstance(value, tuple) else ()
            if not codes and category(right, self.scope) != ANY:
                self._refuse(right_node, "a list of values is expected", self._text(right_node))
                return None
            return (
                Compare(left, op, right) if all(self._table_value(right_node, left, code) for code in codes) else None
            )
        if isinstance(left, Count | LinkedCount):
            self._refuse(left_node, "a count is compared with a number", self._text(left_node), "write == or >=")
            return None
        if isinstance(right, Literal):
            return self._in_list(left_node, right_node, left, op, right)
        found, holds = category(right, self.scope), category(left, self.scope)
        if found not in ("set", ANY):
            self._refuse(right_node, f"the right of in is a list or a set, not a {found}", self._text(right_node))
        elif holds not in ("text", "level", ANY):
            self._refuse(left_node, f"a set holds codes, not a {holds}", self._text(left_node))
        elif self._constant(left) is NOTHING or self._code_fits(left_node, right, op, str(self._constant(left))):
            return Compare(left, op, right)
        return None

    def _in_table(self, node: ast.expr, left: Term, op: str, table: TableValue) -> Compare | None:
        if not self.scope.tables[table.name].every:
            self._refuse(node, "this table gives one value", table.name, f"write {self._example(table)}")
        elif not isinstance(left, Literal | ParameterValue):
            self._refuse(node, "a table holds its own values only", self._text(node), f"write {self._example(table)}")
        elif self._constant(left) is NOTHING or self._table_value(node, table, self._constant(left)):
            return Compare(left, op, table)
        return None

    def _in_list(self, left_node: ast.expr, node: ast.expr, left: Term, op: str, right: Literal) -> Compare | None:
        if isinstance(left, Literal):
            self._refuse(left_node, "two constants are compared", self._text(left_node))
            return None
        values = right.value if isinstance(right.value, tuple) else ()
        found, listed = category(left, self.scope), category_of_value(values[0])
        if found == "moment" and listed == "text":
            moments = [self._moment(node, str(value)) for value in values]
            whole = tuple(moment for moment in moments if moment is not None)
            return Compare(left, op, Literal(whole)) if len(whole) == len(moments) else None
        if found not in (listed, ANY) and {found, listed} != {"level", "text"}:
            self._refuse(node, f"a {found} cannot be one of these", self._text(node))
            return None
        return Compare(left, op, right) if self._coerced(node, left, op, right) is not None else None
