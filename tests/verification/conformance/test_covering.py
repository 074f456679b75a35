"""Whether what one selector means is meant by others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Event
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.conformance.covering import covers, fields_of, same_events, spelt, uncovered


def sel(kind: str, nth: int | None = None, without: dict[str, str] | None = None, **fields: str) -> Selector:
    def values(given: dict[str, str]) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple((name, frozenset(value.split())) for name, value in given.items())

    return Selector(kind=kind, fields=values(fields), nth=nth, without=values(without or {}))


@pytest.mark.parametrize(
    ("wide", "narrow", "covered"),
    [
        (sel("replied"), sel("replied"), True),
        (sel("replied"), sel("closed"), False),
        (sel("replied"), sel("replied", told="complainant"), True),
        (sel("replied", told="complainant"), sel("replied"), False),
        # one of several values of a field; of those told all
        (sel("routed", to="outlet branch"), sel("routed", to="outlet"), True),
        (sel("routed", to="outlet"), sel("routed", to="outlet branch"), False),
        (sel("replied", told="complainant"), sel("replied", told="complainant regulator"), True),
        (sel("replied", told="complainant regulator"), sel("replied", told="complainant"), False),
        # what is left out
        (sel("appealed", without={"to": "regulator"}), sel("appealed"), False),
        (sel("appealed", without={"to": "regulator"}), sel("appealed", to="superior"), True),
        (sel("appealed", without={"to": "regulator"}), sel("appealed", to="regulator"), False),
        (sel("appealed", without={"to": "regulator"}), sel("appealed", without={"to": "regulator mediator"}), True),
        (sel("appealed", without={"to": "regulator mediator"}), sel("appealed", without={"to": "regulator"}), False),
        (sel("replied", without={"told": "regulator"}), sel("replied", told="complainant"), False),
        # the second of some events need not be the second of fewer
        (sel("replied"), sel("replied", nth=2), True),
        (sel("replied", nth=2), sel("replied", nth=2), True),
        (sel("replied", nth=2), sel("replied"), False),
        (sel("replied", nth=1), sel("replied", nth=1, told="complainant"), False),
    ],
)
def test_a_selector_covers_another(wide: Selector, narrow: Selector, covered: bool) -> None:
    assert covers(wide, narrow) is covered


CODES = st.sampled_from(["a", "b", "c"])
FIELDS = st.dictionaries(
    st.sampled_from(["to", "by", "told"]), st.frozensets(CODES, min_size=1, max_size=2), max_size=2
)
SELECTORS = st.builds(
    lambda fields, without: Selector(kind="replied", fields=tuple(fields.items()), without=tuple(without.items())),
    FIELDS,
    FIELDS,
)
EVENTS = st.builds(
    lambda to, by, told: Event("replied", to=to, by=by, told=told),
    st.none() | CODES,
    st.none() | CODES,
    st.none() | st.frozensets(CODES, min_size=1),
)


@given(SELECTORS, SELECTORS, st.lists(EVENTS, max_size=20))
def test_what_covers_another_matches_whatever_that_matches(
    wide: Selector, narrow: Selector, events: list[Event]
) -> None:
    if covers(wide, narrow):
        assert all(wide.matches(event) for event in events if narrow.matches(event))


@given(SELECTORS)
def test_a_selector_covers_itself(one: Selector) -> None:
    assert covers(one, one)
    assert same_events([one], [one])


def test_what_is_not_covered_is_named_and_what_is_vouched_for_is_not() -> None:
    ones = [sel("accepted"), sel("replied", to="outlet"), sel("closed")]
    assert uncovered(ones, [sel("replied")]) == (ones[0], ones[2])
    assert uncovered(ones, [sel("replied")], {"accepted": "replied", "closed": "archived"}) == (ones[2],)


def test_a_selector_is_spelt_with_its_fields() -> None:
    assert spelt(sel("routed", nth=2, to="b a", without={"by": "x"})) == "routed(to=a/b, not by=x, nth=2)"


def test_fields_are_made_that_others_leave_out() -> None:
    others = [sel("replied", without={"told": "regulator"}), sel("closed", without={"to": "x"})]
    assert list(fields_of(sel("replied", to="b a", told="c d"), others)) == [
        {"to": "a", "told": frozenset("cd")},
        {"to": "a", "told": frozenset("cd")},
    ]
    assert list(fields_of(sel("replied"), others)) == [{}, {"told": frozenset({"regulator"})}]
