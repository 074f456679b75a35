"""Plain rows (台账行): what a system knows of a case without its history, looked at as a case is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, cast, final

from complaint_rules.assessing import snapshot_of
from complaint_rules.assessment.plans import Stood
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.views import View
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.conditions.scopes import check_fact
from complaint_rules.errors import ComplaintRulesError, InvalidTally, did_you_mean
from complaint_rules.moments import as_when, earliest_of
from complaint_rules.policy.policy import Policy
from complaint_rules.statistics.looks import CLASSES, UNDETERMINED, Look

_IN_TIME: Final = CLASSES.index("in_time")
_LATE: Final = (CLASSES.index("late"), CLASSES.index("open_late"))


class _Given(NamedTuple):
    """A limit of which the class is given, and nobody knows when it was due."""

    standing: str
    due_at: dt.datetime | None = None
    due_latest: dt.datetime | None = None


@final
class Said:
    """How the limits of a case stand by what its row says; of one that it does not name, by its history."""

    __slots__ = ("_snapshot", "_standings")

    def __init__(self, snapshot: Snapshot, standings: Mapping[str, int]) -> None:
        self._snapshot, self._standings = snapshot, standings

    def outcome(self, moment: dt.datetime, limit: str) -> tuple[bool | None, bool | None]:
        """Say whether a limit is met, and whether it is late, as `Snapshot.outcome` does."""
        given = self._standings.get(limit)
        if given is None:
            return self._snapshot.outcome(moment, limit)
        return (None, None) if given == UNDETERMINED else (given == _IN_TIME, given in _LATE)

    def standing(self, moment: dt.datetime, limit: str) -> Stood:
        """Say how the latest run of a limit stands, as `Snapshot.standing` does."""
        given = self._standings.get(limit)
        return self._snapshot.standing(moment, limit) if given is None else _Given(CLASSES[given])


def row_look(
    policy: Policy,
    at: dt.datetime,
    calendar: WorkCalendar,
    facts: Mapping[str, Any],
    *,
    received: dt.datetime | dt.date | None,
    events: Mapping[str, Any],
    standings: Mapping[str, str],
    id: str | None,
) -> Look | None:
    """Look at a plain row; None where it was received after the moment asked about.

    Raises `InvalidTally` for a fact, event, limit or class that the policy does not have.
    """
    for what, one in (("events", events), ("standings", standings)):
        if not isinstance(cast(object, one), Mapping):
            raise InvalidTally(what=what, why="a mapping is expected", value=type(one).__name__)
    given = {limit: _class(policy, limit, said) for limit, said in standings.items()}
    happened = [_event(policy, kind, when) for kind, said in events.items() for when in _moments(said)]
    known = None if received is None else as_when(received, what="received")
    if known is not None and earliest_of(known) > at:
        return None
    complaint = _complaint(policy, facts, known or _earliest(happened, at), id)
    unseen = policy.scope.kinds - events.keys() - {"received"}
    snapshot, _ = snapshot_of(Case(complaint, happened, unseen=unseen), policy, at=at, calendar=calendar)
    if given:
        seen, said = snapshot.view, Said(snapshot, given)
        snapshot.view = View(
            seen.plan, seen.timeline, seen.calendar, at=seen.at, complaint=seen.complaint, links=seen.links,
            limits=said.outcome, stands=said.standing,
        )  # fmt: skip
    return Look(snapshot, standings=given, received=known is not None)


def _earliest(events: Iterable[Event], at: dt.datetime) -> dt.datetime:
    """Give a moment for a receipt of which nobody knows the day: nothing is drawn from it."""
    return min((earliest_of(event.at) for event in events if event.at is not None), default=at)


def _moments(said: object) -> Iterable[Any]:
    return said if isinstance(said, list | tuple) else (said,)


def _event(policy: Policy, kind: str, when: Any) -> Event:
    if kind not in policy.scope.kinds:
        hint = did_you_mean(kind, policy.scope.kinds)
        raise InvalidTally(what="events", why="the policy knows no such kind of event", value=kind, hint=hint)
    try:
        return Event(kind, when)
    except ComplaintRulesError as error:
        raise InvalidTally(what=f"events[{kind!r}]", why=error.why, value=when, hint=error.hint) from None


def _class(policy: Policy, limit: str, said: object) -> int:
    if limit not in policy.limits:
        hint = did_you_mean(limit, policy.limits)
        raise InvalidTally(what="standings", why="the policy has no such limit", value=limit, hint=hint)
    if said not in CLASSES:
        hint = did_you_mean(said, CLASSES) or f"the classes are {', '.join(CLASSES)}"
        raise InvalidTally(what=f"standings[{limit!r}]", why="there is no such class", value=said, hint=hint)
    return CLASSES.index(said)


def _complaint(policy: Policy, facts: Mapping[str, Any], received: dt.datetime | dt.date, id: str | None) -> Complaint:
    if not isinstance(cast(object, facts), Mapping):
        raise InvalidTally(what="facts", why="a mapping of facts by name is expected", value=type(facts).__name__)
    core: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in facts.items():
        spec = policy.scope.facts.get(name)
        if spec is None and name not in CORE_FACTS:
            hint = did_you_mean(name, [*policy.scope.facts, *sorted(CORE_FACTS)])
            raise InvalidTally(what="facts", why="the policy knows no such fact", value=name, hint=hint)
        if value is None:
            continue
        if name in CORE_FACTS:
            core[name] = value
        else:
            plain = frozenset(value) if isinstance(value, set | list | tuple) else value
            check_fact(policy.scope.facts[name], plain, where="facts")
            extra[name] = plain
    return Complaint(id="row" if id is None else id, received=received, extra=extra, **core)
