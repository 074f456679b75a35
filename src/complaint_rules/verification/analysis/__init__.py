"""What is wrong with a policy: gaps, rows never reached, duties that clash (规则集分析).

From the ground up; each module imports only those above it in this list:
"""

from __future__ import annotations
