"""In which class the latest run of a limit stands, as conditions ask it: always in exactly one."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.conditions.scopes import STANDINGS
from complaint_rules.policy.policy import Policy
from tests.assessment.test_fast_path import agree, both
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import duty, fact, limit, own, table

RECEIVED: Final = "2026-03-02T09:00"
LATER: Final = "2026-12-01"
SOON: Final = ev("closed", "2026-03-05T10:00")
LATE: Final = ev("closed", "2026-03-20T10:00")
PARTS: Final = (
    fact("mystery", assume=None),
    limit(
        '[{ within = "10 days" }]', 'void_on = "withdrawn"', 'pauses = [{ reason = "mediation" }]',
        'reopen = "continue"', 'when = "not mystery"',
    ),
    limit('[{ within = "5 days" }]', id="reply", start='"accepted"'),
)  # fmt: skip
POLICY: Final = own(
    *PARTS,
    table("t", *((one, f"standing('whole', '{one}')") for one in STANDINGS)),
    table("all", *((one, f"standing('whole', '{one}')") for one in STANDINGS), every=True),
    table("reply_t", *((one, f"standing('reply', '{one}')") for one in STANDINGS)),
)
"""The limit ``whole`` ends with 2026-03-12."""


@pytest.mark.parametrize(
    ("events", "at", "mystery", "expected", "why"),
    [
        ([], "2026-03-12T23:59", False, "open_in_time", "its last day is not over"),
        ([], "2026-03-13T00:00", False, "open_late", "its last day is over"),
        ([SOON], LATER, False, "in_time", "closed within ten days"),
        ([LATE], LATER, False, "late", "closed after them"),
        ([LATE], "2026-03-15", False, "open_late", "not yet closed then"),
        ([Event("closed")], LATER, False, "undetermined", "closed, nobody knows when"),
        ([ev("closed", "2026-03-12"), ev("reopened", "2026-03-30")], LATER, False, "open_late", "again open"),
        ([ev("withdrawn", "2026-03-05")], LATER, False, "void", "withdrawn in time"),
        ([ev("withdrawn", "2026-03-25")], LATER, False, "void_late", "withdrawn when it was late"),
        ([ev("suspended", "2026-03-04T09:00", reason="mediation")], "2026-03-30", False, "open_in_time",
            "the watch has stopped"),
        ([], LATER, True, "not_applicable", "it does not apply"),
    ],
)  # fmt: skip
def test_a_limit_stands_in_one_class(events: list[Event], at: str, mystery: bool, expected: str, why: str) -> None:
    found = assess(Case(complaint(RECEIVED, mystery=mystery), events), POLICY, at=instant(at), calendar=china())
    assert found.findings["t"].value == expected, why
    assert found.findings["all"].value == frozenset({expected}), "in no other"
    assert found.findings["t"].certain, "which class it is, is never unknown"


def test_a_limit_that_nothing_started_is_not_started() -> None:
    found = assess(complaint(RECEIVED, mystery=False), POLICY, at=instant(LATER), calendar=china())
    assert found.findings["reply_t"].value == "not_started"


def test_a_duty_that_waits_for_a_class_arises_in_the_instant_after_the_due_moment() -> None:
    policy = own(
        *PARTS,
        duty("must", '"reported"', "when = \"standing('whole', 'open_late')\"", 'within = "2 days"', id="one"),
        duty("must", '"reported"', "when = \"late('whole')\"", 'within = "2 days"', id="other"),
    )
    case = complaint(RECEIVED, mystery=False)
    assert not assess(case, policy, at=instant("2026-03-12T23:59"), calendar=china()).duties
    for recorded in (case, Case(case, [ev("registered", "2026-03-02T10:00")])):
        found = assess(recorded, policy, at=instant("2026-03-13T00:00"), calendar=china()).duties
        dues = [one.due_at.date() for one in found if one.due_at is not None]
        assert dues == [dt.date(2026, 3, 14)] * 2, "13 and 14 March, as for what is late"


def _hanging() -> Policy:
    return own(
        *PARTS,
        table("t", ("a", "standing('whole', 'undetermined')"), ("b", "standing('reply', 'not_started')"), ("c", "")),
        limit(
            "[{ within = \"20 days\", when = \"standing('whole', 'open_late', 'not_applicable')\" }, "
            '{ within = "15 days" }]',
            id="other",
        ),
        duty("must", '"reported"', "when = \"standing('whole', 'open_late')\"", 'within = "2 days"', id="report"),
    )


HANGING: Final = _hanging()


@given(days=st.integers(0, 40), mystery=st.sampled_from([True, False, None]))
def test_the_answer_is_that_of_the_general_path(days: int, mystery: bool | None) -> None:
    case = Case(complaint(RECEIVED, mystery=mystery), ())
    agree(*both(case, HANGING, instant(RECEIVED) + dt.timedelta(days=days)))


_HISTORY: Final = st.lists(
    st.tuples(st.sampled_from(["closed", "reopened", "withdrawn", "accepted"]), st.integers(0, 40)), max_size=5
)


@given(history=_HISTORY, days=st.integers(0, 50))
def test_what_a_condition_says_is_what_the_clock_says(history: list[tuple[str, int]], days: int) -> None:
    """Law: a run is in exactly one class, now; and what is late or met is in a class that says so."""
    events = [Event(kind, instant(RECEIVED) + dt.timedelta(days=day, hours=1)) for kind, day in history]
    case = Case(complaint(RECEIVED, mystery=False), events)
    found = assess(case, POLICY, at=instant(RECEIVED) + dt.timedelta(days=days), calendar=china())
    for name, asked in (("whole", "t"), ("reply", "reply_t")):
        clock = found.clocks[name]
        assert found.findings[asked].value == clock.standing
        assert (clock.status.value == "met") == (clock.standing == "in_time")
        assert clock.standing.startswith("void") == (clock.status.value == "void")


def test_a_duty_hangs_on_the_class_as_it_stood_before_the_facts_were_known_otherwise() -> None:
    """Late by the facts as known on 13 March; that the limit does not apply was learnt on the 15th."""
    policy = own(
        *PARTS,
        duty("must", '"reported"', "when = \"standing('whole', 'open_late')\"", 'within = "2 days"', id="report"),
    )
    learnt = ev("amended", "2026-03-15T10:00", set={"mystery": True})
    case = Case(complaint(RECEIVED, mystery=False), [learnt])
    (before,) = assess(case, policy, at=instant("2026-03-14"), calendar=china()).duties
    assert before.due_at is not None
    assert before.due_at.date() == dt.date(2026, 3, 14)
    (after,) = assess(case, policy, at=instant("2026-03-16"), calendar=china()).duties
    assert after.due_at == before.due_at, "it arose then, and was due then"
