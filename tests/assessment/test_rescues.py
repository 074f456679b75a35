"""What could still save a limit: totals counted from elsewhere, acts that may be in order, facts amended some day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pytest

from complaint_rules import Case, Event, assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.policy.policy import Policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import duty, fact, limit, own

RECEIVED: Final = "2026-03-02T10:00"
FIVE: Final = '[{ within = "5 days" }]'  # to 7 March


def found(policy: Policy, events: Sequence[Event], at: str, unseen: Sequence[str] = (), **facts: Any) -> Assessment:
    return assess(Case(complaint(RECEIVED, **facts), events, unseen=unseen), policy, at=instant(at), calendar=china())


def whole(policy: Policy, events: Sequence[Event], at: str, unseen: Sequence[str] = (), **facts: Any) -> str:
    return found(policy, events, at, unseen, **facts).clocks["whole"].status.value


TOTAL: Final = own(limit(FIVE, "[[limit.extension]]", 'on = "extended"', 'to = "8 days"', 'from = "accepted"'))
LONGER: Final = ev("extended", "2026-03-04T09:00")


def test_a_total_counted_from_an_event_of_which_nobody_knows_when_has_no_bound() -> None:
    """Of grcu-2008 18(3): the clock was called suspended for ever, and met nine months later."""
    events = [LONGER, Event("accepted")]
    assert whole(TOTAL, events, "2026-03-09") == "running"
    assert whole(TOTAL, events, "2026-12-30") == "undetermined"
    assert whole(TOTAL, [*events, ev("closed", "2026-11-30")], "2026-12-30") == "undetermined"
    assert whole(TOTAL, [*events, ev("closed", "2026-03-06")], "2026-12-30") == "met"
    assert found(TOTAL, events, "2026-12-30").violations == ()


def test_a_total_counted_from_what_happened_when_it_was_too_late_leaves_the_breach() -> None:
    events = [LONGER, ev("accepted", "2026-03-12T09:00")]
    answer = found(TOTAL, events, "2026-03-13")
    assert [run.status for run in answer.clocks["whole"].runs] == ["overdue", "running"]
    assert [one.code for one in answer.violations] == ["late"]


def test_what_a_total_is_counted_from_may_be_unseen() -> None:
    assert whole(TOTAL, [LONGER], "2026-03-20", ["accepted"]) == "undetermined"
    assert whole(TOTAL, [LONGER], "2026-03-20") == "overdue"
    assert whole(TOTAL, [], "2026-03-20", ["accepted"]) == "overdue", "nobody lengthened anything"


@pytest.mark.parametrize(
    ("why", "lines", "events", "at", "status"),
    [
        ("agreed, nobody knows when: it may have been too late", ['agreed = "agreed"'],
            [Event("agreed", due=instant("2026-03-15T12:00")), ev("closed", "2026-03-09")], "2026-04-01",
            "undetermined"),
        ("in time by the figure all the same", ['agreed = "agreed"'],
            [Event("agreed", due=instant("2026-03-15T12:00")), ev("closed", "2026-03-05")], "2026-04-01", "met"),
        ("late by both", ['agreed = "agreed"'],
            [Event("agreed", due=instant("2026-03-15T12:00")), ev("closed", "2026-03-20")], "2026-04-01", "met_late"),
        ("an earlier one may bind", ['agreed = "agreed"'],
            [Event("agreed", due=instant("2026-03-04T12:00")), ev("closed", "2026-03-05T09:00")], "2026-04-01",
            "undetermined"),
        ("where only later ones count it does not", ['agreed = "agreed"', "agreed_later = true"],
            [Event("agreed", due=instant("2026-03-04T12:00")), ev("closed", "2026-03-05T09:00")], "2026-04-01", "met"),
        ("a later one agreed in time counts", ['agreed = "agreed"', "agreed_later = true"],
            [ev("agreed", "2026-03-04", due="2026-03-15T12:00")], "2026-03-10", "running"),
        ("an earlier one agreed in time does not", ['agreed = "agreed"', "agreed_later = true"],
            [ev("agreed", "2026-03-03", due="2026-03-04T12:00")], "2026-03-05", "running"),
    ],
)  # fmt: skip
def test_an_agreement_of_which_nobody_knows_when_binds_only_where_it_changes_nothing(
    why: str, lines: list[str], events: list[Event], at: str, status: str
) -> None:
    assert whole(own(limit(FIVE, *lines)), events, at) == status, why


def test_a_later_agreement_silences_no_pause_in_doubt() -> None:
    policy = own(limit(FIVE, 'agreed = "agreed"', "agreed_later = true", 'pauses = [{ reason = "mediation" }]'))
    agreed = ev("agreed", "2026-03-04T09:00", due="2026-03-10T12:00")
    assert whole(policy, [agreed], "2026-03-20") == "overdue"
    assert whole(policy, [agreed], "2026-03-20", ["suspended"]) == "undetermined"


EXTENDED: Final = ("[[limit.extension]]", 'on = "extended"', 'add = "10 days"', 'approved_by = "board"')
BOARD: Final = '[[body]]\nid = "board"\ntitle = { zh = "董事会", en = "Board" }'


def test_a_grant_made_when_it_was_too_late_saves_nothing_whatever_is_unseen() -> None:
    policy = own(BOARD, limit(FIVE, *EXTENDED))
    late = ev("extended", "2026-03-20T09:00", id="x")
    assert whole(policy, [late], "2026-04-01", ["approved"]) == "overdue"
    assert whole(policy, [ev("extended", "2026-03-04T09:00", id="x")], "2026-03-10", ["approved"]) == "undetermined"


@pytest.mark.parametrize(
    ("why", "events", "unseen", "severity"),
    [
        ("nobody approved it", [ev("extended", "2026-03-04", id="x")], (), "breach"),
        ("whether somebody did cannot be seen", [ev("extended", "2026-03-04", id="x")], ("approved",), "note"),
        ("it was made in time or too late", [Event("extended", approved_by="board")], (), "note"),
        ("it was too late", [ev("extended", "2026-03-20T09:00", approved_by="board")], (), "breach"),
    ],
)
def test_an_act_that_may_yet_be_in_order_is_no_breach(
    why: str, events: list[Event], unseen: tuple[str, ...], severity: str
) -> None:
    answer = found(own(BOARD, limit(FIVE, *EXTENDED)), events, "2026-04-01", unseen)
    assert [one.severity for one in answer.violations if one.code == "extension_without_effect"] == [severity], why


def test_a_pause_whose_requirement_may_have_been_met_is_no_breach() -> None:
    policy = own(limit(FIVE, 'pauses = [{ reason = "mediation", requires = "\'complainant\' in event.told" }]'))
    for unseen, severity in (((), "breach"), (("informed",), "note")):
        answer = found(policy, [ev("suspended", "2026-03-04", reason="mediation")], "2026-03-05", unseen)
        assert [one.severity for one in answer.violations] == [severity]


def test_a_fact_nobody_knows_leaves_open_what_it_would_lengthen() -> None:
    for lines in (
        ('restart = { on = "supplemented", when = "unk" }',),
        ("[[limit.extension]]", 'on = "extended"', 'add = "10 days"', 'when = "unk"'),
    ):
        policy = own(fact("unk", assume=None), limit(FIVE, *lines))
        events = [ev("supplemented", "2026-03-05T09:00"), ev("extended", "2026-03-05T09:00")]
        assert whole(policy, events, "2026-03-06T12:00") == "running"
        assert whole(policy, events, "2026-03-09T12:00") == "undetermined"
        assert whole(policy, events, "2026-03-09T12:00", unk=True) == "running"
        assert whole(policy, events, "2026-03-09T12:00", unk=False) == "overdue"
        answer = found(policy, events, "2026-03-09T12:00")
        assert [one for one in answer.violations if one.severity == "breach"] == []


def test_an_act_of_the_due_day_may_have_been_in_time() -> None:
    """48 hours end on the 4th at 10:00; the act is known to the day."""
    hours = '[{ within = "48 hours" }]'
    policy = own(limit(hours, 'restart = { on = "supplemented" }'))
    assert whole(policy, [ev("supplemented", "2026-03-04")], "2026-03-05T09:00") == "undetermined"
    assert whole(policy, [ev("supplemented", "2026-03-04")], "2026-03-03T09:00") == "running"
    policy = own(limit(hours, "[[limit.extension]]", 'on = "extended"', 'add = "48 hours"'))
    answer = found(policy, [ev("extended", "2026-03-04")], "2026-03-05T09:00")
    assert answer.clocks["whole"].status == "undetermined"
    assert [one.severity for one in answer.violations] == ["note"]


def test_the_second_closing_may_be_the_first() -> None:
    policy = own(limit('[{ within = "2 days" }]', until='{ event = "closed", nth = 2 }'))
    events = [Event("closed", id="u"), ev("closed", "2026-03-03")]
    assert whole(policy, events, "2026-03-20") == "undetermined"


@pytest.mark.parametrize("events", [[], [ev("routed", RECEIVED)]], ids=["nothing happened", "something did"])
def test_what_time_alone_brings_erases_no_breach(events: list[Event]) -> None:
    rows = '[{ within = "4 days", when = "elapsed(\'received\', \'4 days\')" }, { within = "same day" }]'
    answer = found(own(limit(rows)), events, "2026-03-07T12:00")
    assert [(run.status.value, f"{run.due_at:%m-%d}") for run in answer.clocks["whole"].runs] == [
        ("overdue", "03-02"), ("overdue", "03-06"),
    ]  # fmt: skip
    assert [one.code for one in answer.violations] == ["late", "late"]


def test_a_limit_is_late_no_earlier_than_it_began() -> None:
    policy = own(
        fact("target", "day", None),
        limit('[{ by = "target" }]', start='"appealed"'),
        duty("must", '"informed"', "when = \"late('whole')\"", 'within = "1 day"', id="tell"),
        duty("must_not", '"merged"', "when = \"late('whole')\"", id="hands_off"),
    )
    events = [ev("merged", "2026-03-06T00:00"), ev("appealed", "2026-03-06T11:29")]
    target = instant("2026-03-05").date()
    then, now = (found(policy, events, at, target=target) for at in ("2026-03-06T00:00", "2026-03-10"))
    assert now.snapshot.outcome(then.at, "whole") == then.clocks["whole"].outcome == (False, False)
    assert [(one.rule, one.status.value) for one in now.duties] == [
        ("duty/tell", "overdue"), ("duty/hands_off", "in_force"),
    ]  # fmt: skip
    assert f"{now.duties[0].due_at:%m-%d}" == "03-07"


def test_a_trigger_of_which_nobody_knows_when_makes_nothing_overdue() -> None:
    condition = "elapsed('received', '3 days')"
    policy = own(
        duty("must", '"informed"', 'after = "appealed"', "each = true", f'when = "{condition}"', 'within = "1 week"')
    )
    answer = found(policy, [Event("appealed")], "2026-03-20")
    assert [one.status for one in answer.duties if one.status == "overdue"] == []


def test_under_the_regulators_measures_a_late_grant_saves_nothing() -> None:
    grant = ev("extended", "2026-04-10", approved_by="superior", told="complainant")
    answer = found(policy_of("cbirc-2020-3"), [grant], "2026-05-01", ["approved"])
    assert answer.clocks["decide"].status == "overdue"


VIP: Final = own(
    fact("vip"),
    limit('[{ within = "2 days" }]', 'when = "vip"'),
    duty("must", '"replied"', 'when = "vip"', 'within = "2 days"', id="reply"),
    duty("must_not", '"informed"', 'when = "vip"', id="hush"),
    duty("must", '"replied"', "when = \"vip or has('appealed')\"", 'within = "2 days"', id="again"),
)


@pytest.mark.parametrize(
    ("vip", "amended", "unseen"),
    [
        (False, [Event("amended", set={"vip": True})], ()),
        (True, [], ("amended",)),
        (True, [Event("amended", set={"vip": False})], ()),
    ],
)
def test_facts_amended_who_knows_when_accuse_nobody(vip: bool, amended: list[Event], unseen: tuple[str, ...]) -> None:
    events = [*amended, ev("informed", "2026-03-04"), ev("closed", "2026-03-08")]
    answer = found(VIP, events, "2026-03-20", unseen, vip=vip)
    assert answer.clocks["whole"].status == "undetermined"
    assert [one for one in answer.violations if one.severity == "breach"] == []
    assert {one.status.value for one in answer.duties} <= {"undetermined"}
    known = found(VIP, events[len(amended) :], "2026-03-20", vip=True)
    assert {one.status.value for one in known.duties} == {"overdue", "breached"}
