"""Periodic returns: which fall due between two days, and by when."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import ComplaintRulesError, InvalidMoment
from complaint_rules.policy.filings import returns_due
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.words.rulebooks import explain_rule
from tests.by_hand import complaint, instant
from tests.small import HEAD, TITLE, own, written

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


def one(*lines: str) -> Policy:
    return own("\n".join(["[[filing]]", 'id = "report"', TITLE, *lines]))


@pytest.mark.parametrize(
    ("lines", "after", "through", "expected", "why"),
    [
        (("per = 'quarter'", "within = '10 working days'"), D(2026, 9, 30), D(2026, 12, 31),
            [("2026-10-20", "2026-09-30")], "8, 9, 10 (a Saturday that works), 12 to 16, 19 and 20 October"),
        (("per = 'quarter'", "within = '15 days'"), D(2025, 12, 31), D(2026, 12, 31),
            [("2026-01-15", "2025-12-31"), ("2026-04-15", "2026-03-31"), ("2026-07-15", "2026-06-30"),
             ("2026-10-15", "2026-09-30")], "on the 15th after each quarter"),
        (("per = 'month'", "within = '4 days'", "roll = 'next_working_day'"), D(2026, 9, 30), D(2026, 10, 31),
            [("2026-10-08", "2026-09-30")], "4 October rests, and so do the days up to the 7th"),
        (("per = 'month'", "within = '4 days'", "roll = 'previous_working_day'"), D(2026, 9, 1), D(2026, 10, 31),
            [("2026-09-04", "2026-08-31"), ("2026-10-04", "2026-09-30")],
            "no working day lies between the period and its day: it stays"),
        (("per = 'half_year'", "within = '1 month'"), D(2026, 1, 1), D(2026, 12, 31),
            [("2026-01-31", "2025-12-31"), ("2026-07-30", "2026-06-30")], "the corresponding day of the next month"),
        (("per = 'year'", "within = '2 months'"), D(2026, 1, 1), D(2026, 12, 31), [("2026-02-28", "2025-12-31")],
            "the month's end where there is no 31st"),
        (("per = 'week'", "within = '1 working day'"), D(2026, 10, 1), D(2026, 10, 15),
            [("2026-10-08", "2026-10-04"), ("2026-10-12", "2026-10-11")], "the first working day of the next week"),
        (("per = 'day'", "within = '1 working day'", "time = '10:00'"), D(2026, 10, 7), D(2026, 10, 8),
            [("2026-10-08T10:00", f"2026-{day}") for day in ("10-07", "10-06", "10-05", "10-04", "10-03", "10-02",
             "10-01", "09-30")], "every day of the holiday is reported when work begins again"),
        (("per = 'quarter'", "within = '2 years'"), D(2026, 3, 30), D(2026, 3, 31), [("2026-03-31", "2024-03-31")],
            "however long it takes"),
        (("on = ['10-05']", "roll = 'next_working_day'"), D(2026, 10, 5), D(2026, 10, 8), [("2026-10-08", None)],
            "the day named rests, and it is due after the holiday"),
        (("on = ['10-05']", "roll = 'next_working_day'"), D(2026, 10, 1), D(2026, 10, 7), [], "not before"),
        (("on = ['10-05']", "roll = 'previous_working_day'"), D(2026, 9, 29), D(2026, 9, 30), [("2026-09-30", None)],
            "or before the holiday"),
        (("daily = true", "from = '2026-10-02'", "until = 2026-10-03"), D(2026, 9, 29), D(2026, 10, 9),
            [("2026-10-02", None), ("2026-10-03", None)], "from the first day to the last, both inclusive"),
        (("per = 'month'", "within = '5 days'", "from = '2026-02-01'"), D(2026, 1, 1), D(2026, 3, 31),
            [("2026-03-05", "2026-02-28")], "the month that ended before the first day is not reported"),
        (("per = 'month'", "within = '5 days'"), D(2001, 1, 1), D(2001, 3, 4), [("2001-02-05", "2001-01-31")],
            "the first day known"),
        (("per = 'quarter'",), D(2026, 1, 1), D(2026, 12, 31), [], "quarterly, and no day is said"),
    ],
)  # fmt: skip
def test_returns_after_periods_roll_and_have_bounds(
    lines: tuple[str, ...], after: dt.date, through: dt.date, expected: list[Any], why: str
) -> None:
    listed = returns_due(one(*lines), after=after, through=through)
    assert sorted((written(each.due_at), each.ended and str(each.ended)) for each in listed) == sorted(expected), why


def test_the_daily_returns_of_the_cut_over_begin_with_its_first_day_and_wait_for_it() -> None:
    """六7 is part of a plan that holds between two days, which the user gives."""
    between = {"starts": "2026-10-10", "ends": "2026-10-11"}
    policy = load_policy("boc-it-blueprint", parameters=between)
    days = {str(each.day) for each in returns_due(policy, after=D(2026, 10, 1), through=D(2026, 10, 31))}
    assert days == {"2026-10-10", "2026-10-11"}
    waiting = load_policy("boc-it-blueprint")
    assert returns_due(waiting, after=D(2026, 10, 1), through=D(2026, 10, 31)) == ()
    assert waiting.filings["daily_unit"].missing == ("starts", "ends")
    found = assess(complaint("2026-10-10T09:00"), waiting, at=instant("2026-10-10"))
    assert {"filing/daily_unit", "filing/daily_branch"} <= {
        rule for gap in found.missing if gap.name == "starts" for rule in gap.waits
    }


def test_a_figure_and_bounds_may_be_left_to_parameters() -> None:
    lines = ["[parameters.time]", "type = 'period'", TITLE, "[parameters.first]", "type = 'day'", TITLE]
    filing = ["[[filing]]", 'id = "report"', TITLE, "per = 'month'", "within = { parameter = 'time' }",
              "from = { parameter = 'first' }"]  # fmt: skip
    text = "\n".join([*lines, *filing])
    assert own(text).filings["report"].missing == ("time", "first")
    given = Policy.from_text(HEAD + text, parameters={"time": "3 days", "first": "2026-02-01"})
    listed = returns_due(given, after=D(2026, 1, 1), through=D(2026, 3, 31))
    assert [str(each.day) for each in listed] == ["2026-03-03"]


def test_a_calendar_of_ones_own_decides_which_days_work() -> None:
    calendar = WorkCalendar.china().with_override(D(2026, 10, 20), works=False, reason="closed")
    lines = ("per = 'quarter'", "within = '10 working days'")
    (found_,) = returns_due(one(*lines), after=D(2026, 10, 1), through=D(2026, 10, 31), calendar=calendar)
    assert found_.day == D(2026, 10, 21)


def test_the_rule_book_says_when_returns_are_due_in_both_languages() -> None:
    lines = (
        "per = 'quarter'",
        "within = '15 days'",
        "roll = 'next_working_day'",
        "from = '2026-02-01'",
        "time = '17:00'",
    )
    en, zh = (explain_rule(one(*lines), "filing/report", lang) for lang in ("en", "zh"))
    for words in (
        "per: quarterly", "by: 15 days after the last day of each period 17:00",
        "between, both inclusive: 2026-02-01 – …",
        "counting: a last day that does not work moves to the next working day",
    ):  # fmt: skip
        assert words in en
    for words in (
        "报送周期：每季",
        "期限：每期末日后15日 17:00",
        "期间（含首末日）：2026-02-01 – …",
        "计法：末日逢休息日移至下一工作日",
    ):
        assert words in zh
    book = explain_rule(load_policy("boc-it-blueprint"), "filing/daily_unit", "en")
    assert "between days left to the parameters: " in book
    until = explain_rule(one("day = 5", "until = '2026-02-01'"), "filing/report", "en")
    assert "between, both inclusive: … – 2026-02-01" in until


def test_reversed_days_and_what_is_no_policy_are_refused() -> None:
    with pytest.raises(InvalidMoment, match=r"after: it is later than through, 2026-01-01; .*; exchange the two\?"):
        returns_due(FILED, after=D(2026, 1, 2), through=D(2026, 1, 1))
    wrong: Any = "grcu-2008"
    with pytest.raises(ComplaintRulesError, match="a Policy is expected"):
        returns_due(wrong, after=D(2026, 1, 1), through=D(2026, 1, 2))
