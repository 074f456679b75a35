"""Notices: what is told of whom when, under which id, and what is told of nobody."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.notifications import NotificationKind
from complaint_rules.cases.case import Case, Event
from complaint_rules.policy.rules import Modality
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import TITLE, duty, fact, limit, own, worked, written

RECEIVED: Final = "2026-09-20T09:00"
LEVELS: Final = f'[[level]]\nid = "branch"\ntitle = {{ zh = "分行", en = "Branch" }}\n[[body]]\nid = "head"\n{TITLE}'
WHOLE: Final = own(LEVELS, limit('[{ within = "15 days", warn = ["3 days", "1 day"], cite = "18" }]', 'who = "branch"'))
"""Due on 5 October at 24:00; warned of on the 3rd and the 5th at 0:00."""


def told(found: Assessment) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind.value, written(one.since), written(one.due_at)) for one in found.notices]


@pytest.mark.parametrize(
    ("at", "events", "expected", "why"),
    [
        ("2026-09-20T09:00", [], [("due", "2026-09-20T09:00", "2026-10-05")], "it runs, nothing else"),
        (
            "2026-10-03T00:00", [],
            [("due", "2026-09-20T09:00", "2026-10-05"), ("warning", "2026-10-03T00:00", "2026-10-05")],
            "the very moment of the first warning",
        ),
        (
            "2026-10-05T23:59", [],
            [
                ("due", "2026-09-20T09:00", "2026-10-05"), ("warning", "2026-10-03T00:00", "2026-10-05"),
                ("warning", "2026-10-05T00:00", "2026-10-05"),
            ],
            "both warnings have come, and it still runs",
        ),
        (
            "2026-10-06T00:00", [],
            [
                ("warning", "2026-10-03T00:00", "2026-10-05"), ("warning", "2026-10-05T00:00", "2026-10-05"),
                ("overdue", "2026-10-06T00:00", "2026-10-05"),
            ],
            "it has run out; the warnings stand as long as it waits",
        ),
        ("2026-10-04T12:00", [ev("closed", "2026-10-04T10:00")], [], "met in time: nothing to tell any more"),
        (
            "2026-10-09T12:00", [ev("closed", "2026-10-08T10:00")],
            [("met_late", "2026-10-08T10:00", "2026-10-05")],
            "met late, since it was met",
        ),
    ],
)  # fmt: skip
def test_what_is_told_of_a_limit(at: str, events: list[Event], expected: list[Any], why: str) -> None:
    assert told(worked(WHOLE, RECEIVED, events, at)) == expected, why


def test_each_notice_has_an_id_of_its_own_that_names_policy_rule_case_start_and_kind() -> None:
    start = "own/limit/whole/c-1/received@2026-09-20T09:00:00+08:00"
    assert [one.id for one in worked(WHOLE, RECEIVED, [], "2026-10-06").notices] == [
        f"{start}/warning", f"{start}/warning/2", f"{start}/overdue",
    ]  # fmt: skip


def test_a_notice_says_who_has_to_act_by_which_article_and_how_binding_it_is() -> None:
    (one,) = worked(WHOLE, RECEIVED, [], "2026-09-21").notices
    assert (one.who, one.to, one.rule, one.cite, one.modality) == ("branch", None, "limit/whole", "18", Modality.MUST)
    assert dict(one.title) == {"zh": "甲", "en": "A"}
    assert one.run == worked(WHOLE, RECEIVED, [], "2026-09-21").clocks["whole"].run
    assert repr(one) == "<Notification limit/whole: due, due 2026-10-05T23:59:59.999999+08:00>"


def test_what_stands_still_is_not_due_and_what_is_void_is_told_only_where_it_was_late() -> None:
    rules = own(limit('[{ within = "15 days" }]', 'void_on = "withdrawn"', 'pauses = [{ reason = "mediation" }]'))
    assert told(worked(rules, RECEIVED, [ev("suspended", "2026-09-25", reason="mediation")], "2026-10-20")) == []
    assert told(worked(rules, RECEIVED, [ev("withdrawn", "2026-09-25T10:00")], "2026-10-20")) == []
    assert told(worked(rules, RECEIVED, [ev("withdrawn", "2026-10-08T10:00")], "2026-10-20")) == [
        ("late", "2026-10-08T10:00", "2026-10-05")
    ]


def test_what_was_late_stays_told_when_another_due_moment_is_set() -> None:
    """Issue 7: superseded runs that were late stay told."""
    rules = own(fact("complex"), limit("[{ within = '30 days', when = 'complex' }, { within = '10 days' }]"))
    events = [ev("amended", "2026-10-05T10:00", set={"complex": True})]
    before = worked(rules, RECEIVED, events, "2026-10-04")
    assert told(before) == [("overdue", "2026-10-01T00:00", "2026-09-30")]
    assert told(worked(rules, RECEIVED, events, "2026-10-06")) == [
        ("late", "2026-10-05T10:00", "2026-09-30"), ("due", "2026-09-20T09:00", "2026-10-20"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("unseen", "events", "why"),
    [
        ({"closed"}, [], "the source cannot show the end"),
        (set(), [Event("closed")], "it ended, nobody knows when"),
        (set(), [ev("closed", "2026-10-06"), Event("amended", None, set={"complex": True})], "the figure is not known"),
    ],
)
def test_no_notice_accuses_where_the_verdict_is_undetermined(unseen: set[str], events: list[Event], why: str) -> None:
    """Issue 7: no notice accuses where the verdict is undetermined."""
    rules = own(fact("complex"), limit("[{ within = '30 days', when = 'complex' }, { within = '10 days' }]"))
    case = Case(complaint(RECEIVED), events, unseen=unseen)
    found = assess(case, rules, at=instant("2026-10-20"), calendar=china())
    assert found.clocks["whole"].status == "undetermined", why
    assert found.notices == (), why


def test_rules_that_do_not_claim_to_apply_inform_and_accuse_nobody() -> None:
    rules = own("effective_from = 2027-01-01", limit('[{ within = "15 days", warn = "1 day" }]'))
    assert told(worked(rules, RECEIVED, [], "2026-10-06")) == [("warning", "2026-10-05T00:00", "2026-10-05")]
    assert told(worked(rules, RECEIVED, [ev("closed", "2026-10-08")], "2026-10-09")) == []


DUTIES: Final = own(
    LEVELS, fact("urgent"),
    duty("must", '"reported"', 'when = "urgent"', 'within = "2 days"', 'who = "branch"', 'to = "head"', id="report"),
    duty("should", '"informed"', 'within = "at once"', id="inform"),
    duty("may", '"transferred"', id="pass_on"), duty("must_not", '"disclosed"', id="secret"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("at", "events", "expected", "why"),
    [
        (
            "2026-09-21", [],
            [("to_be_done", "2026-09-20T09:00", "2026-09-22"), ("to_be_done", "2026-09-20T09:00", None)],
            "a permission and a prohibition ask nothing of anybody",
        ),
        (
            "2026-09-23", [],
            [("overdue", "2026-09-23T00:00", "2026-09-22"), ("to_be_done", "2026-09-20T09:00", None)],
            "what is to be done at once is never overdue by itself",
        ),
        (
            "2026-09-25", [ev("reported", "2026-09-24T10:00"), ev("informed", "2026-09-24T10:00")],
            [("met_late", "2026-09-24T10:00", "2026-09-22")],
            "done two days late; the other one is done",
        ),
        (
            "2026-09-25",
            [ev("amended", "2026-09-21T10:00", set={"urgent": False}), ev("informed", "2026-09-21T11:00")],
            [("lapsed", "2026-09-21T10:00", "2026-09-22")],
            "its ground ceased before it was due",
        ),
        (
            "2026-09-25", [Event("reported"), ev("informed", "2026-09-21")], [],
            "reported, nobody knows when: undetermined",
        ),
    ],
)  # fmt: skip
def test_what_is_told_of_a_duty(at: str, events: list[Event], expected: list[Any], why: str) -> None:
    assert told(worked(DUTIES, RECEIVED, events, at, urgent=True)) == expected, why


def test_the_notice_of_a_duty_says_towards_whom() -> None:
    one, other = worked(DUTIES, RECEIVED, [], "2026-09-23", urgent=True).notices
    assert (one.who, one.to, one.rule, one.cite, one.modality, one.run) == (
        "branch", "head", "duty/report", None, Modality.MUST, None,
    )  # fmt: skip
    assert one.id == "own/report/c-1/received@2026-09-20T09:00:00+08:00/overdue"
    assert dict(other.title) == {"zh": "甲", "en": "A"}
    assert repr(other) == "<Notification duty/inform: to_be_done>"


def test_what_is_still_to_come_is_awaited_and_what_is_over_is_not() -> None:
    waits = {kind for kind in NotificationKind if kind not in ("late", "met_late", "lapsed")}
    seen = set()
    for events, at in (
        ([], "2026-10-06"), ([], "2026-09-21"), ([ev("closed", "2026-10-08")], "2026-10-09"),
    ):  # fmt: skip
        for one in worked(WHOLE, RECEIVED, events, at).notices:
            seen.add(one.kind)
            assert one.awaited is (one.kind in waits)
    assert seen == {NotificationKind.DUE, NotificationKind.WARNING, NotificationKind.OVERDUE, NotificationKind.MET_LATE}


def test_notices_are_plain_data_too() -> None:
    data = json.loads(json.dumps(worked(DUTIES, RECEIVED, [], "2026-09-23", urgent=True).to_dict()))
    assert data["notices"][0] == {
        "id": "own/report/c-1/received@2026-09-20T09:00:00+08:00/overdue", "kind": "overdue", "rule": "duty/report",
        "who": "branch", "to": "head", "since": "2026-09-23T00:00:00+08:00",
        "due_at": "2026-09-22T23:59:59.999999+08:00", "modality": "must", "cite": None,
        "title": {"zh": "甲", "en": "A"},
    }  # fmt: skip
    assert (data["notices"][1]["to"], data["notices"][1]["due_at"]) == (None, None)
    assert data["format"] == "complaint-rules/assessment/1"


def test_nothing_is_worked_out_before_somebody_asks_and_nothing_twice() -> None:
    found = worked(WHOLE, RECEIVED, [], "2026-10-06")
    assert found._worked._notices is None
    assert found.notices is found.notices
