"""Figures said never to bind, held against `assess`: whatever stops, lengthens or moves the limit, they do not."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import pytest
from hypothesis import settings

from complaint_rules.assessing import assess
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidPolicy
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.analysis.ordering import Order
from tests.small import clock, limit, own

PAUSES: Final = "pauses = [{ reason = 'mediation' }]"
EXTENSION: Final = "[[limit.extension]]\nid = 'longer'\non = 'extended'\nadd = '10 working days'"
TOTAL: Final = "[[limit.extension]]\nid = 'longer'\non = 'extended'\nto = '30 days'"
CONTINUES: Final = "reopen = 'continue'"
ROLLS: Final = "roll = 'next_working_day'"
CLOSES: Final = "ends = '17:00'"
WAYS: Final = ("", PAUSES, EXTENSION, TOTAL, CONTINUES, ROLLS, CLOSES)
WAY_NAMES: Final = ("plain", "pauses", "extension", "total", "reopen", "roll", "close")
PAIRS: Final = (
    ("5 working days", "15 days"), ("6 days", "5 days"), ("5 days", "6 days"), ("48 hours", "3 days"),
    ("at once", "5 days"), ("5 days", "at once"), ("2 weeks", "1 month"), ("10 working days", "10 working days"),
    ("5 working days", "6 working days"), ("6 working days", "5 working days"),
)  # fmt: skip


SPARSE: Final = 1 if settings().max_examples > 60 else 7
"""Of how many histories one is tried: all of them with HYPOTHESIS_PROFILE=ci."""


def beside(rows: Sequence[str], rows_are: str, *more: str) -> Policy:
    """Write a limit of which every figure counts and always holds."""
    written = ", ".join(f"{{ within = '{row}' }}" for row in rows)
    return own(limit(f"[{written}]", *(one for one in more if one), rows_are=rows_are))


def moment(day: str, hours: float = 10) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=BEIJING) + dt.timedelta(hours=hours)


def stopped(start: dt.datetime, after: int, days: int) -> list[Event]:
    since = start + dt.timedelta(days=after, hours=1)
    return [
        Event("suspended", since, reason="mediation"),
        Event("resumed", since + dt.timedelta(days=days), reason="mediation"),
    ]


def lives() -> Iterator[tuple[dt.datetime, list[Event]]]:
    """Give receipts before long holidays and in plain weeks, with what can move a due moment on the way."""
    for day, hour in itertools.product(("2020-01-19", "2026-02-12", "2026-03-03", "2026-04-30", "2026-09-25"), (0, 16)):
        start = moment(day, hour)
        yield start, []
        for after, days in itertools.product((0, 2, 4), (1, 3, 5, 12)):
            yield start, stopped(start, after, days)
            again = start + dt.timedelta(days=after + days)
            yield start, [Event("closed", start + dt.timedelta(days=after, hours=1)), Event("reopened", again)]
        yield start, [Event("extended", start + dt.timedelta(days=1))]
        for due in range(5, 18, 3):
            yield start, [Event("extended", start + dt.timedelta(days=1), due=start + dt.timedelta(days=due))]


@pytest.mark.parametrize("rows_are", ["earliest", "latest"])
@pytest.mark.parametrize("way", WAYS, ids=WAY_NAMES)
def test_what_is_said_never_to_bind_binds_in_no_case(way: str, rows_are: str) -> None:
    said = 0
    for rows in PAIRS:
        try:
            policy = beside(rows, rows_are, way)
        except InvalidPolicy:
            continue  # no last day of theirs moves, or what is added is in no unit of theirs
        for one in analyse(policy).of("dominated_figure"):
            assert one.row is not None
            said += 1
            for start, events in itertools.islice(lives(), 0, None, SPARSE):
                case = Case(Complaint(id="c", received=start), events)
                found = assess(case, policy, at=start + dt.timedelta(days=3)).clocks["whole"]
                dead = found.limit.rows[one.row]
                assert all(run.row is not dead for run in found.runs), (rows, start, events)
    assert said, "something is proved under each of them"


@pytest.mark.parametrize(
    ("way", "dominated", "why"),
    [
        ("", 1, "five working days end before fifteen days, or with them"),
        (PAUSES, None, "stopped for twelve days the working days fall into the next week but one"),
        (EXTENSION, None, "ten working days more are added to the figure in working days alone"),
        (CONTINUES, None, "what lies between closing and reopening is such a stop"),
        (ROLLS, 1, "a last day that moves, moves for the fifteen days alone, and on"),
    ],
)
def test_of_unlike_units_only_what_nothing_moves_is_said(way: str, dominated: int | None, why: str) -> None:
    found = analyse(beside(("5 working days", "15 days"), "earliest", way)).of("dominated_figure")
    assert [one.row for one in found] == ([] if dominated is None else [dominated]), why


def test_a_suspension_turns_the_order_of_unlike_units_round() -> None:
    """Received on Friday 17 January 2020, make-up Sunday the 19th works, Spring Festival is from 24 January.

    Five working days run to the 23rd, fifteen days to 1 February. Suspended on the 19th and resumed on the 22nd: the
    day on which it stops counts, that on which it goes on does not. One working day is gone (the 19th), four are left:
    the 23rd, and after the festival, which ended on 2 February that year, the 3rd to 5th. Of the fifteen days two are
    gone and thirteen left, from the 23rd on: 4 February, a day before.
    """
    policy = beside(("5 working days", "15 days"), "earliest", PAUSES)
    five, fifteen = policy.limits["whole"].rows
    assert clock(policy, "2020-01-17T10:00", [], "2020-01-18T10:00").row is five
    stop = [
        Event("suspended", moment("2020-01-19", 0), reason="mediation"),
        Event("resumed", moment("2020-01-22", 20), reason="mediation"),
    ]
    turned = clock(policy, "2020-01-17T10:00", stop, "2020-01-23T10:00")
    assert turned.row is fifteen
    assert turned.due_at is not None
    assert turned.due_at.date() == dt.date(2020, 2, 4)


def test_of_two_that_run_out_on_one_day_the_one_written_first_binds() -> None:
    """Received on Monday 2 March 2026: five days end on Saturday, six on Sunday, and both move to Monday the 9th."""
    policy = beside(("6 days", "5 days"), "earliest", ROLLS)
    assert clock(policy, "2026-03-02T10:00", [], "2026-03-03T10:00").row is policy.limits["whole"].rows[0]
    assert analyse(policy).of("dominated_figure") == ()
    (one,) = analyse(beside(("6 days", "5 days"), "earliest")).of("dominated_figure")
    assert (one.row, one.rows) == (0, (1,)), "that do not move they end on two days"


def test_at_once_takes_no_other_figure_away() -> None:
    policy = beside(("at once", "5 days"), "earliest")
    assert clock(policy, "2026-03-02T10:00", [], "2026-03-03T10:00").row is policy.limits["whole"].rows[1]
    assert analyse(policy).of("dominated_figure") == ()


def test_the_days_a_bank_works_itself_count() -> None:
    """Received on 1 June 2026, where it does not work from the 2nd to the 19th: five working days end on the 26th."""
    off = ", ".join(f"2026-06-{day:02}" for day in (2, 3, 4, 5, 8, 9, 10, 11, 12, 15, 16, 17, 18))
    days = f"[[calendar.day]]\non = [{off}]\nworks = false\nreason = {{ zh = '搬迁', en = 'moving' }}"
    policy = own(days, limit("[{ within = '5 working days' }, { within = '15 days' }]", rows_are="earliest"))
    assert clock(policy, "2026-06-01T10:00", [], "2026-06-02T10:00").row is policy.limits["whole"].rows[1]
    assert analyse(policy).of("dominated_figure") == ()


def test_an_order_is_only_of_figures_that_set_a_moment() -> None:
    policy = beside(("at once", "5 days"), "earliest")
    order = Order(policy.limits["whole"], WorkCalendar.china())
    assert order.period(0) is None
    assert not order.never_later(0, 1)
    assert order.never_later(1, 1)
