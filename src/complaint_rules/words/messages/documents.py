"""What is said of files and of the values in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "a number of at most {most} digits is expected, not {text}": "应为最多{most}位的数，给的是{text}",
    "arrays and tables stand in one another more than {most} deep": "数组与表嵌套超过{most}层",
    "a key has more than {most} dots": "键中的点超过{most}个",
    'an exact number is expected, as 5000 or "0.2"': '应为精确的数，如 5000 或 "0.2"',
    "a finite number of at most 28 digits is expected": "应为最多28位的有限数",
    "a whole number is expected": "应为整数",
    "true or false is expected": "应为 true 或 false",
    "a text of 1 to 200 printable characters is expected": "应为1至200个可见字符的文本",
    "a date or an aware moment is expected, as 2026-10-01 or 2026-10-01T08:30:00+08:00": (
        "应为日期或带时区的时刻，如 2026-10-01 或 2026-10-01T08:30:00+08:00"
    ),
    "a list of codes is expected": "应为代码列表",
    "a float is not exact: pass a Decimal, an int or text": "浮点数（float）不精确：传入 Decimal、int 或文本",
    "known: {shown} …": "可用：{shown}……",
    "{shown} and {count} more places": "{shown}及另外{count}处",
    "and {count} more faults": "另有{count}处错误",
    "a text in both languages": "中英文对照的文本",
    "{what} is a table": "{what}应为表",
    "write {{ {known} = … }}": "写 {{ {known!r} = … }}",
    "{what} has no such key": "{what}没有这个键",
    "{what} needs this key, and it is missing": "{what}必须有这个键，现缺少",
    "a code of up to {most} ASCII letters, digits, '_', '-' and '.' is expected": (
        "应为代码，最多{most}个 ASCII 字母、数字、“_”“-”“.”"
    ),
    "{what} is expected": "应为{what}",
    "without quotes": "不加引号",
    "a whole number from {least} to {most} is expected": "应为{least}至{most}的整数",
    "a day": "日期",
    "write it as 2026-11-21": "写成 2026-11-21",
    "a date is expected": "应为日期",
    "an empty list says nothing": "空列表没有内容",
    "leave the key out": "不写这个键",
    "it stands in the list twice": "在列表中重复",
    "codes with their titles are expected": "应为代码及其名称",
    'write {key}.code = {{ zh = "…", en = "…" }}': '写 {key!r}.code = {{ zh = "…", en = "…" }}',
    "a code has ASCII letters, digits, '_', '-' and '.' only": "代码只有 ASCII 字母、数字、“_”“-”“.”",
    "a list is expected": "应为列表",
    "write [[{key}]]": "写 [[{key!r}]]",
    "write {key} = [ … ]": "写 {key!r} = [ … ]",
    "at most {most} entries are read": "最多读取{most}项",
    "a table of named entries is expected": "应为按名称列出的表",
    "write [{key}.name]": "写 [{key!r}.name]",
    "a text is expected": "应为文本",
    "put it in quotes": "加上引号",
    "the text is empty": "文本为空",
    "a text of up to {most} printable characters on one line is expected": "应为最多{most}个可见字符的单行文本",
    "a time of day is expected": "应为时刻",
    "write it as '08:30'": "写成“08:30”",
    "there is another {what} with this id": "已有同一编号的{what!s}",
    "it cannot be read: {reason}": "无法读取：{reason}",
    "a path is expected": "应为路径",
    "this is no regular file": "这不是普通文件",
    "save it as a file first": "先存成文件",
    "it has {size} bytes, at most {most} are read": "有{size}字节，最多读取{most}字节",
    "is this the right file?": "是否选错了文件？",
    "it is not UTF-8 but UTF-16": "不是 UTF-8，而是 UTF-16",
    "save it as UTF-8": "另存为 UTF-8",
    "it holds a NUL byte": "含有 NUL 字节",
    "is it a text file?": "这是文本文件吗？",
    "it is not UTF-8": "不是 UTF-8",
    "save it as UTF-8 (GB18030 is common on Chinese systems)": "另存为 UTF-8（中文系统常用 GB18030）",
    "a number or a nesting in it is beyond what can be read": "其中的数或嵌套超出可读范围",
    "this is no TOML: {reason}, at the end of the file": "不是 TOML：{reason}，在文件末尾",
    "this is no TOML: {reason}": "不是 TOML：{reason}",
    "a text inside a condition stands in single quotes, as \"priority == 'urgent'\"": (
        "条件中的文本用单引号，如 \"priority == 'urgent'\""
    ),
    "an inline table stands on one line in TOML 1.0": "TOML 1.0 的内联表写在一行",
    "the policy is refused": "规则集未通过",
    "a moment": "时刻",
    "a {type} is expected": "应为{type!s}",
    "a mapping of names to values is expected": "应为名称到取值的对照（映射）",
    "a period, number, text, truth value, date or moment is expected": "应为期限、数、文本、是或否、日期或时刻",
    "it is not a policy file": "不是规则文件",
}
"""English text to Chinese text, place for place."""
