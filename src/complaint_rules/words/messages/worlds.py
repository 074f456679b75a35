"""What is said of possible worlds, of searches in them and of witnesses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "a whole number of steps from 1 is expected": "步数应为自1起的整数",
    "the steps it was given are used up": "给定的步数已用尽",
    "there are too many kinds of event to tell apart": "需区分的事项种类过多",
    "a witness": "例证",
    "an object with case and at is expected": "应为含 case 与 at 的对象",
    "an object of counts by link is expected": "应为各关联的件数",
    "these worlds were made without it": "构造这些情形时没有这一规则集",
    "they know {known}": "其中有：{known}",
    "it is about an event, and none is given": "条件针对某一事项，而没有给出事项",
    "pass one of events(…)": "传入 events(…) 给出的一个",
    "it is none of those that these worlds were made of": "构造这些情形时没有这一条件",
    "pass it as more=[…] to Worlds": "作为 more=[…] 传给 Worlds",
    "{policy} has no such rule here": "{policy} 此处没有这一规则",
    "it is called as {example}": "写法如 {example}",
    "it has {count} rows, from 0": "共{count}行，从0起",
}
