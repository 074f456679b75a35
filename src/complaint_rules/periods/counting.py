"""`Counting`: how a period is counted, wherever law or practice knows more than one way; every way has a name."""

from __future__ import annotations

import datetime as dt
from typing import Final, final, get_args

import attrs

from complaint_rules.errors import InvalidPeriod
from complaint_rules.frozen import Shown
from complaint_rules.periods.units import Ends, Receipt, Roll, time_of_day


def _roll(value: Roll | str | None) -> Roll | None:
    return None if value is None else Roll.read(value, what="roll", error=InvalidPeriod)


def _receipt(value: Receipt | str | None) -> Receipt | None:
    return None if value is None else Receipt.read(value, what="receipt", error=InvalidPeriod)


def _starts(value: dt.time | str | None) -> dt.time | None:
    return None if value is None else time_of_day(value)


def _ends(value: Ends) -> Ends:
    if value not in get_args(Ends):
        raise InvalidPeriod(what="ends", why="'24:00' or 'close' is expected", value=value)
    return value


@final
@attrs.frozen(kw_only=True, repr=False)
class Counting(Shown):
    """How a period is counted (计算方法); what is not said is the plain way of the Civil Code, articles 201 and 202.

    Raises `InvalidPeriod` for a value that has no meaning here.

    >>> Counting(roll="next_working_day", starts="08:30").starts
    datetime.time(8, 30)
    """

    starts: dt.time | None = attrs.field(default=None, converter=_starts)
    """For units of time, an earlier start in the day waits for this time of day; None: it does not wait."""
    roll: Roll | None = attrs.field(default=None, converter=_roll)
    """Where a last day without work moves; None: nowhere (Civil Code art. 203 applies only where stated)."""
    receipt: Receipt | None = attrs.field(default=None, converter=_receipt)
    """How a start on a rest day is read; None: as it stands."""
    ends: Ends = attrs.field(default="24:00", converter=_ends)
    """``"24:00"`` or ``"close"``: when a last day ends."""
    plain: bool = attrs.field(init=False, eq=False, repr=False)
    """Whether nothing of it differs from the plain way."""

    def __attrs_post_init__(self) -> None:
        plain = self.starts is None and self.roll is None and self.receipt is None and self.ends == "24:00"
        object.__setattr__(self, "plain", plain)


PLAIN: Final = Counting()
"""The plain way: the opening day does not count, the last day runs to 24:00 and moves nowhere."""
