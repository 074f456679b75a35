"""What a figure comes to (指标值): five values that add up exactly, with what nobody knows kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Final, final

import attrs

from complaint_rules.errors import InvalidFigure
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.units import Unit
from complaint_rules.policy.figures import Rate
from complaint_rules.statistics.adding import Adding, none_yet, together, whole_number
from complaint_rules.statistics.rounding import rounded

Bounds = tuple[Fraction | None, Fraction | None]
"""The least and the most a value can turn out to be; None: there is nothing to measure, or no end to it."""
_NOTHING: Final[Bounds] = (None, None)


def _fen(_: object, field: attrs.Attribute[int], value: object) -> None:
    if type(value) is not int:
        raise InvalidFigure(what=field.name, why="a whole number of fen is expected", value=value)


@final
@attrs.frozen(kw_only=True, repr=False)
class CaseCount(Adding):
    """How many (件数).

    >>> (CaseCount(n=3, undecided=1) + CaseCount(n=2)).bounds
    (Fraction(5, 1), Fraction(6, 1))
    """

    n: int = none_yet()
    """How many count."""
    undecided: int = none_yet()
    """Of how many nobody knows whether they count."""
    presumed: int = none_yet()
    """How many of `n` count by a presumption (推定)."""
    unknown: int = none_yet()
    """Cases that count, or may, nobody knows how many times: their weight is not known."""

    @property
    def value(self) -> Fraction:
        """How many count."""
        return Fraction(self.n)

    @property
    def bounds(self) -> Bounds:
        """Without, and with, all of which nobody knows; None in place of the most where a weight is not known."""
        return Fraction(self.n), None if self.unknown else Fraction(self.n + self.undecided)


@final
@attrs.frozen(kw_only=True, repr=False)
class Share(Adding):
    """A share (占比): yes ÷ (yes + no).

    >>> satisfied = Share(yes=4, no=3, undecided=5)
    >>> satisfied.value, satisfied.bounds
    (Fraction(4, 7), (Fraction(1, 3), Fraction(3, 4)))
    """

    yes: int = none_yet()
    """How many of the population are of the kind asked about."""
    no: int = none_yet()
    """How many are not."""
    undecided: int = none_yet()
    """Of how many nobody knows: whether they are, or whether they belong to the population."""
    presumed: int = none_yet()
    """How many of `yes` and `no` rest on a presumption (推定)."""

    @property
    def value(self) -> Fraction | None:
        """The share of those of whom it is known; None: there is none of them."""
        return _ratio(self.yes, self.yes + self.no)

    @property
    def bounds(self) -> Bounds:
        """The share with all of whom nobody knows against, and with all of them for."""
        everybody = self.yes + self.no + self.undecided
        return _ratio(self.yes, everybody), _ratio(self.yes + self.undecided, everybody)


@final
@attrs.frozen(kw_only=True, repr=False)
class LimitRuns(Adding):
    """How the runs of a limit stand (时限执行情况): every run is in exactly one class.

    >>> runs = LimitRuns(in_time=6, late=1, open_in_time=2, open_late=1, undetermined=1, void=1)
    >>> runs.rate(), runs.rate(Rate.ENDED), runs.runs
    (Fraction(3, 4), Fraction(6, 7), 12)
    """

    in_time: int = none_yet()
    """Kept in time."""
    late: int = none_yet()
    """Ended late."""
    open_in_time: int = none_yet()
    """Still running, or stopped."""
    open_late: int = none_yet()
    """Overdue, and still open."""
    undetermined: int = none_yet()
    """Of which nobody knows."""
    void: int = none_yet()
    """Ended without result before they were late, as by a withdrawal."""
    void_late: int = none_yet()
    """Ended without result after they were late."""
    not_started: int = none_yet()
    """Of cases in which the limit has not started."""
    not_applicable: int = none_yet()
    """Of cases to which the limit does not apply."""
    undecided: int = none_yet()
    """Cases of which nobody knows whether they belong to the population; their runs are in no class."""

    @property
    def runs(self) -> int:
        """How many there are in all classes together."""
        classes: tuple[int, ...] = attrs.astuple(self)
        return sum(classes) - self.undecided

    @property
    def value(self) -> Fraction | None:
        """The rate among those due; see `rate`."""
        return self.rate()

    def rate(self, of: Rate | str = Rate.DUE) -> Fraction | None:
        """Give the share kept in time of those due, of those ended, or of all; None: there is none of them.

        Void ones are in no denominator, nor are those of which nobody knows: see `bounds`. Raises `InvalidFigure` for
        another word than due, ended, all.
        """
        of = Rate.read(of, what="rate", error=InvalidFigure)
        ended = self.in_time + self.late
        due = ended + (0 if of is Rate.ENDED else self.open_late)
        return _ratio(self.in_time, due + (self.open_in_time if of is Rate.ALL else 0))

    @property
    def bounds(self) -> Bounds:
        """The rate among those due with all of which nobody knows late, and with all of them in time."""
        known, open_ = self.in_time + self.late + self.open_late, self.undetermined + self.undecided
        return _ratio(self.in_time, known + open_), _ratio(self.in_time + open_, known + open_)


def _unit(value: object) -> Unit:
    return Unit.read(value, what="unit", error=InvalidFigure)


def _lengths(value: object) -> Mapping[int, int]:
    if not isinstance(value, Mapping):
        why = "a mapping of lengths to numbers is expected"
        raise InvalidFigure(what="durations", why=why, value=type(value).__name__)
    for one in (*value, *value.values()):
        whole_number(one, "durations")
    return FrozenMap({length: value[length] for length in sorted(value) if value[length]})


@final
@attrs.frozen(kw_only=True, repr=False)
class Times(Adding):
    """How long it took (时长), in whole units rounded up, as `duration` gives them; exact after adding.

    >>> times = Times(unit=Unit.WORKING_DAYS, ended={1: 1, 2: 1, 5: 1, 6: 2, 10: 1}, open={8: 4})
    >>> times.median, times.mean, times.percentile(90)
    (Fraction(11, 2), Fraction(5, 1), 10)
    """

    unit: Unit = attrs.field(converter=_unit)
    """In what it is measured."""
    ended: Mapping[int, int] = attrs.field(factory=dict, converter=_lengths)
    """How many of each length."""
    open: Mapping[int, int] = attrs.field(factory=dict, converter=_lengths)
    """How many of those still open, by their age so far."""
    unknown: int = none_yet()
    """Ended, of unknown length."""
    impossible: int = none_yet()
    """Ended before they began: a fault of the record."""
    left: int = none_yet()
    """Ended otherwise, as by a withdrawal: neither ended nor open."""
    undecided: int = none_yet()
    """Of how many nobody knows whether they belong to the population."""

    @property
    def n(self) -> int:
        """How many ended, with a known length."""
        return sum(self.ended.values())

    @property
    def still_open(self) -> int:
        """How many are open."""
        return sum(self.open.values())

    @property
    def value(self) -> Fraction | None:
        """The median."""
        return self.median

    @property
    def mean(self) -> Fraction | None:
        """The exact mean (平均数) of those that ended; None: none did."""
        return _ratio(sum(length * number for length, number in self.ended.items()), self.n)

    @property
    def median(self) -> Fraction | None:
        """The middle length (中位数) of those that ended, or half the sum of the two middle ones; None: none did."""
        n = self.n
        return Fraction(_nth(self.ended, (n + 1) // 2) + _nth(self.ended, n // 2 + 1), 2) if n else None

    def percentile(self, p: int | Fraction) -> int | None:
        """Give the smallest length that at least p % of those that ended do not exceed (nearest rank); None: none did.

        Raises `InvalidFigure` where p does not lie above 0 and at most at 100.
        """
        rank = _rank(p, self.n)
        return _nth(self.ended, rank) if self.n else None

    def at_least(self, p: int | Fraction) -> tuple[int | None, bool]:
        """Give the percentile over ended and open ones, the open ones at their age so far, and whether it is final.

        It can only rise; it is final where no open one can still change it. None: there is none of either.
        Raises as `percentile`.

        >>> Times(unit=Unit.DAYS, ended={1: 3}, open={0: 1}).at_least(50)
        (1, True)
        """
        both = together(self.ended, self.open)
        total = self.n + self.still_open
        rank = _rank(p, total)
        if not total:
            return None, False
        found = _nth(both, rank)
        return found, self.within(found) >= rank

    @property
    def bounds(self) -> Bounds:
        """The median with all lengths that nobody knows as short, and as long, as can be.

        None in place of the most: it has no end. Unknown are those of `unknown`, of `impossible`, whose record is
        wrong, and of `undecided`.

        >>> Times(unit=Unit.DAYS, ended={3: 4}, unknown=1).bounds
        (Fraction(3, 1), Fraction(3, 1))
        """
        hidden = self.unknown + self.impossible + self.undecided
        n = self.n + hidden
        if not n:
            return _NOTHING
        low, high = (n + 1) // 2, n // 2 + 1
        shortest = together(self.ended, {0: hidden})
        least = Fraction(_nth(shortest, low) + _nth(shortest, high), 2)
        return least, Fraction(_nth(self.ended, low) + _nth(self.ended, high), 2) if high <= self.n else None

    def within(self, length: int) -> int:
        """Count those that ended within a length, inclusive; raises `InvalidFigure` where it is no whole number."""
        whole_number(length, "within")
        return sum(number for one, number in self.ended.items() if one <= length)

    def bands(self, edges: Iterable[int]) -> tuple[int, ...]:
        """Count the open ones by age (账龄): up to the first edge inclusive, up to the next, …, above the last.

        Raises `InvalidFigure` where the edges are no whole numbers or do not rise.

        >>> Times(unit=Unit.DAYS, open={5: 1, 6: 2, 40: 1}).bands([5, 15])
        (1, 2, 1)
        """
        steps = tuple(whole_number(edge, "bands") for edge in edges)
        if any(above <= below for below, above in pairwise(steps)):
            raise InvalidFigure(what="bands", why="the edges have to rise", value=steps)
        found = [0] * (len(steps) + 1)
        for age, number in self.open.items():
            found[sum(age > edge for edge in steps)] += number
        return tuple(found)


@final
@attrs.frozen(kw_only=True, repr=False)
class Money(Adding):
    """A sum of money (金额), in whole fen.

    >>> (Money(fen=1005, n=1) + Money(fen=95, n=1, unknown=1)).value
    Decimal('11.00')
    """

    fen: int = attrs.field(default=0, validator=_fen)
    """The sum, in fen."""
    n: int = none_yet()
    """Of how many amounts it is the sum."""
    unknown: int = none_yet()
    """How many amounts nobody knows."""
    undecided: int = none_yet()
    """Of how many cases nobody knows whether they belong to the population."""

    @property
    def value(self) -> Decimal | None:
        """The sum of the known amounts, in yuan; None: there may be some, and nobody knows any."""
        return rounded(Fraction(self.fen, 100), 2) if self.n or not self._hidden else None

    @property
    def bounds(self) -> Bounds:
        """The sum twice; None and None where an amount is not known: it may be any."""
        return _NOTHING if self._hidden else (Fraction(self.fen, 100), Fraction(self.fen, 100))

    @property
    def _hidden(self) -> int:
        return self.unknown + self.undecided


def _ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _rank(percent: object, n: int) -> int:
    p = percent if isinstance(percent, (int, Fraction)) else 0
    if isinstance(p, bool) or not 0 < p <= 100:
        raise InvalidFigure(what="percentile", why="it lies above 0 and at most at 100", value=percent)
    return max(1, -(-p * n // 100))


def _nth(lengths: Mapping[int, int], rank: int) -> int:
    """Give the length of the one with that rank, from 1; there are as many."""
    order = sorted(lengths)
    return next(
        one for one, known in zip(order, accumulate(map(lengths.__getitem__, order)), strict=True) if known >= rank
    )
