"""The JSON Schema of a tally as `Tally.to_dict` gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.statistics.as_data import KEYS
from complaint_rules.statistics.tally import FORMAT
from complaint_rules.verification.kits.fragments import (
    COUNT,
    DAY,
    MOMENT,
    NULL,
    STRING,
    JsonSchema,
    any_of,
    closed,
    headed,
    listed,
    named,
    nullable,
)


def _pair(first: Mapping[str, Any], second: Mapping[str, Any]) -> JsonSchema:
    return {"type": "array", "prefixItems": [dict(first), dict(second)], "items": False, "minItems": 2}


_KEY: Final = nullable(STRING)
_CELL: Final[JsonSchema] = {"type": "object", "minProperties": 1}
"""One value of a figure; its keys are those of the figure's shape."""
_FIGURE: Final = closed(
    {
        "figure": STRING,
        "basis": _KEY,
        "rows": listed(listed(_pair(listed(_KEY), _CELL)))
        | {"description": "by grouping: keys of groups, and the value"},
    },
    ["figure", "basis", "rows"],
)
_REASON: Final[JsonSchema] = {
    "type": "array",
    "prefixItems": [{"enum": list(range(5))}, _KEY, COUNT],
    "items": False,
    "minItems": 3,
}
_PARTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "format": {"const": FORMAT},
    "policy": STRING,
    "fingerprint": STRING,
    "signature": STRING,
    "libraries": listed({"type": "string", "pattern": "^[0-9]"}, least=1),
    "at": MOMENT,
    "covers": any_of(_pair(DAY, DAY), NULL),
    "by": listed(listed(STRING)),
    "declared": {"type": "object"},
    "seen": COUNT,
    "problems": named(_pair(COUNT, listed(STRING))),
    "bases": named(listed(_REASON)),
    "figures": listed(_FIGURE),
}


def tally_schema() -> JsonSchema:
    """Describe a tally as data (汇总), as it is kept and merged.

    >>> tally_schema()["properties"]["format"]["const"]
    'complaint-rules/tally/1'
    """
    title, about = ("汇总", "tally"), ("多件投诉的统计，可以合并", "figures over many complaints, which can be merged")
    return headed("tally", title, about, closed({key: _PARTS[key] for key in KEYS}, KEYS))
