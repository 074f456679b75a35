"""Days and moments for tests: where counting goes wrong first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given

from complaint_rules.errors import InvalidMoment
from complaint_rules.moments import BEIJING
from complaint_rules.testing.edges import EDGE_TIMES, days, edge_days, moments, spans, whens

D = dt.date


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (D(2026, 2, 14), "a make-up Saturday, and the eve of Spring Festival"),
        (D(2026, 2, 15), "the first day of a break of nine"),
        (D(2026, 2, 23), "the last day of it"),
        (D(2026, 2, 28), "a make-up Saturday, and the last of February"),
        (D(2025, 1, 26), "a make-up Sunday"),
        (D(2026, 9, 30), "the eve of National Day"),
        (D(2026, 10, 10), "its make-up Saturday"),
        (D(2025, 12, 31), "a year's end"),
        (D(2026, 1, 31), "a month's end that February lacks"),
    ],
)
def test_an_edge_is_among_those_drawn(day: dt.date, why: str) -> None:
    assert day in edge_days(), why


@pytest.mark.parametrize("day", [D(2026, 3, 4), D(2026, 3, 7), D(2026, 10, 3)])
def test_what_is_no_edge_is_not(day: dt.date) -> None:
    """A plain Wednesday, a plain weekend, the middle of a break."""
    assert day not in edge_days()


def test_a_leap_day_is_one() -> None:
    assert D(2024, 2, 29) in edge_days(D(2024, 2, 1), D(2024, 3, 1))


@given(moments(D(2026, 9, 30), D(2026, 10, 1)), days(D(2026, 3, 3), D(2026, 3, 5)), whens(), spans(3))
def test_what_is_drawn_lies_within_what_was_asked(
    moment: dt.datetime, day: dt.date, when: Any, span: dt.timedelta
) -> None:
    assert D(2026, 9, 30) <= moment.date() <= D(2026, 10, 1)
    assert moment.tzinfo is BEIJING
    assert D(2026, 3, 3) <= day <= D(2026, 3, 5)  # there is no edge among them
    assert D(2025, 1, 1) <= (when.date() if isinstance(when, dt.datetime) else when) <= D(2026, 10, 31)
    assert dt.timedelta() <= span <= dt.timedelta(days=3)


def test_a_first_day_after_the_usual_last_one_needs_no_last_day() -> None:
    @given(days(D(2027, 5, 1)))
    def holds(day: dt.date) -> None:
        assert day == D(2027, 5, 1)

    holds()


def test_the_first_and_the_last_instant_of_a_day_are_edges() -> None:
    assert {dt.time(0), dt.time(23, 59, 59, 999_999)} <= set(EDGE_TIMES)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (dt.datetime(2026, 1, 1, tzinfo=BEIJING), None, "a date without a time of day is expected"),
        (D(1999, 1, 1), None, "the years known run from"),
        (D(2026, 10, 2), D(2026, 10, 1), "the last day lies before the first"),
    ],
)
def test_what_is_no_stretch_of_days_is_refused(first: Any, last: Any, why: str) -> None:
    with pytest.raises(InvalidMoment, match=why):
        moments(first, last)
