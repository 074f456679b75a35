"""Complaints and cases as JSON, in and out: numbers read exactly, every fault of a row at once, nothing guessed.

Written out rather than structured by ``cattrs``: its located faults come from hooks for each type, whereas the checks
of our values stand in the fields' own converters, which it either bypasses or, told to prefer them, reports the first
of; and it takes as long (measured). Here the values check themselves once, and only where one of them refuses is each
field tried alone, so that every fault is named.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeAlias

import attrs

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import (
    ComplaintRulesError,
    Fault,
    InvalidCase,
    InvalidMoment,
    UnreadableInput,
    did_you_mean,
)
from complaint_rules.moments import FIRST_DAY, why_impossible

Types: TypeAlias = Mapping[str, str]
"""Type of each fact that a policy declares (``moment``, ``day``, ``decimal`` …), for what JSON itself cannot say."""

_MOST_FAULTS: Final = 100
_LONGEST_PATH: Final = 120

_COMPLAINT: Final = tuple(field.name for field in attrs.fields(Complaint))
_EVENT: Final = tuple(field.name for field in attrs.fields(Event))
_CASE: Final = (*_COMPLAINT, "events", "unseen")
_COMPLAINT_KEYS: Final = frozenset(_COMPLAINT)
_EVENT_KEYS: Final = frozenset(_EVENT)
_MOMENTS: Final = ("at", "due")

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCKED: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9].*", re.ASCII)
_LINES: Final = "one object a line is expected: jq -c '.[]' turns an array into lines, jq -c . an object"
_EXAMPLE: Final = "write 2026-10-09T08:30:00+08:00, or 2026-09-30 where only the day is known"


def when_from_text(text: str, *, what: str) -> dt.datetime | dt.date:
    """Read an ISO 8601 moment with its zone, or a day; a moment without a zone is refused, never guessed.

    Raises `InvalidMoment`.

    >>> when_from_text("2026-09-30", what="received")
    datetime.date(2026, 9, 30)
    >>> when_from_text("2026-09-30T16:30Z", what="received").isoformat()
    '2026-09-30T16:30:00+00:00'
    >>> when_from_text("2026-09-30T16:30", what="received")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidMoment: received: the moment is naive: it names no time zone; got ...
    """
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
        if _CLOCKED.fullmatch(text):
            moment = dt.datetime.fromisoformat(text)
            if moment.tzinfo is None:
                why, hint = "the moment is naive: it names no time zone", "for Beijing time add +08:00 at its end"
                raise InvalidMoment(what=what, why=why, value=text, hint=hint)
            return moment
    except ValueError as error:
        if isinstance(error, InvalidMoment):
            raise
        raise InvalidMoment(what=what, why=why_impossible(error), value=text, hint=_EXAMPLE) from None
    raise InvalidMoment(what=what, why="this is no ISO 8601 date or moment", value=text, hint=_EXAMPLE)


def _when(value: object, what: str) -> object:
    # Anything but text goes on as it is: the value's own converter says what is wrong with it.
    return when_from_text(value, what=what) if type(value) is str else value


def _typed(name: str, value: object, types: Types) -> object:
    """Read a fact's text as what the policy says it is; where it is nothing of the kind, the text stays."""
    if type(value) is not str:
        return value
    kind = types.get(name)
    if kind in ("moment", "day"):
        return when_from_text(value, what=name)
    if kind == "decimal":
        try:
            return Decimal(value)
        except ArithmeticError:
            return value
    return value


_NO_TYPES: Final[Types] = {}


def _event(data: object, types: Types) -> Event:
    if not isinstance(data, Mapping):
        raise InvalidCase(what="", why="an event is an object with a kind", value=data)
    if not data.keys() <= _EVENT_KEYS:
        raise InvalidCase(what="", why="unknown keys")
    fields = dict(data)
    for name in _MOMENTS:
        if name in fields:
            fields[name] = _when(fields[name], name)
    changes = fields.get("set")
    if types and isinstance(changes, Mapping):
        fields["set"] = {name: _typed(name, value, types) for name, value in changes.items()}
    return Event(fields.pop("kind", None), **fields)


def _case(data: object, types: Types) -> Case:
    if not isinstance(data, Mapping):
        raise InvalidCase(what="", why="a complaint is a JSON object", value=data)
    fields = dict(data)
    events = fields.pop("events", ())
    unseen = fields.pop("unseen", None)
    if not fields.keys() <= _COMPLAINT_KEYS:
        raise InvalidCase(what="", why="unknown keys")
    fields["received"] = _when(fields.get("received"), "received")
    fields.setdefault("id", None)
    extra = fields.get("extra")
    if types and isinstance(extra, Mapping):
        fields["extra"] = {name: _typed(name, value, types) for name, value in extra.items()}
    complaint = Complaint(**fields)
    if not isinstance(events, list | tuple):
        raise InvalidCase(what="", why="events are a list", value=events)
    return Case(complaint, tuple(_event(event, types) for event in events) if events else (), unseen=unseen)


def _tidy(value: object, depth: int = 4) -> object:
    """Reduce runs of blanks in every text to one, as in a cell of a register, so that both doors give one value."""
    if type(value) is str:
        return (
            value if value.isprintable() and "  " not in value and value == value.strip() else " ".join(value.split())
        )
    if type(value) is dict and depth:
        return {name: _tidy(item, depth - 1) for name, item in value.items()}
    if type(value) in (list, tuple, frozenset, set) and depth:
        items: Any = value
        return type(items)(_tidy(item, depth - 1) for item in items)
    return value


def case_from_dict(data: object, *, facts: Types | None = None, where: str = "") -> Case:
    """Make a case of plain data, as ``json.loads(…, parse_float=Decimal)`` gives it.

    The keys are the fields of `Complaint`, and beside them ``events`` (a list of objects with the fields of `Event`)
    and ``unseen``. A moment is ISO 8601 with its zone, a day is a bare date. Where `facts` gives the types that a
    policy declares, texts in ``extra`` and ``set`` become the moments, days and numbers meant; else they stay text.
    Blanks, no-break ones too, are read as in a register: runs of them count as one, and none at either end.

    Raises `InvalidCase` with every fault: unknown keys with their likely intent, naive moments, wrong types.

    >>> case = case_from_dict({"id": "c-1", "received": "2026-09-30", "events": [{"kind": "closed"}]})
    >>> case.complaint.received, case.events[0].at is None
    (datetime.date(2026, 9, 30), True)
    >>> case_from_dict({"id": "c-1", "recieved": "2026-09-30", "complainants": 0})
    Traceback (most recent call last):
    complaint_rules.errors.InvalidCase: 3 faults
      recieved: no such key; did you mean 'received'?
      received: it is missing; write 2026-10-09T08:30:00+08:00, or 2026-09-30 where only the day is known
      complainants: a whole number of at least 1 is expected; got 0; leave it out where it is not known
    """
    return case_of_tidy(_tidy(data), facts=facts, where=where)


def event_from_dict(data: object, *, facts: Types | None = None, where: str = "") -> Event:
    """Make an event of plain data: the fields of `Event`, read as in `case_from_dict`.

    Raises `InvalidCase` with every fault.

    >>> event_from_dict({"kind": "closed", "at": "2026-09-30"}).at
    datetime.date(2026, 9, 30)
    """
    tidy, types = _tidy(data), facts or _NO_TYPES
    try:
        return _event(tidy, types)
    except ComplaintRulesError as error:
        found = _event_faults([tidy], types, iter(range(_MOST_FAULTS)))
        faults = tuple(attrs.evolve(one, where=one.where.removeprefix("events[0]").lstrip(".")) for one in found)
        raise InvalidCase(
            what="the event",
            why="it is refused",
            where=where,
            faults=faults or (_fault(_last_part(error.what), error),),
        ) from None


def case_of_tidy(data: object, *, facts: Types | None = None, where: str = "") -> Case:
    """Make a case of plain data whose texts have been read as a register's are already; else as `case_from_dict`.

    Raises `InvalidCase` with every fault.

    >>> case_of_tidy({"id": "c-1", "received": "2026-09-30"}).complaint.id
    'c-1'
    """
    types = facts or _NO_TYPES
    try:
        return _case(data, types)
    except ComplaintRulesError as error:
        faults = tuple(_faults(data, types)) or (_fault(_last_part(error.what), error),)
    count = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}"
    if len(faults) > _MOST_FAULTS:
        more = Fault(where="", why=f"{len(faults) - _MOST_FAULTS} more faults are not listed")
        faults = (*faults[:_MOST_FAULTS], more)
    raise InvalidCase(what="", why=count, where=where, faults=faults)


def _last_part(what: str) -> str:
    return what.rpartition(".")[2]


def _fault(path: str, error: ComplaintRulesError) -> Fault:
    return Fault(where=path, why=error.why, value=error.value, hint=error.hint)


def _tried(path: str, make: Callable[..., object], *given: object) -> Iterator[Fault]:
    try:
        make(*given)
    except ComplaintRulesError as error:
        yield _fault(path, error)


def _unknown(data: Mapping[Any, Any], known: Iterable[str], path: str, searches: Iterator[int]) -> Iterator[Fault]:
    names = tuple(known)
    for name in data:
        if name not in names:
            near = did_you_mean(name, names) if next(searches, None) is not None else ""
            hint = near or ("" if path else "an institution's own facts stand in 'extra'")
            yield Fault(where=f"{path}{name}"[:_LONGEST_PATH], why="no such key", hint=hint)


def _faults(data: object, types: Types) -> Iterator[Fault]:
    """Try every field alone, so that one fault does not hide the next."""
    if not isinstance(data, Mapping):
        hint = _LINES if isinstance(data, list) else 'write {"id": …, "received": …}'
        yield Fault(where="", why="a complaint is a JSON object", value=data, hint=hint)
        return
    searches = iter(range(_MOST_FAULTS))  # the closest word is looked for as often as a fault is listed
    yield from _unknown(data, _CASE, "", searches)
    if data.get("id") is None:
        yield Fault(where="id", why="it is missing", hint="every complaint has a key of its own, as a ticket number")
    if data.get("received") is None:
        yield Fault(where="received", why="it is missing", hint=_EXAMPLE)
    for name, value in data.items():
        if name == "extra" and isinstance(value, Mapping):
            for key, item in value.items():
                yield from _tried(f"extra.{key}"[:_LONGEST_PATH], _alone, "extra", {key: item}, types)
        elif name == "events":
            yield from _event_faults(value, types, searches)
        elif name in _CASE and value is not None:
            yield from _tried(name, _alone, name, value, types)


def _alone(name: str, value: object, types: Types) -> Case:
    return _case({"id": "-", "received": FIRST_DAY, name: value}, types)


def _event_faults(events: object, types: Types, searches: Iterator[int]) -> Iterator[Fault]:
    if not isinstance(events, list | tuple):
        yield Fault(where="events", why="a list of events is expected", value=events)
        return
    for place, data in enumerate(events):
        path = f"events[{place}]"
        if not isinstance(data, Mapping):
            yield Fault(where=path, why="an event is an object", value=data, hint='write {"kind": …, "at": …}')
            continue
        yield from _unknown(data, _EVENT, f"{path}.", searches)
        if data.get("kind") is None:
            yield Fault(where=f"{path}.kind", why="it is missing", hint="name what happened, as 'routed' or 'closed'")
        for name, value in data.items():
            if name == "set" and isinstance(value, Mapping):
                for key, item in value.items():
                    one = {"kind": "amended", "set": {key: item}}
                    yield from _tried(f"{path}.set.{key}"[:_LONGEST_PATH], _event, one, types)
            elif name in _EVENT_KEYS and value is not None:
                yield from _tried(f"{path}.{name}", _event, {"kind": "amended", name: value}, types)


class _Twice(ValueError):
    """A key that stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _Twice(next(name for name, count in counts.items() if count > 1))
    return found


def _no_constant(text: str) -> NoReturn:
    raise _NotNumber(text)


class _NotNumber(ValueError):
    """NaN or Infinity, which JSON does not have."""


_decode: Final = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=Decimal, parse_constant=_no_constant, strict=True
).decode


def json_value(text: str) -> Any:
    """Read one JSON value exactly: numbers with a point as `Decimal`, no key twice, no NaN or Infinity.

    Raises `UnreadableInput`; nesting and figures beyond all use are refused, not followed.

    >>> json_value('{"amount": 0.10}')
    {'amount': Decimal('0.10')}
    >>> json_value('{"id": "a", "id": "b"}')
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: the key stands twice in one object; got 'id'; which of the two is meant?
    """
    try:
        return _decode(text)
    except json.JSONDecodeError as error:
        place = f" (at character {error.pos + 1})" if error.lineno == 1 else f" (at line {error.lineno})"
        why = f"this is no JSON: {error.msg.partition(':')[0]}{place}"
        raise UnreadableInput(what="", why=why) from None
    except _Twice as error:
        hint = "which of the two is meant?"
        raise UnreadableInput(what="", why="the key stands twice in one object", value=str(error), hint=hint) from None
    except _NotNumber as error:
        hint = "leave out what is not known"
        raise UnreadableInput(what="", why="this is no number of JSON", value=str(error), hint=hint) from None
    except (ValueError, ArithmeticError):
        raise UnreadableInput(what="", why="a number in it has more digits than can be meant") from None
    except RecursionError:
        raise UnreadableInput(what="", why="it is nested deeper than any complaint is") from None


def case_from_json(text: str, *, facts: Types | None = None, where: str = "") -> Case:
    """Make a case of JSON text; see `case_from_dict`.

    Raises `UnreadableInput` where the text is no JSON, `InvalidCase` with every fault of its content.

    >>> case_from_json('{"id": "c-1", "received": "2026-09-30", "amount": 5000.10}').complaint.amount
    Decimal('5000.10')
    """
    try:
        data = json_value(text)
    except UnreadableInput as error:
        raise attrs.evolve(error, where=where) from None
    return case_from_dict(data, facts=facts, where=where)


def _plain(value: object) -> object:
    match value:
        case enum.Enum():
            return value.value
        case Decimal():
            return str(value)
        case dt.date():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case Mapping():
            return {name: _plain(item) for name, item in value.items()}
        case _:
            return value


def case_to_dict(case: Case) -> dict[str, Any]:
    """Give a case as plain data for ``json.dumps``: unknown facts left out, amounts as exact text, sets sorted.

    `case_from_dict` reads it back to an equal case, given the types of the facts in ``extra``.

    >>> case_to_dict(case_from_dict({"id": "c-1", "received": "2026-09-30", "amount": Decimal("0.10")}))
    {'id': 'c-1', 'received': '2026-09-30', 'amount': '0.10'}
    """
    data = {name: _plain(value) for name in _COMPLAINT if (value := getattr(case.complaint, name)) is not None}
    if not data["extra"]:
        del data["extra"]
    if case.events:
        data["events"] = [
            {name: _plain(value) for name in _EVENT if (value := getattr(event, name)) is not None}
            for event in case.events
        ]
    if case.unseen:
        data["unseen"] = sorted(case.unseen)
    return data
