"""Rows of golden tables (what is given, what the text makes of it) and how they are read; a bare day stays a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from tests.golden import FIRES, china

_NONE: Final[Mapping[str, int]] = {}


class Class(NamedTuple):
    """A table's answer; None: no row holds."""

    reason: str
    table: str
    facts: Mapping[str, Any]
    value: str | frozenset[str] | None
    events: Sequence[Event] = ()
    at: str | None = None
    """None: noon three days after receipt."""
    links: Mapping[str, int] = _NONE


class Clock(NamedTuple):
    """A limit's answer: status, and the last day or moment in time."""

    reason: str
    limit: str
    facts: Mapping[str, Any]
    events: Sequence[Event]
    at: str
    status: str
    due: str | None
    received: str | None = None
    """None: the receipt of the other rows."""


class Duty(NamedTuple):
    """A duty's answer; None: the case has not triggered it."""

    reason: str
    duty: str
    facts: Mapping[str, Any]
    events: Sequence[Event]
    at: str
    status: str | None


class Document(NamedTuple):
    """What a document lacks against its checklist."""

    reason: str
    checklist: str
    facts: Mapping[str, Any]
    events: Sequence[Event]
    missing: tuple[str, ...]


def when(text: str) -> dt.datetime | dt.date:
    """Read a day as a day, a moment as a moment in Beijing."""
    return dt.date.fromisoformat(text) if len(text) == 10 else instant(text)


def instant(text: str) -> dt.datetime:
    """Read a moment; of a bare day its noon."""
    return dt.datetime.fromisoformat(text if len(text) > 10 else f"{text}T12:00").replace(tzinfo=BEIJING)


def last_instant(text: str | None) -> dt.datetime | None:
    """Read a moment; of a bare day its last microsecond."""
    if text is None or len(text) > 10:
        return None if text is None else instant(text)
    return dt.datetime.combine(dt.date.fromisoformat(text), dt.time.max, BEIJING)


def ev(kind: str, at: str, **fields: Any) -> Event:
    """Make an event; `due` is written like `at`."""
    if "due" in fields:
        fields["due"] = when(fields["due"])
    return Event(kind, when(at), **fields)


def complaint(received: str, *, key: str = "c-1", **facts: Any) -> Complaint:
    """Make a complaint; facts that are no field of `Complaint` are the policy's own."""
    core = {name: value for name, value in facts.items() if name in CORE_FACTS}
    extra = {name: value for name, value in facts.items() if name not in CORE_FACTS}
    return Complaint(id=key, received=when(received), extra=extra, **core)


def assessed(
    policy: Policy,
    received: str,
    facts: Mapping[str, Any],
    events: Sequence[Event],
    at: str,
    *,
    links: Mapping[str, int] = _NONE,
) -> Assessment:
    """Assess facts and a history as of a moment."""
    case = Case(complaint(received, **facts), events)
    return assess(case, policy, at=instant(at), calendar=china(), links=links or None)


def classed(policy: Policy, received: str, row: Class) -> Assessment:
    """Assess the facts of a row about a table."""
    later = (dt.date.fromisoformat(received[:10]) + dt.timedelta(days=3)).isoformat()
    return assessed(policy, received, row.facts, row.events, row.at or later, links=row.links)


def status_of(policy: Policy, received: str, row: Duty) -> list[str]:
    """Give the statuses of a row's duty, trigger by trigger."""
    found = assessed(policy, received, row.facts, row.events, row.at)
    return [str(one.status) for one in found.duties if one.duty.id == row.duty]


def lacking(policy: Policy, received: str, row: Document, at: str) -> list[tuple[str, ...] | None]:
    """Give what each document of a row's checklist lacks."""
    found = assessed(policy, received, row.facts, row.events, at)
    return [check.missing for check in found.checks if check.checklist.id == row.checklist]


def never_fired(
    policy: Policy,
    received: str,
    *,
    classes: Iterable[Class],
    clocks: Iterable[Clock],
    duties: Iterable[Duty],
    documents: Iterable[Document],
) -> set[str]:
    """Give the rules that no row lets fire: rows of tables, limits that are due, duties triggered, items missing."""
    rows = {f"table/{name}[{place}]" for name, table in policy.tables.items() for place in range(len(table.rows))}
    for row in classes:
        found = classed(policy, received, row).findings[row.table]
        rows -= {f"table/{row.table}[{place}]" for place in found.decision.fired}
    limits = {f"limit/{name}" for name in policy.limits} - {f"limit/{row.limit}" for row in clocks if row.due}
    wanted = {f"duty/{name}" for name in policy.duties} - {f"duty/{row.duty}" for row in duties if row.status}
    papers = {f"checklist/{name}" for name in policy.checklists} - {
        f"checklist/{row.checklist}" for row in documents if row.missing
    }
    return rows | limits | wanted | papers


def one_sided(policy: Policy, clocks: Iterable[Clock], duties: Iterable[Duty]) -> set[str]:
    """Give the duties that no row leaves quiet or none lets fire, and the limits that none keeps or none misses."""
    rows, lines = list(duties), list(clocks)
    fired, quiet = (
        {row.duty for row in rows if row.status in FIRES},
        {row.duty for row in rows if row.status not in FIRES},
    )
    kept = {row.limit for row in lines if row.status == "met"}
    missed = {row.limit for row in lines if row.status in ("overdue", "met_late")}
    return (set(policy.duties) - (fired & quiet)) | (set(policy.limits) - (kept & missed))
