"""What a report says around its figures (报告用语): terms, reasons for no figure, ready notes, charts in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from complaint_rules.language import Coded, Lang, said
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
ALL_UNDECIDED: Final = _titles("均无法判定", "all undecided")
"""Why a share has no figure although there are cases: of none of them it is known."""


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
TOGETHER: Final = _titles("{n}个小组合计", "{n} small groups together")
"""The label of the row in which small groups stand together."""
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


# --- columns of tables ---

VALUE: Final = _titles("指标值", "Figure")
"""The column of what a figure comes to."""
COUNT: Final = _titles("件数", "Cases")
"""The column of how many count."""
SHARE: Final = _titles("占比", "Share")
"""The column of shares of the whole."""
RANK: Final = _titles("位次", "Rank")
"""The column of ranks."""
BEFORE: Final = _titles("环比", "On the period before")
"""The column of changes on the period before."""
YEAR_BEFORE: Final = _titles("同比", "On the year before")
"""The column of changes on the same period of the year before."""
MEDIAN: Final = _titles("中位数", "Median")
"""The column, or row, of medians."""
MEAN: Final = _titles("平均数", "Mean")
"""The column of means."""
RATE: Final = _titles("比率", "Rate")
"""The column of a rate."""
YES: Final = _titles("符合", "Yes")
"""The column of how many of a population are of the kind asked about."""
NO: Final = _titles("不符合", "No")
"""The column of how many are not."""
UNDECIDED: Final = _titles("无法判定", "Undecided")
"""The column of how many nobody can place."""
PRESUMED: Final = _titles("其中推定", "Of these presumed")
"""The column of how many rest on a presumption."""
LEAST: Final = _titles("下限", "At least")
"""The column of the least a figure can turn out to be."""
MOST: Final = _titles("上限", "At most")
"""The column of the most a figure can turn out to be."""
ENDED: Final = _titles("已办结", "Ended")
"""The column of how many ended, of durations."""
STILL_OPEN: Final = _titles("未结", "Still open")
"""The column of how many are open, of durations."""
MEDIAN_WITH_OPEN: Final = _titles("含未结的中位数（至少）", "Median with those open, at least")
"""The column of the median over ended and open ones."""
LENGTH_UNKNOWN: Final = _titles("时长不明", "Of unknown length")
"""The column of durations that nobody knows."""
BACKWARDS: Final = _titles("先结后起（记录有误）", "Ended before begun, a fault of the record")
"""The column of durations that cannot be."""
LEFT: Final = _titles("撤回等", "Withdrawn and the like")
"""The column of cases that ended otherwise."""
YUAN: Final = _titles("金额（元）", "Yuan")
"""The column of a sum of money."""
AMOUNTS: Final = _titles("笔数", "Amounts")
"""The column of how many amounts a sum has."""
AMOUNTS_UNKNOWN: Final = _titles("金额不明", "Amounts unknown")
"""The column of how many amounts nobody knows."""
WEIGHT_UNKNOWN: Final = _titles("权数不明", "Of unknown weight")
"""The column of cases of which nobody knows how many times they count."""
FIGURE: Final = _titles("指标", "What is counted")
"""The column of the names of figures."""
RECEIVED: Final = _titles("收到", "received")
"""The receipt, with which every history begins."""
NO_BASE: Final = _titles("未提供基数", "the base is not given")
"""Why a figure per so many has no value."""
BASE_NOTHING: Final = _titles("基数为零", "the base is 0")
"""Why a figure per so many has no value: there is nothing to divide by."""
NONE_ENDED: Final = _titles("无已知时长", "no known length")
"""Why there is no duration: nothing has ended in a length that is known."""
OVERLAPPING: Final = _titles("各组有重叠", "the groups overlap")
"""Why a group has no share of the others: cases stand in several of them."""
POINTS: Final = _titles("个百分点", "percentage points")
"""In what a change of a share is told."""
SUBTOTAL: Final = _titles("小计", "Subtotal")
"""The label of the sum of the rows of one group of groups."""
FIGURES: Final = _titles("指标一览", "Figures")
"""The title of a table of several figures."""
EACH_BELOW: Final = _titles("各指标的定义见说明", "of each figure below")
"""The definition of a table of several figures."""
NO_VALUE_HERE: Final = _titles("无", "none")
"""The label of the group of cases that are known to have no value."""
FLAWED: Final = _titles("记录有问题的投诉：{code}（{n}件）", "Complaints with a fault of the record: {code} ({n})")
"""A note on cases with a problem."""
NOT_USED: Final = _titles("未采用（不属记录错误）：{code}（{n}件）", "Not used, and no fault: {code} ({n})")
"""A note on cases of which something was left out because these rules do not ask for it."""
SO_FAR: Final = _titles("截至{day}的未满期数", "the period so far, up to {day}")
"""What a return says that is due before its period is over."""
WHY: Final = _titles("原因", "Why")
"""The column of why cases do not count."""
NOT_COUNTED: Final = _titles("不计入的投诉件数", "how many complaints do not count")
"""How a table of what a counting rule leaves out is worked out."""
EVERY_PERIOD: Final = _titles(
    "列示数据中的全部统计期，不限本期", "every period of the data is shown, not this one alone"
)
"""What stands under a table over periods as long as that of its return, or longer."""
LEFT_OUT_BY: Final = _titles("未计入的投诉：不符合“{rule}”", "Complaints left out by “{rule}”")
"""The title of a table of what a counting rule leaves out in a period."""
OUTSIDE: Final = _titles("不符合“{rule}”", "not counted by “{rule}”")
"""Why cases do not count, where their counting rule gives no reason."""
UNSURE: Final = _titles("是否计入无法判定", "undecided whether they count")
"""Of how many cases nobody knows whether a counting rule counts them."""
REPORTED_BY: Final = _titles("报送单位：{who}", "reported by: {who}")
"""Who files a return."""
REPORTED_TO: Final = _titles("报送对象：{to}", "reported to: {to}")
"""To whom a return goes."""
WHOSE: Final = _titles("统计主体：{who}", "whose figure: {who}")
"""Whose figure it is."""
NO_LESS: Final = _titles("要求不低于{share}", "to be no less than {share}")
"""The least that a share has to be."""
NO_MORE: Final = _titles("要求不高于{share}", "to be no more than {share}")
"""The most that a share may be."""
ALL_DATA: Final = _titles(
    "未计入的件数为全部数据的合计，不限本期", "what was left out is counted over all data, not this period alone"
)
"""Why what was left out can exceed what stands in a table."""
COVERAGE_UNKNOWN: Final = _titles(
    "未说明数据涵盖哪些日子，故不计算变动", "nobody says which days the data cover, so no change is worked out"
)
"""Why a report has no changes."""
ARTICLE: Final = _titles("依据：{article}", "by {article}")
"""Where a figure or a return is asked for."""
READING: Final = _titles("本库理解：{reading}", "our reading: {reading}")
"""Marks what the text does not say."""

PROBLEMS: Final[FrozenMap[str, Titles]] = FrozenMap(
    refused=_titles("无法读取或计入", "could not be read, or counted"),
    received_later=_titles("在统计时点之后收到，未计入", "received after the moment, counted nowhere"),
    before_receipt=_titles("有记录早于收到，按日期不明计", "an event before the receipt, counted on a day unknown"),
    ended_before_begun=_titles("结束早于开始", "ended before it began"),
    no_whole_fen=_titles("金额不是整分", "an amount of no whole fen"),
    calendar_unpublished=_titles(
        "时限届满日的放假安排尚未公布", "a limit ends on days whose holidays are not published"
    ),
)
"""What is wrong with cases, by code."""
CLASSES: Final[FrozenMap[str, Titles]] = FrozenMap(
    in_time=_titles("按时", "in time"),
    late=_titles("逾期办结", "late"),
    open_in_time=_titles("未到期未结", "open, not due"),
    open_late=_titles("逾期未结", "overdue and open"),
    undetermined=_titles("无法判定", "undetermined"),
    void=_titles("不再计算", "void"),
    void_late=_titles("逾期后不再计算", "void after it was late"),
    not_started=_titles("未起算", "not started"),
    not_applicable=_titles("不适用", "not applicable"),
)
"""The classes of the runs of a limit."""
WORKED_OUT: Final[FrozenMap[str, Titles]] = FrozenMap(
    count=_titles("投诉件数", "how many complaints"),
    share=_titles(
        "符合 ÷（符合＋不符合）；无法判定的另列并给出界限", "yes ÷ (yes + no); undecided ones apart, with bounds"
    ),
    limit_due=_titles(
        "按时 ÷（按时＋逾期办结＋逾期未结）；不再计算的、无法判定的另列",
        "in time ÷ (in time + late + overdue and open); void and undetermined ones apart",
    ),
    limit_ended=_titles(
        "按时 ÷（按时＋逾期办结）；逾期未结的不在内", "in time ÷ (in time + late); those overdue and open are not in it"
    ),
    limit_all=_titles(
        "按时 ÷（按时＋逾期办结＋逾期未结＋未到期未结）",
        "in time ÷ (in time + late + overdue and open + still running)",
    ),
    time=_titles(
        "自{starts}至{until}，以{unit}计，不足一个单位按一个计；未结的另列",
        "from {starts} to {until}, in {unit}, a part of one counts whole; open ones apart",
    ),
    sum=_titles("已知金额之和，以元计", "the sum of the known amounts, in yuan"),
    stock=_titles("收到＋重新受理－结束", "received + reopened - ended"),
    scaled=_titles("件数 × {per} ÷ {base}", "cases × {per} ÷ {base}"),
)
"""How figures are worked out, by shape, where their definition does not say."""
OF_LIMIT: Final = _titles("时限：{limit}", "limit: {limit}")
"""Of which limit the runs are counted."""
PAUSES: Final = _titles("扣除中止的时间", "less the time in which it was suspended")
"""That the time in which a case was suspended is left out of a duration."""
KIND: Final = _titles("符合：{condition}", "yes: {condition}")
"""The condition of which a share is worked out."""
AMONG: Final = _titles("范围：{condition}", "of those where: {condition}")
"""Which cases a figure is about."""
PLACED: Final = _titles("按{event}之日归期", "placed by the day it was {event}")
"""Which event places a case in a period."""
EACH: Final = _titles("每次{event}均计", "every time it was {event} counts")
"""That every event counts."""
COUNTED_BY: Final = _titles("由本库以下版本统计：{versions}", "counted by these versions of the library: {versions}")
"""What a report says of a tally that another version counted, wholly or in part."""
EXACTLY: Final = _titles(
    "按准确数计算，列示时四舍五入一次", "worked out exactly, rounded half away from zero once, when printed"
)
"""How numbers are rounded."""
FINAL: Final = _titles("不再变", "final")
"""Of a median with those open: none of them can change it."""
NOT_FINAL: Final = _titles("还会升高", "can still rise")
"""Of a median with those open: one of them can still change it."""


def percentile(text: str) -> Titles:
    """Name a percentile.

    >>> percentile("90")["en"]
    '90th percentile'
    """
    return _titles(f"第{text}百分位", f"{text}th percentile")


def band(low: int | None, high: int | None, unit: Coded) -> Titles:
    """Name a band of ages of those open: above `low`, up to `high` inclusive; None: without bound.

    >>> from complaint_rules.periods.units import Unit
    >>> (
    ...     band(None, 3, Unit.DAYS)["en"],
    ...     band(3, 7, Unit.WORKING_DAYS)["zh"],
    ...     band(15, None, Unit.HOURS)["en"],
    ... )
    ('open up to 3 days', '未结4至7个工作日', 'open over 15 hours')
    """
    zh, en = unit.zh, unit.en
    if low is None:
        return _titles(f"未结{high}{zh}以内", f"open up to {high} {en}")
    if high is None:
        return _titles(f"未结超过{low}{zh}", f"open over {low} {en}")
    return _titles(f"未结{low + 1}至{high}{zh}", f"open {low + 1} to {high} {en}")
