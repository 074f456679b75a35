"""The command line: every command in both languages, every kind of bad input, streams, colours, interrupts."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import settings

from complaint_rules.cli import assess as cli_assess
from complaint_rules.cli import shell as cli
from complaint_rules.cli.assess import FORMATS, Work, chunks
from complaint_rules.cli.files import unknown_names
from complaint_rules.cli.inputs import moment_of
from complaint_rules.cli.output import Progress, Terminal, wants_colour
from complaint_rules.cli.shell import main
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.language import Lang
from complaint_rules.policy.loading import load_policy
from complaint_rules.version import VERSION
from tests import small

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
AT = ("--at", "2026-09-30T18:00+08:00")
PSBC = ("--policy", "psbc-95580", *AT)
GOOD = '{"id": "a", "received": "2026-09-30T16:05+08:00", "channel": "phone", "complainants": 3}'
OTHER = '{"id": "c", "received": "2026-09-30T16:05+08:00", "channel": "internet"}'
NAIVE = '{"id": "b", "received": "2026-09-30T16:05", "channel": "phone"}'


class Run:
    """One run of the command line inside this process."""

    def __init__(self, *argv: str, given: bytes = b"") -> None:
        stdout, stderr, stdin = sys.stdout, sys.stderr, sys.stdin
        kept, err = io.BytesIO(), io.StringIO()
        out = io.TextIOWrapper(kept, encoding="utf-8", newline="")
        sys.stdout, sys.stderr, sys.stdin = out, err, io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
        try:
            self.status = main(list(argv))
            out.flush()
        finally:
            sys.stdout, sys.stderr, sys.stdin = stdout, stderr, stdin
        self.raw = kept.getvalue()
        self.out, self.err = self.raw.decode("utf-8", "replace"), err.getvalue()
        assert "Traceback" not in self.err


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")


def file(tmp_path: Path, name: str, content: str | bytes) -> str:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


# --- editions ---

PETITION = ("--policy", "petition-2022", "--at", "2022-06-01T09:00+08:00", "--format", "jsonl")
OLD, NEW = (
    f'{{"id": "{name}", "received": "{day}T09:00+08:00"}}'
    for name, day in (("old", "2022-04-30"), ("new", "2022-05-01"))
)


def test_each_case_is_held_against_the_edition_in_force_at_its_receipt() -> None:
    run = Run("assess", "-", *PETITION, given=f"{OLD}\n{NEW}\n".encode())
    told = [json.loads(line)["policy"] for line in run.out.splitlines()]
    assert [(one["id"], one["edition"]) for one in told] == [("petition-2022", "2005"), ("petition-2022", "2022")]
    replayed = Run("assess", "-", "--policy", "petition-2022@2005", *PETITION[2:], given=f"{OLD}\n{NEW}\n".encode())
    assert [json.loads(line)["policy"]["edition"] for line in replayed.out.splitlines()] == ["2005", "2005"]


def test_a_case_before_the_first_edition_is_refused_and_the_others_go_on() -> None:
    run = Run("assess", "-", *PETITION, given=f"{OLD.replace('2022-04-30', '2005-04-30')}\n{NEW}\n".encode())
    assert run.status == 1
    assert len(run.out.splitlines()) == 1
    assert "no edition is in force on that day" in run.err


def test_a_table_has_the_columns_of_one_edition() -> None:
    run = Run("assess", "-", *PETITION[:4], "--format", "csv", given=NEW.encode())
    assert run.status == 2
    assert "name the edition, as petition-2022@2022" in run.err
    one = Run("assess", "-", "--policy", "petition-2022@2022", *PETITION[2:4], "--format", "csv", given=NEW.encode())
    assert one.status == 0


def test_the_list_of_rule_sets_names_every_edition() -> None:
    listed = Run("policies").out
    assert "petition-2022@2005   2005" in listed
    assert "petition-2022@2022   2022" in listed
    assert "standing duties" in listed


# --- assess ---


def test_good_rows_are_decided_bad_ones_reported_and_the_status_says_so() -> None:
    run = Run("assess", "-", *PSBC, "--format", "jsonl", given=f"{GOOD}\nnot json\n{NAIVE}\n{OTHER}\n".encode())
    told = [json.loads(line) for line in run.out.splitlines()]
    assert [
        (one["case"], one["findings"]["priority"]["value"], one["clocks"]["whole"]["due_at"][:10]) for one in told
    ] == [
        ("a", "urgent", "2026-10-02"),  # art. 10 item (2) sub-item 3, 48 hours
        ("c", "ordinary", "2026-10-13"),  # art. 14, 5 working days
    ]
    assert run.status == 1
    assert [line.partition(";")[0] for line in run.err.splitlines()] == [
        "<stdin>:2: this is no JSON: Expecting value (at character 1)",
        "<stdin>:3: received: the moment is naive: it names no time zone",
        "<stdin>: 2 rows decided, 2 refused",
    ]


def test_all_good_rows_give_0_and_nothing_on_standard_error(tmp_path: Path) -> None:
    run = Run("assess", file(tmp_path, "cases.jsonl", GOOD), *PSBC)
    assert (run.status, run.err) == (0, "")
    assert "a" in run.out
    assert "2026-10-02 (Fri) 16:05" in run.out


def test_a_row_that_the_rules_cannot_take_is_refused_alone() -> None:
    later = GOOD.replace("2026-09-30T16:05", "2026-10-30T16:05").replace('"a"', '"later"')
    wrong = '{"id": "w", "received": "2026-09-30", "extra": {"unionpay": "perhaps"}}'
    run = Run("assess", "-", *PSBC, "--format", "jsonl", "--lang", "zh", given=f"{later}\n{wrong}\n{GOOD}".encode())
    assert run.status == 1
    assert json.loads(run.out)["case"] == "a"
    first, second, third = run.err.splitlines()
    assert "早于收到时间" in first
    assert "unionpay" in second
    assert third == "<stdin>: 已评估1件，退回2行"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_texts_of_several_cases_are_parted_by_an_empty_line(lang: Lang) -> None:
    run = Run("assess", "-", *PSBC, "--lang", lang, given=f"{GOOD}\n{OTHER}".encode())
    assert ("Ordinary" in run.out) == (lang == "en")
    assert ("普通投诉" in run.out) == (lang == "zh")
    assert run.out.count("\n\n") > 1


@pytest.mark.parametrize(("rows", "cases"), [(f"{GOOD}\n{OTHER}", ["a", "c"]), (GOOD, ["a"]), ("x", [])])
def test_the_json_form_is_one_array_whatever_the_number_of_rows(rows: str, cases: list[str]) -> None:
    run = Run("assess", "-", *PSBC, "--format", "json", given=rows.encode())
    assert [one["case"] for one in json.loads(run.out)] == cases


def test_the_csv_form_has_a_line_for_each_case_and_clock() -> None:
    run = Run("assess", "-", *PSBC, "--format", "csv", given=f"{GOOD}\n{OTHER}".encode())
    rows = list(csv.DictReader(io.StringIO(run.out)))
    limits = list(load_policy("psbc-95580").limits)
    assert [(row["case"], row["clock"]) for row in rows] == [(case, limit) for case in "ac" for limit in limits]
    whole = next(row for row in rows if row["clock"] == "whole")
    assert (whole["priority"], whole["status"], whole["due_at"], whole["cite"]) == (
        "urgent", "running", "2026-10-02T16:05:00+08:00", "14 item 1",
    )  # fmt: skip
    assert whole["sanction"] == "delay"  # 30 minutes for routing are over
    early = Run("assess", "-", *PSBC[:2], "--at", "2026-09-30T16:06+08:00", "--format", "csv", given=GOOD.encode())
    assert next(csv.DictReader(io.StringIO(early.out)))["sanction"] == ""


def test_a_register_is_read_through_its_mapping_file(tmp_path: Path) -> None:
    book = file(
        tmp_path, "台账.csv", "工单号,受理日期,人数\nT-1,2026/9/30,3\nT-2,2026-09-30,0\nT-3,x,\n".encode("gb18030")
    )
    columns = file(tmp_path, "map.toml", "fact = { id = '工单号', received = '受理日期', complainants = '人数' }")
    run = Run("assess", book, "--columns", columns, *PSBC, "--format", "jsonl")
    assert json.loads(run.out)["case"] == "T-1"
    assert run.status == 1
    assert f"{book}:3: 人数: a whole number of at least 1" in run.err
    assert f"{book}:4: 受理日期: this is no date" in run.err


def test_a_csv_without_a_mapping_needs_the_names_of_facts(tmp_path: Path) -> None:
    good = Run(
        "assess", file(tmp_path, "a.CSV", "id,received,unionpay\nT-1,2026-09-30,是\n"), *PSBC, "--format", "jsonl"
    )
    assert (
        json.loads(good.out)["clocks"]["whole"]["due_at"][:10] == "2026-10-12"
    )  # 4 working days: 8, 9, 10, 12 October
    bad = Run("assess", file(tmp_path, "b.csv", "id,receipt\nT-1,2026-09-30\n"), *PSBC)
    assert (bad.status, bad.out) == (2, "")
    assert "receipt: the column is no fact" in bad.err


def test_a_policy_file_and_parameters_are_taken(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "own.toml",
        """
        id = "own"
        edition = "1"
        title = { zh = "自订", en = "Own" }
        issuer = { zh = "某行", en = "A bank" }
        checked_on = 2026-11-21
        [parameters.short]
        type = "period"
        title = { zh = "短期限", en = "short limit" }
        [[limit]]
        id = "answer"
        title = { zh = "答复", en = "answer" }
        from = "received"
        until = "replied"
        first = [{ within = { parameter = "short" } }]
        """,
    )
    run = Run(
        "assess", "-", "--policy", path, *AT, "--set", "short=3 working days", "--format", "jsonl", given=GOOD.encode()
    )
    assert json.loads(run.out)["clocks"]["answer"]["due_at"][:10] == "2026-10-10"  # 8, 9 and 10 (make-up) October
    checked = Run("check", path)
    assert (checked.status, checked.out.splitlines()[-1]) == (0, "parameters to be supplied: short")
    assert Run("explain", f"{path}/answer").out.startswith("answer [limit/answer]")
    assert Run("explain", path).out.startswith("Own")


def test_without_at_the_clock_of_the_shell_is_read() -> None:
    assert moment_of(None).utcoffset() is not None
    assert Run("assess", "-", "--policy", "psbc-95580", "--format", "jsonl", given=OTHER.encode()).status == 0


# --- bad input: a clear message, the right status, never a traceback ---

POLICY = """
id = "own"
edition = "1"
title = { zh = "自订", en = "Own" }
issuer = { zh = "某行", en = "A bank" }
checked_on = 2026-11-21
"""
CYCLE = """
[[table]]
id = "one"
title = { zh = "一", en = "one" }
values.x = { zh = "x", en = "x" }
first = [{ value = "x", when = "two == 'x'" }]
[[table]]
id = "two"
title = { zh = "二", en = "two" }
values.x = { zh = "x", en = "x" }
first = [{ value = "x", when = "one == 'x'" }]
"""
TABLE = """
[[table]]
id = "one"
title = {{ zh = "一", en = "one" }}
values.x = {{ zh = "x", en = "x" }}
first = [{{ value = "x", when = "{}" }}]
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (POLICY + "lmit = 3", ["lmit", "did you mean 'limit'?"]),
        (POLICY + TABLE.format("complainant >= 3"), ["table[0].first[0].when", "did you mean 'complainants'?"]),
        (POLICY + CYCLE, ["one → two → one"]),
        (POLICY + TABLE.format("(" * 3000 + "joint" + ")" * 3000), ["table[0].first[0].when"]),
        (POLICY + TABLE.format("__import__('os').system('true')"), ["table[0].first[0].when"]),
        ("x = " + "[" * 5000, ["deep"]),
        ("", ["empty"]),
        ("id = 'own'\x00", ["NUL"]),
        (b"id = '\xd7\xd4'", ["UTF-8"]),
        (POLICY.encode("utf-16"), ["UTF-16"]),
        ("fact.id = 3", ["fact.id", "a column's name"]),  # a mapping file
    ],
)
def test_a_faulty_file_is_checked_in_words(tmp_path: Path, text: str | bytes, words: list[str]) -> None:
    run = Run("check", file(tmp_path, "own.toml", text))
    assert (run.status, run.out) == (2, "")
    assert all(word in run.err for word in ["own.toml", *words]), run.err


def test_a_policy_file_of_50_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.toml"
    with path.open("wb") as stream:
        stream.truncate(50 << 20)
    run = Run("assess", "-", "--policy", str(path), *AT, given=GOOD.encode())
    assert run.status == 2
    assert "52428800 bytes" in run.err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["assess", "no-such.jsonl", *PSBC], ["no-such.jsonl", "no such file"]),
        (["assess", ".", *PSBC], [".: this is a directory"]),
        (["assess", "a\0b", *PSBC], ["cannot be opened"]),
        (["assess", "-", *PSBC], ["<stdin>: it is empty"]),
        (["assess", "-", "--policy", "psbc-95850", *AT], ["did you mean 'psbc-95580'?"]),
        (["assess", "-", "--policy", "no-such.toml", *AT], ["no-such.toml", "no such file"]),
        (["assess", "-", "--policy", ".", *AT], ["no such policy", "'.'"]),
        (["assess", "-", "--policy", "psbc-95580", "--at", "30/09/2026 16:05"], ["--at", "read in one way"]),
        (["assess", "-", "--policy", "psbc-95580", "--at", "2026-09-30"], ["--at", "not a day"]),
        (["assess", "-", "--policy", "psbc-95580", "--at", "today"], ["--at", "read in one way", "2026/9/30 16:05"]),
        (["assess", "-", *PSBC, "--set", "x"], ["--set", "name=value"]),
        (["assess", "-", *PSBC, "--set", "x=1"], ["x"]),
        (["assess", "-", *PSBC, "--columns", "no-such.toml"], ["no-such.toml", "no such file"]),
        (["assess", "-", *PSBC, "--jobs", "0"], ["from 1 to 64"]),
        (["assess", "-"], ["--policy"]),
        (["asses"], ["invalid choice"]),
        ([], ["COMMAND"]),
        (["due", "2026-09-30T16", "5 days"], ["START", "read in one way"]),
        (["due", "1999-09-30", "5 days"], ["START", "2001-01-01"]),
        (["due", "2026-09-30", "5"], ["unit"]),
        (["due", "2026-09-30", "0 days"], ["at least 1"]),
        (["due", "2026-09-30", "8 working hours"], ["hours"]),
        (["due", "2026-09-30", "5 days", "--roll", "sideways"], ["roll", "sideways"]),
        (["due", "2026-09-30", "5 working hours", "--hours", "17:00-09:00"], ["17:00"]),
        (["calendar", "1999"], ["YEAR", "2001"]),
        (["calendar", "9999"], ["YEAR", "2099"]),
        (["calendar", "next"], ["YEAR", "invalid int"]),
        (["explain", "psbc-95850"], ["did you mean"]),
        (["explain", "psbc-95580/whol"], ["did you mean 'whole'?"]),
        (["explain", "psbc-95580/zzz"], ["there is no such rule"]),
        (["explain", "case.json"], ["add --policy ID"]),
        (["explain", "-"], ["add --policy ID"]),
        (["explain", "no-such.json", *PSBC], ["no-such.json", "no such file"]),
        (["explain", "-", *PSBC], ["<stdin>", "empty"]),
        (["check", "no-such.toml"], ["no-such.toml", "no such file"]),
        (["check", "."], ["directory"]),
    ],
)
def test_unusable_input_gives_2_and_says_what_and_where(argv: list[str], words: list[str]) -> None:
    run = Run(*argv)
    assert (run.status, run.out) == (2, "")
    assert all(word in run.err for word in words), run.err


ROWS = {
    "naive moment": (NAIVE, "received: the moment is naive"),
    "year 1999": (GOOD.replace("2026-09", "1999-09"), "received: the years known"),
    "year 9999": (GOOD.replace("2026-09", "9999-09"), "received: the years known"),
    "zero complainants": (GOOD.replace(": 3", ": 0"), "complainants: a whole number of at least 1"),
    "unknown channel": (GOOD.replace("phone", "fone"), "did you mean 'phone'?"),
    "unknown key": (GOOD.replace("complainants", "complainant"), "did you mean 'complainants'?"),
    "NUL": (GOOD.replace("phone", "pho\0ne"), "this is no JSON"),
    "wrong encoding": ('{"id": "工单"}'.encode("gb18030"), "it is not UTF-8"),
    "deep": ("[" * 50_000, "nested deeper"),
    "a float for a count": (GOOD.replace(": 3", ": 3.5"), "complainants: a whole number"),
}


@pytest.mark.parametrize(("row", "words"), ROWS.values(), ids=list(ROWS))
def test_a_bad_row_is_named_and_its_neighbours_are_decided(row: str | bytes, words: str) -> None:
    raw = row.encode() if isinstance(row, str) else row
    run = Run("assess", "-", *PSBC, "--format", "jsonl", given=b"\n".join([GOOD.encode(), raw, OTHER.encode()]))
    assert [json.loads(line)["case"] for line in run.out.splitlines()] == ["a", "c"]
    assert run.status == 1
    assert run.err.startswith("<stdin>:2: ")
    assert words in run.err


# --- the other commands ---


def test_due_shows_the_proof_and_the_months_in_both_languages() -> None:
    run = Run("due", "2026-09-30T16:05+08:00", "5 working days")
    assert run.out.startswith(
        "5 working days from 2026-09-30 (Wed) 16:05: in time up to and including 2026-10-13 (Tue) 24:00"
    )
    assert " 12+ 13! 14 " in run.out
    assert "2026年10月" in Run("due", "2026-09-30", "5个工作日", "--lang", "zh").out
    assert json.loads(Run("due", "2026-09-30", "15 days", "--format", "json").out)["due_at"].startswith(
        "2026-10-15T23:59:59"
    )
    rolled = Run("due", "2026-09-20", "15 days", "--roll", "next_working_day", "--format", "json")
    assert json.loads(rolled.out)["due_at"].startswith("2026-10-08")  # 5 October is a holiday; 8 October works
    late = ("--receipt", "next_working_day", "--cut-off", "15:30", "--ends", "12:00", "--opening-day")
    noon = Run("due", "2026-11-04T15:31", "2 working days", *late, "--format", "json")
    # deemed received on Thursday the 5th, which is day one; Friday at noon
    assert json.loads(noon.out)["due_at"] == "2026-11-06T12:00:00+08:00"
    waits = Run("due", "2026-11-04T07:00", "2 hours", "--clock-starts", "08:30", "--format", "json")
    assert json.loads(waits.out)["due_at"] == "2026-11-04T10:30:00+08:00"
    deemed = Run("due", "2026-10-03", "1 working day", "--receipt", "next_working_day", "--format", "json")
    assert json.loads(deemed.out)["due_at"].startswith("2026-10-09")  # deemed received on the 8th
    hours = Run("due", "2026-09-30T16:00+08:00", "2 working hours", "--hours", "09:00-12:00", "--hours", "13:30-17:00")
    assert "2026-10-08 (Thu) 10:00" in hours.out


def test_the_calendar_of_a_year_marks_the_five_kinds_of_day() -> None:
    run = Run("calendar", "2026")
    october = run.out[run.out.index("2026-10") :].splitlines()
    assert october[2].startswith("              1*  2*  3*  4.")
    assert october[3].startswith("  5*  6-  7-  8   9  10+ 11.")  # the 10th works in exchange for the 7th
    assert "1* statutory holiday" in run.out
    assert "248 working days" in run.out
    assert "provisional after 2026-12-28" in run.out
    assert "国办发明电〔2025〕7号" in run.out
    assert "https://www.gov.cn/" in run.out
    assert "工作日共" in Run("calendar", "2026", "--lang", "zh").out
    assert "[" not in run.out  # no colour codes in a pipe
    assert Run("calendar", "2020").out.count("State Council notice") == 2  # it was changed during its year
    assert "366" not in Run("calendar", "2027").out
    assert "provisional" in Run("calendar", "2027").out


def test_what_a_file_is_that_is_checked_its_own_keys_say(tmp_path: Path) -> None:
    """A policy has an id, also where it has facts; a mapping file has facts alone; else it is a policy."""
    policy = file(tmp_path, "own.toml", "\n".join((small.HEAD, small.limit(), small.fact("vip"))))
    assert Run("check", policy).out.splitlines()[:2] == [f"{policy}: a good policy file", "own 1  Test rules"]
    mapping = file(tmp_path, "map.toml", "[fact]\nid = 'a'\nreceived = 'b'\n")
    assert Run("check", mapping).out == f"{mapping}: a good mapping file: 2 facts, 0 events\n"
    neither = Run("check", file(tmp_path, "none.toml", "edition = '1'\n"))
    assert neither.status == 2
    assert "none.toml: the policy is refused; 4 faults" in neither.err  # a mapping file is not what it would be


def test_the_months_of_a_calendar_stand_three_in_a_row_eight_lines_high() -> None:
    """2024 began on a Monday and has 262 days from Monday to Friday: 19 were off and 8 at weekends worked.

    The 13th and 14th of February stand for the festival's Saturday and Sunday; the 15th and 16th were exchanged for the
    4th and the 18th.
    """
    run = Run("calendar", "2024", "--lang", "zh")
    assert run.out.splitlines()[:20] == [
        "2024年工作日历",
        "",
        "2024年1月                      2024年2月                      2024年3月",
        " 一  二  三  四  五  六  日     一  二  三  四  五  六  日     一  二  三  四  五  六  日",
        "  1*  2   3   4   5   6.  7.                 1   2   3.  4+                     1   2.  3.",
        "  8   9  10  11  12  13. 14.     5   6   7   8   9  10* 11*     4   5   6   7   8   9. 10.",
        " 15  16  17  18  19  20. 21.    12* 13* 14* 15- 16- 17. 18+    11  12  13  14  15  16. 17.",
        " 22  23  24  25  26  27. 28.    19  20  21  22  23  24. 25.    18  19  20  21  22  23. 24.",
        " 29  30  31                     26  27  28  29                 25  26  27  28  29  30. 31.",
        "",
        "",
        "2024年4月                      2024年5月                      2024年6月",
        " 一  二  三  四  五  六  日     一  二  三  四  五  六  日     一  二  三  四  五  六  日",
        "  1   2   3   4*  5-  6.  7+             1*  2-  3-  4.  5.                         1.  2.",
        "  8   9  10  11  12  13. 14.     6   7   8   9  10  11+ 12.     3   4   5   6   7   8.  9.",
        " 15  16  17  18  19  20. 21.    13  14  15  16  17  18. 19.    10* 11  12  13  14  15. 16.",
        " 22  23  24  25  26  27. 28+    20  21  22  23  24  25. 26.    17  18  19  20  21  22. 23.",
        " 29  30                         27  28  29  30  31             24  25  26  27  28  29. 30.",
        "",
        "",
    ]
    legend, count, notice = run.out.splitlines()[38:]
    assert legend == "1 工作日   1+ 补班日   1. 周末   1* 法定节假日   1- 换休日"
    assert count == "工作日共251天"
    assert notice.startswith("国务院办公厅关于2024年节假日安排的通知（国办发明电〔2023〕7号） https://")
    for year, status in (("2000", 2), ("2001", 0), ("2099", 0), ("2100", 2)):
        assert Run("calendar", year).status == status


def test_the_language_may_stand_before_the_command_or_behind_it() -> None:
    assert "工作日共" in Run("--lang", "zh", "calendar", "2026").out
    assert "working days" in Run("--lang", "zh", "calendar", "2026", "--lang", "en").out, "behind it is the nearer one"
    assert Run("--lang", "fr", "calendar", "2026").status == 2


def test_the_examples_of_the_help_name_parameters_that_the_rule_set_has() -> None:
    text = Run("assess", "--help").out
    for policy, name in re.findall(r"--policy ([\w-]+) --set (\w+)=", text):
        assert name in load_policy(policy).parameters
    assert "--set" in text


def test_policies_lists_what_is_shipped_with_the_day_it_was_compared() -> None:
    run = Run("policies")
    assert {"psbc-95580", "cbirc-2020-3", "grcu-2008"} <= {line.strip().split(" ")[0] for line in run.out.splitlines()}
    assert "compared with what is at hand of the text on 2026-" in run.out
    assert "邮政储蓄银行" in Run("policies", "--lang", "zh").out


@pytest.mark.parametrize(("lang", "word"), [("zh", "为什么"), ("en", "Why")])
def test_the_demo_tells_the_same_story_every_time(lang: Lang, word: str) -> None:
    first, second = Run("demo", "--lang", lang), Run("demo", "--lang", lang)
    assert (first.status, first.err) == (0, "")
    assert first.out == second.out
    assert f"\n{word}\n" in first.out
    assert "2026-10-14 10:20" in first.out


def test_a_rule_set_and_its_rules_are_explained_in_both_languages() -> None:
    assert "art. 10 item (2) sub-item 3" in Run("explain", "psbc-95580/priority").out
    assert Run("explain", "psbc-95580/limit/whole").out == Run("explain", "psbc-95580/whole").out
    assert "第十条第（二）项第3目" in Run("explain", "psbc-95580/priority", "--lang", "zh").out
    assert "UnionPay ticket" in Run("explain", "psbc-95580").out
    article = Run("explain", "psbc-95580/article/14").out
    assert "[duty/quiet_calls]" in article, article


@pytest.mark.parametrize("form", ["json", "mermaid"])
def test_a_rule_set_has_no_form_of_a_case(form: str) -> None:
    refused = Run("explain", "psbc-95580", "--format", form)
    assert refused.status != 0
    assert f"{form} shows a case, and no rule set" in refused.err


def test_a_name_that_several_rules_bear_is_asked_back() -> None:
    policy = load_policy("psbc-95580")
    from complaint_rules.cli import explain as cli_explain

    def doubled(*_: object) -> list[Any]:
        rules = [type("R", (), {"key": key, "text": key})() for key in ("limit/same", "duty/same")]
        return [type("S", (), {"rules": rules, "articles": ()})()]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cli_explain, "rulebook", doubled)
        with pytest.raises(ComplaintRulesError, match=r"several rules have this name.*limit/same, duty/same"):
            cli_explain._rule(policy, "same", "en")
        assert cli_explain._rule(policy, "duty/same", "en") == "duty/same"


def test_the_course_of_a_case_is_told_as_text_data_and_chart(tmp_path: Path) -> None:
    case = json.loads(GOOD) | {
        "events": [{"kind": "routed", "at": "2026-09-30T16:30+08:00", "by": "head_office", "to": "tier1_branch"}]
    }
    path = file(tmp_path, "case.json", json.dumps(case, indent=1))
    text = Run("explain", path, *PSBC)
    assert text.status == 0
    assert "2026-09-30 (Wed) 16:30" in text.out
    assert "时间线" in Run("explain", path, *PSBC, "--lang", "zh").out
    data = json.loads(Run("explain", path, *PSBC, "--format", "json").out)
    assert data["timeline"][0]["what"] == "received"
    assert data["case"] == "a"
    assert Run("explain", path, *PSBC, "--format", "mermaid").out.startswith("gantt")
    assert Run("explain", "-", *PSBC, given=GOOD.encode()).status == 0


def test_a_case_that_is_too_long_or_faulty_is_refused(tmp_path: Path) -> None:
    long = Run("explain", file(tmp_path, "long.json", " " * (5 << 20)), *PSBC)
    assert (long.status, "at most" in long.err) == (2, True)
    faulty = Run("explain", file(tmp_path, "bad.json", NAIVE), *PSBC)
    assert faulty.status == 2
    assert "bad.json: 1 fault\n  received: the moment is naive" in faulty.err


def test_a_good_policy_file_is_named_as_one(tmp_path: Path) -> None:
    run = Run("check", file(tmp_path, "own.toml", POLICY))
    assert run.status == 0
    assert run.out.splitlines()[0].endswith("own.toml: a good policy file")
    assert "规则文件无误" in Run("check", file(tmp_path, "own.toml", POLICY), "--lang", "zh").out


def test_checking_a_rule_set_shipped_says_where_to_see_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = Run("check", "psbc-95580")
    assert run.status == 2
    assert run.err.endswith("psbc-95580: this is a rule set shipped, and no file; see it with explain psbc-95580\n")


def test_rule_sets_are_put_side_by_side_each_once(tmp_path: Path) -> None:
    own = file(tmp_path, "own.toml", small.HEAD + small.limit())
    run = Run("compare", "psbc-95580", own, "petition-2022@2005", own)
    assert run.status == 0
    assert run.out.startswith("Time limits\n")
    assert run.out.count("- own: A: from: “received”; until: “closed”; figures and conditions: 15 days\n") == 1
    assert "- petition-2022: " in run.out
    assert Run("compare", own, "--lang", "zh").out.startswith("时限\n")
    assert "did you mean 'psbc-95580'?" in Run("compare", "psbc-9558").err


def test_a_good_mapping_file_is_named_as_one() -> None:
    run = Run("check", str(ROOT / "docs" / "maps" / "cfpb.toml"))
    assert run.status == 0
    assert run.out.endswith("a good mapping file: 5 facts, 4 events\n")
    assert "对照文件无误" in Run("check", str(ROOT / "docs" / "maps" / "cfpb.toml"), "--lang", "zh").out


CODES = """\
version = "2026-01"
title = { zh = "示例编码表", en = "Sample codes" }
[reason.codes]
R1 = { key = "funds" }
[business_channel.codes]
F = { key = "front_office" }
B = { key = "back_office" }
X = {}
"""


def test_a_code_table_is_named_as_one_and_what_corresponds_to_nothing_is_told(tmp_path: Path) -> None:
    run = Run("check", file(tmp_path, "codes.toml", CODES))
    assert run.status == 0
    first, second, *rest = run.out.splitlines()
    assert (first.rpartition(": ")[2], second) == ("a good code table", "2026-01  Sample codes")
    assert rest[:2] == ["business channel: 3 codes, 0 classes of its own", "  codes without a key: X"]
    assert rest[3].startswith("  keys without a code: service, facilities, ")
    assert "  无对应键的代码：X\n" in Run("check", file(tmp_path, "codes.toml", CODES), "--lang", "zh").out


def test_every_fault_of_a_code_table_is_told(tmp_path: Path) -> None:
    run = Run("check", file(tmp_path, "codes.toml", CODES.replace("funds", "fund").replace("version", "versoin")))
    assert run.status == 2
    assert "did you mean 'funds'?" in run.err
    assert "did you mean 'version'?" in run.err


def test_a_name_in_a_mapping_file_that_the_rules_do_not_know_is_said_once(tmp_path: Path) -> None:
    """A kind misspelt would leave every case of the register open, and a table as the answer does not say so."""
    mapping = "[fact]\nid = 'id'\nreceived = 'day'\nvip = 'vip'\n[[event]]\nkind = 'close'\nat = 'end'\n"
    book = file(tmp_path, "book.csv", "id,day,vip,end\na,2026-09-30,x,2026-10-08\nb,2026-09-30,x,2026-10-08\n")
    columns = file(tmp_path, "book.toml", mapping)
    run = Run("assess", book, "--columns", columns, *PSBC[:2], "--at", "2026-10-09T09:00+08:00", "--format", "csv")
    assert run.status == 0
    assert run.err.splitlines() == [
        f"{columns}: psbc-95580 knows no such name: event 'close'; did you mean 'closed'?",
        f"{columns}: psbc-95580 knows no such name: fact 'vip'",
    ]
    told = Run("assess", book, "--columns", columns, *PSBC[:2], "--at", "2026-10-09T09:00+08:00", "--lang", "zh").err
    assert "规则集 psbc-95580 没有这一名称：事件“close”；是否想写“closed”？" in told


def test_a_code_in_a_mapping_file_that_no_rules_know_is_said_once_before_the_rows(tmp_path: Path) -> None:
    """The trade standard says pricing: "fees" refused every second row, and no row said where the slip stands."""
    mapping = (
        "[fact]\nid = 'id'\nreceived = 'day'\n"
        "reason = { column = 'why', codes = { 'A' = 'pricing', 'B' = 'princing', 'C' = 'fees' } }\n"
        "business = { value = 'loan' }\n"
    )
    columns = file(tmp_path, "book.toml", mapping)
    book = file(tmp_path, "book.csv", "id,day,why\na,2026-09-30,A\n")
    run = Run("assess", book, "--columns", columns, *PSBC[:2], "--at", "2026-10-09T09:00+08:00", "--format", "csv")
    first, second = run.err.splitlines()
    assert first == f"{columns}: psbc-95580 knows no such name: code 'princing' of 'reason'; did you mean 'pricing'?"
    assert second.startswith(
        f"{columns}: psbc-95580 knows no such name: code 'fees' of 'reason'; the codes are choice, "
    )
    assert second.endswith("rules, service")  # the thirteenth of thirteen; twelve were named as if there were no more
    told = Run("assess", book, "--columns", columns, *PSBC[:2], "--at", "2026-10-09T09:00+08:00", "--lang", "zh").err
    assert "规则集 psbc-95580 没有这一名称：事实“reason”的代码“princing”；是否想写“pricing”？" in told


def test_very_many_unknown_names_of_a_mapping_file_are_counted() -> None:
    facts = "".join(f"own{n:03d} = 'c'\n" for n in range(60))
    events = "".join(f"[[event]]\nkind = 'kind{n:03d}'\nat = 'c'\n" for n in range(20))
    mapping = RegisterMap.from_text(f"[fact]\nid = 'id'\nreceived = 'day'\n{facts}{events}")
    names = list(unknown_names(mapping, load_policy("psbc-95580")))
    assert names[0].startswith("event 'kind000'")
    assert names[20].startswith("fact 'own000'")
    assert (len(names), names[-1]) == (51, "30 more")


@pytest.mark.parametrize(
    "command", ["", "demo", "assess", "report", "due", "calendar", "policies", "explain", "compare", "check"]
)
def test_help_is_there_for_every_command_in_both_languages(command: str) -> None:
    run = Run(*filter(None, [command, "--help"]))
    assert run.status == 0
    assert run.out.startswith("usage: complaint-rules")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in run.out)


@pytest.mark.parametrize(
    ("name", "value", "lang"),
    [("LANG", "zh_CN.UTF-8", "zh"), ("LC_ALL", "ZH_TW", "zh"), ("LANG", "C.UTF-8", "en"), ("X", "", "en")],
)
def test_the_language_follows_the_locale(monkeypatch: pytest.MonkeyPatch, name: str, value: str, lang: Lang) -> None:
    monkeypatch.setenv(name, value)
    assert cli._language() == lang


# --- streams ---


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Terminal]:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return lambda: Terminal(Tty(), Tty(), "en")


def printed(stream: object) -> str:
    assert isinstance(stream, io.StringIO)
    return stream.getvalue()


def test_colour_needs_a_terminal_and_rich_and_nobody_who_minds(
    monkeypatch: pytest.MonkeyPatch, terminal: Callable[[], Terminal]
) -> None:
    pytest.importorskip("rich")
    assert terminal().colour
    assert not wants_colour(io.StringIO())
    monkeypatch.setenv("TERM", "dumb")
    assert not terminal().colour
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal().colour
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setitem(sys.modules, "rich", None)  # as in the plain install
    assert not terminal().colour


def test_on_a_terminal_the_calendar_and_the_proof_are_coloured(terminal: Callable[[], Terminal]) -> None:
    pytest.importorskip("rich")
    shown = terminal()
    args = cli._parser("en").parse_args(["calendar", "2026"])
    assert cli._command("calendar")(args, shown) == 0
    text = printed(shown.out)
    assert "\x1b[" in text
    import re

    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert plain == Run("calendar", "2026").out  # colour adds nothing but colour


def test_progress_is_shown_on_a_terminal_and_wiped(
    terminal: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter(range(0, 1000, 10))
    monkeypatch.setattr("complaint_rules.cli.output.time.monotonic", lambda: next(now))
    shown = terminal()
    with Progress(shown, 200) as progress:
        progress.show(1000, 100)
        progress.clear()
        progress.show(2000, 200)
    assert printed(shown.err) == f"\r 50%  1,000 rows \r{' ' * 40}\r\r100%  2,000 rows \r{' ' * 40}\r"
    beats = iter([0.0, 0.19, 0.2, 0.39, 0.41, 1.0, 2.0])  # made, too soon, on the beat, too soon, after the next
    monkeypatch.setattr("complaint_rules.cli.output.time.monotonic", lambda: next(beats))
    again = terminal()
    with Progress(again, None) as progress:
        for rows in range(1, 5):
            progress.show(rows, 0)
    assert printed(again.err).split("\r")[1:-2] == ["2 rows ", "4 rows "]
    piped = terminal()
    with Progress(piped, None) as progress:
        progress.show(1000, 0)
    assert "%" not in printed(piped.err)


def test_progress_keeps_still_between_beats_and_off_a_terminal(terminal: Callable[[], Terminal]) -> None:
    shown = terminal()
    with Progress(shown, 200) as progress:
        progress.show(1, 1)  # too soon
    assert printed(shown.err) == ""
    quiet = Terminal(io.StringIO(), io.StringIO(), "en")
    with Progress(quiet, 200) as progress:
        progress.show(1, 1)
    assert printed(quiet.err) == ""


def test_a_terminal_without_chinese_gets_escapes_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="ascii"))
    assert main(["policies", "--lang", "zh"]) == 0
    assert b"\\u" in out.getvalue()


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (BrokenPipeError(), 141, ""),
        (OSError(28, "No space left on device"), 2, "output: it cannot be written or read: No space left on device\n"),
    ],
)
def test_output_that_cannot_be_written_is_dropped_and_not_flushed_at_exit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: OSError, status: int, said: str
) -> None:
    with (tmp_path / "out").open("wb") as out:

        class Closed(io.StringIO):
            def write(self, _: str) -> int:
                raise error

            def fileno(self) -> int:
                return out.fileno()

        monkeypatch.setattr(sys, "stdout", Closed())
        monkeypatch.setattr(sys, "stderr", told := io.StringIO())
        assert main(["policies"]) == status
        out.write(b"what is left")
    assert told.getvalue().removeprefix("complaint-rules policies: ") == said
    assert (tmp_path / "out").read_bytes() == b""
    monkeypatch.setattr(sys, "stdout", type("Bare", (io.StringIO,), {"write": Closed.write})())
    assert main(["policies"]) == status  # of what stands for no file nothing is flushed


def test_a_pipe_that_is_closed_when_the_last_of_it_is_written_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written stays in memory up to the end: without a look at it there the status would be 0."""

    class Kept(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Kept())
    assert main(["policies"]) == 141


def test_ctrl_c_ends_with_130_and_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_command", lambda _: interrupted)
    run = Run("policies")
    assert (run.status, run.err) == (130, "interrupted\n")


# --- long files ---


def test_chunks_are_bounded_by_rows_and_bytes() -> None:
    assert [len(chunk) for chunk in chunks((n, b"x" * 200_000) for n in range(5))] == [2, 2, 1]
    assert list(chunks(iter([]))) == []


class Here:
    """Stands for a pool of processes: does the work at once, in this one."""

    def __init__(self, jobs: int, *, initializer: Callable[[Work], None], initargs: tuple[Work]) -> None:
        assert jobs == 3
        kept = signal.getsignal(signal.SIGINT)
        initializer(*initargs)
        signal.signal(signal.SIGINT, kept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        cli_assess._helper.clear()

    def submit(self, do: Callable[[Sequence[Any]], Any], part: Sequence[Any]) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(do(part))
        return done


@pytest.mark.parametrize("rows", [950, 1000, 1001, 2350])
def test_a_long_file_is_shared_out_and_comes_back_in_order(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(cli_assess, "ProcessPoolExecutor", Here)
    short = cli_assess.Format(lambda one, *_: one.case.complaint.id + "\n")
    monkeypatch.setattr(cli_assess, "FORMATS", {**FORMATS, "jsonl": short})
    lines = [GOOD.replace('"a"', f'"c-{n}"') if n % 500 else "bad" for n in range(rows)]
    run = Run("assess", "-", *PSBC, "--format", "jsonl", "--jobs", "3", given="\n".join(lines).encode())
    assert run.out.split() == [f"c-{n}" for n in range(rows) if n % 500]
    assert [line.split(":")[1] for line in run.err.splitlines()[:-1]] == [str(n + 1) for n in range(0, rows, 500)]


def test_a_file_is_shared_out_from_its_eleventh_chunk_on_among_two_processes_or_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    class Pool(Here):
        def __init__(self, jobs: int, **_: object) -> None:
            asked.append(jobs)

        def submit(self, _: object, part: Sequence[Any]) -> Future[Any]:
            done: Future[Any] = Future()
            done.set_result(part)
            return done

    monkeypatch.setattr(cli_assess, "ProcessPoolExecutor", Pool)
    work: Any = type("Alone", (), {"decide": staticmethod(lambda part: part)})
    for jobs, n, helped in ((1, 30, []), (2, 10, []), (2, 11, [2]), (2, 40, [2]), (64, 11, [64])):
        asked.clear()
        parts: list[Any] = [[number] for number in range(n)]
        assert list(cli_assess.decided(work, iter(parts), jobs)) == parts
        assert asked == helped, (jobs, n)


def from_outside(*argv: str, given: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "complaint_rules", *argv],
        input=given, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120, **more,
    )  # fmt: skip


def test_the_module_that_is_run_does_nothing_when_a_helping_process_imports_it() -> None:
    assert importlib.import_module("complaint_rules.__main__").main is main


def test_from_outside_processes_that_help_give_the_same_answers() -> None:
    rows = "\n".join(GOOD.replace('"a"', f'"c-{n}"') if n % 700 else "bad" for n in range(1300))
    runs = [from_outside("assess", "-", *PSBC, "--format", "csv", "--jobs", jobs, given=rows) for jobs in ("1", "2")]
    assert [run.returncode for run in runs] == [1, 1]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stderr == runs[1].stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes of a POSIX shell")
def test_from_outside_a_reader_that_leaves_early_gets_no_traceback() -> None:
    run = subprocess.run(
        ["/bin/sh", "-c", f'{{ "{sys.executable}" -m complaint_rules demo; echo "status $?" >&2; }} | head -n 1'],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.stderr in ("status 141\n", "status 0\n")  # 0 where all was written before the reader left


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real complaints stand beside the checkout, not in it")
def test_every_real_complaint_is_decided(tmp_path: Path) -> None:
    """All 4,744 rows under the regulator's measures: none is refused, none is decided beyond what its row shows.

    A quick run takes the first 474 of them.
    """
    book, columns = SHARED / "data" / "complaints" / "cfpb.csv", ROOT / "docs" / "maps" / "cfpb.toml"
    n = 4744
    if settings().max_examples <= 60:
        n = 474
        with book.open(encoding="utf-8", newline="") as whole, (tmp_path / "book.csv").open("w", newline="") as some:
            csv.writer(some).writerows(islice(csv.reader(whole), n + 1))
        book = tmp_path / "book.csv"
    run = Run(
        "assess", str(book), "--columns", str(columns), "--policy", "cbirc-2020-3", "--at", "2026-11-21T12:00+08:00",
        "--format", "csv", "--jobs", "1",
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(run.out)))
    assert (run.status, run.err) == (0, "")
    assert len({row["case"] for row in rows}) == n
    # An answer is known to have been given, not when; and whether anybody was told otherwise, the table cannot show.
    assert {row["status"] for row in rows if row["clock"] == "decide"} == {"undetermined"}


def test_the_command_line_says_its_version() -> None:
    run = Run("--version")
    assert (run.status, run.out) == (0, f"complaint-rules {VERSION}\n")


@pytest.mark.parametrize(
    "written", ["2026-09-30T16:05", "2026/9/30 16:05", "2026年9月30日16时5分", "2026-09-30T08:05Z", "20260930160500"]
)
def test_beijing_time_is_meant_where_no_zone_is_written(written: str) -> None:
    run = Run("due", written, "48 hours", "--format", "json")
    assert run.status == 0
    assert "2026-10-02T16:05:00+08:00" in run.out


def test_a_second_rule_set_is_refused_and_does_not_replace_the_first() -> None:
    refused = Run("assess", "-", *PSBC, "--policy", "cbirc-2020-3", given=GOOD.encode())
    assert refused.status == 2
    assert "--policy is given twice: one run is under one rule set" in refused.err
    told = Run("assess", "-", *PSBC, "--policy", "cbirc-2020-3", "--lang", "zh", given=GOOD.encode())
    assert "一次运行只用一套规则" in told.err


def test_a_row_received_before_the_rules_were_in_force_says_so_in_the_table() -> None:
    """The text said it in a note, the table said overdue and nothing else."""
    row = '{"id": "q-1", "received": "2019-06-01T09:00+08:00"}'
    told = Run(
        "assess", "-", "--policy", "cbirc-2020-3", "--at", "2019-08-10 09:00", "--format", "csv", given=row.encode()
    )
    assert all(line.endswith(",not_in_force") for line in told.out.splitlines()[1:]), told.out


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("cbirc-2020-3/18", "an article is named article/18"),
        ("example-bank/article/18", "articles of cbirc-2020-3 are named with it, as cbirc-2020-3:18"),
        ("cbirc-2020-3/article/99", "there are: 1, 2, 3"),
    ],
)
def test_whoever_asks_for_an_article_is_told_how(what: str, words: str) -> None:
    refused = Run("explain", what)
    assert refused.status != 0
    assert words in refused.err


def test_what_a_house_file_replaces_and_leaves_out_is_told_when_it_is_checked(tmp_path: Path) -> None:
    head = """
id = "house"
edition = "1"
extends = { id = "psbc-95580", edition = "2016" }
title = { zh = "细则", en = "House rules" }
issuer = { zh = "某行", en = "A bank" }
checked_on = 2026-11-21
remove = ["duty/attempts"]
[[duty]]
id = "quiet_calls"
title = { zh = "不打扰", en = "No calls" }
should_not = "contact_attempted"
"""
    told = Run("check", file(tmp_path, "house.toml", head), "--lang", "en").out
    assert "replaces duty/quiet_calls (" in told
    assert "leaves out duty/attempts (" in told
    assert "art. 15 item (4) sub-item 1" in told
