"""Asked of both policies about all complaints at once: whether something can be, and in which cases."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, final

from complaint_rules.cases.case import Event
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Late, Met
from complaint_rules.errors import OutOfBudget, UnknownRule
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.worlds.boxes import boxes, search
from complaint_rules.verification.worlds.formulas import Formula, both, either, negated, within
from complaint_rules.verification.worlds.search import BUDGET
from complaint_rules.verification.worlds.variables import Matter, Thing
from complaint_rules.verification.worlds.witnesses import Witness, candidates
from complaint_rules.verification.worlds.worlds import FourWays, Worlds

_BOXES: Final = 4
_CASES: Final = 24


@final
class Questions:
    """A house and its base as one set of worlds, in which everything is known that can be.

    >>> from complaint_rules.policy.loading import load_policy
    >>> ask = Questions(load_policy("psbc-95580"), load_policy("cbirc-2020-3"))
    >>> ask.can(False)
    False
    """

    __slots__ = ("_known", "base", "budget", "house", "worlds")

    def __init__(self, house: Policy, base: Policy, budget: int = BUDGET) -> None:
        self.house: Policy = house
        self.base: Policy = base
        self.budget: int = budget
        """How many steps one search may take."""
        self.worlds: Worlds = Worlds(house, beside=(base,))
        self._known: Formula = both(*_all_known(self.worlds, house, base))

    def learn(self, ours: str, theirs: str, *, same_ends: bool) -> None:
        """Take it that the house's limit is late wherever the base's is: of a pair for which that is proved.

        With `same_ends` the house's limit has also ended wherever the base's has.
        """
        late, ended = (self._atom(kind(theirs), self.base) for kind in (Late, Met))
        mine, met = (self._atom(kind(ours), self.house) for kind in (Late, Met))
        if mine is None:
            return
        learnt = [] if late is None else [either(negated(late), mine)]
        learnt += [] if ended is None or met is None or not same_ends else [either(negated(ended), met, mine)]
        self._known = both(self._known, *learnt)

    def _atom(self, atom: Late | Met, policy: Policy) -> Formula | None:
        try:
            return self.worlds.channels(atom, under=policy).held
        except UnknownRule:
            return None  # no condition asks for it

    def can(self, *parts: Formula) -> bool | None:
        """Say whether there is a world, all of it known, in which all parts hold; None: the budget was used up."""
        try:
            return search(self.worlds, both(self._known, *parts), budget=self.budget) is not None
        except OutOfBudget:
            return None

    def cases(self, *parts: Formula) -> Iterator[Witness]:
        """Give cases that may live such a world, the likeliest first; none where the budget was used up."""
        formula = both(self._known, *parts)
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


def _all_known(worlds: Worlds, house: Policy, base: Policy) -> Iterator[Formula]:
    """Say that everything is known, but for moments that set a deadline: nobody need have set one."""
    limits = (*house.limits.values(), *base.limits.values())
    free = {Matter(Thing.FACT, row.by) for limit in limits for row in limit.rows if row.by is not None}
    for place, one in enumerate(worlds.variables):
        if free.isdisjoint(one.sources):
            yield within(place, one.known, one.full)
