"""What is said of kits for other implementations, of the answers held against them, and of schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    # kits
    "the kit": "对照套件",
    "case {id} of the kit": "套件的案件{id}",
    "the folder of the kit is missing": "未写套件的文件夹",
    "add --out kit": "加上 --out kit",
    "no case is left for it": "没有可收入的案件",
    "add --cases FILE.golden.jsonl": "加上 --cases 文件.golden.jsonl",
    "figures are supplied for one rule set": "参数只能补给一套规则",
    "make a kit of each, or write them in the cases": "分别打包，或写在案件中",
    "there is another case with this id": "另有同编号的案件",
    "a list of cases for the kit is expected": "应为收入套件的案件列表",
    "the cases of a kit are golden cases": "收入套件的应为对照案件",
    "pass GoldenCase values, as read_golden_lines gives them": "请用 read_golden_lines 读出的 GoldenCase",
    "a list of rule sets is expected": "应为规则集的列表",
    "the rule set is given twice": "规则集写了两次",
    "at least one rule set is expected": "至少应有一套规则",
    "it does not come out as it says": "运行结果与所写不符",
    "it comes out otherwise": "运行结果不同",
    "the kit has no such rule set": "套件没有这套规则",
    # its folder
    "it cannot be written: {reason}": "无法写入：{reason}",
    "this is a file, and no folder": "这是文件，不是文件夹",
    "name a new folder": "写明新的文件夹",
    "name the folder of the kit": "写明套件的文件夹",
    "the folder holds other things, and is no kit": "文件夹里有别的东西，且不是套件",
    "there is no kit in this folder": "这个文件夹里没有套件",
    "make one with complaint-rules kit": "用 complaint-rules kit 打包",
    "this is no list of a kit": "这不是套件的清单",
    "the list of the kit does not name it": "套件的清单没有列出它",
    "it was changed since the kit was made": "打包之后被改动过",
    "make it anew": "请重新打包",
    "line {line} is no case": "第{line}行不是案件",
    # answers
    "kit check": "核对答案",
    "a kit and a file of answers are expected": "应写套件与答案文件",
    "complaint-rules kit check DIR ANSWERS.jsonl": "complaint-rules kit check 文件夹 答案.jsonl",
    "a stream of lines, or a list of answers, is expected": "应为逐行的流，或答案的列表",
    "open the file as bytes": "以字节方式打开文件",
    "at most {most} answers are read": "最多读取{most}个答案",
    "JSON is UTF-8": "JSON 应为 UTF-8",
    "an answer is a JSON object": "答案应为 JSON 对象",
    "the id of the case that is answered": "所答案件的编号",
    "an answer has {keys}": "答案可有 {keys}",
    'write {{"refused": "received"}}, or leave the key out': '写 {{"refused": "received"}}，或不写这个键',
    "a refusal names what is refused": "退回应写明退回之处",
    "a refusal stands alone, and here beside results": "退回应单独写，这里旁边另有结果",
    "a list of names is expected": "应为名称的列表",
    "violations are a list": "违规应为列表",
    'as ["late limit/whole"]': '如 ["late limit/whole"]',
    "an object is expected, with the results by their names": "应为对象，按名称列出结果",
    "the kit has no such case": "套件没有这件案件",
    "the case was answered on line {line} already": "这件案件在第{line}行已经答过",
    # schemas
    "there is no schema of this name": "没有这个名称的格式",
    "it is the same under every rule set": "各规则集的这一格式相同",
    "leave the policy out": "不写规则集",
}
"""English text to Chinese text, place for place."""
