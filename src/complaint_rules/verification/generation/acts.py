"""Cases for duties (义务用例): whether they arise, done in time, late or never; what is forbidden, what is allowed."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.calendar.hours import Quiet
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import EventField, Fact, atoms_of, terms_of
from complaint_rules.language import Pair
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import INSTANT
from complaint_rules.periods.units import Unit
from complaint_rules.policy.rules import Duty, Modality, Selector
from complaint_rules.verification.generation.bench import CaseKind, Glimpse, Workbench, both
from complaint_rules.verification.generation.carrying import carried
from complaint_rules.verification.generation.edges import EDGES
from complaint_rules.verification.generation.making import PLAIN, Goal
from complaint_rules.verification.generation.pairs import turns
from complaint_rules.verification.generation.sketches import MINUTE, Sketch, Step, step_for

_DAY: Final = dt.timedelta(days=1)
_MOST_ACTS: Final = 24
_MOST_WAYS: Final = 6


def of_duties(bench: Workbench) -> None:
    """Make the cases of every duty."""
    for duty in bench.policy.duties.values():
        _Duty(bench, duty).make()


class _Duty:
    """One duty, and what is made of it."""

    __slots__ = ("bench", "duty", "received", "rule", "trigger")

    def __init__(self, bench: Workbench, duty: Duty) -> None:
        self.bench = bench
        self.duty = duty
        self.rule = f"duty/{duty.id}"
        self.trigger: tuple[Step, ...] = () if duty.at_receipt else (step_for(duty.after[0]),)
        self.received: dt.datetime = PLAIN if not duty.quiet else _in_quiet_hours(bench.policy.quiet)

    def keep(self, key: str, words: Pair, look: Glimpse) -> None:
        """Write a case down."""
        self.bench.keep(CaseKind.DUTY, self.rule, key, words, look, cite=self.duty.cite)

    def make(self) -> None:
        """Make its cases."""
        duty = self.duty
        self.pairs()
        goals = [] if duty.when is None else [Goal(duty.when.tree, True)]
        for number, after in enumerate(duty.after or (None,), start=1):
            if after is not None and after.kind != "received":
                self.trigger = (step_for(after),)
            draft = self.bench.find(goals, lambda found: bool(self.standing(found)), *self.trigger)
            if draft is not None:
                self.arisen(draft, number)
        self.absent(goals)

    def absent(self, goals: list[Goal]) -> None:
        """Let what calls for it not happen, and let its condition never hold, not even at first."""
        if not self.duty.at_receipt:
            quiet = self.bench.find(goals, lambda found: not self.standing(found))
            calm = self.bench.glance(quiet or Sketch())
            self.keep("not_triggered", ("起因未发生", "what calls for it has not happened"), calm)
        against = [goal._replace(holds=False) for goal in goals]
        for draft in self.bench.maker.tried(Sketch(), against, _MOST_WAYS) if against else ():
            for one in (draft, draft.at_once()):
                look = self.bench.glance(one, *self.trigger)
                if not self.standing(look.found):
                    self.keep("absent", ("条件自始不成立", "its condition never held"), look)
                    return

    def standing(self, found: Assessment) -> list[DutyStatus]:
        """Give where it stands, trigger by trigger."""
        return [one.status for one in found.duties if one.duty.id == self.duty.id]

    def pairs(self) -> None:
        """Turn it by each part of its condition."""
        if self.duty.when is None:
            return

        def arises(found: Assessment) -> bool | None:
            standing = self.standing(found)
            return None if DutyStatus.UNDETERMINED in standing else bool({*standing} - {DutyStatus.LAPSED})

        for turn in turns(self.bench, ((),), self.duty.when.tree, arises, *self.trigger):
            for on, look in ((True, turn.on), (False, turn.off)):
                key = f"{turn.key(on=on)}"
                self.bench.keep(CaseKind.PAIR, self.rule, key, turn.why(on=on), look, cite=self.duty.cite)

    def arisen(self, draft: Sketch, number: int) -> None:
        """Make the cases of one that has arisen."""
        look = self.bench.glance(draft, *self.trigger)
        self.keep(f"arises{number}", ("产生", "it arises"), look)
        if self.duty.modality.forbids:
            self.forbidden(draft, number)
        else:
            self.done(draft, look, number)
            if number == 1 and self.duty.within is not None and self.duty.within.unit is not Unit.AT_ONCE:
                self.at_edges(draft)

    def at_edges(self, draft: Sketch) -> None:
        """Let it arise at every edge of the calendar."""
        if "received" in draft.facts:
            return
        first = self.bench.lay(draft, *self.trigger)
        offset = first.last - MINUTE - PLAIN if self.trigger else dt.timedelta(0)
        for edge in EDGES[1:]:
            look = self.bench.glance(draft, *self.trigger, received=edge.at - offset)
            self.keep(f"edge.{edge.code}", edge.words, look)

    # --- what has to be done, or may be ---

    def done(self, draft: Sketch, look: Glimpse, number: int) -> None:
        """Do it in every way, in time, at the last instant, one instant late, and never."""
        duty, at = self.duty, look.at
        dues = [one.due_at for one in look.found.duties if one.duty.id == duty.id and one.due_at is not None]
        for place, act in enumerate(duty.acts, start=1):
            words = self.bench.selector(act)
            self.act(draft, look, act, at + MINUTE, f"done{number}.{place}", words)
            if act.fields:
                other = look.case.with_event(Step(act.kind).event(at + MINUTE, "other"))
                why = both(words, ("同类事项而不合要求", "an event of the kind that is not the one meant"))
                self.keep(f"other{number}.{place}", why, self.bench.look(other, at + 2 * MINUTE, draft))
            if act.nth is not None and act.nth > 1:
                self.act(draft, look, act, at + MINUTE, f"once_less{number}.{place}", words, less=1)
            for due in dues:
                why = both(words, ("最后一刻", "at the last instant"))
                self.act(draft, look, act, due, f"last{number}.{place}", why)
                why = both(words, ("迟一微秒", "one microsecond too late"))
                self.act(draft, look, act, due + INSTANT, f"late{number}.{place}", why)
        never = ("始终未办", "nobody does it")
        for due in dues:
            self.keep(f"open{number}", ("最后一刻仍未办", "still open at the last instant"), self.see(draft, look, due))
            self.keep(f"never{number}", never, self.see(draft, look, due + INSTANT))
        if not dues:
            self.keep(f"never{number}", never, self.see(draft, look, at + 60 * _DAY))
        self.ended(draft, look, number)
        self.again(draft, look, number)

    def see(self, draft: Sketch, look: Glimpse, at: dt.datetime) -> Glimpse:
        """Look at the same case at another moment, not before what happened in it."""
        return self.bench.look(look.case, max(at, look.at), draft)

    def act(
        self, draft: Sketch, look: Glimpse, act: Selector, at: dt.datetime, key: str, words: Pair, *, less: int = 0
    ) -> None:
        """Let an act happen, as often as it has to."""
        times = (act.nth or 1) - less
        step = step_for(act)
        events = [step.event(at - (times - 1 - one) * INSTANT, f"a{one}") for one in range(times)]
        self.keep(key, words, self.bench.look(look.case.with_event(*events), max(at, look.at) + INSTANT, draft))

    def ended(self, draft: Sketch, look: Glimpse, number: int) -> None:
        """Let a permission end, and its act come after that."""
        if self.duty.modality is not Modality.MAY:
            return
        for place, end in enumerate(self.duty.until, start=1):
            over = look.case.with_event(step_for(end).event(look.at, "u"))
            words = self.bench.selector(end)
            self.keep(f"until{number}.{place}", both(words), self.bench.look(over, look.at + MINUTE, draft))
            for other, act in enumerate(self.duty.acts, start=1):
                after = over.with_event(step_for(act).event(look.at + MINUTE, "a"))
                why = both(words, ("其后行使", "used after that"))
                key = f"until{number}.{place}.used{other}"
                self.keep(key, why, self.bench.look(after, look.at + 2 * MINUTE, draft))

    def again(self, draft: Sketch, look: Glimpse, number: int) -> None:
        """Let what calls for it happen twice, and be answered in between."""
        if not self.trigger:
            return
        act, trigger = step_for(self.duty.acts[0]), self.trigger[0]
        done = look.case.with_event(act.event(look.at, "a"), trigger.event(look.at + MINUTE, "t2"))
        why = ("起因再次发生", "what calls for it happens again")
        self.keep(f"again{number}", why, self.bench.look(done, look.at + 2 * MINUTE, draft))

    # --- what is forbidden ---

    def forbidden(self, draft: Sketch, number: int) -> None:
        """Do what is forbidden, in every way that its exception tells apart; and after the ban has ended."""
        duty, bench = self.duty, self.bench
        base, seen = bench.glance(draft, *self.trigger), set[tuple[Any, ...]]()
        drafts = [draft]
        if duty.unless is not None:
            drafts += [one for holds in (False, True) for one in self.excused(draft, duty.unless, holds=holds)]
            self.excuses(duty.unless)
        for one in drafts:
            for place, act in enumerate(duty.acts, start=1):
                for given in carried(bench.policy, duty.unless, act):
                    self.tried(one, act, given, f"act{number}.{place}", seen)
        if duty.quiet:
            for hour in (3, 12, 22):
                at = (base.at + _DAY).replace(hour=hour, minute=0)
                self.act(draft, base, duty.acts[0], at, f"hour{hour}", (f"{hour}时", f"at {hour}:00"))
        for place, end in enumerate(duty.until, start=1):
            over = base.case.with_event(step_for(end).event(base.at, "u"))
            words = bench.selector(end)
            self.keep(f"until{number}.{place}", both(words), bench.look(over, base.at + MINUTE, draft))
            after = over.with_event(step_for(duty.acts[0]).event(base.at + MINUTE, "a"))
            why = both(words, ("其后为之", "done after that"))
            self.keep(f"until{number}.{place}.after", why, bench.look(after, base.at + 2 * MINUTE, draft))

    def excused(self, draft: Sketch, excuse: Condition, *, holds: bool) -> list[Sketch]:
        """Give a draft in which what excuses it holds, or does not, as far as no act decides that."""
        found = list(self.bench.maker.tried(draft, [Goal(excuse.tree, holds)], 1))
        for atom in atoms_of(excuse.tree):
            terms = terms_of(atom)
            if any(isinstance(term, EventField) for term in terms):
                for name in (term.name for term in terms if isinstance(term, Fact)):
                    values = self.bench.maker.values[name]
                    found = [one.constrained(name, (value,)) for one in found for value in values]
        return found

    def excuses(self, excuse: Condition) -> None:
        """Turn the breach by each part of what excuses it."""
        duty = self.duty
        before = [] if duty.when is None else [Goal(duty.when.tree, True)]

        def breached(found: Assessment) -> bool | None:
            standing = self.standing(found)
            return None if DutyStatus.UNDETERMINED in standing else DutyStatus.BREACHED in standing

        for place, act in enumerate(duty.acts, start=1):
            for way, given in enumerate(carried(self.bench.policy, excuse, act), start=1):
                steps = (*self.trigger, Step(act.kind, given))
                found = list(turns(self.bench, (before,), excuse.tree, breached, *steps, received=self.received))
                for turn in found:
                    for on, look in ((True, turn.on), (False, turn.off)):
                        key = f"unless{place}.{way}.{turn.key(on=on)}"
                        self.bench.keep(CaseKind.PAIR, self.rule, key, turn.why(on=on), look, cite=duty.cite)
                if found or way == _MOST_WAYS:
                    break

    def tried(
        self, draft: Sketch, act: Selector, given: FrozenMap[str, Any], key: str, seen: set[tuple[Any, ...]]
    ) -> None:
        """Do what is forbidden in one way; of ways that come to the same one is enough."""
        look = self.bench.glance(draft, *self.trigger, Step(act.kind, given), received=self.received)
        outcome = (key, tuple(self.standing(look.found)), tuple(sorted(given)))
        if outcome in seen or len(seen) >= _MOST_ACTS:
            return
        seen.add(outcome)
        words = self.bench.selector(act)
        self.keep(key, both(words, ("为所禁之事", "what is forbidden is done")), look)


def _in_quiet_hours(quiet: Quiet | None) -> dt.datetime:
    """Give an hour in which customers are not called, where there is one: what is forbidden then is tried then."""
    hours = (PLAIN.replace(hour=hour) for hour in range(24))
    return PLAIN if quiet is None else next((one for one in hours if not quiet.permits(one)), PLAIN)
