"""One table of exit statuses: every command with a missing file, a directory, one that cannot be read, and bad rows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.cli.parsing import Parser
from complaint_rules.cli.shell import _parser
from tests import small
from tests.cli.test_shell import AT, ROOT, Run, file

PSBC: Final = "psbc-95580"
FILES: Final[dict[str, tuple[str, ...]]] = {
    "assess FILE": ("assess", "{}", "--policy", PSBC, *AT),
    "assess --policy": ("assess", "good.jsonl", "--policy", "{}", *AT),
    "assess --columns": ("assess", "good.jsonl", "--policy", PSBC, "--columns", "{}", *AT),
    "assess --calendar": ("assess", "good.jsonl", "--policy", PSBC, "--calendar", "{}", *AT),
    "report FILE": ("report", "{}", "--policy", PSBC, *AT),
    "report --base": ("report", "good.jsonl", "--policy", PSBC, "--base", "{}", *AT),
    "cover FILE": ("cover", "{}", "--policy", PSBC, *AT),
    "cover --policy": ("cover", "good.jsonl", "--policy", "{}", *AT),
    "diff OLD": ("diff", "{}", PSBC),
    "diff NEW": ("diff", PSBC, "{}"),
    "diff CASES": ("diff", PSBC, PSBC, "{}"),
    "conform HOUSE": ("conform", "{}", PSBC),
    "conform BASE": ("conform", PSBC, "{}"),
    "generate POLICY": ("generate", "{}"),
    "generate --keep": ("generate", "property-validity", "--keep", "{}"),
    "kit POLICY": ("kit", "{}", "--out", "kit"),
    "kit --cases": ("kit", "reply-24h", "--cases", "{}", "--out", "kit"),
    "kit check DIR": ("kit", "check", "{}", "good.jsonl"),
    "kit check ANSWERS": ("kit", "check", "made", "{}"),
    "explain CASE": ("explain", "{}", "--policy", PSBC, *AT),
    "compare POLICY": ("compare", "{}", PSBC),
    "check FILE": ("check", "{}"),
    "check FILE --deep": ("check", "{}", "--deep"),
    "schema --policy": ("schema", "case", "--policy", "{}"),
    "calendar --calendar": ("calendar", "2026", "--calendar", "{}"),
    "due --calendar": ("due", "2026-09-30", "5 days", "--calendar", "{}"),
}
"""Every way in which a command is given a file."""
WITHOUT_FILES: Final = {"demo", "policies"}
GOOD: Final = '{"id": "a", "received": "2026-09-30T16:05+08:00"}\n'
BAD: Final = '{"id": "b", "received": "yesterday"}\n'


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kits") / "made"
    assert Run("kit", "property-validity", "--out", str(made)).status == 0
    return made


@pytest.fixture
def here(kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file(tmp_path, "good.jsonl", GOOD)
    shutil.copytree(kit, "made")
    return tmp_path


@pytest.mark.parametrize("kind", ["missing", "directory", "UTF-16", "GB18030"])
@pytest.mark.parametrize("way", FILES)
def test_a_file_that_cannot_be_used_ends_with_2_and_is_named(here: Path, way: str, kind: str) -> None:
    ending = ".toml" if re.search(r"policy|POLICY|OLD|NEW|HOUSE|BASE|deep", way) and "{}" in FILES[way] else ".jsonl"
    name = f"./given{ending}"
    match kind:
        case "missing":
            pass
        case "directory":
            (here / name).mkdir()
        case "UTF-16":
            file(here, name, "id".encode("utf-16"))
        case _:
            file(here, name, "客户\n".encode("gb18030"))
    run = Run(*(one.format(name) for one in FILES[way]), "--lang", "en")
    told = run.err.splitlines()
    assert any("given" in line for line in told), told
    # Each row of a register or of answers has an answer of its own; a line in another encoding is such a row.
    by_row = kind == "GB18030" and way in {"assess FILE", "kit check ANSWERS"}
    assert run.status == (1 if by_row else 2), told
    assert run.status == 1 or run.out == ""


def test_every_command_is_in_the_table_of_the_docs_and_is_tried() -> None:
    commands = {
        name
        for action in _parser("en")._actions
        if isinstance(action.choices, dict)
        for name, one in action.choices.items()
        if isinstance(one, Parser)
    }
    assert {way.split()[0] for way in FILES} | WITHOUT_FILES == commands
    page = (ROOT / "docs" / "exit-status.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    listed = {name.split()[0] for row in rows for name in re.findall(r"`([a-z][a-z -]*)`", row)}
    assert listed == commands


@pytest.mark.parametrize(
    ("argv", "some", "every"),
    [
        (("assess", "{}", "--policy", PSBC, *AT), 1, 1),  # each row has an answer of its own
        (("report", "{}", "--policy", PSBC, *AT), 1, 2),
        (("cover", "{}", "--policy", PSBC, *AT), 1, 2),
        (("diff", PSBC, PSBC, "{}"), 1, 2),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else "",
)
def test_a_refused_row_is_1_and_where_one_result_is_made_of_all_rows_nothing_left_is_2(
    here: Path, argv: tuple[str, ...], some: int, every: int
) -> None:
    file(here, "some.jsonl", GOOD + BAD)
    file(here, "every.jsonl", BAD)
    assert Run(*(one.format("good.jsonl") for one in argv)).status == 0
    assert Run(*(one.format("some.jsonl") for one in argv)).status == some
    assert Run(*(one.format("every.jsonl") for one in argv)).status == every


def test_golden_cases_of_which_none_is_left_are_2(here: Path) -> None:
    file(here, "every.golden.jsonl", "{}\n")
    for argv in (
        ("cover", "every.golden.jsonl", "--policy", PSBC),
        ("kit", PSBC, "--cases", "every.golden.jsonl", "--out", "kit"),
        ("generate", "property-validity", "--keep", "every.golden.jsonl"),
    ):
        run = Run(*argv, "--lang", "en")
        assert (run.status, run.out) == (2, "")
        assert run.err.startswith("every.golden.jsonl:1: id: ")
    run = Run("generate", "property-validity", "--keep", "every.golden.jsonl", "--lang", "zh")
    assert run.err.splitlines()[-1].startswith("complaint-rules generate: every.golden.jsonl: ")


def rules(path: Path) -> tuple[Any, ...]:
    return "--policy", file(path, "own.toml", small.HEAD + small.limit('[{ within = "5 days" }]'))


def test_a_key_on_several_lines_is_told_by_cover(here: Path) -> None:
    twice = file(here, "twice.jsonl", GOOD + GOOD)
    run = Run("cover", twice, *rules(here), *AT, "--lang", "en")
    assert run.status == 0
    assert run.err == f"{twice}: 1 key stands on more than one line (lines 1 and 2)\n"
    assert "by 2 cases" in run.out
    run = Run("cover", "good.jsonl", "-", *rules(here), *AT, "--lang", "zh", given=GOOD.encode())
    assert run.err == "1个编号出现在多行（第good.jsonl:1、<stdin>:1行）\n"
    run = Run("cover", "-", *rules(here), *AT, "--lang", "en", given=(GOOD + GOOD).encode())
    assert run.err.startswith("<stdin>: 1 key stands")


@pytest.mark.parametrize(("lang", "says"), [("en", "(default: the clock's)"), ("zh", "默认：系统时钟")])
def test_that_cover_reads_the_clock_stands_in_its_help(lang: str, says: str) -> None:
    run = Run("--lang", lang, "cover", "--help")
    text = " ".join(run.out.split())
    assert says in text.replace("（", "").replace("）", "") if lang == "zh" else says in text
    assert ("系统时钟评估" if lang == "zh" else "assessed as of the system's clock") in text
