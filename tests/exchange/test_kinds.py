"""A file that is no register is named for what it is; a header that is none is not shown; nothing of a file is told."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import ComplaintRulesError, InvalidMapping, UnreadableInput
from complaint_rules.exchange.cells import CellReader
from complaint_rules.exchange.delimited import LONGEST_LINE
from complaint_rules.exchange.kinds import Started, kind_of
from complaint_rules.exchange.lines import named, read_json_lines
from complaint_rules.exchange.mapping import RegisterMap
from tests.exchange.test_registers import PLAIN, ids, only, read, told
from tests.work import calls

SECRETS = ("某某某", "13800000000", "110101199001011234", "A-17")
BOOK = "[fact]\nid = '工单号'\nreceived = '受理日期'\n"


def refused(content: bytes | str, mapping: str | None = PLAIN) -> str:
    with pytest.raises(ComplaintRulesError) as caught:
        read(content, mapping)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "what", "hint"),
    [
        (b"PK\x03\x04\x14\x00\x00\x00xl/workbook.xml\x00", "an Excel workbook", "另存为 CSV UTF-8"),
        (b"PK\x03\x04\x14\x00\x00\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "workbook", "另存为"),
        (b"PK\x03\x04\x14\x00\x00\x00letters/one.txt", "a ZIP archive", "unpack"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "workbook of the old kind", "另存为 CSV UTF-8"),
        (b"\x1f\x8b\x08\x00", "a gzip archive", "unpack"),
        (b"%PDF-1.4\n", "a PDF file", "as CSV"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "a page of HTML or XML", "call it .xls"),
        (b"<html><table><tr><td>", "a page of HTML or XML", "call it .xls"),
        (b"\xef\xbb\xbf \r\n<!DOCTYPE html>", "a page of HTML or XML", "spreadsheet"),
        ("id,received\n".encode("utf-16"), "UTF-16", "CSV UTF-8"),
        ("id,received\n".encode("utf-16-le"), "UTF-16", "CSV UTF-8"),  # no mark at its start
        ("id,received\n".encode("utf-16-be"), "UTF-16", "CSV UTF-8"),
        (b"id,received\ra,2026-09-30\rb,2026-09-30\r", "carriage return alone", "CSV UTF-8"),
        (b"id~received\na~2026-09-30\n", "does not look like a header", "delimiter = '…'"),
        (b'{"id": "a"}\n', "JSON, not a table", "without --columns"),
        (b'\xef\xbb\xbf[\n {"id": "a"}]', "JSON, not a table", "without --columns"),
        (b"id," + b"x" * LONGEST_LINE + b"\n", "its header cannot be read: the line is longer", "a table of text"),
    ],
)
def test_objectui_2556_a_file_that_is_no_table_is_named_with_what_to_do(content: bytes, what: str, hint: str) -> None:
    text = refused(content)
    assert what in text
    assert hint in text


def test_json_lines_are_told_apart_from_the_same_files() -> None:
    for start in (b"PK\x03\x04xl/", '{"id": "a"}'.encode("utf-16-le"), b"<html>"):
        with pytest.raises(UnreadableInput, match=r"cases\.jsonl: it is"):
            list(read_json_lines(io.BytesIO(start), name="cases.jsonl"))


@pytest.mark.parametrize("start", [b"", b"id", b"id,received\na,2026-09-30\n", "工单号".encode("gb18030"), b"\0\0"])
def test_what_may_be_text_is_let_through(start: bytes) -> None:
    assert kind_of(start) is None


@given(st.binary(max_size=60), st.lists(st.integers(1, 9), max_size=12), st.integers(1, 40))
def test_a_stream_that_was_looked_at_reads_as_before(content: bytes, sizes: list[int], seen: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("complaint_rules.exchange.kinds.SNIFFED", seen)
        started, plain = Started(io.BytesIO(content)), io.BytesIO(content)
    for size in sizes:
        assert started.readline(size) == plain.readline(size)
    assert started.read(3) == plain.read(3)
    assert started.read() == plain.read()


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_sign_between_the_cells_is_found_by_the_columns(delimiter: str) -> None:
    text = f"工单号{delimiter}受理日期{delimiter}备注\nA-1{delimiter}2026-09-30{delimiter}x\n"
    assert ids(read(text.encode("gb18030"), BOOK)) == [(2, "A-1")]
    assert ids(
        read(
            text.replace("工单号", "id")
            .replace("受理日期", "received")
            .replace(f"{delimiter}备注", f"{delimiter}kind"),
            None,
        )
    ) == [(2, "A-1")]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "\ufeffsep=;"])
def test_a_first_line_that_says_what_parts_the_cells_is_believed_and_counted(first: str) -> None:
    rows = read(f"{first}\r\nid;received,on\r\na;2026-09-30\r\n", "[fact]\nid = 'id'\nreceived = 'received,on'")
    assert ids(rows) == [(3, "a")]
    assert ids(read("sep=\t\nid\treceived\na\t2026-09-30\n")) == [(3, "a")]


def test_a_mapping_that_names_its_delimiter_is_taken_at_its_word() -> None:
    assert "no such column" in refused("id;received\n", "delimiter = ','\n" + PLAIN)
    assert ids(read("id~received\na~2026-09-30\n", "delimiter = '~'\n" + PLAIN)) == [(2, "a")]


def test_odoo_19271_and_csv_importer_54_a_file_without_header_shows_no_person() -> None:
    row = "A-17,2026-09-30,某某某,13800000000,110101199001011234\n"
    for mapping in (BOOK, None):
        text = refused(row * 2, mapping)
        assert not [secret for secret in SECRETS if secret in text]
    text = refused(row * 2, BOOK)
    assert "what stands there does not look like a header (column 2 holds 9999-99-99)" in text
    assert "is the header missing, or has it more rows?" in text


def test_what_stands_where_a_header_is_expected_is_told_first() -> None:
    with pytest.raises(InvalidMapping) as caught:
        read("A-17,2026-09-30,某某某\n" * 2, BOOK)
    assert [fault.where for fault in caught.value.faults] == ["header", "fact.id", "fact.received"]
    with pytest.raises(InvalidMapping) as caught:
        read("id~received\na~2026-09-30\n", BOOK)
    assert (
        caught.value.faults[0].hint
        == "it is one column: is there another sign between the cells? delimiter = '…' says so"
    )


def test_a_column_that_stands_twice_is_told_with_its_places_from_one() -> None:
    assert "the register has this column more than once: columns 1 and 3" in refused("id,received,id\n", PLAIN)


@pytest.mark.parametrize(("length", "read_on"), [(524_288, True), (524_289, False)])
def test_a_line_has_at_most_half_a_megabyte_its_end_included(length: int, read_on: bool) -> None:
    """The row is spread over cells, for a cell of a whole line is longer than any text."""
    begin = "a,2026-09-30," + f"{'x' * 100_000}," * 5
    rows = read(f"id,received,1,2,3,4,5,6\n{begin}{'x' * (length - len(begin) - 1)}\nb,2026-09-30,,,,,,\n")
    assert [key for _, key in ids(rows)] == ["a", "b"][not read_on :]
    assert told(rows) == ([] if read_on else ["2: the line is longer than 524288 bytes"])


def test_a_title_above_the_header_shows_no_person_either() -> None:
    text = refused("投诉台账,,\n工单号,受理日期,投诉人\nA-17,2026-09-30,某某某\n", BOOK)
    assert "does not look like a header;" in text  # a title has the look of one
    text = refused("工单号,受理日期,投诉人\nA-17,2026-09-30,某某某\n", "header = { rows = 2 }\n" + BOOK)
    assert not [secret for secret in SECRETS if secret in text]  # the first person was merged into the names


def test_of_a_recognised_header_only_names_are_shown() -> None:
    text = refused("工单号,受理日,13800000000,某@某,2026-09\n", "[fact]\nid = '工单号'\nreceived = '金额'")
    assert "its columns are 工单号, 受理日" in text
    assert "13800000000" not in text
    assert "@" not in text


def test_forty_thousand_unknown_columns_give_a_bounded_number_of_messages() -> None:
    wide = ",".join(f"col{chr(97 + n % 26)}{n}" for n in range(40_000))
    with pytest.raises(InvalidMapping) as caught:
        read(f"id,received,{wide}\n", None)
    assert len(caught.value.faults) == 21
    assert caught.value.faults[-1].why == "39980 more columns are no facts"
    mapping = PLAIN + "".join(f"own{n} = 'zz{n}'\n" for n in range(2))

    def missing(columns: int) -> int:
        header = "id,received," + ",".join(f"x{n:07d}" for n in range(columns))
        return calls(lambda: refused(header + "\n", mapping))

    assert missing(20_000) < 21 * missing(1_000)  # and not four hundred times as much: the search has a bound


def test_a_name_of_many_parts_costs_no_more_than_its_length() -> None:
    def work(parts: int) -> int:
        return calls(lambda: read("id,received," + "/".join("x" * parts) + "\na,2026-09-30,\n"))

    assert work(20_000) < 30 * work(1_000)


def test_a_column_full_of_codes_that_no_list_has_is_not_searched_for_each() -> None:
    codes = ", ".join(f'code{n:05d} = "c{n}"' for n in range(100))
    mapping = PLAIN + f"kind = {{ column = 'kind', codes = {{ {codes} }} }}"

    def work(rows: int) -> int:
        text = "id,received,kind\n" + "".join(f"k{n},2026-09-30,other{rows}x{n:05d}\n" for n in range(rows))
        return calls(lambda: read(text, mapping))

    first, more = work(200), work(400)
    assert more - first < first / 4  # the second two hundred are refused without a search
    assert told(read("id,received,kind\na,2026-09-30,x\n", mapping))[0].endswith("code00019 …")


# --- bytes of another encoding ---


def test_w3lib_300_and_others_the_euro_sign_of_chinese_excel_is_read() -> None:
    text = (
        "工单号,受理日期,备注,类别\nA-1,2026-09-30,".encode("gb18030") + b"fee \x80100," + b"\x80\nA-2,2026-09-30,,\n"
    )
    rows = read(text, BOOK + "kind = '类别'")
    assert [row.case.complaint.kind for row in rows if row.case] == ["€", None]


def test_bytes_that_nobody_reads_cost_nothing_and_those_that_are_read_their_row() -> None:
    rows = read(
        b"id,received,note,kind\na,2026-09-30,\xff\xfe,x\nb,2026-09-30,,\xff\nc,2026-09-30,,\n", PLAIN + "kind='kind'"
    )
    assert ids(rows) == [(2, "a"), (4, "c")]
    assert told(rows) == ["3: kind: it is not utf-8-sig"]
    rows = read("工单号,受理日期\nA-1,".encode("gb18030") + b"\xff\nA-2,2026-09-30\n", BOOK)
    assert told(rows) == ["2: 受理日期: it is not gb18030"]


def test_that_a_damaged_cell_is_filled_can_be_told() -> None:
    case = only_bytes(
        b"id,received,tel\na,2026-09-30,\xff\xff\n", PLAIN + "recorded = { present = { contact = 'tel' } }"
    )
    assert case.complaint.recorded == {"contact"}


def only_bytes(content: bytes, mapping: str) -> Any:
    (row,) = read(content, mapping)
    return row.case


# --- whatever a cell leads to costs its row ---


def test_a_moment_at_the_end_of_time_costs_its_row_and_not_the_run() -> None:
    mapping = PLAIN + "opened = { column = 'o', type = 'day' }"
    rows = read("id,received,o\na,2026-09-30,9999-12-31 23:59-12:00\nb,2026-09-30,2026-09-30 23:30Z\n", mapping)
    assert ids(rows) == [(3, "b")]
    assert told(rows) == ["2: o: the years known run from 2001-01-01 to 2099-12-31; is the century right?"]


def test_an_error_nobody_thought_of_costs_its_row_and_says_whose_mistake_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = CellReader.read

    def odd(self: CellReader, column: Any, cell: str) -> Any:
        if cell == "odd":
            raise ZeroDivisionError(cell)
        return plain(self, column, cell)

    monkeypatch.setattr(CellReader, "read", odd)
    rows = read("id,received,kind\na,2026-09-30,odd\nb,2026-09-30,x\n", PLAIN + "kind = 'kind'")
    assert ids(rows) == [(3, "b")]
    assert told(rows) == ["2: kind: it cannot be read (ZeroDivisionError); a mistake of this library: please report it"]


def test_a_row_that_leads_to_an_error_nobody_thought_of_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("complaint_rules.exchange.reading.case_of_tidy", odd)
    monkeypatch.setattr("complaint_rules.exchange.lines.case_from_json", odd)
    rows = [*read("id,received\na,2026-09-30\n"), *read_json_lines(io.BytesIO(b'{"id": "a"}'), name="x")]
    assert told(rows) == [
        "2: it cannot be read (ZeroDivisionError); a mistake of this library: please report it",
        "1: it cannot be read (ZeroDivisionError); a mistake of this library: please report it",
    ]


# --- nothing of a file is told ---

EVERYTHING = """
blank = ["-"]
[fact]
id = "k"
received = "in"
channel = "channel"
complainants = "n"
amount = "yuan"
joint = { column = "joint", is = "是", not = "否" }
kind = { column = "kind", codes = { "甲" = "a", "乙" = "b" } }
opened = { column = "opened", type = "moment" }
[[event]]
kind = "replied"
if = { column = "told", is = "是", not = "否" }
at = "out"
amount = "paid"
"""
HEADER = "k,in,channel,n,yuan,joint,kind,opened,told,out,paid"


@given(
    st.lists(
        st.text("QZJ王李13879-.:/@ ", min_size=6, max_size=20).filter(lambda text: len(set(text)) > 3),
        min_size=11,
        max_size=11,
    )
)
def test_no_message_shows_what_stands_in_a_cell(cells: list[str]) -> None:
    """Whatever the cells hold and however they are refused: three signs in a row of them stand in no message."""
    rows = read(f"{HEADER}\n" + ",".join(cells) + "\n", EVERYTHING)
    text = " ".join(told(rows))
    pieces = [cell[place : place + 4] for cell in cells for place in range(len(cell) - 3)]
    letters = [piece for piece in pieces if sum(sign in "QZJ王李1387" for sign in piece) >= 3]
    assert not [piece for piece in letters if piece in text]


def test_json_lines_show_neither_values_nor_keys_that_are_no_names() -> None:
    lines = [
        '{"id": "a", "received": "某某某", "channel": "13800000000"}',
        '{"id": "a", "received": "2026-09-30", "call 13800000000": 1, "extra": {"某某某": 1, "ok": [1]}}',
        '{"id": "a", "received": "2026-09-30T10:00", "13800000000": }',
        "某某某,13800000000",
        "\xff",
    ]
    rows = list(read_json_lines(io.BytesIO("\n".join(lines).encode("latin-1", "replace")), name="x"))
    rows += list(read_json_lines(io.BytesIO("\n".join(lines).encode()), name="x"))
    text = " ".join(told(rows))
    assert "extra.ok" in text
    assert "13800000000" not in text
    assert "某某某" not in text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("events[2].set.vip", "events[2].set.vip"),
        ("extra.not a name", "extra.…"),
        ("某某某", "…"),
        ("", ""),
        ("x" * 41, "…"),
    ],
)
def test_a_key_path_is_shown_as_far_as_it_is_made_of_names(path: str, shown: str) -> None:
    assert named(path) == shown


def test_a_mapping_still_reads_a_good_register() -> None:
    assert only("id,received\na,2026-09-30\n", PLAIN).complaint.id == "a"
    assert RegisterMap.from_text(PLAIN).delimiters == (",", "\t", ";", "|")
