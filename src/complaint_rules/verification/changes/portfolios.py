"""Cases replayed under two editions, one at a time: how many are touched, by what, and by how much due moments move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast, final

import attrs

from complaint_rules.assessing import assess, mainland
from complaint_rules.calendar.working_days import WorkCalendar, as_calendar
from complaint_rules.cases.case import Case, case_of, several
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.violations import Severity
from complaint_rules.errors import ComplaintRulesError, Fault, InvalidComplaint
from complaint_rules.exchange.keys import Keys
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_moment, latest_of
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.verification.changes.effects import (
    BAD_STATUSES,
    PLACES,
    Effected,
    EffectKind,
    EffectOn,
    SideBySide,
)
from complaint_rules.verification.changes.revisions import changes_between
from complaint_rules.verification.changes.touching import Touch

_FIRST: Final = 5
_MOST_REFUSED: Final = 20


@final
@attrs.frozen
class Shift:
    """By how much the due moments of a rule move over all cases (到期移动幅度)."""

    cases: int
    """On how many of them."""
    least: dt.timedelta
    """The least; what comes earlier is negative."""
    greatest: dt.timedelta
    """The greatest."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data; lengths in seconds.

        >>> Shift(1, dt.timedelta(hours=1), dt.timedelta(days=1)).to_dict()
        {'cases': 1, 'least_seconds': 3600.0, 'greatest_seconds': 86400.0}
        """
        least, greatest = self.least.total_seconds(), self.greatest.total_seconds()
        return {"cases": self.cases, "least_seconds": least, "greatest_seconds": greatest}


@final
@attrs.frozen
class Effect:
    """One kind of effect on one rule, over all cases (影响)."""

    on: EffectOn
    """What changes, and where."""
    cases: int
    """How many cases it touches; one that it touches twice counts once."""
    first: tuple[str, ...]
    """Ids of the first few."""
    provisional: int = 0
    """On how many of them a due moment rests on days whose arrangement is not published yet."""
    least: dt.timedelta | None = None
    """The least move of a due moment; None: none moves."""
    greatest: dt.timedelta | None = None
    """The greatest."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data.

        >>> Effect(EffectOn(EffectKind.CLASS, "table/x", "a", "b"), 1, ("c-1",)).to_dict()["kind"]
        'class'
        """
        return {
            "kind": self.on.kind.value, "rule": self.on.rule, "before": self.on.before, "after": self.on.after,
            "cases": self.cases, "first": list(self.first), "provisional": self.provisional,
            "least_seconds": None if self.least is None else self.least.total_seconds(),
            "greatest_seconds": None if self.greatest is None else self.greatest.total_seconds(),
        }  # fmt: skip


@final
@attrs.frozen(kw_only=True, repr=False)
class Portfolio:
    """What a new edition does to a set of cases (对已有案件的影响)."""

    cases: int
    """How many were replayed."""
    touched: int
    """How many of them come out otherwise."""
    effects: tuple[Effect, ...]
    """What changes, the worst first: see `EffectKind`, then by the number of cases."""
    shifts: FrozenMap[str, Shift]
    """By how much the due moments of each rule move, by rule."""
    refused: int
    """How many were refused."""
    problems: tuple[Fault, ...]
    """What is wrong with the first of these, each with its place and without the value that is wrong."""
    repeated: int
    """How many ids stand on more than one case."""
    repeated_at: tuple[str, str]
    """The places of the first of these, as Chinese and as English lists them; empty where there are none."""

    def __repr__(self) -> str:
        return f"<Portfolio of {self.cases} cases: {self.touched} touched, {self.refused} refused>"

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data.

        >>> from complaint_rules import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> Replay(policy, policy).portfolio().to_dict()["touched"]
        0
        """
        return {
            "cases": self.cases,
            "touched": self.touched,
            "effects": [one.to_dict() for one in self.effects],
            "shifts": {rule: one.to_dict() for rule, one in self.shifts.items()},
            "refused": self.refused,
            "problems": [{"where": one.where, "why": one.why, "hint": one.hint} for one in self.problems],
            "repeated": self.repeated,
            "repeated_at": list(self.repeated_at),
        }


def as_portfolio(value: object) -> Portfolio:
    """Give what was passed if it is a portfolio; raises `InvalidComplaint` where it is none.

    >>> try:
    ...     as_portfolio(5)
    ... except InvalidComplaint as error:
    ...     print(error.why, error.value)
    a Portfolio is expected 5
    """
    if not isinstance(value, Portfolio):
        why, hint = "a Portfolio is expected", "pass what Diff.portfolio(cases) gives"
        raise InvalidComplaint(what="portfolio", why=why, value=value, hint=hint)
    return value


@attrs.define
class _EffectCount:
    """One effect while cases come in."""

    cases: int = 0
    first: list[str] = attrs.field(factory=list)
    provisional: int = 0
    least: dt.timedelta | None = None
    greatest: dt.timedelta | None = None
    last: int = 0


@final
class Replay:
    """Cases on their way through two editions: nothing of a case is kept but its id.

    >>> from complaint_rules import BEIJING, load_policy
    >>> old, new = (load_policy("petition-2022", edition=edition) for edition in ("2005", "2022"))
    >>> replay = Replay(old, new)
    >>> replay.add(Complaint(id="c-1", received=dt.datetime(2026, 3, 2, 10, tzinfo=BEIJING)), "line 1")
    True
    >>> replay.portfolio().touched
    1
    """

    def __init__(
        self, old: Policy, new: Policy, *, at: dt.datetime | None = None, calendar: WorkCalendar | None = None
    ) -> None:
        """Take two editions, the moment of all assessments (None: of each case its own last event), the calendar.

        Raises `InvalidPolicy`, `InvalidMoment` for a naive moment, `InvalidNotice` for what is no calendar.
        """
        self._old, self._new = as_policy(old), as_policy(new)
        touch = Touch(old, new, changes_between(old, new))
        self._alike = not touch.changed
        self._sides = SideBySide(old, new, touch.touches)
        self._at = None if at is None else as_moment(at, what="at")
        self._calendar = mainland() if calendar is None else as_calendar(calendar)
        self._counted: dict[EffectOn, _EffectCount] = {}
        self.keys: Keys = Keys()
        """Which ids stand on more than one case."""
        self._problems: list[Fault] = []
        self.cases: int = 0
        """How many were replayed so far."""
        self.touched: int = 0
        """How many of them come out otherwise."""
        self.refused: int = 0
        """How many were refused."""

    def add(self, case: Case | Complaint, place: int | str) -> bool:
        """Replay one case; say whether it comes out otherwise. `place` says where it stands, for messages.

        Raises what `assess` raises; such a case counts as nothing, and whoever goes on with the next calls `refuse`.
        """
        case = case_of(case)
        at = last_moment(case) if self._at is None else self._at
        old = assess(case, self._old, at=at, calendar=self._calendar)
        found: Sequence[Effected] = ()
        if not self._alike:
            new = assess(case, self._new, at=at, calendar=self._calendar)
            found = self._sides.effects(old, new)
        self.cases += 1
        key = case.complaint.id
        self.keys.add(key, place)
        if found:
            self.touched += 1
            for one in found:
                self._count(one, key)
        return bool(found)

    def refuse(self, *problems: Fault) -> None:
        """Take note of a case that cannot be replayed, with what is wrong with it."""
        self.refused += 1
        self._problems += problems[: _MOST_REFUSED - len(self._problems)]

    def _count(self, one: Effected, key: str) -> None:
        counted = self._counted.get(one.on)
        if counted is None:
            counted = self._counted[one.on] = _EffectCount()
        if counted.last != self.cases:  # the same case may be touched by several runs of one limit
            counted.last = self.cases
            counted.cases += 1
            counted.provisional += one.provisional
            if len(counted.first) < _FIRST:
                counted.first.append(key)
        shift = one.shift
        if shift is not None:
            if counted.least is None or shift < counted.least:
                counted.least = shift
            if counted.greatest is None or shift > counted.greatest:
                counted.greatest = shift

    def portfolio(self) -> Portfolio:
        """Give what the cases so far came to."""
        effects = sorted(
            (
                Effect(on, one.cases, tuple(one.first), one.provisional, one.least, one.greatest)
                for on, one in self._counted.items()
            ),
            key=_worst_first,
        )
        twice = (self.keys.lines("、", "、"), self.keys.lines(" and ", ", ")) if self.keys.repeated else ("", "")
        return Portfolio(
            cases=self.cases, touched=self.touched, effects=tuple(effects), shifts=_shifts(effects),
            refused=self.refused, problems=tuple(self._problems), repeated=self.keys.repeated,
            repeated_at=twice,
        )  # fmt: skip


def last_moment(case: Case) -> dt.datetime:
    """Give the last instant of which a case tells: of its receipt and of every event whose moment is known.

    Of what is known by its day that is the last instant of the day.

    >>> last_moment(Case(Complaint(id="c-1", received=dt.date(2026, 3, 2)))).isoformat()
    '2026-03-02T23:59:59.999999+08:00'
    """
    received = latest_of(case.complaint.received)
    return max((received, *(latest_of(one.at) for one in case.events if one.at is not None)))


def _worst_first(one: Effect) -> tuple[int, int, int, EffectOn]:
    on = one.on
    grave = on.after not in BAD_STATUSES
    if on.kind in (EffectKind.BREACH, EffectKind.SEVERITY):
        grave = not on.after.endswith(f"/{Severity.BREACH}")
    return (PLACES[on.kind], grave, -one.cases, on)


def _shifts(effects: Sequence[Effect]) -> FrozenMap[str, Shift]:
    found: dict[str, Shift] = {}
    for one in effects:
        if one.least is None or one.greatest is None:
            continue
        known = found.get(one.on.rule)
        if known is None:
            found[one.on.rule] = Shift(one.cases, one.least, one.greatest)
        else:
            least, greatest = min(known.least, one.least), max(known.greatest, one.greatest)
            found[one.on.rule] = Shift(known.cases + one.cases, least, greatest)
    return FrozenMap({rule: found[rule] for rule in sorted(found)})


def portfolio_of(
    old: Policy,
    new: Policy,
    cases: Iterable[Case | Complaint],
    *,
    at: dt.datetime | None = None,
    calendar: WorkCalendar | None = None,
) -> Portfolio:
    """Replay many cases under two editions; a bad one is noted with its place, from 0, and the rest goes on.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> print(portfolio_of(policy, policy, ["c-1"]).problems[0])
    cases[0]: case: a Complaint or a Case is expected
    """
    replay = Replay(old, new, at=at, calendar=calendar)
    for place, case in enumerate(several(cases, "cases")):
        try:
            replay.add(cast("Case | Complaint", case), place)
        except ComplaintRulesError as error:
            where = ": ".join(filter(None, (f"cases[{place}]", error.where, error.what)))
            replay.refuse(Fault(where=where, why=error.why, hint=error.hint))
    return replay.portfolio()
