"""`Worlds`: a policy as variables with finitely many cells, and its conditions as formulas over them (可能情形)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, cast, final

from complaint_rules.cases.case import Event
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import MISSING
from complaint_rules.conditions.trees import (
    Always,
    And,
    Atom,
    Compare,
    Literal,
    Not,
    Or,
    ParameterValue,
    TableValue,
    Term,
    Truth,
)
from complaint_rules.errors import UnknownRule, did_you_mean
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Duty, Limit, LimitRow, Selector, Table
from complaint_rules.verification.worlds.events import archetypes
from complaint_rules.verification.worlds.formulas import Formula, both, either, within
from complaint_rules.verification.worlds.making import Maker
from complaint_rules.verification.worlds.reading import PlacedAtom, Reading, reads_event
from complaint_rules.verification.worlds.tables import (
    ALWAYS,
    UNDECIDED_WAYS,
    EveryMatch,
    FirstMatch,
    FourWays,
    all_of,
    opposite,
    some_of,
    value_among,
    value_in,
)
from complaint_rules.verification.worlds.variables import Matter, Thing, Variable

__all__ = ["FourWays", "Worlds"]

_Matches: TypeAlias = FirstMatch | EveryMatch
_ROWED: Final = ("table", "limit")


@final
class Worlds:
    """Everything that the conditions of a policy can look at, in finitely many cells.

    Every world is a choice of one cell for each variable. A history is taken to be complete and dated to the moment:
    what a source cannot show (`Case.unseen`), and events of which the moment, or all but the day, is unknown, are in no
    world.

    `beside` are other policies about the same complaints: their facts, events and links of one name are the same
    variables, and so are limits defined alike. Every method that takes a rule or condition takes as `under` the policy
    it belongs to, where that is not the first. `more` are further conditions that are to be asked, in the scope of the
    first policy. Raises `InvalidPolicy` for what is no policy.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds = Worlds(load_policy("psbc-95580"))
    >>> worlds.place_of(Matter(Thing.FACT, "complainants")) is not None
    True
    """

    __slots__ = ("_maker", "_matches", "_rows", "beside", "policy", "variables")

    def __init__(self, policy: Policy, beside: Sequence[Policy] = (), *, more: Sequence[Condition] = ()) -> None:
        self.policy: Policy = as_policy(policy)
        self.beside: tuple[Policy, ...] = tuple(map(as_policy, beside))
        self._maker: Maker = Maker(Reading((self.policy, *self.beside), more))
        self._rows: dict[tuple[int, str], tuple[FourWays, ...]] = {}
        self._matches: dict[tuple[int, str], _Matches] = {}
        self.variables: tuple[Variable, ...] = tuple(self._maker.variables)
        """The variables; a formula names each by its place here."""

    def __repr__(self) -> str:
        return f"<Worlds of {self.policy.id}: {len(self.variables)} variables>"

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies, `policy` first."""
        return self._maker.reading.policies

    @property
    def presumptions(self) -> Mapping[str, FactValue | None]:
        """What each fact is presumed to be while it is unknown, by the first policy that has it."""
        return {name: spec.assume for name, spec in self._maker.reading.specs.items()}

    @property
    def approximate(self) -> tuple[Variable, ...]:
        """The variables that are not exact: each says why (`limits_of_it`)."""
        return tuple(one for one in self.variables if not one.exact)

    def place_of(self, source: Matter, *, under: Policy | None = None) -> int | None:
        """Give the place of the variable that stands for a thing; None where no condition looks at it.

        >>> from complaint_rules.policy.loading import load_policy
        >>> Worlds(load_policy("psbc-95580")).place_of(Matter(Thing.FACT, "no_such_fact")) is None
        True
        """
        if source.thing is Thing.LIMIT:
            number = self._under(under)
            if source.name in self._maker.reading.policies[number].limits:
                source = self._maker.reading.limit(number, source.name)
        return self._maker.places.get(source)

    def limit_of(self, source: Matter) -> tuple[Policy, Limit]:
        """Give the limit that the thing of a variable stands for, with its policy.

        >>> from complaint_rules.policy.loading import load_policy
        >>> Worlds(load_policy("psbc-95580")).limit_of(Matter(Thing.LIMIT, "whole"))[1].id
        'whole'
        """
        under, rule = self._maker.reading.rule_of(source)
        return self._maker.reading.policies[under], rule

    def _under(self, policy: Policy | None) -> int:
        if policy is None:
            return 0
        policies = self._maker.reading.policies
        if policy not in policies:
            known = ", ".join(one.id for one in policies)
            raise UnknownRule(
                what="policy", why="these worlds were made without it", value=policy.id, hint=f"they know {known}"
            )
        return policies.index(policy)

    # -- conditions --

    def channels(
        self,
        condition: Condition | Truth | None,
        *,
        under: Policy | None = None,
        event: Event | None = None,
        replace: Mapping[Atom, FourWays] | None = None,
    ) -> FourWays:
        """Give a condition as four formulas; None always holds.

        `event` is the candidate event where it reads ``event.…``: see `events`. `replace` gives other ways to some
        atoms of the condition itself, as for the question whether one could be left out. Raises `UnknownRule` for a
        condition that is not in the policies, nor among `more`, and for one over ``event.…`` without an event.

        >>> from complaint_rules.policy.loading import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> Worlds(policy).channels(None)
        FourWays(sure=True, possible=True, held=True, tenable=True)
        """
        tree = condition.tree if isinstance(condition, Condition) else condition
        return ALWAYS if tree is None else self._channels(tree, self._under(under), event, replace or {})

    def _channels(self, tree: Truth, under: int, event: Event | None, replace: Mapping[Atom, FourWays]) -> FourWays:
        match tree:
            case And(parts):
                return all_of([self._channels(part, under, event, replace) for part in parts])
            case Or(parts):
                return some_of([self._channels(part, under, event, replace) for part in parts])
            case Not(part):
                return opposite(self._channels(part, under, event, replace))
            case _ if tree in replace:
                return replace[tree]
            case Compare(TableValue(name), op, right):
                return self._value(name, op, right, under)
            case Compare(left, op, TableValue(name)):
                return self._member(name, op, left, under)
            case _:
                return self._atom(tree, under, event)

    def _atom(self, atom: Atom, under: int, event: Event | None) -> FourWays:
        place = PlacedAtom(under, atom)
        maker = self._maker
        if reads_event(atom) and place in maker.reading.event_atoms:
            if event is None:
                raise UnknownRule(
                    what="condition", why="it is about an event, and none is given", value=str(atom),
                    hint="pass one of events(…)",
                )  # fmt: skip
            return FourWays(*maker.with_event(place, event))
        if isinstance(atom, Always):
            return FourWays(*[atom.holds] * 4)
        ways = maker.ways.get(place)
        if ways is None:
            raise UnknownRule(
                what="condition", why="it is none of those that these worlds were made of", value=str(atom),
                hint="pass it as more=[…] to Worlds",
            )  # fmt: skip
        return FourWays(*ways)

    def _constant(self, term: Term, under: int) -> object:
        if isinstance(term, ParameterValue):
            return self._maker.reading.policies[under].scope.parameters[term.name]
        return term.value if isinstance(term, Literal) else MISSING

    def _value(self, name: str, op: str, right: Term, under: int) -> FourWays:
        """Give what is said of the value of a first-match table."""
        value = self._constant(right, under)
        if value is MISSING:
            return UNDECIDED_WAYS
        among = value if isinstance(value, tuple | frozenset) else (value,)
        rows = self._maker.reading.policies[under].tables[name].rows
        match = cast(FirstMatch, self._matched(f"table/{name}", under))  # others are not compared: see the checker
        found = value_among(match, [row.value for row in rows], [str(one) for one in among])
        return found if op in ("==", "in") else opposite(found)

    def _member(self, name: str, op: str, left: Term, under: int) -> FourWays:
        """Give what is said of the values of an every-match table."""
        value = self._constant(left, under)
        if value is MISSING:
            return UNDECIDED_WAYS
        rows = self._maker.reading.policies[under].tables[name].rows
        found = value_in(self._ways_of(f"table/{name}", under), [row.value for row in rows], str(value))
        return found if op == "in" else opposite(found)

    def events(
        self, condition: Condition | None, selectors: Sequence[Selector], *, under: Policy | None = None
    ) -> tuple[Event, ...]:
        """Give the typical events that some selectors mean and a condition over ``event.…`` can tell apart.

        They carry no moment. Raises `OutOfBudget` where there are too many.

        >>> from complaint_rules.policy.loading import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> duty = policy.duties["ticket_menu"]
        >>> {event.by for event in Worlds(policy).events(duty.unless, duty.acts)} >= {"service_admin", None}
        True
        """
        return archetypes(self._maker.reading, self._under(under), condition, selectors)

    # -- rules --

    def _rule(self, rule: str, under: int, sections: Sequence[str]) -> Table | Limit | Duty:
        policy = self._maker.reading.policies[under]
        known: dict[str, Table | Limit | Duty] = {
            f"{section}/{name}": one
            for section, rules in (("table", policy.tables), ("limit", policy.limits), ("duty", policy.duties))
            if section in sections
            for name, one in rules.items()
        }
        found = known.get(rule)
        if found is None:
            hint = did_you_mean(rule, known) or f"it is called as {next(iter(known), 'limit/whole')}"
            raise UnknownRule(what="rule", why=f"{policy.id} has no such rule here", value=rule, hint=hint)
        return found

    def applies(self, rule: str, *, under: Policy | None = None) -> FourWays:
        """Give whether a limit or duty (``limit/whole``, ``duty/track``) applies. Raises `UnknownRule`.

        >>> from complaint_rules.policy.loading import load_policy
        >>> Worlds(load_policy("psbc-95580")).applies("duty/track").held
        True
        """
        found = self._rule(rule, self._under(under), ("limit", "duty"))
        return ALWAYS if isinstance(found, Table) else self.channels(found.when, under=under)

    def rows(self, rule: str, *, under: Policy | None = None) -> tuple[FourWays, ...]:
        """Give for each row of a table or limit (``table/priority``, ``limit/whole``) whether it holds.

        A row of a limit whose deadline a fact sets does not hold while that fact is unknown. Raises `UnknownRule`.

        >>> from complaint_rules.policy.loading import load_policy
        >>> len(Worlds(load_policy("psbc-95580")).rows("limit/whole"))
        3
        """
        return self._ways_of(rule, self._under(under))

    def _ways_of(self, rule: str, under: int) -> tuple[FourWays, ...]:
        known = self._rows.get((under, rule))
        if known is None:
            found = self._rule(rule, under, _ROWED)
            rows = () if isinstance(found, Duty) else found.rows
            known = tuple(self._row(row.when, row.by if isinstance(row, LimitRow) else None, under) for row in rows)
            self._rows[under, rule] = known
        return known

    def _row(self, when: Condition | None, by: str | None, under: int) -> FourWays:
        ways = ALWAYS if when is None else self._channels(when.tree, under, None, {})
        if by is None:
            return ways
        known = self.known_fact(by)
        return FourWays(both(ways.sure, known), ways.possible, both(ways.held, known), ways.tenable)

    def known_fact(self, name: str) -> Formula:
        """Give where a fact is known; True where no condition looks at it.

        >>> from complaint_rules.policy.loading import load_policy
        >>> Worlds(load_policy("psbc-95580")).known_fact("no_such_fact")
        True
        """
        number = self._maker.places.get(Matter(Thing.FACT, name))
        if number is None:
            return True
        variable = self.variables[number]
        cells = enumerate(variable.cells)
        there = sum(1 << place for place, cell in cells if cell.free or cell.piece.facts[name] is not None)
        return within(number, there, variable.full)

    def _matched(self, rule: str, under: int) -> _Matches:
        known = self._matches.get((under, rule))
        if known is None:
            ways, found = self._ways_of(rule, under), self._rule(rule, under, _ROWED)
            every = found.every if isinstance(found, Table) else isinstance(found, Limit) and found.counts_every
            known = self._matches[under, rule] = EveryMatch(ways) if every else FirstMatch(ways)
        return known

    def fired(self, rule: str, row: int, *, under: Policy | None = None) -> Formula:
        """Give where a row counts: of first-match rows where it is the first that holds, of others where it holds.

        Raises `UnknownRule` for a rule or row that is not there.
        """
        return self._of_row(self._matched(rule, self._under(under)).fired, rule, row)

    def first_possible(self, rule: str, row: int, *, under: Policy | None = None) -> Formula:
        """Give where a row could count: it could hold, and of first-match rows none before it surely does.

        Raises `UnknownRule` for a rule or row that is not there.
        """
        return self._of_row(self._matched(rule, self._under(under)).possible, rule, row)

    def _of_row(self, formulas: Sequence[Formula], rule: str, row: int) -> Formula:
        if not 0 <= row < len(formulas):
            raise UnknownRule(what=rule, why=f"it has {len(formulas)} rows, from 0", value=row)
        return formulas[row]

    def no_row(self, rule: str, *, under: Policy | None = None) -> Formula:
        """Give where no row holds. Raises `UnknownRule`."""
        return self._matched(rule, self._under(under)).none

    def surely_some_row(self, rule: str, *, under: Policy | None = None) -> Formula:
        """Give where some row surely holds. Raises `UnknownRule`."""
        return self._matched(rule, self._under(under)).some

    def some_row(self, rule: str, *, under: Policy | None = None) -> Formula:
        """Give where some row holds. Raises `UnknownRule`."""
        return either(*self._matched(rule, self._under(under)).fired)

    def all_known(self) -> Formula:
        """Give where nothing is unknown, undetermined or not looked up."""
        return both(*(within(place, one.known, one.full) for place, one in enumerate(self.variables)))
