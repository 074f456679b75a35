"""Pairs of cases between which one thing changes and the answer turns (成对用例): boundary values, and each part alone.

For a part of a condition to decide alone, the parts beside it must not: of ``a and b`` the other has to hold, of ``a or
b`` it must not. So set, the part is turned by the one fact it reads, between values that stand beside each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.conditions.trees import Atom, Compare, Fact, Given, Has, Truth, terms_of
from complaint_rules.language import Pair
from complaint_rules.verification.generation.bench import Glimpse, Workbench
from complaint_rules.verification.generation.making import PLAIN, Goals, lone
from complaint_rules.verification.generation.sketches import Sketch, Step
from complaint_rules.verification.generation.values import Value

Answer: TypeAlias = Callable[[Assessment], bool | None]
"""Whether what the condition decides came out; None: nobody knows."""
_MOST_BASES: Final = 10
_MOST_WAYS: Final = 4
_MOST_PAIRS: Final = 12


class Turn(NamedTuple):
    """Two cases between which one part of a condition turns the answer."""

    number: int
    """Which part of the condition, from 1."""
    pair: int
    """Which pair of that part, from 1."""
    part: Pair
    """The part in words."""
    values: tuple[Pair, Pair]
    """What holds in the one case and in the other, in words."""
    on: Glimpse
    """The case in which it comes out."""
    off: Glimpse
    """The case in which it does not."""

    def key(self, *, on: bool) -> str:
        """Give the end of the id of one of the two."""
        return f"{self.number}.{self.pair}.{'on' if on else 'off'}"

    def why(self, *, on: bool) -> Pair:
        """Say what one of the two is about."""
        zh, en = self.values[0 if on else 1]
        said: Pair = (f"{self.part[0]}：{zh}", f"{self.part[1]}: {en}")
        return said


def turns(
    bench: Workbench,
    contexts: Sequence[Goals],
    tree: Truth,
    answer: Answer,
    *more: Step,
    received: dt.datetime = PLAIN,
) -> Iterator[Turn]:
    """Give the pairs for each part of a condition; for one that cannot turn the answer alone there is none.

    `contexts` are what may have to hold besides, of which the first that lets a part turn the answer is taken; `more`
    happens behind what the condition needs.
    """
    for number, (atom, beside) in enumerate(lone(tree), start=1):
        for context in contexts:
            found = _first_found(bench, [*context, *beside], _Asked(number, atom, answer, more, received))
            yield from found
            if found:
                break


class _Asked(NamedTuple):
    number: int
    atom: Atom
    answer: Answer
    more: tuple[Step, ...]
    received: dt.datetime


def _first_found(bench: Workbench, goals: Goals, asked: _Asked) -> list[Turn]:
    """Give the pairs for one part in the plainest setting in which it turns the answer."""
    for base in list(bench.maker.tried(Sketch(), goals, _MOST_BASES)):
        found = list(_of_atom(bench, base, asked))
        if found:
            return found
    return []


def _of_atom(bench: Workbench, base: Sketch, asked: _Asked) -> Iterator[Turn]:
    part, pair = bench.atom(asked.atom), 0
    for ways in islice(_ways(bench, base, asked.atom), _MOST_PAIRS):
        for one, other, values in ways:
            looks = [bench.glance(draft, *asked.more, received=asked.received) for draft in (one, other)]
            answers = [asked.answer(look.found) for look in looks]
            if set(answers) == {True, False}:
                pair += 1
                on, off = (0, 1) if answers[0] else (1, 0)
                yield Turn(asked.number, pair, part, (values[on], values[off]), looks[on], looks[off])
                break


_HOLDS: Final = (("成立", "it holds"), ("不成立", "it does not hold"))
_Way: TypeAlias = tuple[Sketch, Sketch, tuple[Pair, Pair]]


def _ways(bench: Workbench, base: Sketch, atom: Atom) -> Iterator[list[_Way]]:
    """Give pairs of drafts that differ in what an atom says, as little as can be: of each list one is wanted."""
    names = {term.name for term in terms_of(atom) if isinstance(term, Fact)} - {"received"}
    if isinstance(atom, Given | Compare) and len(names) == 1:
        (name,) = names
        yield from ([way] for way in _by_value(bench, base, atom, name))
        return
    holding = list(bench.maker.ways(base, atom, holds=True, most=_MOST_WAYS))
    failing = list(bench.maker.ways(base, atom, holds=False, most=_MOST_WAYS))
    apart = [sorted(((one, other, _HOLDS) for other in failing), key=_distance) for one in holding]
    if isinstance(atom, Has):  # each value that it accepts
        yield from apart
    else:
        yield sorted((way for ways in apart for way in ways), key=_distance)


def _distance(way: _Way) -> int:
    """Count in how much two drafts differ."""
    one, other, _ = way
    names = {**one.facts, **other.facts}
    facts = sum(bool(_first(one, name) != _first(other, name)) for name in names)
    links = sum(abs(one.links.get(name, 0) - other.links.get(name, 0)) for name in {**one.links, **other.links})
    return facts + abs(len(one.steps) - len(other.steps)) + (one.wait != other.wait) + links


def _first(draft: Sketch, name: str) -> Value:
    return next(iter(draft.facts.get(name, ())), None)


def _by_value(bench: Workbench, base: Sketch, atom: Atom, name: str) -> Iterator[_Way]:
    allowed = bench.maker.allowed(base, name)
    says = [bench.maker.says(atom, {name: value}) for value in allowed]
    for one, other in _neighbours(allowed, says):
        words = bench.known(name, _shown(one)), bench.known(name, _shown(other))
        yield base.constrained(name, (one,)), base.constrained(name, (other,)), words


def _neighbours(values: tuple[Value, ...], says: list[bool | None]) -> Iterator[tuple[Value, Value]]:
    """Give values between which an atom turns: of numbers and moments those beside each other, of codes each named."""
    if all(isinstance(value, int | Decimal | dt.date | dt.timedelta) for value in values):
        for place in range(len(values) - 1):
            if {says[place], says[place + 1]} == {True, False}:
                yield values[place], values[place + 1]
        return
    on = [value for value, said in zip(values, says, strict=True) if said is True]
    off = [value for value, said in zip(values, says, strict=True) if said is False]
    few, many = (on, off) if len(on) <= len(off) else (off, on)
    for place, value in enumerate(few):
        yield value, (many[place] if place < len(many) else many[-1])


def _shown(value: Value) -> Value:
    return str(value) if isinstance(value, dt.timedelta) else value
