"""Which rules of two editions a change can reach: those that differ, and whatever reads them, however far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, final

from complaint_rules.conditions.implications import implications_of, related
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import HeldAtBreach, HeldBy, atoms_of
from complaint_rules.policy.codes import closed_lists
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Duty, Limit, Link, Table
from complaint_rules.policy.uses import DECIDING, facts_of, uses_of
from complaint_rules.verification.changes.entries import section_of
from complaint_rules.verification.changes.revisions import ChangeKind, RuleChange

FOUNDATIONS: Final = frozenset({"hours", "calendar", "routes"})
"""Sections on which every rule rests, beside the order of the levels: days, opening hours, who may go to whom."""
_DECLARED: Final = "events"
HOLDERS: Final = "holders"
QUIET: Final = "quiet"
"""The section of the quiet hours: what is forbidden in them, and by when to get in touch outside them, hangs on it."""


class Read(NamedTuple):
    """Everything that a rule reads, through all the tables, limits and links between."""

    facts: frozenset[str]
    """Facts, with those that imply them."""
    rules: frozenset[str]
    """Tables, limits and links by their keys, the rule itself left out."""
    others: frozenset[str]
    """Parameters, as entries of a file; ``holders`` where it asks who has the case, ``quiet`` where it heeds the quiet
    hours itself."""


@final
class Reads:
    """What the rules of one policy read, worked out once for each.

    >>> from complaint_rules import load_policy
    >>> sorted(Reads(load_policy("psbc-95580")).of("limit/whole").rules)
    ['table/priority', 'table/ticket']
    """

    def __init__(self, policy: Policy) -> None:
        """Take a policy."""
        self.policy = policy
        self._known: dict[str, Read] = {}
        self._implied = implications_of(policy.scope.facts)

    def rule(self, key: str) -> Table | Limit | Duty | Link | None:
        """Give a rule by its key; None where the policy has none of that name."""
        section, _, name = key.partition("/")
        policy = self.policy
        rules: Mapping[str, Mapping[str, Table | Limit | Duty | Link]] = {
            "table": policy.tables, "limit": policy.limits, "duty": policy.duties, "link": policy.links,
        }  # fmt: skip
        return rules.get(section, {}).get(name) if name in rules.get(section, {}) else None

    def of(self, key: str) -> Read:
        """Give what a rule reads; nothing where the policy has no such rule."""
        known = self._known.get(key)
        if known is None:
            rule = self.rule(key)
            known = self._known[key] = Read(*[frozenset[str]()] * 3) if rule is None else self._work_out(rule)
        return known

    def beside(self, key: str) -> Read:
        """Give what the conditions of a rule read that decide neither whether it holds nor which row counts."""
        rule = self.rule(key)
        uses = [] if rule is None else [use.condition for use in uses_of(rule) if use.role not in DECIDING]
        return self._through({name for one in uses for name in one.facts}, uses, ())

    def _work_out(self, rule: Table | Limit | Duty | Link) -> Read:
        read = self._through({*facts_of(rule)}, [use.condition for use in uses_of(rule)], tuple(_left_open(rule)))
        if isinstance(rule, Limit | Duty) and rule.quiet:
            read = read._replace(others=read.others | {QUIET})
        return read

    def _through(self, facts: set[str], conditions: Iterable[Condition], figures: Sequence[str]) -> Read:
        rules, others = set[str](), set[str]()
        for one in conditions:
            others |= {f"{section}/{name}" for section in ("parameters", "supplied") for name in one.parameters}
            rules |= {f"table/{name}" for name in one.tables}
            rules |= {f"limit/{name}" for name in one.limits}
            rules |= {f"link/{name}" for name in one.links}
            if any(isinstance(atom, HeldBy | HeldAtBreach) for atom in atoms_of(one.tree)):
                others.add(HOLDERS)
        others |= {f"{section}/{name}" for section in ("parameters", "supplied") for name in figures}
        for key in tuple(rules):
            read = self.of(key)
            facts |= read.facts
            rules |= read.rules
            others |= read.others - {QUIET}  # no due moment hangs on it, nor whether a limit is kept
        return Read(frozenset(facts | related(facts, self._implied)), frozenset(rules), frozenset(others))


def _left_open(rule: Table | Limit | Duty | Link) -> Iterator[str]:
    """Name the parameters from which a rule has its figures."""
    match rule:
        case Limit():
            yield from (row.parameter for row in rule.rows if row.parameter is not None)
        case Duty() | Link() if rule.parameter is not None:
            yield rule.parameter


@final
class Touch:
    """What a set of changes can reach in two editions."""

    def __init__(self, old: Policy, new: Policy, changes: Iterable[RuleChange]) -> None:
        """Take two editions and what became of their entries."""
        self.old: Reads = Reads(old)
        self.new: Reads = Reads(new)
        self.changed: frozenset[str] = frozenset(one.rule for one in changes if one.kind is not ChangeKind.REWORDED)
        """The entries that decide otherwise."""
        lists, now = closed_lists(old), closed_lists(new)
        self.relisted: frozenset[str] = frozenset(
            name for name in dict.fromkeys([*lists, *now]) if lists.get(name) != now.get(name)
        )
        """The facts whose lists of codes differ: what one edition knows, the other takes as unknown."""
        self.founded: bool = (
            tuple(old.levels) == tuple(new.levels)
            and all(section_of(rule) not in FOUNDATIONS for rule in self.changed)
            and all(not self._declared(rule) for rule in self.changed)
        )
        """Whether both rest on the same days, hours, levels and kinds of event."""
        self.same_holders: bool = old.bodies.keys() == new.bodies.keys()
        """Whether both know the same bodies: who has a case hangs on it."""

    def _declared(self, rule: str) -> bool:
        """Say whether a kind of event is known to both and may lie before the receipt in one of them only."""
        section, _, name = rule.partition("/")
        return section == _DECLARED and (name in self.old.policy.before_receipt) is not (
            name in self.new.policy.before_receipt
        )

    def reads(self, key: str) -> Read:
        """Give what a rule reads under either edition."""
        one, other = self.old.of(key), self.new.of(key)
        return Read(one.facts | other.facts, one.rules | other.rules, one.others | other.others)

    def touches(self, key: str) -> bool:
        """Say whether a rule can come out otherwise: it differs, or something that it reads or rests on does.

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> Touch(policy, policy, ()).touches("limit/whole")
        False
        """
        return key in self.changed or not self.founded or self.reached(self.reads(key))

    def reached(self, read: Read) -> bool:
        """Say whether anything that is read can come out otherwise.

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> touch = Touch(policy, policy, ())
        >>> touch.reached(touch.reads("limit/whole"))
        False
        """
        named = {*read.rules, *read.others, *(f"facts/{name}" for name in read.facts)}
        if HOLDERS in named and not self.same_holders:
            return True
        return not named.isdisjoint(self.changed) or not read.facts.isdisjoint(self.relisted)

    def touched(self) -> Sequence[str]:
        """Give the tables, limits and duties of both editions that can come out otherwise, in an order of need.

        What a rule reads stands before it, except that limits and tables of the two may need one another in turn.
        """
        old, new = self.old.policy, self.new.policy
        ordered = [f"table/{name}" if name in new.tables else f"limit/{name}" for name in new.order]
        ordered += [f"duty/{name}" for name in new.duties]
        there = {*(f"table/{name}" for name in old.tables), *(f"limit/{name}" for name in old.limits),
                 *(f"duty/{name}" for name in old.duties)}  # fmt: skip
        return [key for key in ordered if key in there and self.touches(key)]
