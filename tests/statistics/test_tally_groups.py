"""What a tally can be grouped by, and what places a case: small cases, every answer worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from complaint_rules import Tally, link
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import InvalidPolicy, InvalidTally
from complaint_rules.reports import report_of
from complaint_rules.statistics import CaseCount, LimitRuns, Money
from tests.by_hand import complaint, ev
from tests.golden import policy_of
from tests.small import TITLE, limit, own
from tests.statistics.tallied import SMALL, cells, end_of, figure, kept, numbers, took

AT = end_of("2026-10-08")
ALL = figure("all")


def one(received: str, *events: Event, key: str = "g-1", **facts: Any) -> Case:
    return Case(complaint(received, key=key, **facts), events)


# --- who has it ----------------------------------------------------------------------------------------------------

PASSED_ON = one(
    "2026-09-22T09:00", ev("routed", "2026-09-23T09:00", to="outlet", unit="net-1"),
    ev("routed", "2026-10-08T09:00", to="tier2_branch", unit="city-1"), channel="phone", received_by="head_office",
)  # fmt: skip
"""Due by the end of 30 September, while the outlet had it; the branch has it now."""
NOT_PASSED_ON = one("2026-10-08T09:00", channel="phone", received_by="head_office", key="g-2")
NOBODY_KNOWS = one("2026-10-08T09:00", channel="phone", key="g-3")
HELD = [
    ("holder", {"head_office": 1, "tier2_branch": 1, None: 1}),  # the level that has it now
    ("unit", {"city-1": 1, None: 2}),  # the unit, where one is named
    ("holder_at_breach(whole)", {"": 2, "outlet": 1}),  # two are not late: known to have none
    ("standing(whole)", {"open_in_time": 2, "open_late": 1}),
    ("received_by", {"head_office": 2, None: 1}),  # who first took it in
]


@pytest.mark.parametrize(("by", "expected"), HELD, ids=[by for by, _ in HELD])
def test_by_who_has_it(by: str, expected: dict[str | None, int]) -> None:
    tally = Tally(policy_of("psbc-95580"), at=AT, by=[by], figures=[ALL])
    tally.update([PASSED_ON, NOT_PASSED_ON, NOBODY_KNOWS])
    assert numbers(tally.table("all", by=by)) == expected


# --- when ----------------------------------------------------------------------------------------------------------

UNITS = [
    ("day", "2026-10-08"), ("week", "2026-W41"), ("month", "2026-10"), ("quarter", "2026Q4"),
    ("half_year", "2026H2"), ("year", "2026"),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "label"), UNITS)
def test_by_each_kind_of_period(unit: str, label: str) -> None:
    """8 October 2026 is a Thursday, in the week that began on Monday the 5th."""
    tally = Tally(SMALL, at=AT, by=[unit], figures=[ALL]).add(one("2026-10-08T09:00"))
    assert numbers(tally.table("all", by=unit)) == {label: 1}


def test_periods_stand_in_order_across_a_year() -> None:
    tally = Tally(SMALL, at=AT, by=["month"], figures=[ALL])
    for received in ("2026-02-02T09:00", "2025-12-02T09:00", "2026-01-02T09:00"):
        tally.add(one(received))
    assert list(tally.table("all", by="month").rows) == ["2025-12", "2026-01", "2026-02"]


def test_a_period_within_what_the_data_hold_is_complete_and_no_other() -> None:
    """The data begin in the middle of July and the moment lies within October."""
    tally = Tally(SMALL, at=AT, by=["month"], figures=[ALL], covers=(dt.date(2026, 7, 15), dt.date(2026, 10, 31)))
    for received in ("2026-07-20T09:00", "2026-08-03T09:00", "2026-10-08T09:00"):
        tally.add(one(received))
    assert dict(tally.table("all", by="month").complete) == {"2026-07": False, "2026-08": True, "2026-10": False}


REPLIES = (ev("replied", "2026-08-31T10:00"), ev("resolved", "2026-09-02T09:00"), ev("replied", "2026-09-02T10:00"))
PLACED: Sequence[tuple[str, dict[str, Any], dict[str | None, int]]] = [
    ("the receipt", {}, {"2026-08": 1}),
    ("the first reply", {"dated": "replied"}, {"2026-08": 1}),
    ("each reply", {"dated": "replied", "each": True}, {"2026-08": 1, "2026-09": 1}),
    ("the result that stands", {"dated": "resolved"}, {"2026-09": 1}),
    ("what has not happened", {"dated": "called_back"}, {}),
]


@pytest.mark.parametrize(("why", "keys", "expected"), PLACED, ids=[row[0] for row in PLACED])
def test_what_places_a_case(why: str, keys: dict[str, Any], expected: dict[str | None, int]) -> None:
    tally = Tally(SMALL, at=AT, by=["month"], figures=[figure("placed", **keys)]).add(one("2026-08-28T09:00", *REPLIES))
    found = tally.table("placed", by="month")
    assert (numbers(found), found.total) == (expected, CaseCount(n=sum(expected.values())))


def test_a_share_is_placed_like_a_count() -> None:
    """Satisfied, of those closed in a month: c is not closed, so it is in no month of this figure."""
    cases = [
        one("2026-08-28T09:00", ev("closed", "2026-09-01T10:00"), key="a", satisfied=True),
        one("2026-08-28T09:00", ev("closed", "2026-10-08T10:00"), key="b", satisfied=False),
        one("2026-08-28T09:00", key="c", satisfied=True),
    ]
    tally = Tally(SMALL, at=AT, by=["month"], figures=[figure("satisfied_ones", dated="closed", share="satisfied")])
    rows = cells(tally.update(cases).table("satisfied_ones", by="month"))
    assert {month: (one.yes, one.no) for month, one in rows.items()} == {"2026-09": (1, 0), "2026-10": (0, 1)}


def test_months_of_two_events_at_once() -> None:
    """Received by month of receipt, closed in the month of closing: a table of cohorts."""
    by = ("received.month", "closed.month")
    tally = Tally(SMALL, at=AT, by=[by], figures=[ALL])
    tally.add(one("2026-08-28T09:00", ev("closed", "2026-09-01T10:00")))
    tally.add(one("2026-08-28T09:00", ev("closed", "2026-09-01T10:00"), ev("reopened", "2026-09-02T10:00")))
    assert sum(numbers(tally.table("all", by=by)).values()) == 2
    assert numbers(tally.table("all", by=by))["2026-08", "2026-09"] == 1


# --- runs, pauses, links, sums -------------------------------------------------------------------------------------


def test_every_run_of_a_limit_counts_of_whatever_case() -> None:
    """One reported `breached` of the last cycle, another of any (Reporting on SLAs): ours are all there.

    The first result was answered within the hour, the second not within 24; in the other case there is none.
    """
    policy = own(limit('[{ within = "24 hours" }]', "each = true", id="reply", start='"resolved"', until='"replied"'))
    first = one(
        "2026-09-01T09:00", ev("resolved", "2026-09-01T10:00"), ev("replied", "2026-09-01T11:00"),
        ev("resolved", "2026-09-03T10:00"),
    )  # fmt: skip
    tally = Tally(policy, at=AT, figures=[figure("replies", limit="reply")])
    tally.update([first, one("2026-09-01T09:00", key="g-2")])
    assert tally["replies"] == LimitRuns(in_time=1, open_late=1, not_started=1)


def test_pauses_are_left_out_where_a_figure_says_so() -> None:
    """Ten hours, three of which the case was suspended."""
    case = one(
        "2026-09-07T09:00", ev("suspended", "2026-09-07T10:00", reason="mediation"),
        ev("resumed", "2026-09-07T13:00", reason="mediation"), ev("closed", "2026-09-07T19:00"),
    )  # fmt: skip
    figures = [
        figure("whole_time", time=took("received", "closed", "hours")),
        figure("own_time", time=took("received", "closed", "hours", less="pauses")),
    ]
    tally = Tally(SMALL, at=AT, figures=figures).add(case)
    assert (dict(tally["whole_time"].ended), dict(tally["own_time"].ended)) == ({10: 1}, {7: 1})


def test_a_duration_from_an_event_that_has_not_happened_is_in_nothing() -> None:
    """Of a case that was never routed there is no time from its routing, open or ended."""
    tally = Tally(SMALL, at=AT, figures=[figure("routing", time=took("routed", "closed", "days"))])
    found = tally.add(one("2026-09-07T09:00", ev("closed", "2026-09-08T09:00")))["routing"]
    assert (found.n, found.still_open, found.impossible) == (0, 0, 0)


def test_hours_of_a_day_only_nobody_knows() -> None:
    tally = Tally(SMALL, at=AT, figures=[figure("hours", time=took("received", "closed", "hours"))])
    found = tally.add(one("2026-09-07T09:00", ev("closed", "2026-09-08")))["hours"]
    assert (found.n, found.unknown) == (0, 1)


@pytest.mark.parametrize(
    ("links", "expected"), [(None, CaseCount(undecided=1)), ({"same": 3}, CaseCount(n=1)), ({"same": 1}, CaseCount())]
)
def test_what_is_linked_is_known_where_links_are_given(links: dict[str, int] | None, expected: CaseCount) -> None:
    policy = own(f'[[link]]\nid = "same"\n{TITLE}\nsame = ["incident"]')
    tally = Tally(policy, at=AT, figures=[figure("linked_ones", of="linked('same') >= 2")])
    assert tally.add(one("2026-09-07T09:00"), links=links)["linked_ones"] == expected


def test_a_sum_is_over_the_payments_of_its_period() -> None:
    """Two payments of 10.10 yuan, one in each month; what was promised for later is not paid yet."""
    case = one(
        "2026-08-28T09:00", *(ev("compensated", day, amount="10.10") for day in ("2026-08-31", "2026-09-01")),
        ev("compensated", "2026-10-20", amount="99"),
    )  # fmt: skip
    paid = figure("redress", sum={"event": "compensated"}, dated="compensated", each=True)
    tally = Tally(SMALL, at=AT, by=["month"], figures=[paid]).add(case)
    assert cells(tally.table("redress", by="month")) == {
        "2026-08": Money(fen=1_010, n=1), "2026-09": Money(fen=1_010, n=1),
    }  # fmt: skip
    assert tally["redress"] == Money(fen=2_020, n=2)


def test_a_share_is_not_counted_by_a_rule_with_a_weight() -> None:
    """One case of three people satisfied, one of one not: 1 of 2, and nobody says it is 3 of 4."""
    people = {"id": "people", "title": {"zh": "人次", "en": "People"}, "weight": "complainants"}
    happy = figure("happy", share="satisfied")
    tally = Tally(SMALL, at=AT, figures=[ALL, happy], bases=[people])
    tally.add(one("2026-09-01T09:00", complainants=3, satisfied=True))
    tally.add(one("2026-09-02T09:00", complainants=1, satisfied=False))
    assert (tally.table("all", basis="people").total.n, kept(tally["happy"])) == (4, {"yes": 1, "no": 1})
    with pytest.raises(InvalidTally):
        tally.table("happy", basis="people")
    assert [grid.id for grid in report_of(tally).grids] == ["figures", "all-people", "happy"]


def test_each_payment_is_placed_by_its_own_day() -> None:
    """By the day of the closing no single payment could be placed, and the sum would be 0 for nothing."""
    with pytest.raises(InvalidPolicy) as caught:
        Tally(SMALL, at=AT, figures=[figure("redress", sum={"event": "compensated"}, dated="closed", each=True)])
    assert "each payment counts on its own day" in str(caught.value)


def test_linked_repeats_stand_raw_and_merged_side_by_side() -> None:
    """Three of one incident within a month of one another and one alone: four counted each, two counted once."""
    rules = own(
        f'[[link]]\nid = "repeat_of"\n{TITLE}\nsame = ["incident"]\nwindow = "1 month"',
        f'[[basis]]\nid = "merged"\n{TITLE}\ncounts = "first_of(\'repeat_of\')"',
    )  # fmt: skip
    told = [("2026-08-03", "i-1"), ("2026-08-20", "i-1"), ("2026-09-10", "i-1"), ("2026-09-10", "i-2")]
    complaints = [
        complaint(f"{day}T09:00", key=f"c-{number}", incident=incident) for number, (day, incident) in enumerate(told)
    ]
    links = link(complaints, rules)
    tally = Tally(rules, at=AT, figures=[ALL], bases=["merged"], by=["month"])
    for each in complaints:
        tally.add(each, links=links.counts(each.id))
    assert (tally["all"].n, tally.table("all", basis="merged").total.n) == (4, 2)
    assert numbers(tally.table("all", by="month", basis="merged")) == {"2026-08": 1, "2026-09": 1}
    assert (tally.counted("merged").counted, dict(tally.excluded["merged"])) == (2, {None: 2})
    unseen = Tally(rules, at=AT, figures=[ALL], bases=["merged"]).add(complaints[0])
    assert unseen.table("all", basis="merged").total == CaseCount(undecided=1)
