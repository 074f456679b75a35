"""What may lie before the receipt: a regulator's own days, in one case with those of the institution."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules import Case, Complaint, Event, Policy, assess, load_policy, policy_for
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.timeline import Timeline
from complaint_rules.errors import UnknownPolicy
from complaint_rules.words.timelines import timeline_text
from tests.golden import china, happened, local, moment

RECEIVED = "2026-10-12T09:00"
HAS_IT = happened("regulator_received", "2026-09-28T10:00")


def judged(*events: Event, at: str = "2026-10-15T10:00", policy: Policy | None = None) -> Assessment:
    case = Case(Complaint(id="c-1", received=moment(RECEIVED)), events)
    return assess(case, policy or load_policy("cbirc-2020-3"), at=moment(at), calendar=china())


@pytest.mark.parametrize(
    ("passed_on", "status"),
    [
        (happened("passed_on", "2026-10-12T08:59", told="complainant"), "met"),
        (happened("passed_on", "2026-10-10", told="complainant"), "met"),  # the make-up Saturday is the sixth day
        (happened("passed_on", "2026-10-13T23:59", told="complainant"), "met"),
        (happened("passed_on", "2026-10-14T00:00", told="complainant"), "met_late"),
    ],
)
def test_the_regulators_seven_working_days_begin_before_the_banks_receipt(passed_on: Event, status: str) -> None:
    """33: from the regulator's receipt on 28 September; 29, 30, 8, 9, 10, 12, 13 October are its seven working days.

    18(1): the bank's fifteen days begin with its own receipt.
    """
    found = judged(HAS_IT, passed_on)
    assert (found.clocks["pass_on"].status, local(found.clocks["pass_on"].due_at)) == (status, "2026-10-13T23:59")
    assert local(found.clocks["decide"].due_at) == "2026-10-27T23:59"
    assert [one.code for one in found.violations if one.code == "before_receipt"] == []


def test_what_may_not_lie_before_the_receipt_still_may_not() -> None:
    found = judged(HAS_IT, happened("registered", "2026-10-11T10:00"))
    assert [(one.code, one.event) for one in found.violations if one.code == "before_receipt"] == [
        ("before_receipt", "registered")
    ]


def test_an_event_before_the_receipt_ends_no_limit_that_begins_with_it() -> None:
    head = load_policy("cbirc-2020-3")
    text = f"""
id = "own"
edition = "1"
title = {{ zh = "甲", en = "A" }}
issuer = {{ zh = "某行", en = "A bank" }}
checked_on = 2026-11-21
extends = {{ id = "cbirc-2020-3", edition = "{head.edition}" }}
[[limit]]
id = "again"
title = {{ zh = "再次转送", en = "Passed on again" }}
from = "received"
until = "passed_on"
first = [{{ within = "3 days" }}]
"""
    policy = Policy.from_text(text)
    early, late = happened("passed_on", "2026-10-09T10:00"), happened("passed_on", "2026-10-13T10:00")
    assert judged(HAS_IT, early, policy=policy).clocks["again"].status == "running"
    assert judged(HAS_IT, late, early, policy=policy).clocks["again"].status == "met"


def test_the_course_of_the_case_begins_with_it() -> None:
    told = timeline_text(judged(happened("passed_on", "2026-10-09T10:00"), HAS_IT), "en").splitlines()
    assert told[0].startswith("2026-09-28 (Mon) 10:00")
    assert "regulator has the complaint" in told[0]
    assert [line.startswith("2026-10-12 (Mon) 09:00") for line in told].index(True) > 1


def test_its_place_is_before_the_receipt_whatever_the_order_of_recording() -> None:
    case = Case(
        Complaint(id="c-1", received=moment(RECEIVED)),
        (happened("replied", "2026-10-13T10:00"), happened("passed_on", "2026-10-09T10:00"), HAS_IT),
    )
    known = Timeline(case, moment("2026-10-15T10:00"), prior=frozenset({"passed_on", "regulator_received"}))
    assert [(entry.event.kind, entry.order) for entry in known.before] == [
        ("regulator_received", -2),
        ("passed_on", -1),
    ]
    assert [entry.event.kind for entry in known.entries] == ["received", "replied"]
    earlier = known.until(moment("2026-10-12T10:00"))
    assert earlier.kinds == {"passed_on", "regulator_received"}
    assert earlier.before == known.before


def test_a_case_keeps_the_edition_in_force_at_its_receipt() -> None:
    case = Case(Complaint(id="c-1", received=moment("2020-03-01T00:00")))
    assert policy_for(case, "cbirc-2020-3").edition == "2020"
    with pytest.raises(UnknownPolicy, match="no edition is in force on that day"):
        policy_for(Complaint(id="c-1", received=dt.date(2020, 2, 29)), "cbirc-2020-3")
