"""What changes from one edition of a policy to another (修订差异), and for which cases.

From the ground up; each module imports only those above it in this list:

* `entries`: a policy file cut into its entries, and what of an entry decides something
* `revisions`: what was added, removed, changed, reworded
* `touching`: which rules a change can reach
* `effects`: what two editions make of one case
* `unsettled`: where a condition rests on what no presumption settles
* `partings`: whether a change can be felt: a case that shows it, or the proof that none does
* `portfolios`: many cases replayed under both, one at a time
* `tellings`: what differs, in words
* `diffs`: `diff`: two editions held against each other
"""

from __future__ import annotations

from complaint_rules.verification.changes.diffs import Diff, diff
from complaint_rules.verification.changes.effects import EffectKind, EffectOn
from complaint_rules.verification.changes.partings import Felt, Parting, WhyUndecided
from complaint_rules.verification.changes.portfolios import Effect, Portfolio, Replay, Shift
from complaint_rules.verification.changes.revisions import ChangedPart, ChangeKind, RuleChange
from complaint_rules.verification.changes.tellings import FactClash

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
