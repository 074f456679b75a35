"""Laws of exchange, held against whatever Hypothesis makes up."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Channel, Complaint
from complaint_rules.cases.plain import case_from_json, case_to_dict
from complaint_rules.errors import Fault, InvalidCase, UnreadableInput
from complaint_rules.moments import BEIJING
from tests.cases.test_plain import rows

codes = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8)


moments = st.datetimes(
    dt.datetime(2001, 1, 2),  # noqa: DTZ001 - bounds are naive by Hypothesis' own rule
    dt.datetime(2099, 12, 30),  # noqa: DTZ001 - the same
    timezones=st.just(BEIJING),
)


whens = st.one_of(moments, st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31)))


amounts = st.decimals(0, 10**9, places=2)


events = st.builds(
    Event,
    st.sampled_from(["routed", "replied", "own_kind"]),
    st.none() | whens,
    to=st.none() | codes,
    told=st.none() | st.frozensets(codes, min_size=1, max_size=3),
    amount=st.none() | amounts,
    due=st.none() | whens,
    set=st.none() | st.dictionaries(st.sampled_from(["seen_on", "flag"]), st.booleans() | st.none(), max_size=2),
)


cases = st.builds(
    Case,
    st.builds(
        Complaint,
        id=codes,
        received=whens,
        channel=st.none() | st.sampled_from(Channel),
        complainants=st.none() | st.integers(4, 1000),
        complainant_keys=st.none() | st.frozensets(codes, min_size=1, max_size=3),
        joint=st.none() | st.booleans(),
        amount=st.none() | amounts,
        recorded=st.none() | st.frozensets(codes, max_size=3),
        extra=st.fixed_dictionaries(
            {},
            optional={
                "seen_at": moments,
                "seen_on": whens,
                "rate": amounts,
                "flag": st.booleans(),
                "tags": st.frozensets(codes),
            },
        ),
    ),
    st.lists(events, max_size=3),
    unseen=st.frozensets(st.sampled_from(["called_back", "suspended"])),
)


@given(cases)
def test_a_case_written_and_read_again_is_the_same(case: Case) -> None:
    """Nothing is lost, rounded or added on the way through JSON text."""
    types = {"seen_at": "moment", "seen_on": "moment", "rate": "decimal"}
    assert case_from_json(json.dumps(case_to_dict(case)), facts=types) == case


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(allow_nan=False).map(str),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["id", "received", "events", "extra", "unseen", "kind", "at", "set", "told", "amount", "x"]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_case_or_refused_with_places(data: object) -> None:
    """No input raises anything else, and a refusal always says where."""
    try:
        case_from_json(json.dumps(data))
        found: tuple[Fault, ...] = (Fault(where="", why="none"),)
    except InvalidCase as error:
        found = error.faults
    assert found
    assert all(fault.why for fault in found)


@given(st.binary(max_size=200))
def test_any_bytes_are_lines_of_cases_or_refused_in_words(content: bytes) -> None:
    """Whatever a file holds, each line is a case or has its faults, or the whole is refused."""
    try:
        found = rows(content)
    except UnreadableInput:
        found = []
    assert all((row.case is None) == bool(row.faults) for row in found)
