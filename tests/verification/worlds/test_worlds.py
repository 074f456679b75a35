"""Formulas against the library's own compiled functions, in worlds drawn at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import settings

from complaint_rules.policy.loading import editions, load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds.formulas import held_in
from complaint_rules.verification.worlds.living import whole
from complaint_rules.verification.worlds.reading import Reading
from complaint_rules.verification.worlds.stands import Bench, Stand
from complaint_rules.verification.worlds.worlds import Worlds

PARAMETERS: Final = {
    "boc-it-blueprint": {"starts": "2025-06-01", "ends": "2026-09-30"},
    "cbirc-2020-3": {"major_report": "2 hours", "retention": "5 years"},
    "grcu-2008": {"reasonable_time": "3 working days"},
    "realty-levels": {"plan_time": "3 days"},
    "wealth-handbook": {"risk_major_from": 1_000_000, "risk_general_from": 100_000},
}
SHIPPED: Final = [(name, edition) for name in policies() for edition in editions(name)]


def worlds_of(policy: Policy, count: int, seed: int = 7) -> Iterator[tuple[Worlds, list[int], Stand]]:
    """Draw worlds: for each variable one of its cells, and what the library sees there."""
    worlds, draw = Worlds(policy), random.Random(seed)  # noqa: S311 - examples, not secrets
    bench = Bench(Reading([policy]), 0)
    for _ in range(count):
        cells = [draw.choice([n for n in range(len(one.cells)) if one.tried >> n & 1]) for one in worlds.variables]
        piece = whole([one.cells[number] for one, number in zip(worlds.variables, cells, strict=True)])
        yield worlds, cells, Stand(bench, piece)


def shipped(id: str, edition: str) -> Policy:
    return load_policy(id, edition=edition, parameters=PARAMETERS.get(id))


def thinned(count: int) -> int:
    """Take more of everything where time is no matter."""
    return count * 6 if settings().max_examples > 60 else count


@pytest.mark.parametrize(("id", "edition"), SHIPPED)
def test_tables_come_out_as_the_compiled_ones_do(id: str, edition: str) -> None:
    """FIRST and EVERY: what fires, what could, what surely does."""
    policy = shipped(id, edition)
    for worlds, cells, stand in worlds_of(policy, thinned(12)):
        for place, (name, table) in enumerate(policy.tables.items()):
            rule, decided = f"table/{name}", stand.table(place)
            rows = range(len(table.rows))
            fired = tuple(row for row in rows if held_in(worlds.fired(rule, row), cells))
            possible = {table.rows[row].value for row in rows if held_in(worlds.first_possible(rule, row), cells)}
            assert (name, fired) == (name, decided.fired)
            assert held_in(worlds.no_row(rule), cells) is not bool(fired)
            if table.every:
                surely = {table.rows[row].value for row in rows if held_in(worlds.rows(rule)[row].sure, cells)}
                assert (possible, surely) == (set(decided.possible), decided.surely)
            else:
                none = set() if held_in(worlds.surely_some_row(rule), cells) else {None}
                assert possible | none == set(decided.possible)


@pytest.mark.parametrize(("id", "edition"), SHIPPED)
def test_limits_and_duties_apply_as_the_compiled_ones_do(id: str, edition: str) -> None:
    policy = shipped(id, edition)
    for worlds, cells, stand in worlds_of(policy, thinned(12), seed=11):
        plan = stand.bench.plan
        tests = {f"limit/{name}": one.applies for name, one in plan.limits.items()}
        tests |= {f"duty/{name}": one.applies for name, one in plan.duties.items()}
        for rule, test in tests.items():
            ways = [held_in(way, cells) for way in worlds.applies(rule)]
            held, surely, possibly, _ = (True, True, True, 0) if test is None else test(stand)
            assert (rule, ways[2], ways[0], ways[1]) == (rule, held, surely, possibly)


@pytest.mark.parametrize(("id", "edition"), SHIPPED)
def test_the_figures_of_a_limit_come_out_as_the_compiled_ones_do(id: str, edition: str) -> None:
    """Save those that a fact sets: of them a known one is wanted besides."""
    policy = shipped(id, edition)
    limits = [one for one in policy.limits.values() if all(row.by is None for row in one.rows)]
    for worlds, cells, stand in worlds_of(policy, thinned(6), seed=13) if limits else ():
        for limit in limits:
            fired, possible, _, sure = stand.bench.plan.limits[limit.id].decide(stand)
            rule, rows = f"limit/{limit.id}", range(len(limit.rows))
            mask = sum(1 << row for row in rows if held_in(worlds.fired(rule, row), cells))
            could = sum(1 << row for row in rows if held_in(worlds.first_possible(rule, row), cells))
            assert mask == (fired if limit.counts_every else (1 << fired if fired >= 0 else 0))
            assert could == possible
            assert held_in(worlds.surely_some_row(rule), cells) is bool(sure)


@pytest.mark.parametrize(("id", "edition"), SHIPPED)
def test_what_excuses_an_act_comes_out_as_the_compiled_ones_do(id: str, edition: str) -> None:
    """For every typical event, with a formula of its own."""
    policy = shipped(id, edition)
    duties = [duty for duty in policy.duties.values() if duty.unless is not None]
    for worlds, cells, stand in worlds_of(policy, thinned(2), seed=17) if duties else ():
        for duty in duties:
            excuses = stand.bench.plan.duties[duty.id].excuses
            assert excuses is not None
            for event in worlds.events(duty.unless, duty.acts)[::7]:
                held, surely, possibly, _ = excuses(Stand(stand.bench, stand.piece, event))
                ways = [held_in(way, cells) for way in worlds.channels(duty.unless, event=event)]
                assert (duty.id, event, ways[2], ways[0], ways[1]) == (duty.id, event, held, surely, possibly)
