"""Laws of cases, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Case, Event, Fields
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.timeline import Timeline
from complaint_rules.moments import BEIJING
from tests import strategies as our
from tests.cases.test_timeline import AT


@given(st.lists(st.tuples(st.sampled_from(["routed", "replied", "closed"]), our.whens | st.none()), max_size=6))
def test_what_is_a_day_earlier_stands_before(parts: list[tuple[str, Any]]) -> None:
    """Design 8: order is compared at the coarser precision."""
    received = dt.date(2025, 1, 1)
    events = [Event(kind, at, id=f"e{number}") for number, (kind, at) in enumerate(parts)]
    entries = Timeline(Case(Complaint(id="c-1", received=received), events), AT).entries
    days = [entry.lo.date() for entry in entries if entry.lo is not None]
    assert days == sorted(days)
    assert [entry.order for entry in entries] == list(range(len(entries)))
    exact = [entry.lo for entry in entries if not entry.dated and entry.lo is not None]
    assert exact == sorted(exact)


FIELDS: Final[tuple[Fields, ...]] = ((), (("by", frozenset({"outlet"})),))
KINDS = st.sampled_from(["registered", "routed", "suspended", "resumed", "amended", "replied", "closed", "reopened"])
CLOSE = st.integers(0, 60).map(lambda hours: dt.datetime(2026, 9, 30, tzinfo=BEIJING) + dt.timedelta(hours=hours))


@given(
    st.lists(st.tuples(KINDS, CLOSE | CLOSE.map(dt.datetime.date) | st.none(), st.integers(1, 3)), max_size=8), CLOSE
)
def test_what_was_known_earlier_is_the_same_read_anew_or_cut_from_what_is_known_now(
    parts: list[tuple[str, Any, int]], moment: dt.datetime
) -> None:
    """A later record never changes what was known before it."""
    events = [
        Event(kind, at, by="outlet" if n > 1 else None, set={"complainants": n} if kind == "amended" else None)
        for kind, at, n in parts
    ]
    received = dt.datetime(2026, 9, 29, 20, tzinfo=BEIJING)
    whole = Timeline(Case(Complaint(id="c-1", received=received), events), AT)
    cut, read = whole.until(moment), Timeline(whole.case, moment)
    assert cut.kinds == read.kinds
    assert (cut.entries or (cut.receipt,)) == (read.entries or (read.receipt,))
    assert (cut.changed, cut.complaint_at(moment)) == (read.changed, read.complaint_at(moment))
    for kind in ("received", *sorted(whole.kinds)):
        assert list(cut.of_kind(kind)) == list(read.of_kind(kind))
        for fields in FIELDS:
            assert list(cut.of_kind(kind, fields)) == list(read.of_kind(kind, fields))
            assert [list(cut.since(kind, one, fields)) for one in read.entries] == [
                list(read.since(kind, one, fields)) for one in read.entries
            ]
            if not whole.undated:
                line, number = whole.known_at(moment, kind, fields)
                assert {one.place for one in line[:number]} == {one.place for one in read.of_kind(kind, fields)}
