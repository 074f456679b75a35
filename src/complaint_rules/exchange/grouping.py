"""The rows of one key as one case, where each row of a register is one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from complaint_rules.exchange.reading import Told
from complaint_rules.exchange.rows import RowFault
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import earliest_of


def grouped(rows: Iterable[Told], picks: Mapping[str, str]) -> Iterator[Told]:
    """Gather the rows of each key, wherever they stand in the file; give one for each key, in order of its first row.

    `picks` says of a fact which row tells it (``first``, ``last``, ``earliest``, ``latest``). Without a word the
    receipt is the earliest, and of any other fact all rows that have it must say the same. A row without a key stays
    alone. What is held is what the cells came to, not the cells.
    """
    keys: dict[Any, list[Told]] = {}
    for row in rows:
        key = row.facts.get("id")
        keys.setdefault(object() if key is None else key, []).append(row)
    for group in keys.values():
        yield _merged(group, picks) if len(group) > 1 else group[0]


def _merged(group: list[Told], picks: Mapping[str, str]) -> Told:
    facts: dict[str, Any] = {}
    faults = [fault for row in group for fault in row.faults]
    columns: dict[str, str] = {}
    blamed: set[str] = set()
    events: list[Mapping[str, Any]] = []
    for row in group:
        for path, column in row.columns.items():
            columns[_moved(path, len(events))] = column
        blamed.update(_moved(path, len(events)) for path in row.blamed)
        events += row.events
    for name in dict.fromkeys(name for row in group for name in row.facts):
        having = [row for row in group if name in row.facts]
        pick = picks.get(name) or ("earliest" if name == "received" else "")
        odd = next((row for row in having if row.facts[name] != having[0].facts[name]), None)
        if odd is not None and not pick:
            why = f"line {having[0].line} of the same key says something else"
            hint = f"fact.{name}.pick = 'first' or 'last' in the mapping says which counts"
            column = odd.columns.get(name) or odd.columns.get(f"extra.{name}", name)
            faults.append(RowFault(line=odd.line, column=column, why=why, hint=hint))
        facts[name] = _picked([row.facts[name] for row in having], pick)
    return attrs.evolve(
        group[0],
        facts=facts,
        events=tuple(events),
        unseen=frozenset().union(*(row.unseen for row in group)) - {event["kind"] for event in events},
        columns=FrozenMap(columns),
        faults=tuple(faults),
        notes=tuple(note for row in group for note in row.notes),
        blamed=frozenset(blamed),
    )


def _moved(path: str, by: int) -> str:
    """Give the key path that a value of one row has among the events of all."""
    head, mark, rest = path.removeprefix("events[").partition("]")
    return f"events[{int(head) + by}]{rest}" if mark and head.isdigit() else path


def _picked(values: list[Any], pick: str) -> Any:
    match pick:
        case "last":
            return values[-1]
        case "earliest":
            return min(values, key=_order)
        case "latest":
            return max(values, key=_order)
        case _:
            return values[0]


def _order(value: Any) -> Any:
    return earliest_of(value) if hasattr(value, "year") else value
