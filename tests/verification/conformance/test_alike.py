"""Whether parts of two rule sets say the same, or the house's asks for more."""

from __future__ import annotations

import pytest

from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.alike import (
    asks_more,
    grants_no_more,
    lengthens_no_more,
    means_same,
    restarts_no_more,
    same_limit,
)
from tests.verification.conformance.houses import DECIDE, RUNS, policy

FACTS = """[parameters.many]
type = "int"
title = { zh = "几", en = "many" }
cite = "1"
[facts.odd]
type = "bool"
assume = false
title = { zh = "奇", en = "odd" }
[facts.even]
type = "bool"
title = { zh = "偶", en = "even" }
[facts.rank]
type = "level"
title = { zh = "层级", en = "rank" }
[[level]]
id = "low"
title = { zh = "下", en = "low" }
[[level]]
id = "high"
title = { zh = "上", en = "high" }
[[link]]
id = "same"
title = { zh = "同", en = "same" }
same = ["respondent"]
[[table]]
id = "group"
title = { zh = "类", en = "group" }
values.big = { zh = "大", en = "big" }
values.small = { zh = "小", en = "small" }
first = [{ value = "big", when = "odd" }, { value = "small" }]
[[limit]]
id = "first"
title = { zh = "甲", en = "first" }
cite = "1"
who = "institution"
from = "received"
until = "routed"
when = "group == 'big'"
first = [{ within = "1 day" }]
"""


def ruled(when: str, *, facts: str = FACTS, more: str = "", name: str = "house") -> Policy:
    figure = f'when = "{when}"\nfirst = [{{ within = "5 days" }}]\n{more}'
    return policy(f"{DECIDE}{RUNS}{figure}", name, facts)


def conditions(house: Policy, base: Policy) -> tuple[bool, bool]:
    """Say whether the conditions of the limits mean the same, and whether the house's asks for more."""
    ours, theirs = house.limits["decide"].when, base.limits["decide"].when
    return means_same(ours, theirs, house, base), asks_more(ours, theirs, house, base)


OTHER = {
    "the presumption": FACTS.replace("assume = false", "assume = true"),
    "the order of levels": FACTS.replace('"low"', '"third"').replace('"high"', '"low"').replace('"third"', '"high"'),
    "the link": FACTS.replace('["respondent"]', '["business"]'),
    "the table": FACTS.replace('when = "odd" }', 'when = "joint" }'),
    "the values of the table": FACTS.replace('value = "big"', 'value = "small"'),
}


@pytest.mark.parametrize(
    ("house", "base", "expected"),
    [
        ("odd", "odd", (True, True)),
        ("odd", "even", (False, False)),
        ("odd and even", "odd", (False, True)),
        ("odd and even and joint", "joint and odd", (False, True)),
        ("odd", "odd and even", (False, False)),
        ("odd or even", "odd", (False, False)),
        ("group == 'big' and joint", "group == 'big'", (False, True)),
        ("linked('same') > 1", "linked('same') > 1", (True, True)),
        ("late('first')", "late('first')", (True, True)),
        ("rank == 'low'", "rank == 'low'", (True, True)),
    ],
)
def test_a_condition_asks_for_the_same_or_for_more(house: str, base: str, expected: tuple[bool, bool]) -> None:
    assert conditions(ruled(house), ruled(base, name="base")) == expected


@pytest.mark.parametrize(
    ("when", "what"),
    [
        ("odd", "the presumption"), ("rank == 'low'", "the order of levels"), ("linked('same') > 1", "the link"),
        ("group == 'big'", "the table"), ("group == 'big'", "the presumption"),
        ("group == 'big'", "the values of the table"), ("late('first')", "the table"),
        ("late('first')", "the presumption"),
    ],
)  # fmt: skip
def test_what_a_condition_reads_has_to_be_the_same_too(when: str, what: str) -> None:
    house, base = ruled(when, facts=OTHER[what]), ruled(when, name="base")
    assert conditions(house, base) == (False, False)
    assert not same_limit(house.limits["decide"], base.limits["decide"], house, base)


@pytest.mark.parametrize("gone", ["group == 'big'", "late('first')", "linked('same') > 1", "complainants > many"])
def test_what_the_house_does_not_have_is_not_the_same(gone: str) -> None:
    bare = policy(f'{DECIDE}{RUNS}when = "joint"\nfirst = [{{ within = "5 days" }}]\n')
    base = ruled(gone, name="base")
    assert conditions(bare, base) == (False, False)


def test_a_parameter_has_to_have_the_same_value() -> None:
    when = "complainants > many"
    house, base = ruled(when), ruled(when, name="base")
    assert conditions(house, base) == (True, True)
    supplied = Policy.from_document(base.document, parameters={"many": 3})
    assert conditions(house, supplied) == (False, False)


def test_articles_titles_and_readings_make_no_difference() -> None:
    house = ruled("odd", more='reading = { zh = "注", en = "note" }\n')
    base = ruled("odd", name="base")
    assert same_limit(house.limits["decide"], base.limits["decide"], house, base)
    longer = ruled("odd", more='roll = "next_working_day"\n')
    assert not same_limit(longer.limits["decide"], base.limits["decide"], longer, base)


EXTENSION = {"on": '"extended"', "add": '"10 days"', "times": "2", "when": '"odd"', "approved_by": '["superior"]'}
WANTED = "\"'complainant' in event.told\""


@pytest.mark.parametrize(
    ("house", "base", "narrower"),
    [
        ({}, {}, True),
        ({"add": '"9 days"'}, {}, True),
        ({"add": '"11 days"'}, {}, False),
        ({"add": "", "to": '"1 week"'}, {"add": "", "to": '"15 days"'}, False),
        ({"times": "1"}, {}, True),
        ({"times": "3"}, {}, False),
        ({"on": '{ event = "extended", told = ["complainant"] }'}, {}, True),
        ({}, {"on": '{ event = "extended", told = ["complainant"] }'}, False),
        ({"when": '"odd and joint"'}, {}, True),
        ({"when": '"joint"'}, {}, False),
        ({"requires": WANTED}, {}, True),
        ({}, {"requires": WANTED}, False),
        ({}, {"approved_by": '["superior", "regulator"]'}, True),
        ({"approved_by": '["superior", "regulator"]'}, {}, False),
        ({"approved_by": "[]"}, {}, False),
        ({}, {"approved_by": "[]"}, True),
        ({"add": "", "to": '"12 days"'}, {"add": "", "to": '"15 days"'}, True),
        ({"add": "", "to": '"16 days"'}, {"add": "", "to": '"15 days"'}, False),
        ({"add": "", "to": '"12 days"'}, {}, False),
        (
            {"add": "", "to": '"12 days"', "from": '"registered"'}, {"add": "", "to": '"12 days"'}, False,
        ),
    ],
)  # fmt: skip
def test_an_extension_grants_no_more_than_another(house: dict[str, str], base: dict[str, str], narrower: bool) -> None:
    ours, theirs = (_lengthened(EXTENSION | one, name) for one, name in ((house, "house"), (base, "base")))
    (mine,), (wanted,) = (one.limits["decide"].extensions for one in (ours, theirs))
    assert lengthens_no_more(mine, wanted, ours, theirs) is narrower


@pytest.mark.parametrize(
    ("house", "base", "no_more"),
    [
        # the only one of its kind, upon the very same events: it may lengthen less, or less often
        ({}, {}, True),
        ({"add": '"9 days"'}, {}, True),
        ({"times": "1"}, {}, True),
        ({"add": '"11 days"'}, {}, False),
        # upon fewer events it may be granted when the base's was used up already by others
        ({"on": '{ event = "extended", told = ["complainant"] }'}, {}, False),
        ({"when": '"odd and joint"'}, {}, False),
        ({"requires": WANTED}, {}, False),
        ({}, {"approved_by": '["superior", "regulator"]'}, False),
        # up to a total, once: to less; more than once only to the same
        ({"add": "", "to": '"12 days"', "times": "1"}, {"add": "", "to": '"15 days"', "times": "1"}, True),
        ({"add": "", "to": '"12 days"'}, {"add": "", "to": '"15 days"'}, False),
        ({"add": "", "to": '"15 days"'}, {"add": "", "to": '"15 days"'}, True),
        # nothing is said of one that adds against one that leads to a total
        ({"add": "", "to": '"12 days"'}, {}, False),
        ({}, {"add": "", "to": '"12 days"'}, False),
        ({}, {"add": "", "to": '"12 days"', "times": "1"}, False),
    ],
)
def test_extensions_of_a_kind_grant_no_more_in_whatever_order(
    house: dict[str, str], base: dict[str, str], no_more: bool
) -> None:
    ours, theirs = (_lengthened(EXTENSION | one, name) for one, name in ((house, "house"), (base, "base")))
    mine, wanted = (one.limits["decide"].extensions for one in (ours, theirs))
    assert grants_no_more(mine, wanted, ours, theirs) is no_more
    assert grants_no_more([*mine, *mine], wanted, ours, theirs) is False  # one more than the base has
    # of none nothing is too much, but where a total that the base gives more than once takes back what was given
    assert grants_no_more([], wanted, ours, theirs) is ("to" not in base or base.get("times") == "1")


def _lengthened(lines: dict[str, str], name: str) -> Policy:
    kept = {key: value for key, value in lines.items() if value not in ("", "[]")}
    text = "".join(f"{key} = {value}\n" for key, value in kept.items())
    return ruled("joint", more=f'[[limit.extension]]\nid = "more"\n{text}', name=name)


@pytest.mark.parametrize(
    ("house", "base", "narrower"),
    [
        ('on = "supplemented"', 'on = "supplemented"', True),
        ('on = "supplemented"', 'on = ["supplemented", "amended"]', True),
        ('on = ["supplemented", "amended"]', 'on = "supplemented"', False),
        ('on = "supplemented", when = "odd"', 'on = "supplemented"', True),
        ('on = "supplemented"', 'on = "supplemented", when = "odd"', False),
    ],
)
def test_a_limit_starts_anew_no_more_often_than_another(house: str, base: str, narrower: bool) -> None:
    ours, theirs = (
        ruled("joint", more=f"restart = {{ {one} }}\n", name=name) for one, name in ((house, "house"), (base, "base"))
    )
    mine, wanted = ours.limits["decide"].restart, theirs.limits["decide"].restart
    assert mine is not None
    assert wanted is not None
    assert restarts_no_more(mine, wanted, ours, theirs) is narrower
