from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching import golden_running
from complaint_rules.verification.reaching.golden_tables import GoldenFile, Misread, WantedRun, read_golden
from tests.golden_files import gaps_of
from tests.small import duty, fact, limit, own, table

FILE: Final = 'policy = "realty-levels"\n'
WHY: Final = 'why = { zh = "乙", en = "B" }\n'
CASE: Final = f"""
[[case]]
id = "one"
title = {{ zh = "甲", en = "A" }}
{WHY}cite = "5.1.1"
received = "2026-10-09 16:00"
at = "2026-10-12 09:00"
"""
FACTS: Final = 'facts = { received_by = "project_service" }\n'
GOLDEN: Final = (
    FILE
    + """
[[case]]
id = "passed_on_to_the_last_moment"
title = { zh = "一小时届满时转达：按时", en = "Passed on at the very end of the hour: in time" }
why = { zh = "16:00 起一小时至 17:00，含当时", en = "One hour from 16:00 ends at 17:00, inclusive" }
cite = "5.1.1"
received = "2026-10-09 16:00"
at = "2026-10-12 09:00"
facts = { received_by = "project_service", press_risk = true }
events = [{ kind = "routed", at = "2026-10-09 17:00", to = "property_company" }]
tables = { level = "hot", supervised = "yes" }
limits = { pass_on = { status = "met", due = "2026-10-09 17:00" } }
duties = { monitor = "due", review_plan = "none" }
checklists = { special_report = "none" }
missing = ["plan_time"]
"""
)


def golden(folder: Path, text: str, name: str = "realty-levels.toml") -> GoldenFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_golden(path)


def told(folder: Path, text: str) -> list[str]:
    """Run the one case of a file; give the differences."""
    file = golden(folder, text)
    return golden_running.differences(file.cases[0], file)


def under(policy: Policy, folder: Path, text: str) -> list[str]:
    """Run the one case of a file about a small policy."""

    def load(file: GoldenFile, parameters: Mapping[str, Any]) -> Policy:
        return policy

    file = golden(folder, 'policy = "own"\n' + CASE + text, "own.toml")
    return golden_running.differences(file.cases[0], file, load)


def test_a_case_is_read_as_it_stands(tmp_path: Path) -> None:
    (case,) = golden(tmp_path, GOLDEN).cases
    assert case.place == "realty-levels::passed_on_to_the_last_moment"
    assert case.received == dt.datetime(2026, 10, 9, 16, 0, tzinfo=BEIJING)
    assert case.tables == {"level": "hot", "supervised": "yes"}
    assert case.limits == {"pass_on": WantedRun(status="met", due="2026-10-09 17:00")}
    assert case.duties == {"monitor": ("due",), "review_plan": ()}
    assert case.asks >= {"table/level", "limit/pass_on", "duty/review_plan", "checklist/special_report"}
    assert told(tmp_path, GOLDEN) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('fact = { press_risk = true }\ntables = { level = "hot" }', "realty-levels.toml: case one: fact: there is no"),
        ("", "case one: id: the case does not say what must come out"),
        ("facts = { press_risk = 2026-10-09 }\nviolations = []", "case one: facts.press_risk: a text, a number"),
        ('hours = [["9:00", "12:00"]]\nviolations = []', "case one: hours: a span is"),
        ("links = { same_kind = true }\nviolations = []", "case one: links.same_kind: a whole number"),
        ('unseen = "routed"\nviolations = []', "case one: unseen: a list of texts"),
        ('events = [{ at = "2026-10-09" }]\nviolations = []', "case one: event 1: kind: it is missing"),
        ('events = [{ kind = "routed", too = "x" }]\nviolations = []', "case one: event 1: too: there is no such key"),
        ('events = [{ kind = "routed", at = "9 October" }]\nviolations = []', "case one: event 1: at: a moment"),
        ("tables = { level = 1 }", "case one: tables.level: a value"),
        ('limits = { pass_on = "met" }', "case one: limits.pass_on: { status"),
        ('limits = { pass_on = { status = "mett" } }', "limits.pass_on: status: 'mett' is unknown; did you mean"),
        ('limits = { pass_on = { state = "met" } }', "case one: limits.pass_on: state: there is no such key"),
        ('limits = { pass_on = { due = "2026-10-09 17:00:01" } }', "case one: limits.pass_on: due: a due moment"),
        ("duties = { monitor = [] }", "case one: duties.monitor: a status"),
        ('duties = { monitor = "doen" }', "case one: duties.monitor: 'doen' is unknown"),
        ('checklists = { special_report = "all" }', "case one: checklists.special_report: the list of what"),
        ('violations = ["overdue limit/pass_on"]', "case one: violations: 'overdue' is unknown"),
        ('violations = ["late pass_on"]', 'case one: violations: "late limit/whole" is expected'),
        ('refused = "x"\nmissing = ["hours"]', "refused: it stands instead of results, and here beside missing"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_file_case_and_key(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(Misread) as caught:
        golden(tmp_path, FILE + CASE + line)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("policy = ", "this is no TOML"),
        ('policy = "psbc-95580"', "policy: the file is called realty-levels.toml"),
        (FILE, "realty-levels.toml: case: it is missing"),
        (FILE + "cases = []", "realty-levels.toml: cases: there is no such key; did you mean 'case'?"),
        (FILE + (CASE + "violations = []\n") * 2, "realty-levels.toml: case one: id: another case has the same"),
        (
            FILE + '[unreached]\n"limit/a late" = "never"' + CASE + "violations = []",
            'unreached: limit/a late: { zh = "…", en = "…" }',
        ),
        (FILE + CASE.replace('"one"', '"One"') + "violations = []", "case One: id: small letters"),
        (FILE + CASE.replace("12 09:00", "12") + "violations = []", "case one: at: a moment is expected, not a day"),
        (
            FILE + CASE.replace(WHY, "why = 5\n") + "violations = []",
            'case one: why: { zh = "…", en = "…" } is expected',
        ),
        (FILE + CASE.replace(', en = "B"', "") + "violations = []", "case one: why: en: it is missing"),
        (
            FILE + CASE.replace(WHY, "") + "violations = []",
            'case one: why: the case does not say how its answer follows from the text; write why = { zh = "…"',
        ),
    ],
)
def test_a_slip_of_the_file_is_told(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Misread) as caught:
        golden(tmp_path, text)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('facts = { press_rsk = true }\ntables = { level = "hot" }', "facts: the policy has no 'press_rsk'; did"),
        ('tables = { levl = "hot" }', "tables: the policy has no 'levl'; did you mean 'level'?"),
        ('tables = { level = "hott" }', "tables.level: the policy has no 'hott'; did you mean 'hot'?"),
        ('tables = { level = ["hot"] }', "tables.level: of this table a value is expected"),
        ('limits = { pass = { status = "met" } }', "limits: the policy has no 'pass'"),
        ('duties = { monitors = "due" }', "duties: the policy has no 'monitors'"),
        ('checklists = { special_report = ["cause"] }', "checklists.special_report: the policy has no 'cause'"),
        ('violations = ["late limit/pass"]', "violations: the policy has no 'limit/pass'"),
        ("links = { same = 3 }\nviolations = []", "links: the policy has no 'same'"),
        ('unseen = ["rooted"]\nviolations = []', "unseen: the policy has no 'rooted'"),
        ('events = [{ kind = "amended", set = { hot = true } }]\nviolations = []', "event 1: set: the policy has no"),
    ],
)  # fmt: skip
def test_what_the_policy_does_not_have_is_told(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(Misread) as caught:
        told(tmp_path, FILE + CASE + line)
    assert f"realty-levels::one: {says}" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('tables = { level = "major" }',
         "table level: wanted major, got ? (possible: major, hot, important, ordinary; unknown: same_kind)"),
        ('links = { same_kind = 1 }\ntables = { level = "?" }', "table level: wanted ?, got ordinary"),
        ('limits = { pass_on = { status = "met" } }', "limit pass_on status: wanted met, got overdue"),
        ('limits = { pass_on = { due = "2026-10-09" } }', "limit pass_on due: wanted 2026-10-09, got 2026-10-09 17:00"),
        ('limits = { pass_on = [{ status = "met" }, { due = "none" }] }',
         "limit pass_on: wanted 2 runs, got 1: overdue, due 2026-10-09 17:00"),
        ('limits = { pass_on = [{ status = "met" }] }', "limit pass_on run 1 status: wanted met, got overdue"),
        ('duties = { note_monthly = "done" }', "duty note_monthly: wanted done, got due"),
        ('duties = { note_monthly = "none" }', "duty note_monthly: wanted none, got due"),
        ('checklists = { special_report = [] }', "checklist special_report: wanted nothing, got none"),
        ("violations = []", "violations: wanted nothing, got late limit/pass_on"),
        ('missing = ["hours"]', "missing: wanted hours among them, got plan_time, same_kind"),
        ('refused = "plan"', ""),
        ('refused = "no such thing"',
         "refused: wanted a refusal that names 'no such thing', got: plan_time; same_kind"),
        ('parameters = { plan_tim = "2 days" }\nrefused = "plan_tim"', ""),
        ('events = [{ kind = "rooted" }]\nrefused = "rooted"', ""),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(tmp_path: Path, line: str, says: str) -> None:
    assert told(tmp_path, FILE + CASE + FACTS * ("facts" not in line) + line) == ([says] if says else [])


def test_a_difference_is_told_with_the_case_and_why(tmp_path: Path) -> None:
    (case,) = golden(tmp_path, GOLDEN).cases
    assert golden_running.told(case, ["table level: wanted major, got hot"]).splitlines() == [
        f"{case.place}: 一小时届满时转达：按时 / Passed on at the very end of the hour: in time",
        "  cite: 5.1.1",
        "  why: 16:00 起一小时至 17:00，含当时 / One hour from 16:00 ends at 17:00, inclusive",
        "  table level: wanted major, got hot",
    ]


def test_a_bare_day_is_its_end_and_working_time_needs_the_hours_of_the_case(tmp_path: Path) -> None:
    policy = own(limit('[{ within = "2 working days" }]'), limit('[{ within = "4 working hours" }]', id="soon"))
    hours = 'hours = [["09:00", "12:00"], ["13:30", "17:30"]]\n'
    line = 'limits = { whole = { due = "2026-10-12" }, soon = { due = "2026-10-10 11:30" } }'
    assert under(policy, tmp_path, hours + line) == []
    assert under(policy, tmp_path, 'limits = { soon = { status = "undetermined", due = "none" } }') == []
    assert under(policy, tmp_path, 'limits = { whole = { due = "2026-10-12 23:59" } }') == []
    assert under(policy, tmp_path, 'missing = ["hours"]') == []


def test_a_table_is_open_only_where_no_presumption_settles_it(tmp_path: Path) -> None:
    rows = table("level", ("high", "grave"), ("low", ""))
    presumed, open_ = own(fact("grave"), rows), own(fact("grave", assume=None), rows)
    assert under(presumed, tmp_path, 'tables = { level = "low" }') == []
    assert under(open_, tmp_path, 'tables = { level = "?" }') == []
    assert under(open_, tmp_path, 'facts = { grave = false }\ntables = { level = "low" }') == []
    every = own(fact("grave"), fact("slow"), table("kinds", ("g", "grave"), ("s", "slow"), every=True))
    assert under(every, tmp_path, "facts = { grave = true, slow = true }\n" + 'tables = { kinds = ["s", "g"] }') == []
    assert under(every, tmp_path, "tables = { kinds = [] }") == []


def test_facts_amended_become_known_and_unknown_again(tmp_path: Path) -> None:
    policy = own(fact("grave", assume=None), fact("day", "day", None), table("level", ("high", "grave"), ("low", "")))
    events = 'events = [{ kind = "amended", at = "2026-10-10", set = { grave = true, day = "2026-10-09" } }, %s]\n'
    again = '{ kind = "amended", at = "2026-10-11", set = { grave = "?" } }'
    assert under(policy, tmp_path, events % "" + 'tables = { level = "high" }') == []
    assert under(policy, tmp_path, events % again + 'tables = { level = "?" }') == []


def test_a_duty_is_told_trigger_by_trigger(tmp_path: Path) -> None:
    policy = own(duty("must", '"informed"', 'after = "agreed"', "each = true", 'within = "1 day"'))
    events = 'events = [{ kind = "agreed", at = "2026-10-10 09:00" }, { kind = "agreed", at = "2026-10-11 10:00" }]\n'
    assert under(policy, tmp_path, events + 'duties = { act = ["due", "due"] }') == [
        "duty act: wanted due, due, got overdue, due"
    ]


@pytest.mark.parametrize(("cite", "good"), [("5, 7-9", True), ("5 para 1 item 2", True), ("6", False), ("7-10", False)])
def test_a_case_cites_an_article_that_the_policy_lists(tmp_path: Path, cite: str, good: bool) -> None:
    class Listed:
        articles = dict.fromkeys(("5", "7", "8", "9"))

    (case,) = golden(tmp_path, FILE + CASE.replace("5.1.1", cite) + "violations = []").cases
    if good:
        golden_running._cited(case, Listed())  # type: ignore[arg-type]  # the one thing that is asked of a policy
    else:
        with pytest.raises(Misread, match="cite: the policy has no"):
            golden_running._cited(case, Listed())  # type: ignore[arg-type]  # as above


def test_what_no_case_of_a_file_reaches_is_named(tmp_path: Path) -> None:
    file = golden(
        tmp_path, GOLDEN.replace("[[case]]", '[unreached]\n"limit/pass_on late" = { zh = "甲", en = "A" }\n[[case]]')
    )
    found = list(gaps_of(file))
    assert "reached by no case: limit/pass_on not applicable" in found
    assert "reached by no case: duty/monitor kept" in found
    told = " ".join(found)
    for reached in (
        "limit/pass_on kept",
        "limit/pass_on late",
        "duty/monitor not kept",
        "duty/review_plan not triggered",
    ):
        assert reached not in told


def test_only_what_a_case_says_something_about_is_reached_by_it(tmp_path: Path) -> None:
    found = " ".join(gaps_of(golden(tmp_path, FILE + CASE + FACTS + 'violations = ["late limit/pass_on"]')))
    assert "limit/pass_on late" not in found
    assert "duty/note_monthly not kept" in found
