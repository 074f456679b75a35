"""What comes of holding a house rule against a base rule: three verdicts, what was looked at, counter-examples."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, Pair, point, said
from complaint_rules.verification.conformance.margins import Margin
from complaint_rules.verification.worlds.witnesses import Witness


class Conforming(Coded):
    """Whether keeping the one keeps the other (结论)."""

    PROVED = "proved", "已证明", "proved"
    """No case was left in which the house rule is kept and the base rule is not."""
    LAXER = "laxer", "较宽", "laxer"
    """There is such a case; a counter-example is given wherever one could be made."""
    OPEN = "open", "未定", "open"
    """Neither was proved nor shown; the reason is given."""
    MISSING = "missing", "缺对应规定", "no house rule"
    """The house has no rule that asks for it at all."""


class Aspect(Coded):
    """What of two rules was held against one another (比对项)."""

    WHOLE = "whole", "全部", "all of it"
    APPLIES = "applies", "适用对象", "which complaints"
    FORCE = "force", "约束力", "force"
    START = "start", "起算", "start"
    SCOPE = "scope", "适用范围", "scope"
    FIGURE = "figure", "期限", "figure"
    END = "end", "终止", "end"
    VOID = "void", "失效", "what voids it"
    STOP = "stop", "中止", "stops"
    AGREED = "agreed", "约定时间", "agreed times"
    EXTENSION = "extension", "延期", "extensions"
    RESTART = "restart", "重新计算", "starting anew"
    REOPEN = "reopen", "重新受理", "reopening"
    EACH = "each", "逐次计时", "a run for each start"
    ACT = "act", "行为", "acts"
    EXCEPTION = "exception", "例外", "exceptions"


@final
@attrs.frozen(kw_only=True, repr=False)
class Counterexample(Shown):
    """A case in which the house rule is kept and the base rule is not (反例), as both were replayed on it.

    Where the house's rule only binds less, a case in which neither is kept.
    """

    witness: Witness
    """The case, when it is looked at, and counts of linked complaints."""
    house: Coded | None
    """Where the house rule stands then, a `Status` or `DutyStatus`; None: the duty does not arise."""
    base: Coded
    """Where the base rule stands then."""
    house_due: dt.datetime | None = None
    """The house's due moment, inclusive; None: there is none."""
    base_due: dt.datetime | None = None
    """The base's due moment, inclusive; None: there is none."""

    def text(self, lang: Lang = "zh") -> str:
        """Say where both stand, and when that is; raises `UnknownLanguage`."""
        sides = []
        for name, status, due in (
            (("内部规定", "house"), self.house, self.house_due), (("上位规定", "base"), self.base, self.base_due),
        ):  # fmt: skip
            stands = said(("不成立", "does not arise"), lang) if status is None else status.title(lang)
            by = "" if due is None else said((f"（{point(due, lang)}到期）", f" (due {point(due, lang)})"), lang)
            sides.append(f"{said(name, lang)}{said(('', ' '), lang)}{stands}{by}")
        at = point(self.witness.at, lang)
        return said((f"{at}：{'，'.join(sides)}", f"{at}: {', '.join(sides)}"), lang)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data: ``case``, ``at``, ``links`` as of a witness, and both standings."""
        return {
            **self.witness.to_dict(),
            "house": None if self.house is None else self.house.value,
            "base": self.base.value,
            "house_due": None if self.house_due is None else self.house_due.isoformat(),
            "base_due": None if self.base_due is None else self.base_due.isoformat(),
        }


@final
@attrs.frozen(kw_only=True, repr=False)
class Point(Shown):
    """One thing of two rules held against one another, and what came of it."""

    aspect: Aspect
    """What was looked at."""
    verdict: Conforming
    """What came of it."""
    words: Pair
    """The same in a sentence, in Chinese and English."""
    margin: Margin | None = None
    """Of figures: the closest they come; None: it is not about figures, or they could not be counted."""
    counterexample: Counterexample | None = None
    """The case that shows a laxer rule; None: it is not laxer, or shows without one."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "aspect": self.aspect.value, "verdict": self.verdict.value, "zh": self.words[0], "en": self.words[1],
            "margin": None if self.margin is None else self.margin.to_dict(),
            "counterexample": None if self.counterexample is None else self.counterexample.to_dict(),
        }  # fmt: skip


NOT_LIVED: Final[Pair] = ("未能构造出可重放的案件", "no case was found that lives it")
"""Why a difference is open: nothing that was tried shows it."""
OUT_OF_STEPS: Final[Pair] = ("搜索步数用尽", "the budget of the search was used up")
"""Why a difference is open: it was not searched to the end."""


def difference(aspect: Aspect, words: Pair, found: Counterexample | None, why: Pair = NOT_LIVED) -> Point:
    """Give a difference that was replayed as laxer, or one that stays open with the reason.

    >>> difference(Aspect.END, ("终止不同", "they end otherwise"), None).words[1]
    'they end otherwise; no case was found that lives it'
    """
    if found is not None:
        return Point(aspect=aspect, verdict=Conforming.LAXER, words=words, counterexample=found)
    told = f"{words[0]}；{why[0]}", f"{words[1]}; {why[1]}"
    return Point(aspect=aspect, verdict=Conforming.OPEN, words=told)


@final
@attrs.frozen(kw_only=True, repr=False)
class RuleConformance(Shown):
    """One rule of the base held against the rule of the house that is to keep it."""

    base: str
    """The base's rule, as ``limit/decide``."""
    house: str | None
    """The house's rule; None: there is none."""
    points: tuple[Point, ...] = ()
    """What was looked at, in order; empty where there is no rule of the house."""

    @property
    def verdict(self) -> Conforming:
        """What came of it: laxer where any point is, else open where any is."""
        if self.house is None:
            return Conforming.MISSING
        found = {one.verdict for one in self.points}
        return next((one for one in (Conforming.LAXER, Conforming.OPEN) if one in found), Conforming.PROVED)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "base": self.base, "house": self.house, "verdict": self.verdict.value,
            "points": [one.to_dict() for one in self.points],
        }  # fmt: skip
