"""Duties replayed: a case counts as a counter-example where the base's duty is kept worse than the house's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, final

import attrs

from complaint_rules.assessment.duties import DutyStatus, Obligation
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY, INSTANT, LAST_DAY, day_of
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Duty
from complaint_rules.verification.conformance.answers import Counterexample
from complaint_rules.verification.conformance.margins import Margin
from complaint_rules.verification.conformance.replaying import is_outside, slimmed
from complaint_rules.verification.worlds.witnesses import Witness

_WEIGHT: Final[Mapping[DutyStatus, int]] = FrozenMap(
    {DutyStatus.DUE: 1, DutyStatus.OVERDUE: 2, DutyStatus.DONE_LATE: 2, DutyStatus.BREACHED: 2}
)
"""What speaks against whoever is bound: something is still to be done, or was not kept; of all others nothing does."""
_STEP: Final = dt.timedelta(minutes=1)
_SECOND: Final = dt.timedelta(seconds=1)
_MOST: Final = 60


@final
@attrs.frozen(kw_only=True, repr=False)
class Acting(Shown):
    """A duty of the house, the duty of the base that it is to keep, and what counts both."""

    house: Policy
    """The house's rules."""
    base: Policy
    """The base's rules."""
    ours: Duty
    """The house's duty."""
    theirs: Duty
    """The base's duty."""
    calendar: WorkCalendar
    """The calendar on which each policy lays its own days and hours."""

    def shown(self, cases: Iterable[Witness], *, outside: bool = False, dues: bool = False) -> Counterexample | None:
        """Give the first counter-example among some cases, without the facts and events that do not matter.

        `outside`: only where the house's rules are not for the complaint at all; `dues`: see `slimmed`.
        """
        replayed = self._outside if outside else self._replayed
        found = next((shown for one in cases if (shown := replayed(one)) is not None), None)
        return None if found is None else slimmed(found, replayed, dues=dues)

    def both_bound(self, cases: Iterable[Witness]) -> Counterexample | None:
        """Give the first case in which both duties stand alike: that one binds less is what then parts them."""
        found = next((shown for one in cases if (shown := self._alike(one)) is not None), None)
        return None if found is None else slimmed(found, self._alike, dues=False)

    def _alike(self, one: Witness) -> Counterexample | None:
        sides = ((self.house, self.ours), (self.base, self.theirs))
        mine, wanted = (max(self._standing(one, *side) or (), key=_weight, default=None) for side in sides)
        if mine is None or wanted is None or not _weight(mine) == _weight(wanted) > 0:
            return None
        return Counterexample(
            witness=one, house=mine.status, base=wanted.status, house_due=mine.due_at, base_due=wanted.due_at
        )

    def _outside(self, one: Witness) -> Counterexample | None:
        """Give the counter-example that a case is to which only the base's rules are meant to apply."""
        theirs = self._standing(one, self.base, self.theirs)
        wanted = max(theirs or (), key=_weight, default=None)
        if wanted is None or not _weight(wanted):
            return None
        ours, base = (one.assess(policy, calendar=self.calendar) for policy in (self.house, self.base))
        if is_outside(base) or not is_outside(ours):
            return None
        return Counterexample(witness=one, house=None, base=wanted.status, base_due=wanted.due_at)

    def _replayed(self, one: Witness) -> Counterexample | None:
        ours, theirs = self._standing(one, self.house, self.ours), self._standing(one, self.base, self.theirs)
        if ours is None or not theirs or any(each.status is DutyStatus.UNDETERMINED for each in ours):
            return None
        wanted = max(theirs, key=_weight)
        mine = max(ours, key=_weight, default=None)
        if _weight(wanted) <= (0 if mine is None else _weight(mine)):
            return None
        return Counterexample(
            witness=one, house=None if mine is None else mine.status, base=wanted.status,
            house_due=None if mine is None else mine.due_at, base_due=wanted.due_at,
        )  # fmt: skip

    def _standing(self, one: Witness, policy: Policy, duty: Duty) -> list[Obligation] | None:
        """Give what a duty comes to in a case; None where it cannot be counted."""
        try:
            found = one.assess(policy, calendar=self.calendar).duties
        except ComplaintRulesError:
            return None
        return [each for each in found if each.duty.id == duty.id and each.status is not DutyStatus.LAPSED]

    def falling_due(self, cases: Iterable[Witness], found: Margin) -> Iterator[Witness]:
        """Give cases moved so that the base's duty starts at the worst receipt, looked at once it is overdue."""
        for one in cases:
            duties = self._standing(one, self.base, self.theirs) or ()
            starts = [start for each in duties if (start := each.since or each.trigger.lo) is not None]
            yield from (
                attrs.evolve(moved_by(one, found.receipt - start), at=found.base_due + INSTANT) for start in starts
            )
            # A receipt of 2001 may be none that a case can be moved to; what is laxer always is so where it is.
            yield from (attrs.evolve(one, at=each.due_at + INSTANT) for each in duties if each.due_at is not None)


def _weight(one: Obligation) -> int:
    return _WEIGHT.get(one.status, 0)


def going_on(cases: Iterable[Witness], histories: Sequence[Sequence[Event]]) -> Iterator[Witness]:
    """Give cases in which more events follow, a minute apart, and that are looked at after them."""
    for one in cases:
        for events in histories[:_MOST]:
            dated = [
                attrs.evolve(event, at=one.at + (place + 1) * _STEP, id=f"a-{len(one.case.events) + place + 1}")
                for place, event in enumerate(events)
            ]
            case = Case(one.case.complaint, (*one.case.events, *dated))
            yield attrs.evolve(one, case=case, at=one.at + (len(dated) + 1) * _STEP)


def beginning_with(cases: Iterable[Witness], histories: Sequence[Sequence[Event]]) -> Iterator[Witness]:
    """Give cases in which more events come first, from the receipt on, a second apart."""
    for one in cases:
        begun = one.case.complaint.received_from
        for events in histories[:_MOST]:
            dated = [
                attrs.evolve(event, at=begun + place * _SECOND, id=f"b-{place}")
                for place, event in enumerate(events, 1)
            ]
            yield attrs.evolve(one, case=Case(one.case.complaint, (*dated, *one.case.events)))


def moved_by(one: Witness, by: dt.timedelta) -> Witness:
    """Give a case as it would be so much later, or earlier: receipt, events, what was agreed, and when it is looked at.

    A case of which anything would lie outside the years known stays where it is.

    >>> from complaint_rules.cases.complaint import Complaint
    >>> from complaint_rules.moments import BEIJING
    >>> at = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
    >>> case = Case(Complaint(id="x-1", received=at))
    >>> moved_by(Witness(case=case, at=at), dt.timedelta(days=1)).case.complaint.received.day
    5
    """
    received = one.case.complaint.received_from + by
    happened = (when + by for event in one.case.events for when in (event.at, event.due) if when is not None)
    if not all(FIRST_DAY <= day_of(when) <= LAST_DAY for when in (received, *happened)):
        return one
    events = [
        attrs.evolve(
            event, at=None if event.at is None else event.at + by, due=None if event.due is None else event.due + by
        )
        for event in one.case.events
    ]
    return attrs.evolve(one, case=Case(attrs.evolve(one.case.complaint, received=received), events), at=one.at + by)
