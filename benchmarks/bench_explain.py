"""One decision table decided with its reasons in words, against zen-engine evaluating the same table with its trace."""

from __future__ import annotations

import itertools
import timeit
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from complaint_rules.assessment.plans import Plan
from complaint_rules.assessment.running import read
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.policy.loading import load_policy
from complaint_rules.words.assessments import explain_assessment
from complaint_rules.words.findings import explain_finding, reasons
from tests.golden import assessed, case_of, china, moment

zen = pytest.importorskip("zen", reason="zen-engine is a benchmark's peer, not a dependency")

RECEIVED: Final = moment("2026-09-30T16:05")
POLICY: Final = load_policy("psbc-95580")
PLAN: Final = Plan(POLICY)
PRIORITY: Final = list(POLICY.scope.tables).index("priority")
TABLE: Final = POLICY.tables["priority"]
TRUTHS: Final = (None, False, True)
FACTS: Final = ("funds_at_risk", "repeat", "press_risk", "marked_urgent")


def streamed() -> list[Complaint]:
    """Every combination of the facts that the table reads, as a stream of complaints brings them."""
    found = []
    for truths in itertools.product(TRUTHS, repeat=len(FACTS)):
        for complainants in (None, 1, 3):
            facts = dict(zip(FACTS, truths, strict=True))
            marked = facts.pop("marked_urgent")
            extra = {} if marked is None else {"marked_urgent": marked}
            found.append(Complaint(id="c-1", received=RECEIVED, complainants=complainants, extra=extra, **facts))  # type: ignore[arg-type]
    return found


COMPLAINTS: Final = streamed()
VIEWS: Final = [read(Case(one), PLAN, china(), at=RECEIVED).view for one in COMPLAINTS]


def rule(number: int, fact: str, test: str) -> dict[str, str]:
    """Write one row of the table as zen-engine has it."""
    columns = dict.fromkeys((*FACTS, "complainants"), "")
    return {
        "_id": f"r{number}",
        **columns,
        **({fact: test} if fact else {}),
        "priority": "'urgent'" if fact else "'ordinary'",
    }


def engine() -> Callable[[dict[str, Any]], Any]:
    """Make zen-engine's fastest path: a static loader, the decision chosen by its key."""
    inputs = [{"id": name, "name": name, "field": name} for name in (*FACTS, "complainants")]
    rows = [
        ("funds_at_risk", "true"),
        ("repeat", "true"),
        ("complainants", ">= 3"),
        ("press_risk", "true"),
        ("marked_urgent", "true"),
        ("", ""),
    ]
    table = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "priority", "name": "priority", "field": "priority"}],
        "rules": [rule(number, fact, test) for number, (fact, test) in enumerate(rows, 1)],
    }
    kinds: Any = (("in", "inputNode", {}), ("t", "decisionTableNode", {"content": table}), ("out", "outputNode", {}))
    nodes = [
        {"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}, **more} for name, kind, more in kinds
    ]
    edges = [
        {"id": f"{start}-{end}", "sourceId": start, "targetId": end, "type": "edge"}
        for start, end in (("in", "t"), ("t", "out"))
    ]
    made = zen.ZenEngine({"loader": {"type": "static", "content": {"t": {"nodes": nodes, "edges": edges}}}})
    return lambda context: made.evaluate("t", context, {"trace": True})


def ours(view: Any) -> str:
    """Decide the table and say why."""
    view.decisions[PRIORITY] = None  # a view decides once; the stream of complaints is what is measured
    return reasons(view.table(PRIORITY), TABLE, POLICY, "zh")


def context_of(complaint: Complaint) -> dict[str, Any]:
    """Give the same facts to zen-engine; what we presume of an unknown fact is filled in by hand."""
    facts = {name: bool(complaint.fact(name)) for name in FACTS}
    return facts | {"complainants": complaint.complainants or 1}


def per_call(work: Callable[[Any], Any], given: list[Any]) -> float:
    """Give the best time of one call in microseconds, over a stream."""

    def stream() -> None:
        for one in given:
            work(one)

    rounds = max(1, 20_000 // len(given))
    return min(timeit.repeat(stream, number=rounds, repeat=7)) / rounds / len(given) * 1e6


def test_both_decide_alike() -> None:
    evaluate = engine()
    for complaint, view in zip(COMPLAINTS, VIEWS, strict=True):
        theirs = evaluate(context_of(complaint))["result"]["priority"]
        assert view.table(PRIORITY).value == theirs
        assert TABLE.values[theirs]["zh"] in ours(view).splitlines()[0]


@pytest.mark.parametrize("way", ["ours", "zen-engine"])
def test_a_table_with_its_reasons(benchmark: Any, way: str) -> None:
    views, contexts = itertools.cycle(VIEWS), itertools.cycle(map(context_of, COMPLAINTS))
    evaluate = engine()
    given: Iterator[Any] = views if way == "ours" else contexts
    work = ours if way == "ours" else evaluate
    benchmark.group = "one table, with reasons"
    benchmark(lambda: work(next(given)))


def test_explaining_a_whole_assessment(benchmark: Any) -> None:
    found = assessed(POLICY, case_of("2026-09-30T16:05", complainants=3), "2026-09-30T16:05")
    benchmark.group = "a whole assessment in words"
    benchmark(explain_assessment, found, "zh")


def test_the_ratio_to_zen_engine_is_shown() -> None:
    """Printed, not enforced: shared machines are noisy. The aim is 20."""
    contexts = [context_of(one) for one in COMPLAINTS]
    mine, theirs = per_call(ours, VIEWS), per_call(engine(), contexts)
    print(f"\ndecided with reasons: {mine:.2f} µs; zen-engine with trace: {theirs:.2f} µs; ratio {theirs / mine:.0f}")
    found = assessed(POLICY, case_of("2026-09-30T16:05", complainants=3), "2026-09-30T16:05")
    finding = found.findings["priority"]
    print(f"with the values of the facts as well: {per_call(lambda one: explain_finding(one, 'zh'), [finding]):.1f} µs")
