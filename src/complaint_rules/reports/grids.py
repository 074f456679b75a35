"""From a figure by its groups to a table of a report (指标分组表转为报表), over everything or in one period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import attrs

from complaint_rules.errors import InvalidTally
from complaint_rules.language import LANGUAGES
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.figures import Against
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Figure, FigureShape
from complaint_rules.reports.measures import (
    Beside,
    Measure,
    amount_of,
    behind_in_short,
    change_cell,
    measures_of,
    number,
    value_cell,
)
from complaint_rules.reports.naming import figure_in_words, key_in_words, name_in_words
from complaint_rules.reports.pages import Chart, ChartKind, ColumnKind, Grid, GridCell, GridColumn
from complaint_rules.reports.wordings import Wording, in_words
from complaint_rules.statistics import comparing
from complaint_rules.statistics.spans import Span
from complaint_rules.statistics.tables import Change, FigureTable, GroupKey
from complaint_rules.statistics.tally import Tally
from complaint_rules.words import report_texts as words

_MOST_DRAWN: Final = 40
_PARTS: Final = frozenset({FigureShape.COUNT, FigureShape.SUM})
_NO_CHANGES: Final[Mapping[GroupKey, Change]] = FrozenMap()


@attrs.frozen
class Part:
    """One part of a table of several periods: the rows of one of them."""

    table: FigureTable
    """The rows, by the other names."""
    keys: Mapping[GroupKey, GroupKey]
    """The key of each row in the whole table; of ``()``, which stands for the whole, that of the period."""


def sliced(whole: FigureTable, totals: FigureTable, span: Span) -> Part:
    """Give the rows of one period of a table; `totals` is the figure by the period alone.

    Raises `InvalidTally` where the table has no such period among its names.
    """
    place = _period_place(whole, span)
    keys: dict[GroupKey, GroupKey] = {}
    rows: dict[GroupKey, Any] = {}
    for key, row in whole.rows.items():
        parts = key if isinstance(key, tuple) else (key,)
        if parts[place] == span.label:
            rest = (*parts[:place], *parts[place + 1 :])
            short: GroupKey = rest[0] if len(rest) == 1 else rest
            if rest:
                keys[short], rows[short] = key, row
    keys[()] = span.label
    total = totals.rows.get(span.label, totals.total.scaled(0))
    table = attrs.evolve(
        whole, rows=FrozenMap(rows), total=total, by=(*whole.by[:place], *whole.by[place + 1 :]),
        units=(*whole.units[:place], *whole.units[place + 1 :]),
    )  # fmt: skip
    return Part(table, FrozenMap(keys))


def _period_place(table: FigureTable, span: Span) -> int:
    for place, (name, unit) in enumerate(zip(table.by, table.units, strict=True)):
        if unit is span.unit and "." not in name:
            return place
    raise InvalidTally(what="by", why="the table is not one by this kind of period", value=span.label)


def part_of(
    tally: Tally,
    figure: str,
    names: tuple[str, ...],
    span: Span | None,
    basis: str | None = None,
    base: Mapping[Any, int | None] | int | None = None,
) -> tuple[Part, FigureTable, FigureTable]:
    """Give the rows that a report shows, the whole table that they are part of, and the figure over everything."""
    if span is None:
        whole = tally.table(figure, by=names, basis=basis, base=base)
        return Part(whole, FrozenMap({**{key: key for key in whole.rows}, (): ()})), whole, whole
    unit = span.unit.value
    totals = tally.table(figure, by=unit, basis=basis, base=base)
    whole = tally.table(figure, by=(*names, unit), basis=basis, base=base) if names else totals
    return sliced(whole, totals, span), whole, totals


def grid_of(
    tally: Tally,
    figure: str,
    *,
    by: Sequence[str] = (),
    span: Span | None = None,
    show: Sequence[str] = (),
    compare: Sequence[Against] = (),
    within: str | None = None,
    median: bool = False,
    basis: str | None = None,
    base: Mapping[Any, int | None] | int | None = None,
    id: str | None = None,
) -> Grid:
    """Make the table of a figure for a report: by groups, of one period where `span` says so, else of everything.

    `show` are words of `Shows`, `compare` the periods it is held against, `within` the name inside whose groups shares,
    ranks and medians are taken. Of a period the tally has to have the figure by these names and the period, and by the
    period alone. Raises `InvalidTally` for what the tally does not hold.
    """
    names = tuple(by)
    part, whole, totals = part_of(tally, figure, names, span, basis, base)
    wanted = (*show, *(one for one in compare if one not in show)) if show or compare else ()
    if compare and not show:
        wanted = ("count" if whole.figure.shape is FigureShape.COUNT else "value", *compare)
    table = part.table
    beside = _beside(part, whole, totals, set(wanted), within)
    columns = measures_of(table, wanted, beside, (*table.rows.values(), table.total))
    return _grid(tally, part, columns, median=median, within=within, id=id or _id(figure, names, basis))


def summary_of(
    tally: Tally,
    figures: Sequence[str],
    *,
    span: Span | None = None,
    compare: Sequence[Against] = (),
    base: Callable[[str], Any] = lambda _: None,
) -> Grid:
    """Make one table of several figures over everything, or over one period: a row for each, its definition below.

    Raises `InvalidTally` for what the tally does not hold.
    """
    policy = tally.policy
    heads: list[GridColumn] = [GridColumn(title=words.FIGURE, kind=ColumnKind.LABEL)]
    heads += [
        GridColumn(title=one)
        for one in (words.VALUE, words.COUNT, words.UNDECIDED, words.PRESUMED, words.LEAST, words.MOST)
    ]
    heads += [GridColumn(title=words.BEFORE if one is Against.BEFORE else words.YEAR_BEFORE) for one in compare]
    rows: list[tuple[GridCell, ...]] = []
    notes: list[Wording] = []
    for name in figures:
        totals = tally.table(name, by=() if span is None else span.unit.value, base=base(name))
        table = totals if span is None else sliced(totals, totals, span).table
        changes = [
            totals.change(one.value).rows.get(span.label) if span is not None else None for one in compare
        ]  # fmt: skip
        row = table.total
        figure = table.figure
        behind = (value_cell(table, (), row), *behind_in_short(table, row))
        rows.append((GridCell.labelled(_title(figure)), *behind, *(change_cell(one, figure) for one in changes)))
        notes.append(_said_of(policy, tally, table))
    return Grid(
        id="figures", title=words.FIGURES, columns=tuple(heads), rows=tuple(rows), at=tally.at, coverage=tally.covers,
        definition=words.EACH_BELOW, notes=tuple(notes),
    )  # fmt: skip


def _said_of(policy: Policy, tally: Tally, table: FigureTable) -> Wording:
    """Say of a figure of a summary what stands under a table of its own."""
    figure, basis = table.figure, _basis(tally, [rule.basis for rule in table.rules if rule.basis is not None])
    said = figure_in_words(policy, figure)
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        colon, comma = ("：", "；") if lang == "zh" else (": ", "; ")
        parts = [in_words(said, lang)]
        parts += [f"{words.BASIS[lang]}{colon}{in_words(basis, lang)}"] if basis else []
        parts += [] if figure.cite is None else [words.ARTICLE[lang].format(article=policy.cite(figure.cite, lang))]
        parts += [] if figure.reading is None else [words.READING[lang].format(reading=figure.reading[lang])]
        found[lang] = f"{figure.title.get(lang, figure.id)}{colon}{comma.join(parts)}"
    return FrozenMap(found)


def _id(figure: str, names: Sequence[str], basis: str | None) -> str:
    parts = (figure, *names, *(() if basis is None else (basis,)))
    return "-".join("".join(sign if sign.isalnum() or sign in "_." else "." for sign in part) for part in parts)[:80]


def _beside(part: Part, whole: FigureTable, totals: FigureTable, wanted: set[str], within: str | None) -> Beside:
    table = part.table
    shares: dict[GroupKey, Fraction | None] = {}
    ranks: dict[GroupKey, int | None] = {}
    for keys in _groups(table, within):
        total = amount_of(table.total) if within is None else _sum(table, keys)
        for key in keys:
            amount = amount_of(table.rows[key])
            shares[key] = Fraction(amount, total) if amount is not None and total else None
        ranks |= comparing.ranks({key: _known_value(table, key) for key in keys})  # type: ignore[type-var]
    if amount_of(table.total):
        shares[()] = Fraction(1)
    changes = [_changes(part, whole, totals, one) if one in wanted else _NO_CHANGES for one in Against]
    return Beside(shares, ranks, *changes)


def _known_value(table: FigureTable, key: GroupKey) -> Fraction | None:
    """Give the number of a row; None as well where the numbers it is divided by were not given."""
    if table.figure.scale is not None and table.base is None:
        return None
    return table.value_of(table.rows[key], key)


def _sum(table: FigureTable, keys: Sequence[GroupKey]) -> int | None:
    amounts = [amount_of(table.rows[key]) for key in keys]
    return None if None in amounts or not table.adds_up else sum(one or 0 for one in amounts)


def _groups(table: FigureTable, within: str | None) -> Sequence[Sequence[GroupKey]]:
    """Give the keys of a table by the group of one name in which they stand; all of them together without one."""
    if within is None:
        return (tuple(table.rows),)
    place = table.by.index(within)
    found: dict[object, list[GroupKey]] = {}
    for key in table.rows:
        found.setdefault(key[place] if isinstance(key, tuple) else key, []).append(key)
    return tuple(found.values())


def _changes(part: Part, whole: FigureTable, totals: FigureTable, against: Against) -> Mapping[GroupKey, Change]:
    if not any(unit is not None for unit in whole.units):
        return _NO_CHANGES
    rows = whole.change(against.value).rows
    found = {short: rows[key] for short, key in part.keys.items() if short != () and key in rows}
    of_whole = totals.change(against.value).rows.get(part.keys[()]) if totals.units else None
    return {**found, **({} if of_whole is None else {(): of_whole})}


def _grid(
    tally: Tally,
    part: Part,
    columns: Sequence[Measure],
    *,
    median: bool,
    within: str | None,
    id: str,
) -> Grid:
    table, policy = part.table, tally.policy
    labels = table.by or ("",)
    rows: list[tuple[GridCell, ...]] = []
    for keys in _groups(table, within):
        rows += [(*_labels(policy, table, key), *(one.cell(key, table.rows[key]) for one in columns)) for key in keys]
        if median:
            rows.append(_median_row(policy, table, keys, columns, within))
    blank = [GridCell.labelled(" ")] * (len(labels) - 1)
    total = (GridCell.labelled(words.TOTAL), *blank, *(one.cell((), table.total) for one in columns))
    heads = [
        GridColumn(title=name_in_words(policy, name) if name else words.FIGURE, kind=ColumnKind.LABEL)
        for name in labels
    ]  # fmt: skip
    figure = table.figure
    rules = [rule.basis for rule in table.rules if rule.basis is not None]
    return Grid(
        id=id, title=_title(figure), columns=(*heads, *(GridColumn(title=one.title) for one in columns)),
        rows=tuple(rows), total=total, at=table.at, definition=figure_in_words(policy, figure),
        basis=_basis(tally, rules), coverage=table.covers, left_out=_left_out(tally, rules),
        notes=tuple(_notes(tally, table, rules)), chart=_chart(table, columns, rows),
    )  # fmt: skip


def _title(figure: Figure) -> Wording:
    return FrozenMap({lang: figure.title.get(lang, figure.id) for lang in LANGUAGES})


def _labels(policy: Policy, table: FigureTable, key: GroupKey) -> Iterator[GridCell]:
    parts = key if isinstance(key, tuple) else (key,)
    complete = table.complete
    for name, unit, one in zip(table.by, table.units, parts, strict=True):
        mark: Wording = words.INCOMPLETE if unit is not None and one and complete[one] is False else ""
        yield GridCell.labelled(key_in_words(policy, name, one), mark)


def _median_row(
    policy: Policy, table: FigureTable, keys: Sequence[GroupKey], columns: Sequence[Measure], within: str | None
) -> tuple[GridCell, ...]:
    """Make the row of the median of some groups, in the first column of their values."""
    middle = comparing.median_of(
        _known_value(table, key) for key in keys if None not in (key if isinstance(key, tuple) else (key,))
    )
    parts = keys[0] if isinstance(keys[0], tuple) else (keys[0],)
    labels = [
        GridCell.labelled(key_in_words(policy, name, parts[place]) if name == within else " ")
        for place, name in enumerate(table.by)
    ]
    labels[next((place for place, name in enumerate(table.by) if name != within), 0)] = GridCell.labelled(words.MEDIAN)
    figure = table.figure
    whole = figure.shape is FigureShape.COUNT  # half the sum of two counts is no whole number
    cell = GridCell.number(middle, decimals=1) if whole and middle is not None else number(middle, figure)
    return (*labels, cell, *[GridCell.missing()] * (len(columns) - 1))


def _basis(tally: Tally, rules: Sequence[str]) -> Wording:
    titles = [tally.declared.rules[name].title for name in dict.fromkeys(rules)]
    if not titles:
        return ""
    return FrozenMap({lang: ("；" if lang == "zh" else "; ").join(one[lang] for one in titles) for lang in LANGUAGES})


def _left_out(tally: Tally, rules: Sequence[str]) -> tuple[tuple[Wording, int], ...]:
    found: list[tuple[Wording, int]] = []
    for name in dict.fromkeys(rules):
        why = tally.declared.rules[name].why
        for key, n in tally.counted(name).excluded.items():
            label = key_in_words(tally.policy, why, key) if why else tally.declared.rules[name].title
            found.append((label, n))
        if tally.counted(name).undecided:
            found.append((words.UNDECIDED, tally.counted(name).undecided))
    return tuple(found)


def _notes(tally: Tally, table: FigureTable, rules: Sequence[str]) -> Iterator[Wording]:
    policy, figure = tally.policy, table.figure
    if figure.cite is not None:
        yield FrozenMap(
            {lang: words.ARTICLE[lang].format(article=policy.cite(figure.cite, lang)) for lang in LANGUAGES}
        )
    if figure.reading is not None:
        yield FrozenMap({lang: words.READING[lang].format(reading=figure.reading[lang]) for lang in LANGUAGES})
    if not table.adds_up and len(table.rows) > 1 and figure.shape is not FigureShape.STOCK:
        yield words.NOT_ADDING_UP
    if figure.shape in _PARTS and table.by:
        yield words.ROUNDED_ONCE
    if rules and _left_out(tally, rules):
        yield words.ALL_DATA


def _chart(table: FigureTable, columns: Sequence[Measure], rows: Sequence[tuple[GridCell, ...]]) -> Chart | None:
    """Draw a table of one name: a line over periods, bars of anything else; nothing where there is little to see."""
    drawn = [len(table.by) + place for place, one in enumerate(columns) if one.drawn][:1]
    if len(table.by) != 1 or not drawn or not 2 <= len(rows) <= _MOST_DRAWN or len(rows) != len(table.rows):
        return None
    complete = table.complete
    incomplete = frozenset(
        place for place, key in enumerate(table.rows) if table.units[0] is not None and complete.get(str(key)) is False
    )
    kind = ChartKind.BARS if table.units[0] is None else ChartKind.LINE
    return Chart(kind=kind, series=tuple(drawn), incomplete=incomplete)
