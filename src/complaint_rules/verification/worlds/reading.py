"""What the atoms of all conditions read: the things, the constants these are compared with, the fields of events."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, TypeVar, final

import attrs

from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.implications import implications_of
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import AFTER, MISSING, FactSpec, Selectors
from complaint_rules.conditions.trees import (
    ORDERING,
    Atom,
    Compare,
    Count,
    Elapsed,
    EventField,
    Fact,
    FirstOf,
    Has,
    HeldAtBreach,
    HeldBy,
    InState,
    Late,
    LinkedCount,
    Literal,
    Met,
    ParameterValue,
    Stands,
    TableValue,
    Term,
    atoms_of,
    terms_of,
)
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy, uses
from complaint_rules.policy.rules import Limit
from complaint_rules.policy.uses import uses_of
from complaint_rules.verification.worlds.variables import Matter, Thing

SETS: Final = ("told", "items")
"""The fields of an event that hold sets of codes."""
HOLDING: Final = ("by", "to", "approved_by")
"""The fields of an event that name a level or body."""
REOPENED: Final = "reopened"
_WORDING: Final = frozenset({"title", "cite", "reading"})
_T = TypeVar("_T")


class PlacedAtom(NamedTuple):
    """An atom under a policy: the same one may be judged otherwise under another, for presumptions differ."""

    under: int
    """The place of the policy among those of the worlds."""
    atom: Atom
    """The atom."""


def kinds_in(kind: str, selectors: Selectors) -> Iterator[str]:
    """Name the kinds of event that a ``has`` or ``count`` looks at.

    >>> list(kinds_in("appealed", (("after", frozenset({"replied", "resolved"})),)))
    ['appealed', 'replied', 'resolved']
    """
    yield kind
    if selectors and selectors[-1][0] == AFTER:
        yield from sorted(selectors[-1][1])


@final
class Reading:
    """Everything that the conditions of some policies read, in the order in which they stand."""

    __slots__ = ("_constants", "_fields", "_limits", "atoms", "deadlines", "event_atoms", "groups", "policies", "specs")

    def __init__(self, policies: Sequence[Policy], more: Sequence[Condition] = ()) -> None:
        self.policies: tuple[Policy, ...] = tuple(policies)
        self.specs: dict[str, FactSpec] = {}
        """Every fact, as the first policy that has it declares it."""
        for policy in policies:
            for name, spec in policy.scope.facts.items():
                self.specs.setdefault(name, spec)
        conditions = [
            *((under, use.condition) for under, policy in enumerate(policies) for use in uses(policy)),
            *((0, condition) for condition in more),
        ]
        found = dict.fromkeys(
            PlacedAtom(under, atom)
            for under, condition in conditions
            for atom in atoms_of(condition.tree)
            if not any(isinstance(term, TableValue) for term in terms_of(atom))
        )
        self.atoms: tuple[PlacedAtom, ...] = tuple(place for place in found if not reads_event(place.atom))
        """Every atom but those over tables and over ``event.…``."""
        self.event_atoms: tuple[PlacedAtom, ...] = tuple(place for place in found if reads_event(place.atom))
        """Every atom over ``event.…``."""
        self.deadlines: tuple[str, ...] = tuple(
            dict.fromkeys(
                row.by for policy in policies for limit in policy.limits.values() for row in limit.rows if row.by
            )
        )
        """The facts that set a deadline, of which it matters whether they are known."""
        self._limits: dict[tuple[int, str], Matter] = {}
        self._constants: dict[Matter, list[FactValue]] = {}
        self._fields: dict[str, list[FactValue]] = {}
        self._collect()
        self.groups: list[list[Matter]] = self._grouped()
        """The things, those together that have to be looked at together."""

    # -- what an atom reads --

    def sources(self, place: PlacedAtom) -> tuple[Matter, ...]:
        """Name the things an atom reads; none where it reads constants, tables or the event alone."""
        return tuple(dict.fromkeys(self._sources(place)))

    def _sources(self, place: PlacedAtom) -> Iterator[Matter]:
        match place.atom:
            case Has(kind, selectors):
                yield from (Matter(Thing.EVENTS, one) for one in kinds_in(kind, selectors))
            case Elapsed(kind, _, until, standing):
                kinds = ("received", kind, until, REOPENED if standing else None)
                yield from (Matter(Thing.EVENTS, one) for one in kinds if one is not None)
            case Met(limit) | Late(limit) | Stands(limit):
                yield self.limit(place.under, limit)
            case InState():
                yield Matter(Thing.STATE, "")
            case FirstOf(link):
                yield Matter(Thing.LINK, link)
            case HeldBy(holder):
                yield Matter(Thing.HOLDER, holder)
            case HeldAtBreach(limit, holder):
                yield Matter(Thing.HOLDER, f"{holder}@{self.limit(place.under, limit).name}")
            case _:
                for term in terms_of(place.atom):
                    yield from _of_term(term)

    def limit(self, under: int, name: str) -> Matter:
        """Give the thing that a limit is: one defined alike in an earlier policy is the same."""
        known = self._limits.get((under, name))
        if known is None:
            known = self._limits[under, name] = self._limit(under, name)
        return known

    def _limit(self, under: int, name: str) -> Matter:
        owner = under
        if under:
            wanted = self._meaning(under, name)
            owners = (number for number in range(under) if name in self.policies[number].limits)
            owner = next((number for number in owners if self._meaning(number, name) == wanted), under)
        return Matter(Thing.LIMIT, name if owner == 0 else f"{name}@{self.policies[owner].id}#{owner}")

    def _meaning(self, under: int, name: str) -> object:
        """Give all that a limit comes to: itself, and the rules, presumptions and parameters that it rests on."""
        policy, scope = self.policies[under], self.policies[under].scope
        rules: dict[tuple[str, str], object] = {}
        facts: dict[str, object] = {}
        waiting: list[tuple[str, str]] = [("limits", name)]
        while waiting:
            section, one = waiting.pop()
            if (section, one) in rules:
                continue
            rule = getattr(policy, section)[one]
            rules[section, one] = _bare(rule)
            for condition in (use.condition for use in uses_of(rule)):
                facts |= {fact: (scope.facts[fact].type, scope.facts[fact].assume) for fact in condition.facts}
                facts |= {parameter: scope.parameters[parameter] for parameter in condition.parameters}
                for read in ("tables", "limits", "links"):
                    waiting += [(read, other) for other in sorted(getattr(condition, read))]
        return rules, facts, policy.hours, policy.own_days

    def rule_of(self, source: Matter) -> tuple[int, Limit]:
        """Give the limit that a thing stands for, with the place of its policy."""
        name, _, owner = source.name.partition("@")
        under = int(owner.rpartition("#")[2]) if owner else 0
        return under, self.policies[under].limits[name]

    # -- constants --

    def _collect(self) -> None:
        for place in (*self.atoms, *self.event_atoms):
            atom = place.atom
            if isinstance(atom, Compare):
                for one, other in ((atom.left, atom.right), (atom.right, atom.left)):
                    self._take(one, self.values(place.under, other))
        for place in self.event_atoms:
            # What a field of an event is compared with, its own constants are compared with too.
            terms = terms_of(place.atom)
            for one, other in (terms, terms[::-1]) if len(terms) == 2 else ():
                if isinstance(one, EventField):
                    if isinstance(other, Fact):
                        self._take(one, self.constants(Matter(Thing.FACT, other.name)))
                    elif isinstance(other, EventField):
                        self._take(one, self._fields.get(other.name, ()))
        for place in self.event_atoms:
            terms = terms_of(place.atom)
            for one, other in (terms, terms[::-1]) if len(terms) == 2 else ():
                if isinstance(one, EventField) and isinstance(other, Fact):
                    self._take(other, self.field_values(one.name))

    def values(self, under: int, term: Term) -> tuple[FactValue, ...]:
        """Give the constants that a term is: of a literal or a supplied parameter; else none."""
        value: object = None
        if isinstance(term, Literal):
            value = term.value
        elif isinstance(term, ParameterValue):
            value = self.policies[under].scope.parameters[term.name]
        if value is None or value is MISSING:
            return ()
        found: Iterable[object] = value if isinstance(value, tuple) else (value,)
        return tuple(one for one in found if isinstance(one, bool | int | Decimal | str | dt.date))

    def _take(self, term: Term, values: Iterable[FactValue]) -> None:
        if isinstance(term, EventField):
            _add(self._fields.setdefault(term.name, []), values)
            return
        for source in _of_term(term):
            _add(self._constants.setdefault(source, []), values)

    def constants(self, source: Matter) -> tuple[FactValue, ...]:
        """Give the constants a fact, a link or the count of a kind is compared with, in the order they stand."""
        return tuple(self._constants.get(source, ()))

    def field_values(self, name: str) -> tuple[FactValue, ...]:
        """Give the constants a field of an event is compared with, and one other code where it holds codes."""
        named = self._fields.get(name, [])
        if name in (*SETS, "amount", "kind", "skips_level"):
            return tuple(named)
        return (*named, self.another(name, named))

    def another(self, field: str, named: Sequence[FactValue]) -> str:
        """Give a code that is none of those named: a level or body, where the field names one and one is left."""
        if field in HOLDING:
            policy = self.policies[0]
            for code in (*policy.levels, *policy.bodies):
                if code not in named:
                    return code
        return others(named, 1)[0]

    def ordered(self, name: str) -> bool:
        """Say whether a fact is compared by an order somewhere."""
        return any(
            isinstance(place.atom, Compare) and place.atom.op in ORDERING and Fact(name) in terms_of(place.atom)
            for place in (*self.atoms, *self.event_atoms)
        )

    # -- what has to be looked at together --

    def _grouped(self) -> list[list[Matter]]:
        joins = [self.sources(place) for place in (*self.atoms, *self.event_atoms)]
        joins += [(Matter(Thing.FACT, name),) for name in self.deadlines]
        read = dict.fromkeys(source for join in joins for source in join)
        for policy in self.policies:
            pairs = (tuple(Matter(Thing.FACT, name) for name in pair) for pair in implications_of(policy.scope.facts))
            joins += [pair for pair in pairs if all(source in read for source in pair)]
        counted = (Matter(Thing.FACT, "complainants"), Matter(Thing.FACT, "complainant_keys"))
        if all(source in read for source in counted):
            joins.append(counted)  # there are at least as many complainants as keys of theirs
        return joined(read, joins)


def _bare(value: object) -> object:
    """Give what a rule says without its titles, articles and readings."""
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    if isinstance(value, Condition):
        return value.tree
    if attrs.has(form := type(value)) and not isinstance(value, Period):
        fields = (field.name for field in attrs.fields(form) if field.name not in _WORDING)
        return form, tuple(_bare(getattr(value, name)) for name in fields)
    return value


def reads_event(atom: Atom) -> bool:
    """Say whether an atom reads ``event.…``.

    >>> reads_event(Has("replied", ()))
    False
    """
    return any(isinstance(term, EventField) for term in terms_of(atom))


def _of_term(term: Term) -> Iterator[Matter]:
    match term:
        case Fact(name):
            yield Matter(Thing.FACT, name)
        case LinkedCount(link):
            yield Matter(Thing.LINK, link)
        case Count(kind, selectors):
            yield from (Matter(Thing.EVENTS, one) for one in kinds_in(kind, selectors))
        case _:
            pass


def _add(known: list[FactValue], values: Iterable[FactValue]) -> None:
    """Add what is not there yet; 1 and True are not the same here."""
    for value in values:
        if not any(type(one) is type(value) and one == value for one in known):
            known.append(value)


def others(named: Sequence[FactValue], count: int) -> list[str]:
    """Give codes that are none of those named.

    >>> others(["another_code"], 2)
    ['another_code_2', 'another_code_3']
    """
    possible = itertools.chain(["another_code"], (f"another_code_{number}" for number in itertools.count(2)))
    return list(itertools.islice((code for code in possible if code not in named), count))


def joined(things: Iterable[_T], joins: Iterable[Sequence[_T]]) -> list[list[_T]]:
    """Put things into groups: those that a join names together are in one; the order is that of first mention.

    >>> joined("abcd", ["bd"])
    [['a'], ['b', 'd'], ['c']]
    """
    group: dict[_T, list[_T]] = {thing: [thing] for thing in things}
    for join in joins:
        for other in join[1:]:
            one, two = group[join[0]], group[other]
            if one is not two:
                one += two
                group.update(dict.fromkeys(two, one))
    place = {thing: number for number, thing in enumerate(group)}
    seen: dict[int, list[_T]] = {}
    for members in group.values():
        members.sort(key=place.__getitem__)
        seen.setdefault(place[members[0]], members)
    return [seen[number] for number in sorted(seen)]
