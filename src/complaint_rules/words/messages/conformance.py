"""What is said of rule sets held against one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "neither rule set has this parameter": "两套规则都没有这项参数",
    "the parameters are {names}": "参数有：{names}",
    "house=base is expected": "应为 内部=上位",
    "write {option} {example}": "写作 {option} {example}",
    "at least one period is expected": "至少应有一个期限",
    "it lies before the first day ({day})": "早于首日（{day}）",
    "it lies after the last day that is published ({day})": "晚于已公布的最后一日（{day}）",
    "give an earlier day, or say which is the last": "请给较早的日期，或另行指明末日",
    "a Counting is expected": "应为计算方法（Counting）",
    "a Conformance is expected": "应为符合性结论（Conformance）",
    "conformance": "符合性结论",
    "pairs of a house limit and a base limit are expected": "应为内部时限与上位时限的成对编号",
    "{policy} has no such limit": "{policy}没有这项时限",
    "its limits are {names}": "其时限有：{names}",
    "pairs of a house event and a base event are expected": "应为内部事项与上位事项的成对代码",
    "{policy} has no such event": "{policy}没有这种事项",
    "see complaint-rules explain {policy}": "见 complaint-rules explain {policy}",
    "a mapping of the house's names to the base's is expected": "应为内部名称与上位名称的对照",
    'write {{"whole": "decide"}}': '写作 {{"whole": "decide"}}',
    'write {{"accepted_by_customer": "replied"}}': '写作 {{"accepted_by_customer": "replied"}}',
}
"""English text to Chinese text."""
