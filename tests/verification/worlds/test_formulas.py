"""Formulas: what both, either and not of them come to, held against trying every world."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.verification.worlds.formulas import (
    All,
    Formula,
    Some,
    Within,
    both,
    either,
    held_in,
    negated,
    simplified,
    variables_of,
    within,
)

SIZES: Final = (2, 3, 3, 4)
"""How many cells each of four variables has."""
FULL: Final = tuple((1 << size) - 1 for size in SIZES)


def worlds() -> Iterator[tuple[int, ...]]:
    return itertools.product(*map(range, SIZES))


def brute(formula: Formula, cells: tuple[int, ...]) -> bool:
    """Say whether a formula holds in a world, by its meaning."""
    match formula:
        case Within(variable, mask):
            return bool(mask >> cells[variable] & 1)
        case All(parts):
            return all(brute(part, cells) for part in parts)
        case Some(parts):
            return any(brute(part, cells) for part in parts)
    return formula


_literals: Final = st.integers(0, 3).flatmap(
    lambda variable: st.integers(0, FULL[variable]).map(lambda mask: within(variable, mask, FULL[variable]))
)
formulas: Final[st.SearchStrategy[Formula]] = st.recursive(
    st.one_of(st.booleans(), _literals),
    lambda parts: st.one_of(
        st.lists(parts, max_size=4).map(lambda some: both(*some)),
        st.lists(parts, max_size=4).map(lambda some: either(*some)),
        parts.map(negated),
    ),
    max_leaves=12,
)


@given(st.lists(formulas, max_size=3))
def test_both_either_and_not_mean_what_they_say(parts: list[Formula]) -> None:
    for cells in worlds():
        truths = [brute(part, cells) for part in parts]
        assert brute(both(*parts), cells) is all(truths)
        assert brute(either(*parts), cells) is any(truths)
        assert [brute(negated(part), cells) for part in parts] == [not truth for truth in truths]
        assert [held_in(part, cells) for part in parts] == truths


@given(formulas, st.tuples(*(st.integers(1, full) for full in FULL)))
def test_what_is_left_of_a_formula_means_the_same_where_it_was_left(formula: Formula, masks: tuple[int, ...]) -> None:
    left = simplified(formula, masks)
    inside = [cells for cells in worlds() if all(mask >> cell & 1 for mask, cell in zip(masks, cells, strict=True))]
    assert [brute(left, cells) for cells in inside] == [brute(formula, cells) for cells in inside]
    assert variables_of(left) <= variables_of(formula)


@pytest.mark.parametrize(
    ("formula", "shape"),
    [
        (both(both(within(0, 1, 3), within(1, 1, 7)), within(0, 1, 3)), All((Within(0, 1, 3), Within(1, 1, 7)))),
        (either(either(within(0, 1, 3), False), within(1, 1, 7)), Some((Within(0, 1, 3), Within(1, 1, 7)))),
        (both(either(within(0, 1, 3)), True), Within(0, 1, 3)),
        (negated(both(within(0, 1, 3), within(1, 1, 7))), Some((Within(0, 2, 3), Within(1, 6, 7)))),
        (within(0, 0b1101, 0b11), Within(0, 1, 3)),  # cells that are not there are nothing
    ],
)
def test_formulas_stay_flat_and_free_of_what_says_nothing(formula: Formula, shape: Formula) -> None:
    assert formula == shape


@pytest.mark.parametrize("kind", [All, Some])
def test_whether_a_part_has_parts_is_found_out_and_not_given_or_shown(kind: Any) -> None:
    flat = kind((Within(0, 1, 3), Within(1, 1, 7)))
    assert (flat.deep, kind((flat, Within(2, 1, 7))).deep) == (False, True)
    assert "deep" not in repr(flat)
    with pytest.raises(TypeError):
        kind(flat.parts, deep=True)


def test_a_formula_that_nothing_changes_stays_the_same_object() -> None:
    """A search simplifies at every step, mostly to what was there."""
    formula = both(within(0, 1, 3), either(within(1, 1, 7), within(2, 1, 7)))
    assert simplified(formula, FULL) is formula


def test_what_stands_twice_in_a_formula_means_the_same_twice() -> None:
    """As the rows of a table do that several rows of another one read."""
    shared = either(both(within(0, 1, 3), within(1, 1, 7)), within(2, 1, 7))
    formula = either(both(shared, within(3, 1, 15)), both(shared, within(3, 2, 15)))
    assert simplified(formula, (1, 7, 6, 15)) == either(
        both(within(1, 1, 7), within(3, 1, 15)), both(within(1, 1, 7), within(3, 2, 15))
    )
    for cells in worlds():
        assert held_in(formula, cells) is brute(formula, cells)
