"""Returns filled from a tally (报送表填制), and reports of figures as anybody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import attrs

from complaint_rules.errors import InvalidReport, InvalidSpan, did_you_mean
from complaint_rules.language import LANGUAGES
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.figures import Against, FilingTable, Stock
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import CountingRule, Figure, FigureShape, Filing, ReportPeriod
from complaint_rules.reports.grids import grid_of, left_out_figure, left_out_grid, left_out_names, summary_of
from complaint_rules.reports.naming import about_filing, problems_in_words
from complaint_rules.reports.pages import Grid, Report
from complaint_rules.reports.pooling import pooled_grids
from complaint_rules.reports.wordings import Wording, in_words
from complaint_rules.statistics.groups import UNITS, names_in
from complaint_rules.statistics.spans import Span
from complaint_rules.statistics.strands import counts_by
from complaint_rules.statistics.tally import Tally
from complaint_rules.version import VERSION
from complaint_rules.words import report_texts as words

_DETAILED: Final = frozenset({FigureShape.SHARE, FigureShape.LIMIT, FigureShape.TIME, FigureShape.SUM})
"""Shapes with more behind the value than a summary shows."""
_MOST_NAMES: Final = 3
"""Names that stand together at most; of so many no small numbers can be kept back."""
_LENGTHS: Final = tuple(ReportPeriod)
"""Periods, the shortest first."""


class Needs(NamedTuple):
    """What a tally has to hold, so that a return can be filled from it: the arguments of `Tally`."""

    by: tuple[tuple[str, ...], ...]
    """The groupings."""
    figures: tuple[str | Mapping[str, Any], ...]
    """The figures: ids, and of every counting rule what it leaves out, shaped as ``[[figure]]``."""
    bases: tuple[str, ...]
    """The counting rules by which it counts besides."""


def filing_named(policy: Policy, filing: str) -> Filing:
    """Give a return of a policy by its id; raises `InvalidReport` where it has none of that id.

    >>> from complaint_rules import load_policy
    >>> filing_named(load_policy("grcu-2008"), "half_yearly").so_far
    True
    """
    filings = as_policy(policy).filings
    if filing not in filings:
        hint = did_you_mean(filing, filings) or (f"it has {', '.join(filings)}" if filings else "it has none")
        raise InvalidReport(what="filing", why="the policy has no such return", value=filing, hint=hint)
    return filings[filing]


def period_of(filing: Filing, span: Span | str | None) -> Span:
    """Give the period of a return, as a label or a `Span`.

    Raises `InvalidSpan` where none is given, or another kind of period than the return is about.

    >>> from complaint_rules import load_policy
    >>> period_of(filing_named(load_policy("grcu-2008"), "half_yearly"), "2026H1").label
    '2026H1'
    """
    units = units_of(filing)
    if span is None:
        hint = f"write {_example(next(iter(units), ReportPeriod.QUARTER))}"
        raise InvalidSpan(what="period", why="a return is about a period", value=None, hint=hint)
    found = span if isinstance(span, Span) else Span.parse(span)
    if units and found.unit not in units:
        known = " or ".join(_example(unit) for unit in units)
        raise InvalidSpan(
            what="period", why="the return is about another kind of period", value=found.label, hint=f"write {known}"
        )
    return found


def _example(unit: ReportPeriod) -> str:
    examples = {
        ReportPeriod.DAY: "2026-09-30", ReportPeriod.WEEK: "2026-W40", ReportPeriod.MONTH: "2026-09",
        ReportPeriod.QUARTER: "2026Q3", ReportPeriod.HALF_YEAR: "2026H2", ReportPeriod.YEAR: "2026",
    }  # fmt: skip
    return examples[unit]


def units_of(filing: Filing) -> tuple[ReportPeriod, ...]:
    """Give the kinds of period that a return is about; empty: the text does not say.

    >>> from complaint_rules import load_policy
    >>> [unit.value for unit in units_of(filing_named(load_policy("grcu-2008"), "half_yearly"))]
    ['half_year', 'year']
    """
    if filing.periods:
        return tuple(dict.fromkeys(unit for _, unit in filing.periods))
    single = filing.period or filing.per
    return () if single is None else (single,)


def needs_of(policy: Policy, filing: str, period: Span | str | None = None) -> Needs:
    """Say what a tally has to hold, so that a return of a period can be filled from it.

    Raises as `filing_named` and `period_of`.

    >>> from complaint_rules import load_policy
    >>> needs_of(load_policy("grcu-2008"), "half_yearly", "2026H1").by[0]
    ('half_year',)
    """
    one = filing_named(policy, filing)
    span = period_of(one, period)
    unit = span.unit.value
    by: dict[tuple[str, ...], None] = {(unit,): None}
    for names in (_names(policy, name) for name in one.figures):
        for each in names:
            by[(*each, unit)] = None
    figures, bases = dict.fromkeys(one.figures), dict[str, None]()
    for table in one.tables:
        figures[table.figure] = None
        by |= dict.fromkeys(_groupings(table, one, span))
        if table.basis is not None:
            bases[table.basis] = None
    left = []
    for rule in _rules(policy, figures, bases):
        more = left_out_figure(rule)
        if more is not None:
            left.append(more)
            by[(*left_out_names(rule), unit)] = None
    return Needs(tuple(by), (*figures, *left), tuple(bases))


def _rules(policy: Policy, figures: Iterable[str], bases: Iterable[str]) -> Sequence[CountingRule]:
    """Give the counting rules of some figures, those of what they are divided from included, and further ones."""
    found: dict[str, None] = {}
    for name in figures:
        scale = policy.figures[name].scale
        found |= dict.fromkeys(policy.figures[name if scale is None else scale.figure].basis)
    return [policy.bases[name] for name in dict.fromkeys((*found, *bases))]


def _names(policy: Policy, figure: str) -> Sequence[tuple[str, ...]]:
    """Give the groupings of a figure: each of its names by itself."""
    return tuple((name,) for name in policy.figures[figure].by)


def _groupings(table: FilingTable, filing: Filing, span: Span) -> Iterator[tuple[str, ...]]:
    """Give the groupings that a table of a return needs."""
    names = _by(table)
    if not _in_period(names, span):
        yield names
        return
    yield (*names, span.unit.value)
    if any(name in UNITS for name in names) and (filing.compare or set(table.show) & {*Against}):
        yield names


def _in_period(names: Sequence[str], span: Span) -> bool:
    """Say whether a table shows the period alone; one by the same period, or a longer one, shows all of them."""
    periods = [UNITS[name] for name in names if name in UNITS]
    shorter = all(_LENGTHS.index(unit) < _LENGTHS.index(span.unit) for unit in periods)
    return not periods or (shorter and len(names) < _MOST_NAMES)


def _by(table: FilingTable) -> tuple[str, ...]:
    first = () if table.within is None or table.within in table.by else (table.within,)
    return (*first, *table.by)


def return_of(
    tally: Tally,
    filing: str,
    *,
    period: Span | str | None = None,
    bases: Mapping[str, Mapping[Any, int | None] | int] = FrozenMap(),
) -> Report:
    """Fill a return of the tally's policy for a period (填制报送表).

    `bases` are the numbers by which figures per so many are divided, by the id of the base: by group, or one for all.
    The tally has to hold what `needs_of` says. Raises as `needs_of`, `InvalidTally` for what the tally does not hold.

    >>> import datetime as dt
    >>> from complaint_rules import BEIJING, Complaint, load_policy
    >>> policy = load_policy("grcu-2008")
    >>> needs = needs_of(policy, "half_yearly", "2026H1")
    >>> tally = Tally(
    ...     policy, at=dt.datetime(2026, 6, 14, 23, 59, tzinfo=BEIJING), by=needs.by, figures=needs.figures
    ... )
    >>> _ = tally.add(Complaint(id="c-1", received=dt.date(2026, 3, 2)))
    >>> report = return_of(tally, "half_yearly", period="2026H1")
    >>> [cell.printed("en") for cell in report.grids[0].rows[0][:2]]
    ['Complaints received', '1']
    """
    policy = tally.policy
    one = filing_named(policy, filing)
    span = period_of(one, period)
    _begun(tally, span)
    grids = tuple(_grids(tally, one, span, bases))
    return Report(
        title=_titled(one.title, one.id), subtitle=_subtitle(tally, span), at=tally.at, policy=policy.id,
        fingerprint=policy.fingerprint, grids=grids,
        written=tuple(_titled(one.contents[name], name) for name in one.written),
        notes=tuple(_notes(tally, one)),
    )  # fmt: skip


def _titled(titles: Mapping[str, str], name: str) -> Wording:
    return FrozenMap({lang: titles.get(lang, name) for lang in LANGUAGES})


def _begun(tally: Tally, span: Span) -> None:
    if span.first > tally.at.date():
        why, hint = "the period begins after the moment as of which was counted", "count as at a later moment"
        raise InvalidSpan(what="period", why=why, value=span.label, hint=hint)


def _subtitle(tally: Tally, span: Span) -> Wording:
    """Name the period, and say how much of it the data hold where it is not the whole."""
    complete = span.complete(tally.covers, tally.at)
    if complete or (complete is None and not span.contains(tally.at)):
        return span.label
    mark: Mapping[str, str] = words.INCOMPLETE
    first, last = (span.first, tally.at.date()) if tally.covers is None else tally.covers
    last = min(last, tally.at.date())
    if first <= span.first <= last and span.contains(tally.at):
        mark = {lang: words.SO_FAR[lang].format(day=last.isoformat()) for lang in LANGUAGES}
    return FrozenMap(zh=f"{span.label}（{mark['zh']}）", en=f"{span.label} ({mark['en']})")


def _grids(
    tally: Tally, filing: Filing, span: Span, bases: Mapping[str, Mapping[Any, int | None] | int]
) -> Iterator[Grid]:
    base, compare = _bases_of(tally, bases), filing.compare
    if filing.figures:
        yield summary_of(tally, filing.figures, span=span, compare=compare, base=base)
    if filing.excluded:
        yield from _excluded(tally, filing, span)
    seen = {(table.figure, _by(table)) for table in filing.tables}
    for name in filing.figures:
        figure = tally.figures[name]
        if figure.shape in _DETAILED and not figure.by:
            yield grid_of(tally, name, span=span, base=base(name), id=name)
        for names in _names(tally.policy, name):
            if (name, names) not in seen:
                yield grid_of(tally, name, by=names, span=span, compare=compare, base=base(name))
    for place, table in enumerate(filing.tables, 1):
        names = _by(table)
        inside = _in_period(names, span)
        grid = grid_of(
            tally, table.figure, by=names, span=span if inside else None, show=table.show,
            compare=() if table.show else compare, within=table.within, median=table.median, basis=table.basis,
            base=base(table.figure), id=f"table{place}.{table.figure}",
        )  # fmt: skip
        yield grid if inside else attrs.evolve(grid, notes=(*grid.notes, words.EVERY_PERIOD))


def _excluded(tally: Tally, filing: Filing, span: Span) -> Iterator[Grid]:
    """Give what did not count, and why, of every counting rule of a return: of the period where the tally knows it."""
    figures = dict.fromkeys((*filing.figures, *(table.figure for table in filing.tables)))
    bases = dict.fromkeys(table.basis for table in filing.tables if table.basis is not None)
    for rule in _rules(tally.policy, figures, bases):
        yield left_out_grid(tally, rule, span)


def _bases_of(tally: Tally, bases: Mapping[str, Mapping[Any, int | None] | int]) -> Callable[[str], Any]:
    """Give what tells by which numbers a figure is divided; None: by none."""

    def base(figure: str) -> Any:
        scale = tally.figures[figure].scale if figure in tally.figures else None
        return None if scale is None else bases.get(scale.base)

    return base


def _besides(
    tally: Tally, figure: Figure, names: Sequence[str], span: Span | None, besides: Sequence[str]
) -> Iterator[Grid]:
    """Give a figure once more by each counting rule, whose title stands beside its own."""
    for basis in besides:
        if not counts_by(figure, tally.declared.rules[basis]):
            continue
        grid = grid_of(tally, figure.id, by=names, span=span, basis=basis)
        rule = tally.declared.rules[basis].title
        title = FrozenMap(
            zh=f"{in_words(grid.title, 'zh')}（{rule['zh']}）", en=f"{in_words(grid.title, 'en')} ({rule['en']})"
        )
        yield attrs.evolve(grid, title=title)


def _notes(tally: Tally, filing: Filing | None) -> Iterator[Wording]:
    if filing is not None:
        yield from about_filing(tally.policy, filing)
    if tally.covers is None:
        yield words.COVERAGE_UNKNOWN
    for code, noted in tally.problems.items():
        yield problems_in_words(code, noted.n)
    if tally.libraries - {VERSION}:
        versions = ", ".join(sorted(tally.libraries))
        yield FrozenMap({lang: words.COUNTED_BY[lang].format(versions=versions) for lang in LANGUAGES})
    yield words.EXACTLY


def _stands_alone(figure: Figure, span: Span | None, bases: Mapping[str, object]) -> bool:
    """Say whether a figure needs no numbers of a base, and no period, that are not given."""
    return (figure.scale is None or figure.scale.base in bases) and (
        span is not None or figure.stock is not Stock.START
    )


def report_of(
    tally: Tally,
    *,
    figures: Sequence[str] | None = None,
    by: Sequence[str | Sequence[str]] | None = None,
    period: Span | str | None = None,
    title: Mapping[str, str] | str | None = None,
    besides: Sequence[str] | None = None,
    bases: Mapping[str, Mapping[Any, int | None] | int] = FrozenMap(),
    pooled: int | None = None,
) -> Report:
    """Report figures of a tally by its groupings, over everything or for one period.

    `figures`, `by` and `besides`, the counting rules by which counts and shares stand there once more, are all that the
    tally has unless given; figures per so many of a base only where `bases` has its numbers, by group, or one for all.
    Of a period the tally has to have each grouping together with the period, and the period alone. With `pooled` only
    numbers are shown by groups, by one name or two, the small groups together: see `pooled_grids`. Raises
    `InvalidTally` for what the tally does not hold, `InvalidSpan` for no period, or one that has not begun,
    `InvalidFigure` for `pooled` below 2.

    >>> import datetime as dt
    >>> from complaint_rules import BEIJING, load_policy
    >>> tally = Tally(
    ...     load_policy("psbc-95580"), at=dt.datetime(2026, 10, 8, tzinfo=BEIJING), by=["channel"]
    ... )
    >>> [grid.id for grid in report_of(tally, figures=["received"]).grids]
    ['figures', 'received-channel']
    """
    span = Span.parse(period) if isinstance(period, str) else period
    unit = () if span is None else (span.unit.value,)
    if span is not None:
        _begun(tally, span)
    asked = tally.groupings if by is None else tuple(dict.fromkeys(((), *map(names_in, by))))
    if span is not None and by is None:
        asked = tuple(names[:-1] for names in asked if names[-1:] == unit)
    wanted = list(figures or ())
    if figures is None:
        wanted = [name for name, one in tally.figures.items() if _stands_alone(one, span, bases)]
    base = _bases_of(tally, bases)
    grids = [summary_of(tally, wanted, span=span, base=base, pooled=pooled)]
    for figure in (tally.figures[name] for name in wanted):
        if pooled is not None:
            counts = figure.shape is FigureShape.COUNT
            few = [names for names in asked if counts and 0 < len(names) < _MOST_NAMES]
            grids += [one for names in few for one in pooled_grids(tally, figure.id, by=names, k=pooled, span=span)]
            continue
        for names in asked:
            if names or figure.shape in _DETAILED:
                grids.append(grid_of(tally, figure.id, by=names, span=span, base=base(figure.id)))
            also = tally.declared.besides if besides is None else besides
            grids += _besides(tally, figure, names, span, also)
    heading = title if title is not None else _titled(tally.policy.title, tally.policy.id)
    return Report(
        title=heading, subtitle="" if span is None else _subtitle(tally, span), at=tally.at, policy=tally.policy.id,
        fingerprint=tally.policy.fingerprint, grids=tuple(grids), notes=tuple(_notes(tally, None)),
    )  # fmt: skip
