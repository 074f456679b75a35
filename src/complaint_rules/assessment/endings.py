"""Which ending of a case stands (最后一次未被重新受理推翻的结束): the last one that no reopening followed.

What is known by its day only may lie before or after whatever else happened that day, and what nobody saw, or dated,
may be the last of all. So the answer is everything that could be so; it is definite where only one thing could.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from complaint_rules.cases.entries import Entry
from complaint_rules.cases.hands import REOPENED


class MayStand(NamedTuple):
    """What may stand at a moment, of certain kinds of ending."""

    endings: Sequence[Entry]
    """The dated endings that may be the last and stand."""
    unplaced: frozenset[str]
    """Kinds of ending of which one that nobody saw, or dated, may be the last and stand."""
    open: bool
    """Whether it may be that none stands: none happened, or a reopening followed."""
    since: dt.datetime | None
    """The last dated ending or reopening, at its earliest; None: there is none."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of ending that may stand."""
        return self.unplaced.union(one.event.kind for one in self.endings)


def standing_of(entries: Sequence[Entry], unplaced: Iterable[str]) -> MayStand:
    """Say what may stand, from the dated endings and reopenings known and the kinds that may have happened besides.

    >>> standing_of((), ()).open
    True
    >>> sorted(standing_of((), ("closed",)).kinds)
    ['closed']
    """
    besides = frozenset(unplaced)
    dated = [(one.lo, one.hi, one) for one in entries if one.lo is not None and one.hi is not None]
    since = max((lo for lo, _, _ in dated), default=None)
    late = [one for _, hi, one in dated if since is not None and hi >= since]
    last = [one for one in late if not any(_surely_after(other, one) for other in late)]
    return MayStand(
        tuple(one for one in last if one.event.kind != REOPENED),
        besides - {REOPENED},
        not last or REOPENED in besides or any(one.event.kind == REOPENED for one in last),
        since,
    )


def _surely_after(one: Entry, other: Entry) -> bool:
    """Say which of two that may be the last is later whatever the hours were: of one moment, the reopening is."""
    if one.dated or other.dated:
        return False
    again = one.event.kind == REOPENED
    return again if again != (other.event.kind == REOPENED) else one.order > other.order
