"""What a tally has to work out (统计方案): figures in strands dated alike, their conditions compiled."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias, final

import attrs

from complaint_rules.assessment.plans import Plan
from complaint_rules.conditions.compiling import (
    PRESUMED_TRUE,
    SURELY_TRUE,
    UNDECIDED,
    compile_answers,
)
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import CaseView
from complaint_rules.policy.rules import CountingRule, Figure, FigureShape, ReportPeriod, Selector
from complaint_rules.statistics.cells import (
    OUT,
    Cell,
    Steps,
    add_classes,
    add_count,
    add_length,
    add_paid,
    add_share,
    both,
    fresh,
    steps_of,
)
from complaint_rules.statistics.groups import Key, Name, Several, name_of
from complaint_rules.statistics.looks import Look
from complaint_rules.statistics.measuring import UNDECIDED as LENGTH_UNDECIDED

Answers: TypeAlias = tuple[int, ...]
"""What every condition of a tally says of a case."""
Weights: TypeAlias = tuple[tuple[int | None, bool], ...]
"""Every weight of a case, and whether it is presumed."""
_NOBODY_KNOWS: Final = -1
"""The era of a case of which nobody knows the day."""


Pattern: TypeAlias = tuple[int, bool, Answers, Weights, tuple[tuple[int, ...], ...]]
"""What is the same for many cases of a strand: era, whether surely placed there, answers, weights, classes of runs."""
Fines: TypeAlias = tuple[tuple[int, ...] | None, ...]
"""What a case adds to the durations and sums of a strand, None to one of which it is no part."""


@final
@attrs.frozen
class Rule:
    """One counting rule of a column, with what it reads."""

    basis: str | None
    """Its id; None: every case counts."""
    since: dt.date | None
    """First day on which it is in force."""
    until: dt.date | None
    """Last day, inclusive."""
    counts: int | None
    """The place of its condition among the answers; None: every case counts."""
    weight: int | None
    """The place of its weight; None: every case counts once."""

    def holds_on(self, day: dt.date) -> bool:
        """Say whether it is in force on a day.

        >>> Rule("raw", None, dt.date(2021, 12, 31), None, None).holds_on(dt.date(2022, 1, 1))
        False
        """
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


EVERY_CASE: Final = Rule(None, None, None, None, None)
"""The rule of a figure without one."""


def counts_by(figure: Figure, rule: CountingRule) -> bool:
    """Say whether a figure is counted by a rule besides: counts, and shares by a rule without a weight.

    >>> satisfied = Figure(id="a", title={}, share=object())
    >>> counts_by(satisfied, CountingRule(id="b", title={}, weight="complainants"))
    False
    """
    return figure.shape is FigureShape.COUNT or (figure.shape is FigureShape.SHARE and rule.weight is None)


@final
@attrs.frozen(eq=False)
class FigureColumn:
    """One figure under one counting rule, or under those in force one after the other."""

    figure: Figure
    """The figure."""
    basis: str | None
    """The counting rule asked for besides; None: those of the figure itself."""
    rules: tuple[Rule, ...]
    """Its counting rules."""
    of: int | None
    """The place of the population's condition among the answers; None: every case."""
    share: int | None
    """The place of the numerator's condition; None: it has none."""
    limit: int | None
    """The place of its limit among those of the strand; None: it has none."""
    eras: tuple[int | None, ...] = ()
    """For every era of the strand, the place of the rule in force; None: none is."""
    shape: FigureShape = attrs.field(init=False)
    """Which kind of number the figure is."""
    whole: bool = attrs.field(init=False)
    """Whether every case counts, once, whenever it was."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "shape", self.figure.shape)
        object.__setattr__(self, "whole", self.rules == (EVERY_CASE,))

    @property
    def key(self) -> tuple[str, str | None]:
        """What it is asked for by: the figure, and the counting rule asked for besides."""
        return self.figure.id, self.basis

    def among(self, era: int, sure: bool, answers: Answers) -> int:
        """Say whether a case is of the population, as the codes of `compile_answers` have it."""
        found = SURELY_TRUE if sure else UNDECIDED
        if self.of is not None:
            found = both(found, answers[self.of])
        return found if self.whole else both(found, self._counted(era, answers))

    def _counted(self, era: int, answers: Answers) -> int:
        if era == _NOBODY_KNOWS:
            said = {self._said(rule, answers) for rule in self.rules}
            return said.pop() if len(said) == 1 else UNDECIDED
        place = self.eras[era]
        return 0 if place is None else self._said(self.rules[place], answers)

    @staticmethod
    def _said(rule: Rule, answers: Answers) -> int:
        return SURELY_TRUE if rule.counts is None else answers[rule.counts]

    def weight(self, era: int, weights: Weights) -> tuple[int | None, bool]:
        """Give how many times a case counts, None where nobody knows, and whether that is presumed."""
        if self.whole:
            return 1, False
        places = {rule.weight for rule in self.rules} if era == _NOBODY_KNOWS else {self._rule(era).weight}
        found = {(1, False) if place is None else weights[place] for place in places}
        return found.pop() if len(found) == 1 else (None, False)

    def _rule(self, era: int) -> Rule:
        return self.rules[self.eras[era] or 0]


@final
class Strand:
    """Figures whose cases are placed by the same event (同一归期的指标), worked out together."""

    __slots__ = ("columns", "each", "edges", "fines", "limits", "selectors", "stock")

    def __init__(self, selectors: tuple[Selector, ...], columns: Sequence[FigureColumn], limits: Sequence[str]) -> None:
        first = columns[0].figure
        self.selectors: tuple[Selector, ...] = selectors
        self.each: bool = first.each
        self.stock: bool = first.shape is FigureShape.STOCK
        days = {rule.since for column in columns for rule in column.rules if rule.since is not None}
        days |= {
            rule.until + dt.timedelta(days=1) for column in columns for rule in column.rules if rule.until is not None
        }
        self.edges: tuple[dt.date, ...] = tuple(sorted(days))
        starts = (dt.date.min, *self.edges)
        self.columns: Sequence[FigureColumn] = tuple(
            attrs.evolve(
                column,
                eras=tuple(
                    next((place for place, rule in enumerate(column.rules) if rule.holds_on(start)), None)
                    for start in starts
                ),
            )
            for column in columns
        )
        self.limits: Sequence[str] = limits
        self.fines: Sequence[int] = tuple(
            place for place, column in enumerate(columns)
            if column.shape in (FigureShape.TIME, FigureShape.SUM)
        )  # fmt: skip

    def era(self, day: dt.date | None) -> int:
        """Give the number of the stretch of days, between changes of counting rules, in which a day lies."""
        return _NOBODY_KNOWS if day is None else bisect_right(self.edges, day)

    def fresh(self) -> list[Cell]:
        """Give an empty cell for each figure."""
        return [fresh(column.shape) for column in self.columns]

    def steps(self, said: Pattern | Fines) -> Steps:
        """Give what one case, or one change of a stock, adds to the cells of every group in which it lies."""
        cells = self.fresh()
        if not isinstance(said[0], int):
            self._add_fines(cells, said)
        elif self.stock:
            self._add_flow(cells, said)
        else:
            self._add(cells, said)
        return steps_of(cells)

    def _add(self, cells: Sequence[Cell], pattern: Pattern) -> None:
        """Add a case, durations and sums apart."""
        era, sure, answers, weights, classes = pattern
        for column, cell in zip(self.columns, cells, strict=True):
            shape = column.shape
            if shape in (FigureShape.TIME, FigureShape.SUM):
                continue
            among = column.among(era, sure, answers)
            if shape is FigureShape.COUNT:
                times, presumed = column.weight(era, weights)
                add_count(cell, both(among, PRESUMED_TRUE) if presumed else among, 1, times)
            elif shape is FigureShape.SHARE:
                add_share(cell, among, answers[column.share or 0], 1)
            else:
                add_classes(cell, among, classes[column.limit or 0], 1)

    def _add_flow(self, cells: Sequence[Cell], pattern: Pattern) -> None:
        """Add a change of what is open."""
        era, sure, answers, step, _ = pattern
        low, high = step  # of a stock the change stands where others have weights
        for column, cell in zip(self.columns, cells, strict=True):
            among = column.among(era, sure, answers)
            if among not in OUT:
                cell[0] += 0 if among == UNDECIDED else low
                cell[1] += high

    def _add_fines(self, cells: Sequence[Cell], fines: Fines) -> None:
        """Add a duration or a sum to each figure that has one."""
        for place, found in zip(self.fines, fines, strict=True):
            if found is None:
                continue
            if self.columns[place].shape is FigureShape.TIME:
                add_length(cells[place], found, 1)  # type: ignore[arg-type]
            else:
                add_paid(cells[place], None if found == (LENGTH_UNDECIDED,) else found, 1)  # type: ignore[arg-type]


@final
class TallyPlan:
    """Everything that a tally works out for each case, compiled once."""

    __slots__ = (
        "_conditions", "answers", "bases", "groupings", "plan", "static", "strands", "units", "weights", "whys",
    )  # fmt: skip

    def __init__(
        self,
        plan: Plan,
        figures: Iterable[Figure],
        rules: Mapping[str, CountingRule],
        besides: Sequence[str],
        groupings: Sequence[Sequence[Name]],
    ) -> None:
        """Take the figures, all counting rules by id, those to count by besides, and the groupings."""
        self.plan: Plan = plan
        self.groupings: Sequence[Sequence[Name]] = groupings
        every = dict.fromkeys(name for names in groupings for name in names)
        self.static: Sequence[Name] = tuple(name for name in every if name.unit is None)
        """The names whose group does not hang on the figure's own date."""
        self.units: Sequence[ReportPeriod] = tuple(dict.fromkeys(name.unit for name in every if name.unit is not None))
        """The periods of the figure's own date."""
        self._compile(tuple(figures), rules, besides)

    def _compile(self, figures: Sequence[Figure], rules: Mapping[str, CountingRule], besides: Sequence[str]) -> None:
        conditions: dict[str, Condition] = {}
        weights: dict[str, int] = {}

        def place(condition: Condition | None) -> int | None:
            if condition is None:
                return None
            conditions.setdefault(condition.text, condition)
            return list(conditions).index(condition.text)

        def rule(basis: str, *, dated: bool) -> Rule:
            one = rules[basis]
            heavy = None if one.weight is None else weights.setdefault(one.weight, len(weights))
            return Rule(
                basis, one.since if dated else None, one.until if dated else None, place(one.counts), heavy
            )  # fmt: skip

        strands: dict[object, list[FigureColumn]] = {}
        limits: dict[object, dict[str, int]] = {}
        for figure in figures:
            if figure.shape is FigureShape.SCALED:
                continue
            key = (figure.dated, figure.each, figure.shape is FigureShape.STOCK)
            own = limits.setdefault(key, {})
            for basis in (None, *(one for one in besides if counts_by(figure, rules[one]))):
                named = [rule(one, dated=True) for one in figure.basis]
                if basis is not None:
                    named = [rule(basis, dated=False)]
                column = FigureColumn(
                    figure, basis, tuple(named) or (EVERY_CASE,), place(figure.of), place(figure.share),
                    None if figure.limit is None else own.setdefault(figure.limit, len(own)),
                )  # fmt: skip
                strands.setdefault(key, []).append(column)
        used = dict.fromkeys([*(one for figure in figures for one in figure.basis), *besides])
        self.bases: Mapping[str, int | None] = {one: place(rules[one].counts) for one in used}
        """Every counting rule in use, with the place of its condition among the answers."""
        self.strands: Sequence[Strand] = tuple(
            Strand(columns[0].figure.dated, columns, tuple(limits[key])) for key, columns in strands.items()
        )
        self.whys: Mapping[str, Callable[[Look], Key | Several] | None] = {
            one: None if (why := rules[one].why) is None else name_of(why, self.plan).of for one in used
        }
        """For every counting rule in use what says why a case does not count; None: nothing does."""
        self.weights: Sequence[str] = tuple(weights)
        """The facts that say how many times a case counts."""
        self._conditions: Sequence[Condition] = tuple(conditions.values())
        self.answers: Callable[[CaseView], Answers] = compile_answers(
            tuple(conditions.values()), self.plan.policy.scope
        )

    def answers_without_receipt(self, look: Look) -> Answers:
        """Answer the conditions of a case of which nobody knows when it was received."""
        found = self.answers(look.view)
        return tuple(
            UNDECIDED if look.asks_in_vain(self.plan, condition) else answer
            for condition, answer in zip(self._conditions, found, strict=True)
        )

    def weights_of(self, view: CaseView) -> Weights:
        """Give how many times a case counts, by every fact that says so."""
        found = []
        for name in self.weights:
            value = view.complaint.fact(name)
            presumed = value is None
            if presumed:
                value = self.plan.policy.scope.facts[name].assume
            known = value if isinstance(value, int) and value >= 0 else None
            found.append((known, presumed and known is not None))
        return tuple(found)
