"""What the end of a period rests on, day by day, as values: `Proof`, its days with their marks, other readings."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, final

import attrs

from complaint_rules.calendar.days import CalendarDay, Certainty
from complaint_rules.calendar.notices import DayKind, Notice
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, language, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.units import Unit, spoken

FORMAT: Final = 1
"""Version of the shape that `Proof.to_dict` gives."""


def _written(time: dt.time | str | None) -> str | None:
    return f"{time:%H:%M}" if isinstance(time, dt.time) else time


@final
class Mark(Coded):
    """What a day is in a proof (计入与否).

    >>> Mark.PAUSED.title("zh")
    '中止，不计入'
    """

    OPENING = "opening", "起算当日，不计入", "opening day, not counted"
    """The opening day (开始当日): not counted, Civil Code art. 201; of a period of time, the day on which it begins."""
    DEEMED = "deemed", "休息日收到，顺延视为收到", "received on a rest day, not yet deemed received"
    """A rest day between the receipt and the day on which it is deemed received."""
    DEEMED_LATE = (
        "deemed_late",
        "截止时刻后收到，顺延视为收到",
        "received after the hour, not yet deemed received",
    )
    """A day from a receipt after the cut-off hour to the day on which it is deemed received."""
    COUNTED = "counted", "计入", "counted"
    """It counts, wholly or for the time given."""
    REST_DAY = "rest_day", "休息日，不计入", "rest day, not counted"
    """A day that does not work, in a limit that counts working days or working time."""
    OUTSIDE_HOURS = "outside_hours", "无工作时间计入", "no working time in the limit"
    """A working day of which no working time fell into the limit."""
    PAUSED = "paused", "中止，不计入", "paused, not counted"
    """The limit was stopped."""
    HELD = "held", "中止期间不届满，顺延", "carried past the pause"
    """All units were counted, but the limit may not end while stopped, so it runs on to its first lawful last day."""
    ROLLED = "rolled", "末日移动，不计入", "last day moved, not counted"
    """Between the last day as counted and the working day to which it moved, on or back."""


@final
@attrs.frozen(kw_only=True, repr=False)
class ProofDay(Shown):
    """One day of a proof."""

    date: dt.date
    """The day."""
    mark: Mark
    """Whether it counts, and if not why."""
    number: int | None = None
    """Which counted day it is, from 1; None where it does not count, and in periods of hours and minutes."""
    time: dt.timedelta | None = None
    """How much of it counts, in periods of hours and minutes; None in periods of days."""
    day: CalendarDay | None = None
    """What the calendar knows of it; None where the calendar refuses days that are not published."""

    @property
    def counted(self) -> bool:
        """Whether it counts.

        >>> ProofDay(date=dt.date(2026, 10, 8), mark=Mark.COUNTED, number=1).counted
        True
        """
        return self.mark is Mark.COUNTED

    @property
    def kind(self) -> DayKind | None:
        """The kind of day; None where the calendar refuses to say.

        >>> ProofDay(date=dt.date(2027, 10, 8), mark=Mark.COUNTED).kind is None
        True
        """
        return None if self.day is None else self.day.kind

    @property
    def notice(self) -> Notice | None:
        """The State Council notice that arranges its year; None where none is published.

        >>> ProofDay(date=dt.date(2027, 10, 8), mark=Mark.COUNTED).notice is None
        True
        """
        return None if self.day is None else self.day.notice

    def why(self, lang: Lang) -> str:
        """Say in Chinese (``"zh"``) or English why it counts or does not: the mark, the kind of day, the festival.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> day = dt.date(2026, 10, 1)
        >>> ProofDay(date=day, mark=Mark.REST_DAY, day=WorkCalendar.china().day(day)).why("en")
        'rest day, not counted: statutory holiday (National Day)'
        """
        text = self.mark.title(lang)
        if self.day is None:
            return text
        note = self.day.note(lang)
        told = said((f"（{note}）", f" ({note})"), lang) if note else ""
        return f"{text}{said(('：', ': '), lang)}{self.day.kind.title(lang)}{told}"

    def to_dict(self) -> dict[str, Any]:
        """Give the day as plain data.

        >>> ProofDay(date=dt.date(2026, 10, 8), mark=Mark.COUNTED, number=1).to_dict()["number"]
        1
        """
        notice = self.notice
        return {
            "date": self.date.isoformat(),
            "mark": self.mark.value,
            "counted": self.counted,
            "number": self.number,
            "seconds": None if self.time is None else self.time.total_seconds(),
            "kind": None if self.kind is None else self.kind.value,
            "note": None if self.day is None else {"zh": self.day.note("zh"), "en": self.day.note("en")},
            "notice": None if notice is None else notice.number,
        }


@final
@attrs.frozen(kw_only=True, repr=False)
class OtherReading(Shown):
    """A place where the law or the record has another reading, and what that would give (另一种算法)."""

    about: str
    """``"roll"``, ``"receipt"`` or ``"start"``."""
    at: dt.datetime | None
    """The last instant under the other reading, in Beijing time; None where it changes nothing that can be dated."""
    zh: str
    """The sentence in Chinese."""
    en: str
    """The sentence in English."""

    def text(self, lang: Lang) -> str:
        """Give the sentence in Chinese (``"zh"``) or English (``"en"``).

        >>> OtherReading(about="roll", at=None, zh="…", en="it moves").text("en")
        'it moves'
        """
        return said((self.zh, self.en), language(lang))


@final
@attrs.frozen(kw_only=True, repr=False)
class Proof(Shown):
    """When a period ends, and everything that decided it (期限推算过程): a value that can be read without a calendar.

    `Due.proof` gives one.
    """

    n: int
    """How many units; 0 for "same day" and "at once"."""
    unit: Unit
    """What was counted."""
    start: dt.datetime | dt.date
    """From when: a moment in Beijing time, or a day where no more is known. As given."""
    counting: Counting
    """How it was counted."""
    pauses: tuple[Pause, ...]
    """The stretches that do not count, as given."""
    at: dt.datetime | None
    """The last instant in time, inclusive; None while an open pause stops the period."""
    remaining: int | dt.timedelta | None
    """What is left in the period's own unit while an open pause stops it; None where none does."""
    days: tuple[ProofDay, ...]
    """Each day from the start to the end, in order, both included."""
    notes: tuple[OtherReading, ...]
    """Where another reading exists, and what it would give."""
    certainty: Certainty
    """Whether a notice not yet published could still move the end."""
    provisional: FrozenMap[str, str]
    """Why the end is provisional, under ``zh`` and ``en``; empty where it is final."""

    @property
    def on(self) -> dt.date | None:
        """The last day (届满日); None while an open pause stops the period.

        >>> import complaint_rules
        >>> cal = complaint_rules.WorkCalendar.china()
        >>> complaint_rules.Period.parse("3 months").due(dt.date(2014, 5, 28), calendar=cal).proof.on
        datetime.date(2014, 8, 28)
        """
        return None if self.at is None else self.at.date()

    def to_dict(self) -> dict[str, Any]:
        """Give the end and its proof as plain data; ``format`` is the version of this shape.

        >>> import complaint_rules
        >>> cal = complaint_rules.WorkCalendar.china()
        >>> complaint_rules.Period.parse("48 hours").due(dt.date(2026, 9, 30), calendar=cal).proof.to_dict()[
        ...     "due_at"
        ... ]
        '2026-10-02T00:00:00+08:00'
        """
        left, counting = self.remaining, self.counting
        return {
            "format": FORMAT,
            "period": spoken(self.n, self.unit, "en"),
            "start": self.start.isoformat(),
            "due_at": None if self.at is None else self.at.isoformat(),
            "certainty": self.certainty.value,
            "reason": dict(self.provisional) or None,
            "roll": None if counting.roll is None else counting.roll.value,
            "receipt": None if counting.receipt is None else counting.receipt.value,
            "starts": None if counting.starts is None else f"{counting.starts:%H:%M}",
            "cut_off": _written(counting.cut_off),
            "opening_day": counting.opening_day,
            "ends": _written(counting.ends),
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
