"""A condition that waits for a parameter which nobody supplied leaves open what it decides."""

from __future__ import annotations

import pytest

from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.answers import Conforming
from complaint_rules.verification.conformance.conforming import conforms
from complaint_rules.verification.conformance.waiting import parameters_waited_for
from tests.verification.conformance.houses import limited, policy

OPEN = Conforming.OPEN
FACTS = """[parameters.many]
type = "int"
title = { zh = "几", en = "many" }
cite = "1"
[parameters.window]
type = "period"
title = { zh = "窗口", en = "window" }
cite = "1"
[[link]]
id = "same"
title = { zh = "同", en = "same" }
same = ["respondent"]
window = { parameter = "window" }
[[table]]
id = "group"
title = { zh = "类", en = "group" }
values.big = { zh = "大", en = "big" }
values.small = { zh = "小", en = "small" }
first = [{ value = "big", when = "complainants > many" }, { value = "small" }]
"""
NINETY = 'first = [{ within = "90 days" }]\n'
FIVE = 'first = [{ within = "5 days" }]\n'
DUTY = '[[duty]]\nid = "d"\ntitle = { zh = "甲", en = "One" }\ncite = "1"\nwho = "institution"\n'


@pytest.mark.parametrize(
    ("base", "name"),
    [
        # whether it applies: the base's limit may apply to every complaint, and the house gives 90 days
        (f'when = "complainants > many"\n{FIVE}', "many"),
        (f"when = \"group == 'big'\"\n{FIVE}", "many"),
        # the counts are handed in with a case, so that only what they count waits
        ('when = "linked(\'same\') > 1"\nfirst = [{ within = "99 days" }]\n', "window"),
        # which figure binds: with 200 as the parameter the first row never does
        ('first = [{ within = "5 days", when = "complainants > many" }, { within = "99 days" }]\n', "many"),
        # what ends it without result
        (f'{NINETY}void_on = {{ event = "withdrawn", when = "complainants > many" }}\n', "many"),
    ],
)
def test_a_condition_of_the_base_that_waits_is_open_and_names_the_parameter(base: str, name: str) -> None:
    (found,) = conforms(limited(NINETY, more=FACTS), limited(base, "base", more=FACTS)).limits
    assert found.verdict is OPEN
    told = [one.words for one in found.points if one.verdict is OPEN]
    assert (f"上位规定的条件有待参数{name}", f"a condition of the base waits for the parameter {name}") in told


def test_a_condition_of_the_house_that_waits_is_open_too() -> None:
    """With 0 as the parameter the house's first row always binds, and gives 90 days against 15."""
    house = limited(
        'first = [{ within = "90 days", when = "complainants > many" }, { within = "5 days" }]\n', more=FACTS
    )
    (found,) = conforms(house, limited('first = [{ within = "15 days" }]\n', "base")).limits
    assert found.verdict is not Conforming.PROVED
    assert "a condition of the house waits for the parameter many" in [one.words[1] for one in found.points]


@pytest.mark.parametrize(
    ("ours", "theirs", "side"), [("", "complainants > many", "base"), ("complainants > many", "", "house")]
)
def test_a_duty_that_waits_is_open(ours: str, theirs: str, side: str) -> None:
    house, base = (
        policy(f'{FACTS}{DUTY}must_not = "disclosed"\n' + (f'unless = "{one}"\n' if one else ""), name)
        for one, name in ((ours, "house"), (theirs, "base"))
    )
    (found,) = conforms(house, base).duties
    assert found.verdict is not Conforming.PROVED
    assert f"a condition of the {side} waits for the parameter many" in [one.words[1] for one in found.points]


def test_with_the_parameter_it_is_compared() -> None:
    base = limited(f'when = "complainants > many"\n{FIVE}', "base", more=FACTS)
    supplied = Policy.from_document(base.document, parameters={"many": 3, "window": "30 days"})
    (found,) = conforms(limited(NINETY), supplied).limits
    assert found.verdict is Conforming.LAXER  # 90 days against 5


def test_parameters_are_found_through_whatever_a_condition_reads() -> None:
    one = limited(f"when = \"group == 'big' or linked('same') > 1\"\n{FIVE}", more=FACTS)
    assert parameters_waited_for(one.limits["decide"].when, one) == ("many", "window")
    assert parameters_waited_for(None, one) == ()
