"""`Witness`: a region of worlds made into a case with dated events, and replayed through `assess` (可重放的例证)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, final

import attrs

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds.boxes import Box
from complaint_rules.verification.worlds.formulas import Formula
from complaint_rules.verification.worlds.search import BUDGET
from complaint_rules.verification.worlds.worlds import Worlds

Claim: TypeAlias = Callable[[Assessment], bool]
"""What a witness has to show: asked of its assessment."""
MOST_TRIED: int = 200
"""How many cases are made of one box before it is given up."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Witness(Shown):
    """A case, a moment and counts of linked complaints, of which a claim came out true."""

    case: Case
    """The complaint and what happened."""
    at: dt.datetime
    """When it is looked at."""
    links: Mapping[str, int] | None = None
    """How many complaints each link joins; None: nobody looked."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data: ``case``, ``at`` and, where somebody looked, ``links``."""
        raise NotImplementedError

    @staticmethod
    def from_dict(data: object, policy: Policy) -> Witness:
        """Make a witness of plain data, its codes held against a policy. Raises `InvalidCase`."""
        raise NotImplementedError

    def assess(self, policy: Policy, *, calendar: WorkCalendar | None = None) -> Assessment:
        """Assess it under a policy."""
        raise NotImplementedError


def candidates(worlds: Worlds, box: Box) -> Iterator[Witness]:
    """Give cases that may live a box, the likeliest first; whether they do nobody has asked yet."""
    raise NotImplementedError


def lived(worlds: Worlds, box: Box, claim: Claim, *, most: int = MOST_TRIED) -> Witness | None:
    """Give a case of a box whose assessment bears the claim out; None where none of those tried does."""
    raise NotImplementedError


class Verdict(Coded):
    """How sure an answer is (结论)."""

    PROVED = "proved", "已证明不可能", "proved: there is none"
    WITNESSED = "witnessed", "有例证", "witnessed"
    OPEN = "open", "未决", "open"


class WhyOpen(Coded):
    """Why a question stays open (未决原因)."""

    BUDGET = "budget", "搜索步数用尽", "the budget of the search was used up"
    NOT_TRIED = "not_tried", "只有未逐一列出的取值能满足", "only what was not tried could bear it out"
    NOT_LIVED = "not_lived", "未能构造出可重放的案件", "no case was found that lives it"


@final
@attrs.frozen(kw_only=True, repr=False)
class Answer(Shown):
    """Whether something can be: proved that it cannot, shown by a case that it can, or open with the reason."""

    verdict: Verdict
    """Which of the three."""
    box: Box | None = None
    """The region in which it can be, where one was found."""
    witness: Witness | None = None
    """The case that shows it."""
    why: WhyOpen | None = None
    """Why it is open."""


def answered(
    worlds: Worlds, formula: Formula, claim: Claim, *, box: Box | None = None, budget: int = BUDGET, most: int = 5
) -> Answer:
    """Say whether a formula can hold such that the claim comes out: proved never, witnessed, or open.

    At most `most` boxes are tried for a case.
    """
    raise NotImplementedError
