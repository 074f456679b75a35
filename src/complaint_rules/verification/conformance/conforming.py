"""`conforms`: whether whoever keeps the house rule keeps the base rule (内部规定是否不低于上位规定)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from complaint_rules.assessing import mainland
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.cases.case import Event
from complaint_rules.conditions.parsing import Condition
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.conformance.alike import same_limit
from complaint_rules.verification.conformance.answers import Aspect, Conforming, Point, RuleConformance
from complaint_rules.verification.conformance.applying import Fewer, fewer, limit_outside
from complaint_rules.verification.conformance.conformances import Conformance
from complaint_rules.verification.conformance.covering import NOTHING_IMPLIED, Implied, same_events
from complaint_rules.verification.conformance.figures import figures_held
from complaint_rules.verification.conformance.histories import unlike
from complaint_rules.verification.conformance.obligations import duties_held
from complaint_rules.verification.conformance.pairing import Pairs, implied, paired
from complaint_rules.verification.conformance.questions import Questions
from complaint_rules.verification.conformance.replaying import Sides
from complaint_rules.verification.conformance.waiting import conditions_waiting
from complaint_rules.verification.worlds.formulas import both
from complaint_rules.verification.worlds.search import BUDGET, as_steps
from complaint_rules.verification.worlds.witnesses import Witness

_ALIKE: Final = Point(
    aspect=Aspect.WHOLE, verdict=Conforming.PROVED, words=("两者逐项相同", "the two are alike in every part")
)


def conforms(
    house: Policy,
    base: Policy,
    *,
    pairs: Pairs = (),
    implies: Mapping[str, str] = NOTHING_IMPLIED,
    calendar: WorkCalendar | None = None,
    budget: int = BUDGET,
) -> Conformance:
    """Say whether whoever keeps the house policy keeps the base policy (内部规定是否不低于上位规定).

    `pairs` names which limit of the house is to keep which of the base; those of one id are paired by themselves.
    `implies` names events of the house that have always brought one of the base along: the asker vouches for them, and
    the answer repeats them. `calendar` is the mainland one where none is given; `budget` is how many steps one search
    may take, beyond which a question stays open.

    Figures are compared for every receipt up to the end of the published calendar and not beyond it; that everything
    a condition reads is known is assumed. Raises `InvalidPolicy` for what is no policy, `UnknownRule` and
    `UnknownCode` for names that the policies do not have, `InvalidPeriod` for what is no calendar, and
    `InvalidFigure` for a budget that is no positive whole number.

    >>> from complaint_rules.policy.loading import load_policy
    >>> house, base = load_policy("psbc-95580"), load_policy("cbirc-2020-3")
    >>> found = conforms(
    ...     house, base, pairs={"whole": "decide"}, implies={"accepted_by_customer": "replied"}
    ... )
    >>> found.conforms, found.limits[0].verdict.value
    (False, 'laxer')
    """
    house, base = as_policy(house), as_policy(base)
    calendar = mainland() if calendar is None else as_calendar(calendar)
    vouched = implied(house, base, implies)
    both_ways = paired(house, base, pairs)
    ask = Questions(house, base, as_steps(budget))
    outside = fewer(ask)
    limits = tuple(_limit(ask, ours, theirs, vouched, calendar, outside) for ours, theirs in both_ways)
    duties = tuple(duties_held(ask, vouched, calendar, outside))
    return Conformance(
        house=house, base=base, limits=limits, duties=duties, implies=vouched, last=calendar.final_through
    )


def _limit(
    ask: Questions, ours: str | None, theirs: str, vouched: Implied, calendar: WorkCalendar, outside: Fewer | None
) -> RuleConformance:
    rule = f"limit/{theirs}"
    if ours is None:
        return RuleConformance(base=rule, house=None)
    mine, wanted = ask.house.limits[ours], ask.base.limits[theirs]
    sides = Sides(
        house=ask.house, base=ask.base, ours=mine, theirs=wanted, calendar=calendar,
        implied=vouched,
    )  # fmt: skip
    if not wanted.missing and same_limit(mine, wanted, ask.house, ask.base):
        points = _ALIKE, *limit_outside(ask, sides, outside)
        return RuleConformance(base=rule, house=f"limit/{ours}", points=points)
    sides = attrs.evolve(sides, template=_template(ask, sides))
    figures = tuple(figures_held(ask, sides))
    margins = [one.margin for one in figures if one.margin is not None]

    def typical(condition: Condition | None, selectors: Sequence[Selector]) -> tuple[Event, ...]:
        return ask.typical(condition, selectors, ask.house)

    waits = (*conditions_waiting(wanted, of_base=True), *conditions_waiting(mine, of_base=False))
    points = (*limit_outside(ask, sides, outside), *waits, *figures, *unlike(sides, vouched, typical, margins))
    found = RuleConformance(base=rule, house=f"limit/{ours}", points=points)
    if found.verdict is Conforming.PROVED:
        ask.learn(ours, theirs, same_ends=same_events(sides.ours.until, sides.theirs.until))
    return found


def _template(ask: Questions, sides: Sides) -> Witness | None:
    """Give a case in which both limits run; None where none was found, so that a plain complaint has to do."""
    plain = Witness(case=sides.case, at=sides.begun)
    ours = ask.worlds.applies(f"limit/{sides.ours.id}", under=sides.house).held
    theirs = ask.worlds.applies(f"limit/{sides.theirs.id}", under=sides.base).held
    for one in itertools.chain([plain], ask.cases(both(ours, theirs))):
        begun = sides.started(one)
        if attrs.evolve(sides, template=begun).both_run:
            return begun
    return None
