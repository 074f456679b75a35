"""A key either changes an answer or is refused: every key of counting, tried on every unit, in a limit and in a duty.

The answers compared are due moments of receipts at awkward hours; which of them differ is found by counting, so a key
that is accepted has shown that it does something, and one that is refused has shown that it would do nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import ComplaintRulesError, InvalidPolicy
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from tests.small import duty, fact, limit, own

PERIODS: Final = (
    "30 minutes", "4 hours", "5 days", "1 week", "1 month", "1 year", "3 working days", "4 working hours",
    "30 working minutes", "same day", "at once",
)  # fmt: skip
"""One for every unit."""
KEYS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "clock_starts": ("clock_starts = '08:30'", {"starts": dt.time(8, 30)}),
    "roll forward": ("roll = 'next_working_day'", {"roll": "next_working_day"}),
    "roll back": ("roll = 'previous_working_day'", {"roll": "previous_working_day"}),
    "receipt": ("receipt = 'next_working_day'", {"receipt": "next_working_day"}),
    "ends": ("ends = 'close'", {"ends": "close"}),
    "ends at noon": ("ends = '12:00'", {"ends": "12:00"}),
    "opening_day": ("opening_day = true", {"opening_day": True}),
    "cut_off": (
        "receipt = 'next_working_day'\ncut_off = '15:30'",
        {"receipt": "next_working_day", "cut_off": "15:30"},
    ),
    "cut_off at the close": (
        "receipt = 'next_working_day'\ncut_off = 'close'",
        {"receipt": "next_working_day", "cut_off": "close"},
    ),
}
"""Every key of counting with a value that is not the default: in a file, and in Python."""
HOURS: Final = "[hours]\nspans = [['08:00', '17:00']]"
CALENDAR: Final = WorkCalendar.china().with_hours(Hours.of("08:00-17:00"))
STARTS: Final = tuple(
    dt.datetime(2026, 9, day, hour, minute, tzinfo=BEIJING)
    for day in (1, 4, 5, 24, 25, 26, 27, 30)  # ordinary days, weekends, the days before two long holidays
    for hour, minute in ((0, 0), (7, 0), (8, 10), (12, 0), (16, 59), (23, 30))
)


def refused(*parts: str) -> bool:
    """Say whether a file is refused, for the reason that a key has no effect; no other refusal is expected."""
    try:
        own(*parts)
    except InvalidPolicy as error:
        faults = error.faults
    else:
        return False
    assert all("it has no effect" in fault.why for fault in faults), faults
    return True


def due(policy: Policy, start: dt.datetime) -> tuple[object, ...]:
    """Give what a policy of one limit and one duty says of a receipt, in due moments."""
    found = assess(Complaint(id="c-1", received=start), policy, at=start)
    return (*(clock.due_at for clock in found.clocks.values()), *(one.due_at for one in found.duties))


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("key", KEYS)
def test_a_key_of_counting_changes_a_due_moment_of_a_limit_or_is_refused(key: str, period: str) -> None:
    rows = f"[{{ within = '{period}' }}]"
    line = KEYS[key][0]
    with_key, without = (limit(rows, line), HOURS), (limit(rows), HOURS)
    changes = any(
        Period.parse(period).due(start, calendar=CALENDAR, **KEYS[key][1]).at
        != Period.parse(period).due(start, calendar=CALENDAR).at
        for start in STARTS
    )
    assert refused(*with_key) is not changes
    if changes:
        assert any(due(own(*with_key), start) != due(own(*without), start) for start in STARTS)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("modality", ["must", "should", "may", "must_not", "should_not"])
def test_a_key_of_counting_changes_a_due_moment_of_a_duty_or_is_refused(modality: str, key: str, period: str) -> None:
    line = KEYS[key][0]
    if modality.endswith("not"):  # a prohibition has no period that could be counted
        assert refused(duty(modality, "'disclosed'", line), HOURS)
        assert refused(duty(modality, "'disclosed'", f"within = '{period}'"), HOURS)
        return
    with_key = (duty(modality, "'replied'", f"within = '{period}'", line), HOURS)
    without = (duty(modality, "'replied'", f"within = '{period}'"), HOURS)
    changes = period != "at once" and any(
        Period.parse(period).due(start, calendar=CALENDAR, **KEYS[key][1]).at
        != Period.parse(period).due(start, calendar=CALENDAR).at
        for start in STARTS
    )
    assert refused(*with_key) is not changes
    if changes:
        assert any(due(own(*with_key), start) != due(own(*without), start) for start in STARTS)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_bears_on_one_of_several_rows_is_accepted(key: str) -> None:
    rows = "[{ within = '48 hours', when = 'complainants > 2' }, { within = '5 days' }]"
    assert not refused(limit(rows, KEYS[key][0]), HOURS)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_of_a_figure_that_is_left_open_is_accepted_for_nobody_knows_its_unit_yet(key: str) -> None:
    open_figure = "[parameters.time]\ntype = 'period'\ntitle = { zh = '期限', en = 'time' }"
    line = KEYS[key][0]
    assert not refused(open_figure, limit("[{ within = { parameter = 'time' } }]", line), HOURS)
    assert not refused(open_figure, duty("must", "'replied'", "within = { parameter = 'time' }", line), HOURS)


def test_a_roll_bears_on_the_total_of_an_extension() -> None:
    extension = "[[limit.extension]]\nto = '2 months'"
    assert not refused(limit("[{ within = '5 working days' }]", "roll = 'next_working_day'", extension))


def test_the_date_in_the_record_or_else_fifteen_days() -> None:
    """The first row does not hold where the record has no date, so the second has its turn: it can be reached."""
    policy = own(fact("set_time", "moment", None), limit("[{ by = 'set_time' }, { within = '15 days' }]"))
    received = dt.datetime(2019, 8, 8, 9, 30, tzinfo=BEIJING)
    named = dt.datetime(2019, 8, 30, 12, 0, tzinfo=BEIJING)
    with_date = Complaint(id="c-1", received=received, extra={"set_time": named})
    found = assess(with_date, policy, at=received).clocks["whole"]
    assert (found.due_at, found.row and found.row.by) == (named, "set_time")
    found = assess(Complaint(id="c-2", received=received), policy, at=received).clocks["whole"]
    assert found.due_at is not None
    assert found.due_at.date() == dt.date(2019, 8, 23)  # 8 August and 15 days


def test_each_is_accepted_where_several_starts_can_happen() -> None:
    assert not refused(limit("[{ within = '5 days' }]", "each = true", start="['received', 'accepted']"))
    assert not refused(limit("[{ within = '5 days' }]", "each = true", start="'accepted'"))
    assert not refused(duty("must", "'replied'", "each = true", "after = 'accepted'"))


def test_a_period_that_cannot_be_read_is_one_fault_not_two() -> None:
    with pytest.raises(ComplaintRulesError) as error:
        own(limit("[{ within = '5 dayz' }]", "clock_starts = '08:30'"))
    assert len(error.value.faults) == 1  # type: ignore[attr-defined]  # InvalidPolicy has them
