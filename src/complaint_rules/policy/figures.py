"""What figures and returns are made of: the edge of a stock, a number per so many, the columns of a table, a table."""

from __future__ import annotations

from typing import final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Coded


class Stock(Coded):
    """At which edge of a period the open cases are counted (存量时点)."""

    START = "start", "期初", "start of the period"
    END = "end", "期末", "end of the period"


class Against(Coded):
    """With which period the figures of a return are held against (对比期)."""

    BEFORE = "before", "上一期", "the period before"
    YEAR_BEFORE = "year_before", "上年同期", "the same period of the year before"


class Rate(Coded):
    """Of which runs of a limit those kept in time are the share (及时率口径)."""

    DUE = "due", "已办结及逾期未结的", "those ended and those overdue and open"
    """In time ÷ (in time + late + overdue and open)."""
    ENDED = "ended", "已办结的", "those ended"
    """In time ÷ (in time + late): what is overdue and open does not show."""
    ALL = "all", "全部未作废的", "all, those still running among them"
    """In time ÷ (in time + late + overdue and open + still running)."""


class Shows(Coded):
    """What a table of a return shows of each group (列示内容).

    A duration has percentiles besides, written ``percentile 90``.
    """

    VALUE = "value", "指标值", "the figure"
    COUNT = "count", "件数", "cases"
    SHARE = "share", "占比", "share of the whole"
    RANK = "rank", "排名", "rank"
    BEFORE = "before", "环比", "change on the period before"
    YEAR_BEFORE = "year_before", "同比", "change on the year before"
    MEDIAN = "median", "中位数", "median"
    MEAN = "mean", "平均数", "mean"


@final
@attrs.frozen(kw_only=True, repr=False)
class Scaled(Shown):
    """A count for each so many of a base (按基数折算), as complaints per 1,000 outlets."""

    figure: str
    """Id of the figure that is counted."""
    base: str
    """Id of the base."""
    per: int
    """For how many of the base, above 0."""


@final
@attrs.frozen(kw_only=True, repr=False)
class FilingTable(Shown):
    """One table of a return (报送表): a figure by groups."""

    figure: str
    """Id of the figure."""
    by: tuple[str, ...]
    """What it is spread over, at most three at once: facts, tables, ``unit``, ``holder``, periods."""
    basis: str | None = None
    """The counting rule by which it counts; None: the figure's own."""
    within: str | None = None
    """The name of the groups inside which shares, ranks and medians are taken; None: over everything."""
    show: tuple[str, ...] = ()
    """What is shown of each group: words of `Shows`, and ``percentile 90``; empty: the figure."""
    median: bool = False
    """Whether the median of the groups (中位数) is shown below."""
