"""Limits applied to a case: runs, pauses, extensions, restarts, reopenings, and the status of each clock."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast, final

from complaint_rules.assessment.adjustments import Grant, asked_for, judged, suspensions
from complaint_rules.assessment.plans import Outcome, Plan
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.views import View
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.timeline import ORDER, Entry, not_before
from complaint_rules.frozen import Frozen, field
from complaint_rules.language import Coded, Lang
from complaint_rules.moments import BEIJING, INSTANT, NEVER, latest_of
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from complaint_rules.periods.units import Unit
from complaint_rules.policy.rules import Limit, LimitRow, Reopen

if TYPE_CHECKING:
    from complaint_rules.calendar.days import Certainty
    from complaint_rules.calendar.working_days import WorkCalendar
    from complaint_rules.periods.periods import Due

CUSTOMERS: Final = frozenset({"customer", "complainant"})
"""Whose limits are never the bank's lateness."""


class Status(Coded):
    """Where a clock stands (时限状态)."""

    NOT_APPLICABLE = "not_applicable", "不适用", "not applicable"
    NOT_STARTED = "not_started", "未起算", "not started"
    RUNNING = "running", "计时中", "running"
    SUSPENDED = "suspended", "中止中", "suspended"
    MET = "met", "按时完成", "met in time"
    MET_LATE = "met_late", "逾期完成", "met late"
    OVERDUE = "overdue", "已逾期", "overdue"
    UNDETERMINED = "undetermined", "无法判定", "undetermined"
    VOID = "void", "不再计算", "void"


OPEN: Final = frozenset({Status.RUNNING, Status.SUSPENDED, Status.OVERDUE})
"""Statuses of a clock that still waits for its event."""
LATE: Final = frozenset({Status.OVERDUE, Status.MET_LATE})
"""Statuses of a limit that was not kept."""
_EVER: Final = dt.datetime.min.replace(tzinfo=BEIJING)


@final
class Run(Frozen, apart=("calendar",)):
    """One run of a limit, from one start to its end (一次计时)."""

    __slots__ = (
        "_agreed",
        "_base",
        "_calendar",
        "_due_at",
        "_due_latest",
        "_end",
        "_first",
        "_grants",
        "_pauses",
        "_period",
        "_reclassified",
        "_remaining",
        "_row",
        "_start",
        "_status",
        "_unknown",
    )

    status: Status = field("status")
    """Where it stands."""
    start: Entry = field("start")
    """The event it runs from; after a restart, the restarting one."""
    due_at: dt.datetime | None = field("due_at")
    """Last instant in time, inclusive, by the strictest reading; None while stopped or where no figure applies."""
    due_latest: dt.datetime | None = field("due_latest")
    """The same by the most generous reading; differs from `due_at` where only the day of the start is known."""
    end: Entry | None = field("end")
    """The event that ended it; None while open."""
    row: LimitRow | None = field("row")
    """The figure that binds; None where an agreement does, or no row holds."""
    period: Period | None = field("period")
    """The period counted, extensions included; None where a moment was set or agreed."""
    agreed: Event | None = field("agreed")
    """The agreement that prevails over the figures; None: none."""
    pauses: tuple[Pause, ...] = field("pauses")
    """The suspensions that counted."""
    grants: tuple[Grant, ...] = field("grants")
    """Every extension asked for, with what became of it."""
    base: Entry | None = field("base")
    """What the binding figure is counted from, where that is not `start`."""
    first: Entry | None = field("first")
    """The original start, where the run was restarted; None: it was not."""
    remaining: int | dt.timedelta | None = field("remaining")
    """What is left while suspended, in the limit's own unit."""
    reclassified: bool = field("reclassified")
    """Whether it is late only by a class found after the due moment had passed (a reading)."""
    unknown: int = field("unknown")
    """Facts that could still change it, as a mask of the policy's facts."""

    def __init__(
        self,
        status: Status,
        start: Entry,
        due_at: dt.datetime | None = None,
        due_latest: dt.datetime | None = None,
        end: Entry | None = None,
        row: LimitRow | None = None,
        period: Period | None = None,
        agreed: Event | None = None,
        pauses: tuple[Pause, ...] = (),
        grants: tuple[Grant, ...] = (),
        base: Entry | None = None,
        first: Entry | None = None,
        remaining: int | dt.timedelta | None = None,
        reclassified: bool = False,
        unknown: int = 0,
        calendar: WorkCalendar | None = None,
    ) -> None:
        self._status = status
        self._start = start
        self._due_at = due_at
        self._due_latest = due_latest
        self._end = end
        self._row = row
        self._period = period
        self._agreed = agreed
        self._pauses = pauses
        self._grants = grants
        self._base = base
        self._first = first
        self._remaining = remaining
        self._reclassified = reclassified
        self._unknown = unknown
        self._calendar = calendar

    def __repr__(self) -> str:
        due = "" if self.due_at is None else f", due {self.due_at.isoformat()}"
        return f"<Run: {self.status}{due}>"

    @property
    def warn_at(self) -> dt.datetime | None:
        """When to warn; None: the rule has no warning."""
        row, due, calendar = self._row, self._due_at, self._calendar
        if row is None or row.warn is None or due is None or calendar is None:
            return None
        return row.warn.before(due, calendar, self._start.lo)

    @property
    def open(self) -> bool:
        """Whether it still waits for its event."""
        return self.status in OPEN

    @property
    def late(self) -> bool:
        """Whether it was not kept, for the record: a withdrawal after the due moment does not undo that.

        A condition's ``late(…)`` asks where the clock stands instead, and a withdrawal ends that (`Clock.outcome`).
        """
        return _not_kept(self._status, self._end, self._due_latest)


def _not_kept(status: Status, end: Entry | None, latest: dt.datetime | None) -> bool:
    if status is not Status.VOID:
        return status in LATE
    void = None if end is None else end.lo
    return void is not None and latest is not None and void > latest


def _over(run: Run, moment: dt.datetime) -> bool:
    return run.end is not None and (run.end.lo is None or run.end.lo <= moment)


def _start_of(run: Run) -> dt.datetime:
    # A run whose start has no moment stands before all that have one.
    start = run.first or run.start
    return _EVER if start.lo is None else start.lo


ByRows: TypeAlias = tuple[dt.datetime, dt.datetime | None, LimitRow, Period | None]
"""What binds a run of which nothing but the start has happened: due by both readings, the row, the period counted."""


class _Past(NamedTuple):
    """What is asked of a clock about earlier moments."""

    foreseen: bool
    late_since: dt.datetime | None
    voided: Sequence[Run]


@final
class Clock(Frozen, apart=("snapshot", "past", "figure")):
    """A limit applied to a case (时限执行情况), recomputed from the history, never stored.

    The clock's own fields are those of its latest run; `runs` holds all.
    """

    __slots__ = ("_figure", "_limit", "_past", "_runs", "_snapshot", "_status", "_unknown")

    limit: Limit = field("limit")
    """The limit it belongs to."""
    status: Status = field("status")
    """Where it stands: that of the latest run."""
    snapshot: Snapshot = field("snapshot")
    """What was known, for the proof."""
    unknown: int = field("unknown")
    """Facts that could still change it, as a mask of the policy's facts."""

    def __init__(
        self,
        limit: Limit,
        status: Status,
        runs: tuple[Run, ...] | None,
        snapshot: Snapshot,
        unknown: int = 0,
        figure: ByRows | None = None,
    ) -> None:
        """Take the runs, or the figure of the one run that the receipt started."""
        self._limit = limit
        self._figure = figure
        self._status = status
        self._runs = runs
        self._snapshot = snapshot
        self._unknown = unknown
        self._past: _Past | None = None

    def __repr__(self) -> str:
        due = "" if self.due_at is None else f", due {self.due_at.isoformat()}"
        return f"<Clock {self.rule}: {self.status}{due}>"

    @property
    def runs(self) -> tuple[Run, ...]:
        """Every run, in order of start; empty where it has not started."""
        known = self._runs
        if known is None:
            due, latest, row, period = cast(ByRows, self._figure)
            snapshot = self._snapshot
            run = Run(
                self._status, snapshot.receipt, due, latest, row=row, period=period, unknown=self._unknown,
                calendar=snapshot.calendar,
            )  # fmt: skip
            known = self._runs = (run,)
        return known

    @property
    def run(self) -> Run | None:
        """The latest run."""
        return self.runs[-1] if self.runs else None

    @property
    def outcome(self) -> tuple[Outcome, Outcome]:
        """Whether it is met, and whether any of its runs was late; None where that is undetermined."""
        late = self.late_since is not None
        if self.status is Status.UNDETERMINED:
            return None, late or None
        return self.status is Status.MET and not late, late

    @property
    def _earlier(self) -> _Past:
        """What is asked about earlier moments, worked out once."""
        known = self._past
        if known is None:
            known = self._past = self._look_back()
        return known

    def _look_back(self) -> _Past:
        snapshot, timeline, runs = self.snapshot, self.snapshot.timeline, self.runs
        foreseen = not (timeline.case.unseen or timeline.undated) and snapshot.plan.reach_of(self.limit).timeless
        late: dt.datetime | None = None
        voided: list[Run] = []
        for run in runs:
            status, due = run.status, run.due_at
            if run.agreed is not None or status is Status.UNDETERMINED:
                foreseen = False
            if status is Status.VOID:
                voided.append(run)
            elif status in LATE and due is not None and (late is None or due < late):
                late = due
        return _Past(foreseen, late, voided)

    @property
    def late_since(self) -> dt.datetime | None:
        """The due moment of the first run that was not kept; None: none was late."""
        return self._earlier.late_since

    @property
    def late_from(self) -> dt.datetime | None:
        """From when on it is late, where one moment tells that; `moments.NEVER` where it is not.

        None where it is not `foreseen`, or where an event that ended it for good stands between late and not.
        """
        past = self._earlier
        if not past.foreseen or past.voided:
            return None
        return NEVER if past.late_since is None else past.late_since + INSTANT

    @property
    def foreseen(self) -> bool:
        """Whether its due moments follow from the facts alone, beyond doubt: not from other clocks, nor agreed upon.

        Such a clock can be asked how it stood earlier, back to the last change of those facts: a later pause cannot
        matter once a limit is late, and an extension counts only if complete in time.
        """
        return self._earlier.foreseen

    def outcome_at(self, moment: dt.datetime) -> tuple[Outcome, Outcome]:
        """Whether it was met, and whether it was late, as known at an earlier moment; see `foreseen`."""
        past = self._earlier
        late = past.late_since is not None and moment > past.late_since
        if not late and past.voided:  # before a withdrawal a run may have been late
            late = any(run.due_at is not None and run.due_at < moment and not _over(run, moment) for run in past.voided)
        begun = 0 if late else bisect_right(self.runs, moment, key=_start_of)
        return begun > 0 and self.runs[begun - 1].status is Status.MET and _over(self.runs[begun - 1], moment), late

    def turns(self, *, met: bool) -> list[dt.datetime]:
        """Give the moments at which it turned late, and with `met` also those at which it was met or started anew.

        A clock that was not foreseen may have turned whenever anything happened.
        """
        if not self.foreseen:
            happened = [entry.lo for entry in self.snapshot.timeline.entries if entry.lo is not None]
            return happened + [run.due_at + INSTANT for run in self.runs if run.due_at is not None]
        past = self._earlier
        found = [] if past.late_since is None else [past.late_since + INSTANT]
        for run in past.voided:
            turned = (None if run.due_at is None else run.due_at + INSTANT, None if run.end is None else run.end.lo)
            found += [moment for moment in turned if moment is not None]
        if met:
            entries = [entry for run in self.runs for entry in (run.start, run.end) if entry is not None]
            found += [entry.lo for entry in entries if entry.lo is not None]
        return found

    @property
    def due_at(self) -> dt.datetime | None:
        """Last instant in time, inclusive, in Beijing time; None where nothing is due."""
        figure = self._figure
        if figure is not None:
            return figure[0]
        return self.runs[-1].due_at if self.runs else None

    @property
    def started_at(self) -> dt.datetime | dt.date | None:
        """When it started, as recorded: a moment or a day; None where it has not, or the moment is unknown."""
        return self.runs[-1].start.when if self.runs else None

    @property
    def ended_at(self) -> dt.datetime | dt.date | None:
        """When it ended, as recorded; None while open, or where the moment is unknown."""
        end = self.runs[-1].end if self.runs else None
        return None if end is None else end.when

    @property
    def row(self) -> LimitRow | None:
        """The figure that binds."""
        return self.runs[-1].row if self.runs else None

    @property
    def rule(self) -> str:
        """``limit/id``, the key of the rule within its policy."""
        return f"limit/{self.limit.id}"

    @property
    def cite(self) -> str | None:
        """The article of the figure that binds, else of the limit."""
        row = self.row
        return (row.cite if row is not None else None) or self.limit.cite

    @property
    def overdue_by_reclassification(self) -> bool:
        """Whether it is late only by a class found after the due moment had passed."""
        return bool(self.runs) and self.runs[-1].reclassified

    @property
    def contact_by(self) -> dt.datetime | None:
        """Last moment outside quiet hours not after the due moment; None: only a deviation, or no quiet hours."""
        run, quiet = self.run, self.snapshot.policy.quiet
        if run is None or run.due_at is None or quiet is None or not self.limit.quiet:
            return None
        return quiet.contact_by(run.due_at, not_before=run.start.lo)

    @property
    def needs_deviation(self) -> bool:
        """Whether only a deviation from quiet hours (免打扰时段) can still meet it."""
        run = self.run
        quiet = self.limit.quiet and self.snapshot.policy.quiet is not None
        return quiet and run is not None and run.due_at is not None and self.contact_by is None

    @property
    def certainty(self) -> Certainty | None:
        """Whether the due moment rests on published arrangements; None where nothing is due or no day was counted."""
        proof = self.proof
        return None if proof is None else proof.certainty

    @property
    def proof(self) -> Due | None:
        """The due moment with its proof day by day; None where it was set or agreed, or nothing is due."""
        run = self.run
        start = None if run is None else (run.base or run.start).when
        if run is None or start is None or run.period is None or run.due_at is None:
            return None
        return run.period.counted_from(start, self.snapshot.calendar, self.limit.counting, run.pauses)

    def explain(self, lang: Lang = "zh") -> str:
        """Say where it stands and prove it, in Chinese (``zh``) or English (``en``); see `rendering.explain_clock`."""
        return self.snapshot.plan.explain(self, lang)


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
    return None if figured else Status.UNDETERMINED, rows, unknown | doubts


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
            due = period.due_at(lo, calendar, counting)
            latest = due if hi is lo else period.due_at(hi, calendar, counting)
        else:
            continue
        if due is not None and (found is None or due < found[0]):
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
    late = _not_kept(status, end, figure.latest)
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
    if limit.earliest:
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
    """Give the earliest of what the rows come to; one that an open pause leaves without a moment comes last."""
    best: _Figure | None = None
    for row in rows:
        figure = _of_row(frame, row, grants)
        if figure is not None and (
            best is None or (figure.due is not None and (best.due is None or figure.due < best.due))
        ):
            best = figure
    return best


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
