"""`merge`: several receipts of the same complaint become one case, and the earliest of them keeps its clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import attrs

from complaint_rules.cases.case import Case, Event, complaint_of, several
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.cases.facts import FactValue
from complaint_rules.errors import InvalidComplaint, did_you_mean
from complaint_rules.moments import latest_of

_OF_THE_RECEIPT: Final = frozenset({"received", "channel", "source", "received_by", "face_to_face", "anonymous"})
"""Facts that tell of one receipt, not of the matter."""


_ENDING: Final = frozenset({"replied", "accepted_by_customer", "closed", "withdrawn", "not_accepted", "archived"})
"""Kinds of event by which a later receipt's own file may have ended, without the matter having."""
Endings: TypeAlias = Literal["whole", "own"]
"""Whether what ended a later receipt ended the whole, or that receipt's own file only."""


def merge(
    cases: Iterable[Case | Complaint],
    *,
    at: dt.datetime | dt.date | None = None,
    endings: Endings | None = None,
) -> Case:
    """Make one case of several receipts of the same complaint (合并处理): the earliest receipt keeps its clocks.

    The earliest receipt stays as it was, with its id. Each later one adds a ``merged`` event whose `ref` is its
    complaint's id, an ``amended`` event with what it tells of the matter, and its own events. Told anew: complainants'
    keys and other sets are united, their number is the greater of all given and of the keys united, any other fact
    takes the later receipt's value where that is known; channel, source and the like remain those of the first receipt.
    Both stand at `at`, by default at the later receipt itself. Events in both histories are kept once; an event id
    used twice gets its complaint's id in front, and so do the references to it. A kind of event that one source cannot
    show is unseen in the whole. What was merged before changes nothing.

    A later receipt that was answered or closed on its own leaves a question that only the caller can answer: with
    ``endings="whole"`` the matter was answered by that; with ``"own"`` its file alone was closed, as help desks close
    a duplicate (重复工单) when they merge it, and those events are left out.

    Raises `InvalidComplaint` where nothing is given, for anything that is no case, for an id given twice, and where a
    later receipt has an ending and `endings` is not given.

    >>> first = Complaint(id="c-1", received=dt.date(2026, 9, 1), complainant_keys=["p-1"])
    >>> again = Complaint(id="c-2", received=dt.date(2026, 9, 5), complainant_keys=["p-1", "p-2"])
    >>> whole = merge([again, first])
    >>> whole.complaint.received, [event.kind for event in whole.events]
    (datetime.date(2026, 9, 1), ['merged', 'amended'])
    """
    given: list[Case] = []
    ids: set[str] = set()
    for place, item in enumerate(several(cases, "cases")):
        complaint = complaint_of(item, place)
        if complaint.id in ids:
            raise InvalidComplaint(
                what="Complaint.id",
                why="the same complaint is given twice",
                value=complaint.id,
                where=f"complaints[{place}]",
            )
        ids.add(complaint.id)
        given.append(item if isinstance(item, Case) else Case(complaint))
    if not given:
        raise InvalidComplaint(what="cases", why="at least one case is expected")
    if endings not in (None, "whole", "own"):
        raise InvalidComplaint(
            what="endings", why="'whole' or 'own' is expected", value=endings,
            hint=did_you_mean(endings, ["whole", "own"]),
        )  # fmt: skip
    given.sort(key=lambda case: (case.complaint.received_from, latest_of(case.complaint.received)))
    whole = given[0]
    known = whole.complaint
    merged = {event.ref for event in whole.events if event.kind == "merged"}
    for case in given[1:]:
        if case.complaint.id in merged:
            continue
        case = _ended(case, endings)  # noqa: PLW2901 - as far as its own ending counts
        when = case.complaint.received if at is None else at
        added = [Event("merged", when, ref=case.complaint.id)]
        news = _news(known, case.complaint)
        if news:
            added.append(Event("amended", when, ref=case.complaint.id, set=news))
            known = known.amended(news)
        added += _further(case, whole.events)
        whole = Case(whole.complaint, (*whole.events, *added), unseen=whole.unseen | case.unseen)
    return whole


def _ended(case: Case, endings: Endings | None) -> Case:
    """Give a later receipt as its endings count in the whole."""
    ended = [event.kind for event in case.events if event.kind in _ENDING]
    if not ended or endings == "whole":
        return case
    if endings is None:
        kinds = ", ".join(dict.fromkeys(ended))
        raise InvalidComplaint(
            what="endings",
            why=f"a later receipt ended on its own ({kinds}), which may or may not end the whole",
            value=case.complaint.id,
            hint="pass endings='whole' where that answered the matter, 'own' where its file was closed as a duplicate",
        )
    return attrs.evolve(case, events=[event for event in case.events if event.kind not in _ENDING])


def _news(known: Complaint, told: Complaint) -> dict[str, FactValue | None]:
    """Give what a later receipt tells of the matter beyond, or otherwise than, what is known."""
    news: dict[str, FactValue | None] = {}
    for name in sorted((CORE_FACTS - _OF_THE_RECEIPT) | told.extra.keys()):
        before, after = known.fact(name), told.fact(name)
        if isinstance(before, frozenset) and isinstance(after, frozenset):
            after = before | after
        if after is not None and after != before:
            news[name] = after
    keys = news.get("complainant_keys", known.complainant_keys)
    numbers = [known.complainants or 0, told.complainants or 0, len(keys) if isinstance(keys, frozenset) else 0]
    news.pop("complainants", None)
    if max(numbers) and max(numbers) != known.complainants:
        news["complainants"] = max(numbers)
    return news


def _further(case: Case, events: Sequence[Event]) -> list[Event]:
    """Give the events of a later case that are not there yet, their ids and references made unmistakable."""
    there = set(events)
    taken = {event.id for event in events if event.id is not None}
    own = [event for event in case.events if event.kind != "received" and event not in there]
    renamed = {
        event.id: f"{case.complaint.id}/{event.id}" for event in own if event.id is not None and event.id in taken
    }
    return [attrs.evolve(event, id=_renamed(event.id, renamed), ref=_renamed(event.ref, renamed)) for event in own]


def _renamed(key: str | None, renamed: Mapping[str, str]) -> str | None:
    return None if key is None else renamed.get(key, key)
