"""A report as a workbook (工作簿, .xlsx): numbers are numbers, texts are texts, the same report the same bytes.

What writes it is XlsxWriter, an optional extra.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from complaint_rules.errors import InvalidReport
from complaint_rules.reports.drawing import width_of
from complaint_rules.reports.pages import ColumnKind, Grid, GridCell, Report, as_report
from complaint_rules.reports.under import Line, lines_over, lines_under
from complaint_rules.reports.wordings import ReportLang, in_words, one_line, report_language
from complaint_rules.statistics.rounding import rounded
from complaint_rules.words.report_texts import COVER, NOTE, WRITTEN

MOST_ROWS: Final = 1_000_000
"""Rows that a table of a workbook may have, inclusive; a sheet has little more."""
MOST_COLUMNS: Final = 16_384
"""Columns that a table of a workbook may have, inclusive."""

_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_EXTRA: Final = "install the extra that writes it: pip install 'complaint-rules[report]'"
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_RESERVED: Final = "history"
_LONGEST_TEXT: Final = 32_000
_EXACT_DIGITS: Final = 15
_WIDTHS: Final = (8, 60)


def to_xlsx(report: Report, lang: ReportLang = "zh") -> bytes:
    """Write a report as a workbook: a cover, and a sheet for every table, in Chinese, in English or in both.

    A number is written as it is rounded, with a format of as many places, so that it is not rounded again; one that
    prints as "<0.1", or has more digits than a spreadsheet keeps, is written as the text that it is printed as. No text
    becomes a formula or a link. The same report gives the same bytes: the file bears the report's own moment.

    Raises `InvalidReport` for anything but a report, for a table that no sheet holds, and where the extra `report` is
    not installed; `UnknownLanguage`.

    >>> at = dt.datetime(2026, 10, 9, tzinfo=dt.UTC)
    >>> to_xlsx(Report(title="Third quarter", at=at), "en")[:2]
    b'PK'
    """
    lang = report_language(lang)
    report = as_report(report)
    for grid in report.grids:
        _check_size(grid)
    try:
        import xlsxwriter  # most who count write no workbook, and the plain install does not need it
    except ImportError:
        raise InvalidReport(what="to_xlsx", why="a workbook is written by XlsxWriter", hint=_EXTRA) from None
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, _OPTIONS)
    book.set_properties({"title": _cell_text(one_line(in_words(report.title, lang))), "created": _moment(report)})
    names = sheet_names([in_words(COVER, lang), *(in_words(grid.title, lang) for grid in report.grids)])
    formats = _Formats(book)
    _write_cover(book.add_worksheet(next(names)), report, formats, lang)
    for grid in report.grids:
        _write_grid(book.add_worksheet(next(names)), grid, formats, lang)
    book.close()
    return content.getvalue()


def _check_size(grid: Grid) -> None:
    if len(grid.every_row) > MOST_ROWS or len(grid.columns) > MOST_COLUMNS:
        why = f"a sheet holds {MOST_ROWS} rows and {MOST_COLUMNS} columns at most"
        raise InvalidReport(what="to_xlsx", why=why, where=grid.id, hint="write it as CSV")


def _moment(report: Report) -> dt.datetime:
    return report.at.astimezone(dt.UTC).replace(tzinfo=None)


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **what: object) -> Any:
        key = tuple(what.items())
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **what})
        return self._made[key]


def _write_cover(sheet: Any, report: Report, formats: _Formats, lang: ReportLang) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, _WIDTHS[1])
    row = 0
    for words, size in ((report.title, 16), (report.subtitle, 11)):
        if words:
            sheet.write_string(row, 0, _cell_text(in_words(words, lang)), formats.of(bold=True, font_size=size))
            row += 1
    lines = [
        *lines_over(report, lang),
        *(Line(in_words(WRITTEN, lang), in_words(one, lang)) for one in report.written),
        *(Line(in_words(NOTE, lang), in_words(one, lang)) for one in report.notes),
    ]
    _write_lines(sheet, row + 1, lines, formats)


def _write_grid(sheet: Any, grid: Grid, formats: _Formats, lang: ReportLang) -> None:
    sheet.write_string(0, 0, _cell_text(in_words(grid.title, lang)), formats.of(bold=True, font_size=14))
    for place, column in enumerate(grid.columns):
        side = "right" if column.kind is ColumnKind.NUMBER else "left"
        title = _cell_text(in_words(column.title, lang))
        sheet.write_string(2, place, title, formats.of(bold=True, bottom=1, text_wrap=True, align=side))
        sheet.set_column(place, place, _width(title, [row[place].printed(lang) for row in grid.every_row]))
    sheet.freeze_panes(3, 0)
    for number, row in enumerate(grid.every_row, 3):
        more: dict[str, object] = {"bold": True, "top": 1} if number == 3 + len(grid.rows) else {}
        for place, (cell, column) in enumerate(zip(row, grid.columns, strict=True)):
            of_text = column.kind is ColumnKind.LABEL
            more |= {"align": "left", "text_wrap": True} if of_text else {"align": "right", "text_wrap": False}
            value = sheet_number(cell)
            if value is None:
                sheet.write_string(number, place, _cell_text(cell.printed(lang)), formats.of(**more))
            else:
                sheet.write_number(number, place, value, formats.of(num_format=_format_of(cell), **more))
    _write_lines(sheet, 4 + len(grid.every_row), lines_under(grid, lang), formats)


def _write_lines(sheet: Any, row: int, lines: Iterable[Line], formats: _Formats) -> None:
    for number, line in enumerate(lines, row):
        sheet.write_string(number, 0, line.term, formats.of(bold=True))
        sheet.write_string(number, 1, _cell_text(line.content), formats.of())


def _width(title: str, texts: Iterable[str]) -> int:
    widest = max(width_of(line) for text in (title, *texts) for line in text[:_LONGEST_TEXT].split("\n"))
    least, most = _WIDTHS
    return min(most, max(least, int(widest / width_of("n")) + 2))


def _cell_text(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


def sheet_number(cell: GridCell) -> Decimal | None:
    """Give the number that a spreadsheet shows as the cell is printed; None where there is none that it can keep.

    >>> from fractions import Fraction
    >>> sheet_number(GridCell.number(Fraction(4, 7), decimals=1, percent=True))
    Decimal('0.571')
    >>> sheet_number(GridCell.number(Fraction(1, 4000), decimals=1, percent=True)) is None
    True
    """
    if cell.exact is None or cell.figure[0] in "<>":
        return None
    value = rounded(cell.exact * (100 if cell.percent else 1), cell.decimals)
    sign, digits, places = value.as_tuple()
    if len(digits) > _EXACT_DIGITS:
        return None
    return Decimal((sign, digits, int(places) - 2 * cell.percent))


def _format_of(cell: GridCell) -> str:
    places = f".{'0' * cell.decimals}" if cell.decimals else ""
    return f"0{places}{'%' * cell.percent}"


def sheet_names(titles: Iterable[str]) -> Iterator[str]:
    r"""Give a name that a sheet can have for each title, all different: at most 31 signs, none of ``[]:*?/\``.

    >>> list(sheet_names(["Complaints: by channel/month", "complaints  by channel month", ""]))
    ['Complaints  by channel month', 'complaints  by channel mont (2)', 'Sheet']
    """
    taken = {_RESERVED}
    for title in titles:
        name = _shortened(_FORBIDDEN.sub(" ", one_line(title)).strip(" '")) or "Sheet"
        found, number = name, 1
        while found.lower() in taken:
            number += 1
            tail = f" ({number})"
            found = _shortened(name, len(tail)) + tail
        taken.add(found.lower())
        yield found


def _shortened(name: str, kept_free: int = 0) -> str:
    """Cut a name to what a sheet can have; a sign beyond the first 65,536 counts two there."""
    while len(name.encode("utf-16-le")) // 2 > _LONGEST_NAME - kept_free:
        name = name[:-1]
    return name.rstrip(" '")
