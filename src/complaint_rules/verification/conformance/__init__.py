"""Whether keeping a house rule keeps the base rule (内部规定不低于上位规定).

From the ground up; each module imports only those above it in this list:

* `margins`: one figure against another for every receipt of the published calendar
"""

from __future__ import annotations

from complaint_rules.verification.conformance.margins import Figures, Margin, margin

__all__ = ["Figures", "Margin", "margin"]
