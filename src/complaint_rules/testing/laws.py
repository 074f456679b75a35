"""The library's own laws (定律), as functions that anybody can hold against a policy and a case of their own.

Each takes a policy, a case and the moment asked about, and gives nothing; one that does not hold raises `BrokenLaw`.
`calendar` and `links` are those of `assess`. What a law does not speak of it lets pass: see what stands with each.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Protocol, final

import attrs

from complaint_rules.assessing import assess, permitted
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import CUSTOMERS, Run, Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event, case_of
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.plain import case_from_json, case_to_dict
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.conditions.trees import Compare, Fact, Given, LinkedCount, Literal, ParameterValue, TableValue, Truth
from complaint_rules.conditions.trees import atoms_of, terms_of
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.moments import INSTANT, as_moment, day_of, earliest_of
from complaint_rules.policy.codes import fact_types
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Limit, Modality
from complaint_rules.policy.uses import Role, kinds_of, uses_of

_FAR: Final = dt.timedelta(days=400)
_LATER: Final = dt.timedelta(days=60)
_DAY: Final = dt.timedelta(days=1)
_APART: Final = frozenset({"at", "fingerprints", "next_change_at"})
_OF_THE_MATTER: Final = ("findings", "clocks", "duties", "questions", "keep_until")
_ABOUT_TIME: Final = frozenset(
    {ViolationCode.LATE, ViolationCode.DONE_LATE, ViolationCode.MISSED, ViolationCode.RECORDED_OUT_OF_ORDER}
)
_GOOD: Final = frozenset({"met", "done"})
_BAD: Final = frozenset({"late", "overdue", "met_late", "done_late", "breached"})


@final
@attrs.define(kw_only=True, slots=False, str=False, eq=False)
class BrokenLaw(ComplaintRulesError, AssertionError):
    """A law of the library (定律) that does not hold for a case: an error of the library, or of the law.

    >>> print(BrokenLaw(what="wakeup", why="it rings for nothing"))
    wakeup: it rings for nothing
    """

    law: str = ""
    """Which law, by the name of its function without ``check_``."""
    policy: Policy | None = None
    """The policy."""
    case: Case | None = None
    """The case."""
    at: dt.datetime | None = None
    """The moment asked about."""
    links: Mapping[str, int] | None = None
    """Counts of linked complaints; None: nobody looked."""

    def to_dict(self) -> dict[str, Any]:
        """Give as plain data for JSON what is needed to see it again: ``law``, ``policy``, ``case``, ``at``, ``links``."""
        return {
            "law": self.law,
            "policy": None if self.policy is None else self.policy.id,
            "case": None if self.case is None else case_to_dict(self.case),
            "at": None if self.at is None else self.at.isoformat(),
            "links": None if self.links is None else dict(self.links),
        }


class Law(Protocol):
    """A law, as a function."""

    __name__: str

    def __call__(
        self,
        policy: Policy,
        case: Case | Complaint,
        at: dt.datetime,
        *,
        calendar: WorkCalendar | None = None,
        links: Mapping[str, int] | None = None,
    ) -> None:
        """Hold the law against a case; raises `BrokenLaw`."""


@final
class _Asked:
    """A question of which a law speaks."""

    def __init__(
        self,
        law: str,
        policy: Policy,
        case: Case | Complaint,
        at: dt.datetime,
        calendar: WorkCalendar | None,
        links: Mapping[str, int] | None,
    ) -> None:
        self.law = law
        self.policy = as_policy(policy)
        self.case = case_of(case)
        self.at = as_moment(at, what="at")
        self.calendar = calendar
        self.links = links

    def then(self, at: dt.datetime | None = None, case: Case | None = None) -> Assessment:
        """Answer it, of another moment or case where one is given."""
        return assess(
            self.case if case is None else case, self.policy, at=self.at if at is None else at,
            calendar=self.calendar, links=self.links,
        )  # fmt: skip

    def with_events(self, *events: Event) -> Case:
        """Give the case with other events."""
        return attrs.evolve(self.case, events=events)

    def hold(self, holds: object, why: str, value: object = None) -> None:
        """Raise `BrokenLaw` unless something holds."""
        if not holds:
            raise BrokenLaw(
                what=self.law, why=why, value=value, where=f"{self.policy.id}, {self.case.complaint.id}",
                law=self.law, policy=self.policy, case=self.case, at=self.at, links=self.links,
            )  # fmt: skip


def answer(found: Assessment) -> dict[str, Any]:
    """Give what an assessment says as plain data, without the moment asked about and what is derived from it alone.

    >>> from complaint_rules.policy.loading import load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("reply-24h"), at=received)
    >>> "clocks" in answer(found), "at" in answer(found)
    (True, False)
    """
    return {name: part for name, part in found.to_dict().items() if name not in _APART}


def _unlike(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


# --- the same question ---


def check_pure(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """The same question has the same answer, in whatever order its parts are read (同问同答).

    >>> from complaint_rules.policy.loading import load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> check_pure(load_policy("reply-24h"), Complaint(id="c-1", received=received), received)
    """
    asked = _Asked("pure", policy, case, at, calendar, links)
    found, again = asked.then(), asked.then()
    plain = found.to_dict()
    _ = (again.next_change_at, again.notices, again.questions, [clock for clock in reversed(again.clocks.values())])
    asked.hold(again.to_dict() == plain, "asked twice, it is answered differently", _unlike(plain, again.to_dict()))
    asked.hold(found == again, "two equal answers compare as different")


def check_wakeup(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
    part: float = 0.5,
) -> None:
    """Nothing differs before `Assessment.next_change_at`, and at it something does (到时唤醒一次).

    Tried are the instant after `at`, the last one before the change, and a moment between, at that `part` of the way;
    where nothing will change, up to 400 days on. Of a case in which more than 64 moments would have to be tried
    `next_change_at` may ring for nothing, and then the law does not hold.
    """
    asked = _Asked("wakeup", policy, case, at, calendar, links)
    found = asked.then()
    change, known, now = found.next_change_at, answer(found), found.at
    asked.hold(change is None or change > now, "the next change does not lie ahead", change)
    last = now + _FAR if change is None else change - INSTANT
    for moment in sorted({now + INSTANT, now + (last - now) * part, last}):
        if now < moment <= last:
            then = answer(asked.then(moment))
            asked.hold(then == known, "the answer changes before its next change", (moment, _unlike(then, known)))
    if change is not None:
        asked.hold(answer(asked.then(change)) != known, "the next change rings for nothing", change)


def check_then(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """What is said of a moment later is what was answered at it (当时之答即事后之答).

    Held against each other are the ends of limits, their due moments and the values of tables, asked 60 days later of
    the moment `at`. A record corrected since (``amended`` for the reason ``mistaken``) changes what is said of before:
    the law does not speak of a case that has one.
    """
    asked = _Asked("then", policy, case, at, calendar, links)
    if any(event.corrects for event in asked.case.events):
        return
    found, later = asked.then(), asked.then(asked.at + _LATER).snapshot
    before = later.as_of(found.at)
    for name, limit in asked.policy.limits.items():
        clock, again = found.clocks[name], before.clock(limit)
        asked.hold(later.outcome(found.at, name) == clock.outcome, "a limit's end is later said otherwise", name)
        asked.hold((again.outcome, again.due_at) == (clock.outcome, clock.due_at), "a clock is later another one", name)
    view, seen = later.view_at(found.at), found.snapshot.view
    asked.hold(view.complaint == seen.complaint, "the facts of then are later said otherwise")
    for place, name in enumerate(asked.policy.tables):
        asked.hold(view.table(place).value == seen.table(place).value, "a class is later said otherwise", name)


def check_later(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """What is recorded for after `at` changes nothing that is answered at it (后事不改前答)."""
    asked = _Asked("later", policy, case, at, calendar, links)
    known = [one for one in asked.case.events if one.at is None or earliest_of(one.at) <= asked.at]
    whole, without = asked.then().to_dict(), asked.then(case=asked.with_events(*known)).to_dict()
    for name in _OF_THE_MATTER:
        asked.hold(whole[name] == without[name], "what is to come changes what is answered now", name)


# --- the record ---


def check_order(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """The order of recording does not matter, nor the zone in which moments are written (记录次序无关).

    Only of events known to the moment, each on a day with none that is known to the day, no two at once, and of
    histories in which every event has a moment or a day: of others the order says which came first. Events without an
    `id` are given one, because a run is named by what started it.
    """
    asked = _Asked("order", policy, case, at, calendar, links)
    events = [
        event if event.id is not None else attrs.evolve(event, id=f"law-{place}")
        for place, event in enumerate(asked.case.events)
    ]
    places = _movable(events)
    told = asked.then(case=asked.with_events(*events)).to_dict()
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
    """What the record does not show turns no verdict into its opposite (看不见的不改判).

    Of each kind of event in the history: where its source cannot show it (`Case.unseen`), and of each event: where
    nobody knows when it happened. What was kept is then never missed, what was missed never kept; it may be undecided.
    """
    asked = _Asked("hidden", policy, case, at, calendar, links)
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

    >>> from complaint_rules.policy.loading import load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> verdicts(found)["limit/whole"]
    'running'
    """
    said: dict[str, str] = {}
    for name, clock in found.clocks.items():
        said[f"limit/{name}"] = "late" if clock.late_since is not None else clock.status.value
    for one in found.duties:
        if said.get(one.rule) not in _BAD:
            said[one.rule] = one.status.value
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


# --- what is said of limits and duties ---


def check_pauses(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """A pause moves no limit earlier; an empty one moves none at all; touching ones equal their union (中止只延不缩).

    For each reason for which a limit stops, pauses of the first and of the second half of the time between receipt and
    `at` are added; of the last only runs that have not ended, for what is stopped after its end is not. Only of limits whose figures hang on facts alone, and which no suspension starts or ends: another
    condition may see the pause, and give another figure for it.
    """
    asked = _Asked("pauses", policy, case, at, calendar, links)
    plain = [limit for limit in asked.policy.limits.values() if _hangs_on_facts(asked.policy, limit)]
    since = asked.case.complaint.received_from
    middle = since + (asked.at - since) / 2
    before = asked.then()
    for reason in sorted({reason for limit in plain for pause in limit.pauses for reason in pause.reasons}):
        empty = asked.then(case=asked.case.with_event(*_pause(reason, middle, middle, "a")))
        parted = [*_pause(reason, since, middle, "a"), *_pause(reason, middle, asked.at, "b")]
        parts = asked.then(case=asked.case.with_event(*parted))
        whole = asked.then(case=asked.case.with_event(*_pause(reason, since, asked.at, "a")))
        for limit in plain:
            old, new = before.clocks[limit.id], whole.clocks[limit.id]
            same = [(run.status, run.due_at) for run in old.runs]
            still = [(run.status, run.due_at) for run in empty.clocks[limit.id].runs]
            asked.hold(still == same, "an empty pause changes something", (reason, limit.id))
            asked.hold(not _earlier(old.runs, new.runs), "a pause moves a limit earlier", (reason, limit.id))
            dues = [[run.due_at for run in one.clocks[limit.id].runs if run.end is None] for one in (parts, whole)]
            asked.hold(dues[0] == dues[1], "touching pauses differ from their union", (reason, limit.id))


def _pause(reason: str, start: dt.datetime, end: dt.datetime, key: str) -> tuple[Event, Event]:
    told = frozenset({"complainant"})
    return (
        Event("suspended", start, reason=reason, id=f"law-{key}", told=told),
        Event("resumed", end, reason=reason, ref=f"law-{key}"),
    )


def _earlier(before: tuple[Run, ...], after: tuple[Run, ...]) -> bool:
    return any(
        old.agreed is None and new.agreed is None
        and old.due_at is not None and new.due_at is not None and new.due_at < old.due_at
        for old, new in zip(before, after, strict=False)
    )  # fmt: skip


def _hangs_on_facts(policy: Policy, limit: Limit) -> bool:
    """Say whether the figures of a limit hang on facts alone, and no suspension starts, ends or changes it."""
    own = (limit.starts, limit.until, limit.void_on, limit.agreed, limit.extensions, limit.restart or ())
    if {"suspended", "resumed"} & set(kinds_of(own)):
        return False
    conditions = [use.condition.tree for use in uses_of(limit) if use.role in (Role.WHEN, Role.ROW)]
    return all(_of_facts(policy, tree) for tree in conditions)


def _of_facts(policy: Policy, tree: Truth) -> bool:
    for atom in atoms_of(tree):
        if not isinstance(atom, Given | Compare):
            return False
        for term in terms_of(atom):
            match term:
                case TableValue(name):
                    rows = policy.tables[name].rows
                    if not all(row.when is None or _of_facts(policy, row.when.tree) for row in rows):
                        return False
                case Literal() | Fact() | ParameterValue() | LinkedCount():
                    pass
                case _:
                    return False
    return True


def check_statuses(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Every limit has its clock, and every status fits its moments: in time means by the due moment (状态合于时刻)."""
    asked = _Asked("statuses", policy, case, at, calendar, links)
    found = asked.then()
    asked.hold(list(found.clocks) == list(asked.policy.limits), "a limit has no clock, or two")
    for name, clock in found.clocks.items():
        if clock.runs and clock.status is not Status.UNDETERMINED:
            asked.hold(clock.status is clock.runs[-1].status, "a clock stands otherwise than its latest run", name)
        for run in clock.runs:
            asked.hold(_fits(run, found.at), "a status does not fit its moments", (name, run.status.value))
    keys = [one.id for one in found.duties]
    asked.hold(len(keys) == len(set(keys)), "two duties have one id", keys)
    for one in found.duties:
        late = one.status is DutyStatus.OVERDUE
        asked.hold(not late or (one.due_at is not None and one.due_at < found.at), "a duty is overdue too soon", one.id)
        if one.status is not DutyStatus.UNDETERMINED:
            forbids = one.status in (DutyStatus.BREACHED, DutyStatus.IN_FORCE, DutyStatus.OVER)
            allows = one.status in (DutyStatus.OPEN, DutyStatus.USED, DutyStatus.EXPIRED)
            fits = forbids is one.modality.forbids and allows is (one.modality is Modality.MAY)
            asked.hold(fits, "a status is none of its kind of duty", one.id)


def _fits(run: Run, now: dt.datetime) -> bool:
    due, end = run.due_at, run.end
    if due is not None and run.agreed is None and run.start.lo is not None and due < run.start.lo:
        return False
    match run.status:
        case Status.RUNNING:
            return end is None and (due is None or due >= now)
        case Status.OVERDUE:
            return end is None and due is not None and due < (run.superseded_at or now)
        case Status.SUSPENDED:
            return end is None
        case Status.MET:
            return end is not None and (due is None or end.hi is None or end.hi <= due)
        case Status.MET_LATE:
            return end is not None and due is not None and end.lo is not None and end.lo > due
        case Status.VOID:
            return end is not None
    return True


def check_permitted(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """What `permitted` says beforehand of an event is what is held against it afterwards (事前所问即事后所查).

    Asked of the event recorded last. Lateness is no reason against an act, and what a closing leaves open is asked
    beforehand only.
    """
    asked = _Asked("permitted", policy, case, at, calendar, links)
    *earlier, last = (None, *asked.case.events)
    if last is None:
        return
    before = asked.with_events(*(event for event in earlier if event is not None))
    answered = permitted(before, last, asked.policy, at=asked.at, calendar=calendar, links=links)
    place = len(before.events)
    against = [one for one in asked.then().held_against if one.place == place and one.speaks_against]
    told = [one for one in answered.against if one.code is not ViolationCode.OPEN_DUTY]
    found = [one for one in against if one.code not in _ABOUT_TIME]
    asked.hold(told == found, "what was asked beforehand differs from what is found", (_codes(told), _codes(found)))
    asked.hold(bool(answered) is not bool(answered.against), "it is allowed, and something speaks against it")


def _codes(found: list[Violation]) -> list[str]:
    return [one.code.value for one in found]


def check_notices(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Notices accuse of what the violations do, each has an id of its own, and keeps it as time goes on (通知编号不变)."""
    asked = _Asked("notices", policy, case, at, calendar, links)
    found, later = asked.then(), asked.then(asked.at + _LATER)
    told = found.notices
    asked.hold(len({one.id for one in told}) == len(told), "two notices have one id")
    asked.hold(all(one.since is None or one.since <= found.at for one in told), "a notice is sent before its moment")
    ours = sorted((one.rule, str(one.due_at)) for one in told if one.accuses and one.who not in CUSTOMERS)
    asked.hold(ours == _accused(found), "notices and violations accuse of different things", ours)
    ids = {key for clock in found.clocks.values() for key, _ in zip(clock.ids, clock.runs, strict=True)}
    lasting = {key for clock in later.clocks.values() for key in clock.ids}
    if all(event.at is None or earliest_of(event.at) <= found.at for event in asked.case.events):
        asked.hold(ids <= lasting, "the id of a run is lost by time alone", sorted(ids - lasting))


def _accused(found: Assessment) -> list[tuple[str, str]]:
    late = (ViolationCode.LATE, ViolationCode.MISSED, ViolationCode.DONE_LATE)
    blamed = [one for one in found.violations if one.code in late and one.severity is not Severity.NOTE]
    return sorted((str(one.rule), str(one.at)) for one in blamed)


# --- answers as values and as data ---


def check_pickle(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """An answer is a value: what comes back from another process, or is copied, equals it (答案可传可比)."""
    asked = _Asked("pickle", policy, case, at, calendar, links)
    found = asked.then()
    plain = found.to_dict()
    for value in (asked.case, found):
        there = pickle.loads(pickle.dumps(value))  # noqa: S301 - made a moment ago
        for made in (there, copy.copy(value), copy.deepcopy(value)):
            asked.hold(made == value, "a copy differs from what was copied", value)
        if isinstance(there, Assessment):
            asked.hold(there.to_dict() == plain, "what comes back from a pickle says something else")


def check_data(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Cases and answers go through JSON and come back as they were (数据往返不变)."""
    asked = _Asked("data", policy, case, at, calendar, links)
    plain = asked.then().to_dict()
    asked.hold(json.loads(json.dumps(plain)) == plain, "an answer as data does not come back from JSON")
    text = json.dumps(case_to_dict(asked.case))
    back = case_from_json(text, facts=fact_types(asked.policy.scope.facts))
    asked.hold(back == asked.case, "a case as data does not come back from JSON")


LAWS: Final[tuple[Law, ...]] = (
    check_pure, check_wakeup, check_then, check_later, check_order, check_hidden, check_pauses, check_statuses,
    check_permitted, check_notices, check_pickle, check_data,
)  # fmt: skip
"""Every law there is."""


def check_laws(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold every law against a case; raises `BrokenLaw` for the first that does not hold.

    >>> from complaint_rules.policy.loading import load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> check_laws(load_policy("reply-24h"), Complaint(id="c-1", received=received), received)
    """
    for law in LAWS:
        law(policy, case, at, calendar=calendar, links=links)
