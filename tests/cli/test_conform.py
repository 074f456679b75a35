"""``complaint-rules conform``: forms, exit status, what cannot be asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from complaint_rules.cli.shell import main
from tests.small import HEAD
from tests.verification.conformance.houses import BODIES, TITLE


def written(name: str, limit: str, until: str, within: str) -> str:
    """Give a policy file with one limit."""
    return f"""id = "{name}"
edition = "1"
{TITLE}
issuer = {{ zh = "甲", en = "A" }}
checked_on = 2026-11-01
[parameters.time]
type = "period"
title = {{ zh = "时间", en = "Time" }}
cite = "1"
{BODIES}
[[limit]]
id = "{limit}"
title = {{ zh = "答复", en = "Decide" }}
cite = "1"
who = "institution"
from = "received"
until = "{until}"
first = [{{ within = {within} }}]
"""


KNOWN = '{ parameter = "time" }'


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    for name, limit, until, within in (
        ("short", "decide", "replied", '"10 days"'), ("long", "decide", "replied", '"15 days"'),
        ("working", "decide", "replied", '"10 working days"'), ("other", "answer", "replied", '"5 days"'),
        ("waits", "decide", "replied", KNOWN), ("closing", "decide", "closed", '"5 days"'),
    ):  # fmt: skip
        (tmp_path / f"{name}.toml").write_text(written(name, limit, until, within), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        ("short.toml long.toml", 0, "10 days against 15 days: never later, closest 5 d"),
        ("working.toml long.toml", 1, "later on 1433 of 9493 days of receipt"),
        ("other.toml long.toml --pair answer=decide", 0, "limit/decide Decide · limit/answer: proved"),
        ("other.toml long.toml", 1, "the house has no rule for these:\n  limit/decide Decide"),
        ("closing.toml long.toml", 1, "the house's limit ends with closed, which is no end of the base's"),
        ("closing.toml long.toml --implies closed=replied", 0, "Vouched for by the asker: closed never comes without"),
        ("waits.toml long.toml", 1, "a figure of the house waits for the parameter time"),
        ("waits.toml long.toml --set time=14d", 2, ""),
        ("waits.toml long.toml --set", 2, ""),
        ("short.toml long.toml --format md", 0, "| `limit/decide` Decide | `limit/decide` | proved |"),
        ("short.toml long.toml --lang zh", 0, "10日对15日：从不更晚，最近相距5天（2001-01-01（周一）00:00收到）"),
    ],
)
def test_the_exit_status_says_whether_all_is_proved(
    arguments: str, status: int, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["conform", *arguments.split(" ")]) == status
    assert text in capsys.readouterr().out


@pytest.mark.usefixtures("files")
def test_a_setting_goes_to_whichever_has_the_parameter(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conform", "waits.toml", "long.toml", "--set", "time = 14 days"]) == 0
    assert main(["conform", "short.toml", "waits.toml", "--set", "time=9 days"]) == 1
    assert "later on 9493 of 9493" in capsys.readouterr().out


@pytest.mark.usefixtures("files")
def test_json_is_the_answer_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conform", "closing.toml", "long.toml", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["verdict"], data["last"]) == ("laxer", "2026-12-28")
    (end,) = [one for one in data["limits"][0]["points"] if one["aspect"] == "end"]
    assert [one["kind"] for one in end["counterexample"]["case"]["events"]] == ["closed"]
    assert (end["counterexample"]["house"], end["counterexample"]["base"]) == ("met", "overdue")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["short.toml", "no.toml"], "no.toml: policy file: there is no such file"),
        (["short.toml", "long.toml", "--pair", "decide"], "--pair: house=base is expected; got 'decide'; write --pair"),
        (["short.toml", "long.toml", "--pair", "decied=decide"], "short has no such limit; got 'decied'; did you mean"),
        (["short.toml", "long.toml", "--implies", "closd=replied"], "short has no such event; got 'closd'; did you"),
        (["short.toml", "long.toml", "--implies", "=replied"], "write --implies accepted_by_customer=replied"),
        (["short.toml", "long.toml", "--set", "tiem=5 days"], "neither rule set has this parameter; got 'tiem'; did"),
        (["short.toml", "long.toml", "--set", "zebra=5 days"], "the parameters are time"),
        (["short.toml", "cbrc-2012-133"], "did you mean 'cbrc-2012-13'"),
        (["short.toml", "long.toml", "--calendar", "no.toml"], "there is no such file"),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_was_meant(
    arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["conform", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert text in shown.err


def test_where_there_is_nothing_to_choose_from_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The hint said which there are, and ended at its colon."""
    bare = tmp_path / "bare.toml"
    bare.write_text(HEAD, encoding="utf-8")
    for asked, en, zh in (
        (["--set", "time=5 days"], "got 'time'; none is declared\n", "给的是“time”；没有声明过\n"),
        (["--pair", "whole=decide"], "got 'whole'; it has none\n", "给的是“whole”；一个也没有\n"),
    ):
        assert main(["conform", str(bare), str(bare), *asked]) == 2
        assert capsys.readouterr().err.endswith(en)
        assert main(["conform", str(bare), str(bare), *asked, "--lang", "zh"]) == 2
        assert capsys.readouterr().err.endswith(zh)


@pytest.mark.usefixtures("files")
def test_without_a_common_limit_that_is_told_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conform", "other.toml", "long.toml"]) == 1
    assert "no limit was compared" in capsys.readouterr().err
    assert main(["conform", "other.toml", "long.toml", "--lang", "zh"]) == 1
    assert "未比对任何时限" in capsys.readouterr().err


def test_the_help_tells_the_three_verdicts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conform", "--help"]) == 0
    assert "proved, laxer" in capsys.readouterr().out
    assert main(["--lang", "zh", "conform", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "担保：凡有内部的前一事项，必已有上位的后一事项" in shown
