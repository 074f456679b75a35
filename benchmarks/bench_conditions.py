"""One decision table against the same rules written by hand with if/else, both naming the unknown facts."""

from __future__ import annotations

import datetime as dt
import statistics
import timeit
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.compiling import compile_first
from complaint_rules.conditions.parsing import parse
from complaint_rules.conditions.scopes import CaseView, FactSpec, FactType, Scope

FACTS = {
    "funds_at_risk": FactSpec(name="funds_at_risk", type=FactType.BOOL, assume=False, core=True),
    "repeat": FactSpec(name="repeat", type=FactType.BOOL, assume=False, core=True),
    "complainants": FactSpec(name="complainants", type=FactType.INT, assume=1, core=True),
    "press_risk": FactSpec(name="press_risk", type=FactType.BOOL, assume=False, core=True),
    "marked_urgent": FactSpec(name="marked_urgent", type=FactType.BOOL, assume=False),
}
SCOPE = Scope(facts=FACTS)
ROWS = ("funds_at_risk", "repeat", "complainants >= 3", "press_risk or marked_urgent", None)
COMPILED = compile_first([None if row is None else parse(row, SCOPE) for row in ROWS], SCOPE)


def by_hand(view: Any) -> tuple[int, int, int]:
    """The priority table as a careful person writes it: fired row, rows possible, unknown facts."""
    complaint = view.complaint
    unknown = possible = 0
    if complaint.funds_at_risk:
        return 0, 1, 0
    if complaint.funds_at_risk is None:
        unknown |= 1
        possible |= 1
    if complaint.repeat:
        return 1, possible | 2, unknown
    if complaint.repeat is None:
        unknown |= 2
        possible |= 2
    if complaint.complainants is None:
        unknown |= 4
        possible |= 4
    elif complaint.complainants >= 3:
        return 2, possible | 4, unknown
    press, marked = complaint.press_risk, complaint.extra.get("marked_urgent")
    if press or marked:
        return 3, possible | 8, unknown
    if press is None:
        unknown |= 8
        possible |= 8
    if marked is None:
        unknown |= 16
        possible |= 8
    return 4, possible | 16, unknown


@attrs.define
class Sight:
    """As much of a view as the table needs."""

    complaint: Complaint


def sight(**facts: Any) -> Any:
    return Sight(Complaint(id="c-1", received=dt.date(2026, 9, 30), **facts))


CALM = {
    "funds_at_risk": False,
    "repeat": False,
    "complainants": 1,
    "press_risk": False,
    "extra": {"marked_urgent": False},
}
CASES: dict[str, Any] = {
    "nothing known": sight(),
    "all known, ordinary": sight(**CALM),
    "first row": sight(funds_at_risk=True),
    "third row": sight(funds_at_risk=False, repeat=False, complainants=3),
    "one unknown": sight(**{**CALM, "press_risk": None}),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("way", ["compiled", "by_hand"])
def test_priority(benchmark: Any, case: str, way: str) -> None:
    decide: Callable[[CaseView], Any] = COMPILED if way == "compiled" else by_hand
    view = CASES[case]
    assert COMPILED(view)[:3] == by_hand(view)
    benchmark.group = case
    benchmark(decide, view)


def best(decide: Callable[[Any], Any], view: Any) -> float:
    return min(timeit.repeat("decide(view)", globals={"decide": decide, "view": view}, number=20_000, repeat=9))


def test_the_ratio_to_handwritten_code_is_shown() -> None:
    """Printed, not enforced: shared machines are noisy. The aim is 1.5."""
    ratios = {name: best(COMPILED, view) / best(by_hand, view) for name, view in CASES.items()}
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f} × by hand")
    print(f"median: {statistics.median(ratios.values()):.2f}")
