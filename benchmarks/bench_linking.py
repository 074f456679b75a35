"""Linking a stream of complaints: time per complaint at growing sizes, and adding one to many."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from typing import Any

import pytest

from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.scopes import Scope
from complaint_rules.linking.linker import Linker, link
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import NO_TITLES, Link

POLICY = Policy(
    id="bench",
    edition="1",
    title=NO_TITLES,
    issuer=NO_TITLES,
    checked_on=dt.date(2026, 11, 21),
    links=FrozenMap(
        same_kind=Link(
            id="same_kind", title=NO_TITLES, same=("kind",), distinct=True, joint=True, window=Period.parse("1 month")
        )
    ),
    scope=Scope(),
    document="{}",
    fingerprint="0",
)
SIZES = [10_000, 100_000]
# BENCH_MILLION=1 pytest benchmarks/bench_linking.py -s        also a million, which takes a while to make
if os.environ.get("BENCH_MILLION"):
    SIZES.append(1_000_000)


def flood(size: int) -> list[Complaint]:
    """Three years of complaints of 200 kinds, in no order; every tenth person complains again."""
    chance = random.Random(20_261_121)  # noqa: S311 - reproducible, nothing secret
    start = dt.datetime(2024, 1, 1, tzinfo=BEIJING)
    return [
        Complaint(
            id=f"c-{number}",
            received=start + dt.timedelta(seconds=chance.randrange(3 * 365 * 86_400)),
            kind=f"k-{chance.randrange(200)}",
            complainant_keys=frozenset({f"p-{chance.randrange(5 * size)}"}),
        )
        for number in range(size)
    ]


@pytest.mark.parametrize("size", SIZES[:2])
def test_link(benchmark: Any, size: int) -> None:
    complaints = flood(size)
    links = benchmark.pedantic(link, args=(complaints, POLICY), rounds=3)
    assert len(links) == size


def test_add_one_to_many(benchmark: Any) -> None:
    """One more complaint to ten thousand of three years: the work is that of its own windows."""
    linker = Linker(POLICY)
    complaints = flood(10_500)
    for complaint in complaints[500:]:
        linker.add(complaint)
    more = iter(complaints[:500])
    benchmark.pedantic(linker.add, setup=lambda: ((next(more),), {}), rounds=500)


def test_time_grows_as_n_log_n() -> None:
    """Printed, not enforced: shared machines are noisy. A million within 10 s is the aim."""
    for size in SIZES:
        complaints = flood(size)
        begun = time.perf_counter()
        link(complaints, POLICY)
        took = time.perf_counter() - begun
        print(f"{size:>9,} complaints: {took:6.2f} s, {took / size * 1e6:.1f} µs each")
