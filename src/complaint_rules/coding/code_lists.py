"""Codes that stand in a file of their own, one row for each, as a bank exports its table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, Shape
from complaint_rules.documents.toml import read_bytes
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.exchange.delimited import read_delimited
from complaint_rules.exchange.kinds import Started
from complaint_rules.exchange.mapping_files import DELIMITERS, ENCODINGS
from complaint_rules.exchange.tables import Header

COLUMNS: Final = Shape("the columns of a file of codes", ("code",), ("title", "under", "key", "class"))
"""What a column of such a file can be."""
CODE: Final = Shape("a code", (), ("title", "under", "key", "main", "class"))
"""What can be said of a code."""
_MOST_ROWS: Final = 5_000


def rows_of(facet: Node, folder: Path | None, later: list[Faults]) -> Iterator[tuple[str, Node]]:
    """Give each row of the file that a facet names as a code and what is said of it.

    What is wrong with a row is noted, by file and line, in one of the `later`.
    """
    file = facet.text("file")
    if file is None:
        return
    if folder is None:
        facet.fault("file", "a text has no folder in which another file could stand", "load the table from its file")
        return
    columns = Node(facet.data.get("columns", {"code": "code"}), facet.at("columns"), facet.faults, COLUMNS)
    said = {key: name for key in COLUMNS.known if (name := columns.text(key)) is not None}
    names = said if "columns" in facet else {key: key for key in COLUMNS.known}
    try:
        header, records = read_delimited(
            Started(io.BytesIO(read_bytes(folder / file, what="file of codes"))), encodings=ENCODINGS,
            delimiters=DELIMITERS, header_rows=1, join="", wanted=tuple(names.values()), name=file,
        )  # fmt: skip
    except ComplaintRulesError as error:
        facet.faults.add(facet.at("file"), error.why, file, error.hint)
        return
    places = _places(
        header, names, {key: columns.at(key) if "columns" in facet else facet.at("file") for key in said}, facet
    )
    if "code" not in places:
        return
    for number, record in enumerate(records):
        faults = Faults(f"{file}:{record.line}")
        later.append(faults)
        if number >= _MOST_ROWS:
            faults.add("", f"at most {_MOST_ROWS} codes are read")
            return
        if record.why:
            faults.add("", record.why, hint=record.hint)
            continue
        cells = {key: str(record.cells[place]).strip() for key, place in places.items()}
        if code := cells.pop("code"):
            yield code, Node({key: cell for key, cell in cells.items() if cell}, "", faults, CODE)
        else:
            faults.add("", "the code is blank")


def _places(header: Header, names: Mapping[str, str], said: Mapping[str, str], facet: Node) -> dict[str, int]:
    """Find the columns; those that the file names itself must be there."""
    places: dict[str, int] = {}
    for key, name in names.items():
        found = header.find(name)
        if len(found) == 1:
            places[key] = found[0]
        elif found:
            facet.faults.add(said.get(key, facet.at("file")), "the file has several columns of this name", name)
        elif key in said:
            facet.faults.unknown(said[key], "the file has no such column", name, [one for one in header.names if one])
    return places
