"""Small faults put into a policy (变异规则), and which of them a set of golden cases notices: how good the cases are.

A fault is one slip of whoever wrote the file: a threshold one off, ``and`` for ``or``, a row left out, a figure in
another unit, an ending forgotten. A case notices it where something else comes out than it says. What no case notices
is either a gap among the cases or no fault at all, for no complaint can tell the two policies apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, final

import attrs

from complaint_rules.arguments import each
from complaint_rules.assessing import assess, mainland
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.errors import ComplaintRulesError, InvalidGolden, InvalidPolicy
from complaint_rules.frozen import Shown
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.verification.reaching.answers import differences
from complaint_rules.verification.reaching.golden_lines import GoldenCase

Document: TypeAlias = dict[str, Any]
_Slip: TypeAlias = tuple[str, str]
_Path: TypeAlias = tuple[str | int, ...]

_NUMBER: Final = re.compile(r"(?<![\w'.])\d+(?![\w'.])")
_LISTED: Final = re.compile(r"\('(\w+)', ")
_PERIOD: Final = re.compile(r"(\d+) (.+)")
_SWAPS: Final = (
    (">=", ">"), (" > ", " >= "), ("==", "!="), (" and ", " or "), (" or ", " and "), (" not in ", " in "),
    ("not ", ""),
)  # fmt: skip
_OF_LIMIT: Final = (
    "when", "void_on", "clock_starts", "roll", "receipt", "agreed", "pauses", "restart", "extension", "each", "quiet",
)  # fmt: skip
_OF_DUTY: Final = ("when", "unless", "within", "after", "each", "until", "quiet")
_ROWS: Final = ("first", "every", "earliest", "latest")


class Mutant(NamedTuple):
    """A policy file with one small fault."""

    rule: str
    """The rule that has it, as ``limit/whole``."""
    what: str
    """The fault, as ``limit/whole[0] within: 48 hours -> 49 hours``."""
    document: str
    """The policy with it, as `Policy.from_document` reads it."""

    def load(self) -> Policy | None:
        """Give the policy with the fault; None where the loader refuses it, so that it would be found at once."""
        try:
            return Policy.from_document(self.document)
        except InvalidPolicy:
            return None


def mutants(policy: Policy) -> Iterator[Mutant]:
    """Give the policy with each small fault in turn, in the order of its file; raises `InvalidPolicy` for no policy.

    >>> from complaint_rules.policy.loading import load_policy
    >>> found = list(mutants(load_policy("property-validity")))
    >>> found[0].what
    'table/scope[0]: row left out'
    """
    return _slipped(as_policy(policy))


def _slipped(policy: Policy) -> Iterator[Mutant]:
    whole = json.loads(policy.document)
    for section, slips in (
        ("table", _of_table), ("limit", _of_limit), ("duty", _of_duty), ("checklist", _of_checklist),
    ):  # fmt: skip
        for place, rule in enumerate(whole["policy"].get(section, ())):
            name = f"{section}/{rule['id']}"
            for what, change in slips(name, rule):
                copy = json.loads(policy.document)
                change(copy["policy"][section][place])
                yield Mutant(name, what, json.dumps(copy, ensure_ascii=False))


_Change: TypeAlias = Callable[[Document], object]
_Changes: TypeAlias = Iterator[tuple[str, _Change]]


# --- what can be slipped ---


def _of_table(name: str, table: Document) -> _Changes:
    form = _form(table)
    rows = table[form]
    for place, row in enumerate(rows):
        at = f"{name}[{place}]"
        yield f"{at}: row left out", _without((form,), place)
        other = next((value for value in table["values"] if value != row["value"]), None)
        if other is not None:
            yield f"{at}: value {other}", _with((form, place, "value"), other)
        if form == "first" and place + 1 < len(rows) and "when" in rows[place + 1]:
            yield f"{at}: changed places with the next", _swapped(form, place)
        yield from _texts(at, row, (form, place), ("when",))


def _of_limit(name: str, limit: Document) -> _Changes:
    form = _form(limit)
    for key in _OF_LIMIT:
        if key in limit:
            yield f"{name}: {key} left out", _without((), key)
    for key in ("roll", "receipt"):
        if key not in limit:
            yield f"{name}: {key} added", _with((key,), "next_working_day")
    if limit.get("until") != "closed":
        yield f"{name}: until closed", _with(("until",), "closed")
    if isinstance(limit.get("until"), list):
        yield f"{name}: first end left out", _without(("until",), 0)
    yield from _texts(name, limit, (), ("when",))
    for place, row in enumerate(limit[form]):
        at = f"{name}[{place}]"
        if len(limit[form]) > 1:
            yield f"{at}: row left out", _without((form,), place)
        yield from _texts(at, row, (form, place), ("when", "within", "warn"))
    for place, extension in enumerate(limit.get("extension", ())):
        at = f"{name}.extension[{place}]"
        for key in ("approved_by", "requires", "when"):
            if key in extension:
                yield f"{at}: {key} left out", _without(("extension", place), key)
        yield from _texts(at, extension, ("extension", place), ("add", "to"))


def _of_duty(name: str, duty: Document) -> _Changes:
    for key in _OF_DUTY:
        if key in duty:
            yield f"{name}: {key} left out", _without((), key)
    yield from _texts(name, duty, (), ("when", "unless", "within"))
    for key, other in (("must", "must_not"), ("must_not", "may")):
        if key in duty:
            yield f"{name}: {key} -> {other}", _renamed(key, other)


def _of_checklist(name: str, checklist: Document) -> _Changes:
    items = checklist["items"]
    for item in items if len(items) > 1 else ():
        yield f"{name}: {item} left out", _without(("items",), item)


def _form(rule: Document) -> str:
    return next(form for form in _ROWS if form in rule)


def _texts(name: str, part: Document, path: _Path, keys: Iterable[str]) -> _Changes:
    """Give the slips in the conditions and periods of a part of a rule."""
    for key in keys:
        text = part.get(key)
        if isinstance(text, str):
            slips = _of_condition(text) if key in ("when", "unless") else _of_period(text)
            for what, other in slips:
                yield f"{name} {key}: {what}", _with((*path, key), other)


def _of_condition(text: str) -> Iterator[_Slip]:
    for found in _NUMBER.finditer(text):
        for number in (int(found[0]) + 1, int(found[0]) - 1):
            if number >= 0:
                yield f"{found[0]} -> {number}", f"{text[: found.start()]}{number}{text[found.end() :]}"
    for one, other in _SWAPS:
        place = text.find(one)
        if place >= 0:
            yield f"{one.strip()} -> {other.strip() or 'nothing'}", text[:place] + other + text[place + len(one) :]
    if not text.startswith("not "):
        yield "turned round", f"not ({text})"
    for found in _LISTED.finditer(text):
        yield f"{found[1]} left out of the list", f"{text[: found.start()]}({text[found.end() :]}"


def _of_period(text: str) -> Iterator[_Slip]:
    found = _PERIOD.fullmatch(text)
    if found is None:
        return
    number, unit = int(found[1]), found[2]
    for other in (number + 1, number - 1):
        if other:
            yield f"{text} -> {other} {unit}", f"{other} {unit}"
    if "working day" in unit:
        yield f"{text} -> {number} days", f"{number} days"
    elif unit.startswith("day"):
        yield f"{text} -> {number} working days", f"{number} working days"
    elif unit.startswith("hour"):
        yield f"{text} -> {max(1, number // 24)} days", f"{max(1, number // 24)} days"


# --- how it is slipped ---


def _into(rule: Document, path: Sequence[str | int]) -> Any:
    part: Any = rule
    for key in path:
        part = part[key]
    return part


def _with(path: _Path, value: object) -> _Change:
    return lambda rule: _into(rule, path[:-1]).__setitem__(path[-1], value)


def _without(path: _Path, key: str | int) -> _Change:
    return lambda rule: _into(rule, path).pop(key)


def _renamed(key: str, other: str) -> _Change:
    return lambda rule: rule.__setitem__(other, rule.pop(key))


def _swapped(form: str, place: int) -> _Change:
    def change(rule: Document) -> None:
        rows = rule[form]
        rows[place], rows[place + 1] = rows[place + 1], rows[place]

    return change


# --- which of them are noticed ---


@final
@attrs.frozen(kw_only=True, repr=False)
class MutationScore(Shown):
    """How many of some small faults a set of cases notices (变异检出)."""

    noticed: int
    """How many a case notices."""
    refused: int
    """How many the loader refuses; they do not count."""
    survivors: tuple[str, ...]
    """Those that no case notices."""

    @property
    def share(self) -> float:
        """The share noticed, from 0 to 1; 1 where there were none.

        >>> MutationScore(noticed=9, refused=0, survivors=("a",)).share
        0.9
        """
        told = self.noticed + len(self.survivors)
        return self.noticed / told if told else 1.0


def mutation_score(policy: Policy, cases: Iterable[GoldenCase], faults: Iterable[Mutant]) -> MutationScore:
    """Say how many faults of a policy some of its cases notice, and name those that none does.

    A fault that changes nothing (the policy reads the same) does not count.

    Raises `InvalidPolicy` for what is no policy or no fault of one, `InvalidGolden` for what is no golden case.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("property-validity")
    >>> mutation_score(policy, (), list(mutants(policy))[1:2]).survivors[0]
    'table/scope[0]: value complaint'
    """
    policy = as_policy(policy)
    given: Iterator[GoldenCase] = each(cases, GoldenCase, "cases", InvalidGolden, "pass generate(policy).cases")
    read = [_Read(case, case.case_under(policy), _calendar(case)) for case in given]
    noticed = refused = 0
    survivors: list[str] = []
    for one in each(faults, Mutant, "faults", InvalidPolicy, "pass mutants(policy)"):
        other = one.load()
        if other is None:
            refused += 1
        elif other != policy:
            # The cases of the rule itself are the likeliest to notice, so that most faults cost little.
            near = sorted(read, key=lambda case, rule=one.rule: not case.golden.rule.startswith(rule))  # type: ignore[misc]
            if any(_notices(case, other) for case in near):
                noticed += 1
            else:
                survivors.append(one.what)
    return MutationScore(noticed=noticed, refused=refused, survivors=tuple(survivors))


class _Read(NamedTuple):
    golden: GoldenCase
    case: Case
    calendar: WorkCalendar


def _calendar(golden: GoldenCase) -> WorkCalendar:
    return attrs.evolve(mainland(), hours=Hours.of(*golden.hours)) if golden.hours else mainland()


def _notices(one: _Read, policy: Policy) -> bool:
    golden = one.golden
    try:
        found = assess(one.case, policy, at=golden.at, calendar=one.calendar, links=golden.links)
        return next(differences(golden.expect, found), None) is not None
    except ComplaintRulesError:
        return True  # what came out before is refused now
