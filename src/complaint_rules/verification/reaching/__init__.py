"""Which outcomes of the rules a set of cases has reached (规则覆盖).

From the ground up; each module imports only those above it in this list:

* `outcomes`: what the rules of a policy can come to, and what of it an assessment shows
* `golden_tables`: golden cases as TOML, read strictly
* `golden_running`: a golden case run under its policy, every difference in words
"""

from __future__ import annotations
