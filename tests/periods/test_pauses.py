from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from complaint_rules.errors import InvalidPeriod
from complaint_rules.moments import BEIJING
from complaint_rules.periods.pauses import OPEN, OPEN_DAY, Pause, in_days, in_moments

FIRST, THIRD, FIFTH = (dt.date(2026, 10, day) for day in (1, 3, 5))
NOON = dt.datetime(2026, 10, 1, 12, tzinfo=BEIJING)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "words", "why"),
    [
        (None, None, "Pause.start: a moment", "a pause that nobody began"),
        ("2026-10-01", None, "Pause.start: a text", "text"),
        (dt.datetime(2026, 10, 1), None, "naive", "no zone"),  # noqa: DTZ001 - refused
        (FIRST, "2026-10-01", "Pause.end: a text", "text"),
        (THIRD, FIRST, "ends before it starts; got datetime.date(2026, 10, 1); it starts 2026-10-03", "backwards"),
        (NOON, NOON - HOUR, "ends before it starts", "backwards within a day"),
        (dt.date(1999, 1, 1), None, "2001-01-01", "another century"),
    ],
)
def test_impossible_pauses_are_refused(start: Any, end: Any, words: str, why: str) -> None:
    with pytest.raises(InvalidPeriod) as caught:
        Pause(start, end)
    assert words in str(caught.value), why


def test_a_moment_and_a_day_are_compared_by_day() -> None:
    assert Pause(NOON, FIRST).end == FIRST
    assert Pause(FIRST, NOON - HOUR).start == FIRST


def test_a_pause_keeps_its_reason_and_its_authority() -> None:
    pause = Pause(FIRST, THIRD, reason="appraisal", cite="18(2)")
    assert (pause.reason, pause.cite) == ("appraisal", "18(2)")
    assert pause == Pause(FIRST, THIRD, "appraisal", "18(2)")


def test_days_are_joined_where_they_share_more_than_a_boundary() -> None:
    blocks = in_days([Pause(THIRD, FIFTH), Pause(FIRST, THIRD), Pause(FIRST, FIRST), Pause(FIFTH)])
    assert [(block.after, block.through) for block in blocks] == [(FIRST, THIRD), (THIRD, FIFTH), (FIFTH, OPEN_DAY)]
    blocks = in_days([Pause(THIRD, FIFTH), Pause(FIRST)])
    assert [(block.after, block.through, block.resumed) for block in blocks] == [(FIRST, OPEN_DAY, OPEN)]


def test_a_block_is_joined_to_the_one_before_it_not_to_the_first() -> None:
    days = [Pause(FIRST, THIRD), Pause(FIFTH, FIFTH + 4 * DAY), Pause(FIFTH + 2 * DAY, FIFTH + 6 * DAY)]
    assert [(one.after, one.through) for one in in_days(days)] == [(FIRST, THIRD), (FIFTH, FIFTH + 6 * DAY)]


def test_a_pause_of_which_one_end_is_known_by_its_day_is_joined_to_none_by_the_moment() -> None:
    """Else the day after its first would be taken for the one on which it began."""
    later = NOON + 30 * HOUR
    second = later.date()
    blocks = in_days([Pause(FIRST, later), Pause(later, NOON + 50 * HOUR)])
    assert [(block.after, block.through) for block in blocks] == [(FIRST, second), (second, THIRD)]


def test_a_pause_taken_up_again_the_same_day_began_when_the_first_part_began() -> None:
    """A limit that ends at the close of business is held up by what began in the morning, whatever it is made of."""
    later = NOON + 30 * HOUR
    (whole,) = in_days([Pause(NOON, later)])
    assert in_days([Pause(NOON + 6 * HOUR, later), Pause(NOON, NOON + 6 * HOUR)]) == [whole]
    assert in_days([Pause(NOON + 6 * HOUR), Pause(NOON, NOON + 6 * HOUR)])[0].began == NOON


def test_moments_are_joined_where_they_touch() -> None:
    spans = in_moments([Pause(NOON + HOUR, NOON + 2 * HOUR), Pause(NOON, NOON + HOUR), Pause(NOON, NOON)])
    assert spans == [(NOON, NOON + 2 * HOUR)]
    assert in_moments([Pause(NOON)]) == [(NOON, OPEN)]


@pytest.mark.parametrize(
    ("pause", "longest", "why"),
    [
        (
            Pause(FIRST, THIRD),
            Pause(NOON - 12 * HOUR, NOON + 60 * HOUR),
            "from 00:00 on the first to 24:00 on the third",
        ),
        (Pause(NOON, NOON + HOUR), Pause(NOON, NOON + HOUR), "moments are as long as they are"),
        (Pause(NOON, THIRD), Pause(NOON, NOON + 60 * HOUR), "only of its end the hour is not known"),
        (Pause(FIRST), Pause(NOON - 12 * HOUR), "it is still open"),
    ],
)
def test_the_longest_that_a_pause_can_have_been(pause: Pause, longest: Pause, why: str) -> None:
    assert pause.longest == longest, why


def test_a_pause_known_by_day_only_stops_hours_for_the_days_that_are_certain() -> None:
    assert in_moments([Pause(FIRST, THIRD)]) == [
        (dt.datetime(2026, 10, 2, tzinfo=BEIJING), dt.datetime(2026, 10, 3, tzinfo=BEIJING))
    ]
    assert in_moments([Pause(FIRST, FIRST), Pause(FIRST, dt.date(2026, 10, 2))]) == []
