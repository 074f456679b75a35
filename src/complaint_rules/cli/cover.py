"""``complaint-rules cover``: cases and golden cases in, which outcomes of the rules they reach out."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from typing import Final, final

import attrs

from complaint_rules.assessing import assess
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cli.files import Given, as_row, chosen_mapping, keys_repeated, rows_of
from complaint_rules.cli.inputs import (
    STDIN,
    chosen_calendar,
    chosen_policy,
    fact_types,
    has_editions,
    moment_of,
    opened,
)
from complaint_rules.cli.output import Progress, Terminal, json_text
from complaint_rules.documents.toml import as_text
from complaint_rules.errors import ComplaintRulesError, Fault, UnreadableInput
from complaint_rules.exchange.keys import Keys
from complaint_rules.exchange.kinds import Started
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.rows import RowFault, unexpected
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.covering import Gathering, reached_by
from complaint_rules.verification.reaching.golden_lines import SUFFIX, GoldenCase, GoldenRow, read_golden_lines
from complaint_rules.verification.reaching.golden_tables import golden_from_text
from complaint_rules.verification.reaching.outcomes import reached
from complaint_rules.words.refusals import explain_faults

_EXPECTS: Final = re.compile(rb'^[^\n]*"expect"[ \t]*:')


def is_golden(name: str, start: bytes) -> bool:
    """Say whether a file holds golden cases, a line each: by its name, or because its first line has an answer.

    >>> is_golden("a.golden.jsonl", b""), is_golden("-", b'{"expect": {}}'), is_golden("-", b'{"id": "a"}')
    (True, True, False)
    """
    return name.lower().endswith(SUFFIX) or _EXPECTS.match(start.lstrip()) is not None


@final
@attrs.define(kw_only=True)
class FilesCovered:
    """Files on their way into one coverage."""

    policy: Policy
    """The rules."""
    calendar: WorkCalendar
    """The calendar that counts."""
    at: dt.datetime
    """The moment of assessment of cases; a golden case has its own."""
    mapping: RegisterMap | None
    """Which column of a register holds which fact; None: columns bear the names of facts, or there is no register."""
    only_asked: bool
    """Whether a golden case counts only for the rules of which it says something."""
    terminal: Terminal
    """Who is told."""
    gathered: Gathering
    """What was reached so far."""
    bad: int = 0
    """How many rows were refused."""
    differing: int = 0
    """How many golden cases came out otherwise."""
    golden: int = 0
    """How many golden cases were run."""
    unchecked: int = 0
    """How many of those on lines of JSON nobody has checked."""
    several: bool = False
    """Whether there are several files, so that a line alone names no place."""
    taken: int = 0
    """How many cases, golden or not, could be read and assessed."""
    keys: Keys = attrs.field(factory=Keys)
    """Which keys stand on more than one line."""

    def take(self, name: str) -> None:
        """Take one file; a bad row is told and costs nothing but itself.

        Raises `UnreadableInput` where the file as a whole cannot be read.
        """
        said = "<stdin>" if name == STDIN else name
        with opened(name) as (stream, size), Progress(self.terminal, size) as progress:
            started = Started(stream)
            if name.lower().endswith(".toml"):
                self._tables(as_text(started.read(), name=said, what="golden file"), said)
                return
            golden = is_golden(said, started.start)
            rows = (
                read_golden_lines(started, policy=self.policy, name=said)
                if golden
                else rows_of(started, said, self.mapping, self.policy)
            )
            for number, row in enumerate(rows, start=1):
                told = self._golden_row(row, said) if isinstance(row, GoldenRow) else self._row(row, said)
                if told:
                    progress.clear()
                    self.terminal.refuse(said, told)
                progress.show(number, stream.tell() if size else 0)

    def _row(self, given: Given, name: str) -> tuple[RowFault, ...]:
        row = as_row(given, fact_types(self.policy))
        faults = row.faults
        if row.case is not None:
            try:
                found = reached(assess(row.case, self.policy, at=self.at, calendar=self.calendar))
            except ComplaintRulesError as error:
                faults = (RowFault(line=row.line, column=error.what, why=error.why, hint=error.hint),)
            except Exception as error:  # noqa: BLE001 - whatever a case leads to costs it, never the run
                faults = (unexpected(error, row.line),)
            else:
                self._count(row.case.complaint.id, name, row.line)
                self.gathered.note(row.case.complaint.id, found)
                return row.notes
        self.bad += 1
        return faults

    def _golden_row(self, row: GoldenRow, name: str) -> tuple[RowFault, ...]:
        if row.case is None:
            self.bad += 1
            return row.faults
        self.unchecked += row.case.checked is None
        self._run(row.case, name, row.line)
        return ()

    def _count(self, id: str, name: str, line: int) -> None:
        self.taken += 1
        self.keys.add(id, f"{name}:{line}" if self.several else line)

    def _tables(self, text: str, name: str) -> None:
        file = golden_from_text(text, name=name)
        for fault in file.faults:
            self._refuse(fault)
        for case in file.cases:
            line = file.lines[case.id]
            if misfits := case.misfits(self.policy):
                for fault in misfits:
                    self._refuse(attrs.evolve(fault, where=f"{name}:{line}: {fault.where}"))
            else:
                self._run(case, name, line)

    def _refuse(self, fault: Fault) -> None:
        self.bad += 1
        for told in explain_faults(fault, self.terminal.lang):
            self.terminal.warn(told)

    def _run(self, case: GoldenCase, name: str, line: int) -> None:
        """Run a golden case that fits the rules: tell in what it differs, note what it reaches."""
        self._count(case.id, name, line)
        found = case.run(self.policy, self.calendar)
        self.golden += 1
        self.differing += bool(found)
        for one in found:
            self.terminal.warn(f"{name}:{line}: {case.id}: {one.told(self.terminal.lang)}")
        try:
            self.gathered.note(case.id, reached_by(case, self.policy, self.calendar, only_asked=self.only_asked))
        except ComplaintRulesError:
            self.gathered.note(case.id, ())  # it is told above in what it differs: it is refused


def run_cover(args: argparse.Namespace, terminal: Terminal) -> int:
    """Run the command; give 1 where a row was refused, a golden case differs, or less than ``--min`` was reached.

    Raises `UnreadableInput` where every row was refused: nothing reached would pass for rules that no case reaches.
    """
    policy = chosen_policy(args.policy, args.set)
    if has_editions(args.policy):
        why, hint = "coverage is that of one edition", f"name the edition, as {policy.id}@{policy.edition}"
        raise UnreadableInput(what="--policy", why=why, value=args.policy, hint=hint)
    covered = FilesCovered(
        policy=policy, calendar=chosen_calendar(args.calendar), at=moment_of(args.at),
        mapping=chosen_mapping(args.columns, policy, terminal), only_asked=args.only_asked, terminal=terminal,
        gathered=Gathering(policy), several=len(args.file) > 1,
    )  # fmt: skip
    for name in args.file:
        covered.take(name)
    if covered.bad and not covered.taken:
        raise UnreadableInput(what="FILE", why="every row was refused", hint="see what is told of the rows")
    found = covered.gathered.coverage
    if args.format == "json":
        terminal.out.write(json_text(found.to_dict()) + "\n")
    else:
        terminal.say(found.explain(terminal.lang, full=args.all))
    _tell(covered, args.file[-1])
    low = args.min is not None and not found.reaches(args.min)
    if low:
        zh = f"覆盖率未达到 --min {args.min:g}%"
        terminal.warn(terminal.pick(zh, f"less than --min {args.min:g} % was reached"))
    return 1 if covered.bad or covered.differing or low else 0


def _tell(covered: FilesCovered, last: str) -> None:
    terminal = covered.terminal
    if covered.keys.repeated:
        of_events = covered.mapping is not None and covered.mapping.row == ""
        told = keys_repeated(covered.keys, terminal, of_events=of_events)
        terminal.warn(told if covered.several else f"{'<stdin>' if last == STDIN else last}: {told}")
    if covered.bad:
        terminal.warn(terminal.pick(f"退回{covered.bad}行", f"{covered.bad} row{'s' * (covered.bad != 1)} refused"))
    if covered.differing:
        zh = f"对照案件{covered.golden}件，其中{covered.differing}件与应得结果不符"
        terminal.warn(terminal.pick(zh, f"{covered.differing} of {covered.golden} golden cases come out otherwise"))
    if covered.unchecked:
        zh = f"对照案件中{covered.unchecked}件尚无人核对"
        terminal.warn(terminal.pick(zh, f"{covered.unchecked} golden cases have been checked by nobody"))
