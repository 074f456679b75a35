"""Durations: the smallest period that would have been kept, so that figures and clocks agree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules import BEIJING, Period, WorkCalendar
from complaint_rules.calendar.hours import Hours
from complaint_rules.errors import CalendarUnpublished, InvalidMoment, InvalidPeriod
from complaint_rules.periods.counting import PLAIN
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.units import Unit
from complaint_rules.statistics import IMPOSSIBLE, duration

CHINA = WorkCalendar.china()
OPEN = CHINA.with_hours(Hours.of("09:00-12:00", "13:30-17:30"))
UNITS = ["days", "working days", "hours", "minutes", "working hours", "working minutes"]


def when(text: str) -> dt.datetime | dt.date:
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


TOOK = [
    ("2026-02-13", "2026-02-25", "working days", 3),  # 14 (a make-up day), 24, 25: the Spring Festival lies between
    ("2026-02-13", "2026-02-25", "days", 12),
    ("2026-09-30", "2026-09-30", "working days", 0),  # the same day
    ("2026-09-30T09:00", "2026-09-30T18:00", "days", 0),
    (
        "2026-09-30",
        "2026-10-03",
        "working days",
        1,
    ),  # ended in the holidays: within 1 working day, the 8th, it was kept
    ("2026-09-30T16:05", "2026-10-02T16:05", "hours", 48),  # to the instant
    ("2026-09-30T16:05", "2026-10-02T16:05:00.000001", "hours", 49),
    ("2026-09-30T16:05", "2026-09-30T16:05", "hours", 0),
    ("2026-09-30T16:05", "2026-09-30T16:05:01", "minutes", 1),
    ("2025-01-20T00:00", "2025-01-25T00:00", "working hours", 36),  # a limit of 35 ended on Friday at 17:30
    ("2025-01-20T00:00", "2025-01-24T17:30", "working hours", 35),
    ("2026-09-28T18:00", "2026-09-28T20:00", "working hours", 1),  # after closing: no period of none was kept
    ("2026-09-28T09:00", "2026-09-28T09:30", "working minutes", 30),
]


@pytest.mark.parametrize(("start", "end", "unit", "n"), TOOK)
def test_a_duration_is_the_smallest_period_that_would_have_been_kept(start: str, end: str, unit: str, n: int) -> None:
    assert duration(when(start), when(end), unit, OPEN) == n


UNKNOWN = [
    ("2026-09-30", "2026-10-02", "hours"),  # days only
    ("2026-09-30", "2026-10-02T09:00", "minutes"),
    ("2026-09-30T09:00", "2026-10-02", "working hours"),
    ("2026-09-30", "2026-09-30T09:00", "hours"),  # the same day: which was first, nobody knows
]


@pytest.mark.parametrize(("start", "end", "unit"), UNKNOWN)
def test_nobody_knows_the_hours_of_what_is_known_by_its_day(start: str, end: str, unit: str) -> None:
    assert duration(when(start), when(end), unit, OPEN) is None


def test_nobody_knows_working_hours_where_nobody_said_when_it_is_open() -> None:
    assert duration(when("2026-09-28T09:00"), when("2026-09-28T10:00"), "working hours", CHINA) is None


BACKWARDS = [
    ("2026-10-02", "2026-09-30", "days"),
    ("2026-10-02", "2026-09-30", "working days"),
    ("2026-10-02T09:00", "2026-10-02T08:59", "hours"),
    ("2026-10-02T09:00", "2026-10-02T08:59", "working minutes"),
    ("2026-10-02", "2026-10-01T23:59", "hours"),  # whatever the hour was
]


@pytest.mark.parametrize(("start", "end", "unit"), BACKWARDS)
def test_what_ended_before_it_began_is_no_duration(start: str, end: str, unit: str) -> None:
    """Icinga/icingaweb2#1299: negative durations were averaged in, or set to 0 without a word."""
    assert duration(when(start), when(end), unit, OPEN) == IMPOSSIBLE


MOMENTS = st.integers(0, 84_000_000).map(
    lambda seconds: dt.datetime(2024, 1, 1, tzinfo=BEIJING) + dt.timedelta(seconds=seconds)
)
LENGTHS = st.timedeltas(dt.timedelta(0), dt.timedelta(days=60))


@given(MOMENTS, LENGTHS, st.sampled_from(UNITS), st.integers(1, 80))
def test_a_duration_is_at_most_n_exactly_where_a_period_of_n_was_kept(
    start: dt.datetime, took: dt.timedelta, unit: str, n: int
) -> None:
    """The law: every "within" read off a figure agrees with the clocks."""
    got = duration(start, start + took, unit, OPEN)
    due = Period.parse(f"{n} {unit}").due_at(start, OPEN)
    assert got is not None
    assert due is not None
    assert (got <= n) == (start + took <= due)


@settings(max_examples=60)
@given(MOMENTS, LENGTHS, st.sampled_from(UNITS), st.integers(1, 80), st.lists(st.tuples(LENGTHS, LENGTHS), max_size=3))
def test_pauses_are_left_out_as_a_limit_leaves_them_out(
    start: dt.datetime, took: dt.timedelta, unit: str, n: int, stops: list[tuple[dt.timedelta, dt.timedelta]]
) -> None:
    pauses = [Pause(start + after, start + after + length) for after, length in stops if length]
    got = duration(start, start + took, unit, OPEN, pauses)
    due = Period.parse(f"{n} {unit}").due_at(start, OPEN, PLAIN, pauses)
    assert got is not None
    assert due is not None
    nothing = took == dt.timedelta(0) or ("days" in unit and (start + took).date() == start.date())
    assert (got <= n) == (nothing or start + took <= due)


def test_time_stands_still_while_a_pause_lasts() -> None:
    start = when("2026-09-28T09:00")
    pause = Pause(dt.datetime(2026, 9, 28, 11, 30, tzinfo=BEIJING), None)
    assert duration(start, when("2026-10-30T09:00"), "hours", CHINA, [pause]) == 3  # the third hour is not over


def test_what_lies_behind_the_published_days_does_not_keep_a_duration_from_being_counted() -> None:
    """A longer period would end on days that the calendar refuses: it is known not to be the shortest one kept."""
    strict = WorkCalendar.china(unpublished="refuse")
    assert duration(dt.date(2026, 12, 18), dt.date(2026, 12, 25), "working days", strict) == 5
    with pytest.raises(CalendarUnpublished):
        duration(dt.date(2026, 12, 25), dt.date(2027, 1, 8), "working days", strict)


def test_a_period_that_ends_after_the_years_known_is_longer_than_any_duration() -> None:
    assert duration(dt.date(2099, 12, 22), dt.date(2099, 12, 29), "working days", CHINA) == 5  # 23, 24, 25, 28, 29


@pytest.mark.parametrize(
    ("unit", "hint"),
    [("working dais", "did you mean 'working days'?"), ("months", "minutes"), (Unit.WEEKS, "days"), (5, "days")],
)
def test_other_units_are_refused(unit: Any, hint: str) -> None:
    with pytest.raises(InvalidPeriod) as refused:
        duration(dt.date(2026, 9, 28), dt.date(2026, 9, 30), unit, CHINA)
    assert hint in refused.value.hint


def test_a_unit_may_be_given_as_data_have_it() -> None:
    first, last = dt.date(2026, 9, 28), dt.date(2026, 9, 30)
    assert {duration(first, last, unit, CHINA) for unit in ("working_days", "working days", Unit.WORKING_DAYS)} == {2}


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidMoment):
        duration(dt.datetime(2026, 9, 28), dt.date(2026, 9, 30), "days", CHINA)  # noqa: DTZ001 - that is the point
