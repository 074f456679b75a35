"""Slips in names: who acted, which link, which clock; each is said aloud with what was likely meant."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules import BEIJING, Case, Complaint, Event, WorkCalendar, assess, load_policy
from complaint_rules.errors import CalendarUnpublished, ComplaintRulesError, UnknownName
from complaint_rules.policy.policy import Policy

RECEIVED = dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
LATER = dt.datetime(2026, 9, 30, 17, 0, tzinfo=BEIJING)
COMPLAINT = Complaint(id="c-1", received=RECEIVED)


@pytest.mark.parametrize(
    ("by", "doubted", "why"),
    [
        ("head_office", False, "a level of the policy"),
        ("head_ofice", True, "one letter is missing: selectors by level would silently not match"),
        ("post-17", False, "an opaque key of a post resembles no level"),
        ("outlet-0042", False, "the key of a unit may contain the word: too far from it to be a slip"),
    ],
)
def test_a_near_miss_in_who_acted_is_doubted(by: str, doubted: bool, why: str) -> None:
    case = Case(COMPLAINT, [Event("routed", LATER, by=by, to="tier1_branch")])
    found = assess(case, load_policy("psbc-95580"), at=LATER)
    assert any(v.code == "unknown_level" for v in found.violations) is doubted, why


def test_links_that_the_policy_does_not_know_are_noted_not_swallowed() -> None:
    found = assess(COMPLAINT, load_policy("realty-levels"), at=LATER, links={"same_kinds": 3})
    (note,) = [note for note in found.notes if note.code == "ignored_link"]
    assert (note.detail["link"], note.detail["meant"]) == ("same_kinds", "same_kind")
    assert "same_kinds" in found.explain("en")


def test_a_wrong_name_in_an_answer_says_what_was_meant() -> None:
    found = assess(COMPLAINT, load_policy("psbc-95580"), at=LATER)
    with pytest.raises(UnknownName, match="did you mean 'whole'"):
        _ = found.clocks["hole"]
    with pytest.raises(KeyError, match="known are priority"):
        _ = found.findings["zzz"]
    assert found.clocks.get("hole") is None


MIXED = """
id = "mixed"
edition = "1"
title = { zh = "混合", en = "Mixed" }
issuer = { zh = "某行", en = "A bank" }
checked_on = 2026-11-21
[facts.urgent]
type = "bool"
assume = false
ask = "handler"
title = { zh = "紧急", en = "urgent" }
[[limit]]
id = "whole"
title = { zh = "全程", en = "Whole" }
from = "received"
until = "replied"
void_on = "withdrawn"
first = [{ within = "48 hours", when = "urgent" }, { within = "5 days" }]
[[limit.extension]]
id = "more"
add = "5 days"
"""


@pytest.mark.parametrize(
    ("urgent", "due", "lacking", "why"),
    [
        (False, "2026-10-10T23:59:59.999999+08:00", [], "5 days and 5 more from 30 September"),
        (True, "2026-10-02T16:05:00+08:00", ["other_unit"], "days do not add to the 48 hours that apply"),
    ],
)
def test_an_extension_in_another_unit_is_said_to_have_no_effect(
    urgent: bool, due: str, lacking: list[str], why: str
) -> None:
    case = Case(Complaint(id="c-1", received=RECEIVED, extra={"urgent": urgent}), [Event("extended", LATER)])
    found = assess(case, Policy.from_text(MIXED, name="mixed.toml"), at=LATER)
    assert found.clocks["whole"].due_at is not None
    assert found.clocks["whole"].due_at.isoformat() == due, why
    without = [v for v in found.violations if v.code == "extension_without_effect"]
    assert [v.detail["lacking"] for v in without] == lacking, why


@pytest.mark.parametrize(
    ("withdrawn", "late", "why"),
    [
        (dt.date(2026, 10, 5), False, "the last of the five days: withdrawn in time"),
        (dt.date(2026, 10, 6), True, "the limit had run out the day before: that stays on record"),
        (None, False, "on an unknown day: nothing is claimed"),
    ],
)
def test_a_withdrawal_does_not_undo_lateness(withdrawn: dt.date | None, late: bool, why: str) -> None:
    case = Case(Complaint(id="c-1", received=RECEIVED), [Event("withdrawn", withdrawn)])
    at = dt.datetime(2026, 10, 20, tzinfo=BEIJING)
    found = assess(case, Policy.from_text(MIXED, name="mixed.toml"), at=at)
    assert found.clocks["whole"].status == "void"
    assert any(v.code == "late" for v in found.violations) is late, why


def test_an_extension_lengthens_the_rows_of_its_own_unit_only() -> None:
    text = MIXED.replace(
        'first = [{ within = "48 hours", when = "urgent" }, { within = "5 days" }]',
        'earliest = [{ within = "2 days" }, { within = "200 hours" }]',
    )
    case = Case(Complaint(id="c-1", received=RECEIVED), [Event("extended", LATER)])
    found = assess(case, Policy.from_text(text, name="mixed.toml"), at=LATER)
    # 2 and 5 days from 30 September end with 7 October; the 200 hours, on 9 October at 00:05, stay as they are.
    assert found.clocks["whole"].due_at is not None
    assert found.clocks["whole"].due_at.isoformat() == "2026-10-07T23:59:59.999999+08:00"


@pytest.mark.parametrize("events", [[], [Event("registered", dt.datetime(2026, 12, 21, 10, 0, tzinfo=BEIJING))]])
def test_what_cannot_be_counted_is_said_where_it_is_read_and_nowhere_else(events: list[Event]) -> None:
    complaint = Complaint(id="c-1", received=dt.datetime(2026, 12, 28, 9, 0, tzinfo=BEIJING))
    if events:
        complaint = Complaint(id="c-1", received=dt.datetime(2026, 12, 21, 9, 0, tzinfo=BEIJING))
    refusing = WorkCalendar.china(unpublished="refuse").with_override(
        dt.date(2026, 12, 22), works=False, reason="closed for a move"
    )
    for day in (23, 24, 25):
        refusing = refusing.with_override(dt.date(2026, 12, day), works=False, reason="closed for a move")
    case = Case(complaint, events)
    at = complaint.received_from + dt.timedelta(hours=2)
    found = assess(case, load_policy("psbc-95580"), at=at, calendar=refusing)
    for _ in range(2):  # the fifth working day lies behind 28 December, and asking again makes it no better known
        with pytest.raises(CalendarUnpublished, match="psbc-95580: limit/whole: "):
            found.clocks["whole"]
        with pytest.raises(CalendarUnpublished, match="psbc-95580: limit/whole: "):
            found.clocks.values()
        with pytest.raises(CalendarUnpublished, match="psbc-95580: limit/whole: "):
            _ = found.violations
    # Two hours from nine o'clock on a day that is published.
    assert found.clocks["route_hq"].due_at == at
    assert found.findings["justified"].value is None


@pytest.mark.parametrize("events", [[], [Event("registered", dt.datetime(2099, 12, 30, 9, 30, tzinfo=BEIJING))]])
def test_a_limit_that_ends_beyond_the_years_known_is_named(events: list[Event]) -> None:
    complaint = Complaint(id="c-1", received=dt.datetime(2099, 12, 30, 9, 0, tzinfo=BEIJING))
    at = dt.datetime(2099, 12, 30, 10, 0, tzinfo=BEIJING)
    with pytest.raises(ComplaintRulesError, match="psbc-95580: limit/whole: "):
        assess(Case(complaint, events), load_policy("psbc-95580"), at=at).clocks["whole"]


def test_a_place_once_known_is_kept_on_the_way_up() -> None:
    error = ComplaintRulesError(what="a period", why="too long", where="own.toml: limit[2]")
    assert error.placed("limit/whole").where == "own.toml: limit[2]"
