"""The command ``check --deep``: a policy analysed, with what is proved, what a case shows, and what stays open."""

from __future__ import annotations

import argparse
from pathlib import Path

from complaint_rules.cli.inputs import chosen_policy, settings_of
from complaint_rules.cli.output import Terminal, json_text
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis.analysing import STEPS, analyse


def run_deep(args: argparse.Namespace, terminal: Terminal) -> int:
    """Analyse a policy file, or a rule set shipped: 0 where it is clean, 1 where something is wrong or open."""
    if Path(args.file).is_file():
        policy = Policy.from_file(args.file, parameters=settings_of(args.set))
    else:
        policy = chosen_policy(args.file, args.set)
    found = analyse(policy, budget=STEPS if args.budget is None else args.budget)
    if args.format == "json":
        terminal.say(json_text(found.to_dict()))
    else:
        terminal.say(found.explain(terminal.lang))
    return 0 if found.clean else 1
