"""What is proved is not refuted: random pairs of limits, and random cases that look for a counter-example."""

from __future__ import annotations

import datetime as dt
import random
from functools import lru_cache
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.assessment.clocks import LATE, Status
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING, INSTANT
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.conformance.answers import Conforming
from complaint_rules.verification.conformance.conforming import conforms
from tests.verification.conformance.houses import limited

CHINA = WorkCalendar.china()
FIGURES = [
    'first = [{ within = "5 days" }]', 'first = [{ within = "12 days" }]', 'first = [{ within = "15 days" }]',
    'first = [{ within = "5 working days" }]',
    'first = [{ within = "10 working days", when = "joint" }, { within = "9 days" }]',
    'earliest = [{ within = "48 hours", when = "joint" }, { within = "12 days" }]',
    'latest = [{ within = "4 days" }, { within = "12 days", when = "complex" }]',
    'first = [{ within = "20 days", when = "complex" }, { within = "12 days" }]',
    'first = [{ within = "at once", when = "joint" }, { within = "12 days" }]',
    'earliest = [{ within = "at once" }, { within = "15 days", when = "not complex" }]',
]  # fmt: skip
STARTS = ['from = "received"', 'from = ["received", "registered"]', 'from = "registered"']
ENDS = [
    'until = "replied"', 'until = ["replied", "closed"]', 'until = { event = "replied", told = "complainant" }',
    'until = { event = "replied", not = { to = "regulator" } }',
]  # fmt: skip
MORE = [
    "", "", 'void_on = "withdrawn"', 'void_on = { event = "withdrawn", when = "joint" }', 'when = "not joint"',
    'void_on = { event = "closed", when = "has(\'replied\')" }', 'pauses = [{ reason = "mediation" }]',
    "pauses = [{ reason = \"mediation\", requires = \"'consent' in event.items\" }]", "agreed = true",
    "agreed = true\nagreed_later = true", 'restart = { on = "supplemented" }',
    'restart = { on = { event = "supplemented", items = ["new_facts"] } }', 'reopen = "new"', 'reopen = "continue"',
    'reopen = "restart"', '[[limit.extension]]\nid = "more"\non = "extended"\nadd = "2 days"',
    '[[limit.extension]]\nid = "more"\non = "extended"\nadd = "3 days"\nwhen = "complex"\napproved_by = ["superior"]',
    'restart = { on = "supplemented" }\n[[limit.extension]]\nid = "more"\non = "extended"\nadd = "2 days"',
    (
        '[[limit.extension]]\nid = "more"\non = "extended"\nadd = "2 days"\n'
        '[[limit.extension]]\nid = "most"\non = "extended"\nadd = "9 days"'
    ),
    '[[limit.extension]]\nid = "most"\non = "extended"\nadd = "9 days"\ntimes = 2',
    '[[limit.extension]]\nid = "to"\non = "extended"\nto = "30 days"',
    'reopen = "new"\n[[limit.extension]]\nid = "more"\non = "extended"\nadd = "2 days"',
    'reopen = "restart"\nagreed = true', 'reopen = "continue"\nagreed = true\nagreed_later = true',
    'reopen = "new"\nvoid_on = { event = "closed", when = "has(\'replied\')" }',
]  # fmt: skip
EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("registered", {}), ("replied", {}), ("replied", {"told": "complainant"}), ("replied", {"to": "regulator"}),
    ("closed", {}), ("withdrawn", {}), ("suspended", {"reason": "mediation"}), ("reopened", {}), ("extended", {}),
    ("suspended", {"reason": "mediation", "items": "consent"}), ("resumed", {"reason": "mediation"}),
    ("supplemented", {}), ("supplemented", {"items": "new_facts"}), ("extended", {"approved_by": "superior"}),
]  # fmt: skip


@lru_cache(maxsize=512)
def made(name: str, lines: tuple[str, ...]) -> Policy:
    runs, (figure, more) = lines[:2], lines[2:]
    if "add = " in more:
        figure = figure if all(one not in figure for one in ("working", "hours", "at once")) else FIGURES[0]
    return limited(f"{figure}\n{more}\n", name, runs="\n".join(runs) + "\n")


LINES = st.tuples(*(st.sampled_from(one) for one in (STARTS[:1] * 4 + STARTS, ENDS, FIGURES, MORE)))


@settings(max_examples=min(settings().max_examples, 40))
@given(LINES, LINES, st.integers(0, 2**32))
def test_no_case_refutes_what_is_proved(ours: tuple[str, ...], theirs: tuple[str, ...], seed: int) -> None:
    """Whoever keeps the house rule keeps the base rule."""
    house, base = made("house", ours), made("base", theirs)
    (found,) = conforms(house, base).limits
    event(str(found.verdict))
    for point in found.points:
        if point.counterexample is not None:
            shown = point.counterexample
            assert (shown.base in LATE, shown.house in LATE) == (True, False)
    if found.verdict is Conforming.PROVED:
        chance = random.Random(seed)  # noqa: S311 - no secret
        for _ in range(60):
            _refuted(house, base, chance)


def _refuted(house: Policy, base: Policy, chance: random.Random) -> None:
    """Look for a moment at which the base's limit was missed and the house's was not."""
    day = chance.choice([dt.date(2020, 1, 10), dt.date(2026, 9, 20), dt.date(2026, 3, 2)])
    received = dt.datetime.combine(day, dt.time(10), BEIJING) + chance.randrange(14 * 24) * dt.timedelta(hours=1)
    events = []
    for place in range(chance.randrange(6)):
        kind, fields = chance.choice(EVENTS)
        at = received + chance.randrange(1, 30 * 24) * dt.timedelta(hours=1)
        named: dict[str, Any] = {}
        if kind == "extended" and chance.random() < 0.3:
            named = {"due": received + chance.randrange(1, 40 * 24) * dt.timedelta(hours=1)}
        events.append(Event(kind, at, id=f"e-{place}", **fields, **named))
    if chance.random() < 0.3:
        due = received + chance.randrange(1, 40 * 24) * dt.timedelta(hours=1)
        events.append(Event("agreed", received + dt.timedelta(hours=1), id="agreed", due=due))
    events.sort(key=lambda one: str(one.at))
    joint, many = chance.choice([True, False]), chance.choice([True, False])
    case = Case(Complaint(id="c", received=received, joint=joint, complex=many), events)
    late = received + dt.timedelta(days=200)
    dues = [run.due_at for run in assess(case, base, at=late).clocks["decide"].runs if run.due_at is not None]
    for at in [*(due + INSTANT for due in dues), late]:
        wanted = assess(case, base, at=at).clocks["decide"]
        mine = assess(case, house, at=at).clocks["decide"]
        kept = not any(run.late for run in mine.runs) and mine.worst is not Status.UNDETERMINED
        assert not (kept and any(run.late for run in wanted.runs)), (case, at, mine, wanted)
