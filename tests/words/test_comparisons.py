"""Several policies side by side, and the pages made of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import load_policy, policies
from complaint_rules.errors import UnknownLanguage
from complaint_rules.language import Lang
from complaint_rules.policy.files.reading import shipped
from complaint_rules.policy.policy import Policy
from complaint_rules.words.comparisons import ComparedPart, ComparedRule, comparison, comparison_text, names_of
from tests import small
from tests.golden import policy_of
from tests.strategies import THOROUGH

DOCS = Path(__file__).parents[2] / "docs"
SCRIPT = DOCS / "_scripts" / "make_comparison.py"
PAGES = [f"{name}.{lang}.md" for name in ("comparison", "disagreements") for lang in ("zh", "en")]
BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def every_edition() -> list[Policy]:
    return [
        load_policy(name, edition=file.removesuffix(".toml").partition("@")[2] or None)
        for name in policies()
        for file in shipped()[name]
    ]


def part_of(name: str, *found: Policy, lang: Lang = "en") -> ComparedPart:
    return next(part for part in comparison(found, lang) if part.name == name)


def lines(name: str, *found: Policy, lang: Lang = "en") -> list[ComparedRule]:
    return list(part_of(name, *found, lang=lang).rules)


# --- the pages ---


@pytest.mark.skipif(not THOROUGH, reason="a step of .ci/run: with HYPOTHESIS_PROFILE=ci")
def test_the_pages_under_docs_are_current() -> None:
    if not SCRIPT.exists():
        pytest.skip("the pages are not beside the tests")
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def anchors(page: Path) -> set[str]:
    """Give what a link can lead to: anchors written out, and headings as they are shown on the web."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return set(re.findall(r'<a id="([^"]+)">', text)) | {heading.lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_the_pages_leads_somewhere(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    known: dict[str, set[str]] = {}
    for link in dict.fromkeys(re.findall(r"\]\(([^)]+)\)", text)):
        page, _, place = link.partition("#")
        path = DOCS / (page or name)
        assert path.exists(), link
        assert not place or place in known.setdefault(page, anchors(path)), link


@BOTH
def test_the_comparison_names_every_edition_of_every_policy(lang: Lang) -> None:
    names = names_of(every_edition())
    assert len(set(names)) == len(names)
    assert {"petition-2022@2005", "petition-2022@2022", "psbc-95580"} <= set(names)
    text = (DOCS / f"comparison.{lang}.md").read_text("utf-8")
    assert [name for name in names if f"[`{name}`]" not in text] == []


# --- what stands where ---


@BOTH
def test_every_policy_has_a_line_in_a_part_or_is_named_as_silent(lang: Lang) -> None:
    found = every_edition()
    for part in comparison(found, lang):
        told = {rule.policy for rule in part.rules}
        assert told.isdisjoint(part.silent)
        assert told | set(part.silent) == set(names_of(found))
        assert all(len(rule.cells) == len(part.columns) for rule in part.rules)


def test_every_limit_stands_among_the_time_limits_grouped_by_the_event_that_ends_it() -> None:
    found = every_edition()
    part = part_of("limits", *found)
    keys = {(rule.policy, rule.key) for rule in part.rules}
    assert keys >= {
        (name, f"limit/{limit}") for name, policy in zip(names_of(found), found, strict=True) for limit in policy.limits
    }
    groups = {group.title: {(rule.policy, rule.key) for rule in group.rules} for group in part.groups}
    assert ("psbc-95580", "limit/whole") in groups["accepted by the customer"]
    assert ("maker-capa", "limit/form") in groups["Kinds of event of their own"]
    assert list(groups)[-1] == "Kinds of event of their own"


FIVE_DAYS = (
    "5 working days; where not a UnionPay ticket and Class of the complaint is Ordinary; warning 1 working day ahead"
)


def test_the_limits_of_a_hotline_and_of_the_measures_stand_side_by_side() -> None:
    """Article 14 of the detailed rules; article 18 of the Measures."""
    found = lines("limits", policy_of("psbc-95580"), policy_of("cbirc-2020-3"))
    whole = next(rule for rule in found if rule.key == "limit/whole")
    assert whole.cells[0] == ("“received”",)
    assert whole.cells[2] == (
        "applies where Ticket",
        "48 hours; where Class of the complaint is Urgent",
        "4 working days; where UnionPay ticket",
        FIVE_DAYS,
    )
    assert (whole.cite, whole.article, whole.reading) == ("art. 14 item (1)", "article/14", True)
    decide = next(rule for rule in found if rule.key == "limit/decide")
    assert any(line.startswith("extension: adds 30 days") for line in decide.cells[2])
    assert any(line.startswith("stops for: ") for line in decide.cells[2])


def test_what_makes_a_complaint_urgent_is_what_the_tables_of_urgency_say() -> None:
    """Article 10: three complainants; and every rule that hangs on the class."""
    found = lines("urgency", policy_of("psbc-95580"), lang="zh")
    assert [rule.cells[0] for rule in found] == [("紧急投诉",)] * 5 + [("普通投诉",)]
    assert found[2].cells[1] == ("投诉人数不少于3",)
    assert found[5].cells[1] == ("其余",)
    assert "limit/whole" in found[0].decides
    assert not any(rule.decides or rule.cells[2] for rule in found[1:])  # said once, beside the first row
    told = lines("urgency", policy_of("psbc-95580"))
    assert [(rule.cite, rule.article, rule.reading) for rule in told] == [
        ("art. 10 item (2) sub-item 1", "article/10", False),
        ("art. 10 item (2) sub-item 2", "article/10", False),
        ("art. 10 item (2) sub-item 3", "article/10", False),
        ("art. 10 item (2) sub-item 4", "article/10", True),  # press: what stands there already is all the more so
        ("art. 10 item (2)", "article/10", True),  # marked by the handler: our way
        ("art. 10 item (1)", "article/10", False),
    ]


def test_group_thresholds_are_numbers_of_people_and_of_linked_complaints() -> None:
    """Three: article 10 of the hotline. 20: article 29 of the Measures. Five, or three within a month: 3.2, 3.3."""
    found = lines("groups", policy_of("psbc-95580"), policy_of("cbirc-2020-3"), policy_of("realty-levels"), lang="zh")
    told = [(rule.policy, *rule.cells[0], *rule.cells[1]) for rule in found]
    assert ("psbc-95580", "投诉人数不少于3", "紧急投诉") in told
    assert ("cbirc-2020-3", "投诉人数不少于20", "重大消费投诉") in told
    assert ("realty-levels", "投诉人数不少于5", "重大投诉") in told
    windows = [line for rule in found if rule.policy == "realty-levels" for line in rule.cells[2] if "1个月" in line]
    assert windows == ["“一个月内不同投诉人的同类投诉”：1个月；按不同投诉人计"]


def test_escalation_says_who_tells_whom_when_and_how_fast() -> None:
    found = lines("escalation", policy_of("cbirc-2020-3"), policy_of("grcu-2008"), lang="zh")
    major = next(rule for rule in found if rule.key == "limit/major_report_time")
    assert major.cells[1] == ("银行保险机构 → 监管机构",)
    assert major.cells[3] == ("参数“重大投诉报告时间”（未提供）",)
    assert next(rule for rule in found if rule.key == "duty/level_by_level").cells[0] == ("禁",)


def test_the_callback_quotas_of_the_hotline() -> None:
    """Article 15 item (5): 20 and 70 per cent."""
    found = lines("callbacks", policy_of("psbc-95580"))
    assert [rule.cells[1][0] for rule in found] == ["at least 20 %", "at least 70 %"]


# --- a policy made up ---

UP = """
[[level]]
id = "outlet"
title = { zh = "网点", en = "Outlet" }
[[level]]
id = "branch"
title = { zh = "分行", en = "Branch" }
[[body]]
id = "customer"
title = { zh = "客户", en = "Customer" }
[[body]]
id = "leader"
title = { zh = "领导", en = "Leader" }
"""
DUTIES = (
    small.duty("must", '"replied"', 'who = "outlet"', 'to = "branch"', id="to_the_branch"),
    small.duty("must", '"replied"', 'who = "branch"', 'to = "outlet"', id="to_the_outlet"),
    small.duty("must", '{ event = "reported", to = "leader" }', 'who = "leader"', id="reports"),
    small.duty("must", '{ event = "reported", to = "customer" }', id="reports_to_the_customer"),
    small.duty("must", '"informed"', 'who = "outlet"', 'to = "leader"', id="to_the_leader"),
    small.duty("must", '"informed"', 'who = "leader"', 'to = "leader"', id="to_oneself"),
    small.duty("must", '"informed"', 'to = "customer"', id="to_the_customer"),
    small.duty("must_not", '"routed"', "unless = \"event.approved_by == 'branch'\"", id="routed_if_approved"),
    small.duty("should_not", '"routed"', 'unless = "not event.skips_level"', id="no_level_skipped"),
    small.duty("should_not", '"called_back"', 'unless = "repeat"', id="no_callback"),
    small.duty("should", '"called_back"', 'within = "3 days"', 'when = "repeat"', 'after = "replied"', id="callback"),
)


def test_what_goes_to_a_higher_level_or_to_whom_others_report_is_escalation_and_nothing_else() -> None:
    found = lines("escalation", small.own(UP, *DUTIES))
    assert [rule.key.removeprefix("duty/") for rule in found] == [
        "to_the_branch", "reports", "reports_to_the_customer", "to_the_leader", "no_level_skipped",
    ]  # fmt: skip
    assert found[0].cells[1] == ("Outlet → Branch",)
    assert found[2].cells[1] == ("Customer",)
    assert found[-1].cells[2][-1].startswith("“routed”, as a principle, only where")


def test_a_duty_with_a_figure_is_a_time_limit_with_its_force() -> None:
    (line,) = lines("limits", small.own(UP, *DUTIES))
    assert line.cells == (("“replied”",), ("“called back”",), ("should", "3 days; where complained again"))
    (same,) = lines("callbacks", small.own(UP, *DUTIES))
    assert same.cells[1] == ("should", "“called back”", "3 days")


MORE = (
    small.limit(
        '[{ within = "2 days", when = "rank == \'quick\'" }, { within = "9 days", when = "mood == \'calm\'" }]',
        'modality = "should"',
        'agreed = "agreed"',
        id="whole",
    ),
    small.limit('[{ within = "as agreed" }]', "agreed = true", id="promised"),
    small.limit('[{ within = "1 day" }]', 'who = "outlet"', 'when = "repeat"', until='"called_back"', id="calling"),
    small.limit('[{ within = "1 day", when = "complainants > 2" }]', 'when = "linked(\'alike\') >= 4"',
                until='{ event = "reported", to = "leader" }', id="reporting"),
    small.table("rank", ("quick", "repeat"), ("slow", "")),
    small.table("mood", ("calm", "repeat"), ("wild", "")).replace("values.calm", 'about = "kind"\nvalues.calm'),
    small.table("unread", ("one", "repeat"), ("two", "")),
    small.table("many", ("group", "joint"), ("single", "")).replace("values.group", 'about = "group"\nvalues.group'),
    """
[[link]]
id = "alike"
title = { zh = "同类", en = "Alike" }
same = ["kind"]
[[figure]]
id = "quota"
title = { zh = "比例", en = "Quota" }
share = "repeat"
at_least = "12.5 %"
at_most = "30 %"
[[figure]]
id = "ceiling"
title = { zh = "上限", en = "Ceiling" }
share = "joint"
at_most = "5 %"
[[figure]]
id = "mere"
title = { zh = "数量", en = "Number" }
[[filing]]
id = "return"
title = { zh = "报表", en = "Return" }
per = "month"
within = "5 days"
[[filing]]
id = "now_and_then"
title = { zh = "不定期报表", en = "Now and then" }
[[standing]]
id = "training"
title = { zh = "培训", en = "Training" }
who = "branch"
on = ["06-15"]
[[standing]]
id = "post"
title = { zh = "设岗", en = "A post" }
who = "branch"
[[retention]]
id = "tapes"
title = { zh = "录音", en = "Tapes" }
within = "1 year"
from = "closed"
[[retention]]
id = "papers"
title = { zh = "卷宗", en = "Papers" }
within = "10 years"
from = "closed"
[quiet]
start = "20:00"
end = "08:00"
""",
)  # fmt: skip


def test_a_table_that_does_not_say_what_it_is_about_is_of_urgency_where_a_figure_of_a_limit_hangs_on_it() -> None:
    own = small.own(UP, *MORE)
    assert {rule.key for rule in lines("urgency", own)} == {"table/rank"}
    assert [(rule.cite, rule.reading) for rule in lines("urgency", own)] == [("", False)] * 2
    rank = small.table("rank", ("quick", "repeat"), ("slow", ""))
    cited = rank.replace("values.quick", 'cite = "3"\nreading = { zh = "读", en = "Read" }\nvalues.quick')
    cited = cited.replace("value = 'slow'", "value = 'slow', cite = '4'")
    found = lines("urgency", small.own(MORE[0], cited, *MORE[5:6]))
    assert [(rule.cite, rule.reading) for rule in found] == [
        ("3", True),
        ("4", True),
    ]  # the table's where the row has none


def test_the_other_parts_of_a_policy_of_ones_own() -> None:
    own = small.own(UP, *MORE)
    told = {part.name: part.rules for part in comparison([own], "en")}
    whole = next(rule for rule in told["limits"] if rule.key == "limit/whole")
    assert whole.cells[2][0] == "should"
    assert whole.cells[2][-1] == "agreement prevails: “agreed”"
    assert (whole.article, whole.cite, whole.reading) == ("", "", False)
    assert [(rule.key, rule.cells[0]) for rule in told["groups"]] == [
        ("table/many", ()),
        ("limit/reporting", ("number of complaints linked as “Alike” is at least 4",)),
        ("limit/reporting", ("number of complainants is more than 2",)),
    ]
    assert told["groups"][1].cells[2][1] == "“Alike”: without bound in time; complaints"
    (reporting,) = told["escalation"]
    assert reporting.cells[1] == ("Leader",)
    assert [rule.key for rule in told["callbacks"]] == ["figure/quota", "figure/ceiling", "limit/calling"]
    assert told["callbacks"][0].cells == ((), ("at least 12.5 %, at most 30 %", "complained again"), ())
    assert told["callbacks"][1].cells == ((), ("at most 5 %", "joint complaint"), ())
    assert told["callbacks"][2].cells[2] == ("“received”", "complained again")
    assert [(rule.key, rule.cells[1]) for rule in told["periodic"]] == [
        ("filing/return", ("monthly", "by: 5 days after the last day of each period")),
        ("filing/now_and_then", ()),
        ("standing/training", ("15 June",)),
    ]
    assert [(rule.key, rule.title) for rule in told["retention"]] == [
        ("retention/tapes", "Tapes"), ("retention/papers", "Papers"),
    ]  # fmt: skip
    assert told["quiet"][0].cells == (("20:00–08:00",), ())


WHOLE = """\
Time limits
called back
- own: A: from: “received”; until: “called back”; figures and conditions: applies where complained again; 1 day
- own: A: from: “replied”; until: “called back”; figures and conditions: should; 3 days; where complained again
closed
- own: A: from: “received”; until: “closed”; figures and conditions: should; 2 days; where A is quick; \
9 days; where A is calm; agreement prevails: “agreed”
- own: A: from: “received”; until: “closed”; figures and conditions: as agreed; agreement prevails: “agreed”
reported
- own: A: from: “received”; until: “reported” (to: Leader); figures and conditions: \
applies where number of complaints linked as “Alike” is at least 4; 1 day; where number of complainants is more than 2

What makes a complaint urgent or grave
- own: A: result: quick; criteria: complained again; decides: “A”
- own: A: result: slow; criteria: otherwise

Group thresholds
- own: A: what follows: group; condition and window: joint complaint
- own: A: threshold: number of complaints linked as “Alike” is at least 4; \
what follows: 1 day; where number of complainants is more than 2; \
condition and window: number of complaints linked as “Alike” is at least 4; “Alike”: without bound in time; complaints
- own: A: threshold: number of complainants is more than 2; what follows: 1 day; \
condition and window: number of complainants is more than 2

Reporting and escalation
- own: A: force: must; who to whom: Leader; when: “received”; \
number of complaints linked as “Alike” is at least 4; within: 1 day; where number of complainants is more than 2
- own: A: force: must; who to whom: Outlet → Branch; when: “received”
- own: A: force: must; who to whom: Leader → Leader; when: “received”
- own: A: force: must; who to whom: Customer; when: “received”
- own: A: force: must; who to whom: Outlet → Leader; when: “received”
- own: A: force: should not; when: “received”; “routed”, as a principle, only where this act skips no level

Callbacks and quotas
- own: Quota: demand: at least 12.5 %, at most 30 %; complained again
- own: Ceiling: demand: at most 5 %; joint complaint
- own: A: who: Outlet; demand: 1 day; of which: “received”; complained again
- own: A: demand: should; “called back”; 3 days; of which: “replied”; complained again

Periodic reports and duties
- own: Return: how often, by when: monthly; by: 5 days after the last day of each period
- own: Now and then:
- own: Training: who to whom: Branch; how often, by when: 15 June; contents: must

How long files are kept
- own: Tapes: how long: 1 year from “closed”
- own: Papers: how long: 10 years from “closed”

Quiet hours
- own: Quiet hours: hours: 20:00–08:00"""


@pytest.mark.parametrize("odd", [0, 1])
def test_a_policy_of_ones_own_stands_in_a_comparison_as_a_whole_with_its_articles_and_readings(odd: int) -> None:
    """The n-th rule is of article n; of every second one it is said that the reading is ours."""
    given = "\n".join([UP, *DUTIES[:5], *DUTIES[7:9], DUTIES[10], *MORE])
    assert comparison_text([small.own(given)], "en").replace(": \n", ":\n") == WHOLE
    articles: dict[str, int] = {}

    def marked(rule: re.Match[str]) -> str:
        n = articles[f"{rule[1]}/{rule[2]}"] = len(articles) + 1
        return f'{rule[0]}\ncite = "{n}"' + ('\nreading = { zh = "读", en = "Read" }' if n % 2 == odd else "")

    kinds = "limit|duty|table|figure|filing|standing|retention"
    cited = small.own(re.sub(rf'\[\[({kinds})\]\]\nid = "(\w+)"', marked, given))
    found = [rule for part in comparison([cited], "en") for rule in part.rules if rule.key != "quiet"]
    assert len(found) == 25
    for rule in found:
        n = articles[rule.key]
        assert (rule.cite, rule.article, rule.reading) == (str(n), f"article/{n}", n % 2 == odd), rule.key


@pytest.mark.parametrize(
    ("policy", "rule", "cell"),
    [
        ("psbc-95580", "filing/bulletin_tier1", ("how often is left to the user",)),  # 19: periodically
        ("grcu-2008", "filing/half_yearly",  # 23: the half-year in June, the whole year in December
            ("15 June: half-yearly", "15 December: yearly", "by: 15 June, 15 December, before that day begins")),
    ],
)  # fmt: skip
def test_on_what_a_return_reports_is_said_also_where_its_file_names_no_one_period(
    policy: str, rule: str, cell: tuple[str, ...]
) -> None:
    told = {one.key: one.cells[1] for one in lines("periodic", policy_of(policy))}
    assert told[rule] == cell


def test_two_editions_of_one_policy_are_told_apart() -> None:
    other = Policy.from_text(small.HEAD.replace('edition = "1"', 'edition = "2"'), name="own.toml")
    assert names_of([small.own(), other, policy_of("grcu-2008")]) == ("own@1", "own@2", "grcu-2008")


@BOTH
def test_the_comparison_as_text_holds_every_line_and_who_is_silent(lang: Lang) -> None:
    found = [policy_of("psbc-95580"), policy_of("cbirc-2020-3"), small.own(UP, *MORE)]
    text = comparison_text(found, lang)
    for part in comparison(found, lang):
        assert part.title in text
        assert all(rule.title in text and rule.cite in text for rule in part.rules)
    assert ("没有此类规则：cbirc-2020-3" if lang == "zh" else "no such rule: cbirc-2020-3") in text
    assert "※" in text


def test_nothing_to_compare_and_another_language() -> None:
    assert [(part.groups, part.silent) for part in comparison([], "en")] == [((), ())] * 8
    german: Any = "de"
    with pytest.raises(UnknownLanguage):
        comparison([], german)
