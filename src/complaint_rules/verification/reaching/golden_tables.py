"""Golden cases as TOML (对照案件文件): the file of a policy, written by hand and read strictly, faults with their line.

What `golden_lines` says on a line of JSON, for people who write it by hand. What that leaves open is chosen here:

* A moment is text, ``2026-10-09 16:00`` (seconds may follow), Beijing time; a bare day, ``2026-10-09``, is a day. `at`
  is a moment: of a bare day nobody knows whether its beginning or its end is meant.
* Facts are written as TOML has them; one of type moment or day as text. ``"?"`` under an event's `set` makes the fact
  unknown again, for TOML has no word for nothing.
* `due` of a limit may be ``"none"``: nothing is due, because it stands still or no figure applies. A limit written as
  one table has one run at most; one with several is a list of all of them, with those that another due moment
  superseded. `row` counts from 0.
* A table is ``"?"`` where something unknown that no presumption settles could still change it: a fact without one, the
  history, a link, a parameter. Only where nothing can, it is a value, ``"none"``, or a list, possibly empty.
* A checklist is ``"?"`` where nobody recorded what its document holds, ``"none"`` where there is no document.
* `violations` are written ``late limit/whole``, all of them; faults of the record, which belong to no rule, by their
  code alone; or by rule, ``{ "limit/whole" = ["late"] }``. `notifications` are written by rule.
* `facts` and `events` may be left out; `why`, how the answer follows from the text by hand, may not. A case without it
  is refused, and so is one that says nothing of what must come out.
* Under the top table `[unreached]` stands what honestly no case can reach, named as `outcomes` does, with titles that
  say why: ``"limit/whole late" = { zh = "…", en = "…" }``.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Any, Final, final

import attrs

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.lines import lines_of
from complaint_rules.documents.nodes import Node, Shape, Titles
from complaint_rules.documents.toml import parse_toml, read_text, text_given
from complaint_rules.errors import NOTHING, Fault, InvalidGolden, InvalidPolicy
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.verification.reaching.expecting import NONE, OPEN, read_expected
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.golden_parts import (
    NO_MOMENT,
    GoldenPolicy,
    frozen,
    hours_given,
    links_given,
    parameters_given,
    plain,
)

_FILE: Final = Shape("a golden file", ("policy", "case"), ("edition", "parameters", "unreached"))
_RESULTS: Final = (
    "tables", "limits", "duties", "checklists", "notifications", "violations", "missing", "refused",
)  # fmt: skip
_CASE: Final = Shape(
    "a golden case", ("id", "title", "why", "cite", "received", "at"),
    ("facts", "hours", "links", "unseen", "events", "parameters", *_RESULTS),
    listed=True,
)  # fmt: skip
_EVENT: Final = Shape("an event", ("kind",), tuple(one.name for one in attrs.fields(Event) if one.name != "kind"))
_WRITTEN: Final = FrozenMap(findings="tables", clocks="limits")
_MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?)")


@final
@attrs.frozen(kw_only=True, repr=False)
class GoldenFile(Shown):
    """The golden cases of one policy (对照案件文件), and what is wrong with the rest of the file."""

    name: str
    """Name of the file without ``.toml``."""
    policy: str
    """Id of the policy."""
    edition: str | None = None
    """Its edition; None: the file does not say."""
    parameters: FrozenMap[str, Any] = FrozenMap()
    """Figures that the text leaves open, for every case that does not supply its own."""
    cases: tuple[GoldenCase, ...] = ()
    """The cases that could be read, in order."""
    lines: FrozenMap[str, int] = FrozenMap()
    """On which line each case begins, by its id."""
    unreached: FrozenMap[str, Titles] = FrozenMap()
    """What honestly no case can reach, with the reason."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the file: a case with a fault is not among `cases`."""


def read_golden(path: str | PathLike[str]) -> GoldenFile:
    """Read a golden file (对照案件文件); a case with a fault costs that case, and is told in `GoldenFile.faults`.

    Raises `UnreadableInput` for a path that cannot be read as text, `InvalidGolden` for what is no TOML.

    >>> read_golden("no-such-file.toml")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: no-such-file.toml: golden file: there is no such file
    """
    return golden_from_text(read_text(path, what="golden file"), name=Path(path).name)


def golden_from_text(text: str, *, name: str = "golden.toml") -> GoldenFile:
    r"""Read the text of a golden file; `name` stands for the file in messages. Else as `read_golden`.

    >>> file = golden_from_text("policy = 'psbc-95580'\n[[case]]\nid = 'one'\nat = '2026-10-09'")
    >>> file.cases, str(file.faults[-1])
    ((), "golden.toml:4: case[0].at: a moment is expected, not a day; got '2026-10-09'; write '2026-10-12 09:00'")
    """
    text = text_given(text, name=name, what="golden file")
    try:
        data = parse_toml(text, name=name)
    except InvalidPolicy as error:
        untold = tuple(attrs.evolve(one, value=NOTHING) for one in error.faults)  # the line may hold a name
        raise InvalidGolden(what="", why="it is no golden file", where=name, faults=untold) from None
    faults = Faults(name)
    faults.lines = lines_of(text)
    node = Node(data, "", faults, _FILE)
    policy = GoldenPolicy(id=node.code("policy") or "", edition=node.text("edition"), parameters=parameters_given(node))
    unreached = {key: _reasons(value, path, faults) for key, path, value in node.named("unreached")}
    found: dict[str, GoldenCase] = {}
    lines: dict[str, int] = {}
    for path, item in node.items("case", listed=True):
        before = len(faults)
        case = _case(Node(item, path, faults, _CASE), policy)
        if case.id in found:
            faults.add(f"{path}.id", "another case has the same id", case.id)
        elif len(faults) == before:
            found[case.id] = case
            lines[case.id] = faults.lines.get(path, 1)
    return GoldenFile(
        name=name.removesuffix(".toml"), policy=policy.id, edition=policy.edition, parameters=policy.parameters,
        cases=tuple(found.values()), lines=FrozenMap(lines), unreached=FrozenMap(unreached),
        faults=tuple(faults.all(data)),
    )  # fmt: skip


def _reasons(value: object, path: str, faults: Faults) -> Titles:
    return Node({"why": value}, path, faults, Shape("a reason", ("why",))).titles("why")


def _case(node: Node, policy: GoldenPolicy) -> GoldenCase:
    faults = node.faults
    results = {key: _nothing(key, node.data[key]) for key in _RESULTS if key in node}
    return GoldenCase(
        id=node.code("id") or "",
        policy=attrs.evolve(policy, parameters=FrozenMap({**policy.parameters, **parameters_given(node)})),
        case=_given(node),
        at=_at(node),
        expect=read_expected(plain(results), node.path, faults, written=_WRITTEN),
        cite=node.text("cite") or "",
        title=node.titles("title"),
        why=node.titles("why"),
        links=links_given(node),
        hours=hours_given(node),
    )


def _nothing(key: str, value: object) -> object:
    """Put nothing in place of the word for it, which TOML does not have."""
    match key, value:
        case "duties" | "checklists", dict():
            nothing: object = [] if key == "duties" else None
            return {name: nothing if one == NONE else one for name, one in value.items()}
        case "limits", dict():
            return {name: _runs(one) for name, one in value.items()}
        case _:
            return value


def _runs(value: object) -> object:
    match value:
        case dict():
            return {key: None if one == NONE else one for key, one in value.items()}
        case list():
            return [_runs(one) for one in value]
        case _:
            return value


def _at(node: Node) -> dt.datetime:
    when = _when(node, "at")
    if isinstance(when, dt.datetime):
        return when
    if when is not None:
        node.fault("at", "a moment is expected, not a day", "write '2026-10-12 09:00'")
    return NO_MOMENT


def _when(node: Node, key: str) -> dt.datetime | dt.date | None:
    """Read a moment in Beijing time, or a day; None where it is none, or missing."""
    value = node.data.get(key)
    moment = moment_in(value)
    try:
        if moment is not None:
            return dt.datetime.fromisoformat(moment)
        if isinstance(value, str):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    if key in node:
        node.fault(key, "a moment or a day is expected", "write '2026-10-09 16:00' or '2026-10-09'")
    return None


def moment_in(value: object) -> str | None:
    """Give a moment in Beijing time, ``2026-10-09 16:00``, as ISO 8601; None: it is none.

    >>> moment_in("2026-10-09 16:00"), moment_in("2026-10-09")
    ('2026-10-09T16:00+08:00', None)
    """
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    return None if match is None else f"{match[1]}T{match[2]}+08:00"


def _given(node: Node) -> FrozenMap[str, Any]:
    received = _when(node, "received")
    facts = _facts(node, "facts")
    case: dict[str, Any] = {
        "received": None if received is None else received.isoformat(),
        **{name: value for name, value in facts.items() if name in CORE_FACTS},
    }
    if extra := {name: value for name, value in facts.items() if name not in CORE_FACTS}:
        case["extra"] = extra
    if events := [_event(Node(item, path, node.faults, _EVENT)) for path, item in node.items("events")]:
        case["events"] = events
    if "unseen" in node:
        case["unseen"] = list(node.texts("unseen"))
    given: FrozenMap[str, Any] = frozen(plain(case))
    return given


def _facts(node: Node, key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, path, value in node.named(key):
        found[name] = moment_in(value) or value
        listed = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
        if not (listed or isinstance(value, str | int | Decimal)):
            node.faults.add(path, "a text, a number, a truth value or a list of texts is expected", value)
    return found


def _event(node: Node) -> dict[str, Any]:
    event: dict[str, Any] = {}
    for key, value in node.data.items():
        match key:
            case "at" | "due":
                when = _when(node, key)
                event[key] = None if when is None else when.isoformat()
            case "told" | "items":
                event[key] = list(node.texts(key)) if value else []
            case "set":
                event[key] = {name: None if one == OPEN else one for name, one in _facts(node, key).items()}
            case "amount":
                event[key] = value
            case _:
                event[key] = node.text(key)
    return event
