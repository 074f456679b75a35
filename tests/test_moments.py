"""Moments are aware and reckoned in Beijing; days are intervals; what is neither is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pendulum
import pytest

from complaint_rules.errors import InvalidEvent, InvalidMoment
from complaint_rules.moments import BEIJING, as_day, as_moment, as_when, earliest_of, latest_of


@pytest.mark.parametrize(
    ("value", "words", "why"),
    [
        ("2026-10-01", "a moment (an aware datetime) is expected", "text"),
        (dt.date(2026, 10, 1), "add the time of day and the zone", "a day"),
        (dt.datetime(2026, 10, 1), "it names no time zone", "naive"),  # noqa: DTZ001 - refused
        (dt.datetime(1999, 12, 31, tzinfo=dt.UTC), "is the century right?", "year 1999"),
        (dt.datetime(2000, 12, 31, 15, 59, tzinfo=dt.UTC), "is the century right?", "a minute before the years known"),
        (dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC), "is the century right?", "year 9999"),
        (dt.datetime(2099, 12, 31, 16, tzinfo=dt.UTC), "is the century right?", "2100 in Beijing"),
    ],
)
def test_what_is_no_moment_is_refused(value: Any, words: str, why: str) -> None:
    with pytest.raises(InvalidMoment) as caught:
        as_moment(value, what="a moment")
    assert words in str(caught.value), why


@pytest.mark.parametrize(
    ("value", "expected", "why"),
    [
        (dt.datetime(2000, 12, 31, 16, tzinfo=dt.UTC), "2001-01-01T00:00:00+08:00", "the first instant known"),
        (dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC), "2026-10-01T00:30:00+08:00", "a holiday in Beijing"),
        (pendulum.datetime(2026, 9, 30, 9, tz="Asia/Tokyo"), "2026-09-30T08:00:00+08:00", "an hour behind Tokyo"),
        (pendulum.datetime(2026, 9, 30, 9, tz="Asia/Shanghai"), "2026-09-30T09:00:00+08:00", "the same zone by name"),
    ],
)
def test_a_moment_is_carried_into_beijing_time(value: dt.datetime, expected: str, why: str) -> None:
    found = as_moment(value, what="a moment")
    assert (found.isoformat(), type(found), found.tzinfo) == (expected, dt.datetime, BEIJING), why


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-10-01", "a date without a time of day is expected"),
        (dt.datetime(2026, 10, 1, tzinfo=BEIJING), "pass moment.astimezone(BEIJING).date()"),
        (dt.date(2000, 12, 31), "the years known run from 2001-01-01 to 2099-12-31"),
        (dt.date(2100, 1, 1), "is the century right?"),
    ],
)
def test_what_is_no_day_is_refused(value: Any, words: str) -> None:
    with pytest.raises(InvalidMoment) as caught:
        as_day(value, what="a day")
    assert words in str(caught.value)


def test_the_callers_error_is_raised_in_the_callers_name() -> None:
    with pytest.raises(InvalidEvent, match=r"^Event\.at: "):
        as_when("now", what="Event.at", error=InvalidEvent)


def test_a_moment_is_its_own_first_and_last_instant() -> None:
    moment = dt.datetime(2026, 10, 1, 9, tzinfo=BEIJING)
    assert (earliest_of(moment), latest_of(moment), as_when(moment, what="x")) == (moment, moment, moment)
