"""The Civil Code (民法典), articles 200 to 204, each quoted over the properties that check it."""

from __future__ import annotations

import calendar as months
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.moments import BEIJING
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Roll, Unit

CHINA = WorkCalendar.china()
OPEN = CHINA.with_hours(Hours.of("09:00-12:00", "13:30-17:00"))
# Awkward days: month ends, leap days, the eve and the middle of long holidays, make-up days, the edge of coverage.
AWKWARD = [dt.date.fromisoformat(day) for day in (
    "2001-01-01", "2020-02-29", "2023-01-31", "2024-02-29", "2026-02-13", "2026-02-14", "2026-09-30", "2026-10-01",
    "2026-10-03", "2026-10-07", "2026-10-10", "2026-12-31", "2050-06-30",
)]  # fmt: skip
days = st.one_of(st.sampled_from(AWKWARD), st.dates(dt.date(2001, 1, 1), dt.date(2060, 12, 31)))
times = st.times().map(lambda time: time.replace(tzinfo=BEIJING))
moments = st.builds(dt.datetime.combine, days, times)
natural = st.one_of(
    st.builds(Period, st.integers(1, 400), st.just(Unit.DAYS)),
    st.builds(Period, st.integers(1, 60), st.just(Unit.WEEKS)),
    st.builds(Period, st.integers(1, 40), st.just(Unit.MONTHS)),
    st.builds(Period, st.integers(1, 10), st.just(Unit.YEARS)),
)


def end(period: Period, start: dt.datetime, calendar: WorkCalendar = CHINA, roll: Roll | None = None) -> dt.datetime:
    due = period.due_at(start, calendar, Counting(roll=roll))
    assert due is not None
    return due


@given(moments, st.integers(1, 30))
def test_art_200_years_are_those_of_the_gregorian_calendar(start: dt.datetime, n: int) -> None:
    """第二百条：期间“按照公历年、月、日、小时计算”。"""
    due = end(Period(n, Unit.YEARS), start)
    assert (due.year, due.month) == (start.year + n, start.month)


@given(moments, st.integers(1, 1_000))
def test_art_200_an_hour_is_a_sixtieth_of_nothing_but_an_hour(start: dt.datetime, n: int) -> None:
    """第二百条：期间“按照公历年、月、日、小时计算”。"""
    assert end(Period(n, Unit.HOURS), start) == end(Period(60 * n, Unit.MINUTES), start)


@given(moments, st.integers(1, 400))
def test_art_201_the_opening_day_is_not_counted(start: dt.datetime, n: int) -> None:
    """第二百零一条：“开始的当日不计入，自下一日开始计算”。"""
    due = end(Period(n, Unit.DAYS), start)
    counted = [start.date() + dt.timedelta(k) for k in range(1, n + 1)]
    assert due.date() == counted[-1]


@given(moments, times, natural)
def test_art_201_the_hour_of_the_opening_day_does_not_matter(
    start: dt.datetime, other: dt.time, period: Period
) -> None:
    """第二百零一条：“开始的当日不计入，自下一日开始计算”。"""
    assert end(period, start) == end(period, dt.datetime.combine(start.date(), other))


@given(moments, st.integers(1, 60))
def test_art_201_working_days_leave_the_opening_day_out_too(start: dt.datetime, n: int) -> None:
    """第二百零一条：“开始的当日不计入，自下一日开始计算”。"""
    due = end(Period(n, Unit.WORKING_DAYS), start).date()
    span = [start.date() + dt.timedelta(k) for k in range(1, (due - start.date()).days + 1)]
    assert sum(CHINA.is_working_day(day) for day in span) == n
    assert CHINA.is_working_day(due)


@given(moments, st.integers(1, 5_000))
def test_art_201_hours_run_from_the_moment_itself(start: dt.datetime, n: int) -> None:
    """第二百零一条：按小时计算的，“自法律规定或者当事人约定的时间”起算。"""
    assert end(Period(n, Unit.HOURS), start) - start == dt.timedelta(hours=n)


@given(moments, st.integers(1, 60))
def test_art_202_a_month_ends_on_the_corresponding_day_or_on_the_last_of_its_month(start: dt.datetime, n: int) -> None:
    """第二百零二条：“到期月的对应日为期间的最后一日”；“没有对应日的，月末日为”最后一日。"""
    due = end(Period(n, Unit.MONTHS), start)
    year, month = start.year, start.month
    for _ in range(n):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    month_end = months.monthrange(year, month)[1]
    assert due.date() == dt.date(year, month, min(start.day, month_end))


@pytest.mark.parametrize(
    ("start", "period", "last", "why"),
    [
        ("2014-05-28", "3 months", "2014-08-28", "the Supreme Court's own example"),
        ("2023-01-31", "1 month", "2023-02-28", "February has no 31st"),
        ("2024-01-31", "1 month", "2024-02-29", "in a leap year its last day is the 29th"),
        ("2024-02-29", "1 year", "2025-02-28", "2025 has no 29 February"),
        ("2024-02-29", "4 years", "2028-02-29", "2028 has one"),
        ("2023-02-28", "1 month", "2023-03-28", "the corresponding day, not the end of the month"),
        ("2026-11-30", "3 months", "2027-02-28", "across a year, to a short month"),
        ("2026-12-31", "12 months", "2027-12-31", "twelve months are the same day a year on"),
    ],
)
def test_art_202_by_hand(start: str, period: str, last: str, why: str) -> None:
    due = Period.parse(period).due(dt.date.fromisoformat(start), calendar=CHINA)
    assert str(due.on) == last, why


@given(moments, natural)
def test_art_203_a_last_day_that_rests_gives_way_to_the_day_after_the_rest(start: dt.datetime, period: Period) -> None:
    """第二百零三条：最后一日是法定休假日的，“以法定休假日结束的次日为”最后一日。"""
    plain, rolled = end(period, start).date(), end(period, start, roll=Roll.NEXT_WORKING_DAY).date()
    assert CHINA.is_working_day(rolled)
    passed_over = [plain + dt.timedelta(k) for k in range((rolled - plain).days)]
    assert not any(CHINA.is_working_day(day) for day in passed_over)


@given(moments, natural)
def test_art_203_the_last_day_runs_to_24_hours(start: dt.datetime, period: Period) -> None:
    """第二百零三条：最后一日的“截止时间为二十四时”。"""
    due = end(period, start)
    assert (due + dt.timedelta(microseconds=1)).time() == dt.time(0)
    assert due.date() + dt.timedelta(1) == (due + dt.timedelta(microseconds=1)).date()


@given(moments, natural)
def test_art_203_where_there_are_business_hours_it_runs_to_their_close(start: dt.datetime, period: Period) -> None:
    """第二百零三条：有业务时间的，“停止业务活动的时间为截止时间”。"""
    due = period.due_at(start, OPEN, Counting(ends="close"))
    assert due is not None
    # A day that does not work has no business hours to close: it keeps its 24 hours.
    assert due.time() == (dt.time(17) if OPEN.is_working_day(due.date()) else dt.time(23, 59, 59, 999_999))


@given(moments, natural)
def test_art_204_what_law_or_agreement_says_comes_first_so_no_roll_is_assumed(
    start: dt.datetime, period: Period
) -> None:
    """第二百零四条：“法律另有规定或者当事人另有约定的除外”。"""
    closed = CHINA.with_override(end(period, start).date(), works=False, reason="closed for the test")
    assert end(period, start, closed) == end(period, start)


@given(moments, natural)
def test_art_204_a_roll_back_stays_after_the_opening_day(start: dt.datetime, period: Period) -> None:
    """第二百零四条：“法律另有规定或者当事人另有约定的除外”。"""
    plain, rolled = end(period, start).date(), end(period, start, roll=Roll.PREVIOUS_WORKING_DAY).date()
    assert start.date() < rolled <= plain
    assert CHINA.is_working_day(rolled) or rolled == plain
