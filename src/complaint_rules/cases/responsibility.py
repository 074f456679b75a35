"""Who held the file how long (经办责任), who had it when a limit ran out, and who should not have it.

The holder of a file is folded from its history. The first is whoever received it (`Complaint.received_by`); afterwards
any event that names a `unit` hands the file to it, and so does an event of `HANDOVERS` to whom it went (`to`). Closing,
withdrawal and refusal end the holding, a reopening goes on with the last holder.

Every stretch of time belongs to one holding, so the times of all holdings add up exactly to the whole. Where a handover
is known by its day only, the whole day counts to whoever held the file when it began; where it happened and no moment
is known, the time up to the next handover does. Such holdings are not `precise`; they say how much it is at least and
at most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple, Protocol, final

import attrs

from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.calendar.working_time import working_time_between
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.facts import text_set
from complaint_rules.cases.hands import HANDOVERS, REOPENED, Hands, handed
from complaint_rules.cases.lifecycle import ENDINGS
from complaint_rules.cases.timeline import Timeline
from complaint_rules.errors import InvalidComplaint
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import INSTANT, LAST_DAY, as_moment, as_when, earliest_of, latest_of

_DAY: Final = dt.timedelta(days=1)
_NONE: Final = dt.timedelta(0)
_LAST_MOMENT: Final = latest_of(LAST_DAY)


# Who held it ------------------------------------------------------------------------------------------------


class Held(NamedTuple):
    """What one holder's holdings come to."""

    natural: dt.timedelta
    """Time on the clock (自然时间)."""
    working: dt.timedelta
    """Working time (工作时间), as `Holding.working`."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Holding(Shown):
    """One stretch of time in which one holder had the file."""

    holder: str | None
    """Who had it: a unit's key, level or body; None: unknown, or nobody because it was `closed`."""
    level: str | None
    """The level or body it was passed to; None where the event names none."""
    since: dt.datetime
    """When it began, inclusive."""
    until: dt.datetime | None
    """When it ended, exclusive; None while it lasts."""
    natural: dt.timedelta
    """Time on the clock; of an open holding, up to the moment asked about."""
    working: dt.timedelta
    """Time within the calendar's hours; where it has none, 24 hours for every working day, and parts of one."""
    precise: bool
    """Whether both ends are known to the moment; otherwise the day, or less, is known of one."""
    least: dt.timedelta
    """The shortest `natural` that the record allows."""
    most: dt.timedelta
    """The longest `natural` that the record allows."""
    closed: bool = False
    """Whether the case was closed meanwhile: nobody's time, between an ending and a reopening."""

    def contains(self, moment: dt.datetime) -> bool:
        """Say whether a moment falls into it: its beginning does, its end only while it lasts.

        >>> from complaint_rules.moments import BEIJING
        >>> nine, noon = (dt.datetime(2026, 9, 30, hour, tzinfo=BEIJING) for hour in (9, 12))
        >>> time = noon - nine
        >>> held = Holding(
        ...     holder="outlet",
        ...     level=None,
        ...     since=nine,
        ...     until=noon,
        ...     natural=time,
        ...     working=time,
        ...     precise=True,
        ...     least=time,
        ...     most=time,
        ... )
        >>> held.contains(nine), held.contains(noon)
        (True, False)
        """
        end = self.since + self.natural
        return self.since <= moment < end or (self.until is None and moment == end)

    def overlap(self, start: dt.datetime, end: dt.datetime) -> tuple[dt.datetime, dt.datetime] | None:
        """Give the part of the holding between two moments; None where there is none.

        >>> from complaint_rules.moments import BEIJING
        >>> nine, noon = (dt.datetime(2026, 9, 30, hour, tzinfo=BEIJING) for hour in (9, 12))
        >>> held = Holding(
        ...     holder="outlet",
        ...     level="outlet",
        ...     since=nine,
        ...     until=noon,
        ...     natural=noon - nine,
        ...     working=noon - nine,
        ...     precise=True,
        ...     least=noon - nine,
        ...     most=noon - nine,
        ... )
        >>> held.overlap(noon, noon + (noon - nine)) is None
        True
        """
        first, last = max(self.since, start), min(self.since + self.natural, end)
        return (first, last) if first < last else None


@final
@attrs.frozen(kw_only=True, repr=False)
class Holdings(Shown):
    """Who held a file from when to when (经办过程), in order of time.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> from complaint_rules.cases.case import Event
    >>> at = dt.datetime.fromisoformat
    >>> complaint = Complaint(id="c-1", received=at("2026-09-30T09:00+08:00"), received_by="head_office")
    >>> routed = Event("routed", at("2026-09-30T11:00+08:00"), to="outlet")
    >>> held = holdings(Case(complaint, [routed]), WorkCalendar.china(), at=at("2026-09-30T17:00+08:00"))
    >>> [(one.holder, str(one.natural)) for one in held]
    [('head_office', '2:00:00'), ('outlet', '6:00:00')]
    """

    items: tuple[Holding, ...]
    """The holdings, in order; empty where nothing had been received by then."""
    natural: dt.timedelta
    """The whole, from the receipt to the ending or the moment asked about; closed time in between included."""
    working: dt.timedelta
    """The same in working time."""
    calendar: WorkCalendar = attrs.field(repr=False)
    """The calendar that counted."""

    def __iter__(self) -> Iterator[Holding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def precise(self) -> bool:
        """Whether every handover is known to the moment."""
        return all(one.precise for one in self.items)

    @property
    def totals(self) -> Mapping[str | None, Held]:
        """What each holder's holdings come to, in order of first holding; closed time is nobody's and left out."""
        found: dict[str | None, Held] = {}
        for one in self.items:
            if not one.closed:
                before = found.get(one.holder, Held(_NONE, _NONE))
                found[one.holder] = Held(before.natural + one.natural, before.working + one.working)
        return FrozenMap(found)


class _Mark(NamedTuple):
    """A moment at which the holder changed, and the moments it can have been."""

    point: dt.datetime
    first: dt.datetime
    last: dt.datetime
    holder: str | None
    level: str | None
    closed: bool


def holdings(
    case: Case | Complaint,
    calendar: WorkCalendar,
    *,
    at: dt.datetime | None = None,
    handovers: Iterable[str] = HANDOVERS,
) -> Holdings:
    """Give who held the file from when to when, up to its ending or `at`, whichever comes first.

    What happened after `at` is not known yet. Without `at` an open file is measured up to the last thing known of it.
    Day receipts begin at 00:00. Working time is counted within the calendar's hours; a calendar without hours counts
    every working day as 24 hours. `handovers` are the kinds of event that give the file to whom they went; where a rule
    set has its own, as the forms of `grcu-2008`, name them: ``HANDOVERS | {"handling_form", "supervision_form"}``.

    Raises `InvalidComplaint` for anything but a case or complaint, or for kinds that are no texts; `InvalidMoment` for
    a naive `at`; `CalendarUnpublished` where the calendar refuses to guess.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> complaint = Complaint(id="c-1", received=dt.date(2026, 9, 30), received_by="outlet")
    >>> day_after = dt.datetime.fromisoformat("2026-10-02T00:00+08:00")
    >>> held = holdings(complaint, WorkCalendar.china(), at=day_after).items[0]
    >>> held.natural.days, held.working.days, held.until is None
    (2, 1, True)
    """
    if not isinstance(case, Case):
        if not isinstance(case, Complaint):
            raise InvalidComplaint(what="case", why="a Case or a Complaint is expected", value=case)
        case = Case(case)
    as_calendar(calendar)
    kinds = text_set(handovers, what="handovers", error=InvalidComplaint) or frozenset()
    timeline = Timeline(case, _LAST_MOMENT if at is None else as_moment(at, what="at"))
    end = _last_known(timeline) if at is None else timeline.at
    start = earliest_of(case.complaint.received)
    if end < start:
        return Holdings(items=(), natural=_NONE, working=_NONE, calendar=calendar)
    marks = _settled(_marks(timeline, end, kinds), end)
    ended = marks[-1].closed
    if ended:
        end = marks[-1].point
    bounds = [*marks, *([] if ended else [_Mark(end, end, end, None, None, False)])]
    seen = case.unseen.isdisjoint({*kinds, *ENDINGS, REOPENED})  # else it may have changed hands, or ended, unseen
    items = tuple(
        _held(begun, over, calendar, lasting=not ended and over is bounds[-1], seen=seen)
        for begun, over in pairwise(bounds)
    )
    return Holdings(items=items, natural=end - start, working=_working(calendar, start, end), calendar=calendar)


def _last_known(timeline: Timeline) -> dt.datetime:
    entries = timeline.entries or (timeline.receipt,)
    known = max(entry.lo if entry.lo is entry.hi else entry.lo + _DAY for entry in entries if entry.lo is not None)
    return min(known, _LAST_MOMENT)


def _marks(timeline: Timeline, end: dt.datetime, handovers: frozenset[str]) -> list[_Mark]:
    """Give the moments at which the holder changed, in order of time."""
    receipt = timeline.receipt
    start = earliest_of(timeline.case.complaint.received)
    by = timeline.complaint_at(end).received_by
    marks = [_Mark(start, start, start if receipt.lo is receipt.hi else start + _DAY, by, by, False)]
    for entry in timeline.entries[1:]:
        current = marks[-1]
        now = Hands(current.holder, current.level, current.closed)
        holder, level, closed = handed(entry.event, now, handovers)
        if closed and current.closed:
            # Handed on while closed: it is the new holder whom a reopening finds.
            marks[-1] = current._replace(holder=holder, level=level)
        elif closed != current.closed or holder != current.holder:
            point, first, last = end, marks[-1].first, end
            if entry.lo is not None:
                first = entry.lo
                point = last = entry.lo if entry.lo is entry.hi else entry.lo + _DAY
            marks.append(_Mark(point, first, last, holder, level, closed))
    return marks


def _settled(marks: Sequence[_Mark], end: dt.datetime) -> list[_Mark]:
    """Hold what is known of a day, or not at all, between what is known before and after it."""
    settled: list[_Mark] = []
    point = last = end
    for mark in reversed(marks):
        point, last = min(mark.point, point), min(mark.last, last)
        settled.append(mark._replace(point=point, last=last))
    settled.reverse()
    first = settled[0].first
    for place, mark in enumerate(settled):
        first = max(first, mark.first)
        settled[place] = mark._replace(first=first)
    return settled


def _held(begun: _Mark, over: _Mark, calendar: WorkCalendar, *, lasting: bool, seen: bool) -> Holding:
    return Holding(
        holder=None if begun.closed else begun.holder,
        level=None if begun.closed else begun.level,
        since=begun.point,
        until=None if lasting else over.point,
        natural=over.point - begun.point,
        working=_working(calendar, begun.point, over.point),
        precise=seen and begun.first == begun.last and over.first == over.last,
        least=max(_NONE, over.first - begun.last) if seen else _NONE,
        most=over.last - begun.first,
        closed=begun.closed,
    )


def _working(calendar: WorkCalendar, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    if calendar.hours is not None:
        return working_time_between(calendar, start, end)
    if start == end:
        return _NONE
    first, last = start.date(), (end - INSTANT).date()
    works = calendar.is_working_day
    return (
        _DAY * (calendar.count_working_days(first, last) + works(first))
        - (start - earliest_of(first)) * works(first)
        - (earliest_of(last) + _DAY - end) * works(last)
    )


# How much of a limit each used ------------------------------------------------------------------------------


class Timed(Protocol):
    """What is asked of a clock."""

    @property
    def started_at(self) -> dt.datetime | dt.date | None:
        """When the limit started; a day counts from its 00:00."""

    @property
    def due_at(self) -> dt.datetime | None:
        """Last instant in time, inclusive."""

    @property
    def ended_at(self) -> dt.datetime | dt.date | None:
        """When it ended; a day counts to its end."""


def share_of(held: Holdings, clock: Timed, *, late: bool = False) -> Mapping[str | None, Fraction]:
    """Give the share of a limit that each holder used (时限占用), by the clock; the shares add up to exactly 1.

    The limit runs from its start to its end or its due moment, whichever comes first, and of an open one as far as
    `held` reaches. With ``late=True`` it is the time after the due moment that is shared out instead. Pauses are not
    taken out: what stopped the limit stopped it in the hands of its holder. Time in which the case was closed is
    nobody's and left out.

    Empty where there is nothing to share: the limit has not started or is not late, or the case was not held then.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> from complaint_rules.cases.case import Event
    >>> at = dt.datetime.fromisoformat
    >>> received = at("2026-09-30T09:00+08:00")
    >>> case = Case(
    ...     Complaint(id="c-1", received=received, received_by="head_office"),
    ...     [Event("routed", at("2026-10-02T05:00+08:00"), to="outlet")],
    ... )
    >>> from types import SimpleNamespace  # stands for a clock of an assessment
    >>> due, ended = at("2026-10-02T09:00+08:00"), at("2026-10-02T11:00+08:00")
    >>> whole = SimpleNamespace(started_at=received, due_at=due, ended_at=ended)
    >>> held = holdings(case, WorkCalendar.china(), at=ended)
    >>> share_of(held, whole)["head_office"]
    Fraction(11, 12)
    >>> share_of(held, whole, late=True), holder_at(held, due).holder
    ({'outlet': Fraction(1, 1)}, 'outlet')
    """
    if clock.started_at is None or (late and clock.due_at is None):
        return FrozenMap()
    start = earliest_of(as_when(clock.started_at, what="started_at"))
    end = _LAST_MOMENT
    if clock.ended_at is not None:
        ended = as_when(clock.ended_at, what="ended_at")
        end = ended if isinstance(ended, dt.datetime) else earliest_of(ended) + _DAY
    if clock.due_at is not None:
        due = as_moment(clock.due_at, what="due_at")
        midnight = due + INSTANT
        over = midnight if midnight == earliest_of(midnight.date()) else due
        start, end = (max(start, over), end) if late else (start, min(end, over))
    used: dict[str | None, dt.timedelta] = {}
    for one in held:
        part = None if one.closed else one.overlap(start, end)
        if part is not None:
            used[one.holder] = used.get(one.holder, _NONE) + (part[1] - part[0])
    whole = sum(used.values(), _NONE) // INSTANT
    return FrozenMap({holder: Fraction(time // INSTANT, whole) for holder, time in used.items()})


def holder_at(held: Holdings, moment: dt.datetime) -> Holding | None:
    """Give the holding into which a moment falls (在手方); for a breach, ask at the clock's `due_at`.

    Each holding includes its beginning and not its end; one that lasts includes the moment it was asked up to. None
    before the receipt, after the ending, or later than what is known. Raises `InvalidMoment` for a naive moment.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> received = dt.datetime.fromisoformat("2026-09-30T09:00+08:00")
    >>> complaint = Complaint(id="c-1", received=received, received_by="outlet")
    >>> held = holdings(complaint, WorkCalendar.china(), at=received)
    >>> holder_at(held, received).holder, holder_at(held, received - dt.timedelta(hours=1))
    ('outlet', None)
    """
    asked = as_moment(moment, what="moment")
    for one in reversed(held.items):
        if one.contains(asked):
            return one
    return None


# Conflicts of interest --------------------------------------------------------------------------------------


@final
@attrs.frozen(kw_only=True, repr=False)
class Conflict(Shown):
    """Why somebody should not handle a complaint (回避事由)."""

    actor: str
    """The opaque key asked about."""
    grounds: frozenset[str]
    """``interested``: a direct interest is declared; ``respondent``: it is the one complained about;
    ``complainant``: it complains itself."""
    certain: bool
    """Whether all three are on record; otherwise no ground found does not mean that there is none."""


def conflicts(complaint: Complaint, actors: Iterable[str]) -> Mapping[str, Conflict]:
    """Hold actors against the interests on record (利益冲突), one answer for each.

    Raises `InvalidComplaint` for a complaint or a key that is none.

    >>> complaint = Complaint(id="c-1", received=dt.date(2026, 9, 30), respondent="e-7", interested=["e-9"])
    >>> found = conflicts(complaint, ["e-7", "e-8"])
    >>> sorted(found["e-7"].grounds), found["e-8"].grounds, found["e-8"].certain
    (['respondent'], frozenset(), False)
    """
    if not isinstance(complaint, Complaint):
        raise InvalidComplaint(what="complaint", why="a Complaint is expected", value=complaint, hint="case.complaint")
    record = {
        "interested": complaint.interested,
        "respondent": None if complaint.respondent is None else frozenset({complaint.respondent}),
        "complainant": complaint.complainant_keys,
    }
    certain = None not in record.values()
    keys = sorted(text_set(actors, what="actors", error=InvalidComplaint) or ())
    return FrozenMap(
        {
            key: Conflict(
                actor=key,
                grounds=frozenset(ground for ground, found in record.items() if found is not None and key in found),
                certain=certain,
            )
            for key in keys
        }
    )
