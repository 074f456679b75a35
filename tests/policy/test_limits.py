"""Cut-off hours, counted opening days and hours of a last day, from the file to the explanation and the rule book."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.words.rulebooks import explain_rule
from complaint_rules.words.timelines import Happening, timeline
from tests.by_hand import complaint, ev, instant
from tests.small import clock, due, duty, fact, limit, own, worked, written

CUT_OFF = ("receipt = 'next_working_day'", "cut_off = '15:30'")


@pytest.mark.parametrize(
    ("received", "expected", "why"),
    [
        ("2026-06-17T15:29", "2026-06-18", "a Wednesday in time: day one is Thursday"),
        ("2026-06-17T15:31", "2026-06-22", "deemed Thursday the 18th; the 19th to 21st are the Dragon Boat Festival"),
        ("2026-06-18T15:31", "2026-06-23", "deemed Monday the 22nd, after the festival"),
        ("2026-06-17", "2026-06-18", "known to the day: the strictest reading"),
    ],
)
def test_what_comes_after_the_cut_off_hour_is_due_a_working_day_later(received: str, expected: str, why: str) -> None:
    found = clock(own(limit("[{ within = '1 working day' }]", *CUT_OFF)), received, [], "2026-06-18T18:00")
    assert due(found) == expected, why


def test_a_receipt_known_to_the_day_may_have_come_late() -> None:
    found = clock(own(limit("[{ within = '1 working day' }]", *CUT_OFF)), "2026-06-17", [], "2026-06-18T18:00")
    assert found.run is not None
    assert written(found.run.due_latest) == "2026-06-22", "deemed the 18th where it came after 15:30"


def test_duties_count_alike() -> None:
    policy = own(
        duty("must", "'replied'", "within = '2 working days'", *CUT_OFF, "opening_day = true", "ends = '12:00'")
    )
    (owed,) = worked(policy, "2026-06-16T16:00", [], "2026-06-16T18:00").duties
    assert written(owed.due_at) == "2026-06-18T12:00", "deemed the 17th, which is day one; the 18th is day two"


LATER = "[{ within = '10 days' }, { by = 'named' }, { within = '3 working days', when = 'complainants > 2' }]"


@pytest.mark.parametrize(
    ("facts", "expected", "why"),
    [
        ({}, "2026-06-26", "ten days from the 16th; the fact is unknown, so its row does not hold"),
        ({"named": dt.date(2026, 6, 20)}, "2026-06-26", "the date in the record is earlier"),
        ({"named": dt.date(2026, 7, 20)}, "2026-07-20", "the date in the record is later"),
        ({"complainants": 3}, "2026-06-26", "three working days from the 16th end on the 22nd, which is earlier"),
    ],
)
@pytest.mark.parametrize("history", [[], [ev("routed", "2026-06-17T09:00")]], ids=["at receipt", "with a history"])
def test_of_several_figures_the_latest_binds(
    facts: dict[str, Any], expected: str, why: str, history: list[Event]
) -> None:
    policy = own(fact("named", "day", None), limit(LATER, rows_are="latest"))
    assert due(clock(policy, "2026-06-16T10:00", history, "2026-06-17T18:00", **facts)) == expected, why


@pytest.mark.parametrize("history", [[], [ev("routed", "2026-06-17T09:00")]], ids=["at receipt", "with a history"])
@pytest.mark.parametrize("rows", ["{ within = { parameter = 'time' } }", "{ within = '8 working hours' }"])
def test_the_latest_is_not_known_while_a_figure_is_missing(rows: str, history: list[Event]) -> None:
    parameter = "[parameters.time]\ntype = 'period'\ntitle = { zh = '期限', en = 'time' }"
    policy = own(parameter, limit(f"[{{ within = '1 day' }}, {rows}]", rows_are="latest"))
    found = clock(policy, "2026-06-16T10:00", history, "2026-06-30T18:00")
    assert (found.status.value, found.due_at) == ("undetermined", None), "the missing one may be later"
    earliest = own(parameter, limit(f"[{{ within = '1 day' }}, {rows}]", rows_are="earliest"))
    assert clock(earliest, "2026-06-16T10:00", history, "2026-06-30T18:00").status.value == "overdue"


@pytest.mark.parametrize("history", [[], [ev("routed", "2026-06-17T09:00")]], ids=["at receipt", "with a history"])
@pytest.mark.parametrize(
    ("rows", "at", "status", "strict", "why"),
    [
        ("[{ within = '10 days' }, { within = '20 days', when = 'formal' }]", "2026-06-25", "running", "2026-06-26",
            "ten days in any case"),
        ("[{ within = '10 days' }, { within = '20 days', when = 'formal' }]", "2026-06-30", "undetermined",
            "2026-06-26", "twenty where it is formal, which nobody knows"),
        ("[{ within = '10 days' }, { within = '20 days', when = 'formal' }]", "2026-07-07", "overdue", "2026-06-26",
            "past twenty, formal or not"),
        ("[{ within = '20 days' }, { within = '10 days', when = 'formal' }]", "2026-07-07", "overdue", "2026-07-06",
            "it is no earlier than the one that surely holds"),
        ("[{ within = '10 days' }, { within = { parameter = 'time' }, when = 'formal' }]", "2026-07-30", "undetermined",
            "2026-06-26", "how long a formal one may take was not supplied"),
    ],
)  # fmt: skip
def test_the_latest_of_rows_of_which_one_may_hold(
    rows: str, at: str, status: str, strict: str, why: str, history: list[Event]
) -> None:
    parameter = "[parameters.time]\ntype = 'period'\ntitle = { zh = '期限', en = 'time' }"
    policy = own(parameter, fact("formal", assume=None), limit(rows, rows_are="latest"))
    found = clock(policy, "2026-06-16T10:00", history, at)
    assert (found.status.value, due(found)) == (status, strict), why


@pytest.mark.parametrize("history", [[], [ev("routed", "2026-06-17T09:00")]], ids=["at receipt", "with a history"])
@pytest.mark.parametrize("rows_are", ["earliest", "latest"])
def test_a_row_that_surely_holds_without_a_figure_bounds_nothing(rows_are: str, history: list[Event]) -> None:
    sure = "{ within = '10 days', when = 'formal or complainants > 0' }"
    rows = f"[{{ by = 'named' }}, {sure}, {{ within = '20 days', when = 'formal' }}]"
    policy = own(fact("formal", assume=None), fact("named", "day", None), limit(rows, rows_are=rows_are))
    found = clock(policy, "2026-06-16T10:00", history, "2026-06-18")
    assert (found.status.value, due(found)) == ("running", "2026-06-26")


def test_an_open_pause_leaves_the_latest_open_and_the_earliest_to_what_is_set() -> None:
    facts = {"named": dt.date(2026, 6, 20)}
    stop = ev("suspended", "2026-06-17T09:00", reason="mediation")
    pauses = "pauses = [{ reason = 'mediation' }]"
    for order in ("[{ by = 'named' }, { within = '10 days' }]", "[{ within = '10 days' }, { by = 'named' }]"):
        for rows_are, expected in (("latest", ("suspended", None)), ("earliest", ("running", "2026-06-20"))):
            policy = own(fact("named", "day", None), limit(order, pauses, rows_are=rows_are))
            found = clock(policy, "2026-06-16T10:00", [stop], "2026-06-18T18:00", **facts)
            assert (found.status.value, due(found)) == expected


def test_a_limit_may_warn_more_than_once() -> None:
    policy = own(limit("[{ within = '5 working days', warn = ['1 working day', '3 working days'] }]"))
    found = worked(policy, "2026-06-08T10:00", [ev("routed", "2026-06-08T11:00")], "2026-06-08T12:00")
    (run,) = found.clocks["whole"].runs
    assert due(found.clocks["whole"]) == "2026-06-15"
    # the last three working days before it ends are the 11th, the 12th and the 15th
    assert [written(moment) for moment in run.warnings] == ["2026-06-11T00:00", "2026-06-15T00:00"]
    assert written(run.warn_at) == "2026-06-11T00:00"
    assert written(found.next_change_at) == "2026-06-11T00:00"
    assert written(worked(policy, "2026-06-08T10:00", [], "2026-06-12T12:00").next_change_at) == "2026-06-15T00:00"
    assert found.to_dict()["clocks"]["whole"]["warnings"] == ["2026-06-11T00:00:00+08:00", "2026-06-15T00:00:00+08:00"]
    assert found.clocks["whole"].explain("en").count("warning at: ") == 2
    row = found.clocks["whole"].row
    assert row is not None
    assert str(row.warn) == "1 working day", "the first written"
    assert "warning 1 working day ahead; warning 3 working days ahead" in explain_rule(policy, "limit/whole", "en")
    assert sum(moment.what is Happening.WARNED for moment in timeline(found)) == 2
    done = worked(policy, "2026-06-08T10:00", [ev("closed", "2026-06-12T11:00")], "2026-06-20")
    assert sum(moment.what is Happening.WARNED for moment in timeline(done)) == 1, "after the end nothing is warned of"


def test_an_extension_in_another_unit_lengthens_no_row_of_hours_seen_or_unseen() -> None:
    """What may have been extended unseen could not have been: days do not add to the hours that bind."""
    rows = "[{ within = '48 hours', when = 'joint' }, { within = '10 days' }]"
    policy = own(limit(rows, "[[limit.extension]]", "add = '5 days'"))
    case = Case(complaint("2026-06-08T10:00", joint=True), [ev("routed", "2026-06-09")], unseen={"extended"})
    found = assess(case, policy, at=instant("2026-06-30")).clocks["whole"]
    assert (found.status.value, due(found)) == ("overdue", "2026-06-10T10:00")


def test_the_rule_book_says_which_row_binds() -> None:
    policy = own(fact("named", "day", None), limit(LATER, rows_are="latest"))
    assert "how: every row that holds counts, the latest due moment binds" in explain_rule(policy, "limit/whole", "en")
    assert "判定方式：凡成立的各行均计入，以后届满者为准" in explain_rule(policy, "limit/whole", "zh")


def test_the_rule_book_says_how_it_is_counted_in_both_languages() -> None:
    policy = own(limit("[{ within = '2 working days' }]", *CUT_OFF, "opening_day = true", "ends = '12:00'"))
    en, zh = (explain_rule(policy, "limit/whole", lang) for lang in ("en", "zh"))
    for words in (
        "counting: an arrival after 15:30 is deemed one of the next working day",
        "counting: the opening day counts as the first",
        "counting: the last day ends at 12:00",
    ):
        assert words in en
    for words in ("计法：15:30后收到的视为下一工作日收到", "计法：起算当日计入（含当日）", "计法：末日至12:00止"):
        assert words in zh
