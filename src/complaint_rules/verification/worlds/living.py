"""From a region of worlds to cases that may live it: events dated, limits started, met or missed (构造案件)."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, final

import attrs

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.scopes import FactType
from complaint_rules.frozen import Shown
from complaint_rules.moments import LAST_DAY, earliest_of
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Limit, Selector
from complaint_rules.verification.worlds.boxes import Box
from complaint_rules.verification.worlds.cells import RECEIVED
from complaint_rules.verification.worlds.histories import after
from complaint_rules.verification.worlds.reading import SETS
from complaint_rules.verification.worlds.stands import LOOKED_AT, complaint_of
from complaint_rules.verification.worlds.variables import Cell, Matter, Piece, Thing
from complaint_rules.verification.worlds.worlds import Worlds

_ONE_MINUTE: Final = dt.timedelta(minutes=1)
_LATER: Final = (2, 10, 40, 400)
"""After how many days a case is looked at, where nothing says when a limit that is to be late is due."""
_MOST_WAYS: Final = 8
"""How many ways to start or end limits are tried."""
_QUIET: Final = (Thing.EVENTS, Thing.STATE, Thing.HOLDER)
"""What is left out of a case where it does not matter."""
_YEARS_AHEAD: Final = 2
"""How many years before the last one known a case may begin."""
_ROOM: Final = 28
"""For how many more events there is room before the moment of looking."""
_MOST_PICKS: Final = 24
"""How many choices of cells are tried."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Life(Shown):
    """A case, when it is looked at, and how many complaints belong together with it."""

    case: Case
    """The complaint and what happened."""
    at: dt.datetime
    """When it is looked at."""
    links: Mapping[str, int] | None = None
    """How many complaints each link joins; None: nobody looked."""


def lives(worlds: Worlds, box: Box) -> Iterator[Life]:
    """Give cases that may live a box, the likeliest first; nobody has asked yet whether they do.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds = Worlds(load_policy("psbc-95580"))
    >>> box = Box(variables=worlds.variables, masks=tuple(one.full for one in worlds.variables))
    >>> next(lives(worlds, box)).case.events
    ()
    """
    for numbers in itertools.islice(_picks(worlds, box), _MOST_PICKS):
        cells = [one.cells[number] for one, number in zip(box.variables, numbers, strict=True)]
        yield from _of_cells(worlds, box, cells)


# -- which cell of each variable --


def _picks(worlds: Worlds, box: Box) -> Iterator[tuple[int, ...]]:
    """Give choices of one cell for each variable: what does not matter is left unknown, then taken as known."""
    orders = [_preferred(worlds, box, place) for place in range(len(box.variables))]
    if not all(orders):
        return
    first = tuple(order[0] for order in orders)
    known = tuple(
        next((number for number in order if one.cells[number].known), order[0])
        for one, order in zip(box.variables, orders, strict=True)
    )
    turned = ((*first[:place], number, *first[place + 1 :]) for place in box.bound for number in orders[place][1:])
    yield from dict.fromkeys(itertools.chain([first, known], turned))


def _preferred(worlds: Worlds, box: Box, place: int) -> list[int]:
    """Put the cells a variable may be in into the order in which they are tried; none of what was not tried."""
    one, bound = box.variables[place], place in box.bound
    mask = box.masks[place] & one.tried
    tried = [number for number in range(len(one.cells)) if mask >> number & 1]
    if one.sources[0].thing in (Thing.FACT, Thing.LINK) and not bound:
        return sorted(tried, key=lambda number: _count_known(one.cells[number].piece))
    presumed = worlds.presumptions

    def rank(number: int) -> tuple[bool, int, dt.timedelta]:
        """Put what is known first, then what is presumed, then the receipt nearest to the ordinary one."""
        cell = one.cells[number]
        facts = cell.piece.facts
        unlike = sum(presumed.get(name) is not None and presumed[name] != value for name, value in facts.items())
        received = facts.get("received")
        far = abs(earliest_of(received) - RECEIVED) if isinstance(received, dt.date) else dt.timedelta(0)
        return not cell.known, unlike, far

    return sorted(tried, key=rank)


def _count_known(piece: Piece) -> int:
    return sum(value is not None for value in (*piece.facts.values(), *piece.links.values()))


# -- from cells to a case --


def whole(cells: Sequence[Cell]) -> Piece:
    """Put the cells of a world, one of each variable, together: the facts, and the events one after the other.

    >>> whole([Cell(title=("是", "yes"), piece=Piece(facts={"repeat": True}))]).facts
    {'repeat': True}
    """
    pieces = [cell.piece for cell in cells]
    found = Piece()
    for piece in pieces:
        found += piece
    story = _Story(_moment(found.facts, pieces), pieces)
    return attrs.evolve(found, events=tuple(story.events), received=story.received, at=story.at)


def _of_cells(worlds: Worlds, box: Box, cells: Sequence[Cell]) -> Iterator[Life]:
    pieces = [
        Piece() if place not in box.bound and box.variables[place].sources[0].thing in _QUIET else cell.piece
        for place, cell in enumerate(cells)
    ]
    facts = {name: value for one in pieces for name, value in one.facts.items() if value is not None}
    facts.update(("received_by", name.partition("@")[0]) for one in pieces for name, held in one.hands.items() if held)
    links = {name: count for one in pieces for name, count in one.links.items() if count is not None}
    _count_itself(worlds, box, cells, facts)
    story = _Story(_moment(facts, pieces), pieces)
    if story.received.year + _YEARS_AHEAD > LAST_DAY.year:
        return  # what begins then may end after the last day known, beyond which nothing is counted
    for at, events in _courses(_wanted(worlds, box, cells), facts, story):
        case = Case(complaint_of(facts, story.received), _recorded(events))
        yield Life(case=case, at=at, links=links or None)


def _moment(facts: Mapping[str, FactValue | None], pieces: Sequence[Piece]) -> dt.datetime:
    received = facts.get("received")
    if isinstance(received, dt.date):
        return earliest_of(received)
    return next((one.received for one in pieces if one.received is not None), RECEIVED)


def _count_itself(worlds: Worlds, box: Box, cells: Sequence[Cell], facts: dict[str, FactValue]) -> None:
    """Where nobody looked for linked complaints and this one counts itself, let what they are compared by be known."""
    for place in box.bound:
        for name, own in cells[place].piece.own.items():
            if not own or cells[place].piece.links[name] is not None:
                continue
            for policy in worlds.policies:
                for fact in policy.links[name].same if name in policy.links else ():
                    spec = policy.scope.facts[fact]
                    facts.setdefault(fact, _some_value(spec.type, spec.values))
            if own > 1:
                facts.setdefault("complainants", own)


def _some_value(kind: FactType, codes: Iterable[str] | None) -> FactValue:
    values: dict[FactType, FactValue] = {
        FactType.BOOL: True, FactType.INT: 1, FactType.DECIMAL: 1, FactType.SET: frozenset({"k-1"}),
        FactType.MOMENT: RECEIVED, FactType.DAY: RECEIVED.date(),
    }  # fmt: skip
    return values.get(kind) or next(iter(codes or ()), "k-1")


def _wanted(worlds: Worlds, box: Box, cells: Sequence[Cell]) -> _Wanted:
    wanted = _Wanted([], [], [], [])
    for place, cell in enumerate(cells):
        if place in box.bound:
            states = sorted(cell.piece.states - {"open"})
            wanted.endings.extend(_Act(Selector(kind=state)) for state in states[:1])
            for name, held in cell.piece.hands.items():
                if held and "@" in name:  # whoever had the case when a limit ran out
                    wanted.late.append(worlds.limit_of(Matter(Thing.LIMIT, name.partition("@")[2])))
        for met, late, standing in cell.piece.limits.values():
            policy, limit = worlds.limit_of(box.variables[place].sources[0])
            if late or standing in ("late", "open_late", "void_late"):
                wanted.late.append((policy, limit))
            elif met or standing == "in_time":
                wanted.met.append((policy, limit))
            elif place in box.bound:
                wanted.calm.append((policy, limit))
    return wanted


class _Act(NamedTuple):
    """Something that has to happen."""

    selector: Selector
    """What it has to be."""
    due: bool = False
    """Whether it names a time, as a promise does."""

    def event(self, at: dt.datetime) -> Event:
        """Let it happen."""
        fields = {name: values if name in SETS else min(values) for name, values in self.selector.fields}
        due = at + dt.timedelta(days=1) if self.due else None
        return Event(self.selector.kind, at, due=due, **fields)  # type: ignore[arg-type]  # the fields of selectors

    @property
    def times(self) -> int:
        """How often it has to happen."""
        return self.selector.nth or 1


class _Wanted(NamedTuple):
    """What the limits are to come to, and how the case is to stand."""

    late: list[tuple[Policy, Limit]]
    met: list[tuple[Policy, Limit]]
    calm: list[tuple[Policy, Limit]]
    """Those that must not be late."""
    endings: list[_Act]
    """What has to end the case."""


class _Story:
    """What happens between the receipt and the moment of looking, one thing after the other."""

    def __init__(self, received: dt.datetime, pieces: Sequence[Piece]) -> None:
        timed = next((one for one in pieces if one.at is not None), None)
        self.received: dt.datetime = received
        self.at: dt.datetime = received + LOOKED_AT
        self.looked: bool = timed is not None
        """Whether the moment of looking is given."""
        moved = dt.timedelta(0)
        if timed is not None and timed.at is not None:
            moved = received - (timed.received or received)
            self.at = timed.at + moved
        self.events: list[Event] = []
        everything = [one for piece in pieces for one in piece.events]
        self._step: dt.timedelta = min(_ONE_MINUTE, (self.at - received) / (len(everything) + _ROOM))
        self._last: dt.datetime = received
        for piece in pieces:
            for one in piece.events:
                own = one.at if piece is timed else None
                self._add(attrs.evolve(one, at=self._next() if own is None else earliest_of(own) + moved))

    def _next(self) -> dt.datetime:
        self._last += self._step
        return self._last

    def _add(self, event: Event) -> None:
        self.events.append(event)

    def with_acts(self, acts: Iterable[_Act]) -> list[Event]:
        """Give what happens, and besides what has to and does not yet."""
        found, moment = list(self.events), self._last
        for act in acts:
            already = sum(act.selector.matches(one) and (one.due is not None or not act.due) for one in found)
            for _ in range(act.times - already):
                moment += self._step
                found.append(act.event(moment))
        return found


def _courses(
    wanted: _Wanted, facts: Mapping[str, FactValue], story: _Story
) -> Iterator[tuple[dt.datetime, list[Event]]]:
    """Give what happens and when it is looked at, such that limits may come out as wanted."""
    begun = list(itertools.islice(_begun(wanted), _MOST_WAYS))
    endings = (0, 1) if wanted.met or wanted.calm else (0,)
    for starts, which, calmed in itertools.product(begun, endings, (False, True) if wanted.calm else (False,)):
        ended = [*wanted.met, *(wanted.calm if calmed else ())]
        events = story.with_acts(
            [*starts, *wanted.endings, *(act for _, limit in ended for act in _ending(limit, which))]
        )
        for at in _moments(wanted, facts, events, story):
            yield at, events
            if wanted.late:  # late, and ended since
                over = [act.event(at) for _, limit in wanted.late for act in _ending(limit, which)]
                yield after(at), [*events, *over]


def _begun(wanted: _Wanted) -> Iterator[list[_Act]]:
    """Give ways to start the limits that have to run, and to agree on what they wait for."""
    for chosen in itertools.product(*(_starting(limit) for _, limit in (*wanted.late, *wanted.met))):
        yield [act for acts in chosen for act in acts]


def _starting(limit: Limit) -> list[tuple[_Act, ...]]:
    """Give ways to start one limit: first with the promise where nothing else sets a time."""
    by_receipt = any(one.kind == "received" for one in limit.starts)
    started = [()] if by_receipt else [(_Act(one),) for one in limit.starts]
    promised = [(*acts, _Act(one, due=True)) for one in limit.agreed for acts in started]
    waits = any(row.as_agreed or (row.within is not None and row.within.n == 0) for row in limit.rows)
    return [*promised, *started] if waits else [*started, *promised]


def _ending(limit: Limit, which: int) -> tuple[_Act, ...]:
    """Give what ends a limit, by one of its endings."""
    return tuple(map(_Act, limit.until[min(which, len(limit.until) - 1) :][:1]))


def _moments(
    wanted: _Wanted, facts: Mapping[str, FactValue], events: Sequence[Event], story: _Story
) -> Iterator[dt.datetime]:
    """Give when to look: soon, or after what is to be late was due."""
    if not wanted.late:
        yield story.at
        return
    if story.looked:
        yield story.at
    case = Case(complaint_of(facts, story.received), _recorded(events))
    dues = [
        due
        for policy, limit in wanted.late
        if not limit.missing and (due := assess(case, policy, at=story.at).clocks[limit.id].due_at) is not None
    ]
    for due in dict.fromkeys(sorted(dues, reverse=True)):
        yield after(max(due, story.at))
    for days in _LATER:
        yield story.at + dt.timedelta(days=days)


def _recorded(events: Sequence[Event]) -> tuple[Event, ...]:
    """Put events into the order of time, each with a key."""
    ordered = sorted(events, key=lambda one: one.at is not None and earliest_of(one.at))
    return tuple(attrs.evolve(one, id=f"e-{number}") for number, one in enumerate(ordered, 1))
