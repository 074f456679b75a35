"""What the command line says of what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "a number of processes from 1 to 64 is expected, not {text}": "进程数应为1至64，给的是{text}",
    "an article is named article/{rule}": "条文写作 article/{rule}",
    "--policy is given twice: one run is under one rule set": "--policy 写了两次：一次运行只用一套规则",
    "{format} shows a case, and no rule set": "{format} 展示案件，不展示规则集",
    "add a case file and --policy ID": "写案件文件，并加 --policy ID",
    "a case is explained under a rule set": "案件要按规则集解释",
    "add --policy ID": "加上 --policy ID",
    "rule of {policy}": "{policy}的规则",
    "several rules have this name": "有几条规则同名",
    "there is no such rule": "没有这条规则",
    "one of {names}": "可为：{names}",
    "one case has at most {most} bytes": "一件案件最多{most}字节",
    "name=value is expected": "应为 name=value",
    "as retention='5 years'": "如 retention='5 years'",
    "a moment is expected, not a day": "应为时刻，不能只写日期",
    "add the time of day, as '{text} 18:00'": "补上时刻，如“{text!r} 18:00”",
    "standard input is closed": "标准输入已关闭",
    "this is a directory": "这是目录",
    "name the file in it": "写明其中的文件",
    "there is no such file": "没有这个文件",
    "it cannot be opened: {reason}": "无法打开：{reason}",
    "is the century right?": "年份是否写错？",
    "this is a rule set shipped, and no file": "这是随附的规则集，不是文件",
    "see it with explain {file}": "用 explain {file!r} 查看",
    "its columns are those of one edition": "其列以一个版本为准",
    "name the edition, as {policy}@{edition}": "写明版本，如 {policy}@{edition}",
    "event {name}": "事件{name}",
    "{count} more": "另有{count}个",
}
"""English text to Chinese text, place for place."""
