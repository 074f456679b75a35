"""Reporting periods (统计期): a day, week, month, quarter, half-year or year, in Beijing days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, cast, final

import attrs

from complaint_rules.errors import InvalidSpan, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.moments import FIRST_DAY, LAST_DAY, as_day, as_moment, as_when, day_of, latest_of
from complaint_rules.policy.rules import ReportPeriod
from complaint_rules.scalars import plain_scalar

_ONE_DAY: Final = dt.timedelta(days=1)
_MONTHS: Final = {
    ReportPeriod.MONTH: 1, ReportPeriod.QUARTER: 3, ReportPeriod.HALF_YEAR: 6, ReportPeriod.YEAR: 12,
}  # fmt: skip
_FORMS: Final = "write 2026-09-30, 2026-W40, 2026-09, 2026Q3, 2026H2 or 2026"


def _unit(unit: ReportPeriod | str) -> ReportPeriod:
    words = [one.value for one in ReportPeriod]
    if isinstance(cast(object, unit), str) and unit in words:
        return ReportPeriod(unit)
    hint = did_you_mean(unit, words) or f"the units are {', '.join(words)}"
    raise InvalidSpan(what="a reporting period", why="the unit is unknown", value=unit, hint=hint)


@final
@attrs.frozen(kw_only=True, order=True, repr=False)
class Span(Shown):
    """One reporting period (统计期), both days inclusive; periods stand in the order of their first day.

    `Span.of` and `Span.parse` give it; a stretch of days that is no such period is refused with `InvalidSpan`.
    Where two begin together, the shorter stands first.

    >>> Span.parse("2026Q3")
    Span(first=datetime.date(2026, 7, 1), last=datetime.date(2026, 9, 30), unit=<ReportPeriod.QUARTER: 'quarter'>)
    >>> Span.parse("2025Q4") < Span.parse("2026-01") < Span.parse("2026Q1")
    True
    """

    first: dt.date
    """Its first day."""
    last: dt.date
    """Its last day, inclusive."""
    unit: ReportPeriod = attrs.field(converter=_unit)
    """What kind of period it is; a week begins on Monday (ISO 8601)."""

    def __attrs_post_init__(self) -> None:
        if _edges(as_day(self.first, what="Span.first"), self.unit) != (self.first, self.last):
            raise InvalidSpan(
                what="Span", why="these days are no whole reporting period", value=f"{self.first} – {self.last}",
                hint="use Span.of(day, unit)",
            )  # fmt: skip

    @classmethod
    def of(cls, when: dt.datetime | dt.date, unit: ReportPeriod | str) -> Span:
        """Give the period in which a day lies; of a moment it is the day in Beijing.

        Raises `InvalidSpan` for another unit, `InvalidMoment` for what is neither a day nor an aware moment, or lies
        outside the years known.

        >>> Span.of(dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC), "quarter").label
        '2026Q4'
        """
        kind = _unit(unit)
        first, last = _edges(day_of(as_when(when, what="the day")), kind)
        return cls(first=first, last=last, unit=kind)

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read the label of a period.

        Raises `InvalidSpan` for any other text (``2026Q5`` has no quarter, ``2026-13`` no month) and outside the years
        known.

        >>> Span.parse("2026-W40").first
        datetime.date(2026, 9, 28)
        """
        for form, unit, day in _LABELS:
            match = form.fullmatch(text) if isinstance(cast(object, text), str) else None
            if match is not None:
                try:
                    found = day(*map(int, match.groups()))
                except ValueError:
                    break
                return cls.of(_within(found), unit)
        raise InvalidSpan(what="a reporting period", why="there is no such period", value=text, hint=_FORMS)

    @property
    def label(self) -> str:
        """Its label, as `parse` reads it.

        >>> Span.of(dt.date(2026, 5, 6), "half_year").label
        '2026H1'
        """
        return label_of(self.first, self.unit)

    @property
    def days(self) -> int:
        """How many days it has.

        >>> Span.parse("2028-02").days
        29
        """
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Span:
        """The period before it (环比的上期); raises `InvalidSpan` before 2001.

        >>> Span.parse("2026Q1").before.label
        '2025Q4'
        """
        return Span.of(_within(self.first - _ONE_DAY), self.unit)

    @property
    def year_before(self) -> Span:
        """The same period a year before (同比的上年同期); raises `InvalidSpan` before 2001.

        Of a 53rd week where that year has none it is the 52nd, of 29 February the 28th.

        >>> Span.parse("2028-02-29").year_before.label, Span.parse("2026-W53").year_before.label
        ('2027-02-28', '2025-W52')
        """
        if self.unit is ReportPeriod.WEEK:
            year, week, _ = self.first.isocalendar()
            return Span.of(_within(_monday(year - 1, min(week, _last_week(year - 1)))), self.unit)
        leap = self.first.month == 2 and self.first.day == 29
        day = self.first.replace(day=28) if leap else self.first
        return Span.of(_within(day.replace(year=day.year - 1)), self.unit)

    def contains(self, when: dt.datetime | dt.date) -> bool:
        """Say whether a day, or the Beijing day of a moment, lies in it.

        >>> Span.parse("2026Q3").contains(dt.date(2026, 9, 30))
        True
        """
        return self.first <= day_of(as_when(when, what="the day")) <= self.last

    def complete(self, covers: tuple[dt.date, dt.date] | None, at: dt.datetime) -> bool | None:
        """Say whether data hold all of it: it lies in the days they cover, both inclusive, and is over at a moment.

        None where nobody said what they cover: then nobody knows. Raises `InvalidMoment` for a naive `at` and
        `InvalidSpan` where `covers` is no pair of days in order: data up to a moment do not hold the rest of its day.

        >>> from complaint_rules.moments import BEIJING
        >>> at = dt.datetime(2026, 10, 8, 9, tzinfo=BEIJING)
        >>> year = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        >>> Span.parse("2026Q3").complete(year, at), Span.parse("2026Q4").complete(year, at)
        (True, False)
        """
        moment = as_moment(at, what="at")
        if covers is None:
            return None
        first, last = covered(covers)
        return first <= self.first and self.last <= last and latest_of(self.last) < moment


def covered(covers: object) -> tuple[dt.date, dt.date]:
    """Give the first and the last day that data hold, both inclusive; raises `InvalidSpan` for anything else.

    >>> covered([dt.date(2026, 1, 1), dt.date(2026, 9, 30)])
    (datetime.date(2026, 1, 1), datetime.date(2026, 9, 30))
    """
    if isinstance(covers, tuple | list) and len(covers) == 2:
        first, last = (as_day(plain_scalar(day), what="covers", error=InvalidSpan) for day in covers)
        if first <= last:
            return first, last
    raise InvalidSpan(
        what="covers", why="the first and the last day that the data hold are expected, in order", value=covers,
        hint="pass (date(2026, 1, 1), date(2026, 9, 30)), or None where nobody says",
    )  # fmt: skip


def _within(day: dt.date) -> dt.date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidSpan(
            what="a reporting period", why=f"it lies outside the years known, {FIRST_DAY.year} to {LAST_DAY.year}",
            value=str(day),
        )  # fmt: skip
    return day


def _edges(day: dt.date, unit: ReportPeriod) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of the period in which a day lies."""
    if unit is ReportPeriod.DAY:
        return day, day
    if unit is ReportPeriod.WEEK:
        first = day - dt.timedelta(days=day.weekday())
        return first, first + dt.timedelta(days=6)
    length = _MONTHS[unit]
    begin = (day.month - 1) // length * length
    years, month = divmod(begin + length, 12)
    return dt.date(day.year, begin + 1, 1), dt.date(day.year + years, month + 1, 1) - _ONE_DAY


@lru_cache(maxsize=65_536)
def label_of(day: dt.date, unit: ReportPeriod) -> str:
    """Give the label of the period in which a day lies; `unit` and day are checked already.

    >>> label_of(dt.date(2027, 1, 1), ReportPeriod.WEEK)
    '2026-W53'
    """
    match unit:
        case ReportPeriod.DAY:
            return day.isoformat()
        case ReportPeriod.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02d}"
        case ReportPeriod.MONTH:
            return f"{day.year}-{day.month:02d}"
        case ReportPeriod.QUARTER:
            return f"{day.year}Q{(day.month + 2) // 3}"
        case ReportPeriod.HALF_YEAR:
            return f"{day.year}H{(day.month + 5) // 6}"
    return f"{day.year}"


def _monday(year: int, week: int) -> dt.date:
    return dt.date.fromisocalendar(year, week, 1)


def _last_week(year: int) -> int:
    return dt.date(year, 12, 28).isocalendar()[1]


_LABELS: Final[tuple[tuple[re.Pattern[str], ReportPeriod, Callable[..., dt.date]], ...]] = (
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), ReportPeriod.DAY, dt.date),
    (re.compile(r"([0-9]{4})-W([0-9]{2})"), ReportPeriod.WEEK, _monday),
    (re.compile(r"([0-9]{4})-([0-9]{2})"), ReportPeriod.MONTH, lambda year, month: dt.date(year, month, 1)),
    (re.compile(r"([0-9]{4})Q([1-4])"), ReportPeriod.QUARTER, lambda year, n: dt.date(year, 3 * n - 2, 1)),
    (re.compile(r"([0-9]{4})H([12])"), ReportPeriod.HALF_YEAR, lambda year, n: dt.date(year, 6 * n - 5, 1)),
    (re.compile(r"([0-9]{4})"), ReportPeriod.YEAR, lambda year: dt.date(year, 1, 1)),
)
"""How the labels of each kind of period look, and a day of the period."""
