"""`linked(…)` counts at least the complaint's own number where nobody looked (faults 1.5)."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules import assess
from tests.by_hand import complaint, instant
from tests.golden import china
from tests.small import TITLE, fact, own, table

RECEIVED: Final = "2026-09-20T09:00"
MANY: Final = table("many", ("yes", "linked('same') >= 3"), ("no", ""))


def link(*more: str, same: str = '["kind"]') -> str:
    return "\n".join(["[[link]]", 'id = "same"', TITLE, f"same = {same}", *more])


@pytest.mark.parametrize(
    ("why", "more", "facts", "value", "certain"),
    [
        ("ten who complain together are ten", ["distinct = true", "joint = true"], {"kind": "atm", "complainants": 10},
            "yes", True),
        ("two are at least two", ["distinct = true", "joint = true"], {"kind": "atm", "complainants": 2}, "no", False),
        ("where complaints are counted, it is one", [], {"kind": "atm", "complainants": 10}, "no", False),
        ("nobody knows what it is about", ["distinct = true", "joint = true"], {"complainants": 10}, "no", False),
        ("it takes part", ["distinct = true", "joint = true", 'when = "vip"'],
            {"kind": "atm", "complainants": 10, "vip": True}, "yes", True),
        ("nobody knows whether it does", ["distinct = true", "joint = true", 'when = "vip"'],
            {"kind": "atm", "complainants": 10}, "no", False),
    ],
)  # fmt: skip
def test_a_complaint_counts_for_its_own_number_where_nobody_looked(
    why: str, more: list[str], facts: dict[str, Any], value: str, certain: bool
) -> None:
    policy = own(fact("vip"), link(*more), MANY)
    found = assess(complaint(RECEIVED, **facts), policy, at=instant("2026-09-21"), calendar=china()).findings["many"]
    assert (found.value, found.certain) == (value, certain), why


@pytest.mark.parametrize("condition", ["linked('other') >= 1", "rank == 'top'", "rank != 'top'"])
def test_a_link_that_asks_for_links_counts_nothing_by_itself(condition: str) -> None:
    policy = own(
        fact("vip"),
        table("rank", ("top", "linked('other') >= 9"), ("other", "vip"), ("none", "")),
        link("joint = true", "distinct = true", f'when = "{condition}"'),
        link("distinct = true").replace('id = "same"', 'id = "other"'),
        MANY,
    )
    found = assess(complaint(RECEIVED, kind="atm", complainants=10), policy, at=instant("2026-09-21"))
    assert (found.findings["many"].value, found.findings["many"].certain) == ("no", False)


def test_a_link_whose_condition_reads_a_table_of_facts_counts_its_own() -> None:
    policy = own(
        fact("vip"),
        table("rank", ("top", "vip"), ("none", "")),
        link("joint = true", "distinct = true", "when = \"rank == 'top'\""),
        MANY,
    )
    found = assess(complaint(RECEIVED, kind="atm", complainants=10, vip=True), policy, at=instant("2026-09-21"))
    assert found.findings["many"].value == "yes"
