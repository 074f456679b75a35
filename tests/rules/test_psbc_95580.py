"""psbc-95580: facts and histories beside the answers worked out by hand from the articles, rule by rule."""

# ruff: noqa: E501 - one golden case a line, so that a table can be read down

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from complaint_rules.assessing import permitted
from complaint_rules.cases.case import Case, Event
from tests.golden import (
    Golden,
    assessed,
    both_ways,
    case_of,
    china,
    happened,
    local,
    policy_of,
    rows_fired,
    statuses_of,
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


JUSTIFIED = [
    ("bank", "justified", "the bank's own doing"),
    ("partner", "justified", "a partner's counts as the bank's"),
    ("customer", "unjustified", "the customer's"),
    ("market", "unjustified", "nobody's at the bank"),
    ("other", "unjustified", "not the bank's"),
    (None, None, "before verification nothing is decided"),
]


@pytest.mark.parametrize(("cause", "value", "why"), JUSTIFIED, ids=[row[2] for row in JUSTIFIED])
def test_article_11_goes_by_the_verified_cause(cause: str | None, value: str | None, why: str) -> None:
    found = assessed(policy_of(ID), case(caused_by=cause), FRIDAY).findings["justified"]
    assert found.value == value, why
    assert cause is not None or {"justified", "unjustified"} <= set(found.possible)


IN_TIME = e("routed", "10:00", by="head_office", to="tier1_branch")
AT_ONCE = e("routed", "09:30", by="head_office", to="tier1_branch")
"""What is in the press is urgent: half an hour."""
RESULT = e("resolved", "10:30")
SANCTION: list[tuple[dict[str, Any], list[Event], str, set[str], str]] = [
    ({}, [], "12:00", {"delay"}, "20(2): head office had until 11:00 to route it"),
    ({}, [], "11:00", set(), "11:00 itself is in time"),
    ({}, [IN_TIME], "12:00", set(), "nothing happened"),
    ({}, [IN_TIME, RESULT, e("appealed", "11:00", to="regulator")], "12:00", {"outside"}, "20(1): to the regulator"),
    ({}, [IN_TIME, RESULT, e("appealed", "11:00", to="authority")], "12:00", {"outside"}, "20(1): to an authority"),
    ({}, [IN_TIME, RESULT, e("appealed", "11:00", to="head_office")], "12:00", set(), "head office is inside the bank"),
    ({}, [IN_TIME, e("appealed", "11:00", to="regulator")], "12:00", set(), "20(1): no result to be dissatisfied with"),
    (
        {},
        [IN_TIME, e("appealed", "10:15", to="regulator"), RESULT],
        "12:00",
        set(),
        "20(1): the result came afterwards",
    ),
    ({"passed_around": True}, [IN_TIME], "12:00", {"delay"}, "20(2): passed around"),
    ({}, [IN_TIME, e("shirked", "11:00", by="outlet")], "12:00", {"delay"}, "20(2): shirked, on record"),
    ({}, [IN_TIME, e("shelved", "11:00", by="outlet")], "12:00", {"delay"}, "20(2): shelved, on record"),
    ({"falsified": True}, [IN_TIME], "12:00", {"falsehood"}, "20(3)"),
    ({"in_press": True, "mishandled": True}, [AT_ONCE], "12:00", {"press"}, "20(4)"),
    ({"in_press": True}, [AT_ONCE], "12:00", set(), "in the press, but not through mishandling"),
    ({"mishandled": True}, [IN_TIME], "12:00", set(), "mishandled, but not in the press"),
    ({"falsified": True, "passed_around": True}, [IN_TIME], "12:00", {"delay", "falsehood"}, "both are named"),
]


@pytest.mark.parametrize(("facts", "events", "time", "values", "why"), SANCTION, ids=[row[4] for row in SANCTION])
def test_every_ground_of_article_20_that_holds_is_found(
    facts: dict[str, Any], events: list[Event], time: str, values: set[str], why: str
) -> None:
    found = assessed(policy_of(ID), case(*events, **facts), f"2026-10-09T{time}").findings["sanction"]
    assert found.value == frozenset(values), why


def test_a_returned_ticket_moves_to_the_done_list() -> None:
    assert assessed(policy_of(ID), case(), EVENING).findings["work_list"].value == "to_do"
    assert assessed(policy_of(ID), case(e("ticket_returned", "15:00")), EVENING).findings["work_list"].value == "done"


# --- time limits -----------------------------------------------------------------------------------------------------

WHOLE: list[tuple[str, dict[str, Any], str, str]] = [
    ("2026-09-30T16:05", {"complainants": 3}, "2026-10-02T16:05", "urgent: 48 clock hours, holidays included"),
    ("2026-09-30T16:05", {}, "2026-10-13T23:59", "ordinary: 8, 9, 10 (make-up Saturday), 12, 13 October"),
    ("2026-02-13T10:00", {"unionpay": True}, "2026-02-26T23:59", "UnionPay: 14 (make-up), 24, 25, 26 February"),
    ("2026-02-13T10:00", {"unionpay": True, "repeat": True}, "2026-02-15T10:00", "UnionPay and urgent: earlier binds"),
    ("2026-09-30T16:30+00:00", {}, "2026-10-13T23:59", "it is 1 October in Beijing: 8, 9, 10, 12, 13 October"),
    ("2026-09-30T16:30+00:00", {"press_risk": True}, "2026-10-03T00:30", "48 hours from 1 October 00:30"),
    ("2026-10-09T23:59", {}, "2026-10-15T23:59", "10 (make-up Saturday), 12, 13, 14, 15 October"),
]


@pytest.mark.parametrize(("received", "facts", "due", "why"), WHOLE, ids=[row[3] for row in WHOLE])
def test_the_whole_limit_is_that_of_article_14(received: str, facts: dict[str, Any], due: str, why: str) -> None:
    clock = assessed(policy_of(ID), case(received=received, **facts), received).clocks["whole"]
    assert (local(clock.due_at), str(clock.status), clock.cite) == (due, "running", "14"), why


WHOLE_ENDS = [
    ("accepted_by_customer", "2026-10-15T23:59:59", "met", "the last day runs to its end"),
    ("accepted_by_customer", "2026-10-16T00:00", "met_late", "one day too late"),
    ("replied", "2026-10-15T10:00", "overdue", "a reply alone does not end it: the customer has to accept"),
    ("called_back", "2026-10-15T10:00", "overdue", "the callback lies outside"),
    ("withdrawn", "2026-10-15T10:00", "void", "withdrawn: nothing runs any more (our reading)"),
]


@pytest.mark.parametrize(("kind", "time", "status", "why"), WHOLE_ENDS, ids=[row[3] for row in WHOLE_ENDS])
def test_the_whole_limit_ends_when_the_customer_accepts(kind: str, time: str, status: str, why: str) -> None:
    clock = assessed(policy_of(ID), case(e(kind, time)), "2026-10-16T09:00").clocks["whole"]
    assert str(clock.status) == status, why


def test_what_was_settled_online_has_no_ticket_and_no_clock() -> None:
    """12(1): a ticket is opened only where the explanation online did not settle it; nobody is late with it."""
    found = assessed(policy_of(ID), case(e("explained_online", "09:05"), settled_on_spot=True), "2026-11-09T09:00")
    assert found.findings["ticket"].value == "none"
    assert {str(found.clocks[name].status) for name in ("whole", "route_hq")} == {"not_applicable"}
    assert found.findings["sanction"].value == frozenset()
    assert not found.violations


def test_the_warning_leaves_one_working_day() -> None:
    run = assessed(policy_of(ID), case(), FRIDAY).clocks["whole"].runs[-1]
    assert local(run.due_at) == "2026-10-15T23:59"
    assert local(run.warn_at) == "2026-10-15T00:00"  # the whole of the last working day is left


ROUTE_HQ: list[tuple[str, dict[str, Any], str, str]] = [
    ("2026-10-09T07:10", {}, "2026-10-09T10:30", "before 08:30 it waits for it, then 120 minutes"),
    ("2026-10-09T09:00", {"repeat": True}, "2026-10-09T09:30", "urgent: 30 minutes"),
    ("2026-10-09T08:29", {"repeat": True}, "2026-10-09T09:00", "urgent, one minute before the start"),
    ("2026-10-09T08:30", {}, "2026-10-09T10:30", "at the start itself"),
    ("2026-10-01T07:10", {}, "2026-10-01T10:30", "every day, National Day too"),
    ("2026-10-09T23:30", {}, "2026-10-10T01:30", "the text names no end of the day's routing"),
]


@pytest.mark.parametrize(("received", "facts", "due", "why"), ROUTE_HQ, ids=[row[3] for row in ROUTE_HQ])
def test_head_office_routes_within_minutes(received: str, facts: dict[str, Any], due: str, why: str) -> None:
    assert (
        local(assessed(policy_of(ID), case(received=received, **facts), received).clocks["route_hq"].due_at) == due
    ), why


@pytest.mark.parametrize(
    ("event", "status", "why"),
    [
        (e("routed", "11:00", by="head_office", to="tier1_branch"), "met", "the last minute is in time"),
        (e("routed", "11:00:01", by="head_office", to="tier1_branch"), "met_late", "one second over"),
        (
            e("routed", "10:00", by="head_office", to="ticket_post"),
            "met",
            "5(1): its ticket post takes it for the branch",
        ),
        (
            e("routed", "10:00", by="head_office", to="outlet"),
            "met",
            "15(2)1: a level may be skipped; it has left head office",
        ),
        (e("routed", "10:00", by="head_office", to="line_department"), "overdue", "a department is no branch"),
    ],
)
def test_routing_by_head_office_ends_when_a_branch_has_the_ticket(event: Event, status: str, why: str) -> None:
    assert str(assessed(policy_of(ID), case(event), EVENING).clocks["route_hq"].status) == status, why


HOP = e("routed", "07:00", by="tier1_branch", to="tier2_branch")


def test_the_tier_2_branch_has_24_hours_from_half_past_eight() -> None:
    clock = assessed(policy_of(ID), case(HOP, received="2026-10-08T20:00"), EVENING).clocks["route_tier2"]
    assert (local(clock.due_at), str(clock.status)) == ("2026-10-10T08:30", "running")


def test_the_tier_2_branch_has_4_hours_for_an_urgent_ticket() -> None:
    found = assessed(policy_of(ID), case(HOP, received="2026-10-08T20:00", repeat=True), EVENING)
    assert (local(found.clocks["route_tier2"].due_at), str(found.clocks["route_tier2"].status)) == (
        "2026-10-09T12:30",
        "overdue",
    )


def test_a_ticket_sent_by_the_ticket_post_is_sent_by_its_branch() -> None:
    """5(1): the post at the tier-1 branch is the one that routes."""
    hop = e("routed", "09:40", by="ticket_post", to="tier2_branch")
    assert (
        local(assessed(policy_of(ID), case(IN_TIME, hop), EVENING).clocks["route_tier2"].due_at) == "2026-10-10T09:40"
    )


def test_every_hop_to_the_tier_2_branch_has_a_run_of_its_own() -> None:
    history = (
        e("routed", "09:10", by="tier1_branch", to="tier2_branch"),
        e("routed", "09:40", by="tier2_branch", to="outlet"),
        e("routed", "2026-10-12T15:00", by="tier1_branch", to="tier2_branch"),
    )
    runs = assessed(policy_of(ID), case(*history), "2026-10-12T16:00").clocks["route_tier2"].runs
    assert [(local(run.due_at), str(run.status)) for run in runs] == [
        ("2026-10-10T09:10", "met"),
        ("2026-10-13T15:00", "running"),
    ]


def test_only_tickets_sent_by_the_tier_1_branch_start_that_clock() -> None:
    skipped = e("routed", "09:10", by="head_office", to="tier2_branch", told={"skipped_units"})
    found = assessed(policy_of(ID), case(skipped, repeat=True), EVENING)
    assert str(found.clocks["route_tier2"].status) == "not_started"


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


def test_a_withdrawal_ends_every_clock_of_the_bank() -> None:
    history = (
        e("routed", "09:05", by="tier1_branch", to="tier2_branch"),
        e("resolved", "09:10"),
        e("withdrawn", "09:20"),
    )
    clocks = assessed(policy_of(ID), case(*history), "2026-11-09T09:00").clocks
    assert {name: str(clock.status) for name, clock in clocks.items() if name != "route_hq"} == {
        "whole": "void", "route_tier2": "void", "reply": "void",
    }  # fmt: skip
    unrouted = assessed(policy_of(ID), case(e("withdrawn", "09:20")), "2026-11-09T09:00").clocks["route_hq"]
    assert str(unrouted.status) == "void"  # head office had not passed it on yet


# --- duties ----------------------------------------------------------------------------------------------------------

CERTAINLY_ORDINARY = {
    "funds_at_risk": False,
    "repeat": False,
    "complainants": 1,
    "press_risk": False,
    "marked_urgent": False,
}
INVESTIGATED, RESOLVED = e("investigated", "10:00"), e("resolved", "11:00")
FAILED = e("contact_attempted", "12:00", outcome="unreached")
PAPER = {"pages_numbered", "bound", "file_number", "contents_list"}
SUPERVISED = {"by": "admin_tier1", "approved_by": "supervisor_tier1"}
DUTIES = [
    Golden("explain_online", "15(1)1: explain as far as possible online", {}, [], EVENING, ("due",)),
    Golden("explain_online", "done", {}, [e("explained_online", "09:05")], EVENING, ("done",)),
    Golden("ticket_open", "12(1): not settled online", {"settled_on_spot": False}, [], EVENING, ("due",)),
    Golden("ticket_open", "done", {"settled_on_spot": False}, [e("registered", "09:10")], EVENING, ("done",)),
    Golden("ticket_open", "settled online: no ticket", {"settled_on_spot": True}, [], EVENING, ()),
    Golden("ticket_open", "whether it was settled is not known", {}, [], EVENING, ()),
    Golden("ticket_only", "settled, and yet a ticket", {"settled_on_spot": True}, [e("registered", "09:10")], EVENING, ("breached",)),
    Golden("ticket_only", "settled, no ticket", {"settled_on_spot": True}, [], EVENING, ("in_force",)),
    Golden("ticket_only", "not settled: a ticket is right", {"settled_on_spot": False}, [e("registered", "09:10")], EVENING, ()),
    Golden("first_contact", "13: shelved", {}, [e("shelved", "10:00", by="outlet")], EVENING, ("breached",)),
    Golden("first_contact", "15(3)1: shirked", {}, [e("shirked", "10:00", by="outlet")], EVENING, ("breached",)),
    Golden("first_contact", "nothing of the kind", {}, [], EVENING, ("in_force",)),
    Golden("confidential", "13: told to a partner", {}, [e("disclosed", "10:00", to="partner")], EVENING, ("breached",)),
    Golden("confidential", "the customer may know his own", {}, [e("disclosed", "10:00", to="complainant")], EVENING, ("in_force",)),
    Golden("confidential", "a handling unit may", {}, [e("disclosed", "10:00", to="outlet")], EVENING, ("in_force",)),
    Golden("confidential", "18(1): the unit complained about has to explain, so it may", {}, [e("disclosed", "10:00", to="complained_unit")], EVENING, ("in_force",)),
    Golden("route_order", "15(2)1: ordinary for certain, two levels left out", CERTAINLY_ORDINARY, [e("routed", "10:00", by="tier1_branch", to="outlet")], EVENING, ("breached",)),
    Golden("route_order", "presumed ordinary while nothing else is known; the questions are listed", {}, [e("routed", "10:00", by="tier1_branch", to="outlet")], EVENING, ("breached",)),
    Golden("route_order", "urgent may skip", {"repeat": True}, [e("routed", "10:00", by="tier1_branch", to="outlet")], EVENING, ("in_force",)),
    Golden("route_order", "another special case", {}, [e("routed", "10:00", by="tier1_branch", to="outlet", reason="special")], EVENING, ("in_force",)),
    Golden("route_order", "14: tier 2 to the outlet is the regular way", {}, [e("routed", "10:00", by="tier2_branch", to="outlet")], EVENING, ("in_force",)),
    Golden("route_order", "one level down", {}, [IN_TIME], EVENING, ("in_force",)),
    Golden("route_skip_notice", "15(2)1: skipped, nobody told", {"repeat": True}, [e("routed", "10:00", by="tier1_branch", to="outlet")], EVENING, ("breached",)),
    Golden("route_skip_notice", "skipped and told", {"repeat": True}, [e("routed", "10:00", by="tier1_branch", to="outlet", told={"skipped_units"})], EVENING, ("in_force",)),
    Golden("route_skip_notice", "nothing skipped", {}, [IN_TIME], EVENING, ("in_force",)),
    Golden("track", "15(2)2: routed, nobody looked after it", {}, [IN_TIME], EVENING, ("due",)),
    Golden("track", "progress checked", {}, [IN_TIME, e("progress_checked", "12:00")], EVENING, ("done",)),
    Golden("track", "chased; the second hop still open", {}, [IN_TIME, e("chased", "10:30"), e("routed", "11:00", by="tier1_branch", to="tier2_branch")], EVENING, ("done", "due")),
    Golden("track", "not routed yet", {}, [], EVENING, ()),
    Golden("verify_first", "15(3)2: a result out of nothing", {}, [RESOLVED], EVENING, ("breached",)),
    Golden("verify_first", "verified before", {}, [INVESTIGATED, RESOLVED], EVENING, ("in_force",)),
    Golden("verify_first", "verified only after", {}, [RESOLVED, e("investigated", "12:00")], EVENING, ("breached",)),
    Golden("attempts", "15(4)1: one failed, two days not over", {}, [FAILED], "2026-10-11T23:59:59", ("due",)),
    Golden("attempts", "one failed, two days over", {}, [FAILED], "2026-10-12T00:00", ("overdue",)),
    Golden("attempts", "three within two days", {}, [FAILED, e("contact_attempted", "15:00", outcome="unreached"), e("contact_attempted", "2026-10-11T20:00", outcome="unreached")], "2026-10-12T09:00", ("done",)),
    Golden("attempts", "the third on the third day", {}, [FAILED, e("contact_attempted", "15:00", outcome="unreached"), e("contact_attempted", "2026-10-12T08:00", outcome="unreached")], "2026-10-12T09:00", ("done_late",)),
    Golden("attempts", "reached the second time", {}, [FAILED, e("contact_attempted", "15:00", outcome="reached")], "2026-10-12T09:00", ("done",)),
    Golden("attempts", "reached at once: no such duty", {}, [e("contact_attempted", "12:00", outcome="reached")], EVENING, ()),
    Golden("quiet_calls", "14: called at 19:00", {}, [e("contact_attempted", "19:00")], "2026-10-09T20:00", ("breached",)),
    Golden("quiet_calls", "called at 07:59", {}, [e("contact_attempted", "2026-10-10T07:59")], "2026-10-10T09:00", ("breached",)),
    Golden("quiet_calls", "the urgency called for it", {"repeat": True}, [e("contact_attempted", "19:00", reason="urgency")], "2026-10-09T20:00", ("in_force",)),
    Golden("quiet_calls", "the customer's situation called for it", {}, [e("replied", "19:00", reason="customer_situation")], "2026-10-09T20:00", ("in_force",)),
    Golden("quiet_calls", "by day", {}, [e("contact_attempted", "17:00"), e("replied", "17:10")], EVENING, ("in_force",)),
    Golden("quiet_calls", "only the day is recorded: nothing is claimed", {}, [e("replied", "2026-10-09")], "2026-10-10T09:00", ("in_force",)),
    Golden("return_ticket", "12(4): accepted, not returned", {}, [e("accepted_by_customer", "12:00")], EVENING, ("due",)),
    Golden("return_ticket", "returned", {}, [e("accepted_by_customer", "12:00"), e("ticket_returned", "13:00")], EVENING, ("done",)),
    Golden("return_ticket", "not accepted yet", {}, [], EVENING, ()),
    Golden("reroute", "15(5)3: callback finds it unsettled", {}, [e("called_back", "14:00", outcome="unsettled")], EVENING, ("due",)),
    Golden("reroute", "the accounts differ", {}, [e("called_back", "14:00", outcome="differs")], EVENING, ("due",)),
    Golden("reroute", "routed again", {}, [e("called_back", "14:00", outcome="unsettled"), e("routed", "15:00", by="tier2_branch", to="outlet")], EVENING, ("done",)),
    Golden("reroute", "settled", {}, [e("called_back", "14:00", outcome="settled")], EVENING, ()),
    Golden("third_party_explain", "16: the partner's doing", {"caused_by": "partner"}, [], EVENING, ("due",)),
    Golden("third_party_explain", "explained", {"caused_by": "partner"}, [e("explained", "10:00")], EVENING, ("done",)),
    Golden("third_party_explain", "the bank's own doing", {"caused_by": "bank"}, [], EVENING, ()),
    Golden("third_party_assist", "16: helping is part of it", {"caused_by": "partner"}, [e("explained", "10:00")], EVENING, ("due",)),
    Golden("third_party_assist", "helped", {"caused_by": "partner"}, [e("assisted", "10:00")], EVENING, ("done",)),
    Golden("third_party_assist", "not a partner's", {"caused_by": "customer"}, [], EVENING, ()),
    Golden("unjustified_explain", "18(1): rules not understood", {"caused_by": "customer", "unjustified_cause": "not_understood"}, [], EVENING, ("due",)),
    Golden("unjustified_explain", "18(1): misoperation, explained", {"caused_by": "customer", "unjustified_cause": "misoperation"}, [e("explained", "10:00")], EVENING, ("done",)),
    Golden("unjustified_explain", "justified after all", {"caused_by": "bank", "unjustified_cause": "misoperation"}, [], EVENING, ()),
    Golden("unjustified_demand", "18(2): demand against the rules", {"caused_by": "customer", "unjustified_cause": "against_rules"}, [], EVENING, ("due",)),
    Golden("unjustified_demand", "another kind of unjustified", {"caused_by": "customer", "unjustified_cause": "misunderstanding"}, [], EVENING, ()),
    Golden("meet", "18(2): the call did not settle it", {"caused_by": "customer", "unjustified_cause": "against_rules"}, [e("explained", "10:00", outcome="unsettled")], EVENING, ("open",)),
    Golden("meet", "met", {"caused_by": "customer", "unjustified_cause": "against_rules"}, [e("explained", "10:00", outcome="unsettled"), e("met_in_person", "15:00")], EVENING, ("used",)),
    Golden("meet", "the call settled it", {"caused_by": "customer", "unjustified_cause": "against_rules"}, [e("explained", "10:00", outcome="settled")], EVENING, ()),
    Golden("unjustified_talk", "18(3): a misunderstanding", {"caused_by": "customer", "unjustified_cause": "misunderstanding"}, [], EVENING, ("due",)),
    Golden("unjustified_talk", "talked through", {"caused_by": "customer", "unjustified_cause": "misunderstanding"}, [e("talked_through", "10:00")], EVENING, ("done",)),
    Golden("unjustified_talk", "no misunderstanding", {"caused_by": "customer", "unjustified_cause": "misoperation"}, [], EVENING, ()),
    Golden("propose_correction", "8(4): justified", {"caused_by": "bank"}, [], EVENING, ("due",)),
    Golden("propose_correction", "unjustified", {"caused_by": "customer"}, [], EVENING, ()),
    Golden("correct", "9(2): justified", {"caused_by": "partner"}, [], EVENING, ("due",)),
    Golden("correct", "corrected", {"caused_by": "bank"}, [e("corrected", "16:00")], EVENING, ("done",)),
    Golden("correct", "not verified yet", {}, [], EVENING, ()),
    Golden("criticise", "20: to the regulator", {}, [IN_TIME, RESULT, e("appealed", "11:00", to="regulator")], EVENING, ("due",)),
    Golden("criticise", "done", {"falsified": True}, [IN_TIME, e("sanctioned", "12:00", items={"criticism"})], EVENING, ("done",)),
    Golden("criticise", "no ground", {}, [IN_TIME], EVENING, ()),
    Golden("leaders", "20: serious", {"falsified": True, "serious": True}, [IN_TIME], EVENING, ("due",)),
    Golden("leaders", "not serious", {"falsified": True}, [IN_TIME], EVENING, ()),
    Golden("leaders", "serious, but no ground", {"serious": True}, [IN_TIME], EVENING, ()),
    Golden("archive", "21: closed", {}, [e("closed", "16:00")], EVENING, ("due",)),
    Golden("archive", "filed", {}, [e("closed", "16:00"), e("archived", "17:00")], EVENING, ("done",)),
    Golden("archive", "still open", {}, [], EVENING, ()),
    Golden("archive_corrections", "21(3): the bank's fault, corrections not in the file", {"caused_by": "bank"}, [e("archived", "17:00", items={"content"})], EVENING, ("breached",)),
    Golden("archive_corrections", "they are in the file", {"caused_by": "bank"}, [e("archived", "17:00", items={"corrections"})], EVENING, ("in_force",)),
    Golden("archive_corrections", "not the bank's fault", {"caused_by": "customer"}, [e("archived", "17:00", items={"content"})], EVENING, ()),
    Golden("archive_paper", "21: not bound", {}, [e("archived", "17:00", outcome="paper", items=PAPER - {"bound"})], EVENING, ("breached",)),
    Golden("archive_paper", "as it should be", {}, [e("archived", "17:00", outcome="paper", items=PAPER)], EVENING, ("in_force",)),
    Golden("archive_electronic", "21: not named by its ticket", {}, [e("archived", "17:00", outcome="electronic", items={"content"})], EVENING, ("breached",)),
    Golden("archive_electronic", "named", {}, [e("archived", "17:00", outcome="electronic", items={"named_by_ticket"})], EVENING, ("in_force",)),
    Golden("account_approval", "added without approval", {}, [e("account_added", "10:00", by="admin_tier1")], EVENING, ("breached",)),
    Golden("account_approval", "approved by himself", {}, [e("account_deleted", "10:00", by="supervisor_tier1", approved_by="supervisor_tier1")], EVENING, ("breached",)),
    Golden("account_approval", "approved by no supervisor", {}, [e("account_enabled", "10:00", by="admin_tier1", approved_by="admin_tier2")], EVENING, ("breached",)),
    Golden("account_approval", "approved", {}, [e("account_added", "10:00", **SUPERVISED), e("account_modified", "10:01", **SUPERVISED), e("account_disabled", "10:02", **SUPERVISED)], EVENING, ("in_force",)),
    Golden("account_free", "open to everyone", {}, [], EVENING, ("open",)),
    Golden("account_free", "password reset, nobody approved", {}, [e("password_reset", "10:00", by="admin_tier1")], EVENING, ("used",)),
    Golden("role_combined", "with the tier-1 branch", {}, [e("role_granted", "10:00", items={"service_admin", "admin_tier1"})], EVENING, ("used",)),
    Golden("role_combined", "with the sub-branch", {}, [e("role_granted", "10:00", items={"service_admin", "admin_subbranch"})], EVENING, ("used",)),
    Golden("role_excluded", "with head office", {}, [e("role_granted", "10:00", items={"service_admin", "admin_head_office"})], EVENING, ("breached",)),
    Golden("role_excluded", "with the tier-2 branch", {}, [e("role_granted", "10:00", items={"service_admin", "admin_tier2"})], EVENING, ("in_force",)),
    Golden("ticket_menu", "used by a business administrator", {}, [e("ticket_menu_used", "10:00", by="admin_tier1")], EVENING, ("breached",)),
    Golden("ticket_menu", "used by the service administrator", {}, [e("ticket_menu_used", "10:00", by="service_admin")], EVENING, ("in_force",)),
]  # fmt: skip
ALWAYS_OPEN = {"account_free", "role_combined"}
"""Standing permissions: there is no case in which they have nothing to say."""


@pytest.mark.parametrize("golden", DUTIES, ids=[f"{row.rule}: {row.why}" for row in DUTIES])
def test_a_duty_stands_where_the_article_puts_it(golden: Golden) -> None:
    found = assessed(policy_of(ID), case(*golden.events, **golden.facts), golden.at)
    assert statuses_of(found, golden.rule) == golden.statuses


# --- contents, quotas, retention -------------------------------------------------------------------------------------

REPORT = {"outlet_type", "responsible", "cause", "handling", "result", "callback"}
FILE = {"complainant", "content", "handling", "result"}


@pytest.mark.parametrize(
    ("checklist", "kind", "items", "missing"),
    [
        ("reply_contents", "ticket_returned", REPORT, ()),
        ("reply_contents", "ticket_returned", REPORT - {"cause"}, ("cause",)),
        ("reply_contents", "ticket_returned", REPORT - {"outlet_type", "callback"}, ("outlet_type", "callback")),
        ("archive_contents", "archived", FILE, ()),
        ("archive_contents", "archived", FILE - {"complainant"}, ("complainant",)),
    ],
)
def test_a_document_names_what_it_lacks(checklist: str, kind: str, items: set[str], missing: tuple[str, ...]) -> None:
    found = assessed(policy_of(ID), case(e(kind, "15:00", items=items)), EVENING)
    assert [check.missing for check in found.checks if check.checklist.id == checklist] == [missing]
    assert any(one.rule == f"checklist/{checklist}" for one in found.violations) is bool(missing)


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
    ("received", case(), None, True),
    ("transferred_in", case(source="regulator"), None, True),
    ("transferred_in", case(source="customer"), None, False),
    ("timeliness", case(e("accepted_by_customer", "12:00")), True, True),
    ("timeliness", case(), False, False),
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


# --- every rule is exercised -----------------------------------------------------------------------------------------


def test_every_duty_fires_in_some_case_and_rests_in_another() -> None:
    """open-mercato#2293: escalation rules were accepted, and never executed."""
    silent, restless = both_ways(DUTIES, policy_of(ID))
    assert (silent, restless - ALWAYS_OPEN) == (set(), set())


def test_every_row_of_every_table_decides_some_case() -> None:
    cases = [(case(**row[0]), FRIDAY, None) for row in PRIORITY]
    cases += [(case(caused_by=row[0]), FRIDAY, None) for row in JUSTIFIED]
    cases += [(case(*row[1], **row[0]), f"2026-10-09T{row[2]}", None) for row in SANCTION]
    cases += [(case(e("ticket_returned", "15:00")), EVENING, None), (case(settled_on_spot=True), EVENING, None)]
    wanted = {(table.id, place) for table in policy_of(ID).tables.values() for place in range(len(table.rows))}
    assert rows_fired(policy_of(ID), cases) == wanted


def test_the_tests_name_every_rule_of_the_policy() -> None:
    policy = policy_of(ID)
    assert set(policy.tables) == {"priority", "ticket", "justified", "sanction", "work_list"}
    assert set(policy.limits) == {"whole", "route_hq", "route_tier2", "reply"}
    assert set(policy.checklists) == {"reply_contents", "archive_contents"}
    assert set(policy.figures) == {row[0] for row in FIGURES}
    assert set(policy.filings) == {"bulletin_tier1", "bulletin_tier2", "outlet_analysis"}
    assert policy.quiet is not None
    assert policy.retention is not None


def test_every_rule_has_its_article_and_both_languages() -> None:
    assert undocumented(policy_of(ID)) == []


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
