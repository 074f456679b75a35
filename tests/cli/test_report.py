"""`complaint-rules report`: small reports worked out by hand, forms, languages, streams, merging, bad input."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from complaint_rules.cli import report as cli_report
from complaint_rules.cli import shell as cli
from complaint_rules.cli.counting import is_tally
from complaint_rules.cli.output import Terminal
from complaint_rules.errors import InvalidReport
from complaint_rules.policy.policy import Policy
from complaint_rules.statistics.tally import FORMAT, Tally
from tests import small
from tests.cli.test_shell import Run, Tty, file

AT: Final = ("--at", "2026-10-09T18:00")
NAMED: Final = 'title = {{ zh = "{}", en = "{}" }}'
RULES: Final = "\n".join(
    (
        small.HEAD,
        small.limit('[{ within = "5 working days" }]'),
        small.fact("vip"),
        "[[basis]]", 'id = "merged"', NAMED.format("合并重复", "repeats once"), 'counts = "not repeat"',
        "[[base]]", 'id = "outlets"', NAMED.format("网点", "Outlets"),
        "[[figure]]", 'id = "received"', NAMED.format("收到", "Received"),
        "[[figure]]", 'id = "timeliness"', NAMED.format("及时率", "Timeliness"), 'limit = "whole"',
        "[[figure]]", 'id = "per_ten"', NAMED.format("每十网点", "Per ten outlets"),
        'scale = { figure = "received", base = "outlets", per = 10 }',
        "[[filing]]", 'id = "monthly"', NAMED.format("月报", "Monthly return"), 'period = "month"',
        'figures = ["received", "timeliness"]',
        'tables = [{ figure = "received", by = "channel", basis = "merged" }]',
        'written = ["causes"]', 'contents.causes = { zh = "原因", en = "Causes" }',
        "[[filing]]", 'id = "scaled"', NAMED.format("折算", "Scaled return"), 'period = "month"',
        'figures = ["per_ten"]',
    )
)  # fmt: skip
EDITED: Final = "own.toml"


def case(id: str, received: str, channel: str, closed: str = "", **facts: object) -> str:
    events = [{"kind": "closed", "at": closed}] if closed else []
    return json.dumps({"id": id, "received": received, "channel": channel, "events": events, **facts})


IN_TIME: Final = case("a", "2026-09-01T10:00+08:00", "phone", "2026-09-03T10:00+08:00", repeat=False)
OPEN: Final = case("b", "2026-09-24T10:00+08:00", "letter", repeat=False)  # due when 9 October ends
LATE: Final = case("c", "2026-08-03T10:00+08:00", "phone", "2026-08-31T10:00+08:00", repeat=True)
LATER: Final = case("d", "2026-11-01T10:00+08:00", "phone")
CASES: Final = (IN_TIME, OPEN, LATE)
GOOD: Final = "\n".join(CASES)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    file(tmp_path, EDITED, RULES)


def report(*argv: str, given: str = GOOD, at: tuple[str, ...] = AT) -> Run:
    """Report what standard input holds, or the files that are named in front."""
    files = [] if argv and not argv[0].startswith("-") else ["-"]
    return Run("report", *files, *argv, "--policy", EDITED, *at, given=given.encode())


def rows(run: Run, id: str) -> dict[str, list[str]]:
    """Read a table of a report in JSON: the printed cells of each row by its first cell."""
    assert run.status in (0, 1), run.err
    grid = next(one for one in json.loads(run.out)["grids"] if one["id"] == id)
    found = {}
    for row in [*grid["rows"], grid["total"]]:
        if row is not None:
            first, *rest = (cell.get("printed", cell.get("label")) for cell in row)
            found[first if isinstance(first, str) else first["en"]] = rest
    return found


# --- figures by hand ---


def test_a_report_of_three_complaints_by_channel_as_text() -> None:
    run = report("--by", "channel", "--figure", "received")
    assert (run.status, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0] == "Test rules"
    assert lines[1] == "As at: 2026-10-09 (Fri) 18:00"
    start = next(place for place, line in enumerate(lines) if line.startswith("channel"))
    assert [line.split() for line in lines[start : start + 5]] == [
        ["channel", "Cases", "Share"],
        ["-------", "-----", "------"],
        ["letter", "1", "33.3%"],
        ["phone", "2", "66.7%"],
        ["Total", "3", "100.0%"],
    ]
    assert lines[start].index("Cases") + len("Cases") == lines[start + 2].index("1") + 1  # numbers stand to the right


def test_the_classes_of_the_limit_are_those_worked_out_by_hand() -> None:
    run = report("--figure", "timeliness", "--by", "channel", "--format", "json")
    # a on the second day, c after four weeks, b is due when 9 October ends: 1 of 2
    assert rows(run, "timeliness")["Total"][0] == "50.0%"
    assert rows(run, "timeliness-channel")["letter"][0] == "—"


def test_a_period_shows_that_period_alone() -> None:
    run = report("--by", "channel", "--period", "2026-09", "--format", "json")
    assert rows(run, "received-channel") == {
        "letter": ["1", "50.0%"], "phone": ["1", "50.0%"], "Total": ["2", "100.0%"],
    }  # fmt: skip
    assert rows(run, "figures")["Timeliness"][0] == "100.0%"
    assert json.loads(run.out)["subtitle"] == "2026-09"


def test_several_groupings_of_several_names_are_given() -> None:
    run = report("--by", "channel,month", "--by", "month", "--by", "channel，month", "--format", "json")
    grids = [grid["id"] for grid in json.loads(run.out)["grids"]]
    assert grids == ["figures", "received-channel-month", "received-month", "timeliness",
                     "timeliness-channel-month", "timeliness-month"]  # fmt: skip
    assert rows(run, "received-month") == {
        "2026-08": ["1", "33.3%"], "2026-09": ["2", "66.7%"], "Total": ["3", "100.0%"],
    }  # fmt: skip


def test_counts_stand_side_by_side_by_another_counting_rule() -> None:
    run = report("--by", "channel", "--basis", "merged", "--format", "json")
    assert rows(run, "received-merged")["Total"] == ["2"]
    assert rows(run, "received-channel-merged")["phone"] == ["1", "50.0%"]
    assert rows(run, "received-channel")["phone"] == ["2", "66.7%"]
    titles = [grid["title"] for grid in json.loads(run.out)["grids"]]
    assert {"zh": "收到（合并重复）", "en": "Received (repeats once)"} in titles


def test_a_figure_is_divided_by_the_numbers_of_its_groups_or_by_one_number(tmp_path: Path) -> None:
    numbers = file(tmp_path, "numbers.json", '{"phone": 4, "letter": 5, "internet": null}')
    run = report("--by", "channel", "--base", f"outlets={numbers}", "--format", "json")
    found = rows(run, "per_ten-channel")
    assert [found[name][0] for name in ("phone", "letter")] == ["5.00", "2.00"]  # 2 ÷ 4 × 10, 1 ÷ 5 × 10
    whole = report("--base", "outlets=8", "--figure", "per_ten", "--format", "json")
    assert rows(whole, "figures")["Per ten outlets"][0] == "3.75"  # 3 ÷ 8 × 10
    nothing = report("--base", "outlets=0", "--figure", "per_ten", "--format", "json")
    assert rows(nothing, "figures")["Per ten outlets"][0].startswith("—")
    for number, status in (("0", 0), ('"7"', 0), ("-1", 2), ("1.0", 2), ("true", 2)):
        numbers = file(tmp_path, "some.json", f'{{"phone": {number}, "letter": 5}}')
        assert report("--by", "channel", "--base", f"outlets={numbers}").status == status, number


def test_a_return_is_filled_for_its_period() -> None:
    run = report("--filing", "monthly", "--period", "2026-08", "--format", "json")
    assert rows(run, "figures")["Received"][0] == "1"
    assert rows(run, "figures")["Timeliness"][0] == "0.0%"
    assert rows(run, "table1.received")["Total"][0] == "0"  # the only one of August is a repeat
    assert json.loads(run.out)["written"] == [{"zh": "原因", "en": "Causes"}]
    assert "To be written by a person: Causes" in report("--filing", "monthly", "--period", "2026-08").out
    scaled = report("--filing", "scaled", "--period", "2026-09", "--base", "outlets=4", "--format", "json")
    assert rows(scaled, "figures")["Per ten outlets"][0] == "5.00"  # 2 ÷ 4 × 10


def test_the_days_that_the_data_cover_are_said_in_either_way() -> None:
    first = report("--covers", "2026-01-01..2026-09-30")
    second = Run("report", "--policy", EDITED, *AT, "--covers", "2026/1/1", "2026年9月30日", "-", given=GOOD.encode())
    third = Run("report", "--policy", EDITED, *AT, "--covers", "2026-01-01..2026-09-30", "-", given=GOOD.encode())
    assert first.status == second.status == 0
    assert first.out == second.out == third.out
    assert "Data cover: 2026-01-01 to 2026-09-30" in first.out


# --- forms and languages ---


def test_every_form_holds_the_same_number(tmp_path: Path) -> None:
    found = {form: report("--by", "channel", "--format", form) for form in ("md", "csv", "html", "xlsx")}
    assert all((run.status, run.err) == (0, "") for run in found.values())
    assert "| phone | 2 | 66.7% |" in found["md"].out
    assert ["phone", "2", "66.7"] in list(csv.reader(io.StringIO(found["csv"].out)))
    assert found["html"].out.startswith("<!DOCTYPE html>")
    book = openpyxl.load_workbook(io.BytesIO(found["xlsx"].raw))
    cells = [[cell.value for cell in row][:2] for sheet in book for row in sheet]
    assert ["phone", 2] in cells


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.html", b"<!DOCTYPE html>"), ("r.XLSX", b"PK"), ("r.md", b"# Test rules"), ("r.csv", b"Test rules\n"),
     ("r.json", b"{"), ("r.txt", b"Test rules\nAs at: "), ("r", b"Test rules\nAs at: ")],
)  # fmt: skip
def test_the_ending_of_the_file_says_the_form_where_nothing_else_does(tmp_path: Path, name: str, start: bytes) -> None:
    run = report("--output", name)
    assert (run.status, run.out, run.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(start)
    report("--output", name, "--format", "json")
    assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["title"]["zh"] == "测试规则"


def test_the_report_speaks_chinese_english_or_both(monkeypatch: pytest.MonkeyPatch) -> None:
    assert report("--lang", "zh").out.startswith("测试规则\n统计截至：2026-10-09（周五）18:00\n")
    assert report("--lang", "en").out.startswith("Test rules\nAs at: ")
    assert report("--lang", "both").out.startswith("测试规则 · Test rules\n统计截至 · As at: ")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert report().out.startswith("测试规则\n")
    told = report("--lang", "both", given=f"{GOOD}\nx")  # what is wrong is said in the language of the locale
    assert told.err.splitlines()[-1] == "<stdin>: 已读入3件，退回1行"
    assert Run("--lang", "en", "report", "-", "--policy", EDITED, *AT, given=GOOD.encode()).out.startswith("Test rules")


def test_without_at_the_clock_of_the_shell_is_read() -> None:
    run = report("--format", "json", at=())
    assert run.status == 0
    assert json.loads(run.out)["at"].endswith("+08:00")


# --- streams ---


def test_bad_rows_are_told_with_their_place_and_the_rest_is_counted() -> None:
    wrong = case("w", "2026-09-01", "fone")
    naive = case("n", "2026-09-01T10:00", "phone")
    run = report("--format", "json", given=f"{IN_TIME}\nnot json\n{wrong}\n{naive}\n{OPEN}")
    assert run.status == 1
    assert rows(run, "figures")["Received"][0] == "2"
    assert [line.partition(";")[0] for line in run.err.splitlines()] == [
        "<stdin>:2: this is no JSON: Expecting value (at character 1)",
        "<stdin>:3: channel: the code is unknown",
        "<stdin>:4: received: the moment is naive: it names no time zone",
        "<stdin>: 2 rows taken, 3 refused",
    ]


def test_small_groups_stand_together() -> None:
    cases = "\n".join(case(f"k{n}", "2026-09-01", channel) for n, channel in enumerate(["phone"] * 4 + ["letter"]))
    run = report("--by", "channel", "--figure", "received", "--pooled", "3", "--format", "md", given=cases)
    assert run.status == 0
    assert "| Total | 5 |" in run.out
    assert "| letter |" not in run.out


def test_refused_rows_stand_on_the_report_and_in_the_tally_that_others_merge(tmp_path: Path) -> None:
    kept, other = tmp_path / "a.json", tmp_path / "b.json"
    run = report("--format", "md", "--tally", str(kept), given=f"{IN_TIME}\nnot json")
    assert "Complaints with a fault of the record: could not be read, or counted (1)" in run.out
    assert json.loads(kept.read_text())["problems"] == {"refused": [1, ["<stdin>:2"]]}
    other.write_bytes(kept.read_bytes())
    merged = report(str(kept), str(other), "--format", "md")
    assert merged.status == 0
    assert "Complaints with a fault of the record: could not be read, or counted (2)" in merged.out
    assert "could not be read, or counted (2): <stdin>:2" in merged.err


def test_where_every_row_is_refused_there_is_no_report_that_would_pass_for_a_quiet_month() -> None:
    run = report(given="x\ny")
    assert (run.status, run.out) == (2, "")
    assert run.err.splitlines()[-2:] == [
        "<stdin>: 0 rows taken, 2 refused",
        "complaint-rules report: FILE: every row was refused; see what is told of the rows",
    ]


def test_a_register_without_rows_is_a_report_of_nothing_and_no_rate_is_made_of_it(tmp_path: Path) -> None:
    """Nothing to check is neither 0 % nor 100 %."""
    run = report(file(tmp_path, "a.csv", "id,received,channel\n"), "--format", "json")
    assert rows(run, "figures")["Received"][0] == "0"
    assert rows(run, "figures")["Timeliness"][0] == "—"


def test_what_came_in_after_the_moment_is_named_and_counted_nowhere() -> None:
    run = report("--format", "json", given=f"{GOOD}\n{LATER}")
    assert run.status == 0
    assert rows(run, "figures")["Received"][0] == "3"
    assert run.err == "Complaints with a fault of the record: received after the moment, counted nowhere (1): d\n"
    assert "在统计时点之后收到，未计入（1件）：d\n" in report("--lang", "zh", given=f"{GOOD}\n{LATER}").err
    many = "\n".join(LATER.replace('"d"', f'"d{n:02d}"') for n in range(30))
    told = report("--format", "json", given=f"{GOOD}\n{many}").err
    assert "(30): d00, " in told
    assert told.endswith("d19…\n")


def test_what_is_odd_about_some_cases_is_said_in_words() -> None:
    early = case("e", "2019-06-01T09:00+08:00", "phone")  # the measures apply from March 2020
    told = Run("report", "-", "--policy", "cbirc-2020-3", *AT, "--lang", "zh", given=early.encode())
    assert told.err == "记录有问题的投诉：收到投诉之日不在有效期内（1件）：e\n"
    assert "记录有问题的投诉：收到投诉之日不在有效期内（1件）\n" in told.out


def test_a_fact_that_only_other_rules_ask_for_is_no_fault_of_the_record() -> None:
    """A register serves several rule sets: a filed return called every one of its complaints faulty."""
    given = '{"id": "a", "received": "2026-09-01", "extra": {"handled_by": "w"}}'
    run = report("--format", "md", "--lang", "zh", given=given)
    assert run.err == "未采用（不属记录错误）：规则没有的事实（1件）：a\n"
    assert "* 说明：未采用（不属记录错误）：规则没有的事实（1件）\n" in run.out
    assert "记录有问题" not in run.out


def test_a_register_is_read_through_its_mapping_file(tmp_path: Path) -> None:
    book = file(tmp_path, "台账.csv", "工单号,受理日期,渠道\nT-1,2026/9/30,电话\nT-2,x,电话\n".encode("gb18030"))
    text = (
        "fact = { id = '工单号', received = '受理日期', channel = { column = '渠道', codes = { '电话' = 'phone' } } }"
    )
    columns = file(tmp_path, "map.toml", f"{text}\n[[event]]\nkind = 'close'\nat = '受理日期'")
    run = report(book, "--columns", columns, "--by", "channel", "--format", "json")
    assert rows(run, "received-channel")["phone"][0] == "1"
    assert run.status == 1
    assert "own knows no such name: event 'close'; did you mean 'closed'?" in run.err
    assert f"{book}:3: 受理日期: this is no date" in run.err


def test_a_workbook_is_read_as_a_register(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "received", "channel"], ["T-1", "2026-09-30", "phone"], ["T-2", "2026-09-30", "letter"]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    run = report("book.xlsx", "--by", "channel", "--format", "json")
    assert rows(run, "received-channel")["letter"] == ["1", "50.0%"]


def test_notes_on_a_row_are_told_although_it_is_counted(tmp_path: Path) -> None:
    book = file(tmp_path, "b.csv", "id,day,n\nT-1,2026/9/30,many\n")
    columns = file(
        tmp_path, "m.toml",
        "fact = { id = 'id', received = 'day', complainants = { column = 'n', unreadable = 'unknown' } }",
    )  # fmt: skip
    run = report(book, "--columns", columns, "--format", "json")
    assert (run.status, rows(run, "figures")["Received"][0]) == (0, "1")
    assert f"{book}:2: n: " in run.err
    assert "taken as unknown" in run.err


def test_keys_that_stand_twice_are_told_with_their_places(tmp_path: Path) -> None:
    one = report(given=f"{IN_TIME}\n{OPEN}\n{IN_TIME}")
    assert one.err == "<stdin>: 1 key stands on more than one line (lines 1 and 3)\n"
    first, second = file(tmp_path, "1.jsonl", GOOD), file(tmp_path, "2.jsonl", OPEN)
    two = report(first, second, "--format", "json")
    assert rows(two, "figures")["Received"][0] == "4"
    assert two.err == f"1 key stands on more than one line (lines {first}:2 and {second}:1)\n"


def test_a_row_at_which_the_library_fails_costs_that_row_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    add = Tally.add

    def failing(tally: Tally, given: Any, **more: Any) -> Tally:
        if given.complaint.id == "b":
            raise ZeroDivisionError
        return add(tally, given, **more)

    monkeypatch.setattr(Tally, "add", failing)
    run = report("--format", "json")
    assert (run.status, rows(run, "figures")["Received"][0]) == (1, "2")
    assert run.err.startswith("<stdin>:2: it cannot be read (ZeroDivisionError); a mistake of this library")


def test_a_row_that_the_rules_cannot_take_is_refused_alone() -> None:
    wrong = case("w", "2026-09-01", "phone", extra={"vip": "perhaps"})
    run = report("--format", "json", given=f"{wrong}\n{GOOD}")
    assert (run.status, rows(run, "figures")["Received"][0]) == (1, "3")
    assert run.err.startswith("<stdin>:1: ")
    assert "perhaps" not in run.err


def test_progress_is_shown_while_a_long_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter(range(0, 1000, 10))
    monkeypatch.setattr("complaint_rules.cli.output.time.monotonic", lambda: next(now))
    book = file(tmp_path, "a.jsonl", f"{GOOD}\nx")
    args = cli._parser("en").parse_args(["report", book, "--policy", EDITED, *AT])
    shown = Terminal(io.StringIO(), Tty(), "en")
    assert cli_report.run_report(args, shown) == 1
    told = shown.err.getvalue()  # type: ignore[attr-defined]
    assert re.findall(r"%  (\d+) rows ", told) == ["1", "2", "3", "4"]  # the one that was refused is read as well
    assert "\r100%  1 rows " in told
    assert f"{book}:4: this is no JSON" in told


def test_a_long_stream_is_read_row_by_row() -> None:
    """Nothing of a row is kept but its key: the rows are asked for one after the other."""
    left: list[int] = []

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.n = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if self.n == 3000:
                return 0
            self.n += 1
            line = IN_TIME.replace('"a"', f'"a-{self.n}"').encode() + b"\n"
            buffer[: len(line)] = line
            left.append(self.n)
            return len(line)

    add, seen = Tally.add, []

    def watched(tally: Tally, given: Any, **more: Any) -> Tally:
        seen.append(len(left))
        return add(tally, given, **more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Tally, "add", watched)
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless(), 512)))
        out = Terminal(io.StringIO(), io.StringIO(), "en")
        args = cli._parser("en").parse_args(["report", "-", "--policy", EDITED, *AT, "--format", "json"])
        assert cli_report.run_report(args, out) == 0
    assert seen[0] < 100
    assert len(seen) == 3000


# --- tallies ---


def kept(tmp_path: Path, name: str, *cases: str, argv: tuple[str, ...] = ("--by", "channel")) -> str:
    run = report(*argv, "--tally", name, given="\n".join(cases))
    assert run.status == 0, run.err
    assert is_tally((tmp_path / name).read_bytes())
    return str(tmp_path / name)


def test_tallies_of_parts_give_the_report_of_the_whole(tmp_path: Path) -> None:
    a, b = kept(tmp_path, "a.json", IN_TIME), kept(tmp_path, "b.json", OPEN, LATE)
    whole = report("--by", "channel", "--format", "json")
    for files in ((a, b), (b, a)):
        merged = report(*files, "--format", "json", at=())
        assert (merged.status, merged.err) == (0, "")
        assert merged.out == whole.out
    again = report(a, b, "--tally", "c.json", at=())
    assert again.status == 0
    data = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert (data["format"], data["seen"]) == (FORMAT, 3)
    assert data == json.loads(Path(kept(tmp_path, "d.json", *CASES)).read_text(encoding="utf-8"))


def test_a_tally_is_read_from_standard_input_and_whatever_its_layout(tmp_path: Path) -> None:
    a = Path(kept(tmp_path, "a.json", *CASES))
    laid_out = json.dumps(json.loads(a.read_text(encoding="utf-8")), indent=2)
    whole = report("--by", "channel").out
    assert report(given=a.read_text(encoding="utf-8"), at=()).out == whole
    assert report(given="\ufeff" + laid_out, at=()).out == whole


def test_further_cases_are_counted_into_a_tally_by_its_own_definition(tmp_path: Path) -> None:
    a, rest = kept(tmp_path, "a.json", IN_TIME), file(tmp_path, "rest.jsonl", f"{OPEN}\n{LATE}")
    assert report(a, rest, at=()).out == report("--by", "channel").out
    assert report(rest, a, "--by", "channel").out == report("--by", "channel").out
    refused = report(file(tmp_path, "x.jsonl", "x"), a, "--by", "channel")
    assert (refused.status, "x.jsonl: 0 rows taken, 1 refused" in refused.err) == (1, True)


def test_a_report_is_a_choice_of_what_the_tally_holds(tmp_path: Path) -> None:
    a = kept(tmp_path, "a.json", *CASES, argv=("--by", "channel", "--period", "2026-09", "--basis", "merged"))
    september = report(a, "--period", "2026-09", "--format", "json", at=())
    assert rows(september, "received-channel")["Total"][0] == "2"
    assert rows(september, "received-channel-merged")["Total"][0] == "2"
    august = report(a, "--period", "2026-08", "--figure", "received", "--format", "json")
    assert [grid["id"] for grid in json.loads(august.out)["grids"]] == [
        "figures", "received-merged", "received-channel", "received-channel-merged",
    ]  # fmt: skip
    assert rows(august, "received-channel")["Total"][0] == "1"
    filed = kept(tmp_path, "f.json", *CASES, argv=("--filing", "monthly", "--period", "2026-09"))
    assert (
        rows(report(filed, "--filing", "monthly", "--period", "2026-08", "--format", "json"), "figures")["Received"][0]
        == "1"
    )


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--by", "month"), ["b.json: merge: it counts otherwise", "groupings"]),
        (("--by", "channel", "--figure", "received"), ["b.json: merge: it counts otherwise", "figures"]),
        (("--by", "channel", "--covers", "2026-01-01..2026-09-30"), ["b.json: merge: its data cover other days"]),
    ],
    ids=["another grouping", "other figures", "other days"],
)
def test_tallies_that_count_otherwise_are_refused_by_name(
    tmp_path: Path, argv: tuple[str, ...], words: list[str]
) -> None:
    a, b = kept(tmp_path, "a.json", IN_TIME), kept(tmp_path, "b.json", OPEN, argv=argv)
    run = report(a, b, at=())
    assert (run.status, run.out) == (2, "")
    assert all(word in run.err for word in words), run.err


def test_tallies_as_of_another_moment_are_refused_by_name(tmp_path: Path) -> None:
    a = kept(tmp_path, "a.json", IN_TIME)
    later = report("--by", "channel", "--tally", "b.json", at=("--at", "2026-10-10T18:00"))
    assert later.status == 0
    run = report(a, "b.json", at=())
    assert (run.status, run.out) == (2, "")
    assert "b.json: merge: it is as at another moment than 2026-10-09T18:00:00+08:00" in run.err
    told = report(a, "b.json", "--lang", "zh", at=()).err
    assert "b.json" in told
    assert "another moment" not in told


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--at", "2026-10-10T18:00"), ["--at: the tally was counted otherwise", "2026-10-09T18:00:00+08:00"]),
        (("--covers", "2026-01-01..2026-09-30"), ["--covers: the tally was counted otherwise", "leave out --covers"]),
        (("--by", "month"), ["by: the tally is not grouped so", "month"]),
        (("--figure", "recieved"), ["did you mean 'received'?"]),
        (("--basis", "merged"), ["basis: the tally does not count this figure by it"]),
        (("--period", "2026-09"), ["by: the tally is not grouped so", "month"]),
        (("--filing", "monthly", "--period", "2026-09"), ["the tally is not grouped so"]),
        (("--figure", "per_ten"), ["add --base outlets=NUMBER"]),
    ],
)
def test_a_tally_is_not_asked_for_what_it_does_not_hold(
    tmp_path: Path, argv: tuple[str, ...], words: list[str]
) -> None:
    run = report(kept(tmp_path, "a.json", *CASES), *argv, at=())
    assert (run.status, run.out) == (2, "")
    assert all(word in run.err for word in words), run.err


def changed(text: str, **keys: Any) -> str:
    return json.dumps({**json.loads(text), **keys})


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda text: changed(text, format="complaint-rules/tally/2"), ["this form is not known"]),
        (lambda text: changed(text, seen=-1), ["t.json: seen: ", "a whole number of 0 or more"]),
        (lambda text: changed(text, fingerprint="ab"), ["t.json: policy: ", "another policy was counted by"]),
        (lambda text: changed(text, by=[[], ["month"]]), ["t.json: signature: ", "it was counted otherwise"]),
        (lambda text: changed(text, sean=1), ["it belongs to no tally", "did you mean 'seen'?"]),
        (lambda text: text[:-40], ["t.json: this is no JSON"]),
        (lambda text: text.replace("{", '{"seen": 1, ', 1), ["t.json: the key stands twice in one object"]),
    ],
    ids=["another version", "a number below 0", "another policy", "another grouping", "a key too many", "cut off",
         "a key twice"],
)  # fmt: skip
def test_a_broken_tally_is_named_with_the_place(tmp_path: Path, broken: Callable[[str], str], words: list[str]) -> None:
    text = Path(kept(tmp_path, "a.json", *CASES)).read_text(encoding="utf-8").rstrip()
    run = report(file(tmp_path, "t.json", broken(text)), at=())
    assert (run.status, run.out) == (2, "")
    assert all(word in run.err for word in words), run.err


# --- bad input: nothing is read, nothing written, and the message says what was likely meant ---


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--by", "chanel"), ["by: figures cannot be grouped by this", "did you mean 'channel'?"]),
        (("--by", "standing(hole)"), ["did you mean 'whole'?"]),
        (("--by", "a,b,c,d"), ["at most 3 different names"]),
        (("--by", ""), ["figures cannot be grouped by this"]),
        (("--by", "channel,month", "--period", "2026-09"), ["--by: the period is added to every grouping", "month"]),
        (("--figure", "recieved"), ["did you mean 'received'?"]),
        (("--basis", "merge"), ["did you mean 'merged'?"]),
        (("--period", "2026Q5"), ["there is no such period", "2026Q3"]),
        (("--period", "this year"), ["there is no such period"]),
        (("--filing", "montly", "--period", "2026-09"), ["filing: the policy has no such return", "'monthly'"]),
        (("--filing", "monthly"), ["period: a return is about a period"]),
        (("--filing", "monthly", "--period", "2026Q3"), ["the return is about another kind of period"]),
        (("--filing", "monthly", "--period", "2026-09", "--by", "channel"), ["--by: a return says itself"]),
        (("--filing", "monthly", "--period", "2026-09", "--figure", "received"), ["--figure: a return says itself"]),
        (("--filing", "monthly", "--period", "2026-09", "--basis", "merged"), ["--basis: a return says itself"]),
        (("--filing", "scaled", "--period", "2026-09"), ["--base: ", "per_ten", "add --base outlets=NUMBER"]),
        (("--figure", "per_ten"), ["--base: ", "add --base outlets=NUMBER"]),
        (("--covers", "2026-01-01"), ["--covers: the first and the last day are expected", "2026-01-01..2026-09-30"]),
        (("--covers", "2026-09-30..2026-01-01"), ["--covers: the last day is before the first"]),
        (("--covers", "2026-01-01..30.9."), ["--covers: ", "30.9."]),
        (("--covers", "2026-01-01..2026-09-30 18:00"), ["--covers: a day is expected, not a moment"]),
        (("--base", "outlets"), ["--base: BASE=NUMBER is expected", "outlets=1138"]),
        (("--base", "outlet=3"), ["--base: the policy has no such base", "did you mean 'outlets'?"]),
        (("--base", "zzzzz=3"), ["it has outlets"]),
        (("--base", "outlets=3", "--base", "outlets=4"), ["--base: it is given twice"]),
        (("--base", "outlets=-3"), ["--base: a whole number of 0 or more is expected"]),
        (("--base", "outlets=1.5"), ["--base: a whole number of 0 or more is expected"]),
        (("--base", "outlets=no.json"), ["no.json: there is no such file"]),
        (("--format", "pdf"), ["invalid choice: 'pdf'"]),
        (("--lang", "fr"), ["invalid choice: 'fr'"]),
        (("--at", "2026-10-09"), ["--at: a moment is expected, not a day"]),
        (("--at", "30/09/2026 16:05"), ["--at: ", "read in one way"]),
        (("--set", "x"), ["--set", "name=value"]),
        (("--columns", "no.toml"), ["no.toml", "no such file"]),
        (("--calendar", "no.toml"), ["no.toml", "no such file"]),
        (("--tally", "-"), ["--tally: the report goes there"]),
        (("--output", "same.json", "--tally", "same.json"), ["--output: it would be written over"]),
        (("--output", "no/such/place.txt"), ["no/such/place.txt", "cannot be written"]),
        (("--output", "."), [".: "]),
    ],
)
def test_unusable_arguments_give_2_and_say_what_was_likely_meant(
    tmp_path: Path, argv: tuple[str, ...], words: list[str]
) -> None:
    at = () if "--at" in argv else AT
    run = report(*argv, at=at)
    assert (run.status, run.out) == (2, "")
    assert all(word in run.err for word in words), run.err
    assert {path.name for path in tmp_path.iterdir()} == {EDITED}
    chinese = report(*argv, "--lang", "zh", at=at)
    assert chinese.status == 2
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese.err), chinese.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[3]", ["numbers.json: --base: the number of each group is expected", '{"jinan": 31']),
        ('{"phone": -1}', ["numbers.json: phone: --base: a whole number of 0 or more"]),
        ('{"phone": 1.5}', ["numbers.json: phone: "]),
        ('{"phone": true}', ["numbers.json: phone: "]),
        ("{", ["numbers.json: this is no JSON"]),
        ("", ["numbers.json: ", "empty"]),
    ],
)
def test_a_file_of_numbers_that_is_none_is_refused(tmp_path: Path, content: str, words: list[str]) -> None:
    run = report("--base", f"outlets={file(tmp_path, 'numbers.json', content)}")
    assert (run.status, run.out) == (2, "")
    assert all(word in run.err for word in words), run.err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--policy", EDITED), ["FILE: it is missing", "- for standard input"]),
        (("a.jsonl",), ["--policy"]),
        (("no.jsonl", "--policy", EDITED), ["no.jsonl: there is no such file"]),
        ((".", "--policy", EDITED), [".: this is a directory"]),
        (("-", "-", "--policy", EDITED), ["FILE: it is named twice, and would be counted twice"]),
        (("a.jsonl", "./a.jsonl", "--policy", EDITED), ["FILE: it is named twice", "./a.jsonl"]),
        (("a.jsonl", "--policy", EDITED, "--output", "./a.jsonl"), ["--output: it would be written over"]),
        (("a.jsonl", "--policy", EDITED, "--tally", "a.jsonl"), ["--tally: it would be written over"]),
        (("empty.jsonl", "--policy", EDITED), ["empty.jsonl: it is empty"]),
        (("a.jsonl", "--policy", "petition-2022"), ["figures are those of one edition", "petition-2022@2022"]),
        (("a.jsonl", "--policy", "psbc-95850"), ["did you mean 'psbc-95580'?"]),
        (("a.csv", "--policy", EDITED), ["receipt: the column is no fact"]),
    ],
)
def test_files_that_cannot_be_read_are_named_and_left_as_they_are(
    tmp_path: Path, argv: tuple[str, ...], words: list[str]
) -> None:
    before = {"a.jsonl": GOOD, "empty.jsonl": "", "a.csv": "id,receipt\nT-1,2026-09-30\n"}
    for name, content in before.items():
        file(tmp_path, name, content)
    run = Run("report", *argv, *AT, given=GOOD.encode())
    assert (run.status, run.out) == (2, "")
    assert all(word in run.err for word in words), run.err
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in before} == before


def test_a_report_that_cannot_be_written_costs_no_long_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra that is missing is told before the first row is read, and what is kept of a run is not lost to it."""

    def without(*_: object) -> str:
        raise InvalidReport(what="to_html", why="a page is written by Jinja2", hint="install it")

    read: list[object] = []
    monkeypatch.setattr(cli_report, "FORMS", {**cli_report.FORMS, "html": without})
    monkeypatch.setattr(Tally, "add", lambda *given, **_: read.append(given))
    run = report("--format", "html", "--tally", "t.json")
    assert (run.status, run.out, read) == (2, "", [])
    assert "a page is written by Jinja2" in run.err


def test_a_workbook_is_not_shown_on_a_terminal(tmp_path: Path) -> None:
    book = file(tmp_path, "a.jsonl", GOOD)
    asked = ["report", book, "--policy", EDITED, *AT, "--format"]

    def shown(form: str, *more: str, out: type[io.StringIO]) -> str:
        terminal = Terminal(out(), io.StringIO(), "en")
        assert cli_report.run_report(cli._parser("en").parse_args([*asked, form, *more]), terminal) == 0
        return terminal.out.getvalue()  # type: ignore[attr-defined,no-any-return]

    for out in (Tty, io.StringIO):
        with pytest.raises(Exception, match=r"a workbook is nothing for a terminal.*add --output report\.xlsx"):
            shown("xlsx", out=out)
        assert shown("html", out=out).startswith("<!DOCTYPE html>")
        assert shown("xlsx", "--output", "r.xlsx", out=out) == ""
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")
    assert report("--format", "xlsx", "--output", "-").raw.startswith(b"PK")


def test_the_small_rules_of_this_page_are_good_rules() -> None:
    assert Policy.from_text(RULES, name=EDITED).figures.keys() == {"received", "timeliness", "per_ten"}
