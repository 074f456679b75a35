"""Cases with a history under `psbc-95580`, against the same cases without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import pytest

from benchmarks.histories import PSBC, dense, realistic
from complaint_rules import Case, WorkCalendar, assess

CHINA: Final = WorkCalendar.china()
SIZES: Final = (10, 50, 100, 1_000)


def run(case: Case, at: dt.datetime) -> Callable[[], Any]:
    """Assess a case as of a moment and look at its violations, which take everything else."""
    return lambda: assess(case, PSBC, at=at, calendar=CHINA).violations


def bare(case: Case, at: dt.datetime) -> Callable[[], Any]:
    """The same case, of which nothing was recorded."""
    return run(Case(case.complaint), at)


@pytest.mark.parametrize("amended", [False, True], ids=["facts stand", "a fact amended"])
def test_fifty_events_with_five_pauses_and_two_extensions(benchmark: Any, amended: bool) -> None:
    benchmark.group = "a case of 50 events"
    benchmark(run(*realistic(amended=amended)))


def test_the_same_case_without_history(benchmark: Any) -> None:
    benchmark.group = "a case of 50 events"
    benchmark(bare(*realistic()))


@pytest.mark.parametrize("size", SIZES)
def test_events_in_close_order(benchmark: Any, size: int) -> None:
    benchmark.group = "by number of events"
    benchmark(run(*dense(size)))


def test_the_realistic_case_is_what_it_says() -> None:
    for amended in (False, True):
        kinds = [event.kind for event in realistic(amended=amended)[0].events]
        assert (len(kinds), kinds.count("suspended"), kinds.count("resumed"), kinds.count("extended")) == (50, 5, 5, 2)
