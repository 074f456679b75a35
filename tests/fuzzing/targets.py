"""Every kind of input that is made and judged, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.fuzzing import conditions, histories, lines, registers, rule_files

CORPUS: Final = Path(__file__).parent / "corpus"
"""Texts that broke something once, by the name of their kind."""


class Target(NamedTuple):
    """How a kind of input is made and judged."""

    make: Callable[[Random], str]
    """Make one from a generator."""
    judge: Callable[[str], None]
    """Raise where the library does what it never may."""


TARGETS: Final = {
    "lines": Target(lines.make, lines.judge),
    "registers": Target(registers.make, registers.judge),
    "rule_files": Target(rule_files.make, rule_files.judge),
    "conditions": Target(conditions.make, conditions.judge),
    "histories": Target(histories.make, histories.judge),
}
"""By name."""
