"""Faults sown into the shipped rule sets, each of a kind that a person makes: the analysis, or the loader, finds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import settings

from complaint_rules.errors import InvalidPolicy
from complaint_rules.policy.loading import editions, load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis.analysing import STEPS, of_rule
from complaint_rules.verification.analysis.asking import Inquiry
from complaint_rules.verification.analysis.duties import triggers
from complaint_rules.verification.worlds.worlds import Worlds
from tests.verification.analysis.shipped import SUPPLIED

THIN: Final = 1 if settings().max_examples > 60 else 61
"""One fault of so many is tried by default, all of them under the profile of the CI."""


class Fault(NamedTuple):
    """One fault: where it is sown, and what has to be found."""

    policy: str
    edition: str
    kind: str
    section: str
    rule: int
    row: int
    codes: frozenset[str]


@cache
def document(policy: str, edition: str) -> dict[str, Any]:
    text = load_policy(policy, edition=edition, parameters=SUPPLIED.get(policy)).document
    return json.loads(text)  # type: ignore[no-any-return]


def form_of(rule: dict[str, Any]) -> str:
    return next(form for form in ("first", "every", "earliest", "latest") if form in rule)


def faults() -> Iterator[Fault]:
    for policy in policies():
        for edition in editions(policy):
            yield from _faults_in(policy, edition, document(policy, edition)["policy"])


def _faults_in(policy: str, edition: str, rules: dict[str, Any]) -> Iterator[Fault]:
    def fault(kind: str, section: str, rule: int, row: int, *codes: str) -> Fault:
        return Fault(policy, edition, kind, section, rule, row, frozenset(codes))

    for number, table in enumerate(rules.get("table", ())):
        form = form_of(table)
        several = len(table["values"]) > 1
        for row, one in enumerate(table[form]):
            if "when" not in one:
                if form == "first":
                    yield fault("closing row dropped", "table", number, row, "gap", "open_while_unknown")
                continue
            yield fault("contradiction", "table", number, row, "never_holds")
            yield fault("idle atom", "table", number, row, "redundant_atom", "redundant_row")
            if form == "every":
                yield fault("row again", "table", number, row, "redundant_row")
            elif several:
                yield fault("condition again", "table", number, row, "unreachable")
                yield fault("narrower below", "table", number, row, "unreachable", "never_holds")
                yield fault("narrower above", "table", number, row, "redundant_row", "never_holds", "unreachable")
    for number, limit in enumerate(rules.get("limit", ())):
        rows = limit[form_of(limit)]
        yield fault("never applies", "limit", number, 0, "never_applies")
        if form_of(limit) == "first" and len(rows) > 1 and not {"when", "by"} & rows[-1].keys():
            yield fault("closing figure dropped", "limit", number, 0, "no_figure", "no_figure_while_unknown")
    for number, _ in enumerate(rules.get("duty", ())):
        yield fault("never applies", "duty", number, 0, "never_applies")


def sown(fault: Fault) -> Policy:
    whole = json.loads(json.dumps(document(fault.policy, fault.edition)))
    rule = whole["policy"][fault.section][fault.rule]
    rows = rule[form_of(rule)] if fault.section != "duty" else [{}]
    row = rows[fault.row]
    when = row.get("when", "")
    other = next((value for value in rule.get("values", {}) if value != row.get("value")), "")
    match fault.kind:
        case "closing row dropped" | "closing figure dropped":
            rows.pop()
        case "contradiction":
            row["when"] = f"({when}) and complainants >= 3 and complainants < 3"
        case "idle atom":
            row["when"] = f"({when}) and complainants >= 1"
        case "row again":
            rows.insert(fault.row + 1, dict(row))
        case "condition again":
            rows.insert(fault.row + 1, {**row, "value": other})
        case "narrower below":
            rows.insert(fault.row + 1, {**row, "value": other, "when": f"({when}) and funds_at_risk"})
        case "narrower above":
            rows.insert(fault.row, {**row, "when": f"({when}) and amount > 5000"})
        case _:
            rule["when"] = "complainants > 5 and complainants < 5"
    return Policy.from_document(json.dumps(whole, ensure_ascii=False))


ALL: Final = list(faults())


def test_there_are_faults_of_every_kind() -> None:
    assert len({fault.kind for fault in ALL}) == 9
    assert len(ALL) > 1_000


@pytest.mark.parametrize("fault", ALL[::THIN], ids=lambda one: f"{one.policy}-{one.section}{one.rule}-{one.kind}")
def test_a_fault_that_was_sown_is_found(fault: Fault) -> None:
    try:
        policy = sown(fault)
    except InvalidPolicy:
        return  # the loader has found it
    rules: Any = {"table": policy.tables, "limit": policy.limits, "duty": policy.duties}[fault.section]
    key = document(fault.policy, fault.edition)["policy"][fault.section][fault.rule]["id"]
    inquiry = Inquiry(Worlds(policy, more=triggers(policy)), STEPS)
    found = {one.code.value for one in of_rule(inquiry, rules[key])}
    assert found & fault.codes, (fault.kind, found)
