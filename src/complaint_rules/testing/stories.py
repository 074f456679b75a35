"""What happens around one rule: it starts, is stopped, lengthened, kept at the last instant or missed by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from complaint_rules.assessing import calendar_over, mainland
from complaint_rules.cases.case import Fields
from complaint_rules.moments import INSTANT
from complaint_rules.periods.counting import Counting
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Checklist, Duty, Limit, PauseRule, Selector
from complaint_rules.testing.edges import spans
from complaint_rules.testing.needed import st

_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)
_SOON: Final = 10
_OFTEN: Final = 4


class Beat(NamedTuple):
    """One thing that happens in a story."""

    at: dt.datetime
    """When."""
    kind: str
    """The kind of event."""
    form: Fields | None
    """The fields it is to have; None: whichever some rule asks for."""


class Story(NamedTuple):
    """What happens around one rule, and the moments at which to ask."""

    beats: tuple[Beat, ...]
    """What happens, in no order."""
    marks: tuple[dt.datetime, ...]
    """When something turns: what is due, and the instant after it."""


def due_of(policy: Policy, period: Period | None, start: dt.datetime, counting: Counting) -> dt.datetime | None:
    """Give when a figure ends that nothing stops or moves; None where it cannot be counted here.

    >>> from complaint_rules.moments import BEIJING
    >>> from complaint_rules.policy.loading import load_policy
    >>> start = dt.datetime(2026, 9, 30, 9, tzinfo=BEIJING)
    >>> due_of(load_policy("psbc-95580"), Period.parse("2 hours"), start, Counting()).isoformat()
    '2026-09-30T11:00:00+08:00'
    """
    calendar = calendar_over(policy, mainland())
    if period is None or (period.needs_hours(counting) and calendar.hours is None):
        return None
    return period.due_at(start, calendar, counting)


def _beat(selector: Selector, at: dt.datetime) -> Beat:
    return Beat(at, selector.kind, selector.fields)


@st.composite
def _turns(draw: st.DrawFn, start: dt.datetime, due: dt.datetime | None) -> dt.datetime:
    """Draw when something happens that has until `due`: at the last instant, one too late, before, long after."""
    if due is None or due < start:
        return start + draw(spans(_SOON))
    match draw(st.sampled_from(("last", "late", "half", "soon", "after"))):
        case "last":
            return due
        case "late":
            return due + INSTANT
        case "half":
            return start + (due - start) / 2
        case "soon":
            return min(start + draw(spans(2)), due)
    return due + draw(spans(_SOON))


@st.composite
def _begun(draw: st.DrawFn, starts: Sequence[Selector], since: dt.datetime) -> tuple[dt.datetime, tuple[Beat, ...]]:
    """Draw what starts something: the receipt, or an event after it."""
    chosen = draw(st.sampled_from(starts)) if starts else None
    if chosen is None or chosen.kind == "received":
        return since, ()
    start = since + draw(spans(_SOON))
    times = max(chosen.nth or 1, 1)
    return start, tuple(_beat(chosen, start - _HOUR * place) for place in range(times))


@st.composite
def of_limit(draw: st.DrawFn, policy: Policy, limit: Limit, since: dt.datetime, late: bool | None = None) -> Story:
    """Draw what happens around a limit; `late` says whether it is to be missed, None that it may be either."""
    start, beats = draw(_begun(limit.starts, since))
    row = draw(st.sampled_from(limit.rows))
    due = due_of(policy, row.within, start, limit.counting)
    end = draw(_turns(start, due))
    found = [*beats]
    if late is not None and due is not None:
        end = due + INSTANT if late else start + (due - start) / 2
    parts = draw(st.lists(st.sampled_from(_parts(limit)), max_size=3, unique=True))
    for part in parts if late is None else ["until"] * (not late or draw(st.booleans())):
        found += draw(_part(limit, part, start, end))
    return Story(tuple(found), (end, *_both_sides(due)))


def _parts(limit: Limit) -> tuple[str, ...]:
    there = {
        "until": limit.until, "void": limit.void_on, "agreed": limit.agreed, "pause": limit.pauses,
        "extension": limit.extensions, "restart": limit.restart, "reopen": limit.reopen,
    }  # fmt: skip
    return tuple(name for name, part in there.items() if part) or ("nothing",)


@st.composite
def _part(draw: st.DrawFn, limit: Limit, part: str, start: dt.datetime, end: dt.datetime) -> list[Beat]:
    middle = start + (end - start) / 2
    match part:
        case "until":
            return [_beat(draw(st.sampled_from(limit.until)), end)]
        case "void":
            return [_beat(draw(st.sampled_from(limit.void_on)).on, middle)]
        case "agreed":
            return [_beat(draw(st.sampled_from(limit.agreed)), middle)]
        case "pause":
            paused: PauseRule = draw(st.sampled_from(limit.pauses))
            reason = frozenset({draw(st.sampled_from(sorted(paused.reasons)))})
            stop = start + (end - start) / 4
            going: list[Beat] = [] if draw(st.integers(0, 3)) == 0 else [Beat(middle, "resumed", (("reason", reason),))]
            return [Beat(stop, "suspended", (("reason", reason),)), *going]
        case "extension":
            extension = draw(st.sampled_from(limit.extensions))
            approved: Fields = (("approved_by", extension.approved_by),) if extension.approved_by else ()
            fields = dict(extension.on.fields) | dict(approved if draw(st.booleans()) else ())
            return [Beat(middle, extension.on.kind, tuple(fields.items()))]
        case "reopen":
            closed = _beat(draw(st.sampled_from(limit.until)), end)
            return [closed, Beat(end, "closed", None), Beat(end + _DAY, "reopened", None)]
    return [_beat(one, middle) for one in (limit.restart.on[:1] if limit.restart is not None else ())]


def _both_sides(due: dt.datetime | None) -> tuple[dt.datetime, ...]:
    return () if due is None else (due, due + INSTANT)


@st.composite
def of_duty(draw: st.DrawFn, policy: Policy, duty: Duty, since: dt.datetime) -> Story:
    """Draw what happens around a duty, a prohibition or a permission."""
    start, beats = draw(_begun(duty.after, since))
    due = due_of(policy, duty.within, start, duty.counting)
    done = draw(_turns(start, due))
    found = [*beats]
    if draw(st.integers(0, 3)):
        act = draw(st.sampled_from(duty.acts))
        found += [_beat(act, done - _HOUR * place) for place in range(max(act.nth or 1, 1))]
    if draw(st.booleans()) and duty.until:
        found.append(_beat(draw(st.sampled_from(duty.until)), draw(_turns(start, done))))
    return Story(tuple(found), (done, *_both_sides(due)))


@st.composite
def of_checklist(draw: st.DrawFn, checklist: Checklist, since: dt.datetime) -> Story:
    """Draw a document that has everything, or lacks one thing."""
    items = frozenset(checklist.items)
    held = items - {draw(st.sampled_from(sorted(items)))} if draw(st.booleans()) else items
    chosen, at = draw(st.sampled_from(checklist.of)), since + draw(spans(_SOON))
    if chosen.kind == "received":
        return Story((), (since,))
    fields = dict(chosen.fields) | ({"items": held} if held else {})
    return Story((Beat(at, chosen.kind, tuple(fields.items())),), (at,))


@st.composite
def of_conditions(draw: st.DrawFn, asked: Sequence[Selector], since: dt.datetime) -> Story:
    """Draw what a condition over the history asks for, once or several times."""
    chosen = draw(st.sampled_from(asked))
    moments = [since + draw(spans(_SOON)) for _ in range(draw(st.integers(1, _OFTEN)))]
    return Story(tuple(_beat(chosen, at) for at in moments), (max(moments),))


@st.composite
def stories(draw: st.DrawFn, policy: Policy, asked: Sequence[Selector], since: dt.datetime) -> Story:
    """Draw what happens around one rule of a policy; nothing where it has none that something must happen for."""
    rules: tuple[Limit | Duty | Checklist, ...] = (
        *policy.limits.values(), *policy.duties.values(), *policy.checklists.values(),
    )  # fmt: skip
    if asked and (not rules or draw(st.integers(0, 4)) == 0):
        return draw(of_conditions(asked, since))
    if not rules:
        return Story((), ())
    return draw(of_rule(policy, draw(st.sampled_from(rules)), since))


@st.composite
def of_rule(draw: st.DrawFn, policy: Policy, rule: Limit | Duty | Checklist, since: dt.datetime) -> Story:
    """Draw what happens around a rule."""
    if isinstance(rule, Limit):
        return draw(of_limit(policy, rule, since))
    return draw(of_duty(policy, rule, since) if isinstance(rule, Duty) else of_checklist(rule, since))
