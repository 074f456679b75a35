"""`assess` and `permitted`: a policy applied to a case, and the words for the answer handed in."""

from __future__ import annotations

import copyreg
import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import CUSTOMERS
from complaint_rules.assessment.duties import judged
from complaint_rules.assessment.fast_path import Outliner
from complaint_rules.assessment.permission import Permission
from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.questions import Note, dated, fitness
from complaint_rules.assessment.running import read
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.worked import Worked
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.cases.case import Case, Event, case_of
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.errors import InvalidComplaint, InvalidEvent, InvalidMoment
from complaint_rules.language import Lang
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment, earliest_of, latest_of
from complaint_rules.policy.codes import closed_lists
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Modality
from complaint_rules.version import VERSION, same_version

_ABOUT_TIME: Final = frozenset(
    {ViolationCode.LATE, ViolationCode.DONE_LATE, ViolationCode.MISSED, ViolationCode.RECORDED_OUT_OF_ORDER}
)
"""Violations that speak against the time, not against the act."""
_MOST_LISTED: Final = 4096
_CLOSINGS: Final = frozenset({"closed", "archived"})


def in_words(answer: object, lang: Lang) -> str:
    """Say an answer in a language; the words load with the first explanation.

    >>> from complaint_rules import load_policy
    >>> in_words(Permission(policy=load_policy("psbc-95580")), "en")
    'allowed: nothing binding speaks against it'
    """
    from complaint_rules.words.assessments import explain

    return explain(answer, lang)


@final
class _Prepared:
    """What assessing needs of a policy, worked out once."""

    __slots__ = ("_coded", "_listed", "_lists", "_over", "dated", "has_days", "outliner", "plan")

    def __init__(self, policy: Policy) -> None:
        self.plan = Plan(policy, in_words)
        self.outliner = Outliner(self.plan)
        lists = {name: codes for name, codes in closed_lists(policy).items() if name in CORE_FACTS}
        self._coded: Callable[[Complaint], Any] = attrgetter("recorded", "joint", *lists)
        self._lists = tuple(lists.values())
        self._listed: set[tuple[Any, ...]] = set()  # what was found to be listed, for the same codes come again
        self.dated = policy.effective_from is not None or policy.effective_until is not None
        self.has_days = policy.hours is not None or policy.own_days is not None
        self._over: tuple[WorkCalendar, WorkCalendar] | None = None

    def calendar_over(self, calendar: WorkCalendar) -> WorkCalendar:
        """Lay the policy's own days and hours over a calendar; the last one is remembered, for many cases have one."""
        known = self._over
        if known is None or known[0] is not calendar:
            known = self._over = (calendar, self.plan.policy.calendar_over(calendar))
        return known[1]

    def unlisted(self, complaint: Complaint) -> bool:
        """Say whether a complaint has items, or a code that is on none of the policy's lists."""
        codes = self._coded(complaint)
        if codes in self._listed:
            return False
        recorded, _, *values = codes
        if recorded:
            return True
        for value, known in zip(values, self._lists, strict=True):
            if value is not None and value not in known:
                return True
        if len(self._listed) >= _MOST_LISTED:
            self._listed.clear()
        self._listed.add(codes)
        return False


@lru_cache(maxsize=64)
def _prepared(policy: Policy) -> _Prepared:
    return _Prepared(policy)


def assess(
    case: Case | Complaint,
    policy: Policy,
    *,
    at: dt.datetime,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> Assessment:
    """Apply a policy to a case as of a moment: classes, time limits, duties, questions, violations.

    `at` is an aware moment; events after it are not known yet. `calendar` is the mainland calendar where none is
    given. `links` are the counts that `link` found for this complaint, by link id; without them conditions on
    ``linked(…)`` and ``first_of(…)`` stay unknown, the latter also with plain numbers in place of `GroupCount`.

    Raises `InvalidMoment` for a naive `at` or one before the receipt, `InvalidComplaint` for a fact of the wrong type.
    What cannot be counted raises when it is read; see `Assessment`.

    >>> from complaint_rules import Complaint, load_policy
    >>> from complaint_rules.moments import BEIJING
    >>> received = dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, complainants=3), load_policy("psbc-95580"), at=received
    ... )
    >>> found.findings["priority"].value, found.clocks["whole"].due_at.isoformat()
    ('urgent', '2026-10-02T16:05:00+08:00')
    """
    moment = as_moment(at, what="at")
    case = case_of(case)
    as_policy(policy)
    calendar = mainland() if calendar is None else as_calendar(calendar)
    if links is not None:
        links = _counted(links)
    snapshot, fits = _looked_at(case, policy, moment, calendar, links)
    outline = _prepared(policy).outliner.outline(snapshot) if _before_anything(case, moment, links) else None
    return Assessment(case, policy, moment, snapshot.calendar, links, fits, Worked(snapshot, outline))


def snapshot_of(
    case: Case | Complaint,
    policy: Policy,
    *,
    at: dt.datetime,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> tuple[Snapshot, tuple[Note, ...]]:
    """Give what `assess` looks at, and what the rule set does not know of the case, without an assessment of it.

    Takes and refuses what `assess` does.

    >>> from complaint_rules import Complaint, load_policy
    >>> from complaint_rules.moments import BEIJING
    >>> received = dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
    >>> seen, _ = snapshot_of(
    ...     Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received
    ... )
    >>> seen.view.late("whole")
    False
    """
    as_policy(policy)
    moment, calendar = as_moment(at, what="at"), mainland() if calendar is None else as_calendar(calendar)
    return _looked_at(case_of(case), policy, moment, calendar, None if links is None else _counted(links))


def _looked_at(
    case: Case, policy: Policy, moment: dt.datetime, calendar: WorkCalendar, links: Mapping[str, int] | None
) -> tuple[Snapshot, tuple[Note, ...]]:
    complaint = case.complaint
    if moment < complaint.received_from:
        raise InvalidMoment(
            what="at", why=f"it lies before the receipt, {complaint.received.isoformat()}", value=moment.isoformat(),
            hint="were the two exchanged?",
        )  # fmt: skip
    prepared = _prepared(policy)
    calendar = calendar_over(policy, calendar)
    fits: tuple[Note, ...] = ()
    asked = case
    if complaint.extra or links or prepared.unlisted(complaint) or _amends(case):
        fits, asked = fitness(case, policy, links)
    elif prepared.dated:
        fits = dated(case, policy)
    return read(asked, prepared.plan, calendar, at=moment, links=links), fits


def _amends(case: Case) -> bool:
    return bool(case.events) and any(event.set for event in case.events)


def _before_anything(case: Case, moment: dt.datetime, links: Mapping[str, int] | None) -> bool:
    """Say whether nothing is known of a case but its facts as at receipt."""
    if links is not None or case.unseen:
        return False
    return not case.events or all(one.at is not None and earliest_of(one.at) > moment for one in case.events)


def _counted(links: object) -> Mapping[str, int]:
    """Check the counts of linked complaints, and keep them as they are now: an assessment is worked out later."""
    hint = "pass links.counts(complaint.id) of what link(…) gave"
    if not isinstance(links, Mapping):
        raise InvalidComplaint(what="links", why="a mapping of link ids to counts is expected", value=links, hint=hint)
    for name, count in links.items():
        if not isinstance(name, str):
            raise InvalidComplaint(what="links", why="the id of a link is a text", value=name, hint=hint)
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            why = "a count of 0 or more is expected"
            raise InvalidComplaint(what=f"links[{name!r}]", why=why, value=count, hint=hint)
    return FrozenMap(links)


@lru_cache(maxsize=1)
def mainland() -> WorkCalendar:
    """Give the calendar by which is counted where nobody passes one, made once."""
    return WorkCalendar.china()


def plan_of(policy: Policy) -> Plan:
    """Give the plan by which `assess` applies a policy, worked out once.

    >>> from complaint_rules import load_policy
    >>> plan_of(load_policy("psbc-95580")) is plan_of(load_policy("psbc-95580"))
    True
    """
    return _prepared(as_policy(policy)).plan


def calendar_over(policy: Policy, calendar: WorkCalendar) -> WorkCalendar:
    """Give the calendar by which `assess` counts: the one passed, with the policy's own days and hours.

    >>> from complaint_rules import load_policy
    >>> calendar_over(load_policy("psbc-95580"), mainland()) is mainland()
    True
    """
    prepared = _prepared(policy)
    return prepared.calendar_over(calendar) if prepared.has_days else calendar


def permitted(
    case: Case | Complaint,
    event: Event,
    policy: Policy,
    *,
    at: dt.datetime | None = None,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> Permission:
    """Say whether an event may be added to a case, with every reason against it and its article.

    The case is judged as if the event had happened, so that an answer here and the violations of a later assessment
    agree; the case itself stays as it is. `at` is the moment of asking; where it is left out, the event's own.
    A closing is also refused while binding duties with a figure are still to be done, and while a binding time limit of
    the institution waits that it does not end, save one that may be kept after it. Lateness is no reason against an
    act: what is late must still be done.

    Raises `InvalidEvent` where neither `at` nor the event's own moment is known.

    >>> from complaint_rules import Complaint, load_policy
    >>> from complaint_rules.moments import BEIJING
    >>> complaint = Complaint(id="c-1", received=dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING))
    >>> resume = Event("resumed", dt.datetime(2026, 10, 9, 9, 0, tzinfo=BEIJING), reason="mediation")
    >>> answer = permitted(complaint, resume, load_policy("psbc-95580"))
    >>> bool(answer), [reason.code.value for reason in answer.against]
    (False, ['resume_without_pause'])
    """
    if not isinstance(event, Event):
        raise InvalidEvent(what="event", why="an Event is expected", value=event)
    case = case_of(case)
    as_policy(policy)
    if at is None:
        if event.at is None:
            raise InvalidEvent(what="event.at", why="the moment of the act is unknown", value=None, hint="pass at=…")
        at = latest_of(event.at)
    place = len(case.events)
    after = assess(case.with_event(event), policy, at=at, calendar=calendar, links=links)
    found = [v for v in after.held_against if v.place == place and v.code not in _ABOUT_TIME]
    if event.kind in _CLOSINGS:
        found += _left_open(case, after, policy, calendar=calendar, links=links)
        found += _still_waiting(after) if event.kind == "closed" else ()
    unknown = _perhaps_open(after) if event.kind == "closed" else 0
    view = after.snapshot.view.with_event(event)
    for duty in policy.duties.values():
        if duty.modality.forbids and any(selector.matches(event) for selector in duty.acts):
            unknown |= judged(view, duty)[1]
    return Permission(
        policy=policy,
        explain=in_words,
        against=tuple(v for v in found if v.speaks_against),
        warnings=tuple(v for v in found if v.severity in (Severity.WARNING, Severity.RECORD) and not v.speaks_against),
        questions=tuple(
            question for question in after.questions if question.fact in after.snapshot.plan.names(unknown)
        ),
    )


def _left_open(
    case: Case,
    after: Assessment,
    policy: Policy,
    *,
    calendar: WorkCalendar | None,
    links: Mapping[str, int] | None,
) -> list[Violation]:
    """Give the binding duties with a figure that are to be done before a closing and are not done by it.

    One of which nobody knows whether it is still to be done is a warning.
    """
    before = assess(case, policy, at=after.at, calendar=calendar, links=links)
    still = {duty.id: duty.awaited for duty in after.duties if duty.waiting}
    return [
        Violation(
            code=ViolationCode.OPEN_DUTY, severity=_weight(still[duty.id] and duty.awaited),
            rule=duty.rule, cite=duty.cite, at=duty.due_at, detail=FrozenMap(duty=duty.id),
        )
        for duty in before.duties
        if duty.modality is Modality.MUST and duty.duty.within is not None
        and duty.waiting and duty.id in still
    ]  # fmt: skip


def _weight(surely: bool) -> Severity:
    return Severity.BREACH if surely else Severity.WARNING


def _perhaps_open(after: Assessment) -> int:
    """Give the unknown facts on which hangs whether something binding waits although the case is closed."""
    unknown = 0
    for duty in after.duties:
        if duty.modality is Modality.MUST and duty.waiting and not duty.awaited:
            unknown |= duty.unknown
    for clock in after.clocks.values():
        for run in clock.runs if clock.limit.modality is Modality.MUST and not clock.limit.after_closing else ():
            unknown |= run.unknown if run.waiting else 0
    return unknown


def _still_waiting(after: Assessment) -> list[Violation]:
    """Give the binding limits of the institution that wait although the case is closed, and have to be kept before.

    One of which nobody knows whether it can still be missed is a warning.
    """
    return [
        Violation(
            code=ViolationCode.OPEN_DUTY, severity=_weight(any(run.open for run in clock.runs)), rule=clock.rule,
            cite=clock.cite, at=clock.due_at, detail=FrozenMap(limit=clock.limit.id),
        )
        for clock in after.clocks.values()
        if clock.limit.modality is Modality.MUST and clock.limit.who not in CUSTOMERS
        and not clock.limit.after_closing and any(run.waiting for run in clock.runs)
    ]  # fmt: skip


# A snapshot, and with it every answer, crosses a process border as the question it belongs to.


def _asked(snapshot: Snapshot) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    one = snapshot
    return _seen_again, (VERSION, one.case, one.policy, one.at, one.calendar, one.links)


def _seen_again(version: str, *asked: Any) -> Snapshot:
    same_version(version)
    case, policy, at, calendar, links = asked
    return read(case, _prepared(policy).plan, calendar, at=at, links=links)


def _asked_of(assessment: Assessment) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    one = assessment
    return _assessed_again, (VERSION, one.case, one.policy, one.at, one.calendar, one.links)


def _assessed_again(version: str, *asked: Any) -> Assessment:
    same_version(version)
    case, policy, at, calendar, links = asked
    return assess(case, policy, at=at, calendar=calendar, links=links)


copyreg.pickle(Snapshot, _asked)
copyreg.pickle(Assessment, _asked_of)
