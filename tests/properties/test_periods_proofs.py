"""Laws of periods, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Unit
from tests.periods.test_proofs import CHINA, LUNCH, moment

DAY = dt.timedelta(days=1)


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2026, 9, 1)),
    st.integers(1, 40),
    st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 15)), max_size=4),
)
def test_the_proof_counts_to_exactly_the_number_of_the_rule(
    start: dt.date, n: int, unit: Unit, hops: list[tuple[int, int]]
) -> None:
    """mysociety/alaveteli#5101: the day-by-day proof and the due moment are one computation."""
    stopped = [Pause(start + first * DAY, start + (first + length) * DAY) for first, length in hops]
    proof = Period(n, unit).due(start, calendar=CHINA, pauses=stopped)
    assert [day.number for day in proof.days if day.counted] == list(range(1, n + 1))
    assert [day.date for day in proof.days] == [start + k * DAY for k in range(len(proof.days))]
    assert proof.days[-1].date == proof.on


@given(
    st.integers(0, 2_000).map(lambda n: moment("2026-03-01 00:00") + n * dt.timedelta(minutes=37)),
    st.integers(1, 200),
    st.sampled_from([Unit.HOURS, Unit.WORKING_HOURS]),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 4_000)), max_size=4),
)
def test_the_times_of_a_proof_add_up_to_the_rule(
    start: dt.datetime, n: int, unit: Unit, hops: list[tuple[int, int]]
) -> None:
    """mysociety/alaveteli#5101: the day-by-day proof and the due moment are one computation."""
    minute = dt.timedelta(minutes=1)
    stopped = [Pause(start + first * minute, start + (first + length) * minute) for first, length in hops]
    proof = Period(n, unit).due(start, calendar=LUNCH, pauses=stopped)
    assert sum((day.time for day in proof.days if day.time), dt.timedelta(0)) == dt.timedelta(hours=n)
