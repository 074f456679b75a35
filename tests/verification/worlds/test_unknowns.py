"""What an undecided condition asks for, held against the masks of the compiled ones, in worlds drawn at random."""

from __future__ import annotations

import pytest

from complaint_rules.conditions.compiling import compile_one
from complaint_rules.conditions.parsing import Condition
from complaint_rules.policy.policy import Policy, uses
from complaint_rules.verification.worlds.formulas import held_in
from complaint_rules.verification.worlds.unknowns import BEYOND, Unknowns
from tests.verification.worlds.awkward import ALL, awkward
from tests.verification.worlds.test_worlds import SOME, shipped, thinned, worlds_of


def conditions(policy: Policy) -> list[Condition]:
    found = (use.condition for use in uses(policy) if not use.condition.uses_event)
    return list({one.text: one for one in found}.values())


def compare(policy: Policy, count: int) -> None:
    names = (*policy.scope.facts, BEYOND)
    asked = tests = unknowns = None
    for worlds, cells, stand in worlds_of(policy, count, seed=23):
        unknowns = unknowns or Unknowns(worlds)
        tests = tests or [(one, compile_one(one, policy.scope)) for one in conditions(policy)]
        asked = asked or {one.text: unknowns.asked(one) for one, _ in tests}
        plan = stand.bench.plan
        for one, test in tests:
            held, surely, possibly, mask = test(stand)
            ways = worlds.channels(one)
            open_ = possibly and not surely
            for bit, name in enumerate(names):
                extent = asked[one.text].get(name)
                most = open_ and extent is not None and held_in(extent.most, cells)
                least = open_ and extent is not None and held_in(extent.least, cells)
                assert least <= bool(mask >> bit & 1) <= most, (one.text, name, stand.piece)
            may = unknowns.may_hold(ways, asked[one.text])
            undetermined = not held and plan.undecided(possibly=possibly, unknown=mask)
            assert held_in(may.least, cells) <= undetermined <= held_in(may.most, cells), (one.text, stand.piece)


@pytest.mark.parametrize(("id", "edition"), SOME)
def test_a_shipped_condition_asks_for_what_the_compiled_one_does(id: str, edition: str) -> None:
    compare(shipped(id, edition), thinned(6))


@pytest.mark.parametrize("name", ALL)
def test_an_awkward_condition_asks_for_what_the_compiled_one_does(name: str) -> None:
    compare(awkward(*ALL[name]), thinned(20))
