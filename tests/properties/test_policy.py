"""Laws of policy, held against whatever Hypothesis makes up."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.policy.rules import NO_TITLES, Figure


@given(st.fractions(min_value=0, max_value=1), st.integers(0, 10**9))
def test_one_case_less_than_required_misses_the_quota(share: Fraction, population: int) -> None:
    required = Figure(id="x", title=NO_TITLES, at_least=share).required_of(population)
    assert required >= share * population
    assert required - 1 < share * population
