"""A mapping tied to one register: every column at its place, every type known, before the first row is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, final

import attrs

from complaint_rules.cases.plain import Types
from complaint_rules.errors import UnreadableInput
from complaint_rules.exchange.cells import CellReader
from complaint_rules.exchange.columns import Column
from complaint_rules.exchange.delimited import damaged
from complaint_rules.exchange.headers import Places
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.mapping_files import EventColumns
from complaint_rules.exchange.tables import Cell, Header, plain_name


@final
@attrs.frozen(kw_only=True)
class Bound:
    """A column of the mapping, tied to its place in the register."""

    column: Column
    """The column, its type known."""
    reader: CellReader
    """What reads its cells."""
    place: int = 0
    """Where it stands, from 0."""
    clock: int | None = None
    """Where its time of day stands; None: in the same cell, if anywhere."""
    present: tuple[tuple[str, int], ...] = ()
    """Items and the places that show them by being filled."""

    def read(self, cells: Sequence[Cell]) -> Any:
        """Give the value that a row has here; None where it is blank.

        Raises `UnreadableInput` with what was expected.
        """
        column = self.column
        if self.present:
            return frozenset(item for item, place in self.present if not self.reader.is_blank(cells[place]))
        if column.constant is not None:
            value = column.constant
            return frozenset([value]) if column.type == "set" and isinstance(value, str) else value
        if damaged(cells[self.place]):
            raise UnreadableInput(what=column.name, why="it holds bytes of another encoding")
        if self.clock is not None:
            return self.reader.read_two(column, cells[self.place], cells[self.clock])
        return self.reader.read(column, cells[self.place])


@final
@attrs.frozen(kw_only=True)
class BoundEvent:
    """An ``[[event]]`` of the mapping, tied to its places in the register."""

    columns: EventColumns
    """What the mapping says."""
    condition: Bound | None
    """``if``; None: a filled date says that it happened."""
    fields: tuple[tuple[str, Bound], ...]
    """Fields and where they stand."""
    changes: tuple[tuple[str, Bound], ...]
    """Facts that it makes known, and where they stand."""
    conditional: bool
    """Whether its date may be that of something else: then it proves nothing, and contradicts no no beside it."""

    @property
    def at(self) -> Bound | None:
        """Where its moment stands."""
        return dict(self.fields).get("at")


@final
@attrs.frozen(kw_only=True)
class BoundMap:
    """A mapping tied to one register."""

    facts: tuple[tuple[str, Bound], ...]
    """Facts and where they stand; ``id`` among them."""
    events: tuple[BoundEvent, ...]
    """The events that a row can show."""


def bind(mapping: RegisterMap, header: Header, types: Types, name: str) -> BoundMap:
    """Tie a mapping to a register; `types` are those of the facts that the policy declares.

    Raises `InvalidMapping` with every column that is missing or there twice.

    >>> mapping = RegisterMap.from_text("fact = { id = '单号', received = '日期' }")
    >>> [bound.place for _, bound in bind(mapping, Header(("日期", "单号"), "/"), {}, "book.csv").facts]
    [1, 0]
    """
    places = Places(header, columns_of(mapping))
    reader = CellReader(blank=mapping.blank, dates=mapping.dates, zone=mapping.zone, century=mapping.century)

    def bound(column: Column, path: str, fact: str) -> Bound:
        if not column.type:
            kind = types.get(fact, "text")
            column = attrs.evolve(column, type="text" if kind == "level" else kind)
        return Bound(
            column=column,
            reader=reader.of(column),
            place=places.place(column.name, path) if column.name else 0,
            clock=places.place(column.clock, path) if column.clock else None,
            present=tuple((item, places.place(of, f"{path}.present")) for item, of in (column.present or {}).items()),
        )

    dated = Counter(plain_name(event.fields["at"].name) for event in mapping.events if "at" in event.fields)
    dated.update([plain_name(mapping.facts["received"].name)] if "received" in mapping.facts else [])

    def shared(event: EventColumns) -> bool:
        at = event.fields.get("at")
        return at is not None and (at.conditional or mapping.row == "event" or dated[plain_name(at.name)] > 1)

    tied = BoundMap(
        facts=tuple((fact, bound(column, f"fact.{fact}", fact)) for fact, column in mapping.facts.items()),
        events=tuple(
            BoundEvent(
                columns=event,
                condition=None if event.condition is None else bound(event.condition, f"event[{place}].if", ""),
                fields=tuple(
                    (field, bound(of, f"event[{place}].{field}", field)) for field, of in event.fields.items()
                ),
                changes=tuple((fact, bound(of, f"event[{place}].set", fact)) for fact, of in event.changes.items()),
                conditional=shared(event),
            )
            for place, event in enumerate(mapping.events)
        ),
    )
    places.raise_faults(name)
    return tied


def columns_of(mapping: RegisterMap) -> Iterator[str]:
    """Give the name of every column that a mapping reads, some more than once.

    >>> list(
    ...     columns_of(
    ...         RegisterMap.from_text("fact = { id = '单号', received = { column = ['日期', '时间'] } }")
    ...     )
    ... )
    ['单号', '日期', '时间']
    """
    columns = list(mapping.facts.values())
    for event in mapping.events:
        columns += [*event.fields.values(), *event.changes.values(), *([event.condition] if event.condition else [])]
    for column in columns:
        yield from (name for name in (column.name, column.clock, *(column.present or {}).values()) if name)
