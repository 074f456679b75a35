"""Chinese words for the codes that events carry: reasons, outcomes, who was told, items; English shows the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CODES: Final[Mapping[str, str]] = {
    # reasons
    "closed": "办结期间",
    "mediation": "调解",
    "appraisal": "鉴定",
    "testing": "检测",
    "valuation": "评估",
    "expert_opinion": "专家意见",
    "decision": "告知处理决定",
    "refusal": "告知不予受理",
    "lawful": "依法提供",
    "unjustified": "无正当理由",
    "not_from_complainant": "非投诉人本人提出",
    "representatives": "推选代表",
    "designated_place": "指定场所",
    "special": "特殊情况",
    "customer_situation": "客户情况",
    "urgency": "情况紧急",
    "follow_up": "约定跟进",
    "delay": "延误",
    "compensation": "赔付",
    "visit": "上门",
    "incomplete_reply": "答复不完整",
    # outcomes
    "reached": "已联系上",
    "unreached": "未联系上",
    "settled": "已解决",
    "unsettled": "未解决",
    "partly": "部分解决",
    "differs": "说法不一",
    "failed": "未成功",
    "paper": "纸质",
    "electronic": "电子",
    # who was told
    "complainant": "投诉人",
    "submitter": "提出人",
    "skipped_units": "被越过的单位",
    "reasons": "理由",
    "appeal_route": "申诉途径",
    # items
    "new_facts": "新事实",
    "new_reasons": "新理由",
    "evidence": "证据",
    "complainant_information": "投诉人信息",
    "held_or_obtainable": "已掌握或可查得的材料",
    "beyond_list": "规定之外的材料",
    "pages_numbered": "已编页码",
    "bound": "已装订",
    "file_number": "编号",
    "contents_list": "卷内目录",
    "named_by_ticket": "以工单号命名",
    "corrections": "改进措施",
    "criticism": "通报批评",
    "leaders": "追究领导责任",
    "video": "录像",
    "suspension": "待岗培训",
    "lapse": "失效",
    "other_bank_atm": "他行自动柜员机",
}
"""Code and its Chinese word. A code that is not here is shown as it is; what a policy declares goes first."""


def coded(code: str, lang: str) -> str:
    """Say a code of an event (代码) in a language; one without a word is shown as it is.

    >>> coded("mediation", "zh"), coded("mediation", "en"), coded("own_code", "zh")
    ('调解', 'mediation', 'own_code')
    """
    return CODES.get(code, code) if lang == "zh" else code
