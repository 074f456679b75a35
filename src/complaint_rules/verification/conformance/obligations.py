"""Duties of the base, each against the duties of the house: by force, trigger, acts, condition, figure, exceptions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final

from complaint_rules.assessment.duties import DutyStatus, Obligation
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.language import Pair
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.rules import CountedFrom, Duty, Modality
from complaint_rules.verification.conformance.alike import means_same
from complaint_rules.verification.conformance.answers import (
    Aspect,
    Conforming,
    Counterexample,
    Point,
    RuleConformance,
)
from complaint_rules.verification.conformance.covering import RECEIPT, Implied, same_events, spelt, uncovered
from complaint_rules.verification.conformance.margins import Figures, margin
from complaint_rules.verification.conformance.questions import Questions
from complaint_rules.verification.worlds.formulas import both, negated
from complaint_rules.verification.worlds.witnesses import Witness
from complaint_rules.words.refusals import explain_error

_FORCE: Final[Mapping[Modality, int]] = FrozenMap(
    {Modality.MUST: 2, Modality.SHOULD: 1, Modality.MUST_NOT: 2, Modality.SHOULD_NOT: 1, Modality.MAY: 0}
)
_BEST: Final = (Conforming.PROVED, Conforming.OPEN, Conforming.LAXER)
_MOST: Final = 40


def duties_held(ask: Questions, implied: Implied, calendar: WorkCalendar) -> Iterator[RuleConformance]:
    """Hold every duty of the base against the duties of the house; what the base only permits asks for nothing.

    Of several that come into question the one that comes out best is given.
    """
    for theirs in ask.base.duties.values():
        if theirs.modality is Modality.MAY:
            continue
        base = f"duty/{theirs.id}"
        found = [
            RuleConformance(base=base, house=f"duty/{ours.id}", points=tuple(_points(ask, ours, theirs, calendar)))
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


def _points(ask: Questions, ours: Duty, theirs: Duty, calendar: WorkCalendar) -> Iterator[Point]:
    yield Point(
        aspect=Aspect.ACT, verdict=Conforming.PROVED,
        words=(
            f"行为相同或更严：{'、'.join(map(spelt, ours.acts))}",
            f"the same act, or more: {', '.join(map(spelt, ours.acts))}",
        ),
    )  # fmt: skip
    if _FORCE[ours.modality] < _FORCE[theirs.modality]:
        words = "内部规定的约束力较弱", "the house's rule binds less"
        yield Point(aspect=Aspect.FORCE, verdict=Conforming.LAXER, words=words)
    if theirs.each and not ours.each:
        words = "上位规定每次均须履行，内部规定只须一次", "the base asks for it every time, the house once"
        yield Point(aspect=Aspect.EACH, verdict=Conforming.LAXER, words=words)
    yield _condition(ask, ours, theirs, calendar)
    if theirs.modality.forbids:
        yield from _window(ask, ours, theirs)
        yield from _exceptions(ask, ours, theirs)
    elif theirs.parameter is not None and theirs.within is None:
        words = (
            f"上位规定的期限有待参数{theirs.parameter}",
            f"the base's figure waits for the parameter {theirs.parameter}",
        )
        yield Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
    elif theirs.within is not None:
        yield _figure(ask, ours, theirs, calendar)


def _condition(ask: Questions, ours: Duty, theirs: Duty, calendar: WorkCalendar) -> Point:
    base = ask.ways(theirs.when, ask.base).held
    house = ask.ways(ours.when, ask.house).held
    apart = both(base, negated(house))
    possible = ask.can(apart)
    if possible is False:
        words = "凡上位规定要求的，内部规定均要求", "it arises wherever the base's does"
        return Point(aspect=Aspect.SCOPE, verdict=Conforming.PROVED, words=words)
    zh, en = "有上位规定要求而内部规定不要求的情形", "the base's arises in a case in which the house's does not"
    for one in itertools.islice(ask.cases(apart), _MOST):
        found = _replayed(ask, one, ours, theirs, calendar)
        if found is not None:
            return Point(aspect=Aspect.SCOPE, verdict=Conforming.LAXER, words=(zh, en), counterexample=found)
    why: Pair = ("搜索步数用尽", "the budget of the search was used up")
    if possible:
        why = "未能构造出可重放的案件", "no case was found that lives it"
    return Point(aspect=Aspect.SCOPE, verdict=Conforming.OPEN, words=(f"{zh}；{why[0]}", f"{en}; {why[1]}"))


def _replayed(ask: Questions, one: Witness, ours: Duty, theirs: Duty, calendar: WorkCalendar) -> Counterexample | None:
    """Give the counter-example that a case is: the base's duty arises in it, the house's does not."""
    try:
        house = _standing(one, ours, ask, calendar, of_base=False)
        base = _standing(one, theirs, ask, calendar, of_base=True)
    except ComplaintRulesError:
        return None
    if house or not base or base[0].status is DutyStatus.UNDETERMINED:
        return None
    return Counterexample(witness=one, house=None, base=base[0].status, base_due=base[0].due_at)


def _standing(one: Witness, duty: Duty, ask: Questions, calendar: WorkCalendar, *, of_base: bool) -> list[Obligation]:
    found = one.assess(ask.base if of_base else ask.house, calendar=calendar)
    return [each for each in found.duties if each.duty.id == duty.id and each.status is not DutyStatus.LAPSED]


def _figure(ask: Questions, ours: Duty, theirs: Duty, calendar: WorkCalendar) -> Point:
    if ours.within is None:
        if ours.parameter is not None:
            words = (
                f"内部规定的期限有待参数{ours.parameter}",
                f"the house's figure waits for the parameter {ours.parameter}",
            )
            return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
        words = f"内部规定没有期限，上位规定为{theirs.within}", f"the house has no figure, the base has {theirs.within}"
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.LAXER, words=words)
    if ours.when is not None and ours.counted_from is CountedFrom.CONDITION is not theirs.counted_from:
        words = (
            "内部规定自条件成立起算，上位规定自起因起算",
            "the house counts from its condition, the base from the trigger",
        )
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
    mine, wanted = Figures(ours.within, ours.counting), Figures(theirs.within, theirs.counting)  # type: ignore[arg-type]
    names = f"{mine.text('zh')}对{wanted.text('zh')}", f"{mine.text('en')} against {wanted.text('en')}"
    try:
        found = margin(mine, wanted, ask.house.calendar_over(calendar), base_calendar=ask.base.calendar_over(calendar))
    except ComplaintRulesError as error:
        why = explain_error(error, "zh"), explain_error(error, "en")
        words = f"{names[0]}：无法计算（{why[0]}）", f"{names[1]}: it cannot be counted ({why[1]})"
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
    if found.never_later:
        words = f"{names[0]}：从不更晚", f"{names[1]}: never later"
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.PROVED, words=words, margin=found)
    words = (
        f"{names[0]}：{found.days}日中有{found.laxer_days}日更晚",
        f"{names[1]}: later on {found.laxer_days} of {found.days} days",
    )
    return Point(aspect=Aspect.FIGURE, verdict=Conforming.LAXER, words=words, margin=found)


def _window(ask: Questions, ours: Duty, theirs: Duty) -> Iterator[Point]:
    """Hold against one another from when to when, and at what hours, something is forbidden."""
    for one in uncovered(ours.until, theirs.until):
        words = (
            f"内部规定的禁止以{spelt(one)}为止，上位规定的不止",
            f"the house's ends with {spelt(one)}, the base's does not",
        )
        yield Point(aspect=Aspect.END, verdict=Conforming.LAXER, words=words)
    if ours.quiet and not (theirs.quiet and ask.house.quiet == ask.base.quiet):
        words = "内部规定只在免打扰时段内禁止", "the house forbids it in its quiet hours only"
        yield Point(aspect=Aspect.EXCEPTION, verdict=Conforming.LAXER, words=words)


def _exceptions(ask: Questions, ours: Duty, theirs: Duty) -> Iterator[Point]:
    if ours.unless is None or means_same(ours.unless, theirs.unless, ask.house, ask.base):
        return
    acts = [
        *ask.typical(ours.unless, theirs.acts, ask.house),
        *(ask.typical(theirs.unless, theirs.acts, ask.base) if theirs.unless is not None else ()),
    ]
    asked = [
        ask.can(
            ask.ways(ours.unless, ask.house, act).held,
            True if theirs.unless is None else negated(ask.ways(theirs.unless, ask.base, act).held),
        )
        for act in acts
    ]
    if any(one is not False for one in asked):
        verdict = Conforming.LAXER if True in asked else Conforming.OPEN
        words = "内部规定的例外多于上位规定", "the house excuses what the base does not"
        yield Point(aspect=Aspect.EXCEPTION, verdict=verdict, words=words)
