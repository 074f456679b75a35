"""Duties of the base against duties of the house: force, trigger, act, condition, figure, exception."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.answers import Aspect, Conforming, RuleConformance
from complaint_rules.verification.conformance.obligations import duties_held
from complaint_rules.verification.conformance.questions import Questions
from tests.verification.conformance.houses import policy

CHINA = WorkCalendar.china()
PROVED, LAXER, OPEN, MISSING = Conforming
HEAD = '[[duty]]\nid = "{}"\ntitle = {{ zh = "甲", en = "One" }}\ncite = "1"\nwho = "institution"\n'
FACT = '[facts.odd]\ntype = "bool"\nassume = false\ntitle = { zh = "奇", en = "odd" }\n'
QUIET = '[quiet]\nstart = "18:00"\nend = "08:00"\n'
WAITS = '[parameters.time]\ntype = "period"\ntitle = { zh = "时间", en = "Time" }\ncite = "1"\n'


def duties(*lines: str, name: str = "house", more: str = "") -> Policy:
    text = "".join(f"{HEAD.format(f'd{place}')}{one}\n" for place, one in enumerate(lines))
    return policy(f"{more}{FACT}{text}", name)


def held(
    house: Policy, base: Policy, implied: dict[str, str] | None = None, budget: int = 9_999
) -> list[RuleConformance]:
    return list(duties_held(Questions(house, base, budget), implied or {}, CHINA))


MUST = 'must = "registered"'
NOT = 'must_not = "disclosed"'
LAWFUL = f"{NOT}\nunless = \"event.reason == 'lawful'\""
SPECIAL = f"{NOT}\nunless = \"event.reason in ('lawful', 'special')\""


@pytest.mark.parametrize(
    ("house", "base", "verdict", "aspect"),
    [
        # force
        (MUST, MUST, PROVED, None),
        ('should = "registered"', MUST, LAXER, Aspect.FORCE),
        (MUST, 'should = "registered"', PROVED, None),
        ('should_not = "disclosed"', NOT, LAXER, Aspect.FORCE),
        ('may = "registered"', MUST, MISSING, None),
        ('must_not = "registered"', MUST, MISSING, None),
        # acts: what discharges the house's duty discharges the base's
        ('must = "closed"', MUST, MISSING, None),
        ('must = { event = "registered", told = "complainant" }', MUST, PROVED, None),
        (MUST, 'must = { event = "registered", told = "complainant" }', MISSING, None),
        (MUST, 'must = ["registered", "closed"]', PROVED, None),
        ('must = ["registered", "closed"]', MUST, MISSING, None),
        # triggers
        (f'{MUST}\nafter = "received"', MUST, PROVED, None),
        (f'{MUST}\nafter = "routed"', MUST, MISSING, None),
        (f'{MUST}\nafter = "routed"\neach = true', f'{MUST}\nafter = "routed"\neach = true', PROVED, None),
        (f'{MUST}\nafter = "routed"', f'{MUST}\nafter = "routed"\neach = true', LAXER, Aspect.EACH),
        # conditions: the house's has to hold wherever the base's does
        (MUST, f'{MUST}\nwhen = "joint"', PROVED, None),
        (f'{MUST}\nwhen = "joint or odd"', f'{MUST}\nwhen = "joint"', PROVED, None),
        (f'{MUST}\nwhen = "joint"', f'{MUST}\nwhen = "complainants > 3"', LAXER, Aspect.SCOPE),
        (f'{MUST}\nwhen = "complainants > 2"', f'{MUST}\nwhen = "complainants > 3"', PROVED, None),
        (f'{MUST}\nafter = "routed"\nwhen = "joint"', f'{MUST}\nafter = "routed"', LAXER, Aspect.SCOPE),
        # what is done before the base's duty arises does not discharge that
        (MUST, f'{MUST}\nwhen = "has(\'routed\')"', LAXER, Aspect.START),
        (f'{MUST}\nwhen = "joint or has(\'routed\')"', f'{MUST}\nwhen = "has(\'routed\')"', LAXER, Aspect.START),
        (f'{MUST}\nwhen = "has(\'routed\')"', f'{MUST}\nwhen = "has(\'routed\')"', PROVED, None),
        (MUST, f"{MUST}\nwhen = \"elapsed('received', '3 days')\"", LAXER, Aspect.START),
        (f'{MUST}\nafter = "closed"', f'{MUST}\nafter = "closed"\nwhen = "has(\'routed\')"', LAXER, Aspect.START),
        (NOT, f'{NOT}\nwhen = "has(\'routed\')"', PROVED, None),
        # figures
        (f'{MUST}\nwithin = "at once"', f'{MUST}\nwithin = "5 days"', LAXER, Aspect.FIGURE),
        (f'{MUST}\nwithin = "at once"', f'{MUST}\nwithin = "at once"', PROVED, None),
        (f'{MUST}\nwithin = "5 days"', MUST, PROVED, None),
        (f'{MUST}\nwithin = "5 days"', f'{MUST}\nwithin = "6 days"', PROVED, None),
        (f'{MUST}\nwithin = "5 working days"', f'{MUST}\nwithin = "7 days"', LAXER, Aspect.FIGURE),
        (MUST, f'{MUST}\nwithin = "7 days"', LAXER, Aspect.FIGURE),
        (f'{MUST}\nwithin = "8 working hours"', f'{MUST}\nwithin = "7 days"', OPEN, Aspect.FIGURE),
        (f'{MUST}\nwithin = "1 day"\nwhen = "joint"', f'{MUST}\nwithin = "2 days"\nwhen = "joint"', PROVED, None),
        (
            f'{MUST}\nwithin = "1 day"\nwhen = "joint"',
            f'{MUST}\nwithin = "2 days"\nwhen = "joint"\nsince = "trigger"', OPEN, Aspect.FIGURE,
        ),
        # prohibitions: the house has to forbid at least as much, as long, with no further exception
        (NOT, NOT, PROVED, None),
        (NOT, 'must_not = { event = "disclosed", items = ["secret"] }', PROVED, None),
        ('must_not = { event = "disclosed", items = ["secret"] }', NOT, MISSING, None),
        (f'{NOT}\nwhen = "odd"', NOT, LAXER, Aspect.SCOPE),
        (f'{NOT}\nuntil = "closed"', NOT, LAXER, Aspect.END),
        (f'{NOT}\nuntil = "closed"', f'{NOT}\nuntil = "closed"', PROVED, None),
        (LAWFUL, NOT, LAXER, Aspect.EXCEPTION),
        (NOT, LAWFUL, PROVED, None),
        (
            LAWFUL, SPECIAL,
            PROVED, None,
        ),
        (
            SPECIAL, LAWFUL,
            LAXER, Aspect.EXCEPTION,
        ),
        (
            LAWFUL, LAWFUL, PROVED, None,
        ),
    ],
)  # fmt: skip
def test_a_duty_of_the_base_is_kept_by_one_of_the_house(
    house: str, base: str, verdict: Conforming, aspect: Aspect | None
) -> None:
    (found,) = held(duties(house), duties(base, name="base"))
    assert found.verdict is verdict
    apart = [one for one in found.points if one.verdict is not PROVED]
    assert [one.aspect for one in apart] == ([] if aspect is None else [aspect])
    for one in apart:
        assert (one.counterexample is not None) is (one.verdict is LAXER)


def test_quiet_hours_forbid_less_than_the_whole_day() -> None:
    house = duties(f"{NOT}\nquiet = true", more=QUIET)
    (found,) = held(house, duties(NOT, name="base"))
    shown = next(one.counterexample for one in found.points if one.aspect is Aspect.EXCEPTION)
    assert shown is not None
    assert (shown.house, shown.base) == ("in_force", "breached")
    assert held(house, duties(f"{NOT}\nquiet = true", name="base", more=QUIET))[0].verdict is PROVED


@pytest.mark.parametrize(("waiting", "text"), [("base", "a figure of the base"), ("house", "a figure of the house")])
def test_a_figure_that_waits_for_a_parameter_is_open(waiting: str, text: str) -> None:
    open_one, known = f'{MUST}\nwithin = {{ parameter = "time" }}', f'{MUST}\nwithin = "5 days"'
    house = duties(open_one if waiting == "house" else known, more=WAITS)
    base = duties(open_one if waiting == "base" else known, name="base", more=WAITS)
    (found,) = held(house, base)
    assert found.verdict is OPEN
    assert f"{text} waits for the parameter time" in found.points[-1].words[1]


def test_of_several_the_one_that_comes_out_best_is_given() -> None:
    house = duties(f'{MUST}\nwhen = "joint"', 'should = "registered"', MUST)
    (found,) = held(house, duties(MUST, name="base"))
    assert (found.verdict, found.house) == (PROVED, "duty/d2")


def test_what_somebody_vouches_for_discharges_the_duty() -> None:
    house, base = duties('must = "acknowledged"'), duties(MUST, name="base")
    assert held(house, base)[0].verdict is MISSING
    assert held(house, base, {"acknowledged": "registered"})[0].verdict is PROVED


def test_what_the_base_only_permits_asks_for_nothing() -> None:
    assert held(duties(MUST), duties('may = "registered"', name="base")) == []


def test_without_steps_to_search_it_is_open() -> None:
    house, base = duties(f'{MUST}\nwhen = "joint"'), duties(MUST, name="base")
    (found,) = held(house, base, budget=0)
    assert found.verdict is OPEN
    assert "the budget of the search was used up" in found.points[-1].words[1]
    (found,) = held(duties(LAWFUL), duties(NOT, name="base"), budget=0)
    assert [one.aspect for one in found.points if one.verdict is OPEN] == [Aspect.SCOPE, Aspect.EXCEPTION]


def test_what_nobody_can_count_is_no_counterexample() -> None:
    """The calendar refuses the days of the cases, not those of the margin."""
    strict = WorkCalendar.china(unpublished="refuse", as_known_on=dt.date(2008, 1, 2))
    five = f'{MUST}\nwithin = "5 working days"'
    house, base = duties(f'{five}\nwhen = "joint"'), duties(five, name="base")
    (found,) = duties_held(Questions(house, base), {}, strict)
    assert [(one.aspect, one.verdict) for one in found.points] == [
        (Aspect.ACT, PROVED), (Aspect.SCOPE, OPEN), (Aspect.FIGURE, PROVED),
    ]  # fmt: skip
    (found,) = duties_held(Questions(house, duties(f'{MUST}\nwithin = "4 working days"', name="base")), {}, strict)
    assert [one.verdict for one in found.points if one.aspect is Aspect.FIGURE] == [OPEN]


def test_a_figure_from_another_trigger_is_moved_to_it() -> None:
    after = f'{MUST}\nafter = "routed"\nwithin = '
    (found,) = held(duties(f'{after}"5 working days"'), duties(f'{after}"7 days"', name="base"))
    shown = found.points[-1].counterexample
    assert shown is not None
    assert found.points[-1].margin is not None
    assert shown.witness.case.events[-1].at == found.points[-1].margin.receipt
    assert (shown.house, shown.base) == ("due", "overdue")
