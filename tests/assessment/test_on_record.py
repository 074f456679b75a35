"""What happened stays happened: a due moment that passed leaves its mark whatever is recorded afterwards (faults 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import pytest

from complaint_rules import BEIJING, Case, Complaint, Event, assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock
from complaint_rules.cli.tables import csv_head, csv_rows
from complaint_rules.policy.policy import Policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import duty, limit, own

RECEIVED: Final = "2026-09-20T09:00"  # ten days end with 30 September, twenty with 10 October
CLASSED: Final = '[{ within = "20 days", when = "complex" }, { within = "10 days" }]'


def found(policy: Policy, events: Sequence[Event], at: str, **facts: Any) -> Assessment:
    return assess(Case(complaint(RECEIVED, **facts), events), policy, at=instant(at), calendar=china())


def stands(clock: Clock) -> list[tuple[str, str]]:
    return [(run.status.value, "" if run.due_at is None else f"{run.due_at:%m-%d}") for run in clock.runs]


def marked(at: str, value: bool = True, **fields: Any) -> Event:
    return ev("amended", at, set={"complex": value}, **fields)


def agreed(at: str, due: str, **fields: Any) -> Event:
    return ev("agreed", at, due=due, **fields)


@pytest.mark.parametrize(
    ("why", "lines", "events", "at", "runs", "breaches"),
    [
        ("a laxer class, marked when it was too late: the new due moment runs beside the old breach", [],
            [marked("2026-10-03T09:00")], "2026-10-05", [("overdue", "09-30"), ("running", "10-10")], 1),
        ("and is met", [], [marked("2026-10-03T09:00"), ev("closed", "2026-10-05T09:00")], "2026-10-20",
            [("overdue", "09-30"), ("met", "10-10")], 1),
        ("or missed as well: two due moments passed", [], [marked("2026-10-03T09:00")], "2026-10-20",
            [("overdue", "09-30"), ("overdue", "10-10")], 2),
        ("marked in time it replaces the old one", [], [marked("2026-09-25T09:00")], "2026-10-05",
            [("running", "10-10")], 0),
        ("marked at the very end of the time", [], [marked("2026-09-30T23:59")], "2026-10-05",
            [("running", "10-10")], 0),
        ("marked and unmarked: once stricter again it is overdue since the 30th, which the run itself shows", [],
            [marked("2026-10-03T09:00"), marked("2026-10-04T09:00", False)], "2026-10-05", [("overdue", "09-30")], 1),
        ("another time agreed when it was too late", ['agreed = "agreed"'], [agreed("2026-10-03T09:00", "2026-10-15")],
            "2026-10-05", [("overdue", "09-30"), ("running", "10-15")], 1),
        ("a broken promise, promised again", ['agreed = "agreed"'],
            [agreed("2026-09-22T09:00", "2026-09-24"), agreed("2026-09-26T09:00", "2026-10-15")], "2026-10-05",
            [("overdue", "09-24"), ("running", "10-15")], 1),
        ("agreed anew before it was broken", ['agreed = "agreed"'],
            [agreed("2026-09-22T09:00", "2026-09-24"), agreed("2026-09-23T09:00", "2026-10-15")], "2026-10-05",
            [("running", "10-15")], 0),
        ("closed late, reopened, and going on: what goes on shows it", ['reopen = "continue"'],
            [ev("closed", "2026-10-03T09:00"), ev("reopened", "2026-10-03T10:00")], "2026-10-05",
            [("overdue", "09-30")], 1),
        ("closed late, reopened, and begun anew", ['reopen = "restart"'],
            [ev("closed", "2026-10-03T09:00"), ev("reopened", "2026-10-04T09:00")], "2026-10-05",
            [("met_late", "09-30"), ("running", "10-14")], 1),
        ("withdrawn when it was late", ['void_on = "withdrawn"'], [ev("withdrawn", "2026-10-03T09:00")], "2026-10-05",
            [("void", "09-30")], 1),
    ],
)  # fmt: skip
def test_a_run_that_was_late_is_shown_beside_what_replaced_it(
    why: str, lines: list[str], events: list[Event], at: str, runs: list[tuple[str, str]], breaches: int
) -> None:
    answer = found(own(limit(CLASSED, *lines)), events, at, complex=False)
    assert stands(answer.clocks["whole"]) == runs, why
    assert [one.code for one in answer.violations if one.rule == "limit/whole"] == ["late"] * breaches, why


def test_each_of_several_promises_keeps_its_own_end() -> None:
    """Boc: promised for the 11th and broken, promised again on the 12th: the first stays broken."""
    policy = own(
        limit('[{ within = "at once" }]', "each = true", 'agreed = "promised"', start='"promised"', until='"informed"')
    )
    events = [
        ev("promised", "2026-10-08T09:00", due="2026-10-11T18:00"),
        ev("promised", "2026-10-12T09:00", due="2026-10-20T18:00"),
        ev("informed", "2026-10-14T09:00"),
    ]
    clock = found(policy, events, "2026-10-25").clocks["whole"]
    assert stands(clock) == [("met_late", "10-11"), ("met", "10-20")]


def test_the_worked_answer_of_cbirc() -> None:
    """Issue 7: received 1 March, `complex` marked on the 20th: `decide` was overdue on the 16th, for ever."""
    one = Complaint(id="c-1", received=dt.datetime(2026, 3, 1, 9, tzinfo=BEIJING))
    marks = [Event("amended", instant("2026-03-20T09:00"), set={"complex": True})]
    for at in ("2026-03-18T12:00", "2026-03-21T12:00", "2026-12-31T12:00"):
        answer = assess(Case(one, marks), policy_of("cbirc-2020-3"), at=instant(at), calendar=china())
        clock = answer.clocks["decide"]
        assert clock.late_since == dt.datetime(2026, 3, 16, 23, 59, 59, 999_999, tzinfo=BEIJING), at
        late = [one for one in answer.violations if one.rule == "limit/decide" and one.code == "late"]
        assert late[0].severity == "breach"


# --- how it is told ---


def test_text_data_and_csv_show_every_run_the_worst_first() -> None:
    answer = found(own(limit(CLASSED)), [marked("2026-10-03T09:00")], "2026-10-05", complex=False)
    head = answer.clocks["whole"].explain("en").splitlines()
    assert head[0] == "A [limit/whole]: overdue (run 1); the latest: running"
    assert head[1] == "run 1: overdue (on record; from 2026-10-03 (Sat) 09:00 on another due moment holds)"
    assert (
        answer.clocks["whole"].explain("zh").splitlines()[0] == "甲［limit/whole］：已逾期（第1次）；最近一次：计时中"
    )
    data = answer.to_dict()["clocks"]["whole"]
    assert (data["status"], data["worst"]) == ("running", "overdue")
    assert [run["status"] for run in data["runs"]] == ["overdue", "running"]
    assert data["runs"][0]["superseded_at"] == "2026-10-03T09:00:00+08:00"
    policy = answer.policy
    place = {name: number for number, name in enumerate(csv_head(policy).strip().split(","))}
    lines = [line.split(",") for line in csv_rows(answer, policy, ()).splitlines()]
    assert [(line[place["status"]], line[place["run"]]) for line in lines] == [("overdue", "1"), ("running", "2")]
    assert lines[0][place["due_at"]].startswith("2026-09-30")


def test_k6a_no_run_speaks_for_another() -> None:
    one = Complaint(id="c-1", received=dt.datetime(2026, 10, 8, 9, tzinfo=BEIJING), channel="phone", complainants=1)
    events = [
        ev("resolved", "2026-10-09T09:00"), ev("replied", "2026-10-12T09:00"),
        ev("resolved", "2026-10-13T09:00"), ev("replied", "2026-10-13T10:00"),
    ]  # fmt: skip
    answer = assess(Case(one, events), policy_of("psbc-95580"), at=instant("2026-10-20T09:00"), calendar=china())
    clock = answer.clocks["reply"]
    assert (clock.worst, clock.status) == ("met_late", "met")
    assert "met late (run 1); the latest: met in time" in clock.explain("en").splitlines()[0]
    place = csv_head(answer.policy).strip().split(",").index("clock")
    lines = [line.split(",") for line in csv_rows(answer, answer.policy, ()).splitlines()]
    assert [line[place + 1] for line in lines if line[place] == "reply"] == ["met_late", "met"]


# --- a correction is another thing ---


def test_a_mistaken_record_that_is_corrected_was_so_from_the_beginning_and_that_is_told() -> None:
    policy = own(limit(CLASSED), duty("must", '"informed"', "when = \"late('whole')\"", 'within = "2 days"', id="tell"))
    known, mistaken = (
        found(policy, [marked("2026-10-03T09:00", **more)], "2026-10-05", complex=False)
        for more in (dict[str, Any](), {"reason": "mistaken"})
    )
    assert stands(known.clocks["whole"]) == [("overdue", "09-30"), ("running", "10-10")]
    assert stands(mistaken.clocks["whole"]) == [("running", "10-10")]
    assert [(one.code, one.severity, one.rule) for one in mistaken.violations] == [
        ("corrected", "record", None),
        ("late_by_mistake", "record", "limit/whole"),
    ]
    assert mistaken.duties == (), "nothing was late, so nothing had to be told"
    assert "says that the earlier record was mistaken; what it corrects held all along: “" in mistaken.explain("en")
    assert "按更正前的记录曾于2026-09-30（周三）24:00届满而逾期" in mistaken.explain("zh")
    before = found(policy, [marked("2026-10-03T09:00", reason="mistaken")], "2026-10-02", complex=False)
    assert stands(before.clocks["whole"]) == [("overdue", "09-30")], "what was known then is what was known then"


def test_what_a_customer_missed_by_a_mistaken_record_is_no_lateness_either() -> None:
    """As a customer's own limit is never a violation, by whichever record."""
    body = '[[body]]\nid = "customer"\ntitle = { zh = "甲", en = "A" }'
    policy = own(body, limit(CLASSED, 'who = "customer"'))
    answer = found(policy, [marked("2026-10-03T09:00", reason="mistaken")], "2026-10-05", complex=False)
    assert stands(answer.clocks["whole"]) == [("running", "10-10")]
    assert [one.code for one in answer.violations] == ["corrected"]


def test_a_correction_holds_before_it_and_a_later_amendment_after_it() -> None:
    policy = own(limit(CLASSED))
    events = [
        marked("2026-09-21T09:00", False),
        marked("2026-09-25T09:00", reason="mistaken"),
        marked("2026-09-28T09:00", False),
    ]
    answer = found(policy, events, "2026-10-05")
    timeline = answer.snapshot.timeline
    seen = [timeline.complaint_at(instant(f"2026-09-{day}")).complex for day in (20, 22, 26, 29)]
    assert seen == [True, True, True, False]
    assert stands(answer.clocks["whole"]) == [("overdue", "09-30")]


def test_a_correction_without_a_moment_or_beside_days_and_one_that_cannot_be_used() -> None:
    policy = own(limit(CLASSED))
    undated = found(policy, [Event("amended", set={"complex": True}, reason="mistaken")], "2026-10-05", complex=False)
    assert stands(undated.clocks["whole"]) == [("running", "10-10")]
    assert [one.code for one in undated.violations] == ["corrected"]
    day = [ev("routed", "2026-10-03"), ev("routed", "2026-10-03T10:00"), marked("2026-10-03T12:00", reason="mistaken")]
    mixed = found(policy, day, "2026-10-05", complex=False)
    assert stands(mixed.clocks["whole"]) == [("running", "10-10")]
    assert mixed.snapshot.timeline.until(instant("2026-10-03T09:00")).complaint_at(instant("2026-10-03T09:00")).complex
    bad = found(policy, [ev("amended", "2026-10-03T09:00", set={"complainants": 0}, reason="mistaken")], "2026-10-05")
    assert "bad_amendment" in [one.code for one in bad.violations]


# --- duties ---


def test_a_duty_that_was_missed_stays_missed_beside_the_one_that_its_ground_founds_again() -> None:
    policy = own(duty("must", '"reported"', 'when = "complex"', 'within = "2 days"', id="report"))
    events = [marked("2026-09-25T09:00", False), marked("2026-10-01T09:00")]
    duties = found(policy, events, "2026-10-02", complex=True).duties
    assert [(one.status.value, f"{one.due_at:%m-%d}") for one in duties] == [("overdue", "09-22"), ("due", "10-03")]
    first, second = duties
    assert second.id == f"{first.id}/2"
    earlier = found(policy, events[:1], "2026-09-24", complex=True).duties
    assert [one.id for one in earlier] == [first.id], "the first keeps its key"
    done = found(policy, [*events, ev("reported", "2026-10-02T09:00")], "2026-10-20", complex=True).duties
    assert [one.status.value for one in done] == ["overdue", "done"]


# --- a rule set that does not apply informs, and accuses nobody ---


@pytest.mark.parametrize(
    ("head", "severity"),
    [
        ("", "breach"),
        ("effective_from = 2026-10-01", "note"),
        ("effective_until = 2026-09-01", "note"),
        ('applies = "joint"', "note"),
        ('applies = "not joint"', "breach"),
    ],
)
def test_a_rule_set_that_does_not_apply_informs_and_accuses_nobody(head: str, severity: str) -> None:
    policy = own(head, limit(CLASSED))
    for events in ([], [ev("routed", "2026-09-21T09:00")]):
        answer = found(policy, events, "2026-10-05", joint=False)
        assert [(one.code, one.severity) for one in answer.violations] == [("late", severity)]


def test_k10a_the_customers_thanks_are_no_breach() -> None:
    lines = ("each = true", 'void_on = "closed"')
    policy = own(limit('[{ within = "4 hours" }]', *lines, start='"supplemented"', until='"replied"'))
    events = [
        ev("replied", "2026-09-20T10:00"), ev("closed", "2026-09-20T11:00"), ev("supplemented", "2026-09-20T11:30"),
    ]  # fmt: skip
    answer = found(policy, events, "2026-09-20T12:00")
    assert [(one.code, one.severity) for one in answer.violations] == [("after_closing", "record")]
    text = answer.clocks["whole"].explain("en")
    assert "it began after 2026-09-20 (Sun) 11:00 “closed”, which ends only what runs" in text
    assert "fault of the record: “supplemented”" in answer.explain("en")
    assert "记录有误：" in answer.explain("zh")
