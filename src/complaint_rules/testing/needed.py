"""Hypothesis, which every strategy needs, or an error that says how to get it."""

from __future__ import annotations

from complaint_rules.errors import MissingExtra

__all__ = ["st"]

try:
    import hypothesis  # noqa: F401 - whether it is there
except ModuleNotFoundError as _missing:
    raise MissingExtra(
        what="complaint_rules.testing", why="what draws the cases, Hypothesis, is not installed",
        hint="pip install 'complaint-rules[testing]'",
    ) from _missing  # fmt: skip

from hypothesis import strategies as st
