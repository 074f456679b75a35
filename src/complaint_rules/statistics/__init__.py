"""Figures over many cases (统计): the periods they are about, how long something took.

From the ground up; each module imports only those above it in this list:

* `spans`: reporting periods, their labels, the one before and the same of the year before
* `durations`: how long something took, in the units of time limits
* `rounding`: how an exact number is printed
* `adding`: what the values of figures have in common: they add up, and go into data and back
* `amounts`: what a figure comes to: five values that add up, with what nobody knows kept apart
* `comparing`: shares, changes, rates, ranks, medians, and small groups put together
* `printed`: whether a published figure follows from what it is worked out of
* `looks`: a case as a tally looks at it: its limits, its endings that stand, where it is placed
* `measuring`: what a case adds to figures of time and money
* `groups`: by what figures are grouped
* `cells`: one cell of a table while cases come in
* `strands`: what a tally has to work out, compiled once
* `stocks`: what is open at the edges of periods
* `tables`: one figure by its groups, and what follows from it
* `declared`: which figures and counting rules a tally counts by
* `rows`: plain rows, looked at as a case is
* `ledger`: what a tally has counted so far
* `as_data`: the parts of a tally as plain data
* `tally`: `Tally`: figures over many cases, which add up and merge
"""

from __future__ import annotations

from complaint_rules.statistics.amounts import CaseCount, LimitRuns, Money, Share, Times
from complaint_rules.statistics.comparing import (
    Margins,
    Pooled,
    change,
    margins_only,
    median_of,
    pooled,
    ranks,
    scaled,
    share_of,
)
from complaint_rules.statistics.durations import IMPOSSIBLE, duration
from complaint_rules.statistics.printed import Between, Verdict, median_between, reachable
from complaint_rules.statistics.rounding import printed_text, rounded
from complaint_rules.statistics.spans import Span
from complaint_rules.statistics.tables import Change, Changes, Derived, FigureTable, NoChange, Top
from complaint_rules.statistics.tally import Counted, Noted, Tally

__all__ = [
    "IMPOSSIBLE",
    "Between",
    "CaseCount",
    "Change",
    "Changes",
    "Counted",
    "Derived",
    "FigureTable",
    "LimitRuns",
    "Margins",
    "Money",
    "NoChange",
    "Noted",
    "Pooled",
    "Share",
    "Span",
    "Tally",
    "Times",
    "Top",
    "Verdict",
    "change",
    "duration",
    "margins_only",
    "median_between",
    "median_of",
    "pooled",
    "printed_text",
    "ranks",
    "reachable",
    "rounded",
    "scaled",
    "share_of",
]
