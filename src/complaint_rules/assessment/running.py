"""How the limits of a policy run in a case: starts, pauses, extensions, restarts, and where each clock stands."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias, cast

from complaint_rules.assessment.adjustments import Grant, asked_for, judged, may_be_revoked, suspensions
from complaint_rules.assessment.clocks import ByRows, Clock, Run, Status, not_kept
from complaint_rules.assessment.doubts import (
    incomplete,
    may_end,
    may_extend,
    may_pause,
    may_run_again,
    may_undo,
    open_kinds,
)
from complaint_rules.assessment.on_record import with_past
from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.views import View
from complaint_rules.assessment.voids import NOTHING_VOIDS, voided
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event, EventKind
from complaint_rules.cases.entries import ORDER, Entry, not_before
from complaint_rules.moments import NEVER, latest_of
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period, is_at_once
from complaint_rules.periods.units import WORKING_TIME, Unit
from complaint_rules.policy.rules import Extension, Limit, LimitRow, Reopen

_EXACT = frozenset({Unit.HOURS, Unit.MINUTES, *WORKING_TIME})
"""Units of which a pause takes away exactly the time for which it stood."""


class _Figure(NamedTuple):
    """What the rows of a limit come to for one run."""

    due: dt.datetime | None
    latest: dt.datetime | None
    row: LimitRow | None
    period: Period | None
    base: Entry | None = None


def read(
    case: Case, plan: Plan, calendar: WorkCalendar, *, at: dt.datetime, links: Mapping[str, int] | None = None
) -> Snapshot:
    """Make the snapshot of a case whose clocks this room works out."""
    return Snapshot(case, plan, calendar, at=at, links=links, work_out=clock_of)


def clock_of(snapshot: Snapshot, limit: Limit) -> Clock:
    """Apply a limit to a case: one run for every start that counts, and every run that was late on record."""
    starts = snapshot.all_matches(limit.starts)
    if not starts:
        return Clock(limit, before_start(snapshot, limit), (), snapshot)
    if not snapshot.timeline.kinds and not snapshot.case.unseen and snapshot.plan.reach_of(limit).timeless:
        run = _run(snapshot, limit, starts[0], after=starts[0])
        return Clock(limit, run.status, (run,), snapshot, run.unknown)
    runs: list[Run] = []
    for start in starts if limit.each else starts[:1]:
        runs += _runs_from(snapshot, limit, start)
    runs = with_past(snapshot, limit, runs)
    unknown = 0
    for run in runs:
        unknown |= run.unknown
    return Clock(limit, _standing(snapshot, limit, runs), tuple(runs), snapshot, unknown)


def _standing(snapshot: Snapshot, limit: Limit, runs: Sequence[Run]) -> Status:
    """Say where a limit stands: where its latest run does, unless nobody knows which run is the latest."""
    status = runs[-1].status
    if status is not Status.MET or not incomplete(snapshot, limit):
        return status
    unplaced = any(run.start.lo is None or run.superseded_at is not None for run in runs[:-1])
    return Status.UNDETERMINED if unplaced or any(may_run_again(snapshot, limit)) else status


def before_start(snapshot: Snapshot, limit: Limit) -> Status:
    """Say where a limit stands that nothing has started."""
    applies = snapshot.plan.limits[limit.id].applies
    if applies is not None:
        holds, _, possibly, unknown = applies(snapshot.view)
        if not holds and not snapshot.plan.undecided(possibly=possibly, unknown=unknown):
            return Status.NOT_APPLICABLE
    unseen = snapshot.timeline.case.unseen
    if unseen and any(selector.kind in unseen for selector in limit.starts):
        return Status.UNDETERMINED
    return Status.NOT_STARTED


Candidates: TypeAlias = Sequence[tuple[Sequence[LimitRow], bool]]
"""Rows that may bind together, and whether they are among those that surely do."""


class ByFacts(NamedTuple):
    """Where a limit that the receipt starts stands by the facts alone; nothing is counted."""

    status: Status | None
    """None: its rows say when it is due."""
    unknown: int = 0
    """Facts that could still change it."""
    rows: Sequence[LimitRow] = ()
    """The rows that hold."""
    candidates: Candidates | None = None
    """The rows that may bind, where nobody knows which do."""
    working: bool = False
    """Whether it applies by the working value of a table only, which a fact without presumption could change."""


def standing_by_facts(snapshot: Snapshot, limit: Limit) -> ByFacts:
    """Say where a limit that the receipt starts stands by the facts alone."""
    view, plan = snapshot.view, snapshot.plan
    applies = plan.limits[limit.id].applies
    unknown, working = 0, False
    if applies is not None:
        holds, surely, possibly, unknown = applies(view)
        if not holds:
            undecided = plan.undecided(possibly=possibly, unknown=unknown)
            return ByFacts(Status.UNDETERMINED if undecided else Status.NOT_APPLICABLE, unknown)
        working = plan.works_with(unknown, surely=surely)
    rows, possible, doubts, sure = _decided(snapshot, limit, view)
    if not rows:
        undecided = plan.undecided(possibly=possible != 0, unknown=doubts)
        return ByFacts(Status.UNDETERMINED if undecided else Status.NOT_APPLICABLE, unknown | doubts)
    fact = view.complaint.fact
    figured = any(row.within is not None if row.by is None else fact(row.by) is not None for row in rows)
    if figured and snapshot.shut:
        figured = any(fact(row.by) is not None if row.by else not _lacks_figure(snapshot, limit, row) for row in rows)
    if figured and limit.latest:
        figured = not any(_lacks_figure(snapshot, limit, row) for row in rows)
    candidates = _open_rows(snapshot, limit, possible, doubts, sure)
    status = None if figured else Status.UNDETERMINED
    return ByFacts(status, unknown | doubts, tuple(rows), candidates, working)


def _lacks_figure(snapshot: Snapshot, limit: Limit, row: LimitRow) -> bool:
    """Whether a row's period was not supplied, or not the hours it takes: then the later of several is not known."""
    if row.by is not None:
        return False
    return row.within is None or (snapshot.shut and row.within.needs_hours(limit.counting))


def due_by_rows(snapshot: Snapshot, limit: Limit, found: ByFacts) -> ByRows:
    """Give when a limit is due that the receipt starts and nothing has touched, by the rows that hold or may.

    At least one of them has a figure: see `standing_by_facts`.
    """
    rows, receipt = found.rows, snapshot.receipt
    calendar, counting = snapshot.calendar, limit.counting
    _, _, _, lo, hi, _ = receipt
    if found.candidates is not None:
        figure = _bounded(_Frame(snapshot, limit, snapshot.view, receipt, ()), found.candidates, (), ())
        return cast(dt.datetime, figure.due), figure.latest, figure.row, figure.period
    if len(rows) == 1:  # as mostly
        (row,) = rows
        if row.within is not None and lo is hi and lo is not None and not snapshot.shut:
            only = cast(dt.datetime, row.within.due_at(lo, calendar, counting))
            return only, only, row, row.within
    binding: ByRows | None = None
    for row in rows:
        period = row.within
        if row.by is not None:
            named = snapshot.case.complaint.fact(row.by)
            due = latest = latest_of(named) if isinstance(named, dt.date) else None
        elif period is not None and lo is not None and hi is not None:
            if snapshot.shut and period.needs_hours(counting):
                continue
            due = period.due_at(lo, calendar, counting)
            latest = due if hi is lo else period.due_at(hi, calendar, counting)
        else:
            continue
        if due is None:
            continue
        if binding is None or _binds(due, period, binding[0], binding[3], latest=limit.latest):
            binding = due, latest, row, period
    return cast(ByRows, binding)


def _runs_from(snapshot: Snapshot, limit: Limit, start: Entry) -> list[Run]:
    """Give the run from a start, and those that reopenings open after it."""
    runs: list[Run] = []
    after, first = start, None
    closed: tuple[Pause, ...] = ()
    while True:
        run = _run(snapshot, limit, start, after=after, closed=closed, first=first)
        again = _reopened_after(snapshot, limit, run)
        if again is None or run.end is None or again.order <= after.order:
            return [*runs, run]
        if limit.reopen is Reopen.CONTINUE:
            if run.end.when is None or again.when is None:
                return [*runs, run]
            closed = (*closed, Pause(run.end.when, again.when, reason="closed"))
        elif limit.reopen is Reopen.RESTART:
            first, start, closed = first or start, again, ()
        else:
            runs.append(run)
            first, start, closed = None, again, ()
        after = again


def _reopened_after(snapshot: Snapshot, limit: Limit, run: Run) -> Entry | None:
    if limit.reopen is None or run.end is None:
        return None
    again = snapshot.timeline.of_kind("reopened")
    following = bisect_right(again, run.end.order, key=ORDER)
    return again[following] if following < len(again) else None


def _run(
    snapshot: Snapshot,
    limit: Limit,
    start: Entry,
    *,
    after: Entry,
    closed: tuple[Pause, ...] = (),
    first: Entry | None = None,
) -> Run:
    """Work out one run: its end is looked for from `after`, its time counted from `start`."""
    end = void = None
    ended = NOTHING_VOIDS
    sooner: tuple[str, ...] = ()
    if snapshot.timeline.kinds:
        end = snapshot.first_match(limit.until, after)
        if limit.void_on:
            ended = voided(snapshot, limit, after, end)
            void = ended.by
            if void is not None:
                sooner = _perhaps_ended(snapshot, limit, after, end, void)
            end = void or end
    view = snapshot.view if end is None else snapshot.view_for(limit, end.hi)
    unknown = ended.unknown
    applies = snapshot.plan.limits[limit.id].applies
    presumed = False
    if applies is not None:
        holds, surely, possibly, doubts = applies(view)
        presumed = snapshot.in_doubt(limit.when)
        if not holds:
            undecided = presumed or snapshot.plan.undecided(possibly=possibly, unknown=doubts)
            status = Status.UNDETERMINED if undecided else Status.NOT_APPLICABLE
            return Run(status, start, end=end, first=first, unknown=doubts)
        unknown |= doubts
        presumed = presumed or snapshot.supposes(doubts, surely=surely)
    anew: set[str] = set()
    if limit.restart is not None:
        for again in snapshot.all_matches(limit.restart.on):
            if not_before(again, after) and (end is None or again.order < end.order):
                figure = _figured(snapshot, limit, view, start=start, end=end, closed=closed).figure
                latest = None if figure is None else figure.latest
                if not _in_time(again, latest, sure=True):
                    continue
                if not snapshot.holds(limit.restart.when, again):
                    if snapshot.may_hold(limit.restart.when, again):
                        anew.add(again.event.kind)
                    continue
                if latest is not None and again.hi is not None and again.hi > latest:
                    anew.add(again.event.kind)  # on that day, perhaps when it was too late
                    continue
                first, start, closed = first or start, again, ()
    figured = _figured(snapshot, limit, view, start=start, end=end, closed=closed)
    figure, grants = figured.figure, figured.grants
    unknown |= figured.unknown
    agreed, untimed, perhaps = _agreement(snapshot, limit, after, end) if limit.agreed else (None, False, ())
    if figure is None and figured.waits and agreed is not None and not limit.agreed_later:
        figure = _Figure(None, None, None, None)  # what was agreed needs no figure of the text, only a lengthening does
    if figure is None:
        status = Status.UNDETERMINED if figured.unsettled else Status.NOT_APPLICABLE
        return Run(status, start, end=end, first=first, unknown=unknown)
    if agreed is not None:
        due = latest_of(cast(dt.date, agreed.due))
        figure = _as_agreed(figure, due, later=limit.agreed_later)
        agreed = agreed if figure.due == due else None
    for due in perhaps:
        figure = _perhaps_agreed(figure, due, later=limit.agreed_later)
    latest = figure.latest
    if presumed or untimed:
        latest = None
    at_once = is_at_once(figure.period)
    if at_once and figure.row is not None and figure.row.as_agreed:
        figure, latest = figure._replace(due=None, latest=None), None  # until a time is agreed nothing falls due
    status = _status(
        snapshot,
        limit,
        end,
        void,
        earliest=figure.due,
        latest=latest,
        at_once=at_once,
        stopped=figured.stopped and agreed is None,
    )
    doubtful: tuple[str, ...] = ()
    if untimed and status is Status.MET and not limit.agreed_later:
        status = Status.UNDETERMINED  # what was agreed, of which the time is not on record, may have been earlier
    if ended.perhaps is not None and _in_time(ended.perhaps, latest):
        status = status if status in (Status.MET, Status.VOID) else Status.UNDETERMINED
        latest, doubtful = None, (ended.perhaps.event.kind,)
    if status is Status.VOID and sooner:
        status, doubtful = Status.UNDETERMINED, sooner
    if anew and status is not Status.MET and status is not Status.VOID:
        if status is not Status.RUNNING:
            status = Status.UNDETERMINED
        latest, doubtful = None, tuple(sorted({*doubtful, *anew}))
    if incomplete(snapshot, limit) or any(grant.doubtful for grant in grants):
        status, latest, unseen = _doubted(snapshot, limit, status, _Judged(end, start, figure, latest, grants))
        doubtful = tuple(sorted({*doubtful, *unseen}))
    remaining = None
    if status is Status.SUSPENDED and figure.due is None and figure.period is not None and start.lo is not None:
        remaining = figure.period.remaining(start.lo, snapshot.calendar, figured.pauses, limit.counting)
    late = not_kept(status, end, latest)
    return Run(
        status, start, figure.due, latest, end, figure.row, figure.period, agreed, figured.pauses, grants,
        figure.base, first, remaining,
        late and _late_by_class(snapshot, limit, figure, start=start, end=end, closed=closed),
        snapshot.calendar, doubtful, unknown=unknown,
    )  # fmt: skip


def _perhaps_ended(snapshot: Snapshot, limit: Limit, after: Entry, end: Entry | None, void: Entry) -> tuple[str, ...]:
    """Give the kinds of event for which nobody knows whether what ended a run without result came first.

    That is what ended it otherwise and has no moment, or what voids it, where that has none and the other has one.
    """
    if not snapshot.timeline.undated:
        return ()
    kinds = {one.event.kind for one in snapshot.all_matches(limit.until) if one.lo is None and not_before(one, after)}
    if void.lo is None and end is not None:
        kinds.add(void.event.kind)
    return tuple(sorted(kinds))


def _in_time(entry: Entry, latest: dt.datetime | None, *, sure: bool = False) -> bool:
    """Say whether an event happened before a limit was surely late; one of unknown moment perhaps, and not for sure."""
    return latest is None or (not sure if entry.lo is None else entry.lo <= latest)


class _Judged(NamedTuple):
    """What a run came to, by the record alone."""

    end: Entry | None
    start: Entry
    figure: _Figure
    latest: dt.datetime | None
    grants: tuple[Grant, ...]


def _doubted(
    snapshot: Snapshot, limit: Limit, status: Status, run: _Judged
) -> tuple[Status, dt.datetime | None, tuple[str, ...]]:
    """Hold a verdict against what the record cannot show: what that could change is undetermined.

    Gives the kinds of event in doubt too.
    """
    end, latest = run.end, run.latest
    if status is Status.MET:
        undone = {*may_undo(snapshot, limit), *may_be_revoked(snapshot, run.grants)}
        return (Status.UNDETERMINED if undone else status), latest, tuple(sorted(undone))
    if status is not Status.UNDETERMINED and not not_kept(status, end, latest):
        return status, latest, ()
    doubts, longer = set(may_end(snapshot, limit)), set[str]()
    if (
        run.figure.period is not None or limit.agreed_later
    ):  # what was set or agreed is neither suspended nor lengthened
        doubts |= set(may_pause(snapshot, limit, latest))
        longer = set(may_extend(snapshot, limit, run.grants, latest))
    if status is Status.UNDETERMINED:
        return status, latest, tuple(sorted(doubts | longer))
    if longer and not doubts:
        most = None if run.figure.period is None else _most_extended(snapshot, limit, run, run.figure.period)
        reached = snapshot.at if end is None or end.lo is None else end.lo
        if most is not None and reached > most:
            return status, most, ()  # no extension that the rules know would have sufficed
        return (status if status is Status.VOID else Status.UNDETERMINED), most, tuple(sorted(longer))
    doubts |= longer
    if not doubts:
        return status, latest, ()
    return (status if status is Status.VOID else Status.UNDETERMINED), None, tuple(sorted(doubts))


def _most_extended(snapshot: Snapshot, limit: Limit, run: _Judged, period: Period) -> dt.datetime | None:
    """Give the last moment at which a run could be due with every extension the rules know; None: there is no such."""
    most = period
    for extension in limit.extensions:
        if extension.to is not None:
            if extension.since or extension.to.unit is not period.unit:
                return None
            most = most if most.n >= extension.to.n else extension.to
    for extension in limit.extensions:
        if extension.add is not None and extension.add.unit is period.unit:
            for _ in range(extension.times):
                most = most + extension.add
    pauses = suspensions(snapshot, limit, run.end) if limit.pauses else ()
    return snapshot.counted(most, limit.counting, run.figure.base or run.start, pauses)[1]


class _Frame(NamedTuple):
    """What one run is counted in: the limit, what is known, its start and the time that does not count."""

    snapshot: Snapshot
    limit: Limit
    view: View
    start: Entry
    pauses: tuple[Pause, ...]


class _Figured(NamedTuple):
    """The figure that binds a run, with the pauses and extensions that counted."""

    figure: _Figure | None
    unsettled: bool
    """Without a figure: whether one could still apply."""
    unknown: int
    pauses: tuple[Pause, ...] = ()
    grants: tuple[Grant, ...] = ()
    stopped: bool = False
    """Whether it stands still, as far as is known."""
    waits: bool = False
    """Without a figure: whether a row holds and waits for a parameter or for opening hours."""


def _figured(
    snapshot: Snapshot, limit: Limit, view: View, *, start: Entry, end: Entry | None, closed: tuple[Pause, ...]
) -> _Figured:
    """Find the figure that binds a run, as known in a view."""
    rows, possible, unknown, surely = _decided(snapshot, limit, view)
    if start.lo is None or not rows:
        unsettled = start.lo is None or snapshot.plan.undecided(possibly=possible != 0, unknown=unknown)
        return _Figured(None, unsettled, unknown)
    pauses = closed
    if limit.pauses and snapshot.timeline.kinds:
        pauses = (*suspensions(snapshot, limit, end), *closed)
    frame = _Frame(snapshot, limit, view, start, pauses)
    figure = _binding(frame, rows, ())
    grants: list[Grant] = []
    if figure is not None and limit.extensions and snapshot.timeline.kinds:
        for entry, extensions in asked_for(snapshot, limit, start, end):
            asked: list[Grant] = []
            for extension in extensions:
                granted = sum(grant.valid and grant.extension is extension for grant in grants)
                asked.append(judged(snapshot, extension, entry, granted, due=figure.latest, period=figure.period))
            grant = next((one for one in asked if one.valid), asked[0])
            grants.append(grant)
            if grant.valid:
                figure = _binding(frame, rows, grants) or figure
    if figure is None:
        return _Figured(None, True, unknown, pauses, tuple(grants), waits=True)
    stopped = figure.due is None
    sure = pauses
    if limit.pauses and not snapshot.stops().sure:
        sure = (*suspensions(snapshot, limit, end, sure=True), *closed)
    open_rows = _open_rows(snapshot, limit, possible, unknown, surely)
    if open_rows is not None or len(sure) < len(pauses):
        figure = _bounded(frame, open_rows or ((rows, True),), grants, sure)
    if figure.latest is not None and figure.period is not None and figure.period.unit in _EXACT:
        longest = tuple(pause.longest for pause in pauses)
        if longest != tuple(pauses):  # for how many hours it stood is not known where only the days are
            generous = _binding(frame._replace(pauses=longest), rows, grants)
            latest = None if generous is None else generous.latest
            figure = figure._replace(latest=None if latest is None else max(latest, figure.latest))
    return _Figured(figure, True, unknown, pauses, tuple(grants), stopped)


def _open_rows(snapshot: Snapshot, limit: Limit, possible: int, unknown: int, surely: int) -> Candidates | None:
    """Give the rows that may bind where nobody knows which do; None: the rows that hold bind, beyond doubt.

    What a presumption settles is settled.
    """
    facts = snapshot.plan.reach_of(limit).facts
    if snapshot.facts_in_doubt(facts):
        found = [((row,), row.when is None) for row in limit.rows if _has_figure(snapshot, row)]
    elif unknown & snapshot.plan.unpresumed:
        found = [
            ((row,), bool(surely >> index & 1))
            for index, row in enumerate(limit.rows)
            if possible >> index & 1 and _has_figure(snapshot, row)
        ]
    else:
        return None
    return found if len(found) > 1 or not any(sure for _, sure in found) else None


def _has_figure(snapshot: Snapshot, row: LimitRow) -> bool:
    """Say whether a row can bind: not where it takes its moment from a fact that is unknown."""
    return row.by is None or snapshot.complaint.fact(row.by) is not None


def _bounded(frame: _Frame, candidates: Candidates, grants: Sequence[Grant], sure: tuple[Pause, ...]) -> _Figure:
    """Give the strictest figure, whichever of some rows bind and however long the pauses lasted.

    Its `latest` is the most generous reading of all; None: nobody knows one. At least one of the rows has a figure.
    Of ``at once`` nothing is ever late, so where a row with a figure may bind instead, that one is the strictest, and
    none is the most generous.
    """
    limit = frame.limit
    strict = frame._replace(pauses=sure)
    found = [
        (figure, generous, surely)
        for rows, surely in candidates
        if (figure := _binding(strict, rows, grants)) is not None
        and (generous := _binding(frame, rows, grants)) is not None
    ]
    timed = [one for one in found if not is_at_once(one[0].period)]
    if timed and len(timed) < len(found):
        return min((figure for figure, _, _ in timed), key=_due_or_never)._replace(latest=None)
    surely_bound = [(figure, generous) for figure, generous, surely in found if surely]
    if limit.latest and surely_bound:  # the latest of all that hold binds: those that surely do are a bound
        strictest = max((figure for figure, _ in surely_bound), key=_due_or_never)
    else:
        strictest = min((figure for figure, _, _ in found), key=_due_or_never)
    ends = [generous.latest for _, generous, _ in found]
    surely_ends = [generous.latest for _, generous in surely_bound]
    latest: dt.datetime | None = None
    if limit.earliest:
        latest = min((end for end in surely_ends if end is not None), default=None)
    elif surely_ends and None not in ends and len(found) == len(candidates):  # else possibly none holds
        latest = max(end for end in ends if end is not None)
    return strictest._replace(latest=latest)


def _due_or_never(figure: _Figure) -> dt.datetime:
    return NEVER if figure.due is None else figure.due


class _Holding(NamedTuple):
    """Which rows of a limit hold in a view, and which may."""

    rows: Sequence[LimitRow]
    """Those that hold."""
    possible: int
    """Those that may, as a mask."""
    unknown: int
    """Facts that could still change it."""
    surely: int
    """Those of which it is sure that their own condition holds, as a mask."""


def _decided(snapshot: Snapshot, limit: Limit, view: View) -> _Holding:
    """Give the rows that hold; a `first` row whose moment fact is unknown does not, and the next one has its turn."""
    fired, possible, unknown, surely = snapshot.plan.limits[limit.id].decide(view)
    if limit.counts_every:
        held = [row for index, row in enumerate(limit.rows) if fired >> index & 1]
        return _Holding(held, possible, unknown, surely)
    for index in range(fired, len(limit.rows)) if fired >= 0 else ():
        row = limit.rows[index]
        if index > fired:
            sure = maybe = holds = True
            doubts = 0
            if row.when is not None:
                holds, sure, maybe, doubts = snapshot.plan.test(row.when)(view)
            possible, unknown, surely = possible | maybe << index, unknown | doubts, surely | sure << index
            if not holds:
                continue
        if row.by is None or view.complaint.fact(row.by) is not None:
            return _Holding((row,), possible, unknown, surely)
    return _Holding((), possible, unknown, surely)


def _binding(frame: _Frame, rows: Sequence[LimitRow], grants: Sequence[Grant]) -> _Figure | None:
    """Give the earliest of what the rows come to; one that an open pause leaves without a moment comes last.

    Of a limit that takes the latest, that one; without a figure of every row nothing is known. ``at once``, of which
    nothing is ever late, takes no other row's figure away.
    """
    best: _Figure | None = None
    latest = frame.limit.latest
    for row in rows:
        figure = _of_row(frame, row, grants)
        if figure is None:
            if latest and row.by is None:
                return None
        elif best is None or _binds(figure.due, figure.period, best.due, best.period, latest=latest):
            best = figure
    return best


def _binds(
    due: dt.datetime | None, period: Period | None, best: dt.datetime | None, counted: Period | None, *, latest: bool
) -> bool:
    """Say whether a due moment, by its period, binds rather than the best so far; None is later than any moment.

    Of the earliest, ``at once`` binds where nothing else does.
    """
    if not latest and is_at_once(period) is not is_at_once(counted):
        return is_at_once(counted)
    if due is None or best is None:
        return (due is None) is latest and due is not best
    return due > best if latest else due < best


def _of_row(frame: _Frame, row: LimitRow, grants: Sequence[Grant]) -> _Figure | None:
    snapshot, start = frame.snapshot, frame.start
    if row.by is not None:
        moment = frame.view.complaint.fact(row.by)
        due = latest_of(moment) if isinstance(moment, dt.date) else None
        return None if due is None else _Figure(due, due, row, None)
    period = row.within
    if period is None:
        return None
    figure = _counted(frame, row, period, None)
    base: Entry | None = None
    bounded = True
    for grant in grants:
        extension = grant.extension
        if figure is None or not grant.valid:
            continue
        if extension.add is not None and extension.add.unit is period.unit:
            period = period + extension.add
        elif extension.to is not None and not _reached(extension, period, base):
            base, period = (snapshot.first_since(extension.since, start) or start), extension.to
            if base.lo is None:  # nobody knows from when: at the strictest from the start, and without a bound
                base, bounded = start, False
        else:
            continue  # in another unit than this row's
        longer = _counted(frame, row, period, base)
        named = grant.entry.event.due
        if named is not None and longer is not None and longer.due is not None and latest_of(named) < longer.due:
            longer = longer._replace(due=latest_of(named), latest=latest_of(named))
        if longer is not None and (longer.due is None or figure.due is None or longer.due >= figure.due):
            figure = longer  # an extension shortens nothing
    return figure if figure is None or bounded else figure._replace(latest=None)


def _counted(frame: _Frame, row: LimitRow, period: Period, base: Entry | None) -> _Figure | None:
    """Count a period of a row; None where it takes opening hours that were not supplied."""
    snapshot, counting = frame.snapshot, frame.limit.counting
    if snapshot.shut and period.needs_hours(counting):
        return None
    due, latest = snapshot.counted(period, counting, base or frame.start, frame.pauses)
    return _Figure(due, latest, row, period, base)


def _reached(extension: Extension, period: Period, base: Entry | None) -> bool:
    """Say whether a total, counted from the start like the period, is no longer than that already."""
    to = extension.to
    return to is not None and base is None and not extension.since and to.unit is period.unit and to.n <= period.n


def _as_agreed(figure: _Figure, due: dt.datetime, *, later: bool) -> _Figure:
    """Give the figure where a time was agreed while the run lasted: in place of the text's, or only as a later one."""
    if not later:
        return _Figure(due, due, None, None)
    longer = _perhaps_agreed(figure, due, later=True)
    return figure if longer is figure else longer._replace(due=due)


def _perhaps_agreed(figure: _Figure, due: dt.datetime, *, later: bool) -> _Figure:
    """Give the figure where nobody knows whether a time was agreed while the run lasted, or after it."""
    if later:
        longer = figure.due is not None and figure.latest is not None and due > figure.due
        return figure._replace(latest=max(cast(dt.datetime, figure.latest), due)) if longer else figure
    if is_at_once(figure.period):  # of it nothing is ever late, unlike of what was agreed
        return _Figure(due, None, figure.row if figure.row is not None and figure.row.as_agreed else None, None)
    if figure.due is None:  # while it stands still only what was agreed can fall due
        return figure._replace(due=due, latest=None)
    return figure._replace(due=min(due, figure.due), latest=None if figure.latest is None else max(figure.latest, due))


def _agreement(
    snapshot: Snapshot, limit: Limit, after: Entry, end: Entry | None
) -> tuple[Event | None, bool, Sequence[dt.datetime]]:
    """Give the last agreement on a time made while the run lasted, and what else may have been agreed.

    That is whether a later one names no time, and the times of those of which nobody knows when they were made: they
    may have been the last, or made after the run.
    Of a limit with a run for every start, what starts another run or refers to its start is an agreement about that.
    """
    last: Event | None = None
    perhaps: list[dt.datetime] = []
    untimed = lasting = False
    wholly = any(row.as_agreed for row in limit.rows)
    for entry in snapshot.all_matches(limit.agreed):
        event = entry.event
        if limit.each and entry.place != after.place and _of_another_run(limit, event, after.event):
            continue
        since = entry.place == after.place or not_before(entry, after)  # a promise starts its own limit and sets it
        if entry.lo is not None and (not since or (end is not None and entry.order >= end.order)):
            continue
        if event.due is None:
            if wholly or event.kind == EventKind.AGREED:  # other kinds agree on a time only where they name one
                untimed, lasting = True, lasting or entry.lo is None
        elif entry.lo is None:
            perhaps.append(latest_of(event.due))
        else:
            last, untimed = event, False
    return last, untimed or lasting, perhaps


def _of_another_run(limit: Limit, agreed: Event, start: Event) -> bool:
    if agreed.ref is not None:
        return agreed.ref != start.id
    return any(selector.matches(agreed) for selector in limit.starts)


def _status(
    snapshot: Snapshot,
    limit: Limit,
    end: Entry | None,
    void: Entry | None,
    *,
    earliest: dt.datetime | None,
    latest: dt.datetime | None,
    at_once: bool,
    stopped: bool,
) -> Status:
    """Say where a run stands that is due at some moment of a range: definite where all of them agree.

    None for `earliest`: it is stopped. None for `latest`: nobody knows by when it is due at last.
    """
    if void is not None:
        return Status.VOID
    if end is None:
        if any(open_kinds(snapshot, limit.until)):
            return Status.UNDETERMINED
        if at_once:
            return Status.RUNNING
        if earliest is None or snapshot.at <= earliest:
            return Status.SUSPENDED if stopped else Status.RUNNING
        return Status.OVERDUE if latest is not None and snapshot.at > latest else Status.UNDETERMINED
    if at_once:
        return Status.MET
    if end.hi is None or end.lo is None:
        return Status.UNDETERMINED
    if earliest is None or end.hi <= earliest:
        return Status.MET
    return Status.MET_LATE if latest is not None and end.lo > latest else Status.UNDETERMINED


def _late_by_class(
    snapshot: Snapshot, limit: Limit, late: _Figure, *, start: Entry, end: Entry | None, closed: tuple[Pause, ...]
) -> bool:
    """Whether what was known at the due moment gave a later one: the stricter class came when it had passed."""
    if late.due is None or late.row is None:
        return False
    then = snapshot.view_for(limit, late.due)
    if then is snapshot.view:
        return False
    applies = snapshot.plan.limits[limit.id].applies
    if applies is not None and not applies(then)[0]:
        return True
    figure = _figured(snapshot, limit, then, start=start, end=end, closed=closed).figure
    return figure is None or figure.due is None or figure.due > late.due
