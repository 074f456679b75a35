"""`Analysis`: all that was found in a policy, what it accepts, and where the analysis ends (分析结果)."""

from __future__ import annotations

from typing import Any, final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, Pair, language, said
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.verification.analysis.findings import FindingLevel, RuleFinding


@final
@attrs.frozen(kw_only=True, repr=False)
class Analysis(Shown):
    """What an analysis of a policy has found (规则集分析结果)."""

    policy: str
    """The policy, as ``psbc-95580@2016``."""
    name: Pair
    """Its title, Chinese and English."""
    findings: tuple[RuleFinding, ...]
    """What was found and not accepted, in the order of the policy: tables, limits, duties."""
    accepted: tuple[RuleFinding, ...] = ()
    """What was found and is as it should be, by what the policy says."""
    not_found: tuple[tuple[str, FindingCode], ...] = ()
    """What the policy accepts and was not found (any more): the place, as ``table/priority[2]``, and the code."""
    waiting: tuple[str, ...] = ()
    """The rules that wait for a parameter nobody supplied, and were not analysed."""
    ends: tuple[Pair, ...] = attrs.field(default=(), repr=False)
    """Where the analysis is not exact, Chinese and English: what it looks at, and why."""
    budget: int = 0
    """How many steps it could take."""
    used_up: bool = False
    """Whether it needed more, so that something was left open."""

    @property
    def clean(self) -> bool:
        """Whether no error and no warning was found that the policy does not accept; what is open counts as found."""
        return not any(one.level.counts for one in self.findings)

    def of(self, code: FindingCode | str) -> tuple[RuleFinding, ...]:
        """Give the findings of one code, accepted ones left out. Raises `UnknownCode`."""
        wanted = FindingCode.read(code, what="code")
        return tuple(one for one in self.findings if one.code is wanted)

    def explain(self, lang: Lang = "zh") -> str:
        """Say all of it, the gravest first. Raises `UnknownLanguage`."""
        lang = language(lang)
        lines = [f"{self.policy}  {said(self.name, lang)}"]
        for level in FindingLevel:
            lines += [one.explain(lang) for one in self.findings if one.level is level]
        if self.clean:
            lines.append(said(("没有未接受的错误或警告", "no error or warning that is not accepted"), lang))
        if self.accepted:
            lines.append(said(("已接受的所见：", "findings accepted:"), lang))
            lines += [f"  {one.place} {one.code.title(lang)}" for one in self.accepted]
        for place, code in self.not_found:
            zh = f"{place} 接受了 {code.value}“{code.zh}”，而并无此所见"
            lines.append(said((zh, f"{place} accepts {code.value} “{code.en}”, which was not found"), lang))
        if self.waiting:
            told = said(("缺参数而未分析：", "not analysed, a parameter is missing: "), lang)
            lines.append(told + said(("、", ", "), lang).join(self.waiting))
        if self.used_up:
            zh, en = f"搜索步数{self.budget}已用尽", f"the {self.budget} steps it was given are used up"
            lines.append(said((f"{zh}，其余未决", f"{en}, the rest is open"), lang))
        if self.ends:
            lines.append(said(("分析不精确之处：", "where it is not exact:"), lang))
            lines += [f"  {said(one, lang)}" for one in self.ends]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "policy": self.policy,
            "clean": self.clean,
            "findings": [one.to_dict() for one in self.findings],
            "accepted": [one.to_dict() for one in self.accepted],
            "not_found": [{"place": place, "code": code.value} for place, code in self.not_found],
            "waiting": list(self.waiting),
            "ends": [{"zh": zh, "en": en} for zh, en in self.ends],
            "budget": self.budget,
            "used_up": self.used_up,
        }
