"""``complaint-rules kit``: a kit made of golden cases, and answers held against it; ``complaint-rules schema``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from complaint_rules.cli.inputs import STDIN, chosen_policy, opened
from complaint_rules.cli.output import Terminal, json_text
from complaint_rules.documents.toml import as_text
from complaint_rules.errors import ComplaintRulesError, InvalidGolden, UnreadableInput
from complaint_rules.exchange.rows import unexpected
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.kits.packing import Kit, checked_policies, kit
from complaint_rules.verification.kits.schemas import SCHEMAS, schema, schema_text
from complaint_rules.verification.kits.shipping import made_ready
from complaint_rules.verification.reaching.golden_lines import GoldenCase, read_golden_lines
from complaint_rules.verification.reaching.golden_tables import golden_from_text
from complaint_rules.words.refusals import explain_faults

_CHECK: Final = "check"


def run_kit(args: argparse.Namespace, terminal: Terminal) -> int:
    """Run the command; give 0 where all is good, 1 where a case was refused or an answer differs."""
    if args.what[0] == _CHECK:
        return _checked(args, terminal)
    return _made(args, terminal)


def _made(args: argparse.Namespace, terminal: Terminal) -> int:
    if args.out is None:
        raise UnreadableInput(what="--out", why="the folder of the kit is missing", hint="add --out kit")
    policies = _policies(args.what, args.set)
    cases: dict[str, GoldenCase] = {}
    bad = 0
    if not args.cases:
        cases = {case.id: case for case in kit(policies).cases}
    for name in args.cases:
        for line, case in _cases_in(name, terminal):
            if case is not None and _kept(case, (_said(name), line), policies, cases, terminal):
                continue
            bad += 1
    if not cases:
        raise UnreadableInput(what="kit", why="no case is left for it", hint="add --cases FILE.golden.jsonl")
    Kit(policies=policies, cases=tuple(cases.values())).write(args.out)
    names = ", ".join(f"{one.id}@{one.edition}" for one in policies)
    zh, en = f"{args.out}：对照案件{len(cases)}件（{names}）", f"{args.out}: {len(cases)} golden cases ({names})"
    terminal.say(terminal.pick(zh, en))
    if bad:
        terminal.warn(terminal.pick(f"退回{bad}件", f"{bad} refused"))
    return 1 if bad else 0


def _said(name: str) -> str:
    return "<stdin>" if name == STDIN else name


def _policies(names: Sequence[str], given: list[str]) -> tuple[Policy, ...]:
    if given and len(names) > 1:
        why, hint = "figures are supplied for one rule set", "make a kit of each, or write them in the cases"
        raise UnreadableInput(what="--set", why=why, hint=hint)
    return checked_policies([chosen_policy(name, given) for name in names])


def _cases_in(name: str, terminal: Terminal) -> Iterator[tuple[int, GoldenCase | None]]:
    """Read golden cases of a file, with their lines; None stands for what is none, and was told."""
    if name.lower().endswith(".toml"):
        with opened(name) as (stream, _):
            file = golden_from_text(as_text(stream.read(), name=name, what="golden file"), name=name)
        for fault in file.faults:
            for told in explain_faults(fault, terminal.lang):
                terminal.warn(told)
            yield 0, None
        yield from ((file.lines[case.id], case) for case in file.cases)
        return
    with opened(name) as (stream, _):
        for row in read_golden_lines(stream, name=_said(name)):
            terminal.refuse(_said(name), row.faults)
            yield row.line, row.case


def _kept(
    case: GoldenCase,
    place: tuple[str, int],
    policies: Sequence[Policy],
    cases: dict[str, GoldenCase],
    terminal: Terminal,
) -> bool:
    """Make a case ready and keep it, or tell why it cannot stand in the kit; `place` is its file and line."""
    name, line = place
    try:
        _once(case, cases)
        cases[case.id] = made_ready(case, policies)
    except ComplaintRulesError as error:
        for told in explain_faults(error, terminal.lang):
            terminal.warn(f"{name}:{line}: {told}")
        return False
    except Exception as error:  # noqa: BLE001 - whatever a case leads to costs it, never the run
        terminal.refuse(name, (unexpected(error, line),))
        return False
    return True


def _once(case: GoldenCase, cases: Mapping[str, GoldenCase]) -> None:
    if case.id in cases:
        raise InvalidGolden(what="id", why="there is another case with this id", value=case.id)


def _checked(args: argparse.Namespace, terminal: Terminal) -> int:
    if len(args.what) != 3:
        why, hint = "a kit and a file of answers are expected", "complaint-rules kit check DIR ANSWERS.jsonl"
        raise UnreadableInput(what="kit check", why=why, hint=hint)
    _, folder, answers = args.what
    made, name = Kit.from_folder(folder), _said(answers)
    with opened(answers) as (stream, _):
        report = made.check(stream, name=name)
    terminal.refuse(name, report.faults)
    if args.format == "json":
        terminal.out.write(json_text(report.to_dict()) + "\n")
    else:
        terminal.out.write(report.text(terminal.lang))
    return 0 if report.good else 1


def run_schema(args: argparse.Namespace, terminal: Terminal) -> int:
    """Run the command: print a schema, or which there are."""
    if args.name is None:
        for name in SCHEMAS:
            found = schema(name)
            (zh, _, en), (about_zh, _, about_en) = (found[key].partition(" · ") for key in ("title", "description"))
            terminal.say(f"{name:12}{terminal.pick(f'{zh}：{about_zh}', f'{en}: {about_en}')}")
        return 0
    policy = None if args.policy is None else chosen_policy(args.policy, args.set)
    terminal.out.write(schema_text(schema(args.name, policy)))
    return 0
