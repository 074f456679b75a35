"""Which days and which moments of a day work (工作日历).

From the ground up; each module imports only those above it in this list:

* `notices`: what a notice says, and whether it adds up
* `day_data`: which days law and notices arrange, held against the package `holidays`
* `published`: what the State Council published, year by year
* `days`: the values a calendar answers with
* `tables`: the tables of days behind them
* `hours`: opening hours and quiet hours, as values
* `working_days`: `WorkCalendar`: which days work, counted in constant time
* `working_time`: working time counted on a calendar
* `own_days`: days and notices of one's own, laid over a calendar
"""

from __future__ import annotations

from complaint_rules.calendar.day_data import DayDifference
from complaint_rules.calendar.days import CalendarDay, Certainty, Override
from complaint_rules.calendar.hours import Hours, Opening, Quiet, Season
from complaint_rules.calendar.notices import DayKind, Notice
from complaint_rules.calendar.own_days import OwnDays
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.calendar.working_time import add_working_time, subtract_working_time, working_time_between

__all__ = [
    "CalendarDay",
    "Certainty",
    "DayDifference",
    "DayKind",
    "Hours",
    "Notice",
    "Opening",
    "Override",
    "OwnDays",
    "Quiet",
    "Season",
    "WorkCalendar",
    "add_working_time",
    "subtract_working_time",
    "working_time_between",
]
