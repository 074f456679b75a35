"""Cases for the figures of limits (时限用例): at every edge of the calendar, met at the last instant and just missed.

What is asked of a limit with several figures is asked of each of them, with the facts under which it binds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final, NamedTuple, cast

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Run, Status
from complaint_rules.cases.case import Case
from complaint_rules.language import Pair
from complaint_rules.moments import INSTANT
from complaint_rules.periods.units import NATURAL_DAY_UNITS
from complaint_rules.policy.rules import Limit, LimitRow, Selector
from complaint_rules.verification.generation.bench import MOST_TRIED, CaseKind, Glimpse, Workbench, both
from complaint_rules.verification.generation.edges import EDGES, Edge
from complaint_rules.verification.generation.making import PLAIN, Goal
from complaint_rules.verification.generation.pairs import turns
from complaint_rules.verification.generation.sketches import MINUTE, Sketch, Step, step_for

_DAY: Final = dt.timedelta(days=1)
LAST: Final[Pair] = ("最后一刻完成", "met at the last instant")
MISSED: Final[Pair] = ("迟一微秒", "one microsecond too late")
OVER: Final[Pair] = ("收到之前即已届满", "due before the receipt")
RUNS: Final[Pair] = ("计时中", "it runs")


class Setting(NamedTuple):
    """A limit that runs by one of its figures."""

    limit: Limit
    """The limit."""
    place: int
    """The figure, by its place."""
    draft: Sketch
    """What has to be known and to happen for it, before it starts."""
    start: Selector
    """What starts it."""

    @property
    def rule(self) -> str:
        """The figure, as ``limit/whole[0]``."""
        return f"limit/{self.limit.id}[{self.place}]"

    @property
    def cite(self) -> str | None:
        """Its article."""
        return self.limit.rows[self.place].cite or self.limit.cite

    @property
    def at_receipt(self) -> bool:
        """Whether the receipt starts it."""
        return self.start.kind == "received"

    @property
    def opening(self) -> tuple[Step, ...]:
        """What happens for it to run: its start, and an agreement where its figure is what was agreed."""
        steps: list[Step] = []
        if not self.at_receipt and not any(self.start.matches(step.event(PLAIN)) for step in self.draft.steps):
            steps.append(step_for(self.start))
        if self.limit.rows[self.place].as_agreed:
            promise = step_for(self.limit.agreed[0])._replace(due=3 * _DAY)
            steps = [*(step for step in steps if step.kind != promise.kind), promise]
        return tuple(steps)


def settings(bench: Workbench, limit: Limit) -> Iterator[Setting]:
    """Give a setting for each figure of a limit, and each event that can start it, in which the figure binds."""
    for place in range(len(limit.rows)):
        for start in limit.starts:
            setting = _setting(bench, limit, place, start)
            if setting is not None:
                yield setting


def _setting(bench: Workbench, limit: Limit, place: int, start: Selector) -> Setting | None:
    row, maker = limit.rows[place], bench.maker
    others = [Goal(one.when.tree, False) for one in limit.rows if one is not row and one.when is not None]
    for apart in (others, []) if limit.counts_every else ([],):
        for draft in maker.set_up(limit, place, apart, MOST_TRIED):
            setting = Setting(limit, place, draft, start)
            if binds(limit, row, bench.glance(draft, *setting.opening).found):
                return setting
    return None


def binds(limit: Limit, row: LimitRow, found: Assessment) -> bool:
    """Say whether a figure binds the latest run of a limit, or what was agreed in its place, so that it falls due."""
    clock = found.clocks[limit.id]
    run = clock.run
    if run is None or run.due_at is None or clock.status is Status.UNDETERMINED:
        return False
    return run.row == row or (row.as_agreed and run.agreed is not None)


def run_in(look: Glimpse, limit: Limit) -> Run:
    """Give the latest run of a limit that is known to have begun."""
    return cast(Run, look.found.clocks[limit.id].run)


def due_in(look: Glimpse, limit: Limit) -> dt.datetime | None:
    """Give the due moment of a limit; None where it has none, as where it does not apply at the time looked at."""
    return look.found.clocks[limit.id].due_at


def receipt(case: Case) -> dt.datetime:
    """Give the moment of the receipt of a case that was made from a draft: drafts are dated to the moment."""
    return cast(dt.datetime, case.complaint.received)


def of_limits(bench: Workbench) -> Iterator[Setting]:
    """Make the cases of every figure; give the settings, for what else can befall a limit."""
    for limit in bench.policy.limits.values():
        for setting in settings(bench, limit):
            _at_edges(bench, setting)
            yield setting
        _whether(bench, limit)


# --- edges of the calendar ---


def offset(bench: Workbench, setting: Setting) -> dt.timedelta:
    """Give how long after the receipt a setting starts its limit."""
    run = run_in(bench.glance(setting.draft, *setting.opening), setting.limit)
    return cast(dt.datetime, run.start.lo) - PLAIN


def _at_edges(bench: Workbench, setting: Setting) -> None:
    until = setting.limit.until
    for number, edge in enumerate(_edges(bench, setting)):
        look = begun(bench, setting, edge.at)
        due = due_in(look, setting.limit)
        if due is None:  # what it hangs on is over by then: received a minute before midnight, it is another day
            continue
        if number == 0:
            bench.keep(
                CaseKind.EDGE, setting.rule, f"{edge.code}.runs", both(edge.words, RUNS), look, cite=setting.cite
            )
        for place, end in enumerate(until if number == 0 else until[:1]):
            suffix = f".{place + 1}" if place else ""
            for moment, what, words in _ends(due, look):
                ended = bench.look(ending(look.case, end, moment), moment, setting.draft)
                why = both(edge.words, words) if not place else both(edge.words, words, _by(bench, end))
                bench.keep(CaseKind.EDGE, setting.rule, f"{edge.code}.{what}{suffix}", why, ended, cite=setting.cite)
        if number == 0:
            _waiting(bench, setting, edge, look, due)


def _ends(due: dt.datetime, look: Glimpse) -> Iterator[tuple[dt.datetime, str, Pair]]:
    """Give the moments at which it is ended: the last instant and the next one, as far as the case has begun by then.

    What was due before the receipt, as by a day that the customer was promised, can only be late.
    """
    if due < receipt(look.case):
        yield look.at, "late", OVER
        return
    yield due, "met", LAST
    yield due + INSTANT, "late", MISSED


def _edges(bench: Workbench, setting: Setting) -> Iterator[Edge]:
    if "received" in setting.draft.facts:  # its day is part of the condition
        yield EDGES[0]
        return
    yield from EDGES
    period = setting.limit.rows[setting.place].within
    if period is None or period.unit not in NATURAL_DAY_UNITS:
        return
    starts = (PLAIN + days * _DAY for days in range(14))
    resting = (one for one in starts if not _works(bench, period.due_at(one, bench.calendar)))
    words = ("末日为休息日", "the last day does not work")
    yield from (Edge("ends_on_rest_day", one, words) for one in islice(resting, 1))


def _works(bench: Workbench, due: dt.datetime | None) -> bool:
    return due is None or bench.calendar.is_working_day(due.date())


def begun(bench: Workbench, setting: Setting, at: dt.datetime) -> Glimpse:
    """Give a setting whose limit starts at a moment, looked at a minute after all that is needed for it."""
    received = at if setting.at_receipt else at - offset(bench, setting)
    return bench.glance(setting.draft, *setting.opening, received=received)


def ending(case: Case, end: Selector, at: dt.datetime) -> Case:
    """Give a case with what ends a limit; where only the n-th such event does, with those before it.

    They come a minute apart, or closer where there is no such time since the receipt: nothing happens before that.
    """
    step, last = step_for(end), (end.nth or 1) - 1
    apart = min(MINUTE, max(at - receipt(case), dt.timedelta(0)) / max(last, 1))
    return case.with_event(*(step.event(at - (last - number) * apart, f"end{number}") for number in range(last + 1)))


def _by(bench: Workbench, end: Selector) -> Pair:
    return bench.selector(end)


def _waiting(bench: Workbench, setting: Setting, edge: Edge, look: Glimpse, due: dt.datetime) -> None:
    """Look at the moments of its warnings and just before, at the due moment and just after, while nothing happens."""
    for number, warning in enumerate(run_in(look, setting.limit).warnings, start=1):
        for moment, key, words in (
            (warning - INSTANT, "before", ("提醒前一微秒", "one microsecond before the warning")),
            (warning, "at", ("提醒时刻", "the moment of the warning")),
        ):
            if moment > look.at:
                told = bench.look(look.case, moment, setting.draft)
                why = both(edge.words, words)
                bench.keep(CaseKind.EDGE, setting.rule, f"warning{number}.{key}", why, told, cite=setting.cite)
    for moment, key, words in (
        (due, "open_at_due", ("最后一刻仍未完成", "still open at the last instant")),
        (due + INSTANT, "open_after_due", ("逾期未完成", "still open one microsecond later")),
    ):
        if moment > look.at:
            told = bench.look(look.case, moment, setting.draft)
            bench.keep(CaseKind.EDGE, setting.rule, key, both(edge.words, words), told, cite=setting.cite)
    for end in setting.limit.until:
        if end.fields:
            other = look.case.with_event(Step(end.kind).event(look.at, "other"))
            why = both(
                edge.words, ("同类事项而不合要求", "an event of the kind that is not the one meant"), _by(bench, end)
            )
            told = bench.look(other, look.at + MINUTE, setting.draft)
            bench.keep(CaseKind.EDGE, setting.rule, f"other.{end.kind}", why, told, cite=setting.cite)


# --- whether it applies, and by which figure ---


def _whether(bench: Workbench, limit: Limit) -> None:
    start = limit.starts[0]
    more = () if start.kind == "received" else (step_for(start),)

    def applies(found: Assessment) -> bool | None:
        status = found.clocks[limit.id].status
        return None if status is Status.UNDETERMINED else status is not Status.NOT_APPLICABLE

    if limit.when is not None:
        rule = f"limit/{limit.id}"
        for turn in turns(bench, ((),), limit.when.tree, applies, *more):
            for on, look in ((True, turn.on), (False, turn.off)):
                bench.keep(CaseKind.PAIR, rule, turn.key(on=on), turn.why(on=on), look, cite=limit.cite)
    for place, row in enumerate(limit.rows):
        if row.when is None:
            continue
        setting = Setting(limit, place, Sketch(), start)
        before = [Goal(limit.when.tree, True)] if limit.when is not None else []
        before += [goal for goal in bench.maker.row_goals(limit, place) if goal.tree != row.when.tree]
        others = [Goal(one.when.tree, False) for one in limit.rows if one is not row and one.when is not None]
        contexts = ([*before, *others], before) if limit.counts_every else (before,)
        for turn in turns(bench, contexts, row.when.tree, partial(_binding, limit, row), *more):
            for on, look in ((True, turn.on), (False, turn.off)):
                key, why = f"by.{turn.key(on=on)}", turn.why(on=on)
                bench.keep(CaseKind.PAIR, setting.rule, key, why, look, cite=setting.cite)


def _binding(limit: Limit, row: LimitRow, found: Assessment) -> bool | None:
    clock = found.clocks[limit.id]
    return None if clock.status is Status.UNDETERMINED else binds(limit, row, found)
