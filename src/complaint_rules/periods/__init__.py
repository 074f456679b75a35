"""When a period ends, and the proof of it (期限).

From the ground up; each module imports only those above it in this list:

* `units`: what a period is counted in, and the words for it
* `pauses`: stretches that do not count, and their union
* `counting`: how a period is counted, every way with a name
* `deadlines`: the one engine: from start, number and unit to the last instant in time
* `proofs`: what an end rests on, day by day, as a value
* `proving`: how a proof is made
* `proof_text`: a proof in words and as month grids
* `periods`: `Period` and `Due`: "5 working days", read and asked when it ends
"""

from __future__ import annotations

from complaint_rules.periods.counting import Counting
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Due, Period
from complaint_rules.periods.proofs import Mark, OtherReading, Proof, ProofDay
from complaint_rules.periods.units import CutOff, Ends, Receipt, Roll, Unit

__all__ = [
    "Counting",
    "CutOff",
    "Due",
    "Ends",
    "Mark",
    "OtherReading",
    "Pause",
    "Period",
    "Proof",
    "ProofDay",
    "Receipt",
    "Roll",
    "Unit",
]
