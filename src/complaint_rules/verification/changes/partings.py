"""Whether a change can be felt: a case on which two editions part, replayed under both, or the proof of none (可感)."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar, final

import attrs

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.errors import ComplaintRulesError, OutOfBudget
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.moments import INSTANT
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Duty, Limit, LimitRow, Selector
from complaint_rules.verification.changes.effects import Effected, SideBySide
from complaint_rules.verification.changes.entries import content, entries_of, section_of
from complaint_rules.verification.changes.revisions import ChangeKind, RuleChange, as_toml
from complaint_rules.verification.changes.touching import HOLDERS, QUIET, Touch
from complaint_rules.verification.changes.unsettled import LeftOpen, Unsettled
from complaint_rules.verification.worlds.boxes import Box, boxes, search
from complaint_rules.verification.worlds.formulas import Formula, both, either, exactly_one, parts_in
from complaint_rules.verification.worlds.search import as_steps
from complaint_rules.verification.worlds.shortening import NEEDED, shorter
from complaint_rules.verification.worlds.witnesses import Witness, candidates
from complaint_rules.verification.worlds.worlds import Worlds

STEPS: Final = 200_000
"""How many steps all searches and replays of one difference may take together where nobody says."""
_FIRST_TRY: Final = 256
_STEEPER: Final = 8
_PARTS_A_STEP: Final = 200
"""How many parts of a formula are looked at in one step: a node of a long one takes several."""
_STEPS_A_REPLAY: Final = 5
_MOST_BOXES: Final = 4
_MOST_TRIED: Final = 4
_MOST_LIVES: Final = 12
_MOST_REPLAYED: Final = 300
"""How many cases are replayed for one rule and formula before it is given up."""
_FEW_REPLAYED: Final = 30
"""The same where neither the rule nor what it reads differs, but only what all rules rest on."""
_LATER: Final = (dt.timedelta(days=1), dt.timedelta(days=40), dt.timedelta(days=400))
_MINUTE: Final = dt.timedelta(minutes=1)
_HOUR: Final = dt.timedelta(hours=1)
_SHIFTS: Final = (1, 2, 3, 4, 5, 6, 14, 100, 200)
BY_FORMULA: Final = frozenset({"when", "unless", "first", "every", "earliest", "latest", "values", "about"})
"""Keys of a rule that formulas compare; what stands under the others can be compared by cases only."""
_T = TypeVar("_T")
_ROWS: Final = ("first", "every", "earliest", "latest")


class Parting(Coded):
    """Whether two editions part over a rule (结论)."""

    SHOWN = "shown", "有案件为证", "shown by a case"
    """A case was found, and comes out otherwise when it is replayed."""
    OPEN = "open", "未决", "open"
    """No case was found that comes out otherwise, and there is no proof that none does."""
    SAME = "same", "已证明相同", "proved the same"
    """No case whose history is complete and dated comes out otherwise: in the class, where a limit or duty stands, when
    it is due. How sure a class is, and which facts are asked for, is no part of it."""


class WhyUndecided(Coded):
    """Why nobody can say whether two editions part over a rule (未决原因)."""

    FOUNDATION = (
        "foundation",
        "两版的日历、营业时间、免打扰时段、层级或事项不同",
        "the two rest on other days, hours, quiet hours, levels or kinds of event",
    )
    FACT = "fact", "所依据的事实在两版中声明不同", "a fact it reads is declared otherwise"
    RULE = "rule", "所依据的其他规则可能不同", "another rule that it reads may come out otherwise"
    UNKNOWN = (
        "unknown",
        "所依据的未知事项无法以公式逐一比较",
        "what it rests on while something is unknown cannot be compared by formulas",
    )
    PART = "part", "另有变动，只能以案件比较", "more of it differs than its conditions and figures"
    BUDGET = "budget", "搜索步数用尽", "the steps of the search were used up"
    NOT_LIVED = "not_lived", "未能构造出结论不同的案件", "no case was found that comes out otherwise"


@final
@attrs.frozen(kw_only=True, repr=False)
class Felt(Shown):
    """Whether two editions part over one rule (变动是否可感)."""

    rule: str
    """The rule, as ``limit/whole``."""
    parting: Parting
    """Which of the three."""
    effects: tuple[Effected, ...] = ()
    """What differs on the case, as in a portfolio."""
    witness: Witness | None = None
    """The case; None where there is none."""
    why: WhyUndecided | None = None
    """Why it is open."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data.

        >>> Felt(rule="limit/whole", parting=Parting.SAME).to_dict()["parting"]
        'same'
        """
        return {
            "rule": self.rule,
            "parting": self.parting.value,
            "effects": [
                {"kind": one.on.kind.value, "before": one.on.before, "after": one.on.after} for one in self.effects
            ],
            "witness": None if self.witness is None else self.witness.to_dict(),
            "why": None if self.why is None else self.why.value,
        }


def partings(old: Policy, new: Policy, changes: Sequence[RuleChange], *, budget: int = STEPS) -> tuple[Felt, ...]:
    """Say for each table, limit and duty of both editions that a change can reach whether any case feels it.

    `budget` is the number of steps that all searches and replays may take together; once they are used up the rest is
    open. They are counted, never timed, so that the answer is the same on every machine. Raises `InvalidFigure` for
    one that is no positive whole number.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> partings(policy, policy, ())
    ()
    """
    budget = as_steps(budget)
    touch = Touch(old, new, changes)
    keys = touch.touched()
    if not keys:
        return ()
    search_ = _Search(old, new, changes, touch, budget)
    found: dict[str, Felt] = {}
    for key in keys:
        found[key] = search_.verdict_on(key, found)
    return tuple(found.values())


class _Apart(NamedTuple):
    """Where two editions part over a rule."""

    holds: Formula
    """By what holds."""
    anyhow: Formula
    """By anything that is known or left open."""
    exact: bool = True
    """Whether that is right in every world; else nothing may be proved by it."""


@final
class _Search:
    """Two editions in one model, and the cases that come out otherwise under them."""

    def __init__(self, old: Policy, new: Policy, changes: Sequence[RuleChange], touch: Touch, budget: int) -> None:
        self.old, self.new, self.touch, self.left = old, new, touch, budget
        self.entries: tuple[Mapping[str, Any], Mapping[str, Any]] = (entries_of(old), entries_of(new))
        self.sides = SideBySide(old, new)
        self.clashing = {
            name for name, fact in old.facts.items() if name in new.facts and new.facts[name].type is not fact.type
        }
        # A limit that is only reworded is one variable in both; compared by value it would be two.
        reworded = {one.rule.partition("/")[2] for one in changes
                    if one.kind is ChangeKind.REWORDED and section_of(one.rule) == "limit"}  # fmt: skip
        limits = {name: old.limits[name] if name in reworded else one for name, one in new.limits.items()}
        self.second: Policy = attrs.evolve(new, limits=type(new.limits)(limits))
        self.worlds: Worlds | None = None if self.clashing else Worlds(old, (self.second,))

    # -- one rule --

    def verdict_on(self, key: str, before: Mapping[str, Felt]) -> Felt:
        """Say whether two editions part over one rule; what it reads was asked before."""
        if self.worlds is None:
            return Felt(rule=key, parting=Parting.OPEN, why=WhyUndecided.FACT)
        blocked = self._blocked(key, before)
        try:
            holds, all_ways, exact = self._apart(self.worlds, key)
            blocked = blocked or (None if exact else WhyUndecided.UNKNOWN)
            seeds = list(self._seeds(key, before))
            itself = key in self.touch.changed or self.touch.reached(self.touch.reads(key))
            most = _MOST_REPLAYED if itself else _FEW_REPLAYED
            asked = dict.fromkeys([holds, all_ways, *([] if blocked is None else [True])])
            for formula in asked:
                shown = self._shown(self.worlds, key, formula, seeds, most)
                if shown is not None:
                    return shown
                seeds = []
            proved = self._found(self.worlds, all_ways) is None
        except OutOfBudget:
            return Felt(rule=key, parting=Parting.OPEN, why=WhyUndecided.BUDGET)
        if blocked is not None:
            return Felt(rule=key, parting=Parting.OPEN, why=blocked)
        if proved:
            return Felt(rule=key, parting=Parting.SAME)
        return Felt(rule=key, parting=Parting.OPEN, why=WhyUndecided.NOT_LIVED)

    def _blocked(self, key: str, before: Mapping[str, Felt]) -> WhyUndecided | None:
        """Give why the formulas alone could not prove a rule the same; None where they can."""
        touch, read = self.touch, self.touch.reads(key)
        if not touch.founded or (HOLDERS in read.others and not touch.same_holders):
            return WhyUndecided.FOUNDATION
        if QUIET in read.others & touch.changed:
            return WhyUndecided.FOUNDATION
        if any(self._redeclared(name) for name in read.facts):
            return WhyUndecided.FACT
        for one in sorted(read.rules):
            if not one.startswith("table/") and touch.touches(one) and not _proved_same(before.get(one)):
                return WhyUndecided.RULE
        if any(touch.reached(reads.beside(key)) for reads in (touch.old, touch.new)):
            return WhyUndecided.RULE
        one_entry, other_entry = (content(entries[key]) for entries in self.entries)
        parts = [{name: value for name, value in entry.items() if name not in BY_FORMULA}
                 for entry in (one_entry, other_entry)]  # fmt: skip
        if parts[0] != parts[1] or one_entry.get("unless") != other_entry.get("unless"):
            return WhyUndecided.PART
        kinds = [next((name for name in _ROWS if name in entry), "") for entry in (one_entry, other_entry)]
        rules = (touch.old.rule(key), touch.new.rule(key))
        if section_of(key) == "limit" and (kinds[0] != kinds[1] or _warned(rules[0]) != _warned(rules[1])):
            return WhyUndecided.PART
        figures = [rule.within for rule in rules if isinstance(rule, Duty)]
        return WhyUndecided.PART if len(dict.fromkeys(figures)) > 1 else None

    def _redeclared(self, name: str) -> bool:
        """Say whether a fact is declared otherwise in more than its words, its presumption, and who can answer."""
        if name in self.touch.relisted:
            return True
        one, other = (content(entries.get(f"facts/{name}", {})) for entries in self.entries)
        silent = ("assume", "ask")
        return any(one.get(part) != other.get(part) for part in dict.fromkeys([*one, *other]) if part not in silent)

    # -- where the editions part, as formulas --

    def _apart(self, worlds: Worlds, key: str) -> _Apart:
        """Give where they part by what holds, and where by anything that is known or possible."""
        section, _, name = key.partition("/")
        if section == "table":
            holds = _other_values(*(self._by_value(worlds, key, under) for under in (self.old, self.second)))
            # One value and a set of one are no equal answers: whoever reads the class has to read it otherwise.
            form = self.old.tables[name].every is not self.second.tables[name].every
            return _Apart(holds, either(holds, form))
        if section == "limit":
            return self._limits_apart(worlds, key)
        return self._duties_apart(worlds, key, self.old.duties[name], self.new.duties[name])

    def _by_value(self, worlds: Worlds, key: str, under: Policy) -> dict[str, Formula]:
        rows = under.tables[key.partition("/")[2]].rows
        found: dict[str, list[Formula]] = {}
        for place, row in enumerate(rows):
            found.setdefault(row.value, []).append(worlds.fired(key, place, under=under))
        return {value: either(*formulas) for value, formulas in found.items()}

    def _limits_apart(self, worlds: Worlds, key: str) -> _Apart:
        name, open_ = key.partition("/")[2], Unsettled(worlds)
        one, other = (open_.of_condition(under.limits[name].when, under) for under in (self.old, self.second))
        before, after = (
            open_.rows(key, under, [_figure_key(row) for row in under.limits[name].rows])
            for under in (self.old, self.second)
        )
        figures = _other_values(before.binds, after.binds)
        held, applies = exactly_one(one.held, other.held), both(one.held, other.held)
        rows = either(
            figures, _other_values(before.could, after.could), _other_values(before.surely, after.surely),
            exactly_one(before.undetermined, after.undetermined),
        )  # fmt: skip
        # What its rows come to is asked only where the limit applies.
        return _Apart(
            either(held, both(applies, figures)),
            either(held, exactly_one(one.open, other.open), both(applies, rows)),
            all(found.exact for found in (one, other, before, after)),
        )

    def _duties_apart(self, worlds: Worlds, key: str, one: Duty, other: Duty) -> _Apart:
        open_ = Unsettled(worlds)
        before, after = open_.of_condition(one.when, self.old), open_.of_condition(other.when, self.second)
        held = exactly_one(before.held, after.held)
        apart = either(held, both(before.held, after.held, exactly_one(before.open, after.open)))
        exact = before.exact and after.exact
        for event in self._acts(worlds, key):
            excuses = [self._excused(open_, *each, event) for each in ((one, self.old), (other, self.second))]
            apart = either(apart, exactly_one(*(either(excuse.held, excuse.open) for excuse in excuses)))
            exact = exact and all(excuse.exact for excuse in excuses)
        return _Apart(held, apart, exact)

    def _excused(self, open_: Unsettled, duty: Duty, under: Policy, event: Event) -> LeftOpen:
        """Give where an act breaches nothing: it is excused, or may be."""
        if duty.unless is None:
            return LeftOpen(False, False, exact=True)
        return open_.of_condition(duty.unless, under, event=event)

    def _acts(self, worlds: Worlds, key: str) -> list[Event]:
        """Give the typical events by which a duty is done or breached, of both editions."""
        found: dict[Event, None] = {}
        for under in (self.old, self.second):
            duty = under.duties.get(key.partition("/")[2]) if section_of(key) == "duty" else None
            if duty is not None and duty.unless is not None:
                found.update(dict.fromkeys(worlds.events(duty.unless, duty.acts, under=under)))
        return list(found)

    # -- cases --

    def _seeds(self, key: str, before: Mapping[str, Felt]) -> Iterator[Witness]:
        """Give cases on which the editions part over what a rule reads, each also with every other limit kept."""
        for one in sorted(self.touch.reads(key).rules):
            witness = before[one].witness if one in before else None
            if witness is not None:
                yield from (witness, self._diligent(witness, spared=one))

    def _diligent(self, witness: Witness, *, spared: str) -> Witness:
        """Let everything happen within minutes that ends a limit, but not the one that matters."""
        ends = [
            event
            for limit in self.old.limits.values()
            if f"limit/{limit.id}" != spared
            for selector in (*limit.starts[:1], *limit.until[:1])
            for event in _events_meant(selector)
        ]
        spare = self.old.limits.get(spared.partition("/")[2])
        ended = set() if spare is None else {selector.kind for selector in spare.until}
        done = [one for one in dict.fromkeys(ends) if one.kind not in ended]
        begun = witness.case.complaint.received_from
        dated = [attrs.evolve(one, at=begun + number * _MINUTE) for number, one in enumerate(done, 1)]
        at = max(witness.at, begun + (len(done) + 1) * _MINUTE)
        return attrs.evolve(witness, case=witness.case.with_event(*dated), at=at)

    def _shown(self, worlds: Worlds, key: str, formula: Formula, seeds: Sequence[Witness], most: int) -> Felt | None:
        """Give a case of a formula on which the editions part; None where none of those tried does."""
        found = list(itertools.islice(self._lives(worlds, formula), _MOST_LIVES))
        mixed = [_with_facts(seed, life) for seed in seeds[:_MOST_TRIED] for life in found[:_MOST_TRIED]]
        lives = [*seeds[:_MOST_LIVES], *found, *mixed]
        varied = (other for life in lives for other in self._varied(worlds, key, life))
        for one in itertools.islice(itertools.chain(lives, varied), most):
            self._take(_STEPS_A_REPLAY)
            effects = self._effects(key, one)
            if effects:
                one, effects = self._shortened(key, one, effects)  # noqa: PLW2901 - the same case, said shorter
                return Felt(rule=key, parting=Parting.SHOWN, effects=effects, witness=one)
        return None

    def _lives(self, worlds: Worlds, formula: Formula) -> Iterator[Witness]:
        best = self._found(worlds, formula)
        if best is None:
            return
        try:
            others = self._given(
                formula, lambda steps: list(itertools.islice(boxes(worlds, formula, budget=steps), _MOST_BOXES))
            )
        except OutOfBudget:
            others = []  # what was found is tried all the same
        for box in itertools.islice(dict.fromkeys([best, *others]), _MOST_BOXES):
            yield from itertools.islice(candidates(worlds, box), _MOST_TRIED)

    # -- steps --

    def _take(self, steps: int) -> None:
        """Take steps of those that are left; raises `OutOfBudget` where they do not do."""
        if steps > self.left:
            raise OutOfBudget(what="diff", why="the steps it was given are used up", value=steps)
        self.left -= steps

    def _given(self, formula: Formula, ask: Callable[[int], _T]) -> _T:
        """Ask with few steps, then with more; raises `OutOfBudget` where those that are left do not do."""
        steps, weight = _FIRST_TRY, 1 + parts_in(formula) // _PARTS_A_STEP
        while True:
            self._take(steps * weight)
            try:
                return ask(steps)
            except OutOfBudget:
                steps *= _STEEPER

    def _found(self, worlds: Worlds, formula: Formula) -> Box | None:
        return self._given(formula, lambda steps: search(worlds, formula, budget=steps))

    def _assessed(self, one: Witness) -> tuple[Assessment, Assessment]:
        old, new = (assess(one.case, policy, at=one.at, links=one.links) for policy in (self.old, self.new))
        return old, new

    def _effects(self, key: str, one: Witness) -> tuple[Effected, ...]:
        try:
            return tuple(self.sides.on(key, *self._assessed(one)))
        except ComplaintRulesError:
            return ()

    def _shortened(self, key: str, one: Witness, effects: tuple[Effected, ...]) -> tuple[Witness, tuple[Effected, ...]]:
        """Leave out of a case what it does not need to come out otherwise."""
        for other in shorter(one):
            found = self._effects(key, other(one))
            if found:
                one, effects = other(one), found
        return one, effects

    def _varied(self, worlds: Worlds, key: str, life: Witness) -> Iterator[Witness]:
        """Give a case a little otherwise: looked at later, with a further event, received on another day."""
        try:
            clocks = [clock.due_at for found in self._assessed(life) for clock in found.clocks.values()]
        except ComplaintRulesError:
            clocks = []
        received = life.case.complaint.received_from
        dues = sorted({due for due in clocks if due is not None and due >= received})
        for at in (*(due + INSTANT for due in dues), *(life.at + later for later in _LATER)):
            yield attrs.evolve(life, at=at)
        acts = [event for selector in self._selectors(key) for event in _events_meant(selector)]
        for act in dict.fromkeys([*acts, *self._acts(worlds, key)]):
            for after in (_HOUR, _LATER[1]):
                event = attrs.evolve(act, at=life.at + after)
                for when in (life.at + after + _HOUR, life.at + after + _LATER[2]):
                    yield attrs.evolve(life, case=life.case.with_event(event), at=when)
        for days in _SHIFTS:
            yield _days_later(life, dt.timedelta(days=days))

    def _selectors(self, key: str) -> Iterator[Selector]:
        for reads in (self.touch.old, self.touch.new):
            match reads.rule(key):
                case Limit() as limit:
                    yield from (*limit.starts, *limit.until, *limit.agreed, *(void.on for void in limit.void_on))
                case Duty() as duty:
                    yield from (*duty.after, *duty.acts, *duty.until)
                case _:
                    pass


def _proved_same(known: Felt | None) -> bool:
    return known is not None and known.parting is Parting.SAME


def _figure_key(row: LimitRow) -> str:
    return as_toml([str(one) for one in (row.within, row.by, row.as_agreed, row.warnings)])


def _warned(limit: object) -> frozenset[tuple[Period, ...]]:
    """Give how long before its figures a limit warns: no due moment hangs on it, so that no case is looked for."""
    return frozenset(row.warnings for row in limit.rows) if isinstance(limit, Limit) else frozenset()


def _other_values(one: Mapping[str, Formula], other: Mapping[str, Formula]) -> Formula:
    return either(
        *(exactly_one(one.get(name, False), other.get(name, False)) for name in dict.fromkeys([*one, *other]))
    )


def _events_meant(selector: Selector) -> Iterator[Event]:
    """Give an event that a selector means, without its moment."""
    if selector.kind == "received":
        return
    fields: dict[str, Any] = {}
    for name, values in selector.fields:
        fields[name] = values if name in ("told", "items") else min(values)
    yield Event(selector.kind, **fields)


def _days_later(life: Witness, by: dt.timedelta) -> Witness:
    """Give the same case some days later, with what was agreed."""
    complaint = attrs.evolve(life.case.complaint, received=life.case.complaint.received + by)
    events = [
        attrs.evolve(one, at=None if one.at is None else one.at + by, due=None if one.due is None else one.due + by)
        for one in life.case.events
    ]
    return attrs.evolve(life, case=attrs.evolve(life.case, complaint=complaint, events=events), at=life.at + by)


def _with_facts(seed: Witness, life: Witness) -> Witness:
    """Give the one case with what is known of the other and not of it."""
    complaint, other = seed.case.complaint, life.case.complaint
    unknown = [name for name in CORE_FACTS if complaint.fact(name) is None and other.fact(name) is not None]
    known: dict[str, Any] = {name: getattr(other, name) for name in unknown if name not in NEEDED}
    extra = {**other.extra, **complaint.extra}
    return attrs.evolve(seed, case=attrs.evolve(seed.case, complaint=attrs.evolve(complaint, **known, extra=extra)))
