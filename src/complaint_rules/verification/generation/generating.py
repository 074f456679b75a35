"""placeholder"""
from __future__ import annotations
from complaint_rules.verification.generation.bench import Bench
from complaint_rules.verification.generation.classes import of_tables
from complaint_rules.verification.generation.figures import of_limits
from complaint_rules.verification.generation.mishaps import of_mishaps
from complaint_rules.verification.generation.acts import of_duties
from complaint_rules.verification.generation.documents import of_checklists
def made(policy):
    bench=Bench(policy)
    of_tables(bench)
    for s in of_limits(bench): of_mishaps(bench,s)
    of_duties(bench); of_checklists(bench)
    return bench
