"""What answers came to: case by case, rule by rule with its articles, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, final

import attrs

from complaint_rules.errors import legible
from complaint_rules.exchange.rows import RowFault
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, language
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.kits.judging import Mismatch
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.version import VERSION

FORMAT: Final = "complaint-rules/kit-report/1"
"""Version of the shape of a report as data."""
_MOST_SHOWN: Final = 20
_MOST_ARTICLES: Final = 12


class Outcome(Coded):
    """What an answer to one golden case came to (对照结果)."""

    PASSED = "passed", "相符", "passed"
    DIFFERS = "differs", "不符", "differs"
    UNANSWERED = "unanswered", "未答", "unanswered"


@final
@attrs.frozen(kw_only=True, repr=False)
class CaseResult(Shown):
    """What the answer to one golden case came to (单件对照结果)."""

    case: GoldenCase
    """The golden case."""
    outcome: Outcome
    """Whether it passed; a case without an answer never does."""
    mismatches: tuple[Mismatch, ...] = ()
    """Everything in which the answer differs."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that the case is about, as ``section/id``."""
        rule = "/".join(self.case.rule.partition("[")[0].partition(" ")[0].split("/")[:2])
        return (rule,) if rule else self.case.expect.rules or ("",)


@final
@attrs.frozen(kw_only=True, repr=False)
class RuleResult(Shown):
    """What the answers to all cases of one rule came to (单条规则对照结果)."""

    policy: str
    """Id and edition of the rule set, as ``psbc-95580@2016``."""
    rule: str
    """The rule, as ``section/id``; empty for cases that are about no single one."""
    cites: tuple[str, ...]
    """The articles that its cases follow from, each once."""
    results: tuple[CaseResult, ...]
    """Its cases."""

    def count(self, outcome: Outcome) -> int:
        """Give how many of its cases came to something."""
        return sum(one.outcome is outcome for one in self.results)


@final
@attrs.frozen(kw_only=True, repr=False)
class KitReport(Shown):
    """What the answers of an implementation came to (对照报告)."""

    results: tuple[CaseResult, ...]
    """Every case of the kit, in its order."""
    faults: tuple[RowFault, ...] = ()
    """What is wrong with lines of answers: no JSON, an id that the kit does not have or that was answered before."""
    policies: tuple[Policy, ...] = attrs.field(default=(), repr=False, eq=False)
    """The rule sets, for the words of citations."""
    library: str = VERSION
    """Version of the library that made the kit."""

    @property
    def good(self) -> bool:
        """Whether every case passed and no line was at fault."""
        return not self.faults and all(one.outcome is Outcome.PASSED for one in self.results)

    def count(self, outcome: Outcome) -> int:
        """Give how many cases came to something."""
        return sum(one.outcome is outcome for one in self.results)

    @property
    def by_rule(self) -> tuple[RuleResult, ...]:
        """Results by rule set and rule, in the order of the kit; a case about several rules stands with each."""
        found: dict[tuple[str, str], list[CaseResult]] = {}
        for one in self.results:
            for rule in one.rules:
                found.setdefault((_edition(one.case), rule), []).append(one)
        return tuple(
            RuleResult(
                policy=policy,
                rule=rule,
                cites=tuple(dict.fromkeys(one.case.cite for one in results if one.case.cite)),
                results=tuple(results),
            )
            for (policy, rule), results in found.items()
        )

    def text(self, lang: Lang = "zh") -> str:
        """Say it all, in Chinese (``zh``) or English (``en``), what differs under its rule.

        Raises `UnknownLanguage`.
        """
        return "\n".join(map(legible, self._lines(language(lang)))) + "\n"

    def _lines(self, lang: Lang) -> Iterator[str]:
        zh, policy = lang == "zh", ""
        if self.library != VERSION:
            made = f"套件由本库{self.library}版制作，现为{VERSION}版"
            yield made if zh else f"the kit was made by version {self.library} of the library; this is {VERSION}"
        for rule in self.by_rule:
            if rule.policy != policy:
                policy = rule.policy
                yield policy
            passed, all_of_it = rule.count(Outcome.PASSED), len(rule.results)
            name = rule.rule or ("其他" if zh else "other")
            cites = self._cited(rule, lang)
            yield (
                f"  {name}{cites}：{all_of_it}件中{passed}件相符"
                if zh
                else f"  {name}{cites}: {passed} of {all_of_it} passed"
            )
            yield from _failures(rule.results, lang)
        yield self._total(lang)

    def _cited(self, rule: RuleResult, lang: Lang) -> str:
        if not rule.cites:
            return ""
        known = {f"{one.id}@{one.edition}": one for one in self.policies}
        shown = rule.cites[:_MOST_ARTICLES]
        told = [known[rule.policy].cite(one, lang) if rule.policy in known else one for one in shown]
        text = ("、" if lang == "zh" else "; ").join(told) + (" …" if len(rule.cites) > len(shown) else "")
        return f"（{text}）" if lang == "zh" else f" ({text})"

    def _total(self, lang: Lang) -> str:
        passed, differs, unanswered = map(self.count, Outcome)
        if lang == "zh":
            bad = f"；答案有{len(self.faults)}处错误" if self.faults else ""
            return f"共{len(self.results)}件：{passed}件相符，{differs}件不符，{unanswered}件未答{bad}"
        bad = f"; {len(self.faults)} fault{'s' * (len(self.faults) != 1)} in lines" if self.faults else ""
        count = len(self.results)
        told = f"{passed} passed, {differs} not as expected, {unanswered} unanswered"
        return f"{count} case{'s' * (count != 1)}: {told}{bad}"

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON; ``format`` names the version of its shape."""
        return {
            "format": FORMAT,
            "library": self.library,
            "good": self.good,
            "counts": {outcome.value: self.count(outcome) for outcome in Outcome},
            "rules": [
                {
                    "policy": rule.policy,
                    "rule": rule.rule or None,
                    "cites": list(rule.cites),
                    "counts": {outcome.value: rule.count(outcome) for outcome in Outcome},
                }
                for rule in self.by_rule
            ],
            "cases": [_case_data(one) for one in self.results if one.outcome is not Outcome.PASSED],
            "faults": [_fault_data(fault) for fault in self.faults],
        }


def _edition(case: GoldenCase) -> str:
    return case.policy.id if case.policy.edition is None else f"{case.policy.id}@{case.policy.edition}"


def _failures(results: Sequence[CaseResult], lang: Lang) -> Iterator[str]:
    failed = [one for one in results if one.outcome is not Outcome.PASSED]
    for one in failed[:_MOST_SHOWN]:
        why = "；" if lang == "zh" else "; "
        told = why.join(mismatch.told(lang) for mismatch in one.mismatches) or one.outcome.title(lang)
        yield f"    {one.case.id}{'：' if lang == 'zh' else ': '}{told}"
    if len(failed) > _MOST_SHOWN:
        more = len(failed) - _MOST_SHOWN
        yield f"    另有{more}件" if lang == "zh" else f"    {more} more"


def _case_data(one: CaseResult) -> Mapping[str, Any]:
    return {
        "id": one.case.id,
        "outcome": one.outcome.value,
        "rules": list(one.rules),
        "cite": one.case.cite or None,
        "mismatches": [mismatch.to_dict() for mismatch in one.mismatches],
    }


def _fault_data(fault: RowFault) -> Mapping[str, Any]:
    return FrozenMap(line=fault.line, column=fault.column, why=fault.why, hint=fault.hint)
