"""What rests on something unknown claims nothing, wherever in a policy it stands: siblings of the working values."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules import Case, assess, holdings, permitted
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.contacts import contact_plan
from complaint_rules.cases.case import Event
from complaint_rules.policy.policy import Policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import TITLE, duty, fact, limit, own, table, worked, written

RECEIVED: Final = "2026-09-20T09:00"
AT: Final = "2026-09-26T09:00"
LATER: Final = "2026-12-27T12:00"
ONLINE: Final = fact("online", assume=None)
TICKET: Final = table("ticket", ("none", "online"), ("needed", ""))
WHEN: Final = "when = \"ticket == 'needed'\""
PARAMETER: Final = f'[parameters.pp]\ntype = "int"\n{TITLE}\n'
LINK: Final = f'[[link]]\nid = "lk"\n{TITLE}\nsame = ["channel"]\n'


def at(policy: Policy, events: list[Event], moment: str, *, unseen: set[str] | None = None, **facts: Any) -> Assessment:
    case = Case(complaint(RECEIVED, **facts), events, unseen=unseen or set())
    return assess(case, policy, at=instant(moment), calendar=china())


def breaches(found: Assessment) -> list[str]:
    return [one.code.value for one in found.violations if one.severity == "breach"]


@pytest.mark.parametrize(
    ("condition", "more", "unseen", "why"),
    [
        ("linked('lk') >= 3", LINK, set(), "nobody looked for linked complaints"),
        ("complainants >= pp", PARAMETER, set(), "the figure is not supplied"),
        ("has('replied')", "", {"replied"}, "the register does not record replies"),
    ],
)
def test_a_working_value_accuses_nobody_whatever_it_is_that_is_unknown(
    condition: str, more: str, unseen: set[str], why: str
) -> None:
    policy = own(
        more, table("ticket", ("none", condition), ("needed", "")), limit('[{ within = "2 days" }]', WHEN),
        duty("must", '"informed"', WHEN, 'within = "2 days"'), duty("must_not", '"disclosed"', WHEN, id="hold"),
    )  # fmt: skip
    found = at(policy, [ev("disclosed", "2026-09-25T09:00")], AT, unseen=unseen, complainants=5)
    assert breaches(found) == [], why
    assert found.clocks["whole"].status == "undetermined", why


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (duty("must", '"informed"', WHEN, 'within = "2 days"'), "due", "undetermined"),
        (duty("may", '"informed"', WHEN, 'within = "2 days"'), "open", "undetermined"),
    ],
)
def test_a_duty_by_a_working_value_is_overdue_in_no_case_without_history_either(
    rule: str, before: str, after: str
) -> None:
    """The outline of a case without history said overdue where one event more made it undetermined."""
    policy = own(ONLINE, TICKET, rule)
    for events in ([], [ev("routed", "2026-09-21T09:00")]):
        assert [one.status.value for one in at(policy, events, "2026-09-21T10:00").duties] == [before]
        late = at(policy, events, AT)
        assert ([one.status.value for one in late.duties], breaches(late)) == ([after], [])


EXTENSION: Final = 'extension = [{ id = "x", on = "extended", add = "10 days", requires = "%s" }]'
PAUSE: Final = 'pauses = [{ reason = "expert_opinion", requires = "%s" }]'


@pytest.mark.parametrize("condition", ["online", "ticket == 'none'"])
@pytest.mark.parametrize(
    ("line", "event"),
    [
        (EXTENSION, ev("extended", "2026-09-21T09:00", id="e-1")),
        (PAUSE, ev("suspended", "2026-09-21T09:00", reason="expert_opinion")),
    ],
)
def test_what_an_extension_or_a_pause_requires_may_be_there_where_nobody_recorded_it(
    line: str, event: Event, condition: str
) -> None:
    policy = own(ONLINE, TICKET, limit('[{ within = "2 days" }]', line % condition))
    found = at(policy, [event], AT)
    assert (str(found.clocks["whole"].status), breaches(found)) == ("undetermined", [])
    known = at(policy, [event], AT, online=False)
    assert "late" in breaches(known), "it is known not to be there"


EXTENDED: Final = [ev("extended", "2026-09-21T09:00", id="e-1"), ev("closed", "2026-09-25T09:00")]


@pytest.mark.parametrize(
    ("revocation", "unseen", "expected", "why"),
    [
        (None, set(), "met", "extended by ten days"),
        (ev("revoked", "2026-09-22T09:00", ref="e-1"), set(), "met_late", "taken back while it ran"),
        (ev("revoked", "2026-09-22T09:00", ref="e-2"), set(), "met", "another one was taken back"),
        (ev("revoked", "2026-09-20T10:00", ref="e-1"), set(), "met", "nothing can be taken back before it was granted"),
        (ev("revoked", "2026-09-28T09:00", ref="e-1"), set(), "met", "what was kept is not made late afterwards"),
        (Event("revoked", ref="e-1"), set(), "undetermined", "taken back, nobody knows when"),
        (None, {"revoked"}, "undetermined", "the register does not record revocations"),
        (None, {"routed"}, "met", "what it does not record takes nothing back"),
        (Event("revoked", ref="e-2"), set(), "met", "nobody knows when, but another one"),
        (ev("revoked", "2026-09-28T09:00", ref="e-1"), {"routed"}, "met", "after the end, as is on record"),
    ],
)
def test_a_revocation_counts_from_its_own_moment(
    revocation: Event | None, unseen: set[str], expected: str, why: str
) -> None:
    policy = own(
        limit('[{ within = "2 days" }]', 'extension = [{ id = "x", on = "extended", add = "10 days" }]'),
    )
    events = [*EXTENDED, *([] if revocation is None else [revocation])]
    assert at(policy, events, "2026-10-20T09:00", unseen=unseen).clocks["whole"].status == expected, why


@pytest.mark.parametrize(
    ("when", "events", "why"),
    [
        ("ticket == 'needed'", [ev("replied", "2026-09-21T08:00", items=["other"])], "by a working value"),
        ("has('closed')", [ev("replied", "2026-09-21T08:00", items=["other"]), Event("closed")], "closed when?"),
        ("has('closed')", [Event("replied", items={"other"}), ev("closed", "2026-09-21T20:00")], "replied when?"),
        (
            "has('closed')",
            [ev("replied", "2026-09-21", items=["other"]), ev("closed", "2026-09-21T20:00")],
            "before the closing or after it, on that day",
        ),
    ],
)
def test_a_document_is_held_to_a_checklist_only_where_that_surely_applies(
    when: str, events: list[Event], why: str
) -> None:
    items = 'items.name = { zh = "名", en = "N" }'
    checklist = f'[[checklist]]\nid = "reply"\n{TITLE}\nof = "replied"\nwhen = "{when}"\n{items}\n'
    policy = own(ONLINE, TICKET, checklist)
    found = at(policy, events, LATER)
    assert "incomplete" not in [one.code.value for one in found.violations], why
    assert [one.missing for one in found.checks] in ([None], []), why


@pytest.mark.parametrize(
    ("more", "events", "expected", "why"),
    [
        (
            ["when = \"elapsed('received', '48 hours')\""],
            [ev("disclosed", "2026-09-22")],
            "undetermined",
            "8:00 or 10:00",
        ),
        (["when = \"elapsed('received', '48 hours')\""], [ev("disclosed", "2026-09-23")], "breached", "at any hour"),
        (["when = \"elapsed('received', '48 hours')\""], [ev("disclosed", "2026-09-21")], "in_force", "at no hour"),
        (
            ['until = "closed"'],
            [ev("disclosed", "2026-09-25"), ev("closed", "2026-09-25T09:00")],
            "undetermined",
            "on the day of the closing",
        ),
        (['until = "closed"'], [ev("disclosed", "2026-09-24"), ev("closed", "2026-09-25T09:00")], "breached", "before"),
        ([], [Event("disclosed")], "breached", "forbidden from the receipt on: whenever it was"),
        (
            ['after = "routed"'],
            [ev("routed", "2026-09-21T09:00"), Event("disclosed")],
            "undetermined",
            "before the routing it was allowed, though the routing is the first that was recorded",
        ),
    ],
)
def test_what_was_done_on_a_day_is_forbidden_where_it_was_at_every_hour_of_it(
    more: list[str], events: list[Event], expected: str, why: str
) -> None:
    policy = own(duty("must_not", '"disclosed"', *more))
    assert [one.status.value for one in worked(policy, RECEIVED, events, LATER).duties] == [expected], why


AGREED: Final = limit('[{ within = "2 days" }]', 'agreed = "agreed"')


@pytest.mark.parametrize(
    ("policy", "events", "expected", "why"),
    [
        (AGREED, [ev("agreed", "2026-09-21T09:00"), ev("closed", "2026-09-25T09:00")], "undetermined", "when?"),
        (AGREED, [ev("agreed", "2026-09-21T09:00")], "undetermined", "still open"),
        (AGREED, [ev("agreed", "2026-09-21T09:00"), ev("closed", "2026-09-22T09:00")], "undetermined", "earlier?"),
        (
            AGREED,
            [ev("agreed", "2026-09-21T09:00"), ev("agreed", "2026-09-21T10:00", due="2026-09-26T09:00"),
             ev("closed", "2026-09-25T09:00")],
            "met",
            "the last agreement names its time",
        ),
        (
            AGREED + "\nagreed_later = true",
            [ev("agreed", "2026-09-21T09:00"), ev("closed", "2026-09-22T09:00")],
            "met",
            "an agreement can only be later",
        ),
        (
            limit('[{ within = "2 days" }]', 'agreed = "routed"'),
            [ev("routed", "2026-09-21T09:00"), ev("closed", "2026-09-25T09:00")],
            "met_late",
            "a routing without a time agrees on none",
        ),
    ],
)  # fmt: skip
def test_an_agreement_of_which_the_time_is_not_recorded_leaves_it_open(
    policy: str, events: list[Event], expected: str, why: str
) -> None:
    assert worked(own(policy), RECEIVED, events, LATER).clocks["whole"].status == expected, why


@pytest.mark.parametrize(
    ("more", "events", "unseen", "expected", "why"),
    [
        (
            ['within = "10 days"'],
            [Event("replied"), ev("appealed", "2026-12-20T09:00")],
            set(),
            "undetermined",
            "since?",
        ),
        (['within = "10 days"'], [Event("replied")], set(), "undetermined", "perhaps over"),
        (['within = "8 working hours"'], [ev("replied", "2026-09-21T09:00")], set(), "undetermined", "no hours known"),
        (
            ['within = "10 days"'],
            [ev("replied", "2026-09-21T09:00"), ev("appealed", "2026-09-30T09:00")],
            {"replied"},
            "undetermined",
            "an earlier reply may have begun it",
        ),
        (
            ['within = "10 days"'],
            [ev("replied", "2026-09-21T09:00"), ev("appealed", "2026-09-30T09:00")],
            set(),
            "used",
            "",
        ),
    ],
)
def test_a_permission_that_is_counted_from_nobody_knows_when_is_undetermined(
    more: list[str], events: list[Event], unseen: set[str], expected: str, why: str
) -> None:
    policy = own(duty("may", '"appealed"', 'after = "replied"', *more))
    assert [one.status.value for one in at(policy, events, LATER, unseen=unseen).duties] == [expected], why


def test_a_closing_asks_for_what_decides_whether_something_waits() -> None:
    policy = own(
        ONLINE, TICKET, limit('[{ within = "2 days" }]', WHEN, until='"replied"'),
        duty("must", '"informed"', WHEN, 'within = "2 days"'),
    )  # fmt: skip
    case = Case(complaint(RECEIVED), [])
    asked = permitted(case, ev("closed", "2026-09-26T09:00"), policy, calendar=china())
    assert bool(asked), "nobody knows whether anything waits"
    assert [(one.code.value, one.rule) for one in asked.warnings if one.code == "open_duty"] == [
        ("open_duty", "duty/act"), ("open_duty", "limit/whole"),
    ]  # fmt: skip
    assert [one.fact for one in asked.questions] == ["online"]
    known = permitted(
        Case(complaint(RECEIVED, online=False), []), ev("closed", "2026-09-26T09:00"), policy, calendar=china()
    )
    assert {one.rule for one in known.against} == {"duty/act", "limit/whole"}


def test_a_contact_plan_lists_a_duty_that_may_still_be_owed() -> None:
    policy = own(ONLINE, TICKET, duty("must", '"called_back"', WHEN, 'within = "2 days"'))
    plan = contact_plan(at(policy, [ev("routed", "2026-09-21T09:00")], AT))
    assert [one.rule for one in plan.targets] == ["duty/act"]
    known = contact_plan(at(policy, [ev("routed", "2026-09-21T09:00")], AT, online=True))
    assert known.targets == ()


def test_of_several_runs_the_open_one_that_runs_out_first_binds() -> None:
    policy = own(
        limit('[{ within = "10 days" }]', "each = true", start='"transferred"'),
        limit('[{ within = "20 days" }]', id="other"),
    )
    events = [ev("transferred", "2026-09-21T09:00"), ev("transferred", "2026-10-01T09:00")]
    binding = at(policy, events, "2026-10-01T10:00").binding
    assert binding is not None
    assert binding.limit.id == "whole", "the first run is due on 1 October, the other limit on the 10th"
    assert at(own(), [], AT).binding is None


def test_a_file_that_may_have_been_handed_on_unseen_is_charged_to_nobody_for_sure() -> None:
    case = Case(complaint(RECEIVED, received_by="outlet"), [], unseen={"routed"})
    (held,) = holdings(case, china(), at=instant(AT)).items
    assert (held.precise, held.least.total_seconds()) == (False, 0)
    (sure,) = holdings(Case(complaint(RECEIVED, received_by="outlet"), []), china(), at=instant(AT)).items
    assert (sure.precise, sure.least == sure.most) == (True, True)


def test_a_policy_that_applies_by_a_working_value_only_says_so() -> None:
    policy = own("applies = \"ticket == 'needed'\"", ONLINE, TICKET)
    notes = [one.code.value for one in at(policy, [], AT).notes]
    assert "possibly_not_applicable" in notes
    assert "possibly_not_applicable" not in [one.code.value for one in at(policy, [], AT, online=False).notes]
    assert written(instant(AT)) == "2026-09-26T09:00"


@pytest.mark.parametrize(
    ("resumed", "closed", "expected", "why"),
    [
        ("2026-09-23", "2026-09-24T10:00", "undetermined", "it may have stood still for 72 hours: due by the 25th"),
        ("2026-09-23", "2026-09-25T10:00", "met_late", "late however long it stood still"),
        ("2026-09-23", "2026-09-23T08:00", "met", "in time by the shortest pause"),
        ("2026-09-23T12:00", "2026-09-24T10:00", "undetermined", "since which hour of the 21st?"),
    ],
)
def test_a_pause_known_by_its_days_makes_hours_late_only_by_the_longest_it_can_have_been(
    resumed: str, closed: str, expected: str, why: str
) -> None:
    policy = own(limit('[{ within = "48 hours" }]', 'pauses = [{ reason = "expert_opinion" }]'))
    events = [
        ev("suspended", "2026-09-21", reason="expert_opinion"), ev("resumed", resumed, reason="expert_opinion"),
        ev("closed", closed),
    ]  # fmt: skip
    clock = worked(policy, RECEIVED, events, LATER).clocks["whole"]
    assert clock.status == expected, why


@pytest.mark.parametrize(
    ("events", "unseen", "code"),
    [
        ([ev("resumed", "2026-09-21T09:00")], {"suspended"}, "resume_without_pause"),
        (
            [ev("suspended", "2026-09-21T09:00", reason="x"), ev("suspended", "2026-09-22T09:00", reason="x")],
            {"resumed"},
            "already_suspended",
        ),
        ([ev("reopened", "2026-09-21T09:00")], {"closed"}, "reopening_of_open_case"),
        ([ev("archived", "2026-09-21T09:00")], {"closed"}, "archived_before_closing"),
        ([ev("closed", "2026-09-21T09:00"), ev("closed", "2026-09-22T09:00")], {"reopened"}, "already_ended"),
        ([ev("closed", "2026-09-21T09:00"), ev("routed", "2026-09-22T09:00")], {"reopened"}, "after_closing"),
        ([ev("withdrawn", "2026-09-21T09:00"), ev("routed", "2026-09-22T09:00")], {"reopened"}, "after_withdrawal"),
    ],
)
def test_a_record_contradicts_nothing_that_a_kind_it_does_not_hold_would_explain(
    events: list[Event], unseen: set[str], code: str
) -> None:
    case = Case(complaint(RECEIVED), events[:-1], unseen=unseen)
    assert permitted(case, events[-1], own(), calendar=china())
    assert code not in [one.code.value for one in at(own(), events, LATER, unseen=unseen).violations]
    assert code in [one.code.value for one in at(own(), events, LATER, unseen={"acknowledged"}).violations]


@pytest.mark.parametrize(
    ("rule", "events", "expected", "why"),
    [
        (
            "may",
            [ev("informed", "2026-09-25T09:00"), ev("closed", "2026-09-25")],
            "undetermined",
            "before it or after?",
        ),
        ("may", [ev("informed", "2026-09-24T09:00"), ev("closed", "2026-09-25")], "used", "the day before"),
        ("may", [ev("informed", "2026-09-26T09:00"), ev("closed", "2026-09-25")], "expired", "the day after"),
        ("must", [ev("informed", "2026-09-25T09:00"), ev("closed", "2026-09-25")], "done", "what was done stays done"),
        ("must", [ev("informed", "2026-09-26T09:00"), ev("closed", "2026-09-25")], "lapsed", "no longer asked for"),
    ],
)
def test_a_condition_that_ceased_on_a_day_ceased_at_some_hour_of_it(
    rule: str, events: list[Event], expected: str, why: str
) -> None:
    policy = own(duty(rule, '"informed"', "when = \"not has('closed')\""))
    assert [one.status.value for one in worked(policy, RECEIVED, events, LATER).duties] == [expected], why


def test_a_limit_that_may_have_been_reopened_unseen_is_not_said_to_be_kept() -> None:
    policy = own(limit('[{ within = "20 days" }]', 'reopen = "new"'))
    events = [ev("closed", "2026-09-22T09:00")]
    assert at(policy, events, LATER).clocks["whole"].status == "met"
    assert at(policy, events, LATER, unseen={"reopened"}).clocks["whole"].status == "undetermined"
