"""Of the drafts that differ in what one condition says, those that differ in as little else as can be come first."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from complaint_rules.mappings import FrozenMap
from complaint_rules.verification.generation import pairs
from complaint_rules.verification.generation.sketches import Sketch, Step

JOINT: Final = Sketch(facts=FrozenMap({"joint": (True, False)}))
CLOSED: Final = Sketch(steps=(Step("closed"),))


@pytest.mark.parametrize(
    ("one", "other", "far", "why"),
    [
        (Sketch(), Sketch(), 0, "nothing"),
        (JOINT, JOINT, 0, "of each fact the first value is taken, and it is the same"),
        (JOINT, Sketch(), 1, "one fact, known and unknown"),
        (JOINT, Sketch(facts=FrozenMap({"joint": (False,), "repeat": (True,)})), 2, "two facts"),
        (CLOSED, Sketch(), 1, "a step"),
        (CLOSED, Sketch(steps=(Step("reopened"),)), 0, "which step it is does not count, how many there are does"),
        (Sketch(), Sketch(steps=(Step("closed"), Step("reopened"))), 2, "two steps"),
        (Sketch(), Sketch(wait=dt.timedelta(days=3)), 1, "the wait, however long"),
        (Sketch(links=FrozenMap({"same": 3})), Sketch(links=FrozenMap({"same": 1})), 2, "two complaints linked"),
        (Sketch(links=FrozenMap({"same": 1})), Sketch(links=FrozenMap({"other": 2})), 3, "by two links"),
    ],
)
def test_drafts_are_as_far_apart_as_there_is_that_differs(one: Sketch, other: Sketch, far: int, why: str) -> None:
    words = ("", "")
    assert pairs._distance((one, other, (words, words))) == far, why
    assert pairs._distance((other, one, (words, words))) == far, "either way round"
