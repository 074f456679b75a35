"""`Witness`: a region of worlds made into a case with dated events, and replayed through `assess` (可重放的例证)."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias, final

import attrs

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.counts import GroupCount
from complaint_rules.cases.plain import case_to_dict
from complaint_rules.errors import InvalidCase, OutOfBudget
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.verification.worlds.boxes import Box, boxes, search
from complaint_rules.verification.worlds.formulas import Formula
from complaint_rules.verification.worlds.living import lives
from complaint_rules.verification.worlds.search import BUDGET
from complaint_rules.verification.worlds.worlds import Worlds

Claim: TypeAlias = Callable[[Assessment], bool]
"""What a witness has to show: asked of its assessment."""
MOST_TRIED: Final = 200
"""How many cases are made of one box before it is given up."""


def _frozen(links: Mapping[str, int] | None) -> Mapping[str, int] | None:
    return None if links is None else FrozenMap(links)


@final
@attrs.frozen(kw_only=True, repr=False)
class Witness(Shown):
    """A case, a moment and counts of linked complaints, of which a claim came out true when they were assessed.

    >>> import datetime as dt
    >>> from complaint_rules.cases.complaint import Complaint
    >>> from complaint_rules.moments import BEIJING
    >>> at = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
    >>> Witness(case=Case(Complaint(id="w-1", received=at)), at=at).to_dict()["at"]
    '2026-03-04T10:00:00+08:00'
    """

    case: Case
    """The complaint and what happened."""
    at: dt.datetime
    """When it is looked at."""
    links: Mapping[str, int] | None = attrs.field(default=None, converter=_frozen)
    """How many complaints each link joins; None: nobody looked."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data (JSON): ``case``, ``at`` and, where somebody looked, ``links``.

        Of a count that says whether the complaint came first, ``first`` says so by the id of the link.
        """
        data: dict[str, Any] = {"case": case_to_dict(self.case), "at": self.at.isoformat()}
        if self.links is not None:
            data["links"] = {name: int(count) for name, count in self.links.items()}
            first = {
                name: count.first
                for name, count in self.links.items()
                if isinstance(count, GroupCount) and count.first is not None
            }
            if first:
                data["first"] = first
        return data

    def lines(self, lang: Lang = "zh") -> tuple[str, ...]:
        """Say how to see it oneself: the case as a line for ``complaint-rules assess``, and the ``--at`` to give.

        Counts of linked complaints, which no file of cases holds, stand below. Raises `UnknownLanguage`.

        >>> import datetime as dt
        >>> from complaint_rules.cases.complaint import Complaint
        >>> from complaint_rules.moments import BEIJING
        >>> at = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
        >>> for line in Witness(case=Case(Complaint(id="w-1", received=at)), at=at).lines("en"):
        ...     print(line)
        {"id": "w-1", "received": "2026-03-04T10:00:00+08:00"}
        assess it with --at 2026-03-04T10:00:00+08:00
        """
        data = self.to_dict()
        told = [json.dumps(data["case"], ensure_ascii=False)]
        told.append(said(("评估时加 --at ", "assess it with --at "), lang) + str(data["at"]))
        counts = {name: data[name] for name in ("links", "first") if name in data}
        if counts:
            words = ("关联投诉，由 assess(…, links=…) 给出：", "linked complaints, as assess(…, links=…) takes them: ")
            told.append(said(words, lang) + json.dumps(counts, ensure_ascii=False))
        return tuple(told)

    @staticmethod
    def from_dict(data: object, policy: Policy) -> Witness:
        """Make a witness of what `to_dict` gave, its codes held against a policy.

        Raises `InvalidCase`, and `InvalidMoment` for what is no moment.
        """
        if not isinstance(data, Mapping):
            raise InvalidCase(what="a witness", why="an object with case and at is expected", value=data)
        case = as_policy(policy).read_case(data.get("case"))
        links, first = data.get("links"), data.get("first") or {}
        return Witness(
            case=case,
            at=as_moment(_read_moment(data.get("at")), what="at"),
            links=None if links is None else _counts(links, first),
        )

    def assess(self, policy: Policy, *, calendar: WorkCalendar | None = None) -> Assessment:
        """Assess it under a policy. Raises what `assess` does."""
        return assess(self.case, policy, at=self.at, calendar=calendar, links=self.links)


def _read_moment(value: object) -> object:
    try:
        return dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _counts(links: object, first: object) -> Mapping[str, int]:
    if not isinstance(links, Mapping) or not isinstance(first, Mapping):
        raise InvalidCase(what="links", why="an object of counts by link is expected", value=links)
    return {name: GroupCount(count, first=first[name]) if name in first else count for name, count in links.items()}


def candidates(worlds: Worlds, box: Box) -> Iterator[Witness]:
    """Give cases that may live a box, the likeliest first; whether they do nobody has asked yet.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds = Worlds(load_policy("psbc-95580"))
    >>> next(
    ...     candidates(
    ...         worlds, Box(variables=worlds.variables, masks=tuple(v.full for v in worlds.variables))
    ...     )
    ... ).links
    """
    for one in lives(worlds, box):
        yield Witness(case=one.case, at=one.at, links=one.links)


def lived(worlds: Worlds, box: Box, claim: Claim, *, most: int = MOST_TRIED) -> Witness | None:
    """Give a case of a box whose assessment bears the claim out; None where none of those tried does.

    The claim is asked of the assessment under the policy of the worlds; of another policy it can assess
    ``found.case`` at ``found.at`` itself. Whatever `assess` or the claim raises is raised.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds = Worlds(load_policy("psbc-95580"))
    >>> row = worlds.fired("table/priority", 0)
    >>> box = search(worlds, row)
    >>> lived(worlds, box, lambda found: found.findings["priority"].value == "urgent") is not None
    True
    """
    for one in itertools.islice(candidates(worlds, box), most):
        if claim(one.assess(worlds.policy)):
            return one
    return None


class Sureness(Coded):
    """How sure an answer is (结论)."""

    PROVED = "proved", "已证明不可能", "proved: it cannot be"
    """No world bears it out, and every approximation only adds worlds."""
    WITNESSED = "witnessed", "有例证", "witnessed"
    """A case was found and replayed."""
    OPEN = "open", "未决", "open"
    """A world bears it out and no case was found that lives it, or the search was given up."""


class WhyOpen(Coded):
    """Why a question stays open (未决原因)."""

    BUDGET = "budget", "搜索步数用尽", "the steps of the search were used up"
    NOT_TRIED = (
        "not_tried",
        "只有未逐一列出的取值能满足",
        "only values not tried one by one could bear it out",
    )
    NOT_LIVED = "not_lived", "未能构造出可重放的案件", "no case was found that lives it"


@final
@attrs.frozen(kw_only=True, repr=False)
class Answer(Shown):
    """Whether something can be: proved that it cannot, shown by a case that it can, or open with the reason."""

    verdict: Sureness
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
    """Say whether a formula can hold such that a claim comes out: proved never, witnessed, or open.

    At most `most` boxes are tried for a case. Never raises `OutOfBudget`: then the answer is open.

    >>> from complaint_rules.policy.loading import load_policy
    >>> worlds = Worlds(load_policy("psbc-95580"))
    >>> answered(worlds, worlds.no_row("table/priority"), lambda found: True).verdict
    <Sureness.PROVED: 'proved'>
    """
    best: Box | None = None
    try:
        best = search(worlds, formula, box=box, budget=budget)
        if best is None:
            return Answer(verdict=Sureness.PROVED)
        if not best.tried:
            return Answer(verdict=Sureness.OPEN, box=best, why=WhyOpen.NOT_TRIED)
        found = itertools.chain([best], itertools.islice(boxes(worlds, formula, box=box, budget=budget), most))
        for one in dict.fromkeys(found):
            witness = lived(worlds, one, claim)
            if witness is not None:
                return Answer(verdict=Sureness.WITNESSED, box=one, witness=witness)
    except OutOfBudget:
        return Answer(verdict=Sureness.OPEN, box=best, why=WhyOpen.BUDGET)
    return Answer(verdict=Sureness.OPEN, box=best, why=WhyOpen.NOT_LIVED)
