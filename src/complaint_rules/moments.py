"""What a moment is here: aware, reckoned in Beijing time (北京时间), within the years the library knows."""

from __future__ import annotations

import datetime as dt
from typing import Final, TypeAlias

from complaint_rules.errors import ComplaintRulesError, InvalidMoment
from complaint_rules.scalars import is_missing, plain_scalar

BEIJING: Final = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
"""Beijing time: a fixed +08:00, because no clock change falls into the years covered (the last was in 1991)."""
FIRST_DAY: Final = dt.date(2001, 1, 1)
LAST_DAY: Final = dt.date(2099, 12, 31)
INSTANT: Final = dt.timedelta(microseconds=1)
"""The smallest step of time: a limit's last instant plus one INSTANT is too late."""
EVER: Final = dt.datetime.min.replace(tzinfo=BEIJING)
"""Before every moment."""
NEVER: Final = dt.datetime.max.replace(tzinfo=BEIJING)
"""Stands for a moment that does not come; later than any other."""

When: TypeAlias = dt.datetime | dt.date | None
"""A moment, a day (an interval), or None: it happened, the moment is unknown."""

_FIRST_YEAR, _LAST_YEAR = FIRST_DAY.year, LAST_DAY.year
_MIDNIGHT: Final = dt.time(0)
_LAST_INSTANT: Final = dt.time(23, 59, 59, 999_999)


def as_day(value: object, *, what: str, error: type[ComplaintRulesError] = InvalidMoment) -> dt.date:
    """Check a plain date: a moment is refused, because which day it is depends on a zone.

    >>> as_day(dt.date(2026, 10, 1), what="a day")
    datetime.date(2026, 10, 1)
    """
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise error(
            what=what,
            why="a date without a time of day is expected",
            value=value,
            hint="pass moment.astimezone(BEIJING).date() for a moment",
        )
    if not FIRST_DAY <= value <= LAST_DAY:
        raise error(
            what=what,
            why=f"the years known run from {FIRST_DAY} to {LAST_DAY}",
            value=value,
            hint="is the century right?",
        )
    return value


def as_moment(value: object, *, what: str, error: type[ComplaintRulesError] = InvalidMoment) -> dt.datetime:
    """Check a moment and carry it into Beijing time; a naive one is refused, never guessed.

    >>> as_moment(dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.timezone.utc), what="received").isoformat()
    '2026-10-01T00:30:00+08:00'
    """
    if type(value) is dt.datetime and value.tzinfo is BEIJING and _FIRST_YEAR <= value.year <= _LAST_YEAR:
        return value
    if is_missing(value):
        hint = "pass None, or leave it out, where it is not known"
        raise error(what=what, why="it is missing", value=value, hint=hint)
    if getattr(value, "nanosecond", 0):
        raise error(what=what, why="it is finer than a microsecond", value=value, hint="round it first")
    if not isinstance(value, dt.datetime):
        raise error(
            what=what,
            why="a moment (an aware datetime) is expected",
            value=value,
            hint="add the time of day and the zone, as 2026-09-30T16:05+08:00",
        )
    if _offset(value, what=what, error=error) is None:
        raise error(
            what=what,
            why="the moment is naive: it names no time zone",
            value=value,
            hint="for Beijing time pass tzinfo=complaint_rules.BEIJING",
        )
    if not FIRST_DAY.year - 1 <= value.year <= LAST_DAY.year + 1:
        raise error(
            what=what,
            why=f"the years known run from {FIRST_DAY} to {LAST_DAY}",
            value=value,
            hint="is the century right?",
        )
    local = dt.datetime.combine(*_parts(value.astimezone(BEIJING)), tzinfo=BEIJING)
    if not FIRST_DAY.year <= local.year <= LAST_DAY.year:
        raise error(
            what=what,
            why=f"the years known run from {FIRST_DAY} to {LAST_DAY}",
            value=value,
            hint="is the century right?",
        )
    return local


def _offset(value: dt.datetime, *, what: str, error: type[ComplaintRulesError]) -> dt.timedelta | None:
    try:
        return value.utcoffset()
    except Exception:  # noqa: BLE001 - the zone is the caller's class, and what it raises is its own affair
        raise error(
            what=what,
            why="its time zone cannot say how far it is from UTC",
            value=value.replace(tzinfo=None),
            hint="for Beijing time pass tzinfo=complaint_rules.BEIJING",
        ) from None


def _parts(value: dt.datetime) -> tuple[dt.date, dt.time]:
    return dt.date(value.year, value.month, value.day), value.time()


def as_when(value: object, *, what: str, error: type[ComplaintRulesError] = InvalidMoment) -> dt.datetime | dt.date:
    """Check a moment or a day.

    >>> as_when(dt.date(2026, 10, 1), what="received")
    datetime.date(2026, 10, 1)
    """
    value = plain_scalar(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return as_day(value, what=what, error=error)
    if isinstance(value, str):
        raise error(
            what=what,
            why="a text is neither a moment nor a day",
            value=value,
            hint="pass date.fromisoformat('2026-09-30') or datetime.fromisoformat('2026-09-30T16:05+08:00')",
        )
    return as_moment(value, what=what, error=error)


def day_of(when: dt.datetime | dt.date) -> dt.date:
    """Give the Beijing day of a checked moment, or the day itself.

    >>> day_of(dt.datetime(2026, 10, 1, 0, 30, tzinfo=BEIJING))
    datetime.date(2026, 10, 1)
    """
    return when.date() if isinstance(when, dt.datetime) else when


def earliest_of(when: dt.datetime | dt.date) -> dt.datetime:
    """Give the first instant a moment or day can mean.

    >>> earliest_of(dt.date(2026, 10, 1)).isoformat()
    '2026-10-01T00:00:00+08:00'
    """
    return when if isinstance(when, dt.datetime) else dt.datetime.combine(when, _MIDNIGHT, BEIJING)


def latest_of(when: dt.datetime | dt.date) -> dt.datetime:
    """Give the last instant a moment or day can mean: for a day 23:59:59.999999, inclusive.

    >>> latest_of(dt.date(2026, 10, 1)).isoformat()
    '2026-10-01T23:59:59.999999+08:00'
    """
    return when if isinstance(when, dt.datetime) else dt.datetime.combine(when, _LAST_INSTANT, BEIJING)


def why_impossible(reason: ValueError) -> str:
    """Say why a parser found no day or moment in a text; what it quotes of the text, a customer's, is not repeated.

    >>> why_impossible(ValueError("day is out of range for month"))
    'there is no such day or time: day is out of range for month'
    >>> why_impossible(ValueError("Invalid isoformat string: 'as she said'"))
    'there is no such day or time'
    """
    return "there is no such day or time" if "'" in str(reason) else f"there is no such day or time: {reason}"
