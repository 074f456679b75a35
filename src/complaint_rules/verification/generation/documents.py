"""Cases for checklists (要素用例): a document with all that is wanted, and without each single item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.language import Pair
from complaint_rules.policy.rules import Checklist, Selector
from complaint_rules.verification.generation.bench import CaseKind, Glimpse, Workbench
from complaint_rules.verification.generation.making import Goal
from complaint_rules.verification.generation.pairs import turns
from complaint_rules.verification.generation.sketches import Sketch, Step, step_for

_WHOLE: Final[Pair] = ("要素齐全", "everything is there")


def of_checklists(bench: Workbench) -> None:
    """Make the cases of every checklist."""
    for checklist in bench.policy.checklists.values():
        for place, of in enumerate(checklist.of, start=1):
            _of_document(bench, checklist, place, of)


def _of_document(bench: Workbench, checklist: Checklist, place: int, of: Selector) -> None:
    rule, items = f"checklist/{checklist.id}", tuple(checklist.items)
    goals = [] if checklist.when is None else [Goal(checklist.when.tree, True)]

    def looked_at(found: Assessment) -> bool:
        return any(one.checklist.id == checklist.id for one in found.checks)

    more = () if of.kind == "received" else (_document(of, items),)
    base = bench.find(goals, looked_at, *more)
    if base is None:
        return
    for number, left_out in enumerate((None, *(items if place == 1 else items[:1]))):
        held = tuple(item for item in items if item != left_out)
        look = _holding(bench, base, of, held)
        why = _WHOLE if left_out is None else _without(bench, left_out)
        bench.keep(CaseKind.CHECKLIST, rule, f"{place}.{number}", why, look, cite=checklist.cite)
    if checklist.when is not None:
        for turn in turns(bench, ((),), checklist.when.tree, looked_at, *more):
            for on, look in ((True, turn.on), (False, turn.off)):
                key = f"{place}.{turn.key(on=on)}"
                bench.keep(CaseKind.PAIR, rule, key, turn.why(on=on), look, cite=checklist.cite)


def _without(bench: Workbench, item: str) -> Pair:
    zh, en = bench.item(item)
    lacking: Pair = (f"缺：{zh}", f"without {en}")
    return lacking


def _document(of: Selector, items: Iterable[str]) -> Step:
    step = step_for(of)
    carried = frozenset(items) | frozenset(step.given.get("items", ()))
    return step_for(of, items=carried)


def _holding(bench: Workbench, base: Sketch, of: Selector, items: tuple[str, ...]) -> Glimpse:
    """Look at a document that holds some items."""
    if of.kind == "received":
        return bench.glance(base.constrained("recorded", (frozenset(items),)))
    return bench.glance(base, _document(of, items))
