"""For the tests of embedders: strategies and laws (供嵌入方测试之用); needs the extra testing.

From the ground up; each module imports only those above it in this list:

* `needed`: Hypothesis, or an error that says how to get it
* `texts`: small policies in short
* `strategies`: dates, histories and facts, with awkward real values mixed in
* `edges`: days and moments, with the edges of the published calendar mixed in
* `pools`: what the rules of a policy tell apart, fact by fact
* `complaints`: complaints
* `archetypes`: the events that the rules of a policy ask for
* `events`: single events
* `stories`: what happens around one rule
* `cases`: histories, cases, and the moments at which to ask of them
"""

from __future__ import annotations

from complaint_rules.testing.strategies import complaints, histories, spans

__all__ = ["complaints", "histories", "spans"]
