"""Published figures held against what they are worked out of."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidFigure
from complaint_rules.statistics.printed import Between, Verdict, median_between, reachable
from complaint_rules.statistics.rounding import printed_text

EXACT = [
    (Fraction(3364, 100), "33.6", Verdict.EQUAL),
    (Fraction(3365, 100), "33.7", Verdict.EQUAL),  # half away from zero
    (Fraction(3365, 100), "33.6", Verdict.CONTRADICTED),
    (Fraction(-825, 100), "-8.3", Verdict.EQUAL),
    (Fraction(-825, 100), "-8.2", Verdict.CONTRADICTED),
    (Fraction(-825, 100), "8.3", Verdict.CONTRADICTED),
    (Fraction(1, 100), "0.0", Verdict.EQUAL),
    (Fraction(-1, 100), "0.0", Verdict.EQUAL),
    (Fraction(5, 100), "0.0", Verdict.CONTRADICTED),
    (Fraction(0), "0", Verdict.EQUAL),
    (Fraction(770, 10), "77.1", Verdict.CONTRADICTED),  # the sum of three shares that were rounded before
]


@pytest.mark.parametrize(("value", "text", "verdict"), EXACT)
def test_an_exact_number_prints_in_one_way(value: Fraction, text: str, verdict: Verdict) -> None:
    assert Between.of(value).prints(text) is verdict


@given(st.fractions(-1_000, 1_000), st.integers(0, 3))
def test_what_the_one_rounding_prints_is_equal(value: Fraction, places: int) -> None:
    text = printed_text(value, places)
    if text[0] not in "<>":  # something that would print as nothing
        assert Between.of(value).prints(text) is Verdict.EQUAL


def test_what_was_worked_out_of_rounded_numbers_is_possible_at_best() -> None:
    """Hunan 2022: a median of 50.74 was printed, the printed cells give 50.745."""
    middle = median_between([Between.printed("50.73"), Between.printed("50.76")])
    assert middle is not None
    assert middle.prints("50.74") is Verdict.POSSIBLE
    assert middle.prints("50.75") is Verdict.POSSIBLE
    assert middle.prints("50.76") is Verdict.CONTRADICTED


def test_of_nothing_there_is_no_median() -> None:
    assert median_between([]) is None


REACHED = [
    ("64.39", 441, False),  # 284 of 441 are 64.399 %: half up that is 64.40
    ("64.40", 441, True),
    ("80.04", 441, False),
    ("80.05", 441, True),
    ("0.0", 7, True),
    ("100.0", 7, True),
    ("100.1", 7, False),
    ("50", 1, False),
]


@pytest.mark.parametrize(("text", "n", "reached"), REACHED)
def test_a_percentage_is_one_of_a_whole_number_of_cases(text: str, n: int, reached: bool) -> None:
    assert reachable(text, n) is reached


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 2))
def test_the_percentage_of_a_whole_number_is_reachable(n: int, k: int, places: int) -> None:
    text = printed_text(Fraction(min(k, n), n), places, percent=True)
    assert text.startswith("<") or reachable(text, n)


NO_NUMBERS: list[Any] = ["", "93.6%", "1,000", "９３", "1e3", ".5", "5.", None, 93.6, "nan", "1" * 40]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_printed_number_is_refused(text: Any) -> None:
    with pytest.raises(InvalidFigure, match="a number is expected"):
        Between.printed(text)


@pytest.mark.parametrize("n", [0, -1, True, 4.0])
def test_a_percentage_is_one_of_at_least_one_case(n: Any) -> None:
    with pytest.raises(InvalidFigure, match="above 0"):
        reachable("50", n)
