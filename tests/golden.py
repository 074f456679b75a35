"""Tools for golden cases: facts and a history in short, beside the answer that the articles give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.moments import BEIJING
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy

FIRES: Final = frozenset({"due", "overdue", "done_late", "breached", "open", "used"})
"""Statuses in which a rule has something to say of the case."""


class Golden(NamedTuple):
    """One case of a duty: what is given, and where the duty then stands, trigger by trigger; () where it has none."""

    rule: str
    why: str
    facts: Mapping[str, Any]
    events: Sequence[Event]
    at: str
    statuses: tuple[str, ...]


@cache
def policy_of(name: str) -> Policy:
    """Load a shipped policy once."""
    return load_policy(name)


@cache
def china() -> WorkCalendar:
    """Give the mainland calendar once."""
    return WorkCalendar.china()


def moment(text: str) -> dt.datetime:
    """Read a moment; without an offset it is Beijing time."""
    read = dt.datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=BEIJING)


def happened(kind: str, at: str, **fields: Any) -> Event:
    """Make an event: at a moment, or on a day where only a date is given."""
    when = dt.date.fromisoformat(at) if len(at) == 10 else moment(at)
    if "due" in fields:
        fields["due"] = moment(fields["due"])
    return Event(kind, when, **fields)


def case_of(received: str, events: Sequence[Event] = (), **facts: Any) -> Case:
    """Make a case; facts that are no field of `Complaint` are the policy's own."""
    core = {name: value for name, value in facts.items() if name in CORE_FACTS}
    extra = {name: value for name, value in facts.items() if name not in CORE_FACTS}
    return Case(Complaint(id="c-1", received=moment(received), **core, extra=extra), events)


def assessed(policy: Policy, case: Case, at: str, links: Mapping[str, int] | None = None) -> Assessment:
    """Assess a case as of a moment."""
    return assess(case, policy, at=moment(at), calendar=china(), links=links)


def statuses_of(assessment: Assessment, rule: str) -> tuple[str, ...]:
    """Give the statuses of a duty, trigger by trigger."""
    return tuple(str(duty.status) for duty in assessment.duties if duty.duty.id == rule)


def local(at: dt.datetime | None) -> str | None:
    """Write a moment in Beijing time to the minute; None where there is none."""
    return None if at is None else at.astimezone(BEIJING).isoformat()[:16]


def both_ways(cases: Sequence[Golden], policy: Policy) -> tuple[set[str], set[str]]:
    """Give the duties that no case lets fire, and those that no case leaves quiet."""
    fired = {case.rule for case in cases if FIRES & set(case.statuses)}
    quiet = {case.rule for case in cases if not FIRES & set(case.statuses)}
    known = set(policy.duties)
    return known - fired, known - quiet


def rows_fired(policy: Policy, cases: Sequence[tuple[Case, str, Mapping[str, int] | None]]) -> set[tuple[str, int]]:
    """Give table and place of every row that decided in some case."""
    found: set[tuple[str, int]] = set()
    for case, at, links in cases:
        for name, finding in assessed(policy, case, at, links).findings.items():
            found |= {(name, place) for place in finding.decision.fired}
    return found


def undocumented(policy: Policy) -> list[str]:
    """Give every rule that lacks a title in a language, or has neither an article nor a reading that says why."""
    found = [name for name, titles in {**policy.levels, **policy.bodies, **policy.events}.items() if not _both(titles)]
    found += [name for name, spec in policy.facts.items() if not _both(spec.title)]
    tables = policy.tables.values()
    found += [f"{table.id}={code}" for table in tables for code, titles in table.values.items() if not _both(titles)]
    for rules in (policy.tables, policy.limits, policy.duties, policy.checklists, policy.figures, policy.filings):
        for name, rule in rules.items():
            if not _both(rule.title) or not (rule.cite or rule.reading):
                found.append(name)
    return found


def _both(titles: Mapping[str, str]) -> bool:
    return all(titles.get(lang, "").strip() for lang in ("zh", "en"))
