"""Laws of periods, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidMoment, InvalidPeriod
from complaint_rules.moments import BEIJING
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import DAY_UNITS, Roll, Unit
from tests.periods.test_periods import CHINA, DEEMED, LUNCH, NEXT, PREVIOUS

DAY = dt.timedelta(days=1)


NOVEMBER = dt.date(2026, 9, 1)


hops = st.tuples(st.integers(0, 60 * 48), st.integers(0, 20 * 48))


def half_hours(n: int) -> dt.datetime:
    return dt.datetime.combine(NOVEMBER, dt.time(0), BEIJING) + n * dt.timedelta(minutes=30)


pauses_ = st.lists(hops.map(lambda hop: Pause(half_hours(hop[0]), half_hours(hop[0] + hop[1]))), max_size=5)


starts_ = st.integers(0, 40 * 48).map(half_hours)


in_days_ = st.one_of(
    st.builds(Period, st.integers(1, 40), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS])),
    st.builds(Period, st.integers(1, 3), st.sampled_from([Unit.WEEKS, Unit.MONTHS])),
    st.just(Period(0, Unit.SAME_DAY)),
)


in_time_ = st.builds(
    Period,
    st.integers(1, 120),
    st.sampled_from([Unit.HOURS, Unit.WORKING_HOURS]),
)


any_period = st.one_of(in_days_, in_time_)


def known(period: Period, start: dt.datetime, pauses: list[Pause]) -> dt.datetime:
    due = period.due_at(start, LUNCH, pauses=pauses)
    assert due is not None
    return due


@given(any_period, starts_, pauses_, st.integers(0, 60 * 48))
def test_an_empty_pause_changes_nothing(period: Period, start: dt.datetime, pauses: list[Pause], at: int) -> None:
    """Design 8: an empty pause changes nothing."""
    empty = Pause(half_hours(at), half_hours(at))
    assert known(period, start, [*pauses, empty]) == known(period, start, pauses)


@given(any_period, starts_, pauses_, hops)
def test_a_pause_never_moves_a_limit_earlier(
    period: Period, start: dt.datetime, pauses: list[Pause], hop: tuple[int, int]
) -> None:
    """Design 8: a pause never moves a limit earlier."""
    more = [*pauses, Pause(half_hours(hop[0]), half_hours(sum(hop)))]
    assert known(period, start, more) >= known(period, start, pauses)


@given(any_period, starts_, pauses_, st.randoms())
def test_the_order_of_recording_does_not_matter(
    period: Period, start: dt.datetime, pauses: list[Pause], random: Any
) -> None:
    """Design 8: the order of recording does not matter."""
    shuffled = random.sample(pauses, len(pauses))
    assert known(period, start, shuffled) == known(period, start, pauses)


@given(any_period, starts_, pauses_, hops, st.integers(0, 20 * 48), st.sampled_from(["24:00", "close"]))
def test_touching_parts_equal_their_union(
    period: Period, start: dt.datetime, pauses: list[Pause], hop: tuple[int, int], more: int, ends: Any
) -> None:
    """Design 8: touching parts equal their union."""
    a, b, c = half_hours(hop[0]), half_hours(sum(hop)), half_hours(sum(hop) + more)
    parts = period.due_at(start, LUNCH, Counting(ends=ends), [*pauses, Pause(b, c), Pause(a, b)])
    assert parts == period.due_at(start, LUNCH, Counting(ends=ends), [*pauses, Pause(a, c)])


@given(st.integers(1, 40), starts_, pauses_)
def test_a_calendar_day_limit_moves_by_exactly_the_paused_days(n: int, start: dt.datetime, pauses: list[Pause]) -> None:
    """Design 8: a calendar-day limit moves by exactly the paused days — those after the start, up to the new end."""
    plain = known(Period(n, Unit.DAYS), start, []).date()
    due = known(Period(n, Unit.DAYS), start, pauses).date()
    paused = set()
    for stop in pauses:
        assert isinstance(stop.end, dt.datetime)
        first, last = stop.start.toordinal() + 1, stop.end.toordinal()
        paused |= {day for day in range(first, last + 1) if start.toordinal() < day <= due.toordinal()}
    assert (due - plain).days == len(paused)


@given(in_days_, starts_, pauses_)
def test_days_agree_with_a_walk_from_day_to_day(period: Period, start: dt.datetime, pauses: list[Pause]) -> None:
    """Design 8: the n-th counted unit after the start; a limit does not end inside a pause."""
    blocks = [(stop.start.toordinal(), stop.end.toordinal()) for stop in pauses if stop.end is not None]

    def paused(day: dt.date) -> bool:
        return any(first < day.toordinal() <= last for first, last in blocks)

    working = period.unit is Unit.WORKING_DAYS
    day, left = start.date(), period.n
    if not working:
        plain = known(period, start, [])
        left = (plain.date() - day).days
    while left:
        day += DAY
        if not paused(day) and (not working or CHINA.is_working_day(day)):
            left -= 1
    while paused(day + DAY) or (working and not CHINA.is_working_day(day)):
        day += DAY
    # A same-day limit that starts inside a pause ends with it; the walk above only looks ahead, so look no further.
    assert known(period, start, pauses).date() == day


@given(in_time_, starts_, pauses_)
def test_time_agrees_with_a_walk_from_half_hour_to_half_hour(
    period: Period, start: dt.datetime, pauses: list[Pause]
) -> None:
    """Design 8: in hour limits the exact time."""
    working = period.unit is Unit.WORKING_HOURS

    def works(at: dt.datetime) -> bool:
        opened = dt.time(9) <= at.time() < dt.time(12) or dt.time(13, 30) <= at.time() < dt.time(17)
        return not working or (opened and CHINA.is_working_day(at.date()))

    def paused(at: dt.datetime) -> bool:
        return any(stop.start <= at < stop.end for stop in pauses if isinstance(stop.end, dt.datetime))

    at, left, step = start, 2 * period.n, dt.timedelta(minutes=30)
    while left:
        left -= works(at) and not paused(at)
        at += step
    if paused(at):
        while paused(at) or not works(at):
            at += step
    assert known(period, start, pauses) == at


@given(any_period, starts_, pauses_, st.integers(1, 48), st.booleans())
def test_a_pause_that_begins_after_the_end_cannot_matter(
    period: Period, start: dt.datetime, pauses: list[Pause], later: int, stays_open: bool
) -> None:
    """Design 8: later pauses cannot matter."""
    due = known(period, start, pauses)
    began = due + later * dt.timedelta(minutes=30)
    late = Pause(began, None if stays_open else began + DAY)
    assert period.due_at(start, LUNCH, pauses=[*pauses, late]) == due


@given(any_period, starts_, pauses_, st.integers(0, 60 * 48), st.integers(1, 100))
def test_what_remains_is_constant_while_the_pause_lasts(
    period: Period, start: dt.datetime, pauses: list[Pause], began: int, later: int
) -> None:
    """Design 8: an open pause has no due moment, what remains stays constant."""
    stopped = [*pauses, Pause(half_hours(began))]
    left = period.remaining(start, LUNCH, stopped)
    assume(left is not None)
    assert period.remaining(start, LUNCH, [*stopped, Pause(half_hours(began + later))]) == left
    assert period.due_at(start, LUNCH, pauses=stopped) is None


@given(any_period, starts_, pauses_, st.sampled_from(["24:00", "close"]), st.sampled_from([None, NEXT, PREVIOUS]))
def test_no_limit_ends_before_it_starts_or_inside_a_pause(
    period: Period, start: dt.datetime, pauses: list[Pause], ends: Any, roll: Roll | None
) -> None:
    """Design 7: `due_at` is inclusive everywhere; design 8: a limit does not end inside a pause."""
    due = period.due_at(start, LUNCH, Counting(roll=roll, ends=ends), pauses)
    assert due is not None
    assert due >= start
    if roll is None:
        for stop in pauses:
            assert isinstance(stop.start, dt.datetime)
            assert isinstance(stop.end, dt.datetime)
            if period.unit in DAY_UNITS and stop.start.date() == stop.end.date():
                continue
            assert not stop.start <= due < stop.end


@given(any_period, starts_, st.booleans())
def test_a_warning_is_never_on_or_after_the_limit(period: Period, due: dt.datetime, with_hours: bool) -> None:
    """Design 5: `warn` stands before the limit."""
    assume(with_hours or period.unit is not Unit.WORKING_HOURS)
    assert period.before(due, LUNCH if with_hours else CHINA) < due


countable = st.sampled_from([Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.WORKING_HOURS])


any_moment = st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2099, 12, 31)).map(  # noqa: DTZ001 - as Hypothesis wants
    lambda at: at.replace(tzinfo=BEIJING)
)


@given(
    st.builds(Period, st.integers(1, 26_000), countable),
    any_moment,
    pauses_,
    st.sampled_from([None, NEXT, PREVIOUS]),
    st.sampled_from([None, DEEMED]),
    st.sampled_from(["24:00", "close", "12:00"]),
)
def test_every_question_ends_in_an_answer_or_a_refusal(
    period: Period, start: dt.datetime, pauses: list[Pause], roll: Any, receipt: Any, ends: Any
) -> None:
    """seppemans/businesstimedelta#9, open-c3/open-c3#1084: nothing loops."""
    try:
        due = period.due_at(start, LUNCH, Counting(roll=roll, receipt=receipt, starts="08:30", ends=ends), pauses)
    except (InvalidPeriod, InvalidMoment) as refused:
        due, refusal = None, str(refused)
    else:
        refusal = ""
    assert "2099" in refusal if due is None else due >= start


@given(any_period, starts_, st.sampled_from([dt.time(0), dt.time(15, 30), dt.time(23, 59)]))
def test_a_late_arrival_is_read_as_one_at_the_beginning_of_the_next_working_day(
    period: Period, start: dt.datetime, cut_off: dt.time
) -> None:
    """Received after the hour: deemed received (视为收到) on the next working day; else it is received when it came."""
    day = start.date()
    late = not LUNCH.is_working_day(day) or start.time() > cut_off
    deemed = dt.datetime.combine(LUNCH.add_working_days(day, 1), dt.time(0), BEIJING) if late else start
    assert period.due_at(start, LUNCH, Counting(receipt=DEEMED, cut_off=cut_off)) == period.due_at(deemed, LUNCH)


@given(st.integers(1, 40), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS]), starts_, pauses_)
def test_counting_the_opening_day_is_counting_from_the_day_before(
    n: int, unit: Unit, start: dt.datetime, pauses: list[Pause]
) -> None:
    """含当日: the opening day counts, so the day that does not is the one before."""
    counted = Period(n, unit).due_at(start, LUNCH, Counting(opening_day=True))
    assert counted == Period(n, unit).due_at(start - DAY, LUNCH)
    stopped = Period(n, unit).due_at(start, LUNCH, Counting(opening_day=True), pauses)
    assert counted is not None
    assert stopped is not None
    assert stopped >= counted
