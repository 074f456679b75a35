"""The shipped rule sets with every parameter that their text leaves open, so that no rule has to wait."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from complaint_rules.policy.loading import editions, load_policy, policies
from complaint_rules.policy.policy import Policy

_THREE_DAYS: Final = "3 working days"
SUPPLIED: Final[Mapping[str, Mapping[str, Any]]] = {
    "bank-detail": {"handling_time": _THREE_DAYS, "reply_time": _THREE_DAYS},
    "boc-it-blueprint": {"starts": "2025-06-01", "ends": "2026-09-30"},
    "boc-sanming": {"handling_time": _THREE_DAYS},
    "cbirc-2020-3": {"major_report": "2 hours", "retention": "5 years"},
    "cbrc-2012-13": {"mass_report": "2 hours"},
    "crisis-first": {"handling_time": _THREE_DAYS},
    "developer-flow": {"handling_time": _THREE_DAYS},
    "grcu-2008": {"reasonable_time": _THREE_DAYS},
    "pboc-2020-5": {"branch_time": _THREE_DAYS},
    "property-kinds": {"handover_wait": "30 minutes"},
    "psbc-95580": {"bulletin_period": "month"},
    "rcb-draft": {"retention": "5 years"},
    "realty-levels": {"plan_time": _THREE_DAYS},
    "wealth-handbook": {"risk_general_from": "5000", "risk_major_from": "100000", "progress_every": _THREE_DAYS},
}
"""A value for every parameter that a text leaves open, by policy."""
EDITIONS: Final = [(name, edition) for name in policies() for edition in editions(name)]


@cache
def shipped(name: str, edition: str) -> Policy:
    return load_policy(name, edition=edition, parameters=SUPPLIED.get(name))
