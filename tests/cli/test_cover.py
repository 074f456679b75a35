"""`complaint-rules cover`: cases, registers and golden files, bad rows told and passed over, exit status, languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.cli import cover as cli_cover
from tests.cli.test_shell import Run, file
from tests.small import HEAD, limit

AT: Final = ("--at", "2026-10-20T12:00")
RULES: Final = HEAD + limit('[{ within = "5 days" }]', 'when = "repeat"')
KEPT: Final = (
    '{"id": "a", "received": "2026-10-09", "repeat": true, "events": [{"kind": "closed", "at": "2026-10-12"}]}'
)
OTHER: Final = '{"id": "b", "received": "2026-10-09", "repeat": false}'
GOLDEN: Final[dict[str, Any]] = {
    "id": "g-1",
    "policy": {"id": "own"},
    "case": {"received": "2026-10-09", "repeat": True},
    "at": "2026-11-01T09:00:00+08:00",
    "expect": {"clocks": {"whole": {"status": "overdue"}}},
    "checked": {"by": "Wang", "on": "2026-11-28"},
}
TABLE: Final = """\
policy = "own"

[[case]]
id = "late"
title = { zh = "甲", en = "A" }
why = { zh = "乙", en = "B" }
cite = "1"
received = "2026-10-09"
at = "2026-11-01 09:00"
facts = { repeat = true }
limits = { whole = { status = "%s" } }
"""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def rules(tmp_path: Path) -> tuple[str, str]:
    return "--policy", file(tmp_path, "own.toml", RULES)


def golden(**changes: Any) -> str:
    return json.dumps(GOLDEN | changes)


def test_what_cases_reach_is_told(tmp_path: Path, rules: tuple[str, str]) -> None:
    run = Run("cover", file(tmp_path, "a.jsonl", f"{KEPT}\n{OTHER}\n"), *rules, *AT)
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines() == [
        "own (1): 3 of 4 outcomes of its rules reached, 75.0 %, by 2 cases",
        "  limit/whole A 3/4: not reached: late",
    ]
    run = Run("cover", "-", *rules, *AT, "--lang", "zh", "--all", given=f"{KEPT}\n{OTHER}\n".encode())
    assert run.out.splitlines() == [
        "own（1）：规则结果共4项，已覆盖3项，75.0%，案件2件",
        "  limit/whole 甲 3/4：未覆盖 逾期",
        "    按时完成：1件（a）",
        "    不适用：1件（b）",
        "    第1行确定期限：1件（a）",
    ]


def test_a_register_is_read_as_other_commands_read_it(tmp_path: Path, rules: tuple[str, str]) -> None:
    register = file(tmp_path, "book.csv", "编号,收到,重复\nA-1,2026-10-09,是\nA-2,坏,否\n")
    mapping = "fact = { id = '编号', received = '收到', repeat = '重复' }"
    run = Run("cover", register, "--columns", file(tmp_path, "map.toml", mapping), *rules, *AT, "--format", "json")
    assert run.status == 1
    assert run.err.splitlines()[0].startswith(f"{register}:3: 收到: ")
    assert run.err.splitlines()[-1] == "1 row refused"
    data = json.loads(run.out)
    assert (data["cases"], data["reached"], data["percent"]) == (1, 2, "50.0")
    assert [one["outcome"] for one in data["rules"][0]["reached"]] == ["limit/whole late", "limit/whole row 1 binds"]


def test_golden_lines_are_run_on_the_way(tmp_path: Path, rules: tuple[str, str]) -> None:
    wrong = golden(id="g-2", expect={"clocks": {"whole": {"status": "met"}}})
    name = file(
        tmp_path, "own.golden.jsonl", "\n".join((golden(), wrong, "no", golden(), golden(id="g-3", checked=None)))
    )
    run = Run("cover", name, *rules)
    assert run.status == 1
    assert run.err.splitlines() == [
        f"{name}:2: g-2: limit/whole status: wanted met, got overdue",
        f"{name}:3: this is no JSON: Expecting value (at character 1)",
        f"{name}:4: id: the id stands on line 1 already",
        "2 rows refused",
        "1 of 3 golden cases come out otherwise",
        "1 golden cases have been checked by nobody",
    ]
    assert run.out.startswith("own (1): 2 of 4 outcomes of its rules reached, 50.0 %, by 3 cases")
    run = Run("cover", "-", *rules, "--lang", "zh", given=wrong.encode())
    assert run.err.splitlines() == [
        "<stdin>:1: g-2: limit/whole 状态：应为 met，实为 overdue",
        "对照案件1件，其中1件与应得结果不符",
    ]


def test_golden_tables_are_run_too(tmp_path: Path, rules: tuple[str, str]) -> None:
    good, wrong = (file(tmp_path, f"{name}.toml", TABLE % name) for name in ("overdue", "met"))
    other = file(tmp_path, "other.toml", TABLE.replace('"own"', '"owl"') % "met" + "\n[[case]]\nid = 5\n")
    assert Run("cover", good, *rules).status == 0
    run = Run("cover", wrong, other, *rules)
    assert run.status == 1
    told = run.err.splitlines()
    assert told[0] == f"{wrong}:3: late: limit/whole status: wanted met, got overdue"
    assert any(one.startswith(f"{other}:14: case[1].id: a code of up to") for one in told), told
    assert f"{other}:3: policy.id: the case is of another rule set; this is own" in told


def test_a_golden_case_that_is_refused_is_told_and_reaches_nothing(tmp_path: Path, rules: tuple[str, str]) -> None:
    refused = golden(case={"recieved": "2026-10-09"})
    run = Run("cover", file(tmp_path, "a.golden.jsonl", refused), *rules)
    assert run.status == 1
    line, last = run.err.splitlines()
    assert line.startswith(f"{tmp_path}/a.golden.jsonl:1: g-1: refused: wanted nothing is refused or missing, got ")
    assert "recieved: no such key; did you mean 'received'?" in line
    assert last == "1 of 1 golden cases come out otherwise"
    assert run.out.startswith("own (1): 0 of 4 outcomes of its rules reached, 0.0 %, by 1 case")
    good = golden(case={"recieved": "2026-10-09"}, expect={"refused": "recieved"})
    assert Run("cover", file(tmp_path, "b.golden.jsonl", good), *rules).status == 0


def test_a_golden_case_may_count_for_its_own_rules_alone(tmp_path: Path, rules: tuple[str, str]) -> None:
    name = file(tmp_path, "a.golden.jsonl", golden(expect={"violations": []}, id="g"))
    run = Run("cover", name, *rules, "--only-asked")
    assert run.out.startswith("own (1): 0 of 4 ")
    assert Run("cover", name, *rules).out.startswith("own (1): 2 of 4 ")


@pytest.mark.parametrize(("least", "status"), [("75", 0), ("75.1", 1)])
def test_less_than_what_is_asked_fails(tmp_path: Path, rules: tuple[str, str], least: str, status: int) -> None:
    name = file(tmp_path, "a.jsonl", f"{KEPT}\n{OTHER}\n")
    run = Run("cover", name, *rules, *AT, "--min", least)
    assert run.status == status
    assert run.err == ("less than --min 75.1 % was reached\n" if status else "")
    assert Run("cover", name, *rules, *AT, "--min", "80", "--lang", "zh").err == "覆盖率未达到 --min 80%\n"


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("a.jsonl", "--policy", "psbc-95850"), "no such policy is shipped; got 'psbc-95850'; did you mean"),
        (("a.jsonl", "--policy", "petition-2022"), "coverage is that of one edition; got 'petition-2022'; name the"),
        (("no-such.jsonl", "--policy", "psbc-95580"), "no-such.jsonl: there is no such file"),
        (("a.jsonl", "--policy", "psbc-95580", "--min", "101"), "a number from 0 to 100 is expected, not '101'"),
        (("a.jsonl", "--policy", "psbc-95580", "--min", "most"), "a number from 0 to 100 is expected, not 'most'"),
        (("--policy", "psbc-95580"), "the following arguments are required: FILE"),
    ],
)
def test_what_cannot_be_used_is_told_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file(tmp_path, "a.jsonl", KEPT)
    run = Run("cover", *argv)
    assert run.status == 2
    assert says in run.err


def test_what_a_case_leads_to_costs_that_case(
    tmp_path: Path, rules: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    early = '{"id": "c", "received": "2027-01-01T09:00+08:00"}'
    run = Run("cover", file(tmp_path, "a.jsonl", f"{early}\n{KEPT}\n"), *rules, *AT)
    assert "a.jsonl:1: at: it lies before the receipt, 2027-01-01T09:00:00+08:00" in run.err.splitlines()[0]
    assert run.out.startswith("own (1): 2 of 4 ")

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli_cover, "assess", broken)
    run = Run("cover", file(tmp_path, "a.jsonl", KEPT), *rules, *AT)
    assert "a.jsonl:1: it cannot be read (ZeroDivisionError); a mistake of this library" in run.err
    assert run.status == 2, "it was the only row, and of none there is no coverage"
