"""Cases of which properties draw some, and every figure over them counted again by plain means."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import cycle, product
from typing import Any, Final

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case, Event
from complaint_rules.moments import BEIJING
from tests.by_hand import complaint
from tests.golden import china
from tests.statistics.tallied import SMALL, figure, took

AT: Final = dt.datetime(2026, 3, 31, 23, 59, 59, 999999, BEIJING)
RECEIVED: Final = (
    "2026-01-05T09:00",
    "2026-01-31T23:30",  # the last half hour of a month
    "2026-02-01T00:30",  # the month before in UTC
    "2026-02-13T16:00",  # before the Spring Festival
    "2026-03-25",  # a day only
)
DAY: Final = 1_440
HISTORIES: Final[Sequence[Sequence[tuple[str, int | None]]]] = (
    (),  # open
    (("closed", 90),),
    (("resolved", 60), ("closed", 2 * DAY)),
    (("closed", 20 * DAY),),  # late, across a month's end
    (("closed", None),),  # nobody knows when
    (("withdrawn", 2 * DAY),),
    (("withdrawn", 25 * DAY),),  # withdrawn late
    (("not_accepted", DAY),),
    (("closed", DAY), ("reopened", 3 * DAY)),  # open again
    (("closed", DAY), ("reopened", 3 * DAY), ("closed", 30 * DAY)),  # closed twice
    (("closed", 2 * DAY), ("reopened", 40 * DAY), ("withdrawn", 41 * DAY)),
    (("compensated", 2 * DAY), ("compensated", 3 * DAY), ("closed", 3 * DAY)),  # paid twice
    (("closed", 400 * DAY),),  # recorded for later: not known yet
)
"""What happened, in minutes after the receipt; None: at a moment that nobody knows."""
_ANSWERS: Final = cycle((True, False, None))
_REPEATS: Final = cycle((None, True, False, False))
_CHANNELS: Final = cycle(("phone", "letter", None, "visit", "phone"))
_AMOUNTS: Final = cycle((None, Decimal("12.34"), Decimal(5_000)))
_PRODUCTS: Final = cycle((frozenset({"card"}), frozenset({"card", "loan"}), frozenset(), None))
_PERSONS: Final = cycle((1, 1, 3, None, 2, 1, 1))
FIGURES: Final = (
    figure("all"),
    figure("again_ones", of="repeat"),
    figure("first_ones", of="not repeat"),
    figure("satisfaction", share="satisfied", of="satisfied or not satisfied"),
    figure("of_everybody", share="satisfied"),
    figure("repeats", share="repeat"),
    figure("timeliness", limit="whole"),
    figure("met_of_due", share="met('whole')", of="met('whole') or late('whole')"),
    figure("closed_ones", dated="closed"),
    figure("ends", dated=["closed", "withdrawn", "not_accepted"], each=True),
    figure("reopenings", dated="reopened", each=True),
    figure("handling", time=took("received", "closed", "working days")),
    figure("worth", sum="amount"),
    figure("paid", sum={"event": "compensated"}),
)
BY: Final[Sequence[Any]] = ("channel", "month", "again", "products", ("channel", "month"), ("again", "standing(whole)"))
FIRST_OF: Final = {"id": "first_of_all", "title": {"zh": "甲", "en": "A"}, "counts": "again == 'first'", "as": "again"}
PEOPLE: Final = {"id": "people", "title": {"zh": "甲", "en": "A"}, "weight": "complainants"}
SAID: Final = {"id": "said", "title": {"zh": "甲", "en": "A"}, "counts": "satisfied"}
PASSED: Final = {"met": "in_time", "met_late": "late", "running": "open_in_time", "suspended": "open_in_time",
                 "overdue": "open_late"}  # fmt: skip
ENDINGS: Final = ("closed", "withdrawn", "not_accepted")


def _made(number: int, received: str, history: Sequence[tuple[str, int | None]]) -> Case:
    start = dt.datetime.fromisoformat(received).replace(tzinfo=BEIJING)
    events = [
        Event(
            kind, None if minutes is None else start + dt.timedelta(minutes=minutes),
            amount=Decimal("7.50") if kind == "compensated" else None,
        )
        for kind, minutes in history
    ]  # fmt: skip
    return Case(
        complaint(
            received, key=f"p-{number:02d}", satisfied=next(_ANSWERS), repeat=next(_REPEATS), channel=next(_CHANNELS),
            amount=next(_AMOUNTS), products=next(_PRODUCTS), complainants=next(_PERSONS),
        ),
        events,
    )  # fmt: skip


POOL: Final = tuple(_made(number, *one) for number, one in enumerate(product(RECEIVED, HISTORIES)))


@cache
def assessed(case: Case) -> Assessment:
    """Assess a case of the pool, once."""
    return assess(case, SMALL, at=AT, calendar=china())


# --- the same by plain means ---------------------------------------------------------------------------------------


def known(case: Case) -> list[Event]:
    """Give what has happened by the moment asked about, or at a moment that nobody knows, in the order recorded."""
    return [one for one in case.events if one.at is None or moment(one.at) <= AT]


def moment(when: dt.datetime | dt.date) -> dt.datetime:
    """Give a moment, of a day its first instant."""
    return when if isinstance(when, dt.datetime) else dt.datetime.combine(when, dt.time(), BEIJING)


def month(when: dt.datetime | dt.date | None) -> str | None:
    """Give the month in Beijing; the events and receipts of the pool are in Beijing time."""
    return None if when is None else when.isoformat()[:7]


def ending(case: Case) -> Event | None:
    """Give the last ending that no reopening follows."""
    found = None
    for one in known(case):
        if one.kind in ENDINGS:
            found = one
        elif one.kind == "reopened":
            found = None
    return found


def presumed_repeat(case: Case) -> bool:
    """Say whether it is a repeat, presumed not where nobody knows."""
    return case.complaint.repeat is True


def unsure(case: Case) -> bool:
    """Say whether it rests on a presumption that it is no repeat."""
    return case.complaint.repeat is None


def classes(case: Case) -> Counter[str]:
    """Give the class of every run of the limit, as the assessment has it."""
    clock = assessed(case).clocks["whole"]
    found: Counter[str] = Counter()
    for status, late in [(run.status.value, run.late) for run in clock.runs] or [(clock.status.value, False)]:
        if status == "void":
            found["void_late" if late else "void"] += 1
        else:
            found[PASSED.get(status, status)] += 1
    return found


def working_days(start: dt.date, end: dt.date) -> int:
    """Count working days one by one until the other day is reached, and on to the next working day."""
    counted, today = 0, start
    while today < end or (end > start and not china().is_working_day(today)):
        today += dt.timedelta(days=1)
        counted += china().is_working_day(today)
    return counted


def day(when: dt.datetime | dt.date) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def share(cases: Iterable[Case], field: str) -> tuple[int, int, int]:
    """Count a fact without a presumption: yes, no, nobody knows."""
    said = [case.complaint.fact(field) for case in cases]
    return said.count(True), said.count(False), said.count(None)
