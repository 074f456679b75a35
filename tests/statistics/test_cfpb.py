"""Real complaints, row by row, against a count by other means: the file is handed to the project and no part of it."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules import Tally
from complaint_rules.moments import BEIJING
from complaint_rules.periods.units import Unit
from complaint_rules.statistics import CaseCount, Share, printed_text
from tests.small import TITLE, fact, own
from tests.statistics.tallied import cells, figure, numbers, took

FILE: Final = Path(__file__).parents[3] / "shared" / "data" / "complaints" / "cfpb.csv"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the file of complaints is not at hand")
Rows = Sequence[Mapping[str, str]]
ANSWERS: Final = {"Yes": True, "No": False}
"""Any other word, and none: nobody knows."""
FIGURES: Final = (
    figure("complaints"),
    figure("timely_responses", share="timely"),
    figure("disputed_answers", share="disputed", of="disputed or not disputed"),
    figure("sending", time=took("received", "sent", "days")),
)
SINCE_2018: Final = ("2018", "2019", "2020", "2022", "2023")
"""The years after the question was dropped; there is no complaint of 2021 in the file."""


@pytest.fixture(scope="module")
def rows() -> Rows:
    """The file, line by line."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture(scope="module")
def tally(rows: Rows) -> Tally:
    """The file, counted."""
    policy = own(fact("timely", assume=None), fact("disputed", assume=None), f"[events.sent]\n{TITLE}")
    found = Tally(
        policy, at=dt.datetime(2026, 1, 1, tzinfo=BEIJING), figures=FIGURES,
        by=["year", "kind", ("kind", "year"), "sent.year"],
    )  # fmt: skip
    for number, row in enumerate(rows, 1):
        facts: dict[str, Any] = {
            "kind": row["product"],
            "timely": ANSWERS.get(row["timely_response"]),
            "disputed": ANSWERS.get(row["consumer_disputed"]),
        }
        found.add_row(
            facts, received=day(row["date_received"]), events={"sent": day(row["date_sent_to_company"])},
            id=f"row-{number}",
        )  # fmt: skip
    return found


def test_every_row_is_seen(tally: Tally, rows: Rows) -> None:
    assert tally.seen == len(rows) == 4_744
    assert tally["complaints"] == CaseCount(n=4_744)


def test_answered_in_time(tally: Tally) -> None:
    found = tally["timely_responses"]
    assert found == Share(yes=4_633, no=111)
    assert printed_text(found.value, 2, percent=True) == "97.66"


def test_disputed_of_those_who_were_asked(tally: Tally) -> None:
    """2,756 gave no answer: 2,572 were not asked, 184 left it empty."""
    found = tally["disputed_answers"]
    assert found == Share(yes=400, no=1_588, undecided=2_756)
    assert printed_text(found.value, 2, percent=True) == "20.12"


def test_bounds_of_the_disputed(tally: Tally) -> None:
    """400 of 4,744, and 400 + 2,756 of them."""
    low, high = tally["disputed_answers"].bounds
    assert (low, high) == (Fraction(400, 4_744), Fraction(3_156, 4_744))
    assert (printed_text(low, 2, percent=True), printed_text(high, 2, percent=True)) == ("8.43", "66.53")


@pytest.mark.parametrize("year", SINCE_2018)
def test_a_question_no_longer_asked_has_no_figure(tally: Tally, year: str) -> None:
    """It is not 0 %."""
    found = cells(tally.table("disputed_answers", by="year"))[year]
    assert (found.yes, found.no, found.value) == (0, 0, None)


def test_before_2018_every_year_has_a_figure(tally: Tally) -> None:
    found = cells(tally.table("disputed_answers", by="year"))
    assert {year for year, one in found.items() if one.value is not None} == {
        "2012", "2013", "2014", "2015", "2016", "2017",
    }  # fmt: skip
    assert found["2016"] == Share(yes=299, no=1_191, undecided=174)


def test_days_until_it_was_sent(tally: Tally) -> None:
    found = tally["sending"]
    assert (found.unit, found.n, found.impossible, found.unknown) == (Unit.DAYS, 4_738, 6, 0)
    assert [found.percentile(p) for p in (90, 95, 99, 100)] == [6, 21, 38, 413]
    assert (found.median, found.mean) == (0, Fraction(13_197, 4_738))


def test_the_six_that_were_sent_before_they_came_are_listed(tally: Tally, rows: Rows) -> None:
    found = tally.problems["ended_before_begun"]
    expected = {f"row-{n}" for n, row in enumerate(rows, 1) if row["date_sent_to_company"] < row["date_received"]}
    assert (found.n, set(found.ids)) == (6, expected)
    assert tally.problems["before_receipt"] == found, "sending is an event, and lies before the receipt"
    assert set(tally.problems) == {"before_receipt", "ended_before_begun"}


def test_days_agree_with_a_count_by_other_means(tally: Tally, rows: Rows) -> None:
    taken = Counter((day(row["date_sent_to_company"]) - day(row["date_received"])).days for row in rows)
    assert dict(tally["sending"].ended) == {days: n for days, n in taken.items() if days >= 0}


@pytest.mark.parametrize("by", ["year", "kind", "sent.year"])
def test_rows_add_up_to_every_row_of_the_file(tally: Tally, by: str) -> None:
    found = tally.table("complaints", by=by)
    assert (sum(numbers(found).values()), found.total.n, found.adds_up) == (4_744, 4_744, True)


def test_products_agree_with_a_count_by_other_means(tally: Tally, rows: Rows) -> None:
    assert numbers(tally.table("complaints", by="kind")) == Counter(row["product"] for row in rows)


def test_products_by_year_agree_with_a_count_by_other_means(tally: Tally, rows: Rows) -> None:
    expected = Counter((row["product"], row["date_received"][:4]) for row in rows)
    assert numbers(tally.table("complaints", by=("kind", "year"))) == expected


def test_answers_by_product_agree_with_a_count_by_other_means(tally: Tally, rows: Rows) -> None:
    said = Counter((row["product"], row["consumer_disputed"]) for row in rows)
    for product, found in cells(tally.table("disputed_answers", by="kind")).items():
        rest = sum(n for (name, answer), n in said.items() if name == product and answer not in ANSWERS)
        assert found == Share(yes=said[product, "Yes"], no=said[product, "No"], undecided=rest), product


def test_it_goes_into_data_and_back(tally: Tally) -> None:
    again = Tally.from_dict(tally.policy, tally.to_dict())
    assert again == tally
