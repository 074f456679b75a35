"""The columns of every shape of figure: what stands in them, and what is drawn, summed up and a share of the whole."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from complaint_rules import Tally
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.units import Unit
from complaint_rules.reports.measures import Beside, Measure, behind_in_short, measures_of
from complaint_rules.reports.wordings import in_words
from complaint_rules.statistics import Change, FigureTable
from complaint_rules.statistics.amounts import CaseCount, LimitRuns, Money, Share, Times
from tests.statistics.tallied import SMALL, end_of, figure, took

AT = end_of("2026-10-08")
BESIDE = Beside(
    FrozenMap({"a": Fraction(1, 3)}), FrozenMap({"a": 2}), FrozenMap({"a": Change(Fraction(1, 2))}),
    FrozenMap({"a": Change(None)}),
)  # fmt: skip
DAYS = {"time": took("received", "closed", "days"), "bands": ["3 days"]}
SHAPES: list[tuple[dict[str, Any], Any, list[tuple[str, str, str]], list[str]]] = [
    ({}, CaseCount(n=4, undecided=2, presumed=1),
        [("Cases", "4", "dwa"), ("Share", "33.3%", "p"), ("Undecided", "2", "a"), ("Of these presumed", "1", "a")],
        ["4", "2", "1", "4", "6"]),  # of six at most, as two are undecided
    ({"share": "satisfied"}, Share(yes=4, no=3, undecided=5, presumed=1),  # 4 ÷ 7; of all twelve 4 at least, 9 at most
        [("Rate", "57.1%", "dwa"), ("Yes", "4", "a"), ("No", "3", "a"), ("Undecided", "5", "a"),
         ("Of these presumed", "1", "a"), ("At least", "33.3%", "a"), ("At most", "75.0%", "a")],
        ["7", "5", "1", "33.3%", "75.0%"]),
    ({"limit": "whole"}, LimitRuns(in_time=4, late=3, open_late=2, open_in_time=1, undetermined=5),
        # 4 ÷ 9 that were due; with the five that nobody knows 4 of 14 at least, and 9 of 14 at most
        [("Rate", "44.4%", "dwa"), ("in time", "4", "a"), ("late", "3", "a"), ("open, not due", "1", "a"),
         ("overdue and open", "2", "a"), ("undetermined", "5", "a")],
        ["9", "5", "—", "28.6%", "64.3%"]),
    (DAYS, Times(unit=Unit.DAYS, ended={1: 1, 4: 1}, open={2: 1, 9: 2}, unknown=3, impossible=1, left=2, undecided=1),
        # of 1, 2, 4, 9, 9 the third; of the two that ended the mean, and five of which nobody knows how long it took
        [("Median", "2.5", "dwa"), ("Ended", "2", "a"), ("Still open", "3", "a"), ("open up to 3 days", "1", "a"),
         ("open over 3 days", "2", "a"), ("Median with those open, at least", "4 (can still rise)", "a"),
         ("Of unknown length", "3", "a"), ("Ended before begun, a fault of the record", "1", "a"),
         ("Withdrawn and the like", "2", "a"), ("Undecided", "1", "a")],
        ["2", "5", "—", "0.0", "—"]),
    ({"sum": "amount"}, Money(fen=1234, n=2, unknown=1, undecided=3),
        [("Yuan", "12.34", "dwa"), ("Amounts", "2", "a"), ("Amounts unknown", "1", "a"), ("Undecided", "3", "a")],
        ["2", "4", "—", "—", "—"]),
    ({"stock": "end"}, CaseCount(n=4), [("Figure", "4", "dwa")], ["4", "0", "0", "4", "4"]),
]  # fmt: skip


def table(row: Any, *by: str, **keys: Any) -> FigureTable:
    one = Tally(SMALL, at=AT, figures=[figure("one", **keys)]).figures["one"]
    rows: Any = {"a": row} if by else {}
    return FigureTable(
        figure=one, by=by, rows=FrozenMap(rows), total=row, adds_up=True, at=AT, covers=None, rules=(),
        units=(None,) * len(by),
    )  # fmt: skip


def flags(one: Measure) -> str:
    """Give the first letters of what a column is: drawn, worth, adds, part."""
    return "".join(name[0] for name in ("drawn", "worth", "adds", "part") if getattr(one, name))


@pytest.mark.parametrize(
    ("keys", "row", "columns", "short"), SHAPES, ids=[next(iter(keys), "count") for keys, *_ in SHAPES]
)
def test_the_columns_of_every_shape_of_figure(
    keys: dict[str, Any], row: Any, columns: list[tuple[str, str, str]], short: list[str]
) -> None:
    of = table(row, "channel", **keys)
    usual = measures_of(of, (), BESIDE, [row])
    assert [(in_words(one.title, "en"), one.cell("a", row).printed("en"), flags(one)) for one in usual] == columns
    words = ("count", "share", "rank", "before", "year_before")
    asked = measures_of(of, words, BESIDE, [row])[: len(words)]
    counts = not keys or "stock" in keys  # the number of cases is what they come to
    assert [flags(one) for one in asked] == ["dwa" if counts else "da", "p", "", "", ""]
    points = ", percentage points" if keys.keys() & {"share", "limit"} else ""
    assert [in_words(one.title, "en") for one in asked[2:]] == [
        "Rank", f"On the period before{points}", f"On the year before{points}",
    ]  # fmt: skip
    half = {"share": "50.0", "limit": "50.0", "time": "0.5"}.get(next(iter(keys), ""), "50.0%")
    assert [one.cell("a", row).printed("en") for one in asked[1:]] == ["33.3%", "2", half, "—"]
    assert [cell.printed("en") for cell in behind_in_short(of, row)] == short


def test_a_count_of_everything_has_no_share_and_what_nobody_is_undecided_of_no_column() -> None:
    row = CaseCount(n=4)
    assert [in_words(one.title, "en") for one in measures_of(table(row), (), BESIDE, [row])] == ["Cases"]
    settled = Share(yes=1, no=1)
    named = [in_words(one.title, "en") for one in measures_of(table(settled, share="satisfied"), (), BESIDE, [settled])]
    assert named == ["Rate", "Yes", "No"]
    runs = LimitRuns(in_time=1)
    named = [in_words(one.title, "en") for one in measures_of(table(runs, limit="whole"), (), BESIDE, [runs])]
    assert named == ["Rate", "in time", "late", "overdue and open"]
    times = measures_of(table(Times(unit=Unit.DAYS, ended={2: 1}), **DAYS), ("mean", "percentile 90"), BESIDE, [])
    assert [flags(one) for one in times[:2]] == ["da", "da"]
