"""What went wrong in the statistics of others, each with the thread it is told in, and what a tally does instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from complaint_rules import Span, Tally
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.statistics import (
    CaseCount,
    LimitRuns,
    Money,
    NoChange,
    Share,
    Times,
    change,
    printed_text,
    share_of,
)  # fmt: skip
from tests.by_hand import complaint, ev
from tests.golden import policy_of
from tests.statistics.tallied import NAMED, SMALL, cells, end_of, figure, numbers, took

AT = end_of("2026-10-08")
COVERS = (dt.date(2026, 8, 1), dt.date(2026, 10, 8))
ALL = figure("all")
CLOSED = figure("closed_ones", dated="closed")
HANDLING = figure("handling", time=took("received", "closed", "working days"))
TIMELY = figure("timely", limit="whole")
SATISFIED = figure("satisfaction", share="satisfied", of="satisfied or not satisfied")


def one(received: str, *events: Event, key: str = "t-1", **facts: Any) -> Case:
    return Case(complaint(received, key=key, **facts), events)


def tallied(figures: Sequence[Any], *cases: Case, by: Any = (), at: dt.datetime = AT, **more: Any) -> Tally:
    return Tally(SMALL, at=at, figures=figures, by=by, **more).update(cases)


def rows(figures: Sequence[Any], facts: Sequence[dict[str, Any]], by: Any = ()) -> Tally:
    """Count plain rows, all received on one day."""
    tally = Tally(SMALL, at=AT, figures=figures, by=by)
    for given in facts:
        tally.add_row(given, received=dt.date(2026, 9, 1))
    return tally


# --- what is open and what is closed -------------------------------------------------------------------------------


def test_a_reopened_case_is_in_no_months_closed() -> None:
    """The first closing was kept, so that a ticket reopened since was listed as closed (zammad/zammad#3745, #5158)."""
    case = one("2026-09-01T09:00", ev("closed", "2026-09-02T10:00"), ev("reopened", "2026-09-03T10:00"))
    tally = tallied([CLOSED, HANDLING], case, by=["month"])
    assert numbers(tally.table("closed_ones", by="month")) == {}
    assert tally["closed_ones"] == CaseCount()
    assert (tally["handling"].n, tally["handling"].still_open) == (0, 1)


def test_a_case_closed_again_is_in_the_month_of_the_last_closing() -> None:
    """The same threads: the closing that stands is the one of October."""
    case = one(
        "2026-09-01T09:00", ev("closed", "2026-09-02T10:00"), ev("reopened", "2026-09-03T10:00"),
        ev("closed", "2026-10-08T10:00"),
    )  # fmt: skip
    assert numbers(tallied([CLOSED], case, by=["month"]).table("closed_ones", by="month")) == {"2026-10": 1}


def test_a_case_closed_twice_is_one_closed_case() -> None:
    """Two signals of one reopening were summed, two closings were two closed tickets (Servosity/msp-skills#218)."""
    case = one(
        "2026-09-01T09:00", ev("closed", "2026-09-02T10:00"), ev("reopened", "2026-09-03T10:00"),
        ev("closed", "2026-09-04T10:00"),
    )  # fmt: skip
    again = figure("again", dated="reopened", each=True)
    tally = tallied([CLOSED, again, figure("each_closing", dated="closed", each=True)], case)
    assert (tally["closed_ones"].n, tally["again"].n, tally["each_closing"].n) == (1, 1, 2)


def test_a_case_closed_in_the_moment_it_came_is_closed() -> None:
    """Tickets created as closed were missed, as no change of their state was seen (odoo/odoo#143904)."""
    case = one("2026-09-01T09:00", ev("closed", "2026-09-01T09:00"))
    tally = tallied([CLOSED, HANDLING], case)
    assert tally["closed_ones"] == CaseCount(n=1)
    assert dict(tally["handling"].ended) == {0: 1}


def test_what_is_overdue_and_open_counts_against_the_rate() -> None:
    """Compliance of closed tickets alone: the overdue open ones were invisible (pluginsGLPI/mreporting#5)."""
    kept = one("2026-09-01T09:00", ev("closed", "2026-09-02T10:00"))
    waiting = one("2026-09-01T09:00", key="t-2")
    runs = tallied([TIMELY], kept, waiting)["timely"]
    assert runs == LimitRuns(in_time=1, open_late=1)
    assert (runs.value, runs.rate("ended")) == (Fraction(1, 2), 1)


def test_the_wait_after_a_reopening_counts_up_to_the_closing_that_stands() -> None:
    """The time before a reopening was counted as handling, or the time closed as waiting (glpi-project/glpi#23359)."""
    case = one(
        "2026-09-01T09:00", ev("closed", "2026-09-02T10:00"), ev("reopened", "2026-09-08T10:00"),
        ev("closed", "2026-09-10T10:00"),
    )  # fmt: skip
    assert dict(tallied([HANDLING], case)["handling"].ended) == {7: 1}  # 2, 3, 4, 7, 8, 9, 10 September


# --- periods -------------------------------------------------------------------------------------------------------


def test_volume_and_durations_with_one_date_are_about_the_same_cases() -> None:
    """Volume went by closing date, the durations beside it by opening date (freescout-help-desk/freescout#4125)."""
    durations = figure("durations", dated="closed", time=took("received", "closed", "working days"))
    tally = tallied(
        [CLOSED, durations], one("2026-08-31T09:00", ev("closed", "2026-09-02T10:00")),
        one("2026-09-01T09:00", ev("closed", "2026-09-02T10:00"), key="t-2"),
        one("2026-09-30T09:00", ev("closed", "2026-10-08T10:00"), key="t-3"), by=["month"],
    )  # fmt: skip
    volume = numbers(tally.table("closed_ones", by="month"))
    assert volume == {"2026-09": 2, "2026-10": 1}
    assert numbers(tally.table("durations", by="month")) == volume
    assert dict(cells(tally.table("durations", by="month"))["2026-09"].ended) == {1: 1, 2: 1}


def test_months_begin_at_midnight_in_beijing() -> None:
    """Months were cut in UTC: half past midnight on the first fell into the month before (zammad/zammad#5865)."""
    received = dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC)
    tally = Tally(SMALL, at=AT, figures=[ALL], by=["month", "day"])
    tally.add_row({}, received=received, id="r-1")
    assert numbers(tally.table("all", by="month")) == {"2026-10": 1}
    assert numbers(tally.table("all", by="day")) == {"2026-10-01": 1}


def test_the_running_month_keeps_its_value_and_has_no_change() -> None:
    """The running month was compared with a whole one, and fell by 84 % (spiculedata/saiku#1748)."""
    cases = [
        one(f"2026-{month}-0{n}T09:00", key=f"{month}-{n}") for month, n in [("08", 3), ("09", 1), ("09", 2), ("10", 8)]
    ]
    found = tallied([ALL], *cases, by=["month"], covers=COVERS).table("all", by="month")
    assert numbers(found) == {"2026-08": 1, "2026-09": 2, "2026-10": 1}
    assert dict(found.complete) == {"2026-08": True, "2026-09": True, "2026-10": False}
    assert cells(found.change(found))["2026-10"].value is None


def test_of_data_that_say_nothing_of_what_they_cover_no_period_is_complete() -> None:
    """The same thread: where nobody says what the data hold, nobody knows whether a month is whole."""
    found = tallied([ALL], one("2026-08-03T09:00"), by=["month"]).table("all", by="month")
    assert dict(found.complete) == {"2026-08": None}
    assert Span.parse("2026-08").complete(None, AT) is None


def test_a_tally_is_as_at_one_moment() -> None:
    """Quarters did not add up to the year, as cases were classed otherwise meanwhile (financial-ombudsman.org.uk)."""
    then = tallied([ALL], at=end_of("2026-09-30"))
    with pytest.raises(ComplaintRulesError):
        then + tallied([ALL])
    assert then.table("all").at == end_of("2026-09-30")


def test_what_was_closed_later_was_open_then() -> None:
    """Stored elapsed times were up to five days old (performinganalytics.com): ours are worked out as at the moment."""
    case = one("2026-09-28T09:00", ev("closed", "2026-10-08T10:00"))
    assert tallied([HANDLING], case, at=end_of("2026-09-30"))["handling"].still_open == 1
    assert dict(tallied([HANDLING], case)["handling"].ended) == {3: 1}  # 29, 30 September, 8 October


# --- nothing to measure --------------------------------------------------------------------------------------------


def test_nothing_due_is_neither_none_nor_all_in_time() -> None:
    """Nothing to check was 100 % (ury-erp/ury#447); everything down, and every target met (Tr3kkR/Yuzu#4290)."""
    for tally in (tallied([TIMELY]), tallied([TIMELY], one("2026-10-08T09:00"))):
        assert tally["timely"].value is None
        assert tally["timely"].bounds == (None, None)
    assert printed_text(tallied([TIMELY])["timely"].value, 1, percent=True) not in ("0.0", "100.0")


def test_nobody_asked_is_no_share() -> None:
    """The same threads, of a share; and of durations and sums that nobody knows."""
    paid = figure("worth", sum="amount")
    tally = tallied([SATISFIED, HANDLING, paid], one("2026-10-08T09:00"))
    assert (tally["satisfaction"].value, tally["satisfaction"].bounds) == (None, (0, 1))
    assert (tally["handling"].median, tally["handling"].percentile(90)) == (None, None)
    assert (tally["worth"], tally["worth"].value) == (Money(unknown=1), None)


def test_an_empty_group_is_not_there() -> None:
    """A group in which nothing was counted has no row, and so no rate."""
    found = tallied([TIMELY], one("2026-09-01T09:00", channel="phone"), by=["channel"]).table("timely", by="channel")
    assert list(found.rows) == ["phone"]


# --- numbers of numbers --------------------------------------------------------------------------------------------


def handled(days: Sequence[int]) -> Tally:
    tally = Tally(SMALL, at=end_of("2026-12-31"), figures=[figure("took", time=took("received", "closed", "days"))])
    for n in days:
        tally.add_row({}, received=dt.date(2026, 9, 1), events={"closed": dt.date(2026, 9, 1) + dt.timedelta(n)})
    return tally


def test_the_mean_of_both_is_not_the_mean_of_two_means() -> None:
    """Averages of averages, each with the same weight (Yadoms/yadoms#571): 84 ÷ 6, not (8.8 + 40) ÷ 2."""
    assert (handled([1, 2, 2, 9, 30]) + handled([40]))["took"].mean == 14


def test_the_percentile_of_both_is_not_a_percentile_of_two_percentiles() -> None:
    """Quantiles of quantiles (scylladb/scylla-monitoring#1886): the 90th of nine 1s and a 9, and of ten 2s, is 2."""
    one_part, other = handled([1] * 9 + [9]), handled([2] * 10)
    assert (one_part["took"].percentile(90), other["took"].percentile(90)) == (1, 2)
    both = one_part + other
    assert (both["took"].percentile(90), both["took"].percentile(95), both["took"].percentile(96)) == (2, 2, 9)


def test_merging_drops_no_sample() -> None:
    """A merge of two states lost samples of one of them (apache/doris#68318)."""
    parts = [handled([n % 7]) for n in range(40)]
    whole = Tally.merged(parts)["took"]
    assert whole.n == 40
    assert dict(whole.ended) == {0: 6, 1: 6, 2: 6, 3: 6, 4: 6, 5: 5, 6: 5}


def test_what_ended_before_it_began_is_in_no_median() -> None:
    """Negative durations were averaged in, made positive, or set to 0 without a word (Icinga/icingaweb2#1299)."""
    tally = Tally(SMALL, at=AT, figures=[HANDLING])
    tally.add_row({}, received=dt.date(2026, 9, 7), events={"closed": dt.date(2026, 9, 1)}, id="r-back")
    tally.add_row({}, received=dt.date(2026, 9, 7), events={"closed": dt.date(2026, 9, 8)}, id="r-fine")
    found = tally["handling"]
    assert found == Times(unit=found.unit, ended={1: 1}, impossible=1)
    assert (found.median, found.mean) == (1, 1)
    assert (tally.problems["ended_before_begun"].n, tuple(tally.problems["ended_before_begun"].ids)) == (1, ("r-back",))


def test_a_case_without_a_closing_day_gets_nobody_elses() -> None:
    """A ticket without a duration was shown with its neighbour's (glpi-project/glpi#6428)."""
    tally = Tally(SMALL, at=AT, figures=[HANDLING])
    tally.add_row({}, received=dt.date(2026, 9, 7), events={"closed": dt.date(2026, 9, 8)})
    tally.add_row({}, received=dt.date(2026, 9, 7), events={"closed": None})
    assert tally["handling"] == Times(unit=tally["handling"].unit, ended={1: 1}, unknown=1)


# --- groups --------------------------------------------------------------------------------------------------------


def test_a_case_of_two_products_is_one_case() -> None:
    """A join with several rows a case counted it as often, and everything it had with it (amtgard/ORK3#421)."""
    facts: list[dict[str, Any]] = [
        {"products": {"card", "loan"}, "satisfied": True, "amount": Decimal(10)},
        {"products": {"card"}},
    ]
    tally = rows([ALL, SATISFIED, figure("worth", sum="amount")], facts, by=["products"])
    found = tally.table("all", by="products")
    assert numbers(found) == {"card": 2, "loan": 1}
    assert (found.total, found.adds_up) == (CaseCount(n=2), False)
    assert tally["satisfaction"] == Share(yes=1, undecided=1)
    assert tally["worth"] == Money(fen=1_000, n=1, unknown=1)


def test_a_case_of_two_products_is_one_case_by_two_groupings_at_once_too() -> None:
    """The same thread: by product and channel the pairs are more than the cases, the total is not."""
    tally = rows([ALL], [{"products": {"card", "loan"}, "channel": "phone"}], by=[("products", "channel")])
    found = tally.table("all", by=("products", "channel"))
    assert numbers(found) == {("card", "phone"): 1, ("loan", "phone"): 1}
    assert (found.total.n, found.adds_up) == (1, False)


def test_a_table_of_several_classes_counts_a_case_in_each_and_once_in_the_total() -> None:
    """The same thread, of a table that may give several classes; without any, it is known to have none."""
    facts: list[dict[str, Any]] = [{"amount": Decimal(2_000), "repeat": True}, {"amount": Decimal(1), "repeat": False}]
    found = rows([ALL], facts, by=["sort"]).table("all", by="sort")
    assert numbers(found) == {"": 1, "dear": 1, "repeated": 1}
    assert (found.total.n, found.adds_up) == (2, False)


def test_known_to_have_none_is_not_the_same_as_unknown() -> None:
    """Rows without a value vanished from a table; an empty set and an unknown one are two groups."""
    facts: list[dict[str, Any]] = [{"products": set()}, {}, {"products": {"card"}}]
    found = rows([ALL], facts, by=["products"]).table("all", by="products")
    assert list(found.rows) == ["", "card", None]
    assert numbers(found) == {"": 1, "card": 1, None: 1}


def test_yes_no_and_unknown_are_three_groups() -> None:
    """A presumption is a way to start work, no answer: whether it is a repeat, nobody said of the third."""
    found = rows([ALL], [{"repeat": True}, {"repeat": False}, {}], by=["repeat"]).table("all", by="repeat")
    assert numbers(found) == {"false": 1, "true": 1, None: 1}


def test_numbers_stand_in_the_order_of_their_size() -> None:
    """Ten stood before two, as texts do."""
    found = rows([ALL], [{"units": 10}, {"units": 2}, {}], by=["units"]).table("all", by="units")
    assert list(found.rows) == ["2", "10", None]


# --- counting rules ------------------------------------------------------------------------------------------------

MERGED = {"id": "merged_once", "title": NAMED, "counts": "not repeat", "as": "again"}
RAW = {"id": "raw_each", "title": NAMED}


def test_repeats_stand_raw_and_merged_side_by_side() -> None:
    """Merged duplicates vanished from reports, or were counted twice (zammad/zammad#4924)."""
    tally = Tally(SMALL, at=AT, figures=[ALL], bases=[RAW, MERGED])
    for repeat in (False, True, True):
        tally.add_row({"repeat": repeat}, received=dt.date(2026, 9, 1))
    assert tally.table("all", basis="raw_each").total == CaseCount(n=3)
    assert tally.table("all", basis="merged_once").total == CaseCount(n=1)
    assert dict(tally.counted("merged_once").excluded) == {"repeated": 2}


def test_a_change_across_a_change_of_counting_rules_is_refused_by_both_names() -> None:
    """From 2022 the regulator merged repeats: 20,209 after 27,737 would print -27.1 %, and is no change."""
    tally = Tally(SMALL, at=AT, figures=[ALL], by=["channel"], bases=[RAW, MERGED])
    tally.add_row({"repeat": False, "channel": "phone"}, received=dt.date(2026, 9, 1))
    before, now = (tally.table("all", by="channel", basis=basis) for basis in ("raw_each", "merged_once"))
    with pytest.raises(ComplaintRulesError) as caught:
        now.change(before)
    assert "raw_each" in str(caught.value)
    assert "merged_once" in str(caught.value)


# --- at the door ---------------------------------------------------------------------------------------------------


def test_a_group_named_like_a_formula_keeps_its_name_and_a_negative_number_its_sign() -> None:
    """A guard against formulas turned -8.3 into a text (grafana/grafana#17363): names are text, numbers numbers."""
    tally = rows([ALL], [{"kind": "=1+1"}, {"kind": "-8.3"}], by=["kind"])
    assert numbers(tally.table("all", by="kind")) == {"-8.3": 1, "=1+1": 1}
    assert printed_text(change(917, 1_000), 1, percent=True) == "-8.3"


def test_there_is_one_rounding_and_it_is_from_counts() -> None:
    """Three rounding rules in one product, and a total of rounded shares (wp-slimstat/wp-slimstat#334)."""
    tally = rows([ALL], [*({"kind": kind} for kind in "abccc"), {}, {}, {}], by=["kind"])  # 1, 1, 3 and 3 of 8
    found = tally.table("all", by="kind")
    shares = cells(found.share())
    assert {key: printed_text(one, 1, percent=True) for key, one in shares.items()} == {
        "a": "12.5", "b": "12.5", "c": "37.5", None: "37.5",
    }  # fmt: skip
    assert {key: printed_text(one, 0, percent=True) for key, one in shares.items()} == {
        "a": "13", "b": "13", "c": "38", None: "38",  # half away from zero: they come to 102, and nothing is adjusted
    }  # fmt: skip
    assert printed_text(share_of([1, 1], 8), 0, percent=True) == "25"


def test_what_happened_is_not_printed_as_nothing() -> None:
    """0.04 % stood among shares of one decimal, where 0.0 would have stood."""
    tally = Tally(SMALL, at=AT, figures=[ALL], by=["kind"])
    for kind, n in (("a", 4), ("b", 9_996)):
        tally.add_row({"kind": kind}, received=dt.date(2026, 9, 1), times=n)
    found = cells(tally.table("all", by="kind").share())["a"]
    assert found == Fraction(4, 10_000)
    assert printed_text(found, 1, percent=True) == "<0.1"


def test_no_hidden_cell_follows_from_the_total() -> None:
    """A suppressed cell was the total less the others (sdcTools/UserSupport#136): small groups stand together."""
    tally = Tally(SMALL, at=AT, figures=[ALL], by=["respondent"])
    for name, n in {"a": 90, "b": 40, "c": 1}.items():
        tally.add_row({"respondent": name}, received=dt.date(2026, 9, 1), times=n)
    shown, together, rest = tally.table("all", by="respondent").pooled(3)
    assert (dict(shown), rest) == ({}, 131)  # c with b alone would be two: who knows b knows c
    assert together == {"a", "b", "c"}


def test_a_moment_of_another_time_zone_falls_on_its_day_in_beijing() -> None:
    """Reports had holes where the clock of the reader changed (zammad/zammad#6134)."""
    new_york = dt.timezone(dt.timedelta(hours=-4))
    tally = Tally(SMALL, at=AT, figures=[ALL], by=["day"])
    tally.add(Complaint(id="t-1", received=dt.datetime(2026, 9, 1, 13, tzinfo=new_york)))
    assert numbers(tally.table("all", by="day")) == {"2026-09-02": 1}


# --- what stands beside what -----------------------------------------------------------------------------------------


def test_a_rate_of_two_cases_is_kept_back_and_has_no_rank() -> None:
    """Rates of tiny groups were ranked (the UK ombudsman asks for 30 new and 30 resolved): two of two is no 100 %."""
    asked = figure("asked", share="satisfied", of="satisfied or not satisfied", at_least_cases=3)
    facts: list[dict[str, Any]] = [
        *({"respondent": "a", "satisfied": True} for _ in range(2)),
        *({"respondent": "b", "satisfied": n < 2} for n in range(3)),
    ]
    found = rows([asked], facts, by=["respondent"]).table("asked", by="respondent")
    assert dict(found.values) == {"a": None, "b": Fraction(2, 3)}
    assert dict(found.rank()) == {"a": None, "b": 1}
    assert found.value == Fraction(4, 5)  # of the whole there are five


def test_a_figure_is_about_one_limit() -> None:
    """One ticket had several rows of limits, and a join with them multiplied it (ServiceNow, ta-p/2304700)."""
    tally = Tally(
        policy_of("psbc-95580"), at=AT, figures=[figure("all"), TIMELY, figure("routed", limit="route_hq")]
    ).add(one("2026-09-01T09:00"))
    assert (tally["all"].n, tally["timely"].runs, tally["routed"].runs) == (1, 1, 1)


def test_a_class_that_was_not_there_before_has_no_change() -> None:
    """Classes got other names, and a series broke off in the middle (`cfpb.csv`, 2017): neither a rise nor a fall."""
    tally = Tally(SMALL, at=AT, figures=[ALL], by=[("kind", "month")], covers=COVERS)
    for kind, month in (("old", 8), ("new", 9), ("kept", 8), ("kept", 9)):
        tally.add_row({"kind": kind}, received=dt.date(2026, month, 3))
    found = cells(tally.table("all", by=("kind", "month")).change("before"))
    assert found["new", "2026-09"] == (None, NoChange.NOT_THERE)
    assert found["kept", "2026-09"] == (0, None)
    assert ("old", "2026-09") not in found
