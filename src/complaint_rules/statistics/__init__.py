"""Figures over many cases (统计): the periods they are about, how long something took.

From the ground up; each module imports only those above it in this list:

* `spans`: reporting periods, their labels, the one before and the same of the year before
* `durations`: how long something took, in the units of time limits
* `rounding`: how an exact number is printed
* `adding`: what the values of figures have in common: they add up, and go into data and back
* `amounts`: what a figure comes to: five values that add up, with what nobody knows kept apart
* `comparing`: shares, changes, rates, ranks, medians, and small groups put together
* `printed`: whether a published figure follows from what it is worked out of
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

__all__ = [
    "IMPOSSIBLE",
    "Between",
    "CaseCount",
    "LimitRuns",
    "Margins",
    "Money",
    "Pooled",
    "Share",
    "Span",
    "Times",
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
