"""A form of dates reads exactly what it says; what it cannot read is refused, with the form that was likely meant."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import UnreadableInput
from complaint_rules.exchange.forms import COUNTED, form_fault, form_of
from complaint_rules.exchange.looks import date_hint, look_of
from complaint_rules.exchange.written import written
from complaint_rules.moments import BEIJING
from tests import strategies as our
from tests.exchange.test_registers import PLAIN, cell, read, told


def day(text: str, *dates: str, **more: Any) -> object:
    return cell(text, type="when", dates=dates, **more)


@pytest.mark.parametrize(
    ("form", "text", "meant", "why"),
    [
        ("%Y%m%d%H%M%S", "20240305093007", "2024-03-05T09:30:07", "fourteen digits, each directive in full"),
        ("%Y%m%d%H%M%S", "202403050930", None, "twelve digits: strptime would stretch them to 09:03:00"),
        ("%Y%m%d%H%M%S", "2024030509300", None, "thirteen: a digit is lost, nobody knows which"),
        ("%Y%m%d%H%M", "202403050930", "2024-03-05T09:30:00", "the form that says so"),
        ("%Y%m%d", "2024111", None, "1 November or 11 January"),
        ("%Y-%m-%d %H%M", "2024-03-05 930", None, "9:30 or 93:0"),
        ("%d/%m/%Y", "3/4/2026", "2026-04-03", "a sign on either side says where a number ends"),
        ("%d/%m/%Y", "03/04/26", None, "a year has four digits"),
        ("%H:%M %d/%m/%Y", "9:05 3/4/2026", "2026-04-03T09:05:00", "an hour may have one"),
        ("%H:%M %d/%m/%Y", "9:5 3/4/2026", None, "five past nine, or ten to ten"),
        ("%Y年%m月%d日%H时%M分", "2024年3月5日9时5分", "2024-03-05T09:05:00", "in words a minute may have one digit"),
        ("%Y.%m.%d0%H", "2024.3.0509", None, "a literal digit parts nothing"),
        ("%Y-%m-%d T0%H", "2024-03-05 T09", None, "nor does one that ends what stands before: 9, or 09 with 0 lost"),
        ("%Y-%m-%d T0%H", "2024-03-05 T009", "2024-03-05T09:00:00", "in full it is clear"),
        ("%Y-%m-%d0 %H", "2024-03-50 09", None, "nor one that begins what stands behind"),
        ("%Y-%m-%d %H:%M:%S.%f", "2024-03-05 09:30:07.5", "2024-03-05T09:30:07.500000", "half a second"),
        ("%%%Y-%m-%d", "%2024-03-05", "2024-03-05", "a sign of per cent written twice"),
        ("%Y-%m-%d %H:%M%z", "2024-03-05 09:30Z", "2024-03-05T09:30:00+00:00", "its own zone"),
        ("%Y-%m-%d %H:%M%z", "2024-03-05 09:30+0530", "2024-03-05T09:30:00+05:30", "no colon"),
        ("%d %B %Y", "26 May 2026", "2026-05-26", "month names are English whatever the locale"),
        ("%d %B %Y", "26 may 2026", "2026-05-26", "in any case"),
        ("%d %B %Y", "26 Mai 2026", None, "and in no other language"),
        ("%d-%b-%y", "22-Apr-15", "2015-04-22", "two digits of a year whose century is said"),
        ("%d-%b-%y", "1-Sept-15", "2015-09-01", "as some write it"),
        ("%m/%d/%y", "03/12/14", "2014-03-12", "month first, because the form says so"),
        ("%m/%d/%Y %I:%M:%S %p", "03/01/2021 02:27:57 PM", "2021-03-01T14:27:57", "the afternoon"),
        ("%m/%d/%Y %I:%M:%S %p", "03/01/2021 12:05:00 AM", "2021-03-01T00:05:00", "five past midnight"),
        ("%m/%d/%Y %I:%M:%S %p", "03/01/2021 12:05:00 p.m.", "2021-03-01T12:05:00", "five past noon"),
        ("%Y/%m/%d %p %I:%M", "2024/3/5 下午 3:20", "2024-03-05T15:20:00", "in Chinese"),
        ("serial", "45356", "2024-03-05", "a spreadsheet's day"),
        ("serial", "43942.9654398148", "2020-04-21T23:10:14", "with the time of day as its fraction"),
        ("serial", "45356.0", "2024-03-05", "a whole number written with a point"),
        ("serial", "45355.99999999999", "2024-03-05T00:00:00", "midnight, a rounding short of it"),
        ("serial", "20240305", None, "eight digits are no day number"),
        ("serial", "12345", None, "1933: outside the years known"),
        ("serial-1904", "43894", "2024-03-05", "the other way of counting, of old Macintosh files"),
        ("epoch", "1709602207", "2024-03-05T01:30:07+00:00", "seconds, in universal time"),
        ("epoch", "1709602207000", None, "milliseconds are another form"),
        ("epoch-ms", "1709602207250", "2024-03-05T01:30:07.250000+00:00", "and this is it"),
        ("epoch-ms", "202403050930", None, "a compact date is no count: it would be 1976"),
    ],
)  # fmt: skip
def test_a_form_reads_exactly_what_it_says(form: str, text: str, meant: str | None, why: str) -> None:
    century = 2000 if "%y" in form else None
    assert form_fault(form, century) == ""
    found = form_of(form, century).read(text)
    assert (None if found is None else found.isoformat()) == meant, why


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%Y年%m月%d日", "2024年月5日"), ("%Y年%m月%d日", "2024年3月日"), ("%Y年%m月%d日%H时", "2024年3月5日时"),
        ("%Y年%m月%d日%p%I时", "2024年3月5日下午时"), ("%Y年%m月%d日%H时%M分", "2024年3月5日9时分"),
        ("%Y年%m月%d日%H时%M分%S秒", "2024年3月5日9时5分秒"), ("%Y-%m-%d %H:%M:%S.%f", "2024-03-05 09:30:07."),
    ],
)  # fmt: skip
def test_where_a_number_is_missing_a_form_reads_nothing(form: str, text: str) -> None:
    assert form_of(form).read(text) is None


def test_every_number_of_a_form_has_as_many_digits_as_it_may_have_and_every_month_its_names() -> None:
    """A year has four digits, or two; a fraction of a second one to six; everything else one or two."""
    usual = {"Y": "2024", "m": "3", "d": "5", "H": "9", "M": "7", "S": "8", "f": "1"}
    for name, counts in {
        "Y": [4],
        "m": [1, 2],
        "d": [1, 2],
        "H": [1, 2],
        "M": [1, 2],
        "S": [1, 2],
        "f": [*range(1, 7)],
    }.items():
        taken = []
        for digits in range(9):
            number = usual | {name: ("2024" if name == "Y" else "0" * (digits - 1) + "4" if digits else "")[:digits]}
            text = "{Y}年{m}月{d}日{H}时{M}分{S}秒{f}".format(**{**number, name: number[name].rjust(digits, "0")})
            taken += [digits] * (form_of("%Y年%m月%d日%H时%M分%S秒%f").read(text) is not None)
        assert taken == counts, name
    half = form_of("%Y-%m-%d %p %I点")
    assert [half.read(f"2024-03-05 PM {hour}点") is not None for hour in ("", "3", "03", "003")] == [
        False,
        True,
        True,
        False,
    ]
    short = form_of("%d/%m/%y", 1900)
    assert [str(short.read(f"5/3/{year}")) for year in ("4", "24", "024")] == ["None", "1924-03-05", "None"]
    names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    for month, name in enumerate(names, 1):
        assert form_of("%d %B %Y").read(f"5 {name} 2024") == dt.date(2024, month, 5)
        assert form_of("%d %b %Y").read(f"5 {name[:3].upper()} 2024") == dt.date(2024, month, 5)
    moments = [(0, "AM", 12), (1, "a.m.", 1), (11, "上午", 11), (12, "PM", 12), (13, "p.m.", 1), (23, "下午", 11)]
    for hour, word, shown in moments:
        assert half.read(f"2024-03-05 {word} {shown}点") == dt.datetime(2024, 3, 5, hour)  # noqa: DTZ001 - a wall


@pytest.mark.parametrize(
    ("form", "text", "meant"),
    [
        ("serial", "36892", "2001-01-01"), ("serial", "36891", None),  # the first day known, and the one before
        ("serial", "73050", "2099-12-31"), ("serial", "73051", None),  # the last one, and the one after
        ("serial-1904", "35430", "2001-01-01"), ("serial-1904", "35429", None),  # 1,462 days later than the others
        ("epoch", "978307200", "2001-01-01T00:00:00+00:00"), ("epoch", "978307199", None),
        ("epoch-ms", "978307200000", "2001-01-01T00:00:00+00:00"), ("epoch-ms", "978307199999", None),
    ],
)  # fmt: skip
def test_a_count_is_of_the_years_known(form: str, text: str, meant: str | None) -> None:
    found = form_of(form).read(text)
    assert (None if found is None else found.isoformat()) == meant


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%d/%m/%Y", "31/02/2026"),  # no such day
        ("%d/%m/%Y", "03/13/2026"),  # no such month
        ("%Y-%m-%d %H:%M", "2026-03-04 24:00"),  # no such hour
        ("%Y-%m-%d %I:%M %p", "2026-03-04 13:05 PM"),  # no clock of twelve hours shows 13
        ("%Y-%m-%d %I:%M %p", "2026-03-04 00:05 AM"),  # nor 0
        ("%Y-%m-%d %H:%M%z", "2026-03-04 09:00+99:99"),  # no such zone
    ],
)
def test_a_day_or_time_that_there_is_not_is_refused(form: str, text: str) -> None:
    with pytest.raises(UnreadableInput, match="no such day or time"):
        day(text, form)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ("%Y-%m-%d %H:%M:%S.%f%z %%", ""),
        ("serial", ""),
        ("%d-%b-%y", "century = 2000"),
        ("%Y-%m", "once each"),
        ("%Y-%m-%d %d", "once each"),
        ("%Y %y-%m-%d", "once each"),
        ("%", "% is not"),
        ("%j", "%j is not"),
        ("%m/%d/%Y %H:%M:%S AM", "AM written out"),
        ("%m/%d/%Y %H:%M:%S pm", "pm written out"),
        ("%m/%d/%Y %H:%M a.m.", "a.m written out"),
        ("%Y/%m/%d 下午 %H:%M", "下午 written out"),
        ("%Y/%m/%d 上午%H:%M", "上午 written out"),
        ("%m/%d/%Y %H:%M:%S %p", "%H alone"),
        ("%m/%d/%Y %I:%M", "which half"),
        ("%m/%d/%Y %p", "which half"),
        ("%Y-%m-%d %M", "%M needs the hour"),
        ("%Y-%m-%d %H:%S", "%S needs the minute"),
        ("%Y-%m-%d %H:%M.%f", "%f needs the second"),
        ("%Y-%m-%d%z", "%z needs the hour"),
        ("yyyy-mm-dd", "written with %Y"),
        ("seriel", "did you mean 'serial'?"),
        ("%Y-%m-%d program", ""),  # letters that are no half of a day
    ],
)
def test_a_form_that_leaves_something_open_is_refused_in_the_mapping(form: str, why: str) -> None:
    fault = form_fault(form)
    assert why in fault
    assert bool(fault) == bool(why)


def test_python_83603_and_dateutil_796_a_compact_time_is_not_stretched() -> None:
    """Two forms of one register: the cell of twelve digits belongs to the second, and was read by the first."""
    mapping = "dates = ['%Y%m%d%H%M%S', '%Y%m%d%H%M']\n[fact]\nid = 'k'\nreceived = 'in'"
    rows = read("k,in\na,20240618071502\nb,202406180715\n", mapping)
    found = [row.case.complaint.received.isoformat() for row in rows if row.case]
    assert found == ["2024-06-18T07:15:02+08:00", "2024-06-18T07:15:00+08:00"]


HALVES = """
dates = '%m/%d/%Y %I:%M:%S %p'
[fact]
id = 'k'
received = 'in'
[[event]]
kind = 'replied'
at = 'out'
"""


def test_submersion_63_and_openscale_1475_half_a_day_is_not_lost() -> None:
    (row,) = read("k,in,out\na,06/18/2024 11:40:00 AM,06/18/2024 01:05:30 PM\n", HALVES)
    assert row.case is not None
    assert row.case.complaint.received == dt.datetime(2024, 6, 18, 11, 40, tzinfo=BEIJING)
    assert row.case.events[0].at == dt.datetime(2024, 6, 18, 13, 5, 30, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "meant", "why"),
    [
        ("2024/6/18 下午 1:05:30", "2024-06-18T13:05:30+08:00", "a Chinese Windows with a clock of twelve hours"),
        ("2024年6月18日 上午9:05", "2024-06-18T09:05:00+08:00", "the long form of it"),
        ("2024-6-18上午12:05", "2024-06-18T00:05:00+08:00", "five past midnight"),
        ("2024/6/18 1:05 PM", "2024-06-18T13:05:00+08:00", "the same in English"),
        ("2024-06-18 1:05:30 a.m.", "2024-06-18T01:05:30+08:00", "with points"),
        ("2024-06-18 1:05 PM +09:00", "2024-06-18T13:05:00+09:00", "and a zone"),
    ],
)
def test_csv_jl_609_a_clock_of_twelve_hours_needs_no_form_where_the_year_comes_first(
    text: str, meant: str, why: str
) -> None:
    assert written(text, what="x").isoformat() == meant, why


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024/6/18 下午 13:05", "no such day or time"),  # thirteen in the afternoon: one of the two is wrong
        ("2024/6/18 0:05 PM", "no such day or time"),
        ("2024/6/18 下午", "read in one way"),
        ("2024/6/18 PM", "read in one way"),
        ("06/18/2024 1:05 PM", "read in one way"),  # the month comes first: dates has to say so
        ("20240618 下午 1:05", "read in one way"),
    ],
)
def test_half_a_day_that_does_not_fit_its_hour_is_refused(text: str, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        written(text, what="x")


def test_two_forms_that_read_one_cell_as_two_dates_refuse_it() -> None:
    assert day("25/03/2026", "%d/%m/%Y", "%m/%d/%Y") == dt.date(2026, 3, 25)  # there is no 25th month
    with pytest.raises(UnreadableInput, match=r"two dates: '%d/%m/%Y' and '%m/%d/%Y'"):
        day("03/04/2026", "%d/%m/%Y", "%m/%d/%Y")
    assert day("04/04/2026", "%d/%m/%Y", "%m/%d/%Y") == dt.date(2026, 4, 4)  # the same whichever is meant


def test_of_midnight_and_the_day_the_first_form_decides() -> None:
    forms = ("%Y-%m-%d 00:00:00", "%Y-%m-%d %H:%M:%S")
    assert day("2026-03-04 00:00:00", *forms) == dt.date(2026, 3, 4)
    assert day("2026-03-04 00:00:00", *reversed(forms)) == dt.datetime(2026, 3, 4, tzinfo=BEIJING)
    assert day("2026-03-04 09:00:00", *forms) == dt.datetime(2026, 3, 4, 9, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "45356",
            "a spreadsheet's day number: format the column as a date and export again, or say dates = ['serial']",
        ),
        ("43942.9654398148", "dates = ['serial']"),
        ("1709602207", "seconds since 1970-01-01T00:00Z: say dates = ['epoch']"),
        ("1709602207250", "dates = ['epoch-ms']"),
        ("26 May 2026", "['%d %B %Y']"),  # May is May, short or long
        ("26 August 2026", "['%d %B %Y']"),
        ("22-Apr-15", "['%d-%b-%y'] with century = 2000"),
        ("03/05/2024 02:27:57 PM", "['%d/%m/%Y %I:%M:%S %p'] or ['%m/%d/%Y %I:%M:%S %p']"),
        ("03.05.24 14:27:57.5", "['%d.%m.%y %H:%M:%S.%f'] or ['%m.%d.%y %H:%M:%S.%f'] with century = 2000"),
        ("2024/03/05T9:05", "['%Y/%m/%dT%H:%M']"),
        ("03/05/2024 at noon", ""),
        ("soon", ""),
    ],
)
def test_rsv_8_a_date_that_cannot_be_read_gets_the_form_to_write(text: str, hint: str) -> None:
    found = date_hint(text)
    assert hint in found
    assert bool(found) == bool(hint)


def test_a_hint_stands_in_the_refusal_and_a_mapping_that_follows_it_reads_the_cell() -> None:
    assert "dates = ['serial']" in told(read("id,received\na,45356\n"))[0]
    assert (
        "dates = ['%d.%m.%Y']"
        in told(read("id,received\na,30.09.2026\n", "dates='%Y/%m/%d'\n[fact]\nid='id'\nreceived='received'"))[0]
    )
    (row,) = read("id,received\na,45356\n", f"dates = ['serial']\n{PLAIN}")
    assert row.case is not None
    assert row.case.complaint.received == dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "look"), [("", ""), ("三千元", "字字字"), ("\x1b[1m", "字[9a"), ("¥5", "¥9"), ("（略）", "（字）")]
)
def test_the_look_of_a_cell_tells_nothing_that_stands_in_it(text: str, look: str) -> None:
    assert look_of(text) == look


FORMS = (
    "%Y-%m-%d", "%d/%m/%Y %H:%M", "%Y%m%d%H%M%S", "%d %B %Y %I:%M:%S %p", "%d-%b-%y", "%y%m%d", "%m/%d/%Y %I:%M %p",
    "%Y-%m-%dT%H:%M:%S.%f", "%d.%m.%Y %H%M",
)  # fmt: skip


@given(our.moments, st.sampled_from(FORMS))
def test_what_a_form_writes_it_reads_back(moment: dt.datetime, form: str) -> None:
    wall = moment.astimezone(BEIJING).replace(tzinfo=None)
    text = wall.strftime(form)
    expected = dt.datetime.strptime(text, form)  # noqa: DTZ007 - walls are compared
    found = form_of(form, 2000).read(text)
    meant: dt.datetime | dt.date = expected if isinstance(found, dt.datetime) else expected.date()
    if "%y" in form:
        meant = meant.replace(year=2000 + wall.year % 100)
    assert found == meant


@given(st.text(alphabet="0123456789/-.: APMapm", max_size=20), st.sampled_from(FORMS))
def test_a_form_reads_nothing_that_strptime_does_not(text: str, form: str) -> None:
    """Whatever is read is read so by the standard library too; the reverse does not hold, which is the point."""
    try:
        found = form_of(form, 2000).read(text)
    except ValueError:
        found = None
    if found is not None:
        expected = dt.datetime.strptime(text, form)  # noqa: DTZ007 - walls are compared
        assert (found.month, found.day) == (expected.month, expected.day)


@given(st.decimals(36_900, 73_000, places=6))
def test_a_day_number_is_its_day_and_no_count_is_two_things(number: object) -> None:
    found = [name for name in COUNTED if form_of(name).read(str(number)) is not None]
    assert set(found) <= {"serial", "serial-1904"}
    wall = form_of("serial").read(str(number))
    assert isinstance(wall, dt.datetime | dt.date)
