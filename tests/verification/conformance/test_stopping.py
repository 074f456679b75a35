"""Stops that both limits know: what is left after a long holiday can turn the order of two figures round."""

from __future__ import annotations

import datetime as dt

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.verification.conformance.answers import Aspect, Conforming
from complaint_rules.verification.conformance.conforming import conforms
from complaint_rules.verification.conformance.margins import Figures, margin
from complaint_rules.verification.conformance.stopping import turned_round
from tests.verification.conformance.houses import limited

CHINA = WorkCalendar.china()
PAUSE = 'pauses = [{ reason = "mediation" }]\n'
SPRING = dt.date(2020, 1, 2), dt.date(2020, 3, 1)


def test_a_holiday_before_the_stop_uses_up_days_and_no_working_days() -> None:
    """Received on Wednesday, 22 January 2020, stopped on 2 February, the last day of the long break.

    Of 15 days eleven are used up, of five working days one: four are left of either. Resumed on Tuesday, 4 February,
    the four days end on Saturday the 8th, the four working days on Monday the 10th.
    """
    stretch = next(turned_round([margin("5 working days", "15 days", CHINA)], CHINA, CHINA, *SPRING))
    assert [one.date().isoformat() for one in stretch] == ["2020-01-22", "2020-02-02", "2020-02-04"]


def test_the_same_unit_is_never_turned_round() -> None:
    same = [margin("12 days", "15 days", CHINA), margin(Figures(("3 days", "9 days"), latest=True), "15 days", CHINA)]
    assert list(turned_round(same, CHINA, CHINA, *SPRING)) == []


def test_a_stop_that_both_know_makes_a_short_limit_the_later_one() -> None:
    house = limited(f'first = [{{ within = "5 working days" }}]\n{PAUSE}')
    base = limited(f'first = [{{ within = "15 days" }}]\n{PAUSE}', "base")
    (found,) = conforms(house, base).limits
    by_aspect = {one.aspect: one for one in found.points}
    assert by_aspect[Aspect.FIGURE].verdict is Conforming.PROVED
    shown = by_aspect[Aspect.STOP].counterexample
    assert shown is not None
    assert (by_aspect[Aspect.STOP].verdict, shown.house, shown.base) == (Conforming.LAXER, "running", "overdue")
    assert [one.kind for one in shown.witness.case.events] == ["suspended", "resumed"]


def test_a_stop_for_which_no_case_is_found_is_open() -> None:
    """Four hours are over before any long break ends, so none of the stops tried turns them round."""
    house = limited(f'first = [{{ within = "4 hours" }}]\n{PAUSE}')
    base = limited(f'first = [{{ within = "15 days" }}]\n{PAUSE}', "base")
    (found,) = conforms(house, base).limits
    (stop,) = [one for one in found.points if one.aspect is Aspect.STOP]
    assert (stop.verdict, stop.counterexample) == (Conforming.OPEN, None)
