"""A tally as data: what is damaged is refused with its place, and what it holds comes back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from complaint_rules import Tally, WorkCalendar, assess
from complaint_rules.calendar.hours import Hours
from complaint_rules.cases.case import Case
from complaint_rules.errors import ComplaintRulesError, InvalidTally
from complaint_rules.moments import BEIJING
from tests.by_hand import complaint
from tests.statistics.tallied import NAMED, SMALL, end_of, figure

AT = end_of("2026-10-08")
RULE = {"id": "first_ones", "title": NAMED, "counts": "not repeat"}
BASE = {"id": "outlets", "title": NAMED}
FIGURES = [figure("all", basis="first_ones"), figure("open", stock="end"), figure("runs", limit="whole")]


def made(**asked: Any) -> Tally:
    asked = dict[str, Any](figures=FIGURES, bases=[RULE], by=["month"]) | asked
    return Tally(SMALL, at=AT, **asked)


def data() -> dict[str, Any]:
    tally = made(covers=(dt.date(2026, 1, 1), dt.date(2026, 9, 30)))
    tally.add(Case(complaint("2026-08-05T09:00", repeat=True))).add_row({}, received=dt.date(2026, 10, 9), id="late")
    found: dict[str, Any] = json.loads(json.dumps(tally.to_dict()))
    return found


def test_what_it_holds_comes_back() -> None:
    found = Tally.from_dict(SMALL, data())
    assert found.to_dict() == data()
    assert (found.covers, found.seen) == ((dt.date(2026, 1, 1), dt.date(2026, 9, 30)), 1)
    assert found.problems["received_later"].ids == ("late",)
    assert dict(found.counted("first_ones").excluded) == {None: 1}


def rows(whole: dict[str, Any], number: int) -> Any:
    return whole["figures"][number]["rows"]


DAMAGED: list[tuple[str, Callable[[dict[str, Any]], Any], str]] = [
    ("a day that is none", lambda one: one.update(covers=["2026-01-01", "2026-02-30"]), "covers"),
    ("one day", lambda one: one.update(covers=["2026-01-01"]), "covers"),
    ("a naive moment", lambda one: one.update(at="2026-10-08T00:00:00"), "at"),
    ("no moment", lambda one: one.update(at="yesterday"), "at"),
    ("a rule it does not count by", lambda one: one["bases"].update(other=[]), "bases.other"),
    ("an answer that is none", lambda one: one["bases"].update(first_ones=[[7, None, 1]]), "bases.first_ones"),
    ("half an answer", lambda one: one["bases"].update(first_ones=[[1, None]]), "bases.first_ones"),
    ("a problem without a number", lambda one: one["problems"].update(odd=[1]), "problems.odd"),
    ("a figure less", lambda one: one["figures"].pop(), "figures"),
    ("figures in another order", lambda one: one["figures"].reverse(), "figures[0]"),
    ("a grouping less", lambda one: rows(one, 0).pop(), "figures[0].rows"),
    ("a group of two names", lambda one: rows(one, 0)[1][0].__setitem__(0, ["a", "b"]), "figures[0].rows"),
    ("a group of no text", lambda one: rows(one, 0)[1][0].__setitem__(0, [3]), "figures[0].rows"),
    ("a value of another shape", lambda one: rows(one, 0)[1][0].__setitem__(1, {"yes": 1}), "figures[0].rows"),
    ("a stock that is no number", lambda one: rows(one, 3)[1][0].__setitem__(1, {"low": 1, "high": "2"}),
        "figures[3].rows"),
    ("half a stock", lambda one: rows(one, 3)[1][0].__setitem__(1, {"low": 1}), "figures[3].rows"),
    ("counted otherwise", lambda one: one.update(signature="0" * 64), "signature"),
    ("another form", lambda one: one.update(format="complaint-rules/tally/0"), "format"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "damage", "place"), DAMAGED, ids=[why for why, *_ in DAMAGED])
def test_what_is_damaged_is_refused_with_its_place(
    why: str, damage: Callable[[dict[str, Any]], Any], place: str
) -> None:
    whole = data()
    assert [one["figure"] for one in whole["figures"]] == ["all", "all", "runs", "open"]
    damage(whole)
    with pytest.raises(ComplaintRulesError) as caught:
        Tally.from_dict(SMALL, whole)
    assert str(caught.value).startswith(f"{place}:"), why


def test_another_calendar_counts_otherwise() -> None:
    """Opening hours change what is in time: data counted with others are not read as though they were these."""
    other = WorkCalendar.china().with_hours(Hours.of("09:00-12:00"))
    with pytest.raises(InvalidTally) as caught:
        Tally.from_dict(SMALL, data(), calendar=other)
    assert "calendar" in str(caught.value)
    for year, known in ((2001, False), (AT.year, False), (AT.year + 1, True)):  # the years up to the moment count
        own = WorkCalendar.china().with_override(dt.date(year, 6, 6), works=False, reason="own")
        if known:
            assert Tally.from_dict(SMALL, data(), calendar=own).at == AT
        else:
            with pytest.raises(InvalidTally, match="calendar"):
                Tally.from_dict(SMALL, data(), calendar=own)
    with pytest.raises(InvalidTally) as refused:
        made().add(assess(Case(complaint("2026-08-05T09:00")), SMALL, at=AT, calendar=other))
    assert "calendar" in str(refused.value)


MERGED: list[tuple[str, dict[str, Any], str]] = [
    ("other groupings", {"by": ["channel"]}, "same arguments"),
    ("other days covered", {"covers": (dt.date(2026, 1, 1), dt.date(2026, 6, 30))}, "cover"),
]


@pytest.mark.parametrize(("why", "asked", "text"), MERGED, ids=[why for why, *_ in MERGED])
def test_what_does_not_belong_together_is_not_merged(why: str, asked: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidTally) as caught:
        made().merge(made(**asked))
    assert text in str(caught.value), why


def test_a_tally_of_another_moment_is_not_merged() -> None:
    other = Tally(SMALL, at=dt.datetime(2026, 10, 8, tzinfo=BEIJING), figures=FIGURES, bases=[RULE], by=["month"])
    with pytest.raises(InvalidTally) as caught:
        made() + other
    assert "2026-10-08T00:00:00+08:00" in str(caught.value)


def test_a_tally_merges_with_itself_and_is_nothing_else() -> None:
    tally = made().add(Case(complaint("2026-08-05T09:00")))
    assert tally.merge(tally).seen == 2
    assert tally != "tally"
    assert repr(tally) == "<Tally own as at 2026-10-08T23:59:59.999999+08:00: 2 seen>"
    with pytest.raises(TypeError):
        tally + 5
    with pytest.raises(TypeError):
        hash(tally)


def test_no_times_notes_nothing() -> None:
    tally = made().add_row({}, received=dt.date(2026, 10, 9), times=0)
    assert (tally.seen, dict(tally.problems)) == (0, {})


ASKED: list[tuple[str, dict[str, Any], str]] = [
    ("a figure that is none", {"figures": [5]}, "figures"),
    ("figures that are no list", {"figures": "all"}, "figures"),
    ("a name that is none", {"by": [(5,)]}, "by"),
    ("a grouping that is none", {"by": [5]}, "by"),
    ("four names", {"by": [("month", "channel", "kind", "source")]}, "by"),
    ("one name twice", {"by": [("month", "month")]}, "by"),
]


@pytest.mark.parametrize(("why", "asked", "text"), ASKED, ids=[why for why, *_ in ASKED])
def test_what_no_tally_is_made_of(why: str, asked: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidTally) as caught:
        made(**asked)
    assert str(caught.value).startswith(f"{text}:"), why
