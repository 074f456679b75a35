"""The rule book: every rule of every shipped policy in words, in both languages, and the pages made from it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from complaint_rules import load_policy, policies
from complaint_rules.errors import UnknownLanguage, UnknownRule
from complaint_rules.language import Lang
from complaint_rules.policy.figures import FilingTable
from complaint_rules.policy.policy import Policy, rules_of
from complaint_rules.policy.uses import key_of
from complaint_rules.words import rule_texts
from complaint_rules.words.rule_texts import SECTIONS, rules_in
from complaint_rules.words.rulebooks import explain_policy, explain_rule, rulebook
from complaint_rules.words.voices import voice
from tests import small
from tests.golden import policy_of
from tests.strategies import THOROUGH

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs" / "_scripts" / "make_rulebook.py"
LEAKS = re.compile(
    r"\bNone\b|\{\}|frozenset|FrozenMap|Fraction|Decimal\(|datetime\.|<[A-Z]\w+|(?:[为：=]|\bis|:) ?(?:True|False)$"
    "|[\ue000-\ue002]",
    re.MULTILINE,
)
BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def lines_of(policy: object, key: str, lang: Lang = "en") -> list[str]:
    return explain_rule(policy, key, lang).splitlines()  # type: ignore[arg-type]


@BOTH
@pytest.mark.parametrize("name", policies())
def test_every_rule_of_a_shipped_policy_is_in_its_book(name: str, lang: Lang) -> None:
    policy = policy_of(name)
    text = explain_policy(policy, lang)
    keys = {rule.key for section in rulebook(policy, lang) for rule in section.rules}
    wanted = {key_of(rule) for rule in rules_of(policy)} - {"retention"}  # it stands in the head of the book
    assert wanted <= keys
    assert LEAKS.search(text) is None
    for titles in policy.notes:
        assert titles[lang] in text
    for code, titles in policy.bodies.items():
        assert f"{code}{'：' if lang == 'zh' else ': '}{titles[lang]}" in text or f"{code}: {titles[lang]}" in text
    for article in policy.articles.values():
        assert article.title[lang] in text


@pytest.mark.parametrize("name", policies())
def test_every_reading_of_ours_is_shown_with_its_mark(name: str) -> None:
    policy = policy_of(name)
    text = explain_policy(policy, "en")
    readings = {
        rule.reading["en"]
        for section in SECTIONS
        for rule in cast("dict[str, Any]", rules_in(policy, section)).values()
        if rule.reading is not None
    }
    readings |= {row.reading["en"] for table in policy.tables.values() for row in table.rows if row.reading is not None}
    readings |= {row.reading["en"] for limit in policy.limits.values() for row in limit.rows if row.reading is not None}
    assert all(reading in text for reading in readings)


FIGURE_3 = (
    "  figure 3: 5 working days (art. 14 item (1)); where not a UnionPay ticket and Class of the complaint is "
    "Ordinary; warning 1 working day ahead "
    "[our reading: The figure is the text's; the warning one working day ahead is ours]"
)


def test_the_whole_limit_of_psbc_reads_as_article_14_has_it() -> None:
    policy = policy_of("psbc-95580")
    assert lines_of(policy, "limit/whole")[:9] == [
        "Whole process [limit/whole] art. 14 item (1)",
        "  from: “received”",
        "  until: “accepted by the customer”",
        "  who: Handling unit",
        "  applies where: Ticket",
        "  how: every row that holds counts, the earliest due moment binds",
        "  figure 1: 48 hours (art. 14 item (1)); where Class of the complaint is Urgent",
        "  figure 2: 4 working days (art. 14 item (1)); where UnionPay ticket",
        FIGURE_3,
    ]
    assert "  期限1：48小时（第十四条第（一）项）；条件：投诉分级为紧急投诉" in lines_of(policy, "limit/whole", "zh")


def test_the_decision_of_the_2020_measures_shows_pauses_and_extension() -> None:
    lines = lines_of(policy_of("cbirc-2020-3"), "limit/decide", "zh")
    assert any(line.startswith("  中止：调解，须：") and "（第二十三条）" in line for line in lines)
    assert any(line.startswith("  延期：加30日；凭“延期”；") and "至多1次（第十八条第一款）" in line for line in lines)
    assert any(line.startswith("  重新起算：“补充材料”") for line in lines)


def test_quotas_and_returns_are_written_with_their_figures() -> None:
    assert "  at least: 20 %" in lines_of(policy_of("psbc-95580"), "figure/callback_tier1")
    assert "  期限：每年6月15日、每年12月15日之前（不含当日）" in lines_of(
        policy_of("grcu-2008"), "filing/half_yearly", "zh"
    )


EVERYTHING = """\
[[limit]]
id = "every_key"
title = { zh = "全", en = "All" }
from = { event = "routed", nth = 2 }
until = "closed"
modality = "should"
roll = "next_working_day"
receipt = "next_working_day"
ends = "close"
first = [{ by = "set_by", when = "complex" }, { within = { parameter = "how_long" } }]
reopen = "continue"
[[limit.extension]]
id = "more"
on = "extended"
to = "2 months"
when = "complex"
approved_by = ["press"]
[[body]]
id = "press"
title = { zh = "媒体", en = "Press" }
[[link]]
id = "same"
title = { zh = "同类", en = "same kind" }
same = ["kind"]
distinct = true
joint = true
window = "1 month"
when = "joint"
[[link]]
id = "counted"
title = { zh = "计件", en = "counted" }
same = ["kind"]
[[figure]]
id = "spread"
title = { zh = "分布", en = "spread" }
by = "kind"
per = "quarter"
[[figure]]
id = "third"
title = { zh = "三分之一", en = "a share" }
share = "complex"
at_least = "33.5 %"
[[filing]]
id = "daily"
title = { zh = "日报", en = "daily" }
daily = true
time = "17:00"
[[filing]]
id = "monthly"
title = { zh = "月报", en = "monthly" }
day = 25
[parameters.how_long]
type = "period"
title = { zh = "多久", en = "how long" }
[parameters.least]
type = "int"
title = { zh = "最低", en = "least" }
default = 3
reading = { zh = "本库所取", en = "ours" }
[retention]
within = "10 years"
from = "closed"
[hours]
spans = [["09:00", "17:00"]]
[facts.set_by]
type = "moment"
ask = "handler"
title = { zh = "指定时间", en = "set by the superior" }
"""


EXTENSION = (
    "  extension: to 2 months from the start; by “extended”; where recorded as complex; approved by Press; at most "
    "1 time"
)


def test_what_no_shipped_policy_uses_is_written_too() -> None:
    policy = Policy.from_text(small.HEAD + EVERYTHING, name="own.toml")
    assert lines_of(policy, "limit/every_key") == [
        "All [limit/every_key]",
        "  from: “routed” (no. 2)",
        "  until: “closed”",
        "  force: should",
        "  how: the first row that holds decides",
        "  figure 1: set by “set by the superior”; where recorded as complex",
        "  figure 2: the parameter “how long” (not supplied)",
        "  counting: a last day that does not work moves to the next working day",
        "  counting: an arrival on a rest day is deemed one of the next working day",
        "  counting: the last day ends at the close of business",
        EXTENSION,
        "  reopening: a reopening goes on with it; the closed time is a pause",
    ]
    assert lines_of(policy, "link/same")[1:] == [
        "  same: “kind of complaint”",
        "  counts: distinct complainants",
        "  window: 1 month",
        "  joint complaints: each complainant counts",
        "  of: joint complaint",
    ]
    assert lines_of(policy, "link/counted")[1:] == ["  same: “kind of complaint”", "  counts: complaints"]
    assert lines_of(policy, "figure/spread")[1:] == ["  by: kind of complaint", "  per: quarterly"]
    assert "  at least: 33.5 %" in lines_of(policy, "figure/third")
    assert lines_of(policy, "filing/daily")[1:] == ["  by: every day 17:00 (inclusive)"]
    assert lines_of(policy, "filing/monthly")[1:] == ["  by: day 25 of each month (inclusive)"]
    assert lines_of(policy, "parameter/least")[1:] == ["  type: whole number", "  value: 3", "  our reading: ours"]
    assert "- files are kept: 10 years from “closed”\n- opening hours: 09:00–17:00" in explain_policy(policy, "en")


def test_a_supplied_period_is_written_in_the_readers_language() -> None:
    policy = Policy.from_text(small.HEAD + EVERYTHING, name="own.toml", parameters={"how_long": "5 working days"})
    assert "  取值：5个工作日" in lines_of(policy, "parameter/how_long", "zh")
    assert "参数“多久”（5个工作日）" in explain_rule(policy, "limit/every_key", "zh")


def test_the_dates_of_a_policy_stand_at_its_head() -> None:
    policy = Policy.from_text(
        small.HEAD + "effective_from = 2010-01-01\neffective_until = 2012-12-31\n"
        '[parameters.day]\ntype = "day"\ntitle = { zh = "日", en = "day" }\n',
        name="own.toml",
        parameters={"day": "2011-05-04"},
    )
    text = explain_policy(policy, "en")
    assert "- in force from: 2010-01-01" in text
    assert "- in force until: 2012-12-31" in text
    assert "value: 2011-05-04 (Wed)" in text


def test_an_unknown_rule_or_language_is_refused_with_the_likely_name() -> None:
    policy = load_policy("psbc-95580")
    with pytest.raises(UnknownRule, match="did you mean 'limit/whole'"):
        explain_rule(policy, "limit/whloe", "zh")
    with pytest.raises(UnknownRule):
        explain_rule(policy, "", "zh")
    german: Any = "de"
    with pytest.raises(UnknownLanguage):
        explain_policy(policy, german)


@pytest.mark.skipif(not THOROUGH, reason="a step of .ci/run: with HYPOTHESIS_PROFILE=ci")
def test_the_pages_under_docs_are_current() -> None:
    if not SCRIPT.exists():
        pytest.skip("the pages are not beside the tests")
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_code_stands_in_one_table_at_the_end_and_nowhere_after_a_word() -> None:
    """Whoever records an event needs the code; whoever reads a rule does not."""
    book = rulebook(policy_of("psbc-95580"), "zh")
    assert book[-1].name == "codes"
    codes = {one.key: one.title for one in book[-1].codes}
    assert codes["code/unreached"] == "未联系上"
    assert codes["table/priority=urgent"] == "紧急投诉"
    assert codes["bodies/handling_unit"] == "投诉处理单位"
    assert "code/complainant" not in codes  # a body of this policy, with a title of its own
    assert "“尝试联系”（结果：未联系上）" in explain_policy(policy_of("psbc-95580"), "zh")
    rules = [rule for part in book if part.name in SECTIONS for rule in part.rules]
    assert not [rule.key for rule in rules for _, says in rule.lines if re.search(r"\[[a-z_]+\]", says)]


@pytest.mark.parametrize("name", policies())
def test_no_code_of_a_shipped_policy_is_left_untranslated(name: str) -> None:
    codes = rulebook(policy_of(name), "zh")[-1].codes
    assert [one.code for one in codes if not re.search(r"[\u4e00-\u9fff]", one.title)] == []


def test_what_became_of_each_article_comes_first() -> None:
    """In force here, standing, nothing to compute, lost: completeness can be ticked off."""
    policy = policy_of("realty-levels")
    articles = {
        one.key: one for one in next(part for part in rulebook(policy, "en") if part.name == "articles").articles
    }
    assert list(articles) == [f"article/{number}" for number in policy.articles]
    assert articles["article/5.3"].marks == ("lost",)
    assert "table/level" in articles["article/3.2"].rules
    told = explain_policy(policy, "zh")
    assert "逐条对照" in told
    assert "原文缺失" in told


def test_a_page_links_facts_and_events_to_where_they_are_described() -> None:
    linked = rulebook(policy_of("psbc-95580"), "zh", linked=True)
    lines = [says for part in linked for rule in part.rules for _, says in rule.lines]
    assert any("\ue000facts/" in says for says in lines)
    assert any("\ue000events/" in says for says in lines)
    keys = {one.key for part in linked for one in part.rules} | {one.key for part in linked for one in part.codes}
    used = {key for says in lines for key in re.findall("\ue000([^\ue001]*)", says)}
    assert used <= keys


@pytest.mark.parametrize("path", sorted(Path("docs/rulebook").glob("*.md")), ids=lambda path: path.name)
def test_every_link_within_a_page_leads_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(re.findall(r'<a id="([^"]+)"></a>', text))


def test_what_a_table_of_a_return_is_by_is_named_and_a_fact_called_as_a_period_is_that_fact() -> None:
    names = (
        "month",
        "closed.month",
        "priority",
        "channel",
        "unit",
        "standing(whole)",
        "holder_at_breach(whole)",
        "year",
    )
    spoken = voice(policy_of("psbc-95580"), "zh")
    assert [rule_texts._group(name, spoken) for name in names] == [
        "月份", "“办结”之月份", "投诉分级", "投诉渠道", "承办单位", "时限执行情况（“全程时限”）",
        "逾期时的经办层级（“全程时限”）", "年度",
    ]  # fmt: skip
    own = voice(small.own(small.limit(), small.fact("week")), "en")
    assert [rule_texts._group(name, own) for name in ("week", "month")] == ["A", "month"]
    of = FilingTable(
        figure="received", by=("channel", "unit"), within="unit", show=("count", "share", "before"), median=True
    )
    assert rule_texts._table_text(of, voice(policy_of("psbc-95580"), "en")) == (
        "“Complaints received” by channel, unit; within each unit; "
        "showing cases, share of the whole, change on the period before; with the median of the groups"
    )
    assert rule_texts._table_text(FilingTable(figure="received", by=("month",)), spoken) == "“受理的投诉总量”按月份"
