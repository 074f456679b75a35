"""Facts of which one implies the other: said once, applied everywhere, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.implications import completed, implications_of, related
from complaint_rules.conditions.scopes import FactSpec
from complaint_rules.language import Lang
from complaint_rules.linking.linker import link
from complaint_rules.words.rulebooks import explain_policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import TITLE, limit, own, table

FACTS: Final = "\n".join(
    f'[facts.{name}]\ntype = "bool"\ntitle = {{ zh = "{zh}", en = "{en}" }}\n{more}'
    for name, zh, en, more in (
        ("fire", "起火", "fire", 'implies = "smoke"'), ("smoke", "冒烟", "smoke", 'implies = ["air"]'),
        ("air", "有空气", "air", ""),
    )
)  # fmt: skip
POLICY: Final = own(
    FACTS, table("told", ("yes", "smoke"), ("no", "")), limit('[{ within = "2 days", when = "smoke" }]'),
    f'[[link]]\nid = "alike"\n{TITLE}\nsame = ["kind"]\nwhen = "smoke"',
)  # fmt: skip
RECEIVED: Final = "2026-09-21T09:00"


@pytest.mark.parametrize(
    ("facts", "possible", "why"),
    [
        ({}, ("yes", "no"), "nothing is known"),
        ({"fire": True}, ("yes",), "where there is fire there is smoke"),
        ({"fire": False}, ("yes", "no"), "smoke may come from elsewhere"),
        ({"air": False}, ("no",), "without air no smoke"),
        ({"fire": True, "smoke": False}, ("yes",), "what follows prevails over what was recorded"),
        ({"smoke": True, "air": False}, ("yes",), "what is recorded itself stays"),
    ],
)
def test_what_follows_counts_as_known(facts: dict[str, Any], possible: tuple[str, ...], why: str) -> None:
    plain = assess(complaint(RECEIVED, **facts), POLICY, at=instant("2026-09-22"), calendar=china())
    told = Case(complaint(RECEIVED, **facts), [ev("registered", "2026-09-21T10:00")])
    for found in (plain, assess(told, POLICY, at=instant("2026-09-22"), calendar=china())):
        assert found.findings["told"].possible == possible, why


def test_it_follows_from_the_moment_on_and_earlier_answers_stay() -> None:
    case = Case(complaint(RECEIVED, fire=False, smoke=False), [ev("amended", "2026-09-22T09:00", set={"fire": True})])
    before, after = (
        assess(case, POLICY, at=instant(at), calendar=china()) for at in ("2026-09-21T12:00", "2026-09-22T12:00")
    )
    assert (before.findings["told"].value, after.findings["told"].value) == ("no", "yes")
    assert before.clocks["whole"].status.value == "not_applicable"
    assert after.clocks["whole"].status.value == "running"


def test_an_outline_of_another_case_is_not_taken_for_it() -> None:
    at = instant("2026-09-22")
    told: list[dict[str, Any]] = [{}, {"fire": True}, {}, {"air": False}, {"fire": True}]
    answers = [
        assess(complaint(RECEIVED, **facts), POLICY, at=at, calendar=china()).findings["told"].value for facts in told
    ]
    assert answers == ["no", "yes", "no", "no", "yes"]


def test_those_that_take_part_in_a_link_are_found_so_too() -> None:
    burning = [Complaint(id=f"c-{n}", received=dt.date(2026, 9, 21), kind="k", extra={"fire": True}) for n in (1, 2)]
    assert link(burning, POLICY, calendar=china()).counts("c-2") == {"alike": 2}


def test_chains_and_what_can_settle_a_fact() -> None:
    pairs = implications_of(POLICY.facts)
    assert {("fire", "smoke"), ("fire", "air"), ("smoke", "air"), ("in_press", "press_risk")} == set(pairs)
    assert related(["smoke"], pairs) == {"fire", "smoke", "air"}
    assert related(["kind"], pairs) == {"kind"}
    assert related(["kind"], ()) == {"kind"}
    one = complaint(RECEIVED, smoke=True, air=True)
    assert completed(one, pairs) is one
    circle = {
        "a": FactSpec(name="a", type="bool", implies=("b",)), "b": FactSpec(name="b", type="bool", implies=("a",)),
    }  # fmt: skip
    assert ("a", "a") in implications_of(circle)


@pytest.mark.parametrize(
    ("lang", "because", "asked", "book"),
    [
        ("zh", "冒烟 = 是（由“起火”推得）", "有“起火”即有之", "成立时必有：“冒烟”"),
        ("en", "smoke = yes (because of “fire”)", "so wherever “fire” holds", "where it holds, so do: “smoke”"),
    ],
)
def test_it_is_said(lang: Lang, because: str, asked: str, book: str) -> None:
    at = instant("2026-09-22")
    assert because in assess(complaint(RECEIVED, fire=True), POLICY, at=at, calendar=china()).explain(lang)
    airless = assess(complaint(RECEIVED, air=False), POLICY, at=at, calendar=china()).explain(lang)
    assert ("由“有空气”推得" if lang == "zh" else "because of “air”") in airless
    unknown = assess(complaint(RECEIVED), POLICY, at=at, calendar=china())
    assert {one.fact: one.follows_from for one in unknown.questions} == {
        "fire": (),
        "smoke": ("fire",),
        "air": ("fire", "smoke"),
    }
    assert asked in unknown.explain(lang)
    assert book in explain_policy(POLICY, lang)


def test_an_amendment_of_unknown_moment_leaves_open_what_follows_from_it() -> None:
    case = Case(
        complaint(RECEIVED, smoke=False), [Event("amended", set={"fire": True}), ev("closed", "2026-09-22T09:00")]
    )
    assert assess(case, POLICY, at=instant("2026-09-22"), calendar=china()).findings["told"].value == "yes"
