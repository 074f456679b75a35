"""When an answer changes by time alone: the one moment at which to wake up and ask again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from complaint_rules.assessment.as_data import parts_of
from complaint_rules.assessment.clocks import Run, Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.assessment.worked import Worked
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.moments import INSTANT, earliest_of
from complaint_rules.periods.periods import is_at_once

MOST_TRIED: Final = 64
"""How many moments are tried, at which it has to be seen whether anything changes; the next one then rings untried."""
_RUNNING_OUT: Final = frozenset({DutyStatus.DUE, DutyStatus.OPEN})
"""Statuses of a duty that cannot outlast its due moment."""


class _Candidate(NamedTuple):
    """A moment at which the answer may change."""

    moment: dt.datetime
    certain: bool
    """Whether it surely does; else it has to be tried."""


def next_change(worked: Worked) -> dt.datetime | None:
    """Give the first moment after an assessment's own at which its data differ by time alone; None: never.

    Where it is not plain that they do, the case is assessed for that moment and the two are compared, at most
    `MOST_TRIED` times.
    """
    at = worked.snapshot.at
    found: dict[dt.datetime, bool] = {}
    for moment, certain in _candidates(worked):
        if moment > at:
            found[moment] = certain or found.get(moment, False)
    now: list[Any] = []
    for number, moment in enumerate(sorted(found)):
        if found[moment] or number >= MOST_TRIED:
            return moment
        if not now:
            now = list(_data(worked))
        if _differs(worked.snapshot, moment, now):
            return moment
    return None


def _differs(snapshot: Snapshot, moment: dt.datetime, now: list[Any]) -> bool:
    """Say whether the answer of a later moment is another one."""
    then = snapshot.anew(moment)
    return any(part != known for part, known in zip(_data(Worked(then, None)), now, strict=True))


def _data(worked: Worked) -> Iterator[Any]:
    """Give the parts of an answer as data, one after the other; of what cannot be counted the reason."""
    for part in parts_of(worked, worked.notes).values():
        try:
            yield part()
        except ComplaintRulesError as error:
            yield str(error)


def _candidates(worked: Worked) -> Iterator[_Candidate]:
    snapshot = worked.snapshot
    for clock in worked.clocks.values():
        for run in clock.runs:
            if run.waiting:
                yield from _of_run(run)
    for duty in worked.duties:
        if duty.due_at is None:
            continue
        if duty.status in _RUNNING_OUT:
            yield _Candidate(duty.due_at + INSTANT, True)
        elif duty.status is DutyStatus.UNDETERMINED:
            for due in (duty.due_at, duty.due_latest):
                if due is not None:
                    yield _Candidate(due + INSTANT, False)
    for one in snapshot.timeline.left_out:
        # What is recorded for later is told as not yet known until then.
        if one.code is ViolationCode.NOT_YET_KNOWN and one.at is not None:
            yield _Candidate(earliest_of(one.at), True)
    for moment in snapshot.ends_of(snapshot.plan.all_elapsed):
        yield _Candidate(moment, False)


def _of_run(run: Run) -> Iterator[_Candidate]:
    due = run.due_at
    if due is None or is_at_once(run.period):
        return
    running = run.status is Status.RUNNING
    for warning in run.warnings if run.open else ():  # one that was stopped, nobody knows when, still warns
        yield _Candidate(warning, running)
    if running:
        yield _Candidate(due + INSTANT, True)
        return
    for moment in (due, run.due_latest):
        if moment is not None:
            yield _Candidate(moment + INSTANT, False)
