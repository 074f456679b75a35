"""What is wrong with a policy: gaps, rows never reached, duties that clash (规则集分析).

From the ground up; each module imports only those above it in this list:

* `claims`: what a witness of a finding shows
* `findings`: `RuleFinding`: one thing found, with verdict, region and witness
* `report`: `Analysis`: all that was found, accepted, or not analysed
* `asking`: questions about the worlds of a policy within one budget of steps
* `lengths`: which of two periods ends first, on every day of the published calendar
* `ordering`: which figures of a limit bind before others, whatever moves the moments at which they fall due
* `tables`: gaps, rows that never decide, values never given, rows that overlap
* `redundancy`: rows and parts of conditions that could be left out
* `candidates`: figures that may bind, limits that may apply, while something is unknown
* `doubts`: figures that are longer while something is not known
* `limits`: limits that never apply or have no figure, figures that never bind
* `duties`: duties that never apply or clash, prohibitions that never forbid
* `analysing`: `analyse`: all of it over a policy
"""

from __future__ import annotations

from complaint_rules.verification.analysis.analysing import STEPS, analyse
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.analysis.findings import FindingLevel, RuleFinding
from complaint_rules.verification.analysis.report import Analysis

__all__ = ["STEPS", "Analysis", "Claimed", "FindingLevel", "RuleFinding", "analyse"]
