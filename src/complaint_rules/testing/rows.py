"""A named row, and cases that reach it: drawn from its region of worlds, each asked of `assess` before it is given."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple, final

import attrs

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import (
    ComplaintRulesError,
    MissingParameter,
    OutOfBudget,
    UnknownRule,
    Unreached,
    did_you_mean,
)
from complaint_rules.moments import LAST_DAY
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Limit, Table
from complaint_rules.testing.archetypes import SETS
from complaint_rules.testing.needed import st
from complaint_rules.verification.worlds.boxes import Box, boxes, search
from complaint_rules.verification.worlds.formulas import Formula, both, within
from complaint_rules.verification.worlds.variables import Thing
from complaint_rules.verification.worlds.witnesses import Witness, candidates
from complaint_rules.verification.worlds.worlds import Worlds

_BUDGET: Final = 20_000
_MOST_BOXES: Final = 12
_MOST_TRIED: Final = 60
_FEW_TRIED: Final = 4
_NAMED: Final = re.compile(r"((?:table|limit)/[^\[\]]+)\[([0-9]+)\]")
_WRITTEN: Final = "a row is written 'table/level[0]' or 'limit/whole[0]', counted from 0"


class NamedRow(NamedTuple):
    """One row of a table or limit."""

    rule: Table | Limit
    """The table or limit."""
    place: int
    """Its place, from 0."""

    @property
    def key(self) -> str:
        """The rule as conditions of worlds name it, as ``table/level``."""
        return f"{'table' if isinstance(self.rule, Table) else 'limit'}/{self.rule.id}"

    def reached_by(self, found: Assessment) -> bool:
        """Say whether an answer rests on it: it decides its table, or some run takes its due moment from it."""
        if isinstance(self.rule, Table):
            return self.place in found.findings[self.rule.id].decision.fired
        row = self.rule.rows[self.place]
        return any(run.row == row for run in found.clocks[self.rule.id].runs)


def row_of(policy: Policy, name: object) -> NamedRow:
    """Read the name of a row, as ``table/level[9]`` or ``limit/whole[0]``: rows are counted from 0.

    Raises `UnknownRule` for one that is not there, `MissingParameter` where it hangs on parameters nobody supplied.

    >>> from complaint_rules.policy.loading import load_policy
    >>> row_of(load_policy("psbc-95580"), "table/prioritty[0]")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownRule: reaching: psbc-95580 has no such rule here; got 'table/prioritty[0]'; did ...
    """
    read = _NAMED.fullmatch(name) if isinstance(name, str) else None
    if read is None:
        raise UnknownRule(what="reaching", why="this names no row", value=name, hint=_WRITTEN)
    rules: dict[str, Table | Limit] = {
        **{f"table/{one.id}": one for one in policy.tables.values()},
        **{f"limit/{one.id}": one for one in policy.limits.values()},
    }
    rule = rules.get(read[1])
    if rule is None:
        hint = did_you_mean(read[1], rules) or _WRITTEN
        raise UnknownRule(what="reaching", why=f"{policy.id} has no such rule here", value=name, hint=hint)
    place = int(read[2])
    if place >= len(rule.rows):
        why = f"{read[1]} has {len(rule.rows)} rows, from 0"
        raise UnknownRule(what="reaching", why=why, value=name, hint=f"the last one is {read[1]}[{len(rule.rows) - 1}]")
    if rule.missing:
        names = ", ".join(rule.missing)
        raise MissingParameter(
            what=str(name), why="it hangs on parameters that nobody supplied", value=names,
            hint="load the policy with its parameters",
        )  # fmt: skip
    return NamedRow(rule, place)


@lru_cache(maxsize=16)
def worlds_of(policy: Policy) -> Worlds:
    """Give the worlds of a policy, made once.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds_of(load_policy("psbc-95580")) is worlds_of(load_policy("psbc-95580"))
    True
    """
    return Worlds(policy)


@final
@attrs.frozen(kw_only=True, repr=False)
class RowReach:
    """What is known of the cases that reach a row."""

    row: NamedRow
    """The row."""
    regions: tuple[Box, ...]
    """Some regions in which it is reached, the first ones found."""
    certain: Witness
    """A case that reaches it."""


def _formula(worlds: Worlds, row: NamedRow, known: bool | None) -> Formula:
    formula = both(worlds.fired(row.key, row.place), worlds.applies(row.key).held) if isinstance(row.rule, Limit) else (
        worlds.fired(row.key, row.place)
    )  # fmt: skip
    if known is None:
        return formula
    facts = [
        within(place, one.known if known else one.full & ~one.known, one.full)
        for place, one in enumerate(worlds.variables)
        if one.sources[0].thing is Thing.FACT
    ]
    return both(formula, *facts)


def _found(worlds: Worlds, formula: Formula) -> tuple[list[Box], bool]:
    """Give regions of a formula, the likeliest to be lived first, and whether none is a proof that there is none."""
    found: list[Box] = []
    try:
        first = search(worlds, formula, budget=_BUDGET)
        if first is not None:
            found.append(first)
            more = itertools.islice(boxes(worlds, formula, budget=_BUDGET), _MOST_BOXES)
            found += [box for box in more if box.tried]
    except OutOfBudget:
        return found, False
    return found, True


@lru_cache(maxsize=256)
def reach(policy: Policy, name: str, known: bool | None = None, alone: bool = False) -> RowReach:
    """Find cases that reach a row; `alone`: by their facts, at the receipt, without events and linked complaints.

    Raises `Unreached` where there is none, or none was found, beside what `row_of` does.

    >>> from complaint_rules.policy.loading import load_policy
    >>> reach(load_policy("psbc-95580"), "table/priority[0]", alone=True).certain.case.events
    ()
    """
    row, worlds = row_of(policy, name), worlds_of(policy)
    formula = _formula(worlds, row, known)
    regions, proved = _found(worlds, formula)
    if not regions and proved:
        raise Unreached(
            what=name, why="no case reaches it" if known is None else "no case reaches it with such facts",
            hint="complaint-rules check FILE --deep says what stands in its way",
        )  # fmt: skip
    for box in regions:
        for one in itertools.islice(_tries(worlds, box, row, alone=alone), _MOST_TRIED):
            if _bears_out(row, policy, one):
                return RowReach(row=row, regions=tuple(regions), certain=one)
    if alone:
        why, hint = "the facts of a complaint alone do not reach it", "draw it with cases(…) or situations(…)"
    else:
        why, hint = "no case was found that reaches it, and none was proved not to", ""
    raise Unreached(what=name, why=why, hint=hint)


def _tries(worlds: Worlds, box: Box, row: NamedRow, *, alone: bool) -> Iterator[Witness]:
    """Give cases that may reach a row: those of the region, with what starts a limit that the receipt does not."""
    starts = [one for one in row.rule.starts if one.kind != "received"] if isinstance(row.rule, Limit) else []
    for one in candidates(worlds, box):
        if alone:
            yield Witness(case=Case(one.case.complaint), at=one.case.complaint.received_from)
            continue
        for start in starts:
            fields = {name: codes if name in SETS else min(codes) for name, codes in start.fields}
            begun = [
                Event(start.kind, one.at, id=f"s-{time}", **fields)  # type: ignore[arg-type]  # the fields of selectors
                for time in range(start.nth or 1)
            ]
            yield attrs.evolve(one, case=one.case.with_event(*begun))
        yield one


def _bears_out(row: NamedRow, policy: Policy, one: Witness) -> bool:
    try:
        return row.reached_by(one.assess(policy))
    except ComplaintRulesError:
        return False


@st.composite
def drawn_reaching(draw: st.DrawFn, policy: Policy, name: str, known: bool | None, alone: bool) -> Witness:
    """Draw a case that reaches a row: in its region, at the edges of cells, moved to another day where that may be."""
    found = reach(policy, name, known, alone)
    box = _narrowed(draw, draw(st.sampled_from(found.regions)), known)
    there = found.certain
    for one in itertools.islice(_tries(worlds_of(policy), box, found.row, alone=alone), _FEW_TRIED):
        if _bears_out(found.row, policy, one):
            there = one
            break
    moved = _moved(there, dt.timedelta(days=draw(st.integers(0, 220)), minutes=draw(st.integers(0, 1439))))
    return moved if _bears_out(found.row, policy, moved) else there


def _narrowed(draw: st.DrawFn, box: Box, known: bool | None) -> Box:
    """Draw one cell for each variable over facts; what is no fact stays as free as it was."""
    masks = list(box.masks)
    for place, one in enumerate(box.variables):
        if one.sources[0].thing is not Thing.FACT or known is False:
            continue
        mask = masks[place] & one.tried & (one.known if known else one.full)
        cells = [number for number in range(len(one.cells)) if mask >> number & 1]
        masks[place] = 1 << draw(st.sampled_from(cells)) if cells else masks[place]
    return attrs.evolve(box, masks=tuple(masks))


def _moved(one: Witness, by: dt.timedelta) -> Witness:
    """Give the same case so much later, where every moment of it is one; else as it is."""
    moments = [one.at, one.case.complaint.received, *(event.at for event in one.case.events)]
    if not all(isinstance(at, dt.datetime) and (at + by).year <= LAST_DAY.year for at in moments):
        return one
    complaint = attrs.evolve(one.case.complaint, received=_later(one.case.complaint.received, by))
    events = [attrs.evolve(event, at=_later(event.at, by), due=_later(event.due, by)) for event in one.case.events]
    return Witness(case=Case(complaint, events), at=one.at + by, links=one.links)


def _later(at: dt.datetime | dt.date | None, by: dt.timedelta) -> Any:
    return None if at is None else at + by
