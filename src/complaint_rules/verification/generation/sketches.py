"""Cases in the making (案件草稿): what must be known, what must happen, and what must not, before it is dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias, final

import attrs

from complaint_rules.cases.case import Case, Event, Fields, fields_match
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.conditions.scopes import FactSpec, FactType
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.generation.values import Value

MINUTE: Final = dt.timedelta(minutes=1)
SETS: Final = frozenset({"told", "items"})
"""Fields of an event that hold several codes."""
Given: TypeAlias = Mapping[str, Any]
"""Fields of an event, by name."""
NOTHING: Final[FrozenMap[str, Any]] = FrozenMap()


def fields_of(selector: Selector) -> dict[str, Any]:
    """Give fields by which an event is one that a rule means: of several accepted values the first by name.

    >>> fields_of(Selector(kind="routed", fields=(("to", frozenset({"b", "a"})),)))
    {'to': 'a'}
    """
    return {name: _one_of(name, values) for name, values in selector.fields}


def _one_of(name: str, values: frozenset[str]) -> Any:
    return values if name in SETS else min(values)


class Step(NamedTuple):
    """Something that happens in a draft."""

    kind: str
    """The kind of event."""
    given: FrozenMap[str, Any] = NOTHING
    """Its other fields."""
    pause: dt.timedelta = MINUTE
    """How long after what stands before it."""
    due: dt.timedelta | None = None
    """How long after it what it agrees upon is due; None: it agrees upon nothing."""

    def event(self, at: dt.datetime, key: str | None = None) -> Event:
        """Give it as an event of a moment.

        >>> from complaint_rules.moments import BEIJING
        >>> Step("closed").event(dt.datetime(2026, 3, 4, tzinfo=BEIJING), "e1").id
        'e1'
        """
        due = None if self.due is None else at + self.due
        return Event(self.kind, at, id=key, due=due, **self.given)


def step_for(selector: Selector, pause: dt.timedelta = MINUTE, **more: Any) -> Step:
    """Give a step that a rule means, with further fields.

    >>> step_for(Selector(kind="closed"), by="outlet").given["by"]
    'outlet'
    """
    return Step(selector.kind, FrozenMap({**fields_of(selector), **more}), pause)


class Laid(NamedTuple):
    """A draft that has been dated."""

    case: Case
    """The case."""
    last: dt.datetime
    """The moment to which it goes: of its last event, and what it waits for after that."""


@final
@attrs.frozen(repr=False)
class Sketch(Shown):
    """A case in the making; every method gives another one.

    >>> Sketch().constrained("joint", (True, False)).facts["joint"]
    (True, False)
    """

    facts: FrozenMap[str, tuple[Value, ...]] = FrozenMap()
    """What each fact may still be; the first is taken."""
    steps: tuple[Step, ...] = ()
    """What happens, in order."""
    never: tuple[tuple[str, Fields], ...] = ()
    """What must not happen."""
    links: FrozenMap[str, int] = FrozenMap()
    """How many complaints belong together, by link."""
    wait: dt.timedelta = MINUTE
    """How long after the last step the case is looked at."""

    def constrained(self, name: str, values: tuple[Value, ...]) -> Sketch:
        """Give the draft with what a fact may be."""
        return attrs.evolve(self, facts=FrozenMap({**self.facts, name: values}))

    def without_fact(self, name: str) -> Sketch:
        """Give the draft with a fact unknown.

        >>> Sketch().constrained("joint", (True,)).without_fact("joint").facts
        {}
        """
        return attrs.evolve(self, facts=FrozenMap({key: one for key, one in self.facts.items() if key != name}))

    def happening(self, *steps: Step) -> Sketch | None:
        """Give the draft with further steps; None where one of them must not happen."""
        for step in steps:
            event = Event(step.kind, **step.given)
            if any(step.kind == kind and fields_match(event, fields) for kind, fields in self.never):
                return None
        return attrs.evolve(self, steps=(*self.steps, *steps))

    def sparing(self, kind: str, fields: Fields = ()) -> Sketch | None:
        """Give the draft in which something must not happen; None where it does already.

        >>> Sketch(steps=(Step("closed"),)).sparing("closed") is None
        True
        """
        if any(step.kind == kind and fields_match(Event(step.kind, **step.given), fields) for step in self.steps):
            return None
        return attrs.evolve(self, never=(*self.never, (kind, fields)))

    def linking(self, link: str, number: int) -> Sketch | None:
        """Give the draft with so many complaints that belong together; None where it has another number."""
        if self.links.get(link, number) != number:
            return None
        return attrs.evolve(self, links=FrozenMap({**self.links, link: number}))

    def waiting(self, wait: dt.timedelta) -> Sketch:
        """Give the draft that is looked at no sooner than so long after its last step."""
        return attrs.evolve(self, wait=max(wait, self.wait))

    def at_once(self) -> Sketch:
        """Give the draft in which everything happens at the moment of the receipt.

        >>> Sketch(steps=(Step("withdrawn"),)).at_once().steps[0].pause
        datetime.timedelta(0)
        """
        return attrs.evolve(self, steps=tuple(step._replace(pause=dt.timedelta(0)) for step in self.steps))

    def laid(self, received: dt.datetime, specs: Mapping[str, FactSpec], more: Iterable[Step] = ()) -> Laid:
        """Date it from its receipt on, with further steps behind its own."""
        known = {name: _dated(values[0], received, specs[name]) for name, values in self.facts.items()}
        received = _moment(known.pop("received", received), received)
        core = {name: value for name, value in known.items() if name in CORE_FACTS}
        extra = {name: value for name, value in known.items() if name not in CORE_FACTS}
        complaint = Complaint(id="g-1", received=received, **core, extra=extra)
        at, events = received, []
        for number, step in enumerate((*self.steps, *more), start=1):
            at += step.pause
            events.append(step.event(at, f"e{number}"))
        return Laid(Case(complaint, events), at + self.wait)


def _moment(received: Value, usual: dt.datetime) -> dt.datetime:
    """Give the moment of a receipt: of one whose day alone matters, at the usual hour."""
    if isinstance(received, dt.datetime):
        return received
    return dt.datetime.combine(received, usual.timetz())


def _dated(value: Value, received: dt.datetime, spec: FactSpec) -> Value:
    moment = received + value if isinstance(value, dt.timedelta) else value
    if spec.type is FactType.DAY and isinstance(moment, dt.datetime):
        return moment.date()
    return moment
