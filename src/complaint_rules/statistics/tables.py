"""`FigureTable`: one figure by its groups (指标分组表), and what is worked out of it, exact until it is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, TypeAlias, final

import attrs

from complaint_rules.errors import InvalidFigure, InvalidTally, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import latest_of
from complaint_rules.policy.figures import Rate
from complaint_rules.policy.rules import Figure, FigureShape, ReportPeriod
from complaint_rules.statistics import comparing
from complaint_rules.statistics.adding import whole_number
from complaint_rules.statistics.amounts import CaseCount, LimitRuns, Money, Share
from complaint_rules.statistics.cells import Value
from complaint_rules.statistics.groups import Key, Keys
from complaint_rules.statistics.spans import Span
from complaint_rules.statistics.strands import Rule

GroupKey: TypeAlias = Key | Keys
"""The group of a row: with one name its key, with several all of them."""
_BEFORE: Final[Mapping[str, Callable[[Span], Span]]] = {
    "before": lambda span: span.before, "year_before": lambda span: span.year_before,
}  # fmt: skip
_RELATIVE: Final = frozenset({FigureShape.COUNT, FigureShape.STOCK, FigureShape.SUM, FigureShape.SCALED})
_PARTS: Final = frozenset({FigureShape.COUNT, FigureShape.STOCK, FigureShape.SUM})


class NoChange(Coded):
    """Why no change is given (无变动数的原因)."""

    INCOMPLETE = "incomplete", "统计期未满", "a period is not complete"
    NOT_STATED = "not_stated", "数据覆盖期间未说明", "it is not stated for which days the data are complete"
    NOT_THERE = "not_there", "对比期无此类", "the class was not there before"
    NOTHING = "nothing", "上期为零", "there was nothing before"
    OTHER_BASIS = "other_basis", "统计口径不同", "the counting rule changed"
    NO_VALUE = "no_value", "无数值", "there is no value"


class Change(NamedTuple):
    """How a figure changed (变动)."""

    value: Fraction | None
    """Of numbers, sums and rates on a base (now - before) ÷ before; of shares and durations now - before."""
    why: NoChange | None = None
    """Why there is none; None: there is one."""


class Changes(NamedTuple):
    """How every group changed (各组变动)."""

    rows: Mapping[GroupKey, Change]
    """The change of every group."""
    total: Change | None
    """The change of the whole, against another table; None: against a period, as every row has its own."""


class Derived(NamedTuple):
    """What was worked out of a table for every group (派生数), exact."""

    rows: Mapping[GroupKey, Fraction | None]
    """The number of every group; None: there is none."""
    total: Fraction | None
    """The number of the whole; None: there is none."""


class Top(NamedTuple):
    """The greatest groups (前几位)."""

    rows: Mapping[GroupKey, Any]
    """The values of the groups, the greatest first; of equals the first in the table."""
    share: Fraction | None
    """What they come to together of the whole, from their numbers; None: the whole is nothing."""


@final
@attrs.frozen(kw_only=True, repr=False)
class FigureTable(Shown):
    """A figure by its groups, as of the moment of a tally; `Tally.table` gives it.

    >>> from complaint_rules import BEIJING, Complaint, Tally, load_policy
    >>> at = dt.datetime(2026, 10, 8, 18, tzinfo=BEIJING)
    >>> tally = Tally(load_policy("psbc-95580"), at=at, by=["channel"])
    >>> for number, channel in enumerate(("phone", "phone", "letter", None)):
    ...     _ = tally.add(Complaint(id=f"c-{number}", received=dt.date(2026, 9, 30), channel=channel))
    >>> table = tally.table("received", by="channel")
    >>> {key: row.n for key, row in table.rows.items()}, table.total.n
    ({'letter': 1, 'phone': 2, None: 1}, 4)
    >>> table.share().rows["phone"], table.rank()["phone"]
    (Fraction(1, 2), 1)
    """

    figure: Figure
    """The figure."""
    by: tuple[str, ...]
    """The names of the groups."""
    rows: FrozenMap[GroupKey, Any]
    """The value of every group, in order, those not known last.

    It is a `CaseCount`, `Share`, `LimitRuns`, `Times` or `Money`, as the shape of the figure has it.
    """
    total: Any
    """The value over everything, of the same class: true also where the rows do not add up."""
    adds_up: bool
    """Whether the rows add up to the total: not where a case may lie in several groups."""
    at: dt.datetime
    """The moment as of which it was counted."""
    covers: tuple[dt.date, dt.date] | None
    """The first and last day for which the data are complete; None: nobody says."""
    rules: tuple[Rule, ...]
    """The counting rules of the figure, one after the other."""
    units: tuple[ReportPeriod | None, ...] = ()
    """For every name the period of its labels; None: it is no period."""
    base: FrozenMap[GroupKey, int | None] | int | None = None
    """The numbers by which a figure per so many is divided, by group, or by the last names of it; None: none given."""

    @staticmethod
    def of(
        figure: Figure,
        names: Sequence[Any],
        values: Mapping[Keys, Value],
        total: Value,
        *,
        at: dt.datetime,
        covers: tuple[dt.date, dt.date] | None,
        rules: Sequence[Rule],
        base: Mapping[Any, int | None] | int | None = None,
    ) -> FigureTable:
        """Put a table together; `names` are those of a grouping."""
        single = len(names) == 1
        order = sorted(values, key=row_order)
        return FigureTable(
            figure=figure, by=tuple(name.written for name in names),
            rows=FrozenMap({(key[0] if single else key): values[key] for key in order if key}), total=total,
            adds_up=figure.shape is not FigureShape.STOCK and not any(name.several for name in names), at=at,
            covers=covers, rules=tuple(rules), units=tuple(name.period for name in names), base=_base(base),
        )  # fmt: skip

    # -- what a row is worth --

    @property
    def values(self) -> Mapping[GroupKey, Fraction | None]:
        """The number of every group, exact; None: there is none, or it is kept back where there are few cases."""
        return FrozenMap({key: self.value_of(row, key) for key, row in self.rows.items()})

    @property
    def value(self) -> Fraction | None:
        """The number over everything, as in `values`."""
        return self.value_of(self.total)

    def value_of(self, row: Value, key: GroupKey = ()) -> Fraction | None:
        """Give the number of a row of the table; `key` is its group, and empty the whole."""
        if self.figure.scale is not None:
            return comparing.scaled(_number(row), self.base_of(key), self.figure.scale.per)
        return None if self.keeps_back(row) else _worth(row, self.figure)

    def base_of(self, key: GroupKey) -> int | None:
        """Give the number by which a group is divided; ``()`` is the whole. None: it is not known.

        The whole is divided by the numbers of all groups together, where each is known and all are by as many names.

        Raises `InvalidTally` where none were given at all.
        """
        if self.base is None:
            why = "the numbers by which it is divided are missing"
            raise InvalidTally(
                what=self.figure.id, why=why, value=None, hint="pass the number of every group in base to table(…)"
            )
        if isinstance(self.base, int):
            return self.base
        if key == () and () not in self.base:
            every = [self.base_of(one) for one in self.rows] + list(self.base.values())
            if None in every or len({len(self._parts(one)) for one in self.base}) > 1:
                return None  # of bank-a, and of bank-b by state: nobody says which of them make the whole
            return sum(one or 0 for one in self.base.values())
        parts = self._parts(key)
        for start in range(len(parts)):  # of (state, bank-a) its own number, else that of bank-a
            rest = parts[start:]
            own = rest if len(rest) > 1 else rest[0]
            if own in self.base:
                return self.base[own]
        return self.base.get(key)

    def keeps_back(self, row: Any) -> bool:
        """Say whether a share is not shown because there are too few cases: see ``at_least_cases`` of the figure."""
        return too_few(row, self.figure)

    @property
    def over_time(self) -> bool:
        """Whether the rows are what was open at the edges of periods, of which none is a part of the total."""
        return self.figure.shape is FigureShape.STOCK and any(unit is not None for unit in self.units)

    @property
    def complete(self) -> Mapping[str, bool | None]:
        """Whether the data hold the whole of every period in the table; None: nobody says what they cover."""
        labels = {label for key in self.rows for label in self._labels(key) if label}
        return FrozenMap({label: Span.parse(label).complete(self.covers, self.at) for label in sorted(labels)})

    def _parts(self, key: GroupKey) -> Keys:
        return (key,) if not isinstance(key, tuple) else key

    # -- what follows from it --

    def share(self) -> Derived:
        """Give what every group comes to of the whole (占比), from the numbers; None: the whole is nothing.

        Raises `InvalidFigure` unless the figure is a number or a sum, and for a stock by period.
        """
        self._parts_of_it("share")
        whole = _number(self.total)
        rows = {key: Fraction(_number(row), whole) if whole else None for key, row in self.rows.items()}
        return Derived(FrozenMap(rows), Fraction(1) if whole else None)

    def joint(self, keys: Iterable[GroupKey]) -> Fraction | None:
        """Give what some groups come to together of the whole (合计占比): from their numbers, never from their shares.

        Raises `InvalidFigure` unless the figure is a number or a sum, and for a stock by period; `InvalidTally` for a
        group that is not there.
        """
        self._parts_of_it("joint")
        found = [self._row(key) for key in dict.fromkeys(keys)]
        return comparing.share_of([_number(row) for row in found], _number(self.total))

    def _row(self, key: GroupKey) -> Any:
        if key not in self.rows:
            hint = did_you_mean(key, [one for one in self.rows if isinstance(one, str)])
            raise InvalidTally(what="group", why="the table has no such group", value=key, hint=hint)
        return self.rows[key]

    def rank(self) -> Mapping[GroupKey, int | None]:
        """Give the rank of every group (位次): one more than how many are greater; on exact values (1, 2, 2, 4)."""
        return FrozenMap(comparing.ranks(dict(self.values)))  # type: ignore[type-var]

    def median(self) -> Fraction | None:
        """Give the median over the groups (中位数), those not known left out; None: there is none."""
        return comparing.median_of(value for key, value in self.values.items() if None not in self._parts(key))

    def top(self, n: int) -> Top:
        """Give the n greatest groups, and what they come to together.

        Raises `InvalidFigure` unless the figure is a number or a sum, and for a stock by period.
        """
        whole_number(n, "top")
        self._parts_of_it("top")
        order = sorted(self.rows, key=lambda key: -_number(self.rows[key]))
        keys = tuple(key for key in order if None not in self._parts(key))[:n]
        return Top(FrozenMap({key: self.rows[key] for key in keys}), self.joint(keys))

    def scaled(self, base: Mapping[Any, int | None] | int, per: int) -> Derived:
        """Give every group per so many of a base (每千网点); None where the base is nothing, or not known.

        The whole is divided by the bases of all groups together, unless `base` has a number for it, under ``()``.

        Raises `InvalidFigure` unless the figure is a number or a sum, and for a base that is no whole number.
        """
        self._counts("scaled")
        known = attrs.evolve(self, base=_base(base))
        rows = {key: comparing.scaled(_number(row), known.base_of(key), per) for key, row in self.rows.items()}
        return Derived(FrozenMap(rows), comparing.scaled(_number(self.total), known.base_of(()), per))

    def pooled(self, k: int) -> comparing.Pooled:
        """Put small groups together, so that no number from 1 to k - 1 follows from what is shown (合并小组).

        It does not keep a number from somebody who also knows the rule, or another publication. Raises `InvalidFigure`
        unless the figure is a number, `InvalidTally` where the rows do not add up, or for several names: see `margins`.
        """
        return comparing.pooled(self._numbers("pooled", 1), k)

    def margins(self, k: int) -> comparing.Margins | None:
        """Give the sums alone of a table of two names in which a number is from 1 to k - 1; None: show it whole.

        Raises as `pooled`, for other than two names.
        """
        return comparing.margins_only(self._numbers("margins", 2), k)

    def _numbers(self, what: str, names: int) -> dict[Any, int]:
        if self.figure.shape is not FigureShape.COUNT:
            raise InvalidFigure(what=what, why="only numbers are put together", value=self.figure.id)
        if not self.adds_up:
            raise InvalidTally(what=what, why="the rows do not add up", value=", ".join(self.by))
        if len(self.by) != names:
            hint = "use pooled for one name, margins for two"
            raise InvalidTally(
                what=what, why="the table has another number of names", value=", ".join(self.by), hint=hint
            )
        return {key: _number(row) for key, row in self.rows.items()}

    def rolled(self, parents: Mapping[str, str]) -> FigureTable:
        """Put groups together by what they belong to (上卷), as branches by region; the total stays.

        What no parent is given for is not known. Raises `InvalidTally` for several names.
        """
        if len(self.by) != 1:
            raise InvalidTally(what="rolled", why="groups of one name are put together", value=self.by)
        found: dict[Keys, Any] = {}
        for key, row in self.rows.items():
            where: Keys = (parents.get(str(key)) if key else None if key is None else "",)
            found[where] = found[where] + row if where in found else row
        order = sorted(found, key=row_order)
        rows: FrozenMap[GroupKey, Any] = FrozenMap({key[0]: found[key] for key in order})
        return attrs.evolve(self, rows=rows, units=(None,), base=None)

    def change(self, against: str | FigureTable, *, across_bases: bool = False) -> Changes:
        """Give how every group changed: on the period ``before`` (环比), the ``year_before`` (同比), or another table.

        None, with the reason, where either period is not complete, nobody says what the data cover, the class was not
        there, or there was nothing. What is not by period is held against another table where both hold days that are
        over, and as many: whole months, or days. A change of the counting rule is none, unless `across_bases`.

        Raises `InvalidTally` where the table has no period, or another table has another figure, grouping or counting
        rule: both are named.
        """
        if isinstance(against, FigureTable):
            return self._against(against, across_bases=across_bases)
        if against not in _BEFORE:
            hint = did_you_mean(against, _BEFORE) or "write 'before' or 'year_before', or pass a table"
            raise InvalidTally(what="change", why="against what it changed is not known", value=against, hint=hint)
        periods = [place for place, unit in enumerate(self.units) if unit is not None]
        own = [place for place in periods if "." not in self.by[place]]
        places = own if len(periods) > 1 else periods  # of an event's month and the figure's own, its own
        if len(places) != 1:
            raise InvalidTally(what="change", why="the table needs one period among its names", value=self.by)
        rows = {key: self._changed(key, places[0], _BEFORE[against], across_bases=across_bases) for key in self.rows}
        return Changes(FrozenMap(rows), None)

    def _changed(self, key: GroupKey, place: int, earlier: Callable[[Span], Span], *, across_bases: bool) -> Change:
        parts = self._parts(key)
        label = parts[place]
        if not label:
            return Change(None, NoChange.NO_VALUE)
        span = Span.parse(label)
        before = earlier(span)
        other: Keys = (*parts[:place], before.label, *parts[place + 1 :])
        complete = [one.complete(self.covers, self.at) for one in (span, before)]
        if None in complete:
            return Change(None, NoChange.NOT_STATED)
        if False in complete:
            return Change(None, NoChange.INCOMPLETE)
        if not across_bases and self._basis_on(span) != self._basis_on(before):
            return Change(None, NoChange.OTHER_BASIS)
        where = other if len(self.by) > 1 else other[0]
        row = self.rows.get(where)
        if row is None and len(self.by) == 1:  # the whole of a period without any: no class that was not there
            row = self.total.empty
        return self._step(self.rows[key], key, row, where)

    def _basis_on(self, span: Span) -> set[str | None]:
        days = (span.first, span.last)
        return {rule.basis for rule in self.rules if any(rule.holds_on(day) for day in days)}

    def _against(self, other: FigureTable, *, across_bases: bool) -> Changes:
        mine, theirs = (tuple(str(rule.basis) for rule in table.rules) for table in (self, other))
        for what, one, two in (
            ("figure", self.figure.id, other.figure.id), ("by", self.by, other.by),
            *((("basis", mine, theirs),) if not across_bases else ()),
        ):  # fmt: skip
            if one != two:
                hint = "pass across_bases=True where that is meant" if what == "basis" else ""
                raise InvalidTally(
                    what="change", why=f"{what}: {_said(one)} against {_said(two)}", value=None, hint=hint
                )
        stated = self.covers is not None and other.covers is not None
        alike = stated and self._is_over and other._is_over and _as_long(self.covers, other.covers)

        def change(key: GroupKey, now: Value, before: Value | None) -> Change:
            if not stated:
                return Change(None, NoChange.NOT_STATED)
            labels = [] if key == () else self._labels(key)
            if not all(labels):
                return Change(None, NoChange.NO_VALUE)  # of a period that nobody knows
            if not (self._holds_whole(labels) and other._holds_whole(labels) if labels else alike):
                return Change(None, NoChange.INCOMPLETE)
            return self._step(now, key, before, key, other)

        rows = {key: change(key, row, other.rows.get(key)) for key, row in self.rows.items()}
        return Changes(FrozenMap(rows), change((), self.total, other.total))

    @property
    def _is_over(self) -> bool:
        """Whether the days that the data hold are over at the moment of the tally."""
        return self.covers is not None and latest_of(self.covers[1]) < self.at

    def _labels(self, key: GroupKey) -> list[Key]:
        """Give the labels of the periods in a key."""
        return [label for label, unit in zip(self._parts(key), self.units, strict=True) if unit is not None]

    def _holds_whole(self, labels: Iterable[Key]) -> bool:
        """Say whether the data hold the whole of some periods."""
        return all(Span.parse(str(label)).complete(self.covers, self.at) for label in labels)

    def _step(
        self, row: Value, key: GroupKey, before: Value | None, where: GroupKey, table: FigureTable | None = None
    ) -> Change:
        if before is None:
            return Change(None, NoChange.NOT_THERE)
        now, then = self.value_of(row, key), (table or self).value_of(before, where)
        if now is None or then is None:
            return Change(None, NoChange.NO_VALUE)
        if self.figure.shape not in _RELATIVE:
            return Change(now - then)
        return Change((now - then) / then) if then else Change(None, NoChange.NOTHING)

    def _parts_of_it(self, what: str) -> None:
        self._counts(what)
        if self.over_time:
            why = "what is open at the edge of one period is no part of what is open at another"
            raise InvalidFigure(
                what=what, why=why, value=self.figure.id, hint="group it by something else than a period"
            )

    def _counts(self, what: str) -> None:
        if self.figure.shape not in _PARTS:
            why = "only numbers and sums are parts of a whole"
            raise InvalidFigure(what=what, why=why, value=self.figure.id)


def _as_long(one: tuple[dt.date, dt.date] | None, other: tuple[dt.date, dt.date] | None) -> bool:
    """Say whether two stretches of days are as long: as many whole months, else as many days."""
    return (
        one is not None
        and other is not None
        and ((_months(one) is not None and _months(one) == _months(other)) or one[1] - one[0] == other[1] - other[0])
    )


def _months(days: tuple[dt.date, dt.date]) -> int | None:
    """Count the months of a stretch of days, both inclusive; None: it is none of whole months."""
    first, after = days[0], days[1] + dt.timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return None
    return (after.year - first.year) * 12 + after.month - first.month


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def row_order(key: Keys) -> list[tuple[bool, bool, int, str]]:
    """Give what rows stand in order by: numbers by their size before texts, what is not known last.

    >>> sorted([(None,), ("b",), ("10",), ("9",)], key=row_order)
    [('9',), ('10',), ('b',), (None,)]
    """
    return [
        (part is None, part is None or not part.isdecimal(), int(part) if part and part.isdecimal() else 0, part or "")
        for part in key
    ]


def _base(base: object) -> Any:
    if isinstance(base, Mapping):
        return FrozenMap({key: None if n is None else whole_number(n, "base") for key, n in base.items()})
    return None if base is None else whole_number(base, "base")


def _number(row: Value) -> int:
    if isinstance(row, Money):
        return row.fen
    return row.n if isinstance(row, CaseCount) else 0


def _worth(row: Value, figure: Figure) -> Fraction | None:
    if isinstance(row, LimitRuns):
        return row.rate(figure.rate or "due")
    if isinstance(row, Money):
        value = row.value
        return None if value is None else Fraction(value)
    return row.value


def too_few(row: Any, figure: Figure) -> bool:
    """Say whether a value rests on fewer cases than its figure asks for, and on one at least.

    >>> too_few(Share(yes=2), Figure(id="a", title={}, share=object(), at_least_cases=3))
    True
    """
    least = figure.at_least_cases
    return least is not None and 0 < population(row, figure) < least


def population(row: Share | LimitRuns, figure: Figure) -> int:
    """Count the cases, or runs, of which a share is worked out: of a limit by the rate that the figure has.

    >>> runs = LimitRuns(in_time=6, late=1, open_late=1, open_in_time=2)
    >>> population(runs, Figure(id="a", title={}, limit="whole", rate=Rate.ENDED))
    7
    """
    if isinstance(row, Share):
        return row.yes + row.no
    rate = Rate(figure.rate or Rate.DUE)
    due = row.in_time + row.late + (0 if rate is Rate.ENDED else row.open_late)
    return due + (row.open_in_time if rate is Rate.ALL else 0)
