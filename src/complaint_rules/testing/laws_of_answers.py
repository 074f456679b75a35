"""The laws of answers: the same question, another moment, another process, and data."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from collections.abc import Mapping
from typing import Final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.plain import case_from_json, case_to_dict
from complaint_rules.errors import InvalidFigure
from complaint_rules.moments import INSTANT, earliest_of
from complaint_rules.policy.codes import fact_types
from complaint_rules.policy.policy import Policy
from complaint_rules.testing.asking import LawQuestion, answer, unlike

_FAR: Final = dt.timedelta(days=400)
_LATER: Final = dt.timedelta(days=60)
_OF_THE_MATTER: Final = ("findings", "clocks", "duties", "questions", "keep_until")


def check_pure(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that the same question has the same answer, in whatever order its parts are read (同问同答).

    >>> from complaint_rules.policy.loading import load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> check_pure(load_policy("reply-24h"), Complaint(id="c-1", received=received), received)
    """
    asked = LawQuestion("pure", policy, case, at, calendar, links)
    found, again = asked.then(), asked.then()
    plain = found.to_dict()
    _ = (again.next_change_at, again.notices, again.questions, list(again.clocks.values())[::-1])
    asked.hold(again.to_dict() == plain, "asked twice, it is answered differently", unlike(plain, again.to_dict()))
    asked.hold(found == again, "two equal answers compare as different")


def check_wakeup(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
    part: float = 0.5,
) -> None:
    """Hold that nothing differs before `Assessment.next_change_at`, and at it something does (到时唤醒一次).

    Tried are the instant after `at`, the last one before the change, and a moment between, at that `part` of the way;
    where nothing will change, up to 400 days on. Of a case in which more than 64 moments would have to be tried
    `next_change_at` may ring for nothing, and then the law does not hold. Raises `InvalidFigure` for a `part` that is
    no share from 0 to 1.
    """
    share: object = part
    if not isinstance(share, int | float) or not 0 <= share <= 1:
        raise InvalidFigure(what="part", why="a share from 0 to 1 is expected", value=part)
    asked = LawQuestion("wakeup", policy, case, at, calendar, links)
    found = asked.then()
    change, known, now = found.next_change_at, answer(found), found.at
    asked.hold(change is None or change > now, "the next change does not lie ahead", change)
    last = now + _FAR if change is None else change - INSTANT
    for moment in sorted({now + INSTANT, now + (last - now) * part, last}):
        if now < moment <= last:
            then = answer(asked.then(moment))
            asked.hold(then == known, "the answer changes before its next change", (moment, unlike(then, known)))
    if change is not None:
        asked.hold(answer(asked.then(change)) != known, "the next change rings for nothing", change)


def check_then(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that what is said later of a moment is what was answered at it (当时之答即事后之答).

    Held against each other are the ends of limits, their due moments and the values of tables, asked 60 days later of
    the moment `at`. A record corrected since (``amended`` for the reason ``mistaken``) changes what is said of before:
    the law does not speak of a case that has one.
    """
    asked = LawQuestion("then", policy, case, at, calendar, links)
    if any(event.corrects for event in asked.case.events):
        return
    found, later = asked.then(), asked.then(asked.at + _LATER).snapshot
    before = later.as_of(found.at)
    for name, limit in asked.policy.limits.items():
        clock, again = found.clocks[name], before.clock(limit)
        asked.hold(later.outcome(found.at, name) == clock.outcome, "a limit's end is later said otherwise", name)
        asked.hold((again.outcome, again.due_at) == (clock.outcome, clock.due_at), "a clock is later another one", name)
    view, seen = later.view_at(found.at), found.snapshot.view
    asked.hold(view.complaint == seen.complaint, "the facts of then are later said otherwise")
    for place, name in enumerate(asked.policy.tables):
        asked.hold(view.table(place).value == seen.table(place).value, "a class is later said otherwise", name)


def check_later(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that what is recorded for after `at` changes nothing that is answered at it (后事不改前答).

    Events without an `id` are given one, because what they start is named by it.
    """
    asked = LawQuestion("later", policy, case, at, calendar, links)
    events = asked.named_events()
    known = [one for one in events if one.at is None or earliest_of(one.at) <= asked.at]
    whole, without = (asked.then(case=asked.with_events(*some)).to_dict() for some in (events, known))
    for name in _OF_THE_MATTER:
        asked.hold(whole[name] == without[name], "what is to come changes what is answered now", name)


def check_pickle(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that what comes back from another process, or is copied, equals what was sent (答案可传可比)."""
    asked = LawQuestion("pickle", policy, case, at, calendar, links)
    found = asked.then()
    plain = found.to_dict()
    for value in (asked.case, found):
        there = pickle.loads(pickle.dumps(value))  # noqa: S301 - made a moment ago
        for made in (there, copy.copy(value), copy.deepcopy(value)):
            asked.hold(made == value, "a copy differs from what was copied", value)
        if isinstance(there, Assessment):
            asked.hold(there.to_dict() == plain, "what comes back from a pickle says something else")


def check_data(
    policy: Policy,
    case: Case | Complaint,
    at: dt.datetime,
    *,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, int] | None = None,
) -> None:
    """Hold that cases and answers go through JSON and come back as they were (数据往返不变)."""
    asked = LawQuestion("data", policy, case, at, calendar, links)
    plain = asked.then().to_dict()
    asked.hold(json.loads(json.dumps(plain)) == plain, "an answer as data does not come back from JSON")
    text = json.dumps(case_to_dict(asked.case))
    back = case_from_json(text, facts=fact_types(asked.policy.scope.facts))
    asked.hold(back == asked.case, "a case as data does not come back from JSON")
