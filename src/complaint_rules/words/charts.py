"""The life of a case as a Mermaid chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Run, Status
from complaint_rules.language import Lang
from complaint_rules.moments import INSTANT, as_moment, earliest_of
from complaint_rules.words.timelines import Happening, entry_text, held_in, timeline
from complaint_rules.words.voices import Voice, voice

_BREAKING: Final = str.maketrans(
    {
        ":": "：",
        ";": "；",
        "#": "＃",
        "%": "％",
        "{": "（",
        "}": "）",
        "<": "‹",
        ">": "›",
        '"': "”",
        "`": "’",
        "\\": "/",
    }
)
"""What ends or breaks a line of a Mermaid chart, with what is drawn instead."""


_RESERVED: Final = (
    "title", "section", "dateformat", "axisformat", "tickinterval", "todaymarker", "excludes", "includes", "weekday",
    "weekend", "inclusiveenddates", "topaxis", "click", "call", "href", "acctitle", "accdescr", "gantt",
)  # fmt: skip
"""Words that Mermaid reads as commands at the start of a line."""


_LONGEST_NAME: Final = 120


def timeline_mermaid(assessment: Assessment, lang: Lang) -> str:
    """Draw the life of a case as a Mermaid chart (甘特图): who held the file, each limit with its pauses, the events.

    Late stretches are marked critical. Signs that would break the chart are replaced by their full-width likes.
    Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> for line in timeline_mermaid(found, "en").splitlines()[:7]:
    ...     print(line)
    gantt
        title Case c-1 (psbc-95580)
        dateFormat YYYY-MM-DD HH:mm
        axisFormat %m-%d
        section Whole process
        running :active, 2026-09-30 16:05, 2026-10-14 00:00
        section Head office routes to the tier-1 branch
    """
    spoken = voice(assessment.policy, lang)
    case = assessment.case.complaint.id
    title = spoken.pick(f"案件 {case}（{assessment.policy.id}）", f"Case {case} ({assessment.policy.id})")
    lines = ["gantt", f"    title {_plain(title)}", "    dateFormat YYYY-MM-DD HH:mm", "    axisFormat %m-%d"]
    for section, bars in _sections(assessment, spoken):
        if bars:
            lines += [f"    section {_plain(section)}", *(f"    {bar}" for bar in bars)]
    return "\n".join(lines)


def _sections(assessment: Assessment, spoken: Voice) -> Iterator[tuple[str, list[str]]]:
    unknown = spoken.pick("不明", "unknown")
    held = [
        _bar(spoken.holder(one.holder) or unknown, "", as_moment(one.since, what="since"), one.natural)
        for one in held_in(assessment)
        if not one.closed and (one.holder is not None or one.natural)
    ]
    if any(one.holder is not None for one in held_in(assessment)):
        yield spoken.pick("经办", "Holders"), held
    for clock in assessment.clocks.values():
        bars = [bar for run in clock.runs for bar in _bars(run, assessment.at, spoken)]
        yield spoken.titled(clock.limit.title, clock.limit.id), bars
    events = [
        _bar(entry_text(moment, spoken), "milestone, ", earliest_of(moment.when), dt.timedelta(0))
        for moment in timeline(assessment)
        if moment.when is not None and moment.event is not None
    ]
    yield spoken.pick("事项", "Events"), events


def _bars(run: Run, now: dt.datetime, spoken: Voice) -> Iterator[str]:
    start = run.start.lo
    if run.status is Status.NOT_APPLICABLE or start is None:
        return
    ended = now if run.end is None or run.end.hi is None else run.end.hi
    due = run.due_at
    until = ended if due is None or (run.end is not None and ended < due) else due
    tag = "done, " if run.end is not None else "active, "
    yield _bar(run.status.title(spoken.lang), tag, start, until - start)
    if run.late and due is not None:
        yield _bar(Happening.BREACHED.title(spoken.lang), "crit, ", due, ended - due)
    for pause in run.pauses:
        begin = earliest_of(pause.start)
        end = now if pause.end is None else earliest_of(pause.end)
        name = f"{Happening.STOPPED.title(spoken.lang)}{spoken.bracketed(spoken.code(pause.reason or ''))}"
        yield _bar(name, "", begin, end - begin)


def _bar(name: str, tag: str, start: dt.datetime, time: dt.timedelta) -> str:
    """Write one bar; what is shorter than a minute, the chart's finest unit, is drawn as a minute."""
    begin = start + INSTANT if start.microsecond == 999_999 else start
    if tag == "milestone, ":
        return f"{_plain(name)} :{tag}{begin:%Y-%m-%d %H:%M}, 0d"
    end = max(start + time, begin + dt.timedelta(minutes=1))
    end = end + INSTANT if end.microsecond == 999_999 else end
    return f"{_plain(name)} :{tag}{begin:%Y-%m-%d %H:%M}, {end:%Y-%m-%d %H:%M}"


def _plain(text: str) -> str:
    """Take out what breaks a chart, and keep a name from being read as a command."""
    plain = " ".join(text.translate(_BREAKING).split())[:_LONGEST_NAME]
    return f"· {plain}" if plain.lower().startswith(_RESERVED) else plain
