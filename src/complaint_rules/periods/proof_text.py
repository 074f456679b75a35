"""What a person reads of a `Proof`: the proof as text and as month grids, in Chinese and English."""

from __future__ import annotations

import calendar as months
import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from typing import Final

from complaint_rules.errors import InvalidPeriod
from complaint_rules.language import coded
from complaint_rules.periods.deadlines import END_OF_DAY
from complaint_rules.periods.proofs import Mark, Proof, ProofDay
from complaint_rules.periods.units import DAY_UNITS, STEP, Roll, Unit, spoken

_WEEKDAYS: Final = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_LAST_INSTANT: Final = END_OF_DAY.replace(tzinfo=None)
_MOST_LINES: Final = 45
_SHOWN_AT_EACH_END: Final = 15
_MOST_MONTHS: Final = 12
_MONTHS_AT_EACH_END: Final = 3
_SIGN: Final = {
    Mark.OPENING: ">",
    Mark.DEEMED: ">",
    Mark.COUNTED: "+",
    Mark.REST_DAY: "-",
    Mark.OUTSIDE_HOURS: "-",
    Mark.PAUSED: "=",
    Mark.HELD: "~",
    Mark.ROLLED: "~",
}
_DUE_SIGN: Final = "!"
_ROLLS: Final = {
    Roll.NEXT_WORKING_DAY: ("下一工作日", "next"),
    Roll.PREVIOUS_WORKING_DAY: ("前一工作日", "previous"),
}
_COLOUR: Final = {">": "36", "+": "32", "-": "2", "=": "33", "~": "35", _DUE_SIGN: "1;31"}
_LEGEND: Final = {
    "zh": "> 起算  + 计入  - 休息  = 中止  ~ 顺延  ! 届满",
    "en": "> opening  + counted  - rest  = paused  ~ carried over  ! last day",
}


def explained(proof: Proof, lang: str) -> str:
    """Say when a period ends and why, day by day; see `Due.explain`.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> from complaint_rules.periods.periods import Period
    >>> due = Period.parse("same day").due(dt.date(2026, 10, 10), calendar=WorkCalendar.china())
    >>> explained(due.proof, "zh").splitlines()[0]
    '当日，自2026-10-10（周六）起：至2026-10-10（周六）24:00届满（含）'
    """
    zh = _chinese(lang)
    lines = [_headline(proof, zh), _certainty(proof, zh), *_rules(proof, zh), *_day_lines(proof, zh)]
    lines += [f"注：{note.zh}" if zh else f"note: {note.en}" for note in proof.notes]
    lines += [f"依据：{cited}" if zh else f"source: {cited}" for cited in _notices(proof.days, lang)]
    return "\n".join(lines)


def drawn(proof: Proof, lang: str, *, colour: bool) -> str:
    """Draw the months that a period touches; see `Due.grid`.

    >>> from complaint_rules.calendar.working_days import WorkCalendar
    >>> from complaint_rules.periods.periods import Period
    >>> due = Period.parse("same day").due(dt.date(2026, 10, 10), calendar=WorkCalendar.china())
    >>> drawn(due.proof, "zh", colour=False).splitlines()[0]
    '2026年10月'
    """
    zh = _chinese(lang)
    signs = {day.date: _DUE_SIGN if day.date == proof.on else _SIGN[day.mark] for day in proof.days}
    touched = [list(days) for _, days in itertools.groupby(signs, key=lambda day: (day.year, day.month))]
    blocks = [_month(days[0].year, days[0].month, signs, zh=zh, colour=colour) for days in touched]
    if len(blocks) > _MOST_MONTHS:
        left_out = len(blocks) - 2 * _MONTHS_AT_EACH_END
        gap = f"……（略去{left_out}个月）" if zh else f"… ({left_out} months left out)"
        blocks = [*blocks[:_MONTHS_AT_EACH_END], gap, *blocks[-_MONTHS_AT_EACH_END:]]
    return "\n\n".join([*blocks, _LEGEND["zh" if zh else "en"]])


def _chinese(lang: str) -> bool:
    if lang not in tuple(_WEEKDAYS):
        raise InvalidPeriod(what="lang", why="'zh' or 'en' is expected", value=lang)
    return lang == "zh"


def _weekday(day: dt.date, zh: bool) -> str:
    return f"周{_WEEKDAYS['zh'][day.weekday()]}" if zh else _WEEKDAYS["en"][day.weekday()]


def _point(when: dt.datetime | dt.date, zh: bool) -> str:
    day = f"{when:%Y-%m-%d}（{_weekday(when, zh)}）" if zh else f"{when:%Y-%m-%d} ({_weekday(when, zh)})"
    if not isinstance(when, dt.datetime):
        return day
    if when.time() == _LAST_INSTANT:
        time = "24:00"
    elif when.microsecond:
        time = f"{when:%H:%M:%S.%f}"
    else:
        time = f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"
    return f"{day}{time}" if zh else f"{day} {time}"


def _headline(proof: Proof, zh: bool) -> str:
    period, start = spoken(proof.n, proof.unit, "zh" if zh else "en"), _point(proof.start, zh)
    head = f"{period}，自{start}起" if zh else f"{period} from {start}"
    if proof.at is None:
        left = _left(proof, zh)
        return f"{head}：中止未恢复，尚余{left}" if zh else f"{head}: paused and not resumed; {left} remain"
    end = _point(proof.at, zh)
    if proof.unit is Unit.AT_ONCE:
        return f"{head}：自{end}起应即办理" if zh else f"{head}: due from {end}; never overdue by itself"
    return f"{head}：至{end}届满（含）" if zh else f"{head}: in time up to and including {end}"


def _left(proof: Proof, zh: bool) -> str:
    left = proof.remaining
    if isinstance(left, dt.timedelta):
        return _length(left, zh)
    if proof.unit is Unit.WORKING_DAYS:
        return f"{left}个工作日" if zh else f"{left} working days"
    return f"{left}日" if zh else f"{left} days"


def _length(time: dt.timedelta, zh: bool) -> str:
    seconds = time.total_seconds()
    hours, rest = divmod(int(seconds), 3600)
    minutes, whole = divmod(rest, 60)
    exact = f"{whole + seconds % 1:g}"
    parts = [(hours, "小时" if zh else " h"), (minutes, "分" if zh else " min")]
    texts = [f"{n}{word}" for n, word in parts if n]
    if exact != "0" or not texts:
        texts.append(f"{exact}{'秒' if zh else ' s'}")
    return ("" if zh else " ").join(texts)


def _certainty(proof: Proof, zh: bool) -> str:
    lang = "zh" if zh else "en"
    title, reason = proof.certainty.title(lang), proof.provisional.get(lang, "")
    if zh:
        return f"确定性：{title}" + (f"，{reason}" if reason else "")
    return f"certainty: {title}" + (f", because {reason}" if reason else "")


def _rules(proof: Proof, zh: bool) -> Iterable[str]:
    """Name the articles that decided, for this unit and these readings."""
    unit = proof.unit
    if unit in {Unit.MONTHS, Unit.YEARS}:
        yield (
            "民法典第202条：至末月对应日，无对应日者至月末"
            if zh
            else "Civil Code art. 202: corresponding day, or month's end"
        )
    if unit in STEP:
        yield "民法典第201条：自开始时刻起算" if zh else "Civil Code art. 201: counted from the moment itself"
    if unit in DAY_UNITS and unit is not Unit.SAME_DAY:
        yield "民法典第201条：起算当日不计入" if zh else "Civil Code art. 201: the opening day does not count"
    counting = proof.counting
    if counting.roll is not None:
        where = _ROLLS[counting.roll]
        yield (
            f"末日非工作日的，移至{where[0]}"
            if zh
            else f"roll: a last day that does not work moves to the {where[1]} one"
        )
    if counting.receipt is not None:
        yield (
            "休息日收到的，视为下一工作日收到" if zh else "receipt: on a rest day, deemed to be on the next working day"
        )
    if counting.starts is not None:
        time = f"{counting.starts:%H:%M}"
        yield f"早于{time}的，自{time}起算" if zh else f"starts: not before {time}"
    if counting.ends == "close":
        yield "末日至停止业务活动时止" if zh else "ends: at the close of business of the last day"
    for pause in proof.pauses:
        start = _point(pause.start, zh)
        end = ("未恢复" if zh else "open") if pause.end is None else _point(pause.end, zh)
        why = "，".join(part for part in (coded(pause.reason or "", "zh" if zh else "en"), pause.cite) if part)
        told = f"（{why}）" if zh and why else f" ({why.replace('，', ', ')})" if why else ""
        yield f"中止：{start} 至 {end}{told}" if zh else f"pause: {start} to {end}{told}"


def _day_lines(proof: Proof, zh: bool) -> list[str]:
    days = proof.days
    if len(days) <= _MOST_LINES:
        return [_day_line(day, proof, zh) for day in days]
    runs = [list(run) for _, run in itertools.groupby(days, key=lambda day: (day.mark, day.date == proof.on))]
    lines = [_day_line(run[0], proof, zh) if len(run) == 1 else _run_line(run, zh) for run in runs]
    if len(lines) <= _MOST_LINES:
        return lines
    left_out = len(lines) - 2 * _SHOWN_AT_EACH_END
    gap = f"  ……（略去{left_out}行）" if zh else f"  … ({left_out} lines left out)"
    return [*lines[:_SHOWN_AT_EACH_END], gap, *lines[-_SHOWN_AT_EACH_END:]]


def _day_line(day: ProofDay, proof: Proof, zh: bool) -> str:
    if day.number is not None:
        number = f"{day.number:>4}"
    elif day.time:
        length = _length(day.time, zh)
        # A Chinese character takes two columns.
        number = length.rjust(4 - sum(not character.isascii() for character in length))
    else:
        number = "   ·"
    last = (" ← 届满" if zh else " ← last day") if day.date == proof.on else ""
    return f"  {day.date} {_weekday(day.date, zh)} {number}  {day.why('zh' if zh else 'en')}{last}"


def _run_line(run: Sequence[ProofDay], zh: bool) -> str:
    first, last = run[0], run[-1]
    title = first.mark.title("zh" if zh else "en")
    numbers = f" {first.number}–{last.number}" if first.number is not None else ""
    count = f"{len(run)}天" if zh else f"{len(run)} days"
    return (
        f"  {first.date} – {last.date}{numbers}  {title}（{count}）"
        if zh
        else (f"  {first.date} – {last.date}{numbers}  {title} ({count})")
    )


def _notices(days: Iterable[ProofDay], lang: str) -> list[str]:
    """Cite each notice once: only those that arranged a day that is no ordinary one."""
    cited: dict[str, None] = {}
    for day in days:
        if day.day is not None and day.notice is not None and day.day.note(lang):
            address = f" {day.notice.address}" if day.notice.address else ""
            cited[f"{day.notice.cite(lang)}{address}"] = None
    return list(cited)


def _month(year: int, month: int, signs: dict[dt.date, str], *, zh: bool, colour: bool) -> str:
    title = f"{year}年{month}月" if zh else f"{year}-{month:02}"
    names = "".join(f" {name} " for name in _WEEKDAYS["zh"]) if zh else "".join(f" {n[:2]} " for n in _WEEKDAYS["en"])
    lines = [title, names.rstrip()]
    for week in months.Calendar().monthdatescalendar(year, month):
        cells = (_cell(day, signs.get(day, " "), colour) if day.month == month else "    " for day in week)
        lines.append("".join(cells).rstrip())
    return "\n".join(lines)


def _cell(day: dt.date, sign: str, colour: bool) -> str:
    text = f"{day.day:>3}{sign}"
    return f"\x1b[{_COLOUR[sign]}m{text}\x1b[0m" if colour and sign != " " else text
