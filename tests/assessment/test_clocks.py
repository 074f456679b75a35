"""Limits on histories: runs, pauses, extensions, restarts, reopenings; every date worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pytest

from complaint_rules.assessing import assess
from complaint_rules.assessment.clocks import Status
from complaint_rules.calendar.days import Certainty
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING, NEVER
from complaint_rules.policy.policy import Policy
from tests.by_hand import ev
from tests.golden import china
from tests.small import TITLE, clock, codes, due, duty, fact, limit, own, table, worked, written

RECEIVED: Final = "2026-09-20T09:00"
"""A make-up Sunday; 15 days on is 5 October, within the holiday."""
LATER: Final = "2026-12-01T12:00"
MEDIATION: Final = 'pauses = [{ reason = "mediation", cite = "23" }]'
PLAIN: Final = own(limit())
PAUSABLE: Final = own(limit('[{ within = "15 days", warn = "3 days", cite = "18" }]', MEDIATION, 'cite = "17"'))


def stop(at: str, reason: str = "mediation", **fields: Any) -> Event:
    return ev("suspended", at, reason=reason, **fields)


def go_on(at: str, reason: str = "mediation", **fields: Any) -> Event:
    return ev("resumed", at, reason=reason, **fields)


class Told(NamedTuple):
    """A history, and what becomes of the clock ``whole`` by its text."""

    why: str
    events: Sequence[Event]
    at: str
    status: str
    due: str | None
    facts: dict[str, Any] = {}  # noqa: RUF012 - never changed
    received: str = RECEIVED


def holds(policy: Policy, told: Told) -> None:
    found = clock(policy, told.received, told.events, told.at, **told.facts)
    assert (found.status, due(found)) == (told.status, told.due), told.why


# --- from the start to the end ---


@pytest.mark.parametrize(
    "told",
    [
        Told("20 September + 15 days = 5 October, not counting the opening day", [], "2026-10-05T23:59", "running",
            "2026-10-05"),
        Told("the last instant is in time", [ev("closed", "2026-10-05T23:59:59.999999")], LATER, "met", "2026-10-05"),
        Told("the next one is not", [ev("closed", "2026-10-06T00:00")], LATER, "met_late", "2026-10-05"),
        Told("nothing done by then", [], "2026-10-06T00:00", "overdue", "2026-10-05"),
        Told("the first match ends it, a second closing changes nothing", [ev("closed", "2026-10-01T09:00"),
            ev("closed", "2026-10-09T09:00")], LATER, "met", "2026-10-05"),
        Told("recorded in another order, the same", [ev("closed", "2026-10-09T09:00"),
            ev("closed", "2026-10-01T09:00")], LATER, "met", "2026-10-05"),
    ],
    ids=lambda told: told.why,
)  # fmt: skip
def test_a_limit_runs_from_its_start_to_its_first_end(told: Told) -> None:
    holds(PLAIN, told)


@pytest.mark.parametrize(("closed", "expected"), [("2026-09-25", "2026-10-20"), ("2026-09-25T09:00", "2026-10-05")])
def test_an_end_known_by_its_day_has_the_class_of_that_day_at_its_end(closed: str, expected: str) -> None:
    """Marked at 10:00; a closing of that day may have come after it, one of 09:00 did not."""
    policy = own(limit('[{ within = "30 days", when = "complex" }, { within = "15 days" }]'))
    events = [ev("amended", "2026-09-25T10:00", set={"complex": True}), ev("closed", closed)]
    assert due(clock(policy, RECEIVED, events, LATER, complex=False)) == expected


@pytest.mark.parametrize(
    "told",
    [
        Told("the whole day lies before the end", [ev("closed", "2026-10-05")], LATER, "met", "2026-10-05"),
        Told("the whole day lies after it", [ev("closed", "2026-10-06")], LATER, "met_late", "2026-10-05"),
        Told("it happened, nobody knows when", [Event("closed")], LATER, "undetermined", "2026-10-05"),
        Told("a receipt known to the day has the same last day", [], "2026-10-06T00:00", "overdue", "2026-10-05",
            received="2026-09-20"),
    ],
    ids=lambda told: told.why,
)  # fmt: skip
def test_a_day_is_an_interval_and_an_unknown_moment_decides_nothing(told: Told) -> None:
    holds(PLAIN, told)


@pytest.mark.parametrize(
    "told",
    [
        Told("48 hours from noon end at noon, within the day of closing", [ev("closed", "2026-09-22")], LATER,
            "undetermined", "2026-09-22T12:00", received="2026-09-20T12:00"),
        Told("a day wholly before the end", [ev("closed", "2026-09-21")], LATER, "met", "2026-09-22T12:00",
            received="2026-09-20T12:00"),
        Told("a day wholly after it", [ev("closed", "2026-09-23")], LATER, "met_late", "2026-09-22T12:00",
            received="2026-09-20T12:00"),
        Told("a receipt known to the day ends 48 hours after its first instant at the strictest", [],
            "2026-09-22T00:01", "undetermined", "2026-09-22T00:00", received="2026-09-20"),
        Told("and 48 hours after its last one at the most generous", [],
            "2026-09-23T00:00", "overdue", "2026-09-22T00:00", received="2026-09-20"),
        Told("23 o'clock is late by the strictest reading and in time by the most generous one",
            [ev("closed", "2026-09-22T23:00")], LATER, "undetermined", "2026-09-22T00:00", received="2026-09-20"),
        Told("late by all readings", [ev("closed", "2026-09-23T00:00")], LATER, "met_late", "2026-09-22T00:00",
            received="2026-09-20"),
        Told("in time by all readings", [ev("closed", "2026-09-22T00:00")], LATER, "met", "2026-09-22T00:00",
            received="2026-09-20"),
        Told("late by the strictest reading, stopped in time by the most generous one", [stop("2026-09-22T09:00"),
            ev("closed", "2026-09-22T10:00")], LATER, "undetermined", "2026-09-22T00:00", received="2026-09-20"),
    ],
    ids=lambda told: told.why,
)  # fmt: skip
def test_an_ended_clock_is_judged_only_where_all_readings_agree(told: Told) -> None:
    """Design 8: met or met_late only if all readings agree, else undetermined; an open clock takes the strictest."""
    holds(own(limit('[{ within = "48 hours" }]', MEDIATION)), told)


def test_without_its_start_a_clock_has_not_started() -> None:
    policy = own(limit(start='"accepted"'), duty("must", '"informed"'))
    found = clock(policy, RECEIVED, [], LATER)
    assert (found.status, found.runs, found.due_at, found.started_at) == (Status.NOT_STARTED, (), None, None)
    assert (found.ended_at, found.run, found.row, found.proof, found.certainty) == (None, None, None, None, None)
    assert (found.contact_by, found.needs_deviation, found.overdue_by_reclassification) == (None, False, False)


def test_a_start_that_the_source_cannot_show_leaves_the_clock_undetermined() -> None:
    policy = own(limit(start='"accepted"'))
    case = Case(Complaint(id="c-1", received=dt.date(2026, 9, 20)), unseen={"accepted"})
    assert assess(case, policy, at=at(LATER), calendar=china()).clocks["whole"].status == Status.UNDETERMINED


def test_an_end_that_the_source_cannot_show_leaves_the_clock_undetermined() -> None:
    case = Case(Complaint(id="c-1", received=dt.date(2026, 9, 20)), [ev("registered", "2026-09-20")], unseen={"closed"})
    assert assess(case, PLAIN, at=at(LATER), calendar=china()).clocks["whole"].status == Status.UNDETERMINED
    other = Case(case.complaint, case.events, unseen={"routed"})
    assert assess(other, PLAIN, at=at(LATER), calendar=china()).clocks["whole"].status == Status.OVERDUE


def test_a_start_without_a_moment_gives_no_due_moment() -> None:
    policy = own(limit(start='"accepted"'))
    found = clock(policy, RECEIVED, [Event("accepted")], LATER)
    assert (found.status, found.due_at, found.started_at) == (Status.UNDETERMINED, None, None)


@pytest.mark.parametrize(
    ("when", "facts", "status"),
    [
        ("complex", {"complex": False}, "not_applicable"),
        ("complex", {"complex": True}, "running"),
        ("mystery", {}, "undetermined"),
    ],
)
def test_a_limit_applies_where_its_condition_holds(when: str, facts: dict[str, Any], status: str) -> None:
    policy = own(fact("mystery", assume=None), limit('[{ within = "15 days" }]', f'when = "{when}"'))
    for events in ([], [ev("registered", "2026-09-20T10:00")]):
        assert clock(policy, RECEIVED, events, "2026-09-21", **facts).status == status
    other = own(fact("mystery", assume=None), limit('[{ within = "15 days" }]', f'when = "{when}"', start='"accepted"'))
    expected = "not_applicable" if status == "not_applicable" else "not_started"
    assert clock(other, RECEIVED, [], "2026-09-21", **facts).status == expected


def test_without_a_figure_that_holds_a_limit_does_not_apply() -> None:
    policy = own(limit('[{ within = "15 days", when = "complex" }]'))
    assert clock(policy, RECEIVED, [], "2026-09-21", complex=False).status == Status.NOT_APPLICABLE


def test_at_once_is_due_from_the_trigger_and_never_late_by_itself() -> None:
    policy = own(limit('[{ within = "at once" }]'))
    found = clock(policy, RECEIVED, [], LATER)
    assert (found.status, due(found)) == ("running", "2026-09-20T09:00")
    assert clock(policy, RECEIVED, [ev("closed", "2026-11-01")], LATER).status == Status.MET


def test_of_several_figures_the_earliest_binds_or_the_first_that_holds() -> None:
    rows = '[{ within = "15 days" }, { within = "7 days", when = "complex", cite = "9" }, { within = "20 days" }]'
    earliest = clock(own(limit(rows, 'cite = "8"', rows_are="earliest")), RECEIVED, [], LATER, complex=True)
    assert (due(earliest), earliest.cite, earliest.rule) == ("2026-09-27", "9", "limit/whole")
    rows = '[{ within = "7 days", when = "complex", cite = "9" }, { within = "15 days" }]'
    first = clock(own(limit(rows, 'cite = "8"')), RECEIVED, [], LATER, complex=False)
    assert (due(first), first.cite) == ("2026-10-05", "8")
    assert due(clock(own(limit(rows)), RECEIVED, [], LATER, complex=True)) == "2026-09-27"


SUPERIOR: Final = own(
    fact("superior_due", "moment", None),
    limit('[{ by = "superior_due", when = "complex", cite = "7" }, { within = "15 days" }]'),
)


@pytest.mark.parametrize(
    ("facts", "expected", "why"),
    [
        ({"complex": True, "superior_due": dt.date(2026, 9, 24)}, "2026-09-24", "the superior's own day"),
        ({"complex": True}, "2026-10-05", "he named none, so the next figure has its turn"),
        ({"complex": False, "superior_due": dt.date(2026, 9, 24)}, "2026-10-05", "his day does not hold here"),
    ],
)
def test_a_deadline_may_be_a_fact(facts: dict[str, Any], expected: str, why: str) -> None:
    for events in ([], [ev("registered", "2026-09-20T10:00")]):
        found = clock(SUPERIOR, RECEIVED, events, "2026-09-21", **facts)
        assert due(found) == expected, why
        assert (found.proof is None) == (expected == "2026-09-24"), "a moment that was set has no proof by days"
    assert clock(SUPERIOR, RECEIVED, [], "2026-09-21", **facts).certainty in (None, Certainty.FINAL)


def test_a_deadline_set_later_is_no_ground_to_judge_a_run_that_had_ended() -> None:
    """Design 8: an ended run is judged by what was known then."""
    events = [
        ev("closed", "2026-09-28T09:00"),
        ev("amended", "2026-09-29T09:00", set={"superior_due": dt.date(2026, 9, 24)}),
    ]
    found = clock(SUPERIOR, RECEIVED, events, LATER, complex=True)
    assert (found.status, due(found)) == ("met", "2026-10-05")


def test_nothing_is_left_where_every_row_waits_for_a_moment_nobody_set() -> None:
    policy = own(fact("superior_due", "moment", None), limit('[{ by = "superior_due" }]', rows_are="earliest"))
    assert clock(policy, RECEIVED, [ev("registered", "2026-09-20T10:00")], LATER).due_at is None
    rows = '[{ by = "superior_due", when = "complex" }, { within = "3 days", when = "joint" }]'
    policy = own(fact("superior_due", "moment", None), limit(rows))
    found = clock(policy, RECEIVED, [], LATER, complex=True, joint=False)
    assert (found.due_at, found.runs[0].row) == (None, None)


def test_a_figure_left_to_a_parameter_gives_no_due_moment_until_it_is_supplied() -> None:
    parameter = f'[parameters.x]\ntype = "period"\n{TITLE}'
    policy = own(parameter, limit('[{ within = { parameter = "x" } }]'))
    for events in ([], [ev("registered", RECEIVED)]):
        assert clock(policy, RECEIVED, events, LATER).status == Status.UNDETERMINED
    policy = own(parameter, limit('[{ within = { parameter = "x" } }, { within = "9 days" }]', rows_are="earliest"))
    for events in ([], [ev("registered", RECEIVED)]):
        assert due(clock(policy, RECEIVED, events, "2026-09-21")) == "2026-09-29", "what is known binds"


def test_a_total_without_a_base_of_its_own_counts_from_the_start() -> None:
    policy = own(limit('[{ within = "5 days" }]', "[[limit.extension]]", 'to = "30 days"'))
    assert due(clock(policy, RECEIVED, [ev("extended", "2026-09-22")], "2026-09-23")) == "2026-10-20"


def test_each_start_opens_a_run_of_its_own() -> None:
    policy = own(limit('[{ within = "2 days" }]', "each = true", start='"routed"', until='"replied"'))
    events = [ev("routed", "2026-09-21T09:00"), ev("replied", "2026-09-22T09:00"), ev("routed", "2026-09-24T09:00")]
    found = clock(policy, RECEIVED, events, "2026-09-27T00:00")
    assert [(run.status.value, written(run.due_at)) for run in found.runs] == [
        ("met", "2026-09-23"),
        ("overdue", "2026-09-26"),
    ]
    assert (found.status, found.started_at, found.outcome) == (
        "overdue", dt.datetime(2026, 9, 24, 9, tzinfo=BEIJING), (False, True),
    )  # fmt: skip


def test_a_late_run_stays_late_though_a_later_one_was_kept() -> None:
    policy = own(
        limit('[{ within = "2 days" }]', "each = true", start='"routed"', until='"replied"'),
        table("t", ("late", "late('whole')"), ("met", "met('whole')"), ("open", "")),
    )
    events = [
        ev("routed", "2026-09-21T09:00"), ev("replied", "2026-09-24T09:00"),
        ev("routed", "2026-09-25T09:00"), ev("replied", "2026-09-26T09:00"),
    ]  # fmt: skip
    found = worked(policy, RECEIVED, events, LATER)
    assert (found.clocks["whole"].status, found.findings["t"].value) == ("met", "late")
    assert codes(found) == ["late"]


def test_a_limit_is_late_since_its_first_late_run() -> None:
    policy = own(limit('[{ within = "2 days" }]', "each = true", start='"routed"', until='"replied"'))
    events = [ev("routed", "2026-09-21T09:00"), ev("replied", "2026-09-24T09:00"), ev("routed", "2026-09-25T09:00")]
    found = clock(policy, RECEIVED, events, LATER)
    assert [(run.status, written(run.due_at)) for run in found.runs] == [
        ("met_late", "2026-09-23"), ("overdue", "2026-09-27"),
    ]  # fmt: skip
    assert written(found.late_since) == "2026-09-23"
    assert found.late_from is not None
    assert written(found.late_from) == "2026-09-24T00:00", "the instant after the due moment of the first"


# --- pauses ---


@pytest.mark.parametrize(
    "told",
    [
        Told("10 days of mediation, ten days later", [stop("2026-10-01"), go_on("2026-10-11")], LATER, "overdue",
            "2026-10-15"),
        Told("two pauses of 2 and 3 days", [stop("2026-09-21T09:00"), go_on("2026-09-23T09:00"),
            stop("2026-09-25T09:00"), go_on("2026-09-28T09:00")], LATER, "overdue", "2026-10-10"),
        Told("overlapping: 1 to 11 October once, though counted twice by two offices", [stop("2026-10-01", ref="a"),
            stop("2026-10-03", ref="b"), go_on("2026-10-08", ref="a"), go_on("2026-10-11", ref="b")], LATER, "overdue",
            "2026-10-15"),
        Told("nested: the outer one counts", [stop("2026-10-01", ref="a"), stop("2026-10-03", ref="b"),
            go_on("2026-10-04", ref="b"), go_on("2026-10-11", ref="a")], LATER, "overdue", "2026-10-15"),
        Told("for a reason that the limit does not know it runs on", [stop("2026-10-01", "holiday"),
            go_on("2026-10-11", "holiday")], LATER, "overdue", "2026-10-05"),
        Told("open: no due moment", [stop("2026-10-01")], "2026-10-03T12:00", "suspended", None),
        Told("begun before the receipt, says the record: nobody knows when it began", [stop("2026-09-18"),
            go_on("2026-09-24")], LATER, "undetermined", "2026-10-05"),
        Told("begun when the limit had run out, it saves nothing", [stop("2026-10-07"), go_on("2026-10-11")], LATER,
            "overdue", "2026-10-05"),
        Told("ended with the case", [stop("2026-10-01"), ev("closed", "2026-10-04T09:00")], LATER, "met", None),
        Told("begun after the case had ended", [ev("closed", "2026-10-04T09:00"), stop("2026-10-04T10:00")], LATER,
            "met", "2026-10-05"),
        Told("resumed by its reference alone", [stop("2026-10-01", ref="m"), Event("resumed", dt.date(2026, 10, 11),
            ref="m")], LATER, "overdue", "2026-10-15"),
        Told("resumed without a word, the only pause open", [stop("2026-10-01"), Event("resumed",
            dt.date(2026, 10, 11))], LATER, "overdue", "2026-10-15"),
        Told("resumed without a word, two pauses open: it is unclear which", [stop("2026-10-01", ref="a"),
            stop("2026-10-01", "holiday"), Event("resumed", dt.date(2026, 10, 11))], LATER, "suspended", None),
    ],
    ids=lambda told: told.why,
)  # fmt: skip
def test_a_pause_is_not_counted(told: Told) -> None:
    holds(PAUSABLE, told)


def test_what_remains_stands_still_while_a_pause_is_open() -> None:
    for at_ in ("2026-10-02", "2026-10-20", "2026-11-30"):
        found = clock(PAUSABLE, RECEIVED, [stop("2026-10-01T09:00")], at_)
        assert found.run is not None
        assert found.run.remaining == 4, "eleven of the fifteen days are gone: 21 September to 1 October"
    hours = own(limit('[{ within = "48 hours" }]', MEDIATION))
    found = clock(hours, RECEIVED, [stop("2026-09-21T10:00")], LATER)
    assert found.run is not None
    assert found.run.remaining == dt.timedelta(hours=23), "25 of 48 hours are gone"


@pytest.mark.parametrize(
    ("events", "expected", "lacking"),
    [
        ([stop("2026-10-01", told="complainant"), go_on("2026-10-11")], "2026-10-15", []),
        ([stop("2026-10-01"), go_on("2026-10-11")], "2026-10-05", ["requirements"]),
        ([stop("2026-10-01", id="s"), ev("informed", "2026-10-02", ref="s",
            told="complainant"), go_on("2026-10-11")], "2026-10-15", []),
    ],
)  # fmt: skip
def test_a_pause_may_have_to_be_told(events: list[Event], expected: str, lacking: list[str]) -> None:
    told = 'pauses = [{ reason = "mediation", requires = "\'complainant\' in event.told" }]'
    policy = own(limit('[{ within = "15 days" }]', told))
    found = worked(policy, RECEIVED, events, LATER)
    assert due(found.clocks["whole"]) == expected
    faults = [one for one in found.violations if one.code == "suspension_without_effect"]
    assert [one.detail["lacking"] for one in faults] == lacking
    assert [one.place for one in faults] == [0] * len(lacking)


def test_a_pause_carries_its_article() -> None:
    found = clock(PAUSABLE, RECEIVED, [stop("2026-10-01"), go_on("2026-10-11")], LATER)
    assert [(pause.reason, pause.cite) for run in found.runs for pause in run.pauses] == [("mediation", "23")]
    bare = own(limit('[{ within = "15 days" }]', 'pauses = [{ reason = "mediation" }]'))
    found = clock(bare, RECEIVED, [stop("2026-10-01"), go_on("2026-10-11")], LATER)
    assert [pause.cite for run in found.runs for pause in run.pauses] == [None]


def test_of_several_figures_one_that_an_open_pause_stops_comes_after_one_with_a_moment() -> None:
    policy = own(
        fact("superior_due", "moment", None),
        limit('[{ within = "15 days" }, { by = "superior_due" }]', MEDIATION, rows_are="earliest"),
    )
    found = clock(policy, RECEIVED, [stop("2026-10-01")], "2026-10-02", superior_due=dt.date(2026, 10, 20))
    assert (found.status, due(found)) == ("running", "2026-10-20")


# --- laws ---


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


# --- extensions ---

EXTENDABLE: Final = own(
    '[[body]]\nid = "manager"\ntitle = { zh = "甲", en = "A" }',
    limit(
        '[{ within = "10 days" }]',
        'roll = "next_working_day"',
        MEDIATION,
        "[[limit.extension]]",
        'id = "further"',
        'add = "5 days"',
        'approved_by = "manager"',
        "requires = \"'complainant' in event.told\"",
        'when = "not anonymous"',
        "times = 2",
        'cite = "9"',
    ),
)
SIXTEENTH: Final = "2026-09-15T10:00"
"""Ten days on is Friday 25 September, Mid-Autumn Day; the next working day is Monday the 28th."""


def extended(on: str, **fields: Any) -> Event:
    return ev("extended", on, **{"approved_by": "manager", "told": "complainant"} | fields)


@pytest.mark.parametrize(
    "told",
    [
        Told("the base rolls", [], "2026-09-20", "running", "2026-09-28"),
        Told("15 and 15 days from 15 September: Wednesday 30 September; not 28 + 5 = 3 October, rolled to the 8th",
            [extended("2026-09-20")], "2026-09-21", "running", "2026-09-30"),
        Told("a second one: 20 days from the start are 5 October, rolled to the 8th", [extended("2026-09-20"),
            extended("2026-09-29")], "2026-09-30", "running", "2026-10-08"),
        Told("a third is one too many", [extended("2026-09-20"), extended("2026-09-29"), extended("2026-09-30")],
            "2026-10-01", "running", "2026-10-08"),
        Told("with a pause of three days the same count of days moves on", [stop("2026-09-16"), go_on("2026-09-19"),
            extended("2026-09-20")], "2026-09-21", "running", "2026-10-08"),
    ],
    ids=lambda told: told.why,
)  # fmt: skip
def test_an_extension_counts_from_the_original_base(told: Told) -> None:
    """hmcts/cmc-claim-store PR#39: never from a rolled or extended due moment."""
    holds(EXTENDABLE, told._replace(received=SIXTEENTH))


@pytest.mark.parametrize(
    ("events", "facts", "whys", "why"),
    [
        ([extended("2026-09-20", approved_by=None)], {}, ["not_approved"], "nobody approved it"),
        ([extended("2026-09-20", told=None)], {}, ["requirements"], "nobody was told"),
        ([extended("2026-09-20")], {"anonymous": True}, ["condition"], "not for anonymous ones"),
        ([extended("2026-09-29")], {}, ["too_late"], "the limit had run out on the 28th"),
        ([extended("2026-09-20", told=None, id="x"), ev("informed", "2026-09-29", ref="x", told="complainant")], {},
            ["too_late"], "told only after it had run out"),
        ([extended("2026-09-20"), extended("2026-09-21"), extended("2026-09-22")], {}, ["", "", "too_often"],
            "twice, not three times"),
        ([extended("2026-09-20", told=None, id="x"), ev("informed", "2026-09-21", ref="x", told="complainant")], {},
            [""], "told the day after, in time"),
        ([extended("2026-09-20", approved_by=None, id="x"), ev("approved", "2026-09-21", ref="x", by="manager")], {},
            [""], "approved the day after, by the approval itself"),
        ([extended("2026-09-20", approved_by=None, id="x"), ev("approved", "2026-09-21", ref="x", by="somebody")], {},
            ["not_approved"], "approved by somebody else"),
        ([extended("2026-09-19", told=None), extended("2026-09-20")], {}, ["requirements", ""],
            "one that failed spends nothing"),
        ([extended("2026-09-20", id="x"), ev("revoked", "2026-09-21", ref="x")], {}, [], "taken back"),
        ([extended("2026-09-20"), ev("revoked", "2026-09-21", ref="x")], {}, [""], "another one was taken back"),
        ([extended("2026-09-20"), ev("revoked", "2026-09-21")], {}, [""], "nothing was taken back"),
    ],
)  # fmt: skip
def test_an_extension_that_lacks_a_condition_has_no_effect(
    events: list[Event], facts: dict[str, Any], whys: list[str], why: str
) -> None:
    found = worked(EXTENDABLE, SIXTEENTH, events, "2026-09-30T12:00", **{"anonymous": False} | facts)
    whole = found.clocks["whole"]
    assert [grant.why or "" for grant in whole.runs[0].grants] == whys, why
    assert [grant.valid for grant in whole.runs[0].grants] == [not code for code in whys]
    faults = [one for one in found.violations if one.code == "extension_without_effect"]
    assert [(one.detail["lacking"], one.rule, one.cite) for one in faults] == [
        (code, "limit/whole/further", "9") for code in whys if code
    ]
    expected = {0: "2026-09-28", 1: "2026-09-30", 2: "2026-10-08"}[whys.count("")]
    assert due(whole) == expected, why


def test_an_extension_without_a_known_moment_cannot_have_been_in_time() -> None:
    events = [Event("extended", approved_by="manager", told=frozenset({"complainant"}))]
    found = worked(EXTENDABLE, SIXTEENTH, events, "2026-09-20", anonymous=False).clocks["whole"]
    assert [grant.why for grant in found.runs[0].grants] == ["too_late"]


def test_extensions_outside_the_run_are_none_of_its_business() -> None:
    policy = own(
        limit('[{ within = "10 days" }]', "[[limit.extension]]", 'add = "5 days"', start='"accepted"'),
    )
    events = [
        ev("extended", "2026-09-16T09:00"), ev("accepted", "2026-09-17T09:00"), ev("closed", "2026-09-20T09:00"),
        ev("extended", "2026-09-21T09:00"),
    ]  # fmt: skip
    found = clock(policy, SIXTEENTH, events, LATER)
    assert (due(found), found.runs[0].grants) == ("2026-09-27", ())


TOTAL: Final = own(
    limit(
        '[{ within = "7 working days" }]',
        "[[limit.extension]]",
        'id = "total"',
        'to = "2 months"',
        'from = "registered"',
        "[[limit.extension]]",
        'id = "more"',
        'on = { event = "extended", reason = "again" }',
        'add = "5 working days"',
        start='"routed"',
    )
)


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([ev("registered", "2026-04-28T09:00"), ev("routed", "2026-04-30T09:00"), ev("extended", "2026-05-08T09:00")],
            "2026-06-28", "two months from the registration, not from the routing"),
        ([ev("registered", "2026-04-28T09:00"), ev("routed", "2026-04-30T09:00"),
            ev("extended", "2026-05-08T09:00", due="2026-06-01")], "2026-06-01", "no further than was asked for"),
        ([ev("registered", "2026-04-28T09:00"), ev("routed", "2026-04-30T09:00"),
            ev("extended", "2026-05-08T09:00", due="2026-07-01")], "2026-06-28", "nor further than the rule allows"),
        ([ev("routed", "2026-04-30T09:00"), ev("extended", "2026-05-08T09:00")], "2026-06-30",
            "nothing to count from but the start"),
    ],
)  # fmt: skip
def test_a_total_has_a_base_of_its_own(events: list[Event], expected: str, why: str) -> None:
    found = clock(TOTAL, "2026-04-27T09:00", events, "2026-05-09")
    assert due(found) == expected, why


NAMED: Final = {
    "add": own(limit('[{ within = "10 days" }]', "[[limit.extension]]", 'add = "10 days"', "times = 2")),
    "to": own(limit('[{ within = "10 days" }]', "[[limit.extension]]", 'to = "20 days"', "times = 2")),
}


@pytest.mark.parametrize("how", NAMED)
@pytest.mark.parametrize(
    ("dues", "expected", "why"),
    [
        ([None], "2026-10-05", "nothing is named: as far as the rule allows, twenty days from 15 September"),
        (["2026-10-01"], "2026-10-01", "the grant names a day before that: no further than it says"),
        (["2026-10-01T12:00"], "2026-10-01T12:00", "or a moment"),
        (["2026-10-30"], "2026-10-05", "a day beyond it: no further than the rule allows"),
        (["2026-09-20"], "2026-09-25", "a day before the limit runs out anyhow: nothing is lost by an extension"),
    ],
)
def test_a_grant_that_names_its_own_day_lengthens_to_it_and_no_further_than_the_rule_allows(
    dues: list[str | None], expected: str, why: str, how: str
) -> None:
    grants = [ev("extended", f"2026-09-2{place}T09:00", due=day) for place, day in enumerate(dues) if day]
    grants = grants or [ev("extended", "2026-09-20T09:00")]
    assert due(clock(NAMED[how], SIXTEENTH, grants, "2026-09-25")) == expected, why


def test_the_day_of_the_last_grant_counts() -> None:
    first, second = ev("extended", "2026-09-20T09:00", due="2026-10-01"), ev("extended", "2026-09-22T09:00")
    assert due(clock(NAMED["add"], SIXTEENTH, [first, second], "2026-09-25")) == "2026-10-15", "ten days twice"
    third = ev("extended", "2026-09-23T09:00", due="2026-09-29")
    assert due(clock(NAMED["add"], SIXTEENTH, [first, third], "2026-09-25")) == "2026-10-01", "it is not taken back"


def test_a_total_from_an_earlier_event_never_shortens() -> None:
    policy = own(
        limit(
            '[{ within = "10 days" }]', "[[limit.extension]]", 'to = "20 days"', 'from = "registered"', start='"routed"'
        )
    )
    events = [ev("registered", "2026-09-01"), ev("routed", "2026-09-16T09:00"), ev("extended", "2026-09-20T09:00")]
    found = clock(policy, "2026-09-01", events, "2026-09-21")
    assert due(found) == "2026-09-26", "twenty days from the 1st would end on the 21st"


@pytest.mark.parametrize(
    ("first", "second", "expected", "why"),
    [
        ("far", "special", "2026-10-15", "20 days in all, then 5 more"),
        ("special", "far", "2026-10-10", "15 days, then 20 in all"),
    ],
)
def test_extensions_by_two_rules_follow_one_another_as_they_were_asked_for(
    first: str, second: str, expected: str, why: str
) -> None:
    rules = [
        "[[limit.extension]]", 'id = "more"', "on = { event = 'extended', reason = 'special' }", 'add = "5 days"',
        "[[limit.extension]]", 'id = "total"', "on = { event = 'extended', reason = 'far' }", 'to = "20 days"',
    ]  # fmt: skip
    policy = own(limit('[{ within = "10 days" }]', *rules))
    events = [ev("extended", "2026-09-22T09:00", reason=first), ev("extended", "2026-09-23T09:00", reason=second)]
    found = clock(policy, RECEIVED, events, "2026-09-25")
    assert due(found) == expected, why
    assert [grant.entry.event.reason for grant in found.runs[0].grants] == [first, second]


@pytest.mark.parametrize("rows_are", ["earliest", "latest"])
@pytest.mark.parametrize("events", [[], [ev("routed", "2026-09-21T09:00")]], ids=["untouched", "touched"])
def test_of_two_rows_that_fall_due_together_the_first_is_named(rows_are: str, events: list[Event]) -> None:
    rows = '[{ within = "7 days", cite = "3" }, { within = "1 week", cite = "4" }]'
    found = clock(own(limit(rows, rows_are=rows_are)), RECEIVED, events, "2026-09-25")
    assert (due(found), found.cite, str(found.runs[0].period)) == ("2026-09-27", "3", "7 days")
    stopped = clock(own(limit(rows, MEDIATION, rows_are=rows_are)), RECEIVED, [stop("2026-09-21T09:00")], "2026-09-25")
    assert (due(stopped), stopped.cite) == (None, "3"), "of neither is it known when, as long as it stands still"


def test_an_event_serves_one_rule_of_extension_only() -> None:
    events = [ev("routed", "2026-04-30T09:00"), ev("extended", "2026-05-08T09:00", reason="again")]
    found = clock(TOTAL, "2026-04-27T09:00", events, "2026-05-09")
    assert [grant.extension.id for grant in found.runs[0].grants] == ["total"]


# --- restarts ---

RESTARTABLE: Final = own(
    limit(
        '[{ within = "10 days" }]',
        MEDIATION,
        "restart = { on = { event = 'supplemented', items = 'new_facts' }, when = \"not event.reason == 'old'\" }",
        "[[limit.extension]]",
        'add = "5 days"',
    )
)


def supplemented(on: str, **fields: Any) -> Event:
    return ev("supplemented", on, items="new_facts", **fields)


@pytest.mark.parametrize(
    "told",
    [
        Told("ten days from the new facts", [supplemented("2026-09-22T09:00")], "2026-09-23", "running", "2026-10-02"),
        Told("an extension before them is dropped", [ev("extended", "2026-09-21T09:00"),
            supplemented("2026-09-22T09:00")], "2026-09-23", "running", "2026-10-02"),
        Told("one after them counts", [supplemented("2026-09-22T09:00"), ev("extended", "2026-09-24T09:00")],
            "2026-09-25", "running", "2026-10-07"),
        Told("the last ones count", [supplemented("2026-09-22T09:00"), supplemented("2026-09-29T09:00")], "2026-09-30",
            "running", "2026-10-09"),
        Told("after the limit had run out they restart nothing", [supplemented("2026-10-01T09:00")], "2026-10-02",
            "overdue", "2026-09-30"),
        Told("in the time an extension won they do", [ev("extended", "2026-09-21T09:00"),
            supplemented("2026-10-01T09:00")], "2026-10-02", "running", "2026-10-11"),
        Told("after the end they restart nothing", [ev("closed", "2026-09-25T09:00"), supplemented("2026-09-26T09:00")],
            "2026-10-20", "met", "2026-09-30"),
        Told("facts known before restart nothing", [supplemented("2026-09-22T09:00", reason="old")], "2026-09-23",
            "running", "2026-09-30"),
        Told("while it is stopped it can be restarted", [stop("2026-09-22T09:00"), supplemented("2026-10-20T09:00"),
            go_on("2026-10-25T09:00")], "2026-10-26", "running", "2026-11-04"),
        Told("at an unknown moment they may have come too late", [Event("supplemented",
            items=frozenset({"new_facts"}))], "2026-09-23", "running", "2026-09-30"),
    ],
    ids=lambda told: told.why,
)  # fmt: skip
def test_new_facts_restart_a_limit_while_it_runs(told: Told) -> None:
    holds(RESTARTABLE, told)


def test_what_ends_a_limit_does_not_restart_it_as_well() -> None:
    policy = own(
        limit('[{ within = "10 days" }]', 'restart = { on = "supplemented" }', until='["closed", "supplemented"]')
    )
    found = clock(policy, RECEIVED, [ev("supplemented", "2026-09-25T09:00")], LATER)
    assert (found.status, due(found), found.runs[0].first) == ("met", "2026-09-30", None)
    again = [ev("supplemented", "2026-09-25T09:00"), ev("supplemented", "2026-09-26T09:00")]
    first = own(limit('[{ within = "10 days" }]', 'restart = { on = "supplemented" }', start='"supplemented"'))
    assert clock(first, RECEIVED, again[:1], LATER).runs[0].first is None, "what starts it starts it once"
    assert due(clock(policy, RECEIVED, again, LATER)) == "2026-09-30", "nor does what comes after the end"


def test_a_restarted_run_keeps_its_first_start() -> None:
    found = clock(RESTARTABLE, RECEIVED, [supplemented("2026-09-22T09:00")], "2026-09-23")
    assert found.run is not None
    assert found.run.first is not None
    assert (found.run.first.event.kind, found.run.start.event.kind) == ("received", "supplemented")


# --- reopening ---


def reopening(mode: str) -> Policy:
    return own(limit('[{ within = "10 days" }]', f'reopen = "{mode}"', 'void_on = "withdrawn"'))


CLOSED_AND_REOPENED: Final = [ev("closed", "2026-09-24T09:00"), ev("reopened", "2026-09-28T09:00")]


@pytest.mark.parametrize(
    ("mode", "more", "runs", "why"),
    [
        ("continue", [], [("running", "2026-10-04")], "four closed days are a pause: 30 September + 4"),
        ("restart", [], [("running", "2026-10-08")], "ten days from 28 September"),
        ("new", [], [("met", "2026-09-30"), ("running", "2026-10-08")], "the first keeps its result"),
        ("continue", [ev("closed", "2026-09-29T09:00")], [("met", "2026-10-04")], "closed again in time"),
        ("restart", [ev("closed", "2026-10-09T09:00")], [("met_late", "2026-10-08")], "closed again late"),
        ("new", [ev("closed", "2026-10-09T09:00")], [("met", "2026-09-30"), ("met_late", "2026-10-08")],
            "only the second is late"),
        ("continue", [ev("closed", "2026-09-29T09:00"), ev("reopened", "2026-10-02T09:00")], [("running",
            "2026-10-07")], "four and three closed days"),
        ("new", [ev("closed", "2026-09-29T09:00"), ev("reopened", "2026-10-02T09:00")], [("met", "2026-09-30"),
            ("met", "2026-10-08"), ("running", "2026-10-12")], "three runs"),
        ("restart", [ev("closed", "2026-09-29T09:00"), ev("reopened", "2026-10-02T09:00")], [("running", "2026-10-12")],
            "ten days from the last reopening"),
        ("continue", [ev("withdrawn", "2026-09-29T09:00")], [("void", "2026-10-04")], "withdrawn after all"),
    ],
)  # fmt: skip
def test_a_reopening_does_what_the_policy_says(
    mode: str, more: list[Event], runs: list[tuple[str, str]], why: str
) -> None:
    """zammad/zammad#188, glpi-project/glpi#23359; osTicket/osTicket PR#5206, znuny/Znuny#369."""
    at_ = "2026-10-20" if more and more[-1].kind != "reopened" else "2026-10-03"
    found = clock(reopening(mode), RECEIVED, [*CLOSED_AND_REOPENED, *more], at_)
    assert [(run.status.value, written(run.due_at)) for run in found.runs] == runs, why


def test_when_a_clock_ended_is_told_of_its_latest_run() -> None:
    found = clock(reopening("new"), RECEIVED, CLOSED_AND_REOPENED, "2026-10-03")
    assert [written(run.end.lo) if run.end else None for run in found.runs] == ["2026-09-24T09:00", None]
    assert found.ended_at is None, "the case is open again"
    again = [*CLOSED_AND_REOPENED, ev("closed", "2026-09-30T09:00")]
    assert written(clock(reopening("new"), RECEIVED, again, "2026-10-03").ended_at) == "2026-09-30T09:00"


def test_without_a_word_on_reopening_nothing_happens() -> None:
    found = clock(own(limit('[{ within = "10 days" }]')), RECEIVED, CLOSED_AND_REOPENED, LATER)
    assert [run.status for run in found.runs] == [Status.MET]


@pytest.mark.parametrize("mode", ["continue", "restart", "new"])
@pytest.mark.parametrize(
    "events",
    [
        [ev("closed", "2026-09-24T09:00"), ev("reopened", "2026-09-24T09:00")],
        [ev("closed", "2026-09-24"), ev("reopened", "2026-09-24"), ev("closed", "2026-09-24T10:00")],
        [Event("closed"), ev("reopened", "2026-09-24T09:00")],
        [ev("closed", "2026-09-24"), Event("reopened")],
        [Event("closed"), Event("reopened"), Event("closed", id="b"), Event("reopened", id="c")],
        [ev("reopened", "2026-09-24"), ev("reopened", "2026-09-24", id="b"), ev("closed", "2026-09-23")],
    ],
)
def test_closing_and_reopening_at_once_or_nobody_knows_when_comes_to_an_end(mode: str, events: list[Event]) -> None:
    """seppemans/businesstimedelta#9, open-c3/open-c3#1084: this looped for ever."""
    found = clock(reopening(mode), RECEIVED, events, LATER)
    assert 1 <= len(found.runs) <= 3


def test_a_limit_that_a_reopening_ends_comes_to_an_end_too() -> None:
    policy = own(limit('[{ within = "10 days" }]', 'reopen = "new"', until='"reopened"'))
    events = [ev("reopened", "2026-09-24"), ev("reopened", "2026-09-24", id="b")]
    assert len(clock(policy, RECEIVED, events, LATER).runs) <= 3


def test_a_closing_in_the_moment_of_reopening_came_before_it() -> None:
    events = [ev("closed", "2026-09-24T09:00"), ev("reopened", "2026-09-24T09:00")]
    found = clock(reopening("new"), RECEIVED, events, "2026-09-25")
    assert [run.status for run in found.runs] == [Status.MET, Status.RUNNING]


# --- withdrawal, refusal, transfer, another class ---

CBIRC_LIKE: Final = own(
    limit(
        '[{ within = "30 days", when = "complex" }, { within = "15 days" }]',
        'void_on = ["withdrawn", { event = "not_accepted", reason = "not_from_complainant" }]',
        MEDIATION,
    )
)


@pytest.mark.parametrize(
    "told",
    [
        Told("withdrawn on the twelfth day", [ev("withdrawn", "2026-10-02T10:00")], "2026-10-02T10:00", "void",
            "2026-10-05"),
        Told("void the same day, not the next one", [ev("withdrawn", "2026-10-02")], "2026-10-02T10:00", "void",
            "2026-10-05"),
        Told("closed before: the result stands", [ev("closed", "2026-10-01T10:00"),
            ev("withdrawn", "2026-10-02T10:00")], LATER, "met", "2026-10-05"),
        Told("refused for the only ground there is", [ev("not_accepted", "2026-09-22T10:00",
            reason="not_from_complainant")], LATER, "void", "2026-10-05"),
        Told("refused for another: the clock runs on", [ev("not_accepted", "2026-09-22T10:00", reason="busy")], LATER,
            "overdue", "2026-10-05"),
        Told("transferred: what has run is kept", [ev("transferred", "2026-10-01T10:00", unit="b")], "2026-10-06T10:00",
            "overdue", "2026-10-05"),
        Told("found complex: thirty days from the original start", [ev("amended", "2026-10-01T10:00",
            set={"complex": True})], "2026-10-06", "running", "2026-10-20"),
        Told("found not to be complex while paused: the pause is kept", [stop("2026-09-22"), ev("amended", "2026-09-24",
            set={"complex": False}), go_on("2026-09-27")], "2026-10-06", "running", "2026-10-10", {"complex": True}),
    ],
    ids=lambda told: told.why,
)  # fmt: skip
def test_withdrawal_voids_and_transfer_or_another_class_keep_what_has_run(told: Told) -> None:
    holds(CBIRC_LIKE, told)


def test_a_stricter_class_found_too_late_is_said() -> None:
    """Design 8: where the stricter due moment had passed already, it is overdue_by_reclassification."""
    events = [ev("amended", "2026-10-08T10:00", set={"complex": False})]
    found = clock(CBIRC_LIKE, RECEIVED, events, "2026-10-09", complex=True)
    assert (found.status, due(found), found.overdue_by_reclassification) == ("overdue", "2026-10-05", True)
    in_time = [ev("amended", "2026-10-03T10:00", set={"complex": False})]
    found = clock(CBIRC_LIKE, RECEIVED, in_time, "2026-10-09", complex=True)
    assert (found.status, found.overdue_by_reclassification) == ("overdue", False)
    found = clock(CBIRC_LIKE, RECEIVED, [ev("registered", "2026-09-20T10:00")], "2026-10-09")
    assert (found.status, found.overdue_by_reclassification) == ("overdue", False)


def test_a_limit_that_applied_only_by_a_fact_found_too_late_is_said_too() -> None:
    policy = own(limit('[{ within = "10 days" }]', 'when = "complex"'))
    events = [ev("amended", "2026-10-08T10:00", set={"complex": True})]
    found = clock(policy, RECEIVED, events, "2026-10-09", complex=False)
    assert (found.status, found.overdue_by_reclassification) == ("overdue", True)


def test_an_ended_run_is_judged_by_what_was_known_then() -> None:
    """Design 8: an ended run is judged by what was known then."""
    events = [ev("closed", "2026-10-10T10:00"), ev("amended", "2026-10-11T10:00", set={"complex": False})]
    found = clock(CBIRC_LIKE, RECEIVED, events, LATER, complex=True)
    assert (found.status, due(found)) == ("met", "2026-10-20")


def test_what_was_withdrawn_when_already_late_was_late_until_then() -> None:
    """The limit ended on 30 September; the duty to say so arose the day after and ceased with the withdrawal."""
    policy = own(
        limit('[{ within = "10 days" }]', 'void_on = "withdrawn"'),
        duty("must", '"reported"', "when = \"late('whole')\"", 'within = "2 days"', id="report"),
        duty("must", '"informed"', "when = \"met('whole')\"", id="tell"),
    )
    late = worked(policy, RECEIVED, [ev("withdrawn", "2026-10-05T09:00")], "2026-10-10")
    assert late.clocks["whole"].status == Status.VOID
    assert [(one.duty.id, one.status.value, written(one.since)) for one in late.duties] == [
        ("report", "overdue", "2026-10-01T00:00")
    ], "it was to be done by the 3rd, and ceased on the 5th"
    in_time = worked(policy, RECEIVED, [ev("withdrawn", "2026-09-25T09:00")], "2026-10-10")
    assert in_time.duties == ()
    stopped = own(
        limit('[{ within = "10 days" }]', 'void_on = "withdrawn"', MEDIATION),
        duty("must", '"reported"', "when = \"late('whole')\""),
    )
    events = [stop("2026-09-22T09:00"), ev("withdrawn", "2026-10-25T09:00")]
    assert worked(stopped, RECEIVED, events, "2026-11-10").duties == (), "stopped, so never late"


# --- agreements ---

AGREED: Final = own(limit('[{ within = "10 days" }]', "agreed = true", 'reopen = "new"'))


@pytest.mark.parametrize(
    "told",
    [
        Told("a later day", [ev("agreed", "2026-09-22", due="2026-10-20")], "2026-10-01", "running", "2026-10-20"),
        Told("an earlier moment", [ev("agreed", "2026-09-22", due="2026-09-25T09:00")], "2026-10-01", "overdue",
            "2026-09-25T09:00"),
        Told("the last word counts", [ev("agreed", "2026-09-22", due="2026-10-20"),
            ev("agreed", "2026-09-24", due="2026-10-12")], "2026-10-01", "running", "2026-10-12"),
        Told("without a time nothing is agreed", [ev("agreed", "2026-09-22")], "2026-09-25", "running", "2026-09-30"),
        Told("agreed after the end, it changes nothing", [ev("closed", "2026-09-25T09:00"),
            ev("agreed", "2026-09-26T09:00", due="2026-09-24")], LATER, "met", "2026-09-30"),
    ],
    ids=lambda told: told.why,
)  # fmt: skip
def test_an_agreed_time_prevails_where_the_policy_allows(told: Told) -> None:
    holds(AGREED, told)
    found = clock(AGREED, told.received, told.events, told.at)
    if due(found) != "2026-09-30":
        assert (found.proof, found.row, found.overdue_by_reclassification) == (None, None, False)


def test_where_the_policy_does_not_allow_it_an_agreement_changes_nothing() -> None:
    assert due(clock(PLAIN, RECEIVED, [ev("agreed", "2026-09-22", due="2026-10-20")], LATER)) == "2026-10-05"


# --- proof, warning, quiet hours ---


def test_a_clock_proves_its_due_moment_with_its_pauses() -> None:
    found = clock(PAUSABLE, RECEIVED, [stop("2026-10-01"), go_on("2026-10-11")], "2026-10-12")
    assert found.proof is not None
    assert (found.proof.at, found.certainty) == (found.due_at, Certainty.FINAL)
    assert (found.limit.cite, found.cite) == ("17", "18")
    assert found.run is not None
    assert written(found.run.warn_at) == "2026-10-13T00:00", "three days are left: the 13th, the 14th, the 15th"


QUIET: Final = own(
    '[quiet]\nstart = "18:00"\nend = "08:00"\ncite = "12"',
    limit('[{ within = "2 hours" }]', "quiet = true", start='"resolved"', until='"replied"'),
    limit('[{ within = "2 hours" }]', id="loud", start='"resolved"', until='"replied"'),
)


@pytest.mark.parametrize(
    ("resolved", "by", "deviation", "why"),
    [
        ("2026-09-30T15:00", "2026-09-30T17:00", False, "two hours end before the evening"),
        ("2026-09-30T17:30", "2026-09-30T18:00", False, "the edge is the last moment permitted"),
        ("2026-09-30T19:00", None, True, "all of it lies in the evening"),
        ("2026-10-01T06:30", "2026-10-01T08:30", False, "the morning edge lies before"),
    ],
)
def test_quiet_hours_do_not_move_a_limit(resolved: str, by: str | None, deviation: bool, why: str) -> None:
    found = worked(QUIET, "2026-09-30T09:00", [ev("resolved", resolved)], resolved).clocks
    assert (written(found["whole"].contact_by), found["whole"].needs_deviation) == (by, deviation), why
    assert (found["loud"].contact_by, found["loud"].needs_deviation) == (None, False)
    assert found["loud"].due_at == found["whole"].due_at


def test_a_clock_tells_when_it_started_and_ended_as_recorded() -> None:
    found = clock(PLAIN, "2026-09-20", [ev("closed", "2026-09-25")], LATER)
    assert (found.started_at, found.ended_at) == (dt.date(2026, 9, 20), dt.date(2026, 9, 25))
    assert type(found.due_at) is dt.datetime
    assert found.due_at.tzinfo is BEIJING


# --- what conditions see of clocks, then and now ---


def test_the_outcome_of_a_clock_can_be_asked_as_of_every_earlier_moment() -> None:
    policy = own(
        limit('[{ within = "10 days" }]', 'reopen = "new"', start='"accepted"'),
        duty("must", '"informed"', "when = \"late('whole')\"", 'within = "2 days"', id="escalate"),
        duty("must", '"reported"', "when = \"met('whole')\"", 'within = "2 days"', id="report"),
    )
    events = [ev("accepted", "2026-09-20T10:00"), ev("closed", "2026-09-25T09:00"), ev("reopened", "2026-09-26T09:00")]
    found = worked(policy, RECEIVED, [*events, ev("reported", "2026-09-25T10:00")], "2026-10-08T12:00")
    duties = {one.duty.id: (one.status.value, written(one.since), written(one.due_at)) for one in found.duties}
    assert duties["report"] == ("done", "2026-09-25T09:00", "2026-09-27"), "met when it was closed"
    assert duties["escalate"] == ("due", "2026-10-07T00:00", "2026-10-08"), "late since the end of 6 October"


@pytest.mark.parametrize(
    ("events", "unseen", "expected"),
    [
        ([ev("routed", "2026-09-21T09:00")], (), True),
        ([ev("routed", "2026-09-21T09:00")], ("suspended",), False),
        ([Event("routed")], (), False),
    ],
    ids=["known whole", "not all is seen", "nobody knows when"],
)
def test_how_a_clock_stood_earlier_follows_only_from_a_history_known_whole(
    events: list[Event], unseen: tuple[str, ...], expected: bool
) -> None:
    case = Case(Complaint(id="c-1", received=dt.datetime(2026, 9, 20, 9, tzinfo=BEIJING)), events, unseen=unseen)
    found = assess(case, PLAIN, at=dt.datetime(2026, 9, 25, 12, tzinfo=BEIJING))
    assert found.clocks["whole"].foreseen is expected


@pytest.mark.parametrize(
    ("received", "replied", "expected", "why"),
    [
        (RECEIVED, "2026-09-29T09:00", "2026-09-22T09:00", "48 hours after the moment"),
        ("2026-09-20", "2026-09-29T09:00", None, "received at 0:00 it was late on the 22nd, at 24:00 it was not"),
        ("2026-09-20", "2026-09-21T09:00", "never", "answered within 48 hours of any hour of the day"),
    ],
)
def test_from_when_on_it_is_late_is_one_moment_only_where_none_lies_between(
    received: str, replied: str, expected: str | None, why: str
) -> None:
    policy = own(limit('[{ within = "48 hours" }]', until='"replied"'))
    found = clock(policy, received, [ev("replied", replied)], LATER).late_from
    assert ("never" if found == NEVER else written(found)) == expected, why


def test_a_clock_whose_class_changed_is_asked_with_what_was_known_then() -> None:
    policy = own(
        limit('[{ within = "30 days", when = "complex" }, { within = "10 days" }]'),
        duty("must", '"informed"', "when = \"late('whole')\"", 'within = "2 days"', id="escalate"),
    )
    events = [ev("amended", "2026-10-02T09:00", set={"complex": False})]
    found = worked(policy, RECEIVED, events, "2026-10-03T12:00", complex=True)
    assert [(one.status.value, written(one.since)) for one in found.duties] == [("due", "2026-10-02T09:00")], (
        "until the class was known nothing was late, though the due moment lay on 30 September"
    )


def test_what_was_late_under_the_class_known_then_was_late_then() -> None:
    policy = own(
        limit('[{ within = "30 days", when = "complex" }, { within = "10 days" }]'),
        duty("must", '"informed"', "when = \"late('whole')\"", 'within = "2 days"', id="escalate"),
    )
    events = [ev("amended", "2026-10-02T09:00", set={"complex": True})]
    found = worked(policy, RECEIVED, events, "2026-10-02T12:00", complex=False)
    assert [(one.status.value, written(one.since)) for one in found.duties] == [("due", "2026-10-01T00:00")], (
        "ten days ended on 30 September; that they turned out to be thirty on 2 October does not undo it"
    )


def test_while_nobody_knew_whether_a_withdrawal_counted_nobody_knew_of_the_limit_either() -> None:
    policy = own(
        fact("vip", assume=None),
        limit('[{ within = "10 days" }]', 'void_on = { event = "withdrawn", when = "vip" }'),
        duty("must", '"informed"', "when = \"late('whole')\"", 'within = "2 days"', id="escalate"),
    )
    events = [ev("withdrawn", "2026-09-25T09:00"), ev("amended", "2026-10-05T09:00", set={"vip": False})]
    found = worked(policy, RECEIVED, events, "2026-10-06T12:00")
    assert found.clocks["whole"].status == "overdue", "it was no ending, so that ten days ended on 30 September"
    assert not found.clocks["whole"].foreseen, "how it stood before 5 October does not follow from what is known since"
    assert [(one.status.value, written(one.since)) for one in found.duties] == [("due", "2026-10-05T09:00")], (
        "from 1 October on it may have been late; that it was is known since the fact is, on the 5th"
    )


def test_what_was_late_before_a_withdrawal_was_late_then() -> None:
    policy = own(
        limit('[{ within = "10 days" }]', 'void_on = "withdrawn"'),
        duty("must", '"informed"', "when = \"late('whole')\"", 'within = "2 days"', id="escalate"),
    )
    found = worked(policy, RECEIVED, [ev("withdrawn", "2026-10-04T09:00")], "2026-10-05T12:00")
    assert [(one.status.value, written(one.since)) for one in found.duties] == [("overdue", "2026-10-01T00:00")]
    assert found.clocks["whole"].status.value == "void"


def test_an_undetermined_clock_is_neither_met_nor_late() -> None:
    policy = own(
        limit('[{ within = "10 days" }]'), table("t", ("late", "late('whole')"), ("fine", "not late('whole')"))
    )
    found = worked(policy, RECEIVED, [Event("closed")], LATER)
    assert found.clocks["whole"].outcome == (None, None)
    assert (found.findings["t"].value, found.findings["t"].possible) == (None, ("late", "fine", None))


def test_a_run_prints_in_a_line() -> None:
    assert repr(clock(PLAIN, RECEIVED, [], "2026-09-21").run) == "<Run: running, due 2026-10-05T23:59:59.999999+08:00>"
    assert repr(clock(PAUSABLE, RECEIVED, [stop("2026-09-22T09:00")], "2026-09-23").run) == "<Run: suspended>"
