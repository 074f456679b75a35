"""An analysis as a whole: what it accepts, what it waits for, its budget, bad input, and that it is a value."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import complaint_rules
from complaint_rules.errors import InvalidFigure, InvalidPolicy, UnknownCode, UnknownLanguage
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis import Analysis, analyse, asking
from complaint_rules.verification.analysis.findings import LEVELS, FindingLevel
from complaint_rules.verification.worlds.witnesses import Answer, Sureness, WhyOpen
from tests.small import TITLE, fact, limit, own, table

PATHS = {"PYTHONPATH": str(Path(complaint_rules.__file__).parents[1])}
WHY = '{ zh = "如此", en = "so it is" }'
MONEY = fact("sum", "decimal", None)


def accepting(*lines: str, row: str = "") -> Policy:
    """Load a table with a gap below 100 and a dead row; `lines` stand in it, `row` with the dead row."""
    rows = f"{{ value = 'x', when = 'sum >= 100' }}, {{ value = 'x', when = 'sum >= 200'{row} }}"
    return own(
        MONEY,
        "\n".join(
            [
                "[[table]]", 'id = "grade"', TITLE, "values.x = { zh = 'x', en = 'x' }",
                f"first = [{rows}]", *lines,
            ]
        ),
    )  # fmt: skip


def test_what_is_accepted_is_listed_apart() -> None:
    found = analyse(accepting())
    assert [(one.code.value, one.place) for one in found.findings if one.level.counts] == [
        ("gap", "table/grade"),
        ("unreachable", "table/grade[1]"),
    ]
    assert not found.clean
    found = analyse(accepting("accept = ['gap', 'unreachable']", f"reading = {WHY}"))
    assert found.clean
    assert {one.code.value for one in found.accepted} == {"gap", "unreachable"}
    assert "findings accepted:\n  table/grade gap" in found.explain("en")
    assert "已接受的所见" in found.explain("zh")
    gap = found.accepted[0]
    assert "accepted: see the reading beside it" in gap.explain("en")
    assert gap.to_dict()["accepted"] is True


def test_a_row_accepts_for_itself() -> None:
    own_reading = f", accept = [{{ code = 'unreachable', reading = {WHY} }}]"
    found = analyse(accepting(row=own_reading))
    (one,) = found.accepted
    assert one.place == "table/grade[1]"
    assert one.explain("zh").endswith("已接受：如此")
    assert one.to_dict()["accepted"] == {"zh": "如此", "en": "so it is"}
    assert [left.code.value for left in found.findings if left.level.counts] == ["gap"]


def test_each_finding_ends_with_the_code_by_which_it_is_accepted() -> None:
    found = analyse(accepting()).findings
    named = [one.explain("en").rpartition("\n  accept with: ")[2] for one in found]
    assert [one.explain("zh").rpartition("\n  如属正常，接受代码：")[2] for one in found] == named
    # Written into the file as they are told, they leave nothing untold, and what is accepted asks for nothing.
    accepted = analyse(accepting(f"accept = {sorted(set(named))}", f"reading = {WHY}"))
    assert len(accepted.accepted) == len(found) >= 2
    assert accepted.findings == ()
    assert "accept with" not in accepted.explain("en")


def test_what_is_accepted_and_not_found_any_more_is_told() -> None:
    found = analyse(accepting("accept = ['order_decides', 'gap', 'unreachable']", f"reading = {WHY}"))
    assert found.not_found == (("table/grade", FindingCode.ORDER_DECIDES),)
    assert "table/grade accepts order_decides “the order of the rows decides”, which was not found" in found.explain(
        "en"
    )
    assert "并无此所见" in found.explain("zh")
    assert found.to_dict()["not_found"] == [{"place": "table/grade", "code": "order_decides"}]


def test_rules_that_wait_for_a_parameter_are_named() -> None:
    named = f"[parameters.most]\ntype = 'int'\n{TITLE}"
    reads = table("grade", ("x", "complainants > most"), ("y", ""))
    policy = own(named, reads, limit("[{ within = '5 days' }]", "when = \"grade == 'x'\""))
    found = analyse(policy)
    assert found.waiting == ("table/grade", "limit/whole")
    assert found.findings == ()
    assert "not analysed, a parameter is missing: table/grade, limit/whole" in found.explain("en")
    assert "缺参数而未分析：table/grade、limit/whole" in found.explain("zh")


def test_what_a_waiting_rule_accepts_is_not_said_to_be_missing() -> None:
    named = f"[parameters.most]\ntype = 'int'\n{TITLE}"
    reads = table("grade", ("x", "complainants > most"))
    policy = own(named, f"{reads}\naccept = [{{ code = 'gap', reading = {WHY} }}]")
    assert analyse(policy).not_found == ()


@cache
def whole_of(policy: Policy) -> frozenset[tuple[FindingCode, str]]:
    return frozenset((one.code, one.place) for one in analyse(policy).findings)


@pytest.mark.parametrize("budget", [1, 40, 200, 1_000])
def test_a_budget_that_is_too_small_leaves_things_open_and_says_so(budget: int) -> None:
    policy = load_policy("property-kinds")
    found = analyse(policy, budget=budget)
    assert found.used_up
    assert found.budget == budget
    assert f"the {budget} steps it was given are used up" in found.explain("en")
    assert f"搜索步数{budget}已用尽" in found.explain("zh")
    for one in found.findings:
        if one.verdict is Sureness.OPEN:
            assert one.why is WhyOpen.BUDGET
            assert one.to_dict()["why"] == "budget"
        else:
            assert (one.code, one.place) in whole_of(policy), "what is not open is right"
    assert found.not_found == ()


def test_a_long_table_of_many_conditions_comes_to_an_end() -> None:
    """The worst case is exponential: rows of many conditions each, none of which decides alone."""
    names = [f"b{number}" for number in range(14)]
    facts = [fact(name) for name in names]
    rows = []
    for number in range(60):
        parts = [f"{'' if number * 7 % (place + 3) % 2 else 'not '}{name}" for place, name in enumerate(names)]
        pairs = zip(parts, parts[3:], strict=False)
        rows.append(("xyz"[number % 3], " or ".join(f"({one} and {other})" for one, other in pairs)))
    found = analyse(own(*facts, table("grade", *rows)), budget=3_000)
    assert found.used_up or found.findings


def test_a_case_that_the_steps_do_not_suffice_for_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = Answer(verdict=Sureness.OPEN, why=WhyOpen.BUDGET)
    monkeypatch.setattr(asking, "answered", lambda *_, **__: spent)
    (gap,) = analyse(accepting()).of("gap")
    assert (gap.verdict, gap.why) == (Sureness.OPEN, WhyOpen.BUDGET)


@pytest.mark.parametrize("budget", [0, -1, 1.5, "many", True, None])
def test_a_budget_is_a_whole_number_from_one(budget: Any) -> None:
    with pytest.raises(InvalidFigure, match="a whole number of steps from 1 is expected"):
        analyse(load_policy("psbc-95580"), budget=budget)


@pytest.mark.parametrize("policy", ["psbc-95580", None, 5, {}])
def test_a_policy_is_wanted(policy: Any) -> None:
    with pytest.raises(InvalidPolicy):
        analyse(policy)


def test_the_findings_of_one_code() -> None:
    found = analyse(accepting())
    assert [one.place for one in found.of("unreachable")] == ["table/grade[1]"]
    assert found.of(FindingCode.DUTIES_CLASH) == ()
    with pytest.raises(UnknownCode, match="did you mean 'gap'"):
        found.of("gaps")


def test_every_code_has_a_level() -> None:
    assert set(LEVELS) == set(FindingCode)
    assert {level for level in FindingLevel if level.counts} == {FindingLevel.ERROR, FindingLevel.WARNING}


def test_an_analysis_is_a_value() -> None:
    found = analyse(accepting())
    assert found == analyse(accepting())
    assert hash(found) == hash(analyse(accepting()))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - made a moment ago
    assert copy.deepcopy(found) == found
    for value in (found, *found.findings):
        assert "\n" not in repr(value)
    with pytest.raises(AttributeError):
        found.findings = ()  # type: ignore[misc]
    assert json.loads(json.dumps(found.to_dict()))["clean"] is False


def test_only_two_languages_are_spoken() -> None:
    found = analyse(accepting())
    for call in (found.explain, found.findings[0].explain, found.findings[0].sentence):
        with pytest.raises(UnknownLanguage):
            call("fr")  # type: ignore[arg-type]


def test_what_is_not_exact_is_said_with_its_reason() -> None:
    found = analyse(load_policy("psbc-95580"))
    assert any("free" in en and "Whole process" in en for _, en in found.ends)
    assert "where it is not exact:" in found.explain("en")
    assert "分析不精确之处" in found.explain("zh")


def test_the_same_policy_gives_the_same_analysis_in_any_process() -> None:
    code = (
        "import json; from complaint_rules.policy.loading import load_policy;"
        "from complaint_rules.verification.analysis import analyse;"
        "print(json.dumps(analyse(load_policy('property-kinds')).to_dict()))"
    )
    told = set()
    for seed in ("1", "2"):
        env = {"PYTHONHASHSEED": seed, **PATHS}
        told.add(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env).stdout)
    assert len(told) == 1


def test_what_the_face_hands_on() -> None:
    assert isinstance(analyse(own()), Analysis)
