"""Small policies for tests: the text of a file in short, and a case worked through one of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock
from complaint_rules.cases.case import Event
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.testing.texts import HEAD, TITLE, a_duty, a_fact, a_limit, a_table
from tests.by_hand import assessed

__all__ = [
    "HEAD", "TITLE", "clock", "codes", "due", "duty", "fact", "limit", "own", "table", "worked", "written",
]  # fmt: skip
limit, duty, table, fact = a_limit, a_duty, a_table, a_fact


@cache
def own(*parts: str) -> Policy:
    """Load a policy from the parts of its file; what belongs to the top of the file comes first."""
    return Policy.from_text("\n".join((HEAD, *parts)), name="own.toml")


def worked(policy: Policy, received: str, events: Sequence[Event], at: str, **facts: Any) -> Assessment:
    """Assess a case under a small policy; a bare day is a day, of `at` its noon."""
    return assessed(policy, received, facts, events, at)


def clock(policy: Policy, received: str, events: Sequence[Event], at: str, **facts: Any) -> Clock:
    """Give the clock ``whole`` of a case."""
    return worked(policy, received, events, at, **facts).clocks["whole"]


def due(found: Clock) -> str | None:
    """Write a due moment: the bare day where it is the day's last instant, else to the minute."""
    return written(found.due_at)


def written(moment: Any) -> str | None:
    """Write a moment in Beijing: the bare day where it is the day's last instant, else to the minute."""
    if moment is None:
        return None
    text = str(moment.astimezone(BEIJING).isoformat())
    return text[:10] if text[11:26] == "23:59:59.999999" else text[:16]


def codes(found: Assessment, *severities: str) -> list[str]:
    """Give the codes of the violations, of these severities only where any is given."""
    return [one.code for one in found.violations if not severities or one.severity in severities]
