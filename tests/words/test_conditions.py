"""Conditions in words: Chinese and English, and the atoms that decided."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import attrs
import pytest

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.deciding import Explainer, decided_by
from complaint_rules.conditions.parsing import parse
from complaint_rules.conditions.scopes import MISSING, FactSpec, FactType, Scope, TableShape
from complaint_rules.conditions.trees import Always
from complaint_rules.errors import UnknownLanguage
from complaint_rules.words.conditions import ConditionTitles, render, render_atom


def fact(name: str, kind: str, zh: str, en: str, **more: Any) -> FactSpec:
    return FactSpec(name=name, type=FactType(kind), title={"zh": zh, "en": en}, **more)


PARTIES = {"bank": {"zh": "银行", "en": "the bank"}, "partner": {"zh": "合作方", "en": "a partner"}}
SCOPE = Scope(
    facts={
        spec.name: spec
        for spec in (
            fact("complainants", "int", "投诉人数", "number of complainants", assume=1),
            fact("repeat", "bool", "再次投诉", "repeated", assume=False),
            attrs.evolve(
                fact("press_risk", "bool", "可能被报道", "may reach the press", assume=False),
                negated={"zh": "不会被报道", "en": "will not reach the press"},
            ),
            fact("amount", "decimal", "金额", "amount"),
            fact("caused_by", "text", "责任方", "cause", values=PARTIES),
            fact("recorded", "set", "登记要素", "recorded items"),
            fact("received", "moment", "收到时间", "receipt"),
            fact("received_by", "level", "受理层级", "receiving level"),
            FactSpec(name="untitled", type=FactType.TEXT),
        )
    },
    parameters={"threshold": 5, "open": MISSING},
    tables={
        "priority": TableShape(values=("urgent", "ordinary")),
        "triggers": TableShape(values=("a",), every=True),
        "overdue": TableShape(values=("yes", "no", "open")),
    },
    limits={"whole"},
    kinds={
        "received",
        "replied",
        "contact_attempted",
        "routed",
        "appealed",
        "informed",
        "accepted_by_customer",
        "own_kind",
    },
    links={"same_kind"},
    levels=("outlet", "branch"),
    event=True,
)
WORDS = ConditionTitles(
    tables={
        "priority": {"zh": "紧急程度", "en": "priority"},
        "triggers": {"zh": "问责情形", "en": "triggers"},
        "overdue": {"zh": "是否逾期", "en": "Whether it is overdue"},
    },
    values={
        "priority": {"urgent": {"zh": "紧急", "en": "urgent"}},
        "triggers": {"a": {"zh": "甲", "en": "A"}},
        "overdue": {
            "yes": {"zh": "是", "en": "Yes"},
            "no": {"zh": "否", "en": "No"},
            "open": {"zh": "待定", "en": "Open"},
        },
    },
    limits={"whole": {"zh": "全程时限", "en": "whole limit"}},
    holders={"branch": {"zh": "分行", "en": "the branch"}, "outlet": {"zh": "网点", "en": "the outlet"}},
    kinds={
        "received": {"zh": "收到", "en": "receipt"},
        "replied": {"zh": "答复", "en": "reply"},
        "routed": {"zh": "派发", "en": "routed"},
        "appealed": {"zh": "申诉", "en": "appealed"},
        "informed": {"zh": "告知", "en": "informed"},
        "accepted_by_customer": {"zh": "客户认可", "en": "accepted_by_customer"},
    },
    links={"same_kind": {"zh": "同类", "en": "same kind"}},
    parameters={"threshold": {"zh": "门槛", "en": "threshold"}},
    codes={"own_code": {"zh": "自有代码", "en": "a code of our own"}},
    items={"cause": {"zh": "起因", "en": "The cause"}},
)

SAID = [
    ("complainants >= 3", "投诉人数不少于3", "number of complainants is at least 3"),
    ("not complainants >= 3", "投诉人数少于3", "number of complainants is less than 3"),
    ("complainants != 3", "投诉人数不等于3", "number of complainants is not 3"),
    ("repeat", "再次投诉", "repeated"),
    ("not repeat", "并非再次投诉", "not: repeated"),
    ("not not repeat", "再次投诉", "repeated"),
    ("repeat == True", "再次投诉为是", "repeated is yes"),
    ("repeat != False", "再次投诉不是否", "repeated is not no"),
    ("amount > 5000.50", "金额多于5000.50", "amount is more than 5000.50"),
    ("amount <= threshold", "金额不多于门槛（5）", "amount is at most threshold (5)"),
    ("amount < open", "金额少于 open（未给定）", "amount is less than open (not supplied)"),
    ("caused_by == 'bank'", "责任方为银行", "cause is the bank"),
    ("caused_by in ('bank', 'partner')", "责任方为以下之一：银行、合作方", "cause is one of the bank, a partner"),
    ("not caused_by in ('bank',)", "责任方不属于：银行", "cause is none of the bank"),
    ("'name' in recorded", "登记要素包含 name", "recorded items includes name"),
    ("'name' not in recorded", "登记要素不包含 name", "recorded items does not include name"),
    ("untitled == 'x'", "untitled 为 x", "untitled is x"),
    ("received < '2026-10-01'", "收到时间早于2026-10-01", "receipt is before 2026-10-01"),
    (
        "received >= '2026-10-01T09:00:00+08:00'",
        "收到时间不早于2026-10-01 09:00+08:00",
        "receipt is not before 2026-10-01 09:00+08:00",
    ),
    ("received_by >= 'branch'", "受理层级不低于分行", "receiving level is not below the branch"),
    ("priority == 'urgent'", "紧急程度为紧急", "priority is urgent"),
    ("priority in ('urgent', 'ordinary')", "紧急程度为以下之一：紧急、ordinary", "priority is one of urgent, ordinary"),
    ("'a' in triggers", "问责情形包含甲", "triggers includes A"),
    ("has('replied')", "已答复", "“reply” has happened"),
    ("not press_risk", "不会被报道", "will not reach the press"),
    (
        "has('replied', to='branch', outcome='settled')",
        "已向分行答复（结果：已解决）",
        "“reply” (to: the branch; outcome: settled) has happened",
    ),
    (
        "has('replied', approved_by='branch', after='contact_attempted')",
        "经分行批准已答复（在“contact_attempted”之后）",
        "“reply” (approved by: the branch; after “contact_attempted”) has happened",
    ),
    ("has('routed', to='outlet')", "已派发至网点", "“routed” (to: the outlet) has happened"),
    ("has('appealed')", "客户已申诉", "“appealed” has happened"),
    ("has('informed', told='owner')", "已告知owner", "“informed” (told: owner) has happened"),
    ("has('accepted_by_customer', by='outlet')", "网点已认可", "“accepted_by_customer” (by: the outlet) has happened"),
    ("has('accepted_by_customer')", "客户已认可", "“accepted_by_customer” has happened"),
    ("has('own_kind')", "已有“own_kind”", "“own_kind” has happened"),
    ("not has('own_kind', by='outlet')", "尚无“own_kind”（经办方：网点）", "no “own_kind” (by: the outlet) yet"),
    ("overdue == 'yes'", "逾期", "it is overdue"),
    ("overdue == 'no'", "未逾期", "not: it is overdue"),
    ("overdue == 'open'", "待定", "Open"),
    ("overdue != 'no'", "是否逾期不是否", "Whether it is overdue is not No"),
    ("event.by in recorded", "本次经办方在“登记要素”之列", "this act's actor is among recorded items"),
    ("not event.by in recorded", "本次经办方不在“登记要素”之列", "this act's actor is not among recorded items"),
    ("event.by not in recorded", "本次经办方不在“登记要素”之列", "this act's actor is not among recorded items"),
    ("not event.skips_level", "本次未越级", "this act skips no level"),
    (
        "'cause' in event.items and repeat and 'bound' in event.items",
        "本次具备起因、已装订，且再次投诉",
        "this act's items include The cause, bound and repeated",
    ),
    (
        "'cause' in event.items and 'own_code' in event.items",
        "本次具备起因、自有代码",
        "this act's items include The cause, a code of our own",
    ),
    ("not has('replied')", "尚未答复", "no “reply” yet"),
    (
        "has('replied', by=('outlet', 'branch'), told=('owner', 'complainant'))",
        "分行或网点已答复并告知投诉人、owner",
        "“reply” (by: the branch or the outlet; told: complainant and owner) has happened",
    ),
    (
        "count('contact_attempted') >= 3",
        "“contact_attempted”的次数不少于3",
        "number of “contact_attempted” is at least 3",
    ),
    (
        "linked('same_kind') > 2",
        "“同类”关联的投诉数多于2",
        "number of complaints linked as “same kind” is more than 2",
    ),
    ("elapsed('received', '1 month')", "自“收到”起已满1个月", "1 month from “receipt” have run out"),
    (
        "not elapsed('received', '2 months', until='replied')",
        "并非（自“收到”起已满2个月（计至“答复”））",
        "not (2 months from “receipt” have run out (counted up to “reply”))",
    ),
    (
        "elapsed('received', '2 months', until='replied', standing=True)",
        "自“收到”起已满2个月（计至未被重新受理推翻的最后一次“答复”）",
        "2 months from “receipt” have run out (counted up to the last “reply” that no reopening followed)",
    ),
    (
        "standing('whole', 'late', 'open_late')",
        "“全程时限”现为：逾期完成或逾期未完成",
        "“whole limit” stands as met late or open and late",
    ),
    ("not standing('whole', 'void')", "“全程时限”不是：不再计算", "“whole limit” does not stand as void"),
    (
        "first_of('same_kind')",
        "本件是“同类”关联投诉中最先收到的",
        "this is the first received of those linked as “same kind”",
    ),
    (
        "not first_of('same_kind')",
        "本件不是“同类”关联投诉中最先收到的",
        "this is not the first received of those linked as “same kind”",
    ),
    ("holder('branch')", "现由分行经办", "the branch has the case"),
    ("not holder('branch')", "现不由分行经办", "the branch does not have the case"),
    (
        "holder_at_breach('whole', 'branch')",
        "“全程时限”在分行经办时超时",
        "“whole limit” ran out while the branch had the case",
    ),
    (
        "not holder_at_breach('whole', 'branch')",
        "“全程时限”并非在分行经办时超时",
        "“whole limit” did not run out while the branch had the case",
    ),
    ("state('open')", "投诉现未结束", "the case is open"),
    ("not state('open')", "投诉现已结束", "the case is not open"),
    ("state('withdrawn')", "投诉现状为“withdrawn”", "the case stands as “withdrawn”"),
    ("not state('withdrawn')", "投诉现状不是“withdrawn”", "the case does not stand as “withdrawn”"),
    ("met('whole')", "“全程时限”已按时完成", "“whole limit” is met in time"),
    ("not met('whole')", "“全程时限”未按时完成", "“whole limit” is not met in time"),
    ("late('whole')", "“全程时限”已超时", "“whole limit” is late"),
    ("not late('whole')", "“全程时限”未超时", "“whole limit” is not late"),
    ("event.approved_by == 'branch'", "本次批准人为分行", "this act's approver is the branch"),
    # the opposite of a comparison with an absent field is not the opposite comparison
    ("not event.approved_by == 'branch'", "并非（本次批准人为分行）", "not (this act's approver is the branch)"),
    ("event.kind == 'replied'", "本次事项为答复", "this act's kind is reply"),
    ("event.skips_level", "本次越级", "this act skips a level"),
    ("True or not True", "始终，或并非（始终）", "always or not (always)"),
    ("False", "从不", "never"),
    (
        "repeat and (press_risk or complainants > 2)",
        "再次投诉，且（可能被报道，或投诉人数多于2）",
        "repeated and (may reach the press or number of complainants is more than 2)",
    ),
    (
        "not (repeat or press_risk)",
        "并非（再次投诉，或可能被报道）",
        "not (repeated or may reach the press)",
    ),
]


@pytest.mark.parametrize(("text", "zh", "en"), SAID, ids=[text for text, _, _ in SAID])
def test_a_condition_says_itself_in_both_languages(text: str, zh: str, en: str) -> None:
    condition = parse(text, SCOPE)
    assert render(condition, SCOPE, "zh", WORDS) == zh
    assert render(condition, SCOPE, "en", WORDS) == en


def test_without_titles_ids_are_shown() -> None:
    assert render(parse("priority == 'urgent' and late('whole')", SCOPE), SCOPE, "en") == (
        "priority is urgent and “whole” is late"
    )


def test_a_list_among_the_parameters_is_shown_in_order() -> None:
    scope = Scope(facts={"kind": FactSpec(name="kind", type=FactType.TEXT)}, parameters={"ours": frozenset({"b", "a"})})
    assert render(parse("kind in ours", scope), scope, "en") == "ours (a, b) includes kind"


def test_a_language_we_do_not_speak_is_refused() -> None:
    french: Any = "fr"
    with pytest.raises(UnknownLanguage, match="'zh' or 'en'"):
        render(parse("repeat", SCOPE), SCOPE, french)
    with pytest.raises(UnknownLanguage, match="'zh' or 'en'"):
        render_atom(Always(holds=True), SCOPE, french)


def view(**facts: Any) -> Any:
    table = SimpleNamespace(value="urgent", certain=True, possible=("urgent",), surely=(), unknown=0)
    return SimpleNamespace(
        complaint=Complaint(id="c-1", received=dt.date(2026, 9, 30), **facts),
        table=lambda _: table,
        count=lambda *_: (2, 2),
        linked=lambda _: (4, 4, 4),
        has=lambda *_: False,
        event=Event("replied", by="branch", amount=Decimal(5)),
        skips_level=True,
    )


def said(text: str, **facts: Any) -> list[tuple[str, bool | None, bool]]:
    found = decided_by(parse(text, SCOPE), view(**facts), SCOPE)
    return [(render_atom(one.atom, SCOPE, "en", WORDS), one.truth, one.assumed) for one in found]


DECIDED: list[tuple[str, str, dict[str, Any], list[tuple[str, bool | None, bool]]]] = [
    (
        "and that fails: the part that fails",
        "repeat and press_risk",
        {"repeat": False, "press_risk": True},
        [("repeated", False, False)],
    ),
    (
        "and that holds: all",
        "repeat and press_risk",
        {"repeat": True, "press_risk": True},
        [("repeated", True, False), ("may reach the press", True, False)],
    ),
    (
        "or that holds: the part that holds",
        "repeat or press_risk",
        {"repeat": False, "press_risk": True},
        [("may reach the press", True, False)],
    ),
    (
        "or that fails: all",
        "repeat or press_risk",
        {"repeat": False, "press_risk": False},
        [("repeated", False, False), ("may reach the press", False, False)],
    ),
    (
        "or that fails by presumption: all, marked",
        "repeat or press_risk",
        {"repeat": False},
        [("repeated", False, False), ("may reach the press", False, True)],
    ),
    (
        "what is sure comes before what is presumed",
        "repeat and press_risk",
        {"press_risk": False},
        [("may reach the press", False, False)],
    ),
    ("presumed only", "repeat and caused_by == 'bank'", {}, [("repeated", False, True)]),
    (
        "and that holds in part by presumption",
        "not repeat and amount > 1",
        {"amount": 5},
        [("repeated", False, True), ("amount is more than 1", True, False)],
    ),
    (
        "nobody knows: the unknown part",
        "repeat and caused_by == 'bank'",
        {"repeat": True},
        [("cause is the bank", None, False)],
    ),
    ("nobody knows, negated", "not (amount > 1)", {}, [("amount is more than 1", None, False)]),
    ("not: the atom as it is", "not repeat", {"repeat": True}, [("repeated", True, False)]),
    ("nested", "not (repeat or press_risk) and (amount > 1 or repeat)", {"repeat": True}, [("repeated", True, False)]),
]


@pytest.mark.parametrize(("why", "text", "facts", "atoms"), DECIDED, ids=[why for why, *_ in DECIDED])
def test_the_atoms_named_are_those_that_decided(
    why: str, text: str, facts: dict[str, Any], atoms: list[tuple[str, bool | None, bool]]
) -> None:
    assert said(text, **facts) == atoms


def test_dmn_scala_82_the_atoms_carry_the_values_they_read() -> None:
    """camunda/dmn-scala#136, #82: which row matched, with which inputs."""
    text = (
        "complainants >= threshold or priority == 'urgent' and count('replied') == 2 and linked('same_kind') > amount "
        "and event.by == 'branch' and event.skips_level and not has('replied') and amount < open"
    )
    atoms = Explainer(parse(text, SCOPE), SCOPE).decided_by(view(complainants=2, amount=1))
    (atom,) = atoms
    assert render_atom(atom.atom, SCOPE, "zh", WORDS) == "金额少于 open（未给定）"
    assert (atom.values, atom.truth, atom.assumed) == ((("amount", Decimal(1)), ("open", None)), None, False)
    whole = text.replace(" and amount < open", "")
    atoms = Explainer(parse(whole, SCOPE), SCOPE).decided_by(view(complainants=2, amount=1))
    assert [(atom.values, atom.truth) for atom in atoms] == [
        ((("priority", "urgent"),), True),
        ((("replied", (2, 2)),), True),
        ((("same_kind", 4), ("amount", Decimal(1))), True),
        ((("event.by", "branch"),), True),
        ((("event.skips_level", True),), True),
        ((), False),
    ]
    failed = Explainer(parse("complainants >= threshold", SCOPE), SCOPE).decided_by(view(complainants=2))
    assert failed[0].values == (("complainants", 2), ("threshold", 5))


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("complaint_rules.conditions.deciding._MOST_REMEMBERED", 1)
    explainer = Explainer(parse("repeat", SCOPE), SCOPE)
    for value, truth in ((True, True), (True, True), (False, False), (None, False), (True, True)):
        assert explainer.decided_by(view(repeat=value))[0].truth is truth
        assert len(explainer._remembered) == 1
