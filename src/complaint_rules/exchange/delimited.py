"""Delimited text (CSV) as registers are exported: the right encoding, the right line numbers, no good row lost.

Nothing here knows of complaints. A record that cannot be one (a stray quotation mark, a wrong number of cells) costs
one physical line: reading goes on with the next, for a quotation mark must not swallow the good rows behind it.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, final

from complaint_rules.errors import UnreadableInput
from complaint_rules.exchange.kinds import Started
from complaint_rules.exchange.tables import Cell, Header, Record, merged_names

LONGEST_LINE: Final = 1 << 19
"""Bytes that one line of a register may have, inclusive."""
_MOST_LINES: Final = 200
_HEADER_LINES: Final = 60
_CHINESE: Final = ("gb18030", "gbk", "gb2312")
_DAMAGE: Final = re.compile("[\udc80-\udcff]")
_IS_IT_A_TABLE: Final = "is this a table of text, one row on each line?"
_SEPARATOR: Final = re.compile(rb'(?:\xef\xbb\xbf)?"?sep=([,;|\t])"?')
"""A first line with which a spreadsheet says what parts the cells."""
_LONE_RETURN: Final = re.compile(rb"\r(?!\n|\Z)")
_NUL: Final = "it holds a NUL byte"


def decoded(raw: bytes, encoding: str) -> str:
    r"""Decode a line; bytes that are none of the encoding stay visible as such (`damage_of`), and cost only their cell.

    The byte 80 is the euro sign of Chinese Excel, which decoders of the GB family refuse.

    >>> decoded(b"fee \x80100", "gb18030"), damage_of(decoded(b"fee \xff", "utf-8"), "utf-8")
    ('fee €100', 'it is not utf-8')
    """
    text = raw.decode(encoding, "surrogateescape")
    return text.replace("\udc80", "€") if codecs.lookup(encoding).name in _CHINESE else text


def damaged(cell: Cell) -> bool:
    r"""Say whether a cell holds bytes that are none of the encoding of its file.

    >>> damaged("fee"), damaged(decoded(b"fee \xff", "utf-8"))
    (False, True)
    """
    return isinstance(cell, str) and not cell.isascii() and _DAMAGE.search(cell) is not None


def damage_of(cell: Cell, encoding: str) -> str:
    """Say that a cell holds bytes of another encoding, and how they are read where they may be GB18030; else empty."""
    if not isinstance(cell, str) or not damaged(cell):
        return ""
    why = f"it is not {encoding}"
    if not encoding.startswith("utf"):
        return why
    try:
        cell.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeDecodeError:
        return why
    return f"{why}, but may be GB18030: a mapping file with encoding = ['gb18030'] says so"


class _Runaway(Exception):
    """A record that goes on over more lines than any does: a signal inside this module, never seen outside."""


@final
class _Lines:
    """Decoded physical lines with their numbers, which can be given back."""

    def __init__(self, raw: Iterable[tuple[int, bytes, str]], encoding: str) -> None:
        self._raw = iter(raw)
        self._encoding = encoding
        self._again: deque[tuple[int, str, str]] = deque()
        self.taken: list[tuple[int, str, str]] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise _Runaway
        if self._again:
            line = self._again.popleft()
        else:
            number, raw, why = next(self._raw)
            text = decoded(raw, self._encoding)
            if "\0" in text:
                text, why = text.replace("\0", ""), why or _NUL
            line = number, text, why
        self.taken.append(line)
        return line[1]

    def give_back_all_but_first(self) -> None:
        self._again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def _physical(stream: Started) -> Iterator[tuple[int, bytes, str]]:
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        why = ""
        if len(raw) > LONGEST_LINE:
            why = f"the line is longer than {LONGEST_LINE} bytes"
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
            raw = b"\n"
        yield number, raw, why


_HINTS: Final = {
    _NUL: "was the file cut off, or saved as UTF-16?",
}


def _records(lines: _Lines, delimiter: str, width: int | None) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken.clear()
        try:
            cells = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except (csv.Error, _Runaway) as error:
            number, _, damage = lines.taken[0]
            lines.give_back_all_but_first()
            if damage:
                yield Record(line=number, why=damage, hint=_HINTS.get(damage, ""))
                continue
            why = "a quotation mark is opened and not closed" if isinstance(error, _Runaway) else _told(str(error))
            yield Record(line=number, why=why, hint="write a quotation mark inside quoted text twice")
            continue
        number = lines.taken[0][0]
        damage = next((why for _, _, why in lines.taken if why), "")
        if damage:
            if len(cells) != width:
                lines.give_back_all_but_first()
            yield Record(line=number, why=damage, hint=_HINTS.get(damage, ""))
        elif width is None:
            yield Record(line=number, cells=cells)
        elif not any(cells):
            continue
        elif len(cells) == width:
            yield Record(line=number, cells=cells)
        elif len(cells) > width and not any(cells[width:]):
            yield Record(line=number, cells=cells[:width])
        else:
            lines.give_back_all_but_first()
            hint = "is there a delimiter, or a stray quotation mark, inside a text that is not quoted?"
            yield Record(line=number, why=f"the header has {width} columns, this row {len(cells)}", hint=hint)


def _told(message: str) -> str:
    if "unexpected end of data" in message:
        return "a quotation mark is opened and not closed"
    if "field larger" in message:
        return "a quotation mark is opened and not closed, or a cell is longer than any text"
    if "new-line character" in message:
        return "a lone carriage return stands in it, as old systems end their lines"
    return "a quotation mark stands where none can"


def read_delimited(
    stream: Started,
    *,
    encodings: Sequence[str],
    delimiters: Sequence[str],
    header_rows: int,
    join: str,
    wanted: Sequence[str],
    name: str = "",
) -> tuple[Header, Iterator[Record]]:
    """Read a register as a stream: its header now, its records as they are asked for.

    The first encoding and delimiter are taken under which the header can be read and has all the columns wanted; where
    none has, those under which it has most. A first line ``sep=;`` prevails. Rows without any content are passed over.

    Raises `UnreadableInput` for an empty file, and for a header that cannot be read or is cut short.

    >>> import io
    >>> header, records = read_delimited(
    ...     Started(io.BytesIO(chr(10).join(["单号;日期", "A-1;2026-09-30", "A-2"]).encode("gb18030"))),
    ...     encodings=("utf-8-sig", "gb18030"),
    ...     delimiters=(",", ";"),
    ...     header_rows=1,
    ...     join="/",
    ...     wanted=("单号",),
    ... )
    >>> header.names, [(one.line, one.cells, one.why) for one in records]
    (('单号', '日期'), [(2, ['A-1', '2026-09-30'], ''), (3, (), 'the header has 2 columns, this row 1')])
    """
    raw = _physical(stream)
    first = list(itertools.islice(raw, header_rows + _HEADER_LINES))
    long = next((why for _, _, why in first[:header_rows] if why), "")
    if long:
        raise UnreadableInput(what="", why=f"its header cannot be read: {long}", where=name, hint=_IS_IT_A_TABLE)
    if not any(line.strip(b"\xef\xbb\xbf \t\r\n") for _, line, _ in first):
        raise UnreadableInput(what="", why="it is empty: there is no row in it", where=name)
    if said := _SEPARATOR.fullmatch(first[0][1].rstrip(b"\r\n")):
        first, delimiters = first[1:], (said[1].decode("ascii"),)
    best: tuple[int, str, str, Header] | None = None
    for encoding, delimiter in itertools.product(encodings, delimiters):
        header = _header(first, encoding, delimiter, header_rows, join)
        if header is None:
            continue
        found = sum(bool(header.find(one)) for one in wanted)
        if best is None or found > best[0]:
            best = found, encoding, delimiter, header
        if found == len(wanted):
            break
    if best is None and _LONE_RETURN.search(first[0][1]):
        why = "its lines end in a carriage return alone, as on old systems"
        raise UnreadableInput(what="", why=why, where=name, hint="open it in a spreadsheet and save it as CSV UTF-8")
    if best is None:
        tried = ", ".join(encodings)
        why = f"its header of {header_rows} row{'' if header_rows == 1 else 's'} cannot be read as {tried}"
        raise UnreadableInput(
            what="", why=why, where=name, hint="name its encoding and header rows in the mapping file"
        )
    _, encoding, delimiter, header = best
    lines = _Lines(itertools.chain(first, raw), encoding)
    head = _records(lines, delimiter, None)
    for _ in range(header_rows):
        next(head)
    return header, _records(lines, delimiter, len(header.names))


def _header(
    first: Sequence[tuple[int, bytes, str]], encoding: str, delimiter: str, header_rows: int, join: str
) -> Header | None:
    rows: list[Sequence[str]] = []
    for record in itertools.islice(_records(_Lines(first, encoding), delimiter, None), header_rows):
        if record.why or any(damaged(cell) for cell in record.cells):
            return None
        rows.append([str(cell) for cell in record.cells])
    if len(rows) < header_rows:
        return None
    names = list(merged_names(rows, join))
    while names and not names[-1]:
        names.pop()
    return Header(names, join, encoding)
