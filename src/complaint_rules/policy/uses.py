"""Every condition of a policy with the rule it stands in: the one walk that all who need conditions take."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

import attrs

from complaint_rules.conditions.parsing import Condition
from complaint_rules.policy.rules import (
    Base,
    Checklist,
    CountingRule,
    Duty,
    Figure,
    Filing,
    Limit,
    Link,
    Retention,
    Selector,
    Standing,
    Table,
)

Rule: TypeAlias = Table | Limit | Duty | Checklist | Link | CountingRule | Base | Figure | Filing | Standing | Retention
"""One rule of a policy."""
_SECTIONS: Final[Mapping[type, str]] = {
    Table: "table", Limit: "limit", Duty: "duty", Checklist: "checklist", Link: "link", Figure: "figure",
    CountingRule: "basis", Base: "base", Filing: "filing", Standing: "standing", Retention: "retention",
}  # fmt: skip


class Role(enum.StrEnum):
    """What a condition does for the rule it stands in."""

    APPLIES = "applies"
    """Whether the policy claims to apply at all."""
    WHEN = "when"
    """Whether a limit or duty applies, which documents a checklist is about, which complaints take part in a link."""
    ROW = "row"
    """Whether a row of a table or limit holds."""
    UNLESS = "unless"
    """What excuses an act that a duty forbids."""
    PAUSE = "pause"
    """What a suspension must carry."""
    EXTENSION = "extension"
    """What must hold for an extension, and what its grant must carry."""
    RESTART = "restart"
    """What must hold for a limit to start anew."""
    VOID = "void"
    """What must hold for an event to end a limit without result."""
    SHARE = "share"
    """Which cases a share counts."""
    OF = "of"
    """Which cases a figure is about."""
    COUNTS = "counts"
    """Which cases a counting rule counts."""


DECIDING: Final = frozenset({Role.WHEN, Role.ROW, Role.UNLESS})
"""What decides whether a rule holds for a case; the other roles judge an event, or count cases."""


class Use(NamedTuple):
    """One condition of a policy, and where it stands."""

    rule: str
    """The rule, as ``limit/whole``; empty for the policy itself."""
    role: Role
    """What it does there."""
    condition: Condition
    """The condition."""


def key_of(rule: Rule) -> str:
    """Give the key of a rule within its policy, as ``limit/whole``; a single retention is ``retention``.

    >>> from complaint_rules.policy.rules import NO_TITLES
    >>> from complaint_rules.mappings import FrozenMap
    >>> key_of(Table(id="class", title=NO_TITLES, every=False, values=FrozenMap(), rows=()))
    'table/class'
    """
    if isinstance(rule, Retention) and rule.id is None:
        return "retention"
    return f"{_SECTIONS[type(rule)]}/{rule.id}"


def uses_of(rule: Rule) -> Iterator[Use]:
    """Give every condition of a rule with what it does there: the one list that all who walk over conditions take.

    >>> from complaint_rules.policy.rules import NO_TITLES
    >>> from complaint_rules.mappings import FrozenMap
    >>> list(uses_of(Table(id="class", title=NO_TITLES, every=False, values=FrozenMap(), rows=())))
    []
    """
    key = key_of(rule)
    for role, condition in _placed(rule):
        if condition is not None:
            yield Use(key, role, condition)


def _placed(rule: Rule) -> Iterator[tuple[Role, Condition | None]]:
    match rule:
        case Table():
            for row in rule.rows:
                yield Role.ROW, row.when
        case Limit():
            yield Role.WHEN, rule.when
            for figure in rule.rows:
                yield Role.ROW, figure.when
            for pause in rule.pauses:
                yield Role.PAUSE, pause.requires
            for extension in rule.extensions:
                yield Role.EXTENSION, extension.when
                yield Role.EXTENSION, extension.requires
            if rule.restart is not None:
                yield Role.RESTART, rule.restart.when
            for void in rule.void_on:
                yield Role.VOID, void.when
        case Duty():
            yield Role.WHEN, rule.when
            yield Role.UNLESS, rule.unless
        case Link() | Checklist():
            yield Role.WHEN, rule.when
        case Figure():
            yield Role.SHARE, rule.share
            yield Role.OF, rule.of
        case CountingRule():
            yield Role.COUNTS, rule.counts


def cites_of(rule: object) -> Iterator[str]:
    """Give every citation of a rule and of its parts: rows, pauses, extensions and the like; some more than once.

    >>> from complaint_rules.policy.rules import NO_TITLES
    >>> list(cites_of(Link(id="same", title=NO_TITLES, same=(), cite="16")))
    ['16']
    """
    if isinstance(rule, tuple):
        for item in rule:
            yield from cites_of(item)
    elif attrs.has(form := type(rule)) and not isinstance(rule, Condition):
        for field in attrs.fields(form):
            value = getattr(rule, field.name)
            if field.name == "cite":
                yield from () if value is None else (value,)
            else:
                yield from cites_of(value)


def kinds_of(rule: object) -> Iterator[str]:
    """Name the kinds of event that a rule and its parts speak of; some more than once.

    >>> from complaint_rules.policy.rules import NO_TITLES
    >>> list(kinds_of((Selector(kind="replied"),)))
    ['replied']
    """
    if isinstance(rule, tuple):
        for item in rule:
            yield from kinds_of(item)
    elif isinstance(rule, Selector):
        yield rule.kind
    elif isinstance(rule, Condition):
        yield from rule.kinds
    elif attrs.has(form := type(rule)):
        for field in attrs.fields(form):
            yield from kinds_of(getattr(rule, field.name))


def deciding(rule: Rule) -> list[Condition]:
    """Give the conditions that decide whether a rule holds for a case.

    >>> from complaint_rules.policy.rules import NO_TITLES
    >>> from complaint_rules.mappings import FrozenMap
    >>> deciding(Table(id="class", title=NO_TITLES, every=False, values=FrozenMap(), rows=()))
    []
    """
    return [use.condition for use in uses_of(rule) if use.role in DECIDING]


def facts_of(rule: Rule) -> Iterator[str]:
    """Name the facts that a rule reads, in its conditions and as keys of its own; some more than once.

    A figure may also name a table it is spread over, and a table of a return what else cases are grouped by.

    >>> from complaint_rules.policy.rules import NO_TITLES
    >>> list(facts_of(Link(id="same", title=NO_TITLES, same=("respondent",))))
    ['respondent']
    """
    for use in uses_of(rule):
        yield from use.condition.facts
    match rule:
        case Limit():
            yield from (row.by for row in rule.rows if row.by is not None)
        case Link():
            yield from rule.same
        case Figure():
            yield from rule.by
            yield from () if rule.amount is None else (rule.amount,)
        case CountingRule():
            yield from () if rule.weight is None else (rule.weight,)
        case Filing():
            yield from (name for table in rule.tables for name in (*table.by, table.within) if name is not None)
