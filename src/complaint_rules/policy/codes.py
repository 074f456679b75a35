"""The codes of a case held against the lists of a policy: levels and bodies, coded facts, the words of events."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple, Protocol, final

import attrs

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.cases.plain import case_from_dict, event_from_dict
from complaint_rules.conditions.scopes import FactSpec, FactType, Scope
from complaint_rules.conditions.trees import Compare, Count, EventField, Has, Literal, atoms_of, terms_of
from complaint_rules.errors import MOST_SEARCHES as _MOST_SEARCHES
from complaint_rules.errors import Fault, InvalidCase, closest
from complaint_rules.language import CODES
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.rules import (
    Checklist,
    Duty,
    Extension,
    Limit,
    Restart,
    Retention,
    Selector,
    Table,
    Void,
)
from complaint_rules.policy.uses import uses_of

WORDS: Final = ("reason", "outcome", "told", "items")
"""The fields of an event that hold codes; who acted and towards whom are levels and bodies."""
HOLDERS: Final = ("by", "to", "approved_by")
_CHECKED: Final = frozenset({"channel", "source"})
"""Facts that `Complaint` itself holds against its list."""
_MOST_MISFITS: Final = 200
NEAR: Final = 0.75
"""How like a known word a code must be to be taken for a slip: an institution may have codes of its own."""


class Ruled(Hashable, Protocol):
    """What is asked of a `Policy`: its rules and lists."""

    @property
    def scope(self) -> Scope:
        """The facts."""

    @property
    def levels(self) -> Mapping[str, Titles]:
        """The levels."""

    @property
    def bodies(self) -> Mapping[str, Titles]:
        """The bodies and posts."""

    @property
    def events(self) -> Mapping[str, Titles]:
        """The kinds of event."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables."""

    @property
    def limits(self) -> Mapping[str, Limit]:
        """The limits."""

    @property
    def duties(self) -> Mapping[str, Duty]:
        """The duties."""

    @property
    def checklists(self) -> Mapping[str, Checklist]:
        """The checklists."""

    @property
    def retentions(self) -> tuple[Retention, ...]:
        """How long files are kept."""


class Misfit(NamedTuple):
    """A code that is on no list of the policy."""

    path: str
    """Where it stands, as ``events[2].reason``."""
    name: str
    """The fact or field."""
    code: str
    """The code."""
    meant: str | None
    """What was likely meant."""
    known: tuple[str, ...]
    """The codes there are; empty where any code may stand there, and this one only looks like a slip."""

    @property
    def fault(self) -> Fault:
        """Say so as a fault of the input."""
        hint = "" if self.meant is None else f"did you mean {self.meant!r}?"
        if not hint and self.known:
            hint = f"the codes are {listed(self.known)}"
        return Fault(where=self.path, why="the code is unknown", value=self.code, hint=hint)


_MOST_SHOWN: Final = 20


def listed(codes: Iterable[str]) -> str:
    """List codes for a message; where they are very many it says that there are more.

    >>> listed(("b", "a")), listed(map(str, range(1000, 1030))).endswith("1019 …")
    ('a, b', True)
    """
    known = sorted(codes)
    return ", ".join(known[:_MOST_SHOWN]) + (" …" if len(known) > _MOST_SHOWN else "")


def holders_of(policy: Ruled) -> frozenset[str]:
    """Give every level and body of a policy, by which who acts and towards whom is named.

    >>> from complaint_rules.policy.loading import load_policy
    >>> "outlet" in holders_of(load_policy("psbc-95580"))
    True
    """
    return frozenset(policy.levels) | frozenset(policy.bodies)


@lru_cache(maxsize=128)
def closed_lists(policy: Ruled) -> Mapping[str, frozenset[str]]:
    """Give the codes of every fact that has a closed list, by its name; of a level the levels and bodies.

    >>> from complaint_rules.policy.loading import load_policy
    >>> sorted(closed_lists(load_policy("psbc-95580"))["caused_by"])
    ['bank', 'customer', 'market', 'other', 'partner']
    """
    holders = holders_of(policy)
    found: dict[str, frozenset[str]] = {}
    for name, spec in policy.scope.facts.items():
        if spec.type is FactType.LEVEL and policy.levels:
            found[name] = holders
        elif spec.values is not None and name not in _CHECKED:
            found[name] = frozenset(spec.values)
    return FrozenMap(found)


@lru_cache(maxsize=128)
def words_of(policy: Ruled) -> Mapping[str, frozenset[str]]:
    """Give the codes that a policy's rules know in the fields of events, with the library's own, by field.

    >>> from complaint_rules.policy.loading import load_policy
    >>> "mediation" in words_of(load_policy("cbirc-2020-3"))["reason"]
    True
    """
    found: dict[str, set[str]] = {name: set(CODES) for name in WORDS}
    for selector in selectors_of(policy):
        _take(found, selector.fields)
        _take(found, getattr(selector, "without", ()))
    for limit in policy.limits.values():
        for pause in limit.pauses:
            found["reason"] |= pause.reasons
    for checklist in policy.checklists.values():
        found["items"] |= set(checklist.items)
    rules: tuple[Table | Limit | Duty | Checklist, ...] = (
        *policy.tables.values(), *policy.limits.values(), *policy.duties.values(), *policy.checklists.values(),
    )  # fmt: skip
    for use in (use for rule in rules for use in uses_of(rule)):
        for atom in atoms_of(use.condition.tree):
            if isinstance(atom, Has):
                _take(found, atom.selectors)
            for term in terms_of(atom):
                if isinstance(term, Count):
                    _take(found, term.selectors)
            if isinstance(atom, Compare):
                _compared(found, atom)
    return FrozenMap({name: frozenset(codes) for name, codes in found.items()})


def selectors_of(policy: Ruled) -> Iterator[Selector]:
    """Give every selector of a policy's limits, duties, checklists and retentions.

    >>> from complaint_rules.policy.loading import load_policy
    >>> {one.kind for one in selectors_of(load_policy("cbirc-2020-3"))} >= {"replied", "withdrawn"}
    True
    """

    def inside(value: object) -> Iterator[Selector]:
        if isinstance(value, Selector):
            yield value
        elif isinstance(value, tuple):
            for one in value:
                yield from inside(one)
        elif isinstance(value, Void):
            yield value.on
        elif isinstance(value, Extension | Restart):
            for one in (value.on, *(value.since if isinstance(value, Extension) else ())):
                yield from inside(one)
        elif isinstance(value, Limit | Duty | Checklist | Retention):
            for field in attrs.fields(type(value)):
                yield from inside(getattr(value, field.name))

    rules: Iterable[object] = (
        *policy.limits.values(), *policy.duties.values(), *policy.checklists.values(), *policy.retentions,
    )  # fmt: skip
    for rule in rules:
        yield from inside(rule)


def _take(found: Mapping[str, set[str]], fields: Iterable[tuple[str, frozenset[str]]]) -> None:
    for name, codes in fields:
        if name in found:
            found[name] |= codes


def _compared(found: Mapping[str, set[str]], atom: Compare) -> None:
    for side, other in ((atom.left, atom.right), (atom.right, atom.left)):
        if isinstance(side, EventField) and side.name in found and isinstance(other, Literal):
            values = other.value if isinstance(other.value, tuple) else (other.value,)
            found[side.name] |= {value for value in values if isinstance(value, str)}


def _codes(value: object) -> tuple[str, ...]:
    if isinstance(value, frozenset):
        return tuple(sorted(item for item in value if isinstance(item, str)))
    return (value,) if isinstance(value, str) else ()


def unlisted(policy: Ruled, values: Iterable[tuple[str, object]], path: str = "") -> Iterator[Misfit]:
    """Give the codes among facts that are on none of the policy's closed lists."""
    lists = closed_lists(policy)
    for name, value in values:
        known = lists.get(name)
        if known is None:
            continue
        for code in _codes(value):
            if code not in known:
                yield Misfit(path + _place(name, path), name, code, closest(code, known), tuple(sorted(known)))


def _place(name: str, path: str) -> str:
    if path:
        return f".{name}"
    return name if name in CORE_FACTS else f"extra.{name}"


def slip(code: str, known: frozenset[str]) -> str | None:
    """Give the word of a list that a code off it was likely meant for; None where it is not that like any.

    >>> slip("mediaton", frozenset({"mediation"})), slip("own_code", frozenset({"mediation"}))
    ('mediation', None)
    """
    return closest(code, known, likeness=NEAR)


@final
class Slips:
    """Looks for what the codes of a case were likely meant for: each once, and a bounded number of them (有限次查找).

    Looking costs more than all the rest, and a line of a megabyte has room for a hundred thousand codes.

    >>> likely = Slips()
    >>> likely("mediaton", frozenset({"mediation"}))
    'mediation'
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, frozenset[str]], str | None] = {}

    def __call__(self, code: str, known: frozenset[str]) -> str | None:
        """Give the word of a list that a code off it was likely meant for; None where it was not looked for."""
        asked = (code, known)
        if asked not in self._found:
            if len(self._found) == _MOST_SEARCHES:
                return None
            self._found[asked] = slip(code, known)
        return self._found[asked]


def slips(policy: Ruled, event: Event, path: str = "", meant_for: Slips | None = None) -> Iterator[Misfit]:
    """Give the codes of an event that look like slips of ones that the policy knows.

    `meant_for` is shared by the events of one case.

    >>> from complaint_rules.policy.loading import load_policy
    >>> [one.meant for one in slips(load_policy("cbirc-2020-3"), Event("suspended", reason="mediaton"))]
    ['mediation']
    """
    words = words_of(policy)
    likely = Slips() if meant_for is None else meant_for
    for name in WORDS:
        known = words[name]
        for code in _codes(getattr(event, name)):
            if code not in known and (meant := likely(code, known)) is not None:
                yield Misfit(f"{path}.{name}" if path else name, name, code, meant, ())


def _holders(policy: Ruled, event: Event, path: str, likely: Slips) -> Iterator[Misfit]:
    known = holders_of(policy)
    for name in HOLDERS:
        code = getattr(event, name)
        if code is not None and code not in known and (meant := likely(code, known)) is not None:
            yield Misfit(f"{path}.{name}" if path else name, name, code, meant, ())


def _kind(policy: Ruled, event: Event, path: str) -> Iterator[Misfit]:
    if event.kind not in policy.events:
        known = tuple(policy.events)
        yield Misfit(f"{path}.kind" if path else "kind", "kind", event.kind, closest(event.kind, known), known)


def misfits_of_event(policy: Ruled, event: Event) -> Iterator[Misfit]:
    """Give the codes of an event, and of the facts it amends, that do not fit a policy; the first where very many."""
    return islice(_of_event(policy, event, "", Slips()), _MOST_MISFITS)


def misfits(policy: Ruled, case: Case) -> Iterator[Misfit]:
    """Give the codes of a case that do not fit a policy, each with its place; the first of them where very many."""
    return islice(_of_case(policy, case), _MOST_MISFITS)


def _of_case(policy: Ruled, case: Case) -> Iterator[Misfit]:
    complaint = case.complaint
    yield from unlisted(policy, ((name, complaint.fact(name)) for name in closed_lists(policy)))
    items = words_of(policy)["items"]
    likely = Slips()
    for code in _codes(complaint.recorded):
        if code not in items and (meant := likely(code, items)) is not None:
            yield Misfit("recorded", "recorded", code, meant, ())
    for place, event in enumerate(case.events):
        yield from _of_event(policy, event, f"events[{place}]", likely)


def _of_event(policy: Ruled, event: Event, path: str, likely: Slips) -> Iterator[Misfit]:
    yield from _kind(policy, event, path)
    yield from _holders(policy, event, path, likely)
    yield from slips(policy, event, path, likely)
    if event.set:
        yield from unlisted(policy, event.set.items(), f"{path}.set" if path else "set")


def fact_types(facts: Mapping[str, FactSpec]) -> Mapping[str, str]:
    """Give the types of facts, as readers of plain data want them."""
    return {name: spec.type.value for name, spec in facts.items()}


def read_case(data: object, policy: Ruled, *, where: str = "") -> Case:
    """Make a case of plain data, its codes held against a policy; see `Case.from_dict`. Raises `InvalidCase`."""
    case = case_from_dict(data, facts=fact_types(policy.scope.facts), where=where)
    found = tuple(one.fault for one in misfits(policy, case))
    if found:
        raise InvalidCase(what="the case", why="it is refused", faults=found, where=where)
    return case


def read_event(data: object, policy: Ruled, *, where: str = "") -> Event:
    """Make an event of plain data, its codes held against a policy; see `Event.from_dict`. Raises `InvalidCase`."""
    event = event_from_dict(data, facts=fact_types(policy.scope.facts), where=where)
    found = tuple(one.fault for one in misfits_of_event(policy, event))
    if found:
        raise InvalidCase(what="the event", why="it is refused", faults=found, where=where)
    return event


def known_as(policy: Ruled, name: str, code: str) -> bool:
    """Say whether a code is on a policy's closed list of a fact, where it has one.

    >>> from complaint_rules.policy.loading import load_policy
    >>> known_as(load_policy("psbc-95580"), "caused_by", "bank")
    True
    """
    return code in closed_lists(policy).get(name, ())
