"""What a fact can be: values that can be checked without knowing any policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from complaint_rules.moments import as_when
from complaint_rules.scalars import plain_scalar

FactValue: TypeAlias = bool | int | Decimal | str | frozenset[str] | dt.datetime | dt.date
"""What a fact can be once it is known; None stands for unknown."""


Texts: TypeAlias = str | Iterable[str] | None
"""What a set of codes can be given as; one text alone is a set of one."""


_LONGEST_TEXT: Final = 200


_MOST_DIGITS: Final = 28


def text_set(value: object, *, what: str, error: type[Any]) -> frozenset[str] | None:
    """Check a set of codes or keys; one text alone is a set of one, None stays unknown.

    >>> from complaint_rules.errors import InvalidComplaint
    >>> sorted(text_set(["name", "amount"], what="Complaint.recorded", error=InvalidComplaint))
    ['amount', 'name']
    """
    if value is None:
        return None
    items = (value,) if isinstance(value, str) else value
    if not isinstance(items, Iterable) or isinstance(items, Mapping | bytes):
        raise error(what=what, why="a set of codes is expected", value=value)
    checked = tuple(items)
    for item in checked:
        if not isinstance(item, str) or not item.strip() or len(item) > _LONGEST_TEXT or not item.isprintable():
            raise error(what=what, why=f"each code has 1 to {_LONGEST_TEXT} printable characters", value=item)
    return frozenset(checked)


def money(value: object, *, what: str, error: type[Any]) -> Decimal | None:
    """Check an amount in yuan: exact, finite, not negative; a float is refused because it is not exact.

    >>> from complaint_rules.errors import InvalidComplaint
    >>> money("5000.50", what="Complaint.amount", error=InvalidComplaint)
    Decimal('5000.50')
    """
    if value is None:
        return None
    value = plain_scalar(value)
    if isinstance(value, bool | float) or not isinstance(value, Decimal | int | str):
        raise error(
            what=what,
            why="an exact amount in yuan is expected",
            value=value,
            hint="pass a Decimal, an int or text such as '5000.00'",
        )
    try:
        amount = Decimal(value)
    except ArithmeticError:
        raise error(what=what, why="the text is not a number", value=value, hint="write it as '5000.00'") from None
    if not amount.is_finite() or amount < 0:
        raise error(what=what, why="an amount is finite and not negative", value=value)
    if abs(amount.adjusted()) > _MOST_DIGITS:
        raise error(what=what, why=f"an amount has at most {_MOST_DIGITS} digits", value=value)
    return amount


def plain_fact(value: object, *, what: str, error: type[Any]) -> FactValue | None:
    """Check that a value is of a type a fact can have; what it must be for this policy is checked there.

    >>> from complaint_rules.errors import InvalidComplaint
    >>> plain_fact({"a"}, what="extra", error=InvalidComplaint)
    frozenset({'a'})
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            if len(value) > _LONGEST_TEXT or not value.isprintable():
                why = f"a code has at most {_LONGEST_TEXT} printable characters: there is no place for free text"
                raise error(what=what, why=why, value=value)
            return value
        case Decimal():
            if not value.is_finite():
                raise error(what=what, why="a number is finite", value=value, hint="leave it out where it is not known")
            if abs(value.adjusted()) > _MOST_DIGITS:
                raise error(what=what, why=f"a number has at most {_MOST_DIGITS} digits", value=value)
            return value
        case dt.date():
            return as_when(value, what=what, error=error)
        case float():
            raise error(what=what, why="a float is not exact", value=value, hint="pass a Decimal or text")
        case frozenset() | set() | list() | tuple():
            return text_set(value, what=what, error=error)
        case _ if (plain := plain_scalar(value)) is not value:
            return plain_fact(plain, what=what, error=error)
        case _:
            raise error(what=what, why="a fact is a bool, number, text, set of texts, date or moment", value=value)
