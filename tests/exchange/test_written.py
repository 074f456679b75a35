"""A date as people and registers write it is read in one way, or refused."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidMoment, UnreadableInput
from complaint_rules.exchange.written import written
from complaint_rules.moments import BEIJING
from tests import strategies as our


@pytest.mark.parametrize(
    ("text", "meant", "why"),
    [
        ("2026-09-30", "2026-09-30", "ISO"),
        ("2026-9-3", "2026-09-03", "a spreadsheet leaves the noughts out"),
        (" 2026/9/30 ", "2026-09-30", "and writes strokes"),
        ("2026.9.30", "2026-09-30", "or dots"),
        ("20260930", "2026-09-30", "as core systems store it"),
        ("20260930160507", "2026-09-30T16:05:07+08:00", "the same with the time"),
        ("202609281505", "2026-09-28T15:05:00+08:00", "without seconds"),
        ("2026年9月30日", "2026-09-30", "as people write it"),
        ("2026年9月3", "2026-09-03", "and in haste"),
        ("2026年9月28日15时5分", "2026-09-28T15:05:00+08:00", "with the time in words"),
        ("2026年9月30日16时", "2026-09-30T16:00:00+08:00", "on the hour"),
        ("2026年9月30日16时5分7秒", "2026-09-30T16:05:07+08:00", "to the second"),
        ("2026年9月28日 下午3:05", "2026-09-28T15:05:00+08:00", "on a clock of twelve hours"),
        ("2026年9月30日上午12:05", "2026-09-30T00:05:00+08:00", "five past midnight"),
        ("２０２６／９／２８　１５：０５", "2026-09-28T15:05:00+08:00", "in full width"),
        ("2026-09-30T16:05:07.5", "2026-09-30T16:05:07.500000+08:00", "a fraction of any length"),
        ("2026-09-30 8:05", "2026-09-30T08:05:00+08:00", "an hour of one digit"),
        ("2026-09-30T08:05Z", "2026-09-30T08:05:00+00:00", "its own zone prevails"),
        ("2026/9/30 16:05 +0900", "2026-09-30T16:05:00+09:00", "in either spelling"),
    ],
)
def test_the_usual_forms_are_read(text: str, meant: str, why: str) -> None:
    assert written(text, what="x").isoformat() == meant, why


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("30/09/2026", "read in one way"),  # and 05/09/2026 would be May or September
        ("26-09-30", "read in one way"),
        ("2026-11", "read in one way"),  # a month is no day
        ("2026-09-30 4:5", "read in one way"),  # five past, or ten to five
        ("2026-09-30 16:05:7", "read in one way"),
        ("2026-09-30+08:00", "read in one way"),  # a day has no zone
        ("09:30", "read in one way"),
        ("now", "read in one way"),  # no clock is read here
        ("today", "read in one way"),
        ("", "read in one way"),
        ("٢٠٢٦-09-30", "read in one way"),
        ("12026-09-30", "read in one way"),
        ("2026093", "read in one way"),
        ("2026-09-31", "no such day"),
        ("2026-02-29", "no such day"),
        ("2026-09-30 24:00", "no such day"),
        ("20261301", "no such day"),
        ("2026-09-30 16:05+25:00", "no such day"),
        ("2026-09-30 16:05:07.1234567", "no such day"),
    ],
)
def test_anything_else_is_refused(text: str, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        written(text, what="x")


def test_the_caller_names_the_zone_the_error_and_the_hint() -> None:
    assert written("2026-09-30 16:05", what="x", zone=ZoneInfo("Asia/Tokyo")).isoformat() == "2026-09-30T16:05:00+09:00"
    with pytest.raises(InvalidMoment, match=r"--at: .*; ask somebody"):
        written("soon", what="--at", error=InvalidMoment, hint="ask somebody")


FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒", "%Y.%m.%dT%H:%M:%S", "%Y%m%d%H%M%S")


@given(our.moments, st.sampled_from(FORMS))
def test_what_is_written_is_read_back(moment: dt.datetime, form: str) -> None:
    whole = moment.astimezone(BEIJING).replace(microsecond=0)
    assert written(whole.strftime(form), what="x") == whole


@given(st.text(alphabet="0123456789-/.:年月日时分秒上下午TZ+ ", max_size=24))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        found = written(text, what="x")
    except UnreadableInput:
        return
    assert str(found.year) in text
