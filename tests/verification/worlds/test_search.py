"""The search against trying every world: disjoint regions that together are all there is."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import OutOfBudget
from complaint_rules.verification.worlds.formulas import Formula, both, either, negated, within
from complaint_rules.verification.worlds.search import region, regions
from tests.verification.worlds.test_formulas import FULL, brute, formulas, worlds


@given(formulas, st.tuples(*(st.integers(1, full) for full in FULL)))
def test_the_regions_are_disjoint_and_together_all_worlds_in_which_a_formula_holds(
    formula: Formula, masks: tuple[int, ...]
) -> None:
    found = list(regions(formula, masks))
    for cells in worlds():
        inside = all(mask >> cell & 1 for mask, cell in zip(masks, cells, strict=True))
        hits = sum(all(mask >> cell & 1 for mask, cell in zip(box, cells, strict=True)) for box in found)
        assert hits == int(inside and brute(formula, cells))
    assert (region(formula, masks) is None) is (not found)


def test_a_search_takes_the_same_steps_every_time() -> None:
    formula = either(both(within(0, 1, 3), within(1, 3, 7)), within(3, 5, 15))
    assert list(regions(formula, FULL)) == list(regions(formula, FULL)) == [(1, 3, 7, 15), (1, 4, 7, 5), (2, 7, 7, 5)]


def hard(pigeons: int) -> tuple[Formula, list[int]]:
    """More pigeons than holes, each in a hole of its own: it cannot be, and splitting takes long to see it."""
    holes = pigeons - 1
    full = (1 << holes) - 1
    apart = [
        either(within(one, full & ~(1 << hole), full), within(other, full & ~(1 << hole), full))
        for one, other in itertools.combinations(range(pigeons), 2)
        for hole in range(holes)
    ]
    return both(*apart), [full] * pigeons


def test_a_search_beyond_its_steps_says_so_and_never_hangs() -> None:
    formula, masks = hard(9)
    with pytest.raises(OutOfBudget, match=r"the steps it was given are used up; got 500$"):
        region(formula, masks, budget=500)
    assert region(*hard(4)) is None


def test_what_was_found_before_the_steps_ran_out_is_right() -> None:
    formula = either(*(within(place, 1, full) for place, full in enumerate(FULL)))
    found = regions(formula, FULL, budget=3)
    assert next(found) == (1, 7, 7, 15)
    with pytest.raises(OutOfBudget):
        list(found)


def test_two_hundred_rows_over_fourteen_facts_are_searched_within_the_budget() -> None:
    """Each row of a first-match table: whether it is ever reached."""
    draw = random.Random(3)  # noqa: S311 - examples, not secrets
    masks = [(1 << draw.choice([3, 3, 5, 7])) - 1 for _ in range(14)]
    earlier: list[Formula] = []
    dead = 0
    for _ in range(200):
        read = draw.sample(range(14), draw.choice([2, 3, 4]))
        row = both(*(within(place, draw.randrange(1, masks[place]), masks[place]) for place in read))
        dead += region(both(row, *earlier), masks) is None
        earlier.append(negated(row))
    assert 0 < dead < 200
