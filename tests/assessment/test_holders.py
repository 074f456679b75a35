"""Who has a case, and in whose hands a limit ran out, as conditions ask it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.responsibility import holder_at, holdings
from complaint_rules.moments import INSTANT
from complaint_rules.policy.policy import Policy
from complaint_rules.words.assessments import explain
from tests.assessment.test_fast_path import agree, both, outlined
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import TITLE, duty, fact, limit, own, table

RECEIVED: Final = "2026-03-02T09:00"
LATER: Final = "2026-12-01"
LEVELS: Final = ("outlet", "branch", "head_office")
DECLARED: Final = "\n".join(f'[[level]]\nid = "{one}"\n{TITLE}' for one in LEVELS)
WHOLE: Final = limit(
    '[{ within = "10 days" }]', 'void_on = "withdrawn"', 'pauses = [{ reason = "mediation" }]', 'reopen = "continue"'
)
"""Ends with 2026-03-12."""
POLICY: Final = own(
    DECLARED,
    WHOLE,
    *(table(f"now_{one}", ("yes", f"holder('{one}')"), ("no", f"not holder('{one}')")) for one in LEVELS),
    *(
        table(
            f"then_{one}",
            ("yes", f"holder_at_breach('whole', '{one}')"),
            ("no", f"not holder_at_breach('whole', '{one}')"),
        )
        for one in LEVELS
    ),
)


def said(
    asked: str,
    events: Sequence[Event],
    at: str = LATER,
    unseen: Sequence[str] = (),
    received_by: str | None = "head_office",
    received: str = RECEIVED,
) -> dict[str, Any]:
    """Give yes, no, or None where that is not known, of each level."""
    case = Case(complaint(received, received_by=received_by), events, unseen=frozenset(unseen))
    found = assess(case, POLICY, at=instant(at), calendar=china()).findings
    return {level: found[f"{asked}_{level}"].value for level in LEVELS}


def only(level: str | None, *open_: str) -> dict[str, str | None]:
    """Yes of one level and no of the others; of some nobody knows."""
    return {one: "yes" if one == level else None if one in open_ else "no" for one in LEVELS}


ROUTED: Final = ev("routed", "2026-03-04T10:00", to="outlet")
ON: Final = ev("transferred", "2026-03-10T10:00", to="branch")
CLOSED: Final = ev("closed", "2026-03-11T10:00")
LATE: Final = ev("closed", "2026-03-20T10:00")
AGAIN: Final = ev("reopened", "2026-03-25T10:00", to="outlet")


@pytest.mark.parametrize(
    ("events", "unseen", "expected", "why"),
    [
        ([], [], only("head_office"), "who received it"),
        ([ROUTED], [], only("outlet"), "passed on"),
        ([ROUTED, ON], [], only("branch"), "passed on again"),
        ([ROUTED, CLOSED], [], only(None), "ended: nobody has it"),
        ([ROUTED, LATE, AGAIN], [], only("outlet"), "reopened"),
        ([ROUTED, ev("accepted", "2026-03-05T10:00", by="outlet", unit="u-7")], [], only(None, *LEVELS),
            "a unit, of which level is not on record"),
        ([ev("routed", "2026-03-05T10:00", to="branch", unit="u-7")], [], only("branch"), "a unit of the branch"),
        ([ROUTED, Event("transferred", to="branch")], [], only(None, "outlet", "branch"), "nobody knows when"),
        ([ROUTED], ["transferred"], only(None, *LEVELS), "it may have been passed on unseen"),
        ([ROUTED], ["closed"], only(None, "outlet"), "it may have been ended unseen, but nobody else has it"),
        ([ROUTED], ["replied"], only("outlet"), "an answer changes no hands"),
    ],
)  # fmt: skip
def test_who_has_the_case(events: list[Event], unseen: list[str], expected: dict[str, str | None], why: str) -> None:
    assert said("now", events, unseen=unseen) == expected, why


def test_where_nobody_is_on_record_who_received_it_nobody_has_it_for_certain() -> None:
    assert said("now", [], received_by=None) == only(None, *LEVELS)
    assert said("now", [ROUTED], received_by=None) == only("outlet")


@pytest.mark.parametrize(
    ("received_by", "events", "expected", "why"),
    [
        (None, [], {"received_by"}, "that would settle it"),
        (None, [ROUTED], set(), "it was passed on since"),
        ("branch", [], set(), "known"),
        ("branch", [Event("routed", to="outlet")], set(), "when it was passed on is no fact that anybody asks for"),
    ],
)
def test_who_received_it_is_asked_where_it_would_settle_who_has_it(
    received_by: str | None, events: list[Event], expected: set[str], why: str
) -> None:
    policy = own(DECLARED, table("t", ("yes", "holder('outlet')"), ("no", "")))
    case = Case(complaint(RECEIVED, received_by=received_by), events)
    assert {one.fact for one in assess(case, policy, at=instant(LATER), calendar=china()).questions} == expected, why


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2026-03-04T09:59", "head_office"), ("2026-03-04T10:00", "outlet"), ("2026-03-10T10:00", "branch")],
)
def test_it_is_who_has_it_at_the_moment_asked_about(at: str, expected: str) -> None:
    assert said("now", [ROUTED, ON, LATE], at) == only(expected)


def test_who_received_it_may_become_known_later() -> None:
    learnt = ev("amended", "2026-03-05T10:00", set={"received_by": "branch"})
    assert said("now", [learnt]) == only("branch")
    assert said("now", [learnt], "2026-03-05T09:59") == only("head_office")


STOPPED: Final = ev("suspended", "2026-03-05T10:00", reason="mediation")


@pytest.mark.parametrize(
    ("events", "at", "expected", "why"),
    [
        ([ROUTED], "2026-03-12T23:59", only(None), "its last day is not over"),
        ([ROUTED], "2026-03-13T00:00", only("outlet"), "over, at the outlet"),
        ([ROUTED, ON], LATER, only("branch"), "passed on two days before"),
        ([ROUTED, ev("transferred", "2026-03-13T00:00", to="branch")], LATER, only("outlet"), "passed on when late"),
        ([ROUTED, ev("transferred", "2026-03-12", to="branch")], LATER, only("branch"), "passed on that last day"),
        ([ROUTED, ev("transferred", "2026-03-13", to="branch")], LATER, only("outlet"), "passed on the day after"),
        ([ROUTED, CLOSED], LATER, only(None), "closed in time"),
        ([ROUTED, LATE], LATER, only("outlet"), "closed too late"),
        ([ROUTED, LATE, AGAIN, ev("transferred", "2026-04-01", to="branch")], LATER, only("outlet"),
            "it is who had it then that counts"),
        ([ROUTED, ev("withdrawn", "2026-03-11T10:00")], LATER, only(None), "withdrawn in time: void"),
        ([ROUTED, ev("withdrawn", "2026-03-20T10:00")], LATER, only("outlet"), "withdrawn when it was late"),
        ([ROUTED, STOPPED], LATER, only(None), "the watch has stopped"),
        ([ROUTED, Event("transferred", to="branch")], LATER, only(None, "outlet", "branch"), "who had it is not known"),
        ([ROUTED, Event("closed")], LATER, only(None, "outlet", "head_office"),
            "whether it ran out is not known, but the branch never had it"),
    ],
)  # fmt: skip
def test_in_whose_hands_the_limit_ran_out(
    events: list[Event], at: str, expected: dict[str, str | None], why: str
) -> None:
    assert said("then", events, at) == expected, why


def test_by_the_day_of_receipt_alone_the_due_moment_may_lie_before_or_after_a_handover() -> None:
    hours = own(
        DECLARED,
        limit('[{ within = "48 hours" }]'),
        table("t", *((one, f"holder_at_breach('whole', '{one}')") for one in LEVELS), ("none", "")),
    )

    def at_breach(handover: str) -> Any:
        case = Case(complaint("2026-03-02", received_by="head_office"), [ev("routed", handover, to="outlet")])
        return assess(case, hours, at=instant(LATER), calendar=china()).findings["t"].possible

    assert at_breach("2026-03-03T23:00") == ("outlet",), "before the earliest due moment, 4 March 00:00"
    assert set(at_breach("2026-03-04T12:00")) == {"outlet", "head_office", "none"}, "within the day of doubt"
    assert at_breach("2026-03-05T00:00") == ("head_office",), "after the latest"


def test_a_limit_that_nothing_started_ran_out_in_no_hands() -> None:
    policy = own(
        DECLARED,
        limit(start='"accepted"'),
        fact("mystery", assume=None),
        limit('[{ within = "15 days" }]', 'when = "not mystery"', id="other"),
        table("t", ("yes", "holder_at_breach('whole', 'outlet')"), ("no", "")),
        table("u", ("yes", "holder_at_breach('other', 'outlet')"), ("no", "")),
    )
    found = assess(complaint(RECEIVED, received_by="outlet"), policy, at=instant(LATER), calendar=china())
    assert found.findings["t"].value == "no"
    assert found.findings["t"].certain
    assert set(found.findings["u"].possible) == {"yes", "no"}, "whether it applies is not known"


def test_a_duty_of_the_holder_runs_from_the_handover() -> None:
    policy = own(DECLARED, duty("must", '"informed"', "when = \"holder('outlet')\"", 'within = "2 days"', id="tell"))
    case = Case(complaint(RECEIVED, received_by="head_office"), [ev("accepted", "2026-03-03"), ROUTED])
    (found,) = assess(case, policy, at=instant("2026-03-05"), calendar=china()).duties
    assert found.due_at == instant("2026-03-07T00:00") - INSTANT, "two days from the day of the handover"


def test_a_duty_of_a_unit_named_by_any_event_runs_from_that_event() -> None:
    policy = own(DECLARED, duty("must", '"informed"', "when = \"holder('outlet')\"", 'within = "2 days"', id="tell"))
    named = ev("accepted", "2026-03-06T10:00", to="outlet", unit="u-7")
    case = Case(complaint(RECEIVED, received_by="head_office"), [named])
    (found,) = assess(case, policy, at=instant("2026-03-07"), calendar=china()).duties
    assert found.due_at == instant("2026-03-09T00:00") - INSTANT


def test_a_duty_after_a_breach_arises_in_the_instant_after_the_due_moment() -> None:
    policy = own(
        DECLARED,
        WHOLE,
        duty("must", '"reported"', "when = \"holder_at_breach('whole', 'outlet')\"", 'within = "2 days"', id="report"),
    )
    case = Case(complaint(RECEIVED, received_by="head_office"), [ROUTED])
    before = assess(case, policy, at=instant("2026-03-12T23:59"), calendar=china())
    assert not before.duties
    assert before.next_change_at == instant("2026-03-13T00:00")
    (found,) = assess(case, policy, at=instant("2026-03-13T00:00"), calendar=china()).duties
    assert found.due_at == instant("2026-03-15T00:00") - INSTANT, "13 and 14 March"


def test_it_is_said_in_both_languages_why() -> None:
    policy = own(
        DECLARED, WHOLE, table("t", ("yes", "holder('outlet') and holder_at_breach('whole', 'outlet')"), ("no", ""))
    )
    case = Case(complaint(RECEIVED, received_by="head_office"), [ROUTED])
    finding = assess(case, policy, at=instant(LATER), calendar=china()).findings["t"]
    assert "现由甲经办" in explain(finding, "zh")
    assert "“甲”在甲经办时超时" in explain(finding, "zh")
    assert "A has the case" in explain(finding, "en")
    assert "“A” ran out while A had the case" in explain(finding, "en")


def _hanging() -> Policy:
    return own(
        DECLARED,
        WHOLE,
        table("t", ("a", "holder('outlet')"), ("b", "holder_at_breach('whole', 'head_office')"), ("c", "")),
        limit(
            '[{ within = "20 days", when = "holder(\'outlet\')" }, { within = "15 days" }]',
            id="other",
        ),
        duty("must", '"reported"', "when = \"t == 'a'\"", 'within = "2 days"', id="report"),
    )


HANGING: Final = _hanging()


@given(days=st.integers(0, 40), received_by=st.sampled_from([None, *LEVELS]), unseen=st.booleans())
def test_the_answer_is_that_of_the_general_path(days: int, received_by: str | None, unseen: bool) -> None:
    case = Case(complaint(RECEIVED, received_by=received_by), (), unseen=frozenset({"routed"} if unseen else ()))
    fast, general = both(case, HANGING, instant(RECEIVED) + dt.timedelta(days=days))
    assert not outlined(fast)
    agree(fast, general)


_HISTORY: Final = st.lists(
    st.tuples(
        st.sampled_from(["routed", "transferred", "closed", "reopened", "withdrawn"]),
        st.sampled_from(LEVELS),
        st.integers(0, 40),
    ),
    max_size=5,
)


@given(history=_HISTORY, days=st.integers(0, 50))
def test_what_a_condition_says_is_what_the_holdings_say(history: list[tuple[str, str, int]], days: int) -> None:
    """Law: who had the case at the due moment of what was late is `holder_at` of it; now, the last holder."""
    events = [
        Event(
            kind,
            instant(RECEIVED) + dt.timedelta(days=day, minutes=place + 1),
            to=to if kind in ("routed", "transferred") else None,
        )
        for place, (kind, to, day) in enumerate(history)
    ]
    case = Case(complaint(RECEIVED, received_by="head_office"), events)
    at = instant(RECEIVED) + dt.timedelta(days=days, hours=1)
    found = assess(case, POLICY, at=at, calendar=china())
    held = holdings(case, WorkCalendar.china(), at=at)
    last = held.items[-1]
    now = None if last.closed or last.until is not None else last.holder
    assert {one: found.findings[f"now_{one}"].value for one in LEVELS} == only(now)
    clock = found.clocks["whole"]
    then = None
    if clock.standing in ("late", "open_late", "void_late"):
        assert clock.due_at is not None
        holding = holder_at(held, clock.due_at)
        then = None if holding is None else holding.holder
    assert {one: found.findings[f"then_{one}"].value for one in LEVELS} == only(then)


def test_a_clock_says_until_when_it_may_be_kept_by_the_most_generous_reading() -> None:
    policy = own(limit('[{ within = "48 hours" }]'), limit(id="other", start='"accepted"'))
    for recorded in ([], [ev("registered", "2026-03-02T10:00")]):
        found = assess(Case(complaint(RECEIVED), recorded), policy, at=instant("2026-03-03"), calendar=china()).clocks
        assert found["whole"].due_latest == found["whole"].due_at == instant("2026-03-04T09:00")
        assert found["other"].due_latest is None
    by_day = assess(complaint("2026-03-02"), policy, at=instant("2026-03-03"), calendar=china()).clocks["whole"]
    assert (by_day.due_at, by_day.due_latest) == (
        instant("2026-03-04T00:00"), instant("2026-03-05T00:00") - INSTANT,
    )  # fmt: skip
