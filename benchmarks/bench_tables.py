"""The priority table decided and its reasons told, against zen-engine deciding the same table with its trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from benchmarks.histories import PSBC, RECEIVED
from benchmarks.zen_table import traced
from complaint_rules import Case, Complaint, WorkCalendar
from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.running import read
from complaint_rules.assessment.views import View
from complaint_rules.words.findings import reasons

FACTS: Final = {
    "first row": {"funds_at_risk": True, "repeat": False, "complainants": 1, "press_risk": False},
    "third row": {"funds_at_risk": False, "repeat": False, "complainants": 3, "press_risk": False},
    "last row": {"funds_at_risk": False, "repeat": False, "complainants": 1, "press_risk": False},
}
_PLAN: Final = Plan(PSBC)
_TABLE: Final = PSBC.tables["priority"]
_INDEX: Final = list(PSBC.scope.tables).index("priority")


def view(facts: Mapping[str, Any]) -> View:
    """Give what the table is decided on."""
    complaint = Complaint(id="c-1", received=RECEIVED, extra={"marked_urgent": False}, **facts)
    calendar = WorkCalendar.china()
    return read(Case(complaint), _PLAN, calendar, at=RECEIVED + dt.timedelta(hours=1)).view


def decided(sight: View) -> Any:
    """Decide the table anew, give its fired row."""
    sight.decisions[_INDEX] = None
    return sight.table(_INDEX).fired


def told(sight: View) -> str:
    """Decide the table anew, give its reasons in words: which row holds by which article, why the others do not."""
    sight.decisions[_INDEX] = None
    return reasons(sight.table(_INDEX), _TABLE, PSBC, "zh")


def ways(name: str) -> Mapping[str, Callable[[], Any]]:
    """Give each way to decide a case, ready to run."""
    facts = FACTS[name]
    sight, context = view(facts), {**facts, "marked_urgent": False}
    return {
        "decided": lambda: decided(sight),
        "decided and told": lambda: told(sight),
        "zen-engine, traced": lambda: traced(context),
    }


@pytest.mark.parametrize("name", FACTS)
@pytest.mark.parametrize("way", ways("first row"))
def test_priority(benchmark: Any, name: str, way: str) -> None:
    benchmark.group = name
    benchmark(ways(name)[way])


@pytest.mark.parametrize("name", FACTS)
def test_both_find_the_same_class(name: str) -> None:
    facts = FACTS[name]
    assert view(facts).table(_INDEX).value == traced({**facts, "marked_urgent": False})["result"]["priority"]
