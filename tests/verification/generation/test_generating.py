"""Cases made from rules: what small policies give, by hand; every outcome of every policy; the same in every run."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

from complaint_rules.errors import InvalidGolden, InvalidPolicy
from complaint_rules.policy.loading import editions, load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.generation import generating
from complaint_rules.verification.generation.bench import CaseKind
from complaint_rules.verification.generation.edges import EDGES
from complaint_rules.verification.generation.generating import GeneratedCases, generate
from complaint_rules.verification.generation.proofs import WhyNever, never_reached
from complaint_rules.verification.reaching.answers import Difference
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from tests import small

WHOLE: Final = settings().max_examples > 60
"""Whether every policy is gone through, as in CI; by default every sixth is."""
PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "bank-detail": {"handling_time": "5 working days", "reply_time": "10 days"},
    "boc-it-blueprint": {"starts": "2023-06-01", "ends": "2026-12-31"},
    "boc-sanming": {"handling_time": "5 working days"},
    "cbirc-2020-3": {"major_report": "2 hours", "retention": "5 years"},
    "cbrc-2012-13": {"mass_report": "2 hours"},
    "crisis-first": {"handling_time": "5 working days"},
    "developer-flow": {"handling_time": "3 days"},
    "grcu-2008": {"reasonable_time": "3 working days"},
    "pboc-2020-5": {"branch_time": "7 working days"},
    "property-kinds": {"handover_wait": "5 minutes"},
    "rcb-draft": {"retention": "5 years"},
    "realty-levels": {"plan_time": "3 days"},
    "wealth-handbook": {"risk_general_from": 50000, "risk_major_from": 1000000, "progress_every": "5 working days"},
}
"""Figures that the texts leave open, as an institution might set them."""
ALL: Final = [(name, edition) for name in policies() for edition in editions(name)]
SOME: Final = ALL if WHOLE else ALL[1::6]


def policy(id: str, edition: str | None = None) -> Policy:
    return load_policy(id, edition=edition, parameters=PARAMETERS.get(id))


def by_id(found: GeneratedCases) -> dict[str, GoldenCase]:
    return {case.id: case for case in found.cases}


def due(case: GoldenCase, limit: str = "whole") -> str:
    run = case.expect.clocks[limit]
    assert not isinstance(run, tuple)
    return str(run["due_at"])


# --- figures at the edges of the calendar ---

LAST: Final = "T23:59:59.999999+08:00"
TWO_WORKING_DAYS: Final = (
    ("plain", "2026-03-06", "Thursday is the first, Friday the second"),
    ("before_make_up", "2026-02-24", "the make-up Saturday is the first; the break lasts until the 23rd"),
    ("make_up_saturday", "2026-02-25", "the day itself does not count; 24 and 25 follow the break"),
    ("break_begins", "2026-02-25", "24 and 25 are the first two that work"),
    ("break_eve", "2026-10-09", "8 and 9 October follow the break"),
    ("break_ends", "2026-10-09", "8 and 9 October follow the break"),
    ("make_up_sunday", "2026-09-22", "Monday and Tuesday"),
    ("year_ends", "2026-01-05", "1 to 3 January are a break, Sunday 4 January is worked, Monday is the second"),
    ("leap_day", "2024-03-04", "Friday, then Monday"),
    ("month_ends", "2026-02-03", "a Saturday; Monday and Tuesday"),
    ("quiet_evening", "2026-09-02", "Tuesday and Wednesday"),
)
ONE_MONTH: Final = (
    ("plain", "2026-04-04", "the day of the same number"),
    ("break_eve", "2026-10-30", "October has a 30th"),
    ("year_ends", "2026-01-31", "January has a 31st"),
    ("leap_day", "2024-03-29", "March has a 29th"),
    ("month_ends", "2026-02-28", "February has no 31st: its last day"),
    ("quiet_evening", "2026-09-30", "September has no 31st: its last day"),
)


@pytest.mark.parametrize(
    ("within", "table"), [("2 working days", TWO_WORKING_DAYS), ("1 month", ONE_MONTH)], ids=["working days", "months"]
)
def test_each_figure_is_met_at_its_last_instant_and_missed_a_microsecond_later(
    within: str, table: tuple[tuple[str, str, str], ...]
) -> None:
    cases = by_id(generate(small.own(small.limit(f'[{{ within = "{within}" }}]'))))
    for edge, last, why in table:
        met, late = cases[f"limit/whole[0]:edge:{edge}.met"], cases[f"limit/whole[0]:edge:{edge}.late"]
        assert due(met) == due(late) == last + LAST, why
        assert met.case["events"][-1]["at"] == last + LAST
        moment = dt.datetime.fromisoformat(last + LAST) + dt.timedelta(microseconds=1)
        assert late.case["events"][-1]["at"] == moment.isoformat()
        assert met.expect.to_dict()["clocks"]["whole"]["status"] == "met"
        assert late.expect.to_dict()["clocks"]["whole"]["status"] == "met_late"
        assert late.expect.to_dict()["violations"] == {"limit/whole": ["late"]}


def test_the_edges_are_what_they_are_called() -> None:
    days = {edge.code: edge.at for edge in EDGES}
    assert days["plain"].isoweekday() == 3
    assert (days["make_up_saturday"].isoweekday(), days["make_up_sunday"].isoweekday()) == (6, 7)
    assert days["make_up_sunday"].time() < dt.time(8, 30)
    assert days["quiet_evening"].time() > dt.time(18)
    assert (days["leap_day"].month, days["leap_day"].day) == (2, 29)
    assert EDGES[1].title("zh") == "补班周六与春节假期前的周五"


def test_a_last_day_that_does_not_work_is_tried_where_days_are_counted() -> None:
    cases = by_id(generate(small.own(small.limit('[{ within = "5 days" }]', 'roll = "next_working_day"'))))
    # Received on Wednesday 4 March; the first start whose fifth day is a rest day is that of Monday 9: Saturday 14.
    assert due(cases["limit/whole[0]:edge:ends_on_rest_day.met"]) == f"2026-03-16{LAST}"
    working = by_id(generate(small.own(small.limit('[{ within = "5 working days" }]'))))
    assert not [name for name in working if "ends_on_rest_day" in name]


def test_every_way_of_ending_and_each_warning_is_tried_once() -> None:
    rows = '[{ within = "10 days", warn = ["2 days", "5 days"] }]'
    until = '["closed", { event = "informed", told = "complainant" }]'
    cases = by_id(generate(small.own(small.limit(rows, until=until))))
    second = cases["limit/whole[0]:edge:plain.met.2"]
    assert second.case["events"][-1]["told"] == ("complainant",)
    assert [name for name in cases if ".met.2" in name] == ["limit/whole[0]:edge:plain.met.2"]
    # Due when 14 March ends; the last five days begin on the 10th, the last two on the 13th.
    warned = cases["limit/whole[0]:edge:warning1.at"]
    assert warned.at.isoformat() == "2026-03-10T00:00:00+08:00"
    assert warned.expect.to_dict()["notifications"] == {"limit/whole": ["due", "warning"]}
    assert cases["limit/whole[0]:edge:warning1.before"].expect.to_dict()["notifications"] == {"limit/whole": ["due"]}
    assert cases["limit/whole[0]:edge:warning2.at"].at.isoformat() == "2026-03-13T00:00:00+08:00"
    early = by_id(generate(small.own(small.limit('[{ within = "1 day", warn = "5 days" }]'))))
    assert not [name for name in early if "warning" in name], "the warning would fall on the start"
    other = cases["limit/whole[0]:edge:other.informed"].expect.to_dict()["clocks"]["whole"]
    assert other["status"] == "running", "told nobody, it ends nothing"


@pytest.mark.parametrize("type", ["day", "moment"])
def test_what_was_due_before_the_receipt_can_only_be_late(type: str) -> None:
    rules = small.own(small.fact("d1", type, None), small.limit('[{ by = "d1", when = "d1 < received" }]'))
    cases = by_id(generate(rules))
    # The promised day is the 3rd, the receipt Wednesday the 4th at ten: nothing can be in time any more.
    late = cases["limit/whole[0]:edge:plain.late"].expect.to_dict()["clocks"]["whole"]
    assert late["status"] == "met_late"
    assert late["due_at"].startswith("2026-03-03T23:59" if type == "day" else "2026-03-03T10:00")
    assert "limit/whole[0]:edge:plain.met" not in cases
    # Closed well after it ran out, it was void of nothing: what befalls it comes after the receipt, not the due day.
    assert all(event["at"] >= case.case["received"] for case in cases.values() for event in case.case.get("events", ()))


@pytest.mark.parametrize("where", ["row", "limit"])
def test_at_an_edge_at_which_a_limit_applies_no_more_there_is_no_case(where: str) -> None:
    condition = "when = \"not elapsed('received', 'same day')\""
    limit = (
        small.limit(f'[{{ within = "5 days", {condition} }}]')
        if where == "row"
        else small.limit('[{ within = "5 days" }]', condition)
    )
    found = by_id(generate(small.own(limit)))
    # Looked at one minute after the receipt: a minute before midnight, that is the next day.
    edges = {name.rpartition(":")[2].partition(".")[0] for name in found if ":edge:" in name}
    assert {"plain", "year_ends"} <= edges
    assert not edges & {"break_eve", "break_ends"}


@pytest.mark.parametrize(
    ("within", "times"),
    [
        ("at once", ["10:00:00", "10:00:00", "10:00:00"]),  # there is no time before it, and it needs three
        ("1 minute", ["10:00:00", "10:00:30", "10:01:00"]),  # shared out evenly since the receipt
        ("1 hour", ["10:58:00", "10:59:00", "11:00:00"]),  # a minute apart
    ],
)
def test_what_ends_with_the_third_event_has_all_three_after_the_receipt(within: str, times: list[str]) -> None:
    rules = small.own(small.limit(f'[{{ within = "{within}" }}]', until='{ event = "replied", nth = 3 }'))
    met = by_id(generate(rules))["limit/whole[0]:edge:plain.met"]
    assert [event["at"][11:19] for event in met.case["events"]] == times
    assert met.expect.to_dict()["clocks"]["whole"]["status"] == "met"


# --- boundaries and pairs ---


def test_a_threshold_is_tried_on_both_sides_and_where_nobody_said() -> None:
    found = generate(small.own(small.table("urgency", ("urgent", "complainants >= 3"), ("ordinary", ""))))
    told = [
        (case.case.get("complainants"), case.expect.findings["urgency"], case.kind)
        for case in found.cases
        if case.rule == "table/urgency[0]"
    ]
    assert told == [(3, "urgent", "row"), (2, "ordinary", "pair"), (None, "ordinary", "unknown")]
    assert found.cases[0].why == {"zh": "投诉人数不少于3", "en": "number of complainants is at least 3"}


def test_each_part_of_a_condition_turns_the_answer_alone() -> None:
    rules = small.own(small.fact("vip"), small.table("urgency", ("urgent", "vip and (repeat or joint)"), ("no", "")))
    cases = {
        case.id.partition(":pair:")[2]: (
            *(case.case.get("extra", {}).values()), case.case.get("repeat"), case.case.get("joint"),
            case.expect.findings["urgency"],
        )
        for case in generate(rules).cases
        if case.kind == CaseKind.PAIR
    }  # fmt: skip
    assert cases["1.1.off"] == (False, True, None, "no"), "without the first"
    assert cases["2.1.on"] == (True, True, False, "urgent"), "the second alone"
    assert cases["2.1.off"] == (True, False, False, "no")
    assert cases["3.1.on"] == (True, False, True, "urgent"), "the third alone"
    assert len(cases) == 4, "the rest are the same cases as these"


def test_of_two_rows_that_both_hold_the_first_decides() -> None:
    rules = small.own(small.table("urgency", ("urgent", "complainants >= 3"), ("odd", "repeat"), ("ordinary", "")))
    case = by_id(generate(rules))["table/urgency[0]:row:next"]
    assert (case.case["complainants"], case.case["repeat"], case.expect.findings["urgency"]) == (3, True, "urgent")


def test_a_row_that_decides_only_while_something_is_unknown_is_tried_so_and_proved_to_be_no_other() -> None:
    rules = small.own(
        small.fact("vip", assume=None), small.table("who", ("yes", "vip"), ("no", "not vip"), ("open", ""))
    )
    found = generate(rules)
    assert by_id(found)["table/who[0]:unknown:vip"].case == {"received": "2026-03-04T10:00:00+08:00"}
    assert [(one.outcome, one.why) for one in found.impossible()] == [
        ("table/who row 3 decides", WhyNever.ONLY_UNKNOWN)
    ]
    assert "未达：table/who 第3行作出认定：已证明仅在有事实未知时适用" in found.summary("zh")


def test_a_row_that_never_holds_is_proved_and_one_of_which_nobody_knows_is_told() -> None:
    rules = small.own(
        small.table("who", ("yes", "complainants >= 3"), ("more", "complainants >= 4"), ("no", "")),
        '[[link]]\nid = "alike"\ntitle = { zh = "同", en = "Alike" }\nsame = ["kind"]',
        small.table("lead", ("first", "first_of('alike')"), ("other", "")),
    )
    found = generate(rules)
    assert ("table/who row 2 decides", WhyNever.NEVER_HOLDS) in [(one.outcome, one.why) for one in found.impossible()]
    assert "table/lead row 1 decides" in found.unreached()
    assert "table/lead row 1 decides" not in [one.outcome for one in found.impossible()]
    assert "not reached: table/lead row 1 decides: no case was found that reaches it" in found.summary("en")
    assert "未达：table/lead 第1行作出认定：未找到能达到的案件，也未证明没有" in found.summary("zh").splitlines()


def test_what_waits_for_a_figure_makes_no_case_and_is_told() -> None:
    rules = small.own(
        f'[parameters.time]\ntype = "period"\n{small.TITLE}', small.limit("[{ within = { parameter = 'time' } }]")
    )
    found = generate(rules)
    assert found.unreached()
    assert {one.why for one in found.impossible()} == {WhyNever.PARAMETER}
    assert len(found.impossible()) == len(found.unreached())


def test_a_search_that_runs_out_of_steps_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from complaint_rules.errors import OutOfBudget
    from complaint_rules.verification.generation import proofs

    def tired(*_: object) -> None:
        raise OutOfBudget(what="search", why="the steps it was given are used up")

    monkeypatch.setattr(proofs, "search", tired)
    assert never_reached(load_policy("cbirc-2020-3"), ["table/standing row 8 decides"]) == ()


# --- the whole ---


@pytest.mark.parametrize(("id", "edition"), SOME)
def test_generated_cases_reach_every_outcome_but_those_proved_impossible(id: str, edition: str) -> None:
    found = generate(policy(id, edition))
    assert {one.outcome for one in found.impossible()} == set(found.unreached())
    assert found.unchecked == len(found.cases)
    assert all(case.checked is None and case.kind and case.why for case in found.cases)
    assert len({case.id for case in found.cases}) == len(found.cases)
    for case in found.cases[:: 1 if WHOLE else 25]:
        assert GoldenCase.from_json(case.to_json()) == case
        assert case.run(found.policy) == ()


def test_cases_without_a_policy_are_refused() -> None:
    with pytest.raises(InvalidPolicy):
        generate("psbc-95580")  # type: ignore[arg-type]


def test_a_case_that_does_not_come_out_as_it_was_made_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generating, "differences", lambda *_: [Difference("limit/whole status", "met", "void")])
    with pytest.raises(InvalidGolden, match=r"does not come out as it was made; got .limit/whole status"):
        generate(load_policy("property-validity"))


def test_hours_are_supplied_where_a_rule_set_counts_in_them_and_has_none() -> None:
    assert {case.hours for case in generate(load_policy("maker-capa")).cases} == {("08:30-12:00", "13:30-17:30")}
    rules = small.own('[hours]\nspans = [["09:00", "17:00"]]', small.limit('[{ within = "8 working hours" }]'))
    assert {case.hours for case in generate(rules).cases} == {()}


def test_the_report_counts_what_nobody_has_checked() -> None:
    found = generate(load_policy("property-validity"))
    number = len(found.cases)
    kinds = Counter(case.kind for case in found.cases)
    assert found.kinds == {kind: kinds[kind.value] for kind in CaseKind if kinds[kind.value]}
    assert found.summary("zh").startswith(
        f"property-validity：{number}件，其中{number}件未经人工核对（各行{kinds['row']}、"
    )
    lines = found.to_jsonl().splitlines()
    assert [json.loads(line)["checked"] for line in lines] == [None] * number


def test_rules_that_say_nothing_make_no_cases_and_no_empty_brackets() -> None:
    found = generate(small.own())
    assert (found.summary("en"), found.summary("zh")) == (
        "own: 0 cases, 0 of them unchecked",
        "own：0件，其中0件未经人工核对",
    )


# --- the same in every run ---

_RUN: Final = """\
import sys
from complaint_rules import load_policy
from complaint_rules.verification import generate
found = generate(load_policy(sys.argv[1]))
sys.stdout.write(found.to_jsonl() + "\\n".join(found.unreached()))
"""


SEEDS: Final = ("0", "1", "4242") if WHOLE else ("4242",)


@pytest.mark.parametrize("id", ["petition-2022", "psbc-95580", "grcu-2008"] if WHOLE else ["reply-24h"])
def test_the_same_cases_come_in_every_process_whatever_its_hashes_and_after_other_policies(id: str) -> None:
    import complaint_rules

    source = str(Path(complaint_rules.__file__).parents[1])
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _RUN, id],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": source, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE, encoding="utf-8",
        )
        for seed in SEEDS
    ]  # fmt: skip
    generate(load_policy("bank-model"))
    here = generate(load_policy(id))
    told = [run.communicate()[0] for run in runs]
    assert {run.returncode for run in runs} == {0}
    assert {*told} == {here.to_jsonl() + "\n".join(here.unreached())}
    assert set(here.unreached()) == {one.outcome for one in here.impossible()}
