"""`BrokenLaw`, and a question of which a law speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, Protocol, final

import attrs

from complaint_rules.arguments import of_kind
from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.cases.case import Case, Event, case_of
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.plain import case_to_dict
from complaint_rules.errors import ComplaintRulesError, InvalidComplaint
from complaint_rules.moments import as_moment
from complaint_rules.policy.policy import Policy, as_policy

_APART: Final = frozenset({"at", "fingerprints", "next_change_at"})


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
        """Give as plain data what is needed to see it again: ``law``, ``policy``, ``case``, ``at``, ``links``."""
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
class LawQuestion:
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
        self.policy: Policy = as_policy(policy)
        self.case: Case = case_of(case)
        self.at: dt.datetime = as_moment(at, what="at")
        self.calendar: WorkCalendar | None = None if calendar is None else as_calendar(calendar)
        why = "a mapping of link ids to counts is expected"
        hint = "pass links.counts(complaint.id) of what link(…) gave"
        self.links: Mapping[str, int] | None = of_kind(
            links, (Mapping, type(None)), InvalidComplaint(what="links", why=why, hint=hint)
        )

    def then(self, at: dt.datetime | None = None, case: Case | None = None) -> Assessment:
        """Answer it, of another moment or case where one is given."""
        return assess(
            self.case if case is None else case, self.policy, at=self.at if at is None else at,
            calendar=self.calendar, links=self.links,
        )  # fmt: skip

    def with_events(self, *events: Event) -> Case:
        """Give the case with other events."""
        return attrs.evolve(self.case, events=events)

    def named_events(self) -> list[Event]:
        """Give the events, each with an `id`: without one its place on record is its name, and that may move."""
        return [
            event if event.id is not None else attrs.evolve(event, id=f"law-{place}")
            for place, event in enumerate(self.case.events)
        ]

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


def unlike(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Give the parts of two answers that differ.

    >>> unlike({"clocks": 1, "duties": 2}, {"clocks": 1, "duties": 3})
    ['duties']
    """
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
