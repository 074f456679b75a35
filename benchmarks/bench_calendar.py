"""Working days added and counted, side by side with the packages one would otherwise take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import chinese_calendar
import holidays
import numpy as np
import pytest

from complaint_rules import WorkCalendar

CHINA: Final = WorkCalendar.china()
DAY: Final = dt.date(2026, 9, 24)
"""A Thursday; the National Day holidays with their exchanged days lie within the next fifteen working days."""
_FROM: Final = dt.date(2026, 1, 5)
_YEARS: Final = range(2025, 2028)
_HOLIDAYS: Final = holidays.country_holidays("CN", years=_YEARS)
_OFF: Final = np.array([day for day in sorted(_HOLIDAYS) if day.weekday() < 5], dtype="datetime64[D]")
_AS_NUMPY: Final = np.datetime64(DAY)

ADD: Final[Mapping[str, Callable[[int], Any]]] = {
    "complaint_rules": lambda n: CHINA.add_working_days(DAY, n),
    "holidays": lambda n: _HOLIDAYS.get_nth_working_day(DAY, n),
    "chinese_calendar": lambda n: chinese_calendar.find_workday(n, DAY),
    "numpy (no make-up days)": lambda n: np.busday_offset(_AS_NUMPY, n, holidays=_OFF),
}
COUNT: Final[Mapping[str, Callable[[], Any]]] = {
    "complaint_rules": lambda: CHINA.count_working_days(_FROM, DAY),
    "holidays": lambda: _HOLIDAYS.get_working_days_count(_FROM, DAY),
    "chinese_calendar": lambda: len(chinese_calendar.get_workdays(_FROM, DAY)),
    "numpy (no make-up days)": lambda: np.busday_count(_FROM, DAY, holidays=_OFF),
}


@pytest.mark.parametrize("n", [1, 15, 60])
@pytest.mark.parametrize("way", ADD)
def test_add(benchmark: Any, way: str, n: int) -> None:
    benchmark.group = f"add {n} working days"
    benchmark(ADD[way], n)


@pytest.mark.parametrize("way", COUNT)
def test_count(benchmark: Any, way: str) -> None:
    benchmark.group = "count the working days of nine months"
    benchmark(COUNT[way])


def test_those_that_know_make_up_days_agree() -> None:
    assert ADD["complaint_rules"](15) == ADD["holidays"](15) == ADD["chinese_calendar"](15) == dt.date(2026, 10, 22)
    assert COUNT["complaint_rules"]() == COUNT["holidays"]() - 1 == COUNT["chinese_calendar"]() - 1, (
        "ours leaves the first day out, as a period does"
    )
