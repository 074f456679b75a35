"""What a report says around its figures (报告用语): terms, reasons for no figure, ready notes, charts in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from complaint_rules.language import Lang, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles


def _titles(zh: str, en: str) -> Titles:
    return FrozenMap(zh=zh, en=en)


# --- terms ---

AS_AT: Final = _titles("统计截至", "As at")
"""Before the moment of a report."""
POLICY: Final = _titles("规则", "Rule set")
"""Before the id of the rules."""
DEFINITION: Final = _titles("定义", "Definition")
"""Before how a figure is worked out."""
BASIS: Final = _titles("统计口径", "Counting rule")
"""Before which cases count."""
COVERAGE: Final = _titles("数据涵盖", "Data cover")
"""Before the days that the data claim to hold."""
LEFT_OUT: Final = _titles("未计入", "Left out")
"""Before why cases do not count, and how many."""
NOTE: Final = _titles("说明", "Note")
"""Before a note."""
TOTAL: Final = _titles("合计", "Total")
"""The label of a row of totals."""
WRITTEN: Final = _titles("须由人填写", "To be written by a person")
"""Over what no figure says."""
COVER: Final = _titles("封面", "Cover")
"""The name of the first sheet of a workbook."""

# --- what stands where something is missing ---

NOT_STATED: Final = _titles("未说明", "not stated")
"""A definition, or the days that the data hold, where nobody has stated them."""
EVERY_CASE: Final = _titles("全部案件", "every case")
"""The counting rule where there is none."""
NOTHING_LEFT_OUT: Final = _titles("无", "nothing")
"""What is left out where every case counts."""
UNKNOWN_GROUP: Final = _titles("未知", "unknown")
"""The label of the group of which nobody knows where its cases belong."""
INCOMPLETE: Final = _titles("统计期不完整", "incomplete period")
"""Why a change has no figure, or what a period is whose data do not hold all of it."""
NO_CASES: Final = _titles("无案件", "no cases")
"""Why there is no figure: there is nothing to measure."""


def fewer_than(least: int) -> Titles:
    """Say why no rate is shown: it would rest on fewer cases than `least`.

    >>> fewer_than(3)["en"], fewer_than(3)["zh"]
    ('fewer than 3 cases', '不足3件')
    """
    return _titles(f"不足{least}件", f"fewer than {least} cases")


# --- ready notes ---

SMALL_GROUPS: Final = _titles(
    "小组合并列示：任何小数值都不能由所列数字推出；如有人知道合并规则，又掌握其他公布数字，则不作此保证。",
    "Small groups are shown together: no small value follows from the numbers shown; "
    "not safe against who knows the rule and other publications.",
)
"""What putting small groups together promises, and what it does not."""
NOT_ADDING_UP: Final = _titles(
    "一件投诉可以属于多组，各行相加可能大于合计；合计按件计，无误。",
    "A complaint can belong to several groups, so the rows can exceed the total, which counts each once.",
)
"""Why the rows of a table do not add up to its total."""
ROUNDED_ONCE: Final = _titles(
    "各占比分别由件数计算并修约，相加不一定等于100%。",
    "Each share is worked out of its counts and rounded by itself; together they need not make 100%.",
)
"""Why a column of shares need not add up."""


# --- charts ---


def chart_in_words(
    kind: str, series: Sequence[str], places: Sequence[str], ends: tuple[str, str], hatched: Sequence[str], lang: Lang
) -> str:
    """Say in a sentence what a chart shows: its kind, its series, where it begins and ends, what is not whole.

    `ends` are the least and the greatest figure as printed.

    >>> chart_in_words("bars", ["received"], ["2026-08", "2026-09"], ("3", "7"), ["2026-09"], "en")
    'bars: received; rows: 2, from 2026-08 to 2026-09; figures from 3 to 7; incomplete period: 2026-09'
    """
    joined = said(("、", ", "), lang)
    parts = [
        said((f"{kind}：{joined.join(series)}", f"{kind}: {joined.join(series)}"), lang),
        said(
            (
                f"共{len(places)}项，自{places[0]}至{places[-1]}",
                f"rows: {len(places)}, from {places[0]} to {places[-1]}",
            ),
            lang,
        ),
        said((f"数值自{ends[0]}至{ends[1]}", f"figures from {ends[0]} to {ends[1]}"), lang),
    ]
    if hatched:
        listed = joined.join(hatched)
        parts.append(said((f"{INCOMPLETE['zh']}：{listed}", f"{INCOMPLETE['en']}: {listed}"), lang))
    return said(("；", "; "), lang).join(parts)


def counted_in_words(reason: str, n: int, lang: Lang) -> str:
    """Say how many cases do not count for one reason.

    >>> counted_in_words("重复投诉", 3, "zh"), counted_in_words("repeated", 3, "en")
    ('重复投诉（3件）', 'repeated (3)')
    """
    return said((f"{reason}（{n}件）", f"{reason} ({n})"), lang)


def days_in_words(first: str, last: str, lang: Lang) -> str:
    """Say from which day to which, both inclusive.

    >>> days_in_words("2026-07-01", "2026-09-30", "zh"), days_in_words("2026-07-01", "2026-09-30", "en")
    ('2026-07-01至2026-09-30', '2026-07-01 to 2026-09-30')
    """
    return said((f"{first}至{last}", f"{first} to {last}"), lang)
