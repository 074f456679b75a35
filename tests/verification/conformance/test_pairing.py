"""Which limit is held against which, and names that neither policy has."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules.errors import UnknownCode, UnknownRule
from complaint_rules.policy.loading import load_policy
from complaint_rules.verification.conformance.pairing import implied, paired

PSBC, MEASURES = load_policy("psbc-95580"), load_policy("cbirc-2020-3")
ALONE = (None, "review_request"), (None, "review"), (None, "pass_on"), (None, "tell_passing_on")


def test_limits_of_one_id_are_paired_by_themselves() -> None:
    assert paired(MEASURES, MEASURES) == tuple((name, name) for name in MEASURES.limits)
    assert {ours for ours, _ in paired(PSBC, MEASURES)} == {None}


def test_what_is_told_prevails_over_the_same_id() -> None:
    """A house that extends the base has its `decide` too; told otherwise, that one is held against nothing."""
    found = paired(MEASURES, MEASURES, {"review": "decide"})
    assert found[:3] == (("review", "decide"), ("review_request", "review_request"), ("review", "review"))


@pytest.mark.parametrize(
    "pairs",
    [[("whole", "decide"), ("reply", "decide"), ("whole", "decide")], [["whole", "decide"], ["reply", "decide"]]],
)
def test_several_limits_may_be_held_against_one(pairs: Any) -> None:
    assert paired(PSBC, MEASURES, pairs)[:3] == (("whole", "decide"), ("reply", "decide"), ALONE[0])


@pytest.mark.parametrize(
    ("pairs", "text"),
    [
        ({"hwole": "decide"}, "psbc-95580 has no such limit; got 'hwole'; did you mean 'whole'"),
        ({"whole": "decid"}, "cbirc-2020-3 has no such limit; got 'decid'; did you mean 'decide'"),
        ({"whole": "zebra"}, "its limits are decide, review_request"),
        ({"whole": None}, "cbirc-2020-3 has no such limit; got None"),
        ([("whole",)], "pairs of a house limit and a base limit are expected"),
        (["whole=decide"], "pairs of a house limit and a base limit are expected"),
        ("whole=decide", "a mapping of the house's names"),
        (5, "a mapping of the house's names"),
    ],
)
def test_a_limit_that_there_is_not_is_told_with_the_one_meant(pairs: Any, text: str) -> None:
    with pytest.raises(UnknownRule) as caught:
        paired(PSBC, MEASURES, pairs)
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("implies", "text"),
    [
        ({"acepted_by_customer": "replied"}, "psbc-95580 has no such event; got 'acepted_by_customer'; did you mean"),
        ({"replied": "zebra"}, "see complaint-rules explain cbirc-2020-3"),
        ([("replied",)], "pairs of a house event and a base event are expected"),
    ],
)
def test_an_event_that_there_is_not_is_told_too(implies: Any, text: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        implied(PSBC, MEASURES, implies)
    assert text in str(caught.value)


def test_what_is_vouched_for_is_kept_as_a_mapping() -> None:
    assert implied(PSBC, MEASURES, {"accepted_by_customer": "replied"}) == {"accepted_by_customer": "replied"}
