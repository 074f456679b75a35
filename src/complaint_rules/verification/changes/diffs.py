"""`diff` and `Diff`: two editions of a policy held against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, final

import attrs

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidFigure
from complaint_rules.language import Lang, language
from complaint_rules.policy.policy import Policy, as_policy, rules_of
from complaint_rules.policy.uses import key_of
from complaint_rules.verification.changes.partings import STEPS, Felt, Parting, partings
from complaint_rules.verification.changes.portfolios import Portfolio, as_portfolio, portfolio_of
from complaint_rules.verification.changes.revisions import RuleChange, changes_between
from complaint_rules.verification.changes.tellings import FactClash, Passage, Teller, in_markdown, in_text

FORMAT: Final = "complaint-rules/diff/1"
"""Version of the data a difference turns into."""


@final
@attrs.frozen(repr=False)
class Diff:
    """What differs between two editions of a policy (修订差异). Made by `diff`."""

    old: Policy
    """The old edition."""
    new: Policy
    """The new edition."""
    changes: tuple[RuleChange, ...]
    """What was added, removed, changed, reworded, section by section."""
    clashes: tuple[FactClash, ...]
    """Facts that are of another type in each."""
    budget: int = STEPS
    """How many steps the search for cases and proofs (`felt`) may take."""

    def __repr__(self) -> str:
        one, other = (f"{policy.id}@{policy.edition}" for policy in (self.old, self.new))
        return f"<Diff of {one} and {other}: {len(self.changes)} changes>"

    @property
    def same(self) -> bool:
        """Whether nothing differs but the names of the editions.

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> diff(policy, policy).same
        True
        """
        return not self.changes

    @property
    def common(self) -> bool:
        """Whether the two have any rule in common, by its key; else they are hardly editions of one policy."""
        return not {*map(key_of, rules_of(self.old))}.isdisjoint(map(key_of, rules_of(self.new)))

    def portfolio(
        self,
        cases: Iterable[Case | Complaint],
        *,
        at: dt.datetime | None = None,
        calendar: WorkCalendar | None = None,
    ) -> Portfolio:
        """Replay cases under both editions, one at a time: what changes for how many of them.

        `at` is the moment of all assessments; without it each case is assessed as at its own last event. A case that
        cannot be assessed is noted with its place in `Portfolio.problems`, and the rest goes on. Raises
        `InvalidComplaint` for what is no series of cases.

        >>> from complaint_rules import BEIJING, load_policy
        >>> old, new = (load_policy("petition-2022", edition=edition) for edition in ("2005", "2022"))
        >>> case = Complaint(id="c-1", received=dt.datetime(2026, 3, 2, 10, tzinfo=BEIJING))
        >>> found = diff(old, new).portfolio([case])
        >>> found.cases, found.touched
        (1, 1)
        """
        return portfolio_of(self.old, self.new, cases, at=at, calendar=calendar)

    @property
    def felt(self) -> tuple[Felt, ...]:
        """Whether any case can feel what changes, for each table, limit and duty of both that a change can reach.

        Shown by a case that was replayed under both, proved the same, or open with the reason; worked out when read.
        Once the steps of `budget` are used up the rest is open.

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> diff(policy, policy).felt
        ()
        """
        return _felt(self)

    def unshown(self, portfolio: Portfolio) -> tuple[Felt, ...]:
        """Give of what can be felt that which no case of a portfolio shows, each with the case that would.

        Raises `InvalidComplaint` for what is no portfolio.
        """
        rules = {effect.on.rule for effect in as_portfolio(portfolio).effects}
        return tuple(one for one in self.felt if one.parting is Parting.SHOWN and one.rule not in rules)

    def to_dict(self, portfolio: Portfolio | None = None) -> dict[str, Any]:
        """Give everything as plain data for JSON; ``format`` names the version of its shape.

        Raises `InvalidComplaint` for what is no portfolio, as `explain` and `markdown` do.

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> diff(policy, policy).to_dict()["same"]
        True
        """
        found: dict[str, Any] = {
            "format": FORMAT,
            "old": _edition_data(self.old),
            "new": _edition_data(self.new),
            "same": self.same,
            "common": self.common,
            "clashes": [{"fact": one.fact, "old": one.old.value, "new": one.new.value} for one in self.clashes],
            "changes": [change.to_dict() for change in self.changes],
            "felt": [one.to_dict() for one in self.felt],
        }
        if portfolio is None:
            return found
        unshown = [one.rule for one in self.unshown(portfolio)]
        return {**found, "portfolio": {**portfolio.to_dict(), "unshown": unshown}}

    def explain(self, lang: Lang = "zh", portfolio: Portfolio | None = None) -> str:
        """Say what differs, and what it does to the cases of `portfolio`, in Chinese (``zh``) or English (``en``).

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> print(diff(policy, policy).explain("en"), end="")
        psbc-95580@2016 → psbc-95580@2016
        <BLANKLINE>
        no rule differs
        """
        teller = Teller(self.old, self.new, language(lang))
        return in_text(teller.head(), list(self._passages(teller, portfolio)))

    def markdown(self, lang: Lang = "zh", portfolio: Portfolio | None = None) -> str:
        """Write the same as Markdown.

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> print(diff(policy, policy).markdown("en"), end="")
        # psbc-95580@2016 → psbc-95580@2016
        <BLANKLINE>
        * no rule differs
        """
        teller = Teller(self.old, self.new, language(lang))
        return in_markdown(teller.head(), list(self._passages(teller, portfolio)))

    def _passages(self, teller: Teller, portfolio: Portfolio | None) -> Iterator[Passage]:
        if not self.common:
            yield teller.strangers()
        yield from teller.of_changes(self.changes)
        yield from teller.of_clashes(self.clashes)
        yield from teller.of_verdicts(self.felt)
        if portfolio is not None:
            yield from teller.of_cases(as_portfolio(portfolio))
            yield from teller.of_unshown(self.unshown(portfolio))


@lru_cache(maxsize=16)
def _felt(one: Diff) -> tuple[Felt, ...]:
    return partings(one.old, one.new, one.changes, budget=one.budget)


def _edition_data(policy: Policy) -> dict[str, str]:
    return {"id": policy.id, "edition": policy.edition, "fingerprint": policy.fingerprint}


def diff(old: Policy, new: Policy, *, budget: int = STEPS) -> Diff:
    """Hold two editions of a policy against each other (两版对照).

    `budget` is how many steps the search for cases and proofs may take, all rules together; they are counted and never
    timed. Raises `InvalidPolicy` for what is no policy, `InvalidFigure` for a budget that is no positive whole number.

    >>> from complaint_rules import load_policy
    >>> found = diff(
    ...     load_policy("petition-2022", edition="2005"), load_policy("petition-2022", edition="2022")
    ... )
    >>> [change.kind.value for change in found.changes if change.rule == "limit/handle"]
    ['changed']
    >>> diff("petition-2022", "petition-2022")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidPolicy: policy: a Policy is expected; got 'petition-2022'; pass load_policy(id)
    """
    as_policy(old)
    as_policy(new)
    clashes = tuple(
        FactClash(name, fact.type, new.facts[name].type)
        for name, fact in old.facts.items()
        if name in new.facts and new.facts[name].type is not fact.type
    )
    return Diff(old, new, changes_between(old, new), clashes, _steps(budget))


def _steps(budget: object) -> int:
    if isinstance(budget, int) and not isinstance(budget, bool) and budget > 0:
        return budget
    raise InvalidFigure(what="budget", why="a whole number of steps from 1 is expected", value=budget)
