"""What is unknown and who can answer, what was not supplied, what a reader should know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, final

import attrs

from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.conditions.implications import implications_of
from complaint_rules.conditions.scopes import Answerer, check_fact
from complaint_rules.errors import closest
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import day_of
from complaint_rules.policy.opening import waiting_for_hours
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import NO_TITLES, Duty, Limit, Table, Titles
from complaint_rules.policy.uses import deciding, key_of

_MOST_ASKED: Final = 4096
_OPENING: Final = FrozenMap(zh="营业时间", en="opening hours")


class MissingKind(Coded):
    """What can be missing (缺失事项)."""

    PARAMETER = "parameter", "未提供的参数", "parameter not supplied"
    HOURS = "hours", "未提供的营业时间", "opening hours not supplied"
    LINK = "link", "未作的关联查询", "link nobody looked for"


class NoteCode(Coded):
    """What a note says (提示类型)."""

    NOT_IN_FORCE = "not_in_force", "收到投诉之日不在有效期内", "not in force on the day of receipt"
    NOT_APPLICABLE = "not_applicable", "适用条件不成立", "does not claim to apply"
    POSSIBLY_NOT_APPLICABLE = "possibly_not_applicable", "是否适用尚不确定", "possibly does not apply"
    IGNORED_FACT = "ignored_fact", "规则没有的事实", "fact that the rules do not know"
    UNLISTED_CODE = "unlisted_code", "规则未列的代码", "code that no row lists"
    IGNORED_LINK = "ignored_link", "规则没有的关联", "link that the rules do not know"


@final
@attrs.frozen(kw_only=True, repr=False)
class Question(Shown):
    """An unknown fact that could still change something, and who can answer it (待核实事项)."""

    fact: str
    """The fact."""
    ask: Answerer
    """Who can answer."""
    title: Titles = NO_TITLES
    """What the fact means."""
    affects: tuple[str, ...] = ()
    """The rules it could change, as ``section/id``."""
    follows_from: tuple[str, ...] = ()
    """Other facts that answer it where they hold: see ``implies`` of a fact."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Missing(Shown):
    """A parameter, link or opening hours that were not supplied, and what waits for it (缺失参数)."""

    name: str
    """Its name; of opening hours ``hours``."""
    what: MissingKind
    """Whether it is a parameter, a link or opening hours."""
    title: Titles = NO_TITLES
    """What it stands for."""
    cite: str | None = None
    """The article that leaves it open."""
    waits: tuple[str, ...] = ()
    """The rules that wait for it, as ``section/id``."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Note(Shown):
    """Something the reader of an assessment should know, which refuses nothing (提示)."""

    code: NoteCode
    """What it says."""
    detail: FrozenMap[str, str] = FrozenMap()
    """The facts of the matter."""


def questions(policy: Policy, unknown: Iterable[tuple[str, int]]) -> tuple[Question, ...]:
    """Turn the masks of unknown facts, by rule, into questions, in the policy's order of facts."""
    masks: dict[str, int] = {}
    for rule, mask in unknown:
        if mask:
            masks[rule] = masks.get(rule, 0) | mask
    return _asked(policy, tuple(masks.items()))


@lru_cache(maxsize=_MOST_ASKED)
def _asked(policy: Policy, masks: tuple[tuple[str, int], ...]) -> tuple[Question, ...]:
    found: list[Question] = []
    implications = implications_of(policy.scope.facts)
    for bit, (name, spec) in enumerate(policy.scope.facts.items()):
        affects = tuple(rule for rule, mask in masks if mask >> bit & 1)
        if affects:
            sources = tuple(source for source, follows in implications if follows == name)
            found.append(
                Question(fact=name, ask=spec.ask, title=FrozenMap(spec.title), affects=affects, follows_from=sources)
            )
    return tuple(found)


@lru_cache(maxsize=128)
def missing(policy: Policy, *, links: bool, hours: bool) -> tuple[Missing, ...]:
    """Give the parameters nobody supplied, and what waits for them.

    With `links` also the links nobody looked for, with `hours` the opening hours.
    """
    found = [
        Missing(
            name=parameter.id, what=MissingKind.PARAMETER, title=parameter.title, cite=parameter.cite,
            waits=tuple(rule for rule, names in _needs(policy) if parameter.id in names),
        )
        for parameter in policy.parameters.values()
        if parameter.value is None
    ]  # fmt: skip
    if hours:
        found.append(
            Missing(name="hours", what=MissingKind.HOURS, title=_OPENING, waits=waiting_for_hours(policy))
        )  # fmt: skip
    if links:
        for link in policy.links.values():
            waits = tuple(rule for rule, names in _reads(policy) if link.id in names)
            found.append(Missing(name=link.id, what=MissingKind.LINK, title=link.title, cite=link.cite, waits=waits))
    return tuple(found)


def _judging(policy: Policy) -> Iterator[Table | Limit | Duty]:
    yield from policy.tables.values()
    yield from policy.limits.values()
    yield from policy.duties.values()


def _needs(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    for rule in _judging(policy):
        yield key_of(rule), rule.missing
    for name, link in policy.links.items():
        yield f"link/{name}", () if link.parameter is None else (link.parameter,)
    for name, filing in policy.filings.items():
        yield f"filing/{name}", filing.missing
    for retention in policy.retentions:
        yield key_of(retention), () if retention.parameter is None else (retention.parameter,)
    for checklist in policy.checklists.values():
        for condition in deciding(checklist):
            read = (policy.tables[name].missing for name in condition.tables)
            yield key_of(checklist), condition.parameters.union(*read)


def _reads(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    for rule in _judging(policy):
        yield key_of(rule), {link for condition in deciding(rule) for link in condition.links}


def in_force(policy: Policy, received: dt.date) -> bool:
    """Say whether a policy was in force on the day of receipt, as far as its dates are known; both ends inclusive."""
    since, until = policy.effective_from, policy.effective_until
    return (since is None or since <= received) and (until is None or received <= until)


def applicability(snapshot: Snapshot) -> tuple[Note, ...]:
    """Say where the policy's own condition of application does not hold, or is not known to."""
    applies = snapshot.policy.applies
    if applies is None:
        return ()
    holds, _, possibly, _ = snapshot.plan.test(applies)(snapshot.view)
    return () if holds else (Note(code=NoteCode.POSSIBLY_NOT_APPLICABLE if possibly else NoteCode.NOT_APPLICABLE),)


def _ignored(code: NoteCode, what: str, name: str, known: Iterable[str]) -> Note:
    meant = closest(name, known)
    return Note(code=code, detail=FrozenMap({what: name} if meant is None else {what: name, "meant": meant}))


def fitness(case: Case, policy: Policy, links: Mapping[str, int] | None = None) -> tuple[Note, ...]:
    """Check the facts against the policy's declarations: a wrong type is refused, an unknown name is only noted.

    Raises `InvalidComplaint`.
    """
    notes: dict[str, Note] = {}
    facts = policy.scope.facts
    amendments = ((f"events[{place}].set", event.set) for place, event in enumerate(case.events) if event.set)
    for where, values in (("", case.complaint.extra), *amendments):
        for name, value in values.items():
            spec = facts.get(name)
            if spec is not None:
                if name not in CORE_FACTS:  # those `Complaint` checks itself, and an amendment it refuses is reported
                    check_fact(spec, value, where=where)
            elif name not in notes:
                notes[name] = _ignored(NoteCode.IGNORED_FACT, "fact", name, facts)
    for name in links or ():
        if name not in policy.links:
            notes[f"link {name}"] = _ignored(NoteCode.IGNORED_LINK, "link", name, policy.links)
    in_time = in_force(policy, day_of(case.complaint.received))
    return (*notes.values(), *(() if in_time else (Note(code=NoteCode.NOT_IN_FORCE),)))
