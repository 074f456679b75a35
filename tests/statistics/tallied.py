"""What the tests of tallies share: figures in short, a small policy, and how a table is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from tests.small import TITLE, fact, limit, own, table

NAMED: Final = {"zh": "甲", "en": "A"}
SMALL: Final[Policy] = own(
    fact("satisfied", assume=None),
    fact("products", "set", None),
    fact("handler", "text", None),
    fact("units", "int", None),
    f"[events.sent]\n{TITLE}",
    table("again", ("repeated", "repeat"), ("first", "")),
    table("sort", ("dear", "amount >= 1000"), ("repeated", "repeat"), every=True),
    limit('[{ within = "5 working days" }]', 'void_on = "withdrawn"'),
)
"""Facts of every kind, a table of each kind, and one limit of five working days from the receipt to the closing."""


def figure(id: str, **keys: Any) -> dict[str, Any]:
    """Write a figure as a file holds it; `from` is passed as part of `time`."""
    return {"id": id, "title": NAMED, **keys}


def took(start: str, end: str, unit: str, **more: str) -> dict[str, str]:
    """Write what is measured."""
    return {"from": start, "until": end, "unit": unit, **more}


def end_of(day: str) -> dt.datetime:
    """Give the last microsecond of a day in Beijing."""
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time.max, BEIJING)


def cells(found: Any) -> dict[Any, Any]:
    """Read what a comparison gives, key by key: from its rows, or from the mapping that it is."""
    known: Mapping[Any, Any] = getattr(found, "rows", found)
    return dict(known)


def numbers(found: Any) -> dict[Any, int]:
    """Read how many there are in each row of a table of counts."""
    return {key: one.n for key, one in cells(found).items()}


def kept(found: Any) -> dict[str, int]:
    """Read the fields of a value that are not 0, by name."""
    return {name: one for name, one in found.to_dict().items() if one}
