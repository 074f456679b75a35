"""What a policy's conditions see: the facts and the history known at one moment, and what tables decide there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import final

from complaint_rules.assessment.plans import MOST_REMEMBERED, Decision, LimitOutcome, Outcome, Plan
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event, Fields
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.entries import Entry, not_before
from complaint_rules.cases.timeline import Timeline
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.periods import Period


@final
class View:
    """The facts and the history of a case as known at one moment: what a condition is evaluated on."""

    __slots__ = (
        "at", "calendar", "complaint", "decisions", "event", "historic", "late_from", "limits", "links", "plan",
        "timeline",
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
        late_from: Mapping[str, dt.datetime] = FrozenMap(),
    ) -> None:
        self.plan: Plan = plan
        self.timeline: Timeline = timeline
        self.calendar: WorkCalendar = calendar
        self.at: dt.datetime = at
        self.complaint: Complaint = complaint
        self.links: Mapping[str, int] | None = links
        self.limits: LimitOutcome = limits
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
        """Give the entries of a kind, how many happened by now, and how many may have that carry no moment."""
        timeline = self.timeline
        if not self.historic:
            found = timeline.of_kind(kind, fields)
            return found, len(found), 0
        found, number = timeline.known_at(self.at, kind, fields)
        if not timeline.undated:
            return found, number, 0
        return found, number, sum(entry.lo is None for entry in timeline.of_kind(kind, fields))

    def has(self, kind: str, fields: Fields) -> Outcome:
        """Say whether such an event happened; None where the source of the history cannot show it."""
        unseen = kind in self.timeline.case.unseen
        if kind not in self.timeline.kinds and kind != "received":
            return None if unseen else False
        _, number, doubtful = self._known(kind, fields)
        if number:
            return True
        return None if doubtful or unseen else False

    def count(self, kind: str, fields: Fields) -> tuple[int, int | None]:
        """Count such events: at least, and at most; None: without bound, because the source cannot show them."""
        _, number, doubtful = self._known(kind, fields)
        return number, None if kind in self.timeline.case.unseen else number + doubtful

    def elapsed(self, kind: str, period: Period, until: str | None) -> Outcome:
        """Say whether the earlier of `until` and now lies after the end of a period from the first event of a kind."""
        started, number, doubtful = self._known(kind, ())
        if not number:
            return None if doubtful or kind in self.timeline.case.unseen else False
        start = started[0]
        if start.lo is None or start.hi is None:
            return None
        if self.plan.hours_wanted and self.calendar.hours is None and period.needs_hours():
            return None
        due = period.due_at(start.lo, self.calendar)
        latest = due if start.hi is start.lo else period.due_at(start.hi, self.calendar)
        if due is None or latest is None:  # pragma: no cover - without pauses every period has an end
            return None
        lo = hi = self.at
        unsure = False
        if until is not None:
            ended = [entry for entry in self.timeline.of_kind(until) if not_before(entry, start)]
            known = next((entry for entry in ended if entry.lo is not None and entry.lo <= self.at), None)
            if known is not None and known.lo is not None and known.hi is not None:
                lo, hi = known.lo, min(known.hi, self.at)
            unsure = any(entry.lo is None for entry in ended) or (known is None and until in self.timeline.case.unseen)
        if hi <= due:
            return False
        return True if lo > latest and not unsure else None

    def met(self, limit: str) -> Outcome:
        """Say whether a limit is met; False while it runs."""
        return self.limits(self.at, limit)[0]

    def late(self, limit: str) -> Outcome:
        """Say whether a limit is overdue or was met late; False while it runs."""
        since = self.late_from.get(limit)
        if since is not None:
            return self.at >= since
        return self.limits(self.at, limit)[1]

    def linked(self, link: str) -> int | None:
        """Give how many complaints belong together with this one; None where nobody looked."""
        return None if self.links is None else self.links.get(link)
