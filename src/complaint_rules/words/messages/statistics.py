"""What is said of reporting periods and durations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "a duration": "时长",
    "it cannot be given in this unit": "时长没有这种单位",
    "the unit is unknown": "没有这种单位",
    "the units are {units}": "单位有：{units}",
    "there is no such period": "没有这个期间",
    "these days are no whole reporting period": "这些日子不构成一个完整的统计期",
    "use Span.of(day, unit)": "请用 Span.of(day, unit)",
    "it lies outside the years known, {first} to {last}": "超出可用年份（{first}至{last}年）",
    "write 2026-09-30, 2026-W40, 2026-09, 2026Q3, 2026H2 or 2026": (
        "请写 2026-09-30、2026-W40、2026-09、2026Q3、2026H2 或 2026"
    ),
}
