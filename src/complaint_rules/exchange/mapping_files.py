"""A mapping file (字段对照) read key by key: whatever is wrong with it is collected, nothing stops at the first fault.

What a mapping file can say, and why, stands in ``docs/howto-register.md``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast, final

import attrs

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.documents.faults import Faults
from complaint_rules.errors import ComplaintRulesError, InvalidMapping, did_you_mean
from complaint_rules.exchange.column_files import ColumnFiles, Entry
from complaint_rules.exchange.columns import Column
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING, FIRST_DAY

TOP: Final = (
    "header", "encoding", "delimiter", "sheet", "row", "dates", "century", "zone", "blank", "fact", "event", "unseen",
)  # fmt: skip
"""Keys of a mapping file."""
HEADER: Final = ("rows", "join")
"""Keys of its ``[header]``."""
IF: Final = ("column", "is", "not", "blank", "unreadable")
"""Keys of the ``if`` of an event."""
_ASCII: Final = "".join(map(chr, range(128))).replace("\\", "\\u0041")
_SHAPES: Final = ("utf-8", "utf-8-sig", "gb18030", "gbk", "big5")
DELIMITERS: Final = (",", "\t", ";", "|")
"""Characters that may part the cells where a mapping file names none."""
ENCODINGS: Final = ("utf-8-sig", "gb18030")
"""Encodings that are tried where a mapping file names none."""
ROWS: Final = ("case", "event")
"""What one row of a register can be."""
MOST_HEADER_ROWS: Final = 10
"""How many rows a header can have."""

_ANNOTATED: Final = (
    ("bool", "bool"), ("int", "int"), ("Decimal", "decimal"), ("frozenset", "set"), ("dt.datetime", "when"),
)  # fmt: skip


def _types_of(cls: type[attrs.AttrsInstance]) -> Mapping[str, str]:
    """Read off what each field is, so that the types are stated once: in the value itself."""
    return FrozenMap(
        {
            field.name: next((kind for mark, kind in _ANNOTATED if str(field.type).startswith(mark)), "text")
            for field in attrs.fields(cls)
        }
    )


FACT_TYPES: Final = _types_of(Complaint)
"""Core facts and their types, as cells are read."""
EVENT_TYPES: Final = _types_of(Event)
"""Fields of an event and their types, as cells are read."""
_EVENT_COLUMNS: Final = tuple(name for name in EVENT_TYPES if name not in ("kind", "set"))
EVENT: Final = ("kind", "if", "if_blank", *_EVENT_COLUMNS, "set")
"""Keys of an ``[[event]]``."""


@final
@attrs.frozen(kw_only=True)
class EventColumns:
    """How a row shows that something happened: one ``[[event]]`` of a mapping file."""

    kind: str
    """Kind of the event."""
    condition: Column | None = None
    """``if``: the column that says whether it happened; None: a filled `at` says so."""
    if_blank: str = ""
    """``no`` or ``unknown``: what a blank means; empty: unknown with ``if``, not happened without."""
    fields: Mapping[str, Column] = FrozenMap()
    """Field of the event and its column."""
    changes: Mapping[str, Column] = FrozenMap()
    """``set``: fact that the event makes known, and its column."""


def fields_of(document: Entry, name: str, lines: Mapping[str, int] = FrozenMap()) -> dict[str, Any]:
    """Read a mapping document: give the fields of a `RegisterMap`.

    Raises `InvalidMapping` with every fault; `name` is the file that it names, `lines` those of its keys.

    >>> fields_of({"fact": {"id": "工单号", "received": "受理日期"}}, "own.toml")["facts"]["id"].name
    '工单号'
    """
    faults = Faults(name)
    faults.lines = lines
    fields = _Document(document, faults).fields()
    if found := faults.all(document):
        why = f"the mapping is refused; {len(faults)} fault{'' if len(faults) == 1 else 's'}"
        raise InvalidMapping(what="", why=why, where=name, faults=tuple(found))
    return fields


class _Document:
    """A mapping document while it is read."""

    def __init__(self, document: Entry, faults: Faults) -> None:
        self._document = document
        self._faults = faults
        self._row = document.get("row", "")
        self._read = ColumnFiles(faults, of_events=self._row == "event")

    def fields(self) -> dict[str, Any]:
        read, document = self._read, self._document
        read.known(document, TOP, "")
        header = read.table(document.get("header", {}), "header")
        read.known(header, HEADER, "header.")
        rows = header.get("rows", 1)
        if type(rows) is not int or not 1 <= rows <= MOST_HEADER_ROWS:
            self._faults.add("header.rows", f"a number from 1 to {MOST_HEADER_ROWS} is expected", rows)
        century = read.century(document.get("century"), "century")
        dates = read.dates(document.get("dates", []), "dates", century)
        if century is not None and not any("%y" in form for form in dates):
            self._faults.add("century", "no form under dates has %y, so it says nothing", century, "leave it out")
        return {
            "facts": FrozenMap(self._facts()),
            "events": tuple(self._events()),
            "unseen": self._unseen(),
            "row": read.choice(self._row, "row", ROWS),
            "sheet": read.text(document["sheet"], "sheet") if "sheet" in document else "",
            "header_rows": rows,
            "join": read.text(header.get("join", "/"), "header.join"),
            "encodings": self._encodings(),
            "delimiters": self._delimiters(),
            "dates": dates,
            "century": century,
            "zone": read.zone(document.get("zone", "+08:00"), "zone") or BEIJING,
            "blank": frozenset(read.texts(document.get("blank", []), "blank")),
        }

    def _delimiters(self) -> tuple[str, ...]:
        found = self._read.texts(self._document.get("delimiter", list(DELIMITERS)), "delimiter")
        for one in found or ("",):
            if len(one) != 1 or one in '"\r\n':
                self._faults.add(
                    "delimiter", "one character is expected, or a list of such", one, "',' or ';' or \"\\t\""
                )
        return found

    def _encodings(self) -> tuple[str, ...]:
        names = self._read.texts(self._document.get("encoding", list(ENCODINGS)), "encoding")
        if self._document.get("encoding") == []:
            self._faults.add("encoding", "at least one encoding is expected", hint="as ['utf-8-sig', 'gb18030']")
        for name in names:
            # What reads lines keeps every ASCII character as it is and can leave bytes that are not its own.
            try:
                fine = _ASCII.encode("ascii").decode(name, "surrogateescape") == _ASCII
            except (LookupError, ValueError):
                fine = False
            if not fine:
                wide = name.lower().startswith(("utf-16", "utf_16", "utf-32", "utf_32"))
                hint = "the file has to be converted first" if wide else did_you_mean(name, _SHAPES)
                self._faults.add("encoding", "no encoding of lines of text", name, hint)
        return names

    def _unseen(self) -> frozenset[str]:
        entry = self._read.table(self._document.get("unseen", {}), "unseen")
        self._read.known(entry, ("events",), "unseen.")
        kinds = self._read.texts(entry.get("events", []), "unseen.events")
        for place, kind in enumerate(kinds):
            self._kind(kind, f"unseen.events[{place}]")
        return frozenset(kinds)

    def _kind(self, value: object, path: str) -> str:
        try:
            return Event(cast(str, value)).kind
        except ComplaintRulesError as error:
            self._faults.add(path, error.why, value, error.hint)
            return "unknown"

    def _facts(self) -> dict[str, Column]:
        entry = self._read.table(self._document.get("fact", {}), "fact")
        facts: dict[str, Column] = {}
        for name, value in entry.items():
            path = f"fact.{name}"
            if not name.isidentifier() or not name.isascii():
                self._faults.add(path, "the name of a fact is an ASCII identifier", name)
                continue
            core = name in FACT_TYPES and name != "extra"
            needed = name in ("id", "received")
            facts[name] = self._read.column(value, path, FACT_TYPES[name] if core else "", name=name, needed=needed)
            if core:
                self._read.trial(facts[name], path, functools.partial(_with_fact, name))
        for name in ("id", "received"):
            if name not in entry:
                near = did_you_mean(name, [key for key in entry if key not in FACT_TYPES])
                hint = near.replace("did you mean", "did you mean it by") or f"name its column: {name} = '…'"
                self._faults.add(f"fact.{name}", "it is missing", hint=hint)
        return facts

    def _events(self) -> Iterator[EventColumns]:
        entries = self._document.get("event", [])
        if not isinstance(entries, list):
            self._faults.add("event", "a list of tables is expected", hint="write [[event]] with two brackets")
            return
        for place, given in enumerate(entries):
            yield self._event(self._read.table(given, f"event[{place}]"), f"event[{place}]")

    def _event(self, entry: Entry, path: str) -> EventColumns:
        read = self._read
        read.known(entry, EVENT, f"{path}.")
        condition = self._condition(entry["if"], f"{path}.if") if "if" in entry else None
        fields = {}
        for name in _EVENT_COLUMNS:
            if name in entry:
                fields[name] = read.column(entry[name], f"{path}.{name}", EVENT_TYPES[name], name=name)
                read.trial(fields[name], f"{path}.{name}", functools.partial(_with_field, name))
        if condition is None and "at" not in entry:
            self._faults.add(path, "nothing says whether it happened", hint="name a column under at, or under if")
        if condition is None and "at" in fields and fields["at"].conditional:
            hint = "add if = { column = '…', is = '…' }, or leave it out"
            self._faults.add(f"{path}.at.conditional", "there is no if that could be its condition", hint=hint)
        changes = read.table(entry.get("set", {}), f"{path}.set")
        return EventColumns(
            kind=self._kind(entry.get("kind"), f"{path}.kind"),
            condition=condition,
            if_blank=read.choice(entry.get("if_blank", ""), f"{path}.if_blank", ("no", "unknown")),
            fields=FrozenMap(fields),
            changes=FrozenMap(
                {
                    name: read.column(value, f"{path}.set.{name}", FACT_TYPES.get(name, ""), name=name)
                    for name, value in changes.items()
                }
            ),
        )

    def _condition(self, value: object, path: str) -> Column:
        entry = self._read.table(value, path)
        self._read.known(entry, IF, f"{path}.")
        for key in ("column", "is"):
            if key not in entry:
                hint = "as { column = '是否回访', is = '是', not = '否' }"
                self._faults.add(f"{path}.{key}", "it is missing", hint=hint)
                return Column(name="?")
        return self._read.column({key: given for key, given in entry.items() if key in IF}, path, "bool")


def _with_fact(name: str, value: object) -> Complaint:
    fields: dict[str, Any] = {"id": "-", "received": FIRST_DAY}
    return Complaint(**fields if value is None else fields | {name: value})


def _with_field(name: str, value: object) -> Event:
    fields: dict[str, Any] = {name: value}
    return Event("registered", **fields)
