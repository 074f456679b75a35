"""What would let a condition hold, gathered along its tree."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given

from complaint_rules.policy.policy import Policy
from complaint_rules.testing.complaints import _follow
from complaint_rules.testing.wishes import Wish, wishes
from tests.small import TITLE, fact, limit, own, table

PARTS: Final = (
    "\n".join(f'[[level]]\nid = "{name}"\n{TITLE}' for name in ("low", "high")),
    f'[[body]]\nid = "desk"\n{TITLE}',
    f'[parameters.many]\ntype = "int"\n{TITLE}',
    f'[[link]]\nid = "same"\n{TITLE}\nsame = ["kind"]',
    fact("a"),
    fact("n", "int", None),
    fact("m", "int", None),
    fact("k", "text", None),
    fact("s", "set", None),
    fact("s2", "set", None),
    fact("held", "level", None),
    fact("d", "day", None),
    limit(),
)


def wished(when: str) -> list[Wish]:
    """Give every wish that is drawn for a condition."""
    first = table("t0", ("u", "a"), ("v", "n >= 7"), ("w", ""))
    every = table("all", ("p", "a"), ("q", "k == 'x'"), every=True)
    policy: Policy = own(*PARTS, first, every, table("t1", ("yes", when), ("no", "")))
    tree = policy.tables["t1"].rows[0].when
    assert tree is not None
    found: list[Wish] = []

    @given(wishes(policy, (tree.tree,)))
    def look(wish: Wish) -> None:
        found.append(wish)

    look()
    return found


@pytest.mark.parametrize(
    ("when", "facts", "why"),
    [
        ("a", [{"a": True}], "a truth value"),
        ("not a", [{"a": False}], "its opposite"),
        ("n >= 5", [{"n": 5}, {"n": 6}, {"n": 7}, {"n": 8}], "at and above the threshold; 7 is one, too"),
        ("n < 5", [{"n": 4}], "below it"),
        ("5 < n", [{"n": 6}, {"n": 7}, {"n": 8}], "the constant may stand on the left"),
        ("n != 5", [{"n": 4}, {"n": 6}, {"n": 7}, {"n": 8}], "anything else"),
        ("k in ('x', 'y')", [{"k": "x"}, {"k": "y"}], "one of several"),
        ("held >= 'high'", [{"held": "high"}], "a level of the order; a body has no place in it"),
        ("'p' in s and 'q' in s", [{"s": frozenset("pq")}], "codes of a set come together"),
        ("'p' not in s", [{"s": frozenset()}], "none of them"),
        ("d >= '2026-03-04'", [{"d": "2026-03-04"}, {"d": "2026-03-05"}], "a day or a later one"),
        ("a and n == 5", [{"a": True, "n": 5}], "both parts"),
        ("a or n == 5", [{"a": True}, {"n": 5}], "either part"),
        ("not (a or n == 5)", [{"a": False, "n": n} for n in (4, 6, 7, 8)], "neither part"),
        ("a and not a", [{"a": True}], "what was wished for first prevails"),
        ("t0 == 'u'", [{"a": True}], "what lets a row of the table hold"),
        ("t0 != 'u'", [{}, {"n": 7}, {"n": 8}], "or another row"),
        ("'q' in all", [{"k": "x"}], "of a table of which every row counts"),
        ("n >= many", [{}], "nobody knows the parameter"),
        ("n < m", [{}], "nothing is known of the other fact"),
        ("linked('same') >= 3", [{}], "other complaints are no fact of this one"),
        ("state('closed')", [{}], "nor is how the case stands"),
    ],
)
def test_a_wish_is_for_what_lets_the_condition_hold(when: str, facts: list[dict[str, Any]], why: str) -> None:
    drawn = [{name: value if name != "d" else str(value) for name, value in one.facts.items()} for one in wished(when)]
    assert all(one in facts for one in drawn), why
    assert all(one in drawn for one in facts), why


@pytest.mark.parametrize(
    ("when", "kinds"),
    [
        ("has('routed', to='desk')", ["routed"]),
        ("not has('routed')", []),
        ("count('replied') >= 2", ["replied"] * 2),
        ("count('replied') > 2", ["replied"] * 3),
        ("count('replied') < 2", []),
        ("elapsed('routed', '2 days')", ["routed"]),
        ("elapsed('received', '2 days')", []),
        ("holder('desk')", ["routed"]),
        ("has('appealed', after='closed')", ["appealed"]),
    ],
)
def test_a_wish_is_for_events(when: str, kinds: list[str]) -> None:
    assert {tuple(selector.kind for selector in one.events) for one in wished(when)} == {tuple(kinds)}


@pytest.mark.parametrize(
    ("when", "late"),
    [
        ("late('whole')", True),
        ("not late('whole')", False),
        ("met('whole')", False),
        ("standing('whole', 'open_late')", True),
        ("standing('whole', 'in_time')", False),
        ("holder_at_breach('whole', 'desk')", True),
    ],
)
def test_a_wish_is_for_limits_kept_or_missed(when: str, late: bool) -> None:
    assert all(one.late == {"whole": late} for one in wished(when))


def test_what_is_given_is_not_turned_by_what_another_fact_implies() -> None:
    policy = own(fact("crowd") + '\nimplies = ["joint"]')
    found: dict[str, Any] = {"crowd": True, "joint": False}
    _follow(policy, found, {"joint": False})
    assert found == {"crowd": True, "joint": False}
    _follow(policy, found, {})
    assert found == {"crowd": True, "joint": True}
