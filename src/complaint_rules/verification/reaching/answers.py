"""Assessments held against what must come out, and what must come out made of an assessment (应得结果对照)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, final

import attrs

from complaint_rules.arguments import each
from complaint_rules.assessment.assessment import Assessment, as_assessment
from complaint_rules.assessment.clocks import Clock, Run, Status
from complaint_rules.assessment.duties import Obligation
from complaint_rules.assessment.findings import Finding
from complaint_rules.errors import UnknownRule, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, language
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import LimitRow, Table
from complaint_rules.verification.reaching.expecting import (
    NONE,
    OPEN,
    RECORD,
    Expected,
    WantedDuty,
    WantedRun,
    is_a_day,
    is_to_the_minute,
)
from complaint_rules.verification.reaching.outcomes import is_open
from complaint_rules.words.messages.catalogue import in_chinese

_RULE: Final = re.compile(r"(table|limit|duty|checklist)/([A-Za-z0-9_.-]+)(?=$|[\s\[/])")
_LAST: Final = "23:59:59.999999"
_ABOUT: Final = ("limit", "duty", "checklist")


_IN_CHINESE: Final[Mapping[str, str]] = FrozenMap(
    {"nothing": "无", "violations": "违规", "missing": "缺项", "refused": "退回"}
)
"""Single words of a difference, which are no words of a rule set here; `none` is the word of the format."""


@final
@attrs.frozen(repr=False)
class Difference(Shown):
    """One thing that came out otherwise than a golden case says (差异).

    >>> print(Difference("limit/whole status", "met", "met_late"))
    limit/whole status: wanted met, got met_late
    """

    what: str
    """What differs: ``limit/whole due_at``, ``table/priority``, ``duty/reply`` …"""
    wanted: str
    """What must come out."""
    got: str
    """What came out."""

    def __str__(self) -> str:
        return self.told("en")

    def told(self, lang: Lang = "zh") -> str:
        """Say it, in Chinese (``zh``) or English (``en``).

        >>> Difference("duty/reply", "done", "due").told("zh")
        'duty/reply：应为 done，实为 due'
        >>> Difference("violations", "nothing", "late limit/whole").told("zh")
        '违规：应为 无，实为 late limit/whole'
        """
        if language(lang) == "zh":
            what, wanted, got = (_IN_CHINESE.get(one) or in_chinese(one) for one in (self.what, self.wanted, self.got))
            return f"{what}：应为 {wanted}，实为 {got}"
        return f"{self.what}: wanted {self.wanted}, got {self.got}"


def rule_named(text: object) -> tuple[str, str]:
    """Give section and id of the rule that a text names, with or without its row: ``limit/whole[0]``.

    Raises `UnknownRule`.

    >>> rule_named("limit/whole[0]"), rule_named("table/level row 3 decides")
    (('limit', 'whole'), ('table', 'level'))
    """
    match = _RULE.match(text) if isinstance(text, str) else None
    if match is None:
        hint = "write table/level, limit/whole, duty/reply or checklist/form"
        raise UnknownRule(what="rule", why="section and id of a rule are expected", value=text, hint=hint)
    return match[1], match[2]


def known_rule(policy: Policy, text: object) -> tuple[str, str]:
    """Give section and id of a rule that a policy has; raises `UnknownRule` with the closest one.

    >>> from complaint_rules import load_policy
    >>> known_rule(load_policy("psbc-95580"), "limit/whle")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownRule: rule: psbc-95580 has no such rule; got 'limit/whle'; did you mean ...
    """
    section, name = rule_named(text)
    known = rules_in(policy)
    if f"{section}/{name}" not in known:
        hint = did_you_mean(f"{section}/{name}", known)
        raise UnknownRule(what="rule", why=f"{policy.id} has no such rule", value=f"{section}/{name}", hint=hint)
    return section, name


def rules_in(policy: Policy) -> tuple[str, ...]:
    """Give the tables, limits, duties and checklists of a policy, as ``section/id``.

    >>> from complaint_rules import load_policy
    >>> rules_in(load_policy("psbc-95580"))[0]
    'table/priority'
    """
    sections = (
        ("table", policy.tables), ("limit", policy.limits), ("duty", policy.duties), ("checklist", policy.checklists),
    )  # fmt: skip
    return tuple(f"{section}/{name}" for section, rules in sections for name in rules)


def expected(found: Assessment, rules: Iterable[str]) -> Expected:
    """Give what an assessment says of some rules, to be written down as what must come out.

    `rules` are named as ``limit/whole``; a row behind it, ``limit/whole[0]``, is passed over. Of a limit the run or
    all runs with status, due moment, row and warnings; of a table its value; of a duty status and due moment, trigger
    by trigger; of a checklist what the last document lacks; and of each of them its notices and violations.

    Raises `UnknownRule`, `InvalidComplaint` for what is no assessment, and what reading the assessment raises.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, repeat=True), load_policy("psbc-95580"), at=received
    ... )
    >>> expected(found, ["table/priority"]).to_dict()
    {'findings': {'priority': 'urgent'}}
    >>> expected(found, ["limit/whole"]).to_dict()["clocks"]["whole"]["due_at"]
    '2026-10-02T16:05:00+08:00'
    """
    clocks: dict[str, WantedRun | tuple[WantedRun, ...]] = {}
    findings: dict[str, str | tuple[str, ...] | None] = {}
    duties: dict[str, tuple[WantedDuty, ...]] = {}
    checklists: dict[str, str | tuple[str, ...] | None] = {}
    violations: dict[str, tuple[str, ...]] = {}
    notices: dict[str, tuple[str, ...]] = {}
    found = as_assessment(found)
    for text in each(rules, object, "rules", UnknownRule, "pass ['limit/whole']"):
        section, name = known_rule(found.policy, text)
        rule = f"{section}/{name}"
        match section:
            case "table":
                findings[name] = value_of(found.findings[name])
            case "limit":
                clocks[name] = _clock(found.clocks[name])
            case "duty":
                duties[name] = tuple(_trigger(one) for one in _obligations(found, name))
            case _:
                checklists[name] = lacking_of(found, name)
        if section in _ABOUT:
            violations[rule] = codes_against(found, rule)
        if section in {"limit", "duty"}:
            notices[rule] = kinds_told(found, rule)
    return Expected(
        clocks=FrozenMap(clocks),
        findings=FrozenMap(findings),
        duties=FrozenMap(duties),
        checklists=FrozenMap(checklists),
        notifications=FrozenMap(notices),
        violations=FrozenMap(violations) if violations else None,
    )


def _trigger(one: Obligation) -> WantedDuty:
    data = {"status": one.status.value}
    return FrozenMap(data if one.due_at is None else data | {"due_at": one.due_at.isoformat()})


def _clock(clock: Clock) -> WantedRun | tuple[WantedRun, ...]:
    if len(clock.runs) > 1:
        return tuple(_wanted(run.status, run, clock) for run in clock.runs)
    return _wanted(clock.status, clock.run, clock)


def _wanted(status: Status, run: Run | None, clock: Clock) -> WantedRun:
    if run is None:
        return FrozenMap(status=status.value)
    data: dict[str, Any] = {
        "status": status.value,
        "due_at": None if run.due_at is None else run.due_at.isoformat(),
        "row": _place(run.row, clock),
    }
    if run.warnings:
        data["warn_at"] = tuple(one.isoformat() for one in run.warnings)
    return FrozenMap(data)


def _place(row: LimitRow | None, clock: Clock) -> int | None:
    return next((place for place, one in enumerate(clock.limit.rows) if one is row), None)


def value_of(finding: Finding) -> str | tuple[str, ...] | None:
    """Give what a table says as a golden case writes it; `OPEN` where something unknown could still change it.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, repeat=True), load_policy("psbc-95580"), at=received
    ... )
    >>> value_of(found.findings["priority"])
    'urgent'
    """
    if is_open(finding):
        return OPEN
    value = finding.decision.value
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def meant(value: str | tuple[str, ...] | None, table: Table) -> str | tuple[str, ...] | None:
    """Give what is meant by a value written for a table: `NONE` is no row, unless the table has that very value.

    >>> from complaint_rules import load_policy
    >>> meant("none", load_policy("psbc-95580").tables["priority"]) is None
    True
    """
    return None if value == NONE and NONE not in table.values else value


def lacking_of(found: Assessment, checklist: str) -> str | tuple[str, ...] | None:
    """Give what the last document of a checklist lacks, as a golden case writes it.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> lacking_of(found, "work_order") is None
    True
    """
    checks = [one for one in found.checks if one.checklist.id == checklist]
    if not checks:
        return None
    last = max(checks, key=lambda one: one.entry.order)
    return OPEN if last.missing is None else tuple(sorted(last.missing))


def _obligations(found: Assessment, duty: str) -> list[Obligation]:
    return [one for one in found.duties if one.duty.id == duty]


def codes_against(found: Assessment, rule: str) -> tuple[str, ...]:
    """Give the codes of the violations of a rule, its extensions included, sorted; `RECORD` for those of no rule."""
    return tuple(
        sorted(
            one.code.value
            for one in found.violations
            if (rule == RECORD if one.rule is None else one.rule == rule or one.rule.startswith(f"{rule}/"))
        )
    )


def violations_of(found: Assessment) -> tuple[str, ...]:
    """Give every violation as a golden case writes it, ``late limit/whole``, sorted."""
    return tuple(
        sorted(one.code.value if one.rule is None else f"{one.code.value} {one.rule}" for one in found.violations)
    )


def kinds_told(found: Assessment, rule: str) -> tuple[str, ...]:
    """Give the kinds of notice that a rule calls for at the moment of the assessment, sorted."""
    return tuple(sorted(one.kind.value for one in found.notices if one.rule == rule))


# --- held against an assessment ---


def differences(wanted: Expected, found: Assessment) -> Iterator[Difference]:
    """Give everything in which an assessment differs from what must come out.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(
    ...     Complaint(id="c-1", received=received, repeat=True), load_policy("psbc-95580"), at=received
    ... )
    >>> print(*differences(Expected(findings=FrozenMap(priority="ordinary")), found))
    table/priority: wanted ordinary, got urgent
    """
    for name, value in wanted.findings.items():
        finding = found.findings[name]
        value, got = meant(value, finding.table), value_of(finding)  # noqa: PLW2901 - the same value, as it is meant
        if value != got:
            yield Difference(finding.rule, _shown(value), _why_open(finding, found) if got == OPEN else _shown(got))
    for name, runs in wanted.clocks.items():
        yield from _of_limit(runs, found.clocks[name])
    for name, triggers in wanted.duties.items():
        yield from _of_duty(f"duty/{name}", triggers, _obligations(found, name))
    for name, lacking in wanted.checklists.items():
        yield from _differ(f"checklist/{name}", lacking, lacking_of(found, name))
    for rule, kinds in wanted.notifications.items():
        yield from _differ(f"notifications of {rule}", kinds, kinds_told(found, rule))
    if isinstance(wanted.violations, FrozenMap):
        for rule, codes in wanted.violations.items():
            yield from _differ(f"violations of {rule}", codes, codes_against(found, rule))
    elif wanted.violations is not None:
        yield from _differ("violations", wanted.violations, violations_of(found))
    names = [one.name for one in found.missing]
    for name in wanted.missing:
        if name not in names:
            yield Difference("missing", f"{name} among them", ", ".join(names) or NONE)


def _why_open(finding: Finding, found: Assessment) -> str:
    """Say what a table could still say, and what is unknown: facts without presumption, links, parameters."""
    possible = ", ".join(NONE if value is None else value for value in finding.possible)
    unknown = [name for name in finding.assumed if found.policy.scope.facts[name].assume is None]
    unknown += [one.name for one in found.missing if finding.rule in one.waits]
    return f"? (possible: {possible}; unknown: {', '.join(unknown) or 'something of the history'})"


def _shown(value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return NONE
    return value if isinstance(value, str) else ", ".join(value) or "nothing"


def _differ(what: str, wanted: str | tuple[str, ...] | None, got: str | tuple[str, ...] | None) -> Iterator[Difference]:
    if wanted != got:
        yield Difference(what, _shown(wanted), _shown(got))


def _of_duty(what: str, wanted: tuple[WantedDuty, ...], got: list[Obligation]) -> Iterator[Difference]:
    told = tuple(str(one["status"]) for one in wanted)
    standing = tuple(one.status.value for one in got)
    if told != standing:
        yield Difference(what, ", ".join(told) or NONE, ", ".join(standing) or NONE)
        return
    for one, obligation in zip(wanted, got, strict=True):
        if "due_at" in one:
            yield from _at(f"{what} due_at", one["due_at"], obligation.due_at)


def _of_limit(wanted: WantedRun | tuple[WantedRun, ...], clock: Clock) -> Iterator[Difference]:
    got = "; ".join(f"{run.status}, due {due_text(run.due_at)}" for run in clock.runs)
    if not isinstance(wanted, tuple):
        if len(clock.runs) > 1:
            yield Difference(clock.rule, "one run", f"{len(clock.runs)}: {got}")
        else:
            yield from _of_run(clock.rule, wanted, clock.status, clock.run, clock)
    elif len(clock.runs) != len(wanted):
        yield Difference(clock.rule, f"{len(wanted)} runs", f"{len(clock.runs)}: {got or f'none ({clock.status})'}")
    else:
        for number, (one, run) in enumerate(zip(wanted, clock.runs, strict=True), start=1):
            yield from _of_run(f"{clock.rule} run {number}", one, run.status, run, clock)


def _of_run(what: str, wanted: WantedRun, status: Status, run: Run | None, clock: Clock) -> Iterator[Difference]:
    for key, value in wanted.items():
        match key:
            case "status":
                yield from _differ(f"{what} status", value, status.value)
            case "due_at":
                yield from _at(f"{what} due_at", value, None if run is None else run.due_at)
            case "row":
                row = None if run is None else _place(run.row, clock)
                if value != row:
                    yield Difference(f"{what} row", _number(value), _number(row))
            case _:
                warnings = () if run is None else run.warnings
                if len(value) != len(warnings) or not all(map(_same, value, warnings)):
                    got = tuple(one.isoformat() for one in warnings)
                    yield Difference(f"{what} warn_at", ", ".join(value) or NONE, ", ".join(got) or NONE)


def _number(value: int | None) -> str:
    return NONE if value is None else str(value)


def _at(what: str, wanted: str | None, got: dt.datetime | None) -> Iterator[Difference]:
    if wanted is None or got is None:
        if wanted is not None or got is not None:
            yield Difference(what, wanted or NONE, due_text(got))
    elif not _same(wanted, got):
        exact = not (is_a_day(wanted) or is_to_the_minute(wanted))
        yield Difference(what, wanted, got.isoformat() if exact else due_text(got))


def _same(wanted: str, got: dt.datetime) -> bool:
    local = got.astimezone(BEIJING).isoformat(" ")
    if is_a_day(wanted):
        return local[:10] == wanted and local[11:26] == _LAST
    if is_to_the_minute(wanted):
        return local[:16] == wanted
    return dt.datetime.fromisoformat(wanted) == got


def due_text(due: dt.datetime | None) -> str:
    """Write a due moment in Beijing time: the bare day where it is the day's last instant, else to the minute.

    >>> due_text(dt.datetime.fromisoformat("2026-10-09T23:59:59.999999+08:00"))
    '2026-10-09'
    >>> due_text(dt.datetime.fromisoformat("2026-10-09T09:00:00+00:00")), due_text(None)
    ('2026-10-09 17:00', 'none')
    """
    if due is None:
        return NONE
    text = due.astimezone(BEIJING).isoformat(" ")
    return text[:10] if text[11:26] == _LAST else text[:16]
