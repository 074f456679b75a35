"""A form of dates that a mapping file names: it reads exactly what it says, or nothing.

Written out because ``strptime`` stretches: it lets ``%H``, ``%M`` and ``%S`` take one digit where the next directive
follows without a sign between them, so that 202411150930 fits ``%Y%m%d%H%M%S`` as 09:03:00.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, TypeAlias, final

import attrs

from complaint_rules.errors import did_you_mean
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY, LAST_DAY

Wall: TypeAlias = dt.datetime | dt.date
"""What a form reads: a day, a time on the wall of a zone not yet said, or a moment with its own."""

SERIAL: Final = "serial"
"""A spreadsheet's day number."""
SERIAL_1904: Final = "serial-1904"
"""The same where days are counted from 1904, as old files of a Macintosh do."""
EPOCH: Final = "epoch"
"""Seconds of Unix."""
EPOCH_MS: Final = "epoch-ms"
"""Milliseconds of Unix."""
COUNTED: Final[Mapping[str, str]] = FrozenMap(
    {
        SERIAL: "a spreadsheet's day number, day 1 being 1900-01-01",
        SERIAL_1904: "a spreadsheet's day number, day 0 being 1904-01-01",
        EPOCH: "seconds since 1970-01-01T00:00Z",
        EPOCH_MS: "milliseconds since 1970-01-01T00:00Z",
    }
)
"""Forms that are no pattern but a count, by name."""

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH: Final[Mapping[str, int]] = FrozenMap(
    {name: number for number, name in enumerate(_MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
    | {"sept": 9}
)
_MORNING: Final = ("am", "a.m.", "上午")
_AFTERNOON: Final = ("pm", "p.m.", "下午")

_DIRECTIVE: Final = re.compile(r"%(.?)|([^%]+)", re.DOTALL)
_KNOWN: Final = "%Y %y %m %b %B %d %H %I %p %M %S %f %z"
_NUMBERS: Final = "YymdHIMSf"
_WIDTH: Final[Mapping[str, tuple[int, int]]] = FrozenMap(
    {
        "Y": (4, 4),
        "y": (2, 2),
        "m": (1, 2),
        "d": (1, 2),
        "H": (1, 2),
        "I": (1, 2),
        "M": (1, 2),
        "S": (1, 2),
        "f": (1, 6),
    }
)
_WORDS: Final[Mapping[str, str]] = FrozenMap(
    {
        "b": "|".join([*(name[:3] for name in _MONTHS), "sept"]),
        "B": "|".join(_MONTHS),
        "p": "|".join(map(re.escape, (*_MORNING, *_AFTERNOON))),
        "z": r"Z|[+-][0-9]{2}:?[0-9]{2}",
    }
)
_HALF_OF_A_DAY: Final = re.compile(r"(?<![a-z%])[ap]\.?m\b|上午|下午", re.IGNORECASE)
_DAYS_BEFORE: Final = {SERIAL: dt.datetime(1899, 12, 30), SERIAL_1904: dt.datetime(1904, 1, 1)}  # noqa: DTZ001 - a wall
_UNIX: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_COUNT: Final = re.compile(r"[0-9]{5,13}(?:\.[0-9]{1,17})?")
_DIGITS: Final = {SERIAL: (5,), SERIAL_1904: (5,), EPOCH: (9, 10), EPOCH_MS: (12, 13)}
"""How many digits before the point each count has in the years known, so that no two of them can be confused."""
_MILLISECONDS: Final = 86_400_000


@final
@attrs.frozen
class Form:
    """One form of dates, ready to read."""

    text: str
    """As the mapping file writes it."""
    pattern: re.Pattern[str] | None
    """What a cell must look like from end to end; None: the form is a count (`COUNTED`)."""
    century: int | None
    """First year of the century that ``%y`` means."""
    timed: bool
    """Whether it names a time of day; a count does where the number has a fraction."""

    def read(self, cell: str) -> Wall | None:
        """Read a cell of plain characters; None where it is not of this form.

        Raises `ValueError` where it is, and there is no such day or time.

        >>> form_of("%Y%m%d%H%M").read("202411150930")
        datetime.datetime(2024, 11, 15, 9, 30)
        >>> print(form_of("%Y%m%d%H%M%S").read("202411150930"))
        None
        """
        if self.pattern is None:
            return _counted(self.text, cell)
        match = self.pattern.fullmatch(cell)
        if match is None:
            return None
        found: dict[str, str] = match.groupdict()
        month = found.get("m") or _MONTH[(found.get("b") or found["B"]).lower()]
        year = int(found["Y"]) if "Y" in found else (self.century or 0) + int(found["y"])
        day = dt.date(year, int(month), int(found["d"]))
        if not self.timed:
            return day
        time = dt.time(
            _hour(found), int(found.get("M", 0)), int(found.get("S", 0)), int(found.get("f", "0").ljust(6, "0"))
        )
        return dt.datetime.combine(day, time, _zone(found["z"]) if "z" in found else None)


def _hour(found: Mapping[str, str]) -> int:
    if "I" not in found:
        return int(found["H"])
    return hour_of_twelve(int(found["I"]), afternoon=found["p"].lower() in _AFTERNOON)


def hour_of_twelve(hour: int, *, afternoon: bool) -> int:
    """Turn an hour of a 12-hour clock into one of 24: midnight is 12 in the morning, noon 12 in the afternoon.

    Raises `ValueError` for an hour that no such clock shows.

    >>> hour_of_twelve(12, afternoon=False), hour_of_twelve(3, afternoon=True)
    (0, 15)
    """
    if not 1 <= hour <= 12:
        raise ValueError("a clock of twelve hours shows 1 to 12")
    return hour % 12 + 12 * afternoon


def _zone(text: str) -> dt.tzinfo | None:
    return dt.datetime.fromisoformat(f"2001-01-01T00:00{text.upper()}").tzinfo


def _counted(name: str, cell: str) -> Wall | None:
    if _COUNT.fullmatch(cell) is None:
        return None
    whole, _, fraction = cell.partition(".")
    if len(whole) not in _DIGITS[name]:
        return None
    if name in _DAYS_BEFORE:
        # To the millisecond, which is as far as a spreadsheet goes: 43942.9654398148 is 23:10:14.
        part = round(int(fraction or 0) * _MILLISECONDS / 10 ** len(fraction))
        moment = _DAYS_BEFORE[name] + dt.timedelta(days=int(whole), milliseconds=part)
        found: Wall = moment if int(fraction or 0) else moment.date()
    else:
        scale = 1000 if name == EPOCH_MS else 1_000_000
        found = _UNIX + dt.timedelta(microseconds=round(int(whole + fraction) * scale / 10 ** len(fraction)))
    return found if FIRST_DAY.year <= found.year <= LAST_DAY.year else None


@lru_cache(maxsize=256)
def form_of(text: str, century: int | None = None) -> Form:
    """Make a form ready to read; one that `form_fault` finds nothing wrong with.

    >>> form_of("%d %B %Y").read("26 May 2026")
    datetime.date(2026, 5, 26)
    >>> form_of("%m/%d/%Y %I:%M %p").read("03/01/2021 02:27 PM")
    datetime.datetime(2021, 3, 1, 14, 27)
    >>> form_of("serial").read("45356")
    datetime.date(2024, 3, 5)
    """
    if text in COUNTED:
        return Form(text, None, None, timed=False)
    parts = _DIRECTIVE.findall(" ".join(unicodedata.normalize("NFKC", text).split()))
    pattern = ""
    for place, (name, plain) in enumerate(parts):
        if not name:
            pattern += re.escape(plain)
        elif name == "%":
            pattern += "%"
        elif name in _WORDS:
            pattern += f"(?P<{name}>{_WORDS[name]})"
        else:
            least, most = _WIDTH[name]
            before, after = parts[place - 1] if place else ("", ""), [*parts, ("", "")][place + 1]
            # A number with no sign beside it has nothing to say where it ends; 4:5 is five past four or ten to five.
            lone = (name in "MS" and before[1].endswith(":")) or _touches(before, 0) or _touches(after, 1)
            pattern += f"(?P<{name}>[0-9]{{{most if lone else least},{most}}})"
    return Form(text, re.compile(pattern, re.IGNORECASE), century, timed=any(name in ("H", "I") for name, _ in parts))


def _touches(part: tuple[str, str], side: int) -> bool:
    """Say whether a part of a form puts a digit right beside its neighbour."""
    name, plain = part
    return name in tuple(_NUMBERS) or (plain[-1:] if side == 0 else plain[:1]).isdigit()


def form_fault(text: str, century: int | None = None) -> str:
    """Say what is wrong with a form of dates; empty where it names one day, with or without a time.

    >>> form_fault("%Y-%m-%d %H:%M"), form_fault("%m/%d")
    ('', 'a year, a month and a day are expected, once each')
    >>> form_fault("%m/%d/%Y %H:%M AM")
    'AM written out loses half a day: a clock of twelve hours is %I with %p'
    """
    if text in COUNTED:
        return ""
    found = [name for name, plain in _DIRECTIVE.findall(text) if not plain]
    unknown = [name for name in found if f"%{name}" not in (*_KNOWN.split(), "%%")]
    if unknown:
        return f"%{unknown[0]} is not understood; {_KNOWN} are"
    if not found:
        near = did_you_mean(text, COUNTED)
        return f"a form is written with {_KNOWN}, or one of {', '.join(COUNTED)}" + (f"; {near}" if near else "")
    if half := _HALF_OF_A_DAY.search("".join(plain or " " for _, plain in _DIRECTIVE.findall(text))):
        return f"{half[0]} written out loses half a day: a clock of twelve hours is %I with %p"
    if any(found.count(name) > 1 for name in found if name != "%") or [
        sum(name in one for name in found) for one in ("Yy", "mbB", "d")
    ] != [1, 1, 1]:
        return "a year, a month and a day are expected, once each"
    if "y" in found and century is None:
        return "%y leaves the century open; century = 2000 in the mapping file says it"
    return _time_fault(found)


def _time_fault(found: list[str]) -> str:
    if "H" in found and ("I" in found or "p" in found):
        return "%H counts 24 hours and %p halves of a day: write %I with %p, or %H alone"
    if ("I" in found) != ("p" in found):
        return "%I and %p belong together: without %p nobody knows which half of the day is meant"
    for finer, needs, wider in (("M", "HI", "hour"), ("S", "M", "minute"), ("f", "S", "second"), ("z", "HI", "hour")):
        if finer in found and not any(name in needs for name in found):
            return f"%{finer} needs the {wider} beside it"
    return ""
