"""How long calls take, measured in turns, so that what else the machine does falls on all of them alike."""

from __future__ import annotations

import gc
import statistics
import timeit
from collections.abc import Callable, Mapping
from typing import Any, Final

_SHORT: Final = 0.004
"""Seconds that one turn takes about."""


def side_by_side(ways: Mapping[str, Callable[[], Any]], *, turns: int = 40) -> dict[str, float]:
    """Give the microseconds of one call of each way in its fastest turn, garbage collection on as in real life."""
    timers = {name: timeit.Timer(way, setup=gc.enable) for name, way in ways.items()}
    numbers = {name: max(1, int(_SHORT / max(min(timer.repeat(3, 1)), 1e-8))) for name, timer in timers.items()}
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(turns):
        for name, timer in timers.items():
            best[name] = min(best[name], timer.timeit(numbers[name]) / numbers[name] * 1e6)
    return best


def median(way: Callable[[], Any], *, calls: int = 500) -> float:
    """Give the median of single calls in microseconds, after one that fills the memories."""
    way()
    return statistics.median(timeit.Timer(way, setup=gc.enable).repeat(calls, 1)) * 1e6
