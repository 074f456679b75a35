"""The life of a case in order of time (案件时间线): as data, as text, and as a Mermaid chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, final

import attrs

from complaint_rules.assessment.adjustments import WhyNot, unheeded_stops
from complaint_rules.assessment.assessment import Assessment, as_assessment
from complaint_rules.assessment.clocks import Clock, Run, Status
from complaint_rules.cases.entries import Entry
from complaint_rules.cases.responsibility import Holdings, holder_at, holdings
from complaint_rules.language import Coded, Lang
from complaint_rules.moments import as_moment, earliest_of
from complaint_rules.words.voices import Voice, voice


class Happening(Coded):
    """What a moment of a timeline is (时间线事项)."""

    RECEIVED = "received", "收到投诉", "received"
    """The receipt (收到投诉)."""
    EVENT = "event", "事项", "event"
    """An event of the history that has no other meaning below."""
    HANDED_OVER = "handed_over", "转手", "handed over"
    """The file came to another holder (转手)."""
    STOPPED = "stopped", "中止", "stopped"
    """A suspension that stopped the limits named (中止)."""
    STOP_REFUSED = "stop_refused", "中止未停任何时限", "suspension that stops no limit"
    """A suspension that stopped none (中止不生效)."""
    RESUMED = "resumed", "恢复", "resumed"
    """The end of a suspension (恢复)."""
    EXTENDED = "extended", "延期", "extended"
    """An extension that counts (延期)."""
    EXTENSION_REFUSED = "extension_refused", "延期不生效", "extension without effect"
    """An extension without effect (延期不生效)."""
    RESTARTED = "restarted", "重新起算", "restarted"
    """A limit started anew (重新起算)."""
    REOPENED = "reopened", "重新受理", "reopened"
    """The case was reopened (重新受理)."""
    MET = "met", "按时完成", "met in time"
    """A limit was kept (按时完成)."""
    VOID = "void", "时限不再计算", "void"
    """A limit no longer counts (不再计算)."""
    WARNED = "warned", "提醒", "warning"
    """The moment of a limit's warning (提醒)."""
    DUE = "due", "届满", "due"
    """An open limit runs out, or ran out at once with its end (届满)."""
    BREACHED = "breached", "逾期", "breached"
    """A limit that was not kept ran out (逾期)."""


@final
@attrs.frozen(kw_only=True)
class Moment:
    """One moment in the life of a case."""

    when: dt.datetime | dt.date | None
    """When: a moment in Beijing time, a day, or None where nobody knows; due moments are inclusive."""
    what: Happening
    """What it is."""
    event: str | None = None
    """Kind of the event; None where time alone did it."""
    place: int | None = None
    """Index of the event in `Case.events`; None for the receipt, and where time alone did it."""
    by: str | None = None
    """Who did it, or who held the file before it was handed over."""
    to: str | None = None
    """Whom it went to; of a handover the new holder."""
    reason: str | None = None
    """The event's reason code; of what had no effect, why."""
    clocks: tuple[str, ...] = ()
    """Ids of the limits it concerns."""
    cite: str | None = None
    """The article it rests on."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON.

        >>> Moment(when=dt.date(2026, 9, 30), what=Happening.RECEIVED).to_dict()["when"]
        '2026-09-30'
        """
        return {
            "when": None if self.when is None else self.when.isoformat(),
            "what": self.what.value,
            "event": self.event,
            "place": self.place,
            "by": self.by,
            "to": self.to,
            "reason": self.reason,
            "clocks": list(self.clocks),
            "cite": self.cite,
        }


class _Placed(NamedTuple):
    """A moment with its place in the order."""

    at: dt.datetime
    turn: int
    moment: Moment


def timeline(assessment: Assessment) -> tuple[Moment, ...]:
    """Give the life of a case in order of time, up to the moment of the assessment, and what is still to run out.

    Events whose moment is unknown stand where the lifecycle puts them; what was left out of account (a duplicate, what
    is not known yet) is among the violations, not here. Of one instant, what happened comes before what follows.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> [(one.what.value, one.clocks) for one in timeline(found)]
    [('received', ()), ('due', ('route_hq',)), ('warned', ('whole',)), ('due', ('whole',))]
    """
    placed = list(_events(as_assessment(assessment)))
    at_place = {one.moment.place: one.at for one in placed}
    held = held_in(assessment)
    placed += _handovers(held)
    for clock in assessment.clocks.values():
        for run in clock.runs:
            placed += _of_run(clock, run, at_place, held)
    placed.sort(key=lambda one: (one.at, one.turn))
    return tuple(one.moment for one in placed)


def timeline_to_dict(moments: Iterable[Moment]) -> list[dict[str, Any]]:
    """Give a timeline as plain data for JSON.

    >>> timeline_to_dict([Moment(when=dt.date(2026, 9, 30), what=Happening.RECEIVED)])[0]["what"]
    'received'
    """
    return [moment.to_dict() for moment in moments]


def timeline_text(assessment: Assessment, lang: Lang) -> str:
    """Write the life of a case, a line for every moment. Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> print(timeline_text(found, "en"))
    2026-09-30 (Wed) 16:05  received
    2026-09-30 (Wed) 18:05  still to come: due: “Head office routes to the tier-1 branch” (art. 14 item (1))
    2026-10-13 (Tue) 00:00  still to come: warning: “Whole process” (art. 14 item (1))
    2026-10-13 (Tue) 24:00  still to come: due: “Whole process” (art. 14 item (1))
    """
    spoken = voice(assessment.policy, lang)
    lines = []
    for moment in timeline(assessment):
        ahead = isinstance(moment.when, dt.datetime) and moment.when > assessment.at
        to_come = spoken.pick("（未到）", "still to come: ") if ahead else ""
        lines.append(f"{spoken.point(moment.when)}  {to_come}{entry_text(moment, spoken)}")
    return "\n".join(lines)


def entry_text(moment: Moment, spoken: Voice) -> str:
    """Say what happened at a moment, to whom, why, by which article."""
    what = moment.what.title(spoken.lang)
    if moment.what is Happening.EVENT:
        what = spoken.event(moment.event or "")
    clocks = spoken.listed(spoken.rule(f"limit/{name}") for name in moment.clocks)
    if clocks:
        what = f"{what}{spoken.pick('：', ': ')}{clocks}"
    who = spoken.holder(moment.by)
    if moment.to is not None:
        to = spoken.holder(moment.to)
        who = f"{who} → {to}" if who else f"→ {to}"
    elif who:
        who = spoken.pick(f"由{who}", f"by {who}")
    if moment.what is Happening.BREACHED and who:
        who = spoken.pick(f"当时在手：{spoken.holder(moment.by)}", f"held by {spoken.holder(moment.by)}")
    why = moment.reason or ""
    if isinstance(why, WhyNot):
        why = why.title(spoken.lang)
    elif why:
        why = spoken.pick(f"原因：{spoken.code(why)}", f"reason: {why}")
    return f"{what}{spoken.cited(moment.cite)}{spoken.bracketed(spoken.joined([who, why]))}"


# --- collecting ---


def _events(assessment: Assessment) -> Iterator[_Placed]:
    timeline = assessment.snapshot.timeline
    receipt = timeline.receipt
    by = assessment.case.complaint.received_by
    at = earliest_of(assessment.case.complaint.received)
    for entry in timeline.before:
        for moment in _of_entry(assessment, entry):
            yield _Placed(at if entry.lo is None else entry.lo, 0, moment)
    yield _Placed(at, 0, Moment(when=receipt.when, what=Happening.RECEIVED, event="received", by=by))
    for entry in timeline.entries[1:]:
        at = at if entry.lo is None else max(at, entry.lo)
        for moment in _of_entry(assessment, entry):
            yield _Placed(at, 0, moment)


def _of_entry(assessment: Assessment, entry: Entry) -> Iterator[Moment]:
    event = entry.event
    moment = Moment(
        when=event.at, what=Happening.EVENT, event=event.kind, place=entry.place, by=event.by, to=event.to,
        reason=event.reason,
    )  # fmt: skip
    if event.kind == "suspended":
        yield _stop(assessment, entry, moment)
    elif event.kind == "resumed":
        stop = next((stop for stop in assessment.snapshot.stops().paired if stop.resumed is entry), None)
        clocks = () if stop is None else _stopped(assessment, stop.suspended)[0]
        yield attrs.evolve(moment, what=Happening.RESUMED, clocks=clocks)
    elif event.kind == "reopened":
        yield attrs.evolve(moment, what=Happening.REOPENED)
    else:
        granted = list(_granted(assessment, entry, moment))
        yield from granted or [moment]


def _stopped(assessment: Assessment, entry: Entry) -> tuple[tuple[str, ...], str | None]:
    """Give the limits that a suspension stopped, and the article of the first."""
    found: dict[str, str | None] = {}
    for clock in assessment.clocks.values():
        for run in clock.runs:
            for pause in run.pauses:
                if pause.start == entry.event.at and pause.reason == entry.event.reason:
                    found[clock.limit.id] = pause.cite
    return tuple(found), next(iter(found.values()), None)


def _stop(assessment: Assessment, entry: Entry, moment: Moment) -> Moment:
    clocks, cite = _stopped(assessment, entry)
    if clocks:
        return attrs.evolve(moment, what=Happening.STOPPED, clocks=clocks, cite=cite)
    refused = {
        clock.limit.id: unheeded
        for clock in assessment.clocks.values()
        if clock.runs
        for unheeded in unheeded_stops(assessment.snapshot, clock.limit)
        if unheeded.place == entry.place
    }
    if not refused:
        return attrs.evolve(moment, what=Happening.STOP_REFUSED)
    first = next(iter(refused.values()))
    return attrs.evolve(
        moment,
        what=Happening.STOP_REFUSED,
        clocks=tuple(refused),
        cite=first.cite,
        reason=WhyNot(first.detail["lacking"]),
    )


def _granted(assessment: Assessment, entry: Entry, moment: Moment) -> Iterator[Moment]:
    for clock in assessment.clocks.values():
        for run in clock.runs:
            for grant in run.grants:
                if grant.entry.place == entry.place:
                    yield attrs.evolve(
                        moment,
                        what=Happening.EXTENDED if grant.valid else Happening.EXTENSION_REFUSED,
                        clocks=(clock.limit.id,), cite=grant.extension.cite, reason=grant.why or moment.reason,
                    )  # fmt: skip


def held_in(assessment: Assessment) -> Holdings:
    """Give who held the file up to the moment of an assessment."""
    return holdings(assessment.case, assessment.snapshot.calendar, at=assessment.at)


def _handovers(held: Holdings) -> Iterator[_Placed]:
    before: str | None = None
    for number, one in enumerate(held):
        if number and not one.closed and one.holder != before:
            since = as_moment(one.since, what="since")
            yield _Placed(since, 1, Moment(when=since, what=Happening.HANDED_OVER, by=before, to=one.holder))
        before = before if one.closed else one.holder


def _of_run(clock: Clock, run: Run, at_place: Mapping[int | None, dt.datetime], held: Holdings) -> Iterator[_Placed]:
    name = (clock.limit.id,)
    cite = (run.row.cite if run.row is not None else None) or clock.limit.cite

    def follows(entry: Entry, what: Happening, article: str | None) -> _Placed:
        event = entry.event
        place = None if entry.place < 0 else entry.place
        moment = Moment(
            when=entry.when, what=what, event=event.kind, place=place, by=event.by, clocks=name, cite=article
        )
        return _Placed(at_place[place], 2, moment)

    if run.status is Status.NOT_APPLICABLE:
        return
    if run.first is not None:
        restart = clock.limit.restart
        yield follows(run.start, Happening.RESTARTED, None if restart is None else restart.cite)
    if run.end is not None and run.status in (Status.MET, Status.VOID):
        yield follows(run.end, Happening.MET if run.status is Status.MET else Happening.VOID, cite)
    open_until = None if run.end is None else run.end.lo
    for warning in run.warnings:
        if open_until is None or warning < open_until:
            yield _Placed(warning, 3, Moment(when=warning, what=Happening.WARNED, clocks=name, cite=cite))
    if run.due_at is None or run.status in (Status.MET, Status.VOID):
        return
    if run.late:
        holder = holder_at(held, run.due_at)
        by = None if holder is None else holder.holder
        yield _Placed(run.due_at, 3, Moment(when=run.due_at, what=Happening.BREACHED, by=by, clocks=name, cite=cite))
    else:
        yield _Placed(run.due_at, 3, Moment(when=run.due_at, what=Happening.DUE, clocks=name, cite=cite))


# --- drawing ---
