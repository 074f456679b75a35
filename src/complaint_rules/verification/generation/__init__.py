"""Cases made from the rules (由规则生成的对照案件): boundaries, calendar edges, each misfortune alone.

From the ground up; each module imports only those above it in this list:

* `edges`: moments at which counting goes wrong
* `values`: what a fact can be, as far as the rules tell values apart
* `lengths`: how long a period lasts at most
* `sketches`: cases in the making
* `making`: from a condition to cases in which it holds, or does not
* `carrying`: typical events for a condition over ``event.…``
* `bench`: cases dated, assessed and written down
* `pairs`: pairs of cases between which one thing changes and the answer turns
* `classes`: cases for tables
* `figures`: cases for the figures of limits, at the edges of the calendar
* `mishaps`: what can befall a limit, each alone
* `acts`: cases for duties
* `documents`: cases for checklists
* `proofs`: what no case can reach, proved
* `keeping`: what a person signed is kept, and whose answer moved is told
* `generating`: `generate`, and what it gives
* `sheets`: a table to check by
* `mutants`: small faults put into a policy, and which of them the cases notice
"""

from __future__ import annotations

from complaint_rules.verification.generation.generating import GeneratedCases, generate
from complaint_rules.verification.generation.keeping import MovedAnswer, NotKept
from complaint_rules.verification.generation.mutants import Mutant, MutationScore, mutants, mutation_score
from complaint_rules.verification.generation.proofs import NeverReached
from complaint_rules.verification.generation.sheets import checking_table

__all__ = [
    "GeneratedCases",
    "MovedAnswer",
    "Mutant",
    "MutationScore",
    "NeverReached",
    "NotKept",
    "checking_table",
    "generate",
    "mutants",
    "mutation_score",
]
