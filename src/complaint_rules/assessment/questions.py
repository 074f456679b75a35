"""What is unknown and who can answer, what was not supplied, what a reader should know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, final

import attrs

from complaint_rules.assessment.snapshots import Snapshot
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.conditions.implications import implications_of
from complaint_rules.conditions.scopes import Answerer, check_fact
from complaint_rules.errors import MOST_SEARCHES as _MOST_SEARCHES
from complaint_rules.errors import InvalidComplaint, closest
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import day_of
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.codes import Slips, closed_lists, unlisted, words_of
from complaint_rules.policy.loading import known_elsewhere
from complaint_rules.policy.opening import waiting_for_hours
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import NO_TITLES, Duty, Limit, Table
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
    FOREIGN_CODE = "foreign_code", "其他规则的代码", "code of other rules"
    UNKNOWN_CODE = "unknown_code", "代码疑似写错", "code that looks like a slip"


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


def _needs(policy: Policy) -> Iterator[tuple[str, Iterable[str | None]]]:
    for rule in _judging(policy):
        yield key_of(rule), rule.missing
    for name, link in policy.links.items():
        yield f"link/{name}", () if link.parameter is None else (link.parameter,)
    for name, filing in policy.filings.items():
        yield f"filing/{name}", {*filing.missing, filing.period_parameter}
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
    holds, surely, possibly, unknown = snapshot.plan.test(applies)(snapshot.view)
    if holds and not snapshot.plan.works_with(unknown, surely=surely):
        return ()
    return (Note(code=NoteCode.POSSIBLY_NOT_APPLICABLE if possibly else NoteCode.NOT_APPLICABLE),)


def _ignored(code: NoteCode, what: str, name: str, known: Iterable[str], searches: Iterator[int]) -> Note:
    meant = None if next(searches, None) is None else closest(name, known)
    return Note(code=code, detail=FrozenMap({what: name} if meant is None else {what: name, "meant": meant}))


def dated(case: Case, policy: Policy) -> tuple[Note, ...]:
    """Say where a policy was not in force on the day of receipt."""
    in_time = in_force(policy, day_of(case.complaint.received))
    return () if in_time else (Note(code=NoteCode.NOT_IN_FORCE),)


class Fit(NamedTuple):
    """What came of holding a case against the declarations of a policy."""

    notes: tuple[Note, ...]
    """What a reader should know."""
    case: Case
    """The case to go by: codes that only other rules know are unknown in it."""


def fitness(case: Case, policy: Policy, links: Mapping[str, int] | None = None) -> Fit:
    """Check the facts against the policy's declarations: a wrong type or code is refused, an unknown name only noted.

    A code that only another rule set knows is noted and goes for unknown: the case is replayed under rules that it was
    not recorded for. Raises `InvalidComplaint`.
    """
    notes: dict[str, Note] = {}
    complaint, foreign = case.complaint, _foreign(policy, _known(case.complaint, policy), "", notes)
    if foreign:
        complaint = complaint.amended(foreign)
    searches = iter(range(_MOST_SEARCHES))
    _check_facts(policy, case.complaint.extra, "", foreign, notes, searches)
    events = list(case.events)
    for place, event in enumerate(events):
        if event.set:
            where = f"events[{place}].set"
            foreign_too = _foreign(policy, event.set.items(), where, notes)
            _check_facts(policy, event.set, where, foreign_too, notes, searches)
            if foreign_too:
                events[place] = attrs.evolve(event, set={**event.set, **foreign_too})
                foreign = foreign or foreign_too
    _check_items(policy, case.complaint, notes)
    for name in links or ():
        if name not in policy.links:
            notes[f"link {name}"] = _ignored(NoteCode.IGNORED_LINK, "link", name, policy.links, searches)
    return Fit(
        (*notes.values(), *dated(case, policy)),
        attrs.evolve(case, complaint=complaint, events=tuple(events)) if foreign else case,
    )


def _known(complaint: Complaint, policy: Policy) -> Iterator[tuple[str, object]]:
    for name in closed_lists(policy):
        value = complaint.fact(name)
        if value is not None:
            yield name, value


def _foreign(
    policy: Policy, values: Iterable[tuple[str, object]], where: str, notes: dict[str, Note]
) -> dict[str, None]:
    """Give the facts whose codes only another rule set knows, each with None, and note them.

    Raises `InvalidComplaint` for a code that none knows.
    """
    found: dict[str, None] = {}
    for misfit in unlisted(policy, values, where):
        fault = misfit.fault
        if not known_elsewhere(misfit.name, misfit.code):
            what = f"fact {misfit.name!r}"
            raise InvalidComplaint(what=what, why=fault.why, value=misfit.code, hint=fault.hint, where=where)
        found[misfit.name] = None
        detail = FrozenMap(fact=misfit.name, code=misfit.code)
        notes[f"code {misfit.path}"] = Note(code=NoteCode.FOREIGN_CODE, detail=detail)
    return found


def _check_facts(
    policy: Policy,
    values: Mapping[str, object],
    where: str,
    foreign: Mapping[str, None],
    notes: dict[str, Note],
    searches: Iterator[int],
) -> None:
    facts = policy.scope.facts
    for name, value in values.items():
        spec = facts.get(name)
        if spec is not None:
            # Those `Complaint` has itself it checks itself, and an amendment that it refuses is reported.
            if name not in CORE_FACTS and name not in foreign:
                check_fact(spec, value, where=where)
        elif name not in notes:
            notes[name] = _ignored(NoteCode.IGNORED_FACT, "fact", name, facts, searches)


def _check_items(policy: Policy, complaint: Complaint, notes: dict[str, Note]) -> None:
    known = words_of(policy)["items"]
    meant_for = Slips()
    for code in sorted(complaint.recorded or ()):
        meant = None if code in known else meant_for(code, known)
        if meant is not None:
            notes[f"item {code}"] = Note(
                code=NoteCode.UNKNOWN_CODE, detail=FrozenMap(fact="recorded", code=code, meant=meant)
            )
