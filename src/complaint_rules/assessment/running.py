"""How the limits of a policy run in a case: starts, pauses, extensions, restarts, and where each clock stands."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from complaint_rules.assessment.adjustments import Grant, asked_for, judged, suspensions
from complaint_rules.assessment.clocks import ByRows, Clock, Run, Status, not_kept
from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.views import View
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.entries import ORDER, Entry, not_before
from complaint_rules.moments import latest_of
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Unit
from complaint_rules.policy.rules import Limit, LimitRow, Reopen


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
    """Apply a limit to a case: one run for every start that counts."""
    starts = snapshot.all_matches(limit.starts)
    if not starts:
        return Clock(limit, before_start(snapshot, limit), (), snapshot)
    if not snapshot.timeline.kinds:
        run = _run(snapshot, limit, starts[0], after=starts[0])
        return Clock(limit, run.status, (run,), snapshot, run.unknown)
    runs: list[Run] = []
    for start in starts if limit.each else starts[:1]:
        runs += _runs_from(snapshot, limit, start)
    unknown = 0
    for run in runs:
        unknown |= run.unknown
    return Clock(limit, runs[-1].status, tuple(runs), snapshot, unknown)


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


def standing_by_facts(snapshot: Snapshot, limit: Limit) -> tuple[Status | None, Sequence[LimitRow], int]:
    """Say where a limit that the receipt starts stands by the facts alone: status, rows that hold, unknown facts.

    None for the status: its rows say when it is due. Nothing is counted.
    """
    view, plan = snapshot.view, snapshot.plan
    applies, decide = plan.limits[limit.id]
    unknown = 0
    if applies is not None:
        holds, _, possibly, unknown = applies(view)
        if not holds:
            undecided = plan.undecided(possibly=possibly, unknown=unknown)
            return Status.UNDETERMINED if undecided else Status.NOT_APPLICABLE, (), unknown
    fired, possible, doubts, _ = decide(view)
    rows = rows_of(snapshot, limit, view, fired)
    if not rows:
        undecided = plan.undecided(possibly=possible != 0, unknown=doubts)
        return Status.UNDETERMINED if undecided else Status.NOT_APPLICABLE, (), unknown | doubts
    fact = view.complaint.fact
    figured = any(row.within is not None if row.by is None else fact(row.by) is not None for row in rows)
    if figured and snapshot.shut:
        figured = any(fact(row.by) is not None if row.by else not _lacks_figure(snapshot, limit, row) for row in rows)
    if figured and limit.latest:
        figured = not any(_lacks_figure(snapshot, limit, row) for row in rows)
    return None if figured else Status.UNDETERMINED, rows, unknown | doubts


def _lacks_figure(snapshot: Snapshot, limit: Limit, row: LimitRow) -> bool:
    """Whether a row's period was not supplied, or not the hours it takes: then the later of several is not known."""
    if row.by is not None:
        return False
    return row.within is None or (snapshot.shut and row.within.needs_hours(limit.counting))


def due_by_rows(snapshot: Snapshot, limit: Limit, rows: Sequence[LimitRow]) -> ByRows:
    """Give when a limit is due that the receipt starts and nothing has touched, by the rows that hold.

    At least one of them has a figure: see `standing_by_facts`.
    """
    calendar, counting = snapshot.calendar, limit.counting
    _, _, _, lo, hi, _ = snapshot.receipt
    found: ByRows | None = None
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
        if due is not None and (found is None or (due > found[0] if limit.latest else due < found[0])):
            found = due, latest, row, period
    return cast(ByRows, found)


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
    if snapshot.timeline.kinds:
        end = snapshot.first_match(limit.until, after)
        void = snapshot.first_match(limit.void_on, after) if limit.void_on else None
        if void is not None and (end is None or void.order < end.order):
            end = void
        else:
            void = None
    view = snapshot.view if end is None else snapshot.view_for(limit, end.hi)
    unknown = 0
    applies = snapshot.plan.limits[limit.id].applies
    if applies is not None:
        holds, _, possibly, unknown = applies(view)
        if not holds:
            undecided = snapshot.plan.undecided(possibly=possibly, unknown=unknown)
            status = Status.UNDETERMINED if undecided else Status.NOT_APPLICABLE
            return Run(status, start, end=end, first=first, unknown=unknown)
    if limit.restart is not None:
        for again in snapshot.all_matches(limit.restart.on):
            if not_before(again, after) and (end is None or again.order < end.order):
                figure = _figured(snapshot, limit, view, start=start, end=end, closed=closed).figure
                in_time = (
                    figure is None or figure.latest is None or (again.lo is not None and again.lo <= figure.latest)
                )
                if in_time and snapshot.holds(limit.restart.when, again):
                    first, start, closed = first or start, again, ()
    figure, unsettled, doubts, pauses, grants = _figured(snapshot, limit, view, start=start, end=end, closed=closed)
    unknown |= doubts
    if figure is None:
        status = Status.UNDETERMINED if unsettled else Status.NOT_APPLICABLE
        return Run(status, start, end=end, first=first, unknown=unknown)
    agreed = _agreement(snapshot, limit, after, end) if limit.agreed else None
    if agreed is not None and agreed.due is not None:
        due = latest_of(agreed.due)
        figure = _Figure(due, due, None, None)
    status = _status(snapshot, limit, figure, end, void)
    remaining = None
    if status is Status.SUSPENDED and figure.period is not None and start.lo is not None:
        remaining = figure.period.remaining(start.lo, snapshot.calendar, pauses, limit.counting)
    late = not_kept(status, end, figure.latest)
    return Run(
        status, start, figure.due, figure.latest, end, figure.row, figure.period, agreed, pauses, grants,
        figure.base, first, remaining,
        late and _late_by_class(snapshot, limit, figure, start=start, end=end, closed=closed),
        unknown, snapshot.calendar,
    )  # fmt: skip


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


def _figured(
    snapshot: Snapshot, limit: Limit, view: View, *, start: Entry, end: Entry | None, closed: tuple[Pause, ...]
) -> _Figured:
    """Find the figure that binds a run, as known in a view."""
    fired, possible, unknown, _ = snapshot.plan.limits[limit.id].decide(view)
    rows = rows_of(snapshot, limit, view, fired)
    if start.lo is None or not rows:
        unsettled = start.lo is None or snapshot.plan.undecided(possibly=possible != 0, unknown=unknown)
        return _Figured(None, unsettled, unknown)
    pauses = closed
    if limit.pauses and snapshot.timeline.kinds:
        pauses = (*suspensions(snapshot, limit, end), *closed)
    frame = _Frame(snapshot, limit, view, start, pauses)
    figure = _binding(frame, rows, ())
    if figure is None or not limit.extensions or not snapshot.timeline.kinds:
        return _Figured(figure, True, unknown, pauses)
    grants: list[Grant] = []
    for extension, entry in asked_for(snapshot, limit, start, end):
        granted = sum(grant.valid and grant.extension is extension for grant in grants)
        grant = judged(snapshot, extension, entry, granted, due=figure.latest, period=figure.period)
        grants.append(grant)
        if grant.valid:
            figure = _binding(frame, rows, grants) or figure
    return _Figured(figure, True, unknown, pauses, tuple(grants))


def rows_of(snapshot: Snapshot, limit: Limit, view: View, fired: int) -> Sequence[LimitRow]:
    """Give the rows that hold; a `first` row whose moment fact is unknown does not, and the next one has its turn."""
    if limit.counts_every:
        return [row for index, row in enumerate(limit.rows) if fired >> index & 1]
    if fired < 0:
        return ()
    for index in range(fired, len(limit.rows)):
        row = limit.rows[index]
        if row.by is not None and view.complaint.fact(row.by) is None:
            continue
        if index == fired or row.when is None or snapshot.plan.test(row.when)(view)[0]:
            return (row,)
    return ()


def _binding(frame: _Frame, rows: Sequence[LimitRow], grants: Sequence[Grant]) -> _Figure | None:
    """Give the earliest of what the rows come to; one that an open pause leaves without a moment comes last.

    Of a limit that takes the latest, that one; without a figure of every row nothing is known.
    """
    best: _Figure | None = None
    latest = frame.limit.latest
    for row in rows:
        figure = _of_row(frame, row, grants)
        if figure is None:
            if latest and row.by is None:
                return None
        elif best is None or _binds(figure.due, best.due, latest=latest):
            best = figure
    return best


def _binds(due: dt.datetime | None, best: dt.datetime | None, *, latest: bool) -> bool:
    """Say whether a due moment binds rather than the best so far; None is later than any moment."""
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
    base: Entry | None = None
    cap: dt.datetime | None = None
    for grant in grants:
        extension = grant.extension
        if not grant.valid:
            continue
        if extension.add is not None and extension.add.unit is period.unit:
            period = period + extension.add
        elif extension.to is not None:
            base, period = (snapshot.first_since(extension.since, start) or start), extension.to
            asked = grant.entry.event.due
            cap = None if asked is None else latest_of(asked)
    if snapshot.shut and period.needs_hours(frame.limit.counting):
        return None
    due, latest = snapshot.counted(period, frame.limit.counting, base or start, frame.pauses)
    if cap is not None and due is not None and cap < due:
        due = latest = cap
    return _Figure(due, latest, row, period, base)


def _agreement(snapshot: Snapshot, limit: Limit, after: Entry, end: Entry | None) -> Event | None:
    """Give the last agreement on the time made while the run lasted."""
    last: Event | None = None
    for entry in snapshot.all_matches(limit.agreed):
        since = entry.place == after.place or not_before(entry, after)  # a promise starts its own limit and sets it
        if entry.event.due is not None and since and (end is None or entry.order < end.order):
            last = entry.event
    return last


def _status(snapshot: Snapshot, limit: Limit, figure: _Figure, end: Entry | None, void: Entry | None) -> Status:
    due, latest = figure.due, figure.latest
    if void is not None:
        return Status.VOID
    if end is None:
        unseen = snapshot.timeline.case.unseen
        if unseen and any(selector.kind in unseen for selector in limit.until):
            return Status.UNDETERMINED
        if due is None:
            return Status.SUSPENDED
        at_once = figure.period is not None and figure.period.unit is Unit.AT_ONCE
        return Status.RUNNING if at_once or snapshot.at <= due else Status.OVERDUE
    if figure.period is not None and figure.period.unit is Unit.AT_ONCE:
        return Status.MET
    if end.hi is None or end.lo is None:
        return Status.UNDETERMINED
    if due is None or end.hi <= due:
        return Status.MET
    return Status.MET_LATE if latest is not None and end.lo > latest else Status.UNDETERMINED


def _late_by_class(
    snapshot: Snapshot, limit: Limit, late: _Figure, *, start: Entry, end: Entry | None, closed: tuple[Pause, ...]
) -> bool:
    """Whether what was known at the due moment gave a later one: the stricter class came when it had passed."""
    if late.due is None or late.row is None or not snapshot.timeline.kinds:
        return False
    then = snapshot.view_for(limit, late.due)
    if then is snapshot.view:
        return False
    applies = snapshot.plan.limits[limit.id].applies
    if applies is not None and not applies(then)[0]:
        return True
    figure = _figured(snapshot, limit, then, start=start, end=end, closed=closed).figure
    return figure is None or figure.due is None or figure.due > late.due
