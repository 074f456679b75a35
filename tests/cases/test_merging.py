from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.merging import merge
from complaint_rules.errors import InvalidComplaint
from complaint_rules.moments import BEIJING


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def received(number: int, when: str, **facts: Any) -> Complaint:
    moment = dt.date.fromisoformat(when) if len(when) == 10 else at(when)
    return Complaint(id=f"c-{number}", received=moment, **facts)


def person(number: int, when: str, *keys: str, **facts: Any) -> Complaint:
    return received(number, when, complainant_keys=keys, **facts)


def test_zammad_904_and_helpdesk_2204_merging_keeps_the_earliest_receipt() -> None:
    """zammad/zammad#904, frappe/helpdesk#2204: merged cases went on escalating from the wrong start."""
    first = Case(
        person(1, "2026-09-01T09:00", "p-1", channel="phone"), [Event("registered", at("2026-09-01T10:00"), id="e")]
    )
    again = Case(
        person(2, "2026-09-05T09:00", "p-1", "p-2", channel="letter", funds_at_risk=True),
        [
            Event("received", at("2026-09-05T09:00")),
            Event("suspended", at("2026-09-06T09:00"), id="e", reason="appraisal"),
            Event("resumed", at("2026-09-08T09:00"), ref="e"),
        ],
        unseen={"routed"},
    )
    whole = merge([again, first])
    assert whole.complaint == first.complaint
    assert [event.kind for event in whole.events] == ["registered", "merged", "amended", "suspended", "resumed"]
    _, merged, amended, suspended, resumed = whole.events
    assert (merged.at, merged.ref) == (at("2026-09-05T09:00"), "c-2")
    assert amended.set == {"complainant_keys": {"p-1", "p-2"}, "complainants": 2, "funds_at_risk": True}
    assert suspended.id == resumed.ref == "c-2/e"
    assert whole.unseen == {"routed"}


def test_merging_a_bare_repetition_adds_only_the_merger() -> None:
    whole = merge([received(1, "2026-09-01"), received(2, "2026-09-05")], at=at("2026-09-06T10:00"))
    assert [(event.kind, event.at) for event in whole.events] == [("merged", at("2026-09-06T10:00"))]
    assert merge([whole]) == whole


def test_events_recorded_in_both_histories_are_kept_once() -> None:
    told = Event("informed", at("2026-09-06T09:00"), told=frozenset({"regulator"}))
    whole = merge([Case(received(1, "2026-09-01"), [told]), Case(received(2, "2026-09-05"), [told, Event("routed")])])
    assert [event.kind for event in whole.events] == ["informed", "merged", "routed"]


def test_k14a_what_ended_a_later_receipt_ends_the_whole_only_where_the_caller_says_so() -> None:
    main = Case(received(1, "2026-11-01"))
    twin = Case(received(2, "2026-11-05"), [Event("replied", at("2026-11-06T09:00")), Event("closed")])
    with pytest.raises(InvalidComplaint, match=r"a later receipt ended on its own \(replied, closed\)"):
        merge([main, twin])
    with pytest.raises(InvalidComplaint, match="endings: 'whole' or 'own' is expected"):
        merge([main, twin], endings="hole")  # type: ignore[arg-type]  # what a caller may pass all the same
    assert [event.kind for event in merge([main, twin], endings="whole").events] == ["merged", "replied", "closed"]
    assert [event.kind for event in merge([main, twin], endings="own").events] == ["merged"]


def test_k14a_what_was_merged_before_changes_nothing() -> None:
    main, twin = Case(received(1, "2026-11-01")), Case(received(2, "2026-11-05"), [Event("closed")])
    whole = merge([main, twin], endings="own")
    assert merge([whole, twin]) == whole


@pytest.mark.parametrize(
    ("first", "later", "number", "reason"),
    [
        ({"complainants": 3}, {"complainants": 2}, None, "three, of whom two came again"),
        ({"complainants": 2}, {"complainants": 5}, 5, "at least five"),
        ({}, {"complainants": 5}, 5, "the first did not say"),
        ({"complainant_keys": ["a"]}, {"complainant_keys": ["b"]}, 2, "two persons by their keys"),
        ({"complainant_keys": ["a"], "complainants": 4}, {"complainant_keys": ["b"]}, None, "four already hold both"),
        ({}, {}, None, "nothing said"),
    ],
)
def test_a_merged_case_has_at_least_everybody_named(first: Any, later: Any, number: int | None, reason: str) -> None:
    whole = merge([received(1, "2026-09-01", **first), received(2, "2026-09-05", **later)])
    changes = next((event.set or {} for event in whole.events if event.kind == "amended"), {})
    assert changes.get("complainants") == number, reason


def test_what_a_third_receipt_tells_is_held_against_what_is_known_by_then() -> None:
    told = [
        {},
        {"amount": 5000, "extra": {"project": "x"}},
        {"amount": 5000, "recorded": ["name"], "extra": {"project": "y"}},
    ]
    whole = merge([received(n, f"2026-09-0{n + 1}", **facts) for n, facts in enumerate(told)])
    changes = [dict(event.set or {}) for event in whole.events if event.kind == "amended"]
    assert changes == [{"amount": 5000, "project": "x"}, {"project": "y", "recorded": {"name"}}]


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ([], "at least one case"),
        (received(1, "2026-09-01"), "write [complaint]"),
        (None, "an iterable of Complaint or Case"),
        ([received(1, "2026-09-01"), "c-2"], "complaints[1]"),
        ([received(1, "2026-09-01"), received(1, "2026-09-02")], "complaints[1]: Complaint.id: the same complaint"),
    ],
)
def test_what_cannot_be_merged_is_refused(cases: Any, words: str) -> None:
    with pytest.raises(InvalidComplaint) as refused:
        merge(cases)
    assert words in str(refused.value)
