"""Assessments as CSV: every cell what it is, and what is wrong with the record told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case
from complaint_rules.cli.tables import csv_line
from complaint_rules.errors import legible
from tests.cli.test_shell import PSBC, Run, file

CBIRC = ("--policy", "cbirc-2020-3", "--at", "2026-04-30T09:00+08:00", "--format", "csv")


def rows(run: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run.out)))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_key_that_begins_a_formula_is_defused(start: str) -> None:
    (cells,) = csv.reader(io.StringIO(csv_line([f"{start}HYPERLINK(1)", "plain", 5, None])))
    assert cells == [f"'{start}HYPERLINK(1)", "plain", "5", ""]


@pytest.mark.parametrize(("text", "shown"), [("\t=1+2", "\\t=1+2"), ("\r=1+2", "\\r=1+2"), ("\x00=1", "\\x00=1")])
def test_a_control_sign_hides_no_formula(text: str, shown: str) -> None:
    assert list(csv.reader(io.StringIO(csv_line([text])))) == [[shown]]


@given(st.lists(st.text(max_size=8), min_size=2, max_size=4))
def test_no_cell_begins_a_formula_and_none_is_lost(cells: list[str]) -> None:
    (found,) = csv.reader(io.StringIO(csv_line(cells)))
    assert not any(cell.startswith(tuple("=+-@\t\r")) for cell in found)
    assert [cell.removeprefix("'") for cell in found] == [legible(cell).removeprefix("'") for cell in cells]


def test_a_key_that_begins_a_formula_is_defused_on_its_way_out() -> None:
    run = Run("assess", "-", *CBIRC, given=b'{"id": "=1+2", "received": "2026-03-02"}')
    assert {row["case"] for row in rows(run)} == {"'=1+2"}


def test_for_programs_a_key_is_exact() -> None:
    """`csv` is for people, `csv-data` for programs: the one guards, the other keeps every text."""
    given = b'{"id": "=HYPERLINK(1)", "received": "2026-03-02"}\n'
    people = Run("assess", "-", *CBIRC, given=given)
    programs = Run("assess", "-", *CBIRC[:-1], "csv-data", given=given)
    assert {row["case"] for row in rows(people)} == {"'=HYPERLINK(1)"}
    assert {row["case"] for row in rows(programs)} == {"=HYPERLINK(1)"}
    assert [{**row, "case": ""} for row in rows(people)] == [{**row, "case": ""} for row in rows(programs)]


def test_what_is_wrong_with_the_record_is_told_beside_its_answers(tmp_path: Path) -> None:
    mapping = """
    [fact]
    id = "k"
    received = "in"
    amount = { column = "yuan", unreadable = "unknown" }
    [[event]]
    kind = "replied"
    at = "out"
    """
    book = file(tmp_path, "book.csv", "k,in,out,yuan\na,2026-03-02,2026-03-09,5\nb,2026-03-02,2026-03-01,about 5\n")
    run = Run("assess", book, "--columns", file(tmp_path, "map.toml", mapping), *CBIRC)
    assert run.status == 0
    told = {row["case"]: row["faults"] for row in rows(run)}
    assert told["a"] == ""
    assert told["b"] == "before_receipt|yuan: this is no plain number; it looks like aaaaa 9; taken as unknown"
    assert run.err.startswith(f"{book}:3: yuan: this is no plain number; it looks like aaaaa 9; taken as unknown; unit")
    assert list(rows(run)[0])[-1] == "faults"  # the other columns keep their places


def test_a_breach_is_no_fault_of_the_record() -> None:
    run = Run("assess", "-", *CBIRC, given=b'{"id": "a", "received": "2026-03-02"}')
    (row,) = [row for row in rows(run) if row["clock"] == "decide"]
    assert (row["status"], row["faults"]) == ("overdue", "")


def test_the_order_in_which_a_row_tells_its_events_is_no_fault_of_it() -> None:
    """A register has no order of recording: a decision and what it found stand in one row, under one date."""
    events = [
        {"kind": "resolved", "at": "2026-03-09"},
        {"kind": "amended", "at": "2026-03-05", "set": {"repeat": True}},
    ]
    case = {"id": "a", "received": "2026-03-02", "events": events}
    run = Run("assess", "-", *CBIRC, given=json.dumps(case).encode())
    assert {row["faults"] for row in rows(run)} == {""}


def test_moments_have_microseconds_only_where_there_are_any() -> None:
    run = Run("assess", "-", *PSBC, "--format", "csv", given=b'{"id": "a", "received": "2026-09-30T16:05:07+08:00"}')
    row = rows(run)[0]
    assert row["started_at"] == "2026-09-30T16:05:07+08:00"
    assert row["due_at"] == "2026-10-13T23:59:59.999999+08:00"


@pytest.mark.parametrize(
    ("lang", "words", "lost"),
    [
        (
            "en",
            "2 keys stand on more than one line (lines 2 and 3, 4 and 5); where each row is one event",
            "k: the key has lost digits: a spreadsheet wrote it as 2.02403E+13; ",
        ),
        (
            "zh",
            "2个编号出现在多行（第2、3、4、5行）；若每行是一个事件",
            "k：编号丢失位数：电子表格写成了 2.02403E+13；",
        ),
    ],
)
def test_jasp_927_a_key_on_several_lines_is_told_and_its_rows_are_decided(
    tmp_path: Path, lang: str, words: str, lost: str
) -> None:
    book = file(
        tmp_path, "book.csv", "k,in\n2.1E+13,2026-03-02\n2.1E+13,2026-03-09\nT,2026-03-02\nT,2026-03-02\nU,2026-03-02\n"
    )
    columns = file(tmp_path, "map.toml", "fact = { id = 'k', received = 'in' }")
    run = Run("assess", book, "--columns", columns, *CBIRC, "--lang", lang)
    assert run.status == 0
    assert [row["case"] for row in rows(run) if row["clock"] == "decide"] == ["2.1E+13", "2.1E+13", "T", "T", "U"]
    *notes, last = run.err.splitlines()
    assert last.startswith(f"{book}: {words}")
    assert len(notes) == 2
    assert all(note.startswith(f"{book}:{line}: {lost}") for line, note in zip((2, 3), notes, strict=True))
    said = Run(
        "assess",
        book,
        "--columns",
        file(tmp_path, "own.toml", "row = 'case'\nfact = { id = 'k', received = 'in' }"),
        *CBIRC,
    )
    assert said.err.splitlines()[-1].endswith("(lines 2 and 3, 4 and 5)")  # the mapping has said what a row is


def test_json_lines_are_looked_through_for_keys_that_stand_twice_as_well() -> None:
    line = b'{"id": "a", "received": "2026-03-02"}\n'
    assert (
        Run("assess", "-", *CBIRC, given=line * 2).err
        == "<stdin>: 1 key stands on more than one line (lines 1 and 2)\n"
    )
    assert Run("assess", "-", *CBIRC, "--lang", "zh", given=line * 2).err == "<stdin>: 1个编号出现在多行（第1、2行）\n"


def test_a_case_that_leads_to_an_error_nobody_thought_of_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = assess

    def odd(case: Case, *given: Any, **more: Any) -> Any:
        if case.complaint.id == "odd":
            raise ZeroDivisionError
        return plain(case, *given, **more)

    monkeypatch.setattr("complaint_rules.cli.assess.assess", odd)
    lines = b"\n".join(b'{"id": "%b", "received": "2026-03-02"}' % key for key in (b"a", b"odd", b"b"))
    run = Run("assess", "-", *CBIRC, given=lines)
    assert run.status == 1
    assert {row["case"] for row in rows(run)} == {"a", "b"}
    assert run.err.startswith("<stdin>:2: it cannot be read (ZeroDivisionError); a mistake of this library")
