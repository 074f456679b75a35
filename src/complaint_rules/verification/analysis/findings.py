"""`RuleFinding`: one thing an analysis has found in the rules (所见), with its verdict, its region and its witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, Pair, complete, language, said
from complaint_rules.policy.accepted import Accepted, FindingCode
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.worlds.boxes import Box
from complaint_rules.verification.worlds.witnesses import Sureness, WhyOpen, Witness

_C = FindingCode
_region: Final = Box.text
"""How a region is said."""


class FindingLevel(Coded):
    """How grave a finding is (所见级别)."""

    ERROR = "error", "错误", "error"
    """A rule, or a part of one, does nothing at all."""
    WARNING = "warning", "警告", "warning"
    """A rule does not do what its author will think."""
    INFO = "info", "提示", "information"
    """Something could be left out, or hangs on what is not known."""
    REPORT = "report", "说明", "report"
    """How the rules work, told for whoever changes them."""

    @property
    def counts(self) -> bool:
        """Whether a policy with such a finding is not clean.

        >>> FindingLevel.WARNING.counts, FindingLevel.INFO.counts
        (True, False)
        """
        return self in (FindingLevel.ERROR, FindingLevel.WARNING)


LEVELS: Final[Mapping[FindingCode, FindingLevel]] = {
    _C.GAP: FindingLevel.WARNING, _C.OPEN_WHILE_UNKNOWN: FindingLevel.INFO, _C.ORDER_DECIDES: FindingLevel.REPORT,
    _C.VALUE_NEVER_GIVEN: FindingLevel.WARNING, _C.NEVER_HOLDS: FindingLevel.ERROR,
    _C.UNREACHABLE: FindingLevel.ERROR, _C.ONLY_WHILE_UNKNOWN: FindingLevel.WARNING,
    _C.REDUNDANT_ROW: FindingLevel.INFO, _C.REDUNDANT_ATOM: FindingLevel.INFO, _C.ALWAYS_HOLDS: FindingLevel.WARNING,
    _C.NO_FIGURE: FindingLevel.WARNING, _C.NO_FIGURE_WHILE_UNKNOWN: FindingLevel.WARNING,
    _C.NEVER_APPLIES: FindingLevel.ERROR, _C.DOMINATED_FIGURE: FindingLevel.INFO,
    _C.LAXER_WHILE_UNKNOWN: FindingLevel.REPORT, _C.NEVER_FORBIDS: FindingLevel.ERROR,
    _C.NEVER_EXCUSED: FindingLevel.INFO, _C.DUTIES_CLASH: FindingLevel.WARNING,
}  # fmt: skip
"""How grave each finding is."""

_SAYS: Final[Mapping[FindingCode, Pair]] = complete(
    FindingCode,
    {
        _C.GAP: (
            "所有事实均已知，仍有投诉没有一行成立",
            "with everything known there are complaints for which no row holds",
        ),
        _C.OPEN_WHILE_UNKNOWN: (
            "事实均已知时必有结果，尚有未知时可能没有",
            "it has a value once everything is known, and may have none while something is not",
        ),
        _C.ORDER_DECIDES: (
            "下列各行会同时成立而结果不同，以在前者为准：{detail}",
            "these rows hold at once with different values, and the upper one decides: {detail}",
        ),
        _C.VALUE_NEVER_GIVEN: ("没有一行给出{detail}", "no row gives {detail}"),
        _C.NEVER_HOLDS: ("没有一件投诉满足其条件", "no complaint meets its condition"),
        _C.UNREACHABLE: (
            "凡其条件成立之处，{rows}已先有结论",
            "wherever its condition holds, what stands above has decided: {rows}",
        ),
        _C.ONLY_WHILE_UNKNOWN: (
            "只在尚有未知时起作用，事实均已知时从不轮到",
            "it decides only while something is unknown, and nothing once everything is known",
        ),
        _C.REDUNDANT_ROW: (
            "删去此行，每件投诉的结果都不变，只是不再援引其条款",
            "without it every complaint gets what it gets, only its article would not be named",
        ),
        _C.REDUNDANT_ATOM: (
            "{detail}，每件投诉的结果都不变",
            "every complaint gets what it gets with {detail}",
        ),
        _C.ALWAYS_HOLDS: ("对每件投诉都成立", "it holds for every complaint"),
        _C.NO_FIGURE: (
            "适用且事实均已知，却没有一行期限成立",
            "it applies with everything known, and none of its figures holds",
        ),
        _C.NO_FIGURE_WHILE_UNKNOWN: (
            "适用而尚有未知时，可能没有一行期限成立",
            "it applies, and while something is unknown none of its figures may hold",
        ),
        _C.NEVER_APPLIES: ("没有一件投诉满足其适用条件", "no complaint meets its condition"),
        _C.DOMINATED_FIGURE: (
            "凡其成立，必有{rows}之一同时成立并先起作用，此行期限从不起作用",
            "whenever it holds one of these holds as well and binds instead: {rows}",
        ),
        _C.LAXER_WHILE_UNKNOWN: (
            "下列事实未知时，届满可能晚于其已知时：{detail}",
            "while one of these is unknown it can fall due later than once it is known: {detail}",
        ),
        _C.NEVER_FORBIDS: (
            "无论怎样做都属除外情形，什么也没有禁止",
            "whatever is done is excepted, so that nothing is forbidden",
        ),
        _C.NEVER_EXCUSED: ("没有任何行为属于其除外情形", "no act falls under its exception"),
        _C.DUTIES_CLASH: (
            "所要求的行为同时全部为下列规则所禁止：{detail}",
            "every way of doing it is forbidden at the same time by {detail}",
        ),
    },
)
_NEVER_THERE: Final[Pair] = ("凡时限适用之处，其条件从不成立", "it never holds where the limit applies")


@final
@attrs.frozen(kw_only=True, repr=False)
class RuleFinding(Shown):
    """One thing found in the rules of a policy, about a rule or one of its rows (所见)."""

    code: FindingCode
    """What was found."""
    rule: str
    """The rule, as ``table/priority``, ``limit/whole``, ``duty/thank``."""
    name: Pair
    """Its title, Chinese and English."""
    verdict: Sureness
    """Proved, shown by a case, or open."""
    row: int | None = None
    """The row it is about, from 0; None: the rule as a whole."""
    rows: tuple[int, ...] = ()
    """The rows that bring it about, from 0."""
    pairs: tuple[tuple[int, int], ...] = ()
    """Of rows that overlap: the upper and the lower one, from 0."""
    detail: Pair = ("", "")
    """What else belongs to it, in words: a part of a condition, a value, the names of facts."""
    region: Box | None = attrs.field(default=None, repr=False)
    """Where it is so; None: everywhere, or there is no such place."""
    witness: Witness | None = attrs.field(default=None, repr=False)
    """A case that shows it; None: it was proved without one, or is open."""
    shows: tuple[Claimed, ...] = attrs.field(default=(), repr=False)
    """What an assessment of the witness says."""
    why: WhyOpen | None = None
    """Why it is open; None: it is not."""
    accepted: Accepted | None = None
    """Where the policy says that it is as it should be; None: it does not."""

    @property
    def level(self) -> FindingLevel:
        """How grave it is."""
        return LEVELS[self.code]

    @property
    def place(self) -> str:
        """The rule with its row, from 0, as ``table/priority[2]``."""
        return self.rule if self.row is None else f"{self.rule}[{self.row}]"

    def sentence(self, lang: Lang = "zh") -> str:
        """Say what was found, without where and why. Raises `UnknownLanguage`."""
        if self.verdict is Sureness.OPEN:
            return said((f"未能确定是否属于“{self.code.zh}”", f"not decided: {self.code.en}"), lang)
        if self.code is _C.UNREACHABLE and not self.rows:
            return said(_NEVER_THERE, lang)
        return said(_SAYS[self.code], lang).format(detail=said(self.detail, lang), rows=_numbered(self.rows, lang))

    def explain(self, lang: Lang = "zh") -> str:
        """Say what was found, how sure that is, where it is so, and the case that shows it. Raises `UnknownLanguage`.

        The last line names the code by which the policy can accept it, or says why it does. Rows are counted from 1, as
        in the rule book.
        """
        lang = language(lang)
        where = said(self.name, lang)
        if self.row is not None:
            where += said((f"第{self.row + 1}行", f", row {self.row + 1}"), lang)
        level, colon = self.level.title(lang), said(("：", ": "), lang)
        how = "" if self.verdict is Sureness.PROVED else self.verdict.title(lang)
        if self.why is not None:
            how += colon + self.why.title(lang)
        lines = [f"{level}{colon}{where} [{self.place}]{colon}{self.sentence(lang)}{_aside(how, lang)}"]
        if self.region is not None:
            lines.append(said(("情形", "where"), lang) + colon + _region(self.region, lang))
        if self.witness is not None:
            lines += [said(("例证", "case"), lang) + colon.rstrip(), *(f"  {one}" for one in self.witness.lines(lang))]
        if self.accepted is not None:
            reading = self.accepted.reading
            reason = said(("见其编者理解", "see the reading beside it"), lang) if reading is None else reading[lang]
            lines.append(said(("已接受", "accepted"), lang) + colon + reason)
        else:
            lines.append(said(("如属正常，接受代码", "accept with"), lang) + colon + self.code.value)
        return "\n  ".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data; rows are counted from 0."""
        found: dict[str, Any] = {
            "code": self.code.value,
            "level": self.level.value,
            "verdict": self.verdict.value,
            "rule": self.rule,
            "row": self.row,
            "rows": list(self.rows),
            "text": {"zh": self.sentence("zh"), "en": self.sentence("en")},
        }
        if self.pairs:
            found["pairs"] = [list(pair) for pair in self.pairs]
        if self.why is not None:
            found["why"] = self.why.value
        if self.region is not None:
            found["region"] = {"zh": self.region.text("zh"), "en": self.region.text("en")}
        if self.witness is not None:
            found["witness"] = self.witness.to_dict()
            found["shows"] = [one.to_dict() for one in self.shows]
        if self.accepted is not None:
            reading = self.accepted.reading
            found["accepted"] = True if reading is None else dict(reading)
        return found


def _numbered(rows: Sequence[int], lang: Lang) -> str:
    numbers = [str(row + 1) for row in rows]
    several = "rows" if len(numbers) > 1 else "row"
    return said((f"第{'、'.join(numbers)}行", f"{several} {', '.join(numbers)}"), lang)


def _aside(words: str, lang: Lang) -> str:
    return said((f"（{words}）", f" ({words})"), lang) if words else ""
