"""The columns that a figure has in a table (列示栏目): its value, what stands behind it, shares, ranks, changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, TypeAlias

from complaint_rules.policy.articles import Titles
from complaint_rules.policy.figures import Shows
from complaint_rules.policy.rules import Figure, FigureShape
from complaint_rules.reports.pages import GridCell
from complaint_rules.statistics.amounts import LimitRuns, Money, Share, Times
from complaint_rules.statistics.looks import CLASSES
from complaint_rules.statistics.tables import Change, FigureTable, GroupKey
from complaint_rules.words import report_texts as words

Cells: TypeAlias = Callable[[GroupKey, Any], GridCell]
"""Gives the cell of a row, of its group and its value; of the total the group is ``()``."""
_DECIMALS: Final[Mapping[FigureShape, int]] = {
    FigureShape.SHARE: 1, FigureShape.LIMIT: 1, FigureShape.TIME: 1, FigureShape.SCALED: 2, FigureShape.SUM: 2,
}  # fmt: skip
_RATES: Final = frozenset({FigureShape.SHARE, FigureShape.LIMIT})
_SHARE_PLACES: Final = 1


class Measure(NamedTuple):
    """One column of numbers."""

    title: Titles
    """What stands over it."""
    cell: Cells
    """What stands in it."""
    drawn: bool = False
    """Whether a chart of the table draws it."""


class Beside(NamedTuple):
    """What stands beside the value of a group: worked out over the whole table, or inside a group."""

    shares: Mapping[GroupKey, Fraction | None]
    """The shares of the whole."""
    ranks: Mapping[GroupKey, int | None]
    """The ranks."""
    before: Mapping[GroupKey, Change]
    """The changes on the period before; empty where they are not asked for."""
    year_before: Mapping[GroupKey, Change]
    """The changes on the year before."""


def number(value: Fraction | int | None, figure: Figure) -> GridCell:
    """Make the cell of what a figure comes to, with the places that it is printed with.

    >>> number(Fraction(4, 7), Figure(id="a", title={}, share=object())).printed("en")
    '57.1%'
    """
    if value is None:
        return GridCell.missing(words.NO_CASES)
    places = _DECIMALS.get(figure.shape, 0) if figure.decimals is None else figure.decimals
    whole = figure.shape in (FigureShape.COUNT, FigureShape.STOCK)
    return GridCell.number(value, decimals=0 if whole else places, percent=figure.shape in _RATES)


def value_cell(table: FigureTable, key: GroupKey, row: Any) -> GridCell:
    """Make the cell of what a row comes to; kept back where there are too few cases.

    A share is kept back where its figure says so; see ``at_least_cases``.
    """
    if table.figure.scale is not None and table.base is None:
        return GridCell.missing(words.NO_BASE)
    least = table.figure.at_least_cases
    if least is not None and table.keeps_back(row):
        return GridCell.missing(words.fewer_than(least))
    return number(table.value_of(row, key), table.figure)


def measures_of(table: FigureTable, show: Sequence[str], beside: Beside, rows: Iterable[Any]) -> Sequence[Measure]:
    """Give the columns of a figure: those asked for, else those of its shape, and then what is undecided in any row."""
    rows = tuple(rows)
    found = [_kept_back(table, _asked(table, word, beside)) for word in show or _usual(table)]
    return (*found, *(_kept_back(table, one) for one in _behind(table, rows)))


def _kept_back(table: FigureTable, measure: Measure) -> Measure:
    """Let a column tell no more of a row than the share that is not shown."""
    least = table.figure.at_least_cases
    if least is None:
        return measure
    few = GridCell.labelled(f"<{least}")

    def cell(key: GroupKey, row: Any) -> GridCell:
        if not table.keeps_back(row):
            return measure.cell(key, row)
        return GridCell.missing(words.fewer_than(least)) if measure.drawn else few

    return measure._replace(cell=cell)


def _usual(table: FigureTable) -> Sequence[str]:
    shape = table.figure.shape
    if shape is FigureShape.COUNT:
        return (Shows.COUNT, Shows.SHARE) if table.by else (Shows.COUNT,)
    if shape is FigureShape.TIME:
        return table.figure.show or (Shows.MEDIAN,)
    return (Shows.VALUE, Shows.COUNT) if shape is FigureShape.SCALED else (Shows.VALUE,)


def _asked(table: FigureTable, word: str, beside: Beside) -> Measure:
    figure = table.figure
    if word == Shows.COUNT:
        return Measure(figure.unit or words.COUNT, lambda _, row: GridCell.number(_cases(row)), drawn=True)
    if word == Shows.SHARE:
        return Measure(words.SHARE, lambda key, _: _fraction(beside.shares.get(key)))
    if word == Shows.RANK:
        return Measure(words.RANK, lambda key, _: _plain(beside.ranks.get(key)))
    if word == Shows.BEFORE:
        return Measure(words.BEFORE, lambda key, _: change_cell(beside.before.get(key), figure))
    if word == Shows.YEAR_BEFORE:
        return Measure(words.YEAR_BEFORE, lambda key, _: change_cell(beside.year_before.get(key), figure))
    if figure.shape is FigureShape.TIME and word != Shows.VALUE:
        return _of_time(word, figure)
    title = {FigureShape.SUM: words.YUAN, FigureShape.TIME: words.MEDIAN}.get(
        figure.shape, words.RATE if figure.shape in _RATES else words.VALUE
    )  # fmt: skip
    return Measure(title, lambda key, row: value_cell(table, key, row), drawn=True)


def _of_time(word: str, figure: Figure) -> Measure:
    if word == Shows.MEAN:
        return Measure(words.MEAN, lambda _, row: number(row.mean, figure), drawn=True)
    if word == Shows.MEDIAN:
        return Measure(words.MEDIAN, lambda _, row: number(row.median, figure), drawn=True)
    text = word.removeprefix("percentile").strip()
    percent, title = Fraction(text), words.percentile(text)
    return Measure(title, lambda _, row: number(row.percentile(percent), figure), drawn=True)


def _cases(row: Any) -> int:
    if isinstance(row, Share):
        return row.yes + row.no
    return row.runs if isinstance(row, LimitRuns) else row.n


def _plain(value: int | None) -> GridCell:
    return GridCell.missing() if value is None else GridCell.number(value)


def _fraction(value: Fraction | None) -> GridCell:
    if value is None:
        return GridCell.missing(words.NO_CASES)
    return GridCell.number(value, decimals=_SHARE_PLACES, percent=True)


def change_cell(change: Change | None, figure: Figure) -> GridCell:
    """Make the cell of a change: of numbers and shares as percent, of durations in their unit; else why there is none.

    >>> change_cell(Change(Fraction(3, 20)), Figure(id="a", title={})).printed("en")
    '15.0%'
    """
    if change is None:
        return GridCell.missing()
    if change.value is None:
        return GridCell.missing("" if change.why is None else change.why)
    relative = figure.shape not in (*_RATES, FigureShape.TIME)
    if relative or figure.shape in _RATES:
        return GridCell.number(change.value, decimals=_SHARE_PLACES, percent=True)
    return number(change.value, figure)


def _behind(table: FigureTable, rows: Sequence[Any]) -> Sequence[Measure]:
    """Give the columns of what stands behind the value, and of what nobody knows where there is some."""

    def field(name: str, title: Titles) -> Measure:
        return Measure(title, lambda _, row: GridCell.number(getattr(row, name)))

    def some(name: str, title: Titles) -> Sequence[Measure]:
        return (field(name, title),) if any(getattr(row, name) for row in rows) else ()

    match table.figure.shape:
        case FigureShape.SHARE:
            bounds = (_bound(0, words.LEAST), _bound(1, words.MOST)) if any(row.undecided for row in rows) else ()
            return (
                field("yes", words.YES), field("no", words.NO), *some("undecided", words.UNDECIDED),
                *some("presumed", words.PRESUMED), *bounds,
            )  # fmt: skip
        case FigureShape.LIMIT:
            always = ("in_time", "late", "open_late")
            return (
                *(
                    field(name, words.CLASSES[name])
                    for name in CLASSES
                    if name in always or any(getattr(row, name) for row in rows)
                ),
                *some("undecided", words.UNDECIDED),
            )  # fmt: skip
        case FigureShape.TIME:
            return (
                field("n", words.ENDED), field("still_open", words.STILL_OPEN), *_bands(table.figure),
                *((_with_open(),) if any(row.still_open for row in rows) else ()),
                *some("unknown", words.LENGTH_UNKNOWN), *some("impossible", words.BACKWARDS),
                *some("left", words.LEFT), *some("undecided", words.UNDECIDED),
            )  # fmt: skip
        case FigureShape.SUM:
            return (
                field("n", words.AMOUNTS), *some("unknown", words.AMOUNTS_UNKNOWN), *some("undecided", words.UNDECIDED)
            )  # fmt: skip
    return (
        *some("undecided", words.UNDECIDED), *some("presumed", words.PRESUMED), *some("unknown", words.WEIGHT_UNKNOWN)
    )  # fmt: skip


def behind_in_short(table: FigureTable, row: Any) -> Sequence[GridCell]:
    """Make the cells of a summary behind a value: cases, undecided, presumed, the least and the most it can be.

    Of a share that is kept back none of them says more.
    """
    figure = table.figure
    if figure.at_least_cases is not None and table.keeps_back(row):
        return [GridCell.labelled(f"<{figure.at_least_cases}")] * 3 + [GridCell.missing()] * 2
    least, most = (None, None) if figure.scale is not None else row.bounds
    return (
        GridCell.number(_cases(row)), GridCell.number(row.undecided), _plain(getattr(row, "presumed", None)),
        *(GridCell.missing() if one is None else number(one, figure) for one in (least, most)),
    )  # fmt: skip


def _bound(place: int, title: Titles) -> Measure:
    return Measure(title, lambda _, row: _fraction(row.bounds[place]))


def _with_open() -> Measure:
    def cell(_: GroupKey, row: Times) -> GridCell:
        found, final = row.at_least(50)
        if found is None:
            return GridCell.missing(words.NO_CASES)
        return GridCell.labelled(str(found), words.FINAL if final else words.NOT_FINAL)

    return Measure(words.MEDIAN_WITH_OPEN, cell)


def _bands(figure: Figure) -> Sequence[Measure]:
    """Give the columns of how old those open are, by the bands of the figure."""
    edges = figure.bands

    def band(place: int) -> Cells:
        return lambda _, row: GridCell.number(row.bands(edges)[place])

    titles = [words.band(low, high) for low, high in zip((None, *edges), (*edges, None), strict=True)]
    return tuple(Measure(title, band(place)) for place, title in enumerate(titles)) if edges else ()


def amount_of(row: Any) -> int | None:
    """Give the number or the sum of a row, for shares inside a group; None where it has neither.

    >>> amount_of(Money(fen=5, n=1)), amount_of(Share(yes=1))
    (5, None)
    """
    if isinstance(row, Money):
        return row.fen
    return None if isinstance(row, Share | LimitRuns | Times) else row.n
