"""The regulator's quarterly tables worked out again: every share, change and median that its printed counts give.

The tables are handed to the project and are no part of it: without them there is nothing to check.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from complaint_rules.statistics.comparing import change, share_of
from complaint_rules.statistics.printed import Between, Verdict, median_between
from complaint_rules.statistics.spans import Span

TABLES: Final = Path(__file__).parents[3] / "shared" / "data" / "regulator"
pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="the regulator's tables are not at hand")


class Cell(NamedTuple):
    """A printed cell, and what it comes to when worked out again; None: its inputs are not printed."""

    kind: str
    printed: str
    found: Between | None


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def percent(value: Fraction | None) -> Between | None:
    return None if value is None else Between.of(100 * value)


def by_type() -> Iterator[Cell]:
    table = rows("national_by_institution_type")
    counts = {(row["quarter"], row["institution_type"]): int(row["complaints"]) for row in table}
    for row in table:
        quarter, kind, n = Span.parse(row["quarter"]), row["institution_type"], int(row["complaints"])
        total = counts[quarter.label, "TOTAL"]
        yield Cell("share of the total", row["published_share_pct"], percent(share_of([n], total)))
        if row["change_kind"]:
            before = quarter.before if row["change_kind"] == "qoq" else quarter.year_before
            # in 2020Q2 "other" holds city and rural banks: it is not what "other" is later
            known = counts.get((before.label, kind)) if before.label != "2020Q2" or kind != "other" else None
            yield Cell(f"change, {row['change_kind']}", row["published_change_pct"], percent(change(n, known)))


def by_business() -> Iterator[Cell]:
    table = rows("national_by_business")
    counts = {(row["quarter"], row["business"]): int(row["complaints"]) for row in table}
    totals = {
        row["quarter"]: int(row["complaints"])
        for row in rows("national_by_institution_type")
        if row["institution_type"] == "TOTAL"
    }
    for row in table:
        quarter, n = Span.parse(row["quarter"]), int(row["complaints"])
        yield Cell("share by business", row["published_share_pct"], percent(share_of([n], totals[quarter.label])))
        if row["published_qoq_pct"]:
            known = counts.get((quarter.before.label, row["business"]))
            yield Cell("change by business", row["published_qoq_pct"], percent(change(n, known)))


def by_bank() -> Iterator[Cell]:
    table = rows("bank_level")
    totals = {
        (row["quarter"], row["institution_type"]): int(row["complaints"])
        for row in rows("national_by_institution_type")
    }
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for row in table:
        if row["published_share_pct"]:
            share = share_of([int(row["value"])], totals[row["period"], row["group"]])
            yield Cell("share of the group", row["published_share_pct"], percent(share))
        if row["complete_group"] == "True":
            key = row["period"], row["metric"], row["group"], row["group_published_median"]
            groups.setdefault(key, []).append(row["value"])
    for (_, metric, _, printed), values in groups.items():
        if metric == "complaints":
            yield Cell("median of counts", printed, median_between([Between.of(int(value)) for value in values]))
        else:
            yield Cell("median of rates", printed, median_between([Between.printed(value) for value in values]))


def test_no_cell_of_the_regulators_tables_is_contradicted() -> None:
    verdicts: Counter[tuple[str, str]] = Counter()
    for cell in (*by_type(), *by_business(), *by_bank()):
        found = "not to be told" if cell.found is None else cell.found.prints(cell.printed).value
        verdicts[cell.kind, found] += 1
    assert verdicts == {
        ("share of the total", Verdict.EQUAL): 38,
        ("share by business", Verdict.EQUAL): 14,
        ("share of the group", Verdict.EQUAL): 25,
        ("change, qoq", Verdict.EQUAL): 23,
        ("change, qoq", "not to be told"): 3,  # city 2020Q3, rural and other 2020Q4: not printed the quarter before
        ("change, yoy", Verdict.EQUAL): 5,
        ("change, yoy", "not to be told"): 2,  # rural and other 2021Q3: not printed in 2020Q3
        ("change by business", Verdict.EQUAL): 8,
        ("median of counts", Verdict.EQUAL): 3,
        ("median of rates", Verdict.POSSIBLE): 2,  # 373.60 and 86.15 of printed rates: they had been rounded
    }


def test_five_of_six_quarters_add_up() -> None:
    """2020Q3 lists four classes, 73,671 of 85,097: no row is made up for what is not printed."""
    sums: Counter[str] = Counter()
    totals: dict[str, int] = {}
    for row in rows("national_by_institution_type"):
        n = int(row["complaints"])
        if row["institution_type"] == "TOTAL":
            totals[row["quarter"]] = n
        else:
            sums[row["quarter"]] += n
    assert {quarter: (sums[quarter], total) for quarter, total in totals.items() if sums[quarter] != total} == {
        "2020Q3": (73_671, 85_097)
    }
    assert len(totals) == 6
