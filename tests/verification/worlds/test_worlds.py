"""Formulas against the library's own compiled functions, in worlds drawn at random."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from hypothesis import settings

from complaint_rules.conditions.parsing import parse
from complaint_rules.conditions.trees import atoms_of
from complaint_rules.errors import InvalidPolicy, UnknownRule
from complaint_rules.policy.loading import editions, load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds.formulas import held_in, within
from complaint_rules.verification.worlds.living import whole
from complaint_rules.verification.worlds.reading import Reading
from complaint_rules.verification.worlds.stands import Bench, Stand
from complaint_rules.verification.worlds.tables import ALWAYS, UNDECIDED_WAYS, opposite
from complaint_rules.verification.worlds.variables import Matter, Thing
from complaint_rules.verification.worlds.worlds import Worlds
from tests.small import fact, own, table
from tests.small import limit as small_limit

PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "boc-it-blueprint": {"starts": "2025-06-01", "ends": "2026-09-30"},
    "cbirc-2020-3": {"major_report": "2 hours", "retention": "5 years"},
    "grcu-2008": {"reasonable_time": "3 working days"},
    "realty-levels": {"plan_time": "3 days"},
    "wealth-handbook": {"risk_major_from": 1_000_000, "risk_general_from": 100_000},
}
SHIPPED: Final = [(name, edition) for name in policies() for edition in editions(name)]


def worlds_of(policy: Policy, count: int, seed: int = 7, *others: Policy) -> Iterator[tuple[Worlds, list[int], Stand]]:
    """Draw worlds: for each variable one of its cells, and what the library sees there under the last policy."""
    worlds, draw = Worlds(policy, others), random.Random(seed)  # noqa: S311 - examples, not secrets
    bench = Bench(Reading([policy, *others]), len(others))
    for _ in range(count):
        cells = [draw.choice([n for n in range(len(one.cells)) if one.tried >> n & 1]) for one in worlds.variables]
        piece = whole([one.cells[number] for one, number in zip(worlds.variables, cells, strict=True)])
        yield worlds, cells, Stand(bench, piece)


SOME: Final = SHIPPED if settings().max_examples > 60 else SHIPPED[2::4]
"""All of the shipped policies where time is no matter."""


def shipped(id: str, edition: str) -> Policy:
    return load_policy(id, edition=edition, parameters=PARAMETERS.get(id))


def thinned(count: int) -> int:
    """Take more of everything where time is no matter."""
    return count * 6 if settings().max_examples > 60 else count


@pytest.mark.parametrize(("id", "edition"), SOME)
def test_tables_come_out_as_the_compiled_ones_do(id: str, edition: str) -> None:
    """FIRST and EVERY: what fires, what could, what surely does."""
    policy = shipped(id, edition)
    for worlds, cells, stand in worlds_of(policy, thinned(12)):
        for place, (name, sheet) in enumerate(policy.tables.items()):
            rule, decided = f"table/{name}", stand.table(place)
            rows = range(len(sheet.rows))
            fired = tuple(row for row in rows if held_in(worlds.fired(rule, row), cells))
            possible = {sheet.rows[row].value for row in rows if held_in(worlds.first_possible(rule, row), cells)}
            assert (name, fired) == (name, decided.fired)
            assert held_in(worlds.no_row(rule), cells) is not bool(fired)
            if sheet.every:
                surely = {sheet.rows[row].value for row in rows if held_in(worlds.rows(rule)[row].sure, cells)}
                assert sorted(possible) == sorted(map(str, decided.possible))
                assert surely == decided.surely
            else:
                none = set() if held_in(worlds.surely_some_row(rule), cells) else {None}
                assert possible | none == set(decided.possible)


@pytest.mark.parametrize(("id", "edition"), SOME)
def test_limits_and_duties_apply_as_the_compiled_ones_do(id: str, edition: str) -> None:
    policy = shipped(id, edition)
    for worlds, cells, stand in worlds_of(policy, thinned(12), seed=11):
        plan = stand.bench.plan
        tests = {f"limit/{name}": one.applies for name, one in plan.limits.items()}
        tests |= {f"duty/{name}": one.applies for name, one in plan.duties.items()}
        for rule, test in tests.items():
            ways = [held_in(way, cells) for way in worlds.applies(rule)]
            held, surely, possibly, _ = (True, True, True, 0) if test is None else test(stand)
            assert (rule, ways[2], ways[0], ways[1]) == (rule, held, surely, possibly)


@pytest.mark.parametrize(("id", "edition"), SOME)
def test_the_figures_of_a_limit_come_out_as_the_compiled_ones_do(id: str, edition: str) -> None:
    """Save those that a fact sets: of them a known one is wanted besides."""
    policy = shipped(id, edition)
    limits = [one for one in policy.limits.values() if all(row.by is None for row in one.rows)]
    for worlds, cells, stand in worlds_of(policy, thinned(6), seed=13) if limits else ():
        for limit in limits:
            fired, possible, _, sure = stand.bench.plan.limits[limit.id].decide(stand)
            rule, rows = f"limit/{limit.id}", range(len(limit.rows))
            mask = sum(1 << row for row in rows if held_in(worlds.fired(rule, row), cells))
            could = sum(1 << row for row in rows if held_in(worlds.first_possible(rule, row), cells))
            assert mask == (fired if limit.counts_every else (1 << fired if fired >= 0 else 0))
            assert could == possible
            assert held_in(worlds.surely_some_row(rule), cells) is bool(sure)


@pytest.mark.parametrize(("id", "edition"), SOME)
def test_what_excuses_an_act_comes_out_as_the_compiled_ones_do(id: str, edition: str) -> None:
    """For every typical event, with a formula of its own."""
    policy = shipped(id, edition)
    duties = [duty for duty in policy.duties.values() if duty.unless is not None]
    for worlds, cells, stand in worlds_of(policy, thinned(2), seed=17) if duties else ():
        for duty in duties:
            excuses = stand.bench.plan.duties[duty.id].excuses
            assert excuses is not None
            for event in worlds.events(duty.unless, duty.acts)[::7]:
                held, surely, possibly, _ = excuses(Stand(stand.bench, stand.piece, event))
                ways = [held_in(way, cells) for way in worlds.channels(duty.unless, event=event)]
                assert (duty.id, event, ways[2], ways[0], ways[1]) == (duty.id, event, held, surely, possibly)


@pytest.mark.parametrize(("one", "other"), [("psbc-95580", "cbirc-2020-3"), ("cbirc-2020-3", "example-bank")])
def test_a_policy_beside_another_comes_out_as_it_does_alone(one: str, other: str) -> None:
    """Its own presumptions and limits, on cells made of the constants of both."""
    first, second = load_policy(one), load_policy(other)
    for worlds, cells, stand in worlds_of(first, thinned(8), 19, second):
        for place, (name, sheet) in enumerate(second.tables.items()):
            rows = [held_in(worlds.fired(f"table/{name}", row, under=second), cells) for row in range(len(sheet.rows))]
            assert (name, rows) == (name, [row in stand.table(place).fired for row in range(len(sheet.rows))])
        for name, test in stand.bench.plan.duties.items():
            held = True if test.applies is None else test.applies(stand)[0]
            assert held_in(worlds.applies(f"duty/{name}", under=second).held, cells) is held


def test_a_row_whose_deadline_a_fact_sets_does_not_hold_while_that_is_unknown() -> None:
    """The next row of a first-match limit has its turn then, as in an assessment."""
    limit = small_limit('[{ by = "promised_by" }, { within = "2 days" }]')
    policy = own(fact("promised_by", "moment", assume=None), limit)
    worlds = Worlds(policy)
    known, unknown = 0, 1
    assert [cell.title[1] for cell in worlds.variables[0].cells] == ["any time", "unknown"]
    for cell, fires in ((known, [True, False]), (unknown, [False, True])):
        assert [held_in(worlds.fired("limit/whole", row), [cell]) for row in (0, 1)] == fires
    assert held_in(worlds.first_possible("limit/whole", 0), [unknown]), "it may become known"


def test_atoms_can_be_given_other_ways() -> None:
    """As for the question whether one could be left out."""
    policy = own(fact("major"), fact("grave"), table("t", ("a", "major and grave"), ("b", "")))
    worlds, when = Worlds(policy), policy.tables["t"].rows[0].when
    assert when is not None
    major, grave = atoms_of(when.tree)
    assert worlds.channels(when, replace={major: ALWAYS}) == worlds.channels(grave)
    assert worlds.channels(None) == ALWAYS
    assert worlds.channels(when.tree) == worlds.channels(when)


def test_a_written_truth_and_a_missing_parameter_need_no_variable() -> None:
    policy = own(
        '[parameters.strict]\ntype = "bool"\ntitle = { zh = "甲", en = "A" }',
        '[parameters.wanted]\ntype = "text"\ntitle = { zh = "甲", en = "A" }',
        table("u", ("a", "strict"), ("b", "False"), ("c", "")),
        table("v", ("a", ""), every=True),
        table("t", ("a", "u == wanted"), ("b", "wanted in v"), ("c", "u != 'c'"), ("d", "'a' not in v")),
    )
    worlds = Worlds(policy)
    assert worlds.variables == ()
    assert worlds.rows("table/u") == (UNDECIDED_WAYS, opposite(ALWAYS), ALWAYS)
    assert worlds.rows("table/t") == (
        UNDECIDED_WAYS,
        UNDECIDED_WAYS,
        (False, True, False, False),  # the value is c by now, and a once the parameter is supplied as true
        opposite(ALWAYS),
    )


def test_further_conditions_can_be_asked_once_they_are_named() -> None:
    policy = own(fact("major"), fact("points", "int", assume="3"), table("t", ("a", "major")))
    more = parse("points > 7", policy.scope)
    with pytest.raises(UnknownRule, match=r"it is none of those that these worlds were made of.*pass it as more"):
        Worlds(policy).channels(more)
    worlds = Worlds(policy, more=[more])
    place = worlds.place_of(Matter(Thing.FACT, "points"))
    assert place is not None
    assert [cell.title[1] for cell in worlds.variables[place].cells] == ["below 7", "7", "above 7", "unknown"]
    assert worlds.channels(more).held == within(place, 0b0100, 0b1111)


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda worlds: worlds.rows("table/priorty"), "has no such rule here; got 'table/priorty'; did you mean"),
        (lambda worlds: worlds.rows("duty/route_order"), "has no such rule here"),  # a duty has no rows
        (lambda worlds: worlds.applies("table/priority"), "it is called as limit/whole"),
        (lambda worlds: worlds.fired("limit/whole", 3), "limit/whole: it has 3 rows, from 0; got 3"),
        (lambda worlds: worlds.first_possible("limit/whole", -1), "it has 3 rows, from 0; got -1"),
        (lambda worlds: worlds.no_row("table/x", under=load_policy("cbirc-2020-3")), "policy: these worlds were made"),
        (lambda worlds: worlds.channels(worlds.policy.duties["ticket_menu"].unless), "pass one of events"),
    ],
)
def test_what_there_is_not_is_refused(ask: Callable[[Worlds], object], why: str) -> None:
    with pytest.raises(UnknownRule, match=why):
        ask(Worlds(load_policy("psbc-95580")))


def test_worlds_are_of_a_policy() -> None:
    with pytest.raises(InvalidPolicy, match="a Policy is expected"):
        Worlds("psbc-95580")  # type: ignore[arg-type]
    worlds = Worlds(load_policy("bocom-2007"))
    assert repr(worlds) == "<Worlds of bocom-2007: 2 variables>"
    assert worlds.approximate == ()


def test_policies_beside_each_other_share_facts_events_links_and_limits_defined_alike() -> None:
    """A limit under the same id that differs is another one; so is the presumption of a fact."""
    rows = table("t", ("a", "major and late('whole')"), ("b", "late('reply') or has('replied')"), ("c", "points > 3"))
    reply = small_limit('[{ within = "2 days" }]', id="reply")
    one = own(fact("major"), fact("points", "int", assume="3"), rows, small_limit(), reply)
    two = own(
        fact("major", assume="true"),
        fact("points", "int", assume="9"),
        rows,
        small_limit('[{ within = "9 days" }]'),
        reply,
    )
    worlds = Worlds(one, [two])
    assert [place.key for place in worlds.variables] == [
        "fact:major", "limit:whole", "limit:reply", "events:replied", "fact:points", "limit:whole@own#1",
    ]  # fmt: skip
    assert worlds.policies == (one, two)
    unknown = [2, 1, 0, 0, 0, 0]
    held = [held_in(worlds.fired("table/t", 0, under=policy), unknown) for policy in (one, two)]
    assert held == [False, False], "presumed under the second, whose own limit is not late"
    assert held_in(worlds.fired("table/t", 0, under=two), [2, 0, 0, 0, 0, 1])
    whole = Matter(Thing.LIMIT, "whole")
    assert (worlds.place_of(whole), worlds.place_of(whole, under=two)) == (1, 5)
    assert worlds.place_of(Matter(Thing.LIMIT, "nowhere")) is None
    assert worlds.limit_of(worlds.variables[5].sources[0]) == (two, two.limits["whole"])
    assert worlds.applies("limit/whole", under=two) == ALWAYS


def test_limits_are_alike_that_say_the_same_and_rest_on_the_same() -> None:
    """Whatever they are called and cite; a table or presumption that differs makes another limit."""

    def policy(title: str, assume: str, points: int) -> Policy:
        figure = """[{ within = "2 days", when = "size == 'big' or size == 'small' and late('reply')" }]"""
        whole = small_limit(figure, 'when = "major"').replace("甲", title)
        size = table("size", ("big", f"points > {points}"), ("small", ""))
        asks = table("t", ("a", "late('whole')"))
        reply = small_limit(id="reply")
        return own(fact("major", assume=assume), fact("points", "int", assume="3"), size, asks, whole, reply)

    one = policy("甲", "false", 5)
    for other, alike in (
        (policy("乙", "false", 5), True),
        (policy("甲", "true", 5), False),
        (policy("甲", "false", 6), False),
    ):
        found = [variable.key for variable in Worlds(one, [other]).variables if variable.key.startswith("limit:whole")]
        assert found == (["limit:whole"] if alike else ["limit:whole", "limit:whole@own#1"])
    extended = Worlds(load_policy("example-bank"), [load_policy("cbirc-2020-3")])
    assert [one.key for one in extended.variables if "@" in one.key] == [], "what is taken over stays the same limit"


def test_everything_known_is_a_cell_of_each_variable() -> None:
    worlds = Worlds(own(fact("major"), table("t", ("a", "major and late('whole')")), small_limit()))
    assert held_in(worlds.all_known(), [0, 1])
    assert not held_in(worlds.all_known(), [2, 1])
    assert not held_in(worlds.all_known(), [0, 2]), "undetermined"
    assert held_in(worlds.some_row("table/t"), [0, 1])
