"""Which figures of a limit bind before others, whatever moves the moments at which they fall due (期限先后)."""

from __future__ import annotations

from typing import final

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.periods.periods import Period, is_at_once
from complaint_rules.policy.rules import Limit, Reopen
from complaint_rules.verification.analysis.lengths import Lengths


@final
class Order:
    """The figures of one limit, compared in pairs by their place among its rows; what is not provable is False.

    Compared are periods; what a fact sets or people agree on, no text says. ``at once`` sets no moment, and of the
    earliest it binds only where nothing else does.

    Where the limit can be suspended or lengthened, or goes on after a reopening, a length says nothing of unlike units:
    two weeks of mediation are ten working days, a lengthening in days leaves a figure in working days as it is. Of one
    unit the shorter period stays the first, though both can then fall due at one moment.
    """

    __slots__ = ("_limit", "lengths", "moved")

    def __init__(self, limit: Limit, calendar: WorkCalendar) -> None:
        self._limit = limit
        self.lengths: Lengths = Lengths(limit.counting, calendar)
        """The periods as they are counted in one go."""
        self.moved: bool = bool(limit.pauses or limit.extensions) or limit.reopen is Reopen.CONTINUE
        """Whether what happens on the way can move when the limit falls due."""

    def period(self, row: int) -> Period | None:
        """Give the period of a row that sets a moment; None: it sets none, or not by a period."""
        figure = self._limit.rows[row]
        return None if is_at_once(figure.within) else figure.within

    def never_later(self, one: int, other: int) -> bool:
        """Say whether one row never falls due after another that holds beside it."""
        first, second = self.period(one), self.period(other)
        if first is None or second is None or (self.moved and first.unit is not second.unit):
            return False
        return self.lengths.never_later(first, second)

    def comes_first(self, one: int, other: int) -> bool:
        """Say whether one row always falls due before another that holds beside it, or with it and is written first."""
        return self.never_later(one, other) and (one < other or self._always_sooner(one, other))

    def binds_instead(self, one: int, other: int) -> bool:
        """Say whether one row binds, and not the other, wherever both hold.

        Of those that fall due at one moment the one written first binds.
        """
        if self._limit.earliest:
            return self.comes_first(one, other)
        return self.never_later(other, one) and (one < other or self._always_sooner(other, one))

    def _always_sooner(self, one: int, other: int) -> bool:
        first, second = self.period(one), self.period(other)
        if self.moved or first is None or second is None:
            return False
        return self.lengths.always_sooner(first, second)
