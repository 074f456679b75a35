"""Laws of linking, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.linking.linker import Linker, link
from complaint_rules.moments import BEIJING
from tests.linking.test_links import at, policy

MOMENTS = st.one_of(
    st.integers(0, 3 * 86_400 * 10**6).map(lambda n: at("2026-09-01T00:00") + dt.timedelta(microseconds=n)),
    st.dates(dt.date(2026, 9, 1), dt.date(2026, 9, 4)),
    st.sampled_from(
        [at("2026-09-02T00:00"), at("2026-09-02T23:59:59.999999"), at("2026-09-01T12:00"), at("2026-09-02T12:00")]
    ),
)


FLOODS = st.lists(
    st.tuples(
        MOMENTS, st.sampled_from("ab"), st.none() | st.sets(st.sampled_from("pqr"), min_size=1), st.integers(0, 2)
    ),
    max_size=12,
)


WINDOWS = st.sampled_from([None, "1 day", "2 days", "24 hours", "1 hour", "2 working days"])


def _flood(rows: Sequence[tuple[Any, str, set[str] | None, int]]) -> list[Complaint]:
    return [
        Complaint(
            id=f"c-{n}",
            received=when,
            kind=kind,
            complainant_keys=frozenset(keys) if keys else None,
            complainants=len(keys or "x") + more if keys or more else None,
        )
        for n, (when, kind, keys, more) in enumerate(rows)
    ]


def _by_definition(
    flood: Sequence[Complaint], window: str | None, distinct: bool, joint: bool
) -> list[tuple[int, int]]:
    def first(c: Complaint) -> dt.datetime:
        return (
            c.received if isinstance(c.received, dt.datetime) else dt.datetime.combine(c.received, dt.time(), BEIJING)
        )

    def last(c: Complaint) -> dt.datetime:
        whole = dt.timedelta(days=1, microseconds=-1)
        return first(c) + (dt.timedelta() if isinstance(c.received, dt.datetime) else whole)

    def within(early: Complaint, late: Complaint) -> bool:
        end = {
            None: last(late),
            "1 day": dt.datetime.combine(last(early) + dt.timedelta(1), dt.time.max, BEIJING),
            "2 days": dt.datetime.combine(last(early) + dt.timedelta(2), dt.time.max, BEIJING),
            "24 hours": last(early) + dt.timedelta(hours=24),
            "1 hour": last(early) + dt.timedelta(hours=1),
            # 1 to 4 September 2026 are Tuesday to Friday, then a plain weekend.
            "2 working days": dt.datetime.combine(
                last(early) + dt.timedelta(2 if last(early).day < 3 else 4), dt.time.max, BEIJING
            ),
        }[window]
        return first(early) <= last(late) <= end

    def size(held: Sequence[Complaint]) -> int:
        if not distinct:
            return sum((c.complainants or 1) if joint else 1 for c in held)
        unknown = sum((c.complainants or 1) if joint else 1 for c in held if c.complainant_keys is None)
        known = [c for c in held if c.complainant_keys is not None]
        if joint:
            keys = {key for c in known for key in c.complainant_keys or ()}
            return unknown + len(keys) + sum((c.complainants or 0) - len(c.complainant_keys or ()) for c in known)
        return unknown + len({c.complainant_keys for c in known})

    windows = [[c for c in flood if c.kind == asked.kind and within(c, asked)] for asked in flood]
    at_receipt = [size(held) for held in windows]
    now = [max(n for n, held in zip(at_receipt, windows, strict=True) if c in held) for c in flood]
    return list(zip(at_receipt, now, strict=True))


@given(FLOODS, WINDOWS, st.booleans(), st.booleans(), st.randoms(use_true_random=False))
def test_counts_are_those_of_the_definition_in_any_order(
    rows: Any, window: Any, distinct: bool, joint: bool, random: Any
) -> None:
    """ "3+ different people on the same kind within 1 month": every window looked back from a receipt, counted."""
    flood = _flood(rows)
    expected = dict(zip([c.id for c in flood], _by_definition(flood, window, distinct, joint), strict=True))
    own = policy(window=window, distinct=distinct, joint=joint)
    random.shuffle(flood)
    links = link(flood, own)
    found = {c.id: (links.counts(c.id, "receipt")["same_kind"], links.counts(c.id)["same_kind"]) for c in flood}
    assert found == expected
    members = [member for group in links.groups("same_kind", at_least=1) for member in group.members]
    assert sorted(members) == sorted(expected)


@given(FLOODS, WINDOWS, st.booleans(), st.booleans(), st.lists(st.integers(0, 11), max_size=3))
def test_adding_one_by_one_gives_what_all_at_once_gives(
    rows: Any, window: Any, distinct: bool, joint: bool, amended: list[int]
) -> None:
    """ "incremental use for a live system (add one complaint, get what changed)"."""
    own = policy(window=window, distinct=distinct, joint=joint)
    flood: list[Complaint | Case] = list(_flood(rows))
    for place in set(amended) & set(range(len(flood))):
        complaint = flood[place]
        assert isinstance(complaint, Complaint)
        flood[place] = Case(complaint, [Event("amended", at("2026-09-03T06:00"), set={"kind": "b"})])
    linker = Linker(own)
    known: dict[str, Any] = {}
    for item in flood:
        changed = linker.add(item)
        fresh = {name: (linker.counts(name, "receipt"), linker.counts(name)) for name in linker.links()}
        assert {name for name in fresh if fresh[name] != known.get(name)} <= set(changed)
        assert {name for name in changed if fresh[name] == known.get(name)} == set()
        known = fresh
    links = link(flood, own)
    assert known == {name: (links.counts(name, "receipt"), links.counts(name)) for name in links}


@given(
    FLOODS.filter(bool),
    WINDOWS,
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from("abc")), max_size=4),
)
def test_replacing_complaints_gives_what_linking_them_anew_gives(
    rows: Any, window: Any, joint: bool, changes: list[tuple[int, str]]
) -> None:
    """Whatever was amended since, the counts are those of the histories as they now stand."""
    own = policy(window=window, distinct=True, joint=joint)
    items: list[Complaint | Case] = list(_flood(rows))
    linker = Linker(own)
    for item in items:
        linker.add(item)
    for place, kind in changes:
        complaint = _flood(rows)[place % len(rows)]
        items[place % len(rows)] = Case(complaint, [Event("amended", at("2026-09-03T06:00"), set={"kind": kind})])
        linker.replace(items[place % len(rows)])
    links = link(items, own)
    assert all(
        linker.counts(name, known) == links.counts(name, known) for name in links for known in ("now", "receipt")
    )
