"""What an assessment finds beside clocks and duties: classes, questions, document checks, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import final

from complaint_rules.assessment.plans import Decision
from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.cases.entries import Entry
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.errors import MissingParameter
from complaint_rules.frozen import Frozen, field
from complaint_rules.language import Lang
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.rules import Checklist, Modality, Table, TableRow


@final
class Finding(Frozen):
    """What a table of the policy says of a case (认定结果), and how far that is certain."""

    __slots__ = ("_decision", "_snapshot", "_table")

    table: Table = field("table")
    """The table."""
    decision: Decision = field("decision")
    """The outcome of its rows."""
    snapshot: Snapshot = field("snapshot")
    """What was known."""

    def __init__(
        self,
        table: Table,
        decision: Decision,
        snapshot: Snapshot,
    ) -> None:
        self._table = table
        self._decision = decision
        self._snapshot = snapshot

    def __repr__(self) -> str:
        value = ", ".join(self.table.missing) + " missing" if self.table.missing else repr(self.decision.value)
        return f"<Finding {self.rule}: {value}>"

    @property
    def value(self) -> str | frozenset[str] | None:
        """The class found: a value, None where no row holds, or for a table of ``every`` the set of all that hold.

        Unknown facts are presumed as the policy declares. Raises `MissingParameter` where a figure the table needs
        was not supplied.
        """
        if self._table.missing:
            raise MissingParameter(
                what=self.rule,
                why="the text leaves a figure open and none was supplied: " + ", ".join(self.table.missing),
                hint=f"pass parameters={{{self.table.missing[0]!r}: …}} to load_policy",
            )
        return self._decision.value

    @property
    def possible(self) -> tuple[str | None, ...]:
        """Every value the unknown facts could still produce; None among them: possibly no row holds."""
        return self.decision.possible

    @property
    def certain(self) -> bool:
        """Whether no unknown fact can change it."""
        return self.decision.certain and not self.table.missing

    @property
    def assumed(self) -> tuple[str, ...]:
        """The unknown facts that could still change it: perhaps too many, never too few."""
        return self.snapshot.plan.names(self.decision.unknown)

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows that hold; of a table of ``first`` at most one."""
        return tuple(self.table.rows[index] for index in self.decision.fired)

    @property
    def rule(self) -> str:
        """``table/id``, the key of the rule within its policy."""
        return f"table/{self.table.id}"

    @property
    def cite(self) -> str | None:
        """The article of the first row that holds, else of the table."""
        rows = self.rows
        return (rows[0].cite if rows else None) or self.table.cite

    def explain(self, lang: Lang = "zh") -> str:
        """Say what was found and why, in Chinese (``zh``) or English (``en``); see `words.findings.explain_finding`."""
        return self.snapshot.plan.explain(self, lang)


@final
class Check(Frozen):
    """One document held against its checklist (要素完整性)."""

    __slots__ = ("_checklist", "_entry", "_missing")

    checklist: Checklist = field("checklist")
    """The checklist."""
    entry: Entry = field("entry")
    """The event, or the receipt, whose items were checked."""
    missing: tuple[str, ...] | None = field("missing")
    """The items that are not there; None: what is there was not recorded, or whether the checklist applies."""

    def __init__(self, checklist: Checklist, entry: Entry, missing: tuple[str, ...] | None) -> None:
        self._checklist = checklist
        self._entry = entry
        self._missing = missing

    def __repr__(self) -> str:
        return f"<Check {self.rule}: {self.missing}>"

    @property
    def rule(self) -> str:
        """``checklist/id``, the key of the rule within its policy."""
        return f"checklist/{self.checklist.id}"

    @property
    def complete(self) -> bool | None:
        """Whether nothing is missing; None: unknown."""
        return None if self.missing is None else not self.missing


def checks(snapshot: Snapshot) -> list[Check]:
    """Hold every document of the history against the policy's checklists."""
    plan = snapshot.plan
    if not snapshot.case.events:
        receipt = snapshot.receipt
        return [
            Check(one, receipt, _lacking(snapshot, one, receipt))
            for one in plan.checked_at_receipt
            if one.when is None or snapshot.holds(one.when, receipt)
        ]
    return [
        Check(one, entry, _lacking(snapshot, one, entry))
        for one in plan.policy.checklists.values()
        for entry in snapshot.all_matches(one.of)
        if one.when is None or snapshot.holds(one.when, entry)
    ]


def _lacking(snapshot: Snapshot, checklist: Checklist, entry: Entry) -> tuple[str, ...] | None:
    items = snapshot.complaint.recorded if entry.place < 0 else entry.event.items
    if items is None:
        return None
    lacking = tuple(item for item in checklist.items if item not in items)
    return lacking if not lacking or snapshot.surely_held(checklist.when, entry) else None


def incomplete(found: Iterable[Check]) -> Iterator[Violation]:
    """Give the documents that lack something, as violations."""
    for check in found:
        if check.missing:
            yield Violation(
                code=ViolationCode.INCOMPLETE,
                severity=Severity.BREACH if check.checklist.modality is Modality.MUST else Severity.WARNING,
                rule=check.rule, cite=check.checklist.cite, place=None if check.entry.place < 0 else check.entry.place,
                event=check.entry.event.kind, at=check.entry.event.at,
                detail=FrozenMap(missing=", ".join(check.missing)),
            )  # fmt: skip
