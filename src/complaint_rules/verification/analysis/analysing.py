"""`analyse`: everything that can be found in the rules of a policy, proved, shown by a case, or open (规则集分析)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from complaint_rules.assessing import calendar_over, mainland
from complaint_rules.conditions.parsing import Condition
from complaint_rules.language import Pair
from complaint_rules.policy.accepted import Accepted, FindingCode
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Duty, Limit, LimitRow, Table, TableRow
from complaint_rules.policy.uses import deciding, key_of
from complaint_rules.verification.analysis import redundancy
from complaint_rules.verification.analysis.asking import Inquiry
from complaint_rules.verification.analysis.duties import of_duty, rivals, triggers
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.analysis.limits import of_limit
from complaint_rules.verification.analysis.report import Analysis
from complaint_rules.verification.analysis.tables import of_table
from complaint_rules.verification.worlds.search import as_steps
from complaint_rules.verification.worlds.variables import Variable
from complaint_rules.verification.worlds.worlds import Worlds

STEPS: Final = 400_000
"""How many steps an analysis may take where nobody says."""
_DEAD: Final = (FindingCode.NEVER_HOLDS, FindingCode.UNREACHABLE)


def analyse(policy: Policy, *, budget: int = STEPS) -> Analysis:
    """Find what is wrong with the rules of a policy: gaps, rows that never decide, duties that clash and the like.

    Every finding is proved, shown by a case that replays through `assess`, or open with the reason. `budget` is how
    many steps all searches together may take; what they do not suffice for is open, never guessed. Rules that wait for
    a parameter nobody supplied are named and not analysed.

    Raises `InvalidPolicy` for what is no policy, `InvalidFigure` for a budget that is no positive whole number.

    >>> from complaint_rules.policy.loading import load_policy
    >>> analyse(load_policy("psbc-95580")).clean
    True
    """
    policy = as_policy(policy)
    inquiry = Inquiry(Worlds(policy, more=triggers(policy)), as_steps(budget))
    waiting = tuple(key_of(rule) for rule in _analysed(policy) if _waits(policy, rule))
    found = [_judged(policy, one) for one in _found(inquiry, frozenset(waiting))]
    return Analysis(
        policy=f"{policy.id}@{policy.edition}",
        name=(policy.title["zh"], policy.title["en"]),
        findings=tuple(one for one in found if one.accepted is None),
        accepted=tuple(one for one in found if one.accepted is not None),
        not_found=() if inquiry.used_up else tuple(_not_found(policy, found, waiting)),
        waiting=waiting,
        ends=tuple(_ends(inquiry.worlds)),
        budget=budget,
        used_up=inquiry.used_up,
    )


def _analysed(policy: Policy) -> Iterator[Table | Limit | Duty]:
    yield from policy.tables.values()
    yield from policy.limits.values()
    yield from policy.duties.values()


def _found(inquiry: Inquiry, waiting: frozenset[str]) -> Iterator[RuleFinding]:
    for rule in _analysed(inquiry.policy):
        if key_of(rule) not in waiting:
            yield from of_rule(inquiry, rule)


def of_rule(inquiry: Inquiry, rule: Table | Limit | Duty) -> Iterator[RuleFinding]:
    """Give what is to be said of one rule: first what it does, then what could be left out of it.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> list(of_rule(Inquiry(Worlds(policy), STEPS), policy.tables["priority"]))
    []
    """
    match rule:
        case Table():
            own = list(of_table(inquiry, rule))
            yield from own
            dead = frozenset(one.row for one in own if one.code in _DEAD and one.row is not None)
            yield from redundancy.of_table(inquiry, rule, dead)
        case Limit():
            yield from of_limit(inquiry, rule, calendar_over(inquiry.policy, mainland()))
        case _:
            yield from of_duty(inquiry, rule, rivals(inquiry.policy).get(rule.id, ()))


def _waits(policy: Policy, rule: Table | Limit | Duty) -> bool:
    """Say whether a condition of a rule reads a parameter that nobody supplied, itself or through a table."""
    return any(_lacks(policy, condition) for condition in deciding(rule))


def _lacks(policy: Policy, condition: Condition) -> bool:
    if any(policy.parameters[name].value is None for name in condition.parameters):
        return True
    return any(bool(policy.tables[name].missing) for name in condition.tables)


def _judged(policy: Policy, finding: RuleFinding) -> RuleFinding:
    """Note with a finding where the policy accepts it: its row first, then the rule as a whole."""
    for place, accepted in _accepted(policy):
        if accepted.code is finding.code and place in (finding.place, finding.rule):
            return attrs.evolve(finding, accepted=accepted)
    return finding


def _accepted(policy: Policy) -> Iterator[tuple[str, Accepted]]:
    for rule in _analysed(policy):
        key = key_of(rule)
        rows: Sequence[TableRow | LimitRow] = () if isinstance(rule, Duty) else rule.rows
        for number, row in enumerate(rows):
            yield from ((f"{key}[{number}]", one) for one in row.accept)
        yield from ((key, one) for one in rule.accept)


def _not_found(
    policy: Policy, found: Iterable[RuleFinding], waiting: Sequence[str]
) -> Iterator[tuple[str, FindingCode]]:
    known = {(place, one.code) for one in found for place in (one.place, one.rule)}
    for place, accepted in _accepted(policy):
        if (place, accepted.code) not in known and place.partition("[")[0] not in waiting:
            yield place, accepted.code


def _ends(worlds: Worlds) -> Iterator[Pair]:
    """Give why the worlds are not exact, each reason with the things it is about."""
    about: dict[Pair, list[Variable]] = {}
    for one in worlds.approximate:
        about.setdefault((one.limits_of_it("zh"), one.limits_of_it("en")), []).append(one)
    for (zh, en), things in about.items():
        yield (
            f"{zh}：{'、'.join(one.text('zh') for one in things)}",
            f"{en}: {', '.join(one.text('en') for one in things)}",
        )
