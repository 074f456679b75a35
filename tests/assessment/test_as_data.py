"""Assessments as plain data: every part that a run, a grant or a check can have."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any, Final

from complaint_rules.assessment.as_data import when_text
from complaint_rules.cases.case import Event
from tests.by_hand import ev
from tests.small import TITLE, duty, fact, limit, own, table, worked

RECEIVED: Final = "2026-09-20T09:00"
MEDIATION: Final = 'pauses = [{ reason = "mediation", cite = "23" }]'


def clock_data(policy: Any, events: list[Event], at: str, **facts: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(worked(policy, RECEIVED, events, at, **facts).to_dict()))
    return dict(data["clocks"]["whole"])


def test_moments_and_days_are_written_as_iso_text() -> None:
    assert (when_text(None), when_text(dt.date(2026, 10, 1))) == (None, "2026-10-01")


def test_a_running_clock_has_its_moments_its_period_and_its_certainty() -> None:
    data = clock_data(own(limit('[{ within = "15 days", warn = "3 days" }]', 'cite = "18"')), [], "2026-09-21")
    wanted = {
        "status": "running", "rule": "limit/whole", "cite": "18", "started_at": "2026-09-20T09:00:00+08:00",
        "due_at": "2026-10-05T23:59:59.999999+08:00", "ended_at": None, "period": "15 days", "certainty": "final",
        "warn_at": "2026-10-03T00:00:00+08:00", "contact_by": None, "needs_deviation": False,
    }  # fmt: skip
    assert {key: data[key] for key in wanted} == wanted
    silent = {"pauses", "extensions", "remaining", "agreed", "runs", "overdue_by_reclassification", "undetermined_by"}
    assert not silent & set(data)


def test_a_clock_that_has_not_started_has_no_moments() -> None:
    data = clock_data(own(limit(start='"accepted"')), [], "2026-09-21")
    assert (data["status"], data["started_at"], data["due_at"], data["certainty"]) == ("not_started", None, None, None)


def test_a_stopped_clock_shows_what_remains_and_why_it_stopped() -> None:
    stop = ev("suspended", "2026-10-01T09:00", reason="mediation")
    days = clock_data(own(limit('[{ within = "15 days" }]', MEDIATION)), [stop], "2026-10-02")
    assert (days["status"], days["due_at"], days["remaining"]) == ("suspended", None, 4)
    assert days["pauses"] == [{"start": "2026-10-01T09:00:00+08:00", "end": None, "reason": "mediation", "cite": "23"}]
    stop = ev("suspended", "2026-09-21T09:00", reason="mediation")
    hours = clock_data(own(limit('[{ within = "48 hours" }]', MEDIATION)), [stop], "2026-10-02")
    assert hours["remaining"] == 24 * 3600, "in seconds"


def test_extensions_are_listed_with_what_became_of_them() -> None:
    policy = own(limit('[{ within = "15 days" }]', "[[limit.extension]]", 'id = "x"', 'add = "5 days"', 'cite = "9"'))
    events = [ev("extended", "2026-09-22T09:00"), ev("extended", "2026-09-23T09:00")]
    assert clock_data(policy, events, "2026-09-24")["extensions"] == [
        {"rule": "x", "at": "2026-09-22T09:00:00+08:00", "valid": True, "why": "", "cite": "9"},
        {"rule": "x", "at": "2026-09-23T09:00:00+08:00", "valid": False, "why": "too_often", "cite": "9"},
    ]


def test_agreements_second_runs_and_late_classes_are_marked() -> None:
    policy = own(
        limit('[{ within = "30 days", when = "complex" }, { within = "15 days" }]', "agreed = true", 'reopen = "new"')
    )
    agreed = clock_data(policy, [ev("agreed", "2026-09-22", due="2026-10-20")], "2026-09-24")
    assert (agreed["agreed"], agreed["period"], agreed["certainty"]) == (True, None, None)
    twice = clock_data(policy, [ev("closed", "2026-09-22"), ev("reopened", "2026-09-24")], "2026-09-25")
    assert [run["status"] for run in twice["runs"]] == ["met", "running"]
    late = clock_data(policy, [ev("amended", "2026-10-08", set={"complex": False})], "2026-10-09", complex=True)
    assert late["overdue_by_reclassification"] is True


def test_what_a_rule_rests_on_stands_beside_it() -> None:
    policy = own(
        fact("vip"), table("t", ("a", "vip"), ("b", "")), table("e", ("a", "vip"), every=True),
        limit('[{ within = "5 days", when = "vip" }, { within = "15 days" }]'),
        duty("must", '"informed"', 'when = "not vip"', 'within = "2 days"'),
        f'[[checklist]]\nid = "reply"\n{TITLE}\nof = "replied"\ncite = "19"\nitems.basis = {{ zh = "甲", en = "A" }}',
    )  # fmt: skip
    found = worked(
        policy, RECEIVED, [ev("replied", "2026-09-21"), ev("replied", "2026-09-22", items="other")], "2026-09-30"
    )
    data = json.loads(json.dumps(found.to_dict()))
    assert (data["findings"]["t"]["value"], data["findings"]["t"]["assumed"]) == ("b", ["vip"])
    assert data["findings"]["e"]["value"] == []
    assert [(check["missing"], check["at"]) for check in data["checks"]] == [
        (None, "2026-09-21"), (["basis"], "2026-09-22"),
    ]  # fmt: skip
    (one,) = data["duties"]
    assert (one["status"], one["due_at"], one["modality"]) == ("overdue", "2026-09-22T23:59:59.999999+08:00", "must")
    assert {violation["code"] for violation in data["violations"]} == {"incomplete", "missed"}
    assert data["questions"][0]["fact"] == "vip"
    assert data["notes"] == []
    assert data["next_change_at"] == "2026-10-06T00:00:00+08:00"


def test_facts_that_decided_are_plain_days_as_iso_text_and_amounts_to_the_digit() -> None:
    rules = own(
        fact("since", "day", None), fact("worth", "decimal", None),
        table("grade", ("a", "since > '2026-03-01' and worth > 5"), ("b", "")),
    )  # fmt: skip
    extra = {"since": dt.date(2026, 3, 5), "worth": Decimal("7.50")}
    data = json.loads(json.dumps(worked(rules, RECEIVED, [], "2026-09-21", **extra).to_dict()))
    assert data["findings"]["grade"]["because"]["facts"] == {"since": "2026-03-05", "worth": "7.50"}
