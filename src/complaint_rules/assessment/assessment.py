"""`Assessment`: what a policy says of a case at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, Final, final

from complaint_rules.assessment.as_data import parts_of, when_text
from complaint_rules.assessment.clocks import OPEN, Clock
from complaint_rules.assessment.duties import Obligation
from complaint_rules.assessment.findings import Check, Finding
from complaint_rules.assessment.notifications import Notification
from complaint_rules.assessment.questions import Missing, Note, Question
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.waking import next_change
from complaint_rules.assessment.worked import Worked
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.lifecycle import State, state_of
from complaint_rules.cases.violations import Violation
from complaint_rules.errors import InvalidComplaint
from complaint_rules.frozen import Frozen, field
from complaint_rules.language import Lang
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import day_of
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Retention

FORMAT: Final = "complaint-rules/assessment/1"
"""Version of the data an assessment turns into."""


@final
class Assessment(Frozen, apart=("fits", "worked")):
    """What a policy says of a case at a moment (评估结果): recomputed from the history, never stored.

    Same case, policy, moment and calendar: same assessment, for ever. Made by `assess`. Its parts are worked out when
    they are read, so that what nobody asks costs nothing; one that cannot be counted (a day that the calendar refuses
    to guess, an end after 2099) raises the error then, with the rule it belongs to.
    """

    __slots__ = ("_at", "_calendar", "_case", "_fits", "_links", "_policy", "_worked")

    case: Case = field("case")
    """The case assessed."""
    policy: Policy = field("policy")
    """The rules applied."""
    at: dt.datetime = field("at")
    """The moment, in Beijing time: what happened later is not known yet."""
    calendar: WorkCalendar = field("calendar")
    """The calendar counted with."""
    links: Mapping[str, int] | None = field("links")
    """Counts of linked complaints by link id, as supplied; None: nobody looked."""

    def __init__(
        self,
        case: Case,
        policy: Policy,
        at: dt.datetime,
        calendar: WorkCalendar,
        links: Mapping[str, int] | None,
        fits: tuple[Note, ...],
        worked: Worked,
    ) -> None:
        self._case = case
        self._policy = policy
        self._at = at
        self._calendar = calendar
        self._links = links
        self._fits = fits
        self._worked = worked

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader should know; refuses nothing."""
        return self._fits + self._worked.notes

    @property
    def fits(self) -> tuple[Note, ...]:
        """Of the notes those on what the policy does not know of the case, and on days outside its term."""
        return self._fits

    @property
    def snapshot(self) -> Snapshot:
        """What was known, for explanations."""
        return self._worked.snapshot

    @property
    def findings(self) -> Mapping[str, Finding]:
        """Classes found, by table id; each is worked out when read."""
        return self._worked.findings

    @property
    def clocks(self) -> Mapping[str, Clock]:
        """Every time limit of the policy, by limit id; each is worked out when read."""
        return self._worked.clocks

    @property
    def duties(self) -> tuple[Obligation, ...]:
        """Duties, prohibitions and permissions the case has triggered, in the policy's order."""
        return self._worked.duties

    @property
    def checks(self) -> tuple[Check, ...]:
        """Documents held against their checklists."""
        return self._worked.checks

    @property
    def held_against(self) -> tuple[Violation, ...]:
        """What would break a rule if the rule set applied; where it does, the same as `violations`.

        A rule set that was not in force, or whose own condition of application does not hold, accuses nobody: there
        `violations` are notes.
        """
        return self._worked.held_against

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What in the history broke a rule or contradicts itself; what was left out of account is among them."""
        return self._worked.violations

    @property
    def notices(self) -> tuple[Notification, ...]:
        """What to tell whom at this moment (应发的通知), each under an id that stays: send each id once.

        A run that waits, each of its warnings whose moment has come, what is overdue or was met late, what was late
        before another due moment was set; each duty to be done, overdue, done late, lapsed. Nothing where the verdict
        is undetermined; rules that do not claim to apply inform, and accuse nobody.
        """
        return self._worked.notices

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Parameters and links not supplied, and what waits for them."""
        return self._worked.missing

    def __repr__(self) -> str:
        return f"<Assessment of {self.case.complaint.id!r} under {self.policy.id!r} at {self.at.isoformat()}>"

    @property
    def questions(self) -> tuple[Question, ...]:
        """The unknown facts that could still change something, and who can answer them."""
        return self._worked.questions

    @property
    def binding(self) -> Clock | None:
        """The clock with the open run that runs out first; None where none is open with a due moment."""
        waiting = [
            (run.due_at, place, clock)
            for place, clock in enumerate(self.clocks.values())
            for run in clock.runs
            if run.status in OPEN and run.due_at is not None
        ]
        return min(waiting, key=itemgetter(0, 1))[2] if waiting else None

    @property
    def state(self) -> State:
        """Where the case stands."""
        return state_of(self.snapshot.timeline)

    @property
    def next_change_at(self) -> dt.datetime | None:
        """The first moment after `at` at which `to_dict` differs by time alone; None: never.

        A limit or duty that has just run out (its due moment plus a microsecond), a warning, a period on whose end
        something hangs, an event recorded for later that is known from then on. Until then the answer stays, and then
        it is another one, so that one wake-up suffices and nobody need poll. Left out of account are `at` itself,
        `fingerprints`, and how long is left, which only texts say. Where many moments have to be tried, `waking` bounds
        how many; the next one then rings although nothing may hang on it.
        """
        worked = self._worked
        known = worked.change
        if known is None:
            known = worked.change = (next_change(worked),)
        return known[0]

    @property
    def keep_until(self) -> dt.date | None:
        """Last day the file must be kept (保管期限届满日), inclusive; None: no figure, or its clock has not started.

        Where its parts are kept for different times (`kept`), the latest day that is known.
        """
        return self._worked.keep_until

    @property
    def kept(self) -> tuple[tuple[Retention, dt.date | None], ...]:
        """Each retention with the last day it asks for, inclusive; None: no figure, or its clock has not started."""
        return self._worked.kept

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """What the answer rests on: ``policy``, and each calendar year touched, as hexadecimal digests."""
        years = {day_of(self.case.complaint.received).year, self.at.year}
        years |= {clock.due_at.year for clock in self.clocks.values() if clock.due_at is not None}
        years |= {duty.due_at.year for duty in self.duties if duty.due_at is not None}
        calendar = self.snapshot.calendar
        prints = {"policy": self.policy.fingerprint}
        prints |= {f"calendar/{year}": calendar.fingerprint(year) for year in range(min(years), max(years) + 1)}
        return FrozenMap(prints)

    def explain(self, lang: Lang = "zh") -> str:
        """Explain everything, in Chinese (``zh``) or English (``en``): rules, articles, the facts that decided."""
        return self.snapshot.plan.explain(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain data for JSON; ``format`` names the version of its shape."""
        return assessment_to_dict(self)


def as_assessment(value: object) -> Assessment:
    """Give what was passed if it is an assessment; raises `InvalidComplaint` where it is none.

    >>> as_assessment("c-1")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidComplaint: assessment: an Assessment is expected; got 'c-1'; pass assess(case, ...
    """
    if not isinstance(value, Assessment):
        hint = "pass assess(case, policy, at=moment)"
        raise InvalidComplaint(what="assessment", why="an Assessment is expected", value=value, hint=hint)
    return value


def worked_of(assessment: Assessment) -> Worked:
    """Give what an assessment has worked out so far, for who must not work out more.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> worked_of(found).so_far.duties is None
    True
    """
    return assessment._worked


def assessment_to_dict(assessment: Assessment) -> dict[str, Any]:
    """Give an assessment as plain data: text, numbers, lists and mappings only."""
    worked = assessment._worked
    return {
        "format": FORMAT,
        "case": assessment.case.complaint.id,
        "policy": {"id": assessment.policy.id, "edition": assessment.policy.edition},
        "at": assessment.at.isoformat(),
        "fingerprints": dict(assessment.fingerprints),
        **{name: part() for name, part in parts_of(worked, assessment.notes).items()},
        "next_change_at": when_text(assessment.next_change_at),
    }
