"""Reports hold whatever a user calls a group: it stays a text of its cell in every format, and its number a number."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from xml.etree import ElementTree as ET

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.reports import Chart, ChartKind, Grid, GridCell, to_csv, to_html, to_markdown, to_svg, to_xlsx
from complaint_rules.reports.pages import GridColumn
from complaint_rules.reports.wordings import visible
from tests.reports.sample import grid, label, names, one
from tests.reports.test_html import Page

HOSTILE: Final = (
    "<script>alert(1)</script>", "</td></svg>", "=1+1", "-1", "+cmd", "@SUM(A1)", "|", "a|b\\", "\\|", "\n", "\r\n=1",
    "\t", "\u202e", "\u2067a", "\u200f", "\x00", "\x1b[2J", "\ud800", "\ufffe", "&lt;", "\"'", "{{ 7 * 7 }}",
    "{% raw %}", "`", "[a](b)", "<!--", "]]>", "_x0041_", "شكوى", "投诉", "😀",
)  # fmt: skip
LABELS: Final = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=4).map("".join)
NUMBERS: Final = st.builds(
    GridCell.number,
    st.fractions(-(10**6), 10**6, max_denominator=10**4),
    decimals=st.integers(0, 3),
    percent=st.just(False),
)
ROWS: Final = st.lists(st.tuples(LABELS, NUMBERS), min_size=1, max_size=5)


def table(rows: Sequence[tuple[str, GridCell]], **fields: Any) -> Grid:
    return grid(*((label(text, "!"), number) for text, number in rows), **fields)


def seen(text: str) -> str:
    """Give what is seen of a label that is marked with an exclamation mark: "—" where it has no text."""
    return f"{visible(text) or '—'} (!)"


def is_number(text: str) -> bool:
    return text.lstrip("<>-").replace(".", "", 1).isdecimal()


@given(LABELS)
def test_no_label_acts_on_what_stands_around_it(text: str) -> None:
    found = visible(text)
    assert all(sign.isprintable() or sign in "\n\u3000\xa0" or sign.isspace() for sign in found)
    assert visible(found) == found
    found.encode("utf-8")


@given(ROWS, st.sampled_from(["zh", "en", "both"]))
def test_csv_reads_back_as_it_was_and_no_text_of_it_is_a_formula(rows: list[tuple[str, GridCell]], lang: Any) -> None:
    """grafana/grafana#17363: the guard against formulas leaves numbers alone, those below zero included."""
    found = list(csv.reader(io.StringIO(to_csv(table(rows), "en", plain=True))))[1:]
    assert [row[0].removeprefix("'") for row in found] == [seen(text).removeprefix("'") for text, _ in rows]
    assert not any(row[0].lstrip().startswith(tuple("=+-@")) for row in found)
    assert [row[1] for row in found] == [number.figure for _, number in rows]
    assert all(is_number(row[1]) for row in found)
    told = list(csv.reader(io.StringIO(to_csv(table(rows, title=rows[0][0], notes=(rows[0][0],)), lang))))
    assert not any(cell.lstrip().startswith(tuple("=+@\t\r")) for row in told for cell in row)


@given(ROWS, st.sampled_from(list(ChartKind)))
def test_a_page_holds_every_label_as_text_and_no_element_of_it(
    rows: list[tuple[str, GridCell]], kind: ChartKind
) -> None:
    rows = [(text, GridCell.number(abs(number.exact or Fraction(0)), decimals=1)) for text, number in rows]
    of = table(rows, title=rows[0][0], chart=Chart(kind=kind, series=(1,), incomplete=frozenset({0})))
    text = to_html(one(of), "en")
    page = Page(text)
    assert [cell for attributes, cell in page.of("th") if attributes == {"scope": "row"}] == [
        seen(one) for one, _ in rows
    ]
    assert page.texts("td") == [number.figure for _, number in rows]
    plain = {tag for tag, _, _ in Page(to_html(one(table([("a", rows[0][1])])), "en")).found}
    drawn = {"svg", "title", "desc", "defs", "pattern", "rect", "line", "text", "circle", "figure"}
    assert {tag for tag, _, _ in page.found} <= plain | drawn
    ET.fromstring(to_svg(of, "both"))  # noqa: S314 - drawn a moment ago
    text.encode("utf-8")


@given(ROWS)
def test_markdown_has_a_line_for_every_row_and_two_cells_in_each(rows: list[tuple[str, GridCell]]) -> None:
    text = to_markdown(one(table(rows, title="Groups")), "en")
    lines = text.partition("| :--- | ---: |\n")[2].partition("\n\n")[0].split("\n")
    assert len(lines) == len(rows)
    for line, (_, number) in zip(lines, rows, strict=True):
        bars = [place for place, sign in enumerate(line) if sign == "|" and not escapes_before(line, place)]
        assert len(bars) == 3
        assert line.endswith(f"| {number.figure.replace('<', '&lt;')} |")
        assert "<" not in line.replace("<br>", "")


def escapes_before(line: str, place: int) -> bool:
    """Say whether an odd number of backslashes stands before a place: the last of them guards it."""
    before = line[:place]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


@given(ROWS)
def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(rows: list[tuple[str, GridCell]]) -> None:
    of = one(table(rows, title=rows[0][0]))
    book = to_xlsx(of, "en")
    assert book == to_xlsx(of, "en")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[1]
    for (text, number), (first, second) in zip(
        rows, sheet.iter_rows(min_row=4, max_row=3 + len(rows), max_col=2), strict=True
    ):
        assert first.data_type == "s"
        assert first.value.replace("_x005F_", "_") == seen(text)
        if number.figure[0] in "<>":
            assert second.value == number.figure
        else:
            assert second.data_type == "n"
            assert Decimal(str(second.value)) == Decimal(number.figure)


@given(ROWS)
def test_as_data_every_label_is_what_it_was_and_every_number_exact(rows: list[tuple[str, GridCell]]) -> None:
    data = json.loads(json.dumps(table(rows).to_dict()))["rows"]
    assert [first.get("label", "") for first, _ in data] == [text for text, _ in rows]
    assert [Fraction(second["exact"]) for _, second in data] == [number.exact for _, number in rows]


@given(
    st.lists(st.tuples(*(st.none() | st.integers(0, 10**6) for _ in range(3))), min_size=1, max_size=9),
    st.sampled_from(list(ChartKind)),
    st.data(),
)
def test_nothing_is_drawn_outside_the_picture(rows: list[tuple[int | None, ...]], kind: ChartKind, data: Any) -> None:
    cells = [[GridCell.missing() if one is None else GridCell.number(one) for one in row] for row in rows]
    columns = (names("组", "Group"), *(GridColumn(title=f"s{one}") for one in range(3)))
    whole = data.draw(st.frozensets(st.integers(0, len(rows) - 1)))
    of = grid(
        *((label(f"r{place}"), *row) for place, row in enumerate(cells)),
        columns=columns,
        chart=Chart(kind=kind, series=(1, 2, 3), incomplete=whole),
    )
    text = to_svg(of, "zh")
    known = [one for row in rows for one in row if one is not None]
    assert bool(text) == bool(known)
    if not text:
        return
    picture = ET.fromstring(text)  # noqa: S314 - drawn a moment ago
    _, _, width, height = (Decimal(one) for one in picture.get("viewBox", "").split())
    marks = [mark for mark in picture if mark.tag.rpartition("}")[2] in {"rect", "line", "circle", "text"}]
    for mark in marks:
        for name, most in (("x", width), ("cx", width), ("x1", width), ("x2", width), ("y", height), ("cy", height)):
            assert 0 <= Decimal(mark.get(name, "0")) <= most
        assert Decimal(mark.get("x", "0")) + Decimal(mark.get("width", "0")) <= width
        assert Decimal(mark.get("width", "0")) >= 0
    shapes = "circle" if kind is ChartKind.LINE else "rect"
    swatches = 3 + bool(whole) if shapes == "rect" else 0
    assert sum(mark.tag.endswith(shapes) for mark in marks) == len(known) + swatches
