"""How far a set of cases reaches the rules of a policy (规则覆盖): each outcome, and which cases reached it first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import Any, Final, final

import attrs

from complaint_rules.arguments import each, of_kind, truth
from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.cases.case import Case, case_of
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidFigure, InvalidMoment
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, language
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.outcome_texts import way_in_words
from complaint_rules.verification.reaching.outcomes import outcomes, reached, rule_of

_MOST_NAMED: Final = 3
"""How many cases are named that reached an outcome."""
_GIVEN: Final = (Case, Complaint, Assessment, GoldenCase)
_SECTIONS: Final = (("table", "tables"), ("limit", "limits"), ("duty", "duties"), ("checklist", "checklists"))


@final
@attrs.frozen(repr=False)
class Hits(Shown):
    """By how many cases an outcome was reached, and by which first."""

    cases: int
    """How many cases."""
    first: tuple[str, ...]
    """Ids of the first of them, three at most."""

    def __add__(self, other: Hits) -> Hits:
        return Hits(self.cases + other.cases, _first(self.first, other.first))


def _first(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))[:_MOST_NAMED]


@final
@attrs.frozen(kw_only=True, repr=False)
class RuleCoverage(Shown):
    """One rule, and which of its outcomes were reached (单条规则的覆盖)."""

    rule: str
    """Its key, ``limit/whole``."""
    title: Titles
    """Its title, ``zh`` and ``en``."""
    reached: FrozenMap[str, Hits]
    """Each outcome that was reached, in the order in which `outcomes` gives them."""
    not_reached: tuple[str, ...]
    """Each outcome that was not."""

    @property
    def whole(self) -> bool:
        """Whether every outcome was reached."""
        return not self.not_reached

    def explain(self, lang: Lang = "zh", *, full: bool = False) -> str:
        """Say what was not reached, in Chinese (``zh``) or English (``en``); `full`: also what was, and by which cases.

        >>> rule = RuleCoverage(
        ...     rule="limit/whole",
        ...     title=FrozenMap(zh="全程", en="Whole"),
        ...     reached=FrozenMap({"limit/whole kept": Hits(1, ("c-1",))}),
        ...     not_reached=("limit/whole late",),
        ... )
        >>> print(rule.explain("en", full=True))
        limit/whole Whole 1/2: not reached: late
          kept: 1 (c-1)
        """
        zh = language(lang) == "zh"
        count = len(self.reached)
        told = f"{self.rule} {self.title.get(lang, '')} {count}/{count + len(self.not_reached)}"
        missing = ("；" if zh else "; ").join(way_in_words(name, lang) for name in self.not_reached)
        if missing:
            told += f"：未覆盖 {missing}" if zh else f": not reached: {missing}"
        lines = [told]
        for name, hits in self.reached.items() if full else ():
            ids = ("、" if zh else ", ").join(hits.first) + ("…" if hits.cases > len(hits.first) else "")
            way = way_in_words(name, lang)
            lines.append(f"  {way}：{hits.cases}件（{ids}）" if zh else f"  {way}: {hits.cases} ({ids})")
        return "\n".join(lines)


@final
@attrs.frozen(kw_only=True, repr=False)
class Coverage:
    """Which outcomes of a policy's rules some cases have reached (规则覆盖); made by `coverage`.

    An outcome that nobody can determine is reached by no case. Reached means that an assessment went there, not that
    anybody looked at the answer. Of two sets of cases the coverages add up.

    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> policy = load_policy("psbc-95580")
    >>> found = coverage(
    ...     policy, [assess(Complaint(id="c-1", received=received, repeat=True), policy, at=received)]
    ... )
    >>> found
    <Coverage of psbc-95580, edition 2016: 44 of 145 by 1 case>
    >>> found.hits["table/priority row 2 decides"]
    Hits(cases=1, first=('c-1',))
    >>> found + found == found
    False
    """

    policy: str
    """Id of the policy."""
    edition: str
    """Its edition."""
    titles: FrozenMap[str, Titles]
    """Every rule that has outcomes, ``limit/whole``, with its title."""
    outcomes: tuple[str, ...]
    """Every outcome that its rules can have, in their order."""
    hits: FrozenMap[str, Hits] = FrozenMap()
    """Each outcome that was reached, and by which cases."""
    cases: int = 0
    """How many cases were tried."""

    def __repr__(self) -> str:
        cases = f"{self.cases} case{'' if self.cases == 1 else 's'}"
        return (
            f"<Coverage of {self.policy}, edition {self.edition}: {len(self.hits)} of {len(self.outcomes)} by {cases}>"
        )

    @staticmethod
    def of_nothing(policy: Policy) -> Coverage:
        """Give the coverage of a policy by no case, to which others are added; raises `InvalidPolicy` for no policy.

        >>> from complaint_rules import load_policy
        >>> Coverage.of_nothing(load_policy("psbc-95580")).percent
        '0.0'
        """
        policy = as_policy(policy)
        found = outcomes(policy)
        titles: dict[str, Titles] = {}
        for section, name in _SECTIONS:
            titles |= {f"{section}/{key}": rule.title for key, rule in getattr(policy, name).items()}
        used = dict.fromkeys(map(rule_of, found))
        return Coverage(
            policy=policy.id, edition=policy.edition, outcomes=found,
            titles=FrozenMap({rule: titles[rule] for rule in used}),
        )  # fmt: skip

    @property
    def not_reached(self) -> tuple[str, ...]:
        """Every outcome that no case reached, in the order of the rules."""
        return tuple(one for one in self.outcomes if one not in self.hits)

    @property
    def percent(self) -> str | None:
        """The share reached in percent, cut after one decimal, so that ``100.0`` is all of them.

        None: the policy has no outcome to reach, and nothing is never all.
        """
        total = len(self.outcomes)
        if not total:
            return None
        tenths = 1000 * len(self.hits) // total
        return f"{tenths // 10}.{tenths % 10}"

    def reaches(self, percent: float) -> bool:
        """Say whether at least so many percent were reached; where there is nothing to reach, they were not.

        >>> from complaint_rules import load_policy
        >>> Coverage.of_nothing(load_policy("psbc-95580")).reaches(0)
        True
        """
        return bool(self.outcomes) and 100 * len(self.hits) >= percent * len(self.outcomes)

    @property
    def rules(self) -> tuple[RuleCoverage, ...]:
        """Every rule with what of it was reached, in the policy's order."""
        listed: dict[str, list[str]] = {rule: [] for rule in self.titles}
        for one in self.outcomes:
            listed[rule_of(one)].append(one)
        return tuple(
            RuleCoverage(
                rule=rule,
                title=self.titles[rule],
                reached=FrozenMap({one: self.hits[one] for one in found if one in self.hits}),
                not_reached=tuple(one for one in found if one not in self.hits),
            )
            for rule, found in listed.items()
        )

    def __add__(self, other: Coverage) -> Coverage:
        """Add the cases of another coverage of the same rules; raises `InvalidFigure` where the rules differ."""
        if not isinstance(other, Coverage):
            return NotImplemented
        mine, theirs = (self.policy, self.edition), (other.policy, other.edition)
        if mine != theirs or self.outcomes != other.outcomes:
            why = "it is of another rule set, edition or other parameters"
            raise InvalidFigure(what="coverage", why=why, value="@".join(theirs), hint=f"this is of {'@'.join(mine)}")
        hits = {
            one: self.hits[one] + other.hits[one]
            if one in self.hits and one in other.hits
            else self.hits.get(one) or other.hits[one]
            for one in self.outcomes
            if one in self.hits or one in other.hits
        }
        return attrs.evolve(self, hits=FrozenMap(hits), cases=self.cases + other.cases)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON: totals, and each rule with what was reached, by which cases, and what not."""
        return {
            "policy": {"id": self.policy, "edition": self.edition},
            "cases": self.cases,
            "outcomes": len(self.outcomes),
            "reached": len(self.hits),
            "percent": self.percent,
            "rules": [
                {
                    "rule": one.rule,
                    "title": dict(one.title),
                    "reached": [
                        {"outcome": name, "cases": hits.cases, "first": list(hits.first)}
                        for name, hits in one.reached.items()
                    ],
                    "not_reached": list(one.not_reached),
                }
                for one in self.rules
            ],
        }

    def explain(self, lang: Lang = "zh", *, full: bool = False) -> str:
        """Say it, in Chinese (``zh``) or English (``en``): the share, and of each rule what was not reached.

        `full`: also what was reached, and by which cases first.

        >>> from complaint_rules import load_policy
        >>> Coverage.of_nothing(load_policy("psbc-95580")).explain("en").splitlines()[0]
        'psbc-95580 (2016): 0 of 145 outcomes of its rules reached, 0.0 %, by 0 cases'
        """
        zh = language(lang) == "zh"
        share = self.percent
        reached_now, total = len(self.hits), len(self.outcomes)
        if share is None:
            told = "没有可覆盖的规则结果" if zh else "its rules have no outcome to reach"
        elif zh:
            told = f"规则结果共{total}项，已覆盖{reached_now}项，{share}%，案件{self.cases}件"
        else:
            cases = f"{self.cases} case{'' if self.cases == 1 else 's'}"
            told = f"{reached_now} of {total} outcomes of its rules reached, {share} %, by {cases}"
        lines = [f"{self.policy}（{self.edition}）：{told}" if zh else f"{self.policy} ({self.edition}): {told}"]
        lines += [indent(one.explain(lang, full=full), "  ") for one in self.rules if full or not one.whole]
        return "\n".join(lines)


@final
class Gathering:
    """Gathers case by case what is reached, for who has too many cases to hold.

    >>> from complaint_rules import load_policy
    >>> gathered = Gathering(load_policy("psbc-95580"))
    >>> gathered.note("c-1", ["limit/whole kept"])
    >>> gathered.coverage
    <Coverage of psbc-95580, edition 2016: 1 of 145 by 1 case>
    """

    __slots__ = ("_cases", "_hits", "_nothing")

    def __init__(self, policy: Policy) -> None:
        """Start with no case; raises `InvalidPolicy` for what is no policy."""
        self._nothing = Coverage.of_nothing(policy)
        self._hits: dict[str, Hits | None] = dict.fromkeys(self._nothing.outcomes)
        self._cases = 0

    def note(self, id: str, found: Iterable[str]) -> None:
        """Add one case and the outcomes that it reached; those that the policy does not have are passed over."""
        self._cases += 1
        for name in found:
            if name in self._hits:
                hits = self._hits[name]
                self._hits[name] = Hits(1, (id,)) if hits is None else hits + Hits(1, (id,))

    @property
    def coverage(self) -> Coverage:
        """What the cases so far have reached."""
        hits = {name: hits for name, hits in self._hits.items() if hits is not None}
        return attrs.evolve(self._nothing, hits=FrozenMap(hits), cases=self._cases)


def coverage(
    policy: Policy,
    given: Iterable[Case | Complaint | Assessment | GoldenCase],
    *,
    at: dt.datetime | None = None,
    calendar: WorkCalendar | None = None,
    links: Mapping[str, Mapping[str, int]] | None = None,
    only_asked: bool = False,
) -> Coverage:
    """Say which outcomes of a policy's rules some cases reach (规则覆盖).

    `given` are cases, which are assessed as of `at`; assessments, as they are; or golden cases, each as of its own
    moment. `links` are counts of linked complaints by the id of the complaint. `calendar` is the mainland one where
    none is given. With `only_asked` a golden case counts for those rules only of which it says what must come out. A
    golden case that must be refused reaches nothing.

    Raises `InvalidMoment` for a case without `at`, `InvalidFigure` for an assessment under other rules and for what is
    no list of these, and what assessing raises.

    >>> from complaint_rules import Complaint, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> complaint = Complaint(id="c-1", received=received, complainants=3)
    >>> coverage(load_policy("psbc-95580"), [complaint], at=received).cases
    1
    """
    gathered = Gathering(policy)
    only_asked = truth(only_asked, "only_asked", InvalidFigure)
    at = None if at is None else as_moment(at, what="at")
    calendar = None if calendar is None else as_calendar(calendar)
    why, hint = "a mapping of complaints to their counts is expected", "pass {complaint.id: links.counts(…)}"
    of_kind(links, (Mapping, type(None)), InvalidFigure(what="links", why=why, hint=hint))
    for one in each(given, _GIVEN, "given", InvalidFigure, "pass cases, assessments or golden cases"):
        if isinstance(one, GoldenCase):
            gathered.note(one.id, reached_by(one, policy, calendar, only_asked=only_asked))
        elif isinstance(one, Assessment):
            gathered.note(one.case.complaint.id, reached(_same(one, policy)))
        elif at is None:
            raise InvalidMoment(what="at", why="a case is assessed as of a moment", hint="pass at=…")
        else:
            case = case_of(one)
            counts = None if links is None else links.get(case.complaint.id)
            found = assess(case, policy, at=at, calendar=calendar, links=counts)
            gathered.note(case.complaint.id, reached(found))
    return gathered.coverage


def reached_by(
    golden: GoldenCase, policy: Policy, calendar: WorkCalendar | None = None, *, only_asked: bool = False
) -> frozenset[str]:
    """Give every outcome that a golden case reaches; nothing where it must be refused.

    `only_asked`: of the rules only of which it says what must come out. Raises what assessing it raises.
    """
    if golden.expect.refused is not None:
        return frozenset()
    found = reached(golden.assess(policy, calendar))
    if not only_asked:
        return found
    asked = frozenset(golden.expect.rules)
    return frozenset(one for one in found if rule_of(one) in asked)


def _same(found: Assessment, policy: Policy) -> Assessment:
    mine, theirs = (policy.id, policy.edition), (found.policy.id, found.policy.edition)
    if mine != theirs:
        why = "the assessment is under another rule set or edition"
        raise InvalidFigure(what="coverage", why=why, value="@".join(theirs), hint=f"this is of {'@'.join(mine)}")
    return found
