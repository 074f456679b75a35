"""What differs, in words: both languages, every kind of effect, Markdown that nothing in a file can break."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.language import LANGUAGES, Lang
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes.diffs import diff
from complaint_rules.verification.changes.effects import EffectKind, EffectOn
from complaint_rules.verification.changes.portfolios import Effect, Portfolio
from complaint_rules.verification.changes.tellings import Passage, Teller, in_markdown, in_text
from tests import small
from tests.verification.changes.test_portfolios import NEW, case, when
from tests.verification.changes.test_revisions import PSBC, edited

DAY: Final = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("effect", "zh", "en"),
    [
        (Effect(EffectOn(EffectKind.CLASS, "table/priority", "urgent", ""), 1, ()), "紧急投诉 → 无", "Urgent → none"),
        (Effect(EffectOn(EffectKind.CLASS, "table/gone", "a+b", "c"), 1, ()), "a、b → c", "a, b → c"),
        (Effect(EffectOn(EffectKind.STATUS, "limit/whole", "met", "met_late"), 1, ()), "按时完成 → 逾期完成",
         "met in time → met late"),
        (Effect(EffectOn(EffectKind.STATUS, "duty/thank", "due", "done"), 1, ()), "待履行 → 已履行",
         "to be done → done"),
        (Effect(EffectOn(EffectKind.RUNS, "limit/whole", "1", "2"), 1, ()), "计时次数改变：1 → 2",
         "the number of runs changes: 1 → 2"),
        (Effect(EffectOn(EffectKind.EARLIER, "limit/whole"), 1, (), 0, -3 * DAY, -DAY), "到期提前1天至3天",
         "due earlier by 1 day to 3 days"),
        (Effect(EffectOn(EffectKind.LATER, "limit/whole"), 1, (), 0, DAY, DAY), "到期推后1天", "due later by 1 day"),
        (Effect(EffectOn(EffectKind.NEWLY_DUE, "limit/whole"), 1, ()), "新增到期时刻", "newly due"),
        (Effect(EffectOn(EffectKind.NO_LONGER_DUE, "limit/whole"), 1, ()), "不再有到期时刻", "no longer due"),
        (Effect(EffectOn(EffectKind.ARISES, "duty/thank", "", "due"), 1, ()), "新增义务：待履行",
         "a duty arises: to be done"),
        (Effect(EffectOn(EffectKind.CEASES, "duty/thank", "due", ""), 1, ()), "不再有义务：待履行",
         "a duty no longer arises: to be done"),
        (Effect(EffectOn(EffectKind.BREACH, "limit/whole", "", "late/breach"), 1, ()), "新增违规：逾期（违规）",
         "a violation arises: late (breach)"),
        (Effect(EffectOn(EffectKind.NO_BREACH, "record", "unknown_kind/record", ""), 1, ()),
         "不再违规：事项种类未知（记录有误）",
         "a violation no longer arises: unknown kind of event (fault of the record)"),
    ],
)  # fmt: skip
def test_every_kind_of_effect_is_said(effect: Effect, zh: str, en: str) -> None:
    assert Teller(PSBC, NEW, "zh").effect(effect) == zh
    assert Teller(PSBC, NEW, "en").effect(effect) == en


def test_the_whole_is_said_rules_first_then_the_cases() -> None:
    found = diff(PSBC, NEW)
    cases = [
        case(id="many", received="2026-09-30T16:05", complainants=3),
        case(id="one", complainants=1),
        case(id="one"),
    ]
    text = found.explain("en", found.portfolio(cases))
    before, _, after = text.partition("Whether any case can feel it\n")
    of_felt, _, after = after.partition("\nEffect on the cases\n")
    assert of_felt.startswith(
        """\
  Class of the complaint [table/priority]: shown by a case
    Urgent → Ordinary
    {"id": "w-1", "received": "2026-03-04T10:00:00+08:00", "complainants": 3}
    assess it with --at 2026-03-04T10:30:00+08:00
  Whether there is a ticket [table/ticket]: proved the same
"""
    )
    cases_only, _, unshown = after.partition("\nNone of these cases shows it; this one would\n")
    assert "  Grounds for sanction [table/sanction]\n    Delayed or passed around → none\n" in unshown
    assert before + "Effect on the cases\n" + cases_only == (
        """\
psbc-95580@2016 → psbc-95580@2016

changed 3

Changed
  Class of the complaint [table/priority]
    first: - { value = "urgent", when = "complainants >= 3" }
    first: + { value = "urgent", when = "complainants >= 5" }
  Whether there is a ticket [table/ticket]
    first: - { value = "none", when = "settled_on_spot" }
    first: + { value = "none", when = "not (not settled_on_spot)" }
  Whole process [limit/whole]
    earliest: - { within = "5 working days", when = "not unionpay and priority == 'ordinary'", warn = "1 working day" }
    earliest: + { within = "7 working days", when = "not unionpay and priority == 'ordinary'", warn = "1 working day" }

Effect on the cases
  3 cases, of which 3 come out otherwise
  1× Class of the complaint [table/priority]: Urgent → Ordinary
    e.g. many
  3× Whole process [limit/whole]: due later by 2 days to 13 days 7 hours 55 minutes
    e.g. many, one, one
  1× Head office routes to the tier-1 branch [limit/route_hq]: due later by 1 hour 30 minutes
    e.g. many

What is odd about the cases
  ids that stand on more than one case: 1 (1 and 2)
"""
    )


def test_the_same_in_chinese_as_markdown() -> None:
    found = diff(PSBC, NEW)
    text = found.markdown("zh", found.portfolio([case(id="一_件", received="2026-09-30T16:05", complainants=3), "x"]))  # type: ignore[list-item]  # fmt: skip
    assert text.startswith(
        "# psbc-95580@2016 → psbc-95580@2016\n\n* 修改3\n\n## 修改\n\n* 投诉分级［table/priority］\n  * `first: - {"
    )
    assert "* 已有案件1件，其中1件结论不同\n" in text
    assert "  * `例：一_件`\n" in text
    assert "## 数据问题\n\n* 退回1件\n  * `cases[1]: case: 应为投诉（Complaint）或案件（Case）`" in text


def said_of_changes(old: Policy, new: Policy, lang: Lang) -> str:
    teller = Teller(old, new, lang)
    return in_text(teller.head(), list(teller.of_changes(diff(old, new).changes)))


def test_what_is_reworded_is_named_and_not_quoted() -> None:
    new = edited(PSBC, lambda file: file["duty"][0].update(title={"zh": "新", "en": "New"}, who="outlet"))
    new = edited(new, lambda file: file["level"][0]["title"].update(en="Branch outlet"))
    text = said_of_changes(PSBC, new, "en")
    assert "changed 1, reworded 1" in text
    assert "\nReworded\n  Branch outlet [level/outlet]\n    title\n" in text
    assert "words: title" in text


def test_what_came_and_went_is_said_by_its_title_alone() -> None:
    text = diff(small.own('quiet = { start = "22:00", end = "08:00" }', small.limit()), small.own(small.limit(id="b")))
    told = text.explain("en")
    assert "the two have no rule in common: are they editions of one?" in told
    assert "Removed\n  A [limit/whole]\n  quiet\n" in told
    assert "Added\n  A [limit/b]\n" in told


def test_facts_of_another_type_are_said() -> None:
    old, new = (small.own(small.fact("vip", kind, assume=None), small.limit()) for kind in ("bool", "text"))
    assert "Facts of another type: no case has both\n  vip: yes or no → code\n" in diff(old, new).explain("en")


def test_an_order_that_changes_is_said() -> None:
    def swap(file: dict[str, Any]) -> None:
        rows = file["table"][0]["first"]
        rows[0], rows[1] = rows[1], rows[0]

    assert "first: the order changes" in said_of_changes(PSBC, edited(PSBC, swap), "en")
    assert "次序改变" in said_of_changes(PSBC, edited(PSBC, lambda file: file["level"].reverse()), "zh")


def test_how_many_are_provisional_is_said() -> None:
    effect = Effect(EffectOn(EffectKind.LATER, "limit/whole"), 3, ("a",), 2, DAY, DAY)
    found = Portfolio(
        cases=3, touched=1, effects=(effect,), shifts=load_policy("psbc-95580").levels,  # type: ignore[arg-type]
        refused=0, problems=(), repeated=0, repeated_at=("", ""),
    )  # fmt: skip
    for lang, words in (("zh", "例：a；其中2件的到期时刻涉及尚未公布的放假安排"),
                        ("en", "e.g. a; provisional in 2: the arrangement of days is not published yet")):  # fmt: skip
        (passage,) = Teller(PSBC, NEW, lang).of_cases(found)  # type: ignore[arg-type]
        assert passage.lines[1][1] == (words,)
    assert "3 cases, of which 1 comes out otherwise" in passage.lines[0][0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_said_of_two_that_are_the_same(lang: Lang) -> None:
    found = diff(PSBC, PSBC)
    text = found.explain(lang, found.portfolio([Case(case().complaint, [Event("closed", when("2026-03-03"))])]))
    assert {"zh": "规则没有差别\n", "en": "no rule differs\n"}[lang] in text
    assert {"zh": "已有案件1件，其中0件结论不同", "en": "1 case, of which 0 come out otherwise"}[lang] in text


def test_markdown_is_not_broken_by_what_stands_in_a_file() -> None:
    passages = [Passage("a*b", (("x|y_z <b>", ("first: + `tick`", "plain")),))]
    assert in_markdown("#1", passages) == (
        "# \\#1\n\n## a\\*b\n\n* x\\|y\\_z \\<b\\>\n  * `` first: + `tick` ``\n  * `plain`\n"
    )
    assert in_text("t", passages) == "t\n\na*b\n  x|y_z <b>\n    first: + `tick`\n    plain\n"
