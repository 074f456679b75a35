"""One figure against another on every receipt: worked answers, breakpoints, and a brute force over every half hour."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import InvalidHours, InvalidMoment, InvalidPeriod
from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.periods.counting import Counting
from complaint_rules.verification.conformance.margins import Figures, margin

CHINA = WorkCalendar.china()
OPEN = CHINA.with_hours("09:00-12:00", "13:30-17:00")


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("house", "base", "laxer", "receipt", "house_due", "base_due"),
    [
        # Spring Festival of 2020 was lengthened to 2 February: 20 to 23 January are four working days, 3 February the
        # fifth, 10 February the tenth.
        ("10 working days", "15 days", 1433, "2020-01-19", "2020-02-10", "2020-02-03"),
        ("20 working days", "30 days", 2157, "2019-12-27", "2020-02-03", "2020-01-26"),
        ("5 working days", "15 days", 0, "2020-01-19", "2020-02-03", "2020-02-03"),
        # the first day is as good as any: both ends move together
        ("12 days", "15 days", 0, "2001-01-01", "2001-01-13", "2001-01-16"),
        ("16 days", "15 days", 9493, "2001-01-01", "2001-01-17", "2001-01-16"),
    ],
)
def test_the_worst_receipt_of_the_published_calendar_is_found(
    house: str, base: str, laxer: int, receipt: str, house_due: str, base_due: str
) -> None:
    found = margin(house, base, CHINA)
    assert (found.first, found.last, found.days) == (dt.date(2001, 1, 1), dt.date(2026, 12, 28), 9493)
    assert (found.laxer_days, found.never_later) == (laxer, not laxer)
    assert [one.date().isoformat() for one in (found.receipt, found.house_due, found.base_due)] == [
        receipt, house_due, base_due,
    ]  # fmt: skip
    assert found.closest == found.base_due - found.house_due


@pytest.mark.parametrize(
    ("house", "base", "closest", "receipt"),
    [
        # hours run on from the receipt, days end at midnight: the last instant of a day is the closest
        ("48 hours", "2 days", "0:00:00", "2026-03-02T23:59:59.999999"),
        # from 08:30 on 24 hours end at the same time of the next day, earlier ones at 08:30: the least lead over
        # the end of that day is that of the last instant
        (Figures("24 hours", Counting(starts="08:30")), "1 day", "0:00:00", "2026-03-02T23:59:59.999999"),
        # before 08:30 the base waits and the house does not: no lead is left from then on
        ("2 hours", Figures("2 hours", Counting(starts="08:30")), "0:00:00", "2026-03-02T08:30:00"),
        # the house waits for 08:30, which costs most at midnight
        (Figures("2 hours", Counting(starts="08:30")), "2 hours", "-1 day, 15:30:00", "2026-03-02T00:00:00"),
        # one instant after the cut-off the day no longer counts for the house
        (
            Figures("1 working day", Counting(receipt="next_working_day", cut_off="15:30")), "1 working day",
            "-1 day, 0:00:00", "2026-03-02T15:30:00.000001",
        ),
        # the last day ends at 16:00, save where the receipt itself lies after that: then at 24:00
        (Figures("same day", Counting(ends="16:00")), "same day", "0:00:00", "2026-03-02T16:00:00.000001"),
        ("at once", "1 minute", "0:01:00", "2026-03-02T00:00:00"),
        # of two the earliest binds, or the latest
        (Figures(("1 day", "3 days")), "2 days", "1 day, 0:00:00", "2026-03-02T00:00:00"),
        (Figures(("1 day", "3 days"), latest=True), "2 days", "-1 day, 0:00:00", "2026-03-02T00:00:00"),
    ],
)  # fmt: skip
def test_the_moments_of_a_day_that_decide_are_looked_at(house: Any, base: Any, closest: str, receipt: str) -> None:
    """Monday, 2 March 2026, between two plain weeks."""
    day = dt.date(2026, 3, 2)
    found = margin(house, base, CHINA, first=day, last=day)
    assert (str(found.closest), found.receipt) == (closest, moment(receipt))


@pytest.mark.parametrize(
    ("house", "base", "closest", "receipt", "house_due"),
    [
        # what comes after 15:30 has not 90 minutes left that day: its last instant runs into Tuesday
        (
            "90 working minutes", "1 hour", dt.timedelta(hours=-16.5), "2026-03-02T15:30:00.000001",
            "2026-03-03T09:00:00.000001",
        ),
        (
            "90 working minutes", "24 hours", dt.timedelta(hours=6.5), "2026-03-02T15:30:00.000001",
            "2026-03-03T09:00:00.000001",
        ),
        (
            "1 working hour", "2 hours", dt.timedelta(hours=-15), "2026-03-02T16:00:00.000001",
            "2026-03-03T09:00:00.000001",
        ),
        (
            Figures("1 working day", Counting(ends="close")), Figures("1 working day", Counting(ends="16:00")),
            dt.timedelta(hours=-1), "2026-03-02T00:00:00", "2026-03-03T17:00:00",
        ),
        (
            Figures("1 working day", Counting(receipt="next_working_day", cut_off="close")), "1 working day",
            dt.timedelta(days=-1), "2026-03-02T17:00:00.000001", "2026-03-04T23:59:59.999999",
        ),
        # a day of the opening hours ends at 17:00; an instant later only midnight is left
        (
            Figures("same day", Counting(ends="close")), "same day", dt.timedelta(0), "2026-03-02T17:00:00.000001",
            "2026-03-02T23:59:59.999999",
        ),
    ],
)  # fmt: skip
def test_working_time_turns_at_the_opening_hours_and_where_an_end_meets_a_closing(
    house: Any, base: Any, closest: dt.timedelta, receipt: str, house_due: str
) -> None:
    day = dt.date(2026, 3, 2)
    found = margin(house, base, OPEN, first=day, last=day)
    assert (found.closest, found.receipt, found.house_due) == (closest, moment(receipt), moment(house_due))


PERIODS = st.sampled_from(
    [
        "30 minutes", "2 hours", "24 hours", "48 hours", "1 day", "3 days", "1 week", "1 month", "same day", "at once",
        "1 working day", "3 working days", "30 working minutes", "90 working minutes", "5 working hours",
        "8 working hours",
    ]
)  # fmt: skip
TIMES = st.sampled_from([None, "08:30", "12:00", "15:30"])


@st.composite
def countings(draw: st.DrawFn) -> Counting:
    receipt = draw(st.sampled_from([None, "next_working_day"]))
    return Counting(
        starts=draw(TIMES),
        roll=draw(st.sampled_from([None, "next_working_day", "previous_working_day"])),
        receipt=receipt,
        cut_off=draw(st.sampled_from([None, "close", "15:30"])) if receipt else None,
        opening_day=draw(st.booleans()),
        ends=draw(st.sampled_from(["24:00", "close", "16:00"])),
    )


FIGURES = st.builds(Figures, st.lists(PERIODS, min_size=1, max_size=2).map(tuple), countings(), st.booleans())
CALENDARS = st.sampled_from(
    [
        OPEN,
        CHINA.with_hours("00:00-06:00", "20:00-24:00"),
        CHINA.with_hours(Hours.of("08:00-20:00", weekdays={"saturday": ["10:00-14:00"], "friday": ["08:00-11:30"]})),
    ]
)
"""The second closes at midnight; the make-up Saturday of 10 October 2026 has hours of its own in the third."""


@given(FIGURES, FIGURES, CALENDARS, st.dates(dt.date(2026, 9, 24), dt.date(2026, 10, 12)))
def test_no_receipt_of_a_day_is_closer_than_the_one_found(
    house: Figures, base: Figures, calendar: WorkCalendar, day: dt.date
) -> None:
    """Every formula here changes at a half hour: its three instants and those between decide the day as well."""
    found = margin(house, base, calendar, first=day, last=day)
    midnight = dt.datetime.combine(day, dt.time(0), BEIJING)
    tried = [
        one
        for half in range(49)
        for step in (-INSTANT, dt.timedelta(0), INSTANT, dt.timedelta(minutes=11))
        if (one := midnight + half * dt.timedelta(minutes=30) + step).date() == day
    ]
    leads = [base.due_at(one, calendar) - house.due_at(one, calendar) for one in tried]
    assert found.closest == min(leads)
    assert found.laxer_days == (min(leads) < dt.timedelta(0))
    assert base.due_at(found.receipt, calendar) - house.due_at(found.receipt, calendar) == found.closest


def test_each_side_is_counted_by_its_own_calendar() -> None:
    flooded = CHINA.with_override(dt.date(2026, 7, 15), works=False, reason="flood")
    day = dt.date(2026, 7, 14)
    found = margin("1 working day", "1 working day", flooded, base_calendar=CHINA, first=day, last=day)
    assert found.closest == dt.timedelta(days=-1)
    assert margin("1 working day", "1 working day", flooded, first=day, last=day).closest == dt.timedelta(0)
    # Three hours from 09:00 end at the closing at noon, an hour before the base's four; from an instant later they
    # run into the afternoon, and end half an hour behind them. Later receipts of the morning are as far apart, and
    # from 12:59 on the base's four hours end on the next day.
    all_day = CHINA.with_hours("09:00-16:59")
    monday = dt.date(2026, 3, 2)
    noon = margin("3 working hours", "4 working hours", OPEN, base_calendar=all_day, first=monday, last=monday)
    assert (noon.closest, noon.receipt) == (dt.timedelta(minutes=-30), moment("2026-03-02T09:00:00.000001"))
    assert noon.house_due == moment("2026-03-02T13:30:00.000001")


def test_the_days_looked_at_end_where_nobody_can_count_any_further() -> None:
    """28 December 2026 is the last final day; five working days before the end of that week are still countable."""
    strict = WorkCalendar.china(unpublished="refuse")
    found = margin("5 working days", "15 days", strict)
    # 21 to 25 and 28 December 2026 work: from Monday the 21st the fifth working day is the 28th.
    assert (found.last, found.days) == (dt.date(2026, 12, 21), 9486)
    assert margin("5 working days", "75 years", CHINA).last == dt.date(2024, 12, 31)


def test_known_on_an_earlier_day_the_calendar_ends_earlier() -> None:
    assert margin("1 day", "1 day", WorkCalendar.china(as_known_on=dt.date(2019, 1, 2))).last == dt.date(2019, 12, 28)


@pytest.mark.parametrize(
    ("house", "base", "more", "error", "text"),
    [
        ("5 workng days", "15 days", {}, InvalidPeriod, "did you mean '5 working days'"),
        ((), "15 days", {}, InvalidPeriod, "at least one period is expected"),
        ("8 working hours", "2 days", {}, InvalidHours, "no opening hours"),
        ("100 years", "15 days", {}, InvalidPeriod, "after 2099-12-31"),
        ("1 day", "1 day", {"first": dt.date(2026, 1, 2), "last": dt.date(2026, 1, 1)}, InvalidMoment, "wrong way"),
        ("1 day", "1 day", {"first": "2026-01-02"}, InvalidMoment, "a date without a time of day is expected"),
        ("1 day", "1 day", {"base_calendar": "china"}, InvalidPeriod, "a WorkCalendar is expected"),
        # the day that was given is at fault, not the one that was not: published is up to 28 December 2026
        (
            "1 day",
            "1 day",
            {"first": dt.date(2026, 12, 29)},
            InvalidMoment,
            r"first: it lies after the last day that is published \(2026-12-28\)",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(
    house: Any, base: Any, more: dict[str, Any], error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        margin(house, base, CHINA, **more)


@pytest.mark.parametrize(
    ("more", "text"), [({"counting": None}, "a Counting is expected"), ({"latest": "yes"}, "True or")]
)
def test_figures_are_counted_in_some_way(more: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidPeriod, match=text):
        Figures("5 days", **more)


def test_a_margin_is_a_value_and_goes_into_data() -> None:
    found = margin(
        Figures(("48 hours", "4 working days")), "15 days", CHINA, first=dt.date(2026, 3, 2), last=dt.date(2026, 3, 3)
    )
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - made a moment ago
    assert found.to_dict() == {
        "house": ["48 hours", "4 working days"], "base": ["15 days"], "first": "2026-03-02", "last": "2026-03-03",
        "days": 2, "laxer_days": 0, "closest": 13 * 86400, "receipt": "2026-03-02T23:59:59.999999+08:00",
        "house_due": "2026-03-04T23:59:59.999999+08:00", "base_due": "2026-03-17T23:59:59.999999+08:00",
    }  # fmt: skip


def test_figures_are_said_in_both_languages() -> None:
    two = ("48 hours", "4 working days")
    assert Figures(two).text("zh") == "48小时、4个工作日（孰早）"
    assert Figures(two, latest=True).text("zh") == "48小时、4个工作日（孰晚）"
    assert Figures(two, latest=True).text("en") == "48 hours or 4 working days, whichever ends last"


def test_the_same_figure_on_both_sides_is_counted_as_far_as_it_can_be() -> None:
    found = margin("75 years", "75 years", CHINA)
    assert (found.last, found.closest) == (dt.date(2024, 12, 31), dt.timedelta(0))


@pytest.mark.parametrize(
    "calendar",
    [
        OPEN,
        CHINA.with_hours("00:00-06:00", "20:00-24:00"),
        CHINA.with_hours(Hours.of("08:00-20:00", weekdays={"saturday": ["10:00-14:00"], "friday": ["08:00-11:30"]})),
    ],
    ids=["the same every day", "to midnight", "other hours on Friday and Saturday"],
)
def test_working_time_over_weeks_is_that_of_each_day(calendar: WorkCalendar) -> None:
    """From before the National Day break of 2026 to after its make-up Saturday, and the two weeks after that."""
    first, last = dt.date(2026, 9, 24), dt.date(2026, 10, 25)
    days = [first + dt.timedelta(days=place) for place in range(32)]
    each = [margin("7 working hours", "26 hours", calendar, first=day, last=day) for day in days]
    found = margin("7 working hours", "26 hours", calendar, first=first, last=last)
    assert found.closest == min(one.closest for one in each)
    assert found.laxer_days == sum(one.laxer_days for one in each)
