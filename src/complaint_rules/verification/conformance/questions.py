"""Asked of both policies about all complaints at once: whether something can be, and in which cases."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, final

from complaint_rules.cases.case import Event
from complaint_rules.conditions.parsing import Condition
from complaint_rules.errors import OutOfBudget
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.worlds.boxes import boxes, search
from complaint_rules.verification.worlds.formulas import Formula, both
from complaint_rules.verification.worlds.search import BUDGET
from complaint_rules.verification.worlds.witnesses import Witness, candidates
from complaint_rules.verification.worlds.worlds import FourWays, Worlds

_BOXES: Final = 4
_CASES: Final = 24


@final
class Questions:
    """A house and its base as one set of worlds, in which everything is known.

    >>> from complaint_rules.policy.loading import load_policy
    >>> ask = Questions(load_policy("psbc-95580"), load_policy("cbirc-2020-3"))
    >>> ask.can(False)
    False
    """

    __slots__ = ("base", "budget", "house", "worlds")

    def __init__(self, house: Policy, base: Policy, budget: int = BUDGET) -> None:
        self.house: Policy = house
        self.base: Policy = base
        self.budget: int = budget
        """How many steps one search may take."""
        self.worlds: Worlds = Worlds(house, beside=(base,))

    def can(self, *parts: Formula) -> bool | None:
        """Say whether there is a world, all of it known, in which all parts hold; None: the budget was used up."""
        try:
            return search(self.worlds, both(self.worlds.all_known(), *parts), budget=self.budget) is not None
        except OutOfBudget:
            return None

    def cases(self, *parts: Formula) -> Iterator[Witness]:
        """Give cases that may live such a world, the likeliest first; none where the budget was used up."""
        formula = both(self.worlds.all_known(), *parts)
        try:
            first = search(self.worlds, formula, budget=self.budget)
            if first is None:
                return
            yield from itertools.islice(candidates(self.worlds, first), _CASES)
            for box in itertools.islice(boxes(self.worlds, formula, budget=self.budget), _BOXES):
                yield from itertools.islice(candidates(self.worlds, box), _CASES)
        except OutOfBudget:
            return

    def ways(self, condition: Condition | None, policy: Policy, event: Event | None = None) -> FourWays:
        """Give a condition of one of the two as formulas."""
        return self.worlds.channels(condition, under=policy, event=event)

    def typical(self, condition: Condition | None, selectors: Sequence[Selector], policy: Policy) -> tuple[Event, ...]:
        """Give typical events that selectors mean and a condition of one of the two can tell apart."""
        return self.worlds.events(condition, selectors, under=policy)
