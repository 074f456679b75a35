"""What Python says of JSON, TOML, files, days and arguments, and our errors hand on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    # files
    "Permission denied": "没有权限",
    "No such file or directory": "没有这个文件或目录",
    "Not a directory": "不是目录",
    "Is a directory": "这是目录",
    "File name too long": "文件名过长",
    "No space left on device": "磁盘已满",
    "Input/output error": "读写出错",
    "embedded null byte": "其中有空字节",
    # JSON
    "Expecting value": "此处应有值",
    "Expecting property name enclosed in double quotes": "此处应有双引号中的键",
    "Expecting ':' delimiter": "此处应有冒号",
    "Expecting ',' delimiter": "此处应有逗号",
    "Illegal trailing comma before end of object": "对象末尾多了逗号",
    "Illegal trailing comma before end of array": "数组末尾多了逗号",
    "Extra data": "其后还有多余内容",
    "Unterminated string starting at": "字符串没有收尾",
    "Invalid control character at": "有控制字符",
    "Invalid \\escape": "反斜线的用法不对",
    "Invalid \\uXXXX escape": "\\uXXXX 的用法不对",
    # TOML
    "Invalid statement": "读不成一条语句",
    "Invalid value": "值的写法不对",
    "Invalid initial character for a key part": "键的首字符不对",
    "Expected '=' after a key in a key/value pair": "键之后应有等号",
    "Expected newline or end of document after a statement": "语句之后应换行",
    "Expected ']' at the end of a table declaration": "表头之后应有“]”",
    "Expected ']]' at the end of an array declaration": "表头之后应有“]]”",
    "Cannot overwrite a value": "同一个键写了两次",
    "Cannot declare {name} twice": "{name}写了两次",
    "Duplicate inline table key {key}": "内联表中{key}写了两次",
    "Unclosed array": "数组没有合上",
    "Unclosed inline table": "内联表没有合上",
    "Unterminated string": "字符串没有收尾",
    "Illegal character {sign}": "不能有字符{sign}",
    "Found invalid character {sign}": "不能有字符{sign}",
    "Unescaped '\\' in a string": "字符串中的反斜线须写两次",
    "Invalid hex value": "十六进制值不对",
    "Invalid date or datetime": "没有这一日期或时刻",
    # days and times of day
    "month must be in 1..12": "月份应为1至12",
    "day is out of range for month": "该月没有这一天",
    "hour must be in 0..23": "小时应为0至23",
    "minute must be in 0..59": "分钟应为0至59",
    "second must be in 0..59": "秒应为0至59",
    "microsecond must be in 0..999999": "微秒应为0至999999",
    # arguments
    "the following arguments are required: {names}": "缺少参数：{names!r}",
    "unrecognized arguments: {names}": "不认识的参数：{names!r}",
    "argument {name}: {why}": "参数 {name!r}：{why}",
    "expected one argument": "其后应有一个值",
    "expected at least one argument": "其后至少应有一个值",
    "ignored explicit argument {value}": "它不带值：{value}",
    "invalid choice: {value} (choose from {names})": "没有这一选项：{value}（可选 {names!r}）",
    "invalid choice: {value}, maybe you meant {near}? (choose from {names})": (
        "没有这一选项：{value}，是否想写{near}？（可选 {names!r}）"
    ),
    "invalid int value: {value}": "应为整数，给的是{value}",
}
"""English text to Chinese text, place for place."""
