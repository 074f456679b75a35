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
STRICT = WorkCalendar.china(unpublished="refuse").with_hours(Hours.of("09:00-12:00", "13:30-17:30"))
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
    ("2026-09-30", "2026-10-03", "working days", 1),  # ended in the holidays: 1 working day ended on the 8th
    ("2001-01-02", "2099-12-29", "days", 36_155),  # 98 years of 365 days, 24 leap days, and 361 days: all of them
    ("2001-01-02T00:00", "2099-12-29T00:00", "minutes", 52_063_200),  # the same, 1,440 each
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
    ("2026-10-02T09:00", "2026-10-02T08:59", "days"),  # on one day, and still backwards
    ("2026-10-02T09:00", "2026-10-02T08:59", "working days"),
    ("2026-10-02T09:00:00.000001", "2026-10-02T09:00", "minutes"),
]


@pytest.mark.parametrize(("start", "end", "unit"), BACKWARDS)
def test_what_ended_before_it_began_is_no_duration(start: str, end: str, unit: str) -> None:
    """Icinga/icingaweb2#1299: negative durations were averaged in, or set to 0 without a word."""
    assert duration(when(start), when(end), unit, OPEN) == IMPOSSIBLE


ONE_DAY = [
    ("2026-10-02", "2026-10-02T08:59", "days"),  # which was first nobody knows; that it was the same day is known
    ("2026-10-02T09:00", "2026-10-02", "working days"),
]


@pytest.mark.parametrize(("start", "end", "unit"), ONE_DAY)
def test_what_began_and_ended_on_one_day_took_no_days(start: str, end: str, unit: str) -> None:
    assert duration(when(start), when(end), unit, OPEN) == 0


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


@given(st.dates(dt.date(2024, 1, 1), dt.date(2026, 8, 1)), st.integers(0, 60), st.sampled_from(UNITS[:2]),
       st.integers(1, 60))  # fmt: skip
def test_the_law_holds_of_what_is_known_by_its_days(day: dt.date, took: int, unit: str, n: int) -> None:
    end = day + dt.timedelta(took)
    got = duration(day, end, unit, CHINA)
    due = Period.parse(f"{n} {unit}").due(day, calendar=CHINA).on
    assert got is not None
    assert due is not None
    assert (got <= n) == (end <= due)


def pauses_after(start: dt.datetime, stops: list[tuple[dt.timedelta, dt.timedelta | None, bool]]) -> list[Pause]:
    """Pauses some time after a start: of a length or without an end, told to the moment or by the day."""
    found = []
    for after, length, told in stops:
        begin, end = start + after, None if length is None else start + after + length
        found.append(Pause(begin, end) if told else Pause(begin.date(), None if end is None else end.date()))
    return found


STOPS = st.lists(
    st.tuples(LENGTHS, st.none() | st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=60)), st.booleans()),
    max_size=3,
)


@settings(max_examples=200)
@given(MOMENTS, LENGTHS, st.sampled_from(UNITS), st.integers(1, 80), STOPS)
def test_pauses_are_left_out_as_a_limit_leaves_them_out(
    start: dt.datetime, took: dt.timedelta, unit: str, n: int, stops: list[Any]
) -> None:
    """The law, with pauses: a limit that an open pause has stopped has not ended yet."""
    pauses = pauses_after(start, stops)
    got = duration(start, start + took, unit, OPEN, pauses)
    due = Period.parse(f"{n} {unit}").due_at(start, OPEN, PLAIN, pauses)
    assert got is not None
    assert (got <= n) == (due is None or start + took <= due)


def seconds_of_late_2026(least: int, most: int) -> st.SearchStrategy[dt.datetime]:
    first = dt.datetime(2026, 11, 2, tzinfo=BEIJING)
    return st.integers(least, most).map(lambda seconds: first + dt.timedelta(seconds=seconds))


@settings(max_examples=200)
@given(
    seconds_of_late_2026(0, 20 * 86_400), seconds_of_late_2026(20 * 86_400, 57 * 86_400 - 1),
    st.sampled_from(UNITS), STOPS,
)  # fmt: skip
def test_days_that_nobody_has_published_change_no_duration_that_ended_before_them(
    start: dt.datetime, end: dt.datetime, unit: str, stops: list[Any]
) -> None:
    """The days are final up to 2026-12-28; pauses may reach beyond, and a calendar that refuses to guess still counts.

    A pause in January once made every duration 1: the count up to it was refused, and read as a limit that was kept.
    """
    pauses = pauses_after(start, stops)
    assert duration(start, end, unit, STRICT, pauses) == duration(start, end, unit, OPEN, pauses)


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


def test_a_pause_that_begins_after_the_end_is_nothing_to_it() -> None:
    start, end = when("2026-12-18T09:00"), when("2026-12-25T09:00")
    january = Pause(dt.date(2027, 1, 5), dt.date(2027, 1, 8))
    assert duration(start, end, "working days", STRICT, [january]) == 5  # 21 to 25
    assert duration(start, end, "working hours", STRICT, [january]) == 36  # 5 days of 7 hours, and the next had begun


def test_pauses_may_come_from_anywhere_and_only_pauses_are_left_out() -> None:
    start, end = when("2026-09-28T09:00"), when("2026-09-28T15:00")
    pause = Pause(dt.datetime(2026, 9, 28, 10, tzinfo=BEIJING), dt.datetime(2026, 9, 28, 14, tzinfo=BEIJING))
    assert duration(start, end, "hours", CHINA, (one for one in [pause])) == 2  # read once, looked at often
    wrong: list[Any] = [None, pause, [1], 5]
    for pauses in wrong:
        with pytest.raises(InvalidPeriod):
            duration(start, end, "hours", CHINA, pauses)


def test_within_a_pause_time_stands_still() -> None:
    start, pause = when("2026-09-28T09:00"), (Pause(dt.date(2026, 9, 28), dt.date(2026, 10, 9)),)
    assert duration(start, when("2026-09-30T09:00"), "working days", CHINA, pause) == 1  # no day has counted yet
    assert duration(start, when("2026-10-10T09:00"), "working days", CHINA, pause) == 1  # 10 October works: the first
    assert duration(start, when("2026-10-12T09:00"), "working days", CHINA, pause) == 2


def test_a_century_of_working_days_is_no_slip_of_the_pen() -> None:
    """A leap beyond the most a rule may state was refused as if it were one."""
    took = duration(dt.date(2001, 1, 2), dt.date(2099, 12, 29), "working days", CHINA)
    assert took == CHINA.count_working_days(dt.date(2001, 1, 2), dt.date(2099, 12, 29))


def test_a_period_that_ends_after_the_years_known_is_longer_than_any_duration() -> None:
    one = [Pause(dt.date(2099, 12, 21), dt.date(2099, 12, 22))]
    assert duration(dt.date(2099, 12, 20), dt.date(2099, 12, 31), "days", CHINA, one) == 10  # 21, 23 to 31
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
