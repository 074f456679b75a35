"""Axes with round steps (坐标轴): 1, 2 or 5 times a power of ten, so that a reader can count along."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import count
from typing import Final, NamedTuple

from complaint_rules.statistics.rounding import rounded

_MOST_STEPS: Final = 6
_ROUND: Final = (1, 2, 5)
_FINEST: Final = 12


class Axis(NamedTuple):
    """An axis that holds all the numbers it was made for, and 0."""

    step: Fraction
    """From one tick to the next: 1, 2 or 5 times a power of ten."""
    first: int
    """The first tick, in steps."""
    last: int
    """The last tick, in steps."""

    @classmethod
    def over(cls, values: Iterable[Fraction]) -> Axis:
        """Make the axis of some numbers; of whole numbers every tick is whole.

        >>> axis = Axis.over([Fraction(746), Fraction(497)])
        >>> [axis.text(tick) for tick in axis.ticks]
        ['0', '200', '400', '600', '800']
        """
        known = [*values, Fraction(0)]
        low, high = min(known), max(known)
        if low == high:
            high = Fraction(1)
        least = 1 if all(value.denominator == 1 for value in known) else 0
        axes = (cls(step, low // step, -(-high // step)) for step in _steps(high - low) if step >= least)
        return next(axis for axis in axes if axis.last - axis.first <= _MOST_STEPS)

    @property
    def ticks(self) -> tuple[Fraction, ...]:
        """Where it is marked, from the lowest to the highest."""
        return tuple(self.step * place for place in range(self.first, self.last + 1))

    def text(self, tick: Fraction) -> str:
        """Write a tick, with as many places behind the point as the step needs."""
        places = next(n for n in range(_FINEST + 1) if (self.step * 10**n).denominator == 1)
        return f"{rounded(tick, places):f}"

    def part(self, value: Fraction) -> Fraction:
        """Give where a number lies on it: 0 at the first tick, 1 at the last.

        >>> Axis.over([Fraction(8)]).part(Fraction(4))
        Fraction(1, 2)
        """
        return (value / self.step - self.first) / (self.last - self.first)


def _steps(span: Fraction) -> Iterable[Fraction]:
    """Give round steps from one that is too small for the span upwards."""
    digits = len(str(span.numerator)) - len(str(span.denominator)) - 3
    return (Fraction(10) ** power * mantissa for power in count(max(digits, -_FINEST)) for mantissa in _ROUND)
