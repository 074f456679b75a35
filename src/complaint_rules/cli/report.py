"""``complaint-rules report``: a stream of cases, or tallies kept before, in; a report of figures or a return out."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias, final

import attrs

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.plain import json_value
from complaint_rules.cli.counting import FilesCounted
from complaint_rules.cli.files import chosen_mapping
from complaint_rules.cli.inputs import STDIN, chosen_calendar, chosen_policy, has_editions, moment_of, opened
from complaint_rules.cli.output import Terminal, json_text
from complaint_rules.cli.texts import to_text
from complaint_rules.documents.toml import as_text
from complaint_rules.errors import ComplaintRulesError, InvalidMoment, InvalidTally, UnreadableInput, did_you_mean
from complaint_rules.exchange.written import written
from complaint_rules.policy.policy import Policy
from complaint_rules.reports.delimited import to_csv
from complaint_rules.reports.html import to_html
from complaint_rules.reports.markdown import to_markdown
from complaint_rules.reports.naming import problems_in_words
from complaint_rules.reports.pages import Report
from complaint_rules.reports.returns import needs_of, report_of, return_of
from complaint_rules.reports.wordings import ReportLang
from complaint_rules.reports.workbook import to_xlsx
from complaint_rules.statistics.spans import Span
from complaint_rules.statistics.tally import Tally

Numbers: TypeAlias = Mapping[str, Mapping[str, int | None] | int]
"""The numbers by which figures are divided, by the id of the base: by group, or one for all."""

FORMS: Final[Mapping[str, Callable[[Report, ReportLang], str | bytes]]] = {
    "text": to_text,
    "json": lambda report, _: json_text(report.to_dict()) + "\n",
    "md": to_markdown,
    "csv": to_csv,
    "html": lambda report, lang: to_html(report, lang).encode(),  # the page itself says that it is UTF-8
    "xlsx": to_xlsx,
}
"""How a report is written down: text in the encoding of the stream, or the bytes of a file."""
_ENDINGS: Final = {".json": "json", ".md": "md", ".csv": "csv", ".html": "html", ".htm": "html", ".xlsx": "xlsx"}
_COMMAS: Final = re.compile("[,，、]")
_FIGURE: Final = re.compile("[+-]?[0-9][0-9.,_]*")


@final
@attrs.frozen(kw_only=True)
class Asked:
    """What is asked for: the arguments of a run, read."""

    policy: Policy
    """The rules."""
    calendar: WorkCalendar
    """The calendar that counts."""
    at: dt.datetime | None
    """The moment as of which is counted; None: that of a tally, else of the clock."""
    covers: tuple[dt.date, dt.date] | None
    """The first and the last day for which the data are complete; None: that of a tally, else nobody says."""
    filing: str | None
    """The return to be filled; None: a report of figures."""
    period: Span | None
    """The period that it is about; None: everything."""
    by: tuple[tuple[str, ...], ...]
    """The groupings asked for."""
    figures: tuple[str, ...]
    """The figures asked for; empty: all."""
    besides: tuple[str, ...]
    """The counting rules by which is counted besides; empty: those of a tally, else none."""
    bases: Numbers
    """The numbers by which figures are divided."""
    pooled: int | None
    """The number below which groups stand together; None: every group is shown."""
    form: str
    """Key of `FORMS`."""
    lang: ReportLang
    """Language of the report."""

    def fresh(self) -> Tally:
        """Give a tally that has counted nothing yet.

        The report is written of it once, so that a long file is not read for one that cannot be written.
        """
        at, calendar, covers = self.at or moment_of(None), self.calendar, self.covers
        if self.filing is not None:
            needs = needs_of(self.policy, self.filing, self.period)
            tally = Tally(
                self.policy, at=at, calendar=calendar, covers=covers, by=needs.by, figures=needs.figures,
                bases=needs.bases,
            )  # fmt: skip
        else:
            unit = () if self.period is None else (self.period.unit.value,)
            tally = Tally(
                self.policy, at=at, calendar=calendar, covers=covers, by=[(*one, *unit) for one in ((), *self.by)],
                figures=self.figures or None, bases=self.besides,
            )  # fmt: skip
        self.written(tally)
        return tally

    def written(self, tally: Tally) -> str | bytes:
        """Write the report of a tally in the form asked for; raises `InvalidTally` for what the tally does not hold."""
        for what, mine, held in (("--at", self.at, tally.at), ("--covers", self.covers, tally.covers)):
            if mine is not None and mine != held:
                why, hint = "the tally was counted otherwise", f"leave out {what}"
                raise InvalidTally(what=what, why=why, value=_in_iso(held), hint=hint)
        self._divided(tally)
        if self.filing is not None:
            report = return_of(tally, self.filing, period=self.period, bases=self.bases)
        else:
            report = report_of(
                tally, figures=self.figures or None, by=self.by or None, period=self.period,
                besides=self.besides or None, bases=self.bases, pooled=self.pooled,
            )  # fmt: skip
        return FORMS[self.form](report, self.lang)

    def _divided(self, tally: Tally) -> None:
        """Raise `UnreadableInput` where a figure is asked for that is divided by numbers nobody gave."""
        wanted = self.figures if self.filing is None else needs_of(self.policy, self.filing, self.period).figures
        for name in wanted:
            figure = tally.figures.get(name) if isinstance(name, str) else None
            if figure is not None and figure.scale is not None and figure.scale.base not in self.bases:
                base = str(figure.scale.base)
                why, hint = "the numbers by which a figure is divided are missing", f"add --base {base}=NUMBER"
                raise UnreadableInput(what="--base", why=why, value=name, hint=hint)


def run_report(args: argparse.Namespace, terminal: Terminal) -> int:
    """Run the command; give 0 where all rows were counted, 1 where some were refused."""
    files, asked = _given(args, terminal)
    _check_places(args, files, asked.form, terminal)
    counting = FilesCounted(
        policy=asked.policy, calendar=asked.calendar, fresh=asked.fresh, terminal=terminal, several=len(files) > 1,
        mapping=chosen_mapping(args.columns, asked.policy, terminal),
    )  # fmt: skip
    for name in files:
        counting.take(name)
    tally = counting.done()
    for code, noted in tally.problems.items():
        if code == "refused" and counting.refused:  # told row by row
            continue
        more = "…" if noted.n > len(noted.ids) else ""
        ids = ", ".join(noted.ids) + more
        terminal.warn(f"{problems_in_words(code, noted.n)[terminal.lang]}{terminal.pick('：', ': ')}{ids}")
    if args.tally is not None:
        _put(args.tally, json.dumps(tally.to_dict(), ensure_ascii=False) + "\n", terminal)
    _put(STDIN if args.output is None else args.output, asked.written(tally), terminal)
    return 1 if counting.refused else 0


def _given(args: argparse.Namespace, terminal: Terminal) -> tuple[list[str], Asked]:
    """Read the arguments; give the files, and what is asked for."""
    policy = chosen_policy(args.policy, args.set)
    if has_editions(args.policy):
        why, hint = "figures are those of one edition", f"name the edition, as {policy.id}@{policy.edition}"
        raise UnreadableInput(what="--policy", why=why, value=args.policy, hint=hint)
    covers, rest = _covers(args.covers or [])
    files = [*args.file, *rest]
    if not files:
        raise UnreadableInput(what="FILE", why="it is missing", hint="name a file, or - for standard input")
    period = None if args.period is None else Span.parse(args.period)
    by = tuple(dict.fromkeys(_by_commas(one) for one in args.by))
    figures, besides = (tuple(dict.fromkeys(name for one in given for name in _by_commas(one))) for given in
                        (args.figure, args.basis))  # fmt: skip
    for name, given in (("--by", by), ("--figure", figures), ("--basis", besides)):
        if given and args.filing is not None:
            raise UnreadableInput(what=name, why="a return says itself what stands in it", hint=f"leave out {name}")
    unit = None if period is None else period.unit.value
    for one in by:
        if unit in one:
            why, hint = "the period is added to every grouping", f"leave out {unit}, or --period"
            raise UnreadableInput(what="--by", why=why, value=",".join(one), hint=hint)
    form = args.format or _ENDINGS.get(Path(args.output or "").suffix.lower(), "text")
    return files, Asked(
        policy=policy, calendar=chosen_calendar(args.calendar, pinned=args.pinned_days),
        at=None if args.at is None else moment_of(args.at),
        covers=covers, filing=args.filing, period=period, by=by, figures=figures, besides=besides, pooled=args.pooled,
        bases=_bases(args.base, policy), form=form, lang="both" if args.lang == "both" else terminal.lang,
    )  # fmt: skip


def _by_commas(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in _COMMAS.split(text))


def _covers(given: list[str]) -> tuple[tuple[dt.date, dt.date] | None, list[str]]:
    """Read ``FIRST LAST`` or ``FIRST..LAST``; give the days, and what stands behind them."""
    if not given:
        return None, []
    first, dots, last = given[0].partition("..")
    rest = given[1:]
    if not dots:
        if not rest:
            why, hint = "the first and the last day are expected", "write 2026-01-01..2026-09-30"
            raise InvalidMoment(what="--covers", why=why, value=given[0], hint=hint)
        last, rest = rest[0], rest[1:]
    days = []
    for text in (first, last):
        day = written(text, what="--covers", error=InvalidMoment)
        if isinstance(day, dt.datetime):
            raise InvalidMoment(what="--covers", why="a day is expected, not a moment", value=text)
        days.append(day)
    if days[1] < days[0]:
        why, hint = "the last day is before the first", "which of the two is meant?"
        raise InvalidMoment(what="--covers", why=why, value=_in_iso((days[0], days[1])), hint=hint)
    return (days[0], days[1]), rest


def _in_iso(held: Any) -> str:
    """Write a moment, or two days, as a message shows them."""
    if isinstance(held, tuple):
        return "..".join(day.isoformat() for day in held)
    return "" if held is None else str(held.isoformat())


def _bases(given: Iterable[str], policy: Policy) -> Numbers:
    """Read ``BASE=NUMBER`` and ``BASE=FILE.json``."""
    found: dict[str, Mapping[str, int | None] | int] = {}
    for item in given:
        name, sign, value = (part.strip() for part in item.partition("="))
        if not (sign and name and value):
            hint = "as outlets=1138, or outlets=numbers.json"
            raise UnreadableInput(what="--base", why="BASE=NUMBER is expected", value=item, hint=hint)
        if name not in policy.scales:
            known = f"it has {', '.join(policy.scales)}" if policy.scales else "it has none"
            hint = did_you_mean(name, policy.scales) or known
            raise UnreadableInput(what="--base", why="the policy has no such base", value=name, hint=hint)
        if name in found:
            raise UnreadableInput(what="--base", why="it is given twice", value=name)
        found[name] = _base_number(value, "--base") if _FIGURE.fullmatch(value) else _of_groups(value)
    return found


def _base_number(value: object, where: str) -> int:
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    if type(value) is int and value >= 0:
        return value
    why, hint = "a whole number of 0 or more is expected", "write it in digits alone, as 1138"
    raise UnreadableInput(what="--base", why=why, value=value, hint=hint, where="" if where == "--base" else where)


def _of_groups(name: str) -> Mapping[str, int | None]:
    """Read the numbers of groups from a file of JSON."""
    with opened(name) as (stream, _):
        try:
            data = json_value(as_text(stream.read(), name="", what="base"))
        except ComplaintRulesError as error:
            raise error.placed(name) from None
    if not isinstance(data, Mapping):
        why, hint = "the number of each group is expected", 'write {"jinan": 31, "qingdao": 42}'
        raise UnreadableInput(what="--base", why=why, where=name, hint=hint)
    return {key: None if one is None else _base_number(one, f"{name}: {key}") for key, one in data.items()}


def _check_places(args: argparse.Namespace, files: list[str], form: str, terminal: Terminal) -> None:
    """Refuse a file that would be read twice or written over, and a workbook on a terminal."""
    read = [name if name == STDIN else str(Path(name).resolve()) for name in files]
    for place, name in enumerate(files):
        if read[place] in read[:place]:
            why, hint = "it is named twice, and would be counted twice", "name it once"
            raise UnreadableInput(what="FILE", why=why, value=name, hint=hint)
    taken = read
    for option, given in (("--tally", args.tally), ("--output", args.output)):
        path = None if given in (None, STDIN) else str(Path(given).resolve())
        if path in taken:
            why, hint = "it would be written over", "name another file"
            raise UnreadableInput(what=option, why=why, value=given, hint=hint)
        taken = [*taken, *filter(None, [path])]
    if args.tally == STDIN:
        why, hint = "the report goes there", "name a file, as --tally tally.json"
        raise UnreadableInput(what="--tally", why=why, value=STDIN, hint=hint)
    stream = terminal.out
    if form == "xlsx" and args.output in (None, STDIN) and (stream.isatty() or not hasattr(stream, "buffer")):
        why, hint = "a workbook is nothing for a terminal", "add --output report.xlsx"
        raise UnreadableInput(what="--format", why=why, value=form, hint=hint)


def _put(name: str, content: str | bytes, terminal: Terminal) -> None:
    """Write to a file, or to standard output for ``-``."""
    if name != STDIN:
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    elif isinstance(content, str):
        terminal.out.write(content)
    elif hasattr(terminal.out, "buffer"):
        terminal.out.flush()
        terminal.out.buffer.write(content)
    else:
        terminal.out.write(content.decode())
