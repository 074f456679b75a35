from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from complaint_rules.calendar.days import Certainty
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.notices import DayKind
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import UnknownLanguage
from complaint_rules.moments import BEIJING
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Due, Period
from complaint_rules.periods.proofs import Mark

CHINA = WorkCalendar.china(as_known_on=dt.date(2026, 11, 20))
STRICT = WorkCalendar.china("refuse", as_known_on=dt.date(2026, 11, 20))
LUNCH = CHINA.with_hours(Hours.of("09:00-12:00", "13:30-17:00"))


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def due(period: str, start: str, calendar: WorkCalendar = CHINA, **options: Any) -> Due:
    at = moment(start) if " " in start else dt.date.fromisoformat(start)
    return Period.parse(period).due(at, calendar=calendar, **options)


def marks(proof: Due) -> str:
    """One letter a day."""
    letter = {
        Mark.OPENING: "o", Mark.DEEMED: "d", Mark.DEEMED_LATE: "l", Mark.COUNTED: "+", Mark.REST_DAY: "r",
        Mark.OUTSIDE_HOURS: "h", Mark.PAUSED: "p", Mark.HELD: "~", Mark.ROLLED: ">",
    }  # fmt: skip
    return "".join(letter[day.mark] for day in proof.days)


ADDRESS = "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"
REASONED = Pause(dt.date(2026, 11, 4), dt.date(2026, 11, 6), reason="appraisal", cite="18(2)")
NEXT = {"roll": "next_working_day"}
BACK = {"roll": "previous_working_day"}
DEEMED = {"receipt": "next_working_day"}
LATE = {"receipt": "next_working_day", "cut_off": "15:30"}


def paused(text: str) -> dict[str, list[Pause]]:
    """The option for one pause in 2026, by day ("11-04..11-06") or moment ("11-04 12:00"), open without an end."""
    start, _, end = text.partition("..")
    read = [moment(f"2026-{t}") if " " in t else dt.date.fromisoformat(f"2026-{t}") for t in (start, end or start)]
    return {"pauses": [Pause(read[0], read[1] if end else None)]}


# ---- the end


def test_the_end_is_a_plain_datetime_in_beijing_time() -> None:
    # sqlite3, orjson and msgspec refuse the subclasses of datetime.
    proof = due("48 hours", "2026-09-30 16:05")
    assert type(proof.at) is dt.datetime
    assert (proof.at, proof.at.tzinfo) == (moment("2026-10-02 16:05"), BEIJING)
    assert proof.on == dt.date(2026, 10, 2)


def test_an_open_pause_leaves_no_end() -> None:
    proof = due("15 days", "2026-09-20", pauses=[Pause(dt.date(2026, 10, 1))])
    assert (proof.at, proof.on, proof.remaining) == (None, None, 4)
    assert due("15 days", "2026-09-20").remaining is None


@pytest.mark.parametrize(
    ("period", "start", "calendar", "options", "certainty", "why"),
    [
        ("15 working days", "2026-12-21", CHINA, {}, Certainty.PROVISIONAL, "2027 is not published"),
        ("5 working days", "2026-12-21", CHINA, {}, Certainty.FINAL, "28 December is the last final day"),
        ("6 working days", "2026-12-21", CHINA, {}, Certainty.PROVISIONAL, "29 December is not"),
        ("30 days", "2026-12-21", CHINA, {}, Certainty.FINAL, "calendar days need no notice"),
        ("30 days", "2026-12-21", CHINA, NEXT, Certainty.PROVISIONAL, "the roll does"),
        ("30 days", "2026-12-21", LUNCH, {"ends": "close"}, Certainty.PROVISIONAL, "so does the close of business"),
        ("30 days", "2026-12-21", CHINA, DEEMED, Certainty.FINAL, "deemed on 21 December"),
        ("1 day", "2027-01-02", CHINA, DEEMED, Certainty.PROVISIONAL, "deemed in 2027"),
        ("9 days", "2026-12-21", CHINA, BACK, Certainty.PROVISIONAL, "whether it works"),
        ("48 hours", "2026-12-30", CHINA, {}, Certainty.FINAL, "hours need no notice"),
        ("40 working hours", "2026-12-21", LUNCH, {}, Certainty.PROVISIONAL, "working hours do"),
        ("5 working days", "2026-12-21", CHINA, paused("12-23"), Certainty.FINAL,
         "stopped before the doubt begins"),
        ("5 working days", "2026-12-30", CHINA, paused("12-23"), Certainty.PROVISIONAL,
         "stopped from the start, which lies in doubt"),
        ("40 working hours", "2026-12-21", LUNCH, paused("12-23"), Certainty.FINAL,
         "the same in hours"),
        ("3 days", "2026-12-30", CHINA, {"roll": "next_working_day", "pauses": [Pause(dt.date(2026, 12, 31))]},
         Certainty.FINAL, "no end, no roll"),
    ],
)  # fmt: skip
def test_certainty_is_that_of_the_days_the_end_rests_on(
    period: str, start: str, calendar: WorkCalendar, options: Any, certainty: Certainty, why: str
) -> None:
    proof = due(period, start, calendar, **options)
    assert proof.certainty is certainty, why
    assert bool(proof.why_provisional("en")) is (certainty is Certainty.PROVISIONAL)
    assert bool(proof.why_provisional("zh")) is (certainty is Certainty.PROVISIONAL)


# ---- the proof as data


def test_mysociety_alaveteli_5101_the_proof_shows_each_day_and_which_holidays_counted() -> None:
    days = due("5 working days", "2026-09-30 16:05").days
    assert [(str(day.date), day.counted, day.number, day.kind) for day in days] == [
        ("2026-09-30", False, None, DayKind.WORKDAY),
        ("2026-10-01", False, None, DayKind.STATUTORY_HOLIDAY),
        ("2026-10-02", False, None, DayKind.STATUTORY_HOLIDAY),
        ("2026-10-03", False, None, DayKind.STATUTORY_HOLIDAY),
        ("2026-10-04", False, None, DayKind.WEEKEND),
        ("2026-10-05", False, None, DayKind.STATUTORY_HOLIDAY),
        ("2026-10-06", False, None, DayKind.SWAPPED_DAY_OFF),
        ("2026-10-07", False, None, DayKind.SWAPPED_DAY_OFF),
        ("2026-10-08", True, 1, DayKind.WORKDAY),
        ("2026-10-09", True, 2, DayKind.WORKDAY),
        ("2026-10-10", True, 3, DayKind.MAKE_UP_WORKDAY),
        ("2026-10-11", False, None, DayKind.WEEKEND),
        ("2026-10-12", True, 4, DayKind.WORKDAY),
        ("2026-10-13", True, 5, DayKind.WORKDAY),
    ]
    assert all(day.notice is not None and day.notice.number == "国办发明电〔2025〕7号" for day in days)


@pytest.mark.parametrize(
    ("period", "start", "calendar", "options", "expected", "why"),
    [
        ("3 days", "2026-11-04", CHINA, {}, "o+++", "the opening day, then three"),
        ("same day", "2026-11-04", CHINA, {}, "+", "the day itself"),
        ("same day", "2026-11-04", CHINA, paused("11-04..11-06"), "+pp", "held"),
        ("at once", "2026-11-04", CHINA, {}, "o", "nothing to count"),
        ("2 working days", "2026-11-05", CHINA, {}, "o+rr+", "over a weekend"),
        ("1 working day", "2026-11-07", CHINA, DEEMED, "ddo+", "deemed received on Monday"),
        ("3 days", "2026-11-04", CHINA, NEXT, "o+++>>", "Saturday moves to Monday"),
        ("3 days", "2026-11-04", CHINA, BACK, "o++>", "Saturday moves to Friday"),
        ("4 days", "2026-11-04", CHINA, paused("11-05..11-07"), "o+pp+++", "paused"),
        ("2 working days", "2026-11-04", CHINA, paused("11-06..11-07"), "o++p~~",
         "Friday was the last day, but stopped: Monday"),
        ("5 days", "2026-11-04", CHINA, paused("11-06"), "o++", "open: up to the day it stopped"),
        ("5 days", "2026-11-04", CHINA, paused("11-02"), "o", "stopped before it started"),
        ("24 hours", "2026-11-04 10:00", CHINA, {}, "++", "two days in part"),
        ("24 hours", "2026-11-04 10:00", CHINA, paused("11-04 12:00..11-06 12:00"),
         "+p++", "a day wholly paused"),
        ("24 hours", "2026-11-07 10:00", CHINA, DEEMED, "dd++", "Monday 00:00 to Tuesday 00:00"),
        ("5 hours", "2026-11-04 10:00", CHINA, paused("11-04 12:00"), "+", "open"),
        ("5 hours", "2026-11-04 10:00", CHINA, paused("11-03 12:00"), "p", "stopped before"),
        ("8 working hours", "2026-11-06 16:00", LUNCH, {}, "+rr++", "6.5 hours a day, none on the weekend"),
        ("1 working hour", "2026-11-04 18:00", LUNCH, {}, "h+", "received after the close"),
        ("2 working hours", "2026-11-06 16:30", LUNCH, paused("11-06 16:45..11-07 00:00"), "+rr+",
         "resumed as the rest day began"),
        ("2 working hours", "2026-11-06 16:30", LUNCH, paused("11-09 00:00..11-10 00:00"), "+rrp+",
         "stopped as it ended"),
    ],
)  # fmt: skip
def test_each_day_is_marked_with_what_became_of_it(
    period: str, start: str, calendar: WorkCalendar, options: Any, expected: str, why: str
) -> None:
    assert marks(due(period, start, calendar, **options)) == expected, why


def test_the_proof_of_hours_says_how_much_of_each_day_counted() -> None:
    stopped = [Pause(moment("2026-11-05 10:00"), moment("2026-11-05 14:00"))]
    proof = due("8 working hours", "2026-11-04 16:05", LUNCH, pauses=stopped)
    hours = {str(day.date): day.time for day in proof.days}
    # 16:05 to 17:00; 9 to 10 and 14 to 17; then what is left of the eight hours.
    assert hours == {
        "2026-11-04": dt.timedelta(minutes=55),
        "2026-11-05": dt.timedelta(hours=4),
        "2026-11-06": dt.timedelta(hours=3, minutes=5),
    }
    assert proof.at == moment("2026-11-06 13:35")


def test_a_calendar_that_refuses_unpublished_days_still_proves_calendar_days() -> None:
    proof = due("15 days", "2026-12-21", STRICT)
    assert proof.certainty is Certainty.FINAL
    assert [day.kind for day in proof.days[-2:]] == [None, None]
    assert proof.days[-1].notice is None
    assert proof.days[-1].why("en") == "counted"
    assert proof.days[-1].to_dict()["kind"] is None
    assert proof.notes == ()


# ---- other readings


@pytest.mark.parametrize(
    ("period", "start", "options", "about", "other", "words"),
    [
        ("15 days", "2026-09-20", {}, "roll", "2026-10-08", "art. 203 it would be 2026-10-08"),
        ("15 days", "2026-09-19", NEXT, "roll", "2026-10-04", "unmoved it would be 2026-10-04"),
        ("1 working day", "2026-09-26", {}, "receipt", "2026-09-29", "on the next working day it would be 2026-09-29"),
        ("1 working day", "2026-09-26", DEEMED, "receipt", "2026-09-28", "else it would be 2026-09-28"),
        ("2 hours", "2026-09-26 09:00", DEEMED, "receipt", "2026-09-26", "2026-09-26 (Sat) 11:00"),
        ("48 hours", "2026-09-30", {}, "start", "2026-10-02", "read as 00:00"),
        ("1 working day", "2026-11-04", LATE, "start", "2026-11-06", "read as 00:00"),
        ("1 working day", "2026-11-04 15:31", LATE, "receipt", "2026-11-05", "it came after the hour and is deemed"),
        ("1 working day", "2026-11-07", LATE, "receipt", "2026-11-09", "it came on a rest day and is deemed"),
    ],
)  # fmt: skip
def test_the_proof_says_where_another_reading_differs(
    period: str, start: str, options: Any, about: str, other: str, words: str
) -> None:
    proof = due(period, start, **options)
    (note,) = proof.notes
    assert note.about == about
    assert note.at is not None
    assert str(note.at.date()) == other
    assert words in note.text("en")
    assert f"note: {note.en}" in proof.explain("en")
    assert f"注：{note.text('zh')}" in proof.explain("zh")


@pytest.mark.parametrize(
    ("period", "start", "options", "why"),
    [
        ("15 days", "2026-09-25", {}, "the last day works"),
        ("1 working day", "2026-09-28", {}, "received on a working day"),
        ("2 days", "2026-09-26", {}, "for calendar days the receipt is not in doubt"),
        ("same day", "2026-10-03", {}, "ends with its day, working or not"),
        ("48 hours", "2026-09-30 16:05", {}, "the moment is known"),
        ("at once", "2026-09-30", {}, "nothing is counted"),
        ("15 days", "2026-09-20", paused("09-22"), "no end yet"),
        ("5 working days", "2026-09-26", paused("09-28"), "no end yet"),
    ],
)
def test_the_proof_is_silent_where_the_readings_agree(period: str, start: str, options: Any, why: str) -> None:
    assert due(period, start, **options).notes == (), why


# ---- for people


def test_the_proof_reads_in_english() -> None:
    assert due("2 working days", "2026-10-09 16:05").explain("en").splitlines() == [
        "2 working days from 2026-10-09 (Fri) 16:05: in time up to and including 2026-10-12 (Mon) 24:00",
        "certainty: final",
        "Civil Code art. 201: the opening day does not count",
        "  2026-10-09 Fri    ·  opening day, not counted: working day",
        "  2026-10-10 Sat    1  counted: make-up working day (make-up for 2026-10-07)",
        "  2026-10-11 Sun    ·  rest day, not counted: weekend",
        "  2026-10-12 Mon    2  counted: working day ← last day",
        f"source: State Council notice on the public holidays of 2026 (国办发明电〔2025〕7号) {ADDRESS}",
    ]


def test_the_proof_reads_in_chinese() -> None:
    lines = due("2 working days", "2026-10-09 16:05").explain("zh").splitlines()
    assert lines[:4] == [
        "2个工作日，自2026-10-09（周五）16:05起：至2026-10-12（周一）24:00届满（含）",
        "确定性：确定",
        "民法典第二百零一条：起算当日不计入",
        "  2026-10-09 周五    ·  起算当日，不计入：工作日",
    ]
    assert lines[6] == "  2026-10-12 周一    2  计入：工作日 ← 届满"


@pytest.mark.parametrize(
    ("period", "start", "calendar", "options", "zh", "en"),
    [
        ("3 months", "2026-05-28", CHINA, {}, "民法典第二百零二条", "Civil Code art. 202"),
        ("5 hours", "2026-11-04 10:00", CHINA, {}, "自开始时刻起算", "counted from the moment itself"),
        ("15 days", "2026-09-20", CHINA, NEXT, "末日逢休息日移至下一工作日", "moves to the next working day"),
        ("15 days", "2026-09-20", CHINA, BACK, "末日逢休息日提前至上一工作日", "moves to the working day before"),
        ("1 day", "2026-09-26", CHINA, DEEMED, "休息日收到的视为下一工作日收到", "deemed one of the next working day"),
        ("1 hour", "2026-11-04 07:10", CHINA, {"starts": "08:30"}, "早于08:30的", "not before 08:30"),
        ("1 day", "2026-11-04", LUNCH, {"ends": "close"}, "17:00届满", "including 2026-11-05 (Thu) 17:00"),
        ("1 day", "2026-11-04", CHINA, {"pauses": [REASONED]},
         "中止：2026-11-04（周三） 至 2026-11-06（周五）（鉴定，18(2)）",
         "pause: 2026-11-04 (Wed) to 2026-11-06 (Fri) (appraisal, 18(2))"),
        ("1 day", "2026-11-04", CHINA, paused("11-04..11-06"),
         "至 2026-11-06（周五）\n", "to 2026-11-06 (Fri)\n"),
        ("5 days", "2026-11-04", CHINA, paused("11-06"),
         "中止未恢复，尚余3日", "paused and not resumed; 3 days remain"),
        ("5 working days", "2026-11-04", CHINA, paused("11-06"), "尚余3个工作日", "3 working days remain"),
        ("5 hours", "2026-11-04 10:00", CHINA, paused("11-04 12:30"),
         "尚余2小时30分", "2 h 30 min remain"),
        ("2 hours", "2026-11-04 10:00", CHINA, paused("11-04 12:00"), "尚余0秒", "0 s remain"),
        ("1 hour", "2026-11-04 10:00:20.500000", CHINA, {}, "11:00:20.500000届满", "(Wed) 11:00:20.500000"),
        ("1 hour", "2026-11-04 10:00:20", CHINA, paused("11-04 10:00:30.5"),
         "尚余59分49.5秒", "59 min 49.5 s remain"),
        ("at once", "2026-11-04 10:00", CHINA, {}, "起应即办理", "10:00; never overdue by itself"),
        ("15 working days", "2026-12-21", CHINA, {}, "确定性：暂定，2027年", "because the notice for 2027"),
        ("5 min", "2026-11-04 10:00", CHINA, {}, "  2026-11-04 周三  5分  计入", "  2026-11-04 Wed 5 min  counted"),
        ("1 hour", "2026-11-04 23:30", CHINA, {}, "  2026-11-04 周三 30分  计入", "  2026-11-04 Wed 30 min  counted"),
    ],
)  # fmt: skip
def test_the_proof_names_the_rules_that_decided(
    period: str, start: str, calendar: WorkCalendar, options: Any, zh: str, en: str
) -> None:
    proof = due(period, start, calendar, **options)
    assert zh in proof.explain("zh")
    assert en in proof.explain("en")


@pytest.mark.parametrize(
    ("period", "options", "said"),
    [
        ("5 days", {}, True),
        ("5 working days", {}, True),
        ("5 days", {"opening_day": True}, False),
        ("same day", {}, False),
        ("5 hours", {}, False),
        ("at once", {}, False),
    ],
)
def test_that_the_opening_day_does_not_count_is_said_of_days_only(
    period: str, options: dict[str, Any], said: bool
) -> None:
    proof = due(period, "2026-11-04 10:00", **options)
    assert ("the opening day does not count" in proof.explain("en")) is said
    assert ("起算当日不计入" in proof.explain("zh")) is said


def test_english_text_holds_no_chinese_save_the_numbers_of_notices() -> None:
    stopped = [Pause(dt.date(2026, 9, 22), dt.date(2026, 9, 24), "appraisal", "18(2)")]
    for options in ({}, NEXT, DEEMED, {"pauses": stopped}):
        text = due("13 days", "2026-09-20", **options).explain("en")
        assert not re.search("[\u4e00-\u9fff]", re.sub(r"\(国办发[^)]*\)", "", text))


def test_a_long_proof_is_whole_as_data_and_short_as_text() -> None:
    proof = due("200 days", "2026-01-05")
    assert len(proof.days) == 201
    lines = proof.explain("en").splitlines()
    assert "  2026-01-06 – 2026-07-23 1–199  counted (199 days)" in lines
    assert "  2026-01-06 – 2026-07-23 1–199  计入（199天）" in proof.explain("zh").splitlines()
    assert len(lines) < 20


def test_a_very_long_proof_leaves_lines_out_and_says_how_many() -> None:
    proof = due("300 working days", "2025-01-06")
    for text, words in (
        (proof.explain("en"), r"… \(\d+ lines left out\)"),
        (proof.explain("zh"), r"……（略去\d+行）"),
    ):
        assert re.search(words, text)
        assert len(text.splitlines()) < 50
    assert sum(day.counted for day in proof.days) == 300


def days_listed(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("  202")]


def test_forty_five_days_are_listed_one_by_one_and_more_are_drawn_together() -> None:
    assert len(days_listed(due("44 days", "2026-01-05").explain("en"))) == 45  # the opening day among them
    assert len(days_listed(due("45 days", "2026-01-05").explain("en"))) < 5
    assert len(days_listed(due("300 working days", "2025-01-06").explain("en"))) == 30  # fifteen at each end
    drawn = days_listed(due("45 days", "2026-01-05").explain("en"))
    assert [line[:16] for line in drawn] == ["  2026-01-05 Mon", "  2026-01-06 – 2", "  2026-02-19 Thu"]


# ---- the month grid


def test_the_grid_shows_what_was_counted_and_what_was_skipped() -> None:
    assert due("5 working days", "2026-09-30").grid("en").splitlines() == [
        "2026-09",
        " Mo  Tu  We  Th  Fr  Sa  Su",
        "      1   2   3   4   5   6",
        "  7   8   9  10  11  12  13",
        " 14  15  16  17  18  19  20",
        " 21  22  23  24  25  26  27",
        " 28  29  30>",
        "",
        "2026-10",
        " Mo  Tu  We  Th  Fr  Sa  Su",
        "              1-  2-  3-  4-",
        "  5-  6-  7-  8+  9+ 10+ 11-",
        " 12+ 13! 14  15  16  17  18",
        " 19  20  21  22  23  24  25",
        " 26  27  28  29  30  31",
        "",
        "> opening  + counted  - rest  = paused  ~ carried over  ! last day",
    ]


def test_the_grid_speaks_chinese_and_shows_pauses() -> None:
    stopped = [Pause(dt.date(2026, 10, 1), dt.date(2026, 10, 11))]
    lines = due("15 days", "2026-09-20", pauses=stopped).grid("zh").splitlines()
    assert lines[0] == "2026年9月"
    assert lines[1] == " 一  二  三  四  五  六  日"
    assert "  5=  6=  7=  8=  9= 10= 11=" in lines
    assert lines[-1] == "> 起算  + 计入  - 休息  = 中止  ~ 顺延  ! 届满"


def test_colour_is_only_added_where_it_is_asked_for() -> None:
    proof = due("1 working day", "2026-10-09")
    assert "\x1b" not in proof.grid("en")
    coloured = proof.grid("en", colour=True)
    assert "\x1b[1;31m 10!\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == proof.grid("en")


def test_a_grid_over_years_leaves_months_out_and_says_how_many() -> None:
    proof = due("2 years", "2026-01-05")
    assert "… (19 months left out)" in proof.grid("en")
    assert len(due("11 months", "2026-01-05").grid("en").split("\n\n")) == 13  # twelve, and what the signs mean
    blocks = due("1 year", "2026-01-05").grid("en").split("\n\n")
    assert (len(blocks), blocks[3]) == (8, "… (7 months left out)")
    assert [blocks[place][:7] for place in (0, 2, 4, 6)] == ["2026-01", "2026-03", "2026-11", "2027-01"]
    assert "……（略去19个月）" in proof.grid("zh")


@pytest.mark.parametrize("lang", ["fr", "ZH", None])
def test_a_language_that_is_not_spoken_is_refused(lang: Any) -> None:
    proof = due("1 day", "2026-11-04")
    for ask in (proof.explain, proof.grid):
        with pytest.raises(UnknownLanguage, match="write 'zh' or 'en'"):
            ask(lang)


# ---- plain data


def test_a_proof_is_plain_data_that_survives_json() -> None:
    stopped = [Pause(dt.date(2026, 10, 1), dt.date(2026, 10, 11), "mediation", "23")]
    proof = due("15 days", "2026-09-20", roll="next_working_day", starts="08:30", pauses=stopped)
    data = json.loads(json.dumps(proof.to_dict()))
    assert {key: data[key] for key in data if key not in {"days", "notes"}} == {
        "format": 1,
        "period": "15 days",
        "start": "2026-09-20",
        "due_at": "2026-10-15T23:59:59.999999+08:00",
        "certainty": "final",
        "reason": None,
        "roll": "next_working_day",
        "receipt": None,
        "starts": "08:30",
        "cut_off": None,
        "opening_day": False,
        "ends": "24:00",
        "pauses": [{"start": "2026-10-01", "end": "2026-10-11", "reason": "mediation", "cite": "23"}],
        "remaining": None,
    }
    assert len(data["days"]) == 26
    assert data["days"][11] == {
        "date": "2026-10-01",
        "mark": "counted",
        "counted": True,
        "number": 11,
        "seconds": None,
        "kind": "statutory_holiday",
        "note": {"zh": "国庆节", "en": "National Day"},
        "notice": "国办发明电〔2025〕7号",
    }


def test_an_open_or_provisional_end_is_plain_data_too() -> None:
    data = due(
        "48 hours", "2026-11-04", receipt="next_working_day", pauses=[Pause(moment("2026-11-05 00:00"))]
    ).to_dict()
    assert (data["due_at"], data["remaining"], data["pauses"][0]["end"]) == (None, 86_400.0, None)
    assert data["receipt"] == "next_working_day"
    late = due("15 working days", "2026-12-21").to_dict()
    assert late["certainty"] == "provisional"
    assert set(late["reason"]) == {"zh", "en"}
    note = due("48 hours", "2026-11-04").to_dict()["notes"][0]
    assert note["due_at"] == "2026-11-06T23:59:59.999999+08:00"


# ---- a late arrival, the opening day, an hour of the last day


@pytest.mark.parametrize(
    ("period", "start", "options", "expected", "why"),
    [
        ("1 working day", "2026-11-04 15:31", LATE, "lo+", "Wednesday late, Thursday deemed, Friday counts"),
        ("1 working day", "2026-11-06 15:31", LATE, "lllo+", "Friday late, the weekend, Monday deemed, Tuesday counts"),
        ("1 working day", "2026-11-07 15:31", LATE, "ddo+", "a Saturday is a rest day, not late"),
        ("4 hours", "2026-11-04 15:31", LATE, "l+", "hours run from 00:00 of the 5th"),
        ("2 working days", "2026-11-04", {"opening_day": True}, "++", "the opening day is the first"),
        ("2 working days", "2026-11-07", {"opening_day": True}, "rr++", "a rest day is none"),
        ("1 month", "2026-02-27", {"opening_day": True}, "+" * 28, "27 February to 26 March"),
    ],
)
def test_the_proof_marks_late_arrivals_and_counted_opening_days(
    period: str, start: str, options: Any, expected: str, why: str
) -> None:
    proof = due(period, start, **options)
    assert marks(proof) == expected, why
    assert sum(day.counted for day in proof.days) == expected.count("+")


def test_the_proof_says_how_a_late_arrival_an_opening_day_and_a_last_hour_are_read() -> None:
    proof = due("2 working days", "2026-11-04 15:31", LUNCH, **LATE, opening_day=True, ends="12:00")
    en, zh = proof.explain("en"), proof.explain("zh")
    assert "an arrival after 15:30 is deemed one of the next working day" in en
    assert "15:30后收到的视为下一工作日收到" in zh
    assert "the opening day counts as the first" in en
    assert "起算当日计入（含当日）" in zh
    assert "the opening day does not count" not in en
    assert "ends: at 12:00 of the last day" in en
    assert "末日至12:00止" in zh
    assert "received after the hour, not yet deemed received" in en
    assert "收到时已过当日截止时刻" in zh
    data = proof.to_dict()
    assert (data["cut_off"], data["opening_day"], data["ends"]) == ("15:30", True, "12:00")
    at_close = due("2 days", "2026-11-04 17:31", LUNCH, receipt="next_working_day", cut_off="close")
    assert at_close.to_dict()["cut_off"] == "close"
    assert "an arrival after the close of business is deemed" in at_close.explain("en")


def test_a_start_known_to_the_day_is_in_doubt_only_where_the_hour_could_matter() -> None:
    assert [note.about for note in due("2 days", "2026-11-04", CHINA, **LATE).notes] == ["start"]
    about = [note.about for note in due("2 days", "2026-11-07", CHINA, **LATE).notes]
    assert about == ["receipt"], "a rest day is deemed whatever the hour"
