"""A history twice as long is twice the work, not four times: what was known at each of its moments is not read anew."""

from __future__ import annotations

import datetime as dt
import gc
import itertools
from typing import Any

import pytest

from complaint_rules.assessing import assess
from complaint_rules.assessment import snapshots
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING
from complaint_rules.policy.loading import load_policy
from tests.golden import china
from tests.strategies import THOROUGH
from tests.work import calls

RECEIVED = dt.datetime(2026, 9, 1, 9, 0, tzinfo=BEIJING)
LATER = RECEIVED + dt.timedelta(days=800)
LENGTHS = (120, 240)
MIXED = ("routed", "routed", "closed", "reopened", "suspended", "resumed", "amended", "extended")


def of_length(number: int, kinds: tuple[str, ...], step: str) -> Case:
    """Give a case of so many events: a minute or a day apart, the days known to the day only, or as `step` says."""
    events = []
    for place in range(number):
        kind = kinds[place % len(kinds)]
        minute = RECEIVED + dt.timedelta(minutes=place)
        at: Any = {
            "minutes": minute,
            "days": (RECEIVED + dt.timedelta(days=place)).date(),
            "undated": None,
            "at one moment": RECEIVED,
        }[step]
        own = f"e-{place}" if step in ("undated", "at one moment") else None  # else all but the first are duplicates
        events.append(Event(kind, at, id=own, set={"complainants": 3} if kind == "amended" else None))
    return Case(Complaint(id="c-1", received=RECEIVED), events)


def work(policy: str, case: Case) -> int:
    def everything() -> None:
        found = assess(case, load_policy(policy), at=LATER, calendar=china())
        assert found.duties
        _ = found.findings.values(), found.violations, found.questions

    everything()  # what is remembered between cases is not theirs
    return calls(everything)


@pytest.mark.parametrize(
    "step", ["minutes", "days", "undated", "at one moment"] if THOROUGH else ["minutes", "undated"]
)
@pytest.mark.parametrize(
    ("policy", "kinds"),
    [
        ("psbc-95580", ("amended",)),  # each changes a fact that a limit hangs on
        ("psbc-95580", MIXED),
        ("grcu-2008", ("own_a", "own_b")),  # kinds that no rule knows
        ("grcu-2008", ("closed", "reopened")),
        ("cbirc-2020-3", ("suspended", "resumed")),
        ("boc-it-blueprint", ("closed", "reopened")),
        ("boc-it-blueprint", ("routed", "routed", "replied")),  # each routing runs limits that conditions ask about
        ("realty-levels", ("amended", "escalated")),
    ],
)
def test_twice_the_history_is_twice_the_work(policy: str, kinds: tuple[str, ...], step: str) -> None:
    """400, 800 and 1,600 amendments took 72, 581 and 2,891 ms, and a thousand closings and reopenings ten seconds.

    2,000 amendments without a moment took 19.6 s, 8,000 events of one kind and moment 6.3 s: each was held against
    every other one.
    """
    lengths = (1000, 2000, 4000) if THOROUGH and step != "days" else LENGTHS
    found = [work(policy, of_length(number, kinds, step)) for number in lengths]
    assert [long < 2.1 * short for short, long in itertools.pairwise(found)] == [True] * (len(lengths) - 1)


def test_a_hop_more_costs_a_hop() -> None:
    """Levels passed one after the other, and at every second one a return: 逐级上报与退回."""

    def hops(number: int) -> int:
        events = [
            Event(
                "escalated", RECEIVED + dt.timedelta(minutes=place), by="outlet", to="branch" if place % 2 else "head"
            )
            for place in range(number)
        ]
        return work("grcu-2008", Case(Complaint(id="c-1", received=RECEIVED), events))

    found = [hops(number) for number in LENGTHS]
    assert all(long < 2.1 * short for short, long in itertools.pairwise(found))


def garbage(policy: str, case: Case) -> int:
    def everything() -> None:
        found = assess(case, load_policy(policy), at=LATER, calendar=china())
        _ = found.to_dict(), found.violations, found.notices

    everything()
    gc.collect()
    gc.disable()
    try:
        everything()
        return gc.collect()
    finally:
        gc.enable()


@pytest.mark.parametrize("policy", ["psbc-95580", *(["boc-it-blueprint", "cbirc-2020-3"] if THOROUGH else [])])
def test_what_an_answer_leaves_for_the_collector_grows_with_the_history_and_no_faster(policy: str) -> None:
    """Whoever assesses millions of cases may pause the collector: docs/architecture.md says why there are cycles."""
    short, long = (garbage(policy, of_length(number, MIXED, "minutes")) for number in (100, 200))
    assert 0 < short < 4_000
    assert long < 2.2 * short


@pytest.mark.parametrize("kinds", [("routed", "routed", "replied"), ("closed", "reopened"), ("informed", "extended")])
@pytest.mark.parametrize("policy", ["psbc-95580", "grcu-2008", "boc-it-blueprint", "realty-levels"])
def test_so_it_is_for_what_to_tell_and_when_to_wake(policy: str, kinds: tuple[str, ...]) -> None:
    """Ids are given to events of one kind and moment in one go."""

    def told(case: Case, at: dt.datetime) -> int:
        found = assess(case, load_policy(policy), at=at, calendar=china())
        _ = found.violations  # what is read anyway is not counted here
        return calls(lambda: (found.notices, found.next_change_at, [clock.ids for clock in found.clocks.values()]))

    for at in (RECEIVED + dt.timedelta(days=1), LATER):  # with what is still to come, and with nothing
        for step in ("minutes", "days"):
            short, long = (told(of_length(number, kinds, step), at) for number in (60, 120))
            assert long < 2.1 * short


def test_what_is_kept_of_earlier_moments_is_bounded_and_no_more_than_a_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    case = of_length(24, MIXED, "minutes")
    found = assess(case, load_policy("psbc-95580"), at=LATER, calendar=china()).to_dict()
    monkeypatch.setattr(snapshots, "_MOST_KEPT", 2 - 2 * len(case.events))
    assert assess(case, load_policy("psbc-95580"), at=LATER, calendar=china()).to_dict() == found
