"""What each day is: the values a calendar answers with, and the tables of days it answers from."""

from __future__ import annotations

import datetime as dt
from typing import final

import attrs

from complaint_rules.calendar.notices import DayKind, Notice
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, language


@final
class Certainty(Coded):
    """How far an answer can be relied on (确定性).

    >>> Certainty.PROVISIONAL.title("zh")
    '暂定'
    """

    FINAL = "final", "确定", "final"
    """Every day it rests on is arranged by a published notice."""
    PROVISIONAL = "provisional", "暂定", "provisional"
    """It rests on days whose notice is not published: statutory days are known by law, exchanges are not."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Override(Shown):
    """One institution's own opening or closure (本行特别安排): it decides whether a day works, not its kind."""

    date: dt.date
    """The day."""
    works: bool
    """Whether it works here."""
    reason: str
    """Why; shown wherever the day is explained."""
    reason_en: str = ""
    """The same in English, where it is said in both languages; empty: `reason` serves for both."""


@final
@attrs.frozen(kw_only=True, repr=False)
class CalendarDay(Shown):
    """All that the calendar knows of one day (日历日).

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> day = WorkCalendar.china().day(dt.date(2026, 10, 5))
    >>> day.kind.name, day.compensates, day.notice.number
    ('STATUTORY_HOLIDAY', datetime.date(2026, 10, 3), '国办发明电〔2025〕7号')
    >>> day.note("zh")
    '国庆节，补10月3日'
    """

    date: dt.date
    """The day."""
    kind: DayKind
    """Its kind by law and notice; an institution's override does not change it."""
    works: bool
    """Whether it works in this calendar, overrides included."""
    notice: Notice | None
    """The notice that arranges it; None where none is published."""
    name_zh: str = ""
    """Festival or occasion in Chinese; empty for an ordinary day."""
    name_en: str = ""
    """Festival or occasion in English; empty for an ordinary day."""
    compensates: dt.date | None = None
    """For a statutory day made up (补假): the day for which it stands."""
    swapped_with: dt.date | None = None
    """The other half of an exchange, where the source pairs them."""
    reason: str = ""
    """Why an institution's own override decides; empty where none does."""
    reason_en: str = ""
    """The same in English, where it is said in both languages."""
    certainty: Certainty = Certainty.FINAL
    """Whether the notice that could still move it is published."""
    disputed: bool = False
    """Whether the installed package `holidays` says something else of it; it is as this library holds it."""

    def note(self, lang: Lang = "zh") -> str:
        """Say in Chinese (``"zh"``) or English what is particular about the day; empty for an ordinary one.

        >>> from complaint_rules.calendar.working_days import WorkCalendar
        >>> WorkCalendar.china().day(dt.date(2026, 10, 10)).note("en")
        'make-up for 2026-10-07'
        """
        zh = language(lang) == "zh"
        parts = [name] if (name := self.name_zh if zh else self.name_en) else []
        if self.compensates:
            parts.append(f"补{_short(self.compensates)}" if zh else f"in lieu of {self.compensates}")
        if self.swapped_with:
            other = self.swapped_with
            if self.kind.works:
                parts.append(f"补{_short(other)}的班" if zh else f"make-up for {other}")
            else:
                parts.append(f"与{_short(other)}对换" if zh else f"exchanged for {other}")
        if self.reason:
            parts.append(f"本行安排：{self.reason}" if zh else f"own arrangement: {self.reason_en or self.reason}")
        if self.disputed:
            parts.append("所装holidays包所载不同" if zh else "the installed package holidays says otherwise")
        return ("，" if zh else ", ").join(parts)


def _short(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
