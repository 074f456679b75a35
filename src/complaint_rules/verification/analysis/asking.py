"""Questions about the worlds of a policy, asked within one budget of steps for the whole analysis (提问与预算)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Final, TypeAlias, final

import attrs

from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import OutOfBudget
from complaint_rules.language import Pair
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.analysis.claims import Claimed, ClaimedAll
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.worlds.boxes import Box
from complaint_rules.verification.worlds.formulas import (
    Formula,
    both,
    held_in,
    negated,
    simplified,
    variables_of,
    within,
)
from complaint_rules.verification.worlds.search import region
from complaint_rules.verification.worlds.unknowns import Unknowns
from complaint_rules.verification.worlds.witnesses import Answer, Sureness, WhyOpen, Witness, answered, candidates
from complaint_rules.verification.worlds.worlds import Worlds

World: TypeAlias = Sequence[int]
"""One world: a cell of each variable, by its number."""
Refuted: TypeAlias = Callable[[World], Formula | None]
"""Gives a formula that a world does not keep to and should; None: it keeps to all of them."""

_FIRST_TRY: Final = 32
_STEEPER: Final = 8
_MOST_BEGUN: Final = 24
"""How many cases are tried with something begun besides."""
_MINUTE: Final = dt.timedelta(minutes=1)


@final
@attrs.define(slots=True, eq=False)
class Inquiry:
    """One analysis under way: the worlds of the policy, and the steps that are left.

    A search is given few steps first and eight times as many when those do not do; what it was given is counted, so
    that all searches together never take more than the budget.
    """

    worlds: Worlds
    """The worlds of the policy."""
    left: int
    """How many steps may still be given."""
    used_up: bool = False
    """Whether a search needed more than was left."""
    unknowns: Unknowns = attrs.field(init=False)
    """What conditions ask for while something is unknown."""

    @unknowns.default
    def _(self) -> Unknowns:
        return Unknowns(self.worlds)

    @property
    def policy(self) -> Policy:
        """The policy that is analysed."""
        return self.worlds.policy

    def known(self, *formulas: Formula) -> Formula:
        """Say that all is known that some formulas hang on."""
        found = []
        for place in sorted(set().union(*map(variables_of, formulas))):
            one = self.worlds.variables[place]
            found.append(within(place, one.known, one.full))
        return both(*found)

    def world_with(self, core: Formula, refuted: Refuted) -> World | None:
        """Give a world in which a formula holds and nothing is refuted; None: there is none.

        What refutes a world is taken up with the formula, and another world is looked for: of a long table only the
        few rows come in that bear on the question. Raises `OutOfBudget`.
        """
        taken = [core]
        while (world := self._world(both(*taken))) is not None:
            broken = refuted(world)
            if broken is None:
                return world
            taken.append(broken)
        return None

    def can_be(self, core: Formula, *others: Formula) -> bool:
        """Say whether some formulas can hold at once. Raises `OutOfBudget`."""

        def refuted(world: World) -> Formula | None:
            return next((one for one in others if not held_in(one, world)), None)

        return self.world_with(core, refuted) is not None

    def never(self, core: Formula, *others: Formula) -> bool:
        """Say whether it is proved that some formulas never hold at once; for want of steps it is not."""
        try:
            return not self.can_be(core, *others)
        except OutOfBudget:
            return False

    def needed(self, core: Formula, others: Sequence[Formula]) -> tuple[int, ...]:
        """Give the places of a least set of formulas that leave no world to another: none of them can be spared.

        All of them together leave none; which set it is, where there are several, hangs on their order alone. For want
        of steps it may hold some that could be spared.
        """
        taken: list[int] = []

        def broken(world: World) -> Formula:
            place = next(place for place, one in enumerate(others) if not held_in(one, world))
            taken.append(place)
            return others[place]

        try:
            self.world_with(core, broken)
            for place in sorted(taken, reverse=True):
                rest = [one for one in taken if one != place]
                if self._world(both(core, *(others[one] for one in rest))) is None:
                    taken.remove(place)
        except OutOfBudget:
            pass
        return tuple(sorted(taken))

    def answer(
        self,
        core: Formula,
        *others: Formula,
        shows: Sequence[Claimed],
        begun: Sequence[Selector] = (),
        clear: bool = False,
        told: bool = True,
    ) -> Answer:
        """Say whether some formulas can hold at once: proved never, shown by a case of which the claims are true, open.

        Where no case shows it as it stands, one of the events of `begun` happens besides: what starts a limit is none
        of the things its conditions look at. For want of steps the answer is open. Its region says only what matters;
        with `clear` not that things are known either, for whoever asks says so. Not `told`, it is left as it was found.
        """
        found = self._answer(core, others, shows, begun)
        if found.box is None or not told:
            return found
        return attrs.evolve(found, box=_plain(found.box, both(core, *others), clear=clear))

    def _answer(
        self, core: Formula, others: Sequence[Formula], shows: Sequence[Claimed], begun: Sequence[Selector]
    ) -> Answer:
        try:
            if not self.can_be(core, *others):
                return Answer(verdict=Sureness.PROVED)
            whole, claim = both(core, *others), ClaimedAll(tuple(shows))
            found: Answer = self._given(lambda steps: _in_steps(answered(self.worlds, whole, claim, budget=steps)))
        except OutOfBudget:
            return Answer(verdict=Sureness.OPEN, why=WhyOpen.BUDGET)
        if found.why is not WhyOpen.NOT_LIVED or found.box is None:
            return found
        for one in islice(candidates(self.worlds, found.box), _MOST_BEGUN):
            for selector in begun:
                more = _after(one, selector)
                if claim(more.assess(self.policy)):
                    return Answer(verdict=Sureness.WITNESSED, box=found.box, witness=more)
        return found

    def name_of(self, rule: str) -> Pair:
        """Give the title of a table, limit or duty in both languages."""
        section, _, name = rule.partition("/")
        rules: Any = {"table": self.policy.tables, "limit": self.policy.limits, "duty": self.policy.duties}[section]
        titles = rules[name].title
        return titles["zh"], titles["en"]

    def found(
        self, code: FindingCode, rule: str, answer: Answer | None = None, *, shows: Sequence[Claimed] = (), **more: Any
    ) -> RuleFinding:
        """Make a finding of an answer; without one it is proved."""
        name = self.name_of(rule)
        if answer is None:
            return RuleFinding(code=code, rule=rule, name=name, verdict=Sureness.PROVED, **more)
        return RuleFinding(
            code=code, rule=rule, name=name, verdict=answer.verdict, region=answer.box, witness=answer.witness,
            shows=tuple(shows) if answer.witness is not None else (), why=answer.why, **more,
        )  # fmt: skip

    def _world(self, formula: Formula) -> World | None:
        if formula is False:
            return None
        full = [one.full for one in self.worlds.variables]
        masks = self._given(lambda steps: region(formula, full, budget=steps))
        return None if masks is None else [(mask & -mask).bit_length() - 1 for mask in masks]

    def _given(self, ask: Callable[[int], Any]) -> Any:
        """Ask with few steps, then with more; raises `OutOfBudget` where those that are left do not do."""
        steps = _FIRST_TRY
        while steps <= self.left:
            self.left -= steps
            try:
                return ask(steps)
            except OutOfBudget:
                steps *= _STEEPER
        self.used_up = True
        raise OutOfBudget(what="analysis", why="the steps it was given are used up", value=steps)


def _after(witness: Witness, selector: Selector) -> Witness:
    """Let something happen last of all, and look a minute later."""
    fields = {name: values if name in ("told", "items") else min(values) for name, values in selector.fields}
    events = list(witness.case.events)
    for number in range(selector.nth or 1):
        at = witness.at + number * _MINUTE / 60
        events.append(Event(selector.kind, at, id=f"b-{number + 1}", **fields))  # type: ignore[arg-type]
    return Witness(case=Case(witness.case.complaint, events), at=witness.at + _MINUTE, links=witness.links)


def _plain(box: Box, formula: Formula, *, clear: bool) -> Box:
    """Free a region of a formula of what does not matter: the formula holds in it whatever that is."""
    real, shown = list(box.masks), list(box.masks)
    for place in box.bound:
        one = box.variables[place]
        for mask in (one.full, one.known) if clear else (one.full,):
            if simplified(formula, [*real[:place], mask, *real[place + 1 :]]) is True:
                real[place], shown[place] = mask, one.full
                break
    return Box(variables=box.variables, masks=tuple(shown))


def _in_steps(answer: Answer) -> Answer:
    """Give an answer, or raise where the steps did not do."""
    if answer.why is WhyOpen.BUDGET:
        raise OutOfBudget(what="analysis", why="the steps it was given are used up")
    return answer


def opposites(formulas: Sequence[Formula]) -> tuple[Formula, ...]:
    """Give the opposites of some formulas.

    >>> opposites([True])
    (False,)
    """
    return tuple(map(negated, formulas))
