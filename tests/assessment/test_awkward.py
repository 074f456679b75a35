"""What random histories showed: answers that were definite where nobody can know, and answers that moved later on."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Status
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING
from tests.golden import china
from tests.small import clock, due, fact, limit, own, worked

RECEIVED = dt.datetime(2026, 3, 2, 9, tzinfo=BEIJING)  # a Monday
DAY = dt.timedelta(days=1)
UNKNOWN = fact("spot", assume=None)
SPOT = own(
    UNKNOWN,
    fact("set_by_others", "day", assume=None),
    limit("[{ by = \"set_by_others\" }, { within = \"at once\", when = \"spot\" }, { within = \"5 days\" }]"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("after", "spot", "status", "why"),
    [
        (4, None, Status.RUNNING, "whichever binds, it runs"),
        (6, None, Status.UNDETERMINED, "of at once nothing is late, but the five days are over if they bind"),
        (6, True, Status.RUNNING, "at once sets no moment"),
        (6, False, Status.OVERDUE, "the five days bind"),
    ],
)
def test_at_once_does_not_hide_a_figure_that_may_bind_instead(
    after: int, spot: bool | None, status: Status, why: str
) -> None:
    found = clock(SPOT, "2026-03-02 09:00", [], f"2026-03-0{2 + after}", spot=spot)
    assert found.status is status, why


@pytest.mark.parametrize(
    ("on", "spot", "status", "why"),
    [
        (4, None, Status.MET, "in time by either"),
        (9, None, Status.UNDETERMINED, "late if the five days bind"),
        (9, True, Status.MET, "nothing is late"),
        (9, False, Status.MET_LATE, "after the fifth day"),
    ],
)
def test_nor_one_that_may_have_bound(on: int, spot: bool | None, status: Status, why: str) -> None:
    closed = [Event("closed", dt.datetime(2026, 3, on, 12, tzinfo=BEIJING))]
    assert clock(SPOT, "2026-03-02 09:00", closed, "2026-03-20", spot=spot).status is status, why


def test_where_nobody_sees_amendments_a_day_that_was_set_may_have_been_another_and_no_proof_of_having_kept_it() -> None:
    case = Case(
        Complaint(id="c-1", received=RECEIVED, extra={"set_by_others": dt.date(2026, 3, 3)}),
        [Event("closed", RECEIVED + 4 * DAY)],
    )
    at = RECEIVED + 20 * DAY
    assert assess(case, SPOT, at=at).clocks["whole"].status is Status.MET_LATE
    hidden = assess(attrs.evolve(case, unseen={"amended"}), SPOT, at=at).clocks["whole"]
    assert (hidden.status, due(hidden)) == (Status.UNDETERMINED, "2026-03-03")


EVERY = own(UNKNOWN, limit('[{ within = "at once", when = "spot" }, { within = "5 days" }]', rows_are="earliest"))


@pytest.mark.parametrize("events", [[], [Event("noted", RECEIVED)]], ids=["by the facts alone", "by the history"])
def test_of_several_that_bind_at_once_takes_no_figure_away(events: list[Event]) -> None:
    """Both duties bind (每一行都适用): haste besides a figure does not make the figure vanish."""
    found = clock(EVERY, "2026-03-02 09:00", events, "2026-03-20", spot=True)
    assert (found.status, due(found)) == (Status.OVERDUE, "2026-03-07")


def after(days: int, case: Case, at: dt.datetime, policy: object = SPOT) -> Assessment:
    return assess(case, policy, at=at + days * DAY, calendar=china())  # type: ignore[arg-type]


def test_a_fact_amended_unusably_stays_unsettled_for_whoever_asks_later_of_then() -> None:
    """Asked at the time it was undetermined; asked 60 days later of that moment it was said to be late."""
    bad = Event("amended", RECEIVED + DAY, set={"joint": 1})
    case = Case(Complaint(id="c-1", received=RECEIVED, joint=False), [bad])
    at = RECEIVED + 10 * DAY
    then, later = after(0, case, at, JOINT), after(60, case, at, JOINT).snapshot.as_of(at)
    assert then.clocks["whole"].status is Status.UNDETERMINED
    assert later.clock(JOINT.limits["whole"]).outcome == then.clocks["whole"].outcome == (None, None)
    before = after(60, case, at, JOINT).snapshot.as_of(RECEIVED + DAY / 2)
    assert before.clock(JOINT.limits["whole"]).outcome == (False, False), "what came later unsettles nothing earlier"


JOINT = own(limit('[{ within = "60 days", when = "joint" }, { within = "5 days" }]'))
VOID = own(
    UNKNOWN,
    limit("[{ within = \"5 days\" }]", 'void_on = { event = "withdrawn", when = "spot" }'),
)  # fmt: skip


def test_an_end_that_hangs_on_an_unknown_fact_is_as_open_later_as_it_was_then() -> None:
    case = Case(Complaint(id="c-1", received=RECEIVED), [Event("withdrawn", RECEIVED + DAY)])
    at = RECEIVED + 2 * DAY
    then = after(0, case, at, VOID)
    assert then.clocks["whole"].outcome == (None, None)
    assert after(60, case, at, VOID).snapshot.outcome(at, "whole") == (None, None)


ENDED = own(limit('[{ within = "5 days" }]', 'void_on = "withdrawn"'))


def test_of_two_endings_nobody_knows_which_came_first_where_one_has_no_moment() -> None:
    """It was said to be void once anything happened after the withdrawal, and undetermined before."""
    events = [Event("closed"), Event("withdrawn", RECEIVED + DAY)]
    noted = [Event("noted", RECEIVED + 2 * DAY), Event("escalated", RECEIVED + 3 * DAY)]
    for record in (events, events[::-1], [*events, *noted]):
        found = worked(ENDED, "2026-03-02 09:00", record, "2026-03-20").clocks["whole"]
        assert (found.status, found.runs[0].late) == (Status.UNDETERMINED, False)


def test_at_once_is_no_more_in_doubt_later_than_it_was_on_the_day_of_the_receipt() -> None:
    at_once = own(limit('[{ within = "at once" }]'))
    at = dt.datetime(2026, 3, 2, 0, 0, 0, 1, tzinfo=BEIJING)
    case = Case(Complaint(id="c-1", received=at.date()))
    assert after(0, case, at, at_once).clocks["whole"].outcome == (False, False)
    assert after(60, case, at, at_once).snapshot.outcome(at, "whole") == (False, False)
