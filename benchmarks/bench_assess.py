"""A whole assessment under `psbc-95580` against zen-engine deciding its priority table alone, with trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import cycle
from typing import Any, Final

import pytest

from benchmarks.histories import PSBC, RECEIVED
from benchmarks.zen_table import traced
from complaint_rules import Assessment, Complaint, WorkCalendar, assess

CHINA: Final = WorkCalendar.china()
CASES: Final[Mapping[str, Mapping[str, Any]]] = {
    "first contact, most unknown": {"complainants": 2},
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


def decided(complaint: Complaint) -> Assessment:
    """Assess on receipt: every table, limit, duty and question is decided; the values are made when looked at."""
    return assess(complaint, PSBC, at=complaint.received_from, calendar=CHINA)


def looked_at(complaint: Complaint) -> Assessment:
    """Assess on receipt, and look at every class, due moment, status, question, violation and missing figure."""
    found = decided(complaint)
    for finding in found.findings.values():
        _ = finding.value
    for clock in found.clocks.values():
        _ = clock.status, clock.due_at
    for duty in found.duties:
        _ = duty.status
    _ = found.questions, found.violations, found.missing
    return found


WAYS: Final[Mapping[str, Callable[[Complaint], Assessment]]] = {"decided": decided, "looked at": looked_at}


def stream(case: str, way: str) -> Callable[[], Any]:
    """Give one way over a day's complaints in turn, ready to run."""
    turn, run = cycle(complaints(CASES[case])), WAYS[way]
    return lambda: run(next(turn))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("way", WAYS)
def test_assess(benchmark: Any, case: str, way: str) -> None:
    benchmark.group = "assess psbc-95580"
    benchmark(stream(case, way))


def test_zen_engine_decides_the_priority_table(benchmark: Any) -> None:
    benchmark.group = "assess psbc-95580"
    benchmark(lambda: traced(CONTEXT))
