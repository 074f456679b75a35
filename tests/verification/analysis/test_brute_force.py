"""Verdicts against trying every complaint through `assess`, on random small policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from hypothesis import assume, given, settings

from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.worlds.witnesses import Sureness
from tests.verification.analysis.drawn import Drawn, atoms, every_complaint, loaded, policies, size, table_text, written

THOROUGH: Final = settings().max_examples > 60
MOST_WORLDS: Final = 1_000 if THOROUGH else 250
DEAD: Final = {"never_holds", "unreachable"}


class World(NamedTuple):
    """What one complaint shows of one table."""

    known: bool
    held: tuple[int, ...]
    """The rows that hold, whichever comes first."""
    other: Mapping[tuple[int, str, str], bool]
    """Of a row with an atom read as a constant: whether it holds."""


def probe(head: str, tables: Mapping[str, Drawn]) -> Policy:
    """Load the same tables, and for each one in which every row has a value of its own and counts."""
    more = []
    for name, one in tables.items():
        rows: list[tuple[str, str | None]] = []
        for number, (_, tree) in enumerate(one.rows):
            rows.append((f"r{number}", None if tree is None else written(tree)))
            if tree is not None:
                for place, atom in enumerate(dict.fromkeys(atoms(tree))):
                    rows += [(f"r{number}-{place}-{word}", written(tree, {atom: word})) for word in ("True", "False")]
        more.append(table_text(f"all_{name}", every=True, rows=rows))
    return loaded(head, tables, *more)


def tried(head: str, tables: Mapping[str, Drawn]) -> dict[str, list[World]]:
    found: dict[str, list[World]] = {name: [] for name in tables}
    for known, assessment in every_complaint(probe(head, tables)):
        for name, one in tables.items():
            value = assessment.findings[f"all_{name}"].value
            assert isinstance(value, frozenset)
            held = tuple(number for number in range(len(one.rows)) if f"r{number}" in value)
            decision = assessment.findings[name].decision
            assert decision.fired == (held if one.every else held[:1]), "the probe tells what the table tells"
            other = {
                (number, atom, word): f"r{number}-{place}-{word}" in value
                for number, (_, tree) in enumerate(one.rows)
                if tree is not None
                for place, atom in enumerate(dict.fromkeys(atoms(tree)))
                for word in ("True", "False")
            }
            found[name].append(World(known, held, other))
    return found


def value_of(table: Drawn, held: tuple[int, ...]) -> object:
    values = [table.rows[number][0] for number in held]
    return frozenset(values) if table.every else values[0] if values else None


def expected(table: Drawn, worlds: list[World]) -> dict[str, set[object]]:
    """Say, by trying, what there is to be found of a table."""
    found: dict[str, set[object]] = {}

    def note(code: str, what: object) -> None:
        found.setdefault(code, set()).add(what)

    def counts(row: int, world: World) -> bool:
        return row in (world.held if table.every else world.held[:1])

    rows = range(len(table.rows))
    dead, spare = set(), set()
    for row in rows:
        if not any(counts(row, one) for one in worlds):
            dead.add(row)
            note("dead", row)
        elif not table.every and not any(counts(row, one) for one in worlds if one.known):
            note("only_while_unknown", row)
        elif table.every and table.rows[row][1] is not None and all(row in one.held for one in worlds):
            note("always_holds", row)
        if row not in dead:
            less = [(one.held, tuple(number for number in one.held if number != row)) for one in worlds]
            if all(value_of(table, held) == value_of(table, rest) for held, rest in less):
                spare.add(row)
                note("redundant_row", row)
    for row in rows:
        tree = table.rows[row][1]
        if tree is None or row in dead | spare:
            continue
        for atom in dict.fromkeys(atoms(tree)):
            for word in ("True", "False"):
                pairs = []
                for one in worlds:
                    rest = {*one.held} - {row} | ({row} if one.other[row, atom, word] else set())
                    pairs.append((value_of(table, one.held), value_of(table, tuple(sorted(rest)))))
                if all(before == after for before, after in pairs):
                    note("redundant_atom", row)
    if not table.every:
        if any(not one.held for one in worlds if one.known):
            note("gap", None)
        elif any(not one.held for one in worlds):
            note("open_while_unknown", None)
        for one in worlds:
            for lower in one.held[1:]:
                if (
                    one.known
                    and table.rows[lower][1] is not None
                    and table.rows[lower][0] != table.rows[one.held[0]][0]
                ):
                    note("order_decides", (one.held[0], lower))
    return found


def said(name: str, findings: tuple[RuleFinding, ...]) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for one in findings:
        if one.rule != f"table/{name}" or one.code is FindingCode.VALUE_NEVER_GIVEN:
            continue
        code = "dead" if one.code in DEAD else one.code.value
        found.setdefault(code, set()).update(one.pairs or {one.row})
    return found


@given(policies())
def test_what_is_found_is_what_trying_every_complaint_shows(drawn: tuple[str, dict[str, Drawn]]) -> None:
    """Design of the analysis: the verdicts equal brute force; what is open would be a difference."""
    head, tables = drawn
    policy = loaded(head, tables)
    assume(size(policy) <= MOST_WORLDS)
    worlds = tried(head, tables)
    analysis = analyse(policy)
    assert [one for one in analysis.findings if one.verdict is Sureness.OPEN] == []
    for name, table in tables.items():
        assert said(name, analysis.findings) == expected(table, worlds[name]), name
    for one in analysis.findings:
        if one.verdict is Sureness.WITNESSED:
            assert one.witness is not None
            found = one.witness.assess(policy)
            assert all(claim(found) for claim in one.shows), one
            assert one.shows
        for number in one.rows if one.code is FindingCode.UNREACHABLE else ():
            assert one.row is not None
            assert number < one.row
