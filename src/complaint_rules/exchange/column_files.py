"""One column of a mapping file, read key by key: what it says has to fit, and has to have an effect.

Which key goes with what stands in `_EFFECTS`, as data; a key that could be left out without any change is refused,
because whoever wrote it meant something by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias, final

from complaint_rules.documents.faults import Faults
from complaint_rules.errors import NOTHING, ComplaintRulesError
from complaint_rules.exchange.columns import DATED, FIGURES, PICKS, TYPES, Column
from complaint_rules.exchange.figures import UNITS
from complaint_rules.exchange.forms import form_fault
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY, LAST_DAY

Entry: TypeAlias = Mapping[str, Any]
"""A table of the document."""

COLUMN: Final = (
    "column", "codes", "otherwise", "times", "unit", "is", "not", "split", "present", "value", "type", "dates",
    "century", "zone", "blank", "unreadable", "conditional", "pick", "if_blank",
)  # fmt: skip
"""Keys of a column."""
_SOURCES: Final = ("column", "value", "present")
_CENTURY: Final = 2000
_EFFECTS: Final[Mapping[str, tuple[Callable[[Entry, str], bool], str]]] = FrozenMap(
    {
        "is": (lambda _, type_: type_ in ("", "bool"), "it makes true or false, and this is something else"),
        "otherwise": (lambda entry, _: "codes" in entry, "it is for codes that are not listed, and there is no list"),
        "codes": (lambda entry, _: "is" not in entry, "is and not decide already"),
        "not": (lambda entry, _: "is" in entry, "it goes with is"),
        "times": (lambda _, type_: type_ in FIGURES, "only a figure can be multiplied; type = 'decimal' makes it one"),
        "unit": (lambda _, type_: type_ in FIGURES, "only a figure has a unit; type = 'decimal' makes it one"),
        "split": (lambda entry, type_: type_ in ("", "set") or "is" in entry, "only a set has several items"),
        "dates": (lambda _, type_: type_ in ("", *DATED), "only a date has a form"),
        "zone": (lambda _, type_: type_ in ("", *DATED), "only a date has a zone"),
        "century": (lambda entry, _: any("%y" in str(form) for form in _listed(entry.get("dates"))), "no form has %y"),
    }
)
"""Key, whether it has an effect in an entry of a type, and why not."""


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


@final
class ColumnFiles:
    """Reads the columns of a mapping document; whatever is wrong is noted, and a stand-in given.

    >>> faults = Faults("own.toml")
    >>> files = ColumnFiles(faults)
    >>> files.column({"column": "金额", "time": 10000}, "fact.amount", "decimal").name
    '金额'
    >>> str(faults.all()[0])
    "own.toml: fact.amount.time: no such key; got 'time'; did you mean 'times'?"
    """

    def __init__(self, faults: Faults, *, of_events: bool = False) -> None:
        """Read into `faults`; `of_events` says that each row of the register is one event."""
        self.faults: Faults = faults
        self._of_events = of_events

    def known(self, entry: Entry, names: tuple[str, ...], path: str) -> None:
        """Note every key that means nothing here."""
        for name in entry:
            if name not in names:
                self.faults.unknown(f"{path}{name}", "no such key", name, names)

    def table(self, value: object, path: str) -> Entry:
        """Read a table; an empty one stands in."""
        if isinstance(value, Mapping):
            return value
        self.faults.add(path, "a table is expected", value)
        return {}

    def text(self, value: object, path: str) -> str:
        """Read a text that is not empty; a question mark stands in."""
        if isinstance(value, str) and value:
            return value
        self.faults.add(path, "a text is expected", value)
        return "?"

    def texts(self, value: object, path: str) -> tuple[str, ...]:
        """Read a text or a list of texts."""
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return tuple(items)
        self.faults.add(path, "a text or a list of texts is expected", value)
        return ()

    def choice(self, value: object, path: str, known: tuple[str, ...]) -> str:
        """Read one of several words; an empty text stands in."""
        if value in ("", *known):
            return str(value)
        self.faults.unknown(path, "one of a few words is expected", value, known)
        return ""

    def flag(self, value: object, path: str) -> bool:
        """Read true; false says nothing, and is what stands without the key."""
        if value is not True:
            self.faults.add(path, "true is expected", value, "leave the key out for false")
        return value is True

    def zone(self, value: object, path: str) -> dt.tzinfo | None:
        """Read an offset from UTC; None stands in."""
        try:
            zone = dt.datetime.strptime(str(value), "%z").tzinfo
        except ValueError:
            zone = None
        if zone is None:
            self.faults.add(path, "an offset from UTC is expected", value, "as '+08:00' for Beijing")
        return zone

    def century(self, value: object, path: str) -> int | None:
        """Read the first year of the century of ``%y``: of the years known there is one."""
        if value is None or (type(value) is int and value == _CENTURY):
            return value
        hint = f"the years known run from {FIRST_DAY.year} to {LAST_DAY.year}: century = {_CENTURY}"
        self.faults.add(path, "the first year of the century that %y means is expected", value, hint)
        return _CENTURY

    def dates(self, value: object, path: str, century: int | None) -> tuple[str, ...]:
        """Read forms of dates, each of which has to name one day."""
        forms = self.texts(value, path)
        for place, form in enumerate(forms):
            if why := form_fault(form, century):
                self.faults.add(f"{path}[{place}]" if isinstance(value, list) else path, why, form)
        return forms

    def column(self, value: object, path: str, kind: str, *, name: str = "", needed: bool = False) -> Column:
        """Read a column: its name, or a table that says more.

        `kind` is the type of what it fills, empty where the policy says it; `name` is that fact or field, and `needed`
        says that no case can do without it.
        """
        if isinstance(value, str):
            return Column(name=self.text(value, path), type=kind, unit=UNITS.get(name, frozenset()))
        if not isinstance(value, Mapping):
            self.faults.add(path, "a column's name or a table is expected", value)
            return Column(name="?")
        self.known(value, COLUMN, f"{path}.")
        declared = value.get("type", kind)
        if declared not in ("", *TYPES) or (kind and declared != kind):
            known = (kind,) if kind else TYPES
            self.faults.add(f"{path}.type", "the type does not fit", declared, "known: " + ", ".join(known))
            declared = kind
        self._effects(value, path, str(declared))
        self._needed(value, path, name, needed=needed)
        times = value.get("times")
        if times is not None and (type(times) not in (int, Decimal) or not times > 0):
            self.faults.add(f"{path}.times", "a number above 0 is expected", times)
            times = None
        own = frozenset[str]() if times is not None else UNITS.get(name, frozenset())
        source, clock = self._names(value.get("column", ""), f"{path}.column", declared)
        century = self.century(value.get("century"), f"{path}.century")
        return Column(
            name=source,
            clock=clock,
            type=str(declared),
            codes=self._codes(value["codes"], f"{path}.codes") if "codes" in value else None,
            otherwise=value.get("otherwise"),
            times=None if times is None else Decimal(times),
            unit=frozenset(self.texts(value["unit"], f"{path}.unit")) if "unit" in value else own,
            equals=frozenset(self.texts(value.get("is", []), f"{path}.is")),
            differs=frozenset(self.texts(value["not"], f"{path}.not")) if "not" in value else None,
            split=self.text(value["split"], f"{path}.split") if "split" in value else "",
            present=self._present(value["present"], f"{path}.present") if "present" in value else None,
            constant=value.get("value"),
            line=value.get("if_blank") == "line",
            dates=self.dates(value["dates"], f"{path}.dates", century) if "dates" in value else None,
            century=century,
            zone=self.zone(value["zone"], f"{path}.zone") if "zone" in value else None,
            blank=frozenset(self.texts(value["blank"], f"{path}.blank")) if "blank" in value else None,
            unknown=self.choice(value.get("unreadable", ""), f"{path}.unreadable", ("unknown",)) == "unknown",
            conditional="conditional" in value and self.flag(value["conditional"], f"{path}.conditional"),
            pick=self.choice(value.get("pick", ""), f"{path}.pick", PICKS),
        )

    def _effects(self, entry: Entry, path: str, type_: str) -> None:
        sources = [key for key in _SOURCES if key in entry]
        if len(sources) != 1:
            why = "exactly one of column, value and present is expected"
            self.faults.add(path, why, sources or NOTHING, "as { column = '…' }")
            return
        for key in entry:
            if key in ("type", *_SOURCES) or key not in COLUMN:
                continue
            if sources != ["column"]:
                why = f"no cell is read where {sources[0]} stands, so it has no effect"
                self.faults.add(f"{path}.{key}", why, hint="leave it out")
            elif key in _EFFECTS and not _EFFECTS[key][0](entry, type_):
                self.faults.add(f"{path}.{key}", _EFFECTS[key][1], hint="leave it out")

    def _needed(self, entry: Entry, path: str, name: str, *, needed: bool) -> None:
        if_blank = entry.get("if_blank")
        if if_blank is not None and (if_blank != "line" or name != "id"):
            self.faults.add(f"{path}.if_blank", "a blank is unknown; only an id can be made of its line", if_blank)
        if needed and "unreadable" in entry:
            self.faults.add(f"{path}.unreadable", "no case can do without it: a row that lacks it is refused")
        if "pick" in entry and (not self._of_events or not path.startswith("fact.")):
            hint = "say row = 'event' above, or leave it out"
            self.faults.add(f"{path}.pick", "it says which row tells a fact, and one row is one case", hint=hint)
        if "conditional" in entry and name != "at":
            self.faults.add(
                f"{path}.conditional", "it is for the date of an event (at) with an if", hint="leave it out"
            )

    def _names(self, value: object, path: str, type_: object) -> tuple[str, str]:
        if not isinstance(value, list):
            return (self.text(value, path) if value != "" else "", "")
        if len(value) != 2 or type_ not in DATED:
            hint = "as column = ['受理日期', '受理时间'] for the date and the time of day of one moment"
            self.faults.add(path, "one column is expected, or two for a date", value, hint)
            return "?", ""
        return self.text(value[0], f"{path}[0]"), self.text(value[1], f"{path}[1]")

    def _codes(self, value: object, path: str) -> Mapping[str, Any]:
        entry = self.table(value, path)
        for code, meant in entry.items():
            if not isinstance(meant, str | bool | int | Decimal):
                self.faults.add(f"{path}.{code}", "a code stands for a text, a number, true or false", meant)
        return FrozenMap(entry)

    def _present(self, value: object, path: str) -> Mapping[str, str]:
        entry = self.table(value, path)
        return FrozenMap({item: self.text(column, f"{path}.{item}") for item, column in entry.items()})

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
                self.faults.add(place, error.why, value, error.hint)
