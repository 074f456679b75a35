"""Cases to measure on: one that a complaint department would know, and dense ones of any length."""

from __future__ import annotations

import datetime as dt
from typing import Final

from complaint_rules import BEIJING, Case, Complaint, Event, load_policy
from complaint_rules.cases.case import EventKind

PSBC: Final = load_policy("psbc-95580")
RECEIVED: Final = dt.datetime(2026, 9, 1, 9, 0, tzinfo=BEIJING)
_PLAIN: Final = Complaint(
    id="c-1", received=RECEIVED, complainants=2, repeat=False, funds_at_risk=False, press_risk=False
)
_MINUTES: Final = 37


def _days(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return RECEIVED.replace(hour=hour, minute=minute) + dt.timedelta(days=day)


def realistic(*, amended: bool = False) -> tuple[Case, dt.datetime]:
    """Give a case of 50 events in seven weeks, five pauses and two extensions among them, and the day after.

    With `amended` one of the events corrects a fact that limits hang on, so that what was known earlier matters.
    """
    told = {"complainant", "reasons"}
    events = [
        Event("registered", _days(0, 9, 20), by="call_centre"),
        Event("acknowledged", _days(0, 9, 25), by="call_centre", told=told),
        Event("routed", _days(0, 10), by="head_office", to="tier1_branch"),
        Event("routed", _days(0, 14), by="tier1_branch", to="tier2_branch"),
        Event("progress_checked", _days(0, 15), by="head_office"),
        Event("routed", _days(0, 16), by="tier2_branch", to="tier1_subbranch"),
        Event("routed", _days(1, 9), by="tier1_subbranch", to="outlet"),
        Event("accepted", _days(1, 9, 30), by="outlet"),
        Event("contact_attempted", _days(1, 10), by="outlet", outcome="unreached"),
        Event("contact_attempted", _days(1, 16), by="outlet", outcome="unreached"),
        Event("contact_attempted", _days(2, 10), by="outlet", outcome="reached"),
        Event("progress_checked", _days(2, 11), by="tier2_branch"),
        Event("investigated", _days(2, 14), by="outlet"),
        Event("investigated", _days(3, 10), by="tier1_subbranch"),
        Event("amended", _days(3, 11), set={"complainants": 3}) if amended else Event("informed", _days(3, 11)),
        Event("approved", _days(3, 15), by="tier2_branch", ref="e-1"),
        Event("extended", _days(3, 16), id="e-1", reason="complex", approved_by="tier2_branch", told=told),
        Event("informed", _days(3, 17), by="outlet", told=told),
        *_pause(4, 9, "mediation", 1),
        *_pause(11, 14, "appraisal", 2),
        Event("supplemented", _days(15, 9), by="complainant"),
        Event("investigated", _days(15, 14), by="outlet"),
        Event("contact_attempted", _days(15, 16), by="outlet", outcome="reached"),
        *_pause(16, 20, "customer_absent", 3),
        Event("progress_checked", _days(21, 9), by="tier2_branch"),
        Event("approved", _days(21, 10), by="tier1_branch", ref="e-2"),
        Event("extended", _days(21, 11), id="e-2", reason="complex", approved_by="tier1_branch", told=told),
        Event("informed", _days(21, 15), by="outlet", told=told),
        *_pause(22, 26, "mediation", 4),
        *_pause(30, 36, "court", 5),
        Event("investigated", _days(37, 9), by="tier1_subbranch"),
        Event("resolved", _days(37, 16), by="outlet"),
        Event("replied", _days(37, 17), by="outlet", items={"result", "basis"}, told={"complainant"}),
        Event("called_back", _days(38, 10), by="call_centre", outcome="unsettled"),
        Event("escalated", _days(38, 11), by="call_centre", to="tier2_branch"),
        Event("routed", _days(38, 14), by="tier2_branch", to="tier1_subbranch"),
        Event("investigated", _days(39, 9), by="tier1_subbranch"),
        Event("contact_attempted", _days(40, 10), by="tier1_subbranch", outcome="reached"),
        Event("resolved", _days(41, 10), by="tier1_subbranch"),
        Event("replied", _days(41, 14), by="tier1_subbranch", items={"result", "basis"}, told={"complainant"}),
        Event("called_back", _days(42, 10), by="call_centre", outcome="settled"),
        Event("accepted_by_customer", _days(42, 10)),
        Event("closed", _days(43, 9), by="call_centre"),
        Event("archived", _days(44, 9), by="call_centre", items={"pages_numbered", "bound"}, outcome="paper"),
    ]
    spare = 50 - len(events)
    events += [Event("disclosed", _days(45, 9, minute), to="legal_compliance") for minute in range(spare)]
    return Case(_PLAIN, events), _days(46, 9)


def _pause(first: int, last: int, reason: str, number: int) -> tuple[Event, Event]:
    return (
        Event("suspended", _days(first, 9), id=f"s-{number}", reason=reason, by="outlet"),
        Event("resumed", _days(last, 9), ref=f"s-{number}", by="outlet"),
    )


def dense(size: int) -> tuple[Case, dt.datetime]:
    """Give a case whose events follow one another every 37 minutes, ten kinds in turn, and the hour after the last."""
    events: list[Event] = []
    when = RECEIVED
    for number in range(size):
        when += dt.timedelta(minutes=_MINUTES)
        events.append(_event(number, when))
    return Case(_PLAIN, events), when + dt.timedelta(hours=1)


def amendments(size: int) -> tuple[Case, dt.datetime]:
    """Give a case of which a fact that a limit hangs on was corrected every minute, and the month after."""
    events = [
        Event("amended", RECEIVED + dt.timedelta(minutes=number + 1), set={"complainants": 2 + number % 5})
        for number in range(size)
    ]
    return Case(_PLAIN, events), RECEIVED + dt.timedelta(days=30)


def _event(number: int, when: dt.datetime) -> Event:
    turn = number % 10
    if turn == 0:
        return Event("routed", when, by="tier1_branch", to="tier2_branch")
    if turn == 1:
        return Event("routed", when, by="tier2_branch", to="outlet")
    if turn == 2:
        return Event("suspended", when, reason="mediation", id=f"s-{number}")
    if turn == 3:
        return Event("resumed", when, ref=f"s-{number - 1}")
    if turn == 5:
        return Event("contact_attempted", when, outcome="unreached")
    if turn == 6 and number < 20:
        return Event("extended", when, approved_by="superior", told={"complainant"})
    if turn == 8:
        return Event("replied", when, items={"result"})
    if turn == 9:
        return Event("called_back", when, outcome="unsettled")
    return Event({4: EventKind.INVESTIGATED, 6: EventKind.INFORMED, 7: EventKind.RESOLVED}[turn], when)
