"""Findings of duties: those that never apply, prohibitions that never forbid, duties that clash (义务分析)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import And, Beyond, Compare, Count, Has, Late, Not, Or, Truth, atoms_of
from complaint_rules.errors import OutOfBudget
from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Duty, Modality, Selector
from complaint_rules.verification.analysis.asking import Inquiry
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.analysis.redundancy import of_when
from complaint_rules.verification.worlds.formulas import Formula, both, either, negated
from complaint_rules.verification.worlds.unknowns import BEYOND, NOWHERE, undecided
from complaint_rules.verification.worlds.witnesses import Sureness

_C: Final = FindingCode
_DEMANDS: Final = (Modality.MUST, Modality.SHOULD)


def of_duty(inquiry: Inquiry, duty: Duty, against: Sequence[Duty]) -> Iterator[RuleFinding]:
    """Give what is to be said of a duty; `against` are the prohibitions that can be in its way."""
    rule = f"duty/{duty.id}"
    where = inquiry.worlds.applies(rule).held
    if inquiry.never(where):
        if inquiry.never(_in_doubt(inquiry, duty)):
            yield inquiry.found(_C.NEVER_APPLIES, rule)
        return
    yield from of_when(inquiry, duty, rule)
    if duty.unless is not None:
        yield from _exception(inquiry, duty, where)
    for other in against:
        yield from _clash(inquiry, duty, other, where)


def _in_doubt(inquiry: Inquiry, duty: Duty) -> Formula:
    """Give where an act is neither forbidden nor not: by the history, or by a link that nobody looked up."""
    if not duty.modality.forbids:
        return False
    asked = inquiry.unknowns.asked(duty.when)
    return both(undecided(inquiry.worlds.applies(f"duty/{duty.id}")), asked.get(BEYOND, NOWHERE).most)


def _exception(inquiry: Inquiry, duty: Duty, where: Formula) -> Iterator[RuleFinding]:
    rule = f"duty/{duty.id}"
    try:
        ways = [
            inquiry.worlds.channels(duty.unless, event=event) for event in inquiry.worlds.events(duty.unless, duty.acts)
        ]
        if not ways:
            return  # no act that can be told apart: nothing to say of them
        asked = inquiry.unknowns.asked(duty.unless)
        doubts = [inquiry.unknowns.may_hold(one, asked) for one in ways]  # of what may be excused nothing is claimed
        guilty = [negated(either(one.held, doubt.least)) for one, doubt in zip(ways, doubts, strict=True)]
        if not inquiry.can_be(where, either(*guilty)):
            yield inquiry.found(_C.NEVER_FORBIDS, rule)
        elif not inquiry.can_be(where, either(*(one.held for one in ways), *(doubt.most for doubt in doubts))):
            yield inquiry.found(_C.NEVER_EXCUSED, rule)
    except OutOfBudget:
        return


def rivals(policy: Policy) -> dict[str, tuple[Duty, ...]]:
    """Give for each duty that demands something the prohibitions of every act that would do.

    Prohibitions that something can still lift are left out: they say what has to come first, which is no clash.

    >>> from complaint_rules.policy.loading import load_policy
    >>> rivals(load_policy("reply-24h"))
    {}
    """
    forbidding = [duty for duty in policy.duties.values() if duty.modality.forbids and not _can_cease(duty)]
    found = {
        duty.id: tuple(other for other in forbidding if all(_forbidden(act, other) for act in duty.acts))
        for duty in policy.duties.values()
        if duty.modality in _DEMANDS
    }
    return {name: others for name, others in found.items() if others}


def _can_cease(duty: Duty) -> bool:
    """Say whether a prohibition holds at certain hours only, or can be lifted by what happens later."""
    lifted = duty.unless is not None and any(isinstance(atom, Beyond) for atom in atoms_of(duty.unless.tree))
    ends = duty.when is not None and _hangs_on_what_comes(duty.when.tree, denied=False)
    return duty.quiet or bool(duty.until) or lifted or ends


def _hangs_on_what_comes(tree: Truth, *, denied: bool) -> bool:
    """Say whether a condition that holds can stop holding by what happens: what has happened once stays so."""
    match tree:
        case And(parts) | Or(parts):
            return any(_hangs_on_what_comes(part, denied=denied) for part in parts)
        case Not(part):
            return _hangs_on_what_comes(part, denied=not denied)
        case Has() | Late():
            return denied
        case Compare(left, _, right):
            return isinstance(left, Count) or isinstance(right, Count)
        case _:
            return isinstance(tree, Beyond)


def _forbidden(act: Selector, other: Duty) -> bool:
    """Say whether whatever does an act is an act that is forbidden."""
    mine = dict(act.fields)
    return any(
        one.kind == act.kind
        and one.nth is None
        and not one.without
        and all(name in mine and _narrower(name, mine[name], values) for name, values in one.fields)
        for one in other.acts
    )


def _narrower(name: str, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether every event that has some values of a field has others: of sets all are wanted, else any will do."""
    return theirs <= mine if name in ("told", "items") else mine <= theirs


def triggers(policy: Policy) -> tuple[Condition, ...]:
    """Give, as conditions, that the events have happened for which duties wait that could clash.

    >>> from complaint_rules.policy.loading import load_policy
    >>> triggers(load_policy("reply-24h"))
    ()
    """
    found: dict[Has, None] = {}
    for name, others in rivals(policy).items():
        for duty in (policy.duties[name], *others):
            found.update(dict.fromkeys(_begun_by(duty)))
    return tuple(Condition(text=str(one), tree=one) for one in found)


def _begun_by(duty: Duty) -> tuple[Has, ...]:
    """Give the events that found a duty, each as an atom; none where the receipt does."""
    return () if duty.at_receipt else tuple(Has(one.kind, one.fields) for one in duty.after)


def _begun(inquiry: Inquiry, duty: Duty) -> Formula:
    atoms = _begun_by(duty)
    return either(*(inquiry.worlds.channels(atom).held for atom in atoms)) if atoms else True


def _clash(inquiry: Inquiry, duty: Duty, other: Duty, where: Formula) -> Iterator[RuleFinding]:
    worlds = inquiry.worlds
    begun = [_begun(inquiry, one) for one in (duty, other)]
    shows = [Claimed(rule=f"duty/{one.id}") for one in (duty, other)]
    try:
        innocent = [worlds.channels(other.unless, event=event).held for event in worlds.events(other.unless, duty.acts)]
    except OutOfBudget:
        return
    free = False if other.unless is None else either(*innocent)
    both_apply = both(where, worlds.applies(f"duty/{other.id}").held, *begun)
    known = inquiry.known(both_apply, free)
    answer = inquiry.answer(both_apply, known, negated(free), shows=shows)
    if answer.verdict is not Sureness.PROVED:
        zh, en = inquiry.name_of(f"duty/{other.id}")
        detail = (f"“{zh}”（duty/{other.id}）", f"“{en}” (duty/{other.id})")
        yield inquiry.found(_C.DUTIES_CLASH, f"duty/{duty.id}", answer, shows=shows, detail=detail)
