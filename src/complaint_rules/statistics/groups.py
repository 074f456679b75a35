"""By what figures are grouped (分组); what nobody knows is a group of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeAlias, final

import attrs

from complaint_rules.assessment.plans import Decision, Plan
from complaint_rules.conditions.scopes import FactType
from complaint_rules.errors import InvalidTally, did_you_mean
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import ReportPeriod, Selector
from complaint_rules.statistics.looks import Look
from complaint_rules.statistics.spans import label_of

Key: TypeAlias = str | None
"""The group of a case by one name; None: nobody knows; empty: it is known to have none."""
Keys: TypeAlias = tuple[Key, ...]
"""The group of a case by several names."""
UNITS: Final = {unit.value: unit for unit in ReportPeriod}
"""The words for periods."""
_MOST_NAMES: Final = 3
_HELD: Final[Mapping[str, Callable[[Look], Key]]] = {"unit": lambda look: look.unit, "holder": lambda look: look.holder}
_CALL: Final = re.compile(r"(standing|holder_at_breach)\(([A-Za-z0-9_.-]+)\)")
_DATED: Final = re.compile(r"([a-z0-9_]+)\.([a-z_]+)")


@final
class Several(tuple[Key, ...]):
    """The groups of a case that lies in several at once, or in none."""

    __slots__ = ()


@final
@attrs.frozen
class Name:
    """One name by which figures can be grouped."""

    written: str
    """As it is written."""
    unit: ReportPeriod | None = None
    """The period of the figure's own date; None: it is no period, or one of an event."""
    several: bool = False
    """Whether a case can lie in several groups of it."""
    of: Callable[[Look], Key | Several] | None = None
    """Gives the group of a case; None: the figure's own date does."""
    period: ReportPeriod | None = None
    """The unit of the labels it gives; None: they are no periods."""


def name_of(text: str, plan: Plan) -> Name:
    """Read a name; raises `InvalidTally` where a policy has nothing of that name.

    >>> from complaint_rules.policy.loading import load_policy
    >>> name_of("month", Plan(load_policy("psbc-95580"))).unit.value
    'month'
    """
    policy = plan.policy
    if text in policy.scope.tables:
        place = plan.places[text]
        every = policy.scope.tables[text].every
        return Name(text, several=every, of=_by_table(place, plan, every=every))
    if text in policy.scope.facts:
        return Name(text, several=policy.scope.facts[text].type is FactType.SET, of=_by_fact(text))
    if text in UNITS:
        return Name(text, unit=UNITS[text], period=UNITS[text])
    if text in _HELD:
        return Name(text, of=_HELD[text])
    called = _CALL.fullmatch(text)
    if called is not None and called[2] in policy.limits:
        limit = called[2]
        if called[1] == "standing":
            return Name(text, of=lambda look: look.standing(limit))
        return Name(text, of=lambda look: look.holder_at_breach(limit))
    dated = _DATED.fullmatch(text)
    if dated is not None and dated[2] in UNITS and (dated[1] == "received" or dated[1] in policy.scope.kinds):
        return Name(text, of=_by_event(dated[1], UNITS[dated[2]]), period=UNITS[dated[2]])
    hint = _meant(text, policy) or "name a fact, a table, a period as month, or closed.month, standing(limit)"
    raise InvalidTally(what="by", why="figures cannot be grouped by this", value=text, hint=hint)


def _meant(text: str, policy: Policy) -> str:
    """Say what was likely meant by a name that there is not."""
    before, dot, unit = text.partition(".")
    if dot:
        known = ["received", *policy.scope.kinds]
        return did_you_mean(unit, UNITS) if before in known else did_you_mean(before, known)
    called, bracket, limit = text.partition("(")
    if bracket and called in ("standing", "holder_at_breach"):
        return did_you_mean(limit.rstrip(")"), policy.limits)
    return did_you_mean(text, known_names(policy))


def known_names(policy: Policy) -> list[str]:
    """Give every name by which the figures of a policy can be grouped, those of events' periods apart.

    >>> from complaint_rules.policy.loading import load_policy
    >>> "standing(whole)" in known_names(load_policy("psbc-95580"))
    True
    """
    return [
        *policy.scope.tables, *policy.scope.facts, *UNITS, *_HELD,
        *(f"{what}({limit})" for limit in policy.limits for what in ("standing", "holder_at_breach")),
    ]  # fmt: skip


def groupings_in(by: object) -> tuple[tuple[str, ...], ...]:
    """Give the names of groupings, each of them once.

    Raises `InvalidTally` for what is no name, and for more than three names at once.

    >>> groupings_in(["channel", ("kind", "month"), ["channel"]])
    (('channel',), ('kind', 'month'))
    """
    if isinstance(by, str) or not isinstance(by, Iterable):
        why = "a list of names, or of several names together, is expected"
        hint = 'pass by=["channel", ("kind", "month")]'
        raise InvalidTally(what="by", why=why, value=by, hint=hint)
    found: dict[tuple[str, ...], None] = {}
    for one in by:
        names = names_in(one)
        if len(names) > _MOST_NAMES or len(set(names)) < len(names):
            raise InvalidTally(what="by", why=f"at most {_MOST_NAMES} different names stand together", value=names)
        found[names] = None
    return tuple(found)


def groupings_of(by: Iterable[tuple[str, ...]], plan: Plan) -> tuple[tuple[Name, ...], ...]:
    """Read groupings: the whole is always there; raises `InvalidTally` for a name that the policy does not have.

    >>> from complaint_rules.policy.loading import load_policy
    >>> by = groupings_of([("channel",), ("kind", "month")], Plan(load_policy("psbc-95580")))
    >>> [[name.written for name in names] for names in by]
    [[], ['channel'], ['kind', 'month']]
    """
    known: dict[str, Name] = {}  # a name that stands in several groupings is asked once of each case
    for names in by:
        for text in names:
            known[text] = known.get(text) or name_of(text, plan)
    return tuple(tuple(known[text] for text in names) for names in dict.fromkeys(((), *by)))


def names_in(by: object) -> tuple[str, ...]:
    """Give the names of one grouping: of one name itself, of several together each; `InvalidTally` for anything else.

    >>> names_in("channel"), names_in(["kind", "month"]), names_in(())
    (('channel',), ('kind', 'month'), ())
    """
    if isinstance(by, str):
        return (by,)
    texts = tuple(by) if isinstance(by, Iterable) else (by,)
    for text in texts:
        if not isinstance(text, str):
            raise InvalidTally(what="by", why="the name of a fact, table or period is expected", value=text)
    return texts


def text_of(value: object) -> Key:
    """Write a value as the key of its group.

    >>> text_of(True), text_of(5), text_of(None), text_of(dt.date(2026, 9, 30))
    ('true', '5', None, '2026-09-30')
    """
    if value is None:
        return None
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _by_fact(name: str) -> Callable[[Look], Key | Several]:
    def of(look: Look) -> Key | Several:
        value = look.view.complaint.fact(name)
        if value is None or type(value) is str:
            return value
        if isinstance(value, frozenset):
            return Several(sorted(value)) if value else ""
        return text_of(value)

    return of


def _by_table(place: int, plan: Plan, *, every: bool) -> Callable[[Look], Key | Several]:
    known: dict[Decision, Key | Several] = {}
    rows = [row.when for row in plan.tables[place].rows]

    def of(look: Look) -> Key | Several:
        if not look.received and look.asks_in_vain(plan, *rows):
            return None
        found = look.view.table(place)
        if found.certain and not every:
            return found.value or ""  # type: ignore[return-value]
        key = known.get(found, known)
        if key is known:
            key = known[found] = _group(found, plan, every=every)
        return key  # type: ignore[return-value]

    return of


def _group(found: Decision, plan: Plan, *, every: bool) -> Key | Several:
    """Give the group that a table says: what rests on a working value is not known."""
    works = not found.certain and plan.works_with(found.unknown, surely=False)
    if not every:
        return None if works else found.value if isinstance(found.value, str) else ""
    held = sorted(found.surely) if works else sorted(found.value or ())
    keys: Sequence[Key] = (*held, None) if works else held
    return Several(keys) if keys else ""


def _by_event(kind: str, unit: ReportPeriod) -> Callable[[Look], Key | Several]:
    selectors = () if kind == "received" else (Selector(kind=kind),)

    def of(look: Look) -> Key | Several:
        places = look.places(selectors, each=False)
        if not places:
            return ""
        place = places[0]
        return None if place.day is None or not place.sure else label_of(place.day, unit)

    return of
