"""`Due`: when a period ends, and the proof of it day by day (期限推算过程), built only when somebody asks."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from complaint_rules.calendar import CalendarDay, Certainty, WorkCalendar
from complaint_rules.deadlines import END_OF_DAY, Walk, counting_from, natural_days, walk
from complaint_rules.errors import CalendarUnpublished, ComplaintRulesError
from complaint_rules.hours import working_time_between
from complaint_rules.moments import day_of, earliest_of, handed_back, latest_of
from complaint_rules.pauses import OPEN, OPEN_DAY, Pause, in_days, in_moments
from complaint_rules.proof_days import Mark, OtherReading, ProofDay
from complaint_rules.units import DAY_UNITS, NATURAL_DAY_UNITS, NO_FIGURE, WORKING_TIME, Ends, Receipt, Roll, Unit

if TYPE_CHECKING:
    import pendulum

    from complaint_rules.periods import Period

__all__ = ["Due", "Mark", "OtherReading", "ProofDay"]

FORMAT: Final = 1
"""Version of the shape that `Due.to_dict` gives."""
_ONE_DAY: Final = dt.timedelta(days=1)
_ZERO: Final = dt.timedelta(0)
_LAST_INSTANT: Final = END_OF_DAY.replace(tzinfo=None)


@final
@attrs.frozen(kw_only=True)
class Due:
    """When a period ends (届满), with its proof; what `Period.due` gives.

    >>> from complaint_rules.calendar import WorkCalendar
    >>> from complaint_rules.periods import Period
    >>> due = Period.parse("15 days").due(dt.date(2026, 9, 20), calendar=WorkCalendar.china())
    >>> due.on, due.certainty.name
    (datetime.date(2026, 10, 5), 'FINAL')
    >>> due.notes[0].en
    'the last day does not work; with the roll of Civil Code art. 203 it would be 2026-10-08'
    """

    period: Period
    """What was counted."""
    start: dt.datetime | dt.date
    """From when: a moment in Beijing time, or a day where no more is known. As given."""
    calendar: WorkCalendar
    """The calendar that was asked."""
    roll: Roll | None = None
    """Where a last day that does not work moves; None: nowhere."""
    receipt: Receipt | None = None
    """How a start on a rest day is read; None: as it stands."""
    starts: dt.time | None = None
    """The time of day for which an earlier start waits, in periods of hours and minutes; None: none."""
    ends: Ends = "24:00"
    """``"24:00"`` or ``"close"``: when a last day ends."""
    pauses: tuple[Pause, ...] = ()
    """The stretches that do not count, as given."""
    moment: dt.datetime | None
    """The last instant in time, inclusive, as a plain datetime in Beijing time; None while an open pause stops it."""

    @property
    def at(self) -> pendulum.DateTime | None:
        """The last instant in time, inclusive (届满时刻); None while an open pause stops the period.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> str(Period.parse("same day").due(dt.date(2026, 10, 1), calendar=WorkCalendar.china()).at)
        '2026-10-01 23:59:59.999999+08:00'
        """
        return None if self.moment is None else handed_back(self.moment)

    @property
    def on(self) -> dt.date | None:
        """The last day (届满日), the Beijing day of `at`; None while an open pause stops the period.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> Period.parse("3 months").due(dt.date(2014, 5, 28), calendar=WorkCalendar.china()).on
        datetime.date(2014, 8, 28)
        """
        return None if self.moment is None else self.moment.date()

    @property
    def certainty(self) -> Certainty:
        """Whether a notice not yet published could still move the end: calendar days without a roll need none.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> cal = WorkCalendar.china(as_known_on=dt.date(2026, 11, 20))
        >>> late = dt.date(2026, 12, 21)
        >>> [
        ...     Period.parse(text).due(late, calendar=cal).certainty.name
        ...     for text in ("15 days", "15 working days")
        ... ]
        ['FINAL', 'PROVISIONAL']
        """
        touched = self._touched
        return Certainty.FINAL if touched is None else self.calendar.certainty(touched)

    @property
    def reason(self) -> str:
        """Why the end is provisional, in English; empty where it is final. `explain` says it in either language.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> cal = WorkCalendar.china(as_known_on=dt.date(2026, 11, 20))
        >>> Period.parse("15 working days").due(dt.date(2026, 12, 21), calendar=cal).reason
        'the notice for 2027 is not published; exchanged days are not known yet'
        """
        return self.why_provisional("en")

    def why_provisional(self, lang: str) -> str:
        """Say in Chinese (``"zh"``) or English why the end is provisional (暂定); empty where it is final.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> Period.parse("15 days").due(dt.date(2026, 9, 20), calendar=WorkCalendar.china()).why_provisional(
        ...     "zh"
        ... )
        ''
        """
        touched = self._touched
        return "" if touched is None else self.calendar.certainty_reason(touched, lang)

    @property
    def remaining(self) -> int | dt.timedelta | None:
        """What is left in the period's own unit while an open pause stops it (剩余期限); None where none does.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> stopped = [Pause(dt.date(2026, 10, 1))]
        >>> Period.parse("15 days").due(
        ...     dt.date(2026, 9, 20), calendar=WorkCalendar.china(), pauses=stopped
        ... ).remaining
        4
        """
        return self.period.remaining(
            earliest_of(self.start), self.calendar, self.pauses, self.receipt, self.starts, self.ends
        )

    @functools.cached_property
    def days(self) -> tuple[ProofDay, ...]:
        """The proof (推算过程): each day from the start to the end, in order, both included.

        While an open pause stops the period, the days up to the one on which the pause began.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> due = Period.parse("5 working days").due(dt.date(2026, 9, 30), calendar=WorkCalendar.china())
        >>> [(str(day.date), day.number) for day in due.days if day.counted][:3]
        [('2026-10-08', 1), ('2026-10-09', 2), ('2026-10-10', 3)]
        """
        if self.period.unit in DAY_UNITS:
            return tuple(self._counted_days())
        return tuple(self._counted_time())

    @functools.cached_property
    def notes(self) -> tuple[OtherReading, ...]:
        """Where another reading exists, and what it would give: the roll, the receipt on a rest day, a start by day.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> due = Period.parse("5 working days").due(dt.date(2026, 9, 26), calendar=WorkCalendar.china())
        >>> due.notes[0].about, due.notes[0].at.date()
        ('receipt', datetime.date(2026, 10, 10))
        """
        return tuple(note for note in (self._start_note(), self._receipt_note(), self._roll_note()) if note is not None)

    def explain(self, lang: str = "en") -> str:
        """Say when the period ends and why, day by day, in Chinese (``"zh"``) or English (``"en"``).

        Long proofs are shortened in the text, never in `days`.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> due = Period.parse("1 working day").due(dt.date(2026, 10, 9), calendar=WorkCalendar.china())
        >>> print(due.explain("en"))  # doctest: +ELLIPSIS
        1 working day from 2026-10-09 (Fri): in time up to and including 2026-10-10 (Sat) 24:00
        ...
        """
        from complaint_rules.proof_text import explained

        return explained(self, lang)

    def grid(self, lang: str = "en", *, colour: bool = False) -> str:
        """Draw the months touched, each day marked as counted, skipped, paused or last (月历).

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> due = Period.parse("1 working day").due(dt.date(2026, 10, 9), calendar=WorkCalendar.china())
        >>> print(due.grid("en").splitlines()[3])
           5   6   7   8   9> 10!  11
        """
        from complaint_rules.proof_text import drawn

        return drawn(self, lang, colour=colour)

    def to_dict(self) -> dict[str, Any]:
        """Give the end and its proof as plain data; ``format`` is the version of this shape.

        >>> from complaint_rules.calendar import WorkCalendar
        >>> from complaint_rules.periods import Period
        >>> due = Period.parse("48 hours").due(dt.date(2026, 9, 30), calendar=WorkCalendar.china())
        >>> due.to_dict()["due_at"]
        '2026-10-02T00:00:00+08:00'
        """
        left = self.remaining
        return {
            "format": FORMAT,
            "period": str(self.period),
            "start": self.start.isoformat(),
            "due_at": None if self.moment is None else self.moment.isoformat(),
            "certainty": self.certainty.value,
            "reason": {"zh": self.why_provisional("zh"), "en": self.reason} if self.reason else None,
            "roll": None if self.roll is None else self.roll.value,
            "receipt": None if self.receipt is None else self.receipt.value,
            "starts": None if self.starts is None else f"{self.starts:%H:%M}",
            "ends": self.ends,
            "pauses": [
                {
                    "start": pause.start.isoformat(),
                    "end": None if pause.end is None else pause.end.isoformat(),
                    "reason": pause.reason,
                    "cite": pause.cite,
                }
                for pause in self.pauses
            ],
            "remaining": left.total_seconds() if isinstance(left, dt.timedelta) else left,
            "days": [day.to_dict() for day in self.days],
            "notes": [
                {
                    "about": note.about,
                    "due_at": None if note.at is None else note.at.isoformat(),
                    "zh": note.zh,
                    "en": note.en,
                }
                for note in self.notes
            ],
        }

    # ---- inside

    def _from(self) -> dt.datetime:
        starts = None if self.period.unit in DAY_UNITS else self.starts
        return counting_from(earliest_of(self.start), self.calendar, self.receipt, starts)

    @functools.cached_property
    def _walked(self) -> Walk:
        period = self.period
        return walk(self._from(), period.n, period.unit, self.calendar, self.ends, self.pauses)

    @functools.cached_property
    def _stopped_on(self) -> dt.date:
        """The day up to which an open pause let the period run."""
        if self.period.unit in DAY_UNITS:
            began = next(block.after for block in in_days(self.pauses) if block.through == OPEN_DAY)
        else:
            began = next(begin.date() for begin, end in in_moments(self.pauses) if end == OPEN)
        return max(began, day_of(self.start))

    @functools.cached_property
    def _touched(self) -> dt.date | None:
        """The last day whose arrangement the end rests on; None where it rests on none."""
        unit = self.period.unit
        reached = self.on or self._stopped_on
        days = []
        if self.receipt is not None:
            days.append(self._from().date())
        if unit is Unit.WORKING_DAYS or unit in WORKING_TIME:
            days.append(reached)
        if self.roll is not None and unit in NATURAL_DAY_UNITS and self._walked.last is not None:
            days += [self._walked.last, reached]
        if self.ends == "close" and unit in DAY_UNITS:
            days.append(reached)
        return max(days, default=None)

    def _known(self, day: dt.date) -> CalendarDay | None:
        try:
            return self.calendar.day(day)
        except CalendarUnpublished:
            return None

    def _counted_days(self) -> Iterator[ProofDay]:
        unit = self.period.unit
        opening, last = self._from().date(), self._walked.last
        if last is None:
            last = end = self._stopped_on
        else:
            end = self.on or last
        blocks = in_days(self.pauses)
        working = unit is Unit.WORKING_DAYS
        number, n = 0, self.period.n if working else natural_days(opening, self.period.n, unit)
        for day in _days(day_of(self.start), max(last, end)):
            counts = None
            if day < opening:
                mark = Mark.DEEMED
            elif day == opening:
                mark = Mark.COUNTED if unit is Unit.SAME_DAY else Mark.OPENING
            elif day > min(last, end):
                mark = Mark.ROLLED
            elif any(block.after < day <= block.through for block in blocks):
                mark = Mark.PAUSED
            elif number == n:
                mark = Mark.HELD
            elif working and not self.calendar.is_working_day(day):
                mark = Mark.REST_DAY
            else:
                mark = Mark.COUNTED
                number += 1
                counts = number
            yield ProofDay(date=day, mark=mark, number=counts, day=self._known(day))

    def _counted_time(self) -> Iterator[ProofDay]:
        unit, begin = self.period.unit, self._from()
        stops = in_moments(self.pauses)
        end = self.moment
        if end is None:
            end = max(begin, next(start for start, stop in stops if stop == OPEN))
        for day in _days(day_of(self.start), end.date()):
            first, after = max(earliest_of(day), begin), min(_midnight_after(day), end)
            pieces = [(max(first, a), min(after, b)) for a, b in stops if a < after and first < b]
            time = self._time(first, after) - sum((self._time(a, b) for a, b in pieces), _ZERO)
            if day < begin.date():
                mark = Mark.DEEMED
            elif time:
                mark = Mark.COUNTED
            elif unit in NO_FIGURE:
                mark = Mark.OPENING
            elif pieces:
                mark = Mark.PAUSED
            elif unit not in WORKING_TIME:
                mark = Mark.COUNTED
            else:
                mark = Mark.OUTSIDE_HOURS if self.calendar.is_working_day(day) else Mark.REST_DAY
            yield ProofDay(date=day, mark=mark, time=time, day=self._known(day))

    def _time(self, first: dt.datetime, after: dt.datetime) -> dt.timedelta:
        if after <= first:
            return _ZERO
        return working_time_between(self.calendar, first, after) if self.period.unit in WORKING_TIME else after - first

    def _otherwise(self, **changed: Any) -> dt.datetime | None:
        """Give the end under another reading; None where there is none, or the calendar refuses to say."""
        given = {"roll": self.roll, "receipt": self.receipt, "start": earliest_of(self.start), **changed}
        try:
            return self.period.due_at(
                given["start"],
                self.calendar,
                roll=given["roll"],
                receipt=given["receipt"],
                starts=self.starts,
                ends=self.ends,
                pauses=self.pauses,
            )
        except ComplaintRulesError:
            return None

    def _start_note(self) -> OtherReading | None:
        if isinstance(self.start, dt.datetime) or self.period.unit in DAY_UNITS | NO_FIGURE:
            return None
        return OtherReading(
            about="start",
            at=self._otherwise(start=latest_of(self.start)),
            zh="起算时刻只知日期，按当日0时起算（最严格的算法）",
            en="only the day of the start is known; it is read as 00:00, the strictest reading",
        )

    def _receipt_note(self) -> OtherReading | None:
        deemed = self.receipt is None
        if deemed and self.period.unit is not Unit.WORKING_DAYS:
            return None
        other = self._otherwise(receipt=Receipt.NEXT_WORKING_DAY if deemed else None)
        if other is None or self.moment is None or other == self.moment:
            return None
        zh, en = _told(other, "zh"), _told(other, "en")
        if deemed:
            return OtherReading(
                about="receipt",
                at=other,
                zh=f"收到日为休息日；如视为下一工作日收到，则届满于{zh}",
                en=f"it came on a rest day; deemed received on the next working day it would be {en}",
            )
        return OtherReading(
            about="receipt",
            at=other,
            zh=f"收到日为休息日，视为下一工作日收到；如按实际收到日起算，则届满于{zh}",
            en=f"it came on a rest day and is deemed received on the next working day; else it would be {en}",
        )

    def _roll_note(self) -> OtherReading | None:
        if self.period.unit not in NATURAL_DAY_UNITS:
            return None
        other = self._otherwise(roll=Roll.NEXT_WORKING_DAY if self.roll is None else None)
        if other is None or self.moment is None or other == self.moment:
            return None
        zh, en = _told(other, "zh"), _told(other, "en")
        if self.roll is None:
            return OtherReading(
                about="roll",
                at=other,
                zh=f"末日非工作日；如依民法典第203条顺延，则为{zh}",
                en=f"the last day does not work; with the roll of Civil Code art. 203 it would be {en}",
            )
        return OtherReading(
            about="roll",
            at=other,
            zh=f"末日非工作日，已移至工作日；如不移动，则为{zh}",
            en=f"the last day does not work and was moved; unmoved it would be {en}",
        )


def _told(moment: dt.datetime, lang: str) -> str:
    if moment.time() == _LAST_INSTANT:
        return f"{moment.year}年{moment.month}月{moment.day}日" if lang == "zh" else f"{moment:%Y-%m-%d}"
    return (
        f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M}" if lang == "zh" else f"{moment:%Y-%m-%d %H:%M}"
    )


def _midnight_after(day: dt.date) -> dt.datetime:
    return earliest_of(day) + _ONE_DAY


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)
