"""`Column`: where a value comes from, and how its cell is read; one entry of a mapping file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, final

import attrs

TYPES: Final = ("text", "int", "decimal", "bool", "set", "day", "moment", "when")
"""What a cell can be read as; ``when`` is a moment or a day, whichever the cell holds."""


@final
@attrs.frozen(kw_only=True)
class Column:
    """Where a value comes from, and how its cell is read: one entry of a mapping file."""

    name: str = ""
    """The column, as the mapping file writes it; empty where `constant` or `present` stands instead."""
    type: str = ""
    """One of `TYPES`; empty: the policy says, else text."""
    codes: Mapping[str, Any] | None = None
    """What each code of the register stands for; a code that is not listed refuses the row."""
    otherwise: Any = None
    """What a code that is not listed stands for; None: the row is refused."""
    times: Decimal | None = None
    """By what a figure is multiplied (万元: 10000)."""
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
