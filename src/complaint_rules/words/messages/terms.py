"""Single words that stand in the places of a text, said only where the Chinese asks for one: ``{found!s}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TERMS: Final[Mapping[str, str]] = {
    # kinds of value
    "text": "文本",
    "number": "数",
    "truth value": "是或否",
    "moment": "时刻",
    "period": "期限",
    "set": "集合",
    "any": "任意值",
    "day": "日期",
    "level": "层级",
    "bool": "是或否",
    "int": "整数",
    "decimal": "精确数",
    # what a policy file declares
    "table": "判定表",
    "limit": "时限",
    "state": "案件状态",
    "standing": "时限结果",
    "duty": "义务",
    "checklist": "要素清单",
    "link": "关联",
    "basis": "统计口径",
    "base": "基数",
    "figure": "指标",
    "filing": "定期报送",
    "parameter": "参数",
    "fact": "事实",
    "body": "机构",
    "extension": "延长",
    "finding": "所见",
    "retention": "保管期限",
    # what an error is about
    "policy": "规则集",
    "calendar": "日历",
    "case": "案件",
    "condition": "条件",
    "file": "文件",
    "sheet": "工作表",
    # days
    "Monday": "周一",
    "Tuesday": "周二",
    "Wednesday": "周三",
    "Thursday": "周四",
    "Friday": "周五",
    "Saturday": "周六",
    "Sunday": "周日",
    "working day": "工作日",
    "make-up working day": "补班日",
    "weekend": "周末",
    "statutory holiday": "法定节假日",
    "swapped day off": "换休日",
    # units of a period, behind a figure or alone
    "minutes": "分钟",
    "hours": "小时",
    "days": "日",
    "weeks": "周",
    "months": "个月",
    "years": "年",
    "working days": "个工作日",
    "working hours": "个工作小时",
    "working minutes": "个工作分钟",
    # parts of a time of day
    "hour": "小时",
    "minute": "分钟",
    "second": "秒",
}
"""English word to Chinese word."""
