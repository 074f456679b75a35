"""Stops that both limits know: what is left after one may be more under the house's figure than under the base's.

"5 working days" are never more than "15 days". But where a long holiday lies before the stop, it has used up many of
the base's days and none of the house's, and after the stop the order can be the other way round.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import attrs

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event
from complaint_rules.moments import BEIJING
from complaint_rules.periods.pauses import Pause
from complaint_rules.verification.conformance.acting import moved_by
from complaint_rules.verification.conformance.answers import Counterexample
from complaint_rules.verification.conformance.margins import Figures, Margin
from complaint_rules.verification.conformance.replaying import Sides
from complaint_rules.verification.worlds.witnesses import Witness

_AT: Final = dt.time(10)
_LONGEST: Final = 14
_REST: Final = 3
_MOST: Final = 24
_YEAR: Final = dt.timedelta(days=366)


class Stretch(NamedTuple):
    """A receipt, and a stop after it."""

    received: dt.datetime
    """When the limits start."""
    stopped: dt.datetime
    """When they stop."""
    resumed: dt.datetime
    """When they go on."""


def turned_round(
    margins: Sequence[Margin], house: WorkCalendar, base: WorkCalendar, first: dt.date, last: dt.date
) -> Iterator[Stretch]:
    """Give stops around long breaks after which a house figure ends later than the base's; others may do so as well.

    >>> from complaint_rules.verification.conformance.margins import margin
    >>> china = WorkCalendar.china()
    >>> day, until = dt.date(2020, 1, 1), dt.date(2020, 3, 1)
    >>> found = turned_round([margin("5 working days", "15 days", china)], china, china, day, until)
    >>> [moment.date().isoformat() for moment in next(found)]
    ['2020-01-22', '2020-02-02', '2020-02-04']
    """
    for received, stopped in _breaks(house, first, last):
        for days, known in itertools.product(range(1, _LONGEST + 1), margins):
            resumed = stopped + dt.timedelta(days=days)
            pause = Pause(stopped, resumed)
            if _end(known.house, received, house, pause) > _end(known.base, received, base, pause):
                yield Stretch(received, stopped, resumed)


def _breaks(calendar: WorkCalendar, first: dt.date, last: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Give receipts on the last two days of work before a long break, each with the last day of that."""
    day = calendar.working_day_on_or_after(first)
    before = day
    while day < last:
        following = calendar.add_working_days(day, 1)
        if (following - day).days > _REST:
            rest = dt.datetime.combine(following - dt.timedelta(days=1), _AT, BEIJING)
            for received in dict.fromkeys((before, day)):
                yield dt.datetime.combine(received, _AT, BEIJING), rest
        before, day = day, following


def _end(figures: Figures, start: dt.datetime, calendar: WorkCalendar, pause: Pause) -> dt.datetime:
    ends = [one.due_at(start, calendar, figures.counting, (pause,)) for one in figures.periods]
    known = [end for end in ends if end is not None]  # the pause is over, so each has an end
    return max(known) if figures.latest else min(known)


def later_after_a_stop(
    sides: Sides, stops: Sequence[Event], margins: Sequence[Margin], calendars: tuple[WorkCalendar, WorkCalendar]
) -> Counterexample | None:
    """Give a case in which both limits stop and the house's then ends later; `stops` are suspensions that both know."""
    # The ends of the last receipts may lie beyond what a calendar answers for: a year before, none does.
    first, last = sides.calendar.covers_from, sides.calendar.final_through - _YEAR
    found = itertools.islice(turned_round(margins, *calendars, first, last), _MOST)
    cases = (_stopped(sides, stops, stretch) for stretch in found)
    return next((shown for there, histories in cases if (shown := there.shown(histories)) is not None), None)


def _stopped(sides: Sides, stops: Sequence[Event], stretch: Stretch) -> tuple[Sides, list[tuple[Event, Event]]]:
    """Give the template moved to a receipt, and histories of stops in it."""
    case = Witness(case=sides.case, at=sides.begun, links=sides.links)
    there = attrs.evolve(sides, template=moved_by(case, stretch.received - sides.case.complaint.received_from))
    histories = [
        (
            attrs.evolve(one, at=stretch.stopped, id="stop-1"),
            Event("resumed", stretch.resumed, id="go-1", reason=one.reason),
        )
        for one in stops
    ]
    return there, histories
