"""Assessments as CSV: one line for each case and time limit, in cells that a spreadsheet takes for what they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.questions import NoteCode
from complaint_rules.cases.violations import Severity
from complaint_rules.errors import legible
from complaint_rules.exchange.rows import RowFault
from complaint_rules.policy.policy import Policy
from complaint_rules.printing import guarded

_CLOCK: Final = ("status", "started_at", "due_at", "ended_at", "certainty", "rule", "cite")
_UNFIT: Final = (NoteCode.NOT_IN_FORCE, NoteCode.NOT_APPLICABLE, NoteCode.POSSIBLY_NOT_APPLICABLE)


def csv_head(policy: Policy) -> str:
    """Write the names of the columns; new ones come last, so that the others keep their places.

    >>> from complaint_rules import load_policy
    >>> csv_head(load_policy("cbirc-2020-3")).split(",")[:3]
    ['case', 'policy', 'at']
    """
    return csv_line(("case", "policy", "at", *policy.tables, "clock", *_CLOCK, "run", "faults"))


def csv_rows(assessment: Assessment, policy: Policy, notes: Sequence[RowFault], *, exact: bool = False) -> str:
    """Write a line for each run of each time limit, and one where a limit has none; ``run`` numbers them from 1.

    The classes of the case are repeated on each line. No run speaks for another: whoever counts what was kept counts
    lines.

    ``faults`` tells what is wrong with the record itself: codes of the contradictions in it, and what was noted when
    its row was read, and where the rule set was not in force or may not apply. A breach of a rule is no fault of it.
    `exact` as in `csv_line`.
    """
    data = assessment.to_dict()
    values = (data["findings"][name]["value"] for name in policy.tables)
    head = [data["case"], data["policy"]["id"], data["at"]]
    head += ["|".join(value) if isinstance(value, list) else value for value in values]
    codes = [found.code.value for found in assessment.violations if found.severity is Severity.RECORD]
    codes += [note.code.value for note in assessment.notes if note.code in _UNFIT]
    faults = "|".join(dict.fromkeys([*codes, *(f"{note.column}: {note.why}" for note in notes)]))
    return "".join(
        csv_line((*head, name, *((clock | run).get(key) for key in _CLOCK), number, faults), exact=exact)
        for name, clock in data["clocks"].items()
        for number, run in _runs(clock)
    )


def _runs(clock: Mapping[str, Any]) -> Iterable[tuple[int | None, dict[str, Any]]]:
    """Give the runs of a clock with their numbers; of one that has not started, nothing but the clock."""
    if "ended_at" not in clock:
        return ((None, {}),)
    runs = clock.get("runs", [{}])
    last = len(runs)
    # How certain a due moment is, the data tell of the latest run only.
    return ((number, run if number == last else {**run, "certainty": None}) for number, run in enumerate(runs, 1))


def csv_line(cells: Iterable[object], *, exact: bool = False) -> str:
    r"""Write one line; a text that a spreadsheet would take for a formula gets an apostrophe in front.

    Control signs are written out, so that no tab or carriage return hides the sign behind it. With `exact` every text
    stands as it is, for programs that read the line.

    >>> csv_line(["=1+2", "-7", "a-7", "\t=1", None])
    "'=1+2,'-7,a-7,\\t=1,\n"
    >>> csv_line(["=1+2", "a\nb"], exact=True)
    '=1+2,"a\nb"\n'
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells if exact else [_defused(cell) for cell in cells])
    return line.getvalue()


def _defused(cell: object) -> object:
    return guarded(legible(cell)) if isinstance(cell, str) else cell
