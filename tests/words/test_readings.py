"""Where a text is silent, how it is read, and what hangs on that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from complaint_rules import load_policy, policies
from complaint_rules.conditions.parsing import Condition
from complaint_rules.errors import UnknownLanguage
from complaint_rules.language import Lang
from complaint_rules.policy.articles import ArticleState
from complaint_rules.policy.policy import rules_of
from complaint_rules.words.readings import silences
from tests import small
from tests.golden import policy_of

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def readings_in(rule: object, lang: Lang) -> Iterator[str]:
    """Find every reading in a rule, whatever its kind and its parts."""
    if isinstance(rule, tuple):
        for item in rule:
            yield from readings_in(item, lang)
    elif attrs.has(form := type(rule)) and not isinstance(rule, Condition):
        for field in attrs.fields(form):
            value = getattr(rule, field.name)
            if field.name == "reading":
                yield from () if value is None else (value[lang],)
            else:
                yield from readings_in(value, lang)


@BOTH
@pytest.mark.parametrize("name", policies())
def test_every_reading_of_a_shipped_policy_is_told_once(name: str, lang: Lang) -> None:
    policy = policy_of(name)
    wanted = [text for rule in rules_of(policy) for text in readings_in(rule, lang)]
    told = silences(policy, lang)
    assert sorted(one.reading for one in told.readings) == sorted(wanted)
    assert all(one.title and one.says for one in told.readings)
    assert {one.key for one in told.figures} == {f"parameter/{name}" for name in policy.parameters}
    assert told.notes == tuple(note[lang] for note in policy.notes)
    lost = [article for article in policy.articles.values() if article.state is ArticleState.LOST]
    assert {article.title[lang] for article in lost} <= {article.title for article in told.articles}


def test_the_readings_stand_in_the_order_of_the_text() -> None:
    policy = load_policy("psbc-95580")
    places = [list(policy.articles).index(one.article.partition("/")[2]) for one in silences(policy, "zh").readings
              if one.article and not one.source]  # fmt: skip
    assert places == sorted(places)
    assert {one.source for one in silences(policy, "zh").readings} == {"", "platform"}


def test_a_reading_says_which_figures_hang_on_it() -> None:
    """Article 10: the class decides 48 hours or five working days of article 14, two hours or 24 of the reply."""
    reading = next(one for one in silences(load_policy("psbc-95580"), "zh").readings if one.part == "第5行：紧急投诉")
    assert (reading.key, reading.cite, reading.says) == (
        "table/priority",
        "第十条第（二）项",
        ("经办人标注紧急（附理由）",),
    )
    hanging = {one.key: one.figures for one in reading.dependents}
    assert hanging["limit/whole"] == ("48小时", "5个工作日")
    assert hanging["limit/reply"] == ("2小时", "24小时")
    assert "table/sanction" in reading.further


def test_a_figure_left_open_names_what_waits_for_it() -> None:
    """Article 29 of the Measures says no hours."""
    figures = {one.key: one for one in silences(load_policy("cbirc-2020-3"), "en").figures}
    major = figures["parameter/major_report"]
    assert (major.value, major.article) == ("", "article/29")
    assert "limit/major_report_time" in {one.key for one in major.dependents}
    given = load_policy("cbirc-2020-3", parameters={"major_report": "2 hours"})
    assert next(one for one in silences(given, "en").figures if one.key == major.key).value == "2 hours"


def test_an_article_lost_in_part_is_told_apart_from_one_that_is_gone() -> None:
    told = {one.key: (one.state, one.told) for one in silences(load_policy("psbc-95580"), "en").articles}
    assert told["article/1"] == (ArticleState.LOST, "lost")
    assert told["article/15"] == (ArticleState.LOST, "lost in part")


def test_what_is_taken_over_keeps_the_name_of_its_text() -> None:
    told = silences(load_policy("example-bank"), "en")
    assert "cbirc-2020-3" in {one.source for one in told.readings}
    assert "cbirc-2020-3" in {one.source for one in told.articles}


R = 'reading = { zh = "取之", en = "taken" }'
EVERY_PART = f"""
[parameters.days]
type = "period"
title = {{ zh = "天数", en = "Days" }}
default = "3 days"
{R}
[parameters.end]
type = "day"
title = {{ zh = "末日", en = "Last day" }}
[[table]]
id = "rank"
title = {{ zh = "类", en = "Rank" }}
values.one = {{ zh = "一", en = "One" }}
values.two = {{ zh = "二", en = "Two" }}
first = [{{ value = "one", when = "repeat", {R} }}, {{ value = "two", {R} }}]
{R}
[[limit]]
id = "whole"
title = {{ zh = "全", en = "Whole" }}
from = "received"
until = "closed"
first = [{{ within = "5 days", when = "rank == 'one'", {R} }}, {{ within = {{ parameter = "days" }} }}]
pauses = [{{ reason = "mediation", {R} }}, {{ reason = "appraisal" }}]
restart = {{ on = "supplemented", {R} }}
void_on = [
  {{ event = "withdrawn", {R} }},
  {{ event = "merged", when = "repeat", {R} }},
  "transferred",
]
{R}
[[limit.extension]]
add = "2 days"
{R}
[[limit.extension]]
id = "second"
add = "1 day"
[[limit]]
id = "bare"
title = {{ zh = "另", en = "Other" }}
from = "received"
until = "replied"
first = [{{ within = "5 days" }}]
restart = {{ on = "supplemented" }}
[[duty]]
id = "act"
title = {{ zh = "为", en = "Act" }}
must = "replied"
within = "1 day"
when = "late('whole')"
{R}
[[filing]]
id = "return"
title = {{ zh = "报", en = "Return" }}
per = "month"
within = "5 days"
until = {{ parameter = "end" }}
[retention]
within = {{ parameter = "days" }}
from = "closed"
{R}
"""


def test_every_part_of_a_rule_can_carry_a_reading() -> None:
    told = silences(small.own(EVERY_PART), "en")
    assert [(one.key, one.part) for one in told.readings] == [
        ("table/rank", ""), ("table/rank", "row 1: One"), ("table/rank", "row 2: Two"),
        ("limit/whole", ""), ("limit/whole", "figure 1"), ("limit/whole", "stops for"), ("limit/whole", "extension"),
        ("limit/whole", "starts anew"), ("limit/whole", "void on"), ("limit/whole", "void on"),
        ("duty/act", ""), ("retention", ""),
    ]  # fmt: skip
    says = [one.says for one in told.readings]
    assert says[:3] == [("One, Two",), ("complained again",), ("otherwise",)]
    assert says[3][0] == "from “received” until “closed”"
    assert says[4] == ("5 days; where Rank is One",)
    assert says[6][0].startswith("adds 2 days; by “extended”")
    assert says[7:10] == [("“supplemented”",), ("“withdrawn”",), ("“merged”; complained again",)]
    assert "within: 1 day" in says[10]
    assert says[11] == ("the parameter “Days” (3 days) from “closed”",)
    assert told.readings[-1].title == "retention"
    assert [(one.key, one.value, one.reading) for one in told.figures] == [
        ("parameter/end", "", ""), ("parameter/days", "3 days", "taken"),
    ]  # fmt: skip
    assert [one.key for one in told.figures[0].dependents] == ["filing/return"]
    days = told.figures[1]
    assert [(one.key, one.figures) for one in days.dependents] == [
        ("limit/whole", ("the parameter “Days” (3 days)",)), ("retention", ("the parameter “Days” (3 days)",)),
    ]  # fmt: skip
    assert days.further == ("duty/act",)


def test_another_language_is_refused() -> None:
    german: Any = "de"
    with pytest.raises(UnknownLanguage):
        silences(load_policy("psbc-95580"), german)
