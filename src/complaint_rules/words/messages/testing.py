"""What is said of strategies and laws for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "a strategy is expected": "此处应为取值策略",
    "pass moments(), or just(moment) of Hypothesis": "请传入 moments()，或 Hypothesis 的 just(moment)",
    "a share from 0 to 1 is expected": "应为0至1的比例",
    "what draws the cases, Hypothesis, is not installed": "取值所用的 Hypothesis 未安装",
    "pip install 'complaint-rules[testing]'": "安装附加组件：pip install 'complaint-rules[testing]'",
    "the last day lies before the first": "最后一天早于第一天",
    "asked twice, it is answered differently": "同一问题两次答案不同",
    "two equal answers compare as different": "相同的答案比较为不同",
    "the next change does not lie ahead": "下一变化时刻不在其后",
    "the answer changes before its next change": "答案在下一变化时刻之前已变",
    "the next change rings for nothing": "到了下一变化时刻答案未变",
    "a limit's end is later said otherwise": "时限结果事后说法不同",
    "a clock is later another one": "计时事后说法不同",
    "the facts of then are later said otherwise": "当时的事实事后说法不同",
    "a class is later said otherwise": "分类事后说法不同",
    "what is to come changes what is answered now": "后来之事改变了现在的答案",
    "a copy differs from what was copied": "副本与原件不同",
    "what comes back from a pickle says something else": "序列化后取回的答案不同",
    "an answer as data does not come back from JSON": "答案数据经 JSON 往返后不同",
    "a case as data does not come back from JSON": "案件数据经 JSON 往返后不同",
    "an empty pause changes something": "零时长的中止改变了结果",
    "a pause moves a limit earlier": "中止使时限提前",
    "touching pauses differ from their union": "首尾相接的中止与合并后的不同",
    "a limit has no clock, or two": "某一时限没有计时，或有两个",
    "a clock stands otherwise than its latest run": "计时的状态与其最近一次计时不同",
    "a status does not fit its moments": "状态与时刻不符",
    "two duties have one id": "两项义务编号相同",
    "a duty is overdue too soon": "义务过早判为逾期",
    "a status is none of its kind of duty": "该类义务没有这一状态",
    "two notices have one id": "两条通知编号相同",
    "a notice is sent before its moment": "通知早于应发时刻",
    "notices and violations accuse of different things": "通知与违规所指不同",
    "the id of a run is lost by time alone": "仅因时间流逝而丢失计时编号",
    "the order of recording matters": "记录次序影响结果",
    "a verdict turns where a kind of event cannot be seen": "某类事件不可见时结论反转",
    "a verdict turns where nobody knows when something happened": "事件时刻不明时结论反转",
    "what was asked beforehand differs from what is found": "事前所问与事后所查不同",
    "it is allowed, and something speaks against it": "既允许又有反对理由",
    "this names no row": "没有指明哪一行",
    "a row is written 'table/level[0]' or 'limit/whole[0]', counted from 0": (
        "行写作“table/level[0]”或“limit/whole[0]”，从0数起"
    ),
    "{rule} has {count} rows, from 0": "{rule!r} 共{count}行，从0数起",
    "the last one is {rule}[{place}]": "最后一行是 {rule!r}[{place}]",
    "it hangs on parameters that nobody supplied": "取决于尚未给出的参数",
    "load the policy with its parameters": "加载规则集时给出 parameters",
    "no case reaches it": "没有案件能到达",
    "no case reaches it with such facts": "事实如此时没有案件能到达",
    "complaint-rules check FILE --deep says what stands in its way": (
        "complaint-rules check FILE --deep 说明被什么挡住"
    ),
    "the facts of a complaint alone do not reach it": "仅凭投诉的事实到达不了",
    "no case was found that reaches it, and none was proved not to": "没有找到能到达的案件，也未证明不能到达",
    "draw it with cases(…) or situations(…)": "改用 cases(…) 或 situations(…)",
    "a row may hang on the receipt, which is drawn with it": "该行可能取决于收到时刻，二者须一并取值",
    "leave out received, or reaching": "不写 received，或不写 reaching",
}
"""English text to Chinese text, place for place."""
