"""What stands over and under every table (表下说明): definition, counting rule, moment, days, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from complaint_rules.language import point
from complaint_rules.policy.articles import Titles
from complaint_rules.reports.pages import Grid, Report
from complaint_rules.reports.wordings import ReportLang, Wording, in_each, in_words
from complaint_rules.words.report_texts import (
    AS_AT,
    BASIS,
    COVERAGE,
    DEFINITION,
    EVERY_CASE,
    LEFT_OUT,
    NOT_STATED,
    NOTE,
    NOTHING_LEFT_OUT,
    POLICY,
    counted_in_words,
    days_in_words,
)


class Line(NamedTuple):
    """One line under a table."""

    term: str
    """What it is about."""
    content: str
    """What it says."""


def lines_under(grid: Grid, lang: ReportLang) -> tuple[Line, ...]:
    """Give the lines that stand under a table; none is left out because there is nothing to say.

    >>> import datetime as dt
    >>> from complaint_rules.reports.pages import GridColumn
    >>> at = dt.datetime(2026, 10, 9, tzinfo=dt.UTC)
    >>> grid = Grid(id="g", title="n", columns=(GridColumn(title="n"),), rows=(), at=at)
    >>> [line.content for line in lines_under(grid, "en")]
    ['not stated', 'every case', '2026-10-09 (Fri) 08:00', 'not stated', 'nothing']
    """
    return tuple(_lines_under(grid, lang))


def _lines_under(grid: Grid, lang: ReportLang) -> Iterator[Line]:
    def stated(term: Titles, words: Wording) -> Line:
        return Line(in_words(term, lang), in_words(words, lang))

    yield stated(DEFINITION, grid.definition or NOT_STATED)
    yield stated(BASIS, grid.basis or EVERY_CASE)
    yield Line(in_words(AS_AT, lang), in_each(lambda one: point(grid.at, one), lang))
    yield Line(in_words(COVERAGE, lang), _coverage(grid, lang))
    yield Line(in_words(LEFT_OUT, lang), _left_out(grid, lang))
    for note in grid.notes:
        yield stated(NOTE, note)


def _coverage(grid: Grid, lang: ReportLang) -> str:
    if grid.coverage is None:
        return in_words(NOT_STATED, lang)
    first, last = (day.isoformat() for day in grid.coverage)
    return in_each(lambda one: days_in_words(first, last, one), lang)


def _left_out(grid: Grid, lang: ReportLang) -> str:
    if not grid.left_out:
        return in_words(NOTHING_LEFT_OUT, lang)
    return in_each(
        lambda one: ("；" if one == "zh" else "; ").join(
            counted_in_words(in_words(reason, one), n, one) for reason, n in grid.left_out
        ),
        lang,
    )


def lines_over(report: Report, lang: ReportLang) -> tuple[Line, ...]:
    """Give the lines that stand below the title of a report: its moment, and its rules where there are any.

    >>> import datetime as dt
    >>> at = dt.datetime(2026, 10, 9, tzinfo=dt.UTC)
    >>> [
    ...     line.content
    ...     for line in lines_over(Report(title="Q", at=at, policy="psbc-95580", fingerprint="ab"), "en")
    ... ]
    ['2026-10-09 (Fri) 08:00', 'psbc-95580 (ab)']
    """
    moment = Line(in_words(AS_AT, lang), in_each(lambda one: point(report.at, one), lang))
    if not report.policy:
        return (moment,)
    rules = in_words(report.policy + (f" ({report.fingerprint})" if report.fingerprint else ""), lang)
    return moment, Line(in_words(POLICY, lang), rules)
