"""A report as a workbook, read back: numbers are numbers, texts are texts, the same report the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidReport, UnknownLanguage
from complaint_rules.reports import Grid, GridCell, GridColumn, Report, to_xlsx, workbook
from complaint_rules.reports.workbook import sheet_names, sheet_number
from tests.reports.sample import (
    AT,
    CHANGES,
    CHANNELS,
    LANGS,
    MONTHS,
    REPORT,
    grid,
    label,
    n,
    names,
    numbers,
    one,
    pair,
    percent,
)


def opened(report: Report, lang: Any = "en") -> Any:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(report, lang)))


def sheet_of(of: Grid, lang: Any = "en") -> Any:
    return opened(one(of), lang).worksheets[1]


def values(sheet: Any, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def test_a_sheet_for_every_table_behind_a_cover() -> None:
    book = opened(REPORT)
    assert book.sheetnames == ["Cover", "By month", "Satisfaction by channel", "Changes"]
    cover = [[cell.value for cell in row if cell.value is not None] for row in book.worksheets[0].iter_rows()]
    assert cover[:5] == [
        ["Complaints of the third quarter"], ["2026Q3"], [], ["As at", "2026-10-08 (Thu) 16:05"],
        ["Rule set", "psbc-95580 (0123abcd)"],
    ]  # fmt: skip
    assert cover[5] == ["To be written by a person", "Causes"]
    assert cover[6][0] == "Note"
    assert opened(REPORT, "zh").sheetnames == ["封面", "各月", "各渠道满意度", "变动"]


def test_numbers_are_numbers_as_they_are_rounded_with_their_format() -> None:
    sheet = sheet_of(CHANNELS)
    assert values(sheet, 1)[0] == "Satisfaction by channel"
    assert values(sheet, 3) == ["Channel", "Satisfied", "Not satisfied", "Undecided", "Rate"]
    assert values(sheet, 4) == ["phone", 400, 158, 276, 0.717]  # the counts stand beside their rate
    assert [cell.data_type for cell in sheet[4]] == ["s", "n", "n", "n", "n"]
    assert [cell.number_format for cell in sheet[4]][1:] == ["0", "0", "0", "0.0%"]
    assert values(sheet, 5) == ["visit", 0, 0, 0, "— (no cases)"]
    assert values(sheet, 7) == ["Total", 400, 160, 276, 0.714]
    assert sheet[7][1].font.bold
    assert values(sheet, 9)[:2] == ["Definition", "not stated"]
    assert values(sheet, 13)[:2] == ["Left out", "repeated (12); invalid (3)"]


def test_a_negative_number_stays_one_grafana_17363() -> None:
    sheet = sheet_of(CHANGES)
    assert (values(sheet, 4), sheet[4][1].number_format) == (["north", -8.3], "0.0")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "http://example.org", "{=1}", "  =1", "12", "_x0041_", "\t=1"]
)
def test_a_text_is_neither_a_formula_nor_a_link_nor_a_number(text: str) -> None:
    cell = sheet_of(grid((label(text), n(1)), title=text))[4][0]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value.replace("_x005F_", "_") == text.replace("\t", " ")  # the reader leaves that escape as it is


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (n(12), "12"),
        (GridCell.number(Fraction(-83, 10), decimals=1), "-8.3"),
        (percent(Fraction(4, 7)), "0.571"),
        (GridCell.number(Fraction(1, 3), decimals=3), "0.333"),
        (GridCell.number(10**15 - 1), "999999999999999"),
        (GridCell.number(10**15), None),  # a spreadsheet keeps 15 digits and makes the others 0
        (percent(Fraction(1, 4000)), None),  # printed <0.1%; 0.0% would say that there was none
        (percent(Fraction(-1, 4000)), None),
        (GridCell.missing(), None),
        (label("12"), None),
    ],
)
def test_the_number_of_a_cell_is_what_is_printed_or_none(cell: GridCell, number: str | None) -> None:
    assert sheet_number(cell) == (None if number is None else Decimal(number))


@given(st.fractions(-(10**9), 10**9), st.integers(0, 4), st.booleans())
def test_the_number_in_a_sheet_is_the_one_printed(exact: Fraction, decimals: int, in_percent: bool) -> None:
    cell = GridCell.number(exact, decimals=decimals, percent=in_percent)
    number = sheet_number(cell)
    if number is None:
        assert cell.figure[0] in "<>" or len(cell.figure) > 15
    else:
        assert f"{number * (100 if in_percent else 1):.{decimals}f}{'%' * in_percent}" == cell.figure


def test_a_number_that_no_sheet_keeps_is_written_as_it_is_printed() -> None:
    sheet = sheet_of(grid((label("a"), GridCell.number(10**20)), (label("b"), percent(Fraction(1, 4000)))))
    assert (values(sheet, 4), values(sheet, 5)) == (["a", "1" + "0" * 20], ["b", "<0.1%"])


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_report_gives_the_same_bytes(lang: Any) -> None:
    again = attrs.evolve(REPORT, title=pair("第三季度投诉报告", "Complaints of the third quarter"))
    assert to_xlsx(REPORT, lang) == to_xlsx(again, lang)
    later = attrs.evolve(REPORT, at=AT + dt.timedelta(hours=1))
    assert to_xlsx(REPORT, lang) != to_xlsx(later, lang)


def test_the_file_bears_the_moment_of_the_report() -> None:
    made = opened(REPORT).properties
    assert (made.created, made.title) == (dt.datetime(2026, 10, 8, 8, 5), "Complaints of the third quarter")  # noqa: DTZ001 - UTC


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["a", "A", "a"], ["a", "A (2)", "a (3)"]),  # Excel tells no case apart
        (["History"], ["History (2)"]),  # a name that Excel keeps for itself
        (["'a'"], ["a"]),
        (["", "///"], ["Sheet", "Sheet (2)"]),
        (["a[1]:b*?/\\c\nd"], ["a 1  b    c d"]),
        (["投" * 40, "投" * 40], ["投" * 31, "投" * 27 + " (2)"]),
        (["😀" * 20], ["😀" * 15]),  # such a sign counts two
        (["a" * 30 + " b"], ["a" * 30]),
    ],
)
def test_sheets_have_names_that_excel_takes(titles: list[str], names: list[str]) -> None:
    assert list(sheet_names(titles)) == names


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    found = values(sheet_of(grid((label("x" * 40_000), n(1)))), 4)[0]
    assert (len(found), found[-1]) == (32_001, "…")


def test_everything_in_a_sheet_stands_where_it_belongs_and_looks_as_it_is_to() -> None:
    """The title, a free line, the names, the rows and the total, a free line, what stands under the table.

    A column is two letters wider than its widest text, of which a Chinese character counts two: 8 at least, 60 at most.
    """
    columns = (
        names("组", "Group"), numbers("甲", "Cases seen"), numbers("乙", "Twelve signs"), names("丙", "x"),
        names("丁", "x"),
    )  # fmt: skip
    of = grid(
        (label("a"), n(1), n(2), label("一二三四五"), label("z" * 57)),
        (label("b"), n(3), n(4), label("c\nfourteen signs\nd"), label("投诉" * 15)),
        columns=columns, total=(label("Total"), n(4), n(6), label(""), label("")),
    )  # fmt: skip
    sheet = sheet_of(of)
    widths = [int(sheet.column_dimensions[letter].width) for letter in "ABCDE"]
    assert widths == [8, 12, 14, 16, 60]
    assert sheet.freeze_panes == "A4"
    named = {number: [cell.value for cell in row] for number, row in enumerate(sheet.iter_rows(), 1)}
    assert [number for number, row in named.items() if not any(row)] == [2, 7]
    assert [named[number][0] for number in (1, 3, 4, 5, 6, 8)] == ["Groups", "Group", "a", "b", "Total", "Definition"]
    for number, bold, size, above, below in (
        (1, True, 14, None, None), (3, True, 11, None, "thin"), (4, False, 11, None, None), (5, False, 11, None, None),
        (6, True, 11, "thin", None),
    ):  # fmt: skip
        for cell in sheet[number][: 1 if number == 1 else 3]:
            looks = cell.font.b, cell.font.sz, cell.border.top.style, cell.border.bottom.style
            assert looks == (bold, size, above, below), cell.coordinate
    assert [(cell.alignment.horizontal, bool(cell.alignment.wrap_text)) for cell in sheet[3]][:2] == [
        ("left", True), ("right", True),
    ]  # fmt: skip
    for number in (4, 5, 6):  # a name may be long, a number is not to be broken
        found = [(cell.alignment.horizontal, bool(cell.alignment.wrap_text)) for cell in sheet[number]]
        assert found == [("left", True), *[("right", False)] * 2, *[("left", True)] * 2]
    assert [cell.font.b for cell in sheet[8]][:2] == [True, False]
    cover = opened(REPORT).worksheets[0]
    assert [int(cover.column_dimensions[letter].width) for letter in "AB"] == [24, 60]
    assert [(cover[place].font.b, cover[place].font.sz) for place in ("A1", "A2", "A4", "B4")] == [
        (True, 16), (True, 11), (True, 11), (False, 11),
    ]  # fmt: skip
    assert [len(name) for name in sheet_names(["a" * 31, "b" * 32, "𠀀" * 16, "History"])] == [31, 31, 15, 11]
    longest = sheet_of(grid((label("x" * 32_000), n(10**15 - 1)), (label("y"), n(10**15))))
    assert values(longest, 4) == ["x" * 32_000, 10**15 - 1]  # 15 digits are what a spreadsheet keeps
    assert values(longest, 5)[1] == "1000000000000000"


def test_a_report_without_rules_and_subtitle() -> None:
    cover = opened(Report(title="Q", at=AT)).worksheets[0]
    assert [cell.value for cell in cover["A"]] == ["Q", None, "As at"]


def test_a_table_that_no_sheet_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What writes workbooks drops, without a word, what lies beyond the last row."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 11)
    with pytest.raises(InvalidReport, match="months: to_xlsx: a sheet holds 11 rows and 16384 columns at most; write"):
        to_xlsx(REPORT)
    wide = grid((n(1),) * 16_385, columns=(GridColumn(title="n"),) * 16_385)
    with pytest.raises(InvalidReport, match="16384 columns"):
        to_xlsx(one(wide))


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InvalidReport, match=r"pip install 'complaint-rules\[report\]'"):
        to_xlsx(REPORT)


def test_anything_else_is_refused() -> None:
    with pytest.raises(InvalidReport, match="a Report is expected; got 'Grid'"):
        to_xlsx(MONTHS)  # type: ignore[arg-type]
    with pytest.raises(UnknownLanguage):
        to_xlsx(REPORT, None)  # type: ignore[arg-type]
