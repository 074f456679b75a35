"""One rounding (修约) for everything that is printed: half away from zero (四舍五入), from exact values, once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from complaint_rules.errors import InvalidFigure

NO_FIGURE: Final = "—"
"""What stands where there is no figure: never 0 %, never 100 %."""
_MOST_PLACES: Final = 12


def rounded(value: Fraction | Decimal | int, places: int = 0) -> Decimal:
    """Round an exact number half away from zero to so many places behind the point, 0 to 12.

    Raises `InvalidFigure` for what is not exact (a float has been rounded already), or other places.

    >>> rounded(Fraction(1, 8), 2), rounded(Fraction(-5, 2))
    (Decimal('0.13'), Decimal('-3'))
    """
    if type(places) is not int or not 0 <= places <= _MOST_PLACES:
        raise InvalidFigure(what="places", why="a whole number from 0 to 12 is expected", value=places)
    scaled = exact_number(value) * 10**places
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    return Decimal((scaled < 0 and whole > 0, Decimal(whole).as_tuple().digits, -places))


def printed_text(value: Fraction | Decimal | int | None, places: int = 0, *, percent: bool = False) -> str:
    """Write an exact number as it is printed; a share as percent where asked for, without the sign.

    What is not nothing never prints as nothing: "<0.1" (or ">-0.1"). No figure is "—". Errors as `rounded`.

    >>> printed_text(Fraction(4, 7), 1, percent=True), printed_text(Fraction(1, 4000), 1, percent=True)
    ('57.1', '<0.1')
    >>> printed_text(None), printed_text(0, 1)
    ('—', '0.0')
    """
    if value is None:
        return NO_FIGURE
    exact = exact_number(value) * (100 if percent else 1)
    found = rounded(exact, places)
    if exact and not found:
        least = Decimal((0, (1,), -places))
        return f"<{least:f}" if exact > 0 else f">-{least:f}"
    return f"{found:f}"


def exact_number(value: object) -> Fraction:
    """Give an int, a Fraction or a finite Decimal as a Fraction; raises `InvalidFigure` for anything else.

    >>> exact_number(Decimal("93.6"))
    Fraction(468, 5)
    """
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        return Fraction(value)
    hint = "pass a Fraction, a Decimal or an int"
    raise InvalidFigure(what="a number", why="an exact number is expected", value=value, hint=hint)
