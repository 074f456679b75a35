"""Who has a file at a moment, or had it last; where that cannot be known, nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.holders import InHand, in_hand
from complaint_rules.cases.timeline import Timeline
from tests.by_hand import complaint, ev, instant

ROUTED = ev("routed", "2026-09-23T09:00", to="outlet", unit="net-1")

HELD: list[tuple[str, Sequence[Event], str, InHand | None]] = [
    ("nothing happened: who received it", (), "2026-09-24", InHand("head_office", None)),
    ("before it was handed on", (ROUTED,), "2026-09-23T08:59", InHand("head_office", None)),
    ("from that moment on", (ROUTED,), "2026-09-23T09:00", InHand("outlet", "net-1")),
    ("what names neither hands nothing on", (ROUTED, ev("replied", "2026-09-24T09:00")), "2026-09-25",
        InHand("outlet", "net-1")),
    ("a unit without a level: the level is not known", (ev("accepted", "2026-09-23T09:00", unit="net-2"),),
        "2026-09-24", InHand(None, "net-2")),
    ("a level without a unit", (ev("transferred", "2026-09-23T09:00", to="tier2_branch"),), "2026-09-24",
        InHand("tier2_branch", None)),
    ("handed on without saying to whom: nobody knows", (ev("returned", "2026-09-23T09:00"),), "2026-09-24",
        InHand(None, None)),
    ("reopened by a unit without a level", (ROUTED, ev("reopened", "2026-09-24T09:00", unit="net-3")), "2026-09-25",
        InHand(None, "net-3")),
    ("closed: it had it last", (ROUTED, ev("closed", "2026-09-24T09:00")), "2026-09-25", InHand("outlet", "net-1")),
    ("reopened with another", (ROUTED, ev("reopened", "2026-09-24T09:00", to="head_office")), "2026-09-25",
        InHand("head_office", None)),
    ("on that day, at some hour", (ev("routed", "2026-09-23", to="outlet"),), "2026-09-23T09:00", None),
    ("on that day, and the same had it before", (ev("routed", "2026-09-23", to="head_office"),), "2026-09-23T09:00",
        InHand("head_office", None)),
    ("the day is over", (ev("routed", "2026-09-23", to="outlet"),), "2026-09-24", InHand("outlet", None)),
    ("at a moment nobody knows", (Event("routed", to="outlet"),), "2026-09-24", None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "events", "at", "expected"), HELD, ids=[why for why, *_ in HELD])
def test_who_has_it(why: str, events: Sequence[Event], at: str, expected: InHand | None) -> None:
    case = Case(complaint("2026-09-22T09:00", received_by="head_office"), events)
    assert in_hand(Timeline(case, instant("2026-10-08")), instant(at)) == expected, why


@pytest.mark.parametrize("unseen", ["routed", "transferred", "returned"])
def test_who_cannot_see_handovers_does_not_know(unseen: Any) -> None:
    case = Case(complaint("2026-09-22T09:00", received_by="head_office"), (), unseen={unseen})
    assert in_hand(Timeline(case, instant("2026-10-08")), instant("2026-10-08")) is None
