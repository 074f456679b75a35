"""What was late stays on record, whatever another class, agreement or reopening makes of the due moment afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from complaint_rules.assessment.clocks import Clock, Run, Status
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.moments import INSTANT
from complaint_rules.policy.rules import Limit


def with_past(snapshot: Snapshot, limit: Limit, runs: Sequence[Run]) -> list[Run]:
    """Give the runs of a limit with those before them that were late on record and that its runs no longer show.

    Each is shown as it stood just before another due moment was set.
    """
    moved = snapshot.moved(limit)
    if not moved:
        return list(runs)
    for moment in snapshot.unasked(limit, moved):  # the earliest first, so that none has to look far back
        snapshot.as_of(moment - INSTANT).clock(limit)
    last = moved[-1]
    then = cast(Clock, snapshot.as_of(last - INSTANT).clock(limit))
    kept = [
        run if run.superseded_at is not None else run.superseded_by(last)
        for run in then.runs
        if run.late or _may_be_late(run, last)
    ]
    kept = [run for run in kept if not any(_shows(one, run) for one in runs)]
    if not kept:
        return list(runs)
    found: list[Run] = []
    for run in runs:
        found += [one for one in kept if one.origin == run.origin]
        kept = [one for one in kept if one.origin != run.origin]
        found.append(run)
    return kept + found


def _may_be_late(run: Run, moment: dt.datetime) -> bool:
    return run.perhaps_late and run.due_at is not None and run.due_at < moment


def _shows(run: Run, earlier: Run) -> bool:
    """Say whether a run shows that an earlier one of the same start was late, or may have been."""
    told = run.late or (run.status is Status.UNDETERMINED and not earlier.late)
    if not told or run.origin != earlier.origin or run.due_at is None or earlier.due_at is None:
        return False
    return run.due_at <= earlier.due_at
