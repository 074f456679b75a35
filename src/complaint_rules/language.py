"""Chinese or English (语言): checked once; how a moment, a length of time and a code of an event are said in either."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, TypeAlias

from complaint_rules.errors import UnknownLanguage

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


LANGUAGES: Final = ("zh", "en")
"""The languages spoken."""


Pair: TypeAlias = "tuple[str, str]"
"""Chinese, English."""


def language(lang: object) -> str:
    """Check a language (语言): ``zh`` or ``en``.

    Raises `UnknownLanguage` for any other.

    >>> language("zh")
    'zh'
    >>> language("fr")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownLanguage: lang: only Chinese and English are spoken; got 'fr'; write 'zh' or 'en'
    """
    if not isinstance(lang, str) or lang not in LANGUAGES:
        raise UnknownLanguage(
            what="lang", why="only Chinese and English are spoken", value=lang, hint="write 'zh' or 'en'"
        )
    return str(lang)


def said(pair: Pair, lang: str) -> str:
    """Pick the words of a language.

    >>> said(("当日", "same day"), "en")
    'same day'
    """
    return pair[0 if lang == "zh" else 1]


_WEEKDAYS: Final = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


_END_OF_DAY: Final = dt.time(23, 59, 59, 999999)


def point(when: dt.datetime | dt.date | None, lang: str) -> str:
    """Write a day or a moment with its weekday; the last instant of a day is 24:00, an unknown moment is said so.

    The first instant after a limit in hours or minutes has run out is "just after" its due moment.

    >>> point(dt.date(2026, 10, 2), "zh"), point(dt.datetime(2026, 10, 2, 16, 5), "en"), point(None, "en")
    ('2026-10-02（周五）', '2026-10-02 (Fri) 16:05', 'an unknown moment')
    >>> (
    ...     point(dt.datetime(2026, 10, 2, 16, 5, 0, 1), "en"),
    ...     point(dt.datetime(2026, 10, 2, 16, 5, 0, 1), "zh"),
    ... )
    ('2026-10-02 (Fri) just after 16:05', '2026-10-02（周五）16:05刚过')
    """
    if when is None:
        return said(("不明时刻", "an unknown moment"), lang)
    weekday = _WEEKDAYS[lang][when.weekday()]
    day = said((f"{when:%Y-%m-%d}（周{weekday}）", f"{when:%Y-%m-%d} ({weekday})"), lang)
    if not isinstance(when, dt.datetime):
        return day
    if when.microsecond == 1:
        due = clock_time(when.time().replace(microsecond=0))
        return said((f"{day}{due}刚过", f"{day} just after {due}"), lang)
    return f"{day}{said(('', ' '), lang)}{clock_time(when.time())}"


def clock_time(time: dt.time) -> str:
    """Write a time of day, to the second only where it has any; the last instant of a day is 24:00.

    >>> clock_time(dt.time(16, 5)), clock_time(dt.time(23, 59, 59, 999999)), clock_time(dt.time(16, 5, 30))
    ('16:05', '24:00', '16:05:30')
    """
    if time == _END_OF_DAY:
        return "24:00"
    if time.microsecond:
        return f"{time:%H:%M:%S.%f}"
    return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"


def length(time: dt.timedelta, lang: str) -> str:
    """Write a length of time in days, hours, minutes and seconds; what is shorter than a second is left out.

    >>> length(dt.timedelta(days=1, hours=2, minutes=30), "zh"), length(dt.timedelta(0), "en")
    ('1天2小时30分', '0 s')
    """
    hours, rest = divmod(time.days * 86_400 + time.seconds, 3600)
    days, hours = divmod(hours, 24)
    minutes, seconds = divmod(rest, 60)
    words = ((days, ("天", " d")), (hours, ("小时", " h")), (minutes, ("分", " min")), (seconds, ("秒", " s")))
    parts = [f"{n}{said(word, lang)}" for n, word in words if n]
    return said(("", " "), lang).join(parts) or f"0{said(words[-1][1], lang)}"
