"""A count of linked complaints that also says who came first: a number to all who only count."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from complaint_rules.cases.counts import GroupCount
from complaint_rules.errors import InvalidComplaint


def test_it_is_a_number_to_whoever_only_counts() -> None:
    found = GroupCount(3, first=True)
    assert (found == 3, found != 3, found >= 3, found + 1, {3: "three"}[found], json.dumps({"n": found})) == (
        True, False, True, 4, "three", '{"n": 3}',
    )  # fmt: skip


def test_two_of_them_differ_by_who_came_first() -> None:
    first, later, unknown = GroupCount(3, first=True), GroupCount(3, first=False), GroupCount(3)
    assert len({first == later, later == unknown, first == unknown}) == 1
    assert first != later
    assert first == GroupCount(3, first=True)
    assert GroupCount(2, first=True) != first


@pytest.mark.parametrize("first", [True, False, None])
def test_it_goes_through_pickle_and_copy(first: bool | None) -> None:
    found = GroupCount(2, first=first)
    for again in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):  # noqa: S301 - our own
        assert type(again) is GroupCount
        assert (again, again.first) == (found, first)


def test_it_cannot_be_changed() -> None:
    found = GroupCount(2, first=True)
    with pytest.raises(AttributeError, match="a GroupCount cannot be changed"):
        found.first = False
    with pytest.raises(AttributeError, match="a GroupCount cannot be changed"):
        del found.first
    assert found.first


@pytest.mark.parametrize(
    ("count", "first", "message"),
    [
        (-1, None, "a count of 0 or more is expected"),
        (True, None, "a count of 0 or more is expected"),
        ("3", None, "a count of 0 or more is expected"),
        (2.0, None, "a count of 0 or more is expected"),
        (3, 1, "true, false or null is expected"),
        (3, "yes", "true, false or null is expected"),
    ],
)
def test_what_is_no_count_is_refused(count: Any, first: Any, message: str) -> None:
    with pytest.raises(InvalidComplaint, match=message):
        GroupCount(count, first=first)


def test_nobody_beside_it_is_a_count() -> None:
    assert GroupCount(0) == 0
