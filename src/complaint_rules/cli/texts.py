"""Reports as text: columns that stand below one another on a terminal, whatever the width of their signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from complaint_rules.cli.output import padded, shown_width
from complaint_rules.reports.pages import ColumnKind, Grid, Report
from complaint_rules.reports.under import Line, lines_over, lines_under
from complaint_rules.reports.wordings import ReportLang, in_words, one_line
from complaint_rules.words.report_texts import NOTE, WRITTEN

_BETWEEN: Final = "  "


def to_text(report: Report, lang: ReportLang) -> str:
    """Write a report as text, in Chinese, in English, or in both.

    >>> import datetime as dt
    >>> at = dt.datetime(2026, 10, 9, tzinfo=dt.UTC)
    >>> print(to_text(Report(title="Third quarter", subtitle="2026Q3", at=at), "en"), end="")
    Third quarter
    2026Q3
    As at: 2026-10-09 (Fri) 08:00
    """
    return "\n\n".join("\n".join(block) for block in _paragraphs(report, lang)) + "\n"


def _paragraphs(report: Report, lang: ReportLang) -> Iterator[list[str]]:
    colon = "：" if lang == "zh" else ": "
    titles = [one_line(in_words(one, lang)) for one in (report.title, report.subtitle) if one]
    yield [*titles, *_in_lines(lines_over(report, lang), colon)]
    for grid in report.grids:
        yield [one_line(in_words(grid.title, lang)), *_aligned(grid, lang), *_in_lines(lines_under(grid, lang), colon)]
    written = [Line(in_words(WRITTEN, lang), in_words(one, lang)) for one in report.written]
    notes = [Line(in_words(NOTE, lang), in_words(one, lang)) for one in report.notes]
    for lines in filter(None, (written, notes)):
        yield list(_in_lines(lines, colon))


def _in_lines(lines: Iterable[Line], colon: str) -> Iterator[str]:
    for line in lines:
        yield f"{line.term}{colon}{one_line(line.content)}"


def _aligned(grid: Grid, lang: ReportLang) -> Iterator[str]:
    rows = [[one_line(in_words(column.title, lang)) for column in grid.columns]]
    rows += [[one_line(cell.printed(lang)) for cell in row] for row in grid.every_row]
    widths = [max(map(shown_width, column)) for column in zip(*rows, strict=True)]
    numbers = [column.kind is ColumnKind.NUMBER for column in grid.columns]
    for number, row in enumerate(rows):
        cells = (
            " " * (width - shown_width(cell)) + cell if of_numbers else padded(cell, width)
            for cell, width, of_numbers in zip(row, widths, numbers, strict=True)
        )
        yield _BETWEEN.join(cells).rstrip()
        if not number:
            yield _BETWEEN.join("-" * width for width in widths)
