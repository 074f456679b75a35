"""What a witness of a finding shows: asked of its assessment, and said as data to be asked again (所示结果)."""

from __future__ import annotations

from typing import Any, Final, final

import attrs

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock, Status
from complaint_rules.frozen import Shown

_SILENT: Final = (Status.NOT_APPLICABLE, Status.UNDETERMINED)


@final
@attrs.frozen(kw_only=True, repr=False)
class Claimed(Shown):
    """What an assessment says of one rule: which row counts, or that none does; of a duty, that it arises.

    >>> Claimed(rule="table/priority", row=2).to_dict()
    {'rule': 'table/priority', 'row': 2}
    """

    rule: str
    """The rule, as ``table/priority``, ``limit/whole``, ``duty/thank``."""
    row: int | None = None
    """The row that counts, from 0; None: of a table or limit none does, of a duty nothing more is said."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        found: dict[str, Any] = {"rule": self.rule}
        if not self.rule.startswith("duty/"):
            found["row"] = self.row
        return found

    def __call__(self, assessment: Assessment) -> bool:
        """Say whether an assessment says so."""
        section, _, name = self.rule.partition("/")
        if section == "duty":
            return any(one.duty.id == name for one in assessment.duties)
        if section == "limit":
            return self._of_limit(assessment.clocks[name])
        table, fired = assessment.policy.tables[name], assessment.findings[name].decision.fired
        if self.row is None:
            return not fired
        return self.row in fired if table.every else fired == (self.row,)

    def _of_limit(self, clock: Clock) -> bool:
        rows = [run.row for run in clock.runs if run.row is not None]
        if self.row is None:
            return not rows and clock.status in _SILENT
        figure = clock.limit.rows[self.row]
        if figure.as_agreed:  # what was agreed stands in its place
            return bool(clock.runs)
        return any(row is figure for row in rows)


@final
@attrs.frozen(repr=False)
class ClaimedAll(Shown):
    """Several of them at once."""

    parts: tuple[Claimed, ...]
    """What is shown."""

    def __call__(self, assessment: Assessment) -> bool:
        """Say whether an assessment says all of it."""
        return all(part(assessment) for part in self.parts)
