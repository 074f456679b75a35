"""What can befall a limit (时限变故), each alone: ended for good, stopped, lengthened, started anew, agreed upon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from complaint_rules.conditions.parsing import Condition
from complaint_rules.language import Pair
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import INSTANT
from complaint_rules.policy.rules import Extension, PauseRule, Selector
from complaint_rules.verification.generation.bench import CaseKind, Glimpse, Workbench, both
from complaint_rules.verification.generation.carrying import carried
from complaint_rules.verification.generation.figures import Setting, begun, due_in, ending
from complaint_rules.verification.generation.making import PLAIN, Goal
from complaint_rules.verification.generation.sketches import MINUTE, Sketch, Step, step_for

_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)
_MOST_WAYS: Final = 12


class Manner(NamedTuple):
    """An event that befalls a limit, and what is said of it."""

    draft: Sketch
    """The facts under which it comes."""
    given: FrozenMap[str, Any]
    """What it carries."""


class _Running(NamedTuple):
    """A limit that runs, and the moments that matter."""

    bench: Workbench
    setting: Setting
    look: Glimpse
    due: dt.datetime
    """When it runs out, and no sooner than it is looked at: what was due before that has run out by then."""

    @property
    def soon(self) -> dt.datetime:
        """A moment while it runs, well before it is due."""
        return self.later(4)

    def later(self, part: int) -> dt.datetime:
        """Give the moment at which one so-manieth part of its time has passed, after all that it needs."""
        whole = max(dt.timedelta(0), self.due - self.look.at)
        return self.look.at + whole / part // MINUTE * MINUTE

    def keep(self, key: str, words: Pair, steps: Sequence[tuple[Step, dt.datetime]], at: dt.datetime) -> Glimpse:
        """Look at the case with further events, and write it down."""
        events = [step.event(moment, f"x{number}") for number, (step, moment) in enumerate(steps, start=1)]
        look = self.bench.look(self.look.case.with_event(*events), at, self.setting.draft)
        rule = f"limit/{self.setting.limit.id}"
        self.bench.keep(CaseKind.LIFE, rule, f"{self.setting.place}.{key}", words, look, cite=self.setting.cite)
        return look

    def after(self, look: Glimpse, key: str, words: Pair) -> None:
        """Look at a case as it goes on: met at its last instant, and missed."""
        due = look.found.clocks[self.setting.limit.id].due_at
        if due is None or due < look.at:
            return
        rule = f"limit/{self.setting.limit.id}"
        for moment, end, more in (
            (due, "met", ("最后一刻完成", "met at the last instant")),
            (due + INSTANT, "late", ("迟一微秒", "one microsecond too late")),
        ):
            ended = self.bench.look(ending(look.case, self.setting.limit.until[0], moment), moment, self.setting.draft)
            name = f"{self.setting.place}.{key}.{end}"
            self.bench.keep(CaseKind.LIFE, rule, name, both(words, more), ended, cite=self.setting.cite)

    def under(self, draft: Sketch) -> _Running:
        """Give the same with other facts."""
        return _running(self.bench, self.setting._replace(draft=draft))

    def ways(self, on: Selector, *conditions: Condition | None) -> Iterator[Manner]:
        """Give the ways in which an event can come: its conditions hold or do not, it carries this or that."""
        wanted = [one for one in conditions if one is not None]
        maker, seen = self.bench.maker, dict[Manner, None]()
        carries = list(carried(self.bench.policy, wanted[0] if wanted else None, on))
        for one in wanted[1:]:
            more = list(carried(self.bench.policy, one, on))
            carries = [FrozenMap({**mine, **other}) for mine in carries for other in more]
        for place in (None, *range(len(wanted))):
            goals = [Goal(one.tree, number != place) for number, one in enumerate(wanted)]
            for draft in maker.tried(self.setting.draft, goals, 1):
                seen.update((Manner(draft, given), None) for given in carries[:_MOST_WAYS])
        yield from seen


def _running(bench: Workbench, setting: Setting) -> _Running:
    look = begun(bench, setting, PLAIN)
    due = due_in(look, setting.limit)
    return _Running(bench, setting, look, look.at if due is None else max(due, look.at))


def of_mishaps(bench: Workbench, setting: Setting) -> None:
    """Make the cases of what can befall a limit in one setting."""
    one = _running(bench, setting)
    _ended_for_good(one)
    for number, pause in enumerate(setting.limit.pauses, start=1):
        _stopped(one, number, pause)
    for extension in setting.limit.extensions:
        _lengthened(one, extension)
    _started_anew(one)
    _agreed_upon(one)
    _reopened(one)
    one.keep("closed", ("计时中即办结", "closed while it runs"), [(Step("closed"), one.soon)], one.soon + MINUTE)


def _carrying(one: _Running, on: Selector, given: FrozenMap[str, Any]) -> Pair:
    """Say an event with what it carries."""
    fields = tuple(
        (name, value if isinstance(value, frozenset) else frozenset({str(value)})) for name, value in given.items()
    )
    return one.bench.selector(Selector(kind=on.kind, fields=fields))


def _ended_for_good(one: _Running) -> None:
    for number, void in enumerate(one.setting.limit.void_on, start=1):
        for way, told in enumerate(one.ways(void.on, void.when), start=1):
            here, step = one.under(told.draft), Step(void.on.kind, told.given)
            words = _carrying(one, void.on, told.given)
            here.keep(f"void{number}.{way}", both(words), [(step, here.soon)], here.soon + MINUTE)
            if way == 1:
                late = here.due + _HOUR
                why = both(words, ("期限已过之后", "after it has run out"))
                here.keep(f"void{number}.after_due", why, [(step, late)], late + MINUTE)


def _stopped(one: _Running, number: int, pause: PauseRule) -> None:
    for reason in sorted(pause.reasons):
        on = Selector(kind="suspended", fields=(("reason", frozenset({reason})),))
        for way, told in enumerate(one.ways(on, pause.requires), start=1):
            here, step = one.under(told.draft), Step("suspended", told.given)
            key, words = f"pause{number}.{reason}.{way}", _carrying(one, on, told.given)
            begins, resumes = here.soon, here.soon + 3 * _DAY
            stops = [(step, begins)]
            here.keep(f"{key}.stopped", words, stops, begins + _HOUR)
            why = both(words, ("原期限已过而未恢复", "past the time without the stop, and not resumed"))
            here.keep(f"{key}.still", why, stops, here.due + INSTANT)
            back = (Step("resumed", FrozenMap(reason=reason)), resumes)
            why = both(words, ("三日后恢复", "resumed after three days"))
            look = here.keep(f"{key}.resumed", why, [*stops, back], resumes + MINUTE)
            here.after(look, f"{key}.resumed", why)


def _lengthened(one: _Running, extension: Extension) -> None:
    on, name = extension.on, extension.id
    approvers = sorted(extension.approved_by)
    first = [step_for(since) for since in extension.since[:1]]
    for way, told in enumerate(one.ways(on, extension.when, extension.requires), start=1):
        here = one.under(told.draft)
        at = here.soon
        for approver in (*approvers[:1], "another", None) if approvers and way <= 2 else (*approvers[:1],) or (None,):
            given = told.given if approver is None else FrozenMap({**told.given, "approved_by": approver})
            step, key = Step(on.kind, given), f"extension.{name}.{way}.{approver or 'nobody'}"
            words = _carrying(one, on, given)
            before = [(opening, at - MINUTE) for opening in first]
            look = here.keep(key, words, [*before, (step, at)], at + MINUTE)
            here.after(look, key, words)
            grants = [grant for run in look.found.clocks[here.setting.limit.id].runs for grant in run.grants]
            if any(grant.valid and grant.extension == extension for grant in grants):
                steps = [*before, *((step, at + number * MINUTE) for number in range(extension.times + 1))]
                why = both(words, ("超过允许次数", "more often than allowed"))
                here.keep(f"{key}.too_often", why, steps, at + _HOUR)
                why, late = both(words, ("期限届满之后", "after it has run out")), here.due + INSTANT
                here.keep(f"{key}.too_late", why, [*before, (step, late)], late + MINUTE)


def _started_anew(one: _Running) -> None:
    restart = one.setting.limit.restart
    for number, on in enumerate(() if restart is None else restart.on, start=1):
        for way, told in enumerate(one.ways(on, None if restart is None else restart.when), start=1):
            here, words = one.under(told.draft), _carrying(one, on, told.given)
            at = here.later(2)
            look = here.keep(f"restart{number}.{way}", words, [(Step(on.kind, told.given), at)], at + MINUTE)
            here.after(look, f"restart{number}.{way}", words)
    starts = one.setting.limit.starts
    if not one.setting.at_receipt:
        at, again = one.soon, Step(starts[0].kind, step_for(starts[0]).given)
        look = one.keep("second_start", ("又一次起算事由", "what starts it happens again"), [(again, at)], at + MINUTE)
        one.after(look, "second_start", ("又一次起算事由", "what starts it happens again"))


def _agreed_upon(one: _Running) -> None:
    for number, on in enumerate(one.setting.limit.agreed, start=1):
        given = step_for(on).given
        at = one.soon
        for key, moment, words in (
            ("later", one.due + 3 * _DAY, ("约定较晚", "agreed for later")),
            ("earlier", one.later(2) + MINUTE, ("约定较早", "agreed for earlier")),
        ):
            step = Step(on.kind, given, due=moment - at)
            why = both(_carrying(one, on, given), words)
            look = one.keep(f"agreed{number}.{key}", why, [(step, at)], at + MINUTE)
            one.after(look, f"agreed{number}.{key}", why)
            missed = both(why, ("未守约", "and missed"))
            one.keep(f"agreed{number}.{key}.missed", missed, [(step, at)], moment + INSTANT)


def _reopened(one: _Running) -> None:
    limit = one.setting.limit
    if limit.reopen is None:
        return
    at = one.soon
    ended = ending(one.look.case, limit.until[0], at)
    again = ended.with_event(Step("closed").event(at + MINUTE, "r1"), Step("reopened").event(at + _HOUR, "r2"))
    look = one.bench.look(again, at + _HOUR + MINUTE, one.setting.draft)
    words = ("完成后重新受理", "ended, then reopened")
    rule, key = f"limit/{limit.id}", f"{one.setting.place}.reopened"
    one.bench.keep(CaseKind.LIFE, rule, key, words, look, cite=one.setting.cite)
    one.after(look, "reopened", words)
