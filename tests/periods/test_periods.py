from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest

from complaint_rules.calendar.days import Certainty
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import CalendarUnpublished, InvalidHours, InvalidMoment, InvalidPeriod
from complaint_rules.moments import BEIJING
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.deadlines import counted, rolled
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Receipt, Roll, Unit

CHINA = WorkCalendar.china(as_known_on=dt.date(2026, 11, 20))
STRICT = WorkCalendar.china("refuse", as_known_on=dt.date(2026, 11, 20))
LUNCH = CHINA.with_hours(Hours.of("09:00-12:00", "13:30-17:00"))
STRAIGHT = CHINA.with_hours(Hours.of("09:00-17:00"))
NEXT, PREVIOUS, DEEMED = Roll.NEXT_WORKING_DAY, Roll.PREVIOUS_WORKING_DAY, Receipt.NEXT_WORKING_DAY


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def pause(start: str, end: str | None = None) -> Pause:
    """A pause by day ("2026-10-01") or by the minute ("2026-10-01 10:00")."""
    read = [None if t is None else moment(t) if " " in t else dt.date.fromisoformat(t) for t in (start, end)]
    assert read[0] is not None
    return Pause(read[0], read[1])


def end(period: str, start: str, calendar: WorkCalendar = CHINA, **options: Any) -> str | None:
    """The last instant, cut to the minute; 24:00 for the end of a day."""
    pauses = options.pop("pauses", ())
    due = Period.parse(period).due_at(moment(start), calendar, Counting(**options), pauses)
    if due is None:
        return None
    return f"{due:%Y-%m-%d} 24:00" if due.microsecond == 999_999 else f"{due:%Y-%m-%d %H:%M}"


# ---- the value


def test_a_period_is_a_value() -> None:
    five = Period(5, Unit.WORKING_DAYS)
    assert five == Period.parse("5个工作日")
    assert hash(five) == hash(Period.parse("5 working days"))
    assert five != Period(5, Unit.DAYS)
    assert Period.parse("5 working days") is Period.parse("5 working days")
    assert pickle.loads(pickle.dumps(five)) == five  # noqa: S301 - our own bytes
    assert repr(five) == "Period(n=5, unit=<Unit.WORKING_DAYS: 'working_days'>)"
    with pytest.raises(AttributeError):
        five.n = 6  # type: ignore[misc]


def test_a_unit_may_be_given_by_its_name() -> None:
    assert Period(5, "working_days") == Period.parse("5 working days")


@pytest.mark.parametrize(
    ("n", "unit", "words", "why"),
    [
        (0, "days", "at least 1 of its unit; got 0; for no delay at all write 'at once'", "zero"),
        (-3, "days", "at least 1 of its unit; got -3", "negative"),
        (True, "days", "a whole number is expected; got True", "a truth value is no figure"),
        (1.5, "days", "a whole number is expected; got 1.5", "a fraction"),
        ("5", "days", "a whole number is expected; got '5'", "text"),
        (101, "years", "over a hundred years; the most is 100 years; got 101", "absurd"),
        (10**12, "working_minutes", "over a hundred years", "absurd"),
        (1, "same_day", "'same day' takes no number; got 1; pass 0", "a figure where there is none"),
        (5, "wrking_days", "the code is unknown; got 'wrking_days'; did you mean 'working_days'?", "a slip"),
        (5, None, "Period.unit: the code is unknown; got None; one of minutes", "no unit"),
    ],
)
def test_impossible_periods_are_refused(n: Any, unit: Any, words: str, why: str) -> None:
    with pytest.raises(InvalidPeriod) as caught:
        Period(n, unit)
    assert words in str(caught.value), why


@pytest.mark.parametrize("text", ["0 days", "-1 days", "101 years", "9999999999999999999999 days", "0个工作日"])
def test_impossible_figures_are_refused_with_the_text_they_came_from(text: str) -> None:
    with pytest.raises(InvalidPeriod) as caught:
        Period.parse(text)
    assert caught.value.value == text


@pytest.mark.parametrize("value", [5, None, ["5 days"], dt.timedelta(days=5)])
def test_what_is_no_text_is_not_parsed(value: Any) -> None:
    with pytest.raises(InvalidPeriod, match="a text is expected"):
        Period.parse(value)


def test_periods_of_one_unit_add_up_and_others_do_not() -> None:
    assert Period.parse("15 days") + Period.parse("15 days") == Period.parse("30 days")
    assert Period.parse("30 days").add_to(30) == Period.parse("60 days")
    with pytest.raises(InvalidPeriod, match=r"only periods of the same unit add up.*got '5 working days'"):
        Period.parse("15 days") + Period.parse("5 working days")
    with pytest.raises(InvalidPeriod, match="same unit"):
        Period.parse("same day") + Period.parse("same day")
    with pytest.raises(TypeError):
        Period.parse("15 days") + 5  # type: ignore[operator]
    with pytest.raises(InvalidPeriod, match="over a hundred years"):
        Period.parse("100 years").add_to(1)


# ---- the end, by hand


@pytest.mark.parametrize(
    ("period", "start", "due", "why"),
    [
        ("5 working days", "2026-09-30 16:05", "2026-10-13 24:00", "8, 9, 10 (make-up Saturday), 12, 13 October"),
        ("4 working days", "2026-02-13 10:00", "2026-02-26 24:00", "14 (make-up Saturday), 24, 25, 26 February"),
        ("7 working days", "2026-09-28 09:00", "2026-10-13 24:00", "29, 30 September, 8, 9, 10, 12, 13 October"),
        ("7 working days", "2026-04-30 09:00", "2026-05-13 24:00", "6, 7, 8, 9 (make-up), 11, 12, 13 May"),
        ("15 days", "2026-09-20 09:00", "2026-10-05 24:00", "calendar days do not ask what works"),
        ("2 weeks", "2026-09-20 09:00", "2026-10-04 24:00", "fourteen days"),
        ("48 hours", "2026-09-30 16:05", "2026-10-02 16:05", "from the moment itself, holiday or not"),
        ("120 minutes", "2026-09-30 23:00", "2026-10-01 01:00", "over midnight"),
        ("same day", "2026-10-01 00:00", "2026-10-01 24:00", "a holiday ends like any other day"),
        ("same day", "2026-10-10 23:59", "2026-10-10 24:00", "one minute is left"),
        ("at once", "2026-10-01 07:00", "2026-10-01 07:00", "due as it arises"),
    ],
)
def test_ends_by_hand(period: str, start: str, due: str, why: str) -> None:
    assert end(period, start) == due, why


@pytest.mark.parametrize(
    ("start", "roll", "due", "why"),
    [
        ("2026-09-20 09:00", None, "2026-10-05 24:00", "bcgov/tfrs#2862: without a roll, on the holiday itself"),
        ("2026-09-20 09:00", NEXT, "2026-10-08 24:00", "bcgov/tfrs#2862: with it, after the whole break"),
        ("2026-09-20 09:00", PREVIOUS, "2026-09-30 24:00", "back to the last working day before the break"),
        ("2026-09-25 09:00", NEXT, "2026-10-10 24:00", "a make-up Saturday is a working day, nothing to move"),
        ("2026-09-26 09:00", NEXT, "2026-10-12 24:00", "a plain Sunday moves to Monday"),
    ],
)
def test_a_last_day_on_a_rest_day_moves_only_where_the_limit_says_so(
    start: str, roll: Roll | None, due: str, why: str
) -> None:
    assert end("15 days", start, roll=roll) == due, why


def test_a_roll_back_never_reaches_the_opening_day() -> None:
    # 1 day from 2 October ends on the 3rd; back from there the first working day is 30 September, before the start.
    assert end("1 day", "2026-10-02 09:00", roll=PREVIOUS) == "2026-10-03 24:00"


def test_rolls_leave_what_has_no_calendar_day_to_move() -> None:
    assert end("same day", "2026-10-03 09:00", roll=NEXT) == "2026-10-03 24:00"
    assert end("24 hours", "2026-10-02 09:00", roll=NEXT) == "2026-10-03 09:00"


def test_bokmann_business_time_192_and_196_a_start_on_a_rest_day_has_two_named_readings() -> None:
    # Saturday 26 September 2026, an ordinary weekend. Day one is Monday, or Monday is only the deemed receipt.
    assert end("1 working day", "2026-09-26 09:00") == "2026-09-28 24:00"
    assert end("1 working day", "2026-09-26 09:00", receipt=DEEMED) == "2026-09-29 24:00"
    # On a working day there is nothing to read twice.
    assert end("1 working day", "2026-09-28 09:00", receipt=DEEMED) == "2026-09-29 24:00"
    # Deemed receipt shifts every unit, for it is the start that moves.
    assert end("2 days", "2026-09-26 09:00", receipt=DEEMED) == "2026-09-30 24:00"
    assert end("2 hours", "2026-09-26 09:00", receipt=DEEMED) == "2026-09-28 02:00"
    assert end("2 hours", "2026-09-26 09:00", receipt=DEEMED, starts="08:30") == "2026-09-28 10:30"


@pytest.mark.parametrize(
    ("start", "period", "due", "why"),
    [
        ("2026-09-28 07:10", "120 min", "2026-09-28 10:30", "waits for 08:30"),
        ("2026-09-28 09:00", "30 min", "2026-09-28 09:30", "later starts count from arrival"),
        ("2026-09-28 08:30", "30 min", "2026-09-28 09:00", "exactly then"),
        ("2026-10-01 00:00", "60 min", "2026-10-01 09:30", "on holidays too: it is a clock, not a calendar"),
        ("2026-09-28 07:10", "1 day", "2026-09-29 24:00", "days do not wait"),
        ("2026-09-28 07:10", "at once", "2026-09-28 08:30", "what is due at once waits as well"),
    ],
)
def test_an_early_start_waits_for_the_hour(start: str, period: str, due: str, why: str) -> None:
    assert end(period, start, starts="08:30") == due, why
    assert end(period, start, starts=dt.time(8, 30)) == due, why


@pytest.mark.parametrize(
    ("period", "start", "options", "due", "why"),
    [
        ("1 working day", "2026-11-04 10:00", {}, "2026-11-05 17:00", "the close of the last day"),
        ("15 days", "2026-09-20 09:00", {}, "2026-10-05 24:00", "a rest day has no close of business"),
        ("15 days", "2026-09-20 09:00", {"roll": NEXT}, "2026-10-08 17:00", "the day it moved to has one"),
        ("same day", "2026-11-04 16:59", {}, "2026-11-04 17:00", "still open"),
        ("same day", "2026-11-04 17:00", {}, "2026-11-04 17:00", "at the close itself: the last instant is in time"),
        ("same day", "2026-11-04 17:30", {}, "2026-11-04 24:00", "a limit cannot end before it starts"),
        ("2 hours", "2026-11-04 16:00", {}, "2026-11-04 18:00", "hours know no close of business"),
    ],
)
def test_a_last_day_may_end_at_the_close_of_business(period: str, start: str, options: Any, due: str, why: str) -> None:
    assert end(period, start, LUNCH, ends="close", **options) == due, why


def test_a_day_with_hours_of_its_own_closes_then() -> None:
    short = CHINA.with_hours(Hours.of("09:00-17:00", exceptions={"2026-10-10": ["09:00-12:00"]}))
    assert end("2 working days", "2026-10-08 09:00", short, ends="close") == "2026-10-10 12:00"
    round_the_clock = CHINA.with_hours(Hours.of("00:00-24:00"))
    assert end("1 day", "2026-11-04 09:00", round_the_clock, ends="close") == "2026-11-05 24:00"


def test_a_calendar_without_hours_has_no_close_of_business_and_no_working_hours() -> None:
    with pytest.raises(InvalidHours, match=r"no opening hours.*with_hours"):
        end("1 day", "2026-11-04 09:00", ends="close")
    with pytest.raises(InvalidHours, match="no opening hours"):
        end("1 working hour", "2026-11-04 09:00")


@pytest.mark.parametrize(
    ("period", "start", "due", "why"),
    [
        ("3 working hours", "2026-11-04 09:00", "2026-11-04 12:00", "ends as lunch begins, not as it ends"),
        ("181 working minutes", "2026-11-04 09:00", "2026-11-04 13:31", "one minute after lunch"),
        ("1 working hour", "2026-11-04 12:30", "2026-11-04 14:30", "a start in the lunch break"),
        ("1 working hour", "2026-11-06 16:30", "2026-11-09 09:30", "over a weekend"),
        ("1 working hour", "2026-10-09 16:30", "2026-10-10 09:30", "a make-up Saturday works its normal hours"),
    ],
)
def test_osticket_6847_and_frappe_helpdesk_2212_lunch_is_no_working_time(
    period: str, start: str, due: str, why: str
) -> None:
    assert end(period, start, LUNCH) == due, why


@pytest.mark.parametrize(
    ("start", "day", "working_day", "why"),
    [
        ("2026-09-30T15:30+00:00", "2026-10-01", "2026-10-08", "23:30 on the eve, in Beijing"),
        ("2026-09-30T16:30+00:00", "2026-10-02", "2026-10-08", "00:30 on the holiday, in Beijing"),
        ("2026-10-07T15:30+00:00", "2026-10-08", "2026-10-08", "23:30 on the last rest day"),
        ("2026-10-07T16:30+00:00", "2026-10-09", "2026-10-09", "00:30 on the first working day"),
    ],
)
def test_zendesk_biz_142_and_bokmann_business_time_36_the_day_is_the_one_in_beijing(
    start: str, day: str, working_day: str, why: str
) -> None:
    at = dt.datetime.fromisoformat(start)
    assert str(Period.parse("1 day").due(at, calendar=CHINA).on) == day, why
    assert str(Period.parse("1 working day").due(at, calendar=CHINA).on) == working_day, why


def test_hmcts_cmc_claim_store_39_an_extension_counts_from_the_base_not_from_the_rolled_end() -> None:
    # Friday 13 February 2026, before the Spring Festival: five days end on the 18th, rolled to the 24th.
    base = Period.parse("5 days")
    assert end("5 days", "2026-02-13 09:00", roll=NEXT) == "2026-02-24 24:00"
    # Ten days end on the 23rd, still a rest day; five more from the rolled end would be 1 March.
    rolled = Counting(roll=NEXT)
    assert base.add_to(5).due_at(moment("2026-02-13 09:00"), CHINA, rolled) == Period.parse("10 days").due_at(
        moment("2026-02-13 09:00"), CHINA, rolled
    )
    assert end("10 days", "2026-02-13 09:00", roll=NEXT) == "2026-02-24 24:00"


# ---- coverage of the calendar


def test_chinese_calendar_94_and_exchange_calendars_531_a_notice_not_yet_out_is_no_crash() -> None:
    period, start = Period.parse("15 working days"), dt.date(2026, 12, 21)
    assert period.due(start, calendar=CHINA).certainty is Certainty.PROVISIONAL
    with pytest.raises(CalendarUnpublished):
        period.due(start, calendar=STRICT)
    assert str(Period.parse("15 days").due(start, calendar=STRICT).on) == "2027-01-05"


@pytest.mark.parametrize(
    ("period", "options"),
    [
        ("1 day", {}),
        ("1 week", {}),
        ("1 month", {}),
        ("24 hours", {}),
        ("2 days", {"pauses": [pause("2099-12-31", "2099-12-31")]}),
        ("24 hours", {"pauses": [pause("2099-12-31", "2099-12-31")]}),
        ("1 day", {"starts": "08:30"}),
    ],
)
def test_an_end_after_the_last_year_known_is_refused(period: str, options: Any) -> None:
    with pytest.raises(InvalidPeriod, match="after 2099-12-31, the last day known"):
        end(period, "2099-12-31 00:00", **options)


def test_seppemans_businesstimedelta_9_and_open_c3_1084_a_calendar_without_work_is_refused_not_searched() -> None:
    closed = CHINA
    for k in range(1, 32):
        closed = closed.with_override(dt.date(2099, 12, k), works=False, reason="closed for the test")
    with pytest.raises(InvalidMoment):
        end("1 working day", "2099-12-01 09:00", closed)
    with pytest.raises(InvalidMoment):
        end("1 day", "2099-12-01 09:00", closed, roll=NEXT)
    with pytest.raises(InvalidMoment):
        end("1 working hour", "2099-12-01 09:00", closed.with_hours(Hours.of("09:00-17:00")))


@pytest.mark.parametrize(
    ("period", "options", "needed"),
    [
        ("2 days", {}, False),
        ("2 days", {"ends": "close"}, True),
        ("2 working days", {"ends": "close"}, True),
        ("2 working days", {"ends": "12:00"}, False),
        ("2 hours", {"ends": "close"}, False),  # hours end at their moment
        ("2 working hours", {}, True),
        ("2 hours", {"receipt": DEEMED, "cut_off": "close"}, True),
        ("2 days", {"receipt": DEEMED, "cut_off": "15:30"}, False),
    ],
)
def test_opening_hours_are_asked_for_only_where_something_is_counted_by_them(
    period: str, options: Any, needed: bool
) -> None:
    assert Period.parse(period).needs_hours(Counting(**options)) is needed


# ---- a late arrival, the opening day, an hour of the last day


@pytest.mark.parametrize(
    ("start", "cut_off", "expected", "why"),
    [
        ("2026-11-04 15:29", "15:30", "2026-11-05 24:00", "a Wednesday before the hour: day one is Thursday"),
        ("2026-11-04 15:30", "15:30", "2026-11-05 24:00", "the hour itself is still in time"),
        ("2026-11-04 15:31", "15:30", "2026-11-06 24:00", "deemed received on Thursday: day one is Friday"),
        ("2026-11-06 15:31", "15:30", "2026-11-10 24:00", "a Friday: deemed received on Monday, day one is Tuesday"),
        ("2026-11-07 10:00", "15:30", "2026-11-10 24:00", "a Saturday, whatever the hour: deemed received on Monday"),
        (
            "2026-10-10 16:00",
            "15:30",
            "2026-10-13 24:00",
            "a Saturday that works: the 12th is deemed, the 13th day one",
        ),
        ("2026-11-04 17:00", "close", "2026-11-05 24:00", "at the close of business it is still in time"),
        ("2026-11-04 17:01", "close", "2026-11-06 24:00", "after it, it is not"),
    ],
)
def test_what_comes_after_the_cut_off_hour_is_deemed_received_on_the_next_working_day(
    start: str, cut_off: str, expected: str, why: str
) -> None:
    assert end("1 working day", start, STRAIGHT, receipt=DEEMED, cut_off=cut_off) == expected, why


@pytest.mark.parametrize(
    ("period", "expected", "why"),
    [
        ("2 days", "2026-11-07 24:00", "the 5th is deemed, and two days after it"),
        ("2 hours", "2026-11-05 02:00", "from 00:00 of the day on which it is deemed received"),
        ("2 working hours", "2026-11-05 11:00", "from the opening of that day"),
        ("same day", "2026-11-05 24:00", "the day on which it is deemed received"),
        ("at once", "2026-11-05 00:00", "from the beginning of that day"),
    ],
)
def test_a_late_arrival_moves_the_start_of_every_unit(period: str, expected: str, why: str) -> None:
    assert end(period, "2026-11-04 16:30", STRAIGHT, receipt=DEEMED, cut_off="15:30") == expected, why


def test_a_cut_off_at_the_close_needs_opening_hours() -> None:
    with pytest.raises(InvalidHours, match="no day has a close of business"):
        end("1 working day", "2026-11-04 16:30", receipt=DEEMED, cut_off="close")


@pytest.mark.parametrize(
    ("period", "start", "expected", "why"),
    [
        ("3 days", "2026-11-04 09:00", "2026-11-06 24:00", "the 4th, the 5th and the 6th"),
        ("1 day", "2026-11-04 09:00", "2026-11-04 24:00", "the 4th alone"),
        ("1 week", "2026-11-04 09:00", "2026-11-10 24:00", "Wednesday to Tuesday"),
        ("1 month", "2026-03-01 09:00", "2026-03-31 24:00", "the whole of March"),
        ("1 month", "2026-02-28 09:00", "2026-03-27 24:00", "the day before the corresponding one"),
        ("1 month", "2026-01-31 09:00", "2026-02-28 24:00", "no corresponding day: the month's end, art. 202"),
        ("1 year", "2024-02-29 09:00", "2025-02-28 24:00", "no corresponding day: the month's end"),
        ("3 working days", "2026-11-04 09:00", "2026-11-06 24:00", "Wednesday, Thursday, Friday"),
        ("3 working days", "2026-11-07 09:00", "2026-11-11 24:00", "a Saturday is no working day: Monday to Wednesday"),
        ("1 working day", "2026-10-10 09:00", "2026-10-10 24:00", "a Saturday that works is one"),
    ],
)
def test_an_opening_day_that_counts_is_the_first(period: str, start: str, expected: str, why: str) -> None:
    """含当日: Civil Code art. 204 lets what was agreed prevail over art. 201."""
    assert end(period, start, opening_day=True) == expected, why


def test_an_opening_day_that_counts_may_be_paused() -> None:
    # 4 November is day 1; the 5th and 6th are paused; the 7th is day 2.
    assert end("2 days", "2026-11-04 09:00", opening_day=True, pauses=[pause("2026-11-04", "2026-11-06")]) == (
        "2026-11-07 24:00"
    )


@pytest.mark.parametrize(
    ("period", "start", "expected", "why"),
    [
        ("2 working days", "2026-11-04 09:00", "2026-11-06 12:00", "by noon of the second working day"),
        ("2 days", "2026-11-06 09:00", "2026-11-08 12:00", "a rest day has its noon as well"),
        ("same day", "2026-11-04 09:00", "2026-11-04 12:00", "by noon of the day itself"),
        ("same day", "2026-11-04 12:00", "2026-11-04 12:00", "which is inclusive"),
        ("same day", "2026-11-04 12:01", "2026-11-04 24:00", "the hour has passed: the end of the day"),
        ("2 hours", "2026-11-04 12:01", "2026-11-04 14:01", "hours end at their moment"),
    ],
)
def test_a_last_day_may_end_at_an_hour(period: str, start: str, expected: str, why: str) -> None:
    assert end(period, start, ends="12:00") == expected, why


# ---- what `due` checks


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"roll": "next"}, "roll: the code is unknown; got 'next'"),
        ({"receipt": "next_workingday"}, "did you mean 'next_working_day'?"),
        ({"starts": "8:30"}, "write '08:30'"),
        ({"ends": "noon"}, "ends: '24:00', 'close' or a time of day is expected; got 'noon'; write '15:30'"),
        ({"cut_off": "3 pm", "receipt": "next_working_day"}, "cut_off: 'close' or a time of day is expected"),
        ({"cut_off": "15:30"}, "cut_off: a late arrival is read as one on a rest day is, and nothing says how"),
        ({"opening_day": "yes"}, "opening_day: True or False is expected; got 'yes'"),
        ({"pauses": [("2026-10-01", "2026-10-02")]}, "each is a Pause"),
        ({"pauses": pause("2026-10-01")}, "pauses: several are expected"),
        ({"calendar": None}, "calendar: a WorkCalendar is expected; got None; pass WorkCalendar.china()"),
    ],
)
def test_due_refuses_options_that_cannot_be(options: Any, words: str) -> None:
    with pytest.raises(InvalidPeriod) as caught:
        Period.parse("5 days").due(dt.date(2026, 9, 20), **{"calendar": CHINA, **options})
    assert words in str(caught.value)


def test_due_refuses_a_naive_start_and_one_outside_the_years_known() -> None:
    with pytest.raises(InvalidMoment, match="naive"):
        Period.parse("5 days").due(dt.datetime(2026, 9, 20, 9, 0), calendar=CHINA)  # noqa: DTZ001 - refused
    with pytest.raises(InvalidMoment, match="2001-01-01"):
        Period.parse("5 days").due(dt.date(1999, 9, 20), calendar=CHINA)


def test_due_takes_the_readings_by_name() -> None:
    due = Period.parse("15 days").due(
        dt.date(2026, 9, 20), calendar=CHINA, roll="next_working_day", receipt="next_working_day", starts="08:30"
    )
    assert due.counting == Counting(roll=NEXT, receipt=DEEMED, starts=dt.time(8, 30))
    assert str(due.on) == "2026-10-08"


def test_a_start_known_to_the_day_only_is_read_strictly_for_hours() -> None:
    assert Period.parse("48 hours").due(dt.date(2026, 9, 30), calendar=CHINA).at == moment("2026-10-02 00:00")


# ---- pauses, by hand


@pytest.mark.parametrize(
    ("period", "start", "pauses", "due", "why"),
    [
        ("15 days", "09-20", "10-01..10-11", "10-15", "ten days are not counted"),
        ("15 days", "09-20", "10-05..10-11", "10-11", "begun on the last day: the limit may not end within"),
        ("15 days", "09-20", "10-06..10-11", "10-05", "begun after the end: too late"),
        ("15 days", "09-20", "10-01..10-01", "10-05", "within one day: empty"),
        ("15 days", "09-20", "09-01..09-20", "10-05", "over before it mattered"),
        ("15 days", "09-20", "09-01..09-22", "10-07", "begun before the start: 21 and 22 are paused"),
        ("15 days", "09-20", "09-20..09-22", "10-07", "begun on the opening day: the same"),
        ("15 days", "09-20", "10-04..10-06 10-06..10-08", "10-09", "touching: 14 counted by the 4th, then the 9th"),
        ("15 days", "09-20", "10-06..10-08 10-04..10-06", "10-09", "recorded the other way round"),
        ("15 days", "09-20", "10-04..10-06 10-07..10-08", "10-08", "the second begins on the last day the first made"),
        ("15 days", "09-20", "10-01..10-11 10-03..10-05", "10-15", "nested"),
        ("15 days", "09-20", "10-01..10-05 10-03..10-11", "10-15", "overlapping"),
        ("1 month", "01-31", "02-10..02-15", "03-05", "28 days, five of them paused"),
        ("1 week", "11-02", "11-04..11-06", "11-11", "seven days, two of them paused"),
        ("2 working days", "11-04", "11-05..11-06", "11-09", "the 5th, then Monday the 9th"),
        ("2 working days", "11-04", "11-06..11-07", "11-09", "begun on Friday, the last day: not on the Saturday"),
        ("2 working days", "11-04", "11-07..11-10", "11-06", "begun after the end"),
        ("2 working days", "11-04", "11-06..11-07 11-09..11-11", "11-11", "held to Monday, where the next one begins"),
        ("2 working days", "11-04", "11-06..11-07 11-08..11-10", "11-10", "held into the next one"),
        ("2 working days", "11-04", "11-06..11-07 11-07..11-08", "11-09", "both over on the weekend"),
        ("2 working days", "11-04", "11-06..11-07 11-08..11-09", "11-09", "a day of resumption is a lawful last day"),
        ("same day", "11-04", "11-04..11-06", "11-06", "not within the pause"),
        ("same day", "11-04", "11-03..11-05", "11-05", "begun the day before"),
        ("same day", "11-04", "11-05..11-09", "11-04", "begun the day after"),
    ],
)
def test_paused_days_are_not_counted_and_no_limit_ends_inside_a_pause(
    period: str, start: str, pauses: str, due: str, why: str
) -> None:
    stopped = [pause(*(f"2026-{day}" for day in span.split(".."))) for span in pauses.split()]
    assert end(period, f"2026-{start} 09:00", pauses=stopped) == f"2026-{due} 24:00", why


def test_glpi_10594_and_14937_a_pause_over_a_weekend_is_measured_in_the_limits_own_days() -> None:
    stopped = [pause("2026-11-06 17:00", "2026-11-09 09:00")]  # Friday evening to Monday morning
    # 5 calendar days from Wednesday the 4th: 5, 6, then 10, 11, 12; 7, 8 and 9 are paused. Not 2.67 days later.
    assert end("5 days", "2026-11-04 10:00", pauses=stopped) == "2026-11-12 24:00"
    # 5 working days: 5, 6, then 10, 11, 12; of the paused days only Monday would have counted.
    assert end("5 working days", "2026-11-04 10:00", pauses=stopped) == "2026-11-12 24:00"
    # Hours: exactly the 64 hours.
    assert end("72 hours", "2026-11-04 10:00", pauses=stopped) == "2026-11-10 02:00"
    # Working hours: none of them was working time.
    assert end("24 working hours", "2026-11-04 10:00", STRAIGHT, pauses=stopped) == "2026-11-09 10:00"


def test_frappe_helpdesk_2449_and_erpnext_49414_off_hours_are_not_taken_off_twice() -> None:
    # Received on Saturday 7 November, so eight working hours are Monday's; on hold from Monday 16:00 to Tuesday 10:00.
    assert end("8 working hours", "2026-11-07 10:00", STRAIGHT) == "2026-11-09 17:00"
    held = [pause("2026-11-09 16:00", "2026-11-10 10:00")]
    assert end("8 working hours", "2026-11-07 10:00", STRAIGHT, pauses=held) == "2026-11-10 11:00"


@pytest.mark.parametrize(
    ("pauses", "due", "why"),
    [
        ([("2026-11-04 12:00", "2026-11-04 13:00")], "2026-11-05 11:00", "an hour later"),
        (
            [("2026-11-04 12:00", "2026-11-04 13:00"), ("2026-11-04 12:30", "2026-11-04 14:00")],
            "2026-11-05 12:00",
            "union",
        ),
        ([("2026-11-04 08:00", "2026-11-04 11:00")], "2026-11-05 11:00", "begun before the start: from the start on"),
        ([("2026-11-04 08:00", "2026-11-04 10:00")], "2026-11-05 10:00", "over as it starts"),
        ([("2026-11-05 10:00", "2026-11-05 18:00")], "2026-11-05 18:00", "begun at the last instant: not within"),
        ([("2026-11-05 10:01", "2026-11-05 18:00")], "2026-11-05 10:00", "begun after the end"),
        ([("2026-11-04 12:00", "2026-11-04 12:00")], "2026-11-05 10:00", "empty"),
        ([("2026-11-04", "2026-11-04")], "2026-11-05 10:00", "within one day, hours unknown: read as empty"),
        ([("2026-11-04", "2026-11-06")], "2026-11-06 10:00", "by day only: the 5th, the least it can have been"),
    ],
)
def test_hours_leave_out_the_exact_time_of_a_pause(pauses: list[tuple[str, str]], due: str, why: str) -> None:
    assert end("24 hours", "2026-11-04 10:00", pauses=[pause(*p) for p in pauses]) == due, why


@pytest.mark.parametrize(
    ("pauses", "due", "why"),
    [
        ([("2026-11-04 15:00", "2026-11-05 10:00")], "2026-11-05 11:00", "an hour was left"),
        ([("2026-11-04 16:00", "2026-11-05 08:00")], "2026-11-05 09:00", "used up as it began: as work resumes"),
        ([("2026-11-04 16:30", "2026-11-05 10:00")], "2026-11-04 16:00", "begun after the end"),
        ([("2026-11-04 12:00", "2026-11-04 13:30")], "2026-11-04 16:00", "lunch is no working time"),
        ([("2026-11-04 16:00", "2026-11-05 08:00"), ("2026-11-05 08:30", "2026-11-05 09:30")], "2026-11-05 09:30",
         "the first working moment lies in the next one"),
    ],
)  # fmt: skip
def test_working_hours_leave_out_the_working_time_of_a_pause(pauses: list[tuple[str, str]], due: str, why: str) -> None:
    stopped = [pause(*p) for p in pauses]
    assert end("5 working hours", "2026-11-04 09:30", LUNCH, pauses=stopped) == due, why


def test_a_limit_used_up_at_lunch_ends_then_even_if_it_is_stopped_during_lunch() -> None:
    stopped = [pause("2026-11-04 12:30", "2026-11-04 15:00")]
    assert end("3 working hours", "2026-11-04 09:00", LUNCH, pauses=stopped) == "2026-11-04 12:00"


@pytest.mark.parametrize(
    ("pauses", "due", "why"),
    [
        ([("2026-11-05 20:00", "2026-11-09 09:00")], "2026-11-05 17:00", "begun after the close: the limit had ended"),
        ([("2026-11-05 10:00", "2026-11-09 09:00")], "2026-11-09 17:00", "begun in time: that of the day it resumes"),
        ([("2026-11-05 17:00", "2026-11-09 09:00")], "2026-11-09 17:00", "begun in the last instant: it still ran"),
        ([("2026-11-05 17:01", "2026-11-09 09:00")], "2026-11-05 17:00", "begun when it had run out"),
        ([("2026-11-05 10:00", "2026-11-09 20:00")], "2026-11-09 24:00", "resumed after the close: that day's 24:00"),
        ([("2026-11-05 10:00", "2026-11-09 09:00"), ("2026-11-09 20:00", "2026-11-11 09:00")], "2026-11-09 17:00",
         "the second began after the close"),
        ([("2026-11-05 10:00", "2026-11-09 20:00"), ("2026-11-09 20:00", "2026-11-11 09:00")], "2026-11-11 17:00",
         "touching parts are one pause"),
        ([("2026-11-05", "2026-11-09")], "2026-11-09 17:00", "by day only"),
    ],
)  # fmt: skip
def test_where_days_end_at_the_close_a_later_pause_cannot_matter(
    pauses: list[tuple[str, str]], due: str, why: str
) -> None:
    assert end("1 day", "2026-11-04 10:00", LUNCH, ends="close", pauses=[pause(*p) for p in pauses]) == due, why


@pytest.mark.parametrize(
    ("resumed", "due", "why"),
    [
        ("2026-11-04 11:00", "2026-11-04 12:00", "it went on before noon"),
        ("2026-11-04 12:00", "2026-11-04 12:00", "at noon, which is inclusive"),
        ("2026-11-04 13:00", "2026-11-04 24:00", "after noon: no limit ends while it is stopped"),
    ],
)
def test_a_pause_that_ends_in_the_course_of_the_opening_day_holds_up_an_end_on_that_day(
    resumed: str, due: str, why: str
) -> None:
    stopped = [pause("2026-11-03 09:00", resumed)]
    assert end("same day", "2026-11-04 09:00", ends="12:00", pauses=stopped) == due, why


def test_sifex_sla_timer_1_an_open_pause_leaves_no_end_and_what_remains_stands_still() -> None:
    received = moment("2026-11-04 10:00")
    for period, calendar, began, left in (
        ("5 working days", CHINA, "2026-11-06 10:00", 3),  # 5 and 6 November are counted
        ("15 days", CHINA, "2026-11-06 10:00", 13),
        ("1 month", CHINA, "2026-11-06 10:00", 28),  # 30 days, two counted
        ("1 week", CHINA, "2026-11-03 10:00", 7),  # stopped before it started
        ("2 days", CHINA, "2026-11-06 23:59", 0),  # on the last day
        ("same day", CHINA, "2026-11-04 23:59", 0),
        ("48 hours", CHINA, "2026-11-05 10:00", dt.timedelta(hours=24)),
        ("48 hours", CHINA, "2026-11-06 10:00", dt.timedelta(0)),  # at the last instant
        ("8 working hours", LUNCH, "2026-11-04 15:00", dt.timedelta(hours=4, minutes=30)),
    ):
        stopped = [pause(began)]
        assert Period.parse(period).due_at(received, calendar, pauses=stopped) is None
        assert Period.parse(period).remaining(received, calendar, stopped) == left


def test_nothing_remains_to_be_told_where_no_open_pause_stops_the_limit() -> None:
    received, late = moment("2026-11-04 10:00"), [pause("2026-11-20 10:00")]
    for text in ("5 working days", "15 days", "1 week", "same day", "48 hours", "at once"):
        period = Period.parse(text)
        assert period.remaining(received, CHINA, late) is None
        assert period.due_at(received, CHINA, pauses=late) == period.due_at(received, CHINA)
        nothing = dt.timedelta() if text in ("48 hours", "at once") else 0
        for pauses in ([], late):
            found = counted(received, period.n, period.unit, CHINA, Counting(), pauses)
            assert found == (period.due_at(received, CHINA), nothing), text


def test_the_roll_comes_after_the_pause_from_the_calendar_alone() -> None:
    # 10 days from 20 September, one of them paused: 1 October, rolled to the 8th although the 8th is paused again.
    stopped = [pause("2026-09-22", "2026-09-23"), pause("2026-10-07", "2026-10-20")]
    assert end("10 days", "2026-09-20 09:00", roll=NEXT, pauses=stopped) == "2026-10-08 24:00"


# ---- pauses, by law


# ---- warnings


@pytest.mark.parametrize(
    ("period", "due", "at", "why"),
    [
        ("1 working day", "2026-10-13 23:59:59.999999", "2026-10-13 00:00", "the last working day itself"),
        ("2 working days", "2026-10-13 23:59:59.999999", "2026-10-12 00:00", "Monday and Tuesday"),
        ("3 working days", "2026-10-13 23:59:59.999999", "2026-10-10 00:00", "the make-up Saturday works"),
        ("1 working day", "2026-10-05 23:59:59.999999", "2026-09-30 00:00", "the last working day before a rest day"),
        ("1 day", "2026-10-05 23:59:59.999999", "2026-10-05 00:00", "the last day, holiday or not"),
        ("5 days", "2026-10-05 23:59:59.999999", "2026-10-01 00:00", "the 1st to the 5th are five days"),
        ("1 week", "2026-10-13 23:59:59.999999", "2026-10-07 00:00", "the 7th to the 13th"),
        ("1 month", "2026-03-31 23:59:59.999999", "2026-03-01 00:00", "the whole of March"),
        ("1 year", "2026-12-31 23:59:59.999999", "2026-01-01 00:00", "the whole of 2026"),
        ("same day", "2026-10-13 23:59:59.999999", "2026-10-13 00:00", "that day's beginning"),
        ("12 hours", "2026-10-02 16:05", "2026-10-02 04:05", "exactly"),
        ("30 minutes", "2026-10-02 00:10", "2026-10-01 23:40", "over midnight"),
        ("1 day", "2026-10-02 00:00", "2026-10-01 00:00", "a limit that ends at 00:00 ends with the day before"),
        ("same day", "2026-10-02 00:00", "2026-10-01 00:00", "the same"),
    ],
)
def test_a_warning_falls_so_long_before_the_limit(period: str, due: str, at: str, why: str) -> None:
    assert Period.parse(period).before(moment(due), CHINA) == moment(at), why


@pytest.mark.parametrize(
    ("period", "due", "at", "why"),
    [
        ("1 working hour", "2026-10-10 09:30", "2026-10-09 16:30", "over a night, on a make-up Saturday"),
        ("1 working hour", "2026-10-08 09:30", "2026-09-30 16:30", "over the whole break"),
        ("1 working hour", "2026-10-13 23:59:59.999999", "2026-10-13 16:00", "back from the close, not from 24:00"),
        ("1 working day", "2026-10-13 23:59:59.999999", "2026-10-13 09:00", "as the day opens, not at 00:00"),
        ("1 day", "2026-10-13 08:00", "2026-10-13 00:00", "it opens after the limit: then at 00:00"),
        ("1 day", "2026-10-13 09:00", "2026-10-13 00:00", "it opens with the limit, so that nothing would be left"),
        ("1 day", "2026-10-13 12:00", "2026-10-13 09:00", "it opens before the limit, and closes after it"),
        ("1 day", "2026-10-05 23:59:59.999999", "2026-10-05 00:00", "a rest day does not open"),
    ],
)
def test_glpi_22678_and_15357_a_warning_falls_into_the_hours_never_onto_the_limit(
    period: str, due: str, at: str, why: str
) -> None:
    assert Period.parse(period).before(moment(due), STRAIGHT) == moment(at), why


def test_a_warning_is_not_given_before_the_start() -> None:
    start = moment("2026-10-13 10:00")
    due = moment("2026-10-13 23:59:59.999999")
    assert Period.parse("3 days").before(due, CHINA, start) == start
    assert Period.parse("1 hour").before(due, CHINA, start) == moment("2026-10-13 22:59:59.999999")
    assert Period.parse("1 hour").before(start, CHINA, start) == start


def test_at_once_is_no_distance() -> None:
    with pytest.raises(InvalidPeriod, match="'at once' is no distance"):
        Period.parse("at once").before(moment("2026-10-13 10:00"), CHINA)


# ---- general


def test_a_day_is_never_rolled_back_to_the_day_on_which_counting_began() -> None:
    """Friday 6 March 2026 and a day more: back from Saturday would be Friday, of which not an hour is counted."""
    friday, saturday = dt.date(2026, 3, 6), dt.date(2026, 3, 7)
    assert rolled(saturday, friday, Roll.PREVIOUS_WORKING_DAY, CHINA) == saturday
    assert rolled(saturday, friday - dt.timedelta(days=1), Roll.PREVIOUS_WORKING_DAY, CHINA) == friday


@pytest.mark.parametrize("pauses", [(), (Pause(dt.date(2099, 1, 5), dt.date(2099, 1, 6)),)], ids=["plain", "paused"])
def test_the_last_day_known_is_still_one(pauses: tuple[Pause, ...]) -> None:
    start = dt.datetime(2099, 12, 30, 12, tzinfo=BEIJING)
    assert counted(start, 24, Unit.HOURS, CHINA, Counting(), pauses) == (start + dt.timedelta(days=1), dt.timedelta())
    with pytest.raises(InvalidPeriod, match="2099-12-31, the last day known"):
        counted(start, 36, Unit.HOURS, CHINA, Counting(), pauses)  # midnight is the next day's
