"""What ends a limit without result, and under which condition: lawful, unlawful, not known; worked out by hand."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.language import Lang
from complaint_rules.words.rulebooks import explain_rule
from tests.by_hand import ev, instant
from tests.small import clock, due, duty, fact, limit, own, table, worked

REFUSAL: Final = '{ event = "not_accepted", when = "groundless", cite = "15" }'
POLICY: Final = own(limit('[{ within = "10 days" }]', f"void_on = {REFUSAL}"), fact("groundless", assume=None))
RECEIVED: Final = "2026-09-20T09:00"
REFUSED: Final = ev("not_accepted", "2026-09-22T09:00")
LATER: Final = "2026-10-20"
"""The ten days end on 30 September."""
SHOWN: Final = ev("amended", "2026-10-10T09:00", set={"groundless": True})


@pytest.mark.parametrize(
    ("facts", "events", "at", "status", "against", "why"),
    [
        ({"groundless": True}, [REFUSED], LATER, "void", [], "a lawful refusal ends it"),
        ({"groundless": False}, [REFUSED], "2026-09-23", "running", ["ending_without_effect"], "the ground fails"),
        ({"groundless": False}, [REFUSED], LATER, "overdue", ["ending_without_effect", "late"], "and then it is late"),
        ({"groundless": False}, [REFUSED, ev("closed", "2026-10-02T09:00")], LATER, "met_late",
            ["ending_without_effect", "late"], "a close after the end is late"),
        ({}, [REFUSED], "2026-09-23", "undetermined", [], "nobody knows whether it runs at all"),
        ({}, [REFUSED], LATER, "undetermined", [], "nobody knows whether it is late"),
        ({}, [REFUSED, ev("closed", "2026-09-24T09:00")], LATER, "met", [], "closed in time whatever the refusal was"),
        ({}, [REFUSED, ev("closed", "2026-10-02T09:00")], LATER, "undetermined", [], "late, or ended before"),
        ({}, [ev("not_accepted", "2026-10-05T09:00")], LATER, "overdue", ["late"],
            "it was late before the refusal, whatever that was"),
        ({}, [REFUSED, SHOWN], LATER, "void", [], "what was unknown then is taken as it is known now"),
        ({"groundless": False}, [REFUSED, SHOWN], LATER, "overdue", ["ending_without_effect", "late"],
            "what was known to fail then is not healed by what became so later"),
        ({"groundless": True}, [REFUSED, ev("amended", "2026-10-10T09:00", set={"groundless": False})], LATER, "void",
            [], "nor undone"),
        ({}, [REFUSED, ev("not_accepted", "2026-10-09T09:00"),
            ev("amended", "2026-10-08T09:00", set={"groundless": True})], LATER, "void", [], "the first one did it"),
    ],
)  # fmt: skip
def test_a_refusal_ends_a_limit_only_where_its_ground_holds(
    facts: dict[str, Any], events: list[Event], at: str, status: str, against: list[str], why: str
) -> None:
    found = worked(POLICY, RECEIVED, events, at, **facts)
    assert found.clocks["whole"].status.value == status, why
    kinds = [one.code.value for one in found.violations if one.rule == "limit/whole"]
    assert sorted(kinds) == sorted(against), why


@pytest.mark.parametrize(
    ("received", "withdrawn", "late", "why"),
    [
        ("2026-09-20T09:00", "2026-09-21T09:00", False, "in the very last instant"),
        ("2026-09-20T09:00", "2026-09-21T09:00:00.000001", True, "one later"),
        ("2026-09-20T09:00", "2026-09-21", False, "on that day, perhaps before 09:00"),
        ("2026-09-20T09:00", "2026-09-22", True, "on the next, at whatever hour"),
        ("2026-09-20", "2026-09-21T12:00", False, "received at noon or later, it was in time"),
        ("2026-09-20", "2026-09-22T00:00", True, "whenever that day it was received"),
        ("2026-09-20", "2026-09-21", False, "of neither is the hour known"),
    ],
)
def test_a_withdrawal_is_held_against_the_most_generous_end(
    received: str, withdrawn: str, late: bool, why: str
) -> None:
    policy = own(limit('[{ within = "24 hours" }]', 'void_on = "withdrawn"'))
    found = worked(policy, received, [ev("withdrawn", withdrawn)], LATER)
    (run,) = found.clocks["whole"].runs
    assert (run.status.value, run.late) == ("void", late), why
    assert [one.code.value for one in found.violations] == (["late"] if late else []), why


def test_what_is_not_surely_late_at_a_withdrawal_is_not_late_by_a_stricter_class_either() -> None:
    rows = '[{ within = "24 hours", when = "urgent" }, { within = "48 hours" }]'
    policy = own(limit(rows, 'void_on = "withdrawn"'), fact("urgent"))
    events = [ev("amended", "2026-09-21T08:00", set={"urgent": True}), ev("withdrawn", "2026-09-21T12:00")]
    found = clock(policy, "2026-09-20", events, LATER)  # at some hour of that day
    assert (found.status.value, found.runs[0].late, found.overdue_by_reclassification) == ("void", False, False)
    later = clock(policy, "2026-09-20", [events[0], ev("withdrawn", "2026-09-22T00:00")], LATER)
    assert (later.runs[0].late, later.overdue_by_reclassification) == (True, True)


def test_an_unknown_ground_is_asked_about_and_no_condition_is_met_or_late() -> None:
    policy = own(
        limit('[{ within = "10 days" }]', f"void_on = {REFUSAL}"), fact("groundless", assume=None),
        table("told", ("late", "late('whole')"), ("other", "")),
    )  # fmt: skip
    found = worked(policy, RECEIVED, [REFUSED], LATER)
    assert [one.fact for one in found.questions] == ["groundless"]
    assert found.findings["told"].possible == ("late", "other")
    assert found.clocks["whole"].due_at is not None


def test_a_refusal_that_ends_nothing_is_told_once_with_its_article_and_at_the_force_of_the_limit() -> None:
    policy = own(
        limit('[{ within = "10 days" }]', f"void_on = [{REFUSAL}]", 'modality = "should"', 'reopen = "new"'),
        fact("groundless", assume=None),
    )
    events = [REFUSED, ev("closed", "2026-09-23T09:00"), ev("reopened", "2026-09-25T09:00")]
    found = worked(policy, RECEIVED, events, "2026-09-26", groundless=False)
    (one,) = [one for one in found.violations if one.code.value == "ending_without_effect"]
    assert (one.severity.value, one.cite, one.place) == ("warning", "15", 0)


def test_of_several_rules_any_may_end_it_and_the_number_is_counted_from_the_start() -> None:
    rules = '[{ event = "replied", nth = 2 }, { event = "not_accepted", when = "groundless" }, "withdrawn"]'
    policy = own(limit('[{ within = "10 days" }]', f"void_on = {rules}"), fact("groundless", assume=None))
    once = [ev("replied", "2026-09-21T09:00")]
    twice = [*once, ev("replied", "2026-09-22T09:00")]
    assert clock(policy, RECEIVED, once, "2026-09-23").status.value == "running"
    assert clock(policy, RECEIVED, twice, "2026-09-23").status.value == "void"
    gone = [*once, REFUSED, ev("withdrawn", "2026-09-23T09:00")]
    assert clock(policy, RECEIVED, gone, LATER).status.value == "void"
    late = [*once, REFUSED, ev("withdrawn", "2026-10-09T09:00")]
    assert [one.late for one in clock(policy, RECEIVED, late, LATER).runs] == [False]
    found = clock(policy, RECEIVED, late, LATER, groundless=False)
    assert [one.late for one in found.runs] == [True]


def test_a_condition_on_the_history_is_judged_as_the_history_stood() -> None:
    closing = """{ event = "closed", when = "has('replied')" }"""
    policy = own(limit('[{ within = "10 days" }]', f"void_on = {closing}", until='"accepted_by_customer"'))
    closed, replied = ev("closed", "2026-09-22T09:00"), ev("replied", "2026-09-21T09:00")
    assert clock(policy, RECEIVED, [replied, closed], LATER).status.value == "void"
    assert clock(policy, RECEIVED, [closed], LATER).status.value == "overdue"
    after = ev("replied", "2026-09-24T09:00")
    assert clock(policy, RECEIVED, [closed, after], LATER).status.value == "overdue"
    assert clock(policy, RECEIVED, [Event("replied"), closed], LATER).status.value == "undetermined"


def test_what_ended_in_time_needs_no_word_about_the_refusal_and_its_day_is_shown() -> None:
    assert due(clock(POLICY, RECEIVED, [REFUSED], "2026-09-23", groundless=False)) == "2026-09-30"
    then = worked(POLICY, RECEIVED, [REFUSED, SHOWN], "2026-10-05").clocks["whole"]
    assert then.status.value == "undetermined"


@pytest.mark.parametrize(
    ("lang", "unheeded", "open_", "written"),
    [
        ("zh", "“不予受理”不使本时限停止", "“不予受理”是否使时限停止，取决于", "不予受理”，条件："),
        ("en", "“not accepted” of 2026-09-22 (Tue) 09:00 does not end it (15)",
            "whether “not accepted” ended it hangs on", "“not accepted”, where "),
    ],
)  # fmt: skip
def test_both_are_said(lang: Lang, unheeded: str, open_: str, written: str) -> None:
    found = worked(POLICY, RECEIVED, [REFUSED], LATER, groundless=False)
    assert unheeded in found.clocks["whole"].explain(lang)
    assert open_ in worked(POLICY, RECEIVED, [REFUSED], LATER).clocks["whole"].explain(lang)
    assert written in explain_rule(POLICY, "limit/whole", lang)
    said = found.explain(lang)
    assert ("所需条件不成立" if lang == "zh" else "what that takes does not hold") in said


def test_a_refusal_that_ends_none_of_several_runs_is_told_once() -> None:
    policy = own(
        limit('[{ within = "10 days" }]', f"void_on = {REFUSAL}", "each = true", start='"routed"'),
        fact("groundless", assume=None),
    )
    events = [ev("routed", "2026-09-20T10:00"), ev("routed", "2026-09-21T10:00"), REFUSED]
    found = worked(policy, RECEIVED, events, "2026-09-23", groundless=False)
    assert [run.status.value for run in found.clocks["whole"].runs] == ["running", "running"]
    assert [one.place for one in found.violations if one.code == "ending_without_effect"] == [2]


@pytest.mark.parametrize("known", [True, False])
def test_an_earlier_moment_is_judged_alike_where_something_has_no_moment(known: bool) -> None:
    """Without a moment of its own nothing can be cut off the history, so that it is read anew as of each moment."""
    policy = own(
        limit('[{ within = "10 days" }]', f"void_on = {REFUSAL}"), fact("groundless", assume=None),
        duty("must", '"escalated"', 'when = "late(\'whole\')"', 'within = "1 day"'),
    )  # fmt: skip
    events = [Event("routed"), REFUSED, ev("registered", "2026-10-02T09:00")]
    found = worked(policy, RECEIVED, events, LATER, groundless=known)
    assert [(str(one.status), one.since) for one in found.duties] == (
        [] if known else [("overdue", instant("2026-10-01T00:00"))]
    )


@pytest.mark.parametrize(
    ("events", "status", "doubtful", "why"),
    [
        ([Event("withdrawn")], "void", (), "it has been withdrawn, whenever that was"),
        ([Event("withdrawn"), ev("closed", "2026-09-24T09:00")], "undetermined", ("withdrawn",),
            "closed in time, or withdrawn before that"),
        ([Event("withdrawn"), ev("closed", "2026-10-05T09:00")], "undetermined", ("withdrawn",),
            "closed late, or withdrawn before that: void would have hidden the one, late accused of it"),
        ([Event("withdrawn"), Event("closed")], "undetermined", ("closed", "withdrawn"), "of neither is it known when"),
        ([ev("withdrawn", "2026-09-23T09:00"), ev("closed", "2026-09-24T09:00")], "void", (), "withdrawn first"),
        ([ev("closed", "2026-09-24T09:00"), ev("withdrawn", "2026-09-25T09:00")], "met", (), "closed first"),
    ],
)  # fmt: skip
def test_a_withdrawal_of_unknown_moment_beside_a_closing_may_have_come_before_it_or_after(
    events: list[Event], status: str, doubtful: tuple[str, ...], why: str
) -> None:
    policy = own(limit('[{ within = "10 days" }]', 'void_on = "withdrawn"'))
    run = worked(policy, RECEIVED, events, LATER).clocks["whole"].run
    assert run is not None
    assert (run.status.value, run.doubtful) == (status, doubtful), why
