"""The cases of the worked answers stand as they are told: what a tally counts is what `assess` finds of each."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules.assessing import assess
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.violations import Severity
from complaint_rules.moments import BEIJING
from complaint_rules.statistics.durations import duration
from tests.by_hand import complaint, ev
from tests.golden import china, policy_of
from tests.small import limit, own
from tests.statistics.told import AT, COUNTED, COUNTED_AT, NINTH_OVER, TWELVE, Told, case_of, counted_case

STATUS = {
    "in_time": "met", "late": "met_late", "open_in_time": "running", "open_late": "overdue",
    "undetermined": "undetermined", "void": "void",
}  # fmt: skip
OPEN = WorkCalendar.china().with_hours(Hours.of("09:00-12:00", "13:30-17:30"))


@pytest.mark.parametrize("told", TWELVE, ids=[told.id for told in TWELVE])
def test_a_case_stands_as_it_is_told(told: Told) -> None:
    found = assess(case_of(told), policy_of("psbc-95580"), at=AT, calendar=china())
    assert found.clocks["whole"].status.value == STATUS[told.standing], told.why
    assert len(found.clocks["whole"].runs) == 1
    assert not [one.code.value for one in found.violations if one.severity is Severity.RECORD]


def test_one_microsecond_after_the_ninth_one_more_is_late() -> None:
    policy = policy_of("psbc-95580")
    before, after = (
        {told.id: assess(case_of(told), policy, at=at, calendar=china()).clocks["whole"].status for told in TWELVE}
        for at in (NINTH_OVER - dt.timedelta(microseconds=1), NINTH_OVER)
    )
    assert {key: (before[key].value, after[key].value) for key in before if before[key] is not after[key]} == {
        "c03": ("running", "overdue")
    }


def test_two_of_the_twelve_are_surely_urgent_and_ten_presumably_ordinary() -> None:
    policy = policy_of("psbc-95580")
    found = {told.id: assess(case_of(told), policy, at=AT, calendar=china()).findings["priority"] for told in TWELVE}
    assert {key for key, one in found.items() if one.value == "urgent" and one.certain} == {"c04", "c09"}
    assert {one.assumed for one in found.values() if one.value == "ordinary"} == {("marked_urgent",)}


@pytest.mark.parametrize("told", COUNTED, ids=[told.id for told in COUNTED])
def test_a_case_has_the_counting_class_that_it_is_told_to_have(told: Told) -> None:
    found = assess(counted_case(told), policy_of("boc-it-blueprint"), at=COUNTED_AT, calendar=china())
    assert (found.findings["counting"].value, found.findings["counting"].certain) == (told.standing, True), told.why


def test_three_working_days_over_the_spring_festival() -> None:
    """The 14th is a make-up Saturday, the 24th and 25th follow the festival."""
    start, end = dt.date(2026, 2, 13), dt.date(2026, 2, 25)
    assert duration(start, end, "working days", china()) == 3


@pytest.mark.parametrize(("hours", "status"), [(35, "met_late"), (36, "met")])
def test_a_limit_of_35_working_hours_ended_on_friday_and_one_of_36_did_not(hours: int, status: str) -> None:
    """Five days of seven hours end on Friday at 17:30; Saturday 00:00 is after it, in the 36th."""
    policy = own(limit(f'[{{ within = "{hours} working hours" }}]'))
    case = Case(complaint("2025-01-20T00:00"), [ev("closed", "2025-01-25T00:00")])
    at = dt.datetime(2025, 2, 5, tzinfo=BEIJING)
    assert assess(case, policy, at=at, calendar=OPEN).clocks["whole"].status.value == status
    assert duration(case.complaint.received, dt.datetime(2025, 1, 25, tzinfo=BEIJING), "working hours", OPEN) == 36
