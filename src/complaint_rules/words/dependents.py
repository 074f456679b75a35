"""What hangs on what: the rules that read a table, limit, link or parameter, or go by a counting rule or base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from complaint_rules.conditions.parsing import Condition
from complaint_rules.policy.policy import Policy, rules_of
from complaint_rules.policy.rules import CountingRule, Duty, Figure, Filing, Limit, Link, Retention, Standing, Table
from complaint_rules.policy.uses import Role, Rule, key_of, uses_of
from complaint_rules.words.rule_texts import figure_text, row_figure_text
from complaint_rules.words.voices import Voice


class Dependent(NamedTuple):
    """A rule that reads another one."""

    key: str
    """The rule, as ``limit/whole``."""
    figures: tuple[str, ...]
    """What of it depends: figures of a limit, values of a table; empty where it is the rule as a whole."""


def dependents(policy: Policy, spoken: Voice) -> Mapping[str, tuple[Dependent, ...]]:
    """Give, for the key of every rule and parameter that another one goes by, those that do.

    They are tables, limits, links and parameters that are read, counting rules, bases, and figures that are scaled.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> policy = load_policy("psbc-95580")
    >>> dependents(policy, voice(policy, "en"))["table/ticket"][0]
    Dependent(key='limit/whole', figures=('48 hours', '4 working days', '5 working days'))
    """
    found: dict[str, dict[str, dict[str, None]]] = {}
    for rule in rules_of(policy):
        key = key_of(rule)
        for named in _named(rule):
            found.setdefault(named, {}).setdefault(key, {})
        for condition, parameters, figures in _parts(rule, spoken):
            for read in _read(condition, parameters):
                found.setdefault(read, {}).setdefault(key, {}).update(dict.fromkeys(filter(None, figures)))
    return {
        read: tuple(Dependent(key, tuple(figures)) for key, figures in rules.items()) for read, rules in found.items()
    }


def _named(rule: Rule) -> Iterator[str]:
    """Name the rules that a rule goes by without a condition that reads them."""
    match rule:
        case CountingRule(why=str() as table):
            yield f"table/{table}"
        case Figure():
            yield from () if rule.limit is None else (f"limit/{rule.limit}",)
            yield from (f"basis/{basis}" for basis in rule.basis)
            if rule.scale is not None:
                yield from (f"figure/{rule.scale.figure}", f"base/{rule.scale.base}")


def _read(condition: Condition | None, parameters: tuple[str | None, ...]) -> Iterator[str]:
    names: list[tuple[str, frozenset[str]]] = [("parameter", frozenset(filter(None, parameters)))]
    if condition is not None:
        names += [("table", condition.tables), ("limit", condition.limits), ("link", condition.links)]
        names.append(("parameter", condition.parameters))
    for section, found in names:
        yield from (f"{section}/{name}" for name in sorted(found))


def _parts(rule: Rule, spoken: Voice) -> Iterator[tuple[Condition | None, tuple[str | None, ...], list[str]]]:
    """Give each part of a rule: its condition, the parameters it waits for, and what it says."""
    whole: list[str] = []
    match rule:
        case Table():
            for row in rule.rows:
                yield row.when, (), [spoken.titled(rule.values.get(row.value, {}), row.value)]
            return
        case Limit():
            for figure in rule.rows:
                text = [row_figure_text(figure, spoken)]
                yield figure.when, (figure.parameter,), text
                whole += text
        case Duty() | Link() | Retention() | Standing():
            period = rule.window if isinstance(rule, Link) else rule.within
            whole = [figure_text(period, rule.parameter, spoken)]
            yield None, (rule.parameter,), whole
        case Filing():
            left_to = (rule.parameter, *rule.bounds, rule.period_parameter)
            yield None, left_to, [figure_text(rule.within, rule.parameter, spoken)]
    for use in uses_of(rule):
        if use.role is not Role.ROW:
            yield use.condition, (), whole


def reaching(key: str, found: Mapping[str, tuple[Dependent, ...]]) -> tuple[str, ...]:
    """Give what a rule reaches beyond those that read it themselves: what reads these, and so on, each once.

    >>> chain = {
    ...     "table/a": (Dependent("table/b", ()),),
    ...     "table/b": (Dependent("limit/c", ()), Dependent("table/b", ())),
    ... }
    >>> reaching("table/a", chain)
    ('limit/c',)
    """
    direct = {key, *(one.key for one in found.get(key, ()))}
    seen: dict[str, None] = {}
    waiting = [one.key for one in found.get(key, ())]
    while waiting:
        for one in found.get(waiting.pop(0), ()):
            if one.key not in direct and one.key not in seen:
                seen[one.key] = None
                waiting.append(one.key)
    return tuple(seen)
