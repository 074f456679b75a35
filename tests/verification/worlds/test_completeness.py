"""Whatever a real case looks like, some cell of each variable says of every atom what the library says of the case."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest

from complaint_rules.assessing import snapshot_of
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.counts import GroupCount
from complaint_rules.conditions.compiling import compile_one
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Atom
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds.cells import values_of
from complaint_rules.verification.worlds.formulas import Formula, simplified
from complaint_rules.verification.worlds.histories import asked_of
from complaint_rules.verification.worlds.reading import Reading
from complaint_rules.verification.worlds.stands import complaint_of
from complaint_rules.verification.worlds.variables import Thing
from complaint_rules.verification.worlds.worlds import Worlds
from tests.verification.worlds.awkward import ALL, awkward
from tests.verification.worlds.test_worlds import SOME, shipped, thinned


class Lived(NamedTuple):
    """A case drawn at random, and how it is looked at."""

    case: Case
    at: dt.datetime
    links: Mapping[str, int] | None


def drawn(policy: Policy, draw: random.Random) -> Lived:
    """Draw a case: facts around the constants, and events such as conditions ask for, with near misses."""
    reading = Reading([policy])
    facts = {
        name: draw.choice(values_of(reading, name, room=2).values).value
        for name in reading.specs
        if draw.random() < 0.5 and name not in ("received", "complainant_keys")
    }
    received = dt.datetime(2026, draw.randint(1, 11), draw.randint(1, 28), draw.randint(0, 23), tzinfo=BEIJING)
    wanted: dict[str, list[Any]] = {}
    for place in reading.atoms:
        for kind, selectors in asked_of(place.atom):
            wanted.setdefault(kind, []).extend(one for one in selectors if one[0] != "after")
        for matter in reading.sources(place):
            if matter.thing is Thing.EVENTS:
                wanted.setdefault(matter.name, [])
    for limit in policy.limits.values():
        for selector in (*limit.starts, *limit.until):
            wanted.setdefault(selector.kind, [])
    kinds = sorted(set(wanted) - {"received"})
    events: list[Event] = []
    moment = received
    for _ in range(draw.choice([0, 1, 2, 3, 4, 6, 9]) if kinds else 0):
        kind = draw.choice(kinds)
        moment += dt.timedelta(minutes=draw.choice([0, 1, 5, 600, 1_440, 5_000, 20_000]))
        fields: dict[str, Any] = {}
        for name, values in wanted[kind]:
            if draw.random() < 0.5:
                fields[name] = values if name in ("told", "items") else draw.choice(sorted(values))
        events.append(Event(kind, moment, **fields))
    at = moment + dt.timedelta(minutes=draw.choice([0, 1, 30, 1_440, 9_000, 60_000]))
    links = {name: GroupCount(draw.randint(0, 7), first=draw.choice([True, False, None])) for name in policy.links}
    some = {name: count for name, count in links.items() if draw.random() < 0.6}
    return Lived(Case(complaint_of(facts, received), events), at, draw.choice([some, None]))


def atoms_by_variable(worlds: Worlds) -> Mapping[int, list[Atom]]:
    """Put the atoms of a policy to the variable they read."""
    reading = Reading([worlds.policy])
    found: dict[int, list[Atom]] = {}
    for place in reading.atoms:
        for matter in reading.sources(place)[:1]:
            number = worlds.place_of(matter)
            assert number is not None
            found.setdefault(number, []).append(place.atom)
    return found


def cells_that_say(worlds: Worlds, number: int, said: Sequence[tuple[Formula, bool]]) -> int:
    """Count the cells of a variable in which formulas come out as said."""
    masks = [one.full for one in worlds.variables]
    found = 0
    for cell in range(len(worlds.variables[number].cells)):
        masks[number] = 1 << cell
        found += all(simplified(formula, masks) is truth for formula, truth in said)
    return found


def holds_everywhere(policy: Policy, count: int, seed: int) -> None:
    worlds, draw = Worlds(policy), random.Random(seed)  # noqa: S311 - examples, not secrets
    groups = {
        number: [(compile_one(Condition(text="", tree=atom), policy.scope), worlds.channels(atom)) for atom in atoms]
        for number, atoms in atoms_by_variable(worlds).items()
        if worlds.variables[number].tried == worlds.variables[number].full
    }
    for _ in range(count):
        case, at, links = drawn(policy, draw)
        view = snapshot_of(case, policy, at=at, links=links)[0].view
        for number, atoms in groups.items():
            said: list[tuple[Formula, bool]] = []
            for test, ways in atoms:
                held, surely, possibly, _ = test(view)
                said += [(ways.held, held), (ways.sure, surely), (ways.possible, possibly)]
            assert cells_that_say(worlds, number, said), (worlds.variables[number].key, case.events, at)


@pytest.mark.parametrize("name", ALL)
def test_no_case_under_an_awkward_policy_falls_between_the_cells(name: str) -> None:
    holds_everywhere(awkward(*ALL[name]), thinned(40), seed=5)


@pytest.mark.parametrize(("id", "edition"), SOME)
def test_no_case_under_a_shipped_policy_falls_between_the_cells(id: str, edition: str) -> None:
    holds_everywhere(shipped(id, edition), thinned(15), seed=9)
