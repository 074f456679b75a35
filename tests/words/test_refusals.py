"""Errors as a clerk reads them: in Chinese, with the same fields, and never more than the English shows."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import Complaint, Period, Policy, WorkCalendar, load_policy
from complaint_rules.cases.plain import case_from_json
from complaint_rules.conditions.parsing import parse
from complaint_rules.conditions.scopes import Scope
from complaint_rules.errors import ComplaintRulesError, Fault, InvalidCase, UnknownLanguage, UnreadableInput
from complaint_rules.exchange.lines import json_lines, read_json_line
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.registers import read_register
from complaint_rules.exchange.rows import RowFault
from complaint_rules.words.messages.catalogue import in_chinese
from complaint_rules.words.refusals import explain_error

BROKEN: Final = sorted((Path(__file__).parents[1] / "policy" / "broken").glob("*.toml"))
MAP: Final = (
    "fact = { id = '工单号', received = '受理日期', channel = { column = '渠道', codes = { '电话' = 'phone' } } }"
)


def refused(ask: Callable[[], object]) -> str:
    """Say in Chinese what a call refuses."""
    with pytest.raises(ComplaintRulesError) as caught:
        ask()
    return explain_error(caught.value)


def test_english_is_the_text_of_the_error_itself() -> None:
    for wrong in (
        ComplaintRulesError(what="a period", why="it has no unit", value="5", where="own.toml"),
        Fault(where="own.toml: id", why="it is missing"),
        RowFault(line=3, column="渠道", why="the code is unknown"),
    ):
        assert explain_error(wrong, "en") == str(wrong)
        assert explain_error(wrong) == explain_error(wrong, "zh") != str(wrong)
        with pytest.raises(UnknownLanguage):
            explain_error(wrong, "fr")  # type: ignore[arg-type]  # what is tried


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: Period.parse("次日"), "期限：指哪一天不明：次日，还是下一个工作日；给的是“次日”；写“1日”或"),
        (lambda: Period.parse("5 wks"), "期限：没有这个单位：“wks”；给的是“5 wks”；是否想写“5 weeks”？"),
        (
            lambda: WorkCalendar.china().with_override(dt.date(2026, 10, 10), works=True, reason=""),
            "2026-10-10的改动：应写明理由：每次推算都会显示；给的是“”",
        ),
        (
            lambda: WorkCalendar.china().with_notice(year=2027, days=[], yaer=2027),
            "2027年的通知：2处错误：未知字段“yaer”，是否想写“year”？；days：没有列出任何一天",
        ),
        (
            lambda: Complaint(id="c-1", received=dt.datetime(2026, 9, 30, 16, 5)),  # noqa: DTZ001 - what is tried
            "Complaint.received：时刻未注明时区；给的是datetime.datetime(2026, 9, 30, 16, 5)；北京时间传 tzinfo=",
        ),
        (
            lambda: Complaint(id="c-1", received=dt.date(2026, 9, 30), complainants=Decimal(2)),  # type: ignore[arg-type]
            "Complaint.complainants：应为1或以上的整数；给的是2；不明的不写",
        ),
        (lambda: load_policy("psbc-95850"), "规则集：没有随附这个规则集；给的是“psbc-95850”；是否想写“psbc-95580”？"),
        (lambda: load_policy("zebra"), "规则集：没有随附这个规则集；给的是“zebra”；随附的有：bank-detail, "),
        (lambda: parse("amount > 5", Scope(), where="row 1"), "row 1，第1个字符: 条件：没有这个名称；给的是“amount”"),
        (
            lambda: parse("has('closed') == 3", load_policy("psbc-95580").scope),
            "第1个字符: 条件：has(…) 本身得出是或否，不作比较；给的是",
        ),
        (
            lambda: Policy.from_text("id = ", name="own.toml"),
            "own.toml: 不是规则文件；1处错误\n  own.toml: 不是 TOML：值的写法不对，在文件末尾",
        ),
        (lambda: Policy.from_file("no.toml"), "no.toml: 规则文件：没有这个文件"),
        (
            lambda: RegisterMap.from_text("fact = { id = '工单号' }", "map.toml"),
            "map.toml: 对照文件未通过；1处错误\n  map.toml:1: fact.received: 缺少这一项；写明其列：received = '…'",
        ),
    ],
)  # fmt: skip
def test_an_error_is_said_in_chinese(ask: Callable[[], object], told: str) -> None:
    assert refused(ask).startswith(told)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_fault_of_a_policy_file_is_said_in_chinese(path: Path) -> None:
    with pytest.raises(ComplaintRulesError) as caught:
        Policy.from_file(path)
    told = explain_error(caught.value).split("\n")
    assert len(told) == len(str(caught.value).split("\n"))
    for line in told:
        ours = re.sub(r"“[^”]*”|\[.*?\]|\{.*?\}", "", line.partition(": ")[2])
        assert re.search(r"[a-z]{2,},? [a-z]{2,} [a-z]{2,}", ours) is None, line


def test_a_row_of_a_register_is_refused_in_chinese_and_nothing_of_it_is_shown() -> None:
    lines = [
        "工单号,受理日期,渠道",
        "A-1,30.9.,电话",
        "A-2,2026-09-30,13800000000",
        "A-3,2026-09-30",
        "A-4,2026-02-30,电话",
    ]
    rows = read_register(io.BytesIO("\n".join(lines).encode("gb18030")), RegisterMap.from_text(MAP))
    assert [explain_error(fault) for row in rows for fault in row.faults] == [
        "2: 受理日期：这个日期没有唯一的读法；形如 99.9.；在 dates 中写明格式，如 dates = ['%d/%m/%Y']",
        "3: 渠道：对照文件中没有这个代码；可为：电话",
        "4: 表头有3列，本行有2列；未加引号的文本中是否有分隔符或多余的引号？",
        "5: 受理日期：没有这一日期或时刻；形如 9999-99-99；写法可能是 dates = ['%Y-%m-%d']",
    ]


def test_a_line_of_json_is_refused_in_chinese() -> None:
    lines = [
        b'{"id": "a", "received": "2026-09-30", "channel": "fone"}',
        b'{"id": "a"}',
        b"\xff",
        b'{"id": "a", "id": "b"}',
    ]
    rows = list(json_lines(io.BytesIO(b"\n".join(lines))))
    found = [read_json_line(row[1], row[0]) for row in rows]
    assert [explain_error(fault) for row in found for fault in row.faults] == [
        "1: channel：没有这个代码；是否想写“phone”？",
        "2: received：缺少这一项；写成 2026-10-09T08:30:00+08:00；只知日期的写 2026-09-30",
        "3: 不是 UTF-8；JSON 用 UTF-8；GB18030 的导出文件须先转换",
        "4: 同一对象中键重复；应以哪一个为准？",
    ]
    assert refused(lambda: case_from_json("{")).startswith("不是 JSON：此处应有双引号中的键（第")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7", "book.csv: 是 PDF 文件，不是表格；请对方提供 CSV 格式的台账"),
        (b"\x1f\x8b123", "book.csv: gzip 压缩包，不是文本；先解压"),
        (b"<html><table>", "book.csv: 是 HTML 或 XML 网页，不是表格；有的系统导出时称之为 .xls："),
        (b"", "book.csv: 文件为空：没有一行"),
        (b"\xff\xfei\x00d\x00", "book.csv: 是 UTF-16，不是 UTF-8 或 GB18030；另存为 CSV UTF-8"),
        (b"a,b\n1,2\n", "book.csv: 对照文件写了3列，表头中不到一半\n  header: 这一行不像表头"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_register_is_refused_in_chinese(content: bytes, told: str) -> None:
    mapping = RegisterMap.from_text(MAP)
    assert refused(lambda: list(read_register(io.BytesIO(content), mapping, name="book.csv"))).startswith(told)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("an inline table stands on one line in TOML 1.0", "TOML 1.0 的内联表写在一行"),
        ("it holds bytes of another encoding; taken as unknown", "含有其他编码的字节；按不明处理"),
        ("this is a set, not a truth value", "这是集合，这里要的是“是或否”"),
        ("a set cannot be compared with a text", "集合不能与文本比较"),
        ("a text cannot be compared with a zebra", "a text cannot be compared with a zebra"),
        ("write met('whole') or late('whole')", "写 met('whole') 或 late('whole')"),
        (
            "2 faults: make-up day 2027-02-08 is a Monday; make-up days fall on Saturday or Sunday; days_off: 5 is off",
            "2处错误：补班日2027-02-08是周一；补班日只能是周六或周日；days_off: 5 is off",
        ),
        ("2 faults", "2处错误"),
        ("1 fault", "1处错误"),
        ("over a hundred years; the most is 36500 working days", "超过一百年；最多36500个工作日"),
        (
            "what is added is in the unit of the limit's own figures: working days",
            "延长的单位应与时限自身的单位一致：工作日",
        ),
        ("did you mean it by 'received'?", "是否以“received”表示？"),
        ("save it as .xlsx, or save it as CSV UTF-8 (另存为 CSV UTF-8)", "另存为 .xlsx，或另存为 CSV UTF-8"),
        (
            "the table 'priority' has no such value, which is read in own.toml: limit[0].when and 3 more places",
            "判定表“priority”没有这个值，而以下各处及另外3处要用到：own.toml: limit[0].when",
        ),
        ("link 'same': its window waits for opening hours", "关联“same”：其时间窗口尚缺营业时间"),
        ("nothing that anybody wrote", "nothing that anybody wrote"),
        ("nothing that anybody wrote; it is missing", "nothing that anybody wrote；缺少这一项"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_is_found_whole_by_its_places_or_part_by_part(text: str, said: str) -> None:
    assert in_chinese(text) == said


def test_what_has_no_entry_stays_and_nothing_is_lost() -> None:
    error = UnreadableInput(what="own thing", why="quite new", value={"a": 1}, hint="do that", where="x.csv")
    assert explain_error(error) == "x.csv: own thing：quite new；给的是{'a': 1}；do that"


@pytest.mark.parametrize("text", ["write " * 2_000, "x; " * 2_000, "a: " * 2_000, "did you mean " * 50 + "?" * 50])
def test_a_text_without_end_costs_bounded_work(text: str) -> None:
    assert in_chinese(text)


def test_a_column_without_a_mapping_file_is_counted_in_chinese() -> None:
    told = refused(lambda: list(read_register(io.BytesIO(b"13800000000,b\n1,2\n"), name="book.csv")))
    assert told.startswith(
        "book.csv: 没有对照文件时，每列应以事实名称为列名\n  第1列: 该处不是事实；写一个对照文件并传入"
    )


def test_no_sign_of_a_value_steers_a_terminal() -> None:
    error = InvalidCase(what="", why="it is missing", where="book\x1b[2J.csv", faults=(Fault(where="\x07", why="x"),))
    assert explain_error(error) == "book\\x1b[2J.csv: 缺少这一项\n  \\x07: x"


@given(st.text(), st.text(), st.text())
def test_any_error_at_all_can_be_said(what: str, why: str, hint: str) -> None:
    value: Any = why
    assert explain_error(ComplaintRulesError(what=what, why=why, value=value, hint=hint)).isprintable() or any(
        sign.isspace() for sign in what + why + hint
    )


def test_an_exception_of_somebody_else_keeps_its_words() -> None:
    assert explain_error(TypeError("no such argument")) == "no such argument"
