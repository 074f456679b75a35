"""Threads that read at once: each sees whole tables and gets the answer that one alone gets."""

from __future__ import annotations

import datetime as dt
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import pytest
from hypothesis import settings

from complaint_rules import BEIJING, Case, Complaint, Event, Policy, Tally, WorkCalendar, assess, load_policy
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import CalendarDay

THREADS: Final = 16
THOROUGH: Final = settings().max_examples > 60
DAY: Final = dt.date(2026, 9, 28)
RECEIVED: Final = dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
AT: Final = dt.datetime(2026, 10, 20, 9, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def _switching_often() -> Iterator[None]:
    """Let threads take turns as often as the interpreter can: what is written in two steps is then seen in between."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(ask: Callable[[], Any]) -> list[Any]:
    """Ask from many threads that start together; give every answer, or the error in its place."""
    found: list[Any] = []
    gate = threading.Barrier(THREADS)

    def asked() -> None:
        gate.wait()
        try:
            found.append(ask())
        except Exception as error:  # noqa: BLE001 - it is the answer, and not the expected one
            found.append(error)

    threads = [threading.Thread(target=asked) for _ in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


QUESTIONS: Final[dict[str, Callable[[WorkCalendar], Any]]] = {
    "add_working_days": lambda one: one.add_working_days(DAY, 7),
    "add_working_days back": lambda one: one.add_working_days(DAY, -7),
    "count_working_days": lambda one: one.count_working_days(DAY, dt.date(2026, 10, 13)),
    "is_working_day": lambda one: one.is_working_day(DAY),
    "kind": lambda one: one.kind(DAY),
    "working_day_on_or_after": lambda one: one.working_day_on_or_after(dt.date(2026, 10, 1)),
    "working_day_on_or_before": lambda one: one.working_day_on_or_before(dt.date(2026, 10, 1)),
    "working_day": lambda one: one.working_day(100),
    "working_times": lambda one: one.working_times[100],
    "day": lambda one: one.day(dt.date(2026, 10, 10)),
    "fingerprint": lambda one: one.fingerprint(2026),
}


@pytest.mark.parametrize("question", QUESTIONS if THOROUGH else ["add_working_days"])
def test_readers_that_come_at_once_see_the_same_days(question: str) -> None:
    """A reader found the places of working days and not yet the days: InvalidMoment for a day that is known."""
    ask = QUESTIONS[question]
    for turn in range(3):
        # A day of its own makes tables of its own, which each thread then builds: long enough for others to look in.
        own, other = (
            WorkCalendar.china()
            .with_hours("09:00-12:00")
            .with_override(dt.date(2030, 1, 1 + turn), works=True, reason="one of a kind")
            for _ in range(2)
        )
        assert at_once(partial(ask, own)) == [ask(other)] * THREADS, question


class Nosy(dt.date):
    """A day during whose look-up somebody else asks the calendar for the first time, as another thread may."""

    calendar: WorkCalendar

    def __hash__(self) -> int:
        self.calendar.kind(DAY)
        return super().__hash__()


def test_a_reader_during_whose_question_another_fills_the_tables_is_answered() -> None:
    """The same, not by chance: the tables were empty when the question began, and are full before it is looked up."""
    day = Nosy(DAY.year, DAY.month, DAY.day)
    day.calendar = WorkCalendar.china()
    assert day.calendar.add_working_days(day, 7) == dt.date(2026, 10, 13)
    day.calendar = WorkCalendar.china()
    assert day.calendar.count_working_days(day, dt.date(2026, 10, 13)) == 7


def answers(policy: Policy) -> dict[str, Any]:
    closed = Event("closed", RECEIVED + dt.timedelta(days=9))
    found = assess(Case(Complaint(id="c-1", received=RECEIVED, complainants=3), [closed]), policy, at=AT)
    return found.to_dict()


@pytest.mark.parametrize("id", ["psbc-95580", "cbirc-2020-3", "realty-levels"])
def test_a_policy_that_several_assess_by_for_the_first_time_gives_what_it_gives_to_one(id: str) -> None:
    expected = answers(load_policy(id))
    fresh = Policy.from_document(load_policy(id).document)
    assert at_once(lambda: answers(fresh)) == [expected] * THREADS


def test_an_assessment_that_several_read_at_once_is_the_same_for_all() -> None:
    def read(one: Assessment) -> tuple[str, Any]:
        return one.explain("zh"), one.to_dict()

    def made() -> Assessment:
        return assess(Complaint(id="c-1", received=RECEIVED), load_policy("grcu-2008"), at=AT)

    one = made()
    assert at_once(lambda: read(one)) == [read(made())] * THREADS


def test_tallies_of_several_threads_merge_to_what_one_counts() -> None:
    """A tally belongs to one thread; tallies of several are merged."""
    policy = load_policy("psbc-95580")

    def counted() -> Tally:
        return Tally(policy, at=AT, by=["channel"]).add(Complaint(id="c-1", received=RECEIVED))

    alone = Tally(policy, at=AT, by=["channel"])
    for _ in range(THREADS):
        alone.add(Complaint(id="c-1", received=RECEIVED))
    assert Tally.merged(at_once(counted)) == alone


def test_values_are_read_by_many_and_changed_by_none() -> None:
    calendar = WorkCalendar.china()
    days: list[CalendarDay] = at_once(lambda: calendar.day(DAY))
    assert len({repr(day) for day in days}) == 1
