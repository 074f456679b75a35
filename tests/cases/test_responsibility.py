from __future__ import annotations

import datetime as dt
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.hands import HANDOVERS
from complaint_rules.cases.responsibility import Holdings, conflicts, holder_at, holdings, share_of
from complaint_rules.conditions.parsing import parse
from complaint_rules.conditions.scopes import Scope
from complaint_rules.errors import CalendarUnpublished, InvalidComplaint, InvalidMoment
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import NO_TITLES, Duty, Modality, Selector
from complaint_rules.policy.secrecy import secrets

CALENDAR = WorkCalendar.china()
OPEN = CALENDAR.with_hours(Hours.of("09:00-12:00", "13:30-17:00"))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def when(text: str) -> dt.datetime | dt.date:
    return dt.date.fromisoformat(text) if len(text) == 10 else at(text)


def case(received: str, *events: Event, **facts: Any) -> Case:
    return Case(Complaint(id="c-1", received=when(received), **{"received_by": "head_office", **facts}), events)


def routed(moment: str | None, to: str | None, **fields: Any) -> Event:
    return Event("routed", None if moment is None else when(moment), to=to, **fields)


def hours(time: dt.timedelta) -> float:
    return time / dt.timedelta(hours=1)


def told(held: Holdings) -> list[tuple[str | None, str, float]]:
    return [("CLOSED" if one.closed else one.holder, f"{one.since:%d %H:%M}", hours(one.natural)) for one in held]


# Who held it -------------------------------------------------------------------------------------------------


def test_a_file_goes_from_hand_to_hand() -> None:
    """Wednesday 30 September 2026 works, 1 to 7 October rest, 8 to 10 October work."""
    held = holdings(
        case(
            "2026-09-30T09:00",
            routed("2026-09-30T11:00", "tier1_branch"),
            routed("2026-10-08T09:00", "outlet", unit="u-17"),
            Event("transferred", at("2026-10-08T12:00"), to="legal"),
            Event("replied", at("2026-10-09T08:00"), by="legal"),
            Event("closed", at("2026-10-09T12:00")),
        ),
        CALENDAR,
        at=at("2026-10-20T00:00"),
    )
    assert told(held) == [
        ("head_office", "30 09:00", 2),
        ("tier1_branch", "30 11:00", 190),
        ("u-17", "08 09:00", 3),
        ("legal", "08 12:00", 24),
    ]
    assert [hours(one.working) for one in held] == [2, 13 + 9, 3, 24], "rest days count nothing"
    assert (held.items[2].level, held.items[3].until) == ("outlet", at("2026-10-09T12:00"))
    assert (hours(held.natural), hours(held.working), held.precise, len(held)) == (219, 51, True, 4)


def test_working_time_lies_within_the_hours_of_the_calendar() -> None:
    held = holdings(case("2026-09-30T08:00", routed("2026-09-30T13:00", "outlet")), OPEN, at=at("2026-10-08T10:00"))
    assert [hours(one.working) for one in held] == [3, 3.5 + 1]


def test_frappe_helpdesk_1895_each_line_answers_for_its_own_time() -> None:
    """frappe/helpdesk#1895: the first line used up the clock and the second was blamed for the breach."""
    held = holdings(
        case("2026-09-30T09:00", routed("2026-10-01T09:00", "second_line"), received_by="first_line"),
        CALENDAR,
        at=at("2026-10-01T12:00"),
    )
    clock = SimpleNamespace(started_at=at("2026-09-30T09:00"), due_at=at("2026-10-01T01:00"), ended_at=None)
    assert share_of(held, clock) == {"first_line": 1}
    assert share_of(held, clock, late=True) == {"first_line": Fraction(8, 11), "second_line": Fraction(3, 11)}
    breach = holder_at(held, clock.due_at)
    assert breach is not None
    assert breach.holder == "first_line"


@pytest.mark.parametrize(
    ("events", "expected", "reason"),
    [
        ([], [("head_office", "30 09:00", 24)], "nobody else"),
        (
            [Event("replied", at("2026-09-30T10:00"), by="outlet")],
            [("head_office", "30 09:00", 24)],
            "replying is no handover",
        ),
        (
            [routed("2026-09-30T10:00", None)],
            [("head_office", "30 09:00", 1), (None, "30 10:00", 23)],
            "passed on, to whom?",
        ),
        (
            [routed("2026-09-30T10:00", "head_office")],
            [("head_office", "30 09:00", 24)],
            "to the same holder: no new stretch",
        ),
        (
            [Event("registered", at("2026-09-30T10:00"), unit="u-1")],
            [("head_office", "30 09:00", 1), ("u-1", "30 10:00", 23)],
            "whatever names a unit leaves the file there",
        ),
        (
            [Event("returned", at("2026-09-30T10:00"), to="reception")],
            [("head_office", "30 09:00", 1), ("reception", "30 10:00", 23)],
            "a return is a handover",
        ),
        (
            [routed("2026-10-02T10:00", "outlet")],
            [("head_office", "30 09:00", 24)],
            "after the moment asked about: not known yet",
        ),
        (
            [Event("reopened", at("2026-09-30T10:00"), to="x")],
            [("head_office", "30 09:00", 1), ("x", "30 10:00", 23)],
            "named",
        ),
        ([Event("withdrawn", at("2026-09-30T10:00"))], [("head_office", "30 09:00", 1)], "withdrawn: nobody holds it"),
        (
            [Event("closed", at("2026-09-30T10:00")), Event("closed", at("2026-09-30T11:00"))],
            [("head_office", "30 09:00", 1)],
            "closed twice: the first counts",
        ),
        (
            [Event("closed", at("2026-09-30T10:00")), Event("reopened", at("2026-09-30T14:00"))],
            [("head_office", "30 09:00", 1), ("CLOSED", "30 10:00", 4), ("head_office", "30 14:00", 19)],
            "reopened: with the last holder",
        ),
        (
            [
                Event("closed", at("2026-09-30T10:00")),
                routed("2026-09-30T11:00", "outlet"),
                Event("reopened", at("2026-09-30T14:00")),
            ],
            [("head_office", "30 09:00", 1), ("CLOSED", "30 10:00", 4), ("outlet", "30 14:00", 19)],
            "passed on while closed",
        ),
        (
            [
                Event("closed", at("2026-09-30T10:00")),
                Event("reopened", at("2026-09-30T14:00"), to="review"),
                Event("closed", at("2026-09-30T15:00")),
            ],
            [("head_office", "30 09:00", 1), ("CLOSED", "30 10:00", 4), ("review", "30 14:00", 1)],
            "reopened with another, and closed again",
        ),
    ],
)
def test_events_move_the_file_as_they_say(events: list[Event], expected: Any, reason: str) -> None:
    held = holdings(case("2026-09-30T09:00", *events), CALENDAR, at=at("2026-10-01T09:00"))
    assert told(held) == expected, reason


def test_a_rule_set_may_have_handovers_of_its_own() -> None:
    filled = case("2026-04-27T09:00", Event("handling_form", at("2026-04-27T15:00"), to="reception"))
    end = at("2026-04-27T17:00")
    assert told(holdings(filled, CALENDAR, at=end)) == [("head_office", "27 09:00", 8)]
    own = holdings(filled, CALENDAR, at=end, handovers=HANDOVERS | {"handling_form"})
    assert told(own) == [("head_office", "27 09:00", 6), ("reception", "27 15:00", 2)]
    with pytest.raises(InvalidComplaint, match="handovers"):
        holdings(filled, CALENDAR, handovers=[7])  # type: ignore[list-item]


def test_closed_time_is_nobodys() -> None:
    held = holdings(
        case("2026-09-30T09:00", Event("closed", at("2026-09-30T10:00")), Event("reopened", at("2026-09-30T14:00"))),
        CALENDAR,
        at=at("2026-09-30T16:00"),
    )
    assert {holder: hours(total.natural) for holder, total in held.totals.items()} == {"head_office": 3}
    assert hours(held.natural) == 7
    clock = SimpleNamespace(started_at=at("2026-09-30T09:00"), due_at=None, ended_at=None)
    assert share_of(held, clock) == {"head_office": 1}
    closed = holder_at(held, at("2026-09-30T11:00"))
    assert closed is not None
    assert (closed.closed, closed.holder) == (True, None)


def test_the_first_holder_may_be_unknown_or_learned_later() -> None:
    unknown = case("2026-09-30T09:00", received_by=None)
    assert holdings(unknown, CALENDAR, at=at("2026-09-30T10:00")).items[0].holder is None
    learned = unknown.with_event(Event("amended", at("2026-09-30T12:00"), set={"received_by": "outlet"}))
    assert told(holdings(learned, CALENDAR, at=at("2026-09-30T13:00"))) == [("outlet", "30 09:00", 4)]


@pytest.mark.parametrize(
    ("events", "expected", "bounds", "reason"),
    [
        (
            [routed("2026-10-02", "outlet")],
            [("head_office", "30 09:00", 63), ("outlet", "03 00:00", 9)],
            [(39, 63), (9, 33)],
            "the day of a handover counts to the giver; it may have been at 00:00 or at 24:00",
        ),
        (
            [routed("2026-10-02", "outlet"), Event("transferred", at("2026-10-02T15:00"), to="legal")],
            [("head_office", "30 09:00", 54), ("outlet", "02 15:00", 0), ("legal", "02 15:00", 18)],
            [(39, 54), (0, 15), (18, 18)],
            "the next handover of that day has a moment",
        ),
        (
            [routed("2026-09-30", "outlet")],
            [("head_office", "30 09:00", 15), ("outlet", "01 00:00", 57)],
            [(0, 15), (57, 72)],
            "not before the receipt",
        ),
        (
            [routed("2026-10-03", "outlet")],
            [("head_office", "30 09:00", 72), ("outlet", "03 09:00", 0)],
            [(63, 72), (0, 9)],
            "not after the moment asked about",
        ),
        (
            [routed(None, "outlet")],
            [("head_office", "30 09:00", 72), ("outlet", "03 09:00", 0)],
            [(0, 72), (0, 72)],
            "it happened, nobody knows when",
        ),
        (
            [routed(None, "outlet"), Event("transferred", at("2026-10-01T09:00"), to="legal")],
            [("head_office", "30 09:00", 24), ("outlet", "01 09:00", 0), ("legal", "01 09:00", 48)],
            [(0, 24), (0, 24), (48, 48)],
            "before the transfer, which comes later in the lifecycle",
        ),
        (
            [Event("closed", dt.date(2026, 10, 1))],
            [("head_office", "30 09:00", 39)],
            [(15, 39)],
            "closed some time that day",
        ),
    ],
)
def test_what_is_known_by_its_day_or_not_at_all_has_bounds(
    events: Any, expected: Any, bounds: Any, reason: str
) -> None:
    held = holdings(case("2026-09-30T09:00", *events), CALENDAR, at=at("2026-10-03T09:00"))
    assert told(held) == expected, reason
    assert [(hours(one.least), hours(one.most)) for one in held] == bounds, reason
    assert not held.precise


def test_a_receipt_known_by_its_day_begins_the_day() -> None:
    held = holdings(case("2026-09-30", routed("2026-09-30T12:00", "outlet")), CALENDAR, at=at("2026-09-30T18:00"))
    assert told(held) == [("head_office", "30 00:00", 12), ("outlet", "30 12:00", 6)]
    assert [(one.precise, hours(one.least), hours(one.most)) for one in held] == [(False, 0, 12), (True, 6, 6)]


@pytest.mark.parametrize(
    ("last", "natural", "reason"),
    [
        (Event("replied", at("2026-10-01T09:00")), 24, "up to the last moment known"),
        (Event("replied", dt.date(2026, 10, 1)), 39, "up to the end of the last day known"),
        (Event("replied"), 0, "nothing known after the receipt"),
    ],
)
def test_without_a_moment_asked_about_an_open_file_ends_with_what_is_known(
    last: Event, natural: int, reason: str
) -> None:
    held = holdings(case("2026-09-30T09:00", last), CALENDAR)
    assert (hours(held.natural), held.items[-1].until) == (natural, None), reason


def test_the_last_day_known_is_no_obstacle() -> None:
    held = holdings(case("2099-12-31", Event("closed", dt.date(2099, 12, 31))), OPEN)
    assert held.natural == dt.timedelta(days=1, microseconds=-1)


def test_nobody_holds_a_file_before_its_receipt() -> None:
    held = holdings(case("2026-09-30T09:00"), CALENDAR, at=at("2026-09-30T08:59"))
    assert (len(held), held.natural, held.working, held.precise, held.totals) == (
        0,
        dt.timedelta(),
        dt.timedelta(),
        True,
        {},
    )
    assert holder_at(held, at("2026-09-30T09:00")) is None


def test_a_calendar_that_refuses_to_guess_refuses_here_too() -> None:
    strict = WorkCalendar.china(unpublished="refuse", as_known_on=dt.date(2026, 11, 20))
    closed = case("2026-12-28", Event("closed", dt.date(2026, 12, 28)))
    assert holdings(closed, strict).working == dt.timedelta(days=1), "28 December 2026 is the last final day"
    with pytest.raises(CalendarUnpublished):
        holdings(closed.complaint, strict, at=at("2027-01-05T00:00"))


# Shares ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("started", "due", "ended", "late", "expected", "reason"),
    [
        ("2026-09-30T09:00", "2026-10-01T09:00", None, False, {"a": "1/4", "b": "3/4"}, "up to the due moment"),
        ("2026-09-30T09:00", "2026-10-01T09:00", "2026-09-30T21:00", False, {"a": "1/2", "b": "1/2"}, "ended before"),
        ("2026-09-30T09:00", "2026-10-01T09:00", "2026-10-01T12:00", True, {"b": "1"}, "the lateness is b's"),
        ("2026-09-30T09:00", "2026-10-01T09:00", "2026-09-30T21:00", True, {}, "not late"),
        ("2026-09-30T09:00", None, None, True, {}, "nothing due, nothing late"),
        ("2026-09-30T09:00", None, None, False, {"a": "1/12", "b": "11/12"}, "an open one: as far as is known"),
        ("2026-09-30", "2026-09-30T23:59:59.999999", None, False, {"a": "2/5", "b": "3/5"}, "a day limit: to 24:00"),
        (
            "2026-09-30T12:00",
            "2026-10-05T09:00",
            "2026-09-30",
            False,
            {"a": "1/4", "b": "3/4"},
            "ended on a day: its end",
        ),
        (None, "2026-10-01T09:00", None, False, {}, "not started"),
        ("2026-11-01T09:00", None, None, False, {}, "started after all that is known"),
    ],
)
def test_each_holder_has_its_share_of_the_limit(
    started: Any, due: Any, ended: Any, late: bool, expected: dict[str, str], reason: str
) -> None:
    """The file is with a from 09:00, with b from 15:00 of 30 September, asked about 72 hours after receipt."""
    held = holdings(
        case("2026-09-30T09:00", routed("2026-09-30T15:00", "b"), received_by="a"), CALENDAR, at=at("2026-10-03T09:00")
    )
    clock = SimpleNamespace(
        started_at=started and when(started), due_at=due and when(due), ended_at=ended and when(ended)
    )
    assert share_of(held, clock, late=late) == {holder: Fraction(share) for holder, share in expected.items()}, reason


def test_a_holding_includes_its_beginning_and_not_its_end() -> None:
    held = holdings(case("2026-09-30T09:00", routed("2026-09-30T15:00", "b")), CALENDAR, at=at("2026-09-30T18:00"))
    found = [
        holder_at(held, at(f"2026-09-30T{time}")) for time in ("08:59", "09:00", "14:59", "15:00", "18:00", "18:01")
    ]
    assert [one and one.holder for one in found] == [None, "head_office", "head_office", "b", "b", None]
    with pytest.raises(InvalidMoment, match="naive"):
        holder_at(held, dt.datetime(2026, 9, 30, 9))  # noqa: DTZ001 - the naive moment is the point


@pytest.mark.parametrize("given", [None, "c-1", 7])
def test_only_a_case_has_holders(given: Any) -> None:
    with pytest.raises(InvalidComplaint, match="a Case or a Complaint is expected"):
        holdings(given, CALENDAR)


# Conflicts and confidentiality -------------------------------------------------------------------------------


def test_declared_interests_speak_against_a_handler() -> None:
    complaint = Complaint(
        id="c-1",
        received=dt.date(2026, 9, 30),
        respondent="e-1",
        interested=frozenset({"e-1", "e-2"}),
        complainant_keys=frozenset({"p-1"}),
    )
    found = conflicts(complaint, ["e-1", "e-2", "e-3", "p-1"])
    assert {key: sorted(one.grounds) for key, one in found.items()} == {
        "e-1": ["interested", "respondent"],
        "e-2": ["interested"],
        "e-3": [],
        "p-1": ["complainant"],
    }
    assert all(one.certain for one in found.values())


def test_an_interest_nobody_asked_about_is_unknown_not_absent() -> None:
    found = conflicts(Complaint(id="c-1", received=dt.date(2026, 9, 30)), "e-1")
    assert (found["e-1"].grounds, found["e-1"].certain) == (frozenset(), False)


@pytest.mark.parametrize(
    ("complaint", "actors", "words"),
    [
        (None, ["e-1"], "a Complaint is expected"),
        (Complaint(id="c-1", received=dt.date(2026, 9, 30)), [7], "actors"),
        (Complaint(id="c-1", received=dt.date(2026, 9, 30)), 7, "actors"),
    ],
)
def test_what_has_no_interests_is_refused(complaint: Any, actors: Any, words: str) -> None:
    with pytest.raises(InvalidComplaint, match=words):
        conflicts(complaint, actors)


def _duty(name: str, act: Selector, modality: Modality = Modality.MUST_NOT, **more: Any) -> Duty:
    return Duty(id=name, title=NO_TITLES, modality=modality, acts=(act,), **more)


def test_secrets_list_what_is_forbidden_to_whom() -> None:
    scope = Scope(event=True)
    file_to_respondent = Selector(
        kind="disclosed", fields=(("to", frozenset({"respondent"})), ("items", frozenset({"file"})))
    )
    duties = [
        _duty("a", file_to_respondent, cite="9"),
        _duty(
            "b",
            Selector(kind="disclosed"),
            Modality.SHOULD_NOT,
            to="press",
            unless=parse("event.reason == 'lawful'", scope),
        ),
        _duty("c", Selector(kind="disclosed"), when=parse("True", scope)),
        _duty("d", Selector(kind="disclosed"), Modality.MUST),
        _duty("e", Selector(kind="compensated")),
    ]
    own = Policy(
        id="own",
        edition="1",
        title=NO_TITLES,
        issuer=NO_TITLES,
        checked_on=dt.date(2026, 11, 21),
        duties=FrozenMap({duty.id: duty for duty in duties}),
        scope=scope,
        document="{}",
        fingerprint="0",
    )
    found = secrets(own)
    assert [(one.duty, set(one.items), set(one.to)) for one in found] == [
        ("a", {"file"}, {"respondent"}),
        ("b", set(), {"press"}),
        ("c", set(), set()),
    ]
    assert [(one.modality, one.cite, one.when, one.unless) for one in found] == [
        (Modality.MUST_NOT, "9", None, None),
        (Modality.SHOULD_NOT, None, None, "event.reason == 'lawful'"),
        (Modality.MUST_NOT, None, "True", None),
    ]
