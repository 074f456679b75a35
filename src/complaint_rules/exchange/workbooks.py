"""Workbooks (.xlsx, .xls) as registers: the same header and records as of a text, within bounds.

What reads them is `python-calamine`, an optional extra. A number comes as a spreadsheet shows it, to 15 digits; a date
is a day or a time on the wall already, and needs no form. An error of a formula (#N/A) counts as an empty cell.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, Protocol

from complaint_rules.errors import UnreadableInput
from complaint_rules.exchange.kinds import CSV, ZIP
from complaint_rules.exchange.tables import Cell, Header, Record, merged_names

MOST_BYTES: Final = 64 << 20
"""Size that a workbook may have, in bytes, inclusive."""
MOST_UNPACKED: Final = 1 << 29
"""Size that the parts of one may have once unpacked, in bytes, inclusive."""
MOST_CELLS: Final = 20_000_000
"""Cells that the area of one sheet may have, inclusive: its last row by its last column, filled or not."""

_PLACE: Final = re.compile(rb"""\sr=["']([A-Z]{0,3})([0-9]{1,7})["']""")
_SHEET: Final = re.compile(r"worksheets/[^/]+\.xml$")
_XLSX: Final = "save it as .xlsx, or "
_ANY_MIDNIGHT: Final = dt.datetime(2001, 1, 1)  # noqa: DTZ001 - a time on the wall
_PIECE: Final = 1 << 20
_LONGEST_PLACE: Final = 16
_MOST_EXACT: Final = 10**15
_EXTRA: Final = "or install the extra that reads it: pip install 'complaint-rules[xlsx]'"
_NAME_ONE: Final = "name one in the mapping file: sheet = '…'"


class _Sheet(Protocol):
    """What is used of a sheet."""

    @property
    def start(self) -> tuple[int, int] | None: ...

    def iter_rows(self) -> Iterator[list[Any]]: ...


class _Workbook(Protocol):
    """What is used of a workbook."""

    sheet_names: list[str]
    sheets_metadata: list[Any]

    def get_sheet_by_name(self, name: str) -> _Sheet: ...


def read_workbook(
    content: bytes, *, sheet: str, header_rows: int, join: str, wanted: Sequence[str], what: str, name: str = ""
) -> tuple[Header, Iterator[Record]]:
    """Read the sheet named, or the only one that has the columns wanted: its header, and its records one by one.

    Rows are numbered as a spreadsheet numbers them. `what` says what the file is, for messages.

    Raises `UnreadableInput` where the extra is not installed, and for a workbook that is too large, damaged, protected
    by a password, or has no such sheet or several that could be meant.
    """
    workbook = _opened(content, what, name)
    best: tuple[int, Header, Iterator[list[Cell]]] | None = None
    fitting = 0
    for one in _sheets(workbook, sheet, what, name):
        rows = _rows(one, what, name)
        header = _header(list(itertools.islice(rows, header_rows)), join)
        found = sum(bool(header.find(column)) for column in wanted)
        fitting += found == len(wanted)
        if best is None or found > best[0]:
            best = found, header, rows
    if best is None or not best[1].names:
        raise UnreadableInput(what="", why="it is empty: there is no row in it", where=name)
    if fitting > 1:
        why = f"{fitting} of its sheets have the columns that are read"
        raise UnreadableInput(what="", why=why, where=name, hint=_NAME_ONE)
    _, header, rows = best
    return header, _records(rows, len(header.names), header_rows + 1)


def _opened(content: bytes, what: str, name: str) -> _Workbook:
    if len(content) > MOST_BYTES:
        raise UnreadableInput(what="", why=f"{what}, and has more than {MOST_BYTES} bytes", where=name, hint=CSV)
    try:
        import python_calamine  # most registers are text, and the plain install reads those
    except ImportError:
        raise UnreadableInput(what="", why=what, where=name, hint=f"{CSV}, {_EXTRA}") from None
    _bounded(content, what, name)
    with _as_refusal(what, name):
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))


@contextlib.contextmanager
def _as_refusal(what: str, name: str) -> Iterator[None]:
    """Turn whatever a damaged workbook leads to into a refusal; a panic of the reader, in Rust, is no `Exception`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic is no Exception
        why = f"{what}, and cannot be read ({type(error).__name__})"
        hint = f"is it damaged, or protected by a password? {CSV}"
        raise UnreadableInput(what="", why=why, where=name, hint=hint) from None


def _bounded(content: bytes, what: str, name: str) -> None:
    """Look before the reader does: what is unpacked, and how far a sheet reaches, has to be within bounds."""
    import zipfile  # with workbooks only

    if not content.startswith(ZIP):
        return  # the old kind is not packed, and no larger than it is
    with _as_refusal(what, name), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        sheets = [part for part in parts if _SHEET.search(part.filename.lower())]
        reach = 0
        size = sum(part.file_size for part in parts)
        for part in sheets if size <= MOST_UNPACKED else ():
            with archive.open(part) as stream:
                reach = max(reach, _reach(iter(lambda: stream.read(_PIECE), b"")))
    if not sheets:  # .ods and .xlsb: how far they reach cannot be seen before they are read
        raise UnreadableInput(what="", why=f"{what}, and of a kind that is not read", where=name, hint=f"{_XLSX}{CSV}")
    if size > MOST_UNPACKED:
        raise UnreadableInput(what="", why=f"{what}, and unpacks to {size} bytes", where=name, hint=CSV)
    if reach > MOST_CELLS:
        hint = f"delete the empty rows and columns at its end, or {CSV}"
        raise UnreadableInput(what="", why=f"{what}, and a sheet of it has {reach} cells", where=name, hint=hint)


def _reach(pieces: Iterable[bytes]) -> int:
    """Give the number of cells from the first to the last row and column that a sheet names."""
    column = row = 0
    rest = b""
    for piece in pieces:
        text = rest + piece
        places = _PLACE.findall(text)
        column = max([column, *(_number(letters) for letters in {letters for letters, _ in places})])
        row = max([row, *map(int, {number for _, number in places})])
        rest = text[-_LONGEST_PLACE:]
    return column * row


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(workbook: _Workbook, sheet: str, what: str, name: str) -> Iterator[_Sheet]:
    known = workbook.sheet_names
    if sheet and sheet not in known:
        why = f"it has no sheet of this name, but {len(known)} others"
        raise UnreadableInput(
            what="sheet", why=why, value=sheet, where=name, hint="is it spelt as the workbook has it?"
        )
    visible = [one.name for one in workbook.sheets_metadata if str(one.visible).endswith(".Visible")]
    for one in [sheet] if sheet else visible:
        with _as_refusal(what, name):
            found = workbook.get_sheet_by_name(one)
        yield found


def _rows(sheet: _Sheet, what: str, name: str) -> Iterator[list[Cell]]:
    with _as_refusal(what, name):
        for row in sheet.iter_rows() if sheet.start is not None else ():  # some versions panic at an empty sheet
            yield [_cell(value) for value in row]


def _cell(value: object) -> Cell:
    """Give a value of a workbook as a cell: a date, a time, or the text that a spreadsheet shows."""
    match value:
        case str():
            return " ".join(value.split())
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.date() | dt.time():
            return value
        case dt.timedelta() if dt.timedelta(0) <= value < dt.timedelta(days=1):
            return (_ANY_MIDNIGHT + value).time()
        case float() | int():
            if abs(value) >= _MOST_EXACT:
                return f"{value:.5E}"  # its last digits are gone, and a key or a figure that says so is told
            return format(Decimal(format(value, ".15g")), "f")
        case _:
            return str(value)


def _header(rows: Sequence[Sequence[Cell]], join: str) -> Header:
    names = list(merged_names([[str(cell) for cell in row] for row in rows], join)) if rows else []
    while names and not names[-1]:
        names.pop()
    return Header(names, join)


def _records(rows: Iterator[list[Cell]], width: int, first: int) -> Iterator[Record]:
    for line, cells in enumerate(rows, first):
        beyond = cells[width:]
        if any(cell != "" for cell in beyond):
            hint = "give the column a name, or empty it"
            yield Record(line=line, why=f"the header has {width} columns, and behind them something stands", hint=hint)
        elif any(cell != "" for cell in cells):
            yield Record(line=line, cells=cells[:width])
