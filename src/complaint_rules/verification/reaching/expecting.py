"""What must come out of a golden case (应得结果): read from plain data, every fault at its key path, and written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, final

import attrs

from complaint_rules.assessment.clocks import Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.assessment.notifications import NotificationKind
from complaint_rules.cases.plain import when_from_text
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, Shape
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap

OPEN: Final = "?"
"""Nobody knows: something unknown, which no presumption settles, could still change it."""
NONE: Final = "none"
"""How texts say that there is nothing: no row holds, not triggered, no document, nothing due."""
RECORD: Final = "record"
"""Stands for the rule of a violation that belongs to none: the history contradicts itself."""

WantedRun: TypeAlias = FrozenMap[str, Any]
"""What must come out of a run: ``status``, ``due_at``, ``row``, ``warn_at``; what is not there is not asked."""
WantedDuty: TypeAlias = FrozenMap[str, Any]
"""What must come out of a duty for one trigger: ``status``, and ``due_at`` where it is asked."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MINUTE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")
_RUN: Final = Shape("a run", (), ("status", "due_at", "row", "warn_at", "due"))
_DUTY: Final = Shape("a duty", ("status",), ("due_at",))
EXPECT: Final = Shape(
    "what must come out", (),
    ("clocks", "findings", "duties", "checklists", "notifications", "violations", "missing", "refused"),
)  # fmt: skip
"""The keys of what must come out."""
_SECTIONS: Final = (("table", "findings"), ("limit", "clocks"), ("duty", "duties"), ("checklist", "checklists"))


@final
@attrs.frozen(kw_only=True, repr=False)
class Expected(Shown):
    """What must come out of a golden case (应得结果): only what the case is about; the rest may come out as it will.

    >>> Expected(findings=FrozenMap(priority="urgent")).to_dict()
    {'findings': {'priority': 'urgent'}}
    """

    clocks: FrozenMap[str, WantedRun | tuple[WantedRun, ...]] = FrozenMap()
    """By limit: the one run it has at most; or all its runs, where there can be several."""
    findings: FrozenMap[str, str | tuple[str, ...] | None] = FrozenMap()
    """By table: its value, all values of a table of ``every``, None where no row holds, `OPEN`."""
    duties: FrozenMap[str, tuple[WantedDuty, ...]] = FrozenMap()
    """By duty: where it stands, trigger by trigger; empty: nothing has called for it."""
    checklists: FrozenMap[str, str | tuple[str, ...] | None] = FrozenMap()
    """By checklist: what the last document lacks, sorted; None: no document; `OPEN`: nobody recorded what it holds."""
    notifications: FrozenMap[str, tuple[str, ...]] = FrozenMap()
    """By rule, ``limit/whole``: every kind of notice due at the moment, sorted; empty: none."""
    violations: tuple[str, ...] | FrozenMap[str, tuple[str, ...]] | None = None
    """All of them, as ``late limit/whole``, sorted; or by rule its codes; None: the case does not say."""
    missing: tuple[str, ...] = ()
    """Parameters and links that must be among those told as missing."""
    refused: str | None = None
    """What the refusal names: then nothing else comes out."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of which it says something, as ``section/id``, each once.

        >>> Expected(violations=("late limit/whole",)).rules
        ('limit/whole',)
        """
        found = [f"{section}/{name}" for section, key in _SECTIONS for name in getattr(self, key)]
        found += self.notifications
        told = self.violations or ()
        found += (rule for one in told if (rule := one.partition(" ")[2] or one) and "/" in rule)
        return tuple(dict.fromkeys("/".join(rule.split("/")[:2]) for rule in found))

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data; what it does not ask is left out.

        >>> Expected(refused="received").to_dict()
        {'refused': 'received'}
        """
        data = {key: _plain(getattr(self, key)) for key in EXPECT.known}
        return {key: value for key, value in data.items() if value or (key == "violations" and value is not None)}


def _plain(value: object) -> Any:
    match value:
        case Mapping():
            return {name: _plain(item) for name, item in value.items()}
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


# --- read from plain data ---


def read_expected(data: object, path: str, faults: Faults, *, written: Mapping[str, str] = FrozenMap()) -> Expected:
    """Read what must come out of plain data; every fault is noted with its key path.

    `written` gives other names under which parts stand.

    >>> faults = Faults("case.jsonl")
    >>> read_expected({"duties": {"reply": "done"}}, "expect", faults).duties["reply"]
    ({'status': 'done'},)
    >>> _ = read_expected({"findngs": {}}, "expect", faults)
    >>> faults.all()[0].hint
    "did you mean 'findings'?"
    """
    shape = EXPECT if not written else Shape(EXPECT.what, (), tuple(written.get(key, key) for key in EXPECT.known))
    node = Node(data, path, faults, shape)

    def each(key: str, read: Callable[[object, str, Faults], Any]) -> FrozenMap[str, Any]:
        return FrozenMap({name: read(value, at, faults) for name, at, value in node.named(written.get(key, key))})

    wanted = Expected(
        clocks=each("clocks", _runs), findings=each("findings", _value), duties=each("duties", _triggers),
        checklists=each("checklists", _lacking), notifications=each("notifications", _notices),
        violations=_violations(node), missing=node.texts("missing") if node.data.get("missing") != [] else (),
        refused=node.text("refused"),
    )  # fmt: skip
    if not node.data and isinstance(data, dict):
        faults.add(path, "the case does not say what must come out", hint=f"write one of {', '.join(shape.known)}")
    if "refused" in node and len(node.data) > 1:
        node.fault("refused", "it stands instead of results, and here beside some")
    return wanted


def _runs(value: object, path: str, faults: Faults) -> WantedRun | tuple[WantedRun, ...]:
    if isinstance(value, list):
        return tuple(_run(one, f"{path}[{place}]", faults) for place, one in enumerate(value))
    return _run(value, path, faults)


def _run(value: object, path: str, faults: Faults) -> WantedRun:
    node = Node(value, path, faults, _RUN)
    found: dict[str, Any] = {}
    for key, given in node.data.items():
        match key:
            case "status":
                found[key] = node.choice(key, _codes(Status), "a status of a limit")
            case "due_at" | "due":
                found["due_at"] = _moment(given, node.at(key), faults)
            case "row":
                found[key] = None if given is None else node.whole(key, 0, 999)
            case "warn_at":
                listed = given if isinstance(given, list) else () if given is None else (given,)
                found[key] = tuple(_moment(one, node.at(key), faults) for one in listed)
            case _:
                pass  # it was refused with the shape
    if "due" in node and "due_at" in node:
        node.fault("due", "it stands twice", "due and due_at are the same")
    if isinstance(value, dict) and not value:
        faults.add(path, "it says nothing of the run", hint='write {"status": "met"}')
    return FrozenMap(found)


def _moment(value: object, path: str, faults: Faults) -> str | None:
    """Check a due moment: exact as ISO 8601 with its zone, else in Beijing a day (its end) or to the minute."""
    if value is None:
        return None
    try:
        if isinstance(value, str):
            if is_a_day(value) or is_to_the_minute(value):
                dt.datetime.fromisoformat(value)
            else:
                when_from_text(value, what="due_at")
            return value
    except ComplaintRulesError as error:
        faults.refused(path, error)
    except ValueError:
        faults.add(path, "there is no such day or time", value)
    else:
        faults.add(path, "a moment is expected", value, "write 2026-10-09T17:00:00+08:00, or null where nothing is due")
    return None


def _value(value: object, path: str, faults: Faults) -> str | tuple[str, ...] | None:
    if value is None or (isinstance(value, str) and value):
        return value
    if isinstance(value, list):
        return _names(value, path, faults)
    faults.add(path, "a value of the table, a list of values or null is expected", value)
    return None


def _names(value: list[object], path: str, faults: Faults) -> tuple[str, ...]:
    found = [one for one in value if isinstance(one, str) and one]
    if len(found) < len(value) or len(set(found)) < len(found):
        faults.add(path, "a list of texts is expected, each once", value)
    return tuple(sorted(dict.fromkeys(found)))


def _triggers(value: object, path: str, faults: Faults) -> tuple[WantedDuty, ...]:
    listed = value if isinstance(value, list) else (value,)
    return tuple(_duty(one, path, faults) for one in listed)


def _duty(value: object, path: str, faults: Faults) -> WantedDuty:
    node = Node({"status": value} if isinstance(value, str) else value, path, faults, _DUTY)
    found: dict[str, Any] = {"status": node.choice("status", _codes(DutyStatus), "a status of a duty")}
    if "due_at" in node:
        found["due_at"] = _moment(node.data["due_at"], node.at("due_at"), faults)
    return FrozenMap(found)


def _lacking(value: object, path: str, faults: Faults) -> str | tuple[str, ...] | None:
    if value is None or value == OPEN:
        return None if value is None else OPEN
    if isinstance(value, list):
        return _names(value, path, faults)
    faults.add(path, "the list of what is lacking is expected", value, f"null: no document; {OPEN!r}: not recorded")
    return None


def _notices(value: object, path: str, faults: Faults) -> tuple[str, ...]:
    return _listed(value, path, faults, NotificationKind, "a kind of notice")


def _listed(value: object, path: str, faults: Faults, kind: type[Coded], what: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        faults.add(path, "a list of codes is expected", value)
        return ()
    known = _codes(kind)
    for one in value:
        if one not in known:
            faults.unknown(path, f"{what} is expected", one, known)
    return tuple(sorted(one for one in value if one in known))


def _violations(node: Node) -> tuple[str, ...] | FrozenMap[str, tuple[str, ...]] | None:
    if "violations" not in node:
        return None
    value, path, known = node.data["violations"], node.at("violations"), _codes(ViolationCode)
    if isinstance(value, dict):
        return FrozenMap(
            {
                name: _listed(codes, at, node.faults, ViolationCode, "a kind of violation")
                for name, at, codes in node.named("violations")
            }
        )
    if not isinstance(value, list):
        node.fault("violations", "a list of violations is expected", 'write ["late limit/whole"]')
        return None
    for one in value:
        code, _, rule = one.partition(" ") if isinstance(one, str) else ("", "", "")
        if code not in known:
            node.faults.unknown(path, "a kind of violation is expected", code or one, known)
        elif " " in rule or (rule and "/" not in rule):
            node.faults.add(path, "the rule of a violation is expected", one, "write 'late limit/whole'")
    return tuple(sorted(one for one in value if isinstance(one, str)))


def _codes(kind: type[Coded]) -> list[str]:
    return [member.value for member in kind]


def is_a_day(text: str) -> bool:
    """Say whether a due moment is written as a day, which means its end in Beijing.

    >>> is_a_day("2026-10-09"), is_a_day("2026-10-09 17:00")
    (True, False)
    """
    return _DAY.fullmatch(text) is not None


def is_to_the_minute(text: str) -> bool:
    """Say whether a due moment is written to the minute, in Beijing time.

    >>> is_to_the_minute("2026-10-09 17:00"), is_to_the_minute("2026-10-09T17:00:00+08:00")
    (True, False)
    """
    return _MINUTE.fullmatch(text) is not None
