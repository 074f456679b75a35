"""Scalars of numpy and pandas, taken where they are exact; neither package is imported, or needed, here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from complaint_rules.mappings import FrozenMap

_PLAIN: Final = frozenset({bool, int, str, float, bytes, Decimal, dt.date, dt.datetime, type(None), dict, list, tuple})

_EXACT: Final[Mapping[str, type[Any]]] = FrozenMap({"b": bool, "i": int, "u": int, "U": str, "M": dt.date})
"""Kinds of numpy whose scalars are exact, and what they are; nanoseconds of a ``datetime64`` are an int: left out."""


def plain_scalar(value: object) -> object:
    """Give the value of Python that a scalar of another library stands for exactly; anything else as it is.

    Whole numbers, truth values, texts, days and moments have such a value. A float has none that is exact, and stays.

    >>> plain_scalar(5), plain_scalar("a")
    (5, 'a')
    """
    if type(value) in _PLAIN or getattr(value, "shape", None) != ():
        return value
    item, kind = getattr(value, "item", None), getattr(getattr(value, "dtype", None), "kind", "")
    if kind not in _EXACT or not callable(item):
        return value
    found = item()
    return found if isinstance(found, _EXACT[kind]) else value


def is_missing(value: object) -> bool:
    """Say whether a value stands for a missing one, as ``NaT`` and ``nan`` do: it is not even itself.

    >>> is_missing(float("nan")), is_missing(0.0), is_missing(None)
    (True, False, False)
    """
    try:
        return bool(value != value)  # noqa: PLR0124 - this is what makes them missing
    except Exception:  # noqa: BLE001 - whatever cannot be compared is there
        return False
