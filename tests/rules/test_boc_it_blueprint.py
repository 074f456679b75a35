"""boc-it-blueprint: facts and histories beside the answers worked out by hand from the plan, rule by rule."""

# ruff: noqa: E501 - one golden case a line, so that a table can be read down

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from complaint_rules.assessing import permitted
from complaint_rules.cases.case import Case, Event
from complaint_rules.policy.loading import load_policy
from tests.golden import (
    Golden,
    assessed,
    both_ways,
    case_of,
    china,
    happened,
    local,
    policy_of,
    rows_fired,
    statuses_of,
    undocumented,
)

ID = "boc-it-blueprint"
MORNING = "2026-10-09T09:00"
NOON = "2026-10-09T12:00"
NIGHT = "2026-10-09T23:00"


def e(kind: str, time: str, **fields: Any) -> Event:
    """Give an event of that day, or of another where `time` names one."""
    return happened(kind, time if "-" in time else f"2026-10-09T{time}", **fields)


def case(*events: Event, received: str = MORNING, **facts: Any) -> Case:
    return case_of(received, events, **facts)


# --- in force between two dates the user gives -----------------------------------------------------------------------


def test_the_user_gives_the_two_dates_of_the_cut_over() -> None:
    unknown = assessed(policy_of(ID), case(), MORNING)
    assert [one.name for one in unknown.missing if one.what == "parameter"] == ["starts", "ends"]
    assert "possibly_not_applicable" in [note.code for note in unknown.notes]
    dated = load_policy(ID, parameters={"starts": dt.date(2026, 10, 9), "ends": dt.date(2026, 10, 11)})
    found = {
        received: [note.code for note in assessed(dated, case(received=received), received).notes]
        for received in ("2026-10-08T23:59", "2026-10-09T00:00", "2026-10-11T23:59", "2026-10-12T00:00")
    }
    assert found == {
        "2026-10-08T23:59": ["not_applicable"],  # the evening before
        "2026-10-09T00:00": [],  # its first instant
        "2026-10-11T23:59": [],  # its last evening
        "2026-10-12T00:00": ["not_applicable"],  # over; a note, never a refusal
    }


def test_a_complaint_the_cut_over_did_not_cause_follows_the_usual_rules() -> None:
    found = assessed(policy_of(ID), case(cutover=False), NIGHT)
    assert found.findings["scope"].value == "usual"
    assert {str(found.clocks[name].status) for name in ("on_site", "answer", "report")} == {"not_applicable"}


OUTSIDE_THE_PLAN: list[tuple[dict[str, Any], set[str], str]] = [
    (
        {"settled_on_spot": False},
        {"register", "pass_on", "track", "report_back", "written_record"},
        "三1: system upgrade",
    ),
    ({"received_by": "branch"}, {"pass_down"}, "三2"),
    (
        {"repeat": True, "joint": True, "hard": True},
        {"escalate_outlet", "escalate_group", "escalate_repeat"},
        "四(一)2-3",
    ),
    (
        {"major": True, "cross_province": True},
        {"escalate_limit", "report_grave", "escalate_region"},
        "四(三)13, 五, 六5",
    ),
    (
        {"kind": "waiting", "agitated": True},
        {"waiting_soothe", "waiting_room", "waiting_gift"},
        "四(三)8: the new system",
    ),
    ({"kind": "atm"}, {"atm_guide"}, "四(三)5: because of the cut-over"),
    ({"kind": "customer_data"}, {"data_soothe", "line_report"}, "四(三)6: after the launch"),
    ({"kind": "transaction"}, {"transaction_explain", "line_report"}, "四(三)7: during the cut-over"),
    (
        {"source": "regulator", "bad_influence": True},
        {"hold_to_account", "department_head_severe", "employee_suspended"},
        "三3",
    ),
]


@pytest.mark.parametrize(("facts", "duties", "why"), OUTSIDE_THE_PLAN, ids=[row[2] for row in OUTSIDE_THE_PLAN])
def test_the_plan_lays_no_duty_on_what_the_cut_over_did_not_cause(
    facts: dict[str, Any], duties: set[str], why: str
) -> None:
    history = (
        e("routed", "09:10"),
        e("resolved", "10:00"),
        e("unresolvable", "10:05", by="outlet"),
        e("unresolvable", "10:06", by="branch"),
    )
    laid = {
        cutover: {
            one.duty.id for one in assessed(policy_of(ID), case(*history, cutover=cutover, **facts), NIGHT).duties
        }
        for cutover in (True, False)
    }
    assert duties <= laid[True], why
    assert not duties & laid[False], why


# --- time limits -----------------------------------------------------------------------------------------------------

INTAKE = [
    ("on_site", "2026-10-09T10:00", "part five: staff on site within one hour"),
    ("answer", "2026-10-09T13:00", "part five: the customer has an answer within four"),
    ("report", "2026-10-09T17:00", "part five: the own level's group has the result within eight"),
]


@pytest.mark.parametrize(("limit", "due", "why"), INTAKE, ids=[row[2] for row in INTAKE])
def test_the_hours_run_from_intake_at_an_outlet(limit: str, due: str, why: str) -> None:
    for facts in ({}, {"received_by": "outlet"}, {"received_by": "line_department"}):
        assert local(assessed(policy_of(ID), case(**facts), MORNING).clocks[limit].due_at) == due, why


@pytest.mark.parametrize(("limit", "due", "why"), INTAKE, ids=[row[2] for row in INTAKE])
def test_they_are_clock_hours_of_day_and_night(limit: str, due: str, why: str) -> None:
    late = assessed(policy_of(ID), case(received="2026-10-01T22:30"), "2026-10-01T22:30").clocks[limit]
    hours = int(due[11:13]) - 9
    assert late.due_at == dt.datetime.fromisoformat("2026-10-01T22:30+08:00") + dt.timedelta(hours=hours), why


ENDS: list[tuple[str, Event, str, str]] = [
    ("on_site", e("arrived_on_site", "10:00"), "met", "the last instant is in time"),
    ("on_site", e("arrived_on_site", "10:00:01"), "met_late", "one second over"),
    ("on_site", e("replied", "09:40"), "met", "answered within the hour: nobody needs to come"),
    ("on_site", e("replied", "11:00"), "met_late", "answered in time, but nobody was there within the hour"),
    ("answer", e("replied", "13:00"), "met", "answered at the fourth hour"),
    ("answer", e("contact_attempted", "10:00", outcome="unreached"), "overdue", "a call nobody took is no answer"),
    ("report", e("reported", "17:00", to="branch"), "met", "told the group"),
    ("report", e("reported", "10:00", to="line_department"), "overdue", "the line department is not the group"),
]


@pytest.mark.parametrize(("limit", "event", "status", "why"), ENDS, ids=[row[3] for row in ENDS])
def test_each_of_the_three_ends_with_its_own_event(limit: str, event: Event, status: str, why: str) -> None:
    assert str(assessed(policy_of(ID), case(event), NIGHT).clocks[limit].status) == status, why


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("on_site_ticket", "2026-10-09T12:30"),
        ("answer_ticket", "2026-10-09T15:30"),
        ("report_ticket", "2026-10-09T19:30"),
    ],
)
def test_a_transferred_ticket_starts_them_on_arrival(limit: str, due: str) -> None:
    history = case(e("routed", "11:30", by="province", to="outlet"), received_by="province")
    found = assessed(policy_of(ID), history, NOON)
    assert local(found.clocks[limit].due_at) == due
    assert str(found.clocks[limit.removesuffix("_ticket")].status) == "not_applicable"  # the province only passed it on


def test_the_promise_is_the_time_the_customer_was_given() -> None:
    promised = e("promised", "10:00", by="outlet", due="2026-10-10T12:00")
    found = assessed(policy_of(ID), case(promised), NOON).clocks["promise"]
    assert (local(found.due_at), str(found.status)) == ("2026-10-10T12:00", "running")
    kept = assessed(policy_of(ID), case(promised, e("resolved", "2026-10-10T12:00")), "2026-10-11T09:00")
    broken = assessed(policy_of(ID), case(promised, e("resolved", "2026-10-10T12:01")), "2026-10-11T09:00")
    assert [str(one.clocks["promise"].status) for one in (kept, broken)] == ["met", "met_late"]
    assert str(assessed(policy_of(ID), case(), NOON).clocks["promise"].status) == "not_started"
    undated = assessed(policy_of(ID), case(e("promised", "10:00", by="outlet")), NIGHT).clocks["promise"]
    assert str(undated.status) == "running"  # promptly: no figure, so never overdue by itself


def test_an_emergency_loss_report_lapses_after_five_days() -> None:
    emergency = e("emergency_loss_report", "10:00")
    lost: dict[str, Any] = {"kind": "loss_report", "shutdown": True}
    running = assessed(policy_of(ID), case(emergency, **lost), NOON).clocks["lossreport"]
    assert local(running.due_at) == "2026-10-14T23:59"  # 10, 11, 12, 13, 14 October, calendar days
    lapsed = assessed(policy_of(ID), case(emergency, **lost), "2026-10-15T00:00")
    assert str(lapsed.clocks["lossreport"].status) == "overdue"
    assert not [one for one in lapsed.violations if one.rule == "limit/lossreport"]  # the customer's, not the bank's


def test_a_withdrawal_ends_every_clock_of_the_bank() -> None:
    history = (e("routed", "09:05", by="outlet", to="line_department"), e("promised", "09:10"), e("withdrawn", "09:20"))
    clocks = assessed(policy_of(ID), case(*history), NIGHT).clocks
    assert {str(clock.status) for name, clock in clocks.items() if name != "lossreport"} == {"void"}


# --- classification --------------------------------------------------------------------------------------------------

KINDS: list[tuple[dict[str, Any], list[Event], dict[str, int] | None, set[str], str]] = [
    ({"cutover": False}, [], None, {"general"}, "1: not caused by it"),
    ({"cutover": True}, [], None, {"cutover"}, "2: caused by it"),
    ({"kind": "loss_report", "shutdown": True}, [], None, {"cutover", "loss_report"}, "3: loss report in the shutdown"),
    ({"kind": "loss_report", "shutdown": False}, [], None, {"cutover"}, "3 belongs to the shutdown"),
    ({"kind": "urgent_cash", "shutdown": True}, [], None, {"cutover", "urgent_cash"}, "4: cash in the shutdown"),
    ({"kind": "atm"}, [], None, {"cutover", "atm"}, "5: ATM"),
    ({"kind": "customer_data"}, [], None, {"cutover", "customer_data"}, "6: data wrong"),
    ({"kind": "transaction"}, [], None, {"cutover", "transaction"}, "7: transaction wrong"),
    ({"kind": "waiting"}, [], None, {"cutover", "waiting"}, "8: waiting"),
    ({"repeat": True}, [], None, {"cutover", "repeated"}, "9: again"),
    ({"over_head": True}, [], None, {"cutover", "repeated"}, "9: over a level's head"),
    ({"kind": "atm"}, [], {"same_kind": 3}, {"cutover", "atm", "repeated"}, "9: three persons, the third included"),
    ({"kind": "atm"}, [], {"same_kind": 2}, {"cutover", "atm"}, "9: two are not enough"),
    ({"claim": True}, [], None, {"cutover", "claim"}, "10: claim"),
    ({"agitated": True}, [], None, {"cutover", "disorder"}, "11: agitated"),
    ({"disturbance": True}, [], None, {"cutover", "disorder"}, "11: disturbance"),
    ({"through_others": True}, [], None, {"cutover", "through_others"}, "12: through others"),
    ({"cross_province": True}, [], None, {"cutover", "cross_province"}, "13: another province"),
    ({"in_press": True}, [], None, {"cutover", "press"}, "14: in the press"),
    ({}, [e("press_threatened", "10:00")], None, {"cutover", "press"}, "14: a threat"),
    ({}, [e("left_angry", "10:00")], None, {"cutover", "press"}, "14: left angry"),
    ({"kind": "emergency"}, [], None, {"cutover", "emergency"}, "15: other emergency"),
]


@pytest.mark.parametrize(("facts", "events", "links", "values", "why"), KINDS, ids=[row[4] for row in KINDS])
def test_the_fifteen_kinds_stand_side_by_side(
    facts: dict[str, Any], events: list[Event], links: Mapping[str, int] | None, values: set[str], why: str
) -> None:
    assert assessed(policy_of(ID), case(*events, **facts), NOON, links).findings["kinds"].value == frozenset(values), (
        why
    )


SITE, ANSWERED, TOLD = e("arrived_on_site", "09:30"), e("replied", "11:00"), e("reported", "11:10", to="branch")
SETTLED = e("resolved", "10:45", by="outlet")
ALL_IN_TIME = [SITE, SETTLED, ANSWERED, TOLD]
COUNTING: list[tuple[dict[str, Any], list[Event], str, str | None, str]] = [
    ({"received_by": "outlet"}, ALL_IN_TIME, NIGHT, "not_counted", "made to an outlet and settled by it"),
    ({"received_by": "branch"}, ALL_IN_TIME, NIGHT, "consultation", "reached the branch, settled within the limits"),
    ({"received_by": "outlet"}, [*ALL_IN_TIME, e("escalated", "09:40", to="branch")], NIGHT, "consultation", "brought up to the branch"),
    ({"received_by": "outlet"}, [*ALL_IN_TIME, e("escalated", "09:40", to="province")], NIGHT, "consultation", "brought up to the province"),
    ({"received_by": "province", "passed_straight_on": True}, [e("routed", "09:05", by="province_centre", to="outlet"), *ALL_IN_TIME], NIGHT, "passed_on", "the centre passed the call straight on: before consultation"),
    ({"received_by": "province", "passed_straight_on": True, "repeat": True}, ALL_IN_TIME, NIGHT, "complaint", "repeated: complaint before everything else"),
    ({"received_by": "head_office"}, ALL_IN_TIME, NIGHT, "complaint", "through head office"),
    ({"source": "regulator"}, ALL_IN_TIME, NIGHT, "complaint", "through the regulator"),
    ({"source": "association"}, ALL_IN_TIME, NIGHT, "complaint", "through the association"),
    ({"channel": "press"}, ALL_IN_TIME, NIGHT, "complaint", "through the press"),
    ({}, [*ALL_IN_TIME, e("appealed", "12:00", to="government")], NIGHT, "complaint", "taken outside later"),
    ({"repeat": True}, ALL_IN_TIME, NIGHT, "complaint", "made repeatedly: twice"),
    ({"received_by": "branch", "dragging": True}, [], NIGHT, "complaint", "past its limits and dragging"),
    ({"received_by": "branch", "dragging": True}, [], MORNING, None, "dragging, but no limit is missed yet"),
    ({"received_by": "branch"}, [], NIGHT, None, "late without dragging: the text is silent"),
    ({"received_by": "province_centre"}, ALL_IN_TIME, NIGHT, "consultation", "the provincial centre took it; settled within the limits"),
    ({"received_by": "outlet"}, [e("escalated", "09:40", to="branch"), e("resolved", "20:00", by="outlet")], NIGHT, None, "brought up and late: being late does not take it off the count"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "events", "at", "value", "why"), COUNTING, ids=[row[4] for row in COUNTING])
def test_how_a_complaint_is_counted(
    facts: dict[str, Any], events: list[Event], at: str, value: str | None, why: str
) -> None:
    assert assessed(policy_of(ID), case(*events, **facts), at).findings["counting"].value == value, why


LIABILITY = [
    ("bank", "at_fault"),
    ("both", "both"),
    ("customer", "not_at_fault"),
    ("market", "not_at_fault"),
    ("partner", None),
    (None, None),
]


@pytest.mark.parametrize(("cause", "value"), LIABILITY)
def test_liability_follows_the_verified_cause(cause: str | None, value: str | None) -> None:
    assert assessed(policy_of(ID), case(caused_by=cause), MORNING).findings["liability"].value == value


SPLIT: list[tuple[dict[str, Any], list[Event], str, set[str], str]] = [
    ({"poor_guidance": True}, ALL_IN_TIME, NIGHT, {"union_office"}, "poor guidance: the office in the lead"),
    ({"poor_explanation": True}, ALL_IN_TIME, NIGHT, {"business_unit"}, "poor explanation: the business unit"),
    ({}, [], NIGHT, {"business_unit"}, "late: the business unit"),
    ({"poor_guidance": True}, [], NIGHT, {"union_office", "business_unit"}, "both"),
    ({}, ALL_IN_TIME, NIGHT, set(), "nobody's"),
]


@pytest.mark.parametrize(("facts", "events", "at", "values", "why"), SPLIT, ids=[row[4] for row in SPLIT])
def test_whose_duty_failed(facts: dict[str, Any], events: list[Event], at: str, values: set[str], why: str) -> None:
    assert assessed(policy_of(ID), case(*events, **facts), at).findings["duty_split"].value == frozenset(values), why


ACCOUNT: list[tuple[dict[str, Any], list[Event], str, set[str], str]] = [
    ({"source": "press"}, ALL_IN_TIME, NIGHT, {"outside"}, "through an outside channel"),
    ({"repeat": True}, ALL_IN_TIME, NIGHT, {"repeated"}, "repeatedly"),
    ({"dragging": True}, [], NIGHT, {"dragging"}, "past its limit and dragging"),
    ({"dragging": True}, ALL_IN_TIME, NIGHT, set(), "called dragging, but within every limit"),
    ({"bad_influence": True}, ALL_IN_TIME, NIGHT, {"bad_influence"}, "bad influence"),
    ({"bad_influence": True, "repeat": True}, ALL_IN_TIME, NIGHT, {"bad_influence", "repeated"}, "every ground counts"),
]


@pytest.mark.parametrize(("facts", "events", "at", "values", "why"), ACCOUNT, ids=[row[4] for row in ACCOUNT])
def test_who_is_held_to_account(
    facts: dict[str, Any], events: list[Event], at: str, values: set[str], why: str
) -> None:
    assert assessed(policy_of(ID), case(*events, **facts), at).findings["accountability"].value == frozenset(values), (
        why
    )


# --- duties ----------------------------------------------------------------------------------------------------------

CASH: dict[str, Any] = {"kind": "urgent_cash", "shutdown": True}
LOSS: dict[str, Any] = {"kind": "loss_report", "shutdown": True}
REFUSED = e("dissuaded", "10:00", outcome="failed")
DUTIES = [
    Golden("pass_on", "三1: not settled on the spot", {"settled_on_spot": False}, [], NOON, ("due",)),
    Golden("pass_on", "passed on", {"settled_on_spot": False}, [e("routed", "10:00", by="outlet", to="line_department")], NOON, ("done",)),
    Golden("pass_on", "settled on the spot", {"settled_on_spot": True}, [], NOON, ()),
    Golden("pass_down", "三2: it reached the branch", {"received_by": "branch"}, [], NOON, ("due",)),
    Golden("pass_down", "三2: the provincial centre took the call", {"received_by": "province_centre"}, [], NOON, ("due",)),
    Golden("pass_down", "made to an outlet", {"received_by": "outlet"}, [], NOON, ()),
    Golden("track", "三1: passed on and not tracked", {}, [e("routed", "10:00", by="outlet", to="line_department")], NOON, ("due",)),
    Golden("track", "tracked", {}, [e("routed", "10:00", by="outlet", to="line_department"), e("progress_checked", "11:00")], NOON, ("done",)),
    Golden("chase", "三1: nobody on site after an hour", {}, [], NOON, ("due",)),
    Golden("chase", "reminded", {}, [e("chased", "11:30")], NOON, ("done",)),
    Golden("chase", "三1: or the head of the department told", {}, [e("reported", "11:30", to="department_head")], NOON, ("done",)),
    Golden("chase", "everything in time", {}, ALL_IN_TIME, NOON, ()),
    Golden("register", "三1: not yet in the register", {}, [], NOON, ("due",)),
    Golden("register", "三1: entered", {}, [e("registered", "09:10")], NOON, ("done",)),
    Golden("contact_first", "四(一)2: passed straight on, nobody has called the customer", {"passed_straight_on": True}, [], NOON, ("due",)),
    Golden("contact_first", "四(一)2: called", {"passed_straight_on": True}, [e("contact_attempted", "09:20")], NOON, ("done",)),
    Golden("contact_first", "made to the outlet itself", {"passed_straight_on": False}, [], NOON, ()),
    Golden("report_back", "三1: settled, the first person not told", {}, [SETTLED], NOON, ("due",)),
    Golden("report_back", "told", {}, [SETTLED, e("reported", "11:00", to="first_person")], NOON, ("done",)),
    Golden("report_back", "not settled yet", {}, [], NOON, ()),
    Golden("written_record", "三1: settled, nothing filed", {}, [SETTLED], NOON, ("due",)),
    Golden("written_record", "filed", {}, [SETTLED, e("archived", "11:30")], NOON, ("done",)),
    Golden("no_shirking", "三2: shirked", {}, [e("shirked", "10:00", by="line_department")], NOON, ("breached",)),
    Golden("no_shirking", "nothing of the kind", {}, [], NOON, ("in_force",)),
    Golden("settle_now", "六2: can be settled at once", {"solvable_now": True}, [], NOON, ("due",)),
    Golden("settle_now", "cannot", {"solvable_now": False}, [], NOON, ()),
    Golden("escalate_outlet", "四(一)2: the outlet cannot settle it", {}, [e("unresolvable", "10:00", by="outlet")], NOON, ("due",)),
    Golden("escalate_outlet", "branch group told", {}, [e("unresolvable", "10:00", by="outlet"), e("escalated", "10:05", to="branch")], NOON, ("done",)),
    Golden("escalate_outlet", "it can", {}, [], NOON, ()),
    Golden("escalate_group", "四(一)3: hard", {"hard": True}, [], NOON, ("due",)),
    Golden("escalate_group", "a group", {"joint": True}, [e("escalated", "10:00", to="province")], NOON, ("done",)),
    Golden("escalate_group", "neither", {}, [], NOON, ()),
    Golden("escalate_repeat", "四(三)9: again", {"repeat": True}, [], NOON, ("due",)),
    Golden("escalate_repeat", "over a level's head", {"over_head": True}, [e("escalated", "10:00", to="province")], NOON, ("done",)),
    Golden("escalate_repeat", "the branch alone is not enough", {"repeat": True}, [e("escalated", "10:00", to="branch")], NOON, ("due",)),
    Golden("escalate_repeat", "a first complaint", {}, [], NOON, ()),
    Golden("escalate_limit", "五: major", {"major": True}, [], NOON, ("due",)),
    Golden("escalate_limit", "the branch cannot handle it", {}, [e("unresolvable", "10:00", by="branch")], NOON, ("due",)),
    Golden("escalate_limit", "the outlet cannot: that goes to the branch first", {}, [e("unresolvable", "10:00", by="outlet")], NOON, ()),
    Golden("report_grave", "六5: grave", {"major": True}, [], NOON, ("due",)),
    Golden("report_grave", "not grave", {}, [], NOON, ()),
    Golden("escalate_region", "四(三)13: another province, not solvable here", {"cross_province": True}, [e("unresolvable", "10:00", by="branch")], NOON, ("due",)),
    Golden("escalate_region", "solvable here", {"cross_province": True}, [], NOON, ()),
    Golden("escalate_region", "our own province", {}, [e("unresolvable", "10:00", by="branch")], NOON, ()),
    Golden("escalate_press", "四(三)14: left angry", {}, [e("left_angry", "10:00")], NOON, ("due",)),
    Golden("escalate_press", "threat, reported up", {}, [e("press_threatened", "10:00"), e("escalated", "10:05", by="outlet", to="subbranch")], NOON, ("done",)),
    Golden("escalate_press", "calm", {}, [], NOON, ()),
    Golden("escalate_press_up", "level by level: the sub-branch passes it on", {}, [e("press_threatened", "10:00"), e("escalated", "10:05", by="outlet", to="subbranch")], NOON, ("due",)),
    Golden("escalate_press_up", "passed on", {}, [e("press_threatened", "10:00"), e("escalated", "10:05", by="outlet", to="subbranch"), e("escalated", "10:10", by="subbranch", to="branch")], NOON, ("done",)),
    Golden("escalate_press_up", "escalated for another reason", {}, [e("escalated", "10:05", by="outlet", to="subbranch")], NOON, ()),
    Golden("escalate_press_branch", "四(三)14: in the press", {"in_press": True}, [], NOON, ("due",)),
    Golden("escalate_press_branch", "not in the press", {}, [], NOON, ()),
    Golden("escalate_press_province", "四(三)14: in the press, the province too", {"in_press": True}, [e("escalated", "10:00", to="branch")], NOON, ("due",)),
    Golden("escalate_press_province", "not in the press", {}, [], NOON, ()),
    Golden("cutover_explain", "四(三)2: caused by the cut-over", {"cutover": True}, [], NOON, ("due",)),
    Golden("cutover_explain", "not caused by it", {"cutover": False}, [], NOON, ()),
    Golden("cutover_promise", "四(三)2: a time is promised", {"cutover": True}, [], NOON, ("due",)),
    Golden("cutover_promise", "promised", {"cutover": True}, [e("promised", "10:00", by="outlet", due="2026-10-09T18:00")], NOON, ("done",)),
    Golden("cutover_promise", "not caused by it", {"cutover": False}, [], NOON, ()),
    Golden("lossreport_only", "四(三)3: a formal one in the shutdown", LOSS, [e("formal_loss_report", "10:00")], NOON, ("breached",)),
    Golden("lossreport_only", "business has resumed", LOSS, [e("business_resumed", "10:00"), e("formal_loss_report", "11:00")], NOON, ("over",)),
    Golden("lossreport_only", "no shutdown", {"kind": "loss_report"}, [e("formal_loss_report", "10:00")], NOON, ()),
    Golden("lossreport_tell", "四(三)3: not told that it lapses", LOSS, [e("emergency_loss_report", "10:00")], NOON, ("due",)),
    Golden("lossreport_tell", "told", LOSS, [e("emergency_loss_report", "10:00"), e("informed", "10:01", items={"lapse"})], NOON, ("done",)),
    Golden("lossreport_tell", "nothing reported", LOSS, [], NOON, ()),
    Golden("cash_dissuade", "四(三)4: dissuade first", CASH, [], NOON, ("due",)),
    Golden("cash_dissuade", "no cash wanted", {}, [], NOON, ()),
    Golden("cash_help", "四(三)4: dissuasion failed, risk under control", CASH | {"risk_controlled": True}, [REFUSED], NOON, ("due",)),
    Golden("cash_help", "paid", CASH | {"risk_controlled": True}, [REFUSED, e("emergency_cash", "11:00", amount="3000")], NOON, ("done",)),
    Golden("cash_help", "the customer gave way", CASH | {"risk_controlled": True}, [e("dissuaded", "10:00", outcome="accepted")], NOON, ()),
    Golden("cash_help", "risk not under control", CASH | {"risk_controlled": False}, [REFUSED], NOON, ()),
    Golden("cash_conditions", "四(三)4: paid without dissuasion", CASH | {"risk_controlled": True}, [e("emergency_cash", "11:00", amount="3000")], NOON, ("breached",)),
    Golden("cash_conditions", "paid with the risk not under control", CASH | {"risk_controlled": False}, [REFUSED, e("emergency_cash", "11:00", amount="3000")], NOON, ("breached",)),
    Golden("cash_conditions", "both conditions met", CASH | {"risk_controlled": True}, [REFUSED, e("emergency_cash", "11:00", amount="3000")], NOON, ("in_force",)),
    Golden("cash_ceiling", "四(三)4: 5,000 yuan are permitted", CASH | {"vip": False}, [e("emergency_cash", "11:00", amount="5000")], NOON, ("in_force",)),
    Golden("cash_ceiling", "one fen more is not", CASH | {"vip": False}, [e("emergency_cash", "11:00", amount="5000.01")], NOON, ("breached",)),
    Golden("cash_ceiling", "10,000 yuan for a VIP", CASH | {"vip": True}, [e("emergency_cash", "11:00", amount="10000")], NOON, ("in_force",)),
    Golden("cash_ceiling", "one fen more, VIP or not", CASH | {"vip": True}, [e("emergency_cash", "11:00", amount="10000.01")], NOON, ("breached",)),
    Golden("cash_ceiling", "above both ceilings whatever the customer is", CASH, [e("emergency_cash", "11:00", amount="20000")], NOON, ("breached",)),
    Golden("cash_ceiling", "7,000 yuan, presumed no VIP while nobody says so", CASH, [e("emergency_cash", "11:00", amount="7000")], NOON, ("breached",)),
    Golden("atm_guide", "四(三)5: another bank's machine", {"kind": "atm"}, [], NOON, ("open",)),
    Golden("atm_guide", "not about a machine", {"kind": "waiting"}, [], NOON, ()),
    Golden("data_soothe", "四(三)6", {"kind": "customer_data"}, [], NOON, ("due",)),
    Golden("data_soothe", "data are right", {"kind": "atm"}, [], NOON, ()),
    Golden("line_report", "四(三)6: along the line", {"kind": "customer_data"}, [], NOON, ("due",)),
    Golden("line_report", "四(三)7: reported", {"kind": "transaction"}, [e("reported", "10:00", to="line_department")], NOON, ("done",)),
    Golden("line_report", "neither", {"kind": "atm"}, [], NOON, ()),
    Golden("transaction_explain", "四(三)7", {"kind": "transaction"}, [], NOON, ("due",)),
    Golden("transaction_explain", "another kind", {"kind": "atm"}, [], NOON, ()),
    Golden("waiting_soothe", "四(三)8", {"kind": "waiting"}, [], NOON, ("due",)),
    Golden("waiting_soothe", "another kind", {"kind": "atm"}, [], NOON, ()),
    Golden("waiting_room", "四(三)8: agitated", {"kind": "waiting", "agitated": True}, [], NOON, ("due",)),
    Golden("waiting_room", "calm", {"kind": "waiting", "agitated": False}, [], NOON, ()),
    Golden("waiting_gift", "四(三)8: may", {"kind": "waiting"}, [e("gift_given", "10:00")], NOON, ("used",)),
    Golden("waiting_gift", "another kind", {"kind": "atm"}, [], NOON, ()),
    Golden("claim_soothe", "四(三)10", {"claim": True}, [], NOON, ("due",)),
    Golden("claim_soothe", "no claim", {"claim": False}, [], NOON, ()),
    Golden("claim_no_promise", "四(三)10: an outlet promises money", {"claim": True}, [e("promised", "10:00", by="outlet", reason="compensation")], NOON, ("breached",)),
    Golden("claim_no_promise", "四(三)10: nor does its head", {"claim": True}, [e("promised", "10:00", by="outlet_head", reason="compensation")], NOON, ("breached",)),
    Golden("claim_no_promise", "an outlet promises a time", {"claim": True}, [e("promised", "10:00", by="outlet")], NOON, ("in_force",)),
    Golden("claim_joint", "四(三)10: paid on its own", {"claim": True}, [e("compensated", "11:00", by="branch")], NOON, ("breached",)),
    Golden("claim_joint", "agreed with the line department", {"claim": True}, [e("compensated", "11:00", by="branch", approved_by="line_department")], NOON, ("in_force",)),
    Golden("disorder_aside", "四(三)11: agitated", {"agitated": True}, [], NOON, ("due",)),
    Golden("disorder_aside", "led away, under video", {"agitated": True}, [e("led_away", "09:10", items={"video"})], NOON, ("done",)),
    Golden("disorder_aside", "calm", {"agitated": False}, [], NOON, ()),
    Golden("disorder_alarm", "四(三)11: a crowd", {"disturbance": True}, [], NOON, ("due",)),
    Golden("disorder_alarm", "police called", {"disturbance": True}, [e("reported", "09:10", to="police")], NOON, ("done",)),
    Golden("disorder_alarm", "merely agitated", {"agitated": True}, [], NOON, ()),
    Golden("outside_help", "四(三)12: may", {"through_others": True}, [], NOON, ("open",)),
    Golden("outside_help", "through the family", {"through_others": True}, [e("outside_help", "11:00", to="family")], NOON, ("used",)),
    Golden("outside_help", "by a visit", {"through_others": True}, [e("outside_help", "11:00", reason="visit")], NOON, ("used",)),
    Golden("outside_help", "no need", {"through_others": False}, [], NOON, ()),
    Golden("press_ban", "四(三)14: an interview", {}, [e("interview_given", "10:00", by="lobby_manager")], NOON, ("breached",)),
    Golden("press_ban", "by the spokesperson", {}, [e("interview_given", "10:00", by="spokesperson")], NOON, ("in_force",)),
    Golden("press_refer", "四(三)14: asked, not referred", {}, [e("interview_asked", "10:00")], NOON, ("due",)),
    Golden("press_refer", "referred", {}, [e("interview_asked", "10:00"), e("informed", "10:01", items={"spokesperson"})], NOON, ("done",)),
    Golden("press_refer", "nobody asked", {}, [], NOON, ()),
    Golden("other_plan", "四(三)15", {"kind": "emergency"}, [], NOON, ("due",)),
    Golden("other_plan", "no emergency", {"kind": "atm"}, [], NOON, ()),
    Golden("hold_to_account", "三3: through the regulator", {"source": "regulator"}, [], NOON, ("due",)),
    Golden("hold_to_account", "done", {"repeat": True}, [e("sanctioned", "11:00")], NOON, ("done",)),
    Golden("hold_to_account", "no ground", {}, ALL_IN_TIME, NOON, ()),
    Golden("department_head_severe", "三3: bad influence", {"bad_influence": True}, [], NOON, ("due",)),
    Golden("department_head_severe", "none", {}, [], NOON, ()),
    Golden("employee_suspended", "三3: bad influence", {"bad_influence": True}, [], NOON, ("due",)),
    Golden("employee_suspended", "none", {}, [], NOON, ()),
]  # fmt: skip


@pytest.mark.parametrize("golden", DUTIES, ids=[f"{row.rule}: {row.why}" for row in DUTIES])
def test_a_duty_stands_where_the_plan_puts_it(golden: Golden) -> None:
    found = assessed(policy_of(ID), case(*golden.events, **golden.facts), golden.at)
    assert statuses_of(found, golden.rule) == golden.statuses


def test_three_persons_with_the_same_problem_go_to_the_province() -> None:
    for count, statuses in ((3, ("due",)), (2, ())):
        found = assessed(policy_of(ID), case(kind="atm"), NOON, {"same_kind": count})
        assert statuses_of(found, "escalate_repeat") == statuses


# --- contents, figures, returns --------------------------------------------------------------------------------------

RECORD = {"time", "unit", "name", "contact", "matter", "expectation"}


def test_the_first_person_records_six_things() -> None:
    whole = assessed(policy_of(ID), case(recorded=RECORD), NOON).checks
    short = assessed(policy_of(ID), case(recorded=RECORD - {"contact"}), NOON).checks
    unknown = assessed(policy_of(ID), case(), NOON).checks
    assert [one[0].missing for one in (whole, short, unknown)] == [(), ("contact",), None]


@pytest.mark.parametrize(
    ("checklist", "kind", "items", "missing"),
    [
        ("written_record_contents", "archived", {"course", "result"}, ()),
        ("written_record_contents", "archived", {"result"}, ("course",)),
        ("shutdown_notice", "notice_published", {"head_phones", "enquiry_phones"}, ()),
        ("shutdown_notice", "notice_published", {"head_phones"}, ("enquiry_phones",)),
    ],
)
def test_a_document_names_what_it_lacks(checklist: str, kind: str, items: set[str], missing: tuple[str, ...]) -> None:
    found = assessed(policy_of(ID), case(e(kind, "11:00", items=items)), NOON)
    assert [check.missing for check in found.checks if check.checklist.id == checklist] == [missing]


def test_figures_and_daily_returns_are_those_of_the_plan() -> None:
    policy = policy_of(ID)
    assert {name: figure.by for name, figure in policy.figures.items()} == {
        "satisfaction": None,
        "by_count": "counting",
        "by_kind": "kinds",
        "by_liability": "liability",
    }
    assert {name: (filing.who, filing.to, filing.daily) for name, filing in policy.filings.items()} == {
        "daily_unit": ("unit", ("branch_union",), True),
        "daily_branch": ("branch_union", ("province_joint_group", "province_union"), True),
    }
    plan = assessed(policy, case(satisfied=True), NOON).snapshot.plan
    share, of = policy.figures["satisfaction"].share, policy.figures["satisfaction"].of
    assert share is not None
    assert of is not None
    answers = [
        (plan.test(share)(view)[0], plan.test(of)(view)[0])
        for view in (assessed(policy, case(satisfied=one), NOON).snapshot.view for one in (True, False, None))
    ]
    assert answers == [(True, True), (False, True), (False, False)]


# --- asking before acting ---------------------------------------------------------------------------------------------

CONTROLLED = CASH | {"risk_controlled": True, "vip": False}
ACTS: list[tuple[dict[str, Any], list[Event], Event, list[str], str]] = [
    (CONTROLLED, [REFUSED], e("emergency_cash", "11:00", amount="5000"), [], "5,000 yuan after dissuasion failed"),
    (
        CONTROLLED,
        [REFUSED],
        e("emergency_cash", "11:00", amount="5000.01"),
        ["duty/cash_ceiling"],
        "one fen above the ceiling",
    ),
    (
        CONTROLLED,
        [],
        e("emergency_cash", "11:00", amount="6000"),
        ["duty/cash_conditions", "duty/cash_ceiling"],
        "every reason against is named",
    ),
    (
        {},
        [],
        e("promised", "11:00", by="outlet", reason="compensation"),
        ["duty/claim_no_promise"],
        "an outlet promises no money",
    ),
    ({}, [], e("compensated", "11:00", by="outlet"), ["duty/claim_joint"], "nor pays it alone"),
    ({}, [], e("interview_given", "11:00", by="outlet"), ["duty/press_ban"], "nor speaks to the press"),
    (LOSS, [], e("formal_loss_report", "11:00"), ["duty/lossreport_only"], "nor takes a formal loss report now"),
]


@pytest.mark.parametrize(("facts", "events", "act", "against", "why"), ACTS, ids=[row[4] for row in ACTS])
def test_one_can_ask_before_acting(
    facts: dict[str, Any], events: list[Event], act: Event, against: list[str], why: str
) -> None:
    answer = permitted(case(*events, **facts), act, policy_of(ID), calendar=china())
    assert [one.rule for one in answer.against] == against, why


def test_whether_the_customer_is_a_vip_is_asked_of_the_bank_s_own_records() -> None:
    answer = permitted(case(**CASH), e("emergency_cash", "11:00", amount="7000"), policy_of(ID), calendar=china())
    assert {question.fact: question.ask for question in answer.questions}.get("vip") == "bank_records"


# --- every rule is exercised -----------------------------------------------------------------------------------------


def test_every_duty_fires_in_some_case_and_rests_in_another() -> None:
    """open-mercato#2293: escalation rules were accepted, and never executed."""
    assert both_ways(DUTIES, policy_of(ID)) == (set(), set())


def test_every_row_of_every_table_decides_some_case() -> None:
    cases: list[tuple[Case, str, Mapping[str, int] | None]] = [(case(*row[1], **row[0]), NOON, row[2]) for row in KINDS]
    cases += [(case(*row[1], **row[0]), row[2], None) for table in (COUNTING, SPLIT, ACCOUNT) for row in table]
    cases += [(case(caused_by=row[0]), MORNING, None) for row in LIABILITY]
    wanted = {(table.id, place) for table in policy_of(ID).tables.values() for place in range(len(table.rows))}
    assert rows_fired(policy_of(ID), cases) == wanted


def test_the_tests_name_every_rule_of_the_policy() -> None:
    policy = policy_of(ID)
    assert set(policy.limits) == {
        "on_site", "answer", "report", "on_site_ticket", "answer_ticket", "report_ticket", "promise", "lossreport",
    }  # fmt: skip
    assert set(policy.checklists) == {"first_record", "written_record_contents", "shutdown_notice"}
    assert set(policy.links) == {"same_kind"}


def test_every_rule_has_its_article_and_both_languages() -> None:
    assert undocumented(policy_of(ID)) == []


@pytest.mark.parametrize("intake", ["outlet_head", "lobby_manager", "first_person", "unit"])
def test_who_takes_a_complaint_in_for_a_unit_starts_its_hours(intake: str) -> None:
    """三1 makes the head of the outlet the first person in charge: 1, 4 and 8 hours (五) run from his intake too."""
    found = assessed(policy_of(ID), case(received_by=intake), MORNING)
    assert {name: local(found.clocks[name].due_at) for name in ("on_site", "answer", "report")} == {
        "on_site": "2026-10-09T10:00", "answer": "2026-10-09T13:00", "report": "2026-10-09T17:00",
    }  # fmt: skip


def test_what_the_head_of_an_outlet_settles_is_settled_by_the_outlet() -> None:
    settled = case(e("resolved", "10:00", by="outlet_head"), received_by="outlet_head")
    assert assessed(policy_of(ID), settled, NOON).findings["counting"].value == "not_counted"


def test_a_promise_of_compensation_is_no_promise_of_a_completion_time() -> None:
    """四(三)2, 7 want a completion time; 四(三)10 is about compensation."""
    money = e("promised", "10:00", by="branch", reason="compensation", due="2026-10-09T11:00")
    found = assessed(policy_of(ID), case(money), NOON)
    assert statuses_of(found, "cutover_promise") == ("due",)
    assert str(found.clocks["promise"].status) == "not_started"
    both = assessed(policy_of(ID), case(money, e("promised", "10:30", due="2026-10-09T18:00")), NOON)
    assert statuses_of(both, "cutover_promise") == ("done",)
    assert local(both.clocks["promise"].due_at) == "2026-10-09T18:00"
