"""Laws of policy, held against whatever Hypothesis makes up."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidPolicy
from complaint_rules.policy.files import reading
from complaint_rules.policy.policy import Policy
from tests.policy.test_loading import changed

JUNK: Final = st.sampled_from(
    [
        0,
        10**30,
        True,
        "",
        "received",
        "joint",
        "5 days",
        [],
        {},
        [[]],
        [{}],
        {"id": "x"},
        {"event": "replied"},
        {"parameter": "x"},
        {"zh": "甲", "en": "A"},
        dt.date(2026, 1, 1),
        dt.datetime(2026, 1, 1),  # noqa: DTZ001 - TOML has local datetimes
        dt.time(8),
        Decimal("1.5"),
        ["a", "b"],
        "x" * 3000,
    ]
)


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from spots(item, (*path, key))


DOCUMENTS: Final[Mapping[str, Any]] = {
    name: reading.shipped_document(name) for names in reading.shipped().values() for name in names
}


SPOTS: Final = [(name, spot) for name, document in DOCUMENTS.items() for spot in spots(document)]


@given(spot=st.sampled_from(SPOTS), junk=JUNK)
def test_whatever_stands_in_a_file_it_is_loaded_or_refused_with_faults(spot: tuple[str, Any], junk: Any) -> None:
    name, path = spot
    with contextlib.suppress(InvalidPolicy):
        policy = Policy(**reading.fields_of(changed(DOCUMENTS[name], path, junk), name, {}))
        assert Policy.from_document(policy.document) == policy
