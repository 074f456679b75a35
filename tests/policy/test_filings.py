"""Periodic returns: which fall due between two days, and by when."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest

from complaint_rules.errors import ComplaintRulesError, InvalidMoment
from complaint_rules.policy.filings import returns_due
from complaint_rules.policy.loading import load_policy
from tests.small import TITLE, own, written

D: Final = dt.date
FILED: Final = own(
    f'[[filing]]\nid = "half_yearly"\n{TITLE}\non = ["06-15", "12-15"]\nbefore = true\n'
    f'[[filing]]\nid = "monthly"\n{TITLE}\nday = 25\ntime = "17:00"\n'
    f'[[filing]]\nid = "last"\n{TITLE}\nday = 31\n'
)
DAILY: Final = own(f'[[filing]]\nid = "daily"\n{TITLE}\ndaily = true\n')


def found(after: dt.date, through: dt.date) -> list[tuple[str, str | None]]:
    return [(one.filing.id, written(one.due_at)) for one in returns_due(FILED, after=after, through=through)]


@pytest.mark.parametrize(
    ("after", "through", "expected", "why"),
    [
        (D(2026, 6, 1), D(2026, 6, 30), [("half_yearly", "2026-06-14"), ("monthly", "2026-06-25T17:00")],
            "before the 15th, and by 17:00 on the 25th; June has no 31st"),
        (D(2026, 6, 25), D(2026, 7, 31), [("monthly", "2026-07-25T17:00"), ("last", "2026-07-31")],
            "the day after which is not among them, the last one is"),
        (D(2026, 12, 14), D(2026, 12, 15), [("half_yearly", "2026-12-14")], "the day that the rule names"),
        (D(2026, 12, 15), D(2026, 12, 16), [], "it is past"),
        (D(2026, 6, 25), D(2026, 6, 25), [], "no day at all"),
    ],
)  # fmt: skip
def test_returns_fall_due_on_their_days(after: dt.date, through: dt.date, expected: list[Any], why: str) -> None:
    assert found(after, through) == expected, why


def test_a_daily_return_is_due_by_the_end_of_every_day_rest_days_too() -> None:
    days = returns_due(DAILY, after=D(2026, 9, 30), through=D(2026, 10, 3))
    assert [written(one.due_at) for one in days] == ["2026-10-01", "2026-10-02", "2026-10-03"]
    assert {type(one.due_at) for one in days} == {dt.datetime}


def test_the_half_yearly_reports_of_the_credit_unions_are_due_before_the_fifteenth() -> None:
    year = returns_due(load_policy("grcu-2008"), after=D(2025, 12, 31), through=D(2026, 12, 31))
    assert [(one.filing.id, written(one.due_at)) for one in year] == [
        ("half_yearly", "2026-06-14"), ("half_yearly", "2026-12-14"), ("archive_handover", "2026-12-31"),
    ]  # fmt: skip


def test_reversed_days_and_what_is_no_policy_are_refused() -> None:
    with pytest.raises(InvalidMoment, match=r"after: it is later than through, 2026-01-01; .*; exchange the two\?"):
        returns_due(FILED, after=D(2026, 1, 2), through=D(2026, 1, 1))
    wrong: Any = "grcu-2008"
    with pytest.raises(ComplaintRulesError, match="a Policy is expected"):
        returns_due(wrong, after=D(2026, 1, 1), through=D(2026, 1, 2))
