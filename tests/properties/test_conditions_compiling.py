"""Laws of conditions, held against whatever Hypothesis makes up."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.conditions.compiling import (
    compile_every,
    compile_first,
    compile_one,
)
from complaint_rules.conditions.parsing import parse
from tests.conditions.test_compiling import FACTS, SCOPE, rows, stand

VALUES: Mapping[str, tuple[Any, ...]] = {
    "repeat": (False, True),
    "joint": (False, True),
    "lucky": (False, True),
    "complainants": (1, 2, 3, 4),
    "amount": (0, 1, 2, 3),
    "kind": ("loan", "card", "x"),
    "recorded": (frozenset(), frozenset({"x"}), frozenset({"x", "loan"})),
    "holder": ("outlet", "branch", "head_office"),
}


RANK = {"outlet": 0, "branch": 1, "head_office": 2}


ATOMS: list[tuple[str, Any]] = [
    ("joint", lambda f: f["joint"]),
    ("repeat", lambda f: f["repeat"]),
    ("lucky", lambda f: f["lucky"]),
    ("joint == repeat", lambda f: f["joint"] == f["repeat"]),
    ("complainants >= 3", lambda f: f["complainants"] >= 3),
    ("1 < complainants <= 3", lambda f: 1 < f["complainants"] <= 3),
    ("amount < complainants", lambda f: f["amount"] < f["complainants"]),
    ("amount == 2", lambda f: f["amount"] == 2),
    ("kind == 'loan'", lambda f: f["kind"] == "loan"),
    ("kind not in ('loan', 'card')", lambda f: f["kind"] not in {"loan", "card"}),
    ("'x' in recorded", lambda f: "x" in f["recorded"]),
    ("kind in recorded", lambda f: f["kind"] in f["recorded"]),
    ("holder >= 'branch'", lambda f: RANK[f["holder"]] >= 1),
    ("True", lambda _: True),
]


@st.composite
def conditions(draw: st.DrawFn) -> tuple[str, Any]:
    def joined(parts: st.SearchStrategy[tuple[str, Any]]) -> st.SearchStrategy[tuple[str, Any]]:
        pair = st.tuples(parts, parts)
        return st.one_of(
            parts.map(lambda one: (f"not ({one[0]})", lambda f: not one[1](f))),
            pair.map(lambda two: (f"({two[0][0]}) and ({two[1][0]})", lambda f: two[0][1](f) and two[1][1](f))),
            pair.map(lambda two: (f"({two[0][0]}) or ({two[1][0]})", lambda f: two[0][1](f) or two[1][1](f))),
        )

    return draw(st.recursive(st.sampled_from(ATOMS), joined, max_leaves=5))


@st.composite
def partial_facts(draw: st.DrawFn) -> dict[str, Any]:
    """At most four unknown facts, so that every completion can be tried."""
    unknown = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=4))
    return {name: draw(st.sampled_from(VALUES[name])) for name in VALUES if name not in unknown}


def completions(facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    unknown = [name for name in VALUES if name not in facts]
    for values in itertools.product(*(VALUES[name] for name in unknown)):
        yield {**facts, **dict(zip(unknown, values, strict=True))}


def named(mask: int) -> set[str]:
    return {name for bit, name in enumerate(FACTS) if mask >> bit & 1}


@given(conditions(), partial_facts())
def test_unknown_is_not_false(drawn: tuple[str, Any], facts: dict[str, Any]) -> None:
    """Design 3: "A fact not given is `None` = unknown" - what is sure stays so under every completion."""
    text, oracle = drawn
    holds, surely, possibly, unknown = compile_one(parse(text, SCOPE), SCOPE)(stand(**facts))
    answers = {bool(oracle(complete)) for complete in completions(facts)}
    assert not surely or answers == {True}
    assert possibly or answers == {False}
    assert surely <= holds <= possibly
    if len(answers) == 2:
        assert not surely
        assert possibly
        assert unknown
    if surely or not possibly:
        assert unknown == 0
    if all(name in facts for name in VALUES):
        assert surely == possibly == holds == oracle(facts)


@given(conditions(), partial_facts())
def test_the_facts_listed_may_be_too_many_never_too_few(drawn: tuple[str, Any], facts: dict[str, Any]) -> None:
    """Design 3: "it may list too much, never too little"."""
    text, oracle = drawn
    *_, unknown = compile_one(parse(text, SCOPE), SCOPE)(stand(**facts))
    assert not named(unknown) & set(facts)
    matter = {
        name
        for one, other in itertools.combinations(list(completions(facts)), 2)
        for name in [next(n for n in VALUES if one[n] != other[n])]
        if sum(one[n] != other[n] for n in VALUES) == 1 and bool(oracle(one)) != bool(oracle(other))
    }
    assert matter <= named(unknown)


PRESUMED = {"repeat": False, "lucky": True, "complainants": 1, "holder": "branch"}


@given(conditions(), partial_facts())
def test_where_every_unknown_fact_is_presumed_the_presumptions_decide(
    drawn: tuple[str, Any], facts: dict[str, Any]
) -> None:
    """Design 3: "where that is unknown, again with the presumptions"."""
    text, oracle = drawn
    known = {**{name: values[0] for name, values in VALUES.items() if name not in PRESUMED}, **facts}
    holds, *_ = compile_one(parse(text, SCOPE), SCOPE)(stand(**known))
    assert holds == bool(oracle({**PRESUMED, **known}))


@given(st.lists(conditions(), max_size=4), st.booleans(), partial_facts())
def test_a_table_says_every_value_that_could_still_come_out(
    drawn: list[tuple[str, Any]], default: bool, facts: dict[str, Any]
) -> None:
    """Design 3: "every value that the unknown facts could still produce"."""
    checks = [oracle for _, oracle in drawn] + [lambda _: True] * default
    texts = [text for text, _ in drawn] + [None] * default
    fired, possible, unknown, surely = compile_first(rows(*texts), SCOPE)(stand(**facts))
    outcomes = {
        next((index for index, holds in enumerate(checks) if holds(complete)), -1) for complete in completions(facts)
    }
    assert {index for index in outcomes if index >= 0} <= {
        index for index in range(len(texts)) if possible >> index & 1
    }
    assert -1 not in outcomes or not surely
    assert fired < 0 or possible >> fired & 1
    if len(outcomes) > 1:
        assert unknown
    if len(facts) == len(VALUES):
        assert {fired} == outcomes
    held, could, _, certain = compile_every(rows(*texts), SCOPE)(stand(**facts))
    for complete in completions(facts):
        mask = sum(bool(holds(complete)) << index for index, holds in enumerate(checks))
        assert certain & ~mask == 0
        assert mask & ~could == 0
    assert certain & ~held == 0
    assert held & ~could == 0
