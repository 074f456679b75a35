"""`Snapshot`: one case under one policy as of one moment, with the views of earlier moments that its rules ask for."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol, cast, final

from complaint_rules.assessment.plans import Outcome, Plan, Wait
from complaint_rules.assessment.views import View
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.entries import ORDER, PLACE, STOPPING, Entry, receipt_of
from complaint_rules.cases.stops import NO_STOPS, Stops, stops
from complaint_rules.cases.timeline import Timeline
from complaint_rules.conditions.implications import completed
from complaint_rules.conditions.parsing import Condition
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.moments import INSTANT
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Duty, Limit, Reopen, Selector

_MOST_KEPT: Final = 1024
"""Earlier moments of a case that are kept beside two for each event: conditions with periods may ask for more."""


class ClockLike(Protocol):
    """What conditions and duties need of a clock."""

    @property
    def outcome(self) -> tuple[Outcome, Outcome]:
        """Whether the limit is met, whether it is late."""

    @property
    def standing(self) -> str:
        """The class in which the latest run stands."""

    @property
    def due_at(self) -> dt.datetime | None:
        """Last instant in time."""

    @property
    def due_latest(self) -> dt.datetime | None:
        """Last instant in time, by the most generous reading."""

    @property
    def foreseen(self) -> bool:
        """Whether when it is due follows from the facts alone."""

    def outcome_at(self, moment: dt.datetime) -> tuple[Outcome, Outcome]:
        """Whether it was met, whether it was late, at an earlier moment; of a foreseen clock with the same facts."""

    @property
    def late_from(self) -> dt.datetime | None:
        """From when on it is late; `NEVER` where it is not; None where one moment does not tell that."""

    def all_turns(self) -> Iterable[dt.datetime]:
        """Give every moment at which anything happened or a due moment passed."""

    def turns(self, *, met: bool) -> Iterable[dt.datetime]:
        """Give the moments at which it turned late; with `met` also those at which it was met or started anew."""


@final
class Snapshot:
    """One case under one policy as of one moment; everything in it is worked out once, when first asked for."""

    __slots__ = (
        "_asked",
        "_changed",
        "_clocks",
        "_earlier",
        "_moved",
        "_repeated",
        "_root",
        "_sights",
        "_stops",
        "at",
        "calendar",
        "case",
        "late_from",
        "links",
        "plan",
        "policy",
        "receipt",
        "shut",
        "timeline",
        "view",
        "voids",
        "work_out",
    )
    receipt: Entry
    """The entry with which the history begins."""
    timeline: Timeline
    """The history known at the snapshot's moment."""
    view: View
    """What conditions see at the snapshot's moment; a case decided in outline never asks."""

    def __init__(
        self,
        case: Case,
        plan: Plan,
        calendar: WorkCalendar,
        *,
        at: dt.datetime,
        links: Mapping[str, int] | None,
        work_out: Callable[[Snapshot, Limit], ClockLike],
        later: Snapshot | None = None,
    ) -> None:
        """Take the question; `later` is a snapshot of the same case at a later moment, where one is at hand."""
        self.case: Case = case
        self.plan: Plan = plan
        self.policy: Policy = plan.policy
        self.calendar: WorkCalendar = calendar
        self.shut: bool = calendar.hours is None and plan.wants_hours
        """Whether opening hours are wanted by some rule and nobody supplied any."""
        self.at: dt.datetime = at
        self.links: Mapping[str, int] | None = links
        self.work_out: Callable[[Snapshot, Limit], ClockLike] = work_out
        # What was known earlier is the same whichever later moment asks, so the snapshots of a case share it.
        self._root: Snapshot | None = None if later is None else later._root or later
        self._changed: dict[str, Sequence[dt.datetime]] = {}
        self._moved: dict[str, Sequence[dt.datetime]] = {}
        self._asked: dict[str, int] = {}
        self._clocks: dict[str, ClockLike] = {}
        self.late_from: dict[str, dt.datetime] = {}
        """From when on limits are late of which one moment tells it, once a condition has asked."""
        self._earlier: dict[dt.datetime, tuple[View, Snapshot | None]] = (
            {} if self._root is None else self._root._earlier
        )
        self._sights: dict[int, View] = {}
        self.voids: dict[tuple[str, int], Any] = {}
        """What was known of the events that end limits, once asked; the latest snapshot of a case keeps it for all."""
        self._stops: Stops | None = None
        self._repeated: dict[str, Mapping[int, int]] = {}

    @property
    def question(self) -> tuple[Case, Policy, dt.datetime, WorkCalendar, Mapping[str, int] | None]:
        """What was asked: two snapshots of one question are the same."""
        return self.case, self.policy, self.at, self.calendar, self.links

    def __eq__(self, other: object) -> bool:
        return self is other or (self.question == other.question if isinstance(other, Snapshot) else NotImplemented)

    def __hash__(self) -> int:
        return hash((self.case.complaint.id, self.at))

    def __getattr__(self, name: str) -> object:
        # An attribute not worked out yet; asked a hundred times in one assessment, so no property stands before it.
        known: object
        if name == "receipt":
            known = self.receipt = receipt_of(self.case.complaint)
        elif name == "timeline":
            root = self._root
            if root is None:
                known = self.timeline = Timeline(self.case, self.at, prior=self.policy.before_receipt)
            else:
                known = self.timeline = root.timeline.until(self.at)
        elif name == "view":
            known = self.view = View(
                self.plan, self.timeline, self.calendar,
                at=self.at, complaint=self.complaint, links=self.links, limits=self.outcome, stands=self.standing,
                late_from=self.late_from,
            )  # fmt: skip
        else:
            raise AttributeError(name)
        return known

    def in_doubt(self, *conditions: Condition | None) -> bool:
        """Say whether facts that some conditions hang on may have been otherwise, nobody knows from when to when."""
        if not self.timeline.unsettled and "amended" not in self.case.unseen:
            return False
        facts = (self.plan.reach(one).facts for one in conditions if one is not None)
        return self.facts_in_doubt(frozenset[str]().union(*facts))

    def facts_in_doubt(self, facts: frozenset[str]) -> bool:
        """Say whether any of some facts may have been otherwise, nobody knows from when to when."""
        if not facts:
            return False
        return "amended" in self.case.unseen or not facts.isdisjoint(self.timeline.unsettled)

    def presumes(self, unknown: int) -> bool:
        """Say whether what holds, though not surely, rests on something of which nobody knows when it happened.

        Such an event is presumed to have happened by every moment. What else the history leaves open holds nothing.
        """
        return bool(unknown & self.plan.beyond) and self.timeline.undated

    def supposes(self, unknown: int, *, surely: bool) -> bool:
        """Say whether what holds does so by a working value, or by something of which nobody knows when it happened."""
        return self.plan.works_with(unknown, surely=surely) or (not surely and self.presumes(unknown))

    @property
    def root(self) -> Snapshot:
        """The latest snapshot of the case, which keeps what all of them share."""
        return self._root or self

    @property
    def complaint(self) -> Complaint:
        """The facts as known at the snapshot's moment, with those that follow from them."""
        known = self.timeline.complaint_at(self.at) if self.case.events else self.case.complaint
        return completed(known, self.plan.implications) if self.plan.implications else known

    def clock(self, limit: Limit) -> ClockLike:
        """Give the clock of a limit, worked out once."""
        known = self._clocks.get(limit.id)
        if known is None:
            try:
                known = self._clocks[limit.id] = self.work_out(self, limit)
            except ComplaintRulesError as error:
                raise error.placed(f"{self.policy.id}: limit/{limit.id}") from None
        return known

    def outcome(self, moment: dt.datetime, limit: str) -> tuple[Outcome, Outcome]:
        """Say whether a limit is met and whether it is late, as known at a moment."""
        rule = self.policy.limits[limit]
        clock = self.clock(rule)
        changes = self._changes(rule)
        since = clock.late_from
        if since is not None and (not changes or changes[0] > self.at):
            self.late_from[limit] = since
        if moment >= self.at:
            return clock.outcome
        if not clock.foreseen or self.timeline.muddled(moment):
            return self.as_of(moment).outcome(moment, limit)
        if changes:
            following = bisect_right(changes, moment)
            if following < len(changes) and changes[following] <= self.at:
                return self.as_of(changes[following] - INSTANT).outcome(moment, limit)
        return clock.outcome_at(moment)

    def standing(self, moment: dt.datetime, limit: str) -> ClockLike:
        """Give the clock of a limit as known at a moment, to be asked how its latest run stands."""
        known = self if moment >= self.at else self.as_of(moment)
        return known.clock(self.policy.limits[limit])

    def key_of(self, entry: Entry) -> str:
        """Give the key of an event in the ids of what it brings about, the same for every later call.

        That is its own `id`, else its kind and time; further events of one kind and time are numbered as recorded, and
        of what has no moment its place in the record stands for the time.
        """
        event, when = entry.event, entry.when
        if event.id is not None:
            return event.id
        if when is None:
            return f"{event.kind}@{entry.place}"
        key = f"{event.kind}@{when.isoformat()}"
        if entry.place < 0:
            return key
        repeated = self._repeated.get(event.kind)
        if repeated is None:
            repeated = self._repeated[event.kind] = _repeated(self.timeline.of_kind(event.kind))
        number = repeated.get(entry.place)
        return key if number is None else f"{key}#{number}"

    def anew(self, moment: dt.datetime) -> Snapshot:
        """Give the snapshot of another moment, later or earlier, read as though nobody had asked before."""
        return Snapshot(self.case, self.plan, self.calendar, at=moment, links=self.links, work_out=self.work_out)

    def as_of(self, moment: dt.datetime) -> Snapshot:
        """Give the snapshot of an earlier moment, worked out once; before the receipt nobody asked, so as of then."""
        if self.timeline.before:
            moment = max(moment, self.complaint.received_from)
        view, earlier = self._earlier.get(moment, (None, None))
        if earlier is None:
            earlier = Snapshot(
                self.case, self.plan, self.calendar, at=moment, links=self.links, work_out=self.work_out,
                later=self,
            )  # fmt: skip
            self._keep(moment, view or earlier.view, earlier)
        return earlier

    def moved(self, limit: Limit) -> Sequence[dt.datetime]:
        """Give the moments, in order, up to the snapshot's own, at which another due moment may have been set.

        The facts it hangs on became known otherwise, another time was agreed, the case was reopened, or a condition
        that reads the history changed its answer.
        """
        root = self.root
        known = root._moved.get(limit.id)
        if known is None:
            known = root._moved[limit.id] = root._moves(limit)
        return known[: bisect_right(known, self.at)] if known else known

    def _moves(self, limit: Limit) -> Sequence[dt.datetime]:
        timeline = self.timeline
        if not timeline.kinds and self.plan.reach_of(limit).timeless:
            return ()
        found: set[dt.datetime] = set()
        entries = list(self.all_matches(limit.agreed))
        if limit.reopen is not None:
            entries += timeline.of_kind("reopened")
        for extension in limit.extensions:  # a total may be counted from what happens later
            entries += self.all_matches(extension.since)
        found.update(entry.lo for entry in entries if entry.lo is not None)
        facts = self.plan.reach_of(limit).facts
        if not facts.isdisjoint(timeline.changed):
            before = self.case.complaint
            for since, complaint in timeline.versions:
                if since is not None and any(complaint.fact(name) != before.fact(name) for name in facts):
                    found.add(since)
                before = complaint
        for condition in self.plan.deciding_of(limit):
            if not self.plan.reach(condition).timeless:
                found.update(self.turning_points(condition, None))
        return sorted(moment for moment in found if moment > self.receipt.lo)  # type: ignore[operator]

    def unasked(self, limit: Limit, moved: Sequence[dt.datetime]) -> Sequence[dt.datetime]:
        """Give those of the moments before which nobody has asked yet how a limit stood, and take them for asked."""
        root = self.root
        asked = root._asked.get(limit.id, 0)
        root._asked[limit.id] = max(asked, len(moved))
        return moved[asked:-1]

    def _changes(self, limit: Limit) -> Sequence[dt.datetime]:
        """Give the moments at which a limit's past was left behind, in order, those after the snapshot's own included.

        Facts it hangs on became known otherwise, or a reopening undid its end.
        """
        if self._root is not None:
            return self._root._changes(limit)
        if not self.timeline.changed and "reopened" not in self.timeline.kinds:
            return ()
        known = self._changed.get(limit.id)
        if known is not None:
            return known
        changed, facts = self.timeline.changed, self.plan.reach_of(limit).facts
        found: set[dt.datetime] = set()
        if not facts.isdisjoint(changed):
            amended = self.timeline.of_kind("amended")
            found.update(
                entry.lo for entry in amended if entry.lo is not None and not facts.isdisjoint(entry.event.set or ())
            )
        if limit.reopen in (Reopen.CONTINUE, Reopen.RESTART):
            found.update(entry.lo for entry in self.timeline.of_kind("reopened") if entry.lo is not None)
        known = self._changed[limit.id] = sorted(found)
        return known

    def view_at(self, moment: dt.datetime | None) -> View:
        """Give what was known at a moment; at the snapshot's own, or an unknown one, all that is known now."""
        if moment is None or moment >= self.at:
            return self.view
        known = self._earlier.get(moment)
        if known is not None:
            return known[0]
        timeline = self.timeline
        known_then, known_now = timeline.complaint_at(moment), timeline.complaint_at(self.at)
        view = View(
            self.plan, timeline, self.calendar, at=moment, links=self.links,
            complaint=self.view.complaint if known_then is known_now else completed(known_then, self.plan.implications),
            limits=self.outcome, stands=self.standing, late_from=self.late_from,
        )  # fmt: skip
        self._keep(moment, view, None)
        return view

    def _keep(self, moment: dt.datetime, view: View, earlier: Snapshot | None) -> None:
        if len(self._earlier) >= _MOST_KEPT + 2 * len(self.case.events):
            self._earlier.clear()
        self._earlier[moment] = (view, earlier)

    def view_for(self, rule: Limit | Duty, moment: dt.datetime | None) -> View:
        """Give what a rule sees as of a moment: where only facts matter and none changed, that is what it sees now."""
        return self.view if self.steady(rule) else self.view_at(moment)

    def steady(self, rule: Limit | Duty) -> bool:
        """Say whether a rule has seen the same all along: only facts matter to it, and none of them changed."""
        reach = self.plan.reach_of(rule)
        changed = self.timeline.changed
        return reach.timeless and (not changed or changed.isdisjoint(reach.facts))

    def sight_of(self, entry: Entry, *, steady: bool) -> View:
        """Give what a rule sees of an event that happened, as of then; where it is `steady`, as now."""
        view = self.view if steady else self.view_at(entry.hi)
        if view is not self.view:
            return view.with_event(entry.event)
        known = self._sights.get(entry.place)
        if known is None:
            known = self._sights[entry.place] = view.with_event(entry.event)
        return known

    def holds(self, condition: Condition | None, entry: Entry) -> bool:
        """Say whether a condition over an event held when the event happened; no condition always holds."""
        if condition is None:
            return True
        view = self.view_at(entry.hi).with_event(entry.event)
        return self.plan.test(condition)(view)[0]

    def surely_held(self, condition: Condition | None, entry: Entry) -> bool:
        """Say whether a condition over an event held beyond doubt, at whatever moment of its day the event happened.

        What holds by the working value of a table, or by something of which nobody knows the moment, may not have.
        """
        if condition is None:
            return True
        if entry.lo is None and not self.plan.reach(condition).timeless:
            return False
        test = self.plan.test(condition)
        for moment in {entry.lo, entry.hi}:
            holds, surely, _, unknown = test(self.view_at(moment).with_event(entry.event))
            if not holds or self.supposes(unknown, surely=surely):
                return False
        return True

    def may_hold(self, condition: Condition | None, entry: Entry) -> bool:
        """Say whether a condition over an event, which is not known to have held when it happened, may have."""
        if condition is None:  # pragma: no cover - which always holds, so that nobody asks
            return False
        holds, _, possibly, unknown = self.plan.test(condition)(self.view_at(entry.hi).with_event(entry.event))
        return not holds and self.plan.undecided(possibly=possibly, unknown=unknown)

    def counted(
        self, period: Period, counting: Counting, start: Entry, pauses: Sequence[Pause]
    ) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Count a period from a start: the due moment by the strictest and by the most generous reading.

        They differ only where no more than the day of the start is known. None while stopped, without a start, or where
        the opening hours that it takes were not supplied.
        """
        if start.lo is None or start.hi is None or (self.shut and period.needs_hours(counting)):
            return None, None
        due = period.due_at(start.lo, self.calendar, counting, pauses)
        return due, due if start.hi is start.lo else period.due_at(start.hi, self.calendar, counting, pauses)

    def stops(self) -> Stops:
        """Give the suspensions paired with their resumptions."""
        if self._stops is None:
            self._stops = NO_STOPS if STOPPING.isdisjoint(self.timeline.kinds) else stops(self.timeline)
        return self._stops

    def all_matches(self, selectors: Sequence[Selector]) -> list[Entry]:
        """Give every known event that any selector means, in order of time, counting `nth` over the whole history."""
        timeline = self.timeline
        found: list[Entry] = []
        for selector in selectors:
            if selector.kind == "received":
                found.append(timeline.receipt)
                continue
            entries = timeline.of_kind(selector.kind, selector.fields, selector.without)
            if entries:
                found += entries if selector.nth is None else entries[selector.nth - 1 : selector.nth]
        if len(selectors) > 1:
            found.sort(key=ORDER)
        return found

    def first_match(self, selectors: Sequence[Selector], start: Entry) -> Entry | None:
        """Give the first event any selector means at or after a start; here `nth` counts from the start."""
        best: Entry | None = None
        timeline = self.timeline
        for selector in selectors:
            if selector.kind not in timeline.kinds:
                continue
            left = selector.nth or 1
            for entry in timeline.since(selector.kind, start, selector.fields, selector.without):
                if best is not None and entry.order >= best.order:
                    break
                left -= 1
                if not left:
                    best = entry
                    break
        return best

    def first_since(self, selectors: Sequence[Selector], fallback: Entry) -> Entry | None:
        """Give the first event any selector means, at whatever time; without selectors the fallback."""
        if not selectors:
            return fallback
        found = self.all_matches(selectors)
        return found[0] if found else None

    def ends_of(self, waits: Iterable[Wait]) -> Iterator[dt.datetime]:
        """Give the first instants after the ends of periods that conditions wait for, by both readings of a day."""
        for kind, period in dict.fromkeys((kind, period) for kind, period, _ in waits):
            if self.shut and period.needs_hours():
                continue
            for entry in self.timeline.of_kind(kind)[:1]:
                for start in (entry.lo,) if entry.hi is entry.lo else (entry.lo, entry.hi):
                    if start is not None:  # no pause, so it ends
                        yield cast(dt.datetime, period.due_at(start, self.calendar)) + INSTANT

    def turning_points(self, condition: Condition, since: dt.datetime | None) -> list[dt.datetime]:
        """Give the moments after `since`, up to now, at which a condition can have changed its answer."""
        reach = self.plan.reach(condition)
        timeline = self.timeline
        points: set[dt.datetime] = set()
        for kind in reach.kinds:
            points.update(entry.lo for entry in timeline.of_kind(kind) if entry.lo is not None)
        if reach.held:
            points.update(entry.lo for entry in timeline.entries if entry.lo is not None)
        if timeline.changed & reach.facts:
            points.update(entry.lo for entry in timeline.of_kind("amended") if entry.lo is not None)
        points.update(self.ends_of(reach.elapsed))
        for name in reach.limits:
            limit, met = self.policy.limits[name], name in reach.met
            points.update(self.clock(limit).turns(met=met))
            for change in self._changes(limit):
                points.add(change)
                points.update(self.as_of(change - INSTANT).clock(limit).turns(met=met))
        for name in reach.stood:
            limit = self.policy.limits[name]
            points.update(self.clock(limit).all_turns())
            for change in self._changes(limit):
                points.update(self.as_of(change - INSTANT).clock(limit).all_turns())
        return sorted([point for point in points if point <= self.at and (since is None or point > since)])


def _repeated(entries: Sequence[Entry]) -> Mapping[int, int]:
    """Give numbers, from 2 on, to events of a kind without id that share their time with one recorded earlier."""
    found: dict[int, int] = {}
    seen: dict[object, int] = {}
    if len(entries) > 1:
        for entry in sorted(entries, key=PLACE):
            if entry.event.id is None:
                when = entry.when
                seen[when] = number = seen.get(when, 0) + 1
                if number > 1:
                    found[entry.place] = number
    return found
