"""A bank's own register (投诉台账) as cases, by a mapping file: one row, one case, or one row for each event of it.

A blank cell is *unknown*, never *no*; no free text or personal item is carried over, only whether it is there. Pauses
and hops do not fit into one row: where they matter, each row is one event, or events are stored as JSON Lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from complaint_rules.cases.plain import Types
from complaint_rules.errors import UnreadableInput
from complaint_rules.exchange.bound import BoundMap, bind, columns_of
from complaint_rules.exchange.delimited import read_delimited
from complaint_rules.exchange.grouping import grouped
from complaint_rules.exchange.headers import by_name
from complaint_rules.exchange.kinds import Kind, Started, kind_of, looks_like_json
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.reading import Told, row_of, told_by
from complaint_rules.exchange.rows import Row, RowFault
from complaint_rules.exchange.tables import Record, plain_name
from complaint_rules.exchange.workbooks import MOST_BYTES, read_workbook
from complaint_rules.mappings import FrozenMap


def read_register(
    stream: BinaryIO | Started, mapping: RegisterMap | None = None, *, facts: Types | None = None, name: str = ""
) -> Iterator[Row]:
    """Read a register as a stream: one row is in memory at a time, a bad one stops nothing.

    The register is delimited text, or a workbook where the extra ``xlsx`` is installed; a workbook is held as a whole.
    Without a mapping the columns have to bear the names of facts. `facts` gives the types of an institution's own
    facts, where the mapping does not. `name` is the file that messages name. Where each row is one event, the cases
    come once all rows are read.

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
    if kind is not None and not kind.workbook:
        raise UnreadableInput(what="", why=kind.what, where=name, hint=kind.hint)
    shape = RegisterMap(facts=FrozenMap()) if mapping is None else mapping
    wanted = ("id", "received") if mapping is None else tuple(dict.fromkeys(columns_of(mapping)))
    if kind is not None:
        header, records = read_workbook(
            started.read(MOST_BYTES + 1),
            sheet=shape.sheet,
            header_rows=shape.header_rows,
            join=shape.join,
            wanted=wanted,
            what=kind.what,
            name=name,
        )
    else:
        header, records = read_delimited(
            started,
            encodings=shape.encodings,
            delimiters=shape.delimiters,
            header_rows=shape.header_rows,
            join=shape.join,
            wanted=wanted,
            name=name,
        )
    if mapping is None:
        mapping = by_name(header, facts or {}, name)
    tied = bind(mapping, header, facts or {}, name)
    told = _told(records, tied, header.encoding)
    if mapping.row == "event":
        picks = {fact: column.pick for fact, column in mapping.facts.items()}
        told = grouped(told, picks)
    elif not mapping.row and _may_be_a_log(mapping):
        told = _one_row_each(told, name)
    for one in told:
        yield row_of(one, mapping.unseen)


def _told(records: Iterator[Record], mapping: BoundMap, encoding: str) -> Iterator[Told]:
    for record in records:
        if record.why:
            fault = RowFault(line=record.line, column="", why=record.why, hint=record.hint)
            yield Told(
                line=record.line, facts={}, events=(), unseen=frozenset(), columns={}, faults=(fault,), notes=(),
                blamed=frozenset(("id", "received")),
            )  # fmt: skip
        else:
            yield told_by(record, mapping, encoding)


def _may_be_a_log(mapping: RegisterMap) -> bool:
    """Say whether a condition tells if one and the same date is of the receipt or an event, as in a log of events."""
    received = plain_name(mapping.facts["received"].name)
    return any(
        event.condition is not None and "at" in event.fields and plain_name(event.fields["at"].name) == received
        for event in mapping.events
    )


def _one_row_each(rows: Iterator[Told], name: str) -> Iterator[Told]:
    lines: dict[str, int] = {}
    for row in rows:
        key = row.facts.get("id")
        before = lines.setdefault(key, row.line) if key is not None else row.line
        if before != row.line:
            why = f"lines {before} and {row.line} bear the same key, and a condition says what their one date is of"
            hint = (
                "this looks like one row for each event: row = 'event' in the mapping file reads it so, or write JSON "
                "Lines (docs/howto-events.md); row = 'case' where each row is a case all the same"
            )
            raise UnreadableInput(what="", why=why, where=name, hint=hint)
        yield row
