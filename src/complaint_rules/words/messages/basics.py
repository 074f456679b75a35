"""What is said of a case, a policy, a moment, a link, wherever it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    # what is passed
    "this is of another kind": "类型不符",
    "a Complaint or a Case is expected": "应为投诉（Complaint）或案件（Case）",
    "it lies before the receipt, {received}": "早于收到时间{received}",
    "were the two exchanged?": "两者是否写反了？",
    "a Policy is expected": "应为规则集（Policy）",
    "pass load_policy(id)": "传入 load_policy(id)",
    "a mapping of link ids to counts is expected": "应为关联编号到数量的对照（映射）",
    "pass links.counts(complaint.id) of what link(…) gave": "传入 link(…) 结果的 links.counts(complaint.id)",
    "the id of a link is a text": "关联编号应为文本",
    "a count of 0 or more is expected": "数量应为0或以上",
    "an Event is expected": "应为事件（Event）",
    "the moment of the act is unknown": "行为的时刻不明",
    "pass at=…": "传入 at=…",
    "the text leaves a figure open and none was supplied: {names}": "原文未定数值，也未提供：{names}",
    "pass parameters={{{name}: …}} to load_policy": "向 load_policy 传入 parameters={{{name!r}: …}}",
    "{list}: {code} needs its word in Chinese and in English": "{list}：{code}须有中英文",
    "only Chinese and English are spoken": "只有中文和英文",
    "write 'zh' or 'en'": "写“zh”或“en”",
    "the code is unknown": "没有这个代码",
    "words of {list}": "{list}的名称",
    "some are missing": "有的缺少",
    "complaint number {number} has the same id": "第{number}件投诉编号相同",
    "merge(…) makes one case of several receipts; Linker.replace takes a changed case anew": (
        "merge(…) 把几次收到的投诉并为一件；Linker.replace 更新有变化的案件"
    ),
    "link {link}": "关联{link}",
    "its window waits for {lacking}": "其时间窗口尚缺{lacking}",
    "opening hours": "营业时间",
    "parameter {name}": "参数{name}",
    "a link": "关联",
    "the policy has none of that id": "规则集没有这个编号",
    "a complaint id": "投诉编号",
    "it was not among the linked": "不在已关联的投诉之中",
    "'now' or 'receipt' is expected": "应为 'now' 或 'receipt'",
    "a FrozenMap cannot be changed": "FrozenMap 不能修改",
    "a look-up": "查找",
    "there is nothing under this name": "没有这个名称",
    "known are {known}": "可用：{known}",
    "a date without a time of day is expected": "应为不带时刻的日期",
    "pass moment.astimezone(BEIJING).date() for a moment": "时刻请传 moment.astimezone(BEIJING).date()",
    "pass None, or leave it out, where it is not known": "不明的传 None，或不写",
    "it is finer than a microsecond": "精度小于微秒",
    "round it first": "先取整",
    "a moment (an aware datetime) is expected": "应为时刻（带时区的 datetime）",
    "add the time of day and the zone, as 2026-09-30T16:05+08:00": "补上时刻和时区，如 2026-09-30T16:05+08:00",
    "for Beijing time pass tzinfo=complaint_rules.BEIJING": "北京时间传 tzinfo=complaint_rules.BEIJING",
    "its time zone cannot say how far it is from UTC": "其时区给不出与 UTC 的时差",
    "a text is neither a moment nor a day": "文本既不是时刻也不是日期",
    "pass date.fromisoformat('2026-09-30') or datetime.fromisoformat('2026-09-30T16:05+08:00')": (
        "传入 date.fromisoformat('2026-09-30') 或 datetime.fromisoformat('2026-09-30T16:05+08:00')"
    ),
    "a pickle": "序列化（pickle）数据",
    "another version of the library made it": "由本库的另一版本生成",
    "this is {version}; keep cases and policies as data (to_dict, Policy.document), not as pickles": (
        "当前版本为{version}；案件和规则集按数据保存（to_dict、Policy.document），不要用 pickle"
    ),
}
"""English text to Chinese text, place for place."""
