"""A case as a tally looks at it: what conditions see, where its limits stand, which of its endings stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, cast, final

from complaint_rules.assessment.clocks import Clock, Run, Status
from complaint_rules.assessment.endings import standing_of
from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.views import View
from complaint_rules.cases.entries import Entry
from complaint_rules.cases.hands import REOPENED
from complaint_rules.cases.holders import in_hand
from complaint_rules.cases.lifecycle import ENDINGS
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.conditions.parsing import Condition
from complaint_rules.errors import CalendarUnpublished
from complaint_rules.moments import day_of
from complaint_rules.policy.rules import Selector

CLASSES: Final = (
    "in_time", "late", "open_in_time", "open_late", "undetermined", "void", "void_late", "not_started",
    "not_applicable",
)  # fmt: skip
"""The classes of the runs of a limit, in the order of the fields of `LimitRuns`."""
UNDETERMINED: Final = CLASSES.index("undetermined")
_LATE: Final = CLASSES.index("late")
_VOID_LATE: Final = CLASSES.index("void_late")
_RAN_OUT: Final = frozenset({_LATE, _VOID_LATE, CLASSES.index("open_late")})
_CLASS_OF: Final[Mapping[Status, int]] = {
    Status.MET: 0, Status.MET_LATE: 1, Status.RUNNING: 2, Status.SUSPENDED: 2, Status.OVERDUE: 3,
    Status.UNDETERMINED: 4, Status.VOID: 5, Status.NOT_STARTED: 7, Status.NOT_APPLICABLE: 8,
}  # fmt: skip
_STANDING_ENDS: Final = ENDINGS | {"resolved"}
"""Kinds of event that a reopening undoes."""


class Placing(NamedTuple):
    """Where an event places a case."""

    day: dt.date | None
    """The day in Beijing; None: nobody knows it."""
    sure: bool = True
    """Whether the event surely happened and stands."""
    entry: Entry | None = None
    """The event; None: it is the receipt, or nobody knows which."""


class Flow(NamedTuple):
    """A change of what is open, on a day."""

    day: dt.date | None
    low: int
    """By how much what is surely open changes."""
    high: int
    """By how much what may be open changes."""


@final
class Look:
    """One case, or one plain row, as of the moment of a tally."""

    __slots__ = ("_classes", "_kinds", "_sees_all", "received", "snapshot", "standings", "unpublished", "view")

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        standings: Mapping[str, int] | None = None,
        received: bool = True,
    ) -> None:
        """Take the case; of a plain row also how its limits stand, and whether the day of its receipt is known."""
        self.snapshot: Snapshot = snapshot
        self._sees_all: bool = standings is not None or not snapshot.case.unseen  # of a row nothing else is asked
        self.standings: Mapping[str, int] = standings or {}
        self.received: bool = received
        self.unpublished: bool = False
        """Whether a limit ends on days that the calendar refuses to count."""
        self._classes: dict[str, tuple[int, ...]] = {}
        self._kinds: dict[str, Sequence[Placing]] = {}
        self.view: View = snapshot.view

    @property
    def has_events_before_receipt(self) -> bool:
        """Whether an event stands on record before the receipt, and cannot lie there: nobody knows when it was."""
        if not self.snapshot.case.events:
            return False
        return any(one.code is ViolationCode.BEFORE_RECEIPT for one in self.snapshot.timeline.left_out)

    @property
    def today(self) -> dt.date:
        """The day of the moment of the tally."""
        return self.snapshot.at.date()

    def asks_in_vain(self, plan: Plan, *conditions: Condition | None) -> bool:
        """Say whether some conditions hang on when the case was received; to be asked where nobody knows that."""
        reaches = [plan.reach(one) for one in conditions if one is not None]
        return any(
            reach.limits - self.standings.keys() or any(kind == "received" for kind, _, _ in reach.elapsed)
            for reach in reaches
        )

    @property
    def received_on(self) -> dt.date | None:
        """The day of the receipt in Beijing; None: nobody knows it."""
        return day_of(self.snapshot.case.complaint.received) if self.received else None

    def classes(self, limit: str) -> tuple[int, ...]:
        """Give the class of every run of a limit, as places in `CLASSES`; of one without a run that of the limit."""
        known = self._classes.get(limit)
        if known is None:
            known = self._classes[limit] = self._read(limit)
        return known

    def _read(self, limit: str) -> tuple[int, ...]:
        given = self.standings.get(limit)
        if given is not None:
            return (given,)
        if not self.received:
            return (UNDETERMINED,)
        try:
            clock = cast(Clock, self.snapshot.clock(self.snapshot.policy.limits[limit]))
        except CalendarUnpublished:
            self.unpublished = True
            return (UNDETERMINED,)
        runs = clock.runs
        return tuple([class_of(run) for run in runs]) if runs else (_CLASS_OF[clock.status],)

    def standing(self, limit: str) -> str:
        """Name the class in which the latest run of a limit stands."""
        return CLASSES[self.classes(limit)[-1]]

    @property
    def holder(self) -> str | None:
        """The level or body that has the case, or had it last; None: nobody knows."""
        found = in_hand(self.snapshot.timeline, self.snapshot.at)
        return None if found is None else found.level

    @property
    def unit(self) -> str | None:
        """The unit that has the case, or had it last; None: nobody knows, or no event named one."""
        found = in_hand(self.snapshot.timeline, self.snapshot.at)
        return None if found is None else found.unit

    def holder_at_breach(self, limit: str) -> str | None:
        """Give the level or body that had the case when the latest run of a limit ran out.

        Empty where it did not run out; None where nobody knows whether it did, when, or who had it.
        """
        where = self.classes(limit)[-1]
        if where == UNDETERMINED:
            return None
        if where not in _RAN_OUT:
            return ""
        if limit in self.standings:
            return None
        run = cast(Clock, self.snapshot.clock(self.snapshot.policy.limits[limit])).run
        if run is None or run.due_at is None or run.due_at != run.due_latest:
            return None
        found = in_hand(self.snapshot.timeline, run.due_at)
        return None if found is None else found.level

    def ends(self, selectors: Sequence[Selector]) -> bool:
        """Say whether all events meant end a case, so that a reopening undoes them."""
        return _STANDING_ENDS.issuperset([selector.kind for selector in selectors])

    def hides(self, selectors: Sequence[Selector]) -> bool:
        """Say whether an event meant may have happened, and the source of the history cannot show it."""
        return not self._sees_all and self._unseen(selector.kind for selector in selectors)

    def ended_by(self, ending: Selector) -> bool | None:
        """Say whether an ending stands; False: nobody knows; None: none does."""
        places = self.places((ending,), each=False)
        return places[0].sure if places else None

    # -- where it is placed --

    def places(self, selectors: Sequence[Selector], *, each: bool) -> Sequence[Placing]:
        """Say which days place the case: that of its receipt, of the events meant, of an ending that stands."""
        if not selectors:
            return (Placing(self.received_on),)
        one = selectors[0]
        if each or len(selectors) > 1 or one.fields or one.without or one.nth is not None:
            return self._placed(selectors, each=each)
        known = self._kinds.get(one.kind)  # a figure of time asks what the figure of the ending asked
        if known is None:
            known = self._kinds[one.kind] = self._placed(selectors, each=False)
        return known

    def _placed(self, selectors: Sequence[Selector], *, each: bool) -> Sequence[Placing]:
        found = self.snapshot.all_matches(selectors)
        if not found and self._sees_all:
            return ()
        if not each and self.ends(selectors):
            return self._ending(found, selectors)
        unseen = self.hides(selectors)
        if each:
            may_be = (Placing(None, sure=False),) if unseen else ()
            return (*(Placing(self._day(entry), entry=entry) for entry in found), *may_be)
        if not found:
            return (Placing(None, sure=False),) if unseen else ()
        if len(found) > 1 and any(entry.lo is None for entry in found):  # any of them may be the first
            return (Placing(None),)
        return (Placing(None if unseen else self._day(found[0]), entry=found[0]),)

    def _ending(self, found: Sequence[Entry], selectors: Sequence[Selector]) -> Sequence[Placing]:
        again = self.snapshot.timeline.of_kind(REOPENED)
        unseen: set[str] = set()
        if not self._sees_all:
            unseen = {kind for kind in (*(selector.kind for selector in selectors), REOPENED) if self._unseen((kind,))}
        if not again and not unseen:
            if not found:
                return ()
            last = found[-1]
            one = len(found) == 1 or all(entry.lo is not None for entry in found)
            return (Placing(self._day(last), True, last) if one else Placing(None),)
        both = (*found, *again)
        undated = {entry.event.kind for entry in both if entry.lo is None}
        may = standing_of([entry for entry in both if entry.lo is not None], undated | unseen)
        if not may.kinds:
            return ()
        days = {self._day(entry) for entry in may.endings}
        day = next(iter(days)) if len(days) == 1 and not may.unplaced else None
        single = len(may.endings) == 1 and not may.unplaced
        return (Placing(day, sure=not may.open, entry=may.endings[0] if single else None),)

    def _unseen(self, kinds: Iterable[str]) -> bool:
        return any(kind in self.snapshot.case.unseen for kind in kinds)

    def _day(self, entry: Entry) -> dt.date | None:
        if entry.place < 0:
            return self.received_on
        return None if entry.lo is None else entry.lo.date()

    def flows(self) -> Sequence[Flow]:
        """Give every change of whether the case is open: the receipt, its endings and reopenings, one after the other.

        Where nobody knows whether it was open for some time, it surely is not then, and may be.
        """
        start = self.received_on
        timeline = self.snapshot.timeline
        line = [entry for kind in (*ENDINGS, REOPENED) for entry in timeline.of_kind(kind)]
        unseen = not self._sees_all and self._unseen((*ENDINGS, REOPENED))
        if start is None:
            return (Flow(None, 0, 1),)
        if unseen or any(entry.lo is None for entry in line):
            return self._unsure(start, line)
        found, is_open = [Flow(start, 1, 1)], True
        for entry in sorted(line, key=lambda one: one.order):
            ends = entry.event.kind != REOPENED
            if ends == is_open:
                step = -1 if ends else 1
                found.append(Flow(self._day(entry), step, step))
                is_open = not is_open
        may = standing_of(line, ())
        if may.open and may.kinds:  # an ending and a reopening of one day, in an order that nobody knows
            day = self._day(max(line, key=lambda one: one.order))
            found.append(Flow(day, -1, 0) if is_open else Flow(day, 0, 1))
        return found

    def _unsure(self, start: dt.date, line: Sequence[Entry]) -> Sequence[Flow]:
        """Give the flows of a case of which nobody knows when it was open.

        An ending on record has ended it on its day at the latest, today where it has none, unless it may be reopened.
        """
        may_reopen = not self._sees_all and self._unseen((REOPENED,))
        if not line or may_reopen or any(entry.event.kind == REOPENED for entry in line):
            return (Flow(start, 0, 1),)
        days = [day for entry in line if (day := self._day(entry)) is not None]
        return Flow(start, 0, 1), Flow(min(days, default=self.today), 0, -1)


def class_of(run: Run) -> int:
    """Give the class of a run, as its place in `CLASSES`.

    What was late until another due moment was set stays late; what ended without result after its due moment is told
    apart.

    >>> CLASSES[class_of(Run(Status.SUSPENDED, None, unknown=0))]
    'open_in_time'
    """
    if run.superseded_at is not None:
        return _LATE
    return _VOID_LATE if run.status is Status.VOID and run.late else _CLASS_OF[run.status]
