"""What reaches a terminal is legible: no key, name or file name can steer it, and nothing of a file stands in it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.cli import shell
from complaint_rules.cli.texts import to_text
from complaint_rules.errors import Fault, InvalidCase, UnreadableInput, legible
from complaint_rules.exchange.rows import RowFault
from complaint_rules.policy.loading import load_policy
from tests.cli.test_shell import PSBC, Run, file
from tests.reports.sample import CHANNELS, REPORT

ESCAPE = "\x1b[2J\x9b31m\x07\u202e"


@given(st.text())
def test_legible_text_has_no_control_sign_and_says_which_there_were(text: str) -> None:
    found = legible(text)
    assert not any(sign < " " or "\x7f" <= sign <= "\x9f" for sign in found)
    assert text.isprintable() <= (found == text)


@pytest.mark.parametrize(
    "value",
    [
        RowFault(line=3, column=ESCAPE, why="wrong"),
        Fault(where=ESCAPE, why="wrong"),
        UnreadableInput(what=ESCAPE, why="wrong", where=ESCAPE),
        InvalidCase(what="", why="1 fault", where=ESCAPE, faults=(Fault(where=ESCAPE, why="wrong"),)),
    ],
)
def test_errors_are_legible_whatever_they_name(value: object) -> None:
    assert not set(str(value)) & set(ESCAPE) - set("[2J31m")
    assert "\\x1b[2J\\x9b31m\\x07\\u202e" in str(value)


def test_keys_and_file_names_with_control_signs_are_written_out(tmp_path: Path) -> None:
    name = "case\x1b[2J.csv"
    book = file(tmp_path, name, "id,received,\x1b[31mred\na,2026-09-30,x\n")
    for argv in (("assess", book, *PSBC), ("assess", book, "--columns", book, *PSBC), ("check", book)):
        assert "\x1b" not in Run(*argv).err
    mapping = file(tmp_path, "map\x1b[2J.toml", "fact = { id = 'id', received = 'received' }")
    assert "map\\x1b[2J.toml: a good mapping file" in Run("check", mapping).out
    line = b'{"id": "a", "received": "2026-09-30", "\\u001b[2J": 1, "extra": {"\\u001b[2J": 1}}'
    assert "\x1b" not in Run("assess", "-", *PSBC, given=line).err


def test_explaining_a_case_shows_nothing_of_a_faulty_file() -> None:
    faulty = '{"id": "a", "received": "某某某", "channel": "13800000000", "某某某 13800000000": 1}'
    twice = '{"13800000000": 1, "13800000000": 2}'
    for text in (faulty, twice, '{"id": 13800000000 某某某'):
        run = Run("explain", "-", *PSBC, given=text.encode())
        assert run.status == 2
        assert "13800000000" not in run.err
        assert "某某某" not in run.err


@pytest.mark.parametrize(
    "value", ["13800000000", "某某某13800000000", 13800000000, ["13800000000"], "2026-09-30T13800000000"]
)
def test_what_the_rules_refuse_shows_nothing_of_the_file_either(value: object) -> None:
    """Every field of a complaint and every fact that a rule set declares, with what must not be shown in it."""
    for name in ("psbc-95580", "cbirc-2020-3"):
        policy = load_policy(name)
        base: dict[str, Any] = {"id": "k", "received": "2026-09-30T10:00+08:00"}
        cases = [base | {field.name: value} for field in attrs.fields(Complaint)]
        cases += [base | {"extra": {fact: value}} for fact in policy.scope.facts if fact not in CORE_FACTS]
        cases += [base | {"events": [{"kind": "replied", field.name: value}]} for field in attrs.fields(Event)]
        lines = "\n".join(json.dumps(case) for case in cases)
        told = Run("assess", "-", *PSBC[2:], "--policy", name, "--jobs", "1", given=lines.encode()).err
        assert "13800000000" not in told
        assert "mistake" not in told


WHOLE = """\
Complaints of the third quarter
2026Q3
As at: 2026-10-08 (Thu) 16:05
Rule set: psbc-95580 (0123abcd)

Satisfaction by channel
Channel  Satisfied  Not satisfied  Undecided                    Rate
-------  ---------  -------------  ---------  ----------------------
phone          400            158        276                   71.7%
visit            0              0          0            — (no cases)
letter           0              2          0  — (fewer than 3 cases)
Total          400            160        276                   71.4%
Definition: not stated
Counting rule: repeats merged
As at: 2026-10-08 (Thu) 16:05
Data cover: not stated
Left out: repeated (12); invalid (3)
Note: Small groups

To be written by a person: Causes

Note: Each share
"""
WIDE = """\
渠道  满意  不满意  不明        满意率
----  ----  ------  ----  ------------
电话   400     158   276         71.7%
来访     0       0     0   —（无案件）
信函     0       2     0  —（不足3件）
合计   400     160   276         71.4%
定义：未说明
"""


def test_a_report_as_text_stands_in_columns_names_to_the_left_and_numbers_to_the_right() -> None:
    """A column is as wide as its widest cell, of which a Chinese character takes two places; two blanks are between."""
    report = attrs.evolve(REPORT, grids=(CHANNELS,))
    told = to_text(report, "en").splitlines()
    assert "\n".join(re.sub(r"^(Note: \w+ \w+).*", r"\1", line) for line in told) + "\n" == WHOLE
    assert WIDE in to_text(report, "zh")


def test_how_many_processes_and_what_percentage_may_be_asked_for() -> None:
    def taken(argument: str, command: str, values: Sequence[str]) -> list[object]:
        found: list[object] = []
        for value in values:
            try:
                args = shell._parser("en").parse_args([command, "a.jsonl", "--policy", "x", argument, value])
            except SystemExit as stop:
                found.append(f"ends with {stop.code}")
            else:
                found.append(getattr(args, argument.removeprefix("--")))
        return found

    assert taken("--jobs", "assess", ["0", "1", "64", "65", "-1", "1.5"]) == [
        "ends with 2", 1, 64, "ends with 2", "ends with 2", "ends with 2",
    ]  # fmt: skip
    assert taken("--min", "cover", ["-0.1", "0", "99.5", "100", "100.1", "nan"]) == [
        "ends with 2", 0.0, 99.5, 100.0, "ends with 2", "ends with 2",
    ]  # fmt: skip
