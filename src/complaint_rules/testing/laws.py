"""The library's own laws (定律), as functions that anybody can hold against a policy and a case of their own.

Each takes a policy, a case and the moment asked about, and gives nothing; one that does not hold raises `BrokenLaw`.
`calendar` and `links` are those of `assess`. What a law does not speak of it lets pass: see what stands with each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.policy.policy import Policy
from complaint_rules.testing.asking import Law
from complaint_rules.testing.laws_of_answers import (
    check_data,
    check_later,
    check_pickle,
    check_pure,
    check_then,
    check_wakeup,
)
from complaint_rules.testing.laws_of_limits import check_notices, check_pauses, check_statuses
from complaint_rules.testing.laws_of_records import check_hidden, check_order, check_permitted

LAWS: Final[tuple[Law, ...]] = (
    check_pure, check_wakeup, check_then, check_later, check_order, check_hidden, check_pauses, check_statuses,
    check_permitted, check_notices, check_pickle, check_data,
)  # fmt: skip
"""Every law there is."""


def check_laws(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold every law against a case; raises `BrokenLaw` for the first that does not hold.

    >>> from complaint_rules.policy.loading import load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> check_laws(load_policy("reply-24h"), Complaint(id="c-1", received=received), received)
    """
    for law in LAWS:
        law(policy, case, at, calendar=calendar, links=links)
