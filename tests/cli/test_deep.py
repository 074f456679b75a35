"""The command ``check --deep``: files and shipped rule sets, both languages, JSON, budget, exit status, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from complaint_rules.cli.shell import main
from tests.small import HEAD, TITLE, table

CLEAN = "\n".join([HEAD, table("grade", ("x", "joint"), ("y", ""))])
GAP = "\n".join([HEAD, table("grade", ("x", "complainants > 2"))])


def file(folder: Path, text: str, name: str = "own.toml") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_a_clean_file_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file(tmp_path, CLEAN), "--deep", "--lang", "en"]) == 0
    assert "no error or warning that is not accepted" in capsys.readouterr().out
    assert main(["check", file(tmp_path, CLEAN), "--deep", "--lang", "zh"]) == 0
    assert "没有未接受的错误或警告" in capsys.readouterr().out


def test_what_is_found_ends_with_1_and_shows_a_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file(tmp_path, GAP, "own"), "--deep", "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert "警告：甲 [table/grade]" in out
    assert '"complainants": ' in out


def test_the_same_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file(tmp_path, GAP), "--deep", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in found["findings"] if one["level"] == "warning"] == ["gap"]
    assert found["findings"][0]["witness"]["case"]["id"]


def test_a_shipped_rule_set_by_its_id_and_its_parameters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "reply-24h", "--deep", "--lang", "en"]) == 0
    assert "reply-24h@sample" in capsys.readouterr().out
    named = f"[parameters.most]\ntype = 'int'\n{TITLE}"
    path = file(tmp_path, "\n".join([HEAD, named, table("grade", ("x", "complainants > most"), ("y", ""))]))
    assert main(["check", path, "--deep", "--lang", "en"]) == 0
    assert "a parameter is missing: table/grade" in capsys.readouterr().out
    assert main(["check", path, "--deep", "--lang", "en", "--set", "most=2"]) == 0
    assert "a parameter is missing" not in capsys.readouterr().out


def test_a_small_budget_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file(tmp_path, GAP), "--deep", "--budget", "3", "--lang", "en"]) == 1
    assert "the 3 steps it was given are used up, the rest is open" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--deep", "--budget", "0"], "a whole number of steps from 1 is expected"),
        (["--budget", "5"], "--budget: it says how to analyse a policy; got 5; add --deep"),
        (["--format", "json"], "--format: it says how to analyse a policy"),
        (["--set", "a=1"], "--set: it says how to analyse a policy"),
        (["--deep", "--set", "most"], "name=value is expected"),
    ],
)
def test_unusable_arguments_end_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["check", file(tmp_path, CLEAN), *arguments, "--lang", "en"]) == 2
    assert words in capsys.readouterr().err


def test_a_file_that_does_not_load_is_told_with_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path, CLEAN.replace("values.x", "valeus.x"))
    assert main(["check", path, "--deep", "--lang", "en"]) == 2
    assert "did you mean 'values'?" in capsys.readouterr().err
    assert main(["check", "no-such", "--deep", "--lang", "en"]) == 2
    assert "no such policy is shipped" in capsys.readouterr().err
