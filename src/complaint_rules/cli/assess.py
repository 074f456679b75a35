"""``complaint-rules assess``: a stream of cases in, a stream of assessments out; one row in memory at a time."""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import signal
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final, final

import attrs

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cli.files import Given, as_row, chosen_mapping, keys_repeated, rows_of
from complaint_rules.cli.inputs import (
    STDIN,
    chosen_calendar,
    chosen_policy,
    fact_types,
    has_editions,
    moment_of,
    opened,
    settings_of,
)
from complaint_rules.cli.output import Progress, Terminal
from complaint_rules.cli.tables import csv_head, csv_rows
from complaint_rules.errors import ComplaintRulesError, UnreadableInput
from complaint_rules.exchange.keys import Keys
from complaint_rules.exchange.rows import RowFault, unexpected
from complaint_rules.language import Lang
from complaint_rules.policy.loading import policy_for
from complaint_rules.policy.policy import Policy

_CHUNK: Final = 100
_CHUNK_BYTES: Final = 1 << 18
_ALONE: Final = 10


@final
@attrs.frozen
class Format:
    """How assessments are written down, one after the other."""

    one: Callable[[Assessment, Policy, Lang, Sequence[RowFault]], str]
    """Writes one, with what was noted when its row was read."""
    head: Callable[[Policy], str] = lambda _: ""
    """What stands before the first."""
    between: str = ""
    """What stands between two."""
    tail: str = ""
    """What stands after the last."""


def _text(assessment: Assessment, _: Policy, lang: Lang, _notes: object) -> str:
    return assessment.explain(lang).rstrip("\n") + "\n"


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


def _json(assessment: Assessment, _policy: Policy, _lang: str, _notes: object) -> str:
    return _ENCODE(assessment.to_dict())


def _json_line(assessment: Assessment, _policy: Policy, _lang: str, _notes: object) -> str:
    return _ENCODE(assessment.to_dict()) + "\n"


def _csv(assessment: Assessment, policy: Policy, _lang: str, notes: Sequence[RowFault]) -> str:
    return csv_rows(assessment, policy, notes)


def _csv_data(assessment: Assessment, policy: Policy, _lang: str, notes: Sequence[RowFault]) -> str:
    return csv_rows(assessment, policy, notes, exact=True)


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format(_text, between="\n"),
    "json": Format(_json, head=lambda _: "[\n", between=",\n", tail="\n]\n"),
    "jsonl": Format(_json_line),
    "csv": Format(_csv, head=csv_head),
    "csv-data": Format(_csv_data, head=csv_head),
}


@final
@attrs.frozen(kw_only=True)
class Decided:
    """What a chunk of rows came to."""

    written: list[str]
    """What was written of the good rows, in order."""
    keys: list[tuple[str, int]]
    """Key and line of each good row."""
    told: list[tuple[RowFault, ...]]
    """Faults of each bad row, and notes of good ones, in order."""
    bad: int
    """Number of bad rows."""


@final
@attrs.frozen
class Work:
    """What it takes to decide a chunk of rows; goes to the processes that help."""

    policy: Policy
    """The rules; of several editions the newest."""
    at: dt.datetime
    """The moment of assessment."""
    form: str
    """Key of `FORMATS`."""
    lang: Lang
    """Language of explanations."""
    calendar: WorkCalendar
    """Which days work, and which hours."""
    editions: Mapping[str, str] | None = None
    """Where each case keeps the edition in force at its receipt: the parameters of each; else None."""

    def policy_of(self, case: Case) -> Policy:
        """Give the rules that a case is held against."""
        if self.editions is None:
            return self.policy
        return policy_for(case, self.policy.id, parameters=self.editions)

    def decide(self, chunk: Sequence[Given]) -> Decided:
        """Decide a chunk, row by row."""
        types, calendar, one = fact_types(self.policy), self.calendar, FORMATS[self.form].one
        done = Decided(written=[], keys=[], told=[], bad=0)
        for given in chunk:
            row = as_row(given, types)
            if row.case is None:
                done.told.append(row.faults)
                continue
            try:
                policy = self.policy_of(row.case)
                assessment = assess(row.case, policy, at=self.at, calendar=calendar)
                done.written.append(one(assessment, policy, self.lang, row.notes))
            except ComplaintRulesError as error:
                done.told.append((RowFault(line=row.line, column=error.what, why=error.why, hint=error.hint),))
                continue
            except Exception as error:  # noqa: BLE001 - whatever a case leads to costs it, never the run
                done.told.append((unexpected(error, row.line),))
                continue
            done.keys.append((row.case.complaint.id, row.line))
            if row.notes:
                done.told.append(row.notes)
        return attrs.evolve(done, bad=len(chunk) - len(done.written))


_helper: list[Work] = []


def _begin(work: Work) -> None:
    """Make a process ready to help: it gets the rules once, and leaves Ctrl-C to the one that asked it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _helper[:] = [work]


def _help(chunk: Sequence[Given]) -> Decided:
    return _helper[0].decide(chunk)


def chunks(rows: Iterator[Given]) -> Iterator[list[Given]]:
    """Gather rows into chunks, small enough that a few of them are no burden whatever their length.

    >>> [len(chunk) for chunk in chunks(iter([(1, b"{}")] * 150))]
    [100, 50]
    """
    chunk: list[Given] = []
    size = 0
    for row in rows:
        chunk.append(row)
        size += len(row[1]) if isinstance(row, tuple) else 0
        if len(chunk) >= _CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def decided(work: Work, parts: Iterator[list[Given]], jobs: int) -> Iterator[Decided]:
    """Decide chunk after chunk, in order: the first ones here, a long rest with the help of other processes."""
    for part in itertools.islice(parts, _ALONE if jobs > 1 else None):
        yield work.decide(part)
    first = next(parts, None)
    if first is None:
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(work,)) as helpers:
        waiting = deque([helpers.submit(_help, first)])
        for part in parts:
            waiting.append(helpers.submit(_help, part))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def run_assess(args: argparse.Namespace, terminal: Terminal) -> int:
    """Run the command; give 0 where all rows were decided, 1 where some were refused."""
    policy = chosen_policy(args.policy, args.set)
    editions = settings_of(args.set) if has_editions(args.policy) else None
    if editions is not None and args.format.startswith("csv"):
        hint = f"name the edition, as {policy.id}@{policy.edition}"
        raise UnreadableInput(what="--format", why="its columns are those of one edition", hint=hint)
    work = Work(
        policy,
        moment_of(args.at),
        args.format,
        terminal.lang,
        chosen_calendar(args.calendar, pinned=args.pinned_days),
        editions,
    )
    form = FORMATS[args.format]
    name = "<stdin>" if args.file == STDIN else args.file
    mapping = chosen_mapping(args.columns, policy, terminal)
    good = bad = 0
    keys = Keys()
    with opened(args.file) as (stream, size), Progress(terminal, size) as progress:
        before = form.head(policy)
        for done in decided(work, chunks(rows_of(stream, name, mapping, policy)), args.jobs):
            progress.clear()
            for text in done.written:
                terminal.out.write(before + text)
                before = form.between
            for faults in done.told:
                terminal.refuse(name, faults)
            for key, line in done.keys:
                keys.add(key, line)
            good, bad = good + len(done.written), bad + done.bad
            progress.show(good + bad, stream.tell() if size else 0)
        terminal.out.write(form.tail if good else before + form.tail)
    if bad:
        zh, en = f"已评估{good}件，退回{bad}行", f"{good} rows decided, {bad} refused"
        terminal.warn(f"{name}: {terminal.pick(zh, en)}")
    if keys.repeated:
        terminal.warn(f"{name}: {keys_repeated(keys, terminal, of_events=mapping is not None and mapping.row == '')}")
    return 1 if bad else 0
