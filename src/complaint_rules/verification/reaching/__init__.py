"""Which outcomes of the rules a set of cases has reached (规则覆盖).

From the ground up; each module imports only those above it in this list:

* `outcomes`: what the rules of a policy can come to, and what of it an assessment shows
* `expecting`: what must come out of a golden case, as plain data
* `answers`: assessments held against what must come out
* `golden_parts`: the parts of a golden case read from plain data
* `golden_lines`: golden cases, one JSON object a line, each run under its policy
* `golden_tables`: golden cases as TOML, read strictly
* `golden_running`: a golden case run under its policy, every difference in words
"""

from __future__ import annotations

from complaint_rules.verification.reaching.answers import Difference, expected
from complaint_rules.verification.reaching.expecting import Expected
from complaint_rules.verification.reaching.golden_lines import SUFFIX, GoldenCase, GoldenRow, read_golden_lines
from complaint_rules.verification.reaching.golden_parts import Checked, GoldenPolicy

__all__ = [
    "SUFFIX",
    "Checked",
    "Difference",
    "Expected",
    "GoldenCase",
    "GoldenPolicy",
    "GoldenRow",
    "expected",
    "read_golden_lines",
]
