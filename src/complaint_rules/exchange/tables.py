"""A table whatever file it comes from: its header, merged into one name for each column, and its records."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Final, TypeAlias, final

import attrs

Cell: TypeAlias = str | dt.datetime | dt.date | dt.time
"""What a cell holds: text, or in a workbook a date or a time on the wall."""
_MOST_PARTS: Final = 12
"""Last parts of a name by which a column is found; a header has ten rows at most."""


@final
@attrs.frozen(kw_only=True)
class Record:
    """One record: its cells, or why it is none."""

    line: int
    """Physical line on which it starts, from 1."""
    cells: Sequence[Cell] = ()
    """Its cells, in texts runs of blanks (no-break, line breaks too) reduced to one; empty where there is a `why`."""
    why: str = ""
    """Why it is refused; empty where it is good."""
    hint: str = ""
    """The likely intent."""


def plain_name(text: str) -> str:
    """Reduce a column name to what is compared: width of characters, blanks and line breaks do not count.

    >>> plain_name("投诉金额（万元） ") == plain_name("投诉 金额(万元)")
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).replace("\ufeff", "").split())


def merged_names(rows: Sequence[Sequence[str]], join: str) -> tuple[str, ...]:
    """Merge header rows into one name for each column: top-down, blanks of merged cells filled from the left.

    A blank is filled only where the cells above it go on from the left as well; otherwise the column's own upper cell
    reaches down. The last row is never filled. Repeats are dropped.

    >>> merged_names([["工单号", "处理", ""], ["", "结果", ""], ["", "办结日期", "回访日期"]], "/")
    ('工单号', '处理/结果/办结日期', '处理/结果/回访日期')
    """
    width = max(len(row) for row in rows)
    grid = [[*(cell.replace("\ufeff", "").strip() for cell in row), *[""] * (width - len(row))] for row in rows]
    for column in range(1, width):
        for row in grid[:-1]:
            if row[column]:
                break
            row[column] = row[column - 1]
    names: list[str] = []
    for column in range(width):
        parts: list[str] = []
        for row in grid:
            part = "".join(row[column].split())
            if part and part not in parts[-1:]:
                parts.append(part)
        names.append(join.join(parts))
    return tuple(names)


@final
class Header:
    """The columns of a register, found by their full name or by its last parts where that is unambiguous.

    >>> header = Header(("单号", "受理/日期", "回访/日期"), "/")
    >>> header.find("单号"), header.find("回访/日期"), header.find("日期"), header.find("金额")
    ([0], [2], [1, 2], [])
    """

    __slots__ = ("_places", "encoding", "names")

    def __init__(self, names: Sequence[str], join: str, encoding: str = "") -> None:
        self.names: tuple[str, ...] = tuple(names)
        self.encoding: str = encoding
        self._places: dict[str, list[int]] = {}
        suffixes: dict[str, list[int]] = {}
        for place, name in enumerate(self.names):
            if not name:
                continue
            self._places.setdefault(plain_name(name), []).append(place)
            parts = name.split(join) if join else [name]
            for start in range(max(1, len(parts) - _MOST_PARTS), len(parts)):
                suffixes.setdefault(plain_name(join.join(parts[start:])), []).append(place)
        for name, places in suffixes.items():
            self._places.setdefault(name, places)

    def find(self, name: str) -> list[int]:
        """Give the places, from 0, of the columns that a name can mean: one where it is clear, none where unknown."""
        return self._places.get(plain_name(name), [])
