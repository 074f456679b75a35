"""What is said of golden cases and of the coverage of rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    # golden cases
    "a golden case": "对照案件",
    "the golden case": "对照案件",
    "it does not come out as it was made": "运行结果与生成时不一致",
    "golden case {id}": "对照案件 {id:r}",
    "a golden file": "对照案件文件",
    "golden file": "对照案件文件",
    "it is no golden file": "不是对照案件文件",
    "an event": "事项",
    "a reason": "理由",
    "what must come out": "应得结果",
    "a run": "一次计时",
    "the rule set of a golden case": "对照案件的规则集",
    "who checked a golden case": "对照案件的核对记录",
    "the case does not say what must come out": "案件没有写明应得结果",
    "write one of {keys}": "请写明其中之一：{keys:r}",
    "it stands instead of results, and here beside some": "写了拒绝，就不能再写其他结果",
    "it stands twice": "写了两次",
    "due and due_at are the same": "due 与 due_at 是一回事",
    "it says nothing of the run": "没有写明这次计时的任何结果",
    "a status of a limit": "时限状态",
    "a status of a duty": "义务状态",
    "a kind of notice": "通知类型",
    "a kind of violation": "违规类型",
    "a kind of violation is expected": "此处应为违规类型",
    "the rule of a violation is expected": "此处应为违规所属的规则",
    "a list of violations is expected": "此处应为违规的列表",
    'write ["late limit/whole"]': '如 ["late limit/whole"]',
    "write 'late limit/whole'": "如 'late limit/whole'",
    "a moment is expected": "此处应为时刻",
    "write 2026-10-09T17:00:00+08:00, or null where nothing is due": (
        "请写 2026-10-09T17:00:00+08:00；没有到期时刻的写 null"
    ),
    "write '2026-10-12 09:00'": "请写 '2026-10-12 09:00'",
    "write '2026-10-09 16:00' or '2026-10-09'": "请写 '2026-10-09 16:00' 或 '2026-10-09'",
    "a value of the table, a list of values or null is expected": "此处应为该表的一个值、若干值的列表，或 null",
    "a list of texts is expected, each once": "此处应为不重复的文字的列表",
    "the list of what is lacking is expected": "此处应为所缺要素的列表",
    "null: no document; {open}: not recorded": "null 表示没有文件，{open:r} 表示没有记录",
    "a text, a number or a truth value is expected": "此处应为文字、数或是否",
    "a text, a number, a truth value or a list of texts is expected": "此处应为文字、数、是否，或文字的列表",
    "a case is an object with facts and events": "案件是含事实与事项的对象",
    "another case has the same id": "另一案件用了同一编号",
    "the id stands on line {line} already": "该编号已在第{line}行出现",
    "the case is of another rule set": "案件属于另一规则集",
    "the case is of another edition": "案件属于另一版本",
    "this is {id}": "此为 {id:r}",
    "this is edition {edition}": "此为{edition:r}版",
    "the rule set has no such name": "规则集没有这一名称",
    "the rule set cites no such text": "规则集未引用这一文件",
    "the text has no such article": "该文件没有这一条",
    "of this table {shape} is expected, or {open}": "该表应为{shape}，或 {open:r}",
    "a list of values": "若干值的列表",
    "one value": "一个值",
    # kept from an earlier run
    "a list of golden cases is expected": "此处应为对照案件的列表",
    "golden cases are expected": "此处应为对照案件",
    "pass GoldenCase values, or rows as read_golden_lines gives them": (
        "请传入 GoldenCase，或 read_golden_lines 给出的行"
    ),
    "another case that is kept asks the same": "保留的另一案件问的是同一事",
    "see {id}": "见 {id:r}",
    "another case that is kept has the same id": "保留的另一案件用了同一编号",
    "give it an id of its own": "另起编号",
    # differences
    "{what}: wanted {wanted}, got {got}": "{what}：应为 {wanted}，实为 {got}",
    "nothing is refused or missing": "没有拒绝，也没有缺项",
    "something of the history": "经过中的某项",
    "? (possible: {possible}; unknown: {unknown})": "?（可能为 {possible:r}；不明：{unknown}）",
    "nothing": "无",
    "{names} among them": "其中有 {names:r}",
    "one run": "一次计时",
    "{number} runs": "{number}次计时",
    "{status}, due {due}": "{status:r}，{due:r} 到期",
    "none ({status})": "没有（{status:r}）",
    "{rule} status": "{rule:r} 状态",
    "{rule} row": "{rule:r} 所用行",
    "{rule} warn_at": "{rule:r} 提醒时刻",
    "{rule} due_at": "{rule:r} 到期时刻",
    "{rule} run {number}": "{rule:r} 第{number}次",
    "notifications of {rule}": "{rule:r} 的通知",
    "violations of {rule}": "{rule:r} 的违规",
    # rules and their coverage
    "section and id of a rule are expected": "此处应为规则的类别与编号",
    "write table/level, limit/whole, duty/reply or checklist/form": (
        "如 table/level、limit/whole、duty/reply、checklist/form"
    ),
    "{policy} has no such rule": "{policy:r} 没有这条规则",
    "coverage is that of one edition": "覆盖以一个版本为准",
    "it is of another rule set, edition or other parameters": "规则集、版本或参数不同",
    "this is of {edition}": "此为 {edition:r} 的",
    "a case is assessed as of a moment": "案件须按某一时刻评估",
    "the assessment is under another rule set or edition": "评估所依的是另一规则集或版本",
}
"""English to Chinese."""
