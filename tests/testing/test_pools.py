"""What the rules of a policy tell apart, fact by fact."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.policy.policy import Policy
from complaint_rules.testing.complaints import values_of
from complaint_rules.testing.pools import OUTSIDE, _around, linked_values, pools
from tests.small import HEAD, TITLE, fact, own, table

NOON = dt.datetime(2026, 3, 4, 12, tzinfo=BEIJING)
CODES = "values.x = { zh = '甲', en = 'X' }\nvalues.y = { zh = '乙', en = 'Y' }"


def pooled(*parts: str, of: str, when: str) -> tuple[Any, ...]:
    return pools(own(*parts, table("t", ("yes", when), ("no", ""))))[of].values


@pytest.mark.parametrize(
    ("declared", "when", "values", "why"),
    [
        (fact("f"), "f", (False, True), "both truth values"),
        (fact("f", "int", None), "f >= 5", (4, 5, 6), "below, at and above"),
        (fact("f", "int", None), "3 < f", (2, 3, 4), "the constant may stand on the left"),
        (fact("f", "int", "9"), "f == 2", (1, 2, 3, 8, 9, 10), "and around the presumption"),
        (fact("f", "int", None), "f in (2, 7)", (1, 2, 3, 6, 7, 8), "each of several"),
        (
            fact("f", "decimal", None),
            "f >= 5000",
            (Decimal("4999.99"), Decimal(5000), Decimal("5000.01")),
            "to the cent",
        ),
        (fact("f", "text", None) + "\n" + CODES, "f == 'x'", ("x", "y"), "every code of a closed list"),
        (fact("f", "text", None), "f == 'x'", ("x",), "of an open one those that are named"),
        (fact("f", "set", None), "'p' in f", ("p",), "codes looked for in a set"),
        (fact("f", "day", None), "f < '2026-03-04'", (4 - 1, 4, 4 + 1), "the days before and after"),
    ],
)
def test_the_values_stand_around_every_threshold(declared: str, when: str, values: tuple[Any, ...], why: str) -> None:
    if declared.startswith('[facts.f]\ntype = "day"'):
        values = tuple(dt.date(2026, 3, day) for day in values)
    assert pooled(declared, of="f", when=when) == values, why


def test_facts_compared_with_each_other_have_the_thresholds_of_both() -> None:
    found = pools(
        own(fact("n", "int", None), fact("m", "int", "7"), table("t", ("a", "n < m"), ("b", "m >= 2"), ("c", "")))
    )
    assert found["n"].values == (1, 2, 3, 6, 7, 8)


def test_a_fact_that_nothing_is_compared_with_has_some_values_all_the_same() -> None:
    found = pools(
        own(fact("n", "int", None), fact("s", "set", None), fact("d", "decimal", None), fact("k", "text", None))
    )
    assert [found[name].values for name in "nsdk"] == [(1, 2, 3, 10), ("own",), (Decimal(1),), ("own",)]
    assert found["n"].read is False


def test_what_no_complaint_can_carry_is_left_out() -> None:
    found = pools(own(table("t", ("a", "complainants <= 1"), ("b", "amount == 0"), ("c", ""))))
    assert found["complainants"].values == (1, 2)
    assert found["amount"].values == (Decimal(0), Decimal("0.01"))


def test_levels_are_those_of_the_policy_and_without_any_there_is_some_other() -> None:
    levels = "\n".join(f'[[level]]\nid = "{name}"\n{TITLE}' for name in ("low", "high"))
    assert pools(own(levels))["received_by"].values == ("low", "high")
    assert pools(own())["received_by"].values == ("elsewhere",)


def test_a_moment_has_the_instants_on_both_sides_and_none_outside_the_years_known() -> None:
    found = pools(own(fact("f", "moment", None), fact("g", "day", None), fact("h", "moment", None)))
    assert (found["f"].values, found["g"].values) == ((), ())
    values_of(found["f"]).validate()
    text = "f < '2026-03-04T12:00:00+08:00'"
    assert pooled(fact("f", "moment", None), of="f", when=text) == (NOON - INSTANT, NOON, NOON + INSTANT)
    assert pooled(fact("f", "day", None), of="f", when="f >= '2001-01-01'") == (
        dt.date(2001, 1, 1),
        dt.date(2001, 1, 2),
    )
    values_of(pools(own(fact("f", "day", None)))["f"]).validate()


def test_a_parameter_counts_by_its_value_and_without_one_is_named() -> None:
    parameter = f'[parameters.many]\ntype = "int"\n{TITLE}'
    text = "\n".join((HEAD, fact("n", "int", None), parameter, table("t", ("a", "n >= many"), ("b", ""))))
    assert pools(Policy.from_text(text))["n"].missing == ("many",)
    assert pools(Policy.from_text(text, parameters={"many": 8}))["n"].values == (7, 8, 9)


def test_linked_complaints_are_counted_around_what_rules_ask_for_and_never_below_the_complaint_itself() -> None:
    link = f'[[link]]\nid = "same"\n{TITLE}\nsame = ["kind"]'
    assert dict(linked_values(own(link, table("t", ("a", "linked('same') >= 3"), ("b", ""))))) == {"same": (1, 2, 3, 4)}
    assert dict(linked_values(own(link, table("t", ("a", "2 > linked('same')"), ("b", ""))))) == {"same": (1, 2, 3)}


def test_a_code_outside_is_drawn_only_where_no_list_would_refuse_it() -> None:
    found = pools(own(fact("k", "text", None) + "\n" + CODES))
    assert found["k"].outside == ()
    assert found["kind"].outside == (OUTSIDE,)
    assert found["joint"].outside == ()


def test_what_is_no_number_has_no_neighbours() -> None:
    assert [list(_around(value, 1)) for value in ("3", None, True)] == [[], [], []]
