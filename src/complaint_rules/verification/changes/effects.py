"""What two editions make of one case: where their classes, due moments, statuses, duties and violations part."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias, cast, final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock, Status
from complaint_rules.assessment.duties import DutyStatus, Obligation, obligations_of
from complaint_rules.calendar.days import Certainty
from complaint_rules.cases.violations import Severity
from complaint_rules.language import Coded
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy

_KEPT: Final = "retention"
_RECORD: Final = "record"
_MOST_REMEMBERED: Final = 4096
_STANDS: Final = attrgetter(
    "duty.id", "status._value_"
)  # the text of a status: a code is hashed by Python, a text by C


class EffectKind(Coded):
    """What a new edition does to a case (影响种类); the worst first, as whoever must keep the rules sees it."""

    BREACH = "breach", "新增违规", "a violation arises"
    SEVERITY = "severity", "违规严重程度改变", "its severity changes"
    STATUS = "status", "状态改变", "its status changes"
    EARLIER = "earlier", "到期提前", "due earlier"
    NEWLY_DUE = "newly_due", "新增到期时刻", "newly due"
    ARISES = "arises", "新增义务", "a duty arises"
    RUNS = "runs", "计时次数改变", "the number of runs changes"
    CLASS = "class", "类别改变", "its class changes"
    LATER = "later", "到期推后", "due later"
    NO_LONGER_DUE = "no_longer_due", "不再有到期时刻", "no longer due"
    CEASES = "ceases", "不再有义务", "a duty no longer arises"
    NO_BREACH = "no_breach", "不再违规", "a violation no longer arises"
    FORM = "form", "类别写法改变", "its class takes another form"
    """The class is the same, but was one value and is a set, or the other way round: what reads it has to change."""


PLACES: Final[Mapping[EffectKind, int]] = {kind: place for place, kind in enumerate(EffectKind)}
"""The kinds of effect by how bad they are, the worst first."""
BAD_STATUSES: Final = frozenset({Status.OVERDUE, Status.MET_LATE, DutyStatus.OVERDUE, DutyStatus.DONE_LATE,
                                 DutyStatus.BREACHED})  # fmt: skip
"""Statuses of what was not kept."""


class EffectOn(NamedTuple):
    """One kind of effect on one rule: what cases are counted by."""

    kind: EffectKind
    """What changes."""
    rule: str
    """The rule, as ``limit/whole``; ``record`` where a history contradicts itself."""
    before: str = ""
    """What the old edition says: a class, a status, a violation as ``code/severity``; empty: nothing of the kind."""
    after: str = ""
    """What the new edition says; empty: nothing of the kind."""


class Effected(NamedTuple):
    """One effect on one case."""

    on: EffectOn
    """What it is counted by."""
    shift: dt.timedelta | None = None
    """By how much a due moment moves, later ones positive; None: none moves."""
    provisional: bool = False
    """Whether a due moment rests on days whose arrangement is not published yet."""


_Pair: TypeAlias = tuple[int | None, int | None, str]
_Duties: TypeAlias = tuple[tuple[str, str], ...]
_DutyKey: TypeAlias = tuple[_Duties, _Duties]
_Due: TypeAlias = dt.datetime | dt.date | None


class _Standing(NamedTuple):
    """What follows from where the duties of two assessments stand."""

    effects: tuple[Effected, ...]
    """What changes whatever the moments are."""
    both: tuple[tuple[int, int, str], ...]
    """Duties that both have: the place of each, and the rule."""
    fresh: tuple[tuple[int, EffectOn], ...]
    """Duties that only the new edition has: the place, and what is told."""


def _all(_: str) -> bool:
    return True


@final
class SideBySide:
    """Two editions, ready to be held against each other case by case: what they have in common is looked up once."""

    def __init__(self, old: Policy, new: Policy, touches: Callable[[str], bool] = _all) -> None:
        """Take two editions; `touches` says which of the rules of both can come out otherwise at all."""
        self.tables: Sequence[_Pair] = _paired("table", old.tables, new.tables, touches)
        self.limits: Sequence[_Pair] = _paired("limit", old.limits, new.limits, touches)
        self.owes: bool = bool(_paired("duty", old.duties, new.duties, touches))
        """Whether any duty can stand otherwise."""
        self.keeps: bool = old.retentions != new.retentions
        self._timed: frozenset[str] = frozenset(
            name for policy in (old, new) for name, duty in policy.duties.items() if duty.within is not None
        )
        self._duties: dict[_DutyKey, _Standing] = {}  # no more than a memory: few ways to stand come again and again

    def effects(self, one: Assessment, other: Assessment) -> list[Effected]:
        """Give every effect on a case, of the assessments under the old edition and the new.

        >>> import datetime as dt
        >>> from complaint_rules import BEIJING, Complaint, assess, load_policy
        >>> received = dt.datetime(2026, 3, 2, 10, tzinfo=BEIJING)
        >>> editions = [load_policy("petition-2022", edition=edition) for edition in ("2005", "2022")]
        >>> found = [assess(Complaint(id="c-1", received=received), one, at=received) for one in editions]
        >>> SideBySide(*editions).effects(*found)[0].on.rule
        'duty/no_mediation_unasked'
        """
        found: list[Effected] = []
        tables, limits = self.tables, self.limits
        before, after = (list(one.findings.values()), list(other.findings.values())) if tables else ((), ())
        for i, j, name in tables:
            value = None if i is None else before[i].decision.value
            now = None if j is None else after[j].decision.value
            if value != now:
                found += _reclassed(f"table/{name}", value, now)
        clocks, now_clocks = (list(one.clocks.values()), list(other.clocks.values())) if limits else ((), ())
        history = bool(one.case.events)
        for i, j, name in limits:
            clock = None if i is None else clocks[i]
            then = None if j is None else now_clocks[j]
            if clock is None or then is None:
                found += _alone(f"limit/{name}", clock, then)
            elif history or clock.status is not then.status or clock.due_at != then.due_at:
                found += _run_apart(f"limit/{name}", clock, then)
        if self.owes:
            duties, now_duties = one.duties, other.duties
            key = (tuple(map(_STANDS, duties)), tuple(map(_STANDS, now_duties)))
            standing = self._duties.get(key)
            if standing is None:
                standing = self._remember(key)
            found += standing.effects
            if standing.both or standing.fresh:
                found += _due_apart(standing, duties, now_duties)
        breaches, now_breaches = one.violations, other.violations
        if breaches or now_breaches:
            found += _of_violations(one, other)
        if self.keeps and one.keep_until != other.keep_until:
            found += _moved(_KEPT, one.keep_until, other.keep_until, provisional=False)
        return found

    def on(self, rule: str, one: Assessment, other: Assessment) -> list[Effected]:
        """Give the effects on one table, limit or duty that both editions have; violations are not asked about.

        >>> import datetime as dt
        >>> from complaint_rules import BEIJING, Complaint, assess, load_policy
        >>> received = dt.datetime(2026, 3, 2, 10, tzinfo=BEIJING)
        >>> policy = load_policy("psbc-95580")
        >>> found = assess(Complaint(id="c-1", received=received), policy, at=received)
        >>> SideBySide(policy, policy).on("limit/whole", found, found)
        []
        """
        section, _, name = rule.partition("/")
        match section:
            case "table":
                return list(_reclassed(rule, one.findings[name].decision.value, other.findings[name].decision.value))
            case "limit":
                return list(_run_apart(rule, one.clocks[name], other.clocks[name]))
            case _:
                ones, others = (obligations_of(seen, seen.plan.duties[name]) for seen in (one.snapshot, other.snapshot))
                standing = _stand_apart(tuple(map(_STANDS, ones)), tuple(map(_STANDS, others)), self._timed)
                return [*standing.effects, *_due_apart(standing, ones, others)]

    def _remember(self, key: _DutyKey) -> _Standing:
        if len(self._duties) >= _MOST_REMEMBERED:
            self._duties.clear()
        known = self._duties[key] = _stand_apart(*key, self._timed)
        return known


def _paired(
    section: str, old: Mapping[str, object], new: Mapping[str, object], touches: Callable[[str], bool]
) -> Sequence[_Pair]:
    """Give the rules that can come out otherwise, each with its place in the old edition and in the new."""
    places, now = ({name: place for place, name in enumerate(rules)} for rules in (old, new))
    names = (name for name in dict.fromkeys([*old, *new])
             if name not in places or name not in now or touches(f"{section}/{name}"))  # fmt: skip
    return [(places.get(name), now.get(name), name) for name in names]


def class_text(value: str | frozenset[str] | None) -> str:
    """Write a class found: of several that may hold together, joined; empty where there is none.

    >>> class_text(frozenset({"b", "a"})), class_text(None)
    ('a+b', '')
    """
    if value is None:
        return ""
    return value if isinstance(value, str) else "+".join(sorted(value))


def _alone(rule: str, clock: Clock | None, then: Clock | None) -> Iterator[Effected]:
    """Tell of a limit that only one edition has, where it comes to anything."""
    before = None if clock is None else clock.due_at
    after = None if then is None else then.due_at
    if before is not None or after is not None:
        yield from _moved(rule, before, after, provisional=_unsure(clock, then))


def _reclassed(rule: str, value: str | frozenset[str] | None, now: str | frozenset[str] | None) -> Iterator[Effected]:
    if value != now:
        before, after = class_text(value), class_text(now)
        yield Effected(EffectOn(EffectKind.FORM if before == after else EffectKind.CLASS, rule, before, after))


def _run_apart(rule: str, clock: Clock, then: Clock) -> Iterator[Effected]:
    if clock.status is not then.status:
        yield Effected(EffectOn(EffectKind.STATUS, rule, clock.status.value, then.status.value))
    if clock.due_at != then.due_at:
        yield from _moved(rule, clock.due_at, then.due_at, provisional=_unsure(clock, then))
    if len(clock.runs) != len(then.runs):
        yield Effected(EffectOn(EffectKind.RUNS, rule, str(len(clock.runs)), str(len(then.runs))))


def _moved(rule: str, before: _Due, after: _Due, *, provisional: bool) -> Iterator[Effected]:
    if after is None:
        yield Effected(EffectOn(EffectKind.NO_LONGER_DUE, rule), None, provisional)
    elif before is None:
        yield Effected(EffectOn(EffectKind.NEWLY_DUE, rule), None, provisional)
    else:
        shift = after - before  # both are moments, or both are days
        kind = EffectKind.LATER if shift > dt.timedelta() else EffectKind.EARLIER
        yield Effected(EffectOn(kind, rule), shift, provisional)


def _unsure(*clocks: Clock | None) -> bool:
    """Say whether any of the due moments is provisional; only from the last published year on has it to be proved."""
    for clock in clocks:
        due = None if clock is None else clock.due_at
        if clock is None or due is None or due.date() <= clock.snapshot.calendar.final_through:
            continue
        if clock.certainty is Certainty.PROVISIONAL:
            return True
    return False


def _unsure_duty(*duties: Obligation) -> bool:
    """Say the same of duties."""
    for one in duties:
        start, calendar = one.since or one.trigger.when, one.snapshot.calendar
        if one.due_at is None or start is None or one.due_at.date() <= calendar.final_through:
            continue
        period = cast(Period, one.duty.within)
        if period.counted_from(start, calendar, one.duty.counting, ()).certainty is Certainty.PROVISIONAL:
            return True
    return False


def _stand_apart(before: _Duties, after: _Duties, timed: frozenset[str]) -> _Standing:
    """Work out what follows from where duties stand, and whose due moments are still to be compared."""
    effects: list[Effected] = []
    both: list[tuple[int, int, str]] = []
    fresh: list[tuple[int, EffectOn]] = []
    had, have = _by_id(before), _by_id(after)
    for name in dict.fromkeys([*had, *have]):
        rule, ones, others = f"duty/{name}", had.get(name, []), have.get(name, [])
        for (i, status), (j, now) in zip(ones, others, strict=False):
            if name in timed:
                both.append((i, j, rule))
            if status != now:
                effects.append(Effected(EffectOn(EffectKind.STATUS, rule, status, now)))
        effects += [Effected(EffectOn(EffectKind.CEASES, rule, one, "")) for _, one in ones[len(others) :]]
        fresh += [(j, EffectOn(EffectKind.ARISES, rule, "", one)) for j, one in others[len(ones) :]]
    return _Standing(tuple(effects), tuple(both), tuple(fresh))


def _by_id(duties: _Duties) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for place, (name, status) in enumerate(duties):
        found.setdefault(name, []).append((place, status))
    return found


def _due_apart(standing: _Standing, duties: Sequence[Obligation], then: Sequence[Obligation]) -> Iterator[Effected]:
    for i, j, rule in standing.both:
        one, other = duties[i].due_at, then[j].due_at
        if one != other:
            yield from _moved(rule, one, other, provisional=_unsure_duty(duties[i], then[j]))
    for j, on in standing.fresh:
        yield Effected(on, None, then[j].due_at is not None and _unsure_duty(then[j]))


def _of_violations(one: Assessment, other: Assessment) -> Iterator[Effected]:
    """Tell of violations that only one edition finds, and of those that both find, but not as grave."""
    before, after = _breaches(one), _breaches(other)
    for key in dict.fromkeys([*before, *after]):
        rule, code = key
        had, have = Counter(before.get(key, [])), Counter(after.get(key, []))
        gone, come = (sorted(f"{code}/{each.value}" for each in some.elements()) for some in (had - have, have - had))
        for was, now in zip(gone, come, strict=False):
            yield Effected(EffectOn(EffectKind.SEVERITY, rule, was, now))
        both = min(len(gone), len(come))
        for now in come[both:]:
            yield Effected(EffectOn(EffectKind.BREACH, rule, "", now))
        for was in gone[both:]:
            yield Effected(EffectOn(EffectKind.NO_BREACH, rule, was, ""))


def _breaches(found: Assessment) -> Mapping[tuple[str, str], list[Severity]]:
    """Give how grave each violation is, by its rule and code."""
    severities: dict[tuple[str, str], list[Severity]] = {}
    for one in found.violations:
        severities.setdefault((one.rule or _RECORD, one.code.value), []).append(one.severity)
    return severities
