"""For the tests of embedders: strategies and laws (供嵌入方测试之用); needs the extra testing.

From the ground up; each module imports only those above it in this list:
"""

from __future__ import annotations
