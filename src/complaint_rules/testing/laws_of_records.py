"""The laws of the record: in which order, what cannot be seen, what is asked beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import attrs

from complaint_rules.assessing import permitted
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.violations import Violation, ViolationCode
from complaint_rules.moments import day_of
from complaint_rules.policy.policy import Policy
from complaint_rules.testing.asking import LawQuestion

_OF_THE_MATTER: Final = ("findings", "clocks", "duties", "questions", "keep_until")
_ABOUT_TIME: Final = frozenset(
    {ViolationCode.LATE, ViolationCode.DONE_LATE, ViolationCode.MISSED, ViolationCode.RECORDED_OUT_OF_ORDER}
)
_GOOD: Final = frozenset({"met", "done"})
_BAD: Final = frozenset({"late", "overdue", "met_late", "done_late", "breached"})


def check_order(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that neither the order of recording nor the zone of moments matters (记录次序无关).

    Only of events known to the moment, each on a day with none that is known to the day, no two at once, and of
    histories in which every event has a moment or a day, none of them before the receipt: of others the order says
    which came first. Events without an `id` are given one, because a run is named by what started it.
    """
    asked = LawQuestion("order", policy, case, at, calendar, links)
    events = asked.named_events()
    places = _movable(events)
    found = asked.then(case=asked.with_events(*events))
    if found.snapshot.timeline.undated:  # of two that stand before the receipt, too, nobody knows which came first
        return
    told = found.to_dict()
    for order in (places[::-1], places[len(places) // 2 :] + places[: len(places) // 2]):
        moved = list(events)
        for place, source in zip(places, order, strict=True):
            moved[place] = attrs.evolve(events[source], at=_in_utc(events[source].at))
        again = asked.then(case=asked.with_events(*moved)).to_dict()
        for name in (*_OF_THE_MATTER, "next_change_at"):
            asked.hold(told[name] == again[name], "the order of recording matters", name)
        asked.hold(_faults(told) == _faults(again), "the order of recording matters", "violations")


def _movable(events: list[Event]) -> list[int]:
    """Give the places of the events whose order of recording says nothing."""
    if any(event.at is None for event in events):
        return []
    days = {event.at for event in events if not isinstance(event.at, dt.datetime)}
    moments = [event.at for event in events]
    return [
        place for place, at in enumerate(moments)
        if isinstance(at, dt.datetime) and moments.count(at) == 1 and day_of(at) not in days
    ]  # fmt: skip


def _in_utc(at: object) -> dt.datetime | None:
    return at.astimezone(dt.UTC) if isinstance(at, dt.datetime) else None


def _faults(told: Mapping[str, Any]) -> list[tuple[str, ...]]:
    faults = ((one["code"], one["event"] or "", one["at"] or "") for one in told["violations"])
    return sorted(fault for fault in faults if fault[0] != ViolationCode.RECORDED_OUT_OF_ORDER)


def check_hidden(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that what the record does not show turns no verdict into its opposite (看不见的不改判).

    Of each kind of event in the history: where its source cannot show it (`Case.unseen`), and of each event: where
    nobody knows when it happened. What was kept is then never missed, what was missed never kept; it may be undecided.
    """
    asked = LawQuestion("hidden", policy, case, at, calendar, links)
    events = asked.case.events
    whole = verdicts(asked.then())
    for kind in sorted({event.kind for event in events} - {"received"}):
        shown = attrs.evolve(
            asked.with_events(*(event for event in events if event.kind != kind)), unseen=asked.case.unseen | {kind}
        )
        turned = opposite(whole, verdicts(asked.then(case=shown)))
        asked.hold(not turned, "a verdict turns where a kind of event cannot be seen", (kind, turned))
    for place, event in enumerate(events):
        undated = asked.with_events(*events[:place], attrs.evolve(event, at=None), *events[place + 1 :])
        turned = opposite(whole, verdicts(asked.then(case=undated)))
        asked.hold(not turned, "a verdict turns where nobody knows when something happened", (event.kind, turned))


def verdicts(found: Assessment) -> dict[str, str]:
    """Give what is definitely said of each limit as a whole and of each duty, the worst of several.

    >>> from complaint_rules.assessing import assess
    >>> from complaint_rules.policy.loading import load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> verdicts(found)["limit/whole"]
    'running'
    """
    said: dict[str, str] = {}
    for name, clock in found.clocks.items():
        said[f"limit/{name}"] = "late" if clock.late_since is not None else clock.worst.value
    for one in found.duties:
        before, now = said.get(one.rule), one.status.value
        if now in _BAD or (before not in _BAD and before != "undetermined"):
            said[one.rule] = now
    return said


def opposite(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Give the rules of which one verdict says that they were kept, and another that they were not.

    >>> opposite({"limit/whole": "met", "duty/tell": "due"}, {"limit/whole": "late", "duty/tell": "done"})
    ['limit/whole: met, late']
    """
    pairs = ((name, one.get(name, ""), other.get(name, "")) for name in sorted(one.keys() | other.keys()))
    return [
        f"{name}: {first}, {second}"
        for name, first, second in pairs
        if (first in _GOOD and second in _BAD) or (first in _BAD and second in _GOOD)
    ]


def check_permitted(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that what `permitted` says beforehand of an event is what is found afterwards (事前所问即事后所查).

    Asked of the event recorded last. Lateness is no reason against an act, and what a closing leaves open is asked
    beforehand only.
    """
    asked = LawQuestion("permitted", policy, case, at, calendar, links)
    if not asked.case.events:
        return
    *earlier, last = asked.case.events
    before = asked.with_events(*earlier)
    answered = permitted(before, last, asked.policy, at=asked.at, calendar=calendar, links=links)
    place = len(before.events)
    against = [one for one in asked.then().held_against if one.place == place and one.speaks_against]
    told = [one for one in answered.against if one.code is not ViolationCode.OPEN_DUTY]
    found = [one for one in against if one.code not in _ABOUT_TIME]
    asked.hold(told == found, "what was asked beforehand differs from what is found", (_codes(told), _codes(found)))
    asked.hold(bool(answered) is not bool(answered.against), "it is allowed, and something speaks against it")


def _codes(found: list[Violation]) -> list[str]:
    return [one.code.value for one in found]
