"""Workbooks are read as registers are, within bounds, by an optional extra; without it they are named."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import sys
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import ComplaintRulesError, UnreadableInput
from complaint_rules.exchange import workbooks
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.registers import read_register
from complaint_rules.exchange.rows import Row
from complaint_rules.moments import BEIJING
from tests.cli.test_shell import Run
from tests.exchange.test_registers import PLAIN, ids, mapping_faults, told

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>'
    '<xf numFmtId="20"/><xf numFmtId="46"/></cellXfs></styleSheet>'
)
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
LINKS = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
FORMATS = {"day": 1, "moment": 2, "clock": 3, "length": 4}


def link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def cell(place: str, value: object) -> str:
    """One cell: a text, a number, a truth value, or a number in one of `FORMATS`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    form, number = value if isinstance(value, tuple) else ("", value)
    return f'<c r="{place}" s="{FORMATS.get(form, 0)}"><v>{number}</v></c>'


def sheet_of(rows: Sequence[Sequence[object]]) -> str:
    body = "".join(
        f'<row r="{line}">' + "".join(cell(f"{chr(65 + n)}{line}", value) for n, value in enumerate(row)) + "</row>"
        for line, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]] | str], *, hidden: Sequence[str] = (), more: bytes = b""
) -> bytes:
    """The smallest workbook that a spreadsheet would open, made by hand."""
    numbered = list(enumerate(sheets, 1))
    state = {name: ' state="hidden"' if name in hidden else "" for name in sheets}
    entries = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"{state[name]}/>' for n, name in numbered)
    links = "".join(link(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": LINKS.format(link("r0", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": LINKS.format(links + link("r0", "styles", "styles.xml")),
        "xl/styles.xml": STYLES,
    }
    for n, name in numbered:
        given = sheets[name]
        parts[f"xl/worksheets/sheet{n}.xml"] = given if isinstance(given, str) else sheet_of(given)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
        if more:
            archive.writestr("xl/media/image1.bin", more)
    return out.getvalue()


def read(content: bytes, mapping: str | None = PLAIN) -> list[Row]:
    given = None if mapping is None else RegisterMap.from_text(mapping, "map.toml")
    return list(read_register(io.BytesIO(content), given, name="book.xlsx"))


def refused(content: bytes, mapping: str | None = PLAIN) -> str:
    with pytest.raises(ComplaintRulesError) as caught:
        read(content, mapping)
    return str(caught.value)


def only(row: Sequence[object], mapping: str, header: Sequence[object]) -> Case:
    (found,) = read(workbook({"台账": [header, row]}), mapping)
    assert found.case is not None, [str(fault) for fault in found.faults]
    return found.case


def test_a_workbook_is_read_with_its_typed_cells_and_the_rows_of_a_spreadsheet() -> None:
    mapping = """
    header = { rows = 2 }
    [fact]
    id = "工单号"
    received = "受理日期"
    complainants = "人数"
    amount = "金额"
    joint = "共同"
    [[event]]
    kind = "replied"
    at = "答复时间"
    """
    rows = read(
        workbook(
            {
                "台账": [
                    ["受理", None, None, "办结"],
                    ["工单号", "受理日期", "人数", "答复时间", "金额", "共同"],
                    [20240300000001, ("day", 46265), 3, ("moment", "46304.6876157407"), "5000.1", True],
                    [],
                    ["A-2", "2026/8/31", "2人", "2026-10-09 16:30", 0.1, False],
                    ["A-3", ("moment", "46265.5"), 1.5, None, None, None],
                ]
            }
        ),
        mapping,
    )
    assert [row.line for row in rows] == [3, 5, 6]
    first, second = (row.case for row in rows[:2])
    assert first is not None
    assert second is not None
    assert (first.complaint.id, first.complaint.received) == ("20240300000001", dt.date(2026, 8, 31))
    assert (first.complaint.complainants, first.complaint.amount) == (3, Decimal("5000.1"))
    assert first.complaint.joint is True
    assert first.events == (Event("replied", dt.datetime(2026, 10, 9, 16, 30, 10, tzinfo=BEIJING)),)
    assert (second.complaint.id, second.complaint.amount) == ("A-2", Decimal("0.1"))
    assert told(rows) == ["6: 人数: a whole number is expected"]


@pytest.mark.parametrize(
    ("day", "clock", "meant", "why"),
    [
        (("day", 46304), ("clock", 0.6875), "2026-10-09T16:30:00+08:00", "both formatted"),
        (("moment", "46304.0"), "16:30", "2026-10-09T16:30:00+08:00", "the time as text"),
        ("2026-10-09", ("clock", 0.6875), "2026-10-09T16:30:00+08:00", "the date as text"),
        (("day", 46304), ("length", 0.6875), "2026-10-09T16:30:00+08:00", "the time formatted as a length"),
        (("day", 46304), None, "2026-10-09", "no time"),
    ],
)
def test_date_and_time_in_two_columns_of_a_workbook_are_one_moment(
    day: object, clock: object, meant: str, why: str
) -> None:
    mapping = "[fact]\nid = 'k'\nreceived = { column = ['d', 'c'] }"
    assert only(["a", day, clock], mapping, ["k", "d", "c"]).complaint.received.isoformat() == meant, why


@pytest.mark.parametrize(
    ("day", "clock", "why"),
    [
        (("clock", 0.5), ("clock", 0.5), "d: a time of day stands where a date is expected"),
        (("day", 46304), ("day", 46304), "c: a date stands where a time of day is expected"),
        (("moment", 46304.5), ("clock", 0.5), "d: a time of day stands in the date as well"),
    ],
)
def test_typed_cells_that_do_not_go_together_are_refused(day: object, clock: object, why: str) -> None:
    mapping = "[fact]\nid = 'k'\nreceived = { column = ['d', 'c'] }"
    rows = read(workbook({"s": [["k", "d", "c"], ["a", day, clock]]}), mapping)
    assert told(rows)[0].startswith(f"2: {why}")


def test_a_typed_cell_where_another_thing_is_expected_is_its_text_or_refused() -> None:
    mapping = PLAIN + "kind = 'kind'\namount = 'yuan'\nopened = { column = 'o', type = 'moment' }"
    mapping += "\nseen = { column = 'o', type = 'day' }"
    header = ["id", "received", "kind", "yuan", "o"]
    case = only(["a", ("day", 46304), ("moment", 46304.5), None, ("moment", 46304.5)], mapping, header)
    assert case.complaint.kind == "2026-10-09 12:00:00"
    assert case.complaint.extra == {
        "opened": dt.datetime(2026, 10, 9, 12, tzinfo=BEIJING),
        "seen": dt.date(2026, 10, 9),
    }
    assert only(["a", ("day", 46304), ("clock", 0.5), None, None], mapping, header).complaint.kind == "12:00:00"
    rows = read(workbook({"s": [header, ["a", ("clock", 0.5), None, ("day", 46304), ("day", 46304)]]}), mapping)
    assert [fault.partition(";")[0] for fault in told(rows)] == [
        "2: received: this is no date that can be read in one way",
        "2: yuan: this is no plain number",
        "2: o: a time of day is expected beside the date",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5000, "5000"),
        ("5000.10", "5000.10"),  # typed as text
        ("0.30000000000000004", "0.30000000000000004"),
        (0.30000000000000004, "0.3"),  # what a spreadsheet shows: it reckons to 15 digits
        (0.0000001, "0.0000001"),
        (True, "TRUE"),
        (False, "FALSE"),
        (("length", 1.5), "1 day, 12:00:00"),
        ("  某 \u00a0 支行\n", "某 支行"),
    ],
)
def test_numbers_and_texts_come_as_a_spreadsheet_shows_them(value: object, text: str) -> None:
    assert (
        only(["a", ("day", 46304), value], PLAIN + "kind = 'kind'", ["id", "received", "kind"]).complaint.kind == text
    )


def test_a_key_with_more_digits_than_a_spreadsheet_keeps_is_told() -> None:
    (row,) = read(workbook({"s": [["id", "received"], [12345678901234567, ("day", 46304)]]}))
    assert row.case is not None
    assert [note.why.partition(":")[0] for note in row.notes] == ["the key has lost digits"]


def test_a_cell_behind_the_last_column_refuses_its_row_without_being_shown() -> None:
    rows = read(workbook({"s": [["id", "received"], ["a", ("day", 46304), "某某某"], ["b", ("day", 46304)]]}))
    assert ids(rows) == [(3, "b")]
    assert told(rows) == [
        "2: the header has 2 columns, and behind them something stands; give the column a name, or empty it"
    ]


# --- which sheet ---

GOOD: list[list[object]] = [["id", "received"], ["a", ("day", 46304)]]
OTHER: list[list[object]] = [["说明", "某某某"], ["x", "y"]]


def test_the_sheet_that_has_the_columns_is_read_and_hidden_ones_are_not() -> None:
    assert ids(read(workbook({"说明": OTHER, "台账": GOOD}))) == [(2, "a")]
    assert ids(read(workbook({"旧": GOOD, "台账": GOOD}, hidden=["旧"]))) == [(2, "a")]
    assert ids(read(workbook({"说明": OTHER, "台账": GOOD}), None)) == [(2, "a")]


def test_several_sheets_that_could_be_meant_are_asked_back_and_the_mapping_names_one() -> None:
    two = workbook({"一月": GOOD, "二月": [*GOOD, ["b", ("day", 46305)]]})
    assert "book.xlsx: 2 of its sheets have the columns that are read; name one" in refused(two)
    assert ids(read(two, "sheet = '二月'\n" + PLAIN)) == [(2, "a"), (3, "b")]
    text = refused(two, "sheet = '三月'\n" + PLAIN)
    assert "it has no sheet of this name, but 2 others; got '三月'" in text
    assert "一月" not in text  # a sheet may bear a person's name
    assert mapping_faults("sheet = ''\n" + PLAIN) == [("sheet", "a text is expected; ")]


def test_a_workbook_without_a_header_shows_no_person() -> None:
    text = refused(workbook({"s": [["A-1", ("day", 46304), "某某某", "13800000000"]]}))
    assert "does not look like a header (column 2 holds 9999-99-99)" in text
    assert "某某某" not in text


@pytest.mark.parametrize("sheets", [{"s": []}, {"s": [[None], []]}])
def test_an_empty_workbook_is_called_so(sheets: Any) -> None:
    assert refused(workbook(sheets)) == "book.xlsx: it is empty: there is no row in it"


def test_a_workbook_of_hidden_sheets_only_is_empty() -> None:
    assert "it is empty" in refused(workbook({"s": GOOD}, hidden=["s"]))


# --- bounds and damage ---


def test_a_damaged_workbook_is_named_with_what_to_do() -> None:
    good = workbook({"s": GOOD})
    for content in (
        good[:200],
        good[:60] + b"\0" * 300,
        b"PK\x03\x04xl/workbook.xml",
        workbook({"s": "<worksheet><sheetData><row"}),
    ):
        text = refused(content)
        assert text.startswith("book.xlsx: it is an Excel workbook, not text, and cannot be read (")
        assert "另存为 CSV UTF-8" in text
    assert "of the old kind" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_without_the_extra_a_workbook_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    text = refused(workbook({"s": GOOD}))
    assert text == (
        "book.xlsx: it is an Excel workbook, not text; save it as CSV UTF-8 (另存为 CSV UTF-8), "
        "or install the extra that reads it: pip install 'complaint-rules[xlsx]'"
    )


def test_a_workbook_beyond_all_use_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    far = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    text = refused(workbook({"s": far}))
    assert f"a sheet of it has {16384 * 1048576} cells" in text
    assert "delete the empty rows and columns" in text
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 100_000)
    assert "unpacks to 2" in refused(workbook({"s": GOOD}, more=b"\0" * 200_000))
    monkeypatch.setattr(workbooks, "MOST_BYTES", 100)
    assert "has more than 100 bytes" in refused(workbook({"s": GOOD}))


def test_a_sheet_reaches_over_at_most_twenty_million_cells() -> None:
    """Column T is the twentieth: a million rows are twenty million cells, and one row more is too far."""
    for row, fine in ((1_000_000, True), (1_000_001, False)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("xl/worksheets/sheet1.xml", f'<row r="1"><c r="T{row}"/></row>')
        with contextlib.nullcontext() if fine else pytest.raises(UnreadableInput, match="has 20000020 cells"):
            workbooks._bounded(out.getvalue(), "it is an Excel workbook", "book.xlsx")


def test_a_workbook_of_a_kind_whose_reach_cannot_be_seen_is_not_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    text = refused(out.getvalue())
    assert "of a kind that is not read; save it as .xlsx, or save it as CSV UTF-8" in text


def test_how_far_a_sheet_reaches_is_seen_across_the_pieces_it_is_read_in() -> None:
    text = sheet_of([["x"] * 5] * 30).encode()
    for size in (40, 64, 1000, 10**6):
        assert workbooks._reach(text[at : at + size] for at in range(0, len(text), size)) == 150
    assert workbooks._reach([]) == 0


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_who_stops_the_run_is_not_taken_for_damage(stop: type[BaseException]) -> None:
    with pytest.raises(stop), workbooks._as_refusal("a workbook", "book.xlsx"):
        raise stop


def test_the_command_line_takes_a_workbook(tmp_path: Path) -> None:
    book, columns = tmp_path / "book.xlsx", tmp_path / "map.toml"
    book.write_bytes(workbook({"s": GOOD}))
    columns.write_text(PLAIN, encoding="utf-8")
    where = ("--policy", "cbirc-2020-3", "--at", "2026-10-30T09:00+08:00", "--format", "csv")
    for more in (("--columns", str(columns)), ()):
        run = Run("assess", str(book), *where, *more)
        assert (run.status, run.err) == (0, "")
        assert "2026-10-24T23:59:59.999999+08:00" in run.out
    assert Run("assess", "-", *where, "--columns", str(columns), given=book.read_bytes()).status == 0
    assert "it is an Excel workbook" in Run("assess", "-", *where, given=book.read_bytes()).err
