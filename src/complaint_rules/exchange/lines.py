"""JSON Lines: one case a line, no good line lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

import attrs

from complaint_rules.cases.plain import _LINES, Types, case_from_json
from complaint_rules.errors import (
    NOTHING,
    Fault,
    InvalidCase,
    UnreadableInput,
)
from complaint_rules.exchange.kinds import Started, kind_of
from complaint_rules.exchange.rows import Row, RowFault, unexpected

_PATH: Final = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_]{0,39}(?:\[[0-9]{1,6}\])?(?:\.|\Z))+")
LONGEST_LINE: Final = 4 << 20
"""Bytes that one line of JSON Lines may have, inclusive: some 30,000 events."""


def json_lines(stream: BinaryIO | Started, *, name: str = "") -> Iterator[tuple[int, bytes]]:
    """Cut JSON Lines into numbered lines without reading them; blank ones are passed over, endless ones cut off.

    Raises `UnreadableInput` where the file as a whole is none: empty, UTF-16, or one JSON text spread over lines.

    >>> import io
    >>> list(json_lines(io.BytesIO(bytes([123, 125, 10, 10, 123, 125]))))
    [(1, b'{}...'), (3, b'{}')]
    """
    started = Started(stream)
    kind = kind_of(started.start)
    if kind is not None:
        raise UnreadableInput(what="", why=kind.what, where=name, hint=kind.hint)
    number = 0
    seen = False
    while raw := started.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) > LONGEST_LINE:
            rest = raw
            while rest and not rest.endswith(b"\n"):
                rest = started.readline(LONGEST_LINE)
        elif not raw.strip():
            continue
        if not seen and raw.strip() in (b"[", b"{"):
            why = "this is one JSON text spread over lines, not one object on each line"
            raise UnreadableInput(what="", why=why, where=name, hint=_LINES)
        seen = True
        yield number, raw
    if not seen:
        raise UnreadableInput(what="", why="it is empty: there is no row in it", where=name)


def read_json_line(raw: bytes, line: int, facts: Types | None = None) -> Row:
    """Read one line of JSON Lines: a case, or every fault of it.

    >>> read_json_line(b'{"id": "a", "received": "2026-09-30"}', 1).case.complaint.id
    'a'
    """
    if len(raw) > LONGEST_LINE:
        return _refused(line, f"the line is longer than {LONGEST_LINE} bytes")
    try:
        return Row(line=line, case=case_from_json(raw.decode("utf-8"), facts=facts))
    except UnicodeDecodeError:
        return _refused(line, "it is not UTF-8", "JSON is UTF-8; an export in GB18030 has to be converted")
    except InvalidCase as error:
        found = (
            RowFault(line=line, column=named(fault.where), why=fault.why, hint=fault.hint) for fault in error.faults
        )
        return Row(line=line, faults=tuple(found))
    except UnreadableInput as error:
        return _refused(line, error.why, error.hint)
    except Exception as error:  # noqa: BLE001 - whatever a line leads to costs it, never the run
        return Row(line=line, faults=(unexpected(error, line),))


def _refused(line: int, why: str, hint: str = "") -> Row:
    return Row(line=line, faults=(RowFault(line=line, column="", why=why, hint=hint),))


def without_values(error: InvalidCase) -> InvalidCase:
    """Give the error of a case that was read from a file without what stood there, as a terminal may show it.

    >>> from complaint_rules.errors import Fault
    >>> error = InvalidCase(
    ...     what="", why="1 fault", faults=(Fault(where="channel", why="unknown", value="fone"),)
    ... )
    >>> print(without_values(error))
    1 fault
      channel: unknown
    """
    faults = (Fault(where=named(fault.where), why=fault.why, hint=fault.hint) for fault in error.faults)
    return attrs.evolve(error, value=NOTHING, faults=tuple(faults))


def named(path: str) -> str:
    """Give a key path as far as it is made of names; a key that is none may be anything, and is not shown.

    >>> named("events[2].at"), named("extra.call 13800000000")
    ('events[2].at', 'extra.…')
    """
    known = _PATH.match(path)
    good = "" if known is None else known[0]
    return good if good == path else f"{good.rpartition('.')[0]}.…".removeprefix(".")


def read_json_lines(stream: BinaryIO, *, facts: Types | None = None, name: str = "") -> Iterator[Row]:
    """Read JSON Lines, one case a line, as a stream: one row is in memory at a time, a bad one stops nothing.

    Raises `UnreadableInput` where the file as a whole is none; see `json_lines`.

    >>> import io
    >>> lines = ['{"id": "a", "received": "2026-09-30"}', "not json"]
    >>> rows = list(read_json_lines(io.BytesIO(chr(10).join(lines).encode())))
    >>> rows[0].case.complaint.id, rows[1].faults[0].line
    ('a', 2)
    """
    for line, raw in json_lines(stream, name=name):
        yield read_json_line(raw, line, facts)
