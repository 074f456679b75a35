"""Everything that the conditions of a policy can look at, in finitely many cells (可能情形).

From the ground up; each module imports only those above it in this list:
"""

from __future__ import annotations
