"""Slips in names: who acted, which link, which clock; each is said aloud with what was likely meant."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules import BEIJING, Case, Complaint, Event, assess, load_policy
from complaint_rules.errors import UnknownName

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
    assert (note.detail["link"], note.detail["hint"]) == ("same_kinds", "did you mean 'same_kind'?")
    assert "same_kinds" in found.explain("en")


def test_a_wrong_name_in_an_answer_says_what_was_meant() -> None:
    found = assess(COMPLAINT, load_policy("psbc-95580"), at=LATER)
    with pytest.raises(UnknownName, match="did you mean 'whole'"):
        _ = found.clocks["hole"]
    with pytest.raises(KeyError, match="known are priority"):
        _ = found.findings["zzz"]
    assert found.clocks.get("hole") is None
