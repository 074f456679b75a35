"""`cbirc-2020-3` worked out by hand from the Measures; each row carries its reason and article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pytest

from complaint_rules.assessing import permitted
from complaint_rules.cases.case import Case, Event
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

PARAMETERS: Final = {"major_report": "2 hours", "retention": "5 years"}
RECEIVED: Final = "2026-09-20"
"""A Sunday: the Measures count calendar days, so nothing waits for Monday."""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("cbirc-2020-3", parameters=PARAMETERS)


# --- classes ---

TOGETHER: Final = {"joint": True, "face_to_face": True}
CLASSES: Final = [
    Class("29(2): 20 is 20 or more, jointly and face to face", "major", TOGETHER | {"complainants": 20}, "major"),
    Class("29(2): 19 are not 20", "major", TOGETHER | {"complainants": 19}, "ordinary"),
    Class("29(2): 20 through an app are not face to face", "major", {"joint": True, "face_to_face": False,
        "channel": "internet", "complainants": 20}, "ordinary"),
    Class("29(2): 20 face to face but each alone", "major", {"face_to_face": True, "complainants": 20}, "ordinary"),
    Class("29(1): a grave event, whatever the number", "major", {"grave_event": True}, "major"),
    Class("29(3): designated by the regulator", "major", {"designated_major": True}, "major"),
    Class("13: the complainant", "standing", {"raised_by": "complainant"}, "entitled"),
    Class("13: nobody said otherwise, so the complainant is presumed", "standing", {}, "entitled"),
    Class("13: the statutory agent", "standing", {"raised_by": "statutory_agent"}, "entitled"),
    Class("14: an agent with papers", "standing", {"raised_by": "agent", "agent_documents": True}, "entitled"),
    Class("14: an heir with proof", "standing", {"raised_by": "heir", "heir_proof": True}, "entitled"),
    Class("14: an agent without papers", "standing", {"raised_by": "agent", "agent_documents": False}, "incomplete"),
    Class("14: an heir's proof is not known of", "standing", {"raised_by": "heir"}, "incomplete"),
    Class("18(4): somebody else", "standing", {"raised_by": "other"}, "none"),
    Class("12: six representatives", "representation", TOGETHER | {"representatives": 6}, "too_many"),
    Class("12: five are allowed", "representation", TOGETHER | {"representatives": 5}, "admissible"),
    Class("12: in writing there is no such ceiling", "representation", {"representatives": 6}, "admissible"),
    Class("20: a branch's decision can be reviewed", "remedy", {}, "review"),
    Class("20: head office's own cannot", "remedy", {"decided_by_head_office": True}, "none"),
    Class("40: nothing to hold against it", "supervision", {}, frozenset()),
    Class("40: channels not published", "supervision", {"channels_unpublished": True}, frozenset({"channels"})),
    Class("40: told on the 16th day", "supervision", {}, frozenset({"handling"}), (ev("replied", "2026-10-06"),),
        "2026-10-06T18:00"),
    Class("40: mediation refused for no reason", "supervision", {}, frozenset({"mediation_refused"}),
        (ev("mediation_refused", "2026-09-22", reason="unjustified"),)),
    Class("40: mediation refused for a reason", "supervision", {}, frozenset(), (ev("mediation_refused", "2026-09-22",
        reason="settled_in_court"),)),
    Class("40: agreement not performed", "supervision", {"mediation_unperformed": True},
        frozenset({"mediation_unperformed"})),
    Class("41: systems, reports, other, and not mended, all at once", "supervision", {"systems_missing": True,
        "reports_missing": True, "serious_breach": True, "not_mended": True}, frozenset({"systems", "reports",
        "other", "measures"})),
]  # fmt: skip


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: f"{row.table}: {row.reason}")
def test_a_class_is_the_one_worked_out_by_hand(row: Class, policy: Policy) -> None:
    assert classed(policy, RECEIVED, row).findings[row.table].value == row.value


# --- time limits ---

TOLD: Final = {"approved_by": "superior", "told": ("complainant",)}
FURTHER: Final = ev("extended", "2026-10-15", id="x", **TOLD)
MEDIATION: Final = (ev("suspended", "2026-10-01", reason="mediation"), ev("resumed", "2026-10-11", reason="mediation"))
NEW: Final = ("new_facts", "new_reasons")
COMPLEX: Final = {"complex": True}

CLOCKS: Final = [
    Clock("18(1): simple, 15 days", "decide", {}, (), "2026-09-21", "running", "2026-10-05"),
    Clock("18(1): days are Beijing's days", "decide", {}, (), "2026-09-21", "running", "2026-10-05",
        "2026-09-20T23:30"),
    Clock("18(1): half an hour later is the next day", "decide", {}, (), "2026-09-21", "running", "2026-10-06",
        "2026-09-21T00:30"),
    Clock("18(1): complex, 30 days", "decide", COMPLEX, (), "2026-09-21", "running", "2026-10-20"),
    Clock("18(1): complex without a recorded reason stays at 15", "decide",
        COMPLEX | {"complex_reason_recorded": False}, (), "2026-09-21", "running", "2026-10-05"),
    Clock("18(1): recorded as complex only later, counted from receipt all the same", "decide", {}, (ev("amended",
        "2026-10-02", set={"complex": True}),), "2026-10-03", "running", "2026-10-20"),
    Clock("18(1): 30 days more, approved and told", "decide", COMPLEX, (FURTHER,), "2026-10-16", "running",
        "2026-11-19"),
    Clock("18(1): a head-office senior manager may approve", "decide", COMPLEX, (ev("extended", "2026-10-15",
        approved_by="head_office_senior_manager", told="complainant"),), "2026-10-16", "running", "2026-11-19"),
    Clock("18(1): approved, not told: no effect", "decide", COMPLEX, (ev("extended", "2026-10-15",
        approved_by="superior"),), "2026-10-16", "running", "2026-10-20"),
    Clock("18(1): told, not approved: no effect", "decide", COMPLEX, (ev("extended", "2026-10-15",
        told="complainant"),), "2026-10-16", "running", "2026-10-20"),
    Clock("18(1): approved by the branch itself: no effect", "decide", COMPLEX, (ev("extended", "2026-10-15",
        approved_by="branch", told="complainant"),), "2026-10-16", "running", "2026-10-20"),
    Clock("18(1): told three days after the approval, still before the end", "decide", COMPLEX, (ev("extended",
        "2026-10-15", id="x", approved_by="superior"), ev("informed", "2026-10-18", ref="x", told="complainant")),
        "2026-10-19", "running", "2026-11-19"),
    Clock("18(1): told only when the time was up", "decide", COMPLEX, (ev("extended", "2026-10-15", id="x",
        approved_by="superior"), ev("informed", "2026-10-21", ref="x", told="complainant")), "2026-10-22", "overdue",
        "2026-10-20"),
    Clock("18(1): 60 days in all, a second extension gives nothing", "decide", COMPLEX, (FURTHER, ev("extended",
        "2026-11-10", **TOLD)), "2026-11-11", "running", "2026-11-19"),
    Clock("23: ten days of mediation, simple", "decide", {}, MEDIATION, "2026-10-12", "running", "2026-10-15"),
    Clock("23: ten days of mediation, complex", "decide", COMPLEX, MEDIATION, "2026-10-12", "running", "2026-10-30"),
    Clock("23: ten days of mediation, extended", "decide", COMPLEX, (*MEDIATION, FURTHER), "2026-10-16", "running",
        "2026-11-29"),
    Clock("23: still in mediation", "decide", {}, MEDIATION[:1], "2026-10-20", "suspended", None),
    Clock("18(2): five days of appraisal, the complainant told", "decide", {}, (ev("suspended", "2026-09-25",
        reason="appraisal", told="complainant"), ev("resumed", "2026-09-30", reason="appraisal")), "2026-10-01",
        "running", "2026-10-10"),
    Clock("18(2): testing of which nobody was told is not left out", "decide", {}, (ev("suspended", "2026-09-25",
        reason="testing"), ev("resumed", "2026-09-30", reason="testing")), "2026-10-01", "running", "2026-10-05"),
    Clock("18(2): testing told of a day later, with a reference to the suspension", "decide", {}, (ev("suspended",
        "2026-09-25", id="s", reason="testing"), ev("informed", "2026-09-26", ref="s", told="complainant",
        reason="testing"), ev("resumed", "2026-09-30", reason="testing")), "2026-10-01", "running", "2026-10-10"),
    Clock("a pause that the Measures do not know", "decide", {}, (ev("suspended", "2026-09-25",
        reason="waiting_for_department"), ev("resumed", "2026-09-30", reason="waiting_for_department")), "2026-10-01",
        "running", "2026-10-05"),
    Clock("15: withdrawn on the 12th day", "decide", {}, (ev("withdrawn", "2026-10-02"),), "2026-10-02T18:00", "void",
        "2026-10-05"),
    Clock("18(3): new facts and reasons start it anew", "decide", {}, (ev("supplemented", "2026-10-01", items=NEW),),
        "2026-10-02", "running", "2026-10-16"),
    Clock("18(3): new facts without new reasons do not", "decide", {}, (ev("supplemented", "2026-10-01",
        items=("new_facts",)),), "2026-10-02", "running", "2026-10-05"),
    Clock("18(3): a restart drops the extension", "decide", COMPLEX, (FURTHER, ev("supplemented", "2026-10-18",
        items=NEW)), "2026-10-19", "running", "2026-11-17"),
    Clock("18(3): only within the limit; afterwards it is a new complaint", "decide", {}, (ev("supplemented",
        "2026-10-07", items=NEW),), "2026-10-08", "overdue", "2026-10-05"),
    Clock("18(3): a merged complaint keeps the earliest receipt", "decide", {}, (ev("merged", "2026-09-28"),),
        "2026-09-29", "running", "2026-10-05"),
    Clock("21: posted on the last day", "decide", {}, (ev("replied", "2026-10-05"),), "2026-10-20", "met",
        "2026-10-05"),
    Clock("21: posted a minute late", "decide", {}, (ev("replied", "2026-10-06T00:01"),), "2026-10-20", "met_late",
        "2026-10-05"),
    Clock("21: the decision told by phone", "decide", {}, (ev("informed", "2026-10-05", told="complainant",
        reason="decision"),), "2026-10-20", "met", "2026-10-05"),
    Clock("21: the decision told to somebody else", "decide", {}, (ev("informed", "2026-10-05", told="regulator",
        reason="decision"),), "2026-10-20", "overdue", "2026-10-05"),
    Clock("21: not to be reached, evidence kept", "decide", {}, (ev("contact_attempted", "2026-10-04",
        outcome="unreached", reason="decision", items="evidence"),), "2026-10-20", "met", "2026-10-05"),
    Clock("21: not to be reached, no evidence", "decide", {}, (ev("contact_attempted", "2026-10-04",
        outcome="unreached", reason="decision"),), "2026-10-20", "overdue", "2026-10-05"),
    Clock("21: a time agreed by the parties prevails", "decide", {}, (ev("agreed", "2026-09-30", due="2026-10-31"),),
        "2026-10-06", "running", "2026-10-31"),
    Clock("18(1): the first lengthening, to 30 days, recorded as an act: neither approval nor telling is asked for",
        "decide", {}, (ev("extended", "2026-10-01", reason="complex"),), "2026-10-06", "running", "2026-10-20"),
    Clock("18(1): recorded as an act of what is complex anyway", "decide", COMPLEX, (ev("extended", "2026-10-01"),),
        "2026-10-06", "running", "2026-10-20"),
    Clock("18(1): the first lengthening, then the further one: 60 days", "decide", {}, (ev("extended", "2026-10-01",
        reason="complex"), FURTHER), "2026-10-16", "running", "2026-11-19"),
    Clock("18(1): the further one first: the first then shortens nothing", "decide", {}, (ev("extended", "2026-10-01",
        **TOLD), ev("extended", "2026-10-02", reason="complex")), "2026-10-16", "running", "2026-11-04"),
    Clock("18(1): what has run out stays run out", "decide", {}, (ev("extended", "2026-10-06", reason="complex"),),
        "2026-10-07", "overdue", "2026-10-05"),
    Clock("18(1): a matter that nobody found complex is not lengthened", "decide", {"complex": False}, (ev("extended",
        "2026-10-01"),), "2026-10-06", "overdue", "2026-10-05"),
    Clock("18(4): left because the complainant did not raise it", "decide", {"raised_by": "other"}, (ev(
        "not_accepted", "2026-09-25", reason="not_from_complainant", told="submitter"),), "2026-10-20", "void",
        "2026-10-05"),
    Clock("18(4): left on that ground, yet the complainant raised it: the clock runs on", "decide", {"raised_by":
        "complainant"}, (ev("not_accepted", "2026-09-25", reason="not_from_complainant"),), "2026-10-20", "overdue",
        "2026-10-05"),
    Clock("18(4), 14: left while an agent's papers are wanting: no ground yet", "decide", {"raised_by": "agent",
        "agent_documents": False}, (ev("not_accepted", "2026-09-25", reason="not_from_complainant"),), "2026-09-26",
        "running", "2026-10-05"),
    Clock("18(4): left on that ground, and nobody knows who raised it", "decide", {}, (ev("not_accepted",
        "2026-09-25", reason="not_from_complainant"),), "2026-10-20", "undetermined", "2026-10-05"),
    Clock("18(4): found out later that somebody else raised it", "decide", {}, (ev("not_accepted", "2026-09-25",
        reason="not_from_complainant"), ev("amended", "2026-10-12", set={"raised_by": "other"})), "2026-10-20", "void",
        "2026-10-05"),
    Clock("18(4): left for a reason that is none", "decide", {}, (ev("not_accepted", "2026-09-25",
        reason="no_basis"),), "2026-10-20", "overdue", "2026-10-05"),
    Clock("settled in time, the same customer again later: the first clock stays met", "decide", {}, (ev("replied",
        "2026-10-01"), ev("closed", "2026-10-02"), ev("reopened", "2026-11-02"), ev("supplemented", "2026-11-02",
        items=NEW)), "2026-12-31", "met", "2026-10-05"),
    Clock("passing the file on within the institution changes nothing", "decide", {}, (ev("transferred", "2026-09-28",
        to="branch", unit="u-2"),), "2026-09-29", "running", "2026-10-05"),
    Clock("20: not before the complainant has the decision", "review_request", {}, (ev("replied", "2026-10-05"),),
        "2026-10-06", "not_started", None),
    Clock("20: 30 days from having the decision", "review_request", {}, (ev("decision_received", "2026-10-08"),),
        "2026-10-09", "running", "2026-11-07"),
    Clock("20: asked on the last day", "review_request", {}, (ev("decision_received", "2026-10-08"), ev("appealed",
        "2026-11-07")), "2026-11-08", "met", "2026-11-07"),
    Clock("20: none against head office", "review_request", {"decided_by_head_office": True}, (ev("decision_received",
        "2026-10-08"),), "2026-10-09", "not_applicable", None),
    Clock("20: the review is decided and told in 30 days", "review", {}, (ev("decision_received", "2026-10-08"),
        ev("appealed", "2026-11-07")), "2026-11-08", "running", "2026-12-07"),
    Clock("20: reviewed, but not told", "review", {}, (ev("decision_received", "2026-10-08"), ev("appealed",
        "2026-11-07"), ev("reviewed", "2026-12-01")), "2026-12-08", "overdue", "2026-12-07"),
    Clock("20: no extension of a review", "review", {}, (ev("appealed", "2026-11-07"), ev("extended", "2026-12-01",
        **TOLD)), "2026-12-02", "running", "2026-12-07"),
    Clock("20: a request out of time binds nobody", "review", {}, (ev("decision_received", "2026-10-08"),
        ev("appealed", "2026-11-08")), "2026-11-09", "not_applicable", None),
    Clock("20: an appeal to the regulator starts no review by the superior", "review", {}, (ev("appealed",
        "2026-11-07", to="regulator"),), "2026-12-20", "not_started", None),
    Clock("20: and is no request for one", "review_request", {}, (ev("decision_received", "2026-10-08"), ev(
        "appealed", "2026-10-10", to="regulator")), "2026-10-11", "running", "2026-11-07"),
    Clock("20: an appeal to the superior starts it", "review", {}, (ev("appealed", "2026-11-07", to="superior"),),
        "2026-12-08", "overdue", "2026-12-07"),
    Clock("20: reviewed, and told separately, both in time", "review", {}, (ev("appealed", "2026-11-07"), ev(
        "reviewed", "2026-12-01"), ev("informed", "2026-12-07", told="complainant", reason="review")), "2026-12-08",
        "met", "2026-12-07"),
    Clock("20: reviewed in time, told a day late", "review", {}, (ev("appealed", "2026-11-07"), ev("reviewed",
        "2026-12-01"), ev("informed", "2026-12-08", told="complainant", reason="review")), "2026-12-09", "met_late",
        "2026-12-07"),
    Clock("33: Monday, then 29 and 30 September, 8, 9, 10 (a make-up Saturday), 12 and 13 October", "pass_on", {},
        (ev("regulator_received", "2026-09-28"),), "2026-09-29", "running", "2026-10-13", "2026-09-28"),
    Clock("33: passed on on the last working day", "pass_on", {}, (ev("regulator_received", "2026-09-28"),
        ev("passed_on", "2026-10-13")), "2026-10-14", "met", "2026-10-13", "2026-09-28"),
    Clock("29: the hours come from the user", "major_report_time", {"grave_event": True}, (), "2026-09-20T11:00",
        "running", "2026-09-20T12:00", "2026-09-20T10:00"),
    Clock("29: no report where it is known not to be major", "major_report_time", {"grave_event": False,
        "designated_major": False, "joint": False}, (), "2026-09-21", "not_applicable", None),
    Clock("33: passed on a day late", "pass_on", {}, (ev("regulator_received", "2026-09-28"), ev("passed_on",
        "2026-10-14")), "2026-10-15", "met_late", "2026-10-13", "2026-09-28"),
    Clock("29: reported within the hours", "major_report_time", {"grave_event": True}, (ev("reported",
        "2026-09-20T11:59", to="regulator"),), "2026-09-21", "met", "2026-09-20T12:00", "2026-09-20T10:00"),
    Clock("29: not reported within the hours", "major_report_time", {"grave_event": True}, (), "2026-09-20T12:01",
        "overdue", "2026-09-20T12:00", "2026-09-20T10:00"),
    Clock("20: asked a day late", "review_request", {}, (ev("decision_received", "2026-10-08"), ev("appealed",
        "2026-11-08")), "2026-11-09", "met_late", "2026-11-07"),
    Clock("20: reviewed and told in time", "review", {}, (ev("appealed", "2026-11-07"), ev("reviewed", "2026-12-07",
        told="complainant")), "2026-12-08", "met", "2026-12-07"),
]  # fmt: skip


@pytest.mark.parametrize("row", CLOCKS, ids=lambda row: f"{row.limit}: {row.reason}")
def test_a_limit_ends_when_worked_out_by_hand(row: Clock, policy: Policy) -> None:
    clock = assessed(policy, row.received or RECEIVED, row.facts, row.events, row.at).clocks[row.limit]
    assert (clock.status, clock.due_at) == (row.status, last_instant(row.due))


# --- duties ---

REFUSED: Final = {"reason": "not_from_complainant"}

DUTIES: Final = [
    Duty("28: not yet registered", "register", {}, (), "2026-09-21", "due"),
    Duty("28: registered", "register", {}, (ev("registered", "2026-09-20"),), "2026-09-21", "done"),
    Duty("28: nothing to file yet", "archive", {}, (), "2026-09-21", None),
    Duty("28: closed, to be filed", "archive", {}, (ev("closed", "2026-10-02"),), "2026-10-03", "due"),
    Duty("22: identity", "check_identity", {}, (ev("identity_checked", "2026-09-20"),), "2026-09-21", "done"),
    Duty("22: nobody to check", "check_identity", {"anonymous": True}, (), "2026-09-21", None),
    Duty("22: told to a third party", "protect_information", {}, (ev("disclosed", "2026-09-22",
        items="complainant_information"),), "2026-09-23", "breached"),
    Duty("22: told because the law wants it", "protect_information", {}, (ev("disclosed", "2026-09-22",
        items="complainant_information", reason="lawful"),), "2026-09-23", "in_force"),
    Duty("12: may name the place", "designated_place", {"face_to_face": True}, (), "2026-09-21", "open"),
    Duty("12: only for meetings", "designated_place", {}, (), "2026-09-21", None),
    Duty("12: six have come", "limit_representatives", TOGETHER | {"representatives": 6}, (), "2026-09-21", "due"),
    Duty("12: five have come", "limit_representatives", TOGETHER | {"representatives": 5}, (), "2026-09-21", None),
    Duty("13: the bank had it all along", "no_needless_material", {}, (ev("material_requested", "2026-09-22",
        items="held_or_obtainable"),), "2026-09-23", "breached"),
    Duty("13: claims may be asked for", "no_needless_material", {}, (ev("material_requested", "2026-09-22",
        items="claims"),), "2026-09-23", "in_force"),
    Duty("13: something not on the list", "no_other_material", {}, (ev("material_requested", "2026-09-22",
        items="beyond_list"),), "2026-09-23", "breached"),
    Duty("18(4): want of basis is no ground", "refusal_ground", {}, (ev("not_accepted", "2026-09-22",
        reason="no_basis"),), "2026-09-23", "breached"),
    Duty("18(4): the one ground", "refusal_ground", {"raised_by": "other"}, (ev("not_accepted", "2026-09-22",
        **REFUSED),), "2026-09-23", "in_force"),
    Duty("18(4): the one ground, named where it does not hold", "refusal_ground", {"raised_by": "complainant"},
        (ev("not_accepted", "2026-09-22", **REFUSED),), "2026-09-23", "breached"),
    Duty("18(4): the one ground, and nobody knows whether it holds: nothing is claimed", "refusal_ground", {},
        (ev("not_accepted", "2026-09-22", **REFUSED),), "2026-09-23", "in_force"),
    Duty("18(4): may be left", "may_leave", {"raised_by": "other"}, (), "2026-09-21", "open"),
    Duty("18(4): left", "may_leave", {"raised_by": "other"}, (ev("not_accepted", "2026-09-22", **REFUSED),),
        "2026-09-23", "used"),
    Duty("18(4): whoever raised it is not told", "tell_refusal", {}, (ev("not_accepted", "2026-09-22", **REFUSED),),
        "2026-09-23", "due"),
    Duty("18(4): told with the refusal itself", "tell_refusal", {}, (ev("not_accepted", "2026-09-22",
        told="submitter", **REFUSED),), "2026-09-23", "done"),
    Duty("18(4): told a day after", "tell_refusal", {}, (ev("not_accepted", "2026-09-22", **REFUSED), ev("informed",
        "2026-09-23", told="submitter", reason="refusal")), "2026-09-24", "done"),
    Duty("17: the employee complained about looks into it", "recusal", {"interested": frozenset({"staff-7"})},
        (ev("investigated", "2026-09-22", by="staff-7"),), "2026-09-23", "breached"),
    Duty("17: a colleague looks into it", "recusal", {"interested": frozenset({"staff-7"})}, (ev("investigated",
        "2026-09-22", by="staff-8"),), "2026-09-23", "in_force"),
    Duty("17: no interest declared", "recusal", {}, (ev("investigated", "2026-09-22", by="staff-8"),), "2026-09-23",
        "in_force"),
    Duty("18(2): nobody told", "tell_appraisal", {}, (ev("suspended", "2026-09-22", reason="valuation"),),
        "2026-09-23", "due"),
    Duty("18(2): told with the suspension", "tell_appraisal", {}, (ev("suspended", "2026-09-22", reason="valuation",
        told="complainant"),), "2026-09-23", "done"),
    Duty("18(3): may be merged", "may_merge", {}, (), "2026-09-23", "open"),
    Duty("18(3): merged", "may_merge", {}, (ev("merged", "2026-09-22"),), "2026-09-23", "used"),
    Duty("18(3): decided, no longer", "may_merge", {}, (ev("replied", "2026-09-22"),), "2026-09-23", "expired"),
    Duty("18(3): merged into one that was over", "no_late_merge", {}, (ev("replied", "2026-09-22"), ev("merged",
        "2026-10-22")), "2026-10-23", "breached"),
    Duty("18(3): merged in time", "no_late_merge", {}, (ev("merged", "2026-09-22"),), "2026-09-23", None),
    Duty("23: mediation is open", "may_mediate", {}, (), "2026-09-23", "open"),
    Duty("23: mediation taken", "may_mediate", {}, (ev("suspended", "2026-09-22", reason="mediation"),), "2026-09-23",
        "used"),
    Duty("40: refused without reason", "no_unfounded_refusal_of_mediation", {}, (ev("mediation_refused", "2026-09-22",
        reason="unjustified"),), "2026-09-23", "breached"),
    Duty("10: the partner has not answered", "partner_cooperates", {}, (ev("routed", "2026-09-22", to="partner"),),
        "2026-09-23", "due"),
    Duty("10: the partner has answered", "partner_cooperates", {}, (ev("routed", "2026-09-22", to="partner"),
        ev("informed", "2026-09-24", by="partner")), "2026-09-25", "done"),
    Duty("9, 26: the bank's doing", "mend_cause", {"caused_by": "bank"}, (ev("resolved", "2026-09-24"),),
        "2026-09-25", "due"),
    Duty("9, 26: the customer's doing", "mend_cause", {"caused_by": "customer"}, (ev("resolved", "2026-09-24"),),
        "2026-09-25", None),
    Duty("29: plan", "major_plan", {"grave_event": True}, (ev("plan_started", "2026-09-20"),), "2026-09-21", "done"),
    Duty("29: no plan for an ordinary one", "major_plan", {}, (), "2026-09-21", None),
    Duty("29: report", "major_report_duty", {"grave_event": True}, (), "2026-09-21", "due"),
    Duty("29: reported", "major_report_duty", {"grave_event": True}, (ev("reported", "2026-09-21", to="regulator"),),
        "2026-09-22", "done"),
    Duty("33: passed on, complainant not told", "regulator_tells", {}, (ev("passed_on", "2026-09-22"),), "2026-09-23",
        "due"),
    Duty("33: told at once", "regulator_tells", {}, (ev("passed_on", "2026-09-22", told="complainant"),),
        "2026-09-23", "done"),
    Duty("22: nobody has looked", "check_identity", {}, (), "2026-09-21", "due"),
    Duty("29: no plan yet", "major_plan", {"grave_event": True}, (), "2026-09-21", "due"),
    Duty("40: refused for a reason", "no_unfounded_refusal_of_mediation", {}, (ev("mediation_refused", "2026-09-22",
        reason="settled_in_court"),), "2026-09-23", "in_force"),
    Duty("18(4): the complainant raised it", "may_leave", {"raised_by": "complainant"}, (), "2026-09-21", None),
    Duty("23: withdrawn, nothing left to mediate", "may_mediate", {}, (ev("withdrawn", "2026-09-22"),), "2026-09-23",
        "expired"),
    Duty("13: something on the list", "no_other_material", {}, (ev("material_requested", "2026-09-22",
        items="facts"),), "2026-09-23", "in_force"),
]  # fmt: skip


@pytest.mark.parametrize("row", DUTIES, ids=lambda row: f"{row.duty}: {row.reason}")
def test_a_duty_stands_where_worked_out_by_hand(row: Duty, policy: Policy) -> None:
    assert status_of(policy, RECEIVED, row) == ([row.status] if row.status else [])


# --- documents, violations ---

DOCUMENTS: Final = [
    Document("13: claims are not on record", "intake", {"recorded": ("complainant", "respondent", "facts")}, (),
        ("claims",)),
    Document("19: remedies not named", "reply", {}, (ev("replied", "2026-10-01", items=("verified", "basis")),),
        ("remedies",)),
    Document("19: complete", "reply", {}, (ev("replied", "2026-10-01", items=("verified", "basis", "remedies")),),
        ()),
    Document("20: asked for by word of mouth", "review_request_form", {}, (ev("appealed", "2026-10-10",
        items="reasons"),), ("written",)),
    Document("20: time not looked at", "review_scope", {}, (ev("reviewed", "2026-11-01", items=("process",
        "result")),), ("time",)),
    Document("21: no proof of posting", "proof_of_telling", {}, (ev("replied", "2026-10-01", items="verified"),),
        ("proof_of_dispatch",)),
]  # fmt: skip


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: f"{row.checklist}: {row.reason}")
def test_a_document_lacks_what_the_text_wants(row: Document, policy: Policy) -> None:
    assert lacking(policy, RECEIVED, row, "2026-11-02") == [row.missing]


VIOLATIONS: Final[Sequence[tuple[str, Mapping[str, Any], Sequence[Event], tuple[str, str]]]] = [
    ("18(1): approved, not told", COMPLEX, (ev("extended", "2026-10-15", approved_by="superior"),),
        ("extension_without_effect", "limit/decide/further")),
    ("18(1): a second time", COMPLEX, (FURTHER, ev("extended", "2026-11-10", **TOLD)), ("extension_without_effect",
        "limit/decide/further")),
    ("18(2): testing nobody was told of", {}, (ev("suspended", "2026-09-25", reason="testing"),),
        ("suspension_without_effect", "limit/decide")),
    ("18(1): told on the 16th day", {}, (ev("replied", "2026-10-06"),), ("late", "limit/decide")),
    ("18(4): no ground", {}, (ev("not_accepted", "2026-09-25", reason="no_basis"),), ("forbidden",
        "duty/refusal_ground")),
    ("18(4): the ground does not hold", {"raised_by": "complainant"}, (ev("not_accepted", "2026-09-25", **REFUSED),),
        ("ending_without_effect", "limit/decide")),
    ("19: incomplete", {}, (ev("replied", "2026-10-01", items="basis"),), ("incomplete", "checklist/reply")),
]  # fmt: skip


@pytest.mark.parametrize("row", VIOLATIONS, ids=[row[0] for row in VIOLATIONS])
def test_a_breach_is_named_with_its_rule(
    row: tuple[str, Mapping[str, Any], Sequence[Event], tuple[str, str]], policy: Policy
) -> None:
    _, facts, events, wanted = row
    found = assessed(policy, RECEIVED, facts, events, "2026-11-15")
    assert wanted in [(violation.code, violation.rule) for violation in found.violations]


def test_a_lawful_act_is_no_breach(policy: Policy) -> None:
    """15: the process ends by itself on the day a withdrawal arrives; 18(1): the first lengthening asks for nobody."""
    withdrawn = assessed(policy, RECEIVED, {}, (ev("withdrawn", "2026-10-02"),), "2026-12-01")
    assert [one.rule for one in withdrawn.violations] == []
    first = (ev("extended", "2026-10-01", reason="complex"), ev("replied", "2026-10-20"))
    lengthened = assessed(policy, RECEIVED, {}, first, "2026-12-01")
    assert [one.rule for one in lengthened.violations] == []
    plain = assessed(policy, RECEIVED, COMPLEX, (ev("extended", "2026-10-01"),), "2026-10-02")
    assert [one.rule for one in plain.violations] == []


def test_who_raised_it_is_asked_where_a_refusal_hangs_on_it(policy: Policy) -> None:
    refused = (ev("not_accepted", "2026-09-25", **REFUSED),)
    found = assessed(policy, RECEIVED, {}, refused, "2026-10-20")
    (asked,) = [one for one in found.questions if one.fact == "raised_by"]
    assert {"limit/decide", "duty/refusal_ground"} <= set(asked.affects)


def test_the_customers_own_limit_is_never_the_banks_lateness(policy: Policy) -> None:
    """Art. 20 gives the complainant 30 days; letting them pass is no breach."""
    events = (ev("replied", "2026-10-01"), ev("decision_received", "2026-10-08"))
    found = assessed(policy, RECEIVED, {}, events, "2026-12-01")
    assert found.clocks["review_request"].status == "overdue"
    assert "limit/review_request" not in [violation.rule for violation in found.violations]


# --- asking before acting ---

ACTS: Final[Sequence[tuple[str, Mapping[str, Any], Sequence[Event], Event, list[str]]]] = [
    ("18(1): an extension that nobody was told of", COMPLEX, (), ev("extended", "2026-10-15", approved_by="superior"),
        ["limit/decide/further"]),
    ("18(1): an extension as it should be", COMPLEX, (), FURTHER, []),
    ("18(4): to leave a complaint for want of basis", {}, (), ev("not_accepted", "2026-09-22", reason="no_basis"),
        ["duty/refusal_ground"]),
    ("17: to look into one's own case", {"interested": frozenset({"staff-7"})}, (), ev("investigated", "2026-09-22",
        by="staff-7"), ["duty/recusal"]),
    ("13: to ask for what is on file", {}, (), ev("material_requested", "2026-09-22", items="held_or_obtainable"),
        ["duty/no_needless_material"]),
    ("19: to reply without naming the remedies", {}, (), ev("replied", "2026-09-22", items=("verified", "basis")),
        ["checklist/reply"]),
    ("15: the closing that a withdrawal calls for is not held against itself", {}, (ev("withdrawn",
        "2026-10-02T09:00"),), ev("closed", "2026-10-02T10:00"), []),
    ("29: to close a major one without its plan", {"grave_event": True}, (ev("replied", "2026-10-01"), ev("reported",
        "2026-09-20", to="regulator")), ev("closed", "2026-10-02"), ["duty/major_plan"]),
]  # fmt: skip


@pytest.mark.parametrize("row", ACTS, ids=[row[0] for row in ACTS])
def test_an_act_is_permitted_or_refused_with_the_rule(
    row: tuple[str, Mapping[str, Any], Sequence[Event], Event, list[str]], policy: Policy
) -> None:
    _, facts, events, act, against = row
    answer = permitted(Case(complaint(RECEIVED, **facts), events), act, policy, calendar=china())
    assert [violation.rule for violation in answer.against] == against
    assert bool(answer) is not bool(against)


# --- what is not in the text, what stands over many cases ---


def test_what_the_measures_leave_open_is_asked_for_and_stops_nothing_else() -> None:
    """Hours for the report of art. 29 and years of art. 28 are nowhere in the text."""
    found = assessed(load_policy("cbirc-2020-3"), RECEIVED, {"grave_event": True}, (), "2026-09-21")
    assert {missing.name for missing in found.missing} == {"major_report", "retention"}
    assert found.clocks["decide"].due_at == last_instant("2026-10-05")
    assert found.findings["supervision"].value == frozenset()


def test_files_are_kept_as_long_as_the_user_says(policy: Policy) -> None:
    """Art. 28 leaves the years to the law: 5 years from closing, to the corresponding day (Civil Code)."""
    events = (ev("replied", "2026-10-01"), ev("closed", "2026-10-02"))
    assert assessed(policy, RECEIVED, {}, events, "2026-10-03").keep_until == dt.date(2031, 10, 2)


@pytest.mark.parametrize(("received", "codes"), [("2020-02-29", ["not_in_force"]), ("2020-03-01", [])])
def test_the_measures_are_in_force_from_march_2020(received: str, codes: list[str], policy: Policy) -> None:
    assert [note.code for note in assessed(policy, received, {}, (), received).notes] == codes


def test_the_measures_speak_of_consumer_disputes_only(policy: Policy) -> None:
    """Art. 2: a report on staff without a civil claim is no consumer complaint; that is noted, not refused."""
    found = assessed(policy, RECEIVED, {"consumer_dispute": False}, (), "2026-09-21")
    assert [note.code for note in found.notes] == ["not_applicable"]


def test_the_yearly_figures_are_there(policy: Policy) -> None:
    """Art. 26 wants a yearly disclosure; what it counts is our reading, and so marked."""
    assert {name: figure.by for name, figure in policy.figures.items()} == {
        "received": None, "by_business": "business", "by_reason": "reason", "in_time": None,
    }  # fmt: skip
    assert all(figure.per == "year" and figure.reading for figure in policy.figures.values())


def test_every_rule_fires_in_some_test(policy: Policy) -> None:
    """Rules accepted but never executed: open-mercato#2293."""
    assert never_fired(policy, RECEIVED, classes=CLASSES, clocks=CLOCKS, duties=DUTIES, documents=DOCUMENTS) == set()
    assert one_sided(policy, CLOCKS, DUTIES) == set()
    assert undocumented(policy) == []
    assert policy.retention is not None
    assert not policy.filings
    assert not policy.links
