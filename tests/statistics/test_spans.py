"""Reporting periods: their days, their labels, the one before, and whether data hold all of one."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import BEIJING, Span
from complaint_rules.errors import InvalidMoment, InvalidSpan
from complaint_rules.policy.rules import ReportPeriod

DAYS = st.dates(dt.date(2002, 1, 7), dt.date(2098, 12, 28))
"""Days whose periods have one before and one after them within the years known."""
UNITS = st.sampled_from(list(ReportPeriod))

LABELS = [
    ("2026-09-30", "day", "2026-09-30", "2026-09-30"),
    ("2026-09-30", "week", "2026-W40", "2026-09-28"),  # Monday
    ("2027-01-01", "week", "2026-W53", "2026-12-28"),  # the ISO year of a Friday of week 53
    ("2026-09-30", "month", "2026-09", "2026-09-01"),
    ("2026-10-01", "quarter", "2026Q4", "2026-10-01"),
    ("2026-06-30", "half_year", "2026H1", "2026-01-01"),
    ("2026-07-01", "half_year", "2026H2", "2026-07-01"),
    ("2026-12-31", "year", "2026", "2026-01-01"),
]


@pytest.mark.parametrize(("day", "unit", "label", "first"), LABELS)
def test_a_day_lies_in_one_period_of_each_kind(day: str, unit: str, label: str, first: str) -> None:
    span = Span.of(dt.date.fromisoformat(day), unit)
    assert (span.label, span.first) == (label, dt.date.fromisoformat(first))


@given(DAYS, UNITS)
def test_periods_of_a_kind_partition_the_calendar(day: dt.date, unit: ReportPeriod) -> None:
    span = Span.of(day, unit)
    assert span.first <= day <= span.last
    assert span.contains(day)
    assert span.days == (span.last - span.first).days + 1
    assert Span.of(span.last + dt.timedelta(days=1), unit).first == span.last + dt.timedelta(days=1)
    assert Span.of(day, unit).before.last == span.first - dt.timedelta(days=1)


@given(DAYS, UNITS)
def test_a_label_and_its_period_are_the_same(day: dt.date, unit: ReportPeriod) -> None:
    span = Span.of(day, unit)
    assert Span.parse(span.label) == span
    assert pickle.loads(pickle.dumps(span)) == span  # noqa: S301 - our own bytes


@given(DAYS)
def test_a_month_lies_in_its_quarter_and_so_on(day: dt.date) -> None:
    month, quarter, half, year = (Span.of(day, unit) for unit in ("month", "quarter", "half_year", "year"))
    assert year.first <= half.first <= quarter.first <= month.first
    assert month.last <= quarter.last <= half.last <= year.last


def test_a_month_begins_in_beijing_not_in_utc() -> None:
    """zammad/zammad#5865: months were cut in UTC, so that the last evening of a month fell into the next one."""
    evening = dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC)  # half past midnight on 1 October in Beijing
    assert Span.of(evening, "month").label == "2026-10"
    assert not Span.parse("2026-09").contains(evening)


YEARS = [
    ("2026Q1", "2025Q1"),
    ("2026H2", "2025H2"),
    ("2026-02", "2025-02"),
    ("2028-02-29", "2027-02-28"),  # no 29 February in 2027
    ("2026-W53", "2025-W52"),  # 2025 has 52 weeks
    ("2027-W05", "2026-W05"),
]


@pytest.mark.parametrize(("label", "before"), YEARS)
def test_the_same_period_of_the_year_before(label: str, before: str) -> None:
    assert Span.parse(label).year_before.label == before


def test_a_unit_given_as_text_is_the_same_unit() -> None:
    """Left as text it was no week to `year_before`, which then went back by the date: to 2024-W52."""
    span = Span(first=dt.date(2025, 12, 29), last=dt.date(2026, 1, 4), unit="week")
    assert span.unit is ReportPeriod.WEEK
    assert (span.label, span.year_before.label) == ("2026-W01", "2025-W01")


def test_periods_stand_in_the_order_of_their_first_day() -> None:
    labels = ["2026Q2", "2026", "2025-12-31", "2026-01", "2026Q1", "2026-01-01"]
    ordered = ["2025-12-31", "2026-01-01", "2026-01", "2026Q1", "2026", "2026Q2"]  # of one beginning, the shorter first
    assert [span.label for span in sorted(map(Span.parse, labels))] == ordered


NO_PERIODS: list[Any] = [
    "2026Q5", "2026Q0", "2026H3", "2026-13", "2026-00", "2026-W54", "2025-W53", "2026-02-30", "26", "2026q3", "",
    "2026-9", "２０２６", " 2026", "2026\n", "2026年", "0000", None, 2026, b"2026", ["2026"],
]  # fmt: skip


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_names_no_period_is_refused_with_the_forms(text: Any) -> None:
    with pytest.raises(InvalidSpan) as refused:
        Span.parse(text)
    assert "2026Q3" in refused.value.hint


@pytest.mark.parametrize("text", ["1999", "2100Q1", "2000-12-31"])
def test_a_period_outside_the_years_known_is_refused_as_that(text: str) -> None:
    with pytest.raises(InvalidSpan, match="2001 to 2099"):
        Span.parse(text)


@pytest.mark.parametrize(
    ("unit", "hint"), [("quater", "did you mean 'quarter'?"), ("fortnight", "the units are day"), (3, "the units")]
)
def test_an_unknown_unit_is_refused_with_the_likely_intent(unit: Any, hint: str) -> None:
    with pytest.raises(InvalidSpan) as refused:
        Span.of(dt.date(2026, 9, 30), unit)
    assert hint in refused.value.hint


def test_a_stretch_of_days_is_no_period() -> None:
    """A period that ends before it begins, or begins in the middle of one."""
    first, last = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
    for wrong in ((last, first), (first, dt.date(2026, 9, 29)), (dt.date(2026, 7, 2), last)):
        with pytest.raises(InvalidSpan, match="no whole reporting period"):
            Span(first=wrong[0], last=wrong[1], unit=ReportPeriod.QUARTER)
    assert Span(first=first, last=last, unit=ReportPeriod.QUARTER) == Span.parse("2026Q3")


def test_there_is_nothing_before_the_years_known() -> None:
    for label in ("2001", "2001-01", "2001-W01"):
        with pytest.raises(InvalidSpan, match="2001 to 2099"):
            _ = Span.parse(label).before
        with pytest.raises(InvalidSpan, match="2001 to 2099"):
            _ = Span.parse(label).year_before


AT = dt.datetime(2026, 10, 8, 9, tzinfo=BEIJING)
COVERS = [
    ("2026Q3", ("2026-01-01", "2026-12-31"), True),
    ("2026Q4", ("2026-01-01", "2026-12-31"), False),  # it is not over yet: spiculedata/saiku#1748 printed -84 %
    ("2026Q3", ("2026-07-01", "2026-09-30"), True),  # to the day
    ("2026Q3", ("2026-07-02", "2026-09-30"), False),
    ("2026Q3", ("2026-07-01", "2026-09-29"), False),
]


@pytest.mark.parametrize(("label", "covers", "whole"), COVERS)
def test_a_period_is_complete_only_in_the_data_and_when_it_is_over(
    label: str, covers: tuple[str, str], whole: bool
) -> None:
    first, last = map(dt.date.fromisoformat, covers)
    assert Span.parse(label).complete((first, last), AT) is whole


def test_nobody_knows_whether_a_period_is_complete_where_nobody_says_what_the_data_cover() -> None:
    assert Span.parse("2026Q3").complete(None, AT) is None


@pytest.mark.parametrize("covers", [None, (dt.date(2020, 1, 1), dt.date(2020, 12, 31))])
def test_whether_it_is_over_is_asked_at_an_aware_moment(covers: Any) -> None:
    """Whatever the answer would be: else the fault shows on some periods only."""
    with pytest.raises(InvalidMoment):
        Span.parse("2026Q3").complete(covers, dt.datetime(2026, 10, 8))  # noqa: DTZ001 - that is the point


def test_a_period_is_over_with_its_last_instant() -> None:
    midnight = dt.datetime(2026, 10, 1, tzinfo=BEIJING)
    year = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert Span.parse("2026Q3").complete(year, midnight)
    assert not Span.parse("2026Q3").complete(year, midnight - dt.timedelta(microseconds=1))


NOT_COVERED: list[Any] = [
    (dt.date(2026, 12, 31), dt.date(2026, 1, 1)),  # the wrong way round
    (dt.date(2026, 1, 1), dt.datetime(2026, 9, 30, 10, tzinfo=BEIJING)),  # what came in after ten o'clock?
    (dt.date(2026, 1, 1),), (dt.date(2026, 1, 1), None), ("2026-01-01", "2026-12-31"), "26", 5,
]  # fmt: skip


@pytest.mark.parametrize("covers", NOT_COVERED)
def test_what_is_no_pair_of_days_covers_nothing(covers: Any) -> None:
    with pytest.raises(InvalidSpan) as refused:
        Span.parse("2026Q3").complete(covers, AT)
    assert refused.value.what == "covers"
