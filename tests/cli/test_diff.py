"""`complaint-rules diff`: two editions and cases, forms, languages, exit statuses, streams, bad input."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.verification.changes import portfolios
from tests import small
from tests.cli.test_shell import Run, file

TITLED: Final = small.HEAD
OLD: Final = "\n".join((TITLED, small.limit('[{ within = "5 working days" }]')))
NEW: Final = "\n".join((TITLED, small.limit('[{ within = "7 working days" }]')))
ONE: Final = '{"id": "a", "received": "2026-03-02T10:00+08:00", "channel": "phone"}'
CLOSED: Final = (
    '{"id": "b", "received": "2026-03-02T10:00+08:00", "events": [{"kind": "closed", "at": "2026-03-10T12:00+08:00"}]}'
)


@pytest.fixture
def editions(tmp_path: Path) -> tuple[str, str]:
    return file(tmp_path, "old.toml", OLD), file(tmp_path, "new.toml", NEW)


def test_two_files_and_a_file_of_cases(editions: tuple[str, str], tmp_path: Path) -> None:
    cases = file(tmp_path, "c.jsonl", f"{ONE}\n{CLOSED}\n")
    run = Run("diff", *editions, cases, "--lang", "en")
    assert (run.status, run.err) == (1, "")
    assert run.out == (
        """\
own@1 → own@1

changed 1

Changed
  A [limit/whole]
    first: - { within = "5 working days" }
    first: + { within = "7 working days" }

Whether any case can feel it
  A [limit/whole]: shown by a case
    due later by 2 days
    {"id": "w-1", "received": "2026-03-04T10:00:00+08:00"}
    assess it with --at 2026-03-04T10:30:00+08:00

Effect on the cases
  2 cases, of which 2 come out otherwise
  1× A [limit/whole]: met late → met in time
    e.g. b
  2× A [limit/whole]: due later by 2 days
    e.g. a, b
  1× A [limit/whole]: a violation no longer arises: late (breach)
    e.g. b
"""
    )


def test_the_exit_status_says_whether_anything_differs(editions: tuple[str, str], tmp_path: Path) -> None:
    old, new = editions
    assert Run("diff", old, old).status == 0
    assert Run("diff", old, new).status == 1
    assert Run("diff", old, str(tmp_path / "none.toml")).status == 2
    reworded = file(tmp_path, "words.toml", OLD.replace('en = "A" }', 'en = "B" }'))
    run = Run("diff", old, reworded, "--lang", "en")
    assert (run.status, "reworded 1" in run.out) == (1, True)
    edition = file(tmp_path, "edition.toml", OLD.replace('edition = "1"', 'edition = "2"'))
    assert Run("diff", old, edition).status == 0, "another name of an edition is no difference"


def test_shipped_editions_are_named_as_elsewhere() -> None:
    run = Run("diff", "petition-2022@2005", "reply-24h", "--lang", "zh")
    assert run.status == 1
    assert run.out.startswith("petition-2022@2005 → reply-24h@")
    assert Run("diff", "petition-2022@2005", "petition-2022@1995").status == 2


def test_json_holds_everything(editions: tuple[str, str], tmp_path: Path) -> None:
    cases = file(tmp_path, "c.jsonl", f"{ONE}\n")
    found: Any = json.loads(Run("diff", *editions, cases, "--format", "json").out)
    assert found["format"] == "complaint-rules/diff/1"
    assert found["portfolio"]["effects"][0]["least_seconds"] == 2 * 24 * 3600
    assert "portfolio" not in json.loads(Run("diff", *editions, "--format", "json").out)


def test_markdown(editions: tuple[str, str]) -> None:
    run = Run("diff", *editions, "--format", "md", "--lang", "zh")
    assert run.out.startswith("# own@1 → own@1\n\n* 修改1\n\n## 修改\n\n* 甲［limit/whole］\n")


def test_a_bad_row_is_told_with_its_place_and_the_rest_goes_on(editions: tuple[str, str], tmp_path: Path) -> None:
    bad = '{"id": "c", "received": "2026-03-02T10:00+08:00", "complainants": "x"}'
    cases = file(tmp_path, "c.jsonl", f"{ONE}\nnonsense\n{bad}\n{CLOSED}\n{ONE}\n")
    run = Run("diff", *editions, cases, "--lang", "en")
    assert run.status == 1
    assert f"{cases}:2: this is no JSON" in run.err
    assert f"{cases}:3: complainants: a whole number" in run.err
    assert "3 rows replayed, 2 refused" in run.err
    assert "1 key stands on more than one line (lines 1 and 5)" in run.err
    assert "3 cases, of which 3 come out otherwise" in run.out
    assert "  2 refused\n" in run.out
    assert Run("diff", editions[0], editions[0], cases).status == 1, "of the rows refused nobody knows"


def test_a_row_that_is_read_and_cannot_be_assessed_is_told(editions: tuple[str, str], tmp_path: Path) -> None:
    cases = file(tmp_path, "c.jsonl", f"{ONE}\n{CLOSED}\n")
    run = Run("diff", *editions, cases, "--at", "2026-01-01 00:00", "--lang", "zh")
    assert run.status == 2, "every row was refused"
    assert f"{cases}:1: at：早于收到时间" in run.err
    assert "全部行都被退回" in run.err


def test_what_goes_wrong_in_the_library_costs_a_row(
    editions: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(case: Any) -> Any:
        if case.complaint.id == "a":
            raise ZeroDivisionError
        return last(case)

    last = portfolios.last_moment
    monkeypatch.setattr(portfolios, "last_moment", broken)
    run = Run("diff", *editions, file(tmp_path, "c.jsonl", f"{ONE}\n{CLOSED}\n"), "--lang", "en")
    assert "c.jsonl:1: it cannot be read (ZeroDivisionError)" in run.err
    assert "1 case, of which 1 comes out otherwise" in run.out


def test_several_files_and_standard_input(editions: tuple[str, str], tmp_path: Path) -> None:
    cases = file(tmp_path, "c.jsonl", f"{ONE}\n")
    run = Run("diff", *editions, cases, "-", "--lang", "en", given=f"{ONE}\n".encode())
    assert "2 cases" in run.out
    assert f"({cases}:1 and <stdin>:1)" in run.out
    assert "1 key stands on more than one line" in run.err


def test_a_register(editions: tuple[str, str], tmp_path: Path) -> None:
    cases = file(tmp_path, "book.csv", "编号,时间\nA-1,2026-03-02 10:00\nA-1,2026-03-03 10:00\n")
    columns = file(tmp_path, "map.toml", 'row = "event"\nfact = { id = "编号", received = "时间" }\n')
    run = Run("diff", *editions, cases, "--columns", columns, "--lang", "en")
    assert "out otherwise" in run.out, run.err


def test_the_moment_of_all_assessments(editions: tuple[str, str], tmp_path: Path) -> None:
    cases = file(tmp_path, "c.jsonl", f"{ONE}\n")
    run = Run("diff", *editions, cases, "--at", "2026-03-10 12:00", "--lang", "en")
    assert "overdue → running" in run.out
    run = Run("diff", *editions, "--at", "2026-03-10 12:00", "--lang", "en")
    assert (run.status, "cases are assessed, and none are given" in run.err) == (2, True)


def test_a_calendar_of_ones_own(editions: tuple[str, str], tmp_path: Path) -> None:
    own = file(
        tmp_path,
        "days.toml",
        '[[calendar.day]]\non = 2026-03-10\nworks = false\nreason = { zh = "搬迁", en = "moving" }\n',
    )
    cases = file(tmp_path, "c.jsonl", f"{ONE}\n")
    run = Run("diff", *editions, cases, "--calendar", own, "--lang", "en")
    assert "due later by 3 days" in run.out, "Tuesday 10 March is closed: the seventh day is Thursday 12 March"


def test_parameters_go_to_whichever_edition_knows_them(editions: tuple[str, str], tmp_path: Path) -> None:
    parameter = '[parameters.days]\ntype = "period"\n' + small.TITLE
    open_ = file(
        tmp_path, "open.toml", "\n".join((TITLED, parameter, small.limit("[{ within = { parameter = 'days' } }]")))
    )
    cases = file(tmp_path, "c.jsonl", f"{ONE}\n")
    run = Run("diff", editions[0], open_, cases, "--set", "days=7 working days", "--lang", "en")
    assert "due later by 2 days" in run.out
    run = Run("diff", editions[0], open_, "--set", "dayz=7 working days", "--lang", "en")
    assert (run.status, "neither edition has such a parameter; got 'dayz'; did you mean 'days'?" in run.err) == (
        2,
        True,
    )


def test_a_policy_that_does_not_load_is_told_with_every_fault(editions: tuple[str, str], tmp_path: Path) -> None:
    broken = file(tmp_path, "broken.toml", OLD.replace("closed", "closedd"))
    run = Run("diff", editions[0], broken, "--lang", "en")
    assert run.status == 2
    assert "did you mean 'closed'?" in run.err


def test_rule_sets_without_a_common_rule_are_told(editions: tuple[str, str], tmp_path: Path) -> None:
    other = file(tmp_path, "other.toml", OLD.replace('"whole"', '"other"'))
    run = Run("diff", editions[0], other, "--lang", "zh")
    assert "两套规则没有一条同名的规则" in run.out


def test_the_help_is_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(shutil.get_terminal_size().columns))
    assert "what becomes of last year's cases" in Run("diff", "--help", "--lang", "en").out
    assert "新版，写法相同" in Run("diff", "--help", "--lang", "zh").out


def test_a_small_budget_leaves_rules_open_and_says_why(editions: tuple[str, str]) -> None:
    run = Run("diff", *editions, "--budget", "1", "--lang", "en")
    assert (run.status, run.err) == (1, "")
    assert "A [limit/whole]: open: the steps of the search were used up" in run.out
    refused = Run("diff", *editions, "--budget", "0", "--lang", "en")
    assert (refused.status, refused.out) == (2, "")
    assert "budget: a whole number of steps from 1 is expected; got 0" in refused.err


# --- what is printed can be assessed ---

GAP: Final = small.table("grade", ("big", "complainants >= 3"))
"""A complaint of fewer has no grade: what `check --deep` shows by a case."""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["diff", "check", "conform"])
def test_a_case_that_is_printed_is_a_line_for_assess_with_the_moment_below(
    command: str, lang: str, tmp_path: Path
) -> None:
    """The due moment of a limit in hours is past by a microsecond, which the words for a moment round away."""
    strict, lax = (
        file(tmp_path, f"{hours}.toml", "\n".join((TITLED, small.limit(f'[{{ within = "{hours} hours" }}]'), GAP)))
        for hours in (4, 400)
    )
    given = {"diff": [strict, lax], "check": [strict, "--deep"], "conform": [lax, strict]}[command]
    run = Run(command, *given, "--lang", lang)
    lines = [line.strip() for line in run.out.splitlines()]
    shown = [place for place, line in enumerate(lines) if line.startswith("{")]
    assert shown, run.out
    for place in shown:
        case = file(tmp_path, "case.jsonl", lines[place] + "\n")
        before, _, at = lines[place + 1].partition("--at ")
        assert before == {"zh": "评估时加 ", "en": "assess it with "}[lang]
        again = Run("assess", case, "--policy", strict, "--at", at, "--format", "jsonl")
        assert (again.status, again.err) == (0, "")
        assert json.loads(again.out)["at"] == at
