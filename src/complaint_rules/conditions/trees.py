"""The checked tree of a condition: a closed set of small classes, to be matched with ``match``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias, final, get_type_hints

import attrs

from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.scopes import MISSING, FactType, Scope, Selectors
from complaint_rules.frozen import Shown
from complaint_rules.periods.periods import Period

ORDERING: Final = frozenset({"<", "<=", ">", ">="})
"""The comparisons that need an order."""
MEMBERSHIP: Final = frozenset({"in", "not in"})
"""The comparisons with a set or a tuple on the right."""


@final
@attrs.frozen(repr=False)
class Literal(Shown):
    """A constant; on the right of ``in`` a tuple of constants."""

    value: FactValue | tuple[FactValue, ...]
    """What it is."""


@final
@attrs.frozen(repr=False)
class Fact(Shown):
    """The value of a fact."""

    name: str
    """Its name in the scope."""


@final
@attrs.frozen(repr=False)
class TableValue(Shown):
    """The value of a table."""

    name: str
    """Its id."""


@final
@attrs.frozen(repr=False)
class ParameterValue(Shown):
    """The value of a parameter, constant for a loaded policy."""

    name: str
    """Its id."""


@final
@attrs.frozen(repr=False)
class EventField(Shown):
    """A field of the event being judged; one that is not given is absent, not unknown."""

    name: str
    """A field of `Event`, or ``skips_level``."""


@final
@attrs.frozen(repr=False)
class Count(Shown):
    """How many such events happened."""

    kind: str
    """The kind of event."""
    selectors: Selectors
    """What its fields must hold."""


@final
@attrs.frozen(repr=False)
class LinkedCount(Shown):
    """How many complaints a link joins."""

    link: str
    """Id of the link."""


Term: TypeAlias = Literal | Fact | TableValue | ParameterValue | EventField | Count | LinkedCount
"""What can stand on a side of a comparison."""


@final
@attrs.frozen(repr=False)
class Always(Shown):
    """``True`` or ``False`` written out."""

    holds: bool
    """Which of the two."""


@final
@attrs.frozen(repr=False)
class Given(Shown):
    """A truth value used by itself."""

    term: Fact | ParameterValue | EventField
    """What is true or false."""


@final
@attrs.frozen(repr=False)
class Compare(Shown):
    """One comparison; a chained one becomes an `And` of several."""

    left: Term
    """What is compared."""
    op: str
    """``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=``, ``in`` or ``not in``."""
    right: Term
    """With what."""


@final
@attrs.frozen(repr=False)
class Has(Shown):
    """Whether such an event happened."""

    kind: str
    """The kind of event."""
    selectors: Selectors
    """What its fields must hold."""


@final
@attrs.frozen(repr=False)
class Elapsed(Shown):
    """Whether a period after an event has run out."""

    kind: str
    """The event it starts from."""
    period: Period
    """How long."""
    until: str | None
    """The event that stops the watch; None: nothing does."""
    standing: bool = False
    """Whether the last `until` that no reopening followed stops it, not the first one."""


@final
@attrs.frozen(repr=False)
class Met(Shown):
    """Whether a limit was met in time."""

    limit: str
    """Id of the limit."""


@final
@attrs.frozen(repr=False)
class Late(Shown):
    """Whether a limit is or was late."""

    limit: str
    """Id of the limit."""


@final
@attrs.frozen(repr=False)
class InState(Shown):
    """Whether the case stands so now."""

    state: str
    """``open``, or the kind of the ending that stands: one of `STATES`."""


@final
@attrs.frozen(repr=False)
class Stands(Shown):
    """Whether the latest run of a limit stands in one of certain classes."""

    limit: str
    """Id of the limit."""
    classes: tuple[str, ...]
    """Some of `STANDINGS`, in their order."""


@final
@attrs.frozen(repr=False)
class FirstOf(Shown):
    """Whether this is the first received of the complaints that belong together."""

    link: str
    """Id of the link."""


@final
@attrs.frozen(repr=False)
class HeldBy(Shown):
    """Whether a level or body has the case now."""

    holder: str
    """Its id."""


@final
@attrs.frozen(repr=False)
class HeldAtBreach(Shown):
    """Whether a level or body had the case when the latest run of a limit ran out."""

    limit: str
    """Id of the limit."""
    holder: str
    """Id of the level or body."""


@final
@attrs.frozen(repr=False)
class Not(Shown):
    """The opposite."""

    part: Truth
    """What does not hold."""


@final
@attrs.frozen(repr=False)
class And(Shown):
    """All parts hold."""

    parts: tuple[Truth, ...]
    """At least two."""


@final
@attrs.frozen(repr=False)
class Or(Shown):
    """At least one part holds."""

    parts: tuple[Truth, ...]
    """At least two."""


Beyond: TypeAlias = Has | Elapsed | Met | Late | InState | Stands | FirstOf | HeldBy | HeldAtBreach
"""A part that asks for more than the facts: of the history, of a limit, of other complaints."""
Atom: TypeAlias = Always | Given | Compare | Beyond
"""A part of a condition that has no parts of its own."""
Truth: TypeAlias = Always | Given | Compare | Beyond | Not | And | Or
"""A checked condition or part of one."""
for _tree in (Not, And, Or):
    # They hold what is only named after them; whoever reads their types finds it.
    _tree.__init__.__annotations__.update(get_type_hints(_tree))


def atoms_of(tree: Truth) -> Iterator[Atom]:
    """Give the atoms of a tree from left to right.

    >>> from complaint_rules.conditions.scopes import FactSpec
    >>> from complaint_rules.conditions.parsing import parse
    >>> scope = Scope(facts={n: FactSpec(name=n, type="bool") for n in ("joint", "repeat")})
    >>> [atom.term.name for atom in atoms_of(parse("joint and not repeat", scope).tree)]
    ['joint', 'repeat']
    """
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from atoms_of(part)
        case Not(part):
            yield from atoms_of(part)
        case _:
            yield tree


def terms_of(atom: Atom) -> tuple[Term, ...]:
    """Give the terms an atom reads.

    >>> terms_of(Given(Fact("repeat")))
    (Fact(name='repeat'),)
    """
    match atom:
        case Given(term):
            return (term,)
        case Compare(left, _, right):
            return (left, right)
        case _:
            return ()


_TYPE_CATEGORIES: Final[Mapping[FactType, str]] = {
    FactType.BOOL: "truth value",
    FactType.INT: "number",
    FactType.DECIMAL: "number",
    FactType.TEXT: "text",
    FactType.SET: "set",
    FactType.MOMENT: "moment",
    FactType.DAY: "moment",
    FactType.LEVEL: "level",
}
ANY: Final = "any"


def category_of_value(value: object) -> str:
    """Give what kind of value a constant is.

    >>> category_of_value("outlet"), category_of_value(MISSING)
    ('text', 'any')
    """
    if value is MISSING:
        return ANY
    match value:
        case bool():
            return "truth value"
        case int() | Decimal():
            return "number"
        case str():
            return "text"
        case dt.date():
            return "moment"
        case tuple() | frozenset():
            return "set"
        case _:
            return "period"


def category(term: Term, scope: Scope) -> str:
    """Give what kind of value a term has: truth value, number, text, set, moment, level, table, or any.

    >>> category(LinkedCount("same_kind"), Scope())
    'number'
    """
    match term:
        case Literal(value):
            return category_of_value(value)
        case Fact(name):
            return _TYPE_CATEGORIES[scope.facts[name].type]
        case ParameterValue(name):
            return category_of_value(scope.parameters[name])
        case TableValue():
            return "table"
        case Count() | LinkedCount():
            return "number"
        case EventField("told" | "items"):
            return "set"
        case EventField("amount"):
            return "number"
        case EventField("skips_level"):
            return "truth value"
    return "text"
