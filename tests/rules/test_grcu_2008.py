"""`grcu-2008` worked out by hand from 粤农信联发[2008]250号; each row carries its reason and article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pytest

from complaint_rules.assessing import permitted
from complaint_rules.cases.case import Event
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from tests.by_hand import (
    Class,
    Clock,
    Document,
    Duty,
    assessed,
    classed,
    complaint,
    ev,
    lacking,
    last_instant,
    never_fired,
    one_sided,
    status_of,
)
from tests.golden import china, undocumented

RECEIVED: Final = "2026-04-27"
"""A Monday; 1 to 5 May 2026 are the Labour Day break, Saturday 9 May is worked instead."""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("grcu-2008", parameters={"reasonable_time": "30 days"})


VALID: Final = {"no_content": False, "no_basis": False}
"""It is known that neither ground of article 15 holds."""
OUTLET: Final = {"received_by": "outlet", "settled_on_spot": False}
FROM_ABOVE: Final = {"received_by": "reception", "source": "superior"}
FORMS: Final = (
    ev("handling_form", "2026-04-27", by="outlet", to="reception", outcome="unsettled", items="reason_unsettled"),
    ev("handling_form_received", "2026-04-27", by="reception"),
    ev("supervision_form", "2026-04-29", by="reception", to="unit"),
    ev("supervision_form_received", "2026-04-30", by="unit"),
)
"""The worked case: outlet on Monday, reception the same day, the unit on Thursday 30 April."""


# --- classes ---

CLASSES: Final = [
    Class("17(1): at the outlet", "entry", OUTLET, "outlet"),
    Class("17(2): at reception", "entry", {"received_by": "reception"}, "reception"),
    Class("18(1): the unit concerned received it itself", "entry", {"received_by": "unit"}, "outlet"),
    Class("24(2): refused, and nobody knows whether it was valid", "sanction", {}, frozenset(), (ev("not_accepted",
        "2026-04-28"),)),
    Class("17(3): at another department", "entry", {"received_by": "department"}, "department"),
    Class("17(4): sent down, wherever it arrived", "entry", FROM_ABOVE, "superior"),
    Class("17(4): sent by the regulator, as we read it", "entry", {"source": "regulator"}, "superior"),
    Class("20: straight to the regional office", "entry", {"received_by": "regional_office"}, "relief"),
    Class("nobody said where it came in", "entry", {}, None),
    Class("3: a visit", "form_of_complaint", {"channel": "visit"}, "named"),
    Class("3: through the internet, not in the list but a complaint", "form_of_complaint", {"channel": "internet"},
        "other"),
    Class("14: within the scope", "acceptance", {}, "accept"),
    Class("15: no actual content", "acceptance", {"no_content": True}, "may_refuse"),
    Class("15: no basis in fact or law", "acceptance", {"no_basis": True}, "may_refuse"),
    Class("16: the same once more", "acceptance", {"same_grounds_after_opinion": True}, "not_again"),
    Class("20: bottom-up", "order", OUTLET, "bottom_up"),
    Class("20: a level skipped", "order", {"received_by": "provincial_compliance"}, "skipped"),
    Class("20: skipped for a special reason", "order", {"received_by": "provincial_compliance",
        "special_reason": True}, "permitted_skip"),
    Class("20: dissatisfied below, or left unhandled there: straight to the offices of relief", "order",
        {"received_by": "provincial_compliance", "after_lower_level": True}, "permitted_skip"),
    Class("20: an authority skips nothing", "order", {"received_by": "regional_office", "source": "regulator"},
        "permitted_skip"),
    Class("24: nothing to hold against anybody", "sanction", {"received_by": "reception"}, frozenset()),
    Class("24(1): answered, never registered", "sanction", {}, frozenset({"not_registered"}), (ev("replied",
        "2026-04-28"),)),
    Class("24(1): registered", "sanction", {}, frozenset(), (ev("registered", "2026-04-27"), ev("replied",
        "2026-04-28"))),
    Class("24(2): refused though valid", "sanction", VALID, frozenset({"not_accepted"}), (ev("not_accepted",
        "2026-04-28"),)),
    Class("24(2): refused for want of content", "sanction", {"no_content": True}, frozenset(), (ev("not_accepted",
        "2026-04-28"),)),
    Class("24(3): shirked", "sanction", {"shirked": True}, frozenset({"delayed"})),
    Class("24(3): the form never came", "sanction", OUTLET, frozenset({"delayed"}), (), "2026-04-28T00:00"),
    Class("24(3): the unit is late", "sanction", OUTLET, frozenset({"delayed"}), FORMS, "2026-05-14"),
    Class("24(3): the unit's last day", "sanction", OUTLET, frozenset(), FORMS, "2026-05-13"),
    Class("24(4): a grave matter concealed, with serious consequences", "sanction", {"urgent_harmful": True,
        "concealed": True, "serious_consequences": True}, frozenset({"concealed"})),
    Class("24(4): concealed, without serious consequences", "sanction", {"urgent_harmful": True, "concealed": True},
        frozenset()),
    Class("24(5): four working days after completion, no report", "sanction",
        FROM_ABOVE | {"superior_due": dt.date(2026, 6, 30)}, frozenset({"unreported"}), (ev("resolved",
        "2026-05-12"),), "2026-05-18"),
    Class("24(5): the same, but explained", "sanction", FROM_ABOVE | {"superior_due": dt.date(2026, 6, 30),
        "delay_explained": True}, frozenset(), (ev("resolved", "2026-05-12"),), "2026-05-18"),
    Class("24(6): mishandled into complaints on a large scale", "sanction", {"mishandled": True, "mass": True,
        "bad_effect": True}, frozenset({"mass"})),
    Class("24(7): other", "sanction", {"other_breach": True}, frozenset({"other"})),
    Class("9: unit and persons answer for the large scale", "accountability", {"mishandled": True, "mass": True,
        "bad_effect": True}, frozenset({"unit_and_persons"})),
    Class("27: staff's doing, bad effect", "accountability", {"staff_breach": True, "bad_effect": True},
        frozenset({"staff"})),
    Class("27: no bad effect", "accountability", {"staff_breach": True}, frozenset()),
    Class("25: well handled, and better since", "reward", {"prompt_and_effective": True, "lasting_improvement": True},
        frozenset({"unit_or_person"})),
    Class("26: a true complaint", "reward", {"complaint_true": True, "large_loss_avoided": True},
        frozenset({"customer"})),
    Class("26: true, but nothing saved", "reward", {"complaint_true": True}, frozenset()),
]  # fmt: skip


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: f"{row.table}: {row.reason}")
def test_a_class_is_the_one_worked_out_by_hand(row: Class, policy: Policy) -> None:
    assert classed(policy, RECEIVED, row).findings[row.table].value == row.value


# --- time limits ---

REFUSED: Final = ev("not_accepted", "2026-04-28", approved_by="reception_head", told="reasons")
VAIN: Final = {"no_content": True}
ONCE_MORE: Final = {"same_grounds_after_opinion": True}
ACCEPTED: Final = ev("accepted", "2026-04-28")
EXTENDED: Final = ev("extended", "2026-05-12")
SUPERIOR_DUE: Final = {"superior_due": dt.date(2026, 5, 20)}

CLOCKS: Final = [
    Clock("18(1): the form is due the same day", "form", OUTLET, (), "2026-04-27", "running", "2026-04-27"),
    Clock("18(1): sent the same day", "form", OUTLET, FORMS, "2026-04-28", "met", "2026-04-27"),
    Clock("18(1): sent a day after", "form", OUTLET, (ev("handling_form", "2026-04-28", to="reception"),),
        "2026-04-29", "met_late", "2026-04-27"),
    Clock("17(1): settled at once needs none that day", "form", OUTLET | {"settled_on_spot": True}, (), "2026-04-28",
        "not_applicable", None),
    Clock("18(1): another department too", "form", {"received_by": "department"}, (), "2026-04-27", "running",
        "2026-04-27"),
    Clock("17(2): reception fills in no form for itself", "form", {"received_by": "reception"}, (), "2026-04-28",
        "not_applicable", None),
    Clock("18(1): 28 and 29 April", "supervise", OUTLET, FORMS[:2], "2026-04-28", "running", "2026-04-29"),
    Clock("18(1): issued on the second working day", "supervise", OUTLET, FORMS, "2026-04-30", "met", "2026-04-29"),
    Clock("18(1): starts with reception, not with the outlet", "supervise", OUTLET, FORMS[:1], "2026-04-28",
        "not_started", None),
    Clock("18(1): 6, 7, 8, 9 (a make-up Saturday), 11, 12, 13 May", "handle", OUTLET, FORMS, "2026-05-06", "running",
        "2026-05-13"),
    Clock("18(1): answered on the last day", "handle", OUTLET, (*FORMS, ev("replied", "2026-05-13")), "2026-06-01",
        "met", "2026-05-13"),
    Clock("18(1): a day late", "handle", OUTLET, (*FORMS, ev("replied", "2026-05-14")), "2026-06-01", "met_late",
        "2026-05-13"),
    Clock("18(2): the superior's own limit", "handle", FROM_ABOVE | SUPERIOR_DUE, FORMS[2:], "2026-05-06", "running",
        "2026-05-20"),
    Clock("18(2): the superior set none: 7 working days", "handle", FROM_ABOVE, FORMS[2:], "2026-05-06", "running",
        "2026-05-13"),
    Clock("18(3): complex, three months from acceptance on 28 April", "handle", OUTLET | {"complex": True}, (*FORMS,
        ACCEPTED, EXTENDED), "2026-05-13", "running", "2026-07-28"),
    Clock("18(3): major effect serves as well", "handle", OUTLET | {"major_effect": True}, (*FORMS, ACCEPTED,
        EXTENDED), "2026-05-13", "running", "2026-07-28"),
    Clock("18(3): extended to an earlier day than the most allowed", "handle", OUTLET | {"complex": True}, (*FORMS,
        ACCEPTED, ev("extended", "2026-05-12", due="2026-06-15")), "2026-05-13", "running", "2026-06-15"),
    Clock("18(3): neither complex nor major", "handle", OUTLET, (*FORMS, ACCEPTED, EXTENDED), "2026-05-13", "running",
        "2026-05-13"),
    Clock("18(3): asked for when the time was up", "handle", OUTLET | {"complex": True}, (*FORMS, ACCEPTED,
        ev("extended", "2026-05-14")), "2026-05-15", "overdue", "2026-05-13"),
    Clock("18(2): a moment of the superior's, from receipt on", "superior", FROM_ABOVE | SUPERIOR_DUE, (),
        "2026-04-28", "running", "2026-05-20"),
    Clock("18(2): only the superior moves the superior's limit", "superior", FROM_ABOVE | SUPERIOR_DUE, (ev("amended",
        "2026-05-12", set={"superior_due": dt.date(2026, 6, 15)}),), "2026-05-21", "running", "2026-06-15"),
    Clock("17(1): nothing from above", "superior", OUTLET | {"source": "customer"}, (), "2026-04-28",
        "not_applicable", None),
    Clock("18(2): settled Tuesday 12 May: 13, 14, 15", "report_management", FROM_ABOVE, (ev("resolved", "2026-05-12"),
        ev("replied", "2026-05-13")), "2026-05-14", "running", "2026-05-15"),
    Clock("18(2): senior management has it, the superior not", "report_superior", FROM_ABOVE, (ev("resolved",
        "2026-05-12"), ev("reported", "2026-05-14", to="senior_management")), "2026-05-16", "overdue", "2026-05-15"),
    Clock("18(2): the superior has it", "report_superior", FROM_ABOVE, (ev("resolved", "2026-05-12"), ev("reported",
        "2026-05-15", to="superior")), "2026-05-16", "met", "2026-05-15"),
    Clock("18(2): what came from a customer is reported to nobody", "report_superior",
        OUTLET | {"source": "customer"}, (ev("resolved", "2026-05-12"),), "2026-05-16", "not_applicable", None),
    Clock("20: a reasonable time is what the user says", "reasonable", OUTLET, (), "2026-04-28", "running",
        "2026-05-27"),
    Clock("18(1): issued on the third working day", "supervise", OUTLET, (*FORMS[:2], ev("supervision_form",
        "2026-04-30")), "2026-05-06", "met_late", "2026-04-29"),
    Clock("18(2): settled within the superior's limit", "superior", FROM_ABOVE | SUPERIOR_DUE, (ev("replied",
        "2026-05-20"),), "2026-05-21", "met", "2026-05-20"),
    Clock("18(2): past the superior's limit", "superior", FROM_ABOVE | SUPERIOR_DUE, (), "2026-05-21", "overdue",
        "2026-05-20"),
    Clock("18(2): senior management has it", "report_management", FROM_ABOVE, (ev("resolved", "2026-05-12"),
        ev("reported", "2026-05-15", to="senior_management")), "2026-05-16", "met", "2026-05-15"),
    Clock("18(2): only the superior has it", "report_management", FROM_ABOVE, (ev("resolved", "2026-05-12"),
        ev("reported", "2026-05-15", to="superior")), "2026-05-16", "overdue", "2026-05-15"),
    Clock("20: answered within a reasonable time", "reasonable", OUTLET, (ev("replied", "2026-05-13"),), "2026-05-28",
        "met", "2026-05-27"),
    Clock("18(3): nobody recorded the acceptance: three months from the Supervision Form of 30 April", "handle",
        OUTLET | {"complex": True}, (*FORMS, EXTENDED), "2026-05-13", "running", "2026-07-30"),
    Clock("20: refused within a reasonable time is dealt with too", "reasonable", OUTLET | VAIN, (REFUSED,),
        "2026-05-28", "void", "2026-05-27"),
    Clock("15: refused with approval, yet neither ground holds: the clock runs on", "supervise", OUTLET | VALID,
        (*FORMS[:2], REFUSED), "2026-05-06", "overdue", "2026-04-29"),
    Clock("15: refused with approval, and nobody knows whether a ground holds", "supervise", OUTLET, (*FORMS[:2],
        REFUSED), "2026-05-06", "undetermined", "2026-04-29"),
    Clock("16: the way to appeal named, yet it is the first complaint", "supervise", OUTLET | VALID, (*FORMS[:2],
        ev("not_accepted", "2026-04-28", told="appeal_route")), "2026-05-06", "overdue", "2026-04-29"),
    Clock("18(1): the unit concerned received it itself: the form is due the same day", "form", {"received_by": "unit",
        "settled_on_spot": False}, (), "2026-04-28", "overdue", "2026-04-27"),
    Clock("15: refused with approval, nothing left to supervise", "supervise", OUTLET | VAIN, (*FORMS[:2], REFUSED),
        "2026-05-06", "void", "2026-04-29"),
    Clock("16: the same again, refused with the way to appeal named", "supervise", OUTLET | ONCE_MORE, (*FORMS[:2],
        ev("not_accepted", "2026-04-28", told="appeal_route")), "2026-05-06", "void", "2026-04-29"),
    Clock("15: a refusal that nobody approved stops nothing", "supervise", OUTLET, (*FORMS[:2], ev("not_accepted",
        "2026-04-28", told="reasons")), "2026-05-06", "overdue", "2026-04-29"),
    Clock("15: refused after the Supervision Form", "handle", OUTLET | VAIN, (*FORMS, ev("not_accepted", "2026-05-06",
        approved_by="reception_head", told="reasons")), "2026-05-20", "void", "2026-05-13"),
    Clock("15: refused, the superior's limit too is over", "superior", FROM_ABOVE | SUPERIOR_DUE | VAIN, (REFUSED,),
        "2026-05-21", "void", "2026-05-20"),
    Clock("20: refused without approval is not dealt with", "reasonable", OUTLET, (ev("not_accepted", "2026-04-28"),),
        "2026-05-28", "overdue", "2026-05-27"),
    Clock("20: a reasonable time has passed", "reasonable", OUTLET, (), "2026-05-28", "overdue", "2026-05-27"),
]  # fmt: skip


@pytest.mark.parametrize("row", CLOCKS, ids=lambda row: f"{row.limit}: {row.reason}")
def test_a_limit_ends_when_worked_out_by_hand(row: Clock, policy: Policy) -> None:
    clock = assessed(policy, row.received or RECEIVED, row.facts, row.events, row.at).clocks[row.limit]
    assert (clock.status, clock.due_at) == (row.status, last_instant(row.due))


def test_a_second_supervision_form_opens_a_run_of_its_own(policy: Policy) -> None:
    """The unit's answer of 12 May was sent back: 7 working days from Thursday 14 May are 15, 18 to 22 and 25 May."""
    again = (ev("replied", "2026-05-12"), ev("supervision_form_received", "2026-05-14", by="unit"))
    clock = assessed(policy, RECEIVED, OUTLET, (*FORMS, *again), "2026-05-18").clocks["handle"]
    assert [(str(run.status), run.due_at) for run in clock.runs] == [
        ("met", last_instant("2026-05-13")),
        ("running", last_instant("2026-05-25")),
    ]


def test_an_extension_without_its_ground_is_named(policy: Policy) -> None:
    """18(3) wants a complex matter or a major effect."""
    facts = OUTLET | {"complex": False, "major_effect": False}
    found = assessed(policy, RECEIVED, facts, (*FORMS, ACCEPTED, EXTENDED), "2026-05-13")
    assert ("extension_without_effect", "limit/handle/handle_longer") in [(v.code, v.rule) for v in found.violations]


# --- duties ---

DAY: Final = "2026-04-29"

DUTIES: Final = [
    Duty("5: obstructed", "no_obstruction", {}, (ev("obstructed", "2026-04-28"),), DAY, "breached"),
    Duty("5: retaliated", "no_retaliation", {}, (ev("retaliated", "2026-04-28"),), DAY, "breached"),
    Duty("5: nothing of the kind", "no_retaliation", {}, (), DAY, "in_force"),
    Duty("10: a criminal matter", "hand_over", {"criminal_or_personnel": True}, (), DAY, "due"),
    Duty("10: handed over", "hand_over", {"criminal_or_personnel": True}, (ev("transferred", "2026-04-28",
        to="competent_department"),), DAY, "done"),
    Duty("10: a widespread problem", "urge_correction", {"widespread": True}, (), DAY, "due"),
    Duty("10: an isolated one", "urge_correction", {}, (), DAY, None),
    Duty("24(1): to be registered", "register", {}, (ev("registered", "2026-04-27"),), DAY, "done"),
    Duty("12(2): reception decides validity", "decide_validity", {}, (ACCEPTED,), DAY, "done"),
    Duty("17(1): told why not at once", "tell_why_unsettled", OUTLET, (ev("informed", "2026-04-27", told="reasons"),),
        DAY, "done"),
    Duty("17(1): not told", "tell_why_unsettled", OUTLET, (), DAY, "due"),
    Duty("17(2): reception is not bound to", "tell_why_unsettled", {"received_by": "reception"}, (), DAY, None),
    Duty("17(1): settled, form to follow", "form_when_settled", OUTLET | {"settled_on_spot": True}, (ev("resolved",
        "2026-04-27"),), DAY, "due"),
    Duty("17(1): the form went to the archive office, not to reception", "form_when_settled", OUTLET |
        {"settled_on_spot": True}, (ev("resolved", "2026-04-27"), ev("handling_form", "2026-04-27",
        to="archive_office")), DAY, "due"),
    Duty("17(1): the form went to reception", "form_when_settled", OUTLET | {"settled_on_spot": True}, (ev("resolved",
        "2026-04-27"), ev("handling_form", "2026-04-27", to="reception")), DAY, "done"),
    Duty("17(2): reception settled it itself and files the form", "form_at_reception", {"received_by": "reception",
        "settled_on_spot": True}, (ev("resolved", "2026-04-27"), ev("handling_form", "2026-04-27")), DAY, "done"),
    Duty("17(2): reception settled it, no form yet", "form_at_reception", {"received_by": "reception",
        "settled_on_spot": True}, (ev("resolved", "2026-04-27"),), DAY, "due"),
    Duty("17(2): reception could not settle it", "form_at_reception", {"received_by": "reception",
        "settled_on_spot": False}, (ev("resolved", "2026-04-27"),), DAY, None),
    Duty("17: nothing is said of the offices of relief", "form_when_settled", {"received_by": "regional_office",
        "settled_on_spot": True}, (ev("resolved", "2026-04-27"),), DAY, None),
    Duty("17(1): unsettled", "form_when_settled", OUTLET, (ev("resolved", "2026-04-28"),), DAY, None),
    Duty("17(2): reception issues the order itself", "supervise_directly", {"received_by": "reception"}, (), DAY,
        "due"),
    Duty("15: refused at reception, no order any more", "supervise_directly", {"received_by": "reception"} | VAIN,
        (REFUSED,), DAY, "lapsed"),
    Duty("17(4): from above, always", "supervise_directly", FROM_ABOVE, FORMS[2:], "2026-04-30", "done"),
    Duty("17(2): settled at reception", "supervise_directly", {"received_by": "reception", "settled_on_spot": True},
        (), DAY, None),
    Duty("12(3): audited", "follow_up", {}, (ev("replied", "2026-04-28"), ev("reviewed", "2026-04-29")), DAY, "done"),
    Duty("12(6): far-reaching", "revisit", {"far_reaching": True}, (ev("replied", "2026-04-28"),), DAY, "due"),
    Duty("12(6): not far-reaching", "revisit", {}, (ev("replied", "2026-04-28"),), DAY, None),
    Duty("13(2): findings on file", "file_findings", {}, (ev("replied", "2026-04-28"), ev("findings_filed",
        "2026-04-29", to="reception")), DAY, "done"),
    Duty("13(3): defect to be mended", "correct_defect", {"rule_defect": True}, (), DAY, "due"),
    Duty("13(3): mended, not yet filed", "file_correction", {"rule_defect": True}, (ev("corrected", "2026-04-28"),),
        DAY, "due"),
    Duty("14: refused though valid", "refusal_ground", VALID, (REFUSED,), DAY, "breached"),
    Duty("15: refused for want of content", "refusal_ground", VAIN, (REFUSED,), DAY, "in_force"),
    Duty("15: refused, and nobody knows whether a ground holds", "refusal_ground", {}, (REFUSED,), DAY, "in_force"),
    Duty("15: may be refused", "may_refuse", VAIN, (), DAY, "open"),
    Duty("15: a valid one may not", "may_refuse", {}, (), DAY, None),
    Duty("15: approved", "refusal_approval", VAIN, (REFUSED,), DAY, "in_force"),
    Duty("15: approved by nobody", "refusal_approval", VAIN, (ev("not_accepted", "2026-04-28", told="reasons"),), DAY,
        "breached"),
    Duty("15: explained", "refusal_reason", VAIN, (REFUSED,), DAY, "in_force"),
    Duty("15: not explained", "refusal_reason", VAIN, (ev("not_accepted", "2026-04-28",
        approved_by="reception_head"),), DAY, "breached"),
    Duty("16: no approval needed", "refusal_approval", ONCE_MORE, (ev("not_accepted", "2026-04-28"),), DAY,
        "in_force"),
    Duty("16: accepted once more", "not_again", ONCE_MORE, (ACCEPTED,), DAY, "breached"),
    Duty("16: route of appeal told", "tell_appeal_route", ONCE_MORE, (ev("not_accepted", "2026-04-28",
        told="appeal_route"),), DAY, "done"),
    Duty("16: route of appeal not told", "tell_appeal_route", ONCE_MORE, (ev("not_accepted", "2026-04-28"),), DAY,
        "due"),
    Duty("19: a direct interest", "recusal", {"interested": frozenset({"staff-3"})}, (ev("investigated", "2026-04-28",
        by="staff-3"),), DAY, "breached"),
    Duty("19: none", "recusal", {"interested": frozenset({"staff-3"})}, (ev("investigated", "2026-04-28",
        by="staff-4"),), DAY, "in_force"),
    Duty("20: from outlet to regional office", "level_by_level", {}, (ev("escalated", "2026-04-28", by="outlet",
        to="regional_office"),), DAY, "breached"),
    Duty("20: from outlet to reception", "level_by_level", {}, (ev("escalated", "2026-04-28", by="outlet",
        to="reception"),), DAY, "in_force"),
    Duty("18(2): reported back to the superior that sent it, though levels lie between", "level_by_level", FROM_ABOVE,
        (ev("reported", "2026-04-28", by="reception", to="provincial_compliance"),), DAY, "in_force"),
    Duty("20: the same report where no superior sent it", "level_by_level", {"received_by": "reception",
        "source": "customer"}, (ev("reported", "2026-04-28", by="reception", to="provincial_compliance"),), DAY,
        "breached"),
    Duty("20: for a special reason", "level_by_level", {"special_reason": True}, (ev("escalated", "2026-04-28",
        by="outlet", to="regional_office"),), DAY, None),
    Duty("21: own staff's grave breach goes straight up", "level_by_level", {"staff_breach_grave": True},
        (ev("reported", "2026-04-28", by="outlet", to="provincial_compliance"),), DAY, None),
    Duty("20: appealed", "appeal", {}, (ev("replied", "2026-04-28"), ev("appealed", "2026-04-29",
        to="regional_office")), "2026-04-30", "used"),
    Duty("20: nothing to appeal against yet", "appeal", {}, (), DAY, None),
    Duty("20: 30 days and no answer", "straight_up", OUTLET, (), "2026-05-28", "open"),
    Duty("20: still a reasonable time", "straight_up", OUTLET, (), "2026-05-27", None),
    Duty("21: reported", "report_staff", {"staff_breach_grave": True}, (ev("reported", "2026-04-28",
        to="provincial_compliance"),), DAY, "done"),
    Duty("21: handed on", "pass_to_function", {"staff_breach_grave": True}, (ev("transferred", "2026-04-28",
        by="provincial_compliance", to="functional_department"),), DAY, "used"),
    Duty("22: to be filed", "archive", {}, (ev("replied", "2026-04-28"),), DAY, "due"),
    Duty("24: shirked", "sanction", {"shirked": True}, (), DAY, "due"),
    Duty("24: nothing to sanction", "sanction", {}, (), "2026-04-27", None),
    Duty("27: staff's doing", "hold_to_account", {"staff_breach": True, "bad_effect": True}, (ev("sanctioned",
        "2026-04-28"),), DAY, "done"),
    Duty("25: reward", "reward_unit", {"prompt_and_effective": True, "lasting_improvement": True}, (), DAY, "due"),
    Duty("26: may reward", "reward_customer", {"complaint_true": True, "large_loss_avoided": True}, (), DAY, "open"),
    Duty("21: to be reported", "report_staff", {"staff_breach_grave": True}, (), DAY, "due"),
    Duty("27: staff to be held to account", "hold_to_account", {"staff_breach": True, "bad_effect": True}, (), DAY,
        "due"),
    Duty("24(1): not yet registered", "register", {}, (), DAY, "due"),
    Duty("12(2): not yet decided", "decide_validity", {}, (), DAY, "due"),
    Duty("12(3): answered, to be audited", "follow_up", {}, (ev("replied", "2026-04-28"),), DAY, "due"),
    Duty("13(2): answered, to be put on file", "file_findings", {}, (ev("replied", "2026-04-28"),), DAY, "due"),
    Duty("16: accepted for the first time", "not_again", {}, (ACCEPTED,), DAY, None),
    Duty("25: the person is rewarded", "reward_unit", {"prompt_and_effective": True, "lasting_improvement": True},
        (ev("rewarded", "2026-04-28", to="employee"),), DAY, "done"),
    Duty("25: a reward for the customer is another matter", "reward_unit", {"prompt_and_effective": True,
        "lasting_improvement": True}, (ev("rewarded", "2026-04-28", to="customer"),), DAY, "due"),
    Duty("25: handled well once, no better since", "reward_unit", {"prompt_and_effective": True}, (), DAY, None),
    Duty("26: true, but nothing saved", "reward_customer", {"complaint_true": True}, (), DAY, None),
    Duty("5: nothing of the kind", "no_obstruction", {}, (), DAY, "in_force"),
    Duty("21: no breach, nothing to hand on", "pass_to_function", {}, (), DAY, None),
    Duty("22: filed", "archive", {}, (ev("replied", "2026-04-28"), ev("archived", "2026-04-29")), DAY, "done"),
    Duty("13(3): mended", "correct_defect", {"rule_defect": True}, (ev("corrected", "2026-04-28"),), DAY, "done"),
    Duty("13(3): filed", "file_correction", {"rule_defect": True}, (ev("corrected", "2026-04-28"),
        ev("correction_filed", "2026-04-29", to="reception")), DAY, "done"),
]  # fmt: skip


@pytest.mark.parametrize("row", DUTIES, ids=lambda row: f"{row.duty}: {row.reason}")
def test_a_duty_stands_where_worked_out_by_hand(row: Duty, policy: Policy) -> None:
    assert status_of(policy, RECEIVED, row) == ([row.status] if row.status else [])


# --- asking before acting ---

FULLY: Final = {"no_content": True, "no_basis": False, "same_grounds_after_opinion": False}
ACTS: Final[Sequence[tuple[str, Mapping[str, Any], Event, list[str]]]] = [
    ("15: to refuse with approval and the reason told", FULLY, REFUSED, []),
    ("15: to refuse without approval", FULLY, ev("not_accepted", "2026-04-28", told="reasons"),
        ["duty/refusal_approval"]),
    ("15: to refuse without a reason", FULLY, ev("not_accepted", "2026-04-28", approved_by="reception_head"),
        ["duty/refusal_reason"]),
    ("14, 15: to refuse what is valid", VALID, REFUSED, ["duty/refusal_ground"]),
    ("15: to refuse while nobody knows whether a ground holds: asked, not held against anybody", {}, REFUSED, []),
    ("19: to look into one's own case", {"interested": frozenset({"staff-3"})}, ev("investigated", "2026-04-28",
        by="staff-3"), ["duty/recusal"]),
    ("20: to skip a level", {}, ev("escalated", "2026-04-28", by="outlet", to="provincial_compliance"),
        ["duty/level_by_level"]),
    ("20: to go one level up", {}, ev("escalated", "2026-04-28", by="outlet", to="reception"), []),
    ("10: to close with a criminal matter not handed over", {"criminal_or_personnel": True}, ev("closed",
        "2026-04-28"), ["duty/hand_over"]),
]  # fmt: skip


@pytest.mark.parametrize("row", ACTS, ids=[row[0] for row in ACTS])
def test_an_act_is_permitted_or_refused_with_the_rule(
    row: tuple[str, Mapping[str, Any], Event, list[str]], policy: Policy
) -> None:
    _, facts, act, against = row
    answer = permitted(complaint(RECEIVED, **facts), act, policy, calendar=china())
    assert [violation.rule for violation in answer.against] == against
    assert bool(answer) is not bool(against)


# --- documents, returns, figures ---

DOCUMENTS: Final = [
    Document("17(1): the reason is there", "unsettled_form", OUTLET, FORMS, ()),
    Document("17(1): no reason given", "unsettled_form", OUTLET, (ev("handling_form", "2026-04-27",
        outcome="unsettled", items="facts"),), ("reason_unsettled",)),
    Document("17(1): nobody recorded how it came out, and no reason is given", "unsettled_form", OUTLET,
        (ev("handling_form", "2026-04-27", items="facts"),), ("reason_unsettled",)),
    Document("20: in writing, without the opinion", "appeal", OUTLET, (ev("appealed", "2026-04-29",
        items="written"),), ("opinion",)),
]  # fmt: skip


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: f"{row.checklist}: {row.reason}")
def test_a_document_lacks_what_the_text_wants(row: Document, policy: Policy) -> None:
    assert lacking(policy, RECEIVED, row, "2026-05-02") == [row.missing]


def test_the_form_of_what_was_settled_states_no_reason(policy: Policy) -> None:
    """17(1): the reason belongs on the form of what could not be settled."""
    form = (ev("handling_form", "2026-04-27", items="facts"),)
    for facts in ({"received_by": "outlet", "settled_on_spot": True}, {"received_by": "reception"}):
        assert [one for one in assessed(policy, RECEIVED, facts, form, "2026-05-02").checks
            if one.checklist.id == "unsettled_form"] == []  # fmt: skip


def test_the_end_of_the_reasonable_time_is_no_breach_of_the_unit(policy: Policy) -> None:
    """20: it opens the way to the offices of relief; the text binds no unit by it."""
    found = assessed(policy, RECEIVED, OUTLET, (), "2026-05-28")
    assert found.clocks["reasonable"].status == "overdue"
    assert "limit/reasonable" not in [one.rule for one in found.violations]


def test_the_returns_have_their_days_and_addressees(policy: Policy) -> None:
    """23: before 15 June and 15 December, so the 15th itself is too late; 22: to the archive office at year end."""
    assert {name: (filing.dates, filing.inclusive, filing.to) for name, filing in policy.filings.items()} == {
        "half_yearly": (((6, 15), (12, 15)), False, ("regulator", "association", "provincial_compliance")),
        "archive_handover": (((12, 31),), True, ("archive_office",)),
    }
    assert set(policy.filings["half_yearly"].contents) == {"received", "settled", "issues", "causes", "corrections"}


def test_the_figures_of_the_return_are_half_yearly(policy: Policy) -> None:
    assert {name: figure.by for name, figure in policy.figures.items()} == {
        "received": None, "settled": None, "issues": "kind", "causes": "root_cause",
    }  # fmt: skip
    assert {figure.per for figure in policy.figures.values()} == {"half_year"}


def test_the_collision_with_the_measures_is_said(policy: Policy) -> None:
    """The guideline ships unchanged; since 2020-03-01 the Measures prevail where it is laxer."""
    assert sum("cbirc-2020-3" in note["en"] for note in policy.notes) == 3


def test_every_rule_fires_in_some_test(policy: Policy) -> None:
    """Rules accepted but never executed: open-mercato#2293."""
    assert never_fired(policy, RECEIVED, classes=CLASSES, clocks=CLOCKS, duties=DUTIES, documents=DOCUMENTS) == set()
    assert one_sided(policy, CLOCKS, DUTIES) == set()
    assert undocumented(policy) == []
    assert policy.retention is None
    assert not policy.links
