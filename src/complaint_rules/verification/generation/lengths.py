"""How long a period lasts at most, whatever the calendar (充裕时长): so long one waits to be surely past its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Unit

_DAY: Final = dt.timedelta(days=1)
# A break of the mainland lasts nine days at most; two of them can stand in what is counted in working days.
_AMPLE: Final[Mapping[Unit, dt.timedelta]] = {
    Unit.MINUTES: dt.timedelta(minutes=1), Unit.HOURS: dt.timedelta(hours=1), Unit.DAYS: _DAY, Unit.WEEKS: 7 * _DAY,
    Unit.MONTHS: 31 * _DAY, Unit.YEARS: 366 * _DAY, Unit.WORKING_DAYS: 2 * _DAY, Unit.WORKING_HOURS: _DAY / 2,
    Unit.WORKING_MINUTES: dt.timedelta(hours=1), Unit.SAME_DAY: _DAY, Unit.AT_ONCE: dt.timedelta(0),
}  # fmt: skip


def ample(period: Period | None) -> dt.timedelta:
    """Give a time after which a period has surely run out; None stands for one that nobody supplied.

    >>> ample(Period.parse("48 hours")), ample(Period.parse("5 working days"))
    (datetime.timedelta(days=22), datetime.timedelta(days=30))
    """
    if period is None:
        return 20 * _DAY
    return period.n * _AMPLE[period.unit] + 20 * _DAY
