"""A calendar of one's own, in a policy file, in a file of its own, on the command line: answers as in Python."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from pathlib import Path
from typing import Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.own_days import OwnDays
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import InvalidHours, InvalidPolicy
from complaint_rules.moments import BEIJING
from complaint_rules.policy.calendars import calendar_from_file
from complaint_rules.policy.policy import Policy
from complaint_rules.words.rulebooks import explain_policy
from tests.by_hand import complaint, instant
from tests.cli.test_shell import Run
from tests.small import clock, due, limit, own, written

SEASONS: Final = """\
[hours]
spans = [["08:30", "12:00"], ["14:00", "17:30"]]
weekday.saturday = [["09:00", "12:00"]]
season = [{ from = "05-01", until = "09-30", spans = [["08:30", "12:00"], ["14:30", "18:00"]] }]
day = [{ on = ["2026-02-13", "2026-02-14"], spans = [["08:30", "11:30"]] }]
"""
DAYS: Final = """\
[calendar]
day = [
  { on = "2026-06-26", works = false, reason = { zh = "行庆", en = "founding day" } },
  { on = ["2026-06-27", "2026-06-28"], works = true, reason = { zh = "周末网点", en = "weekend branch" } },
]
"""
WORKING: Final = limit("[{ within = '5 working hours' }]")


def of_file(tmp_path: Path, *parts: str) -> WorkCalendar:
    file = tmp_path / "own-calendar.toml"
    file.write_text("\n".join(parts), "utf-8")
    return calendar_from_file(file)


@pytest.mark.parametrize(
    ("received", "expected", "why"),
    [
        ("2026-09-29T09:30", "2026-09-29T17:00", "2.5 hours of the morning, 2.5 from 14:30"),
        ("2026-10-08T09:30", "2026-10-08T16:30", "2.5 hours of the morning, 2.5 from 14:00"),
        ("2026-10-10T09:30", "2026-10-12T11:00", "a Saturday that works: 2.5 hours to noon, 2.5 on Monday from 08:30"),
        ("2026-02-13T09:30", "2026-02-14T11:30", "half days before the Spring Festival: 2 hours and 3"),
    ],
)
def test_hours_by_season_come_from_a_policy_file_or_a_file_of_their_own(
    received: str, expected: str, why: str, tmp_path: Path
) -> None:
    at = "2026-10-31T09:00"
    assert due(clock(own(WORKING, SEASONS), received, [], at)) == expected, why
    calendar = of_file(tmp_path, SEASONS)
    found = assess(complaint(received), own(WORKING), at=instant(at), calendar=calendar)
    assert due(found.clocks["whole"]) == expected


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2026-06-26", False, "a Friday, closed"),
        ("2026-06-27", True, "a Saturday, opened"),
        ("2026-06-28", True, "a Sunday, opened"),
        ("2026-07-04", False, "the Saturday after is as ever"),
    ],
)
def test_days_of_ones_own_stand_in_a_policy_file(day: str, works: bool, why: str) -> None:
    policy = own(limit("[{ within = '1 working day' }]"), DAYS)
    calendar = policy.calendar_over(WorkCalendar.china())
    assert calendar.is_working_day(dt.date.fromisoformat(day)) is works, why
    # received on Thursday the 25th: the 26th is closed, so Saturday the 27th is day one
    assert due(clock(policy, "2026-06-25T10:00", [], "2026-06-25T12:00")) == "2026-06-27"


def test_what_the_calendar_given_knows_of_a_day_stays() -> None:
    policy = own(limit("[{ within = '1 working day' }]"), DAYS, SEASONS)
    given = (
        WorkCalendar.china()
        .with_override(dt.date(2026, 6, 27), works=False, reason="closed after all")
        .with_hours(Hours.of("10:00-11:00"))
    )
    found = assess(complaint("2026-06-25T10:00"), policy, at=instant("2026-06-25T12:00"), calendar=given)
    assert due(found.clocks["whole"]) == "2026-06-28"
    assert found.calendar.hours == given.hours
    again = assess(complaint("2026-06-25T10:00"), policy, at=instant("2026-06-25T12:00"), calendar=found.calendar)
    assert again.calendar == found.calendar, "laid over once more, nothing changes"
    back = pickle.loads(pickle.dumps(found))  # noqa: S301 - made a moment ago
    assert (back, back.to_dict()) == (found, found.to_dict())


def test_an_exchange_rests_on_make_up_days(tmp_path: Path) -> None:
    calendar = of_file(tmp_path, "[calendar]\nmake_up_days = false")
    assert not calendar.is_working_day(dt.date(2026, 10, 10))
    assert calendar.add_working_days(dt.date(2026, 10, 9), 1) == dt.date(2026, 10, 12)
    assert calendar.day(dt.date(2026, 10, 10)).note("en").endswith("own arrangement: it does not work on make-up days")
    assert "补班日不营业" in calendar.day(dt.date(2026, 10, 10)).note("zh")
    assert of_file(tmp_path, "[calendar]\nmake_up_days = true") == WorkCalendar.china()


NOTICE_2026: Final = """\
[[calendar.notice]]
year = 2026
number = "国办发明电〔2025〕7号"
published = 2025-11-04
days_off = ["2026-01-02", "2026-02-20", "2026-02-23", "2026-04-06", "2026-05-04", "2026-05-05", "2026-10-05", "2026-10-06", "2026-10-07"]
make_up_days = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
"""  # noqa: E501 - one line of the file


def test_a_notice_in_a_file_is_added_where_the_calendar_does_not_know_it(tmp_path: Path) -> None:
    """Before the package holds the year, the file brings it; afterwards the two agree and nothing is added."""
    assert of_file(tmp_path, NOTICE_2026) == WorkCalendar.china()
    file = tmp_path / "own-calendar.toml"
    before = WorkCalendar.china(as_known_on=dt.date(2025, 11, 3))
    assert calendar_from_file(file, before) == before, "it was not public on that day"
    own_days = Policy.from_text(own_text(NOTICE_2026)).own_days
    assert own_days is not None
    years = [notice.year for notice in own_days.onto(WorkCalendar.china()).notices]
    assert years == []


def own_text(*parts: str) -> str:
    head = 'id = "own"\nedition = "1"\ntitle = { zh = "甲", en = "A" }\nissuer = { zh = "某行", en = "A bank" }\n'
    return "\n".join((head, "checked_on = 2026-11-21", *parts))


def test_a_notice_of_the_next_year_makes_it_final(tmp_path: Path) -> None:
    calendar = WorkCalendar.china(as_known_on=dt.date(2026, 11, 21))
    assert calendar.final_through == dt.date(2026, 12, 28)
    text = "[[calendar.notice]]\nyear = 2027\ndays_off = []\nmake_up_days = []\nexceptions = []\n"
    file = tmp_path / "own-calendar.toml"
    # With no exchange at all the statutory days on weekends are not made up: each is meant, and said to be.
    file.write_text(text.replace("exceptions = []", f"exceptions = {json.dumps(unpaid(2027))}"), "utf-8")
    known = calendar_from_file(file, WorkCalendar.china())
    assert known.final_through == dt.date(2027, 12, 28)
    assert calendar_from_file(file, calendar).final_through == dt.date(2026, 12, 28), "not known before its time"
    assert known.hours is None


def unpaid(year: int) -> list[str]:
    """Name the statutory days of a year on weekends."""
    calendar = WorkCalendar.china()
    days = (dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(365))
    return [str(day) for day in days if day.weekday() >= 5 and calendar.kind(day).value == "statutory_holiday"]


def test_a_policy_with_days_of_its_own_comes_back_alike() -> None:
    policy = own(WORKING, SEASONS, DAYS, NOTICE_2026)
    back = Policy.from_document(policy.document)
    assert (back.hours, back.own_days, back.fingerprint) == (policy.hours, policy.own_days, policy.fingerprint)


def test_the_rule_book_names_hours_days_and_notices_in_both_languages() -> None:
    hours = SEASONS.replace('"2026-02-13", "2026-02-14"', '"2026-02-13"')
    policy = own(WORKING, hours, DAYS, "make_up_days = false", NOTICE_2026)
    en, zh = explain_policy(policy, "en"), explain_policy(policy, "zh")
    for words in (
        "opening hours: 08:30–12:00, 14:00–17:30; Sat: 09:00–12:00; 05-01 to 09-30: 08:30–12:00, 14:30–18:00; ",
        "own arrangement: 2026-06-26: does not work (founding day)",
        "own arrangement: 2026-06-27: works (weekend branch)",
        "make-up working days: are not worked",
        "public holidays: State Council notice on the public holidays of 2026",
    ):
        assert words in en
    for words in (
        "工作时间：08:30–12:00、14:00–17:30；周六：09:00–12:00；",
        "本行安排：2026-06-26：休息（行庆）",
        "补班日：不营业",
        "放假安排：国务院办公厅关于2026年节假日安排的通知",
    ):
        assert words in zh


def test_a_rule_book_leaves_out_what_is_as_elsewhere() -> None:
    assert "make-up working days" not in explain_policy(own(WORKING, DAYS), "en")


def test_the_command_line_takes_a_calendar_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own-calendar.toml"
    file.write_text(SEASONS + DAYS, "utf-8")
    at = ("--calendar", str(file))
    told = json.loads(Run("due", "2026-09-29T09:30", "5 working hours", *at, "--format", "json").out)
    assert told["due_at"] == "2026-09-29T17:00:00+08:00"
    policy, case = tmp_path / "own.toml", tmp_path / "c.jsonl"
    policy.write_text(own_text(WORKING), "utf-8")
    case.write_text('{"id": "c-1", "received": "2026-09-29T09:30+08:00"}\n', "utf-8")
    when = ("--policy", str(policy), "--at", "2026-09-29T10:00")
    assert "2026-09-29T17:00:00+08:00" in Run("assess", str(case), *when, *at, "--format", "csv").out
    assert "undetermined" in Run("assess", str(case), *when, "--format", "csv").out, "without hours"
    one = tmp_path / "c.json"
    one.write_text(case.read_text("utf-8"), "utf-8")
    assert "2026-09-29T17:00:00+08:00" in Run("explain", str(one), *when, *at, "--format", "json").out
    year = Run("calendar", "2026", *at, "--lang", "en")
    assert "2026-06-26: does not work, own arrangement: founding day" in year.out
    assert "2026-06-27: works, own arrangement: weekend branch" in year.out
    assert "opening hours: 08:30–12:00" in year.out
    assert "2026-06-26" not in Run("calendar", "2025", *at, "--lang", "en").out


def test_every_fault_of_a_calendar_file_is_told_with_its_place(tmp_path: Path) -> None:
    text = """\
limit = []
[hours]
spans = [["09:00", "17:00"]]
weekday.freitag = [["09:00", "12:00"]]
weekday.friday = [["12:00", "09:00"]]
weekday.monday = [["09:00"]]
season = [{ from = "5 May", until = "09-30", spans = [["09:00", "16:00"]] }, { from = "10-01", spans = [] }]
day = [
  { on = "2026-10-01", spans = [["09:00", "12:00"]] },
  { on = "2026-10-08", spans = [["09:00", "12:00"]] },
  { on = ["2026-10-08", 5], spans = [["09:00", "12:00"]] },
]
[calendar]
make_up_days = "no"
day = [
  { on = "2026-07-15", works = false, reason = { zh = "行庆", en = "founding day" } },
  { on = "2026-07-15", works = true, reason = { zh = "行庆", en = "founding day" } },
  { on = "July", works = true, reason = "because" },
  { on = "2026-07-16", works = false, reason = { zh = "行庆" } },
]
notice = [
  { year = 2026, days_off = [], make_up_days = [] },
  { year = 2027, days = [] },
  { year = 2029, days_off = ["2029-01-02"], make_up_days = [] },
]
"""
    with pytest.raises(InvalidPolicy) as refused:
        of_file(tmp_path, text)
    assert "the calendar is refused" in str(refused.value)
    places = {fault.where.removeprefix("own-calendar.toml: "): fault.why for fault in refused.value.faults}
    assert set(places) == {
        "limit", "hours.weekday.freitag", "hours.weekday.friday[0]", "hours.weekday.monday[0]",
        "hours.season[0]", "hours.season[1].until",
        "hours.season[1].spans", "hours.day[0].on", "hours.day[2].on[0]", "hours.day[2].on[1]", "calendar.make_up_days",
        "calendar.day[1].on", "calendar.day[2].on", "calendar.day[2].reason",
        "calendar.day[3].reason.en", "calendar.notice[0]",
        "calendar.notice[1].days", "calendar.notice[1].days_off", "calendar.notice[1].make_up_days",
        "calendar.notice[2]",
    }  # fmt: skip
    assert places["hours.day[0].on"] == "the day does not work: it is a statutory holiday"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[hours]\nspans = []', "hours.spans: no span is given, so there is no working time"),
        ('[hours]\nspans = [["09:00", "12:00"], ["11:00", "17:00"]]', "09:00–12:00 and 11:00–17:00 overlap"),
        (
            """[hours]
spans = [["09:00", "12:00"]]
season = [
  { from = "05-01", until = "09-30", spans = [["09:00", "12:00"]] },
  { from = "09-30", until = "10-05", spans = [["09:00", "12:00"]] },
]""",
            "hours: two seasons hold on it",
        ),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_one_fault(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        of_file(tmp_path, text)
    (fault,) = refused.value.faults
    assert words in str(fault)


def test_a_day_that_may_yet_be_arranged_may_have_hours(tmp_path: Path) -> None:
    calendar = of_file(tmp_path, '[hours]\nspans = [["09:00", "17:00"]]')
    assert calendar.hours is not None
    saturday = calendar.final_through + dt.timedelta(days=60)
    saturday += dt.timedelta(days=5 - saturday.weekday() if saturday.weekday() <= 5 else 6)
    text = f'[hours]\nspans = [["09:00", "17:00"]]\nday = [{{ on = {saturday}, spans = [["09:00", "12:00"]] }}]'
    policy = own(WORKING, text)
    assert policy.hours is not None
    assert policy.hours.on(saturday) == Hours.of("09:00-12:00").spans
    with pytest.raises(InvalidHours, match="does not work here"):
        of_file(tmp_path, text)


def test_a_policy_without_days_of_its_own_leaves_the_calendar_alone() -> None:
    given = WorkCalendar.china()
    assert own(limit()).calendar_over(given) is given
    assert OwnDays().onto(given) == given
    assert OwnDays().onto(given).is_working_day(dt.date(2026, 10, 10))  # a make-up day works unless a policy says so
    found = assess(complaint("2026-06-25T10:00"), own(limit()), at=dt.datetime(2026, 6, 25, 12, tzinfo=BEIJING))
    assert written(found.clocks["whole"].due_at) == "2026-07-10"
