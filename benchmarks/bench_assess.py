"""A whole assessment under every shipped policy, against zen-engine deciding the priority table of one, with trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from typing import Any, Final

import pytest

from benchmarks.histories import RECEIVED
from benchmarks.zen_table import traced
from complaint_rules import Assessment, Complaint, Policy, WorkCalendar, assess, load_policy, policies

CHINA: Final = WorkCalendar.china()
POLICIES: Final[Mapping[str, Policy]] = {name: load_policy(name) for name in policies()}
CASES: Final[Mapping[str, Mapping[str, Any]]] = {
    "most unknown": {"complainants": 2},
    "facts known": {"complainants": 2, "repeat": False, "funds_at_risk": False, "press_risk": False},
}
CONTEXT: Final = {
    "funds_at_risk": False,
    "repeat": False,
    "complainants": 2,
    "press_risk": False,
    "marked_urgent": False,
}


def complaints(facts: Mapping[str, Any]) -> list[Complaint]:
    """Give a day's complaints, each received at a moment of its own."""
    return [
        Complaint(id=f"c-{number}", received=RECEIVED + dt.timedelta(minutes=number), **facts) for number in range(480)
    ]


def decided(complaint: Complaint, policy: Policy) -> Assessment:
    """Assess on receipt; the values are made when looked at."""
    return assess(complaint, policy, at=complaint.received_from, calendar=CHINA)


def one_of_each(complaint: Complaint, policy: Policy) -> Assessment:
    """Assess on receipt, and look at one class and one due moment, where there are any: what most programs ask."""
    found = decided(complaint, policy)
    for name in islice(policy.tables, 1):
        _ = found.findings[name].decision.value
    for name in islice(policy.limits, 1):
        _ = found.clocks[name].due_at
    return found


def looked_at(complaint: Complaint, policy: Policy) -> Assessment:
    """Assess on receipt, and look at every class, due moment, status, question, violation and missing figure."""
    found = decided(complaint, policy)
    for finding in found.findings.values():
        _ = finding.decision.value
    for clock in found.clocks.values():
        _ = clock.status, clock.due_at
    for duty in found.duties:
        _ = duty.status
    _ = found.questions, found.violations, found.missing
    return found


def told(complaint: Complaint, policy: Policy) -> Assessment:
    """Assess on receipt, and ask what to tell whom and when to ask again: what a service does."""
    found = decided(complaint, policy)
    _ = found.notices, found.next_change_at
    return found


WAYS: Final[Mapping[str, Callable[[Complaint, Policy], Assessment]]] = {
    "decided": decided, "one class and one clock read": one_of_each, "everything read": looked_at,
    "what to tell, when to wake": told,
}  # fmt: skip


def stream(policy: str, case: str, way: str) -> Callable[[], Any]:
    """Give one way over a day's complaints in turn, ready to run."""
    turn, run, rules = cycle(complaints(CASES[case])), WAYS[way], POLICIES[policy]
    return lambda: run(next(turn), rules)


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("way", WAYS)
def test_assess(benchmark: Any, policy: str, case: str, way: str) -> None:
    benchmark.group = f"assess {policy}"
    benchmark(stream(policy, case, way))


def test_zen_engine_decides_the_priority_table(benchmark: Any) -> None:
    benchmark.group = "assess psbc-95580"
    benchmark(lambda: traced(CONTEXT))
