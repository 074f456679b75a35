"""How `linking` counts: complaints with the same facts in order of receipt, and a window that moves over them once."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Any, Final, TypeAlias, cast, final

from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.views import View
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.cases.counts import GroupCount
from complaint_rules.cases.facts import FactValue
from complaint_rules.cases.timeline import Timeline
from complaint_rules.conditions.compiling import compile_one
from complaint_rules.conditions.implications import completed
from complaint_rules.errors import InvalidMoment, InvalidPeriod
from complaint_rules.moments import INSTANT, LAST_DAY, earliest_of, latest_of
from complaint_rules.periods.pauses import OPEN
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import DAY_UNITS
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Link

Version: TypeAlias = tuple[dt.datetime, Complaint]
Versions: TypeAlias = Sequence[Version]
"""The facts, and since when they were known: at receipt, then after each amendment."""
Joins: TypeAlias = Callable[[Complaint, Timeline | None, dt.datetime], tuple[bool, tuple[str, ...] | None]]
UNKNOWN: Final = -1
"""Stands in the lists of counts for: whether this complaint takes part is not known."""
_LAST_MOMENT: Final = latest_of(LAST_DAY)
# Plain tuples of plain values: the collector of cycles forgets those, and a million named ones cost it seconds.
Member: TypeAlias = tuple[dt.datetime, int, dt.datetime, dt.datetime, Hashable, Collection[Hashable], int]
"""One complaint's part in one bucket, sorted by receipt, then by the order in which it was given:

* last instant the receipt can mean: where it stands in time;
* the complaint's number;
* since when others know of it: the first instant of its receipt, or of the amendment that brought it here;
* last instant at which a later complaint still finds it in its window;
* the complainant, or several as one party; None where complaints are counted;
* further complainants told apart by their keys;
* what counts besides: unknown persons, or the complaint itself.
"""
HI: Final = 0
NUMBER: Final = 1
LO: Final = 2
_ENDS: Final = 3
by_lo: Final = itemgetter(LO)
_by_hi: Final = itemgetter(HI)
_by_ends: Final = itemgetter(_ENDS)


@final
class Bucket:
    """The complaints with the same facts under one link."""

    __slots__ = ("asked", "first", "key", "now", "plain", "runs_known", "then")

    def __init__(self, key: tuple[FactValue, ...]) -> None:
        self.key: tuple[FactValue, ...] = key
        self.plain: list[Member] = []
        # The rest is used only where facts were amended after receipt, which moves a complaint between buckets.
        self.asked: list[Member] = []
        self.then: list[Member] = []
        self.now: list[Member] = []
        self.runs_known: tuple[list[Member], list[int], dict[int, int]] | None = None
        self.first: dict[int, bool | None] = {}
        """The numbers that are the first of their run; None: of these one is, and nobody knows which."""

    @property
    def amended(self) -> bool:
        """Whether what was known at receipt and what is known now differ here."""
        return bool(self.asked or self.then or self.now)

    def members(self) -> list[Member]:
        """Give those that belong here as known now, by receipt."""
        return sorted([*self.plain, *self.now]) if self.now else self.plain

    def runs(self) -> tuple[list[Member], list[int], dict[int, int]]:
        """Give the members; where each run begins (no earlier member reaches it); the place of each number."""
        if self.runs_known is None:
            line = self.members()
            starts = [
                place
                for place, entry in enumerate(line)
                if place == 0 or (line[place - 1][_ENDS] < entry[HI] and line[place - 1][HI] < entry[LO])
            ]
            self.runs_known = line, starts, {entry[NUMBER]: place for place, entry in enumerate(line)}
        return self.runs_known

    def firsts(self, ids: Sequence[str]) -> dict[int, bool | None]:
        """Give the first of each run, by receipt; of receipts recorded alike, the first in the order of the ids.

        Where of one day a receipt is known by the day and another by its moment, nobody knows which came first.
        """
        line, starts, _ = self.runs()
        found: dict[int, bool | None] = {}
        for start, end in pairwise([*starts, len(line)]):
            earliest = min(entry[HI] for entry in line[start:end])
            alike: dict[object, int] = {}
            for entry in line[start:end]:
                known = alike.get(entry[:1] + entry[2:3])
                if entry[LO] <= earliest and (known is None or ids[entry[NUMBER]] < ids[known]):
                    alike[entry[:1] + entry[2:3]] = entry[NUMBER]
            found |= dict.fromkeys(alike.values(), True if len(alike) == 1 else None)
        return found

    def copied(self) -> Bucket:
        """Give a copy that later changes do not reach."""
        other = Bucket(self.key)
        other.first = self.first
        for name in ("plain", "asked", "then", "now"):
            setattr(other, name, list(getattr(self, name)))
        return other


def _sweep(asked: Sequence[Member], joining: Sequence[Member], leaving: Sequence[Member]) -> list[int]:
    """Count, for each entry asked about, those that had joined and not left; all three are in order of time."""
    present: dict[Hashable, int] = {}
    total = joined = left = 0
    last = len(joining)
    counts: list[int] = []
    for entry in asked:
        now = entry[HI]
        while joined < last and joining[joined][LO] <= now:
            _, _, _, _, person, more, others = joining[joined]
            total += others
            if person is not None:
                times = present.get(person, 0)
                present[person] = times + 1
                total += not times
            for person in more:
                times = present.get(person, 0)
                present[person] = times + 1
                total += not times
            joined += 1
        # What leaves has joined: it ends at or after it began, so before the joining of all that is left here.
        while left < last and leaving[left][_ENDS] < now:
            _, _, _, _, person, more, others = leaving[left]
            total -= others
            if person is not None:
                times = present[person] - 1
                present[person] = times
                total -= not times
            for person in more:
                times = present[person] - 1
                present[person] = times
                total -= not times
            left += 1
        counts.append(total)
    return counts


def _fullest(members: Sequence[Member], asked: Sequence[Member], counts: Sequence[int]) -> Iterator[tuple[Member, int]]:
    """Give, for each member that lies in any of these windows, the greatest count among those that it lies in."""
    for exact in (True, False):  # among receipts of one precision both edges of those windows only move forward
        best: deque[int] = deque()
        right, last = 0, len(asked)
        for entry in members:
            if (entry[LO] == entry[HI]) is not exact:
                continue
            while right < last and asked[right][HI] <= entry[_ENDS]:
                while best and counts[best[-1]] <= counts[right]:
                    best.pop()
                best.append(right)
                right += 1
            while best and asked[best[0]][HI] < entry[LO]:
                best.popleft()
            if best:
                yield entry, counts[best[0]]


@final
class LinkIndex:
    """One link of a policy over all complaints; the lists are indexed by the complaint's number."""

    __slots__ = (
        "_by_day",
        "_calendar",
        "_ends_on",
        "_getters",
        "_ids",
        "_joins",
        "at_receipt",
        "buckets",
        "home",
        "link",
        "moved",
        "now",
        "unknown",
    )

    def __init__(
        self, link: Link, calendar: WorkCalendar, joins: Joins | None, ids: Sequence[str] | None = None
    ) -> None:
        """Take the link; `ids` of the complaints by number, where it is asked which complaint is the first."""
        self.link: Link = link
        self._ids = ids
        self.buckets: dict[tuple[FactValue, ...], Bucket] = {}
        self.at_receipt: list[int] = []
        self.now: list[int] = []
        self.home: list[Bucket | None] = []
        self.moved: dict[int, list[Bucket]] = {}
        self.unknown: dict[int, tuple[str, ...]] = {}
        self._calendar = calendar
        self._joins = joins
        self._getters = tuple(_getter(name) for name in link.same)
        self._by_day = link.window is not None and link.window.unit in DAY_UNITS
        self._ends_on: dict[dt.date, dt.datetime] = {}

    # Which complaints take part -----------------------------------------------------------------------------

    def enter(self, number: int, versions: Versions, timeline: Timeline | None) -> list[Bucket]:
        """Note a complaint with its facts as known at receipt and after each amendment; give the buckets concerned."""
        received = versions[0][1].received
        lo, hi = earliest_of(received), latest_of(received)
        if len(self.home) == number:
            self.at_receipt.append(UNKNOWN)
            self.now.append(UNKNOWN)
            self.home.append(None)
        if len(versions) == 1:
            part = self._part(number, versions[0], timeline, lo, hi)
            if part is None:
                self.at_receipt[number] = self.now[number]
                return []
            bucket, entry = part
            self.home[number] = bucket
            bucket.plain.append(entry)
            return [bucket]
        buckets: list[Bucket] = []
        part = None
        for index, version in enumerate(versions):
            part = self._part(number, version, timeline, lo, hi)
            if index == 0:
                self.at_receipt[number] = self.now[number]
            if part is None:
                continue
            bucket, entry = part
            buckets.append(bucket)
            if index == 0:
                bucket.asked.append(entry)
            last = index == len(versions) - 1
            ends = entry[_ENDS] if last else min(entry[_ENDS], versions[index + 1][0] - INSTANT)
            if version[0] <= ends:
                bucket.then.append((hi, number, version[0], ends, *entry[4:]))
            if last:
                bucket.now.append(entry)
        self.home[number] = None if part is None else part[0]
        self.moved[number] = buckets = list(dict.fromkeys(buckets))
        return buckets

    def _part(
        self, number: int, version: Version, timeline: Timeline | None, lo: dt.datetime, hi: dt.datetime
    ) -> tuple[Bucket, Member] | None:
        """Give the bucket and the entry of a complaint with these facts; None where it takes no part."""
        since, complaint = version
        self.unknown.pop(number, None)
        self.now[number] = 0
        if self._joins is not None:
            joins, waiting = self._joins(complaint, timeline, since)
            if not joins:
                if waiting is not None:
                    self.unknown[number] = waiting
                    self.now[number] = UNKNOWN
                return None
        key = tuple([get(complaint) for get in self._getters])
        if None in key:
            self.unknown[number] = tuple(name for name, fact in zip(self.link.same, key, strict=True) if fact is None)
            self.now[number] = UNKNOWN
            return None
        known = cast("tuple[FactValue, ...]", key)
        bucket = self.buckets.get(known)
        if bucket is None:
            bucket = self.buckets[known] = Bucket(known)
        person, more, others = self._counted(complaint)
        return bucket, (hi, number, lo, self._end_of_window(hi), person, more, others)

    def _counted(self, complaint: Complaint) -> tuple[Hashable, Collection[Hashable], int]:
        keys, joint = complaint.complainant_keys, self.link.joint
        if not self.link.distinct or keys is None:
            return None, (), (complaint.complainants or 1) if joint else 1
        others = (complaint.complainants or len(keys)) - len(keys) if joint else 0
        if len(keys) == 1:
            (key,) = keys
            return key, (), others
        # Several who complain as one are a party of their own, not any one of them.
        return (None, keys, others) if joint else (keys, (), others)

    def _end_of_window(self, received: dt.datetime) -> dt.datetime:
        window = self.link.window
        if window is None:
            return OPEN
        if not self._by_day:
            return self._ended(window, received)
        day = received.date()
        known = self._ends_on.get(day)
        if known is None:
            known = self._ends_on[day] = self._ended(window, received)
        return known

    def _ended(self, window: Period, received: dt.datetime) -> dt.datetime:
        try:
            return window.due_at(received, self._calendar) or OPEN
        except (InvalidPeriod, InvalidMoment):  # it ends past the last day known: nothing is received after it
            return OPEN

    def leave(self, number: int) -> list[Bucket]:
        """Take a complaint out again; give the buckets concerned."""
        home = self.home[number]
        buckets = self.moved.pop(number, [] if home is None else [home])
        for bucket in buckets:
            for name in ("plain", "asked", "then", "now"):
                setattr(bucket, name, [one for one in getattr(bucket, name) if one[NUMBER] != number])
        self.home[number] = None
        return buckets

    # Counting -----------------------------------------------------------------------------------------------

    def recount(self, bucket: Bucket, note: Callable[[int], object]) -> None:
        """Count a whole bucket anew, n log n, noting the numbers of those whose counts changed."""
        bucket.plain.sort()
        bucket.runs_known = None
        line = bucket.members()
        counts = _sweep(line, sorted(line, key=by_lo), line)
        _set(self.now, _fullest(line, line, counts), note)
        if bucket.amended:
            pool = [*bucket.plain, *bucket.then]
            line = sorted([*bucket.plain, *bucket.asked])
            counts = _sweep(line, sorted(pool, key=by_lo), sorted(pool, key=_by_ends))
        _set(self.at_receipt, zip(line, counts, strict=True), note)
        self._settle(bucket, note)

    def insert(self, bucket: Bucket, note: Callable[[int], object]) -> None:
        """Count anew only what the complaint last entered into a bucket can change: the windows that it lies in."""
        if bucket.amended:
            self.recount(bucket, note)
            return
        bucket.runs_known = None
        line = bucket.plain
        entry = line.pop()
        insort(line, entry)
        first = bisect_left(line, entry[LO], key=_by_hi)
        last = bisect_right(line, entry[_ENDS], key=_by_hi)
        asked = line[first:last]
        pool = line[
            bisect_left(line, asked[0][HI], key=_by_ends) : bisect_right(
                line, latest_of(asked[-1][HI].date()), key=_by_hi
            )
        ]
        counts = _sweep(asked, sorted(pool, key=by_lo), pool)
        _set(self.at_receipt, zip(asked, counts, strict=True), note)
        # One more complaint lowers no count, and every window of the new one is among those counted here.
        now = self.now
        fuller = ((one, count) for one, count in _fullest(pool, asked, counts) if count > now[one[NUMBER]])
        _set(now, fuller, note)
        self._settle(bucket, note)

    def _settle(self, bucket: Bucket, note: Callable[[int], object]) -> None:
        """Find the first of each group anew, where that is asked, noting the numbers of those of which it changed."""
        if self._ids is None:
            return
        before, now = bucket.first, bucket.firsts(self._ids)
        bucket.first = now
        for number in before.keys() | now.keys():
            if before.get(number, False) is not now.get(number, False):
                note(number)

    def counted(self, number: int) -> int:
        """Give how many there are now, and where that is asked, whether a complaint is the first of its group."""
        count, home = self.now[number], self.home[number]
        if self._ids is None or count == UNKNOWN:
            return count
        return GroupCount(count, first=True if home is None else home.first.get(number, False))

    def copied(self) -> LinkIndex:
        """Give a copy that later additions do not reach."""
        other = LinkIndex(self.link, self._calendar, self._joins, self._ids)
        other.buckets = {key: bucket.copied() for key, bucket in self.buckets.items()}
        other.home = [None if bucket is None else other.buckets[bucket.key] for bucket in self.home]
        other.at_receipt, other.now = self.at_receipt.copy(), self.now.copy()
        other.unknown = self.unknown.copy()
        return other


def _set(values: list[int], counts: Iterable[tuple[Member, int]], note: Callable[[int], object]) -> None:
    for entry, count in counts:
        number = entry[NUMBER]
        if values[number] != count:
            values[number] = count
            note(number)


def _getter(name: str) -> Callable[[Complaint], FactValue | None]:
    if name in CORE_FACTS:
        return cast("Callable[[Complaint], FactValue | None]", attrgetter(name))
    return lambda complaint: complaint.extra.get(name)


class _Facts:
    """The least that a condition over facts alone needs to see."""

    __slots__ = ("complaint",)
    complaint: Complaint


def reads_history(link: Link) -> bool:
    """Say whether the condition of a link reads more than facts.

    >>> from complaint_rules.policy.rules import NO_TITLES
    >>> reads_history(Link(id="same_kind", title=NO_TITLES, same=("kind",)))
    False
    """
    when = link.when
    return when is not None and bool(when.tables or when.kinds or when.limits or when.links)


def joiner(link: Link, policy: Policy, calendar: WorkCalendar) -> Joins | None:
    """Make the function that says whether a complaint takes part, and if nobody knows, which facts it waits for."""
    if link.when is None:
        return None
    decide = compile_one(link.when, policy.scope)
    plan = Plan(policy)
    facts = _Facts()
    historic = reads_history(link)

    def joins(
        complaint: Complaint, timeline: Timeline | None, moment: dt.datetime
    ) -> tuple[bool, tuple[str, ...] | None]:
        complaint = completed(complaint, plan.implications)
        if historic:
            known = Timeline(Case(complaint), moment) if timeline is None else timeline
            view: Any = View(
                plan, known, calendar, at=moment, complaint=complaint, links=None, limits=_no_limit, stands=_no_standing
            )
        else:
            view = facts
            facts.complaint = complaint
        holds, _, possibly, unknown = decide(view)
        return holds, plan.names(unknown) if possibly and not holds else None

    return joins


def _no_limit(_at: dt.datetime, _limit: str) -> tuple[None, None]:
    return None, None


def _no_standing(_at: dt.datetime, _limit: str) -> None:
    return None


def versions_of(item: object, at: dt.datetime | None, *, historic: bool) -> tuple[Versions, Timeline | None]:
    """Give the facts as known at receipt, then at each amendment up to `at`; and the history where there is one.

    With `historic` the last version stands at the end of the history, so that a condition is asked once more there.

    >>> from complaint_rules.moments import BEIJING
    >>> received = dt.datetime(2026, 9, 30, 9, tzinfo=BEIJING)
    >>> versions, history = versions_of(Complaint(id="c-1", received=received), None, historic=False)
    >>> [since.isoformat() for since, _ in versions], history
    (['2026-09-30T09:00:00+08:00'], None)
    """
    if not isinstance(item, Case) or not item.events:
        complaint = item.complaint if isinstance(item, Case) else cast("Complaint", item)
        return ((complaint.received_from, complaint),), None
    timeline = Timeline(item, _LAST_MOMENT if at is None else at)
    versions = [(item.complaint.received_from, item.complaint)]
    by_then = latest_of(item.complaint.received)
    for since, complaint in timeline.versions:
        if since is None or since <= by_then:
            # The day, where only the day of receipt is known, is taken as a whole.
            versions[-1] = (versions[-1][0], complaint)
        elif since == versions[-1][0]:
            versions[-1] = (since, complaint)
        else:
            versions.append((since, complaint))
    if historic:
        end = max(entry.lo for entry in timeline.entries if entry.lo is not None) if at is None else at
        if end > versions[-1][0]:
            versions.append((end, versions[-1][1]))
        # Up to this end, what carries no moment has happened; whether it had before is unknown.
        timeline = Timeline(item, end)
    return versions, timeline
