"""The plugin of pytest: coverage of rules, golden files as tests, nothing at all where nobody asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules import assessing
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.errors import CalendarUnpublished
from complaint_rules_pytest import golden, noting  # here, so that what is patched is what a run inside finds
from tests.small import HEAD, duty, limit

pytest_plugins = ["pytester"]

PLUGIN: Final = ("-p", "complaint_rules_pytest.plugin", "-p", "no:cacheprovider")
RULES: Final = HEAD + limit('[{ within = "5 days" }]') + "\n" + duty("must_not", '"disclosed"', id="secret")
ALL: Final = "own (1): 5 of 5 outcomes of its rules reached, 100.0 %, by {} cases"
CASE: Final[dict[str, Any]] = {
    "id": "in_time",
    "policy": {"id": "own"},
    "case": {
        "received": "2026-10-09T09:00:00+08:00",
        "events": [{"kind": "closed", "at": "2026-10-14T09:00:00+08:00"}],
    },
    "at": "2026-10-15T09:00:00+08:00",
    "expect": {"clocks": {"whole": {"status": "met", "due_at": "2026-10-14T23:59:59.999999+08:00"}}},
}
LATE: Final = CASE | {
    "id": "late",
    "at": "2026-11-15T09:00:00+08:00",
    "case": {
        "received": "2026-10-09T09:00:00+08:00",
        "events": [{"kind": "disclosed", "at": "2026-10-15T09:00:00+08:00"}],
    },
    "expect": {"clocks": {"whole": {"status": "overdue"}}, "duties": {"secret": "breached"}},
}
TESTS: Final = """
from complaint_rules import Complaint, assess
import datetime as dt

RECEIVED = dt.datetime.fromisoformat("2026-10-09T09:00+08:00")

def found(policy, days):
    return assess(Complaint(id="c-1", received=RECEIVED), policy, at=RECEIVED + dt.timedelta(days=days))

def test_late(policy):
    assert found(policy, 30).clocks["whole"].status == "overdue"

def test_nothing_read(policy):
    for _ in range(20):
        found(policy, 30)

def test_duties(policy):
    assert [duty.status.value for duty in found(policy, 1).duties] == ["in_force"]
"""


def told(result: pytest.RunResult) -> str:
    return "\n".join(result.outlines + result.errlines)


def lines(*cases: object) -> str:
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in cases)


@pytest.fixture
def own(pytester: pytest.Pytester) -> Path:
    """Write the small policy."""
    path = pytester.path / "own.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


def test_coverage_is_told_of_what_the_tests_have_read(pytester: pytest.Pytester, own: Path) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess(*PLUGIN, f"--rules={own}")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        [
            "*= rules =*",
            "own (1): 3 of 5 outcomes of its rules reached, 60.0 %, by 3 cases",
            "  limit/whole A 2/3: not reached: kept",
            "  duty/secret A 1/2: not reached: breached",
        ]
    )
    assert assessing.Assessment is Assessment, "the library is as it was"  # type: ignore[attr-defined]  # patched there


def test_what_cannot_be_counted_reaches_nothing_and_breaks_no_test(
    pytester: pytest.Pytester, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_: object) -> None:
        raise CalendarUnpublished(what="2031", why="not published")

    monkeypatch.setattr(noting, "reached_so_far", unknown)
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess(*PLUGIN, f"--rules={own}")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["own (1): 0 of 5 outcomes of its rules reached, 0.0 %, by 0 cases"])


def test_the_language_is_asked_for(pytester: pytest.Pytester, own: Path) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess(*PLUGIN, f"--rules={own}", "--rules-lang=zh")
    result.stdout.fnmatch_lines(["own（1）：规则结果共5项，已覆盖3项，60.0%，案件3件"])


def test_what_fails_is_told_in_the_language_asked_for(pytester: pytest.Pytester, own: Path) -> None:
    wrong = CASE | {"expect": {"clocks": {"whole": {"status": "overdue"}}}}
    other = CASE | {"id": "other", "policy": {"id": "nosuch"}}
    (pytester.path / "own.golden.jsonl").write_text(lines(wrong, other, {"id": "x"}), encoding="utf-8")
    (pytester.path / "none.golden.jsonl").write_text("", encoding="utf-8")
    (pytester.path / "own.golden.toml").write_text('policy = "own"\nmore = 1\n', encoding="utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN, f"--rules={own}", "--rules-lang=zh", "--rules-min=99")
    text = told(result)
    for line in (
        "own.golden.jsonl:1: in_time",
        "  limit/whole 状态：应为 overdue，实为 met",
        "own.golden.jsonl:2: 规则集：没有随附这个规则集；给的是“nosuch”",
        "own.golden.jsonl:3: policy：对照案件必须有这个键，现缺少",
        "none.golden.jsonl: 文件为空",
        "own.golden.toml:2: more: 对照案件文件没有这个键；给的是“more”",
        "= 规则 =",
        "，不足 --rules-min=99",
    ):
        assert line in text, text
    for english in ("is less than", "no such policy", "needs this key", "has no such key", "wanted"):
        assert english not in text


def test_what_is_asked_wrongly_is_told_in_the_language_asked_for(pytester: pytest.Pytester) -> None:
    zh = (*PLUGIN, "--rules-lang=zh")
    pytester.makepyfile("def test_it(policy):\n    pass")
    assert "请写明哪一套，如 --rules=psbc-95580" in told(pytester.runpytest_inprocess(*zh, "--rules-min=60"))
    assert "没有随附这个规则集" in told(pytester.runpytest_inprocess(*zh, "--rules=nosuch"))
    assert "请写 --rules=psbc-95580" in told(pytester.runpytest_inprocess(*zh))


@pytest.mark.parametrize(("least", "status"), [("60", pytest.ExitCode.OK), ("60.1", pytest.ExitCode.TESTS_FAILED)])
def test_a_run_that_reaches_too_little_fails(
    pytester: pytest.Pytester, own: Path, least: str, status: pytest.ExitCode
) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess(*PLUGIN, f"--rules={own}", f"--rules-min={least}")
    assert result.ret == status
    text = "own: 60.0 % of the outcomes of its rules is less than --rules-min=60.1"
    assert (text in told(result)) is (status != pytest.ExitCode.OK)


def test_a_run_without_tests_reaches_nothing(pytester: pytest.Pytester, own: Path) -> None:
    result = pytester.runpytest_inprocess(*PLUGIN, f"--rules={own}", "--rules-min=1")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["own (1): 0 of 5 outcomes of its rules reached, 0.0 %, by 0 cases"])


def test_golden_files_are_tests_and_reach_what_they_ask(pytester: pytest.Pytester, own: Path) -> None:
    (pytester.path / "own.golden.jsonl").write_text(lines(CASE, LATE), encoding="utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN, "-v", f"--rules={own}", "--rules-min=100")
    result.stdout.fnmatch_lines(
        ["own.golden.jsonl::in_time PASSED*", "own.golden.jsonl::late PASSED*", "own (1): 4 of 5 *"]
    )
    # That nothing was disclosed in time nobody asked of the first case.
    result.stdout.fnmatch_lines(["  duty/secret A 1/2: not reached: not breached"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_golden_case_that_differs_and_a_bad_line_are_told_with_their_place(
    pytester: pytest.Pytester, own: Path
) -> None:
    wrong = LATE | {"expect": {"clocks": {"whole": {"status": "met"}}}, "cite": ""}
    wrong = {key: value for key, value in wrong.items() if value}
    other = CASE | {"id": "other", "policy": {"id": "psbc-95850"}}
    misfit = CASE | {"id": "misfit", "expect": {"clocks": {"hole": {"status": "met"}}}}
    (pytester.path / "own.golden.jsonl").write_text(lines(CASE, wrong, "not json", other, misfit), encoding="utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(passed=1, failed=4)
    for text in (
        "own.golden.jsonl:2: late",
        "  limit/whole status: wanted met, got overdue",
        "own.golden.jsonl:3: this is no JSON: Expecting value (at character 1)",
        "own.golden.jsonl:4: policy: no such policy is shipped; got 'psbc-95850'; did you mean 'psbc-95580'?",
        "got 'limit/hole'; did you mean 'limit/whole'?",
    ):
        assert text in told(result)


def test_a_shipped_policy_and_a_golden_file_as_toml(pytester: pytest.Pytester) -> None:
    text = (Path(__file__).parents[1] / "golden" / "six-steps.toml").read_text(encoding="utf-8")
    count = text.count("[[case]]")
    (pytester.path / "six-steps.golden.toml").write_text(text + "\n[[case]]\nid = 5\n", encoding="utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(passed=count, failed=1)
    assert "case[" in told(result)
    (pytester.path / "six-steps.golden.toml").write_text("policy = ", encoding="utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(failed=1)
    assert "it is no golden file" in told(result)


def test_another_policy_than_the_one_asked_for_is_run_and_not_noted(pytester: pytest.Pytester, own: Path) -> None:
    text = (Path(__file__).parents[1] / "golden" / "six-steps.toml").read_text(encoding="utf-8")
    (pytester.path / "six-steps.golden.toml").write_text(text, encoding="utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN, f"--rules={own}")
    result.assert_outcomes(passed=text.count("[[case]]"))
    result.stdout.fnmatch_lines(["own (1): 0 of 5 outcomes of its rules reached, 0.0 %, by 0 cases"])


def test_a_mistake_of_the_library_is_shown_as_pytest_shows_it(
    pytester: pytest.Pytester, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a mistake")

    monkeypatch.setattr(golden, "policy_of", broken)
    (pytester.path / "own.golden.jsonl").write_text(lines(CASE), encoding="utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN)
    assert "ZeroDivisionError: a mistake" in told(result)


def test_what_is_asked_wrongly_is_told(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess(*PLUGIN, "--rules=psbc-95850")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--rules: policy: no such policy is shipped; got 'psbc-95850'; did you mean 'psbc-95580'?" in told(result)
    result = pytester.runpytest_inprocess(*PLUGIN, "--rules-min=5")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--rules-min asks for coverage of rules" in told(result)
    pytester.makepyfile("def test_policy(policy): pass")
    result = pytester.runpytest_inprocess(*PLUGIN)
    assert "the fixture 'policy' is the one that --rules names" in told(result)


def test_nothing_is_imported_or_noted_where_nobody_asks(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import sys\ndef test_light():\n    assert [name for name in sys.modules if name == 'complaint_rules'] == []"
    )
    pytester.makefile(".jsonl", cases="not json")
    result = pytester.runpytest_subprocess(*PLUGIN)
    result.assert_outcomes(passed=1)
    assert "rules" not in told(result).replace("complaint_rules", "").replace("complaint-rules", "")


class Node:
    def __init__(self, output: object) -> None:
        self.workeroutput = {"complaint_rules": output}


def test_what_workers_of_xdist_note_is_handed_over_and_added(pytester: pytest.Pytester, own: Path) -> None:
    """As xdist calls it: a worker's configuration has `workeroutput`, which the controller gets with the node."""
    from complaint_rules_pytest.noting import RulesReached

    config = pytester.parseconfigure(*PLUGIN, f"--rules={own}")
    noting = config.pluginmanager.get_plugin("complaint_rules_noting")
    assert isinstance(noting, RulesReached)
    noting.pytest_testnodedown(Node({"own@1": [("a.py::test", ["limit/whole kept"])]}), None)
    noting.pytest_testnodedown(Node({"own@1": [("b.py::test", ["limit/whole kept", "limit/whole late"])]}), None)
    noting.pytest_testnodedown(object(), None)
    (covered,) = (one.coverage for one in noting._gathered.values())
    assert covered.hits["limit/whole kept"].first == ("a.py::test", "b.py::test")
    assert len(covered.hits) == 2
    config._ensure_unconfigure()


def test_a_worker_hands_over_what_it_noted(pytester: pytest.Pytester, own: Path) -> None:
    pytester.makeconftest(
        """
        def pytest_configure(config):
            config.workeroutput = {}

        def pytest_unconfigure(config):
            print("handed over", config.workeroutput)
        """
    )
    (pytester.path / "own.golden.jsonl").write_text(lines(CASE), encoding="utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN, f"--rules={own}", "--rules-min=100", "-s")
    wanted = "handed over {'complaint_rules': {'own@1': [('own.golden.jsonl::in_time', ['limit/whole kept', 'limit/"
    assert wanted in told(result)
    assert result.ret == pytest.ExitCode.OK, "whether it is enough, the controller says"
