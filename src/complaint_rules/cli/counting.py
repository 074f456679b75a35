"""Files counted into one tally: cases row by row, tallies of earlier runs as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

import attrs

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.plain import Types, json_value
from complaint_rules.cli.files import Given, as_row, keys_repeated, rows_of
from complaint_rules.cli.inputs import STDIN, fact_types, opened
from complaint_rules.cli.output import Progress, Terminal
from complaint_rules.documents.toml import as_text
from complaint_rules.errors import ComplaintRulesError, UnreadableInput
from complaint_rules.exchange.keys import Keys
from complaint_rules.exchange.kinds import Started
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.rows import Row, RowFault, unexpected
from complaint_rules.policy.policy import Policy
from complaint_rules.statistics.tally import Tally

_MARK: Final = b'"complaint-rules/tally/'
_LEADING: Final = b"\xef\xbb\xbf \t\r\n"


def is_tally(start: bytes) -> bool:
    """Say whether a file is a tally of an earlier run, by its first bytes: its form stands in front.

    >>> is_tally(b'{"format": "complaint-rules/tally/1", ...'), is_tally(b'{"id": "a"}')
    (True, False)
    """
    return start.lstrip(_LEADING).startswith(b"{") and _MARK in start


def tally_in(stream: Started, name: str, policy: Policy, calendar: WorkCalendar) -> Tally:
    """Read a tally of an earlier run; raises `UnreadableInput` for what is no JSON, and as `Tally.from_dict`, placed.

    >>> import io
    >>> from complaint_rules import load_policy
    >>> stream = Started(io.BytesIO(b'{"format": "complaint-rules/tally/0"}'))
    >>> tally_in(stream, "a.json", load_policy("psbc-95580"), WorkCalendar.china())
    Traceback (most recent call last):
    complaint_rules.errors.InvalidTally: a.json: format: a tally as data: this form is not known; got ...
    """
    try:
        return Tally.from_dict(policy, json_value(as_text(stream.read(), name="", what="tally")), calendar=calendar)
    except ComplaintRulesError as error:
        raise attrs.evolve(error, where=f"{name}: {error.where}" if error.where else name) from None


@final
@attrs.define(kw_only=True)
class FilesCounted:
    """Files on their way into one tally; what came first says what is counted."""

    policy: Policy
    """The rules."""
    calendar: WorkCalendar
    """The calendar that counts."""
    mapping: RegisterMap | None
    """Which column of a register holds which fact; None: columns bear the names of facts, or there is no register."""
    fresh: Callable[[], Tally]
    """Gives a tally that has counted nothing, made as the arguments say."""
    terminal: Terminal
    """Who is told."""
    several: bool
    """Whether there are several files, so that a line alone says nothing."""
    tally: Tally | None = None
    """What is counted so far; None: nothing was read yet."""
    taken: int = 0
    """How many rows were taken."""
    refused: int = 0
    """How many rows were refused."""
    keys: Keys = attrs.field(factory=Keys)
    """Which keys stand on more than one line."""
    types: Types = attrs.field(init=False, default=attrs.Factory(lambda self: fact_types(self.policy), takes_self=True))
    """The types of the policy's own facts."""
    last: str = attrs.field(init=False, default="")
    """The file that was read last, as messages name it."""

    def take(self, name: str) -> None:
        """Count one file; a bad row is told and costs nothing but itself.

        Raises `UnreadableInput` where the file as a whole cannot be read, `InvalidTally` for a tally that counts
        otherwise than what came before it.
        """
        said = self.last = "<stdin>" if name == STDIN else name
        with opened(name) as (stream, size), Progress(self.terminal, size) as progress:
            started = Started(stream)
            if is_tally(started.start):
                self._merge(tally_in(started, said, self.policy, self.calendar), said)
                return
            tally = self.tally = self.fresh() if self.tally is None else self.tally
            taken, refused = self.taken, self.refused
            for given in rows_of(started, said, self.mapping, self.policy):
                faults = self._count(tally, given, said)
                if faults:
                    progress.clear()
                    self.terminal.refuse(said, faults)
                progress.show(self.taken + self.refused, stream.tell() if size else 0)
        bad, good = self.refused - refused, self.taken - taken
        if bad:
            zh, en = f"已读入{good}件，退回{bad}行", f"{good} rows taken, {bad} refused"
            self.terminal.warn(f"{said}: {self.terminal.pick(zh, en)}")

    def _merge(self, found: Tally, name: str) -> None:
        if self.tally is None:
            self.tally = found
            return
        try:
            self.tally.merge(found)
        except ComplaintRulesError as error:
            raise error.placed(name) from None

    def _count(self, tally: Tally, given: Given, name: str) -> tuple[RowFault, ...]:
        """Count one row; give what is to be told of it."""
        row: Row = as_row(given, self.types)
        if row.case is None:
            return self._refuse(tally, name, row.line, row.faults)
        try:
            tally.add(row.case)
        except ComplaintRulesError as error:
            fault = RowFault(line=row.line, column=error.what, why=error.why, hint=error.hint)
            return self._refuse(tally, name, row.line, (fault,))
        except Exception as error:  # noqa: BLE001 - whatever a case leads to costs it, never the run
            return self._refuse(tally, name, row.line, (unexpected(error, row.line),))
        self.taken += 1
        self.keys.add(row.case.complaint.id, f"{name}:{row.line}" if self.several else row.line)
        return row.notes

    def _refuse(self, tally: Tally, name: str, line: int, faults: tuple[RowFault, ...]) -> tuple[RowFault, ...]:
        """Note in the tally that a row was refused: the report, and whoever merges it, learns of it."""
        self.refused += 1
        tally.refuse(f"{name}:{line}")
        return faults

    def done(self) -> Tally:
        """Give the tally, and tell what is odd about the files as a whole.

        Raises `UnreadableInput` where every row was refused: a report of nothing would pass for a quiet period.
        """
        tally = self.tally
        if tally is None or (self.refused and not self.taken and not tally.seen):
            why, hint = "every row was refused", "see what is told of the rows"
            raise UnreadableInput(what="FILE", why=why, hint=hint)
        if self.keys.repeated:
            of_events = self.mapping is not None and self.mapping.row == ""
            told = keys_repeated(self.keys, self.terminal, of_events=of_events)
            self.terminal.warn(told if self.several else f"{self.last}: {told}")
        return tally
