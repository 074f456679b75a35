"""Which of two periods ends first: worked out by hand from the calendar."""

from __future__ import annotations

import pytest

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.periods.counting import PLAIN, Counting
from complaint_rules.periods.periods import Period
from complaint_rules.verification.analysis.lengths import Lengths

CHINA = WorkCalendar.china()


@pytest.mark.parametrize(
    ("one", "other", "never_later", "why"),
    [
        ("5 days", "5 days", True, "alike"),
        ("5 days", "4 days", False, "one day more"),
        ("10 working days", "15 days", False, "the trap: a long holiday"),
        ("5 working days", "15 days", True, "the longest break leaves it equal, on 19 January 2020"),
        ("15 days", "10 working days", False, "in an ordinary month ten working days are fourteen days"),
        ("48 hours", "2 days", True, "two days end with the day"),
        ("48 hours", "1 day", False, "one day ends within 48 hours"),
        ("2 days", "48 hours", False, "two days end with the day"),
        ("at once", "5 days", True, "at once is before everything"),
        ("same day", "1 day", True, "a day counts from the day after"),
        ("30 days", "1 month", False, "February has 28"),
        ("1 month", "31 days", True, "no month has more"),
        ("1 year", "366 days", True, "no year has more"),
        # bounds that are a little too near would prove each of these without trying a day
        ("731 days", "2 years", False, "two years without a leap day have 730"),
        ("5 years", "1826 days", False, "from 2020 to 2024 there are two leap days"),
        ("2 months", "61 days", False, "July and August have 62"),
        ("2 weeks", "13 days", False, "two weeks are fourteen days"),
        ("15 days", "2 weeks", False, "two weeks are fourteen days"),
        ("61 minutes", "1 hour", False, "an hour has sixty"),
        ("1 hour", "59 minutes", False, "an hour has sixty"),
        ("2 hours", "61 minutes", False, "two hours have 120"),
        ("same day", "1430 minutes", False, "what comes at midnight has the whole day"),
        ("same day", "1440 minutes", True, "and no more than that"),
        ("1 minute", "same day", False, "what comes at the last instant has nothing left of the day"),
        ("8 working hours", "2 days", False, "it hangs on the opening hours, so that nothing is said"),
        ("8 working hours", "9 working hours", True, "of one unit the number says it"),
    ],
)
def test_which_ends_first(one: str, other: str, never_later: bool, why: str) -> None:
    lengths = Lengths(PLAIN, CHINA)
    assert lengths.never_later(Period.parse(one), Period.parse(other)) is never_later, why
    assert lengths.never_later(Period.parse(one), Period.parse(other)) is never_later, "asked again"


def test_the_hour_at_which_a_clock_starts_is_tried() -> None:
    """From 08:30 on, two hours end at 10:30; what comes in after midnight still has the whole day."""
    waits = Lengths(Counting(starts="08:30"), CHINA)
    assert waits.never_later(Period.parse("2 hours"), Period.parse("1 day"))
    assert not waits.never_later(Period.parse("24 hours"), Period.parse("same day"))


def test_what_hangs_on_the_close_of_business_is_not_said() -> None:
    close = Lengths(Counting(ends="close"), CHINA)
    assert not close.never_later(Period.parse("1 day"), Period.parse("9 months"))
