"""A report made by hand: three tables, two charts, a month that is not over, a group with two cases."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any, Final

import attrs

from complaint_rules.moments import BEIJING
from complaint_rules.reports import Chart, ChartKind, ColumnKind, Grid, GridCell, GridColumn, Report
from complaint_rules.words.report_texts import INCOMPLETE, NO_CASES, ROUNDED_ONCE, SMALL_GROUPS, TOTAL, fewer_than

AT: Final = dt.datetime(2026, 10, 8, 16, 5, tzinfo=BEIJING)
LANGS: Final = ("zh", "en", "both")


def pair(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def names(zh: str, en: str) -> GridColumn:
    return GridColumn(title=pair(zh, en), kind=ColumnKind.LABEL)


def numbers(zh: str, en: str) -> GridColumn:
    return GridColumn(title=pair(zh, en))


def label(text: Any, mark: Any = "") -> GridCell:
    return GridCell.labelled(text, mark)


def n(exact: Any) -> GridCell:
    return GridCell.number(exact)


def percent(exact: Fraction) -> GridCell:
    return GridCell.number(exact, decimals=1, percent=True)


def grid(*rows: tuple[GridCell, ...], **fields: Any) -> Grid:
    """Make a table of a column of names and one of numbers, unless told otherwise."""
    usual = {"id": "g", "title": "Groups", "at": AT, "columns": (names("组", "Group"), numbers("件数", "Cases"))}
    return Grid(**{**usual, "rows": rows, **fields})


MONTHS: Final = grid(
    *((label(f"2026-{month:02}"), n(746 - 31 * month), n(497 + month)) for month in range(1, 12)),
    (label("2026-12", INCOMPLETE), n(40), n(12)),
    id="months",
    title=pair("各月", "By month"),
    columns=(names("月份", "Month"), numbers("收到", "Received"), numbers("办结", "Closed")),
    definition=pair("按收到日计", "by the day of receipt"),
    coverage=(dt.date(2026, 1, 1), dt.date(2026, 12, 8)),
    chart=Chart(kind=ChartKind.LINE, series=(1, 2), incomplete=frozenset({11})),
)
CHANNELS: Final = grid(
    (label(pair("电话", "phone")), n(400), n(158), n(276), percent(Fraction(400, 558))),
    (label(pair("来访", "visit")), n(0), n(0), n(0), GridCell.missing(NO_CASES)),
    (label(pair("信函", "letter")), n(0), n(2), n(0), GridCell.missing(fewer_than(3))),
    total=(label(TOTAL), n(400), n(160), n(276), percent(Fraction(5, 7))),
    id="channels",
    title=pair("各渠道满意度", "Satisfaction by channel"),
    columns=(
        names("渠道", "Channel"), numbers("满意", "Satisfied"), numbers("不满意", "Not satisfied"),
        numbers("不明", "Undecided"), numbers("满意率", "Rate"),
    ),
    basis=pair("合并重复", "repeats merged"),
    left_out=((pair("重复", "repeated"), 12), ("invalid", 3)),
    notes=(SMALL_GROUPS,),
    chart=Chart(kind=ChartKind.STACKED, series=(1, 2, 3)),
)  # fmt: skip
CHANGES: Final = grid(
    (label("north"), GridCell.number(Fraction(-83, 10), decimals=1)),
    (label("south"), GridCell.number(Fraction(21, 10), decimals=1)),
    id="changes",
    title=pair("变动", "Changes"),
    columns=(names("分行", "Branch"), numbers("变动", "Change")),
)
REPORT: Final = Report(
    title=pair("第三季度投诉报告", "Complaints of the third quarter"),
    subtitle="2026Q3",
    at=AT,
    policy="psbc-95580",
    fingerprint="0123abcd",
    grids=(MONTHS, CHANNELS, CHANGES),
    written=(pair("原因分析", "Causes"),),
    notes=(ROUNDED_ONCE,),
)


def one(of: Grid) -> Report:
    """Make a report of one table."""
    return attrs.evolve(REPORT, grids=(of,), written=(), notes=())
