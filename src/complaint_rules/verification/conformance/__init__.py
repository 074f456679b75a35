"""Whether keeping a house rule keeps the base rule (内部规定不低于上位规定).

From the ground up; each module imports only those above it in this list:
"""

from __future__ import annotations
