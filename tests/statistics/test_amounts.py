"""What figures come to, worked out by hand; and that they add up exactly, in whatever order and grouping."""

from __future__ import annotations

import json
import pickle
import statistics
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.errors import InvalidFigure
from complaint_rules.periods.units import Unit
from complaint_rules.policy.figures import Rate
from complaint_rules.policy.rules import FigureShape
from complaint_rules.statistics.adding import Adding
from complaint_rules.statistics.amounts import CaseCount, LimitRuns, Money, Share, Times
from complaint_rules.statistics.cells import KINDS, cell_of, fresh

NUMBERS = st.integers(0, 9)
SHARES = st.builds(Share, yes=NUMBERS, no=NUMBERS, undecided=NUMBERS, presumed=NUMBERS)
COUNTS = st.builds(CaseCount, n=NUMBERS, undecided=NUMBERS, presumed=NUMBERS)
RUNS = st.builds(
    LimitRuns, in_time=NUMBERS, late=NUMBERS, open_in_time=NUMBERS, open_late=NUMBERS, undetermined=NUMBERS
)
MONEY = st.builds(Money, fen=st.integers(-999, 999), n=NUMBERS, unknown=NUMBERS, undecided=NUMBERS)
LENGTHS = st.lists(st.integers(0, 40), max_size=30)
TIMES = st.builds(
    lambda ended, open_: Times(unit=Unit.DAYS, ended=Counter(ended), open=Counter(open_)), LENGTHS, LENGTHS
)
ANY = st.one_of(*(st.tuples(one, one, one) for one in (SHARES, COUNTS, RUNS, MONEY, TIMES)))
EMPTY: dict[type[Adding], Any] = {
    Share: Share(),
    CaseCount: CaseCount(),
    LimitRuns: LimitRuns(),
    Money: Money(),
    Times: Times(unit=Unit.DAYS),
}


@given(ANY)
def test_values_add_up_in_any_order_and_grouping_and_the_empty_one_changes_nothing(three: tuple[Any, Any, Any]) -> None:
    a, b, c = three
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + EMPTY[type(a)] == a
    assert hash(a + b) == hash(b + a)
    assert pickle.loads(pickle.dumps(a)) == a  # noqa: S301 - our own bytes


@given(ANY, st.integers(0, 4))
def test_so_many_times_is_added_up_so_many_times(three: tuple[Any, Any, Any], times: int) -> None:
    one, other, _ = three
    assert one.scaled(times) == reduce(add, [one] * times, one.empty)
    assert (one + other).scaled(times) == one.scaled(times) + other.scaled(times)
    assert one.empty == EMPTY[type(one)]


@given(ANY)
def test_a_value_goes_into_json_and_back(three: tuple[Any, Any, Any]) -> None:
    one = three[0]
    assert type(one).from_dict(json.loads(json.dumps(one.to_dict()))) == one


def test_data_are_read_by_hand() -> None:
    data = {"unit": "working_days", "ended": [[1, 2], [5, 1]], "open": [], "unknown": 1, "impossible": 0, "left": 0}
    found = Times.from_dict({**data, "undecided": 0})
    assert found == Times(unit=Unit.WORKING_DAYS, ended={1: 2, 5: 1}, unknown=1)
    assert found.to_dict() == {**data, "undecided": 0}


GOOD: dict[str, Any] = Times(unit=Unit.DAYS, ended={1: 2}).to_dict()
BAD_DATA: list[tuple[Any, Any, str]] = [
    (Share, None, "t.json: Share: a mapping of its fields is expected; got 'NoneType'"),
    (Share, {"yes": 1, "no": 1, "undecided": 1}, "t.json: Share: a field is missing; got 'presumed'"),
    (Share, {"yess": 1}, "t.json: Share: it has no such field; got 'yess'; did you mean 'yes'?"),
    (Share, {1: 1}, "t.json: Share: it has no such field; got 1"),
    (
        CaseCount,
        {"n": "5", "undecided": 0, "presumed": 0, "unknown": 0},
        "t.json: n: a whole number of 0 or more is expected; got '5'",
    ),
    (
        CaseCount,
        {"n": [], "undecided": 0, "presumed": 0, "unknown": 0},
        "t.json: n: a whole number of 0 or more is expected; got {}",
    ),
    (Times, {**GOOD, "ended": [[1]]}, "t.json: ended: pairs of length and number are expected; got [1]"),
    (Times, {**GOOD, "ended": [[1, 2], [1, 3]]}, "t.json: ended: this length is there already; got 1"),
    (Times, {**GOOD, "ended": [[[], 2]]}, "t.json: ended: a whole number of 0 or more is expected; got []"),
    (Times, {**GOOD, "open": [[1, -2]]}, "t.json: durations: a whole number of 0 or more is expected; got -2"),
    (Times, {**GOOD, "open": 5}, "t.json: durations: a mapping of lengths to numbers is expected; got 'int'"),
    (Times, {**GOOD, "unit": "day"}, "t.json: unit: the code is unknown; got 'day'; did you mean 'days'?"),
]


@pytest.mark.parametrize(("kind", "data", "text"), BAD_DATA)
def test_bad_data_are_refused_with_their_place(kind: Any, data: Any, text: str) -> None:
    with pytest.raises(InvalidFigure) as caught:
        kind.from_dict(data, where="t.json")
    assert str(caught.value) == text


BOUNDS: list[tuple[Any, Any]] = [
    (Times(unit=Unit.DAYS), (None, None)),
    (Times(unit=Unit.DAYS, open={5: 3}), (None, None)),  # none ended, and of none is it unknown
    (Times(unit=Unit.DAYS, ended={1: 1, 2: 2, 9: 1, 30: 1}), (2, 2)),
    (Times(unit=Unit.DAYS, ended={1: 1, 2: 1, 9: 1}, unknown=1), (Fraction(3, 2), Fraction(11, 2))),  # 0 1 2 9, 1 2 9 ∞
    (Times(unit=Unit.DAYS, ended={1: 1, 2: 1, 9: 1}, impossible=1, undecided=1), (1, 9)),  # 0 0 1 2 9, 1 2 9 ∞ ∞
    (Times(unit=Unit.DAYS, ended={4: 1}, undecided=1), (2, None)),  # 0 4, 4 ∞
    (Times(unit=Unit.DAYS, unknown=2), (0, None)),
    (Money(fen=150, n=2), (Fraction(3, 2), Fraction(3, 2))),
    (Money(fen=150, n=2, unknown=1), (None, None)),  # an unknown amount may be any
    (Money(undecided=1), (None, None)),
    (Money(), (0, 0)),
]


@pytest.mark.parametrize(("one", "bounds"), BOUNDS)
def test_bounds_of_a_median_and_a_sum(one: Any, bounds: Any) -> None:
    assert one.bounds == bounds


@given(LENGTHS, st.lists(st.integers(0, 40), max_size=5))
def test_the_median_of_all_lies_within_the_bounds(known: list[int], hidden: list[int]) -> None:
    """Whatever the unknown lengths are, and whether they count or not."""
    low, high = Times(unit=Unit.DAYS, ended=Counter(known), unknown=len(hidden)).bounds
    for some in range(len(hidden) + 1):
        lengths = known + hidden[:some]
        if lengths:
            middle = Fraction(statistics.median(map(Fraction, lengths)))
            assert low is not None
            assert low <= middle
            assert high is None or middle <= high


@given(st.one_of(SHARES, RUNS))
def test_the_bounds_hold_the_value(one: Share | LimitRuns) -> None:
    low, high = one.bounds
    assert (low is None) == (high is None)
    if one.value is not None and low is not None and high is not None:
        assert 0 <= low <= one.value <= high <= 1


def test_a_share_keeps_those_who_did_not_answer_apart() -> None:
    """Satisfied 4, not satisfied 3, no answer 5: 57.1 % of those who answered, 33.3 to 75.0 % of everybody."""
    satisfied = Share(yes=4, no=3, undecided=5)
    assert (satisfied.value, satisfied.bounds) == (Fraction(4, 7), (Fraction(1, 3), Fraction(3, 4)))


@pytest.mark.parametrize("one", [Share(), LimitRuns(), LimitRuns(void=3, not_applicable=2)])
def test_a_rate_of_nothing_is_no_figure(one: Share | LimitRuns) -> None:
    """ury-erp/ury#447, Tr3kkR/Yuzu#4290: nothing to check was printed as 100 %."""
    assert (one.value, one.bounds) == (None, (None, None))


def test_of_nobody_it_is_known_so_only_the_bounds_can_be_told() -> None:
    assert (Share(undecided=2).value, Share(undecided=2).bounds) == (None, (Fraction(0), Fraction(1)))


RATES = [
    (LimitRuns(in_time=6, late=1, open_in_time=2, open_late=1, undetermined=1, void=1), Rate.DUE, Fraction(6, 8)),
    # one microsecond after 9 October ends another one is overdue and open
    (LimitRuns(in_time=6, late=1, open_in_time=1, open_late=2, undetermined=1, void=1), Rate.DUE, Fraction(6, 9)),
    (LimitRuns(in_time=6, late=1, open_in_time=2, open_late=1), Rate.ENDED, Fraction(6, 7)),
    (LimitRuns(in_time=6, late=1, open_in_time=2, open_late=1), Rate.ALL, Fraction(6, 10)),
    (LimitRuns(open_late=3), Rate.DUE, Fraction(0)),  # pluginsGLPI/mreporting#5: overdue open ones were left out
    (LimitRuns(open_late=3), Rate.ENDED, None),
]


@pytest.mark.parametrize(("runs", "of", "rate"), RATES)
def test_timeliness_is_not_one_number(runs: LimitRuns, of: Rate, rate: Fraction | None) -> None:
    assert runs.rate(of) == rate


def test_a_rate_is_named_by_its_word_as_well() -> None:
    runs = LimitRuns(in_time=6, late=1, open_in_time=2, open_late=1)
    assert [runs.rate(of) for of in ("due", "ended", "all")] == [Fraction(6, 8), Fraction(6, 7), Fraction(6, 10)]
    with pytest.raises(InvalidFigure, match="did you mean 'ended'"):
        runs.rate("endet")


def test_every_run_is_in_one_class_and_cases_of_an_unknown_population_in_none() -> None:
    runs = LimitRuns(in_time=1, late=1, open_in_time=1, open_late=1, undetermined=1, void=1, void_late=1)
    assert (runs + LimitRuns(not_started=1, not_applicable=1, undecided=5)).runs == 9
    assert LimitRuns(in_time=1, undecided=1).bounds == (Fraction(1, 2), Fraction(1))


def test_the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() -> None:
    """Working days to closing: 1 2 5 6 6 10."""
    times = Times(unit=Unit.WORKING_DAYS, ended={1: 1, 2: 1, 5: 1, 6: 2, 10: 1}, open={8: 4}, unknown=1, left=1)
    assert (times.median, times.mean, times.n, times.still_open) == (Fraction(11, 2), Fraction(5), 6, 4)
    assert times.value == times.median


def test_the_mean_of_all_is_not_the_mean_of_means() -> None:
    """Yadoms/yadoms#571. Handler a: 1, 2, 2, 9, 30 days, b: 40; the mean of all is 14, that of the means 24.4."""
    a, b = Times(unit=Unit.DAYS, ended={1: 1, 2: 2, 9: 1, 30: 1}), Times(unit=Unit.DAYS, ended={40: 1})
    assert (a.median, a.mean, (a + b).mean) == (Fraction(2), Fraction(44, 5), Fraction(14))


@given(LENGTHS, LENGTHS, st.integers(1, 100))
def test_percentiles_after_adding_are_those_of_all_lengths_together(one: list[int], other: list[int], p: int) -> None:
    """scylladb/scylla-monitoring#1886, apache/doris#68318: percentiles of percentiles, a merge that drops samples."""
    added = Times(unit=Unit.DAYS, ended=Counter(one)) + Times(unit=Unit.DAYS, ended=Counter(other))
    lengths = sorted(one + other)
    if not lengths:
        assert (added.percentile(p), added.median, added.mean) == (None, None, None)
        return
    found = added.percentile(p)
    assert found is not None
    assert 100 * sum(length <= found for length in lengths) >= p * len(lengths)
    assert 100 * sum(length < found for length in lengths) < p * len(lengths)
    assert added.median == Fraction(statistics.median(map(Fraction, lengths)))
    assert added.mean == Fraction(sum(lengths), len(lengths))


@given(LENGTHS, LENGTHS, st.integers(1, 100), st.integers(0, 99))
def test_a_percentile_over_all_can_only_rise_and_is_final_where_no_open_one_can_change_it(
    ended: list[int], open_: list[int], p: int, more: int
) -> None:
    now, final = Times(unit=Unit.DAYS, ended=Counter(ended), open=Counter(open_)).at_least(p)
    later = sorted(ended + [age + more for age in open_])
    if not later:
        assert (now, final) == (None, False)
        return
    then = later[-(-p * len(later) // 100) - 1]
    assert now is not None
    assert now <= then
    assert not final or now == then


def test_a_percentile_is_final_only_by_those_that_ended() -> None:
    """Ended after 1 day, one open since today: the open one may yet take longer, so the median can still rise."""
    assert Times(unit=Unit.DAYS, ended={1: 1}, open={0: 1}).at_least(50) == (0, False)


def test_open_ones_are_shown_by_age() -> None:
    times = Times(unit=Unit.DAYS, ended={3: 9}, open={5: 1, 6: 2, 15: 1, 16: 4})
    assert times.bands([5, 15]) == (1, 3, 4)  # up to 5, up to 15, above
    assert times.bands([]) == (8,)
    assert times.within(3) == 9
    with pytest.raises(InvalidFigure, match="rise"):
        times.bands([5, 5])


def test_a_count_says_how_many_more_it_may_be() -> None:
    found = CaseCount(n=11, undecided=2, presumed=3)
    assert (found.value, found.bounds) == (Fraction(11), (Fraction(11), Fraction(13)))


def test_a_sum_of_which_no_amount_is_known_is_no_figure() -> None:
    assert (Money(unknown=2).value, Money(undecided=1).value) == (None, None)
    assert (Money().value, Money(fen=5, n=1, unknown=2).value) == (Decimal("0.00"), Decimal("0.05"))


def test_money_is_exact() -> None:
    assert Money(fen=10**30 + 1, n=1).value == Decimal("10000000000000000000000000000.01")
    assert (Money(fen=10, n=1) + Money(fen=20, n=1)).value == Decimal("0.30")
    assert str(Money(fen=10**30 + 1, n=1).value) == f"1{'0' * 28}.01"  # more digits than a decimal context keeps


WRONG: list[tuple[Any, str]] = [
    (lambda: CaseCount(n=-1), "0 or more"),
    (lambda: Share(yes=True), "0 or more"),
    (lambda: LimitRuns(late=1.0), "0 or more"),  # type: ignore[arg-type]
    (lambda: Times(unit=Unit.DAYS, ended={-1: 1}), "0 or more"),
    (lambda: Times(unit=Unit.DAYS, open={1: -1}), "0 or more"),
    (lambda: Times(unit=Unit.DAYS, ended=[1, 2]), "a mapping"),
    (lambda: Money(fen="1"), "a whole number of fen"),  # type: ignore[arg-type]
    (lambda: CaseCount(n=1) + Share(yes=1), "one shape"),
    (lambda: Times(unit=Unit.DAYS) + Times(unit=Unit.HOURS), "one unit"),
    (lambda: Times(unit="day"), "did you mean 'days'"),
    (lambda: Times(unit=Unit.DAYS).within(-1), "0 or more"),
    (lambda: Times(unit=Unit.DAYS).bands([1.5]), "0 or more"),  # type: ignore[list-item]
    (lambda: Share(yes=1).scaled(-1), "0 or more"),
    (lambda: Share(yes=1) + 1, "one shape"),
    (lambda: Times(unit=Unit.DAYS, ended={1: 1}).percentile(0), "at most at 100"),
    (lambda: Times(unit=Unit.DAYS, ended={1: 1}).percentile(101), "at most at 100"),
    (lambda: Times(unit=Unit.DAYS, ended={1: 1}).percentile("90"), "at most at 100"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("make", "why"), WRONG)
def test_what_is_no_amount_is_refused(make: Any, why: str) -> None:
    with pytest.raises(InvalidFigure, match=why):
        make()


@pytest.mark.parametrize("shape", list(KINDS))
def test_a_cell_begins_as_what_nothing_comes_to(shape: FigureShape) -> None:
    """As many numbers as the value has, no more: cells are added place by place, and kept as data."""
    assert fresh(shape) == cell_of(EMPTY[KINDS[shape]])
