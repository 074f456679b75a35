"""Skeletons and contact plans in words, in Chinese and in English."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules.assessment.contacts import contact_plan
from complaint_rules.assessment.drafts import skeleton
from complaint_rules.cases.case import Event
from complaint_rules.errors import UnknownLanguage
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.rules import Modality
from complaint_rules.words.phrases import PROHIBITIONS
from complaint_rules.words.voices import voice
from tests.by_hand import assessed, ev
from tests.small import TITLE, duty, fact, own, worked

PSBC: Final = load_policy("psbc-95580")
REPLY: Final = """\
[[checklist]]
id = "reply"
title = { zh = "答复的内容", en = "What a reply holds" }
of = "replied"
cite = "19"
items.facts = { zh = "核实情况", en = "what was verified" }
items.basis = { zh = "依据", en = "basis" }
[[checklist]]
id = "proof"
title = { zh = "凭证", en = "Proof" }
of = "replied"
modality = "should"
reading = { zh = "我们的", en = "ours" }
items.dispatch = { zh = "发出凭据", en = "proof of dispatch" }
"""
CALLS: Final = """\
[quiet]
start = "18:00"
end = "08:00"
cite = "14"
[[limit]]
id = "reply"
title = { zh = "回复客户", en = "Reply" }
from = "resolved"
until = "replied"
cite = "14"
first = [{ within = "24 hours", when = "not funds_at_risk" }, { within = "2 hours" }]
[[duty]]
id = "attempts"
title = { zh = "至少三次", en = "At least three" }
must = [{ event = "contact_attempted", nth = 3 }, { event = "contact_attempted", outcome = "reached" }]
after = { event = "contact_attempted", outcome = "unreached" }
within = "2 days"
cite = "15"
reading = { zh = "我们的", en = "ours" }
[[duty]]
id = "calls"
title = { zh = "夜间不宜打扰", en = "No calls at night" }
should_not = "contact_attempted"
quiet = true
unless = "event.reason == 'urgency'"
cite = "14"
"""
MARK: Final = voice(own(CALLS), "zh")
READING: Final = FrozenMap(zh="我们的", en="ours")
TRIED: Final = ev("contact_attempted", "2026-09-30T17:40", outcome="unreached")
RESOLVED: Final = ev("resolved", "2026-09-30T17:30")


def reply(lang: Any, *events: Event) -> str:
    case = assessed(own(REPLY), "2026-09-20T09:00", {}, events, "2026-09-25")
    return skeleton(case, "replied").explain(lang)


def plan(lang: Any, at: str, *events: Event, policy: Any = None, **facts: Any) -> list[str]:
    rules = own(CALLS) if policy is None else policy
    return contact_plan(assessed(rules, "2026-09-30T09:00", facts, events, at)).explain(lang).splitlines()


def cited(article: str, lang: Any) -> str:
    text = own(CALLS).cite(article, lang)
    return f"（{text}）" if lang == "zh" else f" ({text})"


def test_a_skeleton_is_a_list_to_be_ticked_off_each_item_with_its_article() -> None:
    made = ev("replied", "2026-09-24T10:00", items={"facts"})
    zh, en = cited("19", "zh"), cited("19", "en")
    assert reply("zh", made).splitlines() == [
        "“答复客户”（2026-09-24（周四）10:00）：",
        f"{Modality.MUST.zh}：答复的内容［checklist/reply］{zh}",
        f"  [x] 核实情况{zh}",
        f"  [ ] 依据{zh}",
        f"{Modality.SHOULD.zh}：凭证［checklist/proof］{MARK.mark(READING)}",
        "  [ ] 发出凭据",
    ]
    assert reply("en").splitlines() == [
        "“replied”:",
        f"{Modality.MUST.en}: What a reply holds [checklist/reply]{en}",
        f"  [ ] what was verified{en}",
        f"  [ ] basis{en}",
        f"{Modality.SHOULD.en}: Proof [checklist/proof] [our reading: ours]",
        "  [ ] proof of dispatch",
    ]


def test_a_skeleton_says_what_nobody_recorded_and_what_there_is_no_checklist_for() -> None:
    made = ev("replied", "2026-09-24T10:00")
    assert "未登记已有哪些要素" in reply("zh", made)
    assert "which items it holds is not recorded" in reply("en", made)
    case = assessed(PSBC, "2026-09-30T09:00", {}, [], "2026-10-01")
    assert skeleton(case, "replied").explain("zh") == "“回复客户”：\n没有要素清单"
    assert skeleton(case, "replied").explain("en") == "“Replied to the customer”:\nthere is no checklist for it"


def test_a_doubtful_checklist_says_on_what_it_hangs() -> None:
    lines = [
        "[[checklist]]",
        'id = "file"',
        TITLE,
        'of = "archived"',
        'when = "mass"',
        'items.a = { zh = "甲", en = "A" }',
    ]
    case = worked(own(fact("mass", assume=None), "\n".join(lines)), "2026-09-30", [], "2026-10-01")
    assert "  是否适用取决于未知事实：“甲”" in skeleton(case, "archived").explain("zh").splitlines()
    assert "  called for or not, that hangs on: “A”" in skeleton(case, "archived").explain("en").splitlines()


def test_a_plan_in_the_quiet_hours_says_when_they_end_and_what_excuses() -> None:
    fourteen, fifteen = cited("14", "zh"), cited("15", "zh")
    lines = plan("zh", "2026-09-30T19:30", RESOLVED, TRIED)
    assert lines[:2] == [
        f"现在在免打扰时段18:00–08:00{fourteen}之内",
        "下一个可联系时段：2026-10-01（周四）08:00至2026-10-01（周四）18:00",
    ]
    assert lines[2].startswith(f"{PROHIBITIONS[Modality.SHOULD_NOT][0]}：夜间不宜打扰{fourteen}；例外：")
    assert lines[3] == (f"“回复客户”{fourteen}：2026-10-01（周四）17:30届满（含），最晚联系时刻2026-10-01（周四）17:30")
    assert lines[-1] == (
        f"至少三次{fifteen}：须3次，已1次，还差2次，待履行，2026-10-02（周五）24:00届满（含）{MARK.mark(READING)}"
    )
    english = plan("en", "2026-09-30T19:30", RESOLVED, TRIED)
    assert english[:2] == [
        f"now lies in the quiet hours 18:00–08:00{cited('14', 'en')}",
        "next permitted: 2026-10-01 (Thu) 08:00 to 2026-10-01 (Thu) 18:00",
    ]
    assert "No calls at night" in english[2]
    assert "; unless " in english[2]
    due = "2026-10-01 (Thu) 17:30"
    assert english[3].endswith(f": due {due} (inclusive); the last moment to make contact: {due}")
    assert "3 wanted, 1 made, 2 left, to be done, due 2026-10-02 (Fri) 24:00 (inclusive)" in english[-1]


def test_a_plan_in_permitted_time_says_until_when_and_what_is_not_called_for() -> None:
    lines = plan("zh", "2026-09-30T10:00")
    assert lines[:2] == [
        f"现在在免打扰时段18:00–08:00{cited('14', 'zh')}之外，可以联系", "可联系至2026-09-30（周三）18:00",
    ]  # fmt: skip
    assert "尚未触发，一旦“尝试联系”（结果：未联系上），须3次" in lines[-1]
    english = plan("en", "2026-09-30T10:00")
    assert english[1] == "permitted until 2026-09-30 (Wed) 18:00"
    assert "3 once “contact attempted” (outcome: unreached) happens, not so far" in english[-1]


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        (
            "2026-09-30T18:30",
            "届满前已无可联系时刻，只有破例联系才能按时",
            "no permitted moment is left, only a deviation",
        ),
        ("2026-09-30T20:30", "，已逾期1小时", ", 1 hour over"),
    ],
)
def test_a_plan_says_what_only_a_deviation_can_meet_and_what_is_over(at: str, zh: str, en: str) -> None:
    assert any(zh in line for line in plan("zh", at, RESOLVED, funds_at_risk=True))
    assert any(en in line for line in plan("en", at, RESOLVED, funds_at_risk=True))


def test_a_plan_says_what_a_policy_does_not_set() -> None:
    policy = own()
    assert plan("zh", "2026-09-30T20:00", TRIED, policy=policy) == [
        "本规则集未规定免打扰时段，其他规定或有", "规则未规定联系次数；已联系1次",
    ]  # fmt: skip
    assert plan("en", "2026-09-30T20:00", policy=policy) == [
        "this rule set names no quiet hours; other rules may", "no number of attempts is set; made so far: 0",
    ]  # fmt: skip


def test_a_rule_without_exception_and_attempts_without_a_figure_are_said_as_they_are() -> None:
    policy = own(
        '[quiet]\nstart = "18:00"\nend = "08:00"',
        duty("must_not", '"called_back"', "quiet = true", id="rest"),
        duty("must", '{ event = "contact_attempted", nth = 2 }', 'after = "contact_attempted"', id="again"),
    )
    lines = plan("en", "2026-09-30T20:00", TRIED, policy=policy)
    assert lines[2:] == [f"{PROHIBITIONS[Modality.MUST_NOT][1]}: A", "A: 2 wanted, 1 made, 1 left, to be done"]


def test_any_other_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        reply("fr")
    with pytest.raises(UnknownLanguage):
        plan("fr", "2026-09-30T10:00")
