"""What an outline may and may not be taken for: each an answer that was once wrong because nothing had happened."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from complaint_rules import BEIJING, Case, Complaint, Event, assess, assessing, load_policy
from complaint_rules.assessment.clocks import Status
from complaint_rules.errors import InvalidPeriod
from complaint_rules.policy.policy import Policy
from tests.small import TITLE, duty, fact, limit, own, table

RECEIVED: Final = dt.datetime(2026, 9, 1, 9, tzinfo=BEIJING)
BARE: Final = Complaint(id="c-1", received=RECEIVED)
STIRRED: Final = Case(BARE, [Event("routed", RECEIVED)])  # an event that none of these rules asks about


def day(number: int) -> dt.datetime:
    return RECEIVED + dt.timedelta(number)


@pytest.mark.parametrize("name", ["clocks", "findings"])
def test_values_stand_in_the_order_of_the_rules_whatever_was_read_one_by_one_before(name: str) -> None:
    policy = load_policy("psbc-95580")
    found = assess(BARE, policy, at=RECEIVED)
    mapping = getattr(found, name)
    for key in reversed(list(mapping)):
        mapping[key]
    assert [key for key, _ in mapping.items()] == list(mapping)
    assert list(mapping.values()) == [mapping[key] for key in mapping]
    fresh = assess(BARE, policy, at=RECEIVED)
    assert list(found.to_dict()["clocks"]) == list(fresh.to_dict()["clocks"])
    assert found.explain("en") == fresh.explain("en")
    assert found.questions == fresh.questions


def test_which_limit_runs_out_first_does_not_hang_on_what_was_read_first() -> None:
    policy = own(limit(id="a"), limit(id="b"))
    found = assess(BARE, policy, at=RECEIVED)
    assert (found.clocks["b"].limit.id, found.clocks["a"].limit.id) == ("b", "a")
    assert found.binding is not None
    assert found.binding.limit.id == "a"


@pytest.mark.parametrize("first", [1, 20])
def test_a_rule_set_that_applies_for_a_time_is_asked_anew_at_every_moment(first: int) -> None:
    policy = own("applies = \"not elapsed('received', '10 days')\"", limit())
    expected = {1: [], 20: ["not_applicable"]}
    for number in (first, 21 - first):
        assert [note.code for note in assess(BARE, policy, at=day(number)).notes] == expected[number]


def test_a_limit_that_another_one_makes_undetermined_is_no_longer_taken_for_calm() -> None:
    """`a` is late, so that `b` hangs on a fact nobody knows; `c`, which applies unless `b` is late, is undetermined."""
    policy = own(
        fact("mystery", assume=None),
        limit('[{ within = "5 days" }]', id="a"),
        limit('[{ within = "60 days" }]', "when = \"late('a') and mystery\"", id="b"),
        limit('[{ within = "90 days" }]', "when = \"not late('b')\"", id="c"),
    )
    for case in (BARE, STIRRED):
        found = assess(case, policy, at=day(100))
        assert [clock.status for clock in found.clocks.values()] == ["overdue", "undetermined", "undetermined"]
        assert [one.rule for one in found.violations] == ["limit/a"]


def test_a_duty_waits_for_a_period_through_the_limit_it_hangs_on() -> None:
    policy = own(
        f'[parameters.x]\ntype = "period"\n{TITLE}',
        limit("[{ within = { parameter = 'x' }, when = \"elapsed('received', '3 days')\" }]"),
        duty("must", '"informed"', "when = \"not late('whole')\"", 'within = "same day"'),
    )
    for case in (BARE, STIRRED):
        found = assess(case, policy, at=day(5))
        assert [one.status for one in found.duties] == ["overdue"], "not late for three days, then nobody can tell"
        assert [one.code for one in found.violations] == ["missed"]


def test_what_ended_a_permission_before_it_arose_did_not_end_it() -> None:
    policy = own(duty("may", '"routed"', "when = \"has('closed')\"", 'until = "investigated"'))
    events = [Event("investigated", day(1)), Event("closed", day(5))]
    assert [one.status for one in assess(Case(BARE, events), policy, at=day(20)).duties] == ["open"]
    events.append(Event("investigated", day(6)))
    assert [one.status for one in assess(Case(BARE, events), policy, at=day(20)).duties] == ["expired"]


@pytest.mark.parametrize("events", [[], [Event("routed", day(99))], [Event("investigated", day(1))]], ids=str)
def test_a_class_that_time_alone_brought_is_told_whatever_else_happened(events: list[Event]) -> None:
    policy = own(limit('[{ within = "3 days", when = "elapsed(\'received\', \'10 days\')" }, { within = "30 days" }]'))
    clock = assess(Case(BARE, events), policy, at=day(12)).clocks["whole"]
    assert (clock.status, clock.overdue_by_reclassification) == (Status.OVERDUE, True)


def test_what_cannot_be_counted_is_told_by_what_needs_it_and_by_nothing_else() -> None:
    policy = own(
        limit('[{ within = "5 days" }]'),
        duty("must", '"informed"', "when = \"elapsed('received', '1 month')\"", id="late"),
        table("age", ("old", "elapsed('received', '1 month')"), ("young", "")),
    )
    late = Complaint(id="c-1", received=dt.datetime(2099, 12, 20, 9, tzinfo=BEIJING))
    found = assess(late, policy, at=late.received_from)
    assert found.clocks["whole"].status == Status.RUNNING
    with pytest.raises(InvalidPeriod, match="own: table/age"):
        found.findings["age"]
    with pytest.raises(InvalidPeriod, match="own: duty/late"):
        found.duties  # noqa: B018 - it is worked out when it is read


def answers(complaint: Complaint, policy: Policy, at: dt.datetime) -> list[object]:
    found = assess(complaint, policy, at=at)
    return [*found.clocks.values(), *found.duties, *found.findings.values()]


def test_answers_to_different_questions_are_different_values() -> None:
    policy = load_policy("psbc-95580")
    other = Complaint(id="c-2", received=RECEIVED)
    one = answers(BARE, policy, RECEIVED)
    assert one == answers(BARE, policy, RECEIVED)
    assert set(one).isdisjoint(answers(other, policy, RECEIVED)), "of another complaint"
    assert set(one).isdisjoint(answers(BARE, policy, day(1))), "of another moment: what is left is another time"
    assert len(set(one) | set(answers(other, policy, RECEIVED))) == 2 * len(set(one))


def test_what_is_remembered_of_codes_is_bounded_and_no_more_than_a_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessing, "_MOST_LISTED", 1)
    policy = own(limit())
    for code in ("bank", "partner", "bank", "other", "bank"):
        assert assess(Complaint(id="c-1", received=RECEIVED, caused_by=code), policy, at=RECEIVED).notes == ()
        assert len(assessing._prepared(policy)._listed) == 1
