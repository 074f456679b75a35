"""From a figure by its groups to a table of a report (指标分组表转为报表), over everything or in one period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from operator import add
from typing import Any, Final

import attrs

from complaint_rules.errors import InvalidSpan, InvalidTally, did_you_mean
from complaint_rules.language import LANGUAGES, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.figures import Against
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import CountingRule, Figure, FigureShape
from complaint_rules.reports.measures import (
    Beside,
    Measure,
    amount_of,
    behind_in_short,
    cases_of,
    change_cell,
    measures_of,
    number,
    share_cell,
    value_cell,
)
from complaint_rules.reports.naming import (
    about_figure,
    about_rule,
    figure_in_words,
    key_in_words,
    name_in_words,
    why_in_words,
)
from complaint_rules.reports.pages import Chart, ChartKind, ColumnKind, Grid, GridCell, GridColumn
from complaint_rules.reports.wordings import Wording, in_words
from complaint_rules.statistics import comparing
from complaint_rules.statistics.groups import UNITS
from complaint_rules.statistics.spans import Span
from complaint_rules.statistics.tables import Change, FigureTable, GroupKey, row_order
from complaint_rules.statistics.tally import Tally
from complaint_rules.words import report_texts as words

_MOST_DRAWN: Final = 40
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

    The numbers by which it is divided may be given by period as well. Raises `InvalidTally` where the table has no such
    period among its names.
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
    total = totals.rows.get(span.label, totals.total.empty)
    table = attrs.evolve(
        whole, rows=FrozenMap(rows), total=total, by=(*whole.by[:place], *whole.by[place + 1 :]),
        units=(*whole.units[:place], *whole.units[place + 1 :]), base=_base_in(whole, place, span),
    )  # fmt: skip
    return Part(table, FrozenMap(keys))


def _base_in(table: FigureTable, place: int, span: Span) -> Any:
    """Give the numbers by which a figure is divided; of those given by period the ones of this period."""
    if not isinstance(table.base, Mapping):
        return table.base
    labels = {(key if isinstance(key, tuple) else (key,))[place] for key in table.rows} | {span.label}
    found: dict[Any, int | None] = {}
    for key, n in table.base.items():
        parts = key if isinstance(key, tuple) else (key,)
        if not parts or not (parts[-1] in labels or _is_period(parts[-1], span)):
            found[key] = n
        elif parts[-1] == span.label:
            found[parts[0] if len(parts) == 2 else parts[:-1]] = n
    return FrozenMap(found)


def _is_period(label: object, span: Span) -> bool:
    """Say whether a label is that of a period as long as another, also where nothing happened in it."""
    try:
        return isinstance(label, str) and Span.parse(label).unit is span.unit
    except InvalidSpan:
        return False


def _period_place(table: FigureTable, span: Span) -> int:
    for place, (name, unit) in enumerate(zip(table.by, table.units, strict=True)):
        if unit is span.unit and "." not in name:
            return place
    raise InvalidTally(what="by", why="the table is not one by this kind of period", value=span.label)


def _with_those_before(table: FigureTable, span: Span, compare: Iterable[Against]) -> FigureTable:
    """Add, with nothing, the groups of a period that had cases only in a period with which it is compared."""
    place = _period_place(table, span)
    before = {getattr(span, one.value).label for one in compare}
    rows = dict(table.rows)
    for key in table.rows:
        parts = key if isinstance(key, tuple) else (key,)
        if parts[place] in before:
            now = (*parts[:place], span.label, *parts[place + 1 :])
            rows.setdefault(now if len(now) > 1 else now[0], table.total.empty)
    order = sorted(rows, key=lambda key: row_order(key if isinstance(key, tuple) else (key,)))
    return attrs.evolve(table, rows=FrozenMap({key: rows[key] for key in order}))


def part_of(
    tally: Tally,
    figure: str,
    names: tuple[str, ...],
    span: Span | None,
    basis: str | None = None,
    base: Mapping[Any, int | None] | int | None = None,
    against: Sequence[str] = (),
) -> tuple[Part, FigureTable, FigureTable]:
    """Give the rows that a report shows, the table with their changes, and the figure over everything.

    `against` are the periods with which they are held against: what had cases then and none now is there with nothing.
    """

    def table(by: tuple[str, ...]) -> FigureTable:
        return tally.table(figure, by=by, basis=basis, base=base)

    if span is None:
        whole = table(names)
        return Part(whole, FrozenMap({**{key: key for key in whole.rows}, (): ()})), whole, whole
    unit = span.unit.value
    totals = table((unit,))
    compared = _compared(against, totals)
    totals = _with_those_before(totals, span, compared)
    whole = totals if names in ((), (unit,)) else table(names if unit in names else (*names, unit))
    if not any(name in UNITS and name != unit for name in names):
        whole = _with_those_before(whole, span, compared)
        return sliced(whole, totals, span), whole, totals
    shown = sliced(whole, totals, span).table  # its rows are periods, each held against its own
    whole = table(names) if compared else shown
    return Part(shown, FrozenMap({**{key: key for key in shown.rows}, (): span.label})), whole, totals


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
    ranks, sums and medians are taken.

    Of a period the tally has to have the figure by these names and the period, and by the period alone. Where the names
    have another period, changes need the figure by the names alone besides. Raises `InvalidTally` for what the tally
    does not hold.
    """
    names = tuple(by)
    wanted = (*show, *(one for one in compare if one not in show)) if show or compare else ()
    part, whole, totals = part_of(tally, figure, names, span, basis, base, wanted)
    if compare and not show:
        wanted = ("count" if whole.figure.shape is FigureShape.COUNT else "value", *compare)
    table = part.table
    if within is not None and within not in table.by:
        hint = did_you_mean(within, table.by) or "name it in by as well"
        raise InvalidTally(what="within", why="the table is not grouped by this", value=within, hint=hint)
    beside = _beside(part, whole, totals, set(wanted), within)
    columns = measures_of(table, wanted, beside, (*table.rows.values(), table.total))
    if median and not any(one.worth for one in columns):
        columns = measures_of(table, ("value", *wanted), beside, (*table.rows.values(), table.total))
    return _grid(tally, part, columns, median=median, within=within, span=span, id=id or _id(figure, names, basis))


def _compared(wanted: Iterable[str], table: FigureTable) -> tuple[Against, ...]:
    """Give the periods with which a table is held against; stocks have every period by themselves."""
    if table.figure.shape is FigureShape.STOCK:
        return ()
    return tuple(one for one in Against if one.value in wanted)


def summary_of(
    tally: Tally,
    figures: Sequence[str],
    *,
    span: Span | None = None,
    compare: Sequence[Against] = (),
    base: Callable[[str], Any] = lambda _: None,
    pooled: int | None = None,
) -> Grid:
    """Make one table of several figures over everything, or over one period: a row for each, its definition below.

    With `pooled` nothing is shown of a figure that rests on 1 to `pooled` - 1 cases.

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
    rules: dict[str, None] = {}
    for name in figures:
        totals = tally.table(name, by=() if span is None else span.unit.value, base=base(name))
        changes: list[Change | None] = [None] * len(compare)
        table = totals
        if span is not None:
            totals = _with_those_before(totals, span, _compared(compare, totals))
            table = sliced(totals, totals, span).table
            changes = [totals.change(one.value).rows.get(span.label) for one in compare]
        row, figure = table.total, table.figure
        cells = [
            value_cell(table, (), row), *behind_in_short(table, row),
            *(change_cell(one, figure, said=True) for one in changes),
        ]  # fmt: skip
        if pooled is not None and 0 < cases_of(row) < pooled:
            cells = [GridCell.missing(words.fewer_than(pooled))] * len(cells)
        elif pooled is not None and any(0 < (cell.exact or 0) < pooled for cell in cells[2:4]):
            cells[2:6] = [GridCell.missing(words.fewer_than(pooled))] * 4  # the bounds tell how many are undecided
        rows.append((GridCell.labelled(_title(figure)), *cells))
        notes.append(_said_of(policy, tally, table))
        rules |= dict.fromkeys(rule.basis for rule in table.rules if rule.basis is not None)
    return Grid(
        id="figures", title=words.FIGURES, columns=tuple(heads), rows=tuple(rows), at=tally.at, coverage=tally.covers,
        definition=words.EACH_BELOW, basis=words.EACH_BELOW if rules else "", left_out=left_out(tally, rules, span),
        notes=(*notes, *_on_left_out(tally, rules, span), *([words.SMALL_GROUPS] if pooled is not None else [])),
    )  # fmt: skip


def _said_of(policy: Policy, tally: Tally, table: FigureTable) -> Wording:
    """Say of a figure of a summary what stands under a table of its own."""
    figure, basis = table.figure, _basis(tally, [rule.basis for rule in table.rules if rule.basis is not None])
    definition, about = figure_in_words(policy, figure), about_figure(policy, figure)
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        colon, comma = said(("：", ": "), lang), said(("；", "; "), lang)
        parts = [in_words(definition, lang)]
        parts += [f"{words.BASIS[lang]}{colon}{in_words(basis, lang)}"] if basis else []
        parts += [one[lang] for one in about]
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
            amount = None if table.over_time else amount_of(table.rows[key])
            if amount is not None and total is not None:
                shares[key] = Fraction(amount, total) if total else None
        ranks |= comparing.ranks({key: _known_value(table, key) for key in keys})  # type: ignore[type-var]
    if amount_of(table.total) is not None and not table.over_time:
        shares[()] = Fraction(1) if amount_of(table.total) else None
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
        return _NO_CHANGES  # over everything there is no period before
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
    span: Span | None,
    id: str,
) -> Grid:
    table, policy = part.table, tally.policy
    rows: list[tuple[GridCell, ...]] = []
    for keys in _groups(table, within):
        rows += [(*_labels(policy, table, key), *(one.cell(key, table.rows[key]) for one in columns)) for key in keys]
        if within is not None and _has_sums(table, columns):
            rows.append(_subtotal(policy, table, keys, columns, within))
        if median and keys:
            rows.append(_median_row(policy, table, keys, columns, within))
    total = [one.cell((), table.total) for one in columns]
    found = _framed(tally, table, [one.title for one in columns], rows, total, span=span, id=id)
    notes = (*found.notes, *_on_columns(table, columns))
    return attrs.evolve(found, notes=notes, chart=_chart(table, columns, rows))


def _framed(
    tally: Tally,
    table: FigureTable,
    titles: Sequence[Wording],
    rows: Sequence[tuple[GridCell, ...]],
    total: Sequence[GridCell],
    *,
    span: Span | None,
    id: str,
) -> Grid:
    """Put rows under the names of a table, with what stands over and under them."""
    policy, figure = tally.policy, table.figure
    heads = [name_in_words(policy, name) for name in table.by] or [words.FIGURE]
    blank = [GridCell.labelled(" ")] * (len(heads) - 1)
    rules = [rule.basis for rule in table.rules if rule.basis is not None]
    return Grid(
        id=id, title=_titled(policy, table),
        columns=(
            *(GridColumn(title=head, kind=ColumnKind.LABEL) for head in heads),
            *(GridColumn(title=one) for one in titles),
        ),
        rows=tuple(rows), total=(GridCell.labelled(words.TOTAL), *blank, *total), at=table.at,
        definition=figure_in_words(policy, figure), basis=_basis(tally, rules), coverage=table.covers,
        left_out=left_out(tally, rules, span), notes=tuple(_notes(tally, table, rules, span)),
    )  # fmt: skip


def _titled(policy: Policy, table: FigureTable) -> Wording:
    """Name the figure, and by what it stands in the table."""
    title = _title(table.figure)
    if not table.by:
        return title
    names = [name_in_words(policy, name) for name in table.by]
    by = {lang: said(("、", ", "), lang).join(in_words(one, lang) for one in names) for lang in LANGUAGES}
    return FrozenMap(zh=f"{in_words(title, 'zh')}（按{by['zh']}）", en=f"{in_words(title, 'en')}, by {by['en']}")


def _has_sums(table: FigureTable, columns: Sequence[Measure]) -> bool:
    """Say whether the rows of a group have a sum, and it tells nothing that is kept back."""
    kept = any(table.keeps_back(row) for row in table.rows.values())
    return table.adds_up and any(one.adds for one in columns) and not kept


def _subtotal(
    policy: Policy, table: FigureTable, keys: Sequence[GroupKey], columns: Sequence[Measure], within: str
) -> tuple[GridCell, ...]:
    """Make the row of the sum of a group: of its values, never of its shares or medians."""
    whole = reduce(add, (table.rows[key] for key in keys))

    def cell(one: Measure) -> GridCell:
        if one.part and amount_of(whole) is not None:
            return share_cell(Fraction(1) if amount_of(whole) else None)
        return one.cell((), whole) if one.adds else GridCell.missing()

    return (*_labels_of_group(policy, table, keys, within, words.SUBTOTAL), *map(cell, columns))


def _labels_of_group(
    policy: Policy, table: FigureTable, keys: Sequence[GroupKey], within: str | None, label: Wording
) -> list[GridCell]:
    """Make the labels of a row that stands for all rows of a group."""
    parts = keys[0] if isinstance(keys[0], tuple) else (keys[0],)
    labels = [
        GridCell.labelled(key_in_words(policy, name, parts[place]) if name == within else " ")
        for place, name in enumerate(table.by)
    ]
    labels[next((place for place, name in enumerate(table.by) if name != within), 0)] = GridCell.labelled(label)
    return labels


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
    """Make the row of the median of some groups, in the column of what the figure comes to."""
    middle = comparing.median_of(
        _known_value(table, key) for key in keys if None not in (key if isinstance(key, tuple) else (key,))
    )
    figure = table.figure
    if middle is None:
        cell = GridCell.missing()
    elif figure.shape in (FigureShape.COUNT, FigureShape.STOCK):  # half the sum of two counts need not be whole
        cell = GridCell.number(middle, decimals=0 if middle.denominator == 1 else 1)
    else:
        cell = number(middle, figure)
    place = next(place for place, one in enumerate(columns) if one.worth)
    cells = [cell if one == place else GridCell.missing() for one in range(len(columns))]
    return (*_labels_of_group(policy, table, keys, within, words.MEDIAN), *cells)


def _basis(tally: Tally, rules: Sequence[str]) -> Wording:
    titles = [tally.declared.rules[name].title for name in dict.fromkeys(rules)]
    if not titles:
        return ""
    return FrozenMap({lang: ("；" if lang == "zh" else "; ").join(one[lang] for one in titles) for lang in LANGUAGES})


def left_out_id(rule: str) -> str:
    """Give the id of the figure by which a tally counts what a counting rule leaves out, period by period.

    >>> left_out_id("merged")
    'left_out_by_merged'
    """
    return f"left_out_by_{rule}"


def left_out_figure(rule: CountingRule) -> dict[str, Any] | None:
    """Give the figure of what a counting rule leaves out, shaped as ``[[figure]]``; None: it leaves nothing out.

    >>> from complaint_rules import load_policy
    >>> left_out_figure(load_policy("boc-it-blueprint").bases["counted"])["of"]
    "not (counting == 'complaint')"
    """
    if rule.counts is None:
        return None
    title = {lang: words.LEFT_OUT_BY[lang].format(rule=rule.title[lang]) for lang in LANGUAGES}
    return {"id": left_out_id(rule.id), "title": title, "of": f"not ({rule.counts.text})"}


def left_out_names(rule: CountingRule) -> tuple[str, ...]:
    """Give by what the cases that a counting rule leaves out are listed.

    >>> from complaint_rules import load_policy
    >>> left_out_names(load_policy("boc-it-blueprint").bases["counted"])
    ('counting',)
    """
    return () if rule.why is None else (rule.why,)


def left_out(tally: Tally, rules: Iterable[str], span: Span | None) -> tuple[tuple[Wording, int], ...]:
    """Say why cases are not counted by some counting rules, and how many: those of a period where the tally knows.

    A tally knows that counts `left_out_figure` by `left_out_names` and the period; see `needs_of`.
    """
    found: dict[Wording, int] = {}
    for name in dict.fromkeys(rules):
        rule = tally.declared.rules[name]
        for label, n in _left_out_by(tally, rule, span):
            found[label] = found.get(label, 0) + n
    return tuple(found.items())


def _left_out_by(tally: Tally, rule: CountingRule, span: Span | None) -> Iterator[tuple[Wording, int]]:
    names = left_out_names(rule)
    outside: Wording = FrozenMap({lang: words.OUTSIDE[lang].format(rule=rule.title[lang]) for lang in LANGUAGES})

    def why(key: Any) -> Wording:
        return why_in_words(tally.policy, names[0], key) if names else outside

    if span is None or not _knows_left_out(tally, rule, span):
        counted = tally.counted(rule.id)
        yield from ((why(key), n) for key, n in counted.excluded.items())
        undecided = counted.undecided
    elif (rule.since or span.last) > span.last or (rule.until or span.first) < span.first:
        return  # it is not in force then
    else:
        unit = span.unit.value
        totals = tally.table(left_out_id(rule.id), by=unit)
        whole = tally.table(left_out_id(rule.id), by=(*names, unit))
        table = sliced(whole, totals, span).table
        rows = table.rows.items() if names else [((), table.total)]
        yield from ((why(key), row.n) for key, row in rows if row.n)
        undecided = table.total.undecided
    if undecided:
        yield words.UNSURE, undecided


def left_out_grid(tally: Tally, rule: CountingRule, span: Span) -> Grid:
    """Make the table of what a counting rule leaves out, by why: of a period where the tally knows it, else of all.

    Raises `InvalidTally` where the tally does not count by the rule.
    """
    found = left_out(tally, [rule.id], span)
    title: Wording = FrozenMap({lang: words.LEFT_OUT_BY[lang].format(rule=rule.title[lang]) for lang in LANGUAGES})
    names = left_out_names(rule)
    heads = (
        GridColumn(title=name_in_words(tally.policy, names[0]) if names else words.WHY, kind=ColumnKind.LABEL),
        GridColumn(title=words.COUNT),
    )
    rows = tuple((GridCell.labelled(label), GridCell.number(n)) for label, n in found)
    return Grid(
        id=left_out_id(rule.id), title=title, columns=heads, rows=rows, at=tally.at, coverage=tally.covers,
        total=(GridCell.labelled(words.TOTAL), GridCell.number(sum(n for _, n in found))),
        definition=rule.definition or words.NOT_COUNTED, basis=rule.title,
        notes=(*about_rule(tally.policy, rule), *_on_left_out(tally, [rule.id], span)),
    )  # fmt: skip


def _knows_left_out(tally: Tally, rule: CountingRule, span: Span) -> bool:
    """Say whether a tally counts what a rule leaves out in a period, which is none in which the rule changes."""
    changes = [day for day in (rule.since, rule.until) if day is not None]
    inside = any(span.contains(day) for day in changes) and not (
        rule.since in (None, span.first) and rule.until in (None, span.last)
    )
    unit, names = span.unit.value, left_out_names(rule)
    held = {(unit,), (*names, unit)} <= set(tally.groupings)
    return left_out_id(rule.id) in tally.figures and held and not inside


def _notes(tally: Tally, table: FigureTable, rules: Sequence[str], span: Span | None) -> Iterator[Wording]:
    figure = table.figure
    yield from about_figure(tally.policy, figure)
    if not table.adds_up and len(table.rows) > 1 and figure.shape is not FigureShape.STOCK:
        yield words.NOT_ADDING_UP
    yield from _on_left_out(tally, rules, span)


def _on_left_out(tally: Tally, rules: Iterable[str], span: Span | None) -> Iterator[Wording]:
    if span is not None and any(_beyond(tally, tally.declared.rules[rule], span) for rule in rules):
        yield words.ALL_DATA


def _beyond(tally: Tally, rule: CountingRule, span: Span) -> bool:
    """Say whether what a rule left out is known over all data alone, and there is some."""
    return not _knows_left_out(tally, rule, span) and bool(left_out(tally, [rule.id], None))


def _on_columns(table: FigureTable, columns: Sequence[Measure]) -> Iterator[Wording]:
    if table.by and any(one.part for one in columns):
        yield words.ROUNDED_ONCE


def _chart(table: FigureTable, columns: Sequence[Measure], rows: Sequence[tuple[GridCell, ...]]) -> Chart | None:
    """Draw a table of one name: a line over periods, bars of anything else; nothing where there is little to see."""
    drawn = [len(table.by) + place for place, one in enumerate(columns) if one.drawn][:1]
    if len(table.by) != 1 or not drawn or not 2 <= len(rows) <= _MOST_DRAWN or len(rows) != len(table.rows):
        return None
    if sum(row[drawn[0]].exact is not None for row in rows) < 2:
        return None
    complete = table.complete
    incomplete = frozenset(
        place for place, key in enumerate(table.rows) if table.units[0] is not None and complete.get(str(key)) is False
    )
    if table.units[0] is None:
        return Chart(kind=ChartKind.BARS, series=tuple(drawn), incomplete=incomplete)
    apart = frozenset(
        place for place, (one, other) in enumerate(pairwise(table.rows), 1) if not _follows(str(one), other)
    )
    return Chart(kind=ChartKind.LINE, series=tuple(drawn), incomplete=incomplete, apart=apart)


def _follows(label: str, other: object) -> bool:
    """Say whether the period of a row comes directly after that of the row before."""
    return bool(other) and Span.parse(str(other)).before.label == label
