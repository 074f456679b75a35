"""Corners of doubt and of the record that no other table reaches."""

from __future__ import annotations

import datetime as dt
from typing import Final

from complaint_rules import Case, Complaint, Event, assess
from complaint_rules.cases.plain import case_to_dict
from complaint_rules.conditions.scopes import SOMETIME
from complaint_rules.policy.codes import misfits
from complaint_rules.words.rulebooks import explain_rule
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import duty, fact, limit, own, table

RECEIVED: Final = "2026-09-20T09:00"


def test_what_is_done_before_its_ground_is_sure_is_undetermined() -> None:
    policy = own(duty("must", '"reported"', "when = \"has('appealed')\""))
    events = [Event("appealed"), ev("reported", "2026-09-22")]
    answer = assess(Case(complaint(RECEIVED), events), policy, at=instant("2026-10-01"), calendar=china())
    assert [one.status for one in answer.duties] == ["undetermined"], "perhaps appealed only after the report"


def test_a_pause_that_lacks_its_requirement_may_be_completed_at_an_unknown_moment() -> None:
    policy = own(
        limit(
            '[{ within = "10 days" }]',
            'pauses = [{ reason = "mediation", requires = "\'complainant\' in event.told" }]',
        )
    )
    events = [
        ev("suspended", "2026-09-25", reason="mediation", id="p"),
        ev("resumed", "2026-10-02", reason="mediation"),
        ev("routed", "2026-09-26", ref="p"),
        Event("informed", ref="p", told="complainant"),
        ev("closed", "2026-10-04T09:00"),
    ]
    answer = assess(Case(complaint(RECEIVED), events), policy, at=instant("2026-10-20"), calendar=china())
    assert answer.clocks["whole"].status in ("met", "undetermined")


def test_a_waiting_time_of_an_undated_or_unseen_beginning_is_unknown() -> None:
    policy = own(table("age", ("old", "elapsed('routed', '10 days')"), ("young", "")))
    for events, unseen in (([Event("routed")], ()), ([], ("routed",)), ([ev("routed", "2026-09-30")], ("routed",))):
        case = Case(complaint(RECEIVED), events, unseen=unseen)
        finding = assess(case, policy, at=instant("2026-10-05"), calendar=china()).findings["age"]
        assert (finding.value, finding.certain) == ("young", False)
    case = Case(complaint(RECEIVED), [ev("routed", "2026-09-21")], unseen=("routed",))
    assert assess(case, policy, at=instant("2026-10-05"), calendar=china()).findings["age"].value == "old"


def test_a_correction_that_changes_no_verdict_is_told_alone() -> None:
    policy = own(
        limit('[{ within = "20 days", when = "complex" }, { within = "10 days" }]'),
        limit('[{ within = "5 days" }]', 'who = "customer"', id="theirs"),
    )
    corrected = ev("amended", "2026-09-22T09:00", set={"complex": True}, reason="mistaken")
    answer = assess(Case(complaint(RECEIVED), [corrected]), policy, at=instant("2026-09-25"), calendar=china())
    assert [one.code for one in answer.violations] == ["corrected"]
    late = assess(Case(complaint(RECEIVED), [corrected]), policy, at=instant("2026-11-25"), calendar=china())
    assert [one.code for one in late.violations] == ["late", "corrected"]


def test_a_case_without_events_and_one_with_unseen_kinds_are_written_whole() -> None:
    one = Complaint(id="c-1", received=dt.date(2026, 9, 20))
    assert case_to_dict(Case(one)) == {"id": "c-1", "received": "2026-09-20"}
    assert case_to_dict(Case(one, unseen=["closed"]))["unseen"] == ["closed"]


def test_an_event_at_an_unknown_moment_prints_as_what_it_is() -> None:
    assert repr(SOMETIME) == "SOMETIME"


def test_an_item_that_is_nothing_like_a_known_one_is_the_institutions_own() -> None:
    case = Case(complaint(RECEIVED, recorded={"zzz_own_item"}))
    assert list(misfits(policy_of("boc-it-blueprint"), case)) == []


def test_a_day_known_for_want_of_the_hour_against_a_presumed_moment() -> None:
    policy = own(
        fact("target", "moment", "2026-10-01T09:00:00+08:00"),
        table("t", ("late", "target >= '2026-10-01T18:00:00+08:00'"), ("early", "")),
    )
    assert assess(complaint(RECEIVED), policy, at=instant("2026-09-21")).findings["t"].value == "early"


def test_a_limit_all_of_whose_candidates_lack_a_figure_is_undetermined() -> None:
    policy = own(
        fact("vip", assume=None),
        '[parameters.x]\ntype = "period"\ntitle = { zh = "甲", en = "A" }',
        limit('[{ within = { parameter = "x" }, when = "vip" }, { within = { parameter = "x" } }]', rows_are="latest"),
    )
    for events in ([], [ev("routed", RECEIVED)]):
        answer = assess(Case(complaint(RECEIVED), events), policy, at=instant("2026-09-25"), calendar=china())
        assert answer.clocks["whole"].status == "undetermined"


def test_a_rule_book_says_from_when_a_duty_counts() -> None:
    policy = own(
        limit('[{ within = "12 hours" }]'),
        duty("must", '"informed"', "when = \"late('whole')\"", 'within = "24 hours"', 'since = "trigger"', id="tell"),
    )
    assert "counted from: when what triggers it happened" in explain_rule(policy, "duty/tell", "en")


def test_a_clock_whose_runs_are_in_doubt_is_named_for_that() -> None:
    policy = own(limit('[{ within = "2 days" }]', "each = true", start='"resolved"', until='"replied"'))
    events = [ev("resolved", "2026-09-22"), ev("replied", "2026-09-23")]
    case = Case(complaint(RECEIVED), events, unseen={"resolved"})
    answer = assess(case, policy, at=instant("2026-10-20"), calendar=china())
    assert answer.clocks["whole"].explain("en").splitlines()[0].endswith(": undetermined")
