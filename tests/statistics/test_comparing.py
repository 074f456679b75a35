"""Shares, changes, rates, ranks and medians, worked out by hand; small groups that do not follow from what is shown."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.errors import InvalidFigure
from complaint_rules.statistics.comparing import (
    Margins,
    change,
    margins_only,
    median_of,
    pooled,
    ranks,
    scaled,
    share_of,
)
from complaint_rules.statistics.rounding import printed_text


def test_a_joint_share_is_that_of_the_counts() -> None:
    """A bank's yearly disclosure: 33.6 + 29.1 + 14.3 are 77.0, and the three together are 77.1 %."""
    parts = [3364, 2914, 1432]
    assert [printed_text(share_of([one], 10_000), 1, percent=True) for one in parts] == ["33.6", "29.1", "14.3"]
    assert printed_text(share_of(parts, 10_000), 1, percent=True) == "77.1"


def test_a_total_is_scaled_by_the_total_base() -> None:
    """571 complaints on all accounts are 0.44 per 1,000: the mean of four rates would be 1.47."""
    accounts = [1_138, 911_505, 40_235, 332_213]
    assert printed_text(scaled(571, sum(accounts), 1_000), 2) == "0.44"


CHANGES = [
    (20_209, 27_737, Fraction(20_209 - 27_737, 27_737)),
    (5, 0, None),  # from nothing there is no change
    (0, 5, Fraction(-1)),
    (5, None, None),  # nobody knows what was before, or the period was not complete
]


@pytest.mark.parametrize(("now", "before", "expected"), CHANGES)
def test_a_change_is_on_what_was_before(now: int, before: int | None, expected: Fraction | None) -> None:
    assert change(now, before) == expected


@pytest.mark.parametrize("base", [0, None])
def test_there_is_no_rate_on_no_base(base: int | None) -> None:
    """konflux-ci/integration-service#317 and others: a rate of 0 on a base of 0."""
    assert scaled(5, base, 1_000) is None


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.none() | st.integers(0, 9), max_size=12))
def test_a_rank_is_one_more_than_how_many_are_greater(values: dict[str, int | None]) -> None:
    found = ranks(values)
    assert list(found) == list(values)
    for key, value in values.items():
        greater = sum(one is not None and value is not None and one > value for one in values.values())
        assert found[key] == (None if value is None else 1 + greater)


def test_equal_values_share_a_rank_on_exact_values_and_the_next_is_left_out() -> None:
    assert list(ranks({"a": Fraction(1, 3), "b": Fraction(2, 6), "c": 1, "d": 0}).values()) == [2, 2, 1, 4]


MEDIANS = [([3], 3), ([1, 10], Fraction(11, 2)), ([None, 2, 9, 1], 2), ([None], None)]


@pytest.mark.parametrize(("values", "expected"), MEDIANS)
def test_the_median_of_a_group_leaves_out_who_has_no_figure(values: list[Any], expected: Any) -> None:
    assert median_of(values) == expected


POOLS: list[tuple[dict[str | None, int], int, dict[str | None, int], set[str | None], int | None]] = [
    ({"a": 9, "b": 8, "c": 7}, 3, {"a": 9, "b": 8, "c": 7}, set(), 0),  # none is small
    ({"a": 9, "b": 2, "c": 8, "d": 7}, 3, {"a": 9}, {"b", "c", "d"}, 17),  # b alone would follow from the total
    ({"a": 9, "b": 1, "c": 0, "d": 8, "e": 7}, 3, {"a": 9, "c": 0}, {"b", "d", "e"}, 16),  # zeros are shown
    ({"a": 9, "b": 1}, 3, {}, {"a", "b"}, 10),  # two would give one away: the total alone
    ({"a": 1, "b": 1, "c": 1}, 5, {}, {"a", "b", "c"}, None),  # all of them come to less than 5: a small count itself
    ({"a": 2}, 3, {}, {"a"}, None),  # the total of one group is that group
    ({"a": 2, "b": 0}, 3, {}, {"a", "b"}, None),
    ({"a": 4, "b": 4, "c": 2}, 3, {}, {"a", "b", "c"}, 10),  # two would do for the sum, not for who knows the rule
    ({}, 3, {}, set(), 0),
    ({"a": 0}, 3, {"a": 0}, set(), 0),
    ({"a": 1, "b": 1, "c": 1, "d": 9}, 3, {"d": 9}, {"a", "b", "c"}, 3),  # three come to three: that is enough
    ({None: 2, "a": 2, "b": 2, "c": 9}, 3, {"c": 9}, {None, "a", "b"}, 6),  # the unknown are a group as others are
]


@pytest.mark.parametrize(("counts", "k", "shown", "together", "rest"), POOLS)
def test_small_groups_stand_together(
    counts: dict[str | None, int], k: int, shown: dict[str | None, int], together: set[str | None], rest: int | None
) -> None:
    found = pooled(counts, k)
    assert (dict(found.shown), set(found.together), found.rest) == (shown, together, rest)


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=1), st.integers(0, 9)), st.integers(2, 6))
def test_no_small_count_follows_from_what_is_shown(counts: dict[str | None, int], k: int) -> None:
    """sdcTools/UserSupport#136: a hidden cell follows from the total. Here the row of the rest has never one member."""
    found = pooled(counts, k)
    total = sum(counts.values())
    assert found.rest == total - sum(found.shown.values()) if found.rest is not None else 0 < total < k
    assert all(n == 0 or n >= k for n in found.shown.values())
    if found.shown and found.together:
        assert len(found.together) >= 3
        assert found.rest is not None
        assert found.rest >= k


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4), st.integers(2, 4))
def test_by_trying_every_table_no_small_count_is_the_only_one_that_fits(numbers: list[int], k: int) -> None:
    """Every table with the same shown counts and the same rest is tried: a small group can always be two numbers."""
    counts: dict[str | None, int] = dict(zip("abcd", numbers, strict=False))
    found = pooled(counts, k)
    if found.rest is None:
        return
    hidden = sorted(key or "" for key in found.together)
    fits = [one for one in product(range(found.rest + 1), repeat=len(hidden)) if sum(one) == found.rest]
    for place, key in enumerate(hidden):
        assert not 0 < counts[key] < k or len({one[place] for one in fits}) > 1


TABLE = [
    # every margin is large enough, the cell of 1 is not shown
    ({("a", "x"): 9, ("a", "y"): 1, ("b", "x"): 2, ("b", "y"): 8}, {"a": 10, "b": 10}, {"x": 11, "y": 9}),
    # a margin is small itself: the total alone
    ({("a", "x"): 9, ("a", "y"): 1, ("b", "x"): 2, ("b", "y"): 0}, {}, {}),
]


@pytest.mark.parametrize(("table", "rows", "columns"), TABLE)
def test_a_table_of_two_groupings_with_a_small_cell_shows_its_margins_only(table: Any, rows: Any, columns: Any) -> None:
    found = margins_only(table, 3)
    assert found is not None
    assert (found.rows.shown, found.columns.shown) == (rows, columns)


def test_a_table_without_a_small_cell_is_shown_whole() -> None:
    assert margins_only({("a", "x"): 3, ("a", None): 0, (None, "x"): 4}, 3) is None
    assert margins_only({}, 3) is None


@settings(max_examples=50)
@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.integers(2, 4))
def test_by_trying_every_table_no_small_cell_follows_from_the_margins(cells: list[int], k: int) -> None:
    """sdcTools/UserSupport#136: in a table of two groupings a hidden cell follows from the others and the totals."""
    places = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    shown = margins_only(dict(zip(places, cells, strict=True)), k)
    if shown is None:
        assert not any(0 < n < k for n in cells)
        return
    total = sum(cells)
    if total < k:
        assert (shown.rows.rest, shown.columns.rest) == (None, None)
        return
    fits = [
        one
        for one in product(range(total + 1), repeat=4)
        if sum(one) == total and _sees(dict(zip(places, one, strict=True)), shown)
    ]
    for place, n in enumerate(cells):
        assert not 0 < n < k or len({one[place] for one in fits}) > 1


def _sees(table: dict[tuple[str, str], int], shown: Margins) -> bool:
    """Say whether a table has the sums that are shown."""
    return all(
        sum(n for place, n in table.items() if place[side] == key) == sum_
        for side, margin in enumerate(shown)
        for key, sum_ in margin.shown.items()
    )


WRONG: list[Any] = [
    lambda: share_of([-1], 5), lambda: share_of([6], 5), lambda: change(-1, 5), lambda: change(1, -5),
    lambda: scaled(1, 5, 0), lambda: scaled(1, -5, 10), lambda: pooled({"a": -1}, 3), lambda: pooled({"a": 1}, 1),
    lambda: pooled({"a": True}, 3), lambda: margins_only({("a", "x"): -1}, 3), lambda: margins_only({}, 1),
    lambda: median_of([0.1]), lambda: ranks({"a": 0.1}),  # type: ignore[list-item,dict-item]
    lambda: share_of([1.0], 5),  # type: ignore[list-item]
]  # fmt: skip


@pytest.mark.parametrize("make", WRONG)
def test_what_is_no_count_is_refused(make: Any) -> None:
    with pytest.raises(InvalidFigure):
        make()
