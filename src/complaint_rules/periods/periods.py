"""Periods (期限) such as "5 working days" or "48 hours": read them, and ask when they end.

This is the one door to the deadline engine: limits, duties, warnings and users' own questions all pass it. The norm is
the Civil Code (民法典), articles 200 to 204; where it leaves two readings both have a name (`Roll`, `Receipt`,
``ends``) and neither is taken silently. A due moment is inclusive: in time means ``done_at <= due_at``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final, final

import attrs

from complaint_rules.calendar.days import Certainty
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.calendar.working_time import subtract_working_time
from complaint_rules.errors import InvalidPeriod
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang
from complaint_rules.moments import INSTANT, LAST_DAY, as_when, earliest_of
from complaint_rules.periods.counting import PLAIN, Counting
from complaint_rules.periods.deadlines import END_OF_DAY, START_OF_DAY, business, counted, counting_from, shifted
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.proof_text import drawn, explained
from complaint_rules.periods.proofs import OtherReading, Proof, ProofDay
from complaint_rules.periods.proving import Prover
from complaint_rules.periods.units import (
    CLOSE,
    DAY_UNITS,
    FORMS,
    MOST,
    NO_FIGURE,
    STEP,
    WORKING_TIME,
    CutOff,
    Ends,
    Receipt,
    Roll,
    Unit,
    read,
    spoken,
)

__all__ = ["Counting", "Due", "Ends", "Pause", "Period", "Receipt", "Roll", "Unit"]

# Looked up once: a member reached through its class costs as much as the addition it guards.
_WORKING_DAYS, _SAME_DAY, _AT_ONCE = Unit.WORKING_DAYS, Unit.SAME_DAY, Unit.AT_ONCE
_HOURS, _MINUTES = Unit.HOURS, Unit.MINUTES
_FIXED: Final = {
    Unit.MINUTES: STEP[Unit.MINUTES],
    Unit.HOURS: STEP[Unit.HOURS],
    Unit.DAYS: dt.timedelta(days=1),
    Unit.WEEKS: dt.timedelta(weeks=1),
}
_LAST_YEAR: Final = LAST_DAY.year
_ONE_DAY: Final = dt.timedelta(days=1)
_combine: Final = dt.datetime.combine


def _check(value: object, unit: Unit) -> None:
    if type(value) is not int:
        raise InvalidPeriod(what="Period.n", why="a whole number is expected", value=value)
    if unit in NO_FIGURE:
        if value != 0:
            raise InvalidPeriod(
                what="Period.n", why=f"'{spoken(0, unit, 'en')}' takes no number", value=value, hint="pass 0"
            )
    elif value <= 0:
        raise InvalidPeriod(
            what="Period.n",
            why="a period is at least 1 of its unit",
            value=value,
            hint="for no delay at all write 'at once' or 'same day'",
        )
    elif value > MOST[unit]:
        raise InvalidPeriod(
            what="Period.n", why=f"over a hundred years; the most is {spoken(MOST[unit], unit, 'en')}", value=value
        )


def _unit(value: Unit | str) -> Unit:
    return Unit.read(value, what="Period.unit", error=InvalidPeriod)


def _fixed(period: Period) -> dt.timedelta | None:
    # Validators would only run after this default, and on what it had already multiplied.
    _check(period.n, period.unit)
    step = _FIXED.get(period.unit)
    return None if step is None else period.n * step


@final
@attrs.frozen(repr=False)
class Period(Shown):
    """A length of time as a rule states it: a number and a unit (5个工作日, 48小时, 三个月).

    Two periods are equal when both parts are; "24 hours" and "1 day" are different periods with different ends.

    >>> Period(5, Unit.WORKING_DAYS) == Period.parse("5 working days")
    True
    """

    n: int
    """How many units, at least 1; 0 for `same_day` and `at_once`, which take no number. From the rule's text."""
    unit: Unit = attrs.field(converter=_unit)
    """What is counted."""
    _length: dt.timedelta | None = attrs.field(init=False, eq=False, repr=False, default=attrs.Factory(_fixed, True))
    """Its length where that is the same whenever it starts; None for working days, months and the like."""

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as rule files and people write it, in English or Chinese.

        Raises `InvalidPeriod` for anything without exactly one whole, positive figure and one known unit; "same day"
        (当日) and "at once" (立即) need none. Equal texts give the same object.

        >>> Period.parse("5 working days"), Period.parse("5个工作日")
        (Period(n=5, unit=<Unit.WORKING_DAYS: 'working_days'>), Period(n=5, unit=<Unit.WORKING_DAYS: 'working_days'>))
        >>> str(Period.parse("三个月"))
        '3 months'
        >>> Period.parse("5 workng days")
        Traceback (most recent call last):
        complaint_rules.errors.InvalidPeriod: a period: no such unit: 'workng days'; ...; did you mean '5 working days'?
        """
        return _parsed(text) if type(text) is str else _read(text)

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Lang) -> str:
        """Say the period in Chinese (``"zh"``) or English (``"en"``); `parse` reads both back.

        >>> Period.parse("8 working hours").text("zh")
        '8个工作小时'
        >>> Period.parse("1 month").text("en")
        '1 month'
        """
        return spoken(self.n, self.unit, lang)

    def needs_hours(self, counting: Counting = PLAIN) -> bool:
        """Say whether it can only be counted with opening hours (营业时间): working time, or up to a close of business.

        >>> Period.parse("8 working hours").needs_hours(), Period.parse("8 hours").needs_hours()
        (True, False)
        >>> Period.parse("5 days").needs_hours(Counting(ends="close"))
        True
        """
        unit = self.unit
        return unit in WORKING_TIME or counting.wants_close or (counting.ends == CLOSE and unit in DAY_UNITS)

    def __add__(self, other: Period) -> Period:
        if not isinstance(other, Period):
            return NotImplemented
        if other.unit is not self.unit or self.unit in NO_FIGURE:
            raise InvalidPeriod(
                what="a sum of periods",
                why=f"only periods of the same unit add up, and '{self}' is not counted in the other's",
                value=str(other),
                hint="state the total as a period of its own",
            )
        return Period(self.n + other.n, self.unit)

    def add_to(self, n: int) -> Period:
        """Give the period lengthened by `n` of its own unit (延长): an extension counts from the original base.

        >>> str(Period.parse("30 days").add_to(30))
        '60 days'
        """
        return self + Period(n, self.unit)

    def due(
        self,
        start: dt.datetime | dt.date,
        *,
        calendar: WorkCalendar,
        roll: Roll | str | None = None,
        receipt: Receipt | str | None = None,
        cut_off: CutOff | str | None = None,
        starts: dt.time | str | None = None,
        opening_day: bool = False,
        ends: Ends | str = "24:00",
        pauses: Iterable[Pause] = (),
    ) -> Due:
        """Give when the period ends (到期), with its proof; every argument is checked.

        `start` is an aware moment, or a day: for units of time a day is read as its 00:00, the strictest reading.

        * `roll`: where a last day without work moves (Civil Code art. 203); from the calendar alone, after any pause.
        * `receipt`: a start on a rest day is deemed to be 00:00 of the next working day.
        * `cut_off`: with `receipt`, so is a start after this time of a working day, or after its ``"close"``.
        * `starts`: for units of time, a start earlier in its day waits for this time of day.
        * `opening_day`: for units of days, the opening day counts as the first; a rest day is no first working day.
        * `ends`: ``"close"`` ends a last day at the close of business, a time of day at that time; a day whose hour has
          passed or that has no business ends at 24:00.
        * `pauses`: stretches that do not count.

        Raises `InvalidPeriod` for arguments that cannot be, or an end after
        2099-12-31; `InvalidMoment` for a naive start; `CalendarUnpublished` where the calendar refuses to guess.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> cal = WorkCalendar.china()
        >>> Period.parse("5 working days").due(dt.date(2026, 9, 30), calendar=cal).on
        datetime.date(2026, 10, 13)
        """
        as_calendar(calendar)
        counting = Counting(
            roll=roll, receipt=receipt, cut_off=cut_off, starts=starts, opening_day=opening_day, ends=ends
        )
        if not isinstance(pauses, Iterable):
            raise InvalidPeriod(
                what="pauses", why="several are expected", value=pauses, hint="pass [Pause(start, end)]"
            )
        stops = tuple(pauses)
        for pause in stops:
            if not isinstance(pause, Pause):
                raise InvalidPeriod(what="pauses", why="each is a Pause", value=pause, hint="Pause(start, end)")
        return self.counted_from(as_when(start, what="start"), calendar, counting, stops)

    def counted_from(
        self, start: dt.datetime | dt.date, calendar: WorkCalendar, counting: Counting, pauses: tuple[Pause, ...] = ()
    ) -> Due:
        """Give when the period ends, counted as a rule says: `due` with its arguments checked already.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> cal = WorkCalendar.china()
        >>> Period.parse("5 working days").counted_from(dt.date(2026, 9, 30), cal, PLAIN).on
        datetime.date(2026, 10, 13)
        """
        at = self.due_at(earliest_of(start), calendar, counting, pauses)
        return Due(period=self, start=start, calendar=calendar, counting=counting, pauses=pauses, at=at)

    def due_at(
        self, start: dt.datetime, calendar: WorkCalendar, counting: Counting = PLAIN, pauses: Sequence[Pause] = ()
    ) -> dt.datetime | None:
        """Give the last instant that is in time, inclusive; None while an open pause leaves it unknown.

        The bare engine: `start` is already a moment in Beijing time (see `moments.as_moment`), nothing is proved.
        Constant time without pauses, p log p with p of them. Pauses that begin after the end cannot matter.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> from complaint_rules.moments import BEIJING
        >>> cal = WorkCalendar.china()
        >>> Period.parse("48 hours").due_at(dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING), cal).isoformat()
        '2026-10-02T16:05:00+08:00'
        """
        unit = self.unit
        if not pauses:
            # What is asked a million times over; each of these ways out is also taken by the general one below.
            length, plain = self._length, counting.plain
            if plain and unit is _WORKING_DAYS:
                return _combine(calendar.add_working_days(start.date(), self.n), END_OF_DAY)
            if length is not None:
                if unit is _HOURS or unit is _MINUTES:
                    begin = start if plain else counting_from(start, calendar, counting, waits=True)
                    end = begin + length
                    if end.year <= _LAST_YEAR:
                        return end
                elif plain:
                    end = start + length
                    if end.year <= _LAST_YEAR:
                        return _combine(end.date(), END_OF_DAY)
        return counted(start, self.n, unit, calendar, counting, pauses)[0]

    def remaining(
        self, start: dt.datetime, calendar: WorkCalendar, pauses: Sequence[Pause], counting: Counting = PLAIN
    ) -> int | dt.timedelta | None:
        """Give what is left (剩余期限) of a limit that an open pause has stopped; None where none has.

        In the limit's own unit: days for days, weeks, months and years; working days for working days; a `timedelta`
        for units of time. It does not change while the pause lasts. 0: the last day (instant) was reached when the
        pause began, so the limit ends with the day (moment) of resumption.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> from complaint_rules.moments import BEIJING
        >>> stopped = [Pause(dt.date(2026, 10, 1))]
        >>> received = dt.datetime(2026, 9, 20, 9, 0, tzinfo=BEIJING)
        >>> Period.parse("15 days").remaining(received, WorkCalendar.china(), stopped)
        4
        """
        moment, left = counted(start, self.n, self.unit, calendar, counting, pauses)
        return left if moment is None else None

    def before(self, due: dt.datetime, calendar: WorkCalendar, start: dt.datetime | None = None) -> dt.datetime:
        """Give the moment this long before a due moment (预警): when to warn that a limit is about to run out.

        * units of time: exactly so much earlier; working hours and minutes are counted back inside the hours, over
          nights, rest days and make-up days;
        * days, weeks, months, years: the beginning of the last n of them, the due moment's own day included;
        * working days: the beginning of the n-th working day back from the due moment, its own day included;
        * same day: the beginning of the due moment's day.

        A day begins at its opening hour where the calendar has hours that day and they open before the due moment,
        else at 00:00. The answer is always before `due`, and not before `start` where that is given (a limit that ends
        where it starts has no earlier moment: then `start`). "at once" is no distance: `InvalidPeriod`.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> from complaint_rules.moments import BEIJING
        >>> due = dt.datetime(2026, 10, 13, 23, 59, 59, 999999, tzinfo=BEIJING)
        >>> Period.parse("2 working days").before(due, WorkCalendar.china()).isoformat()
        '2026-10-12T00:00:00+08:00'
        """
        unit, n = self.unit, self.n
        if unit is _AT_ONCE:
            raise InvalidPeriod(
                what="a warning", why="'at once' is no distance before a limit", value=str(self), hint=FORMS
            )
        if unit in DAY_UNITS:
            # A limit that ends at 00:00 has its last instant on the day before.
            last = (due - INSTANT).date()
            if unit is _WORKING_DAYS:
                first = calendar.working_day_on_or_before(last)
                if n > 1:
                    first = calendar.add_working_days(first, 1 - n)
            elif unit is _SAME_DAY:
                first = last
            else:
                first = shifted(last, -n, unit) + _ONE_DAY
            moment = _opening(first, calendar, due)
        elif unit in WORKING_TIME:
            moment = subtract_working_time(calendar, due, n * STEP[unit])
        else:
            moment = due - n * STEP[unit]
        return moment if start is None or moment > start else start


@final
@attrs.frozen(kw_only=True, repr=False)
class Due(Shown):
    """When a period ends (届满), with its proof; what `Period.due` gives.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> due = Period.parse("15 days").due(dt.date(2026, 9, 20), calendar=WorkCalendar.china())
    >>> due.on, due.certainty.name
    (datetime.date(2026, 10, 5), 'FINAL')
    >>> due.notes[0].en
    'the last day does not work; with the roll of Civil Code art. 203 it would be 2026-10-08 (Thu) 24:00'
    """

    period: Period
    """What was counted."""
    start: dt.datetime | dt.date
    """From when: a moment in Beijing time, or a day where no more is known. As given."""
    calendar: WorkCalendar
    """The calendar that was asked."""
    counting: Counting
    """How it was counted."""
    pauses: tuple[Pause, ...] = ()
    """The stretches that do not count, as given."""
    at: dt.datetime | None
    """The last instant in time, inclusive (届满时刻), in Beijing time; None while an open pause stops the period."""

    @property
    def on(self) -> dt.date | None:
        """The last day (届满日), the Beijing day of `at`; None while an open pause stops the period.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> Period.parse("3 months").due(dt.date(2014, 5, 28), calendar=WorkCalendar.china()).on
        datetime.date(2014, 8, 28)
        """
        return None if self.at is None else self.at.date()

    @property
    def certainty(self) -> Certainty:
        """Whether a notice not yet published could still move the end: calendar days without a roll need none.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> cal = WorkCalendar.china(as_known_on=dt.date(2026, 11, 20))
        >>> late = dt.date(2026, 12, 21)
        >>> [
        ...     Period.parse(text).due(late, calendar=cal).certainty.name
        ...     for text in ("15 days", "15 working days")
        ... ]
        ['FINAL', 'PROVISIONAL']
        """
        return self._prover.certainty

    def why_provisional(self, lang: Lang) -> str:
        """Say in Chinese (``"zh"``) or English why the end is provisional (暂定); empty where it is final.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> cal = WorkCalendar.china(as_known_on=dt.date(2026, 11, 20))
        >>> due = Period.parse("15 working days").due(dt.date(2026, 12, 21), calendar=cal)
        >>> due.why_provisional("en")
        'the notice for 2027 is not published; exchanged days are not known yet'
        """
        return self._prover.why_provisional(lang)

    @property
    def remaining(self) -> int | dt.timedelta | None:
        """What is left in the period's own unit while an open pause stops it (剩余期限); None where none does.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> stopped = [Pause(dt.date(2026, 10, 1))]
        >>> Period.parse("15 days").due(
        ...     dt.date(2026, 9, 20), calendar=WorkCalendar.china(), pauses=stopped
        ... ).remaining
        4
        """
        return self._prover.remaining

    @cached_property
    def proof(self) -> Proof:
        """The whole proof as a value (推算过程), built when first asked for.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> due = Period.parse("5 working days").due(dt.date(2026, 9, 30), calendar=WorkCalendar.china())
        >>> [(str(day.date), day.number) for day in due.proof.days if day.counted][:3]
        [('2026-10-08', 1), ('2026-10-09', 2), ('2026-10-10', 3)]
        """
        return self._prover.proof()

    @property
    def days(self) -> tuple[ProofDay, ...]:
        """Each day from the start to the end, in order, both included; see `Proof.days`.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> len(Period.parse("2 days").due(dt.date(2026, 9, 30), calendar=WorkCalendar.china()).days)
        3
        """
        return self.proof.days

    @property
    def notes(self) -> tuple[OtherReading, ...]:
        """Where another reading exists, and what it would give: the roll, the receipt on a rest day, a start by day.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> due = Period.parse("5 working days").due(dt.date(2026, 9, 26), calendar=WorkCalendar.china())
        >>> due.notes[0].about, due.notes[0].at.date()
        ('receipt', datetime.date(2026, 10, 10))
        """
        return self.proof.notes

    def explain(self, lang: Lang = "zh") -> str:
        """Say when the period ends and why, day by day, in Chinese (``"zh"``) or English (``"en"``).

        Long proofs are shortened in the text, never in `days`.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> due = Period.parse("1 working day").due(dt.date(2026, 10, 9), calendar=WorkCalendar.china())
        >>> print(due.explain("en"))  # doctest: +ELLIPSIS
        1 working day from 2026-10-09 (Fri): in time up to and including 2026-10-10 (Sat) 24:00
        ...
        """
        return explained(self.proof, lang)

    def grid(self, lang: Lang = "zh", *, colour: bool = False) -> str:
        """Draw the months touched, each day marked as counted, skipped, paused or last (月历).

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> due = Period.parse("1 working day").due(dt.date(2026, 10, 9), calendar=WorkCalendar.china())
        >>> print(due.grid("en").splitlines()[3])
           5   6   7   8   9> 10!  11
        """
        return drawn(self.proof, lang, colour=colour)

    def to_dict(self) -> dict[str, Any]:
        """Give the end and its proof as plain data; see `Proof.to_dict`.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> due = Period.parse("48 hours").due(dt.date(2026, 9, 30), calendar=WorkCalendar.china())
        >>> due.to_dict()["due_at"]
        '2026-10-02T00:00:00+08:00'
        """
        return self.proof.to_dict()

    @cached_property
    def _prover(self) -> Prover:
        period = self.period
        return Prover(period.n, period.unit, self.start, self.calendar, self.counting, self.pauses, self.at)


def _opening(day: dt.date, calendar: WorkCalendar, due: dt.datetime) -> dt.datetime:
    if calendar.hours is not None:
        span = business(day, calendar)
        if span is not None and span[0] < due:
            return span[0]
    return _combine(day, START_OF_DAY)


def is_at_once(period: Period | None) -> bool:
    """Say whether a period is ``at once`` (立即): it asks for haste and sets no moment, so that nothing is late by it.

    >>> is_at_once(Period.parse("at once")), is_at_once(Period.parse("same day")), is_at_once(None)
    (True, False, False)
    """
    return period is not None and period.unit is _AT_ONCE


def _read(text: object) -> Period:
    n, unit = read(text)
    try:
        return Period(n, unit)
    except InvalidPeriod as fault:
        raise InvalidPeriod(what="a period", why=fault.why, value=text, hint=fault.hint) from None


_parsed: Final = lru_cache(maxsize=1024)(_read)
