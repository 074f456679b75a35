"""Whether keeping a house rule keeps the base rule (内部规定不低于上位规定).

From the ground up; each module imports only those above it in this list:

* `margins`: one figure against another for every receipt of the published calendar
* `covering`: whether every event that one selector means is meant by others
* `pairing`: which limit of the house is to keep which limit of the base
* `alike`: whether parts of two policies say the same
* `answers`: what was looked at, three verdicts, counter-examples
* `waiting`: conditions that wait for a parameter which nobody supplied
* `conformances`: `Conformance`, and how it is said
* `replaying`: a case is a counter-example where both policies say so
* `acting`: the same for duties, and cases moved or gone on with
* `stopping`: stops that both limits know, around long holidays
* `histories`: starts, ends, voids, stops and whatever else can part two limits
* `questions`: what both policies say of all complaints at once
* `figures`: for every figure of the base all figures of the house that can hold with it
* `applying`: which complaints the rules of either are for
* `obligations`: duties of the base against duties of the house
* `conforming`: `conforms`: a house policy against a base policy
"""

from __future__ import annotations

from complaint_rules.verification.conformance.answers import (
    Aspect,
    Conforming,
    Counterexample,
    Point,
    RuleConformance,
)
from complaint_rules.verification.conformance.conformances import Conformance, to_markdown
from complaint_rules.verification.conformance.conforming import conforms
from complaint_rules.verification.conformance.margins import Figures, Margin, margin

__all__ = [
    "Aspect",
    "Conformance",
    "Conforming",
    "Counterexample",
    "Figures",
    "Margin",
    "Point",
    "RuleConformance",
    "conforms",
    "margin",
    "to_markdown",
]
