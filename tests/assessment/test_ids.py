"""Ids of clocks, runs and duties: the same for every later call, and each its own."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.cases.case import Event
from tests.by_hand import ev, instant
from tests.small import duty, fact, limit, own, worked

RECEIVED: Final = "2026-09-20T09:00"
AT: Final = "2026-11-20"
HOPS: Final = own(
    limit('[{ within = "2 days" }]', "each = true", start='"routed"', until='"replied"'),
    duty("must", '"informed"', 'after = "routed"', "each = true"),
)
FROM_RECEIPT: Final = "own/limit/whole/c-1/received@2026-09-20T09:00:00+08:00"


def test_a_clock_is_named_by_policy_limit_and_case_and_has_its_id_before_it_starts() -> None:
    found = worked(own(limit(start='"accepted"')), RECEIVED, [], AT).clocks["whole"]
    assert (found.id, found.ids) == ("own/limit/whole/c-1", ())


@pytest.mark.parametrize(
    ("events", "runs", "triggers"),
    [
        ([ev("routed", "2026-09-21T10:00", id="e-7")], ["e-7"], "an id of its own"),
        ([ev("routed", "2026-09-21T10:00")], ["routed@2026-09-21T10:00:00+08:00"], "kind and moment"),
        ([ev("routed", "2026-09-21")], ["routed@2026-09-21"], "kind and day"),
        ([Event("routed")], ["routed@0"], "without a moment the place in the record"),
        (
            [ev("routed", "2026-09-21", to="a"), ev("routed", "2026-09-22"), ev("routed", "2026-09-21", to="b")],
            ["routed@2026-09-21", "routed@2026-09-21#2", "routed@2026-09-22"],
            "two of one kind and day: numbered as recorded",
        ),
        (
            [ev("routed", "2026-09-21", to="a", id="e-7"), ev("routed", "2026-09-21", to="b")],
            ["e-7", "routed@2026-09-21"],
            "what has an id of its own is not counted",
        ),
    ],
)
def test_a_run_is_named_by_the_event_it_runs_from_and_a_duty_by_what_triggered_it(
    events: list[Event], runs: list[str], triggers: str
) -> None:
    found = worked(HOPS, RECEIVED, events, AT)
    assert [key.removeprefix("own/limit/whole/c-1/") for key in found.clocks["whole"].ids] == runs, triggers
    assert [one.id.removeprefix("own/act/c-1/") for one in found.duties] == runs, triggers


def test_a_restart_keeps_the_id_and_so_does_a_reopening_that_restarts() -> None:
    rules = own(
        limit("[{ within = '15 days' }]", "restart = { on = { event = 'supplemented' } }", 'reopen = "restart"')
    )
    events = [ev("supplemented", "2026-09-23"), ev("closed", "2026-09-24"), ev("reopened", "2026-09-25")]
    for known in range(4):
        assert worked(rules, RECEIVED, events[:known], AT).clocks["whole"].ids == (FROM_RECEIPT,)


def test_what_was_late_until_another_due_moment_was_set_has_an_id_of_its_own() -> None:
    """The run itself keeps its id; what was late before is told beside it."""
    rules = own(
        fact("complex"), limit("[{ within = '30 days', when = 'complex' }, { within = '10 days' }]", rows_are="first")
    )
    events = [ev("amended", "2026-10-05T10:00", set={"complex": True})]
    clock = worked(rules, RECEIVED, events, "2026-10-06").clocks["whole"]
    assert clock.ids == (f"{FROM_RECEIPT}/until@2026-10-05T10:00:00+08:00", FROM_RECEIPT)
    assert [run.superseded_at for run in clock.runs] == [instant("2026-10-05T10:00"), None]
    assert worked(rules, RECEIVED, events, "2026-11-20").clocks["whole"].ids == clock.ids


def test_one_reopening_that_opens_a_run_for_each_of_two_starts_gives_each_an_id() -> None:
    rules = own(limit('[{ within = "2 days" }]', "each = true", 'reopen = "new"', start='"routed"'))
    events = [
        ev("routed", "2026-09-21", id="a"), ev("routed", "2026-09-22", id="b"), ev("closed", "2026-09-23"),
        ev("reopened", "2026-09-25", id="r"),
    ]  # fmt: skip
    clock = worked(rules, RECEIVED, events, AT).clocks["whole"]
    assert [key.removeprefix("own/limit/whole/c-1/") for key in clock.ids] == ["a", "r", "b", "r/2"]


def test_ids_stand_in_the_data() -> None:
    data = worked(
        HOPS, RECEIVED, [ev("routed", "2026-09-21", id="a"), ev("routed", "2026-09-22", id="b")], AT
    ).to_dict()
    clock = data["clocks"]["whole"]
    assert (clock["id"], clock["run"]) == ("own/limit/whole/c-1", "own/limit/whole/c-1/b")
    assert [run["id"] for run in clock["runs"]] == ["own/limit/whole/c-1/a", "own/limit/whole/c-1/b"]
    assert "run" not in worked(HOPS, RECEIVED, [], AT).to_dict()["clocks"]["whole"]
