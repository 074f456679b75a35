"""The columns that a figure has in a table (列示栏目): its value, what stands behind it, shares, ranks, changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, TypeAlias

from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.figures import Shows
from complaint_rules.policy.rules import Figure, FigureShape
from complaint_rules.reports.pages import GridCell
from complaint_rules.statistics.amounts import LimitRuns, Money, Share, Times
from complaint_rules.statistics.looks import CLASSES
from complaint_rules.statistics.tables import Change, FigureTable, GroupKey, population
from complaint_rules.words import report_texts as words

Cells: TypeAlias = Callable[[GroupKey, Any], GridCell]
"""Gives the cell of a row, of its group and its value; of the total the group is ``()``."""
_DECIMALS: Final[Mapping[FigureShape, int]] = {
    FigureShape.SHARE: 1, FigureShape.LIMIT: 1, FigureShape.TIME: 1, FigureShape.SCALED: 2, FigureShape.SUM: 2,
}  # fmt: skip
_RATES: Final = frozenset({FigureShape.SHARE, FigureShape.LIMIT})
_COUNTS: Final = frozenset({FigureShape.COUNT, FigureShape.STOCK})
_SHARE_PLACES: Final = 1
_NOTHING: Final[Mapping[FigureShape, Titles]] = {
    FigureShape.TIME: words.NONE_ENDED, FigureShape.SUM: words.AMOUNTS_UNKNOWN,
}  # fmt: skip
"""Why there is no figure, where it is not that there are no cases."""


class Measure(NamedTuple):
    """One column of numbers."""

    title: Titles
    """What stands over it."""
    cell: Cells
    """What stands in it."""
    drawn: bool = False
    """Whether a chart of the table draws it."""
    worth: bool = False
    """Whether it is what the figure comes to, so that the median of the groups stands in it."""
    adds: bool = False
    """Whether it follows from a value alone, so that the sum of some rows has it as well."""
    part: bool = False
    """Whether it is a share of the whole, so that the column need not add up."""


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
        return GridCell.missing(_NOTHING.get(figure.shape, words.NO_CASES))
    places = _DECIMALS.get(figure.shape, 0) if figure.decimals is None else figure.decimals
    whole = figure.shape in _COUNTS
    return GridCell.number(value, decimals=0 if whole else places, percent=figure.shape in _RATES)


def value_cell(table: FigureTable, key: GroupKey, row: Any) -> GridCell:
    """Make the cell of what a row comes to; kept back where there are too few cases.

    A share is kept back where its figure says so; see ``at_least_cases``.
    """
    if table.figure.scale is not None:
        base = table.base_of(key) if table.base is not None else None
        if not base:
            return GridCell.missing(words.NO_BASE if base is None else words.BASE_NOTHING)
    least = table.figure.at_least_cases
    if least is not None and table.keeps_back(row):
        return GridCell.missing(words.fewer_than(least))
    value = table.value_of(row, key)
    if value is None and _all_undecided(row):
        return GridCell.missing(words.ALL_UNDECIDED)
    return number(value, table.figure)


def _all_undecided(row: Any) -> bool:
    """Say whether nothing is known of the cases of a share, or of the runs of a limit: of runs none is just not due."""
    if isinstance(row, LimitRuns):
        return _unknown(row) > 0 and not row.open_in_time
    return isinstance(row, Share) and row.undecided > 0


def measures_of(table: FigureTable, show: Sequence[str], beside: Beside, rows: Iterable[Any]) -> Sequence[Measure]:
    """Give the columns of a figure: those asked for, else those of its shape, and then what is undecided in any row."""
    rows = tuple(rows)
    found = [_kept_back(table, _asked(table, word, beside)) for word in show or _usual(table)]
    return (*found, *(_kept_back(table, one)._replace(adds=True) for one in _behind(table, rows)))


def _kept_back(table: FigureTable, measure: Measure) -> Measure:
    """Let a column tell no more of a row than the share that is not shown."""
    least = table.figure.at_least_cases
    if least is None:
        return measure

    def cell(key: GroupKey, row: Any) -> GridCell:
        shown = measure.cell(key, row)
        if not table.keeps_back(row):
            return shown
        return GridCell.missing(words.fewer_than(least)) if measure.drawn else _at_most(shown, least)

    return measure._replace(cell=cell)


def _at_most(cell: GridCell, least: int) -> GridCell:
    """Show a number below `least` as fewer; a greater one is none of what the share is worked out of."""
    if cell.exact is None or cell.percent:
        return GridCell.missing()
    return GridCell.labelled(f"<{least}") if cell.exact < least else cell


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
        worth = figure.shape in _COUNTS
        title = figure.unit or words.COUNT
        return Measure(title, lambda _, row: GridCell.number(cases_of(row)), drawn=True, worth=worth, adds=True)
    if word == Shows.SHARE:
        return Measure(words.SHARE, lambda key, _: _part(table, beside.shares, key), part=True)
    if word == Shows.RANK:
        return Measure(words.RANK, lambda key, _: _plain(beside.ranks.get(key)))
    if word == Shows.BEFORE:
        return _change(words.BEFORE, beside.before, figure)
    if word == Shows.YEAR_BEFORE:
        return _change(words.YEAR_BEFORE, beside.year_before, figure)
    if figure.shape is FigureShape.TIME and word != Shows.VALUE:
        return _of_time(word, figure)
    title = {FigureShape.SUM: words.YUAN, FigureShape.TIME: words.MEDIAN}.get(
        figure.shape, words.RATE if figure.shape in _RATES else words.VALUE
    )  # fmt: skip
    adds = figure.scale is None
    return Measure(title, lambda key, row: value_cell(table, key, row), drawn=True, worth=True, adds=adds)


def _of_time(word: str, figure: Figure) -> Measure:
    if word == Shows.MEAN:
        return Measure(words.MEAN, lambda _, row: number(row.mean, figure), drawn=True, adds=True)
    if word == Shows.MEDIAN:
        return Measure(words.MEDIAN, lambda _, row: number(row.median, figure), drawn=True, worth=True, adds=True)
    text = word.removeprefix("percentile").strip()
    percent, title = Fraction(text), words.percentile(text)
    return Measure(title, lambda _, row: number(row.percentile(percent), figure), drawn=True, adds=True)


def cases_of(row: Any) -> int:
    """Count the cases behind a value: those decided of a share, the runs of a limit, what ended of durations.

    >>> cases_of(Share(yes=4, no=3, undecided=5))
    7
    """
    if isinstance(row, Share):
        return row.yes + row.no
    return row.runs if isinstance(row, LimitRuns) else row.n


def _plain(value: int | None) -> GridCell:
    return GridCell.missing() if value is None else GridCell.number(value)


def _part(table: FigureTable, shares: Mapping[GroupKey, Fraction | None], key: GroupKey) -> GridCell:
    if key not in shares:
        return GridCell.missing("" if table.adds_up or table.over_time else words.OVERLAPPING)
    return share_cell(shares[key])


def share_cell(value: Fraction | None) -> GridCell:
    """Make the cell of a share of a whole; None: the whole is nothing.

    >>> share_cell(Fraction(1, 3)).printed("en"), share_cell(None).printed("en")
    ('33.3%', '— (no cases)')
    """
    if value is None:
        return GridCell.missing(words.NO_CASES)
    return GridCell.number(value, decimals=_SHARE_PLACES, percent=True)


def _change(title: Titles, changes: Mapping[GroupKey, Change], figure: Figure) -> Measure:
    if figure.shape in _RATES:
        title = FrozenMap(zh=f"{title['zh']}（{words.POINTS['zh']}）", en=f"{title['en']}, {words.POINTS['en']}")
    return Measure(title, lambda key, _: change_cell(changes.get(key), figure))


def change_cell(change: Change | None, figure: Figure, *, said: bool = False) -> GridCell:
    """Make the cell of a change, else why there is none: of numbers and sums as percent, of durations in their unit.

    Of shares it is in percentage points, which a column says over it; `said` says it beside the number.

    >>> change_cell(Change(Fraction(3, 20)), Figure(id="a", title={})).printed("en")
    '15.0%'
    >>> share = Figure(id="a", title={}, share=object())
    >>> change_cell(Change(Fraction(3, 20)), share, said=True).printed("en")
    '15.0 percentage points'
    """
    if change is None:
        return GridCell.missing()
    if change.value is None:
        return GridCell.missing("" if change.why is None else change.why)
    if figure.shape in _RATES:
        points = GridCell.number(change.value * 100, decimals=_SHARE_PLACES)
        if not said:
            return points
        text = points.figure
        return GridCell.labelled({"zh": f"{text}{words.POINTS['zh']}", "en": f"{text} {words.POINTS['en']}"})
    return number(change.value, figure) if figure.shape is FigureShape.TIME else share_cell(change.value)


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
    made_of = population(row, figure) if isinstance(row, LimitRuns) else cases_of(row)  # as of a share
    found = (
        GridCell.number(made_of), GridCell.number(_unknown(row)), _plain(getattr(row, "presumed", None)),
        *(GridCell.missing() if one is None else number(one, figure) for one in _reach(figure, row)),
    )  # fmt: skip
    if figure.at_least_cases is None or not table.keeps_back(row):
        return found
    return [_at_most(cell, figure.at_least_cases) for cell in found]


def _unknown(row: Any) -> int:
    """Count of which nobody knows where they belong: of a limit its runs, of durations and sums what is not known."""
    if isinstance(row, Times | Money):
        return row.undecided + row.unknown + (row.impossible if isinstance(row, Times) else 0)
    return int(row.undecided + row.undetermined) if isinstance(row, LimitRuns) else int(row.undecided)


def _reach(figure: Figure, row: Any) -> tuple[Fraction | None, Fraction | None]:
    """Give the least and the most a figure can be: of a limit by the rate that the figure has."""
    if figure.scale is not None:
        return None, None
    if isinstance(row, LimitRuns):
        known, unknown = population(row, figure), _unknown(row)
        everything = known + unknown
        if not everything:
            return None, None
        return Fraction(row.in_time, everything), Fraction(row.in_time + unknown, everything)
    least, most = row.bounds
    return least, most


def _bound(place: int, title: Titles) -> Measure:
    return Measure(title, lambda _, row: share_cell(row.bounds[place]))


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

    if figure.time is None or not edges:
        return ()
    unit = figure.time.unit
    titles = [words.band(low, high, unit) for low, high in zip((None, *edges), (*edges, None), strict=True)]
    return tuple(Measure(title, band(place)) for place, title in enumerate(titles))


def amount_of(row: Any) -> int | None:
    """Give the number or the sum of a row, for shares inside a group; None where it has neither.

    >>> amount_of(Money(fen=5, n=1)), amount_of(Share(yes=1))
    (5, None)
    """
    if isinstance(row, Money):
        return row.fen
    return None if isinstance(row, Share | LimitRuns | Times) else row.n
