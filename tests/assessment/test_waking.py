"""The one moment at which to wake up: what rings, what does not, and how much it costs to know."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.assessment import waking
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.policy.loading import policies
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import TITLE, duty, fact, limit, own, table, worked, written
from tests.work import calls

RECEIVED: Final = "2026-09-20T09:00"
MANAGER: Final = f'[[body]]\nid = "manager"\n{TITLE}'
EXTENSION: Final = '[[limit.extension]]\nid = "further"\nadd = "5 days"\non = "extended"\ntimes = 2'


def next_of(parts: list[str], events: list[Event], at: str, **facts: Any) -> str | None:
    return written(worked(own(*parts), RECEIVED, events, at, **facts).next_change_at)


@pytest.mark.parametrize(
    ("parts", "events", "facts", "expected", "why"),
    [
        ([table("age", ("old", "elapsed('received', '10 days')"), ("young", ""))], [], {}, "2026-10-01T00:00",
            "a table hangs on it"),
        ([fact("vip"), table("age", ("vip", "vip"), ("old", "elapsed('received', '10 days')"), ("young", ""))], [],
            {"vip": True}, None, "an earlier row holds whatever the time"),
        ([fact("vip"), table("age", ("old", "vip and elapsed('received', '10 days')"), ("young", ""))], [],
            {"vip": False}, None, "another part of the condition does not hold"),
        ([fact("vip"), table("age", ("old", "vip and elapsed('received', '10 days')"), ("young", ""))], [],
            {}, "2026-10-01T00:00", "the other part is unknown: what is possible changes"),
        ([table("age", ("old", "elapsed('received', '10 days', until='closed')"), ("young", ""))],
            [ev("closed", "2026-09-20")], {}, None, "what it waits for has come in time"),
        ([limit("[{ within = '30 days', when = \"elapsed('received', '10 days')\" }, { within = '15 days' }]")],
            [ev("closed", "2026-09-20")], {}, None, "a limit that is met is judged by what was known then"),
        ([duty("must", '"informed"', 'within = "at once"'), limit('[{ within = "at once" }]')], [], {}, None,
            "what is to be done at once is never overdue by itself"),
        ([duty("must_not", '"merged"', "unless = \"elapsed('received', '10 days')\"")], [], {}, None,
            "what would excuse an act that nobody did"),
        ([duty("must_not", '"merged"', "unless = \"elapsed('received', '10 days')\"")], [Event("merged")], {}, None,
            "an act of which nobody knows the moment: excused or not, nothing is claimed"),
        ([limit(rows_are="first")], [Event("replied", instant("2026-09-25T10:00"))], {}, "2026-09-25T10:00",
            "recorded for later: told until then as not yet known"),
    ],
)  # fmt: skip
def test_it_rings_only_for_what_then_differs(
    parts: list[str], events: list[Event], facts: dict[str, Any], expected: str | None, why: str
) -> None:
    """Issue 8.8: `elapsed` points rang the wake-up although nothing hung on them."""
    assert next_of(parts, events, "2026-09-20T12:00", **facts) == expected, why


def test_a_verdict_that_more_time_settles_rings_too() -> None:
    """An extension at a moment nobody knows may have sufficed up to its end, 10 days after the 15; then no longer."""
    rules = [limit('[{ within = "15 days" }]', EXTENSION)]
    undetermined = worked(own(*rules), RECEIVED, [Event("extended")], "2026-10-06")
    assert undetermined.clocks["whole"].status == "undetermined"
    change = undetermined.next_change_at
    assert written(change) == "2026-10-16T00:00"
    assert worked(own(*rules), RECEIVED, [Event("extended")], "2026-10-16T00:00").clocks["whole"].status == "overdue"


def test_a_duty_known_by_the_day_rings_for_both_its_moments() -> None:
    """Due 24 hours after a day: from its first instant at the strictest, from its last one at the most generous."""
    rules = own(duty("must", '"informed"', 'after = "appealed"', 'within = "24 hours"'))
    events = [ev("appealed", "2026-09-22")]
    changes = [worked(rules, RECEIVED, events, at).next_change_at for at in ("2026-09-22", "2026-09-23", "2026-09-24")]
    assert [None if change is None else f"{change:%m-%d %H:%M:%S.%f}" for change in changes] == [
        "09-23 00:00:00.000001", "09-24 00:00:00.000000", None,
    ]  # fmt: skip


def test_a_limit_resumed_nobody_knows_when_still_warns_and_rings_for_that() -> None:
    """Found by the state machine: the notice came, and nobody was woken; due at the end of 5 October, 2 days before.

    The resumption was recorded for before the receipt, so that it may have ended the stop at any moment.
    """
    rules = own(limit('[{ within = "15 days", warn = "2 days" }]', 'pauses = [{ reason = "mediation" }]'))
    events = [
        ev("resumed", "2026-09-19T10:00", reason="mediation"), ev("suspended", "2026-09-22T10:00", reason="mediation")
    ]  # fmt: skip
    stopped = worked(rules, RECEIVED, events, "2026-09-25")
    assert (stopped.clocks["whole"].status.value, stopped.notices) == ("suspended", ())
    assert written(stopped.next_change_at) == "2026-10-04T00:00"
    assert [one.kind.value for one in worked(rules, RECEIVED, events, "2026-10-04T00:00").notices] == ["warning"]


def test_what_stays_undetermined_rings_for_nothing() -> None:
    """Nobody knows when the ground arose, so nobody will ever know by when the duty was due."""
    ground = duty("must", '"informed"', "when = \"has('replied') and has('appealed')\"", 'within = "1 day"')
    events = [Event("replied"), ev("appealed", "2026-09-22T10:00"), ev("routed", "2026-09-01")]
    undetermined = worked(own(ground), RECEIVED, events, "2026-09-25")
    assert [one.status.value for one in undetermined.duties] == ["undetermined"]
    assert undetermined.next_change_at is None
    waits = own(table("age", ("old", "elapsed('received', '8 working hours')"), ("young", "")))
    assert worked(waits, RECEIVED, [], "2026-09-21").next_change_at is None, "opening hours nobody supplied"


def test_what_can_no_longer_be_counted_then_rings() -> None:
    rows = "[{ within = '80 years', when = \"elapsed('received', '10 days')\" }, { within = '15 days' }]"
    rules = own(limit(rows))
    found = worked(rules, RECEIVED, [], "2026-09-21")
    assert written(found.next_change_at) == "2026-10-01T00:00"
    with pytest.raises(ComplaintRulesError):
        worked(rules, RECEIVED, [], "2026-10-01T00:00").to_dict()


SHADOWED: Final = own(
    fact("vip"), table("age", ("vip", "vip"), ("old", "elapsed('received', '10 days')"), ("young", ""))
)


def shadowed() -> Assessment:
    return assess(Case(complaint(RECEIVED, vip=True)), SHADOWED, at=instant("2026-09-21"), calendar=china())


def test_after_so_many_moments_tried_the_next_one_rings_untried(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shadowed().next_change_at is None
    told = Path(__file__).parents[2].joinpath("docs", "howto-wakeup.md").read_text(encoding="utf-8")
    assert f"at most {waking.MOST_TRIED} moments" in told
    assert f"最多比较{waking.MOST_TRIED}个时刻" in told
    monkeypatch.setattr(waking, "MOST_TRIED", 1)
    assert shadowed().next_change_at is None, "the only one was tried"
    monkeypatch.setattr(waking, "MOST_TRIED", 0)
    assert written(shadowed().next_change_at) == "2026-10-01T00:00"


def test_nothing_is_tried_twice_and_nothing_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Any] = []
    before = waking._differs

    def noted(*asked: Any) -> bool:
        tried.append(asked)
        return before(*asked)

    monkeypatch.setattr(waking, "_differs", noted)
    found = shadowed()
    _ = found.findings.values(), found.duties, found.violations, found.notices
    assert tried == []
    assert [found.next_change_at, found.next_change_at] == [None, None]
    assert len(tried) == 1


PLAIN: Final[Mapping[str, Mapping[str, Any]]] = {"realty-levels": {"received_by": "project_service"}}
"""Facts without which it is not plain when the next change comes: whose receipt it was decides on passing it on."""


@pytest.mark.parametrize("id", policies())
def test_where_it_is_plain_that_the_answer_changes_nothing_is_tried(id: str) -> None:
    """On receipt every shipped rule set knows its next change for little more than reading clocks and duties."""
    rules, at = policy_of(id), instant(RECEIVED)
    case = Case(complaint(RECEIVED, complainants=2, **PLAIN.get(id, {})))

    def asked() -> Assessment:
        return assess(case, rules, at=at, calendar=china())

    def read() -> None:
        found = asked()
        _ = [clock.runs for clock in found.clocks.values()], found.duties

    asked().to_dict()
    read()
    assert calls(lambda: asked().next_change_at) < 2 * calls(read)
