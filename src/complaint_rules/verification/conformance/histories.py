"""What else than figures can part two limits: where they start and end, what voids, stops, moves or renews them.

Each difference is made into cases, and both policies are asked: what they bear out is a counter-example, what they do
not stays open with the reason.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import attrs

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import AFTER
from complaint_rules.conditions.trees import And, Has, Or, Truth
from complaint_rules.language import Pair
from complaint_rules.policy.rules import Extension, Modality, Reopen, Selector, Void
from complaint_rules.verification.conformance.alike import (
    asks_more,
    ends_alike,
    grants_no_more,
    restarts_no_more,
    starts_anew_alike,
)
from complaint_rules.verification.conformance.answers import Aspect, Conforming, Counterexample, Point, difference
from complaint_rules.verification.conformance.covering import Implied, covers, same_events, spelt, titled, uncovered
from complaint_rules.verification.conformance.margins import Margin, margin
from complaint_rules.verification.conformance.replaying import Sides, events_of
from complaint_rules.verification.conformance.stopping import later_after_a_stop
from complaint_rules.words.voices import voice

Typical: TypeAlias = Callable[[Condition | None, Sequence[Selector]], Sequence[Event]]
"""Gives typical events that selectors mean and a condition over the event can tell apart; without moments."""
_MOST: Final = 64
_AHEAD: Final = dt.timedelta(hours=2)
_LATER: Final = dt.timedelta(days=60)
_TRIED: Final[Pair] = ("所试各例均未得出反例", "no case tried bears it out")


def unlike(sides: Sides, implied: Implied, typical: Typical, margins: Sequence[Margin]) -> Iterator[Point]:
    """Hold everything but the figures of two limits against one another; `margins` are what came of the figures."""
    yield from _force(sides)
    yield from _starts(sides)
    yield from _ends(sides, implied)
    yield from _voids(sides, implied)
    yield from _stops(sides, typical, margins)
    yield from _agreed(sides)
    yield from _extensions(sides, typical, margins)
    yield from _restarts(sides, typical)
    yield from _reopenings(sides)
    yield from _each(sides)


def _proved(aspect: Aspect, zh: str, en: str) -> Point:
    return Point(aspect=aspect, verdict=Conforming.PROVED, words=(zh, en))


def _shown(aspect: Aspect, words: Pair, found: Counterexample | None, why: Pair = _TRIED) -> Point:
    return difference(aspect, words, found, why)


def _force(sides: Sides) -> Iterator[Point]:
    if sides.theirs.modality is Modality.MUST and sides.ours.modality is not Modality.MUST:
        words = (
            "内部规定仅为“原则上”，逾期不构成违反；上位规定为“应”",
            "the house only says should, so that missing it is no breach, where the base says must",
        )
        missed = sides.both_missed()
        yield Point(aspect=Aspect.FORCE, verdict=Conforming.LAXER, words=words, counterexample=missed)


def _starts(sides: Sides) -> Iterator[Point]:
    ours, theirs = sides.ours.starts, sides.theirs.starts
    if same_events(ours, theirs):
        yield _proved(Aspect.START, "自同一事项起算", "both start with the same events")
        return
    for one in uncovered(theirs, ours):
        words = (
            f"上位规定自{titled(one, sides.base)}起算，内部规定不自此起算",
            f"the base starts with {spelt(one)}, the house does not",
        )
        yield _shown(Aspect.START, words, sides.shown(events_of(one, sides.after(), ours)))
    for one in uncovered(ours, theirs):
        # It can only start earlier by it: but what starts earlier may also have ended before the other begins.
        words = f"内部规定也自{titled(one, sides.house)}起算", f"the house also starts with {spelt(one)}"
        why = "其起算在先时，何时终止未逐一比对", "what ends it where it started earlier was not compared"
        yield _shown(Aspect.START, words, None, why)


def _ends(sides: Sides, implied: Implied) -> Iterator[Point]:
    apart = uncovered(sides.ours.until, sides.theirs.until, implied)
    for one in apart:
        words = (
            f"内部规定以{titled(one, sides.house)}终止，上位规定不因此终止",
            f"the house's limit ends with {spelt(one)}, which is no end of the base's",
        )
        yield _shown(Aspect.END, words, sides.shown(events_of(one, sides.after(), sides.theirs.until)))
    if not apart:
        yield _proved(Aspect.END, "终止事项均为上位规定的终止事项", "whatever ends the house's limit ends the base's")


def _voids(sides: Sides, implied: Implied) -> Iterator[Point]:
    for void in sides.ours.void_on:
        if any(covers(other.on, void.on) and _as_wide(other, void, sides) for other in sides.theirs.void_on):
            continue
        if not uncovered([void.on], sides.theirs.until, implied):
            continue  # what ends the one without result ends the other with one
        earlier = sides.house.before_receipt | sides.base.before_receipt  # what ended neither, although it happened
        ends = [one for one in (*sides.ours.until, *sides.theirs.until) if one.kind not in earlier]
        if void.when is not None and _once_only(sides) and _brings(void.when.tree, ends):
            words = (
                f"{titled(void.on, sides.house)}使内部规定失效，但仅在两者之一已终止之后",
                f"{spelt(void.on)} voids the house's limit, but only once one of the two has ended",
            )
            yield Point(aspect=Aspect.VOID, verdict=Conforming.PROVED, words=words)
            continue
        words = (
            f"{titled(void.on, sides.house)}使内部规定失效，上位规定照计",
            f"{spelt(void.on)} voids the house's limit, not the base's",
        )
        yield _shown(Aspect.VOID, words, sides.shown(_voiding(void, sides), void=True))


def _as_wide(theirs: Void, ours: Void, sides: Sides) -> bool:
    return asks_more(ours.when, theirs.when, sides.house, sides.base)


def _once_only(sides: Sides) -> bool:
    """Say whether both limits run once, from the receipt on: what has happened by then has happened to that run."""
    return all(
        one.reopen is None and not one.each and all(start.kind == "received" for start in one.starts)
        for one in (sides.ours, sides.theirs)
    )


def _brings(tree: Truth, ends: Sequence[Selector]) -> bool:
    """Say whether a condition holds only where one of the ends has happened."""
    match tree:
        case Has(kind, fields):
            plain = tuple((name, values) for name, values in fields if name != AFTER)
            return any(one.nth is None and covers(one, Selector(kind=kind, fields=plain)) for one in ends)
        case Or(parts):
            return all(_brings(part, ends) for part in parts)
        case And(parts):
            return any(_brings(part, ends) for part in parts)
        case _:
            return False


def _voiding(void: Void, sides: Sides) -> Iterator[Sequence[Event]]:
    others = [one.on for one in sides.theirs.void_on]
    plain = list(events_of(void.on, sides.after(9), others))
    yield from plain
    if void.when is not None:
        for kind in sorted(void.when.kinds):
            for events in plain:
                yield (Event(kind, sides.after(), id="x-0"), *events)


def _stops(sides: Sides, typical: Typical, margins: Sequence[Margin]) -> Iterator[Point]:
    shared: list[Event] = []
    for rule in sides.ours.pauses:
        for reason in sorted(rule.reasons):
            known = next((one for one in sides.theirs.pauses if reason in one.reasons), None)
            stops = typical(rule.requires, [Selector(kind="suspended", fields=(("reason", frozenset({reason})),))])
            if known is not None:
                shared += stops
                if asks_more(rule.requires, known.requires, sides.house, sides.base):
                    continue
            words = (
                f"内部规定因{voice(sides.house, 'zh').code(reason)}中止，上位规定{'要求更多' if known else '不中止'}",
                f"the house's limit stops for {reason}, the base's {'asks for more' if known else 'does not'}",
            )
            yield _shown(Aspect.STOP, words, sides.shown(_stopping(sides, stops)))
    if shared:
        yield _stopped_alike(sides, shared, margins)


def _stopping(sides: Sides, typical: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Give stops that are over just as the base falls due, and stops that last."""
    dues = sides.dues(sides.case, sides.links)
    for event in typical:
        stop = attrs.evolve(event, at=sides.after(), id="stop-1")
        for due in dues:
            yield stop, Event("resumed", due, id="go-1", reason=event.reason)
        yield (stop,)


def _stopped_alike(sides: Sides, shared: Sequence[Event], margins: Sequence[Margin]) -> Point:
    """Where both stop, a figure that is the shorter one in the same unit stays the shorter one."""
    if one_unit(sides):
        words = "共同的中止期间同样扣除，期限单位相同", "a stop that both know is left out of both, in the same unit"
        return Point(aspect=Aspect.STOP, verdict=Conforming.PROVED, words=words)
    words = (
        "两者均可中止，而期限单位或计算方法不同：中止之后内部规定可能更晚",
        "both stop, and count in different units or ways: after a stop the house's may end later",
    )
    return _shown(Aspect.STOP, words, later_after_a_stop(sides, shared, margins, calendars(sides)))


def one_unit(sides: Sides) -> bool:
    """Say whether all figures of two limits, also as lengthened, count in one unit, in one way, on one calendar."""
    rows = (*sides.ours.rows, *sides.theirs.rows)
    units = {None if row.within is None else row.within.unit for row in rows}
    units |= {one.to.unit for one in sides.ours.extensions if one.to is not None}
    return len(units) == 1 and None not in units and counted_alike(sides)


def counted_alike(sides: Sides) -> bool:
    """Say whether two limits count in the same way, on the same calendar."""
    return sides.ours.counting == sides.theirs.counting and calendars(sides)[0] == calendars(sides)[1]


def calendars(sides: Sides) -> tuple[WorkCalendar, WorkCalendar]:
    """Give the calendars that count for the house and for the base."""
    return sides.house.calendar_over(sides.calendar), sides.base.calendar_over(sides.calendar)


def _agreed(sides: Sides) -> Iterator[Point]:
    ours, theirs = sides.ours, sides.theirs
    if theirs.agreed and not theirs.agreed_later:
        kept = ours.agreed and not ours.agreed_later and not uncovered(theirs.agreed, ours.agreed)
        # Of a limit with a run for each start, what is agreed about another run is none of this one's.
        if not kept or ours.each is not theirs.each:
            words = (
                "约定的较早时间约束上位规定的期限，不约束内部规定的",
                "an earlier agreed time binds the base's limit, not the house's",
            )
            yield _shown(Aspect.AGREED, words, sides.shown(_agreeing(sides, theirs.agreed, _earlier(sides))))
            return
    if ours.agreed and uncovered(ours.agreed, theirs.agreed):
        words = "约定的较晚时间只推迟内部规定的期限", "a later agreed time moves the house's limit only"
        yield _shown(Aspect.AGREED, words, sides.shown(_agreeing(sides, ours.agreed, _later(sides))))
    elif ours.agreed:
        yield _proved(
            Aspect.AGREED, "约定的时间不使内部规定晚于上位规定", "no agreed time moves the house behind the base"
        )


def _earlier(sides: Sides) -> list[dt.datetime]:
    return [sides.after(1) + _AHEAD, sides.after(2)]


def _later(sides: Sides) -> list[dt.datetime]:
    return [due + _LATER for due in sides.dues(sides.case, sides.links)]


def _agreeing(sides: Sides, agreed: Sequence[Selector], dues: Iterable[dt.datetime]) -> Iterator[Sequence[Event]]:
    for due in dues:
        for one in agreed:
            yield from events_of(one, sides.after(), due=due)


def _extensions(sides: Sides, typical: Typical, margins: Sequence[Margin]) -> Iterator[Point]:
    ours, theirs = sides.ours, sides.theirs
    # What starts the base anew drops its extensions: where the house goes on with them, it may end later.
    kept = theirs.restart is None or starts_anew_alike(ours.restart, theirs.restart, sides.house, sides.base)
    alike = kept and grants_no_more(ours.extensions, theirs.extensions, sides.house, sides.base)
    for one in ours.extensions:
        name = one.id
        if alike and (one_unit(sides) if one.to is None else counted_alike(sides)):
            yield _proved(
                Aspect.EXTENSION,
                f"延期{name}不宽于上位规定的延期",
                f"the extension {name} grants no more than the base's",
            )
            continue
        longest = _lengthened(sides, one, margins)
        if longest is not None:
            words = (
                f"即使延期{name}，也不晚于上位规定未延期的期限",
                f"even lengthened by {name} it is never later than the base's figure",
            )
            yield Point(aspect=Aspect.EXTENSION, verdict=Conforming.PROVED, words=words, margin=longest)
            continue
        words = f"内部规定可以延期（{name}）", f"the house's limit can be lengthened ({name})"
        yield _shown(Aspect.EXTENSION, words, sides.shown(_granting(sides, one, typical)))


def _lengthened(sides: Sides, one: Extension, margins: Sequence[Margin]) -> Margin | None:
    """Give the closest margin of the figures as lengthened; None where one is laxer, or they are not to be counted."""
    if one.since or not margins or len(sides.ours.extensions) > 1:
        return None
    ours, theirs = calendars(sides)
    found: list[Margin] = []
    for known in margins:
        # What is added is in the unit of the figures: a policy with another is refused.
        more = 0 if one.add is None else one.times * one.add.n
        periods = tuple(period.add_to(more) if one.to is None else one.to for period in known.house.periods)
        longer = margin(attrs.evolve(known.house, periods=periods), known.base, ours, base_calendar=theirs)
        if not longer.never_later:
            return None
        found.append(longer)
    return min(found, key=lambda each: each.closest)


def _granting(sides: Sides, one: Extension, typical: Typical) -> Iterator[Sequence[Event]]:
    approvers = [None, *sorted(one.approved_by)]
    grants = [*typical(one.requires, [one.on]), *typical(one.when, [one.on]), *_bare(one.on)]
    for event, by in itertools.islice(itertools.product(grants, approvers), _MOST):
        approved = event.approved_by if by is None else by
        many = [
            attrs.evolve(event, at=sides.after(place), id=f"more-{place}", approved_by=approved)
            for place in range(1, one.times + 1)
        ]
        for granted in (many[:1], many) if len(many) > 1 else (many,):
            yield granted
            yield from _dropping(sides, granted)
            yield from _using_up(sides, granted)


def _dropping(sides: Sides, granted: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Go on with what starts the base's limit anew and not the house's."""
    again = sides.theirs.restart
    if again is not None:
        for one in uncovered(again.on, () if sides.ours.restart is None else sides.ours.restart.on):
            for events in events_of(one, sides.after(9), name="again"):
                yield *granted, *events


def _using_up(sides: Sides, granted: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Let the base grant an extension first, to an hour after its limit: it can be granted so often only."""
    dues = [due + dt.timedelta(hours=1) for due in sides.dues(sides.case, sides.links)[:1]]
    for due, one in itertools.product(dues, sides.theirs.extensions):
        for by, event in itertools.product((None, *sorted(one.approved_by)), _bare(one.on)):
            first = attrs.evolve(event, at=sides.after(), id="less-1", due=due, approved_by=by)
            yield first, *(attrs.evolve(more, at=sides.after(5)) for more in granted[:1])


def _bare(selector: Selector) -> Iterator[Event]:
    for events in events_of(selector, dt.datetime(2026, 3, 4, tzinfo=dt.UTC)):
        for told in (None, frozenset({"complainant"})):
            yield events[0] if told is None or events[0].told else attrs.evolve(events[0], told=told)


def _restarts(sides: Sides, typical: Typical) -> Iterator[Point]:
    again = sides.ours.restart
    if again is None:
        return
    theirs = sides.theirs.restart
    if theirs is not None and restarts_no_more(again, theirs, sides.house, sides.base):
        yield _proved(
            Aspect.RESTART, "重新计算的事项均为上位规定的", "whatever starts the house's anew starts the base's"
        )
        return
    words = "内部规定可以重新计算", "the house's limit can start anew"
    yield _shown(Aspect.RESTART, words, sides.shown(_restarting(sides, again.on, again.when, typical)))


def _restarting(
    sides: Sides, on: Sequence[Selector], when: Condition | None, typical: Typical
) -> Iterator[Sequence[Event]]:
    """Give events that come as late as the house's limit allows and it still runs."""
    clock = sides.our_clock
    due = None if clock is None else clock.due_at
    moments = [one for one in (due, sides.after()) if one is not None]
    for event in itertools.islice((*typical(when, on), *(event for one in on for event in _bare(one))), _MOST):
        for moment in moments:
            yield (attrs.evolve(event, at=moment, id="again-1"),)


def _reopenings(sides: Sides) -> Iterator[Point]:
    ours, theirs = sides.ours.reopen, sides.theirs.reopen
    if theirs is None:
        return
    # Where the base ends with more than the house does, only the base begins again: without what lengthened it and what
    # was agreed, which the house goes on with.
    carries = sides.ours.extensions or sides.ours.agreed
    kept = not carries or ends_alike(sides.ours, sides.theirs, sides.house, sides.base)
    if ours is theirs and kept and (ours is not Reopen.CONTINUE or one_unit(sides)):
        yield _proved(Aspect.REOPEN, "重新受理的后果相同", "a reopening does the same to both")
        return
    words = (
        "重新受理后上位规定再计时，内部规定不同",
        "after a reopening the base's limit runs again, the house's differently",
    )
    ends = [
        (*events, Event("closed", sides.after(5), id="shut-1"), Event("reopened", sides.after(9), id="open-1"))
        for one in sides.theirs.until
        for events in events_of(one, sides.after())
    ]
    yield _shown(Aspect.REOPEN, words, sides.shown(ends))


def _each(sides: Sides) -> Iterator[Point]:
    if not sides.theirs.each or sides.ours.each:
        return
    words = "上位规定每次起算各计一次，内部规定只计一次", "the base has a run for every start, the house only one"
    twice = [
        (*first, *(attrs.evolve(end, id=f"end-{place}") for place, end in enumerate(ends)), *second)
        for one in sides.theirs.starts
        if one.kind != "received"
        for first in events_of(one, sides.after())
        for end in sides.theirs.until
        for ends in events_of(end, sides.after(5))
        for second in ([attrs.evolve(again, at=sides.after(9), id="start-2") for again in first],)
    ]
    yield _shown(Aspect.EACH, words, sides.shown(twice))
