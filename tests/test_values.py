"""Answers are values: they pickle, compare, copy, cannot be changed, and print in a line."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any, Final

import pytest

from complaint_rules import version
from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.errors import OtherVersion
from complaint_rules.mappings import FrozenMap, LazyMap
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy, rules_of
from tests.by_hand import complaint, ev, instant
from tests.golden import china

RECEIVED: Final = "2026-09-20T09:00"
HISTORIES: Final[dict[str, list[Any]]] = {
    "nothing yet": [],
    "a history": [
        ev("registered", "2026-09-20T09:30", by="call_centre"),
        ev("suspended", "2026-09-21", reason="mediation", by="outlet"),
        ev("resumed", "2026-09-23", by="outlet"),
        ev("amended", "2026-09-23T10:00", set={"complainants": 3}),
        ev("replied", "2026-09-28T10:00", by="outlet", told={"complainant"}, items={"result"}),
        ev("closed", "2026-09-29", by="outlet"),
    ],
}


def answers(policy: str, events: list[Any], number: int = 2) -> Assessment:
    case = Case(complaint(RECEIVED, complainants=number), events)
    return assess(case, load_policy(policy), at=instant("2026-11-25"), calendar=china())


def parts(found: Assessment) -> list[Any]:
    """Give an answer and every kind of value in it."""
    values: list[Any] = [found, found.case, found.policy, found.case.complaint, *found.case.events, found.snapshot]
    values += [
        *found.findings.values(),
        *found.clocks.values(),
        *found.duties,
        *found.checks,
        *found.violations,
        *found.notices,
    ]
    values += [run for clock in found.clocks.values() for run in clock.runs]
    values += [finding.decision for finding in found.findings.values()]
    values += [*found.questions, *found.missing, *found.notes, *rules_of(found.policy)]
    return values


def there_and_back(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - made a moment ago


@pytest.mark.parametrize("events", HISTORIES.values(), ids=HISTORIES)
@pytest.mark.parametrize("policy", policies())
def test_every_part_of_an_answer_is_a_value(policy: str, events: list[Any]) -> None:
    found = answers(policy, events)
    again = answers(policy, events)
    for one, same in zip(parts(found), parts(again), strict=True):
        text = repr(one)
        assert "\n" not in text
        assert len(text) < 1_000, "in a line"
        for made in (same, there_and_back(one), copy.copy(one), copy.deepcopy(one)):
            assert repr(made) == text or one is found.snapshot
            if one is not found.snapshot:
                assert made == one
                assert hash(made) == hash(one)
        assert one != object()
        with pytest.raises(AttributeError):
            one.something_new = 1


def test_a_pickled_clock_can_still_be_proved_and_explained() -> None:
    for events in HISTORIES.values():
        clock = answers("cbirc-2020-3", events).clocks["decide"]
        back = there_and_back(clock)
        assert (back.explain("zh"), back.explain("en")) == (clock.explain("zh"), clock.explain("en"))
        assert back.proof == clock.proof


def test_answers_differ_where_the_question_does() -> None:
    found, other = answers("psbc-95580", []), answers("psbc-95580", [], 3)
    assert found != other
    assert found.findings["priority"] != other.findings["priority"]
    assert found.clocks["whole"] != other.clocks["whole"]
    assert load_policy("psbc-95580") != load_policy("realty-levels")
    assert found.findings != other.findings
    assert found.findings == answers("psbc-95580", []).findings


def test_what_was_found_cannot_be_changed() -> None:
    found = answers("psbc-95580", HISTORIES["a history"])
    clock = found.clocks["whole"]
    for value, name in (
        (found, "at"), (clock, "status"), (clock.runs[0], "due_at"), (found.duties[0], "status"),
        (found.findings["priority"], "decision"), (found.policy, "id"), (found.violations[0], "code"),
    ):  # fmt: skip
        with pytest.raises(AttributeError):
            setattr(value, name, None)
    with pytest.raises(TypeError):
        found.clocks["whole"] = clock  # type: ignore[index]


@pytest.mark.parametrize("part", ["policy", "assessment", "clock", "finding", "duty", "case", "complaint", "violation"])
def test_a_pickle_of_another_version_says_so(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue 6: fields read into the wrong place would be a wrong answer."""
    found = answers("psbc-95580", HISTORIES["a history"])
    value: Any = {
        "policy": found.policy, "assessment": found, "clock": found.clocks["whole"], "case": found.case,
        "finding": found.findings["priority"], "duty": found.duties[0], "complaint": found.case.complaint,
        "violation": Violation(code=ViolationCode.LATE, severity=Severity.BREACH),
    }[part]  # fmt: skip
    kept = pickle.dumps(value)
    monkeypatch.setattr(version, "VERSION", "99.0")
    with pytest.raises(OtherVersion, match=r"another version of the library made it; got '.*'; this is 99\.0"):
        pickle.loads(kept)  # noqa: S301 - made a moment ago


def test_the_classes_found_are_a_mapping_that_reads_like_any() -> None:
    findings = answers("psbc-95580", []).findings
    assert "priority" in findings
    assert "prioriti" not in findings
    assert len(findings) == len(list(findings)) == len(load_policy("psbc-95580").tables)
    assert repr(findings).startswith("<LazyMap of priority, ")
    assert there_and_back(findings) == FrozenMap(findings)
    with pytest.raises(KeyError, match="did you mean 'priority'"):
        findings["prioriti"]


def test_values_come_in_the_order_of_the_rules_however_they_were_read() -> None:
    policy: Policy = load_policy("boc-it-blueprint")
    case = Case(complaint("2025-09-20T09:00"))
    for first in policy.limits:
        late = case.complaint.received_from + dt.timedelta(days=400)
        found = assess(case, policy, at=late, calendar=china())
        _ = found.clocks[first]
        assert [clock.limit.id for clock in found.clocks.values()] == list(policy.limits)
        assert list(found.clocks.items()) == [(name, found.clocks[name]) for name in policy.limits]


def test_a_lazy_map_makes_nothing_twice_and_nothing_unasked() -> None:
    made: list[int] = []

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    lazy = LazyMap(FrozenMap(a=1, b=2, c=3), double)
    assert (lazy["b"], made) == (4, [2])
    assert list(lazy.values()) == [2, 4, 6]
    assert sorted(made) == [1, 2, 3]
    assert lazy == {"a": 2, "b": 4, "c": 6}
    with pytest.raises(TypeError, match="unhashable"):
        hash(lazy)
