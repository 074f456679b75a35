"""What is said of complaints, events and cases, as values and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "'whole' or 'own' is expected": "应为 'whole' 或 'own'",
    "the event": "事件",
    "a kind of event (an ASCII identifier) is expected": "应为事件类型（ASCII 标识符）",
    "use EventKind or a kind of the policy's [events]": "用 EventKind，或规则集 [events] 中的类型",
    "a code or opaque key of 1 to {most} printable characters is expected": "应为1至{most}个可见字符的代码或内部编号",
    "a mapping of fact names to values is expected": "应为事实名称到取值的对照（映射）",
    "the name of a fact is an ASCII identifier": "事实名称应为 ASCII 标识符",
    "a Complaint is expected": "应为投诉（Complaint）",
    "a sequence of Event is expected": "应为事件（Event）的序列",
    "a history has at most {most} events": "经过最多{most}个事件",
    "an iterable of Complaint or Case is expected": "应为投诉（Complaint）或案件（Case）的序列",
    "a complaint": "投诉",
    "True, False or None (unknown) is expected": "应为 True、False 或 None（不明）",
    "leave it out where it is not known": "不明的不写",
    "a code or opaque key (text) is expected": "应为代码或内部编号（文本）",
    "a code of 1 to {most} printable characters is expected": "应为1至{most}个可见字符的代码",
    "every complaint has a key of its own": "每件投诉有自己的编号",
    "the ticket number serves": "可用工单号",
    "a whole number of at least 1 is expected": "应为1或以上的整数",
    "{name} is a field of Complaint itself": "{name}是投诉（Complaint）自身的字段",
    "pass {name}=… instead of extra": "改为传入 {name!r}=…，不放在 extra",
    "at least one key is expected": "至少应有一个编号",
    "{count} complainant keys are given": "给了{count}个投诉人编号",
    "the count is at least their number": "投诉人数不少于编号数",
    "what identifies the complaint and starts its clocks cannot be amended": "投诉的编号及起算时间不能更正",
    "a set of codes is expected": "应为代码集合",
    "each code has 1 to {most} printable characters": "每个代码为1至{most}个可见字符",
    "an exact amount in yuan is expected": "应为精确金额（元）",
    "pass a Decimal, an int or text such as '5000.00'": "传入 Decimal、int，或形如 '5000.00' 的文本",
    "the text is not a number": "该文本不是数",
    "write it as '5000.00'": "写成“5000.00”",
    "an amount is finite and not negative": "金额应为有限的非负数",
    "an amount has at most {most} digits": "金额最多{most}位",
    "a code has at most {most} printable characters: there is no place for free text": (
        "代码最多{most}个可见字符：此处不放自由文字"
    ),
    "a number is finite": "应为有限的数",
    "a number has at most {most} digits": "数最多{most}位",
    "a float is not exact": "浮点数（float）不精确",
    "pass a Decimal or text": "传入 Decimal 或文本",
    "a fact is a bool, number, text, set of texts, date or moment": "事实应为是或否、数、文本、文本集合、日期或时刻",
    "a Case is expected": "应为案件（Case）",
    "Case(complaint) of a complaint": "由投诉生成案件：Case(complaint)",
    "the same complaint is given twice": "同一投诉给了两次",
    "at least one case is expected": "至少应有一个案件",
    "there is no such day or time: {reason}": "没有这一日期或时刻：{reason}",
    "the moment is naive: it names no time zone": "时刻未注明时区",
    "for Beijing time add +08:00 at its end": "北京时间在末尾加 +08:00",
    "write 2026-10-09T08:30:00+08:00, or 2026-09-30 where only the day is known": (
        "写成 2026-10-09T08:30:00+08:00；只知日期的写 2026-09-30"
    ),
    "this is no ISO 8601 date or moment": "不是 ISO 8601 的日期或时刻",
    "an event is an object with a kind": "事件应为含 kind 的对象",
    "unknown keys": "有未知的键",
    "a complaint is a JSON object": "投诉应为 JSON 对象",
    "events are a list": "events 应为列表",
    "{count} more faults are not listed": "另有{count}处错误未列出",
    "{faults} fault{s}": "{faults}处错误",
    "no such key": "没有这个键",
    "an institution's own facts stand in 'extra'": "本机构自有的事实放在 extra 中",
    "one object a line is expected: jq -c '.[]' turns an array into lines, jq -c . an object": (
        "每行应为一个对象：数组用 jq -c '.[]' 转成逐行，对象用 jq -c ."
    ),
    'write {{"id": …, "received": …}}': '写 {{"id": …, "received": …}}',
    "it is missing": "缺少这一项",
    "every complaint has a key of its own, as a ticket number": "每件投诉有自己的编号，如工单号",
    "a list of events is expected": "应为事件列表",
    "an event is an object": "事件应为对象",
    'write {{"kind": …, "at": …}}': '写 {{"kind": …, "at": …}}',
    "name what happened, as 'routed' or 'closed'": "写明发生了什么，如 'routed' 或 'closed'",
    "this is no JSON: {reason}{place}": "不是 JSON：{reason}{place}",
    "this is no JSON: {reason} (at character {pos})": "不是 JSON：{reason}（第{pos}个字符处）",
    "this is no JSON: {reason} (at line {lineno})": "不是 JSON：{reason}（第{lineno}行处）",
    " (at character {pos})": "（第{pos}个字符处）",
    " (at line {lineno})": "（第{lineno}行处）",
    "the key stands twice in one object": "同一对象中键重复",
    "which of the two is meant?": "应以哪一个为准？",
    "leave out what is not known": "不明的不写",
    "this is no number of JSON": "JSON 没有这样的数",
    "a number in it has more digits than can be meant": "其中有的数位数过多",
    "it is nested deeper than any complaint is": "嵌套过深",
    "a Case or a Complaint is expected": "应为案件（Case）或投诉（Complaint）",
    "a later receipt ended on its own ({kinds}), which may or may not end the whole": (
        "后一次收到的投诉已自行了结（{kinds!r}），整件是否随之了结不明"
    ),
    "pass endings='whole' where that answered the matter, 'own' where its file was closed as a duplicate": (
        "已就事项作出答复的传 endings='whole'；只因重复而结的传 endings='own'"
    ),
    "an Assessment is expected": "应为评估结果（Assessment）",
    "pass assess(case, policy, at=moment)": "传 assess(case, policy, at=时刻)",
    "it is refused": "未通过",
    "an Event, or a kind of event, is expected": "应为 Event 或事件类型",
    "write 'replied'": "写“replied”",
    "the policy has no such kind of event": "规则集没有这种事件类型",
}
"""English text to Chinese text, place for place."""
