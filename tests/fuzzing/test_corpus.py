"""What broke something once is judged with every run, and a few inputs of every kind besides."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from tests.fuzzing.targets import CORPUS, TARGETS

KEPT = sorted(CORPUS.rglob("*.txt"))


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}-{path.stem}" for path in KEPT])
def test_what_broke_something_once_does_so_no_more(path: Path) -> None:
    TARGETS[path.parent.name].judge(path.read_bytes().decode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_made_at_random_break_nothing(name: str) -> None:
    target = TARGETS[name]
    for seed in range(settings().max_examples // 3):
        target.judge(target.make(Random(f"{name} {seed}")))  # noqa: S311 - made again from its seed


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_is_made_again_from_its_seed(name: str) -> None:
    made = [TARGETS[name].make(Random(f"{name} 7")) for _ in range(2)]  # noqa: S311 - made again from its seed
    assert made[0] == made[1]
