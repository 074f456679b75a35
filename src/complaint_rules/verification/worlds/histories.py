"""The histories that stand for all others: which events happened, how often, in which order, and when (经过)."""

from __future__ import annotations

import datetime as dt
import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

import attrs

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event, Fields, fields_match
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.scopes import AFTER, SELECTORS, Selectors
from complaint_rules.conditions.trees import Atom, Compare, Count, Elapsed, Has, terms_of
from complaint_rules.language import Pair
from complaint_rules.moments import INSTANT
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Unit
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.worlds.cells import RECEIVED
from complaint_rules.verification.worlds.reading import REOPENED, SETS, PlacedAtom, Reading
from complaint_rules.verification.worlds.variables import Piece
from complaint_rules.words.voices import Voice

MOST_EVENTS: Final = 6
"""How many events of one kind are tried together."""
MOST_TYPES: Final = 64
"""How many kinds of event of one kind, by what is asked of them, are tried."""
MOST_HISTORIES: Final = 1_000
"""How many histories of kinds that hang together are tried."""
_ONE_MINUTE: Final = dt.timedelta(minutes=1)
_SOON: Final = dt.timedelta(minutes=30)
_DAYS: Final[Mapping[Unit, tuple[float, float]]] = {
    Unit.MINUTES: (1 / 1440, 1 / 1440), Unit.HOURS: (1 / 24, 1 / 24), Unit.DAYS: (1, 1), Unit.WEEKS: (7, 7),
    Unit.MONTHS: (28, 31), Unit.YEARS: (365, 366), Unit.WORKING_DAYS: (1, 2.2), Unit.SAME_DAY: (0, 0),
    Unit.AT_ONCE: (0, 0),
}  # fmt: skip
"""The least and the most days that one of a unit takes."""
_MORE: Final[Mapping[Unit, float]] = {Unit.MINUTES: 0, Unit.HOURS: 0, Unit.AT_ONCE: 0, Unit.WORKING_DAYS: 14}
"""How many days come to that at most: the rest of the first day, or a long break."""


class Histories(NamedTuple):
    """Histories of kinds that hang together."""

    pieces: tuple[Piece, ...]
    """Those tried."""
    why: Pair | None = None
    """Why they are not exact; None: they are."""
    whole: bool = True
    """Whether they stand for all; else the others are a cell of their own."""


class _Kind(NamedTuple):
    """What is asked of the events of one kind."""

    name: str
    selectors: tuple[Fields, ...]
    """The fields wanted, without what has to come before."""
    most: tuple[int, ...]
    """For each, up to how many of them it makes a difference."""
    types: tuple[Event, ...]
    """Events that differ in which of these they match; those that match none only where even they matter."""
    whole: bool = True
    """Whether these are all there can be."""


_TOO_MANY_EVENTS: Final[Pair] = (
    f"只试到每种事项{MOST_EVENTS}次以内，更多次数另作一格",
    f"up to {MOST_EVENTS} events of a kind are tried, more of them are a cell of their own",
)
_TOO_MANY_HISTORIES: Final[Pair] = (
    f"只试了{MOST_HISTORIES}种经过，其余另作一格",
    f"{MOST_HISTORIES} histories are tried, the others are a cell of their own",
)
_ORDER: Final[Pair] = (
    "只试了若干先后次序，其余另作一格",
    "some orders of the events are tried, the others are a cell of their own",
)
_MOMENTS: Final[Pair] = (
    "收到与各事项均按时刻已知计，只知日期的不在其中",
    "the receipt and the events are taken to be known to the moment, not by their day only",
)
_UNITS: Final[Pair] = (
    "期间的单位不同或起点不同，到期先后因收到日期而异，只试了若干情形，其余另作一格",
    "periods of unlike units or starts end in other orders on other days: some are tried, the others are one cell",
)


def histories(
    reading: Reading, kinds: Sequence[str], places: Sequence[PlacedAtom], calendar: WorkCalendar
) -> Histories:
    """Give the histories of some kinds of event that the atoms which read them can tell apart, and more."""
    atoms = list(dict.fromkeys(place.atom for place in places))
    periods = [atom for atom in atoms if isinstance(atom, Elapsed)]
    asked = [_asked(reading, kind, atoms, places) for kind in kinds if kind != "received"]
    ordered = any(has_order(selectors) for atom in atoms for _, selectors in asked_of(atom))
    if periods:
        return _timed(asked, periods, calendar, ordered=ordered)
    if ordered:
        return _ordered(asked, atoms)
    counts = [_vectors(kind) for kind in asked]
    found = [_dated(itertools.chain(*each)) for each in _product([one.lists for one in counts])]
    return _limited(found, None if all(one.whole for one in counts) else _TOO_MANY_EVENTS)


def asked_of(atom: Atom) -> Iterator[tuple[str, Selectors]]:
    """Give which events an atom asks for, each as a kind with what its fields must hold.

    >>> list(asked_of(Has("replied", ())))
    [('replied', ())]
    """
    if isinstance(atom, Has):
        yield atom.kind, atom.selectors
    for term in terms_of(atom):
        if isinstance(term, Count):
            yield term.kind, term.selectors


def has_order(selectors: Selectors) -> bool:
    """Say whether selectors ask for what came after something else.

    >>> has_order((("after", frozenset({"replied"})),))
    True
    """
    return bool(selectors) and selectors[-1][0] == AFTER


def _fields(selectors: Selectors) -> Fields:
    return selectors[:-1] if has_order(selectors) else selectors


def _limited(found: Iterable[Piece], why: Pair | None) -> Histories:
    pieces = tuple(itertools.islice(found, MOST_HISTORIES + 1))
    if len(pieces) > MOST_HISTORIES:
        pieces, why = pieces[:MOST_HISTORIES], why or _TOO_MANY_HISTORIES
    return Histories(pieces, why, why is None)


def _product(lists: Sequence[Sequence[Sequence[Event]]]) -> Iterator[tuple[Sequence[Event], ...]]:
    """Combine what is tried of each kind; where that is too many, the shortest of each first."""
    yield from itertools.islice(itertools.product(*lists), MOST_HISTORIES + 1)


# -- which events, and how often --


def _asked(reading: Reading, kind: str, atoms: Sequence[Atom], places: Sequence[PlacedAtom]) -> _Kind:
    most: dict[Fields, int] = {}
    for place in places:
        for name, selectors in asked_of(place.atom):
            if name == kind:
                fields = _fields(selectors)
                most[fields] = max(most.get(fields, 1), _most(reading, place))
    bare = any(isinstance(atom, Elapsed) and kind in (atom.kind, atom.until, REOPENED) for atom in atoms)
    ordered = [selectors[-1][1] for atom in atoms for _, selectors in asked_of(atom) if has_order(selectors)]
    bare = bare or any(kind in first for first in ordered)
    types: dict[tuple[bool, ...], Event] = {}
    events = tuple(itertools.islice(typical(kind, tuple(most)), MOST_HISTORIES + 1))
    for event in events:
        matched = tuple(fields_match(event, fields) for fields in most)
        if bare or any(matched):
            types.setdefault(matched, event)
    few = tuple(itertools.islice(types.values(), MOST_TYPES))
    whole = len(events) <= MOST_HISTORIES and len(few) == len(types)
    return _Kind(kind, tuple(most), tuple(most.values()), few, whole)


def _most(reading: Reading, place: PlacedAtom) -> int:
    """Say up to how many events a comparison of their count can tell apart."""
    atom = place.atom
    if not isinstance(atom, Compare):
        return 1
    other = atom.right if isinstance(atom.left, Count) else atom.left
    numbers = [one for one in reading.values(place.under, other) if isinstance(one, int | Decimal)]
    return max([1, *(int(one) + 1 for one in numbers)]) if numbers else MOST_EVENTS + 1


def typical(kind: str, selectors: Sequence[Fields]) -> Iterator[Event]:
    """Give events of a kind that carry, or do not carry, each of the values some selectors want, in all combinations.

    >>> [event.by for event in typical("replied", [(("by", frozenset({"outlet"})),)])]
    [None, 'outlet']
    """
    wanted: dict[str, list[str]] = {}
    groups: dict[str, list[frozenset[str]]] = {}
    for fields in selectors:
        for name, values in fields:
            wanted.setdefault(name, [])
            wanted[name] += [value for value in sorted(values) if value not in wanted[name]]
            groups.setdefault(name, []).append(values)
    names = list(wanted)
    choices: list[list[FactValue | None]] = []
    for name in names:
        if name in SETS:  # all that one selector wants have to be there together
            wholes = list(dict.fromkeys(groups[name]))
            unions = (
                frozenset[str]().union(*some)
                for size in range(1, len(wholes) + 1)
                for some in itertools.combinations(wholes, size)
            )
            choices.append([None, *dict.fromkeys(unions)])
        else:
            alike: dict[tuple[bool, ...], str] = {}
            for value in wanted[name]:
                alike.setdefault(tuple(value in one for one in groups[name]), value)
            choices.append([None, *alike.values()])
    for chosen in itertools.product(*choices):
        given = {name: value for name, value in zip(names, chosen, strict=True) if value is not None}
        yield Event(kind, **given)  # type: ignore[arg-type]  # the fields of selectors


class _Counted(NamedTuple):
    lists: list[tuple[Event, ...]]
    whole: bool


def _vectors(kind: _Kind) -> _Counted:
    """Give, for each way in which its events can be counted by what is asked of them, the fewest events for it."""
    start = (0,) * len(kind.selectors)
    matches = [tuple(fields_match(one, fields) for fields in kind.selectors) for one in kind.types]
    found: dict[tuple[int, ...], tuple[Event, ...]] = {start: ()}
    fresh = [start]
    for _ in range(max(MOST_EVENTS, len(kind.selectors))):
        waiting, fresh = fresh, []
        for counts, (event, matched) in itertools.product(waiting, zip(kind.types, matches, strict=True)):
            more = tuple(map(min, map(operator.add, counts, matched), kind.most))
            if more not in found and len(found) < MOST_HISTORIES:
                found[more] = (*found[counts], event)
                fresh.append(more)
    return _Counted(list(found.values()), kind.whole and not fresh and len(found) < MOST_HISTORIES)


def _dated(events: Iterable[Event], start: dt.datetime = RECEIVED) -> Piece:
    """Let events happen one after the other, a minute apart, soon after the receipt."""
    return Piece(events=tuple(attrs.evolve(one, at=start + _ONE_MINUTE * (2 + far)) for far, one in enumerate(events)))


# -- what has to come after something else --


def _ordered(asked: Sequence[_Kind], atoms: Sequence[Atom]) -> Histories:
    """Give histories in which what is asked for lies before and after the first of what it must not come before."""
    firsts = list(
        dict.fromkeys(selectors[-1][1] for atom in atoms for _, selectors in asked_of(atom) if has_order(selectors))
    )
    whole = len(firsts) == 1 and all(most == 1 for kind in asked for most in kind.most)
    found: dict[tuple[Event, ...], None] = {(): None}
    for first in firsts:
        before = [one for kind in asked if kind.name not in first for one in kind.types]
        anything = [one for kind in asked for one in kind.types]
        begins = [one for kind in asked if kind.name in first for one in kind.types]
        whole = whole and len(before) <= MOST_EVENTS and len(anything) <= MOST_EVENTS
        for early in _some(before):
            found[early] = None
            for late in _some(anything):
                for begin in begins:
                    found[(*early, begin, *late)] = None
                    if len(found) > MOST_HISTORIES:
                        few = itertools.islice(found, MOST_HISTORIES)
                        return Histories(tuple(map(_dated, few)), _TOO_MANY_HISTORIES, whole=False)
    return Histories(tuple(map(_dated, found)), _MOMENTS if whole else _ORDER, whole)


def _some(events: Sequence[Event]) -> Iterator[tuple[Event, ...]]:
    """Give every choice of some events, the smallest first."""
    few = events[:MOST_EVENTS]
    for size in range(len(few) + 1):
        yield from itertools.combinations(few, size)


# -- when --


def _timed(asked: Sequence[_Kind], periods: Sequence[Elapsed], calendar: WorkCalendar, *, ordered: bool) -> Histories:
    """Give histories on a line of time: events and the moment of looking, up to and after the end of each period."""
    begins = list(dict.fromkeys(atom.kind for atom in periods))
    spans = list(dict.fromkeys(atom.period for atom in periods))
    why = None if _ranked(spans, calendar) and len(begins) == 1 else _UNITS
    counts = [_vectors(kind) for kind in asked]
    if ordered:
        why = why or _ORDER
    if not all(one.whole for one in counts):
        why = why or _TOO_MANY_EVENTS
    receipts = (RECEIVED,) if why is not _UNITS else _RECEIPTS
    found = _limited(
        (piece for receipt in receipts for piece in _lines(asked, counts, periods, receipt, calendar)), why
    )
    return found if found.why is not None else found._replace(why=_MOMENTS)


_RECEIPTS: Final = tuple(RECEIVED.replace(month=month, day=day) for month, day in ((3, 4), (1, 30), (2, 12), (9, 29)))
"""Receipts by which periods in unlike units end in unlike order: before a short month, before long breaks."""


def _ranked(spans: Sequence[Period], calendar: WorkCalendar) -> bool:
    """Say whether periods end in the same order whatever the day."""
    pairs = itertools.combinations(spans, 2)
    return all(one.unit is other.unit or _apart(one, other, calendar) for one, other in pairs)


def _apart(one: Period, other: Period, calendar: WorkCalendar) -> bool:
    """Say whether one of two periods always ends before the other."""
    units = {one.unit, other.unit}
    if not units <= _DAYS.keys():  # working hours: that hangs on the opening hours
        return False
    if Unit.WORKING_DAYS in units and calendar.overrides:  # own days may rest for longer than any break
        return False
    (least, most), (lower, upper) = _length(one), _length(other)
    return most < lower or upper < least


def _length(span: Period) -> tuple[float, float]:
    """Give how many days a period takes at least and at most, generously."""
    least, most = _DAYS[span.unit]
    number = span.n or 0
    return least * number, most * number + _MORE.get(span.unit, 1)


def _lines(
    asked: Sequence[_Kind],
    counts: Sequence[_Counted],
    periods: Sequence[Elapsed],
    received: dt.datetime,
    calendar: WorkCalendar,
) -> Iterator[Piece]:
    begun = received + _ONE_MINUTE
    starting = {atom.kind for atom in periods}
    found = (_end(atom.period, received if atom.kind == "received" else begun, calendar) for atom in periods)
    ends = sorted({end for end in found if end is not None})
    # One moment up to each end and after the one before, as early as it can be; and one after the last.
    points = [min([received + _SOON, *ends[:1]])]
    points += [min(after(before), end) for before, end in itertools.pairwise(ends)]
    points += [after(end) for end in ends[-1:]]
    late = [points[-1]] if len(starting) > 1 else []
    standing = any(atom.standing for atom in periods)
    # Of a reopening that only undoes endings it matters between which of them it stands, and not when.
    apart = standing and not any(REOPENED in (atom.kind, atom.until) for atom in periods)
    undone = False
    places: list[list[tuple[tuple[Event, ...], dt.datetime | None]]] = []
    for kind, tried in zip(asked, counts, strict=True):
        if kind.name == REOPENED and apart and kind.most in ((), (1,)) and len(kind.types) == 1:
            undone = True
            continue
        moments = [begun, *late] if kind.name in starting else points
        plain = [(one,) for one in kind.types if not any(fields_match(one, fields) for fields in kind.selectors)]
        some = [*(one for one in tried.lists if one), *plain]
        places.append([((), None), *((events, moment) for events in some for moment in moments)])
    spread = _Spread()
    for chosen in itertools.product(*places):
        happened = [(moment, one) for events, moment in chosen if moment is not None for one in events]
        happened.sort(key=lambda one: one[0])
        for at in points:
            if all(moment <= at for moment, _ in happened):
                yield Piece(events=spread(happened), received=received, at=at)
                for other in _undone(happened, begun) if standing and (happened or undone) else ():
                    yield Piece(events=spread(other), received=received, at=at)


def after(moment: dt.datetime) -> dt.datetime:
    """Give a full minute after a moment, with room before it for what happens one instant after the other.

    >>> after(RECEIVED).isoformat(), after(RECEIVED - INSTANT).isoformat()
    ('2026-03-04T10:02:00+08:00', '2026-03-04T10:01:00+08:00')
    """
    return (moment + 2 * _ONE_MINUTE).replace(second=0, microsecond=0)


def _end(period: Period, start: dt.datetime, calendar: WorkCalendar) -> dt.datetime | None:
    """Give when a period ends; None where that takes opening hours which nobody supplied: then it never does."""
    return None if calendar.hours is None and period.needs_hours() else period.due_at(start, calendar)


class _Spread:
    """Dates events; those of one moment follow each other by an instant, the last of them at the moment itself."""

    def __init__(self) -> None:
        self.known: dict[tuple[dt.datetime, Event], Event] = {}

    def __call__(self, happened: Sequence[tuple[dt.datetime, Event]]) -> tuple[Event, ...]:
        found: list[Event] = []
        for place, (moment, event) in enumerate(happened):
            behind = sum(other == moment for other, _ in happened[place + 1 :])
            key = (moment - behind * INSTANT, event)
            dated = self.known.get(key)
            if dated is None:
                dated = self.known[key] = attrs.evolve(event, at=key[0])
            found.append(dated)
        return tuple(found)


def _undone(
    happened: Sequence[tuple[dt.datetime, Event]], begun: dt.datetime
) -> Iterator[Sequence[tuple[dt.datetime, Event]]]:
    """Let a reopening precede or follow each of the events."""
    for place in range(len(happened) + 1):
        moment = happened[max(0, place - 1)][0] if happened else begun
        yield [*happened[:place], (moment, Event(REOPENED)), *happened[place:]]


def said_of(piece: Piece, voices: tuple[Voice, Voice]) -> Pair:
    """Say what happened in a piece, in both languages."""
    zh, en = (_said(piece, one) for one in voices)
    return zh, en


def _said(piece: Piece, one: Voice) -> str:
    events = [
        one.selector(
            Selector(
                kind=event.kind,
                fields=tuple(
                    (name, value if isinstance(value, frozenset) else frozenset({value}))
                    for name in SELECTORS
                    if (value := getattr(event, name)) is not None
                ),
            )
        )
        for event in piece.events
    ]
    happened = one.listed(events) or one.pick("均未发生", "none of it happened")
    if piece.at is None:
        return happened
    looked = one.point(piece.at)
    return f"{happened}{one.pick(f'；于{looked}查看', f'; looked at on {looked}')}"
