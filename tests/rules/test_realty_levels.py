"""`realty-levels` worked out by hand from 客户投诉管理作业指引; each row carries its reason and item."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Event
from complaint_rules.linking.linker import link
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from tests.by_hand import (
    Class,
    Clock,
    Document,
    Duty,
    assessed,
    classed,
    complaint,
    ev,
    instant,
    lacking,
    last_instant,
    never_fired,
    one_sided,
    status_of,
)
from tests.golden import china, undocumented

RECEIVED: Final = "2026-03-10T09:00"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("realty-levels", parameters={"plan_time": "2 working days"})


# --- levels ---


OURS: Final = {"own_reasons": True}
CLASSES: Final = [
    Class("3.2: a lawsuit has begun", "level", {"litigation": True}, "major"),
    Class("3.2: in the press", "level", {"in_press": True}, "major"),
    Class("3.2: five together", "level", {"complainants": 5}, "major"),
    Class("3.3: four together are not five", "level", {"complainants": 4}, "hot"),
    Class("3.2: a month, to 10 April inclusive, has not passed", "level", OURS, "hot", (), "2026-04-10T23:59"),
    Class("3.2: a month has passed", "level", OURS, "major", (), "2026-04-11T00:00"),
    Class("3.2: it stays so after settlement", "level", OURS, "major", (ev("resolved", "2026-04-20"),), "2026-06-01"),
    Class("3.2: settled before the month was over", "level", OURS, "hot", (ev("resolved", "2026-04-09"),),
        "2026-06-01"),
    Class("3.2: a month, but not for our reasons", "level", {"own_reasons": False}, "ordinary", (), "2026-06-01"),
    Class("3.3: a lawsuit is possible", "level", {"litigation_risk": True}, "hot"),
    Class("3.3: the press may take it up", "level", {"press_risk": True}, "hot"),
    Class("3.3: three different people, the same kind", "level", {}, "hot", links={"same_kind": 3}),
    Class("3.3: two are not three", "level", {}, "ordinary", links={"same_kind": 2}),
    Class("3.3: three together", "level", {"complainants": 3}, "hot"),
    Class("3.3: two together", "level", {"complainants": 2}, "ordinary"),
    Class("3.3: a week, to 17 March inclusive, has not passed", "level", OURS, "ordinary", (), "2026-03-17T23:59"),
    Class("3.3: a week has passed", "level", OURS, "hot", (), "2026-03-18T00:00"),
    Class("3.4: complained again after it was handled", "level", {"repeat": True}, "important"),
    Class("3.4: complained again while it was being handled", "level", {"repeat": True, "earlier_handled": False},
        "ordinary"),
    Class("3.4: outside help", "level", {"needs_outside_help": True}, "important"),
    Class("3.5: anything else", "level", {}, "ordinary"),
    Class("5.2.4: major, hot and important are supervised", "supervised", {"needs_outside_help": True}, "yes"),
    Class("5.2.4: late delivery may follow", "supervised", {"late_delivery_possible": True}, "yes"),
    Class("5.2.4: overdue and complained of again", "supervised", {"overdue_and_again": True}, "yes"),
    Class("5.2.4: grave for quality", "supervised", {"grave_for_quality": True}, "yes"),
    Class("5.2.4: an ordinary one is not", "supervised", {}, "no"),
]  # fmt: skip


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: f"{row.table}: {row.reason}")
def test_a_class_is_the_one_worked_out_by_hand(row: Class, policy: Policy) -> None:
    assert classed(policy, RECEIVED, row).findings[row.table].value == row.value


# 3.3: day of receipt, kind, complainant; and how many different people the link then counts, by hand
STREAM: Final = [
    ("a", "2026-03-10", "leak", ("p-1",), 1),
    ("b", "2026-03-20", "leak", ("p-1",), 1),  # the same person again counts once
    ("c", "2026-03-25", "lift", ("p-2",), 1),  # another kind
    ("d", "2026-04-01", "leak", ("p-3",), 2),
    ("e", "2026-04-10", "leak", ("p-4",), 3),  # a month from 10 March runs to 10 April: a still counts
    ("f", "2026-04-21", "leak", ("p-5",), 3),  # a and b are over; d, e and f
    ("g", "2026-04-21", None, ("p-6",), None),  # no kind: it takes part nowhere
]


def test_three_different_people_with_the_same_kind_within_a_month_are_hot(policy: Policy) -> None:
    """Item 3.3, as known at each receipt: distinct people, the same kind, one month back."""
    stream = [complaint(day, key=key, kind=kind, complainant_keys=people) for key, day, kind, people, _ in STREAM]
    links = link(stream, policy, calendar=china())
    counted = {one.id: links.counts(one.id, as_known="receipt").get("same_kind") for one in stream}
    assert counted == {key: count for key, _, _, _, count in STREAM}
    levels = {
        one.id: assess(
            one, policy, at=instant("2026-04-22"), calendar=china(), links=links.counts(one.id, as_known="receipt")
        )
        .findings["level"]
        .value
        for one in stream
    }
    assert levels == {
        "a": "ordinary",
        "b": "ordinary",
        "c": "ordinary",
        "d": "ordinary",
        "e": "hot",
        "f": "hot",
        "g": "ordinary",
    }


def test_without_the_links_the_level_says_what_it_waits_for(policy: Policy) -> None:
    found = assessed(policy, RECEIVED, {}, (), "2026-03-10")
    assert [(missing.what, missing.name) for missing in found.missing] == [("link", "same_kind")]
    assert "hot" in found.findings["level"].possible


# --- time limits ---


def milestone(at: str, due: str) -> Event:
    return ev("milestone_agreed", at, due=due)


CLOCKS: Final = [
    Clock("5.1.1: one hour", "pass_on", {}, (), "2026-03-10T09:30", "running", "2026-03-10T10:00"),
    Clock("5.1.1: on the minute", "pass_on", {}, (ev("routed", "2026-03-10T10:00", to="property_company"),),
        "2026-03-11", "met", "2026-03-10T10:00"),
    Clock("5.1.1: to somebody else", "pass_on", {}, (ev("routed", "2026-03-10T10:00", to="headquarters"),),
        "2026-03-11", "overdue", "2026-03-10T10:00"),
    Clock("5.1.1: the property company has it", "pass_on", {"received_by": "property_company"}, (),
        "2026-03-10T09:30", "not_applicable", None),
    Clock("5.1.2: as agreed with the customer", "follow_up", {}, (ev("agreed", "2026-03-10T11:00", reason="follow_up",
        due="2026-03-12"),), "2026-03-11", "running", "2026-03-12"),
    Clock("5.2.2: 11 and 12 March, as the user says", "plan", {}, (ev("routed", "2026-03-10T15:00",
        to="responsible_department"),), "2026-03-11", "running", "2026-03-12"),
    Clock("5.2.4: the agreed day", "milestone", {}, (milestone("2026-03-11", "2026-03-20"),), "2026-03-12", "running",
        "2026-03-20"),
    Clock("5.2.4: missed", "milestone", {}, (milestone("2026-03-11", "2026-03-20"),), "2026-03-21", "overdue",
        "2026-03-20"),
    Clock("5.2.4: reached", "milestone", {}, (milestone("2026-03-11", "2026-03-20"), ev("milestone_reached",
        "2026-03-20")), "2026-03-21", "met", "2026-03-20"),
    Clock("5.2.2: given in time", "plan", {}, (ev("routed", "2026-03-10T15:00", to="responsible_department"),
        ev("plan_given", "2026-03-12")), "2026-03-13", "met", "2026-03-12"),
    Clock("5.2.2: not given", "plan", {}, (ev("routed", "2026-03-10T15:00", to="responsible_department"),),
        "2026-03-13", "overdue", "2026-03-12"),
    Clock("5.1.2: followed up", "follow_up", {}, (ev("agreed", "2026-03-10T11:00", reason="follow_up",
        due="2026-03-12"), ev("followed_up", "2026-03-12")), "2026-03-13", "met", "2026-03-12"),
    Clock("5.1.2: forgotten", "follow_up", {}, (ev("agreed", "2026-03-10T11:00", reason="follow_up",
        due="2026-03-12"),), "2026-03-13", "overdue", "2026-03-12"),
]  # fmt: skip


@pytest.mark.parametrize("row", CLOCKS, ids=lambda row: f"{row.limit}: {row.reason}")
def test_a_limit_ends_when_worked_out_by_hand(row: Clock, policy: Policy) -> None:
    clock = assessed(policy, row.received or RECEIVED, row.facts, row.events, row.at).clocks[row.limit]
    assert (clock.status, clock.due_at) == (row.status, last_instant(row.due))


# --- duties ---

PRESS: Final = {"in_press": True}
ORDER: Final = ev("supervision_order", "2026-03-11", items="milestones")
MISSED: Final = (ORDER, milestone("2026-03-11T15:00", "2026-03-20"))
PASSED_ON: Final = ev("routed", "2026-03-10T09:30", to="property_company")
PLAN: Final = ev("plan_given", "2026-03-12")
ROUTED: Final = ev("routed", "2026-03-10T15:00", to="responsible_department")

DUTIES: Final = [
    Duty("5.2.1b: at once", "report_headquarters", PRESS, (), "2026-03-10", "due"),
    Duty("5.2.1b: reported", "report_headquarters", PRESS, (ev("reported", "2026-03-10T10:00", to="headquarters"),),
        "2026-03-10", "done"),
    Duty("5.2.1b: not an ordinary one", "report_headquarters", {}, (), "2026-03-10", None),
    Duty("5.2.1b: hot after a week for our own reasons", "report_headquarters", OURS, (), "2026-03-18", "due"),
    Duty("4.1.3: the general manager too", "report_general_manager", PRESS, (ev("reported", "2026-03-10T10:00",
        to="headquarters"),), "2026-03-10", "due"),
    Duty("5.2.1a: every one", "note_monthly", {}, (ev("noted_monthly", "2026-03-31"),), "2026-04-01", "done"),
    Duty("5.2.3: passed on, to be followed", "monitor", {}, (PASSED_ON,), "2026-03-11", "due"),
    Duty("5.2.3: followed", "monitor", {}, (PASSED_ON, ev("followed_up", "2026-03-11")), "2026-03-12", "done"),
    Duty("4.3.2: the plan of a major one", "review_plan", PRESS, (ROUTED, PLAN), "2026-03-13", "due"),
    Duty("4.3.2: reviewed at headquarters", "review_plan", {"complainants": 3}, (ROUTED, PLAN, ev("reviewed",
        "2026-03-13", by="headquarters")), "2026-03-14", "done"),
    Duty("4.3.2: an important one is not named there", "review_plan", {"needs_outside_help": True}, (ROUTED, PLAN),
        "2026-03-13", None),
    Duty("5.2.4: order", "order_supervision", {"late_delivery_possible": True}, (), "2026-03-10", "due"),
    Duty("5.2.4: no order", "order_supervision", {}, (), "2026-03-10", None),
    Duty("5.2.4: milestones to be agreed", "agree_milestones", PRESS, (ORDER,), "2026-03-12", "due"),
    Duty("5.2.4: progress to the leader", "copy_leader", PRESS, (ORDER, ev("reported", "2026-03-12",
        to="department_leader")), "2026-03-13", "done"),
    Duty("5.2.4: still time", "warn_department", PRESS, MISSED, "2026-03-20", None),
    Duty("5.2.4: missed, warn the department", "warn_department", PRESS, MISSED, "2026-03-21", "due"),
    Duty("5.2.4: warned", "warn_department", PRESS, (*MISSED, ev("warned", "2026-03-21T09:00",
        to="responsible_department")), "2026-03-22", "done"),
    Duty("5.2.4: and the leader", "warn_leader", PRESS, (*MISSED, ev("warned", "2026-03-21T09:00",
        to="responsible_department")), "2026-03-22", "due"),
    Duty("5.2.2: the plan is late", "explain_delay", {}, (ROUTED,), "2026-03-13", "due"),
    Duty("5.2.2: the plan is not late", "explain_delay", {}, (ROUTED,), "2026-03-12", None),
    Duty("5.2.1b: closed, to be reported on", "write_special_report", PRESS, (ev("closed", "2026-03-20"),),
        "2026-03-21", "due"),
    Duty("5.2.1b: an ordinary one needs none", "write_special_report", {}, (ev("closed", "2026-03-12"),),
        "2026-03-13", None),
    Duty("5.2.4: the leader hears nothing", "copy_leader", PRESS, (ORDER,), "2026-03-12", "due"),
    Duty("5.2.1a: not yet in the report", "note_monthly", {}, (), "2026-03-12", "due"),
    Duty("5.2.4: the leader still has nothing to hear", "warn_leader", PRESS, MISSED, "2026-03-20", None),
    Duty("5.2.4: agreed", "agree_milestones", PRESS, MISSED, "2026-03-12", "done"),
    Duty("4.1.3: not of an ordinary one", "report_general_manager", {}, (), "2026-03-10", None),
]  # fmt: skip


@pytest.mark.parametrize("row", DUTIES, ids=lambda row: f"{row.duty}: {row.reason}")
def test_a_duty_stands_where_worked_out_by_hand(row: Duty, policy: Policy) -> None:
    assert status_of(policy, RECEIVED, row) == ([row.status] if row.status else [])


# --- documents ---

DOCUMENTS: Final = [
    Document("5.2.1b: how it was handled is missing", "special_report", {}, (ev("special_report", "2026-03-21",
        items="occurrence"),), ("handling",)),
    Document("5.2.4: milestones are there", "supervision_order", {}, (ORDER,), ()),
    Document("5.2.4: no milestones", "supervision_order", {}, (ev("supervision_order", "2026-03-11",
        items="instruction"),), ("milestones",)),
]  # fmt: skip


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: f"{row.checklist}: {row.reason}")
def test_a_document_lacks_what_the_text_wants(row: Document, policy: Policy) -> None:
    assert lacking(policy, RECEIVED, row, "2026-03-22") == [row.missing]


def test_every_rule_fires_in_some_test(policy: Policy) -> None:
    """Rules accepted but never executed: open-mercato#2293."""
    assert never_fired(policy, RECEIVED, classes=CLASSES, clocks=CLOCKS, duties=DUTIES, documents=DOCUMENTS) == set()
    assert one_sided(policy, CLOCKS, DUTIES) == set()
    assert undocumented(policy) == []
    assert set(policy.links) == {"same_kind"}
    assert not policy.figures
    assert not policy.filings
    assert policy.retention is None
