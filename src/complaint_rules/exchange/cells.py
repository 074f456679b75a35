"""One cell of a register as one value: codes, figures, days and moments as people write them; blank is unknown."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Any, Final, final

from complaint_rules.errors import UnreadableInput, did_you_mean
from complaint_rules.exchange.columns import DATED, Column
from complaint_rules.exchange.figures import figure_of, is_marked
from complaint_rules.exchange.forms import Form, Wall, form_of
from complaint_rules.exchange.looks import date_hint, look_of, lost_digits
from complaint_rules.exchange.tables import Cell
from complaint_rules.exchange.written import clock_of, written
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING, FIRST_DAY, LAST_DAY

_TRUTH: Final[Mapping[str, bool]] = FrozenMap(
    {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False, "y": True, "n": False}
)
_EXACT: Final = Context(prec=100)
_MOST_REMEMBERED: Final = 4096
_MOST_SEARCHES: Final = 200
_MOST_COMPARED: Final = 500
_MOST_SHOWN: Final = 20
_KEPT: Final = re.compile('="([^"]*)"')
_FRACTION: Final = re.compile(r"0?\.[0-9]{1,17}|0")
_MIDNIGHT: Final = dt.time(0)
_NAME_IT: Final = "name its form under dates, as dates = ['%d/%m/%Y']"


@final
class CellReader:
    """Reads the cells of one register: what counts as blank, how dates are written, in which zone.

    What a column says of itself prevails.

    >>> reader = CellReader(blank=frozenset({"-"}), dates=(), zone=BEIJING)
    >>> reader.read(Column(name="金额(万元)", type="decimal", times=Decimal(10000)), "1.25")
    Decimal('12500.00')
    >>> reader.read(Column(name="日期", type="when"), "2026/9/30")
    datetime.date(2026, 9, 30)
    >>> print(reader.read(Column(name="金额"), "-"))
    None
    """

    def __init__(
        self, *, blank: frozenset[str], dates: tuple[str, ...], zone: dt.tzinfo, century: int | None = None
    ) -> None:
        self._blank = blank | {""}
        self._forms = tuple(form_of(text, century) for text in dates)
        self._zone = zone
        self._remembered: dict[str, dt.datetime | dt.date] = {}
        self._searches = _MOST_SEARCHES

    def of(self, column: Column) -> CellReader:
        """Give the reader of a column: this one, or another where the column has forms, a zone or blanks of its own."""
        if (column.dates, column.zone, column.blank) == (None, None, None):
            return self
        forms = self._forms if column.dates is None else tuple(form_of(text, column.century) for text in column.dates)
        own = CellReader(
            blank=self._blank if column.blank is None else column.blank, dates=(), zone=column.zone or self._zone
        )
        own._forms = forms
        return own

    def is_blank(self, cell: Cell) -> bool:
        """Say whether a cell holds nothing: its fact is unknown."""
        return cell in self._blank

    def read(self, column: Column, cell: Cell) -> Any:
        """Give the value of a cell; None where it is blank.

        Raises `UnreadableInput` with what was expected there.
        """
        if not isinstance(cell, str):
            if column.type in DATED and not isinstance(cell, dt.time):
                return self._fitted(column, self._zoned(cell))
            cell = cell.isoformat(" ") if isinstance(cell, dt.datetime) else cell.isoformat()
        if cell in self._blank or (cell := _unquoted(cell)) in self._blank:
            return None
        if column.type == "set" or column.split:
            items = [item for part in _split(cell, column.split) if (item := part.strip()) not in self._blank]
            if column.equals:
                return any(item in column.equals for item in items)
            return frozenset(str(self._coded(column, item)) for item in items)
        if column.equals:
            return self.holds(column, cell)
        if column.codes is not None:
            return self._coded(column, cell)
        match column.type:
            case "int":
                return _whole(column, _figure(column, cell))
            case "decimal":
                return _figure(column, cell)
            case "bool":
                return _truth(column, cell)
            case "when" | "day" | "moment":
                return self._dated(column, cell)
            case _:
                return cell

    def read_two(self, column: Column, day: Cell, clock: Cell) -> dt.datetime | dt.date | None:
        """Give the moment of a date and a time of day in two cells; the day alone where the time is blank.

        Raises `UnreadableInput` with what was expected in which of the two.
        """
        if clock in self._blank:
            found: dt.datetime | dt.date | None = self.read(column, day)
            return found
        if day in self._blank:
            raise UnreadableInput(what=column.clock, why="a time of day stands there without its date")
        date = self._when(column, _unquoted(day)) if isinstance(day, str) else day
        if isinstance(date, dt.time):
            raise UnreadableInput(what=column.name, why="a time of day stands where a date is expected")
        if isinstance(date, dt.datetime) and date.time() != _MIDNIGHT:
            raise UnreadableInput(what=column.name, why="a time of day stands in the date as well; which is meant?")
        time = self._clock(column, clock)
        moment = dt.datetime(date.year, date.month, date.day, tzinfo=self._zone) + time
        return moment.astimezone(BEIJING).date() if column.type == "day" else moment

    def _clock(self, column: Column, cell: Cell) -> dt.timedelta:
        if not isinstance(cell, str):
            if not isinstance(cell, dt.time):
                raise UnreadableInput(what=column.clock, why="a date stands where a time of day is expected")
            return dt.timedelta(
                hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond
            )
        plain = unicodedata.normalize("NFKC", _unquoted(cell))
        if _FRACTION.fullmatch(plain) and any(form.pattern is None for form in self._forms):
            return dt.timedelta(milliseconds=round(Decimal(plain) * 86_400_000))
        try:
            time = clock_of(plain)
        except ValueError:
            raise UnreadableInput(what=column.clock, why=_seen("there is no such time", cell)) from None
        if time is None:
            hint = "usual are 16:05, 下午4:05, 4:05 PM, 1605"
            raise UnreadableInput(what=column.clock, why=_seen("this is no time of day", cell), hint=hint)
        return dt.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second)

    def holds(self, column: Column, cell: str) -> bool:
        """Say whether a cell that is not blank holds what ``is`` names.

        Raises `UnreadableInput` where it holds neither that nor what ``not`` names.
        """
        if cell in column.equals:
            return True
        if column.differs is not None and cell not in column.differs:
            raise self._refusal(column, "it is neither of the answers", cell, (*column.equals, *column.differs))
        return False

    def _coded(self, column: Column, item: str) -> Any:
        codes = column.codes
        if codes is None:
            return item
        if item in codes:
            return codes[item]
        if column.otherwise is not None:
            return column.otherwise
        raise self._refusal(column, "the code is not in the mapping", item, tuple(codes))

    def _refusal(self, column: Column, why: str, cell: str, known: tuple[str, ...]) -> UnreadableInput:
        near = ""
        if self._searches:  # a register with the wrong column under a list of thousands would search for hours
            self._searches -= 1
            near = did_you_mean(cell, known[:_MOST_COMPARED])
        more = " …" if len(known) > _MOST_SHOWN else ""
        return UnreadableInput(
            what=column.name, why=why, hint=near or "one of " + ", ".join(known[:_MOST_SHOWN]) + more
        )

    def _dated(self, column: Column, cell: str) -> dt.datetime | dt.date:
        return self._fitted(column, self._when(column, cell))

    def _fitted(self, column: Column, value: dt.datetime | dt.date) -> dt.datetime | dt.date:
        if column.type == "moment" and not isinstance(value, dt.datetime):
            raise UnreadableInput(what=column.name, why="a time of day is expected beside the date")
        if column.type == "day" and isinstance(value, dt.datetime):
            return value.astimezone(BEIJING).date()
        return value

    def _when(self, column: Column, cell: str) -> dt.datetime | dt.date:
        value = self._remembered.get(cell)
        if value is None:
            value = self._parsed(column, cell)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[cell] = value
        if not FIRST_DAY.year - 1 <= value.year <= LAST_DAY.year + 1:
            why = f"the years known run from {FIRST_DAY} to {LAST_DAY}"
            raise UnreadableInput(what=column.name, why=why, hint="is the century right?")
        return value

    def _parsed(self, column: Column, cell: str) -> dt.datetime | dt.date:
        if not self._forms:
            try:
                return written(cell, what=column.name, zone=self._zone)
            except UnreadableInput as error:
                why = _seen(error.why.partition(": ")[0], cell)
                raise UnreadableInput(what=column.name, why=why, hint=date_hint(cell) or _NAME_IT) from None
        plain = unicodedata.normalize("NFKC", cell)
        found: list[tuple[Form, Wall]] = []
        impossible = False
        for form in self._forms:
            try:
                value = form.read(plain)
            except ValueError:
                impossible = True
            else:
                # Midnight that one form takes for a moment is the day for another: the first of the two is meant.
                if value is not None and not any(_same(value, other) for _, other in found):
                    found.append((form, value))
        names = ", ".join(repr(form.text) for form in self._forms)
        if not found:
            why = "there is no such day or time" if impossible else "this is no date in a form that the mapping names"
            hint = f"the mapping's dates are {names}"
            raise UnreadableInput(what=column.name, why=_seen(why, cell), hint=date_hint(cell) or hint)
        if len(found) > 1:
            why = "two forms of the mapping read it as two dates: " + " and ".join(repr(form.text) for form, _ in found)
            raise UnreadableInput(what=column.name, why=why, hint="which of the two is meant?")
        return self._zoned(found[0][1])

    def _zoned(self, value: Wall) -> dt.datetime | dt.date:
        return value.replace(tzinfo=self._zone) if isinstance(value, dt.datetime) and value.tzinfo is None else value


def _same(one: Wall, other: Wall) -> bool:
    """Say whether two readings are one: the same, or a day and the midnight with which it begins."""
    if isinstance(one, dt.datetime) == isinstance(other, dt.datetime):
        return one == other
    moment, day = (one, other) if isinstance(one, dt.datetime) else (other, one)
    return isinstance(moment, dt.datetime) and moment.time() == _MIDNIGHT and moment.date() == day


def _split(cell: str, marks: str) -> list[str]:
    return re.split(f"[{re.escape(marks)}]", cell) if marks else [cell]


def _seen(why: str, cell: str) -> str:
    return f"{why}; it looks like {look_of(cell)}"


def _unquoted(cell: str) -> str:
    """Take off what makes a spreadsheet keep a text as it is: ="00123" is the text 00123."""
    match = _KEPT.fullmatch(cell)
    return cell if match is None else match[1]


def _figure(column: Column, cell: str) -> Decimal:
    figure = figure_of(cell, column.unit)
    if figure is None:
        hint = ""
        if lost_digits(cell):
            hint = "a spreadsheet's 1.2E+05 has lost digits: export the column as text"
        elif is_marked(cell):
            hint = "unit = ['…'] in the mapping names the marks that mean the column's own unit"
        raise UnreadableInput(what=column.name, why=_seen("this is no plain number", cell), hint=hint)
    return figure if column.times is None else _EXACT.multiply(figure, column.times)


def _whole(column: Column, figure: Decimal) -> int:
    if figure != figure.to_integral_value():
        raise UnreadableInput(what=column.name, why="a whole number is expected")
    return int(figure)


def _truth(column: Column, cell: str) -> bool:
    if (known := _TRUTH.get(cell.lower())) is not None:
        return known
    hint = "say what it means, as { column = …, is = '…' } or with codes"
    raise UnreadableInput(what=column.name, why="neither yes nor no (是, 否) is written there", hint=hint)
