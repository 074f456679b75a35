"""What conditions see: the history known at a moment, what the source cannot show, and what tables decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pytest

from complaint_rules.assessing import assess, plan_of
from complaint_rules.assessment import plans, views
from complaint_rules.assessment.plans import Plan
from complaint_rules.cases.case import Case, Event
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import duty, fact, limit, own, table, worked

RECEIVED: Final = "2026-09-20T09:00"
LATER: Final = "2026-12-01"


def asked(condition: str) -> Policy:
    return own(limit('[{ within = "10 days" }]'), table("t", ("yes", condition), ("no", f"not ({condition})")))


def said(policy: Policy, events: Sequence[Event], at: str = LATER, unseen: Sequence[str] = ()) -> Any:
    """Give yes, no, or None where that is not known."""
    case = Case(complaint(RECEIVED), events, unseen=frozenset(unseen))
    return assess(case, policy, at=instant(at), calendar=china()).findings["t"].value


@pytest.mark.parametrize(
    ("condition", "events", "unseen", "expected", "why"),
    [
        ("has('replied')", [], [], "no", "it did not happen"),
        ("has('replied')", [ev("replied", "2026-09-22")], [], "yes", "it did"),
        ("has('replied')", [Event("replied")], [], "yes", "it did, nobody knows when"),
        ("has('replied')", [], ["replied"], None, "the source cannot show it"),
        ("has('replied', by='a')", [ev("replied", "2026-09-22", by="b")], ["replied"], None, "nor whether by that one"),
        ("has('replied', by='a')", [ev("replied", "2026-09-22", by="b")], [], "no", "by another"),
        ("has('replied')", [ev("replied", "2027-01-01")], [], "no", "not yet known"),
        ("has('received')", [], [], "yes", "every case was received"),
        ("count('routed') >= 2", [ev("routed", "2026-09-22"), ev("routed", "2026-09-23")], [], "yes", "twice"),
        ("count('routed') >= 2", [ev("routed", "2026-09-22")], [], "no", "once"),
        ("count('routed') >= 2", [ev("routed", "2026-09-22")], ["routed"], None, "at least once"),
        ("count('routed') < 9", [ev("routed", "2026-09-22")], ["routed"], None, "at most nobody knows"),
        ("elapsed('received', '10 days')", [], [], "yes", "since 1 October"),
        ("elapsed('routed', '10 days')", [], [], "no", "it never began"),
        ("elapsed('routed', '10 days')", [], ["routed"], None, "it may have begun"),
        ("elapsed('routed', '10 days')", [Event("routed")], [], None, "nobody knows since when"),
        ("elapsed('received', '10 days', until='closed')", [ev("closed", "2026-09-25")], [], "no", "ended before"),
        ("elapsed('received', '10 days', until='closed')", [ev("closed", "2026-10-25")], [], "yes", "ended after"),
        ("elapsed('received', '10 days', until='closed')", [Event("closed")], [], None, "ended, nobody knows when"),
        ("elapsed('received', '10 days', until='closed')", [], ["closed"], None, "nobody can tell whether it ended"),
        ("elapsed('received', '10 days', until='closed')", [ev("closed", "2026-09-25")], ["closed"], "no",
            "an end that is known is known"),
        ("elapsed('routed', '48 hours', until='replied')", [ev("routed", "2026-09-22"), ev("replied", "2026-09-24")],
            [], None, "48 hours from somewhen on the 22nd may end before or after somewhen on the 24th"),
        ("met('whole')", [ev("closed", "2026-09-25")], [], "yes", "kept"),
        ("late('whole')", [ev("closed", "2026-10-25")], [], "yes", "not kept"),
        ("met('whole') or late('whole')", [Event("closed")], [], None, "undetermined"),
    ],
)  # fmt: skip
def test_a_condition_is_answered_yes_no_or_not_known(
    condition: str, events: list[Event], unseen: list[str], expected: str | None, why: str
) -> None:
    assert said(asked(condition), events, unseen=unseen) == expected, why


@pytest.mark.parametrize(
    ("condition", "at", "expected"),
    [
        ("elapsed('received', '10 days')", "2026-09-30T23:59", "no"),
        ("elapsed('received', '10 days')", "2026-10-01T00:00", "yes"),
        ("met('whole') or late('whole')", "2026-09-30T23:59", "no"),
        ("late('whole')", "2026-10-01T00:00", "yes"),
    ],
)
def test_time_alone_changes_an_answer_with_the_instant_after_the_end(condition: str, at: str, expected: str) -> None:
    assert said(asked(condition), [], at) == expected
    assert said(asked(condition), [ev("registered", RECEIVED)], at) == expected


def test_an_event_without_moment_may_or_may_not_have_been_known_earlier() -> None:
    policy = own(
        duty("must_not", '"disclosed"', "unless = \"has('approved')\"", id="one"),
        duty("must_not", '"disclosed"', "unless = \"count('approved') >= 2\"", id="two"),
    )
    events = [ev("disclosed", "2026-09-22T09:00"), Event("approved", id="a"), Event("approved", id="b")]
    found = worked(policy, RECEIVED, events, LATER)
    assert [one.status.value for one in found.duties] == ["undetermined", "undetermined"], "nothing is claimed"
    found = worked(policy, RECEIVED, events[:1], LATER)
    assert [one.status.value for one in found.duties] == ["breached", "breached"]


def test_what_tables_decided_is_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (plans, views):
        monkeypatch.setattr(module, "MOST_REMEMBERED", 1)
    policy = own(fact("a"), fact("b"), table("t", ("x", "a"), ("y", "b"), ("z", "")))
    values = [
        worked(policy, "2026-09-20", [], LATER, a=a, b=b).findings["t"].value
        for a in (True, False)
        for b in (True, False)
    ]
    assert values == ["x", "x", "y", "z"]
    plan = Plan(policy)
    bits = {name: 1 << bit for bit, name in enumerate(plan.fact_names)}
    assert [plan.names(bits["a"]), plan.names(bits["b"]), plan.names(bits["a"])] == [("a",), ("b",), ("a",)]


def test_a_reach_goes_through_tables_but_not_through_limits() -> None:
    policy = own(
        fact("vip"),
        table("t", ("x", "vip and has('routed')"), ("y", "elapsed('received', '3 days')"), ("z", "late('whole')")),
        table("u", ("q", "t == 'x' or met('whole')")),
        limit(),
    )
    plan = Plan(policy)
    condition = policy.tables["u"].rows[0].when
    assert condition is not None
    reach = plan.reach(condition)
    assert (reach.facts, reach.kinds, reach.limits, reach.met) == (
        frozenset({"vip"}), frozenset({"routed", "received"}), frozenset({"whole"}), frozenset({"whole"}),
    )  # fmt: skip
    assert [(kind, str(period)) for kind, period, _ in reach.elapsed] == [("received", "3 days")]
    assert not reach.timeless
    assert plan.reach(condition) is reach


def test_a_policy_that_is_read_anew_has_the_plan_of_its_equal_and_leaves_nothing_in_it() -> None:
    """What a rule depends on was kept by its address, which another rule got when the policy was gone."""
    policy = load_policy("psbc-95580")
    plan = plan_of(policy)
    known = {name: plan.reach_of(limit) for name, limit in policy.limits.items()}
    size = len(plan.rules)
    again = Policy.from_document(policy.document)
    assert plan_of(again) is plan
    assert all(plan.reach_of(limit) is known[name] for name, limit in again.limits.items())
    assert len(plan.rules) == size
