"""A mapping file (字段对照) read key by key: whatever is wrong with it is collected, nothing stops at the first fault.

What a mapping file can say, and why, stands in ``docs/howto-register.md``.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias, cast, final

import attrs

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import (
    NOTHING,
    ComplaintRulesError,
    Fault,
    InvalidMapping,
    did_you_mean,
)
from complaint_rules.exchange.columns import TYPES, Column
from complaint_rules.exchange.forms import form_fault
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING, FIRST_DAY, LAST_DAY

_TOP: Final = ("header", "encoding", "delimiter", "dates", "century", "zone", "blank", "fact", "event", "unseen")
_CENTURY: Final = 2000
_HEADER: Final = ("rows", "join")
_COLUMN: Final = ("column", "codes", "otherwise", "times", "is", "not", "split", "present", "value", "type", "if_blank")
_IF: Final = ("column", "is", "not")
DELIMITERS: Final = (",", "\t", ";")
_ASCII: Final = "".join(map(chr, range(128))).replace("\\", "\\u0041")
ENCODINGS: Final = ("utf-8-sig", "gb18030")
_MOST_HEADER_ROWS: Final = 10

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
_EVENT_TYPES: Final = _types_of(Event)
_EVENT_COLUMNS: Final = tuple(name for name in _EVENT_TYPES if name not in ("kind", "set"))
_EVENT: Final = ("kind", "if", "if_blank", *_EVENT_COLUMNS, "set")


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


_Entry: TypeAlias = Mapping[str, Any]


def fields_of(document: _Entry, name: str) -> dict[str, Any]:
    """Read a mapping document: give the fields of a `RegisterMap`.

    Raises `InvalidMapping` with every fault; `name` is the file that it names.

    >>> fields_of({"fact": {"id": "工单号", "received": "受理日期"}}, "own.toml")["facts"]["id"].name
    '工单号'
    """
    return _Loader(name).load(document)


class _Loader:
    """Checks a mapping document key by key; collects the faults instead of stopping at the first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[Fault] = []

    def fault(self, path: str, why: str, value: object = NOTHING, hint: str = "") -> None:
        where = f"{self._name}: {path}" if self._name else path
        self._found.append(Fault(where=where, why=why, value=value, hint=hint))

    def load(self, document: _Entry) -> dict[str, Any]:
        self.known(document, _TOP, "")
        header = self.table(document.get("header", {}), "header")
        self.known(header, _HEADER, "header.")
        rows = header.get("rows", 1)
        if type(rows) is not int or not 1 <= rows <= _MOST_HEADER_ROWS:
            self.fault("header.rows", f"a number from 1 to {_MOST_HEADER_ROWS} is expected", rows)
        century = self.century(document)
        dates = self.dates(document, century)
        if century is not None and not any("%y" in form for form in dates):
            self.fault("century", "no form under dates has %y, so it says nothing", century, "leave it out")
        facts = self.facts(document)
        loaded: dict[str, Any] = {
            "facts": FrozenMap(facts),
            "events": tuple(self.events(document)),
            "unseen": self.unseen(document),
            "header_rows": rows,
            "join": self.text(header.get("join", "/"), "header.join"),
            "encodings": self.encodings(document),
            "delimiters": self.delimiters(document),
            "dates": dates,
            "century": century,
            "zone": self.zone(document),
            "blank": frozenset(self.texts(document.get("blank", []), "blank")),
        }
        if self._found:
            count = f"{len(self._found)} fault{'' if len(self._found) == 1 else 's'}"
            why = f"the mapping is refused; {count}"
            raise InvalidMapping(what="", why=why, where=self._name, faults=tuple(self._found))
        return loaded

    def known(self, entry: _Entry, names: tuple[str, ...], path: str) -> None:
        for name in entry:
            if name not in names:
                hint = did_you_mean(name, names) or "known here: " + ", ".join(names)
                self.fault(f"{path}{name}", "no such key", hint=hint)

    def table(self, value: object, path: str) -> _Entry:
        if isinstance(value, Mapping):
            return value
        self.fault(path, "a table is expected", value)
        return {}

    def text(self, value: object, path: str) -> str:
        if isinstance(value, str) and value:
            return value
        self.fault(path, "a text is expected", value)
        return "?"

    def texts(self, value: object, path: str) -> tuple[str, ...]:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return tuple(items)
        self.fault(path, "a text or a list of texts is expected", value)
        return ()

    def delimiters(self, document: _Entry) -> tuple[str, ...]:
        found = self.texts(document.get("delimiter", list(DELIMITERS)), "delimiter")
        for one in found or ("",):
            if len(one) != 1 or one in '"\r\n':
                self.fault("delimiter", "one character is expected, or a list of such", one, "',' or ';' or \"\\t\"")
        return found

    def encodings(self, document: _Entry) -> tuple[str, ...]:
        names = self.texts(document.get("encoding", list(ENCODINGS)), "encoding")
        if document.get("encoding") == []:
            self.fault("encoding", "at least one encoding is expected", hint="as ['utf-8-sig', 'gb18030']")
        for name in names:
            # What reads lines keeps every ASCII character as it is and can leave bytes that are not its own.
            try:
                fine = _ASCII.encode("ascii").decode(name, "surrogateescape") == _ASCII
            except (LookupError, ValueError):
                fine = False
            if not fine:
                wide = name.lower().startswith(("utf-16", "utf_16", "utf-32", "utf_32"))
                near = did_you_mean(name, ("utf-8", "utf-8-sig", "gb18030", "gbk", "big5"))
                hint = "the file has to be converted first" if wide else near
                self.fault("encoding", "no encoding of lines of text", name, hint)
        return names

    def century(self, document: _Entry) -> int | None:
        century = document.get("century")
        if century is None or (type(century) is int and century == _CENTURY):
            return century
        hint = f"the years known run from {FIRST_DAY.year} to {LAST_DAY.year}: century = {_CENTURY}"
        self.fault("century", "the first year of the century that %y means is expected", century, hint)
        return _CENTURY

    def dates(self, document: _Entry, century: int | None) -> tuple[str, ...]:
        forms = self.texts(document.get("dates", []), "dates")
        for place, form in enumerate(forms):
            if why := form_fault(form, century):
                self.fault(f"dates[{place}]", why, form)
        return forms

    def zone(self, document: _Entry) -> dt.tzinfo:
        given = document.get("zone", "+08:00")
        try:
            zone = dt.datetime.strptime(given, "%z").tzinfo
        except (ValueError, TypeError):
            zone = None
        if zone is None:
            self.fault("zone", "an offset from UTC is expected", given, "as '+08:00' for Beijing")
            return BEIJING
        return zone

    def unseen(self, document: _Entry) -> frozenset[str]:
        entry = self.table(document.get("unseen", {}), "unseen")
        self.known(entry, ("events",), "unseen.")
        kinds = self.texts(entry.get("events", []), "unseen.events")
        for place, kind in enumerate(kinds):
            self.kind(kind, f"unseen.events[{place}]")
        return frozenset(kinds)

    def kind(self, value: object, path: str) -> str:
        try:
            return Event(cast(str, value)).kind
        except ComplaintRulesError as error:
            self.fault(path, error.why, value, error.hint)
            return "unknown"

    def facts(self, document: _Entry) -> dict[str, Column]:
        entry = self.table(document.get("fact", {}), "fact")
        facts: dict[str, Column] = {}
        for name, value in entry.items():
            path = f"fact.{name}"
            if not name.isidentifier() or not name.isascii():
                self.fault(path, "the name of a fact is an ASCII identifier", name)
                continue
            core = name in FACT_TYPES and name != "extra"
            facts[name] = self.column(value, path, FACT_TYPES[name] if core else "", line=name == "id")
            if core:
                self.trial(facts[name], path, functools.partial(_with_fact, name))
        for name in ("id", "received"):
            if name not in entry:
                near = did_you_mean(name, [key for key in entry if key not in FACT_TYPES])
                hint = near.replace("did you mean", "did you mean it by") or f"name its column: {name} = '…'"
                self.fault(f"fact.{name}", "it is missing", hint=hint)
        return facts

    def trial(self, column: Column, path: str, make: Callable[[Any], object]) -> None:
        """Let the value itself say whether it can be what the mapping makes of it."""
        candidates = [(f"{path}.codes.{code}", value) for code, value in (column.codes or {}).items()]
        candidates += [(f"{path}.otherwise", column.otherwise), (f"{path}.value", column.constant)]
        if column.present is not None:
            candidates.append((f"{path}.present", frozenset(column.present)))
        for place, value in candidates:
            try:
                make([value] if column.type == "set" and isinstance(value, str) else value)
            except ComplaintRulesError as error:
                self.fault(place, error.why, value, error.hint)

    def column(self, value: object, path: str, kind: str, *, line: bool = False) -> Column:
        if isinstance(value, str):
            return Column(name=self.text(value, path), type=kind)
        if not isinstance(value, Mapping):
            self.fault(path, "a column's name or a table is expected", value)
            return Column(name="?")
        self.known(value, _COLUMN, f"{path}.")
        sources = [key for key in ("column", "value", "present") if key in value]
        if len(sources) != 1:
            self.fault(path, "exactly one of column, value and present is expected", sources or NOTHING)
        declared = value.get("type", kind)
        if declared not in ("", *TYPES) or (kind and declared != kind):
            known = (kind,) if kind else TYPES
            self.fault(f"{path}.type", "the type does not fit", declared, "known: " + ", ".join(known))
        times = value.get("times")
        if times is not None and (type(times) not in (int, Decimal) or not times > 0):
            self.fault(f"{path}.times", "a number above 0 is expected", times)
            times = None
        if times is not None and declared not in ("int", "decimal"):
            self.fault(f"{path}.times", "only a figure can be multiplied", hint="type = 'decimal' makes it one")
        if_blank = value.get("if_blank")
        if if_blank is not None and (if_blank != "line" or not line):
            self.fault(f"{path}.if_blank", "a blank is unknown; only an id can be made of its line", if_blank)
        return Column(
            name=self.text(value["column"], f"{path}.column") if "column" in value else "",
            type=declared if isinstance(declared, str) else "",
            codes=self.codes(value["codes"], f"{path}.codes") if "codes" in value else None,
            otherwise=value.get("otherwise"),
            times=None if times is None else Decimal(times),
            equals=frozenset(self.texts(value.get("is", []), f"{path}.is")),
            differs=frozenset(self.texts(value["not"], f"{path}.not")) if "not" in value else None,
            split=self.text(value["split"], f"{path}.split") if "split" in value else "",
            present=self.present(value["present"], f"{path}.present") if "present" in value else None,
            constant=value.get("value"),
            line=if_blank == "line",
        )

    def codes(self, value: object, path: str) -> Mapping[str, Any]:
        entry = self.table(value, path)
        for code, meant in entry.items():
            if not isinstance(meant, str | bool | int | Decimal):
                self.fault(f"{path}.{code}", "a code stands for a text, a number, true or false", meant)
        return FrozenMap(entry)

    def present(self, value: object, path: str) -> Mapping[str, str]:
        entry = self.table(value, path)
        return FrozenMap({item: self.text(column, f"{path}.{item}") for item, column in entry.items()})

    def events(self, document: _Entry) -> Iterator[EventColumns]:
        entries = document.get("event", [])
        if not isinstance(entries, list):
            self.fault("event", "a list of tables is expected", hint="write [[event]] with two brackets")
            return
        for place, given in enumerate(entries):
            path = f"event[{place}]"
            entry = self.table(given, path)
            self.known(entry, _EVENT, f"{path}.")
            condition = self.condition(entry["if"], f"{path}.if") if "if" in entry else None
            fields = {}
            for name in _EVENT_COLUMNS:
                if name in entry:
                    fields[name] = self.column(entry[name], f"{path}.{name}", _EVENT_TYPES[name])
                    self.trial(fields[name], f"{path}.{name}", functools.partial(_with_field, name))
            if condition is None and "at" not in entry:
                self.fault(path, "nothing says whether it happened", hint="name a column under at, or under if")
            if_blank = entry.get("if_blank", "")
            if if_blank not in ("", "no", "unknown"):
                self.fault(f"{path}.if_blank", "'no' or 'unknown' is expected", if_blank)
            changes = self.table(entry.get("set", {}), f"{path}.set")
            yield EventColumns(
                kind=self.kind(entry.get("kind"), f"{path}.kind"),
                condition=condition,
                if_blank=if_blank,
                fields=FrozenMap(fields),
                changes=FrozenMap(
                    {
                        name: self.column(value, f"{path}.set.{name}", FACT_TYPES.get(name, ""))
                        for name, value in changes.items()
                    }
                ),
            )

    def condition(self, value: object, path: str) -> Column:
        entry = self.table(value, path)
        self.known(entry, _IF, f"{path}.")
        for key in ("column", "is"):
            if key not in entry:
                self.fault(f"{path}.{key}", "it is missing", hint="as { column = '是否回访', is = '是', not = '否' }")
                return Column(name="?")
        return self.column({key: given for key, given in entry.items() if key in _IF}, path, "bool")


def _with_fact(name: str, value: object) -> Complaint:
    fields: dict[str, Any] = {"id": "-", "received": FIRST_DAY}
    return Complaint(**fields if value is None else fields | {name: value})


def _with_field(name: str, value: object) -> Event:
    fields: dict[str, Any] = {name: value}
    return Event("registered", **fields)
