"""Single events for tests: what some rule asks for, with the fields it looks at, or a near miss of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import attrs

from complaint_rules.arguments import truth
from complaint_rules.cases.case import Event, Fields
from complaint_rules.errors import InvalidComplaint
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment, day_of
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.testing.archetypes import SETS, Archetypes, archetypes
from complaint_rules.testing.complaints import values_of
from complaint_rules.testing.edges import spans
from complaint_rules.testing.needed import st
from complaint_rules.testing.pools import OUTSIDE, pools

_MISSES: Final = 5
"""One in so many fields that a rule asks for is a near miss, where awkward values are wanted."""
_LATEST: Final = 40
_MOST_AMENDED: Final = 3
_NO_FORM: Final[Fields] = ()
_NOT_ASKED: Final[Mapping[str, tuple[str, ...]]] = FrozenMap()


@st.composite
def event_of(draw: st.DrawFn, policy: Policy, kind: str, form: Fields | None, at: dt.datetime, awkward: bool) -> Event:
    """Draw an event of a kind; with a form, so that a rule that asks for this form means it (save a near miss).

    Without a form one of those that some rule asks for is drawn.
    """
    found = archetypes(policy)
    if form is None:
        form = draw(st.sampled_from(found.forms.get(kind, (_NO_FORM,))))
    fields: dict[str, Any] = {}
    for name, codes in form:
        fields[name] = frozenset(codes) if name in SETS else draw(st.sampled_from(sorted(codes)))
    _fill(draw, found, kind, fields)
    if awkward:
        _miss(draw, fields)
    if kind == "amended":
        fields["set"] = draw(_changes(policy))
    if draw(st.booleans()) if kind != "agreed" else True:
        fields["due"] = at + draw(spans(15))
    return Event(kind, at, **fields)


def _fill(draw: st.DrawFn, found: Archetypes, kind: str, fields: dict[str, Any]) -> None:
    """Draw the fields that a rule looks at beside those of the form, and who acts."""
    for name, codes in found.asked.get(kind, _NOT_ASKED).items():
        if name in fields or not codes:
            continue
        if name in SETS:
            less = [frozenset(codes) - {code} for code in codes]
            fields[name] = draw(
                st.none() | st.just(frozenset(codes)) | st.sampled_from(less).map(lambda one: one or None)
            )
        else:
            fields[name] = draw(st.none() | st.sampled_from(codes))
    for name in ("by", "to"):
        if name not in fields and found.holders:
            fields[name] = draw(st.none() | st.sampled_from(found.holders))


def _miss(draw: st.DrawFn, fields: dict[str, Any]) -> None:
    """Let an event just miss what is asked for: a field is missing, or says something else."""
    for name in sorted(fields):
        if fields[name] is not None and draw(st.integers(0, _MISSES - 1)) == 0:
            if name in SETS:
                short = fields[name] - {draw(st.sampled_from(sorted(fields[name])))}
                fields[name] = draw(st.sampled_from((None, frozenset({OUTSIDE}), short or None)))
            else:
                fields[name] = None if name in ("by", "to", "approved_by") else draw(st.sampled_from((None, OUTSIDE)))


@st.composite
def _changes(draw: st.DrawFn, policy: Policy) -> dict[str, Any]:
    """Draw what has become known of some facts, or is unknown again."""
    there = {name: pool for name, pool in pools(policy).items() if pool.read} or pools(policy)
    names = draw(st.lists(st.sampled_from(list(there)), min_size=1, max_size=_MOST_AMENDED, unique=True))
    return {name: draw(st.none() | values_of(there[name])) for name in names}


def events(policy: Policy, since: dt.datetime, *, awkward: bool = False) -> st.SearchStrategy[Event]:
    """Draw single events (取事件) of the kinds that a policy knows, within 40 days from a moment.

    Most are of a kind that some rule asks for, with the fields that it looks at. `awkward` mixes in near misses of
    them, amendments, events known to the day, and such as nobody knows when they happened.

    Raises `InvalidPolicy` for what is no policy, `InvalidMoment` for a naive moment, `InvalidComplaint` for what is no
    truth value.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.moments import BEIJING
    >>> events(load_policy("psbc-95580"), dt.datetime(2026, 9, 30, 9, tzinfo=BEIJING))
    drawn_events(policy=<Policy psbc-95580, edition 2016>, ...)
    """
    truth(awkward, "awkward", InvalidComplaint)
    return drawn_events(as_policy(policy), as_moment(since, what="since"), awkward)


@st.composite
def drawn_events(draw: st.DrawFn, policy: Policy, since: dt.datetime, awkward: bool) -> Event:
    """Draw an event."""
    kind = draw(kinds(policy, awkward))
    event = draw(event_of(policy, kind, None, since + draw(spans(_LATEST)), awkward))
    return blurred(event, draw(st.sampled_from("mmmdu"))) if awkward else event


def kinds(policy: Policy, awkward: bool) -> st.SearchStrategy[str]:
    """Draw the kind of an event: mostly one that some rule asks for; an amendment where awkward values are wanted.

    >>> from complaint_rules.policy.loading import load_policy
    >>> kinds(load_policy("reply-24h"), False)
    one_of(sampled_from(...
    """
    return _kinds(policy, awkward)


@lru_cache(maxsize=64)
def _kinds(policy: Policy, awkward: bool) -> st.SearchStrategy[str]:
    found = archetypes(policy)
    parts = [st.sampled_from(found.kinds)] * 3 if found.kinds else []
    others = tuple(kind for kind in found.others if kind != "amended")
    return st.one_of(*parts, st.sampled_from(others or found.kinds), *([st.just("amended")] if awkward else []))


def blurred(event: Event, how: str) -> Event:
    """Give an event known to the moment (``m``), to the day (``d``), or nobody knows when (``u``).

    >>> blurred(Event("closed", dt.date(2026, 9, 30)), "u")
    <Event kind=closed>
    """
    if how == "u":
        return attrs.evolve(event, at=None)
    return attrs.evolve(event, at=day_of(event.at)) if how == "d" and event.at is not None else event
