"""`Column`: where a value comes from, and how its cell is read; one entry of a mapping file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, final

import attrs

TYPES: Final = ("text", "int", "decimal", "bool", "set", "day", "moment", "when")
"""What a cell can be read as; ``when`` is a moment or a day, whichever the cell holds."""
DATED: Final = ("day", "moment", "when")
"""Types of dates."""
FIGURES: Final = ("int", "decimal")
"""Types of figures."""
PICKS: Final = ("first", "last", "earliest", "latest")
"""Which row tells a fact where each row is one event: by its place in the file, or by the value itself."""


@final
@attrs.frozen(kw_only=True)
class Column:
    """Where a value comes from, and how its cell is read: one entry of a mapping file."""

    name: str = ""
    """The column, as the mapping file writes it; empty where `constant` or `present` stands instead."""
    clock: str = ""
    """A second column that holds the time of day of a date (``column = ["日期", "时间"]``); empty: there is none."""
    type: str = ""
    """One of `TYPES`; empty: the policy says, else text."""
    codes: Mapping[str, Any] | None = None
    """What each code of the register stands for; a code that is not listed refuses the row."""
    otherwise: Any = None
    """What a code that is not listed stands for; None: the row is refused."""
    times: Decimal | None = None
    """By what a figure is multiplied (万元: 10000)."""
    unit: frozenset[str] = frozenset()
    """Marks that may stand before or behind a figure and mean the column's own unit."""
    equals: frozenset[str] = frozenset()
    """``is``: the cell's contents that mean True."""
    differs: frozenset[str] | None = None
    """``not``: the contents that mean False; None: all others do."""
    split: str = ""
    """Characters that part the items of a set; empty: the whole cell is one item."""
    present: Mapping[str, str] | None = None
    """Item and the column that shows by being filled that the item exists: the content itself is never taken over."""
    constant: Any = None
    """``value``: what holds for the whole register."""
    line: bool = False
    """``if_blank = "line"``: a missing key is made of the line number, by the mapping's own choice."""
    dates: tuple[str, ...] | None = None
    """Forms of the dates of this column; None: those of the file."""
    century: int | None = None
    """First year of the century that ``%y`` means in `dates`."""
    zone: dt.tzinfo | None = None
    """Zone of a time of day that names none; None: that of the file."""
    blank: frozenset[str] | None = None
    """What a cell of this column holds whose content is not known; None: what the file says."""
    unknown: bool = False
    """``unreadable = "unknown"``: a cell that cannot be read is unknown and told; else it refuses its row."""
    conditional: bool = False
    """Whether a date dates its event only where ``if`` says that it happened, and elsewhere something else."""
    pick: str = ""
    """One of `PICKS`; empty: the earliest receipt, and for every other fact all rows have to agree."""
