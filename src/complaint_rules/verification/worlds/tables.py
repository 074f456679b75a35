"""Tables as formulas (分类表): which row fires, which could be the first, which values are sure, possible, held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, final

from complaint_rules.verification.worlds.formulas import Formula, both, either, negated


class FourWays(NamedTuple):
    """What is said of a condition in every world, as four formulas: without presumptions, and with them."""

    sure: Formula
    """Where it holds whatever the unknown turns out to be."""
    possible: Formula
    """Where it could still hold."""
    held: Formula
    """Where it holds once every presumption is taken for granted."""
    tenable: Formula
    """Where it could still hold once every presumption is taken for granted."""


ALWAYS = FourWays(True, True, True, True)
"""What always holds."""
UNDECIDED_WAYS = FourWays(False, True, False, True)
"""What nobody can say for want of a parameter."""


def opposite(ways: FourWays) -> FourWays:
    """Give the opposite of a condition.

    >>> opposite(FourWays(False, True, False, True)), opposite(ALWAYS).held
    (FourWays(sure=False, possible=True, held=False, tenable=True), False)
    """
    sure, possible, held, tenable = ways
    return FourWays(negated(possible), negated(sure), negated(tenable), negated(held))


def all_of(parts: Sequence[FourWays]) -> FourWays:
    """Give that all conditions hold.

    >>> all_of([ALWAYS, UNDECIDED_WAYS]).sure
    False
    """
    return FourWays(*(both(*(part[way] for part in parts)) for way in range(4)))


def some_of(parts: Sequence[FourWays]) -> FourWays:
    """Give that at least one condition holds.

    >>> some_of([ALWAYS, UNDECIDED_WAYS]).sure
    True
    """
    return FourWays(*(either(*(part[way] for part in parts)) for way in range(4)))


@final
class FirstMatch:
    """Rows of which the first that holds decides."""

    __slots__ = ("fired", "none", "possible", "some")

    def __init__(self, rows: Sequence[FourWays]) -> None:
        self.fired: list[Formula] = []
        """For each row, where it is the first that holds."""
        self.possible: list[Formula] = []
        """For each row, where it could be the first that holds."""
        none: Formula = True
        unsure: Formula = True
        for row in rows:
            self.fired.append(both(row.held, none))
            self.possible.append(both(row.possible, unsure))
            none = both(none, negated(row.held))
            unsure = both(unsure, negated(row.sure))
        self.none: Formula = none
        """Where no row holds."""
        self.some: Formula = negated(unsure)
        """Where some row surely holds."""


@final
class EveryMatch:
    """Rows that all count where they hold."""

    __slots__ = ("fired", "none", "possible", "some")

    def __init__(self, rows: Sequence[FourWays]) -> None:
        self.fired: list[Formula] = [row.held for row in rows]
        """For each row, where it holds."""
        self.possible: list[Formula] = [row.possible for row in rows]
        """For each row, where it could hold."""
        self.none: Formula = both(*(negated(row.held) for row in rows))
        """Where no row holds."""
        self.some: Formula = either(*(row.sure for row in rows))
        """Where some row surely holds."""


def value_among(match: FirstMatch, values: Sequence[str], among: Collection[str]) -> FourWays:
    """Give where a first-match table has one of some values; `values` are those of its rows.

    >>> value_among(FirstMatch([UNDECIDED_WAYS, ALWAYS]), ["urgent", "ordinary"], {"ordinary"})
    FourWays(sure=False, possible=True, held=True, tenable=True)
    """
    placed = list(zip(match.fired, match.possible, values, strict=True))
    others = [negated(possible) for _, possible, value in placed if value not in among]
    possible = either(*(possible for _, possible, value in placed if value in among))
    held = either(*(fired for fired, _, value in placed if value in among))
    # Undecided without a value: nothing is presumed, so no claim is supported, negated or not.
    return FourWays(both(match.some, *others), possible, held, either(held, both(match.none, possible)))


def value_in(rows: Sequence[FourWays], values: Sequence[str], wanted: str) -> FourWays:
    """Give where an every-match table has a value among its values.

    >>> value_in([UNDECIDED_WAYS], ["urgent"], "urgent")
    FourWays(sure=False, possible=True, held=False, tenable=False)
    """
    found = some_of([row for row, value in zip(rows, values, strict=True) if value == wanted])
    return found._replace(tenable=found.held)
