"""Tables as CSV (逗号分隔): a text is never a formula, a number stays a number, −8.3 included."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from complaint_rules.errors import InvalidReport
from complaint_rules.printing import guarded
from complaint_rules.reports.pages import Grid, GridCell, Report, grids_of
from complaint_rules.reports.under import Line, lines_over, lines_under
from complaint_rules.reports.wordings import ReportLang, in_words, report_language
from complaint_rules.words.report_texts import NOTE, WRITTEN

_MARK_OF_ORDER: Final = "\ufeff"


def to_csv(of: Report | Grid, lang: ReportLang = "zh", *, bom: bool = False, plain: bool = False) -> str:
    r"""Write one table, or those of a report one below the other with an empty line between them, as CSV.

    A column of percentages has its sign in its title, so that its cells are numbers. A text that a spreadsheet would
    take for a formula gets an apostrophe in front; a number never does. `bom` puts a byte order mark in front, without
    which Excel does not take the file for UTF-8. `plain` writes of one table its head and its rows alone. For programs
    there is ``to_dict``, in which nothing is guarded.

    Raises `InvalidReport` for anything but a report or a table, and for a `plain` report; `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules.reports.pages import ColumnKind, GridColumn
    >>> grid = Grid(
    ...     id="change",
    ...     title="Change",
    ...     at=dt.datetime(2026, 10, 9, tzinfo=dt.UTC),
    ...     columns=(GridColumn(title="Group", kind=ColumnKind.LABEL), GridColumn(title="n")),
    ...     rows=((GridCell.labelled("=1+1"), GridCell.number(-8)),),
    ... )
    >>> to_csv(grid, "en", plain=True)
    "Group,n\n'=1+1,-8\n"
    """
    lang = report_language(lang)
    grids = grids_of(of)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    if plain:
        if not isinstance(of, Grid):
            hint = "write its tables one by one"
            raise InvalidReport(what="plain", why="several tables make no plain file", hint=hint)
        writer.writerows(_table(of, lang))
    else:
        tables = (list(_whole(grid, lang)) for grid in grids)
        writer.writerows(_separated([*_heads(of, lang), *tables, *_ends(of, lang)]))
    return _MARK_OF_ORDER * bool(bom) + written.getvalue()


def _separated(blocks: list[list[list[str]]]) -> Iterator[list[str]]:
    for place, block in enumerate(blocks):
        if place:
            yield []
        yield from block


def _heads(of: Report | Grid, lang: ReportLang) -> list[list[list[str]]]:
    if isinstance(of, Grid):
        return []
    titles = [in_words(one, lang) for one in (of.title, of.subtitle) if one]
    return [[[guarded(one)] for one in titles] + _terms(lines_over(of, lang))]


def _ends(of: Report | Grid, lang: ReportLang) -> list[list[list[str]]]:
    if isinstance(of, Grid):
        return []
    notes = [Line(in_words(NOTE, lang), in_words(one, lang)) for one in of.notes]
    headings = [Line(in_words(WRITTEN, lang), in_words(one, lang)) for one in of.written]
    return [_terms(lines) for lines in (headings, notes) if lines]


def _whole(grid: Grid, lang: ReportLang) -> Iterator[list[str]]:
    yield [guarded(in_words(grid.title, lang))]
    yield from _table(grid, lang)
    yield from _terms(lines_under(grid, lang))


def _terms(lines: Iterable[Line]) -> list[list[str]]:
    return [[line.term, guarded(line.content)] for line in lines]


def _table(grid: Grid, lang: ReportLang) -> Iterator[list[str]]:
    percent = [grid.is_percent(place) for place in range(len(grid.columns))]
    titles = [in_words(column.title, lang) for column in grid.columns]
    yield [guarded(f"{title} (%)" if one else title) for title, one in zip(titles, percent, strict=True)]
    for row in grid.every_row:
        yield [_cell(cell, lang, bare=one) for cell, one in zip(row, percent, strict=True)]


def _cell(cell: GridCell, lang: ReportLang, *, bare: bool) -> str:
    if cell.exact is None:
        return guarded(cell.printed(lang))
    return cell.figure.removesuffix("%") if bare else cell.figure
