"""Cases replayed under two editions against assessing them once, a rule set changed little, and two real editions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import pytest

from benchmarks.counting import stream
from benchmarks.histories import PSBC
from benchmarks.measure import side_by_side
from complaint_rules import Case, Complaint, Policy, assess, load_policy
from complaint_rules.verification.changes import Diff, diff
from complaint_rules.verification.changes.portfolios import last_moment

SOME: Final = 2_000
"""Cases that are replayed in one turn."""


def _edited() -> Policy:
    """Give an edition with another threshold, another figure, a duty less and a duty more."""
    whole = json.loads(PSBC.document)
    rules = whole["policy"]
    tables, limits = ({one["id"]: one for one in rules[section]} for section in ("table", "limit"))
    tables["priority"]["first"][2]["when"] = "complainants >= 5"
    limits["whole"]["earliest"][2]["within"] = "7 working days"
    rules["duty"] = [one for one in rules["duty"] if one["id"] != "track"]
    rules["duty"].append({"id": "thanks", "title": {"zh": "致谢", "en": "Thank"}, "must": "informed", "cite": "9"})
    return Policy.from_document(json.dumps(whole, ensure_ascii=False))


@cache
def editions() -> Mapping[str, Diff]:
    """Give pairs of editions by name."""
    of_2005, of_2022 = (load_policy("petition-2022", edition=edition) for edition in ("2005", "2022"))
    return {"psbc-95580, changed little": diff(PSBC, _edited()), "petition-2022, 2005 and 2022": diff(of_2005, of_2022)}


@cache
def histories(size: int = SOME) -> Mapping[str, Sequence[Case | Complaint]]:
    """Give cases by how much happened to them."""
    usual = stream(size)
    return {"nothing happened": [case.complaint for case in usual], "usual": usual}


def once(cases: Sequence[Case | Complaint], policy: Policy) -> None:
    """Assess cases each as at its own last event, and look at all that a difference looks at."""
    for one in cases:
        case = one if isinstance(one, Case) else Case(one)
        found = assess(case, policy, at=last_moment(case))
        for finding in found.findings.values():
            _ = finding.decision.value
        for clock in found.clocks.values():
            _ = clock.status, clock.due_at
        for duty in found.duties:
            _ = duty.status
        _ = found.violations


def ways(pair: str, history: str) -> Mapping[str, Callable[[], Any]]:
    """Give the ways: assessing once under the old edition, once under the new, and replaying under both."""
    found, cases = editions()[pair], histories()[history]
    return {
        "old": lambda: once(cases, found.old),
        "new": lambda: once(cases, found.new),
        "diff": lambda: found.portfolio(cases),
    }


def ratio(took: Mapping[str, float]) -> float:
    """Give what replaying costs against assessing once, under whichever edition is meant: the mean of both."""
    return 2 * took["diff"] / (took["old"] + took["new"])


@pytest.mark.parametrize("pair", editions())
@pytest.mark.parametrize("history", histories())
@pytest.mark.parametrize("way", ["old", "new", "diff"])
def test_replayed_under_both(benchmark: Any, pair: str, history: str, way: str) -> None:
    benchmark.group = f"{SOME} cases, {history}, {pair}"
    benchmark.pedantic(ways(pair, history)[way], rounds=3, warmup_rounds=1)


def test_the_ratios_are_shown() -> None:
    """Printed, not enforced: shared machines are noisy. The aim is 2.2."""
    for pair in editions():
        for history in histories():
            took = side_by_side(ways(pair, history), turns=3)
            print(f"diff of {pair}, {history}: {ratio(took):.2f} × assessing once")
