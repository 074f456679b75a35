"""What a person reads of a `Proof`: the proof as text and as month grids, in Chinese and English."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from complaint_rules.language import WEEKDAYS, Lang, clock_time, coded, language, length, point, said, weekday
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.proofs import Mark, Proof, ProofDay
from complaint_rules.periods.units import CLOSE, DAY_UNITS, STEP, CutOff, Unit, left_over, spoken

_MOST_LINES: Final = 45
_SHOWN_AT_EACH_END: Final = 15
_MOST_MONTHS: Final = 12
_MONTHS_AT_EACH_END: Final = 3
_SIGN: Final = {
    Mark.OPENING: ">",
    Mark.DEEMED: ">",
    Mark.DEEMED_LATE: ">",
    Mark.COUNTED: "+",
    Mark.REST_DAY: "-",
    Mark.OUTSIDE_HOURS: "-",
    Mark.PAUSED: "=",
    Mark.HELD: "~",
    Mark.ROLLED: "~",
}
_DUE_SIGN: Final = "!"
_COLOUR: Final = {">": "36", "+": "32", "-": "2", "=": "33", "~": "35", _DUE_SIGN: "1;31"}
_LEGEND: Final = (
    "> 起算  + 计入  - 休息  = 中止  ~ 顺延  ! 届满",
    "> opening  + counted  - rest  = paused  ~ carried over  ! last day",
)


def explained(proof: Proof, lang: Lang) -> str:
    """Say when a period ends and why, day by day; see `Due.explain`.

    >>> from complaint_rules import Period, WorkCalendar
    >>> due = Period.parse("same day").due(dt.date(2026, 10, 10), calendar=WorkCalendar.china())
    >>> explained(due.proof, "zh").splitlines()[0]
    '当日，自2026-10-10（周六）起：至2026-10-10（周六）24:00届满（含）'
    """
    lang = language(lang)
    lines = [_headline(proof, lang), _certainty(proof, lang), *_rules(proof, lang), *_day_lines(proof, lang)]
    lines += [said(("注：", "note: "), lang) + note.text(lang) for note in proof.notes]
    lines += [said(("依据：", "source: "), lang) + cited for cited in _notices(proof.days, lang)]
    return "\n".join(lines)


def drawn(proof: Proof, lang: Lang, *, colour: bool) -> str:
    """Draw the months that a period touches; see `Due.grid`.

    >>> from complaint_rules import Period, WorkCalendar
    >>> due = Period.parse("same day").due(dt.date(2026, 10, 10), calendar=WorkCalendar.china())
    >>> drawn(due.proof, "zh", colour=False).splitlines()[0]
    '2026年10月'
    """
    lang = language(lang)
    signs = {day.date: _DUE_SIGN if day.date == proof.on else _SIGN[day.mark] for day in proof.days}
    touched = [list(days) for _, days in itertools.groupby(signs, key=lambda day: (day.year, day.month))]
    blocks = [_month(days[0].year, days[0].month, signs, lang, colour=colour) for days in touched]
    if len(blocks) > _MOST_MONTHS:
        left_out = len(blocks) - 2 * _MONTHS_AT_EACH_END
        gap = said((f"……（略去{left_out}个月）", f"… ({left_out} months left out)"), lang)
        blocks = [*blocks[:_MONTHS_AT_EACH_END], gap, *blocks[-_MONTHS_AT_EACH_END:]]
    return "\n\n".join([*blocks, said(_LEGEND, lang)])


def late_arrival(cut_off: CutOff, lang: Lang) -> str:
    """Say how an arrival after the cut-off hour is read.

    >>> late_arrival("close", "en")
    'an arrival after the close of business is deemed one of the next working day'
    """
    zh, en = ("停止营业", "the close of business") if cut_off == CLOSE else (clock_time(cut_off),) * 2
    return said(
        (f"{zh}后收到的视为下一工作日收到", f"an arrival after {en} is deemed one of the next working day"), lang
    )


def _headline(proof: Proof, lang: Lang) -> str:
    period, start = spoken(proof.n, proof.unit, lang), point(proof.start, lang)
    head = said((f"{period}，自{start}起", f"{period} from {start}"), lang)
    if proof.at is None:
        left = "" if proof.remaining is None else left_over(proof.remaining, proof.unit, lang)
        return head + said((f"：中止未恢复，尚余{left}", f": paused and not resumed; {left} remain"), lang)
    end = point(proof.at, lang)
    if proof.unit is Unit.AT_ONCE:
        return head + said((f"：自{end}起应即办理", f": due from {end}; never overdue by itself"), lang)
    return head + said((f"：至{end}届满（含）", f": in time up to and including {end}"), lang)


def _certainty(proof: Proof, lang: Lang) -> str:
    title, reason = proof.certainty.title(lang), proof.provisional.get(lang, "")
    why = said(("，", ", because "), lang) + reason if reason else ""
    return said(("确定性：", "certainty: "), lang) + title + why


def _rules(proof: Proof, lang: Lang) -> Iterable[str]:
    """Name the articles that decided, for this unit and these readings."""
    unit, counting = proof.unit, proof.counting
    if unit in {Unit.MONTHS, Unit.YEARS}:
        yield said(
            (
                "民法典第二百零二条：至末月对应日，无对应日者至月末",
                "Civil Code art. 202: corresponding day, or month's end",
            ),
            lang,
        )
    if unit in STEP:
        yield said(("民法典第二百零一条：自开始时刻起算", "Civil Code art. 201: counted from the moment itself"), lang)
    if counting.opening_day:
        yield said(("起算当日计入（含当日）", "the opening day counts as the first"), lang)
    elif unit in DAY_UNITS and unit is not Unit.SAME_DAY:
        yield said(("民法典第二百零一条：起算当日不计入", "Civil Code art. 201: the opening day does not count"), lang)
    yield from counting_text(counting, lang)
    for pause in proof.pauses:
        start = point(pause.start, lang)
        end = said(("未恢复", "open"), lang) if pause.end is None else point(pause.end, lang)
        why = said(("，", ", "), lang).join(part for part in (coded(pause.reason or "", lang), pause.cite) if part)
        told = said((f"（{why}）", f" ({why})"), lang) if why else ""
        yield said((f"中止：{start} 至 {end}{told}", f"pause: {start} to {end}{told}"), lang)


def counting_text(counting: Counting, lang: Lang) -> Iterator[str]:
    """Say what of a manner of counting is not the plain way, but for the opening day, in Chinese or English.

    >>> list(counting_text(Counting(roll="next_working_day", starts="08:30"), "en"))[1]
    'starts: not before 08:30'
    """
    if counting.roll is not None:
        yield counting.roll.title(lang)
    if counting.receipt is not None:
        yield counting.receipt.title(lang)
    if counting.cut_off is not None:
        yield late_arrival(counting.cut_off, lang)
    if counting.starts is not None:
        time = clock_time(counting.starts)
        yield said((f"早于{time}的，自{time}起算", f"starts: not before {time}"), lang)
    if counting.ends == "close":
        yield said(("末日至停止业务活动时止", "ends: at the close of business of the last day"), lang)
    elif isinstance(counting.ends, dt.time):
        time = clock_time(counting.ends)
        yield said((f"末日至{time}止", f"ends: at {time} of the last day"), lang)


def _day_lines(proof: Proof, lang: Lang) -> list[str]:
    days = proof.days
    if len(days) <= _MOST_LINES:
        return [_day_line(day, proof, lang) for day in days]
    runs = [list(run) for _, run in itertools.groupby(days, key=lambda day: (day.mark, day.date == proof.on))]
    lines = [_day_line(run[0], proof, lang) if len(run) == 1 else _run_line(run, lang) for run in runs]
    if len(lines) <= _MOST_LINES:
        return lines
    left_out = len(lines) - 2 * _SHOWN_AT_EACH_END
    gap = said((f"  ……（略去{left_out}行）", f"  … ({left_out} lines left out)"), lang)
    return [*lines[:_SHOWN_AT_EACH_END], gap, *lines[-_SHOWN_AT_EACH_END:]]


def _day_line(day: ProofDay, proof: Proof, lang: Lang) -> str:
    if day.number is not None:
        number = f"{day.number:>4}"
    elif day.time:
        time = length(day.time, lang)
        # A Chinese character takes two columns.
        number = time.rjust(4 - sum(not character.isascii() for character in time))
    else:
        number = "   ·"
    last = said((" ← 届满", " ← last day"), lang) if day.date == proof.on else ""
    return f"  {day.date} {weekday(day.date, lang)} {number}  {day.why(lang)}{last}"


def _run_line(run: Sequence[ProofDay], lang: Lang) -> str:
    first, last = run[0], run[-1]
    title = first.mark.title(lang)
    numbers = f" {first.number}–{last.number}" if first.number is not None else ""
    count = said((f"（{len(run)}天）", f" ({len(run)} days)"), lang)
    return f"  {first.date} – {last.date}{numbers}  {title}{count}"


def _notices(days: Iterable[ProofDay], lang: Lang) -> list[str]:
    """Cite each notice once: only those that arranged a day that is no ordinary one."""
    cited: dict[str, None] = {}
    for day in days:
        if day.day is not None and day.notice is not None and day.day.note(lang):
            address = f" {day.notice.address}" if day.notice.address else ""
            cited[f"{day.notice.cite(lang)}{address}"] = None
    return list(cited)


def _month(year: int, month: int, signs: dict[dt.date, str], lang: Lang, *, colour: bool) -> str:
    import calendar as months

    title = said((f"{year}年{month}月", f"{year}-{month:02}"), lang)
    names = "".join(f" {name} " if lang == "zh" else f" {name[:2]} " for name in WEEKDAYS[lang])
    lines = [title, names.rstrip()]
    for week in months.Calendar().monthdatescalendar(year, month):
        cells = (_cell(day, signs.get(day, " "), colour) if day.month == month else "    " for day in week)
        lines.append("".join(cells).rstrip())
    return "\n".join(lines)


def _cell(day: dt.date, sign: str, colour: bool) -> str:
    text = f"{day.day:>3}{sign}"
    return f"\x1b[{_COLOUR[sign]}m{text}\x1b[0m" if colour and sign != " " else text
