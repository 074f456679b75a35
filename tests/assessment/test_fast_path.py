"""The fast path of `assess` for a case without history says what the general path says, always."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest
from hypothesis import given, settings

from complaint_rules.assessing import assess
from complaint_rules.assessment import fast_path as outlines
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.fast_path import Outliner
from complaint_rules.assessment.plans import Plan
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy
from tests import strategies as our
from tests.by_hand import complaint, instant
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


def both(complaint: Complaint, policy: Policy, at: dt.datetime, links: Any = None) -> tuple[Assessment, Assessment]:
    """Assess by whichever path is taken, and by the general one."""
    fast = assess(complaint, policy, at=at, calendar=china(), links=links)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outlines.Outliner, "sketch", lambda *_: None)
        general = assess(complaint, policy, at=at, calendar=china(), links=links)
    return fast, general


def agree(fast: Assessment, general: Assessment) -> None:
    assert general._sketch is None
    assert fast.to_dict() == general.to_dict()
    assert [(one.id, one.since, one.due_at, one.unknown) for one in fast.duties] == [
        (one.id, one.since, one.due_at, one.unknown) for one in general.duties
    ]
    assert fast.next_change_at == general.next_change_at
    assert fast.notes == general.notes


@pytest.mark.parametrize("id", policies())
def test_both_paths_agree_on_every_shipped_policy(id: str) -> None:
    """Design 9: a second call returns the same set; by whichever path."""
    policy = load_policy(id, parameters=PARAMETERS.get(id))

    @settings(max_examples=max(20, settings().max_examples // 2))
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


def test_the_short_way_is_taken_while_nothing_is_late_and_no_duty_waits_for_time() -> None:
    young = both(complaint(RECEIVED, vip=True, mystery=False), WAITING, instant("2026-09-25"))[0]
    assert young._sketch is not None
    assert [one.status.value for one in young.clocks.values()] == ["running", "running", "not_started"]
    assert both(complaint(RECEIVED), WAITING, instant("2026-10-15"))[0]._sketch is None, "a duty runs since 1 October"
    assert both(complaint(RECEIVED), WAITING, instant("2026-12-31"))[0]._sketch is None, "late"
    assert both(complaint("2026-09-20"), WAITING, instant("2026-09-25"))[0]._sketch is None, "received on a day"
    assert both(complaint(RECEIVED), WAITING, instant("2026-09-25"), {})[0]._sketch is None, "links were looked for"
    with_history = Case(complaint(RECEIVED), [Event("routed")])
    assert assess(with_history, WAITING, at=instant("2026-09-25"), calendar=china())._sketch is None


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        (own(fact("d", "moment", None), limit('[{ by = "d" }]')), "a deadline that is a fact"),
        (own(limit('[{ within = "5 days", when = "elapsed(\'received\', \'1 day\')" }]')), "a figure that waits"),
        (own(limit('[{ within = "5 days" }]'), limit('[{ within = "5 days" }]', "when = \"late('whole')\"", id="b")),
            "a limit that reads another"),
        (own(f'[[checklist]]\nid = "c"\n{TITLE}\nof = "received"\nitems.a = {{ zh = "甲", en = "A" }}'),
            "a record that is held against a list"),
        (own(f'[[link]]\nid = "same"\n{TITLE}\nsame = ["kind"]', table("t", ("a", "complainants > linked('same')"))),
            "a fact compared with what no fact is"),
    ],
)  # fmt: skip
def test_what_is_out_of_the_ordinary_takes_the_general_path(policy: Policy, why: str) -> None:
    assert not Outliner(Plan(policy)).eligible, why
    agree(*both(complaint(RECEIVED), policy, instant("2026-09-21")))


def test_a_figure_nobody_supplied_stands_beside_one_that_is_there() -> None:
    parameter = f'[parameters.x]\ntype = "period"\n{TITLE}'
    rows = '[{ within = { parameter = "x" } }, { within = "5 days" }, { within = "9 days" }]'
    policy = own(parameter, limit(rows, rows_are="earliest"))
    fast, general = both(complaint(RECEIVED), policy, instant("2026-09-21"))
    assert fast._sketch is not None
    agree(fast, general)


def test_a_policy_without_conditions_has_one_outline() -> None:
    plan = Plan(own(limit()))
    outliner = Outliner(plan)
    for day in (20, 21, 22):
        received = dt.datetime(2026, 9, day, 9, tzinfo=BEIJING)
        assert outliner.sketch(Complaint(id="c-1", received=received, joint=True), china(), received) is not None
    assert len(outliner.outlines) == 1


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "_MOST_REMEMBERED", 2)
    outliner = Outliner(
        Plan(own(fact("vip"), fact("joint", assume=None), limit('[{ within = "5 days", when = "vip and joint" }]')))
    )
    received = dt.datetime(2026, 9, 20, 9, tzinfo=BEIJING)
    for vip in (None, True, False):
        for joint in (None, True, False):
            one = Complaint(id="c-1", received=received, joint=joint, extra={} if vip is None else {"vip": vip})
            outliner.sketch(one, china(), received)
            assert len(outliner.outlines) <= 2
