"""The fast path of `assess` for a case without history says what the general path says, always."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest
from hypothesis import given, settings

from complaint_rules.assessing import assess
from complaint_rules.assessment import fast_path
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock, Status
from complaint_rules.assessment.fast_path import Outliner
from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.running import clock_of, read
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.worked import Worked
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Limit
from tests import strategies as our
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import TITLE, duty, fact, limit, own, table

PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "cbirc-2020-3": {"major_report": "2 hours", "retention": "5 years"},
    "boc-it-blueprint": {"starts": "2025-06-01", "ends": "2026-09-30"},
    "grcu-2008": {"reasonable_time": "3 working days"},
    "realty-levels": {"plan_time": "3 days"},
}
RECEIVED: Final = "2026-09-20T09:00"

WAITING: Final = own(
    fact("vip"),
    fact("mystery", assume=None),
    fact("score", "int", None),
    table("age", ("old", "elapsed('received', '30 days')"), ("young", "")),
    table("grounds", ("a", "vip"), ("b", "score > 3"), ("c", "late('whole')"), every=True),
    limit(
        '[{ within = "60 days", when = "not vip" }, { within = "90 days", warn = "3 days" }]', 'when = "not mystery"'
    ),
    limit('[{ within = "80 days" }]', id="other", start='["routed", "received"]'),
    limit('[{ within = "7 days" }]', id="later", start='"accepted"'),
    duty("must", '"informed"', "when = \"elapsed('received', '10 days')\"", 'within = "200 days"', id="remind"),
    duty("must", '"escalated"', "when = \"late('whole')\"", 'within = "2 days"', id="escalate"),
    duty("must", '"registered"', 'within = "100 working days"', id="register"),
    duty("must", '"acknowledged"', "when = \"age == 'old'\"", id="write"),
    duty("should", '"reported"', 'after = "closed"', id="report"),
    duty("must_not", '"disclosed"', "unless = \"event.reason == 'lawful'\"", id="secret"),
    duty("may", '"transferred"', 'when = "vip"', id="pass_on"),
)


def both(case: Complaint | Case, policy: Policy, at: dt.datetime, links: Any = None) -> tuple[Assessment, Assessment]:
    """Assess by whichever path is taken, and by the general one."""
    fast = assess(case, policy, at=at, calendar=china(), links=links)
    general = Assessment(
        fast.case, policy, fast.at, fast.calendar, fast.links, fast._fits,
        Worked(read(fast.case, fast.snapshot.plan, fast.calendar, at=at, links=links), None),
    )  # fmt: skip
    return fast, general


def outlined(found: Assessment) -> bool:
    """Say whether a case was decided in outline."""
    return found._worked.outline is not None


def agree(fast: Assessment, general: Assessment) -> None:
    """Hold the two against each other: as values, as data, and in what comes next."""
    assert not outlined(general)
    assert (fast.findings, fast.clocks, fast.duties) == (general.findings, general.clocks, general.duties)
    assert (fast.questions, fast.violations, fast.checks) == (general.questions, general.violations, general.checks)
    assert fast.missing == general.missing
    assert fast.to_dict() == general.to_dict()
    assert fast.next_change_at == general.next_change_at
    assert fast.notes == general.notes


@pytest.mark.parametrize("id", policies())
def test_both_paths_agree_on_every_shipped_policy(id: str) -> None:
    """Design 9: a second call returns the same set; by whichever path."""
    policy = load_policy(id, parameters=PARAMETERS.get(id))

    @settings(max_examples=max(15, settings().max_examples // 4))
    @given(our.complaints(policy), our.spans(60))
    def agrees(complaint: Complaint, age: dt.timedelta) -> None:
        assert isinstance(complaint.received, dt.datetime)
        agree(*both(complaint, policy, complaint.received + age))

    agrees()


@pytest.mark.parametrize("days", [9, 10, 11, 30, 31, 60, 61, 63, 80, 81])
@pytest.mark.parametrize("vip", [None, True, False])
@pytest.mark.parametrize("first", [1, 70])
def test_what_was_remembered_early_serves_late_and_the_other_way_round(days: int, vip: bool | None, first: int) -> None:
    start = complaint(RECEIVED, vip=vip, mystery=False)
    outlines_of = start.received_from
    both(start, WAITING, outlines_of + dt.timedelta(days=first))
    end = dt.datetime.combine(outlines_of.date() + dt.timedelta(days=days), dt.time.max, BEIJING)
    for at in (end, end + INSTANT):
        agree(*both(start, WAITING, at))


def test_the_short_way_is_taken_where_nothing_is_known_but_the_facts() -> None:
    young = both(complaint(RECEIVED, vip=True, mystery=False), WAITING, instant("2026-09-25"))[0]
    assert outlined(young)
    assert [one.status.value for one in young.clocks.values()] == ["running", "running", "not_started"]
    assert outlined(both(complaint(RECEIVED), WAITING, instant("2026-10-15"))[0]), "though one duty waited for time"
    assert outlined(both(complaint(RECEIVED), WAITING, instant("2026-12-31"))[0]), "though a limit is late"
    assert outlined(both(complaint("2026-09-20"), WAITING, instant("2026-09-25"))[0]), "though only its day is known"
    assert not outlined(both(complaint(RECEIVED), WAITING, instant("2026-09-25"), {})[0]), "links were looked for"
    for events, known in (
        ([Event("routed")], False),
        ([ev("routed", "2026-09-25T11:59")], False),
        ([ev("routed", "2026-09-25")], False),
        ([ev("routed", "2026-09-25T12:01"), ev("closed", "2026-09-26")], True),
    ):
        case = Case(complaint(RECEIVED), events)
        found = assess(case, WAITING, at=instant("2026-09-25"), calendar=china())
        assert outlined(found) is known, "a case whose events all lie later is one without history"
        agree(*both(case, WAITING, instant("2026-09-25")))


def test_only_what_is_read_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plan = prepared_plan()

    def noting(snapshot: Snapshot, one: Limit) -> Clock:
        asked.append(one.id)
        return clock_of(snapshot, one)

    case = Case(complaint(RECEIVED), [ev("routed", "2026-09-21T09:00")])
    snapshot = Snapshot(case, plan, china(), at=instant("2026-09-25"), links=None, work_out=noting)
    worked = Worked(snapshot, None)
    assert asked == []
    assert worked.clocks["other"].status is Status.RUNNING
    assert asked == ["other"]
    assert worked.findings["age"].value == "young"
    assert asked == ["other"], "a table that asks of no limit needs none"
    assert worked.findings["grounds"].value == frozenset()
    assert asked == ["other", "whole"]
    assert worked.clocks["other"] is worked.clocks["other"], "and nothing twice"


def prepared_plan() -> Plan:
    return Plan(WAITING)


BY_FACT: Final = limit('[{ by = "d" }, { within = "9 days" }]', rows_are="earliest")


@pytest.mark.parametrize(
    ("policy", "facts", "why"),
    [
        (own(fact("d", "moment", None), BY_FACT), {"d": instant("2026-09-25")}, "a deadline that is a fact"),
        (own(fact("d", "day", None), BY_FACT), {}, "one that nobody gave"),
        (own(limit('[{ within = "5 days", when = "elapsed(\'received\', \'1 day\')" }]')), {}, "a figure that waits"),
        (own(limit('[{ within = "5 days" }]'), limit('[{ within = "5 days" }]', "when = \"late('whole')\"", id="b")),
            {}, "a limit that reads another"),
        (own(f'[[checklist]]\nid = "c"\n{TITLE}\nof = "received"\nitems.a = {{ zh = "甲", en = "A" }}'),
            {"recorded": ["b"]}, "a record that is held against a list"),
        (own(f'[[link]]\nid = "same"\n{TITLE}\nsame = ["kind"]', table("t", ("a", "complainants > linked('same')"))),
            {}, "a fact compared with what no fact is"),
        (own(fact("n", "int", None), table("t", ("a", "n > count('routed')"))), {"n": 1}, "a fact against a count"),
        (own(duty("must", "'replied'", "when = 'vip'"), fact("vip")), {"vip": False}, "a duty that does not arise"),
    ],
)  # fmt: skip
def test_what_is_out_of_the_ordinary_is_decided_alike(policy: Policy, facts: Any, why: str) -> None:
    for at in ("2026-09-21", "2026-09-24", "2026-09-26", "2026-10-02"):
        fast, general = both(complaint(RECEIVED, **facts), policy, instant(at))
        assert outlined(fast), why
        agree(fast, general)


def test_a_figure_nobody_supplied_stands_beside_one_that_is_there() -> None:
    parameter = f'[parameters.x]\ntype = "period"\n{TITLE}'
    rows = '[{ within = { parameter = "x" } }, { within = "5 days" }, { within = "9 days" }]'
    policy = own(parameter, limit(rows, rows_are="earliest"))
    fast, general = both(complaint(RECEIVED), policy, instant("2026-09-21"))
    assert outlined(fast)
    agree(fast, general)


def test_a_policy_without_conditions_has_one_outline() -> None:
    outliner = Outliner(Plan(own(limit())))
    for day in (20, 21, 22):
        received = dt.datetime(2026, 9, day, 9, tzinfo=BEIJING)
        one = Case(Complaint(id="c-1", received=received, joint=True))
        outline = outliner.outline(read(one, outliner.plan, china(), at=received))
        assert outline is not None
        assert outline.limits["whole"].started
    assert len(outliner.outlines) == 1


def test_of_two_periods_that_wait_it_is_remembered_which_has_run_out() -> None:
    """Ten days end before seven working days over the Spring Festival, and after them in June."""
    both_wait = "when = \"elapsed('received', '10 days') and not elapsed('received', '7 working days')\""
    outliner = Outliner(Plan(own(limit(), limit('[{ within = "30 days" }]', both_wait, id="only"))))
    found = []
    for received, at in (
        ("2026-06-01T09:00", "2026-06-11T12:00"),  # 2 to 5 and 8 to 10 June are seven working days, the tenth day is 11
        ("2026-02-12T09:00", "2026-02-23T12:00"),  # the tenth day was the 22nd; of working days the 13th and 14th
    ):
        outline = outliner.outline(read(Case(complaint(received)), outliner.plan, china(), at=instant(at)))
        assert outline is not None
        running = [one.id for one in outline.running]
        found.append((outline.limits["only"].found.status, running, len(outliner.outlines)))
    assert found == [(Status.NOT_APPLICABLE, ["whole"], 1), (None, ["whole", "only"], 2)], (
        "what does not apply is not late"
    )


def test_a_duty_without_a_figure_is_known_with_the_outline() -> None:
    """It neither waits for a moment nor hangs on another rule: whoever asks again is told without working it out."""
    outliner = Outliner(
        Plan(own(fact("vip"), duty("must", "'replied'"), duty("must", "'closed'", "when = 'vip'", id="b")))
    )
    outline = outliner.outline(read(Case(complaint(RECEIVED, vip=False)), outliner.plan, china(), at=instant(RECEIVED)))
    assert outline is not None
    assert [(one.general, one.status) for one in outline.duties] == [(False, "due"), (False, None)]
    assert [(one.id, status, unknown) for one, status, unknown in outline.simple or ()] == [("act", "due", 0)]


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_path, "_MOST_REMEMBERED", 2)
    rows = '[{ within = "5 days", when = "vip and joint" }]'
    outliner = Outliner(Plan(own(fact("vip"), fact("joint", assume=None), limit(rows))))
    received = dt.datetime(2026, 9, 20, 9, tzinfo=BEIJING)
    for vip in (None, True, False):
        for joint in (None, True, False):
            extra = {} if vip is None else {"vip": vip}
            one = Case(Complaint(id="c-1", received=received, joint=joint, extra=extra))
            outliner.outline(read(one, outliner.plan, china(), at=received))
            assert len(outliner.outlines) <= 2


def test_half_a_history_is_no_outline() -> None:
    unseen = Case(complaint(RECEIVED), unseen=["closed"])
    assert not outlined(assess(unseen, WAITING, at=instant("2026-09-25"), calendar=china()))
