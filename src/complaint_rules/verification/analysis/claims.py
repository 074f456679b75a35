"""What a witness of a finding shows: asked of its assessment, and said as data to be asked again (所示结果)."""

from __future__ import annotations

from typing import Any, Final, final

import attrs

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock, Status
from complaint_rules.frozen import Shown
from complaint_rules.policy.rules import LimitRow

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
    perhaps: bool = False
    """Of a limit: that the row may count, or without one that it may apply, and nobody knows."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        found: dict[str, Any] = {"rule": self.rule}
        if not self.rule.startswith("duty/"):
            found["row"] = self.row
        if self.perhaps:
            found["perhaps"] = True
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
        if self.perhaps:
            open_ = clock.status is Status.UNDETERMINED and not rows
            return open_ or (self.row is not None and _decides(clock, clock.limit.rows[self.row]))
        if self.row is None:
            return not rows and clock.status in _SILENT
        figure = clock.limit.rows[self.row]
        if figure.as_agreed:  # what was agreed stands in its place
            return bool(clock.runs)
        return any(row is figure for row in rows)


def _decides(clock: Clock, figure: LimitRow) -> bool:
    """Say whether a figure binds, or is the most generous reading of when a limit is due."""
    within, counting = figure.within, clock.limit.counting
    if any(run.row is figure for run in clock.runs):
        return True
    if within is None:
        return False
    ends = [clock.snapshot.counted(within, counting, run.start, run.pauses)[1] for run in clock.runs]
    return any(end is not None and end == run.due_latest for end, run in zip(ends, clock.runs, strict=True))


@final
@attrs.frozen(repr=False)
class ClaimedAll(Shown):
    """Several of them at once."""

    parts: tuple[Claimed, ...]
    """What is shown."""

    def __call__(self, assessment: Assessment) -> bool:
        """Say whether an assessment says all of it."""
        return all(part(assessment) for part in self.parts)
