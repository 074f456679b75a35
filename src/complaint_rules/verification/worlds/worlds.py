"""`Worlds`: a policy as variables with finitely many cells, and its conditions as formulas over them (可能情形)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, final

from complaint_rules.cases.case import Event
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Atom, Truth
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.worlds.formulas import Formula
from complaint_rules.verification.worlds.variables import Source, Variable


class FourWays(NamedTuple):
    """What is said of a condition in every world, as four formulas: without presumptions, and with them."""

    sure: Formula
    """Where it holds whatever the unknown turns out to be."""
    possible: Formula
    """Where it could still hold."""
    held: Formula
    """Where it holds once every presumption is taken for granted."""
    tenable: Formula
    """Where it could still hold once every presumption is taken for granted."""


@final
class Worlds:
    """Everything that the conditions of a policy can look at, in finitely many cells.

    `beside` are other policies about the same complaints: their facts, events and links of one name are the same
    variables, and so are limits defined alike. Every method that takes a rule or condition takes as `under` the policy
    it belongs to, where that is not the first. Raises `InvalidPolicy` for what is no policy.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds = Worlds(load_policy("psbc-95580"))
    """

    __slots__ = ("beside", "policy", "variables")

    def __init__(self, policy: Policy, beside: Sequence[Policy] = ()) -> None:
        self.policy: Policy = policy
        self.beside: tuple[Policy, ...] = tuple(beside)
        self.variables: tuple[Variable, ...] = ()

    @property
    def approximate(self) -> tuple[Variable, ...]:
        """The variables that are not exact: each says why (`limits_of_it`)."""
        return tuple(one for one in self.variables if not one.exact)

    def place_of(self, source: Source, *, under: Policy | None = None) -> int | None:
        """Give the place of the variable that stands for a thing; None where no condition looks at it."""
        raise NotImplementedError

    def channels(
        self,
        condition: Condition | Truth | None,
        *,
        under: Policy | None = None,
        event: Event | None = None,
        replace: Mapping[Atom, FourWays] | None = None,
    ) -> FourWays:
        """Give a condition as four formulas; None always holds.

        `event` is the candidate event where it reads ``event.…``: see `events`. `replace` gives other ways to some
        atoms, as for the question whether one could be left out. An atom that no variable was made for (of a condition
        that is not in the policies) is judged on the variables there are, and refused with `UnknownRule` where it
        reads anything else.
        """
        raise NotImplementedError

    def events(
        self, condition: Condition | None, selectors: Sequence[Selector], *, under: Policy | None = None
    ) -> tuple[Event, ...]:
        """Give the typical events that some selectors mean and a condition over ``event.…`` can tell apart."""
        raise NotImplementedError

    def applies(self, rule: str, *, under: Policy | None = None) -> FourWays:
        """Give whether a limit or duty (``limit/whole``, ``duty/thank``) applies. Raises `UnknownRule`."""
        raise NotImplementedError

    def rows(self, rule: str, *, under: Policy | None = None) -> tuple[FourWays, ...]:
        """Give for each row of a table or limit whether its condition holds. Raises `UnknownRule`."""
        raise NotImplementedError

    def fired(self, rule: str, row: int, *, under: Policy | None = None) -> Formula:
        """Give where a row counts: of first-match rows where it is the first that holds, of others where it holds."""
        raise NotImplementedError

    def first_possible(self, rule: str, row: int, *, under: Policy | None = None) -> Formula:
        """Give where a row could count: it could hold, and of first-match rows none before it surely does."""
        raise NotImplementedError

    def no_row(self, rule: str, *, under: Policy | None = None) -> Formula:
        """Give where no row holds."""
        raise NotImplementedError

    def surely_some_row(self, rule: str, *, under: Policy | None = None) -> Formula:
        """Give where some row surely holds."""
        raise NotImplementedError

    def all_known(self) -> Formula:
        """Give where nothing is unknown, undetermined or not looked up."""
        raise NotImplementedError
