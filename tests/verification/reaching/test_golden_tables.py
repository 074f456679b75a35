"""Golden cases as TOML: every slip is told with its line, every difference in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from complaint_rules.errors import InvalidGolden, UnreadableInput
from complaint_rules.moments import BEIJING
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.golden_tables import GoldenFile, golden_from_text, read_golden
from tests.golden_files import FOLDER, gaps_of, read_once
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


def golden(text: str, name: str = "realty-levels.toml") -> GoldenFile:
    file = golden_from_text(text, name=name)
    assert file.faults == (), [str(one) for one in file.faults]
    return file


def told(text: str) -> list[str]:
    """Run the one case of a file; give the differences."""
    return [str(one) for one in golden(text).cases[0].run(load_policy("realty-levels"))]


def under(policy: Policy, text: str) -> list[str]:
    """Run the one case of a file about a small policy."""
    (case,) = golden('policy = "own"\n' + CASE.replace("5.1.1", "1") + text, "own.toml").cases
    return [str(one) for one in case.run(policy)]


def test_a_case_is_read_as_it_stands() -> None:
    file = golden(GOLDEN)
    (case,) = file.cases
    assert (file.name, file.policy, file.lines[case.id]) == ("realty-levels", "realty-levels", 3)
    assert case.case["received"] == "2026-10-09T16:00:00+08:00"
    assert case.case["press_risk"] is True
    assert case.at == dt.datetime(2026, 10, 12, 9, 0, tzinfo=BEIJING)
    assert case.expect.findings == {"level": "hot", "supervised": "yes"}
    assert case.expect.clocks == {"pass_on": {"status": "met", "due_at": "2026-10-09 17:00"}}
    assert case.expect.duties == {"monitor": ({"status": "due"},), "review_plan": ()}
    assert set(case.expect.rules) >= {"table/level", "limit/pass_on", "duty/review_plan", "checklist/special_report"}
    assert told(GOLDEN) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('fact = { press_risk = true }\ntables = { level = "hot" }',
         "realty-levels.toml:10: case[0].fact: a golden case has no such key; got 'fact'; did you mean 'facts'?"),
        ("", "realty-levels.toml:3: case[0]: the case does not say what must come out; write one of limits, tables"),
        ("facts = { press_risk = 2026-10-09 }\nviolations = []", "10: case[0].facts.press_risk: a text, a number"),
        ("facts = { press_risk = [1] }\nviolations = []", "10: case[0].facts.press_risk: a text, a number"),
        ('hours = [["12:00", "09:00"]]\nviolations = []', "10: case[0].hours: "),
        ('hours = "early"\nviolations = []', "10: case[0].hours: "),
        ("links = { same_kind = true }\nviolations = []", "10: case[0].links.same_kind: a count of 0 or more"),
        ("unseen = [5]\nviolations = []", "10: case[0].unseen[0]: a text is expected"),
        ('events = [{ at = "2026-10-09" }]\nviolations = []', "10: case[0].events[0].kind: an event needs this key"),
        ('events = [{ kind = "routed", too = "x" }]\nviolations = []', "events[0].too: an event has no such key"),
        ('events = [{ kind = "routed", at = "9 October" }]\nviolations = []', "events[0].at: a moment or a day"),
        ('events = [{ kind = "routed", at = "2026-10-09 25:00" }]\nviolations = []', "events[0].at: a moment or a day"),
        ("tables = { level = 1 }", "10: case[0].tables.level: a value of the table"),
        ('limits = { pass_on = "met" }', "10: case[0].limits.pass_on: a run is a table"),
        ("limits = { pass_on = {} }", "10: case[0].limits.pass_on: it says nothing of the run"),
        ('limits = { pass_on = { status = "mett" } }', "limits.pass_on.status: a status of a limit is expected; got"),
        ('limits = { pass_on = { state = "met" } }', "case[0].limits.pass_on.state: a run has no such key"),
        ('limits = { pass_on = { due = "2026-10-09 17:00:01" } }', "case[0].limits.pass_on.due: the moment is naive"),
        ('limits = { pass_on = { due = "2026-13-09" } }', "case[0].limits.pass_on.due: there is no such day"),
        ("limits = { pass_on = { due = 5 } }", "case[0].limits.pass_on.due: a moment is expected"),
        ('limits = { pass_on = { due = "none", due_at = "none" } }', "limits.pass_on.due: it stands twice"),
        ("limits = { pass_on = { row = -1 } }", "case[0].limits.pass_on.row: a whole number from 0"),
        ('duties = { monitor = "doen" }', "10: case[0].duties.monitor.status: a status of a duty is expected"),
        ("duties = { monitor = [{ due_at = 5 }] }", "10: case[0].duties.monitor.status: a duty needs this key"),
        ('checklists = { special_report = "all" }', "10: case[0].checklists.special_report: the list of what"),
        ("checklists = { special_report = [5] }", "10: case[0].checklists.special_report: a list of texts"),
        ('notifications = { "limit/pass_on" = ["dew"] }', "a kind of notice is expected; got 'dew'; did you"),
        ('notifications = { "limit/pass_on" = "due" }', "a list of codes is expected; got 'due'"),
        ('violations = ["overdue limit/pass_on"]', "10: case[0].violations: a kind of violation is expected"),
        ('violations = ["late pass_on"]', "10: case[0].violations: the rule of a violation is expected"),
        ("violations = [5]", "10: case[0].violations: a kind of violation is expected"),
        ('violations = "late"', "10: case[0].violations: a list of violations is expected"),
        ('violations = { "limit/pass_on" = ["latte"] }', "a kind of violation is expected; got 'latte'; did you mean"),
        ('refused = "x"\nmissing = ["hours"]', "10: case[0].refused: it stands instead of results"),
        ("parameters = { plan_time = [] }\nviolations = []", "case[0].parameters.plan_time: a text, a number"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line_and_key(line: str, says: str) -> None:
    file = golden_from_text(FILE + CASE + line, name="realty-levels.toml")
    assert file.cases == ()
    assert any(says in str(fault) for fault in file.faults), [str(fault) for fault in file.faults]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (FILE, "realty-levels.toml: case: a golden file needs this key, and it is missing"),
        (FILE + "cases = []", "realty-levels.toml:2: cases: a golden file has no such key; got 'cases'; did you mean"),
        (FILE + "case = 5", "realty-levels.toml:2: case: a list is expected"),
        (FILE + "case = [5]", "realty-levels.toml:2: case[0]: a golden case is a table"),
        (FILE + '[unreached]\n"limit/a late" = "never"' + CASE, "a text in both languages is a table; got 'never'"),
        (FILE + CASE.replace('"one"', '"一"'), "id: a code of up to 80 ASCII letters"),
        (FILE + CASE.replace("12 09:00", "12"), "realty-levels.toml:9: case[0].at: a moment is expected, not a day"),
        (FILE + CASE.replace(WHY, "why = 5\n"), "case[0].why: a text in both languages is a table"),
        (FILE + CASE.replace(', en = "B"', ""), "case[0].why.en: a text in both languages needs this key"),
        (FILE + CASE.replace(WHY, ""), "case[0].why: a golden case needs this key, and it is missing"),
        (FILE + CASE.replace('received = "2026-10-09 16:00"', ""), "case[0].received: a golden case needs this key"),
    ],
)  # fmt: skip
def test_a_slip_of_the_file_is_told(text: str, says: str) -> None:
    found = [
        str(fault)
        for fault in golden_from_text(text + "violations = []\n" * ("[[" in text), name="realty-levels.toml").faults
    ]
    assert any(says in one for one in found), found


def test_what_is_no_file_of_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidGolden, match=r"own.toml: it is no golden file\n  own.toml: this is no TOML"):
        golden_from_text("policy = ", name="own.toml")
    with pytest.raises(UnreadableInput, match="there is no such file"):
        read_golden(tmp_path / "own.toml")


def test_a_bad_case_costs_that_case_and_no_other() -> None:
    two = CASE.replace('"one"', '"two"')
    file = golden_from_text(FILE + CASE + "violations = 5\n" + (two + "violations = []\n") * 2, name="x.toml")
    assert [case.id for case in file.cases] == ["two"]
    assert [str(fault) for fault in file.faults] == [
        'x.toml:10: case[0].violations: a list of violations is expected; got 5; write ["late limit/whole"]',
        "x.toml:22: case[2].id: another case has the same id; got 'two'",
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('facts = { press_rsk = true }\ntables = { level = "hot" }',
         "case.extra.press_rsk: the rule set has no such name; got 'press_rsk'; did you mean 'press_risk'?"),
        ('tables = { levl = "hot" }', "got 'table/levl'; did you mean 'table/level'?"),
        ('tables = { level = "hott" }', "expect.findings.level: the rule set has no such name; got 'hott'; did you"),
        ('tables = { level = ["hot"] }', "expect.findings.level: of this table one value is expected"),
        ('limits = { pass = { status = "met" } }', "got 'limit/pass'; did you mean 'limit/pass_on'?"),
        ('duties = { monitors = "due" }', "got 'duty/monitors'"),
        ('checklists = { special_report = ["cause"] }', "expect.checklists.special_report: the rule set has no such"),
        ('violations = ["late limit/pass"]', "got 'limit/pass'"),
        ('notifications = { "limit/pass" = ["due"] }', "got 'limit/pass'"),
        ("links = { same = 3 }\nviolations = []", "links: the rule set has no such name; got 'same'"),
        ('unseen = ["rooted"]\nviolations = []', "case.unseen: the rule set has no such name; got 'rooted'"),
        ('events = [{ kind = "amended", set = { hot = true } }]\nviolations = []', "case.events[0].set.hot: the rule"),
        ("parameters = { plan_tim = 5 }\nviolations = []", "policy.parameters: the rule set has no such name"),
    ],
)  # fmt: skip
def test_what_the_policy_does_not_have_is_told(line: str, says: str) -> None:
    with pytest.raises(InvalidGolden) as caught:
        told(FILE + CASE + line)
    assert "golden case one: it is refused" in str(caught.value)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('tables = { level = "major" }',
         "table/level: wanted major, got ? (possible: major, hot, important, ordinary; unknown: same_kind)"),
        ('links = { same_kind = 1 }\ntables = { level = "?" }', "table/level: wanted ?, got ordinary"),
        ('limits = { pass_on = { status = "met" } }', "limit/pass_on status: wanted met, got overdue"),
        ('limits = { pass_on = { due = "2026-10-09" } }',
         "limit/pass_on due_at: wanted 2026-10-09, got 2026-10-09 17:00"),
        ('limits = { pass_on = { due = "none" } }', "limit/pass_on due_at: wanted none, got 2026-10-09 17:00"),
        ('limits = { pass_on = { row = 7 } }', "limit/pass_on row: wanted 7, got 0"),
        ('limits = { pass_on = { row = "none" } }', "limit/pass_on row: wanted none, got 0"),
        ('limits = { pass_on = { due = "2026-10-09T17:00:00.000001+08:00" } }',
         "limit/pass_on due_at: wanted 2026-10-09T17:00:00.000001+08:00, got 2026-10-09T17:00:00+08:00"),
        ('limits = { pass_on = { warn_at = "2026-10-09 16:30" } }',
         "limit/pass_on warn_at: wanted 2026-10-09 16:30, got none"),
        ('limits = { pass_on = [{ status = "met" }, { due = "none" }] }',
         "limit/pass_on: wanted 2 runs, got 1: overdue, due 2026-10-09 17:00"),
        ('limits = { pass_on = [{ status = "met" }] }', "limit/pass_on run 1 status: wanted met, got overdue"),
        ('duties = { note_monthly = "done" }', "duty/note_monthly: wanted done, got due"),
        ('duties = { note_monthly = "none" }', "duty/note_monthly: wanted none, got due"),
        ('duties = { note_monthly = { status = "due", due_at = "2026-10-09" } }',
         "duty/note_monthly due_at: wanted 2026-10-09, got none"),
        ('checklists = { special_report = [] }', "checklist/special_report: wanted nothing, got none"),
        ("violations = []", "violations: wanted nothing, got late limit/pass_on"),
        ('violations = { "limit/pass_on" = [], record = [] }', "violations of limit/pass_on: wanted nothing, got late"),
        ('notifications = { "limit/pass_on" = ["due"] }', "notifications of limit/pass_on: wanted due, got overdue"),
        ('missing = ["hours"]', "missing: wanted hours among them, got plan_time, same_kind"),
        ('refused = "plan"', ""),
        ('refused = "no such thing"', "refused: wanted no such thing, got plan_time; same_kind"),
        ('parameters = { plan_tim = "2 days" }\nrefused = "plan_tim"', ""),
        ('events = [{ kind = "rooted" }]\nrefused = "rooted"', ""),
        ('events = [{ kind = "rooted" }]\nviolations = []',
         ("refused: wanted nothing is refused or missing, "
          "got events[0].kind: the code is unknown; did you mean 'routed'?")),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(line: str, says: str) -> None:
    found = [one.partition("\n")[0] for one in told(FILE + CASE + FACTS * ("facts" not in line) + line)]
    assert found == ([says] if says else [])


def test_a_case_says_what_it_is() -> None:
    (case,) = golden(GOLDEN).cases
    assert case.told("zh") == (
        "passed_on_to_the_last_moment 一小时届满时转达：按时 (5.1.1): 16:00 起一小时至 17:00，含当时"
    )


def test_every_golden_file_is_the_same_as_lines_of_json() -> None:
    """One value for both: written as JSON and read back, every case of every file is equal."""
    for path in sorted(FOLDER.glob("*.toml")):
        file = read_once(path)
        assert isinstance(file, GoldenFile)
        for case in file.cases:
            assert GoldenCase.from_json(case.to_json()) == case, f"{file.name}::{case.id}"


def test_a_bare_day_is_its_end_and_working_time_needs_the_hours_of_the_case() -> None:
    policy = own(limit('[{ within = "2 working days" }]'), limit('[{ within = "4 working hours" }]', id="soon"))
    hours = 'hours = [["09:00", "12:00"], ["13:30", "17:30"]]\n'
    line = 'limits = { whole = { due = "2026-10-12" }, soon = { due = "2026-10-10 11:30" } }'
    assert under(policy, hours + line) == []
    assert under(policy, 'limits = { soon = { status = "undetermined", due = "none" } }') == []
    assert under(policy, 'limits = { whole = { due = "2026-10-12 23:59" } }') == []
    assert under(policy, 'missing = ["hours"]') == []


def test_a_table_is_open_only_where_no_presumption_settles_it() -> None:
    rows = table("level", ("high", "grave"), ("low", ""))
    presumed, open_ = own(fact("grave"), rows), own(fact("grave", assume=None), rows)
    assert under(presumed, 'tables = { level = "low" }') == []
    assert under(open_, 'tables = { level = "?" }') == []
    assert under(open_, 'facts = { grave = false }\ntables = { level = "low" }') == []
    every = own(fact("grave"), fact("slow"), table("kinds", ("g", "grave"), ("s", "slow"), every=True))
    assert under(every, "facts = { grave = true, slow = true }\n" + 'tables = { kinds = ["s", "g"] }') == []
    assert under(every, "tables = { kinds = [] }") == []


def test_facts_amended_become_known_and_unknown_again() -> None:
    policy = own(fact("grave", assume=None), fact("day", "day", None), table("level", ("high", "grave"), ("low", "")))
    events = 'events = [{ kind = "amended", at = "2026-10-10", set = { grave = true, day = "2026-10-09" } }, %s]\n'
    again = '{ kind = "amended", at = "2026-10-11", set = { grave = "?" } }'
    assert under(policy, events % "" + 'tables = { level = "high" }') == []
    assert under(policy, events % again + 'tables = { level = "?" }') == []


def test_a_duty_is_told_trigger_by_trigger() -> None:
    policy = own(duty("must", '"informed"', 'after = "agreed"', "each = true", 'within = "1 day"'))
    events = 'events = [{ kind = "agreed", at = "2026-10-10 09:00" }, { kind = "agreed", at = "2026-10-11 10:00" }]\n'
    assert under(policy, events + 'duties = { act = ["due", "due"] }') == [
        "duty/act: wanted due, due, got overdue, due"
    ]


@pytest.mark.parametrize(("cite", "says"), [
    ("5, 7-9", ""), ("5 para 1 item 2", ""), ("6", "cite: the text has no such article; got '6'"),
    ("7-10", "cite: the text has no such article; got '10'"), ("law: 5", "cite: this is no citation"),
    ("law:5", "cite: the rule set cites no such text"),
])  # fmt: skip
def test_a_case_cites_an_article_that_the_policy_lists(cite: str, says: str) -> None:
    articles = "\n".join(
        f'[[article]]\nid = "{number}"\ntitle = {{ zh = "甲", en = "a" }}\nstate = "nothing"' for number in (5, 7, 8, 9)
    )
    policy = own(duty("must", '"informed"'), articles)
    (case,) = golden('policy = "own"\n' + CASE.replace("5.1.1", cite) + "violations = []", "own.toml").cases
    found = [str(one) for one in case.misfits(policy)]
    assert found == [] if not says else any(one.startswith(says) for one in found), found


def test_what_no_case_of_a_file_reaches_is_named() -> None:
    file = golden(GOLDEN.replace("[[case]]", '[unreached]\n"limit/pass_on late" = { zh = "甲", en = "A" }\n[[case]]'))
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


def test_only_what_a_case_says_something_about_is_reached_by_it() -> None:
    found = " ".join(gaps_of(golden(FILE + CASE + FACTS + 'violations = ["late limit/pass_on"]')))
    assert "limit/pass_on late" not in found
    assert "duty/note_monthly not kept" in found
