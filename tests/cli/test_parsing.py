"""Arguments, help and refusals in the language of the run; in English as argparse has them."""

from __future__ import annotations

import gettext
import re
from pathlib import Path
from typing import Final

import pytest

from complaint_rules.cli.parsing import Parser, chinese_half, in_help, spoken_lang
from complaint_rules.cli.shell import main
from tests.cli.test_shell import AT, PSBC, Run, file

COMMANDS: Final = ("demo", "assess", "due", "calendar", "policies", "explain", "compare", "check")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["due"], "complaint-rules due：错误：缺少参数：START, PERIOD\n"),
        (["calnedar"], "complaint-rules：错误：参数 COMMAND：没有这一选项：“calnedar”"),
        (["calendar", "MMXXVI"], "complaint-rules calendar：错误：参数 YEAR：应为整数，给的是“MMXXVI”\n"),
        (["calendar", "2026", "2027"], "complaint-rules：错误：不认识的参数：2027\n"),
        (["assess", "a.csv", "--policy"], "complaint-rules assess：错误：参数 --policy：其后应有一个值\n"),
        (["due", "--opening-day=1"], "complaint-rules due：错误：参数 --opening-day：它不带值：“1”\n"),
        (
            ["assess", "a.csv", "--policy", "x", "--jobs", "99"],
            "complaint-rules assess：错误：参数 --jobs：进程数应为1至64，给的是“99”\n",
        ),
    ],
)
def test_wrong_arguments_are_told_in_chinese(argv: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(*argv, "--lang", "zh")
    assert (run.status, run.out) == (2, "")
    usage, error = run.err.rsplit("\n", 2)[:2]
    assert usage.startswith("用法：complaint-rules")
    assert f"{error}\n".startswith(told)
    assert capsys.readouterr() == ("", "")


def test_wrong_arguments_are_told_in_english_as_ever() -> None:
    run = Run("due", "--lang", "en")
    assert run.status == 2
    assert run.err.startswith("usage: complaint-rules due [-h]")
    assert run.err.endswith("complaint-rules due: error: the following arguments are required: START, PERIOD\n")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_is_in_chinese_alone(command: str) -> None:
    run = Run(*filter(None, [command]), "--lang", "zh", "--help")
    assert run.status == 0
    assert run.out.startswith("用法：complaint-rules")
    for head in ("usage:", "options:", "arguments", "examples", "default", "show this"):
        assert head not in run.out
    for line in run.out.split("\n"):
        told = re.sub(r"^  (complaint-rules|echo) .*?(\s{2,}|$)", "", line)
        assert re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", told) is None, line


def test_the_language_of_the_arguments_is_the_last_one_named() -> None:
    assert spoken_lang(["--lang", "zh", "due"], "en") == "zh"
    assert spoken_lang(["due", "--lang=zh", "--lang", "en"], "zh") == "en"
    assert spoken_lang(["due", "--lang", "fr"], "zh") == "zh"
    assert spoken_lang(["due", "--lang"], "en") == "en"
    assert spoken_lang([], "zh") == "zh"


def test_without_arguments_those_of_the_process_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["complaint-rules", "--lang=zh"])
    assert spoken_lang(None, "en") == "zh"


def test_the_locale_decides_where_no_language_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert Run("due").err.endswith("：错误：缺少参数：START, PERIOD\n")
    assert Run("due", "2026-10-01", "5").err == (
        "complaint-rules due: 期限：没有单位；给的是“5”；写“5日”或“5个工作日”\n"
    )


def test_a_closed_output_is_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert main(["policies", "--lang", "zh"]) == 2
    monkeypatch.undo()
    assert capsys.readouterr().err == "complaint-rules: 标准输出已关闭\n"


def test_nothing_outside_the_parser_speaks_another_language() -> None:
    Run("due", "--lang", "zh")
    assert gettext.gettext("usage: ") == "usage: "
    assert Parser(prog="own").format_usage() == "usage: own [-h]\n"


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("", ""),
        ("A line in English alone", ""),
        ("只有中文", "只有中文"),
        ("examples 示例:", "示例："),
        ("exit status 退出状态: 0 好 good · 1 坏 bad", "退出状态：0 好 · 1 坏"),
        ("  complaint-rules demo", "  complaint-rules demo"),
        ("  complaint-rules demo   一件 one", "  complaint-rules demo   一件"),
        ("末列 faults 为问题", "末列 faults 为问题"),
    ],
)
def test_the_chinese_half_of_a_line(text: str, half: str) -> None:
    assert chinese_half(text) == half


def test_a_help_text_without_chinese_stays() -> None:
    parser = Parser(prog="own", lang="zh", usage="own FILE", add_help=False)
    parser.add_argument("file", help="quite new")
    parser.add_argument("--hidden", help=None)
    parser.add_argument_group("own group").add_argument("--more", help="more")
    shown = parser.format_help()
    assert shown.startswith("用法：own FILE\n\n参数：\n  file             quite new\n")
    assert "own group:\n" in shown
    assert in_help("quite new", "zh") == "quite new"


def test_a_run_over_a_bad_register_is_told_in_chinese(tmp_path: Path) -> None:
    book = file(tmp_path, "台账.csv", "工单号,受理日期\nA-1,2026-09-30\nA-2,13800000000\n")
    columns = file(
        tmp_path,
        "map.toml",
        "fact = { id = '工单号', received = '受理日期' }\nevent = [{ kind = 'close', at = '受理日期' }]",
    )
    run = Run(
        "assess", book, "--columns", columns, "--policy", "psbc-95580", "--at", "2026-10-09T09:00+08:00", "--lang", "zh"
    )
    assert run.err == (
        f"{columns}: 规则集 psbc-95580 没有这一名称：事件“close”；是否想写“closed”？\n"
        f"{book}:3: 受理日期：这个日期没有唯一的读法；形如 99999999999；"
        "在 dates 中写明格式，如 dates = ['%d/%m/%Y']\n"
        f"{book}: 已评估1件，退回1行\n"
    )


def test_what_cannot_be_used_is_told_in_chinese(tmp_path: Path) -> None:
    missing = str(tmp_path / "no.csv")
    assert Run("assess", missing, *PSBC, "--lang", "zh").err == f"complaint-rules assess: {missing}: 没有这个文件\n"
    own = file(tmp_path, "own.toml", "id = 5\n")
    told = Run("check", own, "--lang", "zh").err.split("\n")
    assert told[0].startswith("complaint-rules check: own.toml: 规则集未通过；")
    assert "  own.toml: id: 应为代码，最多80个 ASCII 字母、数字、“_”“-”“.”；给的是5" in told


def test_an_amendment_that_cannot_be_used_is_told_in_chinese(tmp_path: Path) -> None:
    case = (
        '{"id": "a", "received": "2026-09-30T09:05+08:00", "events": [{"kind": "amended",'
        ' "at": "2026-09-30T10:00+08:00", "set": {"complainants": 0}}]}'
    )
    told = {
        lang: Run("explain", file(tmp_path, "a.json", case), *PSBC[:2], *AT, "--lang", lang).out
        for lang in ("zh", "en")
    }
    assert "的更正无法采用，未计入：Complaint.complainants：应为1或以上的整数" in told["zh"]
    assert "cannot be used, left out: Complaint.complainants: a whole number of at least 1 is expected" in told["en"]
