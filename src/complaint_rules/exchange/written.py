"""A day or a moment as people and registers write it, in one of the usual forms: read in one way, or refused."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Final

from complaint_rules.errors import ComplaintRulesError, UnreadableInput
from complaint_rules.exchange.forms import hour_of_twelve
from complaint_rules.moments import BEIJING, why_impossible

USUAL: Final = "2026-09-30, 2026/9/30 16:05, 2026年9月30日 下午4:05, 2026.9.30, 20260930"
"""Forms that are read without being told, by example."""
_ZONED: Final = re.compile(r"(.*(?:[0-9]|[ap]\.?m\.?))\s*(Z|[+-][0-9]{2}:?[0-9]{2})", re.IGNORECASE)
_DIGITS: Final = re.compile(r"[0-9]+")
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{3}|\.[0-9]{6})?)?")
_LONE_DIGIT: Final = re.compile(r":[0-9](?![0-9])")
_FRACTION: Final = re.compile(r"(?<=:[0-9]{2}\.)[0-9]{1,6}$")
_DATES: Final = {
    "9-9-9": "YYYY-M-D", "9/9/9": "YYYY/M/D", "9.9.9": "YYYY.M.D", "9年9月9日": "YYYY年M月D日", "9年9月9": "YYYY年M月D",
}  # fmt: skip
_TIMES: Final = {
    "9:9": "H:mm", "9:9:9": "H:mm:ss", "9:9:9.9": "H:mm:ss.SSSSSS",
    "9时": "H时", "9时9分": "H时m分", "9时9分9秒": "H时m分s秒",
}  # fmt: skip
_HALF: Final = re.compile(
    r"(?P<day>.*[0-9日号])\s?(?:(?P<zh>上午|下午)\s?(?P<of>[0-9].*)|\s(?P<clock>[0-9:.]+)\s?(?P<en>[ap]\.?m\.?))",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2}))?|时(?:([0-9]{1,2})分(?:([0-9]{1,2})秒)?)?)")
_BARE_CLOCK: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})?")
_LAYOUTS: Final = {
    **_DATES,
    **{
        date + by + time: form + by + _TIMES[time]
        for date, form in _DATES.items()
        for by in (" ", "T", "")
        for time in _TIMES
    },
}
"""Forms of pendulum, by what a text looks like once each of its numbers is written as 9."""
_COMPACT: Final = {8: "YYYYMMDD", 12: "YYYYMMDDHHmm", 14: "YYYYMMDDHHmmss"}


def written(
    text: str,
    *,
    what: str,
    zone: dt.tzinfo = BEIJING,
    error: type[ComplaintRulesError] = UnreadableInput,
    hint: str = f"usual forms are {USUAL}",
) -> dt.datetime | dt.date:
    """Read a day, or a moment with its zone, Beijing time where none is written and `zone` names no other.

    The year comes first and is whole; anything that could be read in two ways is refused, and so is a day that does
    not exist. Full-width digits and signs are read as plain ones.

    Raises `UnreadableInput`, or the `error` given.

    >>> written("2026年9月28日 15时5分", what="received").isoformat()
    '2026-09-28T15:05:00+08:00'
    >>> written("2026/9/30", what="received")
    datetime.date(2026, 9, 30)
    >>> written("30/09/2026", what="received")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: received: this is no date that can be read in one way; got '30/09/2026'; ...
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    zoned = _ZONED.fullmatch(plain)
    told, offset = (plain, None) if zoned is None or ":" not in zoned[1] else (zoned[1], zoned[2])
    half = _HALF.fullmatch(told)
    if half is not None:
        told = f"{half['day']} {half['of'] or half['clock']}"
    form = _form_of(told)
    if form is None or ((offset or half) is not None and "H" not in form):
        why = "this is no date that can be read in one way"
        raise error(what=what, why=why, value=text, hint=hint)
    try:
        moment = dt.datetime.fromisoformat(told) if _ISO.fullmatch(told) else _read(told, form)
        if "H" not in form:
            return moment.date()
        if half is not None:
            afternoon = (half["zh"] or half["en"])[0] in "下pP"
            moment = moment.replace(hour=hour_of_twelve(moment.hour, afternoon=afternoon))
        return moment.replace(tzinfo=zone if offset is None else _zone_of(offset))
    except ValueError as reason:
        raise error(what=what, why=why_impossible(reason), value=text) from None


def clock_of(text: str) -> dt.time | None:
    """Read a time of day that stands alone, as in a column of its own; None where it is none that is usual.

    Raises `ValueError` where there is no such time.

    >>> clock_of("下午3:05"), clock_of("3:05 PM"), clock_of("0905"), clock_of("9:5")
    (datetime.time(15, 5), datetime.time(15, 5), datetime.time(9, 5), None)
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    half = _HALF.fullmatch(f"0 {plain}")
    found = _CLOCK.fullmatch((half["of"] or half["clock"]) if half else plain) or _BARE_CLOCK.fullmatch(plain)
    if found is None:
        return None
    hour, minute, second = [*(int(part) for part in found.groups() if part), 0, 0][:3]
    if half is not None:
        hour = hour_of_twelve(hour, afternoon=(half["zh"] or half["en"])[0] in "下pP")
    return dt.time(hour, minute, second)


def _form_of(text: str) -> str | None:
    numbers = _DIGITS.findall(text)
    if not numbers:
        return None
    if text == numbers[0]:
        return _COMPACT.get(len(text))
    if len(numbers[0]) != len("2026") or any(len(number) > len("30") for number in numbers[1:6]):
        return None
    if _LONE_DIGIT.search(text):
        return None  # 4:5 is five past four, or ten to five
    return _LAYOUTS.get(_DIGITS.sub("9", text))


def _zone_of(offset: str) -> dt.tzinfo | None:
    return dt.datetime.fromisoformat(f"2001-01-01T00:00{offset.upper()}").tzinfo


@lru_cache(maxsize=4096)
def _read(text: str, form: str) -> dt.datetime:
    import pendulum

    # The fraction of a second has its own number of digits, and pendulum wants to be told which.
    digits = _FRACTION.search(text)
    if digits is not None:
        form = form.replace("SSSSSS", "S" * len(digits[0]))
    read = pendulum.from_format(text, form, tz="UTC", locale="zh")
    return dt.datetime(read.year, read.month, read.day, read.hour, read.minute, read.second, read.microsecond)  # noqa: DTZ001 - the zone follows
