"""Cases for tables (分类表用例): each row, each part of its condition on both sides of every boundary, each unknown."""

from __future__ import annotations

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.policy.rules import Table
from complaint_rules.verification.generation.bench import CaseKind, Workbench
from complaint_rules.verification.generation.making import Goal
from complaint_rules.verification.generation.pairs import turns
from complaint_rules.verification.generation.sketches import Sketch
from complaint_rules.verification.reaching.outcomes import is_open


def of_tables(bench: Workbench) -> None:
    """Make the cases of every table."""
    for table in bench.policy.tables.values():
        for place in range(len(table.rows)):
            _of_row(bench, table, place)


def decides(table: Table, place: int, found: Assessment) -> bool | None:
    """Say whether a row holds, and of a table of ``first`` decides; None where something unknown leaves it open."""
    finding = found.findings[table.id]
    return None if is_open(finding) else place in finding.decision.fired


def _settled(bench: Workbench, table: Table, place: int) -> tuple[list[Goal], Sketch | None]:
    """Give what has to hold for a row to decide while nothing leaves the table open, and a draft in which it does.

    Of a table of ``every`` the other rows have to be settled as well, whichever way: rather not to hold.
    """
    goals = bench.maker.row_goals(table, place)
    others = [row.when.tree for row in table.rows if table.every and row is not table.rows[place] and row.when]
    apart_ways = [[*goals, *(Goal(tree, holds) for tree in others)] for holds in (False, None)] if others else []
    for apart in (*apart_ways, goals):
        draft = bench.find(apart, lambda found: decides(table, place, found) is True)
        if draft is not None:
            return apart, draft
    return goals, None


def _of_row(bench: Workbench, table: Table, place: int) -> None:
    row, rule = table.rows[place], f"table/{table.id}[{place}]"
    cite, when = row.cite or table.cite, row.when
    goals, draft = _settled(bench, table, place)
    if draft is None:  # perhaps it decides only while something is unknown
        own = [] if when is None else [Goal(when.tree, True)]
        draft = bench.find(own, lambda found: place in found.findings[table.id].decision.fired)
    if draft is None:
        return
    why = ("其他各行均不适用", "no row before it holds") if when is None else bench.condition(when)
    bench.keep(CaseKind.ROW, rule, "holds", why, bench.glance(draft), cite=cite)
    if when is None:
        return
    _before_the_next(bench, table, place, goals)
    before = [goal for goal in goals if goal.tree != when.tree]
    behind = [Goal(one.when.tree, None) for one in table.rows[place + 1 :] if one.when is not None and not table.every]
    contexts = ([*before, *behind], before) if behind else (before,)
    for turn in turns(bench, contexts, when.tree, lambda found: decides(table, place, found)):
        for on, look in ((True, turn.on), (False, turn.off)):
            bench.keep(CaseKind.PAIR, rule, turn.key(on=on), turn.why(on=on), look, cite=cite)
    for name in sorted(bench.plan.reach(when).facts & draft.facts.keys()):
        look = bench.glance(draft.without_fact(name))
        zh, en = bench.fact(name)
        bench.keep(CaseKind.UNKNOWN, rule, name, (f"未知：{zh}", f"nobody said: {en}"), look, cite=cite)


def _before_the_next(bench: Workbench, table: Table, place: int, goals: list[Goal]) -> None:
    """Let a row and the one behind it both hold: the first of them decides."""
    following = table.rows[place + 1 : place + 2]
    for behind in following if not table.every else ():
        if behind.when is not None:
            both_hold = [*goals, Goal(behind.when.tree, True)]
            draft = bench.find(both_hold, lambda found: decides(table, place, found) is True)
            if draft is not None:
                words = ("与下一行同时成立，以先者为准", "the next row holds as well, and the first of them decides")
                cite = table.rows[place].cite or table.cite
                bench.keep(CaseKind.ROW, f"table/{table.id}[{place}]", "next", words, bench.glance(draft), cite=cite)
