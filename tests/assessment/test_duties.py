"""Duties, prohibitions and permissions: every status, its trigger, its time and what is held against whom."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.cases.case import Case, Event
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Modality
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import TITLE, duty, fact, limit, own, table, worked, written

RECEIVED: Final = "2026-09-20T09:00"
LATER: Final = "2026-12-01T12:00"


def stands(policy: Policy, events: list[Event], at: str, id: str = "act", **facts: Any) -> list[tuple[str, str | None]]:
    """Give status and due moment of each obligation from a duty."""
    found = worked(policy, RECEIVED, events, at, **facts).duties
    return [(one.status.value, written(one.due_at)) for one in found if one.duty.id == id]


def held_against(found: Assessment) -> list[tuple[str, str, int | None]]:
    return [
        (one.code, one.severity, one.place) for one in found.violations if one.rule and one.rule.startswith("duty/")
    ]


# --- must and should ---


def bodies(*names: str, section: str = "body") -> str:
    return "\n".join(f'[[{section}]]\nid = "{name}"\n{TITLE}' for name in names)


REGISTER: Final = own(
    bodies("outlet_desk", "desk"),
    duty("must", '"registered"', 'within = "2 days"', 'who = "outlet_desk"', 'to = "desk"', 'cite = "5"'),
)


@pytest.mark.parametrize(
    ("events", "at", "status", "against", "why"),
    [
        ([], "2026-09-22T23:59", "due", [], "20 September + 2 days: until the end of the 22nd"),
        ([], "2026-09-23T00:00", "overdue", [("missed", "breach", None)], "nothing done by then"),
        ([ev("registered", "2026-09-22T23:59")], LATER, "done", [], "done in time"),
        ([ev("registered", "2026-09-23T00:00")], LATER, "done_late", [("done_late", "breach", 0)], "done after it"),
        ([ev("registered", "2026-09-22")], LATER, "done", [], "done on the last day"),
        ([Event("registered")], LATER, "undetermined", [], "done, nobody knows when"),
        ([ev("routed", "2026-09-21")], "2026-09-22", "due", [], "something else was done"),
    ],
)
def test_a_duty_is_due_done_late_or_missed(
    events: list[Event], at: str, status: str, against: list[Any], why: str
) -> None:
    found = worked(REGISTER, RECEIVED, events, at)
    (one,) = found.duties
    assert (one.status, written(one.due_at)) == (status, "2026-09-22"), why
    assert held_against(found) == against, why
    assert (one.who, one.to, one.cite, one.rule, one.modality) == (
        "outlet_desk",
        "desk",
        "5",
        "duty/act",
        Modality.MUST,
    )
    assert one.awaited is (status in ("due", "overdue"))
    assert type(one.due_at) is dt.datetime
    assert one.due_at.tzinfo is BEIJING


def test_a_day_that_holds_both_answers_leaves_a_duty_undetermined() -> None:
    policy = own(duty("must", '"registered"', 'within = "48 hours"'))
    assert stands(policy, [ev("registered", "2026-09-22")], LATER) == [("undetermined", "2026-09-22T09:00")]
    assert stands(policy, [ev("registered", "2026-09-21")], LATER) == [("done", "2026-09-22T09:00")]
    assert stands(policy, [ev("registered", "2026-09-23")], LATER) == [("done_late", "2026-09-22T09:00")]


def test_what_the_source_cannot_show_is_undetermined_not_missed() -> None:
    case = Case(complaint(RECEIVED), unseen={"registered"})
    found = assess(case, REGISTER, at=instant(LATER), calendar=china())
    assert [one.status for one in found.duties] == [DutyStatus.UNDETERMINED]
    assert held_against(found) == []


def test_a_should_is_held_against_nobody_as_a_breach() -> None:
    policy = own(duty("should", '"registered"', 'within = "2 days"'))
    assert held_against(worked(policy, RECEIVED, [], LATER)) == [("missed", "warning", None)]
    assert held_against(worked(policy, RECEIVED, [ev("registered", "2026-09-24")], LATER)) == [
        ("done_late", "warning", 0)
    ]


def test_what_the_customer_owes_is_never_held_against_the_bank() -> None:
    policy = own(bodies("customer"), duty("must", '"supplemented"', 'within = "2 days"', 'who = "customer"'))
    found = worked(policy, RECEIVED, [], LATER)
    assert [one.status for one in found.duties] == [DutyStatus.OVERDUE]
    assert held_against(found) == []


@pytest.mark.parametrize("within", [None, "at once"])
def test_without_a_figure_nothing_is_ever_overdue(within: str | None) -> None:
    policy = own(duty("must", '"registered"', *([f'within = "{within}"'] if within else [])))
    assert stands(policy, [], LATER) == [("due", None)]
    assert stands(policy, [ev("registered", "2026-11-30")], LATER) == [("done", None)]
    assert stands(policy, [Event("registered")], LATER) == [("done", None)]
    assert worked(policy, RECEIVED, [], LATER).duties[0].due_at is None


def test_a_trigger_known_to_the_day_gives_the_strictest_and_the_most_generous_reading() -> None:
    policy = own(duty("must", '"replied"', 'after = "resolved"', 'within = "2 hours"'))

    def at(end: str) -> list[tuple[str, str | None]]:
        return stands(policy, [ev("resolved", "2026-09-25"), ev("replied", end)], LATER)

    assert at("2026-09-25T23:00") == [("undetermined", "2026-09-25T02:00")]
    assert at("2026-09-26T02:00") == [("done_late", "2026-09-25T02:00")], "two hours after the day's last instant"
    assert at("2026-09-26T01:59:59.999999") == [("undetermined", "2026-09-25T02:00")], "perhaps just in time"
    assert stands(policy, [Event("resolved")], LATER) == [("due", None)], "since nobody knows when: no figure"
    for moment, status in [
        ("2026-09-25T02:00", "due"),  # two hours after the day began are not over
        ("2026-09-25T02:00:00.000001", "undetermined"),
        ("2026-09-26T01:59:59.999999", "undetermined"),  # nor are, perhaps, those after its last instant
        ("2026-09-26T02:00", "overdue"),
    ]:
        assert stands(policy, [ev("resolved", "2026-09-25")], moment) == [(status, "2026-09-25T02:00")], moment


# --- triggers ---


def test_without_its_trigger_a_duty_is_none() -> None:
    policy = own(duty("must", '"informed"', 'after = "resolved"'))
    assert stands(policy, [], LATER) == []
    assert stands(policy, [ev("routed", "2026-09-21")], LATER) == []


ARCHIVE: Final = ['after = "closed"', 'within = "2 days"']


def test_each_trigger_founds_a_duty_of_its_own_only_where_the_rule_says_so() -> None:
    events = [ev("closed", "2026-09-22"), ev("archived", "2026-09-23"), ev("closed", "2026-09-28", id="again")]
    once, each = own(duty("must", '"archived"', *ARCHIVE)), own(duty("must", '"archived"', *ARCHIVE, "each = true"))
    assert stands(once, events, "2026-09-29") == [("done", "2026-09-24")]
    assert stands(each, events, "2026-09-29") == [("done", "2026-09-24"), ("due", "2026-09-30")]
    ids = [one.id for one in worked(each, RECEIVED, events, "2026-09-29").duties]
    assert ids == ["own/act/c-1/closed@2026-09-22", "own/act/c-1/again"]


def test_ids_are_stable_and_tell_the_trigger() -> None:
    """glpi-project/glpi#1996, apache/airflow#50481: the same escalation sent for ever."""
    policy = own(
        duty("must", '"archived"', 'after = ["closed", "withdrawn"]', "each = true"),
        duty("must", '"registered"', id="register"),
    )
    events = [ev("closed", "2026-09-22T09:00"), Event("withdrawn")]
    first, second = (worked(policy, RECEIVED, events, at) for at in ("2026-09-29", LATER))
    ids = {one.id for one in first.duties}
    assert ids == {one.id for one in second.duties} == {
        "own/act/c-1/closed@2026-09-22T09:00:00+08:00", "own/act/c-1/withdrawn@1",
        "own/register/c-1/received@2026-09-20T09:00:00+08:00",
    }  # fmt: skip
    assert len(ids) == len(first.duties)


def test_an_act_at_or_after_the_trigger_discharges_it_and_one_act_discharges_several() -> None:
    policy = own(duty("must", '"archived"', 'after = "closed"'), duty("must", '["archived", "informed"]', id="other"))
    events = [ev("archived", "2026-09-21"), ev("closed", "2026-09-22")]
    assert stands(policy, events, LATER) == [("due", None)], "before the trigger it discharges nothing"
    assert stands(policy, events, LATER, "other") == [("done", None)]
    events = [ev("closed", "2026-09-22"), ev("archived", "2026-09-22"), ev("informed", "2026-09-23")]
    assert stands(policy, events, LATER) == [("done", None)]
    found = worked(policy, RECEIVED, events, LATER).duties
    assert [one.acts[0].event.kind for one in found] == ["archived", "archived"]


def test_the_trigger_itself_may_discharge_where_it_is_asked_for_as_the_first() -> None:
    policy = own(
        duty("must", '[{ event = "suspended", told = "complainant", nth = 1 }, "informed"]', 'after = "suspended"')
    )
    assert stands(policy, [ev("suspended", "2026-09-21", told="complainant")], LATER) == [("done", None)]
    assert stands(policy, [ev("suspended", "2026-09-21")], LATER) == [("due", None)]
    assert stands(policy, [ev("suspended", "2026-09-21"), ev("informed", "2026-09-22")], LATER) == [("done", None)]


def test_the_nth_act_is_counted_from_the_trigger() -> None:
    policy = own(duty("must", '{ event = "contact_attempted", nth = 3 }', 'within = "2 days"'))
    tries = [ev("contact_attempted", f"2026-09-{day}T09:00") for day in (20, 21, 22)]
    assert stands(policy, tries[:2], "2026-09-22") == [("due", "2026-09-22")]
    assert stands(policy, tries, LATER) == [("done", "2026-09-22")]


# --- conditions: since when they hold, and until when ---

WHILE: Final = own(
    fact("urgent"),
    duty("must", '"reported"', 'when = "urgent"', 'within = "2 days"', id="escalate"),
    duty("may", '"transferred"', 'when = "urgent"', 'within = "2 days"', id="may"),
)


def known(on: str, urgent: bool | None) -> Event:
    return ev("amended", on, set={"urgent": urgent})


@pytest.mark.parametrize(
    ("events", "at", "expected", "why"),
    [
        ([], "2026-09-21", [("due", "2026-09-22")], "it held from the receipt"),
        ([known("2026-09-25T09:00", False)], "2026-09-22T12:00", [("due", "2026-09-22")], "still on its last day"),
        ([known("2026-09-25T09:00", False)], "2026-09-26", [("overdue", "2026-09-22")],
            "missed on the 22nd; that it ceased on the 25th does not undo it"),
        ([ev("reported", "2026-09-21T09:00"), known("2026-09-25T09:00", False)], "2026-09-26",
            [("done", "2026-09-22")], "done while it held"),
        ([known("2026-09-21T09:00", False), ev("reported", "2026-09-21T10:00")], "2026-09-26",
            [("lapsed", "2026-09-22")], "done when it no longer held"),
        ([known("2026-09-21T09:00", False), known("2026-09-28T09:00", True)], "2026-09-29", [("due", "2026-09-30")],
            "it holds again since the 28th"),
        ([known("2026-09-21T09:00", False), known("2026-09-28T09:00", True), ev("reported", "2026-10-01T09:00")],
            "2026-10-05", [("done_late", "2026-09-30")], "done late, in the second stretch"),
        ([ev("reported", "2026-09-20T10:00"), known("2026-09-21T09:00", False), known("2026-09-28T09:00", True)],
            "2026-10-05", [("done", "2026-09-22")], "done in the first stretch: that is the one that counts"),
    ],
)  # fmt: skip
def test_a_duty_holds_since_its_condition_does_and_lapses_with_it(
    events: list[Event], at: str, expected: list[Any], why: str
) -> None:
    """Design 9: a condition that ceases makes an unfulfilled duty lapsed."""
    found = worked(WHILE, RECEIVED, events, at, urgent=True)
    duties = [(one.status.value, written(one.due_at)) for one in found.duties if one.duty.id == "escalate"]
    assert duties == expected, why


def test_a_condition_that_never_held_founds_nothing() -> None:
    assert stands(WHILE, [known("2026-09-25T09:00", False)], "2026-09-26", "escalate", urgent=False) == []
    assert stands(WHILE, [], "2026-09-26", "escalate", urgent=False) == []
    assert stands(WHILE, [known("2026-09-25T09:00", True)], "2026-09-26", "escalate", urgent=False) == [
        ("due", "2026-09-27")
    ]


LADDER: Final = own(
    limit('[{ within = "15 days" }]'),
    table("age", ("old", "elapsed('received', '10 days')"), ("young", "")),
    duty("must", '"escalated"', "when = \"late('whole')\"", 'within = "2 days"', id="late"),
    duty("must", '"reported"', "when = \"age == 'old'\"", 'within = "2 days"', id="old"),
    duty("must", '"informed"', "when = \"count('contact_attempted') >= 3\"", 'within = "2 days"', id="thrice"),
    duty("must", '"acknowledged"', "when = \"has('routed') and not has('replied')\"", 'within = "2 days"', id="open"),
)


@pytest.mark.parametrize("history", [[], [ev("registered", "2026-09-20T09:30")]])
def test_escalation_runs_from_the_moment_its_ground_arose_with_and_without_a_history(history: list[Event]) -> None:
    """The whole ends on 5 October, so it is late since the 6th; ten days end on 30 September."""

    def at(text: str, id: str) -> list[tuple[str, str | None]]:
        return stands(LADDER, history, text, id)

    assert at("2026-10-05T23:59", "late") == []
    assert at("2026-10-06T00:00", "late") == [("due", "2026-10-07")]
    assert at("2026-10-08T00:00", "late") == [("overdue", "2026-10-07")]
    assert at("2026-09-30T23:59", "old") == []
    assert at("2026-10-01T00:00", "old") == [("due", "2026-10-02")]
    assert at("2026-10-03T00:00", "old") == [("overdue", "2026-10-02")]


def test_a_ground_that_hangs_on_a_day_arises_by_its_last_reading() -> None:
    """48 hours from some moment of the 20th have surely passed as the 23rd begins."""
    policy = own(duty("must", '"informed"', "when = \"elapsed('received', '48 hours')\"", 'within = "2 days"'))
    for events in ([], [ev("registered", "2026-09-20")]):
        found = [worked(policy, "2026-09-20", events, at).duties for at in ("2026-09-22T23:59", "2026-09-24")]
        assert [[(one.status.value, written(one.due_at)) for one in duties] for duties in found] == [
            [],
            [("due", "2026-09-24")],
        ]


def test_a_waiting_time_that_began_nobody_knows_when_founds_nothing() -> None:
    policy = own(duty("must", '"informed"', "when = \"elapsed('routed', '10 days')\""))
    assert stands(policy, [Event("routed")], LATER) == []
    assert stands(policy, [ev("routed", "2026-09-22T09:00")], LATER) == [("due", None)]


def test_an_end_nobody_dated_leaves_a_waiting_time_unknown_then_and_now() -> None:
    policy = own(duty("must", '"informed"', "when = \"elapsed('received', '10 days', until='closed')\""))
    assert stands(policy, [ev("registered", "2026-09-20T09:30")], LATER) == [("due", None)]
    for at in ("2026-10-02", LATER):
        assert stands(policy, [Event("closed")], at) == []


def test_a_ground_of_events_arises_with_the_event_that_completes_it() -> None:
    tries = [ev("contact_attempted", f"2026-09-{day}T09:00") for day in (21, 22, 25)]
    assert stands(LADDER, tries[:2], "2026-09-26", "thrice") == []
    assert stands(LADDER, tries, "2026-09-26", "thrice") == [("due", "2026-09-27")]
    assert stands(LADDER, [ev("routed", "2026-09-22T09:00")], "2026-09-23", "open") == [("due", "2026-09-24")]
    replied = [ev("routed", "2026-09-22T09:00"), ev("replied", "2026-09-23T09:00")]
    assert stands(LADDER, replied, LATER, "open") == [("lapsed", "2026-09-24")]


def test_an_escalation_once_late_stays_due_though_the_limit_was_met_late() -> None:
    events = [ev("closed", "2026-10-07T09:00")]
    assert stands(LADDER, events, "2026-10-07T12:00", "late") == [("due", "2026-10-07")]


@pytest.mark.parametrize("events", [[], [ev("registered", "2026-11-02")]], ids=["nothing happened", "something did"])
@pytest.mark.parametrize("ends", ["24:00", "close"])
def test_an_expiry_at_midnight_belongs_to_the_day_that_ended(ends: str, events: list[Event]) -> None:
    """Issue 7: five working days ended Monday 9 November 24:00, or at its close; the next working day is Tuesday."""
    policy = own(
        '[hours]\nspans = [["09:00", "17:00"]]' if ends == "close" else "",
        limit('[{ within = "5 working days" }]', f'ends = "{ends}"'),
        duty("must", '"reported"', "when = \"late('whole')\"", 'within = "1 working day"'),
    )
    found = worked(policy, "2026-11-02T10:00", events, "2026-11-10T12:00")
    assert written(found.clocks["whole"].due_at) == ("2026-11-09" if ends == "24:00" else "2026-11-09T17:00")
    assert [(one.status.value, written(one.due_at)) for one in found.duties] == [("due", "2026-11-10")]


def test_whether_a_period_counts_from_the_trigger_or_from_the_condition_is_said_in_the_file() -> None:
    """Within 12 hours, else progress within 24 hours of the order: that is 24 hours, not 36."""
    for since, due in (("trigger", "2026-09-21T09:00"), ("condition", "2026-09-21T21:00")):
        policy = own(
            limit('[{ within = "12 hours" }]'),
            duty(
                "must", '"informed"', "when = \"late('whole')\"", 'within = "24 hours"', f'since = "{since}"', id="tell"
            ),
        )
        (one,) = worked(policy, RECEIVED, [], "2026-09-21T08:00").duties
        assert (one.status.value, written(one.due_at)) == ("due", due)
        said = {"trigger": "when what triggers it happened", "condition": "when its condition came to hold"}[since]
        assert f"counted from: {said}" in one.explain("en")
        assert ("起算：起因发生之时" in one.explain("zh")) is (since == "trigger")


def test_what_holds_since_an_event_counts_from_that_event() -> None:
    policy = own(duty("must", '"informed"', "when = \"has('closed')\"", 'within = "1 day"'))
    (one,) = worked(policy, RECEIVED, [ev("closed", "2026-09-22T00:00")], "2026-09-22T12:00").duties
    assert written(one.due_at) == "2026-09-23", "closed at the first instant of the 22nd"


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([Event("reopened")], "overdue", "never closed: it held all along"),
        ([Event("reopened"), ev("closed", "2026-09-27T09:00")], "overdue", "it surely held up to the 25th, and longer"),
        ([Event("reopened"), ev("closed", "2026-09-26T00:00")], "overdue", "and up to its last instant"),
        ([Event("reopened"), ev("closed", "2026-09-25T23:59:59.999999")], "undetermined", "not in its last instant"),
        ([Event("reopened"), ev("closed", "2026-09-23T09:00")], "undetermined", "closed: was it reopened before?"),
        ([ev("reopened", "2026-09-22T09:00"), ev("closed", "2026-09-23T09:00")], "overdue", "it was, as is known"),
        ([ev("closed", "2026-09-23T09:00")], "lapsed", "it was not"),
    ],
)  # fmt: skip
def test_what_is_no_longer_sure_when_a_duty_runs_out_is_not_missed(
    events: list[Event], expected: str, why: str
) -> None:
    """From the 20th five days run to the end of the 25th."""
    when = "not has('closed') or has('reopened')"
    policy = own(duty("must", '"informed"', f'when = "{when}"', 'within = "5 days"'))
    assert stands(policy, events, LATER) == [(expected, "2026-09-25")], why


# --- may ---


def test_what_a_register_does_not_record_may_have_used_or_ended_a_permission() -> None:
    policy = own(duty("may", '"transferred"', 'until = "closed"'))
    for unseen, expected in ({"closed"}, "undetermined"), ({"transferred"}, "undetermined"), ({"routed"}, "open"):
        case = Case(complaint(RECEIVED), [], unseen=unseen)
        assert [one.status.value for one in assess(case, policy, at=instant(LATER)).duties] == [expected], unseen


@pytest.mark.parametrize(
    ("more", "events", "at", "expected", "why"),
    [
        ([], [], LATER, "open", "without an end it stays open"),
        ([], [ev("transferred", "2026-09-25")], LATER, "used", "used"),
        (['until = "closed"'], [ev("closed", "2026-09-25")], LATER, "expired", "ended by an event"),
        (['until = "closed"'], [ev("routed", "2026-09-25")], LATER, "open", "the event that ends it did not happen"),
        (['until = "closed"'], [], LATER, "open", "nor did anything"),
        (
            ['until = "closed"'],
            [ev("closed", "2026-09-25"), ev("transferred", "2026-09-26")],
            LATER,
            "expired",
            "cbirc 18(3): merged a month after the reply, what was allowed until then is not used",
        ),
        (['until = "closed"'], [ev("transferred", "2026-09-24"), ev("closed", "2026-09-25")], LATER, "used", "in time"),
        (['until = "closed"'], [ev("closed", "2026-09-25"), Event("transferred")], LATER, "undetermined", "used when?"),
        (
            ['until = "closed"'],
            [Event("closed"), ev("transferred", "2026-09-25")],
            LATER,
            "undetermined",
            "ended when?",
        ),
        (['until = "closed"'], [Event("closed")], LATER, "undetermined", "ended at a moment nobody knows"),
        (['until = "closed"'], [Event("transferred")], LATER, "used", "used some time, and it has not ended"),
        (['within = "2 days"'], [], "2026-09-22T23:59", "open", "until the end of the 22nd"),
        (['within = "2 days"'], [], "2026-09-23T00:00", "expired", "not after it"),
        (['within = "2 days"'], [ev("transferred", "2026-09-22T09:00")], LATER, "used", "used in time"),
        (['within = "2 days"'], [ev("transferred", "2026-09-24T09:00")], LATER, "expired", "used too late is not used"),
        (['within = "2 days"'], [Event("transferred")], LATER, "undetermined", "used, nobody knows when"),
        (
            ['within = "10 hours"'],
            [ev("transferred", "2026-09-20")],
            LATER,
            "undetermined",
            "by 19:00, or later that day",
        ),
    ],
)
def test_a_permission_is_open_used_or_expired(
    more: list[str], events: list[Event], at: str, expected: str, why: str
) -> None:
    policy = own(duty("may", '"transferred"', *more))
    found = worked(policy, RECEIVED, events, at)
    assert [one.status.value for one in found.duties] == [expected], why
    assert held_against(found) == []


def test_a_permission_expires_with_its_condition() -> None:
    assert stands(WHILE, [known("2026-09-21T09:00", False)], "2026-09-21T10:00", "may", urgent=True) == [
        ("expired", "2026-09-22")
    ]


BY_THE_DAY: Final = own(
    limit('[{ within = "2 hours" }]', start='"resolved"', until='"replied"'),
    duty("must", '"replied"', 'after = "resolved"', 'within = "2 hours"', id="must"),
    duty("may", '"replied"', 'after = "resolved"', 'within = "2 hours"', id="may"),
)


@pytest.mark.parametrize(
    ("replied", "at", "expected"),
    [
        (None, "2026-09-25T02:00", ["running", "due", "open"]),
        (None, "2026-09-25T02:00:00.000001", ["undetermined"] * 3),
        (None, "2026-09-26T01:59:59.999999", ["undetermined"] * 3),
        (None, "2026-09-26T02:00", ["overdue", "overdue", "expired"]),
        ("2026-09-25T02:00", LATER, ["met", "done", "used"]),
        ("2026-09-25T02:00:00.000001", LATER, ["undetermined"] * 3),
        ("2026-09-26T01:59:59.999999", LATER, ["undetermined"] * 3),
        ("2026-09-26T02:00", LATER, ["met_late", "done_late", "expired"]),
        ("2026-09-25", LATER, ["undetermined"] * 3),
        ("2026-09-26", LATER, ["undetermined"] * 3),
        ("2026-09-27", LATER, ["met_late", "done_late", "expired"]),
    ],
)
def test_of_a_start_known_by_its_day_both_readings_are_held_to_their_last_instant(
    replied: str | None, at: str, expected: list[str]
) -> None:
    """Two hours from some moment of the 25th end between 02:00 that day and just before 02:00 on the 26th."""
    events = [ev("resolved", "2026-09-25"), *([] if replied is None else [ev("replied", replied)])]
    found = worked(BY_THE_DAY, RECEIVED, events, at)
    assert [found.clocks["whole"].status.value, *(one.status.value for one in found.duties)] == expected


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([ev("closed", "2026-09-22T09:00")], "used", "it is ended by what makes use of it, and in that moment"),
        ([ev("withdrawn", "2026-09-21T09:00"), ev("closed", "2026-09-22T09:00")], "expired", "after it had ended"),
        ([ev("closed", "2026-09-22T09:00"), ev("withdrawn", "2026-09-23T09:00")], "used", "before it ended"),
    ],
)
def test_a_permission_is_used_up_to_the_event_that_ends_it(events: list[Event], expected: str, why: str) -> None:
    policy = own(duty("may", '"closed"', 'until = ["withdrawn", "closed"]'))
    assert stands(policy, events, LATER) == [(expected, None)], why


# --- must not ---

SECRET: Final = own(
    fact("lawful_request", assume=None),
    duty(
        "must_not",
        '"disclosed"',
        'until = "archived"',
        "unless = \"event.reason == 'lawful' and lawful_request\"",
        'cite = "22"',
    ),
    duty("should_not", '"promised"', 'after = "routed"', id="promise"),
    duty("must_not", '"merged"', "when = \"met('whole') or late('whole')\"", id="merge"),
    limit(),
)


@pytest.mark.parametrize(
    ("events", "facts", "expected", "against", "why"),
    [
        ([], {}, ["in_force"], [], "nothing happened"),
        ([ev("disclosed", "2026-09-22")], {}, ["breached"], [("forbidden", "breach", 0)], "disclosed"),
        ([ev("disclosed", "2026-09-22"), ev("disclosed", "2026-09-23")], {}, ["breached"],
            [("forbidden", "breach", 0), ("forbidden", "breach", 1)], "each one is named"),
        ([ev("disclosed", "2026-09-22", reason="lawful")], {"lawful_request": True}, ["in_force"], [], "excused"),
        ([ev("disclosed", "2026-09-22", reason="lawful")], {"lawful_request": False}, ["breached"],
            [("forbidden", "breach", 0)], "not excused"),
        ([ev("disclosed", "2026-09-22", reason="lawful")], {}, ["in_force"], [],
            "whether it is excused hangs on an unknown fact: nothing is claimed"),
        ([ev("archived", "2026-09-22")], {}, ["over"], [], "it is over"),
        ([ev("archived", "2026-09-22"), ev("disclosed", "2026-09-23")], {}, ["over"], [], "after it was over"),
    ],
)  # fmt: skip
def test_a_prohibition_is_in_force_breached_or_over(
    events: list[Event], facts: dict[str, Any], expected: list[str], against: list[Any], why: str
) -> None:
    found = worked(SECRET, RECEIVED, events, "2026-09-25", **facts)
    assert [one.status.value for one in found.duties if one.duty.id == "act"] == expected, why
    assert [row for row in held_against(found) if row[0] == "forbidden"] == against, why


def test_an_unknown_excuse_is_asked_for() -> None:
    found = worked(SECRET, RECEIVED, [ev("disclosed", "2026-09-22", reason="lawful")], "2026-09-25")
    assert [(question.fact, question.affects) for question in found.questions] == [("lawful_request", ("duty/act",))]


def test_a_should_not_is_a_warning_and_holds_from_its_trigger() -> None:
    before, after = ev("promised", "2026-09-21"), ev("promised", "2026-09-24")
    found = worked(SECRET, RECEIVED, [before, ev("routed", "2026-09-22"), after], "2026-09-25")
    assert held_against(found) == [("forbidden", "warning", 2)]


def test_a_prohibition_is_judged_by_what_held_when_the_act_was_done() -> None:
    early = worked(SECRET, RECEIVED, [ev("merged", "2026-09-25T09:00"), ev("closed", "2026-09-26T09:00")], "2026-09-27")
    assert held_against(early) == [], "the limit was still running"
    late = worked(SECRET, RECEIVED, [ev("closed", "2026-09-26T09:00"), ev("merged", "2026-09-27T09:00")], "2026-09-28")
    assert held_against(late) == [("forbidden", "breach", 1)]
    open_ = worked(SECRET, RECEIVED, [ev("routed", "2026-09-25T09:00")], "2026-09-27")
    assert "merge" not in {one.duty.id for one in open_.duties}, "a condition that does not hold forbids nothing"
    assert "merge" not in {one.duty.id for one in worked(SECRET, RECEIVED, [], "2026-09-27").duties}


QUIET: Final = own('[quiet]\nstart = "18:00"\nend = "08:00"', duty("must_not", '"called_back"', "quiet = true"))


@pytest.mark.parametrize(
    ("at", "status", "why"),
    [
        ("2026-09-21T18:00", "in_force", "both edges permit"),
        ("2026-09-21T18:01", "breached", "in the evening"),
        ("2026-09-22T07:59", "breached", "before the morning"),
        ("2026-09-22T08:00", "in_force", "both edges permit"),
        ("2026-09-21", "in_force", "the hour is not known: nothing is claimed"),
    ],
)
def test_a_prohibition_of_quiet_hours_holds_in_them_only(at: str, status: str, why: str) -> None:
    assert stands(QUIET, [ev("called_back", at)], LATER) == [(status, None)], why


def test_an_event_may_breach_a_rule_on_the_level_it_skips() -> None:
    levels = bodies("outlet", "branch", "head", section="level")
    policy = own(
        'routes = [["head", "outlet"]]', levels, duty("must_not", '"escalated"', 'unless = "not event.skips_level"')
    )
    assert stands(policy, [ev("escalated", "2026-09-21", by="outlet", to="head")], LATER) == [("breached", None)]
    assert stands(policy, [ev("escalated", "2026-09-21", by="outlet", to="branch")], LATER) == [("in_force", None)]
    assert stands(policy, [ev("escalated", "2026-09-21", by="head", to="outlet")], LATER) == [("in_force", None)]


def test_a_day_is_a_day_for_the_trigger_of_a_case_received_on_a_day() -> None:
    found = worked(REGISTER, "2026-09-20", [ev("registered", "2026-09-20")], LATER).duties[0]
    assert (found.status, found.trigger.when) == (DutyStatus.DONE, dt.date(2026, 9, 20))
