"""Checking a published figure (核对公布数字): what its printed number can have been, and whether that fits."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final, final

import attrs

from complaint_rules.errors import InvalidFigure
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.statistics.comparing import median_of
from complaint_rules.statistics.rounding import exact_number, rounded

_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?")


class Verdict(Coded):
    """Whether a printed figure follows from what it is worked out of (核对结论)."""

    EQUAL = "equal", "相符", "equal"
    """What it is worked out of is exact, and rounds to it."""
    POSSIBLE = "possible", "可能相符", "possible"
    """What it is worked out of was rounded itself, and some value that it can have had rounds to it."""
    CONTRADICTED = "contradicted", "不符", "contradicted"
    """Nothing that it can be worked out of rounds to it."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Between(Shown):
    """What a number can have been (取值区间): from `least`, inclusive, up to `most`.

    `most` itself is left out, save where both are the same: then the number is exact.
    """

    least: Fraction
    """The least it can have been."""
    most: Fraction
    """What it lies below; where it is `least`, the number itself."""

    @property
    def exact(self) -> bool:
        """Whether it is one number.

        >>> Between.printed("93.6").exact
        False
        """
        return self.least == self.most

    @classmethod
    def of(cls, value: Fraction | Decimal | int) -> Between:
        """Take an exact number; raises `InvalidFigure` for one that is not exact.

        >>> Between.of(5).exact
        True
        """
        exact = exact_number(value)
        return cls(least=exact, most=exact)

    @classmethod
    def printed(cls, text: str) -> Between:
        """Read a printed number: half a unit of its last place up and down, as rounding half away from zero leaves it.

        Raises `InvalidFigure` for what is no number of digits with at most one point, a percent sign among it.

        >>> found = Between.printed("93.6")
        >>> found.least, found.most
        (Fraction(1871, 20), Fraction(1873, 20))
        """
        if type(text) is not str or _NUMBER.fullmatch(text) is None:
            hint = "write it as printed, without its sign: 93.6"
            raise InvalidFigure(what="a printed number", why="a number is expected", value=text, hint=hint)
        half = Fraction(1, 2 * 10 ** _places(text))
        value = Fraction(Decimal(text))
        return cls(least=value - half, most=value + half)

    def prints(self, text: str) -> Verdict:
        """Say whether it can print so; raises as `printed`.

        An exact number prints as `rounding.rounded` has it. Of others an edge counts as possible, since of a negative
        number the edges are the other way round.

        >>> Between.of(Fraction(4, 7) * 100).prints("57.1"), Between.of(57).prints("57.1")
        (<Verdict.EQUAL: 'equal'>, <Verdict.CONTRADICTED: 'contradicted'>)
        """
        shown = Between.printed(text)
        if self.exact:
            equal = rounded(self.least, _places(text)) == Decimal(text)
            return Verdict.EQUAL if equal else Verdict.CONTRADICTED
        fits = self.least <= shown.most and shown.least <= self.most
        return Verdict.POSSIBLE if fits else Verdict.CONTRADICTED


def _places(text: str) -> int:
    return len(text.partition(".")[2])


def median_between(values: list[Between]) -> Between | None:
    """Give what the median of numbers can have been of which each can have been something; None: there is none.

    >>> median_between([Between.printed("2.0"), Between.of(9), Between.of(1)])
    Between(least=Fraction(39, 20), most=Fraction(41, 20))
    """
    least, most = median_of(one.least for one in values), median_of(one.most for one in values)
    return None if least is None or most is None else Between(least=least, most=most)


def reachable(text: str, n: int) -> bool:
    """Say whether any whole number of n cases has the printed percentage; raises as `Between.printed`.

    >>> reachable("64.40", 441), reachable("64.39", 441)
    (True, False)
    """
    if type(n) is not int or n < 1:
        raise InvalidFigure(what="n", why="a whole number above 0 is expected", value=n)
    shown = Between.printed(text)
    least = max(-(-shown.least * n // 100), 0)
    return least <= n and Fraction(100 * least, n) < shown.most
