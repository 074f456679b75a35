"""A report as Markdown (GitHub's tables): whatever a text holds, it stays the text of its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from complaint_rules.reports.pages import ColumnKind, Grid, GridCell, Report, as_report
from complaint_rules.reports.under import Line, lines_over, lines_under
from complaint_rules.reports.wordings import ReportLang, in_words, report_language
from complaint_rules.words.report_texts import NOTE, WRITTEN

_SIGNS: Final = re.compile(r"[\\`*_\[\]|~]")
_ALIGNED: Final = {ColumnKind.LABEL: ":---", ColumnKind.NUMBER: "---:"}


def to_markdown(report: Report, lang: ReportLang = "zh") -> str:
    """Write a report as Markdown, in Chinese, in English, or in both; its charts are their tables.

    Raises `InvalidReport` for anything but a report, `UnknownLanguage`.

    >>> import datetime as dt
    >>> at = dt.datetime(2026, 10, 9, tzinfo=dt.UTC)
    >>> print(to_markdown(Report(title="Third quarter", at=at), "en"), end="")
    # Third quarter
    <BLANKLINE>
    * As at: 2026-10-09 (Fri) 08:00
    """
    lang = report_language(lang)
    return "\n\n".join(_blocks(as_report(report), lang)) + "\n"


def _blocks(report: Report, lang: ReportLang) -> Iterator[str]:
    yield f"# {escaped(in_words(report.title, lang))}"
    if report.subtitle:
        yield escaped(in_words(report.subtitle, lang))
    yield _listed(lines_over(report, lang), lang)
    for grid in report.grids:
        yield f"## {escaped(in_words(grid.title, lang))}"
        yield _table(grid, lang)
        yield _listed(lines_under(grid, lang), lang)
    if report.written:
        yield f"## {in_words(WRITTEN, lang)}"
        for heading in report.written:
            yield f"### {escaped(in_words(heading, lang))}"
            yield "……"
    if report.notes:
        term = in_words(NOTE, lang)
        yield _listed(tuple(Line(term, in_words(note, lang)) for note in report.notes), lang)


def _table(grid: Grid, lang: ReportLang) -> str:
    def row(cells: Iterator[str]) -> str:
        return f"| {' | '.join(cells)} |"

    def printed(cells: tuple[GridCell, ...]) -> str:
        return row(escaped(cell.printed(lang)) for cell in cells)

    head = row(escaped(in_words(column.title, lang)) for column in grid.columns)
    rule = row(_ALIGNED[column.kind] for column in grid.columns)
    return "\n".join([head, rule, *map(printed, grid.every_row)])


def _listed(lines: tuple[Line, ...], lang: ReportLang) -> str:
    colon = "：" if lang == "zh" else ": "
    return "\n".join(f"* {line.term}{colon}{escaped(line.content)}" for line in lines)


def escaped(text: str) -> str:
    r"""Give a text as the contents of one line or cell: no sign of it is markup, a line break is ``<br>``.

    >>> escaped("a|b"), escaped("<b>\n1")
    ('a\\|b', '&lt;b><br>1')
    """
    marked = _SIGNS.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;"))
    return marked.replace("\n", "<br>")
