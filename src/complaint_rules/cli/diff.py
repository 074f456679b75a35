"""``complaint-rules diff``: two editions of a policy held against each other, and cases replayed under both."""

from __future__ import annotations

import argparse

import attrs

from complaint_rules.cases.plain import Types
from complaint_rules.cli.files import Given, as_row, chosen_mapping, keys_repeated, rows_of
from complaint_rules.cli.inputs import (
    STDIN,
    chosen_calendar,
    chosen_policy,
    fact_types,
    moment_of,
    opened,
    settings_of,
)
from complaint_rules.cli.output import Progress, Terminal, json_text
from complaint_rules.errors import ComplaintRulesError, Fault, UnreadableInput, did_you_mean
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.rows import Row, RowFault, unexpected
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes.diffs import Diff, diff
from complaint_rules.verification.changes.partings import STEPS
from complaint_rules.verification.changes.portfolios import Portfolio, Replay


def run_diff(args: argparse.Namespace, terminal: Terminal) -> int:
    """Run the command; give 0 where nothing differs, 1 where something does or a row was refused."""
    names = [args.old, args.new]
    old, new = (_edition(name, args.set, names) for name in names)
    found = diff(old, new, budget=STEPS if args.budget is None else args.budget)
    files = args.cases
    if not files and args.at is not None:
        why, hint = "it is the moment at which cases are assessed, and none are given", "name a file of cases"
        raise UnreadableInput(what="--at", why=why, value=args.at, hint=hint)
    portfolio, refused = None, 0
    if files:
        calendar = chosen_calendar(args.calendar)
        mapping = chosen_mapping(args.columns, new, terminal)
        at = None if args.at is None else moment_of(args.at)
        reading = _Reading(found, Replay(old, new, at=at, calendar=calendar), mapping, terminal, len(files) > 1)
        for name in files:
            reading.take(name)
        portfolio, refused = reading.done(), reading.replay.refused
    terminal.out.write(_written(found, portfolio, args.format, terminal))
    return 1 if refused or not found.same else 0


def _edition(name: str, given: list[str], names: list[str]) -> Policy:
    """Load one of the two, with the parameters that it knows; one that neither knows is refused."""
    policy = chosen_policy(name, [])
    if not given:
        return policy
    known = [one for other in names for one in chosen_policy(other, []).parameters]
    for parameter in settings_of(given):
        if parameter not in known:
            why, hint = "neither edition has such a parameter", did_you_mean(parameter, known)
            raise UnreadableInput(what="--set", why=why, value=parameter, hint=hint)
    return chosen_policy(name, [item for item in given if item.partition("=")[0].strip() in policy.parameters])


def _written(found: Diff, portfolio: Portfolio | None, form: str, terminal: Terminal) -> str:
    match form:
        case "json":
            return json_text(found.to_dict(portfolio)) + "\n"
        case "md":
            return found.markdown(terminal.lang, portfolio)
        case _:
            return found.explain(terminal.lang, portfolio)


@attrs.define
class _Reading:
    """Files of cases on their way through two editions."""

    found: Diff
    replay: Replay
    mapping: RegisterMap | None
    terminal: Terminal
    several: bool
    last: str = ""

    def take(self, name: str) -> None:
        """Replay one file; a bad row is told and costs nothing but itself."""
        said = self.last = "<stdin>" if name == STDIN else name
        types: Types = {**fact_types(self.found.old), **fact_types(self.found.new)}
        cases, refused = self.replay.cases, self.replay.refused
        with opened(name) as (stream, size), Progress(self.terminal, size) as progress:
            for given in rows_of(stream, said, self.mapping, self.found.new):
                faults = self._replayed(given, types, said)
                if faults:
                    progress.clear()
                    self.terminal.refuse(said, faults)
                progress.show(self.replay.cases + self.replay.refused, stream.tell() if size else 0)
        bad, good = self.replay.refused - refused, self.replay.cases - cases
        if bad:
            zh, en = f"已对照{good}件，退回{bad}行", f"{good} rows replayed, {bad} refused"
            self.terminal.warn(f"{said}: {self.terminal.pick(zh, en)}")

    def _replayed(self, given: Given, types: Types, name: str) -> tuple[RowFault, ...]:
        """Replay one row; give what is to be told of it."""
        row: Row = as_row(given, types)
        if row.case is None:
            return self._refuse(name, row.faults)
        place = f"{name}:{row.line}"
        try:
            self.replay.add(row.case, place if self.several else row.line)
        except ComplaintRulesError as error:
            return self._refuse(name, (RowFault(line=row.line, column=error.what, why=error.why, hint=error.hint),))
        except Exception as error:  # noqa: BLE001 - whatever a case leads to costs it, never the run
            return self._refuse(name, (unexpected(error, row.line),))
        return row.notes

    def _refuse(self, name: str, faults: tuple[RowFault, ...]) -> tuple[RowFault, ...]:
        places = (f"{name}:{one.line}: {one.column}" if one.column else f"{name}:{one.line}" for one in faults)
        self.replay.refuse(
            *(Fault(where=where, why=one.why, hint=one.hint) for where, one in zip(places, faults, strict=True))
        )
        return faults

    def done(self) -> Portfolio:
        """Give what the cases came to; raises `UnreadableInput` where every row was refused."""
        if self.replay.refused and not self.replay.cases:
            why, hint = "every row was refused", "see what is told of the rows"
            raise UnreadableInput(what="CASES", why=why, hint=hint)
        if self.replay.keys.repeated:
            of_events = self.mapping is not None and self.mapping.row == ""
            told = keys_repeated(self.replay.keys, self.terminal, of_events=of_events)
            self.terminal.warn(told if self.several else f"{self.last}: {told}")
        return self.replay.portfolio()
