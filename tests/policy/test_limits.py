"""Cut-off hours, counted opening days and hours of a last day, from the file to the explanation and the rule book."""

from __future__ import annotations

import pytest

from complaint_rules.words.rulebooks import explain_rule
from tests.small import clock, due, duty, limit, own, worked, written

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
