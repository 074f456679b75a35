"""A table's working value sets things going and accuses nobody, for an unknown fact could still turn it."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules import Policy
from complaint_rules.assessment.assessment import Assessment
from tests.golden import assessed, case_of, happened

TITLE: Final = 'title = { zh = "甲", en = "A" }'
POLICY: Final = f"""
id = "own"
edition = "1"
{TITLE}
issuer = {{ zh = "某行", en = "A bank" }}
checked_on = 2026-11-21
[facts.online]
type = "bool"
{TITLE}
[[table]]
id = "ticket"
{TITLE}
values.none = {{ zh = "无", en = "None" }}
values.needed = {{ zh = "需", en = "Needed" }}
first = [{{ value = "none", when = "online" }}, {{ value = "needed" }}]
[[limit]]
id = "whole"
{TITLE}
from = "received"
until = "closed"
when = "ticket == 'needed'"
first = [{{ within = "2 days" }}]
[[duty]]
id = "tell"
{TITLE}
must = "informed"
when = "ticket == 'needed'"
within = "2 days"
[[duty]]
id = "hold"
{TITLE}
must_not = "disclosed"
when = "ticket == 'needed'"
"""


def found(at: str, *kinds: str, **facts: Any) -> Assessment:
    events = [happened(kind, "2026-09-25T09:00") for kind in kinds]
    return assessed(Policy.from_text(POLICY), case_of("2026-09-20T09:00", events, **facts), at)


def stands(answer: Assessment) -> dict[str, str]:
    return {"whole": str(answer.clocks["whole"].status)} | {one.duty.id: str(one.status) for one in answer.duties}


@pytest.mark.parametrize(
    ("facts", "expected", "codes"),
    [
        ({}, {"whole": "undetermined", "tell": "undetermined", "hold": "in_force"}, []),
        (
            {"online": False},
            {"whole": "overdue", "tell": "overdue", "hold": "breached"},
            ["late", "missed", "forbidden"],
        ),
        ({"online": True}, {"whole": "not_applicable"}, []),
    ],
)
def test_a_gap_in_the_data_accuses_nobody(facts: dict[str, Any], expected: dict[str, str], codes: list[str]) -> None:
    """psbc-95580: with nothing on record the routing was late and a sanction due, by the closing row of a table."""
    answer = found("2026-09-26T09:00", "disclosed", **facts)
    assert stands(answer) == expected
    assert sorted(one.code.value for one in answer.violations) == sorted(codes)


def test_until_then_it_runs_and_what_is_kept_is_kept() -> None:
    """The working value is a way to begin: the clock runs from the receipt, the duty waits."""
    assert stands(found("2026-09-21T09:00")) == {"whole": "running", "tell": "due", "hold": "in_force"}
    kept = assessed(
        Policy.from_text(POLICY),
        case_of("2026-09-20T09:00", [happened(kind, "2026-09-21T09:00") for kind in ("informed", "closed")]),
        "2026-09-26T09:00",
    )
    assert (stands(kept)["whole"], stands(kept)["tell"]) == ("met", "done")


def test_nor_was_anything_late_that_is_late_by_later_knowledge() -> None:
    known = case_of("2026-09-20T09:00", [happened("amended", "2026-09-24T09:00", set={"online": False})])
    answer = assessed(Policy.from_text(POLICY), known, "2026-09-26T09:00")
    assert stands(answer)["whole"] == "overdue"
