"""What periods are counted in, which readings have a name, and the words for them in Chinese and English."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from complaint_rules.errors import InvalidPeriod, closest, did_you_mean
from complaint_rules.language import Coded, Lang, length

Ends: TypeAlias = Literal["24:00", "close"] | dt.time
"""When a last day ends: at 24:00, at the close of business (停止业务活动的时间) of the calendar, or at an hour."""
CutOff: TypeAlias = Literal["close"] | dt.time
"""After when in a working day an arrival is deemed one of the next: the close of business, or a time."""
CLOSE: Final = "close"
"""The close of business, as a time of day that the calendar's hours give."""


class Unit(Coded):
    """What a period is counted in (期限单位); the value is the word used in data.

    >>> Unit("working_days").name
    'WORKING_DAYS'
    """

    MINUTES = "minutes", "分钟", "minutes"
    HOURS = "hours", "小时", "hours"
    DAYS = "days", "日", "days"
    WEEKS = "weeks", "周", "weeks"
    MONTHS = "months", "个月", "months"
    YEARS = "years", "年", "years"
    WORKING_DAYS = "working_days", "个工作日", "working days"
    WORKING_HOURS = "working_hours", "个工作小时", "working hours"
    WORKING_MINUTES = "working_minutes", "个工作分钟", "working minutes"
    SAME_DAY = "same_day", "当日", "same day"
    AT_ONCE = "at_once", "立即", "at once"


class Roll(Coded):
    """Where a last day that does not work moves (期限顺延); Civil Code art. 203 knows the first only.

    It concerns days, weeks, months and years; other units have no last day to move.

    >>> Roll("next_working_day").name
    'NEXT_WORKING_DAY'
    """

    NEXT_WORKING_DAY = (
        "next_working_day",
        "末日逢休息日移至下一工作日",
        "a last day that does not work moves to the next working day",
    )
    PREVIOUS_WORKING_DAY = (
        "previous_working_day",
        "末日逢休息日提前至上一工作日",
        "a last day that does not work moves to the working day before",
    )


class Receipt(Coded):
    """How a receipt on a rest day is read: deemed received (视为收到) at 00:00 of the next working day.

    Without it the receipt counts on its own day, so that day 1 of working days is the next working day.

    >>> Receipt("next_working_day").name
    'NEXT_WORKING_DAY'
    """

    NEXT_WORKING_DAY = (
        "next_working_day",
        "休息日收到的视为下一工作日收到",
        "an arrival on a rest day is deemed one of the next working day",
    )


_MARKS: Final = ("<super>", "<sub>", "<circle>")
NATURAL_DAY_UNITS: Final = frozenset({Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS})
"""Units counted in calendar days (自然日): the only ones a roll concerns."""
DAY_UNITS: Final = NATURAL_DAY_UNITS | {Unit.WORKING_DAYS, Unit.SAME_DAY}
"""Units that end with a day, not at a moment of it."""
MEASURED: Final[Mapping[str, Unit]] = {
    unit.value.replace("_", " "): unit
    for unit in (
        Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.WORKING_MINUTES,
    )
}  # fmt: skip
"""The units in which it can be said how long something took, by their words."""
WORKING_TIME: Final = frozenset({Unit.WORKING_HOURS, Unit.WORKING_MINUTES})
"""Units counted inside the calendar's hours (工作时间)."""
NO_FIGURE: Final = frozenset({Unit.SAME_DAY, Unit.AT_ONCE})
"""Units that take no number."""
STEP: Final = {
    Unit.MINUTES: dt.timedelta(minutes=1),
    Unit.HOURS: dt.timedelta(hours=1),
    Unit.WORKING_MINUTES: dt.timedelta(minutes=1),
    Unit.WORKING_HOURS: dt.timedelta(hours=1),
}
"""One of each unit of time."""
# Five days a week is the most that works over a hundred years.
MOST: Final = {
    Unit.MINUTES: 36_525 * 1_440,
    Unit.HOURS: 36_525 * 24,
    Unit.DAYS: 36_525,
    Unit.WEEKS: 5_217,
    Unit.MONTHS: 1_200,
    Unit.YEARS: 100,
    Unit.WORKING_DAYS: 26_100,
    Unit.WORKING_HOURS: 26_100 * 24,
    Unit.WORKING_MINUTES: 26_100 * 1_440,
}
"""A hundred years of each unit: more is a slip of the pen."""

_BY_ENGLISH: Final = {
    **{unit.value.replace("_", " "): unit for unit in MOST},
    **{unit.value.replace("_", " ")[:-1]: unit for unit in MOST},
    "min": Unit.MINUTES,
}
_BY_CHINESE: Final = {
    **{unit.zh.removeprefix("个"): unit for unit in Unit if unit not in NO_FIGURE and unit.zh != "个月"},
    "天": Unit.DAYS,
    "自然日": Unit.DAYS,
    "日历日": Unit.DAYS,
    "星期": Unit.WEEKS,
    "礼拜": Unit.WEEKS,
}
# These take the counter 个 or, save the month, leave it out; a bare 月 after a figure is the name of a month.
_BY_COUNTED: Final = {
    f"个{word}": _BY_CHINESE[word] for word in _BY_CHINESE if word not in {"分钟", "日", "周", "年", "天"}
}
_NAMES: Final = {**_BY_ENGLISH, **_BY_CHINESE, **_BY_COUNTED, "个月": Unit.MONTHS}
_WITHOUT_FIGURE: Final = {
    "same day": Unit.SAME_DAY,
    "当日": Unit.SAME_DAY,
    "当天": Unit.SAME_DAY,
    "at once": Unit.AT_ONCE,
    "立即": Unit.AT_ONCE,
    "及时": Unit.AT_ONCE,
    "随时": Unit.AT_ONCE,
}
# Fractions and units that come to whole ones whichever way they are read: half a year is six months, no less.
_MONTHS_OF: Final = {"个季度": 3, "quarter": 3, "quarters": 3}
_WHOLE: Final = {
    "半年": (6, Unit.MONTHS),
    "half a year": (6, Unit.MONTHS),
    "半小时": (30, Unit.MINUTES),
    "半个小时": (30, Unit.MINUTES),
    "half an hour": (30, Unit.MINUTES),
}
_YEAR_AND_A_HALF: Final = "年半"
_WITHIN: Final = re.compile(r"\s*[以之]?内")
# What texts write and has two readings, or none here: why, and what to write instead.
_NEXT: Final = ("which day is meant is open: the next one, or the next that works", "write '1日' or '1个工作日'")
_HALF_MONTH: Final = ("how many days half a month has is open", "write '15日', '45日' or '6周'")
_HALF_DAY: Final = ("half a day is no unit: how many hours it has is open", "write '4个工作小时' or '12小时'")
_TRADING: Final = (
    "trading days are not counted here: exchanges rest on make-up days",
    "write '5个工作日' and give a calendar with make_up_days = false",
)
_SECONDS: Final = ("seconds are not counted", "write '1分钟'")
_OPEN: Final = {
    **dict.fromkeys(("次日", "翌日", "隔日", "第二天", "第二日", "次一日", "t+1", "next day", "the next day"), _NEXT),
    **dict.fromkeys(("次一工作日", "次工作日", "下一工作日", "下一个工作日", "next working day"), (
        "the day is named, not the length", "write '1个工作日': it ends with the next working day",
    )),
    "一季度": ("it names the first quarter of a year", "write '一个季度' or '3个月'"),
}  # fmt: skip
_OPEN_UNITS: Final = {
    **dict.fromkeys(("个半月", "个月半"), _HALF_MONTH),
    **dict.fromkeys(("个半工作日", "个半小时", "天半", "日半"), ("only whole numbers count", "use a smaller unit")),
    **dict.fromkeys(("个交易日", "交易日", "trading day", "trading days"), _TRADING),
    **dict.fromkeys(("秒", "秒钟", "second", "seconds", "sec", "s"), _SECONDS),
}  # fmt: skip
_HALVES: Final = {
    **dict.fromkeys(("个月", "月"), _HALF_MONTH),
    **dict.fromkeys(("天", "日", "个工作日", "工作日"), _HALF_DAY),
}
_RANGE: Final = re.compile(
    r"[0-9零〇一二两三四五六七八九十百]+\s*(?:-|–|—|~|～|至|到|to)\s*[0-9零〇一二两三四五六七八九十百]+.*"
)
# What people write and we do not count in; the hint names what they probably mean.
_FOREIGN: Final = {
    **dict.fromkeys(("business day", "business days", "workday", "workdays", "work day", "work days"), "working days"),
    **dict.fromkeys(("calendar day", "calendar days", "natural day", "natural days", "d"), "days"),
    **dict.fromkeys(("business hour", "business hours", "working hrs"), "working hours"),
    **dict.fromkeys(("h", "hr", "hrs"), "hours"),
    **dict.fromkeys(("mins",), "minutes"),
    **dict.fromkeys(("m", "月"), "months"),
}
_LONGEST: Final = 40
FORMS: Final = "write '5 working days', '15 days', '3 months', '48 hours', 'same day' or 'at once'"
_FIGURE: Final = re.compile(r"([+-]?[0-9]+(?:[.,/][0-9]+)?|半|[零〇一二两三四五六七八九十百]+)\s*(.*)")
_CHINESE_NUMBER: Final = re.compile(
    r"(?:([一二两三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二两三四五六七八九])?"
)
_DIGITS: Final = {character: n for n, character in enumerate("零一二三四五六七八九")} | {"两": 2}


def spoken(n: int, unit: Unit, lang: Lang) -> str:
    """Say a number of units in Chinese (``"zh"``) or English (``"en"``).

    >>> spoken(1, Unit.WORKING_DAYS, "en"), spoken(3, Unit.MONTHS, "zh")
    ('1 working day', '3个月')
    """
    words = unit.title(lang)
    if unit in NO_FIGURE:
        return words
    return f"{n}{words}" if lang == "zh" else f"{n} {words[:-1] if n == 1 else words}"


def left_over(remaining: int | dt.timedelta, unit: Unit, lang: Lang) -> str:
    """Write what is left of a limit, in days of its own kind or as a length of time.

    >>> left_over(3, Unit.WORKING_DAYS, "zh"), left_over(3, Unit.MONTHS, "en")
    ('3个工作日', '3 days')
    """
    if isinstance(remaining, dt.timedelta):
        return length(remaining, lang)
    return spoken(remaining, unit if unit is Unit.WORKING_DAYS else Unit.DAYS, lang)


def read(text: object) -> tuple[int, Unit]:
    """Read a figure and a unit from a text, in English or Chinese; whether the figure is sensible is not judged here.

    As texts write them: 内 behind a period changes nothing, a quarter is three months, half a year six. What has two
    readings is refused with both, as 次日 or 半个月.

    >>> read("三个月"), read("3个工作日内")
    ((3, <Unit.MONTHS: 'months'>), (3, <Unit.WORKING_DAYS: 'working_days'>))
    >>> read("半年"), read("一个季度")
    ((6, <Unit.MONTHS: 'months'>), (3, <Unit.MONTHS: 'months'>))
    """
    if not isinstance(text, str):
        raise InvalidPeriod(what="a period", why="a text is expected", value=text, hint=FORMS)
    if len(text) > _LONGEST:
        raise InvalidPeriod(what="a period", why="the text is too long for one", value=text, hint=FORMS)
    if any(unicodedata.decomposition(sign).startswith(_MARKS) for sign in text):
        # Normalised, 15² would be 152: the small figure is somebody's footnote.
        raise InvalidPeriod(what="a period", why="it holds a raised, lowered or circled figure", value=text, hint=FORMS)
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().replace("_", " ").split())
    within = _WITHIN.search(plain)
    if within is not None and within.end() == len(plain):  # 内 is a habit of texts, no other period
        plain = plain[: within.start()]
    if plain in _WITHOUT_FIGURE:
        return 0, _WITHOUT_FIGURE[plain]
    if plain in _WHOLE:
        return _WHOLE[plain]
    if plain in _OPEN:
        raise _refused(text, *_OPEN[plain])
    if _RANGE.fullmatch(plain):
        raise _refused(text, "it is a range, and a limit has one end", "write the longer of the two, as '5个工作日'")
    match = _FIGURE.fullmatch(plain)
    if match is None:
        hint = did_you_mean(plain, _WITHOUT_FIGURE) or FORMS
        raise InvalidPeriod(what="a period", why="no figure and unit to be read", value=text, hint=hint)
    figure, name = match.groups()
    if not name:
        hint = f"write '{figure} days' or '{figure} working days'"
        raise InvalidPeriod(what="a period", why="it has no unit", value=text, hint=hint)
    half = figure == "半"
    if half and name in _HALVES:
        raise _refused(text, *_HALVES[name])
    if name in _OPEN_UNITS:
        raise _refused(text, *_OPEN_UNITS[name])
    many = _MONTHS_OF.get(name, 12 if name == _YEAR_AND_A_HALF else 0)
    unit = Unit.MONTHS if many else _NAMES.get(name)
    if unit is None:
        near = _FOREIGN.get(name) or closest(name, _BY_ENGLISH)
        hint = f"did you mean '{figure} {near}'?" if near else FORMS
        raise InvalidPeriod(what="a period", why=f"no such unit: {name!r}", value=text, hint=hint)
    if half or any(mark in figure for mark in ".,/"):
        raise _refused(text, "only whole numbers count", "use a smaller unit")
    n = int(figure) if figure.isascii() else _chinese_number(figure, text)
    return n * (many or 1) + (6 if name == _YEAR_AND_A_HALF else 0), unit


def _refused(text: str, why: str, hint: str) -> InvalidPeriod:
    return InvalidPeriod(what="a period", why=why, value=text, hint=hint)


def _chinese_number(figure: str, text: str) -> int:
    """Read 二十一 or 一百二十; digits without their ten or hundred (一二) are refused, not guessed."""
    match = _CHINESE_NUMBER.fullmatch(figure)
    if match is None:
        raise InvalidPeriod(what="a period", why="the Chinese number cannot be read", value=text, hint="write '21日'")
    hundreds, tens, ten, ones = match.groups(default="")
    ten_fold = 10 * _DIGITS[tens or "一"] if ten else 0
    return 100 * _DIGITS[hundreds or "零"] + ten_fold + _DIGITS[ones or "零"]


def time_of_day(value: object) -> dt.time:
    """Read a time of day as rule files give it, ``"08:30"``; a plain `datetime.time` passes.

    >>> time_of_day("08:30")
    datetime.time(8, 30)
    """
    if type(value) is dt.time and value.tzinfo is None:
        return value
    if not isinstance(value, str) or re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", value) is None:
        raise InvalidPeriod(
            what="a time of day", why="hours and minutes are expected", value=value, hint="write '08:30'"
        )
    return dt.time(int(value[:2]), int(value[3:]))
