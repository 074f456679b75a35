"""`complaint-rules generate`: cases and tables out, what was signed kept, bad lines told, exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests import small
from tests.cli.test_shell import Run

RULES = small.table("urgency", ("urgent", "complainants >= 3"), ("ordinary", ""))


def own(path: Path, rules: str = RULES) -> str:
    file = path / "own.toml"
    file.write_text(f"{small.HEAD}\n{rules}\n", encoding="utf-8")
    return str(file)


def made(*args: str, given: bytes = b"") -> tuple[int, list[dict[str, Any]], str]:
    run = Run("generate", *args, given=given)
    return run.status, [json.loads(line) for line in run.out.splitlines()], run.err


def test_cases_come_one_a_line_and_how_many_are_unchecked_is_told(tmp_path: Path) -> None:
    status, cases, err = made(own(tmp_path), "--lang", "en")
    assert status == 0
    assert [case["expect"]["findings"]["urgency"] for case in cases][:2] == ["urgent", "ordinary"]
    assert {case["checked"] for case in cases} == {None}
    assert err == f"own: {len(cases)} cases, {len(cases)} of them unchecked (row 2, pair 1, unknown 1)\n"


def test_a_table_to_check_by_comes_as_markdown(tmp_path: Path) -> None:
    run = Run("generate", own(tmp_path), "--format", "md", "--lang", "zh")
    assert run.status == 0
    assert run.out.startswith("# 测试规则\n")
    assert "| 编号 | 已知 | 因为 | 应得 | 条款 | 核对 |" in run.out
    assert "4件未经人工核对" in run.err


def test_what_was_signed_stays_and_a_moved_answer_is_told_with_status_1(tmp_path: Path) -> None:
    _, cases, _ = made(own(tmp_path))
    cases[0]["checked"] = {"by": "Zhang", "on": "2026-11-27"}
    kept = tmp_path / "own.golden.jsonl"
    kept.write_text("".join(f"{json.dumps(case)}\n" for case in cases), encoding="utf-8")
    status, again, err = made(own(tmp_path), "--keep", str(kept), "--lang", "en")
    assert (status, again[0]["checked"]) == (0, {"by": "Zhang", "on": "2026-11-27"})
    assert "3 of them unchecked" in err
    status, again, err = made(own(tmp_path, RULES.replace(">= 3", ">= 4")), "--keep", str(kept), "--lang", "en")
    assert status == 1
    assert f"the answer moved: {cases[0]['id']} (signed): table/urgency: wanted urgent, got ordinary" in err
    assert cases[0]["id"] in [case["id"] for case in again]


def test_a_bad_line_is_told_with_its_place_and_the_rest_is_kept(tmp_path: Path) -> None:
    _, cases, _ = made(own(tmp_path))
    cases[1]["checked"] = {"by": "Zhang", "on": "2026-11-27"}
    kept = tmp_path / "own.golden.jsonl"
    kept.write_text(f"{{}}\n{json.dumps(cases[1])}\n", encoding="utf-8")
    status, again, err = made(own(tmp_path), "--keep", str(kept), "--lang", "en")
    assert status == 1
    assert f"{kept}:1: id: " in err
    assert [case["checked"] for case in again] == [None, {"by": "Zhang", "on": "2026-11-27"}, None, None]


def test_a_case_that_cannot_be_kept_gives_status_1(tmp_path: Path) -> None:
    _, cases, _ = made(own(tmp_path))
    kept = tmp_path / "own.golden.jsonl"
    kept.write_text(json.dumps(cases[0]), encoding="utf-8")
    status, _, err = made("property-validity", "--keep", str(kept), "--lang", "en")
    assert status == 1
    assert "not kept: table/urgency[0]:row:holds: policy.id: the case is of another rule set" in err


def test_a_file_that_is_not_there_and_a_policy_that_does_not_load_are_unusable(tmp_path: Path) -> None:
    assert Run("generate", own(tmp_path), "--keep", str(tmp_path / "none.jsonl")).status == 2
    assert Run("generate", "psbc-95508").status == 2


def test_figures_that_the_text_leaves_open_are_supplied_on_the_line() -> None:
    _, cases, _ = made("boc-sanming", "--set", "handling_time=5 working days")
    assert cases[0]["policy"]["parameters"] == {"handling_time": "5 working days"}


def test_cases_of_an_earlier_run_can_come_through_standard_input(tmp_path: Path) -> None:
    _, cases, _ = made(own(tmp_path))
    before = "".join(f"{json.dumps(case)}\n" for case in cases)
    status, again, err = made(own(tmp_path), "--keep", "-", given=f"{before}[]\n".encode())
    assert (status, again) == (1, cases)
    assert err.startswith("<stdin>:5: ")
