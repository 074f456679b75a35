"""What a tally has counted so far (统计账): cases worked into cells, problems, what counting rules made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias, final

from complaint_rules.assessment.questions import Note
from complaint_rules.conditions.compiling import PRESUMED_FALSE, SURELY_FALSE, SURELY_TRUE, UNDECIDED
from complaint_rules.statistics.cells import Cell, copied, plus
from complaint_rules.statistics.groups import Key, Keys, Several
from complaint_rules.statistics.looks import Look, Placing
from complaint_rules.statistics.measuring import BACKWARDS, Stopwatch, paid
from complaint_rules.statistics.measuring import UNDECIDED as LENGTH_UNDECIDED
from complaint_rules.statistics.spans import label_of
from complaint_rules.statistics.strands import Answers, Pattern, Strand, TallyPlan

MOST_IDS: Final = 20
"""How many ids of cases with a problem are kept."""
OUT: Final = frozenset({SURELY_FALSE, PRESUMED_FALSE})
"""The answers of conditions that do not hold."""
_MOST_PATTERNS: Final = 20_000

Labels: TypeAlias = tuple[Key, ...]
"""The labels of the periods in which a case is placed, of every unit."""
_Flat: TypeAlias = dict[tuple[tuple[Any, ...], Labels, Pattern], int]
_Deep: TypeAlias = dict[tuple[tuple[Any, ...], Labels, tuple[Any, ...]], int]


class _Entry(NamedTuple):
    """What one case adds to one strand."""

    strand: int
    labels: Labels
    pattern: Pattern
    fines: tuple[Any, ...] | None


@final
class Ledger:
    """What has been counted by one plan; what looks alike is counted together, and worked into the cells at times."""

    __slots__ = ("_deep", "_flat", "_pickers", "_size", "_watch", "cells", "noted", "plan", "ruled", "seen")

    def __init__(self, plan: TallyPlan, watch: Stopwatch) -> None:
        self.plan: TallyPlan = plan
        """What is worked out for each case."""
        self._watch = watch
        self._pickers = tuple(_picker(plan, names) for names in plan.groupings)
        self.seen: int = 0
        """How many cases were counted, or left out by a counting rule."""
        self.noted: dict[str, tuple[int, tuple[str, ...]]] = {}
        """Problems by code: how many, and the first ids."""
        self.ruled: dict[str, dict[tuple[int, Key], int]] = {basis: {} for basis in plan.bases}
        """What each counting rule made of the cases: by its answer and why."""
        self.cells: list[list[dict[Keys, list[Cell]]]] = [[{} for _ in plan.groupings] for _ in plan.strands]
        """For every strand and grouping the cells of its figures, by group; `work_in` brings them up to date."""
        self._flat: list[_Flat] = [{} for _ in plan.strands]
        self._deep: list[_Deep] = [{} for _ in plan.strands]
        self._size = 0

    def empty(self) -> Ledger:
        """Give one by the same plan in which nothing has been counted."""
        return Ledger(self.plan, self._watch)

    def take(self, look: Look, times: int, fits: Iterable[Note], id: str | None) -> None:
        """Count a case; everything is worked out first, so that it counts whole or not at all."""
        plan, view = self.plan, look.view
        answers = plan.answers(view) if look.received else plan.answers_without_receipt(look)
        static = tuple([name.of(look) for name in plan.static])  # type: ignore[misc]  # all have one
        weights = plan.weights_of(view) if plan.weights else ()
        problems: list[str] = []
        entries = [
            entry
            for number, strand in enumerate(plan.strands)
            for entry in self._entries(look, number, strand, answers, weights, problems)
        ]
        ruled = [
            (basis, (answers[place] if place is not None else SURELY_TRUE, self._why(basis, look)))
            for basis, place in plan.bases.items()
        ]
        if not times:
            return
        if look.unpublished:
            problems.append("calendar_unpublished")
        problems += [note.code.value for note in fits]
        for problem in dict.fromkeys(problems):
            self.note(problem, id, times)
        for basis, said in ruled:
            found = self.ruled[basis]
            found[said] = found.get(said, 0) + times
        for number, labels, pattern, fines in entries:
            flat = self._flat[number]
            key = static, labels, pattern
            flat[key] = flat.get(key, 0) + times
            if fines is not None:
                deep = self._deep[number]
                where = static, labels, fines
                deep[where] = deep.get(where, 0) + times
        self.seen += times
        self._size += len(entries)
        if self._size > _MOST_PATTERNS:
            self.work_in()

    def _why(self, basis: str, look: Look) -> Key:
        why = self.plan.whys[basis]
        if why is None:
            return None
        found = why(look)
        return ", ".join(key or "" for key in found) if isinstance(found, Several) else found

    def _entries(
        self, look: Look, number: int, strand: Strand, answers: Answers, weights: Any, problems: list[str]
    ) -> Iterator[_Entry]:
        if strand.stock:
            for day, low, high in look.flows():
                pattern: Any = (strand.era(day), True, answers, (low, high), ())
                yield _Entry(number, self._labels(day), pattern, None)
            return
        classes: tuple[tuple[int, ...], ...] | None = None
        for place in look.places(strand.selectors, each=strand.each):
            if classes is None:
                classes = tuple([look.classes(limit) for limit in strand.limits]) if strand.limits else ()
            era = strand.era(place.day)
            fines = self._fines(look, strand, era, place, answers, problems) if strand.fines else None
            yield _Entry(number, self._labels(place.day), (era, place.sure, answers, weights, classes), fines)

    def _labels(self, day: dt.date | None) -> Labels:
        units = self.plan.units
        return tuple([None if day is None else label_of(day, unit) for unit in units]) if units else ()

    def _fines(
        self, look: Look, strand: Strand, era: int, place: Placing, answers: Answers, problems: list[str]
    ) -> tuple[Any, ...]:
        found: list[tuple[int, ...] | None] = []
        for one in strand.fines:
            column = strand.columns[one]
            among = column.among(era, place.sure, answers)
            time = column.figure.time
            if among in OUT:
                found.append(None)
            elif among == UNDECIDED:
                found.append((LENGTH_UNDECIDED,) if time is None else (LENGTH_UNDECIDED, 0))
            elif time is not None:
                length = self._watch.measured(look, time)
                if length is not None and length[0] == BACKWARDS:
                    problems.append("ended_before_begun")
                found.append(length)
            else:
                money, broken = paid(look, column.figure, place)
                if broken:
                    problems.append("no_whole_fen")
                found.append(money)
        return tuple(found)

    def note(self, problem: str, id: str | None, times: int) -> None:
        """Note a problem of a case."""
        if times:
            n, ids = self.noted.get(problem, (0, ()))
            self.noted[problem] = n + times, ids if id is None else first_ids((*ids, id))

    def work_in(self) -> None:
        """Bring the cells up to date."""
        for number, strand in enumerate(self.plan.strands):
            flat, deep = self._flat[number], self._deep[number]
            if not flat:
                continue
            for place, pick in enumerate(self._pickers):
                cells = self.cells[number][place]
                patterns: dict[tuple[Keys, Pattern], int] = {}
                for (static, labels, pattern), n in flat.items():
                    for key in pick(static, labels):
                        where = key, pattern
                        patterns[where] = patterns.get(where, 0) + n
                for (key, pattern), n in patterns.items():
                    group = cells.get(key)
                    if group is None:
                        group = cells[key] = strand.fresh()
                    if strand.stock:
                        strand.add_flow(group, pattern, n)
                    else:
                        strand.add(group, pattern, n)
                for (static, labels, fines), n in deep.items():
                    for key in pick(static, labels):
                        strand.add_fine(cells[key], fines, n)
            flat.clear()
            deep.clear()
        self._size = 0

    def merge(self, other: Ledger) -> None:
        """Add what another one by the same plan has counted."""
        other.work_in()
        self.work_in()
        self.seen += other.seen
        for code, (n, ids) in other.noted.items():
            before, known = self.noted.get(code, (0, ()))
            self.noted[code] = before + n, first_ids((*known, *ids))
        for basis, found in other.ruled.items():
            own = self.ruled[basis]
            for said, n in found.items():
                own[said] = own.get(said, 0) + n
        for mine, theirs in zip(self.cells, other.cells, strict=True):
            for cells, others in zip(mine, theirs, strict=True):
                for key, group in others.items():
                    known_group = cells.get(key)
                    if known_group is None:
                        cells[key] = [copied(cell) for cell in group]
                    else:
                        for cell, more in zip(known_group, group, strict=True):
                            plus(cell, more)


def first_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Give the first ids, each once, in order.

    >>> first_ids(["b", "a", "b"])
    ('a', 'b')
    """
    return tuple(sorted(set(ids))[:MOST_IDS])


def _picker(plan: TallyPlan, names: Sequence[Any]) -> Callable[[tuple[Any, ...], Labels], Sequence[Keys]]:
    """Make the function that gives the groups of a case in one grouping."""
    static, units = plan.static, plan.units
    places = [(True, static.index(name)) if name.unit is None else (False, units.index(name.unit)) for name in names]
    several = any(name.several for name in names)

    def plain(known: tuple[Any, ...], labels: Labels) -> Sequence[Keys]:
        return (tuple([known[place] if fixed else labels[place] for fixed, place in places]),)

    def spread(known: tuple[Any, ...], labels: Labels) -> Sequence[Keys]:
        parts = [known[place] if fixed else labels[place] for fixed, place in places]
        return list(product(*(part if isinstance(part, Several) else (part,) for part in parts)))

    return spread if several else plain
