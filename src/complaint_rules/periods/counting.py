"""`Counting`: how a period is counted, wherever law or practice knows more than one way; every way has a name."""

from __future__ import annotations

import datetime as dt
from typing import Final, final

import attrs

from complaint_rules.errors import InvalidPeriod
from complaint_rules.frozen import Shown
from complaint_rules.periods.units import CLOSE, CutOff, Ends, Receipt, Roll, time_of_day


def _roll(value: Roll | str | None) -> Roll | None:
    return None if value is None else Roll.read(value, what="roll", error=InvalidPeriod)


def _receipt(value: Receipt | str | None) -> Receipt | None:
    return None if value is None else Receipt.read(value, what="receipt", error=InvalidPeriod)


def _starts(value: dt.time | str | None) -> dt.time | None:
    return None if value is None else time_of_day(value)


def _ends(value: Ends | str) -> Ends:
    return value if value in (CLOSE, "24:00") else _time(value, "ends", "'24:00', 'close'")


def _cut_off(value: CutOff | str | None) -> CutOff | None:
    return value if value in (None, CLOSE) else _time(value, "cut_off", "'close'")


def _time(value: object, what: str, words: str) -> dt.time:
    try:
        return time_of_day(value)
    except InvalidPeriod:
        why = f"{words} or a time of day is expected"
        raise InvalidPeriod(what=what, why=why, value=value, hint="write '15:30'") from None


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
    cut_off: CutOff | None = attrs.field(default=None, converter=_cut_off)
    """With `receipt`: what starts after this time of a working day, or after its close, is read alike; None: none."""
    opening_day: bool = False
    """Whether the opening day counts as the first (含当日); by art. 201 it does not."""
    ends: Ends = attrs.field(default="24:00", converter=_ends)
    """When a last day ends: ``"24:00"``, ``"close"``, or at a time of day; a last day past its hour ends at 24:00."""
    plain: bool = attrs.field(init=False, eq=False, repr=False)
    """Whether nothing of it differs from the plain way."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.opening_day, bool):
            raise InvalidPeriod(what="opening_day", why="True or False is expected", value=self.opening_day)
        if self.cut_off is not None and self.receipt is None:
            raise InvalidPeriod(
                what="cut_off", why="a late arrival is read as one on a rest day is, and nothing says how",
                value=str(self.cut_off), hint="add receipt='next_working_day'",
            )  # fmt: skip
        plain = self.starts is None and self.roll is None and self.receipt is None and self.ends == "24:00"
        object.__setattr__(self, "plain", plain and not self.opening_day)

    @property
    def wants_close(self) -> bool:
        """Whether a close of business decides something for every period, whatever its unit.

        >>> Counting(receipt="next_working_day", cut_off="close").wants_close
        True
        """
        return self.cut_off == CLOSE


PLAIN: Final = Counting()
"""The plain way: the opening day does not count, the last day runs to 24:00 and moves nowhere."""
