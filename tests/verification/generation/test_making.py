"""From a condition to a case in which it holds: every part of the language, both ways, as the library itself judges."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.conditions.parsing import parse
from complaint_rules.conditions.trees import Always, FirstOf, Given, Has, ParameterValue
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.generation.lengths import ample
from complaint_rules.verification.generation.making import PLAIN, Goal, SketchMaker, lone
from complaint_rules.verification.generation.sketches import Sketch, Step
from tests import small
from tests.golden import china

BODY: Final = '[[body]]\nid = "desk"\ntitle = { zh = "台", en = "Desk" }'
LEVELS: Final = "\n".join(
    f'[[level]]\nid = "{name}"\ntitle = {{ zh = "{name}", en = "{name}" }}' for name in ("outlet", "branch", "head")
)
LINK: Final = '[[link]]\nid = "alike"\ntitle = { zh = "同类", en = "Alike" }\nsame = ["kind"]'
DEFAULT: Final = 'reading = { zh = "例", en = "example" }\ndefault ='
PARAMETERS: Final = f"""
[parameters.least]
type = "int"
{small.TITLE}
{DEFAULT} 4
[parameters.open]
type = "int"
{small.TITLE}
[parameters.switch]
type = "bool"
{small.TITLE}
{DEFAULT} true
[parameters.unset]
type = "bool"
{small.TITLE}
"""
FACTS: Final = "\n".join(
    (
        small.fact("vip"), small.fact("first"), small.fact("lots", "int", "0"), small.fact("more", "int", "0"),
        small.fact("price", "decimal", "0"), small.fact("since", "day", None),
        small.fact("begun_on", "day", None), small.fact("asked", "moment", None),
        small.fact("begun", "moment", None), small.fact("handled_by", "level", None),
        small.fact("about", "set", None), small.fact("labels", "set", None), small.fact("colour", "text", None),
    )
)  # fmt: skip
LIMITS: Final = "\n".join(
    (
        small.limit('[{ within = "2 working days" }]', 'void_on = "withdrawn"', 'when = "not first"'),
        small.limit('[{ within = "as agreed" }]', 'agreed = "promised"', id="promise", start='"promised"'),
        small.limit('[{ within = "3 days" }]', id="begun_later", start='"accepted"', until='"replied"'),
        small.limit('[{ by = "asked" }]', id="superior", until='"reported"'),
        small.limit('[{ within = "as agreed" }]', "agreed = true", id="kept", until='"called_back"'),
    )
)
SOME: Final = small.table("some", ("high", "lots >= 3"), ("low", "price > 10.5"), ("none", ""))
EVERY: Final = small.table("marks", ("dear", "price > 10.5"), ("much", "lots >= 3"), every=True)
PLAINLY: Final = small.table("plainly", ("all", ""), every=True)
REST: Final = (LEVELS, BODY, PARAMETERS, FACTS, LINK, SOME, EVERY, PLAINLY, LIMITS)


def policy_with(condition: str) -> Policy:
    return small.own(*REST, small.table("asked_for", ("yes", condition)))


BOTH_WAYS: Final = (
    ("vip", "a fact"),
    ("vip and not first", "both of two facts"),
    ("vip or first", "either of two facts"),
    ("complainants >= 3", "a count of people"),
    ("complainants < 3", "a count of people from below"),
    ("lots == 0", "an edge of what there can be"),
    ("lots != 3", "anything but a number"),
    ("3 <= lots", "the constant in front"),
    ("price > 10.5", "an exact number"),
    ("lots >= least", "a figure that was supplied"),
    ("lots < more", "two facts against each other"),
    ("since >= '2026-01-01'", "a day"),
    ("asked < '2026-03-04'", "a moment against a day"),
    ("asked >= received", "a moment against the receipt"),
    ("asked <= begun", "two moments"),
    ("begun_on <= begun", "a day and a moment"),
    ("has('replied') and elapsed('accepted', '2 hours', until='replied')", "a time until what happened once before"),
    ("colour == 'red'", "an open code"),
    ("colour in ('red', 'blue')", "one of several codes"),
    ("colour not in ('red', 'blue')", "none of several codes"),
    ("channel == 'phone'", "a code of the library"),
    ("caused_by != 'bank'", "a code of a closed list"),
    ("'fees' in about", "a code in a set"),
    ("'fees' not in about", "a code not in a set"),
    ("colour in labels", "a fact in a set"),
    ("handled_by == 'desk'", "a body"),
    ("handled_by < 'head'", "an order of levels"),
    ("handled_by >= 'branch'", "an order of levels, upwards"),
    ("has('replied')", "something happened"),
    ("has('routed', to=('outlet', 'desk'))", "something happened, with one of two values"),
    ("has('informed', told=('complainant', 'reasons'))", "something happened, with all values"),
    ("has('appealed', after='resolved')", "something happened after something else"),
    ("count('replied') >= 2", "something happened twice"),
    ("2 > count('replied')", "something happened less often"),
    ("has('replied') and count('replied') >= 2", "what is there counts"),
    ("linked('alike') >= 3", "complaints that belong together"),
    ("elapsed('received', '7 days')", "a time after the receipt"),
    ("elapsed('accepted', '2 hours', until='replied')", "a time until something"),
    ("late('whole')", "a limit that is late"),
    ("met('whole')", "a limit that was met"),
    ("late('begun_later')", "a limit that has to start first"),
    ("late('promise')", "a limit that was agreed"),
    ("late('superior')", "a limit that a fact sets"),
    ("late('whole') and not late('begun_later')", "one limit late, another not"),
    ("standing('whole', 'in_time')", "a limit that ended in time"),
    ("standing('whole', 'late')", "a limit that ended late"),
    ("standing('whole', 'open_late')", "a limit that is open and late"),
    ("standing('whole', 'open_in_time')", "a limit that is open in time"),
    ("standing('whole', 'void')", "a limit that ended without result"),
    ("standing('whole', 'not_applicable')", "a limit that does not apply"),
    ("standing('begun_later', 'not_started')", "a limit that has not begun"),
    ("state('open')", "a case that is open"),
    ("state('closed')", "a case that is closed"),
    ("holder('desk')", "who has the case"),
    ("holder_at_breach('whole', 'desk')", "who had it when a limit ran out"),
    ("some == 'high'", "a class"),
    ("some != 'high'", "not a class"),
    ("some in ('high', 'low')", "one of two classes"),
    ("some not in ('high', 'low')", "neither of two classes"),
    ("'dear' in marks", "a mark"),
    ("'dear' not in marks", "not a mark"),
)


@pytest.mark.parametrize("holds", [True, False])
@pytest.mark.parametrize(("condition", "why"), BOTH_WAYS, ids=[why for _, why in BOTH_WAYS])
def test_a_case_is_found_in_which_a_condition_holds_and_one_in_which_it_does_not(
    condition: str, why: str, holds: bool
) -> None:
    policy = policy_with(condition)
    tree = policy.tables["asked_for"].rows[0].when
    assert tree is not None, why
    found = []
    for draft in SketchMaker(policy).tried(Sketch(), [Goal(tree.tree, holds)], 40):
        laid = draft.laid(PLAIN, policy.scope.facts)
        seen = assess(laid.case, policy, at=laid.last, links=draft.links or None)
        found.append((0 in seen.findings["asked_for"].decision.fired, seen.findings["asked_for"].certain))
    assert (holds, True) in found or (holds and (holds, False) in found), why


NEVER: Final = (
    ("not has('received')", "a complaint that was never received"),
    ("'all' not in plainly", "a row that always holds"),
    ("not has('agreed') and late('kept')", "what was agreed and was not"),
    ("lots >= open", "a figure that nobody supplied"),
    ("unset", "a switch that nobody set"),
    ("first_of('alike')", "only a search tells"),
    ("vip and not vip", "a contradiction"),
    ("has('replied') and not has('replied')", "what happened and did not"),
    ("not has('replied') and has('replied')", "what did not happen and did"),
    ("not has('replied') and elapsed('replied', '1 day')", "a time from what did not happen"),
    ("not has('routed') and holder('desk')", "nobody gave it to whom it is with"),
    ("not has('closed') and state('closed')", "closed without a closing"),
    ("has('closed') and state('open')", "open after a closing"),
    ("linked('alike') >= 3 and linked('alike') < 2", "two numbers of one link"),
    ("not has('accepted') and met('begun_later')", "met without a start"),
    ("not has('promised') and late('promise')", "agreed upon by nobody"),
    ("not has('withdrawn') and standing('whole', 'void')", "withdrawn and not"),
    ("not has('closed') and met('whole')", "met and not ended"),
    ("has('closed') and standing('whole', 'open_late')", "open and ended"),
    ("standing('promise', 'not_applicable')", "a limit that always applies"),
    ("standing('promise', 'void')", "nothing ends it without result"),
    ("standing('whole', 'not_started')", "the receipt starts it"),
    ("some == 'none' and some == 'high'", "two classes at once"),
    ("'dear' in marks and 'dear' not in marks", "a mark and not"),
)


@pytest.mark.parametrize(("condition", "why"), NEVER, ids=[why for _, why in NEVER])
def test_no_case_is_made_for_what_cannot_be_brought_about(condition: str, why: str) -> None:
    policy = policy_with(condition)
    tree = policy.tables["asked_for"].rows[0].when
    assert tree is not None
    for draft in SketchMaker(policy).tried(Sketch(), [Goal(tree.tree, True)], 10):
        laid = draft.laid(PLAIN, policy.scope.facts)
        seen = assess(laid.case, policy, at=laid.last, links=draft.links or None)
        assert 0 not in seen.findings["asked_for"].decision.fired, why


def test_every_complaint_was_received() -> None:
    maker = SketchMaker(policy_with("vip"))
    assert list(maker.ways(Sketch(), Has("received", ()), holds=True, most=2)) == [Sketch()]


def test_what_is_written_out_holds_as_it_is_written() -> None:
    maker = SketchMaker(policy_with("vip"))
    assert list(maker.making(Sketch(), Always(True), holds=True)) == [Sketch()]
    assert list(maker.making(Sketch(), Always(True), holds=False)) == []


def test_a_switch_of_the_policy_is_as_it_was_set() -> None:
    maker = SketchMaker(policy_with("switch or vip"))
    assert list(maker.ways(Sketch(), Given(ParameterValue("switch")), holds=True, most=3)) == [Sketch()]
    assert maker.says(Given(ParameterValue("unset")), {}) is None
    assert maker.says(FirstOf("alike"), {}) is None


def test_a_goal_that_only_has_to_be_settled_is_rather_not_reached() -> None:
    policy = policy_with("vip")
    tree = parse("vip", policy.scope).tree
    found = [one.facts["vip"] for one in SketchMaker(policy).tried(Sketch(), [Goal(tree, None)], 5)]
    assert found == [(False,), (True,)]


def test_what_takes_too_many_steps_is_given_up() -> None:
    many = " or ".join(f"(vip and lots == {number})" for number in range(40))
    policy = small.own(*REST, small.table("asked_for", ("yes", f"not ({many}) and vip and lots < 0 and ({many})")))
    tree = policy.tables["asked_for"].rows[0].when
    assert tree is not None
    assert list(SketchMaker(policy).tried(Sketch(), [Goal(tree.tree, True)], 5)) == []


def test_for_a_part_to_decide_alone_the_others_have_to_keep_out_of_it() -> None:
    scope = policy_with("vip").scope
    vip, first, lots = (parse(text, scope).tree for text in ("vip", "first", "lots >= 3"))
    tree = parse("vip and not (first or lots >= 3)", scope).tree
    assert [(atom, set(beside)) for atom, beside in lone(tree)] == [
        (vip, {Goal(parse("not (first or lots >= 3)", scope).tree, True)}),
        (first, {Goal(vip, True), Goal(lots, False)}),
        (lots, {Goal(vip, True), Goal(first, False)}),
    ]


@given(st.integers(1, 60), st.sampled_from(("working days", "days", "months", "hours", "weeks")), st.integers(0, 3000))
def test_a_period_has_surely_run_out_after_its_ample_length(number: int, unit: str, day: int) -> None:
    start = dt.datetime(2010, 1, 1, 9, tzinfo=PLAIN.tzinfo) + dt.timedelta(days=day)
    period = Period.parse(f"{number} {unit}")
    assert assessed_due(period, start) < start + ample(period)


def assessed_due(period: Period, start: dt.datetime) -> dt.datetime:
    due = period.due(start, calendar=china()).at
    assert due is not None
    return due


def test_a_draft_refuses_what_must_not_happen() -> None:
    draft = Sketch().sparing("routed", (("to", frozenset({"desk"})),))
    assert draft is not None
    assert draft.happening(Step("routed")) is not None
    assert draft.happening(Step("routed", FrozenMap(to="desk"))) is None
