"""The strategies of the package, as the project's own properties use them."""

from __future__ import annotations

from complaint_rules.testing.strategies import (
    AWKWARD_DAYS,
    AWKWARD_MOMENTS,
    FIGURES,
    complaints,
    days,
    fact_values,
    figures,
    histories,
    minutes,
    moments,
    spans,
    whens,
)

__all__ = [
    "AWKWARD_DAYS",
    "AWKWARD_MOMENTS",
    "FIGURES",
    "complaints",
    "days",
    "fact_values",
    "figures",
    "histories",
    "minutes",
    "moments",
    "spans",
    "whens",
]
