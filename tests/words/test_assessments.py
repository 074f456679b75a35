"""Explanations of an assessment: words for every code, the worked answers in both languages, nothing raw leaks."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import Case, Complaint, Event, WorkCalendar, assess, permitted
from complaint_rules.assessment.permission import Permission
from complaint_rules.assessment.questions import Note, NoteCode, Question
from complaint_rules.cases.violations import Violation
from complaint_rules.conditions.scopes import Answerer
from complaint_rules.errors import UnknownLanguage
from complaint_rules.language import LANGUAGES, Lang, length, point
from complaint_rules.periods.units import Unit, left_over
from complaint_rules.policy.policy import Policy
from complaint_rules.words import phrases as words
from complaint_rules.words.assessments import explain_assessment
from complaint_rules.words.clocks import explain_clock
from complaint_rules.words.duties import explain_duty
from complaint_rules.words.findings import explain_finding, reasons
from complaint_rules.words.violations import explain_permission, explain_violation
from tests import small
from tests.golden import assessed, case_of, happened, moment, policy_of

PACKAGE = Path(words.__file__).parents[1]
_THAT_DECIDE = ("cases", "assessment", "complaint_rules")
LEAKS = re.compile(  # "False promotion" is a kind of complaint
    r"\bNone\b|\{\}|\{\w+\}|frozenset|FrozenMap|Decimal\(|datetime\.|<[A-Z]\w+|\bTrue\b|\bFalse\b(?! promotion)"
)


def clean(text: str) -> bool:
    """Say whether a text is free of raw values and of empty places."""
    return LEAKS.search(text) is None and "（）" not in text and " ()" not in text and "“”" not in text


# --- words for every code ---


def test_what_is_filled_in_is_the_same_in_both_languages() -> None:
    for pair in (*words.VIOLATIONS.values(), *words.NOTES.values()):
        assert pair[0] != pair[1]
        assert sorted(re.findall(r"\{\w+\}", pair[0])) == sorted(re.findall(r"\{\w+\}", pair[1]))


@pytest.mark.parametrize("lang", ["fr", "", None, "ZH"])
def test_another_language_is_refused_by_name(lang: Any) -> None:
    found = assessed(policy_of("psbc-95580"), case_of("2026-09-30T16:05"), "2026-09-30T16:05")
    with pytest.raises(UnknownLanguage, match="only Chinese and English"):
        found.explain(lang)


# --- moments and lengths ---


def test_moments_and_lengths_read_as_people_write_them() -> None:
    assert point(moment("2026-10-13T23:59:59.999999"), "zh") == "2026-10-13（周二）24:00"
    assert point(moment("2026-10-13T23:59:30"), "en") == "2026-10-13 (Tue) 23:59:30"
    assert point(moment("2026-10-13T23:59:30.5"), "en") == "2026-10-13 (Tue) 23:59:30.500000"
    assert length(dt.timedelta(minutes=90), "en") == "1 h 30 min"
    assert left_over(dt.timedelta(hours=3), Unit.HOURS, "zh") == "3小时"


# --- the worked answers ---


def explained(case: Case, at: str, lang: Lang, policy: str = "psbc-95580", **options: Any) -> str:
    found = assess(case, policy_of(policy), at=moment(at), **options)
    return explain_assessment(found, lang)


def holds_all(text: str, *parts: str) -> bool:
    missing = [part for part in parts if part not in text]
    assert not missing, f"{missing} not in:\n{text}"
    return True


JOINT = case_of("2026-09-30T16:05", channel="phone", complainants=3)


def test_three_joint_complainants_are_urgent_by_article_10_in_chinese() -> None:
    text = explained(JOINT, "2026-09-30T16:05", "zh")
    assert holds_all(
        text,
        "投诉分级［table/priority］：紧急投诉（第十条第（二）项第3目）",
        "成立：投诉人数不少于3",
        "未知：紧急投诉（第十条第（二）项第1目）：资金安全受到威胁或已有损失（推定为否）",
        "投诉人数 = 3",
        "全程时限［limit/whole］（第十四条第（一）项）：计时中",
        "起算：2026-09-30（周三）16:05“收到投诉”",
        "期限：48小时（第十四条第（一）项），因投诉分级为紧急投诉",
        "届满：2026-10-02（周五）16:05（含）",
        "总行派发一级分行［limit/route_hq］（第十四条第（一）项）：计时中（各时限中最先届满）",
        "问本机构记录：银联工单（影响“全程时限”）",
        "下一次变化在 2026-09-30（周三）16:35刚过",
    )


def test_three_joint_complainants_are_urgent_by_article_10_in_english() -> None:
    text = explained(JOINT, "2026-09-30T16:05", "en")
    assert holds_all(
        text,
        "Class of the complaint [table/priority]: Urgent (art. 10 item (2) sub-item 3)",
        "holds: number of complainants is at least 3",
        "not known: Urgent (art. 10 item (2) sub-item 1): funds at risk or already lost (presumed: no)",
        "number of complainants = 3",
        "from: 2026-09-30 (Wed) 16:05 “received”",
        "within: 48 hours (art. 14 item (1)), because Class of the complaint is Urgent",
        "due: 2026-10-02 (Fri) 16:05 (inclusive)",
        "ask the institution's own records: UnionPay ticket (bears on “Whole process”)",
        "the next change comes just after 2026-09-30 (Wed) 16:35",
    )


def test_an_ordinary_complaint_without_unionpay_known_has_five_working_days_and_a_question() -> None:
    case = case_of("2026-09-30T16:05", channel="phone", complainants=1)
    text = explained(case, "2026-09-30T16:05", "zh")
    assert holds_all(
        text,
        "普通投诉（第十条第（一）项）",
        "成立：以上各行均不成立",
        "5个工作日（第十四条第（一）项），因非银联工单，且投诉分级为普通投诉",
        "银联工单 = 未知（推定为否）",
        "届满：2026-10-13（周二）24:00（含）",
        "提醒时刻：2026-10-13（周二）00:00",
        "期限出自文本，提前一个工作日提醒为编者所加",
        "仍可能改变本时限的未知事实：",
        "银联工单（影响“全程时限”）",
    )
    proof = assessed(policy_of("psbc-95580"), case, "2026-09-30T16:05").clocks["whole"].explain("zh")
    assert holds_all(proof, "推算：", "2026-10-10 周六    3  计入", "2026-10-13 周二    5  计入", "← 届满")


def test_a_unionpay_ticket_before_spring_festival_has_four_working_days() -> None:
    case = case_of("2026-02-13T10:00", channel="phone", complainants=1, unionpay=True)
    assert holds_all(
        explained(case, "2026-02-13T10:00", "en"),
        "within: 4 working days (art. 14 item (1))",
        "due: 2026-02-26 (Thu) 24:00 (inclusive)",
    )


def test_a_utc_moment_is_shown_as_the_beijing_day() -> None:
    case = Case(Complaint(id="c-1", received=dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC)))
    assert "收到于 2026-10-01（周四）00:30" in explained(case, "2026-10-01T00:30", "zh")


def test_a_ticket_before_the_opening_waits_for_it() -> None:
    ordinary = case_of("2026-09-30T07:10", channel="phone", complainants=1)
    assert "届满：2026-09-30（周三）10:30（含）" in explained(ordinary, "2026-09-30T07:10", "zh")


@pytest.mark.parametrize(
    ("resolved", "due", "contact"),
    [
        ("17:30", "19:30", "the last moment to make contact: 2026-09-30 (Wed) 18:00"),
        ("19:00", "21:00", "only a deviation can meet it"),
    ],
)
def test_quiet_hours_are_explained_beside_the_reply(resolved: str, due: str, contact: str) -> None:
    history = [happened("investigated", "2026-09-30T17:00"), happened("resolved", f"2026-09-30T{resolved}")]
    case = case_of("2026-09-30T16:05", history, channel="phone", complainants=3)
    text = explained(case, f"2026-09-30T{resolved}", "en")
    assert holds_all(text, f"due: 2026-09-30 (Wed) {due} (inclusive)", "18:00–08:00 (art. 14 item (2))", contact)


def test_a_limit_into_an_unpublished_year_is_provisional_with_the_reason() -> None:
    case = case_of("2026-12-28T10:00", channel="phone", complainants=1)
    calendar = WorkCalendar.china(as_known_on=dt.date(2026, 11, 20))
    assert holds_all(
        explained(case, "2026-12-28T10:00", "zh", calendar=calendar), "确定性：暂定，2027年放假安排尚未公布"
    )
    assert "because the notice for 2027 is not published" in explained(
        case, "2026-12-28T10:00", "en", calendar=calendar
    )


def test_both_readings_of_a_receipt_on_a_rest_day_are_named() -> None:
    case = case_of("2026-09-26T10:00", channel="phone", complainants=1)
    assert "another reading: " in explained(case, "2026-09-26T10:00", "en")


# --- clocks on histories ---


def cbirc(*events: Event, **facts: Any) -> Case:
    return case_of("2026-09-20T10:00", events, **{"complex": True, "complex_reason_recorded": True} | facts)


def test_pauses_and_extensions_are_listed_with_what_became_of_them() -> None:
    case = cbirc(
        happened("suspended", "2026-10-01", reason="mediation", id="s", items=["consent", "application"]),
        happened("resumed", "2026-10-11", reason="mediation"),
        happened("extended", "2026-10-12T10:00", id="x", approved_by="superior"),
        happened("suspended", "2026-10-13", reason="appraisal"),
        happened("resumed", "2026-10-14", reason="appraisal"),
        happened("suspended", "2026-10-15"),
        happened("replied", "2026-11-25T10:00", by="branch"),
    )
    text = explained(case, "2026-11-26T10:00", "zh", "cbirc-2020-3")
    assert holds_all(
        text,
        "中止计入：2026-10-01（周四） 至 2026-10-11（周日）（调解）（第二十三条）",
        "延期不生效：2026-10-12（周一）10:00（第十八条第一款）：所需手续不齐",
        "中止不生效：2026-10-13（周二）（第十八条第二款）：所需手续不齐",
        "2026-10-15（周四）的中止（未记原因）不在本时限的中止事由之内，照计",
        "届满：2026-10-30（周五）24:00（含）",
        "作出处理决定并告知［limit/decide］（第十八条第一款）：逾期完成",
        "结束：2026-11-25（周三）10:00“告知处理决定”（分支机构）",
        "违规：“作出处理决定并告知”（银行保险机构）逾期：应不晚于2026-10-30（周五）24:00（第十八条第一款）",
        "的延期不生效（“作出处理决定并告知”（further））：所需手续不齐",
        "中止未恢复：未记原因",
    )
    assert "means no" not in text


def test_an_extension_that_counts_shows_the_figure_before_and_after() -> None:
    case = cbirc(
        happened("extended", "2026-10-12T10:00", approved_by="superior", told="complainant", id="x"),
    )
    text = explained(case, "2026-10-13T10:00", "en", "cbirc-2020-3")
    assert holds_all(
        text, "within: 60 days (before: 30 days) (art. 18(1))", "extended: 2026-10-12 (Mon) 10:00 (art. 18(1))"
    )


def test_an_open_pause_shows_what_is_left() -> None:
    case = cbirc(happened("suspended", "2026-10-01", reason="mediation", items=["consent", "application"]))
    text = explained(case, "2026-10-05T10:00", "zh", "cbirc-2020-3")
    assert holds_all(text, "中止中", "届满时刻未定，尚余19日", "至 未恢复（调解）", "中止未恢复：调解")


def test_a_withdrawal_and_a_restart_are_said() -> None:
    withdrawn = cbirc(happened("withdrawn", "2026-10-02T09:00"))
    text = explained(withdrawn, "2026-10-03T10:00", "zh", "cbirc-2020-3")
    assert holds_all(text, "不再计算", "因2026-10-02（周五）09:00“撤回投诉”不再计算", "（已结束）")
    again = cbirc(happened("supplemented", "2026-10-02T09:00", items=["new_facts", "new_reasons"]))
    text = explained(again, "2026-10-03T10:00", "en", "cbirc-2020-3")
    assert holds_all(text, "started anew; before that from 2026-09-20 (Sun) 10:00", "from: 2026-10-02 (Fri) 09:00")


def test_an_agreement_prevails_in_the_text() -> None:
    case = cbirc(happened("agreed", "2026-10-02T09:00", due="2026-10-25T18:00"))
    text = explained(case, "2026-10-03T10:00", "en", "cbirc-2020-3")
    assert holds_all(
        text, "as agreed on 2026-10-02 (Fri) 09:00, which prevails", "due: 2026-10-25 (Sun) 18:00 (inclusive)"
    )


# --- parts of their own ---


def test_each_part_explains_itself() -> None:
    history = [happened("resolved", "2026-09-30T17:30", by="handling_unit")]
    case = case_of("2026-09-30T16:05", history, channel="phone", complainants=3)
    found = assessed(policy_of("psbc-95580"), case, "2026-10-09T17:30")
    assert found.findings["priority"].explain() == explain_finding(found.findings["priority"], "zh")
    assert found.clocks["whole"].explain() == explain_clock(found.clocks["whole"], "zh")
    breached = next(duty for duty in found.duties if duty.duty.id == "verify_first")
    text = breached.explain()
    assert text == explain_duty(breached, "zh")
    articles = "第十二条第（三）项、第十五条第（三）项第2目"
    assert holds_all(text, f"禁止性规定：未经核实，不得形成处理意见［duty/verify_first］（{articles}）：已违反",
                     "要求：“形成处理结果”须符合：已调查核实",
                     "经过：2026-09-30（周三）17:30“形成处理结果”（投诉处理单位）")  # fmt: skip


def test_the_rule_of_a_prohibition_is_not_turned_round_by_the_word_before_it() -> None:
    """The title of a prohibition may say what has to be done, as that whoever receives it first owns it."""
    found = assessed(policy_of("psbc-95580"), JOINT, "2026-10-09T09:00")
    duties = {one.duty.id: one for one in found.duties}
    assert duties["first_contact"].explain("zh").startswith("禁止性规定：首问负责")
    assert duties["route_order"].explain("en").startswith("principle: Routing goes")
    assert "原则上须符合：本次未越级" in duties["route_order"].explain("zh")


def test_an_explanation_lists_only_what_bears_on_the_case() -> None:
    """What is forbidden in every complaint, and was not done in this one, is counted; what was done is told."""
    quiet = assessed(policy_of("psbc-95580"), JOINT, "2026-10-09T09:00").explain("zh")
    assert "未经主管审批" not in quiet
    assert "项禁止或许可适用于每件投诉，本案未见相关行为，见规则手册" in quiet
    done = case_of("2026-09-30T16:05", [happened("account_added", "2026-10-08T09:00", by="admin_tier1")])
    told = assessed(policy_of("psbc-95580"), done, "2026-10-09T09:00").explain("zh")
    assert "禁止性规定·已违反：未经主管审批" in told
    assert "more prohibitions or permissions hold for every complaint" in assessed(
        policy_of("psbc-95580"), done, "2026-10-09T09:00"
    ).explain("en")


def test_what_begins_when_a_limit_runs_out_begins_just_after_it() -> None:
    """30 minutes from 16:05 end with 16:35, inclusive; the first instant beyond is no figure for a reader."""
    found = assessed(policy_of("psbc-95580"), JOINT, "2026-10-09T09:00")
    assert "自2026-09-30（周三）16:35刚过（条件自此成立）起" in found.explain("zh")
    assert "since 2026-09-30 (Wed) just after 16:35" in found.explain("en")


def test_reasons_are_remembered_with_the_outcome() -> None:
    policy = policy_of("psbc-95580")
    decision = assessed(policy, JOINT, "2026-09-30T16:05").findings["priority"].decision
    first = reasons(decision, policy.tables["priority"], policy, "zh")
    assert reasons(decision, policy.tables["priority"], policy, "zh") is first


def test_the_reasons_stand_in_the_data_too() -> None:
    data = assessed(policy_of("psbc-95580"), JOINT, "2026-09-30T16:05").to_dict()["findings"]
    assert data["priority"]["because"] == {
        "rows": [
            {"value": "urgent", "cite": "10 item 2 sub 1", "result": "unknown"},
            {"value": "urgent", "cite": "10 item 2 sub 2", "result": "unknown"},
            {"value": "urgent", "cite": "10 item 2 sub 3", "result": "holds"},
            {"value": "urgent", "cite": "10 item 2 sub 4", "result": "not_reached"},
            {"value": "urgent", "cite": "10 item 2", "result": "not_reached"},
            {"value": "ordinary", "cite": "10 item 1", "result": "not_reached"},
        ],
        "facts": {"complainants": 3, "funds_at_risk": None, "repeat": None},
    }
    assert [row["result"] for row in data["work_list"]["because"]["rows"]] == ["does_not_hold", "holds"]


def test_clocks_and_duties_carry_the_facts_that_decided_in_the_data() -> None:
    data = assessed(policy_of("psbc-95580"), JOINT, "2026-09-30T16:05").to_dict()
    assert data["clocks"]["whole"]["assumed"] == ["settled_on_spot", "unionpay"]
    assert data["clocks"]["whole"]["because"]["condition"] == "priority == 'urgent'"
    assert data["clocks"]["whole"]["because"]["facts"]["complainants"] == 3
    assert "because" not in data["clocks"]["reply"]
    policy = small.own(small.fact("big"), small.duty("must", '"reported"', 'when = "big or repeat"'))
    case = case_of("2026-10-01T10:00", big=True)
    (one,) = assess(case, policy, at=moment("2026-10-04T12:00")).to_dict()["duties"]
    assert one["because"] == {"condition": "big or repeat", "facts": {"big": True, "repeat": None}}
    assert "assumed" not in one
    presumed = small.own(small.fact("big", assume="true"), small.duty("must", '"reported"', 'when = "big"'))
    (one,) = assess(case_of("2026-10-01T10:00"), presumed, at=moment("2026-10-04T12:00")).to_dict()["duties"]
    assert one["assumed"] == ["big"]


def run_data(policy: Policy, events: Sequence[Event], at: str = "2026-10-09") -> dict[str, Any]:
    found: dict[str, Any] = small.worked(policy, "2026-10-01", events, at).to_dict()["clocks"]["whole"]
    return found


def test_what_the_text_says_of_a_run_stands_in_the_data_too() -> None:
    extension = '[[limit.extension]]\nid = "longer"\non = "extended"\nadd = "3 days"\ncite = "8"'
    rows = '[{ within = "2 days", when = "big" }, { within = "9 days" }]'
    policy = small.own(
        small.fact("big"),
        small.limit(rows, 'pauses = [{ reason = "mediation", cite = "9" }]', "agreed = true"),
        extension,
    )
    stopped = [Event("extended", dt.date(2026, 10, 2)), Event("suspended", dt.date(2026, 10, 3), reason="mediation")]
    data = run_data(policy, stopped)
    assert (data["status"], data["remaining"]) == ("suspended", 10)
    assert data["pauses"] == [{"start": "2026-10-03", "end": None, "reason": "mediation", "cite": "9"}]
    assert data["extensions"] == [{"rule": "longer", "at": "2026-10-02", "valid": True, "why": "", "cite": "8"}]
    assert run_data(policy, [Event("agreed", dt.date(2026, 10, 2), due=dt.date(2026, 10, 20))])["agreed"] is True
    late = run_data(policy, [Event("amended", dt.date(2026, 10, 8), set={"big": True})])
    assert late["overdue_by_reclassification"] is True
    each = small.own(small.limit('[{ within = "2 days" }]', "each = true", start='"routed"', until='"replied"'))
    routed = [Event("routed", dt.date(2026, 10, 1)), Event("routed", dt.date(2026, 10, 3))]
    assert [run["started_at"] for run in run_data(each, routed)["runs"]] == ["2026-10-01", "2026-10-03"]


def test_a_table_that_waits_for_a_parameter_names_it_in_the_data() -> None:
    policy = small.own(LEFT_OPEN, small.table("size", ("big", "complainants >= least"), ("small", "")))
    data = assess(case_of("2026-10-01T10:00"), policy, at=moment("2026-10-04T12:00")).to_dict()["findings"]["size"]
    assert (data["value"], data["missing"]) == (None, ["least"])


def test_the_data_of_reasons_is_plain() -> None:
    marks, since = small.fact("marks", "set", None), small.fact("since", "day", None)
    condition = "'x' in marks and amount >= 5000 and channel == 'phone' and since > received"
    policy = small.own(marks, since, small.table("t", ("a", condition), ("b", "")))
    case = case_of(
        "2026-10-01T10:00", amount=Decimal("6000.50"), marks={"y", "x"}, channel="phone", since=dt.date(2026, 10, 2)
    )
    because = assess(case, policy, at=moment("2026-10-04T12:00")).to_dict()["findings"]["t"]["because"]
    assert because["facts"] == {
        "amount": "6000.50", "channel": "phone", "marks": ["x", "y"], "received": "2026-10-01T10:00:00+08:00",
        "since": "2026-10-02",
    }  # fmt: skip
    assert json.loads(json.dumps(because)) == because


def test_a_permission_names_every_reason_with_its_article() -> None:
    policy = policy_of("psbc-95580")
    answer = permitted(JOINT, happened("resolved", "2026-09-30T17:30"), policy)
    assert holds_all(
        answer.explain(),
        "不可以，理由1项：",
        "- 违规：",
        "未经核实，不得形成处理意见",
        "第十二条第（三）项、第十五条第（三）项第2目",
    )
    assert holds_all(answer.explain("en"), "not allowed, for 1 reason:", "breaks the rule")
    asked = Permission(policy=policy, questions=(Question(fact="unionpay", ask=Answerer.BANK_RECORDS),))
    assert explain_permission(asked, policy, "zh").splitlines() == [
        "可以：无强制性规定禁止", "答案还取决于：", "- 问本机构记录：unionpay",
    ]  # fmt: skip


@pytest.mark.parametrize("code", list(words.VIOLATIONS))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_violation_is_a_full_sentence(code: str, lang: Lang) -> None:
    detail = {
        "meant": "outlet",
        "code": "outlett",
        "why": "it is wrong; got 'secret'",
        "lacking": "too_late",
        "missing": "a",
    }
    wrong = Violation(
        code=code, severity="breach", rule="checklist/reply_report", cite="14", event="resumed",
        at=dt.date(2026, 10, 1), detail=detail,  # type: ignore[arg-type]
    )  # fmt: skip
    text = explain_violation(wrong, policy_of("psbc-95580"), lang)
    assert clean(text)
    assert "outlet" in text
    assert "secret" not in text


def test_notes_say_what_does_not_fit() -> None:
    policy = policy_of("cbirc-2020-3")
    received = moment("2019-09-30T16:05")
    found = assess(Complaint(id="c-1", received=received, extra={"complx": True}), policy, at=received)
    text = found.explain("zh")
    assert holds_all(text, "complx", "本规则没有这一事实")
    assert {note.code for note in found.notes} >= {"ignored_fact"}
    other = assess(
        case_of("2026-09-30T16:05", channel="letter"), policy_of("psbc-95580"), at=moment("2026-09-30T16:05")
    )
    assert "本规则的适用条件不成立：投诉渠道为电话" in other.explain()
    unsure = assess(case_of("2026-09-30T16:05"), policy_of("psbc-95580"), at=moment("2026-09-30T16:05"))
    assert "whether these rules apply is not certain: channel is phone" in unsure.explain("en")
    assert [note.code for note in unsure.notes] == ["possibly_not_applicable"]
    assert Note(code=NoteCode.NOT_IN_FORCE).code in words.NOTES


def test_missing_parameters_are_listed_with_what_waits() -> None:
    text = explained(case_of("2026-09-20T10:00"), "2026-09-21T10:00", "en", "cbirc-2020-3")
    assert holds_all(
        text, "parameter not supplied: How long complaint files are kept (art. 28); waiting for it: “retention”"
    )


def test_how_long_the_file_is_kept_is_said_once_it_is_known() -> None:
    history = [happened("closed", "2026-10-01T10:00")]
    text = explained(case_of("2026-09-30T16:05", history), "2026-10-02T10:00", "zh")
    assert "档案保管至 2036-10-01（周三）（含）（第二十一条）" in text


# --- what only some policies have ---


def whole(policy: Policy, events: Sequence[Event] = (), lang: Lang = "en", at: str = "2026-10-04", **facts: Any) -> str:
    return explain_clock(small.clock(policy, "2026-10-01", events, at, **facts), lang)


def test_a_superiors_own_deadline_is_named_as_what_sets_the_limit() -> None:
    policy = small.own(small.fact("set_by_superior", "moment", None), small.limit('[{ by = "set_by_superior" }]'))
    text = whole(policy, set_by_superior=moment("2026-10-09T12:00"))
    assert holds_all(text, "within: set by “A”", "due: 2026-10-09 (Fri) 12:00 (inclusive)")


def test_several_runs_are_told_one_by_one() -> None:
    policy = small.own(small.limit('[{ within = "2 days" }]', "each = true", start='"routed"', until='"replied"'))
    routed = [Event("routed", dt.date(2026, 10, 1)), Event("routed", dt.date(2026, 10, 3))]
    text = whole(policy, [*routed, Event("replied", dt.date(2026, 10, 2))], "zh")
    assert holds_all(text, "第1次：按时完成", "第2次：计时中")
    assert "waits for: “routed”" in whole(policy)


@pytest.mark.parametrize(
    ("events", "head"),
    [
        (("routed 1", "replied 4", "routed 6"), "met late (run 1); the latest: running"),  # the 3rd was its last day
        (("routed 1", "replied 2", "routed 3", "replied 6", "routed 7"), "met late (run 2); the latest: running"),
        (("routed 1", "replied 2", "routed 6"), "running"),  # a run that was kept is no worse than one that runs
    ],
)
def test_a_clock_is_headed_by_its_worst_run_and_then_the_latest(events: Sequence[str], head: str) -> None:
    policy = small.own(small.limit('[{ within = "2 days" }]', "each = true", start='"routed"', until='"replied"'))
    history = [Event(kind, dt.date(2026, 10, int(day))) for kind, day in (one.split() for one in events)]
    assert whole(policy, history, at="2026-10-08").splitlines()[0] == f"A [limit/whole]: {head}"


def test_a_limit_that_cannot_apply_says_where_it_would() -> None:
    policy = small.own(small.fact("big"), small.limit('[{ within = "2 days" }]', 'when = "big"', start='"routed"'))
    assert holds_all(whole(policy, big=False), "A [limit/whole]: not applicable", "applies where: A")


def test_closed_time_is_a_pause_with_its_reason() -> None:
    policy = small.own(small.limit('[{ within = "9 days" }]', 'reopen = "continue"'))
    history = [Event("closed", dt.date(2026, 10, 2)), Event("reopened", dt.date(2026, 10, 3))]
    assert "办结至重新受理之间" in whole(policy, history, "zh")


def test_a_total_counted_from_elsewhere_says_from_where() -> None:
    extension = '[[limit.extension]]\nid = "longer"\non = "extended"\nto = "20 days"\nfrom = "registered"'
    policy = small.own(small.limit('[{ within = "5 days" }]'), extension)
    history = [Event("registered", dt.date(2026, 10, 2)), Event("extended", dt.date(2026, 10, 3))]
    assert "counted from 2026-10-02 (Fri) “registered”" in whole(policy, history)


def test_at_once_is_never_overdue_in_words() -> None:
    policy = small.own(small.limit('[{ within = "at once" }]'))
    assert "due at once from" in whole(policy, at="2026-12-01")


def test_a_start_known_by_its_day_gives_both_ends_of_an_hour_limit() -> None:
    policy = small.own(small.limit('[{ within = "48 hours" }]'))
    assert "at the most generous 2026-10-03 (Sat) 24:00" in whole(policy, at="2026-10-02")
    vague = whole(policy, [Event("closed", dt.date(2026, 10, 3))])
    assert "depends on how it is read" in vague


def test_a_limit_reclassified_too_late_carries_the_mark_of_a_reading() -> None:
    rows = '[{ within = "2 days", when = "big" }, { within = "9 days" }]'
    policy = small.own(small.fact("big"), small.limit(rows))
    text = whole(policy, [Event("amended", dt.date(2026, 10, 8), set={"big": True})], at="2026-10-09")
    assert "late by reclassification" in text


def test_a_customers_limit_and_a_limit_that_should_be_kept_are_told_apart() -> None:
    theirs = small.own(small.limit('[{ within = "2 days" }]', 'who = "complainant"'))
    ours = small.own(small.limit('[{ within = "2 days" }]', 'who = "e-1"', 'modality = "should"'))
    assert "never the institution's lateness" in whole(theirs)
    assert "who: e-1 (should be kept)" in whole(ours)


def test_a_start_without_a_moment_is_said_to_be_the_reason() -> None:
    policy = small.own(small.limit('[{ within = "2 days" }]', start='"routed"'))
    assert "the moment it starts from is not known" in whole(policy, [Event("routed")])


def test_a_limit_whose_figure_is_a_parameter_says_that_it_waits_for_it() -> None:
    parameter = '[parameters.days]\ntype = "period"\ntitle = { zh = "几日", en = "how long" }'
    text = whole(small.own(parameter, small.limit('[{ within = { parameter = "days" } }]')))
    assert holds_all(text, "its figure is a parameter that was not supplied", "parameters not supplied: how long")


def test_a_source_that_cannot_show_the_end_leaves_it_open() -> None:
    policy = small.own(small.limit('[{ within = "2 days" }]'))
    case = Case(Complaint(id="c-1", received=dt.date(2026, 10, 1)), unseen=["closed"])
    assert "the record does not show whether or when there was: “closed”; that could change it" in explained_by(
        case, policy
    )


def test_a_figure_that_hangs_on_a_fact_without_presumption_cannot_be_said_yet() -> None:
    policy = small.own(small.fact("big", assume=None), small.limit('[{ within = "2 days", when = "big" }]'))
    assert holds_all(whole(policy), "undetermined", "which figure applies cannot be said yet")


def explained_by(case: Case, policy: Policy, lang: Lang = "en") -> str:
    return explain_assessment(assess(case, policy, at=moment("2026-10-04T12:00")), lang)


LEFT_OPEN = """\
[parameters.least]
type = "int"
title = { zh = "最低人数", en = "least number" }
"""


def test_a_table_whose_figure_is_left_open_says_so_and_a_supplied_one_is_shown() -> None:
    rows = small.table("size", ("big", "complainants >= least"), ("small", ""))
    policy = small.own(LEFT_OPEN, rows, small.limit('[{ within = "2 days", when = "size == \'big\'" }]'))
    case = case_of("2026-10-01T10:00", complainants=4)
    assert holds_all(
        explained_by(case, policy, "zh"), "甲：未提供参数“最低人数”，无法认定".replace("甲", "甲［table/size］")
    )
    given = Policy.from_text(policy_text(LEFT_OPEN, rows), name="own.toml", parameters={"least": 3})
    assert "least number = 3" in explained_by(case, given)


def policy_text(*parts: str) -> str:
    return "\n".join((small.HEAD, *parts))


def test_counts_and_links_show_the_numbers_read() -> None:
    link = '[[link]]\nid = "same"\ntitle = { zh = "同类", en = "same kind" }\nsame = ["kind"]'
    rows = small.table("level", ("hot", "linked('same') >= 3 or count('replied') >= 2"), ("calm", ""))
    policy = small.own(link, rows)
    case = case_of("2026-10-01T10:00", [happened("replied", "2026-10-02T10:00")])
    found = assess(case, policy, at=moment("2026-10-04T12:00"), links={"same": 2})
    assert holds_all(found.explain("en"), "“same kind” = 2", "“replied” = 1")
    blind = Case(case.complaint, [], unseen=["replied"])
    assert "“replied” ≥ 0" in explained_by(blind, policy)


def test_a_fact_that_is_a_set_or_an_amount_is_written_out() -> None:
    rows = small.table("t", ("a", "'x' in marks and amount >= 5000"), ("b", ""))
    policy = small.own(small.fact("marks", "set", None), rows)
    case = case_of("2026-10-01T10:00", amount=Decimal("6000.50"), marks=frozenset({"x", "y"}))
    assert holds_all(explained_by(case, policy), "A = x, y", "amount in dispute (yuan) = 6000.50")


def test_a_table_read_by_another_without_a_value_shows_none() -> None:
    first = small.table("one", ("a", "complainants >= 5"))
    second = small.table("two", ("b", "one == 'a'"), ("c", ""))
    assert "A = none" in explained_by(case_of("2026-10-01T10:00", complainants=1), small.own(first, second))


def test_a_table_that_always_says_the_same_reads_no_facts() -> None:
    text = explained_by(case_of("2026-10-01T10:00"), small.own(small.table("t", ("a", ""))))
    assert holds_all(text, "A [table/t]: a", "holds: always")
    assert "facts:" not in text


def test_a_row_without_presumption_claims_nothing() -> None:
    policy = small.own(small.fact("big", assume=None), small.table("t", ("a", "big"), ("b", "not big")))
    assert "nothing is presumed, so nothing is claimed" in explained_by(case_of("2026-10-01T10:00"), policy)


def test_a_policy_out_of_force_says_between_which_days_it_was() -> None:
    policy = Policy.from_text(
        small.HEAD + "effective_from = 2010-01-01\neffective_until = 2012-12-31\n" + small.limit(), name="own.toml"
    )
    text = explained_by(case_of("2026-10-01T10:00"), policy)
    assert "these rules were not in force on the day of receipt (from 2010-01-01; until 2012-12-31)" in text


def test_a_duty_with_a_figure_shows_when_it_runs_out_and_what_is_left_open() -> None:
    policy = small.own(
        small.fact("big"),
        small.duty("must", '"reported"', 'within = "3 days"', 'after = "registered"', 'to = "press"', 'when = "big"'),
        small.duty("should", '"replied"', 'within = "at once"', id="soon"),
        '[[checklist]]\nid = "full"\ntitle = { zh = "要素", en = "contents" }\nof = "registered"\n'
        'items.cause = { zh = "起因", en = "cause" }',
    )
    case = case_of("2026-10-01T10:00", [happened("registered", "2026-10-02", items=["cause"])], big=True)
    found = assess(case, policy, at=moment("2026-10-04T12:00"))
    assert holds_all(
        explain_duty(found.duties[0], "en"), "must: A [duty/act]: to be done", "to: press", "where: A",
        "within: 3 days", "due: 2026-10-05 (Mon) 24:00 (inclusive)",
    )  # fmt: skip
    assert holds_all(
        found.explain("en"), "to press; since 2026-10-02 (Fri) “registered”; by 2026-10-05 (Mon) 24:00 (inclusive)",
        "should, to be done: A; at once", "contents (2026-10-02 (Fri) “registered”): complete",
    )  # fmt: skip


def test_a_duty_whose_condition_came_later_and_ceased_is_summed_up() -> None:
    policy = small.own(small.fact("big"), small.duty("must", '"reported"', 'when = "big"'))
    later = [happened("amended", "2026-10-02T10:00", set={"big": True})]
    text = explained_by(case_of("2026-10-01T10:00", later, big=False), policy)
    assert "since 2026-10-02 (Fri) 10:00 (when its condition came to hold)" in text
    ceased = [*later, happened("amended", "2026-10-03T10:00", set={"big": False})]
    text = explained_by(case_of("2026-10-01T10:00", ceased, big=False), policy)
    assert "lapsed: what called for it has ceased: “A”" in text


def test_a_checklist_names_what_is_missing() -> None:
    checklist = '[[checklist]]\nid = "full"\ntitle = { zh = "要素", en = "contents" }\nof = "registered"\n'
    policy = small.own(checklist + 'items.cause = { zh = "起因", en = "cause" }')
    case = case_of("2026-10-01T10:00", [happened("registered", "2026-10-02", items=[])])
    text = explained_by(case, policy)
    assert holds_all(text, "lacks cause", "breach: “contents” is incomplete; it lacks: cause")


# --- whatever the case ---
