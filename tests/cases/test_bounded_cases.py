"""A line of a megabyte is decided in bounded work: what is many is not looked at once for each of what else is many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import attrs
import pytest

from complaint_rules import errors
from complaint_rules.assessing import assess
from complaint_rules.assessment import questions
from complaint_rules.assessment.questions import NoteCode
from complaint_rules.cases import case as of_cases
from complaint_rules.cases import lifecycle
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.errors import InvalidCase, InvalidEvent
from complaint_rules.moments import BEIJING
from complaint_rules.policy import codes
from complaint_rules.policy.loading import load_policy
from tests.golden import china
from tests.work import calls

RECEIVED: Final = dt.datetime(2026, 9, 1, 9, 0, tzinfo=BEIJING)
LATER: Final = RECEIVED + dt.timedelta(days=30)
CORE: Final = Complaint(id="c-1", received=RECEIVED)


def at(place: int) -> dt.datetime:
    return RECEIVED + dt.timedelta(minutes=place)


MANY: Final[dict[str, Callable[[int], Case]]] = {
    "recorded": lambda n: Case(attrs.evolve(CORE, recorded=[f"complainant{one}" for one in range(n)])),
    "own facts": lambda n: Case(attrs.evolve(CORE, extra={f"mediat{one}": True for one in range(n)})),
    "own facts at once": lambda n: Case(
        CORE, [Event("amended", at(1), set={f"complainan{one}": 1 for one in range(n)})]
    ),
    "kinds": lambda n: Case(CORE, [Event(f"replie{one}", at(one)) for one in range(n // 2)]),
    "reasons": lambda n: Case(CORE, [Event("suspended", at(one), reason=f"mediatio{one}") for one in range(n)]),
    "told": lambda n: Case(CORE, [Event("replied", at(1), told=[f"appeal_rout{one}" for one in range(n)])]),
    "items": lambda n: Case(CORE, [Event("replied", at(1), items=[f"mediatio{one}" for one in range(n)])]),
}  # fmt: skip


@pytest.mark.parametrize("many", MANY)
def test_the_likely_word_is_looked_for_a_bounded_number_of_times(many: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """116,000 items in one line took 15 s, and as many own facts, reasons, kinds as a megabyte holds 7 to 17 s."""
    policy = load_policy("cbirc-2020-3")
    for room in (questions, lifecycle, codes):
        monkeypatch.setattr(room, "_MOST_SEARCHES", 20)
    case = MANY[many](1_000)
    errors._closest.cache_clear()  # what is remembered between cases is not theirs
    # To look for one word takes more than a thousand calls: for all of them a million.
    assert calls(lambda: assess(case, policy, at=LATER, calendar=china()).violations) < 400_000


def test_what_is_not_looked_for_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = load_policy("cbirc-2020-3")
    monkeypatch.setattr(questions, "_MOST_SEARCHES", 1)
    monkeypatch.setattr(lifecycle, "_MOST_SEARCHES", 1)
    case = Case(
        attrs.evolve(CORE, extra={"complainant": 1, "complainantz": 1}),
        [Event("replyed", at(1)), Event("replyed", at(2)), Event("replyde", at(3))],
    )
    found = assess(case, policy, at=LATER, calendar=china())
    ignored = [note.detail for note in found.notes if note.code is NoteCode.IGNORED_FACT]
    assert ignored == [{"fact": "complainant", "meant": "complainants"}, {"fact": "complainantz"}]
    unknown = [one.detail for one in found.violations if one.code is ViolationCode.UNKNOWN_KIND]
    assert unknown == [{"meant": "replied"}, {"meant": "replied"}, {}]  # each kind is looked for once


def test_a_slip_is_looked_for_once_for_each_code_however_often_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "_MOST_SEARCHES", 2)
    own = [Event("suspended", at(2 * one), reason="own_code") for one in range(3)]
    slips = [Event("suspended", at(6 + one), reason=reason) for one, reason in enumerate(("mediaton", "mediatoin"))]
    found = assess(Case(CORE, [*own, *slips]), load_policy("cbirc-2020-3"), at=LATER, calendar=china())
    told = [one.detail["code"] for one in found.violations if one.code is ViolationCode.UNKNOWN_CODE]
    assert told == ["mediaton"]  # the third word is no longer looked for


def test_a_case_with_very_many_unknown_codes_is_refused_for_the_first_of_them() -> None:
    policy = load_policy("psbc-95580")
    events = [{"kind": f"own_{one}", "at": "2026-09-30"} for one in range(300)]
    with pytest.raises(InvalidCase) as refused:
        Case.from_dict({"id": "c-1", "received": "2026-09-30", "events": events}, policy)
    assert len(refused.value.faults) == 200


def test_a_history_has_a_bounded_number_of_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """1,000 kinds, each at a moment of its own, took three million calls, and 17,000 minutes of work."""
    monkeypatch.setattr(of_cases, "_MOST_KINDS", 2)
    assert len(Case(CORE, [Event("routed", at(one)) for one in range(3)]).events) == 3
    with pytest.raises(InvalidEvent, match=r"Case\.events: a history has at most 2 kinds of event; got 3"):
        Case(CORE, [Event("routed", at(1)), Event("replied", at(2)), Event("closed", at(3))])


def test_a_history_has_a_bounded_number_of_suspensions_that_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """17,000 left open, each for a reason of its own, were held each against every other: 12 s."""
    monkeypatch.setattr(of_cases, "_MOST_STOPS", 2)
    alike = [Event("suspended", at(one), reason="mediation") for one in range(3)]
    assert len(Case(CORE, alike).events) == 3  # the second and third say again what the first says
    why = r"Case\.events: a history has at most 2 suspensions of different reasons; got 3"
    for name in ("reason", "id", "ref"):
        named: list[dict[str, Any]] = [{name: f"x-{one}"} for one in range(3)]
        with pytest.raises(InvalidEvent, match=why):
            Case(CORE, [Event("suspended", at(one), **own) for one, own in enumerate(named)])


def test_own_facts_are_not_kept_once_for_each_of_very_many_amendments(monkeypatch: pytest.MonkeyPatch) -> None:
    """15,000 amendments, each of a fact of its own, took 5 GiB: what was known is kept for every one of them."""
    monkeypatch.setattr(of_cases, "_MOST_AMENDED", 12)
    three = [Event("amended", at(one), set={"joint": True, "repeat": False, f"own_{one}": 1}) for one in range(3)]
    core = attrs.evolve(CORE, extra={"own_x": 1})
    assert Case(core, three).events[2].set == {"joint": True, "repeat": False, "own_2": 1}  # 3 times 4 own facts
    why = (
        r"Case\.events: amendments times facts of its own are at most 12 in a case; got 3; leave out what no rule asks"
    )
    with pytest.raises(InvalidEvent, match=why):
        Case(attrs.evolve(core, extra={"own_x": 1, "own_y": 1}), three)  # 3 times 5
    assert len(Case(core, [*three, Event("amended", at(4))]).events) == 4  # one that amends nothing is kept for nothing


def test_what_an_amendment_leaves_as_it_is_is_shared() -> None:
    """50,000 items were checked and copied for each of 5,000 amendments."""
    complaint = attrs.evolve(CORE, recorded=["name", "amount"], extra={"own_a": frozenset({"x"}), "own_b": 1})
    amended = complaint.amended({"complainants": 3})
    assert amended.recorded is complaint.recorded
    assert amended.extra is complaint.extra
    assert amended == attrs.evolve(complaint, complainants=3)


@pytest.mark.parametrize(
    ("changes", "extra"),
    [
        ({"own_a": 5}, {"own_a": 5, "own_b": 1}),
        ({"own_a": None}, {"own_b": 1}),
        ({"own_c": 2, "extra": {"own_b": None}}, {"own_a": 4, "own_c": 2}),
        ({"own_a": None, "own_b": None}, {}),
    ],
)
def test_own_facts_are_amended_in_their_place(changes: dict[str, Any], extra: dict[str, int]) -> None:
    amended = attrs.evolve(CORE, extra={"own_a": 4, "own_b": 1}).amended(changes)
    assert list(amended.extra.items()) == list(extra.items())
    assert hash(amended) == hash(attrs.evolve(CORE, extra=extra))
