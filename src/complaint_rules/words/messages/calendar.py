"""What is said of days, hours, notices and periods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "unknown field {key}, did you mean {near}?": "未知字段{key}，是否想写{near}？",
    "unknown field {key} (known: {keys})": "未知字段{key}（可用：{keys!r}）",
    "unknown field {key}{hint}": "未知字段{key}{hint}",
    "did you mean {near}?": "是否想写{near}？",
    " (known: {keys})": "（可用：{keys}）",
    "year: a year from {year} to {year2} is expected, got {given}": (
        "year：应为{year}至{year2}年之间的年份，给的是{given}"
    ),
    "{key}: a text is expected, got {text}": "{key}：应为文本，给的是{text}",
    "{where}: a date as 2027-02-06 is expected, got {value}": "{where}：应为形如 2027-02-06 的日期，给的是{value}",
    "{where}: a date is expected, got {value}": "{where}：应为日期，给的是{value}",
    "{key}: a list of dates is expected, got {values}": "{key}：应为日期清单，给的是{values}",
    "{key}[{number}]: {day} stands twice": "{key}[{number}]：{day}重复出现",
    "days: no day is listed; the file of a year whose notice is not published looks like this": (
        "days：没有列出任何一天；通知尚未公布的年份，其文件就是这样"
    ),
    "{where}: an object with date and isOffDay (true or false) is expected, got {row}": (
        "{where}：应为含 date 与 isOffDay（true 或 false）的对象，给的是{row}"
    ),
    "{where}: {day} stands twice": "{where}：{day}重复出现",
    "papers: a list of addresses is expected, got {papers}": "papers：应为地址清单，给的是{papers}",
    "{day} is outside {first} to {last}, which is all a notice for {year} can arrange": (
        "{day}不在{first}至{last}之间，{year}年的通知只能安排这段时间"
    ),
    "{day} is both off and a make-up day": "{day}既列为休息日又列为补班日",
    "make-up day {day} is a {weekday}; make-up days fall on Saturday or Sunday": (
        "补班日{day}是{weekday!s}；补班日只能是周六或周日"
    ),
    "make-up day {day} is a statutory holiday by law ({names})": "补班日{day}是法定节假日（{names}）",
    "the statutory day {day} is not listed as off": "法定节假日{day}未列为休息日",
    "swapped day off {day} is a {weekday}; swapped days off fall on Monday to Friday": (
        "换休日{day}是{weekday!s}；换休日只能是周一至周五"
    ),
    "days_off: {day} is a statutory holiday by law; leave it out": "days_off：{day}是法定节假日，不必列出",
    "the statutory day {day} falls on a {weekday} or another festival and no day off makes it up": (
        "法定节假日{day}逢{weekday!s}或与另一节日重合，却没有补休"
    ),
    "statutory: {day} is not statutory by law and makes up for none": "statutory：{day}不是法定节假日，也不是补休",
    "exceptions: {day} is neither a swapped day off, a make-up day nor a statutory day not made up": (
        "exceptions：{day}既不是换休日、补班日，也不是未补休的法定节假日"
    ),
    "{swaps} swapped days off against {worked} make-up days; declare what is meant under `exceptions`": (
        "换休日{swaps}天，补班日{worked}天；确属如此的，在 exceptions 中列明"
    ),
    "a span of opening hours": "营业时段",
    "it is empty": "时段为空",
    "it runs backwards or leaves its day": "起止颠倒或超出当日",
    "a span across midnight is two spans: up to 24:00, and from 00:00": "跨零点的时段分为两段：至24:00，再自00:00起",
    "two times of day are expected": "应为两个时刻",
    "write it as '09:00-12:00'": "写成“09:00-12:00”",
    "the hours of {day}": "{day}的营业时间",
    "two seasons hold on it, and they could differ": "两个季节都适用于这一天，时间可能不同",
    "they are given twice": "重复给出",
    "a time of day without a zone is expected": "应为不带时区的时刻",
    "quiet hours": "免打扰时段",
    "they are empty: both edges are the same": "时段为空：起止相同",
    "write '18:00-08:00'": "写“18:00-08:00”",
    "the moment": "时刻",
    "the due moment": "届满时刻",
    "the due moment lies before not_before ({first})": "届满时刻早于 not_before（{first}）",
    "a day with hours of its own": "营业时间单独规定的日期",
    "a date as 2026-10-10 is expected": "应为形如 2026-10-10 的日期",
    "a day of the week": "星期",
    "monday to sunday is expected": "应为 monday 至 sunday",
    "the edge of a season": "季节起止",
    "month and day are expected": "应为月和日",
    "write '05-01'": "写“05-01”",
    "no span is given, so the day has no working time": "未给时段，当日没有工作时间",
    "to close a day use with_override": "当日不营业的，用 with_override",
    "{earlier} and {later} overlap or are out of order": "{earlier}与{later}重叠或次序颠倒",
    "a time of day": "时刻",
    "HH:MM from 00:00 to 24:00 is expected": "应为00:00至24:00之间的 HH:MM",
    "the notice": "通知",
    "a mapping of its fields is expected": "应为各字段的对照（映射）",
    "the notice for {year}": "{year}年的通知",
    "{faults} faults": "{faults}处错误",
    "a WorkCalendar is expected": "应为工作日历（WorkCalendar）",
    "pass WorkCalendar.china()": "传入 WorkCalendar.china()",
    "what to do beyond the last published year is one of 'provisional', 'refuse'": (
        "超出已公布年份时的做法只能是 'provisional' 或 'refuse'"
    ),
    "when the notices before that of {day} were made public is not on file": "{day}之前各次通知的公布时间未录",
    "give a day from {day} on, or leave it out": "给{day}或以后的日期，或不写",
    "the day": "日期",
    "the year": "年份",
    "pass date.year": "传入 date.year",
    "the years known run from {year} to {year2}": "可用年份为{year}至{year2}",
    "what to do where the package holidays differs is one of 'refuse', 'pinned'": (
        "holidays 包不一致时的处理方式只能是 'refuse'（拒绝）或 'pinned'（以本库所载为准）"
    ),
    "the package holidays": "holidays 包",
    "its days cannot be read": "其放假日无法读取",
    "its texts have another form than this library reads": "其文字的形式与本库所读的不同",
    "it says something else of some days than was published": "其中若干日与所公布的放假安排不同",
    "install a version that this library was tried with, or pass differing='pinned' to use its own days": (
        "请安装本库试过的版本，或传入 differing='pinned' 以本库所载为准"
    ),
    "the number of working days": "工作日数",
    "a whole number other than 0 is expected": "应为0以外的整数",
    "for the day itself or the next working one, use working_day_on_or_after": (
        "要当日或下一工作日，用 working_day_on_or_after"
    ),
    "`through` ({through}) lies before `after` ({after})": "through（{through}）早于 after（{after}）",
    "are the arguments the wrong way round?": "参数次序是否写反了？",
    "a notice and keywords were both given": "通知与关键字参数不能同时给",
    "it was published after the day whose knowledge the calendar shows ({as_known_on})": (
        "其公布晚于本日历所反映的日期（{as_known_on}）"
    ),
    "the notice for {year} is not known to this calendar": "本日历没有{year}年的通知",
    "add the years in order": "按年份次序添加",
    "the overridden day": "改动的日期",
    "the override of {when}": "{when}的改动",
    "`works` is True or False": "works 应为 True 或 False",
    "a reason is expected: it is shown in every proof": "应写明理由：每次推算都会显示",
    "the hours": "营业时间",
    "one Hours, or the spans of a day, are expected": "应为一个 Hours，或一天的各时段",
    "write with_hours('09:00-12:00', '13:30-17:00')": "写 with_hours('09:00-12:00', '13:30-17:00')",
    "the day does not work here: it is a {kind}": "当日不上班：{kind!s}",
    "open it first: with_override(day, works=True, reason=…)": "先改为上班：with_override(day, works=True, reason=…)",
    "the index of a working day": "工作日序号",
    "the overrides": "各项改动",
    "not a day is left that works, so nothing could ever be counted": "没有一天上班，无从计算",
    "close single days, not the institution": "逐日停业，而不是整个机构停业",
    "the working calendar": "工作日历",
    "the notice for {year} is not published, so days after {through} are not final": (
        "{year}年的通知尚未公布，{through}之后的日期尚不确定"
    ),
    "use unpublished='provisional' for a provisional answer, or add the notice with with_notice": (
        "要暂定结果，用 unpublished='provisional'；或用 with_notice 添加通知"
    ),
    "counting from this day leads out of the years known, {first_day} to {last_day}": (
        "自该日起算超出可用年份{first_day}至{last_day}"
    ),
    "that year is published and the notice given says something else": "该年通知已公布，与所给内容不同",
    "for an institution's own days use with_override": "本机构自有的安排用 with_override",
    "the start": "起点",
    "the end": "终点",
    "working time": "工作时间",
    "counting back leads before 2001-01-01": "往前推算早于2001-01-01",
    "the end ({last}) lies before the start": "终点（{last}）早于起点",
    "the calendar": "日历",
    "it has no opening hours, so there is no working time to count": "没有营业时间，无工作时间可计",
    "give it some: calendar.with_hours(Hours.of('09:00-12:00', '13:30-17:00'))": (
        "先给营业时间：calendar.with_hours(Hours.of('09:00-12:00', '13:30-17:00'))"
    ),
    "the working time": "工作时间",
    "a positive timedelta is expected": "应为正的 timedelta",
    "the hours from {first} to {last}": "{first}至{last}的营业时间",
    "{words} or a time of day is expected": "应为{words}或时刻",
    "write '15:30'": "写“15:30”",
    "a late arrival is read as one on a rest day is, and nothing says how": (
        "过点收到的按休息日收到处理，却未说明如何处理"
    ),
    "add receipt='next_working_day'": "加上 receipt='next_working_day'",
    "it has no opening hours, so no day has a close of business": "没有营业时间，也就没有下班时刻",
    "give it some: calendar.with_hours(Hours.of('09:00-17:00')), or let limits end at '24:00'": (
        "先给营业时间：calendar.with_hours(Hours.of('09:00-17:00'))，或让期限止于 '24:00'"
    ),
    "the end of a period": "期限的终点",
    "it lies after {last_day}, the last day known": "晚于可用的最后一天{last_day}",
    "is the start right, or the number of units?": "起点或期限的数字是否写错？",
    "its reason and its article are texts, or None": "原因和条款应为文本或 None",
    "the pause ends before it starts": "中止的终点早于起点",
    "it starts {start}; were the two exchanged?": "起点为{start}；两者是否写反了？",
    "'{unit}' takes no number": "“{unit}”不带数字",
    "pass 0": "传入 0",
    "a period is at least 1 of its unit": "期限至少为1个单位",
    "for no delay at all write 'at once' or 'same day'": "不留时间的，写 'at once' 或 'same day'",
    "over a hundred years; the most is {most}": "超过一百年；最多{most!s}",
    "a sum of periods": "期限之和",
    "only periods of the same unit add up, and '{period}' is not counted in the other's": (
        "单位相同的期限才能相加，“{period}”与另一个单位不同"
    ),
    "state the total as a period of its own": "把总期限写成一个期限",
    "several are expected": "应为多项",
    "pass [Pause(start, end)]": "传入 [Pause(start, end)]",
    "each is a Pause": "每项应为中止（Pause）",
    "Pause(start, end)": "Pause(start, end)",
    "a warning": "预警",
    "'at once' is no distance before a limit": "“at once”不能作为提前量",
    "write '5 working days', '15 days', '3 months', '48 hours', 'same day' or 'at once'": (
        "写“5个工作日”“15日”“3个月”“48小时”“当日”或“立即”"
    ),
    "a period": "期限",
    "the text is too long for one": "文本过长，不是期限",
    "it holds a raised, lowered or circled figure": "含上标、下标或带圈数字",
    "which day is meant is open: the next one, or the next that works": "指哪一天不明：次日，还是下一个工作日",
    "the day is named, not the length": "这是某一天，不是期限长短",
    "it names the first quarter of a year": "这是第一季度",
    "write '1日' or '1个工作日'": "写“1日”或“1个工作日”",
    "write '1个工作日': it ends with the next working day": "写“1个工作日”：止于下一个工作日",
    "write '一个季度' or '3个月'": "写“一个季度”或“3个月”",
    "it is a range, and a limit has one end": "这是范围，时限只有一个终点",
    "write the longer of the two, as '5个工作日'": "写较长的一个，如“5个工作日”",
    "no figure and unit to be read": "读不出数字和单位",
    "write '{figure} days' or '{figure2} working days'": "写“{figure}日”或“{figure2}个工作日”",
    "did you mean '{figure} {near}'?": "是否想写“{figure} {near}”？",
    "working days": "working days",
    "working hours": "working hours",
    "it has no unit": "没有单位",
    "how many days half a month has is open": "半个月是多少天不明",
    "half a day is no unit: how many hours it has is open": "半天不是单位：多少小时不明",
    "write '15日', '45日' or '6周'": "写“15日”“45日”或“6周”",
    "write '4个工作小时' or '12小时'": "写“4个工作小时”或“12小时”",
    "only whole numbers count": "只能用整数",
    "trading days are not counted here: exchanges rest on make-up days": "这里不按交易日计算：补班日交易所休市",
    "seconds are not counted": "不按秒计算",
    "use a smaller unit": "换用较小的单位",
    "write '5个工作日' and give a calendar with make_up_days = false": (
        "写“5个工作日”，并给出 make_up_days = false 的日历"
    ),
    "write '1分钟'": "写“1分钟”",
    "no such unit: {name}": "没有这个单位：{name}",
    "the Chinese number cannot be read": "中文数字读不出",
    "write '21日'": "写“21日”",
    "hours and minutes are expected": "应为时和分",
    "write '08:30'": "写“08:30”",
    "'24:00', 'close'": "“24:00”、“close”",
    "1 fault": "1处错误",
}
"""English text to Chinese text, place for place."""
