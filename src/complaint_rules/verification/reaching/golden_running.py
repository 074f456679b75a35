"""A golden case run under its policy: every difference from what must come out in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import attrs

from complaint_rules.assessing import assess, mainland
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock, Run
from complaint_rules.assessment.findings import Finding
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.errors import ComplaintRulesError, did_you_mean
from complaint_rules.moments import BEIJING
from complaint_rules.policy.articles import numbers_of, places_in
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.golden_tables import (
    NONE,
    OPEN,
    GoldenFile,
    Misread,
    TomlCase,
    WantedRun,
    when,
)
from complaint_rules.verification.reaching.outcomes import is_open

_NO_FACTS: Final = frozenset({"id", "received", "extra"})
Load = Callable[[GoldenFile, Mapping[str, Any]], Policy]
"""Gives the policy of a file under parameters."""


def shipped(file: GoldenFile, parameters: Mapping[str, Any]) -> Policy:
    """Load the shipped policy that a file is about."""
    return load_policy(file.policy, edition=file.edition, parameters=parameters)


@cache
def _open(hours: tuple[str, ...]) -> WorkCalendar:
    return attrs.evolve(mainland(), hours=Hours.of(*hours)) if hours else mainland()


def case_under(golden: TomlCase, policy: Policy) -> Case:
    """Make the case; raises `Misread` for names that the policy does not have, `InvalidCase` for codes."""
    facts = {name: _fact(golden, policy, name, value, "facts") for name, value in golden.facts.items()}
    events: list[Mapping[str, Any]] = []
    for number, event in enumerate(golden.events, start=1):
        where = f"event {number}: set"
        changes = event.get("set")
        if changes is not None:
            changes = {name: _fact(golden, policy, name, value, where) for name, value in changes.items()}
            event = {**event, "set": changes}  # noqa: PLW2901 - the same event, its facts read
        events.append(event)
    for kind in golden.unseen:
        _known(golden, "unseen", kind, policy.events)
    return policy.read_case(
        {
            "id": golden.id,
            "received": golden.received,
            **{name: value for name, value in facts.items() if name in CORE_FACTS},
            "extra": {name: value for name, value in facts.items() if name not in CORE_FACTS},
            "events": events,
            "unseen": list(golden.unseen),
        },
        where=golden.place,
    )


def _fact(golden: TomlCase, policy: Policy, name: str, value: Any, key: str) -> Any:
    _known(golden, key, name, (CORE_FACTS | set(policy.scope.facts)) - _NO_FACTS)
    spec = policy.scope.facts.get(name)
    if spec is not None and spec.type in ("moment", "day") and isinstance(value, str):
        try:
            return when(value)
        except ValueError as error:
            raise Misread(f"{golden.place}: {key}.{name}: {error}") from None
    return value


def _known(golden: TomlCase, key: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        hint = did_you_mean(name, known) or f"there are {', '.join(sorted(known)) or 'none'}"
        raise Misread(f"{golden.place}: {key}: the policy has no {name!r}; {hint}")


def assessed(golden: TomlCase, policy: Policy) -> Assessment:
    """Assess a golden case under its policy."""
    for name in golden.links or ():
        _known(golden, "links", name, policy.links)
    case = case_under(golden, policy)
    return assess(case, policy, at=golden.at, calendar=_open(golden.hours), links=golden.links)


def differences(golden: TomlCase, file: GoldenFile, load: Load = shipped) -> list[str]:
    """Run a case; give every difference as ``what: wanted …, got …``.

    Raises `Misread` for a name that the policy does not have, `ComplaintRulesError` for a case that is refused.
    """
    if golden.refused is not None:
        return list(_not_refused(golden, file, load))
    policy = load(file, golden.parameters)
    _names_exist(golden, policy)
    return list(_differences(golden, assessed(golden, policy)))


def told(golden: TomlCase, found: Iterable[str]) -> str:
    """Tell the differences of a case to a tester."""
    lines = [
        f"{golden.place}: {golden.title['zh']} / {golden.title['en']}",
        f"  cite: {golden.cite}",
        f"  why: {golden.why['zh']} / {golden.why['en']}",
    ]
    return "\n".join([*lines, *(f"  {one}" for one in found)])


def _names_exist(golden: TomlCase, policy: Policy) -> None:
    for key, names, known in (
        ("tables", golden.tables, policy.tables),
        ("limits", golden.limits, policy.limits),
        ("duties", golden.duties, policy.duties),
        ("checklists", golden.checklists, policy.checklists),
    ):
        for name in names:
            _known(golden, key, name, known)
    for name, value in golden.tables.items():
        table = policy.tables[name]
        if isinstance(value, frozenset) is not table.every and value != OPEN:
            shape = "list of values" if table.every else "value"
            raise Misread(f"{golden.place}: tables.{name}: of this table a {shape} is expected, or {OPEN!r}")
        for one in value if isinstance(value, frozenset) else {value} - {OPEN, NONE}:
            _known(golden, f"tables.{name}", one, table.values)
    for name, lacking in golden.checklists.items():
        for one in lacking if isinstance(lacking, frozenset) else ():
            _known(golden, f"checklists.{name}", one, policy.checklists[name].items)
    for violation in golden.violations or ():
        _, _, rule = violation.partition(" ")
        if rule:
            _known(golden, "violations", "/".join(rule.split("/")[:2]), _rules_of(policy))
    _cited(golden, policy)


@cache
def _rules_of(policy: Policy) -> frozenset[str]:
    return frozenset(
        f"{section}/{name}"
        for section, rules in (
            ("limit", policy.limits),
            ("duty", policy.duties),
            ("checklist", policy.checklists),
        )
        for name in rules
    )


def _cited(golden: TomlCase, policy: Policy) -> None:
    """Hold the citation of a case against the articles that the policy lists."""
    places = places_in(golden.cite)
    if not places:
        raise Misread(f'{golden.place}: cite: this is no citation: {golden.cite!r}; write "29 para 2 item 1"')
    for place in places:
        if place.source:
            _known(golden, "cite", place.source, policy.texts)
        articles = policy.texts[place.source].articles if place.source else policy.articles
        for number in numbers_of(place) if articles else ():
            _known(golden, "cite", number, articles)


def _not_refused(golden: TomlCase, file: GoldenFile, load: Load) -> Iterator[str]:
    """Look for the refusal: loading, making or assessing the case, or reading a part of it; or what is missing."""
    wanted = str(golden.refused)
    said: list[str] = []
    try:
        policy = load(file, golden.parameters)
        _cited(golden, policy)
        found = assessed(golden, policy)
        said += [one.name for one in found.missing]
        for finding in found.findings.values():
            said += _refusal_of(finding)
        _ = (list(found.clocks.values()), found.duties, found.checks, found.violations)
    except ComplaintRulesError as error:
        said.append(str(error))
    if not any(wanted in one for one in said):
        got = "; ".join(said) if said else "nothing is refused or missing"
        yield f"refused: wanted a refusal that names {wanted!r}, got: {got}"


def _refusal_of(finding: Finding) -> Iterator[str]:
    try:
        _ = finding.value
    except ComplaintRulesError as error:
        yield str(error)


def _differences(golden: TomlCase, found: Assessment) -> Iterator[str]:
    for name, wanted in golden.tables.items():
        finding = found.findings[name]
        got = _plain(value_of(finding))
        for one in _differ(f"table {name}", _plain(wanted), got):
            yield f"{one} ({_why_open(finding, found)})" if got == OPEN else one
    for name, runs in golden.limits.items():
        yield from _of_limit(name, runs, found.clocks[name])
    for name, statuses in golden.duties.items():
        standing = [str(one.status) for one in found.duties if one.duty.id == name]
        yield from _differ(f"duty {name}", _plain(statuses or NONE), _plain(standing or NONE))
    for name, lacking in golden.checklists.items():
        yield from _differ(f"checklist {name}", _plain(lacking), _plain(lacking_of(found, name)))
    if golden.violations is not None:
        yield from _differ("violations", _plain(golden.violations), _plain(sorted(violations_of(found))))
    names = [one.name for one in found.missing]
    for name in golden.missing:
        if name not in names:
            yield f"missing: wanted {name} among them, got {', '.join(names) or NONE}"


def value_of(finding: Finding) -> str | frozenset[str]:
    """Give what a table says as a golden case writes it; `OPEN` where something unknown could still change it."""
    if is_open(finding):
        return OPEN
    value = finding.decision.value
    return NONE if value is None else value


def _why_open(finding: Finding, found: Assessment) -> str:
    """Say what a table could still say, and what is unknown: facts without presumption, links, parameters."""
    possible = ", ".join(NONE if value is None else value for value in finding.possible)
    unknown = [name for name in finding.assumed if found.policy.scope.facts[name].assume is None]
    unknown += [one.name for one in found.missing if finding.rule in one.waits]
    return f"possible: {possible}; unknown: {', '.join(unknown) or 'something of the history'}"


def lacking_of(found: Assessment, checklist: str) -> str | frozenset[str]:
    """Give what the last document of a checklist lacks, as a golden case writes it."""
    checks = [one for one in found.checks if one.checklist.id == checklist]
    if not checks:
        return NONE
    last = max(checks, key=lambda one: one.entry.order)
    return OPEN if last.missing is None else frozenset(last.missing)


def violations_of(found: Assessment) -> Iterator[str]:
    """Give the violations as a golden case writes them."""
    for one in found.violations:
        yield one.code.value if one.rule is None else f"{one.code.value} {one.rule}"


def _of_limit(name: str, wanted: WantedRun | tuple[WantedRun, ...], clock: Clock) -> Iterator[str]:
    if isinstance(wanted, WantedRun):
        if len(clock.runs) > 1:
            yield f"limit {name}: wanted one run, got {len(clock.runs)}: {'; '.join(_shown(run) for run in clock.runs)}"
        else:
            yield from _of_run(f"limit {name}", wanted, str(clock.status), clock.run)
        return
    if len(clock.runs) != len(wanted):
        runs = "; ".join(_shown(run) for run in clock.runs) or f"none ({clock.status})"
        yield f"limit {name}: wanted {len(wanted)} runs, got {len(clock.runs)}: {runs}"
        return
    for number, (one, run) in enumerate(zip(wanted, clock.runs, strict=True), start=1):
        yield from _of_run(f"limit {name} run {number}", one, str(run.status), run)


def _of_run(what: str, wanted: WantedRun, status: str, run: Run | None) -> Iterator[str]:
    if wanted.status is not None:
        yield from _differ(f"{what} status", wanted.status, status)
    if wanted.due is not None:
        got = due_of(run)
        if not (got == wanted.due or (len(wanted.due) > 10 and run is not None and _minute(run) == wanted.due)):
            yield f"{what} due: wanted {wanted.due}, got {got}"


def _minute(run: Run) -> str:
    return "" if run.due_at is None else run.due_at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def due_of(run: Run | None) -> str:
    """Write a due moment: the bare day where it is the day's last instant, else to the minute."""
    if run is None or run.due_at is None:
        return NONE
    text = run.due_at.astimezone(BEIJING).isoformat(" ")
    return text[:10] if text[11:26] == "23:59:59.999999" else text[:16]


def _shown(run: Run) -> str:
    return f"{run.status}, due {due_of(run)}"


def _plain(value: str | Iterable[str]) -> str:
    if isinstance(value, str):
        return value
    listed = sorted(value) if isinstance(value, frozenset) else list(value)
    return ", ".join(listed) if listed else "nothing"


def _differ(what: str, wanted: str, got: str) -> Iterator[str]:
    if wanted != got:
        yield f"{what}: wanted {wanted}, got {got}"
