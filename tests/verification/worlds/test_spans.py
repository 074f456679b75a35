"""Stretches of time that samples stand for, and how regions say them: expected by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules.moments import BEIJING
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.worlds.boxes import Box
from complaint_rules.verification.worlds.spans import Meantime, from_to, span_of
from complaint_rules.verification.worlds.variables import Matter, Thing
from complaint_rules.verification.worlds.worlds import Worlds
from tests.small import fact, limit, own, table

FIRST, TENTH = dt.date(2026, 3, 1), dt.date(2026, 3, 10)
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=BEIJING)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("when", "marks", "span", "why"),
    [
        (FIRST, [FIRST, TENTH], Meantime(FIRST, FIRST, at=True), "the day itself"),
        (dt.date(2026, 2, 28), [FIRST, TENTH], Meantime(None, FIRST), "before all of them"),
        (dt.date(2026, 3, 5), [FIRST, TENTH], Meantime(FIRST, TENTH), "between two"),
        (dt.date(2026, 3, 11), [FIRST, TENTH], Meantime(TENTH, None), "after all of them"),
        (NOON, [FIRST], Meantime(FIRST, FIRST, at=True), "a moment of the day"),
        (NOON, [NOON], Meantime(NOON, NOON, at=True), "the moment itself"),
        (NOON - SECOND, [NOON], Meantime(None, NOON), "a second before, on the same day"),
        (NOON + SECOND, [NOON, TENTH], Meantime(NOON, TENTH), "between a moment and a day"),
        (NOON, [], Meantime(None, None), "nothing is compared with it"),
        (NOON - SECOND, [FIRST, NOON], None, "on a day that a moment parts"),
        (FIRST, [NOON], None, "a day that a moment parts"),
    ],
)
def test_a_sample_stands_for_what_lies_between_the_same_marks(
    when: dt.date, marks: list[dt.date], span: Meantime | None, why: str
) -> None:
    assert span_of(when, marks) == span, why


AT_FIRST, AT_TENTH = Meantime(FIRST, FIRST, at=True), Meantime(TENTH, TENTH, at=True)


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (AT_FIRST, AT_FIRST, "2026-03-01（周日）", "2026-03-01 (Sun)"),
        (AT_FIRST, AT_TENTH, "2026-03-01（周日）至2026-03-10（周二）", "from 2026-03-01 (Sun) to 2026-03-10 (Tue)"),
        (Meantime(None, FIRST), Meantime(None, FIRST), "2026-03-01（周日）之前", "before 2026-03-01 (Sun)"),
        (Meantime(None, FIRST), AT_FIRST, "2026-03-01（周日）及以前", "up to 2026-03-01 (Sun)"),
        (AT_TENTH, Meantime(TENTH, None), "2026-03-10（周二）及以后", "from 2026-03-10 (Tue) on"),
        (Meantime(TENTH, None), Meantime(TENTH, None), "2026-03-10（周二）之后", "after 2026-03-10 (Tue)"),
        (AT_FIRST, Meantime(FIRST, TENTH), "2026-03-01（周日）及以后、2026-03-10（周二）之前",
         "from 2026-03-01 (Sun) on, before 2026-03-10 (Tue)"),
        (Meantime(FIRST, TENTH), AT_TENTH, "2026-03-01（周日）之后至2026-03-10（周二）",
         "after 2026-03-01 (Sun), up to 2026-03-10 (Tue)"),
        (Meantime(FIRST, TENTH), Meantime(FIRST, TENTH), "2026-03-01（周日）与2026-03-10（周二）之间",
         "between 2026-03-01 (Sun) and 2026-03-10 (Tue)"),
        (Meantime(None, FIRST), Meantime(TENTH, None), "任何时间", "any time"),
    ],
)  # fmt: skip
def test_what_follows_upon_each_other_is_said_as_one(first: Meantime, last: Meantime, zh: str, en: str) -> None:
    assert from_to(first, last) == (zh, en)


DATED = own(fact("signed", "day", None), table("t", ("a", "signed < '2026-03-01'"), ("b", "signed > '2026-03-10'")))
"""The day lies before the first, on it, between (twice), on the tenth, after it, or is unknown."""


@pytest.mark.parametrize(
    ("mask", "en"),
    [
        (0b0000001, "A: before 2026-03-01 (Sun)"),
        (0b0011110, "A: from 2026-03-01 (Sun) to 2026-03-10 (Tue)"),
        (0b0001100, "A: between 2026-03-01 (Sun) and 2026-03-10 (Tue)"),
        (0b0111111, "A: any time"),
        (0b1100001, "A: before 2026-03-01 (Sun) or after 2026-03-10 (Tue) or unknown"),
        (0b1101111, "A: before 2026-03-10 (Tue) or after 2026-03-10 (Tue) or unknown"),
    ],
)
def test_a_region_says_from_when_to_when(mask: int, en: str) -> None:
    worlds = Worlds(DATED)
    place = worlds.place_of(Matter(Thing.FACT, "signed"))
    assert place is not None
    masks = [one.full for one in worlds.variables]
    masks[place] = mask
    assert Box(variables=worlds.variables, masks=tuple(masks)).text("en") == en


def where(code: str, *parts: str) -> str:
    (one,) = analyse(own(*parts)).of(code)
    assert one.region is not None
    return one.region.text("en")


def test_where_a_table_has_a_gap_is_a_stretch_of_time() -> None:
    parts = table("t", ("a", "received < '2026-03-01'"), ("b", "received > '2026-03-10'"))
    assert where("gap", parts) == "moment of receipt: from 2026-03-01 (Sun) to 2026-03-10 (Tue)"


def test_what_does_not_matter_is_left_out() -> None:
    """Not routed there is no value, whatever the amount is, and however often it was replied to."""
    rows = (("a", "has('routed') and amount > 5"), ("b", "has('routed') and count('replied') >= 8 and amount > 7"))
    assert where("gap", table("t", *rows)) == "“routed”: none of it happened"


def test_what_is_known_is_left_out_where_the_finding_says_so() -> None:
    """It applies to a joint complaint, or to more than two; one of the two is said, that both are known is not."""
    figures = limit('[{ within = "5 days", when = "amount > 5" }]', 'when = "complainants > 2 or joint"')
    assert where("no_figure", figures).count(";") == 1
    assert "unknown" not in where("no_figure", figures)


def test_the_receipt_is_no_event_that_did_not_happen() -> None:
    rows = (("a", "elapsed('received', '3 days', until='routed')"), ("b", "amount > 5"))
    assert where("gap", table("t", *rows)).startswith("“routed”: none of it happened; looked at on 2026-03-04")


def test_of_facts_compared_with_each_other_a_sample_is_said_to_be_one() -> None:
    both = fact("happened", "moment", None), fact("noticed", "moment", None)
    assert "as 2026-03-" in where("gap", *both, table("t", ("a", "happened < noticed")))
