"""What a policy's conditions see: the facts and the history known at one moment, and what tables decide there."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, Protocol, final

from complaint_rules.assessment.endings import MayStand, standing_of
from complaint_rules.assessment.plans import MOST_REMEMBERED, Decision, LimitOutcome, LimitStanding, Outcome, Plan
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event, Fields
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.counts import GroupCount
from complaint_rules.cases.entries import BEGINNING, Entry, not_before
from complaint_rules.cases.hands import REOPENED, possible_hands
from complaint_rules.cases.lifecycle import ENDINGS
from complaint_rules.cases.timeline import Timeline
from complaint_rules.conditions.scopes import AFTER, SOMETIME, Happened, Number
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.periods import Period
from complaint_rules.policy.rules import Link

_RAN_OUT: Final = ("late", "open_late", "void_late")
"""Classes of a run that ran out before anything ended it."""


@final
class View:
    """The facts and the history of a case as known at one moment: what a condition is evaluated on."""

    __slots__ = (
        "at", "calendar", "complaint", "decisions", "event", "historic", "late_from", "limits", "links", "plan",
        "stands", "timeline",
    )  # fmt: skip

    def __init__(
        self,
        plan: Plan,
        timeline: Timeline,
        calendar: WorkCalendar,
        *,
        at: dt.datetime,
        complaint: Complaint,
        links: Mapping[str, int] | None,
        limits: LimitOutcome,
        stands: LimitStanding,
        late_from: Mapping[str, dt.datetime] = FrozenMap(),
    ) -> None:
        self.plan: Plan = plan
        self.timeline: Timeline = timeline
        self.calendar: WorkCalendar = calendar
        self.at: dt.datetime = at
        self.complaint: Complaint = complaint
        self.links: Mapping[str, int] | None = links
        self.limits: LimitOutcome = limits
        self.stands: LimitStanding = stands
        self.late_from: Mapping[str, dt.datetime] = late_from
        self.event: Event | None = None
        self.historic: bool = at < timeline.at
        self.decisions: list[Decision | None] = [None] * len(plan.tables)

    def with_event(self, event: Event) -> View:
        """Give the same view with a candidate event in sight, for ``event.…``."""
        view = View.__new__(View)
        view.plan = self.plan
        view.timeline = self.timeline
        view.calendar = self.calendar
        view.at = self.at
        view.complaint = self.complaint
        view.links = self.links
        view.limits = self.limits
        view.stands = self.stands
        view.late_from = self.late_from
        view.event = event
        view.historic = self.historic
        view.decisions = self.decisions
        return view

    def table(self, index: int) -> Decision:
        """Give what a table decides here; worked out once per view, remembered per outcome."""
        known = self.decisions[index]
        if known is not None:
            return known
        decide, memory = self.plan.deciders[index]
        outcome = decide(self)
        decision = memory.get(outcome)
        if decision is None:
            if len(memory) >= MOST_REMEMBERED:
                memory.clear()
            decision = memory[outcome] = Decision(self.plan.tables[index], *outcome)
        self.decisions[index] = decision
        return decision

    @property
    def skips_level(self) -> bool:
        """Whether the candidate event leaves out a level (越级)."""
        event = self.event
        return event is not None and self.plan.is_skip(event.by, event.to)

    def _known(self, kind: str, fields: Fields) -> tuple[Sequence[Entry], int, int]:
        """Give the entries of a kind, how many surely happened by now, and how many carry no moment.

        What has no moment is seen alike from every moment, so that what is asked at a moment is what is later said
        of it.
        """
        timeline = self.timeline
        if not timeline.undated:
            if self.historic:
                found, number = timeline.known_at(self.at, kind, fields)
                return found, number, 0
            found = timeline.of_kind(kind, fields)
            return found, len(found), 0
        found = timeline.of_kind(kind, fields)
        dated = [entry for entry in found if entry.lo is not None and entry.lo <= self.at]
        return dated, len(dated), sum(entry.lo is None for entry in found)

    def has(self, kind: str, fields: Fields) -> Happened:
        """Say whether such an event happened; None where the source of the history cannot show it."""
        unseen = kind in self.timeline.case.unseen
        if kind not in self.timeline.kinds and kind != "received":
            return None if unseen else False
        if fields and fields[-1][0] == AFTER:
            surely, most, _ = self._after(kind, fields)
            return True if surely else False if most == 0 else None
        _, number, undated = self._known(kind, fields)
        if number:
            return True
        if undated:
            return SOMETIME
        return None if unseen else False

    def count(self, kind: str, fields: Fields) -> Number:
        """Count such events: at least, at most, and with those at an unknown moment.

        None at the upper end: without bound, because the source cannot show them.
        """
        if fields and fields[-1][0] == AFTER:
            return self._after(kind, fields)
        _, number, undated = self._known(kind, fields)
        return number, None if kind in self.timeline.case.unseen else number + undated, number + undated

    def _after(self, kind: str, fields: Fields) -> Number:
        """Count the events of a kind that did not happen before the first of certain kinds: see `AFTER`."""
        found, number, undated = self._known(kind, fields[:-1])
        kinds, unseen = fields[-1][1], self.timeline.case.unseen
        first: Entry | None = None
        anywhere = not kinds.isdisjoint(unseen)  # one that nobody saw, or dated, may be the first
        for one in kinds:
            others, known, open_ = self._known(one, ())
            anywhere = anywhere or open_ > 0
            if known and (first is None or others[0].order < first.order):
                first = others[0]
        if first is None and not anywhere:
            return 0, 0, 0
        surely = most = begin = 0
        end = number
        if first is not None and first.lo is not None and first.hi is not None and not self.timeline.mixed:
            begin = bisect_left(found, first.lo, hi=number, key=BEGINNING)
            end = bisect_left(found, first.hi, lo=begin, hi=number, key=BEGINNING)
            surely = most = number - end
            most += begin if anywhere else 0
        for entry in islice(found, begin, end):
            surely += first is not None and first.hi is not None and entry.lo is not None and entry.lo >= first.hi
            most += anywhere or (first is not None and not_before(entry, first))
        return surely, None if kind in unseen else most + undated, surely

    def _standing(self, kinds: Iterable[str], since: Entry | None) -> MayStand:
        """Say which ending of certain kinds, at or after a start, may stand now."""
        timeline = self.timeline
        entries: list[Entry] = []
        unplaced: set[str] = set()
        for kind in (*kinds, REOPENED):
            found, number, undated = self._known(kind, ())
            if undated or kind in timeline.case.unseen:
                unplaced.add(kind)
            entries += (
                one for one in islice(found, number) if since is None or kind == REOPENED or not_before(one, since)
            )
        return standing_of(entries, unplaced)

    def _stopped(self, until: str, start: Entry) -> tuple[dt.datetime, dt.datetime]:
        """Give the first and the last moment at which the ending that stands may have stopped the watch."""
        found, at = self._standing((until,), start), self.at
        lows = [one.lo for one in found.endings if one.lo is not None]
        highs = [min(one.hi, at) for one in found.endings if one.hi is not None]
        if found.unplaced:  # if it is the last, it lies behind every other
            lows += [max(moment for moment in (found.since, start.lo) if moment is not None)]
        if found.open or found.unplaced:
            lows.append(at)
            highs.append(at)
        return min(lows), max(highs)

    def elapsed(self, kind: str, period: Period, until: str | None, *, standing: bool = False) -> Outcome:
        """Say whether the earlier of `until` and now lies after the end of a period from the first event of a kind.

        `standing`: of `until` counts the last that no reopening followed; a case that was reopened runs on.
        """
        started, number, undated = self._known(kind, ())
        unseen = self.timeline.case.unseen
        if undated or (not number and kind in unseen):
            return None
        if not number:
            return False
        start = started[0]
        if start.lo is None or start.hi is None:  # pragma: no cover - of those without a moment it was told above
            return None
        if self.plan.wants_hours and self.calendar.hours is None and period.needs_hours():
            return None
        due = period.due_at(start.lo, self.calendar)
        latest = due if start.hi is start.lo else period.due_at(start.hi, self.calendar)
        if due is None or latest is None:  # pragma: no cover - without pauses every period has an end
            return None
        lo = hi = self.at
        unsure = False
        if until is not None and standing:
            lo, hi = self._stopped(until, start)
        elif until is not None:
            ended = self.timeline.of_kind(until)
            known = next((one for one in ended if one.lo and one.lo <= self.at and not_before(one, start)), None)
            if known is not None and known.lo is not None and known.hi is not None:
                lo, hi = known.lo, min(known.hi, self.at)
            # What ended the watch earlier, unseen or at a moment nobody knows, would have ended it in time.
            unsure = (self.timeline.undated and any(one.lo is None for one in ended)) or until in unseen
        if hi <= due:
            return None if kind in unseen else False  # an earlier one may be past its end
        return True if lo > latest and not unsure else None  # an unseen earlier first event only ends it earlier

    def met(self, limit: str) -> Outcome:
        """Say whether a limit is met; False while it runs."""
        return self.limits(self.at, limit)[0]

    def late(self, limit: str) -> Outcome:
        """Say whether a limit is overdue or was met late; False while it runs."""
        since = self.late_from.get(limit)
        if since is not None:
            return self.at >= since
        return self.limits(self.at, limit)[1]

    def standing(self, limit: str, classes: Collection[str]) -> Outcome:
        """Say whether the latest run of a limit stands in one of these classes; None where no clock is read."""
        found = self.stands(self.at, limit)
        return None if found is None else found.standing in classes

    def state(self, state: str) -> Outcome:
        """Say whether a case is open, or ended so and not reopened since; None where the record leaves it open."""
        found = self._standing(ENDINGS, None)
        possible = {*found.kinds, "open"} if found.open else found.kinds
        return None if state in possible and len(possible) > 1 else state in possible

    def holder(self, holder: str) -> Outcome:
        """Say whether a level or body has the case, which nobody has while it is ended; None where that is open."""
        return self._held_by(holder, None)

    def holder_at_breach(self, limit: str, holder: str) -> Outcome:
        """Say whether a level or body had the case when the latest run of a limit ran out.

        False where it has not run out. None where the record leaves open who had it, or when that was.
        """
        clock = self.stands(self.at, limit)
        if clock is None:
            return None
        standing, due, latest = clock.standing, clock.due_at, clock.due_latest
        if standing in _RAN_OUT and due is not None:
            return self._held_by(holder, (due, self.at if latest is None else latest))
        if standing not in (*_RAN_OUT, "undetermined"):
            return False
        # Whether and when it ran out nobody knows, so of those who never had the case alone it can be said.
        ever = self._held_by(holder, (self.complaint.received_from, self.at))
        return False if ever is False else None

    def _held_by(self, holder: str, between: tuple[dt.datetime, dt.datetime] | None) -> Outcome:
        """Say whether a level or body has the case, or had it all the time between two moments."""
        hands = possible_hands(self.timeline, self.complaint.received_by, self.at, between)
        said = {one.are(holder, self.plan.holders) for one in hands}
        return said.pop() if len(said) == 1 else None

    @property
    def view(self) -> View:
        """Itself: what conditions see."""
        return self

    def linked(self, link: str) -> Number:
        """Give how many complaints belong together with this one; where nobody looked, at least its own."""
        known = None if self.links is None else self.links.get(link)
        if known is not None:
            return known, known, known
        own = own_number(self.plan.policy.links[link], self.complaint, self)
        return own, None, own

    def first_of(self, link: str) -> Outcome:
        """Say whether this is the first received of the complaints that belong together; None where nobody looked.

        What takes part in no group is the first: no other complaint belongs together with it.
        """
        known = None if self.links is None else self.links.get(link)
        return known.first if isinstance(known, GroupCount) else None


class Seen(Protocol):
    """What shows a case to conditions."""

    @property
    def view(self) -> View:
        """What conditions see."""


def own_number(link: Link, complaint: Complaint, seen: Seen) -> int:
    """Give how many of the complaints, or complainants, that a link counts are this complaint's own.

    0 where it is not known to take part: a fact it is compared by is unknown, or its condition does not surely hold.
    """
    for name in link.same:
        if complaint.fact(name) is None:
            return 0
    when = link.when
    if when is not None:
        plan = seen.view.plan
        if plan.looks_for_links(when) or not plan.test(when)(seen.view)[1]:
            return 0
    return complaint.complainants or 1 if link.joint else 1
