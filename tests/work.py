"""How much work a call does, counted and not timed: a count is the same on every machine and beside any load."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, Python's and built-in ones, that some work comes to.

    >>> calls(lambda: sorted([3, 1, 2])) < calls(lambda: [sorted([3, 1, 2]) for _ in range(100)])
    True
    """
    counted = 0

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted
