"""Histories, cases and situations for tests: what can have happened, and on request what cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, final

import attrs

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.counts import GroupCount
from complaint_rules.cases.lifecycle import State, check, objections
from complaint_rules.cases.plain import case_to_dict
from complaint_rules.cases.timeline import Timeline
from complaint_rules.cases.violations import Severity
from complaint_rules.conditions.trees import Not
from complaint_rules.frozen import Shown
from complaint_rules.moments import BEIJING, INSTANT, LAST_DAY
from complaint_rules.policy.codes import holders_of
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Checklist, Duty, Limit, Table
from complaint_rules.testing.archetypes import archetypes
from complaint_rules.testing.complaints import drawn_complaints
from complaint_rules.testing.edges import spans
from complaint_rules.testing.events import blurred, event_of, kinds
from complaint_rules.testing.needed import st
from complaint_rules.testing.pools import linked_values
from complaint_rules.testing.stories import Beat, of_limit, of_rule, stories
from complaint_rules.testing.wishes import Wish, wishes

_MOST_STORIES: Final = 3
_MOST_BESIDE: Final = 3
_DISORDER: Final = ("as it was", "shuffled", "twice", "unfounded", "early")
_UNFOUNDED: Final = ("resumed", "reopened", "archived", "no_such_kind")
_FAR: Final = dt.datetime.combine(LAST_DAY, dt.time(), BEIJING) - dt.timedelta(days=800)


@final
@attrs.frozen(kw_only=True, repr=False)
class Situation(Shown):
    """A case, the moment to ask at, and what is known of linked complaints: all that `assess` takes (评估的提问)."""

    case: Case
    """The case."""
    at: dt.datetime
    """The moment, in Beijing time; not before the receipt."""
    links: Mapping[str, int] | None = None
    """Counts of linked complaints by link id; None: nobody looked."""

    def assess(self, policy: Policy, *, calendar: WorkCalendar | None = None) -> Assessment:
        """Assess it under a policy; takes and refuses what `assess` does."""
        return assess(self.case, policy, at=self.at, calendar=calendar, links=self.links)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON: ``case``, ``at`` and ``links``."""
        links = None if self.links is None else dict(self.links)
        return {"case": case_to_dict(self.case), "at": self.at.isoformat(), "links": links}

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        # What Hypothesis prints of a failing example: the whole of it, to be taken into a test.
        printer.text(f"{type(self).__name__} {self.to_dict()}")


class Focus:
    """What a case is about: a rule and what would let it hold, or nothing of the kind."""

    def __init__(self, rule: Limit | Duty | Checklist | None, wish: Wish, *, quiet: bool) -> None:
        self.rule = rule
        self.wish = wish
        self.quiet = quiet


@st.composite
def focuses(draw: st.DrawFn, policy: Policy) -> Focus:
    """Draw what a case is about."""
    sections: tuple[Mapping[str, Table | Limit | Duty | Checklist], ...] = (
        policy.tables, policy.limits, {**policy.duties, **policy.checklists},
    )  # fmt: skip
    there = [tuple(section.values()) for section in sections if section]
    if not there or draw(st.integers(0, 3)) == 0:
        return Focus(None, Wish(), quiet=True)
    rule = draw(st.sampled_from(draw(st.sampled_from(there))))
    wanted, unwanted = [], []
    if not isinstance(rule, Table):
        wanted.append(rule.when)
    if isinstance(rule, Table | Limit):
        place = draw(st.integers(0, len(rule.rows) - 1))
        wanted.append(rule.rows[place].when)
        if isinstance(rule, Table) and not rule.every:
            unwanted += [row.when for row in rule.rows[:place]]
    trees = [one.tree for one in wanted if one is not None]
    trees += [Not(one.tree) for one in unwanted if one is not None]
    about = None if isinstance(rule, Table) else rule
    return Focus(about, draw(wishes(policy, tuple(trees))), quiet=False)


class _Told:
    """A history and the moments at which to ask of it."""

    def __init__(self, events: list[Event], marks: list[dt.datetime]) -> None:
        self.events = events
        self.marks = marks


@st.composite
def told(
    draw: st.DrawFn, policy: Policy, complaint: Complaint, focus: Focus, consistent: bool, awkward: bool, most: int
) -> _Told:
    """Draw what happened to a complaint."""
    since = complaint.received_from
    beats: list[Beat] = []
    marks = [since]
    for name, late in focus.wish.late.items():
        story = draw(of_limit(policy, policy.limits[name], since, late))
        beats += story.beats
        marks += story.marks
    for selector in focus.wish.events:
        beats.append(Beat(since + draw(spans(10)), selector.kind, selector.fields))
    if focus.rule is not None:
        after = max((beat.at for beat in beats), default=since) if draw(st.booleans()) else since
        story = draw(of_rule(policy, focus.rule, after))
        beats += story.beats
        marks += story.marks
    asked = archetypes(policy).asked_with
    for _ in range(draw(st.integers(0, _MOST_STORIES if focus.quiet else 1))):
        story = draw(stories(policy, asked, since))
        beats += story.beats
        marks += story.marks
    for _ in range(draw(st.integers(0, _MOST_BESIDE if focus.quiet else 1))):
        beats.append(Beat(since + draw(spans()), draw(kinds(policy, awkward)), None))
    beats = [beat for beat in beats if beat.at >= since or not consistent]
    if awkward and len(beats) > 1 and draw(st.booleans()):
        beats[-1] = beats[-1]._replace(at=beats[0].at)
    beats.sort(key=lambda beat: beat.at)
    found: list[Event] = []
    state = State()
    for number, beat in enumerate(beats[:most]):
        event = draw(event_of(policy, beat.kind, beat.form, beat.at, awkward))
        event = attrs.evolve(event, id=f"e{number}")
        if consistent and objections(state, event):
            continue
        state = state.after(event)
        found.append(event)
    if awkward:
        found = _blur(draw, policy, complaint, found, consistent=consistent)
    if not consistent:
        found = draw(_disordered(found, since))
    return _Told(
        found, [mark for mark in marks if since <= mark < _FAR] + [beat.at for beat in beats if beat.at >= since]
    )


def _blur(
    draw: st.DrawFn, policy: Policy, complaint: Complaint, events: list[Event], *, consistent: bool
) -> list[Event]:
    """Let some moments be known to the day only, or not at all, where the history stays one that can have been."""
    hows = [draw(st.sampled_from("mmmmdu")) for _ in events]
    less = [blurred(event, how) for event, how in zip(events, hows, strict=True)]
    return events if consistent and contradictions(policy, Case(complaint, less)) else less


def contradictions(policy: Policy, case: Case) -> list[str]:
    """Say what in a history cannot have been as it is recorded; empty where all of it can.

    >>> from complaint_rules.policy.loading import load_policy
    >>> case = Case(Complaint(id="c-1", received=dt.date(2026, 9, 30)), [Event("resumed")])
    >>> contradictions(load_policy("psbc-95580"), case)
    ['pause_without_moment', 'resume_without_pause']
    """
    timeline = Timeline(case, dt.datetime.combine(LAST_DAY, dt.time(), BEIJING))
    found = check(timeline, policy.events, holders_of(policy))
    return [one.code.value for one in found if one.severity is Severity.RECORD]


@st.composite
def _disordered(draw: st.DrawFn, events: Sequence[Event], since: dt.datetime) -> list[Event]:
    """Draw a record that nobody kept well: out of order, something twice, or what cannot have happened then."""
    found = list(events)
    last = next((event.at for event in reversed(found) if event.at is not None), since)
    match draw(st.sampled_from(_DISORDER)):
        case "shuffled":
            return list(draw(st.permutations(found)))
        case "twice" if found:
            return [*found, draw(st.sampled_from(found))]
        case "unfounded":
            return [*found, Event(draw(st.sampled_from(_UNFOUNDED)), last, id="odd", reason="odd")]
        case "early":
            return [*found, Event("replied", since - draw(spans()) - INSTANT, id="odd")]
    return found


@st.composite
def linked(draw: st.DrawFn, policy: Policy) -> Mapping[str, int] | None:
    """Draw how many complaints belong together with one; None: nobody looked."""
    known = linked_values(policy)
    if not known or draw(st.integers(0, 2)) == 0:
        return None
    firsts = st.sampled_from((None, False, True))
    return {name: GroupCount(draw(st.sampled_from(values)), first=draw(firsts)) for name, values in known.items()}


@st.composite
def drawn_histories(
    draw: st.DrawFn, policy: Policy, since: dt.datetime, consistent: bool, awkward: bool, most: int
) -> list[Event]:
    """Draw what happened to a complaint received at a moment."""
    received = Complaint(id="c-1", received=since)
    return draw(told(policy, received, Focus(None, Wish(), quiet=True), consistent, awkward, most)).events


@st.composite
def drawn_situations(
    draw: st.DrawFn, policy: Policy, known: bool | None, consistent: bool, awkward: bool, most: int
) -> Situation:
    """Draw a case and when to ask of it."""
    focus = draw(focuses(policy))
    complaint = draw(drawn_complaints(policy, known, None, awkward, focus.wish.facts))
    history = draw(told(policy, complaint, focus, consistent, awkward, most))
    case = Case(complaint, history.events)
    at = draw(st.sampled_from(history.marks)) + draw(st.just(dt.timedelta()) | spans())
    return Situation(case=case, at=at, links=draw(linked(policy)))
