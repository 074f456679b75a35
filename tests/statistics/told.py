"""Cases of the worked answers, each with what its text makes of it; worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from complaint_rules.cases.case import Case, Event
from complaint_rules.moments import BEIJING
from tests.by_hand import complaint, ev

AT: Final = dt.datetime(2026, 10, 8, 23, 59, 59, 999999, BEIJING)
"""The end of 8 October, the first working day after the holidays."""
NINTH_OVER: Final = dt.datetime(2026, 10, 10, tzinfo=BEIJING)
"""One microsecond after 9 October ends."""
PLAIN: Final = {
    "channel": "phone", "source": "customer", "complainants": 1,
    "funds_at_risk": False, "repeat": False, "press_risk": False, "unionpay": False,
}  # fmt: skip
"""What holds of each case unless it says otherwise; whether it was marked urgent nobody recorded."""


class Told(NamedTuple):
    """One case: what is given, and where it stands by the limit `whole`, or how it is counted."""

    id: str
    received: str
    facts: Mapping[str, Any]
    events: Sequence[Event]
    standing: str
    why: str


SATISFIED: Final = {"satisfied": True}
NOT: Final = {"satisfied": False}
TWELVE: Final = (
    Told(
        "c01", "2026-09-01T10:00", SATISFIED,
        [
            ev("accepted_by_customer", "2026-09-08T18:00"),
            ev("called_back", "2026-09-09T10:00", by="tier2_branch"), ev("closed", "2026-09-09T11:00"),
        ],
        "in_time", "working days 2, 3, 4, 7, 8: the fifth is the 8th",
    ),
    Told(
        "c02", "2026-09-01T10:00", {"source": "regulator", **NOT},
        [ev("accepted_by_customer", "2026-09-09T09:00"), ev("closed", "2026-09-09T11:00")],
        "late", "the same receipt, accepted on the sixth working day",
    ),
    Told(
        "c03", "2026-09-24T10:00", {"channel": "internet"}, [],
        "open_in_time", "the 25th is Mid-Autumn: 28, 29, 30 September, 8, 9 October",
    ),
    Told(
        "c04", "2026-09-30T16:05", {"complainants": 3, **SATISFIED},
        [ev("accepted_by_customer", "2026-10-02T16:05"), ev("closed", "2026-10-02T17:00")],
        "in_time", "three people make it urgent: 48 hours, in the last instant",
    ),
    Told(
        "c05", "2026-10-01T00:30", {}, [],
        "open_in_time", "half past four in the afternoon of 30 September in UTC is 1 October in Beijing",
    ),
    Told(
        "c06", "2026-09-10T09:00", {"channel": "visit"}, [ev("withdrawn", "2026-09-11T10:00")],
        "void", "withdrawn on the first working day",
    ),
    Told(
        "c07", "2026-09-14T09:00", {"source": "superior", **NOT},
        [
            ev("accepted_by_customer", "2026-09-17T10:00"), ev("closed", "2026-09-17T12:00"),
            ev("called_back", "2026-09-18T10:00", by="ticket_post"), ev("reopened", "2026-09-25T10:00"),
        ],
        "in_time", "accepted on the third working day; reopened later, and open since",
    ),
    Told(
        "c08", "2026-09-14T09:00", SATISFIED,
        [
            ev("accepted_by_customer", "2026-09-16T10:00"), ev("closed", "2026-09-16T12:00"),
            ev("reopened", "2026-09-20T10:00"), ev("closed", "2026-09-28T15:00"),
            ev("called_back", "2026-09-28T16:00", by="tier2_branch"),
        ],
        "in_time", "accepted on the second working day; closed twice, reopened in between",
    ),
    Told(
        "c09", "2026-09-21T10:00", {"source": "press", "press_risk": True},
        [ev("accepted_by_customer", "2026-09-23"), ev("closed", "2026-09-23")],
        "undetermined", "press risk makes it urgent: due on the 23rd at 10:00, accepted at some hour of that day",
    ),
    Told(
        "c10", "2026-09-22T09:00", {"channel": "letter"}, [],
        "open_late", "23, 24, 28, 29, 30 September: due before the holidays",
    ),
    Told(
        "c11", "2026-08-28T09:00", {"unionpay": True, **NOT},
        [
            ev("accepted_by_customer", "2026-09-03T23:59:59"),
            ev("called_back", "2026-09-04T09:00", by="tier1_branch"), ev("closed", "2026-09-04T10:00"),
        ],
        "in_time", "four working days for UnionPay, 31 August to 3 September, to the end of the day",
    ),
    Told(
        "c12", "2026-09-15", SATISFIED,
        [ev("accepted_by_customer", "2026-09-21"), Event("closed", None)],
        "in_time", "16, 17, 18, 20 (a make-up Sunday), 21: the whole of the fifth is in time",
    ),
)  # fmt: skip


def case_of(told: Told) -> Case:
    return Case(complaint(told.received, key=told.id, **{**PLAIN, **told.facts}), told.events)


def cases() -> list[Case]:
    return [case_of(told) for told in TWELVE]


COUNTED_AT: Final = dt.datetime(2026, 9, 30, 18, tzinfo=BEIJING)
TO_SUBBRANCH: Final = {
    "channel": "phone", "received_by": "subbranch", "source": "customer", "repeat": False, "dragging": False,
}  # fmt: skip
AT_ONCE: Final = (ev("resolved", "2026-09-07T09:20"), ev("replied", "2026-09-07T09:30"))
WEEKS_LATER: Final = (ev("resolved", "2026-09-25T10:00"), ev("replied", "2026-09-25T11:00"))
COUNTED: Final = (
    Told("b1", "2026-09-07T09:00", {"dragging": True}, WEEKS_LATER, "complaint", "past the limit, and dragged out"),
    Told("b2", "2026-09-07T09:00", {"source": "regulator"}, AT_ONCE, "complaint", "the regulator passed it on"),
    Told("b3", "2026-09-07T09:00", {"repeat": True}, AT_ONCE, "complaint", "made before"),
    Told("b4", "2026-09-07T09:00", {}, WEEKS_LATER, "not_said", "late without dragging: the text names no class"),
    Told("b5", "2026-09-28T09:00", {}, (), "pending", "every other class needs it settled, which it is not"),
)
"""Five cases of the counting rules of an IT changeover."""


def counted_case(told: Told) -> Case:
    return Case(complaint(told.received, key=told.id, **{**TO_SUBBRANCH, **told.facts}), told.events)
