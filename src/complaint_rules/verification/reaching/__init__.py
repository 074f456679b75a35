"""Which outcomes of the rules a set of cases has reached (规则覆盖).

From the ground up; each module imports only those above it in this list:

* `outcomes`: what the rules of a policy can come to, and what of it an assessment shows
* `expecting`: what must come out of a golden case, as plain data
* `answers`: assessments held against what must come out
* `golden_parts`: the parts of a golden case read from plain data
* `golden_lines`: golden cases, one JSON object a line, each run under its policy
* `golden_tables`: golden cases as TOML, read strictly
* `outcome_texts`: outcomes of rules in words
* `covering`: how far a set of cases reaches the rules of a policy
"""

from __future__ import annotations

from complaint_rules.verification.reaching.answers import Difference, expected
from complaint_rules.verification.reaching.covering import Coverage, Gathering, Hits, RuleCoverage, coverage
from complaint_rules.verification.reaching.expecting import Expected
from complaint_rules.verification.reaching.golden_lines import SUFFIX, GoldenCase, GoldenRow, read_golden_lines
from complaint_rules.verification.reaching.golden_parts import Checked, GoldenPolicy
from complaint_rules.verification.reaching.golden_tables import GoldenFile, golden_from_text, read_golden
from complaint_rules.verification.reaching.outcomes import outcomes, reached

__all__ = [
    "SUFFIX",
    "Checked",
    "Coverage",
    "Difference",
    "Expected",
    "Gathering",
    "GoldenCase",
    "GoldenFile",
    "GoldenPolicy",
    "GoldenRow",
    "Hits",
    "RuleCoverage",
    "coverage",
    "expected",
    "golden_from_text",
    "outcomes",
    "reached",
    "read_golden",
    "read_golden_lines",
]
