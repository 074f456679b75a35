"""Regions of worlds: said in two languages, and preferred such that a case can be made of them."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules.errors import OutOfBudget, UnknownLanguage
from complaint_rules.verification.worlds.boxes import Box, boxes, search
from complaint_rules.verification.worlds.formulas import Formula, both, negated, within
from complaint_rules.verification.worlds.spans import Meantime
from complaint_rules.verification.worlds.variables import Cell, Matter, Thing, Variable
from complaint_rules.verification.worlds.worlds import Worlds
from tests.small import fact, limit, own, table
from tests.verification.worlds.awkward import MANY, awkward

NUMBERED = own(fact("major"), table("t", ("a", "complainants >= 3 and major"), ("b", "source == 'court'")))


@pytest.mark.parametrize(
    ("parts", "zh", "en"),
    [
        ({"complainants": 0b0001}, "投诉人数：低于3", "number of complainants: below 3"),
        ({"complainants": 0b1001}, "投诉人数：低于3或未知", "number of complainants: below 3 or unknown"),
        ({"complainants": 0b0111}, "投诉人数：除未知外", "number of complainants: other than unknown"),
        ({"complainants": 0b0110, "major": 0b001}, "投诉人数：3或高于3；甲：是",
         "number of complainants: 3 or above 3; A: yes"),
        ({}, "任何情形", "anything"),
    ],
)  # fmt: skip
def test_a_box_is_said_by_what_matters(parts: dict[str, int], zh: str, en: str) -> None:
    worlds = Worlds(NUMBERED)
    found: list[Formula] = []
    for name, mask in parts.items():
        place = worlds.place_of(Matter(Thing.FACT, name))
        assert place is not None
        found.append(within(place, mask, worlds.variables[place].full))
    box = search(worlds, both(*found))
    assert box is not None
    assert (box.text("zh"), box.text("en")) == (zh, en)
    assert box.text() == zh
    assert len(box.clauses("en")) == len(parts)
    with pytest.raises(UnknownLanguage):
        box.text("fr")  # type: ignore[arg-type]


def test_stretches_of_time_that_follow_upon_each_other_are_said_as_one_up_to_the_last() -> None:
    """A receipt is never unknown, so that its last cell is a stretch of time too."""
    first, tenth = dt.date(2026, 3, 1), dt.date(2026, 3, 10)
    spans = [
        Meantime(None, first), Meantime(first, first, at=True), Meantime(first, tenth),
        Meantime(tenth, tenth, at=True), Meantime(tenth, None),
    ]  # fmt: skip
    cells = tuple(Cell(title=("日", "day"), span=span) for span in spans)
    received = Variable(sources=(), cells=cells, title=("收到", "received"))
    for mask, said in {
        0b11000: "from 2026-03-10 (Tue) on",
        0b10000: "after 2026-03-10 (Tue)",
        0b00111: "before 2026-03-10 (Tue)",
        0b01100: "after 2026-03-01 (Sun), up to 2026-03-10 (Tue)",
        0b10001: "before 2026-03-01 (Sun) or after 2026-03-10 (Tue)",
        0b11011: "up to 2026-03-01 (Sun) or from 2026-03-10 (Tue) on",
    }.items():
        assert Box(variables=(received,), masks=(mask,)).text("en") == f"received: {said}"


def test_boxes_are_disjoint_and_together_all() -> None:
    worlds = Worlds(NUMBERED)
    found = list(boxes(worlds, worlds.fired("table/t", 0)))
    assert [box.text("en") for box in found] == ["number of complainants: 3 or above 3; A: yes"]
    assert [box.text("en") for box in boxes(worlds, negated(worlds.fired("table/t", 0)))] == [
        "number of complainants: below 3 or unknown",
        "number of complainants: 3 or above 3; A: no or unknown",
    ]
    inside = list(boxes(worlds, True, box=found[0]))
    assert inside == found, "within a box"


def test_a_limit_that_is_to_be_late_applies_too_and_has_a_figure_that_runs_out() -> None:
    """Where both can be had; else what is asked for comes first."""
    policy = own(
        fact("major"), fact("spot"), fact("free"),
        table("t", ("a", "late('whole')"), ("b", "late('reply') and late('whole') and free"), ("c", "late('none')")),
        limit('[{ within = "at once", when = "spot" }, { within = "2 days" }]', 'when = "major"'),
        limit('[{ within = "2 days", when = "not free" }]', id="reply"),
        limit('[{ within = "at once" }]', id="none"),
    )  # fmt: skip
    worlds = Worlds(policy)
    box = search(worlds, worlds.fired("table/t", 0))
    assert box is not None
    assert sorted(box.clauses("en")) == ["A: no or unknown", "A: yes", "“A”: late"]
    wanted = worlds.rows("table/t")[1].held
    both_late = search(worlds, wanted)
    assert both_late is not None
    assert "A: yes" in both_late.clauses("en"), "the second limit has no figure for it, and is late all the same"
    never_due = search(worlds, worlds.rows("table/t")[2].held)
    assert never_due is not None
    assert never_due.clauses("en") == ("“A”: late",)


def test_a_box_of_what_was_tried_is_preferred() -> None:
    worlds = Worlds(awkward(*MANY))
    tried = search(worlds, negated(worlds.rows("table/much")[0].held))
    assert tried is not None
    assert tried.tried
    beyond = search(worlds, worlds.rows("table/much")[0].held)
    assert beyond is not None
    assert not beyond.tried
    assert search(worlds, negated(worlds.rows("table/much")[0].held), box=beyond) is None


def test_nothing_is_proved_by_a_search_that_was_given_up() -> None:
    worlds = Worlds(NUMBERED)
    with pytest.raises(OutOfBudget):
        search(worlds, worlds.fired("table/t", 0), budget=0)
    assert isinstance(search(worlds, worlds.fired("table/t", 0)), Box)
    assert search(worlds, False) is None
