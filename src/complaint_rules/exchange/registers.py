"""A bank's own register (投诉台账) as cases: one row, one case, by a mapping file.

A blank cell is *unknown*, never *no*; no free text or personal item is carried over, only whether it is there. Pauses
and hops do not fit into one row: where they matter, store events and use JSON Lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, final

import attrs

from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.errors import Fault, InvalidCase, UnreadableInput
from complaint_rules.exchange.cases import Types, case_from_dict
from complaint_rules.exchange.cells import CellReader
from complaint_rules.exchange.columns import Column
from complaint_rules.exchange.delimited import damage_of, damaged, read_delimited
from complaint_rules.exchange.headers import Places, by_name
from complaint_rules.exchange.kinds import Kind, Started, kind_of, looks_like_json
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.mapping_files import EventColumns
from complaint_rules.exchange.rows import Row, RowFault
from complaint_rules.exchange.tables import Header, Record
from complaint_rules.mappings import FrozenMap


@final
@attrs.frozen
class _Bound:
    """A column of the mapping, tied to its place in the register."""

    column: Column
    place: int
    present: tuple[tuple[str, int], ...] = ()

    def read(self, cells: Sequence[str], reader: CellReader) -> Any:
        if self.present:
            return frozenset(item for item, place in self.present if not reader.is_blank(cells[place]))
        if self.column.constant is not None:
            value = self.column.constant
            return frozenset([value]) if self.column.type == "set" and isinstance(value, str) else value
        if damaged(cells[self.place]):
            raise UnreadableInput(what=self.column.name, why="it holds bytes of another encoding")
        return reader.read(self.column, cells[self.place])


@final
@attrs.frozen(kw_only=True)
class _BoundEvent:
    """An ``[[event]]`` of the mapping, tied to its places in the register."""

    columns: EventColumns
    condition: _Bound | None
    fields: tuple[tuple[str, _Bound], ...]
    changes: tuple[tuple[str, _Bound], ...]


@final
class _Rows:
    """Turns records into rows: a case, or every fault of it."""

    def __init__(self, mapping: RegisterMap, header: Header, types: Types, name: str) -> None:
        self._reader = CellReader(blank=mapping.blank, dates=mapping.dates, zone=mapping.zone, century=mapping.century)
        self._unseen = sorted(mapping.unseen)
        self._encoding = header.encoding
        columns = Places(header, tuple(_all_columns(mapping)))

        def bound(column: Column, path: str, name: str) -> _Bound:
            if not column.type:
                column = attrs.evolve(column, type=_readable(types.get(name, "text")))
            present = tuple((item, columns.place(of, f"{path}.present")) for item, of in (column.present or {}).items())
            return _Bound(column, columns.place(column.name, path) if column.name else 0, present)

        self._facts = tuple((name, bound(column, f"fact.{name}", name)) for name, column in mapping.facts.items())
        self._events = tuple(
            _BoundEvent(
                columns=event,
                condition=None if event.condition is None else bound(event.condition, f"event[{place}].if", ""),
                fields=tuple((name, bound(of, f"event[{place}].{name}", name)) for name, of in event.fields.items()),
                changes=tuple((name, bound(of, f"event[{place}].set", name)) for name, of in event.changes.items()),
            )
            for place, event in enumerate(mapping.events)
        )
        columns.raise_faults(name)

    def row(self, record: Record) -> Row:
        if record.why:
            fault = RowFault(line=record.line, column="", why=record.why, hint=record.hint)
            return Row(line=record.line, faults=(fault,))
        reading = _RowReader(record, self._reader, self._encoding)
        data: dict[str, Any] = {"extra": {}, "events": [], "unseen": set(self._unseen)}
        for name, bound in self._facts:
            core = name in CORE_FACTS or name == "id"
            value = reading.value(bound, name if core else f"extra.{name}")
            if value is None and bound.column.line:
                value = f"line-{record.line}"
            if value is not None:
                (data if core else data["extra"])[name] = value
        for event in self._events:
            self._event(event, reading, data)
        try:
            case = case_from_dict(data)
        except InvalidCase as error:
            return reading.refused(error.faults)
        return reading.refused(()) if reading.faults else Row(line=record.line, case=case)

    def _event(self, event: _BoundEvent, reading: _RowReader, data: dict[str, Any]) -> None:
        kind = event.columns.kind
        path = f"events[{len(data['events'])}]"
        at = dict(event.fields).get("at")
        dated = at is not None and (reading.value(at, f"{path}.at") is not None or f"{path}.at" in reading.faulty)
        happened: bool | None = dated or None
        if event.condition is not None:
            said = reading.value(event.condition, f"{path}.if")
            if said is False and dated and at is not None:
                why = f"a date stands there although {event.condition.column.name!r} says that it did not happen"
                reading.fault(at.column.name, why, "which of the two columns is right?")
            happened = said if said is not None else happened
        if happened:
            fields = {name: reading.value(bound, f"{path}.{name}") for name, bound in event.fields}
            changes = {name: reading.value(bound, f"{path}.set.{name}") for name, bound in event.changes}
            known = {name: value for name, value in changes.items() if value is not None}
            data["events"].append({"kind": kind, **fields} | ({"set": known} if known else {}))
        elif happened is None and (event.columns.if_blank or ("unknown" if event.condition else "no")) == "unknown":
            data["unseen"].add(kind)


@final
class _RowReader:
    """One row while it is read: its faults so far, and which column each value came from."""

    def __init__(self, record: Record, reader: CellReader, encoding: str) -> None:
        self._record = record
        self._reader = reader
        self._encoding = encoding
        self._named: dict[str, str] = {}
        self.faulty: set[str] = set()
        self.faults: list[RowFault] = []

    def value(self, bound: _Bound, path: str) -> Any:
        self._named[path] = bound.column.name
        if path in self.faulty:
            return None
        try:
            return bound.read(self._record.cells, self._reader)
        except UnreadableInput as error:
            why, hint = error.why, error.hint
        except Exception as error:  # noqa: BLE001 - whatever a cell leads to costs its row, never the run
            why, hint = f"it cannot be read ({type(error).__name__})", "a mistake of this library: please report it"
        self.faulty.add(path)
        self.fault(bound.column.name, damage_of(self._record.cells[bound.place], self._encoding) or why, hint)
        return None

    def fault(self, column: str, why: str, hint: str = "") -> None:
        self.faults.append(RowFault(line=self._record.line, column=column, why=why, hint=hint))

    def refused(self, more: Sequence[Fault]) -> Row:
        for fault in more:
            if fault.where not in self.faulty:
                column = self._named.get(fault.where) or fault.where
                self.fault(column, fault.why, fault.hint)
        return Row(line=self._record.line, faults=tuple(self.faults))


def _readable(kind: str) -> str:
    return "text" if kind == "level" else kind


def _all_columns(mapping: RegisterMap) -> Iterator[str]:
    columns = list(mapping.facts.values())
    for event in mapping.events:
        columns += [*event.fields.values(), *event.changes.values(), *([event.condition] if event.condition else [])]
    for column in columns:
        if column.name:
            yield column.name
        yield from (column.present or {}).values()


def read_register(
    stream: BinaryIO, mapping: RegisterMap | None = None, *, facts: Types | None = None, name: str = ""
) -> Iterator[Row]:
    """Read a register as a stream: one row is in memory at a time, a bad one stops nothing.

    Without a mapping the columns have to bear the names of facts. `facts` gives the types of an institution's own
    facts, where the mapping does not. `name` is the file that messages name.

    Raises `UnreadableInput` where the file as a whole cannot be read, `InvalidMapping` where it lacks a column that the
    mapping names, or has one twice.

    >>> import io
    >>> mapping = RegisterMap.from_text("fact = { id = '工单号', received = '受理日期' }")
    >>> lines = ["工单号,受理日期", "A-1,2026/9/30", "A-2,30.9."]
    >>> for row in read_register(io.BytesIO(chr(10).join(lines).encode("gb18030")), mapping):
    ...     print(row.case.complaint.received if row.case else row.faults[0].why)
    2026-09-30
    this is no date that can be read in one way; it looks like 99.9.
    """
    started = Started(stream)
    kind = kind_of(started.start)
    if kind is None and looks_like_json(started.start):
        kind = Kind("it is JSON, not a table", "give it without --columns, under a name that ends in .jsonl")
    if kind is not None:
        raise UnreadableInput(what="", why=kind.what, where=name, hint=kind.hint)
    shape = RegisterMap(facts=FrozenMap()) if mapping is None else mapping
    wanted = ("id", "received") if mapping is None else tuple(dict.fromkeys(_all_columns(mapping)))
    header, records = read_delimited(
        started,
        encodings=shape.encodings,
        delimiters=shape.delimiters,
        header_rows=shape.header_rows,
        join=shape.join,
        wanted=wanted,
        name=name,
    )
    rows = _Rows(by_name(header, facts or {}, name) if mapping is None else mapping, header, facts or {}, name)
    for record in records:
        yield rows.row(record)
