"""The typical events that a condition over an event can tell apart."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.errors import OutOfBudget
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds.worlds import Worlds
from tests.small import duty, own
from tests.verification.worlds.awkward import ACTS, LEVELS, awkward


def typical(policy: Policy, id: str) -> tuple[Event, ...]:
    one = policy.duties[id]
    return Worlds(policy).events(one.unless, one.acts)


@pytest.mark.parametrize(
    ("act", "unless", "expected"),
    [
        ('"replied"', None, [{}]),  # nothing is asked of it
        ('{ event = "replied", by = ["outlet", "branch"] }', None, [{"by": "branch"}]),  # one of them will do
        ('"replied"', "event.by == 'outlet'", [{}, {"by": "outlet"}, {"by": "branch"}]),  # absent, he, another
        ('{ event = "replied", by = ["outlet", "branch"] }', "event.by == 'outlet'",
         [{"by": "branch"}, {"by": "outlet"}]),
        ('"replied"', "event.amount <= 100", [{}, {"amount": "99.99"}, {"amount": "100"}, {"amount": "100.01"}]),
        ('"replied"', "event.outcome == 'partly'", [{}, {"outcome": "partly"}, {"outcome": "another_code"}]),
        ('"replied"', "event.kind == 'replied'", [{}]),  # the kind is that of the act
        ('"replied"', "'a' in event.told", [{}, {"told": "a"}]),
        ('{ event = "replied", told = ["b"] }', "'a' in event.told", [{"told": "b"}, {"told": ["a", "b"]}]),
        ('{ event = "replied", not = { by = "outlet" } }', None, [{}]),
        ('{ event = "replied", by = ["branch", "outlet"], not = { by = "branch" } }', None, [{"by": "outlet"}]),
        ('["replied", "closed"]', "event.kind == 'closed'", [{}, {"kind": "closed"}]),
    ],
)  # fmt: skip
def test_events_differ_in_what_is_asked_of_them(act: str, unless: str | None, expected: list[dict[str, Any]]) -> None:
    lines = () if unless is None else (f'unless = "{unless}"',)
    policy = own(LEVELS, duty("must_not", act, *lines))
    wanted = [Event(one.pop("kind", "replied"), **one) for one in (dict(fields) for fields in expected)]
    assert list(typical(policy, "act")) == wanted


def test_steps_go_from_each_level_to_each_so_that_some_leave_one_out() -> None:
    policy = own(LEVELS, duty("must_not", '"routed"', 'unless = "not event.skips_level"'))
    found = typical(policy, "act")
    assert len(found) == 16, "four ways to name each end, or not"
    skipping = [one for one in found if policy.is_skip(one.by, one.to)]
    assert len(skipping) == 2, "from the bottom to the top and back"
    worlds, unless = Worlds(policy), policy.duties["act"].unless
    assert [worlds.channels(unless, event=one).held for one in found] == [one not in skipping for one in found]
    down = own(LEVELS, duty("must_not", '{ event = "routed", by = "head_office" }', 'unless = "not event.skips_level"'))
    assert {one.by for one in typical(down, "act")} == {"head_office"}


def test_fields_compared_with_each_other_can_be_alike_and_not() -> None:
    found = typical(awkward(*ACTS), "one")
    assert {(one.by, one.approved_by) for one in found} >= {("outlet", "outlet"), ("branch", "outlet"), (None, None)}


def test_a_field_compared_with_a_fact_takes_the_codes_of_both() -> None:
    policy = own(LEVELS, duty("must_not", '"closed"', "unless = \"event.by == received_by or received_by == 'press'\""))
    assert [one.by for one in typical(policy, "act")] == [None, "press", "outlet"]


def test_more_kinds_of_event_than_can_be_told_apart_are_refused() -> None:
    fields = ("by", "to", "unit", "outcome", "reason", "approved_by")
    conditions = " or ".join(f"event.{name} in ('outlet', 'branch', 'press')" for name in fields)
    policy = own(LEVELS, duty("must_not", '"closed"', f'unless = "{conditions}"'))
    with pytest.raises(OutOfBudget, match="too many kinds of event to tell apart"):
        typical(policy, "act")
