"""From the things that conditions read to variables, and from each atom to four formulas over them (构造变量)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple, TypeAlias, TypeGuard, final

from complaint_rules.cases.case import Event
from complaint_rules.cases.counts import GroupCount
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.compiling import (
    PRESUMED_FALSE,
    PRESUMED_TRUE,
    SURELY_FALSE,
    SURELY_TRUE,
    UNDECIDED,
)
from complaint_rules.conditions.scopes import STANDINGS, STATES, FactType
from complaint_rules.conditions.trees import Atom, Fact, FirstOf, InState, LinkedCount, Met, Stands, terms_of
from complaint_rules.errors import InvalidComplaint
from complaint_rules.language import LANGUAGES, Pair, coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.verification.worlds.cells import UNKNOWN, numbers, values_of
from complaint_rules.verification.worlds.formulas import Formula, both, either, within
from complaint_rules.verification.worlds.histories import histories, said_of
from complaint_rules.verification.worlds.reading import PlacedAtom, Reading, reads_event
from complaint_rules.verification.worlds.spans import Meantime
from complaint_rules.verification.worlds.stands import Bench, Judge, complaint_of
from complaint_rules.verification.worlds.variables import Cell, Matter, Piece, Thing, Variable
from complaint_rules.words.conditions import render_atom
from complaint_rules.words.voices import Voice, voice

MOST_CELLS: Final = 4_096
"""How many combinations of things that hang together are tried."""
_CODES: Final[Mapping[int, tuple[bool, bool, bool, bool]]] = {
    SURELY_FALSE: (False, False, False, False),
    SURELY_TRUE: (True, True, True, True),
    PRESUMED_FALSE: (False, True, False, False),
    PRESUMED_TRUE: (False, True, True, True),
    UNDECIDED: (False, True, False, True),
}
"""What each code of `compile_atoms` says in each of the four ways."""
_TITLES: Final[Mapping[int, Pair]] = {
    SURELY_FALSE: ("不成立", "does not hold"),
    SURELY_TRUE: ("成立", "holds"),
    PRESUMED_FALSE: ("推定不成立", "presumed not to hold"),
    PRESUMED_TRUE: ("推定成立", "presumed to hold"),
    UNDECIDED: ("未定", "undetermined"),
}
_LIMIT_FREE: Final[Pair] = (
    "时限的结果视为任意，不论事实与经过：证明“不可能”仍成立，例证须重放",
    "how the limit comes out is free, whatever facts and events are: proofs of absence hold, witnesses are replayed",
)
_LINK_FREE: Final[Pair] = (
    "未做关联查询时，本件自身是否计入视为任意",
    "where nobody looked for linked complaints, whether this one counts itself is free of its facts",
)
_STATE_FREE: Final[Pair] = (
    "案件现状视为任意，不论经过",
    "how the case stands is free, whatever happened",
)
_HANDS_FREE: Final[Pair] = (
    "由谁经办视为任意，不论经过",
    "who has the case is free, whatever happened",
)
_NOT_ALL: Final[Pair] = (
    "取值组合过多，只试了一部分，其余另作一格",
    "there are too many combinations: some are tried, the others are a cell of their own",
)
_ATOM_FREE: Final[Pair] = (
    "未逐一列出的取值中，这一条件视为任意",
    "in what was not tried one by one this condition is free",
)
_OUTCOMES: Final[tuple[tuple[bool | None, bool | None, Pair], ...]] = (
    (False, False, ("未按时完成，也未逾期", "neither met nor late")),
    (True, False, ("按时完成", "met in time")),
    (False, True, ("已逾期", "late")),
    (None, None, ("未定", "undetermined")),
    (None, True, ("曾逾期，现未定", "was late, now undetermined")),
)
"""What a limit comes to: whether it is met, whether it is late."""
_OF_LATE: Final[tuple[tuple[bool | None, bool | None, Pair], ...]] = (
    (False, False, ("未逾期", "not late")),
    (False, True, ("已逾期", "late")),
    (None, None, ("未定", "undetermined")),
)
"""The same where nothing asks whether it is met."""
_RANKS: Final[Mapping[bool | None, Pair]] = {
    True: ("最先收到", "the first"), False: ("非最先收到", "not the first"), None: ("先后不明", "order unknown"),
}  # fmt: skip
YES: Final[Pair] = ("是", "yes")
NO: Final[Pair] = ("否", "no")
_COUNTED: Final = frozenset({"complainants", "complainant_keys"})
_ELSE: Final[Pair] = ("其余未逐一列出的情形", "anything else, not tried one by one")


class Draft(NamedTuple):
    """A cell in the making."""

    say: Callable[[], Pair]
    """How it is called, once it is known to be kept."""
    piece: Piece
    known: bool = True
    span: Meantime | None = None
    """Of the moment of one fact: the stretch of time that it stands for."""


class Tried(NamedTuple):
    """What was tried of one thing, or of the kinds of event that hang together."""

    title: Pair
    drafts: Sequence[Draft]
    why: Pair | None = None
    """Why it is not exact."""
    whole: bool = True
    """Whether what was tried stands for everything."""


Ways: TypeAlias = tuple[Formula, Formula, Formula, Formula]
"""An atom in four ways: sure, possible, held, tenable."""


@final
class Maker:
    """Makes the variables of some policies, and the formulas of their atoms."""

    __slots__ = ("_compiled", "_free", "_reads", "_with_event", "benches", "places", "reading", "variables", "ways")

    def __init__(self, reading: Reading) -> None:
        self.reading: Reading = reading
        self.benches: tuple[Bench, ...] = tuple(Bench(reading, under) for under in range(len(reading.policies)))
        self.variables: list[Variable] = []
        self.places: dict[Matter, int] = {}
        """The variable of each thing."""
        self.ways: dict[PlacedAtom, Ways] = {}
        """Each atom in four ways; those over ``event.…`` are judged for one event at a time: see `with_event`."""
        self._free: dict[PlacedAtom, int] = {}
        self._compiled: dict[PlacedAtom, Judge] = {}
        self._with_event: dict[tuple[PlacedAtom, Event], Ways] = {}
        self._reads = {place: reading.sources(place) for place in (*reading.atoms, *reading.event_atoms)}
        by_source: dict[Matter, list[PlacedAtom]] = {}
        for place, sources in self._reads.items():
            if sources:
                by_source.setdefault(sources[0], []).append(place)
        for group in reading.groups:
            self._make(group, [place for source in group for place in by_source.get(source, ())])
        for place in reading.atoms:
            if not self._reads[place]:
                (ways,) = (_CODES[code] for code in self._judge(place)(Piece()))
                self.ways[place] = ways

    def _judge(self, *places: PlacedAtom) -> Judge:
        """Compile atoms of one policy."""
        return Judge(self.benches[places[0].under], [place.atom for place in places])

    def with_event(self, place: PlacedAtom, event: Event) -> Ways:
        """Give an atom over ``event.…`` in four ways, of one event."""
        known = self._with_event.get((place, event))
        if known is None:
            known = self._with_event[place, event] = self._of_event(place, event)
        return known

    def _of_event(self, place: PlacedAtom, event: Event) -> Ways:
        sources = self._reads[place]
        judge = self._compiled.get(place)
        if judge is None:
            judge = self._compiled[place] = self._judge(place)
        if not sources:
            (ways,) = (_CODES[code] for code in judge(Piece(), event))
            return ways
        number = self.places[sources[0]]
        tried = [cell.piece for cell in self.variables[number].cells if not cell.free]
        return self._formulas(place, number, [judge(piece, event)[0] for piece in tried])

    # -- one variable --

    def _make(self, group: Sequence[Matter], places: Sequence[PlacedAtom]) -> None:
        asked = [place for place in places if not reads_event(place.atom)]
        apart = [term.name for place in places for term in terms_of(place.atom) if isinstance(term, Fact)]
        apart = [name for name in apart if len(asked) < len(places)]
        terms = {term for place in asked for term in terms_of(place.atom)}
        counted = [one.name for one in group if one.thing is Thing.LINK and LinkedCount(one.name) in terms]
        parts = list(self._parts(group, asked))
        drafts, whole = _combined(parts)
        whole = whole and all(part.whole for part in parts)
        judges = self._judges(asked)
        merged = len(group) > 1 or group[0].thing is not Thing.FACT
        kept: dict[object, tuple[Draft, dict[PlacedAtom, int]]] = {}
        for number, draft in enumerate(filter(_can_be, drafts)):
            said_so = [(some, judge(draft.piece)) for some, judge in judges]
            codes = {place: code for some, found in said_so for place, code in zip(some, found, strict=True)}
            facts = draft.piece.facts
            key: object = number
            if merged:
                lacking = tuple(value is None for value in (*facts.values(), *map(draft.piece.links.get, counted)))
                read = tuple(facts[name] for name in apart if name in facts)
                key = (tuple(codes.values()), draft.known, lacking, read)
            kept.setdefault(key, (draft, codes))
        why = next((part.why for part in parts if part.why is not None), None)
        cells = [
            Cell(title=draft.say(), piece=draft.piece, known=draft.known, span=draft.span) for draft, _ in kept.values()
        ]
        if not whole:
            cells.append(Cell(title=_ELSE, known=False, free=True))
            why = why or _NOT_ALL
        number = len(self.variables)
        title = _listed([part.title for part in parts])
        self.variables.append(Variable(sources=tuple(group), cells=tuple(cells), title=title, why_approximate=why))
        self.places.update(dict.fromkeys(group, number))
        if not whole:
            for place in places:
                self._free[place] = len(self.variables)
                self.variables.append(self._taken_as_free(place))
        for place in asked:
            self.ways[place] = self._formulas(place, number, [codes[place] for _, codes in kept.values()])

    def _judges(self, places: Sequence[PlacedAtom]) -> list[tuple[list[PlacedAtom], Judge]]:
        """Compile some atoms, those of each policy together."""
        found: dict[int, list[PlacedAtom]] = {}
        for place in places:
            found.setdefault(place.under, []).append(place)
        return [(some, self._judge(*some)) for some in found.values()]

    def _formulas(self, place: PlacedAtom, number: int, codes: Sequence[int]) -> Ways:
        """Give an atom in four ways, of what it comes to in each cell tried; in the others it is free."""
        variable = self.variables[number]
        rest = variable.full & ~variable.tried
        found: list[Formula] = []
        for way in range(4):
            mask = sum(1 << cell for cell, code in enumerate(codes) if _CODES[code][way])
            formula = within(number, mask, variable.full)
            if rest:
                free = self._free[place]
                among = self.variables[free].full
                says = sum(1 << code for code in _CODES if _CODES[code][way])
                formula = either(formula, both(within(number, rest, variable.full), within(free, says, among)))
            found.append(formula)
        sure, possible, held, tenable = found
        return sure, possible, held, tenable

    def _taken_as_free(self, place: PlacedAtom) -> Variable:
        zh, en = self._written(place.atom, place.under)
        cells = (Cell(title=title, known=code in (SURELY_FALSE, SURELY_TRUE)) for code, title in _TITLES.items())
        source = Matter(Thing.ATOM, f"{place.under}:{en}")
        return Variable(sources=(source,), cells=tuple(cells), title=(zh, en), why_approximate=_ATOM_FREE)

    def _written(self, atom: Atom, under: int = 0) -> Pair:
        policy = self.reading.policies[under]
        zh, en = (render_atom(atom, policy.scope, lang, voice(policy, lang).words) for lang in LANGUAGES)
        return zh, en

    # -- what is tried of each thing --

    def _parts(self, group: Sequence[Matter], asked: Sequence[PlacedAtom]) -> Iterator[Tried]:
        reading = self.reading
        names = [source.name for source in group if source.thing is Thing.FACT]
        kinds = [source.name for source in group if source.thing is Thing.EVENTS]
        shared: list[FactValue] = []
        if len(group) > 1:
            shared += [value for source in group for value in reading.constants(source)]
            shared += [one for name in names if (one := reading.specs[name].assume) is not None]
            texts = (name for name in names if reading.specs[name].type in (FactType.TEXT, FactType.LEVEL))
            values = (value.value for name in texts for value in values_of(reading, name, shared, len(group)).values)
            shared += [value for value in values if value is not None]
        for name in names:
            yield self._fact(name, shared, len(group))
        if kinds:
            yield self._events(kinds, asked)
        for source in group:
            match source.thing:
                case Thing.LINK:
                    yield self._link(source, asked, shared, len(group))
                case Thing.LIMIT:
                    yield self._limit(source, asked)
                case Thing.STATE:
                    yield self._state()
                case Thing.HOLDER:
                    yield self._hands(source)
                case _:
                    pass

    def _voices(self, under: int) -> tuple[Voice, Voice]:
        policy = self.reading.policies[under]
        return voice(policy, "zh"), voice(policy, "en")

    def _fact(self, name: str, shared: Sequence[FactValue], room: int) -> Tried:
        under = next(number for number, one in enumerate(self.reading.policies) if name in one.scope.facts)
        zh, en = (one.fact(name) for one in self._voices(under))
        found = values_of(self.reading, name, shared, room)
        drafts = [
            Draft(partial(_same, one.title), Piece(facts=FrozenMap({name: one.value})), one.known, one.span)
            for one in found.values
        ]
        return Tried((zh, en), drafts, None if found.whole else _NOT_ALL, found.whole)

    def _events(self, kinds: Sequence[str], asked: Sequence[PlacedAtom]) -> Tried:
        voices = self._voices(0)
        found = histories(self.reading, kinds, asked, self.benches[0].calendar)
        drafts = [Draft(partial(said_of, piece, voices), piece) for piece in found.pieces]
        named = [kind for kind in kinds if kind != "received"] or kinds  # the receipt is in every history
        title = _listed([(voices[0].event(kind), voices[1].event(kind)) for kind in named])
        return Tried(title, drafts, found.why, found.whole)

    def _link(self, source: Matter, asked: Sequence[PlacedAtom], shared: Sequence[FactValue], room: int) -> Tried:
        name = source.name
        owners = [number for number, one in enumerate(self.reading.policies) if name in one.links]
        constants = [one for one in (*self.reading.constants(source), *shared) if _is_number(one)]
        counts = numbers(constants, whole=True, least=Decimal(0), room=room)
        ranked = any(place.atom == FirstOf(name) for place in asked)
        drafts: list[Draft] = []
        for title, number in counts:
            for first in (True, False, None) if ranked else (None,):
                count = GroupCount(int(number), first=first)
                known = not ranked or first is not None
                said_so = _first(title, first) if ranked else title
                drafts.append(Draft(partial(_same, said_so), _linked(name, count), known))
        joint = any(self.reading.policies[number].links[name].joint for number in owners)
        own = {0, 1, *(int(number) for _, number in counts)} if joint else {0, 1}
        for itself in sorted(own):
            title = (f"未查关联，本件自身计{itself}", f"nobody looked, this one counts {itself} itself")
            drafts.append(Draft(partial(_same, title), _linked(name, None, itself), known=False))
        zh, en = (one.rule(f"link/{name}") for one in self._voices(owners[0]))
        return Tried((zh, en), drafts, _LINK_FREE)

    def _limit(self, source: Matter, asked: Sequence[PlacedAtom]) -> Tried:
        under, rule = self.reading.rule_of(source)
        voices = self._voices(under)
        ranked = any(isinstance(place.atom, Stands) for place in asked)
        of_met = ranked or any(isinstance(place.atom, Met) for place in asked)
        drafts: list[Draft] = []
        for met, late, title in _OUTCOMES if of_met else _OF_LATE:
            for standing in _standings(met, late) if ranked else (None,):
                said_so = title
                if standing is not None:
                    said_so = _listed([title, (coded(standing, "zh"), coded(standing, "en"))])
                known = late is not None and (met is not None or not of_met) and (standing is not None or not ranked)
                piece = Piece(limits=FrozenMap({source.name: (met, late, standing)}))
                drafts.append(Draft(partial(_same, said_so), piece, known))
        zh, en = (one.rule(f"limit/{rule.id}") for one in voices)
        return Tried((zh, en), drafts, _LIMIT_FREE)

    def _state(self) -> Tried:
        drafts = []
        for size in range(1, len(STATES) + 1):
            for states in itertools.combinations(STATES, size):
                title = _either([self._written(InState(one)) for one in states])
                drafts.append(Draft(partial(_same, title), Piece(states=frozenset(states)), size == 1))
        return Tried((Thing.STATE.zh, Thing.STATE.en), drafts, _STATE_FREE)

    def _hands(self, source: Matter) -> Tried:
        holder, _, limit = source.name.partition("@")
        title = tuple(one.holder(holder) for one in self._voices(0))
        zh, en = title
        if limit:
            under, rule = self.reading.rule_of(Matter(Thing.LIMIT, limit))
            over = [one.rule(f"limit/{rule.id}") for one in self._voices(under)]
            zh, en = f"{over[0]}到期时由{zh}经办", f"{en} had the case when {over[1]} ran out"
        else:
            zh, en = f"由{zh}经办", f"{en} has the case"
        answers: tuple[tuple[Pair, bool | None], ...] = ((YES, True), (NO, False), (UNKNOWN, None))
        drafts = [
            Draft(partial(_same, answer), Piece(hands=FrozenMap({source.name: said_so})), said_so is not None)
            for answer, said_so in answers
        ]
        return Tried((zh, en), drafts, _HANDS_FREE)


def _can_be(draft: Draft) -> bool:
    """Say whether facts can be true together; there are, for one, no fewer complainants than keys of theirs."""
    if not draft.piece.facts.keys() >= _COUNTED:
        return True
    try:
        complaint_of(draft.piece.facts)
    except InvalidComplaint:
        return False
    return True


def _linked(name: str, count: int | None, own: int = 0) -> Piece:
    return Piece(links=FrozenMap({name: count}), own=FrozenMap({name: own}))


def _first(title: Pair, first: bool | None) -> Pair:
    zh, en = _RANKS[first]
    return f"{title[0]}，{zh}", f"{title[1]}, {en}"


def _is_number(value: FactValue) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _standings(met: bool | None, late: bool | None) -> Iterator[str | None]:
    """Give the classes in which a limit can stand that is met, late or neither; None: no clock is read."""
    yield None
    for one in STANDINGS:
        in_time = one == "in_time"
        fits = in_time if met else not in_time or late is True
        if fits and (one == "undetermined") is (met is None):
            yield one


def _listed(titles: Sequence[Pair]) -> Pair:
    return "、".join(zh for zh, _ in titles), ", ".join(en for _, en in titles)


def _either(titles: Sequence[Pair]) -> Pair:
    return "或".join(zh for zh, _ in titles), " or ".join(en for _, en in titles)


def _combined(parts: Sequence[Tried]) -> tuple[list[Draft], bool]:
    """Combine what was tried of several things; where that is too much, some of it, and it is said."""
    if len(parts) == 1:
        return list(parts[0].drafts), True
    every = 1
    for part in parts:
        every *= len(part.drafts)
    lists = [list(part.drafts) for part in parts]
    if every > MOST_CELLS:
        few = max(2, int(MOST_CELLS ** (1 / len(parts))))
        lists = [some if len(some) <= few else [*some[: few - 1], some[-1]] for some in lists]
    found: list[Draft] = []
    for some in itertools.islice(itertools.product(*lists), MOST_CELLS):
        piece = Piece()
        for one in some:
            piece += one.piece
        found.append(Draft(partial(_together, parts, some), piece, all(one.known for one in some)))
    return found, every <= MOST_CELLS


def _together(parts: Sequence[Tried], some: Sequence[Draft]) -> Pair:
    said_so = [(part.title, one.say()) for part, one in zip(parts, some, strict=True)]
    zh = "；".join(f"{title[0]}：{value[0]}" for title, value in said_so)
    return zh, "; ".join(f"{title[1]}: {value[1]}" for title, value in said_so)


def _same(title: Pair) -> Pair:
    return title
