"""``complaint-rules explain`` and ``compare``: a rule set, one rule, the course of a case; rule sets side by side."""

from __future__ import annotations

import argparse

import attrs

from complaint_rules.assessing import assess
from complaint_rules.cases.plain import case_from_json
from complaint_rules.cli.inputs import STDIN, chosen_calendar, chosen_policy, fact_types, moment_of, opened
from complaint_rules.cli.output import Terminal, json_text
from complaint_rules.documents.toml import as_text
from complaint_rules.errors import NOTHING, InvalidCase, UnknownRule, UnreadableInput, did_you_mean
from complaint_rules.exchange.lines import LONGEST_LINE, without_values
from complaint_rules.language import Lang
from complaint_rules.policy.policy import Policy
from complaint_rules.words.charts import timeline_mermaid
from complaint_rules.words.comparisons import comparison_text
from complaint_rules.words.rulebooks import explain_article, explain_policy, rulebook
from complaint_rules.words.timelines import timeline, timeline_text, timeline_to_dict


def run_explain(args: argparse.Namespace, terminal: Terminal) -> int:
    """Explain what is named: a case where a rule set is given with it, else a rule set or one rule of it."""
    if args.policy is not None:
        return _case(args, terminal)
    if args.what == STDIN or args.what.lower().endswith((".json", ".jsonl")):
        why = "a case is explained under a rule set"
        raise UnreadableInput(what="explain", why=why, value=args.what, hint="add --policy ID")
    if args.format not in (None, "text"):
        why = f"{args.format} shows a case, and no rule set"
        raise UnreadableInput(what="explain", why=why, value=args.what, hint="add a case file and --policy ID")
    name, rule = _parted(args.what)
    policy = chosen_policy(name, args.set)
    terminal.say(_rule(policy, rule, terminal.lang) if rule else explain_policy(policy, terminal.lang))
    return 0


def run_compare(args: argparse.Namespace, terminal: Terminal) -> int:
    """Put the rule sets that are named side by side."""
    found = [chosen_policy(name, []) for name in dict.fromkeys(args.policies)]
    terminal.say(comparison_text(found, terminal.lang))
    return 0


def _parted(what: str) -> tuple[str, str]:
    """Part the rule set from the rule: ``psbc-95580/limit/whole``, ``my/own.toml/whole``, ``psbc-95580``."""
    file, mark, rule = what.rpartition(".toml/")
    if mark:
        return f"{file}.toml", rule
    if what.endswith(".toml"):
        return what, ""
    name, _, rule = what.partition("/")
    return name, rule


def _rule(policy: Policy, rule: str, lang: Lang) -> str:
    """Write the rule that is named, with its section or without, or what became of an article.

    Raises `UnknownRule` where there is none, or several of that name.
    """
    section, _, number = rule.partition("/")
    if section == "article":
        return explain_article(policy, number, lang)
    book = rulebook(policy, lang)
    known = {one.key: one for section in book for one in section.rules}
    meant = [key for key in known if rule in (key, key.partition("/")[2])]
    if len(meant) == 1:
        return known[meant[0]].text
    names = [*known, *(key.partition("/")[2] for key in known)]
    hint = "one of " + ", ".join(meant) if meant else did_you_mean(rule, names)
    if f"article/{rule}" in {one.key for part in book for one in part.articles}:
        hint = f"an article is named article/{rule}"
    why = "several rules have this name" if meant else "there is no such rule"
    raise UnknownRule(what=f"rule of {policy.id}", why=why, value=rule, hint=hint)


def _case(args: argparse.Namespace, terminal: Terminal) -> int:
    policy = chosen_policy(args.policy, args.set)
    name = "<stdin>" if args.what == STDIN else args.what
    with opened(args.what) as (stream, _):
        content = stream.read(LONGEST_LINE + 1)
    if len(content) > LONGEST_LINE:
        raise UnreadableInput(what="", why=f"one case has at most {LONGEST_LINE} bytes", where=name)
    try:
        case = case_from_json(as_text(content, name=name, what="case"), facts=fact_types(policy), where=name)
    except InvalidCase as error:
        raise without_values(error) from None
    except UnreadableInput as error:
        raise attrs.evolve(error, value=NOTHING) from None
    assessment = assess(
        case, policy, at=moment_of(args.at), calendar=chosen_calendar(args.calendar, pinned=args.pinned_days)
    )
    match args.format:
        case "mermaid":
            terminal.say(timeline_mermaid(assessment, terminal.lang))
        case "json":
            told = timeline_to_dict(timeline(assessment))
            terminal.say(json_text({"timeline": told, **assessment.to_dict()}))
        case _:
            terminal.say(terminal.paint(terminal.pick("时间线", "Timeline"), "1"))
            terminal.say(timeline_text(assessment, terminal.lang))
            terminal.say()
            terminal.say(assessment.explain(terminal.lang).rstrip("\n"))
    return 0
