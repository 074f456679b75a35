"""The strategies of the package, as the project's own properties use them: with whatever a record may hold."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.policy.policy import Policy
from complaint_rules.testing import edges, strategies
from complaint_rules.testing.edges import minutes, spans

__all__ = [
    "FIGURES",
    "USUAL",
    "complaints",
    "days",
    "each_policy",
    "figures",
    "histories",
    "minutes",
    "moments",
    "spans",
    "whens",
]

USUAL: Final = 60
"""Examples by default; continuous integration asks for more."""
THOROUGH: Final = settings().max_examples > USUAL
"""Whether what is slow is gone through as well, as in CI."""
days: Final = edges.days()
moments: Final = edges.moments()
whens: Final = edges.whens()
"""A moment or a day."""

FIGURES: Final = (
    "15 days",
    "1 day",
    "5 working days",
    "48 hours",
    "8 working hours",
    "2 weeks",
    "3 months",
    "90 minutes",
)
"""Figures in every unit that a limit can have."""
figures: Final = st.sampled_from(FIGURES)


def each_policy() -> settings:
    """Give how often a property is tried of each shipped policy: by default just often enough to notice."""
    asked = settings().max_examples
    return settings(max_examples=max(10, asked // 6) if asked > USUAL else 4)


def complaints(policy: Policy, received: st.SearchStrategy[Any] = moments) -> st.SearchStrategy[Complaint]:
    """Give complaints whose facts are those that a policy reads."""
    return strategies.complaints(policy, received=received)


def histories(policy: Policy, since: dt.datetime, most: int = 6) -> st.SearchStrategy[list[Event]]:
    """Give events that a policy may or may not know, lawful or not, dated in any manner."""
    return strategies.histories(policy, since, consistent=False, awkward=True, most=most)
