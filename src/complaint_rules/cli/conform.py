"""``complaint-rules conform``: whether keeping a house policy keeps a base policy, with proofs and counter-examples."""

from __future__ import annotations

import argparse

from complaint_rules.cli.inputs import chosen_calendar, chosen_policy, settings_of
from complaint_rules.cli.output import Terminal, json_text
from complaint_rules.errors import UnreadableInput, did_you_mean
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.conformances import NO_LIMIT, Conformance, to_markdown
from complaint_rules.verification.conformance.conforming import conforms


def run_conform(args: argparse.Namespace, terminal: Terminal) -> int:
    """Hold a house policy against a base policy; 0: all is proved, 1: something is laxer, missing or open."""
    house, base = loaded(args.house, args.base, args.set)
    found = conforms(
        house, base, pairs=named(args.pair, "--pair", "whole=decide"),
        implies=dict(named(args.implies, "--implies", "accepted_by_customer=replied")),
        calendar=chosen_calendar(args.calendar),
    )  # fmt: skip
    if not found.paired:
        terminal.warn(terminal.pick(*NO_LIMIT))
    terminal.say(_written(found, args.format, terminal))
    return 0 if found.conforms else 1


def _written(found: Conformance, form: str, terminal: Terminal) -> str:
    if form == "json":
        return json_text(found.to_dict())
    return to_markdown(found, terminal.lang).rstrip() if form == "md" else found.explain(terminal.lang)


def loaded(house: str, base: str, given: list[str]) -> tuple[Policy, Policy]:
    """Load two policies, each with those settings of ``--set name=value`` that it has a parameter for.

    Raises what loading raises, and `UnreadableInput` for a setting that is a parameter of neither.

    >>> house, base = loaded("psbc-95580", "cbirc-2020-3", ["retention=5 years"])
    >>> base.parameters["retention"].value
    Period(n=5, unit=<Unit.YEARS: 'years'>)
    """
    names = [house, base]
    plain = [chosen_policy(name, []) for name in names]
    known = list(dict.fromkeys(name for policy in plain for name in policy.parameters))
    for name in settings_of(given):
        if name not in known:
            hint = did_you_mean(name, known) or (
                f"the parameters are {', '.join(known)}" if known else "none is declared"
            )
            raise UnreadableInput(what="--set", why="neither rule set has this parameter", value=name, hint=hint)
    ours, theirs = (
        policy if not mine else chosen_policy(name, mine)
        for name, policy in zip(names, plain, strict=True)
        for mine in ([one for one in given if one.partition("=")[0].strip() in policy.parameters],)
    )
    return ours, theirs


def named(given: list[str], what: str, example: str) -> list[tuple[str, str]]:
    """Read arguments of the form ``house=base``; raises `UnreadableInput` for one that is not.

    >>> named(["whole=decide"], "--pair", "whole=decide")
    [('whole', 'decide')]
    """
    found: list[tuple[str, str]] = []
    for item in given:
        ours, sign, theirs = (part.strip() for part in item.partition("="))
        if not (sign and ours and theirs):
            raise UnreadableInput(what=what, why="house=base is expected", value=item, hint=f"write {what} {example}")
        found.append((ours, theirs))
    return found
