"""`Stand`: what one cell, or one cell of each variable, shows to the compiled conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Final, final

from complaint_rules.assessing import calendar_over, mainland, plan_of
from complaint_rules.assessment.plans import Decision, Plan
from complaint_rules.assessment.running import read
from complaint_rules.assessment.views import View
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.cases.counts import GroupCount
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.compiling import compile_atoms
from complaint_rules.conditions.implications import completed
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import Happened, Number, Selectors
from complaint_rules.conditions.trees import And, Atom
from complaint_rules.moments import earliest_of
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds.cells import RECEIVED
from complaint_rules.verification.worlds.reading import Reading
from complaint_rules.verification.worlds.variables import Piece

ID: Final = "w-1"
"""The key of every complaint made here."""
LOOKED_AT: Final = dt.timedelta(minutes=30)
"""How long after the receipt a case is looked at where nothing asks for another moment."""


def complaint_of(facts: Mapping[str, FactValue | None], received: dt.datetime | None = None) -> Complaint:
    """Make a complaint of facts; None is unknown.

    Raises `InvalidComplaint` where they cannot be true together.

    >>> complaint_of({"complainants": 3, "unionpay": True}).fact("unionpay")
    True
    """
    known = {name: value for name, value in facts.items() if value is not None}
    moment = known.pop("received", received or RECEIVED)
    extra = {name: value for name, value in known.items() if name not in CORE_FACTS}
    core = {name: value for name, value in known.items() if name in CORE_FACTS}
    return Complaint(id=ID, received=moment, extra=extra, **core)  # type: ignore[arg-type]  # checked by Complaint itself


@final
class Bench:
    """A policy with what is needed to judge a piece of a world under it."""

    __slots__ = ("calendar", "plan", "policy", "reading", "under")

    def __init__(self, reading: Reading, under: int) -> None:
        self.reading: Reading = reading
        self.under: int = under
        self.policy: Policy = reading.policies[under]
        self.plan: Plan = plan_of(self.policy)
        self.calendar: WorkCalendar = calendar_over(self.policy, mainland())


@final
class Stand:
    """A view of a piece of a world: facts and events as the library sees them, the rest as it was laid down."""

    __slots__ = ("_view", "bench", "complaint", "decisions", "event", "piece")

    def __init__(self, bench: Bench, piece: Piece, event: Event | None = None) -> None:
        self.bench: Bench = bench
        self.piece: Piece = piece
        self.event: Event | None = event
        complaint = complaint_of(piece.facts, piece.received)
        implied = bench.plan.implications
        self.complaint: Complaint = completed(complaint, implied) if implied else complaint
        self.decisions: dict[int, Decision] = {}
        self._view: View | None = None

    @property
    def view(self) -> View:
        """What the library itself sees of the events."""
        if self._view is None:
            at = self.piece.at or earliest_of(self.complaint.received) + LOOKED_AT
            case = Case(self.complaint, self.piece.events)
            self._view = read(case, self.bench.plan, self.bench.calendar, at=at).view
        return self._view

    @property
    def skips_level(self) -> bool:
        """Whether the candidate event leaves out a level."""
        return self.event is not None and self.bench.plan.is_skip(self.event.by, self.event.to)

    def table(self, index: int) -> Decision:
        """Give what a table decides here."""
        known = self.decisions.get(index)
        if known is None:
            plan = self.bench.plan
            known = self.decisions[index] = Decision(plan.tables[index], *plan.deciders[index][0](self))
        return known

    def has(self, kind: str, selectors: Selectors) -> Happened:
        """Say whether such an event happened."""
        return self.view.has(kind, selectors)

    def count(self, kind: str, selectors: Selectors) -> Number:
        """Count such events."""
        return self.view.count(kind, selectors)

    def elapsed(self, kind: str, period: Period, until: str | None, *, standing: bool = False) -> bool | None:
        """Say whether a period has run out."""
        return self.view.elapsed(kind, period, until, standing=standing)

    def _limit(self, limit: str) -> tuple[bool | None, bool | None, str | None]:
        return self.piece.limits[self.bench.reading.limit(self.bench.under, limit).name]

    def met(self, limit: str) -> bool | None:
        """Say whether a limit is met, as it was laid down."""
        return self._limit(limit)[0]

    def late(self, limit: str) -> bool | None:
        """Say whether a limit is late, as it was laid down."""
        return self._limit(limit)[1]

    def standing(self, limit: str, classes: Collection[str]) -> bool | None:
        """Say whether a limit stands so, as it was laid down."""
        found = self._limit(limit)[2]
        return None if found is None else found in classes

    def state(self, state: str) -> bool | None:
        """Say whether the case stands so, as it was laid down."""
        possible = self.piece.states
        return None if state in possible and len(possible) > 1 else state in possible

    def linked(self, link: str) -> Number:
        """Give how many complaints belong together."""
        count = self.piece.links[link]
        if count is not None:
            return count, count, count
        own = self.piece.own[link]
        return own, None, own

    def first_of(self, link: str) -> bool | None:
        """Say whether this complaint is the first of those that belong together."""
        count = self.piece.links[link]
        return count.first if isinstance(count, GroupCount) else None

    def holder(self, holder: str) -> bool | None:
        """Say whether a level or body has the case, as it was laid down."""
        return self.piece.hands[holder]

    def holder_at_breach(self, limit: str, holder: str) -> bool | None:
        """Say whether a level or body had the case when a limit ran out, as it was laid down."""
        return self.piece.hands[f"{holder}@{self.bench.reading.limit(self.bench.under, limit).name}"]


@final
class Judge:
    """Some atoms under one policy, compiled at once: asked of a piece of a world, it says how each comes out."""

    __slots__ = ("_ask", "atoms", "bench")

    def __init__(self, bench: Bench, atoms: Sequence[Atom]) -> None:
        self.bench: Bench = bench
        self.atoms: tuple[Atom, ...] = tuple(atoms)
        tree = self.atoms[0] if len(self.atoms) == 1 else And(self.atoms)
        self._ask = compile_atoms(Condition(text="", tree=tree), bench.policy.scope)

    def __call__(self, piece: Piece, event: Event | None = None) -> tuple[int, ...]:
        """Say of every atom how it comes out, by the codes of `compile_atoms`."""
        return self._ask(Stand(self.bench, piece, event))
