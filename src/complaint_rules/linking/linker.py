"""`link` and `Linker`: many complaints at once, or one after another, with the same answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import final

from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.cases.case import Case, complaint_of, several
from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.trees import FirstOf, atoms_of
from complaint_rules.errors import InvalidComplaint
from complaint_rules.linking.index import (
    LinkIndex,
    joiner,
    reads_history,
    versions_of,
)
from complaint_rules.linking.links import AsKnown, Links, counts_of, number_of
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment
from complaint_rules.policy.policy import Policy, as_policy, uses


@final
class Linker:
    """Links complaints one by one, for a system that runs (增量关联): a mutable accumulator that its caller owns.

    It keeps keys, receipts and counts of what it was given, nothing else, and only in itself. The counts are those that
    `link` gives for the same complaints at once, in whatever order they were added. Not safe to change from two threads
    at a time.

    >>> from complaint_rules import load_policy
    >>> at = dt.datetime.fromisoformat
    >>> linker = Linker(load_policy("realty-levels"))
    >>> linker.add(
    ...     Complaint(
    ...         id="c-1", received=at("2026-09-01T09:00+08:00"), kind="fees", complainant_keys=["p-1"]
    ...     )
    ... )
    ('c-1',)
    >>> linker.add(
    ...     Complaint(
    ...         id="c-2", received=at("2026-10-01T23:59+08:00"), kind="fees", complainant_keys=["p-2"]
    ...     )
    ... )
    ('c-1', 'c-2')
    >>> linker.counts("c-1")
    {'same_kind': 2}
    """

    __slots__ = ("_historic", "_ids", "_indexes", "_missing", "_numbers")

    def __init__(self, policy: Policy, *, calendar: WorkCalendar | None = None) -> None:
        """Prepare for the links of a policy; `calendar` serves windows in working time (default: China's)."""
        as_policy(policy, hint="load_policy('realty-levels')")
        calendar = policy.calendar_over(WorkCalendar.china() if calendar is None else as_calendar(calendar))
        known = {name: link for name, link in policy.links.items() if link.window is not None or link.parameter is None}
        if calendar.hours is None:  # a window in working time waits for them as for a parameter
            known = {name: link for name, link in known.items() if link.window is None or not link.window.needs_hours()}
        self._missing: Mapping[str, str] = FrozenMap(
            {name: link.parameter or "hours" for name, link in policy.links.items() if name not in known}
        )
        self._ids: list[str] = []
        asked = {
            atom.link for use in uses(policy) for atom in atoms_of(use.condition.tree) if isinstance(atom, FirstOf)
        }
        self._indexes = {
            name: LinkIndex(link, calendar, joiner(link, policy, calendar), self._ids if name in asked else None)
            for name, link in known.items()
        }
        self._historic = any(reads_history(link) for link in known.values())
        self._numbers: dict[str, int] = {}

    def add(self, item: Complaint | Case) -> tuple[str, ...]:
        """Take in one more complaint, received before or after the others; give the ids of those whose counts changed.

        Where the policy asks which complaint is the first of its group, also of those of which that changed. Raises
        `InvalidComplaint` for anything else and for an id that is there already. Costs what the windows hold that the
        complaint lies in; all that shares its facts, where facts were amended after receipt or the first is asked for.

        >>> linker.add(Complaint(id="c-3", received=at("2026-12-01T09:00+08:00"), kind="fees"))
        ('c-3',)
        """
        return self._taken(item, "")

    def replace(self, item: Complaint | Case) -> tuple[str, ...]:
        """Take a complaint anew, whose history has grown or whose facts were amended; give the ids that changed.

        Raises `InvalidComplaint` for an id that is not there.

        >>> from complaint_rules import Event
        >>> later = Event("amended", at("2026-12-02T09:00+08:00"), set={"kind": "service"})
        >>> c3 = Complaint(id="c-3", received=at("2026-12-01T09:00+08:00"), kind="fees")
        >>> linker.replace(Case(c3, [later]))
        ('c-3',)
        """
        complaint = complaint_of(item, "")
        number = number_of(self._numbers, complaint.id)
        changed = {number}
        touched = [(index, bucket) for index in self._indexes.values() for bucket in index.leave(number)]
        versions, timeline = versions_of(item, None, historic=self._historic)
        touched += [
            (index, bucket) for index in self._indexes.values() for bucket in index.enter(number, versions, timeline)
        ]
        for index, bucket in dict.fromkeys(touched):
            index.recount(bucket, changed.add)
        return tuple(self._ids[one] for one in sorted(changed))

    def counts(self, complaint_id: str, as_known: AsKnown = "now") -> Mapping[str, int]:
        """Give the counts of a complaint as they stand, as `Links.counts` does.

        >>> linker.counts("c-2", as_known="receipt")
        {'same_kind': 2}
        """
        return counts_of(self._indexes, number_of(self._numbers, complaint_id), as_known)

    def links(self) -> Links:
        """Give everything linked so far as a value that later additions do not change; costs a copy.

        >>> len(linker.links())
        3
        """
        indexes = {name: index.copied() for name, index in self._indexes.items()}
        return Links(tuple(self._ids), dict(self._numbers), indexes, self._missing)

    def _taken(self, item: object, where: str) -> tuple[str, ...]:
        complaint = complaint_of(item, where)
        number = self._admitted(complaint, where)
        versions, timeline = versions_of(item, None, historic=self._historic)
        changed = {number}
        for index in self._indexes.values():
            buckets = index.enter(number, versions, timeline)
            for bucket in buckets:
                (index.insert if len(versions) == 1 else index.recount)(bucket, changed.add)
        return tuple(self._ids[one] for one in sorted(changed))

    def _admitted(self, complaint: Complaint, where: str) -> int:
        number = len(self._ids)
        known = self._numbers.setdefault(complaint.id, number)
        if known != number:
            raise InvalidComplaint(
                what="Complaint.id",
                why=f"complaint number {known + 1} has the same id",
                value=complaint.id,
                hint="merge(…) makes one case of several receipts; Linker.replace takes a changed case anew",
                where=where,
            )
        self._ids.append(complaint.id)
        return number

    def _linked(self, items: Iterable[object], at: dt.datetime | None) -> Links:
        later: list[str] = []
        indexes = list(self._indexes.values())
        for place, item in enumerate(items):
            complaint = complaint_of(item, place)
            if at is not None and complaint.received_from > at:
                later.append(complaint.id)
                continue
            number = self._admitted(complaint, f"complaints[{place}]")
            versions, timeline = versions_of(item, at, historic=self._historic)
            for index in indexes:
                index.enter(number, versions, timeline)
        for index in indexes:
            for bucket in index.buckets.values():
                index.recount(bucket, _unnoted)
        return Links(self._ids, self._numbers, self._indexes, self._missing, tuple(later))


def _unnoted(_: int) -> None:
    pass


def link(
    complaints: Iterable[Complaint | Case],
    policy: Policy,
    *,
    at: dt.datetime | None = None,
    calendar: WorkCalendar | None = None,
) -> Links:
    """Find which complaints belong together, for every link of a policy (关联投诉).

    `complaints` is read once and may come in any order; a `Case` brings the amendments of its facts. With `at` only
    what had been received and amended by then, inclusive, is known; without it everything is. `calendar` serves windows
    in working time (default: China's). What is counted, the complaint itself always included:

    * plain links: complaints;
    * ``distinct``: complainants told apart by their keys (不同投诉人). A complaint without keys is somebody unknown,
      never taken for another: it counts one person;
    * ``joint``: each complainant of one complaint (共同投诉), by its keys and, for those without, by its number of
      complainants. Without ``joint`` a complaint of several persons counts as one party.

    A complaint whose ``same`` facts are not all known takes part nowhere (`Links.waiting`). Takes time in proportion
    to n log n. Raises `InvalidComplaint`, with the place, for anything that is no complaint and for an id given twice;
    `InvalidMoment` for a naive `at`.

    >>> from complaint_rules import load_policy
    >>> twice = [
    ...     Complaint(id="c-1", received=dt.date(2026, 9, 1), kind="fees", complainant_keys=["p-1"]),
    ...     Complaint(id="c-2", received=dt.date(2026, 9, 5), kind="fees", complainant_keys=["p-1"]),
    ... ]
    >>> link(twice, load_policy("realty-levels")).counts("c-2")  # two complaints, one complainant
    {'same_kind': 1}
    """
    linker = Linker(policy, calendar=calendar)
    moment = None if at is None else as_moment(at, what="at")
    return linker._linked(several(complaints, "complaints"), moment)
