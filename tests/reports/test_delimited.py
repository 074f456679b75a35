"""Tables as CSV: what spreadsheets and programs take them for."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest

from complaint_rules.errors import InvalidReport, UnknownLanguage
from complaint_rules.printing import guarded
from complaint_rules.reports import GridCell, to_csv
from tests.reports.sample import CHANGES, CHANNELS, REPORT, grid, label, n, numbers, percent


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_one_table_for_programs() -> None:
    assert to_csv(CHANNELS, "en", plain=True) == (
        "Channel,Satisfied,Not satisfied,Undecided,Rate (%)\n"
        "phone,400,158,276,71.7\n"
        "visit,0,0,0,— (no cases)\n"
        "letter,0,2,0,— (fewer than 3 cases)\n"
        "Total,400,160,276,71.4\n"
    )


def test_one_table_for_people_says_what_it_is() -> None:
    found = rows(to_csv(CHANNELS, "zh"))
    assert found[0] == ["各渠道满意度"]
    assert found[6:11] == [
        ["定义", "未说明"], ["统计口径", "合并重复"], ["统计截至", "2026-10-08（周四）16:05"], ["数据涵盖", "未说明"],
        ["未计入", "重复（12件）；invalid（3件）"],
    ]  # fmt: skip


def test_the_tables_of_a_report_stand_one_below_the_other() -> None:
    found = rows(to_csv(REPORT, "en"))
    assert found[:4] == [
        ["Complaints of the third quarter"], ["2026Q3"], ["As at", "2026-10-08 (Thu) 16:05"],
        ["Rule set", "psbc-95580 (0123abcd)"],
    ]  # fmt: skip
    starts = [place for place, row in enumerate(found) if not row]
    assert [found[place + 1][0] for place in starts] == [
        "By month", "Satisfaction by channel", "Changes", "To be written by a person", "Note",
    ]  # fmt: skip


def test_a_negative_number_is_no_formula_grafana_17363() -> None:
    """grafana/grafana#17363, woocommerce/woocommerce#25379: a guard that turns −8.3 into a text ruins the column."""
    assert to_csv(CHANGES, "en", plain=True) == "Branch,Change\nnorth,-8.3\nsouth,2.1\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("＝1", "'＝1"),
        (" =1", "' =1"),  # some programs drop the blank first
        ("\n=1", "'\n=1"),
        ("north", "north"), ("a=1", "a=1"), ("", ""),
    ],
)  # fmt: skip
def test_a_text_is_never_a_formula(text: str, written: str) -> None:
    assert guarded(text) == written


@pytest.mark.parametrize("text", ["\t=1+1", "\r=1+1", "\r\n=1+1", "=1+1"])
def test_a_label_is_never_a_formula_whatever_stands_before_it(text: str) -> None:
    found = rows(to_csv(grid((label(text), n(1))), "en", plain=True))[1]
    assert found[0].startswith("'")
    assert found[1] == "1"


def test_titles_and_notes_are_guarded_as_well() -> None:
    found = to_csv(grid(title="=T", notes=("=N",), definition="@D", columns=(numbers("=甲", "=A"),)), "en")
    assert found.startswith("'=T\n'=A\nDefinition,'@D\n")
    assert found.endswith("Note,'=N\n")


def test_a_line_break_stays_in_its_cell() -> None:
    text = to_csv(grid((label("north\nsouth"), n(1))), "en", plain=True)
    assert text == 'Group,Cases\n"north\nsouth",1\n'


def test_a_percentage_among_other_numbers_keeps_its_sign() -> None:
    mixed = grid((label("a"), n(12)), (label("b"), percent(Fraction(1, 8))))
    assert to_csv(mixed, "en", plain=True) == "Group,Cases\na,12\nb,12.5%\n"
    small = grid((label("a"), percent(Fraction(1, 5000))), (label("b"), GridCell.missing()))
    assert to_csv(small, "en", plain=True) == "Group,Cases (%)\na,<0.1\nb,—\n"


def test_excel_is_told_that_it_is_utf_8_where_asked_for() -> None:
    assert to_csv(CHANGES, "en", plain=True, bom=True).encode()[:9] == b"\xef\xbb\xbfBranch"


def test_anything_else_is_refused() -> None:
    with pytest.raises(InvalidReport, match="several tables make no plain file; write its tables one by one"):
        to_csv(REPORT, plain=True)
    with pytest.raises(InvalidReport, match="a Report is expected; got 'int'"):
        to_csv(5)  # type: ignore[arg-type]
    with pytest.raises(UnknownLanguage):
        to_csv(REPORT, "")  # type: ignore[arg-type]
