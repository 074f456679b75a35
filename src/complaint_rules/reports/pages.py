"""What a report is made of (报告的组成): cells, columns, tables, charts; plain values, whoever fills them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, final

import attrs

from complaint_rules.documents.nodes import is_code
from complaint_rules.errors import InvalidReport
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.moments import as_day, as_moment
from complaint_rules.reports.wordings import ReportLang, Wording, in_words, report_language, wording
from complaint_rules.statistics.rounding import NO_FIGURE, exact_number, printed_text, rounded

MOST_SERIES: Final = 8
"""Series that one chart may have, inclusive: more cannot be told apart."""
_FORMAT: Final = 1
_LONGEST: Final = 4_096


class ColumnKind(Coded):
    """What a column of a table holds (列的类型)."""

    LABEL = "label", "文字", "texts"
    """Names of groups; texts alone."""
    NUMBER = "number", "数值", "numbers"
    """Numbers, texts in the place of one (<3), and no figures."""


class ChartKind(Coded):
    """How a chart is drawn (图的类型)."""

    BARS = "bars", "条形图", "bars"
    """A bar for each figure."""
    STACKED = "stacked", "堆叠条形图", "stacked bars"
    """The figures of a row, parts of a whole, end to end."""
    LINE = "line", "折线图", "lines"
    """A line for each series, broken where there is no figure."""


def _one_of(*kinds: type) -> Callable[[object, attrs.Attribute[Any], object], None]:
    def check(owner: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, kinds):
            names = ", ".join(kind.__name__ for kind in kinds if kind is not type(None))
            what = f"{type(owner).__name__}.{field.name}"
            raise InvalidReport(what=what, why=f"{names} is expected", value=type(value).__name__)

    return check


def _tuple_of(kind: type) -> Callable[[object, attrs.Attribute[Any], object], None]:
    def check(owner: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, tuple) or not all(isinstance(one, kind) for one in value):
            what = f"{type(owner).__name__}.{field.name}"
            raise InvalidReport(what=what, why=f"a tuple of {kind.__name__} is expected", value=type(value).__name__)

    return check


def _wordings(value: object) -> tuple[Wording, ...]:
    if not isinstance(value, tuple):
        why = "a tuple of texts is expected"
        raise InvalidReport(what="wordings", why=why, value=type(value).__name__)
    return tuple(map(wording, value))


def _left_out(value: object) -> tuple[tuple[Wording, int], ...]:
    found: list[tuple[Wording, int]] = []
    for pair in value if isinstance(value, tuple) else (value,):
        if not isinstance(pair, tuple) or len(pair) != 2 or type(pair[1]) is not int or pair[1] < 0:
            why = "pairs of a reason and a number of cases are expected"
            raise InvalidReport(what="Grid.left_out", why=why, value=type(pair).__name__)
        found.append((wording(pair[0]), pair[1]))
    return tuple(found)


def _exact(value: Fraction | Decimal | int | None) -> Fraction | None:
    if value is None:
        return None
    found = exact_number(value)
    if found.numerator.bit_length() + found.denominator.bit_length() > _LONGEST:
        raise InvalidReport(what="GridCell.exact", why="a number of a thousand digits is in no report")
    return found


def _moment(value: dt.datetime) -> dt.datetime:
    return as_moment(value, what="at", error=InvalidReport)


def _data(text: Wording) -> str | dict[str, str]:
    return text if isinstance(text, str) else dict(text)


@final
@attrs.frozen(kw_only=True, repr=False)
class GridCell(Shown):
    """One cell: a text, an exact number, or no figure with the reason; see `labelled`, `number`, `missing`.

    >>> GridCell.number(Fraction(4, 7), decimals=1, percent=True).printed("en")
    '57.1%'
    >>> GridCell.missing({"zh": "无案件", "en": "no cases"}).printed("en")
    '— (no cases)'
    """

    exact: Fraction | None = attrs.field(default=None, converter=_exact)
    """The number before it is rounded; None: a text, or no figure."""
    label: Wording = attrs.field(default="", converter=wording)
    """The text; empty: a number, or no figure."""
    decimals: int = 0
    """Places behind the point that are printed, 0 to 12."""
    percent: bool = attrs.field(default=False, validator=_one_of(bool))
    """Whether the number is printed times 100, with the sign of percent."""
    mark: Wording = attrs.field(default="", converter=wording)
    """What is to be known of a text, or why there is no figure; empty: nothing. A number has none: its row has."""

    def __attrs_post_init__(self) -> None:
        rounded(0, self.decimals)
        if self.exact is not None and (self.label or self.mark):
            hint = "mark the label of its row, or leave the number out"
            raise InvalidReport(what="GridCell", why="a number stands alone", hint=hint)

    @classmethod
    def labelled(cls, label: Mapping[str, str] | str, mark: Mapping[str, str] | str = "") -> GridCell:
        """Make a cell of a text, with what is to be known of it.

        >>> GridCell.labelled("2026-10", {"zh": "统计期不完整", "en": "incomplete period"}).printed("en")
        '2026-10 (incomplete period)'
        """
        return cls(label=label, mark=mark)

    @classmethod
    def number(cls, exact: Fraction | Decimal | int, *, decimals: int = 0, percent: bool = False) -> GridCell:
        """Make a cell of a number; raises `InvalidFigure` for one that is not exact, or other places than 0 to 12.

        >>> GridCell.number(12).printed("zh")
        '12'
        """
        return cls(exact=exact, decimals=decimals, percent=percent)

    @classmethod
    def missing(cls, why: Mapping[str, str] | str = "") -> GridCell:
        """Make a cell without a figure, with the reason.

        >>> GridCell.missing("?").exact is None
        True
        """
        return cls(mark=why)

    @property
    def figure(self) -> str:
        """The number as it is rounded and printed, with the sign of percent; "—" where there is none."""
        text = printed_text(self.exact, self.decimals, percent=self.percent)
        return f"{text}%" if self.percent and self.exact is not None else text

    def printed(self, lang: ReportLang = "zh") -> str:
        """Give the cell as it is printed.

        Raises `UnknownLanguage`.
        """
        lang = report_language(lang)
        text = in_words(self.label, lang) if self.label else self.figure
        if not self.mark:
            return text
        mark = in_words(self.mark, lang)
        return f"{text}（{mark}）" if lang == "zh" else f"{text} ({mark})"

    def to_dict(self) -> dict[str, Any]:
        """Give it as data, ready for JSON: an exact number as a text, "4/7", beside what is printed."""
        data: dict[str, Any] = {"mark": _data(self.mark)} if self.mark else {}
        if self.label:
            return {"label": _data(self.label), **data}
        if self.exact is None:
            return {"exact": None, "printed": NO_FIGURE, **data}
        shape = {"decimals": self.decimals, "percent": self.percent}
        return {"exact": str(self.exact), "printed": self.figure, **shape}


@final
@attrs.frozen(kw_only=True, repr=False)
class GridColumn(Shown):
    """A column of a table (列).

    >>> GridColumn(title={"zh": "件数", "en": "Cases"}).kind.value
    'number'
    """

    title: Wording = attrs.field(converter=wording)
    """What stands over it."""
    kind: ColumnKind = attrs.field(default=ColumnKind.NUMBER, validator=_one_of(ColumnKind))
    """What it holds."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as data, ready for JSON."""
        return {"title": _data(self.title), "kind": self.kind.value}


@final
@attrs.frozen(kw_only=True, repr=False)
class Chart(Shown):
    """How a table is drawn: its figures are those of the table beside it, so that the two never differ.

    >>> Chart(kind=ChartKind.BARS, series=(1,)).labels
    0
    """

    kind: ChartKind = attrs.field(validator=_one_of(ChartKind))
    """How it is drawn."""
    series: tuple[int, ...] = attrs.field(validator=_tuple_of(int))
    """Places of the columns that are drawn, from 0; at most 8. Of stacked bars nothing lies below 0."""
    labels: int = attrs.field(default=0, validator=_one_of(int))
    """Place of the column that names the rows, from 0."""
    incomplete: frozenset[int] = attrs.field(default=frozenset(), validator=_one_of(frozenset))
    """Places of rows whose period is not complete, from 0: they are drawn otherwise."""
    apart: frozenset[int] = attrs.field(default=frozenset(), validator=_one_of(frozenset))
    """Places of rows, from 0, to which no line leads: a period without a row lies before them, or theirs is unknown."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as data, ready for JSON."""
        return {
            "kind": self.kind.value,
            "series": list(self.series),
            "labels": self.labels,
            "incomplete": sorted(self.incomplete),
            "apart": sorted(self.apart),
        }


@final
@attrs.frozen(kw_only=True, repr=False)
class Grid(Shown):
    """One table of a report (表), with what has to stand under it.

    >>> from complaint_rules.moments import BEIJING
    >>> grid = Grid(
    ...     id="received",
    ...     title={"zh": "收到", "en": "Received"},
    ...     columns=(GridColumn(title="Month", kind=ColumnKind.LABEL), GridColumn(title="n")),
    ...     rows=((GridCell.labelled("2026-09"), GridCell.number(11)),),
    ...     at=dt.datetime(2026, 10, 9, tzinfo=BEIJING),
    ... )
    >>> grid.to_dict()["rows"][0][1]["exact"]
    '11'
    """

    id: str
    """Its key in the report: letters of the Latin alphabet, digits, ``_ . -``."""
    title: Wording = attrs.field(converter=wording)
    """What it is about."""
    columns: tuple[GridColumn, ...] = attrs.field(validator=_tuple_of(GridColumn))
    """Its columns, one at least."""
    rows: tuple[tuple[GridCell, ...], ...] = attrs.field(validator=_tuple_of(tuple))
    """Its rows, each with a cell for every column."""
    at: dt.datetime = attrs.field(converter=_moment)
    """The moment as at which it was counted, in Beijing time."""
    total: tuple[GridCell, ...] | None = attrs.field(default=None, validator=_one_of(tuple, type(None)))
    """The row of totals; None: there is none."""
    definition: Wording = attrs.field(default="", converter=wording)
    """How its figures are worked out; empty: it is not stated."""
    basis: Wording = attrs.field(default="", converter=wording)
    """Which cases count (统计口径); empty: every case."""
    coverage: tuple[dt.date, dt.date] | None = None
    """The first and the last day that the data claim to hold, both inclusive; None: nobody has stated them."""
    left_out: tuple[tuple[Wording, int], ...] = attrs.field(default=(), converter=_left_out)
    """Why cases do not count, and how many for each reason; empty: none is left out."""
    notes: tuple[Wording, ...] = attrs.field(default=(), converter=_wordings)
    """What else has to stand under it."""
    chart: Chart | None = attrs.field(default=None, validator=_one_of(Chart, type(None)))
    """How it is drawn; None: it is not."""

    def __attrs_post_init__(self) -> None:
        if not is_code(self.id):
            hint = "letters of the Latin alphabet, digits, _ . and - are"
            raise InvalidReport(what="Grid.id", why="this cannot be a key", value=self.id, hint=hint)
        if not self.columns:
            raise InvalidReport(what="Grid.columns", why="a table has one column at least")
        for row in self.every_row:
            self._check(row)
        _check_days(self.coverage)
        if self.chart is not None:
            _check_chart(self, self.chart)

    def _check(self, row: tuple[object, ...]) -> None:
        if len(row) != len(self.columns):
            why = f"a row has {len(row)} cells, and the table {len(self.columns)} columns"
            raise InvalidReport(what="Grid.rows", why=why, where=self.id)
        for cell, column in zip(row, self.columns, strict=True):
            if not isinstance(cell, GridCell):
                raise InvalidReport(what="Grid.rows", why="a GridCell is expected", value=type(cell).__name__)
            if cell.exact is not None and column.kind is ColumnKind.LABEL:
                hint = "say kind=ColumnKind.NUMBER"
                raise InvalidReport(what="Grid.rows", why="a number is in a column of texts", where=self.id, hint=hint)

    @property
    def every_row(self) -> tuple[tuple[GridCell, ...], ...]:
        """The rows, the one of totals last."""
        return (*self.rows, *(() if self.total is None else (self.total,)))

    def is_percent(self, place: int) -> bool:
        """Say whether all numbers of a column, from 0, are percentages, and there is one.

        >>> Grid(
        ...     id="g",
        ...     title="",
        ...     columns=(GridColumn(title="%"),),
        ...     at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        ...     rows=((GridCell.number(Fraction(1, 2), percent=True),),),
        ... ).is_percent(0)
        True
        """
        found = {row[place].percent for row in self.every_row if row[place].exact is not None}
        return found == {True}

    def to_dict(self) -> dict[str, Any]:
        """Give it as data, ready for JSON."""
        return {
            "id": self.id,
            "title": _data(self.title),
            "columns": [one.to_dict() for one in self.columns],
            "rows": [[one.to_dict() for one in row] for row in self.rows],
            "total": None if self.total is None else [one.to_dict() for one in self.total],
            "definition": _data(self.definition),
            "basis": _data(self.basis),
            "at": self.at.isoformat(),
            "coverage": None if self.coverage is None else [day.isoformat() for day in self.coverage],
            "left_out": [[_data(reason), n] for reason, n in self.left_out],
            "notes": [_data(one) for one in self.notes],
            "chart": None if self.chart is None else self.chart.to_dict(),
        }


def _check_days(days: object) -> None:
    if days is None:
        return
    why, hint = "the first and the last day that the data hold are expected, in order", "pass None where nobody says"
    if not isinstance(days, tuple) or len(days) != 2:
        raise InvalidReport(what="Grid.coverage", why=why, value=type(days).__name__, hint=hint)
    first, last = (as_day(day, what="Grid.coverage", error=InvalidReport) for day in days)
    if last < first:
        raise InvalidReport(what="Grid.coverage", why=why, value=days, hint=hint)


def _check_chart(grid: Grid, chart: Chart) -> None:
    def refused(why: str, hint: str = "") -> InvalidReport:
        return InvalidReport(what="Grid.chart", why=why, where=grid.id, hint=hint)

    kinds = [one.kind for one in grid.columns]
    if not all(0 <= place < len(kinds) for place in (chart.labels, *chart.series)):
        raise refused("it names a column that the table does not have", "the first column is 0")
    if not all(place in range(len(grid.rows)) for place in chart.incomplete | chart.apart):
        raise refused("it names a row that the table does not have", "the first row is 0")
    if any(kinds[place] is ColumnKind.LABEL for place in chart.series):
        raise refused("only numbers can be drawn")
    if not 0 < len(set(chart.series)) == len(chart.series) <= MOST_SERIES:
        raise refused(f"from 1 to {MOST_SERIES} different columns can be drawn together")
    drawn = [row[place] for row in grid.rows for place in chart.series if row[place].exact is not None]
    if len({cell.percent for cell in drawn}) > 1:
        raise refused("percentages and other numbers have no common axis", "draw them in two charts")
    if chart.kind is ChartKind.STACKED and any(cell.exact < 0 for cell in drawn if cell.exact is not None):
        raise refused("parts of a whole are not below 0", "use ChartKind.BARS")


@final
@attrs.frozen(kw_only=True, repr=False)
class Report(Shown):
    """A report: tables with a title, the moment and the rules, and what a person still has to write.

    >>> report = Report(title={"zh": "季报", "en": "Quarterly"}, at=dt.datetime(2026, 10, 9, tzinfo=dt.UTC))
    >>> report.to_dict()["title"]
    {'zh': '季报', 'en': 'Quarterly'}
    """

    title: Wording = attrs.field(converter=wording)
    """What it is."""
    at: dt.datetime = attrs.field(converter=_moment)
    """The moment as at which it was made, in Beijing time."""
    subtitle: Wording = attrs.field(default="", converter=wording)
    """What stands below the title, as the period; empty: nothing."""
    policy: str = attrs.field(default="", validator=_one_of(str))
    """The id of the rules by which it was counted; empty: none."""
    fingerprint: str = attrs.field(default="", validator=_one_of(str))
    """The fingerprint of these rules; empty: none."""
    grids: tuple[Grid, ...] = attrs.field(default=(), validator=_tuple_of(Grid))
    """Its tables, each with a key of its own."""
    written: tuple[Wording, ...] = attrs.field(default=(), converter=_wordings)
    """Headings under which a person still has to write."""
    notes: tuple[Wording, ...] = attrs.field(default=(), converter=_wordings)
    """What holds for all of it."""

    def __attrs_post_init__(self) -> None:
        keys = [grid.id for grid in self.grids]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise InvalidReport(what="Report.grids", why="another table has this key", value=twice)

    def to_dict(self) -> dict[str, Any]:
        """Give it as data, ready for JSON: every text as it is, every number exact and as printed."""
        return {
            "format": _FORMAT,
            "title": _data(self.title),
            "subtitle": _data(self.subtitle),
            "at": self.at.isoformat(),
            "policy": {"id": self.policy, "fingerprint": self.fingerprint},
            "grids": [one.to_dict() for one in self.grids],
            "written": [_data(one) for one in self.written],
            "notes": [_data(one) for one in self.notes],
        }


def grids_of(of: object) -> tuple[Grid, ...]:
    """Give the tables of a report, or the one table; raises `InvalidReport` for anything else.

    >>> grids_of(Report(title="", at=dt.datetime(2026, 10, 9, tzinfo=dt.UTC)))
    ()
    """
    if isinstance(of, Grid):
        return (of,)
    return as_report(of).grids


def as_grid(of: object) -> Grid:
    """Check a table; raises `InvalidReport` for anything else.

    >>> as_grid(5)
    Traceback (most recent call last):
    complaint_rules.errors.InvalidReport: a table of a report: a Grid is expected; got 'int'
    """
    if not isinstance(of, Grid):
        raise InvalidReport(what="a table of a report", why="a Grid is expected", value=type(of).__name__)
    return of


def as_report(of: object) -> Report:
    """Check a report; raises `InvalidReport` for anything else.

    >>> as_report(Report(title="Q", at=dt.datetime(2026, 10, 9, tzinfo=dt.UTC))).title
    'Q'
    """
    if not isinstance(of, Report):
        raise InvalidReport(what="a report", why="a Report is expected", value=type(of).__name__)
    return of
