"""A kit as a value and as a folder: what goes in, the same bytes each time, nothing lost, nothing changed unseen."""

from __future__ import annotations

import copy
import io
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.errors import InvalidGolden, InvalidPolicy, UnknownLanguage, UnreadableInput
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.kits import Kit, Outcome, kit, packing
from complaint_rules.verification.kits.folders import LIST, digest, list_of, read_file, write_folder
from complaint_rules.verification.kits.guide import guide
from complaint_rules.verification.kits.shipping import made_ready
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.words.refusals import explain_error
from tests import small
from tests.verification.kits.validating import shipped, told

OWN: Final = small.own(
    small.limit('[{ within = "5 working days", cite = "8" }, ]', 'cite = "7"'),
    small.fact("vip"),
    "[parameters.time]", 'type = "period"', small.TITLE,
    "[[table]]", 'id = "level"', small.TITLE, 'values.high = { zh = "高", en = "High" }',
    'values.low = { zh = "低", en = "Low" }', 'first = [{ value = "high", when = "vip" }, { value = "low" }]',
    "[[duty]]", 'id = "tell"', small.TITLE, 'must = "informed"', "within = { parameter = \"time\" }",
)  # fmt: skip
DUE: Final = "2026-10-14T23:59:59.999999+08:00"
"""The fifth working day from 8 October 2026, on which the holidays have ended: 9, 10 (made up), 12, 13, 14."""


def golden(id: str = "g-1", **changes: Any) -> GoldenCase:
    data: dict[str, Any] = {
        "id": id,
        "policy": {"id": "own"},
        "rule": "limit/whole[0]",
        "cite": "8",
        "case": {"received": "2026-10-08T09:00:00+08:00"},
        "at": "2026-10-09T09:00:00+08:00",
        "expect": {"clocks": {"whole": {"status": "running", "due_at": DUE, "row": 0}}},
    }
    data |= changes
    return GoldenCase.from_dict({key: value for key, value in data.items() if value != ""})


ONE: Final = kit([OWN], [golden()])


def test_a_kit_is_a_value() -> None:
    again = kit([OWN], [golden()])
    assert again == ONE
    assert hash(again) == hash(ONE)
    assert pickle.loads(pickle.dumps(ONE)) == copy.deepcopy(ONE) == ONE  # noqa: S301 - made a moment ago
    assert repr(ONE) == "<Kit of 1 cases under own@1>"
    assert kit([OWN], []) != ONE
    with pytest.raises(AttributeError):
        ONE.cases = ()  # type: ignore[misc]


def test_a_kit_holds_what_an_implementation_needs() -> None:
    files = ONE.files()
    assert sorted(files) == [
        "README.md", "calendar.json", "cases.jsonl", "kit.json", "policies/own@1.json",
        *(f"schemas/{name}.schema.json" for name in (
            "answer", "assessment", "case", "complaint", "event", "golden", "mapping", "policy", "tally",
        )),
    ]  # fmt: skip
    line = json.loads(files["cases.jsonl"])
    assert line["policy"] == {"id": "own", "edition": "1", "parameters": {}}
    assert line["case"]["id"] == "g-1"
    listed = json.loads(files[LIST])
    assert listed["files"] == {name: digest(content) for name, content in files.items() if name != LIST}
    assert (listed["cases"], listed["policies"]) == (1, ["policies/own@1.json"])
    page = files["README.md"].decode()
    assert "own@1" in page
    assert "{" not in guide([], 0).split("```json")[0]
    for word in ("退回也是答案", "Refused is an answer", "No answer is a failure", "23:59:59.999999", "provisional"):
        assert word in page


LINE: Final = (
    '{"id": "g-1", "policy": {"id": "reply-24h"}, "case": {"received": "2026-10-09T10:00:00+08:00"}, '
    '"at": "2026-10-09T11:00:00+08:00", "expect": {"violations": []}}'
)
PROGRAM: Final = f"""
import hashlib
from complaint_rules import load_policy
from complaint_rules.verification.kits import kit
from complaint_rules.verification.reaching import GoldenCase
made = kit([load_policy("reply-24h")], [GoldenCase.from_json({LINE!r})])
print(*(hashlib.sha256(content).hexdigest() for content in made.files().values()))
"""


def test_the_same_cases_give_the_same_bytes_in_any_process() -> None:
    here = kit([load_policy("reply-24h")], [GoldenCase.from_json(LINE)])
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert run.stdout.split() == [digest(content) for content in here.files().values()]


# --- what goes in ---


def test_what_a_person_wrote_as_a_day_or_a_minute_is_exact_in_a_kit() -> None:
    wanted = {"clocks": {"whole": {"due_at": "2026-10-14", "warn_at": [], "row": 0}}}
    (made,) = kit([OWN], [golden(expect=wanted)]).cases
    assert made.expect.to_dict() == {"clocks": {"whole": {"due_at": DUE, "warn_at": [], "row": 0}}}
    several = {"clocks": {"whole": [{"due_at": "2026-10-14"}]}}
    (made,) = kit([OWN], [golden(expect=several)]).cases
    assert made.expect.to_dict()["clocks"]["whole"] == [{"due_at": DUE}]
    hours = load_policy("psbc-95580")
    case = golden(
        policy={"id": "psbc-95580"}, rule="limit/whole", cite="14",
        case={"received": "2026-10-08T09:00:00+08:00", "repeat": True},
        expect={"clocks": {"whole": {"due_at": "2026-10-10 09:00"}}},
    )  # fmt: skip
    assert kit([hours], [case]).cases[0].expect.clocks["whole"] == {"due_at": "2026-10-10T09:00:00+08:00"}


def test_parameters_of_the_rule_set_and_of_the_case_stand_in_the_line() -> None:
    supplied = load_policy("cbirc-2020-3", parameters={"retention": "5 years"})
    case = golden(policy={"id": "cbirc-2020-3"}, rule="", cite="", expect={"violations": []})
    assert kit([supplied], [case]).cases[0].policy.parameters == {"retention": "5 years"}
    mine = golden(policy={"id": "own", "parameters": {"time": "2 days"}}, expect={"duties": {"tell": "due"}}, rule="")
    made = kit([OWN], [mine])
    assert made.cases[0].policy.parameters == {"time": "2 days"}
    assert made.cases[0].expect.duties["tell"] == ({"status": "due"},)


def test_cases_are_made_from_the_rules_where_none_are_given() -> None:
    made = kit([load_policy("property-validity"), load_policy("reply-24h")])
    assert len({case.id for case in made.cases}) == len(made.cases) > 50
    check = shipped("golden")
    for line in made.files()["cases.jsonl"].splitlines():
        assert told(check, json.loads(line)) == []
    assert made.check([]).count(Outcome.UNANSWERED) == len(made.cases)


def test_a_case_that_is_refused_is_answered_with_the_place() -> None:
    wrong = golden(case={"received": "2026-10-08"}, at="2026-10-01T09:00:00+08:00", expect={"refused": "at: it lies"})
    assert kit([OWN], [wrong]).cases[0].expect.to_dict() == {"refused": "at"}


def test_a_case_that_only_waits_for_a_figure_refuses_nothing_else() -> None:
    lacking = small.own(
        "[parameters.most]", 'type = "int"', small.TITLE, "[parameters.least]", 'type = "int"', small.TITLE,
        "[[table]]", 'id = "level"', small.TITLE, 'values.high = { zh = "高", en = "High" }',
        'values.low = { zh = "低", en = "Low" }',
        'first = [{ value = "high", when = "complainants >= most" }, { value = "low" }]',
        "[[table]]", 'id = "other"', small.TITLE, 'values.all = { zh = "全", en = "All" }',
        'first = [{ value = "all", when = "complainants >= least" }, { value = "all" }]',
    )  # fmt: skip
    case = golden(rule="", cite="", expect={"refused": "table/level"})
    assert kit([lacking], [case]).cases[0].expect.to_dict() == {"findings": {"level": "?"}, "missing": ["most"]}
    by_name = golden(rule="", cite="", expect={"refused": "most"})
    assert kit([lacking], [by_name]).cases[0].expect.to_dict()["missing"] == ["most"]


def test_a_case_that_does_not_come_out_is_none_for_others() -> None:
    wrong = golden(expect={"clocks": {"whole": {"status": "met"}}, "findings": {"level": "high"}})
    with pytest.raises(InvalidGolden, match="it does not come out as it says") as caught:
        made_ready(wrong, [OWN])
    assert len(caught.value.faults) == 2
    assert "\n  g-1: limit/whole status: wanted met, got running" in str(caught.value)
    zh = explain_error(caught.value, "zh").splitlines()
    assert zh[-1] == "  g-1: limit/whole 状态：应为 met，实为 running"
    with pytest.raises(InvalidGolden) as of_kit:
        kit([OWN], [wrong])
    assert explain_error(of_kit.value, "zh").splitlines()[-1] == zh[-1], "named by its id once"


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        ({"id": "onw"}, "did you mean 'own'"),
        ({"id": "own", "edition": "2"}, "the kit has no such rule set"),
        ({"id": "psbc-95580"}, "the kit has no such rule set; got 'psbc-95580'; there are own@1"),
    ],
)
def test_a_case_of_another_rule_set_is_told(policy: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidGolden, match=why):
        kit([OWN], [golden(policy=policy)])


def test_a_case_says_which_of_several_editions_it_is_of() -> None:
    both = [load_policy("petition-2022", edition=edition) for edition in ("2005", "2022")]
    case = golden(policy={"id": "petition-2022"}, rule="", cite="", expect={"violations": []})
    with pytest.raises(InvalidGolden, match="several editions fit; one of petition-2022@2005, petition-2022@2022"):
        kit(both, [case])
    named = golden(policy={"id": "petition-2022", "edition": "2022"}, rule="", cite="", expect={"violations": []})
    assert kit(both, [named]).cases[0].policy.edition == "2022"
    assert len(kit(both, []).files()) == 15


def test_every_case_that_cannot_stand_in_a_kit_is_told_at_once() -> None:
    wrong = golden("g-2", expect={"clocks": {"whole": {"status": "met"}}})
    with pytest.raises(InvalidGolden, match="the kit: it is refused") as caught:
        kit([OWN], [golden(), wrong, golden(), golden("g-3", rule="limit/whle")])
    assert [fault.where.partition(":")[0] for fault in caught.value.faults] == ["g-2", "g-1", "g-3"]
    assert "there is another case with this id" in str(caught.value)


@pytest.mark.parametrize(
    ("policies", "why"), [([], "at least one"), (None, "a list"), (["own"], "a Policy"), (5, "a list")]
)
def test_without_rule_sets_there_is_no_kit(policies: Any, why: str) -> None:
    with pytest.raises(InvalidPolicy, match=why):
        kit(policies, [])


def test_a_rule_set_stands_in_a_kit_once() -> None:
    with pytest.raises(InvalidPolicy, match="the rule set is given twice; got 'own@1'"):
        kit([OWN, OWN], [])


@pytest.mark.parametrize(
    ("cases", "why"), [(5, "a list of cases"), ([5], r"cases\[0\]: the cases of a kit"), (["g-1"], "pass Gold")]
)
def test_only_golden_cases_go_into_a_kit(cases: Any, why: str) -> None:
    with pytest.raises(InvalidGolden, match=why):
        kit([OWN], cases)


def test_an_edition_that_is_no_name_of_a_file_has_its_number() -> None:
    policy = Policy.from_text(small.HEAD.replace('edition = "1"', 'edition = "2026/修订"'), name="own.toml")
    assert "policies/own-1.json" in kit([policy], []).files()


def test_the_calendar_reaches_as_far_as_the_last_due_moment() -> None:
    late = golden(
        case={"received": "2027-12-30T09:00:00+08:00"}, at="2027-12-30T10:00:00+08:00",
        expect={"clocks": {"whole": {"due_at": "2028-01-06"}}, "duties": {"tell": "due"}},
    )  # fmt: skip
    assert json.loads(kit([OWN], [late]).files()["calendar.json"])["last"] == "2028-12-31"
    early = golden(expect={"clocks": {"whole": {"status": "running"}}})
    assert json.loads(kit([OWN], [early]).files()["calendar.json"])["last"] == "2026-12-31"
    assert kit([OWN], []).files()["cases.jsonl"] == b""


# --- answers ---


def test_answers_may_be_given_as_they_were_parsed() -> None:
    good = {"id": "g-1", "clocks": {"whole": {"status": "running", "due_at": DUE, "row": 0}}}
    assert ONE.check([good]).good
    assert ONE.check(iter([good])).good
    report = ONE.check([good, 5])
    assert (report.count(Outcome.PASSED), [fault.line for fault in report.faults]) == (1, [2])


def test_a_report_says_rule_by_rule_what_came_out() -> None:
    cases = [golden(), golden("g-2", rule="", cite="7", expect={"violations": []}), golden("g-3", cite="")]
    made = kit([OWN], cases)
    good = {"clocks": {"whole": {"status": "running", "due_at": DUE, "row": 0}}}
    report = made.check([{"id": "g-1", **good}, {"id": "g-2", "violations": ["late limit/whole"]}, {"id": "x"}])
    assert report.text("en").splitlines() == [
        "own@1",
        "  limit/whole (8): 1 of 2 passed",
        "    g-3: unanswered",
        "  other (7): 0 of 1 passed",
        '    g-2: violations: wanted [], got ["late limit/whole"]',
        "3 cases: 1 passed, 1 not as expected, 1 unanswered; 1 fault in lines",
    ]
    assert report.text().splitlines() == [
        "own@1",
        "  limit/whole（8）：2件中1件相符",
        "    g-3：未答",
        "  其他（7）：1件中0件相符",
        '    g-2：violations：应为[]，答为["late limit/whole"]',
        "共3件：1件相符，1件不符，1件未答；答案有1处错误",
    ]
    data = report.to_dict()
    assert data["rules"][1] == {
        "policy": "own@1", "rule": None, "cites": ["7"], "counts": {"passed": 0, "differs": 1, "unanswered": 0},
    }  # fmt: skip
    assert data["faults"] == [{"line": 3, "column": "id", "why": "the kit has no such case", "hint": ""}]
    assert [one["id"] for one in data["cases"]] == ["g-2", "g-3"]
    assert json.loads(json.dumps(data)) == data
    with pytest.raises(UnknownLanguage):
        report.text("fr")  # type: ignore[arg-type]  # what a caller may pass all the same


def test_a_report_cites_as_the_text_is_cited_and_stays_short() -> None:
    policy = load_policy("psbc-95580")
    cases = [
        golden(f"g-{number}", policy={"id": "psbc-95580"}, rule="table/priority", cite=f"{number % 18 + 1}",
               expect={"findings": {"priority": "ordinary"}}, case={"received": "2026-10-08", "repeat": False})
        for number in range(30)
    ]  # fmt: skip
    text = kit([policy], cases).check([]).text("en")
    assert "  table/priority (art. 1; art. 2; " in text
    assert " …): 0 of 30 passed" in text
    assert text.count("unanswered\n") == 21
    assert "    10 more\n" in text
    assert "    另有10件\n" in kit([policy], cases).check([]).text("zh")
    assert "2 faults in lines" in ONE.check([5, 6]).text("en")


def test_a_case_whose_rule_set_is_not_at_hand_is_cited_as_it_is_written() -> None:
    report = Kit(policies=(), cases=(golden(),)).check([])
    assert report.text("en").splitlines()[:2] == ["own", "  limit/whole (8): 0 of 1 passed"]


def test_faults_are_bounded_however_many_lines_are_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_MOST_FAULTS", 3)
    report = ONE.check([5] * 7)
    assert [(fault.line, fault.why) for fault in report.faults[2:]] == [
        (3, "an answer is a JSON object"),
        (7, "4 more faults are not listed"),
    ]
    assert all(not fault.hint for fault in ONE.check([{"id": f"g-{number}9"} for number in range(50)]).faults[25:])


# --- folders ---


def test_a_kit_is_written_read_back_and_written_anew(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "kit"
    two = kit([OWN, load_policy("reply-24h")], [golden(), golden("g-2")])
    two.write(folder)
    assert Kit.from_folder(folder) == two
    (folder / "answers.jsonl").write_text("mine")
    ONE.write(str(folder))
    assert Kit.from_folder(str(folder)) == ONE
    assert sorted(path.name for path in (folder / "policies").iterdir()) == ["own@1.json"], "what is no more is gone"
    assert (folder / "answers.jsonl").read_text() == "mine", "what is not of the kit stays"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        *ONE.files(), "answers.jsonl",
    }  # fmt: skip


def test_an_empty_folder_and_a_kit_without_cases_will_do(tmp_path: Path) -> None:
    kit([OWN], []).write(tmp_path)
    assert Kit.from_folder(tmp_path).cases == ()


def test_a_folder_with_other_things_and_a_file_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UnreadableInput, match="the folder holds other things, and is no kit; name a new folder"):
        ONE.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(UnreadableInput, match="this is a file, and no folder; name a new folder"):
        ONE.write(tmp_path / "thesis.txt")
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("content", ["", "{}", "[]", "not json", '{"format": "complaint-rules/kit/9"}', "\udcff"])
def test_a_list_that_is_none_of_a_kit_protects_its_folder(content: str, tmp_path: Path) -> None:
    (tmp_path / LIST).write_bytes(content.encode("utf-8", "surrogateescape"))
    for use in (lambda: ONE.write(tmp_path), lambda: Kit.from_folder(tmp_path)):
        with pytest.raises(UnreadableInput, match=LIST):
            use()
    assert [path.name for path in tmp_path.iterdir()] == [LIST]


@pytest.mark.parametrize(
    "files", [{"../mine.txt": "0"}, {"/etc/passwd": "0"}, {"schemas/../../mine.txt": "0"}, {"answers.jsonl": "0"}]
)
def test_a_list_that_names_what_is_not_of_a_kit_costs_nobody_anything(files: dict[str, str], tmp_path: Path) -> None:
    folder, mine = tmp_path / "kit", tmp_path / "mine.txt"
    ONE.write(folder)
    mine.write_text("mine")
    (folder / "answers.jsonl").write_text("mine")
    listed = json.loads((folder / LIST).read_text())
    (folder / LIST).write_text(json.dumps({**listed, "files": {**listed["files"], **files}}))
    for name in files:
        with pytest.raises(UnreadableInput, match="the list of the kit does not name it"):
            read_file(folder, name, list_of(folder)["files"])
    ONE.write(folder)
    assert mine.read_text() == (folder / "answers.jsonl").read_text() == "mine"


@pytest.mark.parametrize("name", ["cases.jsonl", "policies/own@1.json"])
def test_what_was_changed_since_proves_nothing(name: str, tmp_path: Path) -> None:
    ONE.write(tmp_path)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b" ")
    with pytest.raises(UnreadableInput, match="it was changed since the kit was made; make it anew"):
        Kit.from_folder(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(UnreadableInput, match="there is no such file"):
        Kit.from_folder(tmp_path)


def listed_anew(folder: Path, name: str, content: bytes) -> None:
    """Change a file of a kit, and its digest with it."""
    (folder / name).write_bytes(content)
    listed = json.loads((folder / LIST).read_text())
    listed["files"][name] = digest(content)
    (folder / LIST).write_text(json.dumps(listed))


def test_a_line_that_is_no_case_makes_the_kit_unusable(tmp_path: Path) -> None:
    ONE.write(tmp_path)
    listed_anew(tmp_path, "cases.jsonl", (tmp_path / "cases.jsonl").read_bytes() + b'{"id": "g-2"}\n')
    with pytest.raises(UnreadableInput, match=r"cases\.jsonl: kit: line 2 is no case"):
        Kit.from_folder(tmp_path)


@pytest.mark.parametrize("document", [b"{}", b"\xff", b'{"policy": {"id": "own"}, "name": "own", "parameters": {}}'])
def test_a_rule_set_that_is_none_makes_the_kit_unusable(document: bytes, tmp_path: Path) -> None:
    ONE.write(tmp_path)
    listed_anew(tmp_path, "policies/own@1.json", document)
    with pytest.raises((UnreadableInput, InvalidPolicy)):
        Kit.from_folder(tmp_path)


@pytest.mark.parametrize("path", [None, 5, b"kit", "a\0b", ["kit"]])
def test_what_is_no_path_is_refused(path: Any) -> None:
    with pytest.raises(UnreadableInput, match="a path is expected"):
        ONE.write(path)
    with pytest.raises(UnreadableInput, match="a path is expected"):
        Kit.from_folder(path)


def test_a_kit_is_read_from_its_folder(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "none", "there is no kit"),
        (tmp_path, "there is no kit"),
        (Path(__file__), "this is a file"),
    ):
        with pytest.raises(UnreadableInput, match=why):
            Kit.from_folder(path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnreadableInput, match="it cannot be written"):
        write_folder(ONE.files(), tmp_path / "file" / "kit")
    ONE.write(tmp_path / "kit")
    (tmp_path / "kit" / "cases.jsonl").unlink()
    (tmp_path / "kit" / "cases.jsonl").mkdir()
    with pytest.raises(UnreadableInput, match="it cannot be written"):
        ONE.write(tmp_path / "kit")


def test_a_stream_is_checked_as_it_comes() -> None:
    lines = io.BytesIO(b'{"id": "g-1", "refused": "received"}\n')
    report = ONE.check(lines, name="answers.jsonl")
    assert [one.outcome for one in report.results] == [Outcome.DIFFERS]
