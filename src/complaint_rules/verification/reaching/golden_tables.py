"""Golden cases as data: `tests/golden/*.toml` read strictly, so that a slip is told and nothing is ignored.

What a case may hold is what `_case` takes; what that leaves open is chosen here:

* A moment is text, ``2026-10-09 16:00`` (seconds may follow), Beijing time; a bare day, ``2026-10-09``, is a day. `at`
  is a moment: of a bare day nobody knows whether its beginning or its end is meant.
* Facts are written as TOML has them; one of type moment or day as text. ``"?"`` under an event's `set` makes the fact
  unknown again, for TOML has no word for nothing.
* `due` of a limit may be ``"none"``: nothing is due, because it stands still or no figure applies. A limit written as
  one table has one run at most; one with several is a list of all of them, with those that another due moment
  superseded.
* A table is ``"?"`` where something unknown that no presumption settles could still change it: a fact without one, the
  history, a link, a parameter. Only where nothing can, it is a value, ``"none"``, or a list, possibly empty.
* A checklist is ``"?"`` where nobody recorded what its document holds.
* `violations` are written ``late limit/whole``; faults of the record, which belong to no rule, by their code alone. The
  codes are those of `ViolationCode`: ``late`` of a limit, ``missed`` or ``done_late`` of a duty, ``forbidden``,
  ``incomplete checklist/form``, ``extension_without_effect limit/whole/extension1``.
* `facts` and `events` may be left out; `why`, how the answer follows from the text by hand, may not. A case without it
  is refused, and so is one that says nothing of what must come out.
* A file is called ``id.toml``, or ``id@edition.toml`` where there are several editions.
* Under the top table `[unreached]` stands what honestly no case can reach, named as `outcomes` does, with
  titles that say why: ``"limit/whole late" = { zh = "…", en = "…" }``.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias

import attrs

from complaint_rules.assessment.clocks import Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.cases.case import Event
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.errors import did_you_mean
from complaint_rules.moments import BEIJING

OPEN: Final = "?"
"""Nobody knows."""
NONE: Final = "none"
"""No row holds, not triggered, no document to look at, nothing due."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?", re.ASCII)
_TO_THE_MINUTE: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", re.ASCII)
_SNAKE: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*", re.ASCII)
_SPAN: Final = re.compile(r"\d{2}:\d{2}", re.ASCII)
_EVENT_FIELDS: Final = tuple(field.name for field in attrs.fields(Event))
_RESULTS: Final = ("tables", "limits", "duties", "checklists", "violations", "missing", "refused")

When: TypeAlias = dt.datetime | dt.date
Names: TypeAlias = tuple[str, ...]


class Misread(ValueError):
    """A golden file that cannot be taken as it is: the message names file, case and key."""


@attrs.frozen(kw_only=True)
class WantedRun:
    """What must come out of a run of a limit; None: the case does not say."""

    status: str | None = None
    due: str | None = None
    """A moment to the minute, a day (to its end), or `NONE`."""


@attrs.frozen(kw_only=True, eq=False)
class TomlCase:
    """One case: what is given, and what must come out."""

    file: str
    """Name of its file without ``.toml``."""
    id: str
    title: Mapping[str, str]
    why: Mapping[str, str]
    """How the answer follows from the text, by hand."""
    cite: str
    received: When
    at: dt.datetime
    facts: Mapping[str, Any] = attrs.field(factory=dict)
    events: tuple[Mapping[str, Any], ...] = ()
    hours: tuple[str, ...] = ()
    links: Mapping[str, int] | None = None
    unseen: Names = ()
    parameters: Mapping[str, Any] = attrs.field(factory=dict)
    """Those of the file, with the case's own laid over them."""
    tables: Mapping[str, str | frozenset[str]] = attrs.field(factory=dict)
    limits: Mapping[str, WantedRun | tuple[WantedRun, ...]] = attrs.field(factory=dict)
    duties: Mapping[str, Names] = attrs.field(factory=dict)
    """Status by trigger; empty: not triggered."""
    checklists: Mapping[str, str | frozenset[str]] = attrs.field(factory=dict)
    violations: Names | None = None
    missing: Names = ()
    refused: str | None = None

    @property
    def place(self) -> str:
        """``file::case``, as the test is called."""
        return f"{self.file}::{self.id}"

    @property
    def asks(self) -> frozenset[str]:
        """The rules of which it says what must come out, as ``section/id``."""
        found = {f"table/{name}" for name in self.tables} | {f"limit/{name}" for name in self.limits}
        found |= {f"duty/{name}" for name in self.duties} | {f"checklist/{name}" for name in self.checklists}
        for one in self.violations or ():
            _, _, rule = one.partition(" ")
            found.add("/".join(rule.split("/")[:2]))
        return frozenset(found)


@attrs.frozen(kw_only=True, eq=False)
class GoldenFile:
    """The cases of one policy."""

    name: str
    """Name of the file without ``.toml``."""
    policy: str
    edition: str | None = None
    parameters: Mapping[str, Any] = attrs.field(factory=dict)
    cases: tuple[TomlCase, ...] = ()
    unreached: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    """What honestly no case can reach, with the reason."""


class _Node:
    """A table of the file, whose keys are taken one by one; what nobody takes is refused at the end."""

    def __init__(self, data: Mapping[str, Any], place: str, known: Iterable[str]) -> None:
        self.data = data
        self.place = place
        names = tuple(known)
        for key in data:
            if key not in names:
                self.refuse(key, "there is no such key", did_you_mean(key, names) or f"the keys are {', '.join(names)}")

    def refuse(self, key: str, why: str, hint: str = "") -> NoReturn:
        raise Misread("; ".join(filter(None, (f"{self.place}: {key}: {why}", hint))))

    def take(self, key: str, kind: type | tuple[type, ...], told: str, *, needed: bool = False) -> Any:
        if key not in self.data:
            if needed:
                self.refuse(key, f"it is missing: {told} is expected")
            return None
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.refuse(key, f"{told} is expected, not {value!r}")
        return value

    def text(self, key: str, *, needed: bool = False) -> str | None:
        value: str | None = self.take(key, str, "a text", needed=needed)
        if value is not None and not value.strip():
            self.refuse(key, "the text is empty")
        return value

    def word(self, key: str) -> str:
        return self.text(key, needed=True) or ""

    def titles(self, key: str, *, needed: bool = False) -> Mapping[str, str] | None:
        value = self.take(key, dict, '{ zh = "…", en = "…" }', needed=needed)
        if value is None:
            return None
        node = _Node(value, f"{self.place}: {key}", ("zh", "en"))
        return {lang: node.word(lang) for lang in ("zh", "en")}

    def names(self, key: str) -> Names | None:
        value = self.take(key, list, "a list of texts")
        return None if value is None else self.texts(key, value)

    def texts(self, key: str, value: list[Any]) -> Names:
        for one in value:
            if not isinstance(one, str) or not one.strip():
                self.refuse(key, f"a list of texts is expected, and this is none: {one!r}")
        if len(set(value)) < len(value):
            self.refuse(key, "a text stands twice in the list")
        return tuple(value)

    def table(self, key: str) -> dict[str, Any]:
        return self.take(key, dict, "a table") or {}

    def moment(self, key: str) -> dt.datetime:
        value = self.when(key)
        if not isinstance(value, dt.datetime):
            self.refuse(key, "a moment is expected, not a day", 'write "2026-10-12 09:00"')
        return value

    def when(self, key: str) -> When:
        try:
            return when(self.word(key))
        except ValueError as error:
            self.refuse(key, str(error))


def when(text: str) -> When:
    """Read a moment in Beijing time, or a day; raises `ValueError`."""
    if _DAY.fullmatch(text):
        return dt.date.fromisoformat(text)
    if _MOMENT.fullmatch(text):
        return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)
    raise ValueError(f'a moment "2026-10-09 16:00" or a day "2026-10-09" is expected, not {text!r}')


def read_golden(path: Path) -> GoldenFile:
    """Read a golden file; raises `Misread`."""
    name = path.name.removesuffix(".toml")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misread(f"{path.name}: this is no TOML: {error}") from None
    node = _Node(data, path.name, ("policy", "edition", "parameters", "unreached", "case"))
    policy, edition = node.word("policy"), node.text("edition")
    if name not in (policy, f"{policy}@{edition}"):
        node.refuse("policy", f"the file is called {path.name}, and this is {policy!r}")
    parameters = _parameters(node)
    unreached = node.table("unreached")
    reasons = _Node(unreached, f"{path.name}: unreached", unreached)
    cases: list[TomlCase] = []
    for number, one in enumerate(node.take("case", list, "[[case]]", needed=True), start=1):
        if not isinstance(one, dict):
            node.refuse("case", "[[case]] is expected")
        cases.append(_case(one, path.name, number, parameters))
        if any(other.id == cases[-1].id for other in cases[:-1]):
            node.refuse(f"case {cases[-1].id}: id", "another case has the same")
    return GoldenFile(
        name=name, policy=policy, edition=edition, parameters=parameters, cases=tuple(cases),
        unreached={key: reasons.titles(key) or {} for key in unreached},
    )  # fmt: skip


_CASE_KEYS: Final = (
    "id", "title", "why", "cite", "received", "at", "facts", "hours", "links", "unseen", "events", "parameters",
    *_RESULTS,
)  # fmt: skip


def _case(data: Mapping[str, Any], file: str, number: int, parameters: Mapping[str, Any]) -> TomlCase:
    told = data.get("id")
    node = _Node(data, f"{file}: case {told if isinstance(told, str) else number}", _CASE_KEYS)
    name = node.word("id")
    if not _SNAKE.fullmatch(name):
        node.refuse("id", "small letters, digits and single underscores are expected")
    if not any(key in data for key in _RESULTS):
        node.refuse("id", "the case does not say what must come out", f"write one of {', '.join(_RESULTS)}")
    refused = node.text("refused")
    if refused is not None and (besides := [key for key in _RESULTS if key in data and key != "refused"]):
        node.refuse("refused", f"it stands instead of results, and here beside {', '.join(besides)}")
    if "why" not in data:
        node.refuse(
            "why",
            "the case does not say how its answer follows from the text",
            'write why = { zh = "…", en = "…" } after the title',
        )
    received, at = node.when("received"), node.moment("at")
    return TomlCase(
        file=file.removesuffix(".toml"), id=name, title=node.titles("title", needed=True) or {},
        why=node.titles("why", needed=True) or {}, cite=node.word("cite"),
        received=received, at=at, facts=_facts(node, "facts"), events=_events(node),
        hours=_hours(node), links=_links(node), unseen=node.names("unseen") or (),
        parameters={**parameters, **_parameters(node)},
        tables=_each(node, "tables", _value), limits=_each(node, "limits", _runs),
        duties=_each(node, "duties", _statuses),
        checklists=_each(node, "checklists", _lacking), violations=_violations(node),
        missing=node.names("missing") or (), refused=refused,
    )  # fmt: skip


def _parameters(node: _Node) -> dict[str, Any]:
    found = node.table("parameters")
    for key, value in found.items():
        if not isinstance(value, str | int | bool | Decimal):
            node.refuse(f"parameters.{key}", f"a text, a number or a truth is expected, not {value!r}")
    return found


def _facts(node: _Node, key: str) -> dict[str, Any]:
    found = dict(node.table(key))
    for name, value in found.items():
        at = f"{key}.{name}"
        if isinstance(value, list):
            found[name] = node.texts(at, value)
        elif not isinstance(value, str | int | bool | Decimal):
            node.refuse(at, f"a text, a number, a truth or a list of texts is expected, not {value!r}")
    return found


def _events(node: _Node) -> tuple[Mapping[str, Any], ...]:
    found: list[Mapping[str, Any]] = []
    for number, data in enumerate(node.take("events", list, "a list of events") or (), start=1):
        if not isinstance(data, dict):
            node.refuse("events", f"event {number} is no table: {data!r}")
        one = _Node(data, f"{node.place}: event {number}", _EVENT_FIELDS)
        event: dict[str, Any] = {"kind": one.word("kind")}
        for key in data:
            match key:
                case "kind":
                    pass
                case "at" | "due":
                    event[key] = one.when(key)
                case "told" | "items":
                    event[key] = [data[key]] if isinstance(data[key], str) else list(one.names(key) or ())
                case "set":
                    event[key] = {name: None if value == OPEN else value for name, value in _facts(one, key).items()}
                case "amount":
                    event[key] = one.take(key, (int, Decimal), "a number")
                case _:
                    event[key] = one.word(key)
        found.append(event)
    return tuple(found)


def _hours(node: _Node) -> tuple[str, ...]:
    found: list[str] = []
    for span in node.take("hours", list, "a list of spans") or ():
        ends = span if isinstance(span, list) else ()
        if len(ends) != 2 or not all(isinstance(end, str) and _SPAN.fullmatch(end) for end in ends):
            node.refuse("hours", f'a span is ["09:00", "12:00"], not {span!r}')
        found.append("-".join(ends))
    return tuple(found)


def _links(node: _Node) -> Mapping[str, int] | None:
    if "links" not in node.data:
        return None
    found = node.table("links")
    for name, count in found.items():
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            node.refuse(f"links.{name}", f"a whole number is expected, not {count!r}")
    return found


def _each(node: _Node, key: str, read: Callable[[_Node, str, Any], Any]) -> dict[str, Any]:
    return {name: read(node, f"{key}.{name}", value) for name, value in node.table(key).items()}


def _value(node: _Node, key: str, value: object) -> str | frozenset[str]:
    if isinstance(value, list):
        return frozenset(node.texts(key, value))
    if not isinstance(value, str):
        node.refuse(key, f"a value, a list of values, {OPEN!r} or {NONE!r} is expected, not {value!r}")
    return value


def _runs(node: _Node, key: str, value: object) -> WantedRun | tuple[WantedRun, ...]:
    if isinstance(value, list):
        return tuple(_run(node, f"{key} run {number}", one) for number, one in enumerate(value, start=1))
    return _run(node, key, value)


def _run(node: _Node, key: str, value: object) -> WantedRun:
    if not isinstance(value, dict) or not value:
        node.refuse(key, f'{{ status = "running", due = "2026-10-10 17:00" }} is expected, not {value!r}')
    one = _Node(value, f"{node.place}: {key}", ("status", "due"))
    status, due = one.text("status"), one.text("due")
    if status is not None:
        _among(one, "status", status, [one.value for one in Status])
    if due is not None and due != NONE:
        one.when("due")
        if not (_DAY.fullmatch(due) or _TO_THE_MINUTE.fullmatch(due)):
            one.refuse("due", f"a due moment is written to the minute, not {due!r}")
    return WantedRun(status=status, due=due)


def _statuses(node: _Node, key: str, value: object) -> Names:
    if value == NONE:
        return ()
    found = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not found:
        node.refuse(key, f"a status, a list of them by trigger, or {NONE!r} is expected, not {value!r}")
    for one in found:
        _among(node, key, one, [*(status.value for status in DutyStatus)])
    return found


def _lacking(node: _Node, key: str, value: object) -> str | frozenset[str]:
    if isinstance(value, list):
        return frozenset(node.texts(key, value))
    if value not in (NONE, OPEN):
        node.refuse(key, f"the list of what is lacking, {NONE!r} or {OPEN!r} is expected, not {value!r}")
    return str(value)


def _violations(node: _Node) -> Names | None:
    value = node.take("violations", list, "a list of texts")
    if value is None:
        return None
    for one in value:
        if not isinstance(one, str):
            node.refuse("violations", f"a list of texts is expected, and this is none: {one!r}")
        code, _, rule = one.partition(" ")
        _among(node, "violations", code, [one.value for one in ViolationCode])
        if " " in rule or (rule and "/" not in rule):
            node.refuse("violations", f'"late limit/whole" is expected, not {one!r}')
    return tuple(sorted(value))


def _among(node: _Node, key: str, value: object, known: list[str]) -> None:
    if value not in known:
        node.refuse(key, f"{value!r} is unknown", did_you_mean(value, known) or f"there are {', '.join(known)}")
