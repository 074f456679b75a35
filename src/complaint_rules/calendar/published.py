"""What the State Council published, year by year: days from `days.toml`, identities from `notices.toml`."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import final

import attrs

from complaint_rules.calendar.day_data import day_data, notice_year
from complaint_rules.calendar.notices import _DAY, DayKind, Notice
from complaint_rules.frozen import Shown
from complaint_rules.moments import FIRST_DAY


@final
@attrs.frozen(kw_only=True, repr=False)
class Measures(Shown):
    """One edition of the Measures on public holidays (全国年节及纪念日放假办法), as far as it fixes days."""

    order: str
    """State Council order that promulgated it."""
    published: dt.date
    """The day it was made public."""
    effective: dt.date
    """The first day it applies."""
    spring_festival: tuple[int, ...]
    """Days off counted from lunar new year's day, which is 0."""
    labour_day: int
    """Days off from 1 May."""
    national_day: int
    """Days off from 1 October."""
    festivals: tuple[str, ...]
    """Further festivals, one day each, by their names in `ENGLISH`."""

    def days(self, lunar_new_year: dt.date, festivals: Mapping[str, dt.date]) -> dict[dt.date, tuple[str, ...]]:
        """Give the statutory days of the year of `lunar_new_year`, with the names of each."""
        year = lunar_new_year.year
        days: dict[dt.date, tuple[str, ...]] = {dt.date(year, 1, 1): ("元旦",)}
        for offset in self.spring_festival:
            days[lunar_new_year + offset * _DAY] = ("农历除夕",) if offset < 0 else ("春节",)
        for number in range(self.labour_day):
            days[dt.date(year, 5, 1 + number)] = ("劳动节",)
        for number in range(self.national_day):
            days[dt.date(year, 10, 1 + number)] = ("国庆节",)
        for name in self.festivals:
            # Named in this order where two festivals meet, as the package `holidays` does.
            days[festivals[name]] = (name, *days.get(festivals[name], ()))
        return days


@final
@attrs.frozen(kw_only=True, repr=False)
class Revision(Shown):
    """A notice that changed days of a year already arranged."""

    notice: Notice
    """The notice that made the change."""
    days: tuple[tuple[dt.date, DayKind, DayKind], ...]
    """(day, its kind before, its kind after)."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Published(Shown):
    """All that is published: statutory days by law to 2099, and the notices to the last published year."""

    statutory: Mapping[dt.date, tuple[str, ...]]
    """Statutory days by law with the names of their festivals, 2001–2099; days made up are in the notices."""
    notices: Mapping[int, Notice]
    """By year, without a gap from 2001."""
    revisions: tuple[Revision, ...]
    """In the order in which they were published."""
    measures: tuple[Measures, ...]
    """In the order in which they were published."""


@functools.lru_cache(maxsize=1)
def published() -> Published:
    """Give what is published: days from `days.toml`, identities from `notices.toml`.

    A pair belongs to the notice of the year of its day off, from 29 December on to that of the next year. A year
    without a notice on file is none: only a notice arranges days.

    >>> published().notices[2026].make_up_days[-1]
    datetime.date(2026, 10, 10)
    """
    import tomllib
    from importlib import resources

    days = day_data()
    pairs: dict[int, list[tuple[dt.date, dt.date]]] = {}
    loose: list[dt.date] = []
    for day, work in sorted(days.swapped.items()):
        if work is None:
            loose.append(day)
        else:
            pairs.setdefault(notice_year(day), []).append((day, work))
    made_up: dict[int, list[tuple[dt.date, dt.date]]] = {}
    for day, missed in sorted(days.made_up.items()):
        made_up.setdefault(day.year, []).append((day, missed))

    with resources.files("complaint_rules.calendar").joinpath("notices.toml").open("rb") as file:
        data = tomllib.load(file)
    identities = {entry["year"]: entry for entry in data["notice"]}
    notices = {
        year: Notice(
            **identities.get(year, {"year": year}),
            swapped_days_off=tuple(
                sorted([off for off, _ in pairs.get(year, ())] + [day for day in loose if notice_year(day) == year])
            ),
            make_up_days=tuple(sorted(work for _, work in pairs.get(year, ()))),
            made_up=tuple(made_up.get(year, ())),
            pairs=tuple(pairs.get(year, ())),
            exceptions=tuple(sorted(day for day in loose if notice_year(day) == year)),
        )
        for year in range(FIRST_DAY.year, days.last_year + 1)
    }
    return Published(
        statutory=days.statutory,
        notices=notices,
        revisions=tuple(_revision(entry) for entry in data["revision"]),
        measures=tuple(
            Measures(**entry | {key: tuple(entry[key]) for key in ("spring_festival", "festivals")})
            for entry in data["measures"]
        ),
    )


def statutory_known(on: dt.date | None) -> Mapping[dt.date, tuple[str, ...]]:
    """Give the statutory days of all years under the Measures that were public on a day; None: under today's.

    >>> (
    ...     dt.date(2030, 5, 2) in statutory_known(dt.date(2024, 11, 1)),
    ...     dt.date(2030, 5, 2) in statutory_known(None),
    ... )
    (False, True)
    """
    source = published()
    if on is None or all(edition.published <= on for edition in source.measures):
        return source.statutory
    return _statutory_under(sum(edition.published <= on for edition in source.measures))


@functools.lru_cache(maxsize=4)
def _statutory_under(editions: int) -> Mapping[dt.date, tuple[str, ...]]:
    source = published()
    known = source.measures[:editions]
    by_year: dict[int, dict[dt.date, tuple[str, ...]]] = {}
    for day, names in source.statutory.items():
        by_year.setdefault(day.year, {})[day] = names
    days: dict[dt.date, tuple[str, ...]] = {}
    for year, of_year in by_year.items():
        applying = [edition for edition in source.measures if edition.effective.year <= year]
        public = [edition for edition in known if edition.effective.year <= year]
        if applying[-1] is public[-1]:
            days |= of_year
        else:
            named = {name: day for day, names in of_year.items() for name in names}
            lunar = min(day for day, names in of_year.items() if "春节" in names)
            days |= public[-1].days(lunar, named)
    return days


def _revision(entry: dict[str, object]) -> Revision:
    fields = dict(entry)
    name: dict[str, str] = fields.pop("name")  # type: ignore[assignment]  # our own data file
    days: list[dict[str, object]] = fields.pop("days")  # type: ignore[assignment]  # our own data file
    notice = Notice(**fields, revises=True, subject_zh=name["zh"], subject_en=name["en"])  # type: ignore[arg-type]
    return Revision(
        notice=notice,
        days=tuple(
            (d["date"], DayKind[str(d["before"])], DayKind[str(d["after"])])  # type: ignore[misc]  # our own data file
            for d in days
        ),
    )
