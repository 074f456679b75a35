"""The typical events that a condition over ``event.…`` can tell apart: what a duty may forbid (典型事项)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from complaint_rules.cases.case import Event
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import EventField, atoms_of, terms_of
from complaint_rules.errors import OutOfBudget
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.worlds.cells import numbers
from complaint_rules.verification.worlds.reading import SETS, Reading

MOST_TYPES: Final = 4_096
"""How many events are told apart."""


def archetypes(
    reading: Reading, under: int, condition: Condition | None, selectors: Sequence[Selector]
) -> tuple[Event, ...]:
    """Give the typical events that some selectors mean and a condition can tell apart, without moments.

    Raises `OutOfBudget` where there are more than `MOST_TYPES`.
    """
    read = dict.fromkeys(
        term.name
        for atom in (() if condition is None else atoms_of(condition.tree))
        for term in terms_of(atom)
        if isinstance(term, EventField)
    )
    found: dict[Event, None] = {}
    for selector in selectors:
        choices = _choices(reading, under, tuple(read), selector)
        for tried, values in enumerate(itertools.product(*choices.values())):
            if tried >= MOST_TYPES:
                raise OutOfBudget(what="events", why="there are too many kinds of event to tell apart", value=tried)
            fields = {name: value for name, value in zip(choices, values, strict=True) if value is not None}
            event = Event(selector.kind, **fields)  # type: ignore[arg-type]  # the fields of selectors and conditions
            if selector.matches(event):
                found[event] = None
    return tuple(found)


def _choices(
    reading: Reading, under: int, read: Sequence[str], selector: Selector
) -> Mapping[str, Sequence[FactValue | None]]:
    """Give the values tried of each field: those that the selector asks for, or else those conditions know."""
    wanted = dict(selector.fields)
    left_out = dict(selector.without)
    found: dict[str, Sequence[FactValue | None]] = {}
    for name in dict.fromkeys((*wanted, *left_out, *read)):
        if name in ("kind", "skips_level"):
            continue
        known = [one for one in reading.field_values(name) if name in read]
        if name in SETS:
            codes = [str(one) for one in known]
            least = wanted.get(name, frozenset())
            found[name] = [some or None for some in _sets(codes, least)]
        elif name in wanted:
            found[name] = sorted(wanted[name]) if name in read or name in left_out else sorted(wanted[name])[:1]
        elif name == "amount":
            marks = [one for one in known if isinstance(one, int | Decimal)]
            found[name] = [None, *(number for _, number in numbers(marks, whole=False, least=Decimal(0)))]
        else:
            found[name] = [None, *known]
    if "skips_level" in read:
        _add_steps(reading, under, found, wanted)
    return found


def _sets(codes: Sequence[str], least: frozenset[str]) -> Iterator[frozenset[str]]:
    more = [code for code in codes if code not in least]
    for size in range(len(more) + 1):
        for some in itertools.combinations(more, size):
            yield least.union(some)


def _add_steps(
    reading: Reading,
    under: int,
    found: dict[str, Sequence[FactValue | None]],
    wanted: Mapping[str, frozenset[str]],
) -> None:
    """Let events go from one level to the next, and past one."""
    levels = list(reading.policies[under].levels)
    for name in ("by", "to"):
        if name not in wanted:
            found[name] = list(dict.fromkeys((*found.get(name, (None,)), *levels)))
