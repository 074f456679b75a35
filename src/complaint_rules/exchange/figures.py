"""A figure as people write it: with thousands parted by commas, and the unit typed beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

from complaint_rules.mappings import FrozenMap

UNITS: Final[Mapping[str, frozenset[str]]] = FrozenMap(
    {
        "amount": frozenset({"元", "元整", "圆", "人民币", "¥", "RMB", "CNY", "yuan"}),
        "complainants": frozenset({"人", "名", "位"}),
    }
)
"""Marks that say no more than the definition of a fact does: an amount is in yuan, complainants are persons."""

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,24}|[0-9]{1,3}(?:,[0-9]{3}){1,7})(?:\.[0-9]{1,24})?")
_MARKED: Final = re.compile(r"([^0-9+.,-]*)([0-9+.,-]*[0-9])([^0-9]*)")


def figure_of(cell: str, units: Collection[str] = ()) -> Decimal | None:
    """Read a figure exactly, with or without one of its own units before or behind it; None where it is none.

    Another unit (5万) is never dropped: the cell is no figure then.

    >>> figure_of("¥5,000.00", UNITS["amount"]), figure_of("3人", UNITS["complainants"])
    (Decimal('5000.00'), Decimal('3'))
    >>> print(figure_of("5万", UNITS["amount"]))
    None
    """
    text = unicodedata.normalize("NFKC", cell)
    parts = _MARKED.fullmatch(text) if units else None
    if parts is not None:
        before, text, after = (part.strip() for part in parts.groups())
        own = {unicodedata.normalize("NFKC", unit).casefold() for unit in units} | {""}
        if before.casefold() not in own or after.casefold() not in own:
            return None
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def is_marked(cell: str) -> bool:
    """Say whether something stands before or behind a figure, as a unit does.

    >>> is_marked("5万"), is_marked("5,000"), is_marked("five")
    (True, False, False)
    """
    parts = _MARKED.fullmatch(unicodedata.normalize("NFKC", cell))
    return parts is not None and bool(parts[1].strip() or parts[3].strip())
