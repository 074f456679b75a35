"""`complaint-rules kit`, `kit check` and `schema`: a kit made, answered and checked from the shell, and bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.cli import kit as cli_kit
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.kits import SCHEMAS, schema
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from tests.cli.test_shell import Run, file

GOLDEN: Final = Path(__file__).parents[1] / "golden"


def line(id: str = "g-1", value: str = "urgent", **changes: Any) -> str:
    data: dict[str, Any] = {
        "id": id,
        "policy": {"id": "psbc-95580"},
        "rule": "table/priority",
        "cite": "5",
        "case": {"received": "2026-09-30", "repeat": True},
        "at": "2026-10-09T09:00:00+08:00",
        "expect": {"findings": {"priority": value}},
    }
    return json.dumps({**data, **changes})


GOOD: Final = f"{line()}\n{line('g-2')}\n"
ANSWER: Final = '{"id": "g-1", "findings": {"priority": "urgent"}}\n{"id": "g-2", "findings": {"priority": "urgent"}}\n'


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    cases = file(tmp_path, "own.golden.jsonl", GOOD)
    run = Run("kit", "psbc-95580", "--cases", cases, "--out", str(folder))
    assert (run.status, run.err) == (0, "")
    assert run.out == f"{folder}: 2 golden cases (psbc-95580@2016)\n"
    return folder


def test_a_kit_is_made_answered_and_checked(made: Path, tmp_path: Path) -> None:
    run = Run("kit", "check", str(made), file(tmp_path, "answers.jsonl", ANSWER))
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines() == [
        "psbc-95580@2016",
        "  table/priority (art. 5): 2 of 2 passed",
        "2 cases: 2 passed, 0 not as expected, 0 unanswered",
    ]
    piped = Run("kit", "check", str(made), "-", given=ANSWER.encode())
    assert piped.out == run.out


def test_what_differs_is_told_by_rule_and_bad_lines_by_their_place(made: Path, tmp_path: Path) -> None:
    answers = file(
        tmp_path, "answers.jsonl", '{"id": "g-1", "findings": {"priority": "ordinary"}}\nnot json\n{"id": "g-9"}\n'
    )
    run = Run("kit", "check", str(made), answers)
    assert run.status == 1
    assert run.err.splitlines() == [
        f"{answers}:2: this is no JSON: Expecting value (at character 1)",
        f"{answers}:3: id: the kit has no such case; did you mean 'g-2'?",
    ]
    assert '    g-1: findings.priority: wanted "urgent", got "ordinary"\n    g-2: unanswered\n' in run.out
    zh = Run("kit", "check", str(made), answers, "--lang", "zh")
    assert f"{answers}:3: id：套件没有这件案件；是否想写“g-2”？" in zh.err
    assert "table/priority（第五条）：2件中0件相符" in zh.out
    assert zh.out.endswith("共2件：0件相符，1件不符，1件未答；答案有2处错误\n")


def test_a_report_comes_as_json_too(made: Path, tmp_path: Path) -> None:
    run = Run("kit", "check", str(made), file(tmp_path, "a.jsonl", ANSWER.partition("\n")[0]), "--format", "json")
    data = json.loads(run.out)
    assert (run.status, data["good"]) == (1, False)
    assert data["counts"] == {"passed": 1, "differs": 0, "unanswered": 1}


def test_cases_that_cannot_stand_in_a_kit_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [
        line(), "not json", line("g-1"), line("g-3", "ordinary"), line("g-4", rule="table/prio"), line("g-5", at=5),
        line("g-6", policy={"id": "psbc"}), line("g-7"),
    ]  # fmt: skip
    cases, more = file(tmp_path, "a.golden.jsonl", "\n".join(lines)), file(tmp_path, "b.golden.jsonl", line("g-7"))
    folder = tmp_path / "kit"
    run = Run("kit", "psbc-95580", "--cases", cases, "--cases", more, "--out", str(folder))
    assert run.status == 1
    assert run.out == f"{folder}: 2 golden cases (psbc-95580@2016)\n"
    told = [one.removeprefix(f"{tmp_path}/").split(": ")[0] for one in run.err.splitlines()]
    wanted = [f"a.golden.jsonl:{number}" for number in (2, 3, 4, 5, 6, 7)]
    assert list(dict.fromkeys(told)) == [*wanted, "b.golden.jsonl:1", "7 refused"]
    assert run.err.splitlines()[-1] == "7 refused"
    assert f"{cases}:4: g-3: table/priority: wanted ordinary, got urgent" in run.err.splitlines()
    assert "there is another case with this id" in run.err
    zh = Run("kit", "psbc-95580", "--cases", cases, "--out", str(folder), "--lang", "zh")
    assert "退回6件" in zh.err
    assert f"{cases}:4: g-3: table/priority：应为 ordinary，实为 urgent" in zh.err.splitlines()
    assert "对照案件2件" in zh.out


def test_golden_files_as_toml_go_into_a_kit(tmp_path: Path) -> None:
    golden = str(GOLDEN / "reply-24h.toml")
    run = Run("kit", "reply-24h", "--cases", golden, "--out", str(tmp_path / "kit"))
    assert (run.status, run.err) == (0, "")
    text = Path(golden).read_text("utf-8").replace('status = "overdue"', 'status = "ovrdue"', 1)
    broken = file(tmp_path, "reply-24h.toml", text)
    run = Run("kit", "reply-24h", "--cases", broken, "--out", str(tmp_path / "kit"))
    assert run.status == 1
    assert "did you mean 'overdue'" in run.err
    assert run.err.endswith("1 refused\n")


def test_one_mistake_of_the_library_costs_one_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(case: GoldenCase, policies: list[Policy]) -> GoldenCase:
        if case.id == "g-1":
            raise ZeroDivisionError
        return case

    monkeypatch.setattr(cli_kit, "made_ready", fails)
    cases = file(tmp_path, "a.golden.jsonl", GOOD)
    run = Run("kit", "psbc-95580", "--cases", cases, "--out", str(tmp_path / "kit"))
    assert run.status == 1
    assert run.err.startswith(f"{cases}:1: it cannot be read (ZeroDivisionError); a mistake of this library")


def test_without_cases_they_are_made_from_the_rules(tmp_path: Path) -> None:
    run = Run("kit", "property-validity", "--out", str(tmp_path / "kit"))
    assert (run.status, run.err) == (0, "")
    assert run.out.endswith(" golden cases (property-validity@sample)\n")
    made = [json.loads(one) for one in (tmp_path / "kit" / "cases.jsonl").read_text("utf-8").splitlines()]
    assert {one["id"].partition("/")[0] for one in made} == {"property-validity@sample"}
    assert all(one["checked"] is None for one in made)


def test_where_every_case_is_refused_there_is_no_kit(tmp_path: Path) -> None:
    cases = file(tmp_path, "a.golden.jsonl", "{}")
    run = Run("kit", "psbc-95580", "--cases", cases, "--out", str(tmp_path / "kit"))
    assert run.status == 2
    assert run.err.endswith("kit: no case is left for it; add --cases FILE.golden.jsonl\n")
    assert not (tmp_path / "kit").exists()


def test_cases_may_be_piped_and_parameters_supplied(tmp_path: Path) -> None:
    case = line(policy={"id": "cbirc-2020-3"}, rule="limit/decide", cite="", expect={"violations": []})
    case = json.dumps({key: value for key, value in json.loads(case).items() if value})
    out = str(tmp_path / "kit")
    run = Run("kit", "cbirc-2020-3", "--set", "retention=5 years", "--cases", "-", "--out", out, given=case.encode())
    assert (run.status, run.err) == (0, "")
    assert '"parameters": {"retention": "5 years"}' in (tmp_path / "kit" / "cases.jsonl").read_text()


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (("psbc-95580",), "--out: the folder of the kit is missing; add --out kit"),
        (("psbc-95580", "--out", "kit", "--cases", "-"), "<stdin>: it is empty: there is no row in it"),
        (("psbc-95850", "--out", "kit"), "no such policy is shipped; got 'psbc-95850'; did you mean"),
        (("psbc-95580", "psbc-95580", "--out", "kit"), "the rule set is given twice"),
        (("psbc-95580", "reply-24h", "--set", "a=b", "--out", "kit"), "figures are supplied for one rule set"),
        (("psbc-95580", "--out", "kit", "--cases", "none.jsonl"), "none.jsonl: there is no such file"),
        (("check",), "kit check: a kit and a file of answers are expected"),
        (("check", "kit"), "complaint-rules kit check DIR ANSWERS.jsonl"),
        (("check", "kit", "a", "b"), "a kit and a file of answers are expected"),
        (("check", "kit", "answers.jsonl"), "there is no kit in this folder"),
        ((), "the following arguments are required: POLICY"),
    ],
)
def test_what_cannot_be_used_ends_with_2(
    argv: tuple[str, ...], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = Run("kit", *argv)
    assert run.status == 2
    assert why in run.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    cases = file(tmp_path, "a.golden.jsonl", GOOD)
    run = Run("kit", "psbc-95580", "--cases", cases, "--out", str(tmp_path))
    assert run.status == 2
    assert "the folder holds other things, and is no kit" in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.golden.jsonl"]
    zh = Run("kit", "psbc-95580", "--cases", cases, "--out", cases, "--lang", "zh")
    assert "这是文件，不是文件夹" in zh.err


def test_answers_that_are_no_lines_and_a_kit_that_was_changed_end_with_2(made: Path, tmp_path: Path) -> None:
    run = Run("kit", "check", str(made), file(tmp_path, "a.jsonl", "[\n{}\n]"))
    assert (run.status, run.out) == (2, "")
    assert "one JSON text spread over lines" in run.err
    (made / "cases.jsonl").write_text(line("g-1", "ordinary"))
    run = Run("kit", "check", str(made), file(tmp_path, "a.jsonl", ANSWER))
    assert run.status == 2
    assert "it was changed since the kit was made; make it anew" in run.err


# --- schemas ---


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_printed(name: str) -> None:
    run = Run("schema", name)
    assert (run.status, run.err) == (0, "")
    assert json.loads(run.out) == schema(name)


def test_without_a_name_the_schemas_are_listed() -> None:
    assert [one.split()[0] for one in Run("schema").out.splitlines()] == list(SCHEMAS)
    assert "policy      规则文件：投诉处理规则集" in Run("schema", "--lang", "zh").out
    assert "policy      policy file: a set" in Run("schema").out


def test_a_schema_of_cases_may_be_one_under_a_rule_set() -> None:
    run = Run("schema", "case", "--policy", "psbc-95580")
    assert "unionpay" in json.loads(run.out)["properties"]["extra"]["properties"]
    assert Run("schema", "policy", "--policy", "psbc-95580").status == 2
    wrong = Run("schema", "cases", "--lang", "zh")
    assert wrong.status == 2
    assert "没有这个名称的格式；给的是“cases”；是否想写“case”？" in wrong.err
