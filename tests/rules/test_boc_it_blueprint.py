"""boc-it-blueprint: what `tests/golden/boc-it-blueprint.toml` cannot say: dates, figures, returns, questions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from complaint_rules.assessing import permitted
from complaint_rules.cases.case import Case, Event
from complaint_rules.policy.articles import ArticleState
from complaint_rules.policy.loading import load_policy
from tests.golden import assessed, case_of, china, happened, local, policy_of, statuses_of, undocumented

ID = "boc-it-blueprint"
MORNING = "2026-10-09T09:00"
NOON = "2026-10-09T12:00"


def e(kind: str, time: str, **fields: Any) -> Event:
    """Give an event of that day, or of another where `time` names one."""
    return happened(kind, time if "-" in time else f"2026-10-09T{time}", **fields)


def case(*events: Event, received: str = MORNING, **facts: Any) -> Case:
    return case_of(received, events, **facts)


# --- in force between two dates the user gives -----------------------------------------------------------------------


def test_the_user_gives_the_two_dates_of_the_cut_over() -> None:
    unknown = assessed(policy_of(ID), case(), MORNING)
    assert [one.name for one in unknown.missing if one.what == "parameter"] == ["starts", "ends"]
    assert "possibly_not_applicable" in [note.code for note in unknown.notes]
    dated = load_policy(ID, parameters={"starts": dt.date(2026, 10, 9), "ends": dt.date(2026, 10, 11)})
    found = {
        received: [note.code for note in assessed(dated, case(received=received), received).notes]
        for received in ("2026-10-08T23:59", "2026-10-09T00:00", "2026-10-11T23:59", "2026-10-12T00:00")
    }
    assert found == {
        "2026-10-08T23:59": ["not_applicable"],  # the evening before
        "2026-10-09T00:00": [],  # its first instant
        "2026-10-11T23:59": [],  # its last evening
        "2026-10-12T00:00": ["not_applicable"],  # over; a note, never a refusal
    }


# --- figures, returns ------------------------------------------------------------------------------------------------


def test_figures_and_daily_returns_are_those_of_the_plan() -> None:
    policy = policy_of(ID)
    assert {name: figure.by for name, figure in policy.figures.items()} == {
        "satisfaction": (),
        "complaints": (),
        "by_count": ("counting",),
        "by_kind": ("kinds",),
        "by_liability": ("liability",),
        "liability_share": (),
        "by_focus": ("focus",),
        "at_head_office": (),
    }
    assert {name: (filing.who, filing.to, filing.daily) for name, filing in policy.filings.items()} == {
        "daily_unit": ("unit", ("branch_union",), True),
        "daily_branch": ("branch_union", ("province_joint_group", "province_union"), True),
    }
    plan = assessed(policy, case(satisfied=True), NOON).snapshot.plan
    share, of = policy.figures["satisfaction"].share, policy.figures["satisfaction"].of
    assert share is not None
    assert of is not None
    answers = [
        (plan.test(share)(view)[0], plan.test(of)(view)[0])
        for view in (assessed(policy, case(satisfied=one), NOON).snapshot.view for one in (True, False, None))
    ]
    assert answers == [(True, True), (False, True), (False, False)]
    share = policy.figures["at_head_office"].share
    assert share is not None
    reached = [
        plan.test(share)(assessed(policy, one, NOON).snapshot.view)[0]
        for one in (case(received_by="head_office"), case(e("appealed", "10:00", to="head_office")), case())
    ]
    assert reached == [True, True, False]
    assert policy.figures["at_head_office"].at_most == 0  # 六6: 确保无总行层面的客户投诉发生


# --- counting rules --------------------------------------------------------------------------------------------------

SETTLED = e("resolved", "12:30", by="outlet")
COUNTED: list[tuple[Case, str, bool, bool, str]] = [
    (case(dragging=True, received="2026-10-08T09:00"), "complaint", True, True, "late and dragging on"),
    (case(source="regulator"), "complaint", True, True, "through an outside channel"),
    (case(repeat=True), "complaint", True, True, "made repeatedly"),
    (case(received="2026-10-08T09:00"), "pending", False, False, "late, but not dragging on, and still open"),
    (case(SETTLED, received_by="outlet"), "not_counted", False, False, "settled by the outlet itself"),
    (case(SETTLED, received_by="branch"), "consultation", False, True, "reached the branch, settled in time"),
]


@pytest.mark.parametrize(("one", "value", "counted", "reached", "why"), COUNTED, ids=[row[-1] for row in COUNTED])
def test_what_counts_as_a_complaint_and_as_what_the_others_are_listed(
    one: Case, value: str, *, counted: bool, reached: bool, why: str
) -> None:
    """四(二): outlets' own and consultations do not count, outside, repeated and dragging ones do."""
    policy = policy_of(ID)
    found = assessed(policy, one, "2026-10-09T13:00")
    rules = [policy.bases[name] for name in ("counted", "reached_branch")]
    plan, view = found.snapshot.plan, found.snapshot.view
    assert {rule.why for rule in rules} == {"counting"}
    assert found.findings["counting"].value == value, why
    assert [plan.test(rule.counts)(view)[0] for rule in rules if rule.counts is not None] == [counted, reached], why


def test_the_daily_return_holds_what_counts_and_lists_what_does_not() -> None:
    for filing in policy_of(ID).filings.values():
        assert (filing.period, filing.excluded) == ("day", True)
        assert [(table.figure, table.by) for table in filing.tables] == [
            ("by_kind", ("kinds",)), ("by_liability", ("liability",)),
        ]  # fmt: skip


# --- asking before acting ---------------------------------------------------------------------------------------------

CASH: dict[str, Any] = {"kind": "urgent_cash", "shutdown": True}
LOSS: dict[str, Any] = {"kind": "loss_report", "shutdown": True}
REFUSED = e("dissuaded", "10:00", outcome="failed")
CONTROLLED = CASH | {"risk_controlled": True, "vip": False}
ACTS: list[tuple[dict[str, Any], list[Event], Event, list[str], str]] = [
    (CONTROLLED, [REFUSED], e("emergency_cash", "11:00", amount="5000"), [], "5,000 yuan after dissuasion failed"),
    (
        CONTROLLED,
        [REFUSED],
        e("emergency_cash", "11:00", amount="5000.01"),
        ["duty/cash_ceiling"],
        "one fen above the ceiling",
    ),
    (
        CONTROLLED | {"risk_controlled": False},
        [],
        e("emergency_cash", "11:00", amount="6000"),
        ["duty/cash_conditions", "duty/cash_ceiling"],
        "every reason against is named",
    ),
    (
        {},
        [],
        e("promised", "11:00", by="outlet", reason="compensation"),
        ["duty/claim_no_promise"],
        "an outlet promises no money",
    ),
    ({}, [], e("compensated", "11:00", by="outlet"), ["duty/claim_joint"], "nor pays it alone"),
    ({}, [], e("interview_given", "11:00", by="outlet"), ["duty/press_ban"], "nor speaks to the press"),
    (LOSS, [], e("formal_loss_report", "11:00"), ["duty/lossreport_only"], "nor takes a formal loss report now"),
]


@pytest.mark.parametrize(("facts", "events", "act", "against", "why"), ACTS, ids=[row[4] for row in ACTS])
def test_one_can_ask_before_acting(
    facts: dict[str, Any], events: list[Event], act: Event, against: list[str], why: str
) -> None:
    answer = permitted(case(*events, **facts), act, policy_of(ID), calendar=china())
    assert [one.rule for one in answer.against] == against, why


def test_whether_the_customer_is_a_vip_is_asked_of_the_bank_s_own_records() -> None:
    answer = permitted(case(**CASH), e("emergency_cash", "11:00", amount="7000"), policy_of(ID), calendar=china())
    assert {question.fact: question.ask for question in answer.questions}.get("vip") == "bank_records"


# --- what 四(三)2, 7 and 10 call a promise ----------------------------------------------------------------------------


def test_a_promise_of_compensation_is_no_promise_of_a_completion_time() -> None:
    """四(三)2, 7 want a completion time; 四(三)10 is about compensation."""
    money = e("promised", "10:00", by="branch", reason="compensation", due="2026-10-09T11:00")
    found = assessed(policy_of(ID), case(money), NOON)
    assert statuses_of(found, "cutover_promise") == ("due",)
    assert str(found.clocks["promise"].status) == "not_started"
    both = assessed(policy_of(ID), case(money, e("promised", "10:30", due="2026-10-09T18:00")), NOON)
    assert statuses_of(both, "cutover_promise") == ("done",)
    assert local(both.clocks["promise"].due_at) == "2026-10-09T18:00"


# --- the text ---------------------------------------------------------------------------------------------------------


def test_every_rule_has_its_article_and_both_languages() -> None:
    assert undocumented(policy_of(ID)) == []


def test_what_is_lost_of_the_text_is_the_list_of_the_group_alone() -> None:
    articles = policy_of(ID).articles
    assert [name for name, one in articles.items() if one.state is ArticleState.LOST] == ["二1"]
    assert [name for name, one in articles.items() if one.state is ArticleState.NOTHING] == ["一"]
    assert [name for name in articles if name.startswith("四(三)")][1:] == [
        f"四(三){number}" for number in range(1, 16)
    ]
    assert list(articles)[-7:] == [f"六{number}" for number in range(1, 8)]
