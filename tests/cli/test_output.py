"""What reaches a terminal is legible: no key, name or file name can steer it, and nothing of a file stands in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.errors import Fault, InvalidCase, UnreadableInput, legible
from complaint_rules.exchange.rows import RowFault
from complaint_rules.policy.loading import load_policy
from tests.cli.test_shell import PSBC, Run, file

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
