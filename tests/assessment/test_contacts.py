"""Contact plans: the next permitted window, the last moment in time, the attempts left, all out of the rules."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, Final

import pytest

from complaint_rules.assessment.contacts import ContactPlan, contact_plan
from complaint_rules.assessment.drafts import skeleton, skeletons
from complaint_rules.cases.case import Event
from complaint_rules.errors import InvalidComplaint
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.words.timelines import timeline
from tests.by_hand import assessed, ev, instant
from tests.small import duty, limit, own

PSBC: Final = load_policy("psbc-95580")
UNREACHED: Final = '{ event = "contact_attempted", outcome = "unreached" }'


def planned(at: str, *events: Event, policy: Policy = PSBC, **facts: Any) -> ContactPlan:
    return contact_plan(assessed(policy, "2026-09-30T09:00", facts, events, at))


def tried(*moments: str, outcome: str = "unreached") -> list[Event]:
    return [ev("contact_attempted", moment, outcome=outcome) for moment in moments]


def test_what_may_still_fall_due_waits_for_the_customer_though_nobody_knows_by_when() -> None:
    """Received at a moment known to the day only: after the earlier reading passed, the later one can still be kept."""
    policy = own(limit('[{ within = "24 hours" }]', until='"replied"'))
    (due,) = contact_plan(assessed(policy, "2026-09-30", {}, [], "2026-09-30T23:00")).targets
    assert not due.overdue
    (late,) = contact_plan(assessed(policy, "2026-09-30", {}, [], "2026-10-01T12:00")).targets
    assert (late.rule, late.overdue) == ("limit/whole", True), "undetermined: it is not said to be in time"


@pytest.mark.parametrize("what", [None, "c-1", 5, PSBC])
def test_what_is_no_assessment_is_refused(what: Any) -> None:
    for door in (contact_plan, skeletons, timeline, lambda value: skeleton(value, "replied")):
        with pytest.raises(InvalidComplaint, match="an Assessment is expected"):
            door(what)


# --- windows ---


@pytest.mark.parametrize(
    ("at", "first", "last", "reason"),
    [
        ("2026-09-30T17:59", "2026-09-30T17:59", "2026-09-30T18:00", "a minute is left"),
        ("2026-09-30T18:00", "2026-09-30T18:00", "2026-09-30T18:00", "both edges permit contact"),
        ("2026-09-30T18:01", "2026-10-01T08:00", "2026-10-01T18:00", "the next morning, a holiday or not"),
        ("2026-10-01T07:59", "2026-10-01T08:00", "2026-10-01T18:00", "the same morning"),
        ("2026-10-01T08:00", "2026-10-01T08:00", "2026-10-01T18:00", "both edges permit contact"),
    ],
)
def test_the_next_permitted_window_follows_the_quiet_hours(at: str, first: str, last: str, reason: str) -> None:
    """psbc-95580, art. 14: from 18:00 to 8:00 of the next day the customer should not be disturbed."""
    plan = planned(at)
    assert plan.window == (instant(first), instant(last)), reason
    assert plan.permitted_now is (at == first)
    assert [one.id for one in plan.rules] == ["quiet_calls"]


def test_quiet_hours_within_a_day_leave_the_evening_and_the_next_morning() -> None:
    policy = own('[quiet]\nstart = "12:00"\nend = "14:00"')
    assert planned("2026-09-30T13:00", policy=policy).window == (
        instant("2026-09-30T14:00"), instant("2026-10-01T12:00"),
    )  # fmt: skip
    assert planned("2026-09-30T11:00", policy=policy).window[1] == instant("2026-09-30T12:00")


def test_without_quiet_hours_every_moment_is_permitted_until_the_due_moment() -> None:
    plan = planned("2026-09-30T23:00", policy=load_policy("cbirc-2020-3"))
    assert (plan.quiet, plan.window, plan.permitted_now, plan.rules) == (
        None, (instant("2026-09-30T23:00"), None), True, (),
    )  # fmt: skip
    assert all(one.contact_by == one.due_at for one in plan.targets)
    assert plan.contact_by == min(one.due_at for one in plan.targets)
    assert (plan.attempts, plan.made) == ((), 0)


# --- due moments ---


@pytest.mark.parametrize(
    ("at", "facts", "due", "by", "overdue", "reason"),
    [
        ("2026-09-30T19:30", {}, "2026-10-01T17:30", "2026-10-01T17:30", False, "24 hours: due in permitted time"),
        ("2026-10-01T17:30", {}, "2026-10-01T17:30", "2026-10-01T17:30", False, "the due moment itself is in time"),
        ("2026-09-30T17:45", {"funds_at_risk": True}, "2026-09-30T19:30", "2026-09-30T18:00", False, "last at 18:00"),
        ("2026-09-30T18:30", {"funds_at_risk": True}, "2026-09-30T19:30", None, False, "only a deviation is left"),
        ("2026-09-30T20:00", {"funds_at_risk": True}, "2026-09-30T19:30", None, True, "too late for that"),
    ],
)
def test_the_last_permitted_moment_lies_before_the_due_moment(
    at: str, facts: dict[str, Any], due: str, by: str | None, overdue: bool, reason: str
) -> None:
    plan = planned(at, ev("resolved", "2026-09-30T17:30"), **facts)
    reply = next(one for one in plan.targets if one.rule == "limit/reply")
    assert reply.due_at == instant(due)
    assert reply.cite == PSBC.limits["reply"].cite
    assert (reply.contact_by, reply.overdue) == (None if by is None else instant(by), overdue), reason
    assert reply.needs_deviation is (by is None and not overdue)
    assert plan.needs_deviation is reply.needs_deviation
    assert plan.contact_by == reply.contact_by


def test_only_what_reaches_the_customer_and_is_the_banks_to_do_is_planned() -> None:
    policy = own(
        limit('[{ within = "3 days" }]', id="a", until='"replied"'),
        limit('[{ within = "2 days" }]', id="b", until='{ event = "informed", told = "complainant" }'),
        limit('[{ within = "1 day" }]', id="c", until='{ event = "informed", told = "regulator" }'),
        limit('[{ within = "1 day" }]', id="d", until='"informed"'),
        limit('[{ within = "1 day" }]', 'who = "customer"', id="e", until='"called_back"'),
        limit('[{ within = "1 day" }]', id="f", until='"closed"'),
        duty("must", '"reviewed"', 'to = "complainant"', 'within = "4 days"', id="g"),
        duty("must", '"called_back"', 'within = "5 days"', id="h"),
        duty("must", '"called_back"', id="i"),
        duty("may", '"called_back"', 'within = "1 day"', id="j"),
        duty("must", '"called_back"', 'who = "customer"', 'within = "1 day"', id="k"),
        "[[body]]\nid = 'customer'\ntitle = { zh = '客户', en = 'Customer' }",
        "[[body]]\nid = 'complainant'\ntitle = { zh = '投诉人', en = 'Complainant' }",
        "[[body]]\nid = 'regulator'\ntitle = { zh = '监管部门', en = 'Regulator' }",
    )
    plan = planned("2026-09-30T10:00", policy=policy)
    assert [one.rule for one in plan.targets] == ["limit/b", "limit/a", "duty/g", "duty/h"]
    replied = planned("2026-09-30T11:00", ev("replied", "2026-09-30T10:00"), policy=policy)
    assert [one.rule for one in replied.targets] == ["limit/b", "duty/g", "duty/h"]


# --- attempts ---


@pytest.mark.parametrize(
    ("events", "made", "left", "status", "reason"),
    [
        (tried("2026-09-30T10:00"), 1, 2, "due", "the first counts as one of the three"),
        (tried("2026-09-30T10:00", "2026-10-01T09:00"), 2, 1, "due", "one is left"),
        (tried("2026-09-30T10:00", "2026-10-01T09:00", "2026-10-02T09:00"), 3, 0, "done", "all were made"),
        ([*tried("2026-09-30T10:00"), *tried("2026-10-01T09:00", outcome="reached")], 2, 0, "done", "reached"),
        (tried("2026-09-30T10:00", "2026-10-01T09:00", "2026-10-02T09:00", "2026-10-02T10:00"), 4, 0, "done", "more"),
    ],
)
def test_attempts_made_and_left_follow_the_rule_of_attempts(
    events: list[Event], made: int, left: int, status: str, reason: str
) -> None:
    """psbc-95580, art. 15(4)1: who is not reached is tried at least three times within two days."""
    plan = planned("2026-10-02T12:00", *events)
    (one,) = plan.attempts
    assert (one.rule, one.duty, one.needed) == ("duty/attempts", PSBC.duties["attempts"], 3)
    assert (one.made, one.left, one.status) == (made, left, status), reason
    assert one.due_at == instant("2026-10-02T12:00").replace(hour=23, minute=59, second=59, microsecond=999999)
    assert plan.made == len(events)


def test_attempts_that_were_not_all_made_in_time_are_still_left() -> None:
    (one,) = planned("2026-10-03T12:00", *tried("2026-09-30T10:00")).attempts
    assert (one.left, one.status) == (2, "overdue")


def test_a_rule_of_attempts_that_nothing_has_called_for_leaves_none() -> None:
    (one,) = planned("2026-10-02T12:00").attempts
    assert (one.needed, one.made, one.left, one.status, one.due_at) == (3, 0, 0, None, None)


def test_the_rule_of_attempts_is_read_from_any_policy_whatever_it_is_called() -> None:
    policy = own(
        duty("should", '{ event = "contact_attempted", nth = 5 }', f"after = {UNREACHED}", "each = true", id="persist"),
        duty("must_not", '{ event = "contact_attempted", nth = 9 }', id="pester"),
        duty("must", '"contact_attempted"', id="try_once"),
    )
    plan = planned("2026-10-02T12:00", *tried("2026-09-30T10:00", "2026-10-01T09:00"), policy=policy)
    (one,) = plan.attempts
    assert (one.rule, one.needed, one.made, one.left, one.due_at) == ("duty/persist", 5, 1, 4, None), "the last trigger"


def test_a_plan_is_a_value_and_data() -> None:
    plan = planned("2026-09-30T19:30", ev("resolved", "2026-09-30T17:30"), *tried("2026-09-30T17:40"))
    assert repr(plan) == "<ContactPlan from 2026-10-01T08:00:00+08:00 until 2026-10-01T17:30:00+08:00>"
    assert repr(planned("2026-09-30T19:30")) == "<ContactPlan from 2026-10-01T08:00:00+08:00>"
    for made in (pickle.loads(pickle.dumps(plan)), copy.deepcopy(plan)):  # noqa: S301 - made a moment ago
        assert (made, hash(made), made.explain("en")) == (plan, hash(plan), plan.explain("en"))
    for value in (plan.targets[0], plan.attempts[0]):
        assert "\n" not in repr(value)
    with pytest.raises(AttributeError):
        plan.quiet = None  # type: ignore[misc]
    data = json.loads(json.dumps(plan.to_dict()))
    assert data["window"] == ["2026-10-01T08:00:00+08:00", "2026-10-01T18:00:00+08:00"]
    assert (data["quiet"], data["permitted_now"], data["contact_by"], data["needs_deviation"], data["made"]) == (
        "18:00–08:00", False, "2026-10-01T17:30:00+08:00", False, 1,
    )  # fmt: skip
    assert data["attempts"][0] == {
        "rule": "duty/attempts", "cite": PSBC.duties["attempts"].cite, "needed": 3, "made": 1, "left": 2,
        "status": "due", "due_at": "2026-10-02T23:59:59.999999+08:00",
    }  # fmt: skip
    bare = json.loads(json.dumps(planned("2026-09-30T23:00", policy=load_policy("cbirc-2020-3")).to_dict()))
    assert (bare["quiet"], bare["window"][1]) == (None, None)
    assert json.loads(json.dumps(planned("2026-09-30T10:00").to_dict()))["attempts"][0]["status"] is None
