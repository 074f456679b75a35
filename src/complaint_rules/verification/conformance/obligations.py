"""Duties of the base, each against the duties of the house: by force, trigger, acts, condition, figure, exceptions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from complaint_rules.assessing import plan_of
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.periods import Period, is_at_once
from complaint_rules.policy.rules import CountedFrom, Duty, Modality
from complaint_rules.verification.conformance.acting import Acting, beginning_with, going_on
from complaint_rules.verification.conformance.alike import means_same
from complaint_rules.verification.conformance.answers import (
    NOT_LIVED,
    OUT_OF_STEPS,
    Aspect,
    Conforming,
    Point,
    RuleConformance,
    difference,
)
from complaint_rules.verification.conformance.applying import Fewer, duty_outside
from complaint_rules.verification.conformance.covering import RECEIPT, Implied, same_events, spelt, titled, uncovered
from complaint_rules.verification.conformance.margins import Figures, against, margin
from complaint_rules.verification.conformance.questions import Questions
from complaint_rules.verification.conformance.replaying import RECEIVED, events_of
from complaint_rules.verification.conformance.waiting import conditions_waiting
from complaint_rules.verification.worlds.formulas import both, negated
from complaint_rules.verification.worlds.witnesses import Witness
from complaint_rules.words.refusals import explain_error

_FORCE: Final[Mapping[Modality, int]] = FrozenMap(
    {Modality.MUST: 2, Modality.SHOULD: 1, Modality.MUST_NOT: 2, Modality.SHOULD_NOT: 1, Modality.MAY: 0}
)
_DAY: Final = RECEIVED.date()
_BEST: Final = (Conforming.PROVED, Conforming.OPEN, Conforming.LAXER)
_MOST: Final = 24


def duties_held(
    ask: Questions, implied: Implied, calendar: WorkCalendar, outside: Fewer | None = None
) -> Iterator[RuleConformance]:
    """Hold every duty of the base against the duties of the house; what the base only permits asks for nothing.

    Of several that come into question the one that comes out best is given.
    """
    for theirs in ask.base.duties.values():
        if theirs.modality is Modality.MAY:
            continue
        base = f"duty/{theirs.id}"
        found = [
            RuleConformance(
                base=base, house=f"duty/{ours.id}", points=tuple(_points(ask, ours, theirs, calendar, outside))
            )
            for ours in ask.house.duties.values()
            if _asks_for(ours, theirs, implied)
        ]
        yield min(found, key=lambda one: _BEST.index(one.verdict), default=RuleConformance(base=base, house=None))


def _asks_for(ours: Duty, theirs: Duty, implied: Implied) -> bool:
    """Say whether a duty of the house asks for the base's act, or forbids it, upon the same events."""
    if ours.modality is Modality.MAY or ours.modality.forbids is not theirs.modality.forbids:
        return False
    if not same_events(ours.after or RECEIPT, theirs.after or RECEIPT):
        return False
    # Whatever the base forbids the house forbids; whatever discharges the house's duty discharges the base's.
    if theirs.modality.forbids:
        return not uncovered(theirs.acts, ours.acts)
    return not uncovered(ours.acts, theirs.acts, implied)


def _points(ask: Questions, ours: Duty, theirs: Duty, calendar: WorkCalendar, outside: Fewer | None) -> Iterator[Point]:
    yield Point(
        aspect=Aspect.ACT, verdict=Conforming.PROVED,
        words=(
            f"行为相同或更严：{'、'.join(titled(one, ask.house) for one in ours.acts)}",
            f"the same act, or more: {', '.join(map(spelt, ours.acts))}",
        ),
    )  # fmt: skip
    acting = Acting(house=ask.house, base=ask.base, ours=ours, theirs=theirs, calendar=calendar)
    yield from duty_outside(ask, acting, outside)
    if _FORCE[ours.modality] < _FORCE[theirs.modality]:
        words = (
            "内部规定的约束力较弱，未履行的不构成违反",
            "the house's rule binds less, so that not keeping it is no breach",
        )
        acts = [[]] if not theirs.modality.forbids else _acts(acting)
        alike = acting.both_bound(going_on(_arising(ask, acting), acts))
        yield Point(aspect=Aspect.FORCE, verdict=Conforming.LAXER, words=words, counterexample=alike)
    yield from (*conditions_waiting(theirs, of_base=True), *conditions_waiting(ours, of_base=False))
    yield _condition(ask, acting)
    if not theirs.modality.forbids:
        yield from _beforehand(ask, acting)
    if theirs.each and not ours.each:
        words = "上位规定每次均须履行，内部规定只须一次", "the base asks for it every time, the house once"
        yield difference(Aspect.EACH, words, acting.shown(going_on(_arising(ask, acting), _again(acting))))
    if theirs.modality.forbids:
        yield from _window(ask, acting)
        yield from _exceptions(ask, acting)
    elif theirs.parameter is not None and theirs.within is None:
        words = (
            f"上位规定的期限有待参数{theirs.parameter}",
            f"a figure of the base waits for the parameter {theirs.parameter}",
        )
        yield Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
    elif theirs.within is not None:
        yield _figure(ask, acting, theirs.within)


def _acts(acting: Acting) -> list[list[Event]]:
    """Give each act of the base's duty as events."""
    found = [events for one in acting.theirs.acts for events in events_of(one, RECEIVED, acting.ours.acts)]
    return [list(events) for events in found]


def _arising(ask: Questions, acting: Acting) -> Iterator[Witness]:
    """Give cases in which both duties arise: their conditions hold, and what triggers the base's has happened."""
    base, house = ask.ways(acting.theirs.when, ask.base).held, ask.ways(acting.ours.when, ask.house).held
    cases = itertools.islice(ask.cases(both(base, house)), _MOST)
    return going_on(cases, _triggers(acting)) if acting.theirs.after else cases


def _triggers(acting: Acting) -> list[list[Event]]:
    return [list(events) for one in acting.theirs.after for events in events_of(one, RECEIVED)]


def _again(acting: Acting) -> list[list[Event]]:
    """Give what discharges a duty, and what triggers it once more."""
    return [[*act, *trigger] for act in _acts(acting) for trigger in _triggers(acting)]


def _condition(ask: Questions, acting: Acting) -> Point:
    base = ask.ways(acting.theirs.when, ask.base).held
    house = ask.ways(acting.ours.when, ask.house).held
    apart = both(base, negated(house))
    possible = ask.can(apart)
    if possible is False:
        words = "凡上位规定要求的，内部规定均要求", "it arises wherever the base's does"
        return Point(aspect=Aspect.SCOPE, verdict=Conforming.PROVED, words=words)
    words = "有上位规定要求而内部规定不要求的情形", "the base's arises in a case in which the house's does not"
    cases = list(itertools.islice(ask.cases(apart), _MOST))
    triggers = _triggers(acting) or [[]]
    acts = _acts(acting) if acting.theirs.modality.forbids else [[]]
    histories = [[*trigger, *act] for trigger in triggers for act in acts]
    found = acting.shown(itertools.chain(cases if histories == [[]] else (), going_on(cases, histories)))
    return difference(Aspect.SCOPE, words, found, OUT_OF_STEPS if possible is None else NOT_LIVED)


def _beforehand(ask: Questions, acting: Acting) -> Iterator[Point]:
    """Say where the house's duty may be done before the base's arises, which is then still to be done.

    Both arise with what triggers them where their conditions are the same, or where only facts decide the base's.
    """
    when = acting.theirs.when
    if when is None or means_same(acting.ours.when, when, ask.house, ask.base):
        return
    if plan_of(ask.base).reach(when).timeless:
        return
    words = (
        "内部规定的义务可以在上位规定的义务成立之前履行，其后上位规定的仍须履行",
        "the house's may be done before the base's arises, which is then still to be done",
    )
    cases = itertools.islice(ask.cases(ask.ways(when, ask.base).held), _MOST)
    triggers = _triggers(acting) or [[]]
    acts = [list(events) for one in acting.ours.acts for events in events_of(one, RECEIVED)]
    early = [[*trigger, *act] for trigger in triggers for act in acts]
    yield difference(Aspect.START, words, acting.shown(beginning_with(cases, early)))


def _figure(ask: Questions, acting: Acting, within: Period) -> Point:
    ours, theirs = acting.ours, acting.theirs
    if ours.within is None or (is_at_once(ours.within) and not is_at_once(within)):
        if ours.within is None and ours.parameter is not None:
            words = (
                f"内部规定的期限有待参数{ours.parameter}",
                f"a figure of the house waits for the parameter {ours.parameter}",
            )
            return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
        words = f"内部规定没有期限，上位规定为{within.text('zh')}", f"the house has no figure, the base has {within}"
        if ours.within is not None:
            words = (
                f"内部规定为立即，并无届满时刻，上位规定为{within.text('zh')}",
                f"the house asks for it at once, by which nothing is ever late, the base within {within.text('en')}",
            )
        own = acting.base.calendar_over(acting.calendar)
        alone = margin(within, Figures(within, theirs.counting), own, first=_DAY, last=_DAY)
        return difference(Aspect.FIGURE, words, acting.shown(acting.falling_due(_arising(ask, acting), alone)))
    if ours.when is not None and ours.counted_from is CountedFrom.CONDITION is not theirs.counted_from:
        words = (
            "内部规定自条件成立起算，上位规定自起因起算",
            "the house counts from its condition, the base from the trigger",
        )
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
    mine, wanted = Figures(ours.within, ours.counting), Figures(within, theirs.counting)
    names = against(mine, wanted)
    by, under = (one.calendar_over(acting.calendar) for one in (acting.house, acting.base))
    try:
        found = margin(mine, wanted, by, base_calendar=under)
    except ComplaintRulesError as error:
        why = explain_error(error, "zh"), explain_error(error, "en")
        words = f"{names[0]}：无法计算（{why[0]}）", f"{names[1]}: it cannot be counted ({why[1]})"
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
    words = f"{names[0]}：{found.text('zh')}", f"{names[1]}: {found.text('en')}"
    if found.never_later:
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.PROVED, words=words, margin=found)
    shown = acting.shown(acting.falling_due(_arising(ask, acting), found), dues=True)
    return attrs.evolve(difference(Aspect.FIGURE, words, shown), margin=found)


def _window(ask: Questions, acting: Acting) -> Iterator[Point]:
    """Hold against one another from when to when, and at what hours, something is forbidden."""
    ours, theirs = acting.ours, acting.theirs
    for one in uncovered(ours.until, theirs.until):
        words = (
            f"内部规定的禁止以{titled(one, ask.house)}为止，上位规定的不止",
            f"the house's ends with {spelt(one)}, the base's does not",
        )
        ends = [[*end, *act] for end in events_of(one, RECEIVED, theirs.until) for act in _acts(acting)]
        yield difference(Aspect.END, words, acting.shown(going_on(_arising(ask, acting), ends)))
    if ours.quiet and not (theirs.quiet and ask.house.quiet == ask.base.quiet):
        words = "内部规定只在免打扰时段内禁止", "the house forbids it in its quiet hours only"
        yield difference(Aspect.EXCEPTION, words, acting.shown(going_on(_arising(ask, acting), _acts(acting))))


def _exceptions(ask: Questions, acting: Acting) -> Iterator[Point]:
    """Look among all typical acts for one that the house excuses and the base does not."""
    ours, theirs = acting.ours, acting.theirs
    if ours.unless is None or means_same(ours.unless, theirs.unless, ask.house, ask.base):
        return
    acts = [*ask.typical(ours.unless, theirs.acts, ask.house), *ask.typical(theirs.unless, theirs.acts, ask.base)]
    words = "内部规定的例外多于上位规定", "the house excuses what the base does not"
    doubtful = False
    for act in acts:
        base = True if theirs.unless is None else negated(ask.ways(theirs.unless, ask.base, act).held)
        where = both(base, ask.ways(ours.unless, ask.house, act).held, ask.ways(theirs.when, ask.base).held)
        possible = ask.can(where)
        if possible is not False:
            doubtful = True
            found = acting.shown(going_on(itertools.islice(ask.cases(where), _MOST), [[act]]))
            if found is not None:
                yield difference(Aspect.EXCEPTION, words, found)
                return
    if doubtful:
        yield difference(Aspect.EXCEPTION, words, None)
    else:
        words = "内部规定的例外均为上位规定的例外", "whatever the house excuses the base excuses"
        yield Point(aspect=Aspect.EXCEPTION, verdict=Conforming.PROVED, words=words)
