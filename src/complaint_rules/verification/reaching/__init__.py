"""Which outcomes of the rules a set of cases has reached (规则覆盖).

From the ground up; each module imports only those above it in this list:
"""

from __future__ import annotations
