"""The condition language: text, checked tree, function (条件语言).

From the ground up; each module imports only those above it in this list:

* `scopes`: what a condition may name, and what it can ask of a case
* `implications`: facts that follow from others
* `trees`: the checked tree: a closed set of small classes, the one form all others start from
* `faults`: what is wrong with one condition
* `habits`: what people type from other languages, and how it is written here
* `checking`: from parsed text to the checked tree; all else is a fault with its place
* `parsing`: text in, checked `Condition` out
* `compiling`: from checked conditions to functions with three-valued answers
* `deciding`: which atoms of a condition decided it
"""

from __future__ import annotations

from complaint_rules.conditions.parsing import Condition, faults_of, parse
from complaint_rules.conditions.scopes import Answerer, FactSpec, FactType, Scope, TableShape

__all__ = [
    "Answerer",
    "Condition",
    "FactSpec",
    "FactType",
    "Scope",
    "TableShape",
    "faults_of",
    "parse",
]
