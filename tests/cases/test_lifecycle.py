"""Where a case stands, and what in a history cannot have been as recorded: all of it, not the first fault."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.lifecycle import State, check, state
from complaint_rules.cases.timeline import Timeline
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.moments import BEIJING
from tests.by_hand import complaint, ev

AT: Final = dt.datetime(2026, 10, 31, 12, tzinfo=BEIJING)
PLACES: Final = frozenset({"outlet", "tier2_branch"})


def case_of(*events: Event) -> Case:
    return Case(complaint("2026-09-20T09:00"), events)


def faults(*events: Event, kinds: frozenset[str] = frozenset()) -> list[tuple[str, str, int | None]]:
    return [(one.code, one.severity, one.place) for one in check(Timeline(case_of(*events), AT), kinds, PLACES)]


@pytest.mark.parametrize(
    ("events", "phase", "ended", "why"),
    [
        ([], "received", False, "nothing happened"),
        ([ev("registered", "2026-09-21"), ev("routed", "2026-09-22")], "routed", False, "the last step"),
        ([ev("routed", "2026-09-22"), ev("informed", "2026-09-23")], "routed", False, "telling is no step"),
        ([ev("closed", "2026-09-22")], "closed", True, "closed"),
        ([ev("closed", "2026-09-22"), ev("archived", "2026-09-23")], "archived", True, "filed away"),
        ([ev("withdrawn", "2026-09-22")], "withdrawn", True, "withdrawn"),
        ([ev("not_accepted", "2026-09-22")], "not_accepted", True, "refused"),
        ([ev("closed", "2026-09-22"), ev("reopened", "2026-09-23")], "reopened", False, "open again"),
        ([ev("audited", "2026-09-22")], "received", False, "a kind of somebody's own is no step"),
        ([ev("closed", "2026-11-22")], "received", False, "not known yet"),
    ],
)
def test_a_state_is_folded_from_the_history(events: list[Event], phase: str, ended: bool, why: str) -> None:
    found = state(case_of(*events), at=AT)
    assert (found.phase, found.ended) == (phase, ended), why
    known = [event.kind for event in events if event.at is not None and event.at < AT.date()]
    assert found.seen == set(known[known.index("reopened") + 1 :] if "reopened" in known else known), why


def test_a_state_knows_what_is_stopped() -> None:
    stopped = (
        State()
        .after(ev("suspended", "2026-09-22", reason="m", id="s"))
        .after(ev("suspended", "2026-09-23", reason="n"))
    )
    assert stopped.stopped == (("s", "m"), (None, "n"))
    assert stopped.after(ev("resumed", "2026-09-24")).stopped == stopped.stopped, "two are open: which is not said"
    assert stopped.after(ev("resumed", "2026-09-24", ref="s")).stopped == ((None, "n"),)
    assert stopped.after(ev("resumed", "2026-09-24", reason="n")).stopped == (("s", "m"),)
    one = State().after(ev("suspended", "2026-09-22", reason="m"))
    assert one.after(ev("resumed", "2026-09-24")).stopped == ()
    assert one.after(ev("reopened", "2026-09-24")).stopped == one.stopped, "a reopening ends no suspension"


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([ev("resumed", "2026-09-22", reason="m")], [("resume_without_pause", "record", 0)], "nothing was stopped"),
        ([ev("suspended", "2026-09-22", reason="m"), ev("resumed", "2026-09-23", ref="x")],
            [("resume_without_pause", "record", 1)], "another reference"),
        ([ev("suspended", "2026-09-22", reason="m"), ev("suspended", "2026-09-23", reason="m")],
            [("already_suspended", "record", 1)], "twice"),
        ([ev("suspended", "2026-09-22", reason="m"), ev("resumed", "2026-09-24", reason="m"),
            ev("suspended", "2026-09-24", reason="m")], [], "as one ends the next begins"),
        ([ev("reopened", "2026-09-22")], [("reopening_of_open_case", "record", 0)], "it was open"),
        ([ev("replied", "2026-09-21"), ev("reopened", "2026-09-22")], [], "after a reply it may be reopened"),
        ([ev("closed", "2026-09-21"), ev("closed", "2026-09-22")], [("already_ended", "record", 1)], "closed twice"),
        ([ev("withdrawn", "2026-09-21"), ev("routed", "2026-09-22")], [("after_withdrawal", "record", 1)],
            "handled after it was withdrawn"),
        ([ev("closed", "2026-09-21"), ev("replied", "2026-09-22")], [("after_closing", "record", 1)],
            "handled after it was closed"),
        ([ev("not_accepted", "2026-09-21"), ev("routed", "2026-09-22")], [("after_refusal", "record", 1)],
            "handled after it was refused"),
        ([ev("not_accepted", "2026-09-21"), ev("registered", "2026-09-22")], [], "a refusal may be registered"),
        ([ev("accepted", "2026-09-21"), ev("not_accepted", "2026-09-22")], [("refused_after_acceptance", "record", 1)],
            "refused after it was accepted"),
        ([ev("archived", "2026-09-21")], [("archived_before_closing", "record", 0)], "filed while open"),
        ([ev("closed", "2026-09-21"), ev("archived", "2026-09-22")], [], "filed when closed"),
        ([ev("closed", "2026-09-21"), ev("reopened", "2026-09-22"), ev("replied", "2026-09-23")], [], "open again"),
        ([ev("ruted", "2026-09-21")], [("unknown_kind", "record", 0)], "no such kind"),
        ([ev("routed", "2026-09-21", to="outlett")], [("unknown_level", "record", 0)], "a slip"),
        ([ev("routed", "2026-09-21", to="desk-17")], [], "an opaque key is no slip"),
        ([ev("amended", "2026-09-21")], [("empty_amendment", "record", 0)], "amends nothing"),
        ([Event("suspended", reason="m"), Event("resumed", reason="m")],
            [("pause_without_moment", "record", 0), ("pause_without_moment", "record", 1)], "a pause nobody dated"),
        ([ev("routed", "2026-09-22"), ev("registered", "2026-09-21")], [("recorded_out_of_order", "note", 1)],
            "recorded late"),
        ([ev("routed", "2026-09-22"), Event("registered"), ev("closed", "2026-09-23")], [], "nobody knows when"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_is_named_with_its_place(
    events: list[Event], expected: list[tuple[str, str, int]], why: str
) -> None:
    assert faults(*events) == expected, why


def test_every_fault_of_a_history_is_reported_at_once() -> None:
    """Issue 3, bad input: all reported together, with place and likely intent."""
    events = [
        ev("received", "2026-09-25T09:00"), ev("resumed", "2026-09-22", reason="m"), ev("reopened", "2026-09-22"),
        ev("routed", "2026-09-01"), ev("closed", "2027-01-01"), ev("ruted", "2026-09-23", to="outlett"),
        ev("ruted", "2026-09-23", to="outlett"), ev("registered", "2026-09-21"),
    ]  # fmt: skip
    found = check(Timeline(case_of(*events), AT), frozenset(), PLACES)
    assert {(one.code, one.place) for one in found} == {
        ("second_receipt", 0), ("resume_without_pause", 1), ("reopening_of_open_case", 2), ("before_receipt", 3),
        ("not_yet_known", 4), ("unknown_kind", 5), ("unknown_level", 5), ("duplicate", 6), ("recorded_out_of_order", 7),
    }  # fmt: skip
    meant = {one.code: one.detail["meant"] for one in found if "meant" in one.detail}
    assert meant == {"unknown_kind": "routed", "unknown_level": "outlet"}


def test_the_kinds_of_a_policy_are_known_kinds() -> None:
    assert faults(ev("audited", "2026-09-22"), kinds=frozenset({"audited"})) == []
    assert faults(ev("audited", "2026-09-22")) == [("unknown_kind", "record", 0)]


@pytest.mark.parametrize("field", ["by", "to"])
def test_a_misspelt_level_is_told_whether_it_acts_or_is_told(field: str) -> None:
    assert faults(ev("routed", "2026-09-22", **{field: "tier2_brnch"})) == [("unknown_level", "record", 0)]


# What cannot have happened when it says it did: before the case began, after it ended or without what it ends.
_IMPOSSIBLE: Final = {
    "before_receipt", "bad_amendment", "resume_without_pause", "reopening_of_open_case", "after_withdrawal",
    "after_closing", "after_refusal", "refused_after_acceptance",
}  # fmt: skip


@pytest.mark.parametrize("severity", list(Severity))
def test_a_breach_speaks_against_an_act_and_so_does_what_cannot_have_happened(severity: Severity) -> None:
    for code in ViolationCode:
        found = Violation(code=code, severity=severity)
        assert found.speaks_against is (severity == "breach" or code.value in _IMPOSSIBLE), code
