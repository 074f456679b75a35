"""Strategies for properties, in one place: dates, histories and facts, with awkward real values mixed in."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import CORE_FACTS, Channel, Complaint, Source
from complaint_rules.conditions.scopes import FactSpec, FactType
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.testing.needed import st

FIRST: Final = dt.datetime(2025, 1, 1, tzinfo=BEIJING)
LAST: Final = dt.datetime(2026, 10, 31, tzinfo=BEIJING)
AWKWARD_DAYS: Final = tuple(
    dt.date.fromisoformat(day)
    for day in (
        "2026-02-14",  # a make-up Saturday before Spring Festival
        "2026-02-15",  # the first day of a break of nine
        "2026-02-28",  # a make-up Saturday, and the last of February
        "2024-02-29",  # leap day
        "2025-01-26",  # a make-up Sunday
        "2026-05-09",  # a make-up Saturday after Labour Day
        "2026-09-20",  # a make-up Sunday
        "2026-09-24",  # the Thursday before Mid-Autumn
        "2026-09-30",  # the eve of National Day
        "2026-10-07",  # the last day of it
        "2026-10-10",  # its make-up Saturday
        "2025-12-28",  # the last day that was final while 2026 was unpublished
        "2025-12-31",  # the year's end
        "2026-01-31",  # a month's end that February lacks
    )
)
AWKWARD_MOMENTS: Final = tuple(
    dt.datetime.fromisoformat(text).astimezone(BEIJING)
    for text in (
        "2026-09-30T23:30:00+08:00",  # half an hour before a holiday
        "2026-09-30T16:30:00+00:00",  # half an hour into it, written in UTC
        "2026-10-08T00:00:00+08:00",  # the first instant after it
        "2026-10-07T23:59:59.999999+08:00",  # the last instant of it
        "2026-09-30T12:00:00+08:00",  # as lunch begins
        "2026-09-30T13:30:00+08:00",  # as lunch ends
        "2026-09-25T17:00:00+08:00",  # a Friday at close of business
        "2026-09-28T09:00:00+08:00",  # the Monday after it
        "2026-02-28T23:59:00+08:00",
        "2025-12-31T16:00:00+00:00",  # New Year in Beijing, the year before in UTC
    )
)

days: Final[st.SearchStrategy[dt.date]] = st.one_of(st.sampled_from(AWKWARD_DAYS), st.dates(FIRST.date(), LAST.date()))
minutes: Final = st.integers(0, 24 * 60 - 1).map(lambda minute: dt.timedelta(minutes=minute))
moments: Final[st.SearchStrategy[dt.datetime]] = st.one_of(
    st.sampled_from(AWKWARD_MOMENTS),
    st.builds(lambda day, minute: dt.datetime.combine(day, dt.time(), BEIJING) + minute, days, minutes),
)
whens: Final[st.SearchStrategy[dt.datetime | dt.date]] = st.one_of(moments, days)
"""A moment or a day."""


def spans(within: int = 40) -> st.SearchStrategy[dt.timedelta]:
    """Give lengths of time up to so many days: whole days, minutes, none at all."""
    return st.one_of(
        st.just(dt.timedelta()),
        st.integers(1, within).map(lambda count: dt.timedelta(days=count)),
        st.integers(1, within * 1_440).map(lambda count: dt.timedelta(minutes=count)),
    )


FIGURES: Final = (
    "15 days",
    "1 day",
    "5 working days",
    "48 hours",
    "8 working hours",
    "2 weeks",
    "3 months",
    "90 minutes",
)
"""Figures in every unit that a limit can have."""
figures: Final = st.sampled_from(FIGURES)

_CODES: Final = ("bank", "partner", "customer", "loan", "a", "b")


def fact_values(spec: FactSpec) -> st.SearchStrategy[Any]:
    """Give values that a fact can have, None (unknown) among them."""
    codes = st.sampled_from(tuple(spec.values) if spec.values else _CODES)
    by_type: dict[FactType, st.SearchStrategy[Any]] = {
        FactType.BOOL: st.booleans(),
        FactType.INT: st.sampled_from((1, 2, 3, 4, 5, 6, 10, 19, 20, 30, 100)),
        FactType.DECIMAL: st.sampled_from((0, 5000, 50_000, 100_000)).map(Decimal) | st.just(Decimal("4999.99")),
        FactType.TEXT: codes,
        FactType.SET: st.frozensets(codes, max_size=3),
        FactType.MOMENT: whens,
        FactType.DAY: days,
        FactType.LEVEL: st.sampled_from(_CODES),
    }
    return st.none() | by_type[spec.type]


def complaints(policy: Policy, received: st.SearchStrategy[Any] = moments) -> st.SearchStrategy[Complaint]:
    """Give complaints whose facts are those that a policy reads."""
    return _complaints(policy, received)


@st.composite
def _complaints(draw: st.DrawFn, policy: Policy, received: st.SearchStrategy[Any]) -> Complaint:
    core: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, spec in policy.scope.facts.items():
        if name in ("received", "complainant_keys"):
            continue
        values = fact_values(spec)
        if spec.type is FactType.LEVEL and policy.levels:
            values = st.none() | st.sampled_from([*policy.levels, *policy.bodies])
        match name:
            case "channel":
                values = st.none() | st.sampled_from(Channel)
            case "source":
                values = st.none() | st.sampled_from(Source)
            case "received_by":
                values = st.none() | st.sampled_from([*policy.levels, *policy.bodies] or ["elsewhere"])
        (core if name in CORE_FACTS else extra)[name] = draw(values)
    return Complaint(id="c-1", received=draw(received), **core, extra=extra)


def histories(policy: Policy, since: dt.datetime, most: int = 6) -> st.SearchStrategy[list[Event]]:
    """Give events that a policy may or may not know, in words that its rules use, dated in any manner."""
    return _histories(policy, since, most)


@st.composite
def _histories(draw: st.DrawFn, policy: Policy, since: dt.datetime, most: int) -> list[Event]:
    words = st.none() | st.sampled_from(sorted(set(re.findall(r"[a-z_]{4,30}", policy.document))))
    holders = st.none() | st.sampled_from([*policy.levels, *policy.bodies])
    found = []
    for number in range(draw(st.integers(0, most))):
        at = since + draw(spans(30))
        when: Any = draw(st.sampled_from((at, at, at, at, at.date(), None)))
        found.append(
            Event(
                draw(st.sampled_from(sorted(policy.events))), when, id=f"e{number}", by=draw(holders), to=draw(holders),
                reason=draw(words), outcome=draw(words), approved_by=draw(holders), told=frozenset({"complainant"}),
                due=at + draw(spans(9)),
            )
        )  # fmt: skip
    return found
