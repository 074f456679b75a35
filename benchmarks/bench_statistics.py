"""Tallies against the same figures counted by hand, straight from cases against assessing them, and what they hold."""

from __future__ import annotations

import datetime as dt
import gc
import tracemalloc
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import attrs
import pytest

from benchmarks.bench_assess import CASES as FACTS
from benchmarks.bench_assess import POLICIES
from benchmarks.counting import AT, CHINA, FIGURES, ByHand, as_by_hand, judged, stream, tally
from benchmarks.histories import PSBC, RECEIVED, realistic
from benchmarks.measure import side_by_side
from complaint_rules import Assessment, Case, Complaint, Event, Policy, Tally

MANY: Final = 6_000
"""Assessed cases that are counted in one turn."""
SOME: Final = 500
"""Cases that are assessed in one turn."""
COUNTED: Final[Mapping[str, Policy]] = {name: policy for name, policy in POLICIES.items() if policy.figures}
"""The shipped policies that have figures."""


@cache
def assessed() -> Sequence[Assessment]:
    """Give many cases, all that hangs on their assessment worked out."""
    return [judged(case) for case in stream(MANY)]


def whole(counted: Tally) -> Tally:
    """Give a tally of which a figure was read, so that nothing waits to be counted."""
    _ = counted[next(iter(counted.figures))]
    return counted


def counting() -> Mapping[str, Callable[[], Any]]:
    """Give both ways to count assessed cases; both have counted the working days between most days before."""
    found, none, known = assessed(), tally(), dict[tuple[dt.date, dt.date], int]()

    def by_hand() -> ByHand:
        counted = ByHand(known)
        for one in found:
            counted.add(one)
        return counted

    return {"by hand": by_hand, "tally": lambda: whole(none.empty().update(found))}


@cache
def histories() -> Mapping[str, Sequence[Case]]:
    """Give cases by how much happened to them."""
    usual = stream(SOME)
    long, _ = realistic()
    many = [Case(attrs.evolve(long.complaint, id=f"c-{number}"), long.events) for number in range(50)]
    return {"nothing happened": [Case(case.complaint) for case in usual], "usual": usual, "50 events": many}


def straight(cases: Sequence[Case], none: Tally) -> Mapping[str, Callable[[], Any]]:
    """Give both ways to go about cases of which nobody has assessed any: counting them, and assessing them."""

    def one_by_one() -> None:
        for case in cases:
            judged(case, none.policy)

    return {"tally": lambda: whole(none.empty().update(cases)), "assess": one_by_one}


def shipped(policy: Policy) -> Mapping[str, Callable[[], Any]]:
    """Give both ways for a policy's own figures, by the month, of complaints on which it has something to say."""
    made = [
        Complaint(id=f"c-{number}", received=RECEIVED + dt.timedelta(minutes=number), **FACTS["facts known"])
        for number in range(100)
    ]
    cases = [
        Case(
            one, [Event("resolved", RECEIVED + dt.timedelta(days=3)), Event("closed", RECEIVED + dt.timedelta(days=4))]
        )
        for one in made
    ]
    return straight(cases, Tally(policy, at=AT, calendar=CHINA, by=["month"]))


def parts(number: int = 1_000) -> Sequence[Tally]:
    """Give tallies of 12 groups, ten figures each."""
    none = Tally(PSBC, at=AT, calendar=CHINA, by=["kind"], figures=FIGURES)
    return [whole(none.empty().update(assessed()[first : first + 60])) for first in range(number)]


def merged(tallies: Iterable[Tally], none: Tally) -> Tally:
    """Merge tallies into an empty one, in place."""
    for one in tallies:
        none.merge(one)
    return none


def filled(rows: int, groups: int) -> Tally:
    """Count plain rows of many groups, most closed soon and some late, with up to 20 lengths in each group."""
    counted = Tally(PSBC, at=AT, calendar=CHINA, by=["respondent"], figures=FIGURES)
    for number in range(rows):
        round_, group = divmod(number, groups)
        received = RECEIVED - dt.timedelta(days=40)
        closed = CHINA.add_working_days(received.date(), (round_ + group) % 20 + 1)
        counted.add_row(
            {"respondent": f"u-{group}", "satisfied": number % 3 == 0}, received=received, events={"closed": closed},
            standings={"whole": "late" if number % 4 == 0 else "in_time"},
        )  # fmt: skip
    return whole(counted)


def memory(rows: int, groups: int) -> tuple[int, int]:
    """Give the bytes that a tally holds in the end, and that counting it held at most."""
    gc.collect()
    tracemalloc.start()
    counted = filled(rows, groups)
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counted.seen == rows
    return held, most


def a_group() -> float:
    """Give the bytes that a group of ten figures takes, with 20 lengths: what 200 more groups add."""
    return (memory(6_000, 300)[0] - memory(2_000, 100)[0]) / 200


@pytest.mark.parametrize("way", ["by hand", "tally"])
def test_ten_figures_by_three_groupings(benchmark: Any, way: str) -> None:
    benchmark.group = f"{MANY:,} assessed cases"
    benchmark.pedantic(counting()[way], rounds=5, warmup_rounds=1)


@pytest.mark.parametrize("history", histories())
@pytest.mark.parametrize("way", ["tally", "assess"])
def test_straight_from_cases(benchmark: Any, history: str, way: str) -> None:
    benchmark.group = f"cases, {history}"
    benchmark.pedantic(straight(histories()[history], tally())[way], rounds=5, warmup_rounds=1)


@pytest.mark.parametrize("policy", COUNTED)
@pytest.mark.parametrize("way", ["tally", "assess"])
def test_own_figures(benchmark: Any, policy: str, way: str) -> None:
    benchmark.group = f"100 cases under {policy}"
    benchmark.pedantic(shipped(COUNTED[policy])[way], rounds=5, warmup_rounds=1)


def test_a_thousand_are_merged(benchmark: Any) -> None:
    tallies = parts()
    benchmark.pedantic(merged, setup=lambda: ((tallies, tallies[0].empty()), {}), rounds=3)


def test_both_count_the_same() -> None:
    ways = counting()
    assert as_by_hand(ways["tally"]()) == ways["by hand"]().n


@pytest.mark.parametrize("history", histories())
def test_straight_from_cases_the_tally_is_the_same(history: str) -> None:
    cases = histories()[history]
    assert tally().update(cases) == tally().update([judged(case) for case in cases])


def test_the_ratios_are_shown() -> None:
    """Printed, not enforced: shared machines are noisy. The aims are 1.5, a quarter, and 3 KiB a group."""
    took = side_by_side(counting(), turns=5)
    print(f"ten figures, three groupings: {took['tally'] / took['by hand']:.2f} × by hand")
    for history, cases in histories().items():
        took = side_by_side(straight(cases, tally()), turns=5)
        print(f"straight from cases, {history}: {took['tally'] / took['assess']:.2f} × assess")
    print(f"a group: {a_group() / 1_024:.2f} KiB, ten figures with 20 lengths")
