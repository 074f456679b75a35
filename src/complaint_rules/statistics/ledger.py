"""What a tally has counted so far (统计账): cases worked into cells, problems, what counting rules made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from operator import itemgetter
from typing import Any, Final, TypeAlias, cast, final

from complaint_rules.assessment.questions import Note
from complaint_rules.conditions.compiling import SURELY_TRUE, UNDECIDED
from complaint_rules.statistics.cells import OUT, Cell, Steps, copied, plus, take_steps
from complaint_rules.statistics.groups import Key, Keys, Name, Several
from complaint_rules.statistics.looks import Look, Placing
from complaint_rules.statistics.measuring import BACKWARDS, NO_LENGTH, Stopwatch, paid
from complaint_rules.statistics.measuring import UNDECIDED as LENGTH_UNDECIDED
from complaint_rules.statistics.spans import label_of
from complaint_rules.statistics.strands import Answers, Fines, Pattern, Strand, TallyPlan

MOST_IDS: Final = 20
"""How many ids of cases with a problem are kept."""
_MOST_PLACES: Final = 50_000

Labels: TypeAlias = tuple[Key, ...]
"""The labels of the periods in which a case is placed, of every unit."""
_Place: TypeAlias = tuple[Any, ...]
"""Where something is added: groups by the names in some order, then the number of what is added."""


@final
class Ledger:
    """What has been counted by one plan; what looks alike is counted together, and worked into the cells at times."""

    __slots__ = (
        "_groups", "_labels", "_pickers", "_size", "_steps", "_strands", "_watch", "cells", "noted", "plan", "ruled",
        "seen",
    )  # fmt: skip

    def __init__(self, plan: TallyPlan, watch: Stopwatch) -> None:
        self.plan: TallyPlan = plan
        """What is worked out for each case."""
        self._watch = watch
        self._groups = tuple(cast(Callable[[Look], Any], name.of) for name in plan.static)
        self._pickers = tuple(_picker(plan, names) for names in plan.groupings)
        self.seen: int = 0
        """How many cases were counted, or left out by a counting rule."""
        self.noted: dict[str, tuple[int, tuple[str, ...]]] = {}
        """Problems by code: how many, and the first ids."""
        self.ruled: dict[str, dict[tuple[int, Key], int]] = {basis: {} for basis in plan.bases}
        """What each counting rule made of the cases: by its answer and why."""
        self.cells: list[list[dict[Keys, list[Cell]]]] = [[{} for _ in plan.groupings] for _ in plan.strands]
        """For every strand and grouping the cells of its figures, by group; `work_in` brings them up to date."""
        self._strands: Sequence[tuple[Strand, dict[_Place, int], dict[Pattern | Fines, int]]] = tuple(
            (strand, {}, {}) for strand in plan.strands
        )
        self._steps: dict[Steps, int] = {}
        self._labels: dict[dt.date | None, Labels] = {None: (None,) * len(plan.units)}
        self._size = 0

    def empty(self) -> Ledger:
        """Give one by the same plan in which nothing has been counted."""
        return Ledger(self.plan, self._watch)

    def take(self, look: Look, times: int, fits: Iterable[Note], id: str | None) -> None:
        """Count a case; everything is worked out first, so that it counts whole or not at all."""
        plan, view = self.plan, look.view
        answers = plan.answers(view) if look.received else plan.answers_without_receipt(look)
        groups = [of(look) for of in self._groups]
        weights = plan.weights_of(view) if plan.weights else ()
        problems: list[str] = []
        entries: list[tuple[dict[_Place, int], _Place]] = []
        for strand, flat, numbers in self._strands:
            for day, said in self._said(look, strand, answers, weights, problems):
                labels = self._labels.get(day)
                if labels is None:
                    labels = self._labels[day] = tuple([label_of(cast(dt.date, day), unit) for unit in plan.units])
                known = numbers.get(said)
                if known is None:
                    known = numbers[said] = self._steps.setdefault(strand.steps(said), len(self._steps))
                entries.append((flat, (*groups, *labels, known)))
        ruled = [
            (basis, (answers[place] if place is not None else SURELY_TRUE, self._why(basis, look)))
            for basis, place in plan.bases.items()
        ]
        if not times:
            return
        if look.unpublished:
            problems.append("calendar_unpublished")
        if look.has_events_before_receipt:
            problems.append("before_receipt")
        if fits:
            problems += [note.code.value for note in fits]
        for problem in dict.fromkeys(problems):
            self.note(problem, id, times)
        for basis, answer in ruled:
            found = self.ruled[basis]
            found[answer] = found.get(answer, 0) + times
        for flat, where in entries:
            flat[where] = flat.get(where, 0) + times
        self.seen += times
        self._size += len(entries)
        if self._size > _MOST_PLACES:
            self.work_in()

    def _why(self, basis: str, look: Look) -> Key:
        why = self.plan.whys[basis]
        if why is None:
            return None
        found = why(look)
        return ", ".join(key or "" for key in found) if isinstance(found, Several) else found

    def _said(
        self, look: Look, strand: Strand, answers: Answers, weights: Any, problems: list[str]
    ) -> Iterator[tuple[dt.date | None, Pattern | Fines]]:
        """Give what one case says for a strand, each with the day on which it is placed."""
        if strand.stock:
            for day, low, high in look.flows():
                change: Any = low, high  # stands where others have weights
                yield day, (strand.era(day), True, answers, change, ())
            return
        places = look.places(strand.selectors, each=strand.each)
        classes = tuple([look.classes(limit) for limit in strand.limits]) if places and strand.limits else ()
        for place in places:
            era = strand.era(place.day)
            yield place.day, (era, place.sure, answers, weights, classes)
            if strand.fines:
                yield place.day, self._fines(look, strand, era, place, answers, problems)

    def _fines(
        self, look: Look, strand: Strand, era: int, place: Placing, answers: Answers, problems: list[str]
    ) -> Fines:
        found: list[tuple[int, ...] | None] = []
        for one in strand.fines:
            column = strand.columns[one]
            among = column.among(era, place.sure, answers)
            time = column.figure.time
            if among in OUT:
                found.append(None)
            elif among == UNDECIDED:
                found.append((LENGTH_UNDECIDED,) if time is None else (LENGTH_UNDECIDED, NO_LENGTH))
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
        steps = tuple(self._steps)
        for (strand, flat, numbers), tables in zip(self._strands, self.cells, strict=True):
            for pick, cells in zip(self._pickers, tables, strict=True):
                for where, n in pick(flat).items():
                    group = cells.get(where[:-1])
                    if group is None:
                        group = cells[where[:-1]] = strand.fresh()
                    take_steps(group, steps[where[-1]], n)
            flat.clear()
            numbers.clear()
        self._steps.clear()
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


def _picker(plan: TallyPlan, names: Sequence[Name]) -> Callable[[Mapping[_Place, int]], Mapping[_Place, int]]:
    """Make the function that puts together what lies in the same groups of one grouping."""
    static, units = plan.static, plan.units
    places = [static.index(name) if name.unit is None else len(static) + units.index(name.unit) for name in names]
    pick = itemgetter(*places, -1) if places else itemgetter(slice(-1, None))

    def together(flat: Mapping[_Place, int]) -> dict[_Place, int]:
        found: dict[_Place, int] = {}
        for where, n in flat.items():
            picked = pick(where)
            found[picked] = found.get(picked, 0) + n
        return found

    def spread(flat: Mapping[_Place, int]) -> dict[_Place, int]:
        found: dict[_Place, int] = {}
        for where, n in together(flat).items():
            for one in product(*(part if isinstance(part, Several) else (part,) for part in where)):
                found[one] = found.get(one, 0) + n
        return found

    return spread if any(name.several for name in names) else together
