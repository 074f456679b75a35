"""What a record cannot show, shows at no moment, or contradicts, leaves open whatever it could change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import attrs
import pytest

from complaint_rules import Case, Complaint, Event, assess, load_policy
from complaint_rules.assessment.clocks import Clock
from complaint_rules.policy.policy import Policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import duty, fact, limit, own, written

RECEIVED: Final = "2026-09-20T09:00"  # ten days end with 30 September
NONE: Final = frozenset[str]()
ROWS: Final = '[{ within = "10 days" }]'


class Told(NamedTuple):
    """Lines of a limit of ten days, a history, and where the limit stands on 20 October."""

    why: str
    lines: Sequence[str]
    events: Sequence[Event]
    unseen: frozenset[str]
    status: str
    doubtful: tuple[str, ...] = ()


LATE: Final = ev("closed", "2026-10-04T10:00")
IN_TIME: Final = ev("closed", "2026-09-25T10:00")
PAUSES: Final = 'pauses = [{ reason = "mediation" }]'
EXTENSION: Final = ("[[limit.extension]]", 'add = "5 days"', 'approved_by = "board"')
BOARD: Final = '[[body]]\nid = "board"\ntitle = { zh = "董事会", en = "Board" }'


def asked(event: str = "2026-09-28", **fields: Any) -> Event:
    return ev("extended", event, id="x", **fields)


TABLE: Final = [
    Told("nothing in doubt", [PAUSES], [LATE], NONE, "met_late"),
    Told("an unseen pause may have made it due later", [PAUSES], [LATE], frozenset({"suspended"}),
        "undetermined", ("suspended",)),
    Told("but not earlier", [PAUSES], [IN_TIME], frozenset({"suspended"}), "met"),
    Told("an unseen pause bears on no limit that none stops", [], [LATE], frozenset({"suspended"}), "met_late"),
    Told("so does a pause of which nobody knows when", [PAUSES], [Event("suspended", reason="mediation"), LATE], NONE,
        "undetermined", ("suspended",)),
    Told("not one for a reason the limit does not know", [PAUSES], [Event("suspended", reason="holiday"), LATE], NONE,
        "met_late"),
    Told("a resumption speaks of a pause", [PAUSES], [ev("resumed", "2026-09-29", reason="mediation"), LATE], NONE,
        "undetermined", ("resumed",)),
    Told("whatever the reason, where it names none", [PAUSES], [ev("resumed", "2026-09-29"), LATE], NONE,
        "undetermined", ("resumed",)),
    Told("not when the limit had run out before", [PAUSES], [ev("resumed", "2026-10-03", reason="mediation"), LATE],
        NONE, "met_late"),
    Told("it went on, nobody knows when: it may have stood still to the end", [PAUSES],
        [ev("suspended", "2026-09-25", reason="mediation"), Event("resumed", reason="mediation"), LATE], NONE,
        "undetermined"),
    Told("it ended before it could be late, however short the pause", [PAUSES],
        [ev("suspended", "2026-09-23", reason="mediation"), Event("resumed", reason="mediation"), IN_TIME], NONE,
        "met"),
    Told("whether it goes on cannot be seen", [PAUSES], [ev("suspended", "2026-09-25", reason="mediation")],
        frozenset({"resumed"}), "undetermined"),
    Told("an unseen extension may have sufficed", EXTENSION, [LATE], frozenset({"extended"}), "undetermined",
        ("extended",)),
    Told("no extension would have", EXTENSION, [ev("closed", "2026-10-06T10:00")], frozenset({"extended"}), "met_late"),
    Told("nor before the limit ends at all", EXTENSION, [], frozenset({"extended"}), "overdue"),
    Told("its approval cannot be seen", EXTENSION, [asked(), LATE], frozenset({"approved"}), "undetermined",
        ("approved",)),
    Told("its approval has no moment", EXTENSION, [asked(), Event("approved", ref="x", approved_by="board"), LATE],
        NONE, "undetermined", ("approved",)),
    Told("another total is a bound", ["[[limit.extension]]", 'to = "90 days"'],
        [ev("closed", "2027-01-04T10:00")], frozenset({"extended"}), "met_late", ()),
    Told("a shorter total is none", ["[[limit.extension]]", 'to = "3 days"'],
        [ev("closed", "2027-01-04T10:00")], frozenset({"extended"}), "met_late", ()),
    Told("a total in another unit has no bound", ["[[limit.extension]]", 'to = "3 months"'],
        [ev("closed", "2027-01-04T10:00")], frozenset({"extended"}), "undetermined", ("extended",)),
    Told("a total from another event has none", ["[[limit.extension]]", 'to = "90 days"', 'from = "accepted"'],
        [ev("closed", "2027-01-04T10:00")], frozenset({"extended"}), "undetermined", ("extended",)),
    Told("a withdrawal may have come first", ['void_on = "withdrawn"'], [], frozenset({"withdrawn"}), "undetermined",
        ("withdrawn",)),
    Told("one without a moment did or did not", ['void_on = "withdrawn"'], [Event("withdrawn")], NONE, "void"),
    Told("it may have been started anew", ['restart = { on = "supplemented" }'], [LATE],
        frozenset({"supplemented"}), "undetermined", ("supplemented",)),
    Told("another time may have been agreed", ['agreed = "agreed"'], [LATE], frozenset({"agreed"}), "undetermined",
        ("agreed",)),
    Told("an earlier one too", ['agreed = "agreed"'], [IN_TIME], frozenset({"agreed"}), "undetermined", ("agreed",)),
    Told("it may have gone on after a reopening", ['reopen = "continue"'], [IN_TIME], frozenset({"reopened"}),
        "undetermined", ("reopened",)),
    Told("its end cannot be seen", [], [], frozenset({"closed"}), "undetermined", ("closed",)),
    Told("an earlier end cannot be seen", [], [LATE], frozenset({"closed"}), "undetermined", ("closed",)),
    Told("a closing of which nobody knows when", [], [Event("closed")], NONE, "undetermined", ("closed",)),
    Told("it ended before it began, says the record: nobody knows when", [], [ev("closed", "2026-09-20T08:59")], NONE,
        "undetermined", ("closed",)),
]  # fmt: skip


@pytest.mark.parametrize("told", TABLE, ids=lambda told: told.why)
def test_a_verdict_that_the_record_cannot_bear_out_is_undetermined(told: Told) -> None:
    policy = own(BOARD, limit(ROWS, *told.lines))
    case = Case(complaint(RECEIVED), told.events, unseen=told.unseen)
    late = "2027-02-01" if told.events and told.events[-1].at and "2027" in str(told.events[-1].at) else "2026-10-20"
    found = assess(case, policy, at=instant(late), calendar=china())
    clock = found.clocks["whole"]
    assert (clock.status, clock.runs[-1].doubtful) == (told.status, told.doubtful)
    accused = [one for one in found.violations if one.code == "late"]
    assert bool(accused) is (told.status in ("met_late", "overdue"))


def test_what_is_late_when_it_is_withdrawn_is_so_only_where_nothing_unseen_could_have_lengthened_it() -> None:
    policy = own(limit(ROWS, PAUSES, 'void_on = "withdrawn"'))
    for unseen, late in ((NONE, True), (frozenset({"suspended"}), False)):
        case = Case(complaint(RECEIVED), [ev("withdrawn", "2026-10-04T10:00")], unseen=unseen)
        clock = assess(case, policy, at=instant("2026-10-20"), calendar=china()).clocks["whole"]
        assert (clock.status, clock.runs[0].late) == ("void", late)


def test_a_requirement_of_a_pause_may_have_been_met_by_what_cannot_be_seen() -> None:
    policy = own(limit(ROWS, 'pauses = [{ reason = "mediation", requires = "\'complainant\' in event.told" }]'))
    events = [
        ev("suspended", "2026-09-25", reason="mediation", id="p"),
        ev("resumed", "2026-10-02", reason="mediation"),
        LATE,
    ]
    for unseen, status in ((NONE, "met_late"), (frozenset({"informed"}), "undetermined")):
        case = Case(complaint(RECEIVED), events, unseen=unseen)
        assert assess(case, policy, at=instant("2026-10-20"), calendar=china()).clocks["whole"].status == status


# --- which run is the latest ---


def runs(policy: Policy, events: Sequence[Event], unseen: frozenset[str] = NONE) -> Clock:
    case = Case(complaint(RECEIVED), events, unseen=unseen)
    return assess(case, policy, at=instant("2026-10-20"), calendar=china()).clocks["whole"]


def test_a_limit_that_may_run_once_more_is_not_met_as_a_whole() -> None:
    policy = own(limit('[{ within = "2 days" }]', "each = true", start='"resolved"', until='"replied"'))
    events = [ev("resolved", "2026-09-22"), ev("replied", "2026-09-23")]
    known, unseen = runs(policy, events), runs(policy, events, frozenset({"resolved"}))
    assert (known.status, [run.status for run in known.runs]) == ("met", ["met"])
    assert (unseen.status, [run.status for run in unseen.runs]) == ("undetermined", ["met"])
    undated = runs(policy, [Event("resolved", id="u"), *events])
    assert (undated.status, sorted(run.status for run in undated.runs)) == ("undetermined", ["met", "undetermined"])
    reopened = own(limit(ROWS, 'reopen = "restart"'))
    assert runs(reopened, [IN_TIME], frozenset({"reopened"})).status == "undetermined"


# --- which figure binds ---

BY_FACT: Final = own(
    fact("vip", assume=None),
    limit('[{ within = "5 days", when = "vip" }, { within = "10 days", when = "complex" }, { within = "20 days" }]'),
)


@pytest.mark.parametrize(
    ("facts", "closed", "status", "due", "why"),
    [
        ({"vip": True}, "2026-09-28", "met_late", "2026-09-25", "five days, surely"),
        ({}, "2026-09-24", "met", "2026-09-25", "in time whichever figure binds"),
        ({}, "2026-09-28", "undetermined", "2026-09-25", "late if it is one, in time if not"),
        ({}, "2026-10-12", "met_late", "2026-09-25", "late whichever figure binds"),
        ({"complex": True}, "2026-10-01", "met_late", "2026-09-25", "five or ten days: late by both"),
        ({"vip": False}, "2026-10-09", "met", "2026-10-10", "`complex` is presumed not to be, and twenty days bind"),
    ],
)
def test_where_a_fact_without_presumption_decides_the_figure_all_of_them_must_agree(
    facts: dict[str, Any], closed: str, status: str, due: str, why: str
) -> None:
    for events in ([ev("closed", closed)], [ev("routed", RECEIVED), ev("closed", closed)]):
        case = Case(complaint(RECEIVED, **facts), events)
        clock = assess(case, BY_FACT, at=instant("2026-10-20"), calendar=china()).clocks["whole"]
        assert clock.due_at is not None
        assert (clock.status, str(clock.due_at.date())) == (status, due), why


@pytest.mark.parametrize("events", [[], [ev("routed", RECEIVED)]], ids=["nothing happened", "something did"])
def test_an_open_limit_is_overdue_once_it_is_by_every_figure_that_may_bind(events: list[Event]) -> None:
    for at, status in (
        ("2026-09-25T12:00", "running"),
        ("2026-09-26T12:00", "undetermined"),
        ("2026-10-10T12:00", "undetermined"),
        ("2026-10-11T12:00", "overdue"),
    ):
        found = assess(Case(complaint(RECEIVED), events), BY_FACT, at=instant(at), calendar=china())
        assert found.clocks["whole"].status == status, at


@pytest.mark.parametrize("events", [[], [ev("routed", RECEIVED)]], ids=["nothing happened", "something did"])
def test_the_earliest_of_figures_is_bounded_by_those_that_surely_hold(events: list[Event]) -> None:
    vip = fact("vip", assume=None)
    three = '[{ within = "5 days", when = "vip" }, { within = "10 days" }, { within = "20 days" }]'
    two = '[{ within = "5 days", when = "vip" }, { within = "10 days", when = "not vip" }]'
    for rows, states in (
        (three, ("running", "undetermined", "overdue")),
        (two, ("undetermined",) * 3),  # of neither is it known that it holds
    ):
        policy = own(vip, limit(rows, rows_are="earliest"))
        for at, status in zip(("2026-09-25T12:00", "2026-09-30T12:00", "2026-10-01T12:00"), states, strict=True):
            found = assess(Case(complaint(RECEIVED), events), policy, at=instant(at), calendar=china())
            assert found.clocks["whole"].status == status, at


def test_facts_that_may_have_been_amended_unseen_leave_every_figure_possible() -> None:
    policy = own(limit('[{ within = "10 days", when = "complex" }, { within = "5 days" }]'))
    for closed, status in (("2026-09-24", "met"), ("2026-09-28", "undetermined"), ("2026-10-02", "met_late")):
        for case in (
            Case(complaint(RECEIVED), [ev("closed", closed)], unseen={"amended"}),
            Case(complaint(RECEIVED), [Event("amended", set={"complex": True}), ev("closed", closed)]),
        ):
            assert assess(case, policy, at=instant("2026-10-20"), calendar=china()).clocks["whole"].status == status
    bad = Event("amended", instant("2026-09-22"), set={"complainants": 0, "complex": True})
    case = Case(complaint(RECEIVED), [bad, ev("closed", "2026-09-28")])
    found = assess(case, policy, at=instant("2026-10-20"), calendar=china())
    assert found.clocks["whole"].status == "undetermined", (
        "an amendment that cannot be used says that something changed"
    )


def test_whether_a_limit_applies_may_hang_on_an_event_without_a_moment() -> None:
    policy = own(limit(ROWS, "when = \"has('registered')\""))
    for events, status in (([ev("registered", RECEIVED)], "overdue"), ([Event("registered")], "undetermined")):
        clock = assess(Case(complaint(RECEIVED), events), policy, at=instant("2026-10-20"), calendar=china()).clocks[
            "whole"
        ]
        assert clock.status == status


# --- duties ---


@pytest.mark.parametrize(
    ("why", "lines", "events", "unseen", "status"),
    [
        ("not done", ['within = "2 days"'], [], NONE, "overdue"),
        ("it cannot be seen whether it was", ['within = "2 days"'], [], {"reported"}, "undetermined"),
        ("it was, nobody knows when", ['within = "2 days"'], [Event("reported")], NONE, "undetermined"),
        ("once more, late: the first time may have been in time", ['within = "2 days"'],
            [Event("reported", id="u"), ev("reported", "2026-10-10", id="d")], NONE, "undetermined"),
        ("done in time", ['after = "closed"', 'within = "2 days"'],
            [ev("closed", "2026-09-25"), ev("reported", "2026-09-26")], NONE, "done"),
        ("an earlier closing may have been missed", ['after = "closed"', 'within = "2 days"'],
            [ev("closed", "2026-09-25"), ev("reported", "2026-09-26")], {"closed"}, "undetermined"),
        ("each closing has a duty of its own", ['after = "closed"', 'within = "2 days"', "each = true"],
            [ev("closed", "2026-09-25"), ev("reported", "2026-09-26")], {"closed"}, "done"),
        ("nobody knows from when", ['after = "closed"', 'within = "2 days"'],
            [Event("closed"), ev("reported", "2026-09-26")], NONE, "undetermined"),
        ("it may have ceased before it was due", ["when = \"not has('withdrawn')\"", 'within = "2 days"'],
            [Event("withdrawn")], NONE, None),
        ("a permission whose end is open", [], [], NONE, "overdue"),
    ],
)  # fmt: skip
def test_a_duty_is_missed_only_where_nothing_unseen_can_have_done_it(
    why: str, lines: list[str], events: list[Event], unseen: Any, status: str | None
) -> None:
    if why.startswith("a permission"):
        policy = own(duty("may", '"reported"', 'within = "2 days"'))
        day = attrs.evolve(complaint(RECEIVED), received=dt.date(2026, 9, 20))
        for at, then in (("2026-09-22T12:00", "open"), ("2026-09-23T12:00", "expired")):
            assert [one.status for one in assess(day, policy, at=instant(at), calendar=china()).duties] == [then]
        return
    policy = own(duty("must", '"reported"', *lines))
    case = Case(complaint(RECEIVED), events, unseen=unseen)
    found = assess(case, policy, at=instant("2026-10-20"), calendar=china())
    assert [one.status for one in found.duties] == ([] if status is None else [status]), why
    assert bool([one for one in found.violations if one.code in ("missed", "done_late")]) is (status == "overdue"), why


def test_an_act_is_forbidden_only_where_it_surely_fell_into_the_time() -> None:
    policy = own(duty("must_not", '"disclosed"', 'until = "closed"'))
    for events, unseen, status in (
        ([ev("disclosed", "2026-09-25")], NONE, "breached"),
        ([ev("disclosed", "2026-09-25")], {"closed"}, "undetermined"),
        ([Event("disclosed")], NONE, "undetermined"),
        ([ev("disclosed", "2026-09-25"), Event("closed")], NONE, "undetermined"),
    ):
        found = assess(Case(complaint(RECEIVED), events, unseen=unseen), policy, at=instant("2026-10-20"))
        assert [one.status for one in found.duties] == [status]


# --- the cases of the folder, with data of our own ---

CBIRC: Final = "cbirc-2020-3"


@pytest.mark.parametrize(
    ("replied", "status"), [("2024-03-12", "met"), ("2024-04-10", "undetermined")], ids=["in time", "on day 36"]
)
def test_k1a_what_an_export_cannot_show_accuses_nobody(replied: str, status: str) -> None:
    one = Complaint(id="c-1", received=dt.date(2024, 3, 5))
    unseen = {"suspended", "resumed", "extended", "withdrawn"}
    case = Case(one, [Event("replied", dt.date.fromisoformat(replied))], unseen=unseen)
    found = assess(case, policy_of(CBIRC), at=instant("2024-06-01"), calendar=china())
    assert found.clocks["decide"].status == status
    assert [one for one in found.violations if one.rule == "limit/decide"] == []
    assert [one.rule for one in found.duties if one.rule == "duty/sanction_overdue" or "sanction" in one.rule] == []


def test_k1b_who_stands_stopped_today_is_not_overdue() -> None:
    one = Complaint(id="c-1", received=dt.date(2024, 3, 5))
    stopped = Case(one, [Event("suspended", reason="mediation")])
    for case, status in ((stopped, "undetermined"), (Case(one), "overdue")):
        found = assess(case, load_policy(CBIRC), at=instant("2024-06-01"), calendar=china())
        assert found.clocks["decide"].status == status
        assert bool([one for one in found.violations if one.rule == "limit/decide"]) is (status == "overdue")


def test_k1c_a_pause_of_unknown_days_may_have_sufficed() -> None:
    one = Complaint(id="c-1", received=dt.date(2024, 3, 5))
    events = [
        Event("suspended", reason="mediation"), Event("resumed", reason="mediation"),
        Event("replied", dt.date(2024, 3, 25)),
    ]  # fmt: skip
    found = assess(Case(one, events), load_policy(CBIRC), at=instant("2024-06-01"), calendar=china())
    assert found.clocks["decide"].status == "undetermined"


def test_a_reply_before_the_receipt_is_a_fault_of_the_record_and_no_lateness() -> None:
    """Issue 7: received 10:05, replied 10:04."""
    one = Complaint(id="c-1", received=instant("2026-03-02T10:05"))
    found = assess(Case(one, [ev("replied", "2026-03-02T10:04")]), load_policy(CBIRC), at=instant("2026-06-01"))
    assert found.clocks["decide"].status == "undetermined"
    assert [one.code for one in found.violations if one.place == 0] == ["before_receipt"]
    assert [one for one in found.violations if one.rule == "limit/decide"] == []


def test_nobody_is_late_by_a_limit_of_which_nobody_knows_whether_it_applied() -> None:
    """The class may have been amended unseen: of one figure under a condition it may be that none bound."""
    one, two = (
        clock_of(own(limit(rows)), unseen={"amended"})
        for rows in (
            '[{ within = "15 days", when = "joint" }]',
            '[{ within = "15 days", when = "joint" }, { within = "20 days" }]',
        )
    )
    assert (one.status, written(one.due_at), one.due_latest) == ("undetermined", "2026-10-05", None)
    assert (two.status, written(two.due_at), written(two.due_latest)) == ("overdue", "2026-10-05", "2026-10-10"), (
        "twenty days at the latest"
    )
    known = clock_of(own(limit('[{ within = "15 days", when = "joint" }]')), unseen=set())
    assert (known.status, written(known.due_latest)) == ("overdue", "2026-10-05")


def clock_of(policy: Policy, *, unseen: set[str]) -> Clock:
    case = Case(complaint("2026-09-20T09:00", joint=True), [ev("routed", "2026-09-21T09:00")], unseen=unseen)
    return assess(case, policy, at=instant("2026-12-01"), calendar=china()).clocks["whole"]
