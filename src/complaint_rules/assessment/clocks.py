"""Limits applied to a case: runs, pauses, extensions, restarts, reopenings, and the status of each clock."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Final, NamedTuple, TypeAlias, cast, final

from complaint_rules.assessment.adjustments import Grant
from complaint_rules.assessment.plans import Outcome
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.calendar.days import Certainty
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Event
from complaint_rules.cases.entries import Entry
from complaint_rules.conditions.parsing import Condition
from complaint_rules.frozen import Frozen, field
from complaint_rules.language import Coded, Lang
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import EVER, INSTANT, NEVER
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Due, Period, is_at_once
from complaint_rules.policy.rules import Limit, LimitRow

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
_WORST_FIRST: Final = (Status.OVERDUE, Status.MET_LATE, Status.UNDETERMINED)
_STANDINGS: Final[Mapping[Status, str]] = FrozenMap(
    {
        Status.MET: "in_time", Status.MET_LATE: "late", Status.RUNNING: "open_in_time",
        Status.SUSPENDED: "open_in_time", Status.OVERDUE: "open_late",
    }
)  # fmt: skip
"""The class of each status that is no class itself."""


@final
class Run(Frozen, apart=("calendar",)):
    """One run of a limit, from one start to its end (一次计时)."""

    __slots__ = (
        "_agreed",
        "_base",
        "_calendar",
        "_doubtful",
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
        "_superseded_at",
        "_unknown",
    )

    status: Status = field("status")
    """Where it stands."""
    start: Entry = field("start")
    """The event it runs from; after a restart, the restarting one."""
    due_at: dt.datetime | None = field("due_at")
    """Last instant in time, inclusive, by the strictest reading; None while stopped or where no figure applies."""
    due_latest: dt.datetime | None = field("due_latest")
    """The same by the most generous reading; None: nobody knows one.

    It differs from `due_at` where only the day of the start is known, or something that bears on it is not.
    """
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
    doubtful: tuple[str, ...] = field("doubtful")
    """Kinds of event that may have happened, unseen or at a moment nobody knows, for which it is undetermined."""
    superseded_at: dt.datetime | None = field("superseded_at")
    """Of a run that was late on record: when another due moment was set; None: its own still stands."""

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
        calendar: WorkCalendar | None = None,
        doubtful: tuple[str, ...] = (),
        superseded_at: dt.datetime | None = None,
        *,
        unknown: int,
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
        self._doubtful = doubtful
        self._superseded_at = superseded_at

    def __repr__(self) -> str:
        due = "" if self.due_at is None else f", due {self.due_at.isoformat()}"
        return f"<Run: {self.status}{due}>"

    @property
    def warnings(self) -> tuple[dt.datetime, ...]:
        """When to warn, in order of time; without those that take opening hours which were not supplied."""
        row, due, calendar = self._row, self._due_at, self._calendar
        if row is None or due is None or calendar is None:
            return ()
        told = (one for one in row.warnings if calendar.hours is not None or not one.needs_hours())
        return tuple(sorted(one.before(due, calendar, self._start.lo) for one in told))

    @property
    def warn_at(self) -> dt.datetime | None:
        """When to warn first; None: the rule has no warning, or it takes opening hours that were not supplied."""
        return next(iter(self.warnings), None)

    @property
    def origin(self) -> int:
        """Place in the history of the event it first ran from, whatever restarted it."""
        return (self._first or self._start).place

    def superseded_by(self, moment: dt.datetime) -> Run:
        """Give the run as what was late, or may have been, on record until another due moment was set."""
        kept = copy(self)
        kept._superseded_at = moment
        if self._status is Status.VOID and self._end is not None and self.perhaps_late:
            kept._status, kept._doubtful = Status.UNDETERMINED, tuple(sorted({*self._doubtful, self._end.event.kind}))
        return kept

    @property
    def figured(self) -> bool:
        """Whether it is known that the limit applies, and with which figure."""
        return self._row is not None or self._agreed is not None

    @property
    def open(self) -> bool:
        """Whether it still waits for its event."""
        return self._superseded_at is None and self._status in OPEN

    @property
    def waiting(self) -> bool:
        """Whether time alone can still change where it stands."""
        return self.open or (self._status is Status.UNDETERMINED and self._end is None and self._superseded_at is None)

    @property
    def perhaps_late(self) -> bool:
        """Whether nobody knows if it was late: undetermined, or ended without result after the due moment or before."""
        due, end = self._due_at, self._end
        if due is None or self._status is not Status.VOID or end is None:
            return due is not None and self._status is Status.UNDETERMINED
        return not self.late and (end.hi is None or end.hi > due)

    @property
    def late(self) -> bool:
        """Whether it was not kept, for the record: a withdrawal after the due moment does not undo that.

        A condition's ``late(…)`` asks where the clock stands instead, and a withdrawal ends that (`Clock.outcome`).
        """
        return not_kept(self._status, self._end, self._due_latest)


def not_kept(status: Status, end: Entry | None, latest: dt.datetime | None) -> bool:
    """Say whether a run was late for the record: a withdrawal after the due moment does not undo that."""
    if status is not Status.VOID:
        return status in LATE
    void = None if end is None else end.lo
    return void is not None and latest is not None and void > latest


def _over(run: Run, moment: dt.datetime) -> bool:
    return run.end is not None and (run.end.lo is None or run.end.lo <= moment)


def _start_of(run: Run) -> dt.datetime:
    # A run whose start has no moment stands before all that have one.
    start = run.first or run.start
    return EVER if start.lo is None else start.lo


ByRows: TypeAlias = tuple[dt.datetime, dt.datetime | None, LimitRow | None, Period | None]
"""What binds a run of which nothing but the start has happened: due by both readings, the row, the period counted."""


class _Past(NamedTuple):
    """What is asked of a clock about earlier moments."""

    foreseen: bool
    late_since: dt.datetime | None
    voided: Sequence[Run]
    late_after: dt.datetime | None
    """The last moment at which none of the late runs was surely late."""
    plain: bool
    """Whether one moment parts late from not late."""


@final
class Clock(Frozen, apart=("past", "figure", "proof")):
    """A limit applied to a case (时限执行情况), recomputed from the history, never stored.

    The clock's own fields are those of its latest run; `runs` holds all.
    """

    __slots__ = ("_figure", "_limit", "_past", "_proof", "_runs", "_snapshot", "_status", "_unknown")

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
        self._proof: Due | None = None

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
    def worst(self) -> Status:
        """Where its worst run stands: one that is or was late, else one of which nobody knows, else the latest.

        A limit with several runs is no better than this.
        """
        standing = {run.status for run in self.runs}
        return next((status for status in _WORST_FIRST if status in standing), self.status)

    @property
    def run(self) -> Run | None:
        """The latest run."""
        return self.runs[-1] if self.runs else None

    @property
    def id(self) -> str:
        """Stable key: policy, rule, case; the same for every later call."""
        return f"{self.snapshot.policy.id}/{self.rule}/{self.snapshot.case.complaint.id}"

    @property
    def ids(self) -> tuple[str, ...]:
        """Stable key of each run, in the order of `runs`: that of the clock, and the event it first ran from.

        A restart keeps it. What was late until another due moment was set names that moment besides, so that the run
        itself, now due at another time, keeps its own. The same for every later call as long as the run is there.
        """
        found: list[str] = []
        seen: dict[str, int] = {}
        for run in self.runs:
            key = f"{self.id}/{self.snapshot.key_of(run.first or run.start)}"
            if run.superseded_at is not None:
                key += f"/until@{run.superseded_at.isoformat()}"
            seen[key] = number = seen.get(key, 0) + 1  # one reopening can open a run for each of several starts
            found.append(key if number == 1 else f"{key}/{number}")
        return tuple(found)

    @property
    def outcome(self) -> tuple[Outcome, Outcome]:
        """Whether it is met, and whether any of its runs was late; None where that is undetermined."""
        late = self.late_since is not None
        if self.status is Status.UNDETERMINED:
            return None, late or None
        return self.status is Status.MET and not late, late

    @property
    def standing(self) -> str:
        """The class in which its latest run stands, one of `STANDINGS`: what ``standing(…)`` asks.

        What ended for good after its due moment is ``void_late``.
        """
        run = self.run
        if self.status is Status.VOID and run is not None and run.late:
            return "void_late"
        return _STANDINGS.get(self.status, self.status.value)

    @property
    def _earlier(self) -> _Past:
        """What is asked about earlier moments, worked out once."""
        known = self._past
        if known is None:
            known = self._past = self._look_back()
        return known

    def _look_back(self) -> _Past:
        snapshot, timeline, runs = self.snapshot, self.snapshot.timeline, self.runs
        whole = not (timeline.case.unseen or timeline.undated)
        foreseen = whole and snapshot.plan.reach_of(self.limit).timeless and not self._judged_apart
        perhaps_void = bool(self._conditions_of_ends)  # if nobody knows it, not from when on either
        late: dt.datetime | None = None
        late_after: dt.datetime | None = None
        voided: list[Run] = []
        plain = not timeline.mixed
        for run in runs:
            status, due, latest = run.status, run.due_at, run.due_latest
            open_ = status is Status.UNDETERMINED
            if run.agreed is not None or run.superseded_at is not None or (open_ and (due is None or perhaps_void)):
                foreseen = False
            if open_ or (status is not Status.MET and latest != due):
                plain = False  # for a time nobody could tell whether it was late
            if status is Status.VOID:
                voided.append(run)
            elif status in LATE and due is not None:
                late = due if late is None else min(late, due)
                begun = run.start.lo  # a figure set by a fact may lie before it
                after = max(due if latest is None else latest, due if begun is None else begun - INSTANT)
                late_after = after if late_after is None else min(late_after, after)
        return _Past(foreseen, late, voided, late_after, plain and not voided)

    @property
    def _conditions_of_ends(self) -> list[Condition]:
        """The conditions under which something that happened ends it for good."""
        kinds = self.snapshot.timeline.kinds
        return [void.when for void in self.limit.void_on if void.when is not None and void.on.kind in kinds]

    @property
    def _judged_apart(self) -> bool:
        """Whether something happened that ends it only under a condition, and what is known of that has changed."""
        changed, reach = self.snapshot.timeline.changed, self.snapshot.plan.reach
        return any(not changed.isdisjoint(reach(one).facts) for one in self._conditions_of_ends)

    @property
    def late_since(self) -> dt.datetime | None:
        """The due moment of the first run that was not kept; None: none was late."""
        return self._earlier.late_since

    @property
    def late_from(self) -> dt.datetime | None:
        """From when on it is late, where one moment tells that; `moments.NEVER` where it is not.

        None where it is not `foreseen`, where an event that ended it for good stands between late and not, or where for
        a time nobody can tell.
        """
        past = self._earlier
        if not past.foreseen or not past.plain:
            return None
        return NEVER if past.late_after is None else past.late_after + INSTANT

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
        late = past.late_after is not None and moment > past.late_after
        if not late and past.voided:  # before a withdrawal a run may have been late
            late = any(
                run.due_latest is not None and run.due_latest < moment and not _over(run, moment) for run in past.voided
            )
        begun = bisect_right(self.runs, moment, key=_start_of)
        if not begun:
            return False, late
        run = self.runs[begun - 1]
        if _over(run, moment):
            if run.status is Status.UNDETERMINED:
                return None, late or None
            return run.status is Status.MET and not late, late
        due, latest = run.due_at, run.due_latest
        if is_at_once(run.period):
            return False, late  # it sets no moment, so none passes
        if due is not None and due < moment and (latest is None or moment <= latest):
            return None, late or None
        return False, late

    def all_turns(self) -> list[dt.datetime]:
        """Give every moment at which anything happened or a due moment passed: where its class may have changed."""
        happened = [entry.lo for entry in self.snapshot.timeline.entries if entry.lo is not None]
        dues = [due for run in self.runs for due in (run.due_at, run.due_latest)]
        return happened + [due + INSTANT for due in dues if due is not None]

    def turns(self, *, met: bool) -> list[dt.datetime]:
        """Give the moments at which it turned late, and with `met` also those at which it was met or started anew.

        A clock that was not foreseen may have turned whenever anything happened.
        """
        if not self.foreseen:
            return self.all_turns()
        past = self._earlier
        found = [] if past.late_after is None else [past.late_after + INSTANT]
        for run in self.runs if not past.plain else ():
            found += [due + INSTANT for due in (run.due_at, run.due_latest) if due is not None]
            if run.end is not None and run.end.lo is not None:
                found.append(run.end.lo)
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
    def due_latest(self) -> dt.datetime | None:
        """Last instant in time by the most generous reading, where only a day is known or something is left open.

        The same as `due_at` where there is no doubt; None where nothing is due, or nobody knows.
        """
        figure = self._figure
        if figure is not None:
            return figure[1]
        return self.runs[-1].due_latest if self.runs else None

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
        if self._proof is not None or run is None or start is None or run.period is None or run.due_at is None:
            return self._proof
        self._proof = run.period.counted_from(start, self.snapshot.calendar, self.limit.counting, run.pauses)
        return self._proof

    def explain(self, lang: Lang = "zh") -> str:
        """Say where it stands and prove it, in Chinese (``zh``) or English (``en``); see `words.clocks`."""
        return self.snapshot.plan.explain(self, lang)
