"""Outcomes of rules in words (规则结果的文字): Chinese for what `outcomes` names in English."""

from __future__ import annotations

import re
from typing import Final

from complaint_rules.language import Lang, language

_SAID: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(english), chinese)
    for english, chinese in (
        (r"table/\S+ row (\S+) decides", r"第\1行作出认定"),
        (r"table/\S+ row (\S+) does not decide", r"第\1行未作出认定"),
        (r"limit/\S+ kept", "按时完成"),
        (r"limit/\S+ late", "逾期"),
        (r"limit/\S+ not applicable", "不适用"),
        (r"limit/\S+ row (\S+) binds", r"第\1行确定期限"),
        (r"limit/\S+ row (\S+) warns", r"第\1行发出临期提醒"),
        (r"limit/\S+ agreement binds", "以约定时间为准"),
        (r"limit/\S+ pause (\S+) takes effect", r"第\1项中止生效"),
        (r"limit/\S+ pause (\S+) has no effect", r"第\1项中止不生效"),
        (r"limit/\S+ restart takes effect", "重新计算"),
        (r"limit/\S+ restart has no effect", "未重新计算"),
        (r"limit/\S+ extension (\S+) takes effect", r"延期 \1 生效"),
        (r"limit/\S+ extension (\S+) has no effect", r"延期 \1 不生效"),
        (r"limit/\S+ void_on (\S+) takes effect", r"第\1项失效事由成立"),
        (r"limit/\S+ void_on (\S+) has no effect", r"第\1项失效事由不成立"),
        (r"duty/\S+ kept", "已按时履行"),
        (r"duty/\S+ not kept", "未按时履行"),
        (r"duty/\S+ due", "待履行"),
        (r"duty/\S+ not triggered", "未触发"),
        (r"duty/\S+ breached", "已违反"),
        (r"duty/\S+ not breached", "未违反"),
        (r"duty/\S+ used", "已行使"),
        (r"duty/\S+ not used", "未行使"),
        (r"checklist/\S+ complete", "要素齐全"),
        (r"checklist/\S+ incomplete", "要素不全"),
    )
)


def way_in_words(outcome: str, lang: Lang = "zh") -> str:
    """Say which way a rule went, without the rule, in Chinese (``zh``) or English (``en``); what is none stays.

    >>> way_in_words("limit/whole row 2 binds"), way_in_words("limit/whole row 2 binds", "en")
    ('第2行确定期限', 'row 2 binds')
    """
    if language(lang) == "zh":
        for pattern, chinese in _SAID:
            if match := pattern.fullmatch(outcome):
                return match.expand(chinese)
    return outcome.partition(" ")[2]
