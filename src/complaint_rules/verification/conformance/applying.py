"""Which complaints the house's rules are for, against those that the base's are for: rules for fewer keep less."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from complaint_rules.cases.case import Event
from complaint_rules.language import Pair
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.conformance.acting import Acting, going_on
from complaint_rules.verification.conformance.alike import means_same
from complaint_rules.verification.conformance.answers import NOT_LIVED, OUT_OF_STEPS, Aspect, Point, difference
from complaint_rules.verification.conformance.questions import Questions
from complaint_rules.verification.conformance.replaying import RECEIVED, Sides, events_of
from complaint_rules.verification.conformance.waiting import parameters_waited_for, waiting
from complaint_rules.verification.worlds.formulas import Formula, both, negated

_WORDS: Final[Pair] = (
    "内部规定不适用于上位规定所适用的投诉",
    "there are complaints that the base's rules are for and the house's are not",
)
_MOST: Final = 24


class Fewer(NamedTuple):
    """What may be outside the house's rules and within the base's."""

    waits: tuple[Point, ...]
    """Parameters that what they are for waits for, as open points."""
    where: Formula
    """Where the base's rules apply and the house's do not."""
    why: Pair
    """Why it is open where no case shows it."""


def fewer(ask: Questions) -> Fewer | None:
    """Say where the base's rules are meant to apply and the house's are not; None: plainly nowhere."""
    ours, theirs = ask.house.applies, ask.base.applies
    if ours is None or means_same(ours, theirs, ask.house, ask.base):
        return None
    waits = tuple(
        waiting(name, of_base=of_base)
        for condition, policy, of_base in ((ours, ask.house, False), (theirs, ask.base, True))
        for name in parameters_waited_for(condition, policy)
    )
    where = both(ask.ways(theirs, ask.base).held, negated(ask.ways(ours, ask.house).held))
    possible = ask.can(where)
    if possible is False and not waits:
        return None
    return Fewer(waits, where, OUT_OF_STEPS if possible is None else NOT_LIVED)


def limit_outside(ask: Questions, sides: Sides, found: Fewer | None) -> Iterator[Point]:
    """Hold a limit of the base against rules of the house that are for fewer complaints."""
    if found is None:
        return
    yield from found.waits
    applies = ask.worlds.applies(f"limit/{sides.theirs.id}", under=sides.base).held
    cases = (sides.started(one) for one in ask.cases(both(found.where, applies)))
    shown = next((one for case in cases if (one := sides.replayed(case.case, case.links, outside=True))), None)
    yield difference(Aspect.APPLIES, _WORDS, shown, found.why)


def duty_outside(ask: Questions, acting: Acting, found: Fewer | None) -> Iterator[Point]:
    """Hold a duty of the base against rules of the house that are for fewer complaints."""
    if found is None:
        return
    yield from found.waits
    arises = ask.ways(acting.theirs.when, ask.base).held
    cases = list(itertools.islice(ask.cases(both(found.where, arises)), _MOST))
    acts = _histories(acting.theirs.acts) if acting.theirs.modality.forbids else [[]]
    histories = [[*trigger, *act] for trigger in _histories(acting.theirs.after) or [[]] for act in acts]
    shown = acting.shown(itertools.chain(cases, going_on(cases, histories)), outside=True)
    yield difference(Aspect.APPLIES, _WORDS, shown, found.why)


def _histories(selectors: Sequence[Selector]) -> list[list[Event]]:
    return [list(events) for one in selectors for events in events_of(one, RECEIVED)]
