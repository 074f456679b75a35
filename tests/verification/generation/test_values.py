"""What is tried of every fact and field of an event: the constants named, what lies beside them, and nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from complaint_rules.policy.rules import Selector
from complaint_rules.verification.generation.carrying import carried
from complaint_rules.verification.generation.values import values_of
from tests import small

CODES = 'values.a = { zh = "甲", en = "A" }\nvalues.b = { zh = "乙", en = "B" }'


def listed(name: str, kind: str) -> str:
    return f'[facts.{name}]\ntype = "{kind}"\n{small.TITLE}\n{CODES}'


FACTS = "\n".join(
    [
        small.fact("vip"), small.fact("lots", "int", None), small.fact("price", "decimal", None),
        small.fact("on_day", "day", None), small.fact("labels", "set", None), listed("grades", "set"),
        listed("grade", "text"), small.fact("colour", "text", None),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("when", "fact", "expected"),
    [
        ("vip", "vip", (True, False)),
        # a number, one less and one more; beside it 1, for people 2; none below what there can be
        ("lots >= 5", "lots", (0, 1, 2, 4, 5, 6)),
        ("lots >= 0", "lots", (0, 1, 2)),
        ("complainants >= 5", "complainants", (1, 2, 3, 4, 5, 6)),
        ("complainants >= 1", "complainants", (1, 2, 3)),
        # a figure to the cent
        ("price > 3", "price", tuple(map(Decimal, ("0.99", "1", "1.01", "2.99", "3", "3.01")))),
        ("price > 0", "price", tuple(map(Decimal, ("0", "0.01", "0.99", "1", "1.01")))),
        # codes: those named and another; of a list all of it
        ("colour == 'red'", "colour", ("red", "another")),
        ("vip", "colour", ("another",)),
        ("grade == 'a'", "grade", ("a", "b")),
        # sets: each code alone, of several all together, none; of keys of people one at least
        ("'x' in labels", "labels", (frozenset({"x"}), frozenset())),
        ("'x' in labels or 'y' in labels", "labels",
         (frozenset({"x"}), frozenset({"y"}), frozenset({"x", "y"}), frozenset())),
        ("vip", "labels", (frozenset({"another"}), frozenset())),
        ("'b' in grades", "grades", (frozenset({"b"}), frozenset({"a"}), frozenset({"a", "b"}), frozenset())),
        ("vip", "complainant_keys", (frozenset({"another"}),)),
        # a day, the one before and the one after; of none named three days after the receipt, the one before, itself
        ("on_day > '2026-03-02'", "on_day", (dt.date(2026, 3, 1), dt.date(2026, 3, 2), dt.date(2026, 3, 3))),
        ("vip", "on_day", (dt.timedelta(days=3), dt.timedelta(days=-1), dt.timedelta(0))),
    ],
)  # fmt: skip
def test_of_every_fact_what_is_named_and_what_lies_beside_it_is_tried(
    when: str, fact: str, expected: tuple[Any, ...]
) -> None:
    found = values_of(small.own(FACTS, small.table("t", ("a", when))))[fact]
    assert found == expected


@pytest.mark.parametrize(
    ("unless", "expected"),
    [
        (None, [{}]),
        # what is named first, then another, then nothing
        ("event.reason == 'r'", [{"reason": "r"}, {"reason": "another"}, {}]),
        ("event.amount > 5", [{"amount": Decimal(5)}, {"amount": Decimal("5.01")}, {}]),
        # all of a set, of several each alone, nothing
        ("'a' in event.told", [{"told": frozenset({"a"})}, {}]),
        ("'a' in event.told or 'b' in event.told",
         [{"told": frozenset({"a", "b"})}, {"told": frozenset({"a"})}, {"told": frozenset({"b"})}, {}]),
        # every way of one with every way of the other
        ("event.reason == 'r' and 'a' in event.told",
         [{**one, **other} for one in ({"reason": "r"}, {"reason": "another"}, {})
          for other in ({"told": frozenset({"a"})}, {})]),
    ],
)  # fmt: skip
def test_of_every_field_of_an_event_what_is_named_what_is_not_and_nothing_is_tried(
    unless: str | None, expected: list[dict[str, Any]]
) -> None:
    more = () if unless is None else (f'unless = "{unless}"',)
    policy = small.own(small.duty("must_not", '"replied"', *more))
    assert [dict(one) for one in carried(policy, policy.duties["act"].unless, Selector(kind="replied"))] == expected
    fixed = Selector(kind="replied", fields=(("reason", frozenset({"s"})),))
    assert all(one["reason"] == "s" for one in carried(policy, policy.duties["act"].unless, fixed)), "it is fixed"


def test_no_more_ways_than_96_are_tried() -> None:
    """Five fields with three ways each, and four of a set of two labels are 972."""
    fields = " or ".join(f"event.{name} == 'x'" for name in ("reason", "outcome", "unit", "approved_by", "ref"))
    unless = f"{fields} or 'a' in event.told or 'b' in event.told"
    policy = small.own(small.duty("must_not", '"replied"', f'unless = "{unless}"'))
    found = list(carried(policy, policy.duties["act"].unless, Selector(kind="replied")))
    assert len(found) == 96
