"""Cases that reach a named row: every row of every table and limit, or an error that says why none does."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings

from complaint_rules.assessing import assess, plan_of
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidComplaint, MissingParameter, OutOfBudget, UnknownRule, Unreached
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.testing import cases, complaints, moments, rows, situations
from complaint_rules.testing.cases import Situation
from complaint_rules.testing.rows import reach, row_of
from tests.golden import policy_of
from tests.small import TITLE, fact, limit, own, table

STEPS: Final = own(
    fact("n", "int", None),
    table(
        "size",
        ("huge", "n >= 60000"),
        ("large", "n >= 50000"),
        ("never", "n >= 70000"),
        ("small", "n < 50000"),
        ("none", ""),
    ),
    table("said", ("twice", "count('replied') >= 2"), ("once", "has('replied')"), ("not", "")),
    limit('[{ within = "5 days", when = "n >= 50000" }, { within = "15 days" }]', until='"replied"'),
    limit('[{ within = "2 days" }]', id="hop", start='{ event = "routed", nth = 2 }', until='"replied"'),
)
SHIPPED: Final = ("psbc-95580", "realty-levels")


def every_row(policy: Policy) -> list[str]:
    sections = (("table", policy.tables), ("limit", policy.limits))
    return [
        f"{section}/{rule.id}[{place}]"
        for section, rules in sections
        for rule in rules.values()
        if not rule.missing
        for place in range(len(rule.rows))
    ]


def reached(policy: Policy, name: str, one: Situation) -> bool:
    """Say whether a row is reached, from what an assessment shows."""
    section, _, rest = name.partition("/")
    rule, place = rest[:-1].split("[")
    found = one.assess(policy)
    if section == "table":
        return int(place) in found.findings[rule].decision.fired
    return any(run.row == policy.limits[rule].rows[int(place)] for run in found.clocks[rule].runs)


@pytest.mark.parametrize("id", SHIPPED)
def test_every_row_of_a_shipped_policy_is_reached(id: str) -> None:
    policy = policy_of(id)
    for name in every_row(policy):
        certain = reach(policy, name).certain
        assert reached(policy, name, Situation(case=certain.case, at=certain.at, links=certain.links)), name


@pytest.mark.parametrize(
    "name", ["table/level[9]", "table/level[11]", "limit/follow_up[0]", "limit/milestone[0]", "table/level[0]"]
)
def test_whatever_is_drawn_reaches_the_row_asked_for(name: str) -> None:
    policy = policy_of("realty-levels")

    @settings(max_examples=max(8, settings().max_examples // 6))
    @given(situations(policy, reaching=name))
    def holds(one: Situation) -> None:
        assert reached(policy, name, one)

    holds()


@pytest.mark.parametrize("name", [name for name in every_row(STEPS) if name != "table/size[2]"])
def test_rows_of_a_small_policy_are_reached_in_many_ways(name: str) -> None:
    received: set[Any] = set()

    @settings(max_examples=20, derandomize=True, database=None)
    @given(situations(STEPS, reaching=name))
    def holds(one: Situation) -> None:
        assert reached(STEPS, name, one)
        received.add(one.case.complaint.received)

    holds()
    assert len(received) > 3


def test_a_threshold_is_reached_at_its_edge_and_above() -> None:
    numbers: set[Any] = set()

    @settings(max_examples=40, derandomize=True, database=None)
    @given(complaints(STEPS, reaching="table/size[1]"))
    def holds(one: Complaint) -> None:
        numbers.add(one.extra["n"])
        found = assess(one, STEPS, at=one.received_from)
        assert found.findings["size"].value == "large"

    holds()
    assert 50_000 in numbers
    assert len(numbers) > 1


@pytest.mark.parametrize("known", [True, False])
def test_the_facts_are_known_or_not_as_asked(known: bool) -> None:
    name = "table/size[0]" if known else "table/size[4]"

    @settings(max_examples=10)
    @given(cases(STEPS, known=known, reaching=name))
    def holds(one: Any) -> None:
        assert ("n" in one.complaint.extra) is known

    holds()


def test_a_row_that_nothing_reaches_is_told_so() -> None:
    with pytest.raises(Unreached, match=r"table/size\[2\]: no case reaches it; complaint-rules check FILE --deep"):
        reach(STEPS, "table/size[2]")
    with pytest.raises(Unreached, match="no case reaches it with such facts"):
        reach(STEPS, "table/size[4]", known=True)


def test_a_row_that_facts_alone_do_not_reach_is_told_so_and_a_case_reaches_it() -> None:
    with pytest.raises(Unreached, match="the facts of a complaint alone do not reach it; draw it with cases"):
        reach(STEPS, "table/said[0]", alone=True)
    assert [one.kind for one in reach(STEPS, "table/said[0]").certain.case.events] == ["replied", "replied"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("table/size", "this names no row; got 'table/size'; a row is written"),
        (5, "this names no row; got 5"),
        ("table/sizes[0]", "own has no such rule here; got 'table/sizes\\[0\\]'; did you mean 'table/size'"),
        ("duty/x[0]", "this names no row"),
        ("table/qqqqqqqqqqqq[0]", "own has no such rule here; got .*; a row is written"),
        ("table/size[5]", "table/size has 5 rows, from 0; got 'table/size\\[5\\]'; the last one is table/size\\[4\\]"),
    ],
)
def test_what_names_no_row_is_refused_at_once(name: Any, why: str) -> None:
    with pytest.raises(UnknownRule, match=why):
        situations(STEPS, reaching=name)


def test_a_row_that_hangs_on_a_parameter_asks_for_it_by_name() -> None:
    parameter = f'[parameters.many]\ntype = "int"\n{TITLE}'
    policy = own(parameter, fact("n", "int", None), table("t", ("a", "n >= many"), ("b", "")))
    with pytest.raises(MissingParameter, match=r"it hangs on parameters that nobody supplied; got 'many'"):
        complaints(policy, reaching="table/t[0]")


def test_a_row_may_hang_on_the_receipt_so_none_is_taken_beside_it() -> None:
    with pytest.raises(InvalidComplaint, match="a row may hang on the receipt, which is drawn with it"):
        complaints(STEPS, reaching="table/size[0]", received=moments())


def test_where_the_search_is_given_up_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    def given_up(*_: object, **__: object) -> None:
        raise OutOfBudget(what="search", why="the steps it was given are used up")

    policy = own(fact("n", "int", None), table("t", ("a", "n >= 5"), ("b", "")))
    monkeypatch.setattr(rows, "search", given_up)
    with pytest.raises(Unreached, match="no case was found that reaches it, and none was proved not to"):
        reach(policy, "table/t[0]")


def test_where_no_case_tried_bears_it_out_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = own(fact("n", "int", None), table("t", ("a", "n >= 6"), ("b", "")))
    monkeypatch.setattr(rows, "_bears_out", lambda *_: False)
    with pytest.raises(Unreached, match="no case was found that reaches it, and none was proved not to"):
        reach(policy, "table/t[0]")


def test_a_case_that_cannot_be_assessed_bears_nothing_out() -> None:
    certain = reach(STEPS, "table/size[0]").certain
    early = attrs.evolve(certain, at=certain.case.complaint.received_from - dt.timedelta(days=1))
    assert rows._bears_out(row_of(STEPS, "table/size[0]"), STEPS, early) is False


def test_a_case_on_days_or_at_the_end_of_the_years_known_is_not_moved() -> None:
    certain = reach(STEPS, "table/size[0]").certain
    late = rows._moved(certain, dt.timedelta(days=365 * 80))
    assert late == certain
    moved = rows._moved(certain, dt.timedelta(days=1))
    assert moved.at == certain.at + dt.timedelta(days=1)


@pytest.mark.parametrize("id", policies() if settings().max_examples > 60 else policies()[::6])
def test_every_row_of_other_shipped_policies_is_reached(id: str) -> None:
    policy = load_policy(id)
    left = [name for name in every_row(policy) if not found(policy, name)]
    # What waits for opening hours that nobody supplied has no due moment.
    assert [name for name in left if name.partition("[")[0] not in plan_of(policy).hours_wanted] == []


def found(policy: Policy, name: str) -> bool:
    try:
        return reach(policy, name) is not None
    except Unreached:
        return False
