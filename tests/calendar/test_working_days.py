"""The working calendar against what was published, against independent calendars, and against impossible questions."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import chinese_calendar
import holidays
import pendulum
import pytest

from complaint_rules.calendar.days import CalendarDay, Certainty
from complaint_rules.calendar.hours import Hours, Opening
from complaint_rules.calendar.notices import DayKind, Notice, checked_notice
from complaint_rules.calendar.own_days import OwnDays
from complaint_rules.calendar.published import Measures, published, statutory_known
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import CalendarUnpublished, InvalidHours, InvalidMoment, InvalidNotice

DATA = Path(__file__).parents[3] / "shared" / "data" / "holiday-cn"
CHINA = WorkCalendar.china()
KNOWN_LAST = CHINA.final_through.year
D = dt.date
# The calendar as a bank had it in the week before the notice for 2026 came out, and one that refuses to guess.
LATE_2025 = WorkCalendar.china(as_known_on=D(2025, 11, 3))
STRICT_2026 = WorkCalendar.china(unpublished="refuse", as_known_on=D(2026, 11, 21))
NOTICE_2026 = {
    "year": 2026,
    "number": "国办发明电〔2025〕7号",
    "days_off": ["2026-01-02", "2026-02-20", "2026-02-23", "2026-05-05", "2026-10-06", "2026-10-07"],
    "statutory": ["2026-04-06", "2026-05-04", "2026-10-05"],
    "make_up_days": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
}


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return D.fromisoformat(text)


def holiday_cn(year: int) -> dict[str, object]:
    if not DATA.is_dir():
        pytest.skip("the holiday-cn files are not beside this repository")
    loaded: dict[str, object] = json.loads((DATA / f"{year}.json").read_text(encoding="utf-8"))
    return loaded


# Kinds ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "kind", "reason"),
    [
        ("2026-10-12", "WORKDAY", "a Monday nobody arranged"),
        ("2026-10-10", "MAKE_UP_WORKDAY", "a Saturday worked for 7 October"),
        ("2026-10-04", "WEEKEND", "a Sunday inside the long break stays a weekend"),
        ("2026-10-03", "STATUTORY_HOLIDAY", "the third day of National Day, though a Saturday"),
        ("2026-10-05", "STATUTORY_HOLIDAY", "makes up for Saturday the 3rd"),
        ("2026-10-06", "SWAPPED_DAY_OFF", "exchanged for Sunday 20 September"),
        ("2026-02-16", "STATUTORY_HOLIDAY", "lunar new year's eve, statutory since 2025"),
        ("2024-02-09", "WORKDAY", "lunar new year's eve before 2025: the notice only encouraged leave"),
        ("2003-05-06", "WORKDAY", "the long break was called off by the notice of 21 April 2003"),
        ("2003-04-26", "WEEKEND", "so its Saturday was not worked"),
        ("2003-05-05", "STATUTORY_HOLIDAY", "makes up for Saturday 3 May 2003"),
        ("2012-06-22", "STATUTORY_HOLIDAY", "a Friday that makes up for the Saturday after it"),
        ("2015-09-03", "SWAPPED_DAY_OFF", "off by notice alone, nobody worked for it"),
        ("2007-12-31", "SWAPPED_DAY_OFF", "arranged by the notice for 2008"),
        ("2001-01-01", "STATUTORY_HOLIDAY", "the first day covered"),
    ],
)
def test_each_day_is_of_one_of_five_kinds(date: str, kind: str, reason: str) -> None:
    assert CHINA.kind(day(date)).name == kind, reason
    assert CHINA.is_working_day(day(date)) == (kind in {"WORKDAY", "MAKE_UP_WORKDAY"})


def test_the_word_that_means_two_things_names_no_kind_and_day_off_and_make_up_day_have_two_names() -> None:
    # liriansu-opus/chinese-calendar#31, vsme/chinese-days#46
    titles = [kind.title("zh") for kind in DayKind] + [kind.title("en") for kind in DayKind]
    assert len(set(titles)) == 10
    assert not any("调休" in title for title in titles)
    assert DayKind.MAKE_UP_WORKDAY.works
    assert not DayKind.SWAPPED_DAY_OFF.works


def test_every_day_from_2004_to_2026_agrees_with_chinese_calendar_save_one_known_fault_of_its() -> None:
    # vacanza/holidays#3293: two make-up Sundays of 2019 were missing from one of the two once.
    # chinese-calendar lacks 2005-12-31, a Saturday worked for 3 January 2006.
    differing = [
        d for d in days(D(2004, 1, 1), D(2026, 12, 31)) if chinese_calendar.is_workday(d) != CHINA.is_working_day(d)
    ]
    assert differing == [D(2005, 12, 31)]
    assert CHINA.kind(D(2005, 12, 31)) is DayKind.MAKE_UP_WORKDAY


@pytest.mark.parametrize("year", range(2007, 2027))
def test_every_day_listed_by_holiday_cn_agrees(year: int) -> None:
    listed = holiday_cn(year)["days"]
    assert isinstance(listed, list)
    wrong = [row["date"] for row in listed if row["isOffDay"] == CHINA.is_working_day(day(row["date"]))]
    assert wrong == []


# Not 2007: nothing before its notice is on record. Not 2014 and 2025: a new law came with the notice, on the same day.
@pytest.mark.parametrize("year", sorted(set(range(2008, 2027)) - {2014, 2025}))
def test_a_file_of_holiday_cn_arranges_its_year_as_the_package_holidays_does(year: int) -> None:
    # A package that knows nothing of the year is made by going back to the day before its notice.
    notice = CHINA.notice(year)
    assert notice is not None
    given = holiday_cn(year)
    given["days"] = [row for row in given["days"] if row["date"] != "2020-02-03"]  # type: ignore[attr-defined]  # a Monday
    given["exceptions"] = {2015: ["2015-09-03"], 2020: ["2020-01-30", "2020-01-31"]}.get(year, [])
    before = WorkCalendar.china(as_known_on=notice.known_from - dt.timedelta(days=1))
    assert before.final_through == D(year - 1, 12, 28)
    added = before.with_notice(given)
    assert added.final_through == D(year, 12, 28)
    wrong = [d for d in days(D(year - 1, 12, 29), D(year, 12, 28)) if added.kind(d) != CHINA.kind(d)]
    assert wrong == []
    assert notice.address == given["papers"][0]  # type: ignore[index]  # a list in the file


WITH_A_NEW_LAW = {
    # The Measures of 12 November 2024 make New Year's Eve and 2 May statutory; their notice came out with them.
    D(2024, 11, 12): {
        "year": 2025,
        "days_off": ["2025-01-28", "2025-02-03", "2025-02-04", "2025-05-02", "2025-05-05", "2025-06-02", "2025-10-07",
                     "2025-10-08"],
        "make_up_days": ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"],
        "exceptions": ["2025-01-28", "2025-05-02"],
    },
    # Those of 11 December 2013 put the third day of the new year, a Sunday, in place of its eve: one more day made up.
    D(2013, 12, 11): {
        "year": 2014,
        "days_off": ["2014-02-03", "2014-02-04", "2014-02-05", "2014-02-06", "2014-04-07", "2014-05-02", "2014-10-06",
                     "2014-10-07"],
        "make_up_days": ["2014-01-26", "2014-02-08", "2014-05-04", "2014-09-28", "2014-10-11"],
        "exceptions": ["2014-02-04"],
    },
}  # fmt: skip


@pytest.mark.parametrize("published", WITH_A_NEW_LAW, ids=str)
def test_a_notice_that_came_with_a_new_law_is_given_alike_before_and_after_it_is_known(published: dt.date) -> None:
    """What had to be an exception while the law was not known is none once it is: keep the call when you upgrade."""
    notice = WITH_A_NEW_LAW[published]
    year = notice["year"]
    assert isinstance(year, int)
    before = WorkCalendar.china(as_known_on=published - dt.timedelta(days=1)).with_notice(notice)
    after = WorkCalendar.china(as_known_on=published)
    assert before.final_through == D(year, 12, 28)
    known = before.notice(year)
    assert known is not None
    assert [str(day) for day in known.exceptions] == notice["exceptions"]
    assert after.with_notice(notice) == after
    assert CHINA.with_notice(notice) == CHINA
    eve = D(2014, 1, 30)  # by the old law it would have rested; the day was worked
    differing = [
        day for day in days(D(year, 1, 1), D(year, 12, 28)) if before.is_working_day(day) != CHINA.is_working_day(day)
    ]
    assert differing == ([eve] if year == 2014 else [])


def test_a_day_that_is_statutory_is_left_out_unless_it_is_declared() -> None:
    with pytest.raises(InvalidNotice, match="2025-01-28 is a statutory holiday by law; leave it out"):
        CHINA.with_notice(WITH_A_NEW_LAW[D(2024, 11, 12)] | {"exceptions": ["2025-05-02"]})


def test_the_package_holidays_still_words_its_exchanges_as_this_library_reads_them() -> None:
    china = holidays.country_holidays("CN", years=range(2001, KNOWN_LAST + 1), language="zh_CN")
    # The Labour Day break of 2003, called off a fortnight before, is still in the package.
    called_off = {D(2003, 4, 26), D(2003, 4, 27)}
    ours = {d for d in days(D(2001, 1, 1), CHINA.final_through) if CHINA.kind(d) is DayKind.MAKE_UP_WORKDAY}
    assert {d for d in china.weekend_workdays if d <= CHINA.final_through} == ours | called_off


def test_the_measures_on_file_give_the_statutory_days_of_every_year() -> None:
    source = published()
    for year in range(2001, 2100):
        of_year = {d: names for d, names in source.statutory.items() if d.year == year}
        measures = [edition for edition in source.measures if edition.effective.year <= year][-1]
        lunar = min(d for d, names in of_year.items() if "春节" in names)
        festivals = {name: d for d, names in of_year.items() for name in names}
        assert measures.days(lunar, festivals) == of_year, year


# Notices --------------------------------------------------------------------------------------------------------------


def test_every_notice_from_2007_on_has_number_day_and_address_and_earlier_ones_invent_none() -> None:
    for year in range(2007, 2027):
        notice = CHINA.notice(year)
        assert notice is not None
        assert notice.number
        assert notice.number.startswith(f"国办发明电〔{year - 1}〕")
        assert notice.issued is not None
        assert notice.issued.year == year - 1
        assert notice.address is not None
        assert notice.address.split("://")[1].startswith("www.gov.cn/zhengce/zhengceku/")
        assert notice.issued <= notice.known_from < D(year, 1, 1)
    for year in range(2001, 2007):
        notice = CHINA.notice(year)
        assert notice is not None
        assert (notice.number, notice.issued, notice.published, notice.address) == (None, None, None, None)
        assert "文号未录" in notice.cite("zh")
        assert "number not on file" in notice.cite("en")
        assert notice.known_from == D(year, 1, 1)
    assert LATE_2025.notice(2026) is None


def test_a_day_carries_its_notice_its_festival_and_what_it_is_exchanged_with() -> None:
    made_up = CHINA.day(D(2026, 10, 5))
    assert (made_up.compensates, made_up.name_zh, made_up.name_en) == (D(2026, 10, 3), "国庆节", "National Day")
    assert made_up.notice is not None
    assert made_up.notice.cite("zh") == "国务院办公厅关于2026年节假日安排的通知（国办发明电〔2025〕7号）"
    swapped = CHINA.day(D(2026, 10, 6))
    assert (swapped.swapped_with, swapped.note("zh"), swapped.note("en")) == (
        D(2026, 9, 20),
        "与9月20日对换",
        "exchanged for 2026-09-20",
    )
    worked = CHINA.day(D(2026, 9, 20))
    assert (worked.swapped_with, worked.note("zh"), worked.note("en")) == (
        D(2026, 10, 6),
        "补10月6日的班",
        "make-up for 2026-10-06",
    )
    both = CHINA.day(D(2020, 10, 1))
    assert both.note("zh") == "中秋节、国庆节"
    assert both.note("en") == "Mid-Autumn Festival, National Day"
    assert CHINA.day(D(2020, 10, 6)).compensates == D(2020, 10, 1), "one day for two festivals, so one is made up"
    assert CHINA.day(D(2026, 10, 5)).note("en") == "National Day, in lieu of 2026-10-03"
    plain = CHINA.day(D(2026, 11, 11))
    assert (plain.note("en"), plain.name_zh, plain.reason, plain.works) == ("", "", "", True)
    assert plain.notice is not None
    assert plain.notice.year == 2026


@pytest.mark.parametrize(
    ("date", "year_loaded", "reason"),
    [
        ("2005-12-31", 2006, "worked for 3 January 2006"),
        ("2011-12-31", 2012, "worked for 3 January 2012"),
        ("2018-12-29", 2019, "worked for 31 December 2018"),
    ],
)
def test_a_make_up_day_in_december_belongs_to_the_next_years_notice_and_is_not_lost(
    date: str, year_loaded: int, reason: str
) -> None:
    # vacanza/holidays#2196
    there = CHINA.day(day(date))
    assert there.kind is DayKind.MAKE_UP_WORKDAY, reason
    assert there.notice is not None
    assert there.notice.year == year_loaded
    assert published().notices[year_loaded].make_up_days[0] == day(date)
    assert day(date) not in published().notices[year_loaded - 1].make_up_days


# What was known when --------------------------------------------------------------------------------------------------


def test_labour_day_2019_stands_as_it_was_known_before_and_after_the_notice_of_22_march() -> None:
    # NateScarlet/holiday-cn#14
    before, after = (WorkCalendar.china(as_known_on=D(2019, 3, d)) for d in (10, 25))
    dates = [D(2019, 4, 28), D(2019, 5, 1), D(2019, 5, 2), D(2019, 5, 3), D(2019, 5, 5)]
    assert [before.is_working_day(d) for d in dates] == [False, False, True, True, False]
    assert [after.is_working_day(d) for d in dates] == [True, False, False, False, True]
    exchanged = [D(2019, 5, 2), None, D(2019, 4, 28), D(2019, 5, 5), D(2019, 5, 3)]
    assert [after.day(d).swapped_with for d in dates] == exchanged
    assert {before.day(d).swapped_with for d in dates} == {None}, "what is no exchange yet is exchanged with nothing"
    assert [n.number for n in after.revisions(2019)] == ["国办发明电〔2019〕3号"]
    assert before.revisions(2019) == ()
    changed = after.day(D(2019, 5, 2)).notice
    assert changed is not None
    assert (changed.number, changed.revises) == ("国办发明电〔2019〕3号", True)
    assert changed.cite("en") == "State Council notice on Labour Day 2019 rearranged (国办发明电〔2019〕3号)"
    unchanged = before.day(D(2019, 5, 2)).notice
    assert unchanged is not None
    assert unchanged.number == "国办发明电〔2018〕15号"
    assert before.final_through == after.final_through == D(2019, 12, 28)


def test_spring_festival_2020_was_extended_by_a_notice_published_on_27_january() -> None:
    # NateScarlet/holiday-cn#135: dated the 26th, published the 27th, so on the 26th nobody could know.
    dates = [D(2020, 1, 30), D(2020, 1, 31), D(2020, 2, 1), D(2020, 2, 2), D(2020, 2, 3)]
    before, after = (WorkCalendar.china(as_known_on=D(2020, 1, d)) for d in (26, 27))
    assert [before.kind(d).name for d in dates] == [
        "SWAPPED_DAY_OFF",
        "WORKDAY",
        "MAKE_UP_WORKDAY",
        "WEEKEND",
        "WORKDAY",
    ]
    assert [after.kind(d).name for d in dates] == [
        "SWAPPED_DAY_OFF",
        "SWAPPED_DAY_OFF",
        "WEEKEND",
        "WEEKEND",
        "WORKDAY",
    ]
    assert after.day(D(2020, 1, 31)).name_zh == "2020年春节假期延长"
    assert before.day(D(2020, 1, 31)).name_zh == ""


def test_the_victory_day_of_2015_was_arranged_in_may_of_that_year() -> None:
    before = WorkCalendar.china(as_known_on=D(2015, 5, 12))
    assert [before.is_working_day(D(2015, 9, d)) for d in (3, 4, 6)] == [True, True, False]
    assert [CHINA.is_working_day(D(2015, 9, d)) for d in (3, 4, 6)] == [False, False, True]


def test_a_calendar_of_the_past_knows_only_the_law_of_its_time() -> None:
    # The Measures changed on 14 December 2007, 11 December 2013 and 12 November 2024.
    old = WorkCalendar.china(as_known_on=D(2006, 12, 20))
    assert old.kind(D(2009, 5, 2)) is DayKind.STATUTORY_HOLIDAY, "three days of Labour Day until 2007"
    assert old.kind(D(2009, 4, 4)) is DayKind.WEEKEND, "Qingming was no holiday"
    middle = WorkCalendar.china(as_known_on=D(2012, 6, 1))
    assert middle.kind(D(2014, 1, 30)) is DayKind.STATUTORY_HOLIDAY, "the eve, by the text of 2007"
    assert middle.kind(D(2014, 2, 2)) is DayKind.WEEKEND, "the third day, a Sunday, only by the text of 2013"
    newer = WorkCalendar.china(as_known_on=D(2024, 11, 1))
    assert newer.kind(D(2026, 2, 16)) is DayKind.WORKDAY, "the eve of 2026, by the text of 2013"
    assert newer.final_through == D(2024, 12, 28)
    assert statutory_known(D(2026, 1, 1)) == statutory_known(None)
    assert newer.day(D(2028, 10, 3)).note("zh") == "中秋节、国庆节"


def test_what_was_known_before_the_first_notice_on_record_is_refused() -> None:
    with pytest.raises(InvalidMoment, match="2006-12-14"):
        WorkCalendar.china(as_known_on=D(2006, 12, 13))
    assert WorkCalendar.china(as_known_on=D(2006, 12, 14)).final_through == D(2007, 12, 28)
    with pytest.raises(InvalidMoment, match="as_known_on"):
        WorkCalendar.china(as_known_on=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


# Coverage -------------------------------------------------------------------------------------------------------------


def test_answers_after_28_december_of_the_last_published_year_are_provisional() -> None:
    # nager/Nager.Date#1075: predicted years were served as fact.
    calendar = WorkCalendar.china(as_known_on=D(2026, 11, 21))
    assert calendar.final_through == D(2026, 12, 28)
    assert (calendar.covers_from, calendar.covers_through) == (D(2001, 1, 1), D(2099, 12, 31))
    assert calendar.certainty(D(2026, 12, 28)) is Certainty.FINAL
    assert calendar.certainty(D(2026, 12, 29)) is Certainty.PROVISIONAL
    assert calendar.certainty_reason(D(2026, 12, 28)) == ""
    assert calendar.certainty_reason(D(2026, 12, 29), "en").startswith("the notice for 2027 is not published")
    assert calendar.certainty_reason(D(2031, 1, 6), "zh").startswith("2031年放假安排尚未公布")
    assert calendar.day(D(2027, 10, 1)).certainty is Certainty.PROVISIONAL
    assert [c.title("zh") for c in Certainty] == ["确定", "暂定"]
    assert [c.title("en") for c in Certainty] == ["final", "provisional"]


@pytest.mark.parametrize(
    ("date", "kind", "reason"),
    [
        ("2027-10-01", "STATUTORY_HOLIDAY", "known by law"),
        ("2027-02-05", "STATUTORY_HOLIDAY", "lunar new year's eve, known by law and moon"),
        ("2027-02-06", "STATUTORY_HOLIDAY", "lunar new year's day, a Saturday"),
        ("2027-02-09", "WORKDAY", "which day makes up for it only the notice says"),
        ("2027-05-02", "STATUTORY_HOLIDAY", "two days of Labour Day since 2025"),
        ("2027-05-03", "WORKDAY", "not made up before the notice"),
        ("2027-10-09", "WEEKEND", "no make-up days before the notice"),
    ],
)
def test_of_an_unpublished_year_only_what_the_law_says_is_known(date: str, kind: str, reason: str) -> None:
    assert WorkCalendar.china(as_known_on=D(2026, 11, 21)).kind(day(date)).name == kind, reason


def test_a_limit_that_runs_into_an_unpublished_year_is_provisional_and_never_crashes() -> None:
    # liriansu-opus/chinese-calendar#94, gerrymanoim/exchange_calendars#531
    lenient = WorkCalendar.china(as_known_on=D(2026, 11, 21))
    # 22, 23, 24, 25, 28, 29, 30, 31 December; 4, 5, 6, 7, 8, 11, 12 January: the 15th is the 12th.
    due = lenient.add_working_days(D(2026, 12, 21), 15)
    assert due == D(2027, 1, 12)
    assert lenient.certainty(due) is Certainty.PROVISIONAL
    with pytest.raises(CalendarUnpublished) as refused:
        STRICT_2026.add_working_days(D(2026, 12, 21), 15)
    assert isinstance(refused.value, LookupError)
    assert "2027" in refused.value.why
    assert refused.value.value == D(2026, 12, 21)
    assert "with_notice" in refused.value.hint


def test_a_strict_calendar_answers_up_to_its_last_final_day_and_refuses_every_question_beyond() -> None:
    last = D(2026, 12, 28)
    assert STRICT_2026.covers_through == last
    assert STRICT_2026.add_working_days(D(2026, 12, 25), 1) == last
    assert STRICT_2026.count_working_days(D(2026, 12, 21), last) == 5
    assert STRICT_2026.working_day_on_or_after(last) == last
    assert STRICT_2026.working_day(STRICT_2026.working_days_before(last)) == last
    assert STRICT_2026.certainty(D(2027, 1, 4)) is Certainty.PROVISIONAL, "this question needs no arrangement"
    beyond = D(2026, 12, 29)
    for ask in (
        lambda: STRICT_2026.kind(beyond),
        lambda: STRICT_2026.is_working_day(beyond),
        lambda: STRICT_2026.day(beyond),
        lambda: STRICT_2026.add_working_days(last, 1),
        lambda: STRICT_2026.add_working_days(beyond, -1),
        lambda: STRICT_2026.count_working_days(last, beyond),
        lambda: STRICT_2026.count_working_days(beyond, D(2026, 12, 30)),
        lambda: STRICT_2026.working_day_on_or_after(beyond),
        lambda: STRICT_2026.working_day_on_or_before(beyond),
        lambda: STRICT_2026.working_day(STRICT_2026.working_days_before(last) + 1),
    ):
        with pytest.raises(CalendarUnpublished, match="2027"):
            ask()


# Counting -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "n", "expected", "reason"),
    [
        ("2026-09-28", 7, "2026-10-13", "29 and 30 September, 8 and 9 October, 10 October by make-up, 12, 13"),
        ("2026-10-13", -7, "2026-09-28", "the same back"),
        ("2026-02-13", 4, "2026-02-26", "14 February by make-up, 24, 25, 26"),
        ("2026-10-01", 1, "2026-10-08", "from a holiday the next working day is day 1"),
        ("2026-10-10", 1, "2026-10-12", "from a make-up Saturday to Monday"),
        ("2026-10-09", 1, "2026-10-10", "from Friday to the make-up Saturday"),
        ("2001-01-01", 1, "2001-01-02", "from the first day covered"),
        ("2001-01-03", -1, "2001-01-02", "back to the first working day there is"),
        ("2018-12-28", 1, "2018-12-29", "the make-up Saturday of the next year's notice"),
    ],
)
def test_the_nth_working_day_starts_with_the_first_after_the_day(date: str, n: int, expected: str, reason: str) -> None:
    # bokmann/business_time#192, #196: which day is day one is the caller's decision; this is one of two readings.
    assert CHINA.add_working_days(day(date), n) == day(expected), reason


@pytest.mark.parametrize(
    ("date", "after", "before"),
    [
        ("2026-10-01", "2026-10-08", "2026-09-30"),
        ("2026-10-10", "2026-10-10", "2026-10-10"),
        ("2026-10-11", "2026-10-12", "2026-10-10"),
        ("2001-01-02", "2001-01-02", "2001-01-02"),  # the first working day there is
    ],
)
def test_a_rest_day_rolls_to_the_next_or_the_last_working_day(date: str, after: str, before: str) -> None:
    assert CHINA.working_day_on_or_after(day(date)) == day(after)
    assert CHINA.working_day_on_or_before(day(date)) == day(before)


@pytest.mark.parametrize(
    ("moment", "expected", "reason"),
    [
        ("2026-09-30T15:30:00+00:00", D(2026, 9, 30), "23:30 in Beijing, still a working day"),
        ("2026-09-30T16:30:00+00:00", D(2026, 10, 1), "00:30 in Beijing, a holiday"),
    ],
)
def test_around_midnight_the_beijing_day_decides(moment: str, expected: dt.date, reason: str) -> None:
    # zendesk/biz#142, bokmann/business_time#36: a moment is no day, so the calendar takes dates only.
    aware = dt.datetime.fromisoformat(moment)
    with pytest.raises(InvalidMoment, match="a date without a time of day"):
        CHINA.is_working_day(aware)
    assert aware.astimezone(dt.timezone(dt.timedelta(hours=8))).date() == expected, reason
    assert CHINA.is_working_day(expected) == (expected == D(2026, 9, 30))


@pytest.mark.parametrize(
    ("date", "n", "match"),
    [
        (D(2026, 1, 1), 0, "other than 0"),
        (D(2026, 1, 1), True, "got True"),
        (D(2026, 1, 1), False, "got False"),
        (D(2026, 1, 1), 1.0, r"got 1\.0"),
        (D(2026, 1, 1), -1.0, r"got -1\.0"),
        (D(2026, 1, 1), "5", "got '5'"),
        (D(2026, 1, 1), None, "got None"),
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), 1, "without a time of day"),
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), -1, "without a time of day"),
        ("2026-01-01", 1, "without a time of day"),
        ([], 1, "without a time of day"),
        (D(1999, 12, 31), 1, "2001-01-01"),
        (D(9999, 12, 31), 1, "2099-12-31"),
        (D(2099, 12, 31), 1, "leads out of the years known"),
        (D(2001, 1, 1), -1, "leads out of the years known"),
        (D(2026, 1, 1), 10**9, "leads out of the years known"),
        (D(2026, 1, 1), -(10**9), "leads out of the years known"),
    ],
)
def test_an_impossible_addition_is_refused_by_name(date: dt.date, n: int, match: str) -> None:
    for calendar in (WorkCalendar.china(), CHINA):  # with and without its tables built
        with pytest.raises(InvalidMoment, match=match):
            calendar.add_working_days(date, n)


def test_working_days_are_numbered_from_the_first_there_is() -> None:
    assert [CHINA.working_day(index) for index in (0, 1)] == [D(2001, 1, 2), D(2001, 1, 3)]
    with pytest.raises(InvalidMoment, match="leads out of the years known"):
        CHINA.working_day(-1)


def test_other_impossible_questions_are_refused_by_name() -> None:
    with pytest.raises(InvalidMoment, match="wrong way round"):
        CHINA.count_working_days(D(2026, 10, 13), D(2026, 9, 28))
    with pytest.raises(InvalidMoment, match="wrong way round"):
        CHINA.count_working_days(D(2026, 10, 7), D(2026, 10, 1))  # nothing works between them either way
    assert CHINA.count_working_days(D(2026, 10, 7), D(2026, 10, 7)) == 0
    with pytest.raises(InvalidMoment, match="1999"):
        CHINA.count_working_days(D(1999, 1, 1), D(2026, 1, 1))
    with pytest.raises(InvalidMoment, match="leads out"):
        CHINA.working_day_on_or_before(D(2001, 1, 1))
    closed = CHINA.with_override(D(2099, 12, 31), works=False, reason="last day")
    with pytest.raises(InvalidMoment, match="leads out"):
        closed.working_day_on_or_after(D(2099, 12, 31))
    for index in (-1, 10**6):
        with pytest.raises(InvalidMoment, match="leads out"):
            WorkCalendar.china().working_day(index)
    for year in (2000, 2100, "2026"):
        with pytest.raises(InvalidMoment, match="2001 to 2099"):
            CHINA.fingerprint(year)  # type: ignore[arg-type]
    with pytest.raises(InvalidNotice, match="did you mean 'refuse'"):
        WorkCalendar.china(unpublished="refused")  # type: ignore[arg-type]


def test_a_date_of_pendulum_is_a_date() -> None:
    assert CHINA.add_working_days(pendulum.date(2026, 9, 28), 7) == D(2026, 10, 13)
    assert CHINA.kind(pendulum.date(2026, 10, 10)) is DayKind.MAKE_UP_WORKDAY


# Overrides ------------------------------------------------------------------------------------------------------------


def test_an_override_opens_or_closes_a_day_here_and_leaves_its_kind_alone() -> None:
    open_saturday, closed_friday = D(2026, 10, 17), D(2026, 10, 16)
    calendar = CHINA.with_override(open_saturday, works=True, reason=" 系统切换 ").with_override(
        closed_friday, works=False, reason="台风"
    )
    assert [calendar.is_working_day(d) for d in (closed_friday, open_saturday)] == [False, True]
    assert [calendar.kind(d).name for d in (closed_friday, open_saturday)] == ["WORKDAY", "WEEKEND"]
    assert calendar.add_working_days(D(2026, 10, 15), 1) == open_saturday
    there = calendar.day(open_saturday)
    assert (there.works, there.reason, there.note("zh"), there.note("en")) == (
        True,
        "系统切换",
        "本行安排：系统切换",
        "own arrangement: 系统切换",
    )
    assert not CHINA.is_working_day(open_saturday), "the calendar it was made from is unchanged"
    again = calendar.with_override(open_saturday, works=False, reason="off after all")
    assert not again.is_working_day(open_saturday)
    assert [own.date for own in again.overrides] == [closed_friday, open_saturday]


def test_an_override_needs_a_day_a_truth_value_and_a_reason() -> None:
    with pytest.raises(InvalidNotice, match="reason is expected"):
        CHINA.with_override(D(2026, 10, 17), works=True, reason="  ")
    with pytest.raises(InvalidNotice, match="True or False"):
        CHINA.with_override(D(2026, 10, 17), works=1, reason="x")  # type: ignore[arg-type]
    with pytest.raises(InvalidMoment, match="overridden day"):
        CHINA.with_override(D(1999, 10, 17), works=True, reason="x")
    assert CHINA.with_override(pendulum.date(2026, 10, 17), works=True, reason="x").is_working_day(D(2026, 10, 17))


def test_hours_are_given_by_value_or_span_by_span_and_only_to_days_that_work() -> None:
    normal = Hours.of("09:00-17:00")
    assert CHINA.with_hours(normal).hours == normal
    assert CHINA.with_hours("13:30-17:00", Opening.parse("09:00-12:00")).hours == Hours.of("09:00-12:00", "13:30-17:00")
    assert CHINA.hours is None
    with pytest.raises(InvalidHours, match=r"or the spans of a day, are expected; got 9; write with_hours\('09"):
        CHINA.with_hours(9)  # type: ignore[arg-type]
    with pytest.raises(InvalidHours, match="one Hours, or the spans"):
        CHINA.with_hours(normal, "18:00-19:00")
    with pytest.raises(InvalidHours):
        CHINA.with_hours()
    on_sunday = Hours.of("09:00-17:00", exceptions={"2026-10-04": ["09:00-12:00"]})
    with pytest.raises(InvalidHours, match="it is a weekend"):
        CHINA.with_hours(on_sunday)
    opened = CHINA.with_override(D(2026, 10, 4), works=True, reason="duty")
    assert opened.with_hours(on_sunday).hours == on_sunday


# A notice of one's own ------------------------------------------------------------------------------------------------


def test_a_bank_that_cannot_wait_adds_the_notice_and_the_year_is_published() -> None:
    # workalendar/workalendar#761: the library stopped and users pasted tables.
    added = LATE_2025.with_notice(NOTICE_2026)
    assert added.final_through == D(2026, 12, 28)
    assert [d for d in days(D(2025, 12, 29), D(2026, 12, 28)) if added.kind(d) != CHINA.kind(d)] == []
    notice = added.notice(2026)
    assert notice is not None
    assert notice.number == "国办发明电〔2025〕7号"
    assert added.day(D(2026, 10, 5)).compensates == D(2026, 10, 3)
    assert added.day(D(2026, 10, 5)).notice == notice
    assert added.fingerprint(2026) == CHINA.fingerprint(2026)
    assert added.with_notice(NOTICE_2026) is added, "a second time it changes nothing"


def test_a_published_notice_may_be_given_again_and_one_that_differs_is_refused() -> None:
    assert CHINA.with_notice(NOTICE_2026) is CHINA
    shipped = published().notices[2026]
    assert CHINA.with_notice(shipped) is CHINA
    with pytest.raises(InvalidNotice, match="published after the day whose knowledge"):
        LATE_2025.with_notice(shipped)
    assert (
        LATE_2025.with_notice(attrs.evolve(shipped, published=None)).day(D(2026, 10, 6)).kind is DayKind.SWAPPED_DAY_OFF
    )
    other = dict(NOTICE_2026, make_up_days=[*NOTICE_2026["make_up_days"][:-1], "2026-10-11"])  # type: ignore[index]
    with pytest.raises(InvalidNotice, match=r"says something else; got '2026-10-10, 2026-10-11'"):
        CHINA.with_notice(other)
    with pytest.raises(InvalidNotice, match="2001-01-29"):
        CHINA.with_notice(year=2001)


def test_a_notice_that_differs_in_its_last_december_only_is_refused() -> None:
    """A year's notice arranges days from 29 December before it to 28 December; 11 December 2026 is a Friday."""
    more = {"days_off": "2026-12-11", "make_up_days": "2026-12-12"}
    other = NOTICE_2026 | {name: [*NOTICE_2026[name], day] for name, day in more.items()}  # type: ignore[misc]
    with pytest.raises(InvalidNotice, match=r"says something else; got '2026-12-11, 2026-12-12'"):
        CHINA.with_notice(other)


def test_a_refused_notice_is_named_by_its_year() -> None:
    with pytest.raises(InvalidNotice) as caught:
        CHINA.with_notice(year=2027, make_up_days=["no day"])
    assert caught.value.what == "the notice for 2027"


@pytest.mark.parametrize("day", [D(2015, 9, 3), D(2020, 1, 30), D(2020, 1, 31)])
def test_a_day_off_that_no_other_day_makes_up_for_stands_in_its_notice(day: dt.date) -> None:
    """The day of 2015 was given by decree, the two of 2020 by the notice that prolonged Spring Festival."""
    assert day in published().notices[day.year].swapped_days_off


def test_a_notice_may_move_the_last_days_of_the_year_before() -> None:
    before = WorkCalendar.china(as_known_on=D(2018, 12, 1))
    assert before.kind(D(2018, 12, 29)) is DayKind.WEEKEND
    added = before.with_notice(
        year=2019,
        days_off=["2018-12-31", "2019-02-04", "2019-02-08", "2019-10-04", "2019-10-07"],
        make_up_days=[D(2018, 12, 29), D(2019, 2, 2), D(2019, 2, 3), D(2019, 9, 29), D(2019, 10, 12)],
        published=D(2018, 12, 1),
    )
    assert added.kind(D(2018, 12, 29)) is DayKind.MAKE_UP_WORKDAY
    assert added.kind(D(2018, 12, 31)) is DayKind.SWAPPED_DAY_OFF
    strict = WorkCalendar.china(unpublished="refuse", as_known_on=D(2018, 12, 1))
    with pytest.raises(CalendarUnpublished):
        strict.kind(D(2018, 12, 29))


MIDNIGHT = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
# Six statutory days of 2027 fall on weekends: 6 and 7 February, 1 and 2 May, 2 and 3 October.
MADE_UP_2027 = ["2027-02-09", "2027-02-10", "2027-05-03", "2027-05-04", "2027-10-04", "2027-10-05"]
SWAPPED_2027 = ["2027-02-11", "2027-10-06"]
ONE_DAY = [{"date": "2027-10-01", "isOffDay": True}]
WORKED = [{"date": "2027-10-09", "isOffDay": False}]
BASE_2027: dict[str, object] = {
    "year": 2027,
    "statutory": MADE_UP_2027,
    "days_off": SWAPPED_2027,
    "make_up_days": ["2027-02-20", "2027-10-09"],
}
STANDING = WorkCalendar.china(as_known_on=D(2026, 11, 21))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days_off": ["2027-02-11"]}, ["1 swapped days off against 2 make-up days", "exceptions"]),
        ({"days_off": ["2027-02-13", "2027-10-06"]}, ["2027-02-13 is a Saturday", "Monday to Friday"]),
        ({"days_off": ["2027-10-01", "2027-02-11", "2027-10-06"]}, ["2027-10-01 is a statutory holiday by law"]),
        ({"make_up_days": ["2027-02-22", "2027-10-09"]}, ["2027-02-22 is a Monday", "Saturday or Sunday"]),
        ({"make_up_days": ["2027-10-02", "2027-02-20"]}, ["2027-10-02 is a statutory holiday by law (国庆节)"]),
        ({"make_up_days": ["2026-12-26", "2027-02-20"]}, ["2026-12-26 is outside 2026-12-29 to 2027-12-31"]),
        ({"make_up_days": ["2027-02-20", "2027-02-20", "2027-10-09"]}, ["make_up_days[1]: 2027-02-20 stands twice"]),
        ({"days_off": ["2027-02-20", "2027-10-06"]}, ["2027-02-20 is both off and a make-up day"]),
        ({"statutory": ["2027-02-09"]}, ["2027-10-03 falls on a Sunday", "no day off makes it up"]),
        ({"statutory": [*MADE_UP_2027, "2027-06-10"]}, ["2027-06-10 is not statutory by law and makes up for none"]),
        ({"exceptions": ["2027-07-01"]}, ["2027-07-01 is neither"]),
        ({"exceptions": "2027-07-01"}, ["exceptions: a list of dates"]),
        ({"days_off": 5}, ["days_off: a list of dates is expected, got 5"]),
        ({"days_off": ["2027-02-30", 7, MIDNIGHT]}, ["days_off[0]: a date as", "days_off[1]: a date", "days_off[2]"]),
        ({"year": "2027"}, ["year: a year from 2001 to 2099 is expected, got '2027'"]),
        ({"year": True}, ["got True"]),
        ({"year": 2100}, ["got 2100"]),
        ({"number": 7}, ["number: a text is expected, got 7"]),
        ({"address": " "}, ["address: a text is expected"]),
        ({"published": "soon"}, ["published: a date as"]),
        ({"make_up": ["2027-02-20"]}, ["unknown field 'make_up'", "did you mean 'make_up_days'?"]),
        ({"zzz": 1}, ["unknown field 'zzz' (known: address,"]),
        ({"year": 2029, "days_off": [], "make_up_days": [], "statutory": []}, ["falls on a"]),
    ],
)  # fmt: skip
def test_a_notice_that_contradicts_itself_or_the_law_is_refused_with_every_fault(
    change: dict[str, object], words: list[str]
) -> None:
    assert STANDING.with_notice(BASE_2027).final_through == D(2027, 12, 28), "unchanged it is sound"
    with pytest.raises(InvalidNotice) as refused:
        STANDING.with_notice(BASE_2027 | change)
    for word in words:
        assert word in str(refused.value)


def test_all_faults_of_a_notice_are_reported_together() -> None:
    with pytest.raises(InvalidNotice, match=r"3 faults: .*both off and.*is a Saturday.*against 1 make-up"):
        STANDING.with_notice(
            BASE_2027 | {"days_off": ["2027-02-20", "2027-02-11", "2027-02-12"], "make_up_days": ["2027-02-20"]}
        )


def test_exceptions_are_declared_by_hand_and_then_they_stand() -> None:
    added = STANDING.with_notice(BASE_2027 | {"days_off": ["2027-02-11"], "exceptions": ["2027-10-09"]})
    assert added.kind(D(2027, 10, 9)) is DayKind.MAKE_UP_WORKDAY
    unpaid = BASE_2027 | {"statutory": MADE_UP_2027[:-1], "exceptions": ["2027-10-03"]}
    assert STANDING.with_notice(unpaid).kind(D(2027, 10, 5)) is DayKind.WORKDAY


def test_without_named_statutory_days_the_first_days_off_of_the_break_make_up() -> None:
    off = sorted([*MADE_UP_2027, *SWAPPED_2027])
    given_at_once = {"year": 2027, "days_off": off, "make_up_days": BASE_2027["make_up_days"]}
    assert STANDING.with_notice(given_at_once).fingerprint(2027) == STANDING.with_notice(BASE_2027).fingerprint(2027)


@pytest.mark.parametrize(
    ("statutory", "off", "made_up", "why"),
    [
        # 3 July 2027 is a Saturday. Monday is the next day that can be one off.
        ({"2027-07-03": "a"}, ["2027-07-05"], [("2027-07-05", "2027-07-03")], "in the same break, after it"),
        ({"2027-07-03": "a"}, ["2027-07-02", "2027-07-05"], [("2027-07-05", "2027-07-03")], "after rather than before"),
        ({"2027-07-03": "a"}, ["2027-07-02"], [("2027-07-02", "2027-07-03")], "before it"),
        ({"2027-07-03": "a"}, ["2027-07-02", "2027-07-07"], [("2027-07-02", "2027-07-03")], "before, not in another"),
        ({"2027-07-03": "a"}, ["2027-07-16"], [("2027-07-16", "2027-07-03")], "within two weeks, on the 13th day"),
        ({"2027-07-03": "a"}, ["2027-07-13", "2027-07-09"], [("2027-07-09", "2027-07-03")], "the first within those"),
        ({"2027-07-03": "a"}, ["2027-07-01"], None, "two days before lies in no break of it, and is not after"),
        # On Wednesday, 7 July 2027, two festivals fall on one day.
        ({"2027-07-07": "ab"}, ["2027-07-21"], [("2027-07-21", "2027-07-07")], "on the 14th day after"),
        ({"2027-07-07": "ab"}, ["2027-07-22"], None, "on the 15th"),
        ({"2027-07-07": "a"}, [], [], "a festival on a working day needs none"),
        # 3 and 4 July 2027 are Saturday and Sunday; each day off makes up for one.
        ({"2027-07-03": "a", "2027-07-04": "b"}, ["2027-07-05", "2027-07-06"],
            [("2027-07-05", "2027-07-03"), ("2027-07-06", "2027-07-04")], "one for each"),
        ({"2027-07-03": "a", "2027-07-04": "b"}, ["2027-07-05"], None, "one for two"),
    ],
)  # fmt: skip
def test_a_statutory_day_on_a_rest_day_is_made_up_in_its_break_or_within_two_weeks(
    statutory: dict[str, str], off: list[str], made_up: list[tuple[str, str]] | None, why: str
) -> None:
    by_law = {day(text): tuple(names) for text, names in statutory.items()}
    given = {"year": 2027, "days_off": off, "exceptions": off}
    if made_up is None:
        with pytest.raises(InvalidNotice, match="no day off makes it up"):
            checked_notice(given, by_law)
    else:
        found = checked_notice(given, by_law).made_up
        assert found == tuple((day(free), day(holiday)) for free, holiday in made_up), why


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"year": 2027, "papers": [], "days": []}, ["no day is listed", "not published"]),
        ({"year": 2027, "days": ["2027-10-01"]}, ["days[0]: an object with date and isOffDay"]),
        ({"year": 2027, "days": [{"date": "2027-10-01", "isOffDay": "yes"}]}, ["days[0]: an object"]),
        ({"year": 2027, "days": [{"isOffDay": True}]}, ["days[0].date: a date is expected, got None"]),
        ({"year": 2027, "days": ONE_DAY * 2}, ["days[1]: 2027-10-01 stands twice"]),
        ({"year": 2027, "days": WORKED * 2}, ["days[1]: 2027-10-09 stands twice"]),
        ({"year": 2027, "days": [*WORKED, {"date": "2027-10-09", "isOffDay": True}]}, ["days[1]: 2027-10-09 stands"]),
        ({"year": 2027, "days": ONE_DAY}, ["the statutory day 2027-10-02 is not listed as off"]),
        ({"year": 2027, "papers": "x", "days": ONE_DAY}, ["papers: a list of addresses"]),
        ({"year": 2027, "papers": [5], "days": ONE_DAY}, ["address: a text is expected, got 5"]),
        ({"year": 2027, "papers": [5, "a second one"], "days": ONE_DAY}, ["address: a text is expected, got 5"]),
    ],
)  # fmt: skip
def test_a_file_in_the_shape_of_holiday_cn_is_checked_likewise(given: dict[str, object], words: list[str]) -> None:
    with pytest.raises(InvalidNotice) as refused:
        STANDING.with_notice(given)
    for word in words:
        assert word in str(refused.value)


def test_notices_come_in_order_one_at_a_time_and_not_before_their_time() -> None:
    with pytest.raises(InvalidNotice, match="add the years in order"):
        STANDING.with_notice(
            Notice(year=2028, exceptions=(D(2028, 1, 1), D(2028, 5, 28), D(2028, 10, 1), D(2028, 10, 3)))
        )
    with pytest.raises(InvalidNotice, match="published after the day"):
        STANDING.with_notice(BASE_2027 | {"published": D(2026, 11, 22)})
    assert STANDING.with_notice(BASE_2027 | {"published": "2026-11-21"}).final_through.year == 2027
    with pytest.raises(InvalidNotice, match="both given"):
        STANDING.with_notice(BASE_2027, year=2027)
    with pytest.raises(InvalidNotice, match="a mapping of its fields"):
        STANDING.with_notice([2027])  # type: ignore[arg-type]
    with pytest.raises(InvalidNotice, match="year: a year"):
        STANDING.with_notice()


# Own days -------------------------------------------------------------------------------------------------------------


def test_make_up_days_rest_up_to_the_last_one_arranged() -> None:
    """31 December 2028 is a Sunday: where the notice of 2028 makes it work, it is moved by no later one yet."""
    notices = (Notice(year=2027), Notice(year=2028, make_up_days=(D(2028, 12, 30), D(2028, 12, 31))))
    worked = [D(2001, 4, 28), D(2026, 1, 4), D(2026, 10, 10), D(2028, 12, 30), D(2028, 12, 31)]
    elsewhere, here = OwnDays(notices=notices), OwnDays(notices=notices, make_up_days=False)
    assert [elsewhere.onto(CHINA).is_working_day(day) for day in worked] == [True] * 5, "a make-up day works as a rule"
    assert [here.onto(CHINA).is_working_day(day) for day in worked] == [False] * 5
    assert here.onto(CHINA).day(D(2028, 12, 31)).note("en") == "own arrangement: it does not work on make-up days"
    assert here.onto(CHINA).is_working_day(D(2028, 12, 29)), "a Friday"
    strict = OwnDays(make_up_days=False).onto(WorkCalendar.china(unpublished="refuse"))
    assert [strict.is_working_day(day) for day in worked[:3]] == [False] * 3, "nothing is asked that is refused"


# A value --------------------------------------------------------------------------------------------------------------


def test_a_calendar_is_a_value_that_survives_copying_and_process_borders() -> None:
    calendar = CHINA.with_override(D(2026, 10, 16), works=False, reason="台风").with_hours(Hours.of("09:00-17:00"))
    calendar.is_working_day(D(2026, 1, 5))
    for other in (pickle.loads(pickle.dumps(calendar)), copy.deepcopy(calendar)):  # noqa: S301 - our own bytes
        assert other == calendar
        assert hash(other) == hash(calendar)
        assert not other.is_working_day(D(2026, 10, 16))
    assert len(pickle.dumps(calendar)) < 2_000, "the tables stay behind"
    with pytest.raises(AttributeError):
        calendar.hours = None  # type: ignore[misc]
    assert WorkCalendar() == CHINA


def test_a_fingerprint_depends_on_the_days_and_nothing_else() -> None:
    one, two = (D(2026, 7, 1), D(2026, 7, 2))
    forth = CHINA.with_override(one, works=False, reason="a").with_override(two, works=False, reason="b")
    back = CHINA.with_override(two, works=False, reason="b").with_override(one, works=False, reason="a")
    assert forth.fingerprint(2026) == back.fingerprint(2026) != CHINA.fingerprint(2026)
    assert forth.fingerprint(2025) == CHINA.fingerprint(2025)
    assert STRICT_2026.fingerprint(2026) == CHINA.fingerprint(2026)
    assert len(CHINA.fingerprint(2026)) == 16
    hours = CHINA.with_hours(Hours.of("09:00-17:00", exceptions={"2026-07-01": ["09:00-12:00"]}))
    assert hours.fingerprint(2026) != CHINA.with_hours(Hours.of("09:00-17:00")).fingerprint(2026)
    assert hours.fingerprint(2025) == CHINA.with_hours(Hours.of("09:00-17:00")).fingerprint(2025)
    # An auditor can make it again: year, colon, one figure a day in the order of DayKind.
    figures = "".join(str(list(DayKind).index(CHINA.kind(d))) for d in days(D(2025, 1, 1), D(2025, 12, 31)))
    assert CHINA.fingerprint(2025) == hashlib.sha256(f"2025:{figures}".encode()).hexdigest()[:16]


def test_importing_the_calendar_loads_no_heavy_library() -> None:
    code = "import sys, complaint_rules.calendar.working_time; print({'holidays'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_days_of_a_calendar_can_be_compared_and_sorted_into_sets() -> None:
    there = CHINA.day(D(2026, 10, 10))
    assert isinstance(there, CalendarDay)
    assert there == WorkCalendar.china().day(D(2026, 10, 10))
    assert len({there, CHINA.day(D(2026, 10, 10))}) == 1


def test_measures_name_both_festivals_where_two_meet() -> None:
    edition = Measures(
        order="x",
        published=D(2007, 1, 1),
        effective=D(2008, 1, 1),
        spring_festival=(0,),
        labour_day=1,
        national_day=1,
        festivals=("中秋节",),
    )
    assert edition.days(D(2020, 1, 25), {"中秋节": D(2020, 10, 1)})[D(2020, 10, 1)] == ("中秋节", "国庆节")


def test_the_file_of_notices_is_what_its_script_makes() -> None:
    if not DATA.is_dir():
        pytest.skip("the holiday-cn files are not beside this repository")
    root = Path(__file__).parents[2]
    script = root / "docs" / "_scripts" / "make_notices.py"
    made = subprocess.run(
        [sys.executable, "-X", "utf8", str(script), str(DATA)], capture_output=True, check=True
    ).stdout
    assert made.decode() == (root / "src" / "complaint_rules" / "calendar" / "notices.toml").read_text(encoding="utf-8")
