"""Counter-examples are replayed: a case counts as one only where both policies, asked through `assess`, say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, final

import attrs

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import LATE, Clock, Run, Status
from complaint_rules.assessment.questions import NoteCode
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.frozen import Shown
from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Limit, Selector
from complaint_rules.verification.conformance.answers import Counterexample
from complaint_rules.verification.conformance.covering import NOTHING_IMPLIED, Implied, fields_of
from complaint_rules.verification.worlds.shortening import shorter
from complaint_rules.verification.worlds.witnesses import Witness

RECEIVED: Final = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
"""When the complaints of counter-examples come in where no day of receipt matters: a plain Wednesday."""
_LONG: Final = dt.timedelta(days=800)
_STEP: Final = dt.timedelta(minutes=1)


@final
@attrs.frozen(kw_only=True, repr=False)
class Sides(Shown):
    """A house limit, the base limit it is to keep, and what counts both."""

    house: Policy
    """The house's rules."""
    base: Policy
    """The base's rules."""
    ours: Limit
    """The house's limit."""
    theirs: Limit
    """The base's limit."""
    calendar: WorkCalendar
    """The calendar on which each policy lays its own days and hours."""
    implied: Implied = NOTHING_IMPLIED
    """Kinds of event of the house, each with the kind of the base that has happened with it."""
    template: Witness | None = None
    """A case in which both limits run; None: a complaint of which nothing else is known."""

    @property
    def case(self) -> Case:
        """The case from which counter-examples are made."""
        return Case(Complaint(id="x-1", received=RECEIVED)) if self.template is None else self.template.case

    @property
    def links(self) -> Mapping[str, int] | None:
        """Its counts of linked complaints."""
        return None if self.template is None else self.template.links

    def assessed(self, policy: Policy, case: Case, at: dt.datetime, links: Mapping[str, int] | None) -> Assessment:
        """Assess a case under one of the two."""
        return assess(case, policy, at=at, calendar=self.calendar, links=links)

    def dues(self, case: Case, links: Mapping[str, int] | None) -> list[dt.datetime]:
        """Give the moments at which the base's limit falls due in a case, in order; none where it cannot be counted."""
        received = case.complaint.received_from
        happened = [one.at for one in case.events if isinstance(one.at, dt.datetime)]
        late = max([received, *happened]) + _LONG
        try:
            runs = self.assessed(self.base, case, late, links).clocks[self.theirs.id].runs
        except ComplaintRulesError:
            return []
        return sorted({run.due_at for run in runs if run.due_at is not None})

    def replayed(
        self,
        case: Case,
        links: Mapping[str, int] | None = None,
        *,
        void: bool = False,
        outside: bool = False,
        dues: bool = False,
    ) -> Counterexample | None:
        """Give the counter-example that a case is; None where the base's limit is never late while the house's is not.

        Looked at is the instant after each due moment of the base. `void`: only where the house's limit is void;
        `outside`: only where the house's rules are not for the complaint at all, whatever its limit comes to. What of
        the case does not matter is left out; with `dues` only what does not move the due moments either.
        """
        found = self._replayed(case, links, void=void, outside=outside)
        if found is None:
            return None
        return slimmed(found, lambda less: self._replayed(less.case, less.links, void=void, outside=outside), dues=dues)

    def _replayed(
        self, case: Case, links: Mapping[str, int] | None, *, void: bool, outside: bool
    ) -> Counterexample | None:
        kinds = {one.kind for one in case.events}
        if any(one in kinds and other not in kinds for one, other in self.implied.items()):
            return None  # such a case does not come up: somebody vouches for that
        for due in self.dues(case, links):
            at = due + INSTANT
            try:
                mine, wanted = (self.assessed(one, case, at, links) for one in (self.house, self.base))
                ours, theirs = mine.clocks[self.ours.id], wanted.clocks[self.theirs.id]
                if outside:
                    if theirs.worst in LATE and is_outside(mine) and not is_outside(wanted):
                        return Counterexample(
                            witness=Witness(case=case, at=at, links=links), house=Status.NOT_APPLICABLE,
                            base=theirs.worst, base_due=due,
                        )  # fmt: skip
                    continue
                kept = _kept(ours, theirs) and (not void or ours.status is Status.VOID)
            except ComplaintRulesError:
                continue
            if kept:
                return Counterexample(
                    witness=Witness(case=case, at=at, links=links), house=ours.status, base=theirs.worst,
                    house_due=ours.due_at, base_due=due,
                )  # fmt: skip
        return None

    def shown(self, histories: Iterable[Sequence[Event]], *, void: bool = False) -> Counterexample | None:
        """Give the first counter-example among the template with further events."""
        case, links = self.case, self.links
        for events in histories:
            found = self.replayed(attrs.evolve(case, events=(*case.events, *events)), links, void=void)
            if found is not None:
                return found
        return None

    def both_missed(self) -> Counterexample | None:
        """Give the template when both limits are late, which weighs less where a rule only says should."""
        clock = self.our_clock
        ours = None if clock is None else clock.due_at
        ends = [one for one in (ours, *self.dues(self.case, self.links)) if one is not None]
        witness = Witness(case=self.case, at=max(ends, default=self.begun) + INSTANT, links=self.links)
        return slimmed(found, self._both_late, dues=False) if (found := self._both_late(witness)) else None

    def _both_late(self, one: Witness) -> Counterexample | None:
        try:
            mine, wanted = (self.assessed(policy, one.case, one.at, one.links) for policy in (self.house, self.base))
            ours, theirs = mine.clocks[self.ours.id], wanted.clocks[self.theirs.id]
        except ComplaintRulesError:
            return None
        if ours.worst not in LATE or theirs.worst not in LATE:
            return None
        return Counterexample(
            witness=one, house=ours.worst, base=theirs.worst, house_due=ours.due_at, base_due=theirs.due_at
        )

    @property
    def both_run(self) -> bool:
        """Whether both limits run in the template."""
        clock = self.our_clock
        return clock is not None and clock.status is Status.RUNNING and bool(self.dues(self.case, self.links))

    @property
    def our_clock(self) -> Clock | None:
        """The house's limit in the template; None where it cannot be counted."""
        try:
            clock = self.assessed(self.house, self.case, self.begun, self.links).clocks[self.ours.id]
            begun = bool(clock.runs)
        except ComplaintRulesError:
            return None
        return clock if begun else None

    def started(self, one: Witness) -> Witness:
        """Give a case in which the base's limit has started: itself, or with an event that starts it."""
        if any(start.kind == "received" for start in self.theirs.starts) or self.first_run(one) is not None:
            return one
        events = next(events_of(self.theirs.starts[0], one.at, (), "start"))
        case = attrs.evolve(one.case, events=(*one.case.events, *events))
        return attrs.evolve(one, case=case, at=one.at + len(events) * _STEP)

    def first_run(self, one: Witness) -> Run | None:
        """Give the first run of the base's limit in a case; None where it has none, or cannot be counted."""
        try:
            return next(iter(self.assessed(self.base, one.case, one.at, one.links).clocks[self.theirs.id].runs), None)
        except ComplaintRulesError:
            return None

    @property
    def begun(self) -> dt.datetime:
        """The last moment at which anything happens in the template."""
        case = self.case
        happened = [one.at for one in case.events if isinstance(one.at, dt.datetime)]
        return max([case.complaint.received_from, *happened])

    def after(self, steps: int = 1) -> dt.datetime:
        """Give a moment shortly after all that happens in the template."""
        return self.begun + steps * _STEP


def _kept(ours: Clock, theirs: Clock) -> bool:
    if ours.worst is Status.UNDETERMINED or any(run.late for run in ours.runs):
        return False  # what ended without result after its due moment was not kept either
    return theirs.worst in LATE


def is_outside(answer: Assessment) -> bool:
    """Say whether the rules by which a case was assessed are not for such complaints, by their own words."""
    return any(one.code is NoteCode.NOT_APPLICABLE for one in answer.notes)


def slimmed(found: Counterexample, again: Callable[[Witness], Counterexample | None], *, dues: bool) -> Counterexample:
    """Leave facts and events out of a counter-example as long as both rules stand as before: what is left counts.

    With `dues` they have to fall due as before too.
    """

    def kept(less: Witness) -> Counterexample | None:
        shown = again(less)
        return shown if shown is not None and _stands(shown, dues=dues) == _stands(found, dues=dues) else None

    case = found.witness.case
    bare = Complaint(id=case.complaint.id, received=case.complaint.received)
    best = kept(attrs.evolve(found.witness, case=attrs.evolve(case, complaint=bare))) or found
    for less in shorter(best.witness):
        best = kept(less(best.witness)) or best
    return best


def _stands(found: Counterexample, *, dues: bool) -> tuple[object, ...]:
    return (found.house, found.base, *((found.house_due, found.base_due) if dues else ()))


def events_of(
    selector: Selector, at: dt.datetime, others: Sequence[Selector] = (), name: str = "x", **more: object
) -> Iterator[tuple[Event, ...]]:
    """Give histories of events that a selector means, from a moment on, a minute apart where it takes several.

    >>> one = Selector(kind="contact_attempted", nth=2)
    >>> [len(events) for events in events_of(one, RECEIVED)]
    [2]
    """
    many = selector.nth or 1
    for found in fields_of(selector, others):
        fields: dict[str, Any] = {**found, **more}
        yield tuple(
            Event(selector.kind, at + place * _STEP, id=f"{name}-{place + 1}", **fields) for place in range(many)
        )
