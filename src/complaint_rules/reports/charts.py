"""The chart of a table as SVG (图): bars, stacked bars, lines; with its title and what it shows in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from complaint_rules.errors import InvalidReport
from complaint_rules.language import Lang
from complaint_rules.reports.axes import Axis
from complaint_rules.reports.drawing import (
    COLOURS,
    INK,
    PAPER,
    RULE,
    Attributes,
    cut,
    hatching,
    position,
    tag,
    width_of,
    words_at,
)
from complaint_rules.reports.pages import Chart, ChartKind, Grid, GridCell, as_grid
from complaint_rules.reports.wordings import ReportLang, in_each, in_words, one_line, report_language
from complaint_rules.words.report_texts import INCOMPLETE, chart_in_words

_WIDTH: Final = 720
_LEFT: Final = 170
_RIGHT: Final = 640
_LABEL: Final = 24
_LEGEND: Final = (3, 236, 32, 20)
_BAR: Final = 16
_GAP: Final = 10
_HEIGHT: Final = 220
_LINE_LEFT: Final = 60
_LINE_RIGHT: Final = 660
_LINE_LABEL: Final = 16


class _Picture(NamedTuple):
    """What a chart draws, read once."""

    grid: Grid
    chart: Chart
    lang: ReportLang
    axis: Axis
    key: str

    @property
    def labels(self) -> list[str]:
        return [in_words(row[self.chart.labels].label, self.lang) or "—" for row in self.grid.rows]

    @property
    def series(self) -> list[str]:
        return [in_words(self.grid.columns[one].title, self.lang) for one in self.chart.series]

    @property
    def sign(self) -> str:
        return "%" * any(cell.percent for row in self.rows for cell in row)

    @property
    def rows(self) -> list[list[GridCell]]:
        return [[row[one] for one in self.chart.series] for row in self.grid.rows]

    @property
    def sample(self) -> Attributes:
        """Give how the legend shows what is not complete: dashed beside lines, hatched beside bars."""
        if self.chart.kind is ChartKind.LINE:
            return {"fill": PAPER, "stroke": INK, "stroke-dasharray": "3 2"}
        return {"fill": f"url(#{self.key}-h)", "stroke": INK}

    def fill(self, series: int, row: int) -> dict[str, str]:
        """Give how a figure is filled: plainly, or hatched where its period is not complete."""
        colour = COLOURS[series]
        if row in self.chart.incomplete:
            return {"fill": f"url(#{self.key}-h{series})", "stroke": colour}
        return {"fill": colour, "stroke": PAPER}


def to_svg(grid: Grid, lang: ReportLang = "zh", *, key: str = "") -> str:
    """Draw the chart of a table; empty where there is nothing to draw. Its data stand in the table.

    Bars lie, so that long names can be read. A figure of a period that is not complete is hatched; a line to it is
    dashed, its point hollow. `key` sets its ids apart from those of other pictures on the page, unless the id of the
    table does.

    Raises `InvalidReport` for a table without a chart, `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules.reports.pages import ColumnKind, GridColumn
    >>> grid = Grid(
    ...     id="received",
    ...     title="Received",
    ...     at=dt.datetime(2026, 10, 9, tzinfo=dt.UTC),
    ...     columns=(GridColumn(title="Month", kind=ColumnKind.LABEL), GridColumn(title="Cases")),
    ...     rows=((GridCell.labelled("2026-09"), GridCell.number(11)),),
    ...     chart=Chart(kind=ChartKind.BARS, series=(1,)),
    ... )
    >>> "bars: Cases; rows: 1, from 2026-09 to 2026-09; figures from 11 to 11" in to_svg(grid, "en")
    True
    """
    lang = report_language(lang)
    chart = as_grid(grid).chart
    if chart is None:
        raise InvalidReport(what="to_svg", why="this table has no chart", where=grid.id)
    cells = [row[one] for row in grid.rows for one in chart.series if row[one].exact is not None]
    if not cells:
        return ""
    frame = _Picture(grid, chart, lang, Axis.over(_reach(grid, chart)), key or f"{grid.id}:chart")
    body, height = _lines(frame) if chart.kind is ChartKind.LINE else _bars(frame)
    title, description = f"{frame.key}-t", f"{frame.key}-d"
    head = [
        tag("title", {"id": title}, _escaped(in_words(grid.title, lang))),
        tag("desc", {"id": description}, _escaped(in_each(lambda one: _description(grid, chart, cells, one), lang))),
        *_hatchings(frame),
    ]
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {_WIDTH} {position(height)}",
        "role": "img",
        "aria-labelledby": f"{title} {description}",
        "font-size": "12",
        "fill": INK,
    }
    return tag("svg", attributes, "\n".join(["", *head, *body, ""]))


def _escaped(words: str) -> str:
    return escape(one_line(words))


def _drawn(cell: GridCell) -> Fraction | None:
    return cell.exact * 100 if cell.exact is not None and cell.percent else cell.exact


def _reach(grid: Grid, chart: Chart) -> Iterator[Fraction]:
    """Give the numbers that the axis has to hold: of stacked bars the sums."""
    for row in grid.rows:
        known = [value for one in chart.series if (value := _drawn(row[one])) is not None]
        if chart.kind is ChartKind.STACKED:
            yield sum(known, Fraction(0))
        else:
            yield from known


def _description(grid: Grid, chart: Chart, cells: Sequence[GridCell], lang: Lang) -> str:
    labels = [row[chart.labels].printed(lang) for row in grid.rows]
    titles = [in_words(grid.columns[one].title, lang) for one in chart.series]
    ranked = sorted(cells, key=lambda cell: cell.exact or 0)
    hatched = [in_words(grid.rows[row][chart.labels].label, lang) for row in sorted(chart.incomplete)]
    return chart_in_words(chart.kind.title(lang), titles, labels, (ranked[0].figure, ranked[-1].figure), hatched, lang)


def _hatchings(frame: _Picture) -> Iterator[str]:
    if frame.chart.incomplete and frame.chart.kind is not ChartKind.LINE:
        colours = zip(range(len(frame.chart.series)), COLOURS, strict=False)
        patterns = [hatching(f"{frame.key}-h{series}", colour) for series, colour in colours]
        yield tag("defs", {}, "".join([*patterns, hatching(f"{frame.key}-h", INK)]))


def _legend(frame: _Picture) -> tuple[list[str], int]:
    """Give the legend, and how high it is; a single series without anything hatched needs none."""
    entries: list[tuple[str, Attributes]] = [
        (title, {"fill": colour, "stroke": INK}) for title, colour in zip(frame.series, COLOURS, strict=False)
    ]
    if frame.chart.incomplete:
        entries.append((in_words(INCOMPLETE, frame.lang), frame.sample))
    if len(entries) == 1:
        return [], 0
    across, wide, most, high = _LEGEND
    found = []
    for number, (words, shown) in enumerate(entries):
        x, y = number % across * wide, number // across * high
        swatch: Attributes = {"x": x, "y": y + 3, "width": 12, "height": 12}
        found += [tag("rect", {**swatch, **shown}), words_at(x + 18, y + 13, cut(words, most))]
    return found, -(-len(entries) // across) * high + _GAP


def _rule(tick: Fraction, ends: Attributes) -> str:
    return tag("line", {**ends, "stroke": INK if tick == 0 else RULE})


def _bars(frame: _Picture) -> tuple[list[str], int]:
    """Draw lying bars: one below the other, or end to end."""
    legend, top = _legend(frame)
    stacked = frame.chart.kind is ChartKind.STACKED
    pitch = (_BAR if stacked else _BAR * len(frame.chart.series)) + _GAP
    bottom = top + pitch * len(frame.rows)
    axis, found = frame.axis, []

    def across(value: Fraction) -> Fraction:
        return _LEFT + (_RIGHT - _LEFT) * axis.part(value)

    for tick in axis.ticks:
        x = across(tick)
        found.append(_rule(tick, {"x1": x, "x2": x, "y1": top, "y2": bottom}))
        found.append(words_at(x, bottom + 16, axis.text(tick) + frame.sign, "middle"))
    for row, (label, cells) in enumerate(zip(frame.labels, frame.rows, strict=True)):
        y = top + pitch * row + _GAP // 2
        found.append(words_at(_LEFT - 8, y + Fraction(pitch - _GAP, 2) + 4, cut(label, _LABEL), "end"))
        start = Fraction(0)
        for series, cell in enumerate(cells):
            value = _drawn(cell)
            where = y if stacked else y + _BAR * series
            if value is None:
                found += [] if stacked else [words_at(across(start) + 4, where + 12, cell.figure)]
                continue
            ends = sorted((across(start), across(start + value)))
            shape: Attributes = {"x": ends[0], "y": where, "width": ends[1] - ends[0], "height": _BAR - 1}
            found.append(tag("rect", {**shape, **frame.fill(series, row)}))
            if stacked:
                start += value
            else:
                found.append(words_at(ends[1] + 4, where + 12, cell.figure))
    return [*legend, *found], bottom + 24


def _lines(frame: _Picture) -> tuple[list[str], int]:
    """Draw lines from left to right, dashed where a period is not complete.

    They are broken where there is no figure, and where a row stands apart from the one before.
    """
    legend, top = _legend(frame)
    top += _GAP
    bottom = top + _HEIGHT
    axis, found = frame.axis, []
    last = max(len(frame.rows) - 1, 1)

    def across(row: int) -> Fraction:
        return _LINE_LEFT + Fraction((_LINE_RIGHT - _LINE_LEFT) * row, last)

    def down(value: Fraction) -> Fraction:
        return bottom - _HEIGHT * axis.part(value)

    for tick in axis.ticks:
        y = down(tick)
        found.append(_rule(tick, {"x1": _LINE_LEFT, "x2": _LINE_RIGHT, "y1": y, "y2": y}))
        found.append(words_at(_LINE_LEFT - 6, y + 4, axis.text(tick) + frame.sign, "end"))
    labels = [cut(label, _LINE_LABEL) for label in frame.labels]
    room = max(1, int((_LINE_RIGHT - _LINE_LEFT) / (max(map(width_of, labels)) + _GAP)))
    shown = range(0, len(labels), -(-len(labels) // room))
    found += [words_at(across(row), bottom + 18, labels[row], "middle") for row in shown]
    for series, colour in zip(range(len(frame.chart.series)), COLOURS, strict=False):
        points = [
            None if (value := _drawn(cells[series])) is None else (across(row), down(value))
            for row, cells in enumerate(frame.rows)
        ]
        found += _line(frame, points, colour)
    return [*legend, *found], bottom + 28


def _line(frame: _Picture, points: Sequence[tuple[Fraction, Fraction] | None], colour: str) -> Iterator[str]:
    pen: Attributes = {"stroke": colour, "stroke-width": 2}
    for row, (one, other) in enumerate(pairwise(points)):
        if one is not None and other is not None and row + 1 not in frame.chart.apart:
            dashed = {"stroke-dasharray": "4 4"} if {row, row + 1} & frame.chart.incomplete else {}
            yield tag("line", {"x1": one[0], "y1": one[1], "x2": other[0], "y2": other[1], **pen, **dashed})
    for row, one in enumerate(points):
        if one is not None:
            fill = PAPER if row in frame.chart.incomplete else colour
            yield tag("circle", {"cx": one[0], "cy": one[1], "r": 4, "fill": fill, **pen})
