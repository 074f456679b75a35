from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from complaint_rules.errors import InvalidPeriod, UnknownLanguage
from complaint_rules.language import LANGUAGES
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import MOST, NO_FIGURE, Receipt, Roll, Unit, read, spoken, time_of_day


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [
        ("5 working days", 5, Unit.WORKING_DAYS),
        ("1 working day", 1, Unit.WORKING_DAYS),
        ("15 days", 15, Unit.DAYS),
        ("1 day", 1, Unit.DAYS),
        ("  15   Days ", 15, Unit.DAYS),
        ("3 months", 3, Unit.MONTHS),
        ("2 weeks", 2, Unit.WEEKS),
        ("1 year", 1, Unit.YEARS),
        ("48 hours", 48, Unit.HOURS),
        ("48hours", 48, Unit.HOURS),
        ("120 min", 120, Unit.MINUTES),
        ("120 minutes", 120, Unit.MINUTES),
        ("8 working hours", 8, Unit.WORKING_HOURS),
        ("30 working minutes", 30, Unit.WORKING_MINUTES),
        ("5 working_days", 5, Unit.WORKING_DAYS),
        ("same day", 0, Unit.SAME_DAY),
        ("same_day", 0, Unit.SAME_DAY),
        ("at once", 0, Unit.AT_ONCE),
        ("5个工作日", 5, Unit.WORKING_DAYS),
        ("5工作日", 5, Unit.WORKING_DAYS),
        ("五个工作日", 5, Unit.WORKING_DAYS),
        ("15日", 15, Unit.DAYS),
        ("15天", 15, Unit.DAYS),
        ("15个自然日", 15, Unit.DAYS),
        ("１５日", 15, Unit.DAYS),
        ("十五日", 15, Unit.DAYS),
        ("六十日", 60, Unit.DAYS),
        ("二十一日", 21, Unit.DAYS),
        ("一百二十分钟", 120, Unit.MINUTES),
        ("一百零五日", 105, Unit.DAYS),
        ("48小时", 48, Unit.HOURS),
        ("8个工作小时", 8, Unit.WORKING_HOURS),
        ("三个月", 3, Unit.MONTHS),
        ("两个星期", 2, Unit.WEEKS),
        ("2周", 2, Unit.WEEKS),
        ("1年", 1, Unit.YEARS),
        ("当日", 0, Unit.SAME_DAY),
        ("立即", 0, Unit.AT_ONCE),
        ("及时", 0, Unit.AT_ONCE),
        ("3个工作日内", 3, Unit.WORKING_DAYS),
        ("三个工作日之内", 3, Unit.WORKING_DAYS),
        ("24小时内", 24, Unit.HOURS),
        ("15 日 以内", 15, Unit.DAYS),
        ("当日内", 0, Unit.SAME_DAY),
        ("半年", 6, Unit.MONTHS),
        ("半年内", 6, Unit.MONTHS),
        ("一年半", 18, Unit.MONTHS),
        ("2年半", 30, Unit.MONTHS),
        ("half a year", 6, Unit.MONTHS),
        ("半小时", 30, Unit.MINUTES),
        ("半个小时", 30, Unit.MINUTES),
        ("half an hour", 30, Unit.MINUTES),
        ("半个小时内", 30, Unit.MINUTES),
        ("一个季度", 3, Unit.MONTHS),
        ("两个季度", 6, Unit.MONTHS),
        ("2 quarters", 6, Unit.MONTHS),
        ("10个日历日", 10, Unit.DAYS),
        ("10日历日", 10, Unit.DAYS),
        ("两个礼拜", 2, Unit.WEEKS),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, n: int, unit: Unit) -> None:
    assert read(text) == (n, unit)


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        (5, "a text is expected", "a bare number has no unit"),
        (None, "a text is expected", "nothing at all"),
        ("", "no figure and unit", "empty"),
        ("days", "no figure and unit", "no figure"),
        ("at onec", "did you mean 'at once'?", "a slip"),
        ("five days", "no figure and unit", "English number words are not read"),
        ("5", "it has no unit; got '5'; write '5 days' or '5 working days'", "the classic ambiguity"),
        ("5 workng days", "did you mean '5 working days'?", "a slip"),
        ("5 business days", "did you mean '5 working days'?", "another vocabulary"),
        ("5 calendar days", "did you mean '5 days'?", "another vocabulary"),
        ("3月", "did you mean '3 months'?", "the name of March, or three months"),
        ("5 zebras", "write '5 working days'", "no unit near"),
        ("5 days 3 hours", "no such unit: 'days 3 hours'", "two periods"),
        ("1.5 days", "only whole numbers count", "a fraction"),
        ("1/2 days", "only whole numbers count", "a fraction"),
        ("1,000 days", "only whole numbers count", "a comma is a fraction to some, a thousand to others"),
        ("半个工作日", "write '4个工作小时' or '12小时'", "half a working day has as many hours as the house says"),
        ("半天", "half a day is no unit", "twelve hours, or half of a working day"),
        ("半个月", "how many days half a month has is open", "no norm at hand says"),
        ("1个半月", "write '15日', '45日' or '6周'", "a month and that half"),
        ("一个半小时", "use a smaller unit", "90 minutes is a figure"),
        ("2.5年", "only whole numbers count", "a fraction in figures"),
        ("半周", "only whole numbers count", "three days or four"),
        ("次日", "the next one, or the next that works; got '次日'; write '1日' or '1个工作日'", "which is open"),
        ("T+1", "the next one, or the next that works", "the habit of settlement desks"),
        ("下一个工作日", "write '1个工作日': it ends with the next working day", "a day, not a length"),
        ("5个交易日", "make_up_days = false", "exchanges rest on make-up days"),
        ("20秒", "seconds are not counted; got '20秒'; write '1分钟'", "not a unit here"),
        ("30 seconds", "seconds are not counted", "not a unit here"),
        ("3-5个工作日", "it is a range, and a limit has one end", "two figures"),
        ("三至五日内", "it is a range", "two figures in words"),
        ("3 to 5 days", "it is a range", "two figures in English"),
        ("一季度", "it names the first quarter of a year", "not how long, but which"),
        ("内", "no figure and unit", "nothing but the habit"),
        ("一二日", "the Chinese number cannot be read", "12, or 1 and 2"),
        ("十百日", "the Chinese number cannot be read", "not a number"),
        ("5 days" * 1_000, "too long", "junk"),
        ("5 d\0ays", "did you mean '5 days'?", "a NUL byte"),
    ],
)
def test_what_is_no_period_is_refused_with_the_likely_intent(text: object, words: str, why: str) -> None:
    with pytest.raises(InvalidPeriod) as caught:
        read(text)
    assert words in str(caught.value), why
    assert len(str(caught.value)) < 400


def test_every_unit_is_said_and_read_back_in_both_languages() -> None:
    for unit in Unit:
        for n in (0,) if unit in NO_FIGURE else (1, 2, 15):
            for lang in LANGUAGES:
                assert read(spoken(n, unit, lang)) == (n, unit)


def test_the_word_within_behind_a_period_changes_nothing() -> None:
    for unit in Unit:
        for n in (0,) if unit in NO_FIGURE else (1, 2, 15):
            for habit in ("内", "以内", "之内", " 内"):
                assert read(spoken(n, unit, "zh") + habit) == (n, unit)


def test_a_language_that_is_not_spoken_is_refused() -> None:
    french: Any = "fr"
    with pytest.raises(UnknownLanguage, match="only Chinese and English are spoken; got 'fr'"):
        spoken(1, Unit.DAYS, french)


def test_every_unit_with_a_figure_has_a_ceiling() -> None:
    assert set(MOST) | NO_FIGURE == set(Unit)


@pytest.mark.parametrize(
    ("unit", "most"),
    [
        (Unit.MINUTES, 52_596_000),  # 36,525 days in a hundred years
        (Unit.HOURS, 876_600),
        (Unit.DAYS, 36_525),
        (Unit.WEEKS, 5_217),
        (Unit.MONTHS, 1_200),
        (Unit.YEARS, 100),
        (Unit.WORKING_DAYS, 26_100),
        (Unit.WORKING_HOURS, 626_400),  # around the clock
        (Unit.WORKING_MINUTES, 37_584_000),
    ],
)
def test_a_ceiling_is_inclusive(unit: Unit, most: int) -> None:
    assert Period(most, unit).n == most
    with pytest.raises(InvalidPeriod):
        Period(most + 1, unit)


def test_a_misspelt_reading_is_refused_with_a_hint() -> None:
    with pytest.raises(InvalidPeriod, match="did you mean 'next_working_day'"):
        Roll.read("next_workingday", what="roll", error=InvalidPeriod)
    with pytest.raises(InvalidPeriod, match="one of next_working_day"):
        Receipt.read(7, what="receipt", error=InvalidPeriod)


@pytest.mark.parametrize("value", ["8:30", "24:00", "08:60", "0830", 830, None, dt.time(8, tzinfo=dt.UTC)])
def test_a_time_of_day_is_two_digits_each(value: object) -> None:
    with pytest.raises(InvalidPeriod, match="write '08:30'"):
        time_of_day(value)


def test_a_time_of_day_passes_as_text_or_as_a_time() -> None:
    assert time_of_day("23:59") == dt.time(23, 59)
    assert time_of_day(dt.time(8, 30)) == dt.time(8, 30)
