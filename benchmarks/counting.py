"""Cases to count, and the same ten figures counted by hand with `collections.Counter`."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Final

from benchmarks.histories import PSBC
from complaint_rules import BEIJING, Assessment, Case, Complaint, Event, Policy, Status, Tally, WorkCalendar, assess

CHINA: Final = WorkCalendar.china()
AT: Final = dt.datetime(2026, 9, 30, 18, 0, tzinfo=BEIJING)
BY: Final = ("channel", ("kind", "month"), "priority")
"""Three groupings; the whole stands beside them by itself."""
_PASSED_ON: Final = ("superior", "regulator", "government", "association", "court", "press", "other")
_NAMED: Final = {"zh": "甲", "en": "A"}
FIGURES: Final[Sequence[Mapping[str, Any]]] = (
    {"id": "all", "title": _NAMED},
    {"id": "passed_on", "title": _NAMED, "of": f"source in {_PASSED_ON}"},
    {"id": "in_time", "title": _NAMED, "limit": "whole"},
    {"id": "met", "title": _NAMED, "share": "met('whole')", "of": "met('whole') or late('whole')"},
    {"id": "content", "title": _NAMED, "share": "satisfied", "of": "satisfied or not satisfied"},
    {
        "id": "tier2", "title": _NAMED, "share": "has('called_back', by='tier2_branch')",
        "of": "priority == 'ordinary'",
    },
    {
        "id": "tier1", "title": _NAMED, "of": "priority == 'ordinary'",
        "share": "has('called_back', by='tier1_branch') or has('called_back', by='ticket_post')",
    },
    {"id": "urgent", "title": _NAMED, "share": "priority == 'urgent'"},
    {"id": "closed", "title": _NAMED, "dated": "closed"},
    {"id": "days", "title": _NAMED, "time": {"from": "received", "until": "closed", "unit": "working days"}},
)  # fmt: skip
"""Ten figures of four shapes, placed by two events."""


def stream(size: int) -> list[Case]:
    """Give complaints of three months with what became of them; some reopened, withdrawn, open or little known."""
    chance = random.Random(20_261_127)  # noqa: S311 - reproducible, nothing secret
    return [_case(number, chance) for number in range(size)]


def _case(number: int, chance: random.Random) -> Case:
    received = dt.datetime(2026, 7, 1, tzinfo=BEIJING) + dt.timedelta(minutes=chance.randrange(90 * 1_440))
    tier = chance.choice(("tier1_branch", "tier2_branch", "ticket_post"))
    done = received + dt.timedelta(minutes=chance.randrange(60, 25 * 1_440))
    events = [
        Event("routed", received + dt.timedelta(minutes=30), by="head_office", to="tier1_branch"),
        Event("routed", received + dt.timedelta(minutes=chance.randrange(40, 600)), by="tier1_branch", to="outlet"),
    ]
    lot = chance.random()
    if lot < 0.05:
        events.append(Event("withdrawn", done))
    elif lot < 0.9:
        events += [Event("accepted_by_customer", done), Event("closed", done + dt.timedelta(hours=1))]
        if chance.random() < 0.5:
            events.append(Event("called_back", done + dt.timedelta(hours=2), by=tier, outcome="settled"))
        if chance.random() < 0.1:
            events.append(Event("reopened", done + dt.timedelta(days=3)))
            if chance.random() < 0.7:
                events.append(Event("closed", done + dt.timedelta(days=5)))
    maybe, said = (True, False, False, False, None), chance.choice((True, True, False, None))
    complaint = Complaint(
        id=f"c-{number}", received=received, kind=f"k-{chance.randrange(12)}",
        channel=chance.choice(("phone", "internet", "letter")), source=chance.choice(("customer", "regulator")),
        complainants=chance.choice((1, 1, 1, 2, 4)), repeat=chance.choice(maybe), funds_at_risk=False,
        press_risk=chance.choice(maybe), extra={"marked_urgent": False, "satisfied": said},
    )  # fmt: skip
    return Case(complaint, events)


def judged(case: Case, policy: Policy = PSBC) -> Assessment:
    """Assess a case and look at all that is due, open and wrong, as a service does before it counts."""
    found = assess(case, policy, at=AT, calendar=CHINA)
    for finding in found.findings.values():
        _ = finding.decision.value
    for clock in found.clocks.values():
        _ = clock.status, clock.due_at
    for duty in found.duties:
        _ = duty.status
    _ = found.violations
    return found


def tally() -> Tally:
    """Give a tally of the ten figures by the three groupings."""
    return Tally(PSBC, at=AT, calendar=CHINA, by=BY, figures=FIGURES)


_STANDS: Final = {
    Status.MET: "in_time", Status.MET_LATE: "late", Status.RUNNING: "open_in_time", Status.SUSPENDED: "open_in_time",
    Status.OVERDUE: "open_late", Status.UNDETERMINED: "undetermined", Status.NOT_STARTED: "not_started",
    Status.NOT_APPLICABLE: "not_applicable",
}  # fmt: skip


class ByHand:
    """The ten figures as a careful person counts them: one counter, by group, figure and field."""

    def __init__(self, working_days: dict[tuple[dt.date, dt.date], int]) -> None:
        """Take the working days between two days that were counted already."""
        self.n: Counter[tuple[Any, str, Any]] = Counter()
        """How many there are, by group, figure and field; of durations the field is a pair with the length."""
        self._working_days = working_days

    def add(self, found: Assessment) -> None:
        """Count a case."""
        complaint, events = found.case.complaint, found.case.events
        priority = found.findings["priority"].decision
        marks: list[tuple[str, Any]] = [("all", "n")]
        if complaint.source in _PASSED_ON:
            marks.append(("passed_on", "n"))
        for run in found.clocks["whole"].runs:
            if run.superseded_at is not None:
                stands = "late"
            elif run.status is Status.VOID:
                stands = "void_late" if run.late else "void"
            else:
                stands = _STANDS[run.status]
            marks.append(("in_time", stands))
        status = found.clocks["whole"].status
        if status is Status.MET:
            marks.append(("met", "yes"))
        elif status in (Status.MET_LATE, Status.OVERDUE):
            marks.append(("met", "no"))
        satisfied = complaint.fact("satisfied")
        marks.append(("content", "undecided" if satisfied is None else "yes" if satisfied else "no"))
        ended = left = None  # all moments are known here, and kept in Beijing time
        callbacks = set()
        for event in events:
            if event.at > AT:  # type: ignore[operator]
                continue
            if event.kind == "closed":
                ended = event.at
            elif event.kind == "reopened":
                ended = left = None
            elif event.kind == "withdrawn":
                left = event.at
            elif event.kind == "called_back":
                callbacks.add(event.by)
        if priority.value == "ordinary":
            for figure, said in (
                ("tier2", "tier2_branch" in callbacks),
                ("tier1", "tier1_branch" in callbacks or "ticket_post" in callbacks),
            ):
                marks.append((figure, "yes" if said else "no"))
                if not priority.certain:
                    marks.append((figure, "presumed"))
        marks.append(("urgent", "yes" if priority.value == "urgent" else "no"))
        if "urgent" in priority.possible and not priority.certain:
            marks.append(("urgent", "presumed"))
        first = complaint.received_from.date()
        if ended is not None:
            marks.append(("days", ("ended", self._length(first, ended.date()))))  # type: ignore[attr-defined]
        elif left is not None:
            marks.append(("days", "left"))
        else:
            marks.append(("days", ("open", self._length(first, AT.date()))))
        channel, kind = complaint.channel, complaint.kind
        month = f"{first.year}-{first.month:02d}"
        n = self.n
        for key in (), ("channel", channel), ("kind", kind, month), ("priority", priority.value):
            for figure, field in marks:
                n[key, figure, field] += 1
        if ended is not None:
            month = f"{ended.year}-{ended.month:02d}"
            for key in (), ("channel", channel), ("kind", kind, month), ("priority", priority.value):
                n[key, "closed", "n"] += 1

    def _length(self, first: dt.date, last: dt.date) -> int:
        """Count working days, the same two days once."""
        known = self._working_days.get((first, last))
        if known is None:
            known = 0
            if last != first:
                known = CHINA.count_working_days(first, CHINA.working_day_on_or_after(last))
            self._working_days[first, last] = known
        return known


def as_by_hand(counted: Tally) -> Counter[tuple[Any, str, Any]]:
    """Give the numbers of a tally as those by hand are kept."""
    found: Counter[tuple[Any, str, Any]] = Counter()
    for names, figure in product(counted.groupings, counted.figures):
        table = counted.table(figure, by=names)
        for key, value in table.rows.items() if names else (((), table.total),):
            group = (names[0], *(key if isinstance(key, tuple) else (key,))) if names else ()
            for field, n in value.to_dict().items():
                if isinstance(n, list):
                    found.update({(group, figure, (field, length)): number for length, number in n})
                elif isinstance(n, int):
                    found[group, figure, field] += n
    return +found
