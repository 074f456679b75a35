"""For the tests of embedders: strategies and laws (供嵌入方测试之用); needs the extra testing.

From the ground up; each module imports only those above it in this list:

* `needed`: Hypothesis, or an error that says how to get it
* `texts`: small policies in short
* `strategies`: dates, histories and facts, with awkward real values mixed in
"""

from __future__ import annotations

from complaint_rules.testing.strategies import complaints, histories, spans

__all__ = ["complaints", "histories", "spans"]
