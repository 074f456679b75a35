"""Chinese or English (语言): checked once; closed lists of codes with their words; how a moment or a length is said."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from typing import Final, Literal, Self, TypeAlias, TypeVar, cast

from complaint_rules.errors import ComplaintRulesError, UnknownCode, UnknownLanguage, did_you_mean

Lang: TypeAlias = Literal["zh", "en"]
"""A language: Chinese or English."""
LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")
"""The languages spoken; the first is spoken where none is named."""
Pair: TypeAlias = tuple[str, str]
"""Chinese, English."""


def language(lang: object) -> Lang:
    """Check a language (语言), the one place that does: ``zh`` or ``en``.

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
    return cast(Lang, str(lang))


def said(pair: Pair, lang: Lang) -> str:
    """Pick the words of a language.

    >>> said(("当日", "same day"), "en")
    'same day'
    """
    return pair[LANGUAGES.index(language(lang))]


class Coded(enum.StrEnum):
    """A closed list of codes, each with its word in Chinese and in English (代码表): no member can lack them.

    A member is the text of its code, so it stands in data as it is.

    >>> class Colour(Coded):
    ...     RED = "red", "红", "red"
    >>> Colour.RED == "red", Colour("red").title("zh")
    (True, '红')
    """

    _value_: str
    zh: str
    """Its word in Chinese."""
    en: str
    """Its word in English."""

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        """Make a member of its code and its two words; raises `TypeError` where a word is missing."""
        if not zh or not en:  # they have defaults only so that ``Colour("red")`` reads as the look-up it is
            raise TypeError(f"{cls.__name__}: {code!r} needs its word in Chinese and in English")
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh, member.en = zh, en
        return member

    # enum hashes the name of a member, which breaks the rule that equal things hash alike: a member equals its text.
    __hash__ = str.__hash__

    def title(self, lang: Lang = "zh") -> str:
        """Say what the code stands for, in Chinese (``zh``) or English (``en``).

        Raises `UnknownLanguage`.
        """
        return self.zh if language(lang) == "zh" else self.en

    @classmethod
    def read(cls, value: object, *, what: str, error: type[ComplaintRulesError] = UnknownCode) -> Self:
        """Read a member, or the text of its code; anything else is refused with what was likely meant.

        >>> class Colour(Coded):
        ...     RED = "red", "红", "red"
        >>> Colour.read("rde", what="colour")
        Traceback (most recent call last):
        complaint_rules.errors.UnknownCode: colour: the code is unknown; got 'rde'; did you mean 'red'?
        """
        if isinstance(value, cls):
            return value
        try:
            return cls(cast(str, value))
        except ValueError:
            known = [member.value for member in cls]
        hint = did_you_mean(value, known) or "one of " + ", ".join(known)
        raise error(what=what, why="the code is unknown", value=value, hint=hint)


_C = TypeVar("_C", bound=Coded)


def complete(kind: type[_C], words: Mapping[_C, Pair]) -> Mapping[_C, Pair]:
    """Give the words of a closed list as they are; a list that leaves one out, or has one more, is refused.

    Called where such a table is made, so that a new code without words stops the import and not a reader.

    >>> class Colour(Coded):
    ...     RED = "red", "红", "red"
    >>> complete(Colour, {})
    Traceback (most recent call last):
    complaint_rules.errors.UnknownCode: words of Colour: some are missing; got ['red']
    """
    missing = [member.value for member in kind if member not in words]
    if missing:
        raise UnknownCode(what=f"words of {kind.__name__}", why="some are missing", value=missing)
    return words


FIELDS: Final[Mapping[str, Pair]] = {
    "kind": ("事项", "kind"),
    "by": ("经办方", "by"),
    "to": ("接收方", "to"),
    "unit": ("机构", "unit"),
    "outcome": ("结果", "outcome"),
    "reason": ("原因", "reason"),
    "ref": ("关联事项", "reference"),
    "approved_by": ("批准人", "approved by"),
    "told": ("已告知", "told"),
    "items": ("要素", "items"),
    "amount": ("金额", "amount"),
}
"""Fields of an event, as rules and conditions name them."""


# --- codes of events ---

CODES: Final[Mapping[str, str]] = {
    # reasons
    "closed": "办结期间",
    "mistaken": "原记录有误",
    "mediation": "调解",
    "appraisal": "鉴定",
    "testing": "检测",
    "valuation": "评估",
    "expert_opinion": "专家意见",
    "decision": "告知处理决定",
    "refusal": "告知不予受理",
    "review": "告知核查决定",
    "complex": "情况复杂",
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
"""Code of an event (reason, outcome, who was told, item) and its Chinese word.

A code that is not here is shown as it is; what a policy declares goes first."""


def coded(code: str, lang: Lang) -> str:
    """Say a code of an event (代码) in a language; one without a word is shown as it is.

    >>> coded("mediation", "zh"), coded("mediation", "en"), coded("own_code", "zh")
    ('调解', 'mediation', 'own_code')
    """
    return said((CODES.get(code, code), code), lang)


def worded(code: str, lang: Lang) -> str:
    """Say a code of an event in running text; in English one without a word is read as words.

    >>> worded("mediation", "zh"), worded("own_code", "en")
    ('调解', 'own code')
    """
    return coded(code, lang).replace("_", " ") if lang == "en" else coded(code, lang)


# --- moments and lengths of time ---

WEEKDAYS: Final[Mapping[Lang, Sequence[str]]] = {
    "zh": "一二三四五六日",
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
"""The days of a week from Monday on, in short."""
_END_OF_DAY: Final = dt.time(23, 59, 59, 999999)


def weekday(day: dt.date, lang: Lang) -> str:
    """Name the day of the week.

    >>> weekday(dt.date(2026, 10, 2), "zh"), weekday(dt.date(2026, 10, 2), "en")
    ('周五', 'Fri')
    """
    place = day.weekday()
    return said((f"周{WEEKDAYS['zh'][place]}", WEEKDAYS["en"][place]), lang)


def point(when: dt.datetime | dt.date | None, lang: Lang) -> str:
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
    which = weekday(when, lang)
    day = said((f"{when:%Y-%m-%d}（{which}）", f"{when:%Y-%m-%d} ({which})"), lang)
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


def length(time: dt.timedelta, lang: Lang) -> str:
    """Write a length of time in days, hours, minutes and seconds, exactly.

    >>> length(dt.timedelta(days=1, hours=2, minutes=30), "zh"), length(dt.timedelta(seconds=1.5), "en")
    ('1天2小时30分', '1.5 s')
    """
    hours, rest = divmod(time.seconds, 3600)
    minutes, whole = divmod(rest, 60)
    seconds = f"{whole}.{time.microseconds:06}".rstrip("0").rstrip(".")
    words = ((time.days, ("天", " d")), (hours, ("小时", " h")), (minutes, ("分", " min")))
    parts = [f"{n}{said(word, lang)}" for n, word in words if n]
    if seconds != "0" or not parts:
        parts.append(f"{seconds}{said(('秒', ' s'), lang)}")
    return said(("", " "), lang).join(parts)


def distance(time: dt.timedelta, lang: Lang) -> str:
    """Say how far two moments are apart as people say it, whole minutes at the finest: the sign does not matter.

    >>> distance(dt.timedelta(days=12, hours=15, minutes=3, seconds=59), "zh")
    '12天15小时3分钟'
    >>> distance(-dt.timedelta(hours=49), "en"), distance(dt.timedelta(seconds=59), "en")
    ('2 days 1 hour', 'less than a minute')
    """
    import pendulum

    lang = language(lang)
    minutes = abs(time) // dt.timedelta(minutes=1)
    if not minutes:
        return said(("不到1分钟", "less than a minute"), lang)
    between = said(("", " "), lang)
    days, minutes = divmod(minutes, 24 * 60)  # nobody counts the weeks of a time limit
    parts = [said((f"{days}天", f"{days} day{'s' * (days > 1)}"), lang)] if days else []
    if minutes:
        parts.append(pendulum.duration(minutes=minutes).in_words(locale=lang, separator=between))
    return between.join(parts)
