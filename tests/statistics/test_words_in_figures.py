"""Figures by the words of conditions: repeats merged, in whose hands a limit ran out, and reopened cases."""

from __future__ import annotations

import datetime as dt
from typing import Final

from complaint_rules import Case, Complaint, Event, Tally, link
from complaint_rules.statistics import CaseCount, Share
from tests.by_hand import complaint, ev, instant
from tests.small import TITLE, limit, own
from tests.statistics.tallied import end_of, figure

AT: Final = end_of("2026-10-08")
RULES: Final = own(
    f'[[level]]\nid = "outlet"\n{TITLE}\n[[level]]\nid = "branch"\n{TITLE}',
    f'[[link]]\nid = "again"\n{TITLE}\nsame = ["kind"]',
    limit('[{ within = "10 days" }]'),
    f'[[basis]]\nid = "merged"\n{TITLE}\ncounts = "first_of(\'again\')"',
)


def test_merged_counts_take_one_of_each_group() -> None:
    """The regulator's quarterly counts merge repeats from 2022 on: three complaints of two matters are two."""
    first = dt.date(2026, 9, 1)
    three = [
        Complaint(id=f"c-{n}", received=first + dt.timedelta(days=n), kind=kind)
        for n, kind in enumerate(["fees", "fees", "service"])
    ]
    links = link(three, RULES)
    tally = Tally(RULES, at=AT, figures=[figure("raw"), figure("merged_count", basis="merged")])
    for one in three:
        tally.add(one, links=links.counts(one.id))
    assert (tally["raw"], tally["merged_count"]) == (CaseCount(n=3), CaseCount(n=2))


def test_in_whose_hands_a_limit_ran_out_is_a_share() -> None:
    tally = Tally(
        RULES,
        at=AT,
        figures=[
            figure("at_outlet", share="holder_at_breach('whole', 'outlet')"),
            figure("now_branch", share="holder('branch')"),
        ],
    )
    passed = ev("routed", "2026-09-20T10:00", to="branch")
    tally.add(Case(complaint("2026-09-01T09:00", received_by="outlet"), [passed]))
    tally.add(Case(complaint("2026-09-15T09:00", received_by="outlet"), [passed]))
    tally.add_row({"received_by": "outlet"}, received=dt.date(2026, 9, 1), standings={"whole": "open_late"})
    tally.add_row({"received_by": "outlet"}, received=dt.date(2026, 9, 1), standings={"whole": "in_time"})
    assert tally["at_outlet"] == Share(yes=1, no=2, undecided=1), "11 September, 25 September; in a row nobody knows"
    assert tally["now_branch"] == Share(yes=2, undecided=2), "a row shows no handover"


def test_closed_next_day_reopened_and_closed_on_day_135_is_not_within_three_working_days() -> None:
    """The trap of zammad/zammad#3745 and #5158, as a share."""
    within = "not elapsed('received', '3 working days', until='closed', standing=True)"
    tally = Tally(RULES, at=end_of("2026-12-01"), figures=[figure("within", share=within)])
    events = [("closed", "2026-03-03T10:00"), ("reopened", "2026-03-05T10:00"), ("closed", "2026-07-15T10:00")]
    tally.add(Case(complaint("2026-03-02T09:00"), [Event(kind, instant(when)) for kind, when in events]))
    assert tally["within"] == Share(no=1)
