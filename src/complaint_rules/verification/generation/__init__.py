"""Cases made from the rules of a policy (测试案件生成).

From the ground up; each module imports only those above it in this list:
"""

from __future__ import annotations
