"""One rounding: half away from zero, from exact values, once."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidFigure
from complaint_rules.statistics.rounding import printed_text, rounded


@given(st.fractions(), st.integers(0, 4))
def test_rounding_is_off_by_half_a_unit_at_most_and_the_same_on_both_sides_of_zero(
    value: Fraction, places: int
) -> None:
    found = rounded(value, places)
    assert abs(Fraction(found) - value) <= Fraction(1, 2 * 10**places)
    assert Fraction(rounded(-value, places)) == -Fraction(found)


@given(st.decimals(-1_000, 1_000, places=5), st.integers(0, 4))
def test_a_decimal_is_rounded_half_up_as_decimal_does(value: Decimal, places: int) -> None:
    assert rounded(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


PRINTED = [
    (Fraction(3364, 10_000), 1, True, "33.6"),
    (Fraction(2914, 10_000), 1, True, "29.1"),
    (Fraction(1432, 10_000), 1, True, "14.3"),
    (Fraction(3364 + 2914 + 1432, 10_000), 1, True, "77.1"),  # from the counts; the three printed ones come to 77.0
    (Fraction(571_000, 1_138 + 911_505 + 40_235 + 332_213), 2, False, "0.44"),  # per 1,000 accounts, of the total
    (Fraction(1, 2), 0, False, "1"),
    (Fraction(-1, 2), 0, False, "-1"),
    (Fraction(-83, 10), 1, False, "-8.3"),
    (Fraction(4, 10_000), 1, True, "<0.1"),  # a bank's yearly disclosure printed 0.04 among rows of one place
    (Fraction(-4, 10_000), 1, True, ">-0.1"),
    (Fraction(4, 10), 0, False, "<1"),
    (0, 1, True, "0.0"),
    (None, 1, True, "—"),
    (Decimal("12.50"), 1, False, "12.5"),
    (10**20, 0, False, "1" + "0" * 20),
]


@pytest.mark.parametrize(("value", "places", "percent", "text"), PRINTED)
def test_a_number_is_printed_from_its_exact_value(value: Any, places: int, percent: bool, text: str) -> None:
    """wp-slimstat/wp-slimstat#334: three rounding rules in one product."""
    assert printed_text(value, places, percent=percent) == text


@pytest.mark.parametrize("value", [0.5, "1", True, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_not_exact_is_refused(value: Any) -> None:
    with pytest.raises(InvalidFigure, match="exact"):
        rounded(value)


@pytest.mark.parametrize("places", [-1, 13, True, "1", 1.0])
def test_places_are_a_small_whole_number(places: Any) -> None:
    with pytest.raises(InvalidFigure, match="from 0 to 12"):
        rounded(1, places)


def test_a_number_may_have_more_digits_than_python_turns_into_text() -> None:
    assert printed_text(10**5000, 1) == "1" + "0" * 5000 + ".0"
