"""Tables in which small groups stand together (合并小组), so that no small number follows from what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.reports.grids import grid_of, part_of
from complaint_rules.reports.naming import key_in_words, name_in_words
from complaint_rules.reports.pages import ColumnKind, Grid, GridCell, GridColumn
from complaint_rules.statistics.comparing import Pooled
from complaint_rules.statistics.spans import Span
from complaint_rules.statistics.tables import FigureTable
from complaint_rules.statistics.tally import Tally
from complaint_rules.words import report_texts as words


def pooled_grids(tally: Tally, figure: str, *, by: Sequence[str], k: int, span: Span | None = None) -> tuple[Grid, ...]:
    """Make the tables of a number by one name, or two, in which no number from 1 to k - 1 is shown or follows.

    Small groups stand together in one row; a table of two names with a small number is shown by its sums alone. Where
    a case can lie in several groups nothing follows from the total, so the small ones are shown as fewer than k. Every
    table says what this does not promise.

    Raises `InvalidFigure` unless the figure is a number and k 2 at least, `InvalidTally` for other than one name or
    two, and for what the tally does not hold.

    >>> import datetime as dt
    >>> from complaint_rules import BEIJING, load_policy
    >>> tally = Tally(load_policy("psbc-95580"), at=dt.datetime(2026, 10, 8, tzinfo=BEIJING), by=["source"])
    >>> for source, n in (("customer", 90), ("regulator", 40), ("press", 2), ("court", 1)):
    ...     _ = tally.add_row({"source": source}, received=dt.date(2026, 9, 1), times=n)
    >>> found = pooled_grids(tally, "transferred_in", by=["source"], k=3)[0]
    >>> [cell.printed("en") for cell in found.rows[-1]]
    ['3 small groups together', '43']
    """
    names = tuple(by)
    part, _, _ = part_of(tally, figure, names, span)
    table, shown = part.table, grid_of(tally, figure, by=names, span=span)
    notes = (*shown.notes, words.SMALL_GROUPS)
    if not table.adds_up:
        return (attrs.evolve(shown, notes=notes, chart=None, **_few(tally.policy, table, k)),)
    if len(names) != 2:
        found = table.pooled(k)
        return (attrs.evolve(shown, notes=notes, chart=None, **_together(tally.policy, names[0], found, k)),)
    margins = table.margins(k)
    if margins is None:
        return (attrs.evolve(shown, notes=notes),)
    return tuple(
        attrs.evolve(
            shown, id=f"{shown.id}.{place}", notes=notes, chart=None, **_together(tally.policy, name, found, k)
        )
        for place, (name, found) in enumerate(zip(names, margins, strict=True), 1)
    )


def _columns(policy: Policy, *names: str) -> tuple[GridColumn, ...]:
    labels = (GridColumn(title=name_in_words(policy, name), kind=ColumnKind.LABEL) for name in names)
    return (*labels, GridColumn(title=words.COUNT))


def _together(policy: Policy, name: str, found: Pooled, k: int) -> dict[str, Any]:
    """Give the columns and rows of groups, those that are small together in one row."""
    rows = [(GridCell.labelled(key_in_words(policy, name, key)), GridCell.number(n)) for key, n in found.shown.items()]
    total = GridCell.labelled(f"<{k}")
    if found.rest is not None:
        total = GridCell.number(sum(found.shown.values()) + found.rest)
    if found.together and found.shown and found.rest is not None:
        label = {lang: text.format(n=len(found.together)) for lang, text in words.TOGETHER.items()}
        rows.append((GridCell.labelled(FrozenMap(label)), GridCell.number(found.rest)))
    return {
        "columns": _columns(policy, name), "rows": tuple(rows), "total": (GridCell.labelled(words.TOTAL), total)
    }  # fmt: skip


def _few(policy: Policy, table: FigureTable, k: int) -> dict[str, Any]:
    """Give the columns and rows of groups that overlap, the small numbers as fewer than k."""

    def cell(n: int) -> GridCell:
        return GridCell.labelled(f"<{k}") if 0 < n < k else GridCell.number(n)

    def rows() -> Iterator[tuple[GridCell, ...]]:
        for key, row in table.rows.items():
            parts = key if isinstance(key, tuple) else (key,)
            labels = (key_in_words(policy, name, one) for name, one in zip(table.by, parts, strict=True))
            yield (*map(GridCell.labelled, labels), cell(row.n))

    blank = [GridCell.labelled(" ")] * (len(table.by) - 1)
    return {
        "columns": _columns(policy, *table.by), "rows": tuple(rows()),
        "total": (GridCell.labelled(words.TOTAL), *blank, cell(table.total.n)),
    }  # fmt: skip
