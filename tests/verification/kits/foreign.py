"""A second implementation of the protocol: it sees a kit's files alone, and writes down its answers in its own manner.

It decides with the library's `assess`, as there is no other; what it reads, names and prints is its own: moments in
UTC, numbers as text, names the other way round, one list where the library has one value.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from complaint_rules.assessing import assess, mainland
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Run
from complaint_rules.calendar.hours import Hours
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.policy.policy import Policy


def answers(folder: Path) -> Iterator[dict[str, Any]]:
    """Answer every case of a kit."""
    policies = {
        (policy["id"], policy["edition"]): text
        for path in (folder / "policies").glob("*.json")
        for text in [path.read_text("utf-8")]
        for policy in [json.loads(text)["policy"]]
    }
    for line in (folder / "cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        known = case["policy"]
        rules = policies[known["id"], known["edition"]]
        yield {"id": case["id"], **answer(case, rules)}


def answer(case: Mapping[str, Any], rules: str) -> dict[str, Any]:
    """Answer one case: what came out, or where it was refused."""
    try:
        policy = under(rules, json.dumps(case["policy"]["parameters"]))
        calendar = mainland()
        if "hours" in case:
            calendar = attrs.evolve(calendar, hours=Hours.of(*case["hours"]))
        at = dt.datetime.fromisoformat(case["at"])
        found = assess(policy.read_case(case["case"]), policy, at=at, calendar=calendar, links=case.get("links"))
        return results(found)
    except ComplaintRulesError as error:
        faults = getattr(error, "faults", ())
        return {"refused": faults[0].where if faults else error.what}


@cache
def under(rules: str, parameters: str) -> Policy:
    """Load the rules of a kit."""
    return Policy.from_document(rules, parameters=json.loads(parameters))


def results(found: Assessment) -> dict[str, Any]:
    """Write down everything that came out."""
    duties: dict[str, list[dict[str, Any]]] = {}
    for duty in found.duties:
        duties.setdefault(duty.duty.id, []).append({"status": duty.status.value, "due_at": instant(duty.due_at)})
    lacking: dict[str, Any] = dict.fromkeys(found.policy.checklists)
    for check in sorted(found.checks, key=lambda one: one.entry.order):
        lacking[check.checklist.id] = "?" if check.missing is None else list(check.missing)[::-1]
    notices: dict[str, list[str]] = {}
    for notice in found.notices:
        notices.setdefault(notice.rule, []).append(notice.kind.value)
    return {
        "findings": {name: value(found, name) for name in found.policy.tables},
        "clocks": {
            name: [run_of(one, clock.limit.rows) for one in clock.runs] or {"status": clock.status.value}
            for name, clock in found.clocks.items()
        },
        "duties": duties,
        "checklists": lacking,
        "notifications": notices,
        "violations": [f"{one.code.value} {one.rule}" if one.rule else one.code.value for one in found.violations][
            ::-1
        ],
        "missing": [one.name for one in found.missing],
    }


def value(found: Assessment, name: str) -> Any:
    """Write down what a table says; `?` where an unknown that nothing presumes, or a parameter, could change it."""
    finding = found.findings[name]
    if finding.table.missing:
        return "?"
    said = finding.value
    plan = finding.snapshot.plan
    if not finding.decision.certain and plan.undecided(possibly=True, unknown=finding.decision.unknown):
        return "?"
    return sorted(said, reverse=True) if isinstance(said, frozenset) else said


def run_of(run: Run, rows: tuple[object, ...]) -> dict[str, Any]:
    """Write down a run of a limit; the row by its number, as text."""
    row = next((str(place) for place, one in enumerate(rows) if one is run.row), None)
    return {
        "status": run.status.value,
        "due_at": instant(run.due_at),
        "row": row,
        "warn_at": [instant(one) for one in run.warnings],
    }


def instant(when: dt.datetime | None) -> str | None:
    """Write a moment in UTC, to the nanosecond, as Java does."""
    return None if when is None else f"{when.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%f}000Z"
