"""How a proof is made: each day walked once more, and the end counted anew under every other reading."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Sequence
from typing import Final, final

import attrs

from complaint_rules.calendar.days import CalendarDay, Certainty
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.calendar.working_time import working_time_between
from complaint_rules.errors import CalendarUnpublished, ComplaintRulesError
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, point
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import day_of, earliest_of, latest_of
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.deadlines import Walk, came_late, counted, counting_from, natural_days, walk
from complaint_rules.periods.pauses import OPEN, OPEN_DAY, Pause, in_days, in_moments
from complaint_rules.periods.proofs import Mark, OtherReading, Proof, ProofDay
from complaint_rules.periods.units import DAY_UNITS, NATURAL_DAY_UNITS, NO_FIGURE, WORKING_TIME, Receipt, Roll, Unit

_ONE_DAY: Final = dt.timedelta(days=1)
_ZERO: Final = dt.timedelta(0)


@final
@attrs.frozen(repr=False)
class Prover(Shown):
    """One count of a period, ready to be proved; the engine has already said when it ends.

    >>> from complaint_rules.periods.counting import PLAIN
    >>> day, cal = dt.date(2026, 10, 9), WorkCalendar.china()
    >>> end = latest_of(dt.date(2026, 10, 10))
    >>> prover = Prover(1, Unit.WORKING_DAYS, day, cal, PLAIN, (), end)
    >>> prover.certainty.name, [each.mark.name for each in prover.days()]
    ('FINAL', ['OPENING', 'COUNTED'])
    """

    n: int
    """How many units."""
    unit: Unit
    """What is counted."""
    start: dt.datetime | dt.date
    """From when, as given."""
    calendar: WorkCalendar
    """The calendar that was asked."""
    counting: Counting
    """How it is counted."""
    pauses: Sequence[Pause]
    """The stretches that do not count."""
    at: dt.datetime | None
    """The last instant in time, by the engine; None while an open pause stops the period."""

    @property
    def certainty(self) -> Certainty:
        """Whether a notice not yet published could still move the end."""
        touched = self._touched
        return Certainty.FINAL if touched is None else self.calendar.certainty(touched)

    def why_provisional(self, lang: Lang) -> str:
        """Say why the end is provisional; empty where it is final."""
        touched = self._touched
        return "" if touched is None else self.calendar.certainty_reason(touched, lang)

    @property
    def remaining(self) -> int | dt.timedelta | None:
        """What is left while an open pause stops the period; None where none does."""
        start = earliest_of(self.start)
        moment, left = counted(start, self.n, self.unit, self.calendar, self.counting, self.pauses)
        return left if moment is None else None

    def proof(self) -> Proof:
        """Put the whole proof together."""
        reason = {lang: why for lang in ("zh", "en") if (why := self.why_provisional(lang))}
        notes = (self._start_note(), self._receipt_note(), self._roll_note())
        return Proof(
            n=self.n,
            unit=self.unit,
            start=self.start,
            counting=self.counting,
            pauses=tuple(self.pauses),
            at=self.at,
            remaining=self.remaining,
            days=tuple(self.days()),
            notes=tuple(note for note in notes if note is not None),
            certainty=self.certainty,
            provisional=FrozenMap(reason),
        )

    def days(self) -> Iterator[ProofDay]:
        """Give each day from the start to the end; while an open pause stops the period, up to the day it began."""
        return self._counted_days() if self.unit in DAY_UNITS else self._counted_time()

    # ---- inside

    def _from(self) -> dt.datetime:
        return counting_from(earliest_of(self.start), self.calendar, self.counting, waits=self.unit not in DAY_UNITS)

    @functools.cached_property
    def _late(self) -> bool:
        """Whether it came on a working day, after the hour up to which it counts as one of that day."""
        start = earliest_of(self.start)
        if not self.calendar.is_working_day(start.date()):
            return False
        return came_late(start, self.calendar, self.counting)

    @property
    def _deemed(self) -> Mark:
        return Mark.DEEMED_LATE if self._late else Mark.DEEMED

    @functools.cached_property
    def _walked(self) -> Walk:
        return walk(self._from(), self.n, self.unit, self.calendar, self.counting, self.pauses)

    @functools.cached_property
    def _stopped_on(self) -> dt.date:
        """The day up to which an open pause let the period run."""
        if self.unit in DAY_UNITS:
            began = next(block.after for block in in_days(self.pauses) if block.through == OPEN_DAY)
        else:
            began = next(begin.date() for begin, end in in_moments(self.pauses) if end == OPEN)
        return max(began, day_of(self.start))

    @functools.cached_property
    def _touched(self) -> dt.date | None:
        """The last day whose arrangement the end rests on; None where it rests on none."""
        unit = self.unit
        reached = self._stopped_on if self.at is None else self.at.date()
        days = []
        if self.counting.receipt is not None:
            days.append(self._from().date())
        if unit is Unit.WORKING_DAYS or unit in WORKING_TIME:
            days.append(reached)
        if self.counting.roll is not None and unit in NATURAL_DAY_UNITS and self._walked.last is not None:
            days += [self._walked.last, reached]
        if self.counting.ends == "close" and unit in DAY_UNITS:
            days.append(reached)
        return max(days, default=None)

    def _known(self, day: dt.date) -> CalendarDay | None:
        try:
            return self.calendar.day(day)
        except CalendarUnpublished:
            return None

    def _counted_days(self) -> Iterator[ProofDay]:
        unit = self.unit
        opening, last = self._from().date(), self._walked.last
        if last is None:
            last = end = self._stopped_on
        else:
            end = last if self.at is None else self.at.date()
        blocks = in_days(self.pauses)
        working = unit is Unit.WORKING_DAYS
        counts_opening = self.counting.opening_day
        number, n = 0, self.n if working else natural_days(opening, self.n, unit, opening_day=counts_opening)
        for day in _days(day_of(self.start), max(last, end)):
            counts = None
            if day < opening:
                mark = self._deemed
            elif day == opening and (unit is Unit.SAME_DAY or not counts_opening):
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
        unit, begin = self.unit, self._from()
        stops = in_moments(self.pauses)
        end = self.at
        if end is None:
            end = max(begin, next(start for start, stop in stops if stop == OPEN))
        for day in _days(day_of(self.start), end.date()):
            first, after = max(earliest_of(day), begin), min(_midnight_after(day), end)
            pieces = [(max(first, a), min(after, b)) for a, b in stops if a < after and first < b]
            time = self._time(first, after) - sum((self._time(a, b) for a, b in pieces), _ZERO)
            if day < begin.date():
                mark = self._deemed
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
        return working_time_between(self.calendar, first, after) if self.unit in WORKING_TIME else after - first

    def _otherwise(self, counting: Counting, start: dt.datetime | None = None) -> dt.datetime | None:
        """Give the end under another reading; None where there is none, or the calendar refuses to say."""
        begin = earliest_of(self.start) if start is None else start
        try:
            return counted(begin, self.n, self.unit, self.calendar, counting, self.pauses)[0]
        except ComplaintRulesError:
            return None

    def _start_note(self) -> OtherReading | None:
        if isinstance(self.start, dt.datetime):
            return None
        cuts = self.counting.cut_off is not None
        if self.unit in DAY_UNITS | NO_FIGURE and not cuts:
            return None
        latest = self._otherwise(self.counting, latest_of(self.start))
        if cuts and latest == self.at:
            return None
        return OtherReading(
            about="start",
            at=latest,
            zh="起算时刻只知日期，按当日0时起算（最严格的算法）",
            en="only the day of the start is known; it is read as 00:00, the strictest reading",
        )

    def _receipt_note(self) -> OtherReading | None:
        deemed = self.counting.receipt is None
        if deemed and self.unit is not Unit.WORKING_DAYS:
            return None
        receipt = Receipt.NEXT_WORKING_DAY if deemed else None
        other = self._otherwise(attrs.evolve(self.counting, receipt=receipt, cut_off=None))
        if other is None or self.at is None or other == self.at:
            return None
        zh, en = point(other, "zh"), point(other, "en")
        if deemed:
            return OtherReading(
                about="receipt",
                at=other,
                zh=f"收到日为休息日；如视为下一工作日收到，则届满于{zh}",
                en=f"it came on a rest day; deemed received on the next working day it would be {en}",
            )
        if self._late:
            return OtherReading(
                about="receipt",
                at=other,
                zh=f"收到时已过当日截止时刻，视为下一工作日收到；如按实际收到日起算，则届满于{zh}",
                en=f"it came after the hour and is deemed received on the next working day; else it would be {en}",
            )
        return OtherReading(
            about="receipt",
            at=other,
            zh=f"收到日为休息日，视为下一工作日收到；如按实际收到日起算，则届满于{zh}",
            en=f"it came on a rest day and is deemed received on the next working day; else it would be {en}",
        )

    def _roll_note(self) -> OtherReading | None:
        if self.unit not in NATURAL_DAY_UNITS:
            return None
        rolled = Roll.NEXT_WORKING_DAY if self.counting.roll is None else None
        other = self._otherwise(attrs.evolve(self.counting, roll=rolled))
        if other is None or self.at is None or other == self.at:
            return None
        zh, en = point(other, "zh"), point(other, "en")
        if self.counting.roll is None:
            return OtherReading(
                about="roll",
                at=other,
                zh=f"末日非工作日；如依民法典第二百零三条顺延，则为{zh}",
                en=f"the last day does not work; with the roll of Civil Code art. 203 it would be {en}",
            )
        return OtherReading(
            about="roll",
            at=other,
            zh=f"末日非工作日，已移至工作日；如不移动，则为{zh}",
            en=f"the last day does not work and was moved; unmoved it would be {en}",
        )


def _midnight_after(day: dt.date) -> dt.datetime:
    return earliest_of(day) + _ONE_DAY


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)
