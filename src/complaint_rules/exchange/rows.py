"""`Row` and `RowFault`: what one row of an input came to."""

from __future__ import annotations

from typing import final

import attrs

from complaint_rules.cases.case import Case
from complaint_rules.errors import legible


@final
@attrs.frozen(kw_only=True)
class RowFault:
    """One thing wrong with one row of an input file: where and why, never what stands there.

    There is no field for the offending value, because it may be a name or a telephone number, and a message goes to
    terminals and logs.

    >>> str(
    ...     RowFault(
    ...         line=3,
    ...         column="channel",
    ...         why="the code is unknown",
    ...         hint="did you mean 'phone'?",
    ...     )
    ... )
    "3: channel: the code is unknown; did you mean 'phone'?"
    """

    line: int
    """Line of the file on which the row starts, from 1; quoted line breaks are counted as an editor counts them."""
    column: str
    """The column of a register or the key path in JSON (``events[2].at``); empty for the row as a whole."""
    why: str
    """What is wrong, and what was expected."""
    hint: str = ""
    """The likely intent."""

    def __str__(self) -> str:
        text = f"{self.line}: {self.column}: {self.why}" if self.column else f"{self.line}: {self.why}"
        return legible(f"{text}; {self.hint}" if self.hint else text)


def unexpected(error: Exception, line: int, column: str = "") -> RowFault:
    """Say that the library itself failed at a row: it costs the row, and somebody should hear of it.

    >>> str(unexpected(ZeroDivisionError(), 3))
    '3: it cannot be read (ZeroDivisionError); a mistake of this library: please report it'
    """
    why = f"it cannot be read ({type(error).__name__})"
    return RowFault(line=line, column=column, why=why, hint="a mistake of this library: please report it")


@final
@attrs.frozen(kw_only=True)
class Row:
    """What one row of an input file came to: a case, or the faults for which it is refused."""

    line: int
    """Line of the file on which the row starts, from 1."""
    case: Case | None = None
    """The case; None where the row is refused."""
    faults: tuple[RowFault, ...] = ()
    """Every fault of the row; empty where it became a case."""
    notes: tuple[RowFault, ...] = ()
    """What is told of a row that became a case all the same, as a cell that was taken as unknown."""
