"""What is said of reporting periods and durations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "a duration": "时长",
    "it cannot be given in this unit": "时长没有这种单位",
    "a number": "数值",
    "an exact number is expected": "此处应为精确数",
    "pass a Fraction, a Decimal or an int": "请用 Fraction、Decimal 或 int",
    "a whole number from 0 to 12 is expected": "此处应为0至12的整数",
    "places": "小数位数",
    "a whole number of fen is expected": "此处应为以分计的整数",
    "only figures of one shape can be added": "只有同一类型的指标值可以相加",
    "only durations in one unit can be added": "只有同一单位的时长可以相加",
    "durations": "时长",
    "a mapping of lengths to numbers is expected": "此处应为时长与件数的对照",
    "it has no such field": "没有这个字段",
    "a field is missing": "缺少字段",
    "pairs of length and number are expected": "此处应为时长与件数的成对数字",
    "this length is there already": "这个时长已有",
    "bands": "账龄分段",
    "the edges have to rise": "分段界限应逐个递增",
    "percentile": "百分位",
    "it lies above 0 and at most at 100": "应大于0且不超过100",
    "a share": "占比",
    "the parts are more than the whole": "各部分之和大于总数",
    "a count": "件数",
    "a whole number above 0 is expected": "此处应为大于0的整数",
    "a whole number from 2 on is expected": "此处应为不小于2的整数",
    "a printed number": "公布的数字",
    "a number is expected": "此处应为数字",
    "write it as printed, without its sign: 93.6": "请照公布的样子写，不带百分号：93.6",
    "the unit is unknown": "没有这种单位",
    "the units are {units}": "单位有：{units}",
    "there is no such period": "没有这个期间",
    "these days are no whole reporting period": "这些日子不构成一个完整的统计期",
    "use Span.of(day, unit)": "请用 Span.of(day, unit)",
    "the first and the last day that the data hold are expected, in order": "须依次给出数据所涵盖的首日与末日",
    "pass (date(2026, 1, 1), date(2026, 9, 30)), or None where nobody says": (
        "请传入 (date(2026, 1, 1), date(2026, 9, 30))；无人说明时传入 None"
    ),
    "it lies outside the years known, {first} to {last}": "超出可用年份（{first}至{last}年）",
    "write 2026-09-30, 2026-W40, 2026-09, 2026Q3, 2026H2 or 2026": (
        "请写 2026-09-30、2026-W40、2026-09、2026Q3、2026H2 或 2026"
    ),
}
