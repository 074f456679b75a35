"""The calendar as data: every day from 2001 on, and what a rule set has of its own."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

import pytest

from complaint_rules.calendar.day_data import day_data
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.verification.kits import calendar_data
from complaint_rules.verification.kits.days import calendar_text, hours_data
from tests import small

CHINA: Final = WorkCalendar.china()
DATA: Final = calendar_data()


def day(date: str, data: dict[str, Any] = DATA) -> dict[str, Any]:
    place = (dt.date.fromisoformat(date) - dt.date(2001, 1, 1)).days
    found: dict[str, Any] = data["days"][place]
    assert found["date"] == date
    return found


def test_every_day_stands_there_once_and_in_order() -> None:
    first, last = (dt.date.fromisoformat(DATA[key]) for key in ("first", "last"))
    assert (first, last.month, last.day) == (dt.date(2001, 1, 1), 12, 31)
    assert len(DATA["days"]) == (last - first).days + 1
    assert DATA["edition"] == day_data().edition != ""
    assert [one["date"] for one in DATA["days"]] == sorted({one["date"] for one in DATA["days"]})


@pytest.mark.parametrize(
    ("date", "works", "kind", "why"),
    [
        ("2001-01-01", False, "statutory_holiday", "New Year"),
        ("2026-09-30", True, "workday", "an ordinary Wednesday"),
        ("2026-10-01", False, "statutory_holiday", "National Day"),
        ("2026-10-06", False, "swapped_day_off", "exchanged for a Saturday or Sunday"),
        ("2026-10-10", True, "make_up_workday", "a Saturday that makes up"),
        ("2026-10-11", False, "weekend", "an ordinary Sunday"),
        ("2020-01-31", False, "swapped_day_off", "the break of 2020, made longer"),
    ],
)
def test_a_day_works_or_not_as_the_notices_have_it(date: str, works: bool, kind: str, why: str) -> None:
    assert (day(date)["works"], day(date)["kind"]) == (works, kind), why
    assert day(date)["certainty"] == "final"


def test_what_no_notice_arranges_is_provisional() -> None:
    later = calendar_data(through=CHINA.final_through.year + 2)
    assert later["last"] == f"{CHINA.final_through.year + 2}-12-31"
    unsure = [one["date"] for one in later["days"] if one["certainty"] == "provisional"]
    assert unsure[0] == (CHINA.final_through + dt.timedelta(days=1)).isoformat()
    assert later["days"][: len(DATA["days"])] == DATA["days"]
    assert calendar_data(through=9_999)["last"] == "2099-12-31", "the calendar ends there"
    assert calendar_data(through=1_999)["last"] == DATA["last"]


def test_what_a_rule_set_has_of_its_own_stands_apart() -> None:
    closed = small.own(
        "[hours]", 'spans = [["09:00", "12:00"], ["13:00", "24:00"]]', 'weekday.friday = [["09:00", "11:00"]]',
        "[[hours.season]]", 'from = "10-01"', 'until = "04-30"', 'spans = [["10:00", "16:00"]]',
        'weekday.monday = [["10:00", "12:00"]]',
        "[[hours.day]]", "on = 2026-09-30", 'spans = [["09:00", "10:00"]]',
        "[[calendar.day]]", "on = 2026-09-29", "works = false", 'reason = { zh = "行庆", en = "founding day" }',
    )  # fmt: skip
    (own,) = calendar_data([closed])["policies"]
    assert (own["id"], own["edition"]) == ("own", "1")
    assert own["days"] == [{"date": "2026-09-29", "works": False}]
    assert own["hours"] == {
        "spans": [["09:00", "12:00"], ["13:00", "24:00"]],
        "weekday": {"friday": [["09:00", "11:00"]]},
        "season": [
            {
                "from": "10-01", "until": "04-30", "spans": [["10:00", "16:00"]],
                "weekday": {"monday": [["10:00", "12:00"]]},
            }
        ],
        "day": [{"on": "2026-09-30", "spans": [["09:00", "10:00"]]}],
    }  # fmt: skip
    (plain,) = calendar_data([small.own()])["policies"]
    assert (plain["days"], plain["hours"]) == ([], None)


def test_hours_are_written_as_a_policy_file_writes_them() -> None:
    hours = Hours.of("09:00-12:00")
    assert hours_data(hours) == {"spans": [["09:00", "12:00"]], "weekday": {}, "season": [], "day": []}


def test_the_text_is_the_data_one_day_a_line() -> None:
    text = calendar_text(DATA)
    assert json.loads(text) == DATA
    assert '\n{"date": "2026-10-10", "works": true, "kind": "make_up_workday", "certainty": "final"},\n' in text
    assert text == calendar_text(calendar_data())
