"""A frozen map reads as a dict and changes as nothing."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from complaint_rules.mappings import FrozenMap


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.__setitem__("b", 2),
        lambda one: one.__delitem__("a"),
        lambda one: one.__ior__({"b": 2}),
        lambda one: one.clear(),
        lambda one: one.pop("a"),
        lambda one: one.popitem(),
        lambda one: one.setdefault("b", 2),
        lambda one: one.update(b=2),
    ],
)
def test_every_way_to_change_it_is_refused(change: Callable[[Any], object]) -> None:
    one = FrozenMap(a=1)
    with pytest.raises(TypeError, match="cannot be changed"):
        change(one)
    assert one == {"a": 1}


def test_it_is_hashable_comparable_and_survives_copying_and_process_borders() -> None:
    one = FrozenMap(a=1, b="x")
    assert (one["a"], one.get("c"), list(one)) == (1, None, ["a", "b"])
    assert hash(one) == hash(FrozenMap(b="x", a=1))
    assert copy.copy(one) is one
    assert copy.deepcopy(one) is one
    back = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own bytes
    assert (back, type(back)) == (one, FrozenMap)


@pytest.mark.parametrize(
    ("one", "name", "hint"),
    [
        (FrozenMap(whole=1), "whol", "did you mean 'whole'?"),
        (FrozenMap(whole=1, reply=2), "zzz", "known are whole, reply"),
        (FrozenMap(), "whole", "it is empty"),
        (FrozenMap({1: 2}), 5, "it is empty"),
    ],
)
def test_an_unknown_name_is_refused_with_the_likely_one(one: FrozenMap[Any, int], name: object, hint: str) -> None:
    with pytest.raises(LookupError, match="there is nothing under this name") as caught:
        _ = one[name]
    assert hint in str(caught.value)
    assert one.get(name) is None
