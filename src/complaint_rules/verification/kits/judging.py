"""An answer held against what must come out: numbers and moments by what they mean, everything else as it stands."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, final

import attrs

from complaint_rules.cases.plain import when_from_text
from complaint_rules.errors import ComplaintRulesError, legible
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, language, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.verification.reaching.expecting import RECORD, Expected

_LONGEST: Final = 160
_LARGEST: Final = 1 << 53
"""What every reader of JSON can hold exactly."""
_NUMBER: Final = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_FRACTION: Final = re.compile(r"(\.[0-9]{6})0*(?=[Zz+-])")
_EXACT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}(:?[0-9]{2}){0,2})"
)
_ABSENT: Final = object()


class MismatchKind(Coded):
    """In what way an answer is not what must come out (差异类型)."""

    DIFFERS = "differs", "不同", "it differs"
    NOT_TOLD = "not_told", "答案未给出", "and the answer does not say"
    NO_MOMENT = "no_moment", "不是带时区的时刻", "which is no moment with its zone"
    NO_NUMBER = "no_number", "不是数", "which is no number"
    REFUSED = "refused", "不应退回", "which should not be refused"
    NOT_REFUSED = "not_refused", "应当退回而未退回", "which should be refused"


@final
@attrs.frozen(kw_only=True, repr=False)
class Mismatch(Shown):
    """One thing in which an answer is not what must come out (差异).

    >>> one = Mismatch(place="clocks.whole.status", kind=MismatchKind.DIFFERS, wanted="met", got="overdue")
    >>> print(one.told("en"))
    clocks.whole.status: wanted "met", got "overdue"
    """

    place: str
    """Where in the answer, as ``clocks.whole.due_at``."""
    kind: MismatchKind
    """In what way."""
    wanted: Any = None
    """What must come out, as plain data."""
    got: Any = None
    """What the answer says, as plain data; None where it says nothing."""

    def told(self, lang: Lang = "zh") -> str:
        """Say it, in Chinese (``zh``) or English (``en``)."""
        lang = language(lang)
        parts = [
            legible(self.place),
            "：" if lang == "zh" else ": ",
            said(("应为", "wanted "), lang),
            _written(self.wanted),
        ]
        if self.kind is not MismatchKind.NOT_TOLD:
            parts += [said(("，答为", ", got "), lang), _written(self.got)]
        if self.kind is not MismatchKind.DIFFERS:
            parts += ["，" if lang == "zh" else ", ", self.kind.title(lang)]
        return "".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON."""
        return {"place": self.place, "kind": self.kind.value, "wanted": _data(self.wanted), "got": _data(self.got)}


def _data(value: object) -> Any:
    """Give plain data as JSON has it: exact numbers as text, what is very long cut."""
    match value:
        case None | bool():
            return value
        case str():
            return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        case int() if abs(value) < _LARGEST:
            return value
        case Decimal():
            return str(value)
        case tuple():
            return [_data(one) for one in value]
        case FrozenMap():
            return {name: _data(one) for name, one in value.items()}
        case _:
            return _written(value)


def _written(value: object) -> str:
    """Write plain data as JSON on one line, cut to a length that fits a message."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (RecursionError, ValueError):  # nested or long beyond all use
        text = "…"
    return legible(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


# --- what must come out, part by part ---


def mismatches(wanted: Expected, results: Mapping[str, Any]) -> Iterator[Mismatch]:
    """Give everything in which an answer is not what must come out; what the case does not ask may be anything.

    `results` are those of an answer as they were parsed: numbers with a point as `Decimal`. A number counts by its
    value, as number or text (1, 1.0 and "1" are the same, true is no number); a moment by its instant, whatever its
    offset; a list of names in any order.

    >>> wanted = Expected(clocks=FrozenMap(whole=FrozenMap(due_at="2026-10-09T17:00:00+08:00", row=1)))
    >>> list(
    ...     mismatches(
    ...         wanted, {"clocks": {"whole": {"due_at": "2026-10-09T09:00:00Z", "row": Decimal("1.0")}}}
    ...     )
    ... )
    []
    >>> [one.kind.value for one in mismatches(wanted, {"refused": "received"})]
    ['refused']
    """
    refused = results.get("refused")
    if wanted.refused is not None:
        if refused is None:
            yield Mismatch(place="refused", kind=MismatchKind.NOT_REFUSED, wanted=wanted.refused)
        elif _place(refused) != _place(wanted.refused):
            yield Mismatch(place="refused", kind=MismatchKind.DIFFERS, wanted=wanted.refused, got=refused)
        return
    if refused is not None:
        yield Mismatch(place="refused", kind=MismatchKind.REFUSED, got=refused)
        return
    for section, values in (("findings", wanted.findings), ("checklists", wanted.checklists)):
        for name, value in values.items():
            yield from _names(f"{section}.{name}", value, _part(results, section, name))
    for name, runs in wanted.clocks.items():
        yield from _clock(f"clocks.{name}", runs, _part(results, "clocks", name))
    for name, triggers in wanted.duties.items():
        got = _part(results, "duties", name, where_none=[])
        yield from _duty(f"duties.{name}", triggers, got)
    for rule, kinds in wanted.notifications.items():
        yield from _names(f"notifications.{rule}", kinds, _part(results, "notifications", rule, where_none=[]))
    yield from _violations(wanted.violations, results.get("violations", _ABSENT))
    missing = results.get("missing", _ABSENT)
    for name in wanted.missing:
        if not isinstance(missing, list):
            yield Mismatch(place="missing", kind=MismatchKind.NOT_TOLD, wanted=name)
        elif name not in missing:
            yield Mismatch(place="missing", kind=MismatchKind.DIFFERS, wanted=name, got=missing)


def _place(refused: str) -> str:
    """Give the place of a refusal, without what may be said of it behind a colon."""
    return refused.partition(":")[0].strip()


def _part(results: Mapping[str, Any], section: str, name: str, *, where_none: object = _ABSENT) -> object:
    """Give what an answer says of a rule; `where_none` where it tells of others and not of this one."""
    told = results.get(section)
    return told.get(name, where_none) if isinstance(told, Mapping) else _ABSENT


def _names(place: str, wanted: str | tuple[str, ...] | None, got: object) -> Iterator[Mismatch]:
    """Hold a name, none, or several in any order against an answer."""
    if got is _ABSENT:
        yield Mismatch(place=place, kind=MismatchKind.NOT_TOLD, wanted=wanted)
    elif isinstance(wanted, tuple):
        texts = isinstance(got, list) and all(isinstance(one, str) for one in got)
        if not texts or sorted(_listed(got)) != sorted(wanted):
            yield Mismatch(place=place, kind=MismatchKind.DIFFERS, wanted=wanted, got=got)
    elif got != wanted or type(got) is not type(wanted):
        yield Mismatch(place=place, kind=MismatchKind.DIFFERS, wanted=wanted, got=got)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _clock(place: str, wanted: Any, got: object) -> Iterator[Mismatch]:
    if got is _ABSENT:
        yield Mismatch(place=place, kind=MismatchKind.NOT_TOLD, wanted=wanted)
        return
    runs = wanted if isinstance(wanted, tuple) else (wanted,)
    told = _listed(got)
    if len(told) != len(runs) or not all(isinstance(one, Mapping) for one in told):
        yield Mismatch(place=place, kind=MismatchKind.DIFFERS, wanted=wanted, got=got)
        return
    for number, (run, one) in enumerate(zip(runs, told, strict=True)):
        at = f"{place}[{number}]" if isinstance(wanted, tuple) else place
        for key, value in run.items():
            yield from _of_run(f"{at}.{key}", key, value, one.get(key, _ABSENT))


def _of_run(place: str, key: str, wanted: Any, got: object) -> Iterator[Mismatch]:
    match key:
        case "due_at":
            yield from _moment(place, wanted, got)
        case "row":
            yield from _number(place, wanted, got)
        case "warn_at":
            told = [] if got is _ABSENT or got is None else _listed(got)
            if len(told) != len(wanted):
                yield Mismatch(place=place, kind=MismatchKind.DIFFERS, wanted=wanted, got=told)
            else:
                for number, (one, other) in enumerate(zip(wanted, told, strict=True)):
                    yield from _moment(f"{place}[{number}]", one, other)
        case _:
            yield from _names(place, wanted, got)


def _moment(place: str, wanted: str | None, got: object) -> Iterator[Mismatch]:
    if wanted is None or got is None or got is _ABSENT:
        if wanted is None and (got is None or got is _ABSENT):
            return
        kind = MismatchKind.NOT_TOLD if got is _ABSENT else MismatchKind.DIFFERS
        yield Mismatch(place=place, kind=kind, wanted=wanted, got=None if got is _ABSENT else got)
        return
    moment = instant(got)
    if moment is None:
        yield Mismatch(place=place, kind=MismatchKind.NO_MOMENT, wanted=wanted, got=got)
    elif moment != instant(wanted):
        yield Mismatch(place=place, kind=MismatchKind.DIFFERS, wanted=wanted, got=got)


def instant(value: object) -> dt.datetime | None:
    """Read a moment of ISO 8601 with its zone, exact to the microsecond; None where it is none, or finer than that.

    >>> instant("2026-10-09T17:00+08:00") == instant("2026-10-09T09:00:00.000000000Z")
    True
    >>> instant("2026-10-09"), instant("2026-10-09T17:00:00.0000001Z"), instant(1791536400)
    (None, None, None)
    """
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = _FRACTION.sub(r"\1", value)
    if _EXACT.fullmatch(text) is None:
        return None
    try:
        found = when_from_text(text.upper(), what="due_at")
    except ComplaintRulesError:
        return None
    return found if isinstance(found, dt.datetime) else None


def _number(place: str, wanted: int | None, got: object) -> Iterator[Mismatch]:
    if got is _ABSENT:
        yield Mismatch(place=place, kind=MismatchKind.NOT_TOLD, wanted=wanted)
    elif wanted is None or got is None:
        if wanted is not None or got is not None:
            yield Mismatch(place=place, kind=MismatchKind.DIFFERS, wanted=wanted, got=got)
    elif (number := figure(got)) is None:
        yield Mismatch(place=place, kind=MismatchKind.NO_NUMBER, wanted=wanted, got=got)
    elif number != wanted:
        yield Mismatch(place=place, kind=MismatchKind.DIFFERS, wanted=wanted, got=got)


def figure(value: object) -> Decimal | int | None:
    """Read a number as it stands, or written as text; None where it is none. Truth values are no numbers.

    >>> figure(1) == figure(Decimal("1.0")) == figure("1"), figure(True), figure("one")
    (True, None, None)
    """
    if isinstance(value, str):
        return Decimal(value) if _NUMBER.fullmatch(value) else None
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _duty(place: str, wanted: tuple[FrozenMap[str, Any], ...], got: object) -> Iterator[Mismatch]:
    if got is _ABSENT:
        yield Mismatch(place=place, kind=MismatchKind.NOT_TOLD, wanted=wanted)
        return
    told = [{"status": one} if isinstance(one, str) else one for one in _listed(got)]
    if len(told) != len(wanted) or not all(isinstance(one, Mapping) for one in told):
        yield Mismatch(place=place, kind=MismatchKind.DIFFERS, wanted=wanted, got=got)
        return
    for number, (asked, one) in enumerate(zip(wanted, told, strict=True)):
        for key, value in asked.items():
            yield from _of_run(f"{place}[{number}].{key}", key, value, one.get(key, _ABSENT))


def _violations(wanted: tuple[str, ...] | FrozenMap[str, tuple[str, ...]] | None, got: object) -> Iterator[Mismatch]:
    told = _flat(got) if isinstance(got, Mapping) else got
    if isinstance(wanted, FrozenMap):
        for rule, codes in wanted.items():
            of_rule = told if told is _ABSENT else [_code(one) for one in _listed(told) if _against(one, rule)]
            yield from _names(f"violations.{rule}", codes, of_rule)
    elif wanted is not None:
        yield from _names("violations", wanted, told)


def _flat(by_rule: Mapping[str, Any]) -> list[Any]:
    """Give violations that are told by rule as one list."""
    return [
        f"{code} {rule}" if isinstance(code, str) and rule != RECORD else code
        for rule, codes in by_rule.items()
        for code in _listed(codes)
    ]


def _code(violation: object) -> object:
    return violation.partition(" ")[0] if isinstance(violation, str) else violation


def _against(violation: object, rule: str) -> bool:
    """Say whether a violation, written ``late limit/whole``, is one of a rule; what is no text is nobody's."""
    named = violation.partition(" ")[2] if isinstance(violation, str) else None
    if named is None:
        return True
    return named == rule or named.startswith(f"{rule}/") if named else rule == RECORD
