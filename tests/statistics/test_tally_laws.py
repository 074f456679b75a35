"""Laws of a tally, over cases drawn from a pool: each figure is counted again by plain means."""

from __future__ import annotations

import datetime as dt
import json
import math
import pickle
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules import Tally
from complaint_rules.cases.case import Case
from complaint_rules.moments import BEIJING, latest_of
from complaint_rules.statistics import CaseCount, LimitRuns, Share, Span
from tests.golden import china
from tests.statistics.pool import (
    AT,
    BY,
    ENDINGS,
    FIGURES,
    FIRST_OF,
    PEOPLE,
    POOL,
    SAID,
    assessed,
    classes,
    day,
    ending,
    known,
    moment,
    month,
    presumed_repeat,
    share,
    unsure,
    working_days,
)
from tests.statistics.tallied import SMALL, cells, figure, numbers

DRAWN = st.lists(st.sampled_from(POOL), max_size=7)
Cases = list[Case]
few = settings(max_examples=max(10, settings().max_examples // 4), deadline=None)
BASES: Any = [FIRST_OF, PEOPLE, SAID]
IDS = [one["id"] for one in FIGURES]
COUNTS_AND_SHARES = [one["id"] for one in FIGURES if not {"limit", "time", "sum"} & set(one)]
ALONE = [by for by in BY if by != "products"]
"""The groupings of which each case is in one group."""


def counted(cases: Iterable[Any] = (), **more: Any) -> Tally:
    asked = {"figures": FIGURES, "by": BY, "bases": BASES, **more}
    return Tally(SMALL, at=AT, calendar=china(), **asked).update(cases)


# --- adding up -----------------------------------------------------------------------------------------------------


@few
@given(DRAWN, DRAWN, DRAWN)
def test_merging_is_commutative_and_associative_with_a_neutral_element(a: Cases, b: Cases, c: Cases) -> None:
    """a + b == b + a; (a + b) + c == a + (b + c); a + empty == a."""
    x, y, z = counted(a), counted(b), counted(c)
    assert x + y == y + x
    assert (x + y) + z == x + (y + z)
    assert x + counted() == x == counted() + x


@few
@given(DRAWN, st.data())
def test_any_partition_and_any_order_give_the_same(drawn: Cases, data: st.DataObject) -> None:
    """Any partition, any order: the same tally."""
    order = data.draw(st.permutations(drawn))
    cut = data.draw(st.integers(0, len(order)))
    assert Tally.merged([counted(order[:cut]), counted(order[cut:])]) == counted(drawn)


@few
@given(DRAWN, DRAWN)
def test_merging_in_place_summing_and_adding_are_one(a: Cases, b: Cases) -> None:
    """merge, +, sum and merged give the same; only merge changes what it is asked of."""
    x, y = counted(a), counted(b)
    both = x + y
    assert (x, y) == (counted(a), counted(b))
    assert sum([x, y]) == Tally.merged(iter([x, y])) == both
    assert x.merge(y) is x
    assert (x, y) == (both, counted(b))


@few
@given(DRAWN)
def test_a_tally_goes_into_json_and_back(drawn: Cases) -> None:
    """from_dict(json(to_dict(t))) == t, and it goes on counting."""
    tally = counted(drawn)
    again = Tally.from_dict(SMALL, json.loads(json.dumps(tally.to_dict())), calendar=china())
    assert again == tally
    assert again.update(POOL[:2]) == counted([*drawn, *POOL[:2]])


@few
@given(DRAWN)
def test_a_tally_is_pickled_and_comes_back(drawn: Cases) -> None:
    """pickle(t) == t, and it goes on counting."""
    tally = counted(drawn)
    again = pickle.loads(pickle.dumps(tally))  # noqa: S301 - our own bytes
    assert again == tally
    assert again.update(POOL[:2]) == counted([*drawn, *POOL[:2]])


@few
@given(DRAWN)
def test_equal_tallies_give_equal_data(drawn: Cases) -> None:
    """What is equal is written alike, in whatever order it was counted."""
    assert counted(drawn).to_dict() == counted(reversed(drawn)).to_dict()


@few
@given(st.sampled_from(POOL), st.integers(1, 4))
def test_so_many_times_is_as_many_times_over(case: Case, n: int) -> None:
    """times=n is n times."""
    assert counted().add(case, times=n) == counted([case] * n)


@few
@given(st.sampled_from(POOL), st.integers(1, 4))
def test_a_row_so_many_times_is_as_many_times_over(case: Case, n: int) -> None:
    """add_row(…, times=n) is n times."""
    row: dict[str, Any] = {"facts": {"repeat": case.complaint.repeat}, "received": case.complaint.received, "id": "r-1"}
    assert counted().add_row(**row, times=n) == reduce(lambda found, _: found.add_row(**row), range(n), counted())


# --- groups --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ALONE, ids=str)
@few
@given(DRAWN)
def test_rows_add_up_to_the_total(by: Any, drawn: Cases) -> None:
    """Of what each case has one value, the rows add up to the whole."""
    tally = counted(drawn)
    for name in IDS:
        found = tally.table(name, by=by)
        assert found.adds_up, name
        assert reduce(add, cells(found).values(), tally[name].empty) == found.total == tally[name], name


@few
@given(DRAWN)
def test_where_a_case_is_in_several_groups_the_table_says_so_and_the_total_stays_true(drawn: Cases) -> None:
    """A set puts a case into a group for each of its values; "" is the empty one, None where nobody knows."""
    tally = counted(drawn)
    found = tally.table("all", by="products")
    expected: Counter[str | None] = Counter()
    for case in drawn:
        values = case.complaint.extra.get("products")
        assert values is None or isinstance(values, frozenset)
        expected.update([None] if values is None else values or [""])
    assert not found.adds_up
    assert numbers(found) == expected
    assert found.total == CaseCount(n=len(drawn))


@few
@given(DRAWN)
def test_what_nobody_knows_is_a_group_of_its_own_and_stands_last(drawn: Cases) -> None:
    """Unknown is a key, None, never dropped; the others stand in order."""
    found = counted(drawn).table("all", by="channel")
    assert numbers(found) == Counter(case.complaint.fact("channel") for case in drawn)
    names = list(found.rows)
    assert names == sorted(names, key=lambda name: (name is None, name or ""))


@few
@given(DRAWN)
def test_two_at_once_are_the_pairs(drawn: Cases) -> None:
    """A grouping of two names has a tuple of two as its key."""
    expected = Counter((case.complaint.fact("channel"), month(case.complaint.received)) for case in drawn)
    assert numbers(counted(drawn).table("all", by=("channel", "month"))) == expected


@few
@given(DRAWN)
def test_rolled_totals_agree_at_every_level(drawn: Cases) -> None:
    """A mapping of child to parent moves nothing in or out; a child without a parent goes to the unknown."""
    found = counted(drawn).table("all", by="channel")
    parents = {"phone": "spoken", "visit": "spoken"}
    upper = found.rolled(parents)
    expected: Counter[str | None] = Counter()
    for name, n in numbers(found).items():
        expected[parents.get(name)] += n
    assert numbers(upper) == expected
    assert upper.total == found.total
    assert reduce(add, upper.rows.values(), CaseCount()) == upper.total


@few
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), max_size=6), st.integers(2, 4))
def test_pooling_leaves_no_small_value_that_follows_by_subtraction(sizes: dict[str, int], k: int) -> None:
    """Nothing shown is from 1 to k - 1, nor is the total less all that is shown; at least three stand together."""
    tally = Tally(SMALL, at=AT, calendar=china(), by=["respondent"], figures=[figure("all")])
    for name, n in sizes.items():
        tally.add_row({"respondent": name}, received=dt.date(2026, 3, 2), times=n)
    shown, together, rest = tally.table("all", by="respondent").pooled(k)
    left = sum(sizes.values()) - sum(shown.values())
    assert not any(0 < n < k for n in shown.values())
    assert {name: sizes[str(name)] for name in shown} == dict(shown)
    assert (left == 0 and not together) or rest is None or (left == rest >= k and (len(together) >= 3 or not shown))


# --- every figure by plain means -----------------------------------------------------------------------------------


@few
@given(DRAWN)
def test_counts_are_those_of_a_plain_count(drawn: Cases) -> None:
    """Every figure equals a brute-force count: counts, with what rests on a presumption."""
    tally = counted(drawn)
    unknown = sum(unsure(case) for case in drawn)
    repeated = sum(presumed_repeat(case) for case in drawn)
    assert tally.seen == len(drawn)
    assert tally["all"] == CaseCount(n=len(drawn))
    assert tally["again_ones"] == CaseCount(n=repeated)
    assert tally["first_ones"] == CaseCount(n=len(drawn) - repeated, presumed=unknown)


@few
@given(DRAWN)
def test_shares_are_those_of_a_plain_count(drawn: Cases) -> None:
    """Every figure equals a brute-force count: shares, undecided without a presumption, presumed with one."""
    tally = counted(drawn)
    yes, no, nobody = share(drawn, "satisfied")
    repeated = sum(presumed_repeat(case) for case in drawn)
    assert tally["satisfaction"] == Share(yes=yes, no=no, undecided=nobody)
    assert tally["of_everybody"] == Share(yes=yes, no=no, undecided=nobody)
    assert tally["repeats"] == Share(yes=repeated, no=len(drawn) - repeated, presumed=sum(map(unsure, drawn)))


@few
@given(DRAWN)
def test_every_run_of_a_limit_is_in_exactly_one_class(drawn: Cases) -> None:
    """Standing partitions the runs; every class is that of the assessment."""
    runs = counted(drawn)["timeliness"]
    expected: Counter[str] = reduce(add, map(classes, drawn), Counter())
    assert runs == LimitRuns(**expected)
    assert runs.runs == expected.total()


@few
@given(DRAWN)
def test_the_rate_of_those_due_is_the_share_met_of_those_met_or_late(drawn: Cases) -> None:
    """rate("due") equals met among met or late."""
    tally = counted(drawn)
    assert tally["timeliness"].rate("due") == tally["met_of_due"].value


@few
@given(DRAWN)
def test_rates_are_those_of_a_plain_count(drawn: Cases) -> None:
    """In time of those ended, of those due and of all."""
    runs = counted(drawn)["timeliness"]
    expected: Counter[str] = reduce(add, map(classes, drawn), Counter())
    lower = {"ended": ["in_time", "late"], "due": ["in_time", "late", "open_late"]}
    for rate, names in {**lower, "all": [*lower["due"], "open_in_time"]}.items():
        whole = sum(expected[name] for name in names)
        assert runs.rate(rate) == (Fraction(expected["in_time"], whole) if whole else None), rate


@few
@given(DRAWN)
def test_closed_ones_are_placed_by_the_closing_that_stands(drawn: Cases) -> None:
    """A reopened case is in no month's closed; closed twice counts once, by the last; of an unknown day, None."""
    closings = [one for one in map(ending, drawn) if one is not None and one.kind == "closed"]
    found = counted(drawn).table("closed_ones", by="month")
    assert numbers(found) == Counter(month(one.at) for one in closings)
    assert found.total == CaseCount(n=len(closings))


@few
@given(DRAWN)
def test_of_what_counts_each_time_every_event_counts(drawn: Cases) -> None:
    """each: work done, not cases."""
    tally = counted(drawn)
    ends = Counter(month(one.at) for case in drawn for one in known(case) if one.kind in ENDINGS)
    again = Counter(month(one.at) for case in drawn for one in known(case) if one.kind == "reopened")
    assert numbers(tally.table("ends", by="month")) == ends
    assert numbers(tally.table("reopenings", by="month")) == again


@few
@given(DRAWN)
def test_durations_are_those_of_a_plain_count(drawn: Cases) -> None:
    """Ended, open at their age so far, left otherwise, unknown: every case is in one of them."""
    ended: list[int] = []
    ages: list[int] = []
    unknown = left = 0
    for case in drawn:
        start, last = day(case.complaint.received), ending(case)
        if last is None:
            ages.append(working_days(start, AT.date()))
        elif last.kind != "closed":
            left += 1
        elif last.at is None:
            unknown += 1
        else:
            ended.append(working_days(start, day(last.at)))
    found = counted(drawn)["handling"]
    assert (dict(found.ended), dict(found.open)) == (dict(Counter(ended)), dict(Counter(ages)))
    assert (found.unknown, found.left, found.impossible, found.undecided) == (unknown, left, 0, 0)
    if ended:
        assert found.mean == Fraction(sum(ended), len(ended))
        assert found.median == Fraction(statistics.median(map(Fraction, ended)))
        assert found.percentile(90) == sorted(ended)[math.ceil(len(ended) * Fraction(9, 10)) - 1]


@few
@given(DRAWN)
def test_sums_are_those_of_a_plain_count(drawn: Cases) -> None:
    """To the fen: of a fact, and of the amounts of events."""
    tally = counted(drawn)
    amounts = [case.complaint.amount for case in drawn]
    worth = tally["worth"]
    assert worth.fen == 100 * sum((one for one in amounts if one is not None), Decimal())
    assert (worth.n, worth.unknown) == (len(drawn) - amounts.count(None), amounts.count(None))
    payments = [one.amount for case in drawn for one in known(case) if one.kind == "compensated"]
    assert (tally["paid"].fen, tally["paid"].n) == (750 * len(payments), len(payments))


@few
@given(DRAWN)
def test_bounds_hold_the_value(drawn: Cases) -> None:
    """The least and the most hold whatever the value is."""
    tally = counted(drawn)
    for name in [*COUNTS_AND_SHARES, "timeliness"]:
        value, (low, high) = tally[name].value, tally[name].bounds
        assert value is None or low <= value <= high, name


# --- what is read from -------------------------------------------------------------------------------------------


@few
@given(DRAWN)
def test_from_a_case_is_from_its_assessment(drawn: Cases) -> None:
    """From a case = from its assessment."""
    assert counted(drawn) == counted(map(assessed, drawn))


@few
@given(st.sampled_from(POOL))
def test_a_complaint_is_a_case_without_events(case: Case) -> None:
    """A complaint alone is the case in which nothing has happened."""
    assert counted().add(case.complaint) == counted([Case(case.complaint)])


@few
@given(st.sampled_from(POOL))
def test_a_row_of_what_a_case_shows_is_the_case(case: Case) -> None:
    """add_row of what a case shows = add(case), for counts and shares."""
    facts = {name: case.complaint.fact(name) for name in ("satisfied", "repeat", "channel", "products", "complainants")}
    seen: dict[str, list[Any]] = {}
    for one in known(case):
        seen.setdefault(one.kind, []).append(one.at)
    names = ["all", "again_ones", "first_ones", "satisfaction", "of_everybody", "repeats"]
    from_case, from_row = (counted(figures=[one for one in FIGURES if one["id"] in names], by=BY[:5]) for _ in range(2))
    from_case.add(case)
    from_row.add_row(facts, received=case.complaint.received, events=seen, id=case.complaint.id)
    for name in names:
        for by in [(), *BY[:5]]:
            assert from_row.table(name, by=by) == from_case.table(name, by=by), (name, by)


# --- counting rules ------------------------------------------------------------------------------------------------

OF_BASIS: list[tuple[str, Callable[[Case], bool | None]]] = [
    ("first_of_all", lambda case: not presumed_repeat(case)),
    (
        "said",
        lambda case: case.complaint.fact("satisfied") is True if case.complaint.fact("satisfied") is not None else None,
    ),
]


@pytest.mark.parametrize(("basis", "counts"), OF_BASIS, ids=[name for name, _ in OF_BASIS])
@few
@given(DRAWN)
def test_counted_excluded_and_undecided_are_all_that_was_seen(
    basis: str, counts: Callable[[Case], Any], drawn: Cases
) -> None:
    """counted + excluded + undecided = seen, for every basis."""
    tally = counted(drawn)
    found = tally.counted(basis)
    assert found.counted + sum(found.excluded.values()) + found.undecided == tally.seen == len(drawn)
    said = [counts(case) for case in drawn]
    expected = (said.count(True), said.count(False), said.count(None))
    assert (found.counted, sum(found.excluded.values()), found.undecided) == expected


@few
@given(DRAWN)
def test_what_is_excluded_is_listed_by_why(drawn: Cases) -> None:
    """Excluded ones are listed by the value of the table that says why; without one, under None."""
    tally = counted(drawn)
    repeated = sum(presumed_repeat(case) for case in drawn)
    against = [case.complaint.fact("satisfied") for case in drawn].count(False)
    assert dict(tally.counted("first_of_all").excluded) == ({"repeated": repeated} if repeated else {})
    assert dict(tally.counted("said").excluded) == ({None: against} if against else {})


@few
@given(DRAWN)
def test_a_figure_of_a_basis_is_the_figure_over_what_it_counts(drawn: Cases) -> None:
    """Side by side: every count and share over the counted ones alone."""
    tally, alone = counted(drawn), counted([case for case in drawn if not presumed_repeat(case)])
    for name in ("all", "satisfaction", "of_everybody"):
        under, over = tally.table(name, basis="first_of_all").total, alone[name]
        assert under.value == over.value, name
        assert under.undecided == over.undecided, name


@few
@given(DRAWN)
def test_weight_is_how_many_each_counts(drawn: Cases) -> None:
    """Persons: the number of complainants; where nobody knows it, the one that is presumed."""
    persons = [case.complaint.complainants or 1 for case in drawn]
    repeated = [n for case, n in zip(drawn, persons, strict=True) if presumed_repeat(case)]
    tally = counted(drawn)
    assert tally.table("all", basis="people").total.n == sum(persons)
    assert tally.table("again_ones", basis="people").total.n == sum(repeated)


# --- what is open --------------------------------------------------------------------------------------------------

STOCK = [*FIGURES, figure("open_start", stock="start"), figure("open_end", stock="end")]
DATED = [case for case in POOL if all(one.at is not None for one in case.events)]
MONTHS = ("2026-01", "2026-02", "2026-03")


def open_by(cases: Sequence[Case], end: dt.datetime) -> int:
    """Replay each case up to a moment, inclusive."""
    found = 0
    for case in cases:
        is_open = moment(case.complaint.received) <= end
        for one in known(case):
            if one.at is not None and moment(one.at) <= end:
                is_open = one.kind == "reopened" if one.kind in (*ENDINGS, "reopened") else is_open
        found += is_open
    return found


@few
@given(st.lists(st.sampled_from(DATED), max_size=7))
def test_the_balance_holds_in_every_month(drawn: Cases) -> None:
    """Opening + received + reopened - ended = open at the end."""
    tally = counted(drawn, figures=STOCK)
    month_of = {name: numbers(tally.table(name, by="month")) for name in ("all", "reopenings", "ends")}
    for name in ("open_start", "open_end"):
        month_of[name] = numbers(tally.table(name, by="month"))
    before = 0
    for label in MONTHS:
        flow = (month_of[name].get(label, 0) for name in ("all", "reopenings", "ends"))
        received, again, ended = flow
        closing = before + received + again - ended
        assert closing == open_by(drawn, min(latest_of(Span.parse(label).last), AT)), label
        if label in month_of["open_end"]:
            assert month_of["open_end"][label] == closing, label
        if label in month_of["open_start"]:
            assert month_of["open_start"][label] == before, label
        before = closing


@few
@given(st.lists(st.sampled_from(DATED), min_size=1, max_size=7))
def test_every_month_from_the_first_receipt_on_has_its_stock(drawn: Cases) -> None:
    """A month in which nothing happened has what was open before it: it is not missing, nor 0."""
    tally = counted(drawn, figures=STOCK)
    first = min(moment(case.complaint.received) for case in drawn).strftime("%Y-%m")
    labels = [label for label in MONTHS if label >= first]
    expected = {label: open_by(drawn, min(latest_of(Span.parse(label).last), AT)) for label in labels}
    found = numbers(tally.table("open_end", by="month"))
    assert {label: found.get(label, 0) for label in labels} == expected


# --- as at ---------------------------------------------------------------------------------------------------------


@few
@given(DRAWN)
def test_events_recorded_for_later_are_not_known_yet(drawn: Cases) -> None:
    """What lies after the moment asked about changes nothing."""
    until_now = [Case(case.complaint, known(case)) for case in drawn]
    assert counted(drawn) == counted(until_now)


@few
@given(DRAWN)
def test_what_was_received_after_the_moment_is_listed_and_counted_nowhere(drawn: Cases) -> None:
    """A case received after it is a problem, not in what was seen."""
    at = dt.datetime(2026, 2, 1, tzinfo=BEIJING)
    later = [case for case in drawn if moment(case.complaint.received) > at]
    tally = Tally(SMALL, at=at, calendar=china(), figures=FIGURES, by=BY).update(drawn)
    assert tally.seen == tally["all"].n == len(drawn) - len(later)
    assert {code: noted.n for code, noted in tally.problems.items()} == (
        {"received_later": len(later)} if later else {}
    )
