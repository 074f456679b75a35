"""The figures of two limits: for every figure of the base all sets of house figures that can hold with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from complaint_rules.errors import ComplaintRulesError
from complaint_rules.language import LANGUAGES, Pair
from complaint_rules.periods.periods import is_at_once
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Limit, LimitRow
from complaint_rules.verification.conformance.acting import moved_by
from complaint_rules.verification.conformance.answers import (
    NOT_LIVED,
    OUT_OF_STEPS,
    Aspect,
    Conforming,
    Point,
    difference,
)
from complaint_rules.verification.conformance.histories import calendars
from complaint_rules.verification.conformance.margins import Figures, Margin, against, margin
from complaint_rules.verification.conformance.questions import Questions
from complaint_rules.verification.conformance.replaying import Sides
from complaint_rules.verification.worlds.formulas import Formula, both, either, negated
from complaint_rules.verification.worlds.witnesses import Witness
from complaint_rules.words.refusals import explain_error
from complaint_rules.words.voices import voice

_BETWEEN: Final = ("：", ": ")


class RowsHeld(NamedTuple):
    """Rows of a limit that can hold together, and where they do."""

    rows: tuple[LimitRow, ...]
    """The rows that count; empty: none holds."""
    where: Formula
    """Where exactly these count."""


def holdings(ask: Questions, policy: Policy, limit: Limit, under: Formula) -> Iterator[RowsHeld]:
    """Give the sets of rows of a limit that can count together within a formula; where the budget ends, all there are.

    Of a limit of which the first row counts, every set has one row; the empty set stands for no row at all.
    """
    rule = f"limit/{limit.id}"
    worlds = ask.worlds
    if not limit.counts_every:
        for place, row in enumerate(limit.rows):
            yield RowsHeld((row,), worlds.fired(rule, place, under=policy))
        yield RowsHeld((), worlds.no_row(rule, under=policy))
        return
    ways = worlds.rows(rule, under=policy)
    found: list[tuple[tuple[LimitRow, ...], Formula]] = [((), True)]
    for row, way in zip(limit.rows, ways, strict=True):
        split = [
            (chosen, both(where, part))
            for rows, where in found
            for chosen, part in (((*rows, row), way.held), (rows, negated(way.held)))
        ]
        found = [one for one in split if ask.can(under, one[1]) is not False]
    for rows, where in found:
        yield RowsHeld(rows, where)


def figures_held(ask: Questions, sides: Sides) -> Iterator[Point]:
    """Hold the figures of two limits against one another, and whether the house's applies and has one at all."""
    worlds, ours, theirs = ask.worlds, sides.ours, sides.theirs
    house_applies = worlds.applies(f"limit/{ours.id}", under=sides.house).held
    base_applies = worlds.applies(f"limit/{theirs.id}", under=sides.base).held
    bounds = _bounds(ask, sides, base_applies)
    outside = [both(bound.where, base_applies, negated(house_applies)) for bound in bounds]
    yield _without(ask, sides, outside, Aspect.SCOPE)
    bare: list[Formula] = []
    seen: dict[tuple[Figures, Figures], None] = {}
    for bound in bounds:
        within = both(bound.where, base_applies, house_applies)
        if ask.can(within) is False:
            continue
        wanted = _figures(sides.theirs, bound.rows)
        if wanted is None:
            yield _waiting(bound.rows, sides.base, of_base=True)
            continue
        for held in holdings(ask, sides.house, ours, within):
            where = both(within, held.where)
            if ask.can(where) is False:
                continue
            if not held.rows:
                bare.append(where)
                continue
            mine = _figures(ours, held.rows)
            if mine is None:
                yield _waiting(held.rows, sides.house, of_base=False)
            elif (mine, wanted) not in seen:
                seen[mine, wanted] = None
                yield _compared(ask, sides, mine, wanted, where)
    if bare:
        yield _without(ask, sides, bare, Aspect.FIGURE)


def _bounds(ask: Questions, sides: Sides, applies: Formula) -> list[RowsHeld]:
    """Give what may bind under the base: of the earliest of several each by itself, for none may be exceeded."""
    limit, rule = sides.theirs, f"limit/{sides.theirs.id}"
    if limit.latest:
        return [one for one in holdings(ask, sides.base, limit, applies) if one.rows]
    found = [RowsHeld((row,), ask.worlds.fired(rule, place, under=sides.base)) for place, row in enumerate(limit.rows)]
    if not limit.earliest:
        return found
    timed = either(*(one.where for one in found if not is_at_once(one.rows[0].within)))
    return [one._replace(where=both(one.where, negated(timed))) if is_at_once(one.rows[0].within) else one
            for one in found]  # fmt: skip


def _figures(limit: Limit, rows: tuple[LimitRow, ...]) -> Figures | None:
    """Give rows as figures; None where what binds cannot be counted: a parameter, a moment set by a fact, an agreement.

    Of several of which the earliest binds, those that can be counted already say how late it is at the latest; ``at
    once``, by which nothing is ever late, binds only where no other does.
    """
    periods = [row.within for row in rows if row.within is not None and not row.as_agreed]
    if not periods or (limit.latest and len(periods) < len(rows)):
        return None
    periods = [one for one in periods if not is_at_once(one)] or periods
    return Figures(periods=tuple(dict.fromkeys(periods)), counting=limit.counting, latest=limit.latest)


def _waiting(rows: tuple[LimitRow, ...], policy: Policy, *, of_base: bool) -> Point:
    side = ("上位规定", "the base") if of_base else ("内部规定", "the house")
    unsaid = [_unsaid(row, policy) for row in rows if row.within is None or row.as_agreed]
    what = "、".join(dict.fromkeys(one[0] for one in unsaid))
    told = ", ".join(dict.fromkeys(one[1] for one in unsaid))
    words = f"{side[0]}的期限{what}", f"a figure of {side[1]} {told}"
    return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)


def _unsaid(row: LimitRow, policy: Policy) -> Pair:
    told = "以约定为准", "is what was agreed"
    if row.parameter is not None:
        told = f"有待参数{row.parameter}", f"waits for the parameter {row.parameter}"
    elif row.by is not None:
        told = f"由“{voice(policy, 'zh').fact(row.by)}”确定", f"is set by {row.by}"
    return told


def _without(ask: Questions, sides: Sides, wheres: list[Formula], aspect: Aspect) -> Point:
    """Hold the base's limit against a house's that does not apply, or has no figure."""
    if aspect is Aspect.SCOPE:
        good = "凡上位规定适用的，内部规定均适用", "the house's limit applies wherever the base's does"
        bad = "上位规定适用而内部规定不适用", "the base's limit applies and the house's does not"
    else:
        good = "内部规定总有一项期限适用", "one of the house's figures always holds"
        bad = (
            "上位规定有期限适用，而内部规定的各项期限均不适用，其时限因而不适用",
            "one of the base's figures holds and none of the house's does: its limit does not apply then",
        )
    verdicts = [ask.can(where) for where in wheres]
    if not any(one is not False for one in verdicts):
        return Point(aspect=aspect, verdict=Conforming.PROVED, words=good)
    for where in wheres:
        for one in ask.cases(where):
            found = sides.replayed(sides.started(one).case, one.links)
            if found is not None:
                return Point(aspect=aspect, verdict=Conforming.LAXER, words=bad, counterexample=found)
    zh, en = OUT_OF_STEPS if None in verdicts else NOT_LIVED
    return Point(aspect=aspect, verdict=Conforming.OPEN, words=(f"{bad[0]}；{zh}", f"{bad[1]}; {en}"))


def _compared(ask: Questions, sides: Sides, mine: Figures, wanted: Figures, where: Formula) -> Point:
    ours, theirs = calendars(sides)
    names = against(mine, wanted)
    if is_at_once(mine.periods[0]):
        return _at_once(ask, sides, wanted, where)
    try:
        found = margin(mine, wanted, ours, base_calendar=theirs)
    except ComplaintRulesError as error:
        why = explain_error(error, "zh"), explain_error(error, "en")
        words = f"{names[0]}：无法计算（{why[0]}）", f"{names[1]}: it cannot be counted ({why[1]})"
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words)
    zh, en = (
        f"{name}{between}{found.text(lang)}" for name, between, lang in zip(names, _BETWEEN, LANGUAGES, strict=True)
    )
    if found.never_later:
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.PROVED, words=(zh, en), margin=found)
    moved = (_moved(sides.started(one), sides, found) for one in ask.cases(where))
    shown = next((one for case in moved if (one := sides.replayed(case.case, case.links, dues=True)) is not None), None)
    if shown is None:
        more = OUT_OF_STEPS if ask.can(where) is None else NOT_LIVED
        words = f"{zh}；{more[0]}", f"{en}; {more[1]}"
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.OPEN, words=words, margin=found)
    return Point(aspect=Aspect.FIGURE, verdict=Conforming.LAXER, words=(zh, en), margin=found, counterexample=shown)


def _at_once(ask: Questions, sides: Sides, wanted: Figures, where: Formula) -> Point:
    """Hold a house figure that asks for haste and sets no moment against a figure of the base."""
    if is_at_once(wanted.periods[0]):
        words = "两者均为立即", "both ask for it at once"
        return Point(aspect=Aspect.FIGURE, verdict=Conforming.PROVED, words=words)
    words = (
        f"内部规定为立即，并无届满时刻，上位规定为{wanted.text('zh')}",
        f"the house asks for it at once, by which nothing is ever late, the base within {wanted.text('en')}",
    )
    started = (sides.started(one) for one in ask.cases(where))
    shown = next((one for case in started if (one := sides.replayed(case.case, case.links)) is not None), None)
    return difference(Aspect.FIGURE, words, shown)


def _moved(one: Witness, sides: Sides, found: Margin) -> Witness:
    """Give a case moved so that the base's limit starts at the receipt that is worst."""
    run = sides.first_run(one)
    start = None if run is None else run.start.lo
    return moved_by(one, found.receipt - (one.case.complaint.received_from if start is None else start))
