"""What follows from a table: shares, changes, rates on a base, ranks, medians; exact, and none where there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from complaint_rules import Tally
from complaint_rules.cases.case import Case
from complaint_rules.errors import ComplaintRulesError, InvalidFigure, InvalidTally
from complaint_rules.statistics import CaseCount, Change, FigureTable, NoChange
from tests.by_hand import complaint, ev
from tests.small import TITLE, fact, limit, own
from tests.statistics.tallied import NAMED, cells, end_of, figure, took

RULES = own(
    fact("satisfied", assume=None), fact("products", "set", None), limit('[{ within = "5 days" }]'),
    f'[[base]]\nid = "outlets"\n{TITLE}', f'[[figure]]\nid = "all"\n{TITLE}',
    f'[[figure]]\nid = "per"\n{TITLE}\nscale = {{ figure = "all", base = "outlets", per = 1000 }}',
)  # fmt: skip
YEARS = (dt.date(2024, 1, 1), dt.date(2026, 9, 30))
SATISFIED = figure("satisfied", share="satisfied", at_least_cases=3)
RUNS = figure("runs", limit="whole", at_least_cases=3)
ENDED = figure("ended", limit="whole", rate="ended", at_least_cases=2)
ALL_RUNS = figure("all_runs", limit="whole", rate="all", at_least_cases=3)
PAID = figure("paid", sum="amount")
LONG = figure("long", time=took("received", "closed", "days"))
FIGURES: Sequence[Any] = ["per", SATISFIED, RUNS, ENDED, ALL_RUNS, PAID, LONG, figure("open", stock="end")]
BY = ["kind", "month", ("kind", "month"), ("kind", "channel"), "products", "year", ("kind", "channel", "month")]


def counted(*given: tuple[str | None, str, int], covers: Any = YEARS, **asked: Any) -> Tally:
    """Count rows: their kind, the day of receipt, and how many."""
    tally = Tally(RULES, at=end_of("2026-10-08"), figures=FIGURES, by=BY, covers=covers, **asked)
    for kind, day, n in given:
        tally.add_row({"kind": kind, "channel": "phone"}, received=dt.date.fromisoformat(day), times=n)
    return tally


GIVEN = [("a", "2026-08-03", 6), ("b", "2026-08-04", 3), (None, "2026-08-04", 1), ("a", "2026-09-03", 9)]
BASE = {"a": 3_000, "b": 0, "c": 1_000}


def test_per_so_many_of_a_base() -> None:
    """15 on 3,000; none where the base is nothing; the group without a number has none, nor has the whole."""
    found = counted(*GIVEN).table("per", by="kind", base=BASE)
    assert dict(found.values) == {"a": Fraction(5), "b": None, None: None}
    assert found.value is None
    assert counted(*GIVEN[:2]).table("per", by="kind", base=BASE).value == Fraction(9_000, 4_000)
    assert counted(*GIVEN).table("per", by="kind", base=BASE | {(): 19_000}).value == Fraction(1)


def test_per_so_many_of_one_base_for_all() -> None:
    found = counted(*GIVEN).table("per", by="kind", base=2_000)
    assert (found.values["a"], found.value) == (Fraction(15, 2), Fraction(19, 2))
    derived = counted(*GIVEN).table("all", by="kind").scaled(2_000, 100)
    assert (derived.rows["b"], derived.total) == (Fraction(3, 20), Fraction(19, 20))


def test_a_rate_on_a_base_needs_the_numbers() -> None:
    with pytest.raises(InvalidTally) as caught:
        _ = counted(*GIVEN).table("per", by="kind").values
    assert "per: the numbers by which it is divided are missing" in str(caught.value)


def test_rates_on_a_base_are_ranked_and_change() -> None:
    found = counted(*GIVEN).table("per", by=("kind", "month"), base=1_000)
    assert found.rank()["a", "2026-09"] == 1
    assert found.change("before").rows["a", "2026-09"] == Change(Fraction(1, 2))


CHANGES: list[tuple[str, str, Any, Change]] = [
    ("nine after six", "before", ("a", "2026-09"), Change(Fraction(1, 2))),
    ("the class was not there", "before", ("a", "2026-08"), Change(None, NoChange.NOT_THERE)),
    ("nor a year before", "year_before", ("a", "2026-09"), Change(None, NoChange.NOT_THERE)),
    ("October is not over", "before", ("a", "2026-10"), Change(None, NoChange.INCOMPLETE)),
    ("of a day that nobody knows", "before", ("a", None), Change(None, NoChange.NO_VALUE)),
]


@pytest.mark.parametrize(("why", "against", "key", "expected"), CHANGES, ids=[why for why, *_ in CHANGES])
def test_how_much_it_changed(why: str, against: str, key: Any, expected: Change) -> None:
    tally = counted(*GIVEN, ("a", "2026-10-02", 2)).add_row({"kind": "a", "channel": "phone"})
    assert tally.table("all", by=("kind", "month")).change(against).rows[key] == expected, why


def test_without_a_word_on_what_the_data_cover_nothing_changed() -> None:
    tally = counted(*GIVEN, covers=None)
    assert set(tally.table("all", by="month").change("before").rows.values()) == {Change(None, NoChange.NOT_STATED)}
    kinds = tally.table("all", by="kind")
    assert set(kinds.change(kinds).rows.values()) == {Change(None, NoChange.NOT_STATED)}


def test_there_is_no_change_on_a_share_of_nobody() -> None:
    tally = Tally(RULES, at=end_of("2026-10-08"), figures=[figure("happy", share="satisfied")], by=["month"],
                  covers=YEARS)  # fmt: skip
    tally.add_row({}, received=dt.date(2026, 8, 3)).add_row({"satisfied": True}, received=dt.date(2026, 9, 3))
    assert tally.table("happy", by="month").change("before").rows["2026-09"] == Change(None, NoChange.NO_VALUE)


def test_after_nothing_there_is_no_change() -> None:
    """Weighted by 0 nobody counts: something after nothing is no percentage (ury-erp/ury#447)."""
    tally = (
        Tally(RULES, at=end_of("2026-10-08"), figures=[figure("some", of="repeat")], by=["month"], covers=YEARS)
        .add_row({"repeat": False}, received=dt.date(2026, 8, 3))
        .add_row({"repeat": True}, received=dt.date(2026, 9, 3))
    )
    assert tally.table("some", by="month").change("before").rows["2026-09"] == Change(None, NoChange.NOTHING)


def test_shares_change_by_points_and_durations_by_their_unit() -> None:
    tally = Tally(RULES, at=end_of("2026-10-08"), figures=[figure("happy", share="satisfied"), LONG], by=["month"],
                  covers=YEARS)  # fmt: skip
    for day, satisfied, days in (("2026-08-03", True, 2), ("2026-08-03", False, 4), ("2026-09-03", True, 9)):
        received = dt.date.fromisoformat(day)
        closed = received + dt.timedelta(days=days)
        tally.add_row({"satisfied": satisfied}, received=received, events={"closed": closed})
    assert tally.table("happy", by="month").change("before").rows["2026-09"] == Change(Fraction(1, 2))
    assert tally.table("long", by="month").change("before").rows["2026-09"] == Change(Fraction(6))


def test_a_change_against_another_table() -> None:
    now, before = counted(*GIVEN[:2]).table("all", by="kind"), counted(("a", "2025-08-03", 4)).table("all", by="kind")
    found = now.change(before)
    assert dict(found.rows) == {"a": Change(Fraction(1, 2)), "b": Change(None, NoChange.NOT_THERE)}
    assert found.total == Change(Fraction(5, 4))


def test_a_change_against_another_table_of_a_period_that_is_not_whole_is_none() -> None:
    """October has 23 more days; against itself it would be no change at all, which nobody can know."""
    tally = counted(*GIVEN, ("a", "2026-10-01", 4))
    months = tally.table("all", by="month")
    assert months.change(months).rows["2026-10"] == Change(None, NoChange.INCOMPLETE)


RULE = {"id": "first", "title": NAMED, "counts": "not repeat", "since": "2026-09-01"}


def test_over_a_change_of_the_counting_rule_there_is_none_unless_it_is_meant() -> None:
    """20,209 after 27,737 is no change: from 2022Q1 on repeats are merged."""
    rules = [RULE | {"id": "raw", "counts": "True", "until": "2026-08-31", "since": "2001-01-01"}, RULE]
    tally = Tally(
        RULES, at=end_of("2026-10-08"), figures=[figure("n", basis=["raw", "first"])], bases=rules, by=["month"],
        covers=YEARS,
    )  # fmt: skip
    for day, n in (("2026-08-03", 27_737), ("2026-09-03", 20_209)):
        tally.add_row({"repeat": False}, received=dt.date.fromisoformat(day), times=n)
    table = tally.table("n", by="month")
    assert table.change("before").rows["2026-09"] == Change(None, NoChange.OTHER_BASIS)
    meant = table.change("before", across_bases=True).rows["2026-09"]
    assert meant == Change(Fraction(20_209 - 27_737, 27_737))
    with pytest.raises(InvalidTally) as caught:
        tally.table("n", by="month", basis="first").change(tally.table("n", by="month", basis="raw"))
    assert "basis: first against raw" in str(caught.value)
    other = tally.table("n", by="month", basis="raw")
    assert tally.table("n", by="month", basis="first").change(other, across_bases=True).rows["2026-08"].value == 0


def test_too_few_cases_show_no_share() -> None:
    """Two answers are no rate where three are asked for; of runs, those due; among those ended, those ended."""
    tally = counted()
    for number, satisfied in enumerate((True, True)):
        closing = ev("closed", f"2026-08-0{number + 4}T09:00")
        case = Case(complaint("2026-08-03T09:00", key=f"c-{number}", satisfied=satisfied), [closing])
        tally.add(case)
    for name, shown in (("satisfied", None), ("runs", None), ("ended", Fraction(1))):
        assert tally.table(name).value == shown, name
    tally.add(Case(complaint("2026-08-03T09:00", satisfied=False)))
    assert tally.table("all_runs").value == Fraction(2, 3)
    running = counted().add(Case(complaint("2026-10-08T09:00"))).add(Case(complaint("2026-10-08T10:00", key="c-2")))
    assert running.table("all_runs").value is None
    assert running.add(Case(complaint("2026-10-08T11:00", key="c-3"))).table("all_runs").value == 0
    assert (tally.table("satisfied").value, tally.table("runs").value) == (Fraction(2, 3), Fraction(2, 3))
    assert tally.table("satisfied", by="month").keeps_back(tally["satisfied"]) is False


def test_the_sum_of_money_has_shares_too() -> None:
    tally = counted()
    tally.add_row({"kind": "a", "amount": 30}, received=dt.date(2026, 8, 3))
    tally.add_row({"kind": "b", "amount": 10}, received=dt.date(2026, 8, 3)).add_row({}, received=dt.date(2026, 8, 3))
    table = tally.table("paid", by="kind")
    assert dict(table.share().rows) == {"a": Fraction(3, 4), "b": Fraction(1, 4), None: 0}
    assert dict(table.values) == {"a": 30, "b": 10, None: None}
    assert table.top(1).share == Fraction(3, 4)


def test_of_nothing_there_is_no_share() -> None:
    table = counted(("a", "2026-08-03", 1)).table("paid", by="kind")
    assert (dict(table.share().rows), table.share().total) == ({"a": None}, None)


def test_rolled_up() -> None:
    table = counted(*GIVEN).table("all", by="kind").rolled({"a": "north"})
    assert dict(table.rows) == {"north": CaseCount(n=15), None: CaseCount(n=4)}
    assert table.total == CaseCount(n=19)


def test_what_has_no_value_stays_so_when_it_is_rolled_up() -> None:
    tally = counted().add_row({"products": []}, received=dt.date(2026, 8, 3))
    assert dict(tally.table("all", by="products").rolled({}).rows) == {"": CaseCount(n=1)}


def test_two_names_with_a_small_number_by_their_sums_alone() -> None:
    tally = counted(("a", "2026-08-03", 9), ("b", "2026-08-03", 8))
    assert tally.table("all", by=("kind", "channel")).margins(3) is None
    tally.add_row({"kind": "b", "channel": "letter"}, received=dt.date(2026, 8, 3))
    found = tally.table("all", by=("kind", "channel")).margins(3)
    assert found is not None
    assert dict(found.rows.shown) == {"a": 9, "b": 9}


Asked = Callable[[Tally], Any]
TWO = ("kind", "month")
REFUSED: list[tuple[str, Asked, type[ComplaintRulesError], str]] = [
    ("a share of shares", lambda one: one.table("satisfied", by="kind").share(), InvalidFigure, "share:"),
    ("a joint share of no group", lambda one: one.table("all", by="kind").joint(["c"]), InvalidTally, "group:"),
    ("a change on what", lambda one: one.table("all", by="month").change("befor"), InvalidTally, "'before'"),
    ("a change without a period", lambda one: one.table("all", by="kind").change("before"), InvalidTally, "one period"),
    ("a change of another figure",
        lambda one: one.table("all", by="kind").change(one.table("paid", by="kind")), InvalidTally, "all against paid"),
    ("a change by another grouping",
        lambda one: one.table("all", by="kind").change(one.table("all", by="month")), InvalidTally, "kind against"),
    ("pooled shares", lambda one: one.table("satisfied", by="kind").pooled(3), InvalidFigure, "pooled:"),
    ("pooled groups that overlap", lambda one: one.table("all", by="products").pooled(3), InvalidTally, "add up"),
    ("pooled groups of two names", lambda one: one.table("all", by=TWO).pooled(3), InvalidTally, "margins"),
    ("sums of one name", lambda one: one.table("all", by="kind").margins(3), InvalidTally, "pooled for one name"),
    ("rolled groups of two names", lambda one: one.table("all", by=TWO).rolled({}), InvalidTally, "rolled:"),
    ("a base below nothing", lambda one: one.table("all", by="kind").scaled({"a": -1}, 10), InvalidFigure, "base"),
    ("for each none", lambda one: one.table("all", by="kind").scaled(5, 0), InvalidFigure, "per"),
    ("a top of what", lambda one: one.table("all", by="kind").top(-1), InvalidFigure, "top"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "asked", "error", "text"), REFUSED, ids=[why for why, *_ in REFUSED])
def test_what_does_not_follow_from_a_table(why: str, asked: Asked, error: type[ComplaintRulesError], text: str) -> None:
    with pytest.raises(error) as caught:
        asked(counted(*GIVEN))
    assert text in str(caught.value), why


def test_a_stock_is_known_whole_and_does_not_add_up_over_periods() -> None:
    table: FigureTable = counted(*GIVEN).table("open", by="month")
    assert (table.adds_up, table.total) == (False, CaseCount(n=19))
    assert cells(table) == {"2026-08": CaseCount(n=10), "2026-09": CaseCount(n=19), "2026-10": CaseCount(n=19)}


def test_the_greatest_without_those_not_known() -> None:
    table = counted(*GIVEN, (None, "2026-09-09", 90)).table("all", by="kind")
    top: Mapping[Any, Any] = table.top(2).rows
    assert list(top) == ["a", "b"]
    assert table.top(2).share == Fraction(18, 109)
    assert table.median() == Fraction(9)
    assert table.rank()[None] == 1
