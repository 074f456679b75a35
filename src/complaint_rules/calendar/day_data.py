"""Which days law and notices arrange (放假安排数据): read from `days.toml`, and held against the package `holidays`."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, final

import attrs

from complaint_rules.calendar.notices import ENGLISH
from complaint_rules.errors import CalendarDiffers
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, language
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY, LAST_DAY

_SUBSTITUTED: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN: Final = 5
_HINT: Final = "install a version that this library was tried with, or pass differing='pinned' to use its own days"


@final
@attrs.frozen(kw_only=True, repr=False)
class DayData(Shown):
    """What law and notices make of days that are not ordinary: of a weekday that works, or a weekend that rests.

    >>> day_data().swapped[dt.date(2026, 10, 7)]
    datetime.date(2026, 10, 10)
    """

    statutory: Mapping[dt.date, tuple[str, ...]]
    """Statutory days by law, 2001–2099, with the names of their festivals."""
    swapped: Mapping[dt.date, dt.date | None]
    """Days off by notice, each with the day worked for it; None: nobody works for it."""
    made_up: Mapping[dt.date, dt.date]
    """Days off that make up for a statutory day on a weekend or beneath another festival, each with that day (补假)."""
    edition: str = ""
    """Which edition of `days.toml` it is; empty where it comes from elsewhere."""

    @property
    def last_year(self) -> int:
        """The last year that is arranged; from 29 December on days belong to the next."""
        return max(map(notice_year, self.swapped))

    def arranged(self) -> Mapping[dt.date, str]:
        """Say of every day what it is, in the words in which two sources are compared.

        >>> day_data().arranged()[dt.date(2026, 10, 10)]
        'worked for 2026-10-07'
        """
        found = {day: f"statutory: {', '.join(names)}" for day, names in self.statutory.items()}
        for off, work in self.swapped.items():
            found[off] = "off by notice" if work is None else f"off for {work}"
            if work is not None:
                found[work] = f"worked for {off}"
        return found | {day: f"made up for {missed}" for day, missed in self.made_up.items()}


@final
@attrs.frozen(kw_only=True, repr=False)
class DayDifference(Shown):
    """A day of which the package `holidays` says something else than this library holds.

    >>> DayDifference(day=dt.date(2025, 4, 27), held="worked for 2025-05-05", given="").explain("en")
    '2025-04-27: worked for 2025-05-05, not an ordinary day'
    """

    day: dt.date
    """The day."""
    held: str
    """What it is by `days.toml`, in the words of `DayData.arranged`; empty: nothing particular."""
    given: str
    """What the package says, likewise."""

    def explain(self, lang: Lang = "zh") -> str:
        """Say it in Chinese (``"zh"``) or English; raises `UnknownLanguage`."""
        if language(lang) == "zh":
            return f"{self.day}：本库所载为{_in_chinese(self.held)}，所装holidays包为{_in_chinese(self.given)}"
        return f"{self.day}: {_in_english(self.held)}, not {_in_english(self.given)}"


_CHINESE: Final = (
    ("statutory: ", "法定节假日"), ("off by notice", "通知放假日"), ("off for ", "换休日，补班"),
    ("worked for ", "补班日，换休"), ("made up for ", "补假，补"),
)  # fmt: skip


def _in_english(said: str) -> str:
    return said or "an ordinary day"


def _in_chinese(said: str) -> str:
    for english, chinese in _CHINESE:
        said = said.replace(english, chinese)
    return said or "寻常日"


def notice_year(day: dt.date) -> int:
    """Give the year whose notice arranges a day: notices have moved days from 29 December on.

    >>> notice_year(dt.date(2025, 12, 29)), notice_year(dt.date(2025, 12, 28))
    (2026, 2025)
    """
    return day.year + 1 if (day.month, day.day) >= (12, 29) else day.year


@functools.lru_cache(maxsize=1)
def day_data() -> DayData:
    """Read the days that this library holds, from `days.toml`.

    >>> day_data().last_year
    2026
    """
    import tomllib
    from importlib import resources

    with resources.files("complaint_rules.calendar").joinpath("days.toml").open("rb") as file:
        data = tomllib.load(file)
    years: list[Mapping[str, Any]] = data["year"]
    return DayData(
        statutory=FrozenMap(
            {
                dt.date.fromisoformat(day): tuple(names.split("、"))
                for year in years
                for day, names in year["statutory"].items()
            }
        ),
        swapped=FrozenMap(
            {**_by_day(years, "swapped"), **{day: None for year in years for day in year.get("alone", ())}}
        ),
        made_up=_by_day(years, "made_up"),
        edition=data["edition"],
    )


def _by_day(years: Iterable[Mapping[str, Any]], key: str) -> FrozenMap[dt.date, dt.date]:
    return FrozenMap({dt.date.fromisoformat(day): other for year in years for day, other in year.get(key, {}).items()})


# --- the package ---


def package_days(package: Any = None) -> DayData:
    """Read the days that the package `holidays` gives; another module in its place may be passed.

    How the days are told apart. The package is asked twice in Chinese. Without observance it gives the statutory days
    by law under their eight names; what it adds with observance is a statutory day made up (补假), and stands for the
    festival day of the same name that fell on a weekend or beneath another festival. A name that holds a date is a day
    off exchanged for work on that date. Any other day on Monday to Friday is off by the notice alone: no law makes it
    statutory and nobody works for it.

    Raises whatever a package does that has changed its form: `differences` says so in words.

    >>> package_days().swapped == day_data().swapped
    True
    """
    if package is None:
        import holidays as package
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    by_law = dict(package.country_holidays("CN", years=years, language="zh_CN", observed=False).items())
    observed = dict(package.country_holidays("CN", years=years, language="zh_CN").items())
    statutory: dict[dt.date, tuple[str, ...]] = {}
    swapped: dict[dt.date, dt.date | None] = {}
    for day, label in sorted(by_law.items()):
        names = tuple(name for name in label.split("; ") if name in ENGLISH)
        if names:
            statutory[day] = names
        elif found := _SUBSTITUTED.search(label):
            swapped[day] = dt.date.fromisoformat(found.group())
        elif day.weekday() < 5:
            swapped[day] = None
    owed: dict[str, list[dt.date]] = {}
    for day, names in statutory.items():
        for name in names:
            if day.weekday() >= 5 or len(names) > 1:
                owed.setdefault(f"{day.year}{name}", []).append(day)
    for days in owed.values():
        days.sort(key=lambda day: (day.weekday() < 5, day))
    made_up: dict[dt.date, dt.date] = {}
    for day in sorted(observed.keys() - by_law.keys()):
        waiting = owed.get(f"{day.year}{observed[day].partition('（')[0]}", [])
        if waiting:
            made_up[day] = waiting.pop(0)
        else:
            swapped[day] = None
    return DayData(statutory=statutory, swapped=swapped, made_up=made_up)


def differences(held: DayData, given: DayData) -> tuple[DayDifference, ...]:
    """Give the days of which two sources say something else, in order.

    What is statutory by law is compared up to 2099, what notices arrange up to the last year that is held: a package
    that knows a later notice differs in nothing.

    >>> differences(day_data(), package_days())
    ()
    """
    mine, theirs = held.arranged(), given.arranged()
    found = []
    for day in sorted(mine.keys() | theirs.keys()):
        one, other = mine.get(day, ""), theirs.get(day, "")
        if notice_year(day) > held.last_year:  # whatever else it is then is by a notice that this library does not know
            same = held.statutory.get(day) == given.statutory.get(day)
        else:
            same = one == other
        if not same:
            found.append(DayDifference(day=day, held=one, given=other))
    return tuple(found)


@functools.lru_cache(maxsize=1)
def package_differences() -> tuple[DayDifference, ...]:
    """Give the days of which the installed package `holidays` says something else than `days.toml`; read once.

    Raises `CalendarDiffers` where it cannot be read as this library reads it.

    >>> package_differences()
    ()
    """
    return compared_with(package_days)


def compared_with(read: Callable[[], DayData]) -> tuple[DayDifference, ...]:
    """Compare what a package gives with `days.toml`; raises `CalendarDiffers` where it has another form.

    >>> compared_with(day_data)
    ()
    >>> compared_with(lambda: {}["CN"])
    Traceback (most recent call last):
    complaint_rules.errors.CalendarDiffers: the package holidays: its days cannot be read; got 'KeyError'; ...
    """
    try:
        given = read()
    except Exception as error:  # whatever a changed package does, its days are not used
        raise CalendarDiffers(
            what="the package holidays", why="its days cannot be read", value=type(error).__name__, hint=_HINT
        ) from error
    held = day_data()
    if not given.statutory or not any(given.swapped.values()):
        raise CalendarDiffers(
            what="the package holidays", why="its texts have another form than this library reads", hint=_HINT
        )
    return differences(held, given)


def refused(found: Sequence[DayDifference]) -> CalendarDiffers:
    """Make the error that refuses to count where the package says something else, naming the first days.

    >>> refused([DayDifference(day=dt.date(2025, 4, 27), held="worked for 2025-05-05", given="")]).value
    '2025-04-27'
    """
    days = [str(one.day) for one in found[:_SHOWN]]
    return CalendarDiffers(
        what="the package holidays", why="it says something else of some days than was published",
        value=", ".join(days) + (f" and {len(found) - len(days)} more" if len(found) > len(days) else ""), hint=_HINT,
    )  # fmt: skip
