"""Cases moved in time, and begun with further events."""

from __future__ import annotations

import datetime as dt

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.verification.conformance.acting import beginning_with, going_on, moved_by
from complaint_rules.verification.conformance.replaying import RECEIVED
from complaint_rules.verification.worlds.witnesses import Witness

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
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


def test_more_events_follow_a_minute_apart_and_the_case_is_looked_at_after_them() -> None:
    begun = Witness(case=PLAIN.case.with_event(Event("routed", RECEIVED)), at=RECEIVED + HOUR)
    first, second = going_on([PLAIN, begun], [[Event("closed"), Event("registered")]])
    later = begun.at
    assert [(one.kind, one.at, one.id) for one in first.case.events] == [
        ("closed", RECEIVED + MINUTE, "a-1"), ("registered", RECEIVED + 2 * MINUTE, "a-2"),
    ]  # fmt: skip
    assert first.at == RECEIVED + 3 * MINUTE
    assert [(one.kind, one.at, one.id) for one in second.case.events] == [
        ("routed", RECEIVED, None), ("closed", later + MINUTE, "a-2"), ("registered", later + 2 * MINUTE, "a-3"),
    ]  # fmt: skip
    assert second.at == later + 3 * MINUTE


def test_sixty_histories_are_tried_with_each_case() -> None:
    many = [[Event("closed")]] * 61
    assert len(list(going_on([PLAIN, PLAIN], many))) == len(list(beginning_with([PLAIN, PLAIN], many))) == 120


def test_a_case_is_moved_with_all_that_happened_and_was_agreed_up_to_the_last_day_known() -> None:
    events = [Event("routed", RECEIVED + HOUR), Event("agreed", None, due=RECEIVED + DAY)]
    one = Witness(case=Case(PLAIN.case.complaint, events), at=RECEIVED + 2 * HOUR)
    # The years known begin on 2001-01-01 and end on 2099-12-31; what is agreed is due a day after the receipt.
    for day in (dt.date(2001, 1, 1), dt.date(2026, 3, 5), dt.date(2099, 12, 30)):
        by = day - RECEIVED.date()
        found = moved_by(one, by)
        assert found.case.complaint.received == RECEIVED + by
        assert [(each.at, each.due) for each in found.case.events] == [
            (RECEIVED + HOUR + by, None), (None, RECEIVED + DAY + by),
        ]  # fmt: skip
        assert found.at == RECEIVED + 2 * HOUR + by
    assert moved_by(one, dt.date(2000, 12, 31) - RECEIVED.date()) is one
    assert moved_by(one, dt.date(2099, 12, 31) - RECEIVED.date()) is one, "what is agreed would be due in 2100"
    assert moved_by(PLAIN, dt.date(2099, 12, 31) - RECEIVED.date()).case.complaint.received.year == 2099
    assert moved_by(PLAIN, dt.date(2100, 1, 1) - RECEIVED.date()) is PLAIN
    before = Witness(case=Case(PLAIN.case.complaint, [Event("routed", RECEIVED - DAY)]), at=RECEIVED)
    assert moved_by(before, dt.date(2001, 1, 1) - RECEIVED.date()) is before, "it was routed the day before"
