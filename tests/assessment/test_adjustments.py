"""What lawfully stops or lengthens a limit, beyond the tables in `test_clocks`."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.cases.case import Event
from tests.by_hand import ev
from tests.small import TITLE, clock, codes, due, fact, limit, own, worked

RECEIVED: Final = "2026-09-20T09:00"
BODIES: Final = f'[[body]]\nid = "manager"\n{TITLE}\n[[body]]\nid = "head"\n{TITLE}'
EXTENSION: Final = (
    "[[limit.extension]]", 'id = "x"', 'on = { event = "extended", reason = ["special", "far"] }', 'add = "5 days"',
    'approved_by = ["manager", "head"]', "requires = \"'complainant' in event.told and 'grounds' in event.items\"",
)  # fmt: skip
POLICY: Final = own(BODIES, limit('[{ within = "10 days" }]', *EXTENSION))


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([ev("extended", "2026-09-22", reason="special", approved_by="head", told="complainant", items="grounds")],
            "2026-10-05", "complete in itself"),
        ([ev("extended", "2026-09-22", reason="busy", approved_by="head", told="complainant", items="grounds")],
            "2026-09-30", "for a reason the rule does not know"),
        ([ev("extended", "2026-09-22", id="e", reason="special"), ev("approved", "2026-09-23", ref="e", by="manager"),
            ev("informed", "2026-09-24", ref="e", told="complainant", items="grounds")], "2026-10-05",
            "completed step by step by what refers to it"),
        ([ev("extended", "2026-09-22", id="e", reason="special"), ev("approved", "2026-09-23", ref="e",
            approved_by="manager"), ev("informed", "2026-09-24", ref="e", told="complainant")], "2026-09-30",
            "the grounds were never put down"),
        ([ev("extended", "2026-09-22", id="e", reason="special", approved_by="head"), ev("informed", "2026-09-24",
            told="complainant", items="grounds")], "2026-09-30", "told, but nothing says of what"),
        ([ev("extended", "2026-09-22", id="e", reason="special", approved_by="head"), ev("routed", "2026-09-24",
            ref="e", told="complainant", items="grounds")], "2026-09-30", "a routing completes nothing"),
        ([ev("informed", "2026-09-21", ref="e", told="complainant", items="grounds"), ev("extended", "2026-09-22",
            id="e", reason="special", approved_by="head")], "2026-09-30", "told before it was granted"),
        ([ev("extended", "2026-09-22", id="e", reason="special"), ev("informed", "2026-09-24", ref="e", by="manager",
            told="complainant", items="grounds")], "2026-09-30", "the manager told the customer and approved nothing"),
        ([ev("extended", "2026-09-22", id="e", reason="special"), ev("informed", "2026-09-24", ref="e", by="clerk",
            approved_by="manager", told="complainant", items="grounds")], "2026-10-05",
            "what informs of it names who approved it"),
        ([ev("extended", "2026-09-22", id="e", reason="special", approved_by="clerk", told="complainant",
            items="grounds"), ev("approved", "2026-09-24", ref="e", by="clerk", approved_by="manager")], "2026-10-05",
            "approved once more, by one entitled to it, though another wrote it down"),
    ],
)  # fmt: skip
def test_an_extension_is_complete_by_itself_or_by_what_refers_to_it(
    events: list[Event], expected: str, why: str
) -> None:
    assert due(clock(POLICY, RECEIVED, events, "2026-09-26")) == expected, why


def test_the_unit_of_the_figure_that_binds_is_the_one_that_is_lengthened() -> None:
    rows = '[{ within = "5 working days", when = "urgent" }, { within = "10 days" }]'
    policy = own(fact("urgent"), limit(rows, "[[limit.extension]]", 'add = "5 days"'))
    events = [ev("extended", "2026-09-21")]
    assert due(clock(policy, RECEIVED, events, "2026-09-22", urgent=False)) == "2026-10-05"
    assert due(clock(policy, RECEIVED, events, "2026-09-22", urgent=True)) == "2026-09-28", "21, 22, 23, 24, 28"


def test_a_pause_that_lacks_what_it_needs_is_reported_and_the_limit_runs_on() -> None:
    rule = (
        'pauses = [{ reason = ["appraisal", "testing"], requires = "\'complainant\' in event.told", cite = "18(2)" }]'
    )
    policy = own(limit('[{ within = "10 days" }]', rule))
    stop = ev("suspended", "2026-09-22", reason="testing")
    found = worked(policy, RECEIVED, [stop, ev("suspended", "2026-09-22", reason="holiday")], "2026-09-25")
    assert codes(found) == ["suspension_without_effect"], "the other reason is none of this limit's"
    assert (found.violations[0].cite, dict(found.violations[0].detail)) == ("18(2)", {"lacking": "requirements"})
    assert due(found.clocks["whole"]) == "2026-09-30"


@pytest.mark.parametrize(
    ("extended", "expected", "status", "why"),
    [
        (ev("extended", "2026-09-30T09:00"), "2026-10-02T09:00", "running", "in the last instant"),
        (ev("extended", "2026-09-30T09:00:00.000001"), "2026-09-30T09:00", "overdue", "one later"),
        (ev("extended", "2026-09-29"), "2026-10-02T09:00", "running", "on the day before, at whatever hour"),
        (ev("extended", "2026-09-30"), "2026-09-30T09:00", "undetermined", "on that day: perhaps in time"),
        (ev("extended", "2026-10-01"), "2026-09-30T09:00", "overdue", "on the day after"),
        (Event("extended"), "2026-09-30T09:00", "undetermined", "nobody knows when"),
    ],
)
def test_a_limit_is_lengthened_before_it_has_run_out(extended: Event, expected: str, status: str, why: str) -> None:
    """240 hours from the receipt end on 30 September at 09:00; asked on 1 October."""
    policy = own(limit('[{ within = "240 hours" }]', "[[limit.extension]]", 'add = "48 hours"'))
    found = clock(policy, RECEIVED, [extended], "2026-10-01T12:00")
    assert (due(found), found.status.value) == (expected, status), why


@pytest.mark.parametrize(
    ("named", "expected", "why"),
    [
        (None, "2026-10-05", "as far as the rule allows"),
        ("2026-10-04", "2026-10-04", "not so far"),
        ("2026-10-05", "2026-10-05", "just so far"),
        ("2026-10-06", "2026-10-05", "no further"),
        ("2026-10-05T23:59", "2026-10-05T23:59", "a minute less"),
        ("2026-09-30", "2026-09-30", "not at all"),
        ("2026-09-29", "2026-09-30", "an extension shortens nothing"),
    ],
)
def test_a_time_named_with_an_extension_counts_between_the_two_ends(named: str | None, expected: str, why: str) -> None:
    """Ten days end on 30 September, with five more on 5 October."""
    policy = own(limit('[{ within = "10 days" }]', "[[limit.extension]]", 'add = "5 days"'))
    events = [ev("extended", "2026-09-22", **({} if named is None else {"due": named}))]
    assert due(clock(policy, RECEIVED, events, "2026-09-23")) == expected, why
