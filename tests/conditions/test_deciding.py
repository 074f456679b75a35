"""Which parts of a condition decided it, and what each of them read; and what a count is told of a condition."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.conditions.compiling import (
    PRESUMED_FALSE,
    PRESUMED_TRUE,
    SURELY_FALSE,
    SURELY_TRUE,
    UNDECIDED,
    compile_answers,
)
from complaint_rules.conditions.deciding import decided_by
from complaint_rules.conditions.parsing import parse
from tests.conditions.test_compiling import (
    COMPLAINANTS,
    HOLDER,
    LUCKY,
    NEEDED,
    REPEAT,
    SCOPE,
    SOURCE,
    TABLE,
    ruled,
    stand,
)

ROUTED = Event("routed", by="outlet")


@pytest.mark.parametrize(
    ("text", "known", "values"),
    [
        ("repeat", {"repeat": True}, [("repeat", True)]),
        ("repeat", {}, [("repeat", None)]),
        ("complainants >= threshold", {"complainants": 4}, [("complainants", 4), ("threshold", 3)]),
        ("complainants >= open", {"complainants": 4}, [("complainants", 4), ("open", None)]),
        ("priority == 'urgent'", {"priority": ruled("urgent")}, [("priority", "urgent")]),
        ("event.skips_level", {"event": ROUTED, "skips_level": True}, [("event.skips_level", True)]),
        ("event.by == 'outlet'", {"event": ROUTED}, [("event.by", "outlet")]),
        ("count('routed') >= 2", {"answers": {"count routed": (2, 3)}}, [("routed", (2, 3))]),
        ("linked('same_kind') >= 3", {"answers": {"linked same_kind": 4}}, [("same_kind", 4)]),
        ("linked('same_kind') >= 3", {}, [("same_kind", None)]),
        ("True", {}, []),
    ],
)
def test_a_part_is_told_with_what_it_read(text: str, known: dict[str, Any], values: list[tuple[str, object]]) -> None:
    condition, more = parse(text, SCOPE), dict(known)
    (decided,) = decided_by(condition, stand(more.pop("answers", None), **more), SCOPE)
    assert list(decided.values) == values


PRESUMED = REPEAT | LUCKY | COMPLAINANTS | HOLDER | SOURCE | NEEDED
"""Facts of the table with a presumption; what else is unknown there, no presumption settles."""


@pytest.mark.parametrize(("why", "text", "known", "expected", "unknown"), TABLE, ids=[row[0] for row in TABLE])
def test_who_counts_is_told_sure_presumed_or_undecided(
    why: str, text: str, known: dict[str, Any], expected: tuple[bool, bool, bool], unknown: int
) -> None:
    """Nobody is counted by what no presumption settles, whatever would be taken for granted meanwhile."""
    condition, more = parse(text, SCOPE), dict(known)
    holds, surely, possibly = expected
    if surely or not possibly:
        wanted = SURELY_TRUE if surely else SURELY_FALSE
    elif unknown & ~PRESUMED or not unknown:
        wanted = UNDECIDED
    else:
        wanted = PRESUMED_TRUE if holds else PRESUMED_FALSE
    view = stand(more.pop("answers", None), **more)
    found = compile_answers([parse("repeat", SCOPE), condition], SCOPE)(view)
    assert found[1] == wanted, why
