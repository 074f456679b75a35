"""Cases moved in time, and begun with further events."""

from __future__ import annotations

import datetime as dt

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.verification.conformance.acting import beginning_with, moved_by
from complaint_rules.verification.conformance.replaying import RECEIVED
from complaint_rules.verification.worlds.witnesses import Witness

PLAIN = Witness(case=Case(Complaint(id="x-1", received=RECEIVED)), at=RECEIVED)


def test_a_case_is_not_moved_out_of_the_years_known() -> None:
    """A hundred years before 2026 nobody knows which days are worked."""
    assert moved_by(PLAIN, dt.timedelta(days=-36_525)) is PLAIN
    assert moved_by(PLAIN, dt.timedelta(days=1)).at == RECEIVED + dt.timedelta(days=1)


def test_further_events_come_first_a_second_apart() -> None:
    later = Witness(case=PLAIN.case.with_event(Event("routed", RECEIVED + dt.timedelta(days=3))), at=PLAIN.at)
    (found,) = beginning_with([later], [[Event("closed"), Event("registered")]])
    assert [(one.kind, one.at) for one in found.case.events] == [
        ("closed", RECEIVED + dt.timedelta(seconds=1)), ("registered", RECEIVED + dt.timedelta(seconds=2)),
        ("routed", RECEIVED + dt.timedelta(days=3)),
    ]  # fmt: skip
    assert list(beginning_with([], [[Event("closed")]])) == []
