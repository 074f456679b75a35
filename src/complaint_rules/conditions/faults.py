"""Collecting what is wrong with one condition, each fault with its place in the text."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.errors import NOTHING, Fault

MOST_FAULTS: Final = 20
"""Faults reported of one condition; the rest would repeat them."""


@attrs.define
class ConditionFaults:
    """Collects what is wrong, with its place in the text."""

    where: str
    found: list[Fault] = attrs.field(factory=list)

    @property
    def full(self) -> bool:
        """Whether further faults would only repeat those found."""
        return len(self.found) >= MOST_FAULTS

    def add(self, at: int, why: str, value: object = NOTHING, hint: str = "") -> None:
        """Note a fault at a character, counted from 0."""
        self.found.append(Fault(where=self.place(at), why=why, value=value, hint=hint))

    def place(self, at: int) -> str:
        """Name a character, counted from 0, as people count."""
        place = f"character {at + 1}"
        return f"{self.where}, {place}" if self.where else place
