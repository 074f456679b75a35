"""Answers for whoever must answer for the rules (规则的验证): proof, coverage, difference, conformance, a kit.

From the ground up; each module imports only those above it in this list:

* `worlds`: what conditions can look at, in finitely many cells; formulas over them, search, witnesses that replay
* `analysis`: what is wrong with a policy, proved or shown by a case
* `reaching`: which outcomes of the rules a set of cases has reached, and cases as golden files
* `generation`: cases made from the rules: boundaries, calendar edges, each misfortune alone
* `changes`: what changes from one edition of a policy to another, and for which cases
* `conformance`: whether keeping a house rule keeps the base rule
* `kits`: cases, calendar and schemas for an implementation in another language
"""

from __future__ import annotations

from complaint_rules.verification.generation import GeneratedCases, checking_table, generate
from complaint_rules.verification.reaching import (
    Coverage,
    Difference,
    Expected,
    GoldenCase,
    GoldenFile,
    coverage,
    expected,
    read_golden,
    read_golden_lines,
)

__all__ = [
    "Coverage",
    "Difference",
    "Expected",
    "GeneratedCases",
    "GoldenCase",
    "GoldenFile",
    "checking_table",
    "coverage",
    "expected",
    "generate",
    "read_golden",
    "read_golden_lines",
]
from complaint_rules.verification.conformance import Conformance, Conforming, Margin, conforms, margin

__all__ = ["Conformance", "Conforming", "Margin", "conforms", "margin"]
from complaint_rules.verification.changes import (
    ChangedPart,
    ChangeKind,
    Diff,
    Effect,
    EffectKind,
    EffectOn,
    FactClash,
    Felt,
    Parting,
    Portfolio,
    Replay,
    RuleChange,
    Shift,
    WhyUndecided,
    diff,
)

__all__ = [
    "ChangeKind",
    "ChangedPart",
    "Diff",
    "Effect",
    "EffectKind",
    "EffectOn",
    "FactClash",
    "Felt",
    "Parting",
    "Portfolio",
    "Replay",
    "RuleChange",
    "Shift",
    "WhyUndecided",
    "diff",
]
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.analysis.findings import FindingLevel, RuleFinding
from complaint_rules.verification.analysis.report import Analysis

__all__ = ["Analysis", "FindingLevel", "RuleFinding", "analyse"]
