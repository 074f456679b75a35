"""What is no policy, calendar or article is refused with an error of the library wherever it is passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from complaint_rules import Complaint, assess, load_policy, permitted
from complaint_rules.calendar.working_time import add_working_time, working_time_between
from complaint_rules.cases.case import Case, Event
from complaint_rules.errors import InvalidPeriod, InvalidPolicy, UnknownRule
from complaint_rules.moments import BEIJING
from complaint_rules.words.comparisons import comparison_text
from complaint_rules.words.rulebooks import explain_article, explain_policy, explain_rule, rulebook
from complaint_rules.words.voices import voice

AT = dt.datetime(2026, 9, 30, 9, tzinfo=BEIJING)
CASE = Complaint(id="c-1", received=AT)
DOORS: dict[str, Callable[[Any], Any]] = {
    "assess": lambda what: assess(CASE, what, at=AT),
    "permitted": lambda what: permitted(CASE, Event("closed", AT), what),
    "rulebook": lambda what: rulebook(what, "zh"),
    "rulebook with links": lambda what: rulebook(what, "zh", linked=True),
    "explain_policy": lambda what: explain_policy(what, "zh"),
    "explain_rule": lambda what: explain_rule(what, "limit/whole", "zh"),
    "explain_article": lambda what: explain_article(what, "18", "zh"),
    "comparison": lambda what: comparison_text([what], "zh"),
    "Case.from_dict": lambda what: Case.from_dict({"id": "c-1", "received": "2026-09-30"}, what),
    "Event.from_dict": lambda what: Event.from_dict({"kind": "closed"}, what),
    "voice": lambda what: voice(what, "zh"),
}


@pytest.mark.parametrize("what", [None, 5, "psbc-95580", CASE], ids=["none", "number", "id", "case"])
@pytest.mark.parametrize("door", DOORS)
def test_what_is_no_policy_is_refused(door: str, what: Any) -> None:
    with pytest.raises(InvalidPolicy, match="a Policy is expected"):
        DOORS[door](what)


@pytest.mark.parametrize("what", [None, 5, "china"])
def test_what_is_no_calendar_is_refused_where_working_time_is_counted(what: Any) -> None:
    with pytest.raises(InvalidPeriod, match="a WorkCalendar is expected"):
        working_time_between(what, AT, AT)
    with pytest.raises(InvalidPeriod, match="a WorkCalendar is expected"):
        add_working_time(what, AT, dt.timedelta(hours=1))


@pytest.mark.parametrize("what", [5, b"14", ["14"]])
def test_what_is_no_article_is_refused(what: Any) -> None:
    with pytest.raises(UnknownRule, match="article: a text is expected"):
        load_policy("psbc-95580").cite(what, "zh")
