"""House rules that are for fewer complaints than the base's do not keep the base's for the others."""

from __future__ import annotations

import pytest

from complaint_rules.assessing import assess
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.answers import Aspect, Conforming, Point
from complaint_rules.verification.conformance.applying import fewer
from complaint_rules.verification.conformance.conforming import conforms
from complaint_rules.verification.conformance.questions import Questions
from tests.verification.conformance.houses import DECIDE, RUNS, policy

PROVED, LAXER, OPEN, MISSING = Conforming
FIVE, NINE = 'first = [{ within = "5 days" }]\n', 'first = [{ within = "9 days" }]\n'
DUTY = '[[duty]]\nid = "{}"\ntitle = {{ zh = "甲", en = "One" }}\ncite = "1"\nwho = "institution"\n'
DUTIES = (
    DUTY.format("must") + 'must = "registered"\n' + DUTY.format("after") + 'must = "closed"\nafter = "replied"\n'
    + DUTY.format("never") + 'must_not = "disclosed"\n'
)  # fmt: skip
DAY = '[parameters.since]\ntype = "day"\ntitle = { zh = "起日", en = "since" }\ncite = "1"\n'


def ruled(applies: str, figure: str, name: str, more: str = "") -> Policy:
    head = f'applies = "{applies}"\n' if applies else ""
    return policy(f"{DECIDE}{RUNS}{figure}{DUTIES}", name, f"{head}{more}")


def about_whom(found: list[Point] | tuple[Point, ...]) -> list[Point]:
    return [one for one in found if one.aspect is Aspect.APPLIES]


@pytest.mark.parametrize(
    ("house", "base", "verdict"),
    [
        ("channel == 'phone'", "", LAXER),
        ("channel == 'phone'", "joint", LAXER),
        ("channel == 'phone'", "channel in ('phone', 'letter')", LAXER),
        # for as many, or for more
        ("", "channel == 'phone'", None),
        ("channel == 'phone'", "channel == 'phone'", None),
        ("channel in ('phone', 'letter')", "channel == 'phone'", None),
        ("joint or channel == 'phone'", "joint", None),
    ],
)
def test_rules_for_fewer_complaints_are_laxer(house: str, base: str, verdict: Conforming | None) -> None:
    ours, theirs = ruled(house, FIVE, "house"), ruled(base, NINE, "base")
    found = conforms(ours, theirs)
    for rule in found.rules:
        points = about_whom(rule.points)
        assert [one.verdict for one in points] == ([] if verdict is None else [verdict])
        assert rule.verdict is (verdict or PROVED)
        for point in points:
            shown = point.counterexample
            assert shown is not None
            notes = [
                {str(one.code) for one in assess(shown.witness.case, one, at=shown.witness.at).notes}
                for one in (ours, theirs)
            ]
            assert ["not_applicable" in one for one in notes] == [True, False]


def test_a_limit_that_is_alike_is_for_fewer_complaints_all_the_same() -> None:
    found = conforms(ruled("channel == 'phone'", FIVE, "house"), ruled("", FIVE, "base"))
    (limit,) = found.limits
    assert [(one.aspect, one.verdict) for one in limit.points] == [(Aspect.WHOLE, PROVED), (Aspect.APPLIES, LAXER)]
    shown = limit.points[1].counterexample
    assert shown is not None
    # what is not by phone: under the house nothing runs by its own words, the base's five days end on 9 March
    assert shown.text("en") == (
        "2026-03-10 (Tue) 00:00: house not applicable, base overdue (due 2026-03-09 (Mon) 24:00)"
    )


def test_what_waits_for_a_parameter_is_open() -> None:
    ours = ruled("received >= since", FIVE, "house", DAY)
    (limit,) = conforms(ours, ruled("", NINE, "base")).limits
    assert limit.verdict is OPEN
    assert "a condition of the house waits for the parameter since" in [one.words[1] for one in limit.points]
    # the base may be for none, or for all: it is for no more than a house without such a condition in any case
    assert conforms(ruled("", FIVE, "house"), ruled("received >= since", NINE, "base", DAY)).conforms


def test_without_steps_to_search_it_is_open() -> None:
    ask = Questions(ruled("channel == 'phone'", FIVE, "house"), ruled("joint", NINE, "base"), 0)
    found = fewer(ask)
    assert found is not None
    assert found.why[1] == "the budget of the search was used up"


def test_a_base_that_is_never_overdue_has_no_case() -> None:
    """Nothing is late by "at once", and what is only to be done is due: the duty shows it, the limit stays open."""
    found = conforms(
        ruled("channel == 'phone'", FIVE, "house"), ruled("", 'first = [{ within = "at once" }]\n', "base")
    )
    assert [one.verdict for one in about_whom(found.limits[0].points)] == [OPEN]
    assert [one.verdict for one in about_whom(found.duties[0].points)] == [LAXER]
