"""Asking before acting: every reason against an act, with its article, and nothing changed by asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pytest

from complaint_rules.assessing import assess, permitted
from complaint_rules.cases.case import Case, Event, EventKind
from complaint_rules.errors import InvalidEvent
from complaint_rules.policy.policy import Policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import TITLE, duty, fact, limit, own

RECEIVED: Final = "2026-09-21T09:00"
"""A Monday."""


def places(section: str, *names: str) -> str:
    return "\n".join(f'[[{section}]]\nid = "{name}"\n{TITLE}' for name in names)


BANK: Final = own(
    'routes = [["outlet", "head_office"]]',
    places("level", "outlet", "branch", "province", "head_office"),
    places("body", "complained_about", "intake", "manager", "customer"),
    fact("interested", "set", "[]"),
    fact("first_responder", "text", None),
    fact("lawful", assume=None),
    duty("must_not", '"not_accepted"', 'unless = "event.approved_by == \'manager\' and \'reasons\' in event.told"',
        'cite = "8"', id="refusal"),
    duty("must_not", '["investigated", "resolved"]', 'unless = "not (event.by in interested)"', 'cite = "17"',
        id="recusal"),
    duty("must_not", '"investigated"', "unless = \"not has('routed', by='outlet') or not event.by == first_responder\"",
        'cite = "18"', id="first_responder_excluded"),
    duty("must_not", '"escalated"', "unless = \"not event.skips_level or 'skipped_units' in event.told\"",
        'cite = "6"', id="skipping"),
    duty("must_not", '"replied"', "unless = \"has('reviewed', by='intake')\"", 'cite = "9"', id="seen_by_intake"),
    duty("must_not", '{ event = "promised", by = "outlet" }', 'cite = "20"', id="no_promise_by_outlets"),
    duty("must_not", '{ event = "disclosed", to = "complained_about" }',
        'unless = "event.reason == \'lawful\' and lawful"',
        'cite = "22"', id="secret"),
    duty("should_not", '"called_back"', 'cite = "23"', id="calls"),
    duty("must", '"archived"', 'after = "resolved"', 'within = "2 days"', 'cite = "28"', id="file"),
    duty("must", '["closed", "informed"]', 'after = "resolved"', 'within = "2 days"', id="end"),
    duty("must", '"corrected"', 'after = "resolved"', 'cite = "26"', id="mend"),
    duty("should", '"sanctioned"', 'after = "resolved"', 'within = "2 days"', id="sanction"),
    limit('[{ within = "15 days" }]', "[[limit.extension]]", 'id = "further"', 'add = "10 days"',
        'approved_by = "manager"', "requires = \"'complainant' in event.told\"", 'cite = "18(1)"'),
)  # fmt: skip


class Ask(NamedTuple):
    why: str
    event: Event
    against: list[tuple[str, str | None]]
    events: Sequence[Event] = ()
    facts: dict[str, Any] = {}  # noqa: RUF012 - never changed


def act(kind: str, at: str = "2026-09-23T10:00", **fields: Any) -> Event:
    return ev(kind, at, **fields)


REASONS: Final = [
    Ask("refusal without approval", act("not_accepted", told="reasons"), [("forbidden", "8")]),
    Ask("refusal without a told reason", act("not_accepted", approved_by="manager"), [("forbidden", "8")]),
    Ask("refusal approved and told", act("not_accepted", approved_by="manager", told="reasons"), []),
    Ask("a handler with a direct interest", act("investigated", by="k-7"), [("forbidden", "17")], [],
        {"interested": {"k-7"}}),
    Ask("a handler without one", act("investigated", by="k-8"), [], [], {"interested": {"k-7"}}),
    Ask("the first responder is excluded", act("investigated", by="k-9"), [("forbidden", "18")],
        [ev("routed", "2026-09-22T09:00", by="outlet")], {"first_responder": "k-9"}),
    Ask("another one is not", act("investigated", by="k-8"), [], [ev("routed", "2026-09-22T09:00", by="outlet")],
        {"first_responder": "k-9"}),
    Ask("a level skipped without notice", act("escalated", by="outlet", to="province"), [("forbidden", "6")]),
    Ask("a level skipped with notice", act("escalated", by="outlet", to="province", told="skipped_units"), []),
    Ask("a short cut that the rules open", act("escalated", by="outlet", to="head_office"), []),
    Ask("step by step", act("escalated", by="outlet", to="branch"), []),
    Ask("reply before intake saw it", act("replied"), [("forbidden", "9")]),
    Ask("reply after intake saw it", act("replied"), [], [ev("reviewed", "2026-09-22T09:00", by="intake")]),
    Ask("compensation promised by an outlet", act("promised", by="outlet"), [("forbidden", "20")]),
    Ask("compensation promised by the branch", act("promised", by="branch"), []),
    Ask("the file shown to whom it is about", act("disclosed", to="complained_about"), [("forbidden", "22")]),
    Ask("the file shown to the manager", act("disclosed", to="manager"), []),
    Ask("extension without approver", act("extended", told="complainant"), [("extension_without_effect", "18(1)")]),
    Ask("extension without notice", act("extended", approved_by="manager"), [("extension_without_effect", "18(1)")]),
    Ask("extension with both", act("extended", approved_by="manager", told="complainant"), []),
    Ask("extension of an extension", act("extended", approved_by="manager", told="complainant"),
        [("extension_without_effect", "18(1)")],
        [ev("extended", "2026-09-22T09:00", approved_by="manager", told="complainant")]),
    Ask("closing with an open duty", act("closed"), [("open_duty", "28")], [ev("resolved", "2026-09-22T09:00")]),
    Ask("closing when it is done", act("closed"), [], [ev("resolved", "2026-09-22T09:00"),
        ev("archived", "2026-09-22T10:00")]),
    Ask("any other act with an open duty", act("routed", to="branch"), [], [ev("resolved", "2026-09-22T09:00")]),
    Ask("filing with an open duty", act("archived"), [("open_duty", None)], [ev("resolved", "2026-09-22T09:00")]),
    Ask("a reopening of an open case", act("reopened"), [("reopening_of_open_case", None)]),
    Ask("a resumption without a pause", act("resumed", reason="appraisal"), [("resume_without_pause", None)]),
    Ask("handling after the closing", act("routed", to="branch"), [("after_closing", None)],
        [ev("closed", "2026-09-22T09:00")]),
    Ask("before the receipt", act("routed", "2026-09-20T09:00"), [("before_receipt", None)]),
    Ask("several reasons at once, each with its article", act("investigated", by="k-9"), [("after_closing", None),
        ("forbidden", "17"), ("forbidden", "18")], [ev("routed", "2026-09-22T09:00", by="outlet"),
        ev("closed", "2026-09-22T10:00")], {"interested": {"k-9"}, "first_responder": "k-9"}),
]  # fmt: skip


@pytest.mark.parametrize("ask", REASONS, ids=lambda ask: ask.why)
def test_an_act_is_permitted_or_every_reason_against_it_is_given(ask: Ask) -> None:
    case = Case(complaint(RECEIVED, **ask.facts), ask.events)
    at = (
        ask.event.at
        if isinstance(ask.event.at, dt.datetime) and ask.event.at >= instant(RECEIVED)
        else instant("2026-09-23")
    )
    answer = permitted(case, ask.event, BANK, at=at, calendar=china())
    assert [(one.code, one.cite) for one in answer.against] == ask.against
    assert bool(answer) is not bool(ask.against)
    assert all(one.speaks_against for one in answer.against)
    assert {one.severity for one in answer.against} <= {"breach", "record"}
    assert answer.policy is BANK


@pytest.mark.parametrize(
    ("lines", "events", "against", "why"),
    [
        ([], [], ["limit/answer"], "a limit that waits has a closing against it"),
        ([], [ev("replied", "2026-09-22T09:00")], [], "it is kept"),
        ([], [ev("replied", "2026-11-22T09:00")], [], "it was kept late: that is no reason against a closing"),
        (["after_closing = true"], [], [], "it may be kept afterwards as well"),
        (['modality = "should"'], [], [], "it is a recommendation"),
        (['who = "customer"'], [], [], "it is the customer's own"),
        (['void_on = "closed"'], [], [], "the closing ends it"),
        (["void_on = { event = 'closed', when = 'groundless' }"], [], ["limit/answer"], "it does so for a reason"),
    ],
)  # fmt: skip
def test_a_closing_is_refused_while_a_limit_waits_that_it_does_not_end(
    lines: list[str], events: list[Event], against: list[str], why: str
) -> None:
    """psbc closed without a reply was permitted, and the whole limit fell overdue afterwards."""
    policy = own(limit('[{ within = "15 days" }]', *lines, id="answer", until='"replied"'), fact("groundless"))
    case = Case(complaint(RECEIVED), events)
    answer = permitted(case, act("closed", "2026-11-23T10:00"), policy, calendar=china())
    assert [one.rule for one in answer.against if one.code == "open_duty"] == against, why
    later = assess(
        case.with_event(act("closed", "2026-11-23T10:00")), policy, at=instant("2026-12-30"), calendar=china()
    )
    assert any(clock.run is not None and clock.run.open for clock in later.clocks.values()) is bool(against or (
        lines and not lines[0].startswith("void") and not events)), why  # fmt: skip


def test_a_should_not_only_warns() -> None:
    answer = permitted(complaint(RECEIVED), act("called_back"), BANK, calendar=china())
    assert answer
    assert [(one.code, one.cite) for one in answer.warnings] == [("forbidden", "23")]


@pytest.mark.parametrize(("at", "allowed"), [("2026-09-23T18:00", True), ("2026-09-23T20:00", False)])
def test_a_call_is_asked_for_by_its_hour(at: str, allowed: bool) -> None:
    quiet = own('[quiet]\nstart = "18:00"\nend = "08:00"', duty("must_not", '"called_back"', "quiet = true"))
    assert bool(permitted(complaint(RECEIVED), ev("called_back", at), quiet, calendar=china())) is allowed


def test_an_unknown_excuse_is_asked_for_and_nothing_is_claimed() -> None:
    event = act("disclosed", to="complained_about", reason="lawful")
    answer = permitted(complaint(RECEIVED), event, BANK, calendar=china())
    assert answer
    assert [question.fact for question in answer.questions] == ["lawful"]
    known = permitted(complaint(RECEIVED, lawful=False), event, BANK, calendar=china())
    assert (bool(known), known.questions) == (False, ())


def test_what_may_still_be_open_is_asked_of_a_closing_and_of_no_other_act() -> None:
    policy = own(fact("lawful", assume=None), limit('[{ within = "15 days" }]', 'when = "lawful"', until='"replied"'))
    closing = permitted(complaint(RECEIVED), act("closed"), policy, calendar=china())
    assert [question.fact for question in closing.questions] == ["lawful"]
    assert permitted(complaint(RECEIVED), act("routed"), policy, calendar=china()).questions == ()


def test_lateness_is_no_reason_against_an_act() -> None:
    late = act("closed", "2026-11-20T10:00")
    assert permitted(complaint(RECEIVED), late, BANK, calendar=china())
    backdated = act("registered", "2026-09-21T10:00")
    case = Case(complaint(RECEIVED), [ev("routed", "2026-09-22T09:00", to="branch")])
    assert permitted(case, backdated, BANK, at=instant("2026-09-23"), calendar=china())


def test_without_a_moment_asked_the_event_brings_its_own() -> None:
    day = permitted(complaint(RECEIVED), ev("routed", "2026-09-23", to="branch"), BANK, calendar=china())
    assert day
    with pytest.raises(InvalidEvent, match=r"the moment of the act is unknown; got None; pass at=…"):
        permitted(complaint(RECEIVED), Event("routed"), BANK, calendar=china())
    assert permitted(complaint(RECEIVED), Event("routed"), BANK, at=instant("2026-09-23"), calendar=china())


@pytest.mark.parametrize("wrong", ["closed", None, EventKind.CLOSED])
def test_what_is_no_event_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidEvent, match="an Event is expected"):
        permitted(complaint(RECEIVED), wrong, BANK)


@pytest.mark.parametrize("policy", [BANK, policy_of("psbc-95580"), policy_of("cbirc-2020-3")], ids=lambda p: p.id)
def test_asking_changes_nothing(policy: Policy) -> None:
    case = Case(complaint(RECEIVED), [ev("resolved", "2026-09-22T09:00")])
    at = instant("2026-09-23")
    before = assess(case, policy, at=at, calendar=china()).to_dict()
    permitted(case, act("closed"), policy, calendar=china())
    assert len(case.events) == 1
    assert assess(case, policy, at=at, calendar=china()).to_dict() == before
