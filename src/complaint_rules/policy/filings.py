"""Periodic reports: which returns of a policy fall due between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, final

import attrs

from complaint_rules.errors import InvalidMoment, InvalidPolicy
from complaint_rules.frozen import Shown
from complaint_rules.moments import BEIJING, INSTANT, as_day, earliest_of, latest_of
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Filing

_ONE_DAY: Final = dt.timedelta(days=1)


@final
@attrs.frozen(kw_only=True, repr=False)
class Return(Shown):
    """One return of a periodic report (定期报送) and its due moment."""

    filing: Filing
    """The rule."""
    day: dt.date
    """The day the rule names."""

    @property
    def due_at(self) -> dt.datetime:
        """Last instant in time, inclusive, in Beijing time."""
        if not self.filing.inclusive:
            return earliest_of(self.day) - INSTANT
        if self.filing.time is None:
            return latest_of(self.day)
        return dt.datetime.combine(self.day, self.filing.time, BEIJING)


def returns_due(policy: Policy, *, after: dt.date, through: dt.date) -> tuple[Return, ...]:
    """Give the returns whose named day d lies in after < d <= through, in order of time.

    A day that a month does not have (the 31st) gives none that month. Raises `InvalidMoment` where `after` is
    later than `through`.

    >>> import datetime as dt
    >>> from complaint_rules import load_policy
    >>> year = returns_due(
    ...     load_policy("grcu-2008"), after=dt.date(2026, 1, 1), through=dt.date(2026, 12, 30)
    ... )
    >>> [one.due_at.isoformat()[:19] for one in year]
    ['2026-06-14T23:59:59', '2026-12-14T23:59:59']
    """
    if not isinstance(policy, Policy):
        raise InvalidPolicy(what="policy", why="a Policy is expected", value=policy, hint="load_policy('grcu-2008')")
    first, last = as_day(after, what="after"), as_day(through, what="through")
    if first > last:
        raise InvalidMoment(
            what="after", why=f"it is later than through, {last}", value=after, hint="exchange the two?"
        )
    found = [Return(filing=filing, day=day) for filing in policy.filings.values() for day in _days(filing, first, last)]
    return tuple(sorted(found, key=lambda one: (one.due_at, one.filing.id)))


def _days(filing: Filing, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    day = first
    while day < last:
        day += _ONE_DAY
        if filing.daily or day.day == filing.day or (day.month, day.day) in filing.dates:
            yield day
