"""`Conformance`: what came of holding a house policy against a base policy, and how it is said (符合性)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final, final

import attrs

from complaint_rules.errors import InvalidReport
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, Pair, language, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.answers import Conforming, RuleConformance
from complaint_rules.verification.conformance.covering import Implied
from complaint_rules.words.voices import voice

NO_LIMIT: Final[Pair] = (
    "两套规则没有同名的时限，也未指明以哪项对哪项：未比对任何时限",
    "the two have no limit of one id, and none was named to be held against another: no limit was compared",
)
"""What is told where two policies have no limit in common."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Conformance(Shown):
    """What came of holding a house policy against a base policy (符合性): rule by rule of the base, with the proof."""

    house: Policy
    """The rules that are to keep the base's."""
    base: Policy
    """The rules to be kept."""
    limits: tuple[RuleConformance, ...]
    """Every limit of the base, with what is to keep it."""
    duties: tuple[RuleConformance, ...]
    """Every duty and prohibition of the base, with what is to keep it; permissions ask for nothing."""
    implies: Implied
    """Which events of the house the asker vouches for to bring one of the base along."""
    last: dt.date
    """The last day of receipt for which figures are compared: where the published calendar ends."""

    @property
    def rules(self) -> tuple[RuleConformance, ...]:
        """Limits and duties."""
        return (*self.limits, *self.duties)

    @property
    def verdict(self) -> Conforming:
        """What came of it as a whole: laxer where any rule is or is missing, else open where any is."""
        found = {one.verdict for one in self.rules}
        if Conforming.LAXER in found or Conforming.MISSING in found:
            return Conforming.LAXER
        return Conforming.OPEN if Conforming.OPEN in found else Conforming.PROVED

    @property
    def conforms(self) -> bool:
        """Whether everything is proved."""
        return self.verdict is Conforming.PROVED

    @property
    def counts(self) -> Mapping[Conforming, int]:
        """How many rules came out how."""
        found = [one.verdict for one in self.rules]
        return FrozenMap({verdict: found.count(verdict) for verdict in Conforming})

    @property
    def paired(self) -> bool:
        """Whether any limit of the house stands against one of the base."""
        return any(one.house is not None for one in self.limits)

    def explain(self, lang: Lang = "zh") -> str:
        """Say it in Chinese (``zh``) or English (``en``), rule by rule; raises `UnknownLanguage`."""
        return "\n".join(_told(self, language(lang)))

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "house": {"id": self.house.id, "edition": self.house.edition, "fingerprint": self.house.fingerprint},
            "base": {"id": self.base.id, "edition": self.base.edition, "fingerprint": self.base.fingerprint},
            "verdict": self.verdict.value,
            "counts": {verdict.value: number for verdict, number in self.counts.items()},
            "implies": dict(self.implies),
            "last": self.last.isoformat(),
            "limits": [one.to_dict() for one in self.limits],
            "duties": [one.to_dict() for one in self.duties],
        }


def to_markdown(found: Conformance, lang: Lang = "zh") -> str:
    """Write it as Markdown: a table of the rules, then what was looked at, with each case.

    Raises `UnknownLanguage`, and `InvalidReport` for what is no `Conformance`.
    """
    lang = language(lang)
    if not isinstance(found, Conformance):
        raise InvalidReport(what="conformance", why="a Conformance is expected", value=type(found).__name__)
    head = said(("上位规定", "base"), lang), said(("内部规定", "house"), lang), said(("结论", "verdict"), lang)
    lines = [f"# {_heading(found, lang)}", "", *_preface(found, lang), ""]
    lines += [f"| {' | '.join(head)} |", "|---|---|---|"]
    for one in found.rules:
        house = "" if one.house is None else f"`{one.house}`"
        lines.append(f"| `{one.base}` {_title(found, one, lang)} | {house} | {one.verdict.title(lang)} |")
    for one in found.rules:
        if one.house is None:
            continue
        lines += ["", f"## `{one.base}` · `{one.house}`: {one.verdict.title(lang)}", ""]
        for point in one.points:
            words = said(point.words, lang)
            lines.append(f"* **{point.verdict.title(lang)}** {point.aspect.title(lang)}{_colon(lang)}{words}")
            if point.counterexample is not None:
                shown = point.counterexample
                case, *rest = shown.witness.lines(lang)
                lines += ["", f"  {shown.text(lang)}", "", "  ```json", f"  {case}", "  ```", ""]
                lines += [line for one in rest for line in (f"  {one}", "")]
    return "\n".join(lines).rstrip() + "\n"


def _told(found: Conformance, lang: Lang) -> Iterator[str]:
    yield _heading(found, lang)
    yield from _preface(found, lang)
    for one in found.rules:
        if one.house is None:
            continue
        yield ""
        yield f"{one.base} {_title(found, one, lang)} · {one.house}{_colon(lang)}{one.verdict.title(lang)}"
        for point in one.points:
            yield f"  {point.verdict.title(lang)} · {point.aspect.title(lang)}{_colon(lang)}{said(point.words, lang)}"
            if point.counterexample is not None:
                yield f"    {point.counterexample.text(lang)}"
                yield from (f"    {one}" for one in point.counterexample.witness.lines(lang))
    missing = [one for one in found.rules if one.house is None]
    if missing:
        yield ""
        yield (
            said(("内部规定中没有与下列各项对应的规则", "the house has no rule for these"), lang)
            + _colon(lang).rstrip()
        )
        yield from (f"  {one.base} {_title(found, one, lang)}" for one in missing)


def _heading(found: Conformance, lang: Lang) -> str:
    numbers = [f"{verdict.title(lang)} {number}" for verdict, number in found.counts.items() if number]
    house, base = (f"{one.id}@{one.edition}" for one in (found.house, found.base))
    return said((f"{house}对{base}：", f"{house} against {base}: "), lang) + said(("、", ", "), lang).join(numbers)


def _preface(found: Conformance, lang: Lang) -> Iterator[str]:
    yield said(
        (
            f"期限就{FIRST_DAY}至{found.last}的每一收到时刻比对；已公布放假安排之外的日子不在证明之内。",
            f"Figures are compared for every receipt from {FIRST_DAY} to {found.last}; beyond it nothing is proved.",
        ),
        lang,
    )
    house, base = voice(found.house, "zh"), voice(found.base, "zh")
    for ours, theirs in found.implies.items():
        yield said(
            (
                f"由提问者担保：凡有{house.event(ours)}，必已有{base.event(theirs)}。",
                f"Vouched for by the asker: {ours} never comes without {theirs}.",
            ),
            lang,
        )
    if not found.paired:
        yield said(NO_LIMIT, lang) + said(("。", "."), lang)


def _title(found: Conformance, one: RuleConformance, lang: Lang) -> str:
    section, _, name = one.base.partition("/")
    rules: Mapping[str, Any] = found.base.limits if section == "limit" else found.base.duties
    return str(rules[name].title[lang])


def _colon(lang: Lang) -> str:
    return said(("：", ": "), lang)
