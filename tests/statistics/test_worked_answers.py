"""What figures over known cases come to, every number worked out by hand; what stands where is in `told.py`."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from complaint_rules import Span, Tally
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.moments import BEIJING
from complaint_rules.periods.units import Unit
from complaint_rules.policy.figures import Rate
from complaint_rules.statistics import CaseCount, LimitRuns, Share, Times, printed_text, share_of
from tests.by_hand import complaint, ev
from tests.golden import policy_of
from tests.small import fact, limit, own
from tests.statistics.tallied import NAMED, SMALL, cells, end_of, figure, kept, numbers, took
from tests.statistics.told import AT, COUNTED, COUNTED_AT, NINTH_OVER, TWELVE, cases, counted_case

BY: Any = [("channel",), ("quarter",), ("closed.quarter", "received.quarter"), ("standing(whole)",)]
CLOSED = figure("closed", dated="closed")
HANDLING = figure("handling", time=took("received", "closed", "working days"))
PERSONS = {"id": "persons", "title": NAMED, "weight": "complainants"}
COVERS = (dt.date(2026, 7, 1), dt.date(2026, 10, 8))


def hotline(at: dt.datetime = AT, **more: Any) -> Tally:
    return Tally(policy_of("psbc-95580"), at=at, by=BY, covers=COVERS, **more).update(cases())


@pytest.fixture(scope="module")
def twelve() -> Tally:
    """The twelve cases by the policy's own figures."""
    return hotline()


@pytest.fixture(scope="module")
def more() -> Tally:
    """The twelve cases by figures that the policy does not have."""
    return hotline(figures=["received", CLOSED, HANDLING], bases=[PERSONS])


# --- psbc-95580: how many ------------------------------------------------------------------------------------------


def test_twelve_were_received_eleven_of_them_in_the_third_quarter(twelve: Tally) -> None:
    """c05 came at half past midnight on 1 October in Beijing, which was 30 September in UTC."""
    assert twelve.seen == 12
    assert twelve["received"].n == 12
    assert twelve["received"].undecided == 0
    assert numbers(twelve.table("received", by="quarter")) == {"2026Q3": 11, "2026Q4": 1}


def test_that_all_twelve_have_a_ticket_is_presumed(twelve: Tally) -> None:
    """Nobody recorded whether one was settled on the spot."""
    assert twelve["received"] == CaseCount(n=12, presumed=12)


def test_three_were_passed_on_by_others(twelve: Tally) -> None:
    """c02 by the regulator, c07 by the superior, c09 by the press; as of all twelve, their tickets are presumed."""
    assert twelve["transferred_in"] == CaseCount(n=3, presumed=3)


def test_the_third_quarter_is_complete_and_the_fourth_is_not(twelve: Tally) -> None:
    assert dict(twelve.table("received", by="quarter").complete) == {"2026Q3": True, "2026Q4": False}


def test_fourteen_persons_complained(more: Tally) -> None:
    """Three in c04, one in each of the eleven others."""
    assert more.table("received", basis="persons").total.n == 14
    assert numbers(more.table("received", by="quarter", basis="persons")) == {"2026Q3": 13, "2026Q4": 1}
    assert more["received"].n == 12


# --- psbc-95580: in time or not ------------------------------------------------------------------------------------


def test_six_of_eight_due_were_in_time(twelve: Tally) -> None:
    found = twelve["timeliness"]
    assert found == LimitRuns(in_time=6, late=1, open_in_time=2, open_late=1, undetermined=1, void=1)
    assert found.runs == len(TWELVE)
    assert found.rate() == found.value == Fraction(3, 4)
    assert printed_text(found.rate(), 1, percent=True) == "75.0"


def test_the_rate_has_another_value_of_those_ended_and_of_all(twelve: Tally) -> None:
    """6 ÷ (6 + 1), and 6 ÷ (6 + 1 + 1 + 2)."""
    found = twelve["timeliness"]
    assert (found.rate(Rate.ENDED), found.rate(Rate.ALL)) == (Fraction(6, 7), Fraction(3, 5))


def test_the_one_of_which_nobody_knows_moves_the_rate_between_two_thirds_and_seven_ninths(twelve: Tally) -> None:
    assert twelve["timeliness"].bounds == (Fraction(6, 9), Fraction(7, 9))


def test_one_microsecond_after_the_ninth_one_more_is_overdue() -> None:
    """c03 was due by the end of 9 October: 6 of 9."""
    before = hotline(NINTH_OVER - dt.timedelta(microseconds=1), figures=["timeliness"])["timeliness"]
    after = hotline(NINTH_OVER, figures=["timeliness"])["timeliness"]
    assert before.rate() == Fraction(6, 8)
    assert after == LimitRuns(in_time=6, late=1, open_in_time=1, open_late=2, undetermined=1, void=1)
    assert printed_text(after.rate(), 1, percent=True) == "66.7"


CHANNELS = [
    ("phone", LimitRuns(in_time=6, late=1, open_in_time=1, undetermined=1), Fraction(6, 7)),
    ("internet", LimitRuns(open_in_time=1), None),  # not due yet
    ("letter", LimitRuns(open_late=1), Fraction(0)),  # due, and nothing was done: that is 0 %
    ("visit", LimitRuns(void=1), None),  # withdrawn: nothing to measure, neither 0 % nor 100 %
]


@pytest.mark.parametrize(("channel", "runs", "rate"), CHANNELS, ids=[row[0] for row in CHANNELS])
def test_timeliness_by_channel(twelve: Tally, channel: str, runs: LimitRuns, rate: Fraction | None) -> None:
    rows = cells(twelve.table("timeliness", by="channel"))
    assert (rows[channel], rows[channel].rate()) == (runs, rate)


def test_a_channel_in_which_nothing_was_due_has_no_bounds_either(twelve: Tally) -> None:
    assert cells(twelve.table("timeliness", by="channel"))["visit"].bounds == (None, None)


def test_the_twelve_stand_in_six_groups_by_how_they_stand(twelve: Tally) -> None:
    assert numbers(twelve.table("received", by="standing(whole)")) == {
        "in_time": 6, "late": 1, "open_in_time": 2, "open_late": 1, "undetermined": 1, "void": 1,
    }  # fmt: skip


# --- psbc-95580: satisfied, called back ----------------------------------------------------------------------------


def test_four_of_the_seven_who_answered_were_satisfied(twelve: Tally) -> None:
    """s: c01, c04, c08, c12; n: c02, c07, c11; c03, c05, c06, c09, c10 said nothing."""
    found = twelve["satisfaction"]
    assert found == Share(yes=4, no=3, undecided=5)
    assert printed_text(found.value, 1, percent=True) == "57.1"


def test_of_everybody_between_a_third_and_three_quarters_were_satisfied(twelve: Tally) -> None:
    assert twelve["satisfaction"].bounds == (Fraction(4, 12), Fraction(9, 12))


def test_the_branch_called_back_two_of_ten_and_all_ten_rest_on_a_presumption(twelve: Tally) -> None:
    """c07 and c11; c04 and c09 are urgent, and whether another one was marked urgent nobody recorded."""
    found = twelve["callback_tier1"]
    assert found == Share(yes=2, no=8, presumed=10)
    quota = policy_of("psbc-95580").figures["callback_tier1"]
    assert found.value == quota.at_least == Fraction(20, 100)
    assert found.yes == quota.required_of(found.yes + found.no)


def test_the_lower_branch_called_back_two_of_ten_where_seven_were_due(twelve: Tally) -> None:
    """c01 and c08."""
    found = twelve["callback_tier2"]
    assert found == Share(yes=2, no=8, presumed=10)
    assert policy_of("psbc-95580").figures["callback_tier2"].required_of(found.yes + found.no) == 7


# --- psbc-95580: closed, and how long it took ----------------------------------------------------------------------


def test_seven_are_closed_and_of_one_of_them_nobody_knows_the_day(more: Tally) -> None:
    """c01, c02, c08, c09, c11 in the third quarter, c04 on 2 October, c12 some day; c07 is open again."""
    found = more.table("closed", by="quarter")
    assert numbers(found) == {"2026Q3": 5, "2026Q4": 1, None: 1}
    assert found.total == CaseCount(n=7)


def test_the_unknown_day_stands_last(more: Tally) -> None:
    assert list(more.table("closed", by="quarter").rows) == ["2026Q3", "2026Q4", None]


def test_what_was_received_in_a_quarter_was_closed_in_that_one_or_the_next(more: Tally) -> None:
    found = numbers(more.table("closed", by=("closed.quarter", "received.quarter")))
    assert found == {("2026Q3", "2026Q3"): 5, ("2026Q4", "2026Q3"): 1, (None, "2026Q3"): 1}


def test_working_days_from_receipt_to_closing(more: Tally) -> None:
    """c04 1 (from the eve of the holidays into them), c09 2, c11 5, c01 and c02 6, c08 10 from its first receipt.

    Open for 1 (c05), 4 (c03), 6 (c10) and 13 (c07); c12 was closed on an unknown day, c06 was withdrawn.
    """
    assert more["handling"] == Times(
        unit=Unit.WORKING_DAYS, ended={1: 1, 2: 1, 5: 1, 6: 2, 10: 1}, open={1: 1, 4: 1, 6: 1, 13: 1},
        unknown=1, left=1,
    )  # fmt: skip


def test_the_median_is_half_the_sum_of_the_two_middle_ones(more: Tally) -> None:
    found = more["handling"]
    assert (found.median, found.value, found.mean) == (Fraction(11, 2), Fraction(11, 2), Fraction(30, 6))
    assert found.percentile(90) == 10


def test_open_cases_are_not_missing_from_the_median_without_a_word(more: Tally) -> None:
    """1 1 2 4 5 6 6 6 10 13: the fifth is 5 so far, and only three ended ones lie at or below it."""
    found = more["handling"]
    assert (found.still_open, found.n, found.at_least(50)) == (4, 6, (5, False))
    assert found.bands([5, 15]) == (2, 2, 0)


def test_an_unknown_day_leaves_a_range_of_what_was_open_at_the_end_of_september() -> None:
    """c03, c04, c07, c10 were open; c12 was closed before or after; c05 had not come yet."""
    found = hotline(figures=[figure("open_end", stock="end")]).table("open_end", by="quarter")
    assert cells(found)["2026Q3"].bounds == (4, 5)


# --- grcu-2008: the half-year's return is due before the half-year is over -----------------------------------------

SETTLED = [
    ("g1", "2025-12-31T09:00", "2026-01-05T10:00"),  # received in one half-year, settled in the next
    ("g2", "2026-01-01T00:10", "2026-01-10T10:00"),  # ten past midnight in Beijing: in UTC still the year before
    ("g3", "2026-03-02T09:00", "2026-03-20T10:00"),
    ("g4", "2026-05-06T09:00", None),
    ("g5", "2026-06-10T09:00", "2026-06-12T10:00"),
]
OF_RECEIVED = figure("settled_of_received", share="has('resolved')")


@pytest.fixture(scope="module")
def half_year() -> Tally:
    tally = Tally(
        policy_of("grcu-2008"), at=end_of("2026-06-14"), by=["half_year"], figures=["received", "settled", OF_RECEIVED],
        covers=(dt.date(2025, 7, 1), dt.date(2026, 6, 14)),
    )  # fmt: skip
    for key, received, settled in SETTLED:
        events = [] if settled is None else [ev("resolved", settled)]
        tally.add(Case(complaint(received, key=key, channel="phone"), events))
    return tally


def test_four_were_received_in_the_first_half_year(half_year: Tally) -> None:
    assert numbers(half_year.table("received", by="half_year")) == {"2025H2": 1, "2026H1": 4}


def test_four_were_settled_in_it_whenever_they_were_received(half_year: Tally) -> None:
    """g1, g2, g3, g5: the one of December is not lost."""
    assert numbers(half_year.table("settled", by="half_year")) == {"2026H1": 4}


def test_of_the_four_received_three_are_settled(half_year: Tally) -> None:
    rows = cells(half_year.table("settled_of_received", by="half_year"))
    assert (rows["2026H1"].yes, rows["2026H1"].no, rows["2026H1"].value) == (3, 1, Fraction(75, 100))


def test_the_half_year_is_not_over(half_year: Tally) -> None:
    assert dict(half_year.table("received", by="half_year").complete) == {"2025H2": True, "2026H1": False}
    assert Span.parse("2026H1").complete(half_year.covers, half_year.at) is False


# --- boc-it-blueprint: what counts as a complaint ------------------------------------------------------------------

RULE = {"id": "counted_ones", "title": NAMED, "counts": "counting == 'complaint'", "as": "counting"}


@pytest.fixture(scope="module")
def changeover() -> Tally:
    tally = Tally(policy_of("boc-it-blueprint"), at=COUNTED_AT, figures=[figure("all_of_them")], bases=[RULE])
    return tally.update(counted_case(told) for told in COUNTED)


def test_three_of_five_are_counted(changeover: Tally) -> None:
    assert (changeover["all_of_them"].n, changeover.table("all_of_them", basis="counted_ones").total.n) == (5, 3)


def test_the_others_are_listed_by_why_they_are_not(changeover: Tally) -> None:
    found = changeover.counted("counted_ones")
    assert (found.counted, dict(found.excluded), found.undecided) == (3, {"not_said": 1, "pending": 1}, 0)
    assert {basis: dict(why) for basis, why in changeover.excluded.items()} == {
        "counted_ones": {"not_said": 1, "pending": 1}
    }


def test_all_five_were_seen(changeover: Tally) -> None:
    assert changeover.seen == len(COUNTED)


# --- how long: festivals, hours, handlers --------------------------------------------------------------------------


def test_over_the_spring_festival_it_took_three_working_days() -> None:
    """From Friday the 13th: the 14th is a make-up Saturday, then the 24th and the 25th."""
    tally = Tally(SMALL, at=end_of("2026-03-31"), figures=[HANDLING])
    tally.add_row({}, received=dt.date(2026, 2, 13), events={"closed": dt.date(2026, 2, 25)}, id="r-1")
    found = tally["handling"]
    assert (dict(found.ended), found.within(2), found.within(3)) == ({3: 1}, 0, 1)


@pytest.mark.parametrize(("hours", "runs"), [(35, LimitRuns(late=1)), (36, LimitRuns(in_time=1))])
def test_five_days_of_seven_hours_and_a_moment_are_36_working_hours(hours: int, runs: LimitRuns) -> None:
    """A limit of 35 ended on Friday at 17:30; what was closed as Saturday began is late by it, and took 36."""
    policy = own(limit(f'[{{ within = "{hours} working hours" }}]'))
    tally = Tally(
        policy, at=dt.datetime(2025, 2, 5, tzinfo=BEIJING),
        calendar=WorkCalendar.china().with_hours(Hours.of("09:00-12:00", "13:30-17:30")),
        figures=[figure("timely", limit="whole"), figure("took", time=took("received", "closed", "working hours"))],
    )  # fmt: skip
    tally.add(Case(complaint("2025-01-20T00:00"), [ev("closed", "2025-01-25T00:00")]))
    assert (tally["timely"], dict(tally["took"].ended)) == (runs, {36: 1})


@pytest.fixture(scope="module")
def handlers() -> Tally:
    policy = own(fact("handler", "text", None))
    tally = Tally(
        policy, at=end_of("2026-12-31"), by=["handler"],
        figures=[figure("handling_time", time=took("received", "resolved", "days"))],
    )  # fmt: skip
    first = dt.date(2026, 9, 1)
    for handler, days in [("a", 1), ("a", 2), ("a", 2), ("a", 9), ("a", 30), ("b", 40)]:
        tally.add_row({"handler": handler}, received=first, events={"resolved": first + dt.timedelta(days)})
    return tally


def test_a_handler_with_one_long_case_has_a_median_of_two(handlers: Tally) -> None:
    found = cells(handlers.table("handling_time", by="handler"))
    assert (found["a"].median, found["a"].mean) == (2, Fraction(44, 5))
    assert found["b"].median == 40


def test_the_mean_of_all_is_not_the_mean_of_the_handlers_means(handlers: Tally) -> None:
    """(1 + 2 + 2 + 9 + 30 + 40) ÷ 6, not (8.8 + 40) ÷ 2."""
    assert handlers["handling_time"].mean == 14
    assert handlers.table("handling_time", by="handler").total.mean == 14


# --- what is printed -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def disclosed() -> Tally:
    """10,000 complaints; 3,364, 2,914 and 1,432 of them in the first three businesses."""
    tally = Tally(SMALL, at=end_of("2026-12-31"), by=["kind"], figures=[figure("complaints")])
    for business, n in [("cards", 3364), ("loans", 2914), ("deposits", 1432), ("rest", 2290)]:
        tally.add_row({"kind": business}, received=dt.date(2026, 5, 6), times=n)
    return tally


def test_shares_are_printed_with_one_decimal(disclosed: Tally) -> None:
    found = cells(disclosed.table("complaints", by="kind").share())
    assert {key: printed_text(one, 1, percent=True) for key, one in found.items() if key != "rest"} == {
        "cards": "33.6", "loans": "29.1", "deposits": "14.3",
    }  # fmt: skip
    assert found["cards"] == Fraction(3364, 10_000)


def test_a_joint_share_comes_from_the_counts(disclosed: Tally) -> None:
    """The printed parts come to 77.0."""
    found = disclosed.table("complaints", by="kind")
    rows = numbers(found)
    joint = share_of([rows["cards"], rows["loans"], rows["deposits"]], found.total.n)
    assert printed_text(joint, 1, percent=True) == "77.1"


def test_the_largest_come_first(disclosed: Tally) -> None:
    assert list(cells(disclosed.table("complaints", by="kind").top(2)))[:2] == ["cards", "loans"]


ACCOUNTS = {"investments": 1_138, "banking": 911_505, "loans": 40_235, "insurance": 332_213}
"""Accounts of a firm by product; 1, 140, 158 and 272 complaints print the four rates and come to 571."""
COMPLAINTS = {"investments": 1, "banking": 140, "loans": 158, "insurance": 272}


def test_the_total_is_scaled_by_the_total_base() -> None:
    """0.44 per 1,000, though the rates are 0.88, 0.15, 3.93 and 0.82."""
    tally = Tally(SMALL, at=end_of("2026-12-31"), by=["kind"], figures=[figure("complaints")])
    for business, n in COMPLAINTS.items():
        tally.add_row({"kind": business}, received=dt.date(2026, 5, 6), times=n)
    found = tally.table("complaints", by="kind").scaled(ACCOUNTS, 1000)
    assert {key: printed_text(one, 2) for key, one in cells(found).items()} == {
        "investments": "0.88", "banking": "0.15", "loans": "3.93", "insurance": "0.82",
    }  # fmt: skip
    assert found.total == Fraction(571_000, 1_138 + 911_505 + 40_235 + 332_213)
    assert printed_text(found.total, 2) == "0.44"


RANKED = [("a", 9, 1), ("b", 5, 2), ("c", 5, 2), ("d", 1, 4)]


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    tally = Tally(SMALL, at=end_of("2026-12-31"), by=["respondent"], figures=[figure("complaints")])
    for bank, n, _ in RANKED:
        tally.add_row({"respondent": bank}, received=dt.date(2026, 5, 6), times=n)
    found = tally.table("complaints", by="respondent")
    assert cells(found.rank()) == {bank: rank for bank, _, rank in RANKED}
    assert found.median() == 5


def test_nothing_is_left_of_a_value_that_says_nothing(twelve: Tally) -> None:
    """What stands in a value is what was counted, field by field."""
    assert kept(twelve["transferred_in"]) == {"n": 3, "presumed": 3}
