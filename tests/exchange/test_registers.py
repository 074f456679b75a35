"""Registers as they are exported: encodings, headers of several rows, dirty rows, and their mapping files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Channel, Source
from complaint_rules.errors import InvalidMapping, UnreadableInput
from complaint_rules.exchange import bound
from complaint_rules.exchange.cells import CellReader
from complaint_rules.exchange.columns import Column
from complaint_rules.exchange.delimited import LONGEST_LINE
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.registers import read_register
from complaint_rules.exchange.rows import Row
from complaint_rules.exchange.tables import merged_names, plain_name
from complaint_rules.moments import BEIJING

ROOT = Path(__file__).parents[2]
MAPS = ROOT / "docs" / "maps"
SHARED = ROOT.parent / "shared"
PLAIN = """
[fact]
id = "id"
received = "received"
"""


def read(content: str | bytes, mapping: str | None = PLAIN, **more: Any) -> list[Row]:
    raw = content.encode() if isinstance(content, str) else content
    return list(
        read_register(
            io.BytesIO(raw),
            None if mapping is None else RegisterMap.from_text(mapping, "map.toml"),
            name="book.csv",
            **more,
        )
    )


def only(content: str, mapping: str, **more: Any) -> Case:
    (row,) = read(content, mapping, **more)
    assert row.case is not None, [str(fault) for fault in row.faults]
    return row.case


def ids(rows: list[Row]) -> list[tuple[int, str]]:
    return [(row.line, row.case.complaint.id) for row in rows if row.case]


def told(rows: list[Row]) -> list[str]:
    return [str(fault) for row in rows for fault in row.faults]


# --- physical rows: nothing good is lost, every line number is an editor's ---


def test_quoted_line_breaks_keep_the_line_numbers_right() -> None:
    rows = read('id,received,note\na,2026-09-30,"one\ntwo\n\nthree"\nb,2026-09-30,\n"c",2026-09-31,x\n')
    assert ids(rows) == [(2, "a"), (6, "b")]
    assert [row.line for row in rows if row.faults] == [7]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("b", "the header has 2 columns, this row 1"),
        ("b,2026-09-30,x", "the header has 2 columns, this row 3"),
        ('b,"2026-09-30', "a quotation mark is opened and not closed"),
        ('"b"x,2026-09-30', "a quotation mark stands where none can"),
        ("b,2026-09\x00-30", "it holds a NUL byte"),
        ('"b\x00,2026-09-30', "it holds a NUL byte"),  # both at once: the damage is what is told
        ("b\r,2026-09-30", "a lone carriage return stands in it, as old systems end their lines"),
        ("b," + "9" * 140_000, "a quotation mark is opened and not closed, or a cell is longer than any text"),
    ],
)
def test_a_broken_row_costs_itself_only(bad: str, why: str) -> None:
    rows = read(f"id,received\na,2026-09-30\n{bad}\nc,2026-10-01\nd,2026-10-02\n")
    assert ids(rows) == [(2, "a"), (4, "c"), (5, "d")]
    assert [(row.line, row.faults[0].why) for row in rows if row.faults] == [(3, why)]


def test_a_stray_quotation_mark_does_not_swallow_the_rows_up_to_the_next_one() -> None:
    good = "".join(f"g{n},2026-09-30\n" for n in range(5))
    rows = read(f'id,received\n"bad,2026-09-30\n{good}last,"2026-09-30"\n')
    assert [name for _, name in ids(rows)] == ["g0", "g1", "g2", "g3", "g4", "last"]
    assert [row.line for row in rows if row.faults] == [2]


def test_a_stray_quotation_mark_far_from_any_other_is_given_up_after_some_lines() -> None:
    good = "".join(f"g{n},2026-09-30\n" for n in range(500))
    rows = read(f'id,received\n"bad,2026-09-30\n{good}')
    assert len(ids(rows)) == 500
    assert told(rows)[0].startswith("2: a quotation mark is opened and not closed")


def test_damage_inside_a_swallowed_stretch_gives_the_rows_back() -> None:
    rows = read(b'id,received\n"bad,2026-09-30\nx,\x00\ng,2026-09-30\nh,"2026-09-30"\n')
    assert ids(rows) == [(4, "g"), (5, "h")]
    assert [row.line for row in rows if row.faults] == [2, 3]


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("x\ny\0z\nw", "it holds a NUL byte"),
        ("x\n" + "9" * (LONGEST_LINE + 1) + '"', f"the line is longer than {LONGEST_LINE} bytes"),
    ],
    ids=("NUL", "long"),
)
def test_damage_in_a_later_line_of_a_quoted_record_costs_that_record(inside: str, why: str) -> None:
    """Its first line is whole: what was dropped from the second must not pass as what was written."""
    rows = read(f'id,received,note\na,2026-09-30,"x\ny"\nb,2026-09-30,"{inside}"\nc,2026-10-01,\n')
    assert [name for _, name in ids(rows)] == ["a", "c"]
    assert why in [row.faults[0].why for row in rows if row.faults]
    assert next(row.line for row in rows if row.faults) == 4


def test_a_mark_of_byte_order_inside_a_file_is_passed_over_where_a_line_begins_and_nowhere_else() -> None:
    """Files put together by appending hold one before the first row of each."""
    rows = read("\ufeffid,received\na,2026-09-30\n\ufeffb,2026-09-30\nc\ufeff,2026-09-30\nd,2026-09-30\n")
    assert ids(rows) == [(2, "a"), (3, "b"), (5, "d")]
    assert [row.line for row in rows if row.faults] == [4]


def test_an_endless_line_is_cut_off_and_the_next_one_read() -> None:
    rows = read("id,received\nb," + "9" * (2 * LONGEST_LINE) + "\nc,2026-09-30\nd," + "9" * LONGEST_LINE)
    assert ids(rows) == [(3, "c")]
    assert told(rows) == [
        f"2: the line is longer than {LONGEST_LINE} bytes",
        f"4: the line is longer than {LONGEST_LINE} bytes",
    ]


def test_empty_rows_and_empty_cells_past_the_header_are_passed_over() -> None:
    assert ids(read("id,received,,\n,,\n\na,2026-09-30,,,\n  ,\n")) == [(4, "a")]


def test_other_delimiters_and_no_break_spaces_are_read() -> None:
    case = only(
        "id;received;unit\na;2026-09-30;Braviant\u00a0Holdings", "delimiter = ';'" + PLAIN + "respondent = 'unit'"
    )
    assert case.complaint.respondent == "Braviant Holdings"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        ("id,received\n".encode("utf-16"), "UTF-16"),
        (b'"id,received\na,b', "header of 1 row cannot be read as utf-8-sig, gb18030"),
        (b"\xff,\xff\xff\n", "header of 1 row cannot be read"),
    ],
)
def test_a_file_that_is_no_register_is_refused_as_a_whole(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableInput, match=f"book.csv: .*{why}"):
        read(content)


def test_a_header_cut_short_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="header of 3 rows cannot be read"):
        read("id,received\n", "header = { rows = 3 }" + PLAIN)


# --- encodings ---


def test_the_encoding_is_the_first_under_which_the_columns_are_found() -> None:
    mapping = "[fact]\nid = '工单号'\nreceived = '受理日期'"
    text = "工单号,受理日期,网点\nA-1,2026-09-30,联通\n"
    assert ids(read(text.encode("gb18030"), mapping)) == [(2, "A-1")]
    assert ids(read(text.encode("utf-8-sig"), mapping)) == [(2, "A-1")]
    other = "encoding = 'big5'\n[fact]\nid = '工單號'\nreceived = '受理日期'"
    assert ids(read("工單號,受理日期\nA-1,2026-09-30\n".encode("big5"), other)) == [(2, "A-1")]


def test_without_a_mapping_encoding_and_delimiter_are_those_under_which_key_and_receipt_are_found() -> None:
    """The header reads under every encoding and, as one long name, under every delimiter."""
    assert ids(read("id;received;kind\nA-1;2026-09-30;fees\n", None)) == [(2, "A-1")]
    assert ids(read("id\treceived\nA-1\t2026-09-30\n".encode("gb18030"), None)) == [(2, "A-1")]
    (row,) = read("id,received,kind\nA-1,2026-09-30,收费\n".encode("gb18030"), None)
    assert [fault.column for fault in row.faults] == ["kind"]
    assert "may be GB18030" in row.faults[0].why
    with pytest.raises(InvalidMapping) as caught:  # the header is none in UTF-8, so it is read in the next encoding
        read("id,received,工单号\nA-1,2026-09-30,x\n".encode("gb18030"), None)
    assert str(caught.value).splitlines()[0] == "book.csv: without a mapping file every column bears the name of a fact"


def test_a_row_in_another_encoding_is_refused_and_the_rest_kept() -> None:
    text = "工单号,受理日期\nA-1,2026-09-30\n".encode() + "单,2026-09-30\n".encode("gb18030") + b"A-3,2026-09-30\n"
    rows = read(text, "[fact]\nid = '工单号'\nreceived = '受理日期'")
    assert ids(rows) == [(2, "A-1"), (4, "A-3")]
    assert told(rows) == [
        "3: 工单号: it is not utf-8-sig, but may be GB18030: a mapping file with encoding = ['gb18030'] says so"
    ]


# --- headers ---


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["a", "b"]], ("a", "b")),
        # a merged cell is filled in and its cells exported empty: filled to the right
        ([["受理", "", "办结"], ["日期", "渠道", "日期"]], ("受理/日期", "受理/渠道", "办结/日期")),
        # a cell merged downwards stays with its own column
        ([["受理", "", "单号"], ["日期", "渠道", ""]], ("受理/日期", "受理/渠道", "单号")),
        (
            [["单号", "受理", ""], ["", "时间", "方式"], ["", "日期", "渠道"]],
            ("单号", "受理/时间/日期", "受理/方式/渠道"),
        ),
        # repeats are dropped, line breaks in a cell too
        ([["单号", "金额"], ["单号", "金额\n(万元)"]], ("单号", "金额/金额(万元)")),
        ([["\ufeffa"], ["a"]], ("a",)),
        ([["a"], ["b"], ["a"]], ("a/b/a",)),  # that is no repeat of the one above
        ([["a", "b"], ["", "", "c"]], ("a", "b", "b/c")),  # the second row is longer: its cell hangs under the last
    ],
)
def test_header_rows_become_one_name_for_each_column(rows: list[list[str]], names: tuple[str, ...]) -> None:
    assert merged_names(rows, "/") == names


def test_columns_are_found_by_the_end_of_their_name_whatever_its_width() -> None:
    text = "登记表,,,\n受理,,办结,金额\n单号,日期,日期,投诉金额（万元）\nA,2026-09-30,2026-10-09,1.25\n"
    mapping = """
    header = { rows = 3, join = "/" }
    [fact]
    id = "单号"
    received = "受理/日期"
    amount = { column = "投诉金额(万元)", times = 10000 }
    [[event]]
    kind = "closed"
    at = "办结/日期"
    """
    case = only(text, mapping)
    assert case.complaint.amount == Decimal(12500)
    assert case.events == (Event("closed", dt.date(2026, 10, 9)),)


def test_a_missing_a_doubled_and_a_misspelt_column_are_named_together() -> None:
    with pytest.raises(InvalidMapping) as caught:
        read("id,date,date,recieved,\n", PLAIN + "kind = 'date'\nreason = 'zzz'")
    assert str(caught.value).splitlines() == [
        "book.csv: the mapping does not fit this register",
        "  fact.received: the register has no such column; got 'received'; did you mean 'recieved'?",
        "  fact.kind: the register has this column more than once: columns 2 and 3; got 'date'",
        "  fact.reason: the register has no such column; got 'zzz'; its columns are id, date, date, recieved",
    ]


def test_without_a_mapping_the_columns_bear_the_names_of_facts() -> None:
    (row,) = read(
        "id,received,channel,complainants,unionpay\na,2026-09-30,phone,3,是\n", None, facts={"unionpay": "bool"}
    )
    assert row.case is not None
    complaint = row.case.complaint
    assert (complaint.channel, complaint.complainants, complaint.extra) == (Channel.PHONE, 3, {"unionpay": True})
    with pytest.raises(InvalidMapping) as caught:
        read("id,chanel,unionpay\n", None)
    assert str(caught.value).splitlines() == [
        "book.csv: without a mapping file every column bears the name of a fact",
        "  chanel: the column is no fact; did you mean 'channel'?",
        "  unionpay: the column is no fact; write a mapping file and pass it (--columns MAP.toml)",
        "  received: the register has no such column; write a mapping file and pass it (--columns MAP.toml)",
    ]


# --- cells ---


def cell(text: str, **column: Any) -> object:
    reader = CellReader(
        blank=frozenset({"无"}), dates=column.pop("dates", ()), zone=BEIJING, century=column.pop("century", None)
    )
    value = reader.read(Column(name="列", **column), text)
    assert reader.read(Column(name="列", **column), text) == value  # what is remembered is what was read
    return value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2100-01-01 03:00+14:00", "2099-12-31T21:00:00+08:00"),  # three hours into the year where it was written
        ("2000-12-31 16:00-00:00", "2001-01-01T00:00:00+08:00"),
    ],
)
def test_a_moment_of_a_year_next_to_those_known_is_read_where_it_is_one_of_them_in_beijing(
    text: str, meant: str
) -> None:
    found = cell(text, type="moment")
    assert isinstance(found, dt.datetime)
    assert found.astimezone(BEIJING).isoformat() == meant


@pytest.mark.parametrize("text", ["2101-01-01", "1999-12-31", "2101-01-01 00:00Z"])
def test_a_year_beyond_these_is_asked_back(text: str) -> None:
    with pytest.raises(UnreadableInput, match="the years known run from 2001-01-01 to 2099-12-31"):
        cell(text, type="when")


@pytest.mark.parametrize(
    ("text", "column", "meant"),
    [
        ("无", {"type": "when"}, None),  # blank is unknown, never no
        ("", {"type": "bool"}, None),
        ("是", {"type": "bool"}, True),
        ("No", {"type": "bool"}, False),
        ("3", {"type": "int"}, 3),
        ("3.0", {"type": "int"}, 3),  # spreadsheets write whole numbers so
        ("12,345.60", {"type": "decimal"}, Decimal("12345.60")),
        ("１２", {"type": "decimal"}, Decimal(12)),  # full width
        ("1.1", {"type": "decimal", "times": Decimal(10000)}, Decimal("11000.0")),
        ("2026-9-3", {"type": "when"}, dt.date(2026, 9, 3)),
        ("2026年9月3日", {"type": "when"}, dt.date(2026, 9, 3)),
        ("2026.09.03", {"type": "day"}, dt.date(2026, 9, 3)),
        ("2026/9/3 8:05", {"type": "when"}, dt.datetime(2026, 9, 3, 8, 5, tzinfo=BEIJING)),
        ("2026-09-03T08:05:06.5", {"type": "moment"}, dt.datetime(2026, 9, 3, 8, 5, 6, 500_000, BEIJING)),
        ("2026-09-03 00:05Z", {"type": "moment"}, dt.datetime(2026, 9, 3, 8, 5, tzinfo=BEIJING)),
        ("2026-09-03 23:30Z", {"type": "day"}, dt.date(2026, 9, 4)),  # the day in Beijing
        ("03.09.2026", {"type": "when", "dates": ("%d.%m.%Y",)}, dt.date(2026, 9, 3)),
        ("2026-09-03 00:00:00", {"type": "when", "dates": ("%Y-%m-%d 00:00:00",)}, dt.date(2026, 9, 3)),
        (
            "2026-09-03 0805",
            {"type": "when", "dates": ("%Y", "%Y-%m-%d %H%M")},
            dt.datetime(2026, 9, 3, 8, 5, tzinfo=BEIJING),
        ),
        (
            "2026-09-03 08+0000",
            {"type": "when", "dates": ("%Y-%m-%d %H%z",)},
            dt.datetime(2026, 9, 3, 16, tzinfo=BEIJING),
        ),
        ("甲、乙，无", {"type": "set", "split": "、，"}, frozenset({"甲", "乙"})),
        ("甲", {"type": "set"}, frozenset({"甲"})),
        ("监管类；舆情类", {"type": "bool", "split": "；", "equals": frozenset({"舆情类"})}, True),
        ("监管类", {"type": "bool", "split": "；", "equals": frozenset({"舆情类"})}, False),
        ("网点", {"codes": {"网点": "visit"}}, "visit"),
        ("柜台", {"codes": {"网点": "visit"}, "otherwise": "other"}, "other"),
        ("甲;丙", {"type": "set", "split": ";", "codes": {"甲": "a"}, "otherwise": "z"}, frozenset({"a", "z"})),
        ("普通", {"type": "text"}, "普通"),
    ],
)
def test_cells_are_read_as_people_write_them(text: str, column: dict[str, Any], meant: object) -> None:
    assert cell(text, **column) == meant


@pytest.mark.parametrize(
    ("text", "column", "why"),
    [
        ("也许", {"type": "bool"}, "neither yes nor no"),
        ("三", {"type": "int"}, "no plain number"),
        ("3.5", {"type": "int"}, "whole number"),
        ("1.2E+05", {"type": "decimal"}, "lost digits"),  # the spreadsheet has thrown digits away
        ("NaN", {"type": "decimal"}, "no plain number"),
        ("1,23", {"type": "decimal"}, "no plain number"),  # decimal comma or thousands? never guessed
        ("9" * 40, {"type": "decimal"}, "no plain number"),
        ("03/04/2026", {"type": "when"}, "one way"),  # March or April?
        ("2026-11", {"type": "when"}, "one way"),  # no day
        ("now", {"type": "when"}, "one way"),
        ("46347", {"type": "when"}, "one way"),  # a spreadsheet's serial number
        ("2026-02-30", {"type": "when"}, "no such day"),
        ("2026-02-03 24:30", {"type": "when"}, "no such day or time"),
        ("2026-02-03 08:30+99:99", {"type": "when"}, "no such day or time"),
        ("2026-02-03", {"type": "moment"}, "time of day"),
        ("2026-02-03", {"type": "when", "dates": ("%Y/%m/%d",)}, "a form that the mapping names"),
        ("网点柜台", {"codes": {"网点柜面": "visit"}}, "did you mean '网点柜面'"),
        ("也许", {"equals": frozenset({"是"}), "differs": frozenset({"否"})}, "neither of the answers"),
    ],
)
def test_cells_that_can_be_read_in_two_ways_or_none_are_refused(text: str, column: dict[str, Any], why: str) -> None:
    with pytest.raises(UnreadableInput, match=why):
        cell(text, **column)


def test_remembered_dates_are_bounded() -> None:
    reader = CellReader(blank=frozenset(), dates=(), zone=BEIJING)
    column = Column(name="d", type="when")
    for day in range(5000):
        reader.read(column, (dt.date(2001, 1, 1) + dt.timedelta(days=day)).isoformat())
    assert len(reader._remembered) == 4096


# --- rows as cases ---

CALLBACK = (
    PLAIN
    + """
[[event]]
kind = "called_back"
if = { column = "是否回访", is = "是", not = "否" }
at = "回访日期"
outcome = { column = "结果", codes = { "已解决" = "settled" } }
"""
)


@pytest.mark.parametrize(
    ("said", "date", "result", "event", "unseen"),
    [
        ("是", "2026-10-09", "已解决", Event("called_back", dt.date(2026, 10, 9), outcome="settled"), False),
        ("是", "", "", Event("called_back"), False),  # it happened, the moment is unknown
        ("否", "", "乱写", None, False),  # it did not happen: its other columns are nobody's business
        ("", "2026-10-09", "", Event("called_back", dt.date(2026, 10, 9)), False),  # the date shows it
        ("", "", "", None, True),  # nobody knows: blank is never no
    ],
)
def test_an_event_happened_or_not_or_nobody_knows(
    said: str, date: str, result: str, event: Event | None, unseen: bool
) -> None:
    case = only(f"id,received,是否回访,回访日期,结果\na,2026-09-30,{said},{date},{result}\n", CALLBACK)
    assert case.events == (() if event is None else (event,))
    assert ("called_back" in case.unseen) == unseen


@pytest.mark.parametrize(
    ("said", "date", "result", "faults"),
    [
        ("否", "2026-10-09", "", ["2: 回访日期: a date stands there although '是否回访' says that it did not happen"]),
        ("否", "x", "", ["2: 回访日期: this is no date that", "2: 回访日期: a date stands there although"]),
        ("也许", "", "", ["2: 是否回访: it is neither of the answers"]),
        ("是", "x", "乱写", ["2: 回访日期: this is no date that", "2: 结果: the code is not in the mapping"]),
    ],
)
def test_contradictions_and_faults_of_an_event_refuse_the_row(
    said: str, date: str, result: str, faults: list[str]
) -> None:
    rows = read(f"id,received,是否回访,回访日期,结果\na,2026-09-30,{said},{date},{result}\n", CALLBACK)
    assert len(told(rows)) == len(faults)
    assert all(text.startswith(fault) for text, fault in zip(told(rows), faults, strict=True))


def test_a_blank_date_alone_means_not_yet_unless_the_mapping_says_unknown() -> None:
    text = "id,received,closed\na,2026-09-30,\n"
    event = "\n[[event]]\nkind = 'closed'\nat = 'closed'\n"
    assert only(text, PLAIN + event).unseen == frozenset()
    assert only(text, PLAIN + event + "if_blank = 'unknown'").unseen == {"closed"}
    assert only(text, PLAIN + event + "[unseen]\nevents = ['routed']").unseen == {"routed"}


def test_facts_events_and_what_they_make_known_come_from_their_columns() -> None:
    mapping = """
    blank = ["-"]
    [fact]
    id = { column = "单号", if_blank = "line" }
    received = "日期"
    channel = { value = "phone" }
    complainant_keys = { column = "客户号", split = "、" }
    recorded = { present = { name = "姓名", contact = "电话" } }
    funds_at_risk = { column = "涉及资金", is = "是" }
    vip = { column = "贵宾", type = "bool" }
    level = "层级"
    shade = "颜色"
    interested = { value = "desk-7" }
    [[event]]
    kind = "amended"
    at = "查实日期"
    set = { caused_by = { column = "责任方", codes = { "我行" = "bank" } }, vip = "贵宾" }
    [[event]]
    kind = "compensated"
    if = { column = "补偿", is = ["是", "Y"] }
    amount = "补偿金额"
    """
    header = "单号,日期,客户号,姓名,电话,,涉及资金,贵宾,层级,颜色,查实日期,责任方,补偿,补偿金额"
    text = f"{header}\n,2026-09-30,k1、k2,某人,-,,是,否,outlet,-,2026-10-08,我行,Y,88.5\n"
    case = only(text, mapping, facts={"level": "level", "vip": "bool"})
    complaint = case.complaint
    assert complaint.id == "line-2"
    assert complaint.channel is Channel.PHONE
    assert (complaint.complainants, complaint.complainant_keys) == (2, frozenset({"k1", "k2"}))
    assert complaint.recorded == frozenset({"name"})  # that a name is there, never the name
    assert complaint.funds_at_risk is True
    assert complaint.extra == {"vip": False, "level": "outlet"}
    assert complaint.interested == frozenset({"desk-7"})
    assert case.events == (
        Event("amended", dt.date(2026, 10, 8), set={"caused_by": "bank", "vip": False}),
        Event("compensated", amount=Decimal("88.5")),
    )


def test_all_faults_of_a_row_are_reported_with_their_columns() -> None:
    mapping = PLAIN + "channel = '渠道'\ncomplainants = '人数'\namount = '金额'"
    rows = read("id,received,渠道,人数,金额\n,1999-01-01,电话,0,many\n", mapping)
    assert [text.partition(";")[0] for text in told(rows)] == [
        "2: received: the years known run from 2001-01-01 to 2099-12-31",
        "2: 金额: this is no plain number",
        "2: id: it is missing",
        "2: 渠道: the code is unknown",
        "2: 人数: a whole number of at least 1 is expected",
    ]


def test_a_refused_row_never_shows_cells_that_were_not_asked_for() -> None:
    assert "13800000000" not in " ".join(told(read("id,received,tel\na,2026-09-30,x,13800000000\n")))


# --- mapping files ---


def mapping_faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidMapping) as caught:
        RegisterMap.from_text(text, "map.toml")
    return [
        (re.sub(r"^map\.toml(:\d+)?: ", "", fault.where), f"{fault.why}; {fault.hint}") for fault in caught.value.faults
    ]


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("headers = 1", "headers", "no such key; did you mean 'header'?"),
        ("zzz = 1", "zzz", "known: header, encoding"),
        ("header = 3", "header", "a table is expected"),
        ("header = { rows = 0 }", "header.rows", "from 1 to 10"),
        ("header = { rows = true }", "header.rows", "from 1 to 10"),
        ("header = { row = 1 }", "header.row", "did you mean 'rows'?"),
        ("header = { join = '' }", "header.join", "a text is expected"),
        ("delimiter = ',,'", "delimiter", "one character"),
        ("delimiter = '\"'", "delimiter", "one character"),
        ("delimiter = 5", "delimiter", "a list of texts is expected"),
        ("delimiter = []", "delimiter", "one character"),
        ("encoding = 'idna'", "encoding", "no encoding of lines"),
        ("encoding = 'utf-7'", "encoding", "no encoding of lines"),
        ("encoding = 'unicode_escape'", "encoding", "no encoding of lines"),
        ("encoding = 'punycode'", "encoding", "no encoding of lines"),
        ("encoding = 'gb18031'", "encoding", "did you mean 'gb18030'?"),
        ("encoding = 'utf-16'", "encoding", "converted first"),
        ("encoding = 'rot13'", "encoding", "no encoding of lines"),
        ("encoding = []", "encoding", "at least one"),
        ("encoding = [1]", "encoding", "list of texts"),
        ("dates = '%d %j %Y'", "dates", "%j is not understood"),
        ("dates = '%d %b'", "dates", "a year, a month and a day"),
        ("dates = ['%Y/%m/%d', '%j']", "dates[1]", "%j is not understood"),
        ("century = 2000", "century", "so it says nothing"),
        ("century = 1900\ndates = '%d/%m/%y'", "century", "century = 2000"),
        ("dates = '%d/%m/%y'", "dates", "century = 2000 in the mapping file"),
        ("zone = 'Beijing'", "zone", "+08:00"),
        ("zone = 8", "zone", "+08:00"),
        ("blank = 0", "blank", "list of texts"),
        ("unseen = { kinds = [] }", "unseen.kinds", "known: events"),
        ("unseen = { events = ['not ok'] }", "unseen.events[0]", "ASCII identifier"),
        ("fact = 3", "fact", "a table is expected"),
        ("fact.kind = 3", "fact.kind", "a column's name or a table"),
        ("fact.kind = ''", "fact.kind", "a text is expected"),
        ("fact.'两 个' = 'x'", "fact.两 个", "ASCII identifier"),
        ("fact.kind = { columns = 'x' }", "fact.kind.columns", "did you mean 'column'?"),
        ("fact.kind = { column = 'x', value = 'y' }", "fact.kind", "exactly one of column, value and present"),
        ("fact.kind = { column = 'x', type = 'int' }", "fact.kind.type", "known: text"),
        ("fact.own = { column = 'x', type = 'float' }", "fact.own.type", "known: text, int"),
        ("fact.own = { column = 'x', type = 7 }", "fact.own.type", "does not fit"),
        ("fact.amount = { column = 'x', times = 0 }", "fact.amount.times", "above 0"),
        ("fact.amount = { column = 'x', times = true }", "fact.amount.times", "above 0"),
        ("fact.kind = { column = 'x', times = 10 }", "fact.kind.times", "only a figure"),
        ("fact.kind = { column = 'x', if_blank = 'line' }", "fact.kind.if_blank", "a blank is unknown"),
        ("fact.channel = { column = 'x', codes = { a = 'fone' } }", "fact.channel.codes.a", "did you mean 'phone'?"),
        ("fact.channel = { column = 'x', codes = 3 }", "fact.channel.codes", "a table is expected"),
        ("fact.own = { column = 'x', codes = { a = 2026-01-01 } }", "fact.own.codes.a", "a code stands for"),
        ("fact.joint = { column = 'x', codes = { a = 'yes' } }", "fact.joint.codes.a", "true, false or null"),
        ("fact.joint = { column = 'x', otherwise = 'no' }", "fact.joint.otherwise", "true, false or null"),
        ("fact.recorded = { present = { ' ' = 'x' } }", "fact.recorded.present", "printable"),
        ("fact.recorded = { present = { name = 1 } }", "fact.recorded.present.name", "a text is expected"),
        ("event = { kind = 'closed' }", "event", "two brackets"),
        ("event = [3]", "event[0]", "a table is expected"),
        ("event = [{ kind = 'closed', at = 'x', on = 'y' }]", "event[0].on", "no such key"),
        ("event = [{ kind = 'not ok', at = 'x' }]", "event[0].kind", "ASCII identifier"),
        ("event = [{ kind = 'closed' }]", "event[0]", "nothing says whether it happened"),
        ("event = [{ kind = 'closed', at = 'x', if_blank = 'maybe' }]", "event[0].if_blank", "known: no, unknown"),
        ("event = [{ kind = 'closed', at = 'x', by = { value = 3 } }]", "event[0].by.value", "printable"),
        ("event = [{ kind = 'closed', if = { column = 'x' } }]", "event[0].if.is", "missing"),
        ("event = [{ kind = 'closed', if = { is = 'x' } }]", "event[0].if.column", "missing"),
        ("event = [{ kind = 'closed', if = { column = 'x', is = '1', else = 2 } }]", "event[0].if.else", "no such key"),
        ("event = [{ kind = 'closed', at = 'x', set = 3 }]", "event[0].set", "a table is expected"),
    ],
)
def test_each_fault_of_a_mapping_file_names_its_place(text: str, where: str, why: str) -> None:
    found = mapping_faults(f"{text}\nfact.id = 'a'\nfact.received = 'b'" if not text.startswith("fact = ") else text)
    assert any(place == where and why in told for place, told in found), found


def test_a_bad_name_of_a_fact_hides_no_fault_after_it() -> None:
    found = mapping_faults("[fact]\n'a b' = 'x'\n'c d' = 'y'\nchannel = { value = 'fone' }\nid = 'i'\nreceived = 'r'")
    assert [place for place, _ in found] == ["fact.a b", "fact.c d", "fact.channel.value"]


def test_a_mapping_without_id_and_receipt_says_so_and_what_was_meant() -> None:
    found = mapping_faults("[fact]\nrecieved = 'x'")
    assert found == [
        ("fact.id", "it is missing; name its column: id = '…'"),
        ("fact.received", "it is missing; did you mean it by 'recieved'?"),
    ]


def test_a_mapping_that_is_no_toml_is_refused_with_the_line() -> None:
    with pytest.raises(InvalidMapping, match=r"map\.toml:2:\d+: this is no TOML"):
        RegisterMap.from_text("a = 1\nb = = 2", "map.toml")


def test_a_mapping_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(PLAIN, encoding="utf-8")
    assert RegisterMap.from_file(path).facts["id"] == Column(name="id", type="text")
    assert RegisterMap.from_file(path).zone.utcoffset(None) == dt.timedelta(hours=8)


# --- the mapping files of the documentation ---


@pytest.mark.parametrize("path", sorted(MAPS.glob("*.toml")), ids=lambda path: path.name)
def test_every_mapping_file_of_the_docs_is_good(path: Path) -> None:
    assert {"id", "received"} <= RegisterMap.from_file(path).facts.keys()


FIRST_BANK = (  # noqa: SIM905 - as the header of an export stands
    "网点名称,网点机构号,工单号,原系统工单号,人行工单号,工单状态,投诉受理渠道,投诉受理日期,办结日期,工单来源,投诉人姓名,性别,国家,省,市,区,"
    "身份证号码,出生年份,投诉电话,投诉邮箱,预留电话,回复电话,投诉内容,被投诉机构,被投诉机构层级,被投诉机构归属,投诉等级,投诉业务办理渠道,"
    "投诉业务类别,投诉原因,投诉渠道,条线类别,产品（服务）大类,产品（服务）小类,投诉金额(万元),投诉人数,投诉请求,调查经过,处理情况,处理结果,"
    "处理机构,处理机构层级,处理机构归属,投诉处理时长,客户是否需要回复,是否回复投诉人,作出处理决定日期,是否回访,回访日期,回访机构,回访结果,"
    "回访情况,是否有责,问责情况,是否进行小额补偿,小额补偿金额,报送人行状态,是否升级投诉,办结期限,超过15日办结原因,产品与服务改进情况,备注"
).split(",")
SECOND_BANK = [*FIRST_BANK, "投诉来源", "重复投诉", "监管转办", "紧急程度", "敏感信息", "投诉诉求"]


def register(columns: list[str], *rows: dict[str, str]) -> bytes:
    """Make an export as the bank's system does: a title, a row of groups, a row of columns; GB18030."""
    groups = ["" if name != "工单号" else "受理" for name in columns]
    groups[columns.index("处理结果")] = "处理"
    lines = [
        ["投诉台账", *[""] * (len(columns) - 1)],
        groups,
        columns,
        *([row.get(name, "") for name in columns] for row in rows),
    ]
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode("gb18030")


def mapped(name: str, columns: list[str], *rows: dict[str, str]) -> list[Row]:
    mapping = RegisterMap.from_file(MAPS / name)
    types = {"marked_urgent": "bool", "demands": "set"}
    return list(read_register(io.BytesIO(register(columns, *rows)), mapping, facts=types, name="台账.csv"))


FULL_ROW = {
    "工单号": "T-1", "投诉受理渠道": "95580", "投诉受理日期": "2026/9/30", "投诉人数": "3",
    "投诉业务类别": "银行卡", "投诉原因": "定价收费", "投诉金额(万元)": "1.25", "投诉人姓名": "（略）",
    "投诉内容": "第一行\n第二行", "作出处理决定日期": "2026-10-09 16:30", "是否有责": "是",
    "是否回复投诉人": "是", "是否回访": "是", "回访结果": "未接通", "是否进行小额补偿": "是",
    "小额补偿金额": "88.50", "是否升级投诉": "否", "办结日期": "2026-10-12", "处理机构": "某支行",
    "被投诉机构": "某网点",
}  # fmt: skip


def test_the_first_banks_register_is_read_with_its_three_header_rows_in_gb18030() -> None:
    rows = mapped(
        "register-cn.toml",
        FIRST_BANK,
        FULL_ROW,
        {"工单号": "T-2", "投诉受理渠道": "网点", "投诉受理日期": "2026-09-30 16:05", "是否回访": "无"},
        {"工单号": "T-3", "投诉受理渠道": "网点", "投诉受理日期": "9月30日", "投诉人数": "0"},
    )  # fmt: skip
    first, second, third = rows
    assert [row.line for row in rows] == [4, 6, 7]  # a line break inside a cell counts
    assert first.case is not None
    complaint = first.case.complaint
    assert (complaint.id, complaint.received, complaint.channel) == ("T-1", dt.date(2026, 9, 30), Channel.PHONE)
    assert (complaint.complainants, complaint.amount) == (3, Decimal(12500))
    assert (complaint.business, complaint.reason) == ("bank_card", "pricing")
    assert complaint.recorded == frozenset({"name", "content", "amount"})
    decided = dt.datetime(2026, 10, 9, 16, 30, tzinfo=BEIJING)
    closing = dt.date(2026, 10, 12)
    assert first.case.events == (
        Event("resolved", decided),
        Event("amended", decided, set={"caused_by": "bank"}),
        Event("replied", closing),
        Event("called_back", outcome="unreached"),
        Event("compensated", amount=Decimal("88.50")),
        Event("closed", closing, unit="某支行"),
    )
    assert "suspended" in first.case.unseen
    assert "called_back" not in first.case.unseen
    assert second.case is not None
    assert second.case.complaint.received == dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
    assert second.case.events == ()
    assert {"called_back", "replied", "compensated", "escalated", "amended"} <= second.case.unseen
    assert [fault.column for fault in third.faults] == ["投诉受理日期", "投诉人数"]


SECOND_ROW = {
    "工单号": "T-1", "投诉受理日期": "2026-09-30", "投诉来源": "国家信访系统转来", "重复投诉": "是",
    "投诉等级": "复杂", "紧急程度": "I", "敏感信息": "监管类、舆情类", "投诉诉求": "补偿，答复",
}  # fmt: skip


def test_the_second_banks_register_adds_its_columns() -> None:
    (row,) = mapped(
        "register-cn-second.toml",
        SECOND_BANK,
        SECOND_ROW,
    )  # fmt: skip
    assert row.case is not None, row.faults
    complaint = row.case.complaint
    assert (complaint.channel, complaint.source) == (Channel.TRANSFERRED, Source.GOVERNMENT)
    assert (complaint.repeat, complaint.complex, complaint.press_risk, complaint.litigation) == (
        True,
        True,
        True,
        False,
    )
    assert complaint.extra == {"marked_urgent": True, "demands": frozenset({"补偿", "答复"})}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real complaints stand beside the checkout, not in it")
def test_every_real_complaint_is_read() -> None:
    """4,744 rows; of 1,593 the id is missing: the mapping names them by their line."""
    with (SHARED / "data" / "complaints" / "cfpb.csv").open("rb") as stream:
        rows = list(read_register(stream, RegisterMap.from_file(MAPS / "cfpb.toml"), name="cfpb.csv"))
    cases = [row.case for row in rows if row.case is not None]
    assert (len(rows), len(cases)) == (4744, 4744)
    assert sum(case.complaint.id.startswith("line-") for case in cases) == 1593
    assert sum("replied" in {event.kind for event in case.events} for case in cases) == 4744 - 347  # 347 in progress


def test_the_columns_of_a_mapping_are_not_held_each_against_every_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mapping file of a megabyte with 30,000 events took 16 s: for each was counted how many have its column."""
    held = 0

    class Counted(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            nonlocal held
            held += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    monkeypatch.setattr(bound, "plain_name", lambda name: Counted(plain_name(name)))
    text = "fact = { id = 'id', received = 'received' }\n"
    text += "".join(f"[[event]]\nkind = 'own_{one}'\nat = 'column {one}'\n" for one in range(100))
    register = ",".join(["id", "received", *(f"column {one}" for one in range(100))]) + "\n"
    assert list(read_register(io.BytesIO(register.encode()), RegisterMap.from_text(text))) == []
    assert held < 1_000  # each against every other are 10,000
