"""Golden cases as JSON Lines: read strictly, written back the same, run under their policy."""

from __future__ import annotations

import io
import json
from typing import Any, Final

from complaint_rules.policy.loading import load_policy
from complaint_rules.verification.reaching.answers import expected
from complaint_rules.verification.reaching.golden_lines import GoldenCase, read_golden_lines

PSBC: Final = load_policy("psbc-95580")
SATURDAY: Final[dict[str, Any]] = {
    "id": "psbc-95580-0047",
    "policy": {"id": "psbc-95580", "edition": "2016", "parameters": {}},
    "kind": "edge",
    "rule": "limit/whole[0]",
    "cite": "14",
    "why": "14 February is a make-up Saturday; 48 hours for money at risk, met at the last instant",
    "case": {
        "id": "g-1",
        "received": "2026-02-14T09:00:00+08:00",
        "funds_at_risk": True,
        "events": [{"kind": "accepted_by_customer", "at": "2026-02-16T09:00:00+08:00"}],
    },
    "at": "2026-02-16T09:00:00+08:00",
    "expect": {"clocks": {"whole": {"status": "met", "due_at": "2026-02-16T09:00:00+08:00", "row": 0}}},
    "checked": None,
}


KEYS: Final = "id, policy, case, at, expect, kind, rule, cite, title, why, links, hours, checked"


def golden(**changes: Any) -> GoldenCase:
    return GoldenCase.from_dict(SATURDAY | changes)


def differs(**expect: Any) -> list[str]:
    return [str(one) for one in golden(expect=expect).run(PSBC)]


def test_a_case_is_written_as_it_was_read() -> None:
    assert golden().to_dict() == SATURDAY
    assert GoldenCase.from_json(golden().to_json()) == golden()


def test_a_case_comes_out_as_written() -> None:
    assert golden().run(PSBC) == ()


def test_a_microsecond_later_it_is_late() -> None:
    late = SATURDAY["case"] | {"events": [{"kind": "accepted_by_customer", "at": "2026-02-16T09:00:00.000001+08:00"}]}
    found = golden(case=late, at="2026-02-16T10:00:00+08:00").run(PSBC)
    assert [str(one) for one in found] == ["limit/whole status: wanted met, got met_late"]


def test_what_an_assessment_says_of_a_rule_comes_out_again() -> None:
    found = golden().assess(PSBC)
    rules = ["table/priority", "limit/whole[0]", "duty/ticket_open", "checklist/archive_paper"]
    again = golden(expect=expected(found, rules).to_dict())
    assert again.run(PSBC) == ()
    assert set(again.expect.rules) == {"table/priority", "limit/whole", "duty/ticket_open", "checklist/archive_paper"}


def test_a_bad_line_is_told_and_the_rest_goes_on() -> None:
    lines = [json.dumps(SATURDAY), "not json", json.dumps(SATURDAY), json.dumps(SATURDAY | {"id": "b", "raison": 1})]
    rows = list(read_golden_lines(io.BytesIO("\n".join(lines).encode()), policy=PSBC))
    assert [row.line for row in rows] == [1, 2, 3, 4]
    assert [str(fault) for row in rows for fault in row.faults] == [
        "2: this is no JSON: Expecting value (at character 1)",
        "3: id: the id stands on line 1 already",
        f"4: raison: a golden case has no such key; known: {KEYS}",
    ]
