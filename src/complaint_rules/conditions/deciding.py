"""Which atoms of a condition decided it, and with which values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias, final

import attrs

from complaint_rules.conditions.compiling import (
    PRESUMED_FALSE,
    PRESUMED_TRUE,
    SURELY_FALSE,
    SURELY_TRUE,
    UNDECIDED,
    compile_atoms,
)
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import MISSING, CaseView, Number, Scope
from complaint_rules.conditions.trees import (
    And,
    Atom,
    Count,
    EventField,
    Fact,
    LinkedCount,
    Not,
    Or,
    ParameterValue,
    TableValue,
    Term,
    Truth,
    atoms_of,
    terms_of,
)

_MOST_REMEMBERED: Final = 1024


@final
@attrs.frozen(kw_only=True)
class DecidingAtom:
    """One part of a condition that decided it, with what it read."""

    atom: Atom
    """The part; whether what it says is so stands in `truth`."""
    values: tuple[tuple[str, object], ...]
    """Names and values of the facts, tables, parameters and numbers it read; None: unknown, or not given."""
    truth: bool | None
    """Whether it holds; None: nobody knows, and nothing is presumed."""
    assumed: bool
    """Whether `truth` rests on a presumption (推定)."""


_NEGATED: Final = {
    SURELY_FALSE: SURELY_TRUE,
    SURELY_TRUE: SURELY_FALSE,
    PRESUMED_FALSE: PRESUMED_TRUE,
    PRESUMED_TRUE: PRESUMED_FALSE,
    UNDECIDED: UNDECIDED,
}


_TRUTHS: Final = {SURELY_FALSE: False, PRESUMED_FALSE: False, SURELY_TRUE: True, PRESUMED_TRUE: True, UNDECIDED: None}


_DECIDES_AND: Final = (SURELY_FALSE, PRESUMED_FALSE, UNDECIDED)


_DECIDES_OR: Final = (SURELY_TRUE, PRESUMED_TRUE, UNDECIDED)


def _weigh(tree: Truth, codes: Iterator[tuple[int, int]]) -> tuple[int, tuple[int, ...]]:
    """Say how a tree came out and which of its atoms, by place, suffice to show it."""
    match tree:
        case And(parts) | Or(parts):
            weighed = [_weigh(part, codes) for part in parts]
            # One false part settles `and`, one true part settles `or`: the surest of them are named, else all parts.
            for code in _DECIDES_AND if isinstance(tree, And) else _DECIDES_OR:
                found = [places for came_out, places in weighed if came_out == code]
                if found:
                    return code, sum(found, ())
            sure, presumed = (SURELY_TRUE, PRESUMED_TRUE) if isinstance(tree, And) else (SURELY_FALSE, PRESUMED_FALSE)
            code = sure if all(came_out == sure for came_out, _ in weighed) else presumed
            return code, sum((places for _, places in weighed), ())
        case Not(part):
            code, places = _weigh(part, codes)
            return _NEGATED[code], places
        case _:
            place, code = next(codes)
            return code, (place,)


_Reader: TypeAlias = tuple[str, Callable[[CaseView], object]]


def _reader(term: Term, scope: Scope) -> _Reader | None:
    """Give name and source of the value a term reads; None for a constant."""
    match term:
        case Fact(name):
            return name, lambda view: view.complaint.fact(name)
        case TableValue(name):
            index = list(scope.tables).index(name)
            return name, lambda view: view.table(index).value
        case ParameterValue(name):
            supplied = scope.parameters[name]
            value = None if supplied is MISSING else supplied
            return name, lambda _: value
        case EventField("skips_level"):
            return "event.skips_level", lambda view: view.skips_level
        case EventField(name):
            return f"event.{name}", lambda view: getattr(view.event, name)
        case Count(kind, selectors):
            return kind, lambda view: view.count(kind, selectors)[:2]
        case LinkedCount(link):
            return link, lambda view: _exact(view.linked(link))
        case _:
            return None


def _exact(number: Number) -> int | None:
    least, most, _ = number
    return least if least == most else None


@final
class Explainer:
    """Says which atoms decided a condition; made once for each, because the same outcomes come back.

    >>> from types import SimpleNamespace as Case
    >>> from complaint_rules.cases.complaint import Complaint
    >>> from complaint_rules.conditions.scopes import FactSpec
    >>> from complaint_rules.conditions.parsing import parse
    >>> scope = Scope(facts={n: FactSpec(name=n, type="bool", assume=False) for n in ("joint", "repeat")})
    >>> explainer = Explainer(parse("joint and repeat", scope), scope)
    >>> import datetime as dt
    >>> case = Case(complaint=Complaint(id="c-1", received=dt.date(2026, 9, 30), joint=True))
    >>> [(one.atom, one.truth, one.assumed) for one in explainer.decided_by(case)]
    [(Given(term=Fact(name='repeat')), False, True)]
    """

    __slots__ = ("_atoms", "_codes", "_readers", "_remembered", "_tree")

    def __init__(self, condition: Condition, scope: Scope) -> None:
        self._tree = condition.tree
        self._atoms = tuple(atoms_of(condition.tree))
        self._codes = compile_atoms(condition, scope)
        self._readers = tuple(
            tuple(reader for term in terms_of(atom) if (reader := _reader(term, scope)) is not None)
            for atom in self._atoms
        )
        self._remembered: dict[tuple[int, ...], tuple[int, ...]] = {}

    def decided_by(self, view: CaseView) -> tuple[DecidingAtom, ...]:
        """Name the atoms that suffice to show the outcome, left to right.

        Of an ``and`` that fails the parts that fail, of an ``or`` that holds the parts that hold, else all; parts
        that are sure come before parts that are presumed. Where nobody knows: the parts that nobody knows.
        """
        codes = self._codes(view)
        places = self._remembered.get(codes)
        if places is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            places = self._remembered[codes] = _weigh(self._tree, iter(enumerate(codes)))[1]
        return tuple(
            DecidingAtom(
                atom=self._atoms[place],
                values=tuple((name, read(view)) for name, read in self._readers[place]),
                truth=_TRUTHS[codes[place]],
                assumed=codes[place] in (PRESUMED_TRUE, PRESUMED_FALSE),
            )
            for place in places
        )


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _explainer(condition: Condition, scope: Scope) -> Explainer:
    return Explainer(condition, scope)


def decided_by(condition: Condition, view: CaseView, scope: Scope) -> tuple[DecidingAtom, ...]:
    """Name the atoms that decided a condition here; see `Explainer.decided_by`, which this looks up or makes.

    >>> from complaint_rules.conditions.parsing import parse
    >>> [decided.atom for decided in decided_by(parse("True or False", Scope()), None, Scope())]
    [Always(holds=True)]
    """
    return _explainer(condition, scope).decided_by(view)
