"""What the State Council published: kinds of day, the notices year by year, and the check of a notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Final, final

import attrs

from complaint_rules.errors import InvalidNotice, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, language
from complaint_rules.moments import FIRST_DAY, LAST_DAY

ENGLISH: Final[Mapping[str, str]] = {
    "元旦": "New Year's Day",
    "农历除夕": "Lunar New Year's Eve",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
"""The statutory festivals of the Measures on public holidays, which are also the names the package `holidays` uses."""

_DAY: Final = dt.timedelta(days=1)

_OWN_KEYS: Final = (
    "address",
    "days_off",
    "exceptions",
    "issued",
    "make_up_days",
    "number",
    "published",
    "statutory",
    "year",
)
_CN_KEYS: Final = ("$id", "$schema", "days", "exceptions", "issued", "number", "papers", "published", "year")


@final
class DayKind(Coded):
    """The five kinds of day (日期类型).

    The word 调休 is avoided: it means the day off to one reader and the day worked for it to another
    (liriansu-opus/chinese-calendar#31, vsme/chinese-days#46).

    >>> [kind.name for kind in DayKind if kind.works]
    ['WORKDAY', 'MAKE_UP_WORKDAY']
    """

    WORKDAY = "workday", "工作日", "working day"
    """Monday to Friday, nothing arranged (工作日)."""
    MAKE_UP_WORKDAY = "make_up_workday", "补班日", "make-up working day"
    """A Saturday or Sunday that works by notice (补班日)."""
    WEEKEND = "weekend", "周末", "weekend"
    """A Saturday or Sunday that rests, also inside a long break (周末)."""
    STATUTORY_HOLIDAY = "statutory_holiday", "法定节假日", "statutory holiday"
    """A holiday by the Measures on public holidays, or the day that makes up for one on a weekend (法定节假日)."""
    SWAPPED_DAY_OFF = "swapped_day_off", "换休日", "swapped day off"
    """Monday to Friday, off by notice: in exchange for a make-up working day, or by a declared exception (换休日)."""

    @property
    def works(self) -> bool:
        """Whether a day of this kind is a working day (工作日) where nobody overrides it.

        >>> DayKind.MAKE_UP_WORKDAY.works
        True
        """
        return self is DayKind.WORKDAY or self is DayKind.MAKE_UP_WORKDAY


@final
@attrs.frozen(kw_only=True, repr=False)
class Notice(Shown):
    """A notice of the State Council's General Office on public holidays (放假安排通知): identity and days.

    >>> Notice(year=2027, number="国办发明电〔2099〕1号").cite("en")
    'State Council notice on the public holidays of 2027 (国办发明电〔2099〕1号)'
    """

    year: int
    """The year arranged; the notice may touch the last days of the year before."""
    number: str | None = None
    """Document number (发文字号); None where it is not on file."""
    issued: dt.date | None = None
    """The day it is dated (成文日期); None where it is not on file."""
    published: dt.date | None = None
    """The day it was made public (发布日期); None where it is not established."""
    address: str | None = None
    """Official address; None where it is not on file."""
    swapped_days_off: tuple[dt.date, ...] = ()
    """Monday to Friday, off in exchange for a make-up day, or by exception; in order."""
    make_up_days: tuple[dt.date, ...] = ()
    """Saturdays and Sundays that work; in order."""
    made_up: tuple[tuple[dt.date, dt.date], ...] = ()
    """(day off, the statutory day on a weekend or beneath another festival for which it stands): 补假; in order."""
    pairs: tuple[tuple[dt.date, dt.date], ...] = ()
    """(swapped day off, make-up day), where the source says which was exchanged for which."""
    exceptions: tuple[dt.date, ...] = ()
    """Days off without a make-up day, make-up days without a day off, statutory days not made up: declared by hand."""
    revises: bool = False
    """Whether it changes, during the year, an arrangement that stood."""
    subject_zh: str = ""
    """What a revision is about, in Chinese; empty for a yearly notice."""
    subject_en: str = ""
    """What a revision is about, in English; empty for a yearly notice."""

    @property
    def known_from(self) -> dt.date:
        """The day from which it counts as known: published, else dated, else 1 January of its year.

        The last of these is later than the truth, never earlier: nothing is known before its time.

        >>> Notice(year=2027).known_from
        datetime.date(2027, 1, 1)
        """
        return self.published or self.issued or dt.date(self.year, 1, 1)

    def cite(self, lang: Lang = "zh") -> str:
        """Cite the notice in Chinese (``"zh"``) or English; a number that is not on file is said to be missing.

        >>> Notice(year=2004).cite("zh")
        '国务院办公厅关于2004年节假日安排的通知（文号未录）'
        """
        if language(lang) == "zh":
            subject = self.subject_zh or f"{self.year}年节假日安排"
            return f"国务院办公厅关于{subject}的通知（{self.number or '文号未录'}）"
        subject = self.subject_en or f"the public holidays of {self.year}"
        return f"State Council notice on {subject} ({self.number or 'number not on file'})"


def checked_notice(given: Mapping[str, object], statutory: Mapping[dt.date, tuple[str, ...]]) -> Notice:
    """Read a notice in one of two shapes and check it against itself and the law; all faults are reported together.

    `statutory` are the statutory days by law. The shapes are told apart by the key ``days`` of holiday-cn; see
    `WorkCalendar.with_notice`. Raises `InvalidNotice`.
    """
    if not isinstance(given, Mapping):
        raise InvalidNotice(what="the notice", why="a mapping of its fields is expected", value=given)
    faults: list[str] = []
    foreign = "days" in given
    keys = _CN_KEYS if foreign else _OWN_KEYS
    for key in given:
        if key not in keys:
            hint = did_you_mean(key, keys)
            faults.append(f"unknown field {key!r}" + (f", {hint}" if hint else f" (known: {', '.join(keys)})"))
    year = given.get("year")
    if type(year) is not int or not FIRST_DAY.year <= year <= LAST_DAY.year:
        faults.append(f"year: a year from {FIRST_DAY.year} to {LAST_DAY.year} is expected, got {year!r}")
        year = None
    off, work = _listed(given.get("days"), faults) if foreign else (
        _dates(given, "days_off", faults), _dates(given, "make_up_days", faults))  # fmt: skip
    named = _dates(given, "statutory", faults) if "statutory" in given else None
    exceptions = _dates(given, "exceptions", faults)
    papers = given.get("papers")
    address = given.get("address") if papers is None else _first_paper(papers, faults)
    texts = {"number": given.get("number"), "address": address}
    for key, text in texts.items():
        if text is not None and (not isinstance(text, str) or not text.strip()):
            faults.append(f"{key}: a text is expected, got {text!r}")
    days = {
        key: _date(given[key], key, faults) if given.get(key) is not None else None for key in ("issued", "published")
    }
    if year is None or faults:
        raise _refused(year, faults)
    made_up, swapped, meant = _arranged(
        year=year,
        off=off,
        work=work,
        named=named,
        exceptions=exceptions,
        statutory=statutory,
        faults=faults,
        foreign=foreign,
    )
    if faults:
        raise _refused(year, faults)
    return Notice(
        year=year,
        number=texts["number"],  # type: ignore[arg-type]  # checked above
        address=texts["address"],  # type: ignore[arg-type]  # checked above
        issued=days["issued"],
        published=days["published"],
        swapped_days_off=tuple(swapped),
        make_up_days=tuple(sorted(work)),
        made_up=tuple(made_up),
        exceptions=tuple(sorted(meant)),
    )


def _refused(year: int | None, faults: list[str]) -> InvalidNotice:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return InvalidNotice(what=f"the notice for {year}" if year else "the notice", why=f"{count}: " + "; ".join(faults))


def _date(value: object, where: str, faults: list[str]) -> dt.date | None:
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            faults.append(f"{where}: a date as 2027-02-06 is expected, got {value!r}")
            return None
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        faults.append(f"{where}: a date is expected, got {value!r}")
        return None
    return value


def _dates(given: Mapping[str, object], key: str, faults: list[str]) -> set[dt.date]:
    values = given.get(key, ())
    if isinstance(values, str) or not isinstance(values, Iterable):
        faults.append(f"{key}: a list of dates is expected, got {values!r}")
        return set()
    found: set[dt.date] = set()
    for number, value in enumerate(values):
        day = _date(value, f"{key}[{number}]", faults)
        if day in found:
            faults.append(f"{key}[{number}]: {day} stands twice")
        elif day is not None:
            found.add(day)
    return found


def _listed(rows: object, faults: list[str]) -> tuple[set[dt.date], set[dt.date]]:
    off: set[dt.date] = set()
    work: set[dt.date] = set()
    if not isinstance(rows, (list, tuple)) or not rows:
        faults.append("days: no day is listed; the file of a year whose notice is not published looks like this")
        return off, work
    for number, row in enumerate(rows):
        where = f"days[{number}]"
        if not isinstance(row, Mapping) or not isinstance(row.get("isOffDay"), bool):
            faults.append(f"{where}: an object with date and isOffDay (true or false) is expected, got {row!r}")
            continue
        day = _date(row.get("date"), f"{where}.date", faults)
        if day in off or day in work:
            faults.append(f"{where}: {day} stands twice")
        elif day is not None:
            (off if row["isOffDay"] else work).add(day)
    return off, work


def _first_paper(papers: object, faults: list[str]) -> object:
    if not isinstance(papers, (list, tuple)):
        faults.append(f"papers: a list of addresses is expected, got {papers!r}")
        return None
    return papers[0] if papers else None


def _arranged(
    *,
    year: int,
    off: set[dt.date],
    work: set[dt.date],
    named: set[dt.date] | None,
    exceptions: set[dt.date],
    statutory: Mapping[dt.date, tuple[str, ...]],
    faults: list[str],
    foreign: bool,
) -> tuple[list[tuple[dt.date, dt.date]], list[dt.date], set[dt.date]]:
    """Tell days made up from days swapped, and find what does not add up; give the exceptions that are some.

    What had to be declared an exception before a law was known is none once the law settles it, so that the same call
    serves on both sides of the law: the Measures of 2013 and of 2024 came out on the day of the next year's notice.
    """
    first, last = dt.date(year - 1, 12, 29), dt.date(year, 12, 31)
    faults += [
        f"{day} is outside {first} to {last}, which is all a notice for {year} can arrange"
        for day in sorted(off | work | (named or set()))
        if not first <= day <= last
    ]
    faults += [f"{day} is both off and a make-up day" for day in sorted(off & work)]
    for day in sorted(work):
        if day.weekday() < 5:
            faults.append(f"make-up day {day} is a {day:%A}; make-up days fall on Saturday or Sunday")
        elif day in statutory:
            faults.append(f"make-up day {day} is a statutory holiday by law ({'、'.join(statutory[day])})")
    by_law = {day for day in statutory if day.year == year}
    if foreign:
        faults += [f"the statutory day {day} is not listed as off" for day in sorted(by_law - off)]
    else:
        for day in sorted(off):
            if day.weekday() >= 5:
                faults.append(f"swapped day off {day} is a {day:%A}; swapped days off fall on Monday to Friday")
            elif day in statutory and day not in exceptions:
                faults.append(f"days_off: {day} is a statutory holiday by law; leave it out")
    offered = {day for day in off | (named or set()) if day.weekday() < 5 and day not in statutory}
    owed = sorted(day for day in by_law if day.weekday() >= 5)
    owed += sorted(day for day in by_law if len(statutory[day]) > 1)
    # Where the notice names its statutory days, only those can make up for one.
    made_up, unpaid = _paid(
        owed, offered if named is None else offered & named, lambda day: day in offered or day in statutory
    )
    faults += [
        f"the statutory day {day} falls on a {day:%A} or another festival and no day off makes it up"
        for day in unpaid
        if day not in exceptions
    ]
    taken = {day for day, _ in made_up}
    if named is not None:
        faults += [
            f"statutory: {day} is not statutory by law and makes up for none" for day in sorted(named - taken - by_law)
        ]
    swapped = sorted(offered - taken - (named or set()))
    faults += [
        f"exceptions: {day} is neither a swapped day off, a make-up day nor a statutory day not made up"
        for day in sorted(exceptions - set(swapped) - work - set(unpaid) - taken - by_law)
    ]
    swaps, worked = len(set(swapped) - exceptions), len(work - exceptions)
    if swaps != worked:
        faults.append(
            f"{swaps} swapped days off against {worked} make-up days; declare what is meant under `exceptions`"
        )
    return sorted(made_up), swapped, exceptions & (set(swapped) | work | set(unpaid))


def _paid(
    owed: list[dt.date], offered: set[dt.date], rests: Callable[[dt.date], bool]
) -> tuple[list[tuple[dt.date, dt.date]], list[dt.date]]:
    """Match statutory days to be made up with days off: in the same break after, before, else within two weeks."""
    free = set(offered)
    made_up: list[tuple[dt.date, dt.date]] = []

    def in_break(day: dt.date, step: dt.timedelta) -> dt.date | None:
        day += step
        while rests(day) or day.weekday() >= 5:
            if day in free:
                return day
            day += step
        return None

    def soon(day: dt.date) -> dt.date | None:
        return min((other for other in free if _DAY <= other - day <= 14 * _DAY), default=None)

    passes: tuple[Callable[[dt.date], dt.date | None], ...] = (
        lambda day: in_break(day, _DAY),
        lambda day: in_break(day, -_DAY),
        soon,
    )
    waiting = owed
    for find in passes:
        left: list[dt.date] = []
        for day in waiting:
            found = find(day)
            if found is None:
                left.append(day)
            else:
                free.discard(found)
                made_up.append((found, day))
        waiting = left
    return made_up, waiting
