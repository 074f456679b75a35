"""psbc-95580: what its golden cases (`tests/golden/psbc-95580.toml`) cannot say, as acts asked about beforehand."""

# ruff: noqa: E501 - one golden case a line, so that a table can be read down

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from complaint_rules.assessing import permitted
from complaint_rules.cases.case import Case, Event
from complaint_rules.policy.articles import ArticleState
from complaint_rules.policy.figures import Rate
from complaint_rules.policy.rules import FigureShape
from tests.golden import (
    assessed,
    case_of,
    china,
    happened,
    local,
    policy_of,
    undocumented,
)

ID = "psbc-95580"
FRIDAY = "2026-10-09T09:00"
"""Receipt on a working Friday; the Saturday after it works too (make-up for the National Day break)."""
EVENING = "2026-10-09T17:30"


def e(kind: str, time: str, **fields: Any) -> Event:
    """Give an event of that Friday, or of another day where `time` names one."""
    return happened(kind, time if "-" in time else f"2026-10-09T{time}", **fields)


def case(*events: Event, received: str = FRIDAY, **facts: Any) -> Case:
    return case_of(received, events, **facts)


# --- classification --------------------------------------------------------------------------------------------------

PRIORITY: list[tuple[dict[str, Any], str, str, str]] = [
    ({}, "ordinary", "10 item 1", "a first report without any of the marks"),
    ({"funds_at_risk": True}, "urgent", "10 item 2 sub 1", "funds at risk"),
    ({"repeat": True}, "urgent", "10 item 2 sub 2", "the same incident again"),
    ({"complainants": 3}, "urgent", "10 item 2 sub 3", "three are already a group"),
    ({"complainants": 2}, "ordinary", "10 item 1", "two are no group"),
    ({"complainant_keys": {"k1", "k2", "k3"}}, "urgent", "10 item 2 sub 3", "three keys are three persons"),
    ({"press_risk": True}, "urgent", "10 item 2 sub 4", "the press may take it up"),
    ({"in_press": True}, "urgent", "10 item 2 sub 4", "the press has taken it up: who can doubt that it may"),
    ({"marked_urgent": True}, "urgent", "10 item 2", "the list is open and the handler marked it"),
    ({"funds_at_risk": True, "repeat": True}, "urgent", "10 item 2 sub 1", "the first ground is the one named"),
]


@pytest.mark.parametrize(("facts", "value", "cite", "why"), PRIORITY, ids=[row[3] for row in PRIORITY])
def test_the_class_follows_article_10(facts: dict[str, Any], value: str, cite: str, why: str) -> None:
    found = assessed(policy_of(ID), case(**facts), FRIDAY).findings["priority"]
    assert (found.value, found.cite) == (value, cite), why


def test_unknown_facts_leave_it_ordinary_and_are_asked_for() -> None:
    found = assessed(policy_of(ID), case(), FRIDAY)
    assert found.findings["priority"].possible == ("urgent", "ordinary")
    asked = {question.fact: question.ask for question in found.questions}
    assert asked["unionpay"] == "bank_records"  # the bank looks that up itself
    assert asked["funds_at_risk"] == "customer"


# --- time limits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "due", "why"),
    [
        ({}, "2026-10-13T23:59", "it is 1 October in Beijing: 8, 9, 10 (make-up Saturday), 12, 13 October"),
        ({"press_risk": True}, "2026-10-03T00:30", "48 hours from 1 October 00:30"),
    ],
)
def test_the_day_of_receipt_is_that_of_beijing(facts: dict[str, Any], due: str, why: str) -> None:
    received = "2026-09-30T16:30+00:00"
    clock = assessed(policy_of(ID), case(received=received, **facts), received).clocks["whole"]
    assert (local(clock.due_at), clock.cite) == (due, "14 item 1"), why


def test_the_warning_leaves_one_working_day() -> None:
    run = assessed(policy_of(ID), case(), FRIDAY).clocks["whole"].runs[-1]
    assert local(run.due_at) == "2026-10-15T23:59"
    assert local(run.warn_at) == "2026-10-15T00:00"  # the whole of the last working day is left


REPLY: list[tuple[str, dict[str, Any], str, str | None, str]] = [
    ("2026-10-09T17:30", {"repeat": True}, "2026-10-09T19:30", "2026-10-09T18:00", "two hours reach into the evening"),
    (
        "2026-10-09T19:00",
        {"repeat": True},
        "2026-10-09T21:00",
        None,
        "only a deviation from the quiet hours can meet it",
    ),
    ("2026-10-09T06:00", {"repeat": True}, "2026-10-09T08:00", "2026-10-09T08:00", "eight o'clock itself is permitted"),
    ("2026-10-09T10:00", {"repeat": True}, "2026-10-09T12:00", "2026-10-09T12:00", "by day nothing is in the way"),
    ("2026-10-09T19:00", {}, "2026-10-10T19:00", "2026-10-10T18:00", "ordinary: 24 hours, contact by the next evening"),
]


@pytest.mark.parametrize(("formed", "facts", "due", "contact", "why"), REPLY, ids=[row[4] for row in REPLY])
def test_the_reply_follows_the_result_and_respects_the_evening(
    formed: str, facts: dict[str, Any], due: str, contact: str | None, why: str
) -> None:
    history = case(e("investigated", "2026-10-08T10:00"), e("resolved", formed), received="2026-10-08T09:00", **facts)
    clock = assessed(policy_of(ID), history, formed).clocks["reply"]
    assert (local(clock.due_at), local(clock.contact_by)) == (due, contact), why
    assert clock.needs_deviation is (contact is None)


CERTAINLY_ORDINARY = {
    "funds_at_risk": False,
    "repeat": False,
    "complainants": 1,
    "press_risk": False,
    "marked_urgent": False,
}
# --- contents, quotas, retention -------------------------------------------------------------------------------------


def test_the_callback_quotas_are_20_and_70_percent() -> None:
    figures = policy_of(ID).figures
    assert figures["callback_tier1"].at_least == Fraction(1, 5)
    assert figures["callback_tier2"].at_least == Fraction(7, 10)
    assert [figures["callback_tier2"].required_of(n) for n in (0, 1, 10, 11)] == [0, 1, 7, 8]  # 7.7 calls are 8
    assert figures["callback_tier1"].required_of(11) == 3  # 2.2 calls are 3


FIGURES: list[tuple[str, Case, bool | None, bool]] = [
    ("callback_tier1", case(e("called_back", "12:00", by="tier1_branch")), True, True),
    ("callback_tier1", case(e("called_back", "12:00", by="ticket_post")), True, True),
    ("callback_tier1", case(e("called_back", "12:00", by="tier2_branch")), False, True),
    ("callback_tier1", case(repeat=True), False, False),
    ("callback_tier2", case(e("called_back", "12:00", by="tier2_branch")), True, True),
    ("callback_tier2", case(repeat=True), False, False),
    ("callback_tier2", case(settled_on_spot=True), False, False),
    ("received", case(settled_on_spot=True), None, False),
    ("received", case(), None, True),
    ("transferred_in", case(source="regulator"), None, True),
    ("transferred_in", case(source="regulator", settled_on_spot=True), None, False),  # no part of the total either
    ("transferred_in", case(source="customer"), None, False),
    ("satisfaction", case(satisfied=True), True, True),
    ("satisfaction", case(satisfied=False), False, True),
    ("satisfaction", case(), False, False),
]


@pytest.mark.parametrize(("name", "one", "counted", "counts"), FIGURES)
def test_a_figure_counts_the_cases_its_article_means(name: str, one: Case, counted: bool | None, counts: bool) -> None:
    found = assessed(policy_of(ID), one, EVENING)
    figure, plan, view = policy_of(ID).figures[name], found.snapshot.plan, found.snapshot.view
    assert figure.of is None or plan.test(figure.of)(view)[0] is counts
    assert (None if figure.share is None else plan.test(figure.share)(view)[0]) is counted


def test_timeliness_counts_the_runs_of_the_whole_limit_overdue_open_ones_among_them() -> None:
    figure = policy_of(ID).figures["timeliness"]
    assert (figure.shape, figure.limit, figure.rate) == (FigureShape.LIMIT, "whole", Rate.DUE)


def test_the_bulletins_hold_what_article_19_lists_and_have_no_date() -> None:
    for name in ("bulletin_tier1", "bulletin_tier2"):
        filing = policy_of(ID).filings[name]
        assert set(filing.contents) == {"received", "transferred", "timeliness", "satisfaction", "cases", "demands"}
        assert (filing.dates, filing.day, filing.daily) == ((), None, False)


def test_files_are_kept_ten_years_from_closing() -> None:
    assert assessed(policy_of(ID), case(), EVENING).keep_until is None
    assert assessed(policy_of(ID), case(e("closed", "16:00")), EVENING).keep_until == dt.date(2036, 10, 9)


def test_complaints_that_did_not_come_by_telephone_get_a_note() -> None:
    assert [note.code for note in assessed(policy_of(ID), case(channel="phone"), EVENING).notes] == []
    assert [note.code for note in assessed(policy_of(ID), case(channel="letter"), EVENING).notes] == ["not_applicable"]


# --- asking before acting ---------------------------------------------------------------------------------------------

SKIP = {"by": "tier1_branch", "to": "outlet"}
ACTS: list[tuple[dict[str, Any], Event, list[str], list[str], str]] = [
    (
        {"repeat": True},
        e("routed", "10:00", **SKIP),
        ["duty/route_skip_notice"],
        [],
        "urgent may skip, but the skipped are told",
    ),
    ({"repeat": True}, e("routed", "10:00", **SKIP, told={"skipped_units"}), [], [], "urgent, and they are told"),
    (
        CERTAINLY_ORDINARY,
        e("routed", "10:00", **SKIP, told={"skipped_units"}),
        [],
        ["duty/route_order"],
        "ordinary goes level by level, as a principle",
    ),
    ({}, e("contact_attempted", "19:00"), [], ["duty/quiet_calls"], "a call in the evening needs a reason"),
    ({}, e("contact_attempted", "18:00"), [], [], "six o'clock itself is permitted"),
    ({}, e("contact_attempted", "2026-10-10T08:00"), [], [], "so is eight in the morning"),
    (
        {},
        e("account_added", "10:00", by="admin_tier2"),
        ["duty/account_approval"],
        [],
        "no account without a supervisor",
    ),
    (
        {},
        e("role_granted", "10:00", items={"service_admin", "admin_head_office"}),
        ["duty/role_excluded"],
        [],
        "head office stays apart",
    ),
    ({}, e("resolved", "10:00"), ["duty/verify_first"], [], "no result before the facts are verified"),
    ({}, e("disclosed", "10:00", to="partner"), ["duty/confidential"], [], "the file is not for outsiders"),
]


@pytest.mark.parametrize(("facts", "act", "against", "warnings", "why"), ACTS, ids=[row[4] for row in ACTS])
def test_one_can_ask_before_acting(
    facts: dict[str, Any], act: Event, against: list[str], warnings: list[str], why: str
) -> None:
    answer = permitted(case(**facts), act, policy_of(ID), calendar=china())
    assert bool(answer) is not bool(against), why
    assert [one.rule for one in answer.against] == against
    assert [one.rule for one in answer.warnings if one.rule in ("duty/route_order", "duty/quiet_calls")] == warnings


def test_what_others_passed_on_is_a_part_of_what_was_received() -> None:
    """19 item (1): the total, and of it what superiors, regulators and others passed on; never more than the total."""
    assert policy_of(ID).figures["transferred_in"].part_of == "received"


# --- the text as a whole ----------------------------------------------------------------------------------------------


def test_every_article_shown_is_accounted_for() -> None:
    """The slides show articles 5 to 21; of article 15 the opening of the callback item is missing."""
    articles = policy_of(ID).articles
    assert list(articles) == [str(number) for number in range(1, 23)]
    lost = [number for number, article in articles.items() if article.state is ArticleState.LOST]
    assert lost == ["1", "2", "3", "4", "15", "22"]
    assert {article.state for article in articles.values()} == {None, ArticleState.LOST}


def test_every_rule_has_its_place_and_both_languages() -> None:
    policy = policy_of(ID)
    assert undocumented(policy) == []
    rules = (policy.tables, policy.limits, policy.duties, policy.checklists, policy.figures, policy.filings)
    assert all(rule.cite for kind in (*rules, policy.standing) for rule in kind.values())
    assert set(policy.filings) == {"bulletin_tier1", "bulletin_tier2", "outlet_analysis"}


@pytest.mark.parametrize(
    ("events", "whole", "against", "why"),
    [
        ([], "overdue", ["limit/whole", "limit/route_hq"], "14: closed without a reply, it runs on"),
        ([e("routed", "10:00", to="tier1_branch"), e("replied", "11:00")], "void", [],
            "14: closed after the reply although the customer never accepted it"),
        ([e("routed", "10:00", to="tier1_branch"), e("replied", "11:00"), e("accepted_by_customer", "11:30")], "met", [],
            "14: accepted, then closed"),
    ],
    ids=["no reply", "reply", "accepted"],
)  # fmt: skip
def test_a_closed_file_rings_on_only_where_the_closing_was_against_article_14(
    events: list[Event], whole: str, against: list[str], why: str
) -> None:
    closing = e("closed", "12:00")
    answer = permitted(case(*events), closing, policy_of(ID), calendar=china())
    assert [one.rule for one in answer.against if one.code == "open_duty"] == against, why
    later = assessed(policy_of(ID), case(*events, closing), "2026-10-30T09:00")
    assert later.clocks["whole"].status.value == whole, why
    assert any(clock.run is not None and clock.run.open for clock in later.clocks.values()) is bool(against), why
    told = {one.rule for one in later.violations if one.code == "ending_without_effect"}
    assert told == set(against), why
