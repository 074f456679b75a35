"""Laws of calendar, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.calendar.test_working_days import CHINA, D

covered = st.dates(D(2001, 1, 1), D(2099, 12, 31))


middling = st.dates(D(2002, 1, 1), D(2098, 1, 1))


@given(middling, st.integers(1, 200))
def test_counting_undoes_adding_and_the_day_found_works(date: dt.date, n: int) -> None:
    """Civil Code art. 201: counting begins with the next day (自下一日开始计算)."""
    due = CHINA.add_working_days(date, n)
    assert CHINA.is_working_day(due)
    assert due > date
    assert CHINA.count_working_days(date, due) == n
    assert CHINA.count_working_days(date, due - dt.timedelta(days=1)) == n - 1


@given(middling, st.integers(1, 200))
def test_going_back_mirrors_going_on(date: dt.date, n: int) -> None:
    back = CHINA.add_working_days(date, -n)
    assert back < date
    assert CHINA.is_working_day(back)
    assert CHINA.count_working_days(back - dt.timedelta(days=1), date - dt.timedelta(days=1)) == n


@given(st.lists(covered, min_size=3, max_size=3))
def test_counts_add_up_over_any_day_between(dates: list[dt.date]) -> None:
    a, b, c = sorted(dates)
    assert CHINA.count_working_days(a, b) + CHINA.count_working_days(b, c) == CHINA.count_working_days(a, c)


@given(st.dates(D(2001, 1, 2), D(2099, 12, 31)))
def test_every_day_is_counted_exactly_if_it_works(date: dt.date) -> None:
    counted = CHINA.count_working_days(date - dt.timedelta(days=1), date)
    assert counted == CHINA.is_working_day(date) == CHINA.kind(date).works
    assert CHINA.day(date).works == bool(counted)
