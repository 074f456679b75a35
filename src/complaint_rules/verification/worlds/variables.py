"""`Variable` and `Cell`: what conditions look at, in finitely many cells, and how exact those are (变量与取值格)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple, final

import attrs

from complaint_rules.cases.case import Event
from complaint_rules.cases.facts import FactValue
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, Pair, language, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.verification.worlds.spans import Meantime


class Thing(Coded):
    """What kind of thing a condition looks at."""

    FACT = "fact", "事实", "fact"
    EVENTS = "events", "经过", "events"
    LINK = "link", "关联", "linked complaints"
    LIMIT = "limit", "时限", "limit"
    STATE = "state", "案件现状", "state of the case"
    HOLDER = "holder", "经办", "who has the case"
    ATOM = "atom", "条件", "condition"
    """One atom taken as free, because what it reads has too many cells."""


class Matter(NamedTuple):
    """One matter that conditions look at: a fact, the events of a kind, a link, a limit and so on."""

    thing: Thing
    """What kind of thing it is."""
    name: str
    """Its name: of a fact, a kind of event, a link, a limit; empty for the state of the case."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Piece(Shown):
    """What a cell puts into a case."""

    facts: Mapping[str, FactValue | None] = FrozenMap()
    """Facts with their values; None: unknown."""
    events: tuple[Event, ...] = ()
    """Events in the order of time, with their moments."""
    received: dt.datetime | None = None
    """The receipt that the moments of the events fit; None: any."""
    at: dt.datetime | None = None
    """When the case is looked at; None: after the events."""
    links: Mapping[str, int | None] = FrozenMap()
    """How many complaints each link joins; None: nobody looked."""
    own: Mapping[str, int] = FrozenMap()
    """Where nobody looked: how many of those the link counts are the complaint's own."""
    limits: Mapping[str, tuple[bool | None, bool | None, str | None]] = FrozenMap()
    """Of each limit whether it is met, whether it is late, and its class, one of `STANDINGS`; None: undetermined."""
    states: frozenset[str] = frozenset()
    """How the case may stand, some of `STATES`; several: undetermined; empty: nothing is said of it."""
    hands: Mapping[str, bool | None] = FrozenMap()
    """Whether a level or body has the case, or (``holder@limit``) had it when a limit ran out; None: undetermined."""

    def __add__(self, other: Piece) -> Piece:
        """Put two pieces into one case; the moments of the other prevail."""
        return Piece(
            facts=FrozenMap({**self.facts, **other.facts}),
            events=(*self.events, *other.events),
            received=other.received or self.received,
            at=other.at or self.at,
            links=FrozenMap({**self.links, **other.links}),
            own=FrozenMap({**self.own, **other.own}),
            limits=FrozenMap({**self.limits, **other.limits}),
            states=other.states or self.states,
            hands=FrozenMap({**self.hands, **other.hands}),
        )


@final
@attrs.frozen(kw_only=True, repr=False)
class Cell(Shown):
    """Some values of a variable that no condition of the policy tells apart, with one of them to stand for all."""

    title: Pair
    """How it is called, Chinese and English."""
    piece: Piece = attrs.field(default=Piece(), repr=False)
    """What it puts into a case."""
    known: bool = True
    """Whether everything in it is known: nothing unknown, undetermined or not looked up."""
    free: bool = False
    """Whether it stands for all that was not tried: in it every atom may come out in any way."""
    span: Meantime | None = None
    """Of a moment or day: the stretch of time that it stands for; None: it is none, or stands for itself."""

    def text(self, lang: Lang = "zh") -> str:
        """Say what it holds. Raises `UnknownLanguage`.

        >>> Cell(title=("是", "yes")).text("en")
        'yes'
        """
        return said(self.title, lang)


@final
@attrs.frozen(kw_only=True, repr=False)
class Variable(Shown):
    """One or several things that conditions look at, in finitely many cells."""

    sources: tuple[Matter, ...]
    """What it stands for; several where they are compared with each other."""
    cells: tuple[Cell, ...] = attrs.field(repr=False)
    """Its cells: disjoint, and together everything there can be."""
    title: Pair
    """How it is called, Chinese and English."""
    why_approximate: Pair | None = None
    """Why it is not exact; None: it is exact."""

    @property
    def key(self) -> str:
        """Its key among the variables, as ``fact:amount``."""
        return "+".join(f"{source.thing}:{source.name}" for source in self.sources)

    @property
    def exact(self) -> bool:
        """Whether its cells are neither more nor fewer than what there can be."""
        return self.why_approximate is None

    @property
    def full(self) -> int:
        """Mask of all its cells."""
        return (1 << len(self.cells)) - 1

    @property
    def known(self) -> int:
        """Mask of the cells in which everything is known."""
        return sum(1 << place for place, cell in enumerate(self.cells) if cell.known)

    @property
    def tried(self) -> int:
        """Mask of the cells that a case can be made of: all but the one that stands for what was not tried."""
        return sum(1 << place for place, cell in enumerate(self.cells) if not cell.free)

    def text(self, lang: Lang = "zh") -> str:
        """Say what it stands for. Raises `UnknownLanguage`.

        >>> Variable(sources=(), cells=(), title=("金额", "amount")).text("zh")
        '金额'
        """
        return said(self.title, lang)

    def limits_of_it(self, lang: Lang = "zh") -> str:
        """Say why it is not exact; empty where it is. Raises `UnknownLanguage`.

        >>> Variable(sources=(), cells=(), title=("金额", "amount")).limits_of_it("zh")
        ''
        """
        lang = language(lang)
        return "" if self.why_approximate is None else said(self.why_approximate, lang)
