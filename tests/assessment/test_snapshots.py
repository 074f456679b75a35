"""One case under one policy as of one moment: which events a rule means, and what was known when they happened."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.cases.case import Event
from tests.by_hand import ev, instant
from tests.small import clock, due, duty, fact, limit, own, worked, written

RECEIVED: Final = "2026-09-20T09:00"
LATER: Final = "2026-12-01"
HOPS: Final = [
    ev("routed", "2026-09-21T09:00", to="a"), ev("routed", "2026-09-23T09:00", to="b"),
    ev("routed", "2026-09-25T09:00", to="a"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "expected", "why"),
    [
        ('"routed"', "2026-09-24", "the first hop"),
        ('{ event = "routed", nth = 2 }', "2026-09-26", "the second hop"),
        ('{ event = "routed", to = "b" }', "2026-09-26", "the first hop to b"),
        ('{ event = "routed", to = "a", nth = 2 }', "2026-09-28", "the second hop to a"),
        ('["replied", { event = "routed", nth = 3 }]', "2026-09-28", "whichever comes first"),
        ('["received", "routed"]', "2026-09-23", "the receipt is an event too"),
    ],
)
def test_a_start_is_the_event_the_rule_means(start: str, expected: str, why: str) -> None:
    bodies = "\n".join(f'[[body]]\nid = "{name}"\ntitle = {{ zh = "甲", en = "A" }}' for name in ("a", "b"))
    policy = own(bodies, limit('[{ within = "3 days" }]', start=start))
    assert due(clock(policy, RECEIVED, HOPS, "2026-09-26")) == expected, why


@pytest.mark.parametrize(
    ("until", "expected", "why"),
    [
        ('"replied"', "2026-09-24T09:00", "the first reply"),
        ('{ event = "replied", nth = 2 }', "2026-09-27T09:00", "the second from the start"),
        ('["closed", "replied"]', "2026-09-24T09:00", "whichever comes first"),
        ('[{ event = "replied", nth = 2 }, "informed"]', "2026-09-26T09:00", "the word before the second reply"),
        ('["replied", "informed"]', "2026-09-24T09:00", "not the later word"),
        ('"closed"', None, "it was never closed"),
    ],
)
def test_an_end_is_the_first_match_at_or_after_the_start(until: str, expected: str | None, why: str) -> None:
    events = [
        ev("replied", "2026-09-20T10:00"), *HOPS[:1], ev("replied", "2026-09-24T09:00"),
        ev("informed", "2026-09-26T09:00"), ev("replied", "2026-09-27T09:00"),
    ]  # fmt: skip
    found = clock(own(limit('[{ within = "30 days" }]', start='"routed"', until=until)), RECEIVED, events, "2026-10-01")
    assert written(found.ended_at) == expected, why


def test_a_total_counts_from_its_own_event_or_else_from_the_start() -> None:
    policy = own(
        limit(
            '[{ within = "5 days" }]', "[[limit.extension]]", 'to = "30 days"', 'from = "registered"', start='"routed"'
        )
    )
    events = [*HOPS[:1], ev("extended", "2026-09-22T09:00")]
    assert due(clock(policy, RECEIVED, events, "2026-09-23")) == "2026-10-21"
    assert due(clock(policy, RECEIVED, [ev("registered", "2026-09-20"), *events], "2026-09-23")) == "2026-10-20"
    twice = [ev("registered", "2026-09-21T12:00"), ev("registered", "2026-09-20T12:00"), *events]
    assert due(clock(policy, RECEIVED, twice, "2026-09-23")) == "2026-10-20", "from the first of the two registrations"


def test_a_prohibition_sees_the_facts_as_they_were_known_at_the_act() -> None:
    policy = own(fact("lawful"), duty("must_not", '"disclosed"', 'unless = "lawful"'))
    learnt = ev("amended", "2026-09-24T09:00", set={"lawful": True})
    before = worked(policy, RECEIVED, [ev("disclosed", "2026-09-23T09:00"), learnt], LATER, lawful=False)
    after = worked(policy, RECEIVED, [learnt, ev("disclosed", "2026-09-25T09:00")], LATER, lawful=False)
    unknown = worked(policy, RECEIVED, [learnt, Event("disclosed")], LATER, lawful=False)
    assert [found.duties[0].status.value for found in (before, after, unknown)] == [
        "breached",
        "in_force",
        "undetermined",
    ]


def test_late_is_asked_of_the_clock_as_it_stood_at_the_act() -> None:
    """A limit whose class changed later is late only from when that was known."""
    policy = own(
        limit('[{ within = "30 days", when = "complex" }, { within = "5 days" }]'),
        duty("must_not", '"merged"', "when = \"late('whole')\""),
    )
    learnt = ev("amended", "2026-10-02T09:00", set={"complex": False})
    early = worked(policy, RECEIVED, [ev("merged", "2026-10-01T09:00"), learnt], "2026-10-05", complex=True)
    later = worked(policy, RECEIVED, [learnt, ev("merged", "2026-10-03T09:00")], "2026-10-05", complex=True)
    assert [[one.status.value for one in found.duties] for found in (early, later)] == [["in_force"], ["breached"]]


@pytest.mark.parametrize("mode", ["continue", "restart", "new"])
def test_a_reopening_does_not_undo_what_was_known_before_it(mode: str) -> None:
    """Merged between closing and reopening: the limit stood as met then, whatever it does now."""
    policy = own(
        limit('[{ within = "10 days" }]', f'reopen = "{mode}"'), duty("must_not", '"merged"', "when = \"met('whole')\"")
    )
    closed, merged, reopened = (
        ev(kind, f"2026-09-{day}T09:00") for kind, day in (("closed", 25), ("merged", 26), ("reopened", 28))
    )
    for events in ([closed, merged], [closed, merged, reopened]):
        found = worked(policy, RECEIVED, events, "2026-09-29")
        assert [one.status.value for one in found.duties] == ["breached"]
    later = worked(policy, RECEIVED, [closed, reopened, ev("merged", "2026-09-29T09:00")], "2026-09-30")
    assert [one.status.value for one in later.duties] == []


def test_no_moment_sets_another_due_moment_where_nothing_happened() -> None:
    policy = own(limit('[{ within = "3 days" }]', 'reopen = "new"'))
    answer = worked(policy, RECEIVED, [], LATER)
    assert answer.snapshot.moved(policy.limits["whole"]) == ()
    again = [ev("closed", "2026-09-21T09:00"), ev("reopened", "2026-09-22T09:00")]
    moved = worked(policy, RECEIVED, again, LATER).snapshot.moved(policy.limits["whole"])
    assert [written(one) for one in moved] == ["2026-09-22T09:00"], "the reopening did"


def test_snapshots_of_earlier_moments_are_worked_out_once_by_whichever_later_one_asks() -> None:
    latest = worked(own(limit('[{ within = "3 days" }]', start='"routed"')), RECEIVED, HOPS, LATER).snapshot
    between = latest.as_of(instant("2026-09-24T09:00"))
    first = between.as_of(instant("2026-09-22T09:00"))
    assert latest.root is between.root is first.root is latest
    assert latest.as_of(instant("2026-09-22T09:00")) is first
    assert between.timeline.begins(latest.timeline) and first.timeline.begins(latest.timeline)  # noqa: PT018 - one law
    assert [len(one.timeline.entries) for one in (latest, between, first)] == [4, 3, 2]
