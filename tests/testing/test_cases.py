"""Histories and cases for tests: what can have happened, and on request what cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from hypothesis.strategies import SearchStrategy

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidMoment, InvalidPolicy
from complaint_rules.moments import BEIJING, earliest_of
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.testing import cases, complaints, events, histories, situations
from complaint_rules.testing.cases import Situation, contradictions
from complaint_rules.testing.events import blurred
from tests.golden import china, policy_of
from tests.small import fact, own, table

SOME: Final = ("psbc-95580", "cbirc-2020-3", "property-validity", "boc-it-blueprint")
AT: Final = dt.datetime(2026, 9, 30, 9, tzinfo=BEIJING)
BARE: Final = own()
"""No level, no rule, no event of its own."""
TIMED: Final = own(
    fact("since", "moment", None),
    table(
        "age",
        ("a", "since < '2026-03-04T12:00:00+08:00'"),
        ("b", "elapsed('routed', '2 days') and count('routed') > 1"),
        ("c", ""),
    ),
)


def few() -> settings:
    return settings(max_examples=max(12, settings().max_examples // 4))


@pytest.mark.parametrize("awkward", [False, True], ids=["plain", "awkward"])
@pytest.mark.parametrize("id", SOME)
def test_a_history_is_one_that_can_have_been(id: str, awkward: bool) -> None:
    policy = policy_of(id)

    @few()
    @given(cases(policy, awkward=awkward))
    def holds(case: Case) -> None:
        assert contradictions(policy, case) == []
        assert len(case.events) <= 8
        exact = [earliest_of(event.at) for event in case.events if isinstance(event.at, dt.datetime)]
        assert all(at >= case.complaint.received_from for at in exact)
        assert exact == sorted(exact)
        keys = [event.id for event in case.events]
        assert len(set(keys)) == len(keys)

    holds()


def never_drawn(drawn: SearchStrategy[Any], **wanted: Callable[[Any], object]) -> list[str]:
    """Give what is never so in five hundred draws: releases of Hypothesis begin with other examples."""
    few_enough = settings(max_examples=500, derandomize=True, database=None, phases=[Phase.generate])

    left = dict(wanted)

    def all_were_drawn(one: Any) -> bool:
        for name in [name for name, holds in left.items() if holds(one)]:
            del left[name]
        return not left

    with suppress(NoSuchExample):
        find(drawn, all_were_drawn, settings=few_enough)
    return list(left)


def moments_of(case: Case) -> list[Any]:
    return [event.at for event in case.events]


def test_on_request_a_record_contradicts_itself() -> None:
    policy = policy_of("cbirc-2020-3")
    assert never_drawn(
        cases(policy, consistent=False),
        what_was_never_begun=lambda one: set(contradictions(policy, one)) - {"unknown_kind"},
        kinds_that_nobody_knows=lambda one: any(event.kind == "no_such_kind" for event in one.events),
        what_is_recorded_twice=lambda one: len(set(one.events)) < len(one.events),
        what_is_before_the_receipt=lambda one: any(
            event.at is not None and event.at < one.complaint.received for event in one.events
        ),
        what_is_out_of_order=lambda one: moments_of(one) != sorted(moments_of(one)),
    ) == []  # fmt: skip


def test_on_request_a_record_is_awkward() -> None:
    assert never_drawn(
        cases(policy_of("cbirc-2020-3"), awkward=True),
        receipts_known_to_the_day=lambda one: not isinstance(one.complaint.received, dt.datetime),
        events_known_to_the_day=lambda one: any(type(event.at) is dt.date for event in one.events),
        events_without_a_moment=lambda one: any(event.at is None for event in one.events),
        amendments=lambda one: any(event.kind == "amended" and event.set for event in one.events),
        facts_unknown_again=lambda one: any(None in (event.set or {}).values() for event in one.events),
        two_events_at_one_moment=lambda one: len({event.at for event in one.events}) < len(one.events),
        codes_of_no_rule=lambda one: any("outside" in (event.reason, event.outcome) for event in one.events),
    ) == []  # fmt: skip


def test_where_nobody_asks_for_it_nothing_is_awkward() -> None:
    @few()
    @given(cases(policy_of("cbirc-2020-3")))
    def holds(case: Case) -> None:
        assert isinstance(case.complaint.received, dt.datetime)
        assert all(isinstance(event.at, dt.datetime) and event.kind != "amended" for event in case.events)

    holds()


@pytest.mark.parametrize("known", [True, False])
def test_facts_are_known_or_not_as_asked(known: bool) -> None:
    policy = policy_of("realty-levels")
    names = [name for name in policy.facts if name not in ("received", "complainant_keys")]

    @few()
    @given(complaints(policy, known=known))
    def holds(complaint: Complaint) -> None:
        assert {complaint.fact(name) is not None for name in names} == {known}

    holds()


def test_what_holds_with_a_fact_holds_in_what_is_drawn() -> None:
    """A policy may say that one fact implies another: `joint` here."""
    policy = own(fact("crowd") + '\nimplies = ["joint"]', table("t", ("a", "crowd and joint"), ("b", "")))

    @given(complaints(policy))
    def holds(complaint: Complaint) -> None:
        assert complaint.joint or not complaint.extra.get("crowd")

    holds()
    drawn = complaints(policy, awkward=True)
    assert never_drawn(drawn, apart=lambda one: one.extra.get("crowd") and one.joint is False) == []


@pytest.mark.parametrize("policy", [BARE, TIMED], ids=["a policy without rules", "one with times"])
def test_a_policy_may_have_no_levels_no_events_and_no_rules(policy: Policy) -> None:
    @few()
    @given(situations(policy, awkward=True, consistent=False), events(policy, AT, awkward=True), histories(policy, AT))
    def holds(one: Situation, event: Event, line: list[Event]) -> None:
        assert one.assess(policy).policy is policy
        assert event.at is None or earliest_of(event.at).date() >= AT.date()
        assert contradictions(policy, Case(Complaint(id="c-1", received=AT), line)) == []

    holds()


@pytest.mark.parametrize("id", policies())
def test_under_every_shipped_policy_situations_are_drawn_and_their_strategies_print_short(id: str) -> None:
    policy = load_policy(id)  # parameters that the text leaves open stay open
    drawn = [complaints(policy), cases(policy), situations(policy), events(policy, AT), histories(policy, AT)]
    assert all(len(repr(one)) < 500 for one in drawn), "a failing example prints them"

    @settings(max_examples=4, database=None)
    @given(situations(policy, awkward=True))
    def holds(one: Situation) -> None:
        assert one.at >= one.case.complaint.received_from
        assert one.assess(policy, calendar=china()).findings.keys() == policy.tables.keys()

    holds()


def test_a_situation_is_data_and_prints_so_that_it_can_be_taken_into_a_test() -> None:
    class Printer:
        said = ""

        def text(self, said: str) -> None:
            self.said += said

    one = Situation(case=Case(Complaint(id="c-1", received=AT), [Event("closed", AT)]), at=AT, links={"same": 2})
    assert one.to_dict() == {
        "case": {
            "id": "c-1",
            "received": "2026-09-30T09:00:00+08:00",
            "events": [{"kind": "closed", "at": "2026-09-30T09:00:00+08:00"}],
        },
        "at": "2026-09-30T09:00:00+08:00",
        "links": {"same": 2},
    }
    assert attrs.evolve(one, links=None).to_dict()["links"] is None
    printer = Printer()
    one._repr_pretty_(printer, False)
    assert printer.said == f"Situation {one.to_dict()}"


def test_what_nobody_dated_stays_so_and_a_day_is_no_moment() -> None:
    event = Event("closed", AT)
    assert [blurred(event, how).at for how in "mdu"] == [AT, AT.date(), None]
    assert blurred(Event("closed"), "d").at is None


@pytest.mark.parametrize("draw", [complaints, cases, situations])
def test_what_is_no_policy_is_refused_at_once(draw: Any) -> None:
    with pytest.raises(InvalidPolicy, match="a Policy is expected"):
        draw("psbc-95580")


@pytest.mark.parametrize("draw", [events, histories])
def test_a_moment_without_a_zone_is_refused_at_once(draw: Any) -> None:
    with pytest.raises(InvalidMoment, match="the moment is naive"):
        draw(BARE, dt.datetime(2026, 9, 30))  # noqa: DTZ001 - that is the point
    with pytest.raises(InvalidPolicy, match="a Policy is expected"):
        draw("psbc-95580", AT)


def test_linked_complaints_are_counted_or_nobody_looked() -> None:
    assert never_drawn(
        situations(policy_of("realty-levels")),
        unknown=lambda one: one.links is None,
        several=lambda one: one.links and one.links["same_kind"] >= 3 and one.links["same_kind"].first,
    ) == []  # fmt: skip


def test_the_given_receipt_is_the_one_drawn() -> None:
    @given(complaints(BARE, received=st.just(AT)))
    def holds(complaint: Complaint) -> None:
        assert complaint.received == AT

    holds()
