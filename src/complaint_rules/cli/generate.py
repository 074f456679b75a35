"""``complaint-rules generate``: a rule set in, golden cases out, or a table to check them by."""

from __future__ import annotations

import argparse
from typing import Final

from complaint_rules.cli.inputs import STDIN, chosen_policy, opened
from complaint_rules.cli.output import Terminal
from complaint_rules.errors import UnreadableInput
from complaint_rules.verification.generation.generating import GeneratedCases, generate
from complaint_rules.verification.generation.sheets import checking_table
from complaint_rules.verification.reaching.golden_lines import GoldenRow, read_golden_lines

_SOME_FAULTY: Final = 1


def run_generate(args: argparse.Namespace, terminal: Terminal) -> int:
    """Make the cases of a rule set; what was signed in the files of ``--keep`` stays.

    Raises `UnreadableInput` for a file of which every line is refused: whatever was signed in it would be lost.

    1 where a line of those files is refused, a case of them cannot be kept or is of another edition, or the answer of
    one moved; else 0.
    """
    policy = chosen_policy(args.policy, args.set)
    kept: list[GoldenRow] = []
    refused = 0
    for name in args.keep:
        found, bad = _kept(name, terminal)
        kept += found
        refused += bad
        if bad and not found:
            said, hint = "<stdin>" if name == STDIN else name, "see what is told of the rows"
            raise UnreadableInput(what="", why="every row was refused", where=said, hint=hint)
    generated = generate(policy, keep=kept)
    if args.format == "md":
        terminal.out.write(checking_table(generated, terminal.lang))
    else:
        terminal.out.write(generated.to_jsonl())
    terminal.warn(generated.summary(terminal.lang))
    return _SOME_FAULTY if refused or _troubled(generated) else 0


def _kept(name: str, terminal: Terminal) -> tuple[list[GoldenRow], int]:
    """Read the golden cases of one file; a bad line is told and the rest goes on."""
    said, found, refused = "<stdin>" if name == STDIN else name, list[GoldenRow](), 0
    with opened(name) as (stream, _):
        for row in read_golden_lines(stream, name=said):
            if row.case is None:
                terminal.refuse(said, row.faults)
                refused += 1
            else:
                found.append(row)
    return found, refused


def _troubled(generated: GeneratedCases) -> bool:
    return bool(generated.moved or generated.not_kept or generated.other_edition)
