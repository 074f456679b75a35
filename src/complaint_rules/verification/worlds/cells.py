"""The values of facts and of numbers that stand for all others: below, at, between and above each constant (取值格)."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from complaint_rules.cases.complaint import Channel
from complaint_rules.cases.complaint import Source as Origin
from complaint_rules.cases.facts import FactValue
from complaint_rules.conditions.scopes import FactSpec, FactType
from complaint_rules.language import LANGUAGES, Pair, point
from complaint_rules.moments import BEIJING, FIRST_DAY, LAST_DAY, day_of, earliest_of
from complaint_rules.verification.worlds.reading import Reading, others
from complaint_rules.verification.worlds.spans import Meantime, span_of
from complaint_rules.verification.worlds.variables import Matter, Thing
from complaint_rules.words.voices import voice

RECEIVED: Final = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
"""The receipt where nothing asks for another one: an ordinary working Wednesday."""
MOST_CODES: Final = 8
"""How many codes of a set are combined with each other."""
UNKNOWN: Final[Pair] = ("未知", "unknown")
_LEAST: Final = {"complainants": Decimal(1), "amount": Decimal(0)}
"""The least that a fact of the complaint itself can be; institutions' own facts have no bound."""
_MOST_NAMED: Final = 4


class Value(NamedTuple):
    """A value of a fact that stands for all which no condition tells apart from it."""

    title: Pair
    """How it and its like are called."""
    value: FactValue | None
    """The value; None: unknown."""
    known: bool = True
    """Whether it is known entirely; of a moment of which only the day is known it is not."""
    span: Meantime | None = None
    """Of a known moment or day: the stretch of time that it stands for; None: itself."""


class Values(NamedTuple):
    """The values of one fact."""

    values: tuple[Value, ...]
    """Those tried."""
    whole: bool = True
    """Whether they stand for everything; else something was left out."""


def numbers(
    constants: Iterable[int | Decimal], *, whole: bool, least: Decimal | None = None, room: int = 1
) -> list[tuple[Pair, Decimal]]:
    """Give numbers below, at, between and above some constants, the nearest there are; `room` of each gap.

    >>> [int(number) for _, number in numbers([3, 5], whole=True)]
    [2, 3, 4, 5, 6]
    >>> [str(number) for _, number in numbers([5000], whole=False)]
    ['4999.99', '5000', '5000.01']
    """
    marks = sorted({Decimal(one) for one in constants})
    if not marks:
        return [(("任意数", "any number"), Decimal(1 + extra)) for extra in range(room)]
    digits = max(0, *(-int(one.normalize().as_tuple().exponent) for one in marks))
    step = Decimal(1) if whole else Decimal(1).scaleb(-max(2, digits))
    found: list[tuple[Pair, Decimal]] = []
    for low, high in itertools.pairwise([None, *marks, None]):
        if low is not None and (not whole or low == low.to_integral_value()):
            found.append(((f"{low:f}", f"{low:f}"), low))
        found += ((_gap(low, high), one) for one in _between(low, high, step, room, whole=whole))
    return [(title, one) for title, one in found if least is None or one >= least]


def _gap(low: Decimal | None, high: Decimal | None) -> Pair:
    if low is None:
        return f"低于{high:f}", f"below {high:f}"
    if high is None:
        return f"高于{low:f}", f"above {low:f}"
    return f"{low:f}与{high:f}之间", f"between {low:f} and {high:f}"


def _between(low: Decimal | None, high: Decimal | None, step: Decimal, room: int, *, whole: bool) -> list[Decimal]:
    """Give some numbers inside a gap, in order: the nearest to its upper end, and above the last constant to it."""
    if high is not None:
        first = high.to_integral_value(rounding="ROUND_CEILING") if whole else high
        found = [first - step * far for far in range(room, 0, -1)]
        return [one for one in found if low is None or one > low]
    last = Decimal(0) if low is None else low.to_integral_value(rounding="ROUND_FLOOR") if whole else low
    return [last + step * far for far in range(1, room + 1)]


def values_of(reading: Reading, name: str, shared: Sequence[FactValue] = (), room: int = 1) -> Values:
    """Give the values of a fact that stand for all of them, unknown the last.

    `shared` are constants of facts it is compared with, `room` how many facts there are that need a value of their own
    in each gap.
    """
    spec = reading.specs[name]
    constants = [*reading.constants(Matter(Thing.FACT, name)), *shared]
    whole = True
    match spec.type:
        case FactType.BOOL:
            found = [Value(said(reading, name, one), one) for one in (True, False)]
        case FactType.INT | FactType.DECIMAL:
            found = list(_numbers(spec, constants, room))
        case FactType.SET:
            codes = list(dict.fromkeys(one for one in constants if isinstance(one, str)))
            whole = len(codes) <= MOST_CODES
            found = [Value(said(reading, name, one), one) for one in _subsets(codes[:MOST_CODES])]
        case FactType.MOMENT | FactType.DAY:
            found = list(_moments(spec, constants, room))
        case FactType.LEVEL if reading.ordered(name):
            found = list(_levels(reading, name, room))
        case _:
            found = list(_codes(reading, name, constants, room))
    if name != "received":
        found.append(Value(UNKNOWN, None, known=False))
    return Values(tuple(found), whole)


def said(reading: Reading, name: str, value: FactValue | None) -> Pair:
    """Say a value of a fact in both languages, by the titles of the first policy that has the fact."""
    policy = next(policy for policy in reading.policies if name in policy.scope.facts)
    zh, en = (voice(policy, lang).value(name, value) for lang in LANGUAGES)
    return zh, en


def _numbers(spec: FactSpec, constants: Sequence[FactValue], room: int) -> Iterator[Value]:
    marks = [one for one in constants if isinstance(one, int | Decimal) and not isinstance(one, bool)]
    integral = spec.type is FactType.INT
    for title, number in numbers(marks, whole=integral, least=_LEAST.get(spec.name), room=room):
        yield Value(title, int(number) if integral else number)


def _subsets(codes: Sequence[str]) -> Iterator[frozenset[str]]:
    for size in range(len(codes) + 1):
        yield from map(frozenset, itertools.combinations(codes, size))


def _codes(reading: Reading, name: str, constants: Sequence[FactValue], room: int) -> Iterator[Value]:
    """Give every code named, and as many others as there is room for."""
    possible = _possible(reading, name)
    named = list(dict.fromkeys(one for one in constants if isinstance(one, str)))
    if possible:
        named = [one for one in named if one in possible]
        rest = [one for one in possible if one not in named]
        titles = [said(reading, name, one) for one in rest[:_MOST_NAMED]]
        more = "…" if len(rest) > _MOST_NAMED else ""
        other = ("、".join(zh for zh, _ in titles) + more, ", ".join(en for _, en in titles) + more)
    else:
        rest, other = others(named, room), ("其他任何代码", "any other code")
    yield from (Value(said(reading, name, one), one) for one in named)
    for one in rest[:room]:
        yield Value(other if len(rest) > 1 else said(reading, name, one), one)


def _possible(reading: Reading, name: str) -> list[str]:
    """Give the codes a fact can have; empty where any can be."""
    if name == "channel":
        return [one.value for one in Channel]
    if name == "source":
        return [one.value for one in Origin]
    if reading.specs[name].type is FactType.LEVEL:
        return list(dict.fromkeys(code for one in reading.policies for code in (*one.levels, *one.bodies)))
    lists = [policy.scope.facts[name].values for policy in reading.policies if name in policy.scope.facts]
    if any(values is None for values in lists):
        return []
    return list(dict.fromkeys(code for values in lists for code in values or ()))


def _levels(reading: Reading, name: str, room: int) -> Iterator[Value]:
    """Give every level, for they have an order, and of the bodies, that have none, those named and others."""
    levels = list(dict.fromkeys(code for one in reading.policies for code in one.levels))
    bodies = list(dict.fromkeys(code for one in reading.policies for code in one.bodies if code not in levels))
    named = [code for code in bodies if code in reading.constants(Matter(Thing.FACT, name))]
    rest = [code for code in bodies if code not in named]
    yield from (Value(said(reading, name, code), code) for code in (*levels, *named, *rest[:room]))


def _moments(spec: FactSpec, constants: Sequence[FactValue], room: int) -> Iterator[Value]:
    """Give moments before, at and after each constant; of a fact that may be recorded by its day, days as well."""
    marks = sorted((one for one in constants if isinstance(one, dt.date)), key=earliest_of)
    points: list[dt.datetime] = []
    for mark in marks:
        points += _around(mark, room)
    if not points or spec.name == "received":
        points.append(RECEIVED)
    if room > 1:
        points += [RECEIVED + dt.timedelta(days=3 * far) for far in range(-1, room)]
    points = sorted({one for one in points if FIRST_DAY < one.date() < LAST_DAY})
    days = list(dict.fromkeys(map(day_of, points)))
    if spec.type is FactType.DAY:
        marks = list(dict.fromkeys(map(day_of, marks)))
        yield from (_placed(day, marks, room) for day in days)
        return
    yield from (_placed(one, marks, room) for one in points)
    if room > 1 or any(isinstance(one, dt.datetime) for one in marks):
        for day in days:
            zh, en = _placed(day, marks, room).title
            yield Value((f"{zh}，时刻不明", f"{en}, hour unknown"), day, known=False)


def _placed(when: dt.datetime | dt.date, marks: Sequence[dt.datetime | dt.date], room: int) -> Value:
    """Give a moment or day that stands for its like; where several facts are compared, for itself."""
    span = span_of(when, marks) if room == 1 else None
    if span is not None:
        return Value(span.text(), when, span=span)
    zh, en = _moment(when)
    return Value((zh, en) if room == 1 else (f"如{zh}", f"as {en}"), when)


def _around(mark: dt.datetime | dt.date, room: int) -> Iterator[dt.datetime]:
    """Give moments before, at and after a constant, `room` of each; all of a day lies at it."""
    if isinstance(mark, dt.datetime):
        yield mark
        for far in range(1, room + 1):
            yield mark - dt.timedelta(seconds=far)
            yield mark + dt.timedelta(seconds=far)
        return
    noon = dt.datetime.combine(mark, dt.time(12), BEIJING)
    for far in range(room):
        yield noon + dt.timedelta(minutes=far)
        yield noon - dt.timedelta(days=1 + far)
        yield noon + dt.timedelta(days=1 + far)


def _moment(when: dt.datetime | dt.date) -> Pair:
    zh, en = (point(when, lang) for lang in LANGUAGES)
    return zh, en
