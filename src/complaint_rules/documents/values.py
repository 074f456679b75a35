"""Values as files and command lines give them, turned into what their declared type wants, exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from complaint_rules.documents.faults import Faults
from complaint_rules.errors import ComplaintRulesError, InvalidPolicy
from complaint_rules.moments import as_day, as_when
from complaint_rules.periods.periods import Period

_MOST_DIGITS: Final = 28


class _Misfit(ValueError):
    """A value that is not of its type; the text says what is expected."""


def _decimal(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | str | Decimal):
        raise _Misfit('an exact number is expected, as 5000 or "0.2"')
    try:
        value = Decimal(raw)
    except ArithmeticError:
        raise _Misfit('an exact number is expected, as 5000 or "0.2"') from None
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise _Misfit("a finite number of at most 28 digits is expected")
    return value


def _whole(raw: object) -> int:
    try:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        if isinstance(raw, str) and len(raw) <= _MOST_DIGITS:
            return int(raw)
    except ValueError:
        pass
    raise _Misfit("a whole number is expected")


def _truth(raw: object) -> bool:
    value = {"true": True, "false": False}.get(raw.lower()) if isinstance(raw, str) else raw
    if isinstance(value, bool):
        return value
    raise _Misfit("true or false is expected")


def _text(raw: object) -> str:
    if isinstance(raw, str) and raw.strip() and raw.isprintable() and len(raw) <= 200:
        return raw
    raise _Misfit("a text of 1 to 200 printable characters is expected")


def _when(raw: object) -> dt.datetime | dt.date:
    if isinstance(raw, str):
        try:
            raw = dt.date.fromisoformat(raw) if len(raw) == 10 else dt.datetime.fromisoformat(raw)
        except ValueError:
            raise _Misfit("a date or an aware moment is expected, as 2026-10-01 or 2026-10-01T08:30:00+08:00") from None
    return as_when(raw, what="a moment")


def _day(raw: object) -> dt.date:
    return as_day(dt.date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == 10 else raw, what="a day")


def _codes(raw: object) -> frozenset[str]:
    if isinstance(raw, list) and all(isinstance(item, str) and item.strip() for item in raw):
        return frozenset(raw)
    raise _Misfit("a list of codes is expected")


def _period(raw: object) -> Period:
    return raw if isinstance(raw, Period) else Period.parse(raw)  # type: ignore[arg-type]  # parse refuses the rest


_READ_AS: Final[Mapping[str, Any]] = {
    "bool": _truth, "int": _whole, "decimal": _decimal, "text": _text, "set": _codes, "moment": _when, "day": _day,
    "level": _text, "period": _period,
}  # fmt: skip


def typed(raw: object, type_: str) -> Any:
    """Turn what a file or a command line gives into a value of a type; None is no value of any.

    Raises ValueError (or the library's own error of the type) where it does not fit.

    >>> typed("7 days", "period"), typed("5000", "decimal")
    (Period(n=7, unit=<Unit.DAYS: 'days'>), Decimal('5000'))
    """
    if isinstance(raw, float):
        raise _Misfit("a float is not exact: pass a Decimal, an int or text")
    return _READ_AS[type_](raw)


def read_value(raw: object, type_: str, path: str, faults: Faults) -> Any:
    """Read a value of a type; None, with a fault, where it does not fit.

    >>> read_value("true", "bool", "assume", Faults("own.toml"))
    True
    """
    try:
        return typed(raw, type_)
    except ComplaintRulesError as error:
        faults.refused(path, error)
    except ValueError as error:
        faults.add(path, str(error) if isinstance(error, _Misfit) else f"a {type_} is expected", raw)
    return None


def plain_given(parameters: Mapping[str, Any] | None) -> dict[str, Any]:
    """Write the values given for parameters as they would stand in a document: texts, whole numbers, truth values.

    Raises `InvalidPolicy` for what is no mapping, and for values that no parameter can have.

    >>> plain_given({"short_time": Period.parse("7 days"), "ceiling": Decimal("5000")})
    {'ceiling': '5000', 'short_time': '7 days'}
    """
    if parameters is None:
        return {}
    if not isinstance(parameters, Mapping):
        raise InvalidPolicy(what="parameters", why="a mapping of names to values is expected", value=parameters)
    written: dict[str, Any] = {}
    for name in sorted(parameters, key=str):
        match parameters[name]:
            case Period() | Decimal() as value:
                written[str(name)] = str(value)
            case dt.date() as value:
                written[str(name)] = value.isoformat()
            case None | bool() | int() | float() | str() as value:
                written[str(name)] = value
            case value:
                why = "a period, number, text, truth value, date or moment is expected"
                raise InvalidPolicy(what=f"parameters[{name!r}]", why=why, value=value)
    return written
