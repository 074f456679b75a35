"""One row of a register while it is read: what it tells of its case, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, final

import attrs

from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.cases.plain import case_of_tidy
from complaint_rules.errors import Fault, InvalidCase, UnreadableInput
from complaint_rules.exchange.bound import Bound, BoundEvent, BoundMap
from complaint_rules.exchange.delimited import damage_of
from complaint_rules.exchange.looks import lost_digits
from complaint_rules.exchange.rows import Row, RowFault, unexpected
from complaint_rules.exchange.tables import Record

_LOST: Final = "the key has lost digits: a spreadsheet wrote it as 2.02403E+13"


@final
@attrs.frozen(kw_only=True)
class Told:
    """What one row tells: facts, events, and what it cannot show; not yet a case."""

    line: int
    """Physical line on which the row starts, from 1."""
    facts: Mapping[str, Any]
    """Facts that are known, ``id`` among them."""
    events: tuple[Mapping[str, Any], ...]
    """Events that happened, as data."""
    unseen: frozenset[str]
    """Kinds of event of which the row cannot say whether they happened."""
    columns: Mapping[str, str]
    """Key path of each value and the column it came from, for what the values themselves refuse later."""
    faults: tuple[RowFault, ...]
    """What refuses the row."""
    notes: tuple[RowFault, ...]
    """What is told of it although it is read."""
    blamed: frozenset[str]
    """Key paths of values that are refused already."""


def told_by(record: Record, mapping: BoundMap, encoding: str) -> Told:
    """Read a row as far as its cells go."""
    return _RowReader(record, encoding).told(mapping)


def row_of(told: Told, unseen: Iterable[str]) -> Row:
    """Make a case of what one row, or all rows of a key, tell; or give every fault of it.

    `unseen` are the kinds of event that the register cannot show at all.
    """
    core = {name: value for name, value in told.facts.items() if name in CORE_FACTS or name == "id"}
    extra = {name: value for name, value in told.facts.items() if name not in core}
    data = {**core, "extra": extra, "events": told.events, "unseen": told.unseen | {*unseen}}
    try:
        case = case_of_tidy(data)
        more: tuple[Fault, ...] = ()
    except InvalidCase as error:
        more = error.faults
    except Exception as error:  # noqa: BLE001 - whatever a row leads to costs it, never the run
        return Row(line=told.line, faults=(*told.faults, unexpected(error, told.line)))
    faults = list(told.faults)
    for fault in more:
        if fault.where not in told.blamed:
            column = told.columns.get(fault.where) or fault.where
            faults.append(RowFault(line=told.line, column=column, why=fault.why, hint=fault.hint))
    if faults or more:
        return Row(line=told.line, faults=tuple(faults))
    return Row(line=told.line, case=case, notes=told.notes)


@final
class _RowReader:
    """One row while it is read: its faults so far, and which column each value came from."""

    def __init__(self, record: Record, encoding: str) -> None:
        self._record = record
        self._encoding = encoding
        self._columns: dict[str, str] = {}
        self._faulty: set[str] = set()
        self._unread: set[str] = set()
        self._faults: list[RowFault] = []
        self._notes: list[RowFault] = []
        self._events: list[Mapping[str, Any]] = []
        self._unseen: set[str] = set()

    def told(self, mapping: BoundMap) -> Told:
        facts: dict[str, Any] = {}
        for name, bound in mapping.facts:
            value = self._value(bound, name if name in CORE_FACTS or name == "id" else f"extra.{name}")
            if value is None and bound.column.line:
                value = f"line-{self._record.line}"
            if name == "id" and isinstance(value, str) and lost_digits(value):
                hint = "format the column as text and export again"
                self._notes.append(self._fault(bound.column.name, _LOST, hint))
            if value is not None:
                facts[name] = value
        for event in mapping.events:
            self._event(event)
        return Told(
            line=self._record.line, facts=facts, events=tuple(self._events), unseen=frozenset(self._unseen),
            columns=self._columns, faults=tuple(dict.fromkeys(self._faults)), notes=tuple(dict.fromkeys(self._notes)),
            blamed=frozenset(self._faulty),
        )  # fmt: skip

    def _event(self, event: BoundEvent) -> None:
        path = f"events[{len(self._events)}]"
        happened = self._happened(event, path)
        if happened:
            fields = {name: self._value(bound, f"{path}.{name}") for name, bound in event.fields}
            changes = {name: self._value(bound, f"{path}.set.{name}") for name, bound in event.changes}
            known = {name: value for name, value in changes.items() if value is not None}
            self._events.append({"kind": event.columns.kind, **fields} | ({"set": known} if known else {}))
            return
        for seen in (self._faulty, self._unread):  # the next event will stand under this path
            seen.difference_update((f"{path}.if", f"{path}.at"))
        if happened is None and (event.columns.if_blank or ("unknown" if event.condition else "no")) == "unknown":
            self._unseen.add(event.columns.kind)

    def _happened(self, event: BoundEvent, path: str) -> bool | None:
        """Say whether an event happened; None where the row does not say."""
        at, when = event.at, f"{path}.at"
        dated = at is not None and (self._value(at, when) is not None or when in self._faulty or when in self._unread)
        if event.condition is None:
            return dated or None
        said: bool | None = self._value(event.condition, f"{path}.if")
        if said is False and dated and at is not None and not event.conditional:
            why = f"a date stands there although {event.condition.column.name!r} says that it did not happen"
            hint = "which of the two is right? where it is the date of something else, say conditional = true under at"
            self._faults.append(self._fault(at.column.name, why, hint))
        return said if said is not None or event.conditional else dated or None

    def _value(self, bound: Bound, path: str) -> Any:
        self._columns[path] = bound.column.name
        if path in self._faulty or path in self._unread:
            return None
        column = bound.column.name
        try:
            return bound.read(self._record.cells)
        except UnreadableInput as error:
            column, why, hint = error.what, error.why, error.hint
        except Exception as error:  # noqa: BLE001 - whatever a cell leads to costs its row, never the run
            odd = unexpected(error, self._record.line)
            why, hint = odd.why, odd.hint
        why = damage_of(self._record.cells[bound.place], self._encoding) or why
        if bound.column.unknown:
            self._unread.add(path)
            self._notes.append(self._fault(column, f"{why}; taken as unknown", hint))
        else:
            self._faulty.add(path)
            self._faults.append(self._fault(column, why, hint))
        return None

    def _fault(self, column: str, why: str, hint: str) -> RowFault:
        return RowFault(line=self._record.line, column=column, why=why, hint=hint)
